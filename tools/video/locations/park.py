"""The town park: a pond with the moon in it, a bandstand, the founder on a plinth, lamps along a winding path."""

import itertools
import math

from tools.video.brush import INK, Brush, Point, darker, lighter
from tools.video.locations.chance import apart
from tools.video.locations.outdoors import lamp_post, sky, skyline, tree
from tools.video.scenery import Flat, Plane, Scene, Scenery

_GRASS, _PATH = "#587848", "#a89a78"


def park(scene: Scene) -> Scenery:
    """Lawns with a path that winds to the bandstand, a pond on the right, the founder's statue on the left."""
    return Scenery(
        (
            sky(apart(scene, "sky")), skyline(apart(scene, "skyline"), 58, "#4a5670"),
            Plane(40, lambda brush: _wood(brush, apart(scene, "wood"))),
            Plane(17, lambda brush: _bandstand(brush, apart(scene, "bandstand"))),
            Plane(11, lambda brush: _reeds(brush, apart(scene, "reeds"))),
            Plane(6.5, lambda brush: _trees(brush, apart(scene, "trees"))),
            Plane(4.2, lambda brush: _statue(brush, apart(scene, "statue"))),
            Plane(2.4, lambda brush: _bench(brush, apart(scene, "bench"))),
        ),
        ("#4c6b40", "#688a58"),
        39.5,
        stations=(0.0, -2.7, 3.4),
        fore="leaf",
        wet=False,
        flats=(Flat(0.0, -14.0, 39.5, lambda brush: _ground(brush, apart(scene, "ground"))),),
    )  # fmt: skip


def _wood(brush: Brush, scene: Scene) -> None:
    """The far edge of the park: a paler row of crowns, and before it a nearly black one with trunks below."""
    chance = scene.chance
    for tone, tall, step in (("#55706a", 8.0, 3.1), ("#2b4038", 5.4, 2.5)):
        x = -70.0
        brush.box(-90, -1, 180, tall * 0.62, tone)
        while x < 70:
            high = tall * chance.uniform(0.55, 1.0)
            for dx, dh, radius in ((0.0, 0.0, 1.0), (-1.0, -0.6, 0.75), (0.9, -0.7, 0.8)):
                brush.disc(x + dx * 1.3, high + dh, radius * chance.uniform(1.1, 1.7), tone)
            x += step * chance.uniform(0.6, 1.5)
    brush.box(-90, -1, 180, 1.9, "#16211f")
    for _ in range(18):
        x = chance.uniform(-60, 60)
        brush.ink([(x, 0), (x + 0.3, 2.2), (x + 0.1, 3.8)], 0.5)


def _ground(brush: Brush, scene: Scene) -> None:
    """The lawn with its mown stripes, the path with its kerb, and the pond."""
    for number in range(9):
        z = -13.5 + number * 5.6
        brush.shape([(-60, z), (60, z + 3), (60, z + 5.4), (-60, z + 2.4)], darker(_GRASS, 0.16), 0.6)
    _path(brush, [(-1.0, -14.0), (-0.8, -4.0), (-0.4, 0.0), (0.2, 4.0), (-1.2, 9.0), (-4.6, 13.0), (-6.6, 17.0)], 1.7)
    _path(brush, [(0.2, 3.4), (-6.0, 4.6), (-14.0, 4.0), (-40.0, 6.0)], 1.0)
    _path(brush, [(-0.6, 0.2), (5.0, 1.2), (9.0, 1.0), (18.0, 2.2), (40.0, 1.0)], 0.8)
    shore: list[Point] = [(3.2, 6.2), (7.5, 4.6), (13.5, 5.4), (17.5, 8.4), (15.5, 13.0), (9.5, 14.6), (4.6, 12.2),
                          (2.6, 9.0)]  # fmt: skip
    brush.blob([(x + (x - 9.5) * 0.07, z + (z - 9.5) * 0.09) for x, z in shore], "#332e24")
    day = scene.light == "day"
    brush.blob(shore, "#7fa6bc" if day else "#3a5878")
    brush.blob([(4.0, 11.4), (9.5, 13.2), (15.0, 12.0), (16.4, 9.4), (9.5, 11.8)], "#1d2f38", 0.85)
    light = "#f4f1dc" if scene.dark else "#ffffff"
    for number in range(11):
        z = 5.4 + number * 0.62
        wide = (0.5 + 0.9 * scene.chance.random()) * (1.4 - number * 0.07)
        brush.oval(6.7 + 0.2 * number + scene.chance.uniform(-0.3, 0.3), z, wide, 0.13, light, 0.9)
    brush.glow(7.4, 7.2, 1.7, "#b9cbf2", 0.9)
    for _ in range(16):
        x, z = scene.chance.uniform(4.5, 15), scene.chance.uniform(6.5, 11)
        brush.line([(x, z), (x + scene.chance.uniform(0.4, 1.3), z)], lighter("#5a7a96", 0.2), 0.035, 0.6)
    _tufts(brush, scene)


