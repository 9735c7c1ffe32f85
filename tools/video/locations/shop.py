"""The shop: a small-town store by night, with a lit case on the counter, a cold cabinet, and the street outside."""

from episodes.cast import Prop
from tools.video.acting import Turn
from tools.video.brush import INK, Brush, darker, lighter
from tools.video.locations.chance import apart
from tools.video.locations.outdoors import poster, sign
from tools.video.locations.strokes import hatch, ink, lettering, rounded
from tools.video.props.things import draw_thing
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_BACK = 4.6
"""Metres to the back wall."""
_WEST, _EAST = -5.2, 5.3
_HIGH = 3.0
_GOODS = ("#8a4a36", "#a87a3e", "#4d6a5f", "#b9a888", "#6d3f4a", "#3f566d")


def shop(scene: Scene) -> Scenery:
    """A store: counter with a lit case and a till, shelves down one side, a cold cabinet down the other."""
    return Scenery(
        (
            Plane(_BACK, lambda brush: _back(brush, apart(scene, "back"))),
            Plane(2.25, lambda brush: _counter(brush, apart(scene, "counter"))),
            Plane(1.3, lambda brush: _floor_things(brush, apart(scene, "floor_things"))),
        ),
        ("#56564f", "#6d695e"), _BACK, True, (-1.9, 1.5, 2.6), (1.25, 1.05, 2.15, _BACK), "shelf",
        sides=(
            Side(_WEST, -14, _BACK, lambda brush: _shelves(brush, apart(scene, "shelves"))),
            Side(_EAST, -14, _BACK, lambda brush: _cold_cabinet(brush, apart(scene, "cold_cabinet"))),
        ),
        flats=(
            Flat(0.0, -14, _BACK, lambda brush: _floor(brush, apart(scene, "floor"))),
            Flat(_HIGH, -14, _BACK, _ceiling),
            Flat(0.97, 2.25, 3.0, _counter_top),
        ),
    )  # fmt: skip


def _floor(brush: Brush, scene: Scene) -> None:
    """Worn checks, a mat at the door, the neon's shine before the counter."""
    size = 0.62
    for row in range(-22, 8):
        for column in range(-17, 18):
            if (row + column) % 2:
                brush.box(column * size, row * size, size, size, "#3f4444", scene.chance.uniform(0.75, 1.0))
    for _ in range(16):
        x, z = scene.chance.uniform(-5, 5), scene.chance.uniform(-3, 4)
        ink(brush, [(x, z), (x + scene.chance.uniform(0.2, 0.6), z + scene.chance.uniform(-0.1, 0.2))], 0.02)
    for x, z in ((-2.4, 1.6), (2.4, 2.2), (-2.0, -4.5), (2.0, -5.0)):
        brush.glow(x, z, 2.0, "#ffe2b0", 0.6)
    brush.shape([(0.9, 3.5), (0.95, 4.4), (2.6, 4.4), (2.65, 3.5)], "#4a2a26")
    brush.text("WELCOME, APPARENTLY", 1.78, 3.75, 0.26, "#b9a888", 1.5)
    brush.shape([(-4.6, 1.75), (-4.6, 2.4), (0.7, 2.4), (0.7, 1.95)], INK, 0.75)
    for x in (-3.2, -1.0, 2.2):
        brush.shape([(x, 0.9), (x + 0.3, 1.6), (x + 1.1, 1.6), (x + 0.5, 0.9)], "#d9c9a4", 0.13)


def _ceiling(brush: Brush) -> None:
    """Dark tin tiles and two rows of tubes, one of them out."""
    brush.box(-8, -14, 16, 20, "#2a3436")
    for column in range(-8, 9):
        brush.line([(column * 0.9, -14), (column * 0.9, _BACK)], INK, 0.03)
    for row in range(-14, 5):
        brush.line([(-8, row), (8, row)], INK, 0.03)
    for x, z, on in (
        (-2.4, 2.9, True), (2.4, 2.9, True), (-2.4, -0.4, True), (2.4, -0.4, False), (-2.4, -5.0, True),
        (2.4, -5.0, True), (0.0, -9.5, True),
    ):  # fmt: skip
        brush.box(x - 0.22, z - 0.75, 0.44, 1.5, INK)
        brush.box(x - 0.14, z - 0.7, 0.28, 1.4, "#f4f3da" if on else "#5b6462")
        if on:
            brush.glow(x, z, 0.9, "#fff1c9", 0.9)


