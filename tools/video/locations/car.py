"""The patrol car: two front seats, cage and rear window, seen over the dashboard; the town goes by."""

import skia

from tools.video.brush import INK, Brush, darker
from tools.video.locations.chance import apart
from tools.video.locations.indoors import broken
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_HALF = 1.22
"""Metres from the middle of the car to its doors."""
_ROOF = 1.613
_DASH = 0.623


def patrol_car(scene: Scene) -> Scenery:
    """Inside the patrol car, seen from its dashboard; from further off, its nose, its bonnet and its light bar."""

    def ceiling(brush: Brush) -> None:
        brush.box(-_HALF, -1.1, 2 * _HALF, 2.6, "#4a4640")
        brush.rules([(x * 0.4 - 1.2, -1.1, x * 0.4 - 1.2, 1.5) for x in range(1, 6)], INK, 0.012, 0.7)
        brush.box(-0.13, 0.1, 0.26, 0.3, "#fff1cf", round_=0.04)

    return Scenery(
        (
            Plane(10, lambda brush: _town(brush, apart(scene, "town"))), Plane(1.45, _rear),
            Plane(0.8, _cage), Plane(0.3, _seats), Plane(-0.72, lambda brush: _cockpit(brush, apart(scene, "cockpit"))),
            Plane(-1.15, lambda brush: _windscreen(brush, scene)),
            Plane(-2.7, lambda brush: _nose(brush, apart(scene, "nose"))),
        ),
        ("#2b2d33", "#3a3d45"),
        9.9,
        True,
        (0.0,),
        fore="none",
        seated=True,
        sides=(Side(-_HALF, -1.1, 1.45, _door), Side(_HALF, -1.1, 1.45, _door)),
        flats=(Flat(_ROOF, -1.1, 1.45, ceiling), Flat(_DASH, -2.7, -0.72, lambda brush: _dash(brush))),
        bar=(0.0, _ROOF + 0.22, -0.6),
        wet=False,
    )  # fmt: skip


def _town(brush: Brush, scene: Scene) -> None:
    """The strip that goes by: only what lies between the ground and 1.5 m is seen, so the town stands small in it."""
    dark = scene.dark
    brush.box(-200, 8, 400, 60, "#141a30" if dark else "#6fa2cc")
    brush.fade(-200, 0, 400, 9, "#4b4a63" if dark else "#d3e0e6", "#141a30" if dark else "#6fa2cc")
    x, tones = -40.0, ("#2c2f3f", "#3a3340", "#273440", "#41404c")
    while x < 40:
        wide, tall = scene.chance.uniform(0.9, 2.3), scene.chance.uniform(0.75, 1.75)
        tone = tones[scene.chance.randrange(4)] if dark else ("#8a7568", "#7b8290", "#957f66", "#6b7a74")[int(x) % 4]
        brush.box(x, 0, wide, tall, tone)
        brush.box(x - 0.03, tall - 0.08, wide + 0.06, 0.1, darker(tone, 0.5))
        _front(brush, scene, x, wide, tall)
        x += wide * scene.chance.uniform(0.95, 1.35)
    for step in range(-22, 22):
        x = step * 1.7 + scene.chance.uniform(-0.5, 0.5)
        kind = scene.chance.randrange(5)
        if kind < 3:
            brush.line([(x, 0), (x, 0.86), (x + 0.16, 0.92)], INK, 0.03)
            if dark:
                _bokeh(brush, x + 0.2, 0.86, 0.17, "#ffb35c", abs(x) < 13)
        elif kind == 3:
            for _ in range(4):
                brush.disc(x + scene.chance.uniform(-0.3, 0.3), scene.chance.uniform(0.5, 1.1), 0.28, "#1c2a2c")
        elif dark:
            _bokeh(brush, x, 0.22, 0.10, ("#ff5f5f", "#fff1cf")[step % 2], abs(x) < 9)
            _bokeh(brush, x + 0.34, 0.22, 0.10, ("#ff5f5f", "#fff1cf")[step % 2], False)
    brush.box(-200, -60, 400, 60.06, "#2f3138")


