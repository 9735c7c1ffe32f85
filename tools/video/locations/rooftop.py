"""The rooftop: a water tower, a parapet, vents, laundry, the back of a neon sign, and the town far below."""

import math

from tools.video.brush import INK, Brush, Point, darker, lighter
from tools.video.locations.chance import apart
from tools.video.locations.indoors import notice
from tools.video.locations.outdoors import sky, windows
from tools.video.scenery import Flat, Plane, Scene, Scenery

_EDGE = 6.4
"""Depth of the parapet."""
_NEON = "#ff6f93"


def rooftop(scene: Scene) -> Scenery:
    """A flat roof five floors up; behind the parapet the roofs of the town, far down."""
    return Scenery(
        (
            sky(apart(scene, "sky")),
            Plane(64, lambda brush: _far_town(brush, apart(scene, "far_town"))),
            Plane(34, lambda brush: _roofs(brush, apart(scene, "roofs"))),
            Plane(15, lambda brush: _neighbours(brush, apart(scene, "neighbours"))),
            Plane(_EDGE, lambda brush: _parapet(brush, apart(scene, "parapet"))),
            Plane(6.1, lambda brush: _vents(brush, apart(scene, "vents"))),
            Plane(5.4, lambda brush: _tower(brush, apart(scene, "tower"))),
            Plane(2.9, lambda brush: _laundry(brush, apart(scene, "laundry"))),
        ),
        ("#6d6b70", "#85848a"),
        _EDGE,
        stations=(0.0, -3.0, 4.8),
        door=(8.7, 1.0, 2.1, 6.1),
        fore="rail",
        flats=(Flat(0.0, -16.0, _EDGE, lambda brush: _roof(brush, apart(scene, "roof"))),),
    )  # fmt: skip


def _far_town(brush: Brush, scene: Scene) -> None:
    """The far town as two strips of cut paper with a few lit windows, and the hills."""
    chance = scene.chance
    brush.blob([(-110, -30), (-90, 4), (-50, 10), (-20, 6), (14, 12), (50, 7), (90, 11), (110, -30)], "#4d5a76")
    for tone, low, high in (("#465370", 2.0, 9.0), ("#2d364b", -1.0, 4.5)):
        x = -95.0
        while x < 95:
            wide, top = chance.uniform(3, 9), chance.uniform(low, high)
            brush.box(x, -60, wide, 60 + top, tone)
            if chance.random() < 0.4:
                brush.box(x + wide * 0.3, top, 0.4, chance.uniform(1, 3.5), tone)
            for _ in range(3):
                left, low = x + chance.uniform(0.3, wide - 0.8), top - chance.uniform(0.9, 6)
                tint = chance.choice(("#ffc873", "#f3a95a", "#9fd8e8"))
                brush.box(left, low, 0.5, 0.7, tint if scene.dark else darker(tone, 0.3))
            x += wide * chance.uniform(0.9, 1.2)
    if scene.dark:
        for x in (-40.0, -12.0, 18.0, 46.0):
            brush.glow(x, -3, 6, "#ffb870", 0.75)


def _roofs(brush: Brush, scene: Scene) -> None:
    """Roofs of the next streets: gables, chimneys, a church spire, aerials."""
    chance, x = scene.chance, -62.0
    while x < 62:
        wide, top = chance.uniform(6, 11), chance.uniform(-1.5, 2.6)
        tone = chance.choice(("#574a50", "#48506a", "#5f5648"))
        brush.box(x, -60, wide, 60 + top, tone)
        brush.box(x, -60, wide * 0.3, 60 + top, darker(tone, 0.45))
        if chance.random() < 0.5:
            brush.edged([(x - 0.5, top), (x + wide + 0.5, top), (x + wide * 0.55, top + 2.6)], darker(tone, 0.3), 0.12)
        else:
            brush.box(x - 0.3, top, wide + 0.6, 0.5, darker(tone, 0.55))
            brush.box(x + wide * 0.6, top, 0.9, 1.7, darker(tone, 0.4))
        windows(brush, x + wide * 0.36, top - 2.6, 2, 1, (1.0, 1.4), (1.1, 1.0), apart(scene, f"roof {x:.1f}"), 0.5)
        x += wide * chance.uniform(0.95, 1.15)
    brush.box(23.4, -20, 3.2, 24, "#3b4358")
    brush.edged([(23.0, 4), (27.0, 4), (25.0, 13.5)], "#2a3144", 0.15)
    brush.line([(25.0, 13.4), (25.0, 15.2)], INK, 0.22)
    brush.line([(24.3, 14.5), (25.7, 14.5)], INK, 0.18)
    brush.disc(25.0, 2.6, 0.9, "#ffe2ae" if scene.dark else "#d5cfba")
    brush.line([(25.0, 3.2), (25.0, 2.6), (25.4, 2.4)], INK, 0.14)
    if scene.dark:
        brush.glow(25.0, 2.6, 1.7, "#ffe2ae", 0.8)


