"""The cards: title sting, next week, end card, slate; MoviePy composes them from drawn pieces that slide in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from episodes.requests import CardRequest
from tools.finish.backdrops import backdrop, mixed, readable_on
from tools.finish.lettering import fitted_in, line_picture
from tools.finish.lightbar import light_bar
from tools.finish.looks import Letters, Look, look_of
from tools.finish.notebook import page, stamped
from tools.finish.slates import slate
from tools.finish.strips import overshoot
from tools.finish.text import blank, drawable, ink, outline
from tools.finish.titles import caption_box, tape, title_block

if TYPE_CHECKING:
    from moviepy import VideoClip

Image = NDArray[np.uint8]
SETTLED = 1.0
"""Seconds after which nothing arrives any more."""

_CORDON = "dispatch"


@dataclass(frozen=True)
class _Sheet:
    """What every piece of a card must know."""

    request: CardRequest
    look: Look
    width: int
    height: int
    seconds: float

    @property
    def small(self) -> int:
        """The shorter side in pixels."""
        return min(self.width, self.height)

    @property
    def tall(self) -> bool:
        """Whether the frame is higher than wide."""
        return self.height > self.width

    def pace(self, seconds: float) -> float:
        """Return a time of the arrival, shortened on a card that is over before it could settle."""
        return seconds * min(1.0, self.seconds / (SETTLED + 0.2))


def card_frames(request: CardRequest) -> Iterator[Image]:
    """Yield the card's RGB frames, exactly as many as asked."""
    from moviepy import CompositeVideoClip, ImageClip

    form = request.format
    seconds = request.frames / form.fps
    sheet = _Sheet(request, look_of(request.look), form.width, form.height, seconds)
    pieces, lights = _LAYERS[request.card](sheet)
    size = (form.width, form.height)
    arriving = CompositeVideoClip([*pieces, *lights], size=size).with_duration(seconds)
    # Once everything has arrived, it is one picture, and only the lights are left to compose.
    laid = CompositeVideoClip(pieces, size=size).with_duration(seconds)
    ground = np.asarray(laid.get_frame(min(SETTLED, seconds - 1e-3)), np.uint8)
    # They fill a corner: only that is composed.
    left, top, right, low = _extent(lights, form.width, form.height)
    corner = ImageClip(np.ascontiguousarray(ground[top:low, left:right])).with_duration(seconds)
    moved = [light.with_position(_beside(light, left, top)) for light in lights]
    settled = CompositeVideoClip([corner, *moved], size=(right - left, low - top)).with_duration(seconds)
    try:
        drawn = np.zeros(0, np.uint8)
        for index in range(request.frames):
            # The lights are slow and go on twos, where there are any: the same array again.
            first = index <= form.fps * SETTLED
            if first or (lights and not index % 2) or index - 1 <= form.fps * SETTLED:
                # The middle of the frame's time: a clip is never asked for its own end.
                at = (index + 0.5) / form.fps
                if first:
                    drawn = np.asarray(arriving.get_frame(at), np.uint8)
                else:
                    drawn = ground.copy()
                    drawn[top:low, left:right] = settled.get_frame(at)
            yield drawn
    finally:
        for film in (arriving, laid, settled):
            film.close()


def _extent(lights: "list[VideoClip]", width: int, height: int) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of all clips together, inside the frame; two pixels where there are none."""
    boxes = [(*_spot(light), *light.size) for light in lights]
    left = max(0, min((x for x, _, _, _ in boxes), default=0))
    top = max(0, min((y for _, y, _, _ in boxes), default=0))
    right = min(width, max((x + wide for x, _, wide, _ in boxes), default=2))
    low = min(height, max((y + high for _, y, _, high in boxes), default=2))
    return left, top, max(right, left + 2), max(low, top + 2)


def _spot(clip: "VideoClip") -> tuple[int, int]:
    x, y = clip.pos(0.0)
    return round(x), round(y)


def _beside(clip: "VideoClip", left: int, top: int) -> tuple[int, int]:
    x, y = _spot(clip)
    return x - left, y - top


# ---- the title -------------------------------------------------------------------------------------------------------


def _title(sheet: _Sheet) -> "Layers":
    """Three panels wipe in, tape is drawn across, the name lands on it, the episode's title in its box below."""
    look, wide, high = sheet.look, sheet.width, sheet.height
    ground = backdrop(look, wide, high, sheet.request.seed)
    room, size = wide * (0.87 if sheet.tall else 0.84), min(high * 0.27, wide * 0.20)
    block = title_block(sheet.request.show, room, size, look, 3 if sheet.tall else 2)
    box = caption_box(sheet.request.title, room * 0.9, min(high * 0.062, wide * 0.060), look)
    left = round((wide - block.shape[1]) / 2) if look.plate in ("band", "sign", "screen") else round(wide * 0.065)
    total = block.shape[0] + box.shape[0] + round(sheet.small * 0.02)
    top = round((high - total) * (0.40 if sheet.tall else 0.42))
    below = top + block.shape[0] + round(sheet.small * 0.02)
    clips = [_flat(sheet, look.ink), *_panels(sheet, ground)]
    if look.plate in ("shadow", "stencil", "misprint"):
        clips += _tapes(sheet, top + block.shape[0] * 0.52)
    clips.append(_slid(sheet, block, left, top, (-1.1, 0.0), 0.18, 0.42))
    inset = left + (round((block.shape[1] - box.shape[1]) / 2) if look.plate in ("band", "sign", "screen") else
                    round(min(sheet.small * 0.05, max(0, wide * 0.94 - left - box.shape[1]))))  # fmt: skip
    clips.append(_slid(sheet, box, inset, below, (0.0, 0.7), 0.46, 0.42))
    return clips, light_bar(wide, high, sheet.seconds)


