"""The waterfront: a boardwalk, a pier with boats, sheds and a crane, and the moon's path on the water."""

import itertools
import math

from tools.video.brush import INK, Brush, Point, darker, lighter
from tools.video.locations.chance import apart
from tools.video.locations.indoors import notice
from tools.video.locations.outdoors import lamp_post, sky, skyline
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_EDGE = 4.4
"""Depth at which the boardwalk ends and the water begins."""
_SHED = -9.0


def waterfront(scene: Scene) -> Scenery:
    """A boardwalk before a small harbour; sheds run off on the left, a pier on the right."""
    day = scene.light == "day"
    return Scenery(
        (
            sky(apart(scene, "sky")), skyline(apart(scene, "skyline"), 74, "#46536e"),
            Plane(46, lambda brush: _crane(brush, apart(scene, "crane"))),
            Plane(21, lambda brush: _trawler(brush, apart(scene, "trawler"))),
            Plane(11.5, lambda brush: _dinghies(brush, apart(scene, "dinghies"))),
            Plane(_EDGE, lambda brush: _edge(brush, apart(scene, "edge"))),
            Plane(3.9, lambda brush: _quay(brush, apart(scene, "quay"))),
        ),
        ("#33566e", "#6d95ac") if day else ("#27415c", "#48688c"),
        73.5,
        stations=(-0.6, -4.2, 2.6),
        door=None,
        fore="rail",
        sides=(Side(_SHED, -12.0, 40.0, lambda brush: _sheds(brush, apart(scene, "sheds"))),),
        flats=(
            Flat(0.0, _EDGE, 73.0, lambda brush: _water(brush, apart(scene, "water"))),
            Flat(0.02, -14.0, _EDGE, _planks), Flat(0.03, _EDGE, 26.0, _pier),
        ),
    )  # fmt: skip


def _water(brush: Brush, scene: Scene) -> None:
    """The harbour: broad dark strokes, the moon's or the sun's path that leads to the left, lamps drawn out long."""
    chance = scene.chance
    for number in range(30):
        z = 4.6 + 60 * (number / 30) ** 1.8
        x = chance.uniform(-1.0, 0.6) * (z + 6)
        wide = chance.uniform(0.4, 1.5) * (1 + z * 0.25)
        brush.shape([(x, z), (x + wide * 0.5, z + 0.05 * z * 0.2), (x + wide, z), (x + wide * 0.5, z - 0.02 * z)],
                    "#16263a" if number % 3 else "#6f93b4", 0.8)  # fmt: skip
    light = "#fff6d8" if scene.dark else "#f2f7f8"
    for number in range(22):
        z = 4.8 + 58 * (number / 22) ** 2
        x = -0.6 - 0.19 * (z + 4) + chance.uniform(-0.03, 0.03) * z
        wide = (0.35 + 0.05 * z) * chance.uniform(0.5, 1.3)
        brush.oval(x, z, wide, 0.10 + 0.012 * z, light, 0.95)
    if scene.dark:
        for z, size in ((6.0, 0.7), (13.0, 1.6), (30.0, 4.0)):
            brush.glow(-0.6 - 0.19 * (z + 4), z, size, "#b9cbf2", 0.8)
        for x, z, tint in ((3.5, 17.0, "#ffc873"), (9.5, 30.0, "#ff6a5a")):
            for step in range(6):
                brush.box(x - 0.2 + 0.15 * (step % 2), z - 1.6 * step, 0.5 - 0.05 * step, 0.5, tint, 0.8)
            brush.glow(x, z - 3, 0.9, tint, 0.7)


def _planks(brush: Brush) -> None:
    """The boardwalk: planks across, nails, a lighter one that was mended, a coil of rope, a grating."""
    brush.box(-60, -14, 120, 14 + _EDGE, "#7d6a55")
    for number in range(31):
        z = -13.6 + number * 0.6
        tone = ("#6d5b48", "#8a765e", "#77644f")[number * 7 % 3]
        brush.box(-60, z, 120, 0.56, tone)
    lines: list[tuple[float, float, float, float]] = [
        (-60.0, -13.62 + n * 0.6, 60.0, -13.62 + n * 0.6) for n in range(31)
    ]
    brush.rules(lines, INK, 0.035)
    joints = [(x * 2.9 + (n * 1.7) % 2.9, -13.6 + n * 0.6, x * 2.9 + (n * 1.7) % 2.9, -13.06 + n * 0.6)
              for n in range(31) for x in range(-5, 6)]  # fmt: skip
    brush.rules(joints, INK, 0.025)
    brush.box(-1.8, -0.4, 2.9, 0.56, "#a8957a")
    brush.box(-60, _EDGE - 0.35, 120, 0.35, "#4f4336")
    for radius in (0.42, 0.32, 0.22, 0.12):
        brush.canvas.drawCircle(2.2, -2.7, radius, brush.pen(INK, 0.09))
        brush.canvas.drawCircle(2.2, -2.7, radius, brush.pen("#c9b482", 0.055))
    brush.glow(-2.6, 3.0, 1.6, "#ffc27a", 0.55)
    brush.glow(5.6, 2.6, 1.6, "#ffc27a", 0.55)


