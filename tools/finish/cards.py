"""Title sting and end card, composed with MoviePy: letters in Noto Sans over a slow, dark ground."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from episodes.tasks import CardRequest
from tools.finish.grade import Look, look_of
from tools.finish.text import Style, blank, colour, drawable, fitted, font, ink, width_of

if TYPE_CHECKING:
    from moviepy import VideoClip

Image = NDArray[np.uint8]
_SETTLED = 1.0
"""Seconds after which nothing arrives any more."""


def card_frames(request: CardRequest) -> Iterator[Image]:
    """Yield the card's RGB frames, exactly as many as asked."""
    from moviepy import CompositeVideoClip

    form = request.format
    seconds = request.frames / form.fps
    layers = [
        _ground(request, seconds),
        *(_title(request, seconds) if request.card == "title" else _end(request, seconds)),
    ]
    film = CompositeVideoClip(layers, size=(form.width, form.height)).with_duration(seconds)
    try:
        drawn = np.zeros(0, np.uint8)
        for index in range(request.frames):
            # Once everything has arrived, only the slow pulse is left, and that may go on twos: the same array again.
            if index < form.fps * _SETTLED or not index % 2:
                # The middle of the frame's time: a clip is never asked for its own end.
                drawn = np.asarray(film.get_frame((index + 0.5) / form.fps), np.uint8)
            yield drawn
    finally:
        film.close()


def _ground(request: CardRequest, seconds: float) -> "VideoClip":
    """The ground: deep colour, a skyline, and a slow pulse of red and blue from below the edge, under 0.6 Hz."""
    from moviepy import VideoClip

    form, look = request.format, look_of(request.look)
    still = _skyline(form.width, form.height, look, request.seed)
    x = np.linspace(0, 1, form.width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, form.height, dtype=np.float32)[:, None]
    fall = np.clip((y - 0.35) / 0.65, 0, 1) ** 2
    left = cv2.merge([np.exp(-(((x - 0.12) / 0.3) ** 2)) * fall * value for value in (150.0, 18.0, 34.0)]).astype(
        np.uint8
    )
    right = cv2.merge([np.exp(-(((x - 0.88) / 0.3) ** 2)) * fall * value for value in (20.0, 60.0, 170.0)]).astype(
        np.uint8
    )
    strength = 0.75 if request.card == "title" else 0.3

    def frame(at: float) -> Image:
        swing = 0.5 + 0.5 * math.sin(2 * math.pi * 0.55 * at)
        dawn = min(1.0, 0.25 + at / 0.4)
        lit = cv2.addWeighted(left, dawn * strength * (0.25 + 0.5 * swing), still, dawn, 0)
        return np.asarray(cv2.addWeighted(right, dawn * strength * (0.75 - 0.5 * swing), lit, 1.0, 0), np.uint8)

    return VideoClip(frame, duration=seconds)


def _skyline(width: int, height: int, look: Look, seed: int) -> Image:
    """Draw a town at night as three rows of dark roofs with a few lit windows; returns RGB."""
    rng = np.random.default_rng(seed)
    pixels, surface = blank(width, height)
    canvas = surface.getCanvas()
    canvas.clear(colour(look.ground))
    for row, tone in enumerate((0.10, 0.055, 0.0)):
        shade = "#" + "".join(
            f"{round(int(look.ground[i : i + 2], 16) * (1 - row * 0.3) + 255 * tone * 0.5):02x}" for i in (1, 3, 5)
        )
        left, base = -width * 0.02, height
        while left < width:
            wide = width * rng.uniform(0.05, 0.12)
            top = height * (0.66 + 0.1 * row + rng.uniform(-0.09, 0.05))
            canvas.drawRect(skia.Rect.MakeLTRB(left, top, left + wide, base), ink(shade))
            if row and rng.random() < 0.5:
                roof = skia.Path()
                roof.addPoly(
                    [
                        skia.Point(left, top),
                        skia.Point(left + wide / 2, top - wide * 0.3),
                        skia.Point(left + wide, top),
                    ],
                    True,
                )
                canvas.drawPath(roof, ink(shade))
            for _ in range(int(rng.integers(0, 4))):
                x, y = left + wide * rng.uniform(0.12, 0.8), top + height * rng.uniform(0.02, 0.12)
                canvas.drawRect(skia.Rect.MakeXYWH(x, y, width * 0.006, width * 0.008), ink("#f2c46b", 0.55))
            left += wide * 1.04
    return np.ascontiguousarray(pixels[..., 2::-1])


def _words(text: str, size: float, tint: str, style: Style = "regular", box: float = 0.0) -> "VideoClip":
    """One line of text as a MoviePy clip, on a dark plate of opacity `box`.

    The letters are drawn by skia: MoviePy's own TextClip measures lines without their descenders and cuts them off.
    """
    from moviepy import ImageClip

    pad = size * 0.35
    pixels, surface = blank(max(2, round(width_of(text, size, style) + 2 * pad)), max(2, round(size * 1.36)))
    canvas = surface.getCanvas()
    if box:
        canvas.drawRect(skia.Rect.MakeWH(pixels.shape[1], pixels.shape[0]), ink("#03050a", box))
    canvas.drawString(text, pad, size * 1.02, font(size, style), ink(tint))
    return ImageClip(cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_mRGBA2RGBA), cv2.COLOR_BGRA2RGBA), transparent=True)


