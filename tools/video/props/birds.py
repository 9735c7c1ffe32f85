"""Birds: one body that waddles, told apart by neck, tail, beak and what they wear on their heads."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from tools.video.acting import Turn
from tools.video.brush import Brush, Point, darker
from tools.video.props.forms import INK, ball, clipped, eye, form, ink, limb, placed
from tools.video.props.muzzles import lid_of

Part = Callable[[Brush, "Bird", float], None]


@dataclass(frozen=True)
class Bird:
    """A bird in profile, facing right, one unit high. All lengths are shares of that height."""

    body: str
    head: tuple[float, float, float]
    """Middle of the head (x, h) and its radius."""
    low: float
    """Height of the belly: the length of its legs."""
    top: float
    """Height of its back."""
    long: float
    """Half the length of its trunk."""
    wing: str = ""
    face: str = ""
    """Colour of head and neck, if another than the body's."""
    beak: str = "#ee9433"
    bill: tuple[float, float, float] = (1.3, 0.55, 0.0)
    """Length and height of the beak and how far its tip hangs, in radii of the head."""
    feet: str = "#e08a2e"
    webbed: bool = True
    neck: tuple[float, float] = (0.15, 0.1)
    bent: float = 0.06
    """How far the neck swings forward on its way up."""
    tail: Part | None = None
    crown: Part | None = None
    behind: Part | None = None
    """What is drawn before the rest: a fan."""


def draw_bird(brush: Brush, bird: Bird, turn: Turn) -> None:
    """Draw the bird in its step; it rolls from foot to foot and pushes its head on."""
    walk = math.sin(turn.stride) if turn.stride else 0.0
    with placed(brush, 0.0, 0.0, 1.0, 3.5 * walk):
        if bird.behind:
            bird.behind(brush, bird, walk)
        for far in (True, False):
            _foot(brush, bird, turn.stride + (math.pi if far else 0.0), far, bool(turn.stride))
        if bird.tail:
            bird.tail(brush, bird, walk)
        _trunk(brush, bird)
        _neck_and_head(brush, bird, turn)
        _wing(brush, bird, turn)


def _trunk(brush: Brush, bird: Bird) -> None:
    long, low, top = bird.long, bird.low, bird.top
    deep = top - low
    outline = [
        (-long, top - deep * 0.1), (-long * 0.4, top - deep * 0.02), (long * 0.3, top - deep * 0.04), (long * 0.82,
            top - deep * 0.12),
        (long, low + deep * 0.52), (long * 0.66, low + deep * 0.1), (0.0, low), (-long * 0.55, low + deep * 0.2),
    ]  # fmt: skip
    form(brush, outline, bird.body, deep * 0.15)


def _wing(brush: Brush, bird: Bird, turn: Turn) -> None:
    long, low, top = bird.long, bird.low, bird.top
    deep, colour = top - low, bird.wing or darker(bird.body, 0.1)
    # Up in the air, or at the top of its voice, it beats its wings.
    beat = math.sin(turn.stride) if turn.up > 0.05 and turn.stride else 0.5 * turn.voice
    with placed(brush, long * 0.34, top - deep * 0.3, 1.0, 62 * max(beat, -0.3)):
        points = [
            (0.04, 0.10 * deep),
            (-long * 0.5, 0.16 * deep),
            (-long * 1.32, 0.12 * deep),
            (-long * 1.1, -0.12 * deep),
        ]
        form(brush, [*points, (-long * 0.6, -0.42 * deep), (0.0, -0.36 * deep)], colour, deep * 0.09)
        for row in range(3):
            h = deep * (0.02 - 0.14 * row)
            ink(
                brush,
                [
                    (-long * (0.12 + 0.1 * row), h),
                    (-long * 0.6, h + 0.01),
                    (-long * (1.08 - 0.14 * row), h + deep * 0.07),
                ],
                0.014,
            )


