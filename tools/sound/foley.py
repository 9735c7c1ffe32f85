"""The sounds of what happens in a shot, each a mono array whose first transient is its first sample."""

from collections.abc import Callable

import numpy as np

from episodes.format import SAMPLE_RATE
from episodes.shots import (
    KNOCKS,
    ActionEvent,
    Door,
    Enter,
    Exit,
    Fall,
    Gesture,
    Grab,
    LightBar,
    Step,
    ThingActs,
    Torch,
)  # fmt: skip
from tools.sound.noise import (
    Chance,
    Sound,
    band,
    burst,
    cloth,
    count,
    faded,
    grains,
    laid,
    low_pass,
    rings,
    shaped,
    thump,
    times,
)

TICK_HERTZ = 1.4
"""How often a light bar's relay falls; under the 1.5 Hz that the picture may flash."""


def foley(event: ActionEvent, surface: str, chance: Chance) -> Sound | None:
    """Return the sound of an event, peaks at most 1; None for one that makes none here (speech, sirens)."""
    match event:
        case Step():
            return step(surface, running=event.gait == "run", chance=chance)
        case Door():
            return _DOORS[event.action](chance)
        case Fall():
            return _fall(surface, chance)
        case Grab():
            return laid((0, 0.16, cloth(0.22, chance)), (0, 0.2, burst(0.05, 200, 1400, 0.012, chance)))
        case Enter() | Exit():
            return 0.13 * cloth(max(float(event.seconds), 0.2), chance)
        case Gesture():
            return 0.12 * cloth(min(max(float(event.seconds), 0.15), 0.6), chance)
        case Torch():
            return _torch(event.action, chance)
        case LightBar():
            return 0.3 * _relay(chance)
        case ThingActs():
            return _THINGS[event.action](max(float(event.seconds), 0.2), chance)
        case _:
            return None


def step(surface: str, *, running: bool, chance: Chance) -> Sound:
    """Return one footstep: the heel at once, the toe after it."""
    force = (1.0 if running else 0.62) * chance.uniform(0.85, 1.1)
    heel, toe = _TREADS[surface](chance), _TREADS[surface](chance)
    return 0.3 * force * laid((0, 1.0, heel), (0.055 if running else 0.1, 0.4, toe))


def tick(chance: Chance) -> Sound:
    """Return one fall of a light bar's relay, soft."""
    return 0.08 * _relay(chance)


def _relay(chance: Chance) -> Sound:
    return laid((0, 0.7, burst(0.012, 1500, 6000, 0.002, chance)), (0, 0.4, rings(0.04, ((2300, 1.0, 0.006),))))


def _concrete(chance: Chance) -> Sound:
    return laid((0, 0.8, thump(0.09, 150, 70, 0.022)), (0, 0.6, burst(0.05, 900, 4200, 0.008, chance)))


def _tile(chance: Chance) -> Sound:
    ring = rings(0.08, ((1750 * chance.uniform(0.95, 1.05), 0.5, 0.012), (3120, 0.3, 0.008)))
    return laid((0, 0.5, thump(0.07, 170, 90, 0.016)), (0, 0.6, burst(0.04, 1800, 7000, 0.005, chance)), (0, 0.6, ring))


def _grass(chance: Chance) -> Sound:
    return laid((0, 0.5, thump(0.1, 95, 55, 0.03)), (0, 0.6, grains(0.11, 16, 1200, 6000, chance)))


def _carpet(chance: Chance) -> Sound:
    return laid((0, 0.9, thump(0.11, 100, 55, 0.03)), (0, 0.4, burst(0.06, 120, 700, 0.018, chance)))


def _wood(chance: Chance) -> Sound:
    board = rings(0.16, ((182 * chance.uniform(0.93, 1.07), 0.8, 0.035), (415, 0.4, 0.02), (760, 0.2, 0.012)))
    return laid((0, 0.8, board), (0, 0.4, burst(0.04, 700, 3500, 0.007, chance)))


def _gravel(chance: Chance) -> Sound:
    return laid((0, 0.4, thump(0.09, 110, 60, 0.025)), (0, 0.8, grains(0.15, 40, 900, 8000, chance)))


