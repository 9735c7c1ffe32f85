"""Garments: what is worn on a trunk, from collars and pockets to a duty belt with everything on it."""

import skia

from tools.video.brush import darker, lighter
from tools.video.people.collars import draw_tie
from tools.video.people.gear import draw_badge_and_camera, draw_belt, draw_lettering, draw_vest
from tools.video.people.nib import INK, Nib, cornered, curved, leaf
from tools.video.people.trunks import CHEST, NECK, PITS, RIBS, WAIST, Trunk
from tools.video.people.wardrobe import Dress

_LEATHER, _GOLD = "#0d0f14", "#e0b552"
_HEMS = {
    "uniform": -0.035, "shirt": -0.075, "tee": -0.06, "jacket": -0.055, "blazer": -0.13, "hivis": -0.05,
    "cardigan": -0.10, "hoodie": -0.05, "sweater": -0.05, "vest": -0.05, "robe": -0.09, "pyjamas": -0.11, "coat": -0.09,
    "rain": -0.09, "overalls": -0.09, "dress": -0.09,
}  # fmt: skip
_LOOSE = {
    "jacket": 0.016, "coat": 0.020, "rain": 0.024, "hoodie": 0.018, "cardigan": 0.010, "robe": 0.018, "blazer": 0.010,
    "pyjamas": 0.014, "sweater": 0.010, "overalls": 0.006, "hivis": 0.006,
}  # fmt: skip
LONG = ("coat", "rain", "robe", "dress")
"""Garments that hang below the hips."""


def looseness(dress: Dress) -> float:
    """Return how many metres the outermost garment stands off the body."""
    return _LOOSE.get(dress.garment, 0.002) + (0.012 if dress.vest else 0.0)


def draw_garment(nib: Nib, trunk: Trunk, away: bool) -> None:
    """Dress a trunk; limbs and skirts are drawn apart from it."""
    dress = trunk.dress
    hem = _HEMS.get(dress.garment, -0.05)
    path = trunk.path(hem, NECK)
    inner = dress.under if dress.garment in ("hivis", "vest", "overalls") else dress.top
    nib.form(path, inner, 0.055 * dress.width)
    nib.within(path)
    if dress.pattern and dress.pattern != "knit" and dress.garment not in ("hivis", "vest"):
        _pattern(nib, trunk, darker(inner, 0.42) if dress.pattern == "checked" else lighter(inner, 0.4))
    _folds(nib, trunk)
    if not away:
        _FRONTS.get(dress.garment, _shirt)(nib, trunk)
    else:
        _BACKS.get(dress.garment, _plain_back)(nib, trunk)
    nib.free()
    if dress.vest:
        draw_vest(nib, trunk, away)
    if dress.serves and not away:
        draw_badge_and_camera(nib, trunk)
    elif dress.serves:
        draw_lettering(nib, trunk)
    if dress.belt:
        draw_belt(nib, trunk, away)
    if dress.apron:
        _apron(nib, trunk, away)


def _folds(nib: Nib, trunk: Trunk) -> None:
    """Ink the cloth where a body bends it: the armpits, the waist."""
    lines = skia.Path()
    (left, low), (right, far) = trunk.edge(-1, PITS - 0.03), trunk.edge(1, PITS - 0.03)
    leaf(lines, (left, low - 0.02), (left + 0.075, low - 0.085), 0.016, 0.12, 0.2)
    leaf(lines, (right, far - 0.02), (right - 0.06, far - 0.07), 0.014, -0.12, 0.2)
    if nib.fine:
        (left, low), (right, far) = trunk.edge(-1, WAIST), trunk.edge(1, WAIST)
        leaf(lines, (left + 0.005, low + 0.015), (left + 0.10, low - 0.02), 0.011, -0.1, 0.2)
        leaf(lines, (left + 0.005, low - 0.03), (left + 0.07, low - 0.045), 0.009, -0.1, 0.2)
        leaf(lines, (right - 0.004, far), (right - 0.075, far - 0.03), 0.010, 0.1, 0.2)
    nib.fill(lines, darker(trunk.dress.top, 0.72))


def _pattern(nib: Nib, trunk: Trunk, tone: str) -> None:
    kind, wide = trunk.dress.pattern, 0.016
    if kind == "dotted":
        for row in range(8):
            for angle in range(-75 + 12 * (row % 2), 80, 25):
                nib.disc(*trunk.on(angle, -0.05 + row * 0.072), 0.011, tone)
        return
    for row in range(9):
        h = -0.06 + row * 0.068
        nib.stroke([trunk.edge(-1, h), trunk.on(0, h - 0.008), trunk.edge(1, h)], wide, tone)
    if kind == "checked":
        for angle in (-58, -34, -12, 12, 34, 58):
            nib.stroke([trunk.on(angle, -0.10), trunk.on(angle, WAIST), trunk.on(angle, RIBS), trunk.on(angle,
                0.56)], wide * 0.8,
                       tone)  # fmt: skip


