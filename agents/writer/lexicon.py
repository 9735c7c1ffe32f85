"""The words that the writer knows: nouns with what can be done with them, places, deeds, people, radio codes.

Data lie under `prompts/lexicon/`; a file that does not fit is refused with its name and the place of the fault.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ValidationError

from agents.writer.voicing import VoiceShape
from episodes.cast import Build, RadioCode, SetName
from episodes.value import Value

Kind = Literal[
    "animal", "food", "clothing", "vehicle", "tool", "office", "building", "weather", "abstract", "person", "item"
]
"""What sort of thing a noun names; `item` is what the lexicon does not know."""


Way = Literal["walks", "flies", "climbs", "swims", "digs", "rolls", "stays"]


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Choices = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One wording or several to choose from."""


class Noun(Value):
    """A noun and its affordances."""

    name: str
    kind: Kind
    emoji: str
    metres: float
    """Longest side in metres."""
    counted_in: str
    """What many of it come in: `boxes`; the measure of a mass noun: `cups`."""
    sound: Choices
    trace: Choices
    """What it leaves behind, as a noun phrase."""
    escape: Choices
    """How it gets away, after `went`."""
    feature: Choices
    """What a report would note about its looks."""
    skill: Choices
    """What it is good at."""
    wants: Choices
    """Nouns that it would be found with."""
    business: Choices
    """What it does while it is watched, each visible: `turns a lid over with both hands`."""
    moves: Choices
    """How it moves, in the third person: `waddles`."""
    hides: Choices
    """Where and how badly, after `hiding`: `behind a lamp post, mostly`."""
    ruins: Choices
    """What it spoils, as a noun phrase: `the frosting`."""
    excuse: Choices
    """Its innocent explanation, after `was only`: `checking the lids`."""
    ways: tuple[Way, ...] = ("walks",)
    """How it gets about."""
    plural: str = ""
    """Only where it is irregular."""
    mass: bool = False
    always_plural: bool = False
    pronoun: Literal["", "he", "she", "it"] = ""


class PlaceNoun(Value):
    """A kind of place and how such a place is furnished."""

    noun: str
    set: SetName
    interior: bool
    names: tuple[str, ...]
    landmark: str
    dressing: tuple[str, ...]
    wrong: str
    brings: str = ""
    """The noun that one expects there."""


class Deed(Value):
    """Something that can be done, with all the words for it."""

    name: str
    frame: str
    words: tuple[str, ...]
    doing: str
    did: str
    wish: str
    """What the doer is after, after `wanted`."""
    obstacle: str
    """What stands in its way, as a noun phrase."""


class Persona(Value):
    """An officer, dispatcher or sergeant who may be cast."""

    id: str
    name: str
    short: str
    pronoun: Literal["she", "he", "they"]
    temperament: str
    build: Build
    skin: str
    hair: str
    want: str
    stake: str = ""
    """The kind of thing that the want is; storylets at which it is at stake suit this person."""
    self_image: str = ""
    blind_spot: str = ""
    flaw: str
    habit: str
    never_says: str
    suits: tuple[str, ...] = ()
    """Frames for which this person is cast rather than another."""


class Voice(Value):
    """The verbal habit of a temperament."""

    openers: Choices = ()
    """Said before a line, as a sentence or up to a comma."""
    closers: Choices = ()
    """Said after a line that is no punch line."""


class Nature(Value):
    """What a stranger of one temperament is like."""

    want: str
    stake: str = ""
    self_image: str
    blind_spot: str
    flaw: str
    habit: str
    never_says: str


class People(Value):
    """Everybody who may be cast, and what strangers are made of."""

    surnames: tuple[str, ...]
    streets: tuple[str, ...]
    seniors: tuple[Persona, ...]
    juniors: tuple[Persona, ...]
    dispatchers: tuple[Persona, ...]
    sergeants: tuple[Persona, ...]
    witnesses: dict[str, tuple[str, ...]]
    """Trades of witnesses by set."""
    witness_names: dict[str, Literal["she", "he"]]
    """First name and pronoun."""
    witness_natures: dict[str, Nature]
    """By temperament."""
    voices: dict[str, Voice]
    """Verbal habits by temperament."""
    witness_wardrobe: tuple[str, ...]
    witness_colours: tuple[str, ...]
    skins: tuple[str, ...]
    hairs: tuple[str, ...]
    voice_shapes: dict[str, VoiceShape]
    """How each part is spoken: `senior`, `junior`, `dispatcher`, `sergeant`, `witness`, `other`."""


class AgencyName(Value):
    """A fictional agency."""

    name: str
    county: str
    prefix: str


class RadioBook(Value):
    """Agencies and their code table, by use."""

    agencies: tuple[AgencyName, ...]
    codes: dict[str, RadioCode]


class Tongue(Value):
    """What is known of one language, each word with the English one that the reader of themes knows."""

    small: Mapping[str, str] = {}
    """Articles, prepositions, numbers."""
    deeds: dict[str, str]
    places: dict[str, str]
    nouns: dict[str, str]

    def with_nouns(self, nouns: dict[str, str]) -> "Tongue":
        """Return the language with further nouns; its own outrank them."""
        return self.model_copy(update={"nouns": {**nouns, **self.nouns}})


