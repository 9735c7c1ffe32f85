"""Counting flashes on a coarse grid of the picture: the arithmetic of WCAG 2.3.1 and IRIS, without any media.

A *transition* of a cell is a change of its light by the threshold against the change before it, however many frames it
takes, as long as it takes at most half a second: a slower one can't belong to two flashes a second, which is where the
rules begin. It counts when a quarter of the picture changes in the same direction within a sixth of a second. Two
transitions make a flash.

Flashes are counted in two ways, and the worse one is taken: *in one place* (as many transitions as a quarter of the
cells have had each), which sees a light bar whose halves alternate, and *as a whole* (the picture's net change turns
about), which sees lamps that flash one after the other. A pan across a busy street is neither, short of two screens
in half a second, when every place flickers indeed.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

GRID = (64, 36)
"""Columns and rows of cells in which light is compared: 20 by 20 pixels of 1280 by 720."""

STEP = 0.1
"""Least change of relative luminance (white is 1) that a flash has."""

DARK = 0.8
"""Relative luminance that the darker state must be below."""

RED_STEP, RED_SHARE = 20.0, 0.8
"""Least change of (R - G - B) * 320, and the share of red in R + G + B from which red is saturated; both linear."""

AREA = 0.25
"""Share of the picture that must change together."""

MOST, SUSTAINED = 6, 4
"""Transitions in a second that are still allowed, and that are allowed for less than four seconds of five."""

EXTENDED_SECONDS, EXTENDED_WINDOW = 4, 5

_LINEAR = np.array(
    [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in np.arange(256) / 255.0], np.float32
)


def linear(cells: NDArray[np.uint8]) -> Floats:
    """Return the linear light (0 to 1) of sRGB values, in any shape."""
    return np.asarray(_LINEAR[cells], np.float32)


def luminance(red: Floats, green: Floats, blue: Floats) -> Floats:
    """Return the relative luminance (0 to 1) of linear colours."""
    return np.asarray(0.0722 * blue + 0.7152 * green + 0.2126 * red, np.float32)


@dataclass(frozen=True)
class Second:
    """What one frame's second, the one that ends with it, holds."""

    transitions: int
    """Transitions, by place or as a whole, whichever are more."""
    changed: Flags | None
    """The cells whose change was counted at this very frame; None where there are none."""


class Counter:
    """Counts the transitions of light and of saturated red, frame by frame.

    `strictness` scales the thresholds: below 1 it calls changes flashes that are just too small to be, as a plan must
    that has to hold after scaling and compression.
    """

    def __init__(self, fps: int, *, grid: tuple[int, int] = GRID, strictness: float = 1.0) -> None:
        self._fps = fps
        self.light = _Swings(fps, grid, STEP * strictness, AREA * strictness)
        self.red = _Swings(fps, grid, RED_STEP * strictness, AREA * strictness)

    def see(self, cells: NDArray[np.uint8]) -> None:
        """Take in the cells of the next frame: BGR, rows by columns by 3."""
        blue, green, red = (linear(cells[..., channel]) for channel in range(3))
        light = luminance(red, green, blue)
        self.light.see(light, light < DARK)
        saturated = red >= RED_SHARE * np.maximum(red + green + blue, 1e-6)
        self.red.see(np.maximum(red - green - blue, 0) * 320, saturated)

    def safe(self) -> bool:
        """Whether no frame breaks a rule."""
        return not any(self.failing(swings).any() or self.sustained(swings).any() for swings in (self.light, self.red))

    def failing(self, swings: "_Swings") -> Flags:
        """Return for each frame whether its second holds more than three flashes."""
        return np.array([second.transitions > MOST for second in swings.seconds], np.bool_)

    def sustained(self, swings: "_Swings") -> Flags:
        """Return for each frame whether two or more flashes a second have lasted for four of its last five seconds."""
        busy = np.array([second.transitions >= SUSTAINED for second in swings.seconds], np.int64)
        total = np.cumsum(np.concatenate([[0], busy]))
        ends = np.arange(1, len(busy) + 1)
        within = total[ends] - total[np.maximum(0, ends - EXTENDED_WINDOW * self._fps)]
        return np.asarray((within >= EXTENDED_SECONDS * self._fps) & (busy > 0), np.bool_)


