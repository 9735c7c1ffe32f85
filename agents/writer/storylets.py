"""Storylets: small pieces of story as data, and the frames, games and carriers that they are put together by.

One storylet, as it stands in `prompts/storylets/*.yaml`::

    - name: standoff_megaphone            # unique
      purpose: stand_off                  # episodes.script.Purpose
      game: paperwork                     # only for heighten: whose step it is …
      step: 1                             # … and which of the three
      runner: hat                         # only for what plants, bends or pays a running gag
      function: discovery                 # what it does to the people; neighbours never do the same
      heat: 5                             # 0 to 9; without it, what is usual for the purpose
      dream: 0.2                          # 0 could happen … 1 only in a dream; `--drift` chooses by it
      wants: {senior: dignity}            # what is at stake for whom; a person who wants just that is cast for it
      needs: {doer: [animal], thing: [food], frames: [theft], sets: [shop], tags: [portable]}
      props: [{id: megaphone, name: megaphone, emoji: 📣, metres: 0.4}]     # props of its own
      effects: [{kind: take, who: senior, prop: megaphone}]                 # roles and prop ids
      plants: [lunch]                     # topics set up; a script is thrown away if one is never paid
      pays: []
      heard: true                         # the doer or its thing acts out of the picture, in what is said
      actors: [senior, megaphone, doer]   # roles and prop ids seen in the action
      action: "{senior} raises a megaphone at {the_doer}."                  # one visible event
      gag: "what the picture shows against the words"
      lines:
      - speaker: senior                   # senior junior dispatcher witness sergeant
        channel: spoken                   # default spoken; pa: through the car's loudspeaker or a loudhailer
        delivery: shouted                 # default calm
        punch: true                       # a longer pause after it
        optional: true                    # may be left out when the script is crowded
        say: {any: ["…", "…"], weary: ["…"]}   # or a bare list; by temperament of the speaker

Slots in braces are explained in `realiser.py`; a slot that does not exist is refused when the file is loaded.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, model_validator

from agents.writer.lexicon import Kind, fitted, read_yaml
from agents.writer.realiser import SLOTS, slots_in
from episodes.brief import Tone
from episodes.cast import Prop, SetName
from episodes.effects import Effect, UnitStatus
from episodes.facts import FactKind
from episodes.script import Channel, Delivery, Purpose
from episodes.value import Value

RoleName = Literal["senior", "junior", "dispatcher", "witness", "sergeant", "former"]
"""`former`: who was the sergeant in an earlier episode."""
Tag = Literal[
    "portable", "arrestable", "detained", "quotable", "unknown", "odd",
    "alive", "lifeless", "person", "tiny", "small", "big", "huge", "crowd",
    "flies", "climbs", "swims", "rolls", "stays",
    "edible", "wearable", "drivable", "readable", "many", "single",
]  # fmt: skip
"""Affordances that a storylet may ask for.

