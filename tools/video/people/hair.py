"""Hair: fifteen cuts, each with what hangs behind the head and what lies on it, in centimetres."""

import math
import random

import skia

from tools.video.brush import Point, darker, lighter, mix
from tools.video.people.heads import View
from tools.video.people.nib import INK, Nib, blended, curved, leaf
from tools.video.people.wardrobe import Dress

# From the nape round the near ear, sideburn and temple, along the brow to the far sideburn.
_LINES: tuple[tuple[Point, ...], tuple[Point, ...], tuple[Point, ...]] = (
    ((-10.6, 10.6), (-10.4, 11.2), (-9.5, 13.2), (-8.6, 20.2), (0, 23.6), (8.6, 20.2), (9.7, 13.2)),
    ((-9.6, 9.2), (-8.0, 10.4), (-5.4, 13.0), (-3.2, 20.4), (3.8, 23.8), (8.4, 20.8), (9.3, 17.6)),
    ((-8.8, 8.6), (-4.8, 10.4), (-0.4, 13.2), (2.6, 20.2), (6.6, 22.8), (8.8, 22.4), (9.3, 21.4)),
)  # fmt: skip
# Thickness over the skull; whether the sides hang in locks.
_THICK = {
    "buzz": 0.35, "crop": 1.3, "side": 1.5, "quiff": 1.2, "receding": 0.8, "bald": 0.5, "curls": 2.2, "afro": 4.6,
    "bob": 1.5, "long": 1.3, "bun": 0.9, "ponytail": 0.9, "perm": 2.6, "pixie": 1.5, "braid": 1.1,
}  # fmt: skip
_HATTED = 0.55


def _shade(dress: Dress) -> str:
    return darker(dress.hair, 0.45)


def _thick(dress: Dress) -> float:
    """Return how far the hair stands off the skull; under a hat it is pressed down."""
    full = _THICK[dress.cut]
    return min(full, _HATTED + 0.35 * full) if dress.hat else full


def _outer(view: View, thick: float, first: int = 6, last: int = 14) -> list[Point]:
    """Return the skull from the far temple over the crown to the back, `thick` outside itself."""
    made = []
    for number, (x, h) in enumerate(view.outline[first : last + 1]):
        # Over the brow of a turned head the hair lies close.
        thick_here = thick * (1 - 0.9 * view.turn * max(0.0, 1 - (number + first - 6) / 3.2))
        dx, dh = x - view.mix(0, -1.5, -2), h - 15.5
        size = math.hypot(dx, dh)
        made.append((x + dx / size * thick_here, h + dh / size * thick_here))
    return made


def draw_hair_behind(nib: Nib, dress: Dress, view: View) -> None:
    """Draw the hair that hangs behind neck and shoulders."""
    if view.away:
        return
    t, cut = view.turn, dress.cut
    back = view.outline[13][0]
    front = view.mix(11.6, 6.0, 1.5)
    if cut == "long":
        nib.form(curved(view.points([
            (back - 1.6, 21), (back - view.mix(2.6, 1.6, 0.6), 11), (back + view.mix(-1.8, 0.0, 1.6), -3),
            (back + view.mix(-0.2, 1.8, 3.6), -11.4), (-4, -13.4),
            (front * 0.5, -13), (front + 0.8, -6), (front + 0.6, 8), (front, 20),
        ])), darker(dress.hair, 0.3), 2.0)  # fmt: skip
    elif cut == "bob":
        nib.form(curved(view.points([
            (back - 1.6, 21), (back - view.mix(2.8, 1.4, 0.0), 11), (back + view.mix(-1.4, 1.4, 4.2), 3.4),
            (-3, 2.4), (front + 1.2, 2.4), (front + 1.4, 10), (front, 20),
        ])), darker(dress.hair, 0.3), 2.0)  # fmt: skip
    elif cut in ("afro", "curls", "perm"):
        low = {"afro": 6, "curls": 3, "perm": 6}[cut]
        nib.soft(view.points([
            (back - 2, 18), (back - 2.2, 13), (back - 0.8, low + 4), (back + 1.8, low + 1), (back + 5, low + 2),
            (front - 5, low + 2), (front - 2.2, low + 1), (front - 0.2, low + 4), (front, 12),
        ]), darker(dress.hair, 0.4))  # fmt: skip
    elif cut == "ponytail":
        x = view.mix(-6.0, -13.0, -14.5)
        root = (view.mix(-4.0, -10.8, -12.4), 23.0)
        nib.form(curved(view.points([
            root, (x - 3.2, 23.6), (x - 5.4, 17), (x - 4.0, 8), (x - 2.6, 1.5), (x - 1.0, 5), (x + 0.6, 12),
                (x + 0.8, 18),
        ])), darker(dress.hair, 0.12), 1.4)  # fmt: skip
    elif cut == "bun" and dress.hat and t > 0.15:
        # Under a hat the bun sits at the nape.
        x = view.mix(-7.0, -13.0, -14.0)
        nib.form(
            curved(view.points([(x - 2.4, 13), (x, 16.2), (x + 3.0, 14), (x + 2.4, 9.6), (x - 1.4, 9.4)])),
            dress.hair, 1.2, 0.45,
        )  # fmt: skip
    elif cut == "braid" and t > 0.3:
        _plait(nib, dress, view.points([(back + 1.0, 9), (back + 0.5, 3), (back + 1.2, -4), (back + 2.4, -11)]))


