"""Movements: how each camera moves, by who or what holds it and what it has to find."""

from agents.shot_planner.coverage import Slot
from agents.shot_planner.presence import SceneView
from episodes.shots import CameraOwner, Movement, MovementKind

_HUNG: tuple[CameraOwner, ...] = ("dashcam", "cctv", "doorbell")


def movement_of(view: SceneView, slot: Slot, owner: CameraOwner, new: str) -> Movement:
    """Return how this camera moves; `new` is somebody or something that it shows for the first time, or empty."""
    chase = view.beat(slot.beat).purpose == "chase"
    if owner == "bodycam":
        return _worn(slot, new, chase=chase)
    if owner == "phone":
        zooms = slot.kind in ("action", "gag")
        return Movement(kind="zoom", direction="in", speed=0.08) if zooms else Movement(kind="handheld", speed=0.08)
    if owner == "helicopter":
        return Movement(kind="orbit", direction="left", speed=0.1, easing="linear")
    if owner == "interview":
        return _interview(view, slot, new)
    return _hung(view, slot, owner, new, chase=chase)


def _worn(slot: Slot, new: str, *, chase: bool) -> Movement:
    if slot.kind == "action" and new and not chase:
        # What nobody has seen yet is found by turning towards it.
        return Movement(kind="pan", direction="right", speed=0.14, easing="out")
    if slot.kind == "action":
        return Movement(kind="follow", direction="in", speed=0.35 if chase else 0.12)
    if slot.kind in ("tail", "gag"):
        return Movement(kind="push", direction="in", speed=0.04)
    return Movement(kind="handheld", speed=0.2 if chase else 0.06)


def _interview(view: SceneView, slot: Slot, new: str) -> Movement:
    if new in view.things:
        return Movement(kind="tilt", direction="down", speed=0.08, easing="out")
    if slot.kind in ("talk", "tail"):
        return Movement(kind="push", direction="in", speed=0.015)
    return Movement(kind="static", speed=0.0)


def _hung(view: SceneView, slot: Slot, owner: CameraOwner, new: str, *, chase: bool) -> Movement:
    """Return the movement of a camera on a wall or in a car: the car rolls, the wall camera turns a little."""
    if owner == "dashcam" and view.place.set == "car":
        return Movement(kind="handheld", speed=0.05)
    if owner in ("dashcam", "cctv") and chase and slot.kind == "action":
        kind: MovementKind = "track" if owner == "dashcam" else "pan"
        return Movement(kind=kind, direction="right", speed=0.12, easing="linear")
    if slot.kind == "establish" and owner in ("dashcam", "cctv"):
        if owner == "dashcam":
            return Movement(kind="push", direction="in", speed=0.06, easing="out")
        return Movement(kind="pan", direction="right", speed=0.03, easing="linear")
    if new and owner in _HUNG:
        return Movement(kind="pan", direction="right", speed=0.05, easing="out")
    return Movement(kind="static", speed=0.0)
