"""Lenses: how the picture of each camera owner is bent, shaken, scanned and parted into colours at its edges."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.format import Format
from episodes.shots import CameraOwner
from tools.finish.sway import Hold, Sway

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]

_CELL = 16
"""Pixels between two places of the grid on which bending is worked out; between them it is as good as straight."""
_BANDS = 5
_WALKS = ("follow", "track", "push", "pull", "orbit")
_STILL = ("static", "pan", "tilt", "zoom")


@dataclass(frozen=True)
class Glass:
    """One camera's optics and the scan of its sensor."""

    bend: float
    """Barrel distortion: share of the half width by which the corner is pulled in."""
    hold: Hold
    vignette: float
    """Share of light lost in the corners."""
    grain: float
    """Standard deviation of the noise in code values."""
    floor: float = 0.0
    """What its amplifier adds in the dark, in code values."""
    fringe: int = 0
    """Pixels (of 720 rows) by which red and blue part at the edges."""
    readout: float = 0.0
    """Seconds from its first row to its last."""
    halo: float = 0.0
    """Strength of its own sharpening."""
    soft: bool = False
    """Whether fine detail is lost before anything else happens."""


GLASS: dict[CameraOwner, Glass] = {
    "bodycam": Glass(0.13, Hold("chest", sway=0.006, breath=0.0055, step=0.011, tremor=0.0004, roll=0.010),
                     vignette=0.46, grain=2.4, floor=4.5, fringe=2, readout=0.026, halo=0.34),
    "dashcam": Glass(0.06, Hold("mount", sway=0.0008, tremor=0.0011), vignette=0.27, grain=2.2, floor=4.0,
                     fringe=1, readout=0.022),
    "cctv": Glass(0.07, Hold("bracket"), vignette=0.34, grain=4.2, floor=6.0, soft=True),
    "doorbell": Glass(0.30, Hold("bracket"), vignette=0.40, grain=2.6, floor=7.0, fringe=2),
    "helicopter": Glass(0.0, Hold("gyro", sway=0.007, tremor=0.0003, roll=0.004), vignette=0.22, grain=3.6,
                        floor=9.0, soft=True),
    "interview": Glass(0.0, Hold("tripod", sway=0.0006, breath=0.0008), vignette=0.26, grain=1.3),
    "phone": Glass(0.012, Hold("arm", sway=0.013, breath=0.003, step=0.008, roll=0.008), vignette=0.12, grain=1.9,
                   floor=3.0, readout=0.018),
}  # fmt: skip


