"""What stands outdoors in more than one set: sky, far roofs, windows, trees, lamps, notices, street furniture."""

import math
import random

from tools.video.brush import INK, Brush, Point, darker, lighter, mix
from tools.video.locations.strokes import hatch, ink, rounded
from tools.video.locations.vehicles import car, car_end
from tools.video.scenery import Plane, Scene

__all__ = [
    "bollard", "car", "car_end", "fence", "hydrant", "lamp_post", "mailbox", "poster", "sign", "sky", "skyline",
    "tree", "windows", "wires",
]  # fmt: skip

_SKIES: dict[str, tuple[str, ...]] = {
    "day": ("#dfe8e6", "#c3d8e2", "#9fc2dc", "#7fabd2"),
    "dusk": ("#ffb066", "#ee8a78", "#a76f98", "#5d5c96"),
    "dawn": ("#f6cfa8", "#d9b3b4", "#a7a3c0", "#7d8fb8"),
    "overcast": ("#c2cbd0", "#adb8c2", "#97a4b2", "#8593a4"),
}


def sky(scene: Scene, low: str = "#8a98b8", high: str = "#27324f", moon: bool = True) -> Plane:
    """Return the sky in flat washes with clouds, stars and moon; it is the opaque ground of an outdoor set.

    Args:
        scene: The hour and the weather decide on the washes.
        low: Colour at the horizon by night.
        high: Colour overhead by night.
        moon: Whether it hangs there on a clear night; no where something large stands before it, for its light is
            added to the picture whatever hides it.
    """
    night = scene.light == "night"
    clear = scene.weather == "clear"
    shades = (low, mix(low, high, 0.4), mix(low, high, 0.75), high) if night else _SKIES[scene.light]
    if not clear and not night:
        shades = tuple(mix(shade, grey, 0.6) for shade, grey in zip(shades, _SKIES["overcast"], strict=True))

    def draw(brush: Brush) -> None:
        brush.box(-400, -60, 800, 270, shades[0])
        for number, base in enumerate((7.0, 16.0, 30.0)):
            edge: list[Point] = []
            for step in range(-20, 21):
                edge.append((step * 9.0, base + 1.6 * math.sin(step * 0.9 + number * 2) + scene.chance.uniform(-1, 1)))
            brush.blob([(-400, 260), (-400, base), *edge, (400, base), (400, 260)], shades[number + 1])
        if night and clear:
            _stars(brush, scene.chance)
            if moon:
                _moon(brush, mix(low, high, 0.8))
        _clouds(brush, scene.chance, shades, 5 if clear else 9)

    return Plane(90, draw)


def _stars(brush: Brush, chance: random.Random) -> None:
    for _ in range(70):
        x, h = chance.uniform(-75, 75), chance.uniform(12, 62)
        brush.disc(x, h, chance.choice([0.06, 0.08, 0.1, 0.2]), "#e6ecff", 0.9)


def _moon(brush: Brush, dark: str) -> None:
    brush.disc(-19, 27, 4.6, lighter(dark, 0.10))
    brush.disc(-19, 27, 3.1, "#f3efda")
    brush.disc(-17.6, 27.9, 2.7, lighter(dark, 0.10))
    brush.glow(-19.6, 26.6, 4, "#c9d6ff", 1.0)


def _clouds(brush: Brush, chance: random.Random, shades: tuple[str, ...], count: int) -> None:
    """Long clouds with a flat foot and a bulging back, dark below."""
    for number in range(count):
        x, h, wide = chance.uniform(-70, 70), chance.uniform(13, 42), chance.uniform(9, 26)
        tone = lighter(shades[1 + number % 2], 0.30)
        for share, shade in ((1.0, tone), (0.72, darker(tone, 0.12))):
            back = [
                (x + wide * share * (step / 6 - 0.5), h + wide * 0.13 * share * chance.uniform(0.2, 1.0))
                for step in range(7)
            ]
            brush.blob([(x - wide * 0.6 * share, h), *back, (x + wide * 0.6 * share, h)], shade)


def skyline(scene: Scene, z: float = 34, tone: str = "#55607c", lit: float = 0.24) -> Plane:
    """Return a far row of roofs, chimneys, poles and a water tower as cut paper in two tones.

    `lit` is the share of lit windows by night: none where something large stands before it, since their light is
    added to the picture whatever hides them.
    """

    def draw(brush: Brush) -> None:
        back, front = lighter(tone, 0.10), darker(tone, 0.28)
        _roofs(brush, scene, back, (5.5, 11.0), 0.0)
        _water_tower(brush, 22.5, darker(tone, 0.2))
        _roofs(brush, scene, front, (3.6, 7.0), lit)
        for number in range(9):
            x = -56 + number * 14 + scene.chance.uniform(-4, 4)
            brush.blob([(x - 4, -1), (x - 3, 3.0), (x - 0.5, 4.6), (x + 2.4, 3.4), (x + 4, -1)], darker(tone, 0.45))

    return Plane(z, draw)


