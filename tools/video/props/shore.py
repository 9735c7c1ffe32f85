"""Animals of shore and garden pond: snail, octopus, crab, penguin, frog."""

import math

from tools.video.acting import Turn
from tools.video.brush import Brush, darker, lighter
from tools.video.props.forms import INK, ball, eye, form, ink, limb, placed
from tools.video.props.muzzles import lid_of


def walk_of(turn: Turn) -> float:
    """Return the swing of a walk, -1 to 1; 0 at rest."""
    return math.sin(turn.stride) if turn.stride else 0.0


def lift_of(turn: Turn, phase: float = 0.0) -> float:
    """Return how high a foot is lifted, 0 to 1, whose phase is this far off; 0 at rest."""
    return max(0.0, math.cos(turn.stride + phase)) if turn.stride else 0.0


def snail(brush: Brush, turn: Turn) -> None:
    """Draw a snail, its eyes on stalks and its house on its back."""
    skin, shell = "#c9b27a", "#a8643a"
    pull = 0.03 * walk_of(turn)
    foot = [
        (-0.86 - pull, 0.0),
        (-0.5, 0.12),
        (0.1, 0.14),
        (0.48, 0.20),
        (0.58 + pull, 0.56),
        (0.80 + pull, 0.62),
        (0.86 + pull, 0.44),
        (0.74 + pull, 0.10),
    ]
    form(brush, [*foot, (0.66 + pull, 0.0)], skin, 0.05)
    for x, high in ((0.62, 0.92), (0.8, 0.88)):
        limb(
            brush,
            [(x + pull, 0.56), (x + 0.02 + pull, 0.74), (x + 0.06 + pull + 0.03 * turn.voice, high)],
            (0.06, 0.04),
            skin,
            0.012,
        )
        eye(brush, x + 0.07 + pull, high + 0.02, 0.075, lid_of(turn, 0.4), (0.2, 0.0), darker(skin, 0.2))
    gape = 0.1 * turn.voice
    form(
        brush,
        [(0.84 + pull, 0.42), (0.76 + pull, 0.40 + gape * 0.3), (0.70 + pull, 0.36), (0.78 + pull, 0.35 - gape)],
        INK,
        0.0,
    )
    ball(brush, -0.14, 0.50, 0.90, 0.86, shell, 0.08)
    for size, tone in ((0.64, lighter(shell, 0.18)), (0.38, shell), (0.16, darker(shell, 0.3))):
        ball(brush, -0.08, 0.48, size, size * 0.94, tone, 0.04)
    spiral = [
        (-0.08 + (0.05 + 0.036 * a) * math.cos(a * 0.8), 0.48 + (0.05 + 0.034 * a) * math.sin(a * 0.8))
        for a in range(11)
    ]
    ink(brush, spiral[::-1], 0.026)


def octopus(brush: Brush, turn: Turn) -> None:
    """Draw an octopus on its eight arms."""
    skin = "#b0527d"
    for number in range(8):
        side = (number % 4 - 1.5) / 1.5
        far = number >= 4
        sway = 0.08 * math.sin(turn.stride + number * 1.3) if turn.stride else 0.02 * math.sin(number * 2.0)
        x = 0.26 * side + (0.06 if far else 0.0)
        tip = (x * 2.7 + sway + 0.12 * math.copysign(1, side), 0.05 + 0.14 * max(0.0, sway) + (0.06 if far else 0.0))
        path = [
            (x, 0.46),
            (x * 1.7 + sway * 0.5, 0.20),
            (x * 2.2, 0.06),
            tip,
            (tip[0] + 0.07 * math.copysign(1, side), tip[1] + 0.10),
        ]
        limb(brush, path, (0.19, 0.05), darker(skin, 0.32) if far else skin, 0.0 if far else 0.03)
        if not far:
            for share in (0.35, 0.7):
                brush.disc(x * 1.5 * (1 + share) + sway * 0.4, 0.24 - 0.17 * share, 0.024, "#f0b9cc")
    form(
        brush,
        [
            (-0.34, 0.44),
            (-0.38, 0.70),
            (-0.22, 0.95),
            (0.06, 1.0),
            (0.32, 0.90),
            (0.42, 0.66),
            (0.34, 0.42),
            (0.0, 0.34),
        ],
        skin,
        0.08,
    )
    for x, h, size in ((-0.22, 0.82, 0.05), (-0.12, 0.9, 0.035), (-0.27, 0.7, 0.03)):
        brush.oval(x, h, size * 1.8, size * 1.4, darker(skin, 0.25))
    for sign in (-1, 1):
        eye(brush, 0.07 + 0.15 * sign, 0.60, 0.10, lid_of(turn, 0.4), (0.2, 0.0), darker(skin, 0.25))
    gape = 0.10 * turn.voice
    if gape > 0.01:
        brush.oval(0.09, 0.43, 0.14, 0.05 + gape, INK)
    else:
        ink(brush, [(0.0, 0.43), (0.09, 0.41), (0.18, 0.44)], 0.02)


