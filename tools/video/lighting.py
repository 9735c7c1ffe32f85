"""Lighting: the light map of one shot at each moment, from the lamps of the set, those that move, and the torch."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.effects import Light
from episodes.format import Format
from episodes.shots import Shot
from tools.video import light as lamps
from tools.video.camera import Camera
from tools.video.players import Player
from tools.video.scenery import Scenery
from tools.video.sheets import Shine

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]
_BACKLIT = 0.72
"""Share of a lamp's light that somebody standing before it does not get on the front."""
_LIFT: dict[Light, tuple[float, float, float]] = {
    "day": (0.06, 0.06, 0.06), "dusk": (0.26, 0.25, 0.26), "night": (0.34, 0.325, 0.315), "dawn": (0.22, 0.21, 0.21),
}  # fmt: skip
"""Blue, green and red that people and things get over their ground, so that each is read in the dark: a filmed
night's fill light."""
_GREY_AMBIENT = {"cctv": 0.50, "doorbell": 0.46, "helicopter": 0.52}
"""What cameras with infra-red lamps of their own see by night."""


@dataclass(frozen=True)
class Moment:
    """What the light depends on at one time, beside the camera."""

    time: float
    open_door: float
    """How far the set's door stands open, 0 to 1."""


class Lighting:
    """Works out the quarter-size light map (BGR, 128 shows true colours) of each moment of a shot."""

    def __init__(self, shot: Shot, form: Format, scenery: Scenery, shines: tuple[Shine, ...]) -> None:
        self._shot, self._form, self._set, self._shines = shot, form, scenery, shines
        dark = shot.light != "day"
        worn = shot.light in ("night", "dusk") and shot.owner == "bodycam" and not scenery.inside
        self.beams = lamps.Beams(shot.events, worn)
        ambient = lamps.ambient(shot.light, scenery.inside, scenery.seated)
        if shot.owner == "helicopter":
            # Warmth knows no day: the ground is cold at any hour.
            ambient = np.full(3, _GREY_AMBIENT["helicopter"], np.float32)
        elif dark and shot.owner in _GREY_AMBIENT:
            ambient = np.maximum(ambient, np.float32(_GREY_AMBIENT[shot.owner]))
        elif dark and shot.owner in ("phone", "dashcam") and not scenery.seated:
            # No torch of their own, so they turn up what there is.
            ambient = np.minimum(ambient * np.float32(1.25), np.float32(1.0))
        self.ambient = ambient
        self._lit = dark or scenery.inside
        self._cold = shot.owner == "helicopter"
        self._known: tuple[Camera, Image] | None = None

    def map(self, camera: Camera, lead: Player | None, mask: Image, now: Moment) -> Image:
        """Return the light map; `mask` is the players' shape, a quarter of the frame's size."""
        width, height = self._form.width // lamps.QUARTER, self._form.height // lamps.QUARTER
        total = self._hung(camera)
        # The lamps that move are all softness: half of the map's size is plenty for them.
        moving = np.zeros((height // 2, width // 2, 3), np.float32)
        if not self._cold:
            self._moving(moving, camera, lead, now)
        shade = cv2.convertScaleAbs(cv2.GaussianBlur(mask, (0, 0), 0.8), alpha=-_BACKLIT, beta=255)
        behind = cv2.multiply(total, cv2.cvtColor(shade, cv2.COLOR_GRAY2BGR), scale=1 / 255)
        before = cv2.resize(moving + self.ambient, (width, height), interpolation=cv2.INTER_LINEAR)
        lift = np.array(_LIFT[self._shot.light], np.float32) * (0.85 if self._set.inside else 1.0)
        # An infra-red lamp beside the lens reaches people before it reaches walls.
        lift = lift * (1.7 if self._shot.owner in ("cctv", "doorbell") else 1.0)
        before += cv2.cvtColor(mask, cv2.COLOR_GRAY2BGR).astype(np.float32) * (lift / 255)
        if not self._cold:
            self._torch(before, camera, lead, mask, now.time)
        return np.asarray(cv2.add(behind, cv2.convertScaleAbs(before, alpha=128)), np.uint8)

    def _hung(self, camera: Camera) -> Image:
        """Return the light of all lamps of the set, which a fixed camera sees always alike."""
        if self._known is not None and self._known[0] == camera:
            return self._known[1]
        total = np.zeros((self._form.height // lamps.QUARTER, self._form.width // lamps.QUARTER, 3), np.uint8)
        if self._lit and not self._cold:
            for shine in self._shines:
                shine.add(total, camera)
        self._known = (camera, total)
        return total

    def aim(self, camera: Camera, lead: Player | None) -> tuple[float, float]:
        """Return the pixel of the leading subject's chest, where light and eyes go."""
        return camera.place(lead.x if lead else camera.x, 0.72 * (lead.tall if lead else 1.6), lead.z if lead else 2.0)

    def beam(self, camera: Camera, lead: Player | None, time: float) -> tuple[float, float, float, float]:
        """Return the torch's brightness, and the middle and radius of what it lights, in pixels of the frame."""
        x, y = self.aim(camera, lead)
        lit, place = self.beams.torch(time, x / self._form.width)
        high = self._form.height
        return lit, place * self._form.width, min(max(y / high, 0.3), 0.68) * high, 0.47 * high

    def _torch(self, total: Floats, camera: Camera, lead: Player | None, mask: Image, time: float) -> None:
        """Add the torch, and take its light from the wall where somebody stands before it."""
        lit, x, y, radius = self.beam(camera, lead, time)
        if not lit:
            return
        height, width = total.shape[:2]
        beam = np.zeros_like(total)
        strength = 0.85 if self._shot.light == "night" else 0.5
        share = height / self._form.height
        lamps.add_beam(beam, x * share, y * share, radius * share, "#fff3dc", strength * lit)
        # The lamp is held to the right of the lens: shadows lie close on the left.
        aside = np.array([[1.02, 0, -0.022 * width - 0.01 * width], [0, 1.02, -0.004 * height]], np.float32)
        thrown = cv2.subtract(cv2.warpAffine(mask, aside, (width, height)), mask)
        # Out of doors there is seldom a wall close enough to take it.
        dark = (0.8 if self._set.inside else 0.45) / 255
        kept = 1 - cv2.GaussianBlur(thrown, (0, 0), 1.0).astype(np.float32) * dark
        total += beam * kept[..., None]

    def _moving(self, total: Floats, camera: Camera, lead: Player | None, now: Moment) -> None:
        height, width = total.shape[:2]
        red, blue = self.beams.bar(now.time)
        if red or blue:
            self._bar(total, camera, red, blue)
        if lead and self._set.inside and not self._set.seated:
            # The ceiling lamp that is always just above whoever matters: nobody important stands in the dark indoors.
            x, y = self.aim(camera, lead)
            x, y = x / self._form.width * width, min(max(y / self._form.height, 0.3), 0.6) * height
            lamps.add_pool(total, x, y, 0.34 * width, 0.62 * height, "#ffe6c4", 0.28)
        if self._set.seated and self._shot.light != "day":
            # The screens on the dashboard from below, and a street lamp that passes every four seconds.
            lamps.add_pool(total, 0.5 * width, 0.78 * height, 0.5 * width, 0.55 * height, "#d6ecdc", 0.46)
            lamps.add_pool(total, 0.5 * width, 0.30 * height, 0.4 * width, 0.4 * height, "#ffe3bd", 0.22)
            way = (now.time * 0.25 + 0.3) % 1.0
            lamps.add_pool(total, (1.5 - 2 * way) * width, 0.35 * height, 0.22 * width, 0.5 * height, "#ffb970", 0.45)
        if self._shot.owner == "dashcam" and not self._set.seated and self._shot.light != "day":
            for side in (0.3, 0.7):
                lamps.add_pool(total, side * width, 0.70 * height, 0.30 * width, 0.24 * height, "#fff1d2", 0.55)
        siren, where = self.beams.siren(now.time)
        if siren > 0:
            lamps.add_pool(total, where * width, 0.5 * height, 0.16 * width, 0.5 * height, "#ff5560", 0.45 * siren)
            lamps.add_pool(
                total, (where - 0.12) * width, 0.5 * height, 0.12 * width, 0.4 * height, "#5f86ff", 0.4 * siren
            )
        if now.open_door and self._set.door and self._shot.light != "day":
            left, wide, tall, z = self._set.door
            x, y = camera.place(left + wide / 2, tall * 0.4, z)
            share = width / self._form.width
            size = camera.scale(z) * share
            lamps.add_pool(total, x * share, y * share, wide * size, tall * 0.7 * size, "#ffd590", 0.8 * now.open_door)

    def _bar(self, total: Floats, camera: Camera, red: float, blue: float) -> None:
        """Add the two lamps of the light bar: from the patrol car where the set has one in sight, else from aside."""
        height, width = total.shape[:2]
        places = ((red, 0.04, 0.5, "#ff2a38"), (blue, 0.96, 0.5, "#3f6dff"))
        reach = 0.2
        if self._set.bar is not None:
            x, h, z = self._set.bar
            px, py = camera.place(x, h, z)
            across, down = px / self._form.width, py / self._form.height
            if -0.1 < across < 1.1:
                apart = 0.5 * camera.scale(z) / self._form.width
                places = ((red, across - apart, down, "#ff2a38"), (blue, across + apart, down, "#3f6dff"))
                reach = 0.15
        for amount, across, down, colour in places:
            if amount:
                lamps.add_pool(total, across * width, down * height, reach * width, 0.5 * height, colour, 0.6 * amount)
