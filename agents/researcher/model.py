"""The researcher that asks a model: it reads anonymised, numbered passages; each fact names its passage."""

import re
from collections import Counter

from pydantic import Field

from agents.llm import ChatModel
from agents.prompts import Prompts
from agents.wording import SomeWords, Words
from episodes.brief import Brief
from episodes.facts import Fact, FactKind, FactPlace, FactSheet
from episodes.results import Passage, Readings
from episodes.value import Value

MOST_LETTERS = 12_000
"""Length of the passages read in one call: about 4,000 tokens."""
MOST_CALLS = 8
"""Of more parts than these, evenly spread ones are read."""
MOST_FACTS = 16
"""Facts kept of one source, so that a long one does not crowd out a short one."""

_PLAIN = frozenset(
    re.findall(
        r"\w+",
        """a an and are as at be been but by can did do for from had has have he her him his i in into is it its no not
        of off on one or our out over said she so than that the their them then there they this to up was we were what
        when which who will with would you your""",
    )
)
"""Words that tell nothing about what a statement is about."""


class FoundFact(Value):
    """One statement of a passage."""

    passage: int
    """Number of the passage that says it."""
    kind: FactKind
    text: SomeWords
    """The statement, in at most 20 words."""
    keywords: tuple[Words, ...] = Field(default=(), max_length=8)
    """Two to five nouns and numbers of the statement, exactly as they stand in the passage."""


class FactsAnswer(Value):
    """What the passages say."""

    facts: tuple[FoundFact, ...] = Field(default=(), max_length=24)


class ModelResearcher:
    """A `Researcher`. It has no tools, and its facts' places come from the passages, not from the model."""

    def __init__(self, model: ChatModel, prompts: Prompts) -> None:
        self._model = model
        self._prompts = prompts

    async def digest(self, brief: Brief, readings: Readings) -> FactSheet:
        """Return the facts whose words really stand in their passage. Raises `ModelError`."""
        numbered = tuple(enumerate(readings.passages, start=1))
        found: list[tuple[FoundFact, Passage]] = []
        for part in _parts(numbered):
            prompt = self._prompts.load("researcher/facts").render({"theme": brief.theme[:600], "passages": part})
            answer = await self._model.ask(prompt, FactsAnswer, label=f"facts from passage {part[0][0]}")
            offered = dict(part)
            found += [(fact, offered[fact.passage]) for fact in answer.facts if fact.passage in offered]
        return FactSheet(
            facts=_numbered_facts(found),
            pictures=readings.pictures,
            unheard=readings.unheard,
            unseen=readings.unseen,
            remarks=readings.remarks,
        )


def _numbered_facts(found: list[tuple[FoundFact, Passage]]) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    told: set[str] = set()
    kept: Counter[str] = Counter()
    for fact, passage in found:
        keywords = borne_out(fact, passage)
        key = " ".join(_words(fact.text))
        if not keywords or key in told or kept[passage.source] >= MOST_FACTS:
            continue
        told.add(key)
        kept[passage.source] += 1
        place = FactPlace(source=passage.source, line=passage.line, seconds=passage.seconds)
        facts.append(
            Fact(
                id=f"F{len(facts) + 1:02}",
                kind=passage.about or fact.kind,
                text=fact.text,
                place=place,
                keywords=keywords,
            )
        )
    return tuple(facts)


def borne_out(fact: FoundFact, passage: Passage) -> tuple[str, ...]:
    """Return the fact's keywords that stand in its passage; none when the fact says what the passage does not.

    Every number of the statement must stand in the passage, and at least half of its other telling words.
    """
    there = set(_words(passage.text))
    said = [word for word in _words(fact.text) if word not in _PLAIN]
    numbers = [word for word in said if any(letter.isdigit() for letter in word)]
    shared = [word for word in said if word in there or _stem(word) in {_stem(other) for other in there}]
    if any(number not in there for number in numbers) or 2 * len(shared) < len(said):
        return ()
    named = [word for keyword in fact.keywords for word in _words(keyword)]
    kept = [
        word for word in (named or said) if word in there and word not in _PLAIN and (len(word) > 2 or word.isdigit())
    ]
    return tuple(dict.fromkeys(kept))[:6]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[:.'’-]\w+)*", text.lower())


def _stem(word: str) -> str:
    return word[:5] if len(word) > 5 else word.rstrip("s")


def _parts(numbered: tuple[tuple[int, Passage], ...]) -> list[tuple[tuple[int, Passage], ...]]:
    """Return runs of passages of one source that each fit into one call; of too many runs, evenly spread ones."""
    parts: list[list[tuple[int, Passage]]] = []
    room = 0
    for number, passage in numbered:
        if not parts or room + len(passage.text) > MOST_LETTERS or parts[-1][-1][1].source != passage.source:
            parts.append([])
            room = 0
        parts[-1].append((number, passage))
        room += min(len(passage.text), 600) + 8
    if len(parts) > MOST_CALLS:
        parts = [parts[index * len(parts) // MOST_CALLS] for index in range(MOST_CALLS)]
    return [tuple(part) for part in parts]
