"""Hats and headsets, in centimetres on a head that may turn."""

import skia

from tools.video.brush import Point, darker, lighter
from tools.video.people.heads import View
from tools.video.people.nib import INK, Nib, blended, curved
from tools.video.people.wardrobe import Dress

_GOLD = "#d9b04c"


def draw_hat(nib: Nib, dress: Dress, view: View) -> None:
    """Draw what is worn on the head."""
    {
        "peaked": _peaked, "baseball": _baseball, "campaign": _broad, "brim": _broad, "hard": _hard, "beanie": _beanie,
        "top": _tall, "chef": _chef,
    }[dress.hat](nib, dress, view)  # fmt: skip


def _edges(view: View, spare: float) -> tuple[float, float, float]:
    """Return the back, the front and the middle of the head where a hat sits."""
    back, front = view.outline[13][0] - spare, view.outline[7][0] + spare
    return back, front, (back + front) / 2


def _peak(nib: Nib, view: View, colour: str, low: float, reach: float) -> None:
    """Draw the peak of a cap, pointing where the face looks."""
    if view.away:
        return
    back, front, _ = _edges(view, 0.2)
    root = view.mix(back + 0.8, -3.6, 2.4)
    tip = view.mix(0.0, 9.0, front + reach)
    far = view.mix(front - 0.8, front + 0.8, front + reach * 0.9)
    drop = view.mix(3.0, 2.6, 1.4)
    path = skia.Path()
    path.moveTo(*view.at(root, low + 0.6))
    path.cubicTo(*view.at(view.mix(root + 1, 0, 5), low - drop * 0.9), *view.at(tip - 2, low - drop * 1.25),
                 *view.at(tip + view.mix(3, 1.4, 0.4), low - drop))  # fmt: skip
    path.quadTo(
        *view.at(far + view.mix(-1.0, 1.2, 0.8), low - drop * 0.7), *view.at(far, low + view.mix(0.6, 0.2, -0.4))
    )
    path.quadTo(*view.at(view.mix(0, 5, 8), low + view.mix(-0.6, 0.4, 1.4)), *view.at(root, low + 0.6))
    path.close()
    nib.fill(path, colour)
    shine = view.at(view.mix(-4.6, 3.0, 6.0), low - drop * 0.5), view.at(view.mix(6.4, 9.0, 12.0), low - drop * 0.46)
    nib.ink(*shine, 0.3, -view.mix(0.07, 0.05, 0.02) * view.sign, lighter(colour, 0.3))


def _peaked(nib: Nib, dress: Dress, view: View) -> None:
    colour = dress.hat_colour
    back, front, middle = _edges(view, 0.7)
    wide = view.mix(4.2, 4.2, 3.6)
    # Each wearer has given the cap a shape of its own: steep or flat.
    rise = 0.8 * dress.lids
    crown = curved(view.points([
        (back + 0.2, 23.5), (back - wide, 29.0), (back - wide + 1.8, 31.6 + rise),
        (middle + view.mix(0, 1.0, 2.0), 34.6 + rise * 1.5),
        (front + wide - 1.4, 32.4 + rise), (front + wide * 0.8, 29.6), (front, 23.5),
    ]), 0.15)  # fmt: skip
    nib.form(crown, colour, 4.0, 0.5)
    band = view.points([(back, 21.0), (back, 24.8), (middle, 24.2), (front, 24.8), (front, 21.0), (middle, 19.8)])
    nib.patch(band, darker(colour, 0.62))
    nib.stroke(view.points([(back, 24.6), (middle, 24.0), (front, 24.6)]), 0.4, INK)
    _peak(nib, view, "#0d0f15", 20.6, 5.2)
    if not view.away:
        x = view.mix(0, 5.0, 9.4)
        slim = view.mix(1.0, 0.8, 0.35)
        nib.soft(view.points([(x - 1.9 * slim, 29.4), (x, 30.4), (x + 1.9 * slim, 29.4), (x + 1.5 * slim, 26.4), (x,
            25.2),
                              (x - 1.5 * slim, 26.4)]), _GOLD)  # fmt: skip
        nib.ink(view.at(view.mix(back + 1, -3, 3), 22.2), view.at(front - 0.2, 22.2), 0.4, -0.06 * view.sign, _GOLD)
    nib.ink(view.at(middle - 3, 31.4), view.at(back + 0.4, 26.2), 0.5, 0.12 * view.sign)


_BILL: tuple[tuple[Point, ...], tuple[Point, ...], tuple[Point, ...]] = (
    ((-9.8, 20.4), (-6.4, 22.7), (0, 23.6), (6.4, 22.7), (9.8, 20.4), (9.4, 18.9), (5.4, 18.0), (0, 17.7), (-5.4, 18.0),
     (-9.4, 18.9)),
    ((-3.2, 20.6), (0.4, 22.4), (5.4, 23.2), (9.8, 22.6), (13.4, 20.8), (15.6, 18.9), (14.2, 17.7), (9.2, 17.5),
     (3.4, 18.2), (-1.6, 19.2)),
    ((1.0, 20.6), (4.0, 21.8), (8.0, 22.4), (12.0, 21.7), (16.2, 20.2), (19.4, 18.5), (18.8, 17.6), (14.8, 18.1),
     (9.6, 19.0), (4.6, 19.9)),
)  # fmt: skip
"""The bill of a baseball cap from its near root over the top to the tip and back below."""


