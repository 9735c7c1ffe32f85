"""Matching: a clip that was not drawn for the story is brought to the light that the story has.

A model that is asked for night gives a bright one, and a stock clip is nearly always of noon. Grain, lens and look
make a camera of it, but not an hour. So the clip is measured once, as a whole, and exposed, balanced and calmed down
towards what our own pictures show in that light: within bounds, and not at all where it is near enough already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.effects import Light
from episodes.format import Format
from episodes.requests import ConformRequest
from tools.finish.grade import monochrome
from tools.finish.takes import frames_of

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]

_USUAL: dict[Light, tuple[float, float]] = {"night": (28, 68), "dusk": (48, 96), "dawn": (54, 108), "day": (66, 142)}
"""Mean luma, in code values, between which a picture passes for this light.

Measured on 240 of our own pictures in each (15 sets, four sizes, two weathers, with and without torch and light bar):
the middle nine tenths had 47–92, 58–108, 62–125 and 66–142 before the grade. In the dark the bounds are lower, since
a foreign picture has skies where ours have lamps, and may be as dark as it likes.
"""

_LEFT = 0.2
"""How much of its distance from these bounds, in stops, a clip keeps: a brighter one stays the brighter one."""

_WHITE: dict[Light, tuple[float, float]] = {
    "night": (0.65, 1.05), "dusk": (0.80, 1.34), "dawn": (0.85, 1.38), "day": (0.80, 1.26),
}  # fmt: skip
"""Mean red as a share of mean blue, likewise."""

_COLOUR: dict[Light, float] = {"night": 34, "dusk": 38, "dawn": 38, "day": 40}
"""Mean difference of the strongest and the weakest channel, in code values, above which colours are too loud."""

_STEEPEST, _FLATTEST = 2.3, 0.62
"""Bounds of the exponent with which tones are bent."""

_BY_LIGHT = 0.7
"""Share of a change of brightness that is made by more or less light and not by a bend of the tones."""

_WARMEST = 1.22
"""Greatest change of red against blue, either way, each of the two by its root."""

_PALEST = 0.5
"""Least share of its colours that a clip keeps."""

_ACROSS = 96
"""Pixels of the longer side of the pictures that are measured."""


@dataclass(frozen=True)
class Match:
    """What is done to each frame of a clip, alike from start to end."""

    tones: Image
    """256 values for each of blue, green, red and the unused channel, shape (1, 256, 4)."""
    colour: float
    """Share of its colours that it keeps."""

    def apply(self, frame: Image) -> Image:
        """Return a BGRA frame in the story's light."""
        lit = np.asarray(cv2.LUT(frame, self.tones), np.uint8)
        return lit if self.colour >= 1 else np.asarray(cv2.transform(lit, _paled(self.colour)), np.uint8)


def matched(frames: Iterator[Image], match: Match | None) -> Iterator[Image]:
    """Yield frames in the story's light; without a match as they are."""
    return frames if match is None else (match.apply(frame) for frame in frames)


def match_take(take: Path, request: ConformRequest, threads: int) -> Match | None:
    """Measure the part of a take that is used and return what brings it to the light of its shot.

    None where it is near enough, and for a camera that sees warmth, to which light means nothing. Raises as
    `frames_of`.
    """
    if request.owner == "helicopter":
        return None
    form = request.format
    shrink = _ACROSS / max(form.width, form.height)
    size = [max(2, round(side * shrink / 2) * 2) for side in (form.width, form.height)]
    small = Format(name=form.name, width=size[0], height=size[1], fps=form.fps)
    seen = list(frames_of(take, small, request.source_in_frames, request.frames, threads))
    return match_of(np.stack(seen[:: max(1, len(seen) // 24)])[..., :3], request)


def match_of(seen: Image, request: ConformRequest) -> Match | None:
    """Return what brings pictures (BGR, shape (n, rows, columns, 3)) to the light of a shot, or None."""
    light, pixels = request.light, seen.reshape(-1, 3)
    grey = monochrome(request.owner, light)
    # Whoever is interviewed sits under lamps at any hour.
    bend, gain = (1.0, 1.0) if request.owner == "interview" else _exposed(pixels, light)
    warm = 1.0 if grey else _balanced(pixels, light)
    tones = np.stack([_tones(bend, gain * share) for share in (warm**-0.5, 1.0, warm**0.5, 1.0)], axis=-1)[None]
    lit = cv2.LUT(np.ascontiguousarray(pixels[None]), np.ascontiguousarray(tones[..., :3]))[0]
    loud = float((lit.max(axis=1).astype(int) - lit.min(axis=1)).mean())
    colour = 1.0 if grey else min(1.0, max(_PALEST, _COLOUR[light] / max(loud, 1.0)))
    if bend == gain == warm == 1.0 and colour > 0.97:
        return None
    return Match(np.ascontiguousarray(tones), colour)


def _exposed(pixels: Image, light: Light) -> tuple[float, float]:
    """Return exponent and factor that bring pixels to the brightness of a light; 1 and 1 where they have it."""
    luma = (pixels @ np.array([0.114, 0.587, 0.299], np.float32)) / 255
    mean = float(luma.mean()) * 255
    low, high = _USUAL[light]
    bound = min(max(mean, low), high)
    if bound == mean:
        return 1.0, 1.0
    goal = bound * (max(mean, 1.0) / bound) ** _LEFT / 255
    # Most of it by less light, which takes the sky down too, the rest by a bend, which makes shadows deep.
    gain = float((goal * 255 / max(mean, 1.0)) ** _BY_LIGHT)
    if gain > 1:
        gain = min(gain, max(1.0, 0.98 / max(float(np.percentile(luma, 99)), 0.05)))
    flat, steep = _FLATTEST, _STEEPEST
    for _ in range(24):
        middle = (flat + steep) / 2
        flat, steep = (middle, steep) if float((gain * luma**middle).mean()) > goal else (flat, middle)
    return round(flat, 4), round(gain, 4)


def _balanced(pixels: Image, light: Light) -> float:
    """Return by how much red is to be raised against blue, within bounds; 1 where the white is right."""
    blue, _, red = (float(part) + 1 for part in pixels.mean(axis=0))
    low, high = _WHITE[light]
    bound = min(max(red / blue, low), high)
    return round(min(max(bound * blue / red, 1 / _WARMEST), _WARMEST), 4)


def _tones(bend: float, gain: float) -> Image:
    """Return a tone curve: exponent, then factor, with a soft shoulder so that nothing tears off at white."""
    x = (np.arange(256, dtype=np.float64) / 255) ** bend * gain
    over = np.maximum(x - 0.88, 0)
    y = np.where(x > 0.88, 0.88 + 0.12 * np.tanh(over / 0.12), x) if gain > 1.02 else x
    return np.asarray(np.clip(y * 255 + 0.5, 0, 255), np.uint8)


def _paled(colour: float) -> Floats:
    """Return what draws colours towards their own grey, for BGRA."""
    mix = np.eye(4, dtype=np.float32) * np.float32(colour)
    mix[:3, :3] += np.float32(1 - colour) * np.array([0.114, 0.587, 0.299], np.float32)
    mix[3] = (0, 0, 0, 1)
    return mix
