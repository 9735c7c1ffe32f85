"""The continuity checker that asks a model: the rules find what can be computed, the model what must be read."""

from typing import Literal, TypeVar

from pydantic import Field

from agents.llm import ChatModel
from agents.prompts import Prompts
from agents.protocols import ContinuityChecker
from agents.wording import SomeWords, Words
from episodes.episode import Episode
from episodes.notes import Note, Remedy, Severity
from episodes.script import Scene
from episodes.shots import Shot
from episodes.value import Value

MOST_NOTES = 4
"""Findings of the model taken in one reading, so that a nervous one can't have a whole script rewritten."""
MOST_LETTERS = 16_000
"""Length of script or shot list read in one call: about 5,000 tokens."""


class ReadFinding(Value):
    """Something that can't be."""

    target: Words
    """Id of the line, beat or shot that is wrong."""
    against: Words = ""
    """Id of the line, beat or shot that it contradicts; empty when there is none."""
    finding: SomeWords
    """One sentence: what is wrong, and where."""
    fix: Words = ""
    """One sentence: what would mend it."""
    severity: Literal["minor", "major"] = "minor"


class ReadingAnswer(Value):
    """What a reader found; empty when all is well."""

    findings: tuple[ReadFinding, ...] = Field(default=(), max_length=12)


class ModelChecker:
    """A `ContinuityChecker`: the findings of `rules`, and after them the model's."""

    def __init__(self, model: ChatModel, prompts: Prompts, rules: ContinuityChecker) -> None:
        self._model = model
        self._prompts = prompts
        self._rules = rules

    async def check_script(self, episode: Episode) -> tuple[Note, ...]:
        """Return all findings about the script; the model's are never fatal, and major only against a named place."""
        known = await self._rules.check_script(episode)
        ids = _script_ids(episode)
        read: list[Note] = []
        for scenes in _in_parts(episode.the_script.scenes):
            prompt = self._prompts.load("continuity_checker/script").render(
                {"world": episode.the_world, "scenes": scenes, "known": known[:20]}
            )
            answer = await self._model.ask(prompt, ReadingAnswer, label=f"reading of {scenes[0].id}")
            read += notes_of(answer, ids, "rewrite", "continuity.read")
        return (*known, *_new(tuple(read), known))

    async def check_shots(self, episode: Episode) -> tuple[Note, ...]:
        """Return all findings about the shots."""
        known = await self._rules.check_shots(episode)
        if not episode.shots:
            return known
        ids = {shot.id for shot in episode.shots}
        read: list[Note] = []
        for shots in _in_parts(episode.shots):
            scenes = tuple(episode.the_script.scene(scene) for scene in dict.fromkeys(shot.scene for shot in shots))
            prompt = self._prompts.load("continuity_checker/shots").render(
                {"world": episode.the_world, "scenes": scenes, "shots": shots, "known": known[:20]}
            )
            answer = await self._model.ask(prompt, ReadingAnswer, label=f"shots from {shots[0].id}")
            read += notes_of(answer, ids, "reshoot", "continuity.seen")
        return (*known, *_new(tuple(read), known))


def notes_of(answer: ReadingAnswer, ids: set[str], remedy: Remedy, rule: str) -> tuple[Note, ...]:
    """Return the findings as notes; those about nothing that exists are dropped."""
    notes: list[Note] = []
    for finding in answer.findings:
        target, against = finding.target.strip(), finding.against.strip()
        if target not in ids:
            continue
        proven = against in ids and against != target
        severity: Severity = finding.severity if proven else "minor"
        where = f" (against {against})" if proven else ""
        notes.append(
            Note(
                target=target,
                finding=f"{finding.finding}{where}",
                fix=finding.fix,
                severity=severity,
                author="continuity_checker",
                remedy=remedy,
                rule=rule,
            )
        )
    return tuple(notes)


def _new(read: tuple[Note, ...], known: tuple[Note, ...]) -> tuple[Note, ...]:
    """The model's notes about what the rules have not found already, the worst first, and only so many."""
    told = {note.target for note in known}
    fresh = [note for note in {note.id: note for note in read}.values() if note.target not in told]
    return tuple(sorted(fresh, key=lambda note: note.severity != "major")[:MOST_NOTES])


def _script_ids(episode: Episode) -> set[str]:
    scenes = episode.the_script.scenes
    beats = [beat for scene in scenes for beat in scene.beats]
    return {scene.id for scene in scenes} | {beat.id for beat in beats} | {line.id for b in beats for line in b.lines}


def _letters(item: Scene | Shot) -> int:
    """Return about how much room an item takes in the prompt."""
    if isinstance(item, Shot):
        return 500
    return 200 + sum(160 + len(beat.action) + sum(50 + len(line.text) for line in beat.lines) for beat in item.beats)


_Part = TypeVar("_Part", Scene, Shot)


def _in_parts(items: tuple[_Part, ...]) -> tuple[tuple[_Part, ...], ...]:
    """Return the items in runs that each fit into one call."""
    parts: list[list[_Part]] = []
    room = 0
    for item in items:
        if not parts or room + _letters(item) > MOST_LETTERS:
            parts.append([])
            room = 0
        parts[-1].append(item)
        room += _letters(item)
    return tuple(tuple(part) for part in parts)
