"""The diner: stools along a counter, a pass to the kitchen with its heat lamps, booths under night windows."""

from tools.video.brush import INK, Brush, Point, darker, lighter
from tools.video.locations.chance import apart
from tools.video.locations.outdoors import poster
from tools.video.locations.strokes import hatch, ink, lettering, rounded
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_BACK, _WEST, _EAST, _HIGH = 5.0, -5.8, 5.6, 3.0
_RED, _CHROME, _CREAM = "#a8322c", "#b9c2c9", "#cfc3a2"


def diner(scene: Scene) -> Scenery:
    """An all-night diner."""
    return Scenery(
        (
            Plane(_BACK, lambda brush: _back(brush, apart(scene, "back"))),
            Plane(3.0, lambda brush: _counter(brush, apart(scene, "counter"))),
            Plane(2.3, _stools),
            Plane(3.6, lambda brush: _booth(brush, 4.0)),
            Plane(2.6, _table_lamp),
            Plane(1.5, lambda brush: _booth(brush, 4.15)),
        ),
        ("#4a4846", "#5f5b55"), _BACK, True, (-2.6, 2.4), (2.55, 1.05, 2.15, _BACK), "chair",
        sides=(
            Side(_WEST, -14, _BACK, lambda brush: _photos(brush, apart(scene, "photos"))),
            Side(_EAST, -14, _BACK, lambda brush: _windows(brush, apart(scene, "windows"))),
        ),
        flats=(
            Flat(0.0, -14, _BACK, _floor),
            Flat(_HIGH, -14, _BACK, _ceiling),
            Flat(1.0, 3.0, 3.7, lambda brush: brush.box(-5.2, 2.9, 7.0, 0.8, "#a33f38")),
        ),
    )  # fmt: skip


def _floor(brush: Brush) -> None:
    """Black and cream, set on the diagonal, with the pools of the lamps."""
    half = 0.52
    for row in range(-27, 11):
        for column in range(-12, 13):
            x, z = column * 2 * half + (half if row % 2 else 0), row * half
            brush.shape([(x - half, z), (x, z + half), (x + half, z), (x, z - half)],
                        "#16181d" if row % 2 else "#b3a88c")  # fmt: skip
    brush.shape([(-5.3, 2.1), (-5.3, 3.0), (1.9, 3.0), (1.9, 2.4)], INK, 0.8)
    for x, z in ((-2.6, 1.4), (2.4, 1.8), (-2.4, -4), (2.4, -5)):
        brush.glow(x, z, 2.0, "#ffdca0", 0.5)


def _ceiling(brush: Brush) -> None:
    """Dark, with a curved chrome cove over the counter and three round lamps."""
    brush.box(-8, -14, 16, 20, "#2b2a31")
    for row in range(-13, 5, 2):
        brush.line([(-8, row), (8, row)], INK, 0.04)
    brush.box(-8, 3.1, 16, 0.5, darker(_CHROME, 0.45))
    brush.box(-8, 3.1, 16, 0.1, INK)
    for x, z in ((-2.6, 1.2), (2.4, 1.2), (-2.6, -4.4), (2.4, -4.4), (0, -9)):
        brush.oval(x, z, 0.95, 0.95, INK)
        brush.oval(x, z, 0.75, 0.75, "#fff0c8")
        brush.glow(x, z, 0.9, "#ffe2a8", 0.9)


