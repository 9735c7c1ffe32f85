"""Vehicles: cars from the side and from either end, inked, 4.6 m long and 1.45 m high; a patrol car with its badge."""

import math

from tools.video.brush import INK, Brush, Point, darker, lighter, mix
from tools.video.locations.strokes import hatch, ink, rounded

_GLASS = "#141d2c"
_SHINE = "#8ea6c4"
_CHROME = "#c4cbd4"


def car(
    brush: Brush, x: float, colour: str, patrol: str = "", lit: bool = False, unit: str = "4A10", facing: int = 1
) -> None:
    """Draw a car from the side, its middle at x, standing on h = 0.

    Args:
        brush: Where to draw, in metres.
        x: Metres across of the car's middle.
        colour: Of its paint.
        patrol: Words on its door; with any, it is a patrol car with a light bar, a push bar and a shield.
        lit: Whether its lamps are on.
        unit: The number on a patrol car's wing and boot.
        facing: 1 to the right, -1 to the left.
    """
    brush.shape(
        [(x - 2.7, -0.05), (x - 2.2, 0.05), (x + 2.2, 0.05), (x + 2.35, -0.04), (x - 0.6, -0.14), (x - 2.4, -0.11)],
        INK, 0.85,
    )  # fmt: skip
    brush.box(x - 1.9, 0.0, 3.8, 0.3, INK)
    canvas = brush.canvas
    canvas.save()
    canvas.translate(x, 0)
    canvas.scale(facing, 1)
    if patrol:
        _push_bar(brush)
    _body(brush, colour)
    if patrol:
        _white_doors(brush)
    _windows(brush, colour)
    _joints(brush, colour)
    for wheel in (-1.42, 1.43):
        _wheel(brush, wheel, bool(patrol))
    _lamps(brush, lit)
    if patrol:
        _light_bar(brush)
    canvas.restore()
    if patrol:
        _badge(brush, x, patrol, unit, facing)
    if lit:
        brush.glow(x + 2.6 * facing, 0.66, 1.0, "#ffe9b8", 0.9)
        brush.glow(x - 2.4 * facing, 0.7, 0.5, "#ff4a3d", 0.7)


_BODY: tuple[Point, ...] = (
    (-2.3, 0.34), (-2.36, 0.62), (-2.3, 0.88), (-2.1, 0.97), (-1.58, 1.0), (-1.02, 1.40), (-0.72, 1.46), (0.2, 1.47),
    (0.52, 1.41), (1.12, 1.0), (1.85, 0.93), (2.22, 0.84), (2.33, 0.68), (2.36, 0.5), (2.3, 0.3), (1.9, 0.24),
    (-1.9, 0.24),
)  # fmt: skip


def _body(brush: Brush, colour: str) -> None:
    """Shell in two tones: the flank that sees the sky, and below the crease its shadow."""
    rounded(brush, _BODY, 0.16, colour, edge=0.022)
    rounded(
        brush,
        [(-2.31, 0.36), (-2.35, 0.62), (-2.2, 0.63), (0.0, 0.56), (2.3, 0.60), (2.35, 0.5), (2.29, 0.3), (1.9, 0.24),
         (-1.9, 0.24)],
        0.06, darker(colour, 0.42),
    )  # fmt: skip
    brush.shape([(-2.28, 0.24), (-2.2, 0.34), (2.2, 0.33), (2.28, 0.24)], INK)
    # The sky lies on bonnet, roof and boot.
    pale = mix(colour, "#cfdcec", 0.55)
    brush.shape([(1.02, 1.0), (1.12, 1.0), (1.85, 0.93), (2.18, 0.85), (1.8, 0.885), (1.1, 0.945)], pale)
    brush.shape([(-0.98, 1.41), (-0.72, 1.46), (0.2, 1.47), (0.46, 1.42), (0.2, 1.435), (-0.7, 1.425)], pale)
    brush.shape([(-2.2, 0.93), (-2.08, 0.965), (-1.56, 1.0), (-1.5, 0.97), (-2.05, 0.925)], pale)
    ink(brush, [(2.28, 0.79), (1.2, 0.83), (-0.4, 0.82), (-2.3, 0.80)], 0.022, darker(colour, 0.6))
    ink(brush, [(2.1, 0.81), (1.0, 0.85), (-0.2, 0.84)], 0.02, lighter(colour, 0.4))


