"""A brush that draws flat shapes in metres, heights upwards, with fog by distance, and that remembers lights."""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import skia
from numpy.typing import NDArray

from tools.finish.text import drawable, font, width_of

Image = NDArray[np.uint8]
Point = tuple[float, float]
INK = "#0b0d14"
"""Near-black that all inner lines are drawn in."""


def rgb(value: str) -> tuple[int, int, int]:
    """Return red, green and blue of `#rrggbb`; mid grey for anything else, since colours come from people."""
    try:
        return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)
    except ValueError:
        return 128, 128, 128


@functools.lru_cache(maxsize=8192)
def mix(first: str, second: str, share: float) -> str:
    """Return the colour that lies `share` (0 to 1) of the way from the first to the second."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * min(max(share, 0.0), 1.0)):02x}" for a, b in pairs)


def darker(value: str, share: float) -> str:
    """Return the colour with `share` of it taken away, towards a cold black."""
    return mix(value, "#05070f", share)


def lighter(value: str, share: float) -> str:
    """Return the colour moved towards a warm white."""
    return mix(value, "#fff4e0", share)


@dataclass(frozen=True)
class Glow:
    """A light as the lens sees it: a round pool of colour on and around a plane."""

    x: float
    h: float
    """Metres across and up."""
    radius: float
    """Metres at which it has fallen to a quarter."""
    colour: str
    strength: float
    """Light at its middle; 1 shows true colours."""


@dataclass
class Brush:
    """Draws into a skia canvas whose unit is the metre; x to the right, h upwards."""

    canvas: skia.Canvas
    fog: str = "#000000"
    haze: float = 0.0
    """Share of fog between the lens and what is drawn."""
    glows: list[Glow] = field(default_factory=list)

    def paint(self, colour: str, alpha: float = 1.0) -> skia.Paint:
        """Return a fill with the fog mixed in."""
        red, green, blue = rgb(mix(colour, self.fog, self.haze))
        return skia.Paint(
            AntiAlias=True, Color=skia.ColorSetARGB(round(255 * min(max(alpha, 0.0), 1.0)), red, green, blue)
        )

    def pen(self, colour: str, width: float, alpha: float = 1.0) -> skia.Paint:
        """Return a round stroke, `width` metres thick."""
        made = self.paint(colour, alpha)
        made.setStyle(skia.Paint.kStroke_Style)
        made.setStrokeWidth(width)
        made.setStrokeCap(skia.Paint.kRound_Cap)
        made.setStrokeJoin(skia.Paint.kRound_Join)
        return made

    def box(
        self, x: float, h: float, width: float, height: float, colour: str, alpha: float = 1.0, round_: float = 0.0
    ) -> None:
        """Draw a box whose lower left corner is at (x, h)."""
        area = skia.Rect.MakeXYWH(x, -h - height, width, height)
        if round_:
            self.canvas.drawRoundRect(area, round_, round_, self.paint(colour, alpha))
        else:
            self.canvas.drawRect(area, self.paint(colour, alpha))

    def shape(self, points: list[Point], colour: str, alpha: float = 1.0) -> None:
        """Draw a filled polygon of (x, h) corners."""
        self.canvas.drawPath(outline_of(points), self.paint(colour, alpha))

    def blob(self, points: list[Point], colour: str, alpha: float = 1.0) -> None:
        """Draw a closed soft shape through the middles of the given corners."""
        self.canvas.drawPath(soft_outline_of(points), self.paint(colour, alpha))

    def disc(self, x: float, h: float, radius: float, colour: str, alpha: float = 1.0) -> None:
        """Draw a disc."""
        self.canvas.drawCircle(x, -h, radius, self.paint(colour, alpha))

    def oval(self, x: float, h: float, width: float, height: float, colour: str, alpha: float = 1.0) -> None:
        """Draw an ellipse round its middle (x, h)."""
        self.canvas.drawOval(
            skia.Rect.MakeXYWH(x - width / 2, -h - height / 2, width, height), self.paint(colour, alpha)
        )

    def line(self, points: list[Point], colour: str, width: float, alpha: float = 1.0) -> None:
        """Draw a line with round ends and joints."""
        path = skia.Path()
        path.addPoly([skia.Point(x, -h) for x, h in points], False)
        self.canvas.drawPath(path, self.pen(colour, width, alpha))

    def ink(self, points: list[Point], width: float, colour: str = INK, alpha: float = 1.0) -> None:
        """Draw a pen stroke that is `width` metres thick for its first third and then thins to a tip."""
        halves = [width / 2 * min(1.0, 1.35 - 1.2 * index / (len(points) - 1)) for index in range(len(points))]
        self.canvas.drawPath(stroke_outline_of(points, halves), self.paint(colour, alpha))

    def edged(self, points: list[Point], colour: str, width: float = 0.025, edge: str = INK) -> None:
        """Draw a polygon with an ink contour `width` metres thick."""
        path = outline_of(points)
        self.canvas.drawPath(path, self.paint(colour))
        self.canvas.drawPath(path, self.pen(edge, width))

    def cell(
        self, x: float, h: float, width: float, height: float, colour: str, edge: float = 0.025, ink: str = INK
    ) -> None:
        """Draw a box with an ink contour `edge` metres thick."""
        self.edged([(x, h), (x + width, h), (x + width, h + height), (x, h + height)], colour, edge, ink)

    def hatch(
        self, x: float, h: float, width: float, height: float, step: float, colour: str = INK, thick: float = 0.015,
        alpha: float = 0.6, lean: float = 0.5,
    ) -> None:  # fmt: skip
        """Fill a box with slanting strokes, every `step` metres; `lean` is their way across for each metre up."""
        path, across = skia.Path(), lean * height
        for number in range(round((width + abs(across)) / step) + 1):
            foot = x - max(across, 0.0) + number * step
            path.moveTo(foot, -h)
            path.lineTo(foot + across, -h - height)
        self.canvas.save()
        self.canvas.clipRect(skia.Rect.MakeXYWH(x, -h - height, width, height))
        self.canvas.drawPath(path, self.pen(colour, thick, alpha))
        self.canvas.restore()

    def rules(
        self, lines: list[tuple[float, float, float, float]], colour: str, thick: float, alpha: float = 1.0
    ) -> None:
        """Draw many straight lines (x, h, x, h) of one thickness at once, for joints of boards, bricks and tiles."""
        path = skia.Path()
        for x0, h0, x1, h1 in lines:
            path.moveTo(x0, -h0)
            path.lineTo(x1, -h1)
        self.canvas.drawPath(path, self.pen(colour, thick, alpha))

    def fade(
        self, x: float, h: float, width: float, height: float, low: str, high: str, alphas: Point = (1.0, 1.0)
    ) -> None:
        """Draw a box that goes from one colour below to another above; slow, so for still planes only."""
        low_, high_ = (self.paint(colour, alpha).getColor() for colour, alpha in zip((low, high), alphas, strict=True))
        shader = skia.GradientShader.MakeLinear([skia.Point(0, -h), skia.Point(0, -h - height)], [low_, high_])
        self.canvas.drawRect(skia.Rect.MakeXYWH(x, -h - height, width, height), skia.Paint(Shader=shader))

    def text(
        self, words: str, x: float, h: float, size: float, colour: str, limit: float = 99.0, bold: bool = True
    ) -> None:
        """Write words centred on x with their foot at h, `size` metres high, squeezed to `limit` metres."""
        words = drawable(words, "bold" if bold else "regular")
        if not words:
            return
        style = "bold" if bold else "regular"
        # Fonts below a few pixels lose their shapes, so the canvas is scaled instead of the font.
        wide = width_of(words, 100, "bold" if bold else "regular") * size / 100
        squeeze = min(1.0, limit / wide)
        self.canvas.save()
        self.canvas.translate(x - wide * squeeze / 2, -h)
        self.canvas.scale(size / 100 * squeeze, size / 100 * max(squeeze, 0.8))
        self.canvas.drawString(words, 0, 0, font(100, "bold" if style == "bold" else "regular"), self.paint(colour))
        self.canvas.restore()

    def glow(self, x: float, h: float, radius: float, colour: str, strength: float = 1.0) -> None:
        """Remember a light at (x, h)."""
        self.glows.append(Glow(x, h, radius, colour, strength))

    def lamp(
        self, x: float, h: float, width: float, height: float, colour: str, strength: float = 1.1, reach: float = 1.0
    ) -> None:
        """Draw a shining box and remember its light; `reach` scales how far that goes."""
        self.box(x, h, width, height, colour, round_=min(width, height) * 0.15)
        self.glow(x + width / 2, h + height / 2, max(width, height) * 0.75 * reach, colour, strength)


def outline_of(points: list[Point]) -> skia.Path:
    """Return a closed polygon through (x, h) corners."""
    path = skia.Path()
    path.addPoly([skia.Point(x, -h) for x, h in points], True)
    return path


def soft_outline_of(points: list[Point]) -> skia.Path:
    """Return a closed curve that touches the middle of each side of the polygon."""
    path = skia.Path()
    middles = [((a[0] + b[0]) / 2, -(a[1] + b[1]) / 2) for a, b in zip(points, points[1:] + points[:1], strict=True)]
    path.moveTo(*middles[-1])
    for corner, middle in zip(points, middles, strict=True):
        path.quadTo(corner[0], -corner[1], *middle)
    path.close()
    return path


def stroke_outline_of(points: Sequence[Point], halves: Sequence[float]) -> skia.Path:
    """Return the outline of a pen stroke along the points that is `halves` metres wide to each side of them."""
    left: list[Point] = []
    right: list[Point] = []
    for index, ((x, h), half) in enumerate(zip(points, halves, strict=True)):
        before, after = points[max(index - 1, 0)], points[min(index + 1, len(points) - 1)]
        dx, dh = after[0] - before[0], after[1] - before[1]
        long = math.hypot(dx, dh) or 1.0
        left.append((x - dh / long * half, h + dx / long * half))
        right.append((x + dh / long * half, h - dx / long * half))
    return outline_of(left + right[::-1])
