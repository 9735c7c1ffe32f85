"""The four sets that every episode needs: street, shop, patrol car, interview wall."""

from tools.video.brush import Brush, darker, lighter
from tools.video.scenery import Mark, Plane, Scene, Scenery, car, lamp_post, poster, sky, skyline, tree, windows


def street(scene: Scene) -> Scenery:
    """A small town's main street: shop fronts, one with the place's name, a lamp, a hydrant, the patrol car."""
    name = scene.place.name

    def fronts(brush: Brush) -> None:
        x, tones = -26.0, ["#7a5548", "#6a6f7c", "#86735a", "#5d6b66", "#7b5f70"]
        for number in range(9):
            tone, tall = tones[number % 5], 5.6 + (number * 7 % 5) * 0.55
            brush.box(x, 0, 5.7, tall, tone)
            brush.box(x - 0.1, tall - 0.1, 5.9, 0.42, darker(tone, 0.35))
            for row in range(1, 10):
                brush.box(x, row * 0.58, 5.7, 0.02, darker(tone, 0.25), 0.5)
            windows(brush, x + 0.6, 3.6, 3, 1, (1.0, 1.3), (0.7, 0.6), scene, 0.35)
            _shop_front(brush, x, number, name if number == 4 else "", scene)
            x += 5.85

    def furniture(brush: Brush) -> None:
        for x in (-13.0, -3.4, 8.4):
            lamp_post(brush, x, lit=scene.dark)
        tree(brush, 5.6, 4.4, scene)
        tree(brush, -9.0, 4.0, scene)
        brush.box(3.1, 0, 0.26, 0.55, "#b8372f", round_=0.06)
        brush.disc(3.23, 0.60, 0.15, "#c9473b")
        brush.box(2.98, 0.28, 0.5, 0.13, "#a32f29", round_=0.04)
        brush.box(-6.3, 0, 0.62, 1.0, "#33506e", round_=0.08)
        brush.box(-6.2, 0.72, 0.42, 0.07, "#0f1722")

    def cars(brush: Brush) -> None:
        car(brush, -5.4, "#2a3140", "POLICE", scene.dark)
        car(brush, 9.6, "#7d4a3c", lit=False)

    marks = tuple(Mark(x, x + 1.6, -1.6, -1.35, "#b8b09a") for x in range(-16, 17, 4))
    marks += (
        Mark(-40, 40, 5.2, 5.5, "#8a8d94"),
        Mark(-40, 40, 5.5, 9, "#6d7079"),
        Mark(-1.4, 1.7, 1.2, 2.3, "#4c5a74"),
        Mark(4.6, 6.6, 0.2, 0.9, "#4c5a74"),
    )
    planes = (sky(scene), skyline(scene), Plane(9, fronts), Plane(6.2, furniture), Plane(3.0, cars))
    return Scenery(
        planes, ("#4a4e59", "#5a6070"), 9, marks, stations=(-2.2, 0.4, 3.0, -7.5), door=(0.25, 1.0, 2.2, 9), fore="post"
    )


def _shop_front(brush: Brush, x: float, number: int, name: str, scene: Scene) -> None:
    """A ground floor: glass, awning, door; the named one shines."""
    lit = scene.dark and (bool(name) or number in (2, 6))
    glass = "#f4c67c" if lit else "#37465e" if scene.dark else "#8fb0c4"
    brush.box(x + 0.35, 0.45, 3.0, 1.85, "#262b36")
    if lit:
        brush.lamp(x + 0.45, 0.55, 2.8, 1.65, glass, 0.85, 0.55)
        for shelf in range(5):
            brush.box(x + 0.6 + shelf * 0.52, 0.6, 0.36, 0.35 + 0.12 * ((shelf * 3) % 4), "#8a5a35")
    else:
        brush.box(x + 0.45, 0.55, 2.8, 1.65, glass)
        brush.shape([(x + 0.6, 2.2), (x + 1.2, 2.2), (x + 0.7, 0.55), (x + 0.45, 0.55)], "#b8c8da", 0.22)
    brush.box(x + 3.7, 0, 1.15, 2.3, "#2d2522")
    brush.box(x + 3.85, 1.0, 0.85, 1.15, glass if lit else "#42526a")
    brush.disc(x + 4.65, 0.95, 0.05, "#d3b25a")
    tints = ["#a63f3a", "#3f7a70", "#b98636", "#4a5d8f"]
    for stripe in range(10):
        left = x + 0.2 + stripe * 0.5
        brush.shape(
            [(left, 2.95), (left + 0.5, 2.95), (left + 0.46, 2.42), (left - 0.04, 2.42)],
            tints[number % 4] if stripe % 2 else "#ddd4c2",
        )
    if name:
        brush.box(x + 0.2, 2.98, 5.1, 0.62, "#1a1420")
        brush.text(name, x + 2.75, 3.14, 0.36, "#ff7f9d" if scene.dark else "#f2d7c8", 4.8)
        if scene.dark:
            brush.glow(x + 2.75, 3.3, 1.5, "#ff5f86", 0.85)


