"""The parking lot: acres of bays before one lit store, tall lamps with pools of light, a train of carts."""

from tools.video.brush import INK, Brush, darker, lighter
from tools.video.locations.chance import apart
from tools.video.locations.outdoors import bollard, car, car_end, poster, sign, sky, skyline, tree
from tools.video.locations.strokes import halves, hatch, ink, lettering, masonry, rounded
from tools.video.scenery import Flat, Plane, Scene, Scenery

_STORE = 22.0


def parking_lot(scene: Scene) -> Scenery:
    """A big lot, nearly empty: the store with its huge sign, a pylon, lamps, carts, an arrow on the asphalt."""
    return Scenery(
        (
            sky(apart(scene, "sky")),
            skyline(apart(scene, "skyline"), 60, lit=0.0),
            Plane(_STORE, lambda brush: _store(brush, apart(scene, "store"))),
            Plane(13.0, lambda brush: _far_cars(brush, apart(scene, "far_cars"))),
            Plane(6.4, lambda brush: _lamps(brush, apart(scene, "lamps"))),
            Plane(4.6, lambda brush: _near_cars(brush, apart(scene, "near_cars"))),
            Plane(2.9, lambda brush: _carts(brush, apart(scene, "carts"))),
        ),
        ("#42454d", "#565b66"), _STORE, stations=(0.0, -5.4, 7.2), door=(-1.1, 2.2, 2.6, _STORE), fore="post",
        flats=(Flat(0.0, -14, _STORE, lambda brush: _ground(brush, apart(scene, "ground"))),),
        bar=(-9.2, 1.56, 4.6),
    )  # fmt: skip


def _ground(brush: Brush, scene: Scene) -> None:
    """Bays in perspective, a painted arrow, cracks with weeds, oil, kerbed islands, pools of lamplight."""
    chance, paint = scene.chance, "#c9c5b2"
    for z0, z1 in ((3.4, 8.2), (8.2, 13.0), (-13.6, -8.8)):
        for number in range(-9, 10):
            x = number * 2.75 + 0.9
            brush.shape([(x, z0), (x, z1), (x + 0.13, z1), (x + 0.13, z0 + chance.uniform(0, 0.5))], paint, 0.85)
        brush.box(-26, z1 - 0.06, 52, 0.13, paint, 0.8)
    # The arrow in the lane, and a second thought.
    brush.shape(
        [(-7.4, 0.55), (-3.9, 0.55), (-3.9, 0.1), (-2.6, 0.8), (-3.9, 1.5), (-3.9, 1.05), (-7.4, 1.05)], paint, 0.75
    )
    brush.shape([(9.4, 0.2), (6.6, 0.2), (6.6, -0.2), (5.4, 0.4), (6.6, 1.0), (6.6, 0.6), (9.4, 0.6)], paint, 0.7)
    brush.text("SLOW", 1.6, -0.4, 1.5, paint, 2.3)
    brush.box(-26, _STORE - 2.6, 52, 2.6, "#8a887f")
    brush.box(-26, _STORE - 2.75, 52, 0.2, "#b7b4a8")
    brush.box(-26, _STORE - 2.95, 52, 0.2, INK, 0.7)
    for x in range(-8, 9, 2):
        brush.shape([(x, 14.5), (x + 1.0, 14.5), (x + 1.0, 19.0), (x, 19.0)], "#c7ab55", 0.5)
    for x, z in ((-3.1, 6.4), (11.4, 6.4), (-15, 6.4)):
        rounded(brush, [(x - 1.1, z - 0.7), (x - 1.1, z + 0.7), (x + 1.1, z + 0.7), (x + 1.1, z - 0.7)], 0.5, "#a9a79d")
        rounded(brush, [(x - 0.9, z - 0.5), (x - 0.9, z + 0.5), (x + 0.9, z + 0.5), (x + 0.9, z - 0.5)], 0.4, "#4b5a42")
    for _ in range(15):
        x, z = chance.uniform(-13, 12), chance.uniform(-3, 9)
        points = [(x, z)]
        for _ in range(4):
            points.append((points[-1][0] + chance.uniform(0.1, 0.9), points[-1][1] + chance.uniform(-0.4, 0.4)))
        ink(brush, points, 0.06, darker("#42454d", 0.6))
        ink(brush, [points[2], (points[2][0] + 0.05, points[2][1] + 0.3)], 0.06, "#4b5a42")
    for x, z in ((-1.3, 4.9), (4.4, 5.4), (8.8, 3.9), (-6.1, 4.6)):
        brush.blob(
            [(x - 0.5, z), (x - 0.2, z + 0.25), (x + 0.5, z + 0.2), (x + 0.7, z - 0.1), (x, z - 0.25)], "#2c2e35"
        )
    if scene.dark:
        for x in (-15.0, -3.1, 19.0):
            for aside in (-1.5, 1.5):
                brush.oval(x + aside, 5.9, 4.6, 3.4, "#ffdca0", 0.10)
                brush.glow(x + aside, 5.6, 2.6, "#ffbe70", 0.8)
    brush.shape([(-26, 11.5), (-26, 19), (12, 19), (2, 15.5), (-12, 12.5)], INK, 0.0 if scene.dark else 0.22)


