"""Pictures between pictures: nearer to the truth than what was there, nobody twice, and nothing across a cut."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from episodes.errors import BackendUnavailable, MediaBroken
from episodes.results import RenderedTake
from episodes.tasks import ToolInfo
from tests.tools_video.foreign_clips import HANDLE, ball, pictures, read, request, walk, write
from tools import registry
from tools.protocols import Call, Input, ToolSettings
from tools.video.fitting import fit
from tools.video.interpolation import Between, interpolated

Image = NDArray[np.uint8]
WIDTH, HEIGHT = 320, 180
MARGIN_REPEATED, MARGIN_BLENDED = 9.0, 7.0
"""Decibels by which made pictures are nearer to the truth than the nearest picture, and than a plain blend."""


def _texture(width: int, height: int, fine: float, low: int, high: int, seed: int) -> NDArray[np.float32]:
    field = np.random.default_rng(seed).standard_normal((height, width, 3)).astype(np.float32)
    field = np.asarray(cv2.GaussianBlur(field, (0, 0), fine), np.float32)
    field = (field - field.min()) / (field.max() - field.min())
    return np.asarray(low + (high - low) * field, np.float32)


BACK = _texture(WIDTH * 2, HEIGHT * 2, 3, 20, 140, 1)
FIGURE = _texture(40, 70, 2, 130, 250, 2)


def scene(moment: float, step: tuple[float, float], pan: tuple[float, float]) -> Image:
    """Return somebody before a wall at a moment between two pictures (0 to 1); `step`, `pan`: pixels from 0 to 1."""
    moved = np.array([[1, 0, -80 - pan[0] * moment], [0, 1, -60 - pan[1] * moment]], np.float32)
    frame = cv2.warpAffine(BACK, moved, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC)
    placed = np.array([[1, 0, 110 + step[0] * moment], [0, 1, 50 + step[1] * moment]], np.float32)
    mask = np.zeros((70, 40), np.float32)
    cv2.ellipse(mask, (20, 35), (17, 32), 0, 0, 360, 1, -1, cv2.LINE_AA)
    figure = cv2.warpAffine(FIGURE, placed, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC)
    there = cv2.warpAffine(mask, placed, (WIDTH, HEIGHT))[..., None]
    return np.asarray(np.clip(frame * (1 - there) + figure * there, 0, 255), np.uint8)


def psnr(made: Image, truth: Image) -> float:
    return float(10 * np.log10(255**2 / ((made.astype(float) - truth) ** 2).mean()))


MOTIONS = [((4, 1), (1, 0)), ((8, 1), (2, 0)), ((15, 2), (-3, 1)), ((22, 0), (5, 0)), ((0, 0), (18, 4))]


@pytest.mark.parametrize(("step", "pan"), MOTIONS)
@pytest.mark.parametrize("share", [1 / 3, 1 / 2, 2 / 3])
def test_a_made_picture_is_nearer_to_the_truth_than_a_repeated_or_blended_one(
    step: tuple[float, float], pan: tuple[float, float], share: float
) -> None:
    first, last, truth = (scene(moment, step, pan) for moment in (0.0, 1.0, share))
    made = psnr(Between(first, last).at(share), truth)
    assert made > psnr(first if share < 0.5 else last, truth) + MARGIN_REPEATED
    assert made > psnr(np.asarray(cv2.addWeighted(first, 1 - share, last, share, 0)), truth) + MARGIN_BLENDED


@pytest.mark.parametrize("share", [1 / 3, 1 / 2, 2 / 3])
def test_nobody_is_seen_twice(share: float) -> None:
    """A ghost is a figure's light where it was in the first picture or will be in the last, and is not now."""
    wall = np.full((HEIGHT, WIDTH, 3), 60, np.uint8)
    wall[::9] = 80
    wall[:, ::13] = 45

    def lamp(moment: float) -> Image:
        frame = wall.copy()
        cv2.circle(frame, (round((100 + 24 * moment) * 16), 90 * 16), 14 * 16, (60, 190, 230), -1, cv2.LINE_AA, 4)
        return frame

    made, truth = Between(lamp(0), lamp(1)).at(share), lamp(share)
    away = cv2.dilate(np.asarray((truth[..., 2] > 100).astype(np.uint8)), np.ones((7, 7), np.uint8)) == 0
    blended = np.asarray(cv2.addWeighted(lamp(0), 1 - share, lamp(1), share, 0))
    left = (made[..., 2].astype(int) - wall[..., 2])[away].clip(30).sum() - 30 * int(away.sum())
    ghost = (blended[..., 2].astype(int) - wall[..., 2])[away].clip(30).sum() - 30 * int(away.sum())
    assert left < 0.05 * ghost
    assert made[..., 2][truth[..., 2] > 200].mean() > 225


def test_across_a_cut_the_nearer_picture_stands() -> None:
    first, last = scene(0, (8, 1), (2, 0)), _texture(WIDTH, HEIGHT, 9, 10, 240, 5).astype(np.uint8)
    gap = Between(first, last)
    assert gap.is_cut
    assert np.array_equal(gap.at(0.4), first)
    assert np.array_equal(gap.at(0.6), last)


@pytest.mark.parametrize("light", [0.6, 1.5])
def test_a_flash_of_light_is_no_cut(light: float) -> None:
    first = scene(0, (8, 1), (2, 0))
    lit = np.asarray(np.clip(scene(1, (8, 1), (2, 0)) * light, 0, 255), np.uint8)
    assert not Between(first, lit).is_cut


