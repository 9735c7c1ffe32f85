"""Lettered things: signs, forms, labels and plaques with the very words on them that the script gives them."""

import functools
from dataclasses import dataclass
from typing import Literal

import skia

from tools.finish.text import drawable, fitted
from tools.video.brush import Brush
from tools.video.props.forms import curve_of

Style = Literal["sign", "tag", "plaque", "screen", "paper"]
_STYLES: tuple[tuple[Style, tuple[str, ...]], ...] = (
    ("sign", ("sign", "board", "banner", "placard", "poster", "notice", "billboard", "arrow")),
    ("tag", ("tag", "label", "sticker", "ticket", "stub", "ribbon", "seal", "badge", "patch", "strip")),
    ("plaque", ("plaque", "plate", "trophy", "stone", "statue", "medal")),
    ("screen", ("screen", "phone", "radio", "laptop", "clock", "meter", "scoreboard", "display")),
)
_LOOK: dict[Style, tuple[str, str, str]] = {
    "sign": ("#e9dfc2", "#b23a32", "#1a1d28"), "tag": ("#f0c25a", "#8a5a1c", "#2a1a10"),
    "plaque": ("#b98a3c", "#5d4216", "#2a1c08"), "screen": ("#0f2620", "#050a0c", "#8ff0be"),
    "paper": ("#f3eedd", "#8a93a0", "#1c2030"),
}  # fmt: skip
"""Ground, edge and letters of each."""


@dataclass(frozen=True)
class Lettered:
    """Something flat with words on it."""

    words: str
    style: Style

    def picture(self) -> skia.Picture:
        """Return it within 100 by 100 units, without its words."""
        return _body(self.style)

    def letters(self) -> skia.Picture:
        """Return its words."""
        return _words(self)


def style_of(name: str) -> Style:
    """Return as what a thing of this name carries words; paper where nothing else is said."""
    words = set(name.lower().replace("-", " ").split())
    return next((style for style, keys in _STYLES if not words.isdisjoint(keys)), "paper")


def _area(style: Style) -> tuple[float, float, float, float]:
    """Return left, foot, width and height of what may be written on."""
    return {
        "sign": (7.0, 44.0, 86.0, 46.0), "tag": (26.0, 22.0, 64.0, 48.0), "plaque": (12.0, 22.0, 76.0, 52.0),
        "screen": (10.0, 18.0, 80.0, 60.0), "paper": (20.0, 34.0, 60.0, 44.0),
    }[style]  # fmt: skip


@functools.lru_cache(maxsize=16)
def _body(style: Style) -> skia.Picture:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeWH(100, 100))
    canvas.translate(0, 100)
    brush = Brush(canvas)
    ground, edge, letters = _LOOK[style]
    if style == "sign":
        for x in (22, 72):
            brush.box(x, 0, 6, 46, "#6b4a32")
        brush.box(3, 40, 94, 54, edge, round_=3)
        brush.box(6, 43, 88, 48, ground, round_=2)
        for x, h in ((9, 46), (91, 46), (9, 88), (91, 88)):
            brush.disc(x, h, 1.3, letters)
    elif style == "tag":
        brush.shape([(4, 46), (20, 76), (96, 76), (96, 16), (20, 16)], edge)
        brush.shape([(9, 46), (22, 72), (93, 72), (93, 20), (22, 20)], ground)
        brush.disc(19, 46, 4.6, edge)
        brush.disc(19, 46, 2.8, "#14161d")
        loop = ((19.0, 46.0), (8.0, 64.0), (10.0, 88.0), (24.0, 97.0), (34.0, 86.0), (26.0, 66.0), (19.0, 46.0))
        brush.canvas.drawPath(curve_of(loop, closed=False), brush.pen("#d8d2c0", 1.8))
    elif style == "plaque":
        brush.box(6, 14, 88, 68, edge, round_=4)
        brush.box(9, 17, 82, 62, ground, round_=3)
        for x, h in ((13, 21), (87, 21), (13, 75), (87, 75)):
            brush.disc(x, h, 2.2, edge)
        brush.shape([(9, 79), (30, 79), (20, 17), (9, 17)], "#d6ad62", 0.6)
    elif style == "screen":
        brush.box(4, 8, 92, 78, "#2a2f3a", round_=5)
        brush.box(8, 14, 84, 66, ground, round_=3)
        brush.box(42, 0, 16, 9, "#2a2f3a")
    else:
        brush.shape([(13, 1), (84, 0), (87, 97), (15, 99)], ground)
        brush.shape([(71, 98), (87, 97), (86, 82)], "#c9c2ac")
        brush.box(20, 85, 34, 4, edge)
        for row in range(5):
            brush.box(20, 27 - row * 5, 60 - (row * 17) % 26, 1.2, "#b8b4a4")
        brush.box(20, 80, 58, 1.2, edge)
    return recorder.finishRecordingAsPicture()


@functools.lru_cache(maxsize=64)
def _words(lettered: Lettered) -> skia.Picture:
    left, low, wide, high = _area(lettered.style)
    tint = _LOOK[lettered.style][2]
    said = drawable(lettered.words.upper(), "bold") or "-"
    most = min(high * 0.62, 30.0)
    sizes = {rows: min(most, high / (1.2 * rows)) for rows in (1, 2, 3, 4)}
    ways = [fitted(said, wide * 0.94, size, rows, "bold", smallest=3.0) for rows, size in sizes.items()]
    lines, size = max(ways, key=lambda way: way[1])
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeWH(100, 100))
    canvas.translate(0, 100)
    brush = Brush(canvas)
    block = size * (0.72 + 1.12 * (len(lines) - 1))
    top = low + (high + block) / 2 - size * 0.72
    for number, line in enumerate(lines):
        brush.text(line, left + wide / 2, top - number * size * 1.12, size, tint, wide * 0.96)
    return recorder.finishRecordingAsPicture()
