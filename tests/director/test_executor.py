import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from director.events import Event, Made
from director.executor import Executor
from director.settings import HOME, Settings
from episodes.errors import RequestRejected, Stopped, TransientToolError
from episodes.requests import ComposeRequest
from episodes.tasks import Task
from episodes.theme import found_theme
from episodes.work import Plan, task
from tools.ledger import Ledger
from tools.protocols import ToolSettings
from tools.registry import factory
from tools.shelf import Artefact, Shelf


def a_task(jobs: Path, seed: int = 1) -> Task:
    tool = factory("music", "tests.fakes.slow_music:build")(ToolSettings(options={"jobs": str(jobs)}))
    theme = found_theme("Night Shift")
    request = ComposeRequest(mood="quiet", seconds="1", tempo=80, key="D minor", theme=theme, seed=seed)
    return task(f"S{seed:02d}:score", tool.info, request)


def settings(folder: Path, mood: str = "ok", budget: float | None = None) -> Settings:
    options = {"music": {"jobs": str(folder), "mood": mood}}
    return Settings(cache=folder, backends={"music": "tests.fakes.slow_music:build"}, options=options, budget=budget)


async def make(folder: Path, *tasks: Task, mood: str = "ok", budget: float | None = None) -> list[Artefact]:
    told: list[Event] = []
    shelf, ledger = Shelf(folder / "cache", folder / "takes"), Ledger(folder / "ledger.sqlite")
    async with Executor(settings(folder, mood, budget), shelf, ledger, told.append) as executor:
        plan = Plan(tasks=tasks)
        made = await asyncio.gather(*(executor.make(plan, one.key) for one in tasks))
    make.reused = [event.reused for event in told if isinstance(event, Made)]  # type: ignore[attr-defined]
    return list(made)


def submitted(folder: Path) -> int:
    return len(list(folder.glob("job-*")))


async def test_two_that_want_the_same_at_the_same_time_cause_one_call(tmp_path: Path) -> None:
    one = a_task(tmp_path)
    shelf = Shelf(tmp_path / "cache")
    async with Executor(settings(tmp_path), shelf, Ledger(tmp_path / "l.sqlite"), lambda event: None) as executor:
        plan = Plan(tasks=(one,))
        await asyncio.gather(*(executor.make(plan, one.key) for _ in range(5)))
    assert submitted(tmp_path) == 1


async def test_a_second_run_makes_no_call(tmp_path: Path) -> None:
    await make(tmp_path, a_task(tmp_path), a_task(tmp_path, 2))
    await make(tmp_path, a_task(tmp_path), a_task(tmp_path, 2))
    assert submitted(tmp_path) == 2
    assert make.reused == [True, True]  # type: ignore[attr-defined]


async def test_a_passing_failure_is_tried_again_under_the_same_remote_job(tmp_path: Path) -> None:
    await make(tmp_path, a_task(tmp_path), mood="fails twice")
    assert submitted(tmp_path) == 1


async def test_a_refusal_is_not_tried_again(tmp_path: Path) -> None:
    with pytest.raises(RequestRejected):
        await make(tmp_path, a_task(tmp_path), mood="refuses")
    assert [entry.attempts for entry in Ledger(tmp_path / "ledger.sqlite").entries()] == [1]


async def test_the_budget_stops_the_call_that_would_pass_it(tmp_path: Path) -> None:
    await make(tmp_path, a_task(tmp_path), budget=0.9)
    with pytest.raises(Stopped, match="budget"):
        await make(tmp_path, a_task(tmp_path, 2), budget=0.9)
    assert submitted(tmp_path) == 1


async def test_a_failed_task_does_not_lose_the_others(tmp_path: Path) -> None:
    good = a_task(tmp_path)
    await make(tmp_path, good)
    with pytest.raises((RequestRejected, TransientToolError)):
        await make(tmp_path, good, a_task(tmp_path, 2), mood="refuses")
    assert Shelf(tmp_path / "cache").find(good.key) is not None


def test_a_call_in_flight_at_a_power_cut_is_taken_up_by_its_remote_id(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path; sys.path.insert(0, 'tests')\n"
        "import director.test_executor as t\n"
        "folder = Path(sys.argv[1]); asyncio.run(t.make(folder, t.a_task(folder), mood='dies while waiting'))"
    )
    program = program.replace("import director.test_executor as t", "import runpy; t = runpy.run_path(sys.argv[2])")
    program = program.replace("t.make(folder, t.a_task(folder)", "t['make'](folder, t['a_task'](folder)")
    command = [sys.executable, "-c", program, str(tmp_path), __file__]
    first = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert first.returncode == 9, first.stderr
    assert submitted(tmp_path) == 1
    second = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert second.returncode == 0, second.stderr
    assert submitted(tmp_path) == 1
    (entry,), (job,) = Ledger(tmp_path / "ledger.sqlite").entries(), tmp_path.glob("job-*")
    assert (entry.state, entry.remote_id) == ("done", job.name)
