"""Sketches: still things drawn from a few flat shapes that are kept as lines of text, found by name.

A sketch begins with `@` and its names. Each further line is one shape within 100 by 100, heights upwards from the
foot: `b x h wide tall colour [round]` a box, `o x h wide tall colour` an oval about its middle,
    `p colour x,h …` straight
sides, `s colour x,h …` a soft shape through the points, `l colour thick x,h …` a line,
    `c colour thick x,h …` a soft line,
`t colour size x h limit words` centred words, `e emoji x h wide` an emoji. An `m` in front draws the shape
once more, mirrored. Colours are `#rrggbb` or a letter of `PALETTE`.
"""

import functools
from dataclasses import dataclass
from pathlib import Path

import skia

from tools.video.brush import Brush, Point, outline_of
from tools.video.props.emoji_art import picture_of_emoji
from tools.video.props.forms import curve_of

_FOLDER = Path(__file__).resolve().parent / "drawings"

PALETTE = {
    "K": "#20232d", "W": "#f1f0ea", "G": "#8f98a3", "D": "#4a515d", "S": "#b9c3cc", "R": "#c8372f", "O": "#e8862e",
        "Y": "#f2c230",
    "N": "#4f8f4a", "G2": "#7fb04a", "G3": "#5f8f5f", "B": "#3f6fb5", "L": "#a9d3ee", "P": "#e88aa8", "V": "#7a559c",
        "T": "#b07a45",
    "U": "#7a4e2b", "C": "#f1e6c8", "M": "#d9a63a", "F": "#f0bd9c",
}  # fmt: skip
"""Colours that many sketches share."""


@dataclass(frozen=True)
class Sketch:
    """A still thing, by the name that its shapes are kept under."""

    name: str

    def picture(self) -> skia.Picture:
        """Return its shapes within 100 by 100 units."""
        return _drawn(self.name, False)

    def letters(self) -> skia.Picture | None:
        """Return the words on it, or None where it has none."""
        return _drawn(self.name, True) if any(line.startswith("t ") for line in _blocks()[self.name]) else None


def sketch_of(name: str) -> Sketch | None:
    """Return the sketch of a name in lower case, or None where there is none."""
    first = _names().get(name)
    return Sketch(first) if first else None


@functools.cache
def _blocks() -> dict[str, tuple[str, ...]]:
    """Return the lines of each sketch under all its names, which stand before them separated by commas."""
    blocks: dict[str, tuple[str, ...]] = {}
    for file in sorted(_FOLDER.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").split("\n@")[1:]:
            names, *lines = block.splitlines()
            blocks[names] = tuple(line for line in lines if line and not line.startswith("#"))
    return blocks


@functools.cache
def _names() -> dict[str, str]:
    """Return the name under which a sketch is kept for each of its names."""
    return {name.strip(): names for names in _blocks() for name in names.split(",")}


@functools.lru_cache(maxsize=512)
def _drawn(names: str, letters: bool) -> skia.Picture:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-100, -100, 200, 200))
    canvas.translate(0, 100)
    _draw_lines(Brush(canvas), tuple(line for line in _blocks()[names] if line.startswith("t ") is letters))
    return recorder.finishRecordingAsPicture()


def _draw_lines(brush: Brush, lines: tuple[str, ...]) -> None:
    for line in lines:
        kind, *parts = line.split()
        _draw_shape(brush, kind[-1], parts)
        if kind.startswith("m"):
            brush.canvas.save()
            brush.canvas.translate(100, 0)
            brush.canvas.scale(-1, 1)
            _draw_shape(brush, kind[-1], parts)
            brush.canvas.restore()


def _draw_shape(brush: Brush, kind: str, parts: list[str]) -> None:
    if kind in "bo":
        x, h, wide, tall = (float(part) for part in parts[:4])
        colour = PALETTE.get(parts[4], parts[4])
        if kind == "o":
            brush.oval(x, h, wide, tall, colour)
        else:
            brush.box(x, h, wide, tall, colour, round_=float(parts[5]) if len(parts) > 5 else 0.0)
    elif kind in "ps":
        points = _points(parts[1:])
        path = outline_of(points) if kind == "p" else curve_of(tuple(points))
        brush.canvas.drawPath(path, brush.paint(PALETTE.get(parts[0], parts[0])))
    elif kind in "lc":
        colour, thick, points = PALETTE.get(parts[0], parts[0]), float(parts[1]), _points(parts[2:])
        if kind == "l":
            brush.line(points, colour, thick)
        else:
            brush.canvas.drawPath(curve_of(tuple(points), closed=False), brush.pen(colour, thick))
    elif kind == "t":
        size, x, h, limit = (float(part) for part in parts[1:5])
        brush.text(" ".join(parts[5:]), x, h, size, PALETTE.get(parts[0], parts[0]), limit)
    elif kind == "e":
        _draw_emoji(brush, parts[0], *(float(part) for part in parts[1:4]))


def _draw_emoji(brush: Brush, emoji: str, x: float, h: float, wide: float) -> None:
    picture = picture_of_emoji(emoji)
    if picture is None:
        return
    brush.canvas.save()
    brush.canvas.translate(x, -h - wide)
    brush.canvas.scale(wide / 100, wide / 100)
    brush.canvas.drawPicture(picture)
    brush.canvas.restore()


def _points(parts: list[str]) -> list[Point]:
    pairs = [part.split(",") for part in parts]
    return [(float(x), float(h)) for x, h in pairs]
