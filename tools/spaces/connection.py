"""A way to a Space that runs: its address, how we prove who we are, and what it says of itself."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

import httpx

from episodes.errors import BackendDown, ToolError, TransientToolError
from tools.spaces.description import ApiDescription, Endpoint, described
from tools.spaces.failures import of_status, plain, private
from tools.spaces.hub import awake

T = TypeVar("T")

PROTOCOLS = ("sse_v1", "sse_v2", "sse_v2.1", "sse_v3")
"""Of Gradio's queue, those that give an event's id before its result: since 4.0."""
_REQUEST_SECONDS = 30.0


@dataclass(frozen=True)
class Connection:
    """An app that answers."""

    space: str
    """As it was named: `owner/space` or an address."""
    address: str
    """Where it is served, with a slash at the end."""
    prefix: str
    """Where its API is, with a slash at the end."""
    headers: dict[str, str]
    cookies: dict[str, str]
    protocol: str
    api: ApiDescription

    def endpoint(self, index: int) -> Endpoint:
        """Return the endpoint of a number. Raises `BackendDown` when the app has none such."""
        for endpoint in self.api.endpoints:
            if endpoint.index == index:
                return endpoint
        raise BackendDown(f"{self.space} has lost its endpoint {index}.")

    def owns(self, address: str) -> bool:
        """Return whether an address lies on the app's own host."""
        ours, theirs = urlsplit(self.address), urlsplit(address)
        return (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc)


def is_address(space: str) -> bool:
    """Return whether a Space is named by its address and not by owner and name."""
    return space.startswith(("http://", "https://"))


def connect(space: str, hub: str, token: str, seconds: float) -> Connection:
    """Return a way to a Space, awake and described, within `seconds`.

    A token goes to the Hub and to what the Hub says is the Space; never to an address that somebody wrote down.
    Raises `BackendDown`, `BackendUnavailable` or `TransientToolError`.
    """
    if is_address(space):
        return within(seconds, space, lambda: _connected(space, space, ""))
    # The client waits without end while a Space builds: whoever asks the Hub first need not.
    host = awake(space, hub, token, seconds)
    return within(seconds, space, lambda: _connected(space, host, token))


def within(seconds: float, space: str, work: Callable[[], T]) -> T:
    """Return what `work` returns, done in a thread that is left behind when it takes longer than `seconds`.

    Raises what it raises, and `BackendDown` when the time is over.
    """
    made: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            made.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where somebody waits for it
            failed.append(error)

    thread = threading.Thread(target=run, name=f"connect {space}", daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not made:
        raise BackendDown(f"{space} did not answer within {seconds:.0f} s: try again later, or name another Space.")
    return made[0]


def _connected(space: str, address: str, token: str) -> Connection:
    from gradio_client import Client
    from gradio_client.exceptions import AuthenticationError
    from gradio_client.utils import TooManyRequestsError

    try:
        client = Client(
            address,
            token=token or False,
            verbose=False,
            analytics_enabled=False,
            download_files=False,
            httpx_kwargs={"timeout": httpx.Timeout(_REQUEST_SECONDS)},
        )
        config, info = client.config, client.view_api(print_info=False, return_format="dict")
    except AuthenticationError as error:
        raise private(space) from error
    except TooManyRequestsError as error:
        raise _too_many(space, address) from error
    except httpx.HTTPError as error:
        raise BackendDown(
            f"No app answers at {address} ({plain(str(error)) or type(error).__name__}): "
            "start it, or name another Space."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackendDown(f"{space} gives no description of a Gradio app ({plain(str(error))[:120]}).") from error
    if client.protocol not in PROTOCOLS:
        raise BackendDown(
            f"{space} runs a Gradio of before 4.0, whose queue can't be spoken to any more: name a newer Space."
        )
    return Connection(
        space=space,
        address=client.src.rstrip("/") + "/",
        prefix=client.src_prefixed,
        headers={name: value for name, value in client.headers.items() if isinstance(value, str)},
        cookies=dict(client.cookies),
        protocol=client.protocol,
        api=described(config, info),
    )


def _too_many(space: str, address: str) -> ToolError:
    """Return the error with the pause that the app asks for, which the client does not tell."""
    try:
        reply = httpx.get(f"{address.rstrip('/')}/config", timeout=_REQUEST_SECONDS)
    except httpx.HTTPError:
        return TransientToolError(f"{space} takes no more calls from here for a while (429).")
    return of_status(space, 429, reply.headers)
