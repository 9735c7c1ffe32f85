"""The dispatch room: a dark room full of screens, a wall map, three clocks of which one shows coffee."""

from tools.video.brush import INK, Brush, darker
from tools.video.locations.chance import apart
from tools.video.locations.indoors import clock, mug, notice, screen
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_WALL = 4.0
_HIGH = 3.013
_TOP = 0.743
"""Metres of height of the desks."""
_GREEN, _BLUE, _AMBER = "#63e0a0", "#6fb2ff", "#ffc060"


def dispatch_room(scene: Scene) -> Scenery:
    """The dark room of screens with the county's map; a desk with headset and microphone stands before the lens."""
    return Scenery(
        (
            Plane(_WALL, lambda brush: _wall(brush, apart(scene, "wall"))),
            Plane(2.3, lambda brush: _consoles(brush, apart(scene, "consoles"))),
            Plane(-0.5, _desk_front),
            Plane(-0.7, lambda brush: _on_desk(brush, apart(scene, "on_desk"))),
        ),
        ("#2c323c", "#363d49"),
        _WALL,
        True,
        (0.0, 0.55),
        door=(3.1, 0.95, 2.1, _WALL),
        fore="chair",
        sides=(
            Side(-4.9, -14.6, _WALL, lambda brush: _racks(brush, apart(scene, "racks"))),
            Side(5.0, -14.6, _WALL, lambda brush: _lockers(brush, apart(scene, "lockers"))),
        ),
        flats=(
            Flat(0.0, -14.6, _WALL, _floor),
            Flat(_TOP, -1.15, -0.5, _desk_top),
            Flat(_HIGH, -14.6, _WALL, _ceiling),
        ),
    )


def _wall(brush: Brush, scene: Scene) -> None:
    """The wall: the map, the clocks, the door with its lit pane, the slogan that nobody chose."""
    brush.box(-60, -6, 120, 60, "#4b5666")
    brush.box(-60, -6, 120, 7.05, "#303845")
    brush.box(-60, 1.05, 120, 0.06, INK)
    brush.rules([(x * 1.15 - 6.0, 0.1, x * 1.15 - 6.0, 1.0) for x in range(12)], INK, 0.018, 0.8)
    brush.box(-60, 0, 120, 0.12, INK)
    _map(brush, scene, -3.1, 1.32)
    for number, (zone, hour) in enumerate((("LOCAL", 3.2), (scene.world.agency.county, 3.28), ("COFFEE", 6.0))):
        clock(brush, 1.3 + number * 0.68, 2.52, 0.25, hour, zone)
    brush.glow(2.66, 2.5, 0.55, "#ffd9a0", 0.5)
    x = 3.1
    brush.box(x - 0.12, 0, 1.19, 2.24, INK)
    brush.box(x, 0, 0.95, 2.1, "#4a4a52")
    brush.box(x + 0.2, 1.2, 0.55, 0.62, "#ffe2ae" if scene.dark else "#c9d6da")
    brush.rules([(x + 0.47, 1.2, x + 0.47, 1.82)], INK, 0.025)
    brush.glow(x + 0.47, 1.5, 0.5, "#ffd9a0", 0.75)
    brush.disc(x + 0.85, 1.0, 0.045, "#d8b65a")
    notice(brush, 1.66, 1.34, scene.place.landmark or "do not feed the radio", 0.58, "#aaa48f", 0.03)
    if scene.place.wrong:
        notice(brush, 2.42, 1.27, scene.place.wrong, 0.54, "#a8986a", -0.03)


def _map(brush: Brush, scene: Scene, x: float, h: float) -> None:
    """The county on a lit board: roads, the river, the town, a pin where the trouble is."""
    wide, tall, chance = 3.9, 1.42, scene.chance
    brush.cell(x - 0.09, h - 0.09, wide + 0.18, tall + 0.18, "#1c222b", 0.04)
    brush.box(x, h, wide, tall, "#173a3d")
    brush.canvas.save()
    brush.canvas.translate(x, -h)
    brush.blob(
        [(0.3, 0.2), (1.3, 0.1), (2.4, 0.25), (3.6, 0.15), (3.5, 0.9), (2.7, 1.3), (1.2, 1.2), (0.4, 1.1)], "#22534f"
    )
    brush.line([(0.0, 0.9), (0.7, 0.8), (1.2, 0.95), (1.9, 0.6), (2.5, 0.66), (3.9, 0.3)], "#3b7fa0", 0.06)
    for row in range(5):
        low = 0.16 + row * 0.27
        brush.line([(0.05, low), (1.4, low + chance.uniform(-0.1, 0.1)), (3.85, low + chance.uniform(-0.12, 0.12))],
                   "#4fae92", 0.013)  # fmt: skip
    for column in range(7):
        left = 0.3 + column * 0.56 + chance.uniform(-0.1, 0.1)
        brush.line([(left, 0.05), (left + chance.uniform(-0.2, 0.2), 0.7), (left + chance.uniform(-0.2, 0.2), 1.38)],
                   "#4fae92", 0.013)  # fmt: skip
    brush.line([(0.05, 0.3), (1.5, 0.55), (2.2, 0.9), (3.85, 1.15)], "#e0b45a", 0.026)
    for _ in range(9):
        brush.disc(chance.uniform(0.3, 3.6), chance.uniform(0.15, 1.25), 0.03, "#a8f0cf")
    for radius in (0.2, 0.13):
        brush.canvas.drawCircle(2.62, -0.78, radius, brush.pen("#ff6a5a", 0.018))
    brush.disc(2.62, 0.78, 0.055, "#ff6a5a")
    brush.text(scene.place.name, 2.05, 1.07, 0.1, "#dff5e8", 1.4)
    brush.text(f"{scene.world.agency.county.upper()} COUNTY", 0.82, 0.1, 0.11, "#7fd0b8", 1.3)
    brush.canvas.restore()
    brush.shape([(x, h), (x + 0.7, h), (x + 1.3, h + tall), (x + 0.5, h + tall)], "#dff5e8", 0.05)
    for share in (0.25, 0.72):
        brush.glow(x + wide * share, h + tall * 0.5, 0.75, "#55d0b0", 0.5)
    brush.glow(x + 2.62, h + 0.78, 0.25, "#ff6a5a", 0.7)


