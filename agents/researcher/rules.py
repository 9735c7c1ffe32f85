"""The researcher that goes by rules: short statements worth repeating, each with its place."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from agents.researcher.clauses import Clause, split_clauses, statement, testimony
from agents.researcher.wording import (
    ACTIONS,
    DULL,
    LOOKS,
    NUMBERS,
    ODD,
    REACTIONS,
    SOUNDS,
    STOP,
)  # fmt: skip
from episodes.brief import Brief
from episodes.facts import Fact, FactKind, FactPlace, FactSheet
from episodes.results import Passage, Readings

MOST = 12
"""Facts kept of one source: a film of two minutes uses about fifteen in all."""

ENOUGH = 5
"""Facts that a source should give if it has them; below that, weaker ones are taken too."""

_GOOD = 2.0
"""Score from which a statement is worth keeping for its own sake."""

_SEEN, _LOOKED = 1.0, 2.0
"""What is added to the score of what was seen or heard by itself, because it is short; more to how the place and the
pictures look, because the film is to look like it."""

_WORD = re.compile(r"[^\W\d_]*\d+[^\W\d_][^\W_]*|\d[\d:.,]*\d|\d+|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\b)?|\b\d{1,2} ?[ap]\.?m\b|\b(?:midnight|noon|dawn)\b", re.IGNORECASE
)
_PLACE = re.compile(r"\b(?:behind|under|inside|outside|beside|opposite|on top of|in front of|next to|into|onto|through|in the|on the|at the)\b")  # fmt: skip # noqa: E501
_PEOPLE = re.compile(
    r"^(?:an?|the|one|two|three) (?:[\w-]+ ){0,2}(?:man|woman|men|women|owner|manager|clerk|driver|suspect|officer|"
    r"baker|boy|girl|mayor|witness|neighbou?r|caller|employee|farmer|resident|clown|magician)\b"
)


@dataclass(frozen=True)
class _Candidate:
    passage: Passage
    order: int
    clause: Clause
    keywords: tuple[str, ...]
    score: float


class RuleResearcher:
    """Picks what is specific, odd and short. Needs no model; says nothing that the passages do not say."""

    async def digest(self, brief: Brief, readings: Readings) -> FactSheet:
        """Return at most 12 facts a source, in the order of the sources and the best first."""
        chosen = [candidate for group in _by_source(readings) for candidate in _choose(group)]
        facts = tuple(_fact(f"F{number:02d}", candidate) for number, candidate in enumerate(chosen, 1))
        return FactSheet(
            facts=facts,
            pictures=readings.pictures,
            unheard=readings.unheard,
            unseen=readings.unseen,
            remarks=readings.remarks,
        )


def _by_source(readings: Readings) -> list[list[_Candidate]]:
    counts = Counter(word for passage in readings.passages for word in set(_words(passage.text.lower())))
    seen = frozenset(word for passage in readings.passages for word in _words(passage.text) if word.islower())
    sources = list(dict.fromkeys(passage.source for passage in readings.passages))
    groups: dict[str, list[_Candidate]] = {source: [] for source in sources}
    words = [word for passage in readings.passages for word in _words(passage.text)]
    capital = {word.lower(): word for word in words if word.istitle() and word.lower() not in seen | STOP}
    for order, passage in enumerate(readings.passages):
        passage = _lower_shouting(passage, capital)
        groups[passage.source] += _candidates(passage, order, counts, seen)
    return list(groups.values())


def _lower_shouting(passage: Passage, capital: Mapping[str, str]) -> Passage:
    """Return a passage that is all in capitals as it would be printed elsewhere; any other as it is."""
    long = [word for word in _words(passage.text) if len(word) > 1 and word[0].isalpha()]
    if sum(word.isupper() for word in long) < 0.7 * len(long) or len(long) < 3:
        return passage
    quiet = _WORD.sub(lambda word: capital.get(word.group().lower(), word.group().lower()), passage.text)
    return passage.model_copy(update={"text": quiet[:1].upper() + quiet[1:]})


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _candidates(passage: Passage, order: int, counts: Counter[str], seen: Collection[str]) -> list[_Candidate]:
    if DULL.search(passage.text) or _is_heading(passage.text):
        return []
    # What is seen is told in statements already, and in few words.
    told = passage.about is not None
    clauses = (statement(passage.text, seen),) if told else split_clauses(passage.text, seen)
    if not clauses and passage.sense == "heard":
        clauses = testimony(passage.text)
    found = []
    for clause in clauses:
        keywords = _keywords(clause.text, counts)
        if len(keywords) >= (1 if told else 3):
            score = _score(clause, keywords, counts) + _shown(passage)
            found.append(_Candidate(passage, order, clause, keywords, score))
    return found


def _shown(passage: Passage) -> float:
    if passage.about is None:
        return 0.0
    return _LOOKED if passage.about in ("place", "look") else _SEEN


def _is_heading(text: str) -> bool:
    """Say whether a passage is a title: capitals on most of its longer words, or on all."""
    long = [word for word in _words(text)[1:] if len(word) > 3]
    return len(long) > 1 and sum(word[0].isupper() for word in long) > 0.6 * len(long) and text[-1:] not in '.!"”'


def _keywords(text: str, counts: Counter[str]) -> tuple[str, ...]:
    """Return three to six words that say what the statement is about, in its own order: never a name."""
    found: list[str] = []
    for place, match in enumerate(_WORD.finditer(text)):
        word = match.group()
        plain = word.lower()
        # A capital after the first word is an invented name: the writer has a cast of its own.
        named = word[0].isupper() and (place > 0 or plain not in ODD)
        if (
            plain not in STOP
            and not named
            and plain not in found
            and (len(plain) > 2 or plain.isdigit())
            and not _is_code(plain)
        ):
            found.append(plain)
    ranked = sorted(found, key=lambda word: (-_weight(word, counts), found.index(word)))[:6]
    return tuple(word for word in found if word in ranked)


def _is_code(word: str) -> bool:
    """Say whether a word is a plate or the like: nobody would say it as it is written."""
    return any(letter.isdigit() for letter in word) and any(letter.isalpha() for letter in word)


def _weight(word: str, counts: Counter[str]) -> float:
    if word[0].isdigit() or word in NUMBERS:
        return 3.0
    if word in ODD:
        return 2.5
    return 1.0 + min(len(word), 9) / 10 + (0.5 if counts[word] == 1 else 0.0) - (0.4 if word.endswith("ly") else 0.0)


def _score(clause: Clause, keywords: Sequence[str], counts: Counter[str]) -> float:
    """Return how much the statement is worth: specific, odd, done by somebody, and neither long nor bare."""
    words = [word.lower() for word in _words(clause.text)]
    present = set(words)
    score = 2.0 * bool(_CLOCK.search(clause.text))
    score += 1.5 * min(2, sum(word[0].isdigit() or word in NUMBERS for word in words))
    score += 1.2 * min(3, len(present & ODD)) + 1.5 * bool(present & ACTIONS) + 1.5 * bool(present & REACTIONS)
    score += 0.8 * bool(present & LOOKS) + 0.8 * bool(present & SOUNDS) + 0.5 * bool(_PLACE.search(clause.text))
    score += 1.5 * (clause.spoken is not None) + 0.15 * sum(counts[word] == 1 for word in keywords)
    score += 0.5 if 7 <= len(words) <= 15 else 0.0
    names = sum(word[0].isupper() for word in _words(clause.text)[1:])
    score -= 0.5 * max(0, names - 1)
    return score - 1.0 * clause.softened - 1.5 * clause.fragment


def _choose(group: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the best of one source, no two of them alike."""
    chosen: list[_Candidate] = []
    for candidate in sorted(group, key=lambda each: (-each.score, each.order)):
        enough = len(chosen) >= (MOST if candidate.score >= _GOOD else ENOUGH)
        if not enough and not any(_alike(candidate, other) for other in chosen):
            chosen.append(candidate)
    return chosen


