"""What can be measured of scripts: how much they share, and whether their English holds."""

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from agents.writer.lexicon import Lexicon, split_words
from episodes.cast import World
from episodes.script import Script

PRONOUNS = frozenset(split_words("it its it's itself he him his he's she her hers she's they them their"))
MASK = "_"
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SINGULAR_VERBS = frozenset(("is", "was", "has", "does", "isn't", "wasn't", "hasn't", "doesn't"))
_PLURAL_VERBS = frozenset(("are", "were", "have", "do", "aren't", "weren't", "haven't", "don't"))
_SUBJECTS = {
    **dict.fromkeys(("it", "he", "she", "that", "this"), _PLURAL_VERBS - {"do", "don't", "have", "were"}),
    **dict.fromkeys(("they", "we", "you", "these", "those"), _SINGULAR_VERBS),
    "i": _SINGULAR_VERBS - {"was", "wasn't"} | {"are", "were", "aren't"},
}
"""Verbs that never follow a subject; those that may stand in a question or a wish are left out."""


def masked(text: str, own: frozenset[str]) -> str:
    """Return a line in small letters, its names, theme words and pronouns masked, articles before them dropped."""
    words = [MASK if word in own or word in PRONOUNS else word for word in _plain_words(text)]
    kept = [
        w for w, then in zip(words, [*words[1:], ""], strict=True) if not (w in ("a", "an", "the") and then == MASK)
    ]
    once = [word for before, word in pairwise(["", *kept]) if not (word == MASK and before == MASK)]
    return " ".join(once)


def _plain_words(text: str) -> list[str]:
    return [re.sub(r"['’]s$", "", word.lower().replace("’", "'")) for word in _WORD.findall(text)]


def own_words(theme: str, world: World, lexicon: Lexicon) -> frozenset[str]:
    """Return every word of names and of the theme, in singular and plural."""
    names = [person.name for person in world.characters] + [place.name for place in world.places]
    names += [place.address for place in world.places] + [world.agency.name, world.agency.county]
    names += [prop.name for prop in world.props if prop.id.startswith("thing-")]
    words = {word for name in (*names, theme) for word in _plain_words(name) if not word.isdecimal()}
    words |= {"four-adam-ten", "sir", "ma'am", "boss"}
    nouns = [lexicon.noun(word) for word in words]
    plurals = {noun.plural or f"{noun.name}s" for noun in nouns if noun}
    return frozenset(words | {f"{word}s" for word in words} | plurals | {noun.name for noun in nouns if noun}) - _KEPT


_KEPT = frozenset(split_words("a an the of in on at to for with and or by is has been have too all one not"))
"""Small words of a theme that are no theme words."""


def spread(scripts: list[list[str]]) -> Counter[str]:
    """Return in how many scripts each masked line of more than four words stands."""
    return Counter(line for lines in scripts for line in set(lines) if len(line.split()) > 4)


def shared_lines(first: list[str], second: list[str]) -> float:
    """Return the part of the shorter script's masked lines that the other has too."""
    return sum((Counter(first) & Counter(second)).values()) / max(1, min(len(first), len(second)))


def overlap(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """Return the part of the shorter sequence of storylets that stands in the other too."""
    return len(set(first) & set(second)) / max(1, min(len(first), len(second)))


def faults_of_english(text: str, lexicon: Lexicon) -> list[str]:
    """Return what is wrong with one line's slots, articles, agreement, doubled words and stops."""
    found = [f"slot: {m[0]}" for m in re.finditer(r"[{}\[\]<>|]", text)]
    found += [f"doubled: {m[0]}" for m in re.finditer(r"(?i)\b(the|a|an|of|to|in|is|it|and|at|for) \1\b", text)]
    found += [f"stops: {m[0]!r}" for m in re.finditer(r"\s[,.;:!?]|[,;:][.,;:!?]|[.!?]{2,}(?<!\.\.\.)|  ", text)]
    if text and (text[0].islower() or not re.search(r"[.!?…—]['”\"]?$", text)):
        found.append("ends: no capital or no stop")
    for article, phrase in re.findall(r"(?i)\b(an?) ([^\W_][\w'’-]*)", text):
        if _article(phrase) != article.lower():
            found.append(f"article: {article} {phrase}")
        noun = lexicon.noun(phrase.lower())
        if noun and not noun.always_plural and noun.plural == phrase.lower() != noun.name:
            found.append(f"article before plural: {article} {phrase}")
    return found + _disagreements(text, lexicon)


@lru_cache(maxsize=4096)
def _article(word: str) -> str:
    import inflect

    return str(inflect.engine().a(word)).split()[0]


def _disagreements(text: str, lexicon: Lexicon) -> list[str]:
    found = []
    for sentence in re.split(r"[.!?;:,]\s*", text):
        words = sentence.replace("’", "'").split()
        lower = [word.lower() for word in words]
        if len(lower) > 1 and lower[1] in _SUBJECTS.get(lower[0], ()):
            found.append(f"agreement: {words[0]} {words[1]}")
        if len(lower) > 2 and lower[0] == "the":
            found += _noun_disagreement(lower[1], lower[2], lexicon)
    return found


def _noun_disagreement(word: str, verb: str, lexicon: Lexicon) -> list[str]:
    noun = lexicon.noun(word)
    if noun is None or (noun.plural or f"{noun.name}s") == noun.name:
        return []
    many = word == (noun.plural or f"{noun.name}s") or noun.always_plural
    wrong = _SINGULAR_VERBS if many else _PLURAL_VERBS - {"do", "have"}
    return [f"agreement: the {word} {verb}"] if verb in wrong else []


def plants_paid(script: Script) -> tuple[int, int]:
    """Return how many topics are planted, and how many of them are paid."""
    effects = [effect for scene in script.scenes for beat in scene.beats for effect in beat.effects]
    planted = {effect.topic for effect in effects if effect.kind == "plant"}
    paid = {effect.topic for effect in effects if effect.kind == "pay"}
    return len(planted), len(planted & paid)


__all__ = ["faults_of_english", "masked", "overlap", "own_words", "plants_paid", "shared_lines", "spread"]
