"""A nib: the quick pen that figures are inked with; heights go upwards, and each colour's paint is made once."""

import functools
import math
from collections.abc import Iterable, Sequence

import skia

from tools.video.brush import Brush, Point, darker, mix, rgb

INK = "#0b0d14"
_NORMALS = 1e-6


class Nib:
    """Draws flat forms with one hard shadow and ink that swells and thins.

    The canvas must stand with heights upwards (`canvas.scale(1, -1)`); lengths are in whatever unit it is scaled to.
    """

    def __init__(self, brush: Brush, pixels: float) -> None:
        """Take a brush for its canvas and its fog, and the pixels that one metre covers."""
        self.canvas = brush.canvas
        self.pixels = pixels
        self.fine = pixels > 150
        """Whether small lines can be seen at all."""
        self._brush = brush
        self._fills: dict[str, skia.Paint] = {}
        self._pens: dict[tuple[str, float], skia.Paint] = {}

    def paint(self, colour: str) -> skia.Paint:
        """Return the fill of a colour."""
        made = self._fills.get(colour)
        if made is None:
            made = self._fills[colour] = _paint(colour, self._brush.fog, round(self._brush.haze, 3))
        return made

    def fill(self, path: skia.Path, colour: str) -> None:
        """Fill a path."""
        self.canvas.drawPath(path, self.paint(colour))

    def veil(self, path: skia.Path, colour: str, share: float) -> None:
        """Darken what lies under a path: fill it with a colour that covers only a share (0 to 1) of what is there."""
        paint = skia.Paint(self.paint(colour))
        paint.setAlphaf(share)
        self.canvas.drawPath(path, paint)

    def form(self, path: skia.Path, colour: str, depth: float, share: float = 0.36) -> None:
        """Fill a path and shade the side away from the light, upper right, with a crescent `depth` wide."""
        canvas = self.canvas
        self.fill(path, darker(colour, share))
        canvas.save()
        canvas.clipPath(path, True)
        canvas.translate(depth, depth * 0.45)
        canvas.drawPath(path, self.paint(colour))
        canvas.restore()

    def within(self, path: skia.Path) -> None:
        """Confine what follows to a path, until `free`."""
        self.canvas.save()
        self.canvas.clipPath(path, True)

    def free(self) -> None:
        """End the last `within`."""
        self.canvas.restore()

    def disc(self, x: float, h: float, radius: float, colour: str) -> None:
        """Draw a disc."""
        self.canvas.drawCircle(x, h, radius, self.paint(colour))

    def oval(self, x: float, h: float, width: float, height: float, colour: str) -> None:
        """Draw an ellipse round its middle."""
        self.canvas.drawOval(skia.Rect.MakeXYWH(x - width / 2, h - height / 2, width, height), self.paint(colour))

    def oval_turned(self, at: Point, half: float, high: float, degrees: float, colour: str) -> None:
        """Draw an ellipse by its half axes, turned by degrees."""
        self.canvas.save()
        self.canvas.translate(*at)
        self.canvas.rotate(degrees)
        self.oval(0, 0, half * 2, high * 2, colour)
        self.canvas.restore()

    def patch(self, points: Sequence[Point], colour: str) -> None:
        """Fill a polygon."""
        self.canvas.drawPath(cornered(points), self.paint(colour))

    def soft(self, points: Sequence[Point], colour: str) -> None:
        """Fill a closed curve through the points."""
        self.canvas.drawPath(curved(points), self.paint(colour))

    def stroke(self, points: Sequence[Point], width: float, colour: str = INK) -> None:
        """Draw an even line with round ends."""
        self.trace(cornered(points, closed=False), width, colour)

    def trace(self, path: skia.Path, width: float, colour: str = INK) -> None:
        """Draw an even line along a path."""
        key = (colour, width)
        pen = self._pens.get(key)
        if pen is None:
            pen = self._pens[key] = self._brush.pen(colour, width)
        self.canvas.drawPath(path, pen)

    def ink(self, a: Point, b: Point, width: float, bow: float = 0.0, colour: str = INK, swell: float = 0.4) -> None:
        """Draw a line from a to b, thin at both ends.

        `bow` bends it to the left of its way, as a share of its length; `swell` is where it is widest.
        """
        path = skia.Path()
        leaf(path, a, b, width, bow, swell)
        self.canvas.drawPath(path, self.paint(colour))