def _back(brush: Brush, scene: Scene) -> None:
    """The wall behind the counter: a calm band at the height of heads, menu and neon above it, goods below."""
    wall, dado = "#4d6663", "#5e3433"
    brush.box(-40, -2, 80, 9, wall)
    brush.box(-40, 2.06, 80, 1.0, darker(wall, 0.35))
    brush.box(-40, 2.03, 80, 0.06, "#b9a57c")
    brush.box(-40, -2, 80, 3.05, dado)
    brush.box(-40, 1.04, 80, 0.07, "#b9a57c")
    brush.box(-40, 0.98, 80, 0.06, INK, 0.7)
    for plank in range(-10, 11):
        ink(brush, [(plank * 0.55 + scene.chance.uniform(-0.05, 0.05), 0.0), (plank * 0.55, 0.97)], 0.02)
    hatch(brush, [(_WEST, 1.1), (_WEST, 2.0), (-3.9, 2.0), (-4.4, 1.1)], 0.13, 0.03, INK, 2.0, 0.6, scene.chance)
    _menu(brush, scene)
    for x in (-2.4, 2.4):
        # What the tubes throw at the wall: a hard edge above, where their housings cut it off.
        brush.shape([(x - 1.7, 1.11), (x - 1.1, 2.03), (x + 1.1, 2.03), (x + 1.7, 1.11)], "#cfe0c8", 0.10)
        brush.glow(x, 1.9, 2.2, "#ffe0b0", 0.46)
    name = scene.place.name
    lettering(brush, name, -1.55, 2.56, 0.36, "#ff8fae", 3.5)
    brush.line([(-3.2, 2.47), (-0.1, 2.47)], "#7fe0d0", 0.03)
    brush.glow(-2.4, 2.62, 0.9, "#ff6f93", 0.6)
    brush.glow(-0.7, 2.62, 0.9, "#ff6f93", 0.6)
    _door(brush, scene)
    _window(brush, scene, 2.75, 2.2)
    if scene.place.landmark:
        sign(brush, f"HOME OF {scene.place.landmark.upper()}", (0.9, 2.55, 4.1, 0.34), "#7d2f2a", "#f3e6c8")
    brush.box(-4.9, 1.12, 0.9, 0.88, INK)
    brush.box(-4.85, 1.17, 0.8, 0.78, "#c9bd9c")
    brush.text("EMPLOYEE", -4.45, 1.78, 0.10, "#1b1f2b", 0.7)
    brush.text("OF THE MONTH", -4.45, 1.66, 0.10, "#1b1f2b", 0.7)
    brush.text("VACANT", -4.45, 1.34, 0.16, "#a33a32", 0.7)


def _menu(brush: Brush, scene: Scene) -> None:
    """A letter board above the counter's middle."""
    brush.box(-4.95, 2.12, 1.5, 0.82, INK)
    brush.box(-4.9, 2.17, 1.4, 0.72, "#16231f")
    for number, line in enumerate([*scene.place.dressing, "NO REFUNDS"][:4]):
        brush.text(line.upper(), -4.35, 2.74 - 0.165 * number, 0.10, "#e9e2cc", 0.92)
        brush.text(f"{1.25 + number * 0.85:.2f}", -3.68, 2.74 - 0.165 * number, 0.10, "#f2b35a")


def _door(brush: Brush, scene: Scene) -> None:
    """The door to the street, its bell, its sign read from within, and the notice beside it."""
    brush.box(1.15, 0, 1.25, 2.3, INK)
    brush.box(1.25, 0, 1.05, 2.15, "#6d4632")
    brush.box(1.25, 0, 0.16, 2.15, darker("#6d4632", 0.45))
    brush.box(1.43, 0.85, 0.70, 1.2, INK)
    brush.box(1.46, 0.88, 0.64, 1.14, "#182339" if scene.dark else "#a9c4d2")
    brush.shape([(1.5, 0.88), (1.7, 0.88), (2.0, 2.02), (1.8, 2.02)], "#4d6388", 0.6)
    brush.edged([(1.56, 1.28), (1.56, 1.5), (2.0, 1.5), (2.0, 1.28)], "#d9d2bc", 0.012)
    brush.text("NEPO", 1.78, 1.33, 0.14, "#a33a32", 0.4)
    brush.disc(2.2, 1.0, 0.045, "#d8b65a")
    brush.line([(1.4, 2.3), (1.4, 2.42), (1.62, 2.42)], INK, 0.025)
    rounded(brush, [(1.55, 2.28), (1.58, 2.40), (1.66, 2.40), (1.69, 2.28)], 0.02, "#d8a83e", edge=0.01)
    if scene.place.wrong:
        poster(brush, 0.32, 1.3, scene.place.wrong, 0.62, "#d9e4d0")


