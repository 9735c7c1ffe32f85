"""What a production tells whoever watches: small typed events, sent as things happen."""

from collections.abc import Callable
from dataclasses import dataclass

from episodes.notes import Note
from episodes.store import Answered, StoodIn


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
class Replaced:
    """A back end did not deliver, and something stands in for its work."""

    stood_in: StoodIn


@dataclass(frozen=True)
class EditsKept:
    """Files that the person edited by hand were copied before a delivery wrote over them."""

    names: tuple[str, ...]


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


@dataclass(frozen=True)
class FootageTold:
    """What became of the person's own clips."""

    seen: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Shot, clip, and the words of its description that speak of the shot."""
    waiting: tuple[str, ...]
    """Names of clips that no shot of this episode asked for."""


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
    | FootageTold
    | Replaced
    | EditsKept
)
Listener = Callable[[Event], None]


def nobody(event: Event) -> None:
    """Listen to nothing."""