def _placket(nib: Nib, trunk: Trunk, low: float, high: float, buttons: int, tone: str) -> None:
    nib.stroke([trunk.on(3, high), trunk.on(3, CHEST), trunk.on(3, WAIST), trunk.on(3, low)], 0.007, tone)
    if nib.fine and buttons:
        for number in range(buttons):
            nib.disc(*trunk.on(-1, low + 0.05 + (high - low - 0.08) * number / max(buttons - 1, 1)), 0.0075, tone)


def _pocket(nib: Nib, trunk: Trunk, angle: float, h: float, flap: bool, tone: str, wide: float = 15) -> None:
    if trunk.faces(angle) < 0.15:
        return
    corners = trunk.strip((angle - wide, angle + wide), h - 0.095, h)
    nib.trace(cornered(corners), 0.006, tone)
    if flap:
        nib.patch([trunk.on(angle - wide, h), trunk.on(angle + wide, h), trunk.on(angle + wide, h - 0.026),
                   trunk.on(angle, h - 0.042), trunk.on(angle - wide, h - 0.026)], tone)  # fmt: skip


def _shirt(nib: Nib, trunk: Trunk) -> None:
    tone = darker(trunk.dress.top, 0.6)
    _placket(nib, trunk, -0.08, 0.5, 5, tone)
    _pocket(nib, trunk, 34, 0.37, False, tone)


def _tee(nib: Nib, trunk: Trunk) -> None:
    colour = trunk.dress.under if trunk.dress.under != trunk.dress.top else lighter(trunk.dress.top, 0.4)
    if not trunk.dress.pattern:
        nib.fill(cornered(trunk.strip((-40, 40), 0.26, 0.33)), colour)


def _uniform(nib: Nib, trunk: Trunk) -> None:
    tone = darker(trunk.dress.top, 0.5)
    nib.patch([trunk.on(-16, 0.55), trunk.on(16, 0.55), trunk.on(0, 0.46)], "#10131a")
    _placket(nib, trunk, 0.0, 0.48, 4, tone)
    for angle in (-36, 36):
        _pocket(nib, trunk, angle, 0.365, True, tone)
    for side in (-1, 1):
        nib.ink(trunk.edge(side, 0.49), trunk.on(side * 70, 0.545), 0.018, 0.0, tone)


def _open_front(nib: Nib, trunk: Trunk, wide: float, low: float, belly: str) -> None:
    """Show the shirt between the two sides of an open garment."""
    nib.fill(curved([trunk.on(-18, 0.56), trunk.on(18, 0.56), trunk.on(wide, 0.40), trunk.on(wide * 0.7, 0.2),
                     trunk.on(wide, low), trunk.on(-wide, low), trunk.on(-wide * 0.7, 0.2), trunk.on(-wide, 0.40)],
                         0.1),
             belly)  # fmt: skip
    tone = darker(belly, 0.55)
    if trunk.faces(0) > 0.2:
        nib.stroke([trunk.on(0, 0.5), trunk.on(0, low)], 0.006, tone)
    shadow = [trunk.on(-wide, 0.42), trunk.on(-wide * 0.7, 0.2), trunk.on(-wide, low), trunk.on(-wide * 0.45, low),
              trunk.on(-wide * 0.3, 0.2), trunk.on(-wide * 0.5, 0.42)]  # fmt: skip
    nib.patch(shadow, darker(belly, 0.4))
    for side in (-1, 1):
        nib.ink(trunk.on(side * 18, 0.56), trunk.on(side * wide * 0.7, 0.18), 0.010, 0.0)
        nib.ink(trunk.on(side * wide * 0.7, 0.22), trunk.on(side * wide, low), 0.010, 0.0)


def _jacket(nib: Nib, trunk: Trunk) -> None:
    tone = darker(trunk.dress.top, 0.6)
    nib.fill(
        curved([trunk.on(-18, 0.56), trunk.on(18, 0.56), trunk.on(4, 0.36), trunk.on(-4, 0.36)], 0.08),
        trunk.dress.under,
    )
    nib.stroke([trunk.on(0, 0.37), trunk.on(0, WAIST), trunk.on(0, -0.06)], 0.010, tone)
    for side in (-1, 1):
        nib.ink(trunk.on(side * 30, 0.16), trunk.on(side * 52, 0.05), 0.013, 0.0, INK)
    nib.fill(cornered(trunk.strip((-90, -45, 0, 45, 90), -0.09, -0.012)), darker(trunk.dress.top, 0.3))


