"""Figures: jointed cut-outs with wardrobe, hair and a face, drawn in metres with their feet at the origin."""

import math
import random
from dataclasses import dataclass

import skia

from episodes.cast import Character
from episodes.value import seed_from
from tools.video.brush import Brush, Point, darker, lighter, mix

BUILDS: dict[str, tuple[float, float]] = {
    "small": (0.90, 0.96), "slim": (1.0, 0.88), "average": (1.0, 1.0), "broad": (1.02, 1.2), "tall": (1.09, 1.0),
}  # fmt: skip
"""Height and width of each build, as factors."""


@dataclass(frozen=True)
class Pose:
    """Where the joints are, in degrees; 0 hangs down, positive swings the way the figure looks."""

    arms: tuple[float, float] = (6.0, 6.0)
    """Far and near upper arm."""
    elbows: tuple[float, float] = (12.0, 12.0)
    legs: tuple[float, float] = (-3.0, 3.0)
    knees: tuple[float, float] = (0.0, 0.0)
    drop: float = 0.0
    """Metres by which the hips are lower than when standing."""
    lean: float = 0.0
    """Degrees of the trunk."""
    nod: float = 0.0
    """Degrees of the head."""
    turn: float = 0.0
    """Where the face points: -1 left, 0 to the lens, 1 right."""
    away: bool = False
    gaze: float = 0.0
    """-1 to 1, across the eye."""
    blink: float = 0.0
    """0 open to 1 closed."""
    mouth: tuple[float, float] = (0.0, 0.5)
    """Opening and width, 0 to 1."""
    brow: float = 0.0
    """Raised brows, -1 to 1."""
    roll: float = 0.0
    """Degrees by which the whole figure has fallen over."""
    breath: float = 0.0
    """-1 to 1."""


@dataclass(frozen=True)
class Dress:
    """How a character looks: what never changes within a shot."""

    skin: str
    hair: str
    top: str
    legs: str
    shoes: str
    role: str
    cut: str
    """Hair: short, bun, long, curly, bald, cap."""
    beard: bool
    glasses: bool
    apron: str
    height: float
    width: float


def dress(character: Character) -> Dress:
    """Read a character's description into colours and parts; what is not said is chosen by the id, always alike."""
    chance = random.Random(seed_from("dress", character.id))
    officer = character.role in ("officer", "sergeant")
    plain = ["#7a4a3a", "#3f6b5c", "#7b6a3c", "#5b4a78", "#8a3d4a", "#476485"]
    top, legs, apron, shoes, hat = ("#2c4474" if officer else chance.choice(plain)), "#232c44", "", "#14161c", False
    for garment, colour in zip(character.wardrobe, (*character.colours, *[""] * 9), strict=False):
        words, shade = garment.lower(), colour or ""
        if any(word in words for word in ("trouser", "pants", "jeans", "skirt", "shorts")):
            legs = shade or legs
        elif any(word in words for word in ("boots", "shoes", "slippers", "clogs")):
            shoes = shade or shoes
        elif any(word in words for word in ("hat", "cap", "beanie")):
            hat = True
        elif "apron" in words:
            apron = shade or "#e8e0d0"
        elif shade:
            top = shade
    cuts = {"she": ["bun", "long", "curly", "short"], "he": ["short", "short", "curly", "bald"]}
    cut = "cap" if hat else chance.choice(cuts.get(character.pronoun, ["short", "curly", "bun"]))
    tall, wide = BUILDS[character.build]
    return Dress(
        skin=character.skin, hair=character.hair, top=top, legs=legs, shoes=shoes, role=character.role, cut=cut,
        beard=character.pronoun == "he" and chance.random() < 0.35, glasses=chance.random() < 0.25, apron=apron,
        height=tall, width=wide,
    )  # fmt: skip


