"""The things that picture gags name, made props of the world, so that whoever draws the gag has them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from agents.protocols import Screenplay
from agents.writer.lexicon import Lexicon, fitted, part, read_yaml, singulars
from episodes.cast import Character, Place, Prop, Vehicle, World
from episodes.mentions import mentions
from episodes.spoken_numbers import counted
from episodes.value import Value

_DRAWABLE = ("food", "clothing", "tool", "office", "animal")
_LONGEST = 3
"""Words in the name of a thing."""
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "seven": 7, "several": 4}


class StageThing(Value):
    """How a thing of a gag looks."""

    emoji: str
    metres: float
    """Longest side."""


class StageThings(Value):
    """What gags may name."""

    things: dict[str, StageThing]
    """By noun, in the singular."""
    never: frozenset[str]
    """Words of gags that name no thing, though the lexicon knows them."""


@lru_cache(maxsize=4)
def load_stage_things(prompts: Path) -> StageThings:
    """Read `prompts/lexicon/stage_things.yaml`. Raises `ValueError` with the place of what does not fit."""
    table = read_yaml(prompts / "lexicon" / "stage_things.yaml")
    things = part(table.get("things"), "stage_things.yaml: things")
    return fitted(StageThings, {"things": things, "never": table.get("never")}, "stage_things.yaml")


def with_gag_things(play: Screenplay, lexicon: Lexicon, known: StageThings) -> Screenplay:
    """Return the screenplay with a prop for each thing that a picture gag names and its world does not have."""
    world, said = play.world, [line.text for line in play.script.lines]
    for scene in play.script.scenes:
        for beat in scene.beats:
            for prop in _things_of(beat.picture_gag, world, lexicon, known):
                # What a line counts is a matter of the story, which has its own number of them.
                if not any(counted(text, {prop.id: prop.name}) for text in said):
                    world = world.model_copy(update={"props": (*world.props, prop)})
    return play.model_copy(update={"world": world})


def _things_of(gag: str, world: World, lexicon: Lexicon, known: StageThings) -> Iterator[Prop]:
    named = {mention.at for mention in mentions(gag, world)}
    words = [(match.group(), match.start()) for match in re.finditer(r"[A-Za-z][\w-]*", gag)]
    everything: tuple[Character | Prop | Place | Vehicle, ...] = (
        *world.characters, *world.props, *world.places, *world.vehicles,
    )  # fmt: skip
    taken = {one.id for one in everything}
    at = 0
    while at < len(words):
        length, name, look = _noun_at([word for word, _ in words], at, lexicon, known)
        if look is not None and not named & {start for _, start in words[at : at + length]}:
            id_ = re.sub(r"[^a-z0-9]+", "-", name)
            if id_ not in taken:
                taken.add(id_)
                count = _COUNTS.get(words[at - 1][0].lower(), 1) if at else 1
                yield Prop(id=id_, name=name, emoji=look.emoji, metres=look.metres, count=count)
        at += length


def _noun_at(words: list[str], at: int, lexicon: Lexicon, known: StageThings) -> tuple[int, str, StageThing | None]:
    """Return how many words from here are one noun, its singular, and its look; None where there is nothing to show."""
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        phrase = " ".join(words[at : at + length])
        if not phrase.islower() or _is_verb(words, at, length):
            continue
        for form in singulars(phrase):
            if form in known.things:
                return length, form, known.things[form]
        noun = lexicon.noun(phrase) if phrase not in known.never else None
        if noun is not None and noun.kind in _DRAWABLE and not known.never & set(singulars(phrase)):
            return length, noun.name, StageThing(emoji=noun.emoji, metres=min(noun.metres, 4.0))
    return 1, "", None


def _is_verb(words: list[str], at: int, length: int) -> bool:
    """Whether a single word is more likely a verb here: `they stamp it`, `to label`, `it tags along`."""
    before = words[at - 1].lower() if at else ""
    then = words[at + length].lower() if at + length < len(words) else ""
    if length > 1:
        return False
    return before in ("to", "it", "they", "who", "which", "and") and then in ("it", "the", "them", "a", "its", "along")
