"""Light: night is a multiplication. A small map says how much of its true colour each part of the frame shows."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.effects import Light, Weather
from episodes.shots import ActionEvent, LightBar, SirenPass, Torch
from tools.video.brush import Glow, rgb
from tools.video.timing import overshoot

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]

QUARTER = 4
"""The map has a quarter of the frame's width and height."""
BAR_HZ = 1.1
"""Beats a second of a light bar: below the 1.5 Hz that we hold."""

# Blue, green, red share of the true colours where no lamp reaches.
_OUTSIDE: dict[Light, tuple[float, float, float]] = {
    "day": (1.12, 1.15, 1.17), "dusk": (0.66, 0.50, 0.54), "night": (0.37, 0.245, 0.18), "dawn": (0.66, 0.62, 0.70),
}  # fmt: skip
_INSIDE: dict[Light, tuple[float, float, float]] = {
    "day": (0.98, 1.0, 1.03), "dusk": (0.56, 0.53, 0.58), "night": (0.44, 0.37, 0.36), "dawn": (0.60, 0.59, 0.61),
}  # fmt: skip
FOG: dict[Light, str] = {"day": "#c3d2dc", "dusk": "#8c7f96", "night": "#5f739c", "dawn": "#b0a3ac"}


def ambient(light: Light, inside: bool, seated: bool = False) -> Floats:
    """Return the share of blue, green and red that is seen without any lamp."""
    shares = np.array((_INSIDE if inside and not seated else _OUTSIDE)[light], np.float32)
    return np.asarray(shares * (1.25 if seated and light == "night" else 1.0), np.float32)


def haze_density(weather: Weather, light: Light) -> float:
    """Return the share of fog for each metre of air."""
    return {"fog": 0.055, "rain": 0.022, "snow": 0.03}.get(weather, 0.011 if light != "day" else 0.006)