def _neighbours(brush: Brush, scene: Scene) -> None:
    """The house across the alley with its fire escape, at the left; a lower one with a tank at the right."""
    x = -20.0
    brush.box(x, -40, 11.5, 45.6, "#6a4d45")
    brush.box(x + 10.4, -40, 1.1, 45.6, darker("#6a4d45", 0.5))
    brush.rules([(x, 5.2 - n * 0.42, x + 10.4, 5.2 - n * 0.42) for n in range(16)], darker("#6a4d45", 0.3), 0.03)
    brush.box(x - 0.4, 5.4, 12.4, 0.6, "#3d2d2a")
    windows(brush, x + 1.2, 1.6, 3, 1, (1.4, 2.1), (1.8, 1.4), scene, 0.55)
    for low in (0.9, 4.2):
        brush.box(x + 0.8, low, 9.2, 0.16, INK)
        brush.rules([(x + 0.8 + n * 0.46, low, x + 0.8 + n * 0.46, low + 0.9) for n in range(21)], INK, 0.05)
    brush.line([(x + 8.6, 0.9), (x + 6.2, 4.2)], INK, 0.14)
    brush.line([(x + 9.2, 0.9), (x + 6.8, 4.2)], INK, 0.14)
    brush.box(11.5, -40, 16, 40.6, "#4d5462")
    brush.box(11.2, 0.5, 16.6, 0.4, INK)
    brush.box(14.0, 0.9, 3.0, 1.5, "#3c4350")
    brush.rules([(14.0, 1.2 + n * 0.3, 17.0, 1.2 + n * 0.3) for n in range(4)], INK, 0.06)


def _parapet(brush: Brush, scene: Scene) -> None:
    """The parapet with its coping stones, and behind it the neon sign on its scaffold, seen from the back."""
    _sign(brush, scene)
    brush.box(-60, 0, 120, 0.95, "#7a5c50")
    joints = [
        (-18 + n * 0.62 + 0.31 * (row % 2), row * 0.19)
        for row in range(5)
        for n in range(60)
        if (n * 7 + row * 3) % 5 < 2
    ]
    brush.rules([(x, h, x, h + 0.19) for x, h in joints], darker("#7a5c50", 0.45), 0.025)
    brush.rules([(-20.0, row * 0.19, 20.0, row * 0.19) for row in range(1, 5)], darker("#7a5c50", 0.4), 0.02)
    brush.box(-60, 0, 120, 0.16, INK, 0.6)
    brush.box(-60, 0.93, 120, 0.15, "#a39a8b")
    brush.box(-60, 0.9, 120, 0.045, INK)
    brush.rules([(-19 + n * 1.3, 0.93, -19 + n * 1.3, 1.08) for n in range(30)], INK, 0.03)
    notice(brush, 1.1, 0.2, scene.place.wrong or "no diving", 0.62, "#b9b09a", 0.02)
    for x in (-7.2, 1.9):
        brush.blob([(x, 1.07), (x + 0.34, 1.07), (x + 0.4, 1.22), (x + 0.12, 1.3)], "#59606e")
        brush.disc(x + 0.02, 1.33, 0.075, "#59606e")


def _sign(brush: Brush, scene: Scene) -> None:
    """The place's name in neon for the street below: from up here one reads it from behind."""
    left, right = -3.2, 4.4
    posts = [left + 0.2 + n * (right - left - 0.4) / 5 for n in range(6)]
    brush.rules([(x, 0.5, x, 3.9) for x in posts], INK, 0.08)
    brush.rules([(left, 2.25, right, 2.25), (left, 3.85, right, 3.85)], INK, 0.1)
    brush.rules(
        [(a, 0.9 if n % 2 else 2.2, a + 1.44, 2.2 if n % 2 else 0.9) for n, a in enumerate(posts[:-1])], INK, 0.045
    )
    brush.canvas.save()
    brush.canvas.translate((left + right) / 2, 0)
    brush.canvas.scale(-1, 1)
    for dx, dh, tone in ((0.05, -0.05, INK), (0.0, 0.0, _NEON if scene.dark else "#8f3d52")):
        brush.text(scene.place.name, dx, 2.62 + dh, 0.95, tone, right - left - 0.4)
    brush.canvas.restore()
    if scene.dark:
        for x in (-1.8, 0.6, 3.0):
            brush.glow(x, 2.95, 1.25, _NEON, 0.85)
        brush.glow(0.6, 0.9, 1.8, _NEON, 0.4)


