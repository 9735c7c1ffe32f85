"""What cameras write into their picture: true, ticking, and nothing on top of anything else."""

from itertools import combinations, pairwise

import cv2
import numpy as np
import pytest

from episodes.format import FORMATS, Format, FormatName
from episodes.requests import BurnedCaption, ConformRequest
from episodes.shots import CameraOwner
from tests.tools_finish.foreign import request
from tools.finish.captions import caption_image
from tools.finish.looks import LOOKS, look_of
from tools.finish.overlay import Overlay, Part, parts
from tools.finish.strips import ARRIVES, sliding, strip_picture

OWNERS: tuple[CameraOwner, ...] = ("bodycam", "dashcam", "cctv", "doorbell", "helicopter", "interview", "phone")
LONG = "Greater Unincorporated Maple Hollow and Upper Pickett Valley Police Department"
Box = tuple[int, int, int, int]


def box_of(part: Part) -> Box:
    """Return left, top, right and bottom of what is drawn."""
    x, y, wide, high = cv2.boundingRect(np.ascontiguousarray(part.picture[..., 3]))
    return part.left + x, part.top + y, part.left + x + wide, part.top + y + high


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def caption_box(form: Format) -> Box:
    lines = ("The subject, a goose, declined to identify itself", "and went on foot toward the second shop, slowly.")
    picture, left, top = caption_image(BurnedCaption(at=0, seconds=1, lines=lines), form)
    return left, top, left + picture.shape[1], top + picture.shape[0]


def asked(owner: CameraOwner, form: FormatName, **changes: object) -> ConformRequest:
    strip = ("Officer Dale Okafor", "Maple Hollow Police") if owner == "interview" else None
    return request(owner, format=FORMATS[form], name_strip=strip, **({"ai_mark": True} | changes))


@pytest.mark.parametrize("form", list(FORMATS))
@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("agency", ["Maple Hollow Police", LONG])
def test_nothing_in_an_overlay_touches_anything_else_or_the_caption(
    owner: CameraOwner, form: FormatName, agency: str
) -> None:
    frame = FORMATS[form]
    for look in ("night_blue", "vhs"):
        written = [part for part in parts(asked(owner, form, agency=agency, look=look, movement="follow"), 59)
                   if part.slot not in ("reticle", "dot")]  # fmt: skip
        boxes = {part.slot: box_of(part) for part in written}
        boxes["caption"] = caption_box(frame)  # type: ignore[index]
        for one, other in combinations(boxes, 2):
            assert apart(boxes[one], boxes[other]), (one, other)
        for left, top, right, bottom in boxes.values():
            assert left >= 0
            assert top >= 0
            assert right <= frame.width
            assert bottom <= frame.height


@pytest.mark.parametrize("form", list(FORMATS))
@pytest.mark.parametrize("look", LOOKS)
def test_a_name_strip_stands_clear_of_the_caption_and_of_the_edges(form: FormatName, look: str) -> None:
    frame = FORMATS[form]
    for name in ("Ruth Pell", "Deputy Assistant Superintendent Bartholomew Featherstonehaugh-Kowalczyk"):
        picture = strip_picture(name, "Maple Hollow Police", frame.width, frame.height, look_of(look))
        x, y, wide, high = cv2.boundingRect(np.ascontiguousarray(picture[..., 3]))
        assert apart((x, y, x + wide, y + high), caption_box(frame))
        assert x + wide < frame.width * 0.96
        assert y > frame.height * 0.5


def test_a_name_strip_slides_in_goes_too_far_and_stays() -> None:
    form = FORMATS["wide"]
    decals = sliding("Officer Dale Okafor", "Maple Hollow Police", form, "night_blue")
    reach = []
    for decal in decals:
        frame = np.zeros((form.height, form.width, 3), np.uint8)
        decal.lay(frame)
        lit = np.flatnonzero(frame.any(axis=(0, 2)))
        reach.append(int(lit.max()) if lit.size else 0)
    assert len(decals) == round(ARRIVES * form.fps + 0.5) + 1
    assert reach[0] < reach[-1] * 0.6
    assert max(reach) > reach[-1] + 3
    assert abs(reach[-2] - reach[-1]) < 12


@pytest.mark.parametrize("owner", [owner for owner in OWNERS if owner != "interview"])
def test_the_story_clock_ticks(owner: CameraOwner) -> None:
    first, same, later = (
        next(part.picture for part in parts(asked(owner, "wide"), second) if part.slot == "clock")
        for second in (0, 0, 60)
    )
    assert np.array_equal(first, same)
    assert not np.array_equal(first, later)


def test_a_camera_keeps_its_own_number_and_another_unit_has_another() -> None:
    def device(**changes: object) -> bytes:
        return next(
            part.picture for part in parts(asked("bodycam", "wide", **changes), 0) if part.slot == "device"
        ).tobytes()

    assert device(seed=1) == device(seed=2)
    assert device(unit="4A10") != device(unit="4S1")


def test_the_red_light_of_a_running_camera_blinks_once_a_second() -> None:
    overlay, lit = Overlay(asked("bodycam", "wide")), []
    for index in range(48):
        frame = np.zeros((720, 1280, 3), np.uint8)
        overlay.draw(frame, index)
        lit.append(bool(((frame[..., 2] > 180) & (frame[..., 1] < 80)).any()))
    assert sum(a != b for a, b in pairwise(lit)) == 3


def test_a_still_car_shows_no_speed_and_a_moving_one_a_steady_one() -> None:
    def reading(movement: str, second: int) -> bytes:
        made = asked("dashcam", "wide", movement=movement)
        return next(part.picture for part in parts(made, second) if part.slot == "reading").tobytes()

    assert reading("static", 0) == reading("static", 7)
    assert reading("follow", 0) != reading("static", 0)
    assert reading("follow", 0) == reading("follow", 2)
