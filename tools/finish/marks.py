"""Marks: the words and signs that each kind of camera writes, as small pictures."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import cv2
import numpy as np
import skia

from episodes.format import Format
from episodes.requests import ConformRequest
from tools.finish.looks import look_of
from tools.finish.text import Image, Style, blank, drawable, font, ink, outline, width_of

Slot = Literal["heading", "device", "clock", "record", "dot", "state", "reading", "battery", "ai", "reticle"]
Side = Literal["left", "right", "middle"]

_VEIL = 0.42
"""Opacity of the dark behind letters that must be read on any sky."""
_AI_MARK = "AI-GENERATED"
_SIDES = ("NORTH SIDE", "EAST SIDE", "SOUTH SIDE", "WEST SIDE", "ENTRY", "OVERVIEW")
_MOVING = ("follow", "track", "push", "pull")


@dataclass(frozen=True)
class Mark:
    """One line of a camera's writing and where it belongs."""

    slot: Slot
    picture: Image
    side: Side
    ticks: bool = False
    foot: bool = False
    """Whether it stands at the bottom of the frame, below the captions."""


def unit_size(form: Format) -> float:
    """Return the height in pixels of the overlay's letters: small, but readable on a telephone."""
    return max(7.0, min(form.height, form.width * 0.8) * 0.026)


def stamp(clock: datetime) -> str:
    """Return the clock as every camera of this show writes it."""
    return clock.strftime("%Y-%m-%d %H:%M:%S")


def written(request: ConformRequest, clock: datetime, second: int) -> Iterator[Mark]:
    """Yield what this camera writes at a moment of the story, `second` seconds into the segment, from the top."""
    match request.owner:
        case "bodycam":
            yield from _bodycam(request, clock)
        case "dashcam":
            yield from _dashcam(request, clock, second)
        case "cctv":
            yield from _cctv(request, clock)
        case "doorbell":
            yield from _doorbell(request, clock)
        case "helicopter":
            yield from _helicopter(request, clock, second)
        case "phone":
            yield from _phone(request, clock, second)
        case "interview":
            return


def ai_mark(request: ConformRequest) -> Mark:
    """Return the small mark that says how the film was made."""
    size, look = unit_size(request.format), look_of(request.look)
    tint = look.accent if not look.light_ground else "#ffffff"
    return Mark("ai", label(_AI_MARK, size * 0.88, "bold", tint, box=0.55), "right")


def label(
    text: str, size: float, style: Style = "mono", tint: str = "#eef2f6", box: float = 0.0, lead: float = 0.0
) -> Image:
    """Return a line of text with a dark edge, on a box of that opacity, as a picture of its own size.

    `lead` leaves room in front of it, in heights of a letter.
    """
    text = drawable(text, style)
    pad = size * 0.30
    picture, surface = blank(max(2, round(width_of(text, size, style) + 2 * pad + lead * size)), round(size * 1.42))
    canvas = surface.getCanvas()
    if box:
        canvas.drawRoundRect(
            skia.Rect.MakeWH(picture.shape[1], picture.shape[0]), size * 0.2, size * 0.2, ink("#05080e", box)
        )
    left = pad + lead * size
    canvas.drawString(text, left, size * 1.04, font(size, style), outline("#05080e", size * 0.20, 0.85))
    canvas.drawString(text, left, size * 1.04, font(size, style), ink(tint))
    return picture


def blocks(text: str, size: float) -> Image:
    """Return a line in the coarse letters of an old recorder, each on its own black block."""
    text = drawable(text, "mono_bold").upper()
    # Drawn at a third of the size without soft edges, then blown up: its pixels are to be seen.
    coarse = max(1, round(size / 9))
    small = size / coarse
    step = width_of("0", small, "mono_bold")
    picture, surface = blank(max(2, round(step * len(text)) + 2), max(2, round(small * 1.3)))
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorSetARGB(215, 0, 0, 0))
    letters = font(small, "mono_bold")
    letters.setEdging(skia.Font.Edging.kAlias if coarse > 1 else skia.Font.Edging.kAntiAlias)
    canvas.drawString(text, 1, small * 1.0, letters, ink("#f2f2ea"))
    size_up = (picture.shape[1] * coarse, picture.shape[0] * coarse)
    return np.asarray(cv2.resize(picture, size_up, interpolation=cv2.INTER_NEAREST), np.uint8)


def red_dot(high: int) -> Image:
    """Return the dot of a running camera, as high as the line that it stands in."""
    picture, surface = blank(high, high)
    canvas = surface.getCanvas()
    canvas.drawCircle(high / 2, high / 2, high * 0.30, ink("#05080e", 0.7))
    canvas.drawCircle(high / 2, high / 2, high * 0.24, ink("#ff2b2b"))
    return picture


