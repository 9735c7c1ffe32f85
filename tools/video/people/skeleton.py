"""The skeleton: a pose's joints in space, reached for by hand and foot, and how the lens sees them."""

import math
from dataclasses import dataclass

from tools.video.brush import Point
from tools.video.people.wardrobe import Dress

Spot = tuple[float, float, float]
"""Metres: outwards or right, up, and the way the chest faces."""
HIP = 0.935
"""Height of the hips when standing."""
_THIGH, _SHIN, _ANKLE = 0.43, 0.40, 0.085
_UPPER, _FORE = 0.275, 0.25
_FALL = 0.17
"""How much lower a point is seen for each metre that it is nearer to the lens, which looks down a little."""
_NEAR = 0.30
"""How much larger it is seen."""
_STUMP = 0.17
"""The least length of a forearm in the picture, in metres, however much it is foreshortened."""
_SEATED = 0.2
"""How low hips are, in metres, when hands belong in the lap."""
_HANG: Spot = (0.055, -0.50, 0.05)


@dataclass(frozen=True)
class Pose:
    """What a figure does with itself at one moment.

    In a pair the second is the hand or foot that acts: the nearer one, or the right one of a figure seen from the
    front. Hands and feet are given by where they are; elbows and knees find their own place.
    """

    hands: tuple[Spot, Spot] = (_HANG, _HANG)
    """Wrists, from their own shoulders: outwards, up, forwards."""
    grips: tuple[str, str] = ("rest", "rest")
    """Each hand: rest, fist, point, open, hold."""
    flares: tuple[float, float] = (0.5, 0.5)
    """How far the elbows stand out: 0 back and down, 1 outwards."""
    feet: tuple[Spot, Spot] = ((0.105, 0.0, -0.02), (0.115, 0.0, 0.03))
    """Ankles over the ground: outwards from the middle, up, forwards."""
    toes: tuple[float, float] = (16.0, 20.0)
    """Degrees that the feet are turned out."""
    heels: tuple[float, float] = (0.0, 0.0)
    """Degrees that the heels are raised; negative raises the toes."""
    knees: float = 0.12
    """How far the knees point outwards."""
    hips: Spot = (0.0, 0.0, 0.0)
    """Metres by which the hips are off the middle, towards the leg that acts; up; forwards."""
    drop: float = 0.0
    """Metres by which the hips are lower than when standing."""
    lean: float = 0.0
    """Degrees that the trunk leans forwards."""
    sway: float = 0.0
    """Degrees that it leans to the side of the hand that acts."""
    tilt: float = 0.0
    """Degrees by which the shoulder of the hand that acts hangs lower, and the hip under it stands higher."""
    shrug: float = 0.0
    """0 to 1: shoulders raised."""
    nod: float = 0.0
    """Degrees of the head, down."""
    cock: float = 0.0
    """Degrees of the head to its side."""
    turn: float = 0.0
    """Where the face points: -1 left, 0 to the lens, 1 right."""
    body: float | None = None
    """Where the chest points; none follows the face."""
    away: bool = False
    gaze: float = 0.0
    """-1 to 1, across the eye."""
    blink: float = 0.0
    """0 open to 1 closed."""
    mouth: tuple[float, float] = (0.0, 0.5)
    """Opening and width, 0 to 1."""
    brow: float = 0.0
    """Raised brows, -1 to 1."""
    mood: str = "calm"
    """calm, deadpan, surprise, suspicion, worry, anger or smile."""
    roll: float = 0.0
    """Degrees by which the whole figure has fallen over."""
    breath: float = 0.0
    """-1 to 1."""
    lift: float = 0.0
    """Metres off the ground, in a jump."""


@dataclass(frozen=True)
class Joint:
    """A point as the lens sees it."""

    x: float
    h: float
    z: float
    """Metres towards the lens."""

    @property
    def at(self) -> Point:
        """Its place in the picture."""
        return self.x, self.h

    @property
    def size(self) -> float:
        """How much larger it is seen than on the figure's own line."""
        return 1 + _NEAR * self.z


@dataclass(frozen=True)
class Limb:
    """Three joints: shoulder, elbow, wrist or hip, knee, ankle."""

    root: Joint
    middle: Joint
    end: Joint
    tip: Joint
    """Where hand or foot points to."""
    sign: float
    """-1 or 1: on which side of the body it is."""


