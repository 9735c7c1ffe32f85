"""A season's production: scripts one after the other, then films side by side; whatever is there already stays.

Nothing here needs LangGraph until something is to be made: a season that is whole answers at once.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from agents.protocols import SeasonPlanner
from director import season_scripts, shows
from director.events import Listener
from director.season_manifest import SeasonOrder
from director.season_plan import keep_plan
from director.season_record import EpisodeRow, EpisodeStatus, SeasonRecord, find_season, read_season, write_season
from director.season_scripts import Standing
from director.settings import Settings
from director.shows import Berth
from episodes import names
from episodes.bible import fold
from episodes.brief import Brief
from episodes.errors import OutOfSpace, ProductionError, Stopped
from episodes.store import Answered, Lease
from tools.ledger import Ledger
from tools.purse import Allowance, Purse

MOST_ROUNDS = 3
"""How often a run writes stale scripts again: a film's own review may alter a fact that later ones use."""

PLANNING = ".plan"
"""Folder of what the planner keeps, in the season's: no player looks into it."""

OUTSIDE_PARALLEL = 4
"""Episodes that are filmed at the same time where most of the work is done elsewhere."""


Planners = Callable[[Path, Purse, Callable[[Answered], None]], SeasonPlanner]
"""Gives who plans, from a folder for what it keeps, the purse that it shares, and who hears which hand answered."""


class SeasonListener(Protocol):
    """Hears how a season goes."""

    def opened(self, record: SeasonRecord) -> None:
        """Hear what is planned, and how far it is."""

    def changed(self, row: EpisodeRow) -> None:
        """Hear that an episode stands elsewhere."""

    def of(self, number: int) -> Listener:
        """Return who hears the events of one episode."""

    def say(self, sentence: str) -> None:
        """Hear a sentence for the person."""


@dataclass(frozen=True)
class SeasonOptions:
    """How a season is to be made."""

    allowance: Allowance
    max_parallel: int | None = None
    """Films that are made at the same time; None for what suits the back ends."""
    keep_scripts: bool = False
    """Whether scripts stay that tell what no longer holds."""
    retry: bool = False
    """Whether back ends are asked again for what others stood in for."""


@dataclass(frozen=True)
class SeasonOutcome:
    """What came of a run."""

    folder: Path
    record: SeasonRecord
    made: int
    """Episodes that this run wrote or filmed."""
    spent: str | None
    """Why the whole stopped before its end, and what to raise."""

    @property
    def is_whole(self) -> bool:
        """Whether every episode is as far as was asked."""
        return self.spent is None and not any(row.status == "failed" for row in self.record.episodes)


async def produce_season(
    order: SeasonOrder,
    settings: Settings,
    planners: Planners,
    listener: SeasonListener,
    options: SeasonOptions,
) -> SeasonOutcome:
    """Make a season, from wherever an earlier run left it.

    Raises `InputRefused`, and `RecordBusy` when another process is at work on it; no episode's failure is raised.
    """
    settings = settings.model_copy(update={"approve": False, "budget": None})
    folder = season_folder(order, settings)
    folder.mkdir(parents=True, exist_ok=True)
    lease = Lease(folder)
    try:
        purse = purse_of(folder, options.allowance)
        try:
            record = await open_season(order, settings, planners, folder, purse)
        except Stopped:
            # Not even the plan is paid for: what is there stays as it is.
            record = read_season(folder) or SeasonRecord(identity=order.identity, show=order.show, season=0)
            return SeasonOutcome(folder, record, 0, purse.spent)
        run = _Run(order, settings, options, listener, folder, record, purse)
        write_season(folder, run.record)
        listener.opened(run.record)
        try:
            await run.to_the_end()
        finally:
            run.save()
        return SeasonOutcome(folder, run.record, len(run.made), purse.spent)
    finally:
        lease.release()


def purse_of(folder: Path, allowance: Allowance) -> Purse:
    """Return the purse of a season, which knows what all earlier runs have taken."""
    kept = read_season(folder)
    places = [folder / PLANNING, *(path for path, _ in shows.episodes_in(folder))]
    ledgers = [Ledger(path / "ledger.sqlite") for path in places]
    return Purse(
        allowance,
        price=sum(ledger.spent() for ledger in ledgers),
        calls=sum(ledger.outside_calls() for ledger in ledgers),
        seconds=kept.wall_seconds if kept else 0.0,
    )


def season_folder(order: SeasonOrder, settings: Settings) -> Path:
    """Return the folder of the season: its own, or the one that it would get. Raises `InputRefused`."""
    identities = frozenset(brief.identity for brief in order.briefs(None)) if order.wish is None else frozenset[str]()
    number = find_season(settings.out, order.show, order.identity, identities, order.season)
    return shows.show_folder(settings.out, order.show) / names.season_folder(number)


