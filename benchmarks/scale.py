"""`make bench-scale`: how near a production comes to the shortest time that its tools allow, and what memory it takes.

Makespan: an episode of 24 shots (of 60 with `--shots 60`) is made by the real graph with tools of known latency, on
1, 2, 4 and 8 slots. From the first tool's start to the end of the look at the film it may take 1.10 times the larger
of the critical path and of the work that a slot has to do, both of which are worked out from the latencies. First
come, first served is measured beside it. Memory: see `benchmarks.scale_memory`. Figures go to `out/scale`; exits with
1 when a bar is missed.
"""

import argparse
import asyncio
import json
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import scale_memory
from benchmarks.scale_tools import latency
from benchmarks.verdicts import Verdict, report
from director import crews
from director.session import produce
from director.settings import Settings
from director.slots import Rank, Slots
from episodes.brief import Brief
from episodes.plan import plan
from episodes.store import EpisodeStore
from episodes.tasks import Task, ToolInfo
from episodes.work import Plan

BAR = 1.10
SLOTS = (1, 2, 4, 8)
SHOTS = (24,)
KINDS = ("voice", "finish", "music", "sound", "assembly")
HERE = ToolInfo(name="warming", version="1")
CAMERAS = {"here": "benchmarks.scale_tools:video", "elsewhere": "benchmarks.scale_tools:far_video"}
"""Where takes are made: in the same slots as all else, or on another machine, with as many places again."""
BRIEFS = {24: (1.0, 2), 60: (2.3, 1)}
"""Minutes and seed of the episodes that have so many shots with the sleeping voices."""
_THEME = "raccoon heist at a doughnut shop"


@dataclass(frozen=True)
class Run:
    """One episode, made once."""

    shots: int
    camera: str
    slots: int
    order: str
    path: float
    """Seconds of the critical path."""
    work: float
    """Seconds of work for each slot."""
    took: float
    """Seconds from the first tool's start to the end of the look at the film."""

    @property
    def bound(self) -> float:
        """The shortest time there can be."""
        return max(self.path, self.work)

    @property
    def ratio(self) -> float:
        """What it took against that."""
        return self.took / self.bound


class FirstCome(Slots):
    """Slots as they would be without an order."""

    async def run(
        self, tool: ToolInfo, function: Callable[[Any], Any], given: Any, *, rank: Rank = (), **more: Any
    ) -> tuple[Any, float]:
        return await super().run(tool, function, given, rank=(), **more)


ORDERS: dict[str, type[Slots]] = {"longest first": Slots, "first come": FirstCome}


def settings_for(folder: Path, camera: str, slots: int) -> Settings:
    """Return settings that name the sleeping tools."""
    backends = {kind: f"benchmarks.scale_tools:{kind}" for kind in KINDS}
    backends |= {"video": CAMERAS[camera], "animatic": CAMERAS[camera]}
    options = {kind: {"log": str(folder / "calls.log")} for kind in (*KINDS, "video")}
    return Settings(
        out=folder / "shows", cache=folder / "cache", slots=slots, passes=0, backends=backends, options=options
    )


def brief_of(shots: int) -> Brief:
    """Return the brief whose episode has this many shots, or about as many."""
    minutes, seed = BRIEFS.get(shots, (shots / 24, 1))
    return Brief(theme=_THEME, minutes=round(minutes, 2), format_name="proof", seed=seed)


def bounds(work: Plan, places: int) -> tuple[float, float]:
    """Return the critical path and the work for each place, in seconds, from the latencies alone.

    The teaser does not count: it is cut when the film has been seen.
    """
    tasks = [task for task in work.tasks if task.kind != "tease"]
    ends: dict[str, float] = {}
    for task in tasks:
        ends[task.key] = latency(task.request) + max((ends.get(need.key, 0.0) for need in task.needs), default=0.0)
    here, there = _seconds(tasks, outside=False), _seconds(tasks, outside=True)
    return max(ends.values()), max(here, there) / places


def _seconds(tasks: Sequence[Task], *, outside: bool) -> float:
    return sum(latency(task.request) for task in tasks if task.tool.outside is outside)


