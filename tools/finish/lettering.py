"""Lettering: lines of a title as outlines, set the way a look sets them, and the hand's few ways of inking them."""

import skia

from tools.finish.looks import Letters
from tools.finish.text import Image as Picture
from tools.finish.text import blank, drawable, font, ink, outline


def face(letters: Letters, size: float) -> skia.Font:
    """Return the typeface of these letters at a size in pixels."""
    made = font(size, letters.style)
    made.setScaleX(letters.width)
    made.setSkewX(-letters.slant)
    return made


def cased(text: str, letters: Letters) -> str:
    """Return the text in the letters' case, with what can't be drawn spelled out."""
    shown = drawable(text, letters.style)
    return drawable(shown.upper(), letters.style) if letters.upper else shown


def width_in(text: str, size: float, letters: Letters) -> float:
    """Return how wide a line stands, in pixels."""
    made = face(letters, size)
    widths = made.getWidths(made.textToGlyphs(text)) if text else [0.0]
    return float(sum(widths) + letters.tracking * size * max(0, len(widths) - 1))


def fitted_in(text: str, limit: float, size: float, most_lines: int, letters: Letters) -> tuple[list[str], float]:
    """Return lines and the size at which `text` fits `limit` pixels in `most_lines`; a word too many is dropped."""
    while True:
        lines: list[str] = []
        for word in text.split():
            if lines and width_in(f"{lines[-1]} {word}", size, letters) <= limit:
                lines[-1] = f"{lines[-1]} {word}"
            else:
                lines.append(word)
        if len(lines) <= most_lines and all(width_in(line, size, letters) <= limit for line in lines):
            return balanced(lines, limit, size, letters), size
        if size <= 6:
            return lines[:most_lines], size
        size = max(6.0, size * 0.94)


def balanced(lines: list[str], limit: float, size: float, letters: Letters) -> list[str]:
    """Return two lines of nearly the same length where the first took all it could get."""
    if len(lines) != 2:
        return lines
    words = " ".join(lines).split()
    splits = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    wide = [max(width_in(part, size, letters) for part in split) for split in splits]
    best = min(range(len(splits)), key=lambda n: wide[n])
    return list(splits[best]) if wide[best] <= limit else lines


def shape_of(text: str, size: float, letters: Letters) -> skia.Path:
    """Return the outline of a line whose baseline begins at (0, 0)."""
    made, whole, left = face(letters, size), skia.Path(), 0.0
    glyphs = made.textToGlyphs(text)
    for glyph, width in zip(glyphs, made.getWidths(glyphs), strict=True):
        outline_of_glyph = made.getPath(glyph)
        if outline_of_glyph is not None:
            whole.addPath(outline_of_glyph, left, 0)
        left += width + letters.tracking * size
    return whole


def placed(path: skia.Path, x: float, y: float) -> skia.Path:
    """Return the outline moved."""
    moved = skia.Path()
    moved.addPath(path, x, y)
    return moved


def deep(canvas: skia.Canvas, path: skia.Path, x: float, y: float, size: float, ground: str, tint: str) -> None:
    """Ink letters with a solid shadow that falls to the lower left, as if they stood up from the page."""
    steps = max(2, round(size * 0.07))
    for step in range(steps, 0, -1):
        canvas.drawPath(placed(path, x - step, y + step), outline(ground, size * 0.03))
        canvas.drawPath(placed(path, x - step, y + step), ink(ground))
    canvas.drawPath(placed(path, x, y), outline(ground, size * 0.075))
    canvas.drawPath(placed(path, x, y), ink(tint))


def line_picture(
    text: str, size: float, letters: Letters, tint: str, shadow: str = "", plate: str = "", edge: str = ""
) -> Picture:
    """Return one line as a picture of its own, on a plate and with a shadow where a colour is named for them."""
    pad = size * 0.34
    wide = width_in(text, size, letters) + 2 * pad
    picture, surface = blank(max(2, round(wide)), max(2, round(size * 1.42)))
    canvas, x, y = surface.getCanvas(), pad, size * 1.05
    if plate:
        canvas.drawRect(skia.Rect.MakeWH(picture.shape[1], picture.shape[0]), ink(plate))
    if edge:
        inner = skia.Rect.MakeWH(picture.shape[1], picture.shape[0]).makeInset(size * 0.05, size * 0.05)
        canvas.drawRect(inner, outline(edge, size * 0.045))
    path = shape_of(text, size, letters)
    if shadow:
        canvas.drawPath(placed(path, x - size * 0.05, y + size * 0.05), ink(shadow))
    canvas.drawPath(placed(path, x, y), ink(tint))
    return picture