def glow_map(
    glows: list[tuple[Glow, float]], width: int, height: int, scale: float, left: float, horizon: float
) -> Image:
    """Return the light of all glows of one depth, as BGR with 128 for full light, a quarter of the asked size.

    With each glow comes the height of its pool as a share of its width. `scale` is pixels a metre, `left` the pixel of
    x = 0 and `horizon` that of h = 0, all in full size.
    """
    total = np.zeros((max(1, height // QUARTER), max(1, width // QUARTER), 3), np.float32)
    for glow, squash in glows:
        cx, cy = (left + glow.x * scale) / QUARTER, (horizon - glow.h * scale) / QUARTER
        radius = max(glow.radius * scale / QUARTER, 1.0)
        add_pool(total, cx, cy, radius, max(radius * squash, 1.0), glow.colour, glow.strength)
    return np.asarray(np.clip(total * 128, 0, 255), np.uint8)


def add_pool(total: Floats, cx: float, cy: float, wide: float, tall: float, colour: str, strength: float) -> None:
    """Add a soft round light to a float map in place; it is cut off at 2.6 radii, where nothing is left of it."""
    reach = 2.6
    x0, x1 = max(int(cx - reach * wide), 0), min(int(cx + reach * wide) + 1, total.shape[1])
    y0, y1 = max(int(cy - reach * tall), 0), min(int(cy + reach * tall) + 1, total.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    dx = (np.arange(x0, x1, dtype=np.float32) - cx) / wide
    dy = (np.arange(y0, y1, dtype=np.float32) - cy) / tall
    square = dx[None, :] ** 2 + dy[:, None] ** 2
    fall = strength * np.maximum(1 / (1 + square) ** 2 - 0.017, 0)
    red, green, blue = rgb(colour)
    total[y0:y1, x0:x1] += fall[..., None] * (np.array((blue, green, red), np.float32) / 255)


@dataclass(frozen=True)
class Beams:
    """The lights that move: torch, light bar, a passing siren."""

    events: tuple[ActionEvent, ...]
    worn: bool
    """Whether the camera's wearer lights the way at night without being told."""

    def torch(self, time: float, rest: float) -> tuple[float, float]:
        """Return brightness (0 to 1) and place across the frame of the torch; `rest` is where it points by itself."""
        lit, place = (1.0 if self.worn else 0.0), rest
        told = sorted((event for event in self.events if isinstance(event, Torch)), key=lambda event: event.at)
        if told and told[0].action == "on":
            lit = 0.0
        for event in told:
            since = time - float(event.at)
            if since < 0:
                break
            share = min(since / 0.14, 1.0)
            if event.action == "sweep":
                lit = max(lit, share)
                place = place + (event.to - place) * overshoot(since / 0.6)
            else:
                lit = share if event.action == "on" else 1 - share
        return lit, place

    def bar(self, time: float) -> tuple[float, float]:
        """Return brightness of red and blue, swinging softly against each other while the bar is on."""
        on = False
        for event in sorted(
            (event for event in self.events if isinstance(event, LightBar)), key=lambda event: event.at
        ):
            on = event.on if time >= float(event.at) else on
        if not on:
            return 0.0, 0.0
        swing = math.sin(2 * math.pi * BAR_HZ * time)
        return max(0.0, swing) ** 0.7, max(0.0, -swing) ** 0.7

    def siren(self, time: float) -> tuple[float, float]:
        """Return brightness and place of a patrol car that passes outside the frame."""
        for event in self.events:
            if isinstance(event, SirenPass):
                way = (time - float(event.at)) / max(float(event.seconds), 0.3)
                if -0.5 <= way <= 0.5:
                    return math.cos(math.pi * way), 0.5 + 1.6 * way
        return 0.0, 0.5


def add_beam(total: Floats, cx: float, cy: float, radius: float, colour: str, strength: float) -> None:
    """Add a torch's light to a float map in place: an even disc with a firm edge, a paler ring, and a little spill."""
    add_pool(total, cx, cy, radius * 1.5, radius * 1.4, colour, 0.22 * strength)
    reach = 1.3 * radius
    x0, x1 = max(int(cx - reach), 0), min(int(cx + reach) + 1, total.shape[1])
    y0, y1 = max(int(cy - reach), 0), min(int(cy + reach) + 1, total.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    dx = (np.arange(x0, x1, dtype=np.float32) - cx) / radius
    dy = (np.arange(y0, y1, dtype=np.float32) - cy) / radius
    far = np.sqrt(dx[None, :] ** 2 + dy[:, None] ** 2)
    fall = 0.62 * np.clip((1.0 - far) / 0.10, 0, 1) + 0.16 * np.clip((1.26 - far) / 0.12, 0, 1)
    red, green, blue = rgb(colour)
    total[y0:y1, x0:x1] += (strength * fall)[..., None] * (np.array((blue, green, red), np.float32) / 255)


def _tone() -> Image:
    """Return the table that bends light: soft steps like washes of ink, and a shoulder, so that nothing burns out."""
    light = np.arange(256, dtype=np.float32) / 128
    stepped = light - 0.55 * np.sin(2 * math.pi * 5 * light) / (2 * math.pi * 5)
    knee, most = 0.80, 1.12
    room = most - knee
    bent = np.where(stepped < knee, stepped, knee + room * (1 - np.exp(-(stepped - knee) / room)))
    return np.asarray(np.clip(bent * 128, 0, 255), np.uint8)


TONE = _tone()
"""What becomes of a value of the light map before it meets the picture."""


@dataclass(frozen=True)
class Wash:
    """A light map made ready for frames: what they are multiplied with, and the veil that is added."""

    full: Image
    """BGRA in the frame's size, 128 for true colours."""
    veil: Image | None
    """BGRA in the frame's size; None in clear air by day."""


@dataclass(frozen=True)
class Ray:
    """The light in the air between the torch's glass and what it lights, in pixels of the frame."""

    start: tuple[float, float]
    end: tuple[float, float]
    radius: float
    """Of the lit disc at its end."""
    strength: float
    """0 to 1."""

    def add(self, veil: Image) -> None:
        """Add it to a small BGR picture of the whole frame's light in the air, a sixteenth of its size."""
        (x0, y0), (x1, y1) = self.start, self.end
        far = math.hypot(x1 - x0, y1 - y0) or 1.0
        side = ((y0 - y1) / far, (x1 - x0) / far)
        glow = np.zeros(veil.shape[:2], np.uint8)
        # Three wedges, one in another: thin air shows least of it at the far end.
        for reach, tone in ((0.92, 12), (0.62, 26), (0.34, 52)):
            x, y = x0 + reach * (x1 - x0), y0 + reach * (y1 - y0)
            half, near = 0.8 * self.radius * reach, 0.03 * self.radius
            corners = [(x0, y0, near), (x, y, half), (x, y, -half), (x0, y0, -near)]
            # A sixteenth of the frame, with four bits of a pixel's fraction: the frame's own numbers.
            points = np.array([[round(cx + off * side[0]), round(cy + off * side[1])] for cx, cy, off in corners])
            cv2.fillConvexPoly(glow, points.astype(np.int32), round(tone * self.strength), cv2.LINE_8, 4)
        soft = cv2.GaussianBlur(glow, (0, 0), 0.9)
        cv2.add(veil, cv2.merge([cv2.convertScaleAbs(soft, alpha=share) for share in (0.83, 0.94, 1.0)]), dst=veil)


def wash_of(light: Image, width: int, height: int, air: float, ray: Ray | None = None) -> Wash:
    """Return a BGR light map (128 = true colours) toned and grown to the frame's size.

    `air` is the part of the light that scatters before the lens, `ray` the torch's own.
    """
    toned = cv2.cvtColor(cv2.LUT(light, TONE), cv2.COLOR_BGR2BGRA)
    full = np.asarray(cv2.resize(toned, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    if not air:
        return Wash(full, None)
    scattered = cv2.subtract(light, (88, 88, 88, 0))
    # Blurred at a quarter of the map's own size: it is all softness.
    small = cv2.resize(
        scattered, (max(4, light.shape[1] // 4), max(4, light.shape[0] // 4)), interpolation=cv2.INTER_AREA
    )
    soft = np.asarray(cv2.convertScaleAbs(cv2.GaussianBlur(small, (0, 0), 2.2), alpha=air), np.uint8)
    if ray is not None:
        ray.add(soft)
    veil = cv2.resize(cv2.cvtColor(soft, cv2.COLOR_BGR2BGRA), (width, height), interpolation=cv2.INTER_LINEAR)
    return Wash(full, np.asarray(veil, np.uint8))


def light_up(frame: Image, wash: Wash) -> None:
    """Put an opaque BGRA frame under a light in place."""
    cv2.multiply(frame, wash.full, dst=frame, scale=1 / 128)
    if wash.veil is not None:
        cv2.add(frame, wash.veil, dst=frame)
    frame[..., 3] = 255
