"""Posters: two frames of the films as slanted panels over the look's ground, and the show's name in its own lettering.

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
    import skia

    from tools.finish.text import Image

POSTER = (1000, 1500)
"""Width and height that Plex, Jellyfin and Kodi ask for."""
COVER = (1400, 1400)
"""The smallest square that podcast directories take."""
STYLE = 1
"""Raised when posters come to look otherwise, so that they are drawn again."""

PANELS = 2
SEEN = (0.11, 0.76)
"""Which part of a frame's height is shown: over it stands what the camera writes, under it the captions."""
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
    notice: str = ""
    """In small letters at the foot."""


class Still(Value):
    """A picture that may stand on a poster."""

    file: str
    """Path of a picture, or of a film."""
    moments: tuple[float, ...] = ()
    """Of a film: the seconds of which the richest is taken."""
    known_by: str
    """What changes when the file does: its length in bytes and its time."""


def write_poster(lettering: Lettering, stills: Sequence[Still], size: tuple[int, int], path: Path) -> bool:
    """Draw a poster of up to two pictures unless the same one is there; return whether it was written.

    A picture that can't be read is left out; a poster that is not ours is left alone. Raises `OutOfSpace`.
    """
    kept = list(stills[:PANELS])
    mark = digest(STYLE, lettering, [[Path(s.file).name, s.moments, s.known_by] for s in kept], list(size))
    if path.exists() and mark_of(path) in (None, mark):
        return False
    frames = [frame for still in kept if (frame := _frame(still)) is not None]
    replace_file(path, _marked(_encoded(draw(lettering, frames, size)), mark))
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
        canvas.drawPath(_outline(0, PANELS, size, -width * 0.006), ink(look.ink))
        for number in range(PANELS):
            _panel(canvas, frames[number % len(frames)], number, size, again=len(frames) <= number)
    _shade(canvas, size, look.ground)
    _letter(canvas, lettering, size)
    surface.flushAndSubmit()
    return picture


def _panel(canvas: "skia.Canvas", frame: "Image", number: int, size: tuple[int, int], *, again: bool) -> None:
    """Lay one frame into its slanted panel; a frame that was there before is seen closer."""
    import skia

    width, height = size
    least, most = height * min(_EDGES[number]), height * max(_EDGES[number + 1])
    high, wide = frame.shape[:2]
    scale = max(width / wide, (most - least) / high) * (1.45 if again else 1.0)
    place = skia.Rect.MakeXYWH(
        (width - wide * scale) / 2, (least + most - high * scale) / 2, wide * scale, high * scale
    )
    image = skia.Image.fromarray(frame, skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType, copy=True)
    canvas.save()
    canvas.clipPath(_outline(number, number + 1, size, width * 0.006), True)
    canvas.drawImageRect(image, place, skia.SamplingOptions(skia.CubicResampler.Mitchell()))
    canvas.restore()


_EDGES = ((0.0, 0.0), (0.395, 0.325), (0.66, 0.70))
"""Height of each line between panels, left and right, as a share of the poster's."""


def _outline(first: int, last: int, size: tuple[int, int], inset: float) -> "skia.Path":
    """Return the shape between two of the lines, drawn in by so many pixels."""
    import skia

    width, height = size
    (top_left, top_right), (low_left, low_right) = _EDGES[first], _EDGES[last]
    corners = (
        (0.0, top_left * height + inset), (width, top_right * height + inset),
        (width, low_right * height - inset), (0.0, low_left * height - inset),
    )  # fmt: skip
    shape = skia.Path()
    shape.addPoly([skia.Point(x, y) for x, y in corners], True)
    return shape


def _shade(canvas: "skia.Canvas", size: tuple[int, int], ground: str) -> None:
    """Let the panels sink into the look's ground where the letters stand."""
    import skia

    width, height = size
    red, green, blue = (int(ground[i : i + 2], 16) for i in (1, 3, 5))
    stops = [(0.0, 0.0), (0.46, 0.0), (0.70, 0.78), (1.0, 0.55)]
    tints = [skia.Color4f(red / 255, green / 255, blue / 255, opacity) for _, opacity in stops]
    paint = skia.Paint()
    paint.setShader(
        skia.GradientShader.MakeLinear(
            [skia.Point(0, 0), skia.Point(0, height)], [tint.toColor() for tint in tints], [at for at, _ in stops]
        )
    )
    canvas.drawRect(skia.Rect.MakeWH(width, height), paint)


