"""Animals of the pond and its bank: beaver and tortoise."""

import math

from tools.video.acting import Turn
from tools.video.brush import Brush, Point, darker, lighter
from tools.video.props.forms import INK, ball, clipped, eye, form, ink, limb, placed
from tools.video.props.muzzles import RoundFace, draw_round_face, lid_of
from tools.video.props.shore import lift_of, walk_of

_FUR, _SCALES, _TEETH = "#7d4b2a", "#4d4548", "#ee8a2c"
_SHELL, _PLATE, _HIDE = "#5b5a35", "#8f8444", "#9c9a5e"
_BEAVER_FACE = RoundFace("none", "bear", muzzle=0.74)


def beaver(brush: Brush, turn: Turn) -> None:
    """Draw a beaver, low and heavy, its flat tail on the ground and its teeth before it."""
    with placed(brush, 0.10, 0.0, 0.96):
        _heavy_beaver(brush, turn)


def _heavy_beaver(brush: Brush, turn: Turn) -> None:
    walk, bob = walk_of(turn), 0.012 * walk_of(turn)
    _paddle(brush, walk)
    for x, phase in ((-0.26, math.pi), (0.36, 0.0)):
        _paw(brush, x + 0.14, darker(_FUR, 0.5), turn, phase, 0.0)
    body: list[Point] = [
        (-0.60, 0.12), (-0.66, 0.36 + bob), (-0.50, 0.64 + bob), (-0.16, 0.77 + bob), (0.22, 0.72 + bob),
        (0.52, 0.58), (0.60, 0.32), (0.46, 0.11), (-0.10, 0.07),
    ]  # fmt: skip
    form(brush, body, _FUR, 0.085)
    with clipped(brush, body):
        ball(brush, -0.36, 0.26 + bob, 0.52, 0.56, _FUR, 0.05)
    ink(brush, [(-0.18, 0.50 + bob), (-0.10, 0.36 + bob), (-0.14, 0.16)], 0.02)
    for x, h in ((-0.40, 0.60), (-0.26, 0.67), (-0.08, 0.70), (-0.02, 0.52), (0.06, 0.40)):
        ink(brush, [(x + 0.02, h + bob), (x - 0.03, h - 0.045 + bob), (x - 0.035, h - 0.09 + bob)], 0.016)
    for x, phase in ((-0.38, 0.0), (0.30, math.pi)):
        _paw(brush, x, _FUR, turn, phase, 0.018)
    # Under the chin no light comes.
    form(brush, [(0.26, 0.42), (0.48, 0.30), (0.68, 0.34), (0.62, 0.24), (0.42, 0.20)], darker(_FUR, 0.6), 0.0)
    with placed(brush, 0.50, 0.66 + bob - 0.02 * turn.voice, 0.345, -7 * turn.voice):
        for sign in (-1, 1):
            ball(brush, 0.04 + sign * 0.70, 0.70, 0.40, 0.42, darker(_FUR, 0.25), 0.06)
            brush.oval(0.06 + sign * 0.70, 0.68, 0.18, 0.20, INK)
        draw_round_face(brush, _BEAVER_FACE, _FUR, turn)
        _teeth(brush)


def _teeth(brush: Brush) -> None:
    """Draw two long orange teeth under a beaver's lip."""
    for left, right in ((-0.10, 0.13), (0.15, 0.38)):
        brush.shape([(left - 0.035, -0.60), (right + 0.035, -0.60), (right + 0.02, -1.20), (left - 0.015, -1.20)], INK)
        brush.shape([(left, -0.60), (right, -0.60), (right - 0.01, -1.16), (left + 0.02, -1.16)], _TEETH)
        brush.shape([(left, -0.60), (left + 0.07, -0.60), (left + 0.07, -1.16), (left + 0.02, -1.16)], "#a8551a")
    ink(brush, [(-0.20, -0.60), (0.14, -0.62), (0.48, -0.58)], 0.06)


