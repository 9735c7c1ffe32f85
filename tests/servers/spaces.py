"""Real Gradio apps on loopback that make video, speech and music with ffmpeg and numpy, well or badly, as told.

Start one once for a module: importing Gradio takes seconds. `policy(n)` says what becomes of the n-th call, counted
from 0; `App.calls` counts what was submitted, `App.worked` what the app's function was given.
"""

import asyncio
import hashlib
import json
import os
import socket
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tests.servers.space_apps import BUILDERS, Kind
from tests.servers.space_moods import QUOTA_TEXT, REFUSAL_TEXT, SHORT_QUOTA_TEXT, Deed, Policy, always

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    import gradio as gr

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"


@dataclass
class App:
    """An app as a test sees it. Its policy may be changed at any time; `reset` forgets what was."""

    kind: str
    policy: Policy = field(default_factory=always)
    retry_after: str = "0"
    slow_seconds: float = 1.5
    url: str = ""
    calls: int = 0
    """Submissions, whatever became of them."""
    deeds: list[Deed] = field(default_factory=list)
    """What was done with each."""
    worked: list[dict[str, Any]] = field(default_factory=list)
    """What the app's function was given, call by call."""
    finished: Counter[str] = field(default_factory=Counter)
    """How often each call, by all that was given, was done as it should be: never more than once."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reset(self, policy: Policy | None = None) -> None:
        """Count anew, with another policy or a good one."""
        with self.lock:
            self.policy, self.calls = policy or always(), 0
            self.deeds.clear()
            self.worked.clear()
            self.finished.clear()

    def hear(self, word: str, given: dict[str, Any]) -> tuple[Deed, str, float]:
        """Answer what the app's process asks: what to do with a call, and how."""
        with self.lock:
            if word == "began":
                self.worked.append(given)
                return "ok", self.retry_after, self.slow_seconds
            if word == "finished":
                self.finished[str(given["call"])] += 1
                return "ok", self.retry_after, self.slow_seconds
            deed = self.policy(self.calls)
            self.calls += 1
            self.deeds.append(deed)
            return deed, self.retry_after, self.slow_seconds


class Desk:
    """The same app in its own process; it asks the test what to do."""

    def __init__(self, pipe: "Connection") -> None:
        self._pipe, self._lock = pipe, threading.Lock()
        self._pending: deque[Deed] = deque()
        self.broken: set[str] = set()
        """Sessions whose stream breaks."""

    def _asked(self, word: str, given: dict[str, Any]) -> tuple[Deed, str, float]:
        with self._lock:
            self._pipe.send((word, given))
            return cast(tuple[Deed, str, float], self._pipe.recv())

    def decide(self) -> tuple[Deed, str]:
        """Return what to do with the call that was just submitted, and the pause to ask for."""
        deed, retry_after, _ = self._asked("submitted", {})
        if deed not in ("queue_full", "rate_limited", "server_error"):
            self._pending.append(deed)
        return deed, retry_after

    def begin(self, **given: Any) -> Deed:
        """Note what the function was given, and do what can be done before any media; return what is still to do."""
        import gradio as gr

        _, _, slow_seconds = self._asked("began", given)
        deed = self._pending.popleft() if self._pending else "ok"
        texts = {"quota": QUOTA_TEXT, "short_quota": SHORT_QUOTA_TEXT, "refusal": REFUSAL_TEXT}
        if deed in texts:
            raise gr.Error(texts[deed])
        if deed == "app_error":
            raise gr.Error("The sampler does not like these settings.")
        if deed == "gpu_error":
            raise gr.Error("CUDA out of memory. Tried to allocate 2.00 GiB.")
        if deed == "hidden_error":
            raise RuntimeError("nobody is told")
        if deed in ("slow", "hang"):
            time.sleep(slow_seconds if deed == "slow" else 60)
        if deed in ("ok", "slow"):
            self._asked("finished", {"call": _digest(given)})
        return deed


def _digest(given: Mapping[str, Any]) -> str:
    """Return a digest of what a function was given, files by their bytes."""
    hashed = hashlib.sha256()
    for name, value in sorted(given.items()):
        path = Path(value) if isinstance(value, str) and value.startswith("/") else None
        hashed.update(name.encode() + (path.read_bytes() if path and path.is_file() else repr(value).encode()))
    return hashed.hexdigest()


