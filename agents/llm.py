"""Asking a language model for a typed answer, over any OpenAI-compatible server, good or bad.

The ladder: structured output by JSON schema, function calling, JSON mode, plain text; each step is left for good when
the server says that it can't. What comes back is read leniently and judged by pydantic; a wrong answer is told what was
wrong and asked again.
"""

import asyncio
import contextlib
import json
import re
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from agents.prompts import Rendered
from agents.reply_text import Json, find_json
from agents.schemas import complaint, schema_text
from agents.wire import (
    RUNGS,
    ModelSettings,
    Reply,
    Rung,
    connect,
    cut_off_message,
    invoke,
    refusing_message,
    reply_of,
)
from episodes.errors import AnswerInvalid, ModelRefused, ModelUnreachable
from episodes.value import digest

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_openai import ChatOpenAI

T = TypeVar("T", bound=BaseModel)

MOST_ATTEMPTS = 6
"""Requests made for one answer, whatever goes wrong."""
MOST_REFUSALS = 3
"""Refusals of one question after which the model is believed."""
LONGEST_WAIT = 30.0
"""Seconds that a server's Retry-After can make us wait."""
PATIENCE = 2
"""Answers lost in a row to an unreachable server after which a question is tried once only, without waits."""


class ChatModel(Protocol):
    """Something that answers a prompt with a value of the asked type."""

    @property
    def name(self) -> str:
        """The model's name, for the record."""

    async def ask(self, prompt: Rendered, answers_with: type[T], *, label: str) -> T:
        """Return an answer that fits the type.

        `label` says in errors what was asked. Raises `ModelUnreachable`, `AnswerInvalid` or `ModelRefused`.
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


_asked: ContextVar[list[str] | None] = ContextVar("asked", default=None)


@contextmanager
def asking() -> Iterator[list[str]]:
    """Collect the labels of all questions that are put to a model within the block, for the record of who answered."""
    labels: list[str] = []
    token = _asked.set(labels)
    try:
        yield labels
    finally:
        _asked.reset(token)


@dataclass(frozen=True)
class Usage:
    """What was used so far."""

    calls: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0


@dataclass
class _Question:
    """One question on its way through the ladder."""

    label: str
    prompt: Rendered
    answers_with: type[BaseModel]
    attempts_left: int
    wait_base: float
    correction: tuple[str, str] | None = None
    """The last reply and what was wrong with it."""
    invalid: int = 0
    refusals: int = 0
    half: BaseModel | None = None
    """A valid answer read from a reply that was cut off; used when no whole one comes."""
    last_failure: str = "no attempt was left"


class _Transient(Exception):
    """The same request may go through later."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class _Incapable(Exception):
    """The server does not know this rung of the ladder."""


