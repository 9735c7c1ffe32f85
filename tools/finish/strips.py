"""Name strips: who is talking, in the lower third, in the manner of the show's look; MoviePy slides them in."""

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import skia

from episodes.format import Format
from tools.finish.lettering import fitted_in, placed, shape_of, width_in
from tools.finish.looks import Letters, Look, look_of
from tools.finish.text import Decal, Image, blank, drawable, ink, outline

ARRIVES = 0.4
"""Seconds that a strip takes to slide in."""
BOTTOM = 0.742
"""Share of the frame's height at which a strip ends; captions begin below it, in the smallest format too."""


@dataclass(frozen=True)
class _Words:
    """The two lines of a strip, set, and the box in which they stand."""

    name: skia.Path
    title: skia.Path
    big: float
    small: float
    width: float
    left: float
    top: float

    @property
    def height(self) -> float:
        """Height of the box in pixels."""
        return self.big * 1.36 + self.small * 1.62

    @property
    def pad(self) -> float:
        """Space at each side of the letters."""
        return self.big * 0.55

    @property
    def box(self) -> skia.Rect:
        """The box with its space at the sides."""
        return skia.Rect.MakeXYWH(self.left, self.top, self.width + 2 * self.pad, self.height)

    def write(self, canvas: skia.Canvas, name: str, title: str, shift: float = 0.0) -> None:
        """Write both lines in these colours."""
        x = self.left + self.pad + shift
        canvas.drawPath(placed(self.name, x, self.top + self.big * 1.10), ink(name))
        canvas.drawPath(placed(self.title, x, self.top + self.big * 1.36 + self.small * 0.98), ink(title))


def strip_picture(name: str, title: str, width: int, height: int, look: Look) -> Image:
    """Return the strip in its place on a transparent picture (BGRA, premultiplied) of the frame's size."""
    picture, surface = blank(width, height)
    _DRAWN[look.strip](surface.getCanvas(), _set(name, title, width, height, look), look)
    return picture


def sliding(name: str, title: str, form: Format, look_name: str) -> tuple[Decal, ...]:
    """Return the strip at each frame of its arrival; the last one stays.

    It comes in from the left, goes a little too far and settles.
    """
    return _sliding(name, title, form.width, form.height, form.fps, look_name)


@functools.lru_cache(maxsize=4)
def _sliding(name: str, title: str, width: int, height: int, fps: int, look_name: str) -> tuple[Decal, ...]:
    from moviepy import CompositeVideoClip, ImageClip

    picture = strip_picture(name, title, width, height, look_of(look_name))
    x, y, wide, high = cv2.boundingRect(np.ascontiguousarray(picture[..., 3]))
    straight = cv2.cvtColor(
        cv2.cvtColor(picture[y : y + high, x : x + wide], cv2.COLOR_mRGBA2RGBA), cv2.COLOR_BGRA2RGBA
    )
    frames = math.ceil(ARRIVES * fps)

    def place(at: float) -> tuple[int, int]:
        return round(x - (x + wide) * (1 - overshoot(at / ARRIVES))), 0

    still = ImageClip(straight, transparent=True).with_duration(ARRIVES + 1).with_position(place)
    film = CompositeVideoClip([still], size=(width, high), bg_color=None)
    try:
        moving = tuple(_decal(film.get_frame(n / fps), film.mask.get_frame(n / fps), y) for n in range(frames))
    finally:
        film.close()
    return (*moving, Decal(picture, 0, 0))


def _decal(colours: Image, opacity: "np.typing.NDArray[np.float64]", top: int) -> Decal:
    alpha = np.clip(opacity, 0, 1)[..., None]
    premultiplied = np.concatenate((colours[..., ::-1] * alpha, 255 * alpha), axis=-1)
    return Decal(np.ascontiguousarray(premultiplied.astype(np.uint8)), 0, top)


def overshoot(share: float) -> float:
    """Return how far a thing has slid, 0 to 1, when `share` of its time is over: past its end and back."""
    rest = 1 - min(max(share, 0.0), 1.0)
    return 1 - rest**2 * (1 - 2.4 * (1 - rest))


def _set(name: str, title: str, width: int, height: int, look: Look) -> _Words:
    base = look.letters
    # A name is no title: the look's letters, calmer.
    first = Letters(
        base.style if base.style != "regular" else "bold", False, base.tracking * 0.4, base.width, base.slant
    )
    second = Letters("mono" if base.style == "mono_bold" else "regular", False, base.tracking * 0.3, base.width)
    room, big = width * 0.74, min(height * 0.050, width * 0.056)
    names, big = fitted_in(drawable(name, first.style), room, big, 1, first)
    titles, small = fitted_in(drawable(title, second.style), room, big * 0.66, 1, second)
    name_line, title_line = "".join(names[:1]), "".join(titles[:1])
    wide = max(width_in(name_line, big, first), width_in(title_line, small, second))
    high = big * 1.36 + small * 1.62
    return _Words(
        shape_of(name_line, big, first), shape_of(title_line, small, second), big, small, wide, width * 0.065,
        height * BOTTOM - high - big * 0.16,
    )  # fmt: skip


