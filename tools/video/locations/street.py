"""The street: a corner of Main and a side street that runs off between two dark rows to the town clock."""

from tools.video.brush import INK, Brush, Point, darker, lighter
from tools.video.locations.chance import apart
from tools.video.locations.outdoors import (
    car,
    hydrant,
    lamp_post,
    mailbox,
    poster,
    sign,
    sky,
    skyline,
    tree,
    windows,
    wires,
)  # fmt: skip
from tools.video.locations.strokes import halves, hatch, ink, lettering, masonry, rounded
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_KERB, _FRONT, _END = 3.6, 7.98, 46.0
_LEFT, _RIGHT = -1.5, 7.0
"""Metres across of the two corners of the side street."""


def street(scene: Scene) -> Scenery:
    """A corner in a small town: the named shop, the side street with its clock, a shuttered store, the patrol car."""
    planes = (
        sky(apart(scene, "sky")),
        skyline(apart(scene, "skyline"), 70, lit=0.0),
        Plane(_END, lambda brush: _clock(brush, apart(scene, "clock"))),
        Plane(_FRONT, lambda brush: _fronts(brush, apart(scene, "fronts"))),
        Plane(4.2, lambda brush: _furniture(brush, apart(scene, "furniture"))),
        Plane(2.5, lambda brush: _cars(brush, apart(scene, "cars"))),
    )
    return Scenery(
        planes, ("#4a4e59", "#5a6070"), 8, stations=(-6.2, 2.8, 11.6), door=(-6.75, 1.1, 2.25, _FRONT), fore="post",
        sides=(
            Side(_LEFT, _FRONT, _END, lambda brush: _row(brush, apart(scene, "row"), "#7d5a4e", 0.0)),
            Side(_RIGHT, _FRONT, _END, lambda brush: _row(brush, apart(scene, "row2"), "#5f6468", 0.32)),
        ),
        flats=(Flat(0.0, -14, _END, lambda brush: _ground(brush, apart(scene, "ground"))),),
        bar=(-9.75, 1.56, 2.5),
    )  # fmt: skip


def _ground(brush: Brush, scene: Scene) -> None:
    """Asphalt with a crossing and a centre line; flagstones behind the kerb; cracks, a manhole, oil."""
    brush.box(-80, _FRONT - 0.5, 160, _END, "#565b68")
    _pavements(brush, scene)
    for number in range(7):
        brush.box(0.45 + number * 0.72, 1.7, 0.42, 1.7, "#c9c5b4", 0.85)
    for dash in range(6, 44, 3):
        brush.box(2.75, dash, 0.14, 1.5, "#c7ab55", 0.9)
    for dash in range(-40, 44, 4):
        brush.box(dash + scene.chance.uniform(-0.1, 0.1), -2.3, 2.1, 0.15, "#c7ab55", 0.85)
    for x, z in ((-3.6, 0.9), (8.9, 1.4), (1.2, -1.2)):
        _manhole(brush, x, z)
    chance = scene.chance
    for _ in range(13):
        x, z = chance.uniform(-16, 18), chance.uniform(-3, 3)
        points: list[Point] = [(x, z)]
        for _ in range(4):
            points.append((points[-1][0] + chance.uniform(0.1, 0.9), points[-1][1] + chance.uniform(-0.35, 0.35)))
        ink(brush, points, 0.05, darker("#4a4e59", 0.55))
    for x, z in ((-9.4, 2.2), (5.2, 0.4), (12.6, 2.6)):
        brush.blob([(x - 1.0, z), (x - 0.4, z + 0.3), (x + 0.9, z + 0.2), (x + 1.3, z - 0.1), (x, z - 0.3)], "#3a3e49")
    brush.shape([(_LEFT + 1.8, 48), (_LEFT + 1.8, _FRONT - 1), (-0.6, _FRONT), (-1.5, 48)], INK, 0.35)


