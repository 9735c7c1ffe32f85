"""The executor: takes a plan's tasks one by one or many at once, and lets each be made exactly once.

The work itself is done in slots, which other episodes may share. Whatever is on the shelf is not made again; whatever
is in flight is waited for; of what waits, that goes first from which the way to the end of the film is longest.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from director.events import Listener, Made, Replaced
from director.patience import Patience
from director.settings import FOOTAGE, OWN_READING, Settings
from director.slots import Rank, Slots
from director.understudies import Understudies, Understudy, nobody
from episodes.errors import (
    BackendDown,
    BackendUnavailable,
    MediaBroken,
    Stopped,
    ToolError,
    TransientToolError,
)
from episodes.requests import SpeakRequest
from episodes.store import StoodIn
from episodes.tasks import Task
from episodes.work import Plan, recipe_key
from tools.ledger import Ledger
from tools.shelf import Artefact, Shelf
from tools.worker import SERVED_BY, Job, build, work

Inputs = Mapping[str, Artefact | Path]


class Executor:
    """Makes artefacts for plans. Use it as an asynchronous context manager: it ends its own work."""

    understudies: Understudies = staticmethod(nobody)
    """Says who may stand in for a back end that does not deliver."""
    replaced: Callable[[StoodIn], None] = staticmethod(lambda stood_in: None)
    """Puts it into the record when somebody does."""

    def __init__(
        self,
        settings: Settings,
        shelf: Shelf,
        ledger: Ledger,
        listener: Listener,
        slots: Slots | None = None,
        order: int = 0,
    ) -> None:
        """Start no process yet; the first task does.

        `slots` are shared with other episodes; without them it has its own. Of those who share, the one with the
        smallest `order` goes before the others.
        """
        self.shelf, self.ledger = shelf, ledger
        self._settings, self._listener = settings, listener
        self._slots = slots or Slots(settings.slots)
        self._own = None if slots else self._slots
        self._order = order
        self._promised: dict[str, tuple[int, float]] = {}
        """By content key, how often a call that is on its way had been tried before, and what it costs."""
        self._under_way: dict[str, asyncio.Future[Artefact]] = {}
        self._files: dict[str, Path] = {}
        self._patience = Patience(settings.patience)
        self._stands_in: set[str] = set()
        """Recipe keys of what stands in for what was planned, or is made of that."""

    async def __aenter__(self) -> "Executor":
        """Return itself."""
        return self

    async def __aexit__(self, *unused: object) -> None:
        """End all of its work without waiting for what is half done; others' goes on."""
        self._slots.leave(self)
        if self._own is not None:
            await self._own.__aexit__(*unused)

    def warm(self) -> None:
        """Start the local workers now, while the writer thinks: their first task then need not wait for imports."""
        self._slots.warm()

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
            return await self._done(task, backend, inputs, self._rank(plan, task))
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

    async def _done(self, task: Task, backend: str, inputs: Inputs, rank: Rank) -> Artefact:
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
        return await self._work(job, rank)

    async def _stand_in(self, plan: Plan, task: Task, backend: str, inputs: Inputs, error: ToolError) -> Artefact:
        """Return what the first understudy that can makes of a task, and say so. Raises `error` when none can."""
        for understudy in self.understudies(task, backend, error):
            try:
                made = await self._played(plan, task, understudy, inputs)
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

    async def _played(self, plan: Plan, failed: Task, understudy: Understudy, inputs: Inputs) -> Artefact:
        if understudy.input:
            taken = inputs[understudy.input]
            assert isinstance(taken, Artefact)
            return taken
        task = understudy.task
        found = await asyncio.to_thread(self.shelf.find, task.key)
        if found is not None:
            return found
        # As much waits for it as for the one that it stands in for.
        return await self._done(task, understudy.backend, await self._inputs(plan, task), self._rank(plan, failed))

    async def _input(self, plan: Plan, key: str) -> Artefact | Path:
        return await self.make(plan, key)

    async def _file(self, key: str) -> Artefact | Path:
        return self._files[key]

    async def _work(self, job: Job, rank: Rank) -> Artefact:
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
                    made, took = await self._hand_out(job, rank)
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
        if isinstance(task.request, SpeakRequest) and task.request.own is not None:
            return OWN_READING
        if kind != "video":
            return self._settings.backend(kind)
        # Several cameras may be at hand: those that final takes go through, the person's own clips, and the animatic's.
        for name in (*self._settings.cameras, FOOTAGE):
            if build(kind, name, self._settings.tool(kind, name)).info.name == task.tool.name:
                return name
        return self._settings.backend("animatic")

    async def _hand_out(self, job: Job, rank: Rank) -> tuple[Artefact, float]:
        """Return the artefact and the seconds of work on it, without the wait for a free slot."""

        def allow() -> None:
            self._check_budget(job, promise=True)
            self._leave(job.task)

        self._check_budget(job)  # Whoever can't be paid for need not wait.
        try:
            made, took = await self._slots.run(job.task.tool, work, job, rank=rank, owner=self, allow=allow)
        finally:
            self._promised.pop(job.content_key, None)
        self._slots.urgency.learn(job.task, took)
        return made, took

    def _rank(self, plan: Plan, task: Task) -> Rank:
        """Return when a task's turn is: earlier episodes first, of one the task with the longest way to its end."""
        return (self._order, -self._slots.urgency.path(plan, task))

    def _check_budget(self, job: Job, *, promise: bool = False) -> None:
        """Raise `Stopped` when a call would pass the budget; with `promise`, count it as spent from now on."""
        task = job.task
        price = task.tool.price_per_call + task.tool.price_per_second * float(task.media_seconds)
        if self._settings.budget is None or price == 0:
            return
        tries = {entry.key: entry.attempts for entry in self.ledger.entries()}
        # A call stands in the ledger as soon as its worker has begun; until then it is only promised.
        promised = sum(asked for key, (before, asked) in self._promised.items() if tries.get(key, 0) <= before)
        spent = self.ledger.spent() + promised
        if spent + price > self._settings.budget:
            raise Stopped(
                f"The budget of {self._settings.budget:.2f} would be passed by {task.label} "
                f"({spent:.2f} spent, {price:.2f} more): raise --budget and run the same command to go on."
            )
        if promise:
            self._promised[job.content_key] = tries.get(job.content_key, 0), price

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
