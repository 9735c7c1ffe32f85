"""Footsteps by ground, gait and foot; doors by set; what is near and what is far."""

from fractions import Fraction as F
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest

from episodes.cast import SetName
from episodes.requests import PlacedEvent, Sounding, SoundRequest, Surface
from episodes.shots import ActionEvent, Door, Gesture, LightBar, Step
from tests.tools_sound.happened import effects
from tools.sound.loudness import rms_db
from tools.sound.noise import Sound

RATE = 48_000
OFFICER = Sounding(name="Okafor", kind="human", metres=1.72, kit=True)
WITNESS = Sounding(name="Lund", kind="human", metres=1.72)


def placed(event: ActionEvent, **more: object) -> PlacedEvent:
    return PlacedEvent.model_validate({"event": event, **more})


def heard(*events: PlacedEvent, seconds: int = 3) -> Sound:
    return effects(SoundRequest(scene="S01", seconds=F(seconds), events=events, seed=5), {})


def brightness(sound: Sound) -> float:
    mono = sound.mean(axis=1)
    power = np.abs(np.fft.rfft(mono)) ** 2
    return float((power * np.fft.rfftfreq(len(mono), 1 / RATE)).sum() / power.sum())


def walked(surface: str, who: Sounding = WITNESS, steps: int = 6, gait: str = "walk") -> list[Sound]:
    events = [placed(Step.model_validate({"at": n + 1, "who": "a", "gait": gait}), surface=surface, who=who)
              for n in range(steps)]  # fmt: skip
    whole = heard(*events, seconds=steps + 2)
    return [whole[n * RATE : (n + 1) * RATE] for n in range(1, steps + 1)]


@pytest.mark.parametrize("surface", [one for one in get_args(Surface) if one != "seat"])
def test_no_two_steps_are_alike_and_each_begins_at_its_time(surface: str) -> None:
    steps = walked(surface)
    for one, other in pairwise(steps):
        same = float(np.corrcoef(one[:4800].ravel(), other[:4800].ravel())[0, 1])
        assert same < 0.98
    for step in steps:
        loud = np.abs(step).max(axis=1)
        assert loud[:480].max() > 0.1 * loud.max()
        assert 0.03 < loud.max() < 0.5


def test_left_and_right_alternate() -> None:
    steps = walked("concrete", steps=8)
    balance = [rms_db(step[:, 0]) - rms_db(step[:, 1]) for step in steps]
    assert all(one * other < 0 for one, other in pairwise(balance))
    right, left = steps[0::2], steps[1::2]
    assert np.mean([brightness(s) for s in left]) != pytest.approx(np.mean([brightness(s) for s in right]), rel=0.001)


def test_grounds_are_told_apart() -> None:
    bright = {surface: float(np.median([brightness(s) for s in walked(surface)])) for surface in get_args(Surface)[:-1]}
    assert bright["carpet"] < bright["wood"] < bright["concrete"] < bright["tile"]
    assert bright["concrete"] < bright["wet"]
    assert bright["grass"] < bright["snow"]


def test_nobody_is_heard_to_walk_inside_a_car() -> None:
    assert max(np.abs(step).max() for step in walked("seat", OFFICER)) == 0


def test_a_broad_man_treads_harder_than_a_small_one() -> None:
    def tread(build: str) -> float:
        return float(
            np.mean([np.abs(s).max() for s in walked("concrete", WITNESS.model_copy(update={"build": build}))])
        )

    assert tread("broad") > 1.3 * tread("small")


def test_animals_do_not_wear_boots() -> None:
    boots = brightness(walked("tile")[0])
    hooves, paws = (walked("tile", Sounding(name=name, kind="animal"))[0] for name in ("horse", "cat"))
    assert np.abs(paws).max() < 0.6 * np.abs(hooves).max()
    assert abs(brightness(hooves) - boots) > 150


def test_an_officers_belt_goes_along_softly() -> None:
    plain, kitted = walked("carpet", WITNESS), walked("carpet", OFFICER)
    for without, with_kit in zip(plain, kitted, strict=True):
        assert np.abs(with_kit).max() < 1.6 * np.abs(without).max()
    assert np.mean([brightness(s) for s in kitted]) > np.mean([brightness(s) for s in plain])
    nod = Gesture(at=F(1), who="a", gesture="nod")
    assert np.abs(heard(placed(nod, who=OFFICER))).max() < 0.2


@pytest.mark.parametrize("action", ["open", "close", "slam", "knock"])
def test_doors_differ_by_set_and_keep_their_time(action: str) -> None:
    made = {}
    for place in ("hallway", "shop", "street", "kitchen", "dispatch_room", "porch"):
        event = Door.model_validate({"at": 1, "action": action})
        sound = heard(placed(event, set=place, near=1.0))
        assert np.abs(sound[:RATE]).max() == 0
        assert np.flatnonzero(np.abs(sound).max(axis=1) > 0.1 * np.abs(sound).max())[0] - RATE < 240
        assert np.abs(sound).max() <= 0.75
        made[place] = sound
    for place in made:
        if place != "hallway":
            assert not np.array_equal(made[place], made["hallway"])
    assert brightness(made["dispatch_room"]) > brightness(made["street"])


def test_the_bell_of_a_shop_rings_when_its_door_opens_and_only_then() -> None:
    def ringing(place: str, action: str) -> float:
        sound = heard(placed(Door.model_validate({"at": 1, "action": action}), set=place)).mean(axis=1)
        late = sound[round(1.7 * RATE) :]
        return float(np.sqrt(np.mean(late**2)))

    assert ringing("shop", "open") > 1e-3
    assert ringing("shop", "close") < 1e-4
    assert ringing("hallway", "open") < 1e-4


def test_a_far_sound_is_quieter_duller_and_has_more_of_the_room() -> None:
    step = Step(at=F(1), who="a")
    near, far = (heard(placed(step, surface="tile", set="hallway", near=n, who=WITNESS)) for n in (1.0, 0.2))
    assert rms_db(far) < rms_db(near) - 5
    first = slice(RATE, RATE + 480)
    assert brightness(far[first]) < brightness(near[first])

    def tail(sound: Sound) -> float:
        late = sound[RATE + 14_400 : RATE + 24_000]
        return float(np.sqrt(np.mean(late**2))) / float(np.abs(sound).max())

    assert tail(far) > 5 * max(tail(near), 1e-6)


def test_sounds_come_from_their_side_of_the_picture() -> None:
    left, right = (heard(placed(Step(at=F(1), who="a"), side=side)) for side in (-0.8, 0.8))
    assert rms_db(left[:, 0]) > rms_db(left[:, 1]) + 2
    assert rms_db(right[:, 1]) > rms_db(right[:, 0]) + 2


def test_a_car_with_its_lights_on_idles_until_they_go_off() -> None:
    on, off = placed(LightBar(at=F(1))), placed(LightBar(at=F(4), on=False))
    sound = heard(on, off, seconds=7)
    assert np.abs(sound[:RATE]).max() == 0
    motor = sound[2 * RATE : 3 * RATE]
    assert -48 < rms_db(motor) < -30
    assert np.abs(sound[round(4.5 * RATE) :]).max() == 0


@pytest.mark.parametrize("place", get_args(SetName))
def test_every_set_has_doors_and_walls_for_effects(place: str) -> None:
    sound = heard(placed(Door(at=F(1), action="slam"), set=place, near=0.4))
    assert 0.02 < np.abs(sound).max() < 0.75
