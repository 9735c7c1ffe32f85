"""Things and animals: chosen by their words, drawn large, and moved as they act."""

import functools
import math
import random
from dataclasses import replace

from episodes.value import seed_from
from tools.video.acting import Turn
from tools.video.brush import Brush
from tools.video.props.beasts import draw_beast
from tools.video.props.birds import BIRDS, draw_bird
from tools.video.props.catalogue import Look, look_of
from tools.video.props.critters import CRITTERS
from tools.video.props.cutouts import WIDEST, Art, draw_cutout, frame_of
from tools.video.props.evidence import Bag
from tools.video.props.forms import ink, placed
from tools.video.props.lettered import Lettered, style_of
from tools.video.props.menagerie import BEASTS
from tools.video.props.objects import MOVING
from tools.video.props.scale import height_of
from tools.video.props.sketches import sketch_of
from tools.video.props.standees import Emoji, Standee

_ALIVE = ("beast", "bird", "critter", "object")


def size_of(name: str, emoji: str = "", metres: float = 0.0, words: str = "") -> float:
    """Return the height in metres at which a thing is staged.

    Args:
        name: What it is called.
        emoji: Its emoji, or an empty text.
        metres: Its longest side, 0 where nobody knows it.
        words: What is written on it.
    """
    if words:
        return 1.3 if style_of(name) == "sign" and metres >= 0.6 else 0.5
    look = look_of(name, emoji)
    if look.kind in _ALIVE:
        return height_of(look, metres, 1.3)
    frame = frame_of(_art(look, ""))
    aspect = frame.wide / frame.tall
    return height_of(look, metres, aspect) * max(1.0, aspect / WIDEST)


def draw_thing(
    brush: Brush,
    name: str,
    emoji: str,
    colour: str,
    tall: float,
    turn: Turn,
    grounded: bool = True,
    words: str = "",
) -> None:
    """Draw a thing with its foot at the origin, `tall` metres high, as it is turned and squashed at this moment.

    Args:
        brush: Draws in metres round the thing's place.
        name: What it is called: its picture is found by this, and an evidence bag is labelled with it.
        emoji: Its emoji, or an empty text.
        colour: Its own colour, which only the lump in an evidence bag shows.
        tall: Metres.
        turn: What it does.
        grounded: Whether it stands on something that takes its shadow; what is held in a hand does not.
        words: What is written on it; then it is drawn as a sign, a form, a label with these words.
    """
    look = Look("lettered", style_of(name), written=words) if words else look_of(name, emoji)
    # The last copies stand behind the first.
    for copy in range(turn.copies - 1, -1, -1):
        side = 0 if not copy else 1 if copy % 2 else -1
        spot = turn.right + (copy + 1) // 2 * side * tall * 0.75
        chance = random.Random(seed_from("copy", name, copy))
        size = tall * turn.size * (1 - (0.08 * copy + chance.uniform(0, 0.05) if copy else 0.0))
        if size <= 0.004:
            continue
        mine = replace(turn, stride=turn.stride + 1.9 * copy if turn.stride else 0.0)
        brush.canvas.save()
        brush.canvas.translate(spot, 0)
        if grounded:
            _shade_ground(brush, look, size, mine)
        _draw_one(brush, look, colour, size, mine, side < 0)
        brush.canvas.restore()


def _hop_of(look: Look, size: float, turn: Turn) -> float:
    """Return how high in metres something without legs hops at this moment of its way."""
    return 0.0 if look.kind in _ALIVE or not turn.stride else 0.07 * size * abs(math.sin(turn.stride))


def _shade_ground(brush: Brush, look: Look, size: float, turn: Turn) -> None:
    """Draw its shadow on the ground: the higher it is, the smaller and fainter."""
    across = abs(_turned(turn)[0])
    near = 1 / (1 + 2.5 * (turn.up + _hop_of(look, size, turn)))
    wide = _width_of(look) * size * (0.35 + 0.65 * across) * (0.62 + 0.38 * near)
    brush.oval(0.0, 0.0, wide, size * 0.10 + 0.02, "#05070d", 0.46 * near)


