"""Building blocks of synthesised sound: shaped noise, decays, grains. All mono, 48 kHz, float64."""

import functools
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from episodes.format import SAMPLE_RATE
from tools.sound.wav import Samples

Sound: TypeAlias = NDArray[np.float64]
Chance: TypeAlias = np.random.Generator

_NOISE_SECONDS = 10.0


def count(seconds: float) -> int:
    """Return the number of samples nearest to a length."""
    return max(round(seconds * SAMPLE_RATE), 1)


def times(frames: int) -> Sound:
    """Return each sample's time in seconds."""
    return np.arange(frames) / SAMPLE_RATE


def shaped(frames: int, low: float, high: float, slope_db: float, chance: Chance) -> Sound:
    """Return noise of RMS 1 between two frequencies, falling by `slope_db` an octave.

    Long noise repeats every ten seconds without a seam: its end meets its start.
    """
    from scipy.fft import irfft, next_fast_len, rfftfreq

    # A length with small factors keeps the transform quick.
    size = min(next_fast_len(frames, real=True), count(_NOISE_SECONDS))
    hertz = np.maximum(rfftfreq(size, 1 / SAMPLE_RATE), 1.0)
    gain = (hertz / 1000.0) ** (-slope_db / 6.02)
    gain *= 1 / np.sqrt(1 + (low / hertz) ** 6) / np.sqrt(1 + (hertz / high) ** 6)
    gain[0] = 0.0
    phases = chance.uniform(0, 2 * np.pi, len(hertz))
    sound = irfft(gain * np.exp(1j * phases), size)
    return np.resize(sound / max(float(np.sqrt(np.mean(sound**2))), 1e-12), frames)


def band(sound: Sound, low: float, high: float, order: int = 2) -> Sound:
    """Return the part of `sound` between two frequencies."""
    return np.asarray(signal.sosfilt(_passing(order, low, high), sound))


@functools.lru_cache(maxsize=512)
def _passing(order: int, low: float, high: float) -> Sound:
    """Return a band filter; kept, because grains would spend more time on designing it than on sounding."""
    return np.asarray(signal.butter(order, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos"))


def low_pass(sound: Sound, corner: float, order: int = 2) -> Sound:
    """Return the part of `sound` below a frequency."""
    return np.asarray(signal.sosfilt(_lowering(order, corner), sound, axis=0))


@functools.lru_cache(maxsize=512)
def _lowering(order: int, corner: float) -> Sound:
    return np.asarray(signal.butter(order, corner, fs=SAMPLE_RATE, output="sos"))


def peaked(sound: Sound) -> Sound:
    """Return a sound whose highest peak is 1."""
    return np.asarray(sound / max(float(np.abs(sound).max()), 1e-9))


def panned(sound: Sound | Samples, side: float) -> Sound:
    """Return sound as stereo with equal power; `side` is -1 (left) to 1 (right). Stereo sound keeps its width."""
    angle = (min(max(side, -1.0), 1.0) + 1) * np.pi / 4
    both = sound.astype(np.float64)
    both = both[:, None] if both.ndim == 1 else both
    return np.asarray(both * np.array((np.cos(angle), np.sin(angle))) * np.sqrt(2.0))


def burst(seconds: float, low: float, high: float, decay: float, chance: Chance) -> Sound:
    """Return noise that starts at once, dies away by e each `decay` seconds, and peaks at 1."""
    frames = count(seconds)
    sound = band(chance.standard_normal(frames), low, high) * np.exp(-times(frames) / decay)
    return faded(peaked(sound))


def thump(seconds: float, start: float, end: float, decay: float) -> Sound:
    """Return a falling tone, as of a blow on something heavy, that peaks at about 1."""
    at = times(count(seconds))
    hertz = end + (start - end) * np.exp(-at / (decay / 3))
    return faded(np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE) * np.exp(-at / decay))


def rings(seconds: float, partials: tuple[tuple[float, float, float], ...]) -> Sound:
    """Return struck partials (hertz, amplitude, decay in seconds) together."""
    at = times(count(seconds))
    sound = sum((a * np.sin(2 * np.pi * f * at) * np.exp(-at / d) for f, a, d in partials), np.zeros(len(at)))
    return faded(sound)


def grains(seconds: float, amount: int, low: float, high: float, chance: Chance) -> Sound:
    """Return many tiny bursts at random moments, the first at once, thinning out towards the end."""
    frames = count(seconds)
    sound = np.zeros(frames + count(0.02))
    for place in (0.0, *(chance.random(amount) ** 1.5)):
        grain = burst(chance.uniform(0.004, 0.015), low, high, 0.003, chance)
        start = int(place * frames)
        sound[start : start + len(grain)] += grain * chance.uniform(0.3, 1.0) * (1 - 0.7 * place)
    return sound


def cloth(seconds: float, chance: Chance) -> Sound:
    """Return a rustle of clothing over a length."""
    frames = count(seconds)
    rustle = shaped(frames, 900, 7000, 4, chance)
    swing = np.abs(low_pass(chance.standard_normal(frames + 4800), 14))[4800:]
    envelope = np.minimum(1, times(frames) / 0.004) * np.sin(np.pi * np.linspace(0.25, 1, frames))
    sound = rustle * (0.35 + swing / max(float(swing.max()), 1e-9)) * envelope
    return faded(peaked(sound))


def faded(sound: Sound, seconds: float = 0.004) -> Sound:
    """Return `sound` with its last moments faded, so that its end does not click."""
    tail = min(count(seconds), len(sound))
    sound = sound.copy()
    sound[-tail:] *= np.linspace(1, 0, tail)
    return sound


def laid(*parts: tuple[float, float, Sound]) -> Sound:
    """Return sounds together, each given as start in seconds, gain, samples."""
    total = np.zeros(max(round(at * SAMPLE_RATE) + len(sound) for at, _, sound in parts))
    for at, gain, sound in parts:
        start = round(at * SAMPLE_RATE)
        total[start : start + len(sound)] += gain * sound
    return total