def _roof(brush: Brush, scene: Scene) -> None:
    """Tar sheets with patches and seams, a puddle, a skylight, chalk from somebody's game."""
    for number, z in enumerate((-15.0, -10.5, -7.0, -3.4, -0.2, 2.4, 4.6)):
        brush.shape([(-60, z), (60, z + 0.2), (60, z + 2.0), (-60, z + 1.7)], ("#78777e", "#807f86")[number % 2], 0.8)
        brush.line([(-60, z), (60, z + 0.2)], INK, 0.03)
    brush.rules([(x, -16.0, x + 0.3, _EDGE) for x in (-8.6, -3.9, 1.4, 6.3)], INK, 0.028)
    brush.shape([(-60, _EDGE), (60, _EDGE), (60, _EDGE - 0.9), (-60, _EDGE - 1.1)], INK, 0.55)
    brush.edged([(-1.6, -2.9), (0.4, -2.7), (0.3, -1.5), (-1.5, -1.6)], "#4a4a54", 0.025)
    brush.blob([(1.0, 0.9), (2.7, 0.7), (3.4, 1.3), (2.4, 1.8), (1.2, 1.6)], "#8aa0bc" if scene.dark else "#b6cad6")
    brush.blob([(1.3, 1.2), (2.4, 1.0), (3.0, 1.4), (2.2, 1.65)], "#3a4a64", 0.7)
    x = -6.4
    brush.edged([(x, 0.4), (x + 1.9, 0.4), (x + 1.9, 2.0), (x, 2.0)], "#ffd894" if scene.dark else "#8fb4c8", 0.09)
    brush.rules([(x + 0.63, 0.4, x + 0.63, 2.0), (x + 1.27, 0.4, x + 1.27, 2.0), (x, 1.2, x + 1.9, 1.2)], INK, 0.06)
    if scene.dark:
        brush.glow(x + 0.95, 1.2, 1.1, "#ffd08a", 1.0)
        brush.glow(0.6, 4.6, 2.2, _NEON, 0.5)
        brush.glow(9.0, 4.6, 1.8, "#ffc27a", 0.75)
    chalk = [(2.2, -1.6), (2.2, -0.4), (3.0, -0.4), (3.0, -1.6)]
    brush.line([*chalk, chalk[0]], "#c9c6b4", 0.03, 0.7)
    brush.rules([(2.2, -1.2, 3.0, -1.2), (2.2, -0.8, 3.0, -0.8), (2.6, -1.6, 2.6, -1.2)], "#c9c6b4", 0.03, 0.7)


def _tower(brush: Brush, scene: Scene) -> None:
    """The water tower on four legs, its staves and hoops, the town's landmark painted on it."""
    x = -5.9
    brush.oval(x, 0.05, 4.2, 0.35, INK, 0.6)
    for foot, head in ((-1.6, -1.2), (-0.9, -0.7), (0.9, 0.7), (1.6, 1.2)):
        brush.line([(x + foot, 0), (x + head, 2.7)], INK, 0.17)
    brush.rules([(x - 1.5, 0.5, x + 1.25, 2.4), (x + 1.5, 0.5, x - 1.25, 2.4)], INK, 0.06)
    brush.box(x - 1.75, 2.6, 3.5, 0.18, INK)
    tank: list[Point] = [(x - 1.55, 2.75), (x + 1.55, 2.75), (x + 1.42, 5.5), (x - 1.42, 5.5)]
    brush.edged(tank, "#8a6648", 0.06)
    brush.rules(
        [(x - 1.5 + n * 0.23, 2.8, x - 1.38 + n * 0.212, 5.45) for n in range(14)], darker("#8a6648", 0.45), 0.025
    )
    brush.shape([(x - 1.55, 2.75), (x - 0.7, 2.75), (x - 0.62, 5.5), (x - 1.42, 5.5)], INK, 0.55)
    for h in (3.05, 3.9, 4.85):
        brush.line([(x - 1.53, h + 0.02), (x - 0.5, h - 0.08), (x + 0.6, h - 0.08), (x + 1.53, h + 0.02)], INK, 0.06)
    brush.edged([(x - 1.75, 5.45), (x + 1.75, 5.45), (x, 6.9)], "#4a4550", 0.06)
    brush.shape([(x - 1.75, 5.45), (x - 0.6, 5.45), (x, 6.9)], INK, 0.6)
    brush.text(scene.place.landmark or scene.world.agency.county, x + 0.35, 4.25, 0.34, lighter("#8a6648", 0.6), 1.9)
    brush.rules([(x + 1.75, 0.0, x + 1.5, 5.3), (x + 2.0, 0.0, x + 1.75, 5.3)], INK, 0.05)
    brush.rules(
        [(x + 1.74 - n * 0.02, 0.3 + n * 0.4, x + 1.98 - n * 0.02, 0.3 + n * 0.4) for n in range(13)], INK, 0.04
    )


