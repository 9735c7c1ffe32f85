"""Animals of no common body: squirrel, alligator, monkey, ape, armadillo, meerkat, and those of shore and pond."""

import math
from collections.abc import Callable

from tools.video.acting import Turn
from tools.video.brush import Brush, Point, darker
from tools.video.props.forms import INK, ball, clipped, eye, form, ink, limb, placed
from tools.video.props.muzzles import RoundFace, draw_round_face, lid_of
from tools.video.props.pond import beaver, tortoise
from tools.video.props.shore import crab, frog, lift_of, octopus, penguin, snail, walk_of

Critter = Callable[[Brush, Turn], None]


def _squirrel(brush: Brush, turn: Turn) -> None:
    coat, walk = "#9a5f38", walk_of(turn)
    tail = [
        (-0.12, 0.06),
        (-0.42, 0.06),
        (-0.58, 0.36),
        (-0.52 + 0.03 * walk, 0.76),
        (-0.30 + 0.03 * walk, 1.0),
        (-0.08, 0.92),
    ]
    form(brush, [*tail, (-0.10, 0.74), (-0.24, 0.60), (-0.20, 0.36), (-0.02, 0.22)], darker(coat, 0.1), 0.07)
    ink(brush, [(-0.38, 0.2), (-0.42, 0.5), (-0.34, 0.78)], 0.016)
    ink(brush, [(-0.3, 0.3), (-0.32, 0.5), (-0.24, 0.7)], 0.012)
    for sign, x in ((1, 0.16), (-1, 0.0)):
        h = 0.06 * lift_of(turn, 0 if sign > 0 else math.pi)
        form(
            brush,
            [(x - 0.08, h), (x - 0.06, h + 0.07), (x + 0.12, h + 0.08), (x + 0.20, h + 0.03), (x + 0.19, h)],
            darker(coat, 0.25 if sign > 0 else 0.0),
            0.012,
        )
    form(
        brush,
        [(-0.16, 0.10), (-0.18, 0.36), (-0.04, 0.58), (0.16, 0.58), (0.24, 0.40), (0.20, 0.12), (0.02, 0.03)],
        coat,
        0.06,
    )
    form(brush, [(0.06, 0.12), (0.04, 0.38), (0.12, 0.54), (0.22, 0.44), (0.20, 0.16)], "#f0dcc0", 0.02)
    ball(brush, -0.04, 0.18, 0.28, 0.30, coat, 0.04)
    with placed(brush, 0.16, 0.72, 0.19):
        draw_round_face(brush, RoundFace("round", "hamster", muzzle=0.4, ear="#7a3f20"), coat, turn)
    for x in (0.04, 0.2):
        limb(brush, [(x, 0.46), (x + 0.1, 0.38), (0.24, 0.42 + 0.02 * walk)], (0.07, 0.05), darker(coat, 0.12), 0.012)
    ball(brush, 0.27, 0.43 + 0.02 * walk, 0.12, 0.13, "#9a6a3a", 0.02)
    form(brush, [(0.20, 0.46), (0.27, 0.53), (0.34, 0.46), (0.27, 0.45)], "#5f4023", 0.0)


def _alligator(brush: Brush, turn: Turn) -> None:
    with placed(brush, 0.0, 0.0, 0.97):
        _long_gator(brush, turn)