def draw_figure(brush: Brush, dress: Dress, pose: Pose) -> None:
    """Draw one figure; the canvas stands at its feet, one unit a metre."""
    canvas = brush.canvas
    canvas.save()
    canvas.rotate(pose.roll)
    canvas.scale(dress.height, dress.height)
    wide, side = dress.width, pose.turn
    hip: Point = (0.0, 0.92 - pose.drop)
    front = 1.0 - 0.45 * abs(side)
    _legs(brush, dress, pose, hip, wide, front)
    canvas.save()
    canvas.translate(hip[0], -hip[1])
    canvas.rotate(pose.lean)
    canvas.translate(-hip[0], hip[1])
    _arm(brush, dress, pose, hip, wide, front, 0)
    _trunk(brush, dress, pose, hip[1], wide, front)
    _head(brush, dress, pose, hip[1])
    _arm(brush, dress, pose, hip, wide, front, 1)
    canvas.restore()
    canvas.restore()


def _swing(start: Point, length: float, degrees: float, sign: float) -> Point:
    angle = math.radians(degrees)
    return start[0] + sign * math.sin(angle) * length, start[1] - math.cos(angle) * length


def _limb(brush: Brush, a: Point, b: Point, thick: float, thin: float, colour: str) -> None:
    """A tapered limb with round joints."""
    length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1e-6
    nx, ny = -(b[1] - a[1]) / length, (b[0] - a[0]) / length
    brush.shape(
        [(a[0] + nx * thick, a[1] + ny * thick), (b[0] + nx * thin, b[1] + ny * thin),
         (b[0] - nx * thin, b[1] - ny * thin), (a[0] - nx * thick, a[1] - ny * thick)], colour,
    )  # fmt: skip
    brush.disc(*a, thick, colour)
    brush.disc(*b, thin, colour)


def _signs(pose: Pose) -> tuple[float, float]:
    """Directions in which the two limbs of a pair swing: apart when seen from the front, together from the side."""
    if abs(pose.turn) > 0.5:
        sign = math.copysign(1.0, pose.turn)
        return sign, sign
    return -1.0, 1.0


def _legs(brush: Brush, dress: Dress, pose: Pose, hip: Point, wide: float, front: float) -> None:
    for index, sign in enumerate(_signs(pose)):
        shade = darker(dress.legs, 0.22 if index == 0 else 0.0)
        top = (hip[0] + (-0.085 if index == 0 else 0.085) * wide * front, hip[1])
        knee = _swing(top, 0.44, pose.legs[index], sign)
        foot = _swing(knee, 0.43, pose.legs[index] - pose.knees[index], sign)
        _limb(brush, top, knee, 0.088 * wide, 0.066 * wide, shade)
        _limb(brush, knee, foot, 0.066 * wide, 0.05 * wide, shade)
        toe = 0.15 * pose.turn if abs(pose.turn) > 0.3 else 0.045 * sign
        brush.blob(
            [(foot[0] - 0.06, foot[1] + 0.04), (foot[0] + 0.06 + max(toe, 0), foot[1] + 0.035),
             (foot[0] + 0.06 + max(toe, 0), foot[1] - 0.06), (foot[0] - 0.06 + min(toe, 0), foot[1] - 0.06)],
            darker(dress.shoes, 0.1),
        )  # fmt: skip


def hand_at(dress: Dress, pose: Pose, index: int = 1) -> Point:
    """Return where a hand is, in metres from the feet, before the figure's own size and lean."""
    front = 1.0 - 0.45 * abs(pose.turn)
    shoulder = ((-0.205 if index == 0 else 0.205) * dress.width * front, 1.40 - pose.drop)
    sign = _signs(pose)[index]
    elbow = _swing(shoulder, 0.29, pose.arms[index], sign)
    return _swing(elbow, 0.27, pose.arms[index] + pose.elbows[index], sign)


