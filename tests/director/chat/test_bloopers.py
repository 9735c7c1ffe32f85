"""The reel of what was not used: which takes it holds, why, and what comes out."""

import subprocess
from pathlib import Path

import pytest

from director import crews
from director.chat.bloopers import FILE, reel
from director.chat.reel import END, OPENING, SLATE, reel_plan
from director.chat.rejects import rejects, told_of_change
from director.events import Event, Made
from director.executor import Executor
from director.planning import AI_NOTICE
from director.settings import Settings
from episodes.brief import Brief
from episodes.changes import LayCut, Reshoot, Revoice, SetWorld, SwapTake
from episodes.episode import Episode
from episodes.notes import Note
from episodes.requests import CardRequest, ConformRequest
from episodes.results import RenderedTake
from episodes.store import EpisodeStore, Lease, PassRecord
from episodes.trail import Trail
from episodes.work import Belt
from tests.director.chat.conftest import Lab
from tests.planned_episode import BELT, tool
from tools import ffmpeg
from tools.ledger import Ledger
from tools.shelf import Shelf

CREDITS = ("Written by rule", AI_NOTICE)


@pytest.fixture
def store(episode: Episode, tmp_path: Path) -> EpisodeStore:
    made = EpisodeStore(tmp_path / "record", Lease(tmp_path / "record"))
    made.create(episode, Brief(theme="x").identity)
    return made


def change(store: EpisodeStore, *changes: object, by: str = "person") -> Episode:
    """Put changes into the record, lay the same cut again, and let that be the present one."""
    before = store.head().revision
    cut = store.episode(before).the_cut
    after = store.commit(before, (*changes, LayCut(cut=cut)), by)  # type: ignore[arg-type]
    store.update_head(revision=after)
    return store.episode(after)


def named(found: tuple[object, ...]) -> list[tuple[str, str]]:
    return [(one.shot.label, one.reason) for one in found]  # type: ignore[attr-defined]


def test_a_film_of_first_takes_has_no_rejects(store: EpisodeStore, episode: Episode, lab: Lab) -> None:
    lab.take(episode, episode.shots[0].id)
    assert rejects(store, lab.shelf, BELT, "final") == ()


def test_takes_before_the_chosen_one_are_found_in_order_with_who_asked_for_another(
    store: EpisodeStore, episode: Episode, lab: Lab
) -> None:
    late, early = episode.shots[3].id, episode.shots[1].id
    lab.take(episode, late, "red")
    lab.take(episode, early, "green")
    second = change(store, Reshoot(shot=late), by="editor")
    lab.take(second, late, "blue")
    third = change(store, Reshoot(shot=late), Reshoot(shot=early))
    lab.take(third, late, "white")
    assert named(rejects(store, lab.shelf, BELT, "final")) == [
        (f"{early}_T1", "You asked for another take."),
        (f"{late}_T1", "Editor asked for another take."),
        (f"{late}_T2", "You asked for another take."),
    ]


def test_what_somebody_said_of_a_take_is_the_reason(store: EpisodeStore, episode: Episode, lab: Lab) -> None:
    shot = episode.shots[1].id
    lab.take(episode, shot)
    change(store, Reshoot(shot=shot), by="editor")
    note = Note(target=shot, finding="The goose is gone.", severity="major", author="editor", remedy="reshoot")
    store.update_head(notes=[note.model_dump()])
    assert named(rejects(store, lab.shelf, BELT, "final")) == [(f"{shot}_T1", "Editor: The goose is gone.")]


def test_going_back_to_an_earlier_take_makes_the_later_one_the_reject(
    store: EpisodeStore, episode: Episode, lab: Lab
) -> None:
    shot = episode.shots[1].id
    lab.take(episode, shot, "red")
    lab.take(change(store, Reshoot(shot=shot)), shot, "blue")
    change(store, SwapTake(shot=shot, take=1))
    assert named(rejects(store, lab.shelf, BELT, "final")) == [(f"{shot}_T2", "You chose take 1.")]


def test_takes_of_a_pass_that_was_not_kept_are_rejects_of_that_pass(
    store: EpisodeStore, episode: Episode, lab: Lab
) -> None:
    shot, base = episode.shots[1].id, store.head().revision
    lab.take(episode, shot, "red")
    lab.take(change(store, Reshoot(shot=shot), by="editor"), shot, "blue")
    lost = PassRecord(number=2, stage="final", revision=store.head().revision, score=1, notes=(), kept=False)
    store.update_head(revision=base, passes=[lost.model_dump()])
    assert named(rejects(store, lab.shelf, BELT, "final")) == [(f"{shot}_T2", "Pass 2 was not kept.")]


def test_takes_of_a_step_that_was_undone_say_what_was_taken_back(
    store: EpisodeStore, episode: Episode, lab: Lab
) -> None:
    shot, base = episode.shots[1].id, store.head().revision
    lab.take(episode, shot, "red")
    lab.take(change(store, Reshoot(shot=shot)), shot, "blue")
    trail = Trail().begun(base, "As it was made.").finished(base)
    trail = trail.begun(store.head().revision, "S01-02 is shot again.").undone()
    store.update_head(revision=base, trail=trail.model_dump())
    reason = "You took it back: S01-02 is shot again."
    assert named(rejects(store, lab.shelf, BELT, "final")) == [(f"{shot}_T2", reason)]
    assert named(rejects(store, lab.shelf, BELT, "final", trail.step(1).base))[0][0] == f"{shot}_T1"


