"""The sets car, interview, hallway, park, dispatch room, waterfront, rooftop and kitchen: each is its own place."""

import functools
import random
from datetime import datetime
from fractions import Fraction
from typing import get_args

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from episodes.cast import Agency, Character, Place, SetName, World
from episodes.effects import Light
from episodes.format import FORMATS
from episodes.requests import RenderRequest
from episodes.shots import Movement, Shot, Size, Subject
from tools.video.places import SETS
from tools.video.scenery import Flat, Scene, Scenery, Side
from tools.video.stage import Stage

Image = NDArray[np.uint8]
NAMES: tuple[SetName, ...] = (
    "car", "interview", "hallway", "park", "dispatch_room", "waterfront", "rooftop", "kitchen",
)  # fmt: skip
INSIDE = ("car", "interview", "hallway", "dispatch_room", "kitchen")
RUTH = Character(
    id="ruth", name="Ruth Pell", short_name="Ruth", role="witness", pronoun="she", build="average", skin="#e3b592",
    hair="#d8d2c8", wardrobe=("mustard cardigan", "grey trousers"), colours=("#d49a2a", "#5b6068"),
)  # fmt: skip


def drawn(
    name: SetName, light: Light = "night", size: Size = "full", people: bool = False, landmark: str = "a brass tuba",
    wrong: str = "a door that is not a door",
) -> Image:  # fmt: skip
    """Return one small BGR frame of a set."""
    place = Place(
        id=name, name="Tuba Town", set=name, interior=name in INSIDE, address="9 Larch Street", landmark=landmark,
        dressing=("a bell", "a jar", "a fan"), wrong=wrong,
    )  # fmt: skip
    subject = Subject(id="ruth", at=0.5, pose="sit" if name in ("car", "interview") else "stand")
    shot = Shot(
        id="S01-01", scene="S01", beats=("S01-B01",), owner="interview", size=size, place=name,
        movement=Movement(kind="static"), clock=datetime(2031, 3, 4, 3, 12), light=light, seconds=Fraction(2),
        subjects=(subject,) if people else (), angle="eye",
    )  # fmt: skip
    world = World(agency=Agency(name="Maple Hollow Police", county="Maple"), characters=(RUTH,), places=(place,))
    request = RenderRequest(shot=shot, world=world, format=FORMATS["proof"], seed=7, handle_frames=0)
    return Stage(request, {}).frame(0.5).copy()


@functools.cache
def plain(name: SetName, light: Light) -> Image:
    """Return the set without people, drawn once for all tests."""
    return drawn(name, light)


@pytest.mark.parametrize("name", NAMES)
def test_a_set_draws_at_every_hour_and_by_day_it_is_brighter(name: SetName) -> None:
    values = {light: float(plain(name, light).mean()) for light in get_args(Light)}
    assert min(values.values()) > 5
    assert values["day"] > values["night"] * 1.05


@pytest.mark.parametrize("light", ["day", "night"])
def test_no_two_sets_look_alike(light: Light) -> None:
    frames = [cv2.resize(plain(name, light), (48, 27), interpolation=cv2.INTER_AREA).astype(int) for name in NAMES]
    for number, first in enumerate(frames):
        for second in frames[number + 1 :]:
            assert float(np.abs(first - second).mean()) > 6


@pytest.mark.parametrize("name", NAMES)
def test_the_landmark_and_what_is_wrong_are_to_be_seen(name: SetName) -> None:
    size: Size = "full" if name == "car" else "extreme_long"
    usual = drawn(name, "day", size)
    assert (drawn(name, "day", size, landmark="an enormous cheese") != usual).any()
    assert (drawn(name, "day", size, wrong="nothing whatsoever") != usual).any()


@pytest.mark.parametrize("light", ["day", "night"])
@pytest.mark.parametrize("name", NAMES)
def test_a_person_parts_from_the_ground_in_grey(name: SetName, light: Light) -> None:
    with_her = cv2.cvtColor(drawn(name, light, "medium", people=True), cv2.COLOR_BGR2GRAY)
    without = cv2.cvtColor(drawn(name, light, "medium"), cv2.COLOR_BGR2GRAY)
    mask = (cv2.absdiff(with_her, without) > 6).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    ring = (cv2.dilate(mask, np.ones((25, 25), np.uint8)) > 0) & (mask == 0)
    inner = cv2.erode(mask, np.ones((5, 5), np.uint8)) > 0
    assert mask.mean() > 0.05
    assert abs(float(with_her[inner].mean()) - float(with_her[ring].mean())) > 8


@pytest.mark.parametrize("name", NAMES)
def test_no_wall_stands_in_a_camera_and_no_surface_lies_at_the_height_of_an_eye(name: SetName) -> None:
    found = _scenery(name)
    for surface in (*found.sides, *found.flats):
        if isinstance(surface, Side) and surface.near < -1 and not found.seated:
            assert all(abs(surface.x - x) >= 1.8 for x in found.stations)
        if isinstance(surface, Flat):
            assert surface.h not in (0.55, 1.3, 1.35, 1.5, 2.5, 2.9, 4.2)


def _scenery(name: SetName) -> Scenery:
    place = Place(id=name, name="Tuba Town", set=name, interior=name in INSIDE)
    world = World(agency=Agency(name="Maple Hollow Police", county="Maple"), characters=(RUTH,), places=(place,))
    return SETS[name](Scene(place, world, True, random.Random(1)))
