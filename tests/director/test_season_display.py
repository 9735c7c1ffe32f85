"""What is shown of a season, on a terminal, in a log and at the end; and the purse that its episodes share."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from director.events import Made, Planned, StepBegan
from director.season import SeasonOutcome
from director.season_display import SeasonWatch, print_season
from director.season_plan import extended
from director.season_record import EpisodeRow, SeasonRecord
from episodes.errors import Stopped
from episodes.season import EpisodeOutline, RunningGag, SeasonBrief, SeasonPlan
from tools.ledger import Ledger
from tools.purse import Allowance, Purse

ROWS = (
    EpisodeRow(number=1, call="a goose", identity="a", title="Glazed and [Confused]", status="finished", seconds=93.4,
               wall_seconds=75, calls=12, price=0.5, files=("Night Shift - S01E01 - Glazed.mp4",)),
    EpisodeRow(number=2, call="a llama in the library that nobody has ever seen before, or will again", identity="b",
               status="failed", reason="The key for slow-music is missing.", calls=3, price=0.25),
    EpisodeRow(number=3, call="a cow", identity="c", title="High Steaks", status="scripted"),
)  # fmt: skip
RECORD = SeasonRecord(identity="x", show="Night Shift", season=2, episodes=ROWS, calls=16, price=0.8, wall_seconds=90.0)


def text_of(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_its_terminal_and_says_what_failed_and_why(width: int) -> None:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    outcome = SeasonOutcome(Path("shows/Night Shift (2026)/Season 02"), RECORD, 2, "Raise --budget.")
    print_season(outcome, as_json=False, console=console)
    lines = text_of(console).splitlines()
    assert all(len(line) <= width for line in lines)
    told = "\n".join(lines)
    assert "Not whole yet: Night Shift, season 2, 1 of 3 finished" in told
    assert "E02 The key for slow-music is missing." in told
    assert "Glazed and [Confused]" in told
    assert "Raise --budget." in told
    total = next(line for line in lines if " all " in line)
    assert total.split() == ["all", "93", "s", "1:30", "16", "0.80"]
    assert ("S01E01" in told) == (width == 120)


def test_a_live_line_shows_who_is_at_work_and_how_many_pieces_are_made() -> None:
    console = Console(file=io.StringIO(), width=80, force_terminal=True, highlight=False, color_system=None)
    watch = SeasonWatch(quiet=False, console=console)
    watch.opened(RECORD)
    hear = watch.of(3)
    hear(StepBegan("speak_lines", "S01"))
    hear(Planned(4))
    hear(Made("S01-01", "render", "quick", 0.1, reused=False))
    hear(Made("S01-01", "render", "quick", 0.1, reused=True))
    console.print(watch.shown())
    shown = text_of(console)
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert "Cast speaks" in shown
    assert "1/4" in shown
    assert "1 of 3 finished" in shown


def test_a_log_tells_each_step_of_an_episode_once_and_every_change_of_its_state() -> None:
    console = Console(file=io.StringIO(), width=80, highlight=False)
    with SeasonWatch(quiet=False, console=console) as watch:
        watch.opened(RECORD)
        hear = watch.of(3)
        for scene in ("S01", "S02"):
            hear(StepBegan("speak_lines", scene))
            hear(Made(f"{scene}-01", "speak", "quick", 0.1, reused=False))
        watch.changed(ROWS[2].model_copy(update={"status": "finished", "seconds": 41.0}))
    told = text_of(console)
    assert told.count("E03 High Steaks: Cast speaks") == 1
    assert "E03 High Steaks: finished, 41 s" in told
    assert "S01-01" not in told


def test_quiet_shows_nothing_and_json_is_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    with SeasonWatch(quiet=True) as watch:
        watch.opened(RECORD)
    print_season(SeasonOutcome(Path("x"), RECORD, 0, None), as_json=True)
    printed = capsys.readouterr()
    assert SeasonRecord.model_validate_json(printed.out) == RECORD
    assert printed.err == ""


# ---- the purse -------------------------------------------------------------------------------------------------------


def test_the_purse_lets_calls_leave_until_one_would_be_too_much() -> None:
    purse = Purse(Allowance(money=1.0), price=0.5)
    purse.leave("S01-01", 0.5, outside=True)
    purse.leave("S01-02", 0.0, outside=True)
    with pytest.raises(Stopped, match="raise --budget"):
        purse.leave("S01-03", 0.01, outside=True)
    purse.leave("free", 0.0, outside=False)
    assert (purse.price, purse.calls) == (1.0, 3 - 1)
    assert purse.spent is not None


def test_a_model_s_call_that_cost_less_than_its_worst_gives_the_rest_back() -> None:
    purse = Purse(Allowance(money=1.0))
    purse.leave("a call", 0.9, outside=True)
    purse.settle(-0.6)
    purse.leave("another", 0.6, outside=True)
    assert purse.price == pytest.approx(0.9)


def test_the_time_of_the_whole_counts_what_earlier_runs_took() -> None:
    now = [100.0]
    purse = Purse(Allowance(minutes=2), seconds=90, clock=lambda: now[0])
    purse.leave("a", 0.0, outside=False)
    now[0] += 31
    with pytest.raises(Stopped, match="raise --max-minutes"):
        purse.leave("b", 0.0, outside=False)


def test_a_ledger_tells_which_calls_left_the_machine_and_an_old_one_is_still_read(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as base:
        base.execute(
            "CREATE TABLE calls (key TEXT PRIMARY KEY, label TEXT NOT NULL, kind TEXT NOT NULL, tool TEXT NOT NULL,"
            " state TEXT NOT NULL, remote_id TEXT, attempts INTEGER NOT NULL DEFAULT 0, price REAL NOT NULL DEFAULT 0,"
            " reserved_at REAL NOT NULL, done_at REAL)"
        )
        base.execute("INSERT INTO calls VALUES ('k', 'l', 'speak', 't', 'done', NULL, 1, 0.5, 1.0, 2.0)")
    ledger = Ledger(path)
    assert [entry.outside for entry in ledger.entries()] == [False]
    for _ in range(2):
        ledger.reserve("m", label="m", kind="compose", tool="far", price=0.25, outside=True)
    ledger.reserve("n", label="n", kind="conform", tool="near", price=0.0)
    ledger.ask(role="writer", model="m", label="season", prompt_tokens=1, answer_tokens=1, price=0.0)
    assert ledger.outside_calls() == 3


# ---- the plan --------------------------------------------------------------------------------------------------------


def test_a_longer_plan_leaves_every_brief_of_the_kept_one_as_it_is() -> None:
    def plan(count: int) -> SeasonPlan:
        return SeasonPlan(
            premise=f"{count} nights",
            cast=(),
            gags=(RunningGag(what="the soup machine", episodes=tuple(range(1, count + 1))),),
            arc=f"{count}",
            episodes=tuple(
                EpisodeOutline(number=n, call=f"call {n} of {count}", turn="t") for n in range(1, count + 1)
            ),
        )

    longer = extended(plan(2), plan(4))
    wish = SeasonBrief(theme="x", episodes=4)
    assert longer.briefs(wish)[:2] == plan(2).briefs(wish)
    assert [brief.theme for brief in longer.briefs(wish)[2:]] == ["call 3 of 4", "call 4 of 4"]
    assert all(brief.direction and "the soup machine" in brief.direction.gags for brief in longer.briefs(wish))
