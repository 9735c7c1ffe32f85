"""What the theme's thing does, by what it is: it bounces on its own material, flaps its own wings, shakes its own coat.

The moments are the picture's: a bounce meets the ground when the drawing does, copies pop up when they are drawn.
"""

import math
from collections.abc import Callable

import numpy as np

from episodes.format import SAMPLE_RATE
from episodes.requests import Sounding
from tools.sound.bodies import Body, body, is_creature
from tools.sound.creatures import creature, murmur, pitch, voice
from tools.sound.materials import MATERIALS, bounces, ebbing, rolled, shaken, strike
from tools.sound.noise import Chance, Sound, band, cloth, count, faded, laid, low_pass, peaked, thump, times
from tools.sound.noises import own_noise
from tools.sound.steps import step, tread

NOBODY = Sounding(name="")
"""A thing of which nothing is known."""
_BOUNCES_APART = math.pi / 7.5
"""Seconds: the drawing hops as |sin 7.5 t|."""
_COPIES = 4
"""How many more there are in the end when a thing multiplies."""
_WING_HERTZ = 18 / (2 * math.pi)
"""Wing beats a second: the drawing's stride is 18 t."""
_MOVERS = ("engine", "siren", "rotor", "horn", "burner", "zap")
"""Noises of what comes by its own power: they are heard when it moves."""
_METRES = 0.4
_HEAVIEST, _LIGHTEST = 0.6, 0.16


def motion(action: str, who: Sounding, seconds: float, surface: str, chance: Chance) -> Sound:
    """Return what an action of a thing sounds like but for its voice, mono, peaks at most 0.6, there at once."""
    return _MOTIONS[action](who, max(seconds, 0.2), surface, chance)


def speech(action: str, who: Sounding, seconds: float, chance: Chance) -> Sound:
    """Return what a thing says while it acts, mono, there at once; empty for a thing that says nothing now.

    `honk` is a call or a thing's own noise, aloud; at anything else an animal murmurs.
    """
    if action == "honk":
        if is_creature(who):
            return 0.4 * faded(voice(who, seconds, chance), 0.02)
        return 0.34 * own_noise(body(who).noise, min(seconds, 1.6), _pitch(who), chance)
    if is_creature(who):
        return 0.15 * murmur(who, chance)
    moves = action in ("roll", "enter", "exit", "fly") and body(who).noise in _MOVERS
    return 0.12 * own_noise(body(who).noise, seconds, _pitch(who), chance) if moves else np.zeros(0)


def coming(who: Sounding, seconds: float, chance: Chance) -> Sound:
    """Return how an animal or a thing comes into the picture or leaves it: quick soft feet, or its own wheels."""
    seconds = max(seconds, 0.2)
    if is_creature(who):
        pace = min(max(4.5 * pitch(who), 2.5), 9.0) if creature(who).metres < 1 else 3.5
        feet = [(n / pace, 0.5, step("carpet", running=False, chance=chance, who=who, left=n % 2 == 1))
                for n in range(max(round(seconds * pace), 1))]  # fmt: skip
        return laid(*feet, (0, 0.05, ruffle(who, seconds, chance)))
    return 0.12 * rolled(body(who).material, _size(who), seconds, chance)


def dropped(who: Sounding, surface: str, chance: Chance) -> Sound:
    """Return something that lands, or somebody who falls over: its own material on that ground, by its weight."""
    ground = tread(surface, chance)
    if who.kind == "human" or is_creature(who):
        metres = who.metres or (creature(who).metres if is_creature(who) else 1.7)
        parts = [(0.0, 1.0, strike("flesh", metres, chance)), (0.05, 0.4, cloth(0.25, chance)), (0.0, 0.3, ground)]
        if is_creature(who):
            parts.append((0.06, 0.35, murmur(who, chance)))
        return loudness_of(metres) * peaked(laid(*parts))
    made, metres = body(who).material, _size(who)
    return loudness_of(metres) * peaked(laid((0, 1.0, bounces(made, metres, chance)), (0, 0.35, ground)))


