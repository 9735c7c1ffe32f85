"""The light bar: a patrol car at the foot of the title, its two lamps swelling in turn, slowly and over little area."""

import math
from typing import TYPE_CHECKING

import numpy as np
import skia

from tools.finish.text import Image, blank, ink, outline

if TYPE_CHECKING:
    from moviepy import VideoClip

HERTZ = 0.9
"""Swells a second; below the rate at which a flash could harm, and over less than a tenth of the picture."""


def light_bar(width: int, floor: int, seconds: float) -> "list[VideoClip]":
    """Return the car and its lamps as clips in their places, at the right, its wheels a little below row `floor`."""
    from moviepy import ImageClip, VideoClip

    small = min(width, floor)
    wide, high = round(small * 0.46), round(small * 0.22)
    car = _car(wide, high)
    left, top = round(width - wide * 1.08), round(floor - high * 0.93)
    straight = np.ascontiguousarray(car[..., [2, 1, 0, 3]])
    clips = [ImageClip(straight, transparent=True).with_duration(seconds).with_position((left, top))]
    side = round(small * 0.20)
    for number, (tint, share) in enumerate((((255, 46, 52), 0.435), ((58, 118, 255), 0.545))):
        glow = _glow(side)
        colours = np.full((side, side, 3), tint, np.uint8)

        def strength(at: float, glow: "np.typing.NDArray[np.float64]" = glow, turn: int = number) -> object:
            swell = 0.5 + 0.5 * math.sin(2 * math.pi * HERTZ * at + math.pi * turn)
            return glow * (0.10 + 0.90 * swell)

        mask = VideoClip(strength, is_mask=True, duration=seconds)
        clip = ImageClip(colours).with_duration(seconds).with_mask(mask)
        clips.append(clip.with_position((round(left + wide * share - side / 2), round(top + high * 0.13 - side / 2))))
    return clips


def _glow(side: int) -> "np.typing.NDArray[np.float64]":
    x, y = np.meshgrid(np.linspace(-1, 1, side), np.linspace(-1, 1, side))
    far = np.hypot(x, y * 1.15)
    # Three flat rings rather than a gradient, as everything here is drawn.
    rings = 0.30 * (far < 0.95) + 0.34 * (far < 0.55) + 0.36 * (np.hypot(x / 0.26, y / 0.13) < 1)
    return np.asarray(rings, np.float64)


def _car(wide: int, high: int) -> Image:
    """Return a patrol car from the side in black, its windows a shade lighter."""
    picture, surface = blank(wide, high)
    canvas = surface.getCanvas()
    canvas.scale(wide / 100, high / 48)
    body = skia.Path()
    body.moveTo(3, 36)
    for x0, y0, x1, y1 in ((3, 25, 10, 23), (22, 21, 25, 20), (34, 9, 40, 8), (58, 7, 62, 8), (74, 18, 78, 20),
                           (95, 21, 97, 27), (98, 34, 96, 37)):  # fmt: skip
        body.quadTo(x0, y0, x1, y1)
    body.lineTo(3, 37)
    body.close()
    canvas.drawPath(body, ink("#080c14"))
    canvas.drawPath(body, outline("#39455f", 0.7))
    glass = skia.Path()
    glass.addPoly([skia.Point(*p) for p in ((29, 20), (38, 11), (48, 10.4), (48, 20))], True)
    glass.addPoly([skia.Point(*p) for p in ((51, 20), (51, 10.4), (60, 11), (70, 20))], True)
    canvas.drawPath(glass, ink("#2a3550"))
    canvas.drawRect(skia.Rect.MakeLTRB(40, 25, 66, 33), ink("#c9d2df", 0.85))
    canvas.drawCircle(53, 29, 2.6, ink("#05070c"))
    canvas.drawRect(skia.Rect.MakeLTRB(40, 4.2, 48.5, 7.4), ink("#ff4a4e"))
    canvas.drawRect(skia.Rect.MakeLTRB(50, 4.2, 58.5, 7.4), ink("#4f86ff"))
    canvas.drawRect(skia.Rect.MakeLTRB(93, 24, 97, 27.5), ink("#ffe9b0"))
    for x in (22, 79):
        canvas.drawCircle(x, 37, 8.2, ink("#05070c"))
        canvas.drawCircle(x, 37, 3.8, ink("#5b6474"))
    return picture