def shop(scene: Scene) -> Scenery:
    """A shop at night: lit counter case, menu board, shelves, a neon name, a window on to the street."""
    name = scene.place.name

    def wall(brush: Brush) -> None:
        brush.box(-40, -2, 80, 9, "#5d6f72")
        brush.box(-40, -2, 80, 3.1, "#7b4a44")
        brush.box(-40, 1.06, 80, 0.09, "#d8c7a4")
        for x in range(-40, 40):
            brush.box(x * 0.5, 1.2, 0.02, 4, "#55666a", 0.5)
        brush.fade(-40, 2.9, 80, 3, "#3a474c", "#1b2228", (0.0, 0.8))
        _menu(brush, scene)
        for shelf in (1.55, 2.1):
            brush.box(-4.6, shelf, 2.4, 0.06, "#3b2a22")
            for item in range(8):
                tone = ["#c9793f", "#e0b264", "#b6524f", "#d9d2c0"][(item * 3 + int(shelf * 4)) % 4]
                brush.box(-4.5 + item * 0.29, shelf + 0.06, 0.22, 0.18 + 0.08 * (item % 3), tone, round_=0.04)
        _night_window(brush, scene, 4.6)
        _night_window(brush, scene, -9.4)
        brush.box(-1.6, 0, 1.05, 2.15, "#39424a")
        brush.box(-1.5, 0.1, 0.85, 1.95, "#59656c")
        brush.disc(-0.78, 1.0, 0.05, "#d8c07a")
        brush.text("STAFF", -1.08, 1.55, 0.12, "#e8dcc0")
        brush.text(name, 1.6, 2.82, 0.34, "#ffb1c4", 3.6)
        brush.glow(1.6, 2.95, 1.5, "#ff6f93", 0.75)
        if scene.place.landmark:
            poster(brush, -6.6, 1.5, scene.place.landmark)
        if scene.place.wrong:
            poster(brush, 8.0, 1.4, scene.place.wrong, paper="#d9e4d0")

    marks = tuple(
        Mark(x * 0.8, x * 0.8 + 0.8, z * 0.8, z * 0.8 + 0.8, "#8d8878")
        for x in range(-9, 9)
        for z in range(-3, 7)
        if (x + z) % 2
    )
    planes = (Plane(5.0, wall), Plane(2.4, _counter), Plane(1.2, _stools))
    return Scenery(
        planes,
        ("#5c5a55", "#6d685e"),
        5.0,
        marks,
        True,
        (-1.2, 0.9, 3.4, -4.0),
        door=(-1.6, 1.05, 2.15, 5.0),
        fore="shelf",
    )


def _counter(brush: Brush) -> None:
    """The counter with its lit case, till and bell."""
    brush.box(-4.2, 0, 7.6, 0.95, "#8c4f3d")
    for x in range(15):
        brush.box(-4.2 + x * 0.52, 0.04, 0.03, 0.8, "#6b3a2d")
    brush.box(-4.3, 0.95, 7.8, 0.09, "#e2d5bd")
    brush.box(-3.2, 1.04, 4.2, 0.72, "#f7d894", 0.9, 0.05)
    brush.glow(-1.1, 1.35, 1.9, "#ffd48a", 0.85)
    for row in (1.08, 1.42):
        for item in range(13):
            brush.oval(
                -3.0 + item * 0.31,
                row + 0.10,
                0.25,
                0.15,
                ["#c9793f", "#d46a86", "#7a4a33", "#e8c37a"][(item + int(row * 10)) % 4],
            )
            brush.oval(-3.0 + item * 0.31, row + 0.115, 0.08, 0.04, "#f3dca8")
    brush.box(-3.2, 1.38, 4.2, 0.03, "#b99a66")
    brush.shape([(-2.9, 1.74), (-2.2, 1.74), (-2.7, 1.06), (-3.1, 1.06)], "#ffffff", 0.16)
    brush.box(1.6, 1.04, 0.62, 0.42, "#2c323c", round_=0.05)
    brush.box(1.68, 1.28, 0.46, 0.16, "#79d6a0")
    brush.glow(1.9, 1.36, 0.4, "#79ffb4", 0.5)
    brush.disc(2.7, 1.10, 0.10, "#c9a64a")


