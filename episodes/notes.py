"""Notes: the one form of feedback, whoever gives it."""

from typing import Literal

from episodes.changes import Change
from episodes.value import Value, digest

Severity = Literal["remark", "minor", "major", "fatal"]
Author = Literal["person", "continuity_checker", "editor", "measurement", "tool"]
Remedy = Literal["rewrite", "revoice", "reshoot", "recut"]
"""Which part of the production answers it."""

SEVERITIES: tuple[Severity, ...] = ("remark", "minor", "major", "fatal")


class Note(Value):
    """One finding about one target."""

    target: str
    """Id of a scene, beat, line, shot or clip, or `episode`."""
    finding: str
    """One sentence that says what is wrong and where."""
    fix: str = ""
    """One sentence that says what would mend it."""
    severity: Severity
    author: Author
    remedy: Remedy
    rule: str = ""
    """Stable name of the rule that found it, `continuity.custody`."""
    change: Change | None = None
    """The edit that answers it; without one, the agent whose work it targets finds some."""

    @property
    def id(self) -> str:
        """Stable: the same finding twice is one note."""
        return digest(self)[:12]


def at_least(notes: tuple[Note, ...], severity: Severity) -> tuple[Note, ...]:
    """Return the notes of this severity or worse."""
    floor = SEVERITIES.index(severity)
    return tuple(note for note in notes if SEVERITIES.index(note.severity) >= floor)