class Lens:
    """Bends, shakes and scans frames in one look-up; everything that does not change over time is worked out once.

    A frame is seen band by band, so that what is done with a band next finds it in the processor's own memory.
    """

    def __init__(self, owner: CameraOwner, form: Format, movement: str, seed: int, steps: Sequence[float] = ()) -> None:
        """Take `steps`, the seconds of the segment at which whoever carries the camera sets a foot down."""
        glass = GLASS[owner]
        self._glass, self._form = glass, form
        self._sway = Sway(glass.hold, movement in _WALKS, movement in _STILL, seed, steps)
        self._still = _barrel(form.width, form.height, glass.bend)
        self._when = (np.arange(self._still.shape[0], dtype=np.float32) * _CELL / form.height - 0.5) * glass.readout
        self._grid = self._still
        self._pan = Pan(form)
        high = -(-form.height // _BANDS // _CELL) * _CELL
        self.bands = tuple((top, min(top + high, form.height)) for top in range(0, form.height, high))
        """First row of each band, and the row after its last one."""
        self._large = np.empty((high + 2 * _CELL, self._still.shape[1] * _CELL, 2), np.float32)
        self._seen = np.empty((high, form.width, 4), np.uint8)

    def aim(self, frame: Image, index: int) -> None:
        """Turn to where the camera is at frame `index` of the segment; `frame` is what is before it."""
        if self._glass.hold.reach:
            across = self._pan.speed(frame, index) if self._glass.readout else 0.0
            self._grid = self._moved(index, across)

    def see(self, frame: Image, top: int, bottom: int) -> Image:
        """Return a band of the BGRA frame as this glass shows it; the next call writes over it."""
        first, cells = top // _CELL, -(-(bottom - top) // _CELL)
        large = self._large[: (cells + 2) * _CELL]
        cv2.resize(self._grid[first : first + cells + 2], large.shape[1::-1], dst=large)
        # The grid reaches a cell beyond the frame on every side, so that only whole cells are drawn out.
        where = large[_CELL : _CELL + bottom - top, _CELL : _CELL + self._form.width]
        seen = self._seen[: bottom - top]
        cv2.remap(frame, where, None, cv2.INTER_LINEAR, dst=seen, borderMode=cv2.BORDER_REFLECT)
        return seen

    def _moved(self, index: int, across: float) -> Floats:
        """Return the grid of a frame: each row is seen at its own moment, and so a swing of the camera leans.

        `across` is how fast the picture itself moves to the right, in pixels a frame.
        """
        width, height = self._form.width, self._form.height
        moments = np.asarray(index / self._form.fps + self._when, np.float32)
        dx, dy, roll = self._sway.at(moments)
        scale = 1 / (1 + 2.0 * self._glass.hold.reach)
        dx, dy = dx * height - across * self._when * self._form.fps, dy * height
        x, y = self._still[..., 0] - width / 2, self._still[..., 1] - height / 2
        cos, sin = (scale * np.cos(roll))[:, None], (scale * np.sin(roll))[:, None]
        turned = np.empty_like(self._still)
        np.subtract(cos * x, sin * y, out=turned[..., 0])
        np.add(sin * x, cos * y, out=turned[..., 1])
        turned[..., 0] += (width / 2 + dx)[:, None]
        turned[..., 1] += (height / 2 + dy)[:, None]
        return turned


class Pan:
    """Measures how fast the whole picture moves sideways, by the light of its columns."""

    _FASTEST = 64
    """Pixels a frame; what seems faster is another picture."""

    def __init__(self, form: Format) -> None:
        self._step = max(4, form.height // 45)
        self._window = np.hanning(form.width)
        self._last: NDArray[np.complex128] | None = None
        self._index, self._speed = -2, 0.0

    def speed(self, frame: Image, index: int) -> float:
        """Return pixels a frame, positive to the right; 0 for the first frame and where nothing can be told."""
        columns = frame[:: self._step, :, 1].mean(axis=0)
        now = np.fft.rfft((columns - columns.mean()) * self._window)
        if self._last is None or index != self._index + 1:
            self._speed = 0.0
        else:
            # The phases alone say how far one row of columns lies beside the other.
            crossed = now * np.conj(self._last)
            likeness = np.fft.irfft(crossed / (np.abs(crossed) + 1e-6), columns.size)
            near = np.concatenate((likeness[-self._FASTEST :], likeness[: self._FASTEST + 1]))
            best = int(near.argmax())
            found = float(best - self._FASTEST) if near[best] > 0.12 else 0.0
            self._speed += 0.5 * (found - self._speed)
        self._last, self._index = now, index
        return self._speed


def _barrel(width: int, height: int, bend: float) -> Floats:
    """Return where each place of the grid is looked up, for a barrel distortion that keeps the frame full."""
    columns, rows = -(-width // _CELL) + 2, -(-height // _CELL) + 2
    across = ((np.arange(columns, dtype=np.float32) - 0.5) * _CELL - 0.5) / (width - 1) * 2 - 1
    down = ((np.arange(rows, dtype=np.float32) - 0.5) * _CELL - 0.5) / (height - 1) * 2 - 1
    x, y = np.meshgrid(across, down)
    aspect = width / height
    radius = (x * x * aspect * aspect + y * y) / (aspect * aspect + 1)
    factor = (1 + bend * radius * radius + bend * radius) / (1 + 2 * bend)
    grid = np.stack(((x * factor + 1) / 2 * (width - 1), (y * factor + 1) / 2 * (height - 1)), axis=-1)
    return np.ascontiguousarray(grid, np.float32)


class Fringe:
    """Parts red and blue towards the left and right edges, a pixel at a time, as cheap glass does."""

    def __init__(self, form: Format, amount: int, bleed: float = 0.0) -> None:
        scale = form.height / 720 if form.width >= form.height else form.width / 720
        self._zones = [(round(form.width * share), shift) for shift, share in ((1, 0.17), (2, 0.06))]
        self._zones = [(reach, shift) for reach, shift in self._zones if shift <= math.floor(amount * scale + 0.35)]
        self._bleed = round(bleed * form.width)

    def part(self, seen: Image, frame: Image) -> None:
        """Part the colours of a BGR picture in place; `seen` is the same picture (BGRA), and stays as it is."""
        for reach, shift in self._zones:
            # Red is drawn outwards and blue inwards, so that edges near a corner are red outside.
            frame[:, : reach - shift, 2] = seen[:, shift:reach, 2]
            frame[:, -reach + shift :, 2] = seen[:, -reach:-shift, 2]
            frame[:, shift:reach, 0] = seen[:, : reach - shift, 0]
            frame[:, -reach:-shift, 0] = seen[:, -reach + shift :, 0]
        if self._bleed:
            # Half as far for blue: what was white gets a warm and a cold side.
            back = max(1, self._bleed // 2)
            frame[:, self._bleed :, 2] = seen[:, : -self._bleed, 2]
            frame[:, :-back, 0] = seen[:, back:, 0]
