"""Heads of animals, in units of the skull's radius: round ones look at the lens, long ones along the street."""

import math
from dataclasses import dataclass
from typing import Literal

from tools.video.acting import Turn
from tools.video.brush import Brush, Point, darker, lighter
from tools.video.props.forms import INK, ball, eye, form, ink, limb

Mask = Literal[
    "raccoon", "possum", "skunk", "badger", "fox", "dog", "cat", "bear", "panda", "koala", "lion", "tiger",
        "hamster", "pig",
    "mole", "monkey",
]  # fmt: skip
_DARK, _LIGHT = "#262932", "#efe9dd"


@dataclass(frozen=True)
class RoundFace:
    """A face that is nearly as wide as high, turned a little to the right."""

    ears: Literal["tri", "round", "flop", "puff", "drop", "none"]
    mask: Mask
    muzzle: float = 0.5
    """Half the muzzle's width."""
    skin: str = ""
    """The face's colour, if another than the coat's."""
    nose: str = "#1d1b20"
    ear: str = ""
    """The ears' colour, if another than the coat's."""


@dataclass(frozen=True)
class LongFace:
    """A face with a long muzzle, seen from the side."""

    long: float
    """Length of the muzzle."""
    ears: Literal["up", "tall", "side", "stub"]
    horn: Literal["", "short", "back", "antlers", "palms", "spire", "nose"] = ""
    mane: str = ""
    """Colour of a mane, if there is one."""
    snout: str = ""
    skin: str = ""
    tuft: bool = False
    """Whether there are curls on top."""
    beard: bool = False
    heavy: bool = False
    """Whether the muzzle hangs over, as a moose's does."""


def lid_of(turn: Turn, rest: float = 0.34) -> float:
    """Return how far the eyelids are shut: half in contempt, wide at its own noise, blinking as it walks."""
    if turn.stride and math.sin(turn.stride * 0.37) > 0.965:
        return 1.0
    return rest * (1 - 0.8 * turn.voice)


def draw_round_face(brush: Brush, face: RoundFace, coat: str, turn: Turn) -> None:
    """Draw a round face at the origin."""
    skin = face.skin or coat
    if face.mask == "lion":
        turns = [a * math.pi / 9 for a in range(18)]
        ring = [
            (1.56 * math.cos(a) * (1 + 0.08 * (n % 2)), 1.5 * math.sin(a) * (1 + 0.08 * (n % 2)))
            for n, a in enumerate(turns)
        ]
        form(brush, ring, "#8f5423", 0.2)
        for angle in turns[::2]:
            ink(
                brush,
                [(1.34 * math.cos(angle), 1.28 * math.sin(angle)), (1.08 * math.cos(angle), 1.04 * math.sin(angle))],
                0.05,
            )
    for sign in (-1, 1):
        _ear(brush, face, sign, face.ear or (coat if face.ears != "round" else darker(coat, 0.2)))
    cheek = {"fox": 1.16, "raccoon": 1.14, "hamster": 1.14, "cat": 1.06, "tiger": 1.05}.get(face.mask, 0.98)
    skull = [
        (-cheek, -0.08), (-0.86, 0.52), (-0.36, 0.84), (0.36, 0.86), (0.88, 0.52), (cheek, -0.08), (0.66, -0.56),
            (0.28, -0.84),
        (-0.16, -0.84), (-0.6, -0.58),
    ]  # fmt: skip
    if face.mask in ("fox", "raccoon"):
        # Tufts of fur on the cheeks: a point there and not a curve.
        skull[0], skull[5] = (-cheek - 0.12, -0.3), (cheek + 0.12, -0.3)
    form(brush, skull, skin, 0.13)
    _mask(brush, face, skin)
    if face.mask == "pig":
        _snout(brush, skin, 0.42 * turn.voice)
    else:
        _muzzle(brush, face, turn)
    wide = {"koala": 0.5, "hamster": 0.52, "bear": 0.36}.get(face.mask, 0.42)
    size = {"bear": 0.15, "koala": 0.15, "possum": 0.17, "skunk": 0.17, "badger": 0.15, "mole": 0.11}.get(
        face.mask, 0.21
    )
    under = {"raccoon": _DARK, "panda": _DARK, "skunk": _DARK, "badger": _DARK}.get(face.mask, darker(skin, 0.3))
    for sign in (-1, 1):
        eye(brush, 0.1 + sign * wide, 0.12, size, lid_of(turn, 0.4), (0.2, 0.0), under)