def taken(what: Sounding | None, chance: Chance) -> Sound:
    """Return a hand that takes hold: cloth, and the thing touched; handcuffs where it is a person that is taken."""
    sleeve = cloth(0.22, chance)
    if what is None:
        return laid((0, 0.16, sleeve), (0, 0.2, strike("soft", 0.2, chance)[: count(0.06)]))
    if what.kind == "human":
        ratchet = strike("steel", 0.12, chance)[: count(0.03)]
        clicks = ((0.0, 0.06, faded(ratchet)), *((0.12 + 0.034 * n, 0.05, faded(ratchet)) for n in range(5)))
        return laid((0, 0.16, sleeve), *clicks)
    if is_creature(what):
        return laid((0, 0.14, sleeve), (0, 0.12, ruffle(what, 0.25, chance)), (0.08, 0.1, murmur(what, chance)))
    touch = faded(strike(body(what).material, _size(what), chance)[: count(0.12)], 0.06)
    return laid((0, 0.12, sleeve), (0, 0.5 * loudness_of(_size(what)), touch))


def loudness_of(metres: float) -> float:
    """Return the peak of something that falls, by its size: a coin is soft, a piano is not."""
    return float(min(max(0.36 * (metres / 0.5) ** 0.35, _LIGHTEST), _HEAVIEST))


def ruffle(who: Sounding, seconds: float, chance: Chance) -> Sound:
    """Return a coat that moves: fur, feathers, a shell, or wet skin; peak 1."""
    coat = creature(who).coat
    if coat == "shell":
        return shaken("ceramic", 0.2, seconds, chance)
    if coat == "wet":
        return shaken("liquid", 0.2, seconds, chance)
    at = times(count(seconds))
    beat = 0.25 + np.abs(np.sin(2 * np.pi * 6.5 * at))
    high = {"feather": 6500, "fur": 3200, "scales": 8000, "bare": 1800}[coat]
    return ebbing(band(chance.standard_normal(len(at)), high / 8, high) * beat)


# ---- the nine actions ------------------------------------------------------------------------------------------------


def _size(who: Sounding) -> float:
    return who.metres or _METRES


def _pitch(who: Sounding) -> float:
    return float(min(max((_METRES / _size(who)) ** 0.25, 0.5), 1.6)) if who.metres else 1.0


def _made_of(who: Sounding) -> Body:
    return Body("flesh", "mutter") if is_creature(who) else body(who)


def _bounce(who: Sounding, seconds: float, surface: str, chance: Chance) -> Sound:
    hops = max(math.ceil(seconds / _BOUNCES_APART - 0.2), 1)
    parts: list[tuple[float, float, Sound]] = []
    for n in range(hops):
        if is_creature(who):
            landed = step(surface, running=True, chance=chance, who=who) / 0.3
        else:
            landed = strike(body(who).material, _size(who), chance)
        parts.append((n * _BOUNCES_APART, 0.36, landed))
        if not is_creature(who) and MATERIALS[body(who).material].spring > 0.45:
            parts.append((n * _BOUNCES_APART, 0.16, _boing(300 + 30 * n)))
    return laid(*parts)


def _boing(hertz: float) -> Sound:
    at = times(count(0.22))
    wobble = hertz * (1 + 0.5 * np.exp(-at / 0.03) + 0.06 * np.sin(2 * np.pi * 26 * at))
    tone = np.sin(2 * np.pi * np.cumsum(wobble) / SAMPLE_RATE) * np.exp(-at / 0.06)
    return faded(0.7 * tone) + 0.5 * np.pad(thump(0.1, 130, 60, 0.025), (0, len(at) - count(0.1)))


