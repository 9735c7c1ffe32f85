"""Facts of sources in the dialogue: which are used, where, and in which words.

Whole statements go to dispatch, witness and debrief; where there are many, several share one line of the evidence log.
"""

import random
import re

from agents.writer.storylets import Carrier
from episodes.brief import Mode
from episodes.facts import Fact, FactSheet
from episodes.nearness import COPY
from episodes.script import Mark
from episodes.value import Value, seed_from

PER_SOURCE = 5
"""How many facts of each source are to be heard."""
WHOLE, FEWER = 6, 4
"""How many statements are said whole: with one or two sources, and with more."""
ITEMS = 4
"""How many facts one line of the log lists at most."""
LONGEST = COPY - 1
"""Words of a statement that is said as it stands; more would be a near-copy of its source."""
RETOLD = 8
"""How many facts of each source are heard when its own event is told again, all of them in its order."""
_SMALL = frozenset(("a", "an", "the", "it", "there", "two", "three", "some", "somebody", "nobody", "one", "all"))
SPOTS = ("dispatch", "witness", "debrief")


class Testimony(Value):
    """One line that uses facts."""

    spot: str
    text: str
    facts: tuple[str, ...]
    mark: Mark


def testify(sheet: FactSheet, carriers: tuple[Carrier, ...], seed: int, mode: Mode) -> tuple[Testimony, ...]:
    """Return the lines that carry at least five facts of each source, or all where a source has fewer.

    A recap has more of them, all in the order of the source: the voice-over begins it, the debrief ends it.
    """
    rng = random.Random(seed_from("testimony", seed))
    if mode == "recap":
        return _retold(sheet, carriers, rng)
    chosen = _chosen(sheet, PER_SOURCE)
    sayable = [fact for fact in chosen if _statement(fact) is not None]
    # Some statements are said whole; what is more is read out of the log, several to a line.
    # A word of three letters says nothing by itself in a list, so that such facts are said whole first.
    sayable.sort(key=lambda fact: max(map(len, usable_keywords(fact))) > 3)
    whole = sayable[: WHOLE if len(chosen) <= 2 * WHOLE else FEWER]
    listed = [fact for fact in chosen if fact not in whole]
    used: set[str] = set()
    lines = [_said(fact, SPOTS[_turn(at)], carriers, rng, used) for at, fact in enumerate(whole)]
    parts = -(-len(listed) // ITEMS)
    for at in range(parts):
        lines += _logged(listed[at::parts], carriers, rng, at)
    return tuple(lines)


def _retold(sheet: FactSheet, carriers: tuple[Carrier, ...], rng: random.Random) -> tuple[Testimony, ...]:
    order = {fact.id: number for number, fact in enumerate(sheet.facts)}
    chosen = sorted(_chosen(sheet, RETOLD), key=lambda fact: order[fact.id])
    whole = [fact for fact in chosen if _statement(fact) is not None][: 2 * RETOLD]
    used: set[str] = set()
    spots = [RECAP_SPOTS[at * len(RECAP_SPOTS) // max(1, len(whole))] for at in range(len(whole))]
    lines = [_said(fact, spot, carriers, rng, used) for fact, spot in zip(whole, spots, strict=True)]
    listed = [fact for fact in chosen if fact not in whole]
    for at in range(-(-len(listed) // ITEMS)):
        lines += _logged(listed[at :: -(-len(listed) // ITEMS)], carriers, rng, at)
    return tuple(lines)


RECAP_SPOTS = ("recap", "dispatch", "witness", "debrief")


def _turn(at: int) -> int:
    """Dispatch, witness, dispatch, witness, debrief and so on."""
    return (0, 1, 0, 1, 2, 1, 0, 2)[at % 8]


def _chosen(sheet: FactSheet, most: int) -> list[Fact]:
    """Return facts by turns from each source, so that no source is heard at one spot only."""
    by_source: dict[str, list[Fact]] = {}
    for fact in sheet.facts:
        by_source.setdefault(fact.place.source, []).append(fact)
    columns = [
        sorted(facts, key=lambda fact: (not usable_keywords(fact), len(fact.text.split()) > LONGEST))[:most]
        for facts in by_source.values()
    ]
    return [
        column[row] for row in range(most) for column in columns if row < len(column) and usable_keywords(column[row])
    ]


def usable_keywords(fact: Fact) -> tuple[str, ...]:
    """Return the keywords by which a use of this fact is known: its own, or else the long words of its text."""
    own = tuple(word for word in fact.keywords if contains(fact.text, word))
    if own or fact.keywords:
        return own or fact.keywords
    return tuple(word for word in re.findall(r"[\w'-]+", fact.text.lower()) if len(word) > 4)


def contains(text: str, keyword: str) -> bool:
    """Whether a text has this keyword as whole words."""
    return re.search(rf"(?<!\w){re.escape(keyword.lower())}(?!\w)", text.lower()) is not None


def _statement(fact: Fact) -> tuple[str, Mark] | None:
    """Return the fact as a short sentence that keeps a keyword, with its mark; None when it has none."""
    text = re.sub(r"\s+", " ", fact.text).strip().strip("\"“”'")
    if not text:
        return None
    if len(text.split()) <= LONGEST:
        return _sentence(text), "fact"
    clauses = [
        c.strip() for c in re.split(r"[,;:()—–]|(?<=[.!?])\s|\s(?=and |but |while |because )", text) if c and c.strip()
    ]
    keywords = usable_keywords(fact)
    fitting = [c for c in clauses if 4 <= len(c.split()) <= LONGEST and any(contains(c, word) for word in keywords)]
    if not fitting:
        return None
    best = max(fitting, key=lambda c: sum(contains(c, word) for word in keywords))
    return _sentence(re.sub(r"^(and|but|while|because) ", "", best)), "altered"


def _sentence(text: str) -> str:
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else f"{text}."


def _said(fact: Fact, spot: str, carriers: tuple[Carrier, ...], rng: random.Random, used: set[str]) -> Testimony:
    statement = _statement(fact)
    assert statement is not None
    text, mark = statement
    special = [say for c in carriers if c.spot == spot and fact.kind in c.kinds for say in c.say]
    common = [say for c in carriers if c.spot == spot and not c.kinds for say in c.say]
    fresh = [say for say in special if say not in used] or [say for say in common if say not in used] or common
    template = rng.choice(fresh)
    used.add(template)
    text = _joined(text) if ": {fact}" in template else text
    return Testimony(spot=spot, text=template.replace("{fact}", text), facts=(fact.id,), mark=mark)


def _joined(text: str) -> str:
    """Return a sentence as it goes on after a colon."""
    first = text.split()[0]
    small = first.lower() in _SMALL
    return text[0].lower() + text[1:] if small else text


def _logged(facts: list[Fact], carriers: tuple[Carrier, ...], rng: random.Random, turn: int) -> list[Testimony]:
    templates = [say for c in carriers if c.spot == "log" for say in c.say]
    items, ids = list[str](), list[str]()
    for fact in facts:
        keywords = usable_keywords(fact)
        fresh = [word for word in keywords if word not in items] or list(keywords)
        items.append(max(fresh, key=lambda word: (not word.isdecimal(), len(word.split()), len(word))))
        ids.append(fact.id)
    if not items:
        return []
    text = templates[(turn + rng.randrange(len(templates))) % len(templates)].replace("{items}", _listed(items))
    return [Testimony(spot="log", text=text, facts=tuple(ids), mark="altered")]


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + f" and {items[-1]}"
