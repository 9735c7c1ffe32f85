"""The porch: a clapboard house at the end of a stone path, its door under a lamp, a swing, a pumpkin, a mat."""

from tools.video.brush import INK, Brush, darker, lighter
from tools.video.locations.chance import apart
from tools.video.locations.outdoors import fence, poster, sky, skyline, tree, windows
from tools.video.locations.strokes import hatch, ink, rounded
from tools.video.scenery import Flat, Plane, Scene, Scenery

_WALL, _EDGE = 4.0, 1.6
"""Metres to the house and to the edge of its porch."""
_DECK = 0.16
_BOARD = "#8b9a9c"
_WHITE = "#d9d6ca"


def porch(scene: Scene) -> Scenery:
    """A suburban porch seen from the path."""
    return Scenery(
        (
            sky(apart(scene, "sky"), moon=False),
            skyline(apart(scene, "skyline"), 46, "#4f5a72", lit=0.0),
            Plane(18, lambda brush: _neighbours(brush, apart(scene, "neighbours"))),
            Plane(_WALL, lambda brush: _house(brush, apart(scene, "house"))),
            Plane(3.2, lambda brush: _swing(brush, apart(scene, "swing"))),
            Plane(_EDGE, lambda brush: _front(brush, apart(scene, "front"))),
            Plane(1.35, lambda brush: _step_things(brush, apart(scene, "step_things"))),
        ),
        ("#3b4b35", "#4d5f45"), _WALL, stations=(0.0, -2.9, 2.9), door=(-0.55, 1.1, 2.3, _WALL), fore="leaf",
        flats=(
            Flat(0.0, -14, _WALL, lambda brush: _garden(brush, apart(scene, "garden"))),
            Flat(_DECK, _EDGE, _WALL, _deck),
            Flat(2.92, _EDGE, _WALL, _ceiling),
        ),
        wet=False,
    )  # fmt: skip


def _garden(brush: Brush, scene: Scene) -> None:
    """Lawn with mown stripes and tufts, and a path of uneven stones."""
    chance = scene.chance
    for stripe in range(-6, 6):
        brush.box(stripe * 3.2, -14, 1.6, 18, "#5a6f4e", 0.35)
    for _ in range(150):
        x, z = chance.uniform(-11, 11), chance.uniform(-4, 3.6)
        if abs(x) > 1.35:
            ink(brush, [(x, z), (x + chance.uniform(-0.05, 0.1), z + chance.uniform(0.12, 0.3))], 0.045, "#223024")
    brush.box(-1.35, -14, 2.7, 15.6, "#2a3129")
    z = -8.0
    while z < _EDGE - 0.1:
        deep, split = chance.uniform(0.5, 0.75), chance.uniform(-0.5, 0.5)
        for left, right in ((-1.22, split - 0.04), (split + 0.04, 1.22)):
            tone = darker("#99968b", chance.uniform(0.0, 0.22))
            a, b = chance.uniform(-0.05, 0.05), chance.uniform(-0.05, 0.05)
            rounded(brush, [(left + a, z), (left, z + deep - 0.07), (right, z + deep - 0.07 + b / 2), (right + b, z)],
                    0.08, tone)  # fmt: skip
        z += deep
    brush.shape([(-9, 1.0), (-9, 1.7), (9, 1.7), (9, 1.2), (1.4, 1.05), (-1.4, 1.2)], INK, 0.5)


def _deck(brush: Brush) -> None:
    """Planks that run towards the house, and the mat."""
    brush.box(-8, _EDGE, 16, 2.6, "#7d6a58")
    for number in range(-44, 45):
        x = number * 0.18 + 0.02 * (number * 7 % 3)
        ink(brush, [(x, _EDGE), (x, _WALL)], 0.028, INK, 0.8)
    brush.box(-8, _WALL - 0.35, 16, 0.35, INK, 0.7)
    brush.shape([(-0.72, 3.05), (-0.7, 3.75), (0.7, 3.75), (0.72, 3.05)], "#3c2c25")
    brush.text("OH, IT'S YOU", 0, 3.22, 0.3, "#c9b58c", 1.2)
    for x in (-4.2, 0.0, 4.2):
        brush.glow(x, 2.6, 1.5 if x else 2.2, "#ffc46e", 0.14 if x else 1.0)


