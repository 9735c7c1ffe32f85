"""Things with moving parts: a bicycle that rolls, a trampoline that gives, a tube of air that dances."""

import math
from collections.abc import Callable

from tools.video.acting import Turn
from tools.video.brush import Brush, darker
from tools.video.props.forms import INK, ball, form, ink, limb

Moving = Callable[[Brush, Turn], None]


def _wheel(brush: Brush, x: float, h: float, radius: float, phase: float) -> None:
    brush.canvas.drawCircle(x, -h, radius, brush.pen("#20232d", radius * 0.22))
    brush.canvas.drawCircle(x, -h, radius * 0.86, brush.pen("#b9c3cc", radius * 0.08))
    for spoke in range(4):
        angle = spoke * math.pi / 4 + phase
        dx, dh = radius * 0.82 * math.cos(angle), radius * 0.82 * math.sin(angle)
        brush.line([(x - dx, h - dh), (x + dx, h + dh)], "#c9d0d6", 0.012)
    brush.disc(x, h, radius * 0.14, "#4a515d")


def _bicycle(brush: Brush, turn: Turn) -> None:
    red, roll = "#c8372f", -turn.stride
    for x in (-0.52, 0.54):
        _wheel(brush, x, 0.34, 0.31, roll)
    pedal = (0.07 + 0.13 * math.cos(roll), 0.33 + 0.13 * math.sin(roll))
    brush.line([(-0.52, 0.34), (0.07, 0.33)], "#4a515d", 0.03)
    for bar in ([(-0.52, 0.34), (-0.18, 0.72)], [(-0.52, 0.34), (0.05, 0.33)]):
        limb(brush, bar, (0.04, 0.04), red, 0.012)
    for bar in (
        [(0.05, 0.33), (-0.22, 0.84)],
        [(0.05, 0.33), (0.40, 0.72)],
        [(-0.18, 0.72), (0.40, 0.74)],
        [(0.54, 0.34), (0.36, 0.90)],
    ):
        limb(brush, bar, (0.055, 0.055), red, 0.018)
    ball(brush, 0.07, 0.33, 0.15, 0.15, "#b9c3cc", 0.02)
    for sign in (-1, 1):
        foot = (0.07 + sign * (pedal[0] - 0.07), 0.33 + sign * (pedal[1] - 0.33))
        brush.line([(0.07, 0.33), foot], "#20232d", 0.03)
        brush.line([(foot[0] - 0.06, foot[1]), (foot[0] + 0.06, foot[1])], "#20232d", 0.035)
    form(
        brush,
        [(-0.42, 0.88), (-0.36, 0.95), (-0.14, 0.92), (-0.02, 0.86), (-0.18, 0.83), (-0.34, 0.82)],
        "#2b2f3b",
        0.02,
    )
    limb(brush, [(0.36, 0.90), (0.30, 1.0), (0.50, 1.0), (0.56, 0.92)], (0.04, 0.04), "#4a515d", 0.0)
    brush.line([(0.50, 0.985), (0.57, 0.91)], INK, 0.055)
    for bar in (
        [(0.40, 0.72), (0.76, 0.74)],
        [(0.44, 0.60), (0.74, 0.56)],
        [(0.46, 0.52), (0.46, 0.78)],
        [(0.76, 0.74), (0.73, 0.54)],
    ):
        brush.line(bar, "#a3703f", 0.03)
    form(brush, [(0.42, 0.80), (0.44, 0.54), (0.74, 0.52), (0.80, 0.80)], "#b07a45", 0.03)
    for h in (0.60, 0.68, 0.76):
        ink(brush, [(0.44, h), (0.78, h + 0.005)], 0.014)


