"""The keys that a season's manifest may hold, with their types."""

from collections.abc import Mapping

Types = tuple[type, ...]
Table = tuple[tuple[str, object], ...]

_TEXT: Types = (str,)
_WHOLE: Types = (int,)
_NUMBER: Types = (int, float)
_TEXTS: Types = (str, list)
_BOTH: tuple[tuple[str, Types], ...] = (
    ("theme", _TEXT),
    ("minutes", _NUMBER),
    ("show", _TEXT),
    ("tone", _TEXT),
    ("mode", _TEXT),
    ("drift", _NUMBER),
    ("language", _TEXT),
    ("format", _TEXT),
    ("seed", _WHOLE),
    ("source", _TEXTS),
)
Keys = tuple[tuple[str, Types], ...]
SEASON_KEYS: Keys = (*_BOTH, ("season", _WHOLE), ("episodes", _WHOLE))
EPISODE_KEYS: Keys = (*_BOTH, ("number", _WHOLE), ("title", _TEXT), ("turn", _TEXT), ("arc", _TEXT))

ALIASES = {"sources": "source", "call": "theme"}
"""Other words for some keys: an episode's theme is its call."""


def keys_of(known: Keys) -> Mapping[str, tuple[str, Types]]:
    """Return every word that may stand in a table: the key that it means, and the types that its value may have."""
    own = {name: (name, types) for name, types in known}
    return own | {word: own[name] for word, name in ALIASES.items() if name in own}


def told_types(types: Types) -> str:
    """Return what a value must be, in words."""
    names = {_TEXT: "a text in quotes", _WHOLE: "a whole number", _NUMBER: "a number"}
    return names.get(types, "a text or a list of texts")
