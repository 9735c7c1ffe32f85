"""What everything in the lexicon is made of and what noise it makes: the table bodies.yaml, looked up by name."""

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml

from episodes.nouns import nouns
from episodes.requests import Sounding
from tools.sound import creatures

_TABLE = Path(__file__).with_name("bodies.yaml")
_PERSON = ("flesh", "mutter")


@dataclass(frozen=True)
class Body:
    """How one thing sounds."""

    material: str
    """A name of `materials.MATERIALS`."""
    noise: str
    """A name of `noises.NOISES`: what it does when it makes itself heard."""


def body(who: Sounding) -> Body:
    """Return what a thing is made of, by its name first, then by its emoji; of an unknown thing, a light hard one."""
    if who.kind == "human":
        return Body(*_PERSON)
    things, emoji, unknown = _table()
    for noun in nouns(who.name):
        if noun in things:
            return things[noun]
    plain = (who.emoji or "").replace("\ufe0f", "")
    return things[emoji[plain]] if plain in emoji else unknown


def is_creature(who: Sounding) -> bool:
    """Whether somebody sounds as an animal: said to be one, or a thing by an animal's name (but no rubber duck)."""
    if who.kind != "thing":
        return who.kind == "animal"
    things, beasts = _table()[0], creatures.known()
    return next((noun in beasts for noun in nouns(who.name) if noun in things or noun in beasts), False)


def known() -> frozenset[str]:
    """Return all nouns that have a body of their own."""
    return frozenset(_table()[0])


@functools.cache
def _table() -> tuple[dict[str, Body], dict[str, str], Body]:
    read = yaml.load(_TABLE.read_text("utf-8"), yaml.CSafeLoader)
    things = {noun: Body(*kind.split()) for kind, found in read["things"].items() for noun in found}
    return things, read["emoji"], Body(*read["unknown"].split())
