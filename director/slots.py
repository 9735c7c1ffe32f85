"""The slots: the workers of this process, and whose turn it is, for all episodes that are made in it.

Local tools work in spawned processes, one process a slot, so that one that dies takes only its own work along. Calls
that wait for another machine go to threads; each back end has places of its own, so that one which answers slowly
keeps nobody from the others. Whoever waits with the most urgent rank gets the next place.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from os import getpid
from typing import Any, Generic, TypeAlias, TypeVar

from director.urgency import Urgency
from episodes.tasks import ToolInfo
from tools.worker import warm, watch_parent

OUTSIDE_SLOTS = 8
"""Calls that may wait for one back end on another machine at the same time."""
MOST_BACKENDS = 8
"""Back ends on other machines that can all be waited for at once, each with all its places in use."""
MOST_OVERTAKEN = 400
"""How many that came later may go before somebody who waits; then it is their turn, whatever their rank."""

Rank: TypeAlias = tuple[float, ...]
"""The smallest goes first: the episode's place in the order, then how urgent the task is in it."""

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_Place = TypeVar("_Place")


@dataclass(eq=False)
class _Waiting(Generic[_Place]):
    rank: Rank
    came: int
    place: "asyncio.Future[_Place]"
    overtaken: int = 0

    @property
    def turn(self) -> tuple[bool, Rank, int]:
        return (self.overtaken < MOST_OVERTAKEN, self.rank if self.overtaken < MOST_OVERTAKEN else (), self.came)


