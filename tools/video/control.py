"""Control video: a shot drawn as models that take guidance want it: as stick figures, as nearness, or as outlines.

The renderer knows all of it: the skeletons that its figures are drawn from, how far off every surface of its set
stands, and its drawing before any lamp, weather or grain is on it. So nothing has to be guessed from pictures, as
ControlNet's own preprocessors do. For a clip that we did not draw there is `edges_of`.
"""

import colorsys
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from episodes.requests import ControlPass, ControlRequest, RenderRequest
from episodes.results import RenderedTake, SpokenLine
from tools.video.acting import Presence
from tools.video.brush import Point
from tools.video.camera import Camera
from tools.video.clips import open_clip
from tools.video.doors import draw_door
from tools.video.fitting import write_take
from tools.video.people.keypoints import BONES, Keypoint, keypoints
from tools.video.players import Player
from tools.video.scenery import Flat, Plane
from tools.video.sheets import Sheet, picture_of
from tools.video.stage import Stage, Standing, lay

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]

_STICK = 4 / 512
"""Half the width of a bone as a share of the frame's height: what OpenPose draws at its usual size."""

_DIM = 0.6
"""How bright bones are beside the points that they join."""

_ROUND = 0.14
"""Metres by which the middle of a body is nearer than its edge."""

_INSIDE = skia.BlendMode.kSrcIn

_CANNY = (60, 150)
"""Lower and upper threshold of Canny's detector, in code values: inked contours pass, shades of one wall don't."""


