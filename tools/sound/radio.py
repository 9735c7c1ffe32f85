"""What the air does to a voice: band, compander, clipping, static, a key click before and a squelch tail after."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from episodes.format import SAMPLE_RATE
from tools.sound.loudness import amplitude, limit, loudness
from tools.sound.wav import Samples

LEAD_SECONDS = 0.09
"""From the key click to the first sample of the voice."""
TAIL_SECONDS = (0.08, 0.18)
"""Shortest and longest squelch tail; real ones last 60 to 200 ms."""
_RADIO_HZ = (300.0, 3000.0)
"""Corner frequencies: -3 dB here leaves 400 to 2500 Hz within 3 dB after both passes."""
_PHONE_HZ = (300.0, 3400.0)
"""The telephone band of ITU-T G.712."""
_ENVELOPE_SECONDS = 0.02
_MOST_GAIN_DB = 10.0
_DRIVE = 1.6
_STATIC_DB = -36.0
_SQUELCH_DB = -21.0
_CLICK_DB = -11.0
_CEILING_DB = -2.0


@dataclass(frozen=True)
class Transmission:
    """A voice as it comes out of the radio."""

    samples: Samples
    """Mono, 48 kHz, click and tail with it."""
    lead: int
    """Samples before the voice begins."""


def transmit(samples: Samples, seed: int) -> Transmission:
    """Return mono 48 kHz speech as the radio gives it, as loud as it came (within 1 LU)."""
    chance = np.random.default_rng(seed)
    lead = round(LEAD_SECONDS * SAMPLE_RATE)
    tail = round(chance.uniform(*TAIL_SECONDS) * SAMPLE_RATE)
    voice = narrowed(samples)
    whole = np.pad(voice, (lead, tail)) + _air(len(voice), lead, tail, chance)
    wanted = loudness(samples)
    # Limiting and what stands round the voice change its loudness a little, so it is set twice.
    for _ in range(2):
        whole = limit((whole * amplitude(wanted - loudness(whole))).astype(np.float32), _CEILING_DB)
    return Transmission(samples=whole, lead=lead)


def narrowed(samples: Samples) -> Samples:
    """Return the voice alone after band, compander and clipper, on the level that the static is set against."""
    band = _band(_RADIO_HZ)
    evened = _companded(signal.sosfilt(band, samples.astype(np.float64)))
    # What the clipper adds above the band is taken off again, as a receiver's filter does.
    return np.asarray(signal.sosfilt(band, np.tanh(_DRIVE * evened)) / _DRIVE, dtype=np.float32)


def telephone(samples: Samples) -> Samples:
    """Return mono 48 kHz speech as a telephone gives it: its band and a little squash, as loud as it came."""
    band = _band(_PHONE_HZ)
    heard = signal.sosfilt(band, np.tanh(_DRIVE * signal.sosfilt(band, samples.astype(np.float64))))
    return limit((heard * amplitude(loudness(samples) - loudness(heard))).astype(np.float32), _CEILING_DB)


def _band(corners: tuple[float, float]) -> np.ndarray:
    high_pass = signal.butter(4, corners[0], "highpass", fs=SAMPLE_RATE, output="sos")
    low_pass = signal.butter(4, corners[1], "lowpass", fs=SAMPLE_RATE, output="sos")
    return np.vstack((high_pass, low_pass))


def _companded(voice: np.ndarray) -> np.ndarray:
    """Halve the distance, in decibels, of each moment's level from the mean of what is spoken."""
    power = signal.filtfilt(*_smoothing(), np.square(voice))
    level = np.sqrt(np.maximum(power, 1e-10))
    spoken = level[level > 0.1 * level.max()]
    reference = float(np.sqrt(np.mean(spoken**2))) if spoken.size else 1e-5
    gain = np.minimum(np.sqrt(reference / level), amplitude(_MOST_GAIN_DB))
    return np.asarray(voice * gain * (0.22 / max(reference, 1e-5)))


def _smoothing() -> tuple[list[float], list[float]]:
    keep = float(np.exp(-1 / (_ENVELOPE_SECONDS * SAMPLE_RATE)))
    return [1 - keep], [1, -keep]


def _air(voice: int, lead: int, tail: int, chance: np.random.Generator) -> np.ndarray:
    """Return static under the voice, the click of the key before it and the open squelch after it."""
    frames = lead + voice + tail
    band = np.vstack((_band(_RADIO_HZ), _band(_RADIO_HZ)))
    noise = signal.sosfilt(band, chance.standard_normal(frames)) * 3.0
    level = np.full(frames, amplitude(_STATIC_DB))
    # The signal flutters a little as the car moves.
    level *= 1 + 0.4 * np.sin(2 * np.pi * chance.uniform(3, 6) * np.arange(frames) / SAMPLE_RATE)
    level[lead + voice :] = amplitude(_SQUELCH_DB)
    level[: lead // 3] = 0.0
    edge = np.hanning(97)
    level = np.convolve(level, edge / edge.sum(), "same")
    level[-48:] *= np.linspace(1, 0, 48)
    click = np.zeros(frames)
    start = lead // 3
    burst = chance.standard_normal(240) * np.exp(-np.arange(240) / 60)
    click[start : start + 240] = burst
    return np.asarray(noise * level + _peaking(signal.sosfilt(band, click), amplitude(_CLICK_DB)))


def _peaking(sound: np.ndarray, peak: float) -> np.ndarray:
    return np.asarray(sound * (peak / max(float(np.abs(sound).max()), 1e-9)))