_TREADS: dict[str, Callable[[Chance], Sound]] = {
    "concrete": _concrete, "tile": _tile, "grass": _grass, "carpet": _carpet, "wood": _wood, "gravel": _gravel,
}  # fmt: skip


def _latch(chance: Chance) -> Sound:
    return laid((0, 0.6, burst(0.02, 1200, 6000, 0.003, chance)), (0.035, 0.4, burst(0.02, 900, 4000, 0.004, chance)))


def _open(chance: Chance) -> Sound:
    frames = count(0.5)
    # A hinge sticks and slips: a train of pulses whose rate wanders.
    rate = 70 + 50 * np.sin(np.linspace(0.4, 2.6, frames)) + chance.normal(0, 2)
    slips = np.diff(np.floor(np.cumsum(rate) / SAMPLE_RATE), prepend=0.0)
    creak = band(slips, 600, 2600) * np.sin(np.pi * np.linspace(0, 1, frames))
    return laid((0, 0.35, _latch(chance)), (0.1, 0.5 / max(float(np.abs(creak).max()), 1e-9) * 0.25, faded(creak)))


def _close(chance: Chance) -> Sound:
    return laid(
        (0, 0.5, thump(0.25, 130, 60, 0.05)),
        (0, 0.2, burst(0.1, 300, 2000, 0.02, chance)),
        (0.02, 0.25, _latch(chance)),
    )


def _slam(chance: Chance) -> Sound:
    frame = rings(0.5, ((92, 0.8, 0.09), (141, 0.4, 0.07), (236, 0.2, 0.05)))
    return laid((0, 0.55, frame), (0, 0.45, burst(0.2, 150, 3500, 0.03, chance)), (0.015, 0.2, _latch(chance)))


def _knock(chance: Chance) -> Sound:
    def rap() -> Sound:
        panel = rings(0.14, ((210 * chance.uniform(0.97, 1.03), 0.8, 0.022), (530, 0.5, 0.012)))
        return laid((0, 0.7, panel), (0, 0.3, burst(0.02, 1000, 4000, 0.004, chance)))

    return 0.5 * laid(*((float(at), loud, rap()) for at, loud in zip(KNOCKS, (1.0, 0.9, 1.0), strict=True)))


_DOORS: dict[str, Callable[[Chance], Sound]] = {"open": _open, "close": _close, "slam": _slam, "knock": _knock}


def _fall(surface: str, chance: Chance) -> Sound:
    clatter = grains(0.3, 9, 700, 5000, chance)
    return laid((0, 0.5, thump(0.3, 120, 48, 0.06)), (0, 0.3, _TREADS[surface](chance)), (0.06, 0.16, clatter))


def _torch(action: str, chance: Chance) -> Sound:
    if action == "sweep":
        return 0.08 * cloth(0.25, chance)
    click = burst(0.015, 2000, 7500, 0.002, chance)
    return laid((0, 0.3, click), (0.012 if action == "on" else 0.02, 0.2, rings(0.03, ((3400, 1.0, 0.004),))))


def _bounce(seconds: float, chance: Chance) -> Sound:
    """Three bounces, each sooner and softer than the one before."""
    share = np.cumsum([0.0, 0.5, 0.3]) * seconds
    return laid(*((float(at), 0.45 * 0.62**n, _boing(300 + 60 * n)) for n, at in enumerate(share)))


def _boing(hertz: float) -> Sound:
    at = times(count(0.22))
    wobble = hertz * (1 + 0.5 * np.exp(-at / 0.03) + 0.06 * np.sin(2 * np.pi * 26 * at))
    tone = np.sin(2 * np.pi * np.cumsum(wobble) / SAMPLE_RATE) * np.exp(-at / 0.06)
    return faded(0.7 * tone) + 0.5 * np.pad(thump(0.1, 130, 60, 0.025), (0, len(at) - count(0.1)))


def _spin(seconds: float, chance: Chance) -> Sound:
    at = times(count(seconds))
    turns = np.cumsum(3 + 6 * np.sin(np.pi * at / seconds)) / SAMPLE_RATE
    air = band(chance.standard_normal(len(at)), 400, 2400)
    return _swelled(air * (0.25 + np.maximum(np.sin(2 * np.pi * turns), 0) ** 2), 0.22)