def _roofs(brush: Brush, scene: Scene, tone: str, heights: Point, lit: float) -> None:
    chance, x = scene.chance, -70.0
    while x < 70:
        wide, tall = chance.uniform(3.5, 9), chance.uniform(*heights)
        kind = chance.random()
        brush.box(x, -1, wide, tall + 1, tone)
        if kind < 0.4:
            brush.shape([(x - 0.4, tall), (x + wide * 0.45, tall + 1.9), (x + wide + 0.4, tall)], tone)
        elif kind < 0.6:
            brush.shape([(x, tall), (x, tall + 1.2), (x + wide, tall)], tone)
        else:
            brush.box(x + wide * 0.2, tall, 0.5, 1.0, tone)
            brush.box(x + wide * 0.7, tall, 0.14, 2.0, tone)
            brush.box(x + wide * 0.62, tall + 1.3, 0.8, 0.1, tone)
        for _ in range(3):
            left, low = x + chance.uniform(0.5, max(0.6, wide - 1.2)), chance.uniform(1.2, max(1.3, tall - 1.3))
            chosen = chance.random() < lit * 2
            if scene.dark and chosen:
                brush.lamp(left, low, 0.7, 0.8, "#ffc56e", 0.9, 0.9)
            elif lit:
                brush.box(left, low, 0.7, 0.8, darker(tone, 0.3))
        x += wide * chance.uniform(0.92, 1.3)


def _water_tower(brush: Brush, x: float, tone: str) -> None:
    for foot, head in ((-2.2, -1.4), (0, 0), (2.2, 1.4)):
        brush.line([(x + foot, 0), (x + head, 11)], darker(tone, 0.3), 0.24)
    brush.line([(x - 1.9, 3.4), (x + 1.6, 7.2)], darker(tone, 0.3), 0.12)
    brush.line([(x + 1.9, 3.4), (x - 1.6, 7.2)], darker(tone, 0.3), 0.12)
    rounded(brush, [(x - 2.4, 10.6), (x - 2.4, 14.2), (x + 2.4, 14.2), (x + 2.4, 10.6)], 0.5, tone)
    brush.shape([(x - 2.5, 14.0), (x, 16.2), (x + 2.5, 14.0)], darker(tone, 0.3))
    brush.shape([(x - 2.4, 10.8), (x - 2.4, 14.0), (x - 1.1, 14.0), (x - 1.2, 10.6)], darker(tone, 0.3))
    brush.text("M H", x + 0.5, 12.0, 1.1, lighter(tone, 0.4))


def windows(
    brush: Brush, x: float, h: float, columns: int, rows: int, size: Point, gap: Point, scene: Scene, share: float
) -> None:
    """Draw a grid of sash windows with sills; at night `share` of them are lit, some with a blind, a plant, a head."""
    wide, tall = size
    for row in range(rows):
        for column in range(columns):
            left, low = x + column * (wide + gap[0]), h + row * (tall + gap[1])
            chosen, kind = scene.chance.random() < share, scene.chance.randrange(5)
            lit = scene.dark and chosen
            brush.box(left - 0.08, low - 0.08, wide + 0.16, tall + 0.16, INK)
            _pane(brush, (left, low, wide, tall), lit, kind, scene.dark)
            brush.box(left, low + tall * 0.5, wide, 0.05, INK)
            brush.box(left - 0.14, low - 0.16, wide + 0.28, 0.11, "#b9b4a6")
            brush.box(left - 0.14, low - 0.26, wide + 0.10, 0.10, INK, 0.75)
            brush.shape(
                [
                    (left - 0.1, low + tall + 0.2),
                    (left + wide + 0.1, low + tall + 0.2),
                    (left + wide + 0.06, low + tall + 0.06),
                    (left - 0.06, low + tall + 0.06),
                ],
                "#9a958a",
            )