def _consoles(brush: Brush, scene: Scene) -> None:
    """The row of consoles along the back: screens below the eyes, a chair that stands askew, a plant of cables."""
    brush.cell(-4.6, 0, 9.2, _TOP, "#3b4450", 0.03)
    brush.shape([(-4.6, 0), (4.6, 0), (4.6, 0.4), (-4.6, 0.62)], INK, 0.55)
    for x in (-2.9, -0.9, 1.3, 3.2):
        brush.box(x, 0, 0.05, _TOP, INK)
    brush.box(-4.7, _TOP, 9.4, 0.07, "#77828f")
    brush.box(-4.7, _TOP - 0.02, 9.4, 0.03, INK)
    rows = (
        (-4.3, 0.86, 0.9, 0.5, _BLUE), (-3.3, 0.84, 0.72, 0.46, _GREEN), (-2.1, 0.9, 0.95, 0.4, _GREEN),
        (0.95, 0.84, 0.8, 0.44, _GREEN), (1.85, 0.88, 1.05, 0.5, _BLUE), (3.4, 0.84, 0.75, 0.46, _AMBER),
    )  # fmt: skip
    for x, h, wide, tall, tint in rows:
        brush.box(x + wide * 0.42, _TOP, wide * 0.16, h - _TOP, INK)
        screen(brush, x, h, wide, tall, tint, scene, 5)
    brush.blob([(-1.0, 0.4), (-0.95, 1.12), (-0.7, 1.2), (-0.45, 1.1), (-0.42, 0.4)], INK)
    brush.box(-0.74, 0.1, 0.08, 0.4, INK)
    brush.rules([(-0.98, 0.06, -0.7, 0.16), (-0.42, 0.06, -0.7, 0.16)], INK, 0.05)
    brush.ink([(2.95, _TOP + 0.05), (3.1, 0.5), (3.02, 0.2), (3.3, 0.05)], 0.05)


def _racks(brush: Brush, scene: Scene) -> None:
    """The wall of radios on the left: racks with rows of small lamps."""
    brush.box(-15, 0, 19, _HIGH, "#323b48")
    for number in range(11):
        x = 2.9 - number * 1.5
        brush.cell(x - 0.6, 0.1, 1.2, 2.2, "#20262f", 0.05)
        for row in range(6):
            low = 0.3 + row * 0.33
            brush.box(x - 0.5, low, 1.0, 0.24, "#2c3440")
            for lamp in range(5):
                if scene.chance.random() < 0.55:
                    tint = scene.chance.choice((_GREEN, _GREEN, _AMBER, "#ff6a5a"))
                    brush.box(x - 0.4 + lamp * 0.17, low + 0.1, 0.07, 0.07, tint)
        if number < 3:
            brush.glow(x, 1.3, 0.5, _GREEN, 0.45)
    brush.hatch(-15, 2.3, 19, 0.7, 0.3, INK, 0.03, 0.5)


def _lockers(brush: Brush, scene: Scene) -> None:
    """The wall on the right: lockers, and the hook with the old headset."""
    brush.box(-15, 0, 19, _HIGH, "#465161")
    for number in range(20):
        x = 2.6 - number * 0.8
        brush.cell(x, 0.1, 0.76, 1.9, ("#4f5e6c", "#566675", "#475563")[number % 3], 0.03)
        brush.rules([(x + 0.18, 1.7 + 0.06 * slot, x + 0.58, 1.7 + 0.06 * slot) for slot in range(3)], INK, 0.018)
        brush.disc(x + 0.12, 1.05, 0.035, "#c9d0d8")