def draw_hair(nib: Nib, dress: Dress, view: View) -> None:
    """Draw the hair that lies on the head."""
    if view.away:
        _from_behind(nib, dress, view)
        return
    if dress.cut == "bald":
        _fringe_of_a_bald_head(nib, dress, view)
        return
    thick = _thick(dress)
    line = [(x, h) for x, h in blended(view.turn, _LINES)]
    outer = _outer(view, thick)
    line, outer = _styled(dress, view, line, outer)
    # From the side the hairline ends at the brow's own outline.
    limit = view.outline[7][0] - 0.3 if view.turn > 0.4 else 99.0
    cap = [*outer, *((min(x, limit), h) for x, h in line)]
    path = curved(view.points(cap), 0.13)
    colour = mix(dress.hair, dress.skin, 0.28) if dress.cut == "buzz" else dress.hair
    if dress.cut in ("curls", "afro", "perm"):
        _scallop(path, view, outer, dress, line)
    if dress.cut in ("bun",) and not dress.hat:
        x = view.mix(0.5, -6.5, -9.5)
        nib.form(curved(view.points([(x - 4.4, 31.5), (x, 35.6), (x + 4.4, 31.5), (x + 3.2, 27.6), (x - 3.4, 27.6)])),
                 dress.hair, 1.6, 0.45)  # fmt: skip
    depth = view.mix(3.0, 2.6, 2.4) if view.sign > 0 else view.mix(3.0, 4.6, 5.6)
    nib.form(path, colour, depth, 0.45)
    if dress.cut in ("bob", "long"):
        _locks(nib, dress, view)
    elif dress.cut == "braid" and view.turn <= 0.3:
        _plait(nib, dress, view.points([(-10.4, 9), (-10.8, 3), (-10.4, -4), (-9.4, -11)]))
    if nib.fine and not dress.hat:
        _strands(nib, dress, view)


