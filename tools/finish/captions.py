"""Burned-in captions: at most two lines, inside the safe area, readable on any ground."""

from fractions import Fraction

import skia

from episodes.format import Format
from episodes.requests import BurnedCaption
from tools.finish.text import Decal, Image, Style, blank, drawable, fitted, font, ink, outline, width_of

SAFE = 0.06
"""Share of the frame's width and height that is kept free at each edge."""


class Captions:
    """The captions of one segment, each drawn once."""

    def __init__(self, form: Format, captions: tuple[BurnedCaption, ...]) -> None:
        self._form, self._captions = form, captions
        self._drawn: dict[int, Decal] = {}

    def burn(self, frame: Image, index: int) -> None:
        """Draw whatever is to be read at frame `index` of the segment into the frame."""
        at = Fraction(index, self._form.fps)
        for number, caption in enumerate(self._captions):
            if caption.at <= at < caption.at + caption.seconds and caption.lines:
                if number not in self._drawn:
                    self._drawn[number] = Decal(*caption_image(caption, self._form))
                self._drawn[number].lay(frame)


def caption_lines(caption: BurnedCaption, form: Format) -> tuple[tuple[str, ...], float]:
    """Return the lines as they will be drawn, never more than two, and their size in pixels."""
    style: Style = "italic" if caption.italic else "regular"
    limit = form.width * (1 - 2 * SAFE)
    size = max(11.0, min(form.height * 0.047, form.width * 0.052))
    given = tuple(line for line in (drawable(line, style) for line in caption.lines) if line)
    if len(given) <= 2 and all(width_of(line, size, style) <= limit for line in given):
        return given, size
    return fitted(" ".join(given), limit, size, 2, style, smallest=6.0)


def caption_image(caption: BurnedCaption, form: Format) -> tuple[Image, int, int]:
    """Draw one caption and return its picture with the place of its upper left corner."""
    style: Style = "italic" if caption.italic else "regular"
    lines, size = caption_lines(caption, form)
    pad, step = size * 0.38, size * 1.26
    widths = [width_of(line, size, style) for line in lines]
    width = round(max(widths, default=0) + 2 * pad)
    height = round(step * len(lines) + pad)
    picture, surface = blank(max(width, 2), max(height, 2))
    canvas = surface.getCanvas()
    canvas.drawRoundRect(skia.Rect.MakeWH(width, height), size * 0.18, size * 0.18, ink("#04060c", 0.62))
    letters = font(size, style)
    for number, (line, length) in enumerate(zip(lines, widths, strict=True)):
        x, y = (width - length) / 2, pad * 0.5 + step * number + size * 0.98
        canvas.drawString(line, x, y, letters, outline("#04060c", size * 0.13, 0.9))
        canvas.drawString(line, x, y, letters, ink("#fff6e0" if caption.italic else "#ffffff"))
    left = (form.width - width) // 2
    return picture, left, round(form.height * (1 - SAFE)) - height
