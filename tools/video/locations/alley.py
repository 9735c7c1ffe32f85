"""The alley: a brick canyon with a steel door under one bulb, a fire escape, a dumpster, and the lit street beyond."""

from tools.video.brush import INK, Brush, Point, darker, lighter
from tools.video.locations.chance import apart
from tools.video.locations.outdoors import poster, sign, sky, skyline, windows, wires
from tools.video.locations.strokes import halves, hatch, ink, masonry, rounded
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_WEST, _EAST, _TURN, _END = -3.6, 3.7, 9.0, 34.0
"""Metres across of the two walls; to the wall with the door; to the street at the alley's far end."""
_MOUTH = -0.5
"""Metres across at which the alley goes on, to the left of the wall with the door."""
_DOOR = 2.4
"""Metres across of the door's middle."""
_BRICK = "#74493d"


def alley(scene: Scene) -> Scenery:
    """A back alley that narrows to the left of a wall with a steel door, and ends in the light of a street."""
    return Scenery(
        (
            sky(apart(scene, "sky")),
            skyline(apart(scene, "skyline"), 80, lit=0.0),
            Plane(_END + 6, lambda brush: _street_end(brush, apart(scene, "street_end"))),
            Plane(_TURN, lambda brush: _door_wall(brush, apart(scene, "door_wall"))),
            Plane(6.0, lambda brush: _overhead(brush, apart(scene, "overhead"))),
            Plane(2.7, lambda brush: _dumpster(brush, apart(scene, "dumpster"))),
            Plane(2.2, lambda brush: _rubbish(brush, apart(scene, "rubbish"))),
        ),
        ("#3d3d42", "#4c4c52"), _TURN + 0.02, stations=(-0.9, 0.2), door=(_DOOR - 0.55, 1.1, 2.15, _TURN), fore="post",
        sides=(
            Side(_MOUTH, _TURN, _END, lambda brush: _far_wall(brush, apart(scene, "far_wall"))),
            Side(_WEST, -14, _END, lambda brush: _west_wall(brush, apart(scene, "west_wall"))),
            Side(_EAST, -14, _TURN, lambda brush: _east_wall(brush, apart(scene, "east_wall"))),
        ),
        flats=(Flat(0.0, -14, _END, lambda brush: _ground(brush, apart(scene, "ground"))),),
    )  # fmt: skip


def _ground(brush: Brush, scene: Scene) -> None:
    """Setts along a gutter, puddles that hold the sky, a drain, papers, the light from the street end."""
    chance = scene.chance
    brush.box(-6, _TURN - 0.5, 12, _END, "#4a4a50")
    for row in range(-28, 50):
        z = row * 0.5
        for _ in range(7 if z < 14 else 3):
            x = chance.uniform(-3.6, 3.6)
            brush.line([(x, z), (x + chance.uniform(0.2, 0.5), z + chance.uniform(-0.03, 0.03))], INK, 0.03, 0.8)
            brush.line([(x, z), (x + 0.02, z + 0.3)], INK, 0.025, 0.7)
    for x in (_WEST, _EAST - 0.9):
        brush.box(x, -14, 0.9, 50, INK, 0.45)
    brush.box(-1.75, -14, 0.5, 48, "#2b2c32")
    brush.line([(-1.75, -14), (-1.75, 34)], INK, 0.05)
    brush.line([(-1.25, -14), (-1.25, 34)], "#6d6d70", 0.035)
    for x, z, wide in ((-1.5, 1.9, 1.5), (1.9, 0.5, 1.0), (-2.0, 6.4, 1.1), (-1.8, 12.0, 1.4)):
        brush.blob(
            [(x - wide, z), (x - wide * 0.4, z + 0.5), (x + wide * 0.8, z + 0.34), (x + wide, z - 0.1), (x, z - 0.45)],
            INK,
        )
        brush.blob(
            [
                (x - wide * 0.9, z),
                (x - wide * 0.4, z + 0.42),
                (x + wide * 0.7, z + 0.28),
                (x + wide * 0.9, z - 0.08),
                (x, z - 0.36),
            ],
            "#5f7496",
        )
        brush.blob([(x - wide * 0.1, z), (x, z + 0.24), (x + wide * 0.5, z + 0.16), (x + wide * 0.5, z - 0.05)],
                   "#c9a86a" if scene.dark else "#aebfca")  # fmt: skip
    for _ in range(9):
        x, z = chance.uniform(-3, 3), chance.uniform(-1, 8)
        brush.shape([(x, z), (x + 0.05, z + 0.25), (x + 0.24, z + 0.2), (x + 0.2, z - 0.02)], "#a9a491")
    if scene.dark:
        brush.shape([(1.0, _TURN), (3.6, _TURN), (3.6, 4.6), (-0.2, 4.6)], "#ffdca0", 0.10)
        brush.glow(_DOOR, 7.6, 2.2, "#ffbe70", 0.95)
        brush.glow(-2.1, 28, 6.0, "#ffbe70", 0.8)


