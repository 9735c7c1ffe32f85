"""A picture in the terminal itself, where it can: by its own protocol, else as half blocks, else only as a path."""

import base64
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.color import Color
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from tools.sheets.sixel import sixels

Image = NDArray[np.uint8]
Way = Literal["kitty", "iterm", "sixel", "blocks", "path"]

_SIXEL = ("foot", "mlterm", "contour", "yaft")
"""Terminals that are known to draw sixels, by how their `TERM` begins."""
_CHUNK = 4096
"""Most letters of one command, by kitty's protocol."""
_SCREENS = 2
"""Most windows full of half blocks."""
MOST_PIXELS = 1600
"""Wider pictures are sent smaller: a terminal has no more room."""


def way_to_show(console: Console, environ: Mapping[str, str] = os.environ) -> Way:
    """Return how this terminal can show a picture, by what it says of itself; nothing is asked of it.

    Within tmux or screen no protocol is safe: what is meant for the terminal would lie across other panes.
    """
    if not console.is_terminal or environ.get("TERM") == "dumb":
        return "path"
    inside = environ.get("TMUX") or environ.get("STY")
    program, term = environ.get("TERM_PROGRAM", ""), environ.get("TERM", "")
    if not inside and (environ.get("KITTY_WINDOW_ID") or "kitty" in term or program.lower() == "ghostty"):
        return "kitty"
    if not inside and (program in ("iTerm.app", "WezTerm") or environ.get("LC_TERMINAL") == "iTerm2"):
        return "iterm"
    if not inside and term.startswith(_SIXEL):
        return "sixel"
    colours = environ.get("COLORTERM") in ("truecolor", "24bit")
    return "blocks" if colours and not console.no_color and console.encoding.startswith("utf") else "path"


def show_picture(console: Console, path: Path, environ: Mapping[str, str] = os.environ) -> Way:
    """Show a picture as well as the terminal can; return the way that was taken.

    `path` means that nothing was shown, so that whoever asks had better say where it lies.
    """
    way = way_to_show(console, environ)
    image = cv2.imread(str(path)) if way != "path" else None
    if image is None:
        return "path"
    shown = np.asarray(image, np.uint8)
    if way == "blocks":
        columns = min(console.width, 120)
        if shown.shape[0] * columns / shown.shape[1] / 2 > _SCREENS * console.height:
            return "path"  # A long sheet of small letters is nothing but noise in blocks.
        console.print(Segments(half_blocks(shown, columns)), end="")
        return way
    console.file.write(f"{_sent(way, shown, console.width)}\n")
    console.file.flush()
    return way


def _sent(way: Way, image: Image, columns: int) -> str:
    """Return what is sent to the terminal."""
    if way == "sixel":
        # Nobody says how wide a letter is; eight pixels are the least there are.
        return sixels(_narrowed(image, min(columns * 8, MOST_PIXELS)))
    done, data = cv2.imencode(".png", _narrowed(image, MOST_PIXELS))
    png = data.tobytes() if done else b""
    return kitty(png, columns) if way == "kitty" else iterm(png)


def _narrowed(image: Image, most: int) -> Image:
    wide = min(image.shape[1], most)
    high = max(1, round(image.shape[0] * wide / image.shape[1]))
    return np.asarray(cv2.resize(image, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)


def kitty(png: bytes, columns: int) -> str:
    """Return the letters that have kitty, Ghostty and others show a PNG, as wide as the window at most."""
    text = base64.standard_b64encode(png).decode()
    pieces = [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)] or [""]
    sent = []
    for number, piece in enumerate(pieces):
        more = int(number < len(pieces) - 1)
        head = f"a=T,f=100,q=2,c={columns},m={more}" if number == 0 else f"m={more}"
        sent.append(f"\x1b_G{head};{piece}\x1b\\")
    return "".join(sent)


def iterm(png: bytes) -> str:
    """Return the letters that have iTerm2 and WezTerm show a PNG, as wide as the window."""
    text = base64.standard_b64encode(png).decode()
    return f"\x1b]1337;File=inline=1;width=100%;preserveAspectRatio=1;size={len(png)}:{text}\x07"


def half_blocks(image: Image, columns: int) -> Iterator[Segment]:
    """Yield a BGR picture as letters of two pixels each, one above the other."""
    rows = max(1, round(image.shape[0] * columns / image.shape[1] / 2))
    small = cv2.resize(image, (columns, rows * 2), interpolation=cv2.INTER_AREA)
    for row in range(rows):
        for upper, lower in zip(small[2 * row], small[2 * row + 1], strict=True):
            yield Segment("▀", Style(color=_colour(upper), bgcolor=_colour(lower)))
        yield Segment.line()


def _colour(pixel: NDArray[np.uint8]) -> Color:
    blue, green, red = (int(value) for value in pixel)
    return Color.from_rgb(red, green, blue)