class ControlStage(Stage):
    """Draws the frames of one shot's control video: the same camera and players at the same moments as its take."""

    def __init__(self, request: RenderRequest, lines: Mapping[str, SpokenLine], shows: ControlPass) -> None:
        super().__init__(request, lines)
        self._shows = shows
        self._white = self._nearest()

    def _nearest(self) -> float:
        """Return metres from the lens at which depth is white: just before the nearest player or piece of floor."""
        found = [8.0]
        for camera in self._cameras():
            found += [camera.depth(player.z) - _ROUND for player in self._players]
            below = self._form.height - camera.horizon
            found += [camera.focal * camera.height / below] if below > 0 and not self._set.seated else []
        return max(0.3, 0.95 * min(found))

    def _drawn(self, camera: Camera, time: float) -> Image:
        if self._shows == "edge":
            return self._outlined(camera, time)
        canvas = self._surface.getCanvas()
        canvas.clear(0xFF000000)
        still, moving = self._order(time)
        if self._shows == "depth":
            for sheet in still:
                self._lay_sheet(canvas, sheet, self._seen_from(sheet, camera, time), self._lowest(sheet, camera))
        for item in moving:
            if isinstance(item, Sheet):
                self._lay_sheet(canvas, item, camera, self._form.height)
            elif isinstance(item, Player):
                seen = self._standing(camera, item, time)
                if seen is not None:
                    self._stand(canvas, item, seen)
            elif self._set.door is not None:
                self._within(canvas, self._grey(camera.depth(self._set.door[3])), camera, time, door=True)
        self._within(canvas, self._grey(0.0), camera, time, door=False)
        self._surface.flushAndSubmit()
        return self._turned(np.asarray(cv2.cvtColor(self._pixels, cv2.COLOR_BGRA2BGR), np.uint8), camera)

    def _outlined(self, camera: Camera, time: float) -> Image:
        """Return the outlines of the drawing as it is before light falls on it, so that night hides none."""
        canvas = self._surface.getCanvas()
        self._cover_surface.getCanvas().clear(0)
        self._rim_surface.getCanvas().clear(0)
        self._touched = skia.Rect.MakeEmpty()
        self._draw_world(canvas, camera, time)
        self._fore.draw(canvas, camera, self._travel.base, time)
        self._surface.flushAndSubmit()
        return outlines(self._turned(np.asarray(cv2.cvtColor(self._pixels, cv2.COLOR_BGRA2BGR), np.uint8), camera))

    def _grey(self, depth: float) -> int:
        """Return the colour of what is this far away; in a pose pass, where surfaces only hide, it is black."""
        level = 0 if self._shows == "pose" else round(255 * min(1.0, self._white / max(depth, 1e-3)))
        return int(skia.ColorSetRGB(level, level, level))

    def _lay_sheet(self, canvas: skia.Canvas, sheet: Sheet, camera: Camera, low: int) -> None:
        """Lay a surface in its nearness; on one that recedes, each row or column has its own."""
        surface = sheet.surface
        level = isinstance(surface, Plane) or self._shows == "pose"
        paint = _tint(self._grey(camera.depth(sheet.z) if level else 0.0))
        receding = None if level else picture_of(self._receding(sheet, camera), solid=True)
        for piece in sheet.pieces(camera, low):
            if receding is None:
                canvas.drawImage(piece.image, piece.left, piece.top, skia.SamplingOptions(), paint)
                continue
            area = skia.Rect.MakeXYWH(piece.left, piece.top, piece.image.width(), piece.image.height())
            canvas.saveLayer(area, None)
            canvas.drawImage(piece.image, piece.left, piece.top)
            canvas.drawImage(receding, 0, 0, skia.SamplingOptions(), skia.Paint(BlendMode=_INSIDE))
            canvas.restore()

    def _receding(self, sheet: Sheet, camera: Camera) -> Image:
        """Return the nearness of every pixel of a floor or wall that runs away from the lens, as BGRA."""
        width, height, surface = self._form.width, self._form.height, sheet.surface
        if isinstance(surface, Flat):
            line = camera.focal * (camera.height - surface.h), np.arange(height) + 0.5 - camera.horizon
        else:
            assert not isinstance(surface, Plane)
            line = camera.focal * (surface.x - camera.x), np.arange(width) + 0.5 - camera.width / 2 - camera.shift
        with np.errstate(divide="ignore", invalid="ignore"):
            depth = line[0] / line[1]
        depth = np.where(np.isfinite(depth) & (depth > 0), depth, 1e6)
        level = np.clip(255 * self._white / np.maximum(depth, 1e-3), 0, 255).astype(np.uint8)
        grown = level[:, None] if isinstance(surface, Flat) else level[None, :]
        made = np.full((height, width, 4), 255, np.uint8)
        made[..., :3] = np.broadcast_to(grown[..., None], (height, width, 3))
        return made

    def _darken_floor(self, canvas: skia.Canvas, player: Player, seen: Standing) -> None:
        """Leave the floor as it is: an outlined shadow would be taken for a thing."""

    def _stand(self, canvas: skia.Canvas, player: Player, seen: Standing) -> None:
        """Lay a player: its shape in its nearness, or its bones, through whoever stands before it."""
        left, top = seen.corner
        if self._shows == "pose":
            if player.dress is not None and isinstance(seen.now, Presence):
                found = keypoints(player.dress, seen.now.pose)
                draw_sticks(canvas, {name: _placed(seen, at) for name, at in found.items()}, self._form.height)
            return
        canvas.saveLayer(None, None)
        lay(canvas, seen.sprite.image, left, top, seen.grown)
        lay(canvas, picture_of(self._bulging(seen), solid=True), left, top, seen.grown, skia.Paint(BlendMode=_INSIDE))
        canvas.restore()

    def _bulging(self, seen: Standing) -> Image:
        """Return the nearness of a player's drawing as BGRA: round, and not cut out of card."""
        solid = np.asarray(seen.sprite.cut[..., 3] > 150, np.uint8)
        inward = cv2.distanceTransform(solid, cv2.DIST_L2, 3) / max(seen.sprite.scale, 1e-6)
        # A body is about as deep as it is wide.
        near = np.sqrt(np.clip(1 - (1 - np.clip(inward / _ROUND, 0, 1)) ** 2, 0, 1)) * _ROUND
        level = np.clip(255 * self._white / np.maximum(seen.depth - near, 0.2), 0, 255).astype(np.uint8)
        return np.asarray(cv2.cvtColor(level, cv2.COLOR_GRAY2BGRA), np.uint8)

    def _within(self, canvas: skia.Canvas, colour: int, camera: Camera, time: float, *, door: bool) -> None:
        """Lay the moving door, or what is close to the lens, in one colour."""
        canvas.saveLayer(None, None)
        if door:
            draw_door(canvas, self._set, self._shot, camera, (self._fog, 0.0), time)
        else:
            self._fore.draw(canvas, camera, self._travel.base, time)
        canvas.drawPaint(skia.Paint(Color=colour, BlendMode=_INSIDE))
        canvas.restore()


