"""What lies on the glass: a smear that catches light, drops of rain that hold a small picture, flecks of snow."""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.effects import Weather
from episodes.format import Format
from episodes.shots import CameraOwner

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]

_WET: dict[CameraOwner, int] = {"bodycam": 15, "dashcam": 30, "phone": 9, "doorbell": 12}
"""Drops on each camera's glass in rain; cameras under a roof and in rooms have none."""


class Smear:
    """A wiped fingerprint near a corner of the lens: unseen in the dark, milky when a lamp shines into it."""

    def __init__(self, form: Format, seed: int) -> None:
        rng = np.random.default_rng(seed + 11)
        self._wide, self._high = round(form.width * 0.36), round(form.height * 0.44)
        right, low = rng.random() < 0.6, rng.random() < 0.5
        self._left = form.width - self._wide if right else 0
        self._top = form.height - self._high if low else 0
        self._picture = _smear(self._wide, self._high, not right, not low, rng)

    def catch(self, frame: Image) -> None:
        """Lay the smear over a BGR frame, as bright as the lights in it."""
        lights = float((frame[::16, ::16, 1] > 190).mean())
        strength = min(1.0, 0.10 + 5.0 * lights)
        here = frame[self._top : self._top + self._high, self._left : self._left + self._wide]
        cv2.addWeighted(here, 1.0, self._picture, strength, 0, dst=here)


def _smear(width: int, height: int, left: bool, top: bool, rng: np.random.Generator) -> Image:
    shade = np.zeros((height, width), np.float32)
    corner = np.array([width * (0.16 if left else 0.84), height * (0.2 if top else 0.8)])
    angle = rng.uniform(-0.9, 0.9)
    for number in range(26):
        # Arcs of a finger that was drawn over the glass, each a little beside the last.
        off = (number - 13) * height * 0.017
        at = corner + off * np.array([-math.sin(angle), math.cos(angle)])
        axes = (round(width * rng.uniform(0.16, 0.36)), round(height * rng.uniform(0.02, 0.06)))
        start = rng.uniform(180, 220)
        cv2.ellipse(
            shade, (round(at[0]), round(at[1])), axes, math.degrees(angle), start, start + rng.uniform(60, 130),
            float(rng.uniform(0.25, 0.8)), max(1, round(height * 0.006)), cv2.LINE_AA,
        )  # fmt: skip
    soft = cv2.GaussianBlur(shade, (0, 0), height * 0.011) + 0.55 * cv2.GaussianBlur(shade, (0, 0), height * 0.06)
    x, y = np.meshgrid(np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32))
    # It fades towards the middle of the frame, where a face may be.
    fade = np.clip((1 - x if left else x) * 1.9 - 0.35, 0, 1) * np.clip((1 - y if top else y) * 1.9 - 0.35, 0, 1)
    milky = soft * fade * 84
    return np.asarray(np.clip(np.stack((milky * 1.06, milky, milky * 0.94), axis=-1), 0, 255), np.uint8)


@dataclass(frozen=True)
class _Drop:
    """One drop: where and when it lies on the glass."""

    x: float
    y: float
    radius: int
    start: float
    lasts: float
    runs: bool