def _window(brush: Brush, scene: Scene, x: float, wide: float) -> None:
    """The night outside: roofs across the street, a lamp, rain or not; the shop's name backwards on the glass."""
    brush.box(x - 0.1, 0.95, wide + 0.2, 1.45, INK)
    brush.box(x, 1.05, wide, 1.25, "#26365a" if scene.dark else "#b7cfdc")
    roofs = [(x, 1.05), (x, 1.75), (x + 0.5, 1.75), (x + 0.5, 1.95), (x + 0.9, 2.1), (x + 1.3, 1.9), (x + 1.3, 1.65),
             (x + wide, 1.65), (x + wide, 1.05)]  # fmt: skip
    brush.shape(roofs, "#141c30" if scene.dark else "#7d8f98")
    brush.box(x, 1.05, wide, 0.26, "#0f1524" if scene.dark else "#6d777c")
    if scene.dark:
        brush.lamp(x + 0.68, 1.5, 0.15, 0.2, "#ffc06a", 0.8, 1.0)
        brush.lamp(x + 1.62, 1.4, 0.13, 0.16, "#ffc06a", 0.7, 1.0)
        brush.disc(x + wide - 0.3, 2.08, 0.07, "#ffe2a8")
        brush.glow(x + wide - 0.3, 2.05, 0.4, "#ffb35c", 0.8)
    brush.box(x + wide - 0.32, 1.2, 0.04, 0.85, INK)
    rounded(brush, [(x + 0.9, 1.22), (x + 0.95, 1.32), (x + 1.12, 1.42), (x + 1.42, 1.42), (x + 1.6, 1.32),
                    (x + 1.72, 1.22)], 0.04, INK)  # fmt: skip
    brush.box(x + wide / 2 - 0.03, 1.05, 0.06, 1.25, INK)
    brush.shape([(x + 0.1, 1.05), (x + 0.45, 1.05), (x + 0.95, 2.3), (x + 0.6, 2.3)], "#dfe8f4", 0.12)
    brush.box(x - 0.18, 0.88, wide + 0.36, 0.1, "#b9a57c")
    brush.box(x - 0.18, 0.80, wide + 0.36, 0.08, INK, 0.8)
    rounded(brush, [(x + 0.1, 0.98), (x + 0.14, 1.2), (x + 0.36, 1.2), (x + 0.4, 0.98)], 0.03, "#8a4a36", edge=0.012)
    for leaf in range(6):
        ink(brush, [(x + 0.25, 1.18), (x + 0.02 + leaf * 0.1, 1.38 + 0.1 * (leaf % 3))], 0.07, "#2f4f3f")


