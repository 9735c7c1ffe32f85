"""Asking a language model for a typed answer, over any OpenAI-compatible server, good or bad.

The ladder: structured output by JSON schema, function calling, JSON mode, plain text; each step is left for good when
the server says that it can't. What comes back is read leniently and judged by pydantic; where a few fields are wrong
these alone are asked for again, else the whole, with what was wrong (`agents.ladder`). Requests leave through one door
that keeps to the account's limits (`agents.sending`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from agents.account import Account, OpenAccount
from agents.ladder import Question, climb
from agents.prompts import Rendered
from agents.schemas import schema_text
from agents.sending import Hearing, Learned, NothingLearned, Sender, Usage
from agents.wire import Ability, ModelSettings
from episodes.errors import ModelUnreachable
from episodes.value import digest

T = TypeVar("T", bound=BaseModel)

MOST_ATTEMPTS = 6
"""Requests made for one answer, whatever goes wrong."""
PATIENCE = 2
"""Answers lost in a row to an unreachable server after which a question is tried once only, without waits."""


class ChatModel(Protocol):
    """Something that answers a prompt with a value of the asked type."""

    @property
    def name(self) -> str:
        """The model's name, for the record."""

    async def ask(self, prompt: Rendered, answers_with: type[T], *, label: str) -> T:
        """Return an answer that fits the type.

        `label` says in errors what was asked. Raises `ModelUnreachable`, `AnswerInvalid`, `ModelRefused` or
        `LimitReached`.
        """


class Replies(Protocol):
    """Where accepted answers are kept, so that a finished call is not made again after a crash."""

    def get(self, key: str) -> str | None:
        """Return the text kept under `key`, or None."""

    def put(self, key: str, text: str) -> None:
        """Keep `text`; it is on disk when this returns."""


class NoReplies:
    """Keeps nothing."""

    def get(self, key: str) -> str | None:
        """Return None."""
        return None

    def put(self, key: str, text: str) -> None:
        """Let it go."""


@dataclass
class Asking:
    """One task of a role, and what it asked a model for."""

    role: str
    labels: list[str] = field(default_factory=list)


_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)


@contextmanager
def asking(role: str) -> Iterator[Asking]:
    """Collect the labels of all questions that a role puts to a model within the block, for the record of who answered.

    The books are kept by role too.
    """
    noted = Asking(role)
    token = _asking.set(noted)
    try:
        yield noted
    finally:
        _asking.reset(token)


def deaf(role: str, label: str, letters: int) -> None:
    """Hear nothing."""


@dataclass
class OpenAIChat:
    """A `ChatModel` over `langchain_openai.ChatOpenAI`. It remembers what its server can't do."""

    settings: ModelSettings
    replies: Replies = field(default_factory=NoReplies)
    account: Account = field(default_factory=OpenAccount)
    learned: Learned = field(default_factory=NothingLearned)
    hearing: Hearing = deaf
    _lost_in_a_row: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._sender = Sender(self.settings, self.account, self.learned, self.hearing)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.settings.model

    @property
    def usage(self) -> Usage:
        """What this object has used so far; kept answers use nothing."""
        return self._sender.usage

    @property
    def lacking(self) -> frozenset[Ability]:
        """What its server is known to lack."""
        return frozenset(self._sender.lacking)

    async def ask(self, prompt: Rendered, answers_with: type[T], *, label: str) -> T:
        """Return an answer that fits the type; a kept one without a call. See `ChatModel.ask`."""
        noted = _asking.get()
        if noted is not None:
            noted.labels.append(label)
        key = digest([prompt.digest, prompt.system, prompt.user, self.settings.model, schema_text(answers_with)])
        kept = _kept_answer(self.replies.get(key), answers_with)
        if kept is not None:
            return kept
        question = self._question(noted.role if noted else "", prompt, answers_with, label)
        try:
            answer = await climb(question, self._sender.send, self.name)
        except ModelUnreachable:
            self._lost_in_a_row += 1
            raise
        self._lost_in_a_row = 0
        self.replies.put(key, answer.model_dump_json())
        return answer

    def _question(self, role: str, prompt: Rendered, answers_with: type[T], label: str) -> Question[T]:
        if self._lost_in_a_row >= PATIENCE:
            return Question(role, label, prompt, answers_with, 1, 0.0)
        return Question(role, label, prompt, answers_with, MOST_ATTEMPTS, self.settings.retry_base_seconds)


def _kept_answer(text: str | None, answers_with: type[T]) -> T | None:
    """Return a kept answer, or None where there is none or the type has changed since."""
    if text is None:
        return None
    try:
        return answers_with.model_validate_json(text)
    except ValidationError:
        return None
