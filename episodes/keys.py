"""Keys: how they are called and how they are related. No sound and no chord is known here."""

import re
from typing import Literal

from episodes.value import Value

Relation = Literal["home", "relative", "parallel", "subdominant", "dominant", "up"]
"""How a key stands to another one; `up`: the same mode, a whole tone higher."""

_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHIFTS = {"": 0, "#": 1, "♯": 1, "sharp": 1, "b": -1, "♭": -1, "flat": -1}
_KEY = re.compile(r"\s*([A-Ga-g])\s*-?(#|♯|sharp|b|♭|flat)?\s+(major|minor)\s*")
_MINORS = ("C", "C-sharp", "D", "E-flat", "E", "F", "F-sharp", "G", "G-sharp", "A", "B-flat", "B")
_MAJORS = ("C", "D-flat", "D", "E-flat", "E", "F", "F-sharp", "G", "A-flat", "A", "B-flat", "B")
"""The spelling with fewer signs for each semitone above C."""


class Key(Value):
    """A tonic and its mode."""

    tonic: int
    """Semitones above C, 0 to 11."""
    minor: bool

    @property
    def name(self) -> str:
        """As a musician calls it: `D minor`, `B-flat major`."""
        return f"{_MINORS[self.tonic]} minor" if self.minor else f"{_MAJORS[self.tonic]} major"

    def related(self, relation: Relation) -> "Key":
        """Return the key that stands so to this one."""
        if relation == "relative":
            return Key(tonic=(self.tonic + (3 if self.minor else 9)) % 12, minor=not self.minor)
        if relation == "parallel":
            return Key(tonic=self.tonic, minor=not self.minor)
        steps = {"home": 0, "subdominant": 5, "dominant": 7, "up": 2}
        return Key(tonic=(self.tonic + steps[relation]) % 12, minor=self.minor)


def key_called(name: str) -> Key:
    """Read `D minor` or `B-flat major`. Raises `ValueError` for what is no key."""
    found = _KEY.fullmatch(name)
    if found is None:
        raise ValueError(f"{name[:40]!r} is no key")
    return Key(tonic=(_LETTERS[found[1].upper()] + _SHIFTS[found[2] or ""]) % 12, minor=found[3] == "minor")