@pytest.mark.parametrize(("step", "pan"), MOTIONS)
def test_motion_is_no_cut(step: tuple[float, float], pan: tuple[float, float]) -> None:
    assert not Between(scene(0, step, pan), scene(1, step, pan)).is_cut


def test_what_stands_still_over_a_moving_picture_stays_sharp() -> None:
    def marked(moment: float) -> Image:
        frame = scene(moment, (0, 0), (14, 0))
        frame[8:28, 10:120] = 0
        cv2.putText(frame, "AXON 4A10", (14, 23), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (255, 255, 255), 1, cv2.LINE_AA)
        return frame

    made = Between(marked(0), marked(1)).at(0.5)
    assert psnr(made[10:26, 14:116], marked(0)[10:26, 14:116]) > 30


def test_moments_outside_the_pictures_are_the_outermost_ones_and_near_ones_are_taken_as_they_are() -> None:
    source = [(number / 8, scene(number, (5, 0), (1, 0))) for number in range(3)]
    shown = list(interpolated(source, (-0.1, 0.0, 0.128, 0.2, 0.25, 0.4)))
    for made, number in zip((shown[0], shown[1], shown[2], shown[4], shown[5]), (0, 0, 1, 2, 2), strict=True):
        assert np.array_equal(made, source[number][1])
    assert not any(np.array_equal(shown[3], image) for _, image in source)


@pytest.mark.parametrize("size", [(16, 16), (18, 500), (33, 20)])
def test_pictures_of_any_shape_can_be_made(size: tuple[int, int]) -> None:
    first, last = (walk(moment, *size) for moment in (1.0, 1.1))
    assert Between(first, last).at(0.5).shape == first.shape


def smoothed(options: dict[str, object], clip: Path, into: Path, seconds: float = 2.0) -> tuple[RenderedTake, ToolInfo]:
    settings = ToolSettings.model_validate({"options": {"interpolate": options}})
    tool = registry.factory("video", "interpolate")(settings)
    given = Input(folder=clip, result=None)
    return tool.render(request(seconds), Call(into=into, inputs={"clip": given})), tool.info  # type: ignore[attr-defined]


def test_the_back_end_gives_a_take_of_the_formats_rate(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", pictures(3, 6), 6)
    take, info = smoothed({}, clip, tmp_path)
    steps = np.diff([ball(frame) for frame in read(tmp_path / "take.mp4")])
    assert (take.frames, take.fps, info.version) == (30, 12.0, "1")
    assert steps.min() > 0.3 * np.median(steps)


def test_a_take_of_a_chain_is_read_by_the_name_that_its_result_gives(tmp_path: Path) -> None:
    folder, into = tmp_path / "before", tmp_path / "after"
    folder.mkdir()
    into.mkdir()
    made = fit(write(tmp_path / "clip.webm", pictures(3, 8), 8), request(), folder)
    tool = registry.factory("video", "interpolate")(ToolSettings())
    call = Call(into=into, inputs={"clip": Input(folder=folder, result=made)})
    assert tool.render(request(), call) == made  # type: ignore[attr-defined]


def test_slow_motion_keeps_the_in_point_and_moves_half_as_fast(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", pictures(2.5, 12), 12)
    take, info = smoothed({"slow": 2}, clip, tmp_path)
    shown = [ball(frame) for frame in read(tmp_path / "take.mp4")]
    assert take.frames == 30
    assert info.version == "1 slow=2"
    assert shown[HANDLE] == pytest.approx(ball(walk(HANDLE / 12)), abs=0.01)
    assert shown[HANDLE + 20] == pytest.approx(ball(walk(HANDLE / 12 + 20 / 24)), abs=0.015)


def test_fewer_pictures_a_second_stand_for_several_frames(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", pictures(3, 12), 12)
    smoothed({"fps": 6}, clip, tmp_path)
    steps = np.abs(np.diff([ball(frame) for frame in read(tmp_path / "take.mp4")]))
    assert steps[0::2].max() < 0.2 * steps[1::2].min()


def test_a_clip_that_is_too_short_for_slow_motion_is_named(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", pictures(1, 12), 12)
    with pytest.raises(MediaBroken, match=r"^The clip lasts 1\.0 s, but 1\.4 s are needed"):
        smoothed({"slow": 2}, clip, tmp_path)


def test_without_a_clip_before_it_the_back_end_says_where_it_belongs(tmp_path: Path) -> None:
    tool = registry.factory("video", "interpolate")(ToolSettings())
    with pytest.raises(BackendUnavailable, match="makes no shots of its own"):
        tool.render(request(), Call(into=tmp_path))  # type: ignore[attr-defined]


@pytest.mark.parametrize("options", [{"slow": 0.5}, {"slow": "much"}, {"fps": 0}, {"slow": True}])
def test_options_that_make_no_sense_are_refused(options: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(BackendUnavailable, match=r"^In director\.toml"):
        smoothed(options, tmp_path, tmp_path)


def test_a_take_that_we_drew_keeps_the_storys_light_through_the_chain(tmp_path: Path) -> None:
    drawn, into = tmp_path / "drawn", tmp_path / "into"
    drawn.mkdir()
    into.mkdir()
    asked = request(1.0)
    made = registry.factory("video", "embedded")(ToolSettings()).render(asked, Call(into=drawn))  # type: ignore[attr-defined]
    tool = registry.factory("video", "interpolate")(ToolSettings())
    call = Call(into=into, inputs={"clip": Input(folder=drawn, result=made)})
    smooth = tool.render(asked, call)  # type: ignore[attr-defined]
    assert (made.story_light, smooth.story_light, smooth.frames) == (True, True, made.frames)
