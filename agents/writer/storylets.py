"""Storylets: small pieces of story as data, and the frames, games and carriers that they are put together by.

One storylet, as it stands in `prompts/storylets/*.yaml`::

    - name: standoff_megaphone            # unique
      purpose: stand_off                  # episodes.script.Purpose
      game: paperwork                     # only for heighten: whose step it is …
      step: 1                             # … and which of the three
      needs: {doer: [animal], thing: [food], frames: [theft], sets: [shop], tags: [portable]}
      props: [{id: megaphone, name: megaphone, emoji: 📣, metres: 0.4}]     # props of its own
      effects: [{kind: take, who: senior, prop: megaphone}]                 # roles and prop ids
      plants: [hat]                       # topics set up; a script is thrown away if one is never paid
      pays: []
      actors: [senior, megaphone, doer]   # roles and prop ids seen in the action
      action: "{senior} raises a megaphone at {the_doer}."                  # one visible event
      gag: "what the picture shows against the words"
      lines:
      - speaker: senior                   # senior junior dispatcher witness sergeant
        channel: spoken                   # default spoken
        delivery: shouted                 # default calm
        punch: true                       # a longer pause after it
        optional: true                    # may be left out when the script is crowded
        say: {any: ["…", "…"], weary: ["…"]}   # or a bare list; by temperament of the speaker

Slots in braces are explained in `realiser.py`; a slot that does not exist is refused when the file is loaded.
"""

from collections.abc import Iterator
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

RoleName = Literal["senior", "junior", "dispatcher", "witness", "sergeant"]
Tag = Literal["portable", "arrestable", "detained", "quotable"]
"""portable: the thing fits under an arm; arrestable: the doer fits into a car; detained: the turn has arrested it;
quotable: the theme is a phrase that can be read out."""


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
        if unknown := {slot for text in self.texts for slot in slots_in(text)} - SLOTS:
            raise ValueError(f"{self.name}: no such slots: {sorted(unknown)}")
        try:
            TypeAdapter(tuple[Effect, ...]).validate_python(self.effects)
        except ValidationError as error:
            raise ValueError(f"{self.name}: effects: {error.errors()[0]['msg']}") from error
        return self

    @property
    def texts(self) -> Iterator[str]:
        """All templates in it."""
        yield from (self.action, self.gag)
        for line in self.lines:
            for wordings in line.say.values():
                yield from wordings

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


class Game(Value):
    """The one unusual thing that is taken seriously."""

    name: str
    claim: str
    needs: Needs = Needs()
    titles: tuple[str, ...] = Field(min_length=1)


class Carrier(Value):
    """How a fact of a source is said at a spot of the story."""

    spot: Literal["dispatch", "witness", "log", "debrief"]
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
    files = sorted((prompts / "storylets").glob("*.yaml"))
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


def _entries(files: list[Path], key: str) -> Iterator[tuple[Path, object]]:
    for path in files:
        found = read_yaml(path).get(key, [])
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
    paid = {topic for storylet in repertoire.storylets for topic in storylet.pays}
    for storylet in repertoire.storylets:
        if never := set(storylet.plants) - paid:
            raise ValueError(f"{storylet.name} plants {sorted(never)}, which no storylet pays")
