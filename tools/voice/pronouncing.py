"""Where words begin among the sounds of a line, for engines that time their sounds and not their words."""

import functools
import re
from collections.abc import Callable, Sequence

_KIRSHENBAUM = {
    "pau": "_", "h#": "_", "brth": "_", "sil": "_", "#": "_", "ssil": "_",
    "aa": "A", "ae": "a", "ah": "V", "ao": "O", "aw": "aU", "ax": "@", "ay": "aI", "ch": "tS", "dh": "D", "eh": "E",
    "er": "3", "ey": "eI", "hh": "h", "ih": "I", "iy": "i:", "jh": "dZ", "ng": "N", "ow": "oU", "oy": "OI", "sh": "S",
    "th": "T", "uh": "U", "uw": "u:", "y": "j", "zh": "Z", "axr": "3", "dx": "t", "el": "@l", "em": "@m", "en": "@n",
}  # fmt: skip
"""Sounds of the CMU lexicon by the letters of Kirshenbaum's ASCII IPA; those that are not named are the same."""

_VOWELS = frozenset(
    ("aa", "ae", "ah", "ao", "aw", "ax", "ay", "eh", "er", "ey", "ih", "iy", "ow", "oy", "uh", "uw", "axr")
)
_SKIP = 0.7
"""Cost of a sound that only one of the two has; a substitution costs less within vowels, and within consonants."""

Pronounce = Callable[[tuple[str, ...]], list[list[str]]]
"""Returns the sounds of each word said by itself."""


def kirshenbaum(symbol: str) -> str:
    """Return a sound of the CMU lexicon, `aa`, in the letters that move a mouth, `A`."""
    return _KIRSHENBAUM.get(symbol, symbol)


def spoken_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that is ready to be spoken, without the punctuation round them."""
    words = (re.sub(r"^\W+|\W+$", "", word) for word in text.split())
    return tuple(word for word in words if word)


def word_starts(text: str, sounds: Sequence[str], pronounce: Pronounce) -> tuple[tuple[str, int], ...]:
    """Return each word and the index of the sound that it starts with.

    The sounds of the words said one by one are laid against those of the line by least edit distance: in a line, words
    are said a little otherwise ("the", "a", "their's"), but seldom with other consonants. Places never go backwards.
    """
    words = spoken_words(text)
    alone = pronounce(words)
    alone += [[] for _ in range(len(words) - len(alone))]
    flat = [(sound, place) for place, word in enumerate(alone) for sound in word]
    heard = [(place, sound) for place, sound in enumerate(sounds) if kirshenbaum(sound) != "_"]
    if not heard:
        return ()
    pairs = _aligned([sound for sound, _ in flat], [sound for _, sound in heard])
    first: dict[int, int] = {}
    for left, right in pairs:
        first.setdefault(flat[left][1], heard[right][0])
    starts, last = [], heard[0][0]
    for place, word in enumerate(words):
        last = max(first.get(place, last), last)
        starts.append((word, last))
    return tuple(starts)


def _aligned(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Return the pairs of indices that are laid against each other at the least cost."""
    wide = len(right) + 1
    costs = [[column * _SKIP for column in range(wide)]]
    for row, one in enumerate(left, 1):
        costs.append([row * _SKIP])
        for column, other in enumerate(right, 1):
            both = costs[row - 1][column - 1] + _difference(one, other)
            costs[row].append(min(both, costs[row - 1][column] + _SKIP, costs[row][column - 1] + _SKIP))
    pairs, row, column = [], len(left), len(right)
    while row and column:
        here = costs[row][column]
        if abs(here - costs[row - 1][column - 1] - _difference(left[row - 1], right[column - 1])) < 1e-9:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif abs(here - costs[row - 1][column] - _SKIP) < 1e-9:
            row -= 1
        else:
            column -= 1
    return pairs[::-1]


@functools.cache
def _difference(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return 0.5 if (one in _VOWELS) == (other in _VOWELS) and one in _VOWELS else 1.0