def _bill(nib: Nib, view: View, colour: str) -> None:
    """Draw the bill of a baseball cap: lit above, black below its rim."""
    shape = blended(view.turn, _BILL)
    path = curved(view.points(shape), 0.15)
    nib.fill(path, darker(colour, 0.66))
    nib.within(path)
    rise = view.mix(1.3, 1.0, 0.7)
    nib.fill(curved(view.points([(x, h + rise) for x, h in shape]), 0.15), colour)
    nib.free()
    top, low = shape[1:5], shape[6:9]
    nib.stroke(view.points([shape[0], *top[:3]] if view.turn > 0.3 else [shape[0], *top]), 0.45, INK)
    if nib.fine:
        # The stitching along the rim.
        nib.stroke(view.points([(x, h + rise + 0.9) for x, h in low]), 0.28, lighter(colour, 0.3))


def _baseball(nib: Nib, dress: Dress, view: View) -> None:
    colour = lighter(dress.hat_colour, 0.08)
    back, front, middle = _edges(view, 0.9)
    crown = curved(view.points([
        (back, 20.0), (back - 0.2, 25.0), (back + 3.4, 30.2), (middle + view.mix(0, 0.4, 0.6), 32.2),
        (front - 4.4, 31.0), (front - 0.4, 26.4), (front - 0.2, 20.8), (middle, 19.8),
    ]), 0.16)  # fmt: skip
    nib.form(crown, colour, 3.2, 0.45)
    if view.away:
        nib.oval(0, 20.8, 6.4, 3.4, darker(dress.hair, 0.3))
        return
    seam, slim = view.mix(0, 4.2, 8.0), view.mix(1.0, 0.82, 0.4)
    for foot, bow in ((seam - 6.4 * slim, 0.12), (seam + 6.4 * slim, -0.12)):
        if foot < front - 1.6:
            nib.ink(view.at(middle + (foot - middle) * 0.1, 31.8), view.at(foot, 22.2), 0.3, bow * view.sign,
                    darker(colour, 0.7))  # fmt: skip
    _bill(nib, view, lighter(dress.hat_colour, 0.16))
    h = 26.6
    if dress.serves:
        nib.soft(view.points([
            (seam - 2.0 * slim, h + 1.5), (seam, h + 2.3), (seam + 2.0 * slim, h + 1.5), (seam + 1.6 * slim, h - 1.2),
            (seam, h - 2.3), (seam - 1.6 * slim, h - 1.2),
        ]), _GOLD)  # fmt: skip
        nib.oval(*view.at(seam, h + 0.1), 1.6 * slim, 1.6, darker(_GOLD, 0.55))
    else:
        nib.oval(*view.at(seam, h), 4.2 * slim, 4.0, lighter(colour, 0.55))
        nib.oval(*view.at(seam, h), 2.8 * slim, 2.6, darker(colour, 0.25))
    nib.oval(*view.at(middle + view.mix(0, 0.4, 0.6), 32.3), 1.8, 1.0, darker(colour, 0.4))


def _broad(nib: Nib, dress: Dress, view: View) -> None:
    """Draw a campaign hat, or a softer one with a narrower brim."""
    colour, campaign = dress.hat_colour, dress.hat == "campaign"
    back, front, middle = _edges(view, 0.6)
    reach, high = (7.0, 35.0) if campaign else (3.6, 33.0)
    brim = curved(view.points([
        (back - reach, 22.6), (middle, 24.6), (front + reach, 22.6), (front + reach * 0.7, 20.9), (middle, 19.4),
        (back - reach * 0.7, 20.9),
    ]))  # fmt: skip
    pinch = 1.6 if campaign else 0.6
    crown = curved(view.points([
        (back + 0.2, 22.4), (back + 1.6, 29.5), (back + 4.2, high - pinch), (middle + 0.6, high - 1.8),
        (front - 3.4, high - pinch * 0.4), (front - 1.0, 29.5), (front - 0.2, 22.4), (middle, 21.4),
    ]), 0.14)  # fmt: skip
    nib.form(brim, darker(colour, 0.12), 1.4, 0.5)
    nib.form(crown, colour, 3.6, 0.45)
    nib.patch(view.points([(back + 0.3, 22.2), (back + 0.6, 24.6), (middle, 23.8), (front - 0.5, 24.6), (front - 0.2,
        22.2),
                           (middle, 21.2)]), darker(colour, 0.72))  # fmt: skip
    nib.ink(view.at(middle + 1.0, high - 2.2), view.at(middle + 0.2, 26.8), 0.6, 0.08)
    if campaign and not view.away:
        nib.disc(*view.at(view.mix(0, 4.4, 8.2), 25.6), 1.2, _GOLD)