def _path(brush: Brush, way: list[Point], half: float) -> None:
    """A gravel path along a way of (x, z), narrow at first, with an ink edge and a shadow along its left side."""
    left: list[Point] = []
    right: list[Point] = []
    for (x0, z0), (x1, z1) in itertools.pairwise(way):
        for step in range(6):
            share = step / 6
            x, z = x0 + (x1 - x0) * share, z0 + (z1 - z0) * share
            long = math.hypot(x1 - x0, z1 - z0)
            dx, dz = (x1 - x0) / long * half, (z1 - z0) / long * half
            left.append((x - dz, z + dx))
            right.append((x + dz, z - dx))
    brush.blob([*left, *right[::-1]], darker(_GRASS, 0.5))
    inner = [((lx * 0.97 + rx * 0.03), (lz * 0.97 + rz * 0.03)) for (lx, lz), (rx, rz) in zip(left, right, strict=True)]
    outer = [((rx * 0.97 + lx * 0.03), (rz * 0.97 + lz * 0.03)) for (lx, lz), (rx, rz) in zip(left, right, strict=True)]
    brush.blob([*inner, *outer[::-1]], _PATH)


def _tufts(brush: Brush, scene: Scene) -> None:
    """Strokes of grass and some fallen leaves, few and in groups."""
    lines: list[tuple[float, float, float, float]] = []
    for _ in range(26):
        x, z = scene.chance.uniform(-11, 11), scene.chance.uniform(-4.5, 5.0)
        if -2.9 < x < 1.8:
            continue
        for blade in range(4):
            lines.append((x + blade * 0.07, z, x + blade * 0.09 - 0.08, z + 0.3 + 0.1 * (blade % 2)))
    brush.rules(lines, "#2a3f2c", 0.03)


