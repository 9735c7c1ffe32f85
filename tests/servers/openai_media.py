"""A real HTTP server on loopback with OpenAI's media endpoints: speech, transcriptions, pictures, and a chat that sees.

It speaks them well or badly, as its policy says; what it makes is real media, and what it sees it really looks at.
"""

import base64
import email.parser
import email.policy
import io
import json
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import cv2
import numpy as np

Reply = Literal[
    "ok", "rate_limited", "server_error", "hang", "quota", "unauthorized", "no_model", "refused", "empty", "truncated",
    "html", "redirect", "elsewhere", "black", "wrong_shape",
]  # fmt: skip
Policy = Callable[[int], Reply]
"""What the server does on its n-th call, counted from 0."""
KEY = "sk-test-0123456789abcdef"


def always(reply: Reply = "ok") -> Policy:
    return lambda number: reply


def in_turn(*replies: Reply) -> Policy:
    """Return a policy that goes through these replies, and is good after them."""
    return lambda number: replies[number] if number < len(replies) else "ok"


@dataclass(frozen=True)
class Received:
    """One call as it arrived."""

    path: str
    body: dict[str, Any]
    """The JSON object, or the fields of a form; several of one name as a list."""
    files: dict[str, bytes]
    authorization: str
    reply: str


@dataclass
class Server:
    """The server as a test sees it."""

    base_url: str = ""
    policy: Policy = field(default_factory=always)
    calls: list[Received] = field(default_factory=list)
    speak: Callable[[dict[str, Any]], tuple[bytes, str]] = lambda body: (tone_wav(1.0), "audio/wav")
    """From a request to a sound file and its MIME type."""
    transcript: Callable[[bytes], dict[str, Any]] = lambda wav: {"text": "", "segments": []}
    only_text: bool = False
    """Whether transcriptions know no `verbose_json`, as some models do."""
    scene: Callable[[np.ndarray], str] = lambda picture: "{}"
    """From a picture to what the chat answers."""
    sight: Literal["sees", "refuses", "ignores"] = "sees"
    schemas: bool = True
    """Whether `response_format` is known."""
    picture_kinds: tuple[str, ...] = ("b64_json", "url")
    """Forms of a picture that may be asked for by `response_format`; none refuses the field, as gpt-image-1 does."""
    voices: tuple[str, ...] = ()
    models: tuple[str, ...] = ("tts-1", "whisper-1", "gpt-image-1", "sees")
    unknown_fields: tuple[str, ...] = ()
    """Fields that are refused by name."""
    files: dict[str, bytes] = field(default_factory=dict)

    def to(self, path: str) -> list[Received]:
        return [call for call in self.calls if call.path.endswith(path)]


def tone_wav(seconds: float, rate: int = 24_000) -> bytes:
    time_line = np.arange(round(seconds * rate)) / rate
    return wav_of(0.3 * np.sin(2 * np.pi * 180 * time_line) * (1 + np.sin(2 * np.pi * 4 * time_line)) / 2, rate)


