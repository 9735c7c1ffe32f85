"""Limbs: sleeves, trouser legs, skirts and shoes round the joints of a skeleton, in metres."""

import math

import skia

from tools.video.brush import Point, darker, lighter
from tools.video.people.garments import LONG
from tools.video.people.hands import draw_hand
from tools.video.people.nib import INK, Nib, bone, leaf
from tools.video.people.skeleton import Joint, Limb, Pose, Skeleton
from tools.video.people.trunks import Trunk
from tools.video.people.wardrobe import Dress

_FAR = 0.20
_SLEEVES = {
    "jacket": 0.012, "coat": 0.016, "rain": 0.018, "hoodie": 0.014, "cardigan": 0.008, "robe": 0.020, "blazer": 0.008,
    "pyjamas": 0.014, "sweater": 0.008,
}  # fmt: skip
# Half widths at the knee and at the hem.
_TROUSERS = {
    "trousers": (0.066, 0.060), "jeans": (0.061, 0.051), "pyjamas": (0.084, 0.086), "overalls": (0.082, 0.076),
    "skirt": (0.060, 0.044), "bare": (0.060, 0.044), "shorts": (0.060, 0.046),
}  # fmt: skip


def _toward(a: Joint, b: Joint, share: float) -> Point:
    return a.x + (b.x - a.x) * share, a.h + (b.h - a.h) * share


