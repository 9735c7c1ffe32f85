"""Staging: where people and things stand in a shot, what they do, and when."""

import re
from fractions import Fraction
from typing import Literal

from agents.shot_planner.coverage import Slot
from agents.shot_planner.entrances import entrance, is_searched, newcomer, through_the_door
from agents.shot_planner.footsteps import footsteps
from agents.shot_planner.framing import Setup
from agents.shot_planner.gags import is_small, lift_of, words_on
from agents.shot_planner.presence import SceneView
from episodes.effects import Arrive, Break, Detain, Drop, Give, Leave, Take
from episodes.script import Beat, Line
from episodes.shots import (
    ActionEvent,
    Door,
    Enter,
    Exit,
    Fall,
    Gesture,
    Grab,
    LightBar,
    Mouth,
    SirenPass,
    Size,
    Subject,
    ThingActs,
    Torch,
)

Pose = Literal["stand", "walk", "run", "sit", "crouch", "lie", "hands_up", "point", "carry", "talk", "lean"]
ThingAction = Literal["bounce", "spin", "roll", "fly", "grow", "multiply", "honk", "shake", "vanish"]
GestureName = Literal[
    "point", "look_left", "look_right", "hands_up", "nod", "shrug", "jump", "shake", "crouch", "turn"
]  # fmt: skip

_DEPTH: dict[Size, float] = {
    "extreme_close": 0.05, "close": 0.12, "medium_close": 0.2, "medium": 0.32, "full": 0.48, "long": 0.66,
    "extreme_long": 0.85,
}  # fmt: skip

_POSES: tuple[tuple[str, Pose], ...] = (
    (r"\b(run|runs|ran|sprints?|flees?|chases?|bolts?|races?|dash(es)?)\b", "run"),
    (r"\b(hands up|surrenders?|raises? (both )?hands|raises? (his|her|their) hands)\b", "hands_up"),
    (r"\b(crouch(es)?|kneels?|squats?|ducks?|peers? (under|into))\b", "crouch"),
    (r"\b(lies|lays down|sleeps?|faints?)\b", "lie"),
    (r"\b(sits?|seated|perch(es)?|rides?|drives?)\b", "sit"),
    (r"\b(carr(y|ies)|holds?|clutch(es)?|hugs?|lifts?|hauls?)\b", "carry"),
    (r"\b(points?|aims?|indicates?)\b", "point"),
    (r"\b(leans?)\b", "lean"),
    (
        r"\b(walks?|steps?|strolls?|approach(es)?|enters?|leaves?|cross(es)?|march(es)?|waddles?|comes?|creeps?)\b",
        "walk",
    ),
)
_ACTS: tuple[tuple[str, ThingAction], ...] = (
    (r"\b(rolls?|rolling|wheels?|rides?|drives?|slides?)\b", "roll"),
    (r"\b(fl(y|ies)|flaps?|soars?|takes? off|floats?)\b", "fly"),
    (r"\b(grows?|swells?|inflates?|rises?|bigger)\b", "grow"),
    (r"\b(multipl\w+|more (of them )?(appear|come)|dozens|another|second one|joined)\b", "multiply"),
    (r"\b(honks?|hiss(es)?|barks?|squawks?|shouts?|moos?|beeps?|rings?|plays?)\b", "honk"),
    (r"\b(spins?|turns? (round|around)|twirls?|dances?)\b", "spin"),
    (r"\b(shakes?|trembles?|rattles?|wobbles?|chews?|eats?|licks?|gnaws?)\b", "shake"),
    (r"\b(vanish(es)?|disappears?|is gone|are gone|escapes?|slips? away)\b", "vanish"),
)
_GESTURES: dict[str, GestureName] = {
    "urgent": "point", "shouted": "point", "confused": "shrug", "proud": "nod", "warm": "nod", "sad": "look_left",
    "whispered": "look_right",
}  # fmt: skip
_HOLDS_STILL = re.compile(r"\b(stays? put|stops?|waits?|stands?|hiding|hides)\b", re.IGNORECASE)
_DROPS = re.compile(r"\b(drops?|falls?|lets go|spills?|tips? over|knocks? over)\b", re.IGNORECASE)
_REACTIONS: tuple[GestureName, ...] = ("turn", "look_left", "nod", "look_right", "shrug")