def measured(brief: Brief, folder: Path, camera: str, slots: int, order: str) -> Run:
    """Make the episode of a brief and return what it took. Raises `RuntimeError` when something was made otherwise."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    settings = settings_for(folder, camera, slots)

    async def made() -> EpisodeStore:
        async with ORDERS[order](slots, slots) as shared:
            # Workers start while the writer thinks, and these writers think fast: they are given the time.
            await asyncio.gather(*(shared.run(HERE, time.sleep, 1.0) for _ in range(slots)))
            outcome = await produce(brief, settings, lambda event: None, slots=shared)
        return EpisodeStore(outcome.berth.folder)

    store = asyncio.run(made())
    episode = store.episode(store.head().revision)
    work = plan(episode, crews.belt(settings), "animatic")
    calls = [line.split() for line in (folder / "calls.log").read_text().splitlines()]
    timed = [(float(began), float(ended)) for kind, began, ended in calls if kind != "tease"]
    if len(timed) != sum(task.kind != "tease" for task in work.tasks):
        raise RuntimeError(f"{len(timed)} calls were made for a plan of {len(work.tasks)}.")
    path, share = bounds(work, slots)
    took = max(ended for _, ended in timed) - min(began for began, _ in timed)
    return Run(len(episode.shots), camera, slots, order, path, share, took)


def makespans(out: Path, shots: Sequence[int], slots: Sequence[int], cameras: Sequence[str]) -> list[Run]:
    """Make all episodes one after another and print a line of each."""
    print(
        f"  {'shots':>5} {'takes':<10} {'slots':>5} {'path':>7} {'work':>7}   {'longest first':>17}  {'first come':>17}"
    )
    runs = []
    for wanted in shots:
        brief = brief_of(wanted)
        for camera in cameras:
            for places in slots:
                # In one slot there is nothing to put in order.
                orders = list(ORDERS) if places > 1 else ["longest first"]
                pair = [measured(brief, out / "episode", camera, places, order) for order in orders]
                runs += pair
                told = "  ".join(f"{one.took:7.1f} s ({one.ratio:.3f})" for one in pair)
                one = pair[0]
                print(
                    f"  {one.shots:>5} {camera:<10} {places:>5} {one.path:>7.1f} {one.work:>7.1f}   {told}", flush=True
                )
    return runs


def main(arguments: list[str]) -> int:
    """Measure what is asked, print it and write it down."""
    parser = argparse.ArgumentParser(prog="make bench-scale", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=("makespan", "memory"), default=["makespan", "memory"])
    parser.add_argument("--shots", nargs="+", type=int, default=list(SHOTS))
    parser.add_argument("--slots", nargs="+", type=int, default=list(SLOTS))
    parser.add_argument("--takes", nargs="+", choices=CAMERAS, default=["here"], help="where takes are made")
    parser.add_argument("--out", type=Path, default=Path("out/scale"))
    given = parser.parse_args(arguments)
    out: Path = given.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    found: dict[str, Any] = {}
    judged: list[Verdict] = []
    if "makespan" in given.only:
        print("makespan: seconds against the larger of critical path and work for each slot", flush=True)
        runs = makespans(out, given.shots, given.slots, given.takes)
        found["makespan"] = [asdict(run) | {"ratio": round(run.ratio, 4)} for run in runs]
        judged += [
            Verdict(f"makespan of {run.shots} shots, takes {run.camera}, {run.slots} slots", run.ratio, BAR)
            for run in runs
            if run.order == "longest first"
        ]
    if "memory" in given.only:
        print("memory: all processes of a production, the proof format", flush=True)
        ratio, found["memory"] = scale_memory.verdicts(out)
        judged += ratio
    kept = report(judged)
    found["verdicts"] = [asdict(verdict) | {"holds": verdict.holds} for verdict in judged]
    (out / "scale.json").write_text(json.dumps(found, indent=2) + "\n")
    (out / "scale.txt").write_text("".join(f"{v.name}: {v.reached:.4g} (bar {v.bar:g})\n" for v in judged))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