def _pavements(brush: Brush, scene: Scene) -> None:
    """Flagstones with their joints, the kerb and its black gutter, on both sides of the side street."""
    stone, chance = "#7b7a78", scene.chance
    for left, right in ((-80.0, _LEFT + 1.8), (_RIGHT - 1.6, 80.0)):
        brush.box(left, _KERB, right - left, _END, stone)
        brush.box(left, _KERB - 0.14, right - left, 0.2, "#a9a79f")
        brush.box(left, _KERB - 0.32, right - left, 0.2, INK, 0.75)
    for edge in (_LEFT + 1.8, _RIGHT - 1.6):
        brush.box(edge - 0.1, _KERB, 0.2, _END, "#a9a79f")
    for number in range(-24, 26):
        x = number * 1.3
        if not _LEFT + 1.8 < x < _RIGHT - 1.6:
            brush.line([(x, _KERB + 0.1), (x + chance.uniform(-0.06, 0.06), _FRONT)], INK, 0.03, 0.55)
    for z in (4.9, 6.2, 7.3):
        brush.line([(-40, z), (_LEFT + 1.7, z)], INK, 0.03, 0.45)
        brush.line([(_RIGHT - 1.5, z), (40, z)], INK, 0.03, 0.45)


def _manhole(brush: Brush, x: float, z: float) -> None:
    brush.oval(x, z, 0.8, 0.75, INK, 0.9)
    brush.oval(x, z + 0.03, 0.66, 0.6, "#3c3f47")
    for bar in range(-2, 3):
        brush.line([(x - 0.25, z + bar * 0.1), (x + 0.25, z + bar * 0.1)], INK, 0.03)


def _fronts(brush: Brush, scene: Scene) -> None:
    """Both rows that face the lens: three houses to the left of the side street, three to the right."""
    _house(brush, scene, (-60, 38.5, 6.2), "#6f7378")
    _house(brush, scene, (-21.5, 10.5, 7.6), "#8a7a5c")
    _house(brush, scene, (-11.0, _LEFT + 11.0, 6.9), "#84513f")
    _house(brush, scene, (_RIGHT, 9.6, 8.2), "#66706c")
    _house(brush, scene, (16.6, 9.0, 6.4), "#7c5a50")
    _house(brush, scene, (25.6, 40, 7.4), "#6a6a74")
    windows(brush, -20.4, 4.5, 4, 1, (1.1, 1.6), (1.3, 0), scene, 0.3)
    windows(brush, -10.1, 4.55, 1, 1, (1.1, 1.5), (1.0, 0), scene, 0.0)
    windows(brush, -3.6, 4.55, 1, 1, (1.1, 1.5), (1.0, 0), scene, 1.0)
    windows(brush, 8.0, 4.6, 4, 1, (1.0, 1.7), (1.15, 0), scene, 0.25)
    windows(brush, 17.6, 4.0, 3, 1, (1.2, 1.4), (1.4, 0), scene, 0.4)
    if scene.place.landmark:
        # A painted wall advertisement, faded.
        brush.box(-8.4, 4.35, 4.3, 1.75, "#d9c9a2", 0.9)
        masonry(brush, (-8.4, 4.35, 4.3, 1.75), 0.12, "#84513f", scene.chance, 0.5, 0.8)
        brush.text("COME SEE", -6.25, 5.6, 0.3, "#7d2f2a", 3.6)
        for number, line in enumerate(halves(scene.place.landmark.upper())):
            brush.text(line, -6.25, 5.05 - number * 0.53, 0.40, "#23304c", 3.9)
    _named_shop(brush, scene)
    _closed_shop(brush, scene)
    for x, tint in ((-19.6, "#3f6b66"), (18.0, "#8a4038")):
        brush.box(x, 0.5, 5.4, 1.9, INK)
        brush.box(x + 0.1, 0.6, 5.2, 1.7, "#2c3a50" if scene.dark else "#6d8aa0")
        _awning(brush, x - 0.2, 5.8, 2.9, tint)


