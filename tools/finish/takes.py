"""Reading takes: any size, rate or codec comes out as frames of the episode's format."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.errors import MediaBroken
from episodes.format import Format
from tools.ffmpeg import Probe, probe, reading, safe_input

Image = NDArray[np.uint8]

_KINDS = (".mp4", ".mkv", ".mov", ".webm", ".avi", ".m4v")

_HEADROOM = 0.25
"""Share of what is cut off a take that is too high which is cut at its top: heads are there."""


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
    """Yield `count` BGRA frames from number `first`, counted at the format's rate, filled and cropped to its size.

    Raises `MediaBroken` when the file is unreadable or ends too early.
    """
    found = probe(path)
    if not found.width:
        raise MediaBroken(f"{path.name!r} holds no picture.")
    size = form.width * form.height * 3 // 2
    arguments = ["-threads", str(max(1, threads)), *safe_input(path), "-map", "0:v:0", "-vf", _shape(found, form)]
    with reading([*arguments, "-fps_mode", "cfr", "-r", str(form.fps), "-f", "rawvideo"]) as pipe:
        for number in range(first + count):
            data = pipe.read(size)
            if len(data) < size:
                raise MediaBroken(
                    f"{path.name!r} ends after {number} frames; {first + count} were asked for: make it again."
                )
            if number >= first:
                planes = np.frombuffer(data, np.uint8).reshape(form.height * 3 // 2, form.width)
                # Four channels, the last one unused: OpenCV bends such pictures twice as fast as those with three.
                yield np.asarray(cv2.cvtColor(planes, cv2.COLOR_YUV2BGRA_I420), np.uint8)


def _shape(found: Probe, form: Format) -> str:
    """Return the filters that bring a take into the format as yuv420p; what fits already is not converted again."""
    fits = (found.width, found.height) == (form.width, form.height)
    if fits and found.pixels.startswith("yuv420p(tv, smpte170m"):
        return f"fps={form.fps},format=yuv420p"
    return (
        f"fps={form.fps},scale={form.width}:{form.height}:force_original_aspect_ratio=increase:flags=bicubic"
        f":out_color_matrix=smpte170m:out_range=tv,crop={form.width}:{form.height}:(iw-ow)/2:{_HEADROOM}*(ih-oh)"
        ",setsar=1,format=yuv420p"
    )


def backwards(frames: Iterator[Image]) -> Iterator[Image]:
    """Yield the frames from last to first; they wait as high-quality JPEGs, a tenth of the memory of raw ones."""
    packed = [
        cv2.imencode(".jpg", cv2.cvtColor(frame, cv2.COLOR_BGRA2BGR), [cv2.IMWRITE_JPEG_QUALITY, 97])[1]
        for frame in frames
    ]
    while packed:
        frame = cv2.imdecode(packed.pop(), cv2.IMREAD_COLOR)
        yield np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2BGRA), np.uint8)