def _bandstand(brush: Brush, scene: Scene) -> None:
    """The bandstand at the end of the path: eight posts, a pointed roof, bunting, one light left on."""
    x = -7.0
    brush.oval(x, 0.1, 8.4, 0.9, INK, 0.6)
    brush.edged([(x - 3.4, 0), (x + 3.4, 0), (x + 3.3, 0.8), (x - 3.3, 0.8)], "#8a8478", 0.06)
    brush.hatch(x - 3.3, 0.05, 3.0, 0.7, 0.2, INK, 0.035)
    inside = "#f2c477" if scene.dark else "#6f7f86"
    brush.box(x - 2.6, 0.8, 5.2, 2.4, inside if scene.dark else "#3d4a4c")
    if scene.dark:
        brush.glow(x, 2.0, 1.5, "#ffc873", 0.95)
    brush.shape([(x - 2.6, 3.2), (x + 2.6, 3.2), (x + 2.6, 2.6), (x - 2.6, 2.9)], INK, 0.55)
    for post in (-3.0, -1.9, -0.7, 0.7, 1.9, 3.0):
        brush.box(x + post - 0.1, 0.8, 0.2, 2.5, INK)
        brush.box(x + post - 0.03, 0.8, 0.11, 2.5, "#d9d4c2")
    brush.rules([(x - 3.0, 1.5, x - 0.7, 1.5), (x + 0.7, 1.5, x + 3.0, 1.5)], "#d9d4c2", 0.1)
    brush.rules([(x - 2.8 + n * 0.3, 0.85, x - 2.8 + n * 0.3, 1.5) for n in range(20) if n not in (8, 9, 10, 11)],
                "#b9b4a4", 0.05)  # fmt: skip
    roof: list[Point] = [
        (x - 3.8, 3.25),
        (x + 3.8, 3.25),
        (x + 1.2, 4.7),
        (x + 0.3, 5.5),
        (x - 0.3, 5.5),
        (x - 1.2, 4.7),
    ]
    brush.edged(roof, "#7c3d38", 0.08)
    brush.shape([(x - 3.8, 3.25), (x - 0.6, 3.25), (x - 0.1, 5.5), (x - 0.3, 5.5), (x - 1.2, 4.7)], INK, 0.55)
    for lean in (-1.6, 0.6, 2.2):
        brush.ink([(x + lean * 0.1, 5.4), (x + lean * 0.5, 4.6), (x + lean, 3.3)], 0.08)
    brush.disc(x, 5.75, 0.22, "#d8b65a")
    for number in range(12):
        left = x - 3.5 + number * 0.58
        sag = 0.25 * math.sin(number * 1.05)
        brush.shape([(left, 3.2), (left + 0.36, 3.2), (left + 0.18, 2.85 - abs(sag))],
                    ("#c8453d", "#e3dcc6", "#4a6f8f")[number % 3])  # fmt: skip


def _reeds(brush: Brush, scene: Scene) -> None:
    """Reeds on the far shore, and a goose that owns the pond."""
    for number in range(34):
        x = scene.chance.choice((2.4, 4.0, 13.8, 16.0)) + scene.chance.uniform(0, 1.5)
        tall = scene.chance.uniform(0.6, 1.3)
        brush.ink([(x, 0), (x + 0.04, tall * 0.6), (x + scene.chance.uniform(-0.2, 0.2), tall)], 0.08, "#1b2a22")
        if number % 4 == 0:
            brush.box(x - 0.03, tall * 0.75, 0.09, 0.3, "#5a3d28", round_=0.03)
    brush.blob([(8.2, 0.02), (9.2, 0.0), (9.6, 0.35), (9.0, 0.4), (8.5, 0.42), (8.1, 0.3)], "#e9e6da")
    brush.line([(8.35, 0.3), (8.2, 0.62), (8.28, 0.78)], "#e9e6da", 0.1)
    brush.shape([(8.24, 0.84), (8.24, 0.74), (8.02, 0.77)], "#d98a3d")


def _trees(brush: Brush, scene: Scene) -> None:
    """Two big trees at the sides that close the picture, and the lamps along the path."""
    tree(brush, -9.4, 7.6, scene, "#3f6048")
    tree(brush, 10.2, 6.8, scene, "#46664a")
    tree(brush, 14.5, 7.4, scene, "#3a5a44")
    lamp_post(brush, 1.5, 0.8, scene.dark, "#ffc873")
    lamp_post(brush, -6.9, 0.9, scene.dark, "#ffc873")


