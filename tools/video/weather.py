"""Weather: rain and snow before and behind the players, and what rain makes of a floor."""

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes import effects
from episodes.format import Format

Image = NDArray[np.uint8]


class Weather:
    """What falls through the frame, drawn once and moved."""

    def __init__(self, weather: effects.Weather, form: Format, seed: int, *, outside: bool) -> None:
        self._form, self._snow = form, weather == "snow"
        self.falls = outside and weather in ("rain", "snow")
        if not self.falls:
            return
        area, high = form.width * form.height / 921600, form.height
        if self._snow:
            self._far = _flakes(form.width, high, seed, round(420 * area), high / 420)
            self._near = _flakes(form.width, high, seed + 1, round(60 * area), high / 110)
        else:
            self._far = _streaks(form.width, high, seed, round(560 * area), high * 0.05, 1)
            self._near = _streaks(form.width, high, seed + 1, round(70 * area), high * 0.15, max(1, high // 400))

    def fall(self, frame: Image, time: float, *, behind: bool) -> None:
        """Add to a BGRA frame in place what falls at this time, far away (`behind`) or close to the lens."""
        if not self.falls:
            return
        high = self._form.height
        tile, speed = (self._far, 2.1) if behind else (self._near, 3.6)
        row = high - 1 - int(time * speed * (0.11 if self._snow else 1.0) * high) % high
        cv2.add(frame, tile[row : row + high], dst=frame)


def wet_floor(frame: Image, edge: int, mask: Image) -> None:
    """Mirror the lit picture above row `edge` in the floor below it, in a BGRA frame in place.

    `mask` is the players' shape at a quarter of the size: they stand on the floor and not in it.
    """
    high, wide = frame.shape[:2]
    rows = min(edge, high - edge)
    if rows < 8:
        return
    small = cv2.resize(frame[edge - rows : edge], (wide // 4, max(2, rows // 4)), interpolation=cv2.INTER_AREA)[::-1]
    streaks = cv2.blur(np.ascontiguousarray(small), (3, max(3, rows // 14)))
    fade = np.linspace(0.42, 0.08, streaks.shape[0], dtype=np.float32)[:, None, None]
    part = mask[edge // 4 : edge // 4 + streaks.shape[0], : streaks.shape[1]]
    part = cv2.resize(part, (streaks.shape[1], streaks.shape[0])) if part.shape != streaks.shape[:2] else part
    kept = (255 - part).astype(np.float32)[..., None] / 255
    shine = np.asarray(streaks * fade * kept, np.uint8)
    area = frame[edge : edge + rows]
    cv2.add(area, cv2.resize(shine, (wide, rows), interpolation=cv2.INTER_LINEAR), dst=area)
    area[..., 3] = 255


def _streaks(width: int, height: int, seed: int, drops: int, length: float, thick: int) -> Image:
    """Return a BGRA picture of streaks, twice as high as the frame, that repeats from top to bottom."""
    rng = np.random.default_rng(seed)
    tile = np.zeros((height * 2, width, 4), np.uint8)
    for _ in range(drops):
        x, y, long = int(rng.integers(0, width)), int(rng.integers(0, height)), length * rng.uniform(0.6, 1.4)
        tone = int(rng.integers(34, 80))
        for top in (y - height, y, y + height):
            end = (int(x - long * 0.12), int(top + long))
            cv2.line(tile, (x, top), end, (tone, tone - 8, tone - 14, 0), thick, cv2.LINE_AA)
    return tile


def _flakes(width: int, height: int, seed: int, flakes: int, radius: float) -> Image:
    """Return a BGRA picture of flakes, twice as high as the frame, that repeats from top to bottom."""
    rng = np.random.default_rng(seed)
    tile = np.zeros((height * 2, width, 4), np.uint8)
    for _ in range(flakes):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        tone, size = int(rng.integers(70, 170)), max(1, round(radius * rng.uniform(0.6, 1.3)))
        for top in (y, y + height):
            cv2.circle(tile, (x, top), size, (tone, tone - 6, tone - 12, 0), -1, cv2.LINE_AA)
    return tile
