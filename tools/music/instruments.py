"""The players: each turns a note into sound with attack, body and decay. Mono, 48 kHz, peak about 1."""

import functools
from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from episodes.format import SAMPLE_RATE

Sound: TypeAlias = NDArray[np.float64]
Instrument = Literal[
    "bass",
    "pizzicato",
    "guitar",
    "vibes",
    "reed",
    "strings",
    "brush",
    "swish",
    "kick",
    "snare",
    "ride",
    "block",
    "crash",
]


def play(instrument: Instrument, pitch: int, seconds: float) -> Sound:
    """Return one note; drums take no notice of `pitch`, plucked and struck ones ring on after `seconds`."""
    return _played(instrument, pitch, round(seconds, 3))


@functools.lru_cache(maxsize=512)
def _played(instrument: Instrument, pitch: int, seconds: float) -> Sound:
    sound = _PLAYERS[instrument](hertz(pitch), seconds)
    return sound / max(float(np.abs(sound).max()), 1e-9)


def hertz(pitch: int) -> float:
    """Return the frequency of a MIDI number; 69 is 440 Hz."""
    return float(440.0 * 2 ** ((pitch - 69) / 12))


def _times(seconds: float) -> Sound:
    return np.arange(max(round(seconds * SAMPLE_RATE), 64)) / SAMPLE_RATE


def _noise(frames: int, seed: int) -> Sound:
    return np.random.default_rng(seed).standard_normal(frames)


def _released(sound: Sound, seconds: float, release: float) -> Sound:
    """Damp a note from `seconds` on, as a finger laid on the string does."""
    at = np.arange(len(sound)) / SAMPLE_RATE
    damped = sound * np.exp(-np.maximum(at - seconds, 0) / (release / 4))
    tail = min(480, len(damped))
    damped[-tail:] *= np.linspace(1, 0, tail)
    return np.asarray(damped)


def _string(f: float, seconds: float, brightness: float, keeps: float, seed: int) -> Sound:
    """Karplus and Strong's plucked string (1983): a burst of noise that goes round a lossy loop.

    `keeps` is the share of its strength that the tone still has after a second.
    """
    period = SAMPLE_RATE / f
    whole = int(period - 0.5)
    part = period - 0.5 - whole
    frames = len(_times(seconds))
    pluck = np.zeros(frames)
    burst = _noise(whole + 1, seed)[: min(whole + 1, frames)]
    burst = signal.lfilter([brightness], [1, brightness - 1], burst)
    # Plucked a fifth of the way along, where a finger rests: that partial is missing.
    offset = max(round(whole / 5), 1)
    pluck[: len(burst)] = burst
    pluck[offset : offset + len(burst)] -= burst[: max(frames - offset, 0)]
    loss = keeps ** (1 / f)
    # The mean of neighbours darkens each round; the split between three taps gives the exact pitch. A whole round is
    # worked out at once, since it depends on the rounds before it alone.
    taps = loss * np.array([0.5 * part, 0.5, 0.5 * (1 - part)])
    rounds = np.concatenate((np.zeros(whole + 2), pluck, np.zeros(whole)))
    for start in range(whole + 2, whole + 2 + frames, whole):
        before = rounds[start - whole - 2 : start]
        rounds[start : start + whole] += taps[0] * before[:whole] + taps[1] * before[1:-1] + taps[2] * before[2:]
    return rounds[whole + 2 : whole + 2 + frames]


def _bass(f: float, seconds: float) -> Sound:
    ring = seconds + 0.12
    string = _string(f, ring, 0.16, 0.18, 11)
    string /= max(float(np.abs(string).max()), 1e-9)
    at = _times(ring)
    body = np.sin(2 * np.pi * f * at) * np.exp(-at / 0.5) * np.minimum(1, at / 0.008)
    thud = signal.lfilter([0.04], [1, -0.96], _noise(len(at), 5)) * np.exp(-at / 0.012)
    return _released(0.7 * string[: len(at)] + 0.75 * body + 0.5 * thud, seconds * 0.92, 0.12)


def _pizzicato(f: float, seconds: float) -> Sound:
    at = _times(0.5)
    string = _string(f, 0.5, 0.45, 0.004, 7)[: len(at)]
    box = signal.lfilter(*signal.iirpeak(290, 3, fs=SAMPLE_RATE), string)
    return _released(string + 1.2 * box, 0.3, 0.2)


def _guitar(f: float, seconds: float) -> Sound:
    return _released(_string(f, seconds + 0.5, 0.6, 0.12, 3), seconds, 0.4)


def _vibes(f: float, seconds: float) -> Sound:
    """A struck bar: partials at 1, 4 and 10 times, the higher the shorter, and a slow fan."""
    ring = max(seconds, 0.4) + 1.0
    at = _times(ring)
    bar = np.sin(2 * np.pi * f * at) * np.exp(-at / 0.9)
    bar += 0.22 * np.sin(2 * np.pi * 4 * f * at) * np.exp(-at / 0.25)
    if 10 * f < 18_000:
        bar += 0.06 * np.sin(2 * np.pi * 10 * f * at) * np.exp(-at / 0.05)
    mallet = signal.lfilter([0.2], [1, -0.8], _noise(len(at), 2)) * np.exp(-at / 0.004) * 0.12
    fan = 1 - 0.18 * (1 - np.cos(2 * np.pi * 4.6 * at))
    return _released((bar * fan + mallet) * np.minimum(1, at / 0.0015), seconds + 0.3, 0.7)