def _front(brush: Brush, scene: Scene, x: float, wide: float, tall: float) -> None:
    """A shop front: a lit window, an awning, a sign without words, windows above."""
    lit = scene.chance.random() < 0.5 and scene.dark
    tint = scene.chance.choice(("#ffc873", "#f3a95a", "#9fe0c0", "#ff8fa6"))
    glass = tint if lit else "#39465c" if scene.dark else "#56708a"
    brush.box(x + wide * 0.12, 0.08, wide * 0.55, 0.38, glass)
    brush.box(x + wide * 0.78, 0.0, wide * 0.13, 0.42, INK)
    brush.shape([(x + wide * 0.06, 0.58), (x + wide * 0.74, 0.58), (x + wide * 0.78, 0.46), (x + wide * 0.02, 0.46)],
                darker(tint, 0.45))  # fmt: skip
    if lit:
        brush.box(x + wide * 0.2, 0.08, wide * 0.12, 0.25, darker(tint, 0.7))
        brush.box(x + wide * 0.42, 0.08, wide * 0.07, 0.3, darker(tint, 0.7))
        if abs(x) < 14:
            brush.glow(x + wide * 0.4, 0.25, 0.34, tint, 0.9)
    if tall > 1.1:
        for column in range(max(1, int(wide / 0.42))):
            pane = "#ffd99a" if scene.chance.random() < 0.3 and scene.dark else darker(glass, 0.35)
            brush.box(x + 0.16 + column * 0.42, 0.78, 0.17, 0.26, pane)


def _bokeh(brush: Brush, x: float, h: float, radius: float, tint: str, shines: bool) -> None:
    """A lamp out of focus: a flat disc with a brighter rim."""
    brush.disc(x, h, radius, tint, 0.8)
    brush.canvas.drawCircle(x, -h, radius, brush.pen("#fff6dc", 0.018, 0.8))
    if shines:
        brush.glow(x, h, radius * 1.8, tint, 1.3)


def _rear(brush: Brush) -> None:
    """The rear of the cabin: back seat, parcel shelf, a wide rear window with its heater wires."""
    brush.box(-_HALF, 0, 2 * _HALF, 0.86, "#4a4740")
    brush.box(-_HALF, 1.4, 2 * _HALF, 0.2, "#57524a")
    for side in (-1, 1):
        brush.shape([(side * _HALF, 0.8), (side * 0.98, 0.8), (side * 0.94, 1.42), (side * _HALF, 1.42)], "#57524a")
    brush.rules([(-0.94 + row * 0.016, 0.9 + row * 0.085, 0.94 - row * 0.016, 0.9 + row * 0.085) for row in range(6)],
                "#c98a5a", 0.007, 0.4)  # fmt: skip
    brush.edged([(-1.0, 0.86), (1.0, 0.86), (1.05, 0.72), (-1.05, 0.72)], "#3a3e48", 0.02)
    brush.box(-0.98, 0.3, 1.96, 0.36, "#353a45", round_=0.1)


def _cage(brush: Brush) -> None:
    """The cage between front and back: a frame, diagonal mesh, a sliding hatch in the middle."""
    lines = []
    for number in range(-16, 17):
        x = number * 0.095
        lines += [(x - 0.17, 0.84, x + 0.17, 1.34), (x + 0.17, 0.84, x - 0.17, 1.34)]
    brush.canvas.save()
    brush.canvas.clipRect(_area(-0.34, 0.84, 0.68, 0.52))
    brush.rules(lines, "#15181f", 0.010, 0.9)
    brush.canvas.restore()
    frame = [(-1.12, 0.8), (1.12, 0.8), (1.06, 1.4), (-1.06, 1.4), (-1.12, 0.8)]
    brush.line(frame, INK, 0.055)
    brush.line([(-1.02, 0.83), (1.01, 0.83)], "#59606e", 0.014)
    brush.rules([(-0.35, 0.82, -0.33, 1.38), (0.35, 0.82, 0.33, 1.38)], INK, 0.04)
    bars = [(side * (0.42 + 0.11 * n), side * (0.41 + 0.105 * n)) for side in (-1, 1) for n in range(7)]
    brush.rules([(foot, 0.84, head, 1.38) for foot, head in bars], "#23262d", 0.012, 0.8)
    brush.box(-1.15, 0.1, 2.3, 0.71, "#3a3e47")
    brush.rules([(-1.15, 0.42, 1.15, 0.42)], INK, 0.02)
    brush.glow(0.0, 1.5, 0.75, "#ffdca4", 0.75)


