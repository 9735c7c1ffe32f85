"""A website on loopback: what stands at each path is said beforehand, and every connection is counted."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What a path gives."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    declared: int | None = None
    """A false Content-Length."""
    drip: float = 0.0
    """Seconds between bytes."""


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": to})


Page = Answer | Callable[[str], Answer]


@dataclass
class Website:
    """Its routes may be changed while it runs."""

    routes: dict[str, Page]
    port: int = 0
    connections: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and `Host` of each request."""
    headers: list[dict[str, str]] = field(default_factory=list)
    server_names: list[str | None] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"


def _handler(site: Website) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers.get("Host", "")))
            site.headers.append(dict(self.headers.items()))
            found = site.routes.get(self.path.partition("?")[0], Answer(b"nothing here", status=404))
            answer = found if isinstance(found, Answer) else found(self.path)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body) if answer.declared is None else answer.declared))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self._write(answer)
            except OSError:
                self.close_connection = True

        def _write(self, answer: Answer) -> None:
            if not answer.drip:
                self.wfile.write(answer.body)
            for number in range(len(answer.body) if answer.drip else 0):
                self.wfile.write(answer.body[number : number + 1])
                time.sleep(answer.drip)
            if answer.declared is not None:
                self.close_connection = True

        def log_message(self, *unused: object) -> None:
            pass

    return Handler


@contextmanager
def website(
    routes: dict[str, Page] | None = None, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Website]:
    """Run a site on a free port of loopback."""
    site = Website(routes if routes is not None else {})

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        def get_request(self) -> tuple[socket.socket, object]:
            connection, peer = super().get_request()
            site.connections += 1
            return connection, peer

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    server = Server((host, 0), _handler(site))
    if tls is not None:
        tls.sni_callback = lambda connection, name, context: site.server_names.append(name)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
