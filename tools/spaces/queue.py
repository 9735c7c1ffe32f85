"""Gradio's queue, spoken to directly, so that an event's id is known before its result and can be asked for later.

`POST queue/join` gives the id; `GET queue/data?session_hash=…` streams what becomes of it. Messages wait in the app
until somebody reads them, so an event whose asker died before reading is still there for the next one.
"""

import json
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import httpx
from pydantic import JsonValue

from episodes.errors import BackendDown, MediaBroken, ToolError, TransientToolError
from tools.spaces.connection import Connection
from tools.spaces.failures import EventGone, ParametersRefused, of_app, of_status, plain, spoken_time

_REQUEST_SECONDS = 60.0
_QUIET_SECONDS = 90.0
"""An app that works says something every 15 s, if only that it is still there."""


class Ticket(NamedTuple):
    """An event that was submitted."""

    session: str
    event: str


def upload(connection: Connection, path: Path) -> str:
    """Send a file and return its path over there. Raises `TransientToolError`, or what the status stands for."""
    with path.open("rb") as stream:
        reply = _sent(connection, "POST", "upload", files={"files": (path.name, stream)})
    told = reply.json()
    if not isinstance(told, list) or not told or not isinstance(told[0], str):
        raise TransientToolError(f"{connection.space} did not say where it put a file that we sent.")
    return told[0]


def join(connection: Connection, index: int, data: Sequence[JsonValue]) -> Ticket:
    """Submit a call and return its ticket at once."""
    session = uuid.uuid4().hex
    body: dict[str, JsonValue] = {"data": list(data), "fn_index": index, "session_hash": session}
    reply = _sent(connection, "POST", "queue/join", body=body)
    event = reply.json().get("event_id")
    if not isinstance(event, str):
        raise TransientToolError(f"{connection.space} took a call and gave no number for it.")
    return Ticket(session=session, event=event)


def result(connection: Connection, ticket: Ticket, seconds: float) -> list[JsonValue]:
    """Return what an event gave, waiting at most `seconds`; of several results the last that is not empty.

    Raises `EventGone` when the app does not know it, `BackendDown` when it takes too long, and what the app's own
    error stands for.
    """
    until = time.monotonic() + seconds
    shown: list[JsonValue] = []
    kept: list[JsonValue] = []
    try:
        for message in _messages(connection, ticket, until):
            output = message.get("output")
            data = _results(output)
            match message.get("msg"):
                case "process_generating":
                    shown = _moved_on(shown, data, connection.protocol)
                    kept = shown if any(shown) else kept
                case "process_completed":
                    if not message.get("success", True) or (isinstance(output, Mapping) and "error" in output):
                        raise _app_error(connection.space, output)
                    return data if any(data) else kept or data
    except httpx.TimeoutException as error:
        if time.monotonic() >= until - 0.5:
            raise _too_late(connection) from error
        raise TransientToolError(f"{connection.space} fell silent while it worked.") from error
    except httpx.HTTPError as error:
        raise TransientToolError(f"The connection to {connection.space} broke while it worked.") from error
    raise TransientToolError(f"{connection.space} ended its answer before the result.")


def give_up(connection: Connection, index: int, ticket: Ticket) -> None:
    """Tell the app that nobody waits any more; whether it hears it does not matter."""
    body: dict[str, JsonValue] = {"fn_index": index, "session_hash": ticket.session, "event_id": ticket.event}
    try:
        _sent(connection, "POST", "cancel", body=body)
    except ToolError:
        return


def _messages(connection: Connection, ticket: Ticket, until: float) -> Iterator[Mapping[str, JsonValue]]:
    timeout = httpx.Timeout(_REQUEST_SECONDS, read=min(_QUIET_SECONDS, max(until - time.monotonic(), 0.1)))
    with httpx.stream(
        "GET",
        f"{connection.prefix}queue/data",
        params={"session_hash": ticket.session},
        headers=connection.headers,
        cookies=connection.cookies,
        timeout=timeout,
    ) as reply:
        if not reply.is_success:
            raise EventGone(f"{connection.space} knows nothing of our call.")
        for line in reply.iter_lines():
            if time.monotonic() > until:
                raise _too_late(connection)
            if not line.startswith("data:"):
                continue
            message = json.loads(line[5:])
            if message.get("msg") == "unexpected_error" or message.get("message") == "Server stopped unexpectedly.":
                if message.get("session_not_found") or "404" in str(message.get("message")):
                    raise EventGone(f"{connection.space} knows nothing of our call.")
                raise TransientToolError(f"{connection.space} stopped: {plain(str(message.get('message')))}.")
            if message.get("msg") == "close_stream":
                return
            if message.get("event_id") in (None, ticket.event):
                yield message