def _ceiling(brush: Brush) -> None:
    """Boards painted pale blue, black at the house."""
    brush.box(-8, _EDGE, 16, 2.5, "#6f8a92")
    for number in range(9):
        brush.line([(-8, _EDGE + number * 0.28), (8, _EDGE + number * 0.28)], INK, 0.025)
    brush.glow(0, 3.3, 1.1, "#ffc46e", 0.7)


def _neighbours(brush: Brush, scene: Scene) -> None:
    """The house next door on either side, hedges, a lawn that runs up to them."""
    brush.box(-120, -60, 240, 60.0, "#43553d")
    brush.box(-120, -0.6, 240, 0.7, "#2e3b2d")
    for x, tone in ((-36.0, "#6d6a72"), (23.0, "#756a5c")):
        brush.box(x, 0, 12, 5, tone)
        brush.shape([(x - 0.8, 4.8), (x + 6, 9.0), (x + 12.8, 4.8)], "#33333d")
        windows(brush, x + 2, 1.4, 3, 1, (1.2, 1.6), (2.2, 0), scene, 0.4)
    for x in (-13.5, 12.4, 30.0, -33.0):
        tree(brush, x, 7.0, scene, "#44604a")
    for step in range(14):
        x = -40 + step * 6 + scene.chance.uniform(-1, 1)
        brush.blob([(x - 3, -0.2), (x - 2.6, 1.5), (x, 1.9), (x + 2.8, 1.5), (x + 3.2, -0.2)], "#2f4234")


def _house(brush: Brush, scene: Scene) -> None:
    """Clapboard, upper windows, gable, and the black under the eaves."""
    brush.box(-8, 0, 16, 6.4, _BOARD)
    for row in range(38):
        h = row * 0.17
        ink(brush, [(8.0, h), (-8.0, h + scene.chance.uniform(-0.006, 0.006))], 0.022, darker(_BOARD, 0.5), 0.6)
    for _ in range(26):
        x, row = scene.chance.uniform(-8, 8), scene.chance.randrange(2, 36)
        brush.line([(x, row * 0.17), (x, row * 0.17 + 0.16)], darker(_BOARD, 0.55), 0.018)
    for x in (-8.1, 7.85):
        brush.box(x, 0, 0.25, 6.4, _WHITE)
        brush.box(x, 0, 0.08, 6.4, INK)
    brush.shape([(-9.2, 6.0), (0, 10.4), (9.2, 6.0), (8.2, 6.0), (0, 9.6), (-8.2, 6.0)], _WHITE)
    brush.shape([(-8.2, 6.0), (0, 9.6), (8.2, 6.0)], darker(_BOARD, 0.3))
    brush.shape([(-8.0, 6.4), (-8.0, 5.5), (8.0, 5.9), (8.0, 6.4)], INK, 0.8)
    windows(brush, -6.2, 4.75, 1, 1, (1.1, 1.25), (0, 0), scene, 0.0)
    windows(brush, 4.6, 4.75, 1, 1, (1.1, 1.25), (0, 0), scene, 1.0)
    _ground_floor(brush, scene)
    _door(brush, scene)


