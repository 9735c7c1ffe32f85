"""The editor that asks a model: the rules lay the timeline and give the score; the model trims, holds and swaps."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from pydantic import Field

from agents.editor.tightening import least_shown
from agents.llm import ChatModel
from agents.prompts import Prompts
from agents.protocols import Editor, Review
from agents.wording import SomeWords, Words
from episodes.apply import apply
from episodes.changes import Change, Swap, Trim
from episodes.cut import Cut
from episodes.episode import Episode
from episodes.errors import ChangeRefused
from episodes.notes import Note, Severity
from episodes.results import Measurements
from episodes.shots import Shot
from episodes.value import Value

MOST_EDITS = 10
"""Edits taken from one answer: the rules' cut is good already."""
MOST_SHOTS = 60
"""Shots shown in one call, so that it stays under 8,000 tokens; a long episode is edited in parts."""
MOST_NOTES = 4
BREATH = Fraction(1, 4)
"""Seconds that stay after the last word of a shot, whatever the model trims."""

CutEditKind = Literal["shorter", "longer", "swap_with_next"]


class CutEdit(Value):
    """One small edit."""

    shot: Words
    """Id of the shot."""
    edit: CutEditKind
    frames: int = Field(default=6, ge=0, le=48)
    """By how many frames its end moves; 0 for a swap."""


class CutAnswer(Value):
    """Edits to a first cut; empty when it is good."""

    edits: tuple[CutEdit, ...] = Field(default=(), max_length=40)


class ReviewNote(Value):
    """One remark about the film."""

    target: Words
    """Id of the shot, scene or line; or episode."""
    finding: SomeWords
    """One sentence: what is weak, and where."""
    fix: Words = ""
    severity: Literal["remark", "minor"] = "remark"
    edit: Literal["none", "shorter", "longer", "swap_with_next"] = "none"
    frames: int = Field(default=6, ge=0, le=48)


class ReviewAnswer(Value):
    """Remarks about the film; empty when it is good."""

    notes: tuple[ReviewNote, ...] = Field(default=(), max_length=12)


