"""The other sets: porch, parking lot, hallway, park, dispatch room, waterfront."""

from collections.abc import Callable

from episodes.cast import SetName
from tools.video.brush import Brush, darker
from tools.video.scenery import Mark, Plane, Scene, Scenery, car, lamp_post, poster, sky, skyline, tree, windows
from tools.video.sets import interview, patrol_car, shop, street


def porch(scene: Scene) -> Scenery:
    """A clapboard house: porch lamp, front door with its number, swing, rail."""

    def house(brush: Brush) -> None:
        brush.box(-7.5, 0, 15, 5.6, "#8c9496")
        for row in range(19):
            brush.box(-7.5, row * 0.29, 15, 0.025, "#6d7679")
        brush.shape([(-8.4, 5.4), (8.4, 5.4), (6.6, 8), (-6.6, 8)], "#4b3f41")
        windows(brush, -5.6, 1.1, 2, 1, (1.2, 1.5), (0.9, 0), scene, 0.6)
        windows(brush, 2.6, 1.1, 2, 1, (1.2, 1.5), (0.9, 0), scene, 0.6)
        brush.box(-0.75, 0.2, 1.5, 2.5, "#e4dfd2")
        brush.box(-0.55, 0.2, 1.1, 2.25, "#8f3b36")
        for panel in (0.4, 1.35):
            brush.box(-0.4, panel, 0.34, 0.75, "#7a2f2c")
            brush.box(0.06, panel, 0.34, 0.75, "#7a2f2c")
        brush.disc(0.43, 1.2, 0.05, "#d8b65a")
        brush.text("".join(filter(str.isdigit, scene.place.address))[:5] or "112", 0, 2.78, 0.22, "#2b2f38")
        brush.lamp(0.95, 2.1, 0.2, 0.3, "#ffe0a0", 1.2, 5 if scene.dark else 1)
        if scene.place.wrong:
            poster(brush, -1.9, 1.3, scene.place.wrong, 0.8)

    def front(brush: Brush) -> None:
        brush.box(-7.5, 3.2, 15, 0.35, "#d3d0c6")
        for x in (-5.2, -2.2, 2.2, 5.2):
            brush.box(x - 0.12, 0, 0.24, 3.2, "#dedbd0")
            brush.box(x - 0.12, 0, 0.09, 3.2, "#a7a69e")
        for bar in range(-26, 27):
            if abs(bar * 0.2) > 1.4:
                brush.box(bar * 0.2, 0.15, 0.06, 0.75, "#cfccc2")
        brush.box(-5.3, 0.88, 3.9, 0.09, "#dedbd0")
        brush.box(1.4, 0.88, 3.9, 0.09, "#dedbd0")
        tree(brush, -7.6, 4.6, scene)
        brush.disc(2.7, 0.2, 0.28, "#d9803a")

    planes = (sky(scene), skyline(scene), Plane(4, house), Plane(1.6, front))
    return Scenery(
        planes,
        ("#5b5148", "#6a5e52"),
        4,
        (Mark(-1.2, 1.2, -2, 1.4, "#7a7a78"),),
        stations=(0.0, -1.6, 1.8),
        door=(-0.55, 1.1, 2.25, 4),
        fore="leaf",
    )


def parking_lot(scene: Scene) -> Scenery:
    """A big empty lot: one huge lit sign, cars, carts, tall lamps."""

    def store(brush: Brush) -> None:
        brush.box(-24, 0, 48, 6.5, "#767d88")
        brush.box(-24, 5.4, 48, 1.1, "#3d5a86")
        brush.box(-7, 3.6, 14, 2.4, "#22304c")
        brush.text(scene.place.name, 0, 4.35, 1.0, "#f7f1dc", 13)
        if scene.dark:
            brush.glow(0, 4.6, 6, "#c9dcff", 0.9)
        brush.lamp(-3.4, 0, 6.8, 2.9, "#dbe6d0" if scene.dark else "#9fb8c0", 0.9 if scene.dark else 0.4, 0.8)
        for x in range(-3, 4):
            brush.box(x * 1.1 - 0.05, 0, 0.1, 2.9, "#39424a")

    def middle(brush: Brush) -> None:
        for x in (-11.0, 0.6, 12.0):
            lamp_post(brush, x, 1.0, scene.dark, "#d6e4ff")
        car(brush, -7.5, "#5a6b5c")
        car(brush, 6.8, "#8a7a4a")
        for step in range(5):
            x = 2.0 + step * 0.28
            brush.shape([(x, 0.45), (x + 0.8, 0.5), (x + 0.9, 0.95), (x - 0.05, 0.9)], "#9aa4b0", 0.55)
            brush.disc(x + 0.1, 0.1, 0.08, "#1a1d24")
            brush.line([(x, 0.9), (x - 0.15, 1.02)], "#c8453d", 0.05)

    marks = tuple(Mark(x * 2.7, x * 2.7 + 0.12, -3, 8, "#c9c6b4") for x in range(-7, 8))
    planes = (sky(scene), skyline(scene), Plane(20, store), Plane(5, middle))
    return Scenery(
        planes, ("#43464f", "#595f6c"), 20, marks, stations=(0.0, -4.0, 4.2), door=(-1.1, 2.2, 2.9, 20), fore="post"
    )