def _pane(brush: Brush, area: tuple[float, float, float, float], lit: bool, kind: int, dark: bool) -> None:
    left, low, wide, tall = area
    if not lit:
        brush.box(left, low, wide, tall, "#26334a" if dark else "#5e7f98")
        brush.shape([(left + wide * 0.1, low), (left + wide * 0.45, low), (left + wide * 0.95, low + tall),
                     (left + wide * 0.6, low + tall)], "#7d95b4" if dark else "#c9dce6", 0.5)  # fmt: skip
        brush.box(left, low + tall * 0.86, wide, tall * 0.14, INK, 0.6)
        return
    tint = ("#ffc46a", "#ffd894", "#f0a24e", "#ffc46a", "#ffe2a8")[kind]
    brush.box(left, low, wide, tall, tint)
    brush.glow(left + wide / 2, low + tall / 2, max(wide, tall) * 0.62, tint, 0.95)
    dim = darker(tint, 0.45)
    if kind == 0:
        brush.box(left, low + tall * 0.55, wide, tall * 0.45, dim)
    elif kind == 1:
        brush.shape([(left, low), (left, low + tall), (left + wide * 0.32, low + tall), (left + wide * 0.18, low)], dim)
        brush.shape([(left + wide, low), (left + wide, low + tall), (left + wide * 0.8, low + tall),
                     (left + wide * 0.88, low)], dim)  # fmt: skip
    elif kind == 2:
        brush.disc(left + wide * 0.6, low + tall * 0.5, tall * 0.12, INK)
        rounded(brush, [(left + wide * 0.32, low), (left + wide * 0.42, low + tall * 0.38),
                        (left + wide * 0.78, low + tall * 0.38), (left + wide * 0.9, low)], 0.08, INK)  # fmt: skip
    elif kind == 3:
        for leaf in range(5):
            ink(
                brush,
                [(left + wide * 0.3, low), (left + wide * (0.05 + leaf * 0.13), low + tall * (0.3 + leaf % 2 * 0.1))],
                0.07,
                INK,
            )


def lamp_post(brush: Brush, x: float, reach: float = 1.4, lit: bool = True, tint: str = "#ffb35c") -> None:
    """Draw a street lamp whose light falls in a hard cone; `reach` is its arm's length, to the left if negative."""
    side, head = math.copysign(1.0, reach), x + reach
    if lit:
        for wide, alpha in ((2.3, 0.07), (1.25, 0.09)):
            brush.shape([(head - 0.16, 4.9), (head + 0.16, 4.9), (head + wide, 0), (head - wide, 0)], "#ffd79a", alpha)
    brush.shape([(x - 0.1, 0), (x - 0.055, 5.0), (x + 0.045, 5.0), (x + 0.09, 0)], "#3a414f")
    brush.shape([(x - 0.1, 0), (x - 0.055, 5.0), (x - 0.01, 5.0), (x - 0.015, 0)], INK)
    rounded(brush, [(x - 0.18, 0), (x - 0.15, 0.62), (x + 0.15, 0.62), (x + 0.18, 0)], 0.04, "#2b313d", edge=0.015)
    ink(brush, [(x, 4.7), (x + reach * 0.2, 5.1), (x + reach * 0.55, 5.24), (head, 5.14)], 0.13, "#2b313d", 0.6)
    brush.line([(x, 4.3), (x + reach * 0.32, 5.1)], "#2b313d", 0.035)
    shade = [
        (head - 0.34 * side, 5.2),
        (head + 0.30 * side, 5.12),
        (head + 0.34 * side, 4.98),
        (head - 0.3 * side, 4.98),
    ]
    rounded(brush, shade, 0.06, "#20252f", edge=0.015)
    if lit:
        rounded(
            brush, [(head - 0.24, 4.98), (head + 0.24, 4.98), (head + 0.16, 4.86), (head - 0.16, 4.86)], 0.04, "#fff3cf"
        )
        brush.glow(head, 4.92, 0.7, "#fff0c8", 1.3)
        brush.glow(head, 3.1, 1.7, tint, 0.55)
        brush.glow(head, 0.5, 2.5, tint, 0.8)