def _arm(brush: Brush, dress: Dress, pose: Pose, hip: Point, wide: float, front: float, index: int) -> None:
    shade = darker(dress.top, 0.28 if index == 0 else 0.10)
    sign = _signs(pose)[index]
    shoulder = ((-0.205 if index == 0 else 0.205) * wide * front, hip[1] + 0.48)
    elbow = _swing(shoulder, 0.29, pose.arms[index], sign)
    hand = _swing(elbow, 0.27, pose.arms[index] + pose.elbows[index], sign)
    short = dress.role in ("officer", "sergeant", "dispatcher")
    _limb(brush, shoulder, elbow, 0.068 * wide, 0.052 * wide, shade)
    _limb(brush, elbow, hand, 0.047 * wide, 0.034 * wide, darker(dress.skin, 0.12) if short else shade)
    if short:
        brush.disc(*elbow, 0.056 * wide, shade)
    brush.oval(*hand, 0.085, 0.10, darker(dress.skin, 0.05))


def _trunk(brush: Brush, dress: Dress, pose: Pose, hip: float, wide: float, front: float) -> None:
    swell = 0.006 * pose.breath
    s, w, top = (0.225 * front + 0.02) * wide + swell, (0.155 * front + 0.035) * wide + swell, hip + 0.545 + swell
    body: list[Point] = [
        (-s * 0.55, top), (s * 0.55, top), (s * 1.04, top - 0.05), (s * 0.96, top - 0.22),
        (w, hip + 0.10), (w * 1.06, hip - 0.06),
        (-w * 1.06, hip - 0.06), (-w, hip + 0.10), (-s * 0.96, top - 0.22), (-s * 1.04, top - 0.05),
    ]  # fmt: skip
    brush.line([(0, hip + 0.50), (0, hip + 0.62)], darker(dress.skin, 0.25), 0.12 * wide)
    brush.shape(body, dress.top)
    canvas = brush.canvas
    canvas.save()
    path = skia.Path()
    path.addPoly([skia.Point(x, -h) for x, h in body], True)
    canvas.clipPath(path, True)
    # The side away from the light, and folds at the waist.
    brush.shape(
        [(-s * 1.2, top), (-s * 0.35, top), (-w * 0.5, hip - 0.1), (-w * 1.3, hip - 0.1)], darker(dress.top, 0.3), 0.8
    )
    if dress.apron and not pose.away:
        brush.box(-w * 0.8, hip - 0.1, w * 1.6, 0.42, dress.apron, round_=0.03)
        brush.line([(-w * 0.7, hip + 0.3), (-s * 0.4, top)], dress.apron, 0.025)
        brush.line([(w * 0.7, hip + 0.3), (s * 0.4, top)], dress.apron, 0.025)
    canvas.restore()
    if dress.role in ("officer", "sergeant"):
        _uniform(brush, dress, pose, hip, s, w, top)
    elif not pose.away:
        x = 0.05 * pose.turn
        brush.shape([(x - 0.065, top), (x + 0.065, top), (x, top - 0.10)], darker(dress.skin, 0.08))
        brush.line([(x, top - 0.11), (x, hip)], darker(dress.top, 0.35), 0.010)


def _uniform(brush: Brush, dress: Dress, pose: Pose, hip: float, s: float, w: float, top: float) -> None:
    """Belt, badge, body camera, microphone: what makes a shirt a uniform."""
    brush.box(-w * 1.08, hip - 0.075, w * 2.16, 0.065, "#0d0f14", round_=0.015)
    for x in (-0.85, -0.45, 0.55, 0.9):
        brush.box(w * x - 0.03, hip - 0.11, 0.06, 0.10, "#15181f", round_=0.012)
    if pose.away:
        brush.text("POLICE", 0, top - 0.2, 0.085, "#c9d2e0")
        return
    x = 0.06 * pose.turn
    brush.box(x - 0.022, hip - 0.068, 0.044, 0.05, "#c9a64a", round_=0.01)
    brush.shape([(x - 0.075, top), (x + 0.075, top), (x, top - 0.09)], "#10131a")
    brush.line([(x, top - 0.09), (x, hip)], darker(dress.top, 0.4), 0.012)
    for sign in (-1, 1):
        brush.box(x + sign * s * 0.45 - 0.055, top - 0.225, 0.11, 0.095, darker(dress.top, 0.25), round_=0.012)
    badge = x + s * 0.45
    brush.shape(
        [
            (badge - 0.034, top - 0.075),
            (badge + 0.034, top - 0.075),
            (badge + 0.028, top - 0.13),
            (badge, top - 0.155),
            (badge - 0.028, top - 0.13),
        ],
        "#e6bd57",
    )
    brush.disc(badge, top - 0.108, 0.014, "#8a6a24")
    brush.box(x - 0.035, top - 0.235, 0.07, 0.085, "#0b0d12", round_=0.012)
    brush.disc(x, top - 0.185, 0.016, "#31405c")
    brush.disc(x + 0.023, top - 0.222, 0.006, "#ff3b30")
    brush.box(-s * 0.82, top - 0.09, 0.05, 0.075, "#0b0d12", round_=0.01)


