"""By which words the people, things, places and scenes of an episode are called."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from episodes.cast import Character
from episodes.episode import Episode
from episodes.nouns import nouns, singular

Kind = Literal["shot", "scene", "line", "beat", "person", "prop", "vehicle", "place"]

ROLE_WORDS: dict[str, str] = {
    "officer": "officer|cop|policeman|policewoman|police officer|patrolman",
    "sergeant": "sergeant|sarge|sgt|serge|sargeant",
    "dispatcher": "dispatch|dispatcher|control|radio operator|operator",
    "suspect": "suspect|culprit|perpetrator|perp",
    "witness": "witness",
    "reporter": "reporter|journalist",
    "bystander": "bystander",
    "official": "official",
}
_SET_WORDS = {
    "car": "car|patrol car|squad car", "interview": "interview room|interrogation room|interview",
    "parking_lot": "parking lot|car park|lot", "dispatch_room": "dispatch room|control room", "shop": "shop|store",
    "waterfront": "waterfront|harbour|pier|lake",
}  # fmt: skip
OWNER_WORDS = {
    "cctv": "cctv security surveillance camera", "bodycam": "bodycam body", "dashcam": "dashcam dash dashboard",
    "doorbell": "doorbell", "helicopter": "helicopter chopper heli aerial drone", "interview": "interview",
    "phone": "phone mobile",
}  # fmt: skip
SIZE_WORDS = {
    "close": "close-up close closeup", "extreme_close": "close-up close closeup extreme", "long": "wide long",
    "extreme_long": "wide long extreme", "medium": "medium", "full": "full", "medium_close": "medium",
}  # fmt: skip
_TITLES = frozenset(
    [
        "officer",
        "sergeant",
        "sgt",
        "dispatcher",
        "deputy",
        "chief",
        "captain",
        "mr",
        "mrs",
        "ms",
        "dr",
        "the",
        "a",
        "an",
        "of",
    ]
)
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "is",
        "are",
        "was",
        "be",
        "with",
        "and",
        "for",
        "from",
        "by",
        "it",
        "its",
        "his",
        "her",
        "their",
        "that",
        "which",
        "where",
        "who",
        "when",
        "what",
        "there",
        "this",
        "these",
        "those",
        "some",
        "being",
        "as",
        "into",
        "onto",
        "up",
        "off",
        "out",
        "while",
        "my",
        "your",
    ]
)


class Ref(NamedTuple):
    """Something of the episode that words point at."""

    kind: Kind
    ids: tuple[str, ...]
    """More than one where the words fit several."""
    many: bool = False
    """Whether all of them are meant."""
    missing: str = ""
    """A sentence, where nothing fits."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, lower-case."""
    return tuple(re.findall(r"[^\W_]+(?:['-][^\W_]+)*", text.casefold().replace("’", "'")))


def stem(word: str) -> str:
    """Return a word without its ending, so that `steals`, `stealing` and `steal` are one."""
    word = singular(word.removesuffix("'s"))
    for ending in ("ing", "ied", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending) + ("y" if ending in ("ied", "ies") else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def stems(words: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words that mean something."""
    return frozenset(stem(part) for word in words if word not in _SMALL for part in (word, *word.split("-")))


def names_of_person(person: Character) -> Iterator[str]:
    """Yield what somebody may be called."""
    name, _, what = person.name.partition(",")
    yield from (name, person.short_name, what.strip())
    if what.strip():
        yield what.split()[-1]
    if person.kind == "human":
        yield from (word for word in name.split() if word.casefold() not in _TITLES and len(word) > 1)
        yield from ROLE_WORDS[person.role].split("|")
        yield from (f"{role} {person.short_name}" for role in (person.role, "officer"))
    else:
        yield from nouns(name)
        if person.role == "suspect":
            yield from ROLE_WORDS["suspect"].split("|")


class Names:
    """All names of an episode by their words."""

    def __init__(self, episode: Episode) -> None:
        self.known: dict[tuple[str, ...], dict[Kind, list[str]]] = {}
        self.longest = 1
        world = episode.world
        if world is not None:
            for person in world.characters:
                self._enter("person", person.id, names_of_person(person))
            for unit in world.units:
                for member in unit.members:
                    self._enter("person", member, [unit.id])
            for prop in world.props:
                self._enter("prop", prop.id, nouns(prop.name))
            for vehicle in world.vehicles:
                more = ["car", "patrol car", "police car", "squad car"] if "cruiser" in vehicle.name.casefold() else []
                self._enter("vehicle", vehicle.id, [*nouns(_bare(vehicle.name)), *more])
            for place in world.places:
                kinds = _SET_WORDS.get(place.set, place.set.replace("_", " ")).split("|")
                self._enter("place", place.id, [place.name, *nouns(_bare(place.name)), *kinds])
        for scene in episode.script.scenes if episode.script else ():
            if words_of(_bare(scene.title)) != ("scene",):  # `the scene` is the one spoken of.
                self._enter("scene", scene.id, [scene.title, _bare(scene.title)])
        self._plurals()

    def _enter(self, kind: Kind, item: str, names: Iterable[str]) -> None:
        for name in names:
            words = words_of(name)
            if not words or words in (("the",), ("a",)) or all(word.isdecimal() for word in words):
                continue
            for form in (words, ("the", *words)):
                found = self.known.setdefault(form, {}).setdefault(kind, [])
                if item not in found:
                    found.append(item)
                self.longest = max(self.longest, len(form))

    def _plurals(self) -> None:
        self.parts = frozenset(word for words in self.known for word in words) - _SMALL
        self._many = {(*words[:-1], f"{words[-1]}s"): words for words in self.known}

    def called(self, words: tuple[str, ...]) -> tuple[Ref, ...]:
        """Return what these words are the name of, one for each kind; several of one kind in one."""
        if words in self.known:
            return tuple(Ref(kind, tuple(ids)) for kind, ids in self.known[words].items())
        one = self._many.get(words)
        return tuple(Ref(kind, tuple(ids), many=True) for kind, ids in self.known[one].items()) if one else ()


def _bare(name: str) -> str:
    return re.sub(r"^(the|a|an)\s+", "", name.strip(), flags=re.IGNORECASE)
