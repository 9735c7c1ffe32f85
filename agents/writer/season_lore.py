"""What seasons are made of, as data: arcs, running gags, moments between the regulars, turns, wordings of calls.

Data lie under `prompts/season_planner/`. Each exchange becomes a storylet of the episode that needs it. They are no
part of the common repertoire, so that a film without a season never has one.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from agents.writer.lexicon import fitted, part, read_yaml
from agents.writer.realiser import SLOTS, slots_in
from agents.writer.storylets import Spoken, Storylet
from episodes.cast import Prop, Vehicle
from episodes.script import Purpose
from episodes.value import Value

OWN_SLOTS = frozenset(
    ("sergeant", "former", "former_unit", "sore", "injury", "car_now", "car_then", "risen", "title", "gag", "news")
)
"""Slots that only these exchanges have; they are filled before a storylet is made."""
PLAN_SLOTS = frozenset(("senior", "junior", "dispatcher", "sergeant", "former", "nth"))
"""Slots of the sentences that a plan is told in."""
_PICTURED = ("senior", "junior", "witness", "doer", "thing")


class Exchange(Value):
    """A few lines and what is seen meanwhile."""

    action: str
    gag: str = ""
    effects: tuple[dict[str, str | int | bool], ...] = ()
    props: tuple[Prop, ...] = ()
    lines: tuple[Spoken, ...] = Field(min_length=1)

    @property
    def texts(self) -> tuple[str, ...]:
        """All templates in it."""
        return (self.action, self.gag, *(text for line in self.lines for said in line.say.values() for text in said))

    @property
    def speakers(self) -> frozenset[str]:
        """Roles that speak in it."""
        return frozenset(line.speaker for line in self.lines)


class ArcStep(Exchange):
    """One step of a season's story."""

    arc: str
    """What happens, in one sentence, for the plan."""


class Arc(Value):
    """A season's story."""

    name: str
    sentence: str
    steps: tuple[ArcStep, ...] = Field(min_length=3)
    holds: tuple[ArcStep, ...] = Field(min_length=1)
    """What fills a long season between two steps."""

    @property
    def beats(self) -> dict[str, ArcStep]:
        """Every step by name: `exam-2`; `exam-hold-1`."""
        steps = {f"{self.name}-{number}": step for number, step in enumerate(self.steps, 1)}
        return steps | {f"{self.name}-hold-{number}": step for number, step in enumerate(self.holds, 1)}


class Gag(Value):
    """A running gag in its three stages."""

    what: str
    plant: Exchange
    back: Exchange
    pay: Exchange


class Lore(Value):
    """Everything of it."""

    arcs: tuple[Arc, ...]
    gags: tuple[Gag, ...]
    moments: Mapping[str, tuple[Exchange, ...]]
    cars: tuple[Vehicle, ...]
    """What is signed out when the crew's own car is gone, in this order."""
    turns: Mapping[str, str]
    """What a call turns out to be, by the name of the storylet that tells it."""
    calls: Mapping[str, tuple[str, ...]]
    """Wordings by kind of call."""
    finales: tuple[str, ...]
    places: tuple[str, ...]

    def step(self, beat: str) -> ArcStep | None:
        """Return the step of this name, or None when no arc has it."""
        return next((arc.beats[beat] for arc in self.arcs if beat in arc.beats), None)

    def gag(self, what: str) -> Gag | None:
        """Return the gag in these words, or None when a person or a model thought of it."""
        return next((gag for gag in self.gags if gag.what == what), None)


@lru_cache(maxsize=4)
def load_lore(prompts: Path) -> Lore:
    """Read `prompts/season_planner/*.yaml`. Raises `ValueError` with file, entry and field for what does not fit."""
    folder = prompts / "season_planner"
    tables = {name: read_yaml(folder / f"{name}.yaml") for name in ("arcs", "gags", "moments", "turns", "calls")}
    arcs = tuple(fitted(Arc, entry, "arcs.yaml") for entry in _entries(tables["arcs"], "arcs"))
    gags = tuple(fitted(Gag, entry, "gags.yaml") for entry in _entries(tables["gags"], "gags"))
    table = tables["moments"] | tables["calls"] | tables["turns"]
    lore = fitted(Lore, {"arcs": arcs, "gags": gags} | table, "moments.yaml, turns.yaml or calls.yaml")
    for arc in arcs:
        for beat, step in arc.beats.items():
            _check(beat, step)
            _check_slots(beat, (step.arc, arc.sentence), PLAN_SLOTS)
    for gag in gags:
        for exchange in (gag.plant, gag.back, gag.pay):
            _check(gag.what, exchange)
    for name, moments in lore.moments.items():
        for moment in moments:
            _check(name, moment)
    _check_slots("calls.yaml", tuple(text for texts in lore.calls.values() for text in texts), _CALL_SLOTS)
    return lore


_CALL_SLOTS = frozenset(("a_doer", "doers", "things", "a_place"))


def _entries(table: dict[str, object], key: str) -> list[object]:
    found = part(table, key).get(key)
    if not isinstance(found, list):
        raise ValueError(f"{key}.yaml: {key}: expected a list")
    return found


def _check(name: str, exchange: Exchange) -> None:
    _check_slots(name, exchange.texts, SLOTS | OWN_SLOTS)


def _check_slots(name: str, texts: tuple[str, ...], known: frozenset[str]) -> None:
    if unknown := {slot for text in texts for slot in slots_in(text)} - known:
        raise ValueError(f"{name}: no such slots: {sorted(unknown)}")


def storylet_of(
    name: str, exchange: Exchange, purpose: Purpose, words: Mapping[str, str], *effects: dict[str, str | int | bool]
) -> Storylet:
    """Return an exchange as a storylet, its own slots filled with `words`. Raises `ValueError` for a slot without."""
    missing = {slot for text in exchange.texts for slot in slots_in(text)} & OWN_SLOTS - words.keys()
    if missing:
        raise ValueError(f"{name}: nothing to fill {sorted(missing)} with")
    pictured = tuple(role for role in _PICTURED if re.search(rf"\{{(the_|a_)?{role}s?\}}", exchange.action))
    return Storylet(
        name=name,
        purpose=purpose,
        heat=2,
        function="wait",
        # What is said of the season needs no doer in the picture.
        heard=True,
        props=exchange.props,
        effects=(*exchange.effects, *effects),
        actors=(*(pictured or ("senior",)), *(prop.id for prop in exchange.props)),
        action=_filled(exchange.action, words),
        gag=_filled(exchange.gag, words),
        lines=tuple(
            line.model_copy(
                update={"say": {key: tuple(_filled(text, words) for text in said) for key, said in line.say.items()}}
            )
            for line in exchange.lines
        ),
    )


def _filled(template: str, words: Mapping[str, str]) -> str:
    text = template
    for slot, word in words.items():
        text = text.replace(f"{{{slot}}}", re.sub(r"[{}\[\]<>|]", "", word))
    return text
