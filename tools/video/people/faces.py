"""Faces: eyes, brows, nose, mouth, whiskers and glasses, in centimetres on a head that may turn."""

from dataclasses import dataclass

import skia

from tools.video.brush import darker, mix
from tools.video.people.heads import View
from tools.video.people.nib import INK, Nib, cornered, curved
from tools.video.people.skeleton import Pose
from tools.video.people.wardrobe import Dress
from tools.video.people.whiskers import draw_moustache, draw_whiskers

_COVERED = ("bob", "long", "afro", "perm")
EYES, _BROWS, _MOUTH = 13.7, 17.0, 5.3
"""Centimetres above the chin."""
FAR_EYE = 0.78
"""Turn of a head beyond which the nose hides the far eye and its glass."""
_AHEAD = View(0.0, 1.0, False, (), 0.0)
_WHITE, _TEETH, _THROAT, _TONGUE = "#f1ebdd", "#efe8d8", "#1c0a10", "#a8454c"


@dataclass(frozen=True)
class _Mood:
    """What a mood does to a face."""

    lid: float = 1.0
    """Opening of the eyes as a factor."""
    pouch: float = 0.0
    """How far the lower lids are pressed up."""
    lift: float = 0.0
    """Centimetres by which the brows are raised."""
    knit: float = 0.0
    """Centimetres by which their inner ends hang lower."""
    skew: float = 0.0
    """Centimetres by which one brow stands higher than the other."""
    corner: float = 0.0
    """Corners of the mouth: -1 down, 1 up."""


_MOODS = {
    "calm": _Mood(),
    "deadpan": _Mood(0.64, 0.05, -0.5, 0.25, 0.0, -0.35),
    "surprise": _Mood(1.35, -0.1, 2.0, -0.5, 0.0, -0.1),
    "suspicion": _Mood(0.72, 0.25, -0.4, 0.9, 1.5, -0.35),
    "worry": _Mood(1.08, 0.0, 0.9, -1.3, 0.0, -0.7),
    "anger": _Mood(0.82, 0.3, -1.1, 1.7, 0.0, -0.8),
    "smile": _Mood(0.82, 0.4, 0.5, -0.1, 0.0, 1.0),
}


def draw_face(nib: Nib, dress: Dress, pose: Pose, view: View, skull: skia.Path) -> None:
    """Draw a face on its skull, ears included."""
    if dress.cut not in _COVERED:
        draw_ears(nib, dress, view)
    depth = view.mix(2.9, 2.6, 2.2) if view.sign > 0 else view.mix(2.9, 5.4, 6.6)
    if view.turn > 0.12:
        nib.fill(_nose(dress, view), darker(dress.skin, 0.34 if view.sign < 0 else 0.0))
    nib.form(skull, dress.skin, depth, 0.34)
    nib.within(skull)
    _cheeks(nib, dress, view)
    draw_whiskers(nib, dress, view)
    if dress.hat in ("peaked", "baseball", "campaign", "hard", "brim"):
        _brim_shadow(nib, dress, view)
    nib.free()
    mood = _MOODS.get(pose.mood, _MOODS["calm"])
    _eyes(nib, dress, pose, view, mood)
    _draw_nose(nib, dress, view)
    _mouth(nib, dress, pose, view, mood)
    if dress.beard in ("moustache", "goatee", "full"):
        draw_moustache(nib, dress, view)
    _lines_of_age(nib, dress, view)
    if dress.glasses:
        _glasses(nib, dress, view)


def draw_ears(nib: Nib, dress: Dress, view: View) -> None:
    """Draw the ears that stand out beside the head."""
    if view.turn > 0.3:
        return
    for side in (-1.0, 1.0):
        if side > 0 and view.turn > 0.18:
            continue
        x = side * 10.7 + view.turn * 3.0
        ear = curved(view.points([
            (x - side * 1.2, 9.8), (x + side * 1.0, 10.2), (x + side * 1.7, 13.2), (x + side * 1.1, 15.9),
            (x - side * 1.2, 16),
        ]))  # fmt: skip
        nib.form(ear, darker(dress.skin, 0.06), 0.9)
        if nib.fine:
            nib.ink(view.at(x + side * 0.9, 14.8), view.at(x, 11.4), 0.28, 0.2 * side * view.sign)


