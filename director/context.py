"""The studio: what a node may use in one run. It is made anew for each run and never checkpointed."""

import functools
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from agents.protocols import ContinuityChecker, Editor, Researcher, ShotPlanner, Writer
from director.events import Listener, NoteRaised, RoleAnswered
from director.executor import Executor
from director.planning import planned
from director.settings import Settings
from episodes.apply import apply
from episodes.bible import Bible
from episodes.cast import VoiceOffer
from episodes.changes import Change, PlanScene
from episodes.episode import Episode
from episodes.errors import ChangeRefused
from episodes.notes import Author, Note
from episodes.standing import held, touched_by
from episodes.store import Answered, EpisodeStore, StoodIn
from episodes.tasks import Task
from episodes.value import Value, digest
from episodes.whole_file import replace_file
from episodes.work import Belt, Plan, Stage
from tools.shelf import Artefact

_Answer = TypeVar("_Answer")

_TOLD: ContextVar[list[Answered]] = ContextVar("told")
"""What the hands report while they answer; every question has a list of its own, however many are open."""


class _Kept(Value, Generic[_Answer]):
    """An answer on disk, with who gave it."""

    answer: _Answer
    answered: tuple[Answered, ...] = ()


@dataclass(frozen=True)
class Crew:
    """The five roles."""

    researcher: Researcher
    writer: Writer
    shot_planner: ShotPlanner
    continuity_checker: ContinuityChecker
    editor: Editor
    signature: str = "rules"
    """Names model and hands: answers of another crew are not taken for this one's."""


