"""One request to an OpenAI-compatible server, in one of four forms, and the text that comes back."""

import json
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, SecretStr

from agents.reply_text import is_refusal
from agents.schemas import schema_of

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_openai import ChatOpenAI

Rung = Literal["json_schema", "function_calling", "json_mode", "plain"]
RUNGS: tuple[Rung, ...] = ("json_schema", "function_calling", "json_mode", "plain")
"""Forms of asking for a typed answer, best first."""


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
    max_calls: int = 200
    """Requests that one object makes in its life."""
    parallel: int = 4
    """Requests in flight at once."""


@dataclass(frozen=True)
class Reply:
    """What a model said."""

    text: str
    refused: bool = False
    whole: bool = True
    """False when the server says that it ran out of room."""


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
        # Its own client: langchain's is shared by all event loops of a process. No connection is kept between calls: a
        # model thinks for seconds, and nothing has to be closed at the end.
        http_async_client=openai.DefaultAsyncHttpxClient(),
        default_headers={"Connection": "close"},
    )


def invoke(
    client: "ChatOpenAI", messages: "list[BaseMessage]", rung: Rung, answers: type[BaseModel]
) -> "Awaitable[AIMessage]":
    """Return the request, to be awaited, in the form of this rung."""
    title, schema = answers.__name__, schema_of(answers)
    if rung == "json_schema":
        form = {"type": "json_schema", "json_schema": {"name": title, "schema": schema, "strict": True}}
        return client.bind(response_format=form).ainvoke(messages)
    if rung == "function_calling":
        tool = {
            "type": "function",
            "function": {"name": title, "description": "Give the answer.", "parameters": schema},
        }
        choice = {"type": "function", "function": {"name": title}}
        return client.bind(tools=[tool], tool_choice=choice).ainvoke(messages)
    if rung == "json_mode":
        return client.bind(response_format={"type": "json_object"}).ainvoke(messages)
    return client.ainvoke(messages)


def reply_of(message: "AIMessage") -> Reply:
    """Return the text of a reply: the arguments of a tool call, or the content."""
    whole = message.response_metadata.get("finish_reason") != "length"
    calls = message.additional_kwargs.get("tool_calls") or []
    for call in calls:
        return Reply(str(call.get("function", {}).get("arguments", "")), whole=whole)
    for made in message.tool_calls:
        return Reply(json.dumps(made["args"]), whole=whole)
    for broken in message.invalid_tool_calls:
        return Reply(broken["args"] or "", whole=whole)
    text = str(message.text)
    refused = bool(message.additional_kwargs.get("refusal")) or is_refusal(text)
    return Reply(
        text, refused=refused or message.response_metadata.get("finish_reason") == "content_filter", whole=whole
    )


def cut_off_message(text: str) -> "AIMessage":
    """Return what was written before the room ran out."""
    from langchain_core.messages import AIMessage

    return AIMessage(text, response_metadata={"finish_reason": "length"})


def refusing_message() -> "AIMessage":
    """Return the reply of a server whose filter stopped the answer."""
    from langchain_core.messages import AIMessage

    return AIMessage("", response_metadata={"finish_reason": "content_filter"})