class Lexicon(Value):
    """All words, by their lower-case spelling."""

    nouns: dict[str, Noun]
    places: dict[str, PlaceNoun]
    sets: dict[str, PlaceNoun]
    deeds: dict[str, Deed]
    people: People
    radio: RadioBook
    tongues: dict[str, Tongue]
    """By language code."""

    def noun(self, word: str) -> Noun | None:
        """Return the noun that this word or phrase names in singular or plural, or None for an unknown one."""
        for form in singulars(word):
            if form in self.nouns:
                return self.nouns[form]
        plural = next((noun for noun in self.nouns.values() if noun.plural == word), None)
        return plural or self.nouns.get(dictionary_form(word, "NOUN"))

    def place(self, words: str) -> PlaceNoun | None:
        """Return the place that these words name, or None."""
        return next((self.places[form] for form in singulars(words) if form in self.places), None)

    def deed(self, word: str) -> Deed | None:
        """Return the deed that has this word, or None."""
        forms = (word, dictionary_form(word, "VERB"))
        return next((deed for form in forms for deed in self.deeds.values() if form in deed.words), None)


WordClass = Literal["NOUN", "VERB", "ADJ", "ADV"]


@lru_cache(maxsize=4096)
def _dictionary(word: str) -> dict[str, tuple[str, ...]]:
    if not word.isalpha() or not word.isascii():
        return {}
    import lemminflect

    found: dict[str, tuple[str, ...]] = lemminflect.getAllLemmas(word)
    return found


def dictionary_form(word: str, word_class: WordClass) -> str:
    """Return the dictionary form of an English word: `sneaked` as a verb is `sneak`; what is none stays as it is."""
    return next(iter(_dictionary(word).get(word_class, ())), word)


def word_classes(word: str) -> frozenset[str]:
    """Return what an English word may be: `rolls` is NOUN and VERB; an unknown word is nothing."""
    return frozenset(_dictionary(word))


def singulars(word: str) -> tuple[str, ...]:
    """Return the spellings under which a word may stand: itself first, then its regular singulars."""
    forms = [word, re.sub(r"'s$|’s$", "", word)]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("ves"):
        forms += [word[:-3] + "f", word[:-3] + "fe"]
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s"):
        forms.append(word[:-1])
    return tuple(dict.fromkeys(forms))


Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path) -> dict[str, object]:
    """Return the mapping in a YAML file; raises `ValueError` with the file's name when it is none."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise ValueError(f"{path.name} can't be read: {error}") from error
    if not isinstance(loaded, dict):
        raise ValueError(f"{path.name} holds no mapping")
    return loaded


def fitted(model: type[Model], value: object, where: str) -> Model:
    """Return the value as a model; raises `ValueError` that names the file, the entry and the field."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {field}: {first['msg']}") from error


def part(value: object, where: str) -> dict[str, object]:
    """Return the value as a mapping, or raise `ValueError` with where it was."""
    if not isinstance(value, dict):
        raise ValueError(f"{where}: expected a mapping")
    return value


@lru_cache(maxsize=4)
def load_lexicon(prompts: Path) -> Lexicon:
    """Read all of `prompts/lexicon/`. Raises `ValueError` with file and field for what does not fit."""
    folder = prompts / "lexicon"
    places, sets = _places(folder / "places.yaml")
    return Lexicon(
        nouns=_nouns(folder),
        places=places,
        sets=sets,
        deeds=_deeds(folder / "deeds.yaml"),
        people=fitted(People, read_yaml(folder / "people.yaml"), "people.yaml"),
        radio=fitted(RadioBook, read_yaml(folder / "radio.yaml"), "radio.yaml"),
        tongues={
            code: fitted(Tongue, part(entry, code), f"tongues.yaml: {code}")
            for code, entry in read_yaml(folder / "tongues.yaml").items()
        },
    )


def _nouns(folder: Path) -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    strange: dict[str, object] = {}
    for path in sorted((folder / "nouns").glob("*.yaml")):
        table = read_yaml(path)
        defaults = part(table.get("defaults"), f"{path.name}: defaults")
        for name, entry in part(table.get("nouns"), f"{path.name}: nouns").items():
            own = part(entry or {}, f"{path.name}: {name}")
            found[name] = fitted(
                Noun, {**defaults, **own, "name": name, "kind": table.get("kind")}, f"{path.name}: {name}"
            )
        if table.get("kind") == "abstract":
            strange = defaults
    unknown = read_yaml(folder / "unknown.yaml")
    found[""] = fitted(Noun, {**strange, **unknown, "name": "item", "kind": "item"}, "unknown.yaml")
    return found


def _places(path: Path) -> tuple[dict[str, PlaceNoun], dict[str, PlaceNoun]]:
    table = read_yaml(path)
    sets = part(table.get("sets"), f"{path.name}: sets")
    furnished = {
        name: fitted(
            PlaceNoun, {**part(entry, name), "noun": name.replace("_", " "), "set": name}, f"{path.name}: {name}"
        )
        for name, entry in sets.items()
    }
    places = {}
    for name, entry in part(table.get("places"), f"{path.name}: places").items():
        own = part(entry, f"{path.name}: {name}")
        base = furnished.get(str(own.get("set")))
        if base is None:
            raise ValueError(f"{path.name}: {name}: no set {own.get('set')!r}")
        places[name] = fitted(PlaceNoun, {**base.model_dump(), **own, "noun": name}, f"{path.name}: {name}")
    return places, furnished


def _deeds(path: Path) -> dict[str, Deed]:
    table = part(read_yaml(path).get("deeds"), f"{path.name}: deeds")
    return {
        name: fitted(Deed, {**part(entry, name), "name": name}, f"{path.name}: {name}") for name, entry in table.items()
    }


def split_words(text: str) -> list[str]:
    """Return the words of a list written as one text, for tables of words in the code."""
    return text.split()