def _foot(brush: Brush, bird: Bird, phase: float, far: bool, moving: bool) -> None:
    swing, lift = (math.sin(phase), max(0.0, math.cos(phase))) if moving else (0.0, 0.0)
    hip = (0.06 if far else -0.05, bird.low + 0.06)
    x, h = hip[0] + 0.5 * bird.low * swing, 0.3 * bird.low * lift
    colour = darker(bird.feet, 0.35) if far else bird.feet
    knee = (hip[0] + 0.3 * bird.low * swing - 0.02, (hip[1] + h) * 0.5 + 0.02 * lift)
    brush.line([hip, knee, (x, h + 0.025)], colour, 0.026 + 0.045 * max(0.0, 0.3 - bird.low))
    size = 0.09 + 0.16 * bird.low
    if bird.webbed:
        toes = [(x - 0.02, h + 0.045), (x + size, h + 0.03), (x + size * 1.12, h), (x - 0.035, h)]
        brush.shape(toes, colour)
        ink(brush, [(x + size * 0.9, h + 0.008), (x + size * 0.3, h + 0.026)], 0.01)
    else:
        for toe in (1.0, 0.6, -0.45):
            brush.line([(x, h + 0.02), (x + size * toe, h + 0.008)], colour, 0.024)


def _neck_and_head(brush: Brush, bird: Bird, turn: Turn) -> None:
    x, h, size = bird.head
    push = 0.035 * math.sin(turn.stride * 2) if turn.stride else 0.0
    x, h = x + push + 0.03 * turn.voice, h - 0.01 * abs(push) + 0.01 * turn.voice
    colour, deep = bird.face or bird.body, bird.top - bird.low
    base = (bird.long * 0.62, bird.top - deep * 0.34)
    if bird.neck[0]:
        middle = ((base[0] + x) / 2 + bird.bent, (base[1] + h) / 2 - bird.bent * 0.4)
        limb(brush, [base, middle, (x - size * 0.25, h)], bird.neck, colour, bird.neck[0] * 0.18)
        brush.oval(base[0] + 0.01, base[1] - deep * 0.02, bird.neck[0] * 0.94, bird.neck[0] * 1.1, bird.body)
    if bird.crown:
        bird.crown(brush, bird, push)
    with placed(brush, x, h, size, -12 * turn.voice):
        long, thick, hang = bird.bill
        gape = 0.5 * turn.voice
        if gape > 0.04:
            brush.shape([(0.5, 0.1), (0.9 + long * 0.5, 0.2), (0.9 + long * 0.4, -0.5 - gape * 0.4), (0.5, -0.3)], INK)
            brush.shape([(0.6, -0.12), (0.8 + long * 0.5, -0.05 - gape * 0.4), (0.6, -0.34)], "#d2606a")
        lower = [
            (0.5, -0.12),
            (0.78 + long * 0.82, -0.08 - hang - gape * 0.9),
            (0.76 + long * 0.6, -0.2 - hang - gape),
            (0.5, -thick * 0.9),
        ]
        form(brush, lower, darker(bird.beak, 0.25), 0.0)
        ball(brush, 0.0, 0.0, 2.0, 1.92, colour, 0.24)
        upper = [
            (0.62, thick * 0.72),
            (0.8 + long * 0.4, thick * 0.5),
            (0.8 + long, -hang * 1.3),
            (0.8 + long * 0.92, -0.14 - hang * 1.3),
        ]
        form(brush, [*upper, (0.9, -0.16), (0.6, -0.14)], bird.beak, 0.1)
        brush.oval(1.1, thick * 0.34, 0.2, 0.1, INK)
        lid = darker(colour, 0.22)
        eye(brush, 0.36, 0.3, 0.34, lid_of(turn, 0.36), (0.22, 0.0), lid)
        ink(brush, [(0.74, 0.62), (0.3, 0.84), (-0.02, 0.76)], 0.14)


def short_tail(brush: Brush, bird: Bird, walk: float) -> None:
    """Draw a few feathers that point back and up."""
    x, h = -bird.long, bird.top - 0.03
    deep = bird.top - bird.low
    form(brush, [(x + 0.12, h), (x - 0.08, h + 0.10 + 0.01 * walk), (x - 0.17, h + 0.09), (x - 0.10, h + 0.02),
        (x - 0.16, h - 0.0),
                 (x - 0.02, h - deep * 0.3)], bird.body, 0.03)  # fmt: skip


def dark_tail(brush: Brush, bird: Bird, walk: float) -> None:
    """Draw a flat tail in the wing's colour."""
    x, h = -bird.long, bird.top - 0.08
    form(
        brush,
        [(x + 0.16, h + 0.05), (x - 0.2, h + 0.0 + 0.01 * walk), (x - 0.24, h - 0.08), (x - 0.02, h - 0.12)],
        darker(bird.wing or bird.body, 0.2),
        0.03,
    )


