"""Sprites: each player drawn in its pose, inked round and edged with light, kept as long as the drawing holds."""

import math
from dataclasses import replace

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from episodes.requests import RenderRequest
from tools.finish.text import blank
from tools.video.acting import Presence, Turn
from tools.video.brush import Brush, mix, rgb
from tools.video.light import QUARTER, Beams
from tools.video.people.figures import draw_figure, hand_at
from tools.video.players import Player, Sprite
from tools.video.props.things import draw_thing
from tools.video.sheets import picture_of
from tools.video.timing import on_twos

Image = NDArray[np.uint8]
_STILL = Turn()
_TABLE = (0.5, 1.4)
"""Metres: a thing that is shown between these heights lies on a table; higher up it is on somebody or on a wall."""
_INK = (20, 11, 8)
"""Blue, green and red of the contour."""


class Sprites:
    """Draws the players of one shot."""

    def __init__(self, request: RenderRequest, beams: Beams, fog: str, density: float, inside: bool) -> None:
        self._world, self._form, self._light = request.world, request.format, request.shot.light
        self._beams, self._fog, self._density, self._inside = beams, fog, density, inside
        self._seated = request.world.place(request.shot.place).set == "car"
        self._hot = request.shot.owner == "helicopter"
        self._step = max(1, round(self._form.height / 330))

    def of(
        self, player: Player, now: Presence | Turn, at: tuple[float, float, float], depth: float, time: float
    ) -> Sprite:
        """Return the player drawn in its pose with contour and edge light; the last drawing holds while it can."""
        x, y, scale = at
        bar = self._beams.bar(on_twos(time))
        spare = self._form.width // 12
        left = isinstance(now, Turn) and player.looks_left(now)
        key = (replace(now, aside=0.0, back=0.0), round(math.log(scale) * 60), left, x // spare, y // spare)
        sprite = player.sprite
        if sprite is None or sprite.key != key:
            cut, foot = self._cut(player, now, at, depth)
            image = picture_of(self._inked(cut))
            sprite = Sprite(key, image, foot, scale, _quartered(cut), cut, bar, self._rim(cut, bar))
        elif sprite.bar != bar:
            # Only the light on its edges has changed.
            sprite = replace(sprite, bar=bar, rim=self._rim(sprite.cut, bar))
        player.sprite = sprite
        return sprite

    def _cut(
        self, player: Player, now: Presence | Turn, at: tuple[float, float, float], depth: float
    ) -> tuple[Image, tuple[float, float]]:
        """Draw a player and return its pixels with a little room round them, and where its foot is in them."""
        (x, y, scale), spare = at, self._form.width // 12
        wide, tall = player.reach(now)
        # Only what may come into the frame while the drawing holds: a close-up is not drawn down to its feet.
        left, right = max(x - wide * scale, -spare), min(x + wide * scale, self._form.width + spare)
        below = max(0.25, player.lift + 0.1)
        top, low = max(y - tall * scale, -spare), min(y + below * scale, self._form.height + spare)
        pixels, surface = blank(max(2, math.ceil(right - left)), max(2, math.ceil(low - top)))
        canvas = surface.getCanvas()
        canvas.translate(x - left, y - top)
        canvas.scale(scale, scale)
        self._draw(Brush(canvas, self._fog, 1 - math.exp(-self._density * max(0.0, depth - 2))), player, now)
        surface.flushAndSubmit()
        # Most of that is air; what is left keeps a rim for the contour and the stretching.
        room = self._step + 1
        column, row, across, down = cv2.boundingRect(np.ascontiguousarray(pixels[..., 3]))
        cut = cv2.copyMakeBorder(
            pixels[row : row + down, column : column + across], room, room, room, room, cv2.BORDER_CONSTANT
        )
        if self._hot:
            _heat(cut)
        return np.asarray(cut, np.uint8), (x - left - column + room, y - top - row + room)

    def _draw(self, brush: Brush, player: Player, now: Presence | Turn) -> None:
        if player.dress is not None and isinstance(now, Presence):
            draw_figure(brush, player.dress, now.pose)
            if now.holds:
                self._held(brush, player, now.holds, hand_at(player.dress, now.pose))
        elif isinstance(now, Turn):
            if _TABLE[0] < player.lift < _TABLE[1] and not self._seated:
                _table(brush, player.lift, max(0.5, 1.15 * player.tall))
            if player.looks_left(now):
                brush.canvas.scale(-1, 1)
            draw_thing(
                brush, player.name, player.emoji, player.colour, player.tall, now, player.lift < _TABLE[1],
                player.subject.words,
            )  # fmt: skip

    def _held(self, brush: Brush, player: Player, prop: str, hand: tuple[float, float]) -> None:
        """Draw what a figure holds, in its near hand."""
        known = {item.id: item for item in self._world.props}
        name = known[prop].name if prop in known else prop.replace("-", " ")
        emoji = (known[prop].emoji if prop in known else None) or ""
        brush.canvas.save()
        brush.canvas.translate(hand[0] + 0.03, -hand[1] + 0.12)
        draw_thing(brush, name, emoji, "", 0.30, _STILL, grounded=False)
        brush.canvas.restore()

    def _inked(self, cut: Image) -> Image:
        """Return the drawing with a dark contour, thicker below and on the side away from the light."""
        step = self._step
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * step + 1, 2 * step + 1))
        # The anchor lies off the middle, so that the line is heavier on the left and below.
        solid = cv2.threshold(np.ascontiguousarray(cut[..., 3]), 150, 255, cv2.THRESH_BINARY)[1]
        anchor = (max(0, step - 1), min(2 * step, step + (1 if step > 1 else 0)))
        grown = cv2.GaussianBlur(cv2.dilate(solid, kernel, anchor=anchor), (0, 0), 0.6)
        # Soft shadows on the ground keep their softness: the contour goes round what is solid.
        rest = cv2.multiply(cv2.subtract(255, cut[..., 3]), grown, scale=1 / 255)
        return np.asarray(cv2.add(cut, _tinted(rest, _INK)), np.uint8)

    def _rim(self, cut: Image, bar: tuple[float, float]) -> skia.Image | None:
        """Return the light on the drawing's edges, to be added after the scene is lit; None for a thermal camera."""
        sides = () if self._hot else self._rims(bar)
        if not sides:
            return None
        alpha = np.ascontiguousarray(cut[..., 3])
        alpha = cv2.threshold(alpha, 150, 255, cv2.THRESH_BINARY)[1]
        made = np.zeros((*alpha.shape, 4), np.uint8)
        wide = self._step * 1.6
        for sign, share, colour in sides:
            move = np.array([[1, 0, -sign * wide], [0, 1, 0.55 * wide]], np.float32)
            edge = cv2.subtract(alpha, cv2.warpAffine(alpha, move, (alpha.shape[1], alpha.shape[0])))
            red, green, blue = rgb(colour)
            cv2.add(made, _tinted(cv2.GaussianBlur(edge, (0, 0), 0.7), (blue, green, red), share), dst=made)
        return picture_of(made)

    def _rims(self, bar: tuple[float, float]) -> tuple[tuple[float, float, str], ...]:
        """Return side (1 right, -1 left), strength and colour of each edge light."""
        red, blue = bar
        if red or blue:
            return (1.0, 0.85, mix("#3a3038", "#ff3b46", red)), (-1.0, 0.85, mix("#30364a", "#4f83ff", blue))
        if self._light == "day":
            return ((1.0, 0.34, "#fff2d8"),) if not self._inside else ((1.0, 0.24, "#fff0dc"),)
        if self._inside:
            return (1.0, 0.42, "#ffd9a4"), (-1.0, 0.16, "#8fb0e8")
        warm = "#ffa45c" if self._light != "dawn" else "#ffc9a0"
        return (1.0, 0.72, warm), (-1.0, 0.34, "#6f9cff")


