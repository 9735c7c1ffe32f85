"""The highway: a shoulder with flares, a guard rail, a gantry with one town on it, a road to its lights."""

from tools.video.brush import INK, Brush, darker, lighter, mix
from tools.video.locations.chance import apart
from tools.video.locations.outdoors import car_end, lamp_post, sky, tree
from tools.video.locations.strokes import hatch, ink, masonry, rounded
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_FAR = 92.0
_GANTRY = 20.0
_RAIL, _MEDIAN = -5.6, 8.8
"""Metres across of the guard rail and of the concrete wall between the two ways."""


def highway(scene: Scene) -> Scenery:
    """The shoulder of an interstate at the worst exit of the county."""
    return Scenery(
        (
            sky(apart(scene, "sky")),
            Plane(_FAR, lambda brush: _hills(brush, apart(scene, "hills"))),
            Plane(44, lambda brush: _far_lamps(brush, apart(scene, "far_lamps"), 0)),
            Plane(26, lambda brush: _far_lamps(brush, apart(scene, "far_lamps2"), 1)),
            Plane(_GANTRY, lambda brush: _gantry(brush, apart(scene, "gantry"))),
            Plane(19.0, lambda brush: _traffic(brush, apart(scene, "traffic"))),
            Plane(5.4, lambda brush: _patrol(brush, apart(scene, "patrol"))),
            Plane(2.6, lambda brush: _roadside(brush, apart(scene, "roadside"))),
        ),
        ("#42454c", "#565a64"), _FAR, stations=(0.6, 4.0), fore="post",
        sides=(
            Side(_RAIL, -10, 70, lambda brush: _rail(brush, apart(scene, "rail"))),
            Side(_MEDIAN, -14, 90, lambda brush: _median(brush, apart(scene, "median"))),
        ),
        flats=(Flat(0.0, -14, _FAR, lambda brush: _road(brush, apart(scene, "road"))),),
        bar=(-3.3, 1.56, 5.4),
    )  # fmt: skip


def _road(brush: Brush, scene: Scene) -> None:
    """Two lanes and a shoulder each way, grass beyond the rail, a rumble strip, skid marks that end in the grass."""
    chance, paint = scene.chance, "#d0ccba"
    brush.box(-160, -14, 160 + _RAIL - 0.2, 130, "#3f4f3a")
    brush.box(22, -14, 140, 130, "#3f4f3a")
    for _ in range(90):
        x, z = chance.uniform(-14, _RAIL - 0.4), chance.uniform(-3, 12)
        ink(brush, [(x, z), (x + 0.06, z + chance.uniform(0.2, 0.5))], 0.06, "#1f2b22")
    brush.box(_RAIL - 0.2, -14, -0.6 - _RAIL + 0.2, 130, "#4b4d52")
    brush.box(_RAIL - 0.3, -14, 0.5, 130, INK, 0.6)
    brush.box(-0.75, -14, 0.16, 130, paint)
    brush.box(7.7, -14, 0.16, 130, "#c7ab55")
    brush.box(9.9, -14, 0.16, 130, "#c7ab55")
    for number in range(-4, 26):
        z = number * 4.4
        brush.shape([(3.4, z), (3.4, z + 2.2), (3.55, z + 2.2), (3.55, z)], paint, 0.95)
        brush.box(13.6, z + 1, 0.15, 2.2, paint, 0.9)
        brush.box(-0.75, z, 5, 0.03, INK, 0.35)
    for number in range(-36, 60):
        brush.box(-1.5, number * 0.4, 0.42, 0.13, INK, 0.8)
    brush.box(8.0, -14, 1.7, 130, "#3a3c42")
    for lane in (1.4, 5.5, 11.8, 15.6):
        brush.box(lane - 0.9, -14, 0.45, 130, INK, 0.16)
        brush.box(lane + 0.5, -14, 0.45, 130, INK, 0.16)
    for aside in (0.0, 1.35):
        ink(
            brush,
            [(3.2 + aside, 1.6), (2.6 + aside, 2.8), (1.2 + aside, 4.6), (-2.6 + aside, 6.6), (-7 + aside, 8.6)],
            0.16,
            "#2c2e34",
            0.6,
        )
    for x, z in ((-1.9, 1.2), (-1.2, 3.0), (-0.3, 4.9)):
        _flare(brush, x, z, scene.dark)


def _flare(brush: Brush, x: float, z: float, lit: bool) -> None:
    brush.oval(x, z, 0.5, 0.2, INK, 0.6)
    brush.line([(x - 0.2, z), (x + 0.15, z + 0.02)], "#b03a32", 0.07)
    if lit:
        brush.oval(x + 0.15, z, 2.0, 0.9, "#ff6a5a", 0.16)
        brush.oval(x + 0.15, z, 0.9, 0.4, "#ff8a70", 0.3)
        brush.glow(x + 0.2, z, 1.15, "#ff4a4a", 0.95)