def hallway(scene: Scene) -> Scenery:
    """An apartment corridor: numbered doors, tube lights, a fire hose, carpet with a pattern."""

    def wall(brush: Brush) -> None:
        brush.box(-40, -2, 80, 5.2, "#85785f")
        brush.box(-40, -2, 80, 3.0, "#5f4a44")
        brush.box(-40, 2.9, 80, 4, "#3c3a38")
        for number, x in enumerate(float(metre) for metre in range(-12, 13, 3)):
            brush.box(x - 0.6, 0, 1.2, 2.3, "#3a2c28")
            brush.box(x - 0.5, 0, 1.0, 2.2, ["#41635f", "#7a4138", "#5a5a78"][number % 3])
            brush.text(f"{3}{chr(65 + number)}", x, 1.62, 0.20, "#e8cf86")
            brush.disc(x + 0.38, 1.0, 0.05, "#d8c07a")
            brush.disc(x, 1.48, 0.025, "#14161c")
            brush.oval(x, 0.04, 1.1, 0.1, "#2d2a2c")
        for x in (-7.5, -1.5, 4.5, 10.5):
            brush.lamp(x - 0.7, 2.72, 1.4, 0.10, "#f2f6dc", 1.0, 2.6)
            brush.glow(x, 1.3, 1.8, "#e8e6b8", 0.28)
        brush.box(-1.8, 1.1, 0.6, 0.7, "#b8372f")
        brush.disc(-1.5, 1.45, 0.22, "#d9d2c0")
        if scene.place.landmark:
            poster(brush, 1.05, 1.35, scene.place.landmark, 0.8)

    marks = tuple(Mark(x * 0.9, x * 0.9 + 0.45, -2, 3, "#7a3f42") for x in range(-12, 13))
    return Scenery(
        (Plane(3.0, wall),),
        ("#5a2f36", "#6a3a3e"),
        3.0,
        marks,
        True,
        (0.0, -2.6, 2.8),
        door=(-0.5, 1.0, 2.2, 3.0),
        fore="post",
    )


def park(scene: Scene) -> Scenery:
    """A town park: trees in rows, a pond that shines, a bench, a statue on a plinth."""

    def far(brush: Brush) -> None:
        for x in range(-30, 31, 4):
            tree(brush, x + scene.chance.uniform(-1, 1), scene.chance.uniform(6, 9), scene, "#445f55")
        brush.oval(6, 0.2, 16, 1.4, "#7f9cc0")
        brush.glow(6, 0.3, 3, "#9fbcf0", 0.5)

    def near(brush: Brush) -> None:
        tree(brush, -5.8, 5.4, scene)
        tree(brush, 6.6, 5.0, scene)
        lamp_post(brush, 2.9, 0.4, scene.dark, "#ffd68a")
        brush.box(-3.2, 0.42, 2.2, 0.08, "#7a5238")
        brush.box(-3.2, 0.62, 2.2, 0.3, "#6b4630")
        for x in (-3.0, -1.3):
            brush.box(x, 0, 0.1, 0.9, "#23262e")
        brush.box(0.2, 0, 1.1, 1.0, "#8f938f")
        brush.text(scene.place.landmark or "FOUNDER", 0.75, 0.45, 0.16, "#3a3e44", 0.95)
        brush.blob(
            [(0.45, 1.0), (1.05, 1.0), (1.0, 1.9), (1.25, 2.3), (0.9, 2.2), (0.75, 2.55), (0.55, 2.2), (0.4, 1.8)],
            "#5f7d72",
        )
        for x in range(-40, 41):
            brush.line([(x * 0.3, 0), (x * 0.3 + 0.05, 0.12 + 0.08 * (x % 3))], "#54704a", 0.03)

    planes = (sky(scene), skyline(scene, 45, "#4a5670"), Plane(16, far), Plane(3.4, near))
    return Scenery(
        planes,
        ("#3d5240", "#52685a"),
        30,
        (Mark(-1.1, 1.6, -3, 14, "#8a8472"),),
        stations=(0.0, -2.4, 2.2),
        fore="leaf",
    )