def stage(view: SceneView, slot: Slot, setup: Setup, focus: tuple[str, ...]) -> tuple[Subject, ...]:
    """Return who and what is in the picture, the leading subject first; never the wearer."""
    beat = view.beat(slot.beat)
    seen = [one for one in focus if one != setup.wearer]
    wide = setup.size in ("extreme_long", "long", "full") and slot.kind != "gag"
    if wide:
        more = [one for one in view.at(slot.beat).present if one not in seen and one != setup.wearer]
        seen = [*seen, *more][:4]
    if setup.owner == "interview":
        asked = view.asked(slot.beat)
        # The interviewed sit alone; a thing that lies about is no person, and an empty chair is no picture.
        seen = [one for one in seen if one in asked or one not in view.people] or seen[:1]
    places = _places(view, seen, single=len(seen) == 1)
    props = {prop.id: prop for prop in view.world.props}
    words = words_on(view, slot, tuple(seen))
    crowd = any(one in view.people for one in seen)
    subjects = []
    for number, one in enumerate(seen):
        outside = view.outside(one, slot.beat)
        lift = lift_of(props[one], slot.gag, setup.size, among_people=crowd) if one in props else 0.0
        subjects.append(
            Subject(
                id=one,
                at=places[one],
                depth=1.0 if outside else _depth(view, setup, number, seen),
                facing=_facing(view, setup, one, places[one], slot),
                pose=_pose(view, slot, beat, one),
                holds=_held(view, slot, one, seen),
                words=words.get(one, ""),
                lift=lift,
                outside=outside,
            )
        )
    return tuple(subjects)


def happen(
    view: SceneView,
    slot: Slot,
    setup: Setup,
    subjects: tuple[Subject, ...],
    fps: int,
    seen: frozenset[str] = frozenset(),
) -> tuple[ActionEvent, ...]:
    """Return what happens in the shot: mouths for lines, one event of the beat, and what light and feet do.

    `seen` are those whom earlier shots of the scene have shown: who was in none of them, nor in an earlier scene, gets
    an entrance.
    """
    length = Fraction(slot.frames, fps)
    events: list[ActionEvent] = [*_mouths(view, slot, subjects)]
    came = entrance(view, slot, setup, subjects, newcomer(view, slot, subjects, seen), length)
    if came and not any(isinstance(event, Mouth) and event.who == getattr(came[-1], "who", "") for event in events):
        effect = [] if slot.kind == "gag" else _effects(view, slot, subjects, length)
        events += [event for event in effect if not isinstance(event, Enter | Door)][:1] + came
    elif slot.acting:
        events += _acts(view, slot, setup, subjects, length)
    elif slot.kind == "talk" and slot.cues:
        events += _gestures(view, slot, subjects, length)
    elif slot.kind in ("talk", "tail"):
        events += _reactions(view, slot, subjects, length)
    else:
        events += _acts(view, slot, setup, subjects, length)
    events += footsteps(view, slot, setup, subjects, events, length)
    searched = any(isinstance(event, Torch) for event in events)
    events += _lights(view, slot, setup, subjects, length, searched=searched)
    events = [_kept_in(event, setup.size) for event in events]
    # A frame grid for all of them: what is drawn must not fall between two frames.
    snapped = [event.model_copy(update={"at": Fraction(round(event.at * fps), fps)}) for event in events]
    return tuple(sorted(snapped, key=lambda event: (event.at, event.kind)))