def _title(request: CardRequest, seconds: float) -> "list[VideoClip]":
    """Show name above, a rule that grows, the title below in as many lines as it needs."""
    form, look = request.format, look_of(request.look)
    wide, high = form.width, form.height
    room = wide * 0.84
    shows, show_size = fitted(drawable(request.show, "bold").upper(), room, min(high * 0.17, wide * 0.125), 2, "bold")
    titles, size = fitted(drawable(request.title), room, min(high * 0.085, wide * 0.075), 3)
    total = show_size * 1.3 * len(shows) + size * 1.3 * len(titles) + high * 0.06
    top = (high - total) * 0.46
    clips: list[VideoClip] = []
    for number, line in enumerate(shows):
        clips.append(
            _arriving(
                _words(line, show_size, "#ffffff", "bold"), wide, top + show_size * 1.3 * number, 0.0, -0.02, seconds
            )
        )
    rule_top = top + show_size * 1.3 * len(shows) + high * 0.03
    clips.append(_rule(look, wide, rule_top, max(2, round(high * 0.006)), seconds))
    for number, line in enumerate(titles):
        clips.append(
            _arriving(
                _words(line, size, look.accent), wide, rule_top + high * 0.03 + size * 1.3 * number, 0.3, 0.02, seconds
            )
        )
    return clips


def _arriving(clip: "VideoClip", wide: int, top: float, start: float, drift: float, seconds: float) -> "VideoClip":
    """Let a line come in from the side by `drift` frame widths within half a second, ease out, and stay."""
    from moviepy.video.fx import CrossFadeIn

    left = (wide - clip.w) / 2
    start = min(start, seconds * 0.3)

    def place(at: float) -> tuple[int, int]:
        rest = max(0.0, 1 - at / 0.55) ** 3
        return round(left + drift * wide * rest), round(top)

    fade = min(0.3, max(0.05, seconds * 0.2))
    return clip.with_duration(seconds - start).with_start(start).with_effects([CrossFadeIn(fade)]).with_position(place)


def _rule(look: Look, wide: int, top: float, thick: int, seconds: float) -> "VideoClip":
    """A bar in the accent colour that grows from its middle."""
    from moviepy import VideoClip

    length = round(wide * 0.3)
    red, green, blue = (int(look.accent[i : i + 2], 16) for i in (1, 3, 5))
    x = np.abs(np.linspace(-1, 1, length))[None, :].repeat(thick, axis=0)
    bar = np.zeros((thick, length, 3), np.uint8)
    bar[:] = (red, green, blue)

    def reach(at: float) -> NDArray[np.float64]:
        return (x <= 1 - max(0.0, 1 - at / 0.6) ** 3).astype(np.float64)

    mask = VideoClip(reach, is_mask=True, duration=seconds)
    clip = VideoClip(lambda at: bar, duration=seconds).with_mask(mask)
    return clip.with_position((round((wide - length) / 2), round(top)))


def _end(request: CardRequest, seconds: float) -> "list[VideoClip]":
    """Title, credits one a line, and the last line, the AI notice, boxed so that nobody misses it."""
    form, look = request.format, look_of(request.look)
    wide, high = form.width, form.height
    room, lines = wide * 0.86, [drawable(line) for line in request.lines]
    heads, head_size = fitted(
        drawable(request.title, "bold") or drawable(request.show, "bold"),
        room,
        min(high * 0.075, wide * 0.08),
        2,
        "bold",
    )
    credits, notice = lines[:-1], lines[-1] if lines else ""
    notices, notice_size = fitted(notice, room, min(high * 0.042, wide * 0.044), 3)
    space = high * 0.80 - head_size * 1.3 * len(heads) - notice_size * 1.5 * len(notices) - high * 0.05
    sets, size = _credits(credits, room, min(high * 0.040, wide * 0.042), space)
    total = head_size * 1.3 * len(heads) + size * 1.42 * len(sets)
    top = max(high * 0.06, (high * 0.84 - total - notice_size * 1.5 * len(notices)) / 2)
    clips: list[VideoClip] = []
    for line in heads:
        clips.append(_arriving(_words(line, head_size, "#ffffff", "bold"), wide, top, 0.0, 0.0, seconds))
        top += head_size * 1.3
    clips.append(_rule(look, wide, top + high * 0.008, max(2, round(high * 0.005)), seconds))
    top += high * 0.03
    for line in sets:
        clips.append(_arriving(_words(line, size, "#d6dfec"), wide, top, 0.15, 0.0, seconds))
        top += size * 1.42
    below = high * 0.94 - notice_size * 1.4 * len(notices)
    for number, line in enumerate(notices):
        words = _words(line, notice_size, look.accent, box=0.8)
        clips.append(_arriving(words, wide, below + notice_size * 1.4 * number, 0.0, 0.0, seconds))
    return clips


def _credits(lines: list[str], room: float, size: float, space: float) -> tuple[list[str], float]:
    """Return the credit lines, wrapped, at the largest size at which they stand in `space` pixels of height."""
    while True:
        made = [part for line in lines if line for part in fitted(line, room, size, 2)[0]]
        if size * 1.42 * len(made) <= space or size <= 6:
            return made, size
        size *= 0.93