def _sides(lines: skia.Path, a: Point, b: Point, ra: float, rb: float, width: float) -> None:
    """Ink the sides of a limb, so that it parts from what it lies on."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy)
    if length < 0.05:
        return
    nx, ny = -dy / length, dx / length
    for side in (-1.0, 1.0):
        start, end = (a[0] + nx * ra * side, a[1] + ny * ra * side), (b[0] + nx * rb * side, b[1] + ny * rb * side)
        leaf(lines, start, end, width)


def draw_arm(nib: Nib, dress: Dress, pose: Pose, bones: Skeleton, index: int, far: bool) -> None:
    """Draw an arm with its sleeve and hand."""
    arm = bones.arms[index]
    wide = dress.width**0.6 * (1 - 0.14 * dress.she)
    loose = _SLEEVES.get(dress.garment, 0.004)
    cloth = dress.under if dress.garment in ("hivis", "vest", "overalls") else dress.top
    dim = _FAR if far else 0.0
    cloth, skin = darker(cloth, dim), darker(dress.gloves or dress.skin, dim)
    shoulder, elbow, wrist = arm.root, arm.middle, arm.end
    r0, r1 = (0.061 * wide + loose * 0.5) * shoulder.size, (0.047 * wide + loose) * elbow.size
    r2 = (0.034 * wide + loose * 1.2) * wrist.size
    grip = pose.grips[index]
    over = arm.tip.z > wrist.z + 0.06
    if not over:
        draw_hand(nib, arm, grip, skin, 1.0 + 0.1 * (dress.width - 1) - 0.1 * dress.she, bones.yaw)
    upper = _toward(shoulder, elbow, 0.42)
    path = skia.Path()
    short = not dress.long_sleeves
    bare = darker(dress.skin, dim)
    if short:
        fore = skia.Path()
        bone(fore, _toward(shoulder, elbow, 0.55), r1 * 0.96, elbow.at, r1 * 0.86)
        bone(fore, elbow.at, r1 * 0.86, _toward(elbow, wrist, 0.3), r1 * 0.92)
        bone(fore, _toward(elbow, wrist, 0.3), r1 * 0.92, wrist.at, r2 * 0.92)
        _arm_outline(nib, arm, (r1, r1 * 0.88, r2 * 0.92), 0.55)
        nib.form(fore, bare, 0.020)
        bone(path, shoulder.at, r0 * 0.9, upper, r0 * 0.96)
        bone(path, upper, r0 * 0.96, _toward(shoulder, elbow, 0.72), r1 * 1.28, True)
    else:
        bone(path, shoulder.at, r0 * 0.9, upper, r0 * 0.92)
        bone(path, upper, r0 * 0.92, elbow.at, r1)
        bone(path, elbow.at, r1, _toward(elbow, wrist, 0.35), r1 * 1.02)
        bone(path, _toward(elbow, wrist, 0.35), r1 * 1.02, wrist.at, r2, True)
    if short:
        hem = skia.Path()
        bone(hem, _toward(shoulder, elbow, 0.42), r0 * 0.94, _toward(shoulder, elbow, 0.72), r1 * 1.28, True)
        nib.trace(hem, 0.009, INK)
    else:
        _arm_outline(nib, arm, (r0, r1, r2), 0.36)
    nib.form(path, cloth, 0.022 * wide)
    _sleeve_lines(nib, dress, arm, (r0, r1, r2), cloth, short)
    if over:
        draw_hand(nib, arm, grip, skin, 1.0 + 0.1 * (dress.width - 1) - 0.1 * dress.she, bones.yaw)


def _arm_outline(nib: Nib, arm: Limb, radii: tuple[float, float, float], start: float) -> None:
    """Ink an arm's edge before it is filled, from below the shoulder, which stays one with the trunk.

    `start` is the share of the upper arm where it begins.
    """
    shoulder, elbow, wrist = arm.root, arm.middle, arm.end
    r0, r1, r2 = radii
    path = skia.Path()
    knuckle = _toward(elbow, wrist, 0.35)
    bone(path, _toward(shoulder, elbow, start), r0 * 0.90, elbow.at, r1)
    bone(path, elbow.at, r1, knuckle, r1 * 1.02)
    bone(path, knuckle, r1 * 1.02, wrist.at, r2, True)
    nib.trace(path, 0.009, INK)


def _sleeve_lines(
    nib: Nib, dress: Dress, arm: Limb, radii: tuple[float, float, float], cloth: str, short: bool
) -> None:
    """Ink seams, creases at the elbow, cuffs, a shoulder patch and a sergeant's stripes."""
    shoulder, elbow, wrist = arm.root, arm.middle, arm.end
    r0, r1, r2 = radii
    tone = darker(cloth, 0.7)
    if not short:
        crease = _bend(shoulder, elbow, wrist)
        if crease:
            nib.ink((elbow.x + crease[0] * r1, elbow.h + crease[1] * r1), (elbow.x - crease[0] * r1 * 0.1,
                elbow.h - crease[1] * r1 * 0.1),
                    0.013, 0.15, tone, 0.2)  # fmt: skip
        if nib.fine:
            _ring(nib, elbow, wrist, 0.86, r2 * 1.02, tone)
    if dress.stripes:
        _chevrons(nib, shoulder, elbow, r0)
    elif dress.serves and nib.fine:
        x, h = _toward(shoulder, elbow, 0.36)
        side = 0.35 * r0 * (1 if arm.root.x > 0 else -1)
        nib.patch([(x + side - 0.026, h + 0.03), (x + side + 0.026, h + 0.03), (x + side + 0.022, h - 0.015),
            (x + side, h - 0.036),
                   (x + side - 0.022, h - 0.015)], "#c9a64a")  # fmt: skip
        nib.disc(x + side, h + 0.004, 0.012, "#1d2740")


def _bend(a: Joint, b: Joint, c: Joint) -> Point | None:
    """Return the direction into the inside of a bend, none where the limb is straight."""
    ax, ay, cx, cy = a.x - b.x, a.h - b.h, c.x - b.x, c.h - b.h
    la, lc = math.hypot(ax, ay) or 1, math.hypot(cx, cy) or 1
    x, y = ax / la + cx / lc, ay / la + cy / lc
    size = math.hypot(x, y)
    return (x / size, y / size) if size > 0.25 else None


