"""Players with breath: clarinets high and low, a trumpet with a harmon mute, a trombone, and somebody who whistles."""

import numpy as np

from tools.music.waves import Sound, banded, lowered, peaked, phase_of, times


def _wobbled(f: float, at: Sound, chance: np.random.Generator, depth: float, rate: float, scoop: float) -> Sound:
    """Return the frequency over time: a scoop at the start, a late vibrato, and no pitch quite still."""
    late = np.clip((at - 0.22) / 0.3, 0, 1)
    vibrato = depth * late * np.sin(2 * np.pi * rate * at + chance.uniform(0, 6))
    slow = 0.0012 * np.sin(2 * np.pi * chance.uniform(0.8, 1.6) * at + chance.uniform(0, 6))
    return f * (1 + vibrato + slow - scoop * np.exp(-at / 0.035))


def _breath(at: Sound, chance: np.random.Generator, low: float, high: float, chiff: float, steady: float) -> Sound:
    air = banded(chance.standard_normal(len(at)), low, high, 1)
    return air * (steady + chiff * np.exp(-at / 0.025))


def clarinet(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A closed pipe: odd partials, more of them the harder it is blown."""
    return _reed(f, seconds, touch, chance, bite=0.0)


def bass_clarinet(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """The same pipe an octave lower, with the reed to be heard in it."""
    return _reed(f, seconds, touch, chance, bite=0.5)


def _reed(f: float, seconds: float, touch: float, chance: np.random.Generator, bite: float) -> Sound:
    at = times(seconds)
    phase = phase_of(_wobbled(f, at, chance, 0.003, chance.uniform(4.6, 5.4), 0.012))
    blown = (0.65 + 0.35 * np.exp(-at / 0.09)) * (0.5 + 0.8 * touch)
    # A pressed sine has odd partials alone; the small skew lets a few even ones in, as a real bore does.
    tone = np.tanh((1.2 + 2.6 * blown + 2 * bite) * (np.sin(phase) + 0.06 * np.sin(2 * phase)))
    tone = lowered(tone, min(7 * f + 900 + 1500 * touch, 9000))
    tone = tone + 0.4 * peaked(tone, 1500, 1.5) + bite * 0.35 * peaked(tone, 620, 2.0)
    flutter = 1 + bite * 0.08 * np.sin(2 * np.pi * chance.uniform(18, 24) * at)
    air = _breath(at, chance, 1200, 6000, 0.16, 0.012 + 0.01 * touch)
    key = lowered(chance.standard_normal(len(at)), 900) * np.exp(-at / 0.005) * 0.25
    return (tone * flutter + air + key * touch) * np.minimum(1, at / (0.028 - 0.014 * touch))


def trumpet(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """With a harmon mute, stem in: hardly a fundamental, and a buzz that speaks through a nose."""
    at = times(seconds)
    phase = phase_of(_wobbled(f, at, chance, 0.005, chance.uniform(5.0, 5.8), 0.02))
    attack = np.minimum(1, at / (0.03 - 0.015 * touch))
    blown = attack * (0.75 + 0.25 * np.exp(-at / 0.12)) * (0.5 + 0.7 * touch)
    tone = np.sin(phase + 2.6 * blown * np.sin(phase) + 0.7 * blown * np.sin(2 * phase))
    nose = peaked(tone, 1650, 1.8) + 0.8 * peaked(tone, 2700, 2.2) + 0.25 * peaked(tone, 850, 1.5)
    air = _breath(at, chance, 2000, 8000, 0.12, 0.015)
    return (1.2 * nose + 0.22 * tone + air) * attack


def trombone(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """Brass by frequency modulation (Chowning 1973): the louder, the brighter, and the colour follows the attack."""
    at = times(seconds)
    phase = phase_of(_wobbled(f, at, chance, 0.002, 4.8, 0.03))
    attack = np.minimum(1, at / (0.05 - 0.03 * touch)) ** 1.3
    blown = attack * (0.7 + 0.3 * np.exp(-at / 0.1))
    tone = np.sin(phase + (0.8 + 2.4 * touch) * blown * np.sin(phase + 0.4))
    bell = tone + 0.4 * peaked(tone, 520, 1.2) + 0.25 * peaked(tone, 1100, 1.5)
    return (lowered(bell, 1800 + 4200 * touch) + _breath(at, chance, 800, 3000, 0.1, 0.008)) * attack


def whistle(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """Somebody walks home: nearly a sine, with lips that find the note and breath beside it."""
    at = times(seconds)
    frequency = _wobbled(f, at, chance, 0.008, chance.uniform(5.2, 6.0), 0.03)
    phase = phase_of(frequency)
    shiver = 1 + 0.1 * np.clip((at - 0.2) / 0.3, 0, 1) * np.sin(2 * np.pi * 5.6 * at)
    tone = np.sin(phase) + (0.05 + 0.05 * touch) * np.sin(2 * phase) + 0.02 * np.sin(3 * phase)
    air = banded(chance.standard_normal(len(at)), f * 0.9, f * 1.15, 1)
    hiss = banded(chance.standard_normal(len(at)), 3000, 9000, 1)
    breath = 0.3 * air * (0.35 + np.exp(-at / 0.05)) + 0.05 * hiss * (0.4 + np.exp(-at / 0.04))
    return (tone * shiver + breath) * np.minimum(1, at / 0.035) ** 1.2
