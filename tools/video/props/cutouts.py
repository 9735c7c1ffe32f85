"""Cut-outs: flat pictures made into pieces of the set: an edge of their own, a hard shadow and inner lines of ink."""

import functools
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from tools.finish.text import blank
from tools.video.brush import Brush, rgb
from tools.video.sheets import picture_of

Image = NDArray[np.uint8]

_SIZES = (32, 48, 68, 96, 136, 192, 272, 384, 544, 768)
"""Pixels at which pieces are kept; what lies between is scaled down."""
_SHADE, _SIDE = 0.36, 0.62
"""Shares of their colour that the shadow and the edge lose."""
_INK = (20, 13, 11)
WIDEST = 2.2
"""Heights that a piece may be wide; a wider one is drawn lower."""


class Art(Protocol):
    """Something flat to be drawn: equal arts are the same picture."""

    def picture(self) -> skia.Picture:
        """Return it within 100 by 100 units."""
        ...

    def letters(self) -> skia.Picture | None:
        """Return words that stand on it and take neither ink nor shadow, or None."""
        ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class Frame:
    """What of its 100 by 100 units an art fills."""

    x: float
    y: float
    wide: float
    tall: float


@dataclass(frozen=True, eq=False)
class Piece:
    """A finished piece of one size."""

    image: skia.Image
    foot: tuple[float, float]
    """The pixel under its middle, where it stands."""
    tall: float
    """Pixels from foot to top, without the edge."""
    wide: float
    """Pixels across, without the edge."""


@functools.lru_cache(maxsize=1024)
def frame_of(art: Art) -> Frame:
    """Return the box that an art fills; half the picture for an empty one."""
    pixels, surface = blank(200, 200)
    canvas = surface.getCanvas()
    canvas.scale(2, 2)
    canvas.drawPicture(art.picture())
    surface.flushAndSubmit()
    x, y, wide, tall = cv2.boundingRect(np.ascontiguousarray((pixels[..., 3] > 40).astype(np.uint8)))
    return Frame(x / 2, y / 2, wide / 2, tall / 2) if wide and tall else Frame(25, 25, 50, 50)