def _styled(dress: Dress, view: View, line: list[Point], outer: list[Point]) -> tuple[list[Point], list[Point]]:
    """Return the hairline and the outer edge as the cut has them."""
    cut, hatted = dress.cut, bool(dress.hat)
    nape, ear, burn, temple, brow, far, burn_far = line
    if cut == "receding":
        temple, far = (temple[0] + view.mix(1.8, 0.4, -1.6), 25.0), (far[0] - view.mix(1.8, 1.0, 0.6), 25.2)
        line = [nape, ear, burn, (burn[0] + 0.3, 18.6), temple, (brow[0], 24.6), far, burn_far]
    elif cut in ("crop", "curls", "perm"):
        drop = (1.8 if cut == "crop" else 2.6) * (1 - 0.8 * view.turn)
        mid = [((temple[0] + brow[0]) / 2, 22.4 - drop * 0.2), (brow[0] - 0.9, brow[1] - drop),
               ((far[0] + brow[0]) / 2, 22.4 - drop * 0.5)]  # fmt: skip
        line = [nape, ear, burn, temple, *mid, far, burn_far]
    elif cut == "side":
        line = [nape, ear, burn, (temple[0] + 0.6, 21.5), (temple[0] + 2.4, 24.6), (brow[0], 22.4), (far[0], 19.4),
                burn_far]  # fmt: skip
        if not hatted:
            outer[2:6] = [(x + 0.5, h + lift) for (x, h), lift in zip(outer[2:6], (1.0, 1.5, 1.2, 0.4), strict=True)]
    elif cut == "quiff" and not hatted:
        outer[1:5] = [(x + push, h + lift) for (x, h), push, lift in
                      zip(outer[1:5], (0.8, 1.8, 1.6, 0.0), (1.2, 3.4, 3.6, 2.0), strict=True)]  # fmt: skip
    elif cut == "pixie":
        line = [nape, ear, burn, (temple[0] - 0.6, 18.4), (brow[0] - 3.4, 22.4), (brow[0] + 2, 20.4),
                (far[0] - 0.2, 16.6), burn_far]  # fmt: skip
    elif cut == "bob":
        line = [nape, ear, burn, (temple[0] - 0.4, 16.8), (brow[0] - 4.2, 21.8), (brow[0] - 2.2, 25.4),
            (brow[0] + 2.6, 21.6),
                (far[0], 16.8), burn_far]  # fmt: skip
    elif cut == "long":
        line = [nape, ear, burn, (temple[0] - 0.6, 18.0), (brow[0] - 1.2, 25.4), (brow[0] + 4.4, 22), (far[0], 17.6),
                burn_far]  # fmt: skip
    return line, outer


def _scallop(path: skia.Path, view: View, outer: list[Point], dress: Dress, line: list[Point]) -> None:
    """Add curls round the edge to the form; they only add to it, so they turn the way that it does."""
    size = {"curls": 3.3, "afro": 3.4, "perm": 2.7}[dress.cut] * (0.7 if dress.hat else 1.0)
    if dress.hat:
        # Under a hat curls are seen at the nape and, from the front, beside both ears.
        low = [(view.outline[14][0] - 1.3, 16.0), (view.outline[15][0] - 1.3, 11.5)]
        ring = low + [(-x, h) for x, h in low] * (view.turn < 0.3)
    else:
        ring = outer[1:] if view.turn < 0.6 else outer[3:]
        ring = [*ring, view.outline[15]] if dress.cut != "afro" else ring
        if view.turn < 0.3:
            ring = [(10.2 + size * 0.75, 17.0), (10.4 + size * 0.6, 12.5), *ring]
    sides = [(x, h - 4.5) for x, h in ring[-1:]] if dress.cut in ("curls", "perm") and not dress.hat else []
    fringe = line[3:-2] if dress.cut != "afro" and not dress.hat else []
    turning = skia.PathDirection.kCW if view.sign > 0 else skia.PathDirection.kCCW
    for number, (x, h) in enumerate([*ring, *sides]):
        wobble = 0.85 + 0.3 * ((number * 7) % 5) / 4
        path.addCircle(x * view.sign, h, size * wobble, turning)
    for x, h in fringe:
        path.addCircle(x * view.sign, h + 0.8, size * 0.7, turning)


