"""The executor: takes a plan's tasks one by one or many at once, and lets each be made exactly once.

Work on this machine goes to spawned processes, calls that wait for somebody else to threads. Whatever is on the shelf
is not made again; whatever is in flight is waited for.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor as Pool
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from os import getpid
from pathlib import Path

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from director.events import Listener, Made, Replaced
from director.patience import Patience
from director.settings import FOOTAGE, Settings
from director.understudies import Understudies, Understudy, nobody
from episodes.errors import (
    BackendDown,
    BackendUnavailable,
    MediaBroken,
    Stopped,
    ToolError,
    TransientToolError,
)
from episodes.store import StoodIn
from episodes.tasks import Task
from episodes.work import Plan, recipe_key
from tools.ledger import Ledger
from tools.shelf import Artefact, Shelf
from tools.worker import SERVED_BY, Job, build, warm, watch_parent, work

OUTSIDE_SLOTS = 8
"""Calls to other machines that may wait at the same time."""


Inputs = Mapping[str, Artefact | Path]


class Executor:
    """Makes artefacts for plans. Use it as an asynchronous context manager: it ends its workers."""

    understudies: Understudies = staticmethod(nobody)
    """Says who may stand in for a back end that does not deliver."""
    replaced: Callable[[StoodIn], None] = staticmethod(lambda stood_in: None)
    """Puts it into the record when somebody does."""

    def __init__(self, settings: Settings, shelf: Shelf, ledger: Ledger, listener: Listener) -> None:
        """Start no process yet; the first task does."""
        self.shelf, self.ledger = shelf, ledger
        self._settings, self._listener = settings, listener
        self._processes: ProcessPoolExecutor | None = None
        self._threads = ThreadPoolExecutor(OUTSIDE_SLOTS, thread_name_prefix="outside")
        self._under_way: dict[str, asyncio.Future[Artefact]] = {}
        self._files: dict[str, Path] = {}
        self._patience = Patience(settings.patience)
        self._stands_in: set[str] = set()
        """Recipe keys of what stands in for what was planned, or is made of that."""
        self._slots = asyncio.Semaphore(max(1, settings.slots))
        self._outside = asyncio.Semaphore(OUTSIDE_SLOTS)

    async def __aenter__(self) -> "Executor":
        """Return itself."""
        return self

    async def __aexit__(self, *unused: object) -> None:
        """End all workers without waiting for half-done work."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._processes is not None:
            _end(self._processes)

    def warm(self) -> None:
        """Start the local workers now, while the writer thinks: their first task then need not wait for imports."""
        for _ in range(max(1, self._settings.slots)):
            self._local().submit(warm)

    def offer_file(self, file_hash: str, path: Path) -> None:
        """Let tasks need a file of the person's by the SHA-256 of its bytes."""
        self._files[file_hash] = path

    async def make(self, plan: Plan, key: str) -> Artefact:
        """Return the artefact of a task of the plan, made now or before, with all that it needs.

        Raises what the tool raised, when trying again did not help, and `Stopped` when the budget is spent.
        """
        if key in self._under_way:
            return await asyncio.shield(self._under_way[key])
        future: asyncio.Future[Artefact] = asyncio.get_running_loop().create_future()
        self._under_way[key] = future
        try:
            made = await self._made(plan, plan.by_key()[key])
        except BaseException as error:
            future.set_exception(error if isinstance(error, Exception) else asyncio.CancelledError())
            future.exception()  # Somebody may wait for it or nobody: either way it has been looked at.
            raise
        else:
            future.set_result(made)
            return made
        finally:
            del self._under_way[key]

    async def _made(self, plan: Plan, task: Task) -> Artefact:
        found = await asyncio.to_thread(self.shelf.find, task.key)
        if found is not None:
            if await asyncio.to_thread(self.shelf.is_stand_in, task.key):
                self._stands_in.add(task.key)
            self._tell(task, 0.0, reused=True)
            return found
        inputs = await self._inputs(plan, task)
        backend = self._backend_of(task)
        try:
            return await self._done(task, backend, inputs)
        except BackendUnavailable:
            raise  # A key or a program: nobody stands in for what the person can give.
        except ToolError as error:
            return await self._stand_in(plan, task, backend, inputs, error)

    async def _inputs(self, plan: Plan, task: Task) -> Inputs:
        known = plan.by_key()
        made = await asyncio.gather(
            *(self._input(plan, need.key) if need.key in known else self._file(need.key) for need in task.needs)
        )
        return dict(zip((need.name for need in task.needs), made, strict=True))

    async def _done(self, task: Task, backend: str, inputs: Inputs) -> Artefact:
        """Return the artefact of a task whose inputs are there, found by their contents or made."""
        contents = {
            name: item.content_hash if isinstance(item, Artefact) else need.key
            for need, (name, item) in zip(task.needs, inputs.items(), strict=True)
        }
        content_key = recipe_key(task.request, task.tool, contents)
        second_hand = any(need.key in self._stands_in for need in task.needs)
        if second_hand:
            self._stands_in.add(task.key)
        found = await asyncio.to_thread(self.shelf.find_content, content_key)
        if found is not None:
            # An input was made anew and came out the same: what depends on it stands.
            await asyncio.to_thread(self.shelf.alias, task.key, found, stands_in=second_hand)
            self._tell(task, 0.0, reused=True)
            return found
        job = Job(
            task=task,
            backend=backend,
            settings=self._settings.tool(SERVED_BY[task.kind], backend),
            inputs=tuple(inputs.items()),
            content_key=content_key,
            cache=self.shelf.cache,
            keep=self.shelf.keep,
            ledger=self.ledger.path,
            stands_in=second_hand,
        )
        return await self._work(job)

    async def _stand_in(self, plan: Plan, task: Task, backend: str, inputs: Inputs, error: ToolError) -> Artefact:
        """Return what the first understudy that can makes of a task, and say so. Raises `error` when none can."""
        for understudy in self.understudies(task, backend, error):
            try:
                made = await self._played(plan, understudy, inputs)
            except ToolError:
                continue
            stood_in = _named(task, made, understudy, error)
            # The record first: what it does not name, no shelf may answer with.
            self.replaced(stood_in)
            await asyncio.to_thread(self.shelf.alias, task.key, made, stands_in=True)
            self._stands_in.add(task.key)
            self._listener(Replaced(stood_in))
            return made
        raise error

    async def _played(self, plan: Plan, understudy: Understudy, inputs: Inputs) -> Artefact:
        if understudy.input:
            taken = inputs[understudy.input]
            assert isinstance(taken, Artefact)
            return taken
        task = understudy.task
        found = await asyncio.to_thread(self.shelf.find, task.key)
        return found or await self._done(task, understudy.backend, await self._inputs(plan, task))

    async def _input(self, plan: Plan, key: str) -> Artefact | Path:
        return await self.make(plan, key)

    async def _file(self, key: str) -> Artefact | Path:
        return self._files[key]

    async def _work(self, job: Job) -> Artefact:
        task, tool = job.task, job.task.tool
        if reason := self._patience.resting(tool):
            raise BackendDown(reason)
        retrying = AsyncRetrying(
            retry=retry_if_exception_type((TransientToolError, MediaBroken, BackendDown, BrokenProcessPool)),
            stop=lambda state: state.attempt_number >= self._patience.attempts(tool, _failure(state)),
            wait=self._patience.wait,
            reraise=True,
        )
        try:
            async for attempt in retrying:
                with attempt:
                    self._check_budget(task)
                    made, took = await self._hand_out(job)
        except BrokenProcessPool as error:
            raise ToolError(f"The worker for {task.label} died again and again; is there enough memory?") from error
        except ToolError as error:
            self._patience.lost(tool, error)
            raise
        self._patience.made(tool)
        self._tell(task, took, reused=False)
        return made

    def _backend_of(self, task: Task) -> str:
        """Return the registry's name of the tool that the task was planned for."""
        kind = SERVED_BY[task.kind]
        if kind != "video":
            return self._settings.backend(kind)
        # Several cameras may be at hand: those that final takes go through, the person's own clips, and the animatic's.
        own: tuple[str, ...] = (FOOTAGE,) if self._settings.clips else ()
        for name in (*self._settings.cameras, *own):
            if build(kind, name, self._settings.tool(kind, name)).info.name == task.tool.name:
                return name
        return self._settings.backend("animatic")

    async def _hand_out(self, job: Job) -> tuple[Artefact, float]:
        """Return the artefact and the seconds of work on it, without the wait for a free slot."""
        if job.task.tool.outside:
            async with self._outside:
                self._leave(job.task)
                return await _run(self._threads, work, job)
        async with self._slots:
            self._leave(job.task)
            try:
                return await _run(self._local(), work, job)
            except BrokenProcessPool:
                self._processes = None
                raise

    def _local(self) -> Pool:
        if self._processes is None:
            self._processes = ProcessPoolExecutor(
                max(1, self._settings.slots),
                mp_context=get_context("spawn"),
                initializer=watch_parent,
                initargs=(getpid(),),
            )
        return self._processes

    def _check_budget(self, task: Task) -> None:
        price = task.tool.price_per_call + task.tool.price_per_second * float(task.media_seconds)
        if self._settings.budget is None or price == 0:
            return
        spent = self.ledger.spent()
        if spent + price > self._settings.budget:
            raise Stopped(
                f"The budget of {self._settings.budget:.2f} would be passed by {task.label} "
                f"({spent:.2f} spent, {price:.2f} more): raise --budget and run the same command to go on."
            )

    def _leave(self, task: Task) -> None:
        """Ask the purse that this episode shares with others. Raises `Stopped` when it has nothing left for this."""
        if self.ledger.purse is not None:
            price = task.tool.price_per_call + task.tool.price_per_second * float(task.media_seconds)
            self.ledger.purse.leave(task.label, price, outside=task.tool.outside)

    def _tell(self, task: Task, seconds: float, *, reused: bool) -> None:
        self._listener(Made(task.label, task.kind, task.tool.name, seconds, reused))


def _failure(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _named(task: Task, made: Artefact, understudy: Understudy, error: ToolError) -> StoodIn:
    return StoodIn(
        label=task.label,
        kind=task.kind,
        wanted=task.tool.name,
        by=made.manifest.tool,
        recipe=task.key,
        reason=str(error),
        lost=understudy.lost,
    )


async def _run(pool: Pool, function: Callable[[Job], Artefact], job: Job) -> tuple[Artefact, float]:
    began = time.monotonic()
    made = await asyncio.get_running_loop().run_in_executor(pool, function, job)
    return made, time.monotonic() - began


def _end(pool: ProcessPoolExecutor) -> None:
    workers = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