@dataclass(frozen=True)
class Skeleton:
    """All joints of a figure, before its own height."""

    yaw: float
    """Radians: 0 to the lens, positive to the right."""
    arms: tuple[Limb, Limb]
    legs: tuple[Limb, Limb]
    spine: tuple[Joint, Joint, Joint]
    """Hips, waist, neck."""
    head: Joint
    slant: tuple[float, float]
    """Radians by which hips and shoulders slant in the picture."""


def yaw_of(pose: Pose) -> float:
    """Return where the chest faces, in radians."""
    body = pose.turn * 0.85 if pose.body is None else pose.body
    side = body * math.radians(82)
    return math.pi - side if pose.away else side


class _Lens:
    """Turns body space into the picture."""

    def __init__(self, yaw: float, lift: float) -> None:
        self._cos, self._sin, self._lift = math.cos(yaw), math.sin(yaw), lift

    def see(self, spot: Spot) -> Joint:
        x, h, z = spot
        depth = z * self._cos - x * self._sin
        return Joint(x * self._cos + z * self._sin, h - _FALL * depth + self._lift, depth)


def _reach(root: Spot, goal: Spot, first: float, second: float, pole: Spot) -> tuple[Spot, Spot]:
    """Return the joint between two bones that reach from root towards a goal, bent towards the pole, and the end."""
    dx, dy, dz = (goal[i] - root[i] for i in range(3))
    far = math.sqrt(dx * dx + dy * dy + dz * dz) or 1e-6
    ux, uy, uz = dx / far, dy / far, dz / far
    length = min(max(far, abs(first - second) + 0.02), (first + second) * 0.998)
    along = (first * first - second * second + length * length) / (2 * length)
    out = math.sqrt(max(first * first - along * along, 0.0))
    dot = pole[0] * ux + pole[1] * uy + pole[2] * uz
    px, py, pz = pole[0] - dot * ux, pole[1] - dot * uy, pole[2] - dot * uz
    size = math.sqrt(px * px + py * py + pz * pz) or 1e-6
    middle = (
        root[0] + ux * along + px / size * out,
        root[1] + uy * along + py / size * out,
        root[2] + uz * along + pz / size * out,
    )
    return middle, (root[0] + ux * length, root[1] + uy * length, root[2] + uz * length)


def pose_joints(dress: Dress, pose: Pose) -> Skeleton:
    """Return the joints of a figure in a pose, in metres from its feet, before its own height."""
    yaw = yaw_of(pose)
    lens = _Lens(yaw, pose.lift)
    # Turned to the right, the arm that acts is the one nearer to the lens.
    flip = -1.0 if 0.62 < yaw < math.pi - 0.62 else 1.0
    facing = math.cos(yaw)
    lean, sway, tilt = (math.radians(value) for value in (pose.lean, pose.sway * flip, pose.tilt * flip))
    hx, hz = pose.hips[0] * flip, pose.hips[2]
    hip: Spot = (hx, HIP - pose.drop + pose.hips[1], hz)
    waist = _along(hip, 0.24, lean * 0.6, sway * 0.6)
    neck = _along(waist, 0.315 + 0.006 * pose.breath, lean * 1.15, sway * 1.1)
    chest = _along(waist, 0.198 + 0.006 * pose.breath + 0.035 * pose.shrug, lean * 1.15, sway * 1.1)
    wide = (0.180 - 0.028 * dress.she) * dress.width**0.85
    side = (0.088 + 0.006 * dress.she) * dress.width**0.5
    hands = _rested(pose)
    arms, legs = [], []
    for index, sign in enumerate((-flip, flip)):
        slope = math.sin(tilt) * wide * sign
        shoulder = (chest[0] + sign * wide * math.cos(tilt), chest[1] - slope, chest[2] - 0.01)
        arms.append(_arm(lens, hands[index], pose.flares[index], sign, shoulder))
        root = (hip[0] + sign * side, hip[1] - 0.03 + math.sin(tilt) * side * sign * 0.8, hip[2])
        legs.append(_leg(lens, pose, index, sign, root))
    head = _along(neck, 0.012, lean * 0.9, sway * 0.5)
    head = (head[0], head[1], head[2] + 0.02)
    return Skeleton(
        yaw, (arms[0], arms[1]), (legs[0], legs[1]), (lens.see(hip), lens.see(waist), lens.see(neck)), lens.see(head),
        (tilt * 0.8 * facing, -tilt * facing),
    )  # fmt: skip


