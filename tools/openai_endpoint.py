"""One request to a server that speaks OpenAI's protocol for media: speech, transcriptions, pictures, looking.

The key goes to the address that it belongs to and to no other, no redirect is followed, a reply has a size and a time
limit, and every failure becomes one of our errors with a sentence that holds no key.
"""

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urljoin, urlsplit

from pydantic import Field, JsonValue, SecretStr

from episodes.errors import BackendDown, BackendUnavailable, MediaBroken, RequestRejected, TransientToolError
from episodes.value import Value
from tools.protocols import Readiness, ToolSettings
from tools.waiting import retry_after

if TYPE_CHECKING:
    import httpx

OPENAI_ADDRESS = "https://api.openai.com/v1"
"""Asked when the settings name no other address."""

MAX_REPLY_BYTES = 64 * 1024 * 1024
"""A minute of 48 kHz stereo sound is 12 MB, a large picture as base64 8 MB."""

_SECONDS = 180.0
"""Slow machines of one's own take two minutes for a picture."""

_READY_SECONDS = 5.0
_SPENT = ("insufficient_quota", "billing", "exceeded your current quota", "quota exceeded", "credit balance")
"""Words of a 429 that no waiting helps against."""


@dataclass(frozen=True)
class Answer:
    """What came back from a call that went well."""

    content: bytes
    kind: str
    """MIME type without parameters, lower case; empty when the server named none."""

    def json(self, whose: str) -> dict[str, JsonValue]:
        """Return the reply as an object. Raises `MediaBroken`; `whose` names the endpoint in its sentence."""
        try:
            found = json.loads(self.content)
        except ValueError as error:
            raise MediaBroken(f"{whose} sent a reply that is no JSON.") from error
        if not isinstance(found, dict):
            raise MediaBroken(f"{whose} sent a reply of another shape than OpenAI's.")
        return found


@dataclass(frozen=True)
class Upload:
    """A file within a form."""

    field: str
    name: str
    content: bytes
    kind: str
    """MIME type."""