@functools.lru_cache(maxsize=2048)
def _paint(colour: str, fog: str, haze: float) -> skia.Paint:
    red, green, blue = rgb(mix(colour, fog, haze))
    return skia.Paint(AntiAlias=True, Color=skia.ColorSetRGB(red, green, blue))


def leaf(path: skia.Path, a: Point, b: Point, width: float, bow: float = 0.0, swell: float = 0.4) -> None:
    """Add a line from a to b, thin at both ends, to a path; many lines of one colour are quicker as one path."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy) or _NORMALS
    nx, ny = -dy / length, dx / length
    # A quadratic reaches half the height of its control point.
    mx, my = a[0] + dx * swell + nx * bow * length * 2, a[1] + dy * swell + ny * bow * length * 2
    path.moveTo(*a)
    path.quadTo(mx + nx * width, my + ny * width, *b)
    path.quadTo(mx - nx * width, my - ny * width, *a)
    path.close()


def cornered(points: Iterable[Point], closed: bool = True) -> skia.Path:
    """Return a polygon."""
    path = skia.Path()
    path.addPoly([skia.Point(x, h) for x, h in points], closed)
    return path


def curved(points: Sequence[Point], tension: float = 1 / 6) -> skia.Path:
    """Return a closed curve that goes through each of the points."""
    path = skia.Path()
    count = len(points)
    path.moveTo(*points[0])
    for index in range(count):
        p0, p1 = points[index - 1], points[index]
        p2, p3 = points[(index + 1) % count], points[(index + 2) % count]
        path.cubicTo(
            p1[0] + (p2[0] - p0[0]) * tension, p1[1] + (p2[1] - p0[1]) * tension,
            p2[0] - (p3[0] - p1[0]) * tension, p2[1] - (p3[1] - p1[1]) * tension, p2[0], p2[1],
        )  # fmt: skip
    path.close()
    return path


def bone(path: skia.Path, a: Point, ra: float, b: Point, rb: float, flat: bool = False) -> None:
    """Add the hull of two discs to a path; with `flat` the second end is cut straight, as a hem is.

    All hulls turn the same way, so that many of them in one path are one form.
    """
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy)
    if length <= abs(ra - rb) + _NORMALS:
        middle, radius = (a, ra) if ra >= rb else (b, rb)
        path.addCircle(middle[0], middle[1], radius)
        return
    angle = math.atan2(dy, dx)
    tangent = math.acos((ra - rb) / length)
    start, sweep = math.degrees(angle + tangent), 360 - 2 * math.degrees(tangent)
    path.arcTo(skia.Rect.MakeLTRB(a[0] - ra, a[1] - ra, a[0] + ra, a[1] + ra), start, sweep, True)
    low = angle - tangent
    if flat:
        path.lineTo(b[0] + rb * math.cos(low), b[1] + rb * math.sin(low))
        path.lineTo(b[0] + rb * math.cos(angle + tangent), b[1] + rb * math.sin(angle + tangent))
    else:
        path.arcTo(
            skia.Rect.MakeLTRB(b[0] - rb, b[1] - rb, b[0] + rb, b[1] + rb),
            math.degrees(low), 2 * math.degrees(tangent), False,
        )  # fmt: skip
    path.close()


def between(turn: float, front: float, half: float, side: float) -> float:
    """Return the value for a turn of 0 to 1 from those of the front, three-quarter and side views."""
    if turn <= 0.5:
        return front + (half - front) * turn * 2
    return half + (side - half) * (turn - 0.5) * 2


def blended(turn: float, views: tuple[Sequence[Point], Sequence[Point], Sequence[Point]]) -> list[Point]:
    """Return the outline for a turn of 0 to 1 from those of the front, three-quarter and side views."""
    first, second = (views[0], views[1]) if turn <= 0.5 else (views[1], views[2])
    share = turn * 2 if turn <= 0.5 else turn * 2 - 1
    return [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in zip(first, second, strict=True)]
