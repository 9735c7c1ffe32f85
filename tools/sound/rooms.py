"""How a place answers a voice: early reflections, a tail that grows dull as it dies, flutter between two bare walls.

Made once from a seed for each set.
"""

import functools
from dataclasses import dataclass

import numpy as np
from scipy import signal

from episodes.format import SAMPLE_RATE
from tools.sound.loudness import amplitude
from tools.sound.noise import Sound, count, low_pass, times


@dataclass(frozen=True)
class _Walls:
    reflections: int
    nearest: float
    """Seconds until the first reflection."""
    spread: float
    """Seconds over which the reflections come."""
    level_db: float
    """Of the first reflection against the voice."""
    decay: float
    """Seconds in which the tail falls by 60 dB at its lower end; 0 for none."""
    tail_db: float
    """Of the whole tail's energy against the voice."""
    dull: float
    """Hertz above which walls swallow at each reflection."""
    bright: float = 0.5
    """Decay of the upper end against that of the lower one: soft rooms 0.3, tile and steel 0.8."""
    flutter: float = 0.0
    """Seconds from one bare wall to the other and back; 0 where nothing flutters."""


_SETS: dict[str, _Walls] = {
    # Glass a hand's breadth away, then foam: over before it is heard as a room.
    "car": _Walls(9, 0.0012, 0.007, -11, 0.07, -22, 3200, 0.35),
    "dispatch_room": _Walls(7, 0.006, 0.022, -17, 0.3, -26, 3500, 0.35),
    # Two painted walls and a waxed floor: it rings, and claps come back as a purr.
    "hallway": _Walls(9, 0.006, 0.045, -13, 1.0, -19, 4500, 0.6, 0.0128),
    "interview": _Walls(7, 0.004, 0.016, -14, 0.32, -22, 3800, 0.5, 0.0174),
    "park": _Walls(1, 0.009, 0.01, -26, 0.0, -60, 2500),
    "parking_lot": _Walls(4, 0.03, 0.14, -22, 0.9, -33, 3000, 0.4),
    "porch": _Walls(5, 0.004, 0.016, -17, 0.16, -28, 4000, 0.4),
    "shop": _Walls(8, 0.006, 0.03, -15, 0.45, -23, 5000, 0.6),
    "street": _Walls(4, 0.018, 0.1, -21, 0.6, -32, 3500, 0.4),
    "waterfront": _Walls(2, 0.04, 0.1, -26, 0.6, -37, 2500, 0.3),
    # Steel and tile answer hard and at once; an alley flutters between two walls; a roof has nothing to answer with.
    "diner": _Walls(8, 0.006, 0.03, -15, 0.42, -23, 4200, 0.5),
    "kitchen": _Walls(10, 0.004, 0.022, -12, 0.6, -19, 6500, 0.8, 0.0221),
    "alley": _Walls(8, 0.012, 0.08, -14, 1.0, -22, 3800, 0.5, 0.0175),
    "highway": _Walls(2, 0.05, 0.14, -26, 0.7, -37, 2200, 0.3),
    "rooftop": _Walls(2, 0.008, 0.03, -28, 0.3, -41, 2000, 0.3),
}
"""A new set goes to the end: each has its walls by its number here, and keeps them."""
_CROSSOVER_HZ = 1200.0
_FLUTTERS = 14


def answer(voice: Sound, place: str) -> Sound:
    """Return what the walls add to a mono voice: stereo `[frames, 2]`, a little longer than the voice."""
    walls = response(place)
    return np.stack([signal.oaconvolve(voice, walls[:, side]) for side in (0, 1)], axis=1)


@functools.cache
def response(place: str) -> Sound:
    """Return a set's impulse response without the direct sound, stereo `[frames, 2]`. Raises `KeyError`."""
    walls = _SETS[place]
    chance = np.random.default_rng(20 + list(_SETS).index(place))
    frames = count(walls.nearest + walls.spread + max(walls.decay, 0.05))
    early = np.zeros((frames, 2))
    for number in range(walls.reflections):
        share = number / walls.reflections
        delay = walls.nearest + walls.spread * share**1.3 * chance.uniform(0.85, 1.15)
        gain = amplitude(walls.level_db - 9 * share) * chance.choice((-1, 1))
        _add(early, delay, gain, chance.uniform(0.2, 0.8))
    if walls.flutter:
        for turn in range(1, _FLUTTERS):
            # From side to side, duller and softer each time.
            gain = amplitude(walls.level_db - 5 - 24 * turn / _FLUTTERS)
            _add(early, walls.nearest + turn * walls.flutter, gain, 0.75 if turn % 2 else 0.25)
    whole = low_pass(early, walls.dull, order=1)
    return whole + _tail(walls, frames, chance) if walls.decay else whole


def _add(response: Sound, delay: float, gain: float, side: float) -> None:
    at = round(delay * SAMPLE_RATE)
    if at < len(response):
        response[at] += gain * np.array((np.sqrt(1 - side), np.sqrt(side)))


def _tail(walls: _Walls, frames: int, chance: np.random.Generator) -> Sound:
    """Return the diffuse tail: it swells behind the early reflections, and its treble dies before its bass."""
    start = count(walls.nearest)
    at = times(frames - start)[:, None]
    noise = chance.standard_normal((frames - start, 2))
    lower = low_pass(noise, _CROSSOVER_HZ, order=1)
    upper = low_pass(noise - lower, walls.dull, order=1)
    onset = 1 - np.exp(-at / max(walls.spread / 2, 0.002))
    fallen = lower * np.exp(-6.91 * at / walls.decay) + upper * np.exp(-6.91 * at / (walls.decay * walls.bright))
    tail = onset * fallen
    whole = np.zeros((frames, 2))
    whole[start:] = amplitude(walls.tail_db) * tail / np.sqrt(np.sum(tail**2, axis=0))
    # What is left at the end is 60 dB down and still a step: it is faded.
    whole[-480:] *= np.linspace(1, 0, 480)[:, None]
    return whole
