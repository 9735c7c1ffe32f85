"""Pictures between pictures: motion found by optical flow, so that eight frames a second become twenty-four.

The flow is DIS's (Kroeger et al., ECCV 2016, in OpenCV), found both ways on small pictures. Where the two ways
disagree, something was covered or came into view, and the picture that shows it is taken alone; where no motion
explains the pictures they are blended; and across a cut nothing is made up: the nearer picture stands.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]
Field = TypeVar("Field", NDArray[np.uint8], NDArray[np.float32])

SNAP = 0.06
"""Share of a step by which a moment may lie beside a picture that is then taken as it is, without a resampling."""

_PIXELS = 480 * 270
"""Size of the pictures whose flow is found: as true as with half of 1280×720, in two thirds of the time."""

_ROUNDS = 3
"""Steps of the fixed point that carries a flow from its own picture to a moment between the two."""

_PARTED = 1.5
"""Pixels by which the ways there and back may miss each other before a place counts as covered."""

_STANDS = 10.0
"""Difference in code values that a motion may leave before standing still is believed instead."""

_CUT_CHANGE, _CUT_REST, _CUT_SEEN = 8.0, 0.5, 0.45
"""A cut: more mean change in code values than the first, more than the second left of it when the motion has been
followed, and less than the third of the picture where the ways there and back agree. Between two sets these were
35–72, 0.7–1.0 and under 0.16; half a second of a fast pan had 30, 0.23 and 0.96, a flash of light 0.76 of agreement.
"""


def interpolated(frames: Iterable[tuple[float, Image]], times: Iterable[float], snap: float = SNAP) -> Iterator[Image]:
    """Yield the picture at each of `times`, ascending seconds, from `frames`, ascending seconds with BGR pictures.

    `snap`: share of a step by which a picture may be early or late instead of being made; at 0.5 none is made.
    All pictures are of one size. Before the first and after the last of them these stand. Holds two at a time.
    """
    source = iter(frames)
    before = after = next(source)
    gap: Between | None = None
    for time in times:
        while time > after[0]:
            before, gap = after, None
            found = next(source, None)
            if found is None:
                break
            after = found
        step = after[0] - before[0]
        share = (time - before[0]) / step if step > 0 else 0.0
        if share <= snap or share >= 1 - snap:
            yield after[1] if share >= 0.5 else before[1]
            continue
        gap = gap or Between(before[1], after[1])
        yield gap.at(share)


class Between:
    """All that lies between two pictures of one size, made when it is asked for."""

    def __init__(self, first: Image, last: Image) -> None:
        self._first, self._last = first, last
        height, width = first.shape[:2]
        self._shrink = min(1.0, (_PIXELS / (width * height)) ** 0.5)
        size = max(16, round(width * self._shrink)), max(16, round(height * self._shrink))
        self._small = [np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA)) for image in (first, last)]
        self._grid = _grid(*size)

    @cached_property
    def _flows(self) -> tuple[Floats, Floats]:
        """The ways there and back, in small pixels."""
        grey = [cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) for image in self._small]
        search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
        there, back = search.calc(grey[0], grey[1], None), search.calc(grey[1], grey[0], None)
        return np.asarray(there, np.float32), np.asarray(back, np.float32)

    @cached_property
    def is_cut(self) -> bool:
        """Whether another view begins between the two: following the motion explains next to nothing."""
        first, last = (np.asarray(image, np.float32) for image in self._small)
        change = float(np.abs(first - last).mean())
        if change < _CUT_CHANGE:
            return False
        rest = float(np.abs(first - _look(last, self._grid + self._flows[0])).mean())
        return rest > _CUT_REST * change and float(self._seen[0].mean()) < _CUT_SEEN

    @cached_property
    def _seen(self) -> tuple[Floats, Floats]:
        """Where each picture shows what the other shows too, 0 to 1."""
        there, back = self._flows
        return self._agreeing(there, back), self._agreeing(back, there)

    def _agreeing(self, way: Floats, other: Floats) -> Floats:
        missed = np.linalg.norm(way + _look(other, self._grid + way), axis=-1)
        allowed = _PARTED + 0.05 * np.linalg.norm(way, axis=-1)
        agreeing = np.clip(2 - missed / allowed, 0, 1).astype(np.float32)
        return np.asarray(cv2.GaussianBlur(agreeing, (0, 0), 1.0), np.float32)

    def at(self, share: float) -> Image:
        """Return the picture at a share (0 to 1) of the way from the first to the last."""
        if self.is_cut:
            return self._first if share < 0.5 else self._last
        there, back = self._carried(self._flows[0], share), -self._carried(self._flows[1], 1 - share)
        still = np.zeros_like(there)
        # Three guesses of the motion at this moment: the one whose two pictures agree best is believed. Where neither
        # flow explains them, standing still is as good as any, and so the two are blended there.
        doubt = np.stack((self._doubt(there, share), self._doubt(back, share), self._doubt(still, share) + _STANDS))
        guess = doubt.argmin(axis=0)[..., None]
        return self._mixed(np.where(guess == 0, there, np.where(guess == 1, back, still)), share)

    def _carried(self, way: Floats, share: float) -> Floats:
        """Return a flow as it lies at a moment between, found by following it back to its own picture."""
        carried = way
        for _ in range(_ROUNDS):
            carried = _look(way, self._grid - share * carried)
        return carried

    def _doubt(self, way: Floats, share: float) -> Floats:
        """Return how much the two pictures differ at the ends of each place's way, in code values."""
        first = _look(self._small[0], self._grid - share * way)
        last = _look(self._small[1], self._grid + (1 - share) * way)
        return np.asarray(cv2.blur(cv2.absdiff(first, last).max(axis=2).astype(np.float32), (9, 9)), np.float32)

    def _mixed(self, way: Floats, share: float) -> Image:
        """Return both pictures moved to a moment and laid over each other, each where it shows what is there."""
        seen = _look(self._seen[0], self._grid - share * way), _look(self._seen[1], self._grid + (1 - share) * way)
        # What one picture alone shows is taken from it. A little is left of both, so that their sum is never nothing.
        ours, theirs = (1 - share) * (seen[1] + 0.02), share * (seen[0] + 0.02)
        part = self._large((theirs / (ours + theirs)).astype(np.float32))
        full, grid = self._large(way) / self._shrink, _grid(self._first.shape[1], self._first.shape[0])
        first, last = _look(self._first, grid - share * full), _look(self._last, grid + (1 - share) * full)
        return np.asarray(cv2.blendLinear(first, last, 1 - part, part), np.uint8)

    def _large(self, field: Floats) -> Floats:
        return np.asarray(cv2.resize(field, self._first.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)


@lru_cache(maxsize=4)
def _grid(width: int, height: int) -> Floats:
    """Return each pixel's own place."""
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return np.stack((across, down), axis=-1)


def _look(field: Field, where: Floats) -> Field:
    """Return what lies at each of these places; beyond the edges it goes on as it ends there."""
    looked = cv2.remap(field, where, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return cast(Field, looked)