def _windows(brush: Brush, colour: str) -> None:
    """Glass is nearly black, with two hard streaks of sky across it."""
    rear = [(-1.44, 1.0), (-0.98, 1.35), (-0.72, 1.40), (-0.30, 1.41), (-0.30, 1.0)]
    front = [(-0.2, 1.0), (-0.2, 1.41), (0.18, 1.415), (0.46, 1.36), (0.93, 1.0)]
    for pane in (rear, front):
        rounded(brush, pane, 0.05, _GLASS, edge=0.016)
    for foot, wide, top in ((-1.06, 0.16, -0.80), (-0.86, 0.05, -0.60), (0.1, 0.2, 0.32), (0.38, 0.05, 0.5)):
        high = min(1.39, 1.36 - max(0.0, (top + wide - 0.3)) * 0.5)
        brush.shape([(foot, 1.02), (foot + wide, 1.02), (top + wide, high), (top, high)], _SHINE, 0.55)
    brush.shape([(-0.92, 1.02), (-0.62, 1.02), (-0.58, 1.2), (-0.66, 1.26), (-0.84, 1.26), (-0.92, 1.18)], INK)
    brush.shape([(0.16, 1.02), (0.42, 1.02), (0.42, 1.2), (0.36, 1.25), (0.24, 1.25), (0.16, 1.18)], INK)
    brush.line([(-0.25, 1.0), (-0.25, 1.41)], darker(colour, 0.35), 0.07)
    rounded(brush, [(0.86, 1.0), (0.84, 1.11), (1.0, 1.11), (1.02, 1.02)], 0.03, darker(colour, 0.25), edge=0.01)


def _joints(brush: Brush, colour: str) -> None:
    dark = darker(colour, 0.75)
    for line, width in (
        ([(-0.25, 0.98), (-0.27, 0.36)], 0.018), ([(0.98, 0.96), (1.02, 0.75), (0.92, 0.40)], 0.018),
        ([(-1.30, 0.97), (-1.22, 0.8), (-1.08, 0.66)], 0.016), ([(1.15, 0.98), (1.55, 0.945), (2.15, 0.84)], 0.012),
        ([(-2.1, 0.96), (-2.06, 0.82)], 0.012),
    ):  # fmt: skip
        ink(brush, line, width, dark)
    for handle in (-0.58, 0.42):
        brush.box(handle - 0.1, 0.865, 0.17, 0.035, _CHROME, round_=0.015)
        brush.box(handle - 0.1, 0.85, 0.17, 0.015, INK)
    rounded(brush, [(2.08, 0.42), (2.41, 0.44), (2.43, 0.54), (2.1, 0.52)], 0.03, darker(_CHROME, 0.3), edge=0.01)
    rounded(brush, [(-2.1, 0.42), (-2.41, 0.44), (-2.42, 0.54), (-2.1, 0.52)], 0.03, darker(_CHROME, 0.35), edge=0.01)


def _wheel(brush: Brush, x: float, steel: bool) -> None:
    brush.disc(x, 0.36, 0.43, INK)
    brush.disc(x, 0.33, 0.34, "#15171d")
    brush.line(
        [(x + 0.29 * math.cos(a / 10), 0.33 + 0.29 * math.sin(a / 10)) for a in range(4, 17)], "#3a404b", 0.025
    )  # fmt: skip
    brush.disc(x, 0.33, 0.215, "#4b515c" if steel else "#7c8591")
    brush.disc(x + 0.015, 0.34, 0.19, "#787f8b" if steel else "#b9c1cb")
    for spoke in range(5):
        a = spoke * 1.2566 + 0.5
        dx, dh = math.cos(a), math.sin(a)
        ink(brush, [(x + 0.19 * dx, 0.33 + 0.19 * dh), (x + 0.08 * dx, 0.33 + 0.08 * dh)], 0.06, "#23272f", 0.4)
    brush.disc(x, 0.33, 0.07, "#2a2e37")
    brush.disc(x + 0.015, 0.345, 0.04, "#c4cbd4")


