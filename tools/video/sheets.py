"""Sheets: surfaces of a set drawn once per shot and moved by the camera; and the dark shapes close to the lens."""

import itertools
import math
from dataclasses import dataclass, field

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from tools.finish.text import blank
from tools.video.brush import Brush, Glow, rgb
from tools.video.camera import Camera
from tools.video.light import QUARTER, glow_map
from tools.video.projection import Matrix, ends, mapped, matrix_of, seen
from tools.video.scenery import Flat, Plane, Side, Surface

Image = NDArray[np.uint8]
_TILE = 96
"""Side in pixels of the squares that a sheet is cut into."""
_SKY = 60.0
"""Metres behind which there is only sky."""
_WIDEST = 5200
"""Pixels that a sheet may be wide: a very long track shows its edge stretched rather than filling the memory."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """One surface as pixels (premultiplied BGRA), as its first camera sees it, and how others see it."""

    surface: Surface
    z: float
    """Depth of its furthest end, in metres behind the action: what stands nearer is drawn over it."""
    pixels: Image
    tiles: tuple["Tile", ...]
    left: int
    top: int
    """Pixel of its upper left corner in the frame of the camera that it was drawn for."""
    back: Matrix
    """From pixels of this sheet to the surface's own metres."""

    def draw(self, canvas: skia.Canvas, camera: Camera, low: int) -> None:
        """Lay the sheet into the frame as the camera sees it, down to row `low`; what is below will be hidden."""
        for piece in self.pieces(camera, low):
            canvas.drawImage(piece.image, piece.left, piece.top)

    def pieces(self, camera: Camera, low: int) -> list["Tile"]:
        """Return the pictures, with their places in the frame, that make the sheet as the camera sees it."""
        if not self.tiles:
            return []
        move = matrix_of(self.surface, camera) @ self.back
        move = move / move[2, 2]
        if abs(move[2, 0]) + abs(move[2, 1]) < 1e-9:
            return self._plane(camera, move, low)
        if np.allclose(move, np.eye(3) + np.outer([self.left, self.top, 0], [0, 0, 1]), atol=2e-3):
            return laid(self.tiles, self.left, self.top, camera.width, low)
        return self._receding(camera, move, low)

    def _plane(self, camera: Camera, move: Matrix, low: int) -> list["Tile"]:
        ratio, x, y = move[0, 0], move[0, 2], move[1, 2]
        if abs(ratio - 1) < 0.0015:
            return laid(self.tiles, round(x), round(y), camera.width, low)
        found: list[Tile] = []
        # Piece by piece, so that air is not worked out and wall is not blended.
        for tile in self.tiles:
            left, top = max(math.ceil(x + tile.left * ratio), 0), max(math.ceil(y + tile.top * ratio), 0)
            right = min(camera.width, math.ceil(x + (tile.left + tile.image.width()) * ratio))
            bottom = min(low, math.ceil(y + (tile.top + tile.image.height()) * ratio))
            if right <= left or bottom <= top:
                continue
            matrix = np.array([[ratio, 0, x - left], [0, ratio, y - top]], np.float32)
            warped = cv2.warpAffine(
                self.pixels, matrix, (right - left, bottom - top), flags=cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )  # fmt: skip
            found.append(Tile(_shown(warped, tile.image.alphaType()), left, top, warped))
        return found

    def _receding(self, camera: Camera, move: Matrix, low: int) -> list["Tile"]:
        high, wide = self.pixels.shape[:2]
        corners = mapped(move, np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float64))
        if np.isnan(corners).any():
            corners = np.array([[0, 0], [camera.width, low]], np.float64)
        left, top = (max(0, math.floor(value)) for value in corners.min(axis=0))
        last = corners.max(axis=0)
        right, bottom = min(camera.width, math.ceil(last[0])), min(low, math.ceil(last[1]))
        if right <= left or bottom <= top:
            return []
        shifted = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64) @ move
        warped = cv2.warpPerspective(
            self.pixels, shifted, (right - left, bottom - top), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
        )
        return [Tile(_shown(warped, skia.kPremul_AlphaType), left, top, warped)]


