"""Pictures as sixels, which foot, mlterm, Contour and other terminals draw: bands of six rows, a colour at a time."""

import numpy as np
from numpy.typing import NDArray

_LEVELS = 6
"""Steps of each of red, green and blue: 216 colours, of the 256 that any sixel terminal has."""
_BAYER = (np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) + 0.5) / 16 - 0.5


def sixels(image: NDArray[np.uint8]) -> str:
    """Return the letters that have a sixel terminal draw a BGR picture, dithered to 216 colours."""
    high, wide = image.shape[:2]
    numbers = _numbers(image)
    used = np.unique(numbers)
    sent = [f'\x1bP0;1q"1;1;{wide};{high}', *(_palette(int(number)) for number in used)]
    for top in range(0, high, 6):
        band = numbers[top : top + 6]
        rows = [f"#{number}{_row(band == number)}" for number in np.unique(band)]
        sent.append("$".join(rows) + "-")
    return "".join([*sent, "\x1b\\"])


def _numbers(image: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the palette's number of each pixel."""
    high, wide = image.shape[:2]
    pattern = np.tile(_BAYER, (high // 4 + 1, wide // 4 + 1))[:high, :wide, None]
    steps = np.clip(np.rint(image / 255 * (_LEVELS - 1) + pattern * 0.8), 0, _LEVELS - 1).astype(np.int64)
    return np.asarray(steps[..., 2] * _LEVELS**2 + steps[..., 1] * _LEVELS + steps[..., 0])


def _palette(number: int) -> str:
    """Return the letters that say what a number's red, green and blue are, in hundredths."""
    red, rest = divmod(number, _LEVELS**2)
    shades = (round(level * 100 / (_LEVELS - 1)) for level in (red, *divmod(rest, _LEVELS)))
    return f"#{number};2;" + ";".join(map(str, shades))


def _row(mask: NDArray[np.bool_]) -> str:
    """Return one colour's part of a band: a letter for each column, with repeats counted."""
    weights = 2 ** np.arange(mask.shape[0])
    codes = (mask * weights[:, None]).sum(axis=0) + 63
    ends = np.flatnonzero(np.diff(codes, append=-1)) + 1
    letters, start = [], 0
    for end in ends:
        count, letter = int(end) - start, chr(int(codes[start]))
        letters.append(f"!{count}{letter}" if count > 3 else letter * count)
        start = int(end)
    return "".join(letters)