def _long_gator(brush: Brush, turn: Turn) -> None:
    coat, walk, gape = "#5f7d3f", walk_of(turn), 0.34 * turn.voice
    for x, phase in ((-0.42, 0.0), (0.28, math.pi)):
        _claw(brush, x + 0.1, darker(coat, 0.42), turn, phase + math.pi, 0.0)
    swing = 0.04 * walk
    form(
        brush,
        [
            (-0.5, 0.52),
            (-0.8, 0.44 + swing),
            (-1.08, 0.30 + 2 * swing),
            (-1.14, 0.24 + 2 * swing),
            (-1.0, 0.18 + swing),
            (-0.74, 0.16),
            (-0.44, 0.18),
        ],
        coat,
        0.05,
    )
    trunk = [(-0.62, 0.46), (-0.4, 0.60), (0.0, 0.64), (0.36, 0.58), (0.52, 0.44), (0.44, 0.22), (0.0, 0.15),
             (-0.5, 0.17)]  # fmt: skip
    form(brush, trunk, coat, 0.07)
    with clipped(brush, trunk):
        brush.oval(0.05, 0.13, 1.1, 0.24, "#cfc88a")
        for x in (-0.3, -0.14, 0.02, 0.18):
            ink(brush, [(x, 0.15), (x + 0.02, 0.24)], 0.014)
    for number in range(13):
        x = -1.0 + number * 0.115
        h = 0.33 + 0.31 * math.sin(math.pi * min(1.0, (number + 0.4) / 11.5)) + (swing if number < 4 else 0)
        brush.shape([(x - 0.05, h - 0.06), (x, h + 0.045), (x + 0.055, h - 0.05)], darker(coat, 0.3))
    for row, h in enumerate((0.50, 0.40)):
        for number in range(5):
            x = -0.44 + number * 0.17 + 0.08 * row
            ink(brush, [(x, h + 0.02), (x + 0.04, h - 0.01), (x + 0.08, h + 0.02)], 0.014)
    _gator_jaws(brush, turn, coat, gape)
    for x, phase in ((-0.42, 0.0), (0.28, math.pi)):
        _claw(brush, x, coat, turn, phase, 0.02)


def _gator_jaws(brush: Brush, turn: Turn, coat: str, gape: float) -> None:
    with placed(brush, 0.42, 0.34, 1.0, 0.4 * 20 * turn.voice):
        form(brush, [(0.0, 0.02), (0.4, 0.0), (0.7, 0.0), (0.74, -0.06), (0.6, -0.11), (0.1, -0.13)], "#cfc88a", 0.03)
    if gape > 0.02:
        brush.shape([(0.46, 0.38), (1.06, 0.42 + gape * 0.9), (1.08, 0.28 - gape * 0.3), (0.46, 0.30)], "#8e2f35")
    with placed(brush, 0.42, 0.36, 1.0, -58 * gape):
        snout = [
            (-0.04, 0.16),
            (0.10, 0.27),
            (0.22, 0.25),
            (0.30, 0.14),
            (0.52, 0.10),
            (0.66, 0.15),
            (0.76, 0.10),
            (0.74, 0.0),
            (0.4, -0.02),
        ]
        form(brush, [*snout, (0.0, -0.04)], coat, 0.045)
        for number in range(8):
            x = 0.22 + number * 0.065
            brush.shape([(x - 0.022, -0.01), (x, -0.062), (x + 0.022, -0.01)], "#f4efdf")
        ink(brush, [(0.75, 0.0), (0.5, -0.02), (0.2, -0.02), (0.06, 0.05)], 0.018)
        brush.oval(0.68, 0.105, 0.045, 0.03, INK)
        eye(brush, 0.15, 0.22, 0.075, lid_of(turn, 0.42), (0.3, 0.0), darker(coat, 0.28), "#f0dc7a")


def _claw(brush: Brush, x: float, colour: str, turn: Turn, phase: float, depth: float) -> None:
    reach, lift = (0.10 * math.sin(turn.stride + phase), 0.06 * lift_of(turn, phase)) if turn.stride else (0.0, 0.0)
    limb(brush, [(x, 0.30), (x - 0.06 + reach * 0.5, 0.16 + lift), (x + reach, 0.06 + lift)], (0.2, 0.1), colour, depth)
    form(
        brush,
        [
            (x + reach - 0.07, lift),
            (x + reach - 0.05, lift + 0.08),
            (x + reach + 0.1, lift + 0.07),
            (x + reach + 0.16, lift),
        ],
        colour,
        depth,
    )


def _monkey(brush: Brush, turn: Turn) -> None:
    _ape(brush, turn, "#7a4f30", "#e3b98f", tail=True)


