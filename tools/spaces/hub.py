"""The Hub's word on a Space: where it is served, and whether it runs.

Sleeping ones are woken, building ones waited for.
"""

import contextlib
import time
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

import httpx

from episodes.errors import BackendDown, ToolError, TransientToolError
from tools.spaces.failures import of_status, private, spoken_time

HUB = "https://huggingface.co"

RUNNING = ("RUNNING", "RUNNING_BUILDING", "RUNNING_APP_STARTING")
"""A Space that builds or starts a new version is served by the one before it."""
WAIT_FOR = {"SLEEPING": "asleep", "BUILDING": "building", "APP_STARTING": "starting"}
BROKEN = {
    "PAUSED": "is paused by its owner",
    "STOPPED": "is stopped",
    "RUNTIME_ERROR": "broke while it ran",
    "BUILD_ERROR": "can't be built",
    "CONFIG_ERROR": "has a configuration that is wrong",
    "NO_APP_FILE": "has no app in it",
    "DELETING": "is being deleted",
}
_POLL_SECONDS = 2.0
_REQUEST_SECONDS = 20.0


class Served(NamedTuple):
    """What the Hub says of a Space."""

    host: str
    """Address of the app."""
    stage: str


def look_up(space: str, hub: str, token: str) -> Served:
    """Return where a Space is and its stage. Raises `BackendUnavailable` for one that is private or not there."""
    told = _asked(f"{hub.rstrip('/')}/api/spaces/{quote(space)}", space, token)
    host, runtime = told.get("host"), told.get("runtime")
    stage = runtime.get("stage") if isinstance(runtime, Mapping) else None
    if not isinstance(host, str) or not host.startswith(("http://", "https://")):
        raise BackendDown(f"The Hub says of {space} no address at which it is served: it is probably no Gradio app.")
    return Served(host=host.rstrip("/"), stage=str(stage or _stage(space, hub, token)))


def awake(space: str, hub: str, token: str, seconds: float) -> str:
    """Return the address of a Space that runs, within `seconds`; one that sleeps is woken by a visit.

    Raises `BackendDown` when it is paused, broken or still not up, and `BackendUnavailable` when it is private.
    """
    until = time.monotonic() + seconds
    served = look_up(space, hub, token)
    stage, visited = served.stage, False
    while stage not in RUNNING:
        if stage not in WAIT_FOR:
            raise BackendDown(
                f"{space} {BROKEN.get(stage, f'is in the state {stage}')}: "
                "name another Space or a duplicate of your own."
            )
        if stage == "SLEEPING" and not visited:
            _visit(served.host, token)
            visited = True
        left = until - time.monotonic()
        if left <= 0:
            raise BackendDown(
                f"{space} is still {WAIT_FOR[stage]} after {spoken_time(seconds)}: try again later, raise wait_seconds "
                "in director.toml, or name a duplicate of your own."
            )
        time.sleep(min(_POLL_SECONDS, max(left, 0.0), seconds / 4))
        stage = _stage(space, hub, token)
    return served.host


def _stage(space: str, hub: str, token: str) -> str:
    return str(_asked(f"{hub.rstrip('/')}/api/spaces/{quote(space)}/runtime", space, token).get("stage"))


def _asked(address: str, space: str, token: str) -> Mapping[str, object]:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    try:
        reply = httpx.get(address, headers=headers, timeout=_REQUEST_SECONDS, follow_redirects=True)
    except httpx.HTTPError as error:
        raise BackendDown(f"The Hub can't be reached to ask for {space} ({error or type(error).__name__}).") from error
    if reply.status_code in (401, 403, 404):
        raise private(space)
    if not reply.is_success:
        raise _passing(of_status(f"The Hub, asked for {space},", reply.status_code, reply.headers))
    told = reply.json() if "json" in reply.headers.get("content-type", "") else None
    return told if isinstance(told, dict) else {}


def _passing(error: ToolError) -> ToolError:
    return error if isinstance(error, TransientToolError) else TransientToolError(str(error))


def _visit(host: str, token: str) -> None:
    """Open a Space's page, which wakes it; what comes back does not matter."""
    headers = {"x-hf-authorization": f"Bearer {token}"} if token else {}
    with contextlib.suppress(httpx.HTTPError):
        httpx.get(host, headers=headers, timeout=_REQUEST_SECONDS)