def _locks(nib: Nib, dress: Dress, view: View) -> None:
    """Draw the hair that falls beside the face."""
    bob = dress.cut == "bob"
    low = 2.2 if bob else -9.0
    near = view.mix(-9.6, -5.2, -1.0)
    back = view.outline[14][0] - 2.2
    if bob:
        # Cut to the jaw in front and shorter at the nape, where it follows the neck.
        nape = view.mix(0.6, 3.0, 6.0)
        fall = [
            (near + 0.4, 22.4), (near + 0.4, 12), (near + 1.3, low + 4), (near + 1.6, low - 0.4),
            (near - view.mix(1.0, 2.0, 3.4), low + view.mix(0.2, 0.4, 0.8)),
            (back + nape, low + view.mix(1.4, 1.8, 2.6)),
            (back - 0.5 + nape * 0.36, 9), (back - 0.1, 14), (view.outline[13][0] - 1.4, 20),
            (view.outline[12][0] - 0.6, 25.0),
        ]  # fmt: skip
    else:
        nape = view.mix(0.6, 1.6, 3.0)
        fall = [
            (near + 0.4, 22.4), (near + 0.3, 12), (near + 1.1, low + 5), (near - 0.2, low + 0.6),
            (near - view.mix(1.2, 2.4, 4.0), low), (min(back + 1.5 + nape, near - 3), low + 1.8),
            (back + nape * 0.6, 4), (back - 0.1, 14), (view.outline[13][0] - 1.2, 20),
            (view.outline[12][0] - 0.5, 25.0),
        ]  # fmt: skip
    nib.form(curved(view.points(fall), 0.15), dress.hair, 1.8, 0.45)
    if view.turn < 0.55:
        far = view.mix(9.4, 9.2, 9.0)
        nib.form(curved(view.points([
            (far - 0.6, 22.0), (far - 0.3, 12), (far - 1.2, low + 4), (far - 0.6, low), (far + 2.0, low + 1.6),
            (far + view.mix(2.9, 2.0, 1), 10), (far + view.mix(2.5, 1.6, 1), 18.5), (far + view.mix(1.0, 0, -1), 24),
        ]), 0.14), dress.hair, 1.4, 0.45)  # fmt: skip
    if nib.fine:
        _fall_lines(nib, dress, view, (near, back, low))


def _fall_lines(nib: Nib, dress: Dress, view: View, edges: tuple[float, float, float]) -> None:
    """Ink the way that long hair falls from the crown, and one strand of light."""
    near, back, low = edges
    lines = skia.Path()
    leaf(lines, view.at(near - 0.8, 18), view.at(near - 0.9, low + 2), 0.35, 0.05 * view.sign)
    wide = near - back
    if wide > 4:
        for share, drop in ((0.42, 3.6), (0.74, 5.4)):
            x = near - wide * share
            leaf(lines, view.at(x + wide * 0.06, 21.5), view.at(x + wide * 0.07, low + drop), 0.5, 0.09 * view.sign)
        x = near - wide * 0.3
        nib.ink(view.at(x, 20.4), view.at(x - 0.4, 12.6), 0.8, 0.06 * view.sign, lighter(dress.hair, 0.2))
    nib.fill(lines, _shade(dress))


def _plait(nib: Nib, dress: Dress, points: list[Point]) -> None:
    for number, (x, h) in enumerate(points):
        size = 3.5 - 0.4 * number
        path = skia.Path()
        path.addOval(skia.Rect.MakeLTRB(x - size * 0.8, h - size * 1.25, x + size * 0.8, h + size * 1.25))
        nib.form(path, dress.hair, 1.0, 0.45)
        nib.ink((x - size * 0.6, h - size * 0.9), (x + size * 0.5, h - size * 0.1), 0.4)


def _strands(nib: Nib, dress: Dress, view: View) -> None:
    """Draw the light on the hair and the parting."""
    shine = lighter(dress.hair, 0.22)
    cut = dress.cut
    if cut in ("curls", "afro", "perm"):
        chance = random.Random(len(dress.cut))
        for _ in range(6):
            x, h = chance.uniform(-6, 8), chance.uniform(24, 29)
            nib.ink(view.at(x, h), view.at(x + 2.0, h + 0.6), 0.36, -0.3, _shade(dress) if x < 1 else shine)
        return
    if cut in ("buzz", "receding"):
        return
    x = view.mix(2.0, 1.0, 0.0)
    top = view.outline[10][1]
    nib.ink(
        (x + 1.5 if view.sign > 0 else 2.5, top - 1.6), (x + 6.8 if view.sign > 0 else 7.0, top - 4.6), 0.7, 0.1, shine
    )
    part = {"side": (-5.6, 24.6), "long": (-1.0, 25.2), "bob": (-2.0, 25.2)}.get(cut, (0, 0))
    if part[1]:
        px = part[0] + view.mix(0, 4.4, 7.6)
        nib.ink(view.at(px, part[1]), view.at(px - 2.6, top - 0.4), 0.34, 0.1, INK)
    if cut in ("bun", "ponytail", "braid"):
        goal = view.at(view.mix(0, -8, -11), 27)
        for dx in (-6.0, 0.0, 5.4):
            nib.ink(
                view.at(view.mix(dx, 3 + dx * 0.7, 4 + dx * 0.5), 24.4 - abs(dx) * 0.3), goal, 0.26, 0.06, _shade(dress)
            )
    elif cut in ("quiff", "crop", "pixie", "side"):
        for dx in (-2.4, 1.4):
            nib.ink(view.at(view.mix(dx, 3 + dx, 5 + dx), 23.6), view.at(view.mix(dx + 2, 3 + dx, 3 + dx), 27.6),
                0.3, 0.14,
                    _shade(dress))  # fmt: skip