def _along(start: Spot, length: float, lean: float, sway: float) -> Spot:
    up = math.cos(lean) * math.cos(sway)
    return start[0] + length * math.sin(sway), start[1] + length * up, start[2] + length * math.sin(lean)


def _rested(pose: Pose) -> tuple[Spot, Spot]:
    """Return where the wrists of a pose are, with the hands of somebody who stands kept from before the crotch.

    Hands that are folded there together rest on the belt instead; one that the other has left falls to its own side.
    """
    if pose.drop > _SEATED:
        return pose.hands
    first, second = (_low_before(hand) for hand in pose.hands)
    together = first * second
    return _kept(pose.hands[0], first, together), _kept(pose.hands[1], second, together)


def _low_before(hand: Spot) -> float:
    """Return how far (0 to 1) a hand lies low and across before the body."""
    return _share(-hand[0], 0.06, 0.12) * _share(-hand[1], 0.33, 0.39) * _share(hand[2], 0.02, 0.10)


def _kept(hand: Spot, low: float, together: float) -> Spot:
    if low <= 0:
        return hand
    belt = (hand[0] - 0.012, hand[1] + 0.105, hand[2] + 0.015)
    goal = [side + (on - side) * together for side, on in zip(_HANG, belt, strict=True)]
    at = [was + (to - was) * low for was, to in zip(hand, goal, strict=True)]
    return at[0], at[1], at[2]


def _share(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)


def _arm(lens: _Lens, hand: Spot, flare: float, sign: float, shoulder: Spot) -> Limb:
    out, up, fore = hand
    goal = (shoulder[0] + sign * out, shoulder[1] + up, shoulder[2] + fore)
    # Elbows of hands that are held out aside stay at the ribs, or the forearm would point into the lens.
    aside = _share(out, 0.10, 0.18) * _share(-up, 0.10, 0.20)
    pole = (sign * (0.15 + flare - 1.1 * aside * flare), -0.55 - 0.5 * aside, -0.75 + 0.5 * flare + 0.35 * aside)
    elbow, wrist = _reach(shoulder, goal, _UPPER, _FORE, pole)
    start, middle = lens.see(shoulder), lens.see(elbow)
    aside = 2 * _share(lens.see(goal).x - start.x, -0.06, 0.06) - 1
    end = _unfolded(middle, lens.see(wrist), aside)
    tip = Joint(*(on + (on - was) * 0.62 for on, was in ((end.x, middle.x), (end.h, middle.h), (end.z, middle.z))))
    return Limb(start, middle, end, tip, sign)


def _unfolded(elbow: Joint, wrist: Joint, aside: float) -> Joint:
    """Return a wrist so far from its elbow in the picture that the forearm never looks like a stump.

    `aside` (-1 to 1) is where it leans when it points right into the lens.
    """
    dx, dh = wrist.x - elbow.x, wrist.h - elbow.h
    seen = math.hypot(dx, dh)
    if seen >= _STUMP:
        return wrist
    dx += 0.35 * aside * (_STUMP - seen)
    # A limit to the stretch lets a hand that sweeps past the lens pass instead of flipping over.
    gain = min(_STUMP / max(math.hypot(dx, dh), 1e-6), 3.0)
    deep = math.sqrt(_FORE * _FORE - _STUMP * _STUMP)
    depth = min(max(wrist.z - elbow.z, -deep), deep)
    return Joint(elbow.x + dx * gain, elbow.h + dh * gain, elbow.z + depth)


def _leg(lens: _Lens, pose: Pose, index: int, sign: float, root: Spot) -> Limb:
    out, up, fore = pose.feet[index]
    heel, toe = math.radians(pose.heels[index]), math.radians(pose.toes[index])
    goal = (sign * out, up + _ANKLE + 0.12 * max(0.0, math.sin(heel)), fore + 0.05 * max(0.0, math.sin(heel)))
    knee, ankle = _reach(root, goal, _THIGH, _SHIN, (sign * pose.knees, 0.0, 1.0))
    reach = 0.19 * math.cos(heel)
    tip = (
        ankle[0] + sign * math.sin(toe) * reach,
        ankle[1] - _ANKLE + 0.045 - 0.19 * math.sin(heel) + 0.02 * (heel < 0),
        ankle[2] + math.cos(toe) * reach,
    )
    return Limb(lens.see(root), lens.see(knee), lens.see(ankle), lens.see(tip), sign)