def draw_near_ear(nib: Nib, dress: Dress, view: View) -> None:
    """Draw the ear that lies on the side of a turned head, over its hair, unless the cut covers it."""
    if view.turn <= 0.12 or dress.cut in _COVERED:
        return
    x = view.mix(-10.6, -6.9, -2.7)
    wide = view.mix(0.6, 1.0, 1.25)
    ear = curved(view.points([
        (x - 0.2, 9.4), (x + 1.1 * wide, 10.6), (x + 1.5 * wide, 13.6), (x + 1.0 * wide, 15.6), (x - 0.8 * wide, 16.4),
        (x - 2.0 * wide, 14.8), (x - 1.5 * wide, 12),
    ]))  # fmt: skip
    nib.form(ear, dress.skin, 0.9)
    nib.ink(view.at(x + 0.9 * wide, 15.2), view.at(x - 0.5, 10.4), 0.3, 0.24 * view.sign)
    nib.ink(view.at(x - 1.6 * wide, 15.4), view.at(x - 0.2, 9.4), 0.28, 0.14 * view.sign)


def _cheeks(nib: Nib, dress: Dress, view: View) -> None:
    """Model the face: the hollow below the cheekbone, the plane beside the jaw, freckles."""
    shade = darker(dress.skin, 0.34)
    low = view.outline
    if dress.age > 0 or dress.build == "slim":
        near = low[15]
        nib.patch(view.points([
            (near[0], 10.5), (view.mix(-6.6, -2.0, 2.4), 8.6), (view.mix(-5.4, 0.0, 4.2), 3.8), (low[17][0], 1.4),
            (low[16][0] - 2, 5.0),
        ]), shade)  # fmt: skip
    if dress.mark == "freckles" and nib.fine:
        for dx, dh in ((-3.4, 10.6), (-2.2, 10.0), (-4.6, 9.8), (2.6, 10.5), (3.6, 9.9), (4.8, 10.4)):
            nib.disc(*view.at(dx + view.mix(0, 3.4, 5.4), dh), 0.24, darker(dress.skin, 0.3))
    elif dress.mark == "mole":
        _mole(nib, dress, view)


def _mole(nib: Nib, dress: Dress, view: View) -> None:
    """Draw a mole on the cheek that is its owner's, whichever way the head turns."""
    side = 1.0 if dress.lids > 0 else -1.0
    if side * view.sign < 0:
        nib.disc(*view.at(view.mix(-5.2, -0.6, 4.4), 7.6), 0.4, darker(dress.skin, 0.66))
    elif view.turn < 0.6:
        nib.disc(*view.at(view.mix(5.2, 7.4, 8.4), 7.6), 0.4, darker(dress.skin, 0.66))


def _brim_shadow(nib: Nib, dress: Dress, view: View) -> None:
    """Lay the shadow that a peak or a brim throws across the brow."""
    low = 16.2 if dress.hat in ("campaign", "peaked") else 17.4
    nib.patch(view.points([(-16, 30), (14, 30), (14, low + 0.7), (view.mix(0, 3, 6), low - 0.9), (-16, low + 0.7)]),
              darker(dress.skin, 0.56))  # fmt: skip


def _eyes(nib: Nib, dress: Dress, pose: Pose, view: View, mood: _Mood) -> None:
    open_ = mood.lid * (1 + 0.14 * dress.lids - 0.08 * (dress.age == 2))
    for near in (True, False):
        if near:
            x, half, outer = view.mix(-4.5, -0.1, 5.2), view.mix(2.35, 2.3, 1.5), -1.0
        else:
            if view.turn > FAR_EYE:
                continue
            x, half, outer = view.mix(4.5, 6.9, 8.4), view.mix(2.35, 1.6, 0.6), 1.0
        squeeze = open_ * (0.9 if mood.skew and near else 1.0) * (1 - pose.blink)
        _eye(nib, dress, pose, view, (x, half, outer), squeeze, mood.pouch)
        high = _BROWS + 1.5 * pose.brow + mood.lift + mood.skew * (0.0 if near else 1.0) + 0.35 * dress.lids
        _brow(nib, dress, view, (x, half, outer), high, mood.knit + 0.5 * (dress.age == 1) - 0.2)


