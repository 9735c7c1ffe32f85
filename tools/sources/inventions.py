"""Makes up names, plates and numbers: plainly invented, easy to say, chosen by a seed and given out once each."""

import random
import string
from collections.abc import Callable, Collection, Sequence

from tools.sources.vocabulary import fold


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_GIVEN = _listed(
    """Orvo Wendra Pellwyn Jorvis Mizzel Fennick Tozzi Brindle Quill Vessa Lomax Dorrit Hazzel Nubby Perrin Sprocket
    Tamsel Ulla Wimble Yorrick Zinnie Brock Clemmy Dabney Elspar Figgis Gribble Hobbin Ivello Jubbet Kip Lorvin
    Marnix Nettie Osbin Pippa Quimby Rolf Sudsy Trixel Umber Vorley Whimsy Xanto Yolla Zeb Arlo Bexley Corvin
    Dunstan Ezzo Flint Gussy Hollis Inka Jasko Kezzy Larch Mopsy Nolly Oswin Plum Rumbo Snap Tilly Vasko Wexford
    Zuzu"""
)

_HEADS = _listed(
    """Brumble Clatter Doodle Fizzle Gobble Grumble Hobble Jumble Kettle Mumble Noodle Pickle Puddle Quibble Rumple
    Snizzle Sprackle Thimble Tumble Twiddle Waffle Wobble Crumple Bungle Dawdle Nibble Scramble Trundle Whittle
    Drizzle"""
)

_SURNAME_TAILS = _listed("""by wick worth stone field thwaite man son sby well bottom smith ham croft""")

_TOWN_TAILS = _listed("""haven mere ford bury dale marsh mouth minster combe bridge hurst sea""")

_UNSHARED = ("given", "family", "town", "handle")
"""Kinds of which no two keys may get the same, nor one that a source uses."""

_ATTEMPTS = 200
"""Draws before a number is added to a name: far more than there are sources with that many people."""


class Inventor:
    """Gives one invention for each key, never one that is among the words of the sources."""

    def __init__(self, seed: int, taken: Collection[str]) -> None:
        self._random = random.Random(seed)
        self._taken = set(taken)
        self._given: dict[tuple[str, str], str] = {}

    def given_name(self, key: str) -> str:
        """Return a first name."""
        return self._once("given", key, lambda: self._random.choice(_GIVEN))

    def family_name(self, key: str) -> str:
        """Return a family name, which also serves for brands and businesses."""
        return self._once("family", key, lambda: self._random.choice(_HEADS) + self._random.choice(_SURNAME_TAILS))

    def town(self, key: str) -> str:
        """Return a name for a town, a street or a river."""
        return self._once("town", key, lambda: self._random.choice(_HEADS) + self._random.choice(_TOWN_TAILS))

    def phone(self, key: str) -> str:
        """Return a telephone number out of those set aside for fiction, 555-0100 to 555-0199."""
        # A source may itself use such a number, and it must not come back by chance.
        free = [number for number in range(100) if f"01{number:02d}" not in self._taken] or list(range(100))
        return self._once("phone", key, lambda: f"555-01{self._random.choice(free):02d}")

    def same_shape(self, key: str) -> str:
        """Return letters for letters and digits for digits: a plate, a case number, a house number."""
        return self._once("shape", key, lambda: "".join(self._other(letter) for letter in key))

    def year(self, key: str) -> str:
        """Return a year of birth."""
        return self._once("year", key, lambda: str(self._random.randrange(1931, 1999)))

    def day(self, key: str) -> str:
        """Return a day of birth, 1 to 28."""
        return self._once("day", key, lambda: str(self._random.randrange(1, 29)))

    def spelling(self, key: str, alphabet: Sequence[str]) -> str:
        """Return as many words of a spelling alphabet as `key` has."""
        return self._once("spelling", key, lambda: " ".join(self._random.choice(alphabet) for _ in key.split()))

    def ordinal(self, key: str) -> str:
        """Return the number of a street, `42nd`, as another one."""
        return self._once("ordinal", key, lambda: f"{self._random.randrange(21, 99) // 10 * 10 + 4}th")

    def handle(self, key: str) -> str:
        """Return a name for a user of some site."""
        return self._once(
            "handle", key, lambda: self._random.choice(_HEADS).lower() + str(self._random.randrange(10, 99))
        )

    def _other(self, letter: str) -> str:
        if letter.isdigit():
            return self._random.choice([digit for digit in "123456789" if digit != letter])
        if letter.isalpha():
            alphabet = string.ascii_uppercase if letter.isupper() else string.ascii_lowercase
            return self._random.choice([other for other in alphabet if other != letter and other not in "IOQioq"])
        return letter

    def _once(self, kind: str, key: str, draw: Callable[[], str]) -> str:
        if (kind, key) not in self._given:
            self._given[kind, key] = self._fresh(draw) if kind in _UNSHARED else draw()
        return self._given[kind, key]

    def _fresh(self, draw: Callable[[], str]) -> str:
        for _ in range(_ATTEMPTS):
            drawn = draw()
            if fold(drawn) not in self._taken:
                self._taken.add(fold(drawn))
                return drawn
        # More people than names: join two, so that nobody shares one.
        while fold(drawn) in self._taken:
            drawn += self._random.choice(("ella", "ando", "ington", "ery", "usk", "omo", "ax"))
        self._taken.add(fold(drawn))
        return drawn
