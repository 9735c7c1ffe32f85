"""Handing over: each role asks its model first, and its rules where that fails. Who answered is always reported."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from agents.assistant.orders import Explain, Focus, Order, Record
from agents.llm import asking
from agents.protocols import (
    Assistant,
    ContinuityChecker,
    Editor,
    Researcher,
    Review,
    ScenePlan,
    Screenplay,
    SeasonPlanner,
    ShotPlanner,
    Writer,
)
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.cast import VoiceOffer
from episodes.changes import Change
from episodes.cut import Cut
from episodes.episode import Episode
from episodes.errors import ModelError
from episodes.facts import FactSheet
from episodes.notes import Note
from episodes.results import Measurements, Readings
from episodes.season import SeasonBrief, SeasonPlan
from episodes.tasks import Limits

RoleName = Literal[
    "researcher", "season_planner", "writer", "shot_planner", "continuity_checker", "editor", "assistant"
]


@dataclass(frozen=True)
class Answered:
    """Who answered one task of one role."""

    role: RoleName
    task: str
    """`write`, `plan S02`, `check_script` …"""
    by: Literal["model", "rules"]
    model: str | None
    """Name of the model; None when the rules answered."""
    reason: str = ""
    """Why the rules had to answer; empty when the model did."""


UNASKED = "nothing in it needed the model"
"""The reason reported where the model's hand had no question: kept shots, or notes that bring their own change."""

Report = Callable[[Answered], None]
Hand = TypeVar("Hand")
Answer = TypeVar("Answer")


class _Handover(Generic[Hand]):
    """Two hands of one role, and somebody to tell."""

    role: RoleName

    def __init__(self, by_model: Hand, by_rules: Hand, model: str, report: Report) -> None:
        self._by_model = by_model
        self._by_rules = by_rules
        self._model = model
        self._report = report

    async def _either(self, task: str, ask: Callable[[Hand], Awaitable[Answer]]) -> Answer:
        """Ask the model's hand; on a `ModelError`, and on nothing else, the rules' hand."""
        try:
            with asking(self.role) as asked:
                answer = await ask(self._by_model)
        except ModelError as error:
            answer = await ask(self._by_rules)
            self._report(Answered(self.role, task, "rules", None, str(error)))
            return answer
        if asked.labels:
            self._report(Answered(self.role, task, "model", self._model))
        else:
            self._report(Answered(self.role, task, "rules", None, UNASKED))
        return answer


class ResearcherWithHandover(_Handover[Researcher]):
    """A `Researcher`."""

    role = "researcher"

    async def digest(self, brief: Brief, readings: Readings) -> FactSheet:
        """Return facts, by model or by rule."""
        return await self._either("digest", lambda hand: hand.digest(brief, readings))


class WriterWithHandover(_Handover[Writer]):
    """A `Writer`."""

    role = "writer"

    async def write(self, brief: Brief, facts: FactSheet, bible: Bible, voices: tuple[VoiceOffer, ...]) -> Screenplay:
        """Return a screenplay, by model or by rule."""
        return await self._either("write", lambda hand: hand.write(brief, facts, bible, voices))

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return changes that answer the notes, by model or by rule."""
        return await self._either("answer", lambda hand: hand.answer(episode, notes))


class SeasonPlannerWithHandover(_Handover[SeasonPlanner]):
    """A `SeasonPlanner`."""

    role = "season_planner"

    async def plan(self, wish: SeasonBrief, bible: Bible) -> SeasonPlan:
        """Return a season's plan, by model or by rule."""
        return await self._either("plan", lambda hand: hand.plan(wish, bible))


class ShotPlannerWithHandover(_Handover[ShotPlanner]):
    """A `ShotPlanner`."""

    role = "shot_planner"

    async def plan(self, episode: Episode, scene: str, limits: Limits) -> ScenePlan:
        """Return the coverage of a scene, by model or by rule."""
        return await self._either(f"plan {scene}", lambda hand: hand.plan(episode, scene, limits))

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return changes that answer the notes, by model or by rule."""
        return await self._either("answer", lambda hand: hand.answer(episode, notes))


class ContinuityCheckerWithHandover(_Handover[ContinuityChecker]):
    """A `ContinuityChecker`."""

    role = "continuity_checker"

    async def check_script(self, episode: Episode) -> tuple[Note, ...]:
        """Return findings about the script, by model or by rule."""
        return await self._either("check_script", lambda hand: hand.check_script(episode))

    async def check_shots(self, episode: Episode) -> tuple[Note, ...]:
        """Return findings about the shots, by model or by rule."""
        return await self._either("check_shots", lambda hand: hand.check_shots(episode))


class EditorWithHandover(_Handover[Editor]):
    """An `Editor`."""

    role = "editor"

    async def lay_cut(self, episode: Episode) -> Cut:
        """Return a timeline, by model or by rule."""
        return await self._either("lay_cut", lambda hand: hand.lay_cut(episode))

    async def review(self, episode: Episode, measured: Measurements) -> Review:
        """Return score and notes, by model or by rule."""
        return await self._either("review", lambda hand: hand.review(episode, measured))

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return changes that answer the notes, by model or by rule."""
        return await self._either("answer", lambda hand: hand.answer(episode, notes))


class AssistantWithHandover(_Handover[Assistant]):
    """An `Assistant`."""

    role = "assistant"

    async def understand(
        self, words: str, episode: Episode | None, focus: Focus, history: tuple[str, ...] = ()
    ) -> tuple[Order, ...]:
        """Return orders, by model or by rule."""
        return await self._either("understand", lambda hand: hand.understand(words, episode, focus, history))

    async def explain(self, episode: Episode, order: Explain, record: Record) -> str:
        """Return the reasons, by model or by rule."""
        return await self._either(f"explain {order.about}", lambda hand: hand.explain(episode, order, record))