def _blazer(nib: Nib, trunk: Trunk) -> None:
    dress, tone = trunk.dress, darker(trunk.dress.top, 0.55)
    nib.fill(cornered([trunk.on(-20, 0.56), trunk.on(20, 0.56), trunk.on(2, 0.19)]), dress.under)
    if dress.tie:
        draw_tie(nib, trunk)
    for side in (-1.0, 1.0):
        lapel = [trunk.on(side * 40, 0.555), trunk.on(side * 18, 0.55), trunk.on(side * 1, 0.19), trunk.on(side * 34,
            0.36),
                 trunk.on(side * 28, 0.40), trunk.on(side * 44, 0.43)]  # fmt: skip
        nib.patch(lapel, darker(dress.top, 0.45 if side < 0 else 0.16))
        nib.ink(lapel[2], lapel[3], 0.010, 0.0)
        nib.ink(lapel[4], lapel[5], 0.008, 0.0)
    nib.stroke([trunk.on(2, 0.19), trunk.on(4, 0.0), trunk.on(14, -0.13)], 0.008, tone)
    nib.disc(*trunk.on(0, 0.15), 0.011, tone)
    for angle in (-46, 46):
        nib.ink(trunk.on(angle - 16, 0.045), trunk.on(angle + 14, 0.05), 0.012, 0.0, INK)
    if trunk.faces(38) > 0.2:
        nib.patch([trunk.on(32, 0.375), trunk.on(45, 0.385), trunk.on(43, 0.36), trunk.on(33, 0.352)], "#e4e1d8")


def _cardigan(nib: Nib, trunk: Trunk) -> None:
    _open_front(nib, trunk, 22, -0.12, trunk.dress.under)
    tone = darker(trunk.dress.top, 0.45)
    for number in range(4):
        nib.disc(*trunk.on(23, 0.28 - number * 0.1), 0.010, tone)
    for angle in (-56, 54):
        _pocket(nib, trunk, angle, 0.05, False, tone, 17)
    if nib.fine:
        for angle in range(-84, 90, 12):
            nib.ink(trunk.on(angle, -0.04), trunk.on(angle, -0.10), 0.006, 0.0, tone)


