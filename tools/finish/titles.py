"""Titles: the name of a show as a block of lettering, treated in each look's own way."""

from collections.abc import Callable

import skia

from tools.finish.backdrops import dots, mixed, readable_on
from tools.finish.lettering import cased, deep, fitted_in, line_picture, placed, shape_of, width_in
from tools.finish.looks import Letters, Look, Plate
from tools.finish.strips import hazard
from tools.finish.text import Image, Style, blank, ink, outline

Drawn = Callable[[skia.Canvas, list[skia.Path], list[float], float, Look], None]


def title_block(text: str, room: float, size: float, look: Look, most_lines: int = 2) -> Image:
    """Return a title in its look's treatment as a picture of its own, no wider than about `room` pixels."""
    lines, size = fitted_in(cased(text, look.letters), room * 0.92, size, most_lines, look.letters)
    shapes = [shape_of(line, size, look.letters) for line in lines]
    widths = [width_in(line, size, look.letters) for line in lines]
    pad = size * 0.42
    picture, surface = blank(
        max(2, round(max(widths, default=0.0) + 2 * pad)), max(2, round(size * (1.06 * len(lines) + 0.62)))
    )
    canvas = surface.getCanvas()
    canvas.translate(pad, size * 1.06)
    _TREATED[look.plate](canvas, shapes, widths, size, look)
    return picture


def caption_box(text: str, room: float, size: float, look: Look) -> Image:
    """Return an episode's title in the box that a comic gives to its narrator."""
    letters = Letters(_plain(look), False, max(0.0, look.letters.tracking * 0.3), min(1.0, look.letters.width + 0.08))
    lines, size = fitted_in(cased(text, letters), room * 0.94, size, 3, letters)
    plate = look.accent if look.plate != "screen" else look.ink
    tint = readable_on(plate, look)
    made = [line_picture(line, size, letters, tint) for line in lines]
    gap = round(size * 0.12)
    edge = max(2, round(size * 0.09))
    wide = max((one.shape[1] for one in made), default=2) + 2 * edge
    step = round(size * 1.26)
    high = step * len(made) + round(size * 0.30) + 2 * edge
    picture, surface = blank(wide + gap, high + gap)
    canvas = surface.getCanvas()
    canvas.drawRect(skia.Rect.MakeXYWH(0, gap, wide, high), ink(look.ink))
    canvas.drawRect(skia.Rect.MakeXYWH(gap, 0, wide, high), ink(plate))
    canvas.drawRect(skia.Rect.MakeXYWH(gap + edge / 2, edge / 2, wide - edge, high - edge), outline(look.ink, edge))
    for number, line in enumerate(lines):
        path = shape_of(line, size, letters)
        canvas.drawPath(placed(path, gap + edge + size * 0.34, edge + size * 1.06 + step * number), ink(tint))
    return picture


def tape(length: int, high: int, words: str, look: Look) -> Image:
    """Return a length of cordon tape with words on it, straight; its ends are for the frame to cut."""
    picture, surface = blank(length, high)
    canvas = surface.getCanvas()
    band = skia.Path()
    band.addRect(skia.Rect.MakeWH(length, high))
    canvas.drawPath(band, ink(look.accent))
    for top in (0.0, high * 0.80):
        stripe = skia.Path()
        stripe.addRect(skia.Rect.MakeXYWH(0, top, length, high * 0.20))
        hazard(canvas, stripe, high * 0.22, look.accent, look.ink)
    letters = Letters("bold", True, 0.06, 0.9)
    size = high * 0.46
    line = f"{cased(words, letters)}   ·   "
    wide, x = width_in(line, size, letters), -size
    tint = readable_on(look.accent, look)
    while x < length:
        canvas.drawPath(placed(shape_of(line, size, letters), x, high * 0.66), ink(tint))
        x += wide
    return picture


def _plain(look: Look) -> Style:
    return "mono_bold" if look.letters.style == "mono_bold" else "bold"


def _rows(shapes: list[skia.Path], size: float, indent: float = 0.0) -> list[tuple[skia.Path, float, float]]:
    return [(shape, indent * number, size * 1.04 * number) for number, shape in enumerate(shapes)]


def _shadow(canvas: skia.Canvas, shapes: list[skia.Path], widths: list[float], size: float, look: Look) -> None:
    for shape, x, y in _rows(shapes, size):
        deep(canvas, shape, x, y, size, look.ink, look.paper)
        # The lower half of each letter is shaded by dots.
        canvas.save()
        canvas.clipPath(placed(shape, x, y), True)
        area = skia.Rect.MakeLTRB(x, y - size * 0.42, x + max(widths), y + size * 0.05)
        dots(canvas, area, size / 13, look.accent, lambda a, b, foot=y: max(0.0, 0.95 + (b - foot) / (size * 0.36)))  # type: ignore[misc]
        canvas.restore()


def _stencil(canvas: skia.Canvas, shapes: list[skia.Path], widths: list[float], size: float, look: Look) -> None:
    for shape, x, y in _rows(shapes, size):
        letter = placed(shape, x, y)
        canvas.drawPath(placed(shape, x - size * 0.05, y + size * 0.06), ink(look.ink))
        canvas.save()
        # The bridges of a stencil, and the overspray round it.
        bridge = skia.Path()
        bridge.addRect(skia.Rect.MakeXYWH(-size, y - size * 0.40, max(widths) + 2 * size, size * 0.055))
        canvas.clipPath(bridge, skia.ClipOp.kDifference, True)
        canvas.drawPath(letter, outline(look.ink, size * 0.06))
        canvas.drawPath(letter, ink(look.paper))
        canvas.restore()