def _street_end(brush: Brush, scene: Scene) -> None:
    """What is seen of the street: a lit shop across it, a lamp, the shape of a car that waits."""
    brush.box(-60, -60, 120, 60.3, "#4c4c52")
    brush.box(-60, 0, 120, 8.5, "#5d6470")
    windows(brush, -8.4, 4.4, 5, 1, (1.2, 1.6), (1.4, 0), scene, 0.5)
    lit = scene.dark
    brush.box(-6.0, 0.4, 6.2, 2.5, INK)
    brush.box(-5.8, 0.6, 5.8, 2.1, "#ffcf82" if lit else "#7f9cae")
    brush.box(-6.2, 3.0, 6.6, 0.7, "#7d2f3a")
    brush.text(scene.place.name, -2.9, 3.14, 0.42, "#ffe6c0", 6.0)
    if lit:
        brush.glow(-2.9, 1.7, 2.6, "#ffc06a", 0.9)
    rounded(
        brush,
        [(-7.4, 0), (-7.4, 0.8), (-6.4, 1.0), (-5.8, 1.5), (-3.6, 1.5), (-2.9, 0.9), (-2.0, 0.7), (-2.0, 0)],
        0.2,
        INK,
    )


def _door_wall(brush: Brush, scene: Scene) -> None:
    """The wall across the left of the alley: a steel door, its bulb and cone, pipes, a painted wall."""
    brush.box(_MOUTH, 0, 40, 14, _BRICK)
    masonry(brush, (_MOUTH, 0.5, _EAST - _MOUTH, 8.5), 0.10, darker(_BRICK, 0.45), scene.chance, 0.22)
    for step in range(28):
        brush.box(_MOUTH, step * 0.5, 0.36 if step % 2 else 0.26, 0.24, lighter(_BRICK, 0.16))
    brush.box(_MOUTH, 0, 40, 0.35, INK, 0.6)
    hatch(brush, [(2.9, 2.9), (3.2, 6.5), (_EAST, 6.5), (_EAST, 0.3)], 0.2, 0.05, INK, 2.4, 0.8, scene.chance)
    _door(brush, scene)
    if scene.place.landmark:
        # Sprayed high up, by somebody who had a ladder and a view.
        for number, line in enumerate(halves(scene.place.landmark.upper())):
            brush.text(line, 1.78, 4.36 - number * 0.62, 0.56, INK, 3.3)
            brush.text(line, 1.75, 4.40 - number * 0.62, 0.56, "#7fae9f", 3.3)
    brush.line([(0.02, 0), (0.02, 9)], INK, 0.2)
    brush.line([(0.06, 0), (0.06, 9)], "#5b6068", 0.08)
    for h in (1.1, 3.4, 5.8):
        brush.box(-0.13, h, 0.3, 0.09, INK)