portable: the thing fits under an arm; arrestable: the doer fits into a car; detained: the turn has arrested it;
quotable: the theme is a phrase that can be read out; unknown: doer or thing is a word that nobody knows; odd: the
theme says more than who, what and where, so that `{oddity}` has a meaning.
Of the doer: alive, lifeless, person, its size (tiny < 0.15 m, small < 0.7 m, big > 2.2 m, huge > 5 m), crowd (more than
one) and its way of moving. Of the thing: edible … single.
"""
Function = Literal[
    "question", "denial", "discovery", "procedure", "misreading", "status", "bargain", "threat", "accident", "boast",
    "confession", "report", "warning", "reversal", "wait",
]  # fmt: skip
"""What a storylet does to the people in it."""
Stake = Literal["order", "credit", "quiet", "truth", "dignity", "food", "belonging", "escape", "rules", "thrift"]
"""What somebody wants."""
USUAL_HEAT: dict[str, int] = {
    "cold_open": 6, "call": 1, "acknowledge": 1, "arrive": 2, "plant": 3, "witness": 3, "connect": 4, "callback": 5,
    "stand_off": 7, "chase": 8, "turn": 9, "reverse": 9, "debrief": 3, "tag": 4,
}  # fmt: skip
"""Heat of a storylet that does not say its own; a heightening has 3 and its step."""


_EFFECTS: TypeAdapter[tuple[Effect, ...]] = TypeAdapter(tuple[Effect, ...])


def _check_slots(name: str, texts: tuple[str, ...]) -> None:
    if unknown := {slot for text in texts for slot in slots_in(text)} - SLOTS:
        raise ValueError(f"{name}: no such slots: {sorted(unknown)}")


def _by_temperament(value: object) -> object:
    return {"any": value} if isinstance(value, list | tuple) else value


class Spoken(Value):
    """One line of a storylet in all its wordings."""

    speaker: RoleName
    channel: Channel = "spoken"
    delivery: Delivery = "calm"
    punch: bool = False
    """Whether a longer pause is held after it."""
    optional: bool = False
    """Whether the rest still makes sense without it, so that a crowded script may leave it out."""
    say: Annotated[dict[str, tuple[str, ...]], BeforeValidator(_by_temperament)]
    """Wordings by temperament; `any` suits everybody and is always there."""

    @model_validator(mode="after")
    def _has_common_wordings(self) -> "Spoken":
        if not self.say.get("any"):
            raise ValueError("a line needs wordings for `any`")
        return self

    def wordings(self, temperament: str) -> tuple[str, ...]:
        """Return what somebody of this temperament may say, their own wordings first."""
        return (*self.say.get(temperament, ()), *self.say["any"])


class Needs(Value):
    """What must hold; an empty field asks for nothing."""

    doer: tuple[Kind, ...] = ()
    thing: tuple[Kind, ...] = ()
    frames: tuple[str, ...] = ()
    sets: tuple[SetName, ...] = ()
    tones: tuple[Tone, ...] = ()
    tags: tuple[Tag, ...] = ()


class Storylet(Value):
    """A piece of story; see the top of this file."""

    name: str
    purpose: Purpose
    game: str = ""
    step: int = 0
    runner: str = ""
    """The running gag that it plants (`cold_open`), bends (`callback`) or pays (`tag`)."""
    function: Function = "report"
    heat: int = Field(default=-1, ge=-1, le=9)
    """How tense it is; -1 takes what is usual for its purpose."""
    dream: float = Field(default=0.3, ge=0, le=1)
    """0: could happen on any street; 1: only in a dream."""
    wants: Mapping[RoleName, Stake] = {}
    heard: bool = False
    """Whether the doer or its thing acts out of the picture, in what is said."""
    scene: Literal["", "phone"] = ""
    """`phone`: a cold open inside, with the witness, before the call."""
    needs: Needs = Needs()
    status: UnitStatus | None = None
    """The status that the unit reports in it."""
    detains: bool = False
    props: tuple[Prop, ...] = ()
    effects: tuple[dict[str, str | int | bool], ...] = ()
    plants: tuple[str, ...] = ()
    pays: tuple[str, ...] = ()
    actors: tuple[str, ...]
    action: str
    gag: str = ""
    lines: tuple[Spoken, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits_together(self) -> "Storylet":
        known = {*get_args(RoleName), "doer", "thing", *(prop.id for prop in self.props)}
        if strangers := set(self.actors) - known:
            raise ValueError(f"{self.name}: actors {sorted(strangers)} are neither roles nor props of it")
        if self.purpose == "heighten" and not (self.game and self.step in (1, 2, 3)):
            raise ValueError(f"{self.name}: a heightening needs its game and a step of 1 to 3")
        _check_slots(self.name, tuple(self.texts))
        try:
            _EFFECTS.validate_python(self.effects)
        except ValidationError as error:
            raise ValueError(f"{self.name}: effects: {error.errors()[0]['msg']}") from error
        return self

    @property
    def planted(self) -> tuple[str, ...]:
        """Topics that it sets up, its running gag among them."""
        return (*self.plants, self.runner) if self.runner and self.purpose == "cold_open" else self.plants

    @property
    def paid(self) -> tuple[str, ...]:
        """Topics that it pays, its running gag among them."""
        return (*self.pays, self.runner) if self.runner and self.purpose == "tag" else self.pays

    @property
    def warmth(self) -> int:
        """Its heat, or what is usual for its purpose."""
        return self.heat if self.heat >= 0 else 3 + self.step if self.game else USUAL_HEAT[self.purpose]

    @property
    def acts(self) -> bool:
        """Whether the doer or its thing does something in it, seen or heard."""
        return self.heard or not {"doer", "thing"}.isdisjoint(self.actors)

    @property
    def texts(self) -> Iterator[str]:
        """All templates in it."""
        yield from (self.action, self.gag)
        for line in self.lines:
            for wordings in line.say.values():
                yield from wordings

    @property
    def said(self) -> str:
        """All common wordings of its lines in one text."""
        return " ".join(text for line in self.lines for text in line.say["any"])

    @property
    def speakers(self) -> frozenset[str]:
        """Roles that speak in it."""
        return frozenset(line.speaker for line in self.lines)


class Frame(Value):
    """What kind of call it is."""

    name: str
    nature: tuple[str, ...] = Field(min_length=1)
    charge: tuple[str, ...] = Field(min_length=1)
    titles: tuple[str, ...] = Field(min_length=1)
    logline: str

    @model_validator(mode="after")
    def _knows_its_slots(self) -> "Frame":
        _check_slots(self.name, (*self.nature, *self.charge, *self.titles, self.logline))
        return self


class Game(Value):
    """The one unusual thing that is taken seriously."""

    name: str
    claim: str
    needs: Needs = Needs()
    titles: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _knows_its_slots(self) -> "Game":
        _check_slots(self.name, (self.claim, *self.titles))
        return self


class Carrier(Value):
    """How a fact of a source is said at a spot of the story."""

    spot: Literal["recap", "dispatch", "witness", "log", "debrief"]
    kinds: tuple[FactKind, ...] = ()
    """Kinds of facts that it is for; empty for all."""
    say: tuple[str, ...] = Field(min_length=1)


class Repertoire(Value):
    """Everything that a plan is chosen from."""

    storylets: tuple[Storylet, ...]
    frames: tuple[Frame, ...]
    games: tuple[Game, ...]
    carriers: tuple[Carrier, ...]

    def storylet(self, name: str) -> Storylet | None:
        """Return the storylet of this name, or None when it is not of this repertoire."""
        return next((storylet for storylet in self.storylets if storylet.name == name), None)


@lru_cache(maxsize=4)
def load_repertoire(prompts: Path) -> Repertoire:
    """Read all of `prompts/storylets/`. Raises `ValueError` with file, entry and field for what does not fit."""
    # Each file is read once: they are a megabyte of YAML together.
    files = {path: read_yaml(path) for path in sorted((prompts / "storylets").glob("*.yaml"))}
    storylets = tuple(fitted(Storylet, entry, _where(path, entry)) for path, entry in _entries(files, "storylets"))
    names = [storylet.name for storylet in storylets]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"storylets of the same name: {sorted(twice)}")
    repertoire = Repertoire(
        storylets=storylets,
        frames=tuple(fitted(Frame, entry, _where(path, entry)) for path, entry in _entries(files, "frames")),
        games=tuple(fitted(Game, entry, _where(path, entry)) for path, entry in _entries(files, "games")),
        carriers=tuple(fitted(Carrier, entry, path.name) for path, entry in _entries(files, "carriers")),
    )
    _check_whole(repertoire)
    return repertoire


def _entries(tables: dict[Path, dict[str, object]], key: str) -> Iterator[tuple[Path, object]]:
    for path, table in tables.items():
        found = table.get(key, [])
        if not isinstance(found, list):
            raise ValueError(f"{path.name}: {key}: expected a list")
        yield from ((path, entry) for entry in found)


def _where(path: Path, entry: object) -> str:
    name = entry.get("name", "?") if isinstance(entry, dict) else "?"
    return f"{path.name}: {name}"


def _check_whole(repertoire: Repertoire) -> None:
    steps = {(s.game, s.step) for s in repertoire.storylets if s.purpose == "heighten"}
    for game in repertoire.games:
        if missing := [step for step in (1, 2, 3) if (game.name, step) not in steps]:
            raise ValueError(f"the game {game.name} has no storylet for step {missing[0]}")
    paid = {topic for storylet in repertoire.storylets for topic in storylet.paid}
    bent = {storylet.runner for storylet in repertoire.storylets if storylet.purpose == "callback"}
    for storylet in repertoire.storylets:
        if storylet.runner and storylet.runner not in bent:
            raise ValueError(f"{storylet.name}: the running gag {storylet.runner} never comes back between its ends")
        if never := set(storylet.planted) - paid:
            raise ValueError(f"{storylet.name} plants {sorted(never)}, which no storylet pays")
