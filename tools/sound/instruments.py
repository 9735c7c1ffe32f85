"""Musical instruments that a thing may be: a few notes each, mono, peak 1."""

from collections.abc import Callable

import numpy as np
from scipy import signal

from episodes.format import SAMPLE_RATE
from tools.sound.materials import strike
from tools.sound.noise import Chance, Sound, burst, count, faded, laid, peaked, rings, thump, times
from tools.sound.throats import Syllable, call

Noise = Callable[[float, float, Chance], Sound]
"""Makes a thing's own noise: about how many seconds, how high against its usual pitch, chance; mono, peak 1."""

_CHORD = (0, 7, 12, 16)
"""Semitones: a major chord, wide."""


def _note(semitones: float, base: float) -> float:
    return float(base * 2 ** (semitones / 12))


def pluck(hertz: float, seconds: float, bright: float, chance: Chance) -> Sound:
    """Return one plucked string (Karplus and Strong 1983): noise that goes round a loop and loses its edge."""
    period = max(round(SAMPLE_RATE / hertz), 8)
    frames = count(seconds)
    start = np.zeros(frames)
    start[:period] = chance.uniform(-1, 1, min(period, frames))[: min(period, frames)]
    start = signal.lfilter([bright], [1, bright - 1], start)
    loop = np.zeros(period + 2)
    loop[0] = 1.0
    loop[period], loop[period + 1] = -0.498, -0.498
    return faded(np.asarray(signal.lfilter([1.0], loop, start)), 0.03)


def _guitar(seconds: float, pitch: float, chance: Chance) -> Sound:
    notes = (0, 7, 12, 16, 19, 24)
    return peaked(
        laid(*((0.022 * n, 0.7, pluck(_note(s, 110 * pitch), 1.4, 0.6, chance)) for n, s in enumerate(notes)))
    )


def _harp(seconds: float, pitch: float, chance: Chance) -> Sound:
    notes = (0, 2, 4, 7, 9, 12, 14, 16, 19, 24)
    return peaked(
        laid(*((0.055 * n, 0.6, pluck(_note(s, 196 * pitch), 1.2, 0.35, chance)) for n, s in enumerate(notes)))
    )


def _strings(seconds: float, pitch: float, chance: Chance) -> Sound:
    bowed = {"v": ((500, 1000, 2500),), "vib": (0.012, 5.6), "att": 0.05, "rel": 0.12, "breath": 0.04, "gap": 0.02}
    tune = [
        Syllable.model_validate({"s": s, "hz": (_note(n, 294),), **bowed}) for s, n in ((0.3, 0), (0.3, 4), (0.55, 7))
    ]
    return call(tuple(tune), chance, pitch)


def _brass(seconds: float, pitch: float, chance: Chance) -> Sound:
    blown = {"v": ((700, 1300, 2400),), "q": 3, "att": 0.02, "rel": 0.08, "breath": 0.03, "gap": 0.03}
    tune = ((0.12, 0), (0.12, 0), (0.14, 4), (0.5, 7))
    return call(
        tuple(Syllable.model_validate({"s": s, "hz": (_note(n, 233),), **blown}) for s, n in tune), chance, pitch
    )


def _sax(seconds: float, pitch: float, chance: Chance) -> Sound:
    blown = {
        "v": ((600, 1250, 2200),),
        "q": 4,
        "vib": (0.015, 5),
        "att": 0.025,
        "rel": 0.1,
        "breath": 0.12,
        "gap": 0.02,
    }
    tune = ((0.2, (0.0, 0.0)), (0.14, (3.0, 3.0)), (0.55, (6.0, 7.0, 7.0, 5.0)))
    made = [Syllable.model_validate({"s": s, "hz": tuple(_note(n, 220) for n in row), **blown}) for s, row in tune]
    return call(tuple(made), chance, pitch)


def _flute(seconds: float, pitch: float, chance: Chance) -> Sound:
    blown = {"src": "tone", "vib": (0.012, 5.2), "att": 0.04, "rel": 0.08, "breath": 0.06, "gap": 0.02}
    tune = ((0.16, 0), (0.16, 2), (0.16, 4), (0.45, 7))
    return call(
        tuple(Syllable.model_validate({"s": s, "hz": (_note(n, 587),), **blown}) for s, n in tune), chance, pitch
    )


def _whistle(seconds: float, pitch: float, chance: Chance) -> Sound:
    pea = {"src": "tone", "hz": (2900, 3050, 2950), "rough": (0.55, 34), "breath": 0.12, "att": 0.008}
    blasts = ({"s": 0.12, "gap": 0.06}, {"s": 0.55})
    return call(tuple(Syllable.model_validate({**pea, **blast}) for blast in blasts), chance, pitch)