def _counter(brush: Brush, scene: Scene) -> None:
    """Panelled counter, the lit case with what is sold, till, jar, bell."""
    wood = "#7a4534"
    brush.box(-4.5, 0, 5.2, 0.95, wood)
    brush.box(-4.5, 0, 0.5, 0.95, darker(wood, 0.45))
    brush.box(-4.5, 0.0, 5.2, 0.14, INK)
    brush.box(-4.5, 0.80, 5.2, 0.09, INK, 0.8)
    for number in range(6):
        x = -3.95 + number * 0.78
        brush.box(x, 0.2, 0.66, 0.54, darker(wood, 0.22))
        brush.line([(x, 0.2), (x, 0.74), (x + 0.66, 0.74)], INK, 0.02)
        brush.line([(x + 0.02, 0.19), (x + 0.67, 0.19), (x + 0.67, 0.72)], lighter(wood, 0.22), 0.014)
    brush.box(-4.6, 0.93, 5.4, 0.07, "#d3c5a6")
    _case(brush, scene, -4.1, 2.5)
    # Till.
    rounded(brush, [(-1.25, 1.0), (-1.2, 1.16), (-0.66, 1.16), (-0.6, 1.0)], 0.03, "#3a4049", edge=0.015)
    rounded(brush, [(-1.16, 1.16), (-1.1, 1.42), (-0.74, 1.42), (-0.7, 1.16)], 0.03, "#2a2f38", edge=0.015)
    brush.lamp(-1.06, 1.26, 0.3, 0.11, "#7fe6a8", 0.7, 1.2)
    brush.text("0.02", -0.91, 1.28, 0.075, "#0f3322")
    # Jar, bell, napkins.
    rounded(brush, [(0.02, 1.0), (0.0, 1.24), (0.24, 1.24), (0.22, 1.0)], 0.04, "#a9c4c0", edge=0.014)
    brush.box(0.03, 1.0, 0.18, 0.07, "#b58a3e")
    brush.text("TIPS", 0.12, 1.11, 0.075, "#1b1f2b")
    rounded(brush, [(0.38, 1.0), (0.40, 1.08), (0.5, 1.12), (0.58, 1.08), (0.60, 1.0)], 0.04, "#c9a64a", edge=0.012)
    brush.box(0.48, 1.11, 0.03, 0.04, INK)
    for words in scene.place.dressing[:1]:
        poster(brush, -0.45, 0.3, words, 0.42)


def _case(brush: Brush, scene: Scene, x: float, wide: float) -> None:
    """A glass case with two shelves, the brightest thing in the room."""
    brush.box(x - 0.05, 1.0, wide + 0.1, 0.56, INK)
    brush.box(x, 1.03, wide, 0.50, "#ffdf98")
    brush.box(x, 1.03, wide, 0.06, "#c08c4a")
    brush.box(x, 1.27, wide, 0.025, "#8a6233")
    brush.glow(x + wide * 0.28, 1.3, 0.75, "#ffd48a", 0.7)
    brush.glow(x + wide * 0.74, 1.3, 0.75, "#ffd48a", 0.7)
    ware = _ware(scene)
    for row in (1.08, 1.295):
        at = x + 0.12
        while at < x + wide - 0.2:
            tint = scene.chance.choice(["#b06a35", "#c8708a", "#6a3f2c", "#e0b25e", "#f0e2c4"])
            if scene.chance.random() < 0.82:
                _put(brush, ware, at + 0.08, row, tint)
            at += scene.chance.uniform(0.2, 0.27)
    brush.shape([(x + 0.2, 1.03), (x + 0.5, 1.03), (x + 0.8, 1.53), (x + 0.5, 1.53)], "#ffffff", 0.28)
    brush.shape([(x + 1.6, 1.03), (x + 1.7, 1.03), (x + 2.0, 1.53), (x + 1.9, 1.53)], "#ffffff", 0.28)
    for post in (0.0, wide / 2, wide):
        brush.box(x + post - 0.02, 1.0, 0.04, 0.56, INK)


def _ware(scene: Scene) -> Prop | None:
    """Return what this shop sells: what its own name speaks of, else what the story has many of; None for doughnuts."""
    small = [prop for prop in scene.world.props if prop.metres <= 1.5]
    about = f"{scene.place.name} {scene.place.landmark}".lower()
    named = [prop for prop in small if any(word in about for word in prop.name.lower().split() if len(word) > 3)]
    many = [prop for prop in small if prop.count > 1]
    found = next(iter((*named, *many)), None)
    return None if found is None or "doughnut" in found.name else found


def _put(brush: Brush, ware: Prop | None, x: float, h: float, tint: str) -> None:
    """Put one piece into the case."""
    if ware is None:
        brush.oval(x, h + 0.07, 0.20, 0.14, INK)
        brush.oval(x + 0.003, h + 0.073, 0.18, 0.12, tint)
        brush.oval(x, h + 0.085, 0.07, 0.035, "#7a4a26")
        return
    brush.canvas.save()
    brush.canvas.translate(x, -h)
    draw_thing(brush, ware.name, ware.emoji or "", "", 0.15, Turn(), grounded=False)
    brush.canvas.restore()


def _counter_top(brush: Brush) -> None:
    brush.box(-4.6, 2.2, 5.4, 0.8, "#d3c5a6")
    brush.box(-4.6, 2.9, 5.4, 0.1, INK)


