"""The station's interview corner: seal, height lines, flag, and the hard stripes that fall through the blinds."""

import math

from tools.video.brush import INK, Brush, Point, darker
from tools.video.locations.chance import apart
from tools.video.locations.indoors import blinds, cabinet, clock, mug, notice, plant, stripes
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_WALL = 2.4


def interview(scene: Scene) -> Scenery:
    """The station wall: agency seal, height lines, flag, plant, coffee machine, one warm key through blinds."""
    return Scenery(
        (
            Plane(_WALL, lambda brush: _wall(brush, apart(scene, "wall"))),
            Plane(1.9, lambda brush: _furniture(brush, apart(scene, "furniture"))),
            Plane(0.28, _chairs),
        ),
        ("#4a4d50", "#5a5c5c"),
        _WALL,
        True,
        (-0.1, 1.1),
        door=(-5.2, 1.0, 2.15, _WALL),
        fore="none",
        sides=(
            Side(5.4, -14.6, _WALL, lambda brush: _window_wall(brush, apart(scene, "window"))),
            Side(-8.7, -14.6, _WALL, _blank_wall),
        ),
        flats=(Flat(0.0, -14.6, _WALL, _tiles), Flat(3.107, -14.6, _WALL, _ceiling)),
    )  # fmt: skip


def _wall(brush: Brush, scene: Scene) -> None:
    """The wall: pale above, dark wainscot below, and all that the agency has hung on it."""
    brush.box(-60, -2, 120, 40, "#8b8f86")
    brush.shape([(-60, 40), (60, 40), (60, 2.6), (-60, 3.0)], "#5d635f")
    brush.box(-60, -2, 120, 2.98, "#3d5058")
    brush.rules([(x * 1.2 - 7.2, 0.16, x * 1.2 - 7.2, 0.9) for x in range(13)], INK, 0.016, 0.8)
    brush.box(-60, 0.93, 120, 0.08, "#b9a884")
    brush.box(-60, 0.92, 120, 0.018, INK)
    brush.box(-60, 0, 120, 0.14, "#20262b")
    stripes(brush, -1.1, 1.35, 3.3, 1.7, "#ffe3a8", 9, 0.34)
    brush.glow(0.55, 1.8, 1.35, "#ffd595", 0.75)
    _seal(brush, -1.55, 2.02, 0.44, scene)
    _height_lines(brush, 1.75)
    _door(brush, -5.2)
    clock(brush, -3.25, 2.42, 0.2, 3.2)
    notice(brush, -3.0, 1.42, scene.place.landmark or "have you seen this goose", 0.62)
    if scene.place.wrong:
        notice(brush, 3.72, 1.5, scene.place.wrong, 0.6, "#d9e0cc", -0.03)
    notice(brush, -7.2, 1.36, "lost: one gavel, wooden", 0.66, "#dcc98a", -0.03)
    notice(brush, -3.72, 1.36, "swear jar", 0.46, "#dcc98a", 0.04)


def _seal(brush: Brush, x: float, h: float, radius: float, scene: Scene) -> None:
    """The agency's seal: a rim like a rope, a blue field, a star, and its name on a plate."""
    brush.disc(x - 0.05, h - 0.05, radius * 1.08, INK, 0.6)
    brush.disc(x, h, radius * 1.06, INK)
    brush.disc(x, h, radius, "#c49a3c")
    brush.disc(x, h, radius * 0.84, INK)
    brush.disc(x, h, radius * 0.8, "#22365c")
    star: list[Point] = []
    for number in range(14):
        reach = radius * (0.66 if number % 2 == 0 else 0.3)
        angle = number * math.pi / 7
        star.append((x + reach * math.sin(angle), h + reach * math.cos(angle)))
    brush.shape([(px - 0.018, ph - 0.018) for px, ph in star], INK)
    brush.shape(star, "#e0b44c")
    for number in range(7):
        angle = number * 2 * math.pi / 7
        tip = (x + radius * 0.6 * math.sin(angle), h + radius * 0.6 * math.cos(angle))
        brush.ink([tip, (x, h)], 0.014)
    brush.disc(x, h, radius * 0.17, "#22365c")
    brush.cell(x - 0.62, h - radius - 0.24, 1.24, 0.17, "#d8c692", 0.02)
    brush.text(scene.world.agency.name, x, h - radius - 0.2, 0.1, "#23232a", 1.14)