def _store(brush: Brush, scene: Scene) -> None:
    """The store: a low box with one huge sign, a glass front that shines, a black canopy, blank walls."""
    wall = "#787c82"
    brush.box(-100, -60, 200, 60.3, "#3d4046")
    brush.box(-26, 0, 52, 7.0, wall)
    masonry(brush, (-26, 0.6, 52, 5.0), 0.22, darker(wall, 0.35), scene.chance, 0.08)
    for x in (-26, -17, -9.2, 9.0, 17.2):
        brush.line([(x, 0), (x, 7.0)], INK, 0.09)
    brush.box(-26, 6.7, 52, 0.5, lighter(wall, 0.2))
    brush.box(-26, 6.35, 52, 0.38, INK, 0.85)
    hatch(brush, [(-26, 1), (-26, 6.3), (-17, 6.3), (-20, 1)], 0.5, 0.12, INK, 2.0, 0.5, scene.chance)
    brush.box(-9.2, 0, 18.4, 8.6, "#6a4038")
    brush.box(-9.2, 0, 1.5, 8.6, darker("#6a4038", 0.5))
    brush.box(-9.5, 8.4, 19.0, 0.4, INK)
    glow = scene.dark
    brush.box(-7.6, 4.0, 15.6, 3.0, INK)
    brush.box(-7.4, 4.2, 15.2, 2.6, "#22304c")
    brush.box(-7.4, 4.2, 15.2, 0.3, "#d8a83e")
    lettering(brush, scene.place.name, 0.2, 4.95, 1.25, "#fff3d0" if glow else "#efe4c4", 14.2)
    if glow:
        for x in (-4.6, 0.2, 5.0):
            brush.glow(x, 5.4, 2.4, "#ffe2a0", 0.62)
    _entrance(brush, scene)
    for x, words in ((-15.8, "PHARMACY-ISH"), (11.0, "GARDEN & GRIEF")):
        brush.box(x - 0.1, 4.35, 4.8, 0.9, INK)
        brush.box(x, 4.45, 4.6, 0.7, "#34505e")
        brush.text(words, x + 2.3, 4.62, 0.45, "#dfe6e2", 4.2)
    if scene.place.landmark:
        brush.box(9.9, 1.0, 5.0, 2.4, INK)
        brush.box(10.05, 1.12, 4.7, 2.16, "#d9caa0")
        brush.text("NOW WITH", 12.4, 2.6, 0.42, "#8a3029", 5)
        brush.text(scene.place.landmark.upper(), 12.4, 1.65, 0.62, "#23304c", 4.4)


