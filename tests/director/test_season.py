"""Seasons as radio plays over quick back ends: what is made, how often, and what is said of it."""

import asyncio
import contextlib
import json
import random
import re
import sys
import time
from pathlib import Path

import pytest

from agents.protocols import Screenplay
from agents.writer.rules import RuleWriter
from director import editing, shows
from director.events import nobody
from director.pinned import read_pinned
from director.season_record import EpisodeRow
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.changes import AddEffects
from episodes.effects import Injure
from episodes.errors import InputRefused, RecordBusy
from episodes.facts import FactSheet
from episodes.store import EpisodeStore, Lease, read_head
from episodes.value import digest
from tests.season_lot import CALLS, SeasonLot, StandInPlanner, Told

pytestmark = [pytest.mark.xdist_group("seasons"), pytest.mark.timeout(600)]


WRITTEN: dict[str, Screenplay] = {}
"""What the writer wrote in this process: the same question has the same answer, and many seasons begin alike."""


@pytest.fixture(autouse=True)
def _one_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    write = RuleWriter.write

    async def remembered(self: RuleWriter, brief: Brief, facts: FactSheet, bible: Bible, voices: object) -> Screenplay:
        key = digest(brief, facts, bible)
        if key not in WRITTEN:
            WRITTEN[key] = await write(self, brief, facts, bible, voices)  # type: ignore[arg-type]
        return WRITTEN[key]

    monkeypatch.setattr(RuleWriter, "write", remembered)


@pytest.fixture
def lot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SeasonLot:
    made = SeasonLot(tmp_path / "lot")
    monkeypatch.setenv("TENFOUR_COUNT", str(made.count))
    return made


def statuses(rows: tuple[EpisodeRow, ...]) -> list[str]:
    return [row.status for row in rows]


def bibles(lot: SeasonLot, number: int = 1) -> list[object]:
    """What each script was written from, in order."""
    found = sorted(shows.episodes_in(lot.season(number)), key=lambda pair: pair[1].number)
    pinned = [read_pinned(folder, mark.identity) for folder, mark in found]
    assert all(pinned)
    return [one.bible for one in pinned if one]


def test_a_season_is_planned_once_extended_later_and_keeps_what_it_has(lot: SeasonLot) -> None:
    StandInPlanner.asked = 0
    first = lot.make(lot.order(theme="a week of trolleys", episodes=2, minutes=0.5))
    assert statuses(first.record.episodes) == ["finished", "finished"]
    assert [row.call for row in first.record.episodes] == list(CALLS[:2])
    assert first.record == lot.record()
    assert first.is_whole
    begun = len(lot.begun())
    films = {path: path.stat().st_mtime_ns for path in lot.season().glob("*.m4a")}
    assert len(films) == 2

    same = lot.make(lot.order(theme="a week of trolleys", episodes=2, minutes=0.5))
    assert (same.made, len(lot.begun()), StandInPlanner.asked) == (0, begun, 1)

    longer = lot.make(lot.order(theme="a week of trolleys", episodes=3, minutes=0.5))
    assert StandInPlanner.asked == 2
    assert longer.record.plan is not None
    assert longer.record.plan.premise == "a week of trolleys, in 2 parts.", "the plan that was kept stays"
    assert statuses(longer.record.episodes) == ["finished"] * 3
    assert longer.record.episodes[:2] == first.record.episodes
    assert {path: path.stat().st_mtime_ns for path in films} == films
    numbers = sorted(mark.number for _, mark in shows.episodes_in(lot.season()))
    assert numbers == [1, 2, 3]
    # Each script knows the ones before it.
    assert [len(bible.episodes) for bible in bibles(lot)] == [0, 1, 2]  # type: ignore[attr-defined]