def _back(brush: Brush, scene: Scene) -> None:
    """Behind the counter: tiles to the shoulder, calm paint at the height of heads, signs above."""
    wall = "#3f5f63"
    brush.box(-40, -2, 80, 9, wall)
    brush.box(-40, -2, 80, 3.25, "#6c6a5e")
    for row in range(5):
        brush.line([(-8, 0.25 + row * 0.25), (8, 0.25 + row * 0.25)], INK, 0.016, 0.7)
    for column in range(-30, 31):
        h = 0.25 * (column % 4)
        brush.line([(column * 0.27, h), (column * 0.27, h + 0.5)], INK, 0.014, 0.7)
    brush.box(-40, 1.25, 80, 0.06, _RED)
    brush.box(-40, 1.20, 80, 0.05, INK, 0.8)
    brush.box(-40, 2.1, 80, 1.0, darker(wall, 0.4))
    brush.box(-40, 2.08, 80, 0.05, _CHROME)
    for x in (-3.4, 3.4):
        brush.shape([(x - 1.8, 1.32), (x - 1.2, 2.07), (x + 1.2, 2.07), (x + 1.8, 1.32)], "#cfe0c8", 0.09)
        brush.glow(x, 1.9, 2.2, "#ffdca8", 0.42)
    _pass(brush, scene)
    _neon_cup(brush, -3.35, 2.3, scene)
    lettering(brush, scene.place.name, 0.35, 2.55, 0.34, "#ff8a6a", 4.2)
    brush.line([(-1.6, 2.48), (2.3, 2.48)], "#7fe0d0", 0.028)
    brush.glow(0.3, 2.6, 1.1, "#ff6f4f", 0.55)
    _door(brush, scene)
    if scene.place.wrong:
        poster(brush, 4.15, 1.38, scene.place.wrong, 0.62, "#e0d6b4")


def _pass(brush: Brush, scene: Scene) -> None:
    """The opening to the kitchen: steel ledge, two heat lamps, slips on a rail, a cook's hat going by."""
    brush.box(-1.2, 1.18, 2.5, 0.9, INK)
    brush.box(-1.1, 1.26, 2.3, 0.76, "#5c4632")
    brush.box(-1.1, 1.26, 2.3, 0.2, "#39302a")
    for x in (-0.9, -0.55, 0.75):
        rounded(brush, [(x, 1.42), (x - 0.03, 1.6), (x + 0.2, 1.6), (x + 0.17, 1.42)], 0.03, "#8d959c", edge=0.012)
    brush.blob([(0.05, 1.34), (0.06, 1.62), (-0.04, 1.72), (0.16, 1.84), (0.36, 1.72), (0.28, 1.62), (0.3, 1.34)], INK)
    for x in (-0.6, 0.6):
        brush.line([(x, 2.02), (x, 1.86)], INK, 0.025)
        brush.shape([(x - 0.16, 1.72), (x + 0.16, 1.72), (x + 0.05, 1.87), (x - 0.05, 1.87)], _RED)
        brush.box(x - 0.11, 1.695, 0.22, 0.04, "#fff0c0")
        brush.shape([(x - 0.12, 1.7), (x + 0.12, 1.7), (x + 0.34, 1.26), (x - 0.34, 1.26)], "#ffb060", 0.35)
        brush.glow(x, 1.5, 0.55, "#ff9a4a", 0.9)
    brush.box(-1.3, 1.16, 2.7, 0.09, _CHROME)
    for number in range(9):
        x, tall = -1.05 + number * 0.26, scene.chance.uniform(0.14, 0.26)
        if number != 6:
            brush.shape([(x, 2.05), (x + 0.12, 2.05), (x + 0.13, 2.05 - tall), (x + 0.01, 2.03 - tall)], "#e6dfc6")
            brush.line([(x + 0.03, 1.98), (x + 0.1, 1.98)], INK, 0.012)
    brush.box(-1.2, 2.03, 2.5, 0.035, INK)


