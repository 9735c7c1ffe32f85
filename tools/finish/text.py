"""Text in the picture: what can be drawn, in which typeface, and how it is set on a transparent ground."""

import functools
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import skia
from anyascii import anyascii
from numpy.typing import NDArray

from episodes.errors import BackendUnavailable

Style = Literal["regular", "bold", "italic", "mono", "mono_bold"]
Image = NDArray[np.uint8]

_FILES: dict[Style, str] = {
    "regular": "NotoSans-Regular.ttf",
    "bold": "NotoSans-Bold.ttf",
    "italic": "NotoSans-Italic.ttf",
    "mono": "NotoSansMono-Regular.ttf",
    "mono_bold": "NotoSansMono-Bold.ttf",
}

# Marks that join or steer other letters and have no picture of their own.
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff\u00ad"
)


def font_path(style: Style = "regular") -> Path:
    """Return the file of a typeface that comes with the program."""
    return Path(__file__).resolve().parent.parent / "fonts" / _FILES[style]


@functools.cache
def typeface(style: Style = "regular") -> skia.Typeface:
    """Return the opened typeface. Raises `BackendUnavailable` when its file is missing or broken."""
    # Not through the system's fonts: whatever is installed there must not change a picture or write to the terminal.
    face = skia.FontMgr.New_Custom_Empty().makeFromFile(str(font_path(style)))
    if face is None:
        raise BackendUnavailable(f"The font {font_path(style).name} is missing: restore the folder tools/fonts.")
    return face


def has_glyph(character: str, style: Style = "regular") -> bool:
    """Return whether the typeface has a picture for this character, so that no empty box is drawn."""
    return bool(typeface(style).unicharToGlyph(ord(character)))


def drawable(text: str, style: Style = "regular") -> str:
    """Return `text` in letters that the typeface can draw: other scripts are transliterated, the rest is dropped.

    Latin, Greek and Cyrillic stay as they are; control and direction marks go, white space becomes single spaces.
    """
    whole = "".join(_spelled(character, style) for character in text if character not in _INVISIBLE)
    return " ".join(whole.split())


@functools.lru_cache(maxsize=4096)
def _spelled(character: str, style: Style) -> str:
    if character.isspace():
        return " "
    if character.isprintable() and has_glyph(character, style):
        return character
    spelled = anyascii(character)
    if spelled.startswith(":") and spelled.endswith(":"):
        # An emoji is named, with spaces in place of its underscores.
        spelled = f" {spelled.strip(':').replace('_', ' ')} "
    return "".join(letter for letter in spelled if letter == " " or (letter.isprintable() and has_glyph(letter, style)))


def font(size: float, style: Style = "regular") -> skia.Font:
    """Return a typeface at a size in pixels, with soft edges and no rounding of widths."""
    made = skia.Font(typeface(style), size)
    made.setEdging(skia.Font.Edging.kAntiAlias)
    made.setSubpixel(True)
    return made


def width_of(text: str, size: float, style: Style = "regular") -> float:
    """Return the width in pixels of an already drawable text."""
    return float(font(size, style).measureText(text))


def wrapped(text: str, limit: float, size: float, style: Style = "regular") -> tuple[str, ...]:
    """Break a drawable text into lines no wider than `limit` pixels; a word that is wider stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size, style) <= limit:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return tuple(lines)


def fitted(
    text: str, limit: float, size: float, most_lines: int, style: Style = "regular", smallest: float = 9.0
) -> tuple[tuple[str, ...], float]:
    """Return lines and the size at which `text` fits `limit` pixels in `most_lines`; shrink it as far as need be."""
    while True:
        lines = wrapped(text, limit, size, style)
        fits = len(lines) <= most_lines and all(width_of(line, size, style) <= limit for line in lines)
        if fits or size <= smallest:
            return lines[:most_lines], size
        size = max(smallest, size * 0.94)


def blank(width: int, height: int) -> tuple[Image, skia.Surface]:
    """Return a transparent BGRA picture (premultiplied) and the surface that draws into it."""
    pixels = np.zeros((height, width, 4), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    return pixels, skia.Surface.MakeRasterDirect(info, pixels, width * 4)


def colour(value: str, alpha: float = 1.0) -> int:
    """Return skia's number for `#rrggbb` with an opacity of 0 to 1."""
    red, green, blue = (int(value[index : index + 2], 16) for index in (1, 3, 5))
    return int(skia.ColorSetARGB(round(255 * alpha), red, green, blue))


def ink(value: str, alpha: float = 1.0) -> skia.Paint:
    """Return a paint that fills with `#rrggbb`."""
    return skia.Paint(AntiAlias=True, Color=colour(value, alpha))


def outline(value: str, width: float, alpha: float = 1.0) -> skia.Paint:
    """Return a paint that strokes with round joints, `width` pixels wide."""
    return skia.Paint(
        AntiAlias=True, Color=colour(value, alpha), Style=skia.Paint.kStroke_Style, StrokeWidth=width,
        StrokeJoin=skia.Paint.kRound_Join, StrokeCap=skia.Paint.kRound_Cap,
    )  # fmt: skip


class Decal:
    """A premultiplied BGRA picture made ready to be laid over many BGR frames at one place."""

    def __init__(self, picture: Image, left: int, top: int) -> None:
        # Only what is not empty is blended: a lower third fills a tenth of the frame it was drawn in.
        x, y, width, height = cv2.boundingRect(np.ascontiguousarray(picture[..., 3]))
        part = picture[y : y + height, x : x + width]
        self._left, self._top = left + x, top + y
        self._ink = np.ascontiguousarray(part[..., :3])
        self._rest = np.ascontiguousarray(np.repeat(255 - part[..., 3:4], 3, axis=2))

    def lay(self, frame: Image) -> None:
        """Lay it over a frame in place; parts outside the frame are left out."""
        high, wide = self._ink.shape[:2]
        x0, y0 = max(self._left, 0), max(self._top, 0)
        x1, y1 = min(self._left + wide, frame.shape[1]), min(self._top + high, frame.shape[0])
        if x1 <= x0 or y1 <= y0:
            return
        here = np.s_[y0 - self._top : y1 - self._top, x0 - self._left : x1 - self._left]
        ground = cv2.multiply(frame[y0:y1, x0:x1], self._rest[here], scale=1 / 255)
        frame[y0:y1, x0:x1] = cv2.add(ground, self._ink[here])
