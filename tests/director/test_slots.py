import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from director.executor import Executor
from director.settings import Settings
from director.slots import MOST_OVERTAKEN, Places, Slots
from episodes.errors import Stopped
from episodes.requests import ComposeRequest
from episodes.results import ComposedCue
from episodes.tasks import Task
from episodes.theme import found_theme
from episodes.value import digest
from episodes.work import Plan, task
from tests.fakes import turns
from tools.ledger import Ledger
from tools.protocols import Option, ToolSettings
from tools.registry import factory
from tools.shelf import Shelf

TURNS = "tests.fakes.turns:build"


def a_cue(folder: Path, seed: int, seconds: int = 1, **options: Option) -> Task:
    tool = factory("music", TURNS)(ToolSettings(options={"folder": str(folder), **options}))
    theme = found_theme("Night Shift")
    request = ComposeRequest(mood="quiet", seconds=seconds, tempo=80, key="D minor", theme=theme, seed=seed)
    return task(f"S{seed:02d}:score", tool.info, request, seconds=Fraction(seconds))


def an_executor(folder: Path, slots: Slots | None, number: int = 1, music: str = TURNS, **options: Option) -> Executor:
    given: dict[str, dict[str, Option]] = {"music": {"folder": str(folder), **options}}
    settings = Settings(cache=folder, backends={"music": music}, options=given, slots=1)
    home = folder / f"episode-{number}"
    home.mkdir(exist_ok=True)
    shelf = Shelf(folder / "cache", home / "takes")
    return Executor(settings, shelf, Ledger(home / "ledger.sqlite"), lambda event: None, slots, number)


async def until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.01)


# ---- whose turn it is ----------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 50), max_size=30), st.integers(1, 4))
def test_of_those_who_wait_the_smallest_rank_goes_first_and_of_equals_who_came_first(ranks: list[int], n: int) -> None:
    taken: list[tuple[int, int]] = []

    async def one(places: Places[int], rank: int, number: int) -> None:
        place = await places.take((rank,))
        taken.append((rank, number))
        await asyncio.sleep(0)
        places.give_back(place)

    async def all_of_them() -> None:
        places = Places(list(range(n)))
        await asyncio.gather(*(one(places, rank, number) for number, rank in enumerate(ranks)))

    asyncio.run(all_of_them())
    assert taken == sorted((rank, number) for number, rank in enumerate(ranks))


async def test_nobody_waits_for_ever_however_many_more_urgent_ones_come() -> None:
    places, before, served = Places([0]), 0, False

    async def patient() -> None:
        nonlocal served
        place = await places.take((9,))
        served = True
        places.give_back(place)

    held = await places.take((0,))
    waiting = asyncio.ensure_future(patient())
    await asyncio.sleep(0)
    urgent = asyncio.ensure_future(places.take((1,)))
    while not served:
        await asyncio.sleep(0)
        places.give_back(held)
        following = asyncio.ensure_future(places.take((1,)))
        held, urgent, before = await urgent, following, before + 1
    await waiting
    urgent.cancel()
    assert before <= MOST_OVERTAKEN + 2


async def test_who_is_cancelled_while_waiting_takes_no_place_with_them() -> None:
    places = Places([0])
    held = await places.take((0,))
    gone = [asyncio.ensure_future(places.take((rank,))) for rank in range(3)]
    stays = asyncio.ensure_future(places.take((9,)))
    await asyncio.sleep(0)
    gone[0].cancel()
    places.give_back(held)
    gone[1].cancel()
    await asyncio.sleep(0)
    assert gone[2].cancel()  # It has been given the place and does not know it yet.
    assert await asyncio.wait_for(stays, 5) == 0