def control_stage(request: ControlRequest, lines: Mapping[str, SpokenLine]) -> ControlStage:
    """Return what draws a control video frame by frame."""
    wanted = RenderRequest(
        shot=request.shot, world=request.world, format=request.format, seed=request.seed,
        handle_frames=request.handle_frames,
    )  # fmt: skip
    return ControlStage(wanted, lines, request.shows)


def draw_sticks(canvas: skia.Canvas, points: Mapping[Keypoint, Point], height: int) -> None:
    """Draw a stick figure from its points in pixels, in the colours that pose models were taught with.

    Bone and point number n have the hue n / 18 of the circle; bones are spindles, points discs.
    """
    wide = max(0.8, _STICK * height)
    for number, (start, end) in enumerate(BONES):
        if start in points and end in points:
            _spindle(canvas, points[start], points[end], wide, _hue(number, _DIM))
    for number, name in enumerate(Keypoint.__args__):  # type: ignore[attr-defined]
        if name in points:
            canvas.drawCircle(*points[name], wide, skia.Paint(AntiAlias=True, Color=_hue(number, 1.0)))


def _spindle(canvas: skia.Canvas, start: Point, end: Point, wide: float, colour: int) -> None:
    dx, dy = end[0] - start[0], end[1] - start[1]
    half = math.hypot(dx, dy) / 2
    canvas.save()
    canvas.translate(start[0] + dx / 2, start[1] + dy / 2)
    canvas.rotate(math.degrees(math.atan2(dy, dx)))
    canvas.drawOval(skia.Rect.MakeLTRB(-half, -wide, half, wide), skia.Paint(AntiAlias=True, Color=colour))
    canvas.restore()


def _hue(number: int, bright: float) -> int:
    red, green, blue = colorsys.hsv_to_rgb(number / 18, 1.0, bright)
    return int(skia.ColorSetRGB(round(255 * red), round(255 * green), round(255 * blue)))


def _tint(colour: int) -> skia.Paint:
    return skia.Paint(ColorFilter=skia.ColorFilters.Blend(colour, _INSIDE))


def _placed(seen: Standing, at: Point) -> Point:
    return seen.x + at[0] * seen.scale, seen.y + at[1] * seen.scale


def outlines(picture: Image) -> Image:
    """Return the outlines of a BGR picture, white on black, BGR."""
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (0, 0), 0.9)
    return np.asarray(cv2.cvtColor(cv2.Canny(grey, *_CANNY, L2gradient=True), cv2.COLOR_GRAY2BGR), np.uint8)


def edges_of(clip: Path, into: Path, threads: int = 1) -> RenderedTake:
    """Write `take.mp4` into the folder `into`: the outlines of any clip, as control video, at its own rate and length.

    Noise is smoothed away first, and thresholds follow each clip's own contrast. Raises `MediaBroken` in one sentence
    for what can't be played, and `OutOfSpace`; nothing is left then.
    """
    found = open_clip(clip, largest=1920)
    fps = max(1, round(found.fps))
    write_take(_edged(found.frames()), (found.width, found.height), fps, into / "take.mp4", threads)
    return RenderedTake(
        file="take.mp4", frames=len(found.times), width=found.width, height=found.height, fps=float(fps)
    )


def _edged(frames: Iterator[tuple[float, Image]]) -> Iterator[Image]:
    high = 0.0
    for _, frame in frames:
        grey = cv2.cvtColor(cv2.bilateralFilter(frame, 7, 30, 5), cv2.COLOR_BGR2GRAY)
        strong = _strong(grey)
        # Thresholds drift with the clip and never jump, or outlines would flicker.
        high = strong if not high else high + 0.15 * (strong - high)
        yield np.asarray(cv2.cvtColor(cv2.Canny(grey, 0.4 * high, high, L2gradient=True), cv2.COLOR_GRAY2BGR), np.uint8)


def _strong(grey: NDArray[np.generic]) -> float:
    """Return the slope that nine tenths of a picture's pixels do not reach, within bounds."""
    across, down = (cv2.Sobel(grey, cv2.CV_32F, 1 - axis, axis) for axis in (0, 1))
    return float(np.clip(np.percentile(np.hypot(across, down), 92), 40, 260))
