"""A restaurant's kitchen: steel counters, hanging pans, the hood, order tickets, a swing door with a porthole."""

from tools.video.brush import INK, Brush, darker, lighter
from tools.video.locations.chance import apart
from tools.video.locations.indoors import clock, notice
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_WALL = 3.6
_HIGH = 3.113
_STEEL, _TILE = "#8e999f", "#b9bfae"


def kitchen(scene: Scene) -> Scenery:
    """The kitchen behind the counter: the range under its hood, the pass with its tickets, the swing door."""
    return Scenery(
        (
            Plane(_WALL, lambda brush: _wall(brush, apart(scene, "wall"))),
            Plane(2.7, lambda brush: _range(brush, apart(scene, "range"))),
            Plane(2.3, _hood),
            Plane(2.1, lambda brush: _pans(brush, apart(scene, "pans"))),
        ),
        ("#5a3d36", "#6b4a40"),
        _WALL,
        True,
        (0.0, -1.7, 2.2),
        door=(3.5, 0.95, 2.1, _WALL),
        fore="shelf",
        sides=(
            Side(-5.0, -14.6, _WALL, lambda brush: _shelves(brush, apart(scene, "shelves"))),
            Side(5.2, -14.6, _WALL, _fridges),
        ),
        flats=(Flat(0.0, -14.6, _WALL, _floor), Flat(_HIGH, -14.6, _WALL, _ceiling)),
    )


def _wall(brush: Brush, scene: Scene) -> None:
    """White tiles to the shoulder, the pass to the dining room, the door, the clock that runs fast on purpose."""
    brush.box(-60, -6, 120, 60, "#8c8f83")
    brush.box(-60, -6, 120, 7.9, _TILE)
    lines = [(-7.0, row * 0.21, 7.0, row * 0.21) for row in range(1, 10)]
    lines += [(-6.9 + n * 0.42 + 0.21 * (row % 2), row * 0.21, -6.9 + n * 0.42 + 0.21 * (row % 2), row * 0.21 + 0.21)
              for row in range(9) for n in range(34)]  # fmt: skip
    brush.rules(lines, "#8d9388", 0.014)
    for x, row in ((-4.02, 6), (-1.08, 7), (1.44, 5), (2.7, 7), (-2.76, 5)):
        brush.box(x, row * 0.21, 0.42, 0.21, "#9aa294")
    brush.box(-60, 1.88, 120, 0.1, "#7c3d38")
    brush.box(-60, 1.86, 120, 0.022, INK)
    brush.box(-60, 0, 120, 0.14, INK)
    _pass(brush, scene, -4.6)
    _swing_door(brush, scene, 3.5)
    clock(brush, 3.1, 2.42, 0.2, 8.4)
    notice(brush, 2.55, 1.2, scene.place.landmark or "wash your hands", 0.62)
    if scene.place.wrong:
        notice(brush, -2.1, 2.12, scene.place.wrong, 0.62, "#dcc98a", -0.03)
    brush.glow(-3.4, 1.6, 0.9, "#ffb870", 0.8)


def _pass(brush: Brush, scene: Scene, x: float) -> None:
    """The opening to the dining room: warm light, two heat lamps, a rail of tickets, a bell, one plate too many."""
    brush.box(x - 0.1, 0.92, 2.2, 1.0, INK)
    brush.box(x, 1.0, 2.0, 0.85, "#c98b4e")
    brush.box(x, 1.0, 2.0, 0.3, "#8a5a35")
    brush.shape([(x + 0.3, 1.0), (x + 0.5, 1.5), (x + 0.66, 1.62), (x + 0.82, 1.5), (x + 1.0, 1.0)], "#4a2f24")
    brush.box(x - 0.15, 0.92, 2.3, 0.09, lighter(_STEEL, 0.3))
    for left in (x + 0.45, x + 1.4):
        brush.line([(left, 1.92), (left, 1.74)], INK, 0.02)
        brush.edged(
            [(left - 0.16, 1.6), (left + 0.16, 1.6), (left + 0.06, 1.76), (left - 0.06, 1.76)], "#a8443c", 0.018
        )
        brush.box(left - 0.12, 1.575, 0.24, 0.03, "#fff0c8")
        brush.oval(left, 1.04, 0.42, 0.06, "#f0ead6")
        brush.blob([(left - 0.14, 1.05), (left, 1.2), (left + 0.15, 1.05)], "#a8643c")
    brush.box(x - 0.1, 1.95, 2.2, 0.06, INK)
    for number in range(9):
        left = x + number * 0.23 + 0.03 * (number * 5 % 3)
        tall = 0.16 + 0.05 * (number * 7 % 4)
        brush.cell(left, 1.96 - tall, 0.13, tall, ("#efe8d0", "#e6d9a8")[number % 2], 0.008)
        brush.rules(
            [(left + 0.025, 1.94 - row * 0.035, left + 0.1, 1.94 - row * 0.035) for row in range(1, 4)], INK, 0.008
        )
    for number, word in enumerate(scene.place.dressing[:2]):
        brush.cell(x + 0.2 + number * 0.95, 2.1, 0.8, 0.2, "#23282c", 0.015)
        brush.text(word, x + 0.6 + number * 0.95, 2.16, 0.1, "#e9e2cc", 0.72)


