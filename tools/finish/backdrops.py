"""Backdrops: the drawn grounds of the cards, one scene for each look, in flat colours and ink."""

import math
from collections.abc import Callable

import numpy as np
import skia

from tools.finish.looks import Look, Texture
from tools.finish.text import Image, blank, colour, ink, outline


def backdrop(look: Look, width: int, height: int, seed: int, quiet: bool = False) -> Image:
    """Return the ground of a card as a BGRA picture without holes; a quiet one lets small letters be read on it."""
    rng = np.random.default_rng(seed)
    pixels, surface = blank(width, height)
    canvas = surface.getCanvas()
    canvas.clear(colour(look.ground))
    _SCENES[look.texture](canvas, look, width, height, rng)
    if quiet:
        canvas.drawRect(skia.Rect.MakeWH(width, height), ink(look.ground, 0.72))
    return pixels


def mixed(first: str, second: str, share: float) -> str:
    """Return a colour between two; `share` of the second."""
    parts = [(int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def readable_on(ground: str, look: Look) -> str:
    """Return whichever of the look's inks stands out more on a colour."""
    return max((look.ink, look.paper, "#ffffff"), key=lambda tint: abs(_light(tint) - _light(ground)))


def _light(tint: str) -> float:
    red, green, blue = (int(tint[i : i + 2], 16) for i in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue


def dots(canvas: skia.Canvas, area: skia.Rect, step: float, tint: str, size: Callable[[float, float], float]) -> None:
    """Lay a halftone over an area: dots on a slanted grid, each `size(x, y)` of its cell wide, 0 to 1."""
    pen, half = ink(tint), step / 2
    row, y = 0, area.top()
    while y < area.bottom() + step:
        x = area.left() + (half if row % 2 else 0)
        while x < area.right() + step:
            radius = size(x, y) * step * 0.56
            if radius > 0.3:
                canvas.drawCircle(x, y, radius, pen)
            x += step
        y += half
        row += 1


def town(
    canvas: skia.Canvas, rng: np.random.Generator, width: int, base: float, unit: float, tint: str, lit: str
) -> None:
    """Draw a row of roofs that stands on `base`, with water towers, masts and a few lit windows (`lit`, or none)."""
    fill, lamp = ink(tint), ink(lit) if lit else None
    left = -unit * rng.uniform(0, 1)
    while left < width:
        wide, high = unit * rng.uniform(0.6, 1.25), unit * rng.uniform(0.45, 1.6)
        top = base - high
        canvas.drawRect(skia.Rect.MakeLTRB(left, top, left + wide, base + unit * 4), fill)
        kind = int(rng.integers(0, 5))
        if kind == 0:
            _poly(
                canvas, fill, (left - unit * 0.05, top), (left + wide / 2, top - wide * 0.42), (left + wide * 1.05, top)
            )
        elif kind == 1:
            _tower(canvas, fill, left + wide * 0.5, top, unit * 0.26)
        elif kind == 2:
            canvas.drawRect(skia.Rect.MakeXYWH(left + wide * 0.7, top - unit * 0.5, unit * 0.03, unit * 0.5), fill)
            canvas.drawRect(skia.Rect.MakeXYWH(left + wide * 0.6, top - unit * 0.36, unit * 0.24, unit * 0.03), fill)
        else:
            canvas.drawRect(skia.Rect.MakeXYWH(left + wide * 0.12, top - unit * 0.12, wide * 0.3, unit * 0.12), fill)
        if lamp is not None:
            _windows(canvas, rng, left, top, wide, high, unit, lamp)
        left += wide * rng.uniform(0.96, 1.12)


def _windows(
    canvas: skia.Canvas, rng: np.random.Generator, left: float, top: float, wide: float, high: float, unit: float,
    lamp: skia.Paint,
) -> None:  # fmt: skip
    columns, rows = max(1, int(wide / (unit * 0.24))), max(1, int(high / (unit * 0.30)))
    for column in range(columns):
        for row in range(rows):
            if rng.random() < 0.17:
                x, y = left + unit * (0.09 + 0.24 * column), top + unit * (0.14 + 0.30 * row)
                canvas.drawRect(skia.Rect.MakeXYWH(x, y, unit * 0.10, unit * 0.15), lamp)


def _tower(canvas: skia.Canvas, fill: skia.Paint, x: float, base: float, size: float) -> None:
    for leg in (-0.7, 0.0, 0.7):
        canvas.drawRect(
            skia.Rect.MakeXYWH(x + leg * size - size * 0.06, base - size * 1.2, size * 0.12, size * 1.2), fill
        )
    canvas.drawRect(skia.Rect.MakeXYWH(x - size, base - size * 2.5, 2 * size, size * 1.4), fill)
    _poly(
        canvas, fill, (x - size * 1.12, base - size * 2.5), (x, base - size * 3.3), (x + size * 1.12, base - size * 2.5)
    )


def _poly(canvas: skia.Canvas, paint: skia.Paint, *points: tuple[float, float]) -> None:
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in points], True)
    canvas.drawPath(path, paint)


# ---- one scene for each texture --------------------------------------------------------------------------------------


def _halftone(canvas: skia.Canvas, look: Look, width: int, height: int, rng: np.random.Generator) -> None:
    """A moon (or a sun) behind the roofs, both broken into dots."""
    small, step = min(width, height), min(width, height) / 46
    x, y, radius = width * 0.74, height * 0.34, small * 0.31
    disc = mixed(look.ground, look.second if look.light_ground else look.paper, 0.9 if look.light_ground else 0.82)
    glow = mixed(look.ground, look.second if look.light_ground else look.accent, 0.34)
    whole = skia.Rect.MakeWH(width, height)
    dots(
        canvas,
        whole,
        step,
        glow,
        lambda a, b: max(0.0, 1.0 - (math.hypot(a - x, b - y) - radius) / (small * 0.55)) * 0.8,
    )
    canvas.drawCircle(x, y, radius, ink(disc))
    shade = mixed(disc, look.accent, 0.45)

    def shaded(a: float, b: float) -> float:
        inside = math.hypot(a - x, b - y) < radius * 0.97
        return 0.75 * max(0.0, (x - a + b - y) / radius) if inside else 0.0

    dots(canvas, skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius), step, shade, shaded)
    for row, share in enumerate((0.30, 0.14, 0.0)):
        tint = mixed(look.ink, look.ground, share + (0.25 if not look.light_ground else 0.1) * (2 - row))
        town(canvas, rng, width, height * (0.80 + 0.09 * row), small * (0.16 + 0.05 * row), tint,
             look.accent if row and not look.light_ground else "")  # fmt: skip


