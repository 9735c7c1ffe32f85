"""How loud a cue is, and how it ends: the same for the embedded band and for whatever else plays."""

import numpy as np
from numpy.typing import NDArray

from episodes.format import SAMPLE_RATE
from tools.sound.loudness import amplitude, limit, loudness

STOP_SECONDS = 0.02
"""How fast the music is gone where it stops dead; short enough to be sudden, long enough not to click."""
END_SECONDS = 0.35
"""How fast a cue without a tail is gone at its end."""
_CUE_LUFS = -17.0
_CEILING_DB = -3.6


def levelled(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return 48 kHz sound, `[frames, channels]`, at a cue's loudness and with its peaks under a cue's ceiling."""
    louder = sound * np.float32(amplitude(_CUE_LUFS - loudness(sound)))
    return limit(louder, _CEILING_DB, window_seconds=0.008)


def shut(frames: int, seconds: float) -> NDArray[np.float32]:
    """Return a gain, `[frames, 1]`, that falls to nothing over the last `seconds`, round at both ends."""
    left = (frames - 1 - np.arange(frames)) / SAMPLE_RATE
    return np.asarray(np.sin(np.clip(left / max(seconds, 1e-3), 0, 1) * np.pi / 2) ** 2, np.float32)[:, None]