def _swing_door(brush: Brush, scene: Scene, x: float) -> None:
    """The swing door: kick plate, porthole with light behind it, the scar where trolleys hit."""
    brush.box(x - 0.1, 0, 1.15, 2.22, INK)
    brush.box(x, 0, 0.95, 2.1, "#5b7370")
    brush.box(x, 0, 0.95, 0.62, "#a3adb2")
    brush.hatch(x, 0.05, 0.35, 0.5, 0.08, INK, 0.012, 0.6)
    brush.disc(x + 0.47, 1.55, 0.26, INK)
    brush.disc(x + 0.47, 1.55, 0.21, "#ffd894" if scene.dark else "#d3dcd4")
    brush.shape([(x + 0.3, 1.42), (x + 0.42, 1.36), (x + 0.64, 1.68), (x + 0.52, 1.74)], "#fff6dc", 0.7)
    brush.glow(x + 0.47, 1.55, 0.4, "#ffd08a", 0.7)
    brush.cell(x + 0.72, 0.95, 0.16, 0.34, "#a3adb2", 0.015)
    brush.ink([(x + 0.05, 0.78), (x + 0.4, 0.74), (x + 0.8, 0.8)], 0.03)
    brush.shape([(x, 0), (x + 0.1, 0), (x + 0.1, 2.1), (x, 2.1)], INK, 0.55)
    brush.text("OUT", x + 0.47, 1.9, 0.1, "#e6d9b0", 0.5)


def _range(brush: Brush, scene: Scene) -> None:
    """The range with its ovens and one flame, steel counters to both sides, what is being cooked."""
    for x, wide in ((-4.9, 2.9), (1.35, 1.9)):
        brush.cell(x, 0.12, wide, 0.74, _STEEL, 0.03)
        brush.box(x, 0.12, wide * 0.18, 0.74, INK, 0.5)
        brush.box(x, 0.3, wide, 0.06, INK)
        brush.box(x - 0.05, 0.86, wide + 0.1, 0.08, lighter(_STEEL, 0.45))
        brush.box(x - 0.05, 0.84, wide + 0.1, 0.025, INK)
    brush.cell(-1.95, 0.05, 3.25, 0.85, "#3d444a", 0.035)
    for x in (-1.8, -0.2):
        brush.cell(x, 0.14, 1.35, 0.5, "#272c31", 0.025)
        brush.box(x + 0.15, 0.52, 1.05, 0.05, lighter(_STEEL, 0.3))
        brush.cell(x + 0.3, 0.22, 0.75, 0.22, "#e08a3c" if x < -1 else INK, 0.02)
    for number in range(7):
        brush.disc(-1.7 + number * 0.45, 0.76, 0.045, "#c9d0d0")
        brush.line([(-1.7 + number * 0.45, 0.76), (-1.7 + number * 0.45 + 0.02 * (number % 3), 0.8)], INK, 0.014)
    brush.box(-2.0, 0.9, 3.35, 0.06, INK)
    brush.glow(-1.1, 0.34, 0.4, "#ff8f3c", 0.75)
    brush.cell(-1.75, 0.96, 0.62, 0.46, "#a3adb2", 0.025)
    brush.box(-1.75, 0.96, 0.15, 0.46, INK, 0.5)
    brush.box(-1.82, 1.4, 0.76, 0.05, lighter(_STEEL, 0.4))
    brush.edged([(0.2, 1.1), (0.9, 1.1), (0.82, 0.97), (0.28, 0.97)], "#2b3035", 0.02)
    brush.line([(0.88, 1.07), (1.35, 1.16)], INK, 0.05)
    for x, tall in ((0.34, 0.3), (0.5, 0.48), (0.66, 0.36)):
        brush.blob([(x - 0.09, 1.1), (x, 1.1 + tall), (x + 0.09, 1.1)], "#ff9a3c")
    brush.blob([(0.44, 1.1), (0.5, 1.35), (0.57, 1.1)], "#ffe08a")
    brush.glow(0.5, 1.25, 0.6, "#ff9a4a", 0.95)
    for number in range(4):
        x = 1.5 + number * 0.13
        brush.box(
            x, 0.94, 0.1, 0.28 + 0.03 * (number % 2), ("#7c3d38", "#c9a64a", "#4f6a4a", "#d9d2bd")[number], round_=0.03
        )
    brush.edged([(2.3, 0.94), (3.05, 0.94), (3.05, 0.98), (2.3, 0.98)], "#b08a5a", 0.015)
    brush.blob([(2.4, 0.98), (2.55, 1.16), (2.8, 1.14), (2.9, 0.98)], "#c8453d")
    for number in range(5):
        brush.oval(-4.5 + 0.02 * (number % 2), 0.97 + number * 0.05, 0.5, 0.06, ("#efe8d0", "#c9c3ae")[number % 2])
    brush.cell(-3.6, 0.94, 0.5, 0.3, "#5a6a70", 0.025)
    brush.edged([(-2.9, 0.94), (-2.3, 0.94), (-2.36, 1.2), (-2.84, 1.2)], lighter(_STEEL, 0.2), 0.025)


