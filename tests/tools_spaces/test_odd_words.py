"""Rules of the mapper for apps that call things strangely, each on a description made up for it."""

import json

import pytest

from episodes.requests import ControlPass
from tests.tools_spaces.apis import WISH, api, choice, endpoint, file, number, sent, slider, state, text
from tools.spaces.choosing import result_of
from tools.spaces.description import Output, Parameter, described
from tools.spaces.mapping import Hints, guesses, mapped
from tools.spaces.matching import control_of, match
from tools.spaces.memory import Learned, stretched

PROMPT = text("prompt", "Prompt")


@pytest.mark.parametrize(
    ("label", "shows"),
    [("Pose video", "pose"), ("Skeleton", "pose"), ("Depth map", "depth"), ("Canny edges", "edge"),
     ("Line art", "edge"), ("Driving video", None), ("Control", None), ("Motion reference", None)],
)  # fmt: skip
def test_a_control_video_is_made_only_where_its_pass_is_named(label: str, shows: ControlPass | None) -> None:
    assert control_of(file("video", "v", label)) == shows


@pytest.mark.parametrize("label", ["Driving video (optional)", "Motion reference", "Style video"])
def test_a_video_to_imitate_is_left_empty(label: str) -> None:
    made = endpoint("/generate", [PROMPT, file("video", "v", label), slider("seed", 0, 9, 1), number("steps", 4)])
    _, given = sent(api(made), files=("start_image", "clip", "control"))
    assert given["v"] is None


def test_the_endpoint_with_the_settings_is_chosen_over_a_tempting_name() -> None:
    works = [text("a", "Words"), slider("b", 1, 8, 4, label="Seconds"), number("c", 1, "Seed"), number("d", 8, "Steps"),
             choice("e", ["16:9", "1:1"], "Shape")]  # fmt: skip
    app = api(
        endpoint("/generate", [PROMPT, slider("frames", 1, 4, 2)], "gallery"),
        endpoint("/old_text_to_video", [PROMPT]),
        endpoint("/lambda_3", works),
        endpoint("/upscale", [file("video", "v", "Video"), PROMPT]),
    )
    assert mapped(app, "video", Hints()).endpoint == "/lambda_3"


@pytest.mark.parametrize("name", ["/extend", "/remix", "/clone_voice", "/preview", "/convert"])
def test_what_reworks_sound_is_not_asked_to_make_it(name: str) -> None:
    app = api(
        endpoint(name, [file("audio", "source", "Source"), text("text", "Text")], "audio"),
        endpoint("/x", [text("words", "Words"), number("seed", 1), file("audio", "ref", "Reference (optional)"),
                        slider("speed", 0.5, 2, 1, step=0.1), choice("voice", ["ann", "ben"])], "audio"),
    )  # fmt: skip
    assert mapped(app, "voice", Hints()).endpoint == "/x"


@pytest.mark.parametrize(
    "label", ["E-mail", "Your name", "Newsletter", "API key", "Push to repo", "Signature", "Webhook URL", "Remarks"]
)
def test_the_prompt_never_goes_where_somebody_is_named(label: str) -> None:
    _, given = sent(api(endpoint("/go", [text("a", label), text("b", "Whatever you like")])))
    assert given["b"] == "a goose"
    assert "goose" not in str(given["a"])


def test_who_asks_is_told_only_where_it_must_be() -> None:
    _, given = sent(
        api(endpoint("/go", [text("a", "Your name *"), text("b", "E-mail (required)"), text("c", "E-mail"), PROMPT]))
    )
    assert (given["a"], given["b"], given["c"]) == ("Ten-Four", "nobody@example.com", "")


@pytest.mark.parametrize(("default", "expected"), [(None, "[instrumental]"), ("[verse] la", "[verse] la")])
def test_tags_are_the_prompt_of_music_and_nobody_sings(default: str | None, expected: str) -> None:
    app = api(endpoint("/go", [text("lyrics", "Lyrics", default), text("tags", "Tags", "pop")], "audio"))
    _, given = sent(app, "music")
    assert given == {"lyrics": expected, "tags": "a goose"}


def test_a_sound_to_copy_is_not_given_our_tune_and_a_melody_is() -> None:
    app = api(endpoint("/go", [PROMPT, file("audio", "ref", "Reference"), file("audio", "melody", "Melody")], "audio"))
    _, given = sent(app, "music", files=("melody",))
    assert (given["ref"], given["melody"]) == (None, "<melody>")


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [
        (slider("n", 1, 20, 4, label="Length in half seconds"), 6),
        (slider("n", 5, 100, 20, label="Length (tenths of a second)"), 30),
        (slider("n", 100, 9000, 2000, label="Length (ms)"), 3000),
        (slider("n", 1, 21, 5, label="Latents"), 13),
        (choice("n", ["half a second 0.5", "short ~2 s", "longer ~3.5 s"], "Length"), "longer ~3.5 s"),
        (number("n", 17, "Frames (4k+1), 8 fps"), 25),
        (slider("n", 1, 4, 2, label="⏱️"), 3),
        (slider("n", 1, 80, 40, label="Clock ticks (1 tick = 0.1 s)"), 30),
        (slider("n", 1, 9, 4, label="Chunks (16 frames each, 16 fps)"), 3),
        (slider("n", 1, 20, 4, label="In units of 0.5 s"), 6),
    ],
)  # fmt: skip
def test_a_length_is_sent_in_the_apps_own_unit(parameter: Parameter, expected: object) -> None:
    assert sent(api(endpoint("/go", [PROMPT, parameter])))[1]["n"] == expected


