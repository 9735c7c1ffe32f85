"""The flash guard's meter: says whether a picture breaks the rules of WCAG 2.3.1 and IRIS, and where. No Harding test.

- A general flash is a pair of opposing changes of relative luminance of at least 0.1, the darker state below 0.8; a red
  flash is a pair of changes of (R - G - B) * 320 above 20 to or from a saturated red, R / (R + G + B) >= 0.8 (linear).
- More than three flashes in any second fail, and so do two or more a second that last for four seconds of five.
- Six or more pairs of regular stripes of high contrast that stand for half a second fail.

All of it over a quarter *of the picture*, as IRIS, ITU-R BT.1702 and Ofcom have it. WCAG's own measure is a quarter of
any ten degrees of the eye's field, which is meant for a page read at arm's length and needs a known screen at a known
distance: a film is watched whole, mostly from two metres or more, where the one is about the other.
"""

from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.value import Value
from tools.finish.counting import EXTENDED_WINDOW, GRID, Counter, Flags, Second
from tools.finish.stripes import Sight, StripeWatch

Rule = Literal["safe", "flashes", "red", "extended", "red_extended", "pattern"]

_ROWS_READ = 180


class Verdict(Value):
    """What the meter found: the rule that was broken, when, how badly and over how much of the picture."""

    rule: Rule
    """`safe`, or the rule: general or red flashes, the same sustained, or a pattern of stripes."""
    first: float
    """Second at which the offending stretch begins; 0 when safe."""
    last: float
    """Second at which it ends."""
    rate: float
    """Flashes in the worst second; also when safe. 0 for a pattern."""
    area: float
    """Largest share of the picture (0 to 1) that took part."""


class FlashMeter:
    """Watches frames one by one, remembers a thumbnail of each, and judges what it has seen."""

    def __init__(self, fps: int, *, grid: tuple[int, int] = GRID, stripes: bool = True) -> None:
        self.fps = fps
        self.cells: list[NDArray[np.uint8]] = []
        """The mean colour (BGR) of each cell of each frame so far; rows by columns by 3."""
        self._grid = grid
        self._counter = Counter(fps, grid=grid)
        self._stripes = StripeWatch(fps) if stripes else None

    def see(self, frame: NDArray[np.uint8]) -> None:
        """Take in the next frame (BGR, any size)."""
        if self._stripes:
            self._stripes.see(frame, len(self.cells))
        # A cell is the mean of a few hundred pixels: a quarter of the rows of a large picture tell as much.
        rows = np.ascontiguousarray(frame[:: max(1, frame.shape[0] // _ROWS_READ)])
        small = np.asarray(cv2.resize(rows, self._grid, interpolation=cv2.INTER_AREA), np.uint8)
        self.cells.append(small)
        self._counter.see(small)

    @property
    def worst(self) -> float:
        """The largest number of flashes in any one second; a flash is two opposing changes."""
        return max(_rate(self._counter.light.seconds), _rate(self._counter.red.seconds))

    @property
    def safe(self) -> bool:
        """Whether no rule is broken."""
        return self.verdict.rule == "safe"

    @property
    def verdict(self) -> Verdict:
        """The first of `verdicts`, or that all is safe."""
        found = self.verdicts
        return found[0] if found else Verdict(rule="safe", first=0, last=0, rate=self.worst, area=0)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Every stretch that breaks a rule: general and red flashes first, then sustained ones, then patterns."""
        counter, found = self._counter, []
        for rule, swings in (("flashes", counter.light), ("red", counter.red)):
            found += self._stretches(rule, counter.failing(swings), self.fps, swings.seconds)
        for rule, swings in (("extended", counter.light), ("red_extended", counter.red)):
            found += self._stretches(rule, counter.sustained(swings), EXTENDED_WINDOW * self.fps, swings.seconds)
        return (*found, *(self._pattern(run) for run in self.patterns))

    @property
    def patterns(self) -> list[list[Sight]]:
        """The stretches with stripes that stand too long."""
        return self._stripes.held() if self._stripes else []

    def flashing(self, first: int, last: int) -> Flags:
        """Return the cells with two changes that counted within one second, from frame `first` up to `last`."""
        marked = np.zeros((self._grid[1], self._grid[0]), np.bool_)
        for swings in (self._counter.light, self._counter.red):
            before = np.full(marked.shape, -(10**6), np.int32)
            for frame, second in enumerate(swings.seconds[first:last]):
                if second.changed is not None:
                    marked |= second.changed & (frame - before < self.fps)
                    before[second.changed] = frame
        return marked

    def _stretches(self, rule: str, broken: Flags, before: int, seconds: Sequence[Second]) -> list[Verdict]:
        """Return one verdict for each stretch of broken frames, together with the window that each frame judges."""
        at = np.flatnonzero(broken)
        found = []
        for run in np.split(at, np.flatnonzero(np.diff(at) > before) + 1) if len(at) else []:
            first, last = max(0, int(run[0]) + 1 - before), int(run[-1]) + 1
            # Quiet frames at both ends of the window are no part of it.
            changed = [frame for frame in range(first, last) if seconds[frame].changed is not None]
            first, last = (changed[0], changed[-1] + 1) if changed else (first, last)
            found.append(
                Verdict.model_validate(
                    {"rule": rule, "first": first / self.fps, "last": last / self.fps,
                     "rate": _rate([seconds[frame] for frame in run]),
                     "area": float(self.flashing(first, last).mean())}
                )
            )  # fmt: skip
        return found

    def _pattern(self, run: list[Sight]) -> Verdict:
        area = max(sight.area for sight in run)
        first, last = run[0].frame / self.fps, run[-1].frame / self.fps
        return Verdict(rule="pattern", first=first, last=last, rate=0, area=area)


def _rate(seconds: Sequence[Second]) -> float:
    return max((second.transitions for second in seconds), default=0) / 2
