"""What each role does. A role has two hands: one that asks a language model and one that goes by rules.

Agents turn values into values. They touch no network but the language model's, no media and no disk but `prompts/`.
"""

from typing import Protocol

from agents.assistant.orders import Explain, Focus, Order, Record
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.cast import VoiceOffer, World
from episodes.changes import Change
from episodes.cut import Cut
from episodes.episode import Cue, Episode
from episodes.facts import FactSheet
from episodes.notes import Note
from episodes.results import Measurements, Readings
from episodes.script import Script
from episodes.season import SeasonBrief, SeasonPlan
from episodes.shots import Shot
from episodes.tasks import Limits
from episodes.value import Value


class Screenplay(Value):
    """The writer's answer: who plays where, and what is said and done."""

    world: World
    script: Script


class ScenePlan(Value):
    """The shot planner's answer for one scene."""

    scene: str
    shots: tuple[Shot, ...]
    cue: Cue


class Review(Value):
    """The editor's judgement of one pass."""

    score: float
    """0 (unwatchable) to 100; higher is better. Computed by rule, so that passes can be compared."""
    notes: tuple[Note, ...]


class Researcher(Protocol):
    """Reads the sources' passages. It has no tools."""

    async def digest(self, brief: Brief, readings: Readings) -> FactSheet:
        """Return facts, each with its place; nothing that the passages do not say."""


class SeasonPlanner(Protocol):
    """Plans a season, before its first episode is written."""

    async def plan(self, wish: SeasonBrief, bible: Bible) -> SeasonPlan:
        """Return premise, cast, gags, arc, and a call and a turn for every episode; no two calls are alike.

        `bible` is the show as earlier seasons left it: its regulars stay. Raises `InputRefused` for a theme that is not
        made here.
        """


class Writer(Protocol):
    """Writes the episode."""

    async def write(self, brief: Brief, facts: FactSheet, bible: Bible, voices: tuple[VoiceOffer, ...]) -> Screenplay:
        """Return a whole screenplay whose characters all have a voice from `voices`, best first, or the bible's."""

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return changes to the script that answer the notes; never to what is locked."""


class ShotPlanner(Protocol):
    """Decides what the camera does."""

    async def plan(self, episode: Episode, scene: str, limits: Limits) -> ScenePlan:
        """Return the coverage of a scene, timed by its lines' real lengths (`episode.seconds_of`)."""

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return changes to shots that answer the notes; never to what is locked."""


class ContinuityChecker(Protocol):
    """Finds what can't be."""

    async def check_script(self, episode: Episode) -> tuple[Note, ...]:
        """Return findings about the script, each with its place and, where it is plain, the change that mends it."""

    async def check_shots(self, episode: Episode) -> tuple[Note, ...]:
        """Return findings about the shots."""


class Editor(Protocol):
    """Cuts, looks, and cuts again."""

    async def lay_cut(self, episode: Episode) -> Cut:
        """Return the timeline of the episode as it is planned."""

    async def review(self, episode: Episode, measured: Measurements) -> Review:
        """Return a score and notes about the film of this cut."""

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return changes to the cut and the shots' trims that answer the notes."""


class Assistant(Protocol):
    """Turns what a person says about an episode into orders, and answers their questions. It carries nothing out."""

    async def understand(
        self, words: str, episode: Episode | None, focus: Focus, history: tuple[str, ...]
    ) -> tuple[Order, ...]:
        """Return at least one order for any words at all; what is unsure is an `Ask` or an `Unclear`, never a guess.

        `episode` is None before there is one; `history` is what the person said before, the oldest first. Each `Edit`
        can be made on the episode as the edits before it leave it.
        """

    async def explain(self, episode: Episode, order: Explain, record: Record) -> str:
        """Return why it is so, as far as the record knows, in a few sentences; and say so where it does not."""