def _hood(brush: Brush) -> None:
    """The hood above the range: a steel trapezium with filters, black beneath, and its duct."""
    brush.box(-1.0, 2.6, 1.4, 1.0, darker(_STEEL, 0.35))
    brush.edged([(-2.2, 2.05), (1.6, 2.05), (0.95, 2.72), (-1.55, 2.72)], _STEEL, 0.04)
    brush.shape([(-2.2, 2.05), (-1.1, 2.05), (-0.85, 2.72), (-1.55, 2.72)], INK, 0.5)
    brush.rules([(-1.0 + n * 0.5, 2.12, -0.8 + n * 0.38, 2.66) for n in range(5)], INK, 0.02)
    brush.box(-2.24, 1.98, 3.88, 0.11, INK)
    brush.box(-1.6, 1.98, 0.7, 0.04, "#fff6dc")
    brush.box(0.3, 1.98, 0.7, 0.04, "#fff6dc")
    brush.glow(-1.2, 1.7, 0.7, "#fff0cc", 0.7)
    brush.glow(0.6, 1.7, 0.7, "#fff0cc", 0.7)


def _pans(brush: Brush, scene: Scene) -> None:
    """Rails with pans and ladles at both sides of the hood, no two alike."""
    for x, wide, count in ((-4.9, 2.3, 5), (1.95, 2.9, 6)):
        brush.box(x, 2.36, wide, 0.045, INK)
        brush.rules([(x + 0.1, 2.38, x + 0.1, 3.2), (x + wide - 0.1, 2.38, x + wide - 0.1, 3.2)], INK, 0.025)
        for number in range(count):
            at = x + 0.25 + number * (wide - 0.4) / count + scene.chance.uniform(-0.03, 0.05)
            radius = (0.17, 0.12, 0.2, 0.09, 0.15, 0.13)[number]
            tone = ("#a8643c", "#59636a", "#39424a")[(number * 2 + count) % 3]
            brush.line([(at, 2.36), (at, 2.36 - 0.28)], INK, 0.035)
            if number == 3:
                brush.line([(at, 2.36), (at, 1.98)], INK, 0.03)
                brush.blob([(at - 0.09, 2.0), (at + 0.09, 2.0), (at + 0.06, 1.86), (at - 0.06, 1.86)], "#a3adb2")
                continue
            brush.disc(at, 2.1 - radius, radius + 0.02, INK)
            brush.disc(at, 2.1 - radius, radius, tone)
            brush.shape([(at - radius * 0.9, 2.1 - radius), (at - radius * 0.1, 2.1 - radius * 0.1),
                         (at - radius * 0.2, 2.1 - radius * 1.9)], INK, 0.5)  # fmt: skip
            brush.line([(at + radius * 0.3, 2.1 - radius * 0.45), (at + radius * 0.65, 2.1 - radius * 1.1)],
                       lighter(tone, 0.5), 0.02)  # fmt: skip


def _shelves(brush: Brush, scene: Scene) -> None:
    """The store on the left: racks with tins, sacks and a very large jar of pickles."""
    brush.box(-15, 0, 19, _HIGH, darker(_TILE, 0.2))
    brush.rules([(-15.0, row * 0.3, 4.0, row * 0.3) for row in range(1, 9)], "#7d8377", 0.016)
    for x in (-12.8, -9.5, -6.2, -2.9, 0.4):
        brush.box(x, 0, 2.8, 2.2, "#2b3035")
        for h in (0.15, 0.8, 1.45):
            brush.box(x, h, 2.8, 0.06, _STEEL)
            _tins(brush, scene, x + 0.1, h + 0.06)
        brush.rules([(x, 0.0, x, 2.3), (x + 2.8, 0.0, x + 2.8, 2.3)], INK, 0.07)