def _neon_cup(brush: Brush, x: float, h: float, scene: Scene) -> None:
    """A cup in neon tube that never fills."""
    brush.box(x - 0.62, h - 0.12, 1.24, 0.82, "#15131b")
    for width, tone in ((0.07, "#1f8f86"), (0.03, "#a8fff0")):
        brush.line(
            [
                (x - 0.34, h + 0.38),
                (x - 0.28, h + 0.02),
                (x + 0.2, h + 0.02),
                (x + 0.26, h + 0.38),
                (x - 0.34, h + 0.38),
            ],
            tone,
            width,
        )
        brush.line([(x + 0.26, h + 0.32), (x + 0.42, h + 0.3), (x + 0.42, h + 0.14), (x + 0.23, h + 0.1)], tone, width)
    for step in range(3):
        left = x - 0.2 + step * 0.16
        tone = "#ff9a6a" if step != 1 else "#4a3230"
        brush.line([(left, h + 0.44), (left + 0.05, h + 0.5), (left, h + 0.56), (left + 0.05, h + 0.62)], tone, 0.03)
    brush.glow(x, h + 0.25, 0.55, "#5fe6d6", 0.7)
    if scene.place.landmark:
        brush.edged([(x - 1.5, h - 0.02), (x - 1.5, h + 0.5), (x - 0.72, h + 0.5), (x - 0.72, h - 0.02)], _CREAM, 0.015)
        brush.text("AS SEEN ON", x - 1.11, h + 0.36, 0.075, _RED, 0.7)
        words = scene.place.landmark.upper().split()
        for number in range(0, min(len(words), 6), 2):
            brush.text(" ".join(words[number : number + 2]), x - 1.11, h + 0.23 - number * 0.06, 0.09, INK, 0.7)


def _door(brush: Brush, scene: Scene) -> None:
    brush.box(2.45, 0, 1.25, 2.24, INK)
    brush.box(2.55, 0, 1.05, 2.15, darker(_CHROME, 0.25))
    brush.box(2.55, 0, 0.14, 2.15, darker(_CHROME, 0.6))
    rounded(
        brush,
        [(2.74, 0.9), (2.74, 2.0), (3.42, 2.0), (3.42, 0.9)],
        0.3,
        "#182238" if scene.dark else "#9fbac6",
        edge=0.02,
    )
    brush.shape([(2.8, 1.0), (3.0, 0.95), (3.35, 1.85), (3.15, 1.95)], "#4d6388", 0.6)
    brush.box(2.66, 0.5, 0.84, 0.16, _CHROME)
    brush.box(2.66, 0.5, 0.84, 0.04, INK)
    brush.text("PULL (IT'S PUSH)", 3.08, 0.73, 0.07, INK, 0.7)


