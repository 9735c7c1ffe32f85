"""Where requests leave: counted, within their limits and deadlines, and in no form that the server is known to lack."""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from pydantic import BaseModel

from agents.account import ANSWER_TOKENS, Account, Leaving, Used
from agents.failures import Declined, Failure, Incapable, Transient, connection_failure, status_failure, unreachable
from agents.ladder import Question
from agents.schemas import schema_text
from agents.wire import LETTERS_A_TOKEN, RUNGS, Ability, Form, ModelSettings, NoStream, Reply, connect, transmit
from episodes.errors import ModelUnreachable

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage
    from langchain_openai import ChatOpenAI

T = TypeVar("T", bound=BaseModel)

LONGEST_WAIT = 30.0
"""Seconds that a server's Retry-After can make us wait."""

Hearing = Callable[[str, str, int], None]
"""Is told, again and again while an answer comes: the role, what is asked, and the letters so far."""


class Learned(Protocol):
    """What one server is known to lack, from earlier runs too."""

    def lacks(self) -> Iterable[Ability]:
        """Return it; what was learned long ago is left out, so that it is tried again."""

    def learn(self, ability: Ability) -> None:
        """Remember that the server lacks this."""


class NothingLearned:
    """Remembers nothing."""

    def lacks(self) -> Iterable[Ability]:
        """Return nothing."""
        return ()

    def learn(self, ability: Ability) -> None:
        """Let it go."""


@dataclass(frozen=True)
class Usage:
    """What one object has used so far, as the server counts it."""

    calls: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0


@dataclass
class Sender:
    """Makes requests of one server's one model. What it can't do it is asked for once."""

    settings: ModelSettings
    account: Account
    learned: Learned
    hearing: Hearing
    usage: Usage = field(default=Usage(), init=False)
    lacking: set[Ability] = field(init=False)
    hopeless: str = field(default="", init=False)
    """Why no request is made any more; empty while there is hope."""
    _client: "ChatOpenAI | None" = field(default=None, init=False, repr=False)
    _slots: asyncio.Semaphore | None = field(default=None, init=False, repr=False)
    _loop: asyncio.AbstractEventLoop | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.lacking = set(self.learned.lacks())

    async def send(self, question: Question[T]) -> Reply:
        """Put the question in its best form; try transient failures again while attempts are left.

        Raises `ModelUnreachable` or `LimitReached`.
        """
        from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            return min(_wait(error, state.attempt_number, question.wait_base), max(0.0, self.account.seconds_left))

        retrying = AsyncRetrying(
            retry=retry_if_exception_type(Transient),
            wait=wait,
            stop=lambda state: question.attempts_left <= 0,
            reraise=True,
        )
        try:
            with self.account.waiting():
                return await retrying(self._attempt, question)
        except Declined as error:
            self.hopeless = str(error) if error.hopeless else ""
            raise ModelUnreachable(str(error)) from None
        except Transient as error:
            raise unreachable(self.settings.model, question.label, error) from error

    async def _attempt(self, question: Question[T]) -> Reply:
        """Make one request; fall to another form, at no cost in attempts, where the server can't do this one."""
        question.attempts_left -= 1
        while True:
            if self.hopeless:
                raise ModelUnreachable(self.hopeless)
            form = self._form(question)
            try:
                return await self._post(question, form)
            except Incapable as error:
                if error.certain and error.ability not in self.lacking:
                    self.learned.learn(error.ability)
                self.lacking.add(error.ability)

    def _form(self, question: Question[T]) -> Form:
        able = [rung for rung in RUNGS if rung not in self.lacking]
        cap = None if "answer_tokens" in self.lacking else self.account.answer_tokens
        return Form(question.rung(able), stream="stream" not in self.lacking, answer_tokens=cap)

    async def _post(self, question: Question[T], form: Form) -> Reply:
        client, slots = self._connected()
        messages = question.messages(form.rung)
        async with slots:
            # Nothing is awaited between the look at the books and the call: no other can slip in.
            call = self._at_worst(question, messages)
            number, began = self.account.reserve(call), time.monotonic()
            self.usage = Usage(self.usage.calls + 1, self.usage.prompt_tokens, self.usage.answer_tokens)
            try:
                reply = await self._guarded(client, messages, form, question)
            except Failure as failure:
                worst = (call.prompt_tokens, call.answer_tokens) if failure.may_cost else (0, 0)
                self.account.settle(number, Used(*worst, time.monotonic() - began, ok=False))
                raise
        used = _used(reply, messages, time.monotonic() - began)
        self.account.settle(number, used)
        self.usage = Usage(
            self.usage.calls,
            self.usage.prompt_tokens + used.prompt_tokens,
            self.usage.answer_tokens + used.answer_tokens,
        )
        return reply

    def _at_worst(self, question: Question[T], messages: "list[BaseMessage]") -> Leaving:
        """Return the most that the request can take: no token is shorter than a byte."""
        said = (*(str(message.text) for message in messages), schema_text(question.asks_for))
        prompt = sum(len(text.encode()) + 16 for text in said)
        answer = self.account.answer_tokens or ANSWER_TOKENS
        return Leaving(question.role, self.settings.model, question.label, prompt, answer)

    async def _guarded(
        self, client: "ChatOpenAI", messages: "list[BaseMessage]", form: Form, question: Question[T]
    ) -> Reply:
        """Await one request within its deadline, and sort what may go wrong into our own failures."""
        import openai

        patience = min(self.settings.timeout_seconds, max(0.0, self.account.seconds_left))

        def heard(letters: int) -> None:
            self.hearing(question.role, question.label, letters)

        try:
            async with asyncio.timeout(patience):
                return await transmit(client, messages, form, question.asks_for, heard)
        except NoStream:
            raise Incapable("stream", may_cost=True) from None
        except (TimeoutError, openai.APITimeoutError) as error:
            raise Transient(f"no answer within {patience:.3g} s", may_cost=True) from error
        except openai.APIStatusError as error:
            # Without the server's words, not even as the cause: some of them repeat the key.
            raise status_failure(error, form, self.settings.model) from None
        except openai.APIConnectionError as error:
            raise connection_failure(error) from error
        except (openai.APIError, ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError) as error:
            if form.stream:
                raise Incapable("stream", certain=False, may_cost=True) from None
            raise Transient("the reply was no chat completion", may_cost=True) from error

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


def _used(reply: Reply, messages: "list[BaseMessage]", seconds: float) -> Used:
    """Return what a request took, as the server counts it, or reckoned from letters where it does not count."""
    letters = sum(len(str(message.text)) for message in messages)
    prompt = reply.prompt_tokens if reply.prompt_tokens is not None else -(-letters // LETTERS_A_TOKEN)
    answer = reply.answer_tokens if reply.answer_tokens is not None else -(-len(reply.text) // LETTERS_A_TOKEN)
    return Used(prompt, answer, seconds, ok=True)


def _wait(error: BaseException | None, attempt: int, base: float) -> float:
    """Return seconds to wait: what the server asked for, capped; else a doubling of the base."""
    if base == 0.0:
        return 0.0
    asked = error.retry_after if isinstance(error, Transient) else None
    return min(asked if asked is not None else base * 2.0 ** (attempt - 1), LONGEST_WAIT)
