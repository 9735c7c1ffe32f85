"""Productions that die at seeded instants and named points, with checkpoint or cache deleted before going on."""

import contextlib
import json
import random
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.studio import Lot, film_hash
from tools import crash

pytestmark = [pytest.mark.xdist_group("durability"), pytest.mark.timeout(900)]

THEME = "a goose at the bank"
OPTIONS = ("--minutes", "0.5", "--passes", "1")
CHEAP = {"TENFOUR_CHEAP": "1"}
"""Picture, music and room are cheap stand-ins here: what is tried is what is made, and how often."""
KILLS = 20
DELETIONS = ("nothing", "checkpoint", "cache")


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, float, Counter[tuple[str, str]]]:
    """The film, the time and the calls of a production that nobody disturbed."""
    lot = Lot(tmp_path_factory.mktemp("baseline"), theme=THEME, extra=dict(CHEAP))
    began = time.monotonic()
    done = lot.run(*OPTIONS)
    assert done.returncode == 0, done.stderr[-3000:]
    return film_hash(lot.film()), time.monotonic() - began, Counter(lot.begun())


def finished_calls(lot: Lot) -> Counter[tuple[str, str]]:
    """Calls whose result is on either shelf: none of them may be made again."""
    manifests = [*lot.out.glob("*/*/*/takes/*/manifest.json"), *lot.cache.glob("media/*/manifest.json")]
    plain = [json.loads(path.read_text()) for path in manifests]
    return Counter({(one["kind"], one["request"]): 1 for one in plain})


def timed(lot: Lot, *options: str) -> tuple["subprocess.CompletedProcess[str]", float]:
    """Run the command line to its end and return how long that took, in seconds."""
    began = time.monotonic()
    done = lot.run(*options)
    return done, time.monotonic() - began


def delete(lot: Lot, what: str) -> None:
    if what == "cache":
        shutil.rmtree(lot.cache / "media", ignore_errors=True)
    if what == "checkpoint":
        shutil.rmtree(lot.cache / "checkpoints", ignore_errors=True)


def assert_nothing_repeated(lot: Lot, finished: Counter[tuple[str, str]], already: int) -> None:
    again = [call for call in lot.begun()[already:] if call in finished]
    assert again == [], "finished calls were made again"


def test_twenty_kills_at_seeded_instants_give_the_same_film_and_repeat_nothing(
    baseline: tuple[str, float, Counter[tuple[str, str]]], tmp_path: Path
) -> None:
    film, seconds, _ = baseline
    chance = random.Random(10_4)
    kills = productions = 0
    while kills < KILLS:
        productions += 1
        lot = Lot(tmp_path / f"victim-{productions}", theme=THEME, extra=dict(CHEAP))
        for _ in range(6):
            process = lot.start(*OPTIONS)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=chance.uniform(0.15, 0.5) * seconds)
            if process.poll() is not None:
                break
            process.kill()
            process.wait()
            kills += 1
            # A worker that was cut loose ends itself within a fifth of a second.
            time.sleep(0.5)
            delete(lot, DELETIONS[kills % 3])
            finished, already = finished_calls(lot), len(lot.begun())
        else:
            process = lot.start(*OPTIONS)
            process.wait(timeout=300)
        if kills:
            assert_nothing_repeated(lot, finished, already)
        assert process.returncode == 0, lot.log()[-3000:]
        assert film_hash(lot.film()) == film
        most = max(Counter(lot.begun()).values())
        assert most <= 7, "a call in flight is repeated at most once a kill"


def test_a_power_cut_at_every_named_point_in_turn_gives_the_same_film_and_repeats_nothing(
    baseline: tuple[str, float, Counter[tuple[str, str]]], tmp_path: Path
) -> None:
    film, _, calls = baseline
    lot = Lot(tmp_path / "victim", theme=THEME, extra=dict(CHEAP))
    for number, point in enumerate(crash.POINTS):
        finished, already = finished_calls(lot), len(lot.begun())
        cut = lot.run(*OPTIONS, TENFOUR_CRASH_AT=point)
        assert cut.returncode == -9, f"{point} was never reached: {cut.stderr[-2000:]}"
        # A worker that was cut loose ends itself within a fifth of a second.
        time.sleep(0.5)
        assert_nothing_repeated(lot, finished, already)
        delete(lot, DELETIONS[number % 3])
    last = lot.run(*OPTIONS)
    assert last.returncode == 0, last.stderr[-3000:]
    assert film_hash(lot.film()) == film
    extra = Counter(lot.begun()) - calls
    assert sum(extra.values()) <= 2 * len(crash.POINTS), "only what two workers had in hand may have been begun twice"


def test_a_second_process_on_the_same_episode_is_refused_at_once(tmp_path: Path) -> None:
    lot = Lot(tmp_path / "lot", theme=THEME, extra=dict(CHEAP))
    first = lot.start(*OPTIONS)
    deadline = time.monotonic() + 60
    while not lot.begun():
        assert time.monotonic() < deadline
        assert first.poll() is None
        time.sleep(0.1)
    second, took = timed(lot, *OPTIONS)
    unread, starting = timed(lot, *OPTIONS, "--source", str(tmp_path / "missing.txt"))
    assert first.poll() is None
    first.kill()
    first.wait()
    assert second.returncode == 2
    assert "already at work" in second.stderr
    assert unread.returncode == 2
    # The refusal itself is a lock that fails at once: it takes what starting Python for any refusal takes on this
    # machine at this moment.
    assert took < 2.5 * starting


def test_a_damaged_take_is_made_again_and_the_film_is_the_same(
    baseline: tuple[str, float, Counter[tuple[str, str]]], tmp_path: Path
) -> None:
    film, _, _ = baseline
    lot = Lot(tmp_path / "lot", theme=THEME, extra=dict(CHEAP))
    assert lot.run(*OPTIONS).returncode == 0
    for take in lot.out.glob("*/*/*/takes/film.*/film.mp4"):
        take.write_bytes(b"not a film")
    lot.film().unlink()
    done = lot.run(*OPTIONS)
    assert done.returncode == 0, done.stderr[-2000:]
    assert film_hash(lot.film()) == film


def test_a_show_that_was_deleted_half_made_begins_anew_whatever_its_checkpoint_says(tmp_path: Path) -> None:
    lot = Lot(tmp_path / "deleted", theme=THEME, extra=dict(CHEAP))
    died = lot.run(*OPTIONS, TENFOUR_CRASH_AT="worker.done:6", TENFOUR_CRASH_COUNT=str(tmp_path / "count"))
    assert died.returncode != 0
    assert list(lot.cache.glob("checkpoints/*.sqlite"))
    remove(lot.out)
    done = lot.run(*OPTIONS)
    assert done.returncode == 0, done.stderr[-2000:]
    assert lot.film().exists()


def remove(folder: Path) -> None:
    """Remove a folder that a dead production's workers may still write into: they notice within a moment."""
    gone_since = 0
    while gone_since < 10:
        shutil.rmtree(folder, ignore_errors=True)
        gone_since = 0 if folder.exists() else gone_since + 1
        time.sleep(0.1)
