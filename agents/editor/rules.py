"""The editor that goes by rules: lays the cut, judges the film, and answers notes about the edit."""

from fractions import Fraction

from agents.editor.hearing import locked, measured_notes
from agents.editor.judging import cut_notes
from agents.editor.laying import bounds, lay
from agents.editor.tightening import tighten
from agents.protocols import Review
from episodes.changes import Change, LayCut, Trim
from episodes.cut import Cut
from episodes.episode import Episode
from episodes.notes import Note, Severity
from episodes.results import Measurements
from episodes.shots import Shot

COSTS: dict[Severity, float] = {"fatal": 30, "major": 10, "minor": 3, "remark": 0.5}
"""Points that a finding takes from 100."""


class RuleEditor:
    """Cuts, looks, and cuts again; the same episode and measurements always give the same judgement."""

    async def lay_cut(self, episode: Episode) -> Cut:
        """Return the timeline of the episode as it is planned. Raises `ValueError` without script or shots."""
        return lay(episode)

    async def review(self, episode: Episode, measured: Measurements) -> Review:
        """Return a score by rule and notes about the film, the worst first.

        A note's change always alters what it found; where nothing plain would, the note has no change and the agent
        whose work it targets answers it.
        """
        cut = episode.cut or lay(episode)
        notes = [*measured_notes(episode, cut, measured), *cut_notes(episode, cut)]
        unique = tuple(dict.fromkeys(sorted(notes, key=lambda note: -COSTS[note.severity])))
        return Review(score=scored(unique), notes=unique)

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return changes to the cut and to trims for notes that ask for a recut and bring no change of their own."""
        found: dict[str, Change] = {}
        for note in notes:
            if note.remedy == "recut" and note.change is None and not locked(episode, note.target):
                for target, change in _answer(episode, note).items():
                    found.setdefault(target, change)
        return tuple(found.values())


def scored(notes: tuple[Note, ...]) -> float:
    """Return what a film or play with these findings is worth, of 100."""
    return max(0.0, 100.0 - sum(COSTS[note.severity] for note in notes))


def _answer(episode: Episode, note: Note) -> dict[str, Change]:
    words = f"{note.rule} {note.finding} {note.fix}".lower()
    if any(word in words for word in ("too long", "runs", "drags", "tighten", "slow")):
        return _tightened(episode, note)
    if any(word in words for word in ("longer", "hold", "too short", "rushed")):
        return _held_longer(episode, note)
    if episode.shots and episode.cut is not None:
        fresh = lay(episode)
        return {"cut": LayCut(cut=fresh)} if fresh != episode.cut else {}
    return {}


def _targets(episode: Episode, note: Note) -> tuple[Shot, ...]:
    """Return the unlocked shots that a note is about: one shot, a line's, a beat's, a scene's, or all."""
    name = note.target.split(":")[-1].split("_T")[0]
    free = [shot for shot in episode.shots if not locked(episode, shot.id, shot.scene)]
    if name == "episode":
        return tuple(free)
    return tuple(
        shot
        for shot in free
        if name in (shot.id, shot.scene, *shot.beats) or any(cue.line == name for cue in shot.cues)
    )


def _tightened(episode: Episode, note: Note) -> dict[str, Change]:
    over = lay(episode).seconds - Fraction(bounds(episode)[1]) if note.target == "episode" else None
    return {trim.shot: trim for trim in tighten(episode, _targets(episode, note), over)}


def _held_longer(episode: Episode, note: Note) -> dict[str, Change]:
    """Give the last shot that a note is about half a second more: its own trim back, else some of its handle."""
    shots = _targets(episode, note)
    if not shots:
        return {}
    form, shot = episode.brief.format, shots[-1]
    room = shot.trim_out + Fraction(10, form.fps)
    more = form.snap(min(Fraction(1, 2), room))
    return {shot.id: Trim(shot=shot.id, tail=-more)} if more > 0 else {}