def _area(x: float, h: float, width: float, height: float) -> skia.Rect:
    return skia.Rect.MakeXYWH(x, -h - height, width, height)


def _seats(brush: Brush) -> None:
    """Two seats with bolsters and headrests on two pins, belts down the outer pillars, a console between."""
    for x in (-0.55, 0.55):
        side = 1 if x > 0 else -1
        back = [(x - 0.3, 1.1), (x + 0.3, 1.1), (x + 0.37, 0.7), (x + 0.36, 0.2), (x - 0.36, 0.2), (x - 0.37, 0.7)]
        brush.rules([(x - 0.09, 1.05, x - 0.09, 1.2), (x + 0.09, 1.05, x + 0.09, 1.2)], "#8b929e", 0.025)
        brush.blob([(x - 0.32, 1.16), (x + 0.32, 1.16), (x + 0.42, 0.7), (x + 0.4, 0.1), (x - 0.4, 0.1),
                    (x - 0.42, 0.7)], INK)  # fmt: skip
        brush.blob(back, "#4b515e")
        brush.shape([(x - 0.33, 0.35), (x - 0.12, 0.3), (x - 0.1, 0.9), (x - 0.26, 1.06)], INK, 0.45)
        brush.line([(x - 0.2, 1.0), (x - 0.22, 0.4)], INK, 0.014)
        brush.line([(x + 0.2, 1.0), (x + 0.22, 0.4)], INK, 0.014)
        brush.box(x - 0.185, 1.145, 0.37, 0.265, INK, round_=0.09)
        brush.box(x - 0.165, 1.165, 0.33, 0.225, "#565d6b", round_=0.075)
        brush.box(x - 0.165, 1.165, 0.12, 0.225, INK, 0.4, 0.06)
        brush.line([(x + side * 0.5, 1.42), (x + side * 0.44, 0.9), (x + side * 0.34, 0.35)], INK, 0.07)
        brush.line([(x + side * 0.5, 1.42), (x + side * 0.44, 0.9), (x + side * 0.34, 0.35)], "#6b6f78", 0.045)
        brush.box(x - 0.34, 0.18, 0.68, 0.26, INK, round_=0.1)
        brush.box(x - 0.32, 0.2, 0.64, 0.2, "#414855", round_=0.09)
    brush.box(-0.16, 0.1, 0.32, 0.45, "#20242c", round_=0.05)


def _door(brush: Brush) -> None:
    """A door with an open window, seen along the car: sill, belt line, pillar, handle."""
    brush.box(-1.1, 0, 2.55, 0.82, "#3d3f45")
    brush.box(-1.1, 1.4, 2.55, 0.2, "#4f4b45")
    brush.box(-1.1, 0.78, 2.55, 0.06, INK)
    brush.box(-1.1, 0.84, 2.55, 0.02, "#6b717e")
    brush.box(0.42, 0.8, 0.2, 0.62, "#2d2e33")
    brush.box(1.25, 0.8, 0.2, 0.62, "#57524a")
    brush.box(-0.5, 0.55, 0.5, 0.1, "#3f4653", round_=0.04)
    brush.rules([(0.52, 0.0, 0.52, 0.8), (-1.1, 0.3, 1.4, 0.3)], INK, 0.02)


