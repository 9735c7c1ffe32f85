"""Writing a scene's stems block by block, so that none is ever held whole."""

import wave
from pathlib import Path
from types import TracebackType

import numpy as np

from episodes.format import SAMPLE_RATE
from tools.sound.loudness import limit
from tools.sound.wav import Samples

_CEILING_DB = -1.5
_CONTEXT = 1_024
"""Samples on either side of a block by which the limiter's gain there is decided: more than its windows are wide."""
_FULL_SCALE = 32_768.0


class Stem:
    """A stereo wave file that is written in blocks, its peaks under the ceiling; the same however large they are."""

    def __init__(self, path: Path) -> None:
        self._file = wave.open(str(path), "wb")  # noqa: SIM115
        self._file.setnchannels(2)
        self._file.setsampwidth(2)
        self._file.setframerate(SAMPLE_RATE)
        self._before = np.zeros((0, 2), np.float32)
        self._waiting = np.zeros((0, 2), np.float32)

    def __enter__(self) -> "Stem":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._write(len(self._waiting))
        self._file.close()

    def add(self, block: Samples) -> None:
        """Write the next block, but for its last moments, which wait for the one after it."""
        self._waiting = np.concatenate((self._waiting, block))
        self._write(max(len(self._waiting) - _CONTEXT, 0))

    def _write(self, frames: int) -> None:
        if not frames:
            return
        whole = limit(np.concatenate((self._before, self._waiting)), _CEILING_DB)
        done = whole[len(self._before) : len(self._before) + frames]
        steps = np.clip(np.rint(done * np.float32(_FULL_SCALE)), -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2")
        self._file.writeframes(steps.tobytes())
        self._before = np.concatenate((self._before, self._waiting[:frames]))[-_CONTEXT:]
        self._waiting = self._waiting[frames:]