def cock_tail(brush: Brush, bird: Bird, walk: float) -> None:
    """Draw a rooster's sickles."""
    x, h = -bird.long, bird.top - 0.06
    for reach, high, tone in ((0.34, 0.24, "#1f4a44"), (0.26, 0.34, "#2c6a5c"), (0.14, 0.36, "#1f4a44")):
        path = [
            (x + 0.14, h - 0.06),
            (x - reach * 0.4, h + high),
            (x - reach, h + high * 0.8),
            (x - reach * 1.25 + 0.01 * walk, h + high * 0.2),
        ]
        limb(brush, path, (0.13, 0.04), tone, 0.02)


def comb(brush: Brush, bird: Bird, push: float) -> None:
    """Draw a comb and wattles."""
    x, h, size = bird.head[0] + push, bird.head[1], bird.head[2]
    for a, b, radius in ((-0.6, 1.0, 0.42), (0.05, 1.3, 0.5), (0.65, 1.05, 0.4)):
        ball(brush, x + a * size, h + b * size, radius * 2 * size, radius * 2.2 * size, "#c8372f", 0.01)
    form(
        brush,
        [
            (x + 0.5 * size, h - 0.4 * size),
            (x + 1.1 * size, h - 0.5 * size),
            (x + 0.95 * size, h - 1.7 * size),
            (x + 0.5 * size, h - 1.5 * size),
        ],
        "#c8372f",
        0.01,
    )


def snood(brush: Brush, bird: Bird, push: float) -> None:
    """Draw a turkey's wattle."""
    x, h, size = bird.head[0] + push, bird.head[1], bird.head[2]
    form(brush, [(x + 0.3 * size, h - 0.3 * size), (x + 1.2 * size, h - 0.2 * size), (x + 1.1 * size,
        h - 1.8 * size), (x + 0.7 * size, h - 2.4 * size),
                 (x + 0.3 * size, h - 1.6 * size)], "#c8372f", 0.012)  # fmt: skip


def plumes(brush: Brush, bird: Bird, push: float) -> None:
    """Draw a peacock's little crown."""
    x, h, size = bird.head[0] + push, bird.head[1], bird.head[2]
    for lean in (-0.06, -0.02, 0.02):
        brush.line([(x, h + 0.8 * size), (x + lean, h + 0.8 * size + 0.08)], "#17324f", 0.009)
        brush.disc(x + lean, h + 0.8 * size + 0.085, 0.016, "#2f8f9a")


def turkey_fan(brush: Brush, bird: Bird, walk: float) -> None:
    """Draw a turkey's fan of barred feathers."""
    _fan(brush, (-0.20, 0.42), 0.50, 9, (28, 188), "#7a4a2c", "#e6d3ae", walk)


def peacock_fan(brush: Brush, bird: Bird, walk: float) -> None:
    """Draw a peacock's fan of eyes."""
    _fan(brush, (-0.05, 0.20), 0.80, 13, (8, 172), "#2f7a58", "", walk)


def _fan(
    brush: Brush, foot: Point, reach: float, count: int, arc: tuple[float, float], colour: str, tip: str, walk: float
) -> None:
    for number in range(count):
        angle = math.radians(arc[0] + (arc[1] - arc[0]) * number / (count - 1) + 2 * walk)
        x, h = foot[0] + reach * math.cos(angle), foot[1] + reach * math.sin(angle)
        thick = 2.9 * reach / count
        tone = colour if number % 2 else darker(colour, 0.18)
        limb(brush, [foot, ((foot[0] + x) / 2, (foot[1] + h) / 2), (x, h)], (thick * 0.4, thick), tone, thick * 0.18)
        if tip:
            with clipped(brush, [foot, ((foot[0] + x) / 2, (foot[1] + h) / 2), (x, h)], (thick * 0.4, thick)):
                for ring, share in ((darker(colour, 0.6), 0.86), (tip, 0.98)):
                    a, b = foot[0] + reach * share * math.cos(angle), foot[1] + reach * share * math.sin(angle)
                    aside = (-math.sin(angle) * thick, math.cos(angle) * thick)
                    brush.line([(a - aside[0], b - aside[1]), (a + aside[0], b + aside[1])], ring, 0.05)
            continue
        for radius, ring in ((0.46, "#caa43c"), (0.34, "#2f8f9a"), (0.2, "#1b2f66")):
            brush.disc(x, h, thick * radius, ring)


