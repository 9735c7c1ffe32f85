"""Doors: a room's, a shop's with its bell, a car's, a metal one, a glass one, a porch's screen. Peaks at most 1."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from episodes.format import SAMPLE_RATE
from episodes.shots import KNOCKS
from tools.sound.materials import strike
from tools.sound.noise import Chance, Sound, band, burst, count, faded, laid, rings, thump


@dataclass(frozen=True)
class _Leaf:
    """What a kind of door is made of."""

    hertz: float
    """Lowest partial of the leaf when it is struck."""
    decay: float
    """Seconds in which that falls by e."""
    bright: float
    """How high its latch and its rattle are, against a room's door."""
    creaks: float
    """Gain of the hinge."""
    rattle: float = 0.0
    """Gain of loose glass or wire."""
    material: str = "wood"


_LEAVES: dict[str, _Leaf] = {
    "room": _Leaf(118, 0.07, 1.0, 0.13),
    "shop": _Leaf(140, 0.06, 1.25, 0.05, 0.12, "glass"),
    "car": _Leaf(74, 0.045, 0.8, 0.03, 0.06, "machine"),
    "metal": _Leaf(96, 0.2, 1.1, 0.1, 0.1, "tin"),
    "glass": _Leaf(160, 0.05, 1.35, 0.02, 0.1, "glass"),
    "screen": _Leaf(190, 0.03, 1.2, 0.2, 0.2, "tin"),
}


_LOUDEST = 0.7
"""Peak of the loudest slam: of metal, near."""


def door(kind: str, action: str, chance: Chance) -> Sound:
    """Return what a door of a kind does, mono: opens, closes, slams or is knocked at; it begins at once."""
    sound = _ACTIONS[action](_LEAVES[kind], chance)
    return np.asarray(sound * min(1.0, _LOUDEST / max(float(np.abs(sound).max()), 1e-9)))


def bell(chance: Chance) -> Sound:
    """Return the little bell on a spring above a shop's door, peak about 0.2."""
    parts, at, gain = [], 0.0, 0.9
    for _ in range(5):
        cup = rings(
            0.5, ((2480 * float(chance.uniform(0.995, 1.005)), 0.7, 0.14), (5310, 0.35, 0.07), (6970, 0.2, 0.04))
        )
        parts.append((at, gain, cup))
        at, gain = at + float(chance.uniform(0.07, 0.12)), gain * 0.66
    whole = laid(*parts)
    return np.asarray(0.2 * whole / float(np.abs(whole).max()))


def _latch(leaf: _Leaf, chance: Chance) -> Sound:
    first = burst(0.02, 1200 * leaf.bright, 6000 * leaf.bright, 0.003, chance)
    return laid((0, 0.6, first), (0.035, 0.4, burst(0.02, 900 * leaf.bright, 4000 * leaf.bright, 0.004, chance)))


def _rattle(leaf: _Leaf, chance: Chance) -> Sound:
    return strike(leaf.material, 0.8, chance)[: count(0.3)]


def _open(leaf: _Leaf, chance: Chance) -> Sound:
    frames = count(0.5)
    # A hinge sticks and slips: a train of pulses whose rate wanders.
    rate = 70 + 50 * np.sin(np.linspace(0.4, 2.6, frames)) + chance.normal(0, 2)
    slips = np.diff(np.floor(np.cumsum(rate) / SAMPLE_RATE), prepend=0.0)
    creak = band(slips, 600 * leaf.bright, 2600 * leaf.bright) * np.sin(np.pi * np.linspace(0, 1, frames))
    hinge = faded(creak / max(float(np.abs(creak).max()), 1e-9))
    parts = [(0.0, 0.35, _latch(leaf, chance)), (0.1, leaf.creaks, hinge)]
    if leaf.rattle:
        parts.append((0.05, leaf.rattle, faded(_rattle(leaf, chance), 0.05)))
    return laid(*parts)


def _close(leaf: _Leaf, chance: Chance) -> Sound:
    return laid(
        (0, 0.5, thump(0.25, leaf.hertz * 1.1, leaf.hertz * 0.5, 0.05)),
        (0, 0.2, burst(0.1, 300, 2000 * leaf.bright, 0.02, chance)),
        (0.02, 0.25, _latch(leaf, chance)),
        (0.004, leaf.rattle, faded(_rattle(leaf, chance), 0.05)),
    )


def _slam(leaf: _Leaf, chance: Chance) -> Sound:
    low = leaf.hertz * 0.78
    frame = rings(
        0.6, ((low, 0.8, leaf.decay * 1.3), (low * 1.53, 0.4, leaf.decay), (low * 2.57, 0.2, leaf.decay * 0.7))
    )
    return laid(
        (0, 0.5, frame),
        (0, 0.4, burst(0.2, 150, 3500 * leaf.bright, 0.03, chance)),
        (0.015, 0.2, _latch(leaf, chance)),
        (0.006, 1.4 * leaf.rattle, faded(_rattle(leaf, chance), 0.05)),
    )


def _knock(leaf: _Leaf, chance: Chance) -> Sound:
    def rap() -> Sound:
        low = leaf.hertz * 1.78 * float(chance.uniform(0.97, 1.03))
        panel = rings(0.2, ((low, 0.8, leaf.decay * 0.32), (low * 2.52, 0.5, leaf.decay * 0.17)))
        return laid(
            (0, 0.6, panel),
            (0, 0.3, burst(0.02, 1000, 4000, 0.004, chance)),
            (0.002, leaf.rattle, _rattle(leaf, chance)),
        )

    return 0.5 * laid(*((float(at), loud, rap()) for at, loud in zip(KNOCKS, (1.0, 0.9, 1.0), strict=True)))


_ACTIONS: dict[str, Callable[[_Leaf, Chance], Sound]] = {"open": _open, "close": _close, "slam": _slam, "knock": _knock}
