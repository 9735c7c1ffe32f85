"""Reading takes: any size, rate or codec comes out as frames of the episode's format."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.errors import MediaBroken
from episodes.format import Format
from tools.ffmpeg import probe, reading, safe_input

Image = NDArray[np.uint8]

_KINDS = (".mp4", ".mkv", ".mov", ".webm", ".avi", ".m4v")


def take_file(folder: Path, named: str | None) -> Path:
    """Return the take's file in its folder: the one that its result names, else the only video there.

    Raises `MediaBroken` when there is none.
    """
    if folder.is_file():
        return folder
    if named and (folder / named).is_file():
        return folder / named
    found = sorted(path for path in folder.glob("take.*") if path.suffix.lower() in _KINDS)
    if not found:
        raise MediaBroken("The take has no picture file: it has to be made again.")
    return found[0]


def frames_of(path: Path, form: Format, first: int, count: int, threads: int) -> Iterator[Image]:
    """Yield `count` BGR frames from number `first`, counted at the format's rate, filled and cropped to its size.

    Raises `MediaBroken` when the file is unreadable or ends too early.
    """
    if not probe(path).width:
        raise MediaBroken(f"{path.name!r} holds no picture.")
    size = form.width * form.height * 3
    shape = (
        f"fps={form.fps},scale={form.width}:{form.height}:force_original_aspect_ratio=increase:flags=bicubic,"
        f"crop={form.width}:{form.height},setsar=1,format=bgr24"
    )
    arguments = ["-threads", str(max(1, threads)), *safe_input(path), "-map", "0:v:0", "-vf", shape]
    with reading([*arguments, "-fps_mode", "cfr", "-r", str(form.fps), "-f", "rawvideo"]) as pipe:
        for number in range(first + count):
            data = pipe.read(size)
            if len(data) < size:
                raise MediaBroken(
                    f"{path.name!r} ends after {number} frames; {first + count} were asked for: make it again."
                )
            if number >= first:
                yield np.frombuffer(data, np.uint8).reshape(form.height, form.width, 3)


def backwards(frames: Iterator[Image]) -> Iterator[Image]:
    """Yield the frames from last to first; they wait as high-quality JPEGs, a tenth of the memory of raw ones."""
    packed = [cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 97])[1] for frame in frames]
    while packed:
        yield np.asarray(cv2.imdecode(packed.pop(), cv2.IMREAD_COLOR), np.uint8)
