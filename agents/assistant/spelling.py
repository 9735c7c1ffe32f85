"""Slips of the pen set right: `racoon`, `closup`, `seen 2`, `shot 3.2`. What was set right is always said.

Only a word that nobody knows is looked at, and only where one known word alone is one slip away from it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from agents.assistant.phrases import PHRASES
from agents.assistant.tokens import Token, tokens_of

SHORTEST = 5
"""Letters that a word must have before a slip in it is set right."""
LONG = 7
"""Letters from which on a wrong letter counts as a slip too; in shorter words it makes too many other words."""
_WORDS_TOO = (
    "surprise surprised surprising festival camera officer sergeant dispatch dispatcher everything everywhere "
    "exhausted whisper whispers whispered mumble mumbles bloopers shorter longer louder quieter closeup bodycam "
    "dashcam "
    "helicopter captions subtitles dialogue remove delete shorten lengthen reshoot backwards reverse scenes opening "
    "unlock volume effects friendlier calmer sadder prouder wider closer"
)
"""What is set right besides the names of an episode: things and deeds of which people speak, no small words."""
_REAL = frozenset(
    re.findall(
        r"\w+",
        """
    anger angle angles angel breath breathe bread broad brand bring clean clear clever close clown cloud chose
    chase chasm could course coarse crash crush dairy diary desert dessert eights fight fights flight freeze
    frame fresh ghost grand great green guest hasty honey horse house hover later latter least light lights
    lines linen liner loose lower lover maker march match metal moist month mouth mover mouse music nicer night
    other otter paint phase photo place plane plant plate point power pride prone proud prude quiet quite quote
    radar raise range rapid reach ready right river rough round scene scent shake shape share sharp shave sheep
    sheet shelf shell shift shirt shoes shone shoot shore short shorts shout shots shows sight silent slant
    sleep slice slide slight slows small smart smile smoke snore sound south space spare speak spear speck speed
    spell spend spoke stack staff stage stake stale stand stare stark start state stays steal steam steel steep
    still stock stone store storm story stray strip stuff style sweat sweet table taken takes talks taste teach
    tense tents their there these thick thing think third those three throw tight title tower toward track trade
    trail train trash treat trial trick trims trips truck trunk trust truth twice under until using value visit
    voice voices waist waste watch water weird where which while white whole whose width windy witch woman women
    world worse worth would write wrong wrote young younger longer lounger louder loudest cooler colder bolder
    folder holder older closest cutter butter better bitter letter softly safely sadly badly madly wanted waited
    warmer farmer former firmer darker barker marker parker taker baker faker lamer calmer farther father
    further feather weather whether leather heather dinner winner inner sinner thinner spinner drive driver
    drivers riverside police polite polish moved removed remover reviews review preview receive relieve believe
    release relapse replace replay repaint record recorded report reported retort resort revert reverse reserve
    deserve observe preserve shorten shortens shorter shorted longest lengthy strange stranger stronger tighter
    lighter fighter brighter writer waiter whiter shatter chatter matter hatter batter clutter flutter shutter
    officers office offices serious series scream screen sirens serene scenery season reason person prison
    poison parson lesson lessen loosen listen silence science sentence essence absence presence
        """,
    )
)
"""Words that are right as they are, though they look like a slip of another."""


_SMALL_WORDS = frozenset(word for words in PHRASES for word in words)


class Mended(NamedTuple):
    """A message with its slips set right."""

    text: str
    told: str
    """What was read as what, in a sentence; empty where nothing was."""


def mended(text: str, names: Iterable[tuple[str, ...]], shots: Iterable[str]) -> Mended:
    """Return a message with slips set right; `names` are those of the episode by their words, `shots` ids of shots."""
    known = _vocabulary(names)
    told: list[str] = []
    for token in reversed(tokens_of(text)):
        meant = _meant(token, known)
        if meant:
            text = text[: token.start] + meant + text[token.end :]
            told.append(f"“{token.text}” as “{meant}”")
    text, more = _ids(text, frozenset(shots))
    told = [*reversed(told), *more]
    return Mended(text, f"I read {', '.join(told)}." if told else "")


def _vocabulary(names: Iterable[tuple[str, ...]]) -> frozenset[str]:
    named = (part for words in names for part in words)
    return frozenset(word for word in (*named, *_WORDS_TOO.split()) if word.isalpha() and len(word) >= SHORTEST)


def _meant(token: Token, known: frozenset[str]) -> str:
    low = token.low
    if token.kind != "word" or len(low) < SHORTEST or not low.isalpha() or low in known | _REAL or low in _SMALL_WORDS:
        return ""
    if any(low.removesuffix(ending) in known for ending in ("s", "es", "ed", "d", "ing", "er", "ly", "y")):
        return ""
    near = {word for word in known if len(word) >= SHORTEST - 1 and is_slip(low, word)}
    return near.pop() if len(near) == 1 else ""


def is_slip(typed: str, word: str) -> bool:
    """Whether one letter too many, too few, wrong or in its neighbour's place makes the one word of the other."""
    if typed == word or typed[:1] != word[:1] or abs(len(typed) - len(word)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), min(len(typed), len(word)))
    left, right = typed[start:], word[start:]
    if len(typed) != len(word):
        if not left or not right:
            return typed[-1:] == typed[-2:-1]  # `beautifull`; what ends otherwise is another word: `creep`, `creepy`.
        return left[1:] == right if len(typed) > len(word) else left == right[1:]
    if left[:2] == right[:2][::-1] and left[2:] == right[2:]:
        return True
    return len(word) >= LONG and left[1:] == right[1:]


_SEEN = re.compile(
    r"(?<!have )(?<!has )(?<!had )(?<!'ve )(?<!been )(?<!be )\b(?:seen|scean|sceen|scen|secne|sence)"
    r"(?=\s+(?:\d{1,2}|one|two|three|four|five|six)\b(?![-.]\d| of\b))",
    re.I,
)
_POINTED = re.compile(
    r"(?<![\w.,:-])(\d{1,2})\.(\d{1,2})(?![\w:]|[.,]\d|\s*(?:s|sec|secs|seconds?|db|%|x|times|frames?|f|minutes?|min|"
    r"hours?|h|lufs|percent|long|longer|shorter|louder|quieter|more|less|[ap]\.?m)\b|\s*%)",
    re.I,
)


def _ids(text: str, shots: frozenset[str]) -> tuple[str, list[str]]:
    """Return the text with `seen 2` as `scene 2`, and `3.2` as a shot where there is one and no other is named."""
    told: list[str] = []
    quoted = any(token.kind == "quote" for token in tokens_of(text))
    slip = _SEEN.search(text)
    if slip and not quoted:
        told.append(f"“{slip.group()}” as “scene”")
        text = _SEEN.sub("scene", text)
    pointed = list(_POINTED.finditer(text))
    most = 2 if re.search(r"\b(?:swap|exchange|trade|before|after|behind)\b", text, re.I) else 1
    named = [f"S{int(match[1]):02}-{int(match[2]):02}" for match in pointed]
    if (
        len(named) <= most
        and set(named) <= shots
        and not quoted
        and not any(token.kind == "id" for token in tokens_of(text))
    ):
        told += [f"“{match.group()}” as “{shot}”" for match, shot in zip(pointed, named, strict=True)]
        for match, shot in reversed(list(zip(pointed, named, strict=True))):
            text = text[: match.start()] + shot + text[match.end() :]
    return text, told