def _head(brush: Brush, dress: Dress, pose: Pose, hip: float) -> None:
    canvas = brush.canvas
    canvas.save()
    canvas.translate(0.02 * pose.turn, -(hip + 0.585))
    canvas.rotate(pose.nod)
    x, mid, skin = pose.turn * 0.034, 0.135, dress.skin
    hair = dress.hair
    if dress.cut in ("long", "curly") or (dress.cut == "bun" and pose.away):
        _back_hair(brush, dress, mid)
    for sign in (-1, 1):
        if sign * pose.turn < 0.4:
            brush.oval(sign * 0.108 + x * 0.2, mid - 0.015, 0.04, 0.062, darker(skin, 0.15))
    face: list[Point] = [
        (-0.07, mid + 0.185), (0.07, mid + 0.185), (0.135, mid + 0.13), (0.138, mid), (0.105, mid - 0.125),
        (0.0, mid - 0.178),         (-0.105, mid - 0.125), (-0.138, mid), (-0.135, mid + 0.13),
    ]  # fmt: skip
    brush.blob(face, hair if pose.away else skin)
    if pose.away:
        brush.blob(
            [(-0.08, mid - 0.06), (0.08, mid - 0.06), (0.07, mid - 0.15), (-0.07, mid - 0.15)], darker(skin, 0.15)
        )
    else:
        canvas.save()
        canvas.clipPath(_soft(face), True)
        brush.shape([(-0.2, 0.4), (-0.055 + x, 0.4), (-0.045 + x, -0.1), (-0.2, -0.1)], darker(skin, 0.20), 0.7)
        if dress.beard:
            brush.blob(
                [
                    (-0.14, mid - 0.02),
                    (-0.06 + x, mid - 0.075),
                    (0.06 + x, mid - 0.075),
                    (0.14, mid - 0.02),
                    (0.12, -0.1),
                    (-0.12, -0.1),
                ],
                mix(hair, skin, 0.12),
            )
        canvas.restore()
        _features(brush, dress, pose, x, mid)
    _hair(brush, dress, pose, x, mid)
    canvas.restore()


def _soft(points: list[Point]) -> skia.Path:
    from tools.video.brush import soft_outline_of

    return soft_outline_of(points)


def _back_hair(brush: Brush, dress: Dress, mid: float) -> None:
    low = -0.13 if dress.cut == "long" else 0.0
    brush.blob(
        [(-0.15, mid + 0.17), (0.15, mid + 0.17), (0.175, mid), (0.15, low), (-0.15, low), (-0.175, mid)],
        darker(dress.hair, 0.25),
    )


