"""Sheets: planes of a set drawn once per shot and moved by the camera; and the dark shapes close to the lens."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from tools.finish.text import blank
from tools.video.brush import Brush
from tools.video.camera import Camera
from tools.video.light import QUARTER, glow_map
from tools.video.scenery import Plane

Image = NDArray[np.uint8]
_TILE = 96
"""Side in pixels of the squares that a sheet is cut into."""
_WIDEST = 5200
"""Pixels that a sheet may be wide: a very long track shows its edge stretched rather than filling the memory."""


@dataclass(frozen=True)
class Sheet:
    """One plane as pixels (premultiplied BGRA), with its light, and where it hangs in the world."""

    z: float
    pixels: Image
    tiles: tuple["Tile", ...]
    light: Image | None
    left: float
    top: float
    """Metres of its upper left corner, after empty edges were cut off."""
    scale: float
    """Pixels a metre."""
    light_at: tuple[float, float]
    """Metres of the upper left corner of its light."""

    def draw(self, canvas: skia.Canvas, camera: Camera, floor: int) -> None:
        """Lay the sheet into the frame as the camera sees it, down to the row `floor`; what is below will be hidden."""
        x, y = camera.place(self.left, self.top, self.z)
        ratio = camera.scale(self.z) / self.scale
        if abs(ratio - 1) < 0.0015:
            lay(canvas, self.tiles, round(x), round(y), camera.width, floor)
            return
        # Piece by piece, so that air is not worked out and wall is not blended.
        for tile in self.tiles:
            left, top = math.ceil(x + tile.left * ratio), math.ceil(y + tile.top * ratio)
            right = min(camera.width, math.ceil(x + (tile.left + tile.image.width()) * ratio))
            low = min(floor, math.ceil(y + (tile.top + tile.image.height()) * ratio))
            left, top = max(left, 0), max(top, 0)
            if right <= left or low <= top:
                continue
            matrix = np.array([[ratio, 0, x - left], [0, ratio, y - top]], np.float32)
            warped = cv2.warpAffine(
                self.pixels, matrix, (right - left, low - top), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            )
            info = skia.ImageInfo.Make(right - left, low - top, skia.kBGRA_8888_ColorType, tile.image.alphaType())
            canvas.drawImage(skia.Image.MakeRasterData(info, warped, (right - left) * 4), left, top)

    def shine(self, total: Image, camera: Camera) -> None:
        """Add the sheet's light to the quarter-size map of the frame in place."""
        if self.light is None:
            return
        x, y = camera.place(*self.light_at, self.z)
        ratio = camera.scale(self.z) / self.scale
        matrix = np.array([[ratio, 0, x / QUARTER], [0, ratio, y / QUARTER]], np.float32)
        moved = cv2.warpAffine(self.light, matrix, (total.shape[1], total.shape[0]), flags=cv2.INTER_LINEAR)
        cv2.add(total, moved, dst=total)


@dataclass(frozen=True)
class Tile:
    """A piece of a larger picture that is not empty."""

    image: skia.Image
    left: int
    top: int
    """Pixels from the upper left corner of the whole."""


def tiles_of(pixels: Image) -> tuple[Tile, ...]:
    """Cut premultiplied BGRA pixels into tiles, leave out empty ones and join neighbours in a row.

    Most of a plane is air or wall: air costs nothing to lay then, and wall is copied instead of blended.
    """
    found: list[Tile] = []
    high, wide = pixels.shape[:2]
    for top in range(0, high, _TILE):
        row = pixels[top : top + _TILE]
        kinds = [_opacity(row[:, left : left + _TILE, 3]) for left in range(0, wide, _TILE)]
        start = 0
        for index in range(1, len(kinds) + 1):
            if index < len(kinds) and kinds[index] == kinds[start]:
                continue
            if kinds[start]:
                part = np.ascontiguousarray(row[:, start * _TILE : index * _TILE])
                found.append(Tile(picture_of(part, solid=kinds[start] == 2), start * _TILE, top))
            start = index
    return tuple(found)


def _opacity(alpha: Image) -> int:
    """Return 0 for empty, 2 for solid, 1 for anything between."""
    return 0 if not alpha.any() else 2 if alpha.min() == 255 else 1


def lay(canvas: skia.Canvas, tiles: tuple[Tile, ...], x: int, y: int, width: int, height: int) -> None:
    """Draw the tiles of a picture whose upper left corner is at (x, y), as far as they are in the frame."""
    for tile in tiles:
        left, top = x + tile.left, y + tile.top
        if left < width and top < height and left + tile.image.width() > 0 and top + tile.image.height() > 0:
            canvas.drawImage(tile.image, left, top)


def picture_of(pixels: Image, solid: bool = False) -> skia.Image:
    """Return premultiplied BGRA pixels as a skia picture that can be laid without conversion; `solid`: no alpha."""
    alpha = skia.kOpaque_AlphaType if solid else skia.kPremul_AlphaType
    info = skia.ImageInfo.Make(pixels.shape[1], pixels.shape[0], skia.kBGRA_8888_ColorType, alpha)
    return skia.Image.MakeRasterCopy(skia.Pixmap(info, pixels, pixels.shape[1] * 4))


