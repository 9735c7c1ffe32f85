"""Heads: how a skull turns before the lens, and the order in which face, hair and hat are laid on it.

Everything on a head is drawn in centimetres, the chin at the origin, looking to the right; a head that looks to the
left is its mirror image, under the same light.
"""

import math
from dataclasses import dataclass

import skia

from tools.video.brush import Point, darker
from tools.video.people.nib import Nib, between, blended, curved
from tools.video.people.skeleton import Pose
from tools.video.people.wardrobe import Dress

# Round the head from the chin up the face, over the crown and down the back.
_FRONT: tuple[Point, ...] = (
    (0, 0), (3.4, 0.3), (6.6, 2.7), (8.9, 6.8), (10.0, 11), (10.1, 14.5), (10.5, 17.5), (10.5, 21), (9.3, 25),
    (5.6, 28.4), (0, 29.5), (-5.6, 28.4), (-9.3, 25), (-10.5, 21), (-10.5, 17), (-10.1, 13), (-9.2, 8), (-6.6, 2.7),
    (-3.4, 0.3),
)  # fmt: skip
_HALF: tuple[Point, ...] = (
    (3.2, 0), (5.8, 0.5), (7.4, 3.2), (8.2, 6.8), (9.3, 10.8), (8.5, 14.2), (9.4, 17.3), (9.4, 21), (8.2, 25),
    (4, 28.4), (-2, 29.6), (-7.2, 28.2), (-10.8, 25), (-12.2, 21), (-12.2, 17), (-10.8, 12), (-6.6, 6.2), (-3.2, 2.6),
    (0.4, 0.5),
)  # fmt: skip
_SIDE: tuple[Point, ...] = (
    (6.4, 0.2), (8.4, 1.2), (8.0, 3.4), (8.9, 6.2), (8.7, 9.2), (8.1, 13.6), (9.4, 17.2), (9.2, 21), (7.6, 25),
    (3, 28.4), (-3, 29.4), (-8.4, 27.8), (-12, 24.4), (-13.4, 20), (-12.8, 15.5), (-9.6, 11), (-2.6, 6.4), (0.8, 3.0),
    (3.8, 0.8),
)  # fmt: skip
# Width of jaw and cheek and height of the whole, for each shape of face.
_SHAPES = {
    "round": (1.03, 1.07, 0.96), "long": (0.92, 0.94, 1.06), "square": (1.18, 1.0, 1.01), "heart": (0.84, 1.03, 1.0),
}  # fmt: skip
_NECK = 0.7
"""How far a face may turn from the chest, in quarter turns."""


@dataclass(frozen=True)
class View:
    """How a head is seen: the shape of its skull for a turn, and which way it looks."""

    turn: float
    """0 to the lens, 1 from the side."""
    sign: float
    """1 looks right, -1 left."""
    away: bool
    outline: tuple[Point, ...]
    """Round the head from the chin up the face, looking right."""
    jaw: float
    """Centimetres by which the chin hangs open."""

    def points(self, shape: list[Point]) -> list[Point]:
        """Return a shape that looks right as it is seen."""
        return [(x * self.sign, h) for x, h in shape]

    def at(self, x: float, h: float) -> Point:
        """Return one point as it is seen."""
        return x * self.sign, h

    def mix(self, front: float, half: float, side: float) -> float:
        """Return the value for this turn."""
        return between(self.turn, front, half, side)


def view_of(dress: Dress, pose: Pose) -> View:
    """Return how a figure's head is seen in a pose."""
    # A neck turns only so far: the face of somebody whose chest is to the lens is never seen quite from the side.
    chest = pose.turn if pose.body is None or pose.away else pose.body
    seen = min(max(pose.turn, chest - _NECK), chest + _NECK)
    turn = 0.0 if pose.away else min(abs(seen), 1.0)
    jaw_wide, cheek_wide, tall = _SHAPES[dress.face]
    jaw_wide *= (1.03 - 0.09 * dress.she) * (1.07 if dress.build == "broad" else 1.0)
    middle, jaw = between(turn, 0.0, 1.6, 2.4), 1.3 * pose.mouth[0]
    outline = []
    for index, (x, h) in enumerate(blended(turn, (_FRONT, _HALF, _SIDE))):
        if index <= 5 or index >= 15:
            low = min(max((13.0 - h) / 7.0, 0.0), 1.0)
            wide = cheek_wide + (jaw_wide - cheek_wide) * low
            x = middle + (x - middle) * wide
            h -= jaw * max(0.0, 1 - h / 6.0)
        outline.append((x, h * tall if h > 14 else h + (tall - 1) * h * 0.5))
    return View(turn, -1.0 if seen < 0 and not pose.away else 1.0, pose.away, tuple(outline), jaw)


def skull_of(view: View) -> skia.Path:
    """Return the outline of the head."""
    return curved(view.points(list(view.outline)))


def place_head(nib: Nib, dress: Dress, pose: Pose, x: float, h: float) -> None:
    """Put the canvas on the head's pivot, in centimetres; ends with the canvas's `restore`."""
    canvas = nib.canvas
    canvas.save()
    canvas.translate(x, h - 0.012)
    side = 0.0 if pose.away else pose.turn
    canvas.rotate(-pose.nod * side * 0.9 - pose.cock)
    size = 0.0107 * dress.head
    canvas.scale(size, size)
    # Seen from the front, a nod foreshortens the face.
    nodded = math.sin(math.radians(pose.nod)) * (1 - abs(side))
    canvas.translate(0, -6.0 * max(nodded, -0.5))


def draw_head_back(nib: Nib, dress: Dress, pose: Pose) -> None:
    """Draw what hangs behind the neck: hair, the back of a hat."""
    from tools.video.people.hair import draw_hair_behind

    draw_hair_behind(nib, dress, view_of(dress, pose))


def draw_head(nib: Nib, dress: Dress, pose: Pose) -> None:
    """Draw a head with its face, hair and hat; the canvas stands on its pivot."""
    from tools.video.people.faces import draw_ears, draw_face, draw_near_ear
    from tools.video.people.hair import draw_hair
    from tools.video.people.hats import draw_hat, draw_headset

    view = view_of(dress, pose)
    skull = skull_of(view)
    if view.away:
        draw_ears(nib, dress, view)
        nib.form(skull, dress.skin, 2.6)
    else:
        draw_face(nib, dress, pose, view, skull)
    draw_hair(nib, dress, view)
    if not view.away:
        draw_near_ear(nib, dress, view)
    if dress.hat:
        draw_hat(nib, dress, view)
    if dress.headset:
        draw_headset(nib, dress, view)


def jaw_shadow(dress: Dress) -> str:
    """Return the colour of skin where light cannot come."""
    return darker(dress.skin, 0.62)