def _kept_in(event: ActionEvent, size: Size) -> ActionEvent:
    """Return what a thing does so that it stays in a near frame: there it turns and hops, and goes nowhere."""
    if not isinstance(event, ThingActs) or size not in ("medium_close", "close", "extreme_close"):
        return event
    near: dict[ThingAction, ThingAction] = {"roll": "spin", "fly": "bounce"}
    return event.model_copy(update={"action": near.get(event.action, event.action)})


def _depth(view: SceneView, setup: Setup, number: int, seen: list[str]) -> float:
    """Return how far away the next of them stands: people step back from a small animal that leads the shot."""
    step = 0.2 if number and is_small(view, seen[0]) else 0.08
    return round(min(0.95, _DEPTH[setup.size] + step * number), 2)


def _places(view: SceneView, seen: list[str], *, single: bool) -> dict[str, float]:
    """Return where each stands: on thirds, and everybody on one side of the line through the whole scene."""
    order = [person for person in (*view.scene.present, *view.people) if person in view.people]
    rank = {person: number for number, person in enumerate(dict.fromkeys(order))}
    if single:
        left = rank.get(seen[0], 1) % 2 == 0
        # A thing stands in the middle; whoever has a face has room to look into.
        return {seen[0]: 0.5 if seen[0] not in view.people else 0.36 if left else 0.64}
    sides = sorted(seen, key=lambda one: (rank.get(one, 99), one))
    spread = {2: (0.33, 0.67), 3: (0.22, 0.5, 0.78), 4: (0.16, 0.38, 0.62, 0.84)}.get(len(seen), (0.5,))
    return dict(zip(sides, spread, strict=False))


def _facing(
    view: SceneView, setup: Setup, one: str, at: float, slot: Slot
) -> Literal["left", "right", "camera", "away"]:
    if one in view.things and one in view.people and not view.outside(one, slot.beat):
        return "right" if at < 0.5 else "left"
    if setup.owner == "interview" or (setup.wearer and slot.kind != "establish"):
        return "camera"  # Who speaks to an officer speaks to the officer's camera.
    if setup.owner == "dashcam" and view.place.set == "car" and not view.outside(one, slot.beat):
        return "camera"
    return "right" if at < 0.5 else "left"


def _pose(view: SceneView, slot: Slot, beat: Beat, one: str) -> Pose:
    heard = [view.line(cue.line) for cue in (*slot.cues, *slot.tails)]
    spoken = [line for line in heard if line.speaker == one]
    human = one in view.people and one not in view.things
    if view.outside(one, slot.beat):
        return _moving(beat.action) if slot.kind == "action" else "stand"
    if view.place.set in ("car", "interview") and human:
        return "sit"
    if spoken and slot.kind in ("talk", "tail") and not slot.acting:
        return _talking(spoken[0])
    acts = slot.acting or slot.kind in ("action", "gag") or (slot.kind == "establish" and _enters_late(beat))
    if one in beat.actors and acts:
        for pattern, pose in _POSES:
            if re.search(pattern, beat.action if slot.kind != "gag" else beat.picture_gag, re.IGNORECASE):
                return pose if (human or pose in ("run", "walk", "lie", "crouch")) else "stand"
        if beat.purpose == "chase" and slot.kind != "gag" and not _HOLDS_STILL.search(beat.action):
            return _moving(beat.action)
    return _talking(spoken[0]) if spoken else "stand"


def _moving(action: str) -> Pose:
    """Return how somebody moves whose way of moving has no verb that we know: a chase is run unless it is walked."""
    return "walk" if re.search(r"\b(at a walk|walking|stroll|slow|pace)", action) or "chase" in action else "run"


def _enters_late(beat: Beat) -> bool:
    return beat.purpose in ("cold_open", "chase")


def _talking(line: Line) -> Pose:
    if line.delivery == "shouted":
        return "point"
    return "lean" if line.delivery == "whispered" else "talk"


