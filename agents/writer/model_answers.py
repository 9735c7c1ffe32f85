"""What a model answers for the writer: small flat types that an 8B model can fill in, and code turns into a script."""

from typing import Literal

from pydantic import Field, field_validator

from agents.wording import LineText, SomeWords, Words
from episodes.cast import Role, SetName
from episodes.effects import Weather
from episodes.script import Channel, Delivery, Mood, Purpose
from episodes.value import Value

Deed = Literal[
    "arrives", "leaves", "takes", "gives", "drops", "hides", "reveals", "breaks", "eats", "puts_on", "takes_off",
    "injures", "detains", "releases", "en_route", "on_scene", "clear", "learns", "plants", "pays", "promises",
    "promoted",
]  # fmt: skip
"""An effect in one word."""


class CastMember(Value):
    """Somebody in the episode."""

    id: SomeWords
    """Short, lower case: okafor."""
    name: SomeWords
    """Title and full name: Officer Dale Okafor."""
    role: Role
    kind: Literal["human", "animal", "thing"] = "human"
    emoji: Words = ""
    """One emoji for an animal or a thing; empty for a human."""
    pronoun: Literal["she", "he", "they", "it"] = "they"
    want: Words = ""
    flaw: Words = ""
    habit: Words = ""
    never_says: Words = ""
    wardrobe: tuple[Words, ...] = Field(default=(), max_length=5)


class PropAnswer(Value):
    """A thing that matters."""

    name: SomeWords
    """Singular, without article: jelly doughnut."""
    emoji: Words = ""
    count: int = Field(default=1, ge=0, le=100_000)


class PlaceAnswer(Value):
    """Somewhere to play."""

    name: SomeWords
    set: SetName
    address: Words = ""
    landmark: Words = ""
    dressing: tuple[Words, ...] = Field(default=(), max_length=5)
    wrong: Words = ""


class SceneOutline(Value):
    """One scene in the plan."""

    title: SomeWords
    place: SomeWords
    """Name of one of the places."""
    mood: Mood
    purpose: Purpose
    minutes_later: int = Field(default=2, ge=0, le=600)
    """Story minutes since the scene before."""
    weather: Weather = "clear"
    present: tuple[Words, ...] = Field(default=(), max_length=8)
    """Ids of who is there."""
    summary: SomeWords
    plants: Words = ""
    """What is set up here, in one or two words; empty when nothing."""
    pays: Words = ""
    """What comes back here, in the words of an earlier plants."""


class OutlineAnswer(Value):
    """The whole episode in outline."""

    title: SomeWords
    logline: SomeWords
    start_time: str = Field(default="03:12", pattern=r"^\d{1,2}:\d{2}$")
    """Story time of the call, HH:MM."""
    cast: tuple[CastMember, ...] = Field(min_length=3, max_length=7)
    runner: Words = ""
    """The running gag: two to six words or an object, heard three times."""
    runner_returns: tuple[Words, ...] = Field(default=(), max_length=4)
    """What it means in the cold open, in the middle, at the end."""
    props: tuple[PropAnswer, ...] = Field(min_length=1, max_length=6)
    places: tuple[PlaceAnswer, ...] = Field(min_length=1, max_length=6)
    scenes: tuple[SceneOutline, ...] = Field(min_length=3, max_length=9)

    @field_validator("cast")
    @classmethod
    def _has_officer(cls, cast: tuple[CastMember, ...]) -> tuple[CastMember, ...]:
        if not any(member.role in ("officer", "sergeant") and member.kind == "human" for member in cast):
            raise ValueError("at least one of the cast must be a human officer or sergeant")
        return cast


class LineAnswer(Value):
    """One line."""

    speaker: SomeWords
    """Id of the speaker."""
    channel: Channel = "spoken"
    text: LineText
    delivery: Delivery = "calm"
    facts: tuple[Words, ...] = ()
    """Ids of the facts that the line uses; empty when it uses none."""


class DeedAnswer(Value):
    """What a beat changes."""

    deed: Deed
    who: Words = ""
    """Id of who does it."""
    thing: Words = ""
    """Id of the person, prop or topic that it is done to."""


class BeatAnswer(Value):
    """One change in a scene."""

    purpose: Purpose
    action: Words = ""
    picture_gag: Words = ""
    actors: tuple[Words, ...] = ()
    lines: tuple[LineAnswer, ...] = Field(default=(), max_length=10)
    deeds: tuple[DeedAnswer, ...] = Field(default=(), max_length=5)


class SceneAnswer(Value):
    """One scene in full."""

    beats: tuple[BeatAnswer, ...] = Field(min_length=1, max_length=6)

    @field_validator("beats")
    @classmethod
    def _somebody_speaks(cls, beats: tuple[BeatAnswer, ...]) -> tuple[BeatAnswer, ...]:
        lines = sum(len(beat.lines) for beat in beats)
        if not 1 <= lines <= 16:
            raise ValueError(f"the scene has {lines} lines; it needs 2 to 6")
        return beats


class NewWords(Value):
    """Other words for one line."""

    id: Words
    text: LineText


class RewordAnswer(Value):
    """Lines said in another way."""

    lines: tuple[NewWords, ...] = Field(default=(), max_length=12)
