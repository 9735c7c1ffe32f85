"""Entrances: how a thing or a suspect that nobody has seen yet comes into the picture."""

import re
from fractions import Fraction
from typing import Literal

from agents.shot_planner.coverage import Slot
from agents.shot_planner.framing import Setup
from agents.shot_planner.presence import SceneView
from episodes.cast import SetName
from episodes.shots import ActionEvent, Door, Enter, Subject, ThingActs, Torch

_COMES = re.compile(
    r"\b(comes?|enters?|arrives?|appears?|walks?|waddles?|runs?|rolls?|goes|crosses|passes|proceeds|moves?|marches|"
    r"drifts?|flies|trots?|hops?|strolls?|overtakes?|along|past|across|by|out of)\b",
    re.IGNORECASE,
)
_INSIDE = ("shop", "hallway", "diner", "kitchen")
_DOOR_ON_THE_LEFT = ("interview", "porch")
"""Sets whose door is on the left of the picture; in all others that have one it is on the right."""
_SHUTS = Fraction(3, 2)
"""Seconds of a shot in which a door may open and fall shut again."""
_BUSY = Fraction(1, 6)
"""Share of a shot after which an entrance begins: the empty place is seen first."""


def newcomer(view: SceneView, slot: Slot, subjects: tuple[Subject, ...], seen: frozenset[str]) -> str:
    """Return the first in the picture whom nobody has seen so far; an empty text for nobody.

    Args:
        view: the scene.
        slot: the stretch of picture.
        subjects: of the shot.
        seen: who and what earlier shots of the scene have shown.
    """
    if slot.kind == "gag" and not view.at(slot.beat).present:
        return ""
    return next((subject.id for subject in subjects if subject.id in view.debuts - seen), "")


def entrance(
    view: SceneView, slot: Slot, setup: Setup, subjects: tuple[Subject, ...], new: str, length: Fraction
) -> list[ActionEvent]:
    """Return how the newcomer is revealed, and what it does once it is there; nothing without a newcomer.

    In the dark the torch finds it; who is said to come, comes; by a door, through the door. A thing that nobody carries
    waits to be found by the camera, which then turns to it.
    """
    subject = next((one for one in subjects if one.id == new), None)
    if subject is None:
        return []
    person, words = new in view.people, view.beat(slot.beat).action
    found: list[ActionEvent] = []
    settled = length / 4
    if subject.outside or (person and (_COMES.search(words) or not is_searched(view, setup))):
        side: Literal["left", "right"] = "right" if subject.facing == "left" else "left"
        if view.place.set in _INSIDE and setup.owner in ("cctv", "bodycam") and not subject.outside:
            found.append(Door(at=Fraction(0), action="open"))
        found.append(Enter(at=length * _BUSY, who=new, side=side, seconds=length / 3))
        settled = length / 2
    elif is_searched(view, setup):
        found.append(Torch(at=Fraction(0), action="on"))
        found.append(Torch(at=length / 6, action="sweep", to=subject.at))
    if new in view.things:
        found.append(ThingActs(at=settled, who=new, action="shake", seconds=length - settled - length / 8))
    return found


def through_the_door(who: str, place: SetName, length: Fraction) -> list[ActionEvent]:
    """Return how somebody comes in where a camera on the wall has waited for them; the door falls shut behind them."""
    side: Literal["left", "right"] = "left" if place in _DOOR_ON_THE_LEFT else "right"
    came: list[ActionEvent] = [
        Door(at=Fraction(0), action="open"),
        Enter(at=length * _BUSY, who=who, side=side, seconds=length / 2),
    ]
    # In a shot too short for both, it is still open when the picture changes.
    return [*came, Door(at=length * Fraction(3, 4), action="close")] if length >= _SHUTS else came


def is_searched(view: SceneView, setup: Setup) -> bool:
    """Whether this camera looks for its subject with a torch, or with the lamp of a phone."""
    # Indoors somebody has left the light on: a torch would be a joke that nobody makes.
    lit = view.place.interior or view.place.set == "car"
    return setup.owner in ("bodycam", "phone") and view.scene.light == "night" and not lit
