"""What every voice's sound goes through before it is a line: 48 kHz, no silence at the ends, one loudness for all."""

from dataclasses import dataclass
from math import gcd

import numpy as np
from scipy import signal

from episodes.errors import MediaBroken
from episodes.format import SAMPLE_RATE
from tools.sound.loudness import amplitude, decibels, limit, loudness
from tools.sound.wav import Samples

LINE_LUFS = -18.5
"""Where a calm line lies. Speech has about 15 dB between this and its peaks, so it just reaches the ceiling."""
CEILING_DB = -3.0
_SILENT_BELOW_PEAK_DB = -42.0
_HOP_SECONDS = 0.004
_LEAD_SECONDS = 0.012
_TAIL_SECONDS = 0.03
_RUMBLE_HZ = 70.0
_PIVOT_HZ = 1000.0


@dataclass(frozen=True)
class Trimmed:
    """A line's sound, and how much was cut off before it."""

    samples: Samples
    """Mono, 48 kHz."""
    cut: float
    """Seconds cut off at the start: what the engine timed moves forward by it."""


def line_sound(samples: Samples, rate: int, gain_db: float, colour_db: float = 0.0) -> Trimmed:
    """Return an engine's mono sound as it is kept. Raises `MediaBroken` when there is nothing to be heard in it.

    Args:
        samples: `[frames]`, as the engine gave them.
        rate: their rate in hertz.
        gain_db: how much louder than a calm line it is to be.
        colour_db: `VoiceCast.colour`.
    """
    divisor = gcd(SAMPLE_RATE, rate)
    full = signal.resample_poly(samples.astype(np.float64), SAMPLE_RATE // divisor, rate // divisor)
    full = signal.sosfilt(signal.butter(2, _RUMBLE_HZ, "highpass", fs=SAMPLE_RATE, output="sos"), full)
    full = tilted(full, colour_db) if colour_db else full
    start, stop = _heard(full)
    levelled = _levelled(full[start:stop].astype(np.float32), LINE_LUFS + gain_db)
    return Trimmed(samples=_softened(levelled), cut=start / SAMPLE_RATE)


def tilted(samples: Samples, colour_db: float) -> Samples:
    """Return mono 48 kHz sound made brighter, or duller below 0 dB, by a first-order tilt round 1 kHz.

    With g = 10 ^ (colour / 40) the filter is (1 + s g) / (g + s), s counted from 1 kHz: 1 at 1 kHz, g far above it and
    1 / g far below, so that high and low come to differ by the whole colour.
    """
    g, pivot = 10 ** (colour_db / 40), 2 * np.pi * _PIVOT_HZ
    upper, lower = signal.bilinear([g / pivot, 1.0], [1 / pivot, g], fs=SAMPLE_RATE)
    return np.asarray(signal.lfilter(upper, lower, samples))


def _heard(samples: Samples) -> tuple[int, int]:
    """Return the first sample of what is heard and the one after its last."""
    hop = round(_HOP_SECONDS * SAMPLE_RATE)
    padded = np.pad(samples, (0, -len(samples) % hop)).reshape(-1, hop)
    levels = np.sqrt(np.mean(np.square(padded), axis=1)) if len(samples) else np.zeros(1)
    if levels.max() < amplitude(-60):
        raise MediaBroken("The voice gave only silence.")
    heard = np.flatnonzero(levels > levels.max() * amplitude(_SILENT_BELOW_PEAK_DB))
    start = int(heard[0]) * hop - round(_LEAD_SECONDS * SAMPLE_RATE)
    stop = int(heard[-1] + 1) * hop + round(_TAIL_SECONDS * SAMPLE_RATE)
    return max(start, 0), min(stop, len(samples))


def _levelled(samples: Samples, target_lufs: float) -> Samples:
    # Limiting takes a little loudness away, so it is aimed at twice.
    for _ in range(2):
        samples = limit(samples * np.float32(amplitude(target_lufs - loudness(samples))), CEILING_DB)
    missing = CEILING_DB - decibels(float(np.abs(samples).max()))
    return samples * np.float32(amplitude(min(missing, 0.0)))


def _softened(samples: Samples) -> Samples:
    """Fade the cut ends in 5 and 10 ms, so that they don't click."""
    head, tail = round(0.005 * SAMPLE_RATE), round(0.01 * SAMPLE_RATE)
    shaped = samples.copy()
    shaped[:head] *= np.linspace(0, 1, head, dtype=np.float32)[: len(shaped)]
    shaped[-tail:] *= np.linspace(1, 0, tail, dtype=np.float32)[-len(shaped) :]
    return shaped