def _ground_floor(brush: Brush, scene: Scene) -> None:
    """The wall under the porch roof: two windows far from the door, shadow under the ceiling, the lamp's light."""
    brush.shape([(-8, 3.0), (8, 3.0), (8, 2.7), (1.6, 2.72), (-8, 2.45)], INK, 0.8)
    hatch(brush, [(-8, 0.3), (-8, 2.6), (-3.4, 2.6), (-5.0, 0.3)], 0.15, 0.035, INK, 1.6, 0.65, scene.chance)
    hatch(brush, [(8, 0.3), (8, 2.6), (6.4, 2.6), (5.6, 0.3)], 0.15, 0.035, INK, -1.6, 0.6, scene.chance)
    for x, lit in ((-6.9, True), (4.7, False)):
        brush.box(x - 0.16, 0.84, 2.02, 1.78, _WHITE)
        brush.box(x - 0.16, 0.84, 0.12, 1.78, darker(_WHITE, 0.5))
        brush.box(x - 0.05, 0.94, 1.8, 1.58, INK)
        glow = lit and scene.dark
        brush.box(x, 1.0, 1.7, 1.46, "#ffcb78" if glow else "#2c3a52" if scene.dark else "#6d8ba0")
        if glow:
            brush.glow(x + 0.85, 1.7, 1.15, "#ffc46e", 0.85)
            brush.shape([(x, 1.0), (x, 2.46), (x + 0.6, 2.46), (x + 0.35, 1.0)], "#b5703c")
            brush.shape([(x + 1.7, 1.0), (x + 1.7, 2.46), (x + 1.15, 2.46), (x + 1.4, 1.0)], "#b5703c")
            # The cat has been told about the window sill.
            brush.blob([(x + 0.62, 1.0), (x + 0.6, 1.25), (x + 0.78, 1.42), (x + 1.0, 1.25), (x + 1.08, 1.0)], INK)
            brush.shape([(x + 0.68, 1.36), (x + 0.68, 1.56), (x + 0.76, 1.47), (x + 0.84, 1.47), (x + 0.92, 1.56),
                         (x + 0.92, 1.34)], INK)  # fmt: skip
        else:
            for slat in range(9):
                brush.box(x, 1.04 + slat * 0.16, 1.7, 0.10, "#93a0a8", 0.55)
        brush.box(x + 0.82, 1.0, 0.06, 1.46, INK)
        brush.box(x, 1.70, 1.7, 0.05, INK)
        brush.box(x - 0.22, 0.74, 2.14, 0.12, _WHITE)
        brush.box(x - 0.22, 0.66, 2.14, 0.09, INK, 0.8)


def _door(brush: Brush, scene: Scene) -> None:
    """The red door with its number, knocker and bell under a lamp like a pineapple; the light it throws at the wall."""
    if scene.dark:
        brush.shape([(-0.16, 2.62), (0.16, 2.62), (2.1, _DECK), (-2.1, _DECK)], "#ffd894", 0.16)
        brush.glow(0, 2.62, 0.6, "#ffe0a0", 1.1)
        brush.glow(0, 1.3, 1.6, "#ffc46e", 0.85)
    red = "#93372f"
    brush.box(-0.80, 0, 1.6, 2.56, INK)
    brush.box(-0.74, _DECK, 1.48, 2.36, _WHITE)
    brush.box(-0.74, _DECK, 0.12, 2.36, darker(_WHITE, 0.55))
    brush.box(-0.58, _DECK, 1.16, 2.16, INK)
    brush.box(-0.54, _DECK, 1.08, 2.13, red)
    brush.box(-0.54, _DECK, 0.14, 2.13, darker(red, 0.5))
    for x in (-0.34, 0.10):
        for low, tall in ((0.34, 0.62), (1.12, 0.5)):
            brush.box(x, low, 0.32, tall, darker(red, 0.3))
            brush.line([(x, low), (x, low + tall), (x + 0.32, low + tall)], INK, 0.022)
    brush.blob([(-0.36, 1.76), (-0.36, 1.95), (0.0, 2.18), (0.42, 1.95), (0.42, 1.76)],
               "#ffcf86" if scene.dark else "#52687a")  # fmt: skip
    for x in (-0.12, 0.2):
        brush.line([(0.03, 1.78), (x, 2.1)], INK, 0.02)
    brush.disc(0.03, 1.52, 0.06, INK)
    brush.disc(0.03, 1.53, 0.045, "#d8b65a")
    brush.disc(0.42, 1.08, 0.05, "#d8b65a")
    brush.box(0.62, 1.18, 0.08, 0.16, INK)
    brush.disc(0.66, 1.27, 0.022, "#9fd8ff")
    number = "".join(filter(str.isdigit, scene.place.address))[:5] or "112"
    brush.text(number, 0, 2.335, 0.15, "#1b1f2b", 0.9)
    rounded(brush, [(-0.13, 2.60), (-0.18, 2.74), (-0.1, 2.88), (0.1, 2.88), (0.18, 2.74), (0.13, 2.60)], 0.05,
            "#ffe9b0" if scene.dark else "#d8b65a", edge=0.02)  # fmt: skip
    for x in (-0.1, 0.0, 0.1):
        ink(brush, [(0, 2.87), (x, 3.0)], 0.05, "#2f4f3f")
        brush.line([(x - 0.06, 2.62), (x + 0.06, 2.86)], "#8a6a2c", 0.014)
        brush.line([(x + 0.06, 2.62), (x - 0.06, 2.86)], "#8a6a2c", 0.014)
    if scene.place.wrong:
        poster(brush, 1.0, 0.66, scene.place.wrong, 0.56)
    brush.edged([(0.95, 1.38), (0.95, 1.58), (1.85, 1.58), (1.85, 1.38)], "#c9b58c", 0.015)
    brush.text(scene.place.name, 1.4, 1.44, 0.10, "#1b1f2b", 0.82)