def _draw_one(brush: Brush, look: Look, colour: str, size: float, turn: Turn, flip: bool) -> None:
    up = turn.up + _hop_of(look, size, turn)
    across, angle = _turned(turn)
    if turn.stride and look.kind not in _ALIVE:
        # What has no legs waddles: from one corner of its foot to the other.
        angle += 6.0 * math.sin(turn.stride)
    canvas = brush.canvas
    canvas.save()
    # It rolls about its middle and leans over its foot.
    pivot = size * (0.5 if abs(angle) > 12 else 0.15)
    canvas.translate(0, -up - pivot)
    canvas.rotate(angle)
    canvas.translate(0, pivot)
    squash = max(turn.squash, 0.1)
    mirrored = -1 if flip and _may_flip(look) else 1
    canvas.scale(size / math.sqrt(squash) * across * mirrored, size * squash)
    _draw_look(brush, look, colour, turn)
    canvas.restore()
    if turn.voice > 0.2:
        _shout(brush, size, up, _width_of(look) * size, turn.voice)


def _turned(turn: Turn) -> tuple[float, float]:
    """Return how wide it is seen (1 to -1) and by how many degrees it is rotated.

    What spins on its place spins about its upright middle, like a coin; what rolls along rolls, and comes to stand.
    """
    if abs(turn.roll) < 8:
        return 1.0, turn.roll
    if abs(turn.right) > 0.06:
        return 1.0, turn.roll * 360 / 330
    across = math.cos(math.radians(turn.roll))
    return math.copysign(max(abs(across), 0.12), across), 0.0


def _may_flip(look: Look) -> bool:
    # Letters must not be mirrored.
    return look.kind not in ("bag", "standee", "lettered") and not (
        look.kind == "sketch" and _art(look, "").letters() is not None
    )


def _draw_look(brush: Brush, look: Look, colour: str, turn: Turn) -> None:
    if look.kind == "beast":
        draw_beast(brush, BEASTS[look.key], turn)
    elif look.kind == "bird":
        draw_bird(brush, BIRDS[look.key], turn)
    elif look.kind == "critter":
        CRITTERS[look.key](brush, turn)
    elif look.kind == "object":
        MOVING[look.key](brush, turn)
    else:
        draw_cutout(brush, _art(look, colour))


def _art(look: Look, colour: str) -> Art:
    """Return the still picture of a look."""
    if look.kind == "sketch":
        sketch = sketch_of(look.key)
        if sketch is not None:
            return sketch
    if look.kind == "lettered":
        return Lettered(look.written, style_of(look.key))
    if look.kind == "emoji":
        return Emoji(look.key)
    if look.kind == "standee":
        return Standee(look.key, look.emoji)
    return Bag(look.key, look.emoji, colour or _tint(look.key))


@functools.lru_cache(maxsize=1024)
def _width_of(look: Look) -> float:
    """Return the width of its picture in heights."""
    if look.kind in _ALIVE:
        return 1.15
    frame = frame_of(_art(look, ""))
    return min(frame.wide / frame.tall, WIDEST)


def _tint(name: str) -> str:
    return random.Random(seed_from("tint", name)).choice(["#b98046", "#6b7078", "#a85f4c", "#6f8a6a", "#8c7096"])


def _shout(brush: Brush, size: float, up: float, wide: float, voice: float) -> None:
    """Draw the short strokes that stand before an open mouth."""
    x, h = min(0.5 * wide, 0.62 * size) + 0.06 * size, up + 0.80 * size
    for angle in (34, 8, -18):
        a, b = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        near, far = 0.06 * size, (0.14 + 0.16 * voice) * size
        with placed(brush, x, h):
            ink(brush, [(far * a, far * b), (near * a, near * b)], 0.065 * size)
            ink(brush, [(far * a * 0.99, far * b * 0.99), (near * a * 1.2, near * b * 1.2)], 0.038 * size, "#fff3d0")
