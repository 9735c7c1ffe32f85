"""One good frame of the film as a picture."""

from collections.abc import Sequence
from pathlib import Path

from episodes.errors import MediaBroken
from episodes.results import Span
from episodes.whole_file import replace_file
from tools import ffmpeg

SAMPLES = 12
"""Frames that are looked at when the moment is chosen."""


def write_thumbnail(film: Path, at_seconds: float, path: Path) -> None:
    """Write the film's frame at a moment as a PNG. Raises `MediaBroken` when there is none, and `OutOfSpace`."""
    replace_file(path, frame_png(film, at_seconds))


def frame_png(film: Path, at_seconds: float) -> bytes:
    """Return the film's frame at a moment as a PNG. Raises `MediaBroken` when there is none."""
    with ffmpeg.reading(_frame_at(film, at_seconds, "-c:v", "png", "-f", "image2pipe")) as pipe:
        picture = pipe.read()
    if not picture.startswith(b"\x89PNG"):
        raise MediaBroken(f"{film.name!r} has no frame at {at_seconds:.2f} s.")
    return picture


def choose_moment(film: Path, seconds: float, avoid: Sequence[Span] = (), faces: Sequence[float] = ()) -> float:
    """Return the second of the frame with the most contrast and detail, outside title, end card and faults.

    Looked at are the first twelve moments at which a face is seen, or where there is none, twelve spread over the film.
    Raises `MediaBroken` when none can be read.
    """
    moments = list(faces[:SAMPLES]) or [seconds * (index + 0.5) / SAMPLES for index in range(SAMPLES)]
    free = [at for at in moments if not any(span.at <= at < span.at + span.seconds for span in avoid)] or moments
    scored = [(interest(film, at), -index, at) for index, at in enumerate(free)]
    best = max(scored)
    if best[0] < 0:
        raise MediaBroken(f"{film.name!r} has no readable frame.")
    return best[2]


def interest(film: Path, at: float) -> float:
    """Return contrast times detail of a frame, at a size at which grain is gone; below 0 when there is none."""
    import numpy as np

    small = _frame_at(film, at, "-vf", "scale=160:90:flags=area,format=gray", "-f", "rawvideo")
    with ffmpeg.reading(small) as pipe:
        frame = np.frombuffer(pipe.read(), np.uint8).astype(np.float64)
    if frame.size != 160 * 90:
        return -1.0
    frame = frame.reshape(90, 160)
    detail = np.abs(np.diff(frame, axis=0)).mean() + np.abs(np.diff(frame, axis=1)).mean()
    return float(np.percentile(frame, 98) - np.percentile(frame, 2)) * float(detail)


def _frame_at(film: Path, at: float, *output: str) -> list[str]:
    return ["-ss", f"{max(at, 0):.3f}", *ffmpeg.safe_input(film), "-map", "0:v:0", "-frames:v", "1", *output]
