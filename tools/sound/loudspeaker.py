"""What the patrol car's loudspeaker does to a voice: a horn's band and ring, clipping, a key, walls that answer."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from episodes.format import SAMPLE_RATE
from tools.sound.loudness import amplitude, limit, loudness
from tools.sound.noise import Sound, count, low_pass, times
from tools.sound.wav import Samples

LEAD_SECONDS = 0.3
"""From the thump of the key, or the chirp before it, to the first sample of the voice."""
CHIRPS = 5
"""One key in so many starts the horn howling for a moment, until somebody steps out of its way."""
_HORN_HZ = (400.0, 4000.0)
"""Corner frequencies of a re-entrant horn of a light bar, fourth order on either side."""
_RINGS = ((820.0, 5.0, 3.0), (1900.0, 4.0, 4.0))
"""Its own notes: hertz, decibels above the rest, sharpness."""
_DRIVE, _CLIPPED = 5.0, 0.55
_SLAPS = ((0.118, -14.0, 2600.0, 0.3), (0.197, -18.0, 1900.0, 0.8), (0.342, -22.0, 1400.0, 0.35))
"""What comes back from house fronts 20, 34 and 58 m off: seconds, decibels, dull above hertz, side (0 left to 1)."""
_INDOOR_SLAPS = ((0.031, -10.0, 3200.0, 0.3), (0.047, -13.0, 2600.0, 0.75))
_CHIRP_SECONDS, _CHIRP_DB = 0.2, -13.0
_CEILING_DB = -2.0


@dataclass(frozen=True)
class Announcement:
    """A voice as it comes out of the horn and off the walls."""

    samples: Samples
    """Stereo `[frames, 2]`, 48 kHz, key before it and echoes after it."""
    lead: int
    """Samples before the voice begins."""


def announce(samples: Samples, seed: int, *, interior: bool = False) -> Announcement:
    """Return mono 48 kHz speech as a loudspeaker gives it, as loud as it came (within 1 LU).

    Args:
        samples: the dry voice.
        seed: decides whether it howls, and its key.
        interior: whether the walls are those of a room.
    """
    chance = np.random.default_rng(seed)
    lead = count(LEAD_SECONDS)
    before = _key(lead, chance)
    if chance.integers(CHIRPS) == 0:
        before += _chirp(lead, chance)
    horn = np.concatenate((before, horned(samples)))
    whole = _answered(horn, _INDOOR_SLAPS if interior else _SLAPS).astype(np.float32)
    wanted = loudness(samples)
    for _ in range(2):
        gain = amplitude(wanted - loudness(whole[lead : lead + len(samples)].mean(axis=1)))
        whole = limit((whole * gain).astype(np.float32), _CEILING_DB)
    return Announcement(samples=whole, lead=lead)


def horned(samples: Samples) -> Sound:
    """Return the voice alone after amplifier and horn, mono, peaks near 0.5."""
    filters = _band()
    peak = max(float(np.abs(samples).max(initial=0.0)), 1e-6)
    driven = np.clip(signal.sosfilt(filters, samples.astype(np.float64) / peak) * _DRIVE, -1, 1) * _CLIPPED
    for hertz, db, sharpness in _RINGS:
        ring = signal.sosfilt(signal.tf2sos(*signal.iirpeak(hertz, sharpness, SAMPLE_RATE)), driven)
        driven = driven + (amplitude(db) - 1) * 0.5 * ring
    return np.asarray(signal.sosfilt(filters, driven)) * 0.7


def _band() -> np.ndarray:
    high_pass = signal.butter(4, _HORN_HZ[0], "highpass", fs=SAMPLE_RATE, output="sos")
    return np.vstack((high_pass, signal.butter(4, _HORN_HZ[1], "lowpass", fs=SAMPLE_RATE, output="sos")))


def _key(frames: int, chance: np.random.Generator) -> Sound:
    """Return the microphone's key: the horn thumps, and hums until somebody speaks."""
    at = times(frames)
    since = at - at[frames // 2]
    thump = np.where(since >= 0, np.sin(2 * np.pi * 520 * since) * np.exp(-np.maximum(since, 0) / 0.018), 0.0)
    hiss = np.where(since >= 0, 0.012 * chance.standard_normal(frames), 0.0)
    return np.asarray(signal.sosfilt(_band(), 0.45 * thump + 0.5 * hiss))


def _chirp(frames: int, chance: np.random.Generator) -> Sound:
    """Return feedback that finds its note, grows, and is gone before the first word."""
    at = times(count(_CHIRP_SECONDS))
    hertz = chance.uniform(1900, 2500) * (1 + 0.04 * (at / _CHIRP_SECONDS))
    shape = np.sin(np.pi * np.minimum(at / _CHIRP_SECONDS, 1)) ** 2 * (at / _CHIRP_SECONDS)
    howl = np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE) * shape * amplitude(_CHIRP_DB)
    return np.pad(howl, (0, max(frames - len(howl), 0)))[:frames]


def _answered(horn: Sound, slaps: tuple[tuple[float, float, float, float], ...]) -> Sound:
    """Return the horn in the middle with its echoes to the sides, stereo."""
    last = count(max(slap[0] for slap in slaps))
    whole = np.zeros((len(horn) + last, 2))
    whole[: len(horn)] = horn[:, None]
    for seconds, db, dull, side in slaps:
        start = count(seconds)
        echo = low_pass(horn, dull, order=1) * amplitude(db)
        whole[start : start + len(horn)] += echo[:, None] * np.sqrt(2.0 * np.array((1 - side, side)))
    return whole