def _lamps(brush: Brush, lit: bool) -> None:
    front = "#fff6d8" if lit else "#d7dde2"
    rounded(brush, [(2.02, 0.68), (2.06, 0.79), (2.24, 0.78), (2.33, 0.66)], 0.03, front, edge=0.012)
    brush.box(1.9, 0.66, 0.1, 0.05, "#e09a3a")
    rounded(
        brush, [(-2.34, 0.64), (-2.31, 0.84), (-2.12, 0.84), (-2.16, 0.64)], 0.03,
        "#ff5148" if lit else "#a82a30", edge=0.012,
    )  # fmt: skip


def _push_bar(brush: Brush) -> None:
    for h in (0.5, 0.72):
        brush.line([(2.2, h), (2.52, h)], INK, 0.06)
    brush.line([(2.5, 0.36), (2.52, 0.86)], INK, 0.09)
    brush.line([(2.51, 0.4), (2.53, 0.84)], "#4d5563", 0.025)


def _white_doors(brush: Brush) -> None:
    rounded(
        brush, [(-1.28, 0.95), (-1.1, 0.66), (-1.0, 0.36), (0.92, 0.36), (1.02, 0.72), (0.97, 0.97)], 0.05, "#e6e9ec"
    )
    brush.shape([(-1.06, 0.56), (-1.0, 0.36), (0.92, 0.36), (0.96, 0.57), (0.0, 0.55)], "#a3adba")
    brush.shape([(-2.3, 0.72), (-1.16, 0.75), (-1.1, 0.70), (-2.3, 0.66)], "#d8a83e")
    brush.shape([(1.02, 0.74), (2.05, 0.71), (2.04, 0.66), (1.01, 0.69)], "#d8a83e")


def _badge(brush: Brush, x: float, patrol: str, unit: str, facing: int) -> None:
    """The words, upright whichever way the car looks."""
    brush.text(patrol, x - 0.62 * facing, 0.57, 0.21, "#1c2844", 0.74)
    _shield(brush, x + 0.36 * facing, 0.62, 0.34)
    brush.text(unit, x + 1.52 * facing, 0.80, 0.085, "#e6e9ec")
    brush.text(unit, x - 1.9 * facing, 0.80, 0.10, "#e6e9ec")


def _shield(brush: Brush, x: float, h: float, size: float) -> None:
    """A gold shield with a star, its middle at (x, h)."""
    half = size / 2
    outline = [
        (x - half, h + half * 0.8), (x, h + half), (x + half, h + half * 0.8), (x + half * 0.8, h - half * 0.4),
        (x, h - half), (x - half * 0.8, h - half * 0.4),
    ]  # fmt: skip
    brush.edged(outline, "#d8a83e", size * 0.07)
    star = []
    for point in range(10):
        reach = half * (0.62 if point % 2 == 0 else 0.26)
        star.append((x + reach * math.sin(point * 0.6283), h + reach * math.cos(point * 0.6283)))
    brush.shape(star, "#22304c")


def _light_bar(brush: Brush) -> None:
    brush.box(-0.62, 1.45, 1.12, 0.06, INK)
    for left, tint in ((-0.6, "#c8283a"), (-0.04, "#2b58d0")):
        rounded(brush, [(left, 1.5), (left + 0.03, 1.62), (left + 0.49, 1.62), (left + 0.52, 1.5)], 0.03, tint, 0.014)
        brush.box(left + 0.1, 1.575, 0.3, 0.02, lighter(tint, 0.6), 0.9)
    brush.box(-0.09, 1.5, 0.06, 0.12, "#d9dde2")
    ink(brush, [(-1.9, 0.98), (-2.0, 2.0)], 0.02, end=0.4)
    brush.disc(0.98, 1.06, 0.05, "#2a2e37")