def _ring(nib: Nib, a: Joint, b: Joint, share: float, radius: float, tone: str, width: float = 0.009) -> None:
    """Ink a line across a limb."""
    x, h = _toward(a, b, share)
    dx, dy = b.x - a.x, b.h - a.h
    length = math.hypot(dx, dy)
    if length < 0.06:
        return
    nx, ny = -dy / length * radius, dx / length * radius
    nib.ink((x - nx, h - ny), (x + nx, h + ny), width, 0.08, tone)


def _chevrons(nib: Nib, shoulder: Joint, elbow: Joint, radius: float) -> None:
    for number in range(3):
        x, h = _toward(shoulder, elbow, 0.30 + 0.14 * number)
        wide = radius * 0.62
        nib.stroke([(x - wide, h - 0.012), (x, h + 0.016), (x + wide, h - 0.012)], 0.012, "#e0c067")


def draw_leg(nib: Nib, dress: Dress, pose: Pose, bones: Skeleton, index: int, far: bool) -> None:
    """Draw a leg with its shoe."""
    leg = bones.legs[index]
    wide = dress.width**0.65
    dim = _FAR if far else 0.0
    hip, knee, ankle = leg.root, leg.middle, leg.end
    knee_wide, hem_wide = _TROUSERS[dress.lower]
    r0 = (0.094 + 0.008 * dress.she) * wide * hip.size
    r1, r2 = knee_wide * wide * knee.size, hem_wide * wide**0.6 * ankle.size
    _shoe(nib, dress, leg, pose.heels[index], dim)
    bare = dress.lower in ("skirt", "bare", "shorts")
    colour = darker(dress.skin if bare else dress.legs, dim)
    hem = _toward(knee, ankle, 0.93)
    path = skia.Path()
    bone(path, hip.at, r0, _toward(hip, knee, 0.45), (r0 * 0.55 + r1 * 0.48))
    bone(path, _toward(hip, knee, 0.45), (r0 * 0.55 + r1 * 0.48), knee.at, r1)
    calf = _toward(knee, ankle, 0.34)
    bulge = r1 * (0.98 if bare or dress.lower == "jeans" else 0.99)
    bone(path, knee.at, r1, calf, bulge)
    bone(path, calf, bulge, hem, r2, True)
    sides = skia.Path()
    _sides(sides, _toward(hip, knee, 0.3), knee.at, r0 * 0.82, r1, 0.018)
    _sides(sides, knee.at, _toward(knee, ankle, 0.95), r1, r2, 0.014)
    nib.fill(sides, INK)
    nib.form(path, colour, 0.030 * wide)
    if dress.feet == "boots" and not bare:
        _boot(nib, dress, leg, r1, r2, dim)
    if dress.lower == "shorts":
        cloth = skia.Path()
        bone(cloth, hip.at, r0 * 1.04, _toward(hip, knee, 0.78), r1 * 1.42, True)
        nib.form(cloth, darker(dress.legs, dim), 0.03)
    _leg_lines(nib, dress, leg, (r0, r1, r2), colour, bare)


