"""Words in their surroundings, and the judgement of each: a person's name, another proper name, or neither."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from tools.sources.vocabulary import (
    ALLOWED,
    CALENDAR,
    FUNCTION,
    KINDS,
    PARTICLES,
    PERSON_VERBS,
    REPORTING,
    ROLES,
    STREETS,
    TITLES,
    family_names,
    first_names,
    fold,
    is_common,
    strip_possessive,
)  # fmt: skip

Role = Literal["none", "person", "proper"]

_WORD = re.compile(r"(?<![\d])[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*(?!\d)")
_OPENING = re.compile(r"[.!?:;…\n\[\]|()•*–—>]|(?<!\w)- |(?:^|[,\s])[\"“‘«']")
_SHORT = frozenset(
    """mr mrs ms dr sgt det lt capt cpl prof rev hon st no gen col sr jr vs gov sen rep insp supt""".split()  # noqa: SIM905
)
_FORMAL = frozenset(
    """mr mrs ms miss mx dr sir dame officer sergeant sgt detective constable pc deputy""".split()  # noqa: SIM905
)
_BIG_STREETS = frozenset({"street", "avenue", "road", "boulevard", "lane", "ave", "rd", "blvd"})


@dataclass(frozen=True)
class Token:
    """One word as it stands."""

    base: str
    """Without a possessive ending."""
    low: str
    key: str
    """Folded: no accents, no capitals."""
    start: int
    gap: str
    """What stands between it and the word before."""
    capital: bool
    caps: bool
    """All capitals, two letters or more."""
    common: bool
    """Ordinary English."""
    opening: bool
    """Where anything would have a capital: a sentence's start."""
    flat: bool
    """In a headline or in shouted text, where capitals say nothing."""
    dotted: bool
    """A full stop follows at once."""
    colon: bool
    """A colon follows at once: a label of who speaks."""
    possessive: bool


def split_tokens(text: str) -> list[Token]:
    """Return the words of a text with their surroundings."""
    found = list(_WORD.finditer(text))
    flat = _is_flat([word.group() for word in found])
    tokens: list[Token] = []
    end = 0
    for word in found:
        gap = text[end : word.start()]
        tokens.append(_token(text, word, gap, tokens[-1] if tokens else None, flat))
        end = word.start() + len(tokens[-1].base) + (len(word.group()) - len(tokens[-1].base))
    return tokens


def _token(text: str, word: re.Match[str], gap: str, before: Token | None, flat: bool) -> Token:
    base = strip_possessive(word.group()) or word.group()
    after = text[word.end() : word.end() + 1]
    return Token(
        base=base,
        low=base.casefold().replace("’", "'"),
        key=fold(base),
        start=word.start(),
        gap=gap,
        capital=any(letter.isupper() or letter.istitle() for letter in base),
        caps=len(base) > 1 and base.isupper(),
        common=is_common(word.group()) or is_common(base),
        opening=_opens(gap, before),
        flat=flat,
        dotted=after == ".",
        colon=after == ":",
        possessive=base != word.group(),
    )


def _opens(gap: str, before: Token | None) -> bool:
    if before is None:
        return True
    if gap.startswith(".") and (before.low in _SHORT or len(before.base) == 1) and gap.strip() == ".":
        return False
    return bool(_OPENING.search(gap))


def _is_flat(words: Sequence[str]) -> bool:
    """Say whether a text is shouted or a headline: capitals then tell nothing."""
    long = [word for word in words if len(word) > 1 and word.casefold() not in ALLOWED]
    if len(long) > 1 and sum(word.isupper() for word in long) > 0.6 * len(long):
        return True
    common = [word for word in long[1:] if len(word) > 3 and is_common(word) and fold(word) not in first_names()]
    common = [word for word in common if word.casefold() not in KINDS | TITLES | CALENDAR]
    return len(common) > 1 and sum(word[0].isupper() for word in common) > 0.6 * len(common)


def judge(
    tokens: Sequence[Token],
    index: int,
    earlier: Sequence[Role],
    people: Collection[str],
    proper: Collection[str],
    pairs: Collection[tuple[str, str]],
    lower: Collection[str],
) -> Role:
    """Return what the word at `index` is.

    `earlier` are the judgements of the words before it; `people` and `proper` are keys known as names; `pairs` are
    neighbouring keys known as one name; `lower` are keys seen without a capital.
    """
    token = tokens[index]
    if len(token.base) == 1:
        return "none"
    if not token.capital:
        known = token.key in people or token.key in proper or token.key in first_names()
        return "person" if known and not token.common and token.low not in ALLOWED | PARTICLES else "none"
    if token.low in CALENDAR and not _is_dated_person(tokens, index):
        return "none"
    if token.low in ALLOWED and token.key not in first_names():
        return "none"
    before = tokens[index - 1] if index else None
    if before and (_points_at_person(before, token, earlier[-1]) or _is_nickname(tokens, index, earlier)):
        return "person"
    if token.low in TITLES or _is_function(token):
        return "none"
    if token.key in people and not (token.low in KINDS | ROLES and not _in_person(tokens, index, earlier)):
        return "person"
    if not token.common:
        return _judge_uncommon(token, proper, lower)
    return _judge_common(tokens, index, earlier, pairs)