def _gorilla(brush: Brush, turn: Turn) -> None:
    _ape(brush, turn, "#3a3d48", "#7d7a80", tail=False)


def _bigfoot(brush: Brush, turn: Turn) -> None:
    _ape(brush, turn, "#6b4a2f", "#b08a66", tail=False)


def _yeti(brush: Brush, turn: Turn) -> None:
    _ape(brush, turn, "#e3e8ee", "#8fb0cf", tail=False)


def _ape(brush: Brush, turn: Turn, coat: str, skin: str, tail: bool) -> None:
    walk = walk_of(turn)
    wide = 1.0 if tail else 1.45
    if tail:
        limb(
            brush,
            [(-0.12, 0.22), (-0.36, 0.14), (-0.50, 0.34), (-0.42, 0.58 + 0.04 * walk), (-0.56, 0.64 + 0.05 * walk)],
            (0.06, 0.045),
            coat,
            0.014,
        )
    for sign in (1, -1):
        lift = 0.07 * lift_of(turn, 0.0 if sign > 0 else math.pi)
        tone = darker(coat, 0.35) if sign > 0 else coat
        x = 0.11 * sign * wide
        limb(brush, [(x * 0.8, 0.32), (x * 1.6, 0.18 + lift), (x * 1.1, 0.06 + lift)], (0.15 * wide, 0.10), tone, 0.02)
        form(
            brush,
            [(x - 0.07, lift), (x - 0.06, lift + 0.08), (x + 0.1, lift + 0.08), (x + 0.17, lift)],
            darker(skin, 0.25 if sign > 0 else 0.0),
            0.014,
        )
    limb(
        brush,
        [(0.14 * wide, 0.54), (0.32 * wide, 0.42), (0.34 * wide, 0.24 + 0.06 * walk + 0.3 * turn.voice)],
        (0.12 * wide, 0.085 * wide),
        darker(coat, 0.35),
        0.0,
    )
    form(
        brush,
        [
            (-0.20 * wide, 0.26),
            (-0.21 * wide, 0.46),
            (-0.14 * wide, 0.60),
            (0.16 * wide, 0.60),
            (0.20 * wide, 0.44),
            (0.18 * wide, 0.24),
            (0.0, 0.18),
        ],
        coat,
        0.05,
    )
    form(
        brush,
        [(-0.08 * wide, 0.28), (-0.08 * wide, 0.48), (0.05, 0.55), (0.15 * wide, 0.46), (0.13 * wide, 0.27)],
        skin if tail else coat,
        0.03,
    )
    limb(
        brush,
        [(-0.16 * wide, 0.54), (-0.33 * wide, 0.40), (-0.26 * wide, 0.24 - 0.06 * walk + 0.34 * turn.voice)],
        (0.12 * wide, 0.085 * wide),
        coat,
        0.022,
    )
    _ape_hands_and_head(brush, turn, coat, skin, wide)


def _ape_hands_and_head(brush: Brush, turn: Turn, coat: str, skin: str, wide: float) -> None:
    walk = walk_of(turn)
    for x, dim in ((0.34 * wide, 0.25), (-0.26 * wide, 0.0)):
        sign = 1 if x > 0 else -1
        ball(brush, x, 0.21 + 0.06 * walk * sign + 0.32 * turn.voice, 0.12, 0.12, darker(skin, dim), 0.016)
    with placed(brush, 0.03, 0.76, 0.245):
        for sign in (-1, 1):
            ball(brush, sign * 1.06, 0.06, 0.62, 0.7, darker(coat, 0.12), 0.08)
            ball(brush, sign * 1.08, 0.04, 0.36, 0.42, skin, 0.0)
        draw_round_face(brush, RoundFace("none", "monkey", muzzle=0.58, nose="#3a2a26"), coat, turn)