def test_what_another_camera_made_in_the_place_of_a_take_is_a_reject_when_it_was_replaced(
    store: EpisodeStore, episode: Episode, lab: Lab
) -> None:
    shot = episode.shots[1].id
    lab.take(episode, shot, "red")
    other = BELT.model_copy(update={"video": tool("understudy"), "animatic": tool("understudy")})
    lab.take(episode, shot, "blue", other)
    reason = "It was made by understudy, and has been replaced."
    assert named(rejects(store, lab.shelf, BELT, "final")) == [(f"{shot}_T1", reason)]


def test_animatics_other_episodes_takes_and_what_is_gone_are_no_rejects(
    store: EpisodeStore, episode: Episode, lab: Lab
) -> None:
    shot = episode.shots[1].id
    real = BELT.model_copy(update={"video": tool("camera"), "animatic": tool("drawing")})
    lab.take(episode, shot, "red", BELT.model_copy(update={"video": tool("drawing"), "animatic": tool("drawing")}))
    lab.take(episode, shot, "blue", real)
    # Of another episode: in the shared cache alone.
    other = episode.model_copy(update={"brief": episode.brief.model_copy(update={"seed": 99})})
    Lab(Shelf(lab.shelf.cache)).take(other, shot, "green", real)
    change(store, Reshoot(shot=episode.shots[2].id))
    assert rejects(store, lab.shelf, real, "final") == ()


def test_the_reel_asks_no_camera_no_voice_and_no_composer_and_marks_and_captions_every_take(
    store: EpisodeStore, episode: Episode, lab: Lab
) -> None:
    spoken = next(shot.id for shot in episode.shots if shot.cues)
    lab.take(episode, spoken)
    silent = episode.mix.model_copy(update={"burn_captions": False})
    after = change(store, Reshoot(shot=spoken)).model_copy(update={"mix": silent})
    found = rejects(store, lab.shelf, BELT, "final")
    plan = reel_plan(after, BELT, "final", found, CREDITS, lambda recipe: lab.shelf.find(recipe) is not None)
    missing = {task.kind for task in plan.tasks if lab.shelf.find(task.key) is None}
    assert missing <= {"card", "conform", "sound", "mix", "assemble"}
    known = {task.key for task in plan.tasks}
    assert all(need.key in known for task in plan.tasks for need in task.needs)
    requests = [task.request for task in plan.tasks]
    assert all(one.ai_mark and one.captions for one in requests if isinstance(one, ConformRequest))
    cards = {one.card: one for one in requests if isinstance(one, CardRequest)}
    assert cards["slate"].lines == (*spoken.split("-"), "1", "You asked for another take.")
    assert cards["end"].lines[-1] == AI_NOTICE
    assert cards["title"].title == "Bloopers"


async def test_a_reel_comes_out_as_a_marked_film_of_the_format_and_goes_when_nothing_is_left(
    store: EpisodeStore, episode: Episode, lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENFOUR_CHEAP", "1")
    monkeypatch.setenv("TENFOUR_COUNT", str(tmp_path))
    settings = Settings(cache=tmp_path, slots=1, backends={"sound": "tests.fakes.counted:sound"})
    belt: Belt = crews.belt(settings)
    shot = next(shot.id for shot in episode.shots if shot.cues)
    lab.take(episode, shot, "red", belt)
    change(store, Reshoot(shot=shot))
    told: list[Event] = []
    async with Executor(settings, lab.shelf, Ledger(tmp_path / "ledger.sqlite"), told.append) as executor:
        made = await reel(store, executor, belt, "final", CREDITS)
        assert made == store.folder / FILE
        found = ffmpeg.probe(made)
        clip = episode.the_cut.find(shot)[1]
        assert (found.width, found.height, found.fps, found.has_audio) == (320, 180, 12.0, True)
        assert found.seconds == pytest.approx(float(OPENING + SLATE + clip.seconds + END), abs=0.2)
        assert {event.kind for event in told if isinstance(event, Made) and not event.reused}.isdisjoint(
            {"render", "speak", "compose"}
        )
        said = subprocess.run([ffmpeg.executable(), "-i", made], capture_output=True, check=False).stderr.decode()
        assert "bloopers" in said
        assert "take 1" in said
        change(store, SwapTake(shot=shot, take=1))
        assert await reel(store, executor, belt, "final", CREDITS) is None
    assert not made.exists()


def test_reasons_are_sentences_of_a_person() -> None:
    assert told_of_change(Revoice(line="S01-L01", delivery="shouted"), "You") == "You had the line read again, shouted."
    assert told_of_change(SetWorld(scene="S02", light="night"), "Editor") == "Editor changed the light to night."


def test_the_shelf_tells_what_it_keeps_for_an_episode_each_once(episode: Episode, lab: Lab) -> None:
    made = lab.take(episode, episode.shots[0].id)
    lab.segment(episode, episode.shots[0].id)
    lab.shelf.alias("f" * 64, made)
    kept = list(lab.shelf.kept("render"))
    assert len(kept) == 1
    assert isinstance(kept[0][1].result, RenderedTake)
    assert list(Shelf(lab.shelf.cache).kept("render")) == []
