"""Things and animals: drawn large from shapes, chosen by their words; what is unknown lies in an evidence bag."""

import math
import random
from collections.abc import Callable

from episodes.value import seed_from
from tools.video.acting import Turn
from tools.video.brush import Brush, darker, lighter

Drawing = Callable[[Brush, str, Turn], None]


def size_of(name: str) -> float:
    """Return the height in metres at which a thing of this name is staged: bigger than one expects."""
    for words, metres in _SIZES:
        if any(word in name.lower() for word in words):
            return metres
    return 0.45


_SIZES: tuple[tuple[tuple[str, ...], float], ...] = (
    (("llama", "alpaca", "horse", "cow", "ostrich", "deer", "moose", "emu"), 1.7),
    (("goat", "pig", "sheep", "dog", "wolf", "bicycle", "bike", "cart", "goose", "swan", "turkey", "peacock"), 0.95),
    (("alligator", "crocodile"), 0.7),
    (("raccoon", "cat", "chicken", "duck", "gnome", "trophy", "fox", "possum", "badger", "beaver"), 0.62),
    (("box", "crate", "dozen", "suitcase", "machine"), 0.5),
    (("cup", "coffee", "mug", "notebook", "key", "radio", "phone", "pigeon", "squirrel", "hamster"), 0.34),
)


def draw_thing(brush: Brush, name: str, emoji: str, colour: str, tall: float, turn: Turn) -> None:
    """Draw a thing with its foot at the origin, `tall` metres high, as it is turned and squashed at this moment."""
    drawing = _drawing(name, emoji)
    for copy in range(turn.copies):
        canvas = brush.canvas
        canvas.save()
        spot = turn.right + (copy + 1) // 2 * (1 if copy % 2 else -1) * tall * 0.75
        size = tall * turn.size * (1 - 0.06 * copy)
        brush.oval(spot, 0.0, size * 1.0, size * 0.11, "#05070d", 0.5 / (1 + 3 * turn.up))
        canvas.translate(spot, -turn.up)
        canvas.translate(0, -size * 0.4)
        canvas.rotate(turn.roll)
        canvas.translate(0, size * 0.4)
        canvas.scale(size / math.sqrt(max(turn.squash, 0.1)), size * turn.squash)
        drawing(brush, colour or _tint(name), turn)
        canvas.restore()
        if turn.voice > 0.2:
            for ring in range(3):
                radius = tall * (0.2 + 0.13 * ring)
                points = [
                    (spot + tall * 0.42 + radius * math.cos(a / 10), tall * 0.9 + radius * math.sin(a / 10))
                    for a in range(-6, 7)
                ]
                brush.line(points, "#fff3d0", 0.022 * tall, turn.voice * (0.9 - 0.25 * ring))


def _tint(name: str) -> str:
    return random.Random(seed_from("tint", name)).choice(["#b98046", "#8a8f98", "#a85f4c", "#6f8a6a", "#8c7096"])


def _drawing(name: str, emoji: str) -> Drawing:
    # Whole words, with a plural's s: a catalogue is no cat.
    words = {word.strip(".,'\"!?()") for word in name.lower().replace("-", " ").split()}
    words |= {word.removesuffix("s") for word in words}
    for keys, drawing in _DRAWINGS:
        if emoji in keys or not words.isdisjoint(keys):
            return drawing
    return lambda brush, colour, turn: _evidence(brush, name)


def _eyes(brush: Brush, x: float, h: float, apart: float, radius: float) -> None:
    for sign in (-1, 1):
        brush.disc(x + sign * apart, h, radius, "#f6f1e4")
        brush.disc(x + sign * apart + radius * 0.2, h, radius * 0.62, "#14110f")
        brush.disc(x + sign * apart + radius * 0.4, h + radius * 0.25, radius * 0.2, "#ffffff")