def _vents(brush: Brush, scene: Scene) -> None:
    """The head of the stairs, a humming box, two chimney cowls, an aerial with a kite in it."""
    brush.canvas.save()
    brush.canvas.translate(3.0, 0)
    _stair_head(brush, scene)
    brush.canvas.restore()
    if scene.dark:
        brush.glow(9.2, 2.0, 0.9, "#ffc27a", 0.95)
    x = -1.7
    brush.cell(x, 0, 1.2, 0.85, "#8d949c", 0.035)
    brush.disc(x + 0.6, 0.44, 0.33, INK)
    for step in range(5):
        angle = step * 2 * math.pi / 5
        brush.line(
            [(x + 0.6, 0.44), (x + 0.6 + 0.27 * math.cos(angle), 0.44 + 0.27 * math.sin(angle))], "#59606e", 0.07
        )
    brush.box(x, 0, 0.25, 0.85, INK, 0.5)
    for left in (2.6, 3.2):
        brush.cell(left, 0, 0.24, 0.9, "#6f767f", 0.025)
        brush.edged(
            [(left - 0.14, 0.88), (left + 0.38, 0.88), (left + 0.28, 1.12), (left - 0.04, 1.12)], "#59606e", 0.025
        )
    brush.line([(8.0, 3.2), (8.0, 6.4)], INK, 0.06)
    brush.rules([(7.3, 5.2, 8.7, 5.2), (7.4, 5.6, 8.6, 5.6), (7.6, 6.0, 8.4, 6.0)], INK, 0.04)
    brush.edged([(8.2, 5.9), (8.7, 6.5), (9.1, 5.8), (8.5, 5.3)], "#c8453d", 0.03)
    brush.ink([(8.5, 5.3), (8.9, 4.8), (8.7, 4.3), (9.0, 3.9)], 0.04)


def _stair_head(brush: Brush, scene: Scene) -> None:
    """The hut over the stairs with its door and lamp."""
    brush.cell(4.9, 0, 3.4, 2.9, "#84705f", 0.05)
    brush.box(4.9, 0, 0.8, 2.9, INK, 0.5)
    brush.edged([(4.6, 2.85), (8.6, 2.85), (8.6, 3.15), (4.6, 3.3)], "#3d3a40", 0.05)
    brush.box(5.6, 0, 1.2, 2.22, INK)
    brush.box(5.7, 0, 1.0, 2.1, "#4c6460")
    brush.cell(5.85, 1.2, 0.7, 0.6, darker("#4c6460", 0.3), 0.025)
    brush.disc(6.58, 1.0, 0.05, "#d8b65a")
    notice(brush, 7.1, 1.3, "please shut the door, the pigeons", 0.8)
    brush.box(6.05, 2.36, 0.3, 0.18, "#fff0c8" if scene.dark else "#8b9088", round_=0.05)


def _laundry(brush: Brush, scene: Scene) -> None:
    """Washing on a line, among it a uniform shirt that nobody admits to."""
    brush.canvas.save()
    brush.canvas.translate(-1.9, 0)
    brush.rules([(2.8, 0.0, 2.8, 2.3), (6.3, 0.0, 6.3, 2.3)], INK, 0.07)
    brush.rules([(2.5, 2.22, 3.1, 2.22), (6.0, 2.22, 6.6, 2.22)], INK, 0.06)
    brush.line([(2.8, 2.25), (4.0, 2.08), (5.0, 2.06), (6.3, 2.25)], INK, 0.022)
    items = ((3.0, 0.5, 0.72, "#d9d2bd"), (3.75, 0.75, 0.62, "#b3544a"), (4.75, 0.62, 0.85, "#39527f"),
             (5.6, 0.34, 0.5, "#d9a441"))  # fmt: skip
    for x, wide, tall, tone in items:
        top = 2.06 + 0.02 * abs(x - 5.3)
        sway, low = 0.07, top - tall
        cloth: list[Point] = [(x, top), (x + wide, top), (x + wide + sway, low), (x + wide * 0.5 + sway, low + 0.06),
                              (x + sway, low)]  # fmt: skip
        brush.edged(cloth, tone, 0.02)
        brush.shape([(x, top), (x + wide * 0.28, top), (x + wide * 0.3 + sway, low), (x + sway, low)], INK, 0.4)
        brush.ink([(x + wide * 0.6, top - 0.05), (x + wide * 0.7 + sway, top - tall * 0.9)], 0.025)
    brush.shape([(4.75, 2.06), (4.45, 1.6), (4.62, 1.52), (4.86, 1.8)], "#2b3f63")
    brush.shape([(5.37, 2.06), (5.7, 1.62), (5.54, 1.54), (5.28, 1.8)], "#39527f")
    brush.disc(5.2, 1.78, 0.05, "#e0b44c")
    brush.canvas.restore()
