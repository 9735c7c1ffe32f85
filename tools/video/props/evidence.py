"""The evidence bag: what nobody can draw lies in it, under its name in large letters."""

import functools
from dataclasses import dataclass

import skia

from tools.finish.text import drawable, fitted
from tools.video.brush import Brush
from tools.video.props.emoji_art import picture_of_emoji
from tools.video.props.forms import curve_of

_WIDE = 62.0
_LARGEST = (21.0, 17.5, 12.6)
"""Sizes at which one, two and three lines fill the label."""


@dataclass(frozen=True)
class Bag:
    """A sealed bag with a label, and in it an emoji's shape or a lump of a colour."""

    name: str
    emoji: str = ""
    colour: str = "#8c7096"

    def picture(self) -> skia.Picture:
        """Return the bag and what lies in it within 100 by 100 units."""
        return _bag(self)

    def letters(self) -> skia.Picture:
        """Return the words on strip and label."""
        return _letters(self.name)


def label_of(name: str) -> tuple[tuple[str, ...], float]:
    """Return the lines of a label, three at most, and their size in hundredths of the bag's height."""
    words = drawable(name.upper(), "bold") or "ITEM"
    ways = [fitted(words, _WIDE, most, count + 1, "bold", smallest=4.0) for count, most in enumerate(_LARGEST)]
    return max(ways, key=lambda way: way[1])


@functools.lru_cache(maxsize=64)
def _bag(bag: Bag) -> skia.Picture:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeWH(100, 100))
    canvas.translate(0, 100)
    brush = Brush(canvas)
    body = (
        (13, 2),
        (16, 0),
        (50, 1.5),
        (84, 0),
        (87, 2),
        (86, 30),
        (88, 60),
        (86, 92),
        (86, 99),
        (50, 97.5),
        (14, 99),
        (14, 92),
        (12, 60),
        (14, 30),
    )
    canvas.drawPath(curve_of(body), brush.paint("#b4c6d1"))
    canvas.save()
    canvas.clipPath(curve_of(body), skia.ClipOp.kIntersect, True)
    brush.box(0, 92, 100, 8, "#8ea6b5")
    canvas.restore()
    _inside(brush, bag)
    brush.box(13.2, 83.5, 73.6, 9, "#c8372f")
    brush.box(16, 3.5, 68, 49, "#c9a23c", round_=2)
    brush.box(17.5, 5, 65, 46, "#f5f0df", round_=1.5)
    brush.box(17.5, 43, 65, 8, "#20232d")
    # Light on the plastic: what makes it clear and not grey.
    for points in (
        ((20, 80), (26, 80), (21, 56), (18, 56)),
        ((29, 80), (31, 80), (26, 58), (24.5, 58)),
        ((80, 78), (82, 78), (81, 60), (79.5, 60)),
    ):
        brush.shape(list(points), "#e4eef3")
    return recorder.finishRecordingAsPicture()


def _inside(brush: Brush, bag: Bag) -> None:
    picture = picture_of_emoji(bag.emoji) if bag.emoji and bag.emoji not in "❓❔❗" else None
    if picture is None:
        brush.canvas.drawPath(
            curve_of(((34, 50), (30, 62), (38, 74), (50, 80), (60, 74), (70, 64), (66, 50))), brush.paint(bag.colour)
        )
        return
    brush.canvas.save()
    brush.canvas.translate(34, -82)
    brush.canvas.scale(0.32, 0.32)
    brush.canvas.drawPicture(picture)
    brush.canvas.restore()


@functools.lru_cache(maxsize=64)
def _letters(name: str) -> skia.Picture:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeWH(100, 100))
    canvas.translate(0, 100)
    brush = Brush(canvas)
    brush.text("EVIDENCE · DO NOT OPEN", 50, 85.8, 6.2, "#fbe9d9", 70)
    brush.text("CHAIN OF CUSTODY", 50, 45, 5.4, "#f5f0df", 58)
    lines, size = label_of(name)
    block = size * (1 + 0.98 * (len(lines) - 1))
    top = 26 + block / 2 - size * 0.88
    for number, line in enumerate(lines):
        brush.text(line, 50, top - number * size * 0.98, size, "#14161d", _WIDE)
    if len(lines) < len(_LARGEST):
        for row in (9, 12):
            brush.line([(22, row), (60 if row == 9 else 78, row)], "#8a93a0", 0.7)
    return recorder.finishRecordingAsPicture()
