"""The fetcher: gets one thing from one address, guarded at every hop, within limits of size and time.

It asks as nobody: no cookies, no keys, no proxy of the environment, nothing of the person but the address.
"""

import contextlib
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from episodes.errors import BackendDown, InputRefused, TransientToolError
from tools.sources.addresses import Address, next_hop
from tools.sources.guarding import Guard
from tools.waiting import retry_after

if TYPE_CHECKING:
    from httpcore import NetworkStream, Response

MOST_HOPS = 5

_HEADERS = (
    ("User-Agent", "Mozilla/5.0 (compatible; Ten-Four)"),
    (
        "Accept",
        "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf,text/*,video/*,audio/*,*/*;q=0.1",
    ),
    ("Accept-Encoding", "gzip, identity"),
)

_MEDIA = ("video/", "audio/", "application/ogg", "application/octet-stream", "binary/octet-stream", "application/mp4")


@dataclass(frozen=True)
class FetchLimits:
    """The most that one thing may take; sizes are in bytes, before and after unpacking alike."""

    connect: float = 10.0
    """Seconds until a machine answers."""
    idle: float = 20.0
    """Seconds without a byte."""
    seconds: float = 600.0
    """Wall time for all hops and the whole body of one thing."""
    page: int = 5_000_000
    """A long page of a newspaper is 3 MB, mostly scripts."""
    paper: int = 50_000_000
    media: int = 500_000_000
    """An hour at 360p, or ten hours of a podcast."""

    def largest(self, content_type: str) -> int:
        """Return the most bytes that a body of this type may have."""
        if content_type.startswith(_MEDIA) or not content_type:
            return self.media
        return self.paper if content_type == "application/pdf" else self.page


@dataclass(frozen=True)
class Body:
    """What was got: it lies in the file that was asked for."""

    address: Address
    """Where it came from in the end."""
    content_type: str
    """Lower case, without parameters; empty where the server said nothing."""
    charset: str
    bytes: int
    allowed: bool
    """Whether every hop was opened by the person's allowance alone, so that it may lead on to what that opens."""


@dataclass(frozen=True)
class Fetcher:
    """Gets things by GET."""

    guard: Guard
    limits: FetchLimits = field(default_factory=FetchLimits)
    tls: ssl.SSLContext | None = None
    """Whose certificates are believed; None for those that the wheel `certifi` lists."""

    def get(self, address: Address, into: Path, *, trusted: bool = True, most: int | None = None) -> Body:
        """Write what `address` leads to into the file `into` and say what it is.

        `trusted`: whether the person typed this address, or one led here that only their allowance opens. `most`: bytes
        that it may have; the limits' own otherwise.
        Raises `InputRefused` for what is forbidden, missing, closed or too large, `TransientToolError` for what
        passes, `BackendDown` for a site that does not answer. Then `into` may hold a part.
        """
        deadline = time.monotonic() + self.limits.seconds
        for _ in range(MOST_HOPS + 1):
            with self._asked(address, deadline, trusted) as (response, door):
                trusted = door.allowed
                location = _header(response, b"location")
                if response.status not in (301, 302, 303, 307, 308) or not location:
                    return self._kept(address, response, into, trusted, most)
            address = next_hop(address, location)
        raise InputRefused(f"{address.shown!r} leads on and on: {MOST_HOPS} redirects are the most.")

    @contextlib.contextmanager
    def _asked(self, address: Address, deadline: float, trusted: bool) -> "Iterator[tuple[Response, _Door]]":
        import httpcore

        door = _door(self, deadline, trusted)
        idle = {"connect": self.limits.connect, "read": self.limits.idle, "write": self.limits.idle, "pool": 1.0}
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=self.tls, max_connections=1, http2=False, retries=0, network_backend=door.backend
                ) as pool,
                pool.stream("GET", address.url, headers=_HEADERS, extensions={"timeout": idle}) as response,
            ):
                yield response, door
        except httpcore.TimeoutException as error:
            raise TransientToolError(f"{address.shown!r} took too long to answer.") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            if isinstance(error.__cause__ or error.__context__, ssl.SSLError):
                raise InputRefused(f"The site {address.host!r} can't prove who it is: {error}.") from error
            raise TransientToolError(f"The connection to {address.shown!r} broke: {error}.") from error

    def _kept(self, address: Address, response: "Response", into: Path, allowed: bool, most: int | None) -> Body:
        _check_status(address, response)
        content_type, charset = _type(_header(response, b"content-type"))
        most = most or self.limits.largest(content_type)
        told = _header(response, b"content-length")
        if told.isdigit() and int(told) > most:
            raise InputRefused(_too_large(address, most))
        with into.open("wb") as file:
            size = _write(response, file, most, address)
        if not size:
            raise InputRefused(f"There is nothing at {address.shown!r}: what came back is empty.")
        return Body(address, content_type, charset, size, allowed)


