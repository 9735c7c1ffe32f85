"""Lenses: how the picture of each camera owner is bent, shaken and darkened at the edges."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.shots import CameraOwner

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Glass:
    """One camera's optics."""

    bend: float
    """Barrel distortion: share of the half width by which the corner is pulled in."""
    shake: float
    """Amplitude of the hand's movement, as a share of the frame's height."""
    breath: float
    """Amplitude of the wearer's breathing, likewise."""
    vignette: float
    """Share of light lost in the corners."""
    grain: float
    """Standard deviation of the noise in code values."""


GLASS: dict[CameraOwner, Glass] = {
    "bodycam": Glass(bend=0.075, shake=0.0065, breath=0.0045, vignette=0.42, grain=3.4),
    "dashcam": Glass(bend=0.035, shake=0.0016, breath=0.0, vignette=0.25, grain=3.2),
    "cctv": Glass(bend=0.05, shake=0.0, breath=0.0, vignette=0.35, grain=5.0),
    "doorbell": Glass(bend=0.17, shake=0.0, breath=0.0, vignette=0.55, grain=3.6),
    "helicopter": Glass(bend=0.0, shake=0.003, breath=0.002, vignette=0.3, grain=4.6),
    "interview": Glass(bend=0.0, shake=0.0, breath=0.0008, vignette=0.22, grain=1.6),
    "phone": Glass(bend=0.0, shake=0.005, breath=0.003, vignette=0.15, grain=2.6),
}


class Lens:
    """Bends and shakes frames; everything that does not change over time is worked out once."""

    def __init__(self, glass: Glass, width: int, height: int, fps: int, still: bool, seed: int) -> None:
        self._glass, self._size, self._fps = glass, (width, height), fps
        rng = np.random.default_rng(seed)
        self._phases = rng.uniform(0, 2 * math.pi, 8)
        self._quiet = 0.35 if still else 1.0
        self._map = _barrel(width, height, glass.bend)
        self._held = not glass.shake and not glass.breath

    def see(self, frame: Image, index: int) -> Image:
        """Return the frame as this glass shows it at frame `index` of the segment."""
        # Hand and glass in one step: the place that the glass shows is looked up in the unshaken picture.
        where = self._map if self._held else cv2.transform(self._map, cv2.invertAffineTransform(self._hold(index)))
        seen = cv2.remap(frame, where, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        return np.asarray(seen, np.uint8)

    def _hold(self, index: int) -> NDArray[np.float32]:
        """Matrix of the hand at a frame: sines in each direction, a little roll, a lean for the rolling shutter."""
        width, height = self._size
        dx, dy, roll = self._sway(index / self._fps)
        before = self._sway((index - 1) / self._fps)
        scale = 1 + 2.4 * (self._glass.shake + self._glass.breath)
        cos, sin = scale * math.cos(roll), scale * math.sin(roll)
        lean = (dx - before[0]) / height * 0.35
        cx, cy = width / 2, height / 2
        return np.array(
            [[cos, -sin + lean, cx - cos * cx + (sin - lean) * cy + dx], [sin, cos, cy - sin * cx - cos * cy + dy]],
            np.float32,
        )

    def _sway(self, at: float) -> tuple[float, float, float]:
        height, phase = self._size[1], self._phases
        hand = self._glass.shake * self._quiet * height
        breath = self._glass.breath * height * math.sin(2 * math.pi * 0.29 * at + phase[6])
        dx = hand * (
            0.6 * math.sin(4.1 * at + phase[0])
            + 0.3 * math.sin(9.7 * at + phase[1])
            + 0.1 * math.sin(23 * at + phase[2])
        )
        dy = hand * (
            0.5 * math.sin(5.3 * at + phase[3])
            + 0.35 * math.sin(12.1 * at + phase[4])
            + 0.1 * math.sin(27 * at + phase[5])
        )
        roll = 0.9 * self._glass.shake * self._quiet * math.sin(2.7 * at + phase[7])
        return dx, dy + breath, roll


def _barrel(width: int, height: int, bend: float) -> NDArray[np.float32]:
    """Return where each pixel is looked up for a barrel distortion that keeps the frame full to its corners."""
    x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    aspect = width / height
    radius = (x * x * aspect * aspect + y * y) / (aspect * aspect + 1)
    factor = (1 + bend * radius * radius + bend * radius) / (1 + 2 * bend)
    across, down = (x * factor + 1) / 2 * (width - 1), (y * factor + 1) / 2 * (height - 1)
    return np.ascontiguousarray(np.stack((across, down), axis=-1), np.float32)


def vignette(width: int, height: int, amount: float, scanlines: float = 0.0) -> Image:
    """Return a BGR picture to multiply with (255 = unchanged): darker corners and, for old screens, every third row."""
    x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    shade = 1 - amount * np.clip((x * x + y * y) / 2 - 0.12, 0, 1) ** 1.25
    if scanlines:
        shade[::3] *= 1 - scanlines
    return np.repeat((255 * shade).astype(np.uint8)[..., None], 3, axis=2)


def grain_tiles(width: int, height: int, deviation: float, seed: int, count: int = 5) -> list[Image]:
    """Return a few pictures of noise round 128 that are used in turn; fine in the wide format, never per frame."""
    rng = np.random.default_rng(seed)
    # One field of noise, a little larger than the frame, from which each tile is cut elsewhere.
    room = 64
    fine = rng.standard_normal((height + room, width + room), np.float32) * np.float32(deviation)
    soft = cv2.GaussianBlur(fine, (0, 0), 0.7)
    field = cv2.cvtColor(cv2.convertScaleAbs(soft, alpha=1.5, beta=128), cv2.COLOR_GRAY2BGR)
    corners = [(room * (index * 2 % count) // count, room * index // count) for index in range(count)]
    return [np.ascontiguousarray(field[top : top + height, left : left + width], np.uint8) for left, top in corners]