@dataclass
class OpenAIChat:
    """A `ChatModel` over `langchain_openai.ChatOpenAI`. It remembers what its server can't do."""

    settings: ModelSettings
    replies: Replies = field(default_factory=NoReplies)
    usage: Usage = field(default=Usage(), init=False)
    incapable: set[Rung] = field(default_factory=set, init=False)
    """Rungs that the server has refused."""
    _client: "ChatOpenAI | None" = field(default=None, init=False, repr=False)
    _slots: asyncio.Semaphore | None = field(default=None, init=False, repr=False)
    _loop: asyncio.AbstractEventLoop | None = field(default=None, init=False, repr=False)
    _lost_in_a_row: int = field(default=0, init=False)
    _hopeless: str = field(default="", init=False)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.settings.model

    async def ask(self, prompt: Rendered, answers_with: type[T], *, label: str) -> T:
        """Return an answer that fits the type; a kept one without a call. See `ChatModel.ask`."""
        labels = _asked.get()
        if labels is not None:
            labels.append(label)
        key = digest([prompt.digest, prompt.system, prompt.user, self.settings.model, schema_text(answers_with)])
        kept = _kept_answer(self.replies.get(key), answers_with)
        if kept is not None:
            return kept
        try:
            answer = await self._climb(self._question(prompt, answers_with, label), answers_with)
        except ModelUnreachable:
            self._lost_in_a_row += 1
            raise
        self._lost_in_a_row = 0
        self.replies.put(key, answer.model_dump_json())
        return answer

    def _question(self, prompt: Rendered, answers_with: type[BaseModel], label: str) -> _Question:
        if self._hopeless:
            raise ModelUnreachable(self._hopeless)
        if self._lost_in_a_row >= PATIENCE:
            return _Question(label, prompt, answers_with, 1, 0.0)
        return _Question(label, prompt, answers_with, MOST_ATTEMPTS, self.settings.retry_base_seconds)

    async def _climb(self, question: _Question, answers_with: type[T]) -> T:
        """Ask until an answer fits or the attempts run out."""
        while question.attempts_left > 0:
            try:
                reply = await self._transmit(question)
            except ModelUnreachable:
                if isinstance(question.half, answers_with):
                    return question.half
                raise
            answer = self._judge(question, reply, answers_with)
            if answer is not None:
                return answer
        if isinstance(question.half, answers_with):
            return question.half
        if question.refusals:
            raise ModelRefused(f"{self.name} declined to answer {question.label!r}")
        raise AnswerInvalid(f"{self.name} gave no usable answer to {question.label!r}: {question.last_failure}")

    def _judge(self, question: _Question, reply: Reply, answers_with: type[T]) -> T | None:
        """Return the answer, or note in `question` what was wrong and return None."""
        if reply.refused:
            question.refusals += 1
            question.last_failure = "it declined"
            question.correction = None
            if question.refusals >= MOST_REFUSALS:
                raise ModelRefused(f"{self.name} declined to answer {question.label!r}")
            return None
        try:
            answer, whole = read_answer(reply.text, answers_with)
        except ValueError as error:
            problem = complaint(error) if isinstance(error, ValidationError) else f"- {error}"
        else:
            if whole and reply.whole:
                return answer
            question.half = answer
            problem = "- the reply was cut off before its end; answer more briefly"
        question.invalid += 1
        question.last_failure = problem.splitlines()[0].removeprefix("- ")
        question.correction = (reply.text[:2000], problem)
        return None

    async def _transmit(self, question: _Question) -> Reply:
        """Send the question on the best rung; try transient failures again while attempts are left."""
        from tenacity import AsyncRetrying, retry_if_exception_type

        retrying = AsyncRetrying(
            retry=retry_if_exception_type(_Transient),
            wait=lambda state: _wait(
                state.outcome.exception() if state.outcome else None, state.attempt_number, question
            ),
            stop=lambda state: question.attempts_left <= 0,
            reraise=True,
        )
        try:
            return await retrying(self._send, question)
        except _Transient as error:
            raise ModelUnreachable(f"{self.name} could not be reached for {question.label!r}: {error}") from error

    async def _send(self, question: _Question) -> Reply:
        """Make one request; fall to the next rung, at no cost in attempts, where the server can't do this one."""
        if self._hopeless:
            raise ModelUnreachable(self._hopeless)
        question.attempts_left -= 1
        while True:
            rung = self._rung(question)
            try:
                return reply_of(await self._post(question, rung))
            except _Incapable:
                self.incapable.add(rung)

    def _rung(self, question: _Question) -> Rung:
        able = [rung for rung in RUNGS if rung not in self.incapable]
        # A server that takes a schema and ignores it gets another form of the question after two bad answers.
        return able[min(question.invalid // 2, len(able) - 1)]

    async def _post(self, question: _Question, rung: Rung) -> "AIMessage":
        if self.usage.calls >= self.settings.max_calls:
            raise ModelUnreachable(f"the limit of {self.settings.max_calls} model calls was reached")
        client, slots = self._connected()
        messages = _messages(question, rung)
        async with slots:
            self.usage = Usage(self.usage.calls + 1, self.usage.prompt_tokens, self.usage.answer_tokens)
            message = await self._guarded(invoke(client, messages, rung, question.answers_with), rung)
        used = message.usage_metadata
        if used is not None:
            spent = self.usage
            self.usage = Usage(
                spent.calls, spent.prompt_tokens + used["input_tokens"], spent.answer_tokens + used["output_tokens"]
            )
        return message

    async def _guarded(self, request: "Awaitable[AIMessage]", rung: Rung) -> "AIMessage":
        """Await one request within its deadline, and sort what may go wrong into our own errors."""
        import openai

        try:
            async with asyncio.timeout(self.settings.timeout_seconds):
                return await request
        except openai.LengthFinishReasonError as error:
            return cut_off_message(error.completion.choices[0].message.content or "")
        except openai.ContentFilterFinishReasonError:
            return refusing_message()
        except (TimeoutError, openai.APITimeoutError) as error:
            raise _Transient(f"no answer within {self.settings.timeout_seconds:g} s") from error
        except openai.APIStatusError as error:
            raise self._status_failure(
                error.status_code, error.response.headers.get("retry-after"), str(error), rung
            ) from error
        except openai.APIConnectionError as error:
            raise _Transient("the connection failed") from error
        except (openai.APIError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            raise _Transient("the reply was no chat completion") from error

    def _status_failure(self, status: int, retry_after: str | None, body: str, rung: Rung) -> Exception:
        """Return what an HTTP error means for us. Never the server's own words: some of them repeat the key."""
        if status in (408, 409, 425, 429) or status >= 500:
            return _Transient(f"HTTP {status}", _seconds(retry_after))
        if status in (400, 404, 405, 415, 422, 501) and rung != "plain" and _about_form(body):
            return _Incapable(rung)
        sentence = f"the model server refused the request for {self.name!r} with HTTP {status}"
        if status in (401, 402, 403, 404):
            self._hopeless = sentence
        return ModelUnreachable(sentence)

    def _connected(self) -> "tuple[ChatOpenAI, asyncio.Semaphore]":
        loop = asyncio.get_running_loop()
        if self._client is None or self._slots is None or self._loop is not loop:
            # A pool of connections belongs to one event loop; a chat session may run several after one another.
            self._client, self._slots, self._loop = (
                connect(self.settings),
                asyncio.Semaphore(self.settings.parallel),
                loop,
            )
        return self._client, self._slots


def read_answer(text: str, answers_with: type[T]) -> tuple[T, bool]:
    """Return the answer that `text` holds and whether it was whole. Raises `ValueError` that says what was wrong."""
    found, whole = find_json(text)
    try:
        return answers_with.model_validate(found), whole
    except ValidationError as error:
        for inner in _unwrapped(found, answers_with):
            try:
                return answers_with.model_validate(inner), whole
            except ValidationError:
                continue
        raise error


def _unwrapped(found: Json, answers_with: type[BaseModel]) -> list[Json]:
    """Return what else the answer may be: inside an envelope, as a tool call, or a bare list for the only list."""
    if isinstance(found, list):
        lists = [name for name, info in answers_with.model_fields.items() if "tuple" in str(info.annotation)]
        return [{lists[0]: found}] if len(answers_with.model_fields) == 1 and lists else list(found[:1])
    if not isinstance(found, dict):
        return []
    inner = [value for value in found.values() if isinstance(value, dict)]
    arguments = found.get("arguments")
    if isinstance(arguments, str):
        with contextlib.suppress(ValueError):
            inner.append(json.loads(arguments))
    return list(inner)


def _kept_answer(text: str | None, answers_with: type[T]) -> T | None:
    """Return a kept answer, or None where there is none or the type has changed since."""
    if text is None:
        return None
    try:
        return answers_with.model_validate_json(text)
    except ValidationError:
        return None


def _messages(question: _Question, rung: Rung) -> "list[BaseMessage]":
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    system = question.prompt.system
    if rung in ("json_mode", "plain"):
        system += (
            "\n\nAnswer with one JSON object and nothing else: no prose, no code fence. It must fit this JSON schema:\n"
            + schema_text(question.answers_with)
        )
    messages: list[BaseMessage] = [SystemMessage(system), HumanMessage(question.prompt.user)]
    if question.correction is not None:
        reply, problem = question.correction
        messages.append(AIMessage(reply or "(empty)"))
        messages.append(
            HumanMessage(f"That answer can't be used:\n{problem}\nGive the whole answer again, with this put right.")
        )
    return messages


def _wait(error: BaseException | None, attempt: int, question: _Question) -> float:
    """Return seconds to wait: what the server asked for, capped; else a doubling of the base."""
    if question.wait_base == 0.0:
        return 0.0
    asked = error.retry_after if isinstance(error, _Transient) else None
    if asked is not None:
        return min(asked, LONGEST_WAIT)
    return min(question.wait_base * 2.0 ** (attempt - 1), LONGEST_WAIT)


def _seconds(retry_after: str | None) -> float | None:
    """Return a Retry-After header in seconds; None for an absent or unreadable one (a date is not obeyed)."""
    if retry_after is None or not re.fullmatch(r"\d+(\.\d+)?", retry_after.strip()):
        return None
    return float(retry_after)


def _about_form(body: str) -> bool:
    """Return whether a refusal is about the form of the request, not about its content."""
    words = ("response_format", "json_schema", "json_object", "json mode", "tool", "function", "schema", "grammar")
    return any(word in body.lower() for word in words)