@dataclass
class _Door:
    """Where one request's only connection is made."""

    backend: Any = None
    allowed: bool = False


def _door(fetcher: Fetcher, deadline: float, trusted: bool) -> _Door:
    from httpcore import NetworkBackend, ReadTimeout

    class Timed:
        """A stream that ends at the deadline, however slowly it drips."""

        def __init__(self, stream: "NetworkStream") -> None:
            self._stream = stream

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            left = deadline - time.monotonic()
            if left <= 0:
                raise ReadTimeout("the time is up")
            return self._stream.read(max_bytes, min(left, timeout or left))

        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
        ) -> "Timed":
            return Timed(self._stream.start_tls(ssl_context, server_hostname, timeout))

        def __getattr__(self, name: str) -> Any:
            return getattr(self._stream, name)

    class Guarded(NetworkBackend):
        """Connects to what the guard has checked and to nothing else."""

        def connect_tcp(self, host: str, port: int, *unused: Any, **also_unused: Any) -> Any:
            stream, opened = fetcher.guard.connect(host, port, fetcher.limits.connect, trusted=trusted)
            door.allowed = trusted and opened.allowed
            return Timed(stream)

    door = _Door()
    door.backend = Guarded()
    return door


def _check_status(address: Address, response: "Response") -> None:
    status, shown = response.status, repr(address.shown)
    if status in (200, 203):
        return
    if status in (404, 410):
        raise InputRefused(f"There is nothing at {shown} (the site says {status}); check the address.")
    if status in (401, 402, 403, 407, 451):
        raise InputRefused(
            f"{shown} is not open to everybody (the site says {status}): save the page or video and give the file."
        )
    if status in (408, 425, 429) or 500 <= status < 600:
        wait = _header(response, b"retry-after")
        sentence = f"The site {address.host!r} can't serve {shown} now ({status}); run the same command again later."
        if status in (501, 505, 508, 511):
            raise BackendDown(sentence)
        raise TransientToolError(sentence, retry_after=retry_after(wait))
    raise InputRefused(f"The site {address.host!r} gave no page for {shown} (it says {status}).")


def _write(response: "Response", file: IO[bytes], most: int, address: Address) -> int:
    coding = _header(response, b"content-encoding").lower().strip()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise InputRefused(f"{address.shown!r} comes packed in a way that was not asked for ({coding[:20]!r}).")
    unpack = None if coding in ("", "identity") else zlib.decompressobj(47 if "gzip" in coding else 15)
    size = 0
    for part in response.iter_stream() if unpack is None else _unpacked(unpack, response.iter_stream(), address):
        size += len(part)
        if size > most:
            raise InputRefused(_too_large(address, most))
        file.write(part)
    return size


def _unpacked(unpack: Any, blocks: Iterator[bytes], address: Address) -> Iterator[bytes]:
    """Yield what packed blocks hold, a piece at a time, so that no bomb fills the memory."""
    try:
        for block in blocks:
            while block:
                yield unpack.decompress(block, 1 << 18)
                block = unpack.unconsumed_tail
        yield unpack.flush()
        whole = unpack.eof
    except zlib.error:
        whole = False
    if not whole:
        raise TransientToolError(f"What {address.shown!r} sent can't be unpacked.")


def _too_large(address: Address, most: int) -> str:
    return f"What is at {address.shown!r} is too large: {most / 1e6:.0f} MB are the most."


def _header(response: "Response", name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in response.headers if key.lower() == name), "")


def _type(header: str) -> tuple[str, str]:
    message = Message()
    message["content-type"] = header
    kind = header.partition(";")[0].strip().lower()
    return kind, (message.get_content_charset() or "") if header else ""
