"""What can be heard of a cue by measuring: onsets, tempo, key, silence, clicks; and what can be read of its notes."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from episodes.format import SAMPLE_RATE
from episodes.keys import Key
from episodes.requests import ComposeRequest
from episodes.theme import ShowTheme
from tools.music.form import form_of
from tools.music.score import written

Sound = NDArray[np.float32]
_HOP = 128
_FRAME = 1024
# Temperley (1999): how well each semitone fits a key, from the tonic up; in minor it knows the raised seventh.
_MAJOR = (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0)
_MINOR = (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0)
_KIN = (1.0, 2.0, 0.5, 1.5, 2 / 3, 3.0, 4.0)
"""Ratios at which a measured tempo is the planned one: an ear taps whole, half, double or dotted beats."""


def onset_strength(sound: Sound) -> NDArray[np.float64]:
    """Return how much energy comes in at each hop of 2.7 ms, over all frequencies, in log amplitude."""
    mono = sound.mean(axis=1)
    _, _, bins = signal.stft(mono, SAMPLE_RATE, nperseg=_FRAME, noverlap=_FRAME - _HOP, boundary="zeros", padded=True)
    logged = np.log1p(300 * np.abs(bins))
    risen = np.maximum(np.diff(logged, axis=1, prepend=logged[:, :1]), 0).sum(axis=0)
    return np.asarray(risen, np.float64)


def off_by(sound: Sound, hit: float) -> float:
    """Return how many seconds the strongest onset near a moment lies from it; 0.15 is the furthest that is looked at.

    An onset is placed where the power over 3 ms rises fastest, within 60 ms of the strongest onset.
    """
    strength = onset_strength(sound)
    near = slice(max(round((hit - 0.15) * SAMPLE_RATE / _HOP), 0), round((hit + 0.15) * SAMPLE_RATE / _HOP))
    rough = (near.start + int(strength[near].argmax())) * _HOP / SAMPLE_RATE
    first, last = (round((rough + side) * SAMPLE_RATE) for side in (-0.03, 0.03))
    power = np.convolve(np.square(sound[max(first, 0) : last].mean(axis=1)), np.ones(144) / 144, "same")
    risen = np.diff(np.log(power[::48] + 1e-7))
    fine = (max(first, 0) + 48 * int(risen.argmax())) / SAMPLE_RATE
    return abs(fine - hit)


def tempo_of(sound: Sound, near: float) -> float:
    """Return the tempo in beats a minute at which the onsets come again, folded to the kin nearest `near`.

    Tried are all tempi from 50 to 220: the autocorrelation at one, two, four and eight beats together, each with its
    mean over all lags taken off.
    """
    strength = onset_strength(sound)
    strength = strength - strength.mean()
    size = 1 << (2 * len(strength) - 1).bit_length()
    spectrum = np.fft.rfft(strength, size)
    correlated = np.fft.irfft(spectrum * np.conj(spectrum), size)[: len(strength)]
    # A longer lag has fewer pairs.
    correlated = correlated / np.arange(len(strength), 0, -1)
    tempi = np.geomspace(50, 220, 1200)
    beat = 60 / tempi * SAMPLE_RATE / _HOP
    lags = np.arange(len(correlated))
    score = sum(np.interp(beat * times, lags, correlated, right=0.0) for times in (1, 2, 4, 8))
    found = float(tempi[int(np.asarray(score).argmax())])
    return min((found / ratio for ratio in _KIN), key=lambda tempo: abs(np.log(tempo / near)))


def key_of_sound(sound: Sound) -> Key:
    """Return the key whose profile the sound's chroma fits best.

    From 50 to 500 Hz, where fundamentals are; what a tone's third partial adds to the fifth above it is taken off.
    """
    mono = signal.resample_poly(sound.mean(axis=1), 1, 16)
    rate = SAMPLE_RATE / 16
    hertz, _, bins = signal.stft(mono, rate, nperseg=2048, noverlap=1536)
    power = np.sqrt(np.abs(bins)).mean(axis=1)
    inside = (hertz > 50) & (hertz < 500)
    pitches = 69 + 12 * np.log2(hertz[inside] / 440)
    heights = np.interp(np.arange(32, 72), pitches, power[inside])
    heights[19:] = heights[19:] - 0.35 * heights[:-19]
    chroma = np.bincount(np.arange(32, 72) % 12, np.maximum(heights, 0), minlength=12)
    fits = [
        (float(np.corrcoef(np.roll(profile, tonic), chroma)[0, 1]), tonic, minor)
        for minor, profile in ((False, _MAJOR), (True, _MINOR))
        for tonic in range(12)
    ]
    _, tonic, minor = max(fits)
    return Key(tonic=tonic, minor=minor)


def agrees(found: Key, planned: Key) -> bool:
    """Whether a measured key is the planned one; its relative has the same notes, its parallel the same home."""
    return found in (planned, planned.related("relative"), planned.related("parallel"))


def loudest_db(sound: Sound, first: float, last: float) -> float:
    """Return the highest peak between two moments in dBFS; silence is -120."""
    part = np.abs(sound[round(first * SAMPLE_RATE) : round(last * SAMPLE_RATE)])
    return float(20 * np.log10(max(float(part.max(initial=0.0)), 1e-6)))


def step_at(sound: Sound, moment: float, seconds: float = 0.01) -> float:
    """Return the largest step from sample to sample near a moment, as a share of the largest further away."""
    steps = np.abs(np.diff(sound, axis=0)).max(axis=1)
    first, last = (max(round((moment + side) * SAMPLE_RATE), 0) for side in (-seconds, seconds))
    here = float(steps[first:last].max(initial=0.0))
    elsewhere = max(float(steps[:first].max(initial=0.0)), float(steps[last:].max(initial=0.0)))
    return here / max(elsewhere, 1e-6)


def bars_of(request: ComposeRequest) -> list[frozenset[tuple[str, int, int]]]:
    """Return each bar as written: instrument, pitch and sixteenth of all its notes but for the swells."""
    notes, found = written(request), list[frozenset[tuple[str, int, int]]]()
    for number, stretch in enumerate(form_of(request)):
        for bar in stretch.bars:
            first, last = (stretch.start + stretch.pulse.second(beat) for beat in (bar.at, bar.at + bar.beats))
            sixteenth = (last - first) / bar.beats / 4
            inside = (n for n in notes if n.stretch == number and first - 0.02 <= n.at < last - 0.02)
            found.append(frozenset((n.instrument, n.pitch, round((n.at - first) / sixteenth)) for n in inside))
    return found


def longest_run(bars: Sequence[frozenset[tuple[str, int, int]]]) -> int:
    """Return how often a bar is repeated literally in a row, at most; 1 where no two neighbours are the same."""
    longest = run = 1
    for before, after in pairwise(bars):
        run = run + 1 if before == after else 1
        longest = max(longest, run)
    return longest


def repeated_share(bars: Sequence[frozenset[tuple[str, int, int]]]) -> float:
    """Return the share of bars that have been played literally before in the same cue."""
    return 1 - len(set(bars)) / max(len(bars), 1)


def distance(one: ShowTheme, other: ShowTheme) -> int:
    """Return how many notes must be put in, left out or changed to make one hook of the other, by step and length."""
    first = [(after.degree - before.degree, before.beats) for before, after in pairwise(one.notes)]
    second = [(after.degree - before.degree, before.beats) for before, after in pairwise(other.notes)]
    row = list(range(len(second) + 1))
    for place, left in enumerate(first, 1):
        above, row = row, [place]
        for column, right in enumerate(second, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (left != right)))
    return row[-1]
