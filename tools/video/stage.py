"""The stage: one shot's set, camera, cast and light, asked for one frame after another."""

import math
import random
from collections.abc import Mapping
from dataclasses import replace

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from episodes.shots import Door
from episodes.tasks import RenderRequest, SpokenLine
from episodes.value import seed_from
from tools.finish.text import blank
from tools.video import light as lamps
from tools.video.acting import ease
from tools.video.brush import Brush, darker, mix
from tools.video.camera import Camera, Travel, frame_shot, spread
from tools.video.places import SETS
from tools.video.players import Player, Sprite
from tools.video.scenery import Scene, Scenery
from tools.video.sheets import Sheet, foreground, hang, lay, tiles_of
from tools.video.sprites import Sprites

Image = NDArray[np.uint8]
_DRIVE = 1.5
"""Metres a second at which the town goes by a car: a patrol looks at everything."""
_BACKLIT = 0.72
"""Share of a lamp's light that somebody standing before it does not get on the front."""


class Stage:
    """Draws the frames of one shot. All chance comes from the request's seed."""

    def __init__(self, request: RenderRequest, lines: Mapping[str, SpokenLine]) -> None:
        shot, form = request.shot, request.format
        self._request, self._form, self._shot = request, form, shot
        place = request.world.place(shot.place)
        dark = shot.light in ("night", "dusk", "dawn")
        scene = Scene(place, request.world, dark, random.Random(seed_from("set", place.id, place.set)))
        self._set: Scenery = SETS[place.set](scene)
        # Patches in one row and colour are one path.
        self._marks: dict[tuple[float, float, str], list[tuple[float, float]]] = {}
        for mark in self._set.marks:
            self._marks.setdefault((mark.near, mark.far, mark.colour), []).append((mark.left, mark.right))
        self._players = self._cast(lines)
        self._travel = Travel(self._stand(), shot.movement, float(shot.seconds), request.seed)
        self._fog = lamps.FOG[shot.light]
        self._density = lamps.haze_density(shot.weather, shot.light) * (0.6 if self._set.inside else 1.0)
        self._block()
        self._hang()
        worn = shot.light in ("night", "dusk") and shot.owner == "bodycam" and not self._set.inside
        self._beams = lamps.Beams(shot.events, worn)
        self._ambient = lamps.ambient(shot.light, self._set.inside, self._set.seated)
        self._sprites = Sprites(request, self._beams, self._fog, self._density)
        self._rain = self._weather()
        self._shown: tuple[tuple[object, ...], Image] | None = None
        self._lamps: tuple[Camera, Image] | None = None
        self._pixels, self._surface = blank(form.width, form.height)
        # Where players stand, a quarter of the size: the lamps behind them must not light their fronts.
        self._mask = np.zeros((form.height // lamps.QUARTER, form.width // lamps.QUARTER), np.uint8)

    def _cast(self, lines: Mapping[str, SpokenLine]) -> list[Player]:
        subjects = [
            subject.model_copy(update={"pose": "sit"})
            if self._set.seated and subject.pose in ("stand", "talk", "walk")
            else subject
            for subject in self._shot.subjects
        ]
        return [Player(subject, self._request, lines) for subject in subjects]

    def _stand(self) -> Camera:
        """Place the camera: framed on the cast, at the station that this shot chooses, or where the door is seen."""
        shot, form, chance = self._shot, self._form, random.Random(seed_from("station", self._shot.id))
        people = [player for player in self._players if player.human]
        lead = max((player.tall for player in people or self._players), default=1.8)
        close = shot.size in ("close", "extreme_close", "medium_close")
        needs = sum((0.42 if close else 0.66) if player.human else 0.9 * player.tall for player in self._players)
        if self._set.seated and len(people) > 1:
            needs = 1.75
        camera = frame_shot(shot, form, lead, max(needs, 0.3))
        if shot.angle == "dutch":
            camera = replace(camera, focal=camera.focal / 1.18)
        x = self._set.stations[chance.randrange(len(self._set.stations))]
        if self._set.door and any(isinstance(event, Door) for event in shot.events):
            left, wide, _, z = self._set.door
            x = left + wide / 2 - 0.22 * form.width / camera.scale(z)
        return replace(camera, x=x)

    def _block(self) -> None:
        """Give each player a place; in a car, a seat."""
        base = self._travel.base
        for player, (x, z) in zip(self._players, spread(tuple(p.subject for p in self._players), base), strict=True):
            player.x, player.z = x, z
        if self._set.seated:
            for player in self._players:
                if player.human:
                    player.x, player.z = (-0.55 if player.subject.at < 0.5 else 0.55), 0.0
            if len(self._players) == 1 and self._shot.size not in ("full", "long", "extreme_long"):
                self._travel = replace(self._travel, base=replace(base, x=self._players[0].x * 0.8))

    def _hang(self) -> None:
        shot, form, base = self._shot, self._form, self._travel.base
        handle = self._request.handle_frames / form.fps
        end = float(shot.seconds) + handle
        cameras = [self._travel.at(-handle + step / 24 * (end + handle)) for step in range(25)]
        blur = {"medium_close": 1.6, "close": 2.6, "extreme_close": 4.0}.get(shot.size, 0.0) * form.height / 720
        self._sheets: list[Sheet] = [
            hang(
                plane,
                self._driven(cameras, number, -handle, end),
                base,
                self._fog,
                self._density,
                blur if plane.z > 1 else blur * 0.4,
            )
            for number, plane in enumerate(self._set.planes)
        ]
        flip = bool(self._players) and self._players[0].subject.at < 0.45
        fore = (
            None
            if shot.size in ("close", "extreme_close") or shot.owner in ("cctv", "doorbell", "helicopter")
            else self._set.fore
        )
        drawn = foreground(fore or "none", form.width, form.height, flip, 3.0 * form.height / 720)
        self._fore = tiles_of(drawn) if drawn is not None else ()

    def _driven(self, cameras: list[Camera], number: int, start: float, end: float) -> list[Camera]:
        """Return the cameras that see a plane: from a moving car the town outside goes by."""
        if not self._set.seated or number:
            return cameras
        return [replace(camera, x=camera.x + _DRIVE * time) for camera in cameras for time in (start, end)]

    def _weather(self) -> list[Image]:
        form, seed = self._form, self._request.seed
        if self._set.inside or self._shot.weather not in ("rain", "snow"):
            return []
        area, long = form.width * form.height / 921600, form.height * (0.05 if self._shot.weather == "rain" else 0.004)
        return [
            lamps.rain_tile(form.width, form.height, seed, round(620 * area), long),
            lamps.rain_tile(form.width, form.height, seed + 1, round(110 * area), long * 2.4),
        ]

    def frame(self, time: float) -> Image:
        """Return the BGR frame at `time` seconds after the in point; negative in the handle before it.

        While nothing moves, between two drawings of the cast before a fixed camera, it is the same array again.
        """
        camera = self._travel.at(time)
        moment = self._moment(camera, time)
        if self._shown is None or self._shown[0] != moment:
            self._shown = (moment, self._drawn(camera, time))
        return self._shown[1]

    def _moment(self, camera: Camera, time: float) -> tuple[object, ...]:
        """Return all that a frame depends on."""
        beams = self._beams
        return (
            camera, tuple(player.now(time) for player in self._players), self._followed(time),
            beams.torch(time, 0.5), beams.bar(time), beams.siren(time), self._door_open(time),
            time if self._rain or self._set.seated else 0.0,
        )  # fmt: skip

    def _drawn(self, camera: Camera, time: float) -> Image:
        canvas = self._surface.getCanvas()
        canvas.clear(0xFF0A0E18)
        self._mask[:] = 0
        self._draw_world(canvas, camera, time)
        self._surface.flushAndSubmit()
        picture = np.asarray(cv2.cvtColor(self._pixels, cv2.COLOR_BGRA2BGR), np.uint8)
        air = 0.10 + min(0.3, 4.5 * self._density)
        picture = lamps.lit(picture, self._light(camera, time), 0.0 if self._shot.light == "day" else air)
        for speed, tile in zip((2.3, 3.6), self._rain, strict=False):
            fall = speed if self._shot.weather == "rain" else speed * 0.12
            row = self._form.height - 1 - int(time * fall * self._form.height) % self._form.height
            picture = np.asarray(cv2.add(picture, tile[row : row + self._form.height]), np.uint8)
        return self._turned(picture, camera)

    def _draw_world(self, canvas: skia.Canvas, camera: Camera, time: float) -> None:
        far = [sheet for sheet in self._sheets if sheet.z >= self._set.ground or sheet is self._sheets[0]]
        edge = camera.horizon + camera.height * camera.focal / (camera.distance + self._set.ground)
        floor = min(max(math.ceil(edge) + 1, 0), self._form.height)
        for sheet in far:
            sheet.draw(canvas, self._seen_from(sheet, camera, time), floor)
        self._floor(canvas, camera)
        self._door(canvas, camera, time)
        near = [(sheet.z, sheet) for sheet in self._sheets if sheet not in far]
        order: list[tuple[float, int, Sheet | Player]] = [(z, 0, sheet) for z, sheet in near]
        order += [(player.z, 1, player) for player in self._players]
        for _, _, item in sorted(order, key=lambda entry: (-entry[0], entry[1])):
            if isinstance(item, Sheet):
                item.draw(canvas, camera, self._form.height)
            else:
                self._play(canvas, camera, item, time)
        if self._fore:
            base = self._travel.base
            moved = (base.x - camera.x) * camera.scale(0) * 1.7 + camera.shift
            limit = 0.19 * self._form.width
            x = round(-0.2 * self._form.width + min(max(moved, -limit), limit))
            lay(canvas, self._fore, x, 0, self._form.width, self._form.height)

    def _seen_from(self, sheet: Sheet, camera: Camera, time: float) -> Camera:
        if self._set.seated and sheet is self._sheets[0]:
            return replace(camera, x=camera.x + _DRIVE * time)
        return camera

    def _floor(self, canvas: skia.Canvas, camera: Camera) -> None:
        """Draw the floor in bands that darken towards the lens, and the patches on it in true perspective."""
        near, far = self._set.floor
        depths = [camera.distance + self._set.ground]
        while depths[-1] > 0.5 and len(depths) < 9:
            depths.append(depths[-1] * 0.62)
        width, height = self._form.width, self._form.height
        for index, depth in enumerate(depths):
            y = camera.horizon + camera.height * camera.focal / depth
            haze = 1 - math.exp(-self._density * depth)
            tone = mix(mix(far, darker(near, 0.25), index / len(depths)), self._fog, haze)
            if y < height:
                # The next band lies over this one, so that there is no seam.
                after = camera.horizon + camera.height * camera.focal / depths[min(index + 1, len(depths) - 1)]
                low = height if index + 1 == len(depths) else min(height, math.ceil(after) + 1)
                canvas.drawRect(skia.Rect.MakeLTRB(0, y, width, low), Brush(canvas).paint(tone))
        for (near_, z1, colour), across in self._marks.items():
            z0 = max(near_, 0.4 - camera.distance)
            if z1 <= z0:
                continue
            path = skia.Path()
            (left0, y0), (left1, y1) = camera.place(0, 0, z0), camera.place(0, 0, z1)
            scale0, scale1 = camera.scale(z0), camera.scale(z1)
            for left, right in across:
                row = (
                    (left0 + left * scale0, y0), (left0 + right * scale0, y0),
                    (left1 + right * scale1, y1), (left1 + left * scale1, y1),
                )  # fmt: skip
                path.addPoly([skia.Point(*corner) for corner in row], True)
            haze = 1 - math.exp(-self._density * camera.depth((z0 + z1) / 2))
            canvas.drawPath(path, Brush(canvas, self._fog, haze).paint(colour, 0.75))

    def _door_open(self, time: float) -> tuple[float, float]:
        """Return how far the door stands open (0 to 1) and how hard it is being knocked at."""
        open_, knock = 0.0, 0.0
        events = sorted((e for e in self._shot.events if isinstance(e, Door)), key=lambda event: event.at)
        if events and events[0].action in ("close", "slam"):
            open_ = 1.0
        for event in events:
            since = time - float(event.at)
            if event.action == "open" and since >= 0:
                open_ = ease(since / 0.6)
            elif event.action in ("close", "slam") and since >= -0.3:
                open_ = 1 - ease((since + 0.3) / 0.3)
            if event.action in ("knock", "slam") and 0 <= since < 0.5:
                knock = math.exp(-6 * since) * math.sin(50 * since)
        return open_, knock

    def _door(self, canvas: skia.Canvas, camera: Camera, time: float) -> None:
        if self._set.door is None or not any(isinstance(event, Door) for event in self._shot.events):
            return
        left, wide, tall, z = self._set.door
        open_, knock = self._door_open(time)
        canvas.save()
        canvas.translate(*camera.place(left, 0, z))
        canvas.scale(camera.scale(z), camera.scale(z))
        brush = Brush(canvas, self._fog, 1 - math.exp(-self._density * camera.depth(z)))
        brush.box(-0.06, 0, wide + 0.12, tall + 0.06, "#1c1816")
        brush.box(0, 0, wide, tall, "#f6cf8c" if self._shot.light != "day" else "#2a2624")
        leaf, lean = wide * (1 - 0.82 * open_), 0.10 * open_
        shift = 0.02 * knock
        brush.shape([(shift, 0), (leaf + shift, -lean), (leaf + shift, tall + lean * 0.5), (shift, tall)], "#7d4238")
        brush.shape(
            [(0.12 * leaf, 0.25), (0.86 * leaf, 0.25 - lean), (0.86 * leaf, 0.95), (0.12 * leaf, 0.95)], "#68352e"
        )
        brush.shape(
            [(0.12 * leaf, 1.1), (0.86 * leaf, 1.1), (0.86 * leaf, tall - 0.2), (0.12 * leaf, tall - 0.2)], "#68352e"
        )
        brush.disc(leaf * 0.88 + shift, 1.0, 0.05, "#d8b65a")
        canvas.restore()

    def _play(self, canvas: skia.Canvas, camera: Camera, player: Player, time: float) -> None:
        """Draw one player where it is at this moment, with its shadow on the floor."""
        now = player.now(time)
        if not now.seen:
            return
        z = player.z + now.back
        scale = camera.scale(z)
        x, y = camera.place(player.x + self._followed(time), 0, z)
        x += now.aside * self._form.width * 0.8
        sprite = self._sprites.of(player, now, (x, y, scale), camera.depth(z), time)
        if player.dress is not None:
            half, thick = 0.42 * scale, 0.055 * scale
            canvas.drawOval(
                skia.Rect.MakeLTRB(x - half, y - thick, x + half, y + thick), Brush(canvas).paint("#04060c", 0.5)
            )
        grown = scale / sprite.scale
        left, top = x - sprite.foot[0] * grown, y - sprite.foot[1] * grown
        if abs(grown - 1) < 0.0008:
            canvas.drawImage(sprite.image, round(left), round(top))
        else:
            # On a push, a drawing is stretched by less than one part in a hundred until it is drawn again.
            area = skia.Rect.MakeXYWH(left, top, sprite.image.width() * grown, sprite.image.height() * grown)
            canvas.drawImageRect(sprite.image, area, skia.SamplingOptions(skia.FilterMode.kLinear))
        self._shade(sprite, left, top)

    def _shade(self, sprite: Sprite, left: float, top: float) -> None:
        """Enter a player's shape into the mask at a fraction of its pixels, so that it glides with the camera."""
        left, top = left / lamps.QUARTER, top / lamps.QUARTER
        x, y = math.floor(left), math.floor(top)
        high, wide = sprite.shape.shape
        x0, y0 = max(x, 0), max(y, 0)
        x1, y1 = min(x + wide + 1, self._mask.shape[1]), min(y + high + 1, self._mask.shape[0])
        if x1 <= x0 or y1 <= y0:
            return
        aside = np.array([[1, 0, left - x0], [0, 1, top - y0]], np.float32)
        moved = cv2.warpAffine(sprite.shape, aside, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR)
        part = self._mask[y0:y1, x0:x1]
        np.maximum(part, moved, out=part)

    def _followed(self, time: float) -> float:
        """Metres that the players walk along with a following camera."""
        movement = self._shot.movement
        if movement.kind != "follow":
            return 0.0
        return self._travel.followed(time) * (-1 if movement.direction in ("left", "up", "out") else 1)

    def _light(self, camera: Camera, time: float) -> Image:
        """Return the quarter-size light map of this moment."""
        width, height = self._form.width // lamps.QUARTER, self._form.height // lamps.QUARTER
        total = self._hung(camera, time)
        # The lamps that move are all softness: half of the map's size is plenty for them.
        moving = np.zeros((height // 2, width // 2, 3), np.float32)
        self._moving(moving, camera, time)
        shade = cv2.convertScaleAbs(cv2.GaussianBlur(self._mask, (0, 0), 0.8), alpha=-_BACKLIT, beta=255)
        behind = cv2.multiply(total, cv2.cvtColor(shade, cv2.COLOR_GRAY2BGR), scale=1 / 255)
        before = cv2.convertScaleAbs(moving + self._ambient, alpha=128)
        whole = cv2.add(behind, cv2.resize(before, (width, height), interpolation=cv2.INTER_LINEAR))
        return np.asarray(cv2.min(whole, (235, 235, 235, 235)), np.uint8)

    def _hung(self, camera: Camera, time: float) -> Image:
        """Return the light of all lamps of the set, which a fixed camera sees always alike."""
        if self._lamps is not None and self._lamps[0] == camera and not self._set.seated:
            return self._lamps[1]
        total = np.zeros((self._form.height // lamps.QUARTER, self._form.width // lamps.QUARTER, 3), np.uint8)
        if self._shot.light != "day" or self._set.inside:
            for sheet in self._sheets:
                sheet.shine(total, self._seen_from(sheet, camera, time))
        self._lamps = (camera, total)
        return total

    def _moving(self, total: NDArray[np.float32], camera: Camera, time: float) -> None:
        height, width = total.shape[:2]
        lead = self._players[0] if self._players else None
        aim, chest = camera.place(
            lead.x if lead else camera.x, 0.72 * (lead.tall if lead else 1.6), lead.z if lead else 2.0
        )
        lit, place = self._beams.torch(time, aim / self._form.width)
        if lit:
            cy = min(max(chest / self._form.height, 0.25), 0.7) * height
            size = 0.42 * height
            lamps.add_pool(total, place * width, cy, size, size * 0.95, "#fff4dc", 0.78 * lit)
            lamps.add_pool(total, place * width, cy, size * 0.5, size * 0.48, "#fffaf0", 0.30 * lit)
        red, blue = self._beams.bar(time)
        for amount, side, colour in ((red, 0.04, "#ff2a38"), (blue, 0.96, "#3f6dff")):
            if amount:
                lamps.add_pool(total, side * width, 0.5 * height, 0.2 * width, 0.5 * height, colour, 0.55 * amount)
        if lead and self._set.inside and not self._set.seated:
            # The ceiling lamp that is always just above whoever matters: nobody important stands in the dark indoors.
            x, y = aim / self._form.width * width, min(max(chest / self._form.height, 0.3), 0.6) * height
            lamps.add_pool(total, x, y, 0.34 * width, 0.62 * height, "#ffe6c4", 0.40)
        if self._set.seated and self._shot.light != "day":
            # The screens on the dashboard from below, and a street lamp that passes every four seconds.
            lamps.add_pool(total, 0.5 * width, 0.72 * height, 0.5 * width, 0.55 * height, "#d9e6d8", 0.42)
            pass_ = (time * 0.25 + 0.3) % 1.0
            lamps.add_pool(total, (1.5 - 2 * pass_) * width, 0.35 * height, 0.22 * width, 0.5 * height, "#ffb970", 0.40)
        siren, where = self._beams.siren(time)
        if siren > 0:
            lamps.add_pool(total, where * width, 0.5 * height, 0.16 * width, 0.5 * height, "#ff5560", 0.45 * siren)
            lamps.add_pool(
                total, (where - 0.12) * width, 0.5 * height, 0.12 * width, 0.4 * height, "#5f86ff", 0.4 * siren
            )
        open_, _ = self._door_open(time)
        if open_ and self._set.door and self._shot.light != "day":
            left, wide, tall, z = self._set.door
            x, y = camera.place(left + wide / 2, tall * 0.4, z)
            share = width / self._form.width
            size = camera.scale(z) * share
            lamps.add_pool(total, x * share, y * share, wide * size, tall * 0.7 * size, "#ffd590", 0.8 * open_)

    def _turned(self, picture: Image, camera: Camera) -> Image:
        """Roll and zoom the frame, filling it to its corners."""
        if abs(camera.roll) < 0.0008 and camera.zoom == 1.0:
            return picture
        width, height = self._form.width, self._form.height
        cover = math.cos(camera.roll) + abs(math.sin(camera.roll)) * max(width / height, height / width)
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(camera.roll), cover * camera.zoom)
        return np.asarray(cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR), np.uint8)
