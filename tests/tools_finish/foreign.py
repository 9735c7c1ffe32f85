"""Clips that no camera of ours made, and requests to finish them."""

from collections.abc import Iterator
from datetime import datetime

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.format import FORMATS
from episodes.requests import ConformRequest
from episodes.shots import CameraOwner
from tools.finish.camera import Finish

Image = NDArray[np.uint8]
WIDE, HIGH = FORMATS["wide"].width, FORMATS["wide"].height


def request(owner: CameraOwner, **changes: object) -> ConformRequest:
    """Return a request to finish a shot of this camera at night, in the wide format."""
    values: dict[str, object] = {
        "shot": "S01-01", "format": FORMATS["wide"], "owner": owner, "agency": "Maple Hollow Police",
        "show": "Night Shift", "unit": "4A10", "clock": datetime(2026, 3, 4, 3, 12, 5), "light": "night",
        "weather": "clear", "look": "night_blue", "source_in_frames": 0, "frames": 24, "seed": 1,
    }  # fmt: skip
    return ConformRequest.model_validate(values | changes)


def bars(index: int, width: int = WIDE, high: int = HIGH) -> Image:
    """Return a frame of upright colour bars with a block that moves over them."""
    colours = ((190, 190, 190), (20, 190, 190), (190, 190, 20), (20, 190, 20), (190, 20, 190), (20, 20, 190))
    frame = np.zeros((high, width, 3), np.uint8)
    for number, tint in enumerate(colours):
        frame[:, width * number // 6 : width * (number + 1) // 6] = tint
    left = 60 + 6 * index
    frame[high // 2 : high // 2 + 90, left : left + 120] = (40, 40, 40)
    return frame


def shapes(index: int, width: int = WIDE, high: int = HIGH) -> Image:
    """Return a frame of a dark street with lit windows and something round that walks."""
    frame = np.full((high, width, 3), (40, 32, 26), np.uint8)
    frame[high * 6 // 10 :] = (30, 34, 36)
    for number in range(8):
        x = number * width // 8
        cv2.rectangle(frame, (x + 30, 200), (x + 70, 250), (80, 190, 235), -1)
    cv2.circle(frame, (240 + 8 * index, 420), 60, (140, 170, 220), -1)
    return frame


def flat(value: int, width: int = WIDE, high: int = HIGH) -> Image:
    """Return a frame of one grey."""
    return np.full((high, width, 3), value, np.uint8)


def finished(made: ConformRequest, frames: list[Image]) -> Iterator[Image]:
    """Yield the frames as the request's camera shows them, without any text."""
    finish = Finish(made)
    for index, frame in enumerate(frames):
        yield finish.apply(np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2BGRA), np.uint8), index)