def _trampoline(brush: Brush, turn: Turn) -> None:
    give = 0.10 * (1 - min(turn.squash, 1.0)) * 4
    for x in (-0.92, -0.45, 0.5, 0.95):
        tone = "#8f98a3" if abs(x) < 0.7 else "#b9c3cc"
        limb(brush, [(x, 0.66), (x * 0.97, 0.02)], (0.06, 0.05), tone, 0.014)
    brush.line([(-0.90, 0.03), (-0.44, 0.03)], "#b9c3cc", 0.05)
    brush.line([(0.48, 0.03), (0.93, 0.03)], "#b9c3cc", 0.05)
    ball(brush, 0.0, 0.68, 2.12, 0.52, "#2f6ab8", 0.06)
    ball(brush, 0.0, 0.71, 1.76, 0.38, "#2b2f3b", 0.0)
    brush.oval(0.0, 0.69 - give, 0.9, 0.18, "#3d4250")
    for number in range(18):
        angle = number * math.pi / 9
        a, b = math.cos(angle), math.sin(angle)
        brush.line([(0.88 * a, 0.71 + 0.19 * b), (0.95 * a, 0.705 + 0.215 * b)], "#dfe4e8", 0.016)
    brush.line([(-0.86, 0.74), (-0.80, 1.0)], "#b9c3cc", 0.0)


def _tube_man(brush: Brush, turn: Turn) -> None:
    sway = 0.10 * math.sin(turn.stride) + 0.05 * turn.voice + 0.004 * turn.roll
    ball(brush, 0.0, 0.06, 0.42, 0.14, "#3a3f4c", 0.03)
    ball(brush, 0.0, 0.09, 0.26, 0.08, INK, 0.0)
    for sign in (1, -1):
        lift = 0.16 * math.sin(turn.stride * 1.3 + sign) if turn.stride else 0.1 * sign
        shoulder = (sway * 0.8 + 0.08 * sign, 0.60)
        hand = (sway + 0.52 * sign, 0.80 + lift)
        limb(
            brush,
            [shoulder, (sway + 0.30 * sign, 0.58 + lift * 0.3), hand],
            (0.13, 0.08),
            "#d9432f" if sign < 0 else darker("#d9432f", 0.3),
            0.025,
        )
        for finger in (-0.03, 0.03, 0.09):
            brush.line([hand, (hand[0] + 0.09 * sign, hand[1] + finger)], "#f2c230", 0.028)
    body = [
        (-0.10, 0.09),
        (-0.12 + sway * 0.2, 0.30),
        (-0.15 + sway * 0.8, 0.56),
        (-0.14 + sway * 1.4, 0.84),
        (sway * 1.5, 0.94),
        (0.15 + sway * 1.4, 0.84),
    ]
    form(brush, [*body, (0.13 + sway * 0.8, 0.56), (0.13 + sway * 0.2, 0.30), (0.10, 0.09)], "#d9432f", 0.05)
    for number in range(5):
        x = sway * 1.5 + (number - 2) * 0.055
        limb(
            brush,
            [(x, 0.90), (x + 0.02 * (number - 2), 1.0), (x + 0.05 * (number - 2) + sway * 0.4, 1.06)],
            (0.05, 0.03),
            "#f2c230",
            0.01,
        )
    for sign in (-1, 1):
        brush.disc(0.01 + sway * 1.35 + 0.065 * sign, 0.80, 0.048, "#f6f1e4")
        brush.disc(0.02 + sway * 1.35 + 0.065 * sign, 0.80, 0.026, INK)
    x, gape = sway * 1.2 + 0.01, 0.05 + 0.05 * turn.voice
    form(brush, [(x - 0.10, 0.70), (x, 0.68), (x + 0.10, 0.70), (x, 0.66 - gape)], INK, 0.0)
    ink(brush, [(-0.10 + sway * 0.5, 0.44), (0.0, 0.42), (0.10 + sway * 0.5, 0.45)], 0.014)


MOVING: dict[str, Moving] = {"bicycle": _bicycle, "trampoline": _trampoline, "inflatable": _tube_man}
"""Each of these things by its name."""
