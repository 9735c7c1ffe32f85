"""What a season asks of one episode of the rule writer: its step of the arc, gags that are due, and what is left over.

Each is a storylet for a place of its own in the shape (`past`, `gag`, `setback`, `arc`); a film without a season and
without a past has none of them.
"""

import random
import re
from collections.abc import Mapping

from agents.writer.affordances import affordances
from agents.writer.bones import SHORT
from agents.writer.casting import Cast
from agents.writer.premise import Premise
from agents.writer.radio import call_sign
from agents.writer.realiser import slots_in
from agents.writer.season_lore import Exchange, Lore, storylet_of
from agents.writer.storylets import Repertoire, Storylet
from episodes.bible import Bible
from episodes.brief import Direction, gag_topic
from episodes.value import seed_from

SHARE = 0.45
"""Part of what is spoken that may be about the season, at most."""
EVERY = 2
"""Something happens to the regulars in one episode out of so many."""
LONGEST_NEWS = 110
"""Letters of a sentence of the plan that is read out whole."""
_KINDS = ("injure_senior", "lose_car", "injure_junior", "demote", "wreck_car")


class Moments:
    """What is due in one episode, and why."""

    def __init__(
        self,
        lore: Lore,
        repertoire: Repertoire,
        direction: Direction | None,
        bible: Bible,
        cast: Cast,
        premise: Premise,
    ) -> None:
        self.lore, self.repertoire, self.direction, self.bible, self.cast = lore, repertoire, direction, bible, cast
        self.premise = premise
        self.number = len(bible.episodes)
        self.words = self._words()

    def due(self) -> dict[str, Storylet]:
        """Return a storylet for each place of the shape that the season wants filled, the most wanted first."""
        due: dict[str, Storylet] = {}
        for place, found in (
            ("turn", self._turn()),
            *zip(("past", "past2"), self._left_over(), strict=False),
            ("arc", self._arc()),
            *zip(("gag",), self._gags()[:1], strict=False),
            ("setback", self._setback()),
            *zip(("gag2",), self._gags()[1:], strict=False),
        ):
            if found is not None:
                due[place] = found
        return due

    def _words(self) -> dict[str, str]:
        cast = self.cast
        words = {"sergeant": cast.sergeant.short_name, "car_now": cast.vehicle.name}
        if cast.former is not None:
            unit = call_sign(cast.former.unit or "4A12", cast.agency.alphabet)
            words |= {"former": cast.former.short_name, "former_unit": unit}
        return words

    def _made(self, name: str, exchange: Exchange, words: Mapping[str, str] = {}) -> Storylet | None:
        """Return the exchange as a storylet, or None where it speaks of somebody whom this episode does not have."""
        known = {**self.words, **words}
        used = {slot for text in exchange.texts for slot in slots_in(text)}
        if "former" in exchange.speakers and self.cast.former is None:
            return None
        if used & {"former", "former_unit"} and "former" not in known:
            return None
        return storylet_of(name, exchange, "connect", known)

    def _one_of(self, group: str, words: Mapping[str, str] = {}) -> Storylet | None:
        """Return a moment of a group, one that the show has not had if there is one."""
        named = [(f"season_{group}_{n}", exchange) for n, exchange in enumerate(self.lore.moments[group], 1)]
        rng = random.Random(seed_from("moment", group, self.bible.show, self.number))
        rng.shuffle(named)
        named.sort(key=lambda pair: pair[0] in self.bible.used_storylets)
        made = (self._made(name, exchange, words) for name, exchange in named)
        return next((storylet for storylet in made if storylet is not None), None)

    # ---- what earlier episodes left ----------------------------------------------------------------------------------

    def _left_over(self) -> list[Storylet]:
        """Return what is said of the past, the most pressing first; at most two of it."""
        cast, found = self.cast, list[Storylet | None]()
        last = self.bible.episodes[-1] if self.bible.episodes else None
        if last is not None and cast.car_then:
            found.append(self._one_of("new_car", {"car_then": cast.car_then}))
        fresh = dict(last.ranks) if last is not None else {}
        if cast.former is not None and (cast.former.id in fresh or self.number % 3 == 0):
            found.append(self._one_of("demoted"))
        for person in (cast.senior, cast.junior):
            if person.id in fresh:
                words = {"risen": person.short_name, "title": fresh[person.id]}
                found.append(self._one_of("risen", words))
        for role, person in (("senior", cast.senior), ("junior", cast.junior)):
            for hurt in self.bible.injuries:
                if hurt.who == person.id:
                    group = f"hurt_{role}" if hurt.age == 1 else "mending"
                    found.append(self._one_of(group, {"sore": person.short_name, "injury": hurt.injury}))
        return [storylet for storylet in found if storylet is not None][:2]

    # ---- the season's plan -------------------------------------------------------------------------------------------

    def _arc(self) -> Storylet | None:
        if self.direction is None or not self.direction.arc:
            return None
        step = self.lore.step(self.direction.beat)
        made = self._made(f"arc_{self.direction.beat}", step) if step is not None else None
        if made is not None and not any(e.get("kind") == "rank" and self._is_set(e) for e in made.effects):
            return made
        return self._one_of("news", {"news": read_out(self.direction.arc)})

    def _is_set(self, effect: Mapping[str, str | int | bool]) -> bool:
        """Whether a change of rank makes no sense any more: who was to lose the stripes has lost them."""
        return effect.get("who") == "sergeant" and self.cast.former is not None

    def _gags(self) -> list[Storylet]:
        due = self.direction.gags if self.direction else ()
        ending = self.direction.ending if self.direction else ()
        found = [self._planned(gag, gag in ending) for gag in sorted(due, key=lambda gag: gag not in ending)]
        if not due:
            found += [self._again(gag.what) for gag in self.bible.gags if not gag.what.startswith("“")][:1]
        return [storylet for storylet in found if storylet is not None][:2]

    def _planned(self, what: str, ends: bool) -> Storylet | None:
        known, topic = self.lore.gag(what), gag_topic(what)
        # A film that had no room for what was due in it has not shown it; one by a model has no storylets to tell by.
        seen = any(
            topic in episode.topics or (not episode.storylets and what in episode.gags)
            for episode in self.bible.episodes
        )
        open_ = topic in (self.bible.past.topics if self.bible.past else ())
        stage = "pay" if ends and seen else "back" if seen else "plant"
        effects: list[dict[str, str | int | bool]] = [] if open_ else [{"kind": "plant", "topic": topic}]
        effects += [{"kind": "pay", "topic": topic}] if ends else []
        if known is not None:
            exchange: Exchange = getattr(known, stage)
            made = self._made(f"{topic}_{stage}", exchange)
        else:
            group = {"plant": "gag_new", "back": "gag_again", "pay": "gag_last"}[stage]
            made = self._one_of(group, {"gag": what})
        return made and made.model_copy(update={"effects": (*made.effects, *effects)})

    def _again(self, what: str) -> Storylet | None:
        """Return a word about something that has come back by itself; not about what this episode has anyway."""
        own = f"the {self.premise.doer.head.lower()}"
        return None if what == own else self._one_of("gag_again", {"gag": what})

    def _turn(self) -> Storylet | None:
        if self.direction is None or not self.direction.turn:
            return None
        have = affordances(self.premise) | {"detained"}
        for name, template in self.lore.turns.items():
            storylet = self.repertoire.storylet(name)
            if storylet is not None and turn_pattern(template).fullmatch(self.direction.turn):
                return storylet if have.issuperset(storylet.needs.tags) else None
        made = self._one_of("turn_news", {"news": read_out(self.direction.turn)})
        return made and made.model_copy(update={"purpose": "turn", "heat": 9, "function": "discovery"})

    # ---- what happens to the regulars --------------------------------------------------------------------------------

    def _setback(self) -> Storylet | None:
        """Return what befalls somebody tonight, in one episode of two and only in a season; never the same in a row."""
        if self.direction is None:
            return None
        chance = random.Random(seed_from("setbacks", self.bible.show, self.direction.premise))
        offset, kinds = chance.randrange(EVERY), list(_KINDS)
        chance.shuffle(kinds)
        if (self.number + offset) % EVERY:
            return None
        at = self.number // EVERY
        turned = [kinds[(at + step) % len(kinds)] for step in range(len(kinds))]
        kind = next((kind for kind in turned if self._may(kind)), None)
        return self._one_of(kind) if kind else None

    def _may(self, kind: str) -> bool:
        cast, hurt = self.cast, {hurt.who for hurt in self.bible.injuries}
        step = self.lore.step(self.direction.beat) if self.direction else None
        ranked = any(effect.get("kind") == "rank" for effect in step.effects) if step else False
        if kind == "demote":
            stripes = self.direction is not None and self.direction.beat.startswith("stripes")
            return cast.former is None and not stripes and not ranked
        if kind in ("lose_car", "wreck_car"):
            left = [car for car in self.lore.cars if car.id not in {v.id for v in self.bible.vehicles}]
            return bool(left) and not cast.car_then
        person = cast.senior if kind == "injure_senior" else cast.junior
        return person.id not in hurt