def hang(plane: Plane, cameras: list[Camera], base: Camera, fog: str, density: float, blur: float) -> Sheet:
    """Draw a plane as large as any of the cameras will see of it."""
    scale = base.scale(plane.z)
    corners = [_corners(camera, plane.z) for camera in cameras]
    left, right = min(c[0] for c in corners), max(c[1] for c in corners)
    top, low = max(c[2] for c in corners), min(c[3] for c in corners)
    width = min(max(8, math.ceil((right - left) * scale)), _WIDEST)
    height = min(max(8, math.ceil((top - low) * scale)), _WIDEST // 2)
    pixels, surface = blank(width, height)
    canvas = surface.getCanvas()
    canvas.scale(scale, scale)
    canvas.translate(-left, top)
    brush = Brush(canvas, fog, 1 - math.exp(-density * max(0.0, base.depth(plane.z) - 3)))
    plane.draw(brush)
    surface.flushAndSubmit()
    if blur > 0.6:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), blur), np.uint8)
    light = glow_map(brush.glows, width, height, scale, -left * scale, top * scale) if brush.glows else None
    x, y, wide, high = cv2.boundingRect(pixels[..., 3])
    cropped = np.ascontiguousarray(pixels[y : y + max(high, 1), x : x + max(wide, 1)])
    return Sheet(plane.z, cropped, tiles_of(cropped), light, left + x / scale, top - y / scale, scale, (left, top))


def _corners(camera: Camera, z: float) -> tuple[float, float, float, float]:
    """Return left, right, top and bottom in metres of what a camera sees at depth `z`, with a little to spare."""
    scale = camera.scale(z)
    half, spare = camera.width / 2, 0.03 * camera.width
    return (
        camera.x + (-half - camera.shift - spare) / scale, camera.x + (half - camera.shift + spare) / scale,
        camera.height + (camera.horizon + spare) / scale,
        camera.height + (camera.horizon - camera.height_px - spare) / scale,
    )  # fmt: skip


def foreground(kind: str, width: int, height: int, flip: bool, blur: float) -> Image | None:
    """Draw what is close and dark at the frame's edge, in a picture 1.4 frames wide; None for nothing."""
    pixels, surface = blank(round(width * 1.4), height)
    canvas = surface.getCanvas()
    if flip:
        canvas.translate(width * 1.4, 0)
        canvas.scale(-1, 1)
    canvas.translate(width * 0.2, height)
    canvas.scale(height, height)
    brush, wide = Brush(canvas), width / height
    if kind == "post":
        brush.box(-0.5, -0.1, 0.5 + 0.035, 1.2, "#0b0e16")
        brush.box(-0.5, 0.62, 0.57, 0.035, "#10141e")
    elif kind == "leaf":
        for step in range(26):
            x, h = -0.16 + 0.33 * ((step * 37) % 26) / 26 - 0.2, 0.72 + 0.3 * ((step * 11) % 26) / 26
            brush.blob([(x, h), (x + 0.10, h + 0.03), (x + 0.17, h - 0.05), (x + 0.05, h - 0.06)], "#0b1210")
    elif kind == "shelf":
        brush.box(-0.5, -0.1, 0.53, 0.34, "#14100f")
        for step in range(3):
            brush.box(-0.09 + step * 0.043, 0.24, 0.032, 0.06 + 0.02 * (step % 2), "#1a1413", round_=0.008)
    elif kind == "rail":
        brush.box(-1, -0.1, wide + 2, 0.155, "#0d0c0d")
        brush.box(0.02, -0.1, 0.05, 0.32, "#0d0c0d")
    elif kind == "chair":
        brush.blob([(-0.32, -0.2), (-0.28, 0.30), (-0.02, 0.34), (0.10, 0.22), (0.10, -0.2)], "#0c0f16")
    elif kind == "dash":
        brush.blob([(-0.6, -0.4), (-0.6, 0.17), (wide * 0.5, 0.115), (wide + 0.6, 0.17), (wide + 0.6, -0.4)], "#0c0e14")
        brush.box(wide * 0.5 - 0.10, 0.0, 0.20, 0.155, "#161a22", round_=0.012)
        brush.box(wide * 0.5 - 0.085, 0.04, 0.17, 0.10, "#2f9a72", round_=0.008)
        for row in range(4):
            brush.box(wide * 0.5 - 0.07, 0.056 + row * 0.02, 0.05 + 0.02 * (row * 3 % 4), 0.008, "#c9ffe4")
        canvas.drawCircle(wide * 0.80, 0.06, 0.17, brush.pen("#10131a", 0.035))
    else:
        return None
    surface.flushAndSubmit()
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), blur), np.uint8) if blur > 0.5 else pixels