def _ear(brush: Brush, face: RoundFace, sign: int, colour: str) -> None:
    inner = "#d8a79b" if face.mask != "koala" else "#e8d5d0"
    if face.ears == "tri":
        tip = (sign * 0.92 + 0.04, 1.42 if face.mask in ("fox", "cat") else 1.22)
        form(brush, [(sign * 0.98, 0.3), tip, tip, (sign * 0.24, 0.78)], colour, 0.1)
        form(brush, [(sign * 0.84, 0.5), (tip[0] - sign * 0.06, tip[1] - 0.24), (sign * 0.42, 0.74)], inner, 0.0)
    elif face.ears == "round":
        ball(brush, sign * 0.74, 0.74, 0.62, 0.6, colour, 0.08)
        ball(brush, sign * 0.74, 0.72, 0.32, 0.3, inner, 0.0)
    elif face.ears == "drop":
        points: list[Point] = [(0.24, 0.84), (0.5, 1.2), (1.06, 1.02), (1.02, 0.5), (0.82, 0.5)]
        form(brush, [(sign * x, h) for x, h in points], darker(colour, 0.1), 0.08)
    elif face.ears == "puff":
        ball(brush, sign * 1.02, 0.5, 0.98, 0.94, colour, 0.1)
        ball(brush, sign * 1.04, 0.46, 0.56, 0.56, inner, 0.0)
    elif face.ears == "flop":
        hanging = [(0.5, 0.86), (1.0, 0.76), (1.3, 0.1), (1.18, -0.42), (0.9, -0.36), (0.8, 0.2)]
        form(brush, [(sign * x, h) for x, h in hanging], colour, 0.1)


_PATCHES: dict[Mask, tuple[tuple[str, tuple[Point, ...]], ...]] = {
    "raccoon": (
        (_LIGHT, ((0.12, 0.5), (0.7, 0.62), (1.02, 0.3), (0.6, 0.36), (0.2, 0.34))),
        (_DARK, ((0.06, 0.14), (0.42, 0.38), (0.88, 0.18), (1.1, -0.22), (0.7, -0.28), (0.28, -0.14))),
    ),
    "badger": ((_DARK, ((0.24, 0.84), (0.66, 0.66), (0.62, 0.0), (0.4, -0.5), (0.22, -0.3), (0.2, 0.2))),),
    "fox": ((_LIGHT, ((0.12, -0.3), (0.6, 0.0), (1.06, -0.24), (0.66, -0.55), (0.2, -0.78))),),
    "hamster": ((_LIGHT, ((0.12, -0.3), (0.6, 0.0), (1.04, -0.24), (0.62, -0.55), (0.2, -0.78))),),
    "tiger": ((_LIGHT, ((0.12, -0.3), (0.6, 0.0), (0.94, -0.2), (0.6, -0.52), (0.2, -0.78))),),
    "panda": ((_DARK, ((0.2, 0.2), (0.5, 0.44), (0.72, 0.1), (0.62, -0.22), (0.34, -0.12))),),
    "possum": (("#6d6a70", ((0.2, 0.1), (0.42, 0.42), (0.62, 0.14), (0.42, -0.1))),),
    "monkey": (("#e3b98f", ((-0.02, 0.3), (0.35, 0.52), (0.72, 0.2), (0.6, -0.4), (-0.02, -0.72))),),
}
"""What tells one round face from another: patches on both sides of the nose."""


def _mask(brush: Brush, face: RoundFace, skin: str) -> None:
    for colour, points in _PATCHES.get(face.mask, ()):
        for sign in (-1, 1):
            form(brush, [(0.1 + sign * x, h) for x, h in points], colour, 0.0)
    if face.mask == "raccoon":
        form(brush, [(0.02, 0.8), (0.18, 0.8), (0.2, -0.1), (0.0, -0.1)], _DARK, 0.0)
    elif face.mask == "skunk":
        form(brush, [(-0.06, 0.88), (0.22, 0.88), (0.2, 0.1), (0.1, -0.15), (0.0, 0.1)], _LIGHT, 0.0)
    elif face.mask in ("tiger", "cat"):
        for x in (-0.2, 0.1, 0.4):
            ink(brush, [(x, 0.8), (0.1 + (x - 0.1) * 0.7, 0.5)], 0.11, darker(skin, 0.62))
        for sign in (-1, 1):
            ink(brush, [(sign * 0.94, 0.02), (0.1 + sign * 0.66, -0.04)], 0.1, darker(skin, 0.62))


