"""An apartment corridor in one-point perspective: numbered doors, tube lamps, a carpet with a pattern, a fire hose."""

import itertools

from tools.video.brush import INK, Brush, Point, darker
from tools.video.locations.chance import apart
from tools.video.locations.indoors import notice
from tools.video.scenery import Flat, Plane, Scene, Scenery, Side

_HALF = 2.35
"""Metres from the middle of the corridor to its walls."""
_JOG, _END = 6.2, 15.0
"""Depths at which the right half ends in a door, and the left half at the stairs."""
_HIGH = 3.013
_PAPER, _WOOD = "#9a8f6a", "#4b302b"


def hallway(scene: Scene) -> Scenery:
    """An apartment corridor that goes off to the stairs; a door across its right half is the one that opens."""
    return Scenery(
        (
            Plane(_END, lambda brush: _stairs(brush, apart(scene, "stairs"))),
            Plane(_JOG, lambda brush: _jog(brush, apart(scene, "jog"))),
        ),
        ("#4c2229", "#5a2a31"),
        _END,
        True,
        (0.0, -0.45, 0.3),
        door=(0.95, 1.0, 2.12, _JOG),
        fore="post",
        sides=(
            Side(-_HALF, -14.6, _END, lambda brush: _wall(brush, scene, -1)),
            Side(_HALF, -14.6, _JOG, lambda brush: _wall(brush, scene, 1)),
            Side(0.5, _JOG, _END, _inner),
        ),
        flats=(Flat(0.0, -14.6, _END, _carpet), Flat(_HIGH, -14.6, _END, _ceiling)),
    )


def _stairs(brush: Brush, scene: Scene) -> None:
    """The far end: a window on the night, a radiator, the stairs going up into the dark."""
    brush.box(-60, -6, 120, 40, "#6d664f")
    brush.box(-60, -6, 120, 7.0, "#33221f")
    brush.cell(-2.0, 0.95, 0.95, 1.3, "#3f5f8a" if scene.dark else "#cfe2ea", 0.07)
    brush.rules([(-1.52, 0.95, -1.52, 2.25), (-2.0, 1.6, -1.05, 1.6)], INK, 0.05)
    brush.box(-0.75, 0, 1.1, 2.25, INK)
    brush.box(-0.65, 0, 0.9, 2.15, "#171a22")
    for step in range(5):
        brush.box(-0.65, step * 0.2, 0.9, 0.035, "#5b5348")
    brush.rules([(-2.0 + n * 0.12, 0.2, -2.0 + n * 0.12, 0.75) for n in range(8)], INK, 0.05)
    brush.glow(-1.5, 1.6, 0.9, "#86a8e8", 0.7)


def _jog(brush: Brush, scene: Scene) -> None:
    """The wall across the right half, with the door that opens, its number and its bell."""
    brush.box(0.5, 0, 3.0, _HIGH, _PAPER)
    _paper(brush, 0.5, 3.0)
    brush.box(0.5, 0, 3.0, 0.95, _WOOD)
    brush.box(0.5, 0.95, 3.0, 0.07, "#7a5a3c")
    brush.box(0.5, 0, 3.0, 0.14, INK)
    brush.shape([(0.5, 0), (0.72, 0), (0.62, _HIGH), (0.5, _HIGH)], INK, 0.75)
    _door(brush, 0.95, 1.0, "3F", "#2f5450")
    brush.cell(1.18, 1.42, 0.55, 0.2, "#e6dfca", 0.015)
    brush.text(scene.place.wrong or "no geese", 1.455, 1.49, 0.085, "#23232a", 0.5)
    brush.box(2.08, 1.15, 0.07, 0.12, "#d8b65a")
    # The sign over the corner that says where the stairs are.
    brush.box(0.53, 2.28, 0.62, 0.3, INK, round_=0.03)
    brush.box(0.56, 2.31, 0.56, 0.24, "#1d7a4c")
    brush.text("EXIT", 0.84, 2.35, 0.19, "#c8ffd9", 0.5)
    brush.glow(0.84, 2.4, 0.5, "#4fe08a", 0.85)
    brush.cell(1.1, 0.02, 0.7, 0.05, "#6b5a3a", 0.015)


