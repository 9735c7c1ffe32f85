"""Forms: round shapes with one hard shadow, limbs that taper and ink that goes from thick to thin."""

import functools
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import skia

from tools.video.brush import Brush, Point, darker

INK = "#0b0d14"
"""What a comic artist's lines are drawn with."""
SHADE = 0.34
"""Share of its colour that a form loses where the light does not come."""


@contextmanager
def placed(
    brush: Brush, x: float, h: float, scale: float = 1.0, degrees: float = 0.0, flip: bool = False
) -> Iterator[None]:
    """Draw inside round (x, h), `scale` times as large, turned clockwise and, if asked, mirrored."""
    canvas = brush.canvas
    canvas.save()
    canvas.translate(x, -h)
    if degrees:
        canvas.rotate(degrees)
    canvas.scale(-scale if flip else scale, scale)
    try:
        yield
    finally:
        canvas.restore()


@contextmanager
def clipped(brush: Brush, points: Sequence[Point], widths: tuple[float, float] | None = None) -> Iterator[None]:
    """Draw only within a soft shape, or within a limb along the points where its widths are given."""
    path = curve_of(tuple(points)) if widths is None else _stroke(tuple(points), *widths)
    brush.canvas.save()
    brush.canvas.clipPath(path, skia.ClipOp.kIntersect, True)
    try:
        yield
    finally:
        brush.canvas.restore()


@functools.lru_cache(maxsize=4096)
def curve_of(points: tuple[Point, ...], closed: bool = True) -> skia.Path:
    """Return a soft curve that goes through all (x, h) points; a point given twice is a corner."""
    path, count = skia.Path(), len(points)
    path.moveTo(points[0][0], -points[0][1])
    for number in range(count if closed else count - 1):
        a = points[(number - 1) % count] if closed else points[max(number - 1, 0)]
        b, c = points[number], points[(number + 1) % count]
        d = points[(number + 2) % count] if closed else points[min(number + 2, count - 1)]
        # Catmull and Rom's curve, as the cubic that skia draws.
        one = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6) if a != b and b != c else b
        two = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6) if c != d and b != c else c
        path.cubicTo(one[0], -one[1], two[0], -two[1], c[0], -c[1])
    if closed:
        path.close()
    return path


def solid(brush: Brush, path: skia.Path, colour: str, depth: float = 0.04, shade: float = SHADE) -> None:
    """Fill a path, with a hard shadow `depth` units wide along its left and lower edge."""
    canvas = brush.canvas
    if depth <= 0:
        canvas.drawPath(path, brush.paint(colour))
        return
    canvas.drawPath(path, brush.paint(darker(colour, shade)))
    canvas.save()
    canvas.clipPath(path, skia.ClipOp.kIntersect, True)
    canvas.translate(depth, -depth * 0.8)
    canvas.drawPath(path, brush.paint(colour))
    canvas.restore()


def form(brush: Brush, points: Sequence[Point], colour: str, depth: float = 0.04, shade: float = SHADE) -> None:
    """Fill a soft shape through the points, with a hard shadow on its left and below."""
    solid(brush, curve_of(tuple(points)), colour, depth, shade)


def ball(
    brush: Brush,
    x: float,
    h: float,
    width: float,
    height: float,
    colour: str,
    depth: float = 0.04,
    shade: float = SHADE,
) -> None:
    """Fill an ellipse round its middle, with a hard shadow on its left and below."""
    path = skia.Path()
    path.addOval(skia.Rect.MakeXYWH(x - width / 2, -h - height / 2, width, height))
    solid(brush, path, colour, depth, shade)


def limb(
    brush: Brush, points: Sequence[Point], widths: tuple[float, float], colour: str, depth: float = 0.02,
    shade: float = SHADE,
) -> None:  # fmt: skip
    """Draw a bent limb that tapers from the first width to the second, with round ends."""
    solid(brush, _stroke(tuple(points), widths[0], widths[1]), colour, depth, shade)


def ink(brush: Brush, points: Sequence[Point], thick: float = 0.018, colour: str = INK, alpha: float = 1.0) -> None:
    """Draw a soft line through the points that is thick at its start and thin at its end."""
    brush.canvas.drawPath(_stroke(tuple(points), thick, thick * 0.3), brush.paint(colour, alpha))


@functools.lru_cache(maxsize=4096)
def _stroke(points: tuple[Point, ...], first: float, last: float) -> skia.Path:
    spine = _along(points)
    left: list[Point] = []
    right: list[Point] = []
    for number, (x, h) in enumerate(spine):
        before, after = spine[max(number - 1, 0)], spine[min(number + 1, len(spine) - 1)]
        dx, dh = after[0] - before[0], after[1] - before[1]
        long = math.hypot(dx, dh) or 1.0
        half = (first + (last - first) * number / max(len(spine) - 1, 1)) / 2
        left.append((x - dh / long * half, h + dx / long * half))
        right.append((x + dh / long * half, h - dx / long * half))
    outline = left + right[::-1]
    path = skia.Path()
    path.addPoly([skia.Point(x, -h) for x, h in outline], True)
    # Both ends go round the same way as the outline: where they overlap nothing is cut out.
    turned = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(outline, outline[1:] + outline[:1], strict=True))
    way = skia.PathDirection.kCCW if turned > 0 else skia.PathDirection.kCW
    for (x, h), width in ((spine[0], first), (spine[-1], last)):
        path.addCircle(x, -h, width / 2, way)
    return path


def _along(points: tuple[Point, ...]) -> list[Point]:
    """Return the points of a soft curve through the given ones, four to a part."""
    if len(points) == 2:
        return list(points)
    spine: list[Point] = []
    for number in range(len(points) - 1):
        a, b = points[max(number - 1, 0)], points[number]
        c, d = points[number + 1], points[min(number + 2, len(points) - 1)]
        for part in range(5):
            t = part / 5
            spine.append((_rom(a[0], b[0], c[0], d[0], t), _rom(a[1], b[1], c[1], d[1], t)))
    return [*spine, points[-1]]


def _rom(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def eye(
    brush: Brush, x: float, h: float, radius: float, lid: float = 0.3, look: Point = (0.25, -0.05),
        skin: str = "#8d9199",
    white: str = "#f6f1e4",
) -> None:  # fmt: skip
    """Draw an eye whose upper lid hides `lid` (0 to 1) of it: half shut it is not impressed."""
    if lid >= 0.95:
        brush.disc(x, h, radius, skin)
        ink(brush, [(x - radius, h), (x, h - radius * 0.5), (x + radius, h)], radius * 0.4)
        return
    brush.disc(x, h, radius, white)
    brush.disc(x + look[0] * radius, h + look[1] * radius, radius * 0.58, "#14110f")
    brush.disc(x + (look[0] + 0.2) * radius, h + (look[1] + 0.28) * radius, radius * 0.18, "#ffffff")
    cut = h + radius * (1 - 2 * lid)
    canvas = brush.canvas
    canvas.save()
    canvas.clipRect(
        skia.Rect.MakeLTRB(x - 2 * radius, -h - 2 * radius, x + 2 * radius, -cut), skia.ClipOp.kIntersect, True
    )
    brush.disc(x, h, radius * 1.1, skin)
    canvas.restore()
    half = math.sqrt(max(radius**2 - (cut - h) ** 2, 0.01 * radius**2)) * 1.12
    ink(brush, [(x + half, cut), (x, cut + radius * 0.06), (x - half, cut - radius * 0.08)], radius * 0.34)
