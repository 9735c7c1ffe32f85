"""How a place answers a voice: a few early reflections and a short tail, made once from a seed for each set."""

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
    """Seconds in which the tail falls by 60 dB; 0 for none."""
    tail_db: float
    dull: float
    """Hertz above which walls swallow."""


_SETS: dict[str, _Walls] = {
    "car": _Walls(6, 0.0015, 0.006, -13, 0.06, -24, 3000),
    "dispatch_room": _Walls(5, 0.008, 0.025, -18, 0.25, -28, 3500),
    "hallway": _Walls(7, 0.01, 0.05, -14, 0.8, -21, 4500),
    "interview": _Walls(5, 0.006, 0.02, -16, 0.25, -25, 3800),
    "park": _Walls(1, 0.012, 0.01, -28, 0.0, -60, 2500),
    "parking_lot": _Walls(3, 0.03, 0.12, -24, 0.8, -34, 3000),
    "porch": _Walls(4, 0.006, 0.02, -18, 0.15, -30, 4000),
    "shop": _Walls(6, 0.008, 0.03, -16, 0.35, -25, 5000),
    "street": _Walls(3, 0.021, 0.09, -23, 0.5, -34, 3500),
    "waterfront": _Walls(2, 0.04, 0.1, -27, 0.5, -38, 2500),
    # Steel and tile answer hard and at once; an alley flutters between two walls; a roof has nothing to answer with.
    "diner": _Walls(6, 0.007, 0.035, -16, 0.3, -25, 4200),
    "kitchen": _Walls(8, 0.005, 0.025, -13, 0.45, -21, 6500),
    "alley": _Walls(6, 0.012, 0.08, -15, 0.9, -24, 3800),
    "highway": _Walls(2, 0.05, 0.14, -27, 0.6, -38, 2200),
    "rooftop": _Walls(1, 0.02, 0.02, -30, 0.3, -42, 2000),
}
"""A new set goes to the end: each has its walls by its number here, and keeps them."""


def answer(voice: Sound, place: str) -> Sound:
    """Return what the walls add to a mono voice: stereo `[frames, 2]`, a little longer than the voice."""
    walls = _response(place)
    return np.stack([signal.fftconvolve(voice, walls[:, side]) for side in (0, 1)], axis=1)


@functools.cache
def _response(place: str) -> Sound:
    walls = _SETS[place]
    chance = np.random.default_rng(20 + list(_SETS).index(place))
    frames = count(walls.nearest + walls.spread + max(walls.decay, 0.05))
    response = np.zeros((frames, 2))
    for number in range(walls.reflections):
        delay = walls.nearest + walls.spread * (number / walls.reflections) * chance.uniform(0.8, 1.2)
        side = chance.uniform(0.2, 0.8)
        gain = amplitude(walls.level_db - 9 * number / walls.reflections) * chance.choice((-1, 1))
        response[round(delay * SAMPLE_RATE)] += gain * np.array((np.sqrt(1 - side), np.sqrt(side)))
    if walls.decay:
        start = count(walls.nearest)
        fall = np.exp(-6.91 * times(frames - start) / walls.decay)[:, None]
        tail = chance.standard_normal((frames - start, 2)) * fall
        response[start:] += amplitude(walls.tail_db) * tail / np.sqrt(np.sum(tail**2, axis=0))
    return low_pass(response, walls.dull, order=1)