@dataclass
class Studio:
    """Everything that nodes share."""

    settings: Settings
    store: EpisodeStore
    executor: Executor
    belt: Belt
    crew: Crew
    bible: Bible
    voices: tuple[VoiceOffer, ...]
    """What may be cast, as it was when this episode began."""
    listener: Listener
    passes: int
    """Most passes of this run; 0 after a person's change, whose word no agent improves on."""
    answers: Path = Path()
    """Folder of the agents' answers, so that none is asked for twice."""
    _plans: dict[tuple[str, str], Plan] = field(default_factory=dict)

    # ---- the record --------------------------------------------------------------------------------------------------

    def episode(self, revision: str) -> Episode:
        """Return the episode as it is in a revision."""
        return self.store.episode(revision)

    def change(self, revision: str, changes: tuple[Change, ...], by: str, *, held: frozenset[str] = frozenset()) -> str:
        """Store what `changes` make of a revision and return the new id; what is refused is left out, with a note.

        `held` are ids that are locked for these changes alone. Changes that change nothing make no new revision.
        """
        author: Author = "person" if by == "person" else "editor"
        accepted: list[Change] = []
        before = episode = self.episode(revision)
        for change in changes:
            try:
                after = apply(change, episode.model_copy(update={"locks": episode.locks | held}), by=author)
            except ChangeRefused as refusal:
                self.raise_notes((_refused(change, str(refusal)),))
                continue
            if held and isinstance(change, PlanScene):
                # As it came out: whoever replays it knows nothing of what was held.
                change = change.model_copy(update={"shots": after.shots_of(change.scene)})
            episode = apply(change, episode, by=author)
            accepted.append(change)
        return revision if episode == before else self.store.commit(revision, tuple(accepted), by)

    # ---- after a person's edit ---------------------------------------------------------------------------------------

    @functools.cached_property
    def settled(self) -> Episode | None:
        """The episode as it was before the person's edit; None in a run that begins with the sources."""
        head = self.store.head()
        return self.episode(head.settled) if head.entry == "scenes" and head.settled else None

    @functools.cached_property
    def touched(self) -> frozenset[str]:
        """Ids of what the person has ever changed with their own hands, up to where this run began."""
        return touched_in(self.store, self.store.head().base)

    def held(self, episode: Episode) -> frozenset[str]:
        """Return the ids that no agent may change in this run beside what is locked."""
        return frozenset() if self.settled is None else held(self.touched, self.settled, episode)

    def raise_notes(self, notes: tuple[Note, ...]) -> list[str]:
        """Put notes into the record and return the ids of those that ask for something."""
        head = self.store.head()
        known = {note.id for note in head.notes}
        new = tuple(note for note in notes if note.id not in known)
        if new:
            self.store.update_head(notes=[note.model_dump() for note in (*head.notes, *new)])
            for note in new:
                self.listener(NoteRaised(note))
        return [note.id for note in notes if note.severity != "remark"]

    def notes(self, ids: list[str]) -> tuple[Note, ...]:
        """Return notes of the record by id."""
        known = {note.id: note for note in self.store.head().notes}
        return tuple(known[note_id] for note_id in ids if note_id in known)

    def report(self, answered: Answered) -> None:
        """Take note of which hand answered; it is kept with the answer, so that a second run tells the same."""
        _TOLD.get().append(answered)

    def _record(self, answered: Answered) -> None:
        head = self.store.head()
        if answered not in head.answered:
            self.store.update_head(answered=[item.model_dump() for item in (*head.answered, answered)])
            self.listener(RoleAnswered(answered))

    # ---- the agents --------------------------------------------------------------------------------------------------

    async def ask(
        self, role: str, task: str, answers_with: type[_Answer], about: object, call: Callable[[], Awaitable[_Answer]]
    ) -> _Answer:
        """Return an agent's answer, from its file where it has answered this very question before.

        `about` is everything that the answer depends on; its digest is the question's name.
        """
        adapter: TypeAdapter[_Kept[_Answer]] = TypeAdapter(_Kept[answers_with])  # type: ignore[valid-type]
        name = digest({"role": role, "task": task, "crew": self.crew.signature, "about": _plain(about)})
        path = self.answers / f"{role}-{task.replace(':', '-')}-{name[:16]}.json"
        if path.exists():
            kept = adapter.validate_json(path.read_bytes())
        else:
            told: list[Answered] = []
            mark = _TOLD.set(told)
            try:
                answer = await call()
            finally:
                _TOLD.reset(mark)
            kept = _Kept(answer=answer, answered=tuple(told))
            replace_file(path, adapter.dump_json(kept))
        for answered in kept.answered:
            self._record(answered)
        return kept.answer

    def replaced(self, stood_in: StoodIn) -> None:
        """Put into the record that something stands in for what a back end did not deliver."""
        head = self.store.head()
        others = [one for one in head.stood_in if one.recipe != stood_in.recipe]
        self.store.update_head(stood_in=[one.model_dump() for one in (*others, stood_in)])
        self._plans.clear()  # The end card says who made what.

    # ---- the tools ---------------------------------------------------------------------------------------------------

    def plan(self, revision: str, stage: Stage) -> Plan:
        """Return the plan of a revision whose cut is laid."""
        key = (revision, stage)
        if key not in self._plans:
            self._plans[key] = planned(self.episode(revision), stage, self.belt, self.store.head(), self.settings)
        return self._plans[key]

    async def make(self, revision: str, stage: Stage, task: Task) -> Artefact:
        """Return the artefact of a task of a revision's plan."""
        return await self.executor.make(self.plan(revision, stage), task.key)


def touched_in(store: EpisodeStore, base: str) -> frozenset[str]:
    """Return the ids of what the person has changed with their own hands, from the first revision to `base`."""
    found: frozenset[str] = frozenset()
    revision = store.revision(base)
    while revision.parent is not None:
        parent = store.revision(revision.parent)
        if revision.by == "person":
            found |= touched_by(revision.changes, parent.episode)
        revision = parent
    return found


def _plain(about: object) -> object:
    if isinstance(about, list | tuple):
        return [_plain(item) for item in about]
    dump = getattr(about, "model_dump", None)
    return dump(mode="json") if dump else about


def _refused(change: Change, reason: str) -> Note:
    return Note(
        target="episode",
        finding=f"A change ({change.kind}) was not made: {reason}",
        severity="remark",
        author="tool",
        remedy="rewrite",
        rule="change.refused",
    )