def car_end(
    brush: Brush,
    x: float,
    colour: str,
    rear: bool = False,
    lit: bool = False,
    patrol: bool = False,
    plate: str = "B1-RD",
) -> None:
    """Draw a car from before or behind, 1.8 m wide, its middle at x; `lit` for its lamps, `patrol` for a light bar."""
    brush.shape([(x - 1.25, -0.05), (x - 0.9, 0.3), (x + 0.9, 0.3), (x + 0.95, -0.03), (x - 0.6, -0.09)], INK, 0.85)
    for wheel in (-0.72, 0.72):
        rounded(brush, [(x + wheel - 0.13, 0), (x + wheel + 0.13, 0), (x + wheel + 0.13, 0.5), (x + wheel - 0.13, 0.5)],
                0.06, "#14161c", edge=0.012)  # fmt: skip
    roof = [(x - 0.86, 0.9), (x - 0.62, 1.38), (x - 0.45, 1.46), (x + 0.45, 1.46), (x + 0.62, 1.38), (x + 0.86, 0.9)]
    rounded(brush, roof, 0.12, colour, edge=0.022)
    glass = [(x - 0.72, 0.96), (x - 0.54, 1.36), (x + 0.54, 1.36), (x + 0.72, 0.96)]
    rounded(brush, glass, 0.06, _GLASS, edge=0.014)
    brush.shape([(x - 0.1, 0.98), (x + 0.18, 0.98), (x + 0.36, 1.34), (x + 0.12, 1.34)], _SHINE, 0.55)
    for seat in (-0.36, 0.36):
        rounded(
            brush,
            [(x + seat - 0.14, 0.97), (x + seat + 0.14, 0.97), (x + seat + 0.11, 1.2), (x + seat - 0.11, 1.2)],
            0.06,
            INK,
        )
    body = [(x - 0.9, 0.28), (x - 0.93, 0.7), (x - 0.86, 0.95), (x + 0.86, 0.95), (x + 0.93, 0.7), (x + 0.9, 0.28)]
    rounded(brush, body, 0.1, colour, edge=0.022)
    brush.shape([(x - 0.9, 0.3), (x - 0.92, 0.56), (x + 0.92, 0.56), (x + 0.9, 0.3)], darker(colour, 0.45))
    brush.shape([(x - 0.82, 0.89), (x - 0.8, 0.94), (x + 0.82, 0.94), (x + 0.8, 0.91)], mix(colour, "#cfdcec", 0.5))
    brush.shape([(x - 0.84, 0.2), (x - 0.88, 0.32), (x + 0.88, 0.32), (x + 0.84, 0.2)], INK)
    rounded(brush, [(x - 0.95, 0.36), (x - 0.95, 0.5), (x + 0.95, 0.5), (x + 0.95, 0.36)], 0.05,
            darker(_CHROME, 0.25), edge=0.012)  # fmt: skip
    brush.edged([(x - 0.2, 0.37), (x - 0.2, 0.5), (x + 0.2, 0.5), (x + 0.2, 0.37)], "#e8e2cc", 0.012)
    brush.text(plate, x, 0.40, 0.085, "#1c2844")
    if not rear:
        brush.edged([(x - 0.42, 0.58), (x - 0.46, 0.78), (x + 0.46, 0.78), (x + 0.42, 0.58)], INK, 0.012)
        hatch(brush, [(x - 0.4, 0.6), (x - 0.44, 0.76), (x + 0.44, 0.76), (x + 0.4, 0.6)], 0.07, 0.03, _CHROME, 40)
    for side in (-1, 1):
        tint = ("#ff5148" if lit else "#9c2730") if rear else ("#fff6d8" if lit else "#d7dde2")
        a, b = x + side * 0.56, x + side * 0.88
        rounded(brush, [(a, 0.6), (a, 0.78), (b, 0.80), (b, 0.62)], 0.05, tint, edge=0.014)
        if lit:
            brush.glow(x + side * 0.72, 0.7, 0.45, "#ff4a3d" if rear else "#fff0cc", 0.9)
    if patrol:
        brush.box(x - 0.6, 1.46, 1.2, 0.05, INK)
        for left, tint in ((-0.58, "#c8283a"), (0.04, "#2b58d0")):
            rounded(brush, [(x + left, 1.5), (x + left, 1.62), (x + left + 0.54, 1.62), (x + left + 0.54, 1.5)], 0.03,
                    tint, edge=0.014)  # fmt: skip
        for post in (-0.34, 0.34):
            brush.line([(x + post, 0.3), (x + post, 0.84)], INK, 0.07)
        brush.line([(x - 0.5, 0.68), (x + 0.5, 0.68)], INK, 0.06)
