"""The flash guard: counts general flashes as WCAG 2.3.1 and IRIS define them, and dims a picture that has too many.

This is no certified Harding test. Numbers: a flash is a pair of opposing changes of relative luminance of at least
0.1 with the darker state below 0.8, over at least a quarter of the picture (W3C, Three Flashes or Below Threshold);
more than three in any second fail; red counts by itself (R/(R+G+B) >= 0.8, change of (R-G-B)*320 above 20).
"""

from collections import deque
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

GRID = (64, 36)
"""Columns and rows of cells in which light is compared."""
STEP = 0.1
DARK = 0.8
AREA = 0.25
RED_STEP = 20.0
MOST_A_SECOND = 3

_LINEAR = np.array(
    [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in np.arange(256) / 255.0], np.float32
)


@dataclass
class FlashMeter:
    """Watches frames one by one and remembers when a large part of the picture swung."""

    fps: int
    _light: "_Swings" = field(init=False)
    _red: "_Swings" = field(init=False)

    def __post_init__(self) -> None:
        self._light = _Swings(STEP, self.fps)
        self._red = _Swings(RED_STEP, self.fps)

    def see(self, frame: NDArray[np.uint8]) -> None:
        """Take in the next frame (BGR, any size)."""
        # A cell is the mean of a few hundred pixels: a quarter of the rows of a large picture tell as much.
        rows = np.ascontiguousarray(frame[:: max(1, frame.shape[0] // 180)])
        small = cv2.resize(rows, GRID, interpolation=cv2.INTER_AREA)
        blue, green, red = (_LINEAR[small[..., channel]] for channel in range(3))
        self._light.see(0.0722 * blue + 0.7152 * green + 0.2126 * red, DARK)
        saturated = red / np.maximum(red + green + blue, 1e-6) >= 0.8
        self._red.see(np.where(saturated, np.maximum(red - green - blue, 0) * 320, 0).astype(np.float32), np.inf)

    @property
    def worst(self) -> float:
        """The largest number of flashes in any one second; a flash is two opposing changes."""
        return max(self._light.most_in(self.fps), self._red.most_in(self.fps)) / 2

    @property
    def safe(self) -> bool:
        """Whether no second holds more than three flashes."""
        return self.worst <= MOST_A_SECOND


class _Swings:
    """Follows the light of all cells over a quarter of a second and lists the frames where many of them swung."""

    def __init__(self, step: float, fps: int) -> None:
        self._step = step
        # A change that takes longer than this belongs to a flash slower than two a second.
        self._recent: deque[Floats] = deque(maxlen=max(2, fps // 4 + 1))
        self._index = -1
        self._last = 0
        self.transitions: list[int] = []

    def see(self, cells: Floats, dark: float) -> None:
        self._index += 1
        if self._recent:
            low, high = np.minimum.reduce(self._recent), np.maximum.reduce(self._recent)
            rose = (cells - low >= self._step) & (low < dark)
            fell = (high - cells >= self._step) & (cells < dark)
            for sign, swung in ((1, rose), (-1, fell)):
                # Only a change against the one before counts: a rise in steps is one transition.
                if swung.mean() >= AREA and sign != self._last:
                    self.transitions.append(self._index)
                    self._last = sign
                    self._recent.clear()
                    break
        self._recent.append(cells)

    def most_in(self, frames: int) -> int:
        """Return the most transitions within any `frames` neighbouring frames."""
        return max(
            (sum(start <= at < start + frames for at in self.transitions) for start in self.transitions), default=0
        )


def dimmed(frame: NDArray[np.uint8], around: NDArray[np.float32], share: float) -> NDArray[np.uint8]:
    """Return the frame with `share` (0 to 1) of its contrast over time left: mixed with the running mean `around`."""
    return np.asarray(cv2.addWeighted(frame, share, around.astype(np.uint8), 1 - share, 0), np.uint8)
