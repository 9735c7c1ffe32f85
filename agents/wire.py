"""One request to an OpenAI-compatible server, in one of four forms, and the text that comes back."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, SecretStr

from agents.reply_text import is_refusal
from agents.schemas import schema_of

if TYPE_CHECKING:
    from langchain_core.language_models import LanguageModelInput
    from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
    from langchain_core.runnables import Runnable
    from langchain_openai import ChatOpenAI

Rung = Literal["json_schema", "function_calling", "json_mode", "plain"]
RUNGS: tuple[Rung, ...] = ("json_schema", "function_calling", "json_mode", "plain")
"""Forms of asking for a typed answer, best first."""

Ability = Rung | Literal["stream", "answer_tokens"]
"""What a server may lack: a rung, sending an answer bit by bit, being told how long an answer may be."""

LETTERS_A_TOKEN = 4
"""In English prose; used where a server does not say how many tokens there were."""
LONGEST_TOKEN = 8
"""Letters a token at most, taken over a whole answer: a model that writes on beyond that is stopped."""


@dataclass(frozen=True)
class ModelSettings:
    """How to reach the model. The key shows in no repr."""

    model: str
    base_url: str
    """Address of the API up to `/v1`; always passed on, so that no stray environment variable wins."""
    api_key: SecretStr = field(default_factory=lambda: SecretStr("none"))
    """Local servers want some key, any key."""
    timeout_seconds: float = 120.0
    """Deadline of one request, from sending to the last byte."""
    retry_base_seconds: float = 0.5
    """First wait after a transient failure; it doubles each time."""
    parallel: int = 4
    """Requests in flight at once."""


@dataclass(frozen=True)
class Form:
    """How a request asks: what a server is found to lack is left out of the next one."""

    rung: Rung
    stream: bool = True
    answer_tokens: int | None = None
    """What the server is told of an answer's length."""


@dataclass(frozen=True)
class Reply:
    """What a model said."""

    text: str
    refused: bool = False
    whole: bool = True
    """False when the server says that it ran out of room, or when it was stopped."""
    prompt_tokens: int | None = None
    """As the server counts them; None when it does not say."""
    answer_tokens: int | None = None


class NoStream(Exception):
    """Asked to stream, the server sent nothing of the kind."""


def connect(settings: ModelSettings) -> "ChatOpenAI":
    """Return a client; all that the environment could decide is passed explicitly."""
    import openai
    from langchain_openai import ChatOpenAI

    return ChatOpenAI(
        model=settings.model,
        base_url=settings.base_url,
        api_key=settings.api_key,
        timeout=settings.timeout_seconds,
        max_retries=0,
        use_responses_api=False,
        stream_usage=True,
        # The whole request has a deadline of ours.
        stream_chunk_timeout=None,
        # Its own client: langchain's is shared by all event loops of a process. No connection is kept between calls: a
        # model thinks for seconds, and nothing has to be closed at the end.
        http_async_client=openai.DefaultAsyncHttpxClient(),
        default_headers={"Connection": "close"},
    )


async def transmit(
    client: "ChatOpenAI",
    messages: "list[BaseMessage]",
    form: Form,
    answers: type[BaseModel],
    heard: Callable[[int], None],
) -> Reply:
    """Make one request and return the reply; `heard` is told the number of letters whenever some have come.

    Raises `NoStream` and what `openai` raises.
    """
    import openai

    asking = _asking(client, form, answers)
    try:
        came = _streamed(asking, messages, form, heard) if form.stream else asking.ainvoke(messages)
        return _reply_of(await came, answers.__name__)
    except openai.LengthFinishReasonError as error:
        used, text = error.completion.usage, error.completion.choices[0].message.content or ""
        counts = (used.prompt_tokens, used.completion_tokens) if used else (None, None)
        return Reply(text, False, False, *counts)
    except openai.ContentFilterFinishReasonError:
        return Reply("", refused=True)


def _asking(client: "ChatOpenAI", form: Form, answers: type[BaseModel]) -> "Runnable[LanguageModelInput, AIMessage]":
    """Return the client, bound to ask in this form."""
    title, schema = answers.__name__, schema_of(answers)
    asking: Runnable[LanguageModelInput, AIMessage] = client
    if form.answer_tokens is not None:
        asking = asking.bind(max_completion_tokens=form.answer_tokens)
    if form.rung == "json_schema":
        wanted = {"type": "json_schema", "json_schema": {"name": title, "schema": schema, "strict": True}}
        return asking.bind(response_format=wanted)
    if form.rung == "function_calling":
        tool = {
            "type": "function",
            "function": {"name": title, "description": "Give the answer.", "parameters": schema},
        }
        choice = {"type": "function", "function": {"name": title}}
        return asking.bind(tools=[tool], tool_choice=choice)
    if form.rung == "json_mode":
        return asking.bind(response_format={"type": "json_object"})
    return asking


async def _streamed(
    asking: "Runnable[LanguageModelInput, AIMessage]",
    messages: "list[BaseMessage]",
    form: Form,
    heard: Callable[[int], None],
) -> "AIMessageChunk":
    from langchain_core.messages import AIMessageChunk
    from langchain_core.messages.ai import add_ai_message_chunks

    chunks: list[AIMessageChunk] = []
    letters = 0
    try:
        async for chunk in asking.astream(messages):
            if not isinstance(chunk, AIMessageChunk):
                continue
            chunks.append(chunk)
            if more := len(chunk.text) + sum(len(part["args"] or "") for part in chunk.tool_call_chunks):
                letters += more
                heard(letters)
            if form.answer_tokens is not None and letters > LONGEST_TOKEN * form.answer_tokens:
                chunks.append(AIMessageChunk(content="", response_metadata={"finish_reason": "length"}))
                break
    except (AssertionError, ValueError) as error:
        if chunks:
            raise
        raise NoStream from error
    if not chunks:
        raise NoStream
    # In one go: adding them one after another takes time by the square of their number.
    return add_ai_message_chunks(chunks[0], *chunks[1:])


def _reply_of(message: "AIMessage", tool: str) -> Reply:
    """Return the text of a reply: the arguments of a call of the tool that is the answer, or the content."""
    reason, used = message.response_metadata.get("finish_reason"), message.usage_metadata
    counts = (used["input_tokens"], used["output_tokens"]) if used else (None, None)
    calls, content = _calls(message), str(message.text)
    # No tool is ever run: what is read is what was written for it. A tool that nobody offered counts for nothing where
    # there is anything else; alone, it may be the answer under a name of the model's own.
    written = [arguments for name, arguments in calls if name == tool] or ([] if content else [a for _, a in calls])
    if written:
        return Reply(written[0], reason == "content_filter", reason != "length", *counts)
    refused = bool(message.additional_kwargs.get("refusal")) or reason == "content_filter" or is_refusal(content)
    return Reply(content, refused, reason != "length", *counts)


def _calls(message: "AIMessage") -> list[tuple[str, str]]:
    """Return the tool calls of a reply: name and arguments, as they were written."""
    if chunks := getattr(message, "tool_call_chunks", ()):
        return [(str(part["name"] or ""), str(part["args"] or "")) for part in chunks]
    if raw := message.additional_kwargs.get("tool_calls"):
        functions = [call.get("function", {}) for call in raw]
        return [(str(each.get("name", "")), str(each.get("arguments", ""))) for each in functions]
    made = [(call["name"], json.dumps(call["args"])) for call in message.tool_calls]
    return made + [(broken["name"] or "", broken["args"] or "") for broken in message.invalid_tool_calls]