def _counter(brush: Brush, scene: Scene) -> None:
    """Fluted chrome and red, a pie case that shines, shakers, a coffee machine."""
    brush.box(-5.2, 0, 7.0, 0.96, _RED)
    brush.box(-5.2, 0, 0.6, 0.96, darker(_RED, 0.5))
    x = -5.1
    while x < 1.8:
        brush.box(x, 0.2, 0.035, 0.62, INK, 0.75)
        brush.box(x + 0.05, 0.2, 0.02, 0.62, lighter(_RED, 0.2))
        x += scene.chance.uniform(0.17, 0.2)
    brush.box(-5.2, 0, 7.0, 0.16, INK)
    for h in (0.83, 0.9):
        brush.box(-5.25, h, 7.1, 0.035, _CHROME)
    brush.box(-5.3, 0.95, 7.2, 0.07, "#d9cdb0")
    rounded(brush, [(-1.75, 1.02), (-1.75, 1.62), (-0.45, 1.62), (-0.45, 1.02)], 0.06, INK)
    rounded(brush, [(-1.7, 1.05), (-1.7, 1.58), (-0.5, 1.58), (-0.5, 1.05)], 0.05, "#ffdc96")
    brush.glow(-1.1, 1.3, 0.75, "#ffd48a", 0.8)
    for row in (1.06, 1.32):
        brush.box(-1.7, row, 1.2, 0.02, "#8a6233")
        for pie, tone in ((-1.55, "#b0703a"), (-1.18, "#8f3b36"), (-0.82, "#c9a050")):
            if row < 1.2 or pie != -1.18:
                brush.shape(
                    [
                        (pie - 0.03, row + 0.02),
                        (pie - 0.05, row + 0.11),
                        (pie + 0.08, row + 0.17),
                        (pie + 0.2, row + 0.11),
                        (pie + 0.18, row + 0.02),
                    ],
                    INK,
                )
                brush.shape(
                    [
                        (pie, row + 0.03),
                        (pie - 0.02, row + 0.1),
                        (pie + 0.08, row + 0.15),
                        (pie + 0.17, row + 0.1),
                        (pie + 0.15, row + 0.03),
                    ],
                    tone,
                )
    brush.shape([(-1.5, 1.05), (-1.3, 1.05), (-1.05, 1.58), (-1.25, 1.58)], "#ffffff", 0.3)
    rounded(brush, [(0.5, 1.02), (0.48, 1.5), (1.12, 1.5), (1.1, 1.02)], 0.05, darker(_CHROME, 0.3), edge=0.016)
    brush.shape([(0.5, 1.02), (0.48, 1.48), (0.62, 1.48), (0.62, 1.02)], INK)
    brush.box(0.68, 1.08, 0.34, 0.2, INK)
    brush.disc(0.85, 1.39, 0.055, "#ff6a4a")
    for words in scene.place.dressing[:1]:
        poster(brush, -3.35, 1.03, words, 0.4)
    for at, tone in ((-4.6, "#b03a32"), (-4.45, "#d8b23e"), (-2.3, "#e8e2cc"), (-2.2, "#5b6068")):
        rounded(
            brush,
            [(at, 1.02), (at + 0.01, 1.2), (at + 0.04, 1.26), (at + 0.07, 1.2), (at + 0.08, 1.02)],
            0.02,
            tone,
            0.01,
        )


def _stools(brush: Brush) -> None:
    """Red stools on chrome; one has lost its seat."""
    for number, x in enumerate((-4.7, -3.75, -2.9, -1.9, -0.95, 0.1, 1.15)):
        brush.oval(x, 0.02, 0.55, 0.09, INK)
        brush.box(x - 0.045, 0.02, 0.09, 0.66, darker(_CHROME, 0.15))
        brush.box(x - 0.045, 0.02, 0.035, 0.66, INK)
        brush.box(x - 0.17, 0.2, 0.34, 0.035, _CHROME)
        if number != 4:
            rounded(
                brush, [(x - 0.23, 0.66), (x - 0.23, 0.82), (x + 0.23, 0.82), (x + 0.23, 0.66)], 0.06, _RED, edge=0.016
            )
            brush.shape([(x - 0.22, 0.68), (x - 0.22, 0.79), (x - 0.06, 0.76), (x - 0.06, 0.67)], darker(_RED, 0.5))
            brush.box(x - 0.23, 0.64, 0.46, 0.05, _CHROME)
            brush.box(x - 0.23, 0.64, 0.2, 0.05, INK)


def _booth(brush: Brush, x: float) -> None:
    """A booth at the window: two backs, a table, a lamp hanging over it."""
    right = _EAST - 0.1
    rounded(brush, [(x, 0), (x, 1.15), (right, 1.15), (right, 0)], 0.08, _RED, edge=0.02)
    brush.shape([(x, 0), (x, 1.1), (x + 0.3, 1.1), (x + 0.24, 0)], darker(_RED, 0.55))
    for fold in range(1, 4):
        ink(brush, [(x + fold * 0.36, 1.1), (x + fold * 0.36 - 0.03, 0.45)], 0.03)
    brush.box(x, 1.1, right - x, 0.07, _CHROME)
    brush.box(x, 1.07, right - x, 0.03, INK)
    brush.shape([(x + 0.42, 0.2), (x + 0.42, 0.98), (right - 0.2, 0.98), (right - 0.2, 0.2)], darker(_RED, 0.16))
    brush.box(x, 0, right - x, 0.12, INK)


