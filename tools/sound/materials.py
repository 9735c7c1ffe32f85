"""What things are made of: how each material answers a blow, a drop, a shake, and being rolled along.

A blow is a few partials that ring and die, the noise of contact, the thump of weight, and crumbs: what comes loose.
A bigger thing rings lower and longer and weighs more.
"""

from dataclasses import dataclass

import numpy as np

from tools.sound.noise import Chance, Sound, burst, count, faded, grains, laid, peaked, rings, shaped, thump, times

_USUAL = 0.4
"""Metres of a thing that rings at its material's own pitch."""
_BLOWS = 4
"""Different blows in a row before one comes again, at another strength."""


@dataclass(frozen=True)
class Material:
    """How one material answers."""

    hertz: float
    """Lowest partial of a thing of 0.4 m."""
    partials: tuple[tuple[float, float, float], ...] = ()
    """Ratio to the lowest, gain, seconds in which each falls by e."""
    contact: tuple[float, float, float, float] = (800.0, 4000.0, 0.006, 0.5)
    """Noise of the blow itself: low and high hertz, seconds of decay, gain."""
    weight: float = 0.5
    """Gain of the thump."""
    crumbs: tuple[int, float, float, float] = (0, 1000.0, 6000.0, 0.0)
    """Small bits that come loose: how many, low and high hertz, gain."""
    spring: float = 0.25
    """How well it bounces: share of each fall's speed that is left for the next one."""


_METAL = ((1.0, 0.8, 0.22), (1.51, 0.6, 0.18), (2.37, 0.5, 0.13), (3.1, 0.35, 0.1), (4.2, 0.25, 0.06))