def _leg_lines(nib: Nib, dress: Dress, leg: Limb, radii: tuple[float, float, float], colour: str, bare: bool) -> None:
    hip, knee, ankle = leg.root, leg.middle, leg.end
    r0, r1, r2 = radii
    tone = darker(colour, 0.7)
    if bare:
        if nib.fine:
            nib.ink((knee.x - r1 * 0.5, knee.h - 0.01), (knee.x + r1 * 0.5, knee.h - 0.015), 0.008, -0.16, tone)
        return
    crease = _bend(hip, knee, ankle)
    if crease:
        a = (knee.x + crease[0] * r1, knee.h + crease[1] * r1)
        nib.ink(a, (knee.x - crease[0] * r1 * 0.5, knee.h - crease[1] * r1 * 0.5 + 0.02), 0.020, 0.12, tone, 0.2)
        nib.ink((a[0], a[1] - 0.02), (knee.x - crease[0] * r1 * 0.2, knee.h - 0.05), 0.014, -0.12, tone, 0.2)
    elif nib.fine:
        folds = skia.Path()
        leaf(folds, (knee.x - r1 * 0.9, knee.h + 0.01), (knee.x + r1 * 0.1, knee.h - 0.015), 0.012, -0.12, 0.25)
        leaf(folds, (knee.x + r1 * 0.9, knee.h - 0.03), (knee.x + r1 * 0.1, knee.h - 0.05), 0.010, 0.12, 0.25)
        x, h = _toward(knee, ankle, 0.82)
        leaf(folds, (x - r2 * 0.9, h + 0.02), (x + r2 * 0.4, h - 0.005), 0.012, -0.14, 0.25)
        nib.fill(folds, tone)
    if dress.serves:
        # The stripe down the outer seam.
        out = 1.0 if hip.x + ankle.x >= 0 else -1.0
        side = 0.86 * out if abs(hip.z) < 0.05 else 0.0
        if not (abs(hip.z) >= 0.05 and hip.z < 0):
            nib.stroke([(hip.x + side * r0 * 0.8, hip.h - 0.06), (knee.x + side * r1 * 0.9, knee.h),
                        (ankle.x + side * r2 * 0.85, ankle.h + 0.03)], 0.012, lighter(colour, 0.28))  # fmt: skip


def _shoe(nib: Nib, dress: Dress, leg: Limb, heel: float, dim: float) -> None:
    ankle, toe = leg.end, leg.tip
    colour = darker(dress.shoes, dim)
    if dress.feet == "bare":
        colour = darker(dress.skin, dim)
    size = (1.0 - 0.12 * dress.she) * ankle.size
    r = 0.050 * size
    down = 0.085 - 0.048
    dx, dy = toe.x - ankle.x, toe.h - (ankle.h - down)
    length = math.hypot(dx, dy) or 1e-6
    back = 0.055 * min(1.0, length / 0.12)
    heel_at = (ankle.x - dx / length * back, ankle.h - down - dy / length * back * (1 if heel > 5 else 0.2))
    toe_at = (toe.x, toe.h)
    path = skia.Path()
    bone(path, (ankle.x, ankle.h + 0.01), r * 0.94, heel_at, r)
    bone(path, heel_at, r, (toe_at[0] * 0.55 + heel_at[0] * 0.45, toe_at[1] * 0.5 + heel_at[1] * 0.5 + 0.012), r)
    bone(path, (toe_at[0] * 0.5 + heel_at[0] * 0.5, toe_at[1] * 0.5 + heel_at[1] * 0.5 + 0.010), r, toe_at, r * 0.88)
    nib.form(path, colour, 0.018, 0.45)
    sole = "#e9e4d8" if dress.feet == "trainers" else INK
    low = r * 0.80
    nib.stroke([(heel_at[0] - dx / length * r * 0.6, heel_at[1] - low), (toe_at[0] + dx / length * r * 0.5,
        toe_at[1] - low * 0.92)],
               0.020, sole)  # fmt: skip
    if dress.feet == "slippers":
        nib.disc(toe_at[0] - dx * 0.1, toe_at[1] + r * 0.7, 0.020, lighter(colour, 0.5))
    elif nib.fine and abs(dx) > 0.06:
        x = ankle.x + dx * 0.42
        nib.ink((x - 0.02, toe_at[1] + 0.055), (x + 0.03, toe_at[1] + 0.03), 0.010, 0.0, lighter(colour, 0.35))


def _boot(nib: Nib, dress: Dress, leg: Limb, r1: float, r2: float, dim: float) -> None:
    """Draw the shaft of a boot over the hem."""
    colour = darker(dress.shoes, dim)
    top = _toward(leg.middle, leg.end, 0.72)
    path = skia.Path()
    high = 0.62 if not dress.serves else 0.80
    bone(path, leg.end.at, r2 * 0.92, _toward(leg.middle, leg.end, high), r2 * (1.0 if dress.serves else 1.22), True)
    nib.form(path, colour, 0.02, 0.45)
    nib.ink((top[0] - r2, top[1]), (top[0] + r2, top[1]), 0.008)


