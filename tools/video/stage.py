"""The stage: one shot's set, camera, cast and light, asked for one frame after another."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from episodes.requests import RenderRequest
from episodes.results import SpokenLine
from episodes.shots import Door
from tools.finish.text import blank
from tools.video import light as lamps
from tools.video.acting import Presence, Turn
from tools.video.blocking import Blocking
from tools.video.camera import Camera
from tools.video.doors import door_at, draw_door
from tools.video.foreground import Foreground
from tools.video.lighting import Lighting, Moment
from tools.video.players import Player, Sprite
from tools.video.scenery import Flat, Plane, Scenery
from tools.video.sheets import Lamp, Sheet, Tile, hang, shines
from tools.video.sprites import Sprites
from tools.video.timing import TWOS, on_twos
from tools.video.weather import Weather, wet_floor

Image = NDArray[np.uint8]
_OUT = skia.Paint(BlendMode=skia.BlendMode.kDstOut)
_STEADY = ("static", "handheld", "push", "pull")
_DRIVE = 1.5
"""Metres a second at which the town goes by a car: a patrol looks at everything."""


@dataclass(frozen=True)
class Standing:
    """A player as it is seen at one moment."""

    now: Presence | Turn
    x: float
    y: float
    """Pixel of its feet."""
    scale: float
    """Pixels a metre."""
    depth: float
    """Metres from the lens."""
    sprite: Sprite

    @property
    def grown(self) -> float:
        """How much larger than its drawing it is seen."""
        return self.scale / self.sprite.scale

    @property
    def corner(self) -> tuple[float, float]:
        """Pixel of the upper left corner of its drawing."""
        return self.x - self.sprite.foot[0] * self.grown, self.y - self.sprite.foot[1] * self.grown


class Stage:
    """Draws the frames of one shot. All chance comes from the request's seed."""

    def __init__(self, request: RenderRequest, lines: Mapping[str, SpokenLine]) -> None:
        shot, form = request.shot, request.format
        self._request, self._form, self._shot = request, form, shot
        self._blocking = Blocking(request, lines)
        self._set, self._players, self._travel = self._blocking.scenery, self._blocking.players, self._blocking.travel
        kind = self._travel.movement.kind
        self._fog = lamps.FOG[shot.light]
        self._density = lamps.haze_density(shot.weather, shot.light) * (0.6 if self._set.inside else 1.0)
        self._sheets, lights = self._hang()
        self._lighting = Lighting(shot, form, self._set, shines(lights, self._cameras(), self._travel.base))
        self._sprites = Sprites(request, self._lighting.beams, self._fog, self._density, self._set.inside)
        self._weather = Weather(shot.weather, form, request.seed, outside=not self._set.inside)
        self._fore = Foreground(shot, form, self._set, self._players, request, self._lighting)
        self._shown: tuple[tuple[object, ...], Image] | None = None
        self._ground: tuple[tuple[object, ...], Image] | None = None
        self._slow = kind in ("static", "handheld")
        self._moves_door = any(isinstance(event, Door) for event in shot.events)
        self._lit: tuple[int, lamps.Wash] | None = None
        self._fixed = not self._set.seated and kind == "static"
        self._pixels, self._surface = blank(form.width, form.height)
        # Where players stand, a quarter of the size: the lamps behind them must not light their fronts.
        self._cover, self._cover_surface = blank(form.width // lamps.QUARTER, form.height // lamps.QUARTER)
        # The light on the players' edges, drawn apart and added when the scene is lit.
        self._rims, self._rim_surface = blank(form.width, form.height)
        self._touched = skia.Rect.MakeEmpty()

    def _cameras(self) -> list[Camera]:
        """Return the camera at many moments of the shot, handles included."""
        handle = self._request.handle_frames / self._form.fps
        end = float(self._shot.seconds) + handle
        return [self._travel.at(-handle + step / 24 * (end + handle)) for step in range(25)]

    def _hang(self) -> tuple[list[Sheet], tuple[Lamp, ...]]:
        """Draw every surface of the set once, as large as it will be seen; return them back to front, and the lamps."""
        shot, base, cameras = self._shot, self._travel.base, self._cameras()
        blur = {"medium_close": 1.6, "close": 2.6, "extreme_close": 4.0}.get(shot.size, 0.0) * self._form.height / 720
        found: list[Sheet] = []
        lights: list[Lamp] = []
        surfaces = self._blocking.surfaces()
        for number, surface in enumerate(surfaces):
            seen_by = self._driven(cameras) if not number else cameras
            near = isinstance(surface, Plane) and surface.z <= 1
            sheet, glows = hang(surface, seen_by, base, self._fog, self._density, blur * (0.4 if near else 1.0))
            found.append(sheet)
            lights += glows
        # The floor hides the foot of all that stands behind its end, and lies under all else.
        behind = [sheet for sheet in found if isinstance(sheet.surface, Plane) and sheet.z >= self._set.ground]
        behind = behind if found[0] in behind else [found[0], *behind]
        rest = [sheet for sheet in found if sheet not in behind]
        # What lies on the floor lies on all of it, however far it goes.
        ground = [sheet for sheet in rest if isinstance(sheet.surface, Flat) and sheet.surface.h == 0]
        rest = sorted((sheet for sheet in rest if sheet not in ground), key=lambda sheet: -sheet.z)
        self._lying = len(behind) + len(ground)
        return [*behind, *ground, *rest], tuple(lights)

    def _driven(self, cameras: list[Camera]) -> list[Camera]:
        """Return the cameras that see the furthest plane: from a moving car the town outside goes by."""
        if not self._set.seated:
            return cameras
        handle = self._request.handle_frames / self._form.fps
        times = (-handle, float(self._shot.seconds) + handle)
        return [replace(camera, x=camera.x + _DRIVE * time) for camera in cameras for time in times]

    def frame(self, time: float) -> Image:
        """Return the BGR frame at `time` seconds after the in point; negative in the handle before it.

        While nothing moves, between two drawings of the cast before a fixed camera, it is the same array again.
        """
        for player in self._players:
            player.listen(time)
        # A steady hand trembles on twos; what shakes on ones is the finish, for every back end alike.
        time = on_twos(time) if self._slow else time
        camera = self._travel.at(time)
        moment = self._moment(camera, time)
        if self._shown is None or self._shown[0] != moment:
            self._shown = (moment, self._drawn(camera, time))
        return self._shown[1]

    def shapes(self) -> Image:
        """Return where players stood in the last drawn frame, 0 to 255, at a quarter of the size."""
        return np.ascontiguousarray(self._cover[..., 3])

    def _moment(self, camera: Camera, time: float) -> tuple[object, ...]:
        """Return all that a frame depends on."""
        beams = self._lighting.beams
        return (
            camera, tuple(player.now(time) for player in self._players), self._followed(time),
            beams.torch(time, 0.5), beams.bar(time), beams.siren(time), door_at(self._shot, time),
            self._fore.now(time), time if self._weather.falls else on_twos(time) if self._set.seated else 0.0,
        )  # fmt: skip

    def _drawn(self, camera: Camera, time: float) -> Image:
        canvas = self._surface.getCanvas()
        self._cover_surface.getCanvas().clear(0)
        self._rim_surface.getCanvas().clear(0)
        self._touched = skia.Rect.MakeEmpty()
        self._draw_world(canvas, camera, time)
        self._surface.flushAndSubmit()
        self._cover_surface.flushAndSubmit()
        mask = self.shapes()
        lamps.light_up(self._pixels, self._light(camera, mask, time))
        if self._weather.falls and self._set.wet:
            wet_floor(self._pixels, self._floor_edge(camera), mask)
        self._weather.fall(self._pixels, time, behind=True)
        if not self._touched.isEmpty():
            self._rim_surface.flushAndSubmit()
            cv2.add(self._pixels, self._rims, dst=self._pixels)
        self._fore.draw(canvas, camera, self._travel.base, time)
        self._surface.flushAndSubmit()
        self._weather.fall(self._pixels, time, behind=False)
        return self._turned(np.asarray(cv2.cvtColor(self._pixels, cv2.COLOR_BGRA2BGR), np.uint8), camera)

    def _light(self, camera: Camera, mask: Image, time: float) -> lamps.Wash:
        """Return the light: on twos like the figures, where the camera moves too little to be seen ahead of it."""
        beat = round(on_twos(time) * TWOS)
        if self._lit is None or self._lit[0] != beat or self._shot.movement.kind not in _STEADY:
            lead = self._players[0] if self._players else None
            now = Moment(time, door_at(self._shot, time)[0])
            air = 0.0 if self._shot.light == "day" else 0.10 + min(0.3, 4.5 * self._density)
            light, ray = self._lighting.map(camera, lead, mask, now), self._fore.ray(camera, lead, time)
            self._lit = (beat, lamps.wash_of(light, self._form.width, self._form.height, air, ray))
        return self._lit[1]

    def _floor_edge(self, camera: Camera) -> int:
        """Return the row at which the floor begins."""
        edge = camera.horizon + camera.height * camera.focal / camera.depth(self._set.ground)
        return min(max(math.ceil(edge) + 1, 0), self._form.height)

    def _draw_world(self, canvas: skia.Canvas, camera: Camera, time: float) -> None:
        still, moving = self._order(time)
        self._draw_ground(canvas, camera, time, still)
        for item in moving:
            if isinstance(item, Sheet):
                pieces = item.pieces(camera, self._form.height)
                for piece in pieces:
                    canvas.drawImage(piece.image, piece.left, piece.top)
                self._hide(pieces)
            elif isinstance(item, Player):
                self._play(canvas, camera, item, time)
            else:
                draw_door(canvas, item, self._shot, camera, (self._fog, self._density), time)

    def _order(self, time: float) -> tuple[list[Sheet], list[Sheet | Player | Scenery]]:
        """Return what lies behind all that moves, and the rest with players and the moving door, furthest first."""
        nearer = min(self._deepest(time), self._set.ground)
        near = [sheet for sheet in self._sheets[self._lying :] if sheet.z < nearer]
        order: list[tuple[float, int, Sheet | Player | Scenery]] = [(player.z, 1, player) for player in self._players]
        order += [(sheet.z, 0, sheet) for sheet in near]
        if self._moves_door and self._set.door is not None:
            order.append((self._set.door[3], 1, self._set))
        moving = [item for _, _, item in sorted(order, key=lambda entry: (-entry[0], entry[1]))]
        return [sheet for sheet in self._sheets if sheet not in near], moving

    def _deepest(self, time: float) -> float:
        """Return the depth of the furthest thing that moves: what lies behind it is drawn once for a fixed camera."""
        found = [player.z + max(0.0, player.now(time).back) for player in self._players]
        found += [self._set.door[3] + 0.01] if self._moves_door and self._set.door is not None else []
        return max(found, default=-99.0)

    def _hide(self, pieces: list[Tile]) -> None:
        """Take edge light and fill light away from players who stand behind a surface."""
        hiding = [piece for piece in pieces if self._touched.intersects(_area(piece))]
        for surface, scale in ((self._cover_surface, 1 / lamps.QUARTER), (self._rim_surface, 1.0)) if hiding else ():
            canvas = surface.getCanvas()
            canvas.save()
            canvas.scale(scale, scale)
            for piece in hiding:
                canvas.drawImage(piece.image, piece.left, piece.top, skia.SamplingOptions(), _OUT)
            canvas.restore()

    def _draw_ground(self, canvas: skia.Canvas, camera: Camera, time: float, sheets: list[Sheet]) -> None:
        """Draw all that lies behind the players; a fixed camera sees it always alike, so it is kept."""
        key = (camera, len(sheets))
        if self._ground is not None and self._ground[0] == key:
            np.copyto(self._pixels, self._ground[1])
            return
        canvas.clear(0xFF0A0E18)
        for sheet in sheets:
            sheet.draw(canvas, self._seen_from(sheet, camera, time), self._lowest(sheet, camera))
        if self._fixed:
            self._surface.flushAndSubmit()
            self._ground = (key, self._pixels.copy())

    def _lowest(self, sheet: Sheet, camera: Camera) -> int:
        """Return the row down to which a surface is seen: what stands behind the floor's end is hidden by the floor."""
        behind = sheet.z >= self._set.ground and isinstance(sheet.surface, Plane)
        return self._floor_edge(camera) if behind else self._form.height

    def _seen_from(self, sheet: Sheet, camera: Camera, time: float) -> Camera:
        if self._set.seated and sheet is self._sheets[0]:
            return replace(camera, x=camera.x + _DRIVE * on_twos(time))
        return camera

    def _standing(self, camera: Camera, player: Player, time: float) -> Standing | None:
        """Return a player where it is seen at this moment; None while it is not in the picture."""
        now = player.now(time)
        if not now.seen:
            return None
        z = player.z + now.back
        scale = camera.scale(z)
        x, y = camera.place(player.x + self._followed(time), player.lift, z)
        x += now.aside * self._form.width * 0.8
        sprite = self._sprites.of(player, now, (x, y, scale), camera.depth(z), time)
        return Standing(now, x, y, scale, camera.depth(z), sprite)

    def _play(self, canvas: skia.Canvas, camera: Camera, player: Player, time: float) -> None:
        """Draw one player where it is at this moment, with its shadow on the floor."""
        seen = self._standing(camera, player, time)
        if seen is None:
            return
        sprite, grown, (left, top) = seen.sprite, seen.grown, seen.corner
        if player.lift < 0.05:
            self._darken_floor(canvas, player, seen)
        lay(canvas, sprite.image, left, top, grown)
        rims = self._rim_surface.getCanvas()
        if not self._touched.isEmpty():
            # Who stands in front hides the edges of who stands behind.
            lay(rims, sprite.image, left, top, grown, _OUT)
        if sprite.rim is not None:
            lay(rims, sprite.rim, left, top, grown)
        self._touched.join(
            skia.Rect.MakeXYWH(left - 2, top - 2, sprite.image.width() * grown + 4, sprite.image.height() * grown + 4)
        )
        self._shade(sprite, left, top)

    def _darken_floor(self, canvas: skia.Canvas, player: Player, seen: Standing) -> None:
        """Lay a figure's own darkness under its feet, and the shadow of whoever stands there."""
        if player.dress is not None:
            half, thick = 0.36 * seen.scale, 0.05 * seen.scale
            canvas.drawOval(
                skia.Rect.MakeLTRB(seen.x - half, seen.y - thick, seen.x + half, seen.y + thick),
                skia.Paint(AntiAlias=True, Color=0x8C04060C),
            )
        self._cast_shadow(canvas, seen.sprite, seen.x, seen.y, seen.grown)

    def _cast_shadow(self, canvas: skia.Canvas, sprite: Sprite, x: float, y: float, grown: float) -> None:
        """Lay the player's shape on the floor, away from the light that comes from the upper right."""
        if y > self._form.height * 1.02 or self._set.seated:
            return
        long, dark = (0.34, 0x46) if self._set.inside else (0.8, 0x70) if self._shot.light == "day" else (0.62, 0x58)
        paint = skia.Paint(
            ColorFilter=skia.ColorFilters.Blend(skia.ColorSetARGB(dark, 6, 8, 20), skia.BlendMode.kSrcIn)
        )
        canvas.save()
        canvas.translate(x, y)
        canvas.concat(skia.Matrix.MakeAll(grown, long * grown, 0, 0, 0.15 * grown, 0, 0, 0, 1))
        canvas.drawImage(
            sprite.image, -sprite.foot[0], -sprite.foot[1], skia.SamplingOptions(skia.FilterMode.kLinear), paint
        )
        canvas.restore()

    def _shade(self, sprite: Sprite, left: float, top: float) -> None:
        """Enter a player's shape into the mask at a fraction of its pixels, so that it glides with the camera."""
        canvas, spot = self._cover_surface.getCanvas(), (left / lamps.QUARTER, top / lamps.QUARTER)
        canvas.drawImage(sprite.shape, *spot, skia.SamplingOptions(skia.FilterMode.kLinear))

    def _followed(self, time: float) -> float:
        """Metres that the players walk along with a following camera."""
        movement = self._shot.movement
        if movement.kind != "follow":
            return 0.0
        return self._travel.followed(time) * (-1 if movement.direction in ("left", "up", "out") else 1)

    def _turned(self, picture: Image, camera: Camera) -> Image:
        """Roll and zoom the frame, filling it to its corners."""
        if abs(camera.roll) < 0.0008 and camera.zoom == 1.0:
            return picture
        width, height = self._form.width, self._form.height
        cover = math.cos(camera.roll) + abs(math.sin(camera.roll)) * max(width / height, height / width)
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(camera.roll), cover * camera.zoom)
        return np.asarray(cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR), np.uint8)


def _area(piece: Tile) -> skia.Rect:
    return skia.Rect.MakeXYWH(piece.left, piece.top, piece.image.width(), piece.image.height())


def lay(
    canvas: skia.Canvas, image: skia.Image, left: float, top: float, grown: float, paint: skia.Paint | None = None
) -> None:
    """Lay a player's drawing, or one of its layers, into the frame."""
    if abs(grown - 1) < 0.0008:
        canvas.drawImage(image, round(left), round(top), skia.SamplingOptions(), paint)
        return
    # On a push, a drawing is stretched by less than one part in a hundred until it is drawn again.
    area = skia.Rect.MakeXYWH(left, top, image.width() * grown, image.height() * grown)
    canvas.drawImageRect(image, area, skia.SamplingOptions(skia.FilterMode.kLinear), paint)