def _slanted(box: skia.Rect, lean: float) -> skia.Path:
    path = skia.Path()
    path.addPoly(
        [
            skia.Point(box.left() + lean, box.top()),
            skia.Point(box.right() + lean, box.top()),
            skia.Point(box.right() - lean, box.bottom()),
            skia.Point(box.left() - lean, box.bottom()),
        ],
        True,
    )
    return path


def hazard(canvas: skia.Canvas, shape: skia.Path, step: float, light: str, dark: str) -> None:
    """Fill a shape with the stripes of a cordon tape, `step` pixels wide."""
    bounds = shape.getBounds()
    canvas.save()
    canvas.clipPath(shape, True)
    canvas.drawRect(bounds, ink(light))
    x = bounds.left() - bounds.height()
    while x < bounds.right() + bounds.height():
        stripe = skia.Path()
        stripe.addPoly(
            [
                skia.Point(x, bounds.bottom()),
                skia.Point(x + step, bounds.bottom()),
                skia.Point(x + step + bounds.height(), bounds.top()),
                skia.Point(x + bounds.height(), bounds.top()),
            ],
            True,
        )
        canvas.drawPath(stripe, ink(dark))
        x += 2 * step
    canvas.restore()


def _tape(canvas: skia.Canvas, words: _Words, look: Look) -> None:
    box, lean = words.box, words.big * 0.2
    canvas.drawPath(_slanted(box.makeOffset(-words.big * 0.14, words.big * 0.14), lean), ink(look.ink))
    canvas.drawPath(_slanted(box, lean), ink(look.ground, 0.96))
    end = skia.Rect.MakeLTRB(box.left() - words.big * 0.55, box.top(), box.left(), box.bottom())
    hazard(canvas, _slanted(end, lean), words.big * 0.3, look.accent, look.ink)
    words.write(canvas, look.paper, look.accent)


def _tag(canvas: skia.Canvas, words: _Words, look: Look) -> None:
    box, cut = words.box, words.big * 0.45
    left = box.left() - words.big * 0.75
    tag = skia.Path()
    tag.addPoly(
        [
            skia.Point(left + cut, box.top()),
            skia.Point(box.right(), box.top()),
            skia.Point(box.right(), box.bottom()),
            skia.Point(left + cut, box.bottom()),
            skia.Point(left, box.bottom() - cut),
            skia.Point(left, box.top() + cut),
        ],
        True,
    )
    canvas.drawPath(placed(tag, -words.big * 0.1, words.big * 0.12), ink(look.ink, 0.85))
    canvas.drawPath(tag, ink(look.paper))
    canvas.drawPath(tag, outline(look.ink, words.big * 0.05))
    middle, radius = (left + cut * 1.05, box.centerY()), words.big * 0.17
    canvas.drawCircle(*middle, radius * 1.5, ink(look.accent))
    canvas.drawCircle(*middle, radius * 0.8, ink(look.ink))
    canvas.drawLine(0, box.top() + cut * 0.4, middle[0], middle[1], outline(look.ink, words.big * 0.06))
    words.write(canvas, look.ink, "#6a3a12")


def _plank(canvas: skia.Canvas, words: _Words, look: Look) -> None:
    box = words.box
    canvas.drawRect(box.makeOffset(-words.big * 0.1, words.big * 0.12), ink(look.ink, 0.9))
    canvas.drawRect(box, ink(look.ground))
    canvas.drawRect(skia.Rect.MakeXYWH(box.left(), box.top(), box.width(), words.big * 0.12), ink(look.accent))
    line = box.bottom() - words.big * 0.12
    canvas.drawRect(skia.Rect.MakeXYWH(box.left(), line, box.width(), words.big * 0.12), ink(look.accent))
    canvas.drawRect(box, outline(look.ink, words.big * 0.05))
    for x in (box.left() + words.pad * 0.45, box.right() - words.pad * 0.45):
        canvas.drawCircle(x, box.centerY(), words.big * 0.08, ink(look.ink))
    words.write(canvas, look.ink, look.accent)