def _swing(brush: Brush, scene: Scene) -> None:
    """The porch swing on its chains, with a cushion, and a stack of papers beside it."""
    for x in (4.05, 5.75):
        brush.line([(x, 0.72), (x, 2.92)], INK, 0.035)
    brush.box(3.9, 0.56, 2.0, 0.1, "#7a5a40")
    brush.box(3.9, 0.50, 2.0, 0.07, INK)
    for slat in range(9):
        brush.box(4.0 + slat * 0.205, 0.66, 0.13, 0.5, "#8a6a4c")
        brush.box(4.0 + slat * 0.205, 0.66, 0.04, 0.5, INK)
    brush.box(3.9, 1.14, 2.0, 0.08, "#8a6a4c")
    rounded(brush, [(4.3, 0.66), (4.25, 1.0), (4.75, 1.06), (4.8, 0.66)], 0.1, "#a33f3a", edge=0.016)
    brush.shape([(3.7, _DECK), (4.1, _DECK + 0.08), (5.9, _DECK + 0.08), (6.0, _DECK)], INK, 0.7)
    for paper in range(5):
        brush.box(-4.35 + 0.04 * (paper % 2), _DECK + paper * 0.08, 0.5, 0.075, "#bdb7a4")
        brush.box(-4.35, _DECK + paper * 0.08, 0.5, 0.018, INK)
    rounded(brush, [(2.0, _DECK), (1.92, 0.55), (2.42, 0.55), (2.34, _DECK)], 0.04, "#8a4a36", edge=0.016)
    for leaf in range(9):
        ink(brush, [(2.17, 0.5), (1.8 + leaf * 0.09, 0.85 + 0.12 * (leaf % 3))], 0.10, "#32513c")


def _front(brush: Brush, scene: Scene) -> None:
    """Posts, rail, riser and the roof of the porch, with its black underside."""
    brush.box(-8, 0, 16, _DECK, "#5f5348")
    brush.box(-8, 0, 16, 0.07, INK)
    brush.box(-8, _DECK - 0.02, 16, 0.05, "#a08a72")
    brush.box(-1.3, 0, 2.6, _DECK, "#8a8478")
    brush.box(-1.3, 0, 2.6, 0.05, INK)
    for left, right in ((-7.8, -1.55), (1.55, 7.8)):
        x = left
        while x < right:
            brush.box(x, 0.22, 0.055, 0.68, _WHITE)
            brush.box(x, 0.22, 0.02, 0.68, INK, 0.8)
            x += 0.17
        brush.box(left, 0.88, right - left, 0.08, _WHITE)
        brush.box(left, 0.85, right - left, 0.035, INK)
        brush.box(left, 0.2, right - left, 0.06, darker(_WHITE, 0.2))
    for x in (-7.6, -1.62, 1.62, 7.6):
        brush.box(x - 0.13, 0, 0.26, 3.0, _WHITE)
        brush.box(x - 0.13, 0, 0.10, 3.0, darker(_WHITE, 0.62))
        brush.box(x - 0.19, 0, 0.38, 0.3, _WHITE)
        brush.box(x - 0.19, 2.72, 0.38, 0.2, _WHITE)
        brush.box(x - 0.19, 2.66, 0.38, 0.06, INK)
    brush.box(-8.3, 2.9, 16.6, 0.10, INK)
    brush.box(-8.4, 3.0, 16.8, 0.28, _WHITE)
    brush.box(-8.4, 3.0, 16.8, 0.07, darker(_WHITE, 0.4))
    roof = "#473c42"
    brush.shape([(-8.6, 3.26), (8.6, 3.26), (7.6, 4.35), (-7.6, 4.35)], roof)
    for row in range(6):
        h = 3.28 + row * 0.18
        brush.line([(-8.5 + row * 0.16, h), (8.5 - row * 0.16, h)], INK, 0.03)
        for _ in range(16):
            x = scene.chance.uniform(-7.4, 7.4)
            brush.line([(x, h), (x, h + 0.16)], INK, 0.02)
            brush.box(x + 0.05, h + 0.03, 0.26, 0.13, lighter(roof, 0.12), 0.7)
    brush.shape([(-8.6, 3.26), (-7.6, 4.35), (-5.4, 4.35), (-7.0, 3.26)], INK, 0.55)


