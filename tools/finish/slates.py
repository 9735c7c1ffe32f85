"""The slate that is held before the lens: scene, shot and take, and why the take was not used, in chalk."""

import skia

from tools.finish.lettering import cased, fitted_in, placed, shape_of, width_in
from tools.finish.looks import Letters, Look
from tools.finish.text import Image, blank, drawable, ink, outline

_BOARD, _EDGE, _CHALK, _QUIET = "#1b1e22", "#3c4249", "#f1eee4", "#98a0a8"
_STRIPES = 7

_SMALL = Letters("bold", True, 0.08, 0.94)
_LARGE = Letters("mono_bold", True, 0.0, 0.92)
_WRITTEN = Letters("bold", False, 0.0, 0.96, 0.08)


def slate(show: str, cells: tuple[str, str, str], reason: str, wide: int, high: int, look: Look) -> Image:
    """Return the slate, `wide` by `high` pixels; `cells` are scene, shot and take."""
    picture, surface = blank(wide, high)
    canvas, unit = surface.getCanvas(), min(wide, high) / 100
    stick = high * 0.15
    _board(canvas, wide, high, stick, unit)
    _sticks(canvas, wide, stick, unit, look)
    left, room = unit * 6, wide - unit * 12
    y = stick * 2 + unit * 3
    y += _row(canvas, "production", show, left, y, room, unit * 7.5)
    canvas.drawLine(0, y, wide, y, outline(_EDGE, unit * 0.7))
    third = wide / 3
    for number, (name, said) in enumerate(zip(("scene", "shot", "take"), cells, strict=True)):
        x = third * number
        if number:
            canvas.drawLine(x, y, x, y + unit * 27, outline(_EDGE, unit * 0.7))
        _cell(canvas, name, said, x, y, third, unit)
    y += unit * 27
    canvas.drawLine(0, y, wide, y, outline(_EDGE, unit * 0.7))
    _reason(canvas, reason, left, y + unit * 2, room, high - y - unit * 5, unit, look)
    return picture


def _board(canvas: skia.Canvas, wide: int, high: int, stick: float, unit: float) -> None:
    board = skia.Rect.MakeLTRB(0, stick, wide, high)
    canvas.drawRoundRect(board, unit * 2, unit * 2, ink(_BOARD))
    canvas.drawRoundRect(board.makeInset(unit * 0.4, unit * 0.4), unit * 2, unit * 2, outline(_EDGE, unit * 0.8))


def _sticks(canvas: skia.Canvas, wide: int, stick: float, unit: float, look: Look) -> None:
    """Draw the lower stick on the board, and the upper one, still a little open."""
    for top, turn, lean in ((stick, 0.0, 1), (0.0, -2.2, -1)):
        canvas.save()
        canvas.rotate(turn, 0, stick)
        bar = skia.Rect.MakeXYWH(0, top + unit * 0.5, wide, stick - unit)
        canvas.clipRRect(skia.RRect.MakeRectXY(bar, unit, unit), True)
        canvas.drawRect(bar, ink(_CHALK))
        step = wide / _STRIPES
        for number in range(-1, _STRIPES + 1):
            x, path = number * step, skia.Path()
            slant = stick * 0.8 * lean
            corners = [(x, bar.bottom()), (x + step / 2, bar.bottom()), (x + step / 2 + slant, bar.top()),
                       (x + slant, bar.top())]  # fmt: skip
            path.addPoly([skia.Point(*corner) for corner in corners], True)
            canvas.drawPath(path, ink(look.accent if number == 0 and lean < 0 else _BOARD))
        canvas.restore()


def _row(canvas: skia.Canvas, name: str, said: str, left: float, y: float, room: float, size: float) -> float:
    """Write a name in small print and what it is beside it; return the height that both took."""
    label = cased(name, _SMALL)
    small = size * 0.5
    canvas.drawPath(placed(shape_of(label, small, _SMALL), left, y + size), ink(_QUIET))
    x = left + width_in(label, small, _SMALL) + size * 0.6
    lines, fit = fitted_in(drawable(said, "bold"), room - (x - left), size, 1, _WRITTEN)
    for line in lines[:1]:
        canvas.drawPath(placed(shape_of(line, fit, _WRITTEN), x, y + size), ink(_CHALK))
    return size * 1.55


def _cell(canvas: skia.Canvas, name: str, said: str, x: float, y: float, wide: float, unit: float) -> None:
    label = cased(name, _SMALL)
    canvas.drawPath(placed(shape_of(label, unit * 4.2, _SMALL), x + unit * 3, y + unit * 6), ink(_QUIET))
    lines, size = fitted_in(cased(said, _LARGE), wide - unit * 6, unit * 18, 1, _LARGE)
    for line in lines[:1]:
        left = x + (wide - width_in(line, size, _LARGE)) / 2
        canvas.drawPath(placed(shape_of(line, size, _LARGE), left, y + unit * 22.5), ink(_CHALK))


def _reason(
    canvas: skia.Canvas, reason: str, left: float, y: float, room: float, space: float, unit: float, look: Look
) -> None:
    if not reason:
        return
    size = unit * 7.5
    lines, size = fitted_in(drawable(reason, "bold"), room, size, 3, _WRITTEN)
    while len(lines) * size * 1.28 > space and size > unit * 3:
        lines, size = fitted_in(drawable(reason, "bold"), room, size * 0.9, 4, _WRITTEN)
    for number, line in enumerate(lines):
        path = placed(shape_of(line, size, _WRITTEN), left, y + size * (1.05 + 1.28 * number))
        canvas.drawPath(path, ink(_CHALK))
    canvas.drawLine(left, y + size * (0.4 + 1.28 * len(lines)), left + room * 0.22,
                    y + size * (0.36 + 1.28 * len(lines)), outline(look.accent, unit * 0.8))  # fmt: skip
