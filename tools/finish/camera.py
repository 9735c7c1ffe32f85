"""The camera of one segment: glass, exposure, grade and sensor in the order in which light meets them."""

import zlib

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.requests import ConformRequest
from episodes.shots import CameraOwner
from tools.finish.grade import Exposure, Grade, look_of, monochrome
from tools.finish.lens import GLASS, Fringe, Lens
from tools.finish.sensor import FULL_LIGHT, bloomed, floor_tiles, light_fall
from tools.finish.weather import Glasswork, Smear

Image = NDArray[np.uint8]

_RATE: dict[CameraOwner, int] = {"cctv": 8}
"""Pictures a second of cameras that save on them."""


class Finish:
    """Lens, exposure, grade, grain and vignette of one segment, with all tables worked out once."""

    def __init__(self, request: ConformRequest) -> None:
        form, owner, light, seed = request.format, request.owner, request.light, request.seed
        glass, look, grey = GLASS[owner], look_of(request.look), monochrome(owner, light)
        self._fps, self._rate = form.fps, _RATE.get(owner, form.fps)
        self._glass, self._blooms = glass, owner == "cctv"
        steps = [float(step) for step in request.steps]
        self._lens = Lens(owner, form, request.movement, seed, steps)
        bleeds = look.bleed if not grey and owner != "cctv" else 0.0
        self._fringe = Fringe(form, 0 if grey else glass.fringe, bleeds)
        self._grade = Grade(look, owner, light, form.fps, seed)
        self._exposure = Exposure(owner, form.fps)
        lines = look.scanlines if owner not in ("cctv", "helicopter") else 0.0
        # Dust and smears belong to the camera: they are the same in all of its shots.
        body = zlib.crc32(f"{owner} {request.agency} {request.unit}".encode())
        self._fall = light_fall(form, owner, lines, light, body)
        self._floor = floor_tiles(form, owner, light, grey)
        self._smear = Smear(form, body) if owner in ("bodycam", "doorbell", "dashcam") else None
        self._glasswork = Glasswork(form, owner, request.weather, seed)
        self._plain = np.empty((form.height, form.width, 3), np.uint8)
        self._shown, self._shown_at = np.zeros((0, 0, 3), np.uint8), -1

    def apply(self, frame: Image, index: int) -> Image:
        """Return the finished BGR picture of a BGRA frame, without any text."""
        slot = index * self._rate // self._fps
        if slot == self._shown_at and self._rate < self._fps:
            # A camera that takes fewer pictures shows the last one again.
            return self._shown.copy()
        shown = self._taken(frame, index)
        if self._rate < self._fps:
            self._shown, self._shown_at = shown.copy(), slot
        return shown

    def _taken(self, frame: Image, index: int) -> Image:
        gain = self._exposure.gain(frame)
        self._lens.aim(frame, index)
        self._grade.turn(index)
        taken = np.empty((*frame.shape[:2], 3), np.uint8)
        for top, bottom in self._lens.bands:
            self._see(frame, taken[top:bottom], top)
        if self._blooms:
            taken = bloomed(taken)
        self._glasswork.wet(taken, index)
        if self._smear is not None:
            self._smear.catch(taken)
        turn = index * 2 % len(self._fall)
        for top, bottom in self._lens.bands:
            band = taken[top:bottom]
            cv2.multiply(band, self._fall[turn][top:bottom], dst=band, scale=gain / FULL_LIGHT)
            if self._floor:
                cv2.max(band, self._floor[turn][top:bottom], dst=band)
        return taken

    def _see(self, frame: Image, band: Image, top: int) -> None:
        """Fill one band of the picture: what glass, sharpening and grade make of it."""
        seen = self._lens.see(frame, top, top + band.shape[0])
        strength = self._glass.halo
        plain = self._plain[: band.shape[0]] if strength else band
        cv2.cvtColor(seen, cv2.COLOR_BGRA2BGR, dst=plain)
        self._fringe.part(seen, plain)
        if self._glass.soft:
            cv2.blur(band, (3, 3), dst=band)
        if strength:
            # Against the neighbour above on the left alone: half the price of the whole ring, and as crisp.
            band[0], band[:, 0] = plain[0], plain[:, 0]
            cv2.addWeighted(plain[1:, 1:], 1 + strength, plain[:-1, :-1], -strength, 0, dst=band[1:, 1:])
        self._grade.apply(band)