def _held(view: SceneView, slot: Slot, one: str, seen: list[str]) -> str | None:
    for who, prop in view.at(slot.beat).holds:
        if who == one and prop not in seen:
            return prop
    return None


def _mouths(view: SceneView, slot: Slot, subjects: tuple[Subject, ...]) -> list[ActionEvent]:
    seen = {subject.id for subject in subjects}
    found: list[ActionEvent] = []
    for cue in (*slot.tails, *slot.cues):
        line = view.line(cue.line)
        # A line that began before the shot has a negative start: the mouth is in the middle of it.
        if line.speaker in seen and line.channel != "voice_over":
            found.append(Mouth(at=cue.at, who=line.speaker, line=line.id))
    return found


def _gestures(view: SceneView, slot: Slot, subjects: tuple[Subject, ...], length: Fraction) -> list[ActionEvent]:
    seen = {subject.id for subject in subjects}
    line, at = view.line(slot.cues[0].line), slot.cues[0].at
    gesture = _GESTURES.get(line.delivery)
    if line.speaker not in seen:
        return _reactions(view, slot, subjects, length)
    if gesture is None or at + Fraction(1, 2) > length:
        return []
    return [Gesture(at=at + Fraction(1, 4), who=line.speaker, gesture=gesture)]


def _reactions(view: SceneView, slot: Slot, subjects: tuple[Subject, ...], length: Fraction) -> list[ActionEvent]:
    speakers = {view.line(cue.line).speaker for cue in (*slot.cues, *slot.tails)}
    listener = next((s for s in subjects if s.id not in speakers), None)
    if listener is None:
        return []
    if listener.id in view.things:
        return [
            ThingActs(at=length / 4, who=listener.id, action=_acting(view.beat(slot.beat).action), seconds=length / 3)
        ]
    number = sum(map(ord, slot.beat + "".join(cue.line for cue in slot.cues)))
    return [Gesture(at=length / 3, who=listener.id, gesture=_REACTIONS[number % len(_REACTIONS)])]


def _acts(
    view: SceneView, slot: Slot, setup: Setup, subjects: tuple[Subject, ...], length: Fraction
) -> list[ActionEvent]:
    """Return the one event of an action, a gag or an establishing shot: the beat's own effect, else the thing acts."""
    beat, seen = view.beat(slot.beat), [subject.id for subject in subjects]
    if slot.kind == "establish" and not _enters_late(beat):
        officers = [one for one in seen if one in view.officers(slot.beat)]
        return (
            through_the_door(officers[0], view.place.set, length)
            if officers and _has_door(view) and _sees_door(setup)
            else []
        )
    found = [] if slot.kind == "gag" else _effects(view, slot, subjects, length)
    if found:
        # Everybody may come in at once; anything else is one event a shot.
        return [event for event in found if isinstance(event, Door | Enter)] or found[:1]
    passes = "establish" if view.establishes(beat.id) else "action"
    if _first_chase(view, beat) and slot.kind == passes and (setup.owner != "helicopter" or passes == "establish"):
        return [SirenPass(at=length / 2, seconds=min(length, Fraction(3)))]
    if slot.kind == "gag":
        return _gag_events(view, beat, seen, length)
    things = [one for one in seen if one in view.things and not (slot.acting and one not in beat.actors)]
    if things:
        if things[0] not in view.people and _DROPS.search(beat.action):
            return [Fall(at=length / 2, what=things[0])]
        return [ThingActs(at=length / 4, who=things[0], action=_acting(beat.action), seconds=length / 2)]
    if seen and (slot.kind == "action" or slot.acting):
        gesture: GestureName = "point" if re.search(r"point", beat.action, re.IGNORECASE) else "turn"
        return [Gesture(at=length / 4, who=seen[0], gesture=gesture)]
    return []


def _effects(view: SceneView, slot: Slot, subjects: tuple[Subject, ...], length: Fraction) -> list[ActionEvent]:
    seen = [subject.id for subject in subjects]
    effects = view.beat(slot.beat).effects
    return [event for effect in effects for event in _effect_events(view, effect, seen, length)]