def _paddle(brush: Brush, walk: float) -> None:
    """Draw a beaver's tail: a broad flat paddle along the ground, hatched crosswise."""
    swing = 0.025 * walk
    tail: list[Point] = [
        (-0.46, 0.24), (-0.64, 0.25), (-0.90, 0.31 + swing), (-1.20, 0.25 + swing), (-1.17, 0.13 + swing),
        (-1.08, 0.025), (-0.80, 0.01), (-0.50, 0.07),
    ]  # fmt: skip
    form(brush, tail, _SCALES, 0.04)
    with clipped(brush, tail):
        for number in range(13):
            x = -1.28 + number * 0.075 + 0.008 * (number % 3)
            ink(brush, [(x, 0.0), (x + 0.20, 0.40 + swing)], 0.014, alpha=0.9)
            ink(brush, [(x + 0.20, 0.0), (x, 0.40 + swing)], 0.014, alpha=0.9)
        brush.line([(-1.06, 0.285 + swing), (-0.90, 0.325 + swing), (-0.72, 0.27)], lighter(_SCALES, 0.35), 0.022)


def _paw(brush: Brush, x: float, coat: str, turn: Turn, phase: float, depth: float) -> None:
    """Draw a short leg with a broad, webbed foot."""
    reach, lift = (0.10 * math.sin(turn.stride + phase), 0.07 * lift_of(turn, phase)) if turn.stride else (0.0, 0.0)
    limb(brush, [(x, 0.26), (x + reach * 0.5, 0.15 + lift), (x + reach, 0.06 + lift)], (0.20, 0.13), coat, depth)
    left = x + reach - 0.09
    foot: list[Point] = [(left, lift), (left + 0.02, lift + 0.08), (left + 0.18, lift + 0.085), (left + 0.28, lift)]
    form(brush, foot, darker(coat, 0.42), depth)
    if depth:
        for step in (0.13, 0.19):
            ink(brush, [(left + step + 0.03, lift), (left + step, lift + 0.05)], 0.014)


def tortoise(brush: Brush, turn: Turn) -> None:
    """Draw a tortoise: a dome of plates on four stumps, a neck in folds, an eye that has seen it all."""
    with placed(brush, -0.12, 0.0, 0.9):
        _slow_tortoise(brush, turn)


def _slow_tortoise(brush: Brush, turn: Turn) -> None:
    walk = walk_of(turn)
    form(brush, [(-0.66, 0.30), (-0.92, 0.20 + 0.02 * walk), (-0.64, 0.18)], _HIDE, 0.025)
    for x, phase in ((-0.30, math.pi), (0.46, 0.0)):
        _stump(brush, x, darker(_HIDE, 0.45), turn, phase, 0.0)
    _head_of_tortoise(brush, turn, 0.02 * walk)
    for x, phase in ((-0.50, 0.0), (0.28, math.pi)):
        _stump(brush, x, _HIDE, turn, phase, 0.03)
    _dome(brush, 0.012 * walk)


def _dome(brush: Brush, bob: float) -> None:
    """Draw a tortoise's shell: two rows of plates over a rim."""
    dome: list[Point] = [
        (-0.76, 0.28 + bob), (-0.72, 0.56 + bob), (-0.50, 0.84 + bob), (-0.12, 0.99 + bob), (0.26, 0.90 + bob),
        (0.52, 0.64 + bob), (0.60, 0.28 + bob), (-0.08, 0.22 + bob),
    ]  # fmt: skip
    form(brush, dome, _SHELL, 0.085)
    plates: tuple[tuple[Point, ...], ...] = (
        ((-0.40, 0.82), (-0.14, 0.94), (0.14, 0.88), (0.10, 0.66), (-0.30, 0.64)),
        ((-0.66, 0.54), (-0.47, 0.77), (-0.38, 0.61), (-0.44, 0.40), (-0.68, 0.40)),
        ((-0.37, 0.40), (-0.31, 0.58), (0.10, 0.60), (0.15, 0.40)),
        ((0.17, 0.66), (0.22, 0.84), (0.41, 0.66), (0.48, 0.44), (0.23, 0.40)),
    )
    for plate in plates:
        corners = [(x, h + bob) for x, h in plate for _ in range(2)]
        form(brush, corners, _PLATE, 0.045, 0.28)
        x, h = sum(a for a, _ in plate) / len(plate), sum(b for _, b in plate) / len(plate) + bob
        small = [(x + (a - x) * 0.46, h + (b + bob - h) * 0.46) for a, b in plate]
        ink(brush, [*small[1:], small[0]], 0.013, darker(_SHELL, 0.35))
    with clipped(brush, dome):
        brush.line([(-0.30, 0.95 + bob), (-0.08, 0.985 + bob), (0.16, 0.94 + bob)], lighter(_PLATE, 0.35), 0.022)
    rim: list[Point] = [
        (-0.82, 0.27 + bob), (-0.76, 0.38 + bob), (-0.10, 0.345 + bob), (0.60, 0.38 + bob), (0.68, 0.27 + bob),
        (-0.08, 0.20 + bob),
    ]  # fmt: skip
    form(brush, rim, lighter(_SHELL, 0.16), 0.04)
    for number, x in enumerate((-0.58, -0.36, -0.13, 0.10, 0.31, 0.50)):
        foot = 0.215 + 0.05 * abs(x + 0.08) + bob
        ink(brush, [(x, 0.36 + bob), (x - 0.02 + 0.006 * (number % 3), foot)], 0.016)
    ink(brush, [(-0.76, 0.385 + bob), (-0.10, 0.35 + bob), (0.60, 0.385 + bob)], 0.024)


