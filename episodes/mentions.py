"""What a sentence of a script names: people, things, and the words that are written on something."""

import re
from collections.abc import Iterator

from episodes.cast import Character, Prop, World
from episodes.value import Value

_PARTS = r"(?:piece|roll|pair|strip|bunch|stack|sheet|set|slice|row|length|pile)s? of "
_ARTICLES = re.compile(r"^(?:the|a|an|one|two|three|four|several|some|half a|half an) ", re.IGNORECASE)
_SAYS = re.compile(r"\b(?:says|say|reads|marked|stamped|labelled)\b(:?)\s+(.+)$")
_CAPITALS = re.compile(r"[A-Z][A-Z’'-]+(?:,? (?:[A-Z0-9][\w’'-]*|to \d+))*")
_NOT_WRITTEN = (
    "but",
    "and",
    "on",
    "nothing",
    "that",
    "so",
    "what",
    "how",
    "with",
    "is",
    "it",
    "was",
    "then",
    "no more",
    "this",
    "in",
)
_MOST_WORDS = 6
_VAGUE = ("picture", "thing", "line", "way", "place", "time", "number", "half")
"""Last words of names that say too little by themselves: `in the picture` is no framed picture."""


class Mention(Value):
    """Somebody or something that a text names."""

    id: str
    """Character or prop id."""
    at: int
    """Characters before its name."""
    owner: bool = False
    """Whether only something of theirs is named: `the officer's chair`."""


def mentions(text: str, world: World) -> tuple[Mention, ...]:
    """Return the characters and props of a world that a text names, each once, in the order of the text.

    A longer name wins: in `the folding chair`, a prop of that name is meant and not another prop called `chair`.
    """
    found: dict[str, Mention] = {}
    taken: list[tuple[int, int]] = []
    everybody: tuple[Character | Prop, ...] = (*world.characters, *world.props)
    names = sorted(((name, one.id) for one in everybody for name in _names(one)), key=lambda pair: -len(pair[0]))
    for name, id_ in names:
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?P<many>e?s)?(?P<of>['’]s?)?(?![\w-])", text, re.I):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            if id_ not in found or match.start() < found[id_].at:
                found[id_] = Mention(id=id_, at=match.start(), owner=bool(match["of"]))
    return tuple(sorted(found.values(), key=lambda mention: mention.at))


def written(text: str) -> str:
    """Return the words that a text says are written on something: `EMPTY` of `a sign says empty`; else nothing."""
    said = _SAYS.search(text)
    if said is not None:
        words = said[2].strip().rstrip(".")
        capitals = _CAPITALS.search(words)
        if capitals is not None and (len(capitals[0]) > 2 or capitals.start() == 0):
            return capitals[0]
        plain = re.split(r"[,;:] | and ", words)[0]
        proper = words[:1].isupper()
        if said[1] or proper or (len(plain.split()) <= _MOST_WORDS and not plain.startswith(_NOT_WRITTEN)):
            return (words if said[1] else plain).upper()[:40]
    capitals = next((match for match in _CAPITALS.finditer(text) if len(match[0]) > 2), None)
    return capitals[0] if capitals is not None else ""


def _names(one: Character | Prop) -> Iterator[str]:
    """Return what somebody or something may be called in a sentence, without articles, in the singular."""
    plain = _ARTICLES.sub("", one.name)
    yield plain
    if isinstance(one, Character):
        if one.role == "dispatcher":
            return
        yield _ARTICLES.sub("", one.short_name)
        if one.kind == "human":
            return
    whole = re.sub(_PARTS, "", plain, flags=re.IGNORECASE)
    head = re.split(r" (?:of|with|for|from|in|on) ", whole)[0].rsplit(" ", 1)[-1]
    if head in _VAGUE:
        return
    yield head
    if len(head) > 3 and head.endswith("s") and not head.endswith("ss"):
        yield head[:-1]