def _panels(sheet: _Sheet, ground: Image) -> "list[VideoClip]":
    """Cut the ground into three slanted panels that come from alternating sides, with ink between them."""
    cut = [_panel(sheet, ground, number) for number in range(3)]
    clips = []
    for number, picture in enumerate(cut):
        side = 1.05 if number % 2 else -1.05
        clips.append(_eased(sheet, picture, (side, 0.0) if sheet.tall else (0.0, side), 0.05 * number, 0.30))
    # Once they lie side by side they are one picture, which is ten times as cheap to compose.
    there = sheet.pace(0.42)
    whole = np.full_like(ground, 255)
    whole[..., :3] = tuple(int(sheet.look.ink[i : i + 2], 16) for i in (5, 3, 1))
    for picture in cut:
        rest = 255 - picture[..., 3:4].astype(np.uint16)
        whole = (picture + whole * rest // 255).astype(np.uint8)
    return [
        *(clip.with_duration(max(there - clip.start, 1e-3)) for clip in clips),
        _still(sheet, whole).with_start(there).with_duration(sheet.seconds - there),
    ]


def _panel(sheet: _Sheet, ground: Image, number: int) -> Image:
    """Return one of the three panels on an empty picture of the frame's size."""
    wide, high, look = sheet.width, sheet.height, sheet.look
    lean, gutter = sheet.small * 0.06, max(2.0, sheet.small * 0.012)
    ends = (-0.2, 0.34, 0.67, 1.2)
    long = high if sheet.tall else wide
    a, b = long * ends[number] + gutter / 2, long * ends[number + 1] - gutter / 2
    if sheet.tall:
        corners = [(0.0, a + lean), (float(wide), a - lean), (float(wide), b - lean), (0.0, b + lean)]
    else:
        corners = [(a + lean, 0.0), (b + lean, 0.0), (b - lean, float(high)), (a - lean, float(high))]
    picture, surface = blank(wide, high)
    path, canvas = skia.Path(), surface.getCanvas()
    path.addPoly([skia.Point(*corner) for corner in corners], True)
    canvas.clipPath(path, True)
    canvas.drawImage(_skia(ground), 0, 0)
    shade = ("", mixed(look.ground, look.accent, 0.5), look.ink)[number]
    if shade:
        canvas.drawRect(skia.Rect.MakeWH(wide, high), ink(shade, 0.14 if number == 1 else 0.22))
    return picture


def _tapes(sheet: _Sheet, middle: float) -> "list[VideoClip]":
    """Two lengths of tape, drawn across the frame from either side, behind the name."""
    high = max(10, round(sheet.small * 0.062))
    long = round(sheet.width * 1.25)
    clips = []
    for number, (turn, off) in enumerate(((-5.0, -0.30), (3.5, 0.29))):
        straight = tape(long, high, f"{_CORDON} · {sheet.request.show}", sheet.look)
        turned = _turned(straight, turn)
        top = round(middle + off * sheet.small - turned.shape[0] / 2)
        left = round((sheet.width - turned.shape[1]) / 2)
        clips.append(_slid(sheet, turned, left, top, (1.15 if number else -1.15, 0.0), 0.10 + 0.06 * number, 0.34))
    return clips


# ---- the end ---------------------------------------------------------------------------------------------------------


def _end(sheet: _Sheet) -> "Layers":
    """Title, credits one a line, and the last line, the AI notice, boxed so that nobody misses it."""
    look, wide, high, request = sheet.look, sheet.width, sheet.height, sheet.request
    lines = [drawable(line) for line in request.lines]
    credits, notice = [line for line in lines[:-1] if line], lines[-1] if lines else ""
    left, room = wide * 0.085, wide * 0.83
    box = _notice(sheet, notice, room)
    floor = round(high * 0.94) - (box.shape[0] if box is not None else 0)
    head = title_block(request.title or request.show, room, min(high * 0.115, wide * 0.10), look)
    roof = round(high * 0.055)
    first = roof + head.shape[0] + round(sheet.small * 0.03)
    sheet_of_names = _credits(credits, room, min(high * 0.046, wide * 0.046), floor - first - sheet.small * 0.03, look)
    spare = max(0, floor - first - sheet_of_names.shape[0] - round(sheet.small * 0.03))
    roof, first = roof + spare // 3, first + spare // 3
    ground = backdrop(look, wide, high, request.seed, quiet=True)
    _margin(ground, look, sheet)
    # The car waits where the credits leave it room.
    cars = light_bar(wide, floor, sheet.seconds) if not sheet.tall and sheet_of_names.shape[0] < high * 0.6 else []
    clips = [
        _still(sheet, ground),
        *cars,
        _slid(sheet, head, round(left - sheet.small * 0.02), roof, (-0.06, 0.0), 0.0, 0.34),
    ]
    clips.append(_slid(sheet, sheet_of_names, round(left), first, (-0.03, 0.0), 0.10, 0.34))
    if box is not None:
        # What must be read stands from the first frame on.
        clips.append(_slid(sheet, box, round(left), floor, (0.0, 0.0), 0.0, 0.3))
    return clips, cars


def _margin(ground: Image, look: Look, sheet: _Sheet) -> None:
    """Draw the tape down the left edge that ties the end to the title."""
    high = max(8, round(sheet.small * 0.045))
    upright = np.ascontiguousarray(np.rot90(tape(sheet.height, high, _CORDON, look)))
    x = round(sheet.width * 0.022)
    ground[:, x : x + high] = upright[: sheet.height]


def _notice(sheet: _Sheet, text: str, room: float) -> Image | None:
    if not text:
        return None
    look, size = sheet.look, min(sheet.height * 0.044, sheet.width * 0.046)
    letters = Letters("bold", False, 0.0, 0.96)
    lines, size = fitted_in(text, room * 0.94, size, 3, letters)
    picture, surface = blank(round(room), round(size * (1.30 * len(lines) + 0.62)))
    canvas = surface.getCanvas()
    plate = skia.Rect.MakeWH(picture.shape[1], picture.shape[0]).makeInset(size * 0.06, size * 0.06)
    ground = look.ink if not look.light_ground else "#ffffff"
    canvas.drawRect(plate, ink(ground, 0.95))
    canvas.drawRect(plate, outline(look.accent, size * 0.10))
    tint = readable_on(ground, look)
    for number, line in enumerate(lines):
        made = line_picture(line, size, letters, tint)
        canvas.drawImage(_skia(made), size * 0.2, size * (0.22 + 1.30 * number))
    return picture


def _credits(lines: list[str], room: float, size: float, space: float, look: Look) -> Image:
    """Return the credits in one picture, at the largest size at which they stand in `space` pixels of height."""
    letters = Letters("regular" if look.letters.style != "mono_bold" else "mono", False, 0.0, 0.98)
    while True:
        made = [part for line in lines for part in fitted_in(drawable(line, letters.style), room, size, 2, letters)[0]]
        if size * 1.42 * len(made) <= space or size <= 6:
            break
        size *= 0.93
    picture, surface = blank(round(room), max(2, round(size * 1.42 * len(made))))
    for number, line in enumerate(made):
        surface.getCanvas().drawImage(
            _skia(line_picture(line, size, letters, look.paper)), -size * 0.34, size * 1.42 * number
        )
    return picture


# ---- next week -------------------------------------------------------------------------------------------------------


def _next(sheet: _Sheet) -> "Layers":
    """A page torn from an officer's notebook with one sentence on it, and a stamp that lands across its corner."""
    look, wide, high, request = sheet.look, sheet.width, sheet.height, sheet.request
    ground = backdrop(look, wide, high, request.seed + 1, quiet=True)
    paper = _turned(page(" ".join(request.lines), round(wide * (0.84 if sheet.tall else 0.66)), sheet.small, look), 2.2)
    left, top = round((wide - paper.shape[1]) / 2), round((high - paper.shape[0]) * 0.56)
    seal = _turned(stamped("Next week", min(wide * 0.50, high * 0.62), look), -5.0)
    x, y = left - round(sheet.small * 0.01), max(round(high * 0.03), top - round(seal.shape[0] * 0.52))
    return [
        _still(sheet, ground),
        _slid(sheet, paper, left, top, (0.0, 0.5), 0.0, 0.26),
        _slid(sheet, seal, max(round(wide * 0.03), x), y, (0.0, -0.45), 0.22, 0.24),
    ], []


# ---- the slate -------------------------------------------------------------------------------------------------------


def _slate(sheet: _Sheet) -> "Layers":
    """A slate that comes up from below: scene, shot, take, and why it was not used."""
    look, wide, high, request = sheet.look, sheet.width, sheet.height, sheet.request
    scene, shot, take, reason = request.lines
    ground = backdrop(look, wide, high, request.seed + 2, quiet=True)
    across = round(wide * 0.86) if sheet.tall else round(min(wide * 0.72, high * 1.2))
    board = slate(request.show, (scene, shot, take), reason, across, round(min(high * 0.86, across * 0.78)), look)
    held = _turned(board, -1.6)
    left, top = round((wide - held.shape[1]) / 2), round((high - held.shape[0]) / 2)
    return [_still(sheet, ground), _slid(sheet, held, left, top, (0.0, 0.6), 0.0, 0.3)], []


# ---- pieces ----------------------------------------------------------------------------------------------------------


def _flat(sheet: _Sheet, tint: str) -> "VideoClip":
    from moviepy import ColorClip

    red, green, blue = (int(tint[i : i + 2], 16) for i in (1, 3, 5))
    return ColorClip((sheet.width, sheet.height), (red, green, blue), duration=sheet.seconds)


def _still(sheet: _Sheet, picture: Image) -> "VideoClip":
    from moviepy import ImageClip

    return ImageClip(np.ascontiguousarray(picture[..., 2::-1])).with_duration(sheet.seconds)


def _clip(sheet: _Sheet, picture: Image) -> "tuple[VideoClip, int, int]":
    """Return what of a picture is not empty as a clip, and where in the picture it stands."""
    from moviepy import ImageClip

    x, y, wide, high = cv2.boundingRect(np.ascontiguousarray(picture[..., 3]))
    part = cv2.cvtColor(picture[y : y + high, x : x + wide], cv2.COLOR_mRGBA2RGBA)
    clip = ImageClip(cv2.cvtColor(part, cv2.COLOR_BGRA2RGBA), transparent=True)
    return clip.with_duration(sheet.seconds), x, y


def _slid(
    sheet: _Sheet, picture: Image, left: int, top: int, away: tuple[float, float], start: float, takes: float
) -> "VideoClip":
    """Let a piece come from `away` (frame widths and heights) to its place, a little too far, and settle."""
    return _moved(sheet, picture, (left, top), away, start, takes, overshoot)


def _eased(sheet: _Sheet, picture: Image, away: tuple[float, float], start: float, takes: float) -> "VideoClip":
    """Let a whole panel come to its place without going too far: there is nothing behind its edge."""
    return _moved(sheet, picture, (0, 0), away, start, takes, lambda share: 1 - max(0.0, 1 - share) ** 3)


def _moved(
    sheet: _Sheet, picture: Image, corner: tuple[int, int], away: tuple[float, float], start: float, takes: float,
    path: Callable[[float], float],
) -> "VideoClip":  # fmt: skip
    start, takes = sheet.pace(start), max(sheet.pace(takes), 1e-3)
    clip, x, y = _clip(sheet, picture)

    def place(at: float) -> tuple[int, int]:
        rest = 1 - path(at / takes)
        across, down = away[0] * rest * sheet.width, away[1] * rest * sheet.height
        return round(corner[0] + x + across), round(corner[1] + y + down)

    return clip.with_duration(sheet.seconds - start).with_start(start).with_position(place)


def _turned(picture: Image, degrees: float) -> Image:
    """Return a picture turned about its middle, on a picture large enough for its corners."""
    high, wide = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), -degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    across, down = int(high * sin + wide * cos) + 2, int(high * cos + wide * sin) + 2
    matrix[:, 2] += (across / 2 - wide / 2, down / 2 - high / 2)
    return np.asarray(cv2.warpAffine(picture, matrix, (across, down), flags=cv2.INTER_CUBIC), np.uint8)


def _skia(picture: Image) -> skia.Image:
    return skia.Image.fromarray(
        np.ascontiguousarray(picture), skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType, copy=True
    )


Layers = tuple["list[VideoClip]", "list[VideoClip]"]
"""What arrives and stays, from the back to the front, and the lights that go on moving over it."""

_LAYERS: dict[str, Callable[[_Sheet], Layers]] = {"title": _title, "next": _next, "end": _end, "slate": _slate}