class Glasswork:
    """Rain and snow on the glass of one segment."""

    def __init__(self, form: Format, owner: CameraOwner, weather: Weather, seed: int) -> None:
        self._form = form
        count = _WET.get(owner, 0) if weather in ("rain", "snow") else 0
        self._snow = weather == "snow"
        rng = np.random.default_rng(seed + 13)
        small = min(form.width, form.height)
        self._drops = [_drop(rng, small, self._snow) for _ in range(count)]
        self._shapes = {drop.radius: _shape(drop.radius, self._snow) for drop in self._drops}
        # Coarse: what a wet lens shows in a drop is colour, not a picture.
        self._step = max(4, round(small / 14))

    def wet(self, frame: Image, index: int) -> None:
        """Lay what is on the glass over a BGR frame."""
        if not self._drops:
            return
        at = index / self._form.fps
        # A drop is a lens of its own: it holds the whole scene, small and upside down.
        scene = frame[:: -self._step, :: -self._step]
        for drop in self._drops:
            age = (at + drop.start) % (drop.lasts + 1.2) / drop.lasts
            if age < 1:
                self._lay(frame, scene, drop, age)

    def _lay(self, frame: Image, scene: Image, drop: _Drop, age: float) -> None:
        alpha, shine = self._shapes[drop.radius]
        high, wide = alpha.shape[:2]
        run = max(0.0, age - 0.72) ** 2 * 4.5 if drop.runs else 0.0
        left = round(drop.x * self._form.width - wide / 2)
        top = round((drop.y + run) * self._form.height - high / 2)
        if left < 0 or top < 0 or left + wide > frame.shape[1] or top + high > frame.shape[0]:
            return
        here = frame[top : top + high, left : left + wide]
        if self._snow:
            cv2.addWeighted(here, 1.0, shine, 0.8 * (1 - age), 0, dst=here)
            return
        rows, columns = scene.shape[:2]
        y0 = min(int((1 - drop.y) * rows * 0.4), rows - 2)
        x0 = min(int((1 - drop.x) * columns * 0.4), columns - 2)
        part = np.ascontiguousarray(scene[y0 : y0 + max(2, rows * 6 // 10), x0 : x0 + max(2, columns * 6 // 10)])
        inside = cv2.add(cv2.resize(part, (wide, high), interpolation=cv2.INTER_AREA), shine)
        ground = cv2.multiply(here, 255 - alpha, scale=1 / 255)
        here[:] = cv2.add(ground, cv2.multiply(inside, alpha, scale=1 / 255))


def _drop(rng: np.random.Generator, small: int, snow: bool) -> _Drop:
    size = small * (0.006 + 0.020 * rng.random() ** 2.2)
    x, y = rng.uniform(0.03, 0.97), rng.uniform(0.05, 0.95)
    if abs(x - 0.5) < 0.22 and abs(y - 0.45) < 0.25:
        # The middle is wiped by a sleeve now and then: what is to be seen stays to be seen.
        x, size = (x + 0.5) % 1.0, size * 0.8
    lasts = rng.uniform(1.2, 2.4) if snow else rng.uniform(2.2, 6.0)
    return _Drop(x, y, max(2, round(size)), rng.uniform(0, 8), lasts, bool(rng.random() < 0.45))


def _shape(radius: int, snow: bool) -> tuple[Image, Image]:
    """Return a drop's opacity and the light in it (BGR both)."""
    side = 2 * radius + 5
    high = round(side * (1.0 if snow else 1.18))
    x, y = np.meshgrid(np.linspace(-1, 1, side, dtype=np.float32), np.linspace(-1, 1, high, dtype=np.float32))
    # A little heavier below.
    far = np.hypot(x * (1.0 if snow else 1 + 0.16 * (-y)), y) * (side / (2 * radius))
    alpha = np.clip((1 - far) * radius * 0.6, 0, 1)
    if snow:
        light = 150 * np.clip(1 - far, 0, 1) ** 0.8
        return _three(alpha * 255.0), _three(light)
    # Its own edge is dark above and bright below, for it holds the sky at its foot; the opacity keeps the dark rim.
    rim = np.clip((far - 0.55) / 0.45, 0, 1)
    light = 70 * np.exp(-(((x + 0.34) / 0.2) ** 2) - ((y + 0.42) / 0.16) ** 2) + 46 * rim * np.clip(y, 0, 1)
    alpha = alpha * (0.58 + 0.20 * rim)
    return _three(alpha * 255.0), _three(light)


def _three(field: NDArray[Any]) -> Image:
    return np.repeat(np.clip(field, 0, 255).astype(np.uint8)[..., None], 3, axis=2)
