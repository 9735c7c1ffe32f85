"""Sensors: noise, the blocks of a hurried encoder, the fall of light to the corners, lines of a scan."""

import functools

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.effects import Light
from episodes.format import Format
from episodes.shots import CameraOwner
from tools.finish.lens import GLASS, Glass

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]

_TILES, _ROOM = 5, 64
FULL_LIGHT = 214
"""Code value that leaves the light as it is: there is room above it for the bright half of the grain."""
_GAIN: dict[Light, float] = {"night": 1.0, "dusk": 0.8, "dawn": 0.6, "day": 0.35}
"""How far the amplifier is turned up."""


@functools.lru_cache(maxsize=6)
def light_fall(form: Format, owner: CameraOwner, scanlines: float, light: Light, body: int) -> tuple[Image, ...]:
    """Return a few BGR pictures to multiply with in turn (`FULL_LIGHT` = unchanged).

    They hold what takes light away, dark corners, dust on the glass, the lines of a screen, and the grain, which is
    in the light itself. `body` is the camera that they belong to. The next segment of one camera shares them.
    """
    glass = GLASS[owner]
    x, y = _plane(form)
    shade = 1 - glass.vignette * np.clip((x * x + y * y) / 2 - 0.12, 0, 1) ** 1.25
    shade *= 1 - _dust(form, owner, body)
    if owner == "doorbell":
        shade *= _round_window(form, light)
    if owner == "cctv":
        # Two fields of a scan that never quite meet.
        shade[::2] *= 0.93
        shade[::3] *= 0.91
    if scanlines:
        shade[:: max(2, round(form.height / 240))] *= 1 - scanlines
    noise = _noise(form.width, form.height) * np.float32(_deviation(glass, light, form) / 120)
    tiles = []
    for top, left in _corners():
        part = shade * (1 + noise[top : top + form.height, left : left + form.width])
        tiles.append(_bgr(part * FULL_LIGHT))
    return tuple(tiles)


@functools.lru_cache(maxsize=6)
def floor_tiles(form: Format, owner: CameraOwner, light: Light, grey: bool) -> tuple[Image, ...]:
    """Return what a sensor shows where no light is: to be laid in wherever the picture is darker than it.

    It is coarser than grain and made of blocks and blotches of colour, as an encoder with few bits leaves it, with
    what is always mirrored in the glass. Empty for a camera with none.
    """
    glass = GLASS[owner]
    if not glass.floor:
        return ()
    strength = np.float32(glass.floor * _GAIN[light])
    rng = np.random.default_rng(form.width + 1)
    width, height = form.width + _ROOM, form.height + _ROOM
    blocks = _blown(rng, width, height, 8, cv2.INTER_NEAREST) + _blown(rng, width, height, 16, cv2.INTER_NEAREST)
    base = strength * (0.9 + 1.6 * np.abs(_noise(form.width, form.height)[::-1]) + 0.16 * blocks)
    steady = _steady(form, owner)
    tiles = []
    for top, left in _corners():
        part = base[top : top + form.height, left : left + form.width] + steady
        tiles.append(_bgr(part))
    if not grey:
        red, blue = (_blown(rng, width, height, 44, cv2.INTER_CUBIC) for _ in range(2))
        blotch = np.stack((blue, -0.4 * (red + blue), red), axis=-1) * strength * np.float32(0.42)
        tiles = [_blotched(tile, blotch, *corner) for tile, corner in zip(tiles, _corners(), strict=True)]
    return tuple(tiles)


def _blotched(tile: Image, blotch: Floats, top: int, left: int) -> Image:
    part = blotch[top : top + tile.shape[0], left : left + tile.shape[1]]
    return np.asarray(cv2.add(tile, part, dtype=cv2.CV_8U), np.uint8)


