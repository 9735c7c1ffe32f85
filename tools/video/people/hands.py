"""Hands: mitts with a thumb, in metres at a wrist, and what they do."""

import math

import skia

from tools.video.brush import Point, darker
from tools.video.people.nib import INK, Nib, curved
from tools.video.people.skeleton import Limb

# Along the hand from the wrist, and aside: the thumb's side is positive. One is the length of a hand.
_MITT: tuple[Point, ...] = (
    (-0.08, -0.20), (0.16, -0.27), (0.52, -0.27), (0.86, -0.20), (0.98, -0.02), (0.88, 0.16), (0.58, 0.26), (0.20,
        0.27),
    (-0.08, 0.20),
)  # fmt: skip
_THUMB: tuple[Point, ...] = ((0.08, 0.10), (0.22, 0.34), (0.50, 0.46), (0.62, 0.36), (0.46, 0.20), (0.34, 0.06))
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
_SPREAD: tuple[tuple[float, float, float], ...] = (
    (-26, 0.86, 0.105),
    (-9, 1.0, 0.115),
    (8, 1.02, 0.115),
    (25, 0.92, 0.11),
)


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
    shade = darker(colour, 0.34)
    shapes = {
        "rest": (_MITT, _THUMB), "fist": (_FIST, _FOLDED), "hold": (_FIST, _FOLDED), "point": (_FIST, _FOLDED),
        "open": (_MITT, _THUMB),
    }[grip]  # fmt: skip
    if grip == "open":
        form = _open_hand()
    else:
        form = curved(shapes[0])
        if grip == "point":
            form.addPath(curved(_FINGER), skia.Path.kAppend_AddPathMode)
    form.transform(matrix)
    thumb_path = curved(
        shapes[1] if grip != "open" else [(0.06, 0.10), (0.20, 0.40), (0.44, 0.62), (0.56, 0.56), (0.40, 0.24)]
    )
    thumb_path.transform(matrix)
    nib.form(form, colour, size * 0.13, 0.34)
    nib.fill(thumb_path, colour)
    if nib.fine:
        canvas.concat(matrix)
        if grip in ("rest",):
            nib.ink((0.12, 0.10), (0.42, 0.20), 0.05, 0.2, shade)
            nib.ink((0.62, -0.06), (0.95, -0.03), 0.035, 0.0, darker(colour, 0.6))
        elif grip == "open":
            nib.ink((0.18, 0.16), (0.46, 0.02), 0.05, 0.2, shade)
        else:
            nib.ink((0.16, 0.34), (0.56, 0.10), 0.05, -0.24, INK)
            for aside in (-0.16, 0.0):
                nib.ink((0.42, aside), (0.66, aside + 0.01), 0.04, 0.0, darker(colour, 0.6))
            if grip == "point":
                nib.ink((0.40, 0.06), (0.96, 0.07), 0.05, 0.0)
    canvas.restore()


def _thumb_side(limb: Limb, yaw: float, ux: float, uy: float) -> float:
    """Return on which side of its way (1 left, -1 right) the thumb is: towards the front of the body, else inwards."""
    facing = math.sin(yaw)
    want = (facing, 0.0) if abs(facing) > 0.45 else (-limb.sign * math.cos(yaw), 0.25)
    if abs(facing) > 0.45:
        want = (facing, 0.55)
    return 1.0 if want[0] * -uy + want[1] * ux >= 0 else -1.0


def _open_hand() -> skia.Path:
    path = curved(
        [(-0.08, -0.20), (0.20, -0.28), (0.50, -0.28), (0.58, 0.0), (0.50, 0.26), (0.20, 0.28), (-0.08, 0.20)]
    )
    for degrees, reach, thick in _SPREAD:
        angle = math.radians(degrees)
        ux, uy = math.cos(angle), math.sin(angle)
        base = (0.34 * ux, 0.75 * uy * 0.6)
        finger = skia.Path()
        finger.addRoundRect(
            skia.Rect.MakeLTRB(0.0, -thick * 0.62, reach - 0.34, thick * 0.62), thick * 0.6, thick * 0.6
        )
        finger.transform(skia.Matrix.MakeAll(ux, -uy, base[0], uy, ux, base[1], 0, 0, 1))
        path.addPath(finger, skia.Path.kAppend_AddPathMode)
    path.setFillType(skia.PathFillType.kWinding)
    return path