def _band(canvas: skia.Canvas, shapes: list[skia.Path], widths: list[float], size: float, look: Look) -> None:
    wide = max(widths) + size * 0.6
    for number, (shape, _, y) in enumerate(_rows(shapes, size)):
        left = (max(widths) - widths[number]) / 2
        top = y - size * 0.92
        plate = skia.Rect.MakeXYWH(-size * 0.3, top, wide, size * 1.10)
        canvas.drawRect(plate.makeOffset(-size * 0.05, size * 0.06), ink(look.ink))
        canvas.drawRect(plate, ink(look.ground))
        for edge in (top + size * 0.05, top + size * 0.99):
            canvas.drawRect(skia.Rect.MakeXYWH(-size * 0.3, edge, wide, size * 0.05), ink(look.accent))
        canvas.drawRect(plate, outline(look.ink, size * 0.035))
        canvas.drawPath(placed(shape, left, y), ink(look.ink))
        canvas.drawPath(placed(shape, left + size * 0.018, y - size * 0.018), outline(look.accent, size * 0.012))


def _sign(canvas: skia.Canvas, shapes: list[skia.Path], widths: list[float], size: float, look: Look) -> None:
    board = skia.Rect.MakeLTRB(
        -size * 0.36, -size * 0.98, max(widths) + size * 0.36, size * (1.04 * len(shapes) - 0.66)
    )
    canvas.drawRoundRect(board.makeOffset(0, size * 0.08), size * 0.16, size * 0.16, ink(look.ink, 0.6))
    canvas.drawRoundRect(board, size * 0.16, size * 0.16, ink(look.accent))
    canvas.drawRoundRect(
        board.makeInset(size * 0.06, size * 0.06), size * 0.12, size * 0.12, outline("#ffffff", size * 0.035)
    )
    for number, (shape, _, y) in enumerate(_rows(shapes, size)):
        canvas.drawPath(placed(shape, (max(widths) - widths[number]) / 2, y), ink("#ffffff"))


def _blinds(canvas: skia.Canvas, shapes: list[skia.Path], widths: list[float], size: float, look: Look) -> None:
    for shape, x, y in _rows(shapes, size):
        canvas.drawPath(placed(shape, x - size * 0.04, y + size * 0.05), ink(look.ink))
        canvas.drawPath(placed(shape, x, y), ink(look.paper))
        # Slits of shadow lie over the letters as over the wall.
        canvas.save()
        canvas.clipPath(placed(shape, x, y), True)
        for number in range(3):
            top = y - size * (0.20 + 0.20 * number)
            slit = skia.Rect.MakeXYWH(x, top, max(widths) + size, size * 0.035)
            canvas.drawRect(slit, ink(mixed(look.ground, look.second, 0.4)))
        canvas.restore()
    foot = size * (1.04 * len(shapes) - 0.80)
    canvas.drawRect(skia.Rect.MakeXYWH(0, foot, max(widths), size * 0.05), ink(look.accent))


def _screen(canvas: skia.Canvas, shapes: list[skia.Path], widths: list[float], size: float, look: Look) -> None:
    shift = size * 0.055
    if size > widths[0] / 12:
        sign = shape_of("PLAY ▶", size * 0.20, look.letters)
        canvas.drawPath(placed(sign, 0, -size * 0.86), ink(look.accent))
    for shape, x, y in _rows(shapes, size):
        canvas.drawPath(placed(shape, x + shift * 1.5, y + shift), ink(look.ink, 0.9))
        canvas.drawPath(placed(shape, x + shift, y), ink(look.second))
        canvas.drawPath(placed(shape, x - shift, y), ink(look.accent))
        canvas.drawPath(placed(shape, x, y), ink(look.paper))
        canvas.save()
        canvas.clipPath(placed(shape, x, y), True)
        step = max(2.0, size * 0.075)
        for number in range(int(size * 1.2 / step)):
            line = skia.Rect.MakeXYWH(-size, y - size + number * step, 40 * size, step * 0.32)
            canvas.drawRect(line, ink(look.ground, 0.35))
        canvas.restore()


def _outline(canvas: skia.Canvas, shapes: list[skia.Path], widths: list[float], size: float, look: Look) -> None:
    del widths
    for shape, x, y in _rows(shapes, size):
        canvas.drawPath(placed(shape, x - size * 0.06, y + size * 0.06), ink(look.accent))
        canvas.drawPath(placed(shape, x, y), ink(look.ground))
        canvas.drawPath(placed(shape, x, y), outline(look.paper, size * 0.045))


def _misprint(canvas: skia.Canvas, shapes: list[skia.Path], widths: list[float], size: float, look: Look) -> None:
    del widths
    for shape, x, y in _rows(shapes, size):
        canvas.drawPath(placed(shape, x, y), outline(look.ground, size * 0.16))
        for tint, off in ((look.accent, -0.030), (look.second, 0.030)):
            pen = ink(tint)
            pen.setBlendMode(skia.BlendMode.kMultiply)
            canvas.drawPath(placed(shape, x + off * size, y - off * size), pen)


_TREATED: dict[Plate, Drawn] = {
    "shadow": _shadow, "stencil": _stencil, "band": _band, "sign": _sign, "blinds": _blinds, "screen": _screen,
    "outline": _outline, "misprint": _misprint,
}  # fmt: skip
