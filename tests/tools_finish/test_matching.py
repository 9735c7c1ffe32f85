"""A clip that was not drawn for the story comes to the story's light, and one that was is left alone."""

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from episodes.effects import Light
from episodes.format import FORMATS
from episodes.requests import ConformRequest, RenderRequest
from episodes.results import RenderedTake
from episodes.shots import CameraOwner
from tests.tools_finish.foreign import request
from tests.tools_video.foreign_clips import read, write
from tests.tools_video.foreign_clips import request as wanted
from tools.finish import conform
from tools.finish.lens import GLASS
from tools.finish.matching import Match, match_of
from tools.protocols import Call, Input, ToolSettings
from tools.video.fitting import fit

Image = NDArray[np.uint8]
PROOF = FORMATS["proof"]


def noon(moment: float, width: int = 320, height: int = 180, colour: float = 1.0) -> Image:
    """Return a bright street at noon in loud colours: sky, wall, road, somebody in red; it pans."""
    frame = np.zeros((height, width, 3), np.float32)
    frame[: height // 2] = (235, 205, 170)
    frame[height // 2 :] = (120, 135, 140)
    shift = round(width * 0.05 * moment)
    for number in range(6):
        left = width * number // 5 - shift
        cv2.rectangle(frame, (left, height // 4), (left + width // 9, height * 3 // 5), (70, 160, 235), -1)
        frame[height * 2 // 3 + 4 * number : height * 2 // 3 + 4 * number + 2] = (230, 235, 235)
    cv2.rectangle(frame, (width // 2, height * 2 // 5), (width * 3 // 5, height * 9 // 10), (30, 30, 220), -1)
    grey = frame.mean(axis=2, keepdims=True)
    grained = grey + colour * (frame - grey) + np.random.default_rng(1).normal(0, 3, frame.shape)
    return np.asarray(np.clip(grained, 0, 255), np.uint8)


def asked(owner: CameraOwner = "bodycam", light: Light = "night", **changes: object) -> ConformRequest:
    return request(owner, light=light, format=PROOF, frames=12, source_in_frames=3, **changes)


def brightness(frame: Image) -> float:
    return float(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY).mean())


def lit(frame: Image, match: Match | None) -> Image:
    if match is None:
        return frame
    return match.apply(np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2BGRA), np.uint8))[..., :3]


def colours(frame: Image) -> float:
    return float((frame.max(axis=2).astype(int) - frame.min(axis=2)).mean())


def conformed(clip: Path, folder: Path, made: ConformRequest, *, ours: bool | None = None) -> list[Image]:
    """Return the finished frames of a clip; `ours`: None to take what fitting it says."""
    render = RenderRequest.model_validate(wanted(1.0, events=()).model_dump())
    take = fit(clip, render, folder)
    take = take if ours is None else take.model_copy(update={"story_light": ours})
    into = folder / f"segment-{ours}-{made.owner}-{made.light}"
    into.mkdir()
    conform.build(ToolSettings()).conform(made, Call(into=into, inputs={"take": Input(folder=folder, result=take)}))
    return read(into / "segment.mp4")


def test_a_clip_of_noon_becomes_night(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", [noon(number / 8) for number in range(16)], 8)
    night, left = (conformed(clip, tmp_path, asked(), ours=ours)[6] for ours in (None, True))
    day = conformed(clip, tmp_path, asked(light="day"))[6]
    assert brightness(left) > 110
    assert brightness(night) < 0.68 * brightness(left)
    assert brightness(day) > 1.5 * brightness(night)
    # It is a dark picture and no grey one: what was light is still light.
    assert np.percentile(night, 99) > 120


@pytest.mark.parametrize("light", ["day", "dusk", "night", "dawn"])
@pytest.mark.parametrize("gain", [0.1, 0.3, 0.6, 1.0, 1.3])
def test_every_brightness_comes_nearer_to_its_light_and_the_order_stays(light: Light, gain: float) -> None:
    from tools.finish.matching import _USUAL

    def shown(factor: float) -> tuple[float, float]:
        frame = np.asarray(np.clip(noon(0).astype(float) * factor, 0, 255), np.uint8)
        return brightness(frame), brightness(lit(frame, match_of(frame[None], asked(light=light))))

    low, high = _USUAL[light]
    was, now = shown(gain)
    if low <= was <= high:
        assert now == pytest.approx(was, abs=3)
    else:
        assert min(abs(now - low), abs(now - high)) < 0.75 * min(abs(was - low), abs(was - high))
    assert shown(gain * 0.8)[1] <= now + 0.5


def test_loud_colours_are_calmed_and_quiet_ones_are_left() -> None:
    loud, quiet = noon(0, colour=1.4), noon(0, colour=0.25)
    calmed = lit(loud, match_of(loud[None], asked(light="day")))
    assert colours(loud) > 60
    assert 30 < colours(calmed) < 0.62 * colours(loud)
    kept = match_of(quiet[None], asked(light="day"))
    assert kept is None or kept.colour == 1.0


@pytest.mark.parametrize(("tint", "side"), [((0.7, 1.0, 1.3), 1), ((1.3, 1.0, 0.6), -1)])
def test_a_cast_is_balanced_within_bounds(tint: tuple[float, float, float], side: int) -> None:
    cast = np.asarray(np.clip(noon(0, colour=0.3) * np.array(tint), 0, 255), np.uint8)
    made = lit(cast, match_of(cast[None], asked(light="day")))

    def warmth(frame: Image) -> float:
        return float(np.log((frame[..., 2].mean() + 1) / (frame[..., 0].mean() + 1)))

    assert side * (warmth(cast) - warmth(made)) > 0.1
    # It keeps a good part of its character: an orange street lamp's light is no mistake.
    assert side * warmth(made) > 0.1


def test_whoever_is_interviewed_sits_under_lamps_at_night_too() -> None:
    frame = noon(0, colour=0.3)
    under = lit(frame, match_of(frame[None], asked(owner="interview", name_strip=("Ruth", "Witness"))))
    assert brightness(under) == pytest.approx(brightness(frame), rel=0.05)
    assert brightness(lit(frame, match_of(frame[None], asked()))) < 0.7 * brightness(frame)


def test_a_heat_camera_is_left_what_it_sees(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", [noon(number / 8) for number in range(16)], 8)
    seen = [conformed(clip, tmp_path, asked(owner="helicopter"), ours=ours) for ours in (None, True)]
    assert all(np.array_equal(a, b) for a, b in zip(*seen, strict=True))


def test_a_clip_that_has_the_light_already_and_any_take_of_our_own_stay_as_they_are(tmp_path: Path) -> None:
    dark = np.asarray(noon(0, colour=0.1) * 0.38, np.uint8)
    assert match_of(dark[None], asked()) is None
    assert RenderedTake(file="take.mp4", frames=1, width=2, height=2, fps=12.0).story_light


def test_a_clip_is_lit_alike_from_start_to_end(tmp_path: Path) -> None:
    """A lamp that goes on in it stays visible: nothing follows it up and down."""
    lamp, dark = noon(0, colour=0.3), np.asarray(noon(0, colour=0.3) * 0.5, np.uint8)
    frames = [lamp if number < 8 else dark for number in range(16)]
    shown = conformed(write(tmp_path / "clip.mp4", frames, 8), tmp_path, asked(owner="cctv"))
    assert brightness(shown[1]) > 1.5 * brightness(shown[-1])


SIZES = [(128, 128, 8), (256, 144, 16), (144, 256, 30), (160, 120, 8), (512, 128, 24), (96, 54, 10)]


@pytest.mark.parametrize(("width", "height", "fps"), SIZES)
def test_clips_of_any_shape_fill_the_frame_to_its_edges(width: int, height: int, fps: int, tmp_path: Path) -> None:
    blocks = np.random.default_rng(2).integers(60, 250, (height // 6 + 1, width // 6 + 2, 3), np.uint8)
    wall = blocks.repeat(6, axis=0).repeat(6, axis=1)
    frames = [wall[:height, number % 6 : number % 6 + width].copy() for number in range(round(1.8 * fps))]
    shown = conformed(write(tmp_path / "clip.mp4", frames, fps), tmp_path, asked(owner="phone", light="day"))
    assert len(shown) == 12
    picture = shown[6].astype(float)
    high, wide = picture.shape[:2]
    # Bars are black, and what stretched or blurred edges fill up is smooth: here edges are as lively as the middle.
    usual = picture[:, wide // 2 - 20 : wide // 2 + 20].std(axis=1).mean()
    assert min(picture[:, :40].std(axis=1).mean(), picture[:, -40:].std(axis=1).mean()) > 0.55 * usual
    usual = picture[high // 2 - 20 : high // 2 + 20].std(axis=0).mean()
    assert picture[-40:].std(axis=0).mean() > 0.55 * usual
    for edge in (picture[:3], picture[-3:], picture[:, :3], picture[:, -3:]):
        assert edge.mean() > 60


def test_a_clip_that_is_too_high_keeps_its_heads(tmp_path: Path) -> None:
    def portrait(moment: float) -> Image:
        frame = noon(moment, 128, 128)
        cv2.circle(frame, (64 + round(6 * moment), 30), 12, (0, 255, 0), -1)
        return frame

    clip = write(tmp_path / "clip.mp4", [portrait(number / 8) for number in range(16)], 8)
    made = asked(owner="interview", light="day", name_strip=("Ruth", "Witness"))
    shown = conformed(clip, tmp_path, made)[6].astype(int)
    green = (shown[..., 1] > shown[..., 2] + 40) & (shown[..., 1] > shown[..., 0] + 40)
    rows = np.flatnonzero(green.any(axis=1))
    assert rows.min() > 3
    assert np.ptp(rows) > 45


@pytest.mark.parametrize("owner", ["bodycam", "dashcam", "doorbell", "cctv"])
def test_a_foreign_clip_has_the_cameras_own_marks(owner: CameraOwner, tmp_path: Path) -> None:
    """Corners fall dark, grain moves while the picture stands, and the story's clock is written over it."""
    wall = np.random.default_rng(3).integers(90, 170, (128, 128, 3), np.uint8)
    shown = conformed(write(tmp_path / "clip.mp4", [wall] * 16, 8), tmp_path, asked(owner=owner, light="night"))
    first, last = shown[0].astype(float), shown[-1].astype(float)
    assert GLASS[owner].vignette > 0
    assert first[60:120, 130:190].mean() > 1.04 * first[150:170, 5:35].mean()
    assert np.abs(first - last)[60:120, 100:220].mean() > 0.8
    assert first[:28].max() > 170


def test_lengths_are_those_of_the_shot(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.gif", [noon(number / 8) for number in range(10)], 8)
    assert len(conformed(clip, tmp_path, asked())) == 12
    assert wanted(1.0).shot.seconds == Fraction(1)