def _bodycam(request: ConformRequest, clock: datetime) -> Iterator[Mark]:
    size, tint = unit_size(request.format), look_of(request.look).tint
    tall = request.format.width < request.format.height
    heading = _heading(request, f" · {request.unit}" if request.unit else "")
    yield Mark("heading", label(heading, size, "mono_bold", tint, _VEIL), "left")
    device = f"BWC {request.unit or 'SPARE'}-{1 + _chance(request, 1, 2)}"
    yield Mark("device", label(device, size * 0.86, "mono", tint, _VEIL), "left")
    yield Mark("clock", label(stamp(clock), size, "mono", tint, _VEIL), "left" if tall else "right", ticks=True)
    yield Mark("record", label("REC", size * 0.92, "mono_bold", tint, _VEIL, lead=1.3), "right")


def _dashcam(request: ConformRequest, clock: datetime, second: int) -> Iterator[Mark]:
    size, tint = unit_size(request.format), look_of(request.look).tint
    tall = request.format.width < request.format.height
    unit = f" · {request.unit}" if request.unit else ""
    where = "CABIN" if request.inward else "FRONT"
    yield Mark("heading", label(_heading(request, f"{unit} · {where}"), size, "mono_bold", tint, _VEIL), "left")
    yield Mark("clock", label(stamp(clock), size, "mono", tint, _VEIL), "left" if tall else "right", ticks=True)
    speed = 0
    if request.movement in _MOVING:
        # A foot on the pedal is never quite still.
        speed = 24 + _chance(request, 2, 20) + (second + _chance(request, 3, 3)) % 2
    yield Mark(
        "reading", label(f"{speed:02d} MPH", size * 0.92, "mono_bold", tint, _VEIL), "left", ticks=True, foot=True
    )
    yield Mark("state", label(f"LIGHTS {'ON' if request.light != 'day' else 'OFF'}  BRK {'-' if speed else 'P'}",
                              size * 0.80, "mono", tint), "right", foot=True)  # fmt: skip


def _cctv(request: ConformRequest, clock: datetime) -> Iterator[Mark]:
    size = unit_size(request.format) * 1.05
    tall = request.format.width < request.format.height
    place = _SIDES[_chance(request, 4, len(_SIDES))]
    yield Mark("heading", blocks(f"CAM {1 + _chance(request, 5, 12):02d} {place}", size), "left")
    yield Mark("clock", blocks(stamp(clock), size), "left" if tall else "right", ticks=True)
    yield Mark("state", blocks(f"{8} FPS", size * 0.85), "right", foot=True)


def _doorbell(request: ConformRequest, clock: datetime) -> Iterator[Mark]:
    size = unit_size(request.format)
    yield Mark("heading", _pill(size, "Front door · Live", "#37c76b"), "left")
    yield Mark("clock", label(stamp(clock), size * 0.92, "regular", "#ffffff", _VEIL), "left", ticks=True)
    yield Mark("state", _bell(round(size * 1.9)), "right")