def _alike(one: _Candidate, other: _Candidate) -> bool:
    shared = len(set(one.keywords) & set(other.keywords))
    return shared >= 0.6 * min(len(one.keywords), len(other.keywords))


def _fact(name: str, candidate: _Candidate) -> Fact:
    passage = candidate.passage
    place = FactPlace(source=passage.source, line=passage.line, seconds=passage.seconds)
    kind = passage.about or _classify(candidate.clause)
    return Fact(id=name, kind=kind, text=candidate.clause.text, place=place, keywords=candidate.keywords)


def _classify(clause: Clause) -> FactKind:
    """Return what kind of statement it is, by its most telling part."""
    words = {word.lower() for word in _words(clause.text)}
    tests: tuple[tuple[FactKind, bool], ...] = (
        ("quote", clause.spoken is not None),
        ("reaction", bool(words & REACTIONS)),
        ("time", bool(_CLOCK.search(clause.text))),
        ("event", bool(words & ACTIONS)),
        ("number", any(word[0].isdigit() or word in NUMBERS for word in words)),
        ("sound", bool(words & SOUNDS)),
        ("look", bool(words & LOOKS)),
        ("actor", bool(_PEOPLE.match(clause.text))),
        ("thing", bool(words & ODD)),
        ("place", bool(_PLACE.search(clause.text))),
    )
    return next((kind for kind, fits in tests if fits), "event")