def _cockpit(brush: Brush, scene: Scene) -> None:
    """The far edge of the dashboard: wheel, terminal on its arm, the radio's microphone on its cord."""
    brush.box(-_HALF, -0.4, 2 * _HALF, 0.4 + _DASH, "#14171d")
    ring, x, h = brush.canvas, 0.55, 0.56
    ring.drawOval(_area(x - 0.26, h - 0.22, 0.52, 0.44), brush.pen(INK, 0.075))
    ring.drawOval(_area(x - 0.26, h - 0.22, 0.52, 0.44), brush.pen("#3b404b", 0.035))
    brush.box(x - 0.11, h - 0.06, 0.22, 0.13, "#20242c", round_=0.04)
    brush.box(-_HALF, -0.4, 2 * _HALF, 0.4 + _DASH, "#14171d")
    brush.line([(0.0, 0.55), (-0.02, 0.7)], INK, 0.06)
    brush.edged([(-0.24, 0.68), (0.2, 0.66), (0.22, 0.96), (-0.22, 0.98)], "#20252e", 0.025)
    brush.shape([(-0.24, 0.68), (-0.15, 0.676), (-0.12, 0.975), (-0.22, 0.98)], INK, 0.6)
    brush.box(-0.075, 0.875, 0.16, 0.055, "#a8843a")
    brush.text(scene.world.agency.county, 0.005, 0.888, 0.034, "#14171d", 0.14)
    brush.edged([(-0.16, 0.715), (0.15, 0.70), (0.155, 0.83), (-0.155, 0.845)], "#b3ab96", 0.01)
    for number, line in enumerate(broken(scene.place.wrong or "property of the night shift", 14)[:3]):
        brush.text(line, 0.0, 0.8 - number * 0.036, 0.03, "#232836", 0.28)
    brush.line([(-0.22, 0.985), (0.22, 0.965)], "#9fffd0", 0.016)
    brush.glow(0.0, 0.92, 0.42, "#7fe0b4", 0.7)
    brush.line([(-0.3, 0.62), (-0.36, 0.72), (-0.31, 0.8)], INK, 0.02)
    brush.box(-0.35, 0.76, 0.08, 0.12, "#2b2f38", round_=0.02)


def _dash(brush: Brush) -> None:
    """The top of the dashboard, the foot of the windscreen, then the bonnet."""
    brush.box(-1.35, -1.95, 2.7, 1.25, "#1b1e25")
    brush.rules([(x * 0.09 + shift, -1.02, x * 0.09 + shift + 0.05, -0.9) for shift in (-1.0, 0.46) for x in range(6)],
                INK, 0.03)  # fmt: skip
    brush.rules([(-1.22, -0.8, 1.22, -0.8)], "#565d6b", 0.02, 0.7)
    brush.rules([(-1.3, -1.42, 1.3, -1.42)], INK, 0.02)
    brush.shape([(-1.35, -1.95), (-0.2, -1.95), (-0.5, -0.72), (-1.35, -0.72)], "#05070c", 0.5)
    brush.box(-1.35, -2.05, 2.7, 0.12, INK)
    brush.shape([(-1.25, -2.05), (1.25, -2.05), (1.0, -2.7), (-1.0, -2.7)], "#d9dde2")
    brush.shape([(-1.25, -2.05), (-0.5, -2.05), (-0.4, -2.7), (-1.0, -2.7)], "#8f97a6")
    brush.rules([(-0.62, -2.05, -0.5, -2.7), (0.62, -2.05, 0.5, -2.7)], INK, 0.02)
    brush.rules([(-0.9, -2.0, -0.05, -1.86), (0.1, -2.0, 0.95, -1.86)], "#05070c", 0.035)


def _clutter(brush: Brush, scene: Scene) -> None:
    """What a long shift leaves on a dashboard: cup, doughnut box, a nodding goose, a pile of tickets."""
    low = _DASH
    brush.edged([(-0.98, low), (-0.86, low), (-0.84, low + 0.17), (-1.0, low + 0.17)], "#d9d2c0", 0.016)
    brush.box(-1.01, low + 0.16, 0.18, 0.025, "#7a4a33")
    brush.box(-0.985, low + 0.05, 0.13, 0.06, "#a8443c")
    brush.edged([(0.72, low), (1.08, low), (1.08, low + 0.09), (0.72, low + 0.09)], "#d98aa0", 0.016)
    brush.edged([(0.72, low + 0.09), (1.08, low + 0.09), (1.12, low + 0.17), (0.78, low + 0.19)], "#e6a9b8", 0.014)
    if scene.place.landmark:
        brush.text(scene.place.landmark, 0.9, low + 0.028, 0.05, "#4a1c2a", 0.33)
    body = [(-0.62, low), (-0.5, low), (-0.46, low + 0.1), (-0.52, low + 0.13), (-0.64, low + 0.09)]
    brush.line([(-0.6, low + 0.1), (-0.63, low + 0.2)], INK, 0.06)
    brush.edged(body, "#e9e6da", 0.016)
    brush.line([(-0.6, low + 0.09), (-0.63, low + 0.2)], "#e9e6da", 0.035)
    brush.shape([(-0.64, low + 0.22), (-0.64, low + 0.18), (-0.72, low + 0.19)], "#d98a3d")