def _helicopter(request: ConformRequest, clock: datetime, second: int) -> Iterator[Mark]:
    size, tint = unit_size(request.format), "#eaf5ea"
    tall = request.format.width < request.format.height
    yield Mark("heading", label(_heading(request, " · AIR 1"), size, "mono_bold", tint, _VEIL), "left")
    yield Mark("state", label("IR  WHT HOT", size * 0.86, "mono", tint, _VEIL), "left")
    yield Mark("clock", label(stamp(clock), size, "mono", tint, _VEIL), "left" if tall else "right", ticks=True)
    heading = (_chance(request, 6, 360) + second // 2) % 360
    feet = 700 + 20 * _chance(request, 7, 30)
    reading = f"HDG {heading:03d}  ALT {feet} FT"
    yield Mark("reading", label(reading, size * 0.9, "mono_bold", tint, _VEIL), "left", ticks=True, foot=True)
    tracker = f"FOV {2 + _chance(request, 8, 60) / 10:.1f}  TRK"
    yield Mark("device", label(tracker, size * 0.86, "mono", tint, _VEIL), "right", foot=True)


def _phone(request: ConformRequest, clock: datetime, second: int) -> Iterator[Mark]:
    size = unit_size(request.format)
    yield Mark("clock", label(f"{clock:%H:%M}", size, "bold", "#ffffff"), "left", ticks=True)
    running = f"{second // 60:02d}:{second % 60:02d}"
    pill = label(running, size * 0.92, "mono_bold", "#ffffff", box=0.5, lead=1.3)
    yield Mark("record", pill, "middle", ticks=True)
    yield Mark("battery", _battery(size, 9 + _chance(request, 9, 40)), "right")


def _heading(request: ConformRequest, tail: str) -> str:
    """Return agency and what follows it, the agency cut at a word where both would run into the clock."""
    size, limit = unit_size(request.format), request.format.width * 0.52
    words = drawable(request.agency, "mono_bold").split(" ")
    while len(words) > 1 and width_of(" ".join(words) + drawable(tail, "mono_bold"), size, "mono_bold") > limit:
        words.pop()
    name = " ".join(words)
    while len(name) > 4 and width_of(name + drawable(tail, "mono_bold"), size, "mono_bold") > limit:
        name = name[:-1]
    return f"{name}{tail}"


def _chance(request: ConformRequest, salt: int, limit: int) -> int:
    """Return a number below `limit` that stays with this camera through all of its shots."""
    return zlib.crc32(f"{request.owner} {request.agency} {request.unit} {salt}".encode()) % limit


def _pill(size: float, text: str, tint: str) -> Image:
    text = drawable(text, "bold")
    wide, high = round(width_of(text, size, "bold") + size * 2.2), round(size * 1.6)
    picture, surface = blank(wide, high)
    canvas = surface.getCanvas()
    canvas.drawRoundRect(skia.Rect.MakeWH(wide, high), high / 2, high / 2, ink("#05080e", 0.62))
    canvas.drawCircle(size * 0.85, high / 2, size * 0.26, ink(tint))
    canvas.drawString(text, size * 1.4, size * 1.13, font(size, "bold"), ink("#ffffff"))
    return picture


def _bell(side: int) -> Image:
    """Return the button, ringed with the light of somebody having pressed it."""
    picture, surface = blank(side, side)
    canvas, middle = surface.getCanvas(), side / 2
    canvas.drawCircle(middle, middle, side * 0.47, ink("#05080e", 0.55))
    canvas.drawCircle(middle, middle, side * 0.36, outline("#5cc8ff", side * 0.09))
    canvas.drawCircle(middle, middle, side * 0.18, ink("#ffffff", 0.9))
    return picture


def _battery(size: float, percent: int) -> Image:
    text = f"{percent}%"
    room = width_of(text, size * 0.86, "bold")
    wide, high = round(room + size * 2.4), round(size * 1.42)
    picture, surface = blank(wide, high)
    canvas = surface.getCanvas()
    canvas.drawString(text, 2, size * 1.0, font(size * 0.86, "bold"), outline("#05080e", size * 0.16, 0.75))
    canvas.drawString(text, 2, size * 1.0, font(size * 0.86, "bold"), ink("#ffffff"))
    case = skia.Rect.MakeXYWH(room + size * 0.5, size * 0.36, size * 1.45, size * 0.72)
    canvas.drawRoundRect(case, size * 0.18, size * 0.18, outline("#05080e", size * 0.26, 0.6))
    canvas.drawRoundRect(case, size * 0.18, size * 0.18, outline("#ffffff", size * 0.09))
    level = case.makeInset(size * 0.12, size * 0.12)
    full = skia.Rect.MakeXYWH(level.left(), level.top(), level.width() * percent / 100, level.height())
    canvas.drawRect(full, ink("#ffd23c" if percent < 20 else "#ffffff"))
    knob = skia.Rect.MakeXYWH(case.right() + size * 0.06, case.centerY() - size * 0.14, size * 0.12, size * 0.28)
    canvas.drawRect(knob, ink("#ffffff"))
    return picture


def reticle(form: Format, tint: str) -> Image:
    """Return cross hairs and the brackets of the tracker, on a transparent picture of the frame's size."""
    picture, surface = blank(form.width, form.height)
    canvas, size = surface.getCanvas(), min(form.width, form.height)
    cx, cy, arm = form.width / 2, form.height / 2, size * 0.09
    wide, high, corner = size * 0.26, size * 0.20, size * 0.045
    for pen in (outline("#05080e", max(2.0, size * 0.007), 0.45), outline(tint, max(1.0, size * 0.003), 0.9)):
        for sign_x, sign_y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            canvas.drawLine(cx + sign_x * arm * 0.3, cy + sign_y * arm * 0.3, cx + sign_x * arm, cy + sign_y * arm, pen)
        for sx in (-1, 1):
            for sy in (-1, 1):
                canvas.drawLine(cx + sx * wide, cy + sy * high, cx + sx * (wide - corner), cy + sy * high, pen)
                canvas.drawLine(cx + sx * wide, cy + sy * high, cx + sx * wide, cy + sy * (high - corner), pen)
        # A ladder of bearings above, of elevations beside.
        for step in range(-6, 7):
            long = size * (0.016 if step % 3 == 0 else 0.008)
            x, y = cx + step * size * 0.03, cy - size * 0.33
            canvas.drawLine(x, y, x, y + long, pen)
            side = cx + wide + size * 0.07
            canvas.drawLine(side, cy + step * size * 0.03, side + long, cy + step * size * 0.03, pen)
    return picture
