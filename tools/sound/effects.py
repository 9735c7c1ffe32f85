"""The effects of a scene: what happens in its shots, each sound at its event's time and side, as one stem."""

import functools

import numpy as np

from episodes.format import SAMPLE_RATE
from episodes.recordings import Part, Sought, sought
from episodes.requests import PlacedEvent, SoundRequest
from episodes.shots import LightBar, SirenPass, Step, ThingActs
from episodes.value import seed_from
from tools.sound import foley
from tools.sound.foley import Sounded
from tools.sound.happening import Happening
from tools.sound.loudness import amplitude
from tools.sound.noise import Sound, count, faded, low_pass, panned, shaped, times
from tools.sound.own import OwnSounds
from tools.sound.rooms import answer
from tools.sound.siren import Pattern, siren

_EARLY = 0.5
"""Seconds before an event at which its sounds are made: none begins so much earlier than it."""
_LIGHT_BAR_LONGEST = 8.0
"""Seconds after which nobody listens to the ticking any more."""
_IDLE_RMS = 0.009
"""Of the motor of a car that stands with its lights on: under the bed of a quiet street."""
_FAR_DB = -8.0
"""Of a sound at the back of the set, against the same one at the microphone."""
_FAR_HERTZ, _NEAR_HERTZ = 2600.0, 16_000.0
"""Above which air and clothes swallow a sound at the back of the set, and at the microphone."""
_ROOM = 0.9
"""How much of a far sound the walls answer, against a voice; a near one hardly wakes them."""
_WIDEST = 0.45
"""How far from the middle a sound at the edge of the picture is, of 1: wide, and still in both ears."""
_BY_ITSELF = np.full(count(0.05), 0.12)
"""How loud a recording is where nothing would have been synthesised."""
_LONGEST: dict[Part, float] = {"foot": 0.7, "kit": 0.6, "cloth": 1.5, "torch": 0.8, "relay": 1.0, "door": 3.0}
"""Seconds of a recording; `_ELSE` for all other parts."""
_ELSE = 4.0
_PATTERNS: tuple[Pattern, ...] = ("wail", "yelp", "two_tone")


def effects(request: SoundRequest, own: OwnSounds) -> Happening:
    """Return what happens, to be read in stereo; siren passes go by, all else starts at its event.

    Reading it raises `MediaBroken` when one of the person's `own` recordings can't be decoded.
    """
    total = Happening(round(request.seconds * SAMPLE_RATE))
    feet: dict[str, int] = {}
    for number, placed in enumerate(request.events):
        event = placed.event
        left = isinstance(event, Step) and _is_left(event.who, feet)
        early = 1.5 * float(event.seconds) if isinstance(event, SirenPass) else _EARLY
        make = functools.partial(_happen, total, request, number, own, left=left)
        total.later(round((float(event.at) - early) * SAMPLE_RATE), make)
    return total


def _happen(total: Happening, request: SoundRequest, number: int, own: OwnSounds, *, left: bool) -> None:
    """Add the sounds of one event."""
    placed = request.events[number]
    event = placed.event
    chance = np.random.default_rng(seed_from("effect", request.seed, number, event.kind))
    if isinstance(event, SirenPass):
        _pass(total, placed, event, own, chance)
        return
    for part in _parts(placed, own, chance, left=left):
        at = round((float(event.at) + part.after) * SAMPLE_RATE)
        lean = (-0.07 if left else 0.07) if part.part == "foot" else 0.0
        _seat(total, at, part.sound, placed, lean)
    if isinstance(event, LightBar) and event.on:
        _stand(total, request.events, placed, chance, ticks=not own.has(("light-bar",)))


def _is_left(who: str, feet: dict[str, int]) -> bool:
    feet[who] = feet.get(who, -1) + 1
    return feet[who] % 2 == 1


def _parts(placed: PlacedEvent, own: OwnSounds, chance: np.random.Generator, *, left: bool) -> list[Sounded]:
    """Return an event's sounds, the person's own recordings in the place of those that they have."""
    made = list(foley.foley(placed, chance, left=left))
    found: list[Sounded] = []
    for wanted in sought(placed):
        mine = [one for one in made if one.part == wanted.part]
        if not _may_sound(placed, wanted):
            continue
        if not own.has(wanted.names):
            found += [one for one in mine if len(one.sound)]
            continue
        like = mine[0].sound if mine and len(mine[0].sound) else _BY_ITSELF
        longest = max(_LONGEST.get(wanted.part, _ELSE), float(getattr(placed.event, "seconds", 0)))
        found.append(Sounded(wanted.part, own.effect(wanted.names, like, longest), mine[0].after if mine else 0.0))
    extra = {one.part for one in made} - {wanted.part for wanted in sought(placed)}
    return found + [one for one in made if one.part in extra]