def _muzzle(brush: Brush, face: RoundFace, turn: Turn) -> None:
    wide, gape, x, h = face.muzzle, 0.42 * turn.voice, 0.14, -0.5
    tones = {
        "bear": "#b98a5c",
        "dog": "#e8cfa8",
        "koala": "#8f959e",
        "skunk": _DARK,
        "monkey": "#eccaa6",
        "mole": "#6a6470",
    }
    if gape > 0.03:
        jaw = [
            (x - wide * 0.62, h - 0.12),
            (x, h - 0.02),
            (x + wide * 0.62, h - 0.12),
            (x + wide * 0.4, h - 0.24 - gape),
        ]
        form(brush, [*jaw, (x, h - 0.34 - gape), (x - wide * 0.4, h - 0.24 - gape)], INK, 0.0)
        brush.oval(x, h - 0.16 - gape, wide * 0.6, 0.2 * turn.voice + 0.05, "#d2606a")
        for sign in (-1, 1):
            tooth = [
                (x + sign * wide * 0.42, h - 0.12),
                (x + sign * wide * 0.24, h - 0.1),
                (x + sign * wide * 0.33, h - 0.3),
            ]
            brush.shape(tooth, "#f6f1e4")
    upper = [
        (x - wide, h - 0.02),
        (x - wide * 0.6, h + 0.24),
        (x, h + 0.34),
        (x + wide * 0.62, h + 0.24),
        (x + wide, h - 0.02),
    ]
    form(
        brush,
        [*upper, (x + wide * 0.55, h - 0.22), (x, h - 0.16), (x - wide * 0.55, h - 0.22)],
        tones.get(face.mask, _LIGHT),
        0.07,
    )
    _nose(brush, face, x, h)
    lip = INK if face.mask != "skunk" else "#9a9aa2"
    ink(brush, [(x, h + 0.1), (x, h - 0.12)], 0.05, lip)
    for sign in (-1, 1):
        ink(brush, [(x, h - 0.12), (x + sign * wide * 0.4, h - 0.2), (x + sign * wide * 0.72, h - 0.08)], 0.055, lip)
    if face.mask in ("cat", "tiger", "raccoon", "hamster", "lion", "possum"):
        for sign in (-1, 1):
            for row in (0.06, -0.08):
                ink(
                    brush,
                    [(x + sign * wide * 0.6, h + row), (x + sign * (wide + 0.2) - 0.04, h + row * 2.2 + 0.07)],
                    0.035,
                )


def _nose(brush: Brush, face: RoundFace, x: float, h: float) -> None:
    if face.mask == "koala":
        form(
            brush,
            [(x - 0.16, h + 0.5), (x + 0.16, h + 0.5), (x + 0.22, h + 0.06), (x, h - 0.04), (x - 0.22, h + 0.06)],
            face.nose,
            0.0,
        )
    else:
        big = 1.6 if face.mask == "mole" else 1.0
        nose = [(-0.2, 0.28), (0.0, 0.36), (0.22, 0.28), (0.1, 0.1), (-0.08, 0.1)]
        form(brush, [(x + a * big, h + 0.1 + (b - 0.1) * big) for a, b in nose], face.nose, 0.0)
        brush.oval(x + 0.08, h + 0.28, 0.12, 0.06, "#ffffff", 0.7)


def _snout(brush: Brush, skin: str, gape: float) -> None:
    """Draw a pig's snout and the mouth under it."""
    if gape > 0.03:
        form(brush, [(-0.3, -0.6), (0.2, -0.56), (0.66, -0.6), (0.42, -0.74 - gape), (-0.04, -0.74 - gape)], INK, 0.0)
        brush.oval(0.18, -0.68 - gape * 0.8, 0.36, 0.14, "#d2606a")
    ink(brush, [(-0.36, -0.5), (0.2, -0.72), (0.72, -0.48)], 0.06)
    ball(brush, 0.2, -0.26, 0.92, 0.66, skin, 0.08)
    for sign in (-1, 1):
        brush.oval(0.22 + sign * 0.18, -0.24, 0.16, 0.26, INK)