async def open_season(
    order: SeasonOrder, settings: Settings, planners: Planners, folder: Path, purse: Purse
) -> SeasonRecord:
    """Return the season's record with a plan as long as is asked; what was planned before stays."""
    kept, number = read_season(folder), int(folder.name.split()[-1])
    record = kept or SeasonRecord(identity=order.identity, show=order.show, season=number)
    if order.wish is None:
        return record
    wish, answered = order.wish.model_copy(update={"season": number}), list[Answered]()
    bible = fold(order.show, shows.told_before(folder.parent, number, 0))
    plan = await keep_plan(record.plan, wish, bible, lambda: planners(folder / PLANNING, purse, answered.append))
    by = record.planned_by or "rules"
    for one in answered:
        by = one.model if one.by == "model" else f"rules{f': {one.reason}' if one.reason else ''}"
    return record.model_copy(update={"wish": wish, "plan": plan, "planned_by": by})


@dataclass
class _Run:
    """One run over one season."""

    order: SeasonOrder
    settings: Settings
    options: SeasonOptions
    listener: SeasonListener
    folder: Path
    record: SeasonRecord
    purse: Purse
    made: set[int] = field(default_factory=set)
    failed: dict[int, str] = field(default_factory=dict)
    waiting: dict[int, str] = field(default_factory=dict)
    """Episodes that were stopped for no fault of their own, and why."""
    worked: dict[int, float] = field(default_factory=dict)
    """Seconds at work on each in this run."""

    def __post_init__(self) -> None:
        numbers = range(1, self.order.count + 1) if self.order.wish else [one.number for one in self.order.fixed]
        self.briefs: dict[int, Brief] = dict(zip(numbers, self.order.briefs(self.record.plan), strict=True))
        self._before = {row.number: row for row in self.record.episodes}
        self._refresh(self.briefs)

    # ---- the record --------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Write down how far everything is."""
        self._refresh(self.briefs)
        write_season(self.folder, self.record)

    def _refresh(self, numbers: Iterable[int]) -> None:
        rows = {row.number: row for row in self.record.episodes} | {number: self._row(number) for number in numbers}
        ordered = tuple(row for _, row in sorted(rows.items()))
        self.record = self.record.model_copy(
            update={
                "episodes": ordered,
                "wall_seconds": round(self.purse.seconds, 1),
                "calls": self.purse.calls,
                "price": round(self.purse.price, 6),
            }
        )

    def _tell(self, number: int) -> None:
        """Write down how far one episode is, and say so."""
        self._refresh((number,))
        write_season(self.folder, self.record)
        row = self.record.row(number)
        assert row is not None
        self.listener.changed(row)

    def _look(self, number: int) -> Standing:
        return season_scripts.look_at(self.briefs[number], self.record.season, number, self.settings)

    def _row(self, number: int) -> EpisodeRow:
        brief, standing, before = self.briefs[number], self._look(number), self._before.get(number)
        row = EpisodeRow(number=number, call=brief.theme, identity=brief.identity)
        if before is not None and before.identity == row.identity:
            row = row.model_copy(update={"wall_seconds": before.wall_seconds})
        row = row.model_copy(update={"wall_seconds": round(row.wall_seconds + self.worked.get(number, 0.0), 1)})
        if standing.berth is None or standing.head is None:
            return self._status(row, standing)
        from director import display

        told = display.report_on(standing.berth, standing.head, again=False, audio_only=self.settings.audio_only)
        ledger = Ledger(standing.berth.folder / "ledger.sqlite")
        update = {
            "title": told.title,
            "seconds": told.seconds if standing.is_finished else 0.0,
            "calls": ledger.outside_calls(),
            "price": round(ledger.spent(), 6),
            "stood_in": told.stood_in,
            "folder": standing.berth.folder.name,
            "files": tuple(Path(name).name for name in told.files),
        }
        return self._status(row.model_copy(update=update), standing)

    def _status(self, row: EpisodeRow, standing: Standing) -> EpisodeRow:
        status: EpisodeStatus = "planned"
        reason = self.waiting.get(row.number, "")
        if standing.is_scripted or standing.is_finished:
            status = "finished" if standing.is_finished else "scripted"
        if standing.stale:
            status, reason = "stale", " ".join(standing.stale)
        if row.number in self.failed:
            status, reason = "failed", self.failed[row.number]
        return row.model_copy(update={"status": status, "reason": reason})

    # ---- the work ----------------------------------------------------------------------------------------------------

    async def to_the_end(self) -> None:
        """Write what is not written, film what is not filmed, and begin again where that made something stale."""
        for _ in range(MOST_ROUNDS):
            if not self._is_open():
                return
            # Only now: whoever has nothing to make answers before LangGraph is imported.
            from director.slots import Slots

            async with Slots(self.settings.slots) as slots:
                for number in self.briefs:
                    await self._guarded(number, self._write(number, slots))
                if self.settings.stop_at != "script":
                    await self._film_all(slots)
            self.options = _once(self.options)

    def _is_open(self) -> bool:
        """Whether there is anything that this run can still make."""
        return self.purse.spent is None and any(
            number not in self.failed and self._wants(number, self._look(number)) for number in self.briefs
        )

    def _wants(self, number: int, standing: Standing) -> bool:
        if self._rewrites(standing):
            return True
        done = standing.is_scripted if self.settings.stop_at == "script" else standing.is_finished
        head = standing.head
        return not done or bool(self.options.retry and head and head.stood_in)

    def _rewrites(self, standing: Standing) -> bool:
        """Whether a stale script is to be written again: never what the person has had a hand in."""
        return bool(standing.stale) and not self.options.keep_scripts and not standing.is_edited

    async def _write(self, number: int, slots: Any) -> bool:
        """Have the script of one episode written, unless it stands; return whether there was anything to do."""
        standing, brief = self._look(number), self.briefs[number]
        again = self._rewrites(standing)
        if standing.is_finished and not again:
            return False
        if again:
            self.listener.say(f"E{number:02}'s script is written again: {' '.join(standing.stale)}")
        elif standing.stale:
            self.listener.say(f"E{number:02} keeps its script, though: {' '.join(standing.stale)}")
        if standing.is_scripted and not again:
            return False
        from director import session

        season = self.record.season
        berth = await asyncio.to_thread(shows.find_or_make, self.settings.out, brief, season, number)
        await asyncio.to_thread(season_scripts.prepare, berth, brief, self.settings, again=again)
        alone = season_scripts.script_settings(self.settings)
        listener = self.listener.of(number)
        outcome = await session.produce(brief, alone, listener, berth=berth, slots=slots, purse=self.purse)
        season_scripts.note_written(outcome.berth, self.settings)
        self.made.add(number)
        return True

    async def _film_all(self, slots: Any) -> None:
        """Have all films made that are not, several at a time, the earlier ones first."""
        places = asyncio.Semaphore(self.options.max_parallel or parallel(self.settings))

        async def film(number: int) -> None:
            async with places:
                await self._guarded(number, self._film(number, slots))

        await asyncio.gather(*(film(number) for number in self.briefs))

    async def _film(self, number: int, slots: Any) -> bool:
        standing = self._look(number)
        if self._rewrites(standing) or not self._wants(number, standing):
            return False  # Stale since this round began: the next one writes it first.
        from director import session

        berth = self._berth(standing)
        await session.produce(
            self.briefs[number],
            self.settings,
            self.listener.of(number),
            retry=self.options.retry,
            berth=berth,
            slots=slots,
            purse=self.purse,
        )
        self.made.add(number)
        return True

    def _berth(self, standing: Standing) -> Berth:
        if standing.berth is None or not standing.is_scripted:
            raise ProductionError("It has no script yet.")
        return standing.berth

    async def _guarded(self, number: int, work: Coroutine[Any, Any, bool]) -> None:
        """Do one episode's work; what goes wrong with it is written down and stops no other."""
        if number in self.failed or self.purse.spent is not None:
            work.close()
            return
        began, worked = time.monotonic(), True
        try:
            self.purse.check_time()
            worked = await work
        except OutOfSpace as error:
            self.purse.spent = self.purse.spent or str(error)
            self.waiting[number] = str(error)
        except Stopped as error:
            self.waiting[number] = str(error)
        except ProductionError as error:
            self.failed[number] = str(error)
        except Exception as error:  # noqa: BLE001 - a back end of somebody else's may raise anything
            self.failed[number] = f"{type(error).__name__}: {error}"
        finally:
            work.close()
            if worked:
                self.worked[number] = self.worked.get(number, 0.0) + time.monotonic() - began
        if worked:
            self._tell(number)


def parallel(settings: Settings) -> int:
    """Return how many films are made at the same time where nobody says: more where the work is done elsewhere."""
    from director import crews

    belt = crews.belt(settings)
    tools = (belt.voice, belt.video, *belt.video_steps, belt.music)
    if settings.uses_model or any(tool.outside for tool in tools):
        return OUTSIDE_PARALLEL
    return 2 if settings.slots >= 4 else 1


def _once(options: SeasonOptions) -> SeasonOptions:
    """Return the options for the rounds after the first: nobody is asked again and again."""
    return SeasonOptions(options.allowance, options.max_parallel, options.keep_scripts)