def crab(brush: Brush, turn: Turn) -> None:
    """Draw a crab with its claws up."""
    shell = "#cf4a2f"
    for number in range(3):
        for sign in (-1, 1):
            lift = 0.12 * lift_of(turn, number * 2.1 + (math.pi if sign > 0 else 0.0))
            x = sign * (0.36 + 0.09 * number)
            knee = (x + sign * (0.24 - 0.05 * number), 0.40 - 0.10 * number + lift)
            limb(
                brush,
                [(x * 0.8, 0.32), knee, (x + sign * (0.32 + 0.02 * number), lift)],
                (0.10, 0.035),
                darker(shell, 0.2),
                0.016,
            )
    snap = 16 + 26 * turn.voice + (6 * walk_of(turn))
    for sign in (-1, 1):
        limb(brush, [(sign * 0.40, 0.42), (sign * 0.66, 0.52), (sign * 0.62, 0.72)], (0.12, 0.10), shell, 0.02)
        with placed(brush, sign * 0.62, 0.74, 1.0, 0.0, sign < 0):
            for turned, reach in ((-snap, 0.34), (snap * 0.5, 0.28)):
                with placed(brush, 0.0, 0.0, 1.0, turned):
                    form(brush, [(-0.07, -0.04), (-0.13, 0.16), (-0.02, reach), (0.01, reach), (0.03, 0.16), (0.07,
                        0.0)] if turned < 0 else
                         [(0.07, -0.04), (0.15, 0.12), (0.06, reach), (0.03, reach), (0.0, 0.14), (-0.05, 0.0)],
                             shell, 0.03)  # fmt: skip
    form(
        brush,
        [
            (-0.52, 0.34),
            (-0.40, 0.54),
            (0.0, 0.60),
            (0.40, 0.54),
            (0.52, 0.34),
            (0.34, 0.16),
            (0.0, 0.12),
            (-0.34, 0.16),
        ],
        shell,
        0.07,
    )
    for x, h in ((-0.24, 0.48), (0.28, 0.48), (0.16, 0.53)):
        brush.disc(x, h, 0.022, lighter(shell, 0.35))
    for sign in (-1, 1):
        brush.line([(sign * 0.12, 0.54), (sign * 0.14, 0.70)], shell, 0.05)
        eye(brush, sign * 0.14, 0.74, 0.085, lid_of(turn, 0.36), (0.2, 0.0), darker(shell, 0.2))
    gape = 0.10 * turn.voice
    form(brush, [(-0.14, 0.30), (0.0, 0.28 + gape * 0.3), (0.16, 0.30), (0.02, 0.25 - gape)], INK, 0.0)


