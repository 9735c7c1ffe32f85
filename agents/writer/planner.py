"""The planner: draws more than a thousand plans from the repertoire by seed, and keeps the one that scores best.

A plan is a frame (what kind of call), a game (what is unusual), a running gag, and a storylet for each place in the
shape. Bones first (`bones.py`): sequences of storylets are drawn and judged without words; the best of them are worded
and judged again.
"""

import random
import re
from collections.abc import Callable

from agents.writer.bones import LONG, THRIFTS, Bones, Drawer
from agents.writer.lexicon import Voice
from agents.writer.plan import Act, Chosen, Plan, Wish, pause_after, spoken_seconds
from agents.writer.premise import Premise
from agents.writer.realiser import Slots, realise
from agents.writer.scoring import Judge
from agents.writer.storylets import Frame, Game, Repertoire, Storylet
from agents.writer.voices import Speech
from episodes.value import seed_from

CANDIDATES = 1200
"""Sequences drawn for one script."""
WORDED = 18
"""Sequences that are worded, the best by their bones."""
READINGS = 4
"""Ways in which each of these is worded."""
SHORTEST = 24.0
"""Seconds of lines below which nobody is hailed before he is spoken to."""
STATED = 25.0
"""Worth of a call that says what the theme says."""
_ACT = ("connect", "witness", "heighten1", "heighten2", "heighten3")


class Planner:
    """Draws and judges plans for one episode."""

    def __init__(
        self,
        repertoire: Repertoire,
        premise: Premise,
        wish: Wish,
        slots: Callable[[Frame, Game], Slots],
        voices: dict[str, Voice],
    ) -> None:
        self.repertoire, self.premise, self.wish = repertoire, premise, wish
        self.slots_of, self.voices = slots, voices
        self.judge = Judge(premise, wish)
        self.drawer = Drawer(repertoire, premise, wish, self.judge, slots(repertoire.frames[0], repertoire.games[0]))

    def best(self) -> Plan:
        """Return the best of many plans. Raises `ValueError` when the repertoire allows none."""
        drawn: dict[tuple[str, ...], Bones] = {}
        for number in range(CANDIDATES):
            thrift = THRIFTS[number * len(THRIFTS) // CANDIDATES]
            bones = self.drawer.draw(random.Random(seed_from("plan", self.wish.seed, number)), thrift)
            if bones is not None:
                drawn[tuple(s.name for s in bones.storylets)] = bones
        if not drawn:
            raise ValueError("no plan can be made for this theme: the storylets leave no way through")
        ranked = sorted(drawn.values(), key=lambda bones: bones.score, reverse=True)[:WORDED]
        plans = [self._worded(bones, reading) for bones in ranked for reading in range(READINGS)]
        return max(plans, key=lambda plan: plan.score)

    def _worded(self, bones: Bones, reading: int) -> Plan:
        rng = random.Random(seed_from("words", self.wish.seed, reading, *(s.name for s in bones.storylets)))
        slots = self.slots_of(bones.frame, bones.game)
        speech = Speech(slots, self.wish.temperaments, self.voices, self.wish.never, rng)
        chosen = {}
        for key, storylet in zip(bones.keys, bones.storylets, strict=True):
            bare = Chosen.model_construct(storylet=storylet, said=())
            take = rng.randrange(60)
            if self.wish.seconds <= SHORTEST:
                take = min(range(take, take + 12), key=lambda take: _letters(storylet, take))
            chosen[key] = speech.worded(bare, take)
        plan = Plan.model_construct(frame=bones.frame, game=bones.game, chosen=chosen, acts=(), score=0.0)
        plan = self._tightened(self._lengthened(plan, speech, rng), rng)
        stated = STATED * (self.premise.report != "" and self._states(plan, slots))
        return plan.model_copy(update={"score": bones.score + self.judge.words(plan) + stated})

    def _states(self, plan: Plan, slots: Slots) -> bool:
        """Whether the call says what the theme says, so that nobody must guess what the night is about."""
        called = " ".join(plan.chosen["call"].said).lower()
        return realise("{nature}", slots).lower() in called or self.premise.quote.lower() in called

    def _tightened(self, plan: Plan, rng: random.Random) -> Plan:
        """Leave out optional lines, in any order, until the plan is no longer than wished."""
        chosen, excess = dict(plan.chosen), plan.seconds - self.wish.seconds
        optional = [
            (key, at)
            for key, one in chosen.items()
            for at, line in enumerate(one.storylet.lines)
            if excess > 0 and (line.optional or (self.wish.seconds <= SHORTEST and _hails(key, one.said[at])))
        ]
        rng.shuffle(optional)
        for key, at in optional:
            if excess < 0.02 * self.wish.seconds:
                break
            one = chosen[key]
            excess -= spoken_seconds(one.said[at]) + float(pause_after(one.storylet.lines[at]))
            said = tuple("" if number == at else text for number, text in enumerate(one.said))
            chosen[key] = Chosen.model_construct(storylet=one.storylet, said=said)
        return plan.model_copy(update={"chosen": chosen})

    def _lengthened(self, plan: Plan, speech: Speech, rng: random.Random) -> Plan:
        """Add acts of further games until a long film is long enough or the games run out."""
        if self.wish.seconds <= LONG:
            return plan
        acts: list[Act] = []
        names = {chosen.storylet.name for chosen in plan.all_chosen}
        games = [g for g in self.repertoire.games if g.name != plan.game.name and self.drawer.suits(g, plan.frame)]
        rng.shuffle(games)
        total, last = plan.seconds, ""
        for game in games:
            if total > self.wish.seconds * 0.93:
                break
            room, picked = self.wish.seconds * 1.06 - total, list[Chosen]()
            for key in _ACT:
                if not key.startswith("heighten") and room < 18:
                    continue
                found = self._fresh(key, game, plan.frame, names, last, rng)
                if found is None:
                    continue
                chosen = speech.worded(Chosen.model_construct(storylet=found, said=()), rng.randrange(60))
                picked.append(chosen)
                names.add(found.name)
                last = found.function
                room -= chosen.seconds
                if room < 3:
                    break
            if picked:
                acts.append(Act.model_construct(game=game, chosen=tuple(picked)))
            total += sum(chosen.seconds for chosen in picked)
        return plan.model_copy(update={"acts": tuple(acts)})

    def _fresh(
        self, key: str, game: Game, frame: Frame, names: set[str], last: str, rng: random.Random
    ) -> Storylet | None:
        fitting = [
            s for s in self.drawer.fitting(key, frame, game.name, "") if s.name not in names and s.function != last
        ]
        return max(fitting, key=lambda s: self.judge.worth(s) + 6 * rng.random(), default=None)


def _letters(storylet: Storylet, take: int) -> int:
    """Return how many letters this set of its wordings has before the slots are filled."""
    return sum(len(line.say["any"][take % len(line.say["any"])]) for line in storylet.lines)


def _hails(key: str, text: str) -> bool:
    """Whether a line on the air says no more than who calls whom, as `Four-Adam-Ten, Dispatch.` does."""
    return key in ("call", "tag") and len(text.split()) <= 2 and re.match(r"\w+-\w+-\w+\b", text) is not None