def draw_long_face(brush: Brush, face: LongFace, coat: str, turn: Turn) -> None:
    """Draw a long face with its skull at the origin and its muzzle to the right."""
    skin, fat = face.skin or coat, 1.25 if face.heavy else 1.0
    _horns(brush, face, behind=True)
    _long_ear(brush, face, darker(skin, 0.3), far=True)
    _jaw(brush, face, skin, 0.5 * turn.voice)
    tip = 0.55 + face.long
    skull = [
        (-0.62, 0.1), (-0.5, 0.56), (0.0, 0.78), (0.5, 0.56), (0.4 + face.long * 0.5, 0.12 * fat), (tip, -0.18 * fat),
        (tip + 0.2 * fat, -0.5), (tip + 0.02, -0.8 * fat), (0.45 + face.long * 0.5, -0.7), (0.42, -0.68), (0.0,
            -0.8), (-0.45, -0.5),
    ]  # fmt: skip
    form(brush, skull, skin, 0.13)
    end = [
        (tip - 0.34, -0.08 * fat),
        (tip, -0.18 * fat),
        (tip + 0.2 * fat, -0.5),
        (tip + 0.02, -0.8 * fat),
        (tip - 0.4, -0.7),
    ]
    form(brush, [*end, (tip - 0.28, -0.4)], face.snout or lighter(skin, 0.22), 0.06)
    brush.oval(tip + 0.03, -0.36 * fat, 0.13, 0.17, INK)
    ink(brush, [(tip + 0.04, -0.68), (tip - 0.3, -0.64), (tip - 0.55, -0.54)], 0.06)
    ink(brush, [(0.32, -0.2), (0.2, -0.5), (-0.05, -0.66)], 0.05)
    if face.mane:
        form(brush, [(-0.3, 0.66), (0.1, 0.95), (0.5, 0.6), (0.62, 0.24), (0.3, 0.44), (-0.1, 0.46)], face.mane, 0.06)
        hair = [(-0.2, 0.72), (-0.66, 0.64), (-1.15, -0.2), (-1.75, -1.3), (-1.5, -1.45), (-0.9, -0.7), (-0.42, 0.1)]
        form(brush, hair, face.mane, 0.1)
        ink(brush, [(-0.5, 0.4), (-0.96, -0.3), (-1.4, -1.1)], 0.06)
    if face.tuft:
        for x, h, size in ((-0.4, 0.62, 0.5), (0.0, 0.8, 0.6), (0.36, 0.62, 0.46)):
            ball(brush, x, h, size, size, lighter(coat, 0.12), 0.06)
    eye(brush, 0.32, 0.14, 0.22, lid_of(turn, 0.42), (0.3, 0.0), darker(skin, 0.25))
    _long_ear(brush, face, skin, far=False)
    _horns(brush, face, behind=False)


def _jaw(brush: Brush, face: LongFace, skin: str, gape: float) -> None:
    long, chin = face.long, (0.62 + face.long * 0.66, -0.86 - gape)
    if gape > 0.04:
        form(
            brush,
            [(0.35, -0.5), (0.6 + long * 0.8, -0.7), (0.6 + long * 0.7, -0.84 - gape * 0.8), (0.4, -0.72)],
            INK,
            0.0,
        )
        tongue = [(0.5, -0.68), (0.4 + long * 0.6, -0.72 - gape * 0.5), (0.42 + long * 0.5, -0.82 - gape * 0.7)]
        form(brush, tongue, "#d2606a", 0.0)
    end = [chin, (chin[0] + 0.1, chin[1] - 0.12), (chin[0] - 0.18, chin[1] - 0.26)]
    form(brush, [(0.0, -0.55), (0.5, -0.62), *end, (0.3, -0.84), (-0.1, -0.8)], skin, 0.08)
    if face.beard:
        beard = [(chin[0] - 0.3, chin[1] - 0.06), (chin[0] + 0.02, chin[1] - 0.1), (chin[0] - 0.1, chin[1] - 0.9)]
        form(brush, [*beard, (chin[0] - 0.26, chin[1] - 0.6)], darker(skin, 0.25), 0.05)


