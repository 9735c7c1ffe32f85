"""How loud a sound is (ITU-R BS.1770-4), and the gains that bring it where it should be."""

import numpy as np
from numpy.typing import NDArray

from episodes.format import SAMPLE_RATE
from tools.sound.wav import Samples

SILENCE_LUFS = -70.0
"""The absolute gate of BS.1770-4: nothing below it counts, and this is what silence measures."""

# The two K-weighting filters of BS.1770-4, tables 1 and 2, for 48 kHz.
SHELF = (1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585)
HIGH_PASS = (1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621)
_WEIGHTING = np.array([SHELF, HIGH_PASS])
_BLOCK_SECONDS = 0.4
_RELATIVE_GATE_LU = 10.0
_OFFSET = -0.691
_RUN = 1 << 16
"""Frames that are weighted at a time."""


def decibels(amplitude: float) -> float:
    """Return an amplitude (1.0 = full scale) in decibels; silence is -120."""
    return 20.0 * float(np.log10(max(amplitude, 1e-6)))


def amplitude(db: float) -> float:
    """Return the factor that `db` decibels stand for."""
    return float(10.0 ** (db / 20.0))


def rms_db(samples: Samples) -> float:
    """Return the root mean square in dBFS."""
    return decibels(float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))) if samples.size else -120.0


def loudness(samples: Samples) -> float:
    """Return the gated loudness in LUFS of 48 kHz sound, `[frames]` or `[frames, channels]`.

    What is shorter than one block of 0.4 s is measured as a single block.
    """
    from scipy import signal  # Here and not above: whoever only needs the gates need not load it.

    shaped = samples.reshape(len(samples), -1)
    if not len(shaped):
        return SILENCE_LUFS
    power = np.empty(len(shaped))
    state = np.zeros((len(_WEIGHTING), 2, shaped.shape[1]))
    # In runs: the weighted sound, twice as large as what came in, is never there as a whole.
    for first in range(0, len(shaped), _RUN):
        run = shaped[first : first + _RUN].astype(np.float64)
        weighted, state = signal.sosfilt(_WEIGHTING, run, axis=0, zi=state)
        power[first : first + _RUN] = np.square(weighted).sum(axis=1)
    return gated(power, min(round(_BLOCK_SECONDS * SAMPLE_RATE), len(power)))


def gated(power: NDArray[np.float64], block: int) -> float:
    """Return the gated loudness in LUFS of K-weighted power; silence is -70.

    Each block is so many steps long and begins a quarter of it after the one before.
    """
    total = np.zeros(len(power) + 1)
    np.cumsum(power, out=total[1:])
    starts = np.arange(0, len(power) - block + 1, max(block // 4, 1))
    blocks = (total[starts + block] - total[starts]) / block
    loud = blocks[lufs(blocks) > SILENCE_LUFS]
    if not loud.size:
        return SILENCE_LUFS
    return float(lufs(loud[lufs(loud) > lufs(loud.mean()) - _RELATIVE_GATE_LU].mean()))


def lufs(power: NDArray[np.float64] | np.floating | float) -> NDArray[np.float64]:
    """Return a K-weighted power as loudness in LUFS; silence is about -120."""
    return np.asarray(_OFFSET + 10.0 * np.log10(np.maximum(power, 1e-12)))


def limit(samples: Samples, ceiling_db: float, window_seconds: float = 0.004) -> Samples:
    """Return mono or stereo 48 kHz sound whose peaks stay under the ceiling, turned down smoothly round each peak."""
    ceiling = amplitude(ceiling_db)
    shaped = samples.reshape(len(samples), -1)
    peaks = np.zeros(len(shaped), shaped.dtype)
    for channel in shaped.T:
        np.maximum(peaks, np.abs(channel), out=peaks)
    if not len(peaks) or peaks.max() <= ceiling:
        return samples
    from scipy.ndimage import minimum_filter1d, uniform_filter1d

    width = round(window_seconds * SAMPLE_RATE)
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    # The mean of a running minimum over the same width never exceeds what any sample in it needs.
    gain = uniform_filter1d(minimum_filter1d(wanted, 2 * width + 1, mode="nearest"), width, mode="nearest")
    del peaks, wanted
    return np.asarray(shaped * gain[:, None], dtype=np.float32).reshape(samples.shape)
