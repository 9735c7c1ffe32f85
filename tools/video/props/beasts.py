"""Animals on four legs: one body that walks, told apart by proportion, coat, head and tail."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from tools.video.acting import Turn
from tools.video.brush import Brush, Point, darker
from tools.video.props.forms import SHADE, ball, clipped, form, ink, limb, placed
from tools.video.props.muzzles import LongFace, RoundFace, draw_long_face, draw_round_face

Tail = Callable[[Brush, "Beast", float], None]
Marks = Callable[[Brush, "Beast"], None]


@dataclass(frozen=True)
class Beast:
    """An animal in profile, facing right, one unit high. All lengths are shares of that height."""

    coat: str
    face: RoundFace | LongFace
    head: tuple[float, float, float]
    """Middle of the skull (x, h) and its radius."""
    tail: Tail
    long: float = 0.42
    """Half of the trunk's length."""
    back: float = 0.60
    """Height of the back."""
    under: float = 0.30
    """Height of the belly."""
    leg: float = 0.085
    """Thickness of a leg at the knee."""
    hoof: str = ""
    """Colour of its hooves; paws have none."""
    socks: str = ""
    """Colour of the legs, if another than the coat's."""
    belly: str = ""
    hump: float = 0.0
    """How far the shoulders stand above the back."""
    neck: tuple[float, float] = (0.26, 0.2)
    """Thickness at the shoulders and at the head."""
    tilt: float = 0.0
    """Degrees by which the head hangs."""
    marks: Marks | None = None
    fleece: bool = False
    """Whether the outline is curls and not a line."""


def draw_beast(brush: Brush, beast: Beast, turn: Turn) -> None:
    """Draw the animal in its step."""
    walk = math.sin(turn.stride) if turn.stride else 0.0
    bob = 0.018 * abs(walk)
    long, back, under = beast.long, beast.back + bob, beast.under + bob
    hips = (-long * 0.72, long * 0.66)
    for number, x in enumerate(hips):
        _leg(brush, beast, x + 0.09, turn.stride + math.pi * (1 - number), far=True)
    beast.tail(brush, beast, walk)
    outline, deep = trunk(beast, bob), back - under
    if beast.fleece:
        for x_, h_ in outline:
            brush.disc(
                x_ * 0.97,
                h_,
                0.105,
                darker(beast.coat, SHADE) if x_ < -long * 0.8 or h_ < middle_of(outline) else beast.coat,
            )
    form(brush, outline, beast.coat, beast.back * 0.08)
    with clipped(brush, outline):
        if beast.belly:
            brush.oval(long * 0.16, under - deep * 0.02, long * 1.7, deep * 0.5, darker(beast.belly, SHADE))
            brush.oval(long * 0.22, under + deep * 0.03, long * 1.5, deep * 0.4, beast.belly)
        if beast.marks:
            beast.marks(brush, beast)
    for number, x in enumerate(hips):
        _leg(brush, beast, x, turn.stride + math.pi * number, far=False)
    haunch = (hips[0] + 0.01 * walk, under + deep * 0.40)
    with clipped(brush, outline):
        ball(brush, haunch[0], haunch[1], min(long * 0.72, deep * 1.1), deep * 0.92, beast.coat, beast.back * 0.045)
    middle = (back + under) / 2
    ink(brush, [(hips[0] + min(long * 0.36, deep * 0.55), haunch[1] - deep * 0.34), (hips[0] + min(long * 0.38,
        deep * 0.57), haunch[1]),
                (hips[0] + long * 0.24, haunch[1] + deep * 0.36)], 0.014)  # fmt: skip
    ink(brush, [(long * 0.92, under + 0.08), (long * 0.88, middle), (long * 0.7, middle + 0.08)], 0.012)
    dip = 0.02 * math.sin(turn.stride * 2) if turn.stride else 0.0
    x, h, size = beast.head
    h += bob - dip - 0.02 * turn.voice
    _neck(brush, beast, (x, h), bob)
    with placed(brush, x, h, size, beast.tilt + 60 * dip - 9 * turn.voice):
        if isinstance(beast.face, RoundFace):
            draw_round_face(brush, beast.face, beast.coat, turn)
        else:
            draw_long_face(brush, beast.face, beast.coat, turn)