def _eye(
    nib: Nib, dress: Dress, pose: Pose, view: View, place: tuple[float, float, float], open_: float, pouch: float
) -> None:
    x, half, outer = place
    inner_x, outer_x = x - outer * half, x + outer * half
    inner, corner = view.at(inner_x, EYES - 0.15), view.at(outer_x, EYES + 0.25)
    lash = (0.55 + 0.35 * dress.she) * (1.0 if open_ > 0.6 else 0.8)
    shade = darker(dress.skin, 0.36)
    if open_ < 0.16:
        nib.ink(inner, corner, lash * 0.8, 0.12 * outer * -view.sign)
        return
    open_ *= view.mix(1.0, 1.0, 0.84)
    up, down = 1.55 * open_, max(1.15 * min(open_, 1.15) - 1.1 * pouch, 0.15)
    top, low = view.at(x, EYES + 2 * up), view.at(x, EYES - 2 * down)
    # The lid between its crease and the lashes: the heavier, the more of it is seen.
    crease = view.at(x, EYES + 2 * up + 1.5 + max(0.0, 0.9 - open_) * 2)
    lid = skia.Path()
    lid.moveTo(*inner)
    lid.quadTo(*crease, *corner)
    lid.quadTo(*top, *inner)
    nib.fill(lid, shade)
    white = skia.Path()
    white.moveTo(*inner)
    white.quadTo(*top, *corner)
    white.quadTo(*low, *inner)
    white.close()
    nib.fill(white, _WHITE)
    nib.within(white)
    gaze = x + half * 0.42 * pose.gaze * view.sign + 0.35 * half * view.turn * (1 if half > 1 else 0)
    iris = view.at(gaze, EYES + 0.15)
    # From the side an iris is a narrow upright oval, no staring disc.
    wide = 1.32 * min(1.0, half / 1.9) * view.mix(1.0, 1.0, 0.78)
    nib.oval(*iris, wide * 2, view.mix(2.75, 2.75, 2.45), "#1b1512")
    if nib.pixels > 330:
        nib.disc(iris[0] + 0.45, iris[1] + 0.5, 0.36, _WHITE)
    nib.free()
    line = skia.Path()
    line.moveTo(*inner)
    line.quadTo(top[0], top[1] + lash, *view.at(outer_x + outer * (0.25 + 0.5 * dress.she), EYES + 0.35))
    line.quadTo(top[0], top[1] - min(lash * 0.75, up * 0.45), *inner)
    nib.fill(line, INK)
    if nib.fine and dress.age > 0:
        # Bags: what the night shift leaves.
        nib.ink(view.at(inner_x, EYES - 1.7), view.at(x + outer * half * 0.8, EYES - 1.9 - 0.3 * dress.age),
                0.16 + 0.08 * dress.age, 0.12 * outer * -view.sign, darker(dress.skin, 0.6))  # fmt: skip


def _brow(nib: Nib, dress: Dress, view: View, place: tuple[float, float, float], high: float, knit: float) -> None:
    x, half, outer = place
    inner = view.at(x - outer * (half + 0.35), high - knit)
    tail = view.at(x + outer * (half + 0.75), high - 0.35 + 0.3 * knit)
    colour = darker(dress.hair, 0.35) if dress.age < 2 else darker(dress.hair, 0.2)
    nib.ink(inner, tail, 0.95 * dress.brow, -0.10 * outer * -view.sign, colour, 0.3)


def nose_tip(dress: Dress, view: View) -> tuple[float, float]:
    """Return where the nose ends."""
    far, high = {
        "button": (-1.0, 0.4), "straight": (0.0, 0.0), "hooked": (0.7, -0.9), "broad": (-0.2, -0.2),
        "turned_up": (0.1, 0.9),
    }[dress.nose]  # fmt: skip
    far -= 0.5 * dress.she
    return view.mix(0.2, 7.3 + far * 0.7, 11.0 + far * 0.8), 9.5 + high