async def test_the_longest_way_to_the_end_goes_first_and_earlier_episodes_before_later_ones(tmp_path: Path) -> None:
    async with Slots(1, outside=1) as slots:
        later = an_executor(tmp_path, slots, 2, outside=True)
        earlier = an_executor(tmp_path, slots, 1, outside=True)
        third = [a_cue(tmp_path, 30 + length, length, outside=True) for length in (1, 5, 3)]
        first = [a_cue(tmp_path, 10 + length, length, outside=True) for length in (2, 7, 4)]
        work = [(later, Plan(tasks=tuple(third)), third), (earlier, Plan(tasks=tuple(first)), first)]
        place = slots._there.setdefault("turns", Places([0]))
        held = await place.take(())  # Until all wait.
        going = [asyncio.ensure_future(e.make(plan, cue.key)) for e, plan, cues in work for cue in cues]
        await until(lambda: len(place._waiting) == 6)
        place.give_back(held)
        await asyncio.gather(*going)
    assert turns.begun(tmp_path) == [17, 14, 12, 35, 33, 31]


# ---- how many at once ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outside", [True, False])
async def test_two_episodes_never_have_more_at_work_than_there_are_slots(tmp_path: Path, outside: bool) -> None:
    options: dict[str, Option] = {"outside": outside, "waits": {str(seed): "go" for seed in range(12)}}
    async with Slots(2, outside=2) as slots:
        cues = [a_cue(tmp_path, seed, outside=outside) for seed in range(12)]
        plans = [Plan(tasks=tuple(cues[:6])), Plan(tasks=tuple(cues[6:]))]
        episodes = [an_executor(tmp_path, slots, number, **options) for number in (1, 2)]
        work = [(e, plan, one.key) for e, plan in zip(episodes, plans, strict=True) for one in plan.tasks]
        going = [asyncio.ensure_future(e.make(plan, key)) for e, plan, key in work]
        await until(lambda: len(turns.begun(tmp_path)) == 2)
        await asyncio.sleep(0.3)  # A third one would begin now.
        assert len(turns.begun(tmp_path)) == 2
        (tmp_path / "go").touch()
        await asyncio.gather(*going)
    assert sorted(turns.begun(tmp_path)) == list(range(12))
    assert turns.most_at_once(tmp_path) == 2


async def test_a_back_end_that_answers_slowly_keeps_nobody_from_another(tmp_path: Path) -> None:
    async with Slots(1, outside=1) as slots:
        waits: dict[str, Option] = {"outside": True, "waits": {"1": "go", "2": "go"}}
        slow, quick = (
            an_executor(tmp_path, slots, 1, **waits),
            an_executor(tmp_path, slots, 2, outside=True, called="b"),
        )
        long = Plan(tasks=(a_cue(tmp_path, 1, outside=True), a_cue(tmp_path, 2, outside=True)))
        short = Plan(tasks=(a_cue(tmp_path, 3, outside=True, called="b"),))
        going = [asyncio.ensure_future(slow.make(long, one.key)) for one in long.tasks]
        await until(lambda: 1 in turns.begun(tmp_path) or 2 in turns.begun(tmp_path))
        await asyncio.wait_for(quick.make(short, short.tasks[0].key), 20)
        assert len(turns.begun(tmp_path)) == 2
        (tmp_path / "go").touch()
        await asyncio.gather(*going)


async def test_the_budget_holds_however_many_calls_are_handed_over_at_once(tmp_path: Path) -> None:
    options: dict[str, Option] = {"jobs": str(tmp_path), "mood": "ok"}
    tool = factory("music", "tests.fakes.slow_music:build")(ToolSettings(options=options))
    cues = [a_cue(tmp_path, seed).request for seed in range(9)]
    tasks = [task(f"S{n:02d}:score", tool.info, request) for n, request in enumerate(cues)]
    settings = Settings(
        cache=tmp_path, backends={"music": "tests.fakes.slow_music:build"}, options={"music": options}, budget=1.6
    )
    ledger = Ledger(tmp_path / "ledger.sqlite")
    async with Executor(settings, Shelf(tmp_path / "cache"), ledger, lambda event: None) as executor:
        plan = Plan(tasks=tuple(tasks))
        made = await asyncio.gather(*(executor.make(plan, one.key) for one in tasks), return_exceptions=True)
    assert sum(isinstance(one, Stopped) for one in made) == 6
    assert ledger.spent() == 1.5


# ---- those who go --------------------------------------------------------------------------------------------------