def _paper(brush: Brush, x: float, width: float) -> None:
    """Wallpaper: broad stripes, torn at one place near the ceiling."""
    for number in range(int(width / 0.5)):
        brush.box(x + number * 0.5, 0.95, 0.2, _HIGH - 0.95, darker(_PAPER, 0.12))
    brush.box(x, _HIGH - 0.16, width, 0.16, "#5a4b36")
    brush.box(x, _HIGH - 0.18, width, 0.025, INK)


def _door(brush: Brush, x: float, wide: float, number: str, colour: str) -> None:
    """An apartment door with its frame, two panels, number, spyhole, knob and a mat before it."""
    brush.box(x - 0.14, 0, wide + 0.28, 2.3, INK)
    brush.box(x - 0.1, 0, wide + 0.2, 2.26, "#6a4c38")
    brush.box(x - 0.03, 0, wide + 0.06, 2.18, INK)
    brush.box(x, 0, wide, 2.12, colour)
    for low, tall in ((0.2, 0.72), (1.72, 0.28)):
        brush.cell(x + wide * 0.16, low, wide * 0.68, tall, darker(colour, 0.22), 0.02)
    brush.shape([(x, 0), (x + wide * 0.14, 0), (x + wide * 0.14, 2.12), (x, 2.12)], INK, 0.45)
    brush.text(number, x + wide / 2, 1.12, 0.22, "#e2c069", wide * 0.5)
    brush.disc(x + wide / 2, 1.66, 0.03, "#d8b65a")
    brush.disc(x + wide * 0.88, 1.0, 0.05, "#d8b65a")
    brush.box(x + wide * 0.84, 0.82, 0.08, 0.1, INK)


def _wall(brush: Brush, scene: Scene, side: int) -> None:
    """A wall along the corridor with its doors; on the right a fire hose, on the left the notice board.

    What is written is turned over on the right wall, where depth runs from right to left.
    """
    far = _JOG if side > 0 else _END
    brush.box(-15, 0, far + 15, _HIGH, _PAPER if side < 0 else darker(_PAPER, 0.18))
    _paper(brush, -15, far + 15)
    brush.box(-15, 0, far + 15, 0.95, _WOOD)
    brush.rules([(x * 0.62, 0.16, x * 0.62, 0.9) for x in range(-24, int(far / 0.62) + 1)], INK, 0.02, 0.8)
    brush.box(-15, 0.95, far + 15, 0.07, "#7a5a3c")
    brush.box(-15, 0.94, far + 15, 0.02, INK)
    brush.box(-15, 0, far + 15, 0.14, INK)
    depths = (-11.6, -7.4, -3.2, 1.15, 4.6, 8.4, 12.0) if side < 0 else (-12.6, -9.0, -4.6, -1.9, 3.6)
    tones = ("#2f5450", "#6b3530", "#3f4664")
    for number, x in enumerate(z for z in depths if z < far):
        letter = f"3{'ABCDEFGHJKLM'[(2 * number + (side > 0)) % 12]}"
        _turned(brush, x, 1.0, side, letter, tones[(number + (side > 0)) % 3])
    if side > 0:
        _hose(brush, 1.7)
    else:
        _board(brush, scene, 2.75)
        brush.ink([(6.4, _HIGH - 0.2), (6.5, 2.1), (6.42, 1.7), (6.6, 1.3)], 0.05, "#3a3226")


def _turned(brush: Brush, x: float, wide: float, side: int, number: str, colour: str) -> None:
    """A door on a wall that runs away, its number readable from where the lens is."""
    brush.canvas.save()
    if side > 0:
        brush.canvas.translate(2 * x + wide, 0)
        brush.canvas.scale(-1, 1)
    _door(brush, x, wide, number, colour)
    brush.canvas.restore()