def _stump(brush: Brush, x: float, hide: str, turn: Turn, phase: float, depth: float) -> None:
    """Draw a stumpy leg with three nails."""
    reach, lift = (0.11 * math.sin(turn.stride + phase), 0.07 * lift_of(turn, phase)) if turn.stride else (0.0, 0.0)
    foot = x + reach
    leg: list[Point] = [
        (x - 0.13, 0.34), (foot - 0.12, 0.12 + lift), (foot - 0.15, lift), (foot - 0.15, lift), (foot + 0.16, lift),
        (foot + 0.16, lift), (foot + 0.12, 0.12 + lift), (x + 0.13, 0.34),
    ]  # fmt: skip
    form(brush, leg, hide, depth)
    for step in (-0.03, 0.05, 0.13):
        brush.oval(foot + step, lift + 0.02, 0.06, 0.05, "#e0d6b0" if depth else darker("#e0d6b0", 0.5))
    if depth:
        ink(brush, [(foot + 0.09, 0.19 + lift), (foot + 0.0, 0.17 + lift), (foot - 0.06, 0.19 + lift)], 0.014)
        ink(brush, [(foot + 0.06, 0.12 + lift), (foot - 0.02, 0.105 + lift)], 0.012)


def _head_of_tortoise(brush: Brush, turn: Turn, nod: float) -> None:
    """Draw neck and head, held out of the shell."""
    x, h, gape = 0.94 + nod + 0.03 * turn.voice, 0.68 + 0.03 * turn.voice, 0.15 * turn.voice
    limb(brush, [(0.46, 0.38), (0.70, 0.42), (x - 0.08, h - 0.04)], (0.27, 0.20), _HIDE, 0.045)
    for a, b, wide in ((0.62, 0.43, 0.09), (0.70, 0.46, 0.085), (0.77, 0.51, 0.08)):
        ink(brush, [(a - wide * 0.5, b + wide), (a + 0.02, b), (a + wide * 0.45, b - wide * 0.9)], 0.017)
    if gape > 0.01:
        low = h - 0.12 - gape
        form(brush, [(x - 0.06, h - 0.04), (x + 0.20, h - 0.03), (x + 0.17, low), (x - 0.02, low + 0.01)], _HIDE, 0.02)
        form(brush, [(x - 0.02, h - 0.03), (x + 0.20, h - 0.03), (x + 0.16, h - 0.06 - gape)], "#7e2c33", 0.0)
    skull: list[Point] = [
        (x - 0.22, h + 0.02), (x - 0.16, h + 0.15), (x + 0.02, h + 0.20), (x + 0.18, h + 0.13), (x + 0.25, h - 0.01),
        (x + 0.22, h - 0.085), (x + 0.04, h - 0.10 + 0.4 * gape), (x - 0.14, h - 0.11),
    ]  # fmt: skip
    form(brush, skull, _HIDE, 0.04)
    ink(brush, [(x + 0.24, h - 0.045), (x + 0.12, h - 0.05), (x, h - 0.045), (x - 0.08, h - 0.075)], 0.022)
    brush.oval(x + 0.215, h + 0.045, 0.026, 0.02, INK)
    eye(brush, x + 0.06, h + 0.075, 0.082, lid_of(turn, 0.46), (0.25, -0.05), darker(_HIDE, 0.28))
    ink(brush, [(x + 0.0, h - 0.015), (x + 0.06, h - 0.025), (x + 0.11, h - 0.005)], 0.012)
