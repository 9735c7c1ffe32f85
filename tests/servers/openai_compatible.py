"""A real HTTP server on loopback that speaks the chat completions protocol, well or badly, as its policy says."""

import json
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, cast

from tests.servers.brain import Answer, Brain
from tests.servers.obedient import Obedient

Reply = Literal[
    "ok", "rate_limited", "server_error", "hang", "empty", "truncated", "prose", "refusal", "wrong_schema",
    "unauthorized", "filtered", "cut_connection", "refusal_field",
]  # fmt: skip
BAD: tuple[Reply, ...] = (
    "rate_limited", "server_error", "hang", "empty", "truncated", "prose", "refusal", "wrong_schema",
)  # fmt: skip
Policy = Callable[[int], Reply]
"""What the server does on its n-th call, counted from 0."""
Mind = Callable[[str, str], Answer]
"""From the name of the answer type and the user's message to an answer."""
Streaming = Literal["yes", "refused", "ignored", "garbled"]
"""What the server makes of `stream`: it streams, refuses it with 400, answers whole all the same, or sends rubbish."""
Form = Literal["json_schema", "tools", "json_object", "plain"]
FORMS: tuple[Form, ...] = ("json_schema", "tools", "json_object", "plain")


def always(reply: Reply = "ok") -> Policy:
    """Return a policy that does the same on each call."""
    return lambda number: reply


def partly_bad(share: float, seed: int, kinds: tuple[Reply, ...] = BAD) -> Policy:
    """Return a policy that is bad in this share of the calls; the seed decides which, and how."""

    def decide(number: int) -> Reply:
        chance = random.Random(f"{seed}:{number}")
        return chance.choice(kinds) if chance.random() < share else "ok"

    return decide


def in_turn(*replies: Reply) -> Policy:
    """Return a policy that goes through these replies, and is good after them."""
    return lambda number: replies[number] if number < len(replies) else "ok"


@dataclass(frozen=True)
class Request:
    """One call as it arrived."""

    form: Form
    title: str
    """Name of the answer type."""
    system: str
    user: str
    turns: int
    """Number of messages."""
    authorization: str
    reply: str
    """What the policy made of it, or `incapable`."""
    model: str = ""
    streamed: bool = False
    """Whether the answer was asked for bit by bit."""
    answer_tokens: int | None = None
    """The most tokens that were asked for."""
    schema: str = ""
    """The answer's schema as it was sent, in whatever form."""
    offered: tuple[str, ...] = ()
    """Names of the tools that the model may call."""


