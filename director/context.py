"""The studio: what a node may use in one run. It is made anew for each run and never checkpointed."""

import functools
from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from agents.protocols import ContinuityChecker, Editor, Researcher, ShotPlanner, Writer
from director.events import Listener, NoteRaised, RoleAnswered
from director.executor import Executor
from director.settings import Settings
from episodes.apply import apply
from episodes.bible import Bible
from episodes.cast import VoiceOffer
from episodes.changes import Change
from episodes.episode import Episode
from episodes.errors import ChangeRefused
from episodes.notes import Author, Note
from episodes.own_media import OwnClip
from episodes.plan import own_sounds, plan
from episodes.play_plan import play_plan
from episodes.radio_play import radio_play
from episodes.store import Answered, EpisodeStore, Head, StoodIn
from episodes.take_plan import footage_seen
from episodes.tasks import Task
from episodes.teaser import with_teaser
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

    def change(self, revision: str, changes: tuple[Change, ...], by: str) -> str:
        """Store what `changes` make of a revision and return the new id; what is refused is left out, with a note."""
        author: Author = "person" if by == "person" else "editor"
        accepted: list[Change] = []
        episode = self.episode(revision)
        for change in changes:
            try:
                episode = apply(change, episode, by=author)
            except ChangeRefused as refusal:
                self.raise_notes((_refused(change, str(refusal)),))
            else:
                accepted.append(change)
        return self.store.commit(revision, tuple(accepted), by)

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
            episode, credits = self.episode(revision), self.credits(revision, stage)
            made = self._planned(episode, stage, credits)
            wanted = made.by_key()
            if mine := tuple(one for one in self.store.head().stood_in if one.recipe in wanted):
                made = self._planned(episode, stage, (*credits[:-1], stand_ins_line(mine), credits[-1]))
            self._plans[key] = made
        return self._plans[key]

    def _planned(self, episode: Episode, stage: Stage, credits: tuple[str, ...]) -> Plan:
        if self.settings.audio_only:
            return play_plan(episode, self.belt, credits)
        return with_teaser(plan(episode, self.belt, stage, credits), episode, self.belt)

    async def make(self, revision: str, stage: Stage, task: Task) -> Artefact:
        """Return the artefact of a task of a revision's plan."""
        return await self.executor.make(self.plan(revision, stage), task.key)

    def credits(self, revision: str, stage: Stage) -> tuple[str, ...]:
        """Return the end card's lines: what made what, and that all of it is invented."""
        episode = self.episode(revision)
        if self.settings.audio_only and episode.narrator is not None and episode.cut is not None:
            episode = radio_play(episode)  # The narrator's engine speaks too.
        shown = None if self.settings.audio_only else stage
        mine = len(own_sounds(episode, self.belt))
        seen = footage_seen(episode, self.belt) if shown and episode.cut is not None else {}
        clips = {use.clip.name: use.clip for use in seen.values()}
        return end_card_lines(self.store.head(), self.belt, shown, episode.voice_engines, mine, tuple(clips.values()))

    @functools.cached_property
    def has_final_camera(self) -> bool:
        """Whether a back end other than the animatic's makes the final takes."""
        return self.belt.video.name != self.belt.animatic.name


def end_card_lines(
    head: Head,
    belt: Belt,
    stage: Stage | None,
    engines: tuple[str, ...] = (),
    own: int = 0,
    clips: tuple[OwnClip, ...] = (),
) -> tuple[str, ...]:
    """Return who made script, picture, voices and music, for the end card and the metadata.

    `stage` is None where there is no picture. `engines` are those that really speak (`Episode.voice_engines`); without
    any, the voice back end is named. `own` is the number of the person's own recordings in the film, and `clips` are
    those of their clips that are seen.
    """
    writers = [item for item in head.answered if (item.role, item.task) == ("writer", "write")]
    by_model = [item.model for item in writers if item.by == "model"]
    written = f"the model {by_model[0]}" if by_model else "rule"
    return (
        f"Written by {written}",
        *((f"Picture: {belt.camera_name(stage)}",) if stage else ()),
        f"Voices: {', '.join(engines) or belt.voice.name}",
        f"Music and sound: {belt.music.name}",
        *((f"Sounds: {own_files(own)}",) if own else ()),
        *((f"Footage: {own_clips(clips)}",) if clips else ()),
        AI_NOTICE_WITH_FOOTAGE if clips else AI_NOTICE,
    )


AI_NOTICE = "Made by AI. Nobody and nothing in it is real."
AI_NOTICE_WITH_FOOTAGE = "Made by AI, with real footage in between. The story is invented."
"""The last line of the end card, which stands in a box of its own."""

MOST_LICENCES = 4
"""Licences that are named on the end card and in the file; the record names all."""


def own_clips(clips: tuple[OwnClip, ...]) -> str:
    """Return how the person's own footage is credited: how many clips, and by what right each is used."""
    licences = list(dict.fromkeys(clip.licence for clip in clips))
    named = licences[:MOST_LICENCES] + [f"and {len(licences) - MOST_LICENCES} more"] * (len(licences) > MOST_LICENCES)
    return f"the person's own, {len(clips)} {'clip' if len(clips) == 1 else 'clips'} ({'; '.join(named)})"


def stand_ins_line(stood_in: tuple[StoodIn, ...]) -> str:
    """Return the end card's line on who stood in for whom: `Stood in: embedded-video for 3 of the takes`."""
    counts = Counter((one.by, STOOD_IN_FOR.get(one.kind, one.kind)) for one in stood_in)
    told = (f"{by} ({count} {what if count > 1 else what[:-1]})" for (by, what), count in sorted(counts.items()))
    return f"Stood in: {', '.join(told)}"


STOOD_IN_FOR = {"render": "takes", "speak": "lines", "compose": "cues"}
"""What is made by each kind of work, in words."""


def own_files(count: int) -> str:
    """Return how the person's own recordings are credited."""
    return f"the person's own, {count} {'file' if count == 1 else 'files'}"


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