def test_an_episode_that_always_fails_is_reported_and_the_others_are_whole(
    lot: SeasonLot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENFOUR_QUICK_FAILS", "oughnut")
    order = lot.order(lot.manifest([CALLS[1], CALLS[0]]))
    failing = lot.make(order)
    assert statuses(failing.record.episodes) == ["failed", "finished"]
    assert not failing.is_whole
    bad = failing.record.episodes[0]
    assert re.search("The key for quick-.+ is missing", bad.reason)
    assert bad.title, "its script is written"
    again = len(lot.begun())

    monkeypatch.delenv("TENFOUR_QUICK_FAILS")
    mended = lot.run("six.jsonl", "--audio-only")
    assert mended.returncode == 0, mended.stderr[-2000:]
    rows = lot.record().episodes
    assert statuses(rows) == ["finished"] * 2
    assert rows[1] == failing.record.episodes[1]
    assert len(lot.begun()) > again


def test_the_budget_is_the_whole_season_s_and_counts_what_earlier_runs_spent(lot: SeasonLot) -> None:
    order = lot.order(lot.manifest(CALLS[:2]))
    spent = lot.make(order, money=0.3)
    assert spent.spent is not None
    assert "raise --budget" in spent.spent
    assert not spent.is_whole
    assert sum(row.price for row in spent.record.episodes) <= 0.3 + 1e-9
    assert "finished" not in statuses(spent.record.episodes)[1:]
    assert statuses(spent.record.episodes).count("failed") == 0
    begun = len(lot.begun())

    still = lot.make(order, money=0.3)
    assert still.spent is not None
    paid = [kind for kind, _ in lot.begun()[begun:] if kind in ("speak", "compose")]
    assert paid == [], "nothing that costs has left"

    whole = lot.make(order, money=5.0)
    assert statuses(whole.record.episodes) == ["finished"] * 2
    prices = sum(row.price for row in whole.record.episodes)
    assert prices == pytest.approx(0.01 * len([kind for kind, _ in lot.begun() if kind in ("speak", "compose")]))


def test_calls_and_minutes_of_the_whole_are_limited_too(lot: SeasonLot) -> None:
    order = lot.order(lot.manifest(CALLS[:2]))
    few = lot.make(order, calls=7)
    assert few.spent is not None
    assert "raise --max-calls" in few.spent
    assert len(lot.begun()) <= 7
    late = lot.make(order, minutes=0.0)
    assert late.spent is not None
    assert "raise --max-minutes" in late.spent
    assert len(lot.begun()) <= 7
    assert {row.reason for row in late.record.episodes if row.status != "finished"} <= {late.spent, ""}


def hurt(lot: SeasonLot, number: int) -> str:
    """Have the person injure somebody in an episode; return their name."""
    folder = next(folder for folder, mark in shows.episodes_in(lot.season()) if mark.number == number)
    episode = EpisodeStore(folder).episode(read_head(folder).revision)
    last = episode.the_script.scenes[-1].beats[-1]
    who = next(c for c in episode.the_world.characters if c.role == "officer")
    berth = shows.find(lot.out, episode.brief, 1)
    assert berth is not None
    effects = (Injure(who=who.id, injury="a sprained wrist"),)
    changed = editing.revise(berth, (AddEffects(beat=last.id, effects=effects),), lot.settings(), nobody)
    asyncio.run(changed)
    return who.name


def test_a_change_that_alters_a_fact_makes_later_scripts_stale_and_names_it(lot: SeasonLot) -> None:
    order = lot.order(lot.manifest(CALLS[:3]))
    before = lot.make(order)
    assert before.is_whole
    name = hurt(lot, 1)

    kept = lot.make(order, keep_scripts=True)
    assert kept.made == 0
    assert statuses(kept.record.episodes)[1:] == ["stale", "stale"]
    assert f"{name} has had the injury “a sprained wrist” since E01" in kept.record.episodes[1].reason

    told = Told()
    again = lot.make(order, listener=told)
    assert statuses(again.record.episodes) == ["finished"] * 3
    assert any("E02's script is written again" in said and "a sprained wrist" in said for said in told.sentences)
    hurts = [[h.injury for h in bible.injuries] for bible in bibles(lot)[1:]]  # type: ignore[attr-defined]
    assert all("a sprained wrist" in one for one in hurts)
    assert lot.make(order).made == 0


def test_what_the_person_has_changed_is_never_written_over(lot: SeasonLot) -> None:
    order = lot.order(lot.manifest(CALLS[:2]))
    lot.make(order)
    hurt(lot, 2)
    hurt(lot, 1)
    kept = lot.make(order)
    assert kept.made == 0
    assert statuses(kept.record.episodes) == ["finished", "stale"]


def test_a_season_gets_numbers_of_its_own_and_single_episodes_stay_out_of_it(lot: SeasonLot) -> None:
    brief = lot.order(lot.manifest(["a single night"])).briefs(None)[0]
    single = shows.find_or_make(lot.out, brief)
    assert (single.season, single.number) == (1, 1)
    made = lot.make(lot.order(lot.manifest(CALLS[:1]), season=None), stop_at="script")
    assert made.record.season == 2
    other = brief.model_copy(update={"edition": 2})
    assert shows.find_or_make(lot.out, other).season == 1
    with pytest.raises(InputRefused, match="leave --season away"):
        lot.make(lot.order(lot.manifest(["another theme"]), season=1), stop_at="script")
    assert lot.make(lot.order(lot.manifest(["another theme"]), season=5), stop_at="script").record.season == 5


def test_an_earlier_season_that_is_edited_meanwhile_makes_no_script_stale(lot: SeasonLot) -> None:
    lot.make(lot.order(lot.manifest(CALLS[:1])))
    order = lot.order(lot.manifest(CALLS[1:3], "two.jsonl"), season=None)
    made = lot.make(order)
    assert (made.record.season, statuses(made.record.episodes)) == (2, ["finished"] * 2)
    hurt(lot, 1)
    ((folder, _),) = shows.episodes_in(lot.season())
    lease = Lease(folder)
    EpisodeStore(folder, lease).update_head(status="made")  # As an edit that is under way leaves it.
    lease.release()
    again = lot.make(order)
    assert again.made == 0
    assert statuses(again.record.episodes) == ["finished"] * 2


def test_an_episode_whose_brief_is_edited_is_made_anew_in_its_place(lot: SeasonLot) -> None:
    first = lot.make(lot.order(lot.manifest(CALLS[:2])))
    edited = lot.make(lot.order(lot.manifest([CALLS[0], "a moose at the car wash"])))
    assert edited.record.season == 1
    assert edited.record.episodes[0] == first.record.episodes[0]
    assert edited.record.episodes[1].call == "a moose at the car wash"
    plays = sorted(path.name for path in lot.season().glob("*.m4a"))
    assert len(plays) == 2, "the old one gave way"
    assert [name.split(" - ")[1] for name in plays] == ["S01E01", "S01E02"]


def test_a_season_of_films_lies_where_players_look_and_has_its_page(lot: SeasonLot) -> None:
    made = lot.make(lot.order(lot.manifest(CALLS[:1])), audio_only=False)
    (row,) = made.record.episodes
    assert row.status == "finished"
    film = lot.season() / next(name for name in row.files if name.endswith(".mp4"))
    assert film.name.startswith("Night Shift - S01E01 - ")
    assert row.title in (lot.season() / "index.html").read_text()
    kinds = {kind for kind, _ in lot.begun()}
    assert {"speak", "render", "conform", "assemble"} <= kinds


def test_two_processes_never_work_on_one_season(lot: SeasonLot) -> None:
    order = lot.order(lot.manifest(CALLS[:1]))
    lot.make(order, stop_at="script")
    lease = Lease(lot.season())
    with pytest.raises(RecordBusy):
        lot.make(order)
    lease.release()


def test_a_season_of_six_that_is_killed_three_times_is_the_same_and_makes_nothing_twice(
    tmp_path: Path, lot: SeasonLot
) -> None:
    began = time.monotonic()
    lot.make(lot.order(lot.manifest(CALLS[:6])))
    seconds = time.monotonic() - began
    victim, chance = SeasonLot(tmp_path / "victim"), random.Random(10_4)
    manifest = victim.manifest(CALLS[:6])
    kills = already = 0
    finished = victim.finished()
    while kills < 3:
        process = victim.start(str(manifest), "--audio-only", "--max-parallel", "3")
        with contextlib.suppress(Exception):
            process.wait(timeout=chance.uniform(0.3, 0.7) * seconds + 2)
        if process.poll() is not None:
            break
        process.kill()
        process.wait()
        kills += 1
        assert [call for call in victim.begun()[already:] if call in finished] == [], "made twice"
        finished, already = victim.finished(), len(victim.begun())
    done = victim.run(str(manifest), "--audio-only", "--max-parallel", "3")
    assert done.returncode == 0, done.stderr[-3000:]
    assert kills, "it was killed at least once"
    assert [call for call in victim.begun()[already:] if call in finished] == [], "made twice"
    assert bibles(victim) == bibles(lot)
    mine, theirs = lot.record().episodes, victim.record().episodes
    assert statuses(theirs) == ["finished"] * 6
    assert [(row.title, row.seconds, row.files) for row in theirs] == [
        (row.title, row.seconds, row.files) for row in mine
    ]
    for name in (path.name for path in lot.season().glob("*.m4a")):
        assert (victim.season() / name).read_bytes() == (lot.season() / name).read_bytes()


def test_a_season_that_is_whole_answers_without_langgraph_and_prints_its_record(lot: SeasonLot) -> None:
    lot.make(lot.order(lot.manifest(CALLS[:1])))
    lot.extra = {"PYTHONPROFILEIMPORTTIME": "1"}
    done = lot.run("six.jsonl", "--audio-only", "--json")
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["episodes"][0]["status"] == "finished"
    assert "pydantic" in done.stderr
    assert "langgraph" not in done.stderr


def test_help_of_a_season_imports_nothing_heavy() -> None:
    import subprocess

    from director.settings import HOME

    program = "import sys, main\ntry:\n main.main(['season', '--help'])\nexcept SystemExit: pass\n" \
        "print('pydantic' in sys.modules, 'rich' in sys.modules)"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", program], cwd=HOME, capture_output=True, text=True, check=True)
    assert "--max-parallel" in done.stdout
    assert done.stdout.splitlines()[-1] == "False False"