def _entrance(brush: Brush, scene: Scene) -> None:
    """Glass doors between lit windows, under a canopy with solid black below it."""
    lit = scene.dark
    brush.box(-7.0, 0, 14.4, 3.4, INK)
    for number in range(6):
        x = -6.8 + number * 2.36
        tone = ("#f2c878", "#ffd894", "#e3ad5c")[number % 3] if lit else "#7793a4"
        brush.box(x, 0.25, 2.2, 2.5, tone)
        if lit and number % 2 == 0:
            brush.glow(x + 1.1, 1.4, 1.7, "#ffd08a", 0.7)
        for shelf in range(3):
            at = x + 0.15
            while at < x + 2.0:
                wide = scene.chance.uniform(0.12, 0.3)
                brush.box(at, 0.25 + shelf * 0.75, wide, scene.chance.uniform(0.25, 0.6), darker(tone, 0.55))
                at += wide + scene.chance.uniform(0.04, 0.2)
        brush.shape([(x + 0.2, 0.25), (x + 0.7, 0.25), (x + 1.7, 2.75), (x + 1.2, 2.75)], "#ffffff", 0.16)
    brush.box(-1.2, 0, 2.4, 2.72, INK)
    brush.box(-1.05, 0, 1.0, 2.6, "#ffe2a8" if lit else "#8fa9b6")
    brush.box(0.05, 0, 1.0, 2.6, "#ffe2a8" if lit else "#8fa9b6")
    brush.text("IN", -0.55, 1.7, 0.3, "#8a3029")
    brush.text("ALSO IN", 0.55, 1.7, 0.3, "#8a3029", 0.85)
    brush.shape([(-8.2, 2.85), (8.6, 2.85), (8.2, 3.6), (-7.8, 3.6)], "#3f4a5c")
    brush.box(-8.2, 2.75, 16.8, 0.2, INK)
    for x in (-7.6, 8.0):
        brush.box(x - 0.2, 0, 0.4, 2.9, "#5a5f68")
        brush.box(x - 0.2, 0, 0.16, 2.9, INK)
    for x in (-3.4, -2.5, 2.4, 3.3):
        bollard(brush, x)


def _far_cars(brush: Brush, scene: Scene) -> None:
    """A few parked cars, noses to the store; the pylon with the prices."""
    for x, tone in ((-15.2, "#6d6a5a"), (-12.4, "#4a5a68"), (3.4, "#77503f"), (17.9, "#545b52")):
        car_end(brush, x, tone, rear=True, plate="OH-NO")
    brush.box(13.3, 0, 0.5, 7.4, INK)
    brush.box(13.4, 0, 0.16, 7.4, "#565d68")
    brush.box(11.8, 4.4, 3.5, 3.4, INK)
    brush.box(11.95, 6.1, 3.2, 1.5, "#8a3029")
    brush.text("GAS", 13.55, 6.5, 0.75, "#fff0cc", 2.8)
    brush.box(11.95, 4.55, 3.2, 1.4, "#ece4cc")
    brush.text("III.XIV", 13.55, 4.95, 0.75, "#1b1f2b", 2.9)
    if scene.dark:
        brush.glow(13.5, 6.2, 1.6, "#ffd9a8", 0.8)


def _tall_lamp(brush: Brush, x: float, lit: bool, works: bool = True) -> None:
    """A lot lamp on a concrete foot, two heads, a cone from each."""
    if lit and works:
        for side in (-1, 1):
            brush.shape(
                [(x + side * 0.9 - 0.2, 7.2), (x + side * 0.9 + 0.2, 7.2), (x + side * 2.9, 0), (x + side * 0.1, 0)],
                "#ffdca0",
                0.085,
            )
    brush.box(x - 0.3, 0, 0.6, 0.8, "#8f8d84")
    brush.box(x - 0.3, 0, 0.24, 0.8, INK)
    hatch(brush, [(x - 0.06, 0.3), (x - 0.06, 0.8), (x + 0.3, 0.8), (x + 0.3, 0.3)], 0.2, 0.1, "#c7a53e", 1.2)
    brush.box(x - 0.08, 0.8, 0.16, 6.7, "#474e5b")
    brush.box(x - 0.08, 0.8, 0.07, 6.7, INK)
    brush.line([(x - 1.0, 7.4), (x + 1.0, 7.4)], INK, 0.10)
    for side in (-1, 1):
        rounded(
            brush,
            [(x + side * 0.55, 7.5), (x + side * 1.3, 7.42), (x + side * 1.3, 7.24), (x + side * 0.55, 7.24)],
            0.05,
            "#2a2f39",
            edge=0.02,
        )
        if lit and works:
            brush.box(x + side * 0.9 - 0.26, 7.14, 0.52, 0.12, "#fff3cf")
            brush.glow(x + side * 0.9, 7.15, 0.8, "#fff0c8", 1.2)
            brush.glow(x + side * 1.2, 2.6, 1.7, "#ffbe70", 0.3)