def _house(brush: Brush, scene: Scene, area: tuple[float, float, float], tone: str) -> None:
    """A front of (x, width, height): brick, plinth, cornice with its black shadow, a downpipe."""
    x, wide, tall = area
    brush.box(x, 0, wide, tall, tone)
    masonry(brush, (x, 3.7, wide, tall - 4.2), 0.13, darker(tone, 0.4), scene.chance, 0.10)
    brush.box(x, 0, wide, 0.4, darker(tone, 0.5))
    brush.box(x - 0.1, tall - 0.75, wide + 0.2, 0.5, INK, 0.85)
    brush.box(x - 0.15, tall - 0.35, wide + 0.3, 0.4, lighter(tone, 0.15))
    step = 0.55
    for number in range(int(min(wide, 24) / step)):
        brush.box(x + number * step + 0.1, tall - 0.62, 0.22, 0.3, lighter(tone, 0.05))
    brush.line([(x + 0.12, 0), (x + 0.12, tall - 0.4)], INK, 0.16)
    brush.line([(x + 0.16, 0.2), (x + 0.16, tall - 0.5)], darker(tone, 0.2), 0.06)
    hatch(brush, [(x + 0.2, tall - 1.7), (x + 0.2, tall - 0.7), (x + wide, tall - 0.7), (x + wide, tall - 1.0)],
          0.16, 0.04, INK, -3.0, 0.7, scene.chance)  # fmt: skip


def _awning(brush: Brush, x: float, wide: float, top: float, tint: str) -> None:
    """A striped awning over a black shadow."""
    brush.shape(
        [(x - 0.05, top - 0.4), (x + wide - 0.1, top - 0.4), (x + wide - 0.4, top - 1.05), (x - 0.2, top - 0.95)],
        INK,
        0.85,
    )
    count = max(4, round(wide / 0.42))
    for stripe in range(count):
        a, b = x + wide * stripe / count, x + wide * (stripe + 1) / count
        tone = tint if stripe % 2 else "#d6cdb8"
        brush.shape([(a, top), (b, top), (b, top - 0.42), (a, top - 0.42)], tone)
        brush.blob([(a, top - 0.36), (b, top - 0.36), (b, top - 0.62), (a, top - 0.62)], darker(tone, 0.25))
    ink(brush, [(x, top), (x + wide, top)], 0.05)
    ink(brush, [(x, top - 0.42), (x + wide, top - 0.42)], 0.03)


def _named_shop(brush: Brush, scene: Scene) -> None:
    """The shop with the place's name: two windows lit from within, a deep dark doorway between, neon."""
    name, lit = scene.place.name, scene.dark
    brush.box(-10.9, 0, 9.3, 3.7, "#2a2430")
    for x, wide in ((-10.5, 2.9), (-4.9, 2.9)):
        brush.box(x - 0.08, 0.62, wide + 0.16, 1.86, INK)
        glass = "#d9964a" if lit else "#57748a"
        brush.box(x, 0.7, wide, 1.7, glass)
        if lit:
            brush.glow(x + wide / 2, 1.5, 1.2, "#ffb860", 0.72)
            brush.box(x, 1.75, wide, 0.65, darker(glass, 0.45))
            brush.box(x, 1.72, wide, 0.05, INK)
        for shelf in range(6):
            tall = scene.chance.uniform(0.18, 0.6)
            brush.box(x + 0.12 + shelf * wide / 6.2, 0.7, wide / 9, tall, INK)
        brush.shape(
            [(x + 0.3, 0.7), (x + 0.8, 0.7), (x + 1.7, 2.4), (x + 1.2, 2.4)], "#ffe7b8" if lit else "#a8c2d2", 0.3
        )
        brush.line([(x + wide * 0.5, 0.7), (x + wide * 0.5, 2.4)], INK, 0.06)
    brush.shape([(-7.5, 0), (-7.5, 2.55), (-5.1, 2.55), (-5.1, 0)], "#15131b")
    brush.box(-6.82, 0, 1.24, 2.38, INK)
    brush.box(-6.75, 0, 1.1, 2.25, "#54302a")
    brush.box(-6.55, 1.0, 0.7, 1.05, "#3b4658" if lit else "#52687a")
    brush.disc(-5.82, 0.95, 0.05, "#d3b25a")
    poster(brush, -6.45, 1.2, "SORRY WE ARE OPEN", 0.5, "#c9bd9c")
    _awning(brush, -10.7, 3.3, 3.05, "#9c3a36")
    _awning(brush, -5.1, 3.3, 3.05, "#9c3a36")
    brush.box(-10.9, 3.05, 9.3, 0.85, INK)
    brush.box(-10.8, 3.12, 9.1, 0.7, "#3b1f30")
    lettering(brush, name, -6.25, 3.28, 0.48, "#ff86a4" if lit else "#f0d2c4", 8.4)
    if lit:
        brush.glow(-8.3, 3.4, 1.2, "#ff5f86", 0.6)
        brush.glow(-4.2, 3.4, 1.2, "#ff5f86", 0.6)
    for number, words in enumerate(scene.place.dressing[:2]):
        poster(brush, -9.8 + number * 5.9, 0.85, words, 0.62, "#c9bd9c")


