"""The guarding proxy: an HTTP proxy on loopback through which libraries that dial by themselves must go.

Every host that they ask for passes the same guard as our own fetcher's, and is reached at the IP address that was
checked. Its address holds a password, so that no other program of this machine can use it.
"""

import base64
import hmac
import secrets
import select
import socket
import socketserver
import threading
import time
from types import TracebackType

from episodes.errors import InputRefused, ProductionError
from tools.sources.addresses import parse_address
from tools.sources.fetching import FetchLimits
from tools.sources.guarding import Guard

_MAX_HEAD = 65_536
"""Bytes of a request's head; cookies and long addresses fit in it."""

_BLOCK = 65_536

_MOST_AT_ONCE = 32
"""Connections that may be open; yt-dlp uses one or two."""


class GuardingProxy:
    """Runs in threads of its own while it is used as a context manager."""

    def __init__(self, guard: Guard, limits: FetchLimits, most: int, *, trusted: bool = False) -> None:
        """`most`: bytes that all connections together may bring in. `trusted`: as for `Guard.open`."""
        self._guard, self._limits, self._trusted = guard, limits, trusted
        self._left, self._lock = most, threading.Lock()
        self._password = secrets.token_urlsafe(24)
        self._deadline = time.monotonic() + limits.seconds
        self._room = threading.Semaphore(_MOST_AT_ONCE)
        self.refusals: list[ProductionError] = []
        """What was not let through and why, the first first."""

    def __enter__(self) -> "GuardingProxy":
        """Begin to listen."""
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with proxy._room:
                    proxy._serve(self.request)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request: object, client_address: object) -> None:
                """Say nothing: a broken connection is the client's affair, and it hears of it."""

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), name="guarding-proxy", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop listening; connections that are open end at the next byte."""
        self._deadline = 0.0
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """What a library is given as its proxy, password and all. Never written anywhere."""
        return f"http://ten-four:{self._password}@127.0.0.1:{self._server.server_address[1]}"

    def _serve(self, client: socket.socket) -> None:
        client.settimeout(self._limits.idle)
        head, rest = _read_head(client)
        lines = head.split(b"\r\n")
        method, _, tail = lines[0].decode("latin-1").partition(" ")
        target = tail.rpartition(" ")[0]
        headers = [
            (name.strip().lower(), value.strip()) for name, _, value in (line.partition(b":") for line in lines[1:])
        ]
        if not self._knows(dict(headers).get(b"proxy-authorization", b"")):
            _answer(client, "407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="ten-four"\r\n')
            return
        try:
            self._pass_on(client, method, target, lines, rest)
        except ProductionError as error:
            self.refusals.append(error)
            _answer(client, "403 Forbidden" if isinstance(error, InputRefused) else "502 Bad Gateway")

    def _knows(self, header: bytes) -> bool:
        expected = b"Basic " + base64.b64encode(f"ten-four:{self._password}".encode())
        return hmac.compare_digest(header, expected)

    def _pass_on(self, client: socket.socket, method: str, target: str, lines: list[bytes], rest: bytes) -> None:
        address = parse_address(f"https://{target}" if method == "CONNECT" else target)
        if method != "CONNECT" and address.scheme != "http":
            raise InputRefused(f"{address.shown!r} was asked for in a way that can't be guarded.")
        stream, _ = self._guard.connect(address.host, address.port, self._limits.connect, trusted=self._trusted)
        upstream: socket.socket = stream.get_extra_info("socket")
        with upstream:
            if method == "CONNECT":
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                kept = [line for line in lines[1:] if not _of_the_way(line)]
                first = f"{method} {address.target} HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close".encode()
                upstream.sendall(b"\r\n".join([first, *kept]) + b"\r\n\r\n")
            if rest:
                upstream.sendall(rest)
            self._pump(client, upstream, _Head() if method != "CONNECT" else None)

    def _pump(self, client: socket.socket, upstream: socket.socket, head: "_Head | None") -> None:
        """Carry bytes both ways until the site is done, nothing moves, or a limit is reached.

        `head` makes of an answer's head one that says that the connection ends with it.
        """
        other = {client: upstream, upstream: client}
        listened = [client, upstream]
        for end in other:
            end.settimeout(self._limits.idle)
        while True:
            wait = min(self._limits.idle, self._deadline - time.monotonic())
            ready = select.select(listened, [], [], wait)[0] if wait > 0 else []
            if not ready:
                if wait < self._limits.idle:
                    self._refuse("A site sent its data too slowly, and the rest was not waited for.")
                return
            for end in ready:
                block = end.recv(_BLOCK)
                if not block and end is client:
                    listened.remove(client)  # It has asked all that it wants to, and may still wait for the answer.
                    continue
                if not block or (end is upstream and not self._take(len(block))):
                    return
                other[end].sendall(head.changed(block) if head and end is upstream else block)

    def _take(self, count: int) -> bool:
        with self._lock:
            self._left -= count
            enough = self._left >= 0
        if not enough:
            self._refuse("What a site sent is too large and was not fetched to its end.")
        return enough

    def _refuse(self, sentence: str) -> None:
        if self._deadline:
            self.refusals.append(InputRefused(sentence))


class _Head:
    """Holds an answer's head back until it is whole, and lets all that follows pass."""

    def __init__(self) -> None:
        self._held: bytes | None = b""

    def changed(self, block: bytes) -> bytes:
        """Return what may go on now."""
        if self._held is None:
            return block
        self._held += block
        head, end, rest = self._held.partition(b"\r\n\r\n")
        if not end and len(head) <= _MAX_HEAD:
            return b""
        self._held = None
        lines = [line for line in head.split(b"\r\n") if not _of_the_way(line)]
        # A client that kept the connection would send its next request into one that has ended.
        return b"\r\n".join([*lines, b"Connection: close"]) + end + rest


def _read_head(client: socket.socket) -> tuple[bytes, bytes]:
    """Return a request's head and what came after it. Raises `OSError` for one that is cut short or too long."""
    held = b""
    while b"\r\n\r\n" not in held:
        block = client.recv(_BLOCK)
        if not block or len(held) > _MAX_HEAD:
            raise ConnectionError("no request")
        held += block
    head, _, rest = held.partition(b"\r\n\r\n")
    return head, rest


def _of_the_way(line: bytes) -> bool:
    """Say whether a header speaks of this connection and not of what is asked for."""
    name = line.partition(b":")[0].strip().lower()
    return name in (b"host", b"connection", b"keep-alive", b"te", b"upgrade") or name.startswith(b"proxy-")


def _answer(client: socket.socket, status: str, header: str = "") -> None:
    client.sendall(f"HTTP/1.1 {status}\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
