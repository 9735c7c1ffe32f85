"""A Hub that knows about Spaces: where they are served, and whether they run, sleep or are broken."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, cast

Stage = Literal[
    "RUNNING", "SLEEPING", "BUILDING", "APP_STARTING", "PAUSED", "RUNTIME_ERROR", "BUILD_ERROR", "CONFIG_ERROR",
    "NO_APP_FILE", "STOPPED",
]  # fmt: skip


@dataclass
class Hub:
    """A Hub as a test sees it."""

    url: str
    hosts: dict[str, str]
    """Space → address of its app."""
    stages: dict[str, list[Stage]]
    """Space → its stages, one an asking; the last one stays."""
    private: dict[str, str] = field(default_factory=dict)
    """Space → the token that may read it."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and authorization of each request."""


@contextmanager
def hub(hosts: Mapping[str, str], stages: Mapping[str, list[Stage]] | None = None) -> Iterator[Hub]:
    """Serve `/api/spaces/owner/name` and `…/runtime` on a free port of 127.0.0.1 until the block ends."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _HubHandler)
    httpd.daemon_threads = True
    known = Hub(
        f"http://127.0.0.1:{httpd.server_address[1]}", dict(hosts), {k: list(v) for k, v in (stages or {}).items()}
    )
    httpd.state = known  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


class _HubHandler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        known = cast(Hub, self.server.state)  # type: ignore[attr-defined]
        known.asked.append((self.path, self.headers.get("Authorization", "")))
        parts = self.path.split("?")[0].strip("/").split("/")
        name = "/".join(parts[2:4])
        token = known.private.get(name)
        if name not in known.hosts or (token and self.headers.get("Authorization") != f"Bearer {token}"):
            self._send(401, {"error": "Repository not found"})
            return
        stages = known.stages.setdefault(name, ["RUNNING"])
        runtime = {"stage": stages.pop(0) if len(stages) > 1 else stages[0]}
        told = {"id": name, "host": known.hosts[name], "runtime": runtime, "private": bool(token)}
        self._send(200, runtime if parts[-1] == "runtime" else told)

    def _send(self, status: int, body: Mapping[str, object]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)
