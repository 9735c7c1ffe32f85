"""What all players are made of: time, noise, strings that are plucked, and how a note is let go. Mono, 48 kHz."""

import functools
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from episodes.format import SAMPLE_RATE

Sound: TypeAlias = NDArray[np.float64]
Stroke: TypeAlias = NDArray[np.float32]
"""A finished note, kept small because many are remembered."""


def hertz(pitch: float) -> float:
    """Return the frequency of a MIDI number; 69 is 440 Hz."""
    return float(440.0 * 2 ** ((pitch - 69) / 12))


def times(seconds: float) -> Sound:
    """Return the time of each sample, in seconds; at least 64 samples."""
    return np.arange(max(round(seconds * SAMPLE_RATE), 64)) / SAMPLE_RATE


def phase_of(frequency: Sound) -> Sound:
    """Return the phase in radians of an oscillator whose frequency is given for each sample."""
    return 2 * np.pi * np.cumsum(frequency) / SAMPLE_RATE


@functools.lru_cache(maxsize=512)
def _sections(kind: str, order: int, *edges: float) -> Sound:
    cut = edges if kind == "bandpass" else edges[0]
    return np.asarray(signal.butter(order, cut, kind, fs=SAMPLE_RATE, output="sos"))


@functools.lru_cache(maxsize=128)
def _resonance(frequency: float, sharpness: float) -> tuple[Sound, Sound]:
    numerator, denominator = signal.iirpeak(frequency, sharpness, fs=SAMPLE_RATE)
    return np.asarray(numerator), np.asarray(denominator)


def banded(noise: Sound, low: float, high: float, order: int = 2) -> Sound:
    """Return the part of a sound between two frequencies in hertz."""
    return np.asarray(signal.sosfilt(_sections("bandpass", order, low, min(high, 22_000)), noise))


def lowered(sound: Sound, cutoff: float, order: int = 2) -> Sound:
    """Return a sound without what lies above a frequency in hertz."""
    return np.asarray(signal.sosfilt(_sections("lowpass", order, min(cutoff, 20_000)), sound))


def peaked(sound: Sound, frequency: float, sharpness: float) -> Sound:
    """Return what resonates of a sound at a frequency in hertz, as in a wooden box or a bell."""
    return np.asarray(signal.lfilter(*_resonance(frequency, sharpness), sound))


def levelled(sound: Sound) -> Sound:
    """Return a sound whose highest peak is 1."""
    return sound / max(float(np.abs(sound).max()), 1e-9)


def filled(sound: Sound) -> Sound:
    """Return a sound whose first 150 ms have an RMS of 0.35, so that a spiky string is as full as a round one."""
    head = sound[: round(0.15 * SAMPLE_RATE)]
    return sound * (0.35 / max(float(np.sqrt(np.mean(head**2))), 1e-9))


def string(
    f: float, seconds: float, brightness: float, keeps: float, pluck_at: float, chance: np.random.Generator
) -> Sound:
    """Karplus and Strong's plucked string (1983): a burst that goes round a lossy loop.

    Args:
        f: frequency in hertz.
        seconds: length.
        brightness: 0 (a thumb) to 1 (a pick).
        keeps: share of its strength that the tone still has after a second.
        pluck_at: where it is plucked, as a share of its length: that partial is missing.
        chance: each stroke's own noise.
    """
    period = SAMPLE_RATE / f
    whole = int(period - 0.5)
    part = period - 0.5 - whole
    frames = len(times(seconds))
    pluck = np.zeros(frames + whole)
    # A finger's corner in the string has all partials evenly; noise alone would now and then have no fundamental.
    corner = 0.2 * chance.standard_normal(whole + 1)
    corner[0] += np.sqrt(whole)
    burst = signal.lfilter([brightness], [1, brightness - 1], corner)
    # A loop keeps what it is given: a burst with a mean would ring as a step.
    burst = burst - burst.mean()
    offset = max(round(whole * pluck_at), 1)
    pluck[: len(burst)] += burst
    pluck[offset : offset + len(burst)] -= burst[: len(pluck) - offset]
    loss = keeps ** (1 / f)
    # The mean of neighbours darkens each round; the split between three taps gives the exact pitch. A whole round is
    # worked out at once, since it depends on the rounds before it alone.
    taps = loss * np.array([0.5 * part, 0.5, 0.5 * (1 - part)])
    rounds = np.concatenate((np.zeros(whole + 2), pluck[:frames], np.zeros(whole)))
    for start in range(whole + 2, whole + 2 + frames, whole):
        before = rounds[start - whole - 2 : start]
        rounds[start : start + whole] += taps[0] * before[:whole] + taps[1] * before[1:-1] + taps[2] * before[2:]
    return rounds[whole + 2 : whole + 2 + frames]


def slid(sound: Stroke, semitones: float, seconds: float = 0.09) -> Stroke:
    """Return a note that begins so many semitones away and slides into its pitch, as a finger on a string does."""
    at = np.arange(len(sound)) / SAMPLE_RATE
    ratio = 2 ** (semitones / 12 * np.clip(1 - at / seconds, 0, 1) ** 1.5)
    position = np.cumsum(ratio) - ratio[0]
    return np.asarray(np.interp(position, np.arange(len(sound)), sound, right=0.0), np.float32)


def released(sound: Stroke, seconds: float, release: float) -> Stroke:
    """Return a note that is let go after `seconds`: damped as by a finger, and shut after `release` without a click."""
    last = min(len(sound), round((seconds + release) * SAMPLE_RATE))
    kept = sound[:last].copy()
    first = min(round(seconds * SAMPLE_RATE), last)
    falling = np.arange(last - first) / max(release * SAMPLE_RATE, 1)
    kept[first:] *= np.exp(-4 * falling).astype(np.float32)
    tail = min(round(0.012 * SAMPLE_RATE), len(kept))
    kept[len(kept) - tail :] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, tail))).astype(np.float32)
    return kept
