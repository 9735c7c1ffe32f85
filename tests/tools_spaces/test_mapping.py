"""Which of ours goes into which of theirs: Spaces in use, odd ones, and anything that hypothesis thinks of."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from episodes.errors import BackendUnavailable
from tests.tools_spaces.apis import api, box, choice, endpoint, file, number, sent, slider, state, text
from tools.spaces.description import ApiDescription, Parameter, described, spelled
from tools.spaces.mapping import Hints, described_mapping, mapped
from tools.spaces.presets import presets
from tools.spaces.values import arguments
from tools.spaces.wishes import FILES, Wish

LTX = api(
    endpoint(
        "/text_to_video",
        [
            text("prompt", default="x"), text("negative_prompt", default="bad"), text("mode", default="t2v"),
            file("image", "input_image_filepath"), file("video", "input_video_filepath"),
            slider("height_ui", 256, 1280, 512, 32), slider("width_ui", 256, 1280, 704, 32),
            slider("duration_ui", 0.3, 8.5, 2, 0.1, "Video Duration (seconds)"),
            slider("ui_frames_to_use", 9, 257, 9, 8),
            number("seed_ui", 42, "Seed"), box("randomize_seed", default=True),
            slider("ui_guidance_scale", 1, 10, 1, 0.1), box("improve_texture_flag", default=True),
        ],
        "video", "number",
    ),
    endpoint("/lambda", [text("x")], "text"),
)  # fmt: skip
WAN_FAST = api(
    endpoint(
        "/generate_video",
        [
            file("image", "input_image", "Input Image"), text("prompt", default="make this image come alive"),
            slider("steps", 1, 30, 6), text("negative_prompt", default="色调艳丽"),
            slider("duration_seconds", 0.5, 5.0, 3.5, 0.1), slider("guidance_scale", 0, 10, 1, 0.5),
            slider("guidance_scale_2", 0, 10, 1, 0.5), slider("seed", 0, 2_147_483_647, 42), box("randomize_seed"),
        ],
        "video", "number",
    )
)  # fmt: skip
KOKORO = api(
    endpoint("/predict", [text("text"), choice("voice", ["af_heart", "am_adam"], default="af_heart"),
                          slider("speed", 0.5, 2, 1, 0.1)], "audio"),
    endpoint("/tokenize_first", [text("text"), choice("voice", ["af_heart", "am_adam"], default="af_heart")], "text"),
    endpoint("/generate_first", [text("text"), choice("voice", ["af_heart", "am_adam"], default="af_heart"),
                                 slider("speed", 0.5, 2, 1, 0.1), box("use_gpu", default=True)], "audio", "text"),
    endpoint("/get_random_quote", [], "text"),
)  # fmt: skip
F5 = api(
    endpoint(
        "/basic_tts",
        [
            file("audio", "ref_audio_input", "Reference Audio"), text("ref_text_input", "Reference Text"),
            text("gen_text_input", "Text to Generate"), box("remove_silence"), box("randomize_seed", default=True),
            number("seed_input", 0, "Seed"), slider("cross_fade_duration_slider", 0, 1, 0.15, 0.01),
            slider("nfe_slider", 4, 64, 32, 2), slider("speed_slider", 0.3, 2, 1, 0.1),
        ],
        "audio", "image", "text", "number",
    )
)  # fmt: skip
MUSICGEN = api(
    endpoint(
        "/predict_full",
        [
            choice("model", ["musicgen-melody", "musicgen-large"], default="musicgen-melody"),
            text("model_path", "Model Path"), choice("decoder", ["Default", "MultiBand_Diffusion"], default="Default"),
            text("text", "Input Text"), file("audio", "melody", "File"), slider("duration", 1, 120, 10),
            number("topk", 250), number("topp", 0), number("temperature", 1), number("cfg_coef", 3),
        ],
        "video", "audio", "video", "audio",
    )
)  # fmt: skip
COGVIDEO = api(
    endpoint(
        "/generate",
        [
            text("prompt"), file("image", "image_input"), file("video", "video_input"),
            slider("video_strength", 0.1, 1, 0.8, 0.01), number("seed_value", -1, "Inference Seed"),
            box("scale_status", "Super-Resolution"), box("rife_status", "Frame Interpolation"),
        ],
        "video", "file", "file", "number",
    ),
    endpoint("/enhance_prompt_func", [text("prompt")], "text"),
)  # fmt: skip
SVD = api(
    endpoint("/video", [file("image", "image"), slider("seed", 0, 9_223_372_036_854_775_807, 42), box("randomize_seed",
             default=True), slider("motion_bucket_id", 1, 255, 127), slider("fps_id", 5, 30, 6)], "video", "number"),
    endpoint("/resize_image", [file("image", "image")], "image"),
)  # fmt: skip


def test_ltx_gets_seconds_a_shape_and_its_own_seed_box_off() -> None:
    mapping, data = sent(LTX, files=["start_image", "end_image"])
    assert mapping.endpoint == "/text_to_video"
    assert data["duration_ui"] == 3
    assert data["ui_frames_to_use"] == 9
    assert (data["width_ui"] / data["height_ui"]) == pytest.approx(16 / 9, rel=0.08)
    assert data["width_ui"] * data["height_ui"] == pytest.approx(704 * 512, rel=0.15)
    assert (data["width_ui"] % 32, data["height_ui"] % 32) == (0, 0)
    assert (data["prompt"], data["negative_prompt"]) == ("a goose", "blur")
    assert (data["seed_ui"], data["randomize_seed"]) == (1_234_567_890, False)
    assert data["input_image_filepath"] == "<start_image>"
    assert data["ui_guidance_scale"] == 1


def test_wan_gets_the_start_image_and_keeps_its_guidance() -> None:
    _, data = sent(WAN_FAST, files=["start_image", "end_image"], seconds=4.25)
    assert (data["input_image"], data["duration_seconds"]) == ("<start_image>", 4.3)
    assert (data["steps"], data["guidance_scale"], data["guidance_scale_2"]) == (6, 1, 1)
    assert data["randomize_seed"] is False


def test_svd_without_a_prompt_is_asked_by_its_image() -> None:
    mapping, data = sent(SVD, files=["start_image"])
    assert mapping.endpoint == "/video"
    assert (data["image"], data["motion_bucket_id"]) == ("<start_image>", 127)


def test_kokoro_is_asked_where_it_speaks() -> None:
    mapping, data = sent(KOKORO, "voice", voice="am_adam", speed=1.2)
    assert mapping.endpoint in ("/predict", "/generate_first")
    assert (data["text"], data["voice"], data["speed"]) == ("a goose", "am_adam", 1.2)


def test_f5_gets_a_reference_and_its_words_and_the_line_where_it_belongs() -> None:
    _, data = sent(F5, "voice", files=["reference"], reference_text="copy that")
    assert data["ref_audio_input"] == "<reference>"
    assert (data["ref_text_input"], data["gen_text_input"]) == ("copy that", "a goose")
    assert data["randomize_seed"] is False
    assert data["cross_fade_duration_slider"] == 0.15


def test_musicgen_gets_words_a_tune_and_a_length_and_its_sound_is_taken() -> None:
    mapping, data = sent(MUSICGEN, "music", files=["melody"], seconds=12.4)
    assert (data["text"], data["melody"], data["duration"]) == ("a goose", "<melody>", 13)
    assert (data["model"], data["model_path"], data["cfg_coef"]) == ("musicgen-melody", "", 3)
    assert mapping.result == 1


def test_cogvideox_gets_the_image_and_no_clip_unless_there_is_one() -> None:
    _, data = sent(COGVIDEO, files=["start_image"])
    assert (data["image_input"], data["video_input"], data["seed_value"]) == ("<start_image>", None, 1_234_567_890)
    _, data = sent(COGVIDEO, files=["clip"], with_clip=True)
    assert data["video_input"] == "<clip>"


ODD = {
    "renamed": ([text("txt_a", "Describe your scene"), text("txt_b", "What to avoid"),
                 slider("n", 0, 99, 7, 1, "Noise seed"),
                 slider("k", 8, 64, 16, 8, "How many frames?")],
                {"txt_a": "a goose", "txt_b": "blur", "k": 24}),
    "milliseconds": ([text("p", "Idea"), slider("len", 500, 8000, 2000, 250, "Clip length (ms)")],
                     {"p": "a goose", "len": 3000}),
    "milliseconds unsaid": ([text("prompt"), number("duration", 4000)], {"duration": 3000}),
    "a choice of seconds": ([text("prompt"), choice("duration", ["2s", "4s", "8s"], default="2s")], {"duration": "4s"}),
    "a choice of words": ([text("prompt"), choice("clip", ["short", "medium", "long"], default="short")],
                          {"clip": "short"}),
    "a choice of bare numbers": ([text("prompt"), choice("Seconds", [3, 5, 10], default=5)], {"Seconds": 3}),
    "frames and a rate": ([text("prompt"), slider("frames", 16, 240, 48), slider("fps", 6, 30, 12)],
                          {"frames": 36, "fps": 12}),
    "a rate and seconds": ([text("prompt"), slider("seconds", 1, 10, 2), slider("frame_rate", 6, 30, 12)],
                           {"seconds": 3, "frame_rate": 24}),
    "frames that do not last": ([text("prompt"), slider("frames", 8, 24, None), slider("fps", 1, 30, None)],
                                {"frames": 24, "fps": 8}),
    "one size": ([text("prompt"), choice("resolution", ["480x832 (9:16)", "832x480 (16:9)", "624x624 (1:1)"])],
                 {"resolution": "832x480 (16:9)"}),
    "a shape": ([text("prompt"), choice("ar", ["1:1", "9:16", "16:9"], "Aspect ratio", "1:1")], {"ar": "16:9"}),
    "orientation": ([text("prompt"), choice("o", ["Portrait", "Landscape"], "Orientation", "Portrait")],
                    {"o": "Landscape"}),
    "a line of pixels": ([text("prompt"), text("size", default="512x512")], {"size": "688x384"}),
    "nothing to understand": ([text("zork"), slider("blorb", 3, 9, None), choice("grue", ["a", "b"]),
                                box("frotz", "", None)],
                              {"zork": "a goose", "blorb": 3, "grue": "a", "frotz": False}),
    "a seed of words": ([text("prompt"), text("seed", default="-1")], {"seed": "1234567890"}),
    "a mode": ([text("prompt"), file("image", "image"), choice("mode", ["text-to-video", "image-to-video"])],
               {"image": "<start_image>", "mode": "image-to-video"}),
    "first and last": ([file("image", "start_frame"), file("image", "end_frame"), text("prompt")],
                       {"start_frame": "<start_image>", "end_frame": "<end_image>"}),
    "state": ([state(), text("prompt"), state()], {"prompt": "a goose", "state": None}),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(ODD))
def test_an_odd_signature_is_understood(case: str) -> None:
    parameters, expected = ODD[case]
    _, data = sent(api(endpoint("/go", parameters)), files=["start_image", "end_image"])
    for name, value in expected.items():
        assert data[name] == value, (case, data)


def test_control_video_and_clip_are_told_apart() -> None:
    app = api(endpoint("/go", [text("prompt"), file("video", "control_video", "Pose video"), file("video", "video")]))
    _, data = sent(app, files=["clip", "control"], with_clip=True)
    assert (data["control_video"], data["video"]) == ("<control>", "<clip>")


def test_the_endpoint_that_makes_media_is_chosen_among_helpers() -> None:
    app = api(
        endpoint("/load_example", [text("prompt")], "video"),
        endpoint("/enhance", [text("prompt")], "text"),
        endpoint("/generate", [text("prompt"), slider("seed", 0, 9, 1)], "json"),
        endpoint("/preview", [text("prompt")], "image"),
        endpoint("/run", [text("prompt"), slider("seed", 0, 9, 1)], "video"),
    )
    assert mapped(app, "video", Hints()).endpoint == "/run"


def test_a_step_on_a_clip_takes_the_endpoint_for_clips() -> None:
    app = api(
        endpoint("/text_to_video", [text("prompt"), slider("frames", 8, 24, 24)], "video"),
        endpoint("/video_to_video", [text("prompt"), file("video", "video")], "video"),
    )
    assert mapped(app, "video", Hints()).endpoint == "/text_to_video"
    assert mapped(app, "video", Hints(), with_clip=True).endpoint == "/video_to_video"


def test_an_app_that_makes_no_such_media_says_so() -> None:
    app = api(endpoint("/classify", [file("image", "image")], "text"), endpoint("/tts", [text("text")], "audio"))
    with pytest.raises(BackendUnavailable, match="No endpoint of this Space gives a video"):
        mapped(api(app.endpoints[1]), "video", Hints())
    assert mapped(app, "voice", Hints()).endpoint == "/tts"


def test_hints_go_over_what_is_read() -> None:
    app = api(
        endpoint("/a", [text("one"), text("two"), number("three", 4), box("four")]), endpoint("/b", [text("prompt")])
    )
    hints = Hints(api_name="a", parameters={"prompt": "two", "seconds": "three"}, fixed={"four": True}, result="film")
    mapping, data = sent(app, hints=hints)
    assert data == {"one": "", "two": "a goose", "three": 3, "four": True}
    assert (mapping.endpoint, mapping.result) == ("/a", "film")


def test_the_table_tells_a_person_what_goes_where() -> None:
    shown = described_mapping("me/film", mapped(LTX, "video", Hints()))
    assert "duration_ui" in shown
    assert "in seconds" in shown
    assert "(default)" in shown
    assert "not taken: fps" in shown


LABELS = st.sampled_from([
    "prompt", "negative prompt", "seed", "frames", "fps", "duration (s)", "length", "width", "height", "size", "steps",
    "image", "end image", "video", "control", "voice", "speed", "text", "melody", "style", "x", "",
    "Größe", "长度", "a_b",
])  # fmt: skip
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False, width=32)


@st.composite
def parameters(draw: st.DrawFn) -> Parameter:
    name, kind = draw(LABELS), draw(st.sampled_from(["slider", "number", "text", "choice", "box", "file", "state"]))
    if kind == "slider":
        low = draw(NUMBERS)
        high = low + draw(st.floats(0, 1e6, width=32))
        step = draw(st.sampled_from([0.01, 0.5, 1, 7, 32]))
        return slider(name, low, high, draw(st.one_of(st.none(), st.floats(low, high))), step, draw(LABELS))
    if kind == "number":
        return number(name, draw(st.one_of(st.none(), NUMBERS)), draw(LABELS))
    if kind == "choice":
        options = draw(st.lists(st.one_of(st.text(max_size=8), st.integers(0, 999), st.sampled_from(
            ["5s", "short", "16:9", "832x480", "720p", "0:0", "0x0"])), min_size=1, max_size=4))  # fmt: skip
        return choice(name, options, draw(LABELS))
    if kind == "file":
        return file(draw(st.sampled_from(["image", "video", "audio", "file", "gallery"])), name, draw(LABELS))
    if kind == "box":
        return box(name, draw(LABELS), draw(st.sampled_from([None, True, False])))
    return state() if kind == "state" else text(name, draw(LABELS), draw(st.one_of(st.none(), st.text(max_size=9))))


CALM = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@CALM
@given(
    st.lists(parameters(), max_size=9),
    st.sampled_from(["video", "voice", "music"]),
    st.floats(0.1, 60),
    st.integers(0, 2**31 - 1),
    st.sets(st.sampled_from(FILES)),
)
def test_whatever_an_app_takes_it_is_sent_something_that_fits(
    made: list[Parameter], purpose: Any, seconds: float, seed: int, files: set[Any]
) -> None:
    app = api(endpoint("/go", [text("prompt"), *made], "video", "audio"))
    wish = Wish(
        prompt="p", seed=seed, seconds=seconds, fps=24, width=1280, height=720, steps=20, guidance=5, voice="v",
        speed=1.3, language="en", files=frozenset(files),
    )  # fmt: skip
    mapping = mapped(app, purpose, Hints())
    assert mapping == mapped(app, purpose, Hints())
    used = [slot.ours for slot in mapping.slots if slot.how == "asked"]
    assert len(used) == len(set(used))
    data = arguments(mapping, app.endpoints[0], wish)
    assert len(data) == len(app.endpoints[0].parameters)
    for one, parameter in zip(data, app.endpoints[0].parameters, strict=True):
        if one.file is not None:
            assert one.file in files
        elif parameter.kind == "number" and parameter.low is not None and parameter.high is not None:
            assert isinstance(one.value, int | float)
            assert parameter.low - 1e-3 <= one.value <= parameter.high + 1e-3
        elif parameter.kind == "choice":
            assert one.value in parameter.choices
        elif parameter.kind == "flag":
            assert isinstance(one.value, bool)
    assert described_mapping("me/film", mapping)


@CALM
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_a_description_that_is_none_is_an_app_without_endpoints(rubbish: Any) -> None:
    config = {"dependencies": rubbish, "components": []}
    assert described(config, {"named_endpoints": rubbish}) is not None
    assert described({}, {}) == ApiDescription(endpoints=())


def test_names_are_read_as_words() -> None:
    assert spelled("numFrames_2") == "num frames 2"
    assert spelled("Video length (s)") == "video length (s)"


def test_each_preset_can_be_read_and_says_how_far_it_was_verified() -> None:
    for purpose in ("video", "voice", "music"):
        table = presets(purpose)  # type: ignore[arg-type]
        assert table
        for preset in table.values():
            assert preset.space.count("/") == 1
            assert preset.verified
            assert preset.about


def test_no_preset_has_the_name_of_a_back_end_on_this_machine() -> None:
    from tools.registry import BUILT_IN

    for purpose in ("video", "voice", "music"):
        assert not set(presets(purpose)) & set(BUILT_IN[purpose])  # type: ignore[arg-type, index]