def _sweater(nib: Nib, trunk: Trunk) -> None:
    tone = darker(trunk.dress.top, 0.42)
    nib.stroke([trunk.edge(-1, -0.005), trunk.on(0, -0.012), trunk.edge(1, -0.005)], 0.007, tone)
    for angle in range(-84, 90, 12):
        nib.ink(trunk.on(angle, -0.01), trunk.on(angle, -0.055), 0.006, 0.0, tone)
    if nib.fine:
        for h in (0.28, 0.33, 0.38):
            nib.stroke([trunk.on(angle, h + 0.018 * ((angle // 12) % 2)) for angle in range(-84, 90, 12)], 0.007,
                       lighter(trunk.dress.top, 0.35))  # fmt: skip


def _hivis(nib: Nib, trunk: Trunk) -> None:
    dress = trunk.dress
    for side in (-1.0, 1.0):
        panel = [trunk.on(side * 92, PITS - 0.06), trunk.on(side * 60, 0.5), trunk.on(side * 46, 0.55),
            trunk.on(side * 24, 0.55),
                 trunk.on(side * 3, 0.34), trunk.on(side * 3, -0.06), trunk.on(side * 95, -0.06)]  # fmt: skip
        nib.patch(panel, dress.top if side > 0 else darker(dress.top, 0.22))
    _bands(nib, trunk)
    for side in (-1, 1):
        nib.fill(cornered(trunk.strip((side * 32, side * 48), 0.1, 0.53)), "#dfe3df" if side > 0 else "#9aa09f")
    nib.stroke([trunk.on(0, 0.36), trunk.on(0, -0.06)], 0.009)


def _bands(nib: Nib, trunk: Trunk) -> None:
    for h in (0.03, 0.14):
        nib.fill(cornered(trunk.strip((-95, -60, -20, 20, 60, 95), h, h + 0.045)), "#dfe3df")
        nib.fill(cornered(trunk.strip((-95, -70, -40), h, h + 0.045)), "#8f9695")


def _hivis_back(nib: Nib, trunk: Trunk) -> None:
    nib.fill(trunk.path(-0.05, 0.54), trunk.dress.top)
    for h in (0.03, 0.14, 0.36):
        nib.fill(cornered(trunk.strip((85, 120, 160, 200, 240, 275), h, h + 0.045)), "#dfe3df")


def _vest(nib: Nib, trunk: Trunk) -> None:
    dress = trunk.dress
    nib.fill(cornered([trunk.on(-95, PITS - 0.06), trunk.on(-62, 0.51), trunk.on(-30, 0.55), trunk.on(0, 0.36),
        trunk.on(30, 0.55),
                       trunk.on(62, 0.51), trunk.on(95, PITS - 0.06), trunk.on(95, -0.06), trunk.on(0, -0.08),
                       trunk.on(-95, -0.06)]), dress.top)  # fmt: skip
    nib.fill(cornered(trunk.strip((-95, -60), -0.06, 0.36)), darker(dress.top, 0.36))
    for h in (0.08, 0.18, 0.28):
        nib.stroke([trunk.on(-90, h), trunk.on(0, h - 0.012), trunk.on(90, h)], 0.008, darker(dress.top, 0.5))
    nib.stroke([trunk.on(0, 0.36), trunk.on(0, -0.06)], 0.009)


def _robe(nib: Nib, trunk: Trunk) -> None:
    dress, tone = trunk.dress, darker(trunk.dress.top, 0.5)
    nib.fill(cornered([trunk.on(-22, 0.56), trunk.on(22, 0.56), trunk.on(4, 0.24)]), dress.under)
    trim = lighter(dress.top, 0.3)
    nib.patch([trunk.on(34, 0.56), trunk.on(20, 0.56), trunk.on(-6, 0.14), trunk.on(8, 0.14)], trim)
    nib.patch([trunk.on(-34, 0.56), trunk.on(-20, 0.56), trunk.on(2, 0.26), trunk.on(-6, 0.19)], darker(trim, 0.3))
    nib.fill(cornered(trunk.strip((-95, -50, 0, 50, 95), 0.10, 0.15)), trim)
    nib.ink(trunk.on(-95, 0.10), trunk.on(60, 0.098), 0.010, 0.0, tone)
    nib.disc(*trunk.on(12, 0.125), 0.024, trim)
    for angle in (9, 17):
        nib.stroke([trunk.on(12, 0.12), trunk.on(angle, -0.06)], 0.016, trim)


def _pyjamas(nib: Nib, trunk: Trunk) -> None:
    tone = lighter(trunk.dress.top, 0.5)
    if not trunk.dress.pattern:
        for angle in (-70, -50, -30, -10, 12, 32, 52, 72):
            nib.stroke(
                [trunk.on(angle, -0.12), trunk.on(angle, WAIST), trunk.on(angle, RIBS), trunk.on(angle, 0.55)],
                0.009,
                tone,
            )
    _placket(nib, trunk, -0.1, 0.46, 4, darker(trunk.dress.top, 0.6))
    _pocket(nib, trunk, 36, 0.36, False, darker(trunk.dress.top, 0.5))


def _overalls(nib: Nib, trunk: Trunk) -> None:
    dress = trunk.dress
    bib = [trunk.on(-95, 0.14), trunk.on(-60, 0.2), trunk.on(-40, 0.38), trunk.on(40, 0.38), trunk.on(60, 0.2),
        trunk.on(95, 0.14),
           trunk.on(95, -0.1), trunk.on(0, -0.12), trunk.on(-95, -0.1)]  # fmt: skip
    nib.form(cornered(bib), dress.top, 0.05)
    for side in (-1, 1):
        nib.stroke([trunk.on(side * 34, 0.37), trunk.on(side * 46, 0.55)], 0.030, dress.top)
        nib.disc(*trunk.on(side * 34, 0.365), 0.013, _GOLD)
    nib.trace(cornered(trunk.strip((-22, 22), 0.22, 0.33)), 0.007, darker(dress.top, 0.55))


def _coat(nib: Nib, trunk: Trunk) -> None:
    dress, tone = trunk.dress, darker(trunk.dress.top, 0.55)
    nib.fill(cornered([trunk.on(-18, 0.56), trunk.on(18, 0.56), trunk.on(2, 0.30)]), dress.under)
    for side in (-1.0, 1.0):
        lapel = [
            trunk.on(side * 46, 0.56),
            trunk.on(side * 16, 0.56),
            trunk.on(side * 1, 0.30),
            trunk.on(side * 44, 0.40),
        ]
        nib.patch(lapel, darker(dress.top, 0.45 if side < 0 else 0.14))
        nib.ink(lapel[2], lapel[3], 0.010, 0.0)
    nib.stroke([trunk.on(6, 0.30), trunk.on(7, WAIST), trunk.on(8, -0.1)], 0.009, tone)
    nib.fill(cornered(trunk.strip((-95, -50, 0, 50, 95), 0.095, 0.135)), darker(dress.top, 0.3))
    nib.trace(cornered(trunk.strip((-8, 10), 0.09, 0.14)), 0.009, _LEATHER)
    for angle, h in ((-14, 0.22), (20, 0.22), (-14, 0.02), (20, 0.02)):
        nib.disc(*trunk.on(angle, h), 0.011, darker(dress.top, 0.7))


def _rain(nib: Nib, trunk: Trunk) -> None:
    dress = trunk.dress
    nib.stroke([trunk.on(2, 0.52), trunk.on(2, WAIST), trunk.on(2, -0.1)], 0.014, darker(dress.top, 0.4))
    for number in range(5):
        nib.disc(*trunk.on(2, 0.46 - number * 0.11), 0.010, lighter(dress.top, 0.5))
    for angle in (-48, 48):
        nib.patch(trunk.strip((angle - 18, angle + 18), -0.01, 0.03), darker(dress.top, 0.3))
    nib.ink(trunk.on(44, 0.42), trunk.on(50, 0.16), 0.020, 0.04, lighter(dress.top, 0.45))


def _hoodie(nib: Nib, trunk: Trunk) -> None:
    tone = darker(trunk.dress.top, 0.5)
    pouch = [trunk.on(-40, 0.0), trunk.on(-26, 0.15), trunk.on(26, 0.15), trunk.on(40, 0.0)]
    nib.trace(cornered(pouch), 0.010, tone)
    nib.fill(cornered(trunk.strip((-95, -45, 0, 45, 95), -0.07, -0.02)), darker(trunk.dress.top, 0.3))


def _frock(nib: Nib, trunk: Trunk) -> None:
    skin = trunk.dress.skin
    nib.fill(
        curved([trunk.on(-40, 0.57), trunk.on(40, 0.57), trunk.on(24, 0.46), trunk.on(0, 0.43), trunk.on(-24, 0.46)]),
        skin,
    )
    nib.ink(trunk.on(-40, 0.55), trunk.on(0, 0.43), 0.009, -0.12)
    nib.ink(trunk.on(0, 0.43), trunk.on(40, 0.55), 0.009, -0.12)
    nib.fill(cornered(trunk.strip((-95, -45, 0, 45, 95), 0.12, 0.15)), darker(trunk.dress.top, 0.4))


def _plain_back(nib: Nib, trunk: Trunk) -> None:
    nib.ink(trunk.on(180, 0.50), trunk.on(180, 0.05), 0.010, 0.02, darker(trunk.dress.top, 0.6))
    nib.ink(trunk.on(140, 0.44), trunk.on(220, 0.44), 0.010, 0.04, darker(trunk.dress.top, 0.6))


_FRONTS = {
    "uniform": _uniform, "shirt": _shirt, "tee": _tee, "jacket": _jacket, "blazer": _blazer, "cardigan": _cardigan,
    "sweater": _sweater, "hivis": _hivis, "vest": _vest, "robe": _robe, "pyjamas": _pyjamas, "overalls": _overalls,
    "coat": _coat, "rain": _rain, "hoodie": _hoodie, "dress": _frock,
}  # fmt: skip
_BACKS = {"hivis": _hivis_back}


def _apron(nib: Nib, trunk: Trunk, away: bool) -> None:
    colour = trunk.dress.apron
    if away:
        nib.ink(trunk.on(100, 0.12), trunk.on(260, 0.12), 0.022, 0.0, colour)
        for angle in (172, 190):
            nib.stroke([trunk.on(180, 0.12), trunk.on(angle, -0.06)], 0.014, colour)
        return
    bib = curved([trunk.on(-70, 0.13), trunk.on(-36, 0.22), trunk.on(-32, 0.40), trunk.on(32, 0.40), trunk.on(36, 0.22),
                  trunk.on(70, 0.13), trunk.on(74, -0.10), trunk.on(0, -0.14), trunk.on(-74, -0.10)], 0.1)  # fmt: skip
    for side in (-1, 1):
        nib.stroke([trunk.on(side * 30, 0.39), trunk.on(side * 50, 0.555)], 0.018, colour)
    nib.form(bib, colour, 0.05, 0.32)
    nib.trace(cornered(trunk.strip((-30, 30), 0.02, 0.13), closed=False), 0.007, darker(colour, 0.5))
