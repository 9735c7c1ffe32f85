"""Animals: which one a name or an emoji means, what it calls, what it says to itself, and what its feet are."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from episodes.nouns import nouns
from episodes.requests import Sounding
from tools.sound.noise import Chance, Sound, count, faded, laid
from tools.sound.throats import Syllable, call

Feet = Literal["paws", "claws", "hooves", "webbed", "heavy", "many", "none"]
Coat = Literal["fur", "feather", "shell", "scales", "wet", "bare"]

_TABLE = Path(__file__).with_name("creatures.yaml")
_SIZE_POWER = 0.45
"""Pitch falls with this power of length, about as between species (Fletcher 2004: f = c·m^-0.4, of mass)."""
_UNNAMED = "animal"
_CALLS_APART = 0.35
"""Seconds between two calls when one opens its mouth several times: the picture's mouth opens at that beat."""


class Creature(BaseModel):
    """How one animal sounds."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    metres: float
    """Usual longest side; a bigger one of its kind is lower."""
    feet: Feet
    coat: Coat
    call: tuple[Syllable, ...]
    """What it says aloud."""
    small: tuple[Syllable, ...] = ()
    """What it says to itself; nothing for the first two syllables of its call."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    creatures: dict[str, Creature]
    same: dict[str, str]
    emoji: dict[str, str]


def creature(who: Sounding) -> Creature:
    """Return the animal that is meant, by its name first, then by its emoji; of an unknown one, an animal's sounds."""
    return _table().creatures[_name(who) or _UNNAMED]


def known() -> frozenset[str]:
    """Return all names that have sounds of their own."""
    return frozenset((*_table().creatures, *_table().same))


def voice(who: Sounding, seconds: float, chance: Chance) -> Sound:
    """Return an animal's call, mono, peak 1, that begins at once: as often as it fits into `seconds`, once at least."""
    one = creature(who)
    first = call(one.call, chance, pitch(who))
    parts, at = [(0.0, 1.0, first)], 0.0
    beats = max(1, -(-len(first) // count(_CALLS_APART)))
    while at + 2 * beats * _CALLS_APART <= seconds + 0.1 and len(parts) < 4:
        at += beats * _CALLS_APART
        parts.append((at, float(chance.uniform(0.8, 1.0)), call(one.call, chance, pitch(who))))
    return laid(*parts)


def murmur(who: Sounding, chance: Chance) -> Sound:
    """Return what an animal says to itself, mono, peak 1, that begins at once."""
    one = creature(who)
    return faded(call(one.small or _shorter(one.call), chance, pitch(who)))


def pitch(who: Sounding) -> float:
    """Return how high somebody is against the usual size of their kind."""
    usual = creature(who).metres
    metres = who.metres or usual
    return float(min(max((usual / metres) ** _SIZE_POWER, 0.4), 2.2))


def _shorter(whole: tuple[Syllable, ...]) -> tuple[Syllable, ...]:
    return tuple(one.model_copy(update={"times": min(one.times, 2)}) for one in whole[:2])


def _name(who: Sounding) -> str:
    """Return the table's name of an animal; an empty text for none."""
    table = _table()
    for noun in nouns(who.name):
        if noun in table.same:
            return table.same[noun]
        if noun in table.creatures:
            return noun
    plain = (who.emoji or "").replace("\ufe0f", "")
    return table.emoji.get(plain, "")


@functools.cache
def _table() -> _Table:
    read = yaml.load(_TABLE.read_text("utf-8"), yaml.CSafeLoader)
    whole = {name: _whole(name, read["creatures"], read["defaults"]) for name in read["creatures"]}
    return _Table.model_validate({"creatures": whole, "same": read["same"], "emoji": read["emoji"]})


def _whole(name: str, given: Mapping[str, Mapping[str, Any]], usual: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that is said of an animal, with what it has from the one that it is like.

    Where the calls are another's, they are moved to this one's size: a puppy is a dog an octave up.
    """
    own = dict(given[name])
    if "like" not in own:
        return {**usual, **own}
    base = _whole(own.pop("like"), given, usual)
    scale = (base["metres"] / own.get("metres", base["metres"])) ** _SIZE_POWER
    moved = {part: [_moved(one, scale) for one in base.get(part, [])] for part in ("call", "small")}
    return {**base, **moved, **own}


def _moved(one: Mapping[str, Any], scale: float) -> dict[str, Any]:
    mouths = [[round(hertz * scale**0.7) for hertz in row] for row in one.get("v", [])]
    cords = [hertz * (scale if one.get("src") != "flutter" else 1) for hertz in one.get("hz", [300])]
    return {**one, "hz": cords, "v": mouths}