def _height_lines(brush: Brush, x: float) -> None:
    """The chart for portraits, from 1.2 to 2.1 metres, one label hung upside down long ago."""
    brush.box(x, 1.1, 1.5, 1.2, "#d5d0bd")
    brush.line([(x, 1.1), (x + 1.5, 1.1), (x + 1.5, 2.3), (x, 2.3), (x, 1.1)], INK, 0.02)
    for row in range(7):
        h = 1.2 + row * 0.16
        strong = row % 2 == 0
        brush.box(x, h, 1.5, 0.026 if strong else 0.012, "#2b3038")
        if strong:
            brush.text(f"{120 + row * 15}", x + 1.35, h + 0.035, 0.075, "#2b3038")
    brush.shape([(x, 1.1), (x + 0.5, 1.1), (x + 0.12, 2.3), (x, 2.3)], "#0b1020", 0.3)


def _door(brush: Brush, x: float) -> None:
    """The sergeant's door with its pane of pebbled glass."""
    brush.box(x - 0.12, 0, 1.24, 2.3, INK)
    brush.box(x, 0, 1.0, 2.15, "#6a4a32")
    brush.cell(x + 0.14, 1.15, 0.72, 0.82, "#b8c4b4", 0.03)
    brush.hatch(x + 0.14, 1.15, 0.3, 0.82, 0.06, "#4d5a58", 0.012)
    brush.text("SERGEANT", x + 0.5, 1.5, 0.1, "#23232a", 0.62)
    brush.cell(x + 0.16, 0.2, 0.68, 0.72, "#5a3e2a", 0.02)
    brush.disc(x + 0.9, 1.02, 0.045, "#d8b65a")
    brush.shape([(x, 0), (x + 0.12, 0), (x + 0.12, 2.15), (x, 2.15)], INK, 0.6)


def _furniture(brush: Brush, scene: Scene) -> None:
    """Flag, cabinet with files, plant, and the coffee machine that everybody fears."""
    brush.oval(-2.42, 0.03, 0.44, 0.07, INK)
    brush.line([(-2.42, 0.03), (-2.42, 2.42)], INK, 0.06)
    brush.line([(-2.41, 0.06), (-2.41, 2.42)], "#b08d4a", 0.03)
    brush.disc(-2.42, 2.46, 0.055, "#d8b65a")
    cloth = [(-2.4, 2.38), (-2.02, 2.2), (-1.92, 1.6), (-2.06, 1.0), (-2.2, 0.86), (-2.28, 1.1), (-2.4, 1.0)]
    brush.edged(cloth, "#8a333a", 0.03)
    brush.shape([(-2.4, 2.36), (-2.2, 2.28), (-2.22, 1.72), (-2.4, 1.78)], "#2c447a")
    brush.ink([(-2.14, 2.24), (-2.12, 1.6), (-2.2, 0.9)], 0.05)
    brush.ink([(-2.26, 2.2), (-2.28, 1.5), (-2.32, 1.05)], 0.035)
    cabinet(brush, 2.5, 0.55, 1.36, 4, "#5f6d66")
    cabinet(brush, 3.09, 0.55, 1.36, 4, "#6b776c")
    for number in range(5):
        brush.cell(
            2.55, 1.36 + number * 0.05, 0.4 - 0.03 * (number % 3), 0.045, ("#c9b98a", "#b8a06a")[number % 2], 0.01
        )
    plant(brush, -3.55, 1.3, scene)
    brush.cell(3.95, 0, 1.0, 0.9, "#4d3d2f", 0.03)
    brush.rules([(4.45, 0.02, 4.45, 0.88)], INK, 0.02)
    brush.cell(4.1, 0.9, 0.46, 0.62, "#2b3038", 0.03)
    brush.box(4.16, 1.34, 0.34, 0.12, "#a8b0b4")
    brush.shape([(4.2, 1.2), (4.46, 1.2), (4.43, 0.95), (4.23, 0.95)], "#5a3626")
    brush.box(4.4, 1.38, 0.05, 0.05, "#ff5148")
    brush.glow(4.42, 1.4, 0.16, "#ff5148", 0.7)
    mug(brush, 4.76, 0.9, 0.13)
    mug(brush, 3.28, 1.36, 0.12, "#4a6f8f")


