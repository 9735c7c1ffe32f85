"""The sounds that an event of a shot is made of, each a mono array whose first transient is its first sample."""

from dataclasses import dataclass

import numpy as np

from episodes.recordings import Part, door_kind
from episodes.requests import PlacedEvent
from episodes.shots import Door, Enter, Exit, Fall, Gesture, Grab, LightBar, Step, ThingActs, Torch
from tools.sound import acts, doors
from tools.sound.materials import strike
from tools.sound.noise import Chance, Sound, band, burst, cloth, count, faded, grains, laid, rings, times
from tools.sound.steps import step

TICK_HERTZ = 1.4
"""How often a light bar's relay falls; under the 1.5 Hz that the picture may flash."""


@dataclass(frozen=True)
class Sounded:
    """One of the sounds of an event."""

    part: Part
    sound: Sound
    """Mono, peaks at most 1."""
    after: float = 0.0
    """Seconds after the event."""


def foley(placed: PlacedEvent, chance: Chance, *, left: bool = False) -> tuple[Sounded, ...]:
    """Return the sounds of an event; none for one that makes none here (speech, a siren, steps in a car).

    Args:
        placed: the event, with who does it and on what.
        chance: no two are alike.
        left: which foot a step is.
    """
    event, who = placed.event, placed.who
    match event:
        case Step():
            return _stepped(placed, event, chance, left=left)
        case Door():
            return _door(placed, event.action, chance)
        case Fall():
            return (Sounded("fall", acts.dropped(who or acts.NOBODY, placed.surface, chance)),)
        case Grab():
            return _kitted(placed, Sounded("grab", acts.taken(placed.what, chance)), chance)
        case Enter() | Exit() if who is not None and who.kind != "human":
            seconds = float(event.seconds)
            said = Sounded("voice", acts.speech(event.kind, who, seconds, chance), 0.4 * seconds)
            return (Sounded("motion", acts.coming(who, seconds, chance)), said)
        case Enter() | Exit():
            move = Sounded("cloth", 0.13 * cloth(max(float(event.seconds), 0.2), chance))
            return _kitted(placed, move, chance)
        case Gesture():
            move = Sounded("cloth", 0.12 * cloth(min(max(float(event.seconds), 0.15), 0.6), chance))
            return (*_kitted(placed, move, chance), *_handled(placed, event, chance))
        case Torch():
            return (Sounded("torch", _torch(event.action, chance)),)
        case LightBar():
            return (Sounded("relay", 0.3 * _relay(chance)),)
        case ThingActs():
            return _acted(placed, event, chance)
        case _:
            return ()


def tick(chance: Chance) -> Sound:
    """Return one fall of a light bar's relay, soft."""
    return 0.08 * _relay(chance)


def _stepped(placed: PlacedEvent, event: Step, chance: Chance, *, left: bool) -> tuple[Sounded, ...]:
    if placed.surface == "seat":
        return ()
    running = event.gait == "run"
    foot = Sounded("foot", step(placed.surface, running=running, chance=chance, who=placed.who, left=left))
    return _kitted(placed, foot, chance, brisk=running)


def _door(placed: PlacedEvent, action: str, chance: Chance) -> tuple[Sounded, ...]:
    kind = door_kind(placed.set)
    moved = Sounded("door", doors.door(kind, action, chance))
    return (moved, Sounded("bell", doors.bell(chance), 0.16)) if kind == "shop" and action == "open" else (moved,)


def _acted(placed: PlacedEvent, event: ThingActs, chance: Chance) -> tuple[Sounded, ...]:
    who, seconds = placed.who or acts.NOBODY, float(event.seconds)
    said = acts.speech(event.action, who, seconds, chance)
    if event.action == "honk":
        return (Sounded("voice", said),)
    moved = Sounded("motion", acts.motion(event.action, who, seconds, placed.surface, chance))
    return (moved, Sounded("voice", said, min(0.25 * seconds, 0.3)))


# ---- what officers carry ---------------------------------------------------------------------------------------------


def _kitted(placed: PlacedEvent, sound: Sounded, chance: Chance, *, brisk: bool = False) -> tuple[Sounded, ...]:
    """Return a sound with the duty belt that goes along: leather each time, keys now and then, both when running."""
    if placed.who is None or not placed.who.kit:
        return (sound,)
    parts = [(0.0, 0.05, _leather(chance))]
    if brisk or chance.random() < 0.45:
        parts.append((0.015, 0.07 if brisk else 0.045, _keys(chance)))
    return (sound, Sounded("kit", laid(*parts), 0.02))


def _leather(chance: Chance) -> Sound:
    """Return a belt that creaks: slips of hide on hide, duller than a hinge."""
    frames = count(float(chance.uniform(0.1, 0.2)))
    rate = np.interp(np.linspace(0, 3, frames), np.arange(4), chance.uniform(60, 170, 4))
    slips = np.diff(np.floor(np.cumsum(rate) / 48_000), prepend=-1.0)
    creak = band(slips, 350, 1900) * np.minimum(1, times(frames) / 0.003)
    return faded(creak / max(float(np.abs(creak).max()), 1e-9), 0.02)


def _keys(chance: Chance) -> Sound:
    """Return a bunch of keys that swings once: a few small bars of brass against each other."""
    hits = [(0.0, 0.8), *((float(chance.uniform(0.01, 0.2)), float(chance.uniform(0.2, 0.7))) for _ in range(6))]
    bars = []
    for at, gain in hits:
        hertz = float(chance.uniform(3800, 6200))
        bars.append((at, gain, rings(0.14, ((hertz, 0.7, 0.03), (hertz * 1.53, 0.4, 0.02), (hertz * 2.1, 0.2, 0.012)))))
    return laid(*bars)


def _handled(placed: PlacedEvent, event: Gesture, chance: Chance) -> tuple[Sounded, ...]:
    """Return what an officer's hand finds in a gesture: the handset when looking round, the notebook at a nod."""
    if placed.who is None or not placed.who.kit:
        return ()
    lucky = chance.random() < 0.5
    if event.gesture in ("look_left", "look_right", "turn") and lucky:
        handset = laid(
            (0, 0.08, strike("electronic", 0.15, chance)), (0.09, 0.05, burst(0.02, 1800, 6500, 0.003, chance))
        )
        return (Sounded("grab", handset, 0.06),)
    if event.gesture == "nod" and lucky:
        leaf = laid((0, 0.07, grains(0.16, 9, 1800, 8000, chance)), (0.13, 0.06, strike("paper", 0.2, chance)))
        return (Sounded("grab", leaf, 0.08),)
    return ()


def _relay(chance: Chance) -> Sound:
    return laid((0, 0.7, burst(0.012, 1500, 6000, 0.002, chance)), (0, 0.4, rings(0.04, ((2300, 1.0, 0.006),))))


def _torch(action: str, chance: Chance) -> Sound:
    if action == "sweep":
        return 0.08 * cloth(0.25, chance)
    click = burst(0.015, 2000, 7500, 0.002, chance)
    return laid((0, 0.3, click), (0.012 if action == "on" else 0.02, 0.2, rings(0.03, ((3400, 1.0, 0.004),))))