def _accordion(seconds: float, pitch: float, chance: Chance) -> Sound:
    reeds = {"v": ((800, 1800, 3000),), "q": 2, "att": 0.06, "rel": 0.12, "breath": 0.03}
    long = min(max(seconds, 0.5), 1.2)
    voices = [call((Syllable.model_validate({"s": long, "hz": (_note(n, 262) * detune,), **reeds}),), chance, pitch)
              for n in (0, 4, 7) for detune in (1.0, 1.008)]  # fmt: skip
    return peaked(laid(*((0.0, 0.5, one) for one in voices)))


def _organ(seconds: float, pitch: float, chance: Chance) -> Sound:
    at = times(count(min(max(seconds, 0.8), 1.8)))
    pipes = [_note(n, 131 * pitch) * ratio for n in _CHORD for ratio in (1, 2, 4)]
    sound = sum((np.sin(2 * np.pi * hertz * at + chance.uniform(0, 6)) for hertz in pipes), np.zeros(len(at)))
    return peaked(faded(sound * np.minimum(1, at / 0.03), 0.2))


def _piano(seconds: float, pitch: float, chance: Chance) -> Sound:
    def note(hertz: float) -> Sound:
        # Stiff strings ring a little sharp of the harmonics.
        partials = tuple((hertz * k * (1 + 0.0004 * k * k) ** 0.5, 0.9**k / k, 0.9 / k**0.6) for k in range(1, 9))
        return laid((0, 0.8, rings(1.3, partials)), (0, 0.15, burst(0.03, 400, 2500, 0.006, chance)))

    steps = ((0.0, 0), (0.0, 4), (0.0, 7), (0.28, 12))
    return peaked(laid(*((at, 0.6, note(_note(n, 262 * pitch))) for at, n in steps)))


def _music_box(seconds: float, pitch: float, chance: Chance) -> Sound:
    tune = (12, 16, 19, 16, 24)

    def comb(hertz: float) -> Sound:
        return rings(0.7, ((hertz, 0.8, 0.22), (hertz * 6.27, 0.15, 0.05)))

    return peaked(laid(*((0.17 * n, 0.7, comb(_note(s, 523 * pitch))) for n, s in enumerate(tune))))


def _drum(seconds: float, pitch: float, chance: Chance) -> Sound:
    def hit(soft: float) -> Sound:
        skin = rings(0.35, ((96 * pitch, 0.9, 0.12), (153 * pitch, 0.5, 0.08), (206 * pitch, 0.3, 0.06)))
        return laid(
            (0, 0.9, skin), (0, 0.5, burst(0.12, 800, 6000, 0.03, chance)), (0, 0.5, thump(0.12, 170, 80, 0.04))
        )

    return peaked(laid(*((at, gain, hit(gain)) for at, gain in ((0, 0.8), (0.14, 0.5), (0.28, 0.6), (0.42, 1.0)))))


def _cymbal(seconds: float, pitch: float, chance: Chance) -> Sound:
    at = times(count(1.1))
    shimmer = burst(1.1, 3200, 13_000, 0.3, chance)
    plate = rings(1.1, tuple((h * pitch, 0.3, 0.3) for h in (410, 567, 791, 1130, 1630, 2210, 3040, 4170)))
    return peaked(faded(shimmer + 0.5 * plate * np.exp(-at / 0.4), 0.1))


def _gong(seconds: float, pitch: float, chance: Chance) -> Sound:
    plate = ((112, 0.9, 0.9), (187, 0.7, 0.7), (251, 0.6, 0.6), (343, 0.4, 0.5), (467, 0.3, 0.4), (631, 0.2, 0.3))
    body = rings(1.8, tuple((h * pitch, g, d) for h, g, d in plate))
    bloom = burst(0.8, 600, 3500, 0.25, chance)
    return peaked(faded(laid((0, 0.9, body), (0, 0.25, bloom), (0, 0.4, thump(0.2, 90, 60, 0.06))), 0.2))


def _bell(seconds: float, pitch: float, chance: Chance) -> Sound:
    metres = 0.3 / max(pitch, 0.2) ** 2
    return peaked(laid((0, 1.0, strike("bell", metres, chance)), (0.5, 0.7, strike("bell", metres, chance))))


INSTRUMENTS: dict[str, Noise] = {
    "guitar": _guitar, "harp": _harp, "strings": _strings, "brass": _brass, "sax": _sax, "flute": _flute,
    "whistle": _whistle, "accordion": _accordion, "organ": _organ, "piano": _piano, "music_box": _music_box,
    "drum": _drum, "cymbal": _cymbal, "gong": _gong, "bell": _bell,
}  # fmt: skip
