"""Finds where the picture stands still although grain and a running clock change every frame.

ffmpeg's own `freezedetect` averages over the frame: an interview in which only the mouth moves looks stiller to it than
a frozen frame with strong grain. Here the frame is reduced to 80 by 80 means, which removes grain, and the one mean
that changes most decides. Measured on finished segments of 320 by 180 and 1280 by 720: a frozen take changes by 1 to 6
levels of 255 (13 at a key frame or a tick of the clock), one with a small slow figure by 9 to 60.
"""

import re
from collections.abc import Sequence

from episodes.results import Span

FREEZE_SECONDS = 0.5
"""Shortest stillness that is reported."""

STILL_LEVELS = 6
"""Largest change of one mean, in levels of 255, that grain alone explains."""

CHANGE_FILTER = (
    "scale=80:80:flags=area,format=gray,tblend=all_mode=difference,signalstats,"
    "metadata=print:key=lavfi.signalstats.YMAX"
)
"""Writes the largest change from each frame to the next into ffmpeg's report."""


def changes_in(report: str) -> list[int]:
    """Return the largest change from each frame to the next, in levels of 255, as `CHANGE_FILTER` wrote them."""
    return [int(level) for level in re.findall(r"signalstats\.YMAX=(\d+)", report)]


def find_frozen(report: str, fps: float) -> tuple[Span, ...]:
    """Return the stretches without movement, from a report that `CHANGE_FILTER` wrote into."""
    runs = [(start, end) for start, end in _runs(changes_in(report)) if (end - start + 1) / fps >= FREEZE_SECONDS]
    return tuple(Span(at=start / fps, seconds=(end - start + 1) / fps) for start, end in _joined(runs))


def _runs(changes: Sequence[int]) -> list[tuple[int, int]]:
    """Return first frame and last frame of each run of frames that hardly differ."""
    runs: list[tuple[int, int]] = []
    for frame, change in enumerate(changes):
        if change > STILL_LEVELS:
            continue
        if runs and runs[-1][1] == frame:
            runs[-1] = (runs[-1][0], frame + 1)
        else:
            runs.append((frame, frame + 1))
    return runs


def _joined(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join runs that follow each other at once: between them the clock ticked, or a key frame came."""
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and start == joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