def _armadillo(brush: Brush, turn: Turn) -> None:
    hide, walk = "#a08a78", walk_of(turn)
    limb(brush, [(-0.5, 0.2), (-0.8, 0.12), (-1.05, 0.16 + 0.03 * walk)], (0.12, 0.04), darker(hide, 0.15), 0.02)
    for x, phase in ((-0.26, 0.0), (0.34, math.pi)):
        _claw(brush, x + 0.1, darker(hide, 0.42), turn, phase + math.pi, 0.0)
        _claw(brush, x, darker(hide, 0.1), turn, phase, 0.02)
    form(
        brush,
        [(0.40, 0.50), (0.62, 0.60), (0.88, 0.36), (1.0, 0.22), (0.94, 0.14), (0.6, 0.18), (0.4, 0.24)],
        darker(hide, 0.12),
        0.04,
    )
    for x in (0.52, 0.62):
        form(brush, [(x - 0.04, 0.54), (x - 0.08, 0.78), (x + 0.02, 0.82), (x + 0.08, 0.58)], darker(hide, 0.2), 0.02)
    eye(brush, 0.74, 0.40, 0.055, lid_of(turn, 0.36), (0.3, 0.0), darker(hide, 0.3))
    ink(brush, [(0.98, 0.18), (0.8, 0.20), (0.7, 0.26 - 0.04 * turn.voice)], 0.016)
    back: list[Point] = [
        (-0.62, 0.14),
        (-0.60, 0.52),
        (-0.28, 0.86),
        (0.12, 0.90),
        (0.46, 0.66),
        (0.54, 0.30),
        (0.46, 0.12),
    ]
    form(brush, back, hide, 0.07)
    with clipped(brush, back):
        for number in range(7):
            x = -0.42 + number * 0.13
            ink(brush, [(x - 0.03, 0.92), (x + 0.03, 0.5), (x - 0.01, 0.12)], 0.022)
        brush.line([(-0.62, 0.20), (0.56, 0.20)], darker(hide, 0.4), 0.02)


def _meerkat(brush: Brush, turn: Turn) -> None:
    coat, walk = "#c9a66e", walk_of(turn)
    limb(brush, [(-0.08, 0.12), (-0.28, 0.04), (-0.46, 0.08 + 0.03 * walk)], (0.06, 0.03), coat, 0.014)
    for sign in (1, -1):
        lift = 0.06 * lift_of(turn, 0.0 if sign > 0 else math.pi)
        form(
            brush,
            [
                (0.08 * sign - 0.07, lift),
                (0.08 * sign - 0.06, lift + 0.06),
                (0.08 * sign + 0.08, lift + 0.06),
                (0.08 * sign + 0.14, lift),
            ],
            darker(coat, 0.3 if sign > 0 else 0.0),
            0.012,
        )
    form(
        brush,
        [(-0.16, 0.08), (-0.15, 0.36), (-0.10, 0.66), (0.08, 0.70), (0.14, 0.40), (0.15, 0.08), (0.0, 0.03)],
        coat,
        0.045,
    )
    form(brush, [(-0.02, 0.1), (-0.01, 0.4), (0.03, 0.62), (0.10, 0.42), (0.11, 0.1)], "#eedfc0", 0.02)
    for x in (-0.06, 0.08):
        limb(
            brush, [(x, 0.58), (x + 0.03, 0.44), (x + 0.10, 0.38 + 0.02 * walk)], (0.055, 0.04), darker(coat, 0.1), 0.01
        )
    with placed(brush, 0.02, 0.82, 0.16):
        draw_round_face(brush, RoundFace("round", "panda", muzzle=0.42, ear="#3a2a26"), coat, turn)


CRITTERS: dict[str, Critter] = {
    "squirrel": _squirrel,
    "alligator": _alligator,
    "monkey": _monkey,
    "gorilla": _gorilla,
    "bigfoot": _bigfoot,
    "yeti": _yeti,
    "snail": snail,
    "octopus": octopus,
    "crab": crab,
    "penguin": penguin,
    "frog": frog,
    "armadillo": _armadillo,
    "meerkat": _meerkat,
    "beaver": beaver,
    "tortoise": tortoise,
}
"""Each of these animals by its name."""
