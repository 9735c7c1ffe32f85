"""Pictures between pictures: motion found by optical flow, so that eight frames a second become twenty-four.

The flow is DIS's (Kroeger et al., ECCV 2016, in OpenCV), found both ways on half-size pictures. Where the two ways
disagree, something was covered or came into view, and the picture that shows it is taken alone; where no motion
explains the pictures at all they are blended; and across a cut nothing is made up: the nearer picture stands.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]

SNAP = 0.06
"""Share of a step by which a moment may lie beside a picture that is then taken as it is, without a resampling."""

_LONG = 640
"""Pixels of the longer side of the pictures whose flow is found: half of 1280, which costs a quarter of the time."""

_ROUNDS = 3
"""Steps of the fixed point that carries a flow from its own picture to a moment between the two."""

_PARTED = 1.5
"""Pixels by which the ways there and back may miss each other before a place counts as covered."""

_LOST = 26.0
"""Difference in code values of the two warped pictures at which a place is half given up and blended."""

_CUT_CHANGE, _CUT_REST = 14.0, 0.62
"""A cut: mean change in code values, and the share of it that is left when the motion has been followed."""


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
        self._shrink = min(1.0, max(_LONG / max(width, height), 0.25) if max(width, height) > _LONG else 1.0)
        self._size = max(16, round(width * self._shrink)), max(16, round(height * self._shrink))
        self._small = tuple(cv2.resize(image, self._size, interpolation=cv2.INTER_AREA) for image in (first, last))
        grid = np.meshgrid(np.arange(self._size[0], dtype=np.float32), np.arange(self._size[1], dtype=np.float32))
        self._grid: Floats = np.stack(grid, axis=-1)

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
        there = cv2.remap(last, self._grid + self._flows[0], None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return float(np.abs(first - there).mean()) > _CUT_REST * change

    @cached_property
    def _seen(self) -> tuple[Floats, Floats]:
        """Where each picture shows what the other shows too, 0 to 1."""
        there, back = self._flows
        return self._agreeing(there, back), self._agreeing(back, there)

    def _agreeing(self, way: Floats, other: Floats) -> Floats:
        home = cv2.remap(other, self._grid + way, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        missed = np.linalg.norm(way + home, axis=-1)
        allowed = _PARTED + 0.05 * np.linalg.norm(way, axis=-1)
        return np.asarray(
            cv2.GaussianBlur(np.clip(2 - missed / allowed, 0, 1).astype(np.float32), (0, 0), 1.0), np.float32
        )

    def at(self, share: float) -> Image:
        """Return the picture at a share (0 to 1) of the way from the first to the last."""
        if self.is_cut:
            return self._first if share < 0.5 else self._last
        there, back = self._carried(self._flows[0], share), -self._carried(self._flows[1], 1 - share)
        # Two guesses of the motion at this moment: the one whose two pictures agree better is believed.
        doubt = [self._doubt(way, share) for way in (there, back)]
        believed = np.where((doubt[0] <= doubt[1])[..., None], there, back)
        return self._mixed(believed, np.minimum(*doubt), share)

    def _carried(self, way: Floats, share: float) -> Floats:
        """Return a flow as it lies at a moment between, found by following it back to its own picture."""
        carried = way
        for _ in range(_ROUNDS):
            carried = cv2.remap(
                way, self._grid - share * carried, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            )
        return carried

    def _doubt(self, way: Floats, share: float) -> Floats:
        """Return how much the two pictures differ at the ends of each place's way, in code values."""
        first, last = (
            cv2.remap(image, self._grid + along * way, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            for image, along in zip(self._small, (-share, 1 - share), strict=True)
        )
        return np.asarray(cv2.blur(cv2.absdiff(first, last).max(axis=2).astype(np.float32), (5, 5)), np.float32)

    def _mixed(self, way: Floats, doubt: Floats, share: float) -> Image:
        ends = self._grid - share * way, self._grid + (1 - share) * way
        seen = [
            cv2.remap(mask, end, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            for mask, end in zip(self._seen, ends, strict=True)
        ]
        # Shown by one picture alone: that one has it. A little is left of both, so that the sum is never nothing.
        weights = [(1 - share) * (seen[1] + 0.02), share * (seen[0] + 0.02)]
        part = self._large(weights[1] / (weights[0] + weights[1]))[..., None]
        full = self._large(way) / self._shrink
        height, width = self._first.shape[:2]
        grid = np.stack(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)), axis=-1)
        first = cv2.remap(self._first, grid - share * full, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        last = cv2.remap(self._last, grid + (1 - share) * full, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        mixed = first + (last.astype(np.float32) - first) * part
        lost = self._large(np.clip(doubt / _LOST - 0.5, 0, 1) * np.minimum(1 - seen[0], 1 - seen[1]))[..., None]
        plain = cv2.addWeighted(self._first, 1 - share, self._last, share, 0)
        return np.asarray(np.clip(mixed + (plain - mixed) * lost + 0.5, 0, 255), np.uint8)

    def _large(self, field: Floats) -> Floats:
        return np.asarray(cv2.resize(field, self._first.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)
