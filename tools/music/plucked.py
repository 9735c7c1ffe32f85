"""Players with strings: the upright bass, the guitar open and muted, pizzicato, and the section that bows."""

import numpy as np

from episodes.format import SAMPLE_RATE
from tools.music.waves import Sound, banded, filled, levelled, lowered, peaked, string, times


def bass(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """An upright: a string plucked by the flesh of a finger, a body with its fundamental, and the finger itself."""
    at = times(seconds)
    plucked = filled(string(f, seconds, 0.1 + 0.85 * touch**1.5, 0.22, 0.28, chance))
    growl = np.exp(-at / (0.5 + 0.25 * touch))
    body = np.sin(2 * np.pi * f * at) * growl * np.minimum(1, at / 0.007)
    body += 0.28 * np.sin(4 * np.pi * f * at + 0.5) * np.exp(-at / 0.32) * np.minimum(1, at / 0.005)
    thump = lowered(chance.standard_normal(len(at)), 420) * np.exp(-at / 0.014)
    click = banded(chance.standard_normal(len(at)), 1500, 4200) * np.exp(-at / 0.004)
    wood = peaked(plucked, 105, 2.0)
    sound = (0.45 + 0.35 * touch) * plucked + 0.85 * body + 0.3 * wood + 0.9 * touch * thump + 0.3 * touch**2 * click
    return np.tanh(1.15 * sound)


def guitar(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A hollow-body guitar through a small warm amplifier."""
    neck = string(f, seconds, 0.2 + 0.75 * touch, 0.16, 0.18, chance)
    bridge = string(f * 1.0006, seconds, 0.2 + 0.75 * touch, 0.14, 0.07, chance)
    both = filled(neck + 0.45 * bridge)
    box = 0.35 * peaked(both, 210, 1.4) + 0.25 * peaked(both, 430, 2.0)
    amplified = np.tanh((1.0 + 0.8 * touch) * (both + box))
    return lowered(amplified, 1800 + 4200 * touch, 1)


def muted(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """The same guitar with the palm on its strings: a scratch with a pitch in it, as funk has it on every sixteenth."""
    long = min(seconds, 0.16)
    at = times(long)
    choked = levelled(string(f * 2, long, 0.75, 1e-9, 0.1, chance))
    scratch = banded(chance.standard_normal(len(at)), 900, 5200) * np.exp(-at / (0.012 + 0.012 * touch))
    wah = peaked(scratch + 0.8 * choked, 900 + 1100 * touch, 2.2)
    return (0.5 * choked * np.exp(-at / 0.05) + 0.4 * scratch + 1.3 * wah) * np.minimum(1, at / 0.0012)


def pizzicato(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """Three desks that pluck not quite together, in a box of wood."""
    long = min(seconds, 0.7)
    at = times(long)
    total = np.zeros(len(at))
    for desk, cents in enumerate((-4.0, 0.0, 5.0)):
        one = string(f * 2 ** (cents / 1200), long, 0.15 + 0.8 * touch, 0.006, 0.2, chance)
        late = round(chance.uniform(0, 0.006) * SAMPLE_RATE) * (desk > 0)
        total[late:] += one[: len(at) - late]
    total = filled(total)
    box = 0.8 * peaked(total, 290, 2.5) + 0.4 * peaked(total, 520, 3.0)
    flesh = lowered(chance.standard_normal(len(at)), 900) * np.exp(-at / 0.006)
    fundamental = np.sin(2 * np.pi * f * at) * np.exp(-at / 0.13) * np.minimum(1, at / 0.003)
    return np.tanh(0.9 * (total + box + 0.35 * fundamental + 0.35 * touch * flesh))


def strings(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """Four desks, slightly out of tune with each other, bowed in slowly; more bow is brighter."""
    at = times(seconds)
    sound = np.zeros(len(at))
    for cents in (-8, -3, 3, 7):
        drift = 0.0012 * np.sin(2 * np.pi * chance.uniform(4.5, 5.8) * at + chance.uniform(0, 6))
        late = np.clip((at - 0.25) / 0.4, 0, 1)
        phase = np.cumsum(f * 2 ** (cents / 1200) * (1 + drift * (0.4 + late))) / SAMPLE_RATE + chance.random()
        sound += 2 * (phase % 1) - 1
    # Naive saws fold; what folds lies above and is taken off with the brightness.
    # Rounded to a sixth of an octave, so that one filter serves neighbours.
    edge = 2 ** (round(6 * np.log2(min((3 + 4 * touch) * f + 350, 5200))) / 6)
    soft = lowered(sound, edge, 3)
    bow = banded(chance.standard_normal(len(at)), 1400, 5000, 1) * 0.12 * touch
    body = 0.3 * peaked(soft, 480, 1.2) + 0.2 * peaked(soft, 900, 1.6)
    grown = np.minimum(1, at / min(0.28 - 0.12 * touch, max(seconds / 2, 0.05))) ** 1.4
    breathing = 1 + 0.05 * np.sin(2 * np.pi * 0.7 * at + chance.uniform(0, 6))
    return (soft + body + bow) * grown * breathing
