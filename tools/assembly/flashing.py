"""Finds flashes in a finished film, also those that only two segments together have: some at each side of a cut.

ffmpeg writes a thumbnail of every frame while it decodes the film for the other detectors, and the meter that also
judges each segment looks through them.
"""

from pathlib import Path

import numpy as np

from episodes.results import Span
from tools.finish.flashes import FlashMeter

CELLS = (32, 18)
"""Columns and rows of a thumbnail: coarser than a segment's, in a quarter of the time."""

THUMBNAIL_FILTER = f"scale=128:72:flags=neighbor,scale={CELLS[0]}:{CELLS[1]}:flags=area,format=bgr24"
"""Makes the meter's cells of a frame: some points of each are enough for its mean."""


def find_flashes(thumbnails: Path, fps: float) -> tuple[Span, ...]:
    """Return the stretches that break a rule for flashes; those that touch are one.

    Args:
        thumbnails: Raw frames as `THUMBNAIL_FILTER` makes them, one after the other.
        fps: Frames a second.
    """
    meter = FlashMeter(max(1, round(fps)), grid=CELLS, stripes=False)
    with thumbnails.open("rb") as file:
        while len(data := file.read(CELLS[0] * CELLS[1] * 3)) == CELLS[0] * CELLS[1] * 3:
            meter.see(np.frombuffer(data, np.uint8).reshape(CELLS[1], CELLS[0], 3))
    joined: list[tuple[float, float]] = []
    for at, end in sorted((verdict.first, verdict.last) for verdict in meter.verdicts):
        if joined and at <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((at, end))
    return tuple(Span(at=at, seconds=end - at) for at, end in joined)
