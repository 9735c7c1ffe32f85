"""Collars: what stands or hangs round a neck: lapels, hoods, ties, scarves."""

from tools.video.brush import Point, darker
from tools.video.people.nib import Nib, cornered, curved
from tools.video.people.trunks import Trunk


def draw_collar(nib: Nib, trunk: Trunk, away: bool) -> None:
    """Draw what stands round the neck, over its skin."""
    dress = trunk.dress
    if dress.garment in ("tee", "sweater", "dress", "hoodie", "overalls"):
        if dress.garment == "hoodie":
            hood = [trunk.edge(-1, 0.47), trunk.edge(-1, 0.535), trunk.on(0, 0.50 if not away else 0.58),
                    trunk.edge(1, 0.535), trunk.edge(1, 0.47), trunk.on(0, 0.44 if not away else 0.40)]  # fmt: skip
            nib.form(curved(hood), darker(dress.top, 0.1), 0.016)
            if not away:
                for angle in (-16, 16):
                    nib.stroke([trunk.on(angle, 0.45), trunk.on(angle * 1.1, 0.33)], 0.010, "#e6e0d2")
        else:
            nib.ink(
                trunk.edge(-1, 0.535), trunk.edge(1, 0.535), 0.022, -0.22 if not away else 0.1, darker(dress.top, 0.4)
            )
    elif away:
        nib.form(curved([trunk.edge(-1, 0.525), trunk.edge(-0.9, 0.575), trunk.on(180, 0.585), trunk.edge(0.9, 0.575),
                         trunk.edge(1, 0.525)]), darker(dress.top, 0.12), 0.012)  # fmt: skip
    else:
        _lapels(nib, trunk)
    if dress.scarf:
        _scarf(nib, trunk, away)


def _lapels(nib: Nib, trunk: Trunk) -> None:
    """Draw the two wings of a collar and what is seen between them."""
    dress = trunk.dress
    buttoned = dress.garment in ("shirt", "uniform") or dress.garment in ("hivis", "vest")
    colour = dress.under if dress.garment in ("hivis", "vest", "blazer", "cardigan") else dress.top
    for side in (-1.0, 1.0):
        if trunk.faces(side * 42) < -0.25:
            continue
        low = 0.455 if buttoned else 0.43
        wing: list[Point] = [
            trunk.on(side * 88, 0.540), trunk.on(side * 66, 0.556), trunk.on(side * 12, 0.533), trunk.on(side * 20,
                low),
            trunk.on(side * 50, 0.488),
        ]  # fmt: skip
        nib.patch(wing, darker(colour, 0.36 if side < 0 else 0.05))
        nib.ink(wing[3], wing[4], 0.009)
        nib.ink(wing[2], wing[3], 0.009)
    if dress.tie:
        draw_tie(nib, trunk)


def draw_tie(nib: Nib, trunk: Trunk) -> None:
    """Draw a tie down the breast."""
    knot = [trunk.on(-7, 0.525), trunk.on(7, 0.525), trunk.on(4.5, 0.485), trunk.on(-4.5, 0.485)]
    blade = [trunk.on(-4, 0.485), trunk.on(4, 0.485), trunk.on(9, 0.17), trunk.on(0, 0.10), trunk.on(-9, 0.17)]
    nib.form(cornered(blade), trunk.dress.tie, 0.012, 0.4)
    nib.patch(knot, darker(trunk.dress.tie, 0.25))


def _scarf(nib: Nib, trunk: Trunk, away: bool) -> None:
    colour = trunk.dress.scarf
    nib.form(curved([trunk.edge(-1, 0.53), trunk.on(-60, 0.60), trunk.on(60, 0.60), trunk.edge(1, 0.53), trunk.on(20,
        0.455),
                     trunk.on(-20, 0.455)]), colour, 0.02, 0.4)  # fmt: skip
    if not away:
        nib.form(cornered(trunk.strip((8, 30), 0.12, 0.49)), colour, 0.014, 0.4)
        for angle in (10, 17, 24):
            nib.ink(trunk.on(angle, 0.16), trunk.on(angle, 0.09), 0.010, 0.0, colour)
