"""Clips as somebody else's model gives them back, and the requests that they answer."""

from collections.abc import Callable, Iterable
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.cast import Agency, Place, World
from episodes.format import FORMATS
from episodes.requests import RenderRequest
from episodes.shots import Gesture, Shot, Subject
from tools.ffmpeg import writing_frames

Image = NDArray[np.uint8]
HANDLE = 3
CODECS: dict[str, tuple[str, ...]] = {
    ".mp4": ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-movflags", "+faststart"),
    ".webm": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-pix_fmt", "yuv420p"),
    ".gif": (),
    ".webp": ("-c:v", "libwebp_anim", "-loop", "0"),
    ".mov": ("-c:v", "prores_ks", "-profile:v", "0"),
    ".avi": ("-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p"),
}
"""Encoder arguments by the end of a file's name: what Spaces and models write."""


def write(path: Path, frames: Iterable[Image], fps: int) -> Path:
    """Write BGR frames as a clip, by the end of its name, and return its path."""
    shown = list(frames)
    height, width = shown[0].shape[:2]
    with writing_frames(width, height, fps, "bgr24", [*CODECS[path.suffix], path]) as pipe:
        for frame in shown:
            pipe.write(frame.tobytes())
    return path


def walk(moment: float, width: int = 96, height: int = 64) -> Image:
    """Return a picture of something round that crosses a wall within 3 seconds, at a moment in seconds."""
    frame = np.full((height, width, 3), (90, 70, 60), np.uint8)
    frame[:: max(2, height // 8)] = (60, 90, 110)
    frame[:, :: max(2, width // 6)] = (40, 60, 80)
    at = round((width * (0.15 + moment * 0.24)) * 16), round(height * 0.55 * 16)
    cv2.circle(frame, at, height // 5 * 16, (60, 190, 230), -1, cv2.LINE_AA, 4)
    return frame


def ball(frame: Image) -> float:
    """Return where across the picture the round thing is, 0 to 1."""
    light = np.clip(frame[..., 2].astype(float) - 150, 0, None)
    return float((light.sum(axis=0) * np.arange(frame.shape[1])).sum() / max(light.sum(), 1e-6) / frame.shape[1])


def pictures(seconds: float, fps: int, draw: Callable[[float], Image] = walk) -> list[Image]:
    """Return the pictures of a clip."""
    return [draw(number / fps) for number in range(round(seconds * fps))]


def request(seconds: float = 2.0, **changes: object) -> RenderRequest:
    """Return a request for a take of a shot in the proof format, with handles of 3 frames; the shot moves."""
    values: dict[str, object] = {
        "id": "S01-01", "scene": "S01", "beats": ("S01-B01",), "owner": "bodycam", "size": "full", "place": "street",
        "clock": datetime(2026, 3, 4, 3, 12), "light": "night", "seconds": Fraction(seconds),
        "subjects": (Subject(id="okafor"),), "events": (Gesture(at=Fraction(0), who="okafor", gesture="point"),),
    }  # fmt: skip
    return RenderRequest(
        shot=Shot.model_validate(values | changes),
        world=World(
            agency=Agency(name="Maple Hollow Police", county="Maple"),
            places=(Place(id="street", name="Main Street", set="street", interior=False),),
        ),
        format=FORMATS["proof"],
        seed=7,
        handle_frames=HANDLE,
    )


def read(path: Path) -> list[Image]:
    """Return the frames of a file, as OpenCV reads them."""
    reader, found = cv2.VideoCapture(str(path)), []
    while (answer := reader.read())[0]:
        found.append(np.asarray(answer[1], np.uint8))
    return found