def _long_ear(brush: Brush, face: LongFace, colour: str, far: bool) -> None:
    x = 0.22 if far else -0.3
    if face.ears == "side":
        points: list[Point] = [(x, 0.62), (x - 0.5, 0.82), (x - 1.0, 0.56), (x - 0.9, 0.3), (x - 0.3, 0.34)]
        points = points if not far else [(x + 0.2, 0.6), (x + 0.6, 0.86), (x + 0.82, 0.66), (x + 0.4, 0.44)]
    else:
        top = {"tall": 1.75, "stub": 0.98}.get(face.ears, 1.3)
        points = [(x - 0.24, 0.5), (x - 0.3, top - 0.4), (x - 0.12, top), (x + 0.12, top - 0.5), (x + 0.16, 0.6)]
    form(brush, points, colour, 0.0 if far else 0.07)
    if not far:
        middle = [(a[0] * 0.6 + x * 0.4 - 0.04, a[1] * 0.62 + 0.3) for a in points[1:-1]]
        form(brush, [*middle, (x - 0.08, 0.68)], "#cf9d90", 0.0)


_PALM: tuple[Point, ...] = (
    (0.1, 0.7), (0.7, 0.86), (1.1, 0.95), (1.75, 1.0), (1.5, 1.28), (1.9, 1.6), (1.45, 1.6), (1.55, 2.1), (1.15, 1.8),
    (1.0, 2.2), (0.8, 1.5), (0.4, 1.1),
)  # fmt: skip


def _horns(brush: Brush, face: LongFace, behind: bool) -> None:
    """Draw the horn on the far side, or the one on the near side."""
    shift = 0.42 if behind else -0.12
    tone = darker("#d9c7a0", 0.35) if behind else "#d9c7a0"
    if face.horn == "short":
        limb(
            brush,
            [(shift, 0.7), (shift + 0.1, 1.0), (shift + (0.34 if behind else -0.3), 1.3)],
            (0.24, 0.08),
            tone,
            0.04,
        )
    elif face.horn == "back":
        path = [(shift + 0.1, 0.66), (shift - 0.02, 1.2), (shift - 0.5, 1.6), (shift - 0.95, 1.55)]
        limb(brush, path, (0.32, 0.08), darker(tone, 0.35), 0.06)
        for step in (0.9, 1.15, 1.38):
            ink(
                brush,
                [(shift - 0.12 - (step - 0.9) * 0.5, step), (shift + 0.16 - (step - 0.9) * 0.6, step + 0.06)],
                0.05,
            )
    elif face.horn == "nose" and not behind:
        limb(brush, [(1.36, 0.0), (1.5, 0.4), (1.62, 0.86)], (0.4, 0.06), tone, 0.06)
        limb(brush, [(0.96, 0.16), (1.0, 0.34), (1.04, 0.52)], (0.26, 0.06), tone, 0.05)
    elif face.horn == "spire" and not behind:
        limb(brush, [(0.3, 0.6), (0.62, 1.2), (0.86, 1.75)], (0.26, 0.04), "#f2cf6b", 0.05)
        for step in (0.0, 0.35, 0.7):
            ink(brush, [(0.3 + 0.42 * step, 0.82 + 0.7 * step), (0.5 + 0.36 * step, 0.78 + 0.7 * step)], 0.045)
    elif face.horn == "antlers":
        side, bone = 0.5 if behind else -0.62, darker(tone, 0.25)
        limb(
            brush,
            [(shift, 0.7), (shift + side * 0.7, 1.25), (shift + side * 0.9, 1.9), (shift + side * 0.5, 2.5)],
            (0.17, 0.07),
            bone,
            0.03,
        )
        for a, b in (((0.6, 1.2), (0.1, 1.75)), ((0.9, 1.75), (1.5, 2.1)), ((0.85, 2.05), (0.3, 2.3))):
            limb(brush, [(shift + side * a[0], a[1]), (shift + side * b[0], b[1])], (0.13, 0.05), bone, 0.03)
    elif face.horn == "palms":
        side = 1.0 if behind else -1.0
        corners = [point for point in _PALM for _ in range(2)]
        form(brush, [(shift + side * x, h) for x, h in corners], tone, 0.1)
