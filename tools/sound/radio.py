"""What the air does to a voice: band, compander, clipping, static, fading, a key click and a squelch tail."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from episodes.airtime import KEY_SECONDS, LONGEST_TAIL, SHORTEST_TAIL
from episodes.format import SAMPLE_RATE
from episodes.results import SpokenLine
from tools.sound.loudness import amplitude, limit, loudness
from tools.sound.wav import Samples

LEAD_SECONDS = float(KEY_SECONDS)
"""From the key click to the first sample of the voice."""
TAIL_SECONDS = (float(SHORTEST_TAIL), float(LONGEST_TAIL))
"""Shortest and longest squelch tail; real ones last 60 to 200 ms."""
LATE_KEYS = 6
"""One key in so many is pressed after its owner has begun to speak."""
FEWEST_WORDS = 4
"""A line of fewer words is never begun late: too little of it would be left."""
_RADIO_HZ = (300.0, 3000.0)
"""Corner frequencies: -3 dB here leaves 400 to 2500 Hz within 3 dB after both passes."""
_PHONE_HZ = (300.0, 3400.0)
"""The telephone band of ITU-T G.712."""
_ENVELOPE_SECONDS = 0.02
_MOST_GAIN_DB = 10.0
_DRIVE = 1.6
_STATIC_DB = (-46.0, -33.0)
"""Static at a base station and at the edge of the county; a voice is at about -13 dB on the same scale."""
_SQUELCH_DB = -21.0
_CLICK_DB = -11.0
_CEILING_DB = -2.0
_FADES_FROM, _BREAKS_FROM = 0.4, 0.7
"""Distances from which a signal fades, and from which it is lost for moments."""
_DEEPEST_FADE_DB = 6.0
_BREAKS_A_SECOND = 1.1
_BREAK_SECONDS = (0.03, 0.07)
"""Shorter than a syllable, so that no word is lost whole."""
_BETWEEN_BREAKS = 0.2
"""At least so many seconds of signal lie before, between and after them."""
_POPS_A_SECOND = 14.0
_VOWELS = frozenset("aeiouyAEIOUV@03&")
"""Letters with which the engines' vowel symbols begin (Kirshenbaum)."""


@dataclass(frozen=True)
class Transmission:
    """A voice as it comes out of the radio."""

    samples: Samples
    """Mono, 48 kHz, click and tail with it."""
    lead: int
    """Samples from its first to where the voice's own first sample is due; less where the key came late."""


def transmit(samples: Samples, seed: int, distance: float = 0.0, late: float = 0.0) -> Transmission:
    """Return mono 48 kHz speech as the radio gives it, as loud as it came (within 1 LU).

    Args:
        samples: the dry voice.
        seed: of static, flutter and tail.
        distance: of the transmitter, 0 (the base station) to 1 (as far as it reaches): more static, from 0.4 on a
            signal that fades, from 0.7 on one that is lost for moments shorter than a syllable.
        late: seconds of the voice that are gone because the key came late; see `late_key`.
    """
    chance = np.random.default_rng(seed)
    lost = round(late * SAMPLE_RATE)
    lead = round(LEAD_SECONDS * SAMPLE_RATE)
    tail = round(chance.uniform(*TAIL_SECONDS) * SAMPLE_RATE)
    voice = narrowed(samples)[lost:]
    strength = _strength(len(voice), distance, chance)
    whole = np.pad(voice * strength, (lead, tail)) + _air(strength, lead, tail, distance, chance)
    wanted = loudness(samples)
    # Limiting and what stands round the voice change its loudness a little, so it is set twice.
    for _ in range(2):
        whole = limit((whole * amplitude(wanted - loudness(whole))).astype(np.float32), _CEILING_DB)
    return Transmission(samples=whole, lead=lead - lost)