def _step_things(brush: Brush, scene: Scene) -> None:
    """A pumpkin that looks back, the sign in the flower bed, the picket fence at both ends, a tree."""
    fence(brush, -22, -8.4, 1.0, "#cfcabc", scene)
    fence(brush, 8.4, 22, 1.0, "#cfcabc", scene)
    tree(brush, -9.4, 5.6, scene)
    brush.oval(1.25, 0.0, 0.8, 0.09, INK, 0.8)
    for x, wide, tone in ((1.06, 0.3, "#8f4a1f"), (1.40, 0.3, "#c96f2c"), (1.22, 0.34, "#d9803a")):
        brush.oval(x, 0.21, wide + 0.03, 0.43, INK)
        brush.oval(x, 0.21, wide, 0.40, tone)
    ink(brush, [(1.22, 0.4), (1.26, 0.52)], 0.06, "#3f5236", 0.7)
    face = "#ffd75e" if scene.dark else INK
    brush.shape([(1.08, 0.24), (1.14, 0.33), (1.2, 0.24)], face)
    brush.shape([(1.26, 0.24), (1.32, 0.33), (1.38, 0.24)], face)
    brush.shape(
        [(1.06, 0.18), (1.16, 0.14), (1.22, 0.17), (1.29, 0.14), (1.40, 0.18), (1.31, 0.08), (1.14, 0.08)], face
    )
    if scene.dark:
        brush.glow(1.24, 0.2, 0.4, "#ff9a3c", 0.95)
    if scene.place.landmark:
        brush.box(-6.2, 0, 0.06, 0.3, INK)
        brush.box(-5.0, 0, 0.06, 0.3, INK)
        brush.edged([(-6.4, 0.26), (-6.4, 0.62), (-4.8, 0.64), (-4.8, 0.28)], "#b3a47f", 0.02)
        brush.text("BEWARE OF", -5.6, 0.50, 0.08, "#8a3029", 1.4)
        brush.text(scene.place.landmark.upper(), -5.6, 0.34, 0.11, "#1b1f2b", 1.48)
    for words in scene.place.dressing[:1]:
        brush.edged([(4.6, 0.0), (4.55, 0.42), (5.65, 0.42), (5.6, 0.0)], "#8f7350", 0.02)
        brush.shape([(4.6, 0.0), (4.55, 0.42), (4.8, 0.42), (4.85, 0.0)], INK, 0.6)
        brush.text("FREE TO GOOD HOME", 5.2, 0.27, 0.07, "#1b1f2b", 0.75)
        brush.text(words.upper(), 5.2, 0.13, 0.09, "#1b1f2b", 0.75)
    for _ in range(26):
        x = scene.chance.choice([-1, 1]) * scene.chance.uniform(1.7, 8.2)
        h = scene.chance.uniform(0.14, 0.34)
        brush.blob([(x - 0.25, 0), (x - 0.2, h * 0.8), (x, h), (x + 0.22, h * 0.7), (x + 0.28, 0)],
                   darker("#4a6a48", scene.chance.uniform(0.2, 0.6)))  # fmt: skip
