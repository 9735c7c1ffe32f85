"""What language models may take, and who keeps the books: each request is noted before it leaves, at its worst."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

ANSWER_TOKENS = 6000
"""Most tokens of one answer where nothing else is said. Our prompts and answers share 8,000 (docs/architecture.md)."""


@dataclass(frozen=True)
class Leaving:
    """One request that is about to leave, with the most that it can take."""

    role: str
    """Who asks; empty outside a role."""
    model: str
    label: str
    """What is asked: `outline`."""
    prompt_tokens: int
    answer_tokens: int


@dataclass(frozen=True)
class Used:
    """What a request took."""

    prompt_tokens: int
    answer_tokens: int
    seconds: float
    """From leaving to the last letter."""
    ok: bool
    """Whether an answer came back, of whatever quality."""


class Account(Protocol):
    """Keeps the books of one episode, over all its runs, and says when enough has been asked."""

    @property
    def answer_tokens(self) -> int | None:
        """The most tokens of one answer, which the server is told; None where nothing has to be held to."""

    @property
    def seconds_left(self) -> float:
        """Seconds that may still be spent waiting in this run; infinite without a deadline."""

    def reserve(self, call: Leaving) -> int:
        """Note that a call leaves and return its number. Raises `LimitReached`; then the call must not leave."""

    def settle(self, number: int, used: Used) -> None:
        """Note what a call really took. One that is never settled counts at its worst."""

    def waiting(self) -> AbstractContextManager[None]:
        """Return a block whose time counts as spent waiting; blocks that overlap count once."""


class OpenAccount:
    """An `Account` that holds nobody to anything and remembers nothing."""

    answer_tokens: int | None = None
    seconds_left = float("inf")

    def reserve(self, call: Leaving) -> int:
        """Let the call leave."""
        return 0

    def settle(self, number: int, used: Used) -> None:
        """Let it go."""

    def waiting(self) -> AbstractContextManager[None]:
        """Count nothing."""
        return nullcontext()
