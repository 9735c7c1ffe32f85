"""Some frames of a segment or a take, small, in one reading of the file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools import ffmpeg

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Footage:
    """A stretch of a video file."""

    file: Path
    first: int
    """Number of its first frame in the file."""
    frames: int
    backwards: bool = False
    """Whether its last frame is seen first."""
    finished: bool = True
    """Whether it has its camera's finish; a bare take has not."""

    def number(self, offset: int) -> int:
        """Return the file's number of the frame that is seen `offset` frames after the first."""
        inside = min(max(offset, 0), self.frames - 1)
        return self.first + (self.frames - 1 - inside if self.backwards else inside)


def spread(frames: int, count: int) -> list[int]:
    """Return at most `count` offsets spread evenly over a stretch, its first and its last frame among them."""
    if frames <= count:
        return list(range(frames))
    return [round(step * (frames - 1) / max(1, count - 1)) for step in range(count)]


def pictures(footage: Footage, offsets: list[int], width: int, height: int) -> dict[int, Image]:
    """Return frames by offset as BGRA pictures of this size; those that can't be read are left out."""
    wanted = {offset: footage.number(offset) for offset in offsets}
    numbers = sorted(set(wanted.values()))
    if not numbers or not footage.file.is_file():
        return {}
    chosen = "+".join(f"eq(n,{number})" for number in numbers)
    shape = f"select='{chosen}',scale={width}:{height}:flags=area,format=bgra"
    arguments = [*ffmpeg.safe_input(footage.file), "-map", "0:v:0", "-vf", shape, "-fps_mode", "passthrough",
                 "-frames:v", str(len(numbers)), "-f", "rawvideo"]  # fmt: skip
    size, read = width * height * 4, dict[int, Image]()
    with ffmpeg.reading(arguments) as pipe:
        for number in numbers:
            data = pipe.read(size)
            if len(data) < size:
                break
            read[number] = np.frombuffer(data, np.uint8).reshape(height, width, 4)
    return {offset: read[number] for offset, number in wanted.items() if number in read}
