"""The ladder: one question put again and again, each time in the way that has the best prospect, until an answer fits.

The text of a reply is repaired where that is safe; a few wrong fields are asked for alone; anything else is asked for
again as a whole, with what was wrong.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from agents.answers import Unfit, read_answer
from agents.pieces import Pieces, pieces_of
from agents.prompts import Rendered
from agents.schemas import complaint, schema_text
from agents.wire import Reply, Rung
from episodes.errors import AnswerInvalid, ModelError, ModelRefused

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

T = TypeVar("T", bound=BaseModel)

MOST_REFUSALS = 3
"""Refusals of one question after which the model is believed."""
MOST_REPEATED = 2000
"""Letters of a wrong answer that are shown to the model again."""


@dataclass
class Question(Generic[T]):
    """One question on its way through the ladder."""

    role: str
    label: str
    prompt: Rendered
    answers_with: type[T]
    attempts_left: int
    wait_base: float
    """Seconds of the first wait after a transient failure; 0: none."""
    correction: tuple[str, str] | None = None
    """The last reply and what was wrong with it."""
    pieces: Pieces[T] | None = None
    """The few places that are asked for alone, of an answer that is right otherwise."""
    invalid: int = 0
    refusals: int = 0
    half: T | None = None
    """A valid answer read from a reply that was cut off; used when no whole one comes."""
    last_failure: str = "no attempt was left"

    @property
    def asks_for(self) -> type[BaseModel]:
        """The type of the next reply."""
        return self.pieces.asked if self.pieces is not None else self.answers_with

    def rung(self, able: list[Rung]) -> Rung:
        """Return the form to ask in, of those that the server has.

        A server that takes a schema and ignores it gets another form of the question after two bad answers.
        """
        return able[min(self.invalid // 2, len(able) - 1)]

    def messages(self, rung: Rung) -> "list[BaseMessage]":
        """Return what is said to the model."""
        from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

        system = self.prompt.system
        if rung in ("json_mode", "plain"):
            system += (
                "\n\nAnswer with one JSON object and nothing else: no prose, no code fence. It must fit this JSON "
                f"schema:\n{schema_text(self.asks_for)}"
            )
        said: list[BaseMessage] = [SystemMessage(system), HumanMessage(self.prompt.user)]
        if self.correction is not None:
            reply, problem = self.correction
            said += [AIMessage(reply or "(empty)"), HumanMessage(f"That answer can't be used:\n{problem}\n{self._do}")]
        return said

    @property
    def _do(self) -> str:
        if self.pieces is None:
            return "Give the whole answer again, with this put right."
        names = ", ".join(self.pieces.asked.model_fields)
        return f"All the rest is good and stays. Give only what has to be put right: {names}."


async def climb(question: Question[T], send: Callable[[Question[T]], Awaitable[Reply]], name: str) -> T:
    """Ask until an answer fits or the attempts run out.

    Raises `ModelError`; `name` is the model's, for the sentence.
    """
    while question.attempts_left > 0:
        try:
            reply = await send(question)
        except ModelError:
            if question.half is not None:
                return question.half
            raise
        answer = _judge(question, reply, name)
        if answer is not None:
            return answer
    if question.half is not None:
        return question.half
    if question.refusals:
        raise ModelRefused(f"{name} declined to answer {question.label!r}")
    raise AnswerInvalid(f"{name} gave no usable answer to {question.label!r}: {question.last_failure}")


def _judge(question: Question[T], reply: Reply, name: str) -> T | None:
    """Return the answer, or note in `question` what was wrong and return None."""
    if reply.refused:
        _refuse(question, name)
        return None
    pieces, question.pieces = question.pieces, None
    if pieces is not None and (joined := _joined(pieces, reply)) is not None:
        return joined
    question.invalid += 1
    try:
        answer, whole = read_answer(reply.text, question.answers_with)
    except ValueError as error:
        if pieces is not None:
            # Of pieces that came back wrong the whole is asked for, as before: it may be the rest that makes them so.
            question.last_failure = "the part that was asked for alone did not fit"
            return None
        _correct(question, reply, error)
    else:
        if whole and reply.whole:
            return answer
        question.half = answer
        _correct(question, reply, ValueError("the reply was cut off before its end; answer more briefly"))
    return None


def _correct(question: Question[T], reply: Reply, error: ValueError) -> None:
    """Note what to say of a reply that can't be used, and whether a part of it is all that has to come again."""
    shown, problem = reply.text, f"- {error}"
    if isinstance(error, Unfit):
        question.pieces = pieces_of(error, question.answers_with) if reply.whole else None
        problem = complaint(error.error)
        if question.pieces is not None:
            shown, problem = question.pieces.around, question.pieces.problem
    question.last_failure = problem.splitlines()[0].removeprefix("- ")
    question.correction = (shown[:MOST_REPEATED], problem)


def _refuse(question: Question[T], name: str) -> None:
    question.refusals += 1
    question.last_failure = "it declined"
    question.correction, question.pieces = None, None
    if question.refusals >= MOST_REFUSALS:
        raise ModelRefused(f"{name} declined to answer {question.label!r}")


def _joined(pieces: Pieces[T], reply: Reply) -> T | None:
    """Return the answer with the pieces of this reply in it; None where they are none, or don't make it right."""
    try:
        given, whole = read_answer(reply.text, pieces.asked)
        return pieces.joined(given) if whole and reply.whole else None
    except (ValidationError, ValueError):
        return None