def _floor_things(brush: Brush, scene: Scene) -> None:
    """A wire rack, a yellow warning, a mop: at the sides of the room and below the knee."""
    brush.shape([(-4.5, 0), (-4.28, 0.62), (-4.12, 0.62), (-3.9, 0)], INK)
    brush.shape([(-4.44, 0.02), (-4.26, 0.59), (-4.16, 0.59), (-4.0, 0.02)], "#d8b23e")
    brush.text("CAUTION", -4.21, 0.25, 0.075, INK, 0.3)
    brush.text("FLOOR", -4.21, 0.14, 0.085, INK, 0.34)
    brush.line([(4.55, 0), (4.55, 1.75)], INK, 0.05)
    brush.oval(4.55, 0.03, 0.6, 0.1, INK)
    for row in range(4):
        for column in range(3):
            x, h = 4.18 + column * 0.26, 0.45 + row * 0.32
            brush.box(x - 0.015, h - 0.015, 0.23, 0.27, INK)
            brush.box(x, h, 0.20, 0.23, _GOODS[(row * 2 + column) % 6])
            brush.box(x, h, 0.20, 0.07, "#d9cfb4")


def _shelves(brush: Brush, scene: Scene) -> None:
    """The left wall, x being depth: boards that run to the vanishing point, crowded with dark goods."""
    brush.box(-14, 0, 19, _HIGH, "#3f5351")
    brush.box(-14, 0, 19, 0.2, INK)
    for number, h in enumerate((0.25, 0.78, 1.30, 1.84, 2.36)):
        z = -5.5
        while z < _BACK - 0.3:
            wide, tall = scene.chance.uniform(0.12, 0.4), scene.chance.uniform(0.16, 0.4)
            tint = darker(scene.chance.choice(_GOODS), 0.15)
            if scene.chance.random() < 0.86:
                brush.box(z, h + 0.05, wide, tall, INK)
                brush.box(z + 0.02, h + 0.05, wide - 0.035, tall - 0.02, tint)
                brush.box(z + 0.02, h + 0.05 + tall * 0.35, wide - 0.035, tall * 0.25, lighter(tint, 0.35))
            z += wide + scene.chance.uniform(0.0, 0.09)
        brush.box(-14, h, 19, 0.06, "#a08a64")
        brush.box(-14, h - 0.12, 19, 0.12, INK, 0.8)
        brush.box(-1.0 + number * 0.9, h - 0.02, 0.3, 0.10, "#e8dfc4")
    for z in (-4, -1.6, 0.8, 3.2):
        brush.box(z, 0, 0.08, 2.7, INK)


def _cold_cabinet(brush: Brush, scene: Scene) -> None:
    """The right wall: glass doors with cold light behind bottles."""
    brush.box(-14, 0, 19, _HIGH, "#39474a")
    hatch(brush, [(-6, 2.2), (-6, _HIGH), (_BACK, _HIGH), (_BACK, 2.3)], 0.2, 0.04, INK, -2.0, 0.7, scene.chance)
    brush.box(-2.4, 0, 5.8, 2.2, INK)
    for door in range(4):
        z = -2.3 + door * 1.42
        brush.box(z, 0.28, 1.32, 1.82, "#a9d8d0")
        brush.glow(z + 0.66, 1.2, 0.7, "#b8f0e4", 0.55)
        for row in range(4):
            at = z + 0.05
            while at < z + 1.2:
                wide, tall = scene.chance.uniform(0.08, 0.13), scene.chance.uniform(0.2, 0.34)
                brush.box(at, 0.32 + row * 0.45, wide, tall, darker(scene.chance.choice(_GOODS), 0.3))
                at += wide + scene.chance.uniform(0.03, 0.12)
            brush.box(z, 0.28 + row * 0.45, 1.32, 0.04, INK)
        brush.shape([(z + 0.2, 0.28), (z + 0.5, 0.28), (z + 1.0, 2.1), (z + 0.7, 2.1)], "#ffffff", 0.22)
        brush.box(z + 1.18, 0.9, 0.06, 0.6, INK)
    brush.box(-2.4, 2.2, 5.8, 0.34, "#2f4f4a")
    lettering(brush, "COLD. VERY COLD.", 0.9, 2.27, 0.22, "#dff0e6", 3.6, mirrored=True)