def _lines(canvas: skia.Canvas, look: Look, width: int, height: int, rng: np.random.Generator) -> None:
    """A street lamp and its cone of light in three flat tones, hatched."""
    small = min(width, height)
    x, y = width * 0.80, height * 0.10
    for reach, share in ((1.00, 0.16), (0.70, 0.32), (0.42, 0.55)):
        tint = mixed(look.ground, look.accent, share)
        _poly(canvas, ink(tint), (x - small * 0.03, y), (x + small * 0.03, y), (x + small * 0.62 * reach, height),
              (x - small * 0.78 * reach, height))  # fmt: skip
    town(
        canvas,
        rng,
        width,
        height * 0.86,
        small * 0.17,
        mixed(look.ink, look.ground, 0.45),
        mixed(look.ground, look.accent, 0.8),
    )
    town(canvas, rng, width, height * 0.98, small * 0.2, look.ink, "")
    pen = outline(look.ink, small * 0.004, 0.7)
    for number in range(46):
        at = width * number / 46 + rng.uniform(-4, 4)
        canvas.drawLine(at, 0, at - height * 0.10, height * float(rng.uniform(0.02, 0.16)), pen)
    post = x + small * 0.22
    canvas.drawLine(post, height, post, y * 0.6, outline(look.ink, small * 0.022))
    canvas.drawLine(post, y * 0.6, x, y * 0.8, outline(look.ink, small * 0.016))
    _poly(canvas, ink(look.ink), (x - small * 0.06, y), (x + small * 0.06, y), (x + small * 0.035, y - small * 0.04),
          (x - small * 0.035, y - small * 0.04))  # fmt: skip
    canvas.drawRect(skia.Rect.MakeXYWH(x - small * 0.045, y, small * 0.09, small * 0.012), ink(look.paper))