MATERIALS: dict[str, Material] = {
    "steel": Material(620, _METAL, (2000, 8000, 0.003, 0.35), 0.35, spring=0.35),
    "tin": Material(340, ((1.0, 0.7, 0.14), (1.34, 0.6, 0.12), (1.83, 0.55, 0.1), (2.72, 0.5, 0.07), (3.9, 0.4, 0.05)),
                    (900, 6500, 0.012, 0.6), 0.35, (6, 1500, 7000, 0.12), spring=0.4),
    "pot": Material(480, ((1.0, 0.8, 0.3), (2.1, 0.5, 0.2), (2.9, 0.4, 0.16), (4.4, 0.25, 0.1)),
                    (1200, 7000, 0.005, 0.45), 0.4, spring=0.35),
    "bell": Material(780, ((0.5, 0.3, 0.9), (1.0, 0.8, 0.8), (1.2, 0.5, 0.6), (1.5, 0.3, 0.5), (2.0, 0.5, 0.4),
                           (2.67, 0.3, 0.25), (3.0, 0.2, 0.2)), (2500, 9000, 0.002, 0.25), 0.15, spring=0.3),
    "brass": Material(390, _METAL, (900, 6000, 0.006, 0.4), 0.4, (4, 1500, 6000, 0.1), spring=0.25),
    "glass": Material(1900, ((1.0, 0.8, 0.16), (1.58, 0.6, 0.13), (2.43, 0.5, 0.09), (3.3, 0.3, 0.06)),
                      (3500, 12_000, 0.002, 0.4), 0.15, (12, 3500, 12_000, 0.25), spring=0.3),
    "ceramic": Material(1350, ((1.0, 0.8, 0.06), (1.7, 0.5, 0.05), (2.6, 0.4, 0.03)),
                        (2000, 8000, 0.003, 0.5), 0.3, (8, 2000, 8000, 0.2), spring=0.2),
    "ice": Material(1700, ((1.0, 0.7, 0.04), (1.9, 0.5, 0.03), (3.1, 0.3, 0.02)),
                    (2500, 10_000, 0.003, 0.6), 0.3, (14, 2500, 10_000, 0.25), spring=0.3),
    "wood": Material(310, ((1.0, 0.8, 0.04), (1.93, 0.5, 0.03), (3.2, 0.3, 0.018), (4.7, 0.15, 0.01)),
                     (700, 3800, 0.006, 0.5), 0.45, spring=0.3),
    "strings": Material(220, ((1.0, 0.8, 0.06), (1.9, 0.4, 0.04), (1.335, 0.25, 0.5), (2.0, 0.2, 0.5)),
                        (600, 3500, 0.008, 0.4), 0.35, spring=0.25),
    "plastic": Material(540, ((1.0, 0.6, 0.026), (1.62, 0.5, 0.02), (2.44, 0.3, 0.014)),
                        (1000, 5500, 0.005, 0.6), 0.3, spring=0.5),
    "electronic": Material(470, ((1.0, 0.5, 0.022), (1.71, 0.5, 0.018), (2.9, 0.3, 0.012)),
                           (1200, 6000, 0.005, 0.6), 0.4, (4, 2000, 7000, 0.18), spring=0.25),
    "machine": Material(150, ((1.0, 0.8, 0.2), (1.37, 0.6, 0.17), (2.2, 0.5, 0.12), (3.4, 0.4, 0.08)),
                        (300, 3500, 0.02, 0.6), 0.8, (8, 900, 5000, 0.16), spring=0.15),
    "paper": Material(400, (), (900, 6500, 0.014, 0.8), 0.15, (8, 1800, 8000, 0.2), spring=0.0),
    "cloth": Material(200, (), (250, 2200, 0.03, 0.7), 0.25, spring=0.0),
    "leather": Material(230, (), (300, 2600, 0.02, 0.8), 0.4, spring=0.1),
    "flesh": Material(95, (), (120, 1100, 0.035, 0.6), 0.9, spring=0.0),
    "soft": Material(150, (), (200, 1800, 0.03, 0.8), 0.55, (4, 500, 2200, 0.15), spring=0.05),
    "crisp": Material(300, (), (1200, 8000, 0.01, 0.7), 0.3, (26, 1500, 9000, 0.4), spring=0.1),
    "leaf": Material(300, (), (1500, 8000, 0.03, 0.5), 0.15, (24, 1800, 9000, 0.35), spring=0.0),
    "stone": Material(210, ((1.0, 0.5, 0.02), (2.3, 0.5, 0.012), (4.1, 0.4, 0.008)),
                      (700, 5000, 0.01, 0.8), 0.85, (6, 900, 5000, 0.25), spring=0.12),
    "rubber": Material(170, ((1.0, 0.8, 0.05), (1.9, 0.3, 0.03), (5.1, 0.15, 0.04)),
                       (300, 2200, 0.01, 0.4), 0.6, spring=0.72),
    "liquid": Material(260, (), (400, 6000, 0.09, 0.9), 0.3, (26, 500, 3200, 0.45), spring=0.0),
    "snow": Material(160, (), (700, 5000, 0.05, 0.6), 0.4, (40, 1200, 7000, 0.35), spring=0.0),
    "fire": Material(200, (), (400, 4000, 0.05, 0.5), 0.2, (30, 1500, 9000, 0.5), spring=0.0),
    "coins": Material(2900, ((1.0, 0.6, 0.12), (1.41, 0.5, 0.1), (1.83, 0.4, 0.08), (2.3, 0.3, 0.05)),
                      (4000, 12_000, 0.002, 0.5), 0.12, (14, 4000, 12_000, 0.35), spring=0.45),
    "air": Material(220, (), (200, 2600, 0.12, 0.7), 0.2, spring=0.0),
}  # fmt: skip
"""By the names that stand in bodies.yaml."""