def _raccoon(brush: Brush, colour: str, turn: Turn) -> None:
    grey, dark, step = "#8d9199", "#2c2f38", 0.04 * math.sin(turn.stride)
    for ring in range(6):
        x = -0.30 - ring * 0.065
        brush.oval(x, 0.20 + ring * 0.055, 0.15, 0.17, dark if ring % 2 else grey)
    for x, lift in ((-0.2, step), (-0.08, -step), (0.14, -step), (0.24, step)):
        brush.oval(x, 0.07 + max(lift, 0), 0.12, 0.15, dark)
    brush.blob([(-0.38, 0.12), (-0.30, 0.60), (0.05, 0.62), (0.34, 0.50), (0.34, 0.08)], grey)
    brush.blob([(-0.1, 0.1), (0.0, 0.36), (0.24, 0.4), (0.3, 0.08)], lighter(grey, 0.4))
    for sign in (-1, 1):
        brush.blob([(0.2 + sign * 0.23, 0.98), (0.2 + sign * 0.08, 0.92), (0.2 + sign * 0.25, 0.72)], dark)
        brush.blob([(0.2 + sign * 0.205, 0.94), (0.2 + sign * 0.11, 0.90), (0.2 + sign * 0.22, 0.76)], "#c9a9a0")
    brush.blob([(-0.12, 0.70), (0.02, 0.95), (0.38, 0.95), (0.52, 0.70), (0.34, 0.44), (0.06, 0.44)], grey)
    brush.blob([(-0.06, 0.62), (0.2, 0.80), (0.46, 0.62), (0.34, 0.44), (0.06, 0.44)], "#e9e6de")
    for sign in (-1, 1):
        brush.blob(
            [
                (0.2 + sign * 0.03, 0.72),
                (0.2 + sign * 0.14, 0.80),
                (0.2 + sign * 0.27, 0.66),
                (0.2 + sign * 0.15, 0.57),
            ],
            dark,
        )
    _eyes(brush, 0.2, 0.69, 0.115, 0.036)
    brush.oval(0.2, 0.55, 0.08, 0.055, "#14110f")
    brush.line([(0.13, 0.485), (0.2, 0.50 - 0.05 * turn.voice), (0.27, 0.485)], "#3a2f2c", 0.014)


def _bird(brush: Brush, colour: str, turn: Turn) -> None:
    white, step, gape = "#eceae2", 0.05 * math.sin(turn.stride), 0.06 * turn.voice
    for x, lift in ((-0.06, step), (0.07, -step)):
        brush.line([(x, 0.26), (x, 0.04 + max(lift, 0)), (x + 0.10, 0.03 + max(lift, 0))], "#e08a2e", 0.035)
    brush.blob([(-0.48, 0.50), (-0.28, 0.20), (0.16, 0.17), (0.30, 0.36), (0.16, 0.56), (-0.24, 0.54)], white)
    brush.blob([(-0.40, 0.50), (-0.22, 0.28), (0.10, 0.30), (0.06, 0.50)], darker(white, 0.2))
    for row in range(3):
        brush.line([(-0.3, 0.42 - row * 0.045), (0.02, 0.40 - row * 0.04)], darker(white, 0.38), 0.012)
    brush.line([(0.16, 0.40), (0.24, 0.58), (0.20, 0.74), (0.24, 0.84)], white, 0.115)
    brush.oval(0.26, 0.88, 0.20, 0.16, white)
    brush.shape([(0.33, 0.92), (0.53, 0.88 + gape), (0.33, 0.86)], "#ee9433")
    brush.shape([(0.33, 0.875), (0.50, 0.85 - gape), (0.33, 0.83)], "#c97422")
    brush.disc(0.29, 0.905, 0.024, "#14110f")
    brush.line([(0.25, 0.945), (0.325, 0.925)], "#2c2f38", 0.016)


def _beast(brush: Brush, colour: str, turn: Turn) -> None:
    """Any animal on four legs: body, neck, head, ears, a look."""
    step = 0.07 * math.sin(turn.stride)
    for x, lift, tone in ((-0.26, step, 0.35), (0.18, -step, 0.35), (-0.34, -step, 0.1), (0.26, step, 0.1)):
        brush.line([(x, 0.42), (x + lift, 0.03)], darker(colour, tone), 0.085)
    brush.line([(-0.40, 0.52), (-0.52, 0.40 + step)], darker(colour, 0.2), 0.06)
    brush.blob([(-0.46, 0.34), (-0.42, 0.66), (0.10, 0.64), (0.38, 0.68), (0.36, 0.32)], colour)
    brush.blob([(-0.40, 0.36), (-0.1, 0.44), (0.3, 0.34)], lighter(colour, 0.25))
    brush.line([(0.28, 0.58), (0.36, 0.78)], colour, 0.17)
    for sign in (-1, 1):
        brush.blob(
            [(0.38 + sign * 0.09, 0.92), (0.38 + sign * 0.16, 1.04), (0.38 + sign * 0.02, 0.94)], darker(colour, 0.3)
        )
    brush.blob(
        [(0.20, 0.84), (0.30, 0.98), (0.50, 0.97), (0.66, 0.80), (0.56, 0.68), (0.30, 0.70)], lighter(colour, 0.06)
    )
    brush.oval(0.59, 0.76, 0.13, 0.11, darker(colour, 0.3))
    brush.line([(0.5, 0.72 - 0.02 * turn.voice), (0.6, 0.70 - 0.03 * turn.voice)], "#2c1f1c", 0.014)
    _eyes(brush, 0.43, 0.87, 0.058, 0.034)