def _door(brush: Brush, scene: Scene) -> None:
    """The steel door under its bulb, drawn about its middle, and the cone on the wall."""
    canvas = brush.canvas
    canvas.save()
    canvas.translate(_DOOR + 1.2, 0)
    brush.box(-1.92, 0, 1.44, 2.36, INK)
    brush.box(-1.82, 0.1, 1.24, 2.16, darker("#586a72", 0.45))
    brush.box(-1.68, 0.1, 1.10, 2.16, "#586a72")
    for x in (-1.58, -1.2, -0.8):
        for h in (0.3, 1.2, 2.05):
            brush.disc(x, h, 0.035, INK)
    brush.box(-0.86, 0.95, 0.14, 0.34, "#b9b4a6")
    brush.box(-1.5, 0.2, 0.72, 0.3, darker("#586a72", 0.3))
    brush.text("NO ENTRY", -1.18, 1.74, 0.17, "#e0d8c0", 0.9)
    brush.text("(EXCEPT ENTRY)", -1.18, 1.58, 0.10, "#e0d8c0", 0.9)
    brush.line([(-1.2, 2.36), (-1.2, 2.95), (-1.02, 3.05)], INK, 0.06)
    brush.shape([(-1.34, 2.76), (-0.7, 2.76), (-0.92, 3.06), (-1.12, 3.06)], "#2c332f")
    brush.disc(-1.02, 2.74, 0.10, "#fff3cf" if scene.dark else "#c9c4b0")
    if scene.dark:
        brush.shape([(-1.3, 2.74), (-0.74, 2.74), (0.4, 0), (-2.8, 0)], "#ffe0a0", 0.18)
        brush.glow(_DOOR + 0.2, 2.7, 0.7, "#fff0c8", 1.2)
        brush.glow(_DOOR + 0.1, 1.3, 1.6, "#ffbe70", 0.8)
    canvas.restore()


def _overhead(brush: Brush, scene: Scene) -> None:
    """Washing and wires between the walls, far above heads."""
    wires(
        brush, [((_WEST, 6.6), (_EAST, 7.0)), ((_WEST, 5.3), (_EAST, 5.6)), ((_WEST, 8.2), (_EAST, 7.6))], 0.35, 0.025
    )
    for x, wide, tall, tone in ((-1.5, 0.6, 0.7, "#b9b4a6"), (-0.7, 0.5, 0.9, "#6d4a52"), (0.3, 0.7, 0.55, "#5f7496")):
        top = 5.16 + 0.03 * x
        brush.shape(
            [(x, top), (x + wide, top), (x + wide * 0.92, top - tall), (x + wide * 0.08, top - tall * 1.05)], INK
        )
        brush.shape(
            [(x + 0.08, top), (x + wide, top), (x + wide * 0.9, top - tall + 0.04), (x + wide * 0.2, top - tall)], tone
        )


def _west_wall(brush: Brush, scene: Scene) -> None:
    """The left wall, x being depth, as far as the street: brick, bars, pipes, a fire escape with its ladder down."""
    brush.box(-14, 0, 50, 14, darker(_BRICK, 0.12))
    masonry(brush, (-14, 0.3, 40, 8), 0.11, darker(_BRICK, 0.5), scene.chance, 0.20)
    for z in (-11.4, -5.6, 3.6):
        brush.line([(z, 0), (z, 14)], INK, 0.2)
        brush.line([(z + 0.05, 0), (z + 0.05, 14)], "#4b5058", 0.07)
    hatch(brush, [(-14, 0.3), (-14, 6), (-9, 6), (-6, 0.3)], 0.4, 0.06, INK, 1.4, 0.7, scene.chance)
    brush.box(-14, 0, 50, 0.35, INK, 0.7)
    for z in (-9.6, -4.0, 0.6, 4.6, 11.0, 16.5, 23.0):
        windows(brush, z, 3.9, 1, 1, (1.2, 1.7), (0, 0), scene, 0.35)
        windows(brush, z, 7.3, 1, 1, (1.2, 1.7), (0, 0), scene, 0.3)
    brush.box(1.5, 1.2, 1.5, 1.3, INK)
    brush.box(1.6, 1.3, 1.3, 1.1, "#2c3950")
    for bar in range(5):
        brush.box(1.65 + bar * 0.27, 1.3, 0.06, 1.1, INK)
    for h in (3.5, 6.9):
        brush.shape([(-0.6, h - 0.9), (6.2, h - 1.3), (6.2, h - 0.3), (-0.6, h)], INK, 0.5)
        brush.box(-0.4, h - 0.05, 6.8, 0.16, INK)
        for step in range(24):
            brush.line([(-0.35 + step * 0.29, h), (-0.35 + step * 0.29, h + 0.95)], INK, 0.035)
        brush.box(-0.4, h + 0.92, 6.8, 0.07, INK)
    brush.line([(0.2, 6.9), (5.4, 3.6)], INK, 0.12)
    brush.line([(0.6, 6.9), (5.8, 3.6)], INK, 0.12)
    for side in (4.0, 4.5):
        brush.line([(side, 1.2), (side, 4.4)], INK, 0.07)
    for rung in range(10):
        brush.line([(4.0, 1.35 + rung * 0.3), (4.5, 1.35 + rung * 0.3)], INK, 0.05)
    _wall_lamp(brush, 10.6, 3.1, scene.dark)
    for words in scene.place.dressing[:1]:
        poster(brush, 6.6, 1.2, words, 0.9)


