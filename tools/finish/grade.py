"""Grades: the colours of each show's look and each camera's electronics, as a curve and a matrix."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.effects import Light
from episodes.shots import CameraOwner
from tools.finish.looks import LOOKS, Look, look_of

__all__ = ["LOOKS", "Exposure", "Grade", "Look", "curve", "look_of", "monochrome"]

Image = NDArray[np.uint8]
Curve = NDArray[np.float32]

# How much of the look each camera keeps: an interview is lit and graded, a security camera is neither.
_SHARE: dict[CameraOwner, float] = {
    "bodycam": 1.0, "dashcam": 0.9, "cctv": 0.25, "doorbell": 0.6, "helicopter": 0.0, "interview": 0.8, "phone": 0.7,
}  # fmt: skip
_GREY: dict[CameraOwner, float] = {"cctv": 0.84, "helicopter": 1.0}
_LIFT: dict[CameraOwner, float] = {"cctv": 1.16, "phone": 1.05}
_WARM: dict[CameraOwner, float] = {"interview": 0.04, "dashcam": -0.012, "phone": 0.012}
"""How much warmer its white is than true white, as a share of red gained and blue lost."""
_DRIFT: dict[CameraOwner, float] = {"bodycam": 0.022, "phone": 0.03, "dashcam": 0.012, "doorbell": 0.01}
"""How far the automatic white balance wanders, likewise."""
_DARK: tuple[Light, ...] = ("night", "dusk")
_LUMA = np.array([0.114, 0.587, 0.299], np.float32)
_HEAT = np.array([0.12, 0.30, 0.58], np.float32)
"""What a heat camera makes of blue, green and red: skin, lamps and brake lights are warm, sky and grass are cold."""


def monochrome(owner: CameraOwner, light: Light) -> bool:
    """Return whether a camera sees without colour: by heat, or by its own infrared lamp at night."""
    return owner == "helicopter" or (owner == "doorbell" and light in _DARK)


class Grade:
    """The colours of one segment: one tone curve, then a matrix that mixes, tints and balances white."""

    def __init__(self, look: Look, owner: CameraOwner, light: Light, fps: int, seed: int) -> None:
        share = _share(owner, light)
        self._curve = curve(look, owner, light)
        self._mix = _matrix(look, owner, light)
        shadows, highlights = (np.array(part, np.float32) * share for part in (look.shadows, look.highlights))
        # A straight line through the tint of black and that of white.
        self._lift, self._gain = shadows, 1 + (highlights - shadows) / 255
        self._drift = 0.0 if monochrome(owner, light) else _DRIFT.get(owner, 0.0)
        self._warm = 0.0 if monochrome(owner, light) else _WARM.get(owner, 0.0)
        self._phase = float(np.random.default_rng(seed + 5).uniform(0, 2 * math.pi))
        self._fps = fps
        self._balance = np.zeros((3, 4), np.float32)

    def turn(self, index: int) -> None:
        """Set the white balance of frame `index`."""
        at = index / self._fps
        swing = 0.7 * math.sin(0.83 * at + self._phase) + 0.3 * math.sin(2.1 * at + 2 * self._phase)
        warm = self._warm + self._drift * swing
        gains = self._gain * np.array([1 - warm, 1.0, 1 + warm], np.float32)
        self._balance[:, :3] = self._mix * gains[:, None]
        self._balance[:, 3] = self._lift

    def apply(self, frame: Image) -> None:
        """Grade a BGR picture in place."""
        rows, columns = frame.shape[:2]
        # One curve for all channels: three neighbours in a row are as good as three pixels.
        flat = frame.reshape(rows, columns * 3)
        cv2.LUT(flat, self._curve, dst=flat)
        cv2.transform(frame, self._balance, dst=frame)


def curve(look: Look, owner: CameraOwner, light: Light) -> Image:
    """Return the tone curve (256 values) of a camera in a light, before tints."""
    x = np.linspace(0, 1, 256, dtype=np.float32)
    share = _share(owner, light)
    bent = _s_curve(_response(x, owner, light), look.contrast * (0.35 + 0.65 * share))
    fade = 0.0 if monochrome(owner, light) else look.fade * share / 255
    return np.asarray(np.clip((fade + bent * (1 - fade)) * 255 + 0.5, 0, 255), np.uint8)


def _response(x: Curve, owner: CameraOwner, light: Light) -> Curve:
    """Return how a camera's electronics answer to light, before any look."""
    if owner == "helicopter":
        # White is hot: the cold ground lies in the mid greys, whatever is warm stands out at the top.
        warmth = x ** (0.60 if light in _DARK else 1.25)
        return np.asarray(0.05 + 0.95 * _s_curve(_s_curve(warmth, 0.8), 0.8 if light in _DARK else 0.0), np.float32)
    if owner == "doorbell":
        # It lifts every shadow that it can, most of all by its own lamp, and so nothing in it is black.
        lifted = _s_curve(x**0.66, 0.55) if light in _DARK else x**0.80
        return np.asarray(0.045 + 0.93 * lifted, np.float32)
    return np.asarray(np.clip(x * _LIFT.get(owner, 1.0), 0, 1), np.float32)