async def test_a_worker_that_dies_takes_its_own_work_along_and_no_neighbours(tmp_path: Path) -> None:
    options: dict[str, Option] = {"dies": ["1"], "waits": {"2": "died-1"}}
    async with Slots(2) as slots:
        one, other = an_executor(tmp_path, slots, 1, **options), an_executor(tmp_path, slots, 2, **options)
        dies, lives = Plan(tasks=(a_cue(tmp_path, 1),)), Plan(tasks=(a_cue(tmp_path, 2),))
        neighbour = asyncio.ensure_future(other.make(lives, lives.tasks[0].key))
        await until(lambda: turns.begun(tmp_path) == [2])
        await asyncio.gather(one.make(dies, dies.tasks[0].key), neighbour)
    assert turns.begun(tmp_path) == [2, 1, 1]


async def test_an_episode_that_is_given_up_leaves_the_others_whole_and_its_place_free(tmp_path: Path) -> None:
    options: dict[str, Option] = {"waits": {"1": "never", "2": "go"}}
    async with Slots(2) as slots:
        given_up, other = an_executor(tmp_path, slots, 1, **options), an_executor(tmp_path, slots, 2, **options)
        lost = Plan(tasks=(a_cue(tmp_path, 1), a_cue(tmp_path, 4)))
        kept = Plan(tasks=(a_cue(tmp_path, 2), a_cue(tmp_path, 3)))
        async with given_up:
            going = [asyncio.ensure_future(given_up.make(lost, lost.tasks[0].key))]
            stays = asyncio.ensure_future(other.make(kept, kept.tasks[0].key))
            await until(lambda: sorted(turns.begun(tmp_path)) == [1, 2])
            going.append(asyncio.ensure_future(given_up.make(lost, lost.tasks[1].key)))
            await until(lambda: len(slots._here._waiting) == 1)
            for one in going:
                one.cancel()
        # Both places are taken but for the one that was given up.
        await asyncio.wait_for(other.make(kept, kept.tasks[1].key), 60)
        (tmp_path / "go").touch()
        await stays
    assert turns.begun(tmp_path)[2:] == [3]


# ---- the shelf that they share ------------------------------------------------------------------------------------


async def test_two_episodes_that_make_the_same_at_the_same_time_both_have_it(tmp_path: Path) -> None:
    async with Slots(2, outside=2) as slots:
        waits: dict[str, Option] = {"outside": True, "waits": {"1": "go"}}
        plan = Plan(tasks=(a_cue(tmp_path, 1, outside=True),))
        episodes = [an_executor(tmp_path, slots, number, **waits) for number in (1, 2)]
        going = [asyncio.ensure_future(one.make(plan, plan.tasks[0].key)) for one in episodes]
        await until(lambda: turns.begun(tmp_path) == [1, 1])
        (tmp_path / "go").touch()
        made = await asyncio.gather(*going)
    assert [one.file("music.wav").read_bytes() for one in made] == [b"1", b"1"]
    for number in (1, 2):
        assert Shelf(tmp_path / "nowhere", tmp_path / f"episode-{number}" / "takes").find(plan.tasks[0].key) is not None
    assert Shelf(tmp_path / "cache").find(plan.tasks[0].key) is not None


def test_many_that_put_and_find_the_same_at_once_all_end_with_one_sound_copy(tmp_path: Path) -> None:
    cue = a_cue(tmp_path, 1)

    def put(number: int) -> bytes:
        shelf = Shelf(tmp_path / "cache", tmp_path / f"takes-{number % 3}")
        folder = shelf.scratch(cue.kind)
        (folder / "music.wav").write_bytes(b"music")
        shelf.commit(cue, digest(cue.key), folder, ComposedCue(seconds=1))
        found = shelf.find(cue.key)
        assert found is not None
        return found.file("music.wav").read_bytes()

    with ThreadPoolExecutor(12) as threads:
        assert set(threads.map(put, range(48))) == {b"music"}
    assert len([*(tmp_path / "cache").glob("S01-score.*")]) == 1
    assert not [path for path in tmp_path.rglob("*") if path.parent.name == "work"]
