"""Sound files read and written in blocks, so that memory does not grow with the film."""

import contextlib
import errno
import wave
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from episodes.errors import MediaBroken, OutOfSpace
from episodes.format import SAMPLE_RATE

Sound = NDArray[np.float32]
"""Samples of two channels, shape (n, 2), full scale at 1."""

BLOCK = 10 * SAMPLE_RATE
"""Samples that are worked on at a time."""


class StereoFile:
    """A 16-bit, 48 kHz wave file, open for reading; a mono one is heard on both sides."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises `MediaBroken` when it is missing or of another form."""
        try:
            self._wave = wave.open(str(path), "rb")  # noqa: SIM115 - closed by close()
        except (OSError, EOFError, wave.Error) as error:
            raise MediaBroken(f"{path.name!r} is missing or is no wave file.") from error
        self._channels = self._wave.getnchannels()
        form = (self._wave.getframerate(), self._wave.getsampwidth())
        if form != (SAMPLE_RATE, 2) or self._channels not in (1, 2):
            self.close()
            raise MediaBroken(f"{path.name!r} is not 16-bit stereo sound at 48 kHz.")
        self.samples = self._wave.getnframes()

    def read(self, start: int, count: int) -> Sound:
        """Return `count` samples from `start` on; what lies outside the file is silence."""
        out = np.zeros((count, 2), np.float32)
        first, last = max(start, 0), min(start + count, self.samples)
        if first < last:
            self._wave.setpos(first)
            raw = np.frombuffer(self._wave.readframes(last - first), "<i2").reshape(-1, self._channels)
            out[first - start : first - start + len(raw)] = raw / np.float32(32768)
        return out

    def close(self) -> None:
        """Close the file."""
        self._wave.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def blocks(samples: int) -> Iterator[tuple[int, int]]:
    """Yield the start and the length of each block of a sound of so many samples."""
    for start in range(0, samples, BLOCK):
        yield start, min(BLOCK, samples - start)


def write_stereo(path: Path, sounds: Iterator[Sound]) -> None:
    """Write blocks of sound as a 16-bit wave file; what is louder than full scale is clipped there."""
    with disk_full_told(), wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        for sound in sounds:
            file.writeframes(np.clip(np.rint(sound * 32768), -32768, 32767).astype("<i2").tobytes())


def write_floats(path: Path, sounds: Iterator[Sound]) -> None:
    """Write blocks of sound as bare 32-bit floats, two channels interleaved."""
    with disk_full_told(), path.open("wb") as file:
        for sound in sounds:
            file.write(np.ascontiguousarray(sound, "<f4").tobytes())


def read_floats(path: Path, start: int, count: int) -> Sound:
    """Read back what `write_floats` wrote; what lies outside the file is silence."""
    out = np.zeros((count, 2), np.float32)
    first = max(start, 0)
    found = np.fromfile(path, "<f4", count=max(start + count - first, 0) * 2, offset=first * 8).reshape(-1, 2)
    out[first - start : first - start + len(found)] = found
    return out


@contextlib.contextmanager
def disk_full_told() -> Iterator[None]:
    """Turn the system's word for a full disk or quota into `OutOfSpace`."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutOfSpace(
                "The disk is full: free some room and run the same command again; finished work is kept."
            ) from error
        raise