def read_out(sentence: str) -> str:
    """Return a sentence of a plan as it can be read out on the air: whole, with one stop, and not too long."""
    text = " ".join(sentence.split()).rstrip(".!? ")
    if len(text) > LONGEST_NEWS:
        text = re.split(r"[;:.!?]\s|,\s", text[:LONGEST_NEWS])[0] if "," in text[:LONGEST_NEWS] else text[:LONGEST_NEWS]
        text = text.rsplit(" ", 1)[0] if len(text) == LONGEST_NEWS else text
    return f"{text[:1].upper()}{text[1:]}."


def turn_pattern(template: str) -> re.Pattern[str]:
    """Return what a turn of the lore looks like, whatever stands in its slots."""
    parts = [re.escape(part) for part in re.split(r"\{\w+\}", template)]
    return re.compile(".+".join(parts) + r"\.?", re.IGNORECASE)


def within(due: Mapping[str, Storylet], seconds: Mapping[str, float], spoken: float) -> dict[str, Storylet]:
    """Return what there is room for in so many spoken seconds, in order.

    What changes a rank and the first word of the past always stay. Half a minute has room for that word alone.
    """
    if spoken <= SHORT:
        return {place: storylet for place, storylet in due.items() if place == "past"}
    kept, total, room = dict[str, Storylet](), 0.0, SHARE * spoken
    for place, storylet in due.items():
        must = place in ("turn", "past") or any(effect.get("kind") == "rank" for effect in storylet.effects)
        if must or total + seconds[place] <= room:
            kept[place] = storylet
            total += 0.0 if place == "turn" else seconds[place]
    return kept
