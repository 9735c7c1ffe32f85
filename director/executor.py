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

from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from director.events import Listener, Made
from director.settings import Settings
from episodes.errors import MediaBroken, Stopped, ToolError, TransientToolError
from episodes.plan import Plan, recipe_key
from episodes.tasks import Task
from tools.ledger import Ledger
from tools.shelf import Artefact, Shelf
from tools.worker import SERVED_BY, Job, build, warm, watch_parent, work

ATTEMPTS = 3
"""Tries of one call that fails for a passing reason."""

OUTSIDE_SLOTS = 8
"""Calls to other machines that may wait at the same time."""


class Executor:
    """Makes artefacts for plans. Use it as an asynchronous context manager: it ends its workers."""

    def __init__(self, settings: Settings, shelf: Shelf, ledger: Ledger, listener: Listener) -> None:
        """Start no process yet; the first task does."""
        self.shelf, self.ledger = shelf, ledger
        self._settings, self._listener = settings, listener
        self._processes: ProcessPoolExecutor | None = None
        self._threads = ThreadPoolExecutor(OUTSIDE_SLOTS, thread_name_prefix="outside")
        self._under_way: dict[str, asyncio.Future[Artefact]] = {}
        self._files: dict[str, Path] = {}
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
            self._tell(task, 0.0, reused=True)
            return found
        known = plan.by_key()
        names = [need.name for need in task.needs]
        made = await asyncio.gather(
            *(self._input(plan, need.key) if need.key in known else self._file(need.key) for need in task.needs)
        )
        inputs: dict[str, Artefact | Path] = dict(zip(names, made, strict=True))
        contents = {
            name: item.content_hash if isinstance(item, Artefact) else need.key
            for need, (name, item) in zip(task.needs, inputs.items(), strict=True)
        }
        content_key = recipe_key(task.request, task.tool, contents)
        found = await asyncio.to_thread(self.shelf.find_content, content_key)
        if found is not None:
            # An input was made anew and came out the same: what depends on it stands.
            await asyncio.to_thread(self.shelf.alias, task.key, found)
            self._tell(task, 0.0, reused=True)
            return found
        return await self._work(task, content_key, inputs)

    async def _input(self, plan: Plan, key: str) -> Artefact | Path:
        return await self.make(plan, key)

    async def _file(self, key: str) -> Artefact | Path:
        return self._files[key]

    async def _work(self, task: Task, content_key: str, inputs: Mapping[str, Artefact | Path]) -> Artefact:
        backend = self._backend_of(task)
        job = Job(
            task=task,
            backend=backend,
            settings=self._settings.tool(SERVED_BY[task.kind], backend),
            inputs=tuple(inputs.items()),
            content_key=content_key,
            cache=self.shelf.cache,
            keep=self.shelf.keep,
            ledger=self.ledger.path,
        )
        retrying = AsyncRetrying(
            retry=retry_if_exception_type((TransientToolError, MediaBroken, BrokenProcessPool)),
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_random_exponential(multiplier=0.5, max=10),
            reraise=True,
        )
        try:
            async for attempt in retrying:
                with attempt:
                    self._check_budget(task)
                    made, took = await self._hand_out(job)
        except BrokenProcessPool as error:
            raise ToolError(f"The worker for {task.label} died {ATTEMPTS} times; is there enough memory?") from error
        self._tell(task, took, reused=False)
        return made

    def _backend_of(self, task: Task) -> str:
        """Return the registry's name of the tool that the task was planned for."""
        kind = SERVED_BY[task.kind]
        if kind != "video":
            return self._settings.backend(kind)
        # Several cameras may be at hand: those that final takes go through, and the one for the animatic.
        for name in self._settings.cameras:
            if build(kind, name, self._settings.tool(kind, name)).info == task.tool:
                return name
        return self._settings.backend("animatic")

    async def _hand_out(self, job: Job) -> tuple[Artefact, float]:
        """Return the artefact and the seconds of work on it, without the wait for a free slot."""
        if job.task.tool.outside:
            async with self._outside:
                return await _run(self._threads, work, job)
        async with self._slots:
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

    def _tell(self, task: Task, seconds: float, *, reused: bool) -> None:
        self._listener(Made(task.label, task.kind, task.tool.name, seconds, reused))


async def _run(pool: Pool, function: Callable[[Job], Artefact], job: Job) -> tuple[Artefact, float]:
    began = time.monotonic()
    made = await asyncio.get_running_loop().run_in_executor(pool, function, job)
    return made, time.monotonic() - began


def _end(pool: ProcessPoolExecutor) -> None:
    workers = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