def trunk(beast: Beast, bob: float = 0.0) -> list[Point]:
    """Return the outline of the trunk, from the rump over the back to the chest and along the belly."""
    long, back, under = beast.long, beast.back + bob, beast.under + bob
    deep = back - under
    return [
        (-long, back - deep * 0.30), (-long * 0.86, back - deep * 0.05), (-long * 0.5, back + 0.012), (0.0,
            back - 0.012),
        (long * 0.5, back + beast.hump), (long * 0.86, back + beast.hump * 0.5 - deep * 0.05), (long * 1.06,
            back - deep * 0.36),
        (long * 1.0, under + deep * 0.22), (long * 0.74, under - deep * 0.03), (0.0, under + deep * 0.0),
            (-long * 0.45, under + deep * 0.12),
        (-long * 0.9, under + deep * 0.2),
    ]  # fmt: skip


def middle_of(outline: list[Point]) -> float:
    """Return the height of the middle of an outline."""
    return (max(h for _, h in outline) + min(h for _, h in outline)) / 2


def _neck(brush: Brush, beast: Beast, head: Point, bob: float) -> None:
    wide, thin = beast.neck
    if not wide:
        return
    base = (beast.long * 0.74, beast.back + bob - wide * 0.42)
    top = (head[0] - beast.head[2] * 0.1, head[1] - beast.head[2] * 0.1)
    bend = (base[0] * 0.45 + top[0] * 0.55 + 0.03, (base[1] + top[1]) / 2 - 0.02)
    limb(brush, [base, bend, top], (wide, thin), beast.coat, wide * 0.16)
    # Neck and shoulder are one piece: no shadow between them.
    brush.oval(base[0] + wide * 0.08, base[1] - wide * 0.02, wide * 0.9, wide * 1.04, beast.coat)


def _leg(brush: Brush, beast: Beast, x: float, phase: float, far: bool) -> None:
    """Draw one leg; it swings from the hip and its foot is lifted on the way forward."""
    swing, lift = (math.sin(phase), max(0.0, math.cos(phase))) if phase and _moving(phase) else (0.0, 0.0)
    reach = 0.30 * beast.under + 0.03
    hip, foot = (x, beast.under + 0.10), (x + reach * swing, 0.24 * beast.under * lift)
    hind = x < 0
    knee = (x + reach * 0.5 * swing + (-0.03 if hind else 0.03 * lift), (hip[1] + foot[1]) * 0.48 + 0.03 * lift)
    colour = beast.socks or beast.coat
    colour = darker(colour, 0.42) if far else colour
    thick = beast.leg
    limb(
        brush,
        [hip, knee, (foot[0], foot[1] + 0.035)],
        (thick * 1.75, thick * 0.86),
        colour,
        0.0 if far else thick * 0.24,
    )
    sole = foot[1]
    if beast.hoof:
        hoof = darker(beast.hoof, 0.4) if far else beast.hoof
        shape = [(foot[0] - thick * 0.52, sole + 0.055), (foot[0] + thick * 0.5, sole + 0.06)]
        brush.shape([*shape, (foot[0] + thick * 0.78, sole), (foot[0] - thick * 0.62, sole)], hoof)
        return
    paw = [(foot[0] - thick * 0.55, sole), (foot[0] - thick * 0.5, sole + 0.06), (foot[0] + thick * 0.4, sole + 0.075)]
    form(
        brush,
        [*paw, (foot[0] + thick * 1.0, sole + 0.04), (foot[0] + thick * 1.0, sole)],
        colour,
        0.0 if far else 0.012,
    )
    if not far:
        for toe in (0.35, 0.68):
            ink(brush, [(foot[0] + thick * toe, sole), (foot[0] + thick * (toe - 0.05), sole + 0.03)], 0.01)


def _moving(phase: float) -> bool:
    # A phase that is only the half turn of its pair means that the animal stands.
    return not math.isclose(phase, math.pi)
