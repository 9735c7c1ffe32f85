"""Replaces every private name in the sources by an invented one, the same one wherever it comes back.

No model: a word is taken for a name by where it stands and how it is written. In doubt it is replaced. What was found
is held in memory by one object and can't be copied out of it: nobody may write down who is who.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NoReturn

from episodes.facts import name_digest
from tools.sources.inventions import Inventor
from tools.sources.particulars import Shield
from tools.sources.tokens import Role, Token, judge, split_tokens
from tools.sources.vocabulary import FUNCTION, KINDS, PARTICLES, PREPOSITIONS, STREETS, SUFFIXES, first_names, fold

_TOWN_KINDS = STREETS | {"county", "city", "town", "village", "township", "borough", "valley", "river", "creek", "lake"}

_PASSES = 3
"""Times that the sources are read for names: what one sentence gives away may explain another before it."""


class Anonymiser:
    """Learns the names of all sources at once, then makes any text out of them safe."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        """Read all that will be cleaned. `seed` chooses the inventions."""
        self._inventor = Inventor(seed, {fold(word) for text in texts for word in re.findall(r"[^\W\d_]+|\d+", text)})
        self._people: set[str] = set()
        self._proper: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        self._lower: set[str] = set()
        self._towns: set[str] = set()
        self._given: set[str] = set()
        sentences = [split_tokens(Shield(self._inventor).cover(text)) for text in texts]
        self._lower.update(token.key for tokens in sentences for token in tokens if not token.capital)
        for _ in range(_PASSES):
            for tokens in sentences:
                self._learn(tokens)
        # All inventions are drawn now, in the order of the sources: what is cleaned first later must not matter.
        for text in texts:
            self.clean(text)

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied: the table of names stays here. Raises `TypeError`."""
        raise TypeError("The table of names is never written.")

    def clean(self, text: str) -> str:
        """Return `text` with every private name and number replaced."""
        shield = Shield(self._inventor)
        covered = shield.cover_bodies(shield.cover(text))
        return shield.restore(self._rewrite(covered))

    def digests(self) -> tuple[str, ...]:
        """Return digests of all names found, so that an invention elsewhere does not hit on one of them."""
        return tuple(sorted({name_digest(key) for key in self._people | self._proper}))

    # ---- learning -----------------------------------------------------------------------------------------------

    def _roles(self, tokens: Sequence[Token]) -> list[Role]:
        roles: list[Role] = []
        for index in range(len(tokens)):
            roles.append(judge(tokens, index, roles, self._people, self._proper, self._pairs, self._lower))
        return roles

    def _learn(self, tokens: Sequence[Token]) -> None:
        roles = self._roles(tokens)
        for first, last in _runs(tokens, roles):
            names = [index for index in range(first, last + 1) if roles[index] != "none"]
            if any(roles[index] == "person" for index in names) or _resembles_person(tokens, names):
                self._learn_person(tokens, names)
            else:
                self._learn_place(tokens, names)

    def _learn_person(self, tokens: Sequence[Token], names: Sequence[int]) -> None:
        self._people.update(tokens[index].key for index in names)
        if len(names) > 1:
            self._given.add(tokens[names[0]].key)

    def _learn_place(self, tokens: Sequence[Token], names: Sequence[int]) -> None:
        self._proper.update(tokens[index].key for index in names if not tokens[index].common)
        following = tokens[names[-1] + 1] if names[-1] + 1 < len(tokens) else None
        for index in names:
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            if after and after.capital and after.gap == " " and not after.caps:
                self._pairs.add((tokens[index].key, after.key))
        before = tokens[names[0] - 1].low if names[0] else ""
        if before in PREPOSITIONS or (following and following.low in _TOWN_KINDS):
            self._towns.add(_joint(tokens, names))

    # ---- replacing ----------------------------------------------------------------------------------------------

    def _rewrite(self, text: str) -> str:
        tokens = split_tokens(text)
        roles = self._roles(tokens)
        pieces: list[str] = []
        position = 0
        for first, last in _runs(tokens, roles):
            names = [index for index in range(first, last + 1) if roles[index] != "none"]
            invented = self._invent(tokens, names, any(roles[index] == "person" for index in names))
            before = text[position : tokens[first].start]
            pieces += [_agree(before, invented), invented]
            position = tokens[last].start + len(tokens[last].base)
            if len(tokens[last].base) == 1 and text[position : position + 1] == ".":
                position += 1
        return "".join(pieces) + text[position:]

    def _invent(self, tokens: Sequence[Token], names: Sequence[int], person: bool) -> str:
        if not person:
            return self._invent_place(tokens, names)
        made: list[str] = []
        for index in names:
            word = self._invent_word(tokens[index].key)
            joint = "-" if made and tokens[index].gap == "-" else " "
            made.append((joint if made else "") + (word.upper() if tokens[index].caps else word))
        return "".join(made)

    def _invent_word(self, key: str) -> str:
        if key in self._given or key in first_names():
            return self._inventor.given_name(key)
        return self._inventor.family_name(key)

    def _invent_place(self, tokens: Sequence[Token], names: Sequence[int]) -> str:
        key = _joint(tokens, names)
        word = self._inventor.town(key) if key in self._towns else self._inventor.family_name(key)
        return word.upper() if tokens[names[0]].caps else word