def _shown(pixels: Image, alpha: skia.AlphaType) -> skia.Image:
    """Return pixels as a picture without copying them; who uses it must keep them."""
    info = skia.ImageInfo.Make(pixels.shape[1], pixels.shape[0], skia.kBGRA_8888_ColorType, alpha)
    return skia.Image.MakeRasterData(info, pixels, pixels.shape[1] * 4)


@dataclass(frozen=True)
class Shine:
    """The light of all lamps at about one depth, a quarter of the size, and where it hangs in the world."""

    z: float
    light: Image
    left: float
    top: float
    """Metres of its upper left corner."""
    scale: float
    """Pixels a metre at which it was drawn, in full size."""

    def add(self, total: Image, camera: Camera) -> None:
        """Add the light to the quarter-size map of the frame in place."""
        x, y = camera.place(self.left, self.top, self.z)
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
    kept: Image | None = field(default=None, compare=False, repr=False)
    """The memory that its picture looks at, where that is not the picture's own."""


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


def laid(tiles: tuple[Tile, ...], x: int, y: int, width: int, height: int) -> list[Tile]:
    """Return the tiles of a picture whose upper left corner is at (x, y) that are in the frame, placed in it."""
    return [
        Tile(tile.image, x + tile.left, y + tile.top)
        for tile in tiles
        if x + tile.left < width
        and y + tile.top < height
        and x + tile.left + tile.image.width() > 0
        and y + tile.top + tile.image.height() > 0
    ]


def picture_of(pixels: Image, solid: bool = False) -> skia.Image:
    """Return premultiplied BGRA pixels as a skia picture that can be laid without conversion; `solid`: no alpha."""
    alpha = skia.kOpaque_AlphaType if solid else skia.kPremul_AlphaType
    info = skia.ImageInfo.Make(pixels.shape[1], pixels.shape[0], skia.kBGRA_8888_ColorType, alpha)
    return skia.Image.MakeRasterCopy(skia.Pixmap(info, pixels, pixels.shape[1] * 4))


@dataclass(frozen=True)
class Lamp:
    """A glow in the world: where it hangs and how flat its pool lies."""

    glow: Glow
    z: float
    squash: float = 1.0
    """Height of its pool as a share of its width."""


def hang(
    surface: Surface, cameras: list[Camera], base: Camera, fog: str, density: float, blur: float
) -> tuple[Sheet, tuple[Lamp, ...]]:
    """Draw a surface as large as any of the cameras will see of it; return it with the lamps on it."""
    home = matrix_of(surface, base)
    x0, y0, x1, y1 = seen(surface, base, cameras)
    left, top = math.floor(x0), math.floor(y0)
    width, height = min(max(8, math.ceil(x1) - left), _WIDEST), min(max(8, math.ceil(y1) - top), _WIDEST // 2)
    corner = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64)
    pixels, surface_ = blank(width, height)
    canvas = surface_.getCanvas()
    whole = corner @ home
    canvas.concat(skia.Matrix.MakeAll(*(float(value) for value in whole.ravel())))
    brush = Brush(canvas, fog, 0.0)
    if isinstance(surface, Plane):
        brush.haze = haze(density, base.depth(surface.z))
        surface.draw(brush)
    else:
        _draw_receding(brush, surface, base, density)
    surface_.flushAndSubmit()
    if blur > 0.6:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), blur), np.uint8)
    x, y, wide, high = cv2.boundingRect(np.ascontiguousarray(pixels[..., 3]))
    cropped = np.ascontiguousarray(pixels[y : y + max(high, 1), x : x + max(wide, 1)])
    origin = np.array([[1, 0, left + x], [0, 1, top + y], [0, 0, 1]], np.float64)
    back = np.asarray(np.linalg.inv(home), np.float64) @ origin
    z = surface.z if isinstance(surface, Plane) else surface.far
    sheet = Sheet(surface, z, cropped, tiles_of(cropped), left + x, top + y, back)
    return sheet, tuple(_lamp(surface, glow, base) for glow in brush.glows)


