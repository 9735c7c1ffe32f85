"""How often a prompt names the one thing there is: named twice as if it were new, it is drawn twice."""

import re
from collections.abc import Iterator

from episodes.cast import World
from episodes.nouns import nouns
from episodes.shots import Subject


def nouns_of(subject: Subject, world: World) -> tuple[str, ...]:
    """Return what an animal or a thing in the picture is called; nothing for people, and for several of a kind."""
    for character in world.characters:
        if character.id == subject.id and character.kind != "human":
            return nouns(re.sub(r"^(?:the|a|an|lead) ", "", character.name, flags=re.IGNORECASE))[:1]
    for prop in world.props:
        if prop.id == subject.id and prop.count == 1:
            return nouns(prop.name)[:1]
    return ()


def doubled(prompt: str, subjects: tuple[Subject, ...], world: World) -> Iterator[tuple[str, str]]:
    """Yield each noun that is there once, with the words that name it as if it were one more."""
    for noun in _single(subjects, world):
        found = [match.group() for match in _twins(noun).finditer(prompt)]
        for words in (*found, *(match.group() for match in _introduced_again(prompt, noun))):
            yield noun, words


def named_once(prompt: str, subjects: tuple[Subject, ...], world: World) -> str:
    """Return a prompt in which what is there once is introduced once, and is `the …` from then on."""
    for noun in _single(subjects, world):
        prompt = _twins(noun).sub(f"the {noun}", prompt)
        for match in reversed(_introduced_again(prompt, noun)):
            said = f"the {noun}"
            said = f"T{said[1:]}" if match.group()[:1].isupper() else said
            prompt = f"{prompt[: match.start()]}{said}{prompt[match.end() :]}"
    return prompt


def _single(subjects: tuple[Subject, ...], world: World) -> tuple[str, ...]:
    """Return the nouns of which there is exactly one in the picture."""
    every = [noun for subject in subjects for noun in nouns_of(subject, world)]
    return tuple(noun for noun in dict.fromkeys(every) if every.count(noun) == 1)


def _twins(noun: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:another|the same|a second|one more|a different|a new)\s+(?:[\w-]+\s+)?{re.escape(noun)}\b",
        re.IGNORECASE,
    )


def _introduced_again(prompt: str, noun: str) -> list[re.Match[str]]:
    # A compound that goes on is another thing: `a badge holder` is no badge.
    named = rf"\b(?:an?|one)\s+(?:[\w-]+\s+){{0,2}}?{re.escape(noun)}\b"
    return list(re.finditer(named, prompt, re.IGNORECASE))[1:]