def _hard(nib: Nib, dress: Dress, view: View) -> None:
    colour = dress.hat_colour
    back, front, middle = _edges(view, 1.4)
    nib.form(curved(view.points([
        (back, 20.6), (back + 0.4, 26.8), (back + 5, 31.6), (middle, 32.8), (front - 5, 31.6), (front - 0.2, 26.8),
        (front, 20.6), (middle, 20.2),
    ])), colour, 3.4, 0.4)  # fmt: skip
    _peak(nib, view, darker(colour, 0.2), 21.2, 3.4)
    nib.ink(view.at(middle - 2, 32), view.at(view.mix(-2, 1.5, 4), 22), 0.5, 0.1 * view.sign)
    nib.ink(view.at(middle + 2, 32), view.at(view.mix(2, 5, 7.5), 22), 0.5, 0.0)


def _beanie(nib: Nib, dress: Dress, view: View) -> None:
    colour = dress.hat_colour
    back, front, middle = _edges(view, 1.0)
    nib.form(curved(view.points([
        (back, 20.0), (back + 0.2, 26), (back + 4, 31), (middle - 0.4, 33.2), (front - 4, 31), (front, 26), (front,
            20.4),
    ]), 0.18), colour, 3.0, 0.45)  # fmt: skip
    cuff: list[Point] = [(back - 0.5, 19.4), (back - 0.6, 23.6), (middle, 24.4), (front + 0.6, 23.8), (front + 0.5,
        19.8),
                         (middle, 19.6)]  # fmt: skip
    nib.form(curved(view.points(cuff), 0.1), lighter(colour, 0.1), 1.6, 0.4)
    for share in (0.2, 0.4, 0.6, 0.8):
        x = back + (front - back) * share
        nib.ink(view.at(x, 20.2), view.at(x, 23.6), 0.3)


def _tall(nib: Nib, dress: Dress, view: View) -> None:
    colour = dress.hat_colour
    back, front, middle = _edges(view, 0.6)
    nib.form(curved(view.points([(back - 3.4, 23), (middle, 23.6), (front + 3.4, 23), (front + 2, 21), (middle, 20),
                                 (back - 2, 21)])), colour, 1.2, 0.5)  # fmt: skip
    nib.form(curved(view.points([(back + 0.6, 22), (back, 38), (middle, 39), (front, 38), (front - 0.6, 22), (middle,
        21.4)]),
                    0.08), colour, 3.6, 0.5)  # fmt: skip
    nib.patch(view.points([(back + 0.6, 22.2), (back + 0.5, 25.4), (middle, 24.6), (front - 0.5, 25.4), (front - 0.6,
        22.2),
                           (middle, 21.4)]), "#7a2a30")  # fmt: skip


def _chef(nib: Nib, dress: Dress, view: View) -> None:
    colour = dress.hat_colour
    back, front, middle = _edges(view, 0.5)
    nib.form(curved(view.points([
        (back + 0.5, 27), (back - 4, 33), (back - 2, 39), (middle - 3, 40.5), (middle + 4, 41.5), (front + 3.2, 38.5),
        (front + 4, 33), (front - 0.5, 27),
    ]), 0.19), colour, 4.0, 0.3)  # fmt: skip
    nib.form(curved(view.points([(back, 20.6), (back - 0.1, 28), (middle, 28.6), (front + 0.1, 28), (front, 20.8),
                                 (middle, 19.8)]), 0.08), colour, 3.0, 0.3)  # fmt: skip
    for dx in (-4.5, 0.4, 4.6):
        nib.ink(view.at(middle + dx * 0.8, 28.6), view.at(middle + dx, 35), 0.36, 0.1)


def draw_headset(nib: Nib, dress: Dress, view: View) -> None:
    """Draw a dispatcher's headset: a band over the crown, a cup on the near ear, a microphone before the mouth."""
    lift = 1.0 if dress.cut in ("afro", "curls", "perm") else 0.0
    near = view.mix(-11.0, -6.9, -2.7)
    top = view.outline[10][1] + 0.9 + lift
    band = skia.Path()
    band.moveTo(*view.at(near, 14))
    band.cubicTo(*view.at(near - view.mix(2, 1, 0.4), 24), *view.at(view.mix(-7, -5, -3.4), top),
                 *view.at(view.mix(0, -1.5, -2.6), top))  # fmt: skip
    if view.turn < 0.6:
        band.cubicTo(
            *view.at(view.mix(7, 4, 1), top), *view.at(view.mix(12.6, 8, 4), 24), *view.at(view.mix(11, 8.6, 6), 19)
        )
    nib.trace(band, 1.3, "#15171d")
    nib.soft(view.points([(near - 1.8, 10.4), (near - 2.0, 15.6), (near + 1.6, 16.4), (near + 2.0, 10.6)]), "#20242d")
    if view.away:
        return
    boom = skia.Path()
    boom.moveTo(*view.at(near + 0.4, 11))
    boom.quadTo(*view.at(near + 0.8, 3.2), *view.at(view.mix(-4.4, 2.2, 8.6), 3.2))
    nib.trace(boom, 0.6, "#15171d")
    nib.oval(*view.at(view.mix(-4.0, 2.6, 9.2), 3.3), 2.4, 1.6, "#0b0d12")