def _rays(canvas: skia.Canvas, look: Look, width: int, height: int, rng: np.random.Generator) -> None:
    """A noon sun with rays over a flat horizon."""
    small, x, y = min(width, height), width * 0.5, height * 0.58
    ray = ink(mixed(look.ground, look.accent, 0.28))
    far = float(width + height)
    for number in range(0, 32, 2):
        first, last = (2 * math.pi * (number + part) / 32 for part in (0.0, 1.0))
        _poly(canvas, ray, (x, y), (x + far * math.cos(first), y + far * math.sin(first)),
              (x + far * math.cos(last), y + far * math.sin(last)))  # fmt: skip
    canvas.drawCircle(x, y, small * 0.36, ink(look.accent))
    canvas.drawCircle(x, y, small * 0.30, ink(mixed(look.accent, look.ground, 0.35)))
    canvas.drawRect(skia.Rect.MakeLTRB(0, height * 0.80, width, height), ink(mixed(look.ground, look.ink, 0.55)))
    mesa = ink(mixed(look.second, look.ink, 0.25))
    for at, wide, high in ((0.02, 0.22, 0.17), (0.70, 0.17, 0.12), (0.84, 0.24, 0.21)):
        left, right, top = width * at, width * (at + wide), height * (0.80 - high)
        _poly(
            canvas,
            mesa,
            (left, height * 0.80),
            (left + small * 0.05, top),
            (right - small * 0.05, top),
            (right, height * 0.80),
        )
    town(canvas, rng, width, height * 0.84, small * 0.10, look.ink, "")
    pole = outline(look.ink, small * 0.010)
    for number in range(5):
        at = width * (0.06 + 0.22 * number)
        canvas.drawLine(at, height * 0.90, at, height * 0.64, pole)
        canvas.drawLine(at - small * 0.04, height * 0.67, at + small * 0.04, height * 0.67, pole)
    canvas.drawRect(skia.Rect.MakeLTRB(0, height * 0.885, width, height), ink(look.ink))


def _blinds(canvas: skia.Canvas, look: Look, width: int, height: int, rng: np.random.Generator) -> None:
    """Light that falls through a blind on a wall, and a town that is only an edge."""
    small = min(width, height)
    canvas.save()
    canvas.rotate(-9, width * 0.66, height * 0.4)
    high = small * 0.052
    for number in range(9):
        top = height * 0.02 + number * high * 1.75
        left, right = width * 0.40 + number * high * 0.5, width * 1.05
        light = mixed(look.ground, look.second, 0.62 - 0.045 * number)
        canvas.drawRect(skia.Rect.MakeLTRB(left, top, right, top + high), ink(light))
        frayed = skia.Rect.MakeLTRB(left - small * 0.16, top, left + small * 0.16, top + high)
        dots(canvas, frayed, small / 60, look.ground, _fraying(left, small * 0.16))
    for at in (0.62, 0.90):
        canvas.drawLine(width * at, -height * 0.1, width * at, height * 0.92, outline(look.ground, small * 0.006))
    canvas.restore()
    town(canvas, rng, width, height * 0.98, small * 0.19, look.ink, "")
    _stranger(canvas, ink(look.ink), width * 0.86, height * 1.02, small * 0.075)


def _stranger(canvas: skia.Canvas, fill: skia.Paint, x: float, foot: float, unit: float) -> None:
    """A man with a hat, whom nobody called."""
    canvas.drawCircle(x, foot - unit * 4.4, unit * 0.62, fill)
    canvas.drawRoundRect(skia.Rect.MakeXYWH(x - unit * 1.15, foot - unit * 4.75, unit * 2.3, unit * 0.22), 3, 3, fill)
    canvas.drawRoundRect(
        skia.Rect.MakeXYWH(x - unit * 0.66, foot - unit * 5.45, unit * 1.32, unit * 0.8), unit * 0.2, unit * 0.2, fill
    )
    neck, shoulder = foot - unit * 4.2, foot - unit * 3.4
    _poly(canvas, fill, (x - unit * 0.35, neck), (x + unit * 0.35, neck), (x + unit * 1.35, shoulder),
          (x + unit * 1.6, foot), (x - unit * 1.6, foot), (x - unit * 1.35, shoulder))  # fmt: skip


def _fraying(edge: float, reach: float) -> Callable[[float, float], float]:
    return lambda across, _: max(0.0, 1 - abs(across - edge) / reach)