def _closed_shop(brush: Brush, scene: Scene) -> None:
    """A store on the other corner behind roller shutters, with the town's paper on its pier."""
    brush.box(7.4, 0, 8.8, 3.5, "#31373c")
    for x, wide in ((7.9, 2.0), (10.3, 2.8), (13.6, 2.4)):
        brush.box(x - 0.08, 0, wide + 0.16, 2.62, INK)
        brush.box(x, 0.0, wide, 2.5, "#59626a")
        for row in range(15):
            brush.box(x, row * 0.17, wide, 0.045, "#3c444b")
        brush.shape([(x, 2.5), (x + wide, 2.5), (x + wide, 2.2), (x, 2.05)], INK, 0.8)
        brush.box(x + wide / 2 - 0.2, 0.12, 0.4, 0.1, INK)
    sign(brush, "HOLLOW HARDWARE & BAIT", (7.9, 2.85, 5.0, 0.55), "#2f4f4a")
    poster(brush, 8.1, 1.0, "HAVE YOU SEEN THIS GOOSE", 0.8)
    if len(scene.place.dressing) > 2:
        poster(brush, 14.3, 1.2, scene.place.dressing[2], 0.8, "#d7dfc8")
    # A fire escape: platforms, ladder, and their shadow.
    brush.shape([(12.4, 3.6), (16.0, 4.0), (16.0, 5.1), (12.4, 4.7)], INK, 0.35)
    brush.box(12.9, 4.1, 3.2, 0.10, INK)
    for step in range(14):
        brush.line([(12.95 + step * 0.24, 4.1), (12.95 + step * 0.24, 5.0)], INK, 0.035)
    brush.line([(12.9, 5.02), (16.1, 5.02)], INK, 0.06)
    for rung in range(9):
        brush.line([(13.2, 2.9 + rung * 0.28), (13.6, 2.9 + rung * 0.28)], INK, 0.04)
    for side in (13.2, 13.6):
        brush.line([(side, 2.7), (side, 5.4)], INK, 0.05)


def _row(brush: Brush, scene: Scene, tone: str, shade: float) -> None:
    """One side of the side street, x being depth: doors, shop glass, lit upper windows, smaller houses further off."""
    z = _FRONT
    tall, number = (6.9 if not shade else 8.2), 0
    while z < _END:
        long = scene.chance.uniform(5.5, 8.5)
        face = darker(tone, shade + 0.12 * (number % 2))
        brush.box(z, 0, long, tall, face)
        brush.box(z, tall - 0.75, long, 0.45, INK, 0.9)
        brush.box(z, tall - 0.35, long, 0.4, lighter(face, 0.12))
        brush.box(z, 0, long, 0.45, darker(face, 0.55))
        brush.line([(z + 0.1, 0), (z + 0.1, tall)], INK, 0.14)
        masonry(brush, (z, 0.6, long, tall - 1.6), 0.14, darker(face, 0.4), scene.chance, 0.06)
        windows(brush, z + 0.9, 4.2, max(1, int(long / 2.3)), 1, (1.0, 1.5), (1.1, 0), scene, 0.34)
        _awning(brush, z + 0.5, long - 1.2, 2.95, ("#3f6b66", "#8a4038", "#a07a35", "#4a5580")[number % 4])
        brush.box(z + 0.8, 0.5, long * 0.45, 1.6, INK)
        lit = scene.dark and number in (1, 3)
        brush.box(z + 0.9, 0.6, long * 0.45 - 0.2, 1.4, "#f0b35c" if lit else "#27344a" if scene.dark else "#5f7d92")
        if lit:
            brush.glow(z + 2, 1.3, 1.7, "#ffb860", 0.8)
        brush.box(z + long * 0.66, 0, 1.1, 2.2, INK)
        if shade:
            hatch(brush, [(z, 0.5), (z, tall - 1), (z + long, tall - 1), (z + long, 0.5)], 0.5, 0.05, INK, 2.0, 0.5)
        z, tall, number = z + long, scene.chance.uniform(5.4, 8.4), number + 1


