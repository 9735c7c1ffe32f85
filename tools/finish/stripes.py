"""Finds large regular stripes, which can do harm without flashing (ITU-R BT.1702, IRIS: six pairs or more).

The picture is looked at as 160 by 90 means, five to six times a second. Along every row and every column, stretches
lighter and darker than their surroundings follow each other; where twelve or more in a row differ strongly, are about
as wide as their neighbours and keep their rhythm, they are stripes. Rows and columns together see stripes of any slope,
bent ones and rings. Railings, mesh and blinds seen from afar are none: their bars are thin against the gaps, or small.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.finish.counting import DARK, Flags, Floats, linear, luminance

FIELD = (160, 90)
"""Columns and rows of means that are looked at."""

PAIRS = 6
"""Light and dark pairs from which stripes are a pattern."""

CONTRAST = 0.2
"""Least difference of relative luminance between a light and a dark stripe."""

STRIPED_AREA = 0.23
"""Share of the picture that must be seen striped: a quarter, of which the outermost stripes are never quite seen."""

HOLD_SECONDS = 0.5
"""Time that a pattern may stand."""

_UNLIKE_WIDTH, _UNLIKE_PERIOD = 2.6, 1.5
_ROWS_READ = 360
"""Every row of a small picture, every other one of a large."""


@dataclass(frozen=True)
class Sight:
    """What one look at the stripes of a picture found."""

    frame: int
    area: float
    """Share of the picture that is striped."""
    where: Flags | None
    """The striped means, `FIELD` rows by columns; None where they are not enough to matter."""

    @property
    def harmful(self) -> bool:
        """Whether the stripes cover a quarter of the picture."""
        return self.where is not None


class StripeWatch:
    """Looks at a few frames of each second."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._every = max(1, fps // 6)
        self.sights: list[Sight] = []

    def see(self, frame: NDArray[np.uint8], index: int) -> None:
        """Look at frame number `index` (BGR, any size) if it is one of those to be looked at."""
        if index % self._every:
            return
        rows = np.ascontiguousarray(frame[:: max(1, frame.shape[0] // _ROWS_READ)])
        small = cv2.resize(rows, FIELD, interpolation=cv2.INTER_AREA)
        blue, green, red = (linear(small[..., channel]) for channel in range(3))
        where = striped(luminance(red, green, blue))
        area = float(where.mean())
        self.sights.append(Sight(index, area, where if area >= STRIPED_AREA else None))

    def held(self) -> list[list[Sight]]:
        """Return the runs of harmful sights that last for at least half a second."""
        runs: list[list[Sight]] = [[]]
        for sight in self.sights:
            if sight.harmful:
                runs[-1].append(sight)
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run and (run[-1].frame - run[0].frame) / self._fps >= HOLD_SECONDS]


def striped(light: Floats) -> Flags:
    """Return where relative luminance (rows by columns) alternates as regular stripes do, in rows or in columns."""
    return _along_rows(light) | _along_rows(np.ascontiguousarray(light.T)).T


def _along_rows(light: Floats) -> Flags:
    rows, columns = light.shape
    around = cv2.blur(light, (columns // 4, 1), borderType=cv2.BORDER_REFLECT)
    lighter = light > around
    edge = np.ones((rows, columns), np.bool_)
    edge[:, 1:] = lighter[:, 1:] != lighter[:, :-1]
    starts = np.flatnonzero(edge)
    widths = np.diff(np.append(starts, light.size)).astype(np.float32)
    means = np.asarray(np.add.reduceat(light.ravel(), starts) / widths, np.float32)
    joined = _matches(means, widths, starts // columns)
    # Twelve stretches in a row have eleven joints that match.
    ends = np.flatnonzero(np.diff(np.concatenate([[False], joined, [False]]).astype(np.int8)))
    found = np.zeros(light.size + 1, np.int8)
    for first, last in zip(ends[::2], ends[1::2], strict=True):
        if last - first >= 2 * PAIRS - 1:
            found[starts[first]] += 1
            found[starts[last] + int(widths[last])] -= 1
    return np.asarray(np.cumsum(found[:-1]).reshape(rows, columns) > 0, np.bool_)


def _matches(means: Floats, widths: Floats, row: NDArray[np.int64]) -> Flags:
    """Return for each stretch but the last whether it and the next are a light and a dark stripe of one rhythm."""
    wider = np.maximum(widths[1:], widths[:-1]) / np.minimum(widths[1:], widths[:-1])
    joined = (np.abs(np.diff(means)) >= CONTRAST) & (np.minimum(means[1:], means[:-1]) < DARK)
    joined &= (wider <= _UNLIKE_WIDTH) & (row[1:] == row[:-1])
    period = widths[1:] + widths[:-1]
    steady = np.maximum(period[2:], period[:-2]) <= _UNLIKE_PERIOD * np.minimum(period[2:], period[:-2])
    # The period is compared with the one two stretches on, so that unlike widths of light and dark do no harm.
    joined[:-2] &= steady | ~joined[2:]
    return np.asarray(joined, np.bool_)