class Places(Generic[_Place]):
    """A number of places, and those who wait for one."""

    def __init__(self, places: list[_Place]) -> None:
        """Let all places be free; the last one is given first, and one that comes back is the last."""
        self._free = places
        self._waiting: list[_Waiting[_Place]] = []
        self._came = 0

    async def take(self, rank: Rank) -> _Place:
        """Return a place as soon as nobody with a smaller rank waits for it."""
        self._came += 1
        one = _Waiting(rank, self._came, asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        # Not at once: those who come in the same moment are compared with each other first.
        asyncio.get_running_loop().call_soon(self._hand_on)
        try:
            place: _Place = await one.place
            return place
        except asyncio.CancelledError:
            if one in self._waiting:
                self._waiting.remove(one)
            elif one.place.done() and not one.place.cancelled():
                self.give_back(one.place.result())
            raise

    def give_back(self, place: _Place) -> None:
        """Let the next one have it."""
        self._free.append(place)
        # Not at once either: what this end makes possible is to wait beside the others before one is chosen.
        asyncio.get_running_loop().call_soon(self._hand_on)

    def _hand_on(self) -> None:
        # Who has been cancelled in this very moment may still stand here.
        self._waiting = [one for one in self._waiting if not one.place.done()]
        while self._free and self._waiting:
            chosen = min(self._waiting, key=lambda one: one.turn)
            self._waiting.remove(chosen)
            for other in self._waiting:
                other.overtaken += other.came < chosen.came
            chosen.place.set_result(self._free.pop())


class Worker:
    """A process that does one job at a time, started when it is first needed and again when it has died."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self.owner: object = None
        """Who has given it the job that it does; None while it has none."""
        self._pool: ProcessPoolExecutor | None = None

    def warm(self) -> None:
        """Start it now, unless it has been."""
        if self._pool is None:
            self._started().submit(warm)

    def start(self, function: Callable[[_Given], _Made], given: _Given) -> "Future[tuple[_Made, float]]":
        """Start a job; see `timed` for what comes of it."""
        try:
            return self._started().submit(timed, function, given)
        except BrokenProcessPool:
            # It died while it had nothing to do, so nothing is lost.
            self.end()
            return self._started().submit(timed, function, given)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                1, mp_context=get_context("spawn"), initializer=watch_parent, initargs=(getpid(),)
            )
        return self._pool

    def end(self) -> None:
        """End the process without waiting for half-done work; the next job starts another."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()


class Slots:
    """What several episodes share that are made in one process. Use it as an asynchronous context manager."""

    def __init__(self, settings_slots: int, outside: int = OUTSIDE_SLOTS) -> None:
        """Start no process yet; the first job does.

        Args:
            settings_slots: tools that work at the same time on this machine (`Settings.slots`).
            outside: calls that may wait at the same time for each back end on another machine.
        """
        self.urgency = Urgency()
        """What is known of how long tools take."""
        self._workers = [Worker() for _ in range(max(1, settings_slots))]
        self._here = Places(self._workers[::-1])
        self._outside = max(1, outside)
        self._there: dict[str, Places[int]] = {}
        self._threads = ThreadPoolExecutor(self._outside * MOST_BACKENDS, thread_name_prefix="outside")
        self._going: set[asyncio.Future[Any]] = set()

    async def __aenter__(self) -> "Slots":
        """Return itself."""
        return self

    async def __aexit__(self, *unused: object) -> None:
        """End all workers without waiting for half-done work."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()

    def warm(self) -> None:
        """Start the local workers now, while the writer thinks: their first task then need not wait for imports."""
        for worker in self._workers:
            worker.warm()

    async def run(
        self,
        tool: ToolInfo,
        function: Callable[[_Given], _Made],
        given: _Given,
        *,
        rank: Rank = (),
        owner: object = None,
        allow: Callable[[], None] = lambda: None,
    ) -> tuple[_Made, float]:
        """Return what `function` makes of `given`, and the seconds of work on it, without the wait for a place.

        `function` is one of a module, and what goes in and out can be pickled. `owner` is who may end the job
        (`leave`). `allow` is called when there is a place; what it raises is raised, and nothing is done.
        Raises what `function` raises, and `BrokenProcessPool` when its worker dies.
        """
        if tool.outside:
            there = self._there.setdefault(tool.name, Places(list(range(self._outside))))
            place = await there.take(rank)
            self._check(there, place, allow)
            return await self._heard(self._called(there, place, function, given))
        worker = await self._here.take(rank)
        self._check(self._here, worker, allow)
        return await self._heard(self._done(worker, owner, function, given))

    def leave(self, owner: object) -> None:
        """End the local work of an owner who goes. Calls to other machines come to their end unheard."""
        for worker in self._workers:
            if owner is not None and worker.owner is owner:
                worker.end()

    def _check(self, places: Places[_Place], place: _Place, allow: Callable[[], None]) -> None:
        try:
            allow()
        except BaseException:
            places.give_back(place)
            raise

    async def _heard(self, work: Coroutine[object, object, _Made]) -> _Made:
        """Return what comes of work that goes on, and keeps its place, when whoever asked for it has gone."""
        going = asyncio.ensure_future(work)
        self._going.add(going)
        going.add_done_callback(self._forget)
        return await asyncio.shield(going)

    def _forget(self, going: "asyncio.Future[Any]") -> None:
        self._going.discard(going)
        if not going.cancelled():
            going.exception()  # Whoever asked may have gone: it has been looked at.

    async def _called(
        self, there: Places[int], place: int, function: Callable[[_Given], _Made], given: _Given
    ) -> tuple[_Made, float]:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, timed, function, given)
        finally:
            there.give_back(place)

    async def _done(
        self, worker: Worker, owner: object, function: Callable[[_Given], _Made], given: _Given
    ) -> tuple[_Made, float]:
        worker.owner = owner
        try:
            return await asyncio.wrap_future(worker.start(function, given))
        except BrokenProcessPool:
            worker.end()
            raise
        finally:
            worker.owner = None
            self._here.give_back(worker)


def timed(function: Callable[[_Given], _Made], given: _Given) -> tuple[_Made, float]:
    """Return what a function makes, and the seconds that it took."""
    began = time.monotonic()
    made = function(given)
    return made, time.monotonic() - began
