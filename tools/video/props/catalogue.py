"""The catalogue: by which picture a thing is shown, from its name and its emoji."""

import functools
import re
from dataclasses import dataclass
from typing import Literal

from tools.video.props.birds import BIRDS
from tools.video.props.critters import CRITTERS
from tools.video.props.emoji_art import emoji_named, file_of
from tools.video.props.menagerie import BEASTS
from tools.video.props.objects import MOVING
from tools.video.props.sketches import sketch_of
from tools.video.props.standees import is_person
from tools.video.props.words import INTANGIBLE, SAME, STARS, TRADES

Kind = Literal["beast", "bird", "critter", "object", "sketch", "emoji", "standee", "bag", "lettered"]


@dataclass(frozen=True)
class Look:
    """Which picture shows a thing."""

    kind: Kind
    key: str
    """The picture's name: an animal's, a sketch's, an emoji, or what the label says."""
    emoji: str = ""
    written: str = ""
    """What a lettered thing says; then `key` is the kind of thing."""


def look_of(name: str, emoji: str) -> Look:
    """Return the picture for a thing: by its name if that is known, else by its emoji, else the evidence bag."""
    return _look(" ".join(re.findall(r"[\w'’-]+", name.lower())), emoji.strip())


@functools.lru_cache(maxsize=1024)
def _look(name: str, emoji: str) -> Look:
    for phrase in _phrases(name):
        if _is_animal(emoji) and " " not in phrase and phrase != _single(name):
            # An animal called Trumpet is an animal.
            continue
        if phrase in INTANGIBLE:
            return Look("bag", name, emoji)
        if phrase in TRADES:
            return Look("standee", phrase, emoji)
        found = _drawn(phrase)
        if found is not None:
            return found
    shown = _named(emoji)
    if shown is not None:
        return Look("standee", name, emoji) if shown.kind == "standee" else shown
    for phrase in _phrases(name) if not emoji else ():
        shown = _named(emoji_named(phrase))
        if shown is not None and shown.kind != "standee":
            return shown
    for word in reversed(name.split()):
        found = _drawn(_single(word))
        if found is not None:
            return found
    return Look("bag", name, emoji)


def _phrases(name: str) -> list[str]:
    """Return what may be the name of the thing itself: the whole, what stands before "of" or "in", its last words."""
    whole = [name, _single(name)]
    head = re.split(r" (?:of|in|on|with|from|for|at|called|named) ", name)[0]
    words = head.split()
    parts = [_single(" ".join(words[-count:])) for count in (3, 2, 1) if len(words) >= count]
    return list(dict.fromkeys(phrase for phrase in (*whole, _single(head), *parts) if phrase)) or [""]


def _single(phrase: str) -> str:
    """Return a phrase in the singular where that is a matter of its last letters."""
    if phrase.endswith("ies") and len(phrase) > 5:
        return phrase[:-3] + "y"
    for ending in ("ches", "shes", "sses", "xes"):
        if phrase.endswith(ending):
            return phrase[:-2]
    return (
        phrase[:-1]
        if phrase.endswith("s") and not phrase.endswith(("ss", "us", "pants", "glasses")) and len(phrase) > 3
        else phrase
    )


def _is_animal(emoji: str) -> bool:
    code = ord(emoji[0]) if emoji else 0
    return 0x1F400 <= code <= 0x1F43F or 0x1F980 <= code <= 0x1F9AE or code in (0x1FABF, 0x1FACE, 0x1FACF)


def _drawn(phrase: str) -> Look | None:
    """Return the drawing of this project's own that bears this name, or None."""
    key = SAME.get(phrase, phrase)
    kinds: tuple[tuple[Kind, bool], ...] = (
        ("beast", key in BEASTS), ("bird", key in BIRDS), ("critter", key in CRITTERS), ("object", key in MOVING),
    )  # fmt: skip
    for kind, known in kinds:
        if known:
            return Look(kind, key)
    return Look("sketch", key) if sketch_of(key) else None


def _named(emoji: str) -> Look | None:
    """Return the picture for an emoji alone, or None where it says nothing or has no drawing."""
    if not emoji or emoji[0] in "❓❔❗❌":
        return None
    star = STARS.get(emoji.replace("\ufe0f", ""))
    if star:
        return _drawn(star)
    if file_of(emoji) is None:
        return None
    return Look("standee", "", emoji) if is_person(emoji) else Look("emoji", emoji)