def _resembles_person(tokens: Sequence[Token], names: Sequence[int]) -> bool:
    """Say whether words that are in no list look like first and family name: `Priyamvada Raghunathan`."""
    first, last = names[0], names[-1]
    if not 2 <= len(names) <= 4 or any(tokens[index].common for index in names):
        return False
    before = tokens[first - 1].low if first and not tokens[first].opening else ""
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    place = after is not None and after.gap == " " and after.low in KINDS | STREETS
    return not place and before not in {"in", "near", "at", "the", "a", "an"}


def _joint(tokens: Sequence[Token], names: Iterable[int]) -> str:
    return " ".join(tokens[index].key for index in names)


def _runs(tokens: Sequence[Token], roles: Sequence[Role]) -> list[tuple[int, int]]:
    """Return first and last token of each name: names side by side, with the initials and particles among them."""
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        if roles[index] == "none":
            index += 1
            continue
        first = last = index
        while first > 0 and _belongs(tokens[first - 1], tokens[first]) and (not runs or runs[-1][1] < first - 1):
            first -= 1
        while (following := _next_name(tokens, roles, last)) is not None:
            last = following
        if last + 1 < len(tokens) and _is_initial(tokens[last + 1]) and tokens[last + 1].gap == " ":
            last += 1
        runs.append((first, last))
        index = last + 1
    return runs


def _is_initial(token: Token) -> bool:
    return len(token.base) == 1 and token.capital and token.dotted


def _belongs(token: Token, following: Token) -> bool:
    """Say whether a token before a name is its initial or its capitalised particle."""
    if _is_initial(token):
        return following.gap in (". ", ".")
    return token.low in PARTICLES and token.capital and following.gap in (" ", ". ") and token.low not in FUNCTION


def _next_name(tokens: Sequence[Token], roles: Sequence[Role], last: int) -> int | None:
    """Return the next token that is of the same name, past initials, particles, suffixes and nicknames' quotes."""
    for index in range(last + 1, min(last + 4, len(tokens))):
        gap = tokens[index].gap
        if not re.fullmatch(r"-|\.? ?|,? ?[\"“'‘(]|[\"”'’)],? ", gap) or (
            gap.startswith(".") and len(tokens[index - 1].base) > 2
        ):
            return None
        if tokens[index - 1].possessive:
            return None
        if roles[index] != "none":
            return index
        if not (_is_initial(tokens[index]) or tokens[index].low in PARTICLES or tokens[index].low in SUFFIXES):
            return None
    return None


def _agree(before: str, invented: str) -> str:
    """Return the text before a name with its article made to agree."""
    if not re.search(r"\b[Aa]n? $", before):
        return before
    vowel = invented[:1].casefold() in "aeiou" and not invented.startswith("U")
    return re.sub(r"\b([Aa])n? $", lambda found: found.group(1) + ("n " if vowel else " "), before)