def _doughnut(brush: Brush, colour: str, turn: Turn) -> None:
    brush.oval(0, 0.5, 1.0, 0.94, "#b8763a")
    brush.blob(
        [(-0.46, 0.5), (-0.38, 0.86), (0, 0.98), (0.40, 0.86), (0.47, 0.5), (0.3, 0.22), (0.05, 0.14), (-0.3, 0.2)],
        "#e77b9c",
    )
    brush.oval(0, 0.54, 0.34, 0.30, "#7d4a22")
    brush.oval(0, 0.51, 0.27, 0.22, "#14161d")
    for number in range(22):
        angle, radius = number * 2.4, 0.25 + 0.02 * (number * 7 % 7)
        x, h = radius * 1.1 * math.cos(angle), 0.54 + radius * math.sin(angle)
        brush.line([(x, h), (x + 0.03, h + 0.022)], ["#fff1c9", "#7fd0e8", "#ffd84f", "#ffffff"][number % 4], 0.022)
    brush.line([(-0.3, 0.78), (-0.12, 0.87)], "#ffd3e0", 0.035, 0.8)


def _box(brush: Brush, colour: str, turn: Turn) -> None:
    brush.shape([(-0.62, 0.02), (0.62, 0.02), (0.66, 0.52), (-0.66, 0.52)], "#e3a7b5")
    brush.shape([(-0.62, 0.02), (-0.2, 0.02), (-0.24, 0.52), (-0.66, 0.52)], "#c58695")
    brush.shape([(-0.66, 0.52), (0.66, 0.52), (0.54, 0.98), (-0.54, 0.98)], "#f0c0cb")
    brush.shape([(-0.58, 0.54), (0.58, 0.54), (0.49, 0.66), (-0.49, 0.66)], "#6e3f4a")
    for number in range(4):
        brush.oval(-0.36 + number * 0.24, 0.56, 0.25, 0.17, ["#c9793f", "#d46a86", "#7a4a33", "#e8c37a"][number])
        brush.oval(-0.36 + number * 0.24, 0.58, 0.08, 0.045, "#4a2a20")
    brush.text("ONE DOZEN", 0.06, 0.22, 0.13, "#8f3b52", 0.8)


def _cup(brush: Brush, colour: str, turn: Turn) -> None:
    brush.shape([(-0.26, 0.02), (0.26, 0.02), (0.34, 0.82), (-0.34, 0.82)], "#efe9dc")
    brush.shape([(-0.26, 0.02), (-0.06, 0.02), (-0.08, 0.82), (-0.34, 0.82)], "#cdc5b4")
    brush.shape([(-0.285, 0.26), (0.285, 0.26), (0.315, 0.58), (-0.315, 0.58)], "#8a5a35")
    brush.box(-0.37, 0.80, 0.74, 0.11, "#2c323c", round_=0.04)
    for step in (-0.1, 0.08):
        brush.line([(step, 0.95), (step + 0.04, 1.05), (step, 1.15)], "#ffffff", 0.025, 0.4)


def _notebook(brush: Brush, colour: str, turn: Turn) -> None:
    brush.shape([(-0.36, 0.02), (0.40, 0.02), (0.36, 0.98), (-0.40, 0.98)], "#22304c")
    brush.shape([(-0.31, 0.06), (0.35, 0.06), (0.31, 0.90), (-0.35, 0.90)], "#f1ead6")
    for row in range(7):
        brush.line([(-0.27, 0.78 - row * 0.1), (0.05 + 0.2 * ((row * 5) % 3) / 2, 0.78 - row * 0.1)], "#5b6b8a", 0.016)
    for x in range(7):
        brush.line([(-0.3 + x * 0.1, 0.92), (-0.3 + x * 0.1, 1.02)], "#aab2be", 0.025)
    brush.line([(0.18, 0.25), (0.48, 0.62)], "#d8a83e", 0.05)


