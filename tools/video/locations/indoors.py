"""Parts that rooms have in common: clock, notice, cabinet, blinds, plant, screen, mug."""

import math

from tools.video.brush import INK, Brush, Point, darker, lighter
from tools.video.scenery import Scene


def clock(brush: Brush, x: float, h: float, radius: float, hour: float, label: str = "") -> None:
    """Draw a wall clock round (x, h) that shows the hour (7.5 is half past seven), with a name plate below it."""
    brush.disc(x - radius * 0.12, h - radius * 0.12, radius * 1.06, INK, 0.5)
    brush.disc(x, h, radius, INK)
    brush.disc(x, h, radius * 0.88, "#e4dfcd")
    for mark in range(12):
        angle = mark * math.pi / 6
        near, far = radius * (0.62 if mark % 3 == 0 else 0.72), radius * 0.8
        brush.line(
            [(x + near * math.sin(angle), h + near * math.cos(angle)),
             (x + far * math.sin(angle), h + far * math.cos(angle))], INK, radius * 0.06
        )  # fmt: skip
    for turn, reach, thick in ((hour / 12, 0.45, 0.12), (hour % 1, 0.7, 0.08)):
        angle = turn * 2 * math.pi
        tip = (x + radius * reach * math.sin(angle), h + radius * reach * math.cos(angle))
        brush.line([(x, h), tip], INK, radius * thick)
    brush.disc(x, h, radius * 0.09, "#a8332c")
    if label:
        brush.cell(x - radius * 1.0, h - radius * 1.75, radius * 2.0, radius * 0.46, "#22262e", radius * 0.05)
        brush.text(label, x, h - radius * 1.64, radius * 0.3, "#e4dfcd", radius * 1.8)


def notice(
    brush: Brush, x: float, h: float, words: str, width: float = 0.7, paper: str = "#e6dfca", slant: float = 0.02
) -> None:
    """Draw a sheet of paper taped to a wall, its lower left corner at (x, h), with the words in short lines.

    `slant` is by how many metres its right side hangs lower than its left.
    """
    lines = broken(words, 14)[:6]
    size = width * 0.12
    tall = size * 1.5 * (len(lines) + 1.2)
    corners: list[Point] = [(x, h), (x + width, h - slant), (x + width, h + tall - slant), (x, h + tall)]
    brush.shape([(cx - 0.03, ch - 0.03) for cx, ch in corners], INK, 0.45)
    brush.edged(corners, paper, 0.012)
    for number, line in enumerate(lines):
        brush.text(line, x + width / 2, h + tall - size * 1.5 * (number + 1.45), size, "#232836", width * 0.88)
    brush.box(x + width * 0.4, h + tall - 0.03 - slant / 2, width * 0.2, 0.06, "#c9b98a", 0.8)


