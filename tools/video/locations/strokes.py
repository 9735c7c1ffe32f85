"""Strokes: how architecture and machines are inked: tapered lines, hatching, courses of brick, soft corners."""

import random
from collections.abc import Sequence

import skia

from tools.video.brush import INK, Brush, Point, outline_of, stroke_outline_of


def ink(brush: Brush, points: Sequence[Point], width: float, colour: str = INK, end: float = 0.25) -> None:
    """Draw a stroke through `points` that is `width` metres thick at its first and `end` times as thick at its last."""
    last = max(len(points) - 1, 1)
    halves = [0.5 * width * (1 + (end - 1) * number / last) for number in range(len(points))]
    brush.canvas.drawPath(stroke_outline_of(points, halves), brush.paint(colour))


def rounded(brush: Brush, points: Sequence[Point], radius: float, colour: str, edge: float = 0.0) -> None:
    """Fill a polygon whose corners are rounded by `radius` metres; `edge` is the thickness of the ink round it."""
    path = outline_of(list(points))
    effect = skia.CornerPathEffect.Make(radius)
    if edge:
        pen = brush.pen(INK, edge * 2)
        pen.setPathEffect(effect)
        brush.canvas.drawPath(path, pen)
    fill = brush.paint(colour)
    fill.setPathEffect(effect)
    brush.canvas.drawPath(path, fill)


def hatch(
    brush: Brush, area: Sequence[Point], gap: float, width: float, colour: str = INK, slope: float = 1.0,
    alpha: float = 1.0, chance: random.Random | None = None,
) -> None:  # fmt: skip
    """Fill a polygon with slanted strokes, `gap` metres apart; `slope` is metres up for each metre to the right.

    The strokes run from thick below to thin above. With `chance` their gaps and ends are uneven, as a hand's are.
    """
    chance = chance or random.Random(11)
    xs, hs = [x for x, _ in area], [h for _, h in area]
    low, high = min(hs), max(hs)
    run = (high - low) / slope if slope else 0.0
    brush.canvas.save()
    brush.canvas.clipPath(outline_of(list(area)), True)
    path = skia.Path()
    x = min(xs) - max(run, 0.0)
    stop = max(xs) - min(run, 0.0)
    while x < stop:
        end = chance.uniform(0.7, 1.0)
        top = (x + run * end, low + (high - low) * end)
        half = width * chance.uniform(0.35, 0.6)
        path.moveTo(x - half, -low)
        path.lineTo(x + half, -low)
        path.lineTo(top[0], -top[1])
        path.close()
        x += gap * chance.uniform(0.75, 1.25)
    brush.canvas.drawPath(path, brush.paint(colour, alpha))
    brush.canvas.restore()


def masonry(
    brush: Brush, area: tuple[float, float, float, float], course: float, colour: str, chance: random.Random,
    share: float = 0.25, alpha: float = 0.8,
) -> None:  # fmt: skip
    """Draw patches of brick in (x, h, width, height): a few courses here and there, as ink would tell of a wall.

    `course` is the height of a brick in metres and `share` the part of the wall on which bricks are drawn.
    """
    left, low, wide, tall = area
    path = skia.Path()
    brick = course * 2.6
    patches = max(1, round(share * wide * tall / (brick * course * 12)))
    for _ in range(min(patches, 90)):
        x, row = left + chance.uniform(0, wide), round(chance.uniform(0, tall) / course)
        for step in range(chance.randint(2, 4)):
            start = x + (0.5 * brick if (row + step) % 2 else 0.0) + chance.uniform(-0.1, 0.1)
            h = low + (row + step) * course
            if h + course > low + tall:
                break
            for across in range(chance.randint(1, 3)):
                a, b = start + across * brick, start + (across + 0.86) * brick
                if a < left or b > left + wide:
                    continue
                path.addRect(skia.Rect.MakeLTRB(a, -h - course * 0.18, b, -h))
                path.addRect(skia.Rect.MakeLTRB(b, -h - course * 0.8, b + course * 0.12, -h))
    brush.canvas.drawPath(path, brush.paint(colour, alpha))


def lettering(
    brush: Brush, words: str, x: float, h: float, size: float, colour: str, limit: float, shade: str = INK,
    mirrored: bool = False,
) -> None:  # fmt: skip
    """Write sign-painter's letters, centred on x with their foot at h, with a hard shadow to the lower left.

    `mirrored` is for a `Side` to the right of the lens, on which depth, its x, runs to the left in the frame.
    """
    canvas = brush.canvas
    canvas.save()
    if mirrored:
        canvas.translate(2 * x, 0)
        canvas.scale(-1, 1)
    brush.text(words, x - size * 0.07, h - size * 0.07, size, shade, limit)
    brush.text(words, x, h, size, colour, limit)
    canvas.restore()


def halves(words: str) -> tuple[str, str]:
    """Return the words as two lines of about as many words each."""
    parts = words.split()
    half = (len(parts) + 1) // 2
    return " ".join(parts[:half]), " ".join(parts[half:])