@contextmanager
def space(kind: Kind, policy: Policy | None = None, *, at_once: int = 2) -> Iterator[App]:
    """Serve one of the apps on a free port of 127.0.0.1 until the block ends.

    With one call `at_once`, each is surely done as the policy says of that very call.
    """
    app = App(kind=kind, policy=policy or always())
    with served(app, BUILDERS[kind], at_once=at_once) as running:
        yield running


@contextmanager
def served(
    app: App, build: Callable[[Desk], "gr.Blocks"], *, port: int = 0, max_size: int | None = None, at_once: int = 2
) -> Iterator[App]:
    """Serve any Gradio app under a policy on 127.0.0.1 until the block ends, in a process of its own.

    `build` is a function of a module, and may call `desk.begin`. Gradio would trip over the tests' own strictness about
    warnings, and a test may want to restart an app, so it does not run in their process.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, build, port, max_size, at_once), daemon=True)
    process.start()
    theirs.close()
    if not ours.poll(90):
        raise RuntimeError(f"the app {app.kind} does not start")
    app.url = ours.recv()

    def answer() -> None:
        while True:
            try:
                word, given = ours.recv()
                ours.send(app.hear(word, given))
            except (EOFError, OSError):
                return

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield app
    finally:
        process.kill()
        process.join()
        thread.join(5)
        ours.close()


def _serve(
    pipe: "Connection", build: Callable[[Desk], "gr.Blocks"], port: int, max_size: int | None, at_once: int
) -> None:
    """Run an app in this process until it is killed."""
    import gradio as gr
    import uvicorn
    from fastapi import FastAPI

    # What an app complains about on purpose is nobody's news.
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    desk = Desk(pipe)
    demo = build(desk)
    demo.queue(default_concurrency_limit=at_once, max_size=max_size)
    inner = gr.mount_gradio_app(FastAPI(), demo, path="/", show_error=False, allowed_paths=[tempfile.gettempdir()])
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(_Gate(desk, inner), log_level="critical"))

    def tell() -> None:
        while not server.started:
            time.sleep(0.01)
        pipe.send(f"http://127.0.0.1:{listening.getsockname()[1]}")

    threading.Thread(target=tell, daemon=True).start()
    server.run(sockets=[listening])


Scope = dict[str, Any]


class _Gate:
    """An ASGI application before the app's own: it counts calls and refuses or breaks some before the app sees them."""

    def __init__(self, desk: Desk, inner: Any) -> None:
        self._desk, self._inner = desk, inner
        self._joining = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        path = str(scope.get("path", ""))
        if path.endswith("/queue/join") and scope.get("method") == "POST":
            # What is decided of a call and its place in the queue belong together.
            async with self._joining:
                await self._join(scope, receive, send)
        elif path.endswith("/queue/data") and self._breaks(scope):
            # The answer begins and its connection ends in the middle of it.
            headers = [(b"content-type", b"text/event-stream"), (b"content-length", b"1000")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"data: {", "more_body": False})
        else:
            await self._inner(scope, receive, send)

    def _breaks(self, scope: Scope) -> bool:
        return any(session in str(scope.get("query_string", b"")) for session in self._desk.broken)

    async def _join(self, scope: Scope, receive: Any, send: Any) -> None:
        deed, retry_after = await asyncio.to_thread(self._desk.decide)
        refusals: dict[str, tuple[int, str]] = {
            "queue_full": (503, "Queue is full. Max size is 4 and size is 4."),
            "rate_limited": (429, "Too many requests"),
            "server_error": (502, "Bad gateway"),
        }
        if deed in refusals:
            status, said = refusals[deed]
            body = json.dumps({"detail": said}).encode()
            headers = [(b"content-type", b"application/json"), (b"retry-after", retry_after.encode())]
            headers = headers if status == 429 else headers[:1]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return

        async def heard() -> Any:
            message = await receive()
            if deed == "crash" and message.get("body"):
                self._desk.broken.add(str(json.loads(message["body"])["session_hash"]))
            return message

        await self._inner(scope, heard, send)