def _stools(brush: Brush) -> None:
    """Stools in front of the counter, and lamps above it."""
    for x in (-3.4, -2.2, 2.6, 3.8):
        brush.oval(x, 0.03, 0.6, 0.10, "#0b0d12", 0.5)
        brush.box(x - 0.03, 0, 0.06, 0.68, "#a8b0ba")
        brush.box(x - 0.21, 0.66, 0.42, 0.12, "#b8372f", round_=0.05)
    for x in (-3.2, -0.8, 1.6, 4.0):
        brush.line([(x, 2.75), (x, 5)], "#14181f", 0.025)
        brush.shape([(x - 0.26, 2.5), (x + 0.26, 2.5), (x + 0.08, 2.78), (x - 0.08, 2.78)], "#2e6a63")
        brush.oval(x, 2.5, 0.4, 0.10, "#fff1c8")
        brush.glow(x, 2.3, 1.5, "#ffc778", 0.5)


def _menu(brush: Brush, scene: Scene) -> None:
    brush.box(-0.2, 1.45, 3.6, 1.15, "#141a1c")
    words = [*scene.place.dressing, "OPEN ALL NIGHT", "NO REFUNDS"]
    for number, line in enumerate(words[:4]):
        brush.text(line, 1.0, 2.32 - 0.25 * number, 0.14, "#e9e2cc", 2.2)
        brush.text(f"{1.25 + number * 0.85:.2f}", 2.95, 2.32 - 0.25 * number, 0.14, "#f2b35a")


def _night_window(brush: Brush, scene: Scene, x: float) -> None:
    brush.box(x - 0.1, 0.95, 3.0, 1.95, "#262a31")
    brush.box(x, 1.05, 2.8, 1.75, "#24365a" if scene.dark else "#a9cbe0")
    brush.box(x + 0.2, 1.05, 0.9, 0.9, "#182643" if scene.dark else "#8aa3a8")
    brush.box(x + 1.4, 1.05, 1.1, 1.2, "#15213a" if scene.dark else "#97a08e")
    if scene.dark:
        brush.lamp(x + 1.7, 1.75, 0.2, 0.26, "#ffc06a", 0.7, 0.8)
    brush.box(x + 1.37, 1.05, 0.07, 1.75, "#262a31")
    brush.shape([(x + 0.1, 2.8), (x + 0.7, 2.8), (x + 0.2, 1.05), (x, 1.05)], "#cfdcf0", 0.10)


def patrol_car(scene: Scene) -> Scenery:
    """Inside the patrol car, seen from the dashboard: two seats, the cage, the rear window, the town going by."""

    def outside(brush: Brush) -> None:
        brush.fade(-60, -10, 120, 30, "#3d4a66" if scene.dark else "#c7d8e2", "#151d33" if scene.dark else "#7fb0d8")
        for number in range(46):
            x, h = scene.chance.uniform(-16, 16), scene.chance.uniform(0.3, 4.5)
            tint = ["#ffb35c", "#ffd99a", "#ff5f5f", "#8fc7ff"][number % 4]
            size = scene.chance.uniform(0.10, 0.34)
            brush.disc(x, h, size, tint, 0.5 if scene.dark else 0.12)
            if scene.dark:
                brush.glow(x, h, size * 1.7, tint, 0.75)

    def shell(brush: Brush) -> None:
        # Roof, pillars and door frames with the windows left open.
        brush.box(-9, 1.62, 18, 4, "#252a35")
        brush.box(-9, -4, 18, 4.62, "#1d212b")
        for x in (-1.62, -0.62, 0.62, 1.62):
            brush.shape([(x - 0.10, 0.6), (x + 0.10, 0.6), (x * 0.96 + 0.07, 1.66), (x * 0.96 - 0.07, 1.66)], "#20252f")
        for side in (-1, 1):
            brush.box(side * 4.9 - 3.2, -2, 6.4, 6, "#20252f")
        brush.box(-0.75, 1.58, 1.5, 0.05, "#3a4150")
        for x in range(-13, 14):
            brush.line([(x * 0.12, 0.62), (x * 0.12, 1.60)], "#565f70", 0.011, 0.8)
        for row in range(7):
            brush.line([(-1.56, 0.72 + row * 0.14), (1.56, 0.72 + row * 0.14)], "#565f70", 0.011, 0.8)
        brush.box(-0.12, 1.60, 0.24, 0.08, "#3d4452", round_=0.02)
        brush.lamp(-0.06, 1.60, 0.12, 0.03, "#ffe2b0", 0.6, 5)
        brush.glow(0.0, 1.0, 1.2, "#7f9cff", 0.30)

    def seats(brush: Brush) -> None:
        for x in (-0.55, 0.55):
            brush.blob(
                [
                    (x - 0.34, 1.18),
                    (x + 0.34, 1.18),
                    (x + 0.38, 0.4),
                    (x + 0.36, -0.6),
                    (x - 0.36, -0.6),
                    (x - 0.38, 0.4),
                ],
                "#39404d",
            )
            brush.blob([(x - 0.17, 1.42), (x + 0.17, 1.42), (x + 0.19, 1.14), (x - 0.19, 1.14)], "#434b5a")
            brush.line([(x - 0.2, 1.0), (x - 0.22, 0.1)], "#2a303b", 0.02)
            brush.line([(x + 0.2, 1.0), (x + 0.22, 0.1)], "#2a303b", 0.02)
        brush.box(-0.13, -0.6, 0.26, 1.15, "#262c37", round_=0.05)

    return Scenery(
        (Plane(14, outside), Plane(1.1, shell), Plane(0.35, seats)),
        ("#15181f", "#15181f"),
        1.0,
        (),
        True,
        (0.0,),
        fore="dash",
        seated=True,
    )


