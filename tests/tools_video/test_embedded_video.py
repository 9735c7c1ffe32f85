"""The embedded renderer: every event is seen, every set is its own, every frame is the same twice."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
import pytest

from episodes import shots
from episodes.cast import Agency, Character, Place, Prop, SetName, World
from episodes.format import FORMATS, FormatName
from episodes.requests import RenderRequest
from episodes.results import SpokenLine, TimedPhoneme
from episodes.shots import Movement, Shot, Subject
from tools.protocols import Call, Input, ToolSettings
from tools.video.acting import viseme
from tools.video.embedded import build
from tools.video.scenery import Plane
from tools.video.stage import Stage

SETS = get_args(SetName)
WORLD = World(
    agency=Agency(name="Maple Hollow Police", county="Maple"),
    characters=(
        Character(id="okafor", name="Officer Dale Okafor", short_name="Okafor", role="officer", pronoun="he"),
        Character(id="ruth", name="Ruth Pell", short_name="Ruth", role="witness", pronoun="she"),
        Character(id="raccoon", name="The Raccoon", short_name="Raccoon", role="suspect", kind="animal", emoji="🦝"),
    ),
    props=(Prop(id="dozen", name="box of jelly doughnuts"), Prop(id="wig", name="mayor's toupee")),
    places=tuple(Place(id=name, name="Dollar & Dime", set=name, interior=True) for name in SETS),
)


def shot(**changes: object) -> Shot:
    values: dict[str, object] = {
        "id": "S01-01", "scene": "S01", "beats": ("S01-B01",), "owner": "bodycam", "size": "full", "place": "street",
        "movement": Movement(kind="static"), "clock": datetime(2026, 3, 4, 3, 12), "light": "night",
        "seconds": Fraction(2),         "subjects": (Subject(id="okafor", at=0.35), Subject(id="raccoon", at=0.65)),
    }  # fmt: skip
    return Shot.model_validate(values | changes)


def stage(plan: Shot, lines: dict[str, SpokenLine] | None = None, form: FormatName = "proof") -> Stage:
    return Stage(RenderRequest(shot=plan, world=WORLD, format=FORMATS[form], seed=7, handle_frames=3), lines or {})


def difference(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a.astype(int) - b.astype(int)).mean())


def test_a_take_has_the_shots_frames_and_both_handles(tmp_path: Path) -> None:
    request = RenderRequest(
        shot=shot(seconds=Fraction(1)), world=WORLD, format=FORMATS["proof"], seed=7, handle_frames=3
    )
    take = build(ToolSettings()).render(request, Call(into=tmp_path))
    reader = cv2.VideoCapture(str(tmp_path / take.file))
    found = 0
    while reader.read()[0]:
        found += 1
    assert found == take.frames == 12 + 6
    assert [path.name for path in tmp_path.iterdir()] == ["take.mp4"]


def test_the_same_request_gives_the_same_frames() -> None:
    plan = shot(movement=Movement(kind="handheld"), weather="rain")
    first, second = stage(plan), stage(plan)
    for time in (-0.25, 0.0, 1.5):
        assert np.array_equal(first.frame(time), second.frame(time))


def test_no_two_sets_look_alike() -> None:
    seen = [stage(shot(place=name, subjects=())).frame(0.5) for name in SETS]
    closest = min(difference(a, b) for i, a in enumerate(seen) for b in seen[i + 1 :])
    assert closest > 5


@pytest.mark.parametrize("form", ["wide", "vertical", "square", "proof"])
@pytest.mark.parametrize("size", ["extreme_long", "full", "medium", "extreme_close"])
def test_every_format_and_size_can_be_framed(form: FormatName, size: str) -> None:
    frame = stage(shot(size=size), form=form).frame(0.5)
    assert frame.shape == (FORMATS[form].height, FORMATS[form].width, 3)
    assert frame.std() > 8


@pytest.mark.parametrize("angle", ["low", "high", "overhead", "dutch"])
def test_each_angle_differs_from_eye_height(angle: str) -> None:
    assert difference(stage(shot(angle=angle)).frame(0.5), stage(shot()).frame(0.5)) > 4


def test_night_is_darker_than_day_and_fog_greyer_than_clear_air() -> None:
    day, night = stage(shot(light="day", owner="phone")).frame(0.5), stage(shot(owner="phone")).frame(0.5)
    assert night.mean() < 0.66 * day.mean()
    assert difference(stage(shot(weather="fog")).frame(0.5), stage(shot()).frame(0.5)) > 3


EVENTS = [
    (shots.Enter(at=1, who="okafor", side="left"), 0.8, 1.9),
    (shots.Exit(at=0.5, who="okafor", side="right"), 0.3, 1.6),
    (shots.Gesture(at=0.5, who="okafor", gesture="hands_up", seconds=1), 0.3, 1.0),
    (shots.Gesture(at=0.5, who="okafor", gesture="crouch", seconds=1), 0.3, 1.0),
    (shots.Grab(at=1, who="okafor", what="dozen"), 0.3, 1.2),
    (shots.Fall(at=1, what="okafor"), 0.3, 1.2),
    (shots.Torch(at=1, action="on"), 0.8, 1.5),
    (shots.LightBar(at=0.5), 0.4, 0.75),
    (shots.SirenPass(at=1, seconds=1), 0.2, 1.0),
    (shots.Door(at=0.5, action="open"), 0.3, 1.6),
    *((shots.ThingActs(at=0.5, who="raccoon", action=action, seconds=1), 0.3, 1.1)
      for action in ("bounce", "spin", "roll", "fly", "grow", "multiply", "honk", "vanish")),
]  # fmt: skip


@pytest.mark.parametrize(("event", "before", "during"), EVENTS, ids=lambda value: getattr(value, "kind", ""))
def test_each_event_is_seen_at_its_time_and_not_before(event: shots.ActionEvent, before: float, during: float) -> None:
    """What is compared is the same moment with and without the event, so that breath and blinks cancel out."""
    kinds = (shots.Enter, shots.Torch)
    # An entrance and a torch that is yet to be lit change the time before them too: they are compared in themselves.
    played, plain = stage(shot(events=(event,))), stage(shot())
    if isinstance(event, kinds):
        assert difference(played.frame(before), played.frame(during)) > 0.8
        return
    if not isinstance(event, shots.Door):
        assert difference(played.frame(before), plain.frame(before)) < 0.05
        assert difference(played.frame(during), plain.frame(during)) > 0.15
    else:
        assert difference(played.frame(before), played.frame(during)) > 0.15


def test_a_mouth_moves_with_the_phonemes_and_rests_in_silence() -> None:
    sounds = (TimedPhoneme(symbol="a", at=0.0, seconds=0.4), TimedPhoneme(symbol="_", at=0.4, seconds=0.4))
    line = SpokenLine(seconds=Fraction(4, 5), phonemes=sounds)
    plan = shot(
        size="close",
        place="interview",
        subjects=(Subject(id="ruth"),),
        events=(shots.Mouth(at=Fraction(1, 2), who="ruth", line="L1"),),
    )
    spoken, silent = stage(plan, {"L1": line}), stage(plan)
    assert difference(spoken.frame(0.25), silent.frame(0.25)) == 0
    assert difference(spoken.frame(0.7), silent.frame(0.7)) > 0.2
    assert difference(spoken.frame(1.1), silent.frame(1.1)) == 0


def test_open_vowels_open_the_mouth_and_lips_close_for_m() -> None:
    assert viseme("ɑː")[0] > viseme("i")[0] > viseme("s")[0] > viseme("m")[0] == 0
    assert viseme("u")[1] < viseme("i")[1]


def shift_between(a: np.ndarray, b: np.ndarray) -> float:
    greys = [cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY).astype(np.float32) for frame in (a, b)]
    return cv2.phaseCorrelate(*greys)[0][0]


@pytest.mark.parametrize(("direction", "sign"), [("right", -1), ("left", 1)])
def test_a_pan_turns_the_way_it_is_told(direction: str, sign: int) -> None:
    plan = shot(movement=Movement(kind="pan", direction=direction, speed=0.1), subjects=(), light="day", size="long")
    drawn = stage(plan)
    assert shift_between(drawn.frame(0.9), drawn.frame(1.0)) * sign > 0.8


def test_near_planes_move_further_than_far_ones_when_the_camera_tracks() -> None:
    plan = shot(movement=Movement(kind="track", direction="right", speed=0.15), subjects=(), light="day", size="long")
    drawn = stage(plan)
    first, second = drawn._travel.at(0.5), drawn._travel.at(1.0)
    planes = sorted((s.surface.z for s in drawn._sheets if isinstance(s.surface, Plane)), reverse=True)
    moved = [first.place(0, 1, z)[0] - second.place(0, 1, z)[0] for z in planes]
    assert len(moved) >= 4
    assert moved == sorted(moved)
    assert moved[-1] > 2 * moved[0] > 0


def test_a_push_makes_the_subject_larger() -> None:
    drawn = stage(shot(movement=Movement(kind="push", direction="in", speed=0.15)))
    assert drawn._travel.at(2.0).scale(0) > 1.2 * drawn._travel.at(0.0).scale(0)


def test_an_unknown_thing_lies_in_an_evidence_bag_that_names_it() -> None:
    known = shot(size="close", subjects=(Subject(id="wig"),))
    other = shot(size="close", subjects=(Subject(id="dozen"),))
    assert difference(stage(known).frame(0.5), stage(other).frame(0.5)) > 3


def test_a_light_bar_never_flashes_faster_than_the_limit() -> None:
    from tools.finish.flashes import FlashMeter

    drawn, meter = stage(shot(events=(shots.LightBar(at=0), shots.SirenPass(at=1)))), FlashMeter(12)
    for index in range(24):
        meter.see(drawn.frame(index / 12))
    assert meter.worst <= 2


def test_a_take_can_follow_a_walker_and_the_steps_set_the_pace(tmp_path: Path) -> None:
    steps = tuple(shots.Step(at=Fraction(n, 3), who="okafor") for n in range(6))
    walk = shot(
        movement=Movement(kind="follow", direction="right", speed=0.3), events=steps,
        subjects=(Subject(id="okafor", pose="walk", facing="right"),),
    )  # fmt: skip
    drawn = stage(walk)
    assert difference(drawn.frame(0.5), drawn.frame(1.0)) > 2
    line = Input(folder=tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    request = RenderRequest(shot=walk, world=WORLD, format=FORMATS["proof"], seed=7, handle_frames=2)
    take = build(ToolSettings()).render(request, Call(into=out, inputs={"start": line}))
    assert take.frames == 28
