"""Poses: how people stand, sit, walk and gesture, and how one pose becomes another."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tools.video.people.skeleton import Pose, Spot

_HANG: Spot = (0.060, -0.495, 0.06)
_IDLES: tuple[tuple[tuple[Spot, Spot], tuple[str, str], tuple[float, float]], ...] = (
    (((-0.01, -0.385, 0.15), (-0.01, -0.385, 0.15)), ("fist", "fist"), (1.0, 1.0)),  # thumbs in the belt
    (((0.065, -0.495, 0.04), (0.035, -0.365, 0.03)), ("rest", "fist"), (0.4, 1.3)),  # a hand on the hip
    (((-0.145, -0.43, 0.19), (-0.15, -0.445, 0.205)), ("rest", "rest"), (0.7, 0.7)),  # hands folded before the body
    (((0.05, -0.50, 0.07), (-0.04, -0.17, 0.17)), ("rest", "fist"), (0.5, 0.7)),  # a hand at the collar
    (((-0.19, -0.27, 0.17), (-0.20, -0.235, 0.20)), ("fist", "rest"), (0.9, 0.9)),  # arms crossed
    (((-0.06, -0.42, -0.13), (-0.06, -0.42, -0.13)), ("rest", "rest"), (1.0, 1.0)),  # hands behind the back
    (((0.075, -0.485, 0.09), (0.05, -0.50, 0.03)), ("rest", "rest"), (0.6, 0.4)),  # let hang
)
_TALKS: tuple[Spot, ...] = (
    (0.04, -0.20, 0.27), (0.13, -0.26, 0.22), (-0.07, -0.17, 0.22), (0.05, -0.30, 0.24), (0.19, -0.16, 0.20),
)  # fmt: skip
"""Where a hand goes while its owner talks."""


@dataclass(frozen=True)
class Temper:
    """How somebody holds themselves when nothing happens; always alike for one person."""

    idle: int
    """Which of the ways to rest the hands."""
    weight: float
    """-1 or 1: the leg that carries."""
    both: bool
    """Whether both hands talk."""
    mood: str
    rhythm: float
    """Radians by which breath and blinks are off those of others."""

    @staticmethod
    def of(seed: int) -> "Temper":
        """Choose a temper by a seed."""
        return Temper(
            seed % len(_IDLES), 1.0 if seed // 7 % 2 else -1.0, bool(seed // 14 % 3 == 0),
            ("calm", "calm", "deadpan", "calm", "suspicion", "deadpan")[seed // 42 % 6], (seed // 252 % 628) / 100,
        )  # fmt: skip


def standing(temper: Temper, shifted: float) -> Pose:
    """Return somebody who stands with the weight on one leg; `shifted` (0 to 1) is how far it has gone to the other.

    The feet stay where they are.
    """
    hands, grips, flares = _IDLES[temper.idle]
    side = temper.weight * (1 - 2 * shifted)
    near = temper.weight > 0
    loose, firm = (0.155, 0.0, 0.07), (0.085, 0.0, -0.03)
    return Pose(
        hands=hands, grips=grips, flares=flares, feet=(loose, firm) if near else (firm, loose),
        toes=(34.0, 12.0) if near else (12.0, 34.0), hips=(0.030 * side, 0.0, 0.0), tilt=4.5 * side, sway=-1.6 * side,
        drop=0.004 + 0.016 * (1 - abs(side)), cock=2.0 * temper.weight, mood=temper.mood,
    )  # fmt: skip


def placed(pose: Pose, name: str, front: bool) -> Pose:
    """Return a standing pose as the named one of a subject: sit, crouch, lie, hands_up, point, carry, talk, lean.

    Args:
        pose: How it would stand.
        name: The pose's name; an unknown one is left standing.
        front: Whether it faces the lens.
    """
    made = _POSES.get(name)
    if made is None:
        return pose
    if name == "point":
        return replace(made, hands=(pose.hands[0], pointing(front)), grips=(pose.grips[0], "point"), feet=pose.feet,
                       toes=pose.toes, turn=pose.turn, body=pose.body, away=pose.away, breath=pose.breath,
                           blink=pose.blink,
                       gaze=pose.gaze)  # fmt: skip
    if name == "lie":
        # On the back: the face is up when the figure has rolled over.
        return replace(made, turn=-0.75, body=-1.0, breath=pose.breath, blink=pose.blink)
    if name == "talk":
        return replace(
            pose, hands=(pose.hands[0], _TALKS[0]), grips=(pose.grips[0], "open"), flares=(pose.flares[0], 0.4)
        )
    return replace(made, turn=pose.turn, body=pose.body, away=pose.away, breath=pose.breath, blink=pose.blink,
        gaze=pose.gaze,
                   cock=pose.cock, mood=made.mood if made.mood != "calm" else pose.mood)  # fmt: skip


def pointing(front: bool) -> Spot:
    """Return where the hand points: ahead, or aside when ahead is into the lens."""
    return (0.44, 0.06, 0.20) if front else (-0.04, 0.05, 0.50)


_POSES: Mapping[str, Pose] = {
    "sit": Pose(
        drop=0.385, hips=(0.0, 0.0, -0.06), feet=((0.085, 0.0, 0.33), (0.10, 0.0, 0.38)), toes=(6.0, 10.0), knees=0.02,
        hands=((-0.105, -0.315, 0.24), (-0.03, -0.325, 0.26)), grips=("rest", "rest"), flares=(0.55, 0.7), lean=4.0,
    ),
    "crouch": Pose(
        drop=0.50, hips=(0.02, 0.0, -0.12), feet=((0.13, 0.0, -0.10), (0.12, 0.0, 0.16)), toes=(14.0, 16.0),
        heels=(42.0, 0.0), knees=0.35, lean=26.0, nod=-10.0, hands=((-0.02, -0.30, 0.24), (0.0, -0.27, 0.32)),
        flares=(0.8, 0.5), tilt=3.0,
    ),
    "lie": Pose(
        roll=86.0, hands=((0.10, -0.46, -0.02), (0.16, -0.40, 0.16)), feet=((0.08, 0.0, 0.0), (0.10, 0.10, 0.20)),
        heels=(30.0, 20.0), toes=(30.0, 24.0), nod=-4.0, mood="deadpan",
    ),
    "hands_up": Pose(
        hands=((0.17, 0.235, 0.10), (0.15, 0.285, 0.08)), grips=("open", "open"), flares=(1.2, 1.2), brow=0.5,
        mood="worry", shrug=0.6, feet=((0.11, 0.0, -0.02), (0.12, 0.0, 0.02)), drop=0.006,
    ),
    "point": Pose(lean=3.0, tilt=-4.0, hips=(0.02, 0.0, 0.0), drop=0.012, flares=(0.6, 0.4)),
    "carry": Pose(
        hands=((-0.05, -0.275, 0.28), (-0.05, -0.29, 0.29)), grips=("hold", "hold"), flares=(0.8, 0.8), lean=-5.0,
        drop=0.006, feet=((0.12, 0.0, -0.04), (0.12, 0.0, 0.05)),
    ),
    "lean": Pose(
        sway=9.0, hips=(-0.075, 0.0, 0.0), hands=((-0.19, -0.27, 0.17), (-0.20, -0.235, 0.20)), grips=("fist", "rest"),
        flares=(0.9, 0.9), feet=((0.10, 0.0, 0.0), (-0.02, 0.0, 0.13)), toes=(12.0, 8.0), heels=(0.0, 18.0), tilt=-5.0,
        drop=0.02, cock=-3.0,
    ),
}  # fmt: skip


def walking(pose: Pose, phase: float, run: bool) -> Pose:
    """Return a pose on the move: contact, passing, up, for each leg in turn.

    A foot meets the ground where `phase` (radians) is a quarter turn past a whole number of half turns.
    """
    reach = 0.30 if run else 0.25
    feet, heels = [], []
    for index in (0, 1):
        share = (phase / (2 * math.pi) - 0.25 + 0.5 * index) % 1.0
        fore, up, heel = _stepped(share, run)
        feet.append((0.06 if run else 0.075, up, fore * reach))
        heels.append(heel)
    swing = math.sin(phase)
    beat = math.cos(2 * phase)
    arms = []
    for index in (0, 1):
        fore = -swing * (1 if index == 0 else -1)
        if run:
            arms.append((0.02 - 0.06 * max(0.0, fore), -0.28 + 0.10 * max(0.0, fore), 0.02 + 0.24 * fore))
        else:
            arms.append((0.05 - 0.02 * fore, -0.485 + 0.02 * abs(fore), 0.05 + 0.17 * fore))
    # Lowest just after contact, highest when the other leg passes.
    low = 0.055 + 0.035 * beat if run else 0.014 - 0.016 * beat
    busy = pose.grips[1] in ("hold", "point")
    return replace(
        pose, feet=(feet[0], feet[1]), heels=(heels[0], heels[1]), toes=(8.0, 8.0), knees=0.06,
        hands=(arms[0], pose.hands[1] if busy else arms[1]),
        grips=("fist" if run else "rest", pose.grips[1] if busy else "fist" if run else "rest"),
        flares=(0.3, pose.flares[1] if busy else 0.3), drop=low, lean=(15.0 if run else 4.0),
        hips=(0.022 * swing, 0.0, 0.03 if run else 0.0), tilt=(5.0 if run else 4.0) * -swing, sway=1.2 * swing,
            cock=0.0,
        nod=2.0 * beat - (6.0 if run else 0.0), lift=_flight(phase) if run else 0.0,
    )  # fmt: skip


def _flight(phase: float) -> float:
    """Return how high a runner is off the ground, in metres: for one drawing of four, right before a foot lands."""
    share = (phase / (2 * math.pi) - 0.25) % 0.5
    away = min(abs(share - 0.42), share + 0.08)
    return 0.06 * math.cos(math.pi / 2 * min(1.0, away / 0.09))


def _stepped(share: float, run: bool) -> tuple[float, float, float]:
    """Return how far forwards (-1 to 1), how high and how much on its toes a foot is; 0 is when it meets the ground."""
    ground = 0.38 if run else 0.54
    if share < ground:
        way = share / ground
        heel = -16 * (1 - way / 0.15) if way < 0.15 else 40 * max(0.0, (way - 0.66) / 0.34) ** 1.5
        return 1 - 2 * way, 0.0, heel
    way = (share - ground) / (1 - ground)
    smooth = way * way * (3 - 2 * way)
    high = (0.30 if run else 0.105) * math.sin(math.pi * way) ** 0.9 * (1.25 - 0.5 * way)
    return -1 + 2 * smooth, high, (70 if run else 48) * (1 - way) ** 1.4 - 16 * way**3


def talking(pose: Pose, temper: Temper, time: float) -> Pose:
    """Return a pose whose hands lead the words: each beat they go to a new place, a little too far, and rest."""
    beat = 0.75
    number, into = divmod(time + temper.rhythm, beat)
    now, last = (_talk_at(temper, int(number) - back) for back in (0, 1))
    share = min(1.0, into / 0.25)
    part = 1 + (share - 1) ** 2 * (2.4 * (share - 1) + 1.4)
    near = _spot(last, now, part)
    far = pose.hands[0]
    grips, flares = (pose.grips[0], "open"), (pose.flares[0], 0.45)
    if temper.both:
        far, grips, flares = (near[0], near[1] - 0.03, near[2]), ("open", "open"), (0.45, 0.45)
    lift = 1.0 if int(number) % 2 else -1.0
    return replace(
        pose, hands=(far, near), grips=grips, flares=flares, cock=pose.cock + 2.5 * lift * part,
        nod=pose.nod + 3.0 * (1 - part) + 1.0 * lift, brow=0.45 * (int(number) % 3 == 0) + pose.brow,
    )  # fmt: skip


def _talk_at(temper: Temper, number: int) -> Spot:
    return _TALKS[(number * 3 + temper.idle) % len(_TALKS)]


def _spot(a: Spot, b: Spot, share: float) -> Spot:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def _pair(a: tuple[float, float], b: tuple[float, float], share: float) -> tuple[float, float]:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def toward(pose: Pose, goal: Pose, share: float) -> Pose:
    """Return the pose `share` of the way to another; below 0 and above 1 it winds up and goes too far."""
    if not share:
        return pose

    def mid(a: float, b: float) -> float:
        return a + (b - a) * share

    over = share > 0.4
    body = goal.body
    if pose.body is not None or goal.body is not None:
        body = mid(
            pose.turn * 0.85 if pose.body is None else pose.body, goal.turn * 0.85 if goal.body is None else goal.body
        )
    return replace(
        pose, hands=(_spot(pose.hands[0], goal.hands[0], share), _spot(pose.hands[1], goal.hands[1], share)),
        grips=goal.grips if over else pose.grips, flares=_pair(pose.flares, goal.flares, share),
        feet=(_spot(pose.feet[0], goal.feet[0], share), _spot(pose.feet[1], goal.feet[1], share)),
        toes=_pair(pose.toes, goal.toes, share), heels=_pair(pose.heels, goal.heels, share), knees=mid(pose.knees,
            goal.knees),
        hips=_spot(pose.hips, goal.hips, share), drop=mid(pose.drop, goal.drop), lean=mid(pose.lean, goal.lean),
        sway=mid(pose.sway, goal.sway), tilt=mid(pose.tilt, goal.tilt), shrug=mid(pose.shrug, goal.shrug),
        nod=mid(pose.nod, goal.nod), cock=mid(pose.cock, goal.cock), turn=mid(pose.turn, goal.turn), body=body,
        gaze=mid(pose.gaze, goal.gaze), brow=mid(pose.brow, goal.brow), mood=goal.mood if over else pose.mood,
        roll=mid(pose.roll, goal.roll), lift=mid(pose.lift, goal.lift),
    )  # fmt: skip