def _east_wall(brush: Brush, scene: Scene) -> None:
    """The right wall, up to the turn: darker, vents, meters, a roller door."""
    wall = "#4e4f57"
    brush.box(-14, 0, 50, 11, wall)
    masonry(brush, (-14, 0.3, 35, 8), 0.13, darker(wall, 0.55), scene.chance, 0.12)
    brush.shape([(-14, 0), (-14, 11), (-8, 11), (-4.4, 0)], INK, 0.35)
    for z in (-9.0, 0.3):
        brush.line([(z, 0), (z, 11)], INK, 0.22)
        brush.line([(z + 0.05, 0), (z + 0.05, 11)], "#5f636b", 0.07)
    hatch(brush, [(-4, 3.4), (-4, 8), (14, 8), (14, 3.4)], 0.45, 0.07, INK, 1.7, 0.6, scene.chance)
    brush.box(-14, 0, 50, 0.4, INK, 0.7)
    for z in (-6.5, 6.0, 10.5, 16.0, 22.0):
        windows(brush, z, 4.2, 1, 1, (1.2, 1.6), (0, 0), scene, 0.35)
    brush.box(3.9, 0, 2.6, 2.6, INK)
    for row in range(14):
        brush.box(4.0, row * 0.18, 2.4, 0.13, "#5d666c")
    for number in range(3):
        z = 1.4 + number * 0.5
        brush.edged([(z, 1.3), (z, 1.85), (z + 0.36, 1.85), (z + 0.36, 1.3)], "#6d7379", 0.03)
        brush.disc(z + 0.18, 1.66, 0.11, "#c9c4b0")
        brush.line([(z + 0.18, 1.85), (z + 0.18, 3.2)], INK, 0.05)
    brush.line([(1.5, 3.2), (14, 3.2)], INK, 0.09)
    for z in (8.2, 12.6):
        brush.box(z, 2.2, 1.1, 0.8, INK)
        for slat in range(4):
            brush.box(z + 0.1, 2.3 + slat * 0.17, 0.9, 0.09, "#6d7379")


def _wall_lamp(brush: Brush, z: float, h: float, lit: bool) -> None:
    """A sodium lamp in a cage and the hard-edged light that it throws down the wall."""
    if lit:
        brush.shape([(z - 0.25, h), (z + 0.25, h), (z + 1.5, 0.0), (z - 1.5, 0.0)], "#ffb35c", 0.22)
        brush.glow(z, h - 0.1, 0.7, "#ffd79a", 1.1)
        brush.glow(z, h - 1.4, 1.5, "#ffa64a", 0.75)
    rounded(brush, [(z - 0.3, h), (z - 0.2, h + 0.28), (z + 0.2, h + 0.28), (z + 0.3, h)], 0.06, INK)
    brush.box(z - 0.2, h - 0.08, 0.4, 0.12, "#fff0c8" if lit else "#b9b4a6")


