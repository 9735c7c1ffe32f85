"""What a set is made of, and the parts that several sets share: houses, lamps, cars, trees, windows."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from episodes.cast import Place, World
from tools.video.brush import Brush, darker, lighter, mix


@dataclass(frozen=True)
class Plane:
    """One upright sheet of a set, `z` metres behind the action (negative: in front of it)."""

    z: float
    draw: Callable[[Brush], None]


@dataclass(frozen=True)
class Mark:
    """A flat patch on the floor, in metres across and in depth."""

    left: float
    right: float
    near: float
    far: float
    colour: str


@dataclass(frozen=True)
class Scenery:
    """A whole set."""

    planes: tuple[Plane, ...]
    """From back to front; the first one is opaque and fills everything."""
    floor: tuple[str, str]
    """Colour of the floor near and far."""
    ground: float
    """Depth in metres at which the floor ends."""
    marks: tuple[Mark, ...] = ()
    inside: bool = False
    stations: tuple[float, ...] = (0.0,)
    """Places across the set at which the camera may stand: each shows something of its own."""
    door: tuple[float, float, float, float] | None = None
    """x, width, height and depth of the door that door events move."""
    fore: str = "post"
    """What is close and dark at the edge of the frame: post, leaf, shelf, dash, rail, chair, none."""
    seated: bool = False
    """Whether figures sit, as in a car."""


@dataclass(frozen=True)
class Scene:
    """What a set is told: the place with its names, the world, a generator that is always alike for the place."""

    place: Place
    world: World
    dark: bool
    chance: random.Random


def windows(
    brush: Brush,
    x: float,
    h: float,
    columns: int,
    rows: int,
    size: tuple[float, float],
    gap: tuple[float, float],
    scene: Scene,
    share: float,
) -> None:
    """Draw a grid of windows; at night `share` of them are lit."""
    for row in range(rows):
        for column in range(columns):
            left, low = x + column * (size[0] + gap[0]), h + row * (size[1] + gap[1])
            lit = scene.dark and scene.chance.random() < share
            brush.box(left - 0.06, low - 0.06, size[0] + 0.12, size[1] + 0.12, "#3a3f4d")
            if lit:
                tint = scene.chance.choice(["#ffc873", "#ffd99a", "#f3a95a"])
                brush.lamp(left, low, *size, tint, 0.95, 0.8)
                brush.box(left, low, size[0] * scene.chance.uniform(0.2, 0.45), size[1], darker(tint, 0.35))
            else:
                brush.box(left, low, *size, "#4a5d78" if scene.dark else "#9fc0d8")
                brush.shape(
                    [(left, low + size[1]), (left + size[0] * 0.5, low + size[1]), (left, low + size[1] * 0.4)],
                    "#8fa6c0",
                    0.35,
                )
            brush.box(left, low + size[1] * 0.48, size[0], 0.05, "#2b303c")


def sky(scene: Scene, low: str = "#8a98b8", high: str = "#27324f") -> Plane:
    """Return the sky with moon and stars, or clouds by day; it is the opaque ground of an outdoor set."""

    def draw(brush: Brush) -> None:
        day = not scene.dark
        brush.fade(-400, -60, 800, 260, "#d7e3ea" if day else low, "#5f95c8" if day else high)
        for _ in range(14 if day else 90):
            x, h = scene.chance.uniform(-70, 70), scene.chance.uniform(8, 60)
            if day:
                brush.oval(x, h + 8, scene.chance.uniform(8, 22), scene.chance.uniform(1, 3), "#f4f7f8", 0.5)
            else:
                brush.disc(x, h, scene.chance.uniform(0.05, 0.16), "#dfe8ff", 0.7)
        if not day:
            brush.disc(-19, 27, 3.0, "#e9e6d2")
            brush.disc(-17.9, 27.8, 2.7, mix(low, high, 0.42))
            brush.glow(-19, 27, 9, "#9fb4e8", 0.9)

    return Plane(90, draw)


def skyline(scene: Scene, z: float = 34, tone: str = "#55607c") -> Plane:
    """Return a far row of roofs, chimneys and a water tower."""

    def draw(brush: Brush) -> None:
        x = -60.0
        while x < 60:
            wide, tall = scene.chance.uniform(4, 9), scene.chance.uniform(4.5, 10)
            brush.box(x, -1, wide, tall + 1, tone)
            if scene.chance.random() < 0.5:
                brush.shape([(x - 0.3, tall), (x + wide / 2, tall + 2), (x + wide + 0.3, tall)], darker(tone, 0.15))
            windows(brush, x + 0.7, 1.5, max(1, int(wide // 2.4)), 2, (0.7, 1.0), (1.3, 1.2), scene, 0.28)
            x += wide * scene.chance.uniform(0.95, 1.25)
        brush.line([(21, 4), (22, 11)], darker(tone, 0.4), 0.25)
        brush.line([(25, 4), (24, 11)], darker(tone, 0.4), 0.25)
        brush.oval(23, 12.5, 4.6, 4.0, darker(tone, 0.3))
        brush.text("M H", 23, 12.2, 1.0, lighter(tone, 0.3))

    return Plane(z, draw)


def lamp_post(brush: Brush, x: float, reach: float = 1.4, lit: bool = True, tint: str = "#ffb35c") -> None:
    """Draw a street lamp whose light falls in a cone."""
    brush.box(x - 0.06, 0, 0.12, 4.8, "#3b4150")
    brush.box(x - 0.13, 0, 0.26, 0.5, "#303643")
    brush.line([(x, 4.75), (x + reach * 0.5, 5.1), (x + reach, 5.05)], "#3b4150", 0.09)
    brush.box(x + reach - 0.3, 4.92, 0.6, 0.14, "#2b303c")
    if lit:
        brush.lamp(x + reach - 0.24, 4.84, 0.48, 0.1, "#fff0c8", 1.2, 1.6)
        brush.shape(
            [(x + reach - 0.2, 4.8), (x + reach + 0.2, 4.8), (x + reach + 2.2, 0), (x + reach - 2.2, 0)],
            "#ffcf8a",
            0.07,
        )
        brush.glow(x + reach, 3.2, 2.2, tint, 0.62)
        brush.glow(x + reach, 0.4, 3.2, tint, 0.8)


def tree(brush: Brush, x: float, tall: float, scene: Scene, leaf: str = "#4d6b4f") -> None:
    """Draw a tree of overlapping crowns."""
    brush.shape([(x - 0.2, 0), (x + 0.2, 0), (x + 0.1, tall * 0.6), (x - 0.1, tall * 0.6)], "#4a3b34")
    for _ in range(11):
        dx, dh = scene.chance.uniform(-0.32, 0.32) * tall, scene.chance.uniform(0.45, 0.98) * tall
        brush.disc(x + dx, dh, tall * scene.chance.uniform(0.12, 0.2), darker(leaf, scene.chance.uniform(0, 0.4)))


def car(brush: Brush, x: float, colour: str, patrol: str = "", lit: bool = False) -> None:
    """Draw a car from the side, 4.6 m long, its middle at x; a patrol car has a light bar and a name."""
    brush.oval(x, 0.02, 5.0, 0.28, "#0a0c12", 0.55)
    body = [
        (x - 2.3, 0.35), (x - 2.28, 0.82), (x - 1.5, 0.95), (x - 0.95, 1.42), (x + 0.75, 1.44), (x + 1.35, 0.98),
        (x + 2.2, 0.88), (x + 2.32, 0.55), (x + 2.28, 0.33),
    ]  # fmt: skip
    brush.shape(body, colour)
    if patrol:
        brush.shape([(x - 0.95, 0.36), (x - 0.95, 0.93), (x + 0.95, 0.93), (x + 0.95, 0.36)], "#e3e8ee")
        brush.text(patrol, x, 0.55, 0.24, "#22304c", 1.7)
        brush.box(x - 2.28, 0.66, 1.33, 0.08, "#d8a83e")
        brush.box(x + 0.95, 0.66, 1.34, 0.08, "#d8a83e")
        brush.box(x - 0.62, 1.44, 1.1, 0.07, "#20242e")
        brush.box(x - 0.6, 1.5, 0.5, 0.11, "#d22f3d", round_=0.03)
        brush.box(x - 0.04, 1.5, 0.5, 0.11, "#2f62e0", round_=0.03)
    glass = "#2a3a52"
    brush.shape([(x - 1.28, 0.97), (x - 0.85, 1.34), (x - 0.12, 1.36), (x - 0.12, 0.97)], glass)
    brush.shape([(x - 0.02, 0.97), (x - 0.02, 1.36), (x + 0.68, 1.36), (x + 1.12, 0.97)], glass)
    brush.shape([(x - 0.9, 1.3), (x - 0.6, 1.34), (x - 1.0, 0.97), (x - 1.22, 0.97)], "#7f98b8", 0.5)
    brush.line([(x - 2.28, 0.80), (x - 1.4, 0.9), (x + 1.4, 0.93), (x + 2.2, 0.84)], lighter(colour, 0.35), 0.03, 0.8)
    brush.line([(x - 0.07, 0.4), (x - 0.07, 0.95)], darker(colour, 0.5), 0.02)
    for wheel in (-1.45, 1.42):
        brush.disc(x + wheel, 0.34, 0.36, "#0f1116")
        brush.disc(x + wheel, 0.34, 0.20, "#8b93a0")
        brush.disc(x + wheel, 0.34, 0.07, "#31363f")
    brush.box(x + 2.16, 0.66, 0.14, 0.14, "#fff3c4", round_=0.04)
    brush.box(x - 2.3, 0.68, 0.1, 0.13, "#c8323a", round_=0.03)
    if lit:
        brush.glow(x + 2.5, 0.7, 1.2, "#ffe9b8", 1.0)
        brush.glow(x - 2.4, 0.7, 0.5, "#ff4a3d", 0.7)


def poster(brush: Brush, x: float, h: float, words: str, width: float = 0.9, paper: str = "#e9e1cc") -> None:
    """Draw a notice with the given words in as many lines as it needs."""
    parts = words.split() or [""]
    lines = [" ".join(parts[index : index + 2]) for index in range(0, min(len(parts), 8), 2)]
    tall = 0.22 + 0.2 * len(lines)
    brush.box(x + 0.03, h - 0.03, width, tall, "#0c0f16", 0.35)
    brush.box(x, h, width, tall, paper)
    brush.box(x, h + tall - 0.11, width, 0.11, "#a8443c")
    for number, line in enumerate(lines):
        brush.text(line, x + width / 2, h + tall - 0.30 - 0.2 * number, 0.13, "#232836", width * 0.88)