def broken(words: str, most: int) -> list[str]:
    """Return the words in lines of about `most` letters, broken at spaces; one empty line for no words."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) >= most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def cabinet(brush: Brush, x: float, width: float, height: float, drawers: int, colour: str = "#6f7a72") -> None:
    """Draw a steel filing cabinet on the floor, its left edge at x, one drawer not quite shut."""
    brush.cell(x, 0, width, height, colour, 0.03)
    tall = height / drawers
    for number in range(drawers):
        low = number * tall
        brush.cell(x + 0.03, low + 0.03, width - 0.06, tall - 0.06, lighter(colour, 0.06), 0.014)
        brush.box(x + width * 0.36, low + tall * 0.62, width * 0.28, tall * 0.13, "#d8d2bd")
        brush.box(x + width * 0.36, low + tall * 0.36, width * 0.28, tall * 0.10, INK)
    low = (drawers - 2) * tall
    brush.box(x + 0.0, low + tall - 0.05, width, 0.05, INK)
    brush.shape([(x, 0), (x + width * 0.26, 0), (x + width * 0.2, height), (x, height)], "#0b1020", 0.42)


def blinds(
    brush: Brush, x: float, h: float, width: float, height: float, glass: str, slat: float = 0.085, closed: float = 0.5
) -> None:
    """Draw a window with slatted blinds, one slat bent; `closed` is the share of each gap that a slat covers."""
    brush.cell(x - 0.07, h - 0.07, width + 0.14, height + 0.14, "#3a3630", 0.03)
    brush.box(x, h, width, height, glass)
    count = int(height / slat)
    bent = count // 2 + 1
    for number in range(count):
        low = h + number * slat
        if number == bent:
            brush.shape([(x, low), (x + width * 0.34, low), (x + width * 0.46, low - slat * 0.5),
                         (x + width * 0.58, low), (x + width, low), (x + width, low + slat * closed),
                         (x + width * 0.58, low + slat * closed), (x + width * 0.46, low - slat * 0.1),
                         (x + width * 0.34, low + slat * closed), (x, low + slat * closed)], "#23262c")  # fmt: skip
        else:
            brush.box(x, low, width, slat * closed, "#2b2e34" if number % 3 else "#23262c")
    brush.rules([(x + width * 0.2, h, x + width * 0.2, h + height), (x + width * 0.8, h, x + width * 0.8, h + height)],
                INK, 0.012)  # fmt: skip
    brush.box(x - 0.1, h - 0.13, width + 0.2, 0.07, "#6b6254")


def stripes(
    brush: Brush, x: float, h: float, width: float, height: float, colour: str, count: int = 8, alpha: float = 0.3
) -> None:
    """Lay the hard slanting stripes of light that fall through blinds on a wall."""
    step = height / count
    for number in range(count):
        low = h + number * step
        short = 0.06 * (number * 5 % 3)
        brush.shape([(x + short, low), (x + width - short, low - width * 0.16),
                     (x + width - short, low + step * 0.5 - width * 0.16), (x + short, low + step * 0.5)],
                    colour, alpha)  # fmt: skip


def plant(brush: Brush, x: float, tall: float, scene: Scene, leaf: str = "#46694a") -> None:
    """Draw a pot plant of long pointed leaves that has seen better days, `tall` metres high, its pot round x."""
    pot = tall * 0.34
    for _ in range(13):
        lean = scene.chance.uniform(-0.55, 0.55) * tall
        top = tall * scene.chance.uniform(0.62, 1.0) - abs(lean) * 0.35
        tone = darker(leaf, scene.chance.uniform(0.0, 0.5))
        brush.blob([(x - 0.03, pot * 0.9), (x + lean * 0.35, top * 0.7), (x + lean, top), (x + lean * 0.55, top * 0.62),
                    (x + 0.05, pot * 0.9)], tone)  # fmt: skip
        brush.line([(x, pot), (x + lean * 0.5, top * 0.72), (x + lean * 0.9, top * 0.93)], INK, 0.009, 0.7)
    wide = tall * 0.17
    brush.edged([(x - wide, pot), (x + wide, pot), (x + wide * 0.75, 0), (x - wide * 0.75, 0)], "#8d5038", 0.02)
    brush.shape([(x - wide, pot), (x - wide * 0.2, pot), (x - wide * 0.25, 0), (x - wide * 0.75, 0)], "#0b0d14", 0.45)
    brush.box(x - wide * 1.1, pot - 0.05, wide * 2.2, 0.07, "#a05c40")


def screen(brush: Brush, x: float, h: float, width: float, height: float, tint: str, scene: Scene, rows: int) -> None:
    """Draw a lit monitor with lines of text on it, its lower left corner at (x, h)."""
    edge = height * 0.07
    brush.box(x, h, width, height, INK, round_=edge)
    brush.box(x + edge, h + edge, width - 2 * edge, height - 2 * edge, darker(tint, 0.62))
    step = (height - 3 * edge) / rows
    for row in range(rows):
        low = h + edge * 1.6 + row * step
        share = scene.chance.uniform(0.15, 0.9)
        tone = tint if scene.chance.random() < 0.8 else "#e8d9a0"
        brush.box(x + edge * 2, low, (width - 4 * edge) * share, step * 0.5, tone)
    brush.glow(x + width / 2, h + height / 2, max(width, height) * 0.8, tint, 0.55)


def mug(brush: Brush, x: float, h: float, size: float, colour: str = "#c8453d") -> None:
    """Draw a coffee mug that stands at (x, h), `size` metres high."""
    brush.line([(x + size * 0.35, h + size * 0.75), (x + size * 0.72, h + size * 0.6),
                (x + size * 0.66, h + size * 0.3), (x + size * 0.34, h + size * 0.22)], INK, size * 0.13)  # fmt: skip
    brush.cell(x - size * 0.4, h, size * 0.8, size, colour, size * 0.08)
    brush.box(x - size * 0.4, h, size * 0.26, size, INK, 0.5)
