"""Grades: the colours of each show's look and each camera's electronics, as one table of 3 x 256 values."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from episodes.effects import Light
from episodes.shots import CameraOwner

Image = NDArray[np.uint8]
Curve = NDArray[np.float32]


@dataclass(frozen=True)
class Look:
    """A look: what it does to shadows and highlights, as offsets of blue, green and red in code values."""

    shadows: tuple[float, float, float]
    highlights: tuple[float, float, float]
    contrast: float = 0.25
    """Strength of the S curve, 0 to 1."""
    accent: str = "#f2a541"
    """Colour of rules and marks on cards and overlays."""
    ground: str = "#070b16"
    """Colour of cards."""


LOOKS: dict[str, Look] = {
    "night_blue": Look(shadows=(13, 3, -3), highlights=(-12, 2, 9), contrast=0.30),
    "sodium": Look(shadows=(2, 2, 7), highlights=(-24, 0, 14), contrast=0.28, accent="#ff8b3d", ground="#140c06"),
    "daylight": Look(shadows=(5, 1, 0), highlights=(-5, 1, 4), contrast=0.18, accent="#3d7bd9", ground="#0e1726"),
    "noir": Look(shadows=(4, 2, 2), highlights=(-2, 0, 2), contrast=0.42, accent="#d9d2c3", ground="#0b0b0c"),
    "vhs": Look(shadows=(12, 2, 12), highlights=(-6, -6, 6), contrast=0.10, accent="#7fe0d2", ground="#11081c"),
}
"""By name; an unknown name gets the first, so that an old record still plays."""

# How much of the look each camera keeps: an interview is lit and graded, a security camera is neither.
_SHARE: dict[CameraOwner, float] = {
    "bodycam": 1.0, "dashcam": 0.9, "cctv": 0.25, "doorbell": 0.6, "helicopter": 0.0, "interview": 0.7, "phone": 0.6,
}  # fmt: skip
_GREY: dict[CameraOwner, float] = {"cctv": 0.82, "helicopter": 1.0, "doorbell": 0.15, "phone": 0.0}
_LIFT: dict[CameraOwner, float] = {"cctv": 1.18, "helicopter": 1.5, "doorbell": 1.1}


def look_of(name: str) -> Look:
    """Return a look by its name."""
    return LOOKS.get(name, LOOKS["night_blue"])


def table(look: Look, owner: CameraOwner, light: Light) -> Image:
    """Return the look-up table (256, 1, 3), blue first, for a camera in a light."""
    share = _SHARE[owner] * (1.0 if light in ("night", "dusk") else 0.6)
    x = np.linspace(0, 1, 256, dtype=np.float32)
    lifted = np.clip(x * _LIFT.get(owner, 1.0), 0, 1) if owner != "helicopter" else x**0.7
    bent = _s_curve(lifted, look.contrast * (0.35 + 0.65 * share))
    channels = []
    for shadow, highlight in zip(look.shadows, look.highlights, strict=True):
        tint = share * (shadow * (1 - bent) ** 2 + highlight * bent**2 * (1 - bent) * 2.2)
        channels.append(np.clip(bent * 255 + tint, 0, 255))
    return np.stack(channels, axis=-1).astype(np.uint8)[:, None, :]


def greyness(owner: CameraOwner) -> float:
    """Return how much of the colour a camera loses, 0 to 1."""
    return _GREY.get(owner, 0.0)


def _s_curve(x: Curve, strength: float) -> Curve:
    smooth = x * x * (3 - 2 * x)
    return x + strength * (smooth - x)


class Exposure:
    """Automatic exposure: follows the mean of the picture with a lag, and hunts a little when light changes."""

    def __init__(self, owner: CameraOwner, fps: int) -> None:
        self._range = {"interview": 0.02, "cctv": 0.05, "helicopter": 0.05}.get(owner, 0.16)
        self._speed = 2.6 / fps
        self._mean: float | None = None
        self._pace = 0.0

    def gain(self, frame: Image) -> float:
        """Return the factor for this frame; 1 while the light is steady."""
        mean = float(frame[::16, ::16].mean()) + 8.0
        if self._mean is None:
            self._mean = mean
        # A second-order follower: the pace carries on a little past the goal, as cheap cameras do.
        self._pace = 0.78 * self._pace + self._speed * (mean - self._mean)
        self._mean += self._pace
        return float(np.clip((self._mean / mean) ** 0.6, 1 - self._range, 1 + self._range))