def _table_lamp(brush: Brush) -> None:
    """A shade over the booth's table, its cone, and the table's edge."""
    brush.line([(4.85, 2.0), (4.85, _HIGH)], INK, 0.03)
    brush.shape([(4.75, 1.8), (4.95, 1.8), (5.4, 0.78), (4.25, 0.78)], "#ffd894", 0.16)
    rounded(brush, [(4.55, 1.78), (4.74, 2.04), (4.96, 2.04), (5.15, 1.78)], 0.03, "#7d2f2a", edge=0.02)
    brush.shape([(4.55, 1.78), (4.74, 2.04), (4.82, 2.04), (4.76, 1.78)], INK, 0.6)
    brush.box(4.6, 1.745, 0.5, 0.045, "#fff0c0")
    brush.glow(4.85, 1.6, 0.9, "#ffce86", 0.85)
    brush.box(4.2, 0.74, 1.3, 0.07, _CREAM)
    brush.box(4.2, 0.70, 1.3, 0.05, INK)


def _photos(brush: Brush, scene: Scene) -> None:
    """The left wall: panels and crooked photographs of people who finished something."""
    brush.box(-14, 0, 19, _HIGH, "#4a4038")
    for step in range(-28, 11):
        brush.line([(step * 0.5, 0), (step * 0.5, 1.25)], INK, 0.035)
    brush.box(-14, 1.22, 19, 0.08, _RED)
    brush.box(-14, 0, 19, 0.18, INK)
    for number in range(9):
        z, h = -4.4 + number * 1.02, scene.chance.uniform(1.45, 1.75)
        lean = scene.chance.uniform(-0.04, 0.04)
        frame: list[Point] = [(z, h), (z + lean, h + 0.62), (z + 0.55 + lean, h + 0.6), (z + 0.55, h - 0.02)]
        brush.edged(frame, "#a8946a", 0.05)
        brush.disc(z + 0.28, h + 0.36, 0.13, INK)
        brush.shape([(z + 0.08, h + 0.04), (z + 0.14, h + 0.24), (z + 0.42, h + 0.24), (z + 0.48, h + 0.04)], INK)
    hatch(brush, [(-6, 2.4), (-6, _HIGH), (_BACK, _HIGH), (_BACK, 2.5)], 0.2, 0.04, INK, -2.0, 0.7, scene.chance)


def _windows(brush: Brush, scene: Scene) -> None:
    """The right wall: wide windows on to the night, blinds half down, the sign seen from behind."""
    brush.box(-14, 0, 19, _HIGH, "#53575a")
    brush.box(-14, 0, 19, 1.0, "#6c4038")
    brush.box(-14, 0, 19, 0.15, INK)
    for z in (-6.4, -3.6, -0.8, 2.0):
        brush.box(z, 0.95, 2.5, 1.65, INK)
        brush.box(z + 0.08, 1.03, 2.34, 1.49, "#22325a" if scene.dark else "#a9c6d4")
        brush.shape(
            [(z + 0.08, 1.03), (z + 0.08, 1.6), (z + 0.9, 1.75), (z + 1.3, 1.5), (z + 2.42, 1.62), (z + 2.42, 1.03)],
            "#111a30" if scene.dark else "#7d8f98",
        )
        for slat in range(4):
            brush.box(z + 0.08, 2.42 - slat * 0.1, 2.34, 0.055, "#b9a98a")
        if scene.dark:
            brush.lamp(z + 0.7, 1.42, 0.16, 0.2, "#ffc06a", 0.8, 1.0)
            brush.disc(z + 1.9, 1.95, 0.07, "#ffe2a8")
        brush.shape([(z + 0.3, 1.03), (z + 0.6, 1.03), (z + 1.3, 2.52), (z + 1.0, 2.52)], "#dfe8f4", 0.13)
    brush.text("EAT", 3.25, 1.75, 0.5, "#ff8a6a")
    brush.glow(3.2, 1.9, 0.6, "#ff6f4f", 0.7)