def tree(brush: Brush, x: float, tall: float, scene: Scene, leaf: str = "#4d6b4f") -> None:
    """Draw a tree: forked trunk, black inner mass, leaf clumps lit from the upper right."""
    chance, bark = scene.chance, "#4a3b34"
    wide = tall * 0.045
    brush.shape(
        [
            (x - wide * 2.2, 0),
            (x - wide, tall * 0.12),
            (x - wide * 0.8, tall * 0.6),
            (x + wide * 0.7, tall * 0.6),
            (x + wide, tall * 0.12),
            (x + wide * 1.9, 0),
        ],
        bark,
    )
    brush.shape([(x - wide * 2.2, 0), (x - wide, tall * 0.12), (x - wide * 0.8, tall * 0.6), (x, tall * 0.6),
                 (x - wide * 0.1, tall * 0.1)], INK)  # fmt: skip
    for aside in (-0.22, 0.2, 0.03):
        ink(
            brush,
            [(x, tall * 0.36), (x + aside * tall * 0.5, tall * 0.55), (x + aside * tall, tall * 0.72)],
            wide * 1.5,
        )
    clumps = [
        (x + chance.uniform(-0.04, 0.04) * tall + dx * tall, (dh + chance.uniform(-0.02, 0.02)) * tall, r * tall)
        for dx, dh, r in (
            (-0.25, 0.56, 0.13), (0.24, 0.58, 0.14), (-0.02, 0.60, 0.16), (-0.15, 0.74, 0.16), (0.16, 0.76, 0.17),
            (0.02, 0.88, 0.15),
        )
    ]  # fmt: skip
    for cx, ch, radius in clumps:
        _clump(brush, cx, ch, radius * 1.10, INK, chance)
    for cx, ch, radius in clumps:
        _clump(brush, cx, ch, radius, darker(leaf, 0.45), chance)
    for cx, ch, radius in clumps:
        _clump(brush, cx + radius * 0.16, ch + radius * 0.2, radius * 0.78, leaf, chance)
    for cx, ch, radius in clumps[1:]:
        _clump(brush, cx + radius * 0.34, ch + radius * 0.42, radius * 0.36, lighter(leaf, 0.22), chance)
        for _ in range(5):
            a = chance.uniform(2.6, 5.2)
            lx, lh = cx + radius * 0.7 * math.cos(a), ch + radius * 0.7 * math.sin(a)
            ink(brush, [(lx, lh), (lx + radius * 0.12, lh + radius * 0.07)], radius * 0.07)


def _clump(brush: Brush, x: float, h: float, radius: float, colour: str, chance: random.Random) -> None:
    """Draw one ragged mass of leaves."""
    edge: list[Point] = []
    for step in range(26):
        reach = radius * (1.10 if step % 2 else 0.90) * chance.uniform(0.93, 1.08)
        angle = step * math.tau / 26
        edge.append((x + reach * math.cos(angle) * 1.12, h + reach * math.sin(angle) * 0.92))
    brush.blob(edge, colour)


def poster(brush: Brush, x: float, h: float, words: str, width: float = 0.9, paper: str = "#e9e1cc") -> None:
    """Draw a taped notice with the given words in as many lines as it needs."""
    parts, one = words.split() or [""], width / 0.9
    lines = [" ".join(parts[index : index + 2]) for index in range(0, min(len(parts), 8), 2)]
    tall = (0.24 + 0.19 * len(lines)) * one
    brush.shape([(x - 0.04, h - 0.05), (x - 0.04, h + tall - 0.06), (x + width - 0.05, h - 0.05)], INK, 0.6)
    brush.edged([(x, h), (x - 0.01, h + tall), (x + width, h + tall), (x + width + 0.01, h + 0.01)], paper, 0.015)
    brush.box(x + 0.04, h + tall - 0.13 * one, width - 0.08, 0.085 * one, "#a8443c")
    brush.shape([(x, h), (x + width * 0.14, h), (x, h + 0.10 * one)], darker(paper, 0.4))
    for left in (x + 0.04, x + width - 0.14 * one):
        brush.box(left, h + tall - 0.03, 0.10 * one, 0.06 * one, "#d8cfa0", 0.8)
    for number, line in enumerate(lines):
        brush.text(line, x + width / 2, h + tall - (0.30 + 0.19 * number) * one, 0.14 * one, "#1b1f2b", width * 0.88)


def sign(
    brush: Brush, words: str, area: tuple[float, float, float, float], colour: str, letters: str = "#f3eee0",
    frame: str = INK,
) -> None:  # fmt: skip
    """Draw a painted board in (x, h, width, height) with one line of words and a hard shadow below."""
    x, h, wide, tall = area
    brush.box(x - 0.05, h - 0.14, wide, 0.16, INK, 0.7)
    brush.box(x - 0.05, h - 0.05, wide + 0.1, tall + 0.1, frame)
    brush.box(x, h, wide, tall, colour)
    brush.box(x, h, wide, tall * 0.12, darker(colour, 0.35))
    brush.text(words, x + wide / 2, h + tall * 0.27, tall * 0.62, letters, wide * 0.92)