def _too_late(connection: Connection) -> BackendDown:
    return BackendDown(
        f"{connection.space} did not finish in time: raise wait_seconds in director.toml, or name another Space."
    )


def _results(output: JsonValue) -> list[JsonValue]:
    data = output.get("data") if isinstance(output, dict) else None
    return data if isinstance(data, list) else []


def _moved_on(shown: list[JsonValue], data: list[JsonValue], protocol: str) -> list[JsonValue]:
    """Return what a generator shows now: newer apps send only what has changed since its last result."""
    if not shown or protocol == "sse_v1":
        return list(data)
    from gradio_client.utils import apply_diff

    known = shown + [None] * (len(data) - len(shown))
    return [apply_diff(before, change) for before, change in zip(known, data, strict=False)]


def _app_error(space: str, output: JsonValue) -> ToolError:
    table = output if isinstance(output, dict) else {}
    said, title = table.get("error"), table.get("title")
    return of_app(space, said if isinstance(said, str) else None, title if isinstance(title, str) else "")


def _sent(
    connection: Connection,
    method: str,
    path: str,
    *,
    body: Mapping[str, JsonValue] | None = None,
    files: Mapping[str, tuple[str, object]] | None = None,
) -> httpx.Response:
    try:
        reply = httpx.request(
            method,
            f"{connection.prefix}{path}",
            json=body,
            files=files,  # type: ignore[arg-type]
            headers=connection.headers | {"x-gradio-user": "api"},
            cookies=connection.cookies,
            timeout=_REQUEST_SECONDS,
        )
    except httpx.HTTPError as error:
        raise TransientToolError(f"{connection.space} can't be reached ({type(error).__name__}).") from error
    if reply.is_success:
        return reply
    raise _refused(connection.space, reply)


def _refused(space: str, reply: httpx.Response) -> ToolError:
    """Return what a status that is none of success stands for; the app's own checks of parameters among them."""
    try:
        detail = reply.json().get("detail")
    except (ValueError, AttributeError):
        detail = reply.text
    if reply.status_code == 422 and isinstance(detail, list):
        wrong = [
            f"{row.get('parameter_name', place)}: {row.get('message', '')}"
            for place, row in enumerate(detail)
            if isinstance(row, dict) and row.get("__type__") == "validate" and row.get("is_valid") is False
        ]
        if wrong:
            return ParametersRefused(f"{space} finds wrong what it was given: {plain('; '.join(wrong))}.")
    return of_status(space, reply.status_code, reply.headers, str(detail))


def download(connection: Connection, address: str, into: Path, most_bytes: int, seconds: float) -> Path:
    """Fetch a file of the app's own host into a folder and return its path.

    Raises `MediaBroken` when it is not there, too large or cut off, and `TransientToolError` when the host is gone.
    """
    until, total = time.monotonic() + seconds, 0
    out = into / "answer"
    try:
        with httpx.stream(
            "GET",
            address,
            headers=connection.headers,
            cookies=connection.cookies,
            timeout=_REQUEST_SECONDS,
        ) as reply:
            if not reply.is_success:
                raise MediaBroken(f"{connection.space} does not hand out the file that it made ({reply.status_code}).")
            with out.open("wb") as stream:
                for block in reply.iter_bytes():
                    total += len(block)
                    if total > most_bytes:
                        raise MediaBroken(f"{connection.space} sends a file of more than {most_bytes >> 20} MiB.")
                    if time.monotonic() > until:
                        raise MediaBroken(f"{connection.space} takes longer than {spoken_time(seconds)} for a file.")
                    stream.write(block)
    except httpx.RemoteProtocolError as error:
        raise MediaBroken(f"{connection.space} cut off the file that it made.") from error
    except httpx.HTTPError as error:
        raise TransientToolError(
            f"{connection.space} can't be reached for its file ({type(error).__name__})."
        ) from error
    if not total:
        raise MediaBroken(f"{connection.space} sent an empty file.")
    return out
