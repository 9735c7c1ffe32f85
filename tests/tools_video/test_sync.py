"""What is heard is seen at the same moment: feet that land, lips that open, doors, and the camera's own steps."""

import itertools
from fractions import Fraction

import cv2
import numpy as np
import pytest

from benchmarks.gallery import WORLD, Cell, shot_of
from benchmarks.sync import landings
from episodes.format import FORMATS
from episodes.requests import RenderRequest
from episodes.results import SpokenLine, TimedPhoneme
from episodes.shots import KNOCKS, Door, Mouth, Movement, Shot, Step, Subject
from tools.finish.sway import Hold, Sway
from tools.video.doors import door_at
from tools.video.stage import Stage

FPS = 24


def staged(shot: Shot, lines: dict[str, SpokenLine]) -> Stage:
    return Stage(RenderRequest(shot=shot, world=WORLD, format=FORMATS["wide"], seed=7, handle_frames=12), lines)


def walker(pose: str, stride: Fraction) -> Shot:
    shot = shot_of(Cell("street", "day", "cctv", size="full"))
    who = next(subject for subject in shot.subjects if WORLD.character(subject.id).kind == "human")
    subject = Subject.model_validate({"id": who.id, "at": 0.5, "depth": 0.48, "facing": "right", "pose": pose})
    gait = "run" if pose == "run" else "walk"
    steps = tuple(
        Step.model_validate({"at": Fraction(1, 12) + stride * n, "who": who.id, "gait": gait}) for n in range(6)
    )
    return shot.model_copy(
        update={"subjects": (subject,), "events": steps, "seconds": Fraction(3), "movement": Movement(kind="static")}
    )


@pytest.mark.parametrize(("pose", "stride"), [("walk", Fraction(1, 2)), ("run", Fraction(1, 3))])
def test_feet_are_seen_to_land_when_they_are_heard(pose: str, stride: Fraction) -> None:
    shot = walker(pose, stride)
    seen = landings(staged(shot, {}), round((6 * stride + Fraction(1, 12)) * FPS), FPS, running=pose == "run")
    heard = [float(event.at) for event in shot.events]
    # A runner is seen to come down with the nearer foot; the other one is half hidden.
    assert len(seen) >= 3
    assert all(min(abs(at - other) for other in heard) <= 0.021 for at in seen)


def test_lips_open_in_the_very_frame_in_which_the_voice_sets_in() -> None:
    shot = shot_of(Cell("interview", "day", "interview", size="medium_close"))
    who = shot.subjects[0].id
    for late in (0, 1, 2, 3):
        sets_in = 0.5 + late / 48
        sounds = (("_", 0.0, sets_in), ("A", sets_in, 0.6))
        line = SpokenLine(
            seconds=Fraction(2), phonemes=tuple(TimedPhoneme(symbol=s, at=a, seconds=n) for s, a, n in sounds)
        )
        hummed = line.model_copy(
            update={"phonemes": (line.phonemes[0], line.phonemes[1].model_copy(update={"symbol": "m"}))}
        )
        talking = shot.model_copy(
            update={"seconds": Fraction(2), "events": (Mouth(at=Fraction(0), who=who, line="L"),)}
        )
        open_, shut = staged(talking, {"L": line}), staged(talking, {"L": hummed})
        moved = [float(cv2.absdiff(open_.frame(index / FPS), shut.frame(index / FPS)).sum()) for index in range(10, 17)]
        first = next(index for index, amount in enumerate(moved) if amount > 0) + 10
        assert abs(first / FPS - sets_in) <= 0.5 / FPS + 0.001


@pytest.mark.parametrize("action", ["open", "close", "slam", "knock"])
def test_a_door_moves_from_its_moment_on_or_stands_still_from_it_on(action: str) -> None:
    door = Door.model_validate({"at": Fraction(1), "action": action})
    shot = shot_of(Cell("shop", "day", "cctv")).model_copy(update={"events": (door,)})
    states = [door_at(shot, index / FPS) for index in range(48)]
    moving = [index for index, (a, b) in enumerate(itertools.pairwise(states), 1) if a != b]
    if action == "close":
        assert moving[-1] == FPS
    elif action == "slam":
        assert states[FPS][0] == 0.0
        assert states[FPS][1] > 0.9
    else:
        assert moving[0] == FPS


def test_each_rap_of_a_knock_is_a_blow_of_its_own() -> None:
    door = Door(at=Fraction(1), action="knock")
    shot = shot_of(Cell("shop", "day", "cctv")).model_copy(update={"events": (door,)})
    for rap in KNOCKS:
        assert door_at(shot, float(1 + rap))[1] == pytest.approx(1.0, abs=0.01)
        assert abs(door_at(shot, float(1 + rap) - 0.02)[1]) < 0.2


def test_the_camera_is_knocked_by_its_own_steps_when_they_are_heard_and_not_between() -> None:
    steps = [0.25, 0.75, 1.25, 1.75]
    times = np.arange(48, dtype=np.float32) / FPS
    walked = Sway(Hold("chest", step=0.011), True, False, 1, steps).at(times)[1]
    held = Sway(Hold("chest"), False, False, 1).at(times)[1]
    turns = np.pad(np.abs(np.diff(walked - held, 2)), 1)
    strongest = sorted(np.argsort(-turns)[:4] / FPS)
    assert strongest == pytest.approx(steps, abs=0.001)