def late_key(spoken: SpokenLine, seed: int) -> float:
    """Return how many seconds of a line are gone because its key came late: mostly 0, else part of a first syllable.

    About one line in six; never one of three words or fewer, and never one whose first syllable is not known.
    """
    chance = np.random.default_rng(seed)
    comes_late, share = chance.integers(LATE_KEYS) == 0, float(chance.uniform(0.5, 0.9))
    if not comes_late or len(spoken.words) < FEWEST_WORDS:
        return 0.0
    first = spoken.words[0]
    sounds = [sound for sound in spoken.phonemes if sound.at < first.at + first.seconds]
    vowel = next((sound for sound in sounds if sound.symbol[:1] in _VOWELS), None)
    return share * (vowel.at + vowel.seconds) if vowel is not None else 0.0


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


def _strength(frames: int, distance: float, chance: np.random.Generator) -> np.ndarray:
    """Return the share of the signal that arrives at each moment, 0 to 1."""
    strength = np.ones(frames)
    if distance > _FADES_FROM and frames:
        deepest = _DEEPEST_FADE_DB * (distance - _FADES_FROM) / (1 - _FADES_FROM)
        at = np.arange(frames) / SAMPLE_RATE
        # Waves that go by two ways drift in and out of step; three of them never quite repeat.
        waves = [np.sin(2 * np.pi * (hertz * at + chance.random())) for hertz in chance.uniform(0.3, 1.8, 3)]
        strength = 10 ** (-deepest * np.clip(np.mean(waves, axis=0) + 0.4, 0, 1) / 20)
    if distance > _BREAKS_FROM:
        share = (distance - _BREAKS_FROM) / (1 - _BREAKS_FROM)
        start, last = _BETWEEN_BREAKS, frames / SAMPLE_RATE - _BETWEEN_BREAKS
        while (start := start + float(chance.exponential(1 / (_BREAKS_A_SECOND * share)))) < last:
            end = start + float(chance.uniform(*_BREAK_SECONDS))
            strength[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)] *= 0.05
            start = end + _BETWEEN_BREAKS
        strength = _smooth(strength, 145)
    return strength


def _air(strength: np.ndarray, lead: int, tail: int, distance: float, chance: np.random.Generator) -> np.ndarray:
    """Return static under the voice, the click of the key before it and the open squelch after it."""
    voice = len(strength)
    frames = lead + voice + tail
    filters = np.vstack((_band(_RADIO_HZ), _band(_RADIO_HZ)))
    noise = signal.sosfilt(filters, chance.standard_normal(frames)) * 3.0
    quiet, loud = _STATIC_DB
    level = np.full(frames, amplitude(quiet + distance * (loud - quiet)))
    # The signal flutters a little as the car moves.
    level *= 1 + 0.4 * np.sin(2 * np.pi * chance.uniform(3, 6) * np.arange(frames) / SAMPLE_RATE)
    # Where less of the signal arrives, the receiver hears more of nothing.
    level[lead : lead + voice] *= 1 + 1.5 * (1 - strength)
    level[lead + voice :] = amplitude(_SQUELCH_DB)
    level[: lead // 3] = 0.0
    level = _smooth(level, 97)
    level[-48:] *= np.linspace(1, 0, 48)
    pops = np.zeros(frames)
    if distance > _FADES_FROM:
        amount = chance.poisson(_POPS_A_SECOND * (distance - _FADES_FROM) * voice / SAMPLE_RATE)
        pops[lead + chance.integers(0, max(voice, 1), amount)] = chance.uniform(-1, 1, amount)
        pops = _peaking(signal.sosfilt(_band(_RADIO_HZ), pops), amplitude(-26.0 + 4 * distance)) if amount else pops
    click = np.zeros(frames)
    start = lead // 3
    click[start : start + 240] = chance.standard_normal(240) * np.exp(-np.arange(240) / 60)
    return np.asarray(noise * level + pops + _peaking(signal.sosfilt(_band(_RADIO_HZ), click), amplitude(_CLICK_DB)))


def _smooth(level: np.ndarray, width: int) -> np.ndarray:
    """Return a level without steps, which would click."""
    edge = np.hanning(width)
    return np.convolve(np.pad(level, width // 2, mode="edge"), edge / edge.sum(), "valid")


def _peaking(sound: np.ndarray, peak: float) -> np.ndarray:
    return np.asarray(sound * (peak / max(float(np.abs(sound).max()), 1e-9)))