def _clock(brush: Brush, scene: Scene) -> None:
    """The end of the side street: a hall with a clock tower, whose face is lit."""
    stone = "#6b6f7e"
    brush.box(-30, 0, 70, 5.5, darker(stone, 0.25))
    brush.shape([(-3, 5.5), (2.4, 8.6), (8.5, 5.5)], darker(stone, 0.45))
    brush.box(3.3, 0, 3.4, 12.5, stone)
    brush.box(3.3, 0, 1.1, 12.5, darker(stone, 0.5))
    brush.shape([(3.0, 12.5), (5.0, 16.5), (7.0, 12.5)], darker(stone, 0.6))
    brush.box(3.0, 12.2, 4.0, 0.5, darker(stone, 0.3))
    brush.disc(5.1, 10.6, 1.35, INK)
    brush.disc(5.1, 10.6, 1.2, "#ffe6a6" if scene.dark else "#efe7d2")
    if scene.dark:
        brush.glow(5.1, 10.6, 1.6, "#ffd98a", 1.1)
    # Three hands: nobody in town has complained.
    for dx, dh, width in ((0.7, 0.5, 0.2), (-0.3, 0.9, 0.16), (0.2, -0.75, 0.14)):
        ink(brush, [(5.1, 10.6), (5.1 + dx, 10.6 + dh)], width)
    for x in (-1.0, 0.8):
        rounded(
            brush, [(x, 1.5), (x, 3.6), (x + 0.9, 3.6), (x + 0.9, 1.5)], 0.3, "#f2b563" if scene.dark else "#4d5f74"
        )
        if scene.dark:
            brush.glow(x + 0.4, 2.5, 1.2, "#ffc06a", 0.7)


def _furniture(brush: Brush, scene: Scene) -> None:
    """Lamps, hydrant, mailbox, trees, the signs at the corner."""
    lamp_post(brush, -9.3, 1.3, scene.dark)
    lamp_post(brush, -0.9, -1.5, scene.dark)
    lamp_post(brush, 7.3, 1.4, scene.dark)
    lamp_post(brush, 17.5, -1.4, scene.dark)
    tree(brush, -13.2, 5.2, scene)
    tree(brush, 18.9, 4.8, scene)
    hydrant(brush, -3.2)
    mailbox(brush, 8.4)
    brush.line([(-0.3, 0), (-0.3, 3.2)], INK, 0.08)
    brush.line([(-0.28, 0.2), (-0.28, 3.1)], "#6c7480", 0.03)
    sign(brush, "LARCH ST", (-1.0, 2.95, 1.4, 0.28), "#2c5a4a")
    if scene.place.wrong:
        brush.edged([(-0.75, 2.2), (-0.75, 2.8), (0.55, 2.8), (0.55, 2.2)], "#e9e4d4", 0.03)
        for number, line in enumerate(halves(scene.place.wrong)):
            brush.text(line, -0.1, 2.55 - number * 0.25, 0.17, "#1b1f2b", 1.15)
    wires(brush, [((-20, 7.6), (-0.9, 5.6)), ((-0.9, 5.6), (7.3, 5.7)), ((7.3, 5.7), (26, 7.8))], 0.5, 0.035)
    rounded(brush, [(3.7, 4.3), (3.7, 5.25), (4.05, 5.25), (4.05, 4.3)], 0.06, "#20242c", edge=0.02)
    for number, tint in enumerate(("#58c08a", "#54442a", "#5a2428")):
        brush.disc(3.875, 4.47 + number * 0.3, 0.11, tint)
    if scene.dark:
        brush.glow(3.875, 4.47, 0.4, "#58e0a0", 0.8)


def _cars(brush: Brush, scene: Scene) -> None:
    """The patrol car before the shop, and a neighbour's tired sedan."""
    car(brush, -9.7, "#20283a", "POLICE", scene.dark)
    car(brush, 7.5, "#7d4a3c", facing=-1)