def hydrant(brush: Brush, x: float, colour: str = "#c23a30") -> None:
    """Draw a fire hydrant, 0.75 m high."""
    dark = darker(colour, 0.45)
    brush.shape([(x - 0.5, -0.03), (x - 0.1, 0.05), (x + 0.25, 0.02), (x + 0.1, -0.04)], INK, 0.7)
    rounded(brush, [(x - 0.19, 0), (x - 0.19, 0.1), (x + 0.19, 0.1), (x + 0.19, 0)], 0.03, dark, edge=0.012)
    rounded(brush, [(x - 0.13, 0.08), (x - 0.13, 0.56), (x + 0.13, 0.56), (x + 0.13, 0.08)], 0.03, colour, edge=0.012)
    brush.box(x - 0.13, 0.09, 0.10, 0.46, dark)
    rounded(brush, [(x - 0.24, 0.32), (x - 0.24, 0.46), (x + 0.24, 0.46), (x + 0.24, 0.32)], 0.03, colour, edge=0.012)
    brush.disc(x + 0.01, 0.39, 0.075, INK)
    brush.disc(x + 0.015, 0.395, 0.055, lighter(colour, 0.2))
    rounded(brush, [(x - 0.17, 0.54), (x - 0.1, 0.70), (x + 0.1, 0.70), (x + 0.17, 0.54)], 0.05, colour, edge=0.012)
    rounded(brush, [(x - 0.17, 0.54), (x - 0.1, 0.70), (x - 0.03, 0.70), (x - 0.06, 0.54)], 0.03, dark)
    brush.box(x - 0.04, 0.69, 0.08, 0.07, INK)


def mailbox(brush: Brush, x: float, colour: str = "#2f4f86") -> None:
    """Draw a street mailbox, 1.2 m high."""
    for leg in (-0.22, 0.18):
        brush.box(x + leg, 0, 0.06, 0.25, INK)
    dome = [(x - 0.28, 0.2), (x - 0.28, 1.0), (x - 0.18, 1.2), (x + 0.18, 1.2), (x + 0.28, 1.0), (x + 0.28, 0.2)]
    rounded(brush, dome, 0.14, colour, edge=0.016)
    brush.shape([(x - 0.27, 0.22), (x - 0.27, 1.0), (x - 0.1, 1.05), (x - 0.12, 0.22)], darker(colour, 0.5))
    brush.box(x - 0.2, 0.93, 0.4, 0.06, INK)
    brush.text("MAIL", x + 0.06, 0.62, 0.13, "#e8ebf0", 0.3)


def fence(brush: Brush, left: float, right: float, tall: float, colour: str, scene: Scene) -> None:
    """Draw a picket fence between two places, `tall` metres high, a few pickets loose."""
    for rail in (tall * 0.25, tall * 0.72):
        brush.box(left, rail, right - left, 0.07, darker(colour, 0.4))
    x = left
    while x < right:
        lean, top = scene.chance.uniform(-0.02, 0.02), tall * scene.chance.uniform(0.94, 1.03)
        picket = [(x, 0), (x + lean, top - 0.1), (x + 0.055 + lean, top), (x + 0.11 + lean, top - 0.1), (x + 0.11, 0)]
        brush.shape(picket, colour)
        brush.shape([(x, 0), (x + lean, top - 0.1), (x + 0.03 + lean, top - 0.04), (x + 0.03, 0)], darker(colour, 0.5))
        x += 0.18


def bollard(brush: Brush, x: float, colour: str = "#d8b23e") -> None:
    """Draw a steel post, painted and scraped, 0.9 m high."""
    rounded(brush, [(x - 0.09, 0), (x - 0.09, 0.9), (x + 0.09, 0.9), (x + 0.09, 0)], 0.07, colour, edge=0.014)
    brush.box(x - 0.085, 0, 0.07, 0.84, darker(colour, 0.5))
    hatch(brush, [(x - 0.08, 0.5), (x - 0.08, 0.66), (x + 0.08, 0.66), (x + 0.08, 0.5)], 0.11, 0.09, INK, 1.0)


def wires(brush: Brush, spans: list[tuple[Point, Point]], sag: float = 0.5, width: float = 0.03) -> None:
    """Draw hanging wires between pairs of points; `sag` is metres at their middle."""
    for (ax, ah), (bx, bh) in spans:
        points = [
            (ax + (bx - ax) * t / 12, ah + (bh - ah) * t / 12 - sag * 4 * t / 12 * (1 - t / 12)) for t in range(13)
        ]
        brush.line(points, INK, width)
