"""Sprites: each player drawn in its pose with its edge light, kept as long as the drawing holds."""

import math
from dataclasses import replace

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from episodes.tasks import RenderRequest
from tools.finish.text import blank
from tools.video.acting import TWOS, Presence, Turn
from tools.video.brush import Brush, mix
from tools.video.figures import draw_figure, hand_at
from tools.video.light import QUARTER, Beams
from tools.video.players import Player, Sprite
from tools.video.sheets import picture_of
from tools.video.things import draw_thing

Image = NDArray[np.uint8]
_STILL = Turn()


class Sprites:
    """Draws the players of one shot."""

    def __init__(self, request: RenderRequest, beams: Beams, fog: str, density: float) -> None:
        self._world, self._form, self._light = request.world, request.format, request.shot.light
        self._beams, self._fog, self._density = beams, fog, density

    def of(
        self, player: Player, now: Presence | Turn, at: tuple[float, float, float], depth: float, time: float
    ) -> Sprite:
        """Return the player drawn in its pose with its edge light; the last drawing is used again while it holds."""
        x, y, scale = at
        bar = self._beams.bar(math.floor(time * TWOS) / TWOS)
        spare = self._form.width // 12
        key = (replace(now, aside=0.0, back=0.0), round(math.log(scale) * 60), bar, x // spare, y // spare)
        if player.sprite is not None and player.sprite.key == key:
            return player.sprite
        wide, tall = player.reach(now)
        # Only what may come into the frame while the drawing holds: a close-up is not drawn down to its feet.
        left, right = max(x - wide * scale, -spare), min(x + wide * scale, self._form.width + spare)
        top, low = max(y - tall * scale, -spare), min(y + 0.25 * scale, self._form.height + spare)
        pixels, surface = blank(max(2, math.ceil(right - left)), max(2, math.ceil(low - top)))
        foot = (x - left, y - top)
        canvas = surface.getCanvas()
        canvas.translate(*foot)
        canvas.scale(scale, scale)
        brush = Brush(canvas, self._fog, 1 - math.exp(-self._density * max(0.0, depth - 2)))
        if player.dress is not None and isinstance(now, Presence):
            draw_figure(brush, player.dress, now.pose)
            if now.holds:
                self._held(brush, player, now.holds, hand_at(player.dress, now.pose))
        elif isinstance(now, Turn):
            draw_thing(brush, player.name, player.emoji, player.colour, player.tall, now)
        surface.flushAndSubmit()
        # Most of that is air; what is left keeps a rim of one pixel for the stretching.
        column, row, across, down = cv2.boundingRect(np.ascontiguousarray(pixels[..., 3]))
        column, row = max(column - 1, 0), max(row - 1, 0)
        cut = np.ascontiguousarray(pixels[row : row + down + 2, column : column + across + 2])
        image, shape = self._edged(picture_of(cut), bar)
        player.sprite = Sprite(key, image, (foot[0] - column, foot[1] - row), scale, shape)
        return player.sprite

    def _held(self, brush: Brush, player: Player, prop: str, hand: tuple[float, float]) -> None:
        """Draw what a figure holds, in its near hand."""
        known = {item.id: item for item in self._world.props}
        name = known[prop].name if prop in known else prop.replace("-", " ")
        emoji = (known[prop].emoji if prop in known else None) or ""
        brush.canvas.save()
        brush.canvas.translate(hand[0] + 0.03, -hand[1] + 0.12)
        draw_thing(brush, name, emoji, "", 0.30, _STILL)
        brush.canvas.restore()

    def _edged(self, image: skia.Image, bar: tuple[float, float]) -> tuple[skia.Image, Image]:
        """Return the drawing with its edge light: its shape, a few pixels aside, in the colour that shines there.

        The shape itself comes with it, at a quarter of the size.
        """
        if self._light == "day":
            pixels, surface = blank(image.width(), image.height())
            surface.getCanvas().drawImage(image, 0, 0)
            surface.flushAndSubmit()
            return image, _quartered(pixels)
        red, blue = bar
        sides = [(1.0, "#ffb978" if not red and not blue else mix("#6a5560", "#ff3b46", red))]
        sides.append((-1.0, "#8fb4ff" if not red and not blue else mix("#55607a", "#5f8cff", blue)))
        step = max(1, round(self._form.height / 290))
        pixels, surface = blank(image.width() + 2 * step, image.height())
        canvas = surface.getCanvas()
        for sign, colour in sides:
            tone = Brush(canvas).paint(colour).getColor()
            paint = skia.Paint(ColorFilter=skia.ColorFilters.Blend(tone, skia.BlendMode.kSrcIn))
            canvas.drawImage(image, step * (1 + sign), -round(step * 0.4), skia.SamplingOptions(), paint)
        canvas.drawImage(image, step, 0)
        surface.flushAndSubmit()
        return picture_of(pixels), _quartered(pixels)


def _quartered(pixels: Image) -> Image:
    """Return the opacity of a drawing at a quarter of its size."""
    size = (max(1, pixels.shape[1] // QUARTER), max(1, pixels.shape[0] // QUARTER))
    return np.asarray(cv2.resize(np.ascontiguousarray(pixels[..., 3]), size, interpolation=cv2.INTER_AREA), np.uint8)