def wav_of(samples: np.ndarray, rate: int) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return kept.getvalue()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: Server
    stop: threading.Event

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.state.calls.append(Received(path, {}, {}, self.headers.get("Authorization", ""), "ok"))
        if path.endswith("/models") and self.state.models:
            self._json(200, {"data": [{"id": name} for name in self.state.models]})
        elif path.endswith("/audio/voices") and self.state.voices:
            self._json(200, {"voices": list(self.state.voices)})
        elif path in self.state.files:
            self._send(200, self.state.files[path], "image/png")
        else:
            self._json(404, {"detail": "Not Found"})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        body, files = self._parsed(raw)
        posts = [call for call in self.state.calls if call.body]
        reply = self.state.policy(len(posts))
        self.state.calls.append(Received(self.path, body, files, self.headers.get("Authorization", ""), reply))
        if self._failed(reply):
            return
        for name in self.state.unknown_fields:
            if name in body:
                self._error(422, f"Extra inputs are not permitted: {name}")
                return
        if self.path.endswith("/audio/speech"):
            self._speech(body, reply)
        elif self.path.endswith("/audio/transcriptions"):
            self._transcription(body, files)
        elif "/images/" in self.path:
            self._picture(body, reply)
        elif self.path.endswith("/chat/completions"):
            self._chat(body, reply)
        else:
            self._error(404, "no such path")

    def _parsed(self, raw: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("application/json"):
            return json.loads(raw), {}
        head = f"Content-Type: {kind}\r\nMIME-Version: 1.0\r\n\r\n".encode()
        form = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + raw)
        body: dict[str, Any] = {}
        files: dict[str, bytes] = {}
        for part in form.iter_parts():
            name = str(part.get_param("name", header="content-disposition"))
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            if part.get_filename():
                files[name] = content
            elif name in body:
                body[name] = [*(body[name] if isinstance(body[name], list) else [body[name]]), content.decode()]
            else:
                body[name] = content.decode()
        return body, files

    def _failed(self, reply: Reply) -> bool:
        if reply == "hang":
            self.stop.wait(5)
            self.close_connection = True
            return True
        said: dict[Reply, tuple[int, str, str]] = {
            "rate_limited": (429, "rate_limit_exceeded", "Slow down."),
            "server_error": (503, "server_error", "Loading model."),
            "quota": (429, "insufficient_quota", "You exceeded your current quota."),
            "unauthorized": (401, "invalid_api_key", f"Incorrect API key provided: {KEY}."),
            "no_model": (404, "model_not_found", "The model does not exist."),
            "refused": (400, "content_policy_violation", "Your request was rejected by the safety system."),
        }
        if reply in said:
            status, code, message = said[reply]
            self._error(status, message, code)
        elif reply == "redirect":
            self._send(302, b"", "text/plain", {"Location": "http://127.0.0.1:9/elsewhere"})
        elif reply == "html":
            self._send(200, b"<html><body>Gateway</body></html>", "text/html")
        elif reply == "wrong_shape":
            self._json(200, {"something": ["else"]})
        else:
            return False
        return True

    def _speech(self, body: dict[str, Any], reply: Reply) -> None:
        content, kind = self.state.speak(body)
        self._send(200, b"" if reply == "empty" else content[:20] if reply == "truncated" else content, kind)

    def _transcription(self, body: dict[str, Any], files: dict[str, bytes]) -> None:
        if self.state.only_text and body["response_format"] != "json":
            self._error(400, "response_format 'verbose_json' is not compatible with this model.")
            return
        found = self.state.transcript(files["file"])
        self._json(200, {"text": found["text"]} if body["response_format"] == "json" else found)

    def _picture(self, body: dict[str, Any], reply: Reply) -> None:
        form = body.get("response_format")
        if form is not None and form not in self.state.picture_kinds:
            self._error(400, "Unknown parameter: 'response_format'.")
            return
        if reply == "empty":
            self._json(200, {"data": []})
            return
        width, height = (int(side) for side in body["size"].split("x"))
        png = picture_png(width, height, black=reply == "black")
        if reply == "truncated":
            png = png[: len(png) // 3]
        host = self.headers["Host"]
        if form == "url" or ("b64_json" not in self.state.picture_kinds and form is None and self.state.picture_kinds):
            self.state.files["/files/a.png"] = png
            where = "127.0.0.1:9" if reply == "elsewhere" else host
            self._json(200, {"data": [{"url": f"http://{where}/files/a.png"}]})
        else:
            self._json(200, {"data": [{"b64_json": base64.b64encode(png).decode()}]})

    def _chat(self, body: dict[str, Any], reply: Reply) -> None:
        if "response_format" in body and not self.state.schemas:
            self._error(400, "response_format is not supported")
            return
        content = body["messages"][-1]["content"]
        pictures = [part["image_url"]["url"] for part in content if part["type"] == "image_url"]
        text = next(part["text"] for part in content if part["type"] == "text")
        if pictures and self.state.sight == "refuses":
            self._error(400, "image_url is only supported by certain models.")
            return
        if not pictures:
            answer = "Yes."
        elif self.state.sight == "ignores":
            answer = "green green" if "two halves" in text else '{"place": "beach", "people": 3}'
        else:
            raw = base64.b64decode(pictures[0].partition(",")[2])
            picture = cv2.imdecode(np.frombuffer(raw, np.uint8), cv2.IMREAD_COLOR)
            answer = seen_halves(picture) if "two halves" in text else self.state.scene(picture)
        if reply == "empty":
            answer = ""
        self._json(200, {"choices": [{"message": {"role": "assistant", "content": answer}, "finish_reason": "stop"}]})

    def _error(self, status: int, message: str, code: str = "invalid_request_error") -> None:
        headers = {"Retry-After": "0"} if status in (429, 503) else {}
        self._json(status, {"error": {"message": message, "type": code, "code": code}}, headers)

    def _json(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(body).encode(), "application/json", headers)

    def _send(self, status: int, raw: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(raw)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)
        except OSError:
            # The client gave up waiting.
            self.close_connection = True


def seen_halves(picture: np.ndarray) -> str:
    """Return the colours of both halves, really looked at."""
    known = {"red": (0, 0, 220), "green": (0, 170, 0), "blue": (220, 0, 0), "yellow": (0, 220, 220)}

    def nearest(half: np.ndarray) -> str:
        mean = half.reshape(-1, 3).mean(axis=0)
        return min(known, key=lambda name: float(np.abs(mean - known[name]).sum()))

    middle = picture.shape[1] // 2
    return f"{nearest(picture[:, :middle])} {nearest(picture[:, middle:])}".capitalize() + "."


def picture_png(width: int, height: int, *, black: bool = False) -> bytes:
    """Return a picture with things in it: a gradient, a grid, and a red disc right of the middle."""
    picture = np.zeros((height, width, 3), np.uint8)
    if not black:
        picture[:] = np.linspace(40, 200, height)[:, None, None]
        for x in range(0, width, max(1, width // 16)):
            picture[:, x : x + 2] = (90, 160, 60)
        for y in range(0, height, max(1, height // 9)):
            picture[y : y + 2] = (160, 90, 60)
        cv2.circle(picture, (width * 5 // 8, height // 2), height // 8, (20, 20, 230), -1)
    return bytes(cv2.imencode(".png", picture)[1])


@contextmanager
def serving(**settings: Any) -> Iterator[Server]:
    """Run the server until the block ends."""
    state, stop = Server(**settings), threading.Event()
    handler = type("Handler", (_Handler,), {"state": state, "stop": stop})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield state
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
        time.sleep(0)
