"""Takes from real Gradio apps: text to video, two passes and interpolation, a start image, and settings over all."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from episodes.errors import BackendUnavailable, MediaBroken
from episodes.results import RenderedTake
from tests.servers.spaces import App, space
from tests.tools_spaces.asking import PROMPT, call, camera, clip, inputs, settings, take
from tools import registry
from tools.ffmpeg import probe, reading
from tools.protocols import Input, ToolSettings
from tools.spaces.space import describe


@pytest.fixture(scope="module")
def zeroscope() -> Iterator[App]:
    with space("zeroscope") as app:
        yield app


@pytest.fixture(scope="module")
def image_to_video() -> Iterator[App]:
    with space("image_to_video") as app:
        yield app


def frames_of(path: Path, width: int, height: int) -> np.ndarray:
    with reading(["-i", path, "-f", "rawvideo", "-pix_fmt", "gray", "-fps_mode", "passthrough"]) as pipe:
        return np.frombuffer(pipe.read(), np.uint8).reshape(-1, height, width)


def test_a_space_that_nobody_described_makes_a_take_of_the_asked_length(zeroscope: App, tmp_path: Path) -> None:
    zeroscope.reset()
    tool = camera(zeroscope.url, tmp_path / "home")
    made = tool.render(take(), call(tmp_path / "take"))
    assert (made.frames, made.fps, made.width, made.height) == (36, 12.0, 144, 80)
    assert frames_of(tmp_path / "take" / made.file, 144, 80).shape[0] == 36
    assert {path.name for path in (tmp_path / "take").iterdir()} == {"take.mp4", made.raw}
    given = zeroscope.worked[0]
    assert (given["prompt"], given["negative_prompt"]) == (PROMPT, "text, watermark")
    # Three seconds at the model's eight frames a second; the seed in the app's range; all else as the app has it.
    assert (given["num_frames"], given["num_inference_steps"], given["width"], given["height"]) == (24, 25, 576, 320)
    assert 0 <= given["seed"] <= 1_000_000


def test_limits_come_from_the_description(zeroscope: App, tmp_path: Path) -> None:
    info = camera(zeroscope.url, tmp_path).info
    # 48 frames at 8 a second are 6 s, less the handles.
    assert info.limits.max_seconds == 5
    assert info.outside
    assert not info.limits.start_image
    assert info.name == f"space:{zeroscope.url}"


def test_limits_of_a_space_that_is_not_there_are_cautious(tmp_path: Path) -> None:
    info = camera("http://127.0.0.1:9/", tmp_path).info
    assert (info.limits.max_seconds, info.limits.start_image) == (4, False)


def test_what_was_learned_gives_the_limits_when_the_space_is_gone(tmp_path: Path) -> None:
    with space("image_to_video") as app:
        before = camera(app.url, tmp_path).info
    after = camera(app.url, tmp_path).info
    assert after == before
    assert after.limits.start_image


def test_the_version_changes_with_what_is_said_of_the_space_and_with_nothing_else(tmp_path: Path) -> None:
    plain = camera("me/film", tmp_path, max_seconds=3, start_image=False).info
    assert camera("me/film", tmp_path / "other", max_seconds=3, start_image=False).info == plain
    for said in ({"steps": 8}, {"fixed": {"style": "film"}}, {"api_name": "/other"}, {"space": "me/other"}):
        assert camera("me/film", tmp_path, max_seconds=3, start_image=False, **said).info.version != plain.version


def test_a_presets_limits_are_known_before_its_space_was_ever_reached(tmp_path: Path) -> None:
    limits = {
        name: camera(name, tmp_path, hub="http://127.0.0.1:9").info.limits for name in ("zeroscope", "wan-fast-space")
    }
    assert (limits["zeroscope"].max_seconds, limits["zeroscope"].start_image) == (2, False)
    assert (limits["wan-fast-space"].max_seconds, limits["wan-fast-space"].start_image) == (4, True)


def test_an_image_to_video_app_is_given_the_animatics_first_frame(image_to_video: App, tmp_path: Path) -> None:
    image_to_video.reset()
    tool = camera(image_to_video.url, tmp_path / "home")
    assert tool.info.limits.start_image
    animatic = clip(tmp_path / "animatic", fps=12)
    made = tool.render(take(), call(tmp_path / "take", inputs=inputs(animatic=animatic)))
    assert (made.frames, made.height) == (36, 144)
    # Square pixels: the app's clip says that its own are a little wider.
    assert abs(made.width - 256) <= 4
    given = image_to_video.worked[0]
    # It yields nothing, then a film and words; a seed is only kept when the box for random ones is off.
    assert given["duration"] == 3
    assert given["randomize_seed"] is False
    assert given["seed"] == 1_234_567_890
    assert given["image"].endswith("start.png")
    first = frames_of(animatic.file("take.mp4"), 144, 80)[0]
    shown = frames_of(tmp_path / "take" / made.file, 256, 144)[0]
    import cv2

    assert np.abs(cv2.resize(shown, (144, 80)).astype(int) - first).mean() < 12


def test_a_chain_makes_a_take_larger_and_smoother(zeroscope: App, tmp_path: Path) -> None:
    """Zeroscope → zeroscope XL → interpolation: each step works on the clip of the one before it."""
    zeroscope.reset()
    home = tmp_path / "home"
    with space("zeroscope_xl") as larger, space("film") as smoother:
        steps = (zeroscope.url, larger.url, smoother.url)
        given: dict[str, Input] = {}
        made: RenderedTake | None = None
        sizes = []
        for number, url in enumerate(steps):
            into = tmp_path / f"step-{number}"
            made = camera(url, home).render(take(), call(into, inputs=given))
            given = {"clip": Input(folder=into, result=made)}
            sizes.append((made.width, made.height, made.frames))
        assert sizes == [(144, 80, 36), (256, 142, 36), (256, 142, 36)]
        assert larger.worked[0]["prompt"] == PROMPT
        assert [app.calls for app in (zeroscope, larger, smoother)] == [1, 1, 1]
    assert probe(tmp_path / "step-2" / "take.mp4").fps == 12


def test_a_later_step_without_a_clip_says_what_is_wrong(zeroscope: App, tmp_path: Path) -> None:
    made = describe(settings(zeroscope.url, tmp_path), "video")
    assert "num_frames" in made
    assert "in frames at 8 a second" in made
    assert "prompt" in made


def test_three_lines_of_settings_go_over_all_that_was_read(zeroscope: App, tmp_path: Path) -> None:
    zeroscope.reset()
    said = {"parameters": {"seconds": "Number of frames"}, "fixed": {"num_inference_steps": 12}, "api_name": "generate"}
    # Nine seconds with the handles, counted in seconds as the settings wrongly say: it is told when the clip comes.
    with pytest.raises(MediaBroken, match=r"lasts 1\.1 s, but the shot needs 8\.0 s and 9\.0 s with its handles"):
        camera(zeroscope.url, tmp_path / "home", **said).render(take(Fraction(8)), call(tmp_path / "take"))
    assert (zeroscope.worked[0]["num_frames"], zeroscope.worked[0]["num_inference_steps"]) == (9, 12)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"api_name": "/paint"}, "no endpoint '/paint'"),
        ({"parameters": {"colour": "prompt"}}, "'colour' is none of our names"),
        ({"api_name": "/generate", "fixed": {"style": "x"}}, "no parameter 'style'"),
        ({"seconds_unit": "fortnights"}, "'seconds_unit' can't be used"),
        ({"price": 3}, "no setting 'price'"),
    ],
)
def test_settings_that_can_not_be_used_get_one_sentence(
    zeroscope: App, tmp_path: Path, said: dict[str, object], word: str
) -> None:
    with pytest.raises(BackendUnavailable, match=word):
        camera(zeroscope.url, tmp_path / "home", **said).render(take(), call(tmp_path / "take"))  # type: ignore[arg-type]


def test_the_registry_knows_spaces_by_name_address_and_preset() -> None:
    for kind, name in (
        ("video", "owner/space"), ("video", "http://127.0.0.1:7860"), ("video", "zeroscope"), ("voice", "kokoro"),
        ("music", "musicgen-space"), ("video", "https://me-mine.hf.space"),
    ):  # fmt: skip
        built = registry.factory(kind, name)(ToolSettings(name=name))  # type: ignore[arg-type]
        assert type(built).__name__ == f"Space{kind.capitalize()}"
    assert {"embedded", "zeroscope", "zeroscope-xl", "film", "ltx-space", "ltx"} <= set(registry.names("video"))
    assert {"musicgen", "musicgen-space"} <= set(registry.names("music"))
    with pytest.raises(BackendUnavailable, match="There is no video back end 'nowhere'"):
        registry.factory("video", "nowhere")
    with pytest.raises(BackendUnavailable, match="There is no finish back end"):
        registry.factory("finish", "owner/space")