def _spin(who: Sounding, seconds: float, surface: str, chance: Chance) -> Sound:
    at = times(count(seconds))
    turns = np.cumsum(3 + 6 * np.sin(np.pi * at / seconds)) / SAMPLE_RATE
    air = band(chance.standard_normal(len(at)), 400, 2400) * (0.25 + np.maximum(np.sin(2 * np.pi * turns), 0) ** 2)
    against = (
        ruffle(who, seconds, chance) if is_creature(who) else rolled(body(who).material, _size(who), seconds, chance)
    )
    return laid((0, 0.17, ebbing(air)), (0, 0.09, against))


def _roll(who: Sounding, seconds: float, surface: str, chance: Chance) -> Sound:
    return 0.27 * rolled(_made_of(who).material, _size(who), seconds, chance)


def _fly(who: Sounding, seconds: float, surface: str, chance: Chance) -> Sound:
    at = times(count(seconds))
    if is_creature(who) and creature(who).feet == "many":
        return 0.2 * faded(voice(who, seconds, chance), 0.05)
    flaps = np.maximum(np.cos(2 * np.pi * _WING_HERTZ * at), 0) ** 3
    low, high = (150.0, 1800.0) if is_creature(who) else (90.0, 1100.0)
    air = ebbing(band(chance.standard_normal(len(at)), low, high) * (0.1 + flaps))
    return (
        laid((0, 0.24, air))
        if is_creature(who)
        else laid((0, 0.2, air), (0, 0.08, shaken(body(who).material, _size(who), seconds, chance)))
    )


def _grow(who: Sounding, seconds: float, surface: str, chance: Chance) -> Sound:
    at = times(count(seconds))
    hertz = 90 * 2 ** (1.6 * (at / seconds) ** 1.5) * (1 + 0.02 * np.sin(2 * np.pi * 11 * at))
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE
    stretch = np.sin(phase + 1.8 * np.sin(2 * phase)) * (0.6 + 0.4 * np.sin(2 * np.pi * 17 * at))
    grain = shaken(_made_of(who).material, _size(who), seconds, chance, often=7)
    return laid((0, 0.19, ebbing(stretch)), (0, 0.12, grain))


def _multiply(who: Sounding, seconds: float, surface: str, chance: Chance) -> Sound:
    parts: list[tuple[float, float, Sound]] = []
    for n in range(_COPIES):
        one = murmur(who, chance) if is_creature(who) else strike(body(who).material, _size(who), chance)
        parts += [(n * seconds / _COPIES, 0.3, _pop(340 * 1.2**n)), (n * seconds / _COPIES + 0.02, 0.16, one)]
    return laid(*parts)


def _pop(hertz: float) -> Sound:
    at = times(count(0.07))
    rising = hertz * (1 + 1.2 * at / 0.07)
    return faded(np.sin(2 * np.pi * np.cumsum(rising) / SAMPLE_RATE) * np.exp(-at / 0.02))


def _shake(who: Sounding, seconds: float, surface: str, chance: Chance) -> Sound:
    if is_creature(who):
        return 0.14 * ruffle(who, min(seconds, 1.2), chance)
    return 0.22 * shaken(body(who).material, _size(who), seconds, chance)


def _vanish(who: Sounding, seconds: float, surface: str, chance: Chance) -> Sound:
    at = times(count(min(seconds, 0.6)))
    hertz = 1400 * np.exp(-at / 0.16) + 90
    sweep = np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE) * np.exp(-at / 0.2)
    air = low_pass(chance.standard_normal(len(at)), 3000) * np.exp(-at / 0.1)
    return faded(0.22 * sweep + 0.12 * air, 0.05)


def _still(who: Sounding, seconds: float, surface: str, chance: Chance) -> Sound:
    """A thing that only makes its noise does not move."""
    return np.zeros(0)


_MOTIONS: dict[str, Callable[[Sounding, float, str, Chance], Sound]] = {
    "bounce": _bounce, "spin": _spin, "roll": _roll, "fly": _fly, "grow": _grow, "multiply": _multiply,
    "shake": _shake, "vanish": _vanish, "honk": _still,
}  # fmt: skip
