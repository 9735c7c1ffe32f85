"""Footsteps: whose feet are heard in a shot, and when each meets the ground."""

import math
from fractions import Fraction

from agents.shot_planner.coverage import Slot
from agents.shot_planner.framing import Setup
from agents.shot_planner.presence import SceneView
from episodes.shots import ActionEvent, Enter, Exit, MovementKind, Step, Subject

_DRAWINGS = 12
"""Drawings a second: figures move on twos, and a foot is seen to land when it is heard."""

_WALK = Fraction(1, 2)
"""Seconds from one step to the next."""
_CARRIED: dict[MovementKind, Fraction] = {
    "follow": _WALK, "track": _WALK, "push": Fraction(3, 4), "pull": Fraction(3, 4), "orbit": Fraction(3, 4),
}  # fmt: skip
"""Movements for which whoever carries the camera walks; a push is a few slow steps nearer."""


def footsteps(
    view: SceneView,
    slot: Slot,
    setup: Setup,
    subjects: tuple[Subject, ...],
    events: list[ActionEvent],
    length: Fraction,
) -> list[Step]:
    """Return the footfalls of walkers and runners, of people who come and go (in `events`), and of a camera on foot."""
    if view.place.set == "car":
        return []
    found: list[Step] = []
    for subject in subjects[:2]:
        if subject.pose in ("walk", "run"):
            found += _footfalls(subject.id, Fraction(0), length, running=subject.pose == "run")
    walking = {step.who for step in found}
    on_foot = {one.id for one in subjects if one.id in view.people and one.id not in view.things and not one.outside}
    for event in events:
        if isinstance(event, Enter | Exit) and event.who in on_foot - walking:
            found += _footfalls(event.who, event.at, event.at + event.seconds, running=False)
    pace = _CARRIED.get(setup.movement.kind)
    if setup.wearer and pace and setup.owner in ("bodycam", "phone"):
        # Whoever follows is not in step with whom they follow.
        running = setup.movement.kind == "follow" and view.beat(slot.beat).purpose == "chase"
        found += _footfalls(setup.wearer, Fraction(1, 6), length, running=running, pace=pace)
    return found


def _footfalls(who: str, start: Fraction, end: Fraction, *, running: bool, pace: Fraction = _WALK) -> list[Step]:
    """Return a step each `pace` seconds, or three a second when running, each on a whole drawing."""
    stride = Fraction(1, 3) if running else pace
    first = Fraction(math.ceil((start + Fraction(1, _DRAWINGS)) * _DRAWINGS), _DRAWINGS)
    # The last foot falls a sixth of a second before the cut at the latest.
    count = max(0, math.floor((end - first - Fraction(1, 6)) / stride) + 1)
    return [Step(at=first + stride * n, who=who, gait="run" if running else "walk") for n in range(count)]
