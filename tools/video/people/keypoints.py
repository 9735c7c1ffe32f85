"""Keypoints: the 18 points of a body that pose models know, found in the very skeleton that a figure is drawn from.

Names and order are those of the COCO body model of OpenPose (Cao et al., 2019); left and right are the person's own.
"""

import math
from typing import Literal

import skia

from tools.video.brush import Brush, Point
from tools.video.people.faces import EYES, FAR_EYE, nose_tip
from tools.video.people.heads import View, place_head, view_of
from tools.video.people.nib import Nib
from tools.video.people.skeleton import Joint, Limb, Pose, pose_joints
from tools.video.people.wardrobe import Dress

Keypoint = Literal[
    "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
    "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle", "right_eye", "left_eye",
    "right_ear", "left_ear",
]  # fmt: skip

BONES: tuple[tuple[Keypoint, Keypoint], ...] = (
    ("neck", "right_shoulder"), ("neck", "left_shoulder"), ("right_shoulder", "right_elbow"),
    ("right_elbow", "right_wrist"), ("left_shoulder", "left_elbow"), ("left_elbow", "left_wrist"),
    ("neck", "right_hip"), ("right_hip", "right_knee"), ("right_knee", "right_ankle"), ("neck", "left_hip"),
    ("left_hip", "left_knee"), ("left_knee", "left_ankle"), ("neck", "nose"), ("nose", "right_eye"),
    ("right_eye", "right_ear"), ("nose", "left_eye"), ("left_eye", "left_ear"),
)  # fmt: skip
"""Which points a stick figure joins, in the order that gives each bone its colour."""


def keypoints(dress: Dress, pose: Pose) -> dict[Keypoint, Point]:
    """Return where a figure's points are seen, in metres right of and below its feet, its own height counted.

    A point of the head that the head itself hides is left out: whoever looks away has no nose.
    """
    canvas = skia.PictureRecorder().beginRecording(skia.Rect.MakeWH(1, 1))
    # The same steps as in `draw_figure`.
    canvas.rotate(pose.roll)
    canvas.translate(0, -0.13 * abs(math.sin(math.radians(pose.roll))))
    canvas.scale(dress.height, -dress.height)
    bones, found = pose_joints(dress, pose), dict[Keypoint, Point]()
    whole = canvas.getTotalMatrix()
    for limb in bones.arms:
        found |= _limb(whole, limb, ("shoulder", "elbow", "wrist"))
    for limb in bones.legs:
        found |= _limb(whole, limb, ("hip", "knee", "ankle"))
    (ax, ay), (bx, by) = found["left_shoulder"], found["right_shoulder"]
    found["neck"] = (ax + bx) / 2, (ay + by) / 2
    place_head(Nib(Brush(canvas), 1.0), dress, pose, bones.head.x, bones.head.h)
    return found | _head(canvas.getTotalMatrix(), dress, view_of(dress, pose))


def _limb(whole: skia.Matrix, limb: Limb, names: tuple[str, str, str]) -> dict[Keypoint, Point]:
    side = "left" if limb.sign > 0 else "right"
    joints: tuple[Joint, ...] = (limb.root, limb.middle, limb.end)
    return {_named(side, name): _mapped(whole, joint.at) for name, joint in zip(names, joints, strict=True)}


def _head(whole: skia.Matrix, dress: Dress, view: View) -> dict[Keypoint, Point]:
    """Return nose, eyes and ears as the head is turned; the side that it shows is the near one."""
    found: dict[Keypoint, Point] = {}
    # To the lens, what lies left in the picture is the person's right; seen from behind it is the left.
    near, far = ("right", "left") if (view.sign > 0) != view.away else ("left", "right")
    found[_named(near, "ear")] = _mapped(whole, view.at(view.mix(-10.6, -6.7, -2.4), 13.0))
    if view.turn <= 0.18:
        found[_named(far, "ear")] = _mapped(whole, view.at(10.6 + 3.0 * view.turn, 13.0))
    if view.away:
        return found
    found["nose"] = _mapped(whole, view.at(*nose_tip(dress, view)))
    found[_named(near, "eye")] = _mapped(whole, view.at(view.mix(-4.5, -0.1, 5.2), EYES))
    if view.turn <= FAR_EYE:
        found[_named(far, "eye")] = _mapped(whole, view.at(view.mix(4.5, 6.9, 8.4), EYES))
    return found


def _named(side: str, name: str) -> Keypoint:
    return f"{side}_{name}"  # type: ignore[return-value]


def _mapped(whole: skia.Matrix, point: Point) -> Point:
    seen = whole.mapPoints([skia.Point(*point)])[0]
    return seen.fX, seen.fY