def _hose(brush: Brush, x: float) -> None:
    """The fire hose in its red box; somebody keeps a geranium on top."""
    brush.cell(x, 0.95, 0.95, 0.95, "#a8322b", 0.05)
    brush.cell(x + 0.1, 1.05, 0.75, 0.75, "#3a1512", 0.03)
    for radius in (0.32, 0.24, 0.16):
        brush.canvas.drawCircle(x + 0.47, -1.42, radius, brush.pen("#d9cfb4", 0.05))
    brush.disc(x + 0.47, 1.42, 0.06, "#d8b65a")
    brush.box(x, 0.95, 0.16, 0.95, INK, 0.4)
    brush.cell(x + 0.3, 1.9, 0.3, 0.2, "#8d5038", 0.02)
    brush.blob([(x + 0.2, 2.1), (x + 0.45, 2.4), (x + 0.7, 2.1)], "#46694a")
    brush.disc(x + 0.42, 2.26, 0.06, "#d2564f")


def _board(brush: Brush, scene: Scene, x: float) -> None:
    """The tenants' board with what the landlord and everybody else has to say."""
    brush.cell(x, 1.2, 1.5, 1.05, "#8a6a45", 0.05)
    words = (scene.place.landmark or "rent is due", *scene.place.dressing[:2])
    for number, line in enumerate(words):
        paper = ("#e6dfca", "#dcc98a")[number % 2]
        notice(brush, x + 0.08 + number * 0.48, 1.32 + 0.2 * (number % 2), line, 0.42, paper)


def _inner(brush: Brush) -> None:
    """The wall behind the corner: in shadow, so that the corridor goes off into the dark."""
    brush.box(_JOG, 0, _END - _JOG, _HIGH, "#3b372c")
    brush.box(_JOG, 0, _END - _JOG, 1.0, "#1f1615")
    brush.hatch(_JOG, 1.0, _END - _JOG, 1.7, 0.3, INK, 0.05, 0.6)


def _carpet(brush: Brush) -> None:
    """Carpet: a runner with a border and lozenges, worn pale down the middle, a stain, mats before the doors."""
    brush.box(-1.75, -15, 3.5, _END + 15, "#5a262e")
    brush.rules([(-1.6, -15.0, -1.6, _END), (1.6, -15.0, 1.6, _END)], "#b98a3e", 0.07)
    brush.rules([(-1.75, -15.0, -1.75, _END), (1.75, -15.0, 1.75, _END)], INK, 0.04)
    for row, column in itertools.product(range(-12, 13), (-1, 0, 1)):
        x, z = column * 1.0, row * 1.2 + (0.6 if column else 0.0)
        heart = "#a87d40" if (row + column) % 3 else INK
        lozenge: list[Point] = [(x - 0.36, z), (x, z - 0.42), (x + 0.36, z), (x, z + 0.42)]
        brush.shape(lozenge, "#733436")
        brush.shape([(x - 0.17, z), (x, z - 0.2), (x + 0.17, z), (x, z + 0.2)], heart)
    brush.blob([(-0.9, 0.7), (-0.3, 0.6), (0.0, 1.1), (-0.5, 1.4), (-1.1, 1.2)], "#34161b", 0.6)
    for z in (1.25, 4.7, -3.1, -7.3):
        brush.box(-2.3, z, 0.5, 0.8, "#6b5a3a")
        brush.box(-2.3, z, 0.07, 0.8, INK)
    for z in (3.7, -1.8, -4.5):
        brush.box(1.8, z, 0.5, 0.8, "#4a5648")
    for z in (0.6, -8.0):
        brush.glow(0.0, z, 1.1, "#e6e0ac", 0.34)


def _ceiling(brush: Brush) -> None:
    """The ceiling with its tube lamps; the last one has gone, and one board is missing."""
    brush.box(-3, -15, 6, _END + 15, "#77715c")
    brush.rules([(-3.0, z * 1.2, 3.0, z * 1.2) for z in range(-12, 13)], "#3a372c", 0.03)
    brush.rules([(x, -15.0, x, _END) for x in (-1.2, 0.0, 1.2)], "#3a372c", 0.03)
    brush.box(0.02, 2.42, 1.16, 1.16, INK)
    for number, z in enumerate((-11.5, -8.0, -3.4, 0.6, 4.4, 8.6)):
        lit = number != 5
        brush.box(-0.75, z - 0.14, 1.5, 0.42, INK)
        brush.box(-0.68, z - 0.08, 1.36, 0.3, "#fffbe2" if lit else "#6f6f62")
        if lit:
            brush.glow(0.0, z, 1.0, "#eef0bc", 0.7)