def bloomed(frame: Image) -> Image:
    """Return the frame with its lights run over, as an old security camera has them."""
    small = cv2.resize(frame, (max(2, frame.shape[1] // 8), max(2, frame.shape[0] // 8)), interpolation=cv2.INTER_AREA)
    lights = cv2.GaussianBlur(cv2.LUT(small, _LIGHTS), (0, 0), small.shape[0] / 28)
    return np.asarray(cv2.add(frame, cv2.resize(lights, (frame.shape[1], frame.shape[0]))), np.uint8)


_LIGHTS = np.clip((np.arange(256) - 150) * 1.3, 0, 150).astype(np.uint8)
"""What of a picture counts as a light."""


def _deviation(glass: Glass, light: Light, form: Format) -> float:
    # A small picture is the mean of many small pixels and so has less noise, but not none.
    return glass.grain * (0.55 + 0.45 * _GAIN[light]) * (0.55 + 0.45 * min(1.0, form.height / 720))


@functools.lru_cache(maxsize=2)
def _noise(width: int, height: int) -> Floats:
    """Return noise of deviation 1, a little larger than the frame, that is not quite as fine as a pixel."""
    fine = np.random.default_rng(width).standard_normal((height + _ROOM, width + _ROOM), np.float32)
    soft = cv2.GaussianBlur(fine, (0, 0), 0.62)
    return np.asarray(soft * np.float32(1 / max(float(soft.std()), 1e-6)), np.float32)


def _corners() -> list[tuple[int, int]]:
    return [(_ROOM * index // _TILES, _ROOM * (index * 2 % _TILES) // _TILES) for index in range(_TILES)]


def _blown(rng: np.random.Generator, width: int, height: int, step: int, how: int) -> Floats:
    small = rng.standard_normal((-(-height // step), -(-width // step)), np.float32)
    large = cv2.resize(small, (small.shape[1] * step, small.shape[0] * step), interpolation=how)
    return np.asarray(large[:height, :width], np.float32)


def _bgr(field: Floats) -> Image:
    return np.asarray(cv2.cvtColor(np.clip(field, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8)


def _plane(form: Format) -> tuple[Floats, Floats]:
    across = np.linspace(-1, 1, form.width, dtype=np.float32)
    down = np.linspace(-1, 1, form.height, dtype=np.float32)
    x, y = np.meshgrid(across, down)
    return x, y


def _round_window(form: Format, light: Light) -> Floats:
    """Return the round picture of a fish-eye lens; at night its own lamp falls off from the middle."""
    radius = 0.515 * max(form.width, form.height)
    x, y = _plane(form)
    far = np.hypot(x * form.width / 2, y * form.height / 2)
    inside = np.clip((radius - far) / (0.008 * radius) + 0.5, 0, 1)
    rim = 1 - 0.55 * np.clip((far / radius - 0.90) / 0.10, 0, 1) ** 2
    lamp = 1.12 - 0.55 * np.clip(far / radius, 0, 1) ** 2 if light in ("night", "dusk") else 1.0
    return np.asarray(np.clip(inside * rim * lamp, 0, 1), np.float32)


def _dust(form: Format, owner: CameraOwner, body: int) -> Floats:
    """Return how much light the dust on the glass takes: soft specks, some hairs; on a windscreen many more."""
    amount = {"bodycam": 5, "dashcam": 26, "cctv": 9, "doorbell": 6, "phone": 2}.get(owner, 0)
    shade = np.zeros((form.height, form.width), np.float32)
    rng = np.random.default_rng(body + 7)
    for _ in range(amount):
        at = (int(rng.uniform(0, form.width)), int(rng.uniform(0, form.height)))
        size = form.height * rng.uniform(0.0015, 0.006 if owner == "dashcam" else 0.009)
        cv2.circle(shade, at, max(1, round(size)), float(rng.uniform(0.12, 0.4)), -1, cv2.LINE_AA)
    if owner == "cctv":
        _web(shade, rng)
    return np.asarray(cv2.GaussianBlur(shade, (0, 0), form.height * 0.0018), np.float32)


def _web(shade: Floats, rng: np.random.Generator) -> None:
    """Draw the spider's web that every camera under a roof has in a corner."""
    height, width = shade.shape
    ends = [(rng.uniform(0.0, 0.22) * width, height) for _ in range(3)] + [(0, rng.uniform(0.72, 0.95) * height)]
    for x, y in ends:
        cv2.line(shade, (0, height - 1), (round(x), round(y) - 1), 0.0, 1, cv2.LINE_AA)
        cv2.line(shade, (0, round(height * 0.8)), (round(x), round(y) - 1), 0.34, 1, cv2.LINE_AA)


def _steady(form: Format, owner: CameraOwner) -> Floats:
    """Return what is always in the picture of a camera: reflections in a windscreen, columns of a heat sensor."""
    rng = np.random.default_rng(form.height)
    added = np.zeros((form.height, form.width), np.float32)
    x, y = _plane(form)
    if owner == "dashcam":
        # The dashboard's pale top and a sheet of paper on it lie in the glass.
        lower = np.clip((y - 0.30 + 0.16 * x) / 0.75, 0, 1)
        paper = np.array([[0.52, 0.70], [0.80, 0.63], [0.86, 0.90], [0.55, 0.99]], np.float32)
        corners = (paper * (form.width, form.height)).astype(np.int32)
        sheet = np.zeros_like(added)
        cv2.fillConvexPoly(sheet, corners, 1.0, cv2.LINE_AA)
        added += 11 * lower**1.5 + 9 * cv2.GaussianBlur(sheet, (0, 0), form.height * 0.012)
    if owner == "helicopter":
        added += rng.normal(0, 1.5, form.width).astype(np.float32)[None, :]
    if owner == "cctv":
        added += 4 * np.clip(1 - np.abs(y - 0.55) * 5, 0, 1)
    return added