def _roll(seconds: float, chance: Chance) -> Sound:
    at = times(count(seconds))
    rumble = shaped(len(at), 60, 500, 5, chance) * (0.7 + 0.3 * np.sin(2 * np.pi * 7 * at))
    bumps = grains(seconds, round(14 * seconds), 300, 1800, chance)[: len(at)]
    return _swelled(rumble * 0.3 + bumps, 0.25)


def _fly(seconds: float, chance: Chance) -> Sound:
    at = times(count(seconds))
    flaps = np.maximum(np.cos(2 * np.pi * 8.5 * at), 0) ** 3
    return _swelled(band(chance.standard_normal(len(at)), 150, 1800) * (0.1 + flaps), 0.24)


def _grow(seconds: float, chance: Chance) -> Sound:
    at = times(count(seconds))
    hertz = 90 * 2 ** (1.6 * (at / seconds) ** 1.5) * (1 + 0.02 * np.sin(2 * np.pi * 11 * at))
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE
    rubber = np.sin(phase + 1.8 * np.sin(2 * phase)) * (0.6 + 0.4 * np.sin(2 * np.pi * 17 * at))
    return _swelled(rubber, 0.24)


def _multiply(seconds: float, chance: Chance) -> Sound:
    pops = 6
    return laid(*((n * seconds / pops, 0.35, _pop(340 * 1.16**n)) for n in range(pops)))


def _pop(hertz: float) -> Sound:
    at = times(count(0.07))
    rising = hertz * (1 + 1.2 * at / 0.07)
    return faded(np.sin(2 * np.pi * np.cumsum(rising) / SAMPLE_RATE) * np.exp(-at / 0.02))


def _honk(seconds: float, chance: Chance) -> Sound:
    long = min(seconds * 0.4, 0.35)
    return laid((0, 0.3, _blare(long, 430, chance)), (long * 1.35, 0.26, _blare(long * 0.9, 395, chance)))


def _blare(seconds: float, hertz: float, chance: Chance) -> Sound:
    """A reed in a long throat: rich in harmonics, between two formants, cracking at the start."""
    at = times(count(seconds))
    pitch = hertz * (1 + 0.12 * np.exp(-at / 0.02) - 0.08 * at / seconds)
    phase = np.cumsum(pitch) / SAMPLE_RATE
    reed = 2 * (phase % 1) - 1 + 0.08 * chance.standard_normal(len(at))
    throat = band(reed, 700, 1500) + 0.6 * band(reed, 2200, 3200)
    return faded(throat / float(np.abs(throat).max()) * np.minimum(1, at / 0.003), 0.04)


def _shake(seconds: float, chance: Chance) -> Sound:
    at = times(count(seconds))
    rattle = grains(seconds, round(60 * seconds), 1200, 6500, chance)[: len(at)]
    return _swelled(rattle * (0.3 + np.abs(np.sin(2 * np.pi * 6 * at))), 0.25)


def _vanish(seconds: float, chance: Chance) -> Sound:
    at = times(count(min(seconds, 0.6)))
    hertz = 1400 * np.exp(-at / 0.16) + 90
    sweep = np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE) * np.exp(-at / 0.2)
    air = low_pass(chance.standard_normal(len(at)), 3000) * np.exp(-at / 0.1)
    return faded(0.22 * sweep + 0.12 * air, 0.05)


_THINGS: dict[str, Callable[[float, Chance], Sound]] = {
    "bounce": _bounce, "spin": _spin, "roll": _roll, "fly": _fly, "grow": _grow, "multiply": _multiply,
    "honk": _honk, "shake": _shake, "vanish": _vanish,
}  # fmt: skip


def _swelled(sound: Sound, peak: float) -> Sound:
    """Return a lasting sound that is there at once, ebbs to its end, and peaks at `peak`."""
    at = np.linspace(0, 1, len(sound))
    shape = np.minimum(1, times(len(sound)) / 0.003) * np.minimum(1, (1 - at) / 0.3)
    sound = sound * shape
    return np.asarray(sound * (peak / max(float(np.abs(sound).max()), 1e-9)))
