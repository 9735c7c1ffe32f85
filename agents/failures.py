"""What can go wrong with one request, sorted by what helps: waiting, another form of the request, or nothing."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from agents.wire import Ability, Form
from episodes.errors import ModelUnreachable

if TYPE_CHECKING:
    import openai


class Failure(Exception):
    """One request brought no reply."""

    def __init__(self, reason: str, *, may_cost: bool = False) -> None:
        """`may_cost`: whether the server may have worked on it, and charge for it, all the same."""
        super().__init__(reason)
        self.may_cost = may_cost


class Transient(Failure):
    """The same request may go through later."""

    def __init__(self, reason: str, retry_after: float | None = None, *, may_cost: bool = False) -> None:
        """`retry_after`: seconds that the server asks us to wait; None when it said nothing."""
        super().__init__(reason, may_cost=may_cost)
        self.retry_after = retry_after


class Incapable(Failure):
    """The server can't do something that the form of the request asks of it."""

    def __init__(self, ability: Ability, *, certain: bool = True, may_cost: bool = False) -> None:
        """`certain`: whether the server said so, and it is worth remembering."""
        super().__init__(f"the server can't do {ability}", may_cost=may_cost)
        self.ability = ability
        self.certain = certain


class Declined(Failure):
    """The server will not take this request, now or later. The message is a sentence for a person."""

    def __init__(self, sentence: str, *, hopeless: bool) -> None:
        """`hopeless`: whether it will take none at all: the key, the account or the model is wrong."""
        super().__init__(sentence)
        self.hopeless = hopeless


def status_failure(error: "openai.APIStatusError", form: Form, model: str) -> Failure:
    """Return what an HTTP error means for us. Never the server's own words: some of them repeat the key."""
    status, body = error.status_code, str(error).lower()
    if status in (408, 409, 425, 429) or (status >= 500 and status != 501):
        return Transient(f"HTTP {status}", retry_after(error.response.headers))
    if status in (400, 404, 405, 415, 422, 501) and (ability := _wanting(body, form)) is not None:
        return Incapable(ability)
    sentence = f"the model server refused the request for {model!r} with HTTP {status}"
    return Declined(sentence, hopeless=status in (401, 402, 403, 404))


def _wanting(body: str, form: Form) -> Ability | None:
    """Return which part of the request's form a refusal is about; None when it is about something else."""
    if form.stream and "stream" in body:
        return "stream"
    if form.answer_tokens is not None and any(word in body for word in ("max_completion_tokens", "max_tokens")):
        return "answer_tokens"
    words = ("response_format", "json_schema", "json_object", "json mode", "tool", "function", "schema", "grammar")
    return form.rung if form.rung != "plain" and any(word in body for word in words) else None


def connection_failure(error: "openai.APIConnectionError") -> Transient:
    """Return what a broken connection means: only one that never stood has cost nothing."""
    causes = [type(error).__name__]
    cause: BaseException | None = error
    while (cause := cause.__cause__ if cause is not None else None) is not None:
        causes.append(type(cause).__name__)
    # By name: openai has changed the HTTP library under it before.
    never_stood = any(name in ("ConnectError", "ConnectTimeout", "ConnectionRefusedError") for name in causes)
    return Transient("the connection failed", may_cost=not never_stood)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds a server asks us to wait, said in seconds, milliseconds or as a date (RFC 9110, 10.2.3).

    None for an absent or unreadable wish.
    """
    milliseconds, said = headers.get("retry-after-ms", ""), headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d+(\.\d+)?", milliseconds):
        return float(milliseconds) / 1000
    if re.fullmatch(r"\d+(\.\d+)?", said):
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def unreachable(model: str, label: str, error: BaseException) -> ModelUnreachable:
    """Return the error for a person when trying again did not help."""
    return ModelUnreachable(f"{model} could not be reached for {label!r}: {error}")