def _windscreen(brush: Brush, scene: Scene) -> None:
    """The windscreen with its frame, and before it what lies on the dashboard."""
    _frame(brush)
    _clutter(brush, scene)


def _frame(brush: Brush) -> None:
    """The windscreen's frame: pillars, roof with light bar and mirror; outside it, door mirrors and the road."""
    for side in (-1, 1):
        edge = side * 1.15
        brush.shape([(edge, 0.5), (side * 1.34, 0.5), (side * 1.2, 1.68), (side * 1.0, 1.56)], "#0d0f15")
        brush.line([(side * 1.34, 0.62), (side * 1.21, 1.64)], "#aab2be", 0.02)
        brush.box(min(side * 1.34, side * 1.68), 0.78, 0.34, 0.19, INK, round_=0.05)
        brush.box(min(side * 1.38, side * 1.64), 0.81, 0.26, 0.13, "#39465c", round_=0.03)
        brush.shape([(side * 1.34, 0.66), (side * 1.42, 0.6), (side * 1.36, 0.0), (side * 1.2, 0.0)], "#c9ced6")
    brush.shape([(-1.2, 1.52), (1.2, 1.52), (1.12, 1.7), (-1.12, 1.7)], "#12151c")
    brush.line([(-1.12, 1.69), (1.12, 1.69)], "#c9ced6", 0.03)
    brush.box(-0.72, 1.70, 1.44, 0.05, INK)
    brush.box(-0.7, 1.74, 0.62, 0.14, "#d22f3d", round_=0.03)
    brush.box(0.08, 1.74, 0.62, 0.14, "#2f62e0", round_=0.03)
    brush.box(-0.1, 1.74, 0.2, 0.12, "#e3e8ee", round_=0.02)
    brush.box(-0.015, 1.5, 0.03, 0.05, INK)
    brush.box(-0.12, 1.46, 0.24, 0.06, INK, round_=0.02)
    brush.box(-0.105, 1.47, 0.21, 0.04, "#5d6c88", round_=0.015)
    for x in (-0.95, 0.35):
        brush.shape([(x, 0.62), (x + 0.10, 0.62), (x + 0.4, 1.52), (x + 0.24, 1.52)], "#cfdcf0", 0.045)


def _nose(brush: Brush, scene: Scene) -> None:
    """The nose: headlamps, grille, push bar and plate."""
    brush.oval(0, 0.03, 2.7, 0.16, "#05070c", 0.7)
    brush.edged([(-1.06, 0.62), (1.06, 0.62), (1.14, 0.5), (1.1, 0.12), (-1.1, 0.12), (-1.14, 0.5)], "#c9ced6", 0.03)
    brush.shape([(-1.06, 0.6), (-0.5, 0.6), (-0.55, 0.12), (-1.1, 0.12), (-1.14, 0.5)], "#5f6878")
    brush.box(-0.5, 0.34, 1.0, 0.2, INK, round_=0.04)
    brush.text("POLICE", 0, 0.56, 0.05, "#22304c")
    for side in (-1, 1):
        brush.rules([(side * 0.28, 0.1, side * 0.28, 0.64)], INK, 0.06)
        brush.box(side * 0.83 - 0.19, 0.36, 0.38, 0.15, INK, round_=0.04)
        brush.box(side * 0.83 - 0.16, 0.385, 0.32, 0.1, "#fff1cf", round_=0.03)
        brush.box(side * 0.92 - 0.17, -0.02, 0.34, 0.2, "#090a0e", round_=0.05)
        if scene.dark:
            brush.glow(side * 0.83, 0.42, 0.5, "#fff1cf", 0.9)
    brush.rules([(-0.28, 0.5, 0.28, 0.5), (-0.28, 0.26, 0.28, 0.26)], INK, 0.05)
    brush.cell(-0.17, 0.17, 0.34, 0.11, "#e6dfca", 0.012)
    brush.text("10-4", 0, 0.195, 0.07, "#22304c")
