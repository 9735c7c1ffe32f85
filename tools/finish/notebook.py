"""The page that says what comes next week: torn from a notebook, tagged as evidence, stamped."""

import numpy as np
import skia

from tools.finish.backdrops import mixed
from tools.finish.lettering import cased, fitted_in, placed, shape_of, width_in
from tools.finish.looks import Letters, Look
from tools.finish.text import Image, blank, drawable, ink, outline

_PAPER = "#f4ecd4"
_RULE = "#9db4c8"
_MARGIN = "#d9756b"
_WRITTEN = "#1c2230"


def page(text: str, wide: int, small: int, look: Look) -> Image:
    """Return the page, `wide` pixels across, with `text` written on its lines.

    `small` is the shorter side of the frame, from which the thickness of everything comes.
    """
    letters = Letters("bold", False, 0.0, 0.94, 0.07)
    words, size = fitted_in(drawable(text, "bold"), wide * 0.78, min(wide * 0.078, small * 0.078), 4, letters)
    step = size * 1.42
    high = round(step * (max(2, len(words)) + 1.75) + small * 0.05)
    picture, surface = blank(wide + round(small * 0.03), high + round(small * 0.03))
    canvas, rng = surface.getCanvas(), np.random.default_rng(len(text))
    paper = _torn(wide, high, small, rng)
    canvas.drawPath(placed(paper, small * 0.004, small * 0.026), ink("#000000", 0.45))
    canvas.drawPath(paper, ink(_PAPER))
    canvas.save()
    canvas.clipPath(paper, True)
    first = step * 1.95 + small * 0.02
    y = first - step
    while y < high:
        canvas.drawLine(0, y + size * 0.26, wide, y + size * 0.26, outline(_RULE, max(1.0, small * 0.0024)))
        y += step
    for off in (0.0, small * 0.008):
        x = wide * 0.115 + off
        canvas.drawLine(x, 0, x, high, outline(_MARGIN, max(1.0, small * 0.0024)))
    canvas.restore()
    _holes(canvas, wide, high, small, look)
    for number, line in enumerate(words):
        # Nobody writes along a line quite straight.
        canvas.save()
        canvas.rotate(float(rng.uniform(-0.5, 0.5)), wide / 2, first)
        canvas.drawPath(placed(shape_of(line, size, letters), wide * 0.155, first + step * number), ink(_WRITTEN))
        canvas.restore()
    _tag(canvas, wide, small, look)
    return picture


def stamped(text: str, wide: float, look: Look) -> Image:
    """Return the words as a stamp on a plate in the look's accent, about `wide` pixels across."""
    letters = Letters(look.letters.style if look.letters.style != "regular" else "bold", True, 0.06, 0.92)
    line = cased(text, letters)
    size = wide * 0.86 / max(width_in(line, 1.0, letters), 1e-6)
    picture, surface = blank(round(wide + size * 0.1), round(size * 1.62))
    canvas = surface.getCanvas()
    plate = skia.Rect.MakeXYWH(size * 0.1, 0, wide - size * 0.1, size * 1.50)
    canvas.drawRect(plate.makeOffset(-size * 0.08, size * 0.10), ink(look.ink))
    canvas.drawRect(plate, ink(look.accent))
    tint = "#ffffff" if _dark(look.accent) else look.ink
    canvas.drawRect(plate.makeInset(size * 0.09, size * 0.09), outline(tint, size * 0.05))
    left = plate.left() + (plate.width() - width_in(line, size, letters)) / 2
    canvas.drawPath(placed(shape_of(line, size, letters), left, size * 1.11), ink(tint))
    return picture


def _dark(tint: str) -> bool:
    red, green, blue = (int(tint[i : i + 2], 16) for i in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue < 130


def _torn(wide: int, high: int, small: int, rng: np.random.Generator) -> skia.Path:
    """Return the outline of a page whose upper edge was torn off its rings."""
    paper, steps = skia.Path(), 40
    paper.moveTo(0, high - small * 0.012)
    paper.lineTo(0, small * 0.02)
    for number in range(steps + 1):
        notch = small * (0.004 + 0.018 * float(rng.random()) * (number % 2))
        paper.lineTo(wide * number / steps, notch)
    paper.lineTo(wide, high - small * 0.03)
    # One corner is turned up.
    paper.lineTo(wide - small * 0.05, high)
    paper.lineTo(0, high - small * 0.004)
    paper.close()
    return paper


def _holes(canvas: skia.Canvas, wide: int, high: int, small: int, look: Look) -> None:
    for share in (0.28, 0.72):
        x, y, radius = wide * 0.052, high * share, small * 0.014
        canvas.drawCircle(x, y, radius, ink(mixed(look.ground, look.ink, 0.4)))
        canvas.drawCircle(x, y, radius, outline("#b7a988", small * 0.003))


def _tag(canvas: skia.Canvas, wide: int, small: int, look: Look) -> None:
    """Draw the evidence tag that is clipped to the page's upper right corner."""
    size = small * 0.026
    letters = Letters("mono_bold", True, 0.0, 0.95)
    line = "EVIDENCE · PENDING"
    long = width_in(line, size, letters) + size * 2.4
    left, top = wide - long - small * 0.03, small * 0.045
    tag = skia.Rect.MakeXYWH(left, top, long, size * 2.0)
    canvas.drawRect(tag.makeOffset(-small * 0.004, small * 0.006), ink("#000000", 0.35))
    canvas.drawRect(tag, ink("#e2c48a"))
    canvas.drawRect(tag, outline(_WRITTEN, small * 0.003))
    canvas.drawCircle(left + size * 0.9, tag.centerY(), size * 0.34, ink(look.accent))
    canvas.drawCircle(left + size * 0.9, tag.centerY(), size * 0.16, ink(_WRITTEN))
    canvas.drawPath(placed(shape_of(line, size, letters), left + size * 1.7, top + size * 1.36), ink(_WRITTEN))