def _chairs(brush: Brush) -> None:
    """The backs of the two steel chairs that people sit on, one at each place where they are filmed."""
    for x in (-0.1, 1.1):
        for side in (-1, 1):
            brush.line([(x + side * 0.2, 0.0), (x + side * 0.19, 0.9)], INK, 0.045)
        brush.box(x - 0.26, 0.42, 0.52, 0.07, INK, round_=0.02)
        brush.box(x - 0.23, 0.66, 0.46, 0.26, INK, round_=0.06)
        brush.box(x - 0.21, 0.68, 0.42, 0.22, "#54606a", round_=0.05)


def _window_wall(brush: Brush, scene: Scene) -> None:
    """The wall on the right with the window that the light comes from."""
    _blank_wall(brush)
    blinds(brush, 0.1, 1.15, 1.7, 1.35, "#ffd9a0" if scene.dark else "#e8f2f4", 0.11)
    brush.glow(0.9, 1.8, 1.0, "#ffcf8a", 0.6)


def _blank_wall(brush: Brush) -> None:
    """The paint of the walls that run towards the lens."""
    brush.box(-15, -1, 19, 4.12, "#6f756f")
    brush.box(-15, -1, 19, 1.94, "#33444c")
    brush.box(-15, 0.93, 19, 0.08, "#9c8d6c")
    brush.rules([(x * 1.5, 0.1, x * 1.5, 0.9) for x in range(-9, 2)], INK, 0.016, 0.8)


def _tiles(brush: Brush) -> None:
    """Linoleum: large tiles, some a shade darker, and the stripes of light that reach the floor."""
    for x, z in ((-3, -1), (-1, 0), (2, -2), (1, 1), (-5, 0), (4, -1), (0, -3), (-2, -4), (3, -5), (-4, -3)):
        brush.box(x * 0.9, z * 0.9, 0.9, 0.9, darker("#54575a", 0.22))
    lines = [(x * 0.9, -14.6, x * 0.9, _WALL) for x in range(-14, 15)]
    lines += [(-13.0, z * 0.9, 13.0, z * 0.9) for z in range(-16, 3)]
    brush.rules(lines, "#23262b", 0.016, 0.8)
    for near in (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0):
        left, right = 0.2 - near * 0.3, 3.4 - near * 0.3
        ray = [(left, near), (right, near - 0.2), (right, near + 0.03), (left, near + 0.23)]
        brush.shape(ray, "#ffe3a8", 0.22)
    brush.glow(1.2, -0.2, 1.7, "#ffd595", 0.6)


def _ceiling(brush: Brush) -> None:
    """Ceiling boards in a grid with one long lamp, and a stain shaped like the county."""
    brush.box(-13, -15, 26, 19, "#6b6c66")
    lines = [(x * 0.6, -14.6, x * 0.6, _WALL) for x in range(-20, 21)]
    lines += [(-13.0, z * 0.6, 13.0, z * 0.6) for z in range(-24, 5)]
    brush.rules(lines, "#33352f", 0.02)
    brush.box(-1.2, 0.6, 2.4, 0.35, "#fff6dc")
    brush.box(-1.2, -4.6, 2.4, 0.35, "#fff6dc")
    brush.blob([(2.2, 0.7), (2.9, 0.9), (3.1, 1.4), (2.5, 1.6), (2.0, 1.2)], "#57503f", 0.7)