@dataclass(frozen=True)
class Endpoint:
    """A server and how it is asked. Its key shows in no repr and no sentence."""

    whose: str
    """Begins the sentences of its errors: `The speech endpoint`."""
    base_url: str
    """Up to `/v1`."""
    key: SecretStr = field(default_factory=lambda: SecretStr(""))
    seconds: float = _SECONDS
    """Deadline of one request, from sending to the last byte."""

    @property
    def host(self) -> str:
        """Return the name of the machine, for sentences."""
        return urlsplit(self.base_url).hostname or self.base_url

    def post(self, path: str, body: Mapping[str, JsonValue]) -> Answer:
        """Send a JSON object to `path` (`audio/speech`) and return the reply.

        Raises `BackendUnavailable` (key, address or model), `BackendDown` (nobody answers there, or the quota is
        spent), `TransientToolError`, `RequestRejected` and, for a reply that is cut off or too large, `MediaBroken`.
        """
        return self._ask("POST", self._address(path), json=dict(body))

    def post_form(self, path: str, fields: Sequence[tuple[str, str]], uploads: Sequence[Upload]) -> Answer:
        """Send a form with files and return the reply. Raises as `post`."""
        values: dict[str, list[str]] = {}
        for name, value in fields:
            values.setdefault(name, []).append(value)
        files = [(one.field, (one.name, one.content, one.kind)) for one in uploads]
        return self._ask("POST", self._address(path), data=values, files=files)

    def get(self, path: str) -> Answer:
        """Fetch what lies at `path`, or at a full address on the same server. Raises as `post`.

        An address on another server is refused with `RequestRejected`: a reply may not send us elsewhere.
        """
        address = urljoin(self._address(""), path)
        if urlsplit(address)[:2] != urlsplit(self.base_url)[:2]:
            raise RequestRejected(f"{self.whose} names a file on another server, which is not fetched.")
        return self._ask("GET", address)

    def readiness(self, model: str, *, needs_key: bool = True) -> Readiness:
        """Say whether the server answers and knows the model, by its list of models; makes nothing."""
        if needs_key and self.base_url.rstrip("/") == OPENAI_ADDRESS and not self.key.get_secret_value():
            return Readiness(
                False, f"{self.whose} is OpenAI's and wants a key: set OPENAI_API_KEY, or name a base_url."
            )
        quick = Endpoint(self.whose, self.base_url, self.key, _READY_SECONDS)
        try:
            listed = quick.get("models").json(self.whose).get("data")
        except (BackendDown, TransientToolError) as error:
            return Readiness(False, str(error))
        except BackendUnavailable as error:
            # A server without a list of models may still make what is asked.
            return Readiness("404" in str(error), str(error) if "404" not in str(error) else self._there(model))
        except (MediaBroken, RequestRejected):
            return Readiness(True, self._there(model))
        names = {str(one.get("id")) for one in listed if isinstance(one, dict)} if isinstance(listed, list) else set()
        if names and model not in names:
            return Readiness(False, f"{self.whose} at {self.host} has no model {model!r}: name one of its own.")
        return Readiness(True, self._there(model))

    def _there(self, model: str) -> str:
        return f"{self.whose} at {self.host} answers; model {model!r}."

    def _address(self, path: str) -> str:
        return self.base_url.rstrip("/") + "/" + path

    def _ask(
        self,
        method: str,
        address: str,
        json: Mapping[str, JsonValue] | None = None,
        data: Mapping[str, list[str]] | None = None,
        files: "Sequence[tuple[str, tuple[str, bytes, str]]] | None" = None,
    ) -> Answer:
        import httpx

        key = self.key.get_secret_value()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        until = time.monotonic() + self.seconds
        try:
            with (
                httpx.Client(timeout=self.seconds, follow_redirects=False, headers=headers) as client,
                client.stream(method, address, json=json, data=data, files=files) as reply,
            ):
                content = self._content(reply, until)
                if reply.status_code >= 300:
                    self._fail(reply, content)
                return Answer(content, reply.headers.get("content-type", "").partition(";")[0].strip().lower())
        except httpx.TimeoutException as error:
            raise TransientToolError(f"{self.whose} gave no answer within {self.seconds:.0f} s.") from error
        except httpx.ConnectError as error:
            raise BackendDown(
                f"{self.whose} can't be reached: nobody answers at {self.host}; is it running?"
            ) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise BackendUnavailable(
                f"{self.whose} has an address that can't be used: correct its base_url."
            ) from error
        except httpx.HTTPError as error:
            raise TransientToolError(f"{self.whose} broke off while it answered.") from error

    def _content(self, reply: "httpx.Response", until: float) -> bytes:
        """Return the whole reply. Raises `MediaBroken` when it is too large, `TransientToolError` when it drags on."""
        blocks, size = [], 0
        for block in reply.iter_bytes():
            size += len(block)
            blocks.append(block)
            if size > MAX_REPLY_BYTES:
                raise MediaBroken(f"{self.whose} sent more than {MAX_REPLY_BYTES >> 20} MB, which is no single piece.")
            if time.monotonic() > until:
                raise TransientToolError(f"{self.whose} took longer than {self.seconds:.0f} s to answer.")
        return b"".join(blocks)

    def _fail(self, reply: "httpx.Response", content: bytes) -> NoReturn:
        status, said = reply.status_code, self._said(content)
        wait = retry_after(reply.headers.get("retry-after", ""))
        if status in (401, 403):
            raise BackendUnavailable(f"{self.whose} at {self.host} refused the key: set one that is valid there.")
        if status == 402 or (status == 429 and any(word in said.lower() for word in _SPENT)):
            raise BackendDown(f"{self.whose} has no quota left: see to its billing, or wait until it is renewed.")
        if status in (408, 409, 425, 429) or status >= 500:
            raise TransientToolError(f"{self.whose} answered {status} for now{_quoted(said)}.", wait)
        if status in (404, 405, 501) or status < 400:
            raise BackendUnavailable(
                f"{self.whose} at {self.host} answered {status}{_quoted(said)}: correct its base_url or its model."
            )
        raise RequestRejected(f"{self.whose} refused the request ({status}){_quoted(said)}.")

    def _said(self, content: bytes) -> str:
        """Return the server's own words on one line, without our key."""
        text = content[:4000].decode("utf-8", errors="replace")
        try:
            body = json.loads(content)
            error = body.get("error", body.get("detail", body)) if isinstance(body, dict) else body
            if isinstance(error, dict):
                text = " ".join(str(error[name]) for name in ("code", "message") if error.get(name)) or str(error)
            else:
                text = str(error)
        except ValueError:
            text = re.sub(r"<[^>]*>", " ", text)
        key = self.key.get_secret_value()
        if key:
            text = text.replace(key, "…")
        # A server quotes parts of a wrong key.
        text = re.sub(r"\b(?:sk|hf|Bearer)[-_ ][\w*.-]{4,}", "…", text)
        return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()[:200].rstrip(" .")


def _quoted(said: str) -> str:
    return f": {said!r}" if said else ""


class ServerOptions(Value):
    """What a table of `director.toml` says of a server; tables of back ends have more."""

    base_url: str = ""
    """Up to `/v1`; empty for the one that the agents ask."""
    send_key: bool = False
    """Whether the person's OpenAI key goes to another server than the agents' own."""
    seconds: float = Field(default=_SECONDS, gt=0, le=3600)
    """Deadline of one request."""


def endpoint(settings: ToolSettings, options: ServerOptions, whose: str) -> Endpoint:
    """Return the server that the options name; without a name, the one that agents ask.

    The person's OpenAI key goes along when the server is the agents' own; to any other one only with `send_key`.
    Raises `BackendUnavailable` for an address that is none.
    """
    own = settings.base_url or OPENAI_ADDRESS
    named = options.base_url or own
    if urlsplit(named).scheme not in ("http", "https") or not urlsplit(named).hostname:
        raise BackendUnavailable(f"{whose} has the address {named!r}: give one like http://127.0.0.1:8880/v1.")
    trusted = _origin(named) == _origin(own) or options.send_key
    return Endpoint(whose, named, SecretStr(settings.key("openai") if trusted else ""), options.seconds)


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