def _nose(dress: Dress, view: View) -> skia.Path:
    """Return the nose of a turned head."""
    tip_x, tip_h = nose_tip(dress, view)
    bridge = view.at(view.mix(0.6, 4.7, 8.4), 14.2)
    bump = 0.9 if dress.nose == "hooked" else -0.5 if dress.nose == "turned_up" else 0.0
    wing = view.mix(-1.8, 3.6, 6.6)
    path = skia.Path()
    path.moveTo(*bridge)
    path.quadTo(*view.at((view.mix(0.6, 4.9, 8.4) + tip_x) / 2 + bump, 12.2 + bump * 0.3), *view.at(tip_x, tip_h + 0.7))
    path.quadTo(*view.at(tip_x + 0.5 * view.turn, tip_h - 0.7), *view.at(view.mix(0.4, 6.0, 9.0), 8.3))
    path.lineTo(*view.at(wing, 8.9))
    path.lineTo(*view.at(view.mix(-0.6, 3.2, 6.0), 13.0))
    path.close()
    return path


def _draw_nose(nib: Nib, dress: Dress, view: View) -> None:
    """Draw the nose: one wedge of shadow and one short line for the nostril."""
    wide = 0.7 if dress.nose == "broad" else -0.3 if dress.nose in ("button", "straight") else 0.0
    if view.turn <= 0.12:
        _nose_in_front(nib, dress, wide)
    else:
        _nose_aside(nib, dress, view, wide)


def _nose_in_front(nib: Nib, dress: Dress, wide: float) -> None:
    _, tip = nose_tip(dress, _AHEAD)
    foot, left = tip - 0.9, -1.9 - wide
    wedge = skia.Path()
    wedge.moveTo(-0.9, 14.0)
    wedge.quadTo(-1.0, 11.6, left, foot + 1.2)
    wedge.quadTo(left - 0.3, foot - 0.1, left + 1.0, foot)
    wedge.quadTo(0.2, foot - 0.7, 1.5 + wide * 0.6, foot + 0.1)
    wedge.quadTo(0.6, foot + 0.5, 0.1, foot + 1.4)
    wedge.quadTo(-0.5, foot + 3.0, -0.9, 14.0)
    nib.fill(wedge, darker(dress.skin, 0.34))
    nib.ink((left + 0.5, foot + 0.1), (1.6 + wide, foot + 0.25), 0.42, -0.12, darker(dress.skin, 0.82))


def _nose_aside(nib: Nib, dress: Dress, view: View, wide: float) -> None:
    tip_x, tip_h = nose_tip(dress, view)
    shaded = view.sign < 0 and view.turn >= 0.35
    dark = darker(dress.skin, 0.82)
    nib.fill(_nose(dress, view), darker(dress.skin, 0.34) if shaded else dress.skin)
    base, wing = view.mix(0.4, 6.0, 8.7), view.mix(-1.8, 3.5, 6.5)
    under = skia.Path()
    under.moveTo(*view.at(tip_x + 0.1, tip_h - 0.1))
    under.quadTo(*view.at(tip_x - 0.2, 8.2), *view.at(base - 0.2, 8.1))
    under.quadTo(*view.at(wing + 0.6, 8.1), *view.at(wing - 0.2 * wide, 9.5))
    under.quadTo(*view.at((wing + tip_x) / 2, 9.5), *view.at(tip_x + 0.1, tip_h - 0.1))
    nib.fill(under, darker(dress.skin, 0.52 if shaded else 0.34))
    nib.ink(view.at(wing + 0.5, 8.7), view.at(base - 0.1, 8.35), 0.42, -0.10 * view.sign, dark)
    if view.turn < 0.8:
        # The far side of the bridge parts the nose from the cheek behind it: one line that ends at the tip.
        bridge, bump = view.mix(0.6, 4.9, 8.4), 0.09 if dress.nose == "hooked" else -0.05
        high = 11.8 if dress.glasses else 13.6
        nib.ink(
            view.at(bridge + 0.1 + 0.5 * (high < 13), high),
            view.at(tip_x + 0.25, tip_h + 0.1),
            0.36,
            bump * view.sign,
            dark,
            0.7,
        )


