"""Footsteps: what walks, on what, how fast. No two steps are alike, and the left foot is not the right one."""

from collections.abc import Callable

import numpy as np

from episodes.requests import Sounding
from tools.sound.bodies import is_creature
from tools.sound.creatures import Feet, creature, pitch
from tools.sound.noise import Chance, Sound, band, burst, cloth, faded, grains, laid, rings, thump

_BUILDS = {"small": 0.75, "slim": 0.85, "average": 1.0, "broad": 1.2, "tall": 1.1}
"""How hard somebody treads."""
_HARD = ("concrete", "tile", "wood", "wet", "gravel")
_LEFT = 0.94
"""The left foot's weight against the right one's: nobody treads evenly."""


def step(surface: str, *, running: bool, chance: Chance, who: Sounding | None = None, left: bool = False) -> Sound:
    """Return one footstep, mono, peak about 0.3: the heel at once, the toe after it; an animal's are its own feet.

    Args:
        surface: what is trodden on, as in `Surface`; `seat` is trodden as a carpet.
        running: whether the foot comes down hard and rolls off quickly.
        chance: moves force, colour and the time between heel and toe.
        who: whose foot it is; an average person's without.
        left: which foot.
    """
    force = (1.0 if running else 0.62) * float(chance.uniform(0.82, 1.12)) * (_LEFT if left else 1.0)
    if who is not None and is_creature(who):
        return _paw(who, surface, force, chance)
    force *= _BUILDS[who.build] if who is not None else 1.0
    heel, toe = tread(surface, chance), tread(surface, chance)
    gap = (0.055 if running else 0.1) * float(chance.uniform(0.85, 1.2))
    parts = [(0.0, 1.0, heel), (gap, float(chance.uniform(0.3, 0.5)), toe)]
    if not running and chance.random() < 0.25:
        # Now and then the sole drags a little as it leaves.
        parts.append((gap + 0.04, 0.12, cloth(0.09, chance)))
    whole = 0.3 * force * laid(*parts)
    # A left shoe is worn otherwise than the right one: a little less of the edge.
    return band(whole, 25, 9000 if left else 15_000, 1) if left else whole


def tread(surface: str, chance: Chance) -> Sound:
    """Return one blow of a sole on a surface, peak about 1."""
    return _TREADS[surface](chance)


def _wobble(chance: Chance) -> float:
    return float(chance.uniform(0.92, 1.09))


def _concrete(chance: Chance) -> Sound:
    low, edge = 150 * _wobble(chance), 4200 * _wobble(chance)
    return laid((0, 0.8, thump(0.09, low, low / 2, 0.022)), (0, 0.6, burst(0.05, 900, edge, 0.008, chance)))


def _tile(chance: Chance) -> Sound:
    ring = rings(0.08, ((1750 * _wobble(chance), 0.5, 0.012), (3120 * _wobble(chance), 0.3, 0.008)))
    return laid((0, 0.5, thump(0.07, 170, 90, 0.016)), (0, 0.6, burst(0.04, 1800, 7000, 0.005, chance)), (0, 0.6, ring))


def _grass(chance: Chance) -> Sound:
    return laid((0, 0.5, thump(0.1, 95 * _wobble(chance), 55, 0.03)), (0, 0.6, grains(0.11, 16, 1200, 6000, chance)))


def _carpet(chance: Chance) -> Sound:
    return laid((0, 0.9, thump(0.11, 100 * _wobble(chance), 55, 0.03)), (0, 0.4, burst(0.06, 120, 700, 0.018, chance)))


def _wood(chance: Chance) -> Sound:
    board = rings(0.16, ((182 * _wobble(chance), 0.8, 0.035), (415 * _wobble(chance), 0.4, 0.02), (760, 0.2, 0.012)))
    return laid((0, 0.8, board), (0, 0.4, burst(0.04, 700, 3500, 0.007, chance)))


def _gravel(chance: Chance) -> Sound:
    return laid((0, 0.4, thump(0.09, 110 * _wobble(chance), 60, 0.025)), (0, 0.8, grains(0.15, 40, 900, 8000, chance)))