def dispatch_room(scene: Scene) -> Scenery:
    """The dark room with the screens: a wall map, clocks, three monitors, a mug."""

    def wall(brush: Brush) -> None:
        brush.fade(-40, -2, 80, 8, "#5f7088", "#3a4658")
        brush.box(-2.6, 1.25, 3.4, 1.5, "#14202c")
        for step in range(9):
            brush.line([(-2.5 + step * 0.4, 1.3), (-2.3 + step * 0.36, 2.7)], "#2f7a6a", 0.02)
            brush.line([(-2.55, 1.35 + step * 0.16), (0.75, 1.32 + step * 0.165)], "#2f7a6a", 0.015)
        for number in range(6):
            x, h = scene.chance.uniform(-2.4, 0.6), scene.chance.uniform(1.4, 2.6)
            brush.lamp(x, h, 0.07, 0.07, ["#ffb35c", "#ff5f5f", "#7fe0a0"][number % 3], 0.8, 2)
        brush.glow(-0.9, 2.0, 1.5, "#4fd6b0", 0.45)
        for number, zone in enumerate(("LOCAL", "COUNTY", "COFFEE")):
            x = 1.5 + number * 0.75
            brush.disc(x, 2.35, 0.25, "#d9d6c8")
            brush.line([(x, 2.35), (x + 0.08 * number, 2.5)], "#14161c", 0.025)
            brush.line([(x, 2.35), (x - 0.14, 2.30)], "#14161c", 0.02)
            brush.text(zone, x, 1.95, 0.09, "#c9d0d8")
        brush.text(f"{scene.world.agency.county} DISPATCH", 2.25, 1.6, 0.15, "#8fb0d8", 2.4)

    def desks(brush: Brush) -> None:
        brush.box(-4, 0.0, 8, 0.74, "#4b5463")
        brush.box(-4.1, 0.72, 8.2, 0.07, "#7d8797")
        for x in (-2.0, 1.7):
            brush.glow(x, 1.1, 1.7, "#7fd6c0", 0.38)
        for number, x in enumerate((-2.6, -1.35, 1.0, 2.25)):
            brush.box(x, 0.9, 1.1, 0.66, "#0c1016", round_=0.03)
            tint = ["#3fbf8a", "#4f8fe0", "#3fbf8a", "#d8a84a"][number]
            brush.lamp(x + 0.05, 0.95, 1.0, 0.56, darker(tint, 0.25), 0.95, 0.8)
            for row in range(5):
                brush.box(x + 0.12, 1.02 + row * 0.09, 0.3 + 0.1 * ((row * 3 + number) % 5), 0.035, "#dff5e8", 0.8)
            brush.box(x + 0.45, 0.79, 0.2, 0.12, "#14181f")
        brush.box(0.25, 0.79, 0.13, 0.16, "#c8453d", round_=0.02)

    return Scenery((Plane(3, wall), Plane(1.2, desks)), ("#3a414c", "#485160"), 3, (), True, (-0.3, 0.8), fore="chair")


def waterfront(scene: Scene) -> Scenery:
    """A jetty at night: boats, a crane, rails, the moon on the water."""

    def far(brush: Brush) -> None:
        brush.box(-60, -6, 120, 6.6, "#35507a")
        for _ in range(130):
            x, h = scene.chance.uniform(-26, 26), scene.chance.uniform(-5, 0.45)
            brush.box(x, h, scene.chance.uniform(0.5, 2.4), 0.05, "#7fa0cc", 0.6)
        for step in range(16):
            brush.box(-9 + scene.chance.uniform(-0.6, 0.4), 0.4 - step * 0.2, 1.2 + step * 0.05, 0.07, "#e9e6d2", 0.75)
        brush.glow(-8.4, -0.4, 2.2, "#b8c8f0", 0.7)
        for x, tone in ((-3.5, "#8a4038"), (7.5, "#3f6b6a")):
            brush.shape([(x - 2.4, 1.0), (x + 2.6, 1.1), (x + 2.0, 0.0), (x - 1.9, 0.0)], tone)
            brush.box(x - 1.0, 1.0, 1.6, 0.9, "#d9d4c4")
            brush.lamp(x - 0.6, 1.3, 0.35, 0.3, "#ffd08a", 0.8, 1.4)
            brush.line([(x + 0.9, 1.0), (x + 0.9, 4.4)], "#3a3f4a", 0.08)
        brush.line([(13, 0), (13, 8), (6, 9.2), (13, 9.6), (16, 8.2)], "#39435a", 0.3)

    def rail(brush: Brush) -> None:
        lamp_post(brush, -4.2, 1.0, scene.dark)
        lamp_post(brush, 6.4, 1.0, scene.dark)
        for x in range(-16, 17, 2):
            brush.box(x - 0.07, 0, 0.14, 1.05, "#5a4a3c")
        for h in (0.55, 0.98):
            brush.box(-20, h, 40, 0.07, "#6d5a48")
        brush.disc(1.0, 0.75, 0.30, "#d8583d")
        brush.disc(1.0, 0.75, 0.16, "#3a4860")
        brush.box(3.0, 0, 0.9, 0.6, "#7a5a3a")
        brush.box(3.2, 0.6, 0.7, 0.5, "#6b4e32")

    marks = tuple(Mark(x * 0.6, x * 0.6 + 0.04, -3, 3.4, "#3a2f28") for x in range(-22, 23))
    planes = (sky(scene), skyline(scene, 60, "#4a5878"), Plane(12, far), Plane(3.4, rail))
    return Scenery(planes, ("#5a4a3e", "#6a584a"), 3.6, marks, stations=(0.0, -3.0, 3.4), fore="rail")


SETS: dict[SetName, Callable[[Scene], Scenery]] = {
    "street": street, "shop": shop, "car": patrol_car, "interview": interview, "porch": porch,
    "parking_lot": parking_lot,
    "hallway": hallway, "park": park, "dispatch_room": dispatch_room, "waterfront": waterfront,
}  # fmt: skip
"""Every set that a place may have."""
