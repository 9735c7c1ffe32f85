"""Wave files as arrays: float32 between -1 and 1, frames first, channels second."""

import contextlib
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TypeAlias

import numpy as np
from numpy.typing import NDArray

from episodes.errors import MediaBroken

Samples: TypeAlias = NDArray[np.float32]
"""`[frames]` or `[frames, channels]`, 1.0 = full scale."""

_FULL_SCALE = 32_768.0


def read(path: Path) -> tuple[Samples, int]:
    """Return all samples as `[frames, channels]` and the rate in hertz. Raises `MediaBroken`."""
    with _opened(path) as file:
        return _decoded(file.readframes(file.getnframes()), file.getnchannels()), file.getframerate()


def read_mono(path: Path, rate: int) -> Samples:
    """Return all samples as `[frames]`, channels averaged. Raises `MediaBroken` when the file has another rate."""
    samples, found = read(path)
    if found != rate:
        raise MediaBroken(f"{path.name!r} has {found} samples a second where {rate} are needed.")
    return np.asarray(samples.mean(axis=1), dtype=np.float32)


def blocks(path: Path, frames: int) -> Iterator[Samples]:
    """Yield a long file in runs of at most `frames`, each `[frames, channels]`. Raises `MediaBroken`."""
    with _opened(path) as file:
        while block := file.readframes(frames):
            yield _decoded(block, file.getnchannels())


def write(path: Path, samples: Samples, rate: int) -> None:
    """Write 16-bit PCM: rounded to the nearest step without dither, what is over full scale clipped."""
    shaped = samples.reshape(len(samples), -1)
    steps = np.clip(np.rint(shaped * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(shaped.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(steps.tobytes())


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[wave.Wave_read]:
    try:
        stream: IO[bytes] = path.open("rb")
    except OSError as error:
        raise MediaBroken(f"{path.name!r} could not be read: {error.strerror}.") from error
    with stream:
        try:
            file = wave.open(stream, "rb")  # noqa: SIM115
        except (wave.Error, EOFError) as error:
            raise MediaBroken(f"{path.name!r} is no wave file that can be read: {error}.") from error
        with file:
            if file.getsampwidth() != 2:
                raise MediaBroken(f"{path.name!r} has {8 * file.getsampwidth()} bits a sample where 16 are needed.")
            yield file


def _decoded(raw: bytes, channels: int) -> Samples:
    # A file that was cut off may end within a frame.
    whole = len(raw) - len(raw) % (2 * channels)
    steps = np.frombuffer(raw[:whole], dtype="<i2").reshape(-1, channels)
    return steps.astype(np.float32) / np.float32(_FULL_SCALE)