def _letter(canvas: "skia.Canvas", lettering: Lettering, size: tuple[int, int]) -> None:
    """Set the show's name as large as it goes, the agency over it and the box under it."""
    from tools.finish.backdrops import readable_on
    from tools.finish.looks import look_of
    from tools.finish.text import drawable
    from tools.finish.titles import caption_box, tape, title_block

    width, height = size
    look = look_of(lettering.look)
    name = title_block(lettering.show, width * 0.94, min(width * 0.33, height * 0.23), look, 3)
    low = height * 0.955
    if lettering.under:
        box = caption_box(lettering.under, width * 0.7, width * 0.058, look)
        _paste(canvas, box, (width - box.shape[1]) / 2, low - box.shape[0])
        low -= box.shape[0] + height * 0.008
    top = low - name.shape[0]
    strip = tape(round(width * 1.1), round(width * 0.05), f"dispatch · {drawable(lettering.show)}", look)
    canvas.save()
    canvas.rotate(-3.0, width / 2, top)
    _paste(canvas, strip, -width * 0.05, top - width * 0.045)
    canvas.restore()
    _paste(canvas, name, (width - name.shape[1]) / 2, top)
    _small(canvas, lettering.over, width, height * 0.018, "#ffffff")
    _small(canvas, lettering.notice, width, height * 0.962, readable_on(look.ground, look), look.ground)


def _small(canvas: "skia.Canvas", text: str, width: int, top: float, tint: str, shadow: str = "#000000") -> None:
    """Set a small line in the middle; none for an empty one."""
    from tools.finish.lettering import fitted_in, line_picture
    from tools.finish.looks import Letters
    from tools.finish.text import drawable

    letters = Letters("bold", True, 0.08, 0.96)
    lines, big = fitted_in(drawable(text.upper()), width * 0.86, width * 0.027, 1, letters)
    for line in lines[:1]:
        made = line_picture(line, big, letters, tint, shadow=shadow)
        _paste(canvas, made, (width - made.shape[1]) / 2, top)


def _paste(canvas: "skia.Canvas", picture: "Image", left: float, top: float) -> None:
    import numpy as np
    import skia

    image = skia.Image.fromarray(
        np.ascontiguousarray(picture), skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType, copy=True
    )
    canvas.drawImage(image, left, top, skia.SamplingOptions(skia.FilterMode.kLinear))


def _frame(still: Still) -> "Image | None":
    """Return what is shown of a picture or of a film's richest moment in BGRA; None where nothing can be read."""
    import cv2
    import numpy as np

    from tools.exports.thumbnail import frame_png, interest

    file = Path(still.file)
    try:
        best = max(still.moments, key=lambda at: interest(file, at), default=None)
        data = file.read_bytes() if best is None else frame_png(file, best)
    except (OSError, MediaBroken):
        return None
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        return None
    high = picture.shape[0]
    seen = picture[round(SEEN[0] * high) : round(SEEN[1] * high)]
    return np.ascontiguousarray(cv2.cvtColor(seen, cv2.COLOR_BGR2BGRA), np.uint8)


def _encoded(picture: "Image") -> bytes:
    import cv2

    done, data = cv2.imencode(".png", picture[..., :3], [cv2.IMWRITE_PNG_COMPRESSION, 4])
    if not done:
        raise ValueError("this picture can't be written as PNG")
    return bytes(data)


def _marked(png: bytes, mark: str) -> bytes:
    """Return the picture with its mark in a text chunk behind the header, which is always 25 bytes long."""
    body = b"tEXt" + _KEY + b"\0" + mark.encode("ascii")
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    at = len(_SIGNATURE) + 25
    return png[:at] + chunk + png[at:]
