"""The foreground: what is close to the lens, dark and out of focus at the edge of the frame."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from episodes.format import Format
from episodes.requests import RenderRequest
from episodes.shots import Gesture, Mouth, Shot
from episodes.value import seed_from
from tools.finish.text import blank
from tools.video.brush import Brush
from tools.video.camera import Camera
from tools.video.light import Ray
from tools.video.lighting import Lighting
from tools.video.people.wardrobe import Dress, dress
from tools.video.people.wearer import Act, draw_wearer, wearer_at
from tools.video.players import Player
from tools.video.scenery import Scenery
from tools.video.sheets import laid, picture_of, tiles_of
from tools.video.timing import TWOS, held

Image = NDArray[np.uint8]


_SMALLER, _LOWER = 0.84, 0.07
"""How much smaller the hands are than they were drawn, and by how many frame heights they stand lower."""


class Foreground:
    """What stands between the lens and the scene: a post, leaves, a dashboard, the hands of whoever wears the camera.

    It is laid over the lit frame, dark and a little out of focus.
    """

    def __init__(
        self, shot: Shot, form: Format, scenery: Scenery, players: Sequence[Player], request: RenderRequest,
        lighting: Lighting,
    ) -> None:  # fmt: skip
        self._form, self._lighting, self._shot = form, lighting, shot
        self._dress = self._wearer(shot, request)
        self._notes = self._dress is not None and seed_from("notes", shot.id) % 3 == 0 and _talks(shot)
        kind = scenery.fore
        if shot.size in ("close", "extreme_close") or shot.owner in ("cctv", "doorbell", "helicopter", "interview"):
            kind = "none"
        if shot.owner == "dashcam" and not scenery.seated:
            kind = "bonnet"
        flip = bool(players) and players[0].subject.at < 0.45
        drawn = foreground(kind, form.width, form.height, flip, 3.0 * form.height / 720)
        self._tiles = tiles_of(drawn) if drawn is not None else ()
        self._aside = 0.15 * min(1.0, form.width / form.height / 1.78)
        self._still = kind == "bonnet"
        # Hands come in from the side on which nobody stands.
        across = [player.subject.at for player in players] or [0.5]
        self._left = min(across) > 1.02 - max(across)
        # Where somebody stands on either side, they stay low.
        self._low = _LOWER + (0.11 if min(across) < 0.45 and max(across) > 0.6 else 0.0)
        light = lighting.ambient.mean()
        self._tone = tuple(float(value) for value in 0.55 * lighting.ambient + 0.22 * min(1.0, light + 0.2))
        self._hands: tuple[tuple[Act, float, float], skia.Image, int] | None = None

    def _wearer(self, shot: Shot, request: RenderRequest) -> Dress | None:
        """Return how the wearer is dressed; None where no hands may be seen."""
        people = {character.id: character for character in request.world.characters}
        small = shot.size in ("close", "extreme_close")
        if (
            shot.owner != "bodycam"
            or shot.wearer not in people
            or small
            or request.world.place(shot.place).set == "car"
        ):
            return None
        return dress(people[shot.wearer])

    def now(self, time: float) -> tuple[Act, float, float] | None:
        """Return what the hands do at this time: the act, the time of its drawing (on fours), how far they are up."""
        if self._dress is None:
            return None
        beat = math.floor(time * TWOS / 2 + 1e-6) / TWOS * 2
        for event in self._shot.events:
            if isinstance(event, Gesture) and event.who == self._shot.wearer and event.gesture == "point":
                up = held(time, float(event.at), float(event.seconds))
                if up > 0:
                    return "point", beat, round(min(up, 1.0), 2)
        lit, _ = self._lighting.beams.torch(time, 0.5)
        if lit > 0:
            return "torch", beat, round(lit, 2)
        return ("notebook", beat, 1.0) if self._notes else None

    def draw(self, canvas: skia.Canvas, camera: Camera, base: Camera, time: float) -> None:
        """Draw it as the camera sees it; what is close moves most."""
        if self._tiles:
            moved = 0.0 if self._still else (base.x - camera.x) * camera.scale(0) * 1.7 + camera.shift
            limit = 0.19 * self._form.width
            x = round(-0.2 * self._form.width + min(max(moved, -limit), limit))
            for tile in laid(self._tiles, x, 0, self._form.width, self._form.height):
                canvas.drawImage(tile.image, tile.left, tile.top)
        now = self.now(time)
        if now is not None and self._dress is not None:
            if self._hands is None or self._hands[0] != now:
                self._hands = (now, *self._drawn(self._dress, now))
            canvas.drawImage(self._hands[1], self._hands[2], self._form.height - self._hands[1].height())

    def ray(self, camera: Camera, lead: Player | None, time: float) -> Ray | None:
        """Return the light in the air before the torch in the wearer's hand; None without one."""
        now = self.now(time)
        if now is None or now[0] != "torch":
            return None
        lit, x, y, radius = self._lighting.beam(camera, lead, time)
        wide, high = self._form.width, self._form.height
        glass = wearer_at("torch", now[1], wide / high).lens
        across = _SMALLER * glass[0] + self._aside
        start = (wide / 2 + (-across if self._left else across) * high, high - (_SMALLER * glass[1] - self._low) * high)
        return Ray(start, (x, y), radius, lit)

    def _drawn(self, worn: Dress, now: tuple[Act, float, float]) -> tuple[skia.Image, int]:
        """Draw the hands in the light that falls on them; return the picture and its left edge in the frame."""
        wide, high = self._form.width, self._form.height
        # Never higher than this, nor further left: only the part that may be touched is worked on.
        left, top = round(wide * 0.30), round(high * 0.30)
        pixels, surface = blank(wide - left, high - top)
        canvas = surface.getCanvas()
        # Small and near the corner: the hands tell whose camera it is and must not hide what it sees.
        canvas.translate(wide / 2 - left, high - top)
        canvas.scale(high, high)
        canvas.translate(self._aside, self._low)
        canvas.scale(_SMALLER, _SMALLER)
        act, beat, raised = now
        draw_wearer(Brush(canvas), worn, act, beat, wide / high, raised)
        surface.flushAndSubmit()
        dimmed = cv2.multiply(pixels, (*self._tone, 1.0))
        if self._left:
            return picture_of(np.ascontiguousarray(cv2.flip(dimmed, 1), np.uint8)), 0
        return picture_of(np.asarray(dimmed, np.uint8)), left


def _talks(shot: Shot) -> bool:
    """Whether somebody is heard out in this shot, so that notes may be taken."""
    return any(isinstance(event, Mouth) for event in shot.events) and shot.size in ("medium", "medium_close")


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
    elif kind == "bonnet":
        brush.blob([(-0.6, -0.5), (-0.6, 0.06), (wide * 0.5, 0.125), (wide + 0.6, 0.06), (wide + 0.6, -0.5)], "#10141d")
        brush.line([(wide * 0.36, 0.02), (wide * 0.42, 0.10)], "#232a38", 0.012)
        brush.line([(wide * 0.64, 0.02), (wide * 0.58, 0.10)], "#232a38", 0.012)
        brush.line([(wide * 0.1, 0.015), (wide * 0.62, 0.055)], "#05070c", 0.014)
    else:
        return None
    surface.flushAndSubmit()
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), blur), np.uint8) if blur > 0.5 else pixels