BIRDS: dict[str, Bird] = {
    "goose": Bird("#eceae2", (0.32, 0.87, 0.10), 0.20, 0.56, 0.40, wing="#cfcbbd", bill=(1.5, 0.62, 0.08),
        neck=(0.17, 0.10), tail=short_tail),
    "swan": Bird("#f4f2ec", (0.42, 0.88, 0.085), 0.10, 0.50, 0.50, wing="#e6e3da", beak="#e5782c", bill=(1.6, 0.6,
        0.16), feet="#3a3a42", neck=(0.16, 0.08), bent=-0.13, tail=short_tail),
    "duck": Bird("#a5a29a", (0.30, 0.80, 0.15), 0.16, 0.58, 0.42, wing="#7d6a58", face="#2f7a4d", beak="#e8b53a",
        bill=(1.2, 0.5, -0.05), neck=(0.18, 0.18), bent=0.0, tail=short_tail),
    "chicken": Bird("#e9dcc0", (0.28, 0.80, 0.12), 0.24, 0.66, 0.38, wing="#d5c19a", beak="#e8a53a", bill=(0.7, 0.5,
        0.08), webbed=False, neck=(0.28, 0.18), bent=0.0, tail=short_tail, crown=comb),
    "rooster": Bird("#a84f2c", (0.28, 0.82, 0.105), 0.26, 0.60, 0.34, wing="#8a3d28", face="#d98a35", beak="#e8b53a",
        bill=(0.8, 0.5, 0.1), webbed=False, neck=(0.26, 0.16), bent=0.0, tail=cock_tail, crown=comb),
    "turkey": Bird("#5f4230", (0.32, 0.76, 0.085), 0.18, 0.60, 0.38, wing="#7d5a3f", face="#7fa3b8", beak="#d9b25a",
        bill=(0.9, 0.5, 0.12), feet="#c98a6a", webbed=False, neck=(0.16, 0.10), crown=snood, behind=turkey_fan),
    "peacock": Bird("#1f5f9e", (0.24, 0.62, 0.066), 0.14, 0.40, 0.22, wing="#8a7a5c", beak="#cfc7b4", bill=(1.0, 0.5,
        0.1), feet="#8a7a5c", webbed=False, neck=(0.13, 0.075), bent=0.03, crown=plumes, behind=peacock_fan),
    "pigeon": Bird("#8b93a3", (0.34, 0.84, 0.13), 0.18, 0.66, 0.40, wing="#a9b0bd", face="#5f7a86", beak="#4a4d56",
        bill=(0.75, 0.42, 0.06), feet="#d1606a", webbed=False, neck=(0.30, 0.2), bent=0.02, tail=dark_tail),
    "seagull": Bird("#f1efe9", (0.36, 0.82, 0.125), 0.20, 0.62, 0.42, wing="#9aa3b0", beak="#e8b53a", bill=(1.2, 0.5,
        0.12), feet="#e0a53a", neck=(0.26, 0.2), bent=0.0, tail=dark_tail),
    "crow": Bird("#2a2d38", (0.38, 0.80, 0.13), 0.20, 0.60, 0.42, wing="#363a48", beak="#4a4d56", bill=(1.3, 0.6,
        0.1), feet="#4a4d56", webbed=False, neck=(0.26, 0.2), bent=0.0, tail=dark_tail),
    "eagle": Bird("#5a4030", (0.30, 0.84, 0.13), 0.20, 0.66, 0.36, wing="#4a3428", face="#f1eee6", beak="#e8b53a",
        bill=(1.0, 0.75, 0.42), feet="#e0a53a", webbed=False, neck=(0.26, 0.22), bent=0.0, tail=dark_tail),
    "ostrich": Bird("#2f2c33", (0.32, 0.92, 0.066), 0.36, 0.66, 0.34, wing="#ece8df", face="#d6a99a", beak="#d9a98f",
        bill=(1.3, 0.6, 0.05), feet="#c99a86", webbed=False, neck=(0.09, 0.05), tail=short_tail),
    "emu": Bird("#5a4a3c", (0.30, 0.90, 0.062), 0.32, 0.62, 0.34, wing="#6d5b4a", face="#4a5563", beak="#3a3a42",
        bill=(1.1, 0.6, 0.1), feet="#6d6a66", webbed=False, neck=(0.12, 0.06), tail=dark_tail),
    "flamingo": Bird("#f08aa0", (0.28, 0.91, 0.075), 0.44, 0.64, 0.26, wing="#e56f8c", beak="#2b2630", bill=(1.1,
        0.7, 0.7), feet="#e58a9a", neck=(0.09, 0.055), bent=-0.10, tail=short_tail),
}  # fmt: skip
"""Every bird that this body fits, by name."""