@pytest.mark.parametrize("label", ["Playback rate", "Fluidity", "Images/s"])
def test_a_rate_by_another_name_is_no_length(label: str) -> None:
    mapping, given = sent(api(endpoint("/go", [PROMPT, choice("x", ["8 fps", "24 fps"], label)])))
    assert mapping.slots[1].ours == "fps"
    assert given["x"] == "24 fps"


@pytest.mark.parametrize("default", ["random", "?", "", "1,2,3", "surprise me"])
def test_a_seed_may_be_a_text(default: str) -> None:
    assert sent(api(endpoint("/go", [PROMPT, text("s", "Seeds", default)])))[1]["s"] == "1234567890"


def test_a_seed_of_which_nought_means_chance_is_never_nought() -> None:
    luck = slider("luck", 0, 10, 0, label="Lucky number (0 = surprise me)")
    assert [sent(api(endpoint("/go", [PROMPT, luck])), seed=seed)[1]["luck"] for seed in (0, 10, 11)] == [1, 1, 2]


def test_a_box_for_words_and_pictures_gets_both() -> None:
    both = Parameter(name="msg", label="Dream", component="multimodaltextbox", kind="message")
    mapping, given = sent(api(endpoint("/go", [both, state()])), files=("start_image",))
    assert mapping.takes("prompt", "start_image")
    assert given["msg"] == "<start_image>"
    assert sent(api(endpoint("/go", [both])))[1]["msg"] == {"text": "a goose", "files": []}


def test_settings_in_an_editor_are_filled_in_by_their_names() -> None:
    default = json.dumps({"seed": None, "negative": "", "tiles": 3})
    editor = Parameter(name="opts", label="Options", component="code", kind="other", default=default, has_default=True)
    _, given = sent(api(endpoint("/go", [PROMPT, editor])))
    assert json.loads(given["opts"]) == {"seed": WISH.seed, "negative": "blur", "tiles": 3}


def test_an_editor_without_settings_stays_as_it_is() -> None:
    editor = Parameter(name="code", label="Code", component="code", kind="other", default="a = {1", has_default=True)
    assert sent(api(endpoint("/go", [PROMPT, editor])))[1]["code"] == "a = {1"


def test_the_finished_film_is_taken_and_not_its_draft() -> None:
    outputs = tuple(
        Output(label=label, component="video", kind="video") for label in ("Draft", "Final", "Source video")
    )
    made = endpoint("/go", [PROMPT]).model_copy(update={"outputs": outputs})
    assert result_of(made, "video") == 1


def test_no_more_than_three_ways_are_thought_of_and_the_likeliest_comes_first() -> None:
    several = [endpoint(f"/make_{n}", [text("prompt", "Prompt"), text("x", "Anything")]) for n in range(5)]
    ways = guesses(api(*several), "video", Hints())
    assert len(ways) == 3
    assert ways[0] == mapped(api(*several), "video", Hints())
    assert len({(way.index, str(way.slot("prompt"))) for way in ways}) == 3


def test_a_named_endpoint_and_prompt_leave_nothing_to_guess() -> None:
    app = api(endpoint("/a", [PROMPT, text("x", "Anything")]), endpoint("/b", [PROMPT]))
    assert len(guesses(app, "video", Hints(api_name="/a", parameters={"prompt": "prompt"}))) == 1


def test_how_much_more_must_be_asked_for_is_learned_once_and_given_up_when_it_is_not_steady() -> None:
    app = api(endpoint("/go", [PROMPT, slider("n", 1, 60, 4, label="Length (s)")]))
    first = Learned(space="me/film", api=app, hints=Hints(), mapping=mapped(app, "video", Hints()))
    assert stretched(first, 3.1, WISH) is None
    factor = stretched(first, 1.0, WISH)
    assert factor == 3.0
    second = first.model_copy(
        update={"mapping": first.mapping.model_copy(update={"stretch": factor}), "stretched": True}
    )
    assert stretched(second, 3.0, WISH) is None
    assert stretched(second, 1.0, WISH) == 1.0


def test_how_fast_frames_run_may_stand_on_the_page() -> None:
    def page(text: str) -> float | None:
        return described({"components": [{"id": 1, "type": "markdown", "props": {"value": text}}]}, {}).said_rate

    assert page("# Film\nSmall films at **12 fps**, always 12 frames per second.") == 12
    assert page("8 fps or 24 fps") is None
    app = api(endpoint("/go", [PROMPT, slider("n", 9, 99, 25, label="Frames")]))
    assert sent(app.model_copy(update={"said_rate": 12.0}))[1]["n"] == 36


def test_choices_of_both_sides_are_a_size_though_their_label_says_width_and_height() -> None:
    sizes = ("832*480 (16:9)", "480*832 (9:16)", "416*240 (16:9)")
    for label in ("分辨率 (宽*高)", "Width x height", "Breite mal Höhe"):
        parameter = Parameter(
            name="chose", label=label, component="dropdown", kind="choice", choices=sizes, choice_labels=sizes
        )
        assert match(parameter, "size", "video").score > 0, label
        assert match(parameter, "width", "video").score == match(parameter, "height", "video").score == 0.0