def _share(owner: CameraOwner, light: Light) -> float:
    return 0.0 if monochrome(owner, light) else _SHARE[owner] * (1.0 if light in _DARK else 0.7)


def _matrix(look: Look, owner: CameraOwner, light: Light) -> Curve:
    """Return what mixes the channels (3 x 3, blue first)."""
    share = _share(owner, light)
    grey = 1.0 if monochrome(owner, light) else _GREY.get(owner, 0.0)
    # A film without colour has none at noon either, whatever the camera keeps of the rest of its look.
    kept = 1.0 if share and look.saturation < 0.2 else share
    left = (1 - grey) * (1 - kept + kept * look.saturation)
    weights = _HEAT if owner == "helicopter" else _LUMA
    mixed = np.tile(weights * np.float32(1 - left), (3, 1)) + np.eye(3, dtype=np.float32) * np.float32(left)
    if look.keeps_red and not grey:
        mixed[2] += np.array([-0.5, -0.5, 1.0], np.float32) * np.float32(look.keeps_red * share)
    return np.asarray(mixed, np.float32)


def _s_curve(x: Curve, strength: float) -> Curve:
    smooth = x * x * (3 - 2 * x)
    return np.asarray(x + strength * (smooth - x), np.float32)


class Exposure:
    """Automatic exposure: late when the light changes, then too far, then right; 1 while the light is steady.

    It never moves faster than a hand on a dial, so that a flashing light is not made worse by it.
    """

    def __init__(self, owner: CameraOwner, fps: int) -> None:
        self._range = {"interview": 0.02, "cctv": 0.05, "helicopter": 0.06, "phone": 0.20}.get(owner, 0.16)
        self._speed = 2.4 / fps
        # A phone waits, then jumps.
        self._every = max(1, fps // 3) if owner == "phone" else 1
        self._known: float | None = None
        self._pace, self._seen, self._gain, self._lit = 0.0, 0, 1.0, 0.0

    def gain(self, frame: Image) -> float:
        """Return the factor for this frame."""
        mean = math.log(float(frame[::16, ::16].mean()) + 12.0)
        if self._known is None:
            self._known = self._lit = mean
        # The picture itself is followed a little late too: what lasts a few frames only is no change of light.
        self._lit += 0.3 * (mean - self._lit)
        # A second-order follower: the pace carries on past the goal, as cheap cameras do.
        self._pace = 0.80 * self._pace + 0.2 * self._speed * 2.2 * (self._lit - self._known)
        self._known += self._pace
        self._seen += 1
        if (self._seen - 1) % self._every == 0:
            wanted = math.exp(0.45 * (self._lit - self._known))
            self._gain = min(max(wanted, 1 - self._range), 1 + self._range)
        return self._gain
