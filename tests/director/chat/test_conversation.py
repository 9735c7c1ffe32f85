"""Chats with a real episode of cheap media: what is said is weighed, agreed to, made, and taken back."""

import asyncio
import hashlib
import re
import shutil
import zipfile
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from director.chat.commands import COMMANDS
from director.chat.console import assistant_for
from director.chat.conversation import Conversation
from director.chat.desk import Desk, find_berth
from director.settings import HOME, load
from episodes.errors import InputRefused
from tests.studio import Lot
from tools import ffmpeg


class Seat:
    """A screen whose person agrees or not, and that keeps all it shows."""

    def __init__(self, *, agrees: bool = True) -> None:
        self.text = StringIO()
        self.console = Console(file=self.text, width=200)
        self.agrees = agrees
        self.questions: list[str] = []

    async def confirm(self, question: str) -> bool:
        self.questions.append(question)
        return self.agrees

    async def read(self, question: str) -> str | None:
        self.questions.append(question)
        return "my own recording"

    async def choose(self, question: str, choices: Sequence[str]) -> str | None:
        self.questions.append(question)
        return None


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Lot:
    lot = Lot(tmp_path_factory.mktemp("chat"), {"TENFOUR_CHEAP": "1"}, "a raccoon robs a doughnut shop")
    done = lot.run("--minutes", "0.5", "--passes", "0")
    assert done.returncode == 0, done.stderr[-3000:]
    return lot