def _lamps(brush: Brush, scene: Scene) -> None:
    """Three lamps, of which one buzzes, thin trees on the islands, a sign."""
    _tall_lamp(brush, -15.0, scene.dark)
    _tall_lamp(brush, -3.1, scene.dark)
    _tall_lamp(brush, 11.2, scene.dark, works=False)
    _tall_lamp(brush, 19.0, scene.dark)
    tree(brush, 12.3, 3.8, scene, "#4a6048")
    tree(brush, -16.4, 4.2, scene, "#4a6048")
    if scene.place.wrong:
        brush.box(2.86, 0, 0.09, 2.0, INK)
        brush.edged([(2.25, 2.0), (2.25, 2.8), (3.55, 2.8), (3.55, 2.0)], "#d9d4c2", 0.03)
        brush.box(2.32, 2.6, 1.16, 0.13, "#8a3029")
        for number, line in enumerate(halves(scene.place.wrong)):
            brush.text(line, 2.9, 2.38 - number * 0.25, 0.16, "#1b1f2b", 1.12)


def _near_cars(brush: Brush, scene: Scene) -> None:
    car(brush, -9.15, "#20283a", "POLICE", scene.dark)
    car_end(brush, 10.6, "#7a6a44", rear=True, plate="MAYBE")
    car_end(brush, 13.4, "#4e5a66", rear=False, plate="CPT 1")


def _carts(brush: Brush, scene: Scene) -> None:
    """The corral with a train of carts, one of which has left."""
    sign(brush, "CARTS LIVE HERE", (3.1, 1.55, 2.1, 0.3), "#2c5a4a")
    for x in (3.15, 5.1):
        brush.box(x, 0, 0.07, 1.6, INK)
    for step in range(5):
        _cart(brush, 3.0 + step * 0.3, lean=0.0)
    brush.line([(2.9, 0.5), (5.6, 0.5)], "#8d959f", 0.06)
    _cart(brush, -2.9, lean=0.05)
    for words in scene.place.dressing[:1]:
        poster(brush, -3.0, 0.48, words, 0.42)


def _cart(brush: Brush, x: float, lean: float) -> None:
    """One shopping cart: wire basket, red handle, wheels."""
    steel = "#a7b0ba"
    basket = [(x, 0.5), (x + 0.78, 0.56 + lean), (x + 0.9, 0.96 + lean), (x - 0.08, 0.92)]
    brush.shape(basket, "#20262f", 0.55)
    brush.line([*basket, basket[0]], INK, 0.06)
    brush.line([*basket, basket[0]], steel, 0.03)
    for wire in range(1, 6):
        share = wire / 6
        brush.line(
            [(x + 0.78 * share, 0.5 + 0.06 * share), (x - 0.08 + 0.98 * share, 0.92 + 0.04 * share)], steel, 0.014
        )
    for share in (0.35, 0.7):
        brush.line(
            [(x - 0.08 * share, 0.5 + 0.42 * share), (x + 0.78 + 0.12 * share, 0.56 + 0.4 * share + lean)], steel, 0.014
        )
    brush.line([(x + 0.02, 0.48), (x + 0.02, 0.2), (x + 0.82, 0.2)], INK, 0.05)
    brush.line([(x - 0.06, 0.9), (x - 0.2, 1.04)], INK, 0.04)
    brush.line([(x - 0.26, 1.04), (x - 0.12, 1.06)], "#b03a32", 0.06)
    for wheel in (0.06, 0.76):
        brush.disc(x + wheel, 0.08, 0.085, INK)
        brush.disc(x + wheel, 0.08, 0.035, "#7d8590")