def strike(name: str, metres: float, chance: Chance) -> Sound:
    """Return one blow on a thing, mono, peak 1, that begins at once.

    Args:
        name: a material of `MATERIALS`.
        metres: the thing's longest side.
        chance: moves pitch and balance a little, so that no two blows are alike.
    """
    made = MATERIALS[name]
    size = min(max(metres, 0.02), 12.0) / _USUAL
    scale = min(max(size**-0.45, 0.35), 2.2) * float(chance.uniform(0.96, 1.04))
    partials = tuple(
        (made.hertz * ratio * scale, gain * float(chance.uniform(0.6, 1.1)), decay * size**0.2)
        for ratio, gain, decay in made.partials
        if made.hertz * ratio * scale < 16_000
    )
    long = 5 * max((decay for _, _, decay in partials), default=0.02)
    low, high, decay, gain = made.contact
    heavy = min(made.weight * size**0.35, 1.3)
    deep = min(max(120 * size**-0.35, 38.0), 320.0)
    parts: list[tuple[float, float, Sound]] = [
        (0.0, gain, burst(min(6 * decay, 0.4), low, high, decay, chance)),
        (0.0, heavy, thump(0.09 + 0.05 * min(size, 4.0), deep * 1.6, deep, 0.02 + 0.012 * min(size, 4.0))),
    ]
    if partials:
        parts.append((0.0, 0.6, rings(min(long, 1.6), partials)))
    amount, bottom, top, loud = made.crumbs
    if amount:
        parts.append((0.012, loud, grains(0.16 + 0.05 * min(size, 4.0), amount, bottom, top, chance)))
    return peaked(laid(*parts))


def bounces(name: str, metres: float, chance: Chance) -> Sound:
    """Return a thing that is dropped: the blow, and the shorter and softer ones after it, peak 1."""
    made = MATERIALS[name]
    parts, at, left = [(0.0, 1.0, strike(name, metres, chance))], 0.0, made.spring
    while left > 0.08 and len(parts) < 6:
        at += 0.42 * left
        parts.append((at, 0.9 * left, strike(name, metres, chance)))
        left *= made.spring * float(chance.uniform(0.85, 1.05)) if made.spring < 0.6 else 0.75
    return peaked(laid(*parts))


def shaken(name: str, metres: float, seconds: float, chance: Chance, often: float = 10.5) -> Sound:
    """Return a thing that shakes: small blows at the picture's own tremble, there at once, peak 1."""
    blows = [faded(strike(name, metres, chance)[: count(0.12)], 0.03) for _ in range(_BLOWS)]
    parts: list[tuple[float, float, Sound]] = []
    at = 0.0
    while at < max(seconds - 0.03, 0.03):
        parts.append((at, float(chance.uniform(0.3, 0.75)) if at else 0.8, blows[len(parts) % _BLOWS]))
        at += float(chance.uniform(0.7, 1.3)) / often
    return peaked(laid(*parts))


def rolled(name: str, metres: float, seconds: float, chance: Chance) -> Sound:
    """Return a thing that rolls along: rumble that turns with it, and the bumps of its material, peak 1."""
    at = times(count(seconds))
    turns = min(max(0.9 / max(metres, 0.05), 1.2), 9.0)
    made = MATERIALS[name]
    low = min(max(made.hertz * 0.5, 50), 900)
    rumble = shaped(len(at), low, low * 6, 4, chance) * (0.65 + 0.35 * np.sin(2 * np.pi * turns * at))
    blows = [strike(name, metres, chance)[: count(0.15)] for _ in range(_BLOWS)]
    bumps = [(n / turns / 2, float(chance.uniform(0.25, 0.6)), blows[n % _BLOWS])
             for n in range(1, int(seconds * turns * 2))]  # fmt: skip
    total = laid((0.0, 0.22, rumble), *((at_, gain, faded(blow, 0.03)) for at_, gain, blow in bumps))
    return ebbing(total[: len(at)])


def ebbing(sound: Sound) -> Sound:
    """Return a lasting sound that is there at once, ebbs to its end, and peaks at 1."""
    along = np.linspace(0, 1, len(sound))
    return peaked(sound * np.minimum(1, times(len(sound)) / 0.003) * np.minimum(1, (1 - along) / 0.3))