def _may_sound(placed: PlacedEvent, wanted: Sought) -> bool:
    """Whether a sound is not in the dialogue's way: a murmur waits for a pause, a honk does not."""
    small = wanted.part == "voice" and not (isinstance(placed.event, ThingActs) and placed.event.action == "honk")
    return not (small and placed.spoken)


def _seat(total: Happening, at: int, sound: Sound, placed: PlacedEvent, lean: float = 0.0) -> None:
    """Add a sound where it stands: by its nearness quieter, duller and with more of the room, and on its side."""
    near = min(max(placed.near, 0.0), 1.0)
    if near < 1.0:
        corner = _FAR_HERTZ * (_NEAR_HERTZ / _FAR_HERTZ) ** near
        sound = low_pass(sound, corner, order=1) * amplitude(_FAR_DB * (1 - near))
    side = (placed.side + lean) * _WIDEST
    total.add(at, panned(sound, side))
    if near < 0.95 and placed.set is not None:
        mono = sound if sound.ndim == 1 else sound.mean(axis=1)
        total.add(at, _ROOM * (1 - near) * 2 * answer(mono, placed.set))


def _pass(total: Happening, placed: PlacedEvent, event: SirenPass, own: OwnSounds, chance: np.random.Generator) -> None:
    """Add a siren that goes by: each agency has its own; a recorded one is loudest where it is nearest."""
    at, seconds = float(event.at), float(event.seconds)
    pattern = _PATTERNS[seed_from("siren", placed.who.name if placed.who else "") % len(_PATTERNS)]
    first = round((at - 1.5 * seconds) * SAMPLE_RATE)
    made = siren(count(3 * seconds), at - first / SAMPLE_RATE, seconds, float(chance.random()), pattern)
    names = sought(placed)[0].names
    gain = np.float32(amplitude(placed.gain_db))
    if not own.has(names):
        total.add(first, made * gain)
        return
    recorded = own.effect(names, made, 3 * seconds)
    energy = np.convolve((recorded**2).sum(axis=1)[::480], np.ones(20), "same")
    total.add(round(at * SAMPLE_RATE) - 480 * int(energy.argmax()), recorded * gain)


def _stand(
    total: Happening,
    events: tuple[PlacedEvent, ...],
    switched: PlacedEvent,
    chance: np.random.Generator,
    *,
    ticks: bool,
) -> None:
    """Add a car that stands with its lights on: its motor idles and the relay ticks until they are switched off."""
    start = float(switched.event.at)
    offs = [float(e.event.at) for e in events if isinstance(e.event, LightBar) and not e.event.on]
    stop = min([start + _LIGHT_BAR_LONGEST, *(off for off in offs if off > start)])
    total.add(round(start * SAMPLE_RATE), panned(_idle(stop - start, chance), 0.2))
    moment, side = start + 1 / foley.TICK_HERTZ, 0.25
    while ticks and moment < stop:
        total.add(round(moment * SAMPLE_RATE), panned(foley.tick(chance), side))
        moment, side = moment + 1 / foley.TICK_HERTZ, -side


def _idle(seconds: float, chance: np.random.Generator) -> Sound:
    """Return a motor at idle, some metres off, that swells up and is gone again at the end."""
    at = times(count(seconds))
    phase = 2 * np.pi * np.cumsum(23 + 0.6 * np.sin(2 * np.pi * 0.31 * at + chance.uniform(0, 6))) / SAMPLE_RATE
    motor = np.sin(phase) + 0.8 * np.sin(2 * phase + 0.4) + 0.45 * np.sin(4 * phase) + 0.2 * np.sin(6 * phase)
    body = motor / 1.0 + 0.5 * shaped(len(at), 60, 420, 5, chance)
    ends = np.minimum(1, np.minimum(at / 0.4, (at[-1] - at) / min(1.0, max(seconds / 2, 1e-3)) + 1e-9))
    return faded(np.asarray(_IDLE_RMS * body / max(float(np.sqrt(np.mean(body**2))), 1e-9) * ends))
