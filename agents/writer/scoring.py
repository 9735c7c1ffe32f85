"""How good a plan is: its bones are judged without words, its words when they are there."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from agents.writer.affordances import RARE, is_portable
from agents.writer.plan import Plan, Wish
from agents.writer.premise import Premise
from agents.writer.storylets import Spoken, Storylet
from episodes.value import seed_from

FEWEST_SPEAKERS = 4
"""Two officers, the dispatcher and somebody who saw it: fewer make a thin programme."""
LINES_A_SECOND = 0.41
"""More lines than this are a patter: 29 lines in 70 seconds."""
LONGEST = 14
"""Words of a line (craft: 4 to 14)."""
_DETAIL = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|inches|feet)\b|[a-z] [A-Z]"
)
_OWN = re.compile(r"\{(?:\w*things?|amount|doing|did|wish|oddity)\}")
"""Slots by which a storylet is about the theme's own deed and thing."""
_LIKED = {
    "tense": ("whispered", "urgent", "shouted"),
    "deadpan": ("flat",),
    "comedy": ("confused", "proud", "warm"),
}
USUAL_TONE, USUAL_DRIFT = "comedy", 0.4
"""What a brief has that asks for nothing else: then every storylet has the same chance."""
_SHUNNED: dict[str, tuple[str, ...]] = {"tense": ("stand_off",), "deadpan": ("chase",), "comedy": ()}
"""What a tone would rather do without: a tense night runs, a deadpan one stands."""


class Judge:
    """Scores storylets and plans for one episode; what is the same for all plans is worked out once."""

    def __init__(self, premise: Premise, wish: Wish) -> None:
        self.premise, self.wish = premise, wish
        self.recent = {name: len(wish.used) - at for at, name in enumerate(wish.used)}
        # A thing that the theme names and that can be handled belongs into the jokes; any other stays out of them.
        self.handy = premise.thing_given and is_portable(premise.thing)
        self._worth: dict[str, float] = {}

    def staleness(self, name: str) -> float:
        """Return 1 for what the last episode used, less the longer ago it was, 0 for what was never used."""
        age = self.recent.get(name)
        return 1 / (1 + age / 16) if age is not None else 0.0

    def worth(self, storylet: Storylet) -> float:
        """Return how well one storylet by itself serves this episode."""
        if storylet.name not in self._worth:
            self._worth[storylet.name] = self._worked_out(storylet)
        return self._worth[storylet.name]

    def _worked_out(self, storylet: Storylet) -> float:
        # What this seed likes, so that one theme with two seeds gives two stories.
        taste = random.Random(seed_from("taste", self.wish.seed, self.premise.quote, storylet.name)).random()
        wanted = sum(self.wish.stakes.get(role) == stake for role, stake in storylet.wants.items())
        # What asks for something special is worth more than what would suit anybody.
        special = len(RARE.intersection(storylet.needs.tags)) + len(storylet.needs.frames)
        return (
            9.0 * taste
            + 1.0 * bool(storylet.gag)
            + 1.5 * wanted
            + 2.0 * min(1, special)
            + (2.5 if self.handy else -3.0) * min(2, len(set(_OWN.findall(storylet.said))))
            + 9.0 * self.fit(storylet)
            - 25.0 * self.staleness(storylet.name)
        )

    def fit(self, storylet: Storylet) -> float:
        """Return how well a storylet suits tone and drift, from -2 to 1; 0 for all where the brief asks for neither."""
        wish, lines = self.wish, storylet.lines
        liked = sum(line.delivery in _LIKED[wish.tone] for line in lines) / len(lines)
        toned = liked - 0.5 * (storylet.purpose in _SHUNNED[wish.tone]) if wish.tone != USUAL_TONE else 0.0
        return toned - 2.5 * abs(wish.drift - USUAL_DRIFT) * abs(storylet.dream - wish.drift)

    def bones(self, storylets: Sequence[Storylet], seconds: float) -> float:
        """Return the score of a sequence of storylets of about so many seconds, before anything is worded."""
        heats = [s.warmth for s in storylets]
        falls = sum(max(0, a - b) for a, b in pairwise(heats))
        speakers = {speaker for s in storylets for speaker in s.speakers}
        off = abs(seconds / self.wish.seconds - 1)
        return (
            sum(self.worth(s) for s in storylets) / len(storylets) * 6
            - 0.6 * falls
            - 60 * max(0, FEWEST_SPEAKERS - len(speakers))
            - 60 * off
            - 200 * max(0.0, off - 0.04)
        )

    def words(self, plan: Plan) -> float:
        """Return the score of what is said in a plan."""
        pairs = [pair for chosen in plan.all_chosen for pair in chosen.pairs]
        off = abs(plan.seconds / self.wish.seconds - 1)
        return (
            -60 * off
            - 400 * max(0.0, off - 0.05)
            - 80 * max(0, FEWEST_SPEAKERS - len({spoken.speaker for spoken, _ in pairs}))
            - 1.5 * max(0, len(pairs) - self.wish.seconds * LINES_A_SECOND)
            + _lines_score([text for _, text in pairs])
            + _balance_score(pairs)
            + self._closeness(pairs)
        )

    def _closeness(self, pairs: list[tuple[Spoken, str]]) -> float:
        """How often the theme's own words are heard; a line that could sit in any other episode is the wrong line."""
        texts = [text.lower() for _, text in pairs]
        doer, thing = self.premise.doer.head.lower(), self.premise.thing.head.lower()
        heard = sum(doer in text or thing in text for text in texts) / len(texts)
        handled = sum(thing in text for text in texts) / len(texts)
        return (18 - 10 * self.wish.drift) * min(0.5, heard) + (60 if self.handy else 0) * min(0.25, handled)


def _lines_score(said: list[str]) -> float:
    long = sum(max(0, len(text.split()) - LONGEST) for text in said)
    texts = [text for text in said if len(text.split()) > 2]
    openings = Counter(" ".join(text.split()[:2]) for text in said if len(text.split()) > 3)
    special = sum(bool(_DETAIL.search(text)) for text in texts)
    return (
        -1.5 * long
        - 5 * (len(texts) - len(set(texts)))
        - 0.7 * (openings.total() - len(openings))
        + 10 * special / max(1, len(said))
    )


def _balance_score(pairs: list[tuple[Spoken, str]]) -> float:
    counts = Counter(line.speaker for line, _ in pairs)
    most = max(counts.values()) / len(pairs)
    return 1.5 * min(4, len(counts)) - 14 * max(0.0, most - 0.42) - 6 * ("witness" not in counts)
