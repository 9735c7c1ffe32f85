"""The sets of the town: street, shop, porch, parking lot, diner, alley, highway."""

from datetime import datetime
from fractions import Fraction

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from episodes.cast import Agency, Character, Place, SetName, World
from episodes.effects import Light, Weather
from episodes.format import FORMATS
from episodes.requests import RenderRequest
from episodes.shots import Shot, Size, Subject
from tools.video.stage import Stage

Image = NDArray[np.uint8]
SETS: tuple[SetName, ...] = ("street", "shop", "porch", "parking_lot", "diner", "alley", "highway")
OUTSIDE: tuple[SetName, ...] = ("street", "porch", "parking_lot", "alley", "highway")
INSIDE = ("shop", "diner")
HOURS: tuple[Light, ...] = ("day", "dusk", "night", "dawn")


def world_of(name: SetName, landmark: str = "a brass heron", wrong: str = "it faces the wall") -> World:
    return World(
        agency=Agency(name="Maple Hollow Police", county="Maple"),
        characters=(
            Character.model_validate(
                {"id": "ruth", "name": "Ruth Pell", "short_name": "Pell", "role": "witness", "pronoun": "she",
                 "build": "average", "skin": "#e3b592", "hair": "#d8d2c8", "wardrobe": ("cardigan", "trousers"),
                 "colours": ("#d49a2a", "#5b6068")}
            ),
        ),
        places=(
            Place(id=name, name="Odd & Even", set=name, interior=name in INSIDE, address="118 Larch Street",
                  landmark=landmark, dressing=("a bell", "a jar", "a fan"), wrong=wrong),
        ),
    )  # fmt: skip


def staged(
    name: SetName, light: Light, size: Size = "full", people: bool = False, weather: Weather = "clear",
    world: World | None = None, seed: str = "S01-01",
) -> Stage:  # fmt: skip
    shot = Shot(
        id=seed, scene="S01", beats=("S01-B01",), owner="cctv", size=size, place=name, light=light, weather=weather,
        clock=datetime(2031, 3, 4, 3, 12), seconds=Fraction(2),
        subjects=(Subject(id="ruth", at=0.5),) if people else (),
    )  # fmt: skip
    request = RenderRequest(shot=shot, world=world or world_of(name), format=FORMATS["wide"], seed=7, handle_frames=0)
    return Stage(request, {})


def luma(frame: Image) -> NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), np.float32)


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_darker_by_night_than_by_day_and_differs_at_each_hour(name: SetName) -> None:
    frames = {hour: staged(name, hour).frame(0.5) for hour in HOURS}

    assert all(frame.shape == (720, 1280, 3) and frame.std() > 8 for frame in frames.values())
    assert luma(frames["day"]).mean() > luma(frames["night"]).mean() + 4
    assert all(
        np.abs(luma(frames[a]) - luma(frames[b])).mean() > 1.5
        for a, b in (("day", "dusk"), ("dusk", "night"), ("night", "dawn"))
    )


def test_every_set_is_a_place_of_its_own() -> None:
    frames = {name: luma(staged(name, "day", "long").frame(0.5)) for name in SETS}

    for name, frame in frames.items():
        others = [np.abs(frame - other).mean() for key, other in frames.items() if key != name]
        assert min(others) > 12, name


@pytest.mark.parametrize("name", SETS)
def test_the_landmark_and_what_is_wrong_are_written_on_it(name: SetName) -> None:
    plain = staged(name, "day", "extreme_long").frame(0.5)
    landmark = staged(name, "day", "extreme_long", world=world_of(name, landmark="ten thousand spoons")).frame(0.5)
    wrong = staged(name, "day", "extreme_long", world=world_of(name, wrong="nobody lives upstairs")).frame(0.5)

    assert (np.abs(luma(plain) - luma(landmark)) > 20).sum() > 20
    assert (np.abs(luma(plain) - luma(wrong)) > 20).sum() > 12


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("light", ["day", "night"])
def test_a_person_parts_from_the_ground_in_grey(name: SetName, light: Light) -> None:
    with_her = staged(name, light, people=True).frame(0.5)
    without = staged(name, light).frame(0.5)
    seen = np.asarray(np.abs(luma(with_her) - luma(without)) > 6, np.uint8)
    # The torso: where she is for certain, without her shadow on the floor.
    seen[:120], seen[520:] = 0, 0
    inner = cv2.erode(seen, np.ones((3, 3), np.uint8)) > 0
    ring = (cv2.dilate(seen, np.ones((25, 25), np.uint8)) > 0) & ~(cv2.dilate(seen, np.ones((5, 5), np.uint8)) > 0)

    assert inner.sum() > 4000
    assert abs(luma(with_her)[inner].mean() - luma(with_her)[ring].mean()) > 6


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_drawn_alike_each_time(name: SetName) -> None:
    assert np.array_equal(staged(name, "night").frame(0.2), staged(name, "night").frame(0.2))


@pytest.mark.parametrize("name", OUTSIDE)
def test_rain_does_not_stop_a_set_from_being_drawn(name: SetName) -> None:
    assert staged(name, "night", weather="rain").frame(0.5).std() > 8
