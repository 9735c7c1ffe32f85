"""Voices that are no speech: a source, a throat with its resonances, breath. What animals and crowds call with.

A call is a row of syllables. Each is a source whose pitch follows a contour, roughened, breathed on, and sent through
the resonances of a throat that may change from one shape to another, as a mouth that opens does.
"""

from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict
from scipy import signal

from episodes.format import SAMPLE_RATE
from tools.sound.noise import Chance, Sound, band, burst, count, faded, laid, low_pass, thump, times

Source = Literal["reed", "tone", "noise", "buzz", "click", "slap", "flutter", "stamp"]
_TOP = 11_000.0
"""Hertz above which no resonance is placed."""


class Syllable(BaseModel):
    """One sound of a call."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    s: float = 0.2
    """Length in seconds."""
    src: Source = "reed"
    """What is heard before the throat: vocal cords, a pure tone, breath, wings, or no throat at all."""
    hz: tuple[float, ...] = (300.0,)
    """Pitch in hertz, a contour over the length. For `flutter`, beats a second."""
    v: tuple[tuple[float, ...], ...] = ()
    """Resonances in hertz, one row for each shape that the mouth passes through."""
    q: float = 7.0
    """How sharp the resonances are."""
    breath: float = 0.05
    """Share of noise."""
    rough: tuple[float, float] = (0.0, 30.0)
    """How deep, 0 to 1, and how often a second the cords catch."""
    vib: tuple[float, float] = (0.0, 6.0)
    """Share of the pitch by which it swings, and how often a second."""
    att: float = 0.012
    """Seconds until it is there."""
    rel: float = 0.05
    """Seconds in which it goes."""
    g: float = 1.0
    """Gain."""
    gap: float = 0.05
    """Seconds of nothing after it."""
    times: int = 1
    """How often it is said in a row."""


def call(syllables: tuple[Syllable, ...], chance: Chance, pitch: float = 1.0) -> Sound:
    """Return a call, mono, peak 1, that begins at once.

    Args:
        syllables: what is called, in order.
        chance: no two calls are alike; it moves pitch, length and pauses by a few per cent.
        pitch: 1 for the usual size; below 1 for a bigger throat.
    """
    parts: list[tuple[float, float, Sound]] = []
    at, mood = 0.0, float(chance.uniform(0.96, 1.05))
    for one in syllables:
        for _ in range(one.times):
            slow = float(chance.uniform(0.93, 1.08))
            # A bigger body takes a little longer over everything.
            long = slow * min(max(pitch, 0.4), 2.0) ** -0.25
            sound = syllable(one, chance, pitch * mood * float(chance.uniform(0.985, 1.015)), long)
            parts.append((at, one.g * float(chance.uniform(0.9, 1.0)), sound))
            at += (one.s + one.gap) * long
    total = laid(*parts)
    return np.asarray(total / max(float(np.abs(total).max()), 1e-9))


def syllable(one: Syllable, chance: Chance, pitch: float, long: float = 1.0) -> Sound:
    """Return one syllable, mono, peak 1; `pitch` moves cords and throat, `long` its length."""
    frames = count(one.s * long)
    if one.src in ("click", "slap", "stamp"):
        return _struck(one, chance, pitch)
    at = np.linspace(0, 1, frames)
    hertz = np.interp(at, np.linspace(0, 1, len(one.hz)), one.hz) * (pitch if one.src != "flutter" else 1.0)
    sound = _source(one, hertz, chance)
    depth, often = one.rough
    if depth:
        wander = 1 + 0.25 * _slow(frames, chance)
        catch = 0.5 - 0.5 * np.cos(2 * np.pi * np.cumsum(often * wander) / SAMPLE_RATE)
        sound = sound * (1 - depth * catch)
    if one.breath and one.src != "noise":
        sound = sound + one.breath * chance.standard_normal(frames)
    if one.v:
        # A throat grows more slowly than its cords.
        sound = _throat(sound, one, min(max(pitch, 0.3), 3.0) ** 0.7)
    time, left = times(frames), (frames - 1 - np.arange(frames)) / SAMPLE_RATE
    sound = sound * np.minimum(1, (time + 1e-4) / one.att) * np.minimum(1, left / max(one.rel, 0.004))
    return np.asarray(sound / max(float(np.abs(sound).max()), 1e-9))


def _source(one: Syllable, hertz: Sound, chance: Chance) -> Sound:
    frames = len(hertz)
    if one.src == "noise":
        return np.asarray(chance.standard_normal(frames))
    if one.src == "flutter":
        beats = np.maximum(np.cos(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE), 0) ** 2
        return band(chance.standard_normal(frames), 250, 3200) * (0.12 + beats)
    share, often = one.vib
    swing = share * np.sin(2 * np.pi * often * times(frames) + chance.uniform(0, 6)) if share else 0.0
    hertz = hertz * (1 + swing + 0.012 * _slow(frames, chance))
    phase = np.cumsum(hertz) / SAMPLE_RATE
    if one.src == "tone":
        return np.asarray(
            np.sin(2 * np.pi * phase) + 0.18 * np.sin(4 * np.pi * phase) + 0.05 * np.sin(6 * np.pi * phase)
        )
    if one.src == "buzz":
        # Wings: nearly a saw, but each stroke is a little different from the one before.
        return _saw(phase, hertz) * (1 + 0.5 * _slow(frames, chance, 60))
    return _saw(phase, hertz)


def _saw(phase: Sound, hertz: Sound) -> Sound:
    """Return a saw whose edge is rounded by two samples (PolyBLEP, Välimäki 2005), so that it does not alias aloud."""
    turn, step = phase % 1, np.maximum(hertz / SAMPLE_RATE, 1e-6)
    rising, falling = turn / step, (turn - 1) / step
    blep = np.where(turn < step, 2 * rising - rising**2 - 1, 0.0)
    blep += np.where(turn > 1 - step, falling**2 + 2 * falling + 1, 0.0)
    return np.asarray(2 * turn - 1 - blep)


def _slow(frames: int, chance: Chance, hertz: float = 18.0) -> Sound:
    """Return a slow random wander of about ±1."""
    knots = chance.uniform(-1, 1, max(round(frames / SAMPLE_RATE * hertz), 1) + 2)
    return np.asarray(np.interp(np.linspace(0, len(knots) - 1, frames), np.arange(len(knots)), knots))


def _throat(sound: Sound, one: Syllable, scale: float) -> Sound:
    shapes = [_shape(sound, row, one.q, scale) for row in one.v]
    if len(shapes) == 1:
        return shapes[0]
    along = np.linspace(0, len(shapes) - 1, len(sound))
    weights = [np.maximum(0, 1 - np.abs(along - n)) for n in range(len(shapes))]
    return np.asarray(sum((w * s for w, s in zip(weights, shapes, strict=True)), np.zeros(len(sound))))


def _shape(sound: Sound, row: tuple[float, ...], q: float, scale: float) -> Sound:
    total = np.zeros(len(sound))
    for number, hertz in enumerate(row):
        centre = min(max(hertz * scale, 60.0), _TOP)
        top, bottom = signal.iirpeak(centre, q, fs=SAMPLE_RATE)
        total += 0.6**number * signal.lfilter(top, bottom, sound)
    return total + 0.03 * low_pass(sound, 5000, order=1)


def _struck(one: Syllable, chance: Chance, pitch: float) -> Sound:
    high = min(one.hz[0] * pitch, 7000.0)
    if one.src == "click":
        return burst(0.02, high * 0.6, min(high * 2.2, 16_000.0), 0.0025, chance)
    if one.src == "stamp":
        return laid((0, 0.8, thump(0.16, high * 1.6, high, 0.035)), (0, 0.25, burst(0.04, 200, 1500, 0.01, chance)))
    wet = burst(one.s, 250, high * 2.5, one.s / 5, chance)
    drops = [(float(chance.uniform(0.01, one.s)), 0.2, _drop(float(chance.uniform(500, 1400)))) for _ in range(3)]
    whole = laid((0, 0.8, wet), (0, 0.5, thump(one.s, high * 0.5, high * 0.25, one.s / 5)), *drops)
    return faded(whole / max(float(np.abs(whole).max()), 1e-9))


def _drop(hertz: float) -> Sound:
    at = times(count(0.04))
    rising = hertz * (1 + 1.2 * at / 0.04)
    return faded(np.sin(2 * np.pi * np.cumsum(rising) / SAMPLE_RATE) * np.exp(-at / 0.01))