def _hills(brush: Brush, scene: Scene) -> None:
    """The end of the road: dark hills, the town's scattered lights, a radio mast."""
    tone = "#4f5b70"
    brush.box(-400, -90, 800, 90.2, "#3f4f3a")
    brush.blob(
        [(-160, -3), (-150, 12), (-95, 22), (-50, 13), (-12, 8), (30, 12), (70, 24), (120, 15), (170, 14), (180, -3)],
        lighter(tone, 0.12),
    )
    brush.blob([(-170, -3), (-120, 9), (-60, 12), (-20, 5), (14, 3.4), (50, 9), (90, 13), (150, 8), (180, -3)],
               darker(tone, 0.25))  # fmt: skip
    brush.blob([(-170, -3), (-90, 5), (-30, 4), (0, 1.4), (40, 4), (110, 6), (180, -3)], darker(tone, 0.55))
    for step in range(4):
        brush.line([(34 + step * 0.6, 8), (35.2, 30)], darker(tone, 0.6), 0.22)
    if not scene.dark:
        return
    for number in range(44):
        x, h = scene.chance.gauss(8, 26), scene.chance.uniform(0.4, 3.6)
        size, tint = scene.chance.uniform(0.18, 0.4), scene.chance.choice(("#ffc878", "#ffe0a8", "#ffb35c"))
        brush.disc(x, h, size, tint)
        if number < 7:
            brush.glow(x, h, 2.4, tint, 0.8)
    brush.disc(35.2, 30, 0.5, "#ff5148")
    brush.glow(35.2, 30, 1.6, "#ff3a38", 1.0)


def _far_lamps(brush: Brush, scene: Scene, number: int) -> None:
    """Sodium lamps along the road and trees on the slope, smaller and smaller."""
    lamp_post(brush, 8.8, -2.0, scene.dark)
    for x in (-13, -19, -31, 27, 36) if number else (-14, -22, -30, -41, 26, 34, 45):
        tree(brush, x + scene.chance.uniform(-1, 1), scene.chance.uniform(5, 8), scene, "#3f5744")


def _gantry(brush: Brush, scene: Scene) -> None:
    """The sign over the road: one town three times, the exit, an arrow that means it."""
    steel, green = "#5b626c", "#2a5c48"
    for x in (-5.2, 8.6):
        brush.box(x - 0.16, 0, 0.32, 7.6, steel)
        brush.box(x - 0.16, 0, 0.13, 7.6, INK)
    for h in (5.0, 7.3):
        brush.box(-5.4, h, 14.2, 0.2, steel)
        brush.box(-5.4, h - 0.05, 14.2, 0.08, INK)
    for step in range(13):
        brush.line([(-5.2 + step * 1.15, 5.1), (-4.0 + step * 1.15, 7.3)], INK, 0.08)
    for x, wide in ((-4.7, 5.6), (1.6, 6.2)):
        brush.box(x - 0.12, 4.4, wide + 0.24, 3.4, INK)
        brush.box(x, 4.52, wide, 3.16, "#d9dccf")
        brush.box(x + 0.1, 4.62, wide - 0.2, 2.96, green)
        if scene.dark:
            brush.box(x + 0.4, 4.2, wide - 0.8, 0.12, "#fff0c8")
            brush.glow(x + wide / 2, 5.9, 2.2, "#ffe9c0", 0.75)
    name = scene.world.agency.county or "Maple"
    for row, miles in enumerate((1, 2, 1)):
        brush.text(f"{name} {miles}", -1.9, 6.85 - row * 0.86, 0.62, "#f3efe0", 5.0)
    brush.text(scene.place.name, 4.7, 6.75, 0.6, "#f3efe0", 5.6)
    words = scene.place.wrong or "EXIT ONLY IF SURE"
    brush.text(words.upper(), 4.7, 6.15, 0.34, "#f3efe0", 5.6)
    brush.box(1.7, 4.62, 6.0, 1.2, "#d8b23e")
    brush.text("EXIT", 3.4, 4.95, 0.66, INK, 2.4)
    brush.shape([(6.1, 4.75), (6.1, 5.2), (5.7, 5.2), (6.35, 5.75), (7.0, 5.2), (6.6, 5.2), (6.6, 4.75)], INK)


def _traffic(brush: Brush, scene: Scene) -> None:
    """Whoever is still on the road: two pairs of red lamps that leave, two pairs of white that come."""
    car_end(brush, 5.9, "#4a4f5c", rear=True, lit=scene.dark, plate="BYE")
    if scene.dark:
        for x, h, size in ((11.3, 0.75, 0.16), (12.5, 0.75, 0.16), (15.4, 0.9, 0.13), (16.4, 0.9, 0.13)):
            brush.disc(x, h, size, "#fff6de")
            brush.glow(x, h, 0.6, "#fff0cc", 1.0)
    for x in (-9.5, -14.5):
        tree(brush, x, 5.4, scene, "#3f5744")


