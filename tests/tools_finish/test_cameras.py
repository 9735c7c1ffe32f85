"""Each camera is told by its picture, whoever made the clip: bend, corners, noise, colour, rate."""

import itertools
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from episodes.format import FORMATS
from episodes.shots import CameraOwner
from tests.tools_finish.foreign import HIGH, WIDE, Image, bars, finished, flat, request, shapes
from tools.finish.lens import Pan
from tools.finish.sway import Hold, Sway

OWNERS: tuple[CameraOwner, ...] = ("bodycam", "dashcam", "cctv", "doorbell", "helicopter", "interview", "phone")
CLIPS: tuple[Callable[[int], Image], ...] = (bars, shapes)
BENT: tuple[CameraOwner, ...] = ("bodycam", "dashcam", "cctv", "doorbell")
NOISY: tuple[CameraOwner, ...] = ("bodycam", "dashcam", "cctv", "doorbell", "helicopter", "phone")


def last(owner: CameraOwner, frames: list[Image], **changes: object) -> Image:
    return list(finished(request(owner, **changes), frames))[-1]


def colourfulness(frame: Image) -> float:
    return float((frame.max(axis=2).astype(int) - frame.min(axis=2)).mean())


def bow(frame: Image) -> float:
    """How many pixels a bright upright line near the left edge bulges outwards in its middle."""
    grey = frame.max(axis=2).astype(np.float64)

    def column(y: int) -> float:
        rows = grey[y - 4 : y + 5, : WIDE // 4].mean(axis=0)
        weight = np.clip(rows - np.median(rows) - 20, 0, None)
        return float((weight * np.arange(rows.size)).sum() / max(weight.sum(), 1e-6))

    return (column(HIGH // 6) + column(HIGH * 5 // 6)) / 2 - column(HIGH // 2)


def ruled(value: int = 60) -> Image:
    frame = flat(value)
    frame[:, 118:126] = 235
    return frame


@pytest.mark.parametrize("owner", OWNERS)
def test_a_straight_line_at_the_edge_is_bent_by_wide_glass_alone(owner: CameraOwner) -> None:
    amount = bow(last(owner, [ruled()] * 3, light="day"))
    assert (amount > 3) if owner in BENT else (abs(amount) < 3)


@pytest.mark.parametrize("owner", OWNERS)
def test_corners_are_darker_than_the_middle(owner: CameraOwner) -> None:
    seen = last(owner, [flat(120)] * 2).astype(float)
    corner, middle = (
        seen[:24, :24].mean(),
        seen[HIGH // 2 - 40 : HIGH // 2 + 40, WIDE // 2 - 40 : WIDE // 2 + 40].mean(),
    )
    assert corner < 0.97 * middle
    if owner == "doorbell":
        assert corner < 20


@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize("owner", OWNERS)
def test_two_foreign_clips_get_the_same_camera(owner: CameraOwner, clip: Callable[[int], Image]) -> None:
    seen = last(owner, [clip(index) for index in range(4)])
    grey = owner in ("helicopter", "doorbell")
    assert (colourfulness(seen) < 4) == grey
    if owner == "cctv":
        assert colourfulness(seen) < 0.4 * colourfulness(clip(3))


@pytest.mark.parametrize("owner", NOISY)
def test_the_dark_is_never_clean_and_moves(owner: CameraOwner) -> None:
    made = list(finished(request(owner), [flat(0)] * 4))
    patch = np.s_[HIGH // 2 - 60 : HIGH // 2 + 60, WIDE // 2 - 60 : WIDE // 2 + 60]
    assert made[-1][patch][..., 1].std() > 1.2
    if owner != "cctv":
        assert np.abs(made[-1][patch].astype(int) - made[-2][patch]).mean() > 0.8


def test_night_is_noisier_than_day() -> None:
    patch = np.s_[300:420, 580:700]
    night, day = (last("bodycam", [flat(0)] * 2, light=light)[patch][..., 1].std() for light in ("night", "day"))
    assert night > 1.5 * day


def test_a_doorbell_is_black_and_white_at_night_and_coloured_by_day() -> None:
    assert colourfulness(last("doorbell", [bars(0)])) < 2
    assert colourfulness(last("doorbell", [bars(0)], light="day")) > 25


def test_a_heat_camera_shows_skin_brighter_than_grass() -> None:
    frame = flat(40)
    frame[200:500, 200:500] = (130, 160, 215)
    frame[200:500, 780:1080] = (60, 150, 70)
    seen = last("helicopter", [frame])
    assert seen[350, 350].mean() > seen[350, 930].mean() + 40


def test_a_security_camera_holds_its_pictures() -> None:
    made = list(finished(request("cctv"), [shapes(index) for index in range(9)]))
    changes = [not np.array_equal(a, b) for a, b in itertools.pairwise(made)]
    assert changes == [False, False, True] * 2 + [False, False]


@pytest.mark.parametrize("owner", ["bodycam", "phone"])
def test_exposure_is_late_then_too_far_then_right(owner: CameraOwner) -> None:
    frames = [flat(40)] * 6 + [flat(110)] * 66
    lights = [float(seen[340:380, 620:660].mean()) for seen in finished(request(owner, frames=72), frames)]
    first, settled = lights[7:14], lights[-1]
    assert max(first) > 1.06 * settled
    assert min(lights[14:50]) < 0.985 * settled


def test_rain_lies_on_the_glass_of_a_bodycam_and_not_on_that_of_an_interview() -> None:
    frames = [shapes(index) for index in range(3)]
    for owner, wet in (("bodycam", True), ("interview", False)):
        dry, rained = (last(owner, frames, weather=weather) for weather in ("clear", "rain"))
        assert bool(np.abs(dry.astype(int) - rained).max() > 25) == wet


def test_dirt_on_the_lens_belongs_to_the_camera_and_not_to_the_shot() -> None:
    one, other, strange = (
        next(iter(finished(request("dashcam", seed=seed, unit=unit, light="day"), [flat(150)]))).astype(int)
        for seed, unit in ((1, "4A10"), (2, "4A10"), (1, "4S1"))
    )
    assert np.abs(one - other).mean() < np.abs(one - strange).mean()


def test_a_picture_that_moves_sideways_leans() -> None:
    line = [np.roll(ruled(), 24 * index + 300, axis=1) for index in range(8)]
    seen = last("phone", line, light="day", movement="static").max(axis=2).astype(float)
    rows = [float((np.clip(row - 120, 0, None) * np.arange(WIDE)).sum() / np.clip(row - 120, 0, None).sum())
            for row in (seen[40], seen[-40])]  # fmt: skip
    still = last("phone", [line[-1]] * 8, light="day", movement="static").max(axis=2).astype(float)
    calm = [float((np.clip(row - 120, 0, None) * np.arange(WIDE)).sum() / np.clip(row - 120, 0, None).sum())
            for row in (still[40], still[-40])]  # fmt: skip
    assert abs((rows[1] - rows[0]) - (calm[1] - calm[0])) > 3


def test_the_speed_of_a_pan_is_measured() -> None:
    pan, base = Pan(FORMATS["wide"]), shapes(0)
    for index in range(10):
        moved = cv2.cvtColor(np.roll(base, 30 * index, axis=1), cv2.COLOR_BGR2BGRA)
        speed = pan.speed(np.asarray(moved, np.uint8), index)
    assert speed == pytest.approx(30, abs=12)


def test_a_walker_bobs_and_one_who_stands_only_breathes() -> None:
    hold, moments = Hold("chest", sway=0.006, breath=0.005, step=0.011, roll=0.01), np.arange(0, 4, 0.04, np.float32)
    walking, standing = (Sway(hold, walks, False, 1).at(moments)[1] for walks in (True, False))
    assert np.abs(np.diff(walking)).mean() > 2 * np.abs(np.diff(standing)).mean()


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("name", ["wide", "vertical", "square", "proof"])
def test_every_camera_fills_every_format(owner: CameraOwner, name: str) -> None:
    form = FORMATS[name]  # type: ignore[index]
    made = list(finished(request(owner, format=form, weather="snow"), [flat(90, form.width, form.height)] * 2))
    assert made[-1].shape == (form.height, form.width, 3)
    assert made[-1].mean() > 20


def test_the_same_request_gives_the_same_picture() -> None:
    frames = [shapes(index) for index in range(3)]
    assert np.array_equal(last("bodycam", frames, weather="rain"), last("bodycam", frames, weather="rain"))