def penguin(brush: Brush, turn: Turn) -> None:
    """Draw a penguin; it rolls from foot to foot."""
    black, walk = "#2b2f3b", walk_of(turn)
    with placed(brush, 0.0, 0.0, 1.0, 6 * walk):
        for sign in (1, -1):
            lift = 0.05 * lift_of(turn, 0.0 if sign > 0 else math.pi)
            form(
                brush,
                [
                    (0.13 * sign - 0.09, lift),
                    (0.13 * sign - 0.06, lift + 0.07),
                    (0.13 * sign + 0.12, lift + 0.06),
                    (0.13 * sign + 0.18, lift),
                ],
                "#e8962e",
                0.016,
            )
        flap = 18 + 40 * turn.voice + 10 * walk
        with placed(brush, 0.24, 0.58, 1.0, -flap):
            form(
                brush,
                [(-0.04, 0.06), (0.08, 0.0), (0.08, -0.3), (0.02, -0.36), (-0.06, -0.2)],
                darker(black, 0.35),
                0.0,
            )
        form(
            brush,
            [
                (-0.30, 0.30),
                (-0.26, 0.60),
                (-0.19, 0.84),
                (0.0, 1.0),
                (0.20, 0.92),
                (0.27, 0.66),
                (0.34, 0.34),
                (0.20, 0.06),
                (-0.16, 0.06),
            ],
            black,
            0.05,
        )
        form(
            brush,
            [(-0.12, 0.28), (-0.08, 0.54), (0.06, 0.66), (0.24, 0.58), (0.30, 0.32), (0.18, 0.10), (0.0, 0.09)],
            "#f0ede4",
            0.05,
        )
        form(brush, [(-0.06, 0.70), (0.02, 0.84), (0.18, 0.84), (0.24, 0.68), (0.12, 0.62)], "#f0ede4", 0.03)
        brush.oval(0.10, 0.63, 0.3, 0.09, "#f2c04a")
        gape = 0.05 * turn.voice
        form(brush, [(0.14, 0.735), (0.34, 0.70 - gape * 1.4), (0.15, 0.68 - gape)], "#b8691e", 0.0)
        form(brush, [(0.12, 0.78), (0.24, 0.775), (0.38, 0.725 + gape), (0.14, 0.72)], "#e8962e", 0.014)
        for x in (0.02, 0.17):
            eye(brush, x, 0.815, 0.045, lid_of(turn, 0.36), (0.2, 0.0), "#4a4f5e")
        with placed(brush, -0.22, 0.60, 1.0, flap):
            form(
                brush,
                [(0.05, 0.07), (-0.07, 0.02), (-0.11, -0.3), (-0.04, -0.38), (0.05, -0.2)],
                lighter(black, 0.08),
                0.025,
            )


def frog(brush: Brush, turn: Turn) -> None:
    """Draw a frog; it hops."""
    skin = "#6a9a3f"
    hop = 0.12 * lift_of(turn)
    for sign in (1, -1):
        tone = darker(skin, 0.3) if sign > 0 else skin
        form(
            brush,
            [
                (0.34 * sign, 0.40 + hop),
                (0.62 * sign, 0.42 + hop),
                (0.70 * sign, 0.14),
                (0.46 * sign, 0.06),
                (0.26 * sign, 0.12),
            ],
            tone,
            0.04,
        )
        brush.shape(
            [(0.38 * sign, 0.07), (0.78 * sign, 0.05), (0.84 * sign, 0.0), (0.32 * sign, 0.0)], darker(tone, 0.15)
        )
    form(
        brush,
        [
            (-0.42, 0.22 + hop),
            (-0.44, 0.54 + hop),
            (-0.24, 0.74 + hop),
            (0.26, 0.74 + hop),
            (0.48, 0.54 + hop),
            (0.44, 0.20 + hop),
            (0.0, 0.08 + hop),
        ],
        skin,
        0.07,
    )
    form(
        brush,
        [
            (-0.26, 0.2 + hop),
            (-0.2, 0.42 + hop),
            (0.06, 0.46 + hop),
            (0.32, 0.40 + hop),
            (0.34, 0.2 + hop),
            (0.05, 0.1 + hop),
        ],
        "#d9d79a",
        0.04,
    )
    for sign in (-1, 1):
        ball(brush, 0.03 + 0.24 * sign, 0.80 + hop, 0.32, 0.32, skin, 0.04)
        eye(brush, 0.04 + 0.24 * sign, 0.82 + hop, 0.115, lid_of(turn, 0.4), (0.15, 0.0), darker(skin, 0.25), "#f2e08a")
        limb(brush, [(0.24 * sign, 0.32 + hop), (0.30 * sign, 0.16), (0.26 * sign, 0.03)], (0.12, 0.08), skin, 0.02)
        brush.shape(
            [(0.18 * sign, 0.06), (0.40 * sign, 0.05), (0.44 * sign, 0.0), (0.14 * sign, 0.0)], darker(skin, 0.1)
        )
    _frog_mouth(brush, 0.22 * turn.voice, hop)


def _frog_mouth(brush: Brush, gape: float, hop: float) -> None:
    if gape > 0.02:
        form(
            brush,
            [
                (-0.32, 0.58 + hop),
                (0.05, 0.60 + hop),
                (0.40, 0.58 + hop),
                (0.22, 0.50 - gape + hop),
                (-0.14, 0.50 - gape + hop),
            ],
            INK,
            0.0,
        )
        brush.oval(0.06, 0.52 - gape * 0.8 + hop, 0.24, 0.1, "#d2606a")
    else:
        ink(brush, [(-0.36, 0.58 + hop), (-0.1, 0.52 + hop), (0.2, 0.52 + hop), (0.44, 0.59 + hop)], 0.024)