class ModelEditor:
    """An `Editor`. `rules` lays the timeline, measures and scores; the model's edits stay within what code allows."""

    def __init__(self, model: ChatModel, prompts: Prompts, rules: Editor) -> None:
        self._model = model
        self._prompts = prompts
        self._rules = rules

    async def lay_cut(self, episode: Episode) -> Cut:
        """Return the rules' timeline of the episode with the model's trims, holds and swaps."""
        edited = episode
        for start in range(0, len(episode.shots), MOST_SHOTS):
            shots = episode.shots[start : start + MOST_SHOTS]
            prompt = self._prompts.load("editor/cut").render(
                {"title": episode.the_script.title, "table": _table(episode, shots), "fps": episode.brief.format.fps}
            )
            answer = await self._model.ask(prompt, CutAnswer, label=f"cut from {shots[0].id}")
            for edit in answer.edits[:MOST_EDITS]:
                edited = _with(edited, change_of(edited, edit.shot, edit.edit, edit.frames))
        return await self._rules.lay_cut(edited)

    async def review(self, episode: Episode, measured: Measurements) -> Review:
        """Return the rules' score and notes, and the model's remarks, none of them above minor."""
        review = await self._rules.review(episode, measured)
        prompt = self._prompts.load("editor/review").render(
            {
                "title": episode.the_script.title,
                "table": _table(episode, episode.shots[:MOST_SHOTS]),
                "measured": measured,
                "score": f"{review.score:.0f}",
                "known": review.notes[:16],
            }
        )
        answer = await self._model.ask(prompt, ReviewAnswer, label="review")
        return review.model_copy(update={"notes": (*review.notes, *_remarks(episode, answer, review.notes))})

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return the model's edits for open notes about shots, and the rules' answer to all others."""
        shots = {shot.id: shot for shot in episode.shots}
        open_notes = tuple(note for note in notes if note.change is None and note.target in shots)
        edits: dict[str, Change] = {}
        if open_notes:
            about = tuple(dict.fromkeys(shots[note.target] for note in open_notes))[:MOST_SHOTS]
            prompt = self._prompts.load("editor/answer").render(
                {"notes": open_notes[:16], "table": _table(episode, about), "fps": episode.brief.format.fps}
            )
            answer = await self._model.ask(prompt, CutAnswer, label="answer to notes")
            edits = _edits_for(episode, answer, {note.target for note in open_notes})
        rest = tuple(note for note in notes if note.target not in edits or note.change is not None)
        return (*edits.values(), *(await self._rules.answer(episode, rest) if rest else ()))


def change_of(episode: Episode, shot_id: str, edit: str, frames: int) -> Change | None:
    """Return the change that an edit means, or None where it can't be: it would cut off a word, or name nothing.

    Only tails move: the events of a shot are counted from its head.
    """
    shots = {shot.id: shot for shot in episode.shots}
    shot = shots.get(shot_id.strip())
    if shot is None or episode.locks & {shot.id, shot.scene}:
        return None
    frame = episode.brief.format.frame
    if edit == "shorter":
        frames = min(frames, int(_spare(episode, shot) / frame))
        return Trim(shot=shot.id, head=Fraction(0), tail=frames * frame) if frames > 0 else None
    if edit == "longer":
        frames = min(frames, 12)
        return Trim(shot=shot.id, head=Fraction(0), tail=-frames * frame) if frames > 0 else None
    return _swap(episode, shot) if edit == "swap_with_next" else None


def _spare(episode: Episode, shot: Shot) -> Fraction:
    """Return the seconds that may go from the end of a shot."""
    if not shot.cues:
        least = max(Fraction(1), least_shown(shot))
        return max(Fraction(0), min(shot.shown_seconds / 4, shot.shown_seconds - least))
    lines = {line.id: episode.seconds_of(line) for line in episode.the_script.lines}
    last_word = max(cue.at + lines.get(cue.line, shot.seconds) for cue in shot.cues)
    spare = shot.seconds - shot.trim_out - last_word - BREATH
    return max(Fraction(0), min(spare, shot.shown_seconds - least_shown(shot)))


def _swap(episode: Episode, shot: Shot) -> Swap | None:
    """Two neighbours may change places where neither carries a line and no establishing shot loses its place."""
    scene = episode.shots_of(shot.scene)
    after = scene[scene.index(shot) + 1 :][:1]
    if not after or after[0].id in episode.locks:
        return None
    both = (shot, after[0])
    if any(each.cues or each.role == "establishing" for each in both) or shot.beats != after[0].beats:
        return None
    return Swap(first=shot.id, second=after[0].id)


def _with(episode: Episode, change: Change | None) -> Episode:
    if change is None:
        return episode
    try:
        return apply(change, episode, by="editor")
    except ChangeRefused:
        # The model asked for what can't be; the cut is as good without it.
        return episode


def _edits_for(episode: Episode, answer: CutAnswer, targets: set[str]) -> dict[str, Change]:
    edits: dict[str, Change] = {}
    for edit in answer.edits:
        change = change_of(episode, edit.shot, edit.edit, edit.frames) if edit.shot in targets else None
        if change is not None and edit.shot not in edits and _with(episode, change) is not episode:
            edits[edit.shot] = change
    return edits


def _remarks(episode: Episode, answer: ReviewAnswer, known: tuple[Note, ...]) -> tuple[Note, ...]:
    """Return the model's remarks as notes; those about nothing, or about what the rules told, are dropped."""
    told = {note.target for note in known}
    ids = {"episode"} | {shot.id for shot in episode.shots} | {scene.id for scene in episode.the_script.scenes}
    ids |= {line.id for line in episode.the_script.lines}
    notes: dict[str, Note] = {}
    for remark in answer.notes:
        target = remark.target.strip()
        if target not in ids or target in told or target in notes or len(notes) >= MOST_NOTES:
            continue
        change = change_of(episode, target, remark.edit, remark.frames)
        if change is not None and _with(episode, change) is episode:
            change = None
        severity: Severity = remark.severity
        notes[target] = Note(
            target=target, finding=remark.finding, fix=remark.fix, severity=severity, author="editor", remedy="recut",
            rule="editor.read", change=change,
        )  # fmt: skip
    return tuple(notes.values())


def _table(episode: Episode, shots: tuple[Shot, ...]) -> tuple[Mapping[str, object], ...]:
    lines = {line.id: line for line in episode.the_script.lines}
    return tuple(
        {
            "shot": shot,
            "seconds": f"{float(shot.shown_seconds):.1f}",
            "spare": int(_spare(episode, shot) / episode.brief.format.frame),
            "heard": tuple(
                f"{lines[cue.line].speaker}: {lines[cue.line].text}" for cue in shot.cues if cue.line in lines
            ),
        }
        for shot in shots
    )