def _pier(brush: Brush) -> None:
    """The pier that runs out into the harbour."""
    brush.box(2.0, _EDGE, 2.3, 21.6, INK)
    brush.box(2.08, _EDGE, 2.1, 21.5, "#7a6752")
    brush.rules([(2.08, _EDGE + n * 0.62, 4.18, _EDGE + n * 0.62) for n in range(35)], INK, 0.06)
    brush.shape([(2.08, _EDGE), (2.6, _EDGE), (2.5, 25.9), (2.08, 25.9)], INK, 0.4)


def _sheds(brush: Brush, scene: Scene) -> None:
    """The sheds along the quay: boards, big sliding doors, the name of the place over one of them."""
    brush.box(-13, 0, 54, 4.6, "#5e4e49")
    brush.rules([(x * 0.9, 0.0, x * 0.9, 4.6) for x in range(-14, 45)], darker("#5e4e49", 0.4), 0.04)
    brush.box(-13, 4.45, 54, 0.3, INK)
    for number, x in enumerate((-9.0, -1.5, 4.2, 11.5, 20.0, 31.0)):
        brush.cell(x, 0, 2.8, 2.9, ("#47605f", "#6e3d38", "#4c4f63")[number % 3], 0.09)
        brush.rules([(x, 0.1, x + 2.8, 2.8), (x, 2.8, x + 2.8, 0.1)], INK, 0.06)
        brush.box(x + 0.2, 3.2, 2.4, 0.7, INK)
        lit = scene.dark and number % 2 == 0
        brush.box(x + 0.27, 3.26, 2.26, 0.58, "#ffc873" if lit else "#4a5d72")
        brush.rules([(x + 0.8 + 0.6 * n, 3.26, x + 0.8 + 0.6 * n, 3.84) for n in range(3)], INK, 0.06)
        if lit:
            brush.glow(x + 1.4, 3.5, 1.0, "#ffc873", 0.7)
    brush.box(6.2, 2.9, 4.9, 0.9, INK)
    brush.text(scene.place.name, 8.6, 3.1, 0.55, "#e6d9b0", 4.6)
    brush.hatch(-13, 0, 54, 0.9, 0.4, INK, 0.04, 0.5)


def _crane(brush: Brush, scene: Scene) -> None:
    """The crane against the sky, something under a net on its hook, and the black line of the far mole."""
    tone = "#27303f"
    brush.shape([(-70, 0), (70, 0), (70, 0.9), (20, 1.3), (-30, 0.8), (-70, 1.1)], "#1c2531")
    x = 19.0
    brush.rules([(x - 2.5, 0, x - 1.2, 13), (x + 2.5, 0, x + 1.2, 13)], tone, 0.7)
    for step in range(5):
        low = 0.5 + step * 2.4
        brush.rules([(x - 2.4 + step * 0.24, low, x + 2.0 - step * 0.2, low + 2.4),
                     (x + 2.4 - step * 0.24, low, x - 2.0 + step * 0.2, low + 2.4)], tone, 0.3)  # fmt: skip
    brush.shape([(x - 19, 17.4), (x + 8, 14.4), (x + 8, 12.8), (x - 19, 16.6)], tone)
    brush.rules([(x - 19 + n * 2.2, 16.9 - n * 0.25, x - 18 + n * 2.2, 17.2 - n * 0.25) for n in range(12)], INK, 0.25)
    brush.line([(x - 12, 16.8), (x, 20), (x + 7, 14.2)], tone, 0.25)
    brush.edged([(x - 1.6, 12.6), (x + 1.8, 12.6), (x + 1.8, 15), (x - 1.6, 15)], "#8a6a34", 0.2)
    brush.box(x - 1.0, 13.2, 1.1, 1.1, "#ffd894" if scene.dark else "#39506a")
    brush.box(x + 5.6, 11.6, 2.4, 2.0, INK)
    brush.line([(x - 15, 16.9), (x - 15, 9.4)], INK, 0.12)
    brush.edged([(x - 16.8, 9.4), (x - 13.2, 9.4), (x - 13.6, 7.2), (x - 15, 6.5), (x - 16.4, 7.2)], "#7c3d38", 0.18)
    brush.rules([(x - 16.4 + n * 0.8, 9.3, x - 16.2 + n * 0.5, 7.0) for n in range(5)], INK, 0.12)
    brush.text(scene.place.landmark or "FRAGILE", x - 15, 8.3, 0.7, "#e6d9b0", 3.0)
    if scene.dark:
        brush.glow(x - 0.5, 13.8, 1.4, "#ffd894", 0.9)
        brush.disc(x - 19, 17.6, 0.35, "#ff6a5a")
        brush.glow(x - 19, 17.6, 1.4, "#ff6a5a", 0.9)