def haze(density: float, depth: float) -> float:
    """Return the share of fog that lies before something `depth` metres away."""
    return 1 - math.exp(-density * max(0.0, depth - 3))


def _draw_receding(brush: Brush, surface: Side | Flat, base: Camera, density: float) -> None:
    """Draw a wall or floor between its ends and lay the fog over it in bands, thicker with distance."""
    canvas, (near, far) = brush.canvas, ends(surface, base)
    if far <= near:
        return
    if isinstance(surface, Side):
        canvas.clipRect(skia.Rect.MakeLTRB(near, -30, far, 10), doAntiAlias=True)
    else:
        canvas.clipRect(skia.Rect.MakeLTRB(-200, -far, 200, -near), doAntiAlias=True)
    canvas.saveLayer()
    surface.draw(brush)
    red, green, blue = rgb(brush.fog)
    first, last = near + base.distance, far + base.distance
    edges = [first * (last / first) ** (step / 9) - base.distance for step in range(10)]
    for start, end in itertools.pairwise(edges):
        share = haze(density, base.distance + (start + end) / 2)
        paint = skia.Paint(
            Color=skia.ColorSetARGB(round(255 * share), red, green, blue), BlendMode=skia.BlendMode.kSrcATop
        )
        area = (start, -30, end, 10) if isinstance(surface, Side) else (-200, -end, 200, -start)
        if share > 0.01:
            canvas.drawRect(skia.Rect.MakeLTRB(*area), paint)
    canvas.restore()


def _lamp(surface: Surface, glow: Glow, base: Camera) -> Lamp:
    """Return where a glow of a surface's drawing is in the world."""
    if isinstance(surface, Plane):
        # The moon shines on what is drawn with it; on roofs and walls before it, it would be a lamp.
        far = Glow(glow.x, glow.h, glow.radius, glow.colour, 0.45 * glow.strength)
        return Lamp(glow if surface.z < _SKY else far, surface.z)
    if isinstance(surface, Side):
        return Lamp(Glow(surface.x, glow.h, glow.radius, glow.colour, glow.strength), glow.x)
    depth = base.depth(glow.h)
    squash = min(1.0, max(0.08, abs(base.height - surface.h) / depth))
    return Lamp(Glow(glow.x, surface.h, glow.radius, glow.colour, glow.strength), glow.h, squash)


def shines(lamps: tuple[Lamp, ...], cameras: list[Camera], base: Camera) -> tuple[Shine, ...]:
    """Return the light of all lamps, gathered at a few depths so that parallax holds and little is moved each frame."""
    groups: dict[int, list[Lamp]] = {}
    for lamp in lamps:
        groups.setdefault(round(1.7 * math.log(base.depth(lamp.z))), []).append(lamp)
    made = []
    for group in groups.values():
        z = sum(lamp.z for lamp in group) / len(group)
        scale = base.scale(z)
        corners = [_corners(camera, z) for camera in cameras]
        left, right = min(c[0] for c in corners), max(c[1] for c in corners)
        top, low = max(c[2] for c in corners), min(c[3] for c in corners)
        width = min(max(8, math.ceil((right - left) * scale)), _WIDEST)
        height = min(max(8, math.ceil((top - low) * scale)), _WIDEST // 2)
        light = glow_map([(lamp.glow, lamp.squash) for lamp in group], width, height, scale, -left * scale, top * scale)
        made.append(Shine(z, light, left, top, scale))
    return tuple(made)


def _corners(camera: Camera, z: float) -> tuple[float, float, float, float]:
    """Return left, right, top and bottom in metres of what a camera sees at depth `z`, with a little to spare."""
    scale = camera.scale(z)
    half, spare = camera.width / 2, 0.03 * camera.width
    return (
        camera.x + (-half - camera.shift - spare) / scale, camera.x + (half - camera.shift + spare) / scale,
        camera.height + (camera.horizon + spare) / scale,
        camera.height + (camera.horizon - camera.height_px - spare) / scale,
    )  # fmt: skip
