"""Posters: three frames of the films as slanted panels, and the show's name in its own lettering across them.

A poster is ours when it says so in itself; one that a person put there stays.
"""

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from episodes.errors import MediaBroken
from episodes.value import Value, digest
from episodes.whole_file import replace_file

if TYPE_CHECKING:
    from tools.finish.text import Image

POSTER = (1000, 1500)
"""Width and height that Plex, Jellyfin and Kodi ask for."""
COVER = (1400, 1400)
"""The smallest square that podcast directories take."""
STYLE = 1
"""Raised when posters come to look otherwise, so that they are drawn again."""

PANELS = 3
_KEY = b"Ten-Four"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Lettering(Value):
    """What a poster says."""

    show: str
    look: str = "night_blue"
    over: str = ""
    """In small letters over the name: whom the officers work for."""
    under: str = ""
    """In the box under it: `Season 1`."""


class Still(Value):
    """A frame that may stand on a poster."""

    film: str
    """Path of the film."""
    at: float
    """Second of the frame."""
    known_by: str
    """What changes when the film does: its length in bytes and its time."""


def write_poster(lettering: Lettering, stills: Sequence[Still], size: tuple[int, int], path: Path) -> bool:
    """Draw a poster of up to three frames unless the same one is there; return whether it was written.

    A picture that is not ours is left alone. Raises `MediaBroken` when a frame can't be read, and `OutOfSpace`.
    """
    kept = list(stills[:PANELS])
    mark = digest(STYLE, lettering, [[Path(s.film).name, s.at, s.known_by] for s in kept], list(size))
    if path.exists() and mark_of(path) in (None, mark):
        return False
    replace_file(path, _marked(_encoded(draw(lettering, [_frame(still) for still in kept], size)), mark))
    return True


def mark_of(path: Path) -> str | None:
    """Return what a poster of ours was drawn from; None for anybody else's picture."""
    content = path.read_bytes()[:4096]
    at = content.find(b"tEXt" + _KEY + b"\0")
    if not content.startswith(_SIGNATURE) or at < 8:
        return None
    (length,) = struct.unpack(">I", content[at - 4 : at])
    return content[at + 5 + len(_KEY) : at + 4 + length].decode("latin-1")


def draw(lettering: Lettering, frames: Sequence["Image"], size: tuple[int, int]) -> "Image":
    """Return the poster as a BGRA picture; without frames the look's own ground stands in for them."""
    import skia

    from tools.finish.backdrops import backdrop
    from tools.finish.looks import look_of
    from tools.finish.text import ink

    width, height = size
    look = look_of(lettering.look)
    picture = backdrop(look, width, height, zlib.crc32(lettering.show.encode()))
    surface = skia.Surface(picture, colorType=skia.kBGRA_8888_ColorType)
    canvas = surface.getCanvas()
    if frames:
        canvas.drawRect(skia.Rect.MakeWH(width, height), ink(look.ink))
        for number in range(PANELS):
            _panel(canvas, frames[number % len(frames)], number, size, shared=len(frames) <= number)
    _shade(canvas, size, look.ground)
    _letter(canvas, lettering, size)
    surface.flushAndSubmit()
    return picture


def _panel(canvas: "skia.Canvas", frame: "Image", number: int, size: tuple[int, int], *, shared: bool) -> None:
    """Lay one frame over its slanted panel; the same frame is seen closer where it must serve twice."""
    import skia

    width, height = size
    lean, gutter = width * 0.055, width * 0.012
    ends = (-0.1, 0.335, 0.66, 1.1)
    top, low = height * ends[number] + gutter / 2, height * ends[number + 1] - gutter / 2
    lean = -lean if number == 1 else lean
    before = -lean if number else 0.0
    path = skia.Path()
    corners = ((0, top + before * 0), (width, top), (width, low - lean), (0, low + lean))
    corners = _corners(number, width, top, low, abs(lean))
    path.addPoly([skia.Point(x, y) for x, y in corners], True)
    canvas.save()
    canvas.clipPath(path, True)
    high, wide = frame.shape[:2]
    least = min(y for _, y in corners)
    most = max(y for _, y in corners)
    scale = max(width / wide, (most - least) / high) * (1.6 if shared else 1.0)
    left, upper = (width - wide * scale) / 2, (least + most - high * scale) / 2
    image = skia.Image.fromarray(frame, skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType, copy=True)
    canvas.drawImageRect(
        image, skia.Rect.MakeXYWH(left, upper, wide * scale, high * scale),
        skia.SamplingOptions(skia.CubicResampler.Mitchell()),
    )  # fmt: skip
    canvas.restore()
