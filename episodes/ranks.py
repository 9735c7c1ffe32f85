"""Ranks: how somebody's name, role, radio address and hat follow from the title that the story gave them."""

import re

from episodes.cast import Character

_TITLES = (
    "Probationary Officer", "Trainee Officer", "Senior Officer", "Acting Sergeant", "Officer", "Sergeant", "Corporal",
    "Lieutenant", "Captain", "Chief", "Detective", "Deputy", "Constable", "Cadet", "Dispatcher", "Marshal", "Sheriff",
)  # fmt: skip
_TITLE = re.compile(rf"(?:{'|'.join(_TITLES)})\s+", re.IGNORECASE)
_LOW = ("officer", "probationary officer", "trainee officer", "cadet", "constable")
DESK_UNIT = "4A12"
"""Radio address of a sergeant who is none any more: a call sign of the beat, without a car."""
_HATS = ("peaked hat", "plain cap", "braided peaked hat")


def bare_name(name: str) -> str:
    """Return a name without its title: `Helen Grubb` of `Sergeant Helen Grubb`."""
    return _TITLE.sub("", name, count=1) if _TITLE.match(name) else name


def title_of(name: str) -> str:
    """Return the title before a name; empty when there is none that is known."""
    found = _TITLE.match(name)
    return found.group().strip() if found else ""


def with_rank(character: Character, title: str) -> Character:
    """Return the character with a title in name, role, radio address and uniform; unchanged for an empty one."""
    if not title:
        return character
    words = title.strip()
    shown = words[:1].upper() + words[1:]
    commands = "sergeant" in words.lower()
    update: dict[str, object] = {"name": f"{shown} {bare_name(character.name)}"}
    if character.role == "sergeant" and not commands:
        update |= {"role": "officer", "unit": DESK_UNIT}
    elif character.role == "officer" and commands:
        update |= {"role": "sergeant"}
    hat = "plain cap" if words.lower() in _LOW else "braided peaked hat"
    update["wardrobe"] = tuple(hat if garment in _HATS else garment for garment in character.wardrobe)
    return character.model_copy(update=update)
