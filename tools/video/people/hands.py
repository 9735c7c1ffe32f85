"""Hands: mitts with a thumb, in metres at a wrist, and what they do."""

import functools
import math
from dataclasses import dataclass

import skia

from tools.video.brush import Point, darker
from tools.video.people.nib import INK, Nib, curved, leaf
from tools.video.people.skeleton import Limb

# Along the hand from the wrist, and aside: the thumb's side is positive. One is the length of a hand.
_MITT: tuple[Point, ...] = (
    (-0.08, -0.19), (0.16, -0.26), (0.46, -0.29), (0.72, -0.25), (0.88, -0.12), (0.90, 0.04), (0.78, 0.18),
    (0.48, 0.26), (0.20, 0.26), (-0.08, 0.19),
)  # fmt: skip
_THUMB: tuple[Point, ...] = ((0.06, 0.08), (0.18, 0.30), (0.44, 0.40), (0.64, 0.34), (0.62, 0.22), (0.40, 0.16))
_OPEN: tuple[Point, ...] = (
    (-0.08, -0.19), (0.16, -0.27), (0.46, -0.33), (0.74, -0.40), (0.88, -0.38), (0.86, -0.26), (0.66, -0.17),
    (0.92, -0.18), (1.08, -0.10), (1.06, 0.03), (0.72, 0.05), (0.96, 0.09), (1.06, 0.19), (0.96, 0.29), (0.56, 0.29),
    (0.20, 0.27), (-0.08, 0.19),
)  # fmt: skip
"""Palm and three fingers that lie close together."""
_ASIDE: tuple[Point, ...] = ((0.04, 0.06), (0.14, 0.36), (0.40, 0.60), (0.56, 0.58), (0.56, 0.46), (0.40, 0.22))
_FIST: tuple[Point, ...] = (
    (-0.08, -0.20), (0.14, -0.30), (0.44, -0.33), (0.64, -0.22), (0.66, 0.06), (0.56, 0.28), (0.26, 0.32), (-0.08,
        0.20),
)  # fmt: skip
_FOLDED: tuple[Point, ...] = ((0.16, 0.12), (0.26, 0.36), (0.46, 0.34), (0.56, 0.10), (0.44, -0.02), (0.30, 0.06))
_FINGER: tuple[Point, ...] = (
    (0.36, 0.06),
    (0.62, 0.02),
    (1.10, 0.06),
    (1.22, 0.15),
    (1.10, 0.24),
    (0.60, 0.28),
    (0.36, 0.30),
)


_EDGE = 0.085


@dataclass(frozen=True)
class _Shape:
    """A hand's paths, the wrist at the origin and the fingers to the right; one is its length."""

    hand: skia.Path
    thumb: skia.Path
    edge: skia.Path
    """Both, a little larger and open at the wrist: what parts a hand from the other hand and from the trunk."""
    lines: skia.Path
    """The thumb's edge and what divides the fingers."""


def draw_hand(nib: Nib, limb: Limb, grip: str, colour: str, broad: float, yaw: float) -> None:
    """Draw a hand at the end of an arm.

    Args:
        nib: The pen, in metres.
        limb: The arm.
        grip: rest, fist, point, open or hold.
        colour: Skin or glove.
        broad: Factor of its size.
        yaw: Where the chest faces, in radians; it says on which side the thumb is.
    """
    wrist, tip = limb.end, limb.tip
    dx, dy = tip.x - wrist.x, tip.h - wrist.h
    length = math.hypot(dx, dy)
    size = 0.160 * broad * (wrist.size + tip.size) / 2
    # Pointed at the lens a hand is short, but it is never a dot.
    along = min(max(length / 0.165, 0.62), 1.05)
    ux, uy = (dx / length, dy / length) if length > 0.01 else (0.0, -1.0)
    if grip == "open" and uy < -0.5:
        # Spread fingers that hang look like a frog's.
        grip = "rest"
    thumb = _thumb_side(limb, yaw, ux, uy)
    canvas = nib.canvas
    canvas.save()
    matrix = skia.Matrix.MakeAll(
        ux * size * along, -uy * size * thumb, wrist.x, uy * size * along, ux * size * thumb, wrist.h, 0, 0, 1,
    )  # fmt: skip
    shape = _shape(grip)
    placed = skia.Path()
    if nib.fine:
        shape.edge.transform(matrix, placed)
        nib.fill(placed, INK)
    shape.hand.transform(matrix, placed)
    nib.form(placed, colour, size * 0.13, 0.34)
    canvas.concat(matrix)
    nib.fill(shape.thumb, colour)
    if nib.fine:
        nib.fill(shape.lines, darker(colour, 0.66))
    canvas.restore()


@functools.cache
def _shape(grip: str) -> _Shape:
    outline, thumbs = {"open": (_OPEN, _ASIDE), "rest": (_MITT, _THUMB)}.get(grip, (_FIST, _FOLDED))
    hand, thumb = curved(outline), curved(thumbs)
    if grip == "point":
        hand.addPath(curved(_FINGER), skia.Path.kAppend_AddPathMode)
    fat = skia.Paint(Style=skia.Paint.kStrokeAndFill_Style, StrokeWidth=_EDGE, StrokeJoin=skia.Paint.kRound_Join)
    edge, part = skia.Path(), skia.Path()
    for path in (hand, thumb):
        fat.getFillPath(path, part)
        edge = skia.Op(edge, part, skia.PathOp.kUnion_PathOp)
    open_at_the_wrist = skia.Path()
    open_at_the_wrist.addRect(skia.Rect.MakeLTRB(0, -1, 2, 1))
    return _Shape(hand, thumb, skia.Op(edge, open_at_the_wrist, skia.PathOp.kIntersect_PathOp), _finger_lines(grip))


def _thumb_side(limb: Limb, yaw: float, ux: float, uy: float) -> float:
    """Return on which side of its way (1 left, -1 right) the thumb is: towards the front of the body, else inwards."""
    facing = math.sin(yaw)
    want = (facing, 0.0) if abs(facing) > 0.45 else (-limb.sign * math.cos(yaw), 0.25)
    if abs(facing) > 0.45:
        want = (facing, 0.55)
    return 1.0 if want[0] * -uy + want[1] * ux >= 0 else -1.0


def _finger_lines(grip: str) -> skia.Path:
    lines = skia.Path()
    if grip == "rest":
        leaf(lines, (0.12, 0.06), (0.62, 0.21), 0.05, -0.10)
        leaf(lines, (0.89, -0.05), (0.58, -0.06), 0.045, 0.06, 0.2)
        leaf(lines, (0.86, 0.09), (0.66, 0.09), 0.04, 0.06, 0.2)
    elif grip == "open":
        leaf(lines, (0.18, 0.20), (0.46, 0.00), 0.04, 0.2)
        leaf(lines, (0.70, -0.17), (0.50, -0.12), 0.05, 0.0, 0.2)
        leaf(lines, (0.76, 0.05), (0.54, 0.05), 0.05, 0.0, 0.2)
    else:
        leaf(lines, (0.16, 0.34), (0.56, 0.10), 0.05, -0.24)
        for aside in (-0.16, 0.0):
            leaf(lines, (0.42, aside), (0.66, aside + 0.01), 0.04)
        if grip == "point":
            leaf(lines, (0.40, 0.06), (0.96, 0.07), 0.05)
    return lines