def _features(brush: Brush, dress: Dress, pose: Pose, x: float, mid: float) -> None:
    open_, wide = pose.mouth
    for sign in (-1, 1):
        ex, squeeze = x + sign * 0.047 * (1 - 0.25 * abs(pose.turn)), 1 - pose.blink
        if squeeze > 0.25:
            brush.oval(ex, mid + 0.012, 0.040, 0.030 * squeeze, "#f4efe6")
            brush.disc(
                ex + 0.009 * pose.gaze + 0.008 * pose.turn, mid + 0.012, 0.0125 * min(1.0, squeeze + 0.2), "#1b1512"
            )
        brush.line(
            [(ex - 0.021, mid + 0.012 + 0.014 * squeeze), (ex + 0.021, mid + 0.012 + 0.014 * squeeze)],
            darker(dress.skin, 0.5),
            0.007,
        )
        lift = mid + 0.047 + 0.012 * pose.brow
        brush.line(
            [(ex - 0.027, lift + 0.003 * sign), (ex, lift + 0.006), (ex + 0.026, lift - 0.003 * sign)],
            darker(dress.hair, 0.2),
            0.013,
        )
    nose = x * 1.5
    brush.shape(
        [(nose - 0.006, mid + 0.015), (nose + 0.022 + 0.02 * pose.turn, mid - 0.040), (nose - 0.016, mid - 0.040)],
        darker(dress.skin, 0.24),
    )
    my, half = mid - 0.078, 0.022 + 0.026 * wide
    if open_ > 0.08:
        brush.oval(x * 1.2, my - 0.006 * open_, half * 2, 0.014 + 0.044 * open_, "#3a1418")
        if open_ > 0.35:
            brush.oval(x * 1.2, my + 0.011 * open_, half * 1.3, 0.010, "#efe6da")
    else:
        brush.line([(x * 1.2 - half, my), (x * 1.2, my - 0.003), (x * 1.2 + half, my)], darker(dress.skin, 0.55), 0.009)
    if dress.glasses:
        for sign in (-1, 1):
            brush.canvas.drawOval(
                skia.Rect.MakeXYWH(x + sign * 0.048 - 0.032, -mid - 0.036, 0.064, 0.052), brush.pen("#15181f", 0.008)
            )
        brush.line([(x - 0.018, mid + 0.014), (x + 0.018, mid + 0.014)], "#15181f", 0.008)


def _hair(brush: Brush, dress: Dress, pose: Pose, x: float, mid: float) -> None:
    hair, shine = dress.hair, lighter(dress.hair, 0.14)
    if dress.cut == "cap":
        brush.blob(
            [(-0.14, mid + 0.20), (0.14, mid + 0.20), (0.145, mid + 0.05), (-0.145, mid + 0.05)], darker(dress.top, 0.2)
        )
        if not pose.away:
            brush.blob(
                [
                    (x * 2 - 0.13, mid + 0.085),
                    (x * 2 + 0.13, mid + 0.085),
                    (x * 2 + 0.15, mid + 0.045),
                    (x * 2 - 0.15, mid + 0.045),
                ],
                darker(dress.top, 0.45),
            )
        return
    if dress.cut == "bald":
        for sign in (-1, 1):
            brush.oval(sign * 0.113, mid + 0.03, 0.032, 0.075, hair)
        return
    fringe = mid + (0.072 if dress.cut == "short" else 0.062)
    brush.blob(
        [(-0.128, mid + 0.185), (0.02, mid + 0.205), (0.132, mid + 0.180), (0.140, mid + 0.03),
         (0.105 + x * 0.4, fringe + 0.005),          (x + 0.02, fringe + 0.03), (x - 0.05, fringe),
         (-0.105 + x * 0.4, fringe), (-0.140, mid + 0.03)], hair,
    )  # fmt: skip
    brush.line([(0.02, mid + 0.155), (0.09, mid + 0.125)], shine, 0.012, 0.7)
    if dress.cut == "bun":
        brush.disc(-0.02 - x, mid + 0.21, 0.058, darker(hair, 0.1))
    if dress.cut == "curly":
        for step in range(7):
            angle = math.radians(10 + step * 26.6)
            brush.disc(0.128 * math.cos(angle), mid + 0.055 + 0.118 * math.sin(angle), 0.043, hair)