def _wet(chance: Chance) -> Sound:
    """A sole on wet ground: the ground, the splash that it throws, and the film that tears as it leaves."""
    splash = laid((0, 0.7, burst(0.12, 900, 8000, 0.03, chance)), (0.01, 0.5, grains(0.14, 14, 1500, 7000, chance)))
    return laid((0, 0.6, thump(0.09, 140 * _wobble(chance), 70, 0.022)), (0, 0.7, splash))


def _snow(chance: Chance) -> Sound:
    """Packed snow: it gives way in crumbs, slower than gravel, and creaks."""
    creak = burst(0.12, 380, 1400, 0.05, chance)
    return laid(
        (0, 0.35, thump(0.1, 90 * _wobble(chance), 50, 0.03)),
        (0, 0.5, creak),
        (0, 0.7, grains(0.16, 60, 1500, 7500, chance)),
    )


_TREADS: dict[str, Callable[[Chance], Sound]] = {
    "concrete": _concrete, "tile": _tile, "grass": _grass, "carpet": _carpet, "wood": _wood, "gravel": _gravel,
    "wet": _wet, "snow": _snow, "seat": _carpet,
}  # fmt: skip


# ---- animals' feet ---------------------------------------------------------------------------------------------------


def _paw(who: Sounding, surface: str, force: float, chance: Chance) -> Sound:
    one, high = creature(who), pitch(who)
    foot = _FEET[one.feet](high, surface in _HARD, chance)
    weight = min(max(one.metres / 1.2, 0.25), 1.4) ** 0.5
    ground = _TREADS[surface](chance)
    soft = 0.3 * min(weight, 1.0)
    whole = laid((0, 1.0, foot), (0, soft, ground), (0.06, 0.5 * soft, foot))
    return np.asarray(0.3 * force * weight * whole / max(float(np.abs(whole).max()), 1e-9))


def _pads(high: float, hard: bool, chance: Chance) -> Sound:
    return laid(
        (0, 0.8, thump(0.06, 160 * high * _wobble(chance), 80 * high, 0.014)),
        (0, 0.4, burst(0.04, 300, 1800, 0.009, chance)),
    )


def _claws(high: float, hard: bool, chance: Chance) -> Sound:
    ticks = [
        (float(chance.uniform(0, 0.02)) if n else 0.0, 0.7, burst(0.012, 2500, 9000, 0.002, chance)) for n in range(3)
    ]
    return laid(*ticks, (0, 0.4, _pads(high, hard, chance))) if hard else _pads(high, hard, chance)


def _hooves(high: float, hard: bool, chance: Chance) -> Sound:
    """A hollow cup of horn: two partials that die at once."""
    low = 520 * high**0.6 * _wobble(chance)
    cup = rings(0.09, ((low, 0.8, 0.014), (low * 2.3, 0.5, 0.008)))
    blow = thump(0.1, 150 * high**0.5, 70 * high**0.5, 0.022)
    return laid((0, 0.9 if hard else 0.25, cup), (0, 0.6, blow), (0, 0.3, burst(0.03, 900, 4500, 0.004, chance)))


def _webs(high: float, hard: bool, chance: Chance) -> Sound:
    slap = burst(0.06, 500, 4200, 0.01, chance)
    return laid(
        (0, 0.8, slap),
        (0, 0.4, thump(0.05, 180 * high, 90 * high, 0.012)),
        (0.03, 0.25, burst(0.05, 1500, 6000, 0.01, chance)),
    )


def _heavy(high: float, hard: bool, chance: Chance) -> Sound:
    low = min(max(75 * high, 34), 90) * _wobble(chance)
    return laid((0, 1.0, thump(0.28, low * 1.7, low, 0.06)), (0, 0.3, burst(0.12, 120, 1400, 0.03, chance)))


def _many(high: float, hard: bool, chance: Chance) -> Sound:
    places = (0.0, *(float(chance.uniform(0.005, 0.09)) for _ in range(6)))
    return laid(*((at, 0.6, burst(0.008, 3000, 9000, 0.0015, chance)) for at in places))


def _none(high: float, hard: bool, chance: Chance) -> Sound:
    return faded(cloth(0.16, chance), 0.04)


_FEET: dict[Feet, Callable[[float, bool, Chance], Sound]] = {
    "paws": _pads, "claws": _claws, "hooves": _hooves, "webbed": _webs, "heavy": _heavy, "many": _many, "none": _none,
}  # fmt: skip