def _gag_events(view: SceneView, beat: Beat, seen: list[str], length: Fraction) -> list[ActionEvent]:
    """Return what happens in a gag: what its words say moves; everything else holds its pose for the joke."""
    gag = beat.picture_gag
    lead = seen[0] if seen else ""
    if not lead:
        return []
    if lead not in view.people and _DROPS.search(gag):
        return [Fall(at=length / 2, what=lead)]
    act = next((action for pattern, action in _ACTS if re.search(pattern, gag, re.IGNORECASE)), None)
    if lead in view.things and act is not None:
        return [ThingActs(at=length / 4, who=lead, action=act, seconds=length / 2)]
    if lead in view.things:
        return []
    gesture: GestureName = "point" if re.search(r"\bpoint", gag) else "look_left"
    return [Gesture(at=length / 3, who=lead, gesture=gesture)]


def _first_chase(view: SceneView, beat: Beat) -> bool:
    chases = [each.id for each in view.scene.beats if each.purpose == "chase"]
    return not view.place.interior and view.place.set != "rooftop" and chases[:1] == [beat.id]


def _effect_events(view: SceneView, effect: object, seen: list[str], length: Fraction) -> list[ActionEvent]:
    if isinstance(effect, Arrive) and effect.who in seen:
        order = Fraction(1 + seen.index(effect.who) % 2, 6)
        came: list[ActionEvent] = [Enter(at=length * order, who=effect.who, side="left", seconds=length / 2)]
        leads = next((one for one in seen if one not in view.things), "") == effect.who
        return [Door(at=Fraction(0), action="open"), *came] if _has_door(view) and leads else came
    if isinstance(effect, Leave) and effect.who in seen:
        return [Exit(at=length / 3, who=effect.who, side="right", seconds=length / 2)]
    if isinstance(effect, Take) and {effect.who, effect.prop} & set(seen) and effect.who in seen:
        return [Grab(at=length / 2, who=effect.who, what=effect.prop)]
    if isinstance(effect, Give) and effect.to in seen:
        return [Grab(at=length / 2, who=effect.to, what=effect.prop)]
    if isinstance(effect, Detain) and effect.by in seen:
        return [Grab(at=length / 2, who=effect.by, what=effect.who)]
    if isinstance(effect, Drop) and (effect.who in seen or effect.prop in seen):
        return [Fall(at=length / 2, what=effect.prop)]
    if isinstance(effect, Break) and effect.what in seen:
        return [Fall(at=length / 2, what=effect.what)]
    return []


def _sees_door(setup: Setup) -> bool:
    return setup.owner in ("cctv", "doorbell")


def _has_door(view: SceneView) -> bool:
    return view.place.set in ("shop", "hallway", "interview", "porch", "dispatch_room", "diner", "kitchen")


def _acting(words: str) -> ThingAction:
    for pattern, action in _ACTS:
        if re.search(pattern, words, re.IGNORECASE):
            return action
    return "shake"


def _lights(
    view: SceneView, slot: Slot, setup: Setup, subjects: tuple[Subject, ...], length: Fraction, *, searched: bool
) -> list[ActionEvent]:
    found: list[ActionEvent] = []
    if is_searched(view, setup) and not searched:
        found.append(Torch(at=Fraction(0), action="on"))
        if subjects:
            # The beam looks for the subject and finds it.
            found.append(Torch(at=min(length / 4, Fraction(1, 2)), action="sweep", to=subjects[0].at))
    # No car stands on a roof.
    outside = not view.place.interior and view.place.set != "rooftop" and bool(view.officers(slot.beat))
    if outside and (setup.owner in ("dashcam", "helicopter") or slot.kind == "establish"):
        found.append(LightBar(at=Fraction(0), on=True))
    return found