def _statue(brush: Brush, scene: Scene) -> None:
    """The founder on a plinth, pointing the wrong way, a traffic cone on the head, a plaque below."""
    x = 5.6
    brush.oval(x, 0.03, 2.4, 0.2, INK, 0.7)
    brush.edged([(x - 0.85, 0), (x + 0.85, 0), (x + 0.85, 0.25), (x - 0.85, 0.25)], "#8b8b82", 0.04)
    brush.edged([(x - 0.62, 0.25), (x + 0.62, 0.25), (x + 0.56, 1.3), (x - 0.56, 1.3)], "#9b9a8e", 0.04)
    brush.shape([(x - 0.62, 0.25), (x - 0.2, 0.25), (x - 0.22, 1.3), (x - 0.56, 1.3)], INK, 0.55)
    brush.edged([(x - 0.68, 1.3), (x + 0.68, 1.3), (x + 0.68, 1.42), (x - 0.68, 1.42)], "#8b8b82", 0.03)
    brush.cell(x - 0.3, 0.55, 0.8, 0.5, "#6a5a34", 0.02)
    brush.text("OUR FOUNDER", x + 0.1, 0.88, 0.1, "#e6d8a8", 0.7)
    brush.text(scene.place.landmark or scene.place.name, x + 0.1, 0.68, 0.09, "#e6d8a8", 0.72)
    coat, tone = "#5c8073", "#33504a"
    brush.edged([(x - 0.3, 1.42), (x - 0.05, 1.42), (x, 2.0), (x + 0.06, 1.42), (x + 0.3, 1.42), (x + 0.34, 2.3),
                 (x + 0.28, 2.75), (x - 0.28, 2.75), (x - 0.36, 2.3)], coat, 0.035)  # fmt: skip
    brush.shape([(x - 0.3, 1.42), (x - 0.05, 1.42), (x - 0.04, 2.7), (x - 0.28, 2.75), (x - 0.36, 2.3)], tone)
    brush.line([(x + 0.24, 2.66), (x + 0.62, 2.74), (x + 0.98, 2.98)], INK, 0.2)
    brush.line([(x + 0.24, 2.66), (x + 0.62, 2.74), (x + 0.98, 2.98)], coat, 0.13)
    brush.disc(x, 2.98, 0.22, INK)
    brush.disc(x, 2.98, 0.185, coat)
    brush.shape([(x - 0.2, 3.0), (x - 0.02, 2.82), (x - 0.06, 3.15)], tone)
    brush.edged([(x - 0.2, 3.1), (x + 0.2, 3.1), (x + 0.05, 3.52), (x - 0.05, 3.52)], "#d9662d", 0.03)
    brush.shape([(x - 0.14, 3.23), (x + 0.14, 3.23), (x + 0.1, 3.35), (x - 0.1, 3.35)], "#e9e6da")


def _bench(brush: Brush, scene: Scene) -> None:
    """A bench on iron feet, a bin, and the board with the rules of the park."""
    x = -5.6
    brush.oval(x + 1.0, 0.02, 2.6, 0.14, INK, 0.7)
    for foot in (x + 0.15, x + 1.8):
        brush.line([(foot, 0), (foot + 0.02, 0.45), (foot + 0.1, 0.95)], INK, 0.07)
    for low, tone in ((0.42, "#8a5c3c"), (0.6, "#7a5034"), (0.74, "#8a5c3c"), (0.88, "#6d472e")):
        brush.cell(x, low, 2.0, 0.09, tone, 0.02)
    brush.box(x, 0.6, 0.5, 0.37, INK, 0.4)
    brush.edged([(-6.5, 0), (-6.06, 0), (-6.0, 0.8), (-6.56, 0.8)], "#3a5a48", 0.03)
    brush.rules([(-6.48 + n * 0.1, 0.05, -6.52 + n * 0.115, 0.75) for n in range(5)], INK, 0.02)
    brush.blob([(-6.5, 0.8), (-6.35, 0.98), (-6.15, 0.9), (-6.05, 0.8)], "#d9d2c0")
    brush.box(7.4, 0, 0.09, 1.9, INK)
    brush.edged([(6.95, 1.15), (7.95, 1.1), (7.97, 1.9), (6.97, 1.94)], "#2f4a3c", 0.035)
    brush.text("PARK RULES", 7.46, 1.72, 0.12, "#e9e1c4", 0.85)
    for number, line in enumerate((scene.place.wrong or "keep off the goose", *scene.place.dressing[:1])):
        brush.text(line, 7.46, 1.5 - number * 0.18, 0.1, "#e9e1c4", 0.86)