def _mouth(nib: Nib, dress: Dress, pose: Pose, view: View, mood: _Mood) -> None:
    open_, wide = pose.mouth
    x = view.mix(0.0, 4.0, 7.0)
    half = (1.7 + 2.4 * wide) * view.mix(1.0, 0.82, 0.5)
    near, far = x - half, min(x + half, view.mix(90, 8.0, 8.9))
    corner = 0.7 * (mood.corner + 0.45 * dress.corner)
    if view.turn > 0.75:
        far = view.mix(8.0, 8.0, 8.4)
    lip = mix(darker(dress.skin, 0.3), "#9a3b3f", 0.45)
    if open_ < 0.08:
        a, b = view.at(near - 0.5, _MOUTH + corner), view.at(far + 0.4 * (view.turn < 0.6), _MOUTH + corner * 0.8)
        if dress.lips > 0.55:
            nib.ink(
                view.at(near + 0.4, _MOUTH + 0.1), view.at(far - 0.2, _MOUTH + 0.1), 1.5, 0.06 * -view.sign, lip, 0.5
            )
        nib.ink(a, b, 0.58, (-0.10 if corner < 0.1 else -0.16) * view.sign * (1 if corner >= -0.1 else -0.6))
        nib.ink(view.at(x - half * 0.5, _MOUTH - 1.9), view.at(min(x + half * 0.5, far), _MOUTH - 1.9), 0.4,
                -0.12 * view.sign, darker(dress.skin, 0.5))  # fmt: skip
        return
    high, low = _MOUTH + 0.7 + 0.7 * open_, _MOUTH - 0.7 - 3.6 * open_
    edge = _MOUTH + corner * 0.5 - 0.5 * open_
    hole = skia.Path()
    hole.moveTo(*view.at(near, edge))
    hole.cubicTo(*view.at(near + half * 0.35, high + 0.3), *view.at(far - half * 0.35, high + 0.3), *view.at(far, edge))
    hole.cubicTo(*view.at(far - half * 0.1, low - 0.5), *view.at(near + half * 0.1, low - 0.5), *view.at(near, edge))
    hole.close()
    if dress.lips > 0.3 or wide < 0.3:
        nib.trace(hole, 0.9 + 0.5 * dress.lips, lip)
    nib.fill(hole, _THROAT)
    nib.within(hole)
    if wide > 0.3:
        # Teeth fill a hiss and a wide vowel, and stand above an open one.
        deep = 1.1 + 0.5 * wide if open_ > 0.25 else 1.5
        nib.patch(view.points([(near - 1, high + 2), (far + 1, high + 2), (far + 1, high - deep), (near - 1,
            high - deep)]),
                  _TEETH)  # fmt: skip
        if wide > 0.75 and open_ < 0.7:
            nib.patch(view.points([(near, low - 1), (far, low - 1), (far, low + 0.8), (near, low + 0.8)]), _TEETH)
    if open_ > 0.45:
        nib.oval(*view.at(x, low + 0.2), half * 1.3, 1.7, _TONGUE)
    nib.free()
    nib.ink(view.at(near - 0.3, edge), view.at(far + 0.2, edge), 0.5, (0.16 + 0.2 * open_) * 0.5 * view.sign)
    nib.ink(view.at(x - half * 0.5, low - 1.0), view.at(min(x + half * 0.5, far), low - 1.0), 0.35, -0.12 * view.sign,
            darker(dress.skin, 0.5))  # fmt: skip