def _table(brush: Brush, high: float, wide: float) -> None:
    """Draw the folding table on which evidence is laid out, its top at the origin, its feet `high` metres below."""
    half = wide / 2
    for near, far in ((-0.82, 0.78), (0.82, -0.78)):
        brush.line([(near * half, -0.03), (far * half, -high)], "#14161d", 0.055)
        brush.line([(near * half, -0.03), (far * half, -high)], "#59606c", 0.03)
    brush.box(-half, -0.055, wide, 0.055, "#14161d")
    brush.box(-half + 0.012, -0.043, wide - 0.024, 0.03, "#8b7656")
    brush.box(-half + 0.012, -0.043, wide * 0.34, 0.03, "#5f4f3a")


def _tinted(alpha: Image, colour: tuple[int, int, int], share: float = 1.0) -> Image:
    """Return a premultiplied BGRA picture of one colour (blue, green, red) with this opacity, taken `share` times."""
    parts = [cv2.convertScaleAbs(alpha, alpha=share * value / 255) for value in colour]
    return np.asarray(cv2.merge([*parts, cv2.convertScaleAbs(alpha, alpha=share)]), np.uint8)


def _heat(cut: Image) -> None:
    """Turn a drawing (premultiplied BGRA) into what a thermal camera sees of a warm body, in place."""
    grey = cv2.cvtColor(cut, cv2.COLOR_BGRA2GRAY).astype(np.float32) * 0.28
    warm = np.minimum(grey + cut[..., 3] * 0.74, cut[..., 3])
    cut[..., :3] = warm.astype(np.uint8)[..., None]


def _quartered(pixels: Image) -> skia.Image:
    """Return the opacity of a drawing at a quarter of its size; faint parts such as ground shadows do not count."""
    size = (max(1, pixels.shape[1] // QUARTER), max(1, pixels.shape[0] // QUARTER))
    solid = cv2.threshold(np.ascontiguousarray(pixels[..., 3]), 150, 255, cv2.THRESH_TOZERO)[1]
    small = np.zeros((size[1], size[0], 4), np.uint8)
    small[..., 3] = cv2.resize(solid, size, interpolation=cv2.INTER_AREA)
    return picture_of(small)