def _reed(f: float, seconds: float) -> Sound:
    """A clarinet of frequency modulation (Chowning's 3:2), with breath at the start and a late vibrato."""
    at = _times(seconds + 0.06)
    vibrato = 1 + 0.004 * np.sin(2 * np.pi * 5.2 * at) * np.clip((at - 0.2) / 0.3, 0, 1)
    phase = 2 * np.pi * np.cumsum(f * vibrato) / SAMPLE_RATE
    index = 1.1 + 1.2 * np.exp(-at / 0.06)
    tone = np.sin(phase + index * np.sin(2 * phase)) + 0.15 * np.sin(3 * phase)
    breath = signal.lfilter([0.1], [1, -0.9], _noise(len(at), 9)) * (0.05 + 0.25 * np.exp(-at / 0.03))
    return _released((tone + breath) * np.minimum(1, at / 0.025), seconds, 0.05)


def _strings(f: float, seconds: float) -> Sound:
    """Five desks, slightly out of tune with each other, bowed in slowly and darkened."""
    at = _times(seconds + 0.3)
    chance = np.random.default_rng(round(f))
    sound = np.zeros(len(at))
    for cents in (-9, -4, 0, 5, 8):
        wander = 1 + 0.0015 * np.sin(2 * np.pi * chance.uniform(4.5, 5.8) * at + chance.uniform(0, 6))
        phase = np.cumsum(f * 2 ** (cents / 1200) * wander) / SAMPLE_RATE + chance.random()
        sound += 2 * (phase % 1) - 1
    soft = signal.sosfilt(signal.butter(2, min(6 * f + 500, 5000), fs=SAMPLE_RATE, output="sos"), sound)
    swell = np.minimum(1, at / min(0.25, seconds / 2)) ** 1.5
    return _released(soft * swell, seconds, 0.3)


def _banded(frames: int, low: float, high: float, seed: int) -> Sound:
    filters = signal.butter(2, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos")
    return np.asarray(signal.sosfilt(filters, _noise(frames, seed)))


def _brush(f: float, seconds: float) -> Sound:
    at = _times(0.22)
    wires = _banded(len(at), 1800, 9000, 21) * np.exp(-at / 0.045) * np.minimum(1, at / 0.002)
    skin = np.sin(2 * np.pi * 190 * at) * np.exp(-at / 0.03)
    return _released(wires + 0.3 * skin, 0.18, 0.05)


def _swish(f: float, seconds: float) -> Sound:
    at = _times(max(seconds, 0.25))
    stroke = np.sin(np.pi * np.linspace(0, 1, len(at))) ** 1.5
    return _banded(len(at), 2500, 10_000, 22) * stroke


def _kick(f: float, seconds: float) -> Sound:
    at = _times(0.3)
    pitch = 52 + 70 * np.exp(-at / 0.02)
    return _released(np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE) * np.exp(-at / 0.09), 0.25, 0.05)


def _snare(f: float, seconds: float) -> Sound:
    at = _times(0.25)
    wires = _banded(len(at), 1500, 8000, 23) * np.exp(-at / 0.06)
    skin = np.sin(2 * np.pi * (180 + 60 * np.exp(-at / 0.01)) * at) * np.exp(-at / 0.05)
    return _released(wires + 0.8 * skin, 0.2, 0.05)


def _ride(f: float, seconds: float) -> Sound:
    """A cymbal: partials in no harmony, and a stick."""
    at = _times(0.9)
    partials = (3170, 3890, 4720, 5330, 6410, 7290, 8840)
    wash = sum(np.sin(2 * np.pi * p * at + n) * np.exp(-at / (0.35 - 0.03 * n)) for n, p in enumerate(partials))
    stick = _banded(len(at), 3000, 12_000, 24) * np.exp(-at / 0.006)
    return _released(0.12 * np.asarray(wash) + 0.8 * stick, 0.6, 0.3)


def _block(f: float, seconds: float) -> Sound:
    at = _times(0.12)
    wood = np.sin(2 * np.pi * 1150 * at) * np.exp(-at / 0.012) + 0.5 * np.sin(2 * np.pi * 1840 * at) * np.exp(
        -at / 0.008
    )
    return _released(wood * np.minimum(1, at / 0.0005), 0.1, 0.02)


def _crash(f: float, seconds: float) -> Sound:
    at = _times(2.2)
    wash = _banded(len(at), 2500, 14_000, 25) * np.exp(-at / 0.5) * np.minimum(1, at / 0.003)
    return _released(wash, 1.6, 0.6)


_PLAYERS: dict[Instrument, Callable[[float, float], Sound]] = {
    "bass": _bass, "pizzicato": _pizzicato, "guitar": _guitar, "vibes": _vibes, "reed": _reed, "strings": _strings,
    "brush": _brush, "swish": _swish, "kick": _kick, "snare": _snare, "ride": _ride, "block": _block, "crash": _crash,
}  # fmt: skip