def draw_pelvis(nib: Nib, dress: Dress, bones: Skeleton, trunk: Trunk) -> None:
    """Draw the seat of the trousers."""
    colour = dress.legs
    path = trunk.path(-0.085, 0.08)
    nib.form(path, colour, 0.035)
    left, right = bones.legs[0].root, bones.legs[1].root
    x, h = (left.x + right.x) / 2, min(left.h, right.h)
    # Black where the legs meet.
    nib.ink((x + 0.004, h - 0.01), (x, h - 0.12), 0.022, 0.0, INK, 0.6)


def _hem_points(dress: Dress, bones: Skeleton, reach: float, spare: float) -> tuple[Point, Point]:
    """Return the lower corners of a garment that hangs over the thighs: `reach` is where on the way to the knee."""
    spots = []
    for leg in bones.legs:
        if reach <= 1:
            x, h = _toward(leg.root, leg.middle, reach)
        else:
            x, h = _toward(leg.middle, leg.end, reach - 1)
        spots.append((x, h))
    wide = (0.085 + spare) * dress.width**0.6
    low = min(h for _, h in spots) - 0.02
    return (min(x for x, _ in spots) - wide, low), (max(x for x, _ in spots) + wide, low)


def draw_skirt(nib: Nib, dress: Dress, bones: Skeleton, trunk: Trunk, away: bool) -> None:
    """Draw a skirt, or the skirts of a coat, robe or dress: they hang from the hips over the thighs."""
    own = dress.garment in LONG
    colour = dress.top if own else dress.legs
    reach, spare = {"coat": (1.12, 0.030), "rain": (0.86, 0.045), "robe": (1.35, 0.035), "dress": (1.05, 0.055)}.get(
        dress.garment if own else "", (0.98, 0.030)
    )
    left, right = _hem_points(dress, bones, reach, spare)
    high = 0.06 if own else 0.09
    waist_left, waist_right = trunk.edge(-1, high), trunk.edge(1, high)
    hip_left, hip_right = trunk.edge(-1, -0.03), trunk.edge(1, -0.03)
    middle = ((left[0] + right[0]) / 2, left[1] - 0.015)
    path = skia.Path()
    path.moveTo(*waist_left)
    path.quadTo(hip_left[0] - 0.012, hip_left[1], *left)
    path.quadTo(*middle, *right)
    path.quadTo(hip_right[0] + 0.012, hip_right[1], *waist_right)
    path.close()
    nib.form(path, colour, 0.06)
    nib.within(path)
    if dress.pattern == "dotted" and own:
        for number in range(14):
            nib.disc(left[0] + (right[0] - left[0]) * ((number * 5) % 14) / 13, left[1] + 0.04 + (number % 4) * 0.1,
                0.011,
                     lighter(colour, 0.4))  # fmt: skip
    tone = darker(colour, 0.62)
    for share, up in ((0.22, 0.26), (0.5, 0.2), (0.76, 0.28)):
        x = left[0] + (right[0] - left[0]) * share
        nib.ink((x, left[1] - 0.01), ((x * 0.75 + middle[0] * 0.25), left[1] + up), 0.020, 0.04, tone, 0.2)
    if own and dress.garment != "dress" and not away:
        top = trunk.on(7, 0.0)
        foot = (middle[0] + 0.02 + 0.1 * math.sin(bones.yaw), left[1] - 0.02)
        nib.patch([top, (foot[0] - 0.02, foot[1]), (foot[0] + 0.05, foot[1])], darker(colour, 0.75))
        nib.ink(top, foot, 0.012)
    nib.free()