class _Swings:
    """Follows one quantity in all cells and counts the changes that many of them make together."""

    def __init__(self, fps: int, grid: tuple[int, int], step: float, area: float) -> None:
        self._step, self._area, self._fps = step, area, fps
        self._together = max(2, round(fps / 6))
        columns, rows = grid
        self._ring = np.zeros((max(2, fps // 2 + 1), rows, columns), np.float32)
        self._open = np.zeros(self._ring.shape, np.bool_)
        self._sign = np.zeros((rows, columns), np.int8)
        self._since = np.full((rows, columns), -(10**6), np.int32)
        self._credited = np.ones((rows, columns), np.bool_)
        self._credits = np.zeros((fps, rows, columns), np.int16)
        self._counts = np.zeros((rows, columns), np.int16)
        self._held, self._seen = [False] * fps, 0
        self._turned_at = self._allowed_at = -(10**6)
        self._whole: deque[tuple[int, int]] = deque()
        self.seconds: list[Second] = []

    def see(self, now: Floats, allowed: Flags) -> None:
        """Take in the values of the next frame.

        A change counts only where one of its states is `allowed`: dark enough, or saturated enough.
        """
        index = len(self.seconds)
        if not index:
            self._ring[:] = now
            self._open[:] = allowed
        slot = index % len(self._ring)
        self._ring[slot], self._open[slot] = now, allowed
        if allowed.any():
            self._allowed_at = index
        if index - self._allowed_at < len(self._ring):
            self._turn(index, now, allowed)
        # A change stands alone when none has come against it for a second.
        if index - self._turned_at <= self._fps + 1:
            self._sign[index - self._since > self._fps] = 0
        # Most frames of a film have no change that could count: nothing more is to be worked out then.
        lively = index - self._turned_at < self._together
        changed = self._credit(index) if lively else None
        net = self._net(index) if lively else 0.0
        self.seconds.append(Second(max(self._in_place(index, changed), self._as_a_whole(index, net)), changed))

    def _turn(self, index: int, now: Floats, allowed: Flags) -> None:
        """Find the cells that have swung against their last direction."""
        may = self._open.any(axis=0)
        rose = (now - self._ring.min(axis=0) >= self._step) & (self._sign != 1) & may
        fell = (self._ring.max(axis=0) - now >= self._step) & (self._sign != -1) & may
        both = rose | fell
        if both.any():
            self._sign[rose], self._sign[fell] = 1, -1
            self._since[both], self._credited[both] = index, False
            self._turned_at = index
            # What was before the turn is forgotten: the next change is measured from here.
            self._ring[:, both], self._open[:, both] = now[both], allowed[both]

    def _credit(self, index: int) -> Flags | None:
        """Return the cells whose change has become part of one of a quarter of the picture, each change once."""
        fresh = index - self._since < self._together
        counted: Flags | None = None
        for sign in (1, -1):
            group = fresh & (self._sign == sign)
            if group.mean() >= self._area:
                new = group & ~self._credited
                counted = new if counted is None else counted | new
        if counted is None or not counted.any():
            return None
        self._credited |= counted
        return counted

    def _in_place(self, index: int, changed: Flags | None) -> int:
        slot = index % self._fps
        if changed is None and not self._held[slot]:
            return self._seen
        self._counts -= self._credits[slot]
        self._credits[slot] = 0 if changed is None else changed
        self._held[slot] = changed is not None
        self._counts += self._credits[slot]
        rank = int(self._counts.size * (1 - self._area))
        self._seen = int(np.partition(self._counts, rank, axis=None)[rank])
        return self._seen

    def _net(self, index: int) -> float:
        """Return the share of the picture that has just risen, less the share that has fallen."""
        return float((self._sign * (index - self._since < self._together)).mean())

    def _as_a_whole(self, index: int, net: float) -> int:
        while self._whole and self._whole[0][0] <= index - self._fps:
            self._whole.popleft()
        last = self._whole[-1][1] if self._whole else 0
        if abs(net) >= self._area and np.sign(net) != last:
            self._whole.append((index, int(np.sign(net))))
        return len(self._whole)
