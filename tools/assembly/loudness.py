"""Brings the mix to its loudness, with a true-peak limiter that looks ahead.

Loudness is ITU-R BS.1770 / EBU R 128 as ffmpeg's `ebur128` measures it.
"""

import functools
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from episodes.errors import MediaBroken
from episodes.format import SAMPLE_RATE
from episodes.value import Value
from tools import ffmpeg
from tools.assembly.pcm import Sound, blocks, read_floats, write_floats
from tools.sound.loudness import SILENCE_LUFS

CEILING_DBTP = -2.0
"""Highest true peak before the encoder: AAC adds up to 1 dB of its own (measured in research/reliability.md, B1)."""

MAX_GAIN_DB = 12.0
"""Most that a mix is raised. A silent film stays silent, and the film's measured loudness says so."""

TOLERANCE_LU = 0.1
_CORRECTIONS = 3
_LEAST_WORTH = 0.4
"""LU that a decibel of gain brings at least, as far as corrections believe it: a limiter deep in the sound gives ever
less, and the last tenth is not worth pumping for."""

_STEP = SAMPLE_RATE // 1000
_AHEAD = 5
_RELEASE_SECONDS = 0.08
_OVERSAMPLING = 4
_TAPS = 32


LOUDNESS_FILTER = "ebur128=framelog=quiet:peak=true"


class Loudness(Value):
    """How loud a sound is."""

    lufs: float
    """Integrated over the whole; -70 for silence."""
    peak_dbtp: float
    """Highest true peak; -120 for silence."""


def measure_loudness(source: Sequence[str | Path], peaks: bool = True) -> Loudness:
    """Measure one sound, given the arguments that open it; without true peaks it takes a third of the time.

    Raises `MediaBroken`.
    """
    chain = LOUDNESS_FILTER if peaks else LOUDNESS_FILTER.replace("peak=true", "peak=sample")
    return read_loudness(ffmpeg.run([*source, "-vn", "-sn", "-dn", "-af", chain, "-f", "null", "-"], timeout=3600))


def read_loudness(report: str) -> Loudness:
    """Read the summary of `ebur128` from ffmpeg's report. Raises `MediaBroken` when there is none."""
    summary = report[report.rfind("Integrated loudness:") :]
    whole = re.search(r"I:\s+(-?inf|-?[\d.]+) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?inf|-?[\d.]+) dBFS", summary)
    if not whole or not peak:
        raise MediaBroken("The sound could not be measured.")
    return Loudness(lufs=max(float(whole[1]), SILENCE_LUFS), peak_dbtp=max(float(peak[1]), -120.0))


def level(mix: Path, samples: int, target_lufs: float, ceiling_dbtp: float, path: Path) -> None:
    """Write the mix at its loudness and under the ceiling, as bare floats.

    A limiter takes loudness away, so the gain is corrected up to three times, in larger steps where the last one
    brought less than it should; it never exceeds `MAX_GAIN_DB`.
    """
    peaks = _true_peaks(mix, samples)
    gain_before, reached_before = 0.0, measure_loudness(float_input(mix), peaks=False).lufs
    gain = _towards(0.0, target_lufs, reached_before)
    for _ in range(_CORRECTIONS + 1):
        write_floats(path, _limited(mix, samples, gain, _reduction(peaks, gain, ceiling_dbtp)))
        reached = measure_loudness(float_input(path), peaks=False).lufs
        worth = (reached - reached_before) / (gain - gain_before) if gain != gain_before else 1.0
        better = _towards(gain, target_lufs, reached, min(max(worth, _LEAST_WORTH), 1.0))
        if abs(reached - target_lufs) <= TOLERANCE_LU or better == gain:
            return
        gain_before, reached_before, gain = gain, reached, better


def float_input(path: Path) -> list[str | Path]:
    """Return ffmpeg's arguments that open a file of bare floats."""
    return ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", path]


def _towards(gain: float, target: float, reached: float, worth: float = 1.0) -> float:
    """Return the gain that should reach the target when each decibel of it is worth so many LU."""
    if reached <= SILENCE_LUFS:
        return gain
    return min(gain + (target - reached) / worth, MAX_GAIN_DB)


def _true_peaks(mix: Path, samples: int) -> NDArray[np.float64]:
    """Return the highest true peak of each millisecond, both channels together, as a ratio."""
    found = []
    for at, count in blocks(samples):
        whole = count + -count % _STEP
        sound = read_floats(mix, at - _TAPS // 2, whole + _TAPS - 1)
        highest = np.zeros(whole, np.float32)
        for side in range(2):
            for phase in _phases():
                np.maximum(highest, np.abs(np.convolve(sound[:, side], phase, "valid")), out=highest)
        found.append(highest.reshape(-1, _STEP).max(axis=1))
    return np.concatenate(found).astype(np.float64)


@functools.cache
def _phases() -> tuple[NDArray[np.float32], ...]:
    """Return the filters that give the sound at its samples and at three moments between each two.

    Windowed sinc functions of 32 taps. Written out here because importing scipy's takes longer than using them.
    """
    distance = np.arange(_TAPS) - _TAPS // 2
    moments = np.arange(_OVERSAMPLING) / _OVERSAMPLING
    return tuple(
        (np.sinc(distance + moment) * np.cos(np.pi * (distance + moment) / (_TAPS + 2)) ** 2).astype(np.float32)
        for moment in moments
    )


def _reduction(peaks: NDArray[np.float64], gain_db: float, ceiling_db: float) -> NDArray[np.float32]:
    """Return the limiter's attenuation in dB for each millisecond: down 5 ms ahead of a peak, up within 80 ms."""
    needed = np.maximum(20 * np.log10(peaks + 1e-9) + gain_db - ceiling_db, 0)
    reach, window = _AHEAD + 1, 2 * _AHEAD + 1
    padded = np.pad(_release(needed), reach + _AHEAD, mode="edge")
    widest = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(axis=1)
    return np.convolve(widest, np.full(window, 1 / window), "valid").astype(np.float32)


def _release(needed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `needed`, each value falling off exponentially until a larger one comes."""
    keep = math.exp(-_STEP / SAMPLE_RATE / _RELEASE_SECONDS)
    now, out = 0.0, np.empty(len(needed))
    for index, value in enumerate(needed.tolist()):
        now = max(value, now * keep)
        out[index] = now
    return out


def _limited(mix: Path, samples: int, gain_db: float, reduction: NDArray[np.float32]) -> Iterator[Sound]:
    for at, count in blocks(samples):
        position = (np.arange(at, at + count) - _STEP / 2) / _STEP
        first = max(at // _STEP - 1, 0)
        near = reduction[first : (at + count) // _STEP + 2]
        down = np.interp(position, np.arange(first, first + len(near)), near)
        ratio = (10 ** ((gain_db - down) / 20)).astype(np.float32)
        yield read_floats(mix, at, count) * ratio[:, None]
