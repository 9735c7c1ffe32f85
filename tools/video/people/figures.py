"""Figures: jointed cut-outs with wardrobe, hair and a face, drawn in metres with their feet at the origin."""

import math

import skia

from tools.video.brush import Brush, Point
from tools.video.people.collars import draw_collar
from tools.video.people.garments import LONG, draw_garment, looseness
from tools.video.people.heads import draw_head, draw_head_back, jaw_shadow, place_head
from tools.video.people.limbs import draw_arm, draw_leg, draw_pelvis, draw_skirt
from tools.video.people.nib import Nib, bone
from tools.video.people.skeleton import Limb, Pose, Skeleton, pose_joints
from tools.video.people.trunks import Trunk
from tools.video.people.wardrobe import BUILDS, Dress, dress

__all__ = ["BUILDS", "Dress", "Pose", "draw_figure", "dress", "hand_at"]


def draw_figure(brush: Brush, dress: Dress, pose: Pose) -> None:
    """Draw one figure; the canvas stands at its feet, one unit a metre."""
    canvas = brush.canvas
    canvas.save()
    canvas.rotate(pose.roll)
    # Somebody who lies has half the body's depth below the spine.
    canvas.translate(0, -0.13 * abs(math.sin(math.radians(pose.roll))))
    canvas.scale(dress.height, -dress.height)
    matrix = canvas.getTotalMatrix()
    nib = Nib(brush, math.hypot(matrix.getScaleX(), matrix.getSkewY()))
    bones = pose_joints(dress, pose)
    trunk = Trunk(dress, bones, pose.breath, looseness(dress))
    place_head(nib, dress, pose, bones.head.x, bones.head.h)
    draw_head_back(nib, dress, pose)
    canvas.restore()
    behind, before = _sorted_arms(bones)
    for index in behind:
        draw_arm(nib, dress, pose, bones, index, far=abs(math.sin(bones.yaw)) > 0.4)
    # Knees that come towards the lens cover the trunk; otherwise the trunk covers the tops of the legs.
    seated = pose.drop > 0.22 and max(leg.middle.z for leg in bones.legs) > 0.2
    if not seated:
        _legs(nib, dress, pose, bones, trunk)
    # Seen from the side or from behind, the neck comes out of the collar; from the front the collar lies round it.
    first = pose.away or abs(math.sin(bones.yaw)) > 0.78
    if first:
        _neck(nib, dress, pose, bones)
    draw_garment(nib, trunk, pose.away)
    if not first:
        _neck(nib, dress, pose, bones)
    draw_collar(nib, trunk, pose.away)
    if seated:
        _legs(nib, dress, pose, bones, trunk)
    place_head(nib, dress, pose, bones.head.x, bones.head.h)
    draw_head(nib, dress, pose)
    canvas.restore()
    for index in before:
        draw_arm(nib, dress, pose, bones, index, far=False)
    canvas.restore()


def hand_at(dress: Dress, pose: Pose, index: int = 1) -> Point:
    """Return where a hand is, in metres from the feet, before the figure's own size."""
    limb = pose_joints(dress, pose).arms[index]
    return limb.end.x + (limb.tip.x - limb.end.x) * 0.5, limb.end.h + (limb.tip.h - limb.end.h) * 0.5


def _sorted_arms(bones: Skeleton) -> tuple[list[int], list[int]]:
    """Return which arms the trunk covers, and which lie over it, the far one first."""
    middle = bones.spine[1].x

    def depth(arm: Limb) -> float:
        if arm.root.z <= -0.06:
            return arm.root.z - 1
        # Beside the body an arm is seen whole even when it swings back; behind the back it is not.
        hidden = arm.end.z < -0.08 and abs(arm.end.x - middle) < 0.16
        return arm.end.z if hidden else max(arm.end.z, arm.middle.z, 0.0)

    order = sorted((0, 1), key=lambda index: depth(bones.arms[index]))
    behind = [index for index in order if depth(bones.arms[index]) < 0]
    return behind, [index for index in order if index not in behind]


def _legs(nib: Nib, dress: Dress, pose: Pose, bones: Skeleton, trunk: Trunk) -> None:
    order = sorted((0, 1), key=lambda index: bones.legs[index].middle.z + 0.5 * bones.legs[index].end.z)
    for place, index in enumerate(order):
        draw_leg(nib, dress, pose, bones, index, far=place == 0)
    if pose.drop <= 0.22 and dress.lower not in ("skirt", "bare"):
        draw_pelvis(nib, dress, bones, trunk)
    if dress.lower == "skirt" or dress.garment in LONG:
        draw_skirt(nib, dress, bones, trunk, pose.away)


def _neck(nib: Nib, dress: Dress, pose: Pose, bones: Skeleton) -> None:
    thick = (0.057 - 0.012 * dress.she) * dress.width**0.5
    low, high = bones.spine[2].at, bones.head.at
    back = -0.018 * math.sin(bones.yaw)
    path = skia.Path()
    bone(path, (low[0] + back * 0.4, low[1] - 0.045), thick * 1.06, (high[0] + back, high[1] + 0.07), thick)
    nib.form(path, dress.skin, 0.030, 0.40)
    if pose.away:
        return
    # The chin throws the blackest shadow of a figure.
    nib.within(path)
    x, h, t = high[0], high[1] + 0.012, pose.turn
    if abs(t) < 0.3:
        nib.oval(x - 0.006 + 0.05 * t, h, 0.20, 0.105, jaw_shadow(dress))
    else:
        side = math.copysign(1.0, t)
        nib.patch([(x - 0.10 * side, h + 0.035), (x + 0.03 * side, h - 0.025), (x + 0.12 * side, h - 0.095),
                   (x + 0.16 * side, h + 0.1), (x - 0.10 * side, h + 0.1)], jaw_shadow(dress))  # fmt: skip
    nib.free()