def _far_wall(brush: Brush, scene: Scene) -> None:
    """The right wall of the narrow part, which takes light from the street."""
    brush.box(_TURN, 0, 30, 12, darker(_BRICK, 0.2))
    masonry(brush, (_TURN, 0.3, 24, 8), 0.14, darker(_BRICK, 0.5), scene.chance, 0.1)
    brush.box(_TURN, 0, 30, 0.4, INK, 0.7)
    for z in (12.0, 18.0, 25.0):
        windows(brush, z, 4.0, 1, 1, (1.2, 1.6), (0, 0), scene, 0.3)
        brush.line([(z - 1, 0), (z - 1, 12)], INK, 0.14)


def _dumpster(brush: Brush, scene: Scene) -> None:
    """A green dumpster with its lid up and something looking out of it; bags beside it."""
    brush.canvas.save()
    brush.canvas.translate(5.1, 0)
    green = "#3f6350"
    brush.shape([(-3.5, -0.05), (-3.4, 0.1), (-1.3, 0.1), (-1.2, -0.06), (-2.6, -0.12)], INK, 0.85)
    brush.shape([(-3.45, 1.28), (-3.5, 1.95), (-1.45, 1.9), (-1.4, 1.28)], INK)
    brush.shape([(-3.38, 1.3), (-3.42, 1.88), (-1.55, 1.84), (-1.5, 1.3)], darker(green, 0.55))
    for x in (-2.66, -2.44):
        brush.disc(x, 1.42, 0.05, "#ffe08a")
        brush.disc(x + 0.01, 1.42, 0.022, INK)
    body: list[Point] = [(-3.42, 0.14), (-3.55, 1.30), (-1.35, 1.30), (-1.48, 0.14)]
    brush.edged(body, green, 0.035)
    brush.shape([(-3.42, 0.14), (-3.55, 1.30), (-3.1, 1.30), (-3.0, 0.14)], darker(green, 0.5))
    for x in (-2.95, -2.45, -1.95):
        brush.box(x, 0.2, 0.10, 1.0, darker(green, 0.35))
        brush.box(x, 0.2, 0.03, 1.0, INK)
    brush.box(-3.6, 1.22, 2.3, 0.12, lighter(green, 0.12))
    brush.box(-3.6, 1.19, 2.3, 0.04, INK)
    brush.text("DO NOT", -1.98, 0.72, 0.22, "#d9d4c0", 0.8)
    for x in (-3.2, -1.7):
        brush.disc(x, 0.09, 0.10, INK)
    if scene.place.wrong:
        poster(brush, -3.02, 0.3, scene.place.wrong, 0.46)
    for x, size in ((-1.05, 0.42), (-0.72, 0.34)):
        brush.blob([(x - size, 0), (x - size * 0.9, size), (x - size * 0.1, size * 1.7), (x + size * 0.1, size * 1.7),
                    (x + size * 0.9, size), (x + size, 0)], INK)  # fmt: skip
        brush.shape(
            [(x + size * 0.2, size * 0.5), (x + size * 0.3, size * 1.1), (x + size * 0.5, size * 0.9)], "#4b5262"
        )
        ink(brush, [(x, size * 1.2), (x + 0.03, size * 1.75)], 0.09)
    brush.canvas.restore()


def _rubbish(brush: Brush, scene: Scene) -> None:
    """Crates and a sign along the right wall, below the knee and at the frame's edge."""
    brush.canvas.save()
    brush.canvas.translate(-5.95, 0)
    wood = "#80603f"
    for x, h, wide in ((2.55, 0.0, 0.75), (3.2, 0.0, 0.6), (2.7, 0.5, 0.65)):
        brush.edged([(x, h), (x, h + 0.48), (x + wide, h + 0.48), (x + wide, h)], darker(wood, 0.5), 0.02)
        for slat in range(3):
            brush.box(x + 0.02, h + 0.03 + slat * 0.155, wide - 0.04, 0.11, wood)
            brush.box(x + 0.02, h + 0.03 + slat * 0.155, wide * 0.25, 0.11, darker(wood, 0.45))
    sign(brush, "THIS END IS UP", (2.75, 0.62, 0.55, 0.12), "#cbbb94", "#1b1f2b")
    brush.shape([(2.4, -0.04), (2.5, 0.05), (3.8, 0.05), (3.8, -0.05)], INK, 0.8)
    brush.canvas.restore()
