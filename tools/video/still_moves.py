"""Moving a camera over one picture: pushes, pulls, pans, tilts and the drift of a hand, eased, finer than a pixel."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from episodes.format import Format
from episodes.shots import Movement

Image = NDArray[np.uint8]

MOST_TRAVEL = 0.22
"""Share of the picture that a pan crosses, and by which a push comes nearer: one picture has no more to show."""

_REST = 0.03
"""Share that is always kept outside the frame, so that the finish may shake and bend it."""
_DRIFT = 0.008
"""Share of the width by which a hand that stands still wanders. The finish adds steps, breath and tremor."""

_SIDEWAYS = ("pan", "track", "follow", "orbit")


@dataclass(frozen=True)
class Window:
    """The part of a picture that one frame shows, in shares of the picture's size."""

    x: float
    """Its middle, across."""
    y: float
    zoom: float
    """How much of the picture's width it shows: 0.9 is nine tenths."""


def progress(movement: Movement, seconds: float, length: float) -> float:
    """Return how far a movement is at a moment: 0 at the in point, 1 at the out point; in the handles it goes on."""
    if length <= 0:
        return 0.0
    share = seconds / length
    if movement.easing == "linear":
        return share
    if movement.easing == "out":
        return 1 - (1 - min(max(share, 0.0), 1.0)) ** 2
    inside = min(max(share, 0.0), 1.0)
    return inside * inside * (3 - 2 * inside)


def window(movement: Movement, seconds: float, length: float, seed: int) -> Window:
    """Return what is shown `seconds` after the in point of a shot of `length` seconds."""
    travel = min(max(movement.speed, 0.02) * max(length, 0.1), MOST_TRAVEL)
    done = progress(movement, seconds, length) - 0.5
    x = y = 0.5
    wide = 1 - _REST
    if movement.kind in ("push", "zoom", "pull"):
        outward = movement.kind == "pull" or movement.direction == "out"
        wide -= travel * (0.5 - done if outward else 0.5 + done)
    elif movement.kind in _SIDEWAYS or movement.kind == "tilt":
        wide -= travel
        upright = movement.kind == "tilt" or movement.direction in ("up", "down")
        way = -1.0 if movement.direction in ("left", "up") else 1.0
        x, y = (x, y + way * travel * done) if upright else (x + way * travel * done, y)
    elif movement.kind == "handheld":
        wide -= 4 * _DRIFT
        phase = np.random.default_rng(seed).uniform(0, 2 * math.pi, 4)
        x += _DRIFT * float(math.sin(0.9 * seconds + phase[0]) + 0.5 * math.sin(2.1 * seconds + phase[1]))
        y += _DRIFT * float(math.sin(1.1 * seconds + phase[2]) + 0.5 * math.sin(1.9 * seconds + phase[3]))
    return _held_inside(Window(x, y, wide))


def _held_inside(shown: Window) -> Window:
    half = shown.zoom / 2
    return Window(min(max(shown.x, half), 1 - half), min(max(shown.y, half), 1 - half), shown.zoom)


def moved(
    picture: Image, form: Format, movement: Movement, length: Fraction, handle_frames: int, seed: int
) -> Iterator[Image]:
    """Yield the frames of a take, BGR: `picture` seen by a camera that moves, with both handles.

    The picture is cut to the format's shape around its middle; nothing is stretched.
    """
    import cv2

    height, width = picture.shape[:2]
    # The largest part of the format's shape, in pixels of the picture.
    across = min(float(width), height * form.width / form.height)
    down = across * form.height / form.width
    left, top = (width - across) / 2, (height - down) / 2
    shrinks = across * (1 - _REST) > form.width * 1.5
    if shrinks:
        # Without this, fine lines of a large picture would glitter while it moves.
        ratio = form.width * 1.3 / across
        picture = np.asarray(cv2.resize(picture, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA), np.uint8)
        across, down, left, top = (value * ratio for value in (across, down, left, top))
    for number in range(form.frames(length) + 2 * handle_frames):
        seen = window(movement, (number - handle_frames) / form.fps, float(length), seed)
        scale = across * seen.zoom / form.width
        x = left + (seen.x - seen.zoom / 2) * across
        y = top + (seen.y - seen.zoom / 2) * down
        matrix = np.array([[scale, 0, x + scale / 2 - 0.5], [0, scale, y + scale / 2 - 0.5]], np.float64)
        yield np.asarray(
            cv2.warpAffine(
                picture, matrix, (form.width, form.height), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE,
            ),
            np.uint8,
        )  # fmt: skip