def _sign(canvas: skia.Canvas, words: _Words, look: Look) -> None:
    box, round_ = words.box, words.big * 0.22
    canvas.drawRoundRect(box.makeOffset(0, words.big * 0.1), round_, round_, ink(look.ink, 0.55))
    canvas.drawRoundRect(box, round_, round_, ink("#ffffff"))
    canvas.save()
    canvas.clipRRect(skia.RRect.MakeRectXY(box, round_, round_), True)
    top = words.top + words.big * 1.42
    canvas.drawRect(skia.Rect.MakeLTRB(box.left(), top, box.right(), box.bottom()), ink(look.accent))
    canvas.restore()
    canvas.drawRoundRect(box.makeInset(1, 1), round_, round_, outline(look.ink, max(1.0, words.big * 0.05)))
    words.write(canvas, look.ink, "#ffffff")


def _slit(canvas: skia.Canvas, words: _Words, look: Look) -> None:
    box = words.box
    # A slit of dark from the frame's edge, as between two blinds, and one red line.
    dark = skia.Rect.MakeLTRB(0, box.top(), box.right() + words.big, box.bottom())
    fade = skia.GradientShader.MakeLinear(
        [skia.Point(dark.left(), 0), skia.Point(dark.right(), 0)],
        [skia.ColorSetARGB(245, 0, 0, 0), skia.ColorSetARGB(225, 0, 0, 0)],
    )
    canvas.drawRect(dark, skia.Paint(AntiAlias=True, Shader=fade))
    for edge in (box.top(), box.bottom()):
        canvas.drawRect(skia.Rect.MakeXYWH(0, edge - 1, dark.width(), max(1.0, words.big * 0.05)), ink(look.paper, 0.8))
    canvas.drawRect(skia.Rect.MakeXYWH(0, words.top + words.big * 1.36, words.left + words.pad * 0.7, words.big * 0.07),
                    ink(look.accent))  # fmt: skip
    words.write(canvas, look.paper, look.second)


def _screen(canvas: skia.Canvas, words: _Words, look: Look) -> None:
    box = words.box
    canvas.drawRect(box, ink(look.ground, 0.9))
    y, step = box.top(), max(2.0, words.big * 0.11)
    while y < box.bottom():
        canvas.drawRect(skia.Rect.MakeXYWH(box.left(), y, box.width(), step * 0.4), ink(look.ink, 0.55))
        y += step
    block = skia.Rect.MakeXYWH(box.left() - words.big * 0.34, box.top(), words.big * 0.34, box.height())
    canvas.drawRect(block, ink(look.second))
    # What is white on a tape has a warm ghost on one side and a cold one on the other.
    words.write(canvas, look.second, look.second, words.big * 0.055)
    words.write(canvas, look.accent, look.accent, -words.big * 0.055)
    words.write(canvas, look.paper, look.paper)


def _bar(canvas: skia.Canvas, words: _Words, look: Look) -> None:
    box = words.box
    canvas.drawRect(box, ink(look.ground, 0.88))
    canvas.drawRect(skia.Rect.MakeXYWH(box.left(), box.top(), words.big * 0.16, box.height()), ink(look.accent))
    wave = skia.Path()
    wave.moveTo(box.left(), box.bottom())
    x, up = box.left(), True
    while x < box.right():
        wave.quadTo(x + words.big * 0.2, box.bottom() + (-1 if up else 1) * words.big * 0.14,
                    min(x + words.big * 0.4, box.right()), box.bottom())  # fmt: skip
        x, up = x + words.big * 0.4, not up
    canvas.drawPath(wave, outline(look.second, words.big * 0.07))
    words.write(canvas, look.paper, look.second)


def _torn(canvas: skia.Canvas, words: _Words, look: Look) -> None:
    box = words.box
    rng = np.random.default_rng(5)
    paper = skia.Path()
    paper.moveTo(box.left() - words.big * 0.2, box.top())
    paper.lineTo(box.right(), box.top() - words.big * 0.06)
    steps = 24
    for number in range(steps + 1):
        share = 1 - number / steps
        y = box.bottom() + words.big * float(rng.uniform(-0.10, 0.10))
        paper.lineTo(box.left() - words.big * 0.2 + share * (box.width() + words.big * 0.2), y)
    paper.close()
    canvas.drawPath(placed(paper, -words.big * 0.12, words.big * 0.12), ink(look.accent))
    canvas.drawPath(paper, ink(look.ground))
    x = words.left + words.pad
    canvas.drawPath(placed(words.name, x + words.big * 0.05, words.top + words.big * 1.07), ink(look.accent, 0.85))
    words.write(canvas, look.ink, look.second)


_DRAWN: dict[str, Callable[[skia.Canvas, _Words, Look], None]] = {
    "tape": _tape, "tag": _tag, "plank": _plank, "sign": _sign, "slit": _slit, "screen": _screen, "bar": _bar,
    "torn": _torn,
}  # fmt: skip