@dataclass
class Server:
    """The server as a test sees it."""

    base_url: str
    policy: Policy
    brain: Mind
    able: tuple[Form, ...]
    retry_after: str
    streaming: Streaming = "yes"
    counts: bool = True
    """Whether it says how many tokens there were."""
    caps: bool = True
    """Whether it takes a most number of tokens."""
    error_text: str = ""
    """What it says with an error; `{key}` stands for the key that it was sent."""
    requests: list[Request] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    """Names of the answer types that were answered well, in order."""
    closing: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    calls: int = 0

    def think(self, title: str, prompt: str, body: dict[str, object]) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return the text of an answer, and the tools that a mind calls without having been offered them."""
        if isinstance(self.brain, Obedient):
            return self.brain.obey(title, body)
        return json.dumps(self.brain(title, prompt), ensure_ascii=False), ()

    def decide(self) -> Reply:
        """Return what to do with the call that just came in."""
        with self.lock:
            self.calls += 1
            return self.policy(self.calls - 1)


@contextmanager
def openai_compatible(
    policy: Policy | None = None,
    brain: Mind | None = None,
    *,
    able: tuple[Form, ...] = FORMS,
    retry_after: str = "0",
    streaming: Streaming = "yes",
    counts: bool = True,
    caps: bool = True,
    error_text: str = "",
) -> Iterator[Server]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    httpd.daemon_threads = True
    server = Server(
        base_url=f"http://127.0.0.1:{httpd.server_address[1]}/v1",
        policy=policy or always(),
        brain=brain or Brain(),
        able=able,
        retry_after=retry_after,
        streaming=streaming,
        counts=counts,
        caps=caps,
        error_text=error_text,
    )
    httpd.state = server  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        httpd.shutdown()
        thread.join()
        httpd.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    @property
    def state(self) -> Server:
        return cast(Server, self.server.state)  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        if self.path.rstrip("/").endswith("/models"):
            self._send(200, {"object": "list", "data": [{"id": "loopback", "object": "model", "owned_by": "tests"}]})
        else:
            self._send(404, _error("no such path"))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        form, title = _form_of(body)
        refusal = self._lacking(body, form)
        reply = self.state.decide() if refusal is None else "incapable"
        said = [str(message["content"]) for message in body["messages"]]
        streamed, cap = bool(body.get("stream")), body.get("max_completion_tokens")
        offered = tuple(tool["function"]["name"] for tool in body.get("tools") or ())
        schema = json.dumps(body.get("response_format") or body.get("tools") or said[0])
        self.state.requests.append(
            Request(
                form, title, said[0], said[1], len(said), self.headers.get("Authorization", ""), reply,
                str(body["model"]), streamed, cap, schema, offered,
            )
        )  # fmt: skip
        if refusal is not None:
            self._send(400, _error(refusal))
            return
        self._answer(cast(Reply, reply), form, title, said[1], body)

    def _lacking(self, body: dict[str, object], form: Form) -> str | None:
        """Return what a server that lacks something says; None when this one can do all that is asked."""
        if body.get("stream") and self.state.streaming == "refused":
            return "stream is not supported by this server"
        if "max_completion_tokens" in body and not self.state.caps:
            return "unknown parameter: max_completion_tokens"
        if form in self.state.able:
            return None
        word = {"tools": "tools", "json_schema": "response_format json_schema"}.get(form, "response_format")
        return f"{word} is not supported by this server"

    def _answer(self, reply: Reply, form: Form, title: str, prompt: str, body: dict[str, object]) -> None:
        told = self.state.error_text.replace("{key}", self.headers.get("Authorization", ""))
        if reply == "rate_limited":
            self._send(429, _error(told or "slow down"), {"Retry-After": self.state.retry_after})
        elif reply == "server_error":
            self._send(500, _error(told or "something broke"))
        elif reply == "unauthorized":
            self._send(401, _error(told or "no such key"))
        elif reply == "hang":
            self.state.closing.wait(60)
            self.close_connection = True
        elif reply == "cut_connection":
            self.close_connection = True
        else:
            text, calls = self.state.think(title, prompt, body)
            if reply in ("ok", "prose"):
                self.state.answered.append(title)
            whole = _completion(_spoiled(text, reply), form, title, reply, calls)
            if not self.state.counts:
                del whole["usage"]
            if not body.get("stream") or self.state.streaming == "ignored":
                self._send(200, whole)
            else:
                self._stream(whole, counted="stream_options" in body)

    def _stream(self, whole: dict[str, object], *, counted: bool) -> None:
        """Send a completion as a stream of events, a few letters at a time."""
        events = ["{rubbish"] if self.state.streaming == "garbled" else _events(whole, counted=counted)
        raw = "".join(f"data: {event}\n\n" for event in (*events, "[DONE]")).encode()
        self._write(200, raw, {"Content-Type": "text/event-stream"})

    def _send(self, status: int, body: dict[str, object], headers: dict[str, str] | None = None) -> None:
        self._write(status, json.dumps(body).encode(), {"Content-Type": "application/json"} | (headers or {}))

    def _write(self, status: int, raw: bytes, headers: dict[str, str]) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)
        except OSError:
            # The client gave up waiting.
            self.close_connection = True


def _form_of(body: dict[str, object]) -> tuple[Form, str]:
    """Return in which form a typed answer is asked for, and the name of its type."""
    form = cast(dict[str, object], body.get("response_format") or {})
    if form.get("type") == "json_schema":
        return "json_schema", str(cast(dict[str, object], form["json_schema"])["name"])
    tools = cast(list[dict[str, dict[str, str]]], body.get("tools") or [])
    if tools:
        return "tools", tools[0]["function"]["name"]
    system = str(cast(list[dict[str, object]], body["messages"])[0]["content"])
    schema = re.search(r"JSON schema:\n(\{.*\})", system, re.DOTALL)
    title = json.loads(schema.group(1))["title"] if schema else ""
    return ("json_object" if form.get("type") == "json_object" else "plain"), title


def _spoiled(text: str, reply: Reply) -> str:
    """Return the answer as a bad server sends it."""
    if reply == "empty":
        return ""
    if reply == "truncated":
        return text[: len(text) // 5]
    if reply == "prose":
        return f"Sure! Here is what you asked for:\n```json\n{text[:-1]},}}\n```\nLet me know if it helps."
    if reply == "refusal":
        return "I'm sorry, but I can't help with that request."
    return json.dumps({"answer": 42, "comment": ["not", "what", "was", "asked"]}) if reply == "wrong_schema" else text


def _completion(
    text: str, form: Form, title: str, reply: Reply, calls: tuple[tuple[str, str], ...] = ()
) -> dict[str, object]:
    message: dict[str, object] = {"role": "assistant", "content": text}
    if form == "tools" and reply not in ("prose", "refusal", "empty"):
        calls = (*calls, (title, text))
        message = {"role": "assistant", "content": None}
    if calls:
        message["tool_calls"] = [
            {"id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": arguments}}
            for number, (name, arguments) in enumerate(calls)
        ]
    if reply == "refusal_field":
        message = {"role": "assistant", "content": None, "refusal": "I would rather not."}
    reason = "length" if reply == "truncated" else "tool_calls" if "tool_calls" in message else "stop"
    reason = "content_filter" if reply == "filtered" else reason
    return {
        "id": "chatcmpl-loopback",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": "loopback",
        "choices": [{"index": 0, "message": message, "finish_reason": reason, "logprobs": None}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150},
    }


def _events(whole: dict[str, object], *, counted: bool) -> list[str]:
    """Return a completion in pieces, as `stream` wants them."""
    choice = cast(list[dict[str, object]], whole["choices"])[0]
    message = cast(dict[str, object], choice["message"])
    deltas: list[dict[str, object]] = [{"role": "assistant", "content": ""}]
    for number, call in enumerate(cast(list[dict[str, dict[str, str]]], message.get("tool_calls") or [])):
        written = call["function"]["arguments"]
        deltas.append({"tool_calls": [{"index": number} | call | {"function": call["function"] | {"arguments": ""}}]})
        deltas += [{"tool_calls": [{"index": number, "function": {"arguments": part}}]} for part in _parts(written)]
    deltas += [{"content": part} for part in _parts(str(message.get("content") or ""))]
    deltas += [{"refusal": part} for part in _parts(str(message.get("refusal") or ""))]
    frame = {name: whole[name] for name in ("id", "created", "model")} | {"object": "chat.completion.chunk"}
    chunks: list[dict[str, object]] = [
        frame | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas
    ]
    chunks.append(frame | {"choices": [{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}]})
    if counted and "usage" in whole:
        chunks.append(frame | {"choices": [], "usage": whole["usage"]})
    return [json.dumps(chunk) for chunk in chunks]


def _parts(text: str, letters: int = 200) -> list[str]:
    return [text[at : at + letters] for at in range(0, len(text), letters)]


def _error(message: str) -> dict[str, object]:
    return {"error": {"message": message, "type": "server_error", "code": None}}