def _judge_uncommon(token: Token, proper: Collection[str], lower: Collection[str]) -> Role:
    if token.key in first_names():
        return "person"
    if (token.opening or token.flat) and token.key in lower and token.key not in proper:
        return "none"
    return "proper"


def _judge_common(
    tokens: Sequence[Token], index: int, earlier: Sequence[Role], pairs: Collection[tuple[str, str]]
) -> Role:
    """Judge a capitalised ordinary word: `Baker`, `Golden`, `Main`."""
    token = tokens[index]
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    beside = after if after and after.gap == " " and after.capital else None
    if beside and (token.key, beside.key) in pairs:
        return "proper"
    if token.opening or token.flat:
        return _judge_opening(token, after, beside)
    if token.key in first_names() and not (token.caps or token.low in ROLES):
        return "person"
    generic = KINDS | STREETS | ROLES | CALENDAR | TITLES
    if token.caps or token.low in generic or token.low.removesuffix("s") in generic:
        return "none"
    return "person" if token.key in family_names() and not (beside and beside.low in KINDS | STREETS) else "proper"


def _judge_opening(token: Token, after: Token | None, beside: Token | None) -> Role:
    """Judge an ordinary word whose capital says nothing: only its neighbours can make it a name."""
    given, family = token.key in first_names(), token.key in family_names()
    if given or family:
        labelled = token.colon and token.opening
        named = given and beside is not None and (not beside.common or beside.key in family_names())
        acting = after is not None and after.gap == " " and after.low in (REPORTING if token.flat else PERSON_VERBS)
        if labelled or named or acting or (token.possessive and not token.flat and given):
            return "person"
    if beside is None or token.low in KINDS | ROLES | TITLES | FUNCTION:
        return "none"
    if token.flat:
        return "proper" if beside.low in _BIG_STREETS else "none"
    return "proper" if beside.low in KINDS | STREETS and not beside.caps else "none"


def _points_at_person(before: Token, token: Token, judged: Role) -> bool:
    """Say whether the word before makes this capitalised one a person's name."""
    if _is_function(token):
        return False
    likely = not token.common or token.key in family_names() or token.key in first_names()
    if before.low in TITLES and token.gap in (" ", ". "):
        if token.low in TITLES:
            return False
        if before.low in _FORMAL and not token.flat:
            return True
        return likely if token.flat or token.low in KINDS | ROLES else token.low not in REPORTING
    if (
        judged == "person"
        and before.capital
        and token.gap in (" ", "-", ' "', " “", '" ', "” ")
        and not before.possessive
    ):
        return likely if token.flat or token.caps or token.low in KINDS else not token.opening
    if token.gap == " " and before.low in ROLES and not token.flat:
        return likely
    return token.gap == " " and before.low in REPORTING and likely


def _is_function(token: Token) -> bool:
    """Say whether this is a small word, and not somebody called Will in the middle of a sentence."""
    called = token.key in first_names() and not (token.opening or token.flat or token.caps)
    return token.low in FUNCTION and token.common and not called


def _is_nickname(tokens: Sequence[Token], index: int, earlier: Sequence[Role]) -> bool:
    """Say whether this is the middle of `Eugene "Buddy" Halloran`."""
    token, after = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
    quoted = token.gap.strip() in ('"', "“", "'", "‘", "(") and after is not None
    return quoted and earlier[-1] == "person" and after is not None and after.gap.strip() in ('"', "”", "'", "’", ")")


def _in_person(tokens: Sequence[Token], index: int, earlier: Sequence[Role]) -> bool:
    token = tokens[index]
    if index and earlier[-1] == "person" and token.gap == " ":
        return True
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    speaks = after is not None and after.gap == " " and after.low in PERSON_VERBS
    return token.colon or token.possessive or (speaks and not token.flat) or not (token.opening or token.flat)


def _is_dated_person(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a month's or a day's name is a person's here: `April said`, `Mrs May`, `June Halloran`."""
    token = tokens[index]
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before and before.low in _FORMAL and token.gap in (" ", ". "):
        return True
    if after is None or after.gap != " " or token.key not in first_names():
        return False
    return after.low in REPORTING or (after.capital and not after.common and not after.opening)
