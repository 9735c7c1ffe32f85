"""Made films whose cuts are known, with all that is taken for a cut: shaking, running, pans, flashes, light bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

WIDTH, HEIGHT, FPS = 192, 108, 24

Kind = Literal["static", "handheld", "run", "pan", "whip", "flash", "strobe", "exposure", "near"]
Picture = np.ndarray


@dataclass(frozen=True)
class Material:
    """How a film is made."""

    kinds: Sequence[Kind]
    """The kind of each shot."""
    shortest: int = 30
    longest: int = 80
    """Frames of a shot."""
    dissolves: bool = False
    dark: float = 0.3
    """Share of shots at night."""


MATERIAL: dict[str, Material] = {
    "static": Material(["static"] * 12),
    "handheld": Material(["handheld"] * 12),
    "run": Material(["run"] * 12),
    "pan": Material(["pan", "handheld"] * 6),
    "whip": Material(["whip", "handheld"] * 5, shortest=50),
    "flash": Material(["flash", "handheld"] * 5, shortest=50),
    "strobe": Material(["strobe", "handheld"] * 5, shortest=50),
    "exposure": Material(["exposure"] * 8, shortest=50),
    "near": Material(["near", "handheld"] * 5, shortest=50),
    "quick": Material(["handheld"] * 20, shortest=10, longest=20),
    "dark": Material(["handheld"] * 10, dark=1.0),
    "one shot": Material(["run"], shortest=400, longest=401),
    "one whip": Material(["whip"], shortest=200, longest=201),
    "dissolve": Material(["handheld"] * 10, dissolves=True),
}


def film(material: Material, seed: int) -> tuple[list[Picture], list[float]]:
    """Return the frames (RGB, 192 × 108, 24 a second) and the second of each cut, of a dissolve its middle."""
    chance = np.random.default_rng(seed)
    frames: list[Picture] = []
    cuts: list[float] = []
    for kind in material.kinds:
        length = int(chance.integers(material.shortest, material.longest))
        shot = _shot(chance, length, kind, chance.random() < material.dark)
        mixed = 12 if frames and chance.random() < float(material.dissolves) else 0
        for number in range(mixed):
            share = (number + 1) / (mixed + 1)
            frames[number - mixed] = frames[number - mixed] * (1 - share) + shot[number] * share
        if frames:
            cuts.append((len(frames) - mixed / 2) / FPS)
        frames += shot[mixed:]
    return [frame.astype(np.uint8) for frame in frames], cuts


def _scene(chance: np.random.Generator, dark: bool) -> Picture:
    """Return a set of coloured boxes, three frames wide and high."""
    above, below = chance.uniform(30, 200, 3), chance.uniform(30, 200, 3)
    down = np.linspace(0, 1, HEIGHT * 3)[:, None, None]
    scene = np.broadcast_to(above * (1 - down) + below * down, (HEIGHT * 3, WIDTH * 3, 3)).astype(np.float32).copy()
    for _ in range(60):
        x, y = int(chance.integers(0, WIDTH * 3)), int(chance.integers(0, HEIGHT * 3))
        wide, high = int(chance.integers(8, 90)), int(chance.integers(8, 90))
        colour = tuple(float(part) for part in chance.uniform(0, 255, 3))
        cv2.rectangle(scene, (x, y), (x + wide, y + high), colour, -1)
    return cv2.GaussianBlur(scene, (0, 0), 1.2) * (0.22 if dark else 1.0)


def _shot(chance: np.random.Generator, length: int, kind: Kind, dark: bool) -> list[Picture]:
    scene, phase = _scene(chance, dark), chance.uniform(0, 6, 4)
    shot = []
    for number in range(length):
        across, down = _aim(kind, number, length, phase)
        matrix = np.array([[1, 0, -WIDTH - across], [0, 1, -HEIGHT - down]], np.float32)
        seen = cv2.warpAffine(scene, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
        noisy = np.clip(seen + chance.normal(0, 4, seen.shape), 0, 255)
        shot.append(_disturbed(noisy, kind, number, length, dark))
    return shot


def _aim(kind: Kind, number: int, length: int, phase: Picture) -> tuple[float, float]:
    """Return by how many pixels the camera looks away from the middle of its set."""
    t = number / FPS
    if kind in ("handheld", "run"):
        reach = 3 if kind == "handheld" else 10
        return (
            reach * float(np.sin(5 * t + phase[0]) + 0.6 * np.sin(11 * t + phase[1])),
            reach * float(np.sin(6 * t + phase[2]) + 0.6 * np.sin(13 * t + phase[3])),
        )
    if kind == "pan":
        return WIDTH * (1.6 * number / length - 0.8), 0.0
    if kind == "whip":
        return WIDTH * (1.8 * float(np.clip((number - length // 2) / 8, 0, 1)) - 0.9), 0.0
    return 0.0, 0.0


def _disturbed(picture: Picture, kind: Kind, number: int, length: int, dark: bool) -> Picture:
    if kind == "flash" and number % 24 in (10, 11):
        return np.clip(picture * 0.3 + 185, 0, 255)
    if kind == "strobe":
        lamp = np.array([60, 0, 0] if (number // 8) % 2 else [0, 0, 60]) * (1.5 if dark else 1.0)
        return np.clip(picture * 0.8 + lamp, 0, 255)
    if kind == "exposure":
        return np.clip(picture * (0.4 + 1.2 * abs(np.sin(1.6 * number / FPS))), 0, 255)
    if kind == "near":
        middle = int(number / length * (WIDTH + 120)) - 60
        cv2.rectangle(picture, (middle - 45, 0), (middle + 45, HEIGHT), (20, 24, 30), -1)
    return picture
