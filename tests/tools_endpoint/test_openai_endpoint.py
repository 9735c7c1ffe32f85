"""One request to a media endpoint: the key stays home, nobody is sent elsewhere, and nothing endless comes in."""

import email.utils
import http.server
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import SecretStr

from episodes.errors import BackendUnavailable, MediaBroken, RequestRejected, TransientToolError
from tests.servers.openai_media import KEY, always, serving
from tools import openai_endpoint
from tools.openai_endpoint import Endpoint, ServerOptions, endpoint
from tools.protocols import ToolSettings
from tools.waiting import retry_after


@contextmanager
def answering(head: bytes, block: bytes, pause: float = 0.0) -> Iterator[str]:
    """Answer each call with `head`, then with `block` again and again until the other side hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                try:
                    connection.sendall(head)
                    while block:
                        connection.sendall(block)
                        time.sleep(pause)
                except OSError:
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    finally:
        listener.close()


ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\n\r\n"


def test_an_endless_reply_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_endpoint, "MAX_REPLY_BYTES", 1 << 20)
    with answering(ENDLESS, b"x" * 65_536) as address, pytest.raises(MediaBroken, match="more than 1 MB"):
        Endpoint("The server", address).post("audio/speech", {"input": "a"})


def test_a_reply_that_drips_is_broken_off_at_its_deadline() -> None:
    start = time.monotonic()
    with answering(ENDLESS, b"x", pause=0.05) as address, pytest.raises(TransientToolError, match="longer than 1 s"):
        Endpoint("The server", address, seconds=1).post("audio/speech", {"input": "a"})
    assert time.monotonic() - start < 60  # each byte came in time; all of them together did not


def test_a_reply_that_ends_too_early_is_tried_again() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: 5000\r\n\r\nRIFF"
    with answering(head, b"") as address, pytest.raises(TransientToolError, match="broke off"):
        Endpoint("The server", address).post("audio/speech", {"input": "a"})


def test_a_redirect_is_not_followed_and_a_link_to_another_server_not_fetched() -> None:
    visited: list[str] = []

    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visited.append(self.path)
            self.send_error(404)

        do_POST = do_GET

    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=other.serve_forever, args=(0.02,), daemon=True).start()
    there = f"127.0.0.1:{other.server_address[1]}"
    try:
        head = f"HTTP/1.1 307 Go\r\nLocation: http://{there}/v1/audio/speech\r\nContent-Length: 0\r\n\r\n".encode()
        with answering(head, b"") as address:
            server = Endpoint("The server", address, SecretStr(KEY))
            with pytest.raises(BackendUnavailable):
                server.post("audio/speech", {"input": "a"})
            for link in (f"http://{there}/a.png", f"//{there}/a.png", "file:///etc/hostname", f"http://x@{there}/a"):
                with pytest.raises(RequestRejected):
                    server.get(link)
    finally:
        other.shutdown()
        other.server_close()
    assert visited == []


@pytest.mark.parametrize("key", [KEY, "a key of another shape"])
def test_the_key_is_in_no_repr_and_in_no_sentence_even_if_the_server_repeats_it(key: str) -> None:
    with serving(policy=always("unauthorized")) as server:
        asked = Endpoint("The server", server.base_url, SecretStr(key))
        with pytest.raises(BackendUnavailable) as refused:
            asked.post("audio/speech", {"input": "a"})
    assert key not in repr(asked) + str(refused.value)
    said = f"you sent {key} and sk-other-123456789"
    body = f'{{"error": {{"message": "{said}"}}}}'.encode()
    head = b"HTTP/1.1 400 No\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    with answering(head, b"") as address, pytest.raises(RequestRejected) as rejected:
        Endpoint("The server", address, SecretStr(key)).post("audio/speech", {"input": "a"})
    assert "you sent" in str(rejected.value)
    assert key not in str(rejected.value)
    assert "123456789" not in str(rejected.value)


@pytest.mark.parametrize(
    ("own", "named", "more", "sent"),
    [
        ("", "", {}, KEY), ("http://a.example/v1", "", {}, KEY),
        ("http://a.example/v1", "http://a.example/v1", {}, KEY), ("", "http://b.example/v1", {}, ""),
        ("http://a.example/v1", "http://a.example:81/v1", {}, ""),
        ("http://a.example/v1", "https://a.example/v1", {}, ""), ("", "http://b.example/v1", {"send_key": True}, KEY),
    ],
)  # fmt: skip
def test_the_key_belongs_to_one_server(own: str, named: str, more: dict[str, bool], sent: str) -> None:
    settings = ToolSettings(base_url=own, keys={"openai": SecretStr(KEY)})
    found = endpoint(settings, ServerOptions(base_url=named, **more), "The server")
    assert found.key.get_secret_value() == sent


def test_an_address_that_is_none_is_refused_in_a_sentence() -> None:
    for address in ("file:///etc/passwd", "ftp://a", "a.example/v1", "http://"):
        with pytest.raises(BackendUnavailable, match="address"):
            endpoint(ToolSettings(), ServerOptions(base_url=address), "The server")


def test_how_long_to_wait_is_read_in_seconds_and_as_a_date_and_is_never_absurd() -> None:
    assert retry_after("7") == 7
    assert retry_after("0.5") == 0.5
    assert retry_after("-3") == 0
    assert retry_after("99999999") == 3600
    assert retry_after("") is None
    assert retry_after("soon") is None
    assert retry_after("nan") is None
    in_a_minute = email.utils.formatdate(time.time() + 60, usegmt=True)
    assert 30 < (retry_after(in_a_minute) or 0) <= 60