@pytest.fixture
def lot(made: Lot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lot:
    """A copy of the made show, with a cache that it shares with nobody."""
    shutil.copytree(made.folder, tmp_path / "lot")
    mine = Lot(tmp_path / "lot", made.extra, made.theme)
    for name, value in mine.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.syspath_prepend(str(HOME / "tests" / "fakes"))
    return mine


def sitting(lot: Lot, *, agrees: bool = True) -> tuple[Conversation, Seat]:
    chosen = load({"out": lot.out}, lot.environment(), lot.folder)
    seat = Seat(agrees=agrees)
    desk = Desk(find_berth(lot.out, ""), chosen)
    return Conversation(chosen, seat, lambda opened: assistant_for(chosen, opened), COMMANDS, desk), seat


def say(talk: Conversation, *lines: str) -> None:
    async def all_of_them() -> None:
        for line in lines:
            await talk.take(line)

    asyncio.run(all_of_them())


def film(talk: Conversation) -> str:
    desk = talk.opened().moved()
    path = next(path for path in desk.berth.delivered(desk.head) if path.suffix == ".mp4")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def only_what_was_said(talk: Conversation) -> set[str]:
    """Check the last edit against its forecast, and return the kinds that it made."""
    assert talk.weighed is not None
    assert talk.worked is not None
    said = {(task.kind, task.label) for task in (*talk.weighed.pieces, *talk.weighed.perhaps)}
    made = {(one.kind, one.label) for one in talk.worked.made}
    assert made <= said, sorted(made - said)
    return {kind for kind, _ in made}


def test_whoever_says_no_has_changed_nothing(lot: Lot) -> None:
    talk, seat = sitting(lot, agrees=False)
    before, calls = film(talk), len(lot.calls())
    say(talk, "make scene 2 foggy")
    assert seat.questions == ["Do it?"]
    assert "To be made:" in seat.text.getvalue()
    assert (film(talk), len(lot.calls())) == (before, calls)
    assert talk.opened().head.trail.steps == ()


def test_an_edit_makes_what_it_said_and_undo_and_redo_bring_back_the_same_films(lot: Lot) -> None:
    talk, _ = sitting(lot)
    first = film(talk)
    say(talk, "make scene 2 foggy and call it Fog")
    assert "render" in only_what_was_said(talk)
    foggy, calls = film(talk), len(lot.calls())
    assert foggy != first
    say(talk, "/undo")
    assert film(talk) == first
    say(talk, "/redo")
    assert film(talk) == foggy
    assert len(lot.calls()) == calls, "walking back and forth makes nothing"


def test_a_shot_taken_again_is_one_video_call_and_leaves_the_sound_alone(lot: Lot) -> None:
    talk, _ = sitting(lot)
    shot = next(shot.id for shot in talk.opened().episode.shots if not shot.cues)
    say(talk, f"do {shot} again")
    kinds = only_what_was_said(talk)
    assert talk.worked is not None
    assert sum(one.kind == "render" for one in talk.worked.made) == 1
    assert not kinds & {"speak", "sound", "compose", "mix"} or kinds & {"tease"}


def test_all_edits_of_one_message_are_one_step(lot: Lot) -> None:
    talk, _ = sitting(lot)
    first, second = (shot.id for shot in talk.opened().episode.shots_of("S02")[-2:])
    say(talk, f"swap {first} and {second} and call it Jelly Evidence")
    head = talk.opened().head
    assert [step.number for step in head.trail.steps] == [0, 1]
    assert talk.opened().episode.the_script.title == "Jelly Evidence"
    say(talk, "/undo")
    assert talk.opened().episode.the_script.title != "Jelly Evidence"


def test_what_is_not_understood_is_said_and_nothing_is_carried_out(lot: Lot) -> None:
    talk, seat = sitting(lot)
    before, calls = film(talk), len(lot.calls())
    say(talk, "make it more like a sonnet about tax", "/nonsense", "/undo", "/frames", "show me 9-99")
    assert talk.failed
    assert (film(talk), len(lot.calls())) == (before, calls)
    assert "There is no command /nonsense" in seat.text.getvalue()


def test_a_clip_and_a_recording_of_the_persons_own_are_seen_and_heard(lot: Lot, tmp_path: Path) -> None:
    clip, line_file = tmp_path / "harbour.mp4", tmp_path / "take one.wav"
    ffmpeg.run(["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=12:duration=20", "-pix_fmt", "yuv420p", clip])
    ffmpeg.run(["-f", "lavfi", "-i", "aevalsrc=0.3*sin(2*PI*180*t):d=2:s=48000", line_file])
    talk, seat = sitting(lot)
    shot = next(shot.id for shot in talk.opened().episode.shots if not shot.cues)
    line = talk.opened().episode.the_script.lines[0].id
    say(talk, f"use {clip} for {shot} (my own recording)")
    assert [used.clip.licence for used in talk.opened().episode.clips] == ["my own recording"], seat.text.getvalue()
    only_what_was_said(talk)
    say(talk, f'use "{line_file}" for {line}')
    assert [used.line for used in talk.opened().episode.readings] == [line]
    only_what_was_said(talk)
    clip.unlink()
    line_file.unlink()
    say(talk, "call it Mine")
    assert "Mine" in talk.opened().name, "files of the person's are copied into the record"


def test_a_fork_is_an_episode_of_its_own_and_the_first_stays_as_it_was(lot: Lot) -> None:
    talk, _ = sitting(lot)
    before, home = film(talk), talk.opened().berth.number
    say(talk, "/fork The Other Cut")
    assert talk.opened().berth.number == home + 1
    assert talk.opened().name.endswith("The Other Cut")
    assert talk.worked is None, "a fork is no edit"
    say(talk, "make scene 2 foggy", f"/open S01E{home:02d}")
    assert film(talk) == before


def test_a_lock_costs_nothing_and_is_not_asked_about(lot: Lot) -> None:
    talk, seat = sitting(lot)
    calls, shot = len(lot.calls()), talk.opened().episode.shots[1].id
    say(talk, f"/lock {shot}")
    assert talk.opened().episode.locks == {shot}
    assert seat.questions == []
    assert len(lot.calls()) == calls
    say(talk, f"/unlock {shot}")
    assert talk.opened().episode.locks == frozenset()


def test_an_edited_script_is_taken_in_and_one_that_is_not_is_never_lost(lot: Lot) -> None:
    talk, seat = sitting(lot)
    line = talk.opened().episode.the_script.lines[1]

    def edit(words: str) -> Path:
        script = talk.opened().berth.folder / "script.fountain"
        old = talk.opened().episode.line(line.id).text
        assert old in script.read_text()
        script.write_text(script.read_text().replace(old, words))
        return script

    edit("Put the jelly down, ma'am.")
    say(talk, "/edits")
    assert talk.opened().episode.line(line.id).text == "Put the jelly down, ma'am."
    assert "script.fountain was edited" in seat.text.getvalue()
    edit("This was never taken in.")
    say(talk, "call it Other")
    kept = talk.opened().berth.folder / "script.edited.fountain"
    assert "This was never taken in." in kept.read_text()


def test_a_script_alone_can_be_edited_and_then_filmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lot = Lot(tmp_path / "lot", {"TENFOUR_CHEAP": "1"}, "a goose at the bank")
    assert lot.run("--minutes", "0.5", "--passes", "1", "--stop-at", "script").returncode == 0
    for name, value in lot.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.syspath_prepend(str(HOME / "tests" / "fakes"))
    talk, _ = sitting(lot)
    line = talk.opened().episode.the_script.lines[0]
    script = talk.opened().berth.folder / "script.fountain"
    script.write_text(script.read_text().replace(line.text, "There is a goose in the vault."))
    say(talk, "/edits")
    desk = talk.opened()
    assert desk.episode.line(line.id).text == "There is a goose in the vault."
    assert any(path.suffix == ".mp4" for path in desk.berth.delivered(desk.head))


def test_an_export_holds_the_film_its_edit_and_the_takes_that_the_edit_names(lot: Lot, tmp_path: Path) -> None:
    talk, _ = sitting(lot)
    shot = next(shot.id for shot in talk.opened().episode.shots if not shot.cues)
    say(talk, f"do {shot} again", f"/export {tmp_path / 'all of it'}", f"/export {tmp_path / 'all.zip'}")
    assert not talk.failed
    folder = tmp_path / "all of it"
    named = re.findall(r'"target_url": *"(takes/[^"]+)"', (folder / "cut.otio").read_text())
    assert named
    assert all((folder / name).is_file() for name in named)
    assert list(folder.glob("*.mp4"))
    kept = {path.name for path in (folder / "takes").iterdir()}
    assert kept < {path.name for path in (talk.opened().berth.folder / "takes").iterdir()}, (
        "rejected takes stay at home"
    )
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert any(name.endswith(".mp4") for name in archive.namelist())
    say(talk, f"/export {folder}")
    assert talk.failed, "nothing that is there is written over"


def test_an_episode_is_found_by_folder_film_number_and_title(lot: Lot) -> None:
    desk = sitting(lot)[0].opened()
    film_path = next(path for path in desk.berth.delivered(desk.head) if path.suffix == ".mp4")
    title = desk.episode.the_script.title
    for said in ("", str(desk.berth.folder), str(film_path), "S01E01", "1", title[:8].lower()):
        assert find_berth(lot.out, said).folder == desk.berth.folder
    with pytest.raises(InputRefused, match="No episode is called 'nothing like it'"):
        find_berth(lot.out, "nothing like it")
    with pytest.raises(InputRefused, match="No episode lies in"):
        find_berth(lot.folder / "empty", "")