def _lines_of_age(nib: Nib, dress: Dress, view: View) -> None:
    if not nib.fine:
        return
    tone = darker(dress.skin, 0.66)
    if dress.age == 2 or (dress.age == 1 and dress.build != "broad" and dress.she < 0.5):
        strength = 0.2 + 0.16 * (dress.age == 2)
        nib.ink(view.at(view.mix(-2.6, 2.4, 6.0), 8.6), view.at(view.mix(-4.4, 0.4, 4.6), 4.6), strength,
                0.12 * -view.sign, tone)  # fmt: skip
        if view.turn < 0.6:
            nib.ink(view.at(view.mix(2.6, 7.2, 9), 8.6), view.at(view.mix(4.4, 7.4, 9), 4.6), strength,
                0.12 * view.sign,
                    tone)  # fmt: skip
    if dress.age == 2:
        x = view.mix(0, 3.2, 6.0)
        for h, wide in ((20.6, 3.6), (22.4, 2.8)):
            nib.ink(view.at(x - wide, h), view.at(min(x + wide, 9.0), h), 0.26, -0.05 * view.sign, tone)
        nib.ink(view.at(view.mix(-7.6, -3.4, 1.6), 14.6), view.at(view.mix(-8.8, -5.0, -0.2), 15.6), 0.2, 0, tone)
        nib.ink(view.at(view.mix(-7.6, -3.4, 1.6), 13.4), view.at(view.mix(-8.8, -5.0, -0.2), 12.9), 0.2, 0, tone)


def _glasses(nib: Nib, dress: Dress, view: View) -> None:
    """Draw spectacles: a turned head narrows the near lens on its eye and leaves a sliver of the far one."""
    frame, thick = "#14161c", (0.7 if dress.glasses == "half" else 0.8) * view.mix(1.0, 0.85, 0.8)
    near, far = view.mix(-4.6, -0.1, 5.3), view.mix(4.6, 6.9, 8.0)
    near_half, far_half = view.mix(3.6, 2.7, 1.75), view.mix(3.6, 1.6, 0.4)
    _lens(nib, dress, view, (near, near_half), thick)
    if view.turn <= FAR_EYE:
        _lens(nib, dress, view, (far, far_half), thick)
        bridge = far - far_half
    else:
        # Seen from the side the bridge is a short bar that lies on the root of the nose.
        bridge = view.mix(0.0, 6.2, 8.5)
    nib.ink(view.at(near + near_half, EYES + 0.5), view.at(bridge, EYES + 0.6), 0.7, 0.2 * view.sign, frame)
    ears = [(near - near_half, view.mix(-10.6, -6.9, -2.7))]
    if view.turn < 0.2:
        ears.append((far + far_half, 10.5))
    for hinge, ear in ears:
        nib.stroke(view.points([(hinge, EYES + 0.5), (ear, EYES + 1.2)]), thick * 0.8, frame)


def _lens(nib: Nib, dress: Dress, view: View, place: tuple[float, float], thick: float) -> None:
    """Draw one lens with its rim; `place` is its middle, as on a head that looks right, and half its width."""
    half, h = place[1], EYES + 0.1
    tall = {"round": 3.5, "square": 3.0, "half": 2.8}[dress.glasses] * view.mix(1.0, 0.8, 0.76)
    middle = view.at(place[0], h)
    box = skia.Rect.MakeLTRB(middle[0] - half, h - tall, middle[0] + half, h + tall)
    path = skia.Path()
    if dress.glasses == "round":
        path.addOval(box)
    elif dress.glasses == "half":
        # Straight above and round below, with the eye in the middle.
        lens = skia.RRect()
        lens.setRectRadii(box, [(half * 0.85, tall * 1.2)] * 2 + [(min(0.8, half * 0.6),) * 2] * 2)
        path.addRRect(lens)
    else:
        corner = min(view.mix(0.9, 1.3, 1.3), half * 0.8)
        path.addRoundRect(box, corner, corner)
    if nib.pixels > 90:
        # A pane of light lies in the upper right corner of the glass.
        nib.within(path)
        x1, top = middle[0] + half, h + tall
        nib.veil(cornered([(x1 - half * 0.95, top), (x1, top), (x1, h - tall * 0.3)]), "#e6eef5", 0.34)
        nib.free()
    nib.trace(path, thick, "#14161c")