def draw_cutout(brush: Brush, art: Art) -> None:
    """Draw a piece one unit high with its foot at the origin."""
    matrix = brush.canvas.getTotalMatrix()
    pixels = max(abs(matrix.getScaleY()), abs(matrix.getSkewX()), 1.0)
    piece = _piece(art, next((size for size in _SIZES if size >= pixels), _SIZES[-1]))
    image = _fogged(piece, brush.fog, round(brush.haze * 20))
    canvas = brush.canvas
    canvas.save()
    fit = min(1.0, WIDEST * piece.tall / max(piece.wide, 1.0)) / piece.tall
    canvas.scale(fit, fit)
    canvas.drawImage(image, -piece.foot[0], -piece.foot[1], skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()


@functools.lru_cache(maxsize=24)
def _fogged(piece: Piece, fog: str, steps: int) -> skia.Image:
    """Return a piece behind so many twentieths of fog; kept, since a filter at each drawing costs far more."""
    if not steps:
        return piece.image
    pixels, surface = blank(piece.image.width(), piece.image.height())
    canvas = surface.getCanvas()
    canvas.drawImage(piece.image, 0, 0)
    red, green, blue = rgb(fog)
    colour = skia.ColorSetARGB(round(255 * steps / 20), red, green, blue)
    canvas.drawColor(colour, skia.BlendMode.kSrcATop)
    surface.flushAndSubmit()
    return picture_of(pixels)


@functools.lru_cache(maxsize=48)
def _piece(art: Art, size: int) -> Piece:
    frame = frame_of(art)
    scale = size / frame.tall
    side = max(1.0, 0.035 * size)
    rim = round(side) + 3
    wide, tall = round(frame.wide * scale) + 2 * rim, size + 2 * rim
    origin = (rim - frame.x * scale, rim - frame.y * scale)
    flat = _laid(art.picture(), (wide, tall), origin, scale)
    front, letters = _inked(_shaded(flat, size), flat, size), art.letters()
    if letters is not None:
        front = _over(_laid(letters, (wide, tall), origin, scale), front)
    done = _edged(front, flat, round(side))
    return Piece(picture_of(done), (rim + frame.wide * scale / 2, float(rim + size)), float(size), frame.wide * scale)


def _laid(picture: skia.Picture, size: tuple[int, int], origin: tuple[float, float], scale: float) -> Image:
    """Return a picture on a clear ground of so many pixels."""
    pixels, surface = blank(*size)
    canvas = surface.getCanvas()
    canvas.translate(*origin)
    canvas.scale(scale, scale)
    canvas.drawPicture(picture)
    surface.flushAndSubmit()
    return pixels


def _dimmed(pixels: Image, lost: Image) -> Image:
    """Return the picture with a share (of 255) of its colour taken away, towards a cold black."""
    alpha = np.ascontiguousarray(pixels[..., 3])
    cold = [
        cv2.convertScaleAbs(cv2.multiply(alpha, lost, scale=1 / 255), alpha=part / 255) for part in (0x0F, 0x07, 0x05)
    ]
    kept = cv2.multiply(np.ascontiguousarray(pixels[..., :3]), cv2.merge([255 - lost] * 3), scale=1 / 255)
    return np.asarray(cv2.merge([*cv2.split(cv2.add(kept, cv2.merge(cold))), alpha]), np.uint8)


def _moved(mask: Image, x: float, y: float) -> Image:
    steps = np.asarray([[1, 0, x], [0, 1, y]], np.float32)
    return np.asarray(cv2.warpAffine(mask, steps, (mask.shape[1], mask.shape[0])), np.uint8)


def _shaded(flat: Image, size: int) -> Image:
    """Lay a hard shadow along the left and the foot, as deep as the shape is thick there."""
    alpha = np.ascontiguousarray(flat[..., 3])
    lit = _moved(alpha, 0.075 * size, -0.06 * size)
    # A form's shadow is a soft curve, so the small cuts of the outline are smoothed away, and the edge made hard again.
    lit = np.asarray(cv2.stackBlur(lit, (2 * max(1, round(0.03 * size)) + 1,) * 2), np.uint8)
    gain = max(0.04 * size, 1.0) / 2
    steep = np.clip((np.arange(256) - 128) * gain + 128, 0, 255)
    lost = np.rint(_SHADE * (255 - steep)).astype(np.uint8)
    return _dimmed(flat, np.asarray(cv2.LUT(lit, lost), np.uint8))


def _inked(shaded: Image, flat: Image, size: int) -> Image:
    """Draw the borders between two colours in ink."""
    alpha = np.ascontiguousarray(flat[..., 3])
    inner = cv2.erode(alpha, np.ones((3, 3), np.uint8), iterations=max(1, size // 90))
    tones = cv2.cvtColor(np.ascontiguousarray(flat[..., :3]), cv2.COLOR_BGR2LAB)
    # Over three pixels a border is whole even where it was softened; on small pieces that would be all ink.
    reach = 3 if size > 90 else 2
    steps = cv2.split(cv2.morphologyEx(tones, cv2.MORPH_GRADIENT, np.ones((reach, reach), np.uint8)))
    edge = cv2.threshold(cv2.max(cv2.max(steps[0], steps[1]), steps[2]), 24, 255, cv2.THRESH_BINARY)[1]
    line = cv2.bitwise_and(edge, cv2.threshold(inner, 250, 255, cv2.THRESH_BINARY)[1])
    thick = round(0.011 * size) - reach + 2
    if thick > 1:
        line = cv2.dilate(line, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (thick, thick)))
    soft = cv2.multiply(cv2.GaussianBlur(line, (0, 0), 0.7), alpha, scale=(0.85 if size > 90 else 0.5) / 255)
    ink = cv2.merge([*(cv2.convertScaleAbs(soft, alpha=part / 255) for part in _INK), soft])
    return _over(np.asarray(ink, np.uint8), shaded)


def _edged(front: Image, flat: Image, side: int) -> Image:
    """Put the same shape behind it, darkened and drawn out to the left: it is as thick as a board."""
    dark = picture_of(_dimmed(flat, np.full(flat.shape[:2], round(255 * _SIDE), np.uint8)))
    pixels, surface = blank(flat.shape[1], flat.shape[0])
    canvas = surface.getCanvas()
    # Every second pixel is enough: the shapes are solid.
    for step in range(side, 0, -2):
        canvas.drawImage(dark, -step, 0)
    canvas.drawImage(picture_of(front), 0, 0)
    surface.flushAndSubmit()
    return pixels


def _over(front: Image, back: Image) -> Image:
    hidden = 255 - np.ascontiguousarray(front[..., 3])
    return np.asarray(cv2.add(front, cv2.multiply(back, cv2.merge([hidden] * 4), scale=1 / 255)), np.uint8)
