"""The worker: a module-level function that builds its tool from settings, does one task and puts it on the shelf.

It runs in a spawned process or in a thread, here or on another machine; it knows nothing of the graph.
"""

import ctypes
import functools
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from episodes.errors import BackendUnavailable, MediaBroken, RequestRejected
from episodes.film_requests import (
    AssembleRequest,
    MeasureRequest,
    MixRequest,
    TeaseRequest,
)
from episodes.requests import (
    CardRequest,
    ComposeRequest,
    ConformRequest,
    ControlRequest,
    FetchRequest,
    ReadRequest,
    RenderRequest,
    SoundRequest,
    SpeakRequest,
)
from episodes.results import Result
from episodes.tasks import Task
from tools import crash, registry
from tools.ledger import Ledger
from tools.protocols import (
    Assembler,
    Call,
    ControlPasses,
    Finisher,
    Input,
    LinkSource,
    MusicBackend,
    SoundStage,
    SourceReader,
    Tool,
    ToolSettings,
    VideoBackend,
    VoiceBackend,
)
from tools.registry import BackendKind
from tools.shelf import Artefact, Shelf

SERVED_BY: dict[str, BackendKind] = {
    "fetch": "fetcher",
    "read": "reader",
    "speak": "voice",
    "render": "video",
    "control": "video",
    "conform": "finish",
    "card": "finish",
    "compose": "music",
    "sound": "sound",
    "mix": "assembly",
    "assemble": "assembly",
    "measure": "assembly",
    "tease": "assembly",
}


@dataclass(frozen=True)
class Job:
    """Everything a worker needs; all of it can be pickled."""

    task: Task
    backend: str
    """Name by which the registry knows the tool."""
    settings: ToolSettings
    inputs: tuple[tuple[str, Artefact | Path], ...]
    content_key: str
    cache: Path
    keep: Path | None
    ledger: Path
    stands_in: bool = False
    """Whether an input stands in for what was planned: then so does what is made of it."""


def warm() -> None:
    """Import what nearly every job of an embedded tool needs."""
    # The cards' compositor takes a second to import.
    import moviepy  # noqa: F401


def work(job: Job) -> Artefact:
    """Do the job unless its result is there already. Raises whatever the tool raises, and leaves nothing half-made."""
    shelf, ledger, task = Shelf(job.cache, job.keep), Ledger(job.ledger), job.task
    price = task.tool.price_per_call + task.tool.price_per_second * float(task.media_seconds)
    remote_id = ledger.reserve(
        job.content_key, label=task.label, kind=task.kind, tool=task.tool.name, price=price, outside=task.tool.outside
    )
    crash.point("ledger.reserved")
    folder = shelf.scratch(task.kind)
    call = Call(
        into=folder,
        inputs={name: _opened(item) for name, item in job.inputs},
        remote_id=remote_id,
        remember=functools.partial(ledger.remember, job.content_key),
    )
    try:
        result = perform(build(SERVED_BY[task.kind], job.backend, job.settings), task, call)
        crash.point("worker.made")
        made = shelf.commit(task, job.content_key, folder, result, stands_in=job.stands_in)
    except (MediaBroken, RequestRejected):
        # That remote job has ended, and badly: whoever tries again must ask for another one.
        ledger.remember(job.content_key, "")
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if not task.tool.outside:
            give_memory_back()
    ledger.done(job.content_key)
    crash.point("worker.done")
    return made


def give_memory_back() -> None:
    """Hand what this process has freed back to the system, where it can: a worker waits small for its next task.

    glibc keeps freed arrays for itself, so that every worker stays as large as the longest cue it ever made.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@functools.cache
def _trim() -> Callable[[int], int] | None:
    try:
        return cast(Callable[[int], int], ctypes.CDLL("libc.so.6").malloc_trim)
    except (OSError, AttributeError):
        return None  # Another system's library, which needs no such word or knows none.


def _opened(item: Artefact | Path) -> Input:
    return Input(folder=item) if isinstance(item, Path) else Input(folder=item.folder, result=item.result)


_BUILT: dict[tuple[str, ...], Tool] = {}
_BUILDING = threading.Lock()


def build(kind: BackendKind, name: str, settings: ToolSettings) -> Tool:
    """Return the tool, built once per process. Raises `BackendUnavailable`."""
    # A dump hides the keys, and two persons' keys are two tools.
    keys = (f"{whose}={settings.key(whose)}" for whose in sorted(settings.keys))
    known = (kind, name, settings.model_dump_json(), *keys)
    with _BUILDING:
        if known not in _BUILT:
            _BUILT[known] = registry.factory(kind, name)(settings.model_copy(update={"name": name}))
        return _BUILT[known]


def perform(tool: Tool, task: Task, call: Call) -> Result:
    """Hand the request to the method that answers it."""
    request = task.request
    if isinstance(request, FetchRequest):
        return cast(LinkSource, tool).fetch(request, call)
    if isinstance(request, ReadRequest):
        return cast(SourceReader, tool).read(request, call)
    if isinstance(request, SpeakRequest):
        return cast(VoiceBackend, tool).speak(request, call)
    if isinstance(request, RenderRequest):
        return cast(VideoBackend, tool).render(request, call)
    if isinstance(request, ControlRequest):
        return cast(ControlPasses, tool).control(request, call)
    if isinstance(request, ConformRequest):
        return cast(Finisher, tool).conform(request, call)
    if isinstance(request, CardRequest):
        return cast(Finisher, tool).card(request, call)
    if isinstance(request, ComposeRequest):
        return cast(MusicBackend, tool).compose(request, call)
    if isinstance(request, SoundRequest):
        return cast(SoundStage, tool).sound(request, call)
    if isinstance(request, MixRequest | AssembleRequest | TeaseRequest | MeasureRequest):
        return _assembled(cast(Assembler, tool), request, call)
    raise BackendUnavailable(f"No tool answers a {task.kind!r} request.")


def _assembled(
    tool: Assembler, request: MixRequest | AssembleRequest | TeaseRequest | MeasureRequest, call: Call
) -> Result:
    """Hand the assembler one of its requests."""
    if isinstance(request, MixRequest):
        return tool.mix(request, call)
    if isinstance(request, MeasureRequest):
        return tool.measure(request, call)
    return tool.assemble(request, call)


def watch_parent(parent: int) -> None:
    """Start a watch that ends this process when its parent is gone, so that a killed run leaves no worker behind.

    Ctrl-C is the parent's affair: it ends its workers itself, and they say nothing.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