def _patrol(brush: Brush, scene: Scene) -> None:
    """The patrol car on the shoulder, seen from behind, its lamps on."""
    car_end(brush, -3.3, "#20283a", rear=True, lit=scene.dark, patrol=True, plate="4A10")
    brush.text("POLICE", -3.3, 0.78, 0.14, "#e6e9ec", 0.9)
    brush.line([(-6.6, 0), (-6.6, 2.2)], INK, 0.09)
    rounded(brush, [(-6.95, 1.5), (-6.95, 2.3), (-6.3, 2.3), (-6.3, 1.5)], 0.08, "#2f5a96", edge=0.03)
    brush.text("CALL BOX", -6.62, 2.06, 0.12, "#f3efe0", 0.55)
    brush.text("IT WON'T", -6.62, 1.7, 0.10, "#f3efe0", 0.55)


def _roadside(brush: Brush, scene: Scene) -> None:
    """Cones by the flares; at the rail, the brown sign for what people come to see."""
    for x in (-1.6, 7.6):
        brush.shape(
            [(x - 0.24, 0), (x - 0.2, 0.06), (x - 0.06, 0.66), (x + 0.06, 0.66), (x + 0.2, 0.06), (x + 0.24, 0)], INK
        )
        brush.shape([(x - 0.14, 0.06), (x - 0.03, 0.63), (x + 0.04, 0.63), (x + 0.17, 0.06)], "#d8662e")
        brush.shape([(x - 0.09, 0.26), (x - 0.06, 0.42), (x + 0.08, 0.42), (x + 0.11, 0.26)], "#e8e2cc")
        brush.shape([(x - 0.14, 0.06), (x - 0.03, 0.63), (x - 0.01, 0.63), (x - 0.05, 0.06)], INK, 0.6)
    if scene.place.landmark:
        for x in (-5.0, -3.4):
            brush.box(x - 0.05, 0, 0.1, 1.2, INK)
        brush.edged([(-5.3, 1.1), (-5.3, 1.9), (-3.1, 1.9), (-3.1, 1.1)], "#6a4a32", 0.035)
        brush.text("NEXT LEFT, THEN PRAY", -4.2, 1.68, 0.12, "#f0e4c8", 2.0)
        brush.text(scene.place.landmark.upper(), -4.2, 1.32, 0.2, "#f0e4c8", 2.05)


def _rail(brush: Brush, scene: Scene) -> None:
    """The guard rail, x being depth: posts, a ribbed beam, reflectors, one dent."""
    steel = "#9aa3ad"
    for number in range(42):
        z = -10 + number * 1.9
        brush.box(z, 0, 0.16, 0.72, INK)
        brush.box(z + 0.08, 0, 0.07, 0.7, "#5b626c")
    brush.box(-10, 0.42, 80, 0.36, INK)
    brush.box(-10, 0.45, 80, 0.1, darker(steel, 0.4))
    brush.box(-10, 0.57, 80, 0.08, steel)
    brush.box(-10, 0.67, 80, 0.08, lighter(steel, 0.2))
    brush.shape([(7.0, 0.40), (8.0, 0.30), (9.4, 0.62), (9.0, 0.80), (7.8, 0.66)], INK)
    for number in range(20):
        brush.box(-8 + number * 3.8, 0.56, 0.22, 0.12, "#ffb84a")


def _median(brush: Brush, scene: Scene) -> None:
    """The concrete wall between the ways, with its joints and scrapes."""
    stone = "#8f8d86"
    brush.box(-14, 0, 110, 0.92, stone)
    brush.box(-14, 0, 110, 0.26, darker(stone, 0.5))
    brush.box(-14, 0.86, 110, 0.08, mix(stone, "#ffffff", 0.3))
    for number in range(26):
        brush.box(-14 + number * 4.2, 0, 0.08, 0.92, INK)
        brush.box(-13 + number * 4.2, 0.7, 0.2, 0.1, "#ffb84a")
    for _ in range(24):
        z, h = scene.chance.uniform(-6, 40), scene.chance.uniform(0.3, 0.7)
        ink(brush, [(z, h), (z + scene.chance.uniform(0.6, 2.0), h + scene.chance.uniform(-0.05, 0.08))], 0.05)
    masonry(brush, (-14, 0.1, 40, 0.7), 0.2, darker(stone, 0.3), scene.chance, 0.05)
    hatch(brush, [(-10, 0.05), (-10, 0.5), (40, 0.5), (40, 0.05)], 0.6, 0.05, INK, 1.5, 0.7, scene.chance)
