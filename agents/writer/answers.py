"""What the writer changes when a note asks for it: other words, shorter words, effects that were missing."""

import re

from agents.writer.realiser import Slots, realise, wordings_of
from agents.writer.storylets import Repertoire, Spoken
from episodes.changes import AddEffects, Change, ReplaceBeat, Reword, SetWorld
from episodes.episode import Episode
from episodes.nearness import COPY, RUN, copied_words
from episodes.notes import Note
from episodes.script import Beat, Line
from episodes.story import story_of

_TOO_LONG = re.compile(
    r"\b(too long|over(?:long|runs| time)|longer than|shorten|shorter|too many words|too slow)\b", re.IGNORECASE
)


def answer_notes(
    episode: Episode, notes: tuple[Note, ...], repertoire: Repertoire, slots: Slots | None
) -> tuple[Change, ...]:
    """Return changes to the script for these notes, one for each that can be answered, never to what is locked."""
    changes: list[Change] = []
    done: set[str] = set()
    for note in notes:
        if note.target in done or episode.script is None or _locked(episode, note.target):
            continue
        change = _answer(episode, note, repertoire, slots)
        if change is not None and not _touches_locked(episode, change):
            changes.append(change)
            done.add(note.target)
    return tuple(changes)


def _answer(episode: Episode, note: Note, repertoire: Repertoire, slots: Slots | None) -> Change | None:
    if note.change is not None:
        return note.change
    line = next((line for line in episode.the_script.lines if line.id == note.target), None)
    if line is not None:
        return _reworded(episode, line, note, repertoire, slots)
    repair = _repair(episode, note)
    if repair is not None:
        return repair
    beat = next((b for scene in episode.the_script.scenes for b in scene.beats if b.id == note.target), None)
    if beat is None:
        scene = next((scene for scene in episode.the_script.scenes if scene.id == note.target), None)
        free = [b for b in scene.beats if b.lines and not _locked(episode, b.id)] if scene is not None else []
        # A note about a scene is answered at its longest beat.
        beat = max(free, key=lambda b: sum(len(ln.text) for ln in b.lines), default=None)
    return None if beat is None else _replaced(episode, beat, note, repertoire, slots)


def _locked(episode: Episode, target: str) -> bool:
    return target in episode.locks or target.split("-")[0] in episode.locks


def _touches_locked(episode: Episode, change: Change) -> bool:
    if isinstance(change, Reword):
        return _locked(episode, change.line)
    if isinstance(change, ReplaceBeat):
        old = {
            ln.id: ln.text
            for s in episode.the_script.scenes
            for b in s.beats
            if b.id == change.beat.id
            for ln in b.lines
        }
        new = {line.id: line.text for line in change.beat.lines}
        changed = any(new.get(line) != text for line, text in old.items() if _locked(episode, line))
        return _locked(episode, change.beat.id) or changed
    if isinstance(change, AddEffects):
        return _locked(episode, change.beat)
    return isinstance(change, SetWorld) and change.scene is not None and _locked(episode, change.scene)


def _repair(episode: Episode, note: Note) -> Change | None:
    """Return the plain repair of a continuity finding of the same target, worked out afresh."""
    if episode.world is None:
        return None
    findings = [f for f in story_of(episode).findings if f.target == note.target and f.change is not None]
    same = [f for f in findings if note.rule.endswith(f.rule)] if note.rule else findings
    return same[0].change if same else None


def _reworded(episode: Episode, line: Line, note: Note, repertoire: Repertoire, slots: Slots | None) -> Reword | None:
    if note.rule == "sources.near_copy":
        return Reword(line=line.id, text=_bent(line.text, episode.facts.runs if episode.facts else ""))
    shorter = bool(_TOO_LONG.search(f"{note.finding} {note.fix} {note.rule}"))
    text = _other_text(episode, line, repertoire, slots, shorter=shorter)
    return None if text is None else Reword(line=line.id, text=text)


def _bent(text: str, runs: str) -> str:
    """Return a line that repeated a source with as much of it as may be repeated, broken off as on a bad line."""
    words = text.split()
    while len(words) > RUN and copied_words(" ".join(words), runs) >= COPY:
        words.pop()
    while len(words) > RUN and words[-1].lower().strip(",;:") in _HANGING:
        words.pop()
    return " ".join(words).rstrip(",;:.!?") + "…" if len(words) < len(text.split()) else text


_HANGING = frozenset(("a", "an", "the", "of", "and", "or", "to", "in", "on", "at", "with", "for", "from", "by", "was"))


def _other_text(
    episode: Episode, line: Line, repertoire: Repertoire, slots: Slots | None, *, shorter: bool
) -> str | None:
    """Return other words for a line, or None: another wording of its storylet, or fewer of its own words."""
    wordings = [text for text in _wordings(episode, line, repertoire, slots) if text != line.text]
    if shorter:
        fewer = [text for text in wordings if len(text) < len(line.text)]
        return min(fewer, key=len) if fewer and not line.facts else _cut(line)
    if wordings and not line.facts:
        return wordings[0]
    return None


def _wordings(episode: Episode, line: Line, repertoire: Repertoire, slots: Slots | None) -> list[str]:
    beat = next(b for s in episode.the_script.scenes for b in s.beats if any(ln.id == line.id for ln in b.lines))
    storylet = repertoire.storylet(beat.storylet)
    if storylet is None or slots is None:
        return []
    texts = [_texts(spoken, slots) for spoken in storylet.lines]
    own = next((group for group in texts if line.text in group), None)
    if own is None:
        at = next(at for at, ln in enumerate(beat.lines) if ln.id == line.id)
        same = at < len(storylet.lines) and storylet.lines[at].channel == line.channel
        own = texts[at] if same else []
    return own


def _texts(spoken: Spoken, slots: Slots) -> list[str]:
    templates = [template for group in spoken.say.values() for template in group]
    return [realise(text, slots) for template in templates for text in wordings_of(template)]


def _cut(line: Line) -> str | None:
    """Return the line with a sentence or a clause less; None when it is one already, or carries facts whole."""
    sentences = re.split(r"(?<=[.!?])\s+", line.text)
    if line.mark == "fact":
        return None
    if len(sentences) > 1 and len(sentences[0].split()) >= 2:
        return " ".join(sentences[:-1]) if not line.facts else None
    clauses = re.split(r"\s*[,;:]\s+", line.text)
    if len(clauses) > 1 and len(clauses[0].split()) >= 2 and not line.facts:
        return clauses[0].rstrip(".!?") + "."
    return None


def _replaced(
    episode: Episode, beat: Beat, note: Note, repertoire: Repertoire, slots: Slots | None
) -> ReplaceBeat | None:
    shorter = bool(_TOO_LONG.search(f"{note.finding} {note.fix} {note.rule}"))
    lines = []
    for line in beat.lines:
        text = None if _locked(episode, line.id) else _other_text(episode, line, repertoire, slots, shorter=shorter)
        lines.append(line if text is None else line.model_copy(update={"text": text}))
    if tuple(lines) == beat.lines:
        return None
    return ReplaceBeat(beat=beat.model_copy(update={"lines": tuple(lines)}))