def _fringe_of_a_bald_head(nib: Nib, dress: Dress, view: View) -> None:
    line = blended(view.turn, _LINES)
    nape, ear, burn = line[0], line[1], line[2]
    near = [
        nape,
        ear,
        burn,
        (burn[0] + 0.3, 16.8),
        (burn[0] - view.mix(0.8, 2.0, 3.0), 18.2),
        (view.outline[13][0] + view.mix(0.2, 0.6, 1.0), 18.8),
        (view.outline[14][0] - 0.4, 16.4),
        (view.outline[15][0] - 0.3, 12.4),
    ]
    nib.form(curved(view.points(near)), dress.hair, 1.0, 0.45)
    if view.turn < 0.3:
        x = view.mix(9.7, 9.9, 10)
        nib.soft(view.points([(x, 12.8), (x - 0.6, 17.4), (x + 0.6, 19.6), (x + 1.3, 18), (x + 1.1, 13.6)]), dress.hair)
    if not dress.hat:
        nib.ink((1.5, 27.6), (6.6, 25.2), 0.8, 0.14, lighter(dress.skin, 0.4))


def _from_behind(nib: Nib, dress: Dress, view: View) -> None:
    thick = _thick(dress)
    low = {"bob": 1.5, "long": -13.0, "afro": 6.0, "curls": 4.5, "perm": 5.5}.get(dress.cut, 7.2)
    if dress.cut == "bald":
        nib.form(curved([(-11, 18.6), (-6, 16.4), (0, 15.8), (6, 16.4), (11, 18.6), (10.6, 11), (6, 7.4), (-6, 7.4),
                         (-10.6, 11)]), dress.hair, 2.0, 0.45)  # fmt: skip
        return
    wide = 12.2 + thick * 0.4 if dress.cut in ("bob", "long") else 9.4
    shape = [*_outer(view, thick, 5, 15), (-wide, low + 3), (-wide * 0.55, low), (wide * 0.55, low), (wide, low + 3)]
    path = curved(shape, 0.15)
    if dress.cut in ("curls", "afro", "perm"):
        _scallop(path, view, _outer(view, thick), dress, [])
    colour = mix(dress.hair, dress.skin, 0.28) if dress.cut == "buzz" else dress.hair
    nib.form(path, colour, 3.0, 0.45)
    if dress.cut == "bun":
        h = 14.0 if dress.hat else 25.0
        nib.form(curved([(-4.6, h), (0, h + 4.6), (4.6, h), (0, h - 4.2)]), dress.hair, 1.6, 0.45)
        nib.ink((-2.6, h + 1), (2.4, h + 0.6), 0.4, -0.3, INK)
    elif dress.cut == "ponytail":
        nib.form(
            curved([(-2.0, 22), (2.0, 22), (3.6, 14), (2.4, 4), (0.2, -3), (-2.4, 4), (-3.6, 14)]),
            dress.hair,
            1.6,
            0.45,
        )
        nib.ink((-2.2, 21.5), (2.2, 21.5), 0.9, 0.0, INK)
    elif dress.cut == "braid":
        _plait(nib, dress, [(0, 9), (0.2, 3), (0, -4), (0.3, -10)])
    elif nib.fine:
        for dx in (-4.0, 0.5, 4.4):
            nib.ink((dx * 0.5, 25), (dx, low + 3), 0.35, 0.05, _shade(dress))
