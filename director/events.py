"""What a production tells whoever watches: small typed events, sent as things happen."""

from collections.abc import Callable
from dataclasses import dataclass

from episodes.notes import Note
from episodes.store import Answered


@dataclass(frozen=True)
class StepBegan:
    """A node of the graph went to work."""

    node: str
    detail: str = ""


@dataclass(frozen=True)
class Planned:
    """The number of pieces of work still to do is known (again)."""

    tasks: int


@dataclass(frozen=True)
class Made:
    """A piece of work is there, freshly made or found on the shelf."""

    label: str
    kind: str
    tool: str
    seconds: float
    """How long it took."""
    reused: bool
    detail: str = ""


@dataclass(frozen=True)
class NoteRaised:
    """Somebody found something."""

    note: Note


@dataclass(frozen=True)
class NotesAnswered:
    """Notes led to changes."""

    role: str
    changes: int


@dataclass(frozen=True)
class RoleAnswered:
    """An agent answered, by model or by rule."""

    answered: Answered


@dataclass(frozen=True)
class ModelThinks:
    """A language model is writing its answer; told a few times a second, and never kept."""

    role: str
    label: str
    """What it was asked: `outline`."""
    letters: int
    """That have come so far."""


@dataclass(frozen=True)
class PassReviewed:
    """A pass was judged."""

    number: int
    score: float
    notes: int
    kept: bool


@dataclass(frozen=True)
class Spent:
    """What all calls have cost so far."""

    price: float


@dataclass(frozen=True)
class SoundsTold:
    """What became of the person's own recordings."""

    heard: int
    """How many of them are in the film."""
    waiting: tuple[str, ...]
    """Names that nothing in this episode asked for."""
    unknown: tuple[str, ...]
    """Names that nothing ever asks for."""


Event = (
    StepBegan
    | Planned
    | Made
    | NoteRaised
    | NotesAnswered
    | RoleAnswered
    | ModelThinks
    | PassReviewed
    | Spent
    | SoundsTold
)
Listener = Callable[[Event], None]


def nobody(event: Event) -> None:
    """Listen to nothing."""