def _floor(brush: Brush) -> None:
    """Raised floor in large squares, one of them left open over its cables."""
    lines = [(x * 1.2, -14.6, x * 1.2, _WALL) for x in range(-9, 10)]
    lines += [(-11.0, z * 1.2, 11.0, z * 1.2) for z in range(-12, 4)]
    brush.rules(lines, INK, 0.02, 0.9)
    for x, z in ((-2, -1), (1, -2), (3, 0), (-4, 0), (0, -4), (2, -5)):
        brush.box(x * 1.2, z * 1.2, 1.2, 1.2, "#29303a")
    brush.box(1.2, 0.0, 1.2, 1.2, INK)
    for step in range(4):
        brush.line([(1.25, 0.2 + step * 0.2), (1.8, 0.4 + step * 0.14), (2.4, 0.3 + step * 0.22)],
                   ("#a8443c", "#4a6f8f", "#c9a64a", "#4f7a5f")[step], 0.05)  # fmt: skip
    brush.glow(-0.4, 1.2, 1.7, "#5fc8d8", 0.4)


def _ceiling(brush: Brush) -> None:
    """Dark boards, and two panels dimmed almost to nothing."""
    brush.box(-12, -15, 24, 20, "#2b3038")
    lines = [(x * 1.2, -14.6, x * 1.2, _WALL) for x in range(-9, 10)]
    brush.rules(lines + [(-11.0, z * 1.2, 11.0, z * 1.2) for z in range(-12, 4)], INK, 0.025)
    for x in (-2.4, 1.2):
        brush.box(x, 0.0, 1.2, 0.6, "#8fa0b8")
        brush.glow(x + 0.6, 0.3, 0.8, "#8fb4e8", 0.45)


def _desk_front(brush: Brush) -> None:
    """The far side of the corner desk before the lens, down to the floor."""
    brush.box(-3.2, 0, 2.1, _TOP, "#262c35")
    brush.box(-3.2, _TOP - 0.06, 2.1, 0.06, INK)
    brush.box(-1.16, 0, 0.06, _TOP, INK)


def _desk_top(brush: Brush) -> None:
    """The desk: keys, a log book, rings that mugs have left."""
    brush.box(-3.25, -1.15, 2.18, 0.65, "#6a7480")
    brush.shape([(-3.25, -1.15), (-2.3, -1.15), (-2.6, -0.5), (-3.25, -0.5)], "#0b0d14", 0.4)
    brush.rules([(-3.25, -1.14, -1.08, -1.14), (-1.08, -1.14, -1.08, -0.5)], INK, 0.03)
    brush.edged([(-1.66, -1.05), (-1.24, -1.0), (-1.3, -0.66), (-1.7, -0.7)], "#e0d9c2", 0.015)
    brush.rules([(-1.6, -0.98 + row * 0.06, -1.32, -0.95 + row * 0.06) for row in range(4)], "#59636f", 0.012)
    brush.canvas.drawCircle(-1.9, 0.9, 0.07, brush.pen("#3a2f28", 0.012))
    brush.glow(-2.2, -0.7, 0.4, _GREEN, 0.6)


def _on_desk(brush: Brush, scene: Scene) -> None:
    """What stands on it: a low screen seen from behind, a microphone on its stalk, the mug, the headset's hook."""
    brush.edged([(-2.75, _TOP), (-2.0, _TOP), (-1.96, _TOP + 0.3), (-2.79, _TOP + 0.32)], "#1b2028", 0.02)
    brush.line([(-2.79, _TOP + 0.33), (-1.96, _TOP + 0.31)], "#a8ffd4", 0.018)
    brush.cell(-2.56, _TOP + 0.08, 0.42, 0.13, "#dcc98a", 0.012)
    words = scene.place.dressing[0] if scene.place.dressing else "do not touch"
    brush.text(words, -2.35, _TOP + 0.125, 0.05, "#23232a", 0.38)
    brush.line([(-1.82, _TOP), (-1.8, _TOP + 0.13), (-1.7, _TOP + 0.2)], INK, 0.025)
    brush.box(-1.72, _TOP + 0.17, 0.11, 0.06, "#3a414c", round_=0.025)
    mug(brush, -1.52, _TOP, 0.13)
    brush.text("10-4", -1.5, _TOP + 0.045, 0.04, "#f4ead0", 0.09)
    x = -1.2
    brush.line([(x, _TOP), (x, _TOP + 0.42), (x - 0.08, _TOP + 0.44)], INK, 0.03)
    arc = [(x - 0.16, 0.22), (x - 0.15, 0.36), (x - 0.07, 0.42), (x + 0.01, 0.36), (x + 0.02, 0.22)]
    brush.line([(ax, _TOP + ah) for ax, ah in arc], darker(_BLUE, 0.4), 0.03)
    brush.box(x - 0.19, _TOP + 0.14, 0.07, 0.11, INK, round_=0.03)
    brush.box(x - 0.02, _TOP + 0.14, 0.07, 0.11, INK, round_=0.03)
