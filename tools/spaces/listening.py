"""A process that waits for one event's result, so that the result is not lost when whoever asked for it dies.

Gradio drops an event when the connection that reads its messages is closed, so a killed production would lose every
clip that is being made. Therefore a small process of its own reads them and writes what came into a file; a resumed
production finds the file, or waits for the process that will write it. It ends with the event, or at the deadline.

Run as `python -m tools.spaces.listening`, with what to listen to as JSON on standard input: addresses and keys then
stand in no list of processes.
"""

import fcntl
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from pydantic import JsonValue, ValidationError

from episodes.errors import (
    BackendDown,
    BackendUnavailable,
    MediaBroken,
    RequestRejected,
    ToolError,
    TransientToolError,
)
from episodes.value import Value
from tools.spaces.connection import Connection
from tools.spaces.description import ApiDescription
from tools.spaces.failures import EventGone, FailedInside, NoMedia, ParametersRefused, SchemaChanged
from tools.spaces.queue import Ticket, result

_ROOT = Path(__file__).resolve().parents[2]
_POLL_SECONDS = 0.04
_KEPT_SECONDS = 7 * 24 * 3600.0
"""How long an answer that nobody took is kept."""
_FAILURES: dict[str, type[ToolError]] = {
    kind.__name__: kind
    for kind in (
        BackendDown, BackendUnavailable, MediaBroken, RequestRejected, TransientToolError, SchemaChanged, EventGone,
        ParametersRefused, FailedInside, NoMedia,
    )
}  # fmt: skip


class Listening(Value):
    """What a listener must know."""

    space: str
    address: str
    prefix: str
    headers: dict[str, str]
    cookies: dict[str, str]
    protocol: str
    session: str
    event: str
    seconds: float
    """Deadline."""
    out: str
    """File for what it hears."""

    @property
    def connection(self) -> Connection:
        """The way to the app, as far as the queue needs it."""
        return Connection(
            space=self.space,
            address=self.address,
            prefix=self.prefix,
            headers=self.headers,
            cookies=self.cookies,
            protocol=self.protocol,
            api=ApiDescription(endpoints=()),
        )


class Heard(Value):
    """What became of an event."""

    answer: tuple[JsonValue, ...] | None = None
    failure: str = ""
    """Name of the error's class."""
    sentence: str = ""
    retry_after: float | None = None


def awaited(connection: Connection, ticket: Ticket, seconds: float, folder: Path) -> list[JsonValue]:
    """Return what an event gave, heard by a process that outlives this one. Raises as `queue.result` does."""
    folder.mkdir(parents=True, exist_ok=True)
    out, until = folder / f"{ticket.event}.json", time.monotonic() + seconds
    listener = None if out.exists() or _listened_to(out) else _started(connection, ticket, seconds, out)
    try:
        while not out.exists():
            if time.monotonic() > until + 5:
                raise BackendDown(f"{connection.space} did not finish in time: raise wait_seconds in director.toml.")
            gone = listener.poll() is not None if listener is not None else not _listened_to(out)
            if gone and not out.exists() and not _listened_to(out):
                raise TransientToolError(f"Whoever listened to {connection.space} for us is gone.")
            time.sleep(_POLL_SECONDS)
    except BaseException:
        if listener is not None and time.monotonic() > until:
            listener.kill()
            listener.wait(5)
        raise
    finally:
        if listener is not None and listener.poll() is None and out.exists():
            listener.wait(5)
    return _told(out)


def _started(connection: Connection, ticket: Ticket, seconds: float, out: Path) -> "subprocess.Popen[bytes]":
    what = Listening(
        space=connection.space,
        address=connection.address,
        prefix=connection.prefix,
        headers=connection.headers,
        cookies=connection.cookies,
        protocol=connection.protocol,
        session=ticket.session,
        event=ticket.event,
        seconds=seconds,
        out=str(out),
    )
    # A session of its own: Ctrl-C and the end of a terminal are not meant for it.
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.spaces.listening"],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if process.stdin is not None:
        process.stdin.write(what.model_dump_json().encode())
        process.stdin.close()
    return process


def _told(out: Path) -> list[JsonValue]:
    try:
        heard = Heard.model_validate_json(out.read_bytes())
    except (OSError, ValidationError) as error:
        raise TransientToolError("What a Space answered was not kept whole: it has to be asked again.") from error
    if heard.answer is not None:
        return list(heard.answer)
    out.unlink(missing_ok=True)
    kind = _FAILURES.get(heard.failure, TransientToolError)
    if kind is TransientToolError:
        raise TransientToolError(heard.sentence, heard.retry_after)
    raise kind(heard.sentence)


def forget(folder: Path, ticket: Ticket) -> None:
    """Remove what was heard of an event, and what nobody took for a week."""
    (folder / f"{ticket.event}.json").unlink(missing_ok=True)
    (folder / f"{ticket.event}.lock").unlink(missing_ok=True)
    for old in folder.glob("*"):
        if time.time() - old.stat().st_mtime > _KEPT_SECONDS:
            old.unlink(missing_ok=True)


def _listened_to(out: Path) -> bool:
    """Return whether a process listens for this file now."""
    try:
        with out.with_suffix(".lock").open("rb") as lock:
            return not _locked(lock)
    except OSError:
        return False


def _locked(lock: IO[bytes]) -> bool:
    """Return whether this process has the lock now; it is let go when the file is closed."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def listen(what: Listening) -> None:
    """Wait for an event and write down what became of it, unless somebody does already."""
    out = Path(what.out)
    with out.with_suffix(".lock").open("ab") as lock:
        if not _locked(lock) or out.exists():
            return
        try:
            heard = Heard(answer=tuple(result(what.connection, Ticket(what.session, what.event), what.seconds)))
        except ToolError as error:
            after = error.retry_after if isinstance(error, TransientToolError) else None
            heard = Heard(failure=type(error).__name__, sentence=str(error), retry_after=after)
        part = out.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            file.write(heard.model_dump_json())
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)


if __name__ == "__main__":
    listen(Listening.model_validate(json.load(sys.stdin)))