def _seal(brush: Brush) -> None:
    """Draw the agency's seal on the station wall: a gold rim, a blue field, a star."""
    brush.disc(-1.35, 1.86, 0.50, "#c9a64a")
    brush.disc(-1.35, 1.86, 0.45, "#1f2f52")
    brush.shape(
        [
            (-1.35 + dx, 1.86 + dh)
            for dx, dh in (
                (0, 0.30),
                (0.08, 0.10),
                (0.29, 0.09),
                (0.12, -0.04),
                (0.18, -0.25),
                (0, -0.12),
                (-0.18, -0.25),
                (-0.12, -0.04),
                (-0.29, 0.09),
                (-0.08, 0.10),
            )
        ],
        "#e6bd57",
    )


def interview(scene: Scene) -> Scenery:
    """The station wall: agency seal, height lines, flag, plant, a coffee machine, one warm key light."""
    agency = scene.world.agency

    def wall(brush: Brush) -> None:
        brush.fade(-40, -2, 80, 8, "#6e7f86", "#4a5a66")
        brush.box(-40, -2, 80, 2.95, "#3f4d55")
        brush.box(-40, 0.93, 80, 0.07, "#c9b88e")
        for row in range(7):
            h = 1.2 + row * 0.15
            brush.box(2.0, h, 1.5, 0.018, "#e8e4d6", 0.75)
            brush.text(f"{120 + row * 15}", 3.68, h - 0.03, 0.075, "#e8e4d6")
        _seal(brush)
        brush.text(agency.name, -1.35, 1.20, 0.13, "#efe6cc", 1.9)
        brush.box(-4.4, 0, 1.1, 2.2, "#57422f")
        brush.box(-4.25, 1.25, 0.8, 0.75, "#c6d2cf")
        brush.text("SERGEANT", -3.85, 1.05, 0.10, "#e6d9b0")
        if scene.place.landmark:
            poster(brush, 0.35, 1.45, scene.place.landmark, 0.8)
        if scene.place.wrong:
            poster(brush, -2.9, 1.4, scene.place.wrong, 0.7, "#d9e4d0")
        brush.glow(-0.6, 1.7, 2.4, "#ffd9a0", 0.50)
        brush.glow(2.8, 1.8, 1.6, "#a9c6ff", 0.25)

    def things(brush: Brush) -> None:
        brush.line([(-2.4, 0), (-2.4, 2.4)], "#b08d4a", 0.04)
        brush.blob([(-2.4, 2.36), (-1.9, 2.2), (-1.98, 1.5), (-2.12, 0.95), (-2.4, 1.2)], "#7d3038")
        brush.blob([(-2.4, 2.36), (-2.16, 2.26), (-2.2, 1.5), (-2.4, 1.3)], "#2f4474")
        brush.box(1.35, 0, 0.5, 0.5, "#7a4a36", round_=0.05)
        for step in range(9):
            brush.blob(
                [
                    (1.6, 0.5),
                    (1.35 + step * 0.06, 1.0 + 0.12 * (step % 3)),
                    (1.2 + step * 0.1, 1.25 + 0.1 * ((step * 5) % 4)),
                    (1.52 + step * 0.02, 0.9),
                ],
                darker("#4d7a55", 0.08 * (step % 4)),
            )
        brush.box(3.9, 0, 0.9, 0.95, "#5a4634")
        brush.box(4.05, 0.95, 0.42, 0.55, "#22262e", round_=0.04)
        brush.lamp(4.38, 1.36, 0.04, 0.04, "#ff5148", 0.7, 2)
        brush.disc(4.25, 1.08, 0.08, "#7d5b38")

    return Scenery(
        (Plane(2.6, wall), Plane(1.5, things)),
        ("#454a50", lighter("#454a50", 0.1)),
        2.6,
        (),
        True,
        (-0.3, 0.8),
        door=(-4.4, 1.1, 2.2, 2.6),
        fore="none",
    )