def _trawler(brush: Brush, scene: Scene) -> None:
    """The trawler in the basin: hull, wheelhouse with a lit window, derrick, net, gulls that own it."""
    x = -5.6
    _hull(brush, x, 8.6, 2.2, "#7c3d38", "#d9d2bd")
    brush.text(scene.place.landmark or scene.world.agency.county, x + 2.3, 0.8, 0.3, "#c9a48a", 2.0)
    brush.edged([(x - 2.6, 1.6), (x + 0.6, 1.5), (x + 0.5, 3.9), (x - 2.4, 3.9)], "#d6d0bd", 0.09)
    brush.shape([(x - 2.6, 1.6), (x - 1.5, 1.55), (x - 1.5, 3.9), (x - 2.4, 3.9)], INK, 0.5)
    brush.box(x - 2.7, 3.85, 3.5, 0.22, INK)
    for left in (x - 1.3, x - 0.4):
        brush.cell(left, 2.7, 0.65, 0.75, "#ffd08a" if scene.dark else "#5f7f98", 0.06)
    brush.line([(x - 0.9, 4.0), (x - 0.9, 7.4)], INK, 0.16)
    brush.line([(x + 2.2, 1.4), (x + 2.3, 6.6)], INK, 0.18)
    brush.line([(x + 2.3, 2.4), (x - 0.2, 6.0)], INK, 0.12)
    for end in (x + 4.0, x - 4.1):
        brush.ink([(x + 2.3, 6.6), ((x + 2.3 + end) / 2, 3.6), (end, 1.9)], 0.06)
    brush.blob([(x + 1.2, 1.4), (x + 1.6, 2.5), (x + 2.4, 2.7), (x + 3.2, 1.6)], "#33504a")
    brush.hatch(x + 1.4, 1.5, 1.6, 0.9, 0.2, INK, 0.04, 0.8)
    for number in range(3):
        gull = x - 2.3 + number * 0.8
        brush.blob([(gull, 4.1), (gull + 0.5, 4.05), (gull + 0.4, 4.4), (gull + 0.1, 4.45)], "#efece2")
    if scene.dark:
        brush.glow(x - 0.5, 3.1, 0.9, "#ffc873", 0.8)
        brush.glow(x + 1.0, 1.9, 0.9, "#ffb870", 0.3)


def _hull(brush: Brush, x: float, long: float, tall: float, colour: str, band: str) -> None:
    """A hull with its bow to the right, x its middle; below it the black of its shadow on the water."""
    half = long / 2
    brush.oval(x, 0.0, long * 0.98, tall * 0.34, INK, 0.75)
    shape: list[Point] = [(x - half * 0.9, 0), (x + half * 0.78, 0), (x + half, tall), (x + half * 0.4, tall * 0.74),
                          (x - half * 0.5, tall * 0.66), (x - half, tall * 0.8)]  # fmt: skip
    brush.edged(shape, colour, 0.09)
    brush.shape([(x - half * 0.9, 0), (x - half * 0.2, 0), (x - half * 0.3, tall * 0.66), (x - half * 0.5, tall * 0.66),
                 (x - half, tall * 0.8)], INK, 0.5)  # fmt: skip
    brush.line([(x - half * 0.98, tall * 0.7), (x - half * 0.4, tall * 0.56), (x + half * 0.4, tall * 0.63),
                (x + half * 0.95, tall * 0.88)], band, tall * 0.07)  # fmt: skip