def _bike(brush: Brush, colour: str, turn: Turn) -> None:
    for x in (-0.48, 0.48):
        brush.canvas.drawCircle(x, -0.32, 0.30, brush.pen("#1d2129", 0.06))
        for spoke in range(6):
            angle = spoke * math.pi / 3 + turn.stride
            brush.line([(x, 0.32), (x + 0.28 * math.cos(angle), 0.32 + 0.28 * math.sin(angle))], "#98a2ae", 0.01)
    for line in (
        [(-0.48, 0.32), (-0.15, 0.74), (0.34, 0.74), (0.0, 0.32), (-0.48, 0.32)],
        [(0.0, 0.32), (-0.18, 0.82)],
        [(0.48, 0.32), (0.32, 0.88), (0.45, 0.96)],
    ):
        brush.line(line, "#c8453d", 0.045)
    brush.oval(-0.19, 0.85, 0.26, 0.07, "#14161c")


def _cart(brush: Brush, colour: str, turn: Turn) -> None:
    brush.shape([(-0.5, 0.82), (0.55, 0.72), (0.44, 0.34), (-0.36, 0.34)], "#aab4c0", 0.55)
    for step in range(6):
        brush.line([(-0.45 + step * 0.19, 0.80 - step * 0.02), (-0.33 + step * 0.15, 0.34)], "#dfe6ee", 0.018)
    brush.line([(-0.7, 0.95), (-0.5, 0.82), (-0.3, 0.18), (0.45, 0.18)], "#8a94a2", 0.04)
    brush.line([(-0.78, 0.95), (-0.62, 0.95)], "#c8453d", 0.07)
    for x in (-0.28, 0.4):
        brush.disc(x, 0.09, 0.085, "#1a1d24")


def _gnome(brush: Brush, colour: str, turn: Turn) -> None:
    brush.blob([(-0.28, 0.0), (-0.26, 0.5), (0.26, 0.5), (0.28, 0.0)], "#3f5f8f")
    brush.blob([(-0.20, 0.52), (0.20, 0.52), (0.13, 0.14), (0, 0.05), (-0.13, 0.14)], "#efece2")
    brush.oval(0, 0.57, 0.34, 0.25, "#d99a78")
    brush.oval(0, 0.54, 0.11, 0.09, "#c87a5e")
    brush.shape([(-0.23, 0.62), (0.23, 0.62), (0.04, 1.04)], "#b8372f")
    _eyes(brush, 0, 0.61, 0.08, 0.026)


def _evidence(brush: Brush, name: str) -> None:
    """A clear bag with a red seal and a label that says what it holds."""
    brush.shape([(-0.42, 0.0), (0.42, 0.0), (0.38, 0.98), (-0.38, 0.98)], "#c7d3de", 0.75)
    brush.blob([(-0.25, 0.06), (-0.28, 0.34), (0.05, 0.42), (0.3, 0.30), (0.26, 0.06)], "#6a5646")
    brush.box(-0.38, 0.86, 0.76, 0.12, "#c8372f")
    brush.text("EVIDENCE", 0, 0.885, 0.075, "#fff3e0", 0.6)
    brush.box(-0.31, 0.46, 0.62, 0.32, "#f3eedd")
    brush.text(name, 0, 0.60, 0.10, "#20242e", 0.55)
    brush.line([(-0.25, 0.53), (0.25, 0.53)], "#8a93a0", 0.012)
    brush.line([(-0.3, 0.9), (-0.34, 0.1)], "#ffffff", 0.03, 0.5)


_BIRDS = "goose swan duck chicken turkey pigeon ostrich emu peacock parrot bird 🪿 🦢 🦆 🐔 🦃"
_BEASTS = (
    "llama alpaca horse cow goat pig sheep dog wolf cat alligator crocodile deer moose fox beaver squirrel hamster "
    "bear rabbit monkey donkey 🦙 🐐 🐷 🐕 🐈 🐊 🐄"
)
_DRAWINGS: tuple[tuple[tuple[str, ...], Drawing], ...] = (
    (("raccoon", "🦝", "possum", "badger"), _raccoon),
    (("box", "dozen", "📦", "crate", "carton"), _box),
    (("doughnut", "donut", "🍩", "bagel"), _doughnut),
    (("bicycle", "bike", "🚲"), _bike),
    (("cart", "trolley", "🛒"), _cart),
    (("gnome", "statue", "mascot"), _gnome),
    (("coffee", "cup", "mug", "☕"), _cup),
    (("notebook", "notepad", "ledger", "book", "paper", "permit", "licence", "📓"), _notebook),
    (tuple(_BIRDS.split()), _bird),
    (tuple(_BEASTS.split()), _beast),
)