def _scanlines(canvas: skia.Canvas, look: Look, width: int, height: int, rng: np.random.Generator) -> None:
    """A sun cut into strips over a town, on a worn tape."""
    small, x, y = min(width, height), width * 0.5, height * 0.52
    radius = small * 0.37
    for band in range(14):
        tint = mixed(look.second, "#ffb14a", 1 - band / 13)
        top, bottom = y - radius + 2 * radius * band / 14, y - radius + 2 * radius * (band + 1) / 14
        gap = (bottom - top) * max(0.0, (band - 4) / 16)
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(0, top, width, bottom - gap))
        canvas.drawCircle(x, y, radius, ink(tint))
        canvas.restore()
    town(canvas, rng, width, height * 0.84, small * 0.17, mixed(look.ground, look.second, 0.22), look.accent)
    town(canvas, rng, width, height * 0.99, small * 0.19, look.ink, "")
    step = max(2.0, height / 180)
    line = ink(look.ink, 0.36)
    for number in range(int(height / step) + 1):
        canvas.drawRect(skia.Rect.MakeXYWH(0, number * step, width, step * 0.45), line)
    # The head switches at the foot of every taped picture.
    foot = height * 0.965
    for _ in range(70):
        left, top = rng.uniform(-0.1, 1.0) * width, foot + rng.uniform(0, 0.03) * height
        tint = look.paper if rng.random() < 0.5 else look.accent
        canvas.drawRect(skia.Rect.MakeXYWH(left, top, rng.uniform(0.01, 0.09) * width, step * 0.6), ink(tint, 0.6))


def _fog(canvas: skia.Canvas, look: Look, width: int, height: int, rng: np.random.Generator) -> None:
    """A harbour in banks of fog: cranes, a light, the water."""
    small = min(width, height)
    x, y = width * 0.20, height * 0.40
    for spread, share in ((0.34, 0.14), (0.16, 0.26)):
        _poly(canvas, ink(mixed(look.ground, look.paper, share)), (x, y), (width * 1.1, y - height * spread),
              (width * 1.1, y + height * spread * 0.5))  # fmt: skip
    for row in range(4):
        base = height * (0.62 + 0.10 * row)
        tint = mixed(look.second, look.ground, 0.30 + 0.22 * row)
        town(canvas, rng, width, base, small * (0.10 + 0.035 * row), tint, "")
        bank = skia.Path()
        bank.moveTo(0, base + small * 0.05)
        for number in range(9):
            at = width * (number + 1) / 9
            bank.quadTo(at - width / 18, base - small * float(rng.uniform(0.0, 0.06)), at, base + small * 0.03)
        bank.lineTo(width, height)
        bank.lineTo(0, height)
        bank.close()
        canvas.drawPath(bank, ink(mixed(look.second, look.ground, 0.52 + 0.16 * row)))
    pen = outline(look.ink, small * 0.012)
    for at, high in ((0.70, 0.46), (0.88, 0.38)):
        foot, left = height * 0.94, width * at
        top = foot - height * high
        canvas.drawLine(left, foot, left, top, pen)
        canvas.drawLine(left + small * 0.07, foot, left + small * 0.07, top + small * 0.05, pen)
        canvas.drawLine(left - small * 0.22, top + small * 0.02, left + small * 0.16, top, pen)
        canvas.drawLine(
            left - small * 0.18,
            top + small * 0.02,
            left - small * 0.18,
            top + small * 0.16,
            outline(look.ink, small * 0.005),
        )
    lamp = y + small * 0.04
    _poly(canvas, ink(look.ink), (x - small * 0.05, height), (x - small * 0.03, lamp), (x + small * 0.03, lamp),
          (x + small * 0.05, height))  # fmt: skip
    canvas.drawRect(
        skia.Rect.MakeXYWH(x - small * 0.034, y - small * 0.04, small * 0.068, small * 0.08), ink(look.paper)
    )
    canvas.drawRect(
        skia.Rect.MakeXYWH(x - small * 0.045, y - small * 0.065, small * 0.09, small * 0.028), ink(look.accent)
    )
    canvas.drawRect(skia.Rect.MakeLTRB(0, height * 0.955, width, height), ink(look.ink))


_SCENES: dict[Texture, Callable[[skia.Canvas, Look, int, int, np.random.Generator], None]] = {
    "halftone": _halftone, "lines": _lines, "rays": _rays, "blinds": _blinds, "scanlines": _scanlines, "fog": _fog,
}  # fmt: skip