def _tins(brush: Brush, scene: Scene, x: float, h: float) -> None:
    """One shelf: tins with labels in piles, a sack that leans, a jar."""
    for item in range(5):
        left, kind = x + item * 0.54, scene.chance.randrange(4)
        tone = scene.chance.choice(("#a8643c", "#8d8a78", "#4f6a4a", "#7c3d38", "#b8923f"))
        if kind == 0:
            brush.blob([(left - 0.04, h), (left, h + 0.42), (left + 0.4, h + 0.5), (left + 0.5, h)], "#b5a684")
            brush.line([(left + 0.14, h + 0.36), (left + 0.3, h + 0.37)], INK, 0.03)
            continue
        for pile in range(kind if kind < 3 else 1):
            low = h + pile * 0.24
            brush.cell(left + 0.03, low, 0.36, 0.23, "#8e999f", 0.018)
            brush.box(left + 0.03, low + 0.05, 0.36, 0.13, tone)
            brush.box(left + 0.03, low, 0.1, 0.23, INK, 0.45)


def _fridges(brush: Brush) -> None:
    """The cold store on the right: tall steel doors with their handles."""
    brush.box(-15, 0, 19, _HIGH, darker(_TILE, 0.25))
    for number in range(8):
        x = 1.7 - number * 2.0
        brush.cell(x, 0.1, 1.8, 2.2, ("#97a2a8", "#8a959b")[number % 2], 0.05)
        brush.rules([(x + 0.9, 0.12, x + 0.9, 2.28)], INK, 0.03)
        brush.box(x + 0.72, 0.9, 0.07, 0.6, INK)
        brush.box(x + 1.0, 0.9, 0.07, 0.6, INK)
        brush.shape([(x + 0.2, 0.1), (x + 0.5, 0.1), (x + 0.8, 2.3), (x + 0.5, 2.3)], "#dfe8ea", 0.25)
        brush.box(x + 0.2, 2.05, 0.3, 0.12, "#7fe0a0")


def _floor(brush: Brush) -> None:
    """Quarry tiles, some darker, a rubber mat with holes before the range, a drain, something spilt."""
    brush.rules([(x * 0.45, -10.0, x * 0.45, _WALL) for x in range(-14, 15)]
                + [(-6.5, z * 0.45, 6.5, z * 0.45) for z in range(-32, 8)], darker("#6b4a40", 0.55), 0.018)  # fmt: skip
    for x, z in ((-3, 1), (2, -2), (4, 2), (-6, -3), (0, -5), (5, -1), (-1, 3), (-4, -6), (7, -4), (3, -8), (-8, 2)):
        brush.box(x * 0.45, z * 0.45, 0.45, 0.45, "#4a302a")
    brush.edged([(-2.0, 1.3), (1.4, 1.3), (1.4, 2.3), (-2.0, 2.3)], "#20242a", 0.03)
    for number in range(13):
        brush.rules([(-1.85 + number * 0.25, 1.42, -1.85 + number * 0.25, 2.18)], "#3a4048", 0.07)
    brush.cell(1.2, -1.6, 0.5, 0.5, "#39424a", 0.02)
    brush.rules([(1.25, -1.5 + n * 0.1, 1.65, -1.5 + n * 0.1) for n in range(4)], INK, 0.03)
    brush.blob([(-1.3, -1.0), (-0.7, -1.2), (-0.4, -0.8), (-0.9, -0.5), (-1.4, -0.7)], "#8a9a9e", 0.5)
    brush.glow(-0.4, 1.2, 1.5, "#ffe8c0", 0.5)


def _ceiling(brush: Brush) -> None:
    """Ceiling boards grey with years of frying, and three tube lamps, one of them out."""
    brush.box(-7, -15, 14, 19, "#75776c")
    brush.rules([(x * 0.9, -10.0, x * 0.9, _WALL) for x in range(-7, 8)]
                + [(-6.5, z * 0.9, 6.5, z * 0.9) for z in range(-16, 4)], "#3d3f38", 0.022)  # fmt: skip
    for x, z in ((-3.2, 0.2), (1.4, 0.2), (-3.2, -4.0), (1.4, -4.0)):
        lit = (x, z) != (1.4, -4.0)
        brush.box(x, z, 1.8, 0.4, INK)
        brush.box(x + 0.06, z + 0.06, 1.68, 0.28, "#fbffe8" if lit else "#6a6c62")
        if lit:
            brush.glow(x + 0.9, z + 0.2, 0.9, "#f0f6da", 0.7)