def _dinghies(brush: Brush, scene: Scene) -> None:
    """Small boats at their moorings, and the posts of the pier."""
    _hull(brush, 7.6, 3.6, 0.75, "#3f6b6a", "#e3dcc6")
    brush.line([(7.4, 0.6), (7.42, 5.0)], INK, 0.08)
    brush.shape([(7.5, 1.0), (7.5, 4.6), (9.0, 1.15)], "#b9b09a")
    brush.shape([(7.5, 1.0), (7.5, 4.6), (7.85, 1.05)], INK, 0.4)
    _hull(brush, -0.9, 2.4, 0.5, "#4a5f8a", "#d8a83e")
    brush.blob([(-1.5, 0.4), (-0.9, 0.75), (-0.2, 0.4)], "#5e6a4c")
    for x in (2.0, 4.3):
        for lean in (0.0, 0.05):
            brush.box(x - 0.1 + lean, 0, 0.22, 1.15, INK)
        brush.box(x - 0.02, 0.1, 0.1, 1.0, "#6d5b48")
        brush.box(x - 0.14, 1.12, 0.32, 0.08, "#d9d2bd")


def _edge(brush: Brush, scene: Scene) -> None:
    """The rail along the edge, open where the pier begins; posts with ropes that sag."""
    posts = [-13.5, -11.4, -9.4, -7.3, -5.2, -3.1, -1.0, 1.9, 4.4, 6.5, 8.6, 10.7]
    for x, after in itertools.pairwise(posts):
        if x == 1.9:
            continue
        for h, thick in ((0.96, 0.055), (0.52, 0.04)):
            sag: list[Point] = [(x + (after - x) * s / 6, h - 0.16 * math.sin(math.pi * s / 6)) for s in range(7)]
            brush.line(sag, INK, thick + 0.03)
            brush.line(sag, "#b8a67e", thick)
    for x in posts:
        brush.cell(x - 0.1, 0, 0.2, 1.1, "#6d5b48", 0.03)
        brush.box(x - 0.1, 0, 0.08, 1.1, INK, 0.6)
        brush.box(x - 0.13, 1.08, 0.26, 0.08, lighter("#6d5b48", 0.3))


def _quay(brush: Brush, scene: Scene) -> None:
    """What stands on the boardwalk: two lamps, a life ring on its board, crates, lobster pots, a bollard."""
    lamp_post(brush, -2.1, -0.9, scene.dark)
    lamp_post(brush, 5.0, 0.9, scene.dark)
    brush.box(-6.35, 0, 0.1, 1.9, INK)
    brush.cell(-6.8, 1.05, 1.0, 1.0, "#e3dcc6", 0.035)
    for radius, tone, thick in ((0.32, INK, 0.2), (0.32, "#d8583d", 0.14)):
        brush.canvas.drawCircle(-6.3, -1.55, radius, brush.pen(tone, thick))
    bands = [(-6.3, 1.8, -6.3, 1.94), (-6.3, 1.16, -6.3, 1.3), (-6.69, 1.55, -6.55, 1.55), (-6.05, 1.55, -5.91, 1.55)]
    brush.rules(bands, "#f0ead6", 0.1)
    for x, h, wide, tone in ((6.2, 0.0, 1.0, "#8a6a45"), (7.3, 0.0, 0.9, "#77593a"), (6.6, 0.7, 0.95, "#8f7048")):
        brush.cell(x, h, wide, 0.68, tone, 0.035)
        brush.rules([(x, h + 0.22, x + wide, h + 0.22), (x, h + 0.46, x + wide, h + 0.46)], INK, 0.025)
        brush.box(x, h, wide * 0.3, 0.68, INK, 0.45)
    brush.text("LIVE", 7.07, 0.95, 0.16, "#23232a", 0.7)
    for x in (-8.2, -7.5):
        brush.blob([(x - 0.4, 0), (x - 0.4, 0.5), (x, 0.66), (x + 0.4, 0.5), (x + 0.4, 0)], "#5a4a36")
        brush.hatch(x - 0.34, 0.03, 0.68, 0.5, 0.12, INK, 0.02, 0.9)
    notice(brush, -6.68, 0.3, scene.place.wrong or "no swimming on the boardwalk", 0.75)
