"""Whole productions by the real command line, in the proof format, with tools that count."""

import asyncio
import json
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from director import editing, shows
from director.events import nobody
from director.hand_edits import edited_files
from director.settings import HOME, load
from episodes.brief import Brief
from episodes.changes import Reword
from episodes.episode import Episode
from episodes.shots import Mouth, Shot
from episodes.store import EpisodeStore, read_head
from tests.studio import Lot, film_hash
from tools import ffmpeg

pytestmark = [pytest.mark.xdist_group("production"), pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def lot(tmp_path_factory: pytest.TempPathFactory) -> Lot:
    made = Lot(tmp_path_factory.mktemp("production"))
    done = made.run()
    assert done.returncode == 0, done.stderr[-3000:]
    return made


def episode_of(lot: Lot) -> Episode:
    return EpisodeStore(lot.record()).episode(read_head(lot.record()).revision)


def test_a_theme_becomes_an_episode_of_the_promised_size(lot: Lot) -> None:
    episode, film = episode_of(lot), ffmpeg.probe(lot.film())
    assert 60 <= film.seconds <= 100
    assert film.has_audio
    assert (film.width, film.height, film.fps) == (320, 180, 12.0)
    script = episode.the_script
    assert len(script.scenes) >= 3
    assert len(episode.shots) >= 12
    speakers = {line.speaker for line in script.lines}
    assert len({episode.the_world.character(s).voice.variant for s in speakers}) >= 4  # type: ignore[union-attr]
    assert {"dispatch", "radio", "spoken"} <= {line.channel for line in script.lines}


def test_every_file_of_the_layout_is_there(lot: Lot) -> None:
    film, record = lot.film(), lot.record()
    stem = film.with_suffix("")
    assert record == stem
    assert re.fullmatch(r"Night Shift - S01E01 - .+", stem.name)
    for suffix in (".en.srt", ".en.vtt", ".nfo", "-thumb.png"):
        assert Path(f"{stem}{suffix}").stat().st_size > 100, suffix
    for name in ("episode.json", "script.fountain", "shots.csv", "cut.otio", "cut.edl"):
        assert (record / name).stat().st_size > 200, name
    assert {p.name for p in (record / "stems").iterdir()} >= {
        f"{t}.wav" for t in ("dialogue", "radio", "effects", "music")
    }
    assert list((record / "takes").iterdir())
    assert list((record / "revisions").iterdir())
    assert (lot.out / film.parent.parent.name / "tvshow.nfo").exists()


def test_no_file_of_a_finished_episode_counts_as_edited_by_hand(lot: Lot) -> None:
    assert edited_files(lot.record(), episode_of(lot)) == ()


def test_nothing_is_written_outside_shows_and_cache(lot: Lot) -> None:
    assert {p.name for p in lot.folder.iterdir()} == {"director.toml", "count", "log.txt", "out.txt", "shows", "cache"}


def test_the_film_decodes_without_a_warning_and_says_that_it_is_made_by_ai(lot: Lot) -> None:
    report = subprocess.run(
        [ffmpeg.executable(), "-v", "warning", "-i", str(lot.film()), "-f", "null", "-"], capture_output=True, text=True
    )
    assert report.stderr == ""
    header = subprocess.run([ffmpeg.executable(), "-i", str(lot.film())], capture_output=True, text=True).stderr
    assert "trainedAlgorithmicMedia" in header


def test_loudness_and_lengths_are_right(lot: Lot) -> None:
    results = [json.loads(p.read_text())["result"] for p in (lot.record() / "takes").glob("film.*/manifest.json")]
    measured = [result for result in results if result["kind"] == "measurements"]
    assert measured
    for result in measured:
        assert abs(result["loudness_lufs"] + 16) <= 0.5
        assert result["true_peak_dbtp"] <= -1.0
        assert abs(result["video_seconds"] - result["audio_seconds"]) <= 1 / 12


def test_a_second_identical_run_makes_no_call_and_imports_no_langgraph(lot: Lot) -> None:
    before = lot.calls()
    done = lot.run(PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    assert lot.calls() == before
    assert "Already made" in done.stdout
    imported = done.stderr[done.stderr.rindex("import time:") - 400_000 :] if "import time:" in done.stderr else ""
    assert "pydantic" in imported
    assert "langgraph" not in imported


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Lot:
    """A short film, for what needs a film of its own."""
    made = Lot(tmp_path_factory.mktemp("short"), theme="a goose at the bank")
    done = made.run("--minutes", "0.5", "--passes", "1")
    assert done.returncode == 0, done.stderr[-3000:]
    return made


def test_the_same_brief_gives_the_same_film(short: Lot, tmp_path: Path) -> None:
    other = Lot(tmp_path / "other", theme=short.theme)
    assert other.run("--minutes", "0.5", "--passes", "1").returncode == 0
    assert film_hash(other.film()) == film_hash(short.film())


def test_again_makes_another_episode_with_the_next_number(lot: Lot) -> None:
    done = lot.run("--again", "--stop-at", "script")
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(list(lot.out.glob("*/Season 01/* - S01E02*/episode.json"))) == 1


def _mouths(shot: Shot) -> set[str]:
    return {event.line for event in shot.events if isinstance(event, Mouth)}


def test_rewording_one_line_makes_that_line_its_shots_and_the_sound_and_nothing_else(
    short: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = short
    before, episode = mine.calls(), episode_of(mine)
    target = next(
        line
        for line in episode.the_script.lines
        if any(isinstance(e, Mouth) and e.line == line.id for shot in episode.shots for e in shot.events)
    )

    def carriers(of: Episode) -> set[str]:
        """Shots over which the line is heard, or in which its speaker's mouth is seen."""
        at, clip = of.the_cut.find(target.id)
        placed = of.the_cut.track("V1").placed()
        heard = {c.media for start, c in placed if start < at + clip.seconds and at < start + c.seconds}
        return {s.id for s in of.shots if s.id in heard or target.id in {*(c.line for c in s.cues), *_mouths(s)}}

    shots = carriers(episode)
    for name, value in mine.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.syspath_prepend(str(HOME / "tests" / "fakes"))
    chosen = load({"out": mine.out}, mine.environment(), mine.folder)
    brief = Brief.model_validate(episode.brief.model_dump())
    berth = shows.find(mine.out, brief)
    assert berth is not None
    change = Reword(line=target.id, text=f"{target.text} I wrote all of that down, twice.")
    asyncio.run(editing.revise(berth, (change,), chosen, nobody))

    calls = [(kind, key) for what, kind, key in mine.calls()[len(before) :] if what == "begin"]
    made = Counter(kind for kind, _ in calls)
    after = episode_of(mine)
    before_shots = {shot.id: shot for shot in episode.shots}
    changed = {s.id for s in after.shots if s.id in before_shots and s != before_shots[s.id]}
    # A line that grew may need one shot more; it carries the line's tail.
    added = {s.id for s in after.shots if s.id not in before_shots}
    assert made["speak"] == 1
    shots |= carriers(after)
    assert changed <= shots, "only shots that carry the line may change"
    assert len(added) <= 1
    shots |= added
    mouths = {s.id for s in (*episode.shots, *after.shots) if target.id in _mouths(s)}
    assert 1 <= made["render"] <= len(mouths | changed | added)
    # Its captions may reach over the cut into a neighbour, whose finish burns them in.
    assert made["conform"] <= len(shots) + 2
    assert (made["sound"], made["assemble"], made["measure"]) == (1, 1, 1)
    assert 1 <= made["mix"] <= 2, "the film's, and the teaser's where there is one"
    assert made["compose"] <= 1
    assert made["card"] == 0
    assert after.line(target.id).text.endswith("twice.")


def test_a_run_that_stops_before_the_film_takes_no_film_away(short: Lot, tmp_path: Path) -> None:
    shutil.copytree(short.folder, tmp_path / "copy")
    mine = Lot(tmp_path / "copy", short.extra, short.theme)
    before = film_hash(mine.film())
    # Other passes are other settings, so the wish is played again; it stops at the script.
    assert mine.run("--minutes", "0.5", "--passes", "0", "--stop-at", "script").returncode == 0
    assert film_hash(mine.film()) == before


def test_estimate_makes_nothing(tmp_path: Path) -> None:
    mine = Lot(tmp_path / "mine")
    done = mine.run("--estimate")
    assert done.returncode == 0, done.stderr[-2000:]
    assert re.search(r"\d+ takes", done.stdout)
    assert "asked for" not in done.stdout, "as long as was asked"
    assert mine.calls() == []
    assert not mine.out.exists()


def test_it_stops_where_it_is_told_and_goes_on_from_there(tmp_path: Path) -> None:
    mine = Lot(tmp_path / "mine", {"TENFOUR_CHEAP": "1"}, "a goose at the bank")
    assert mine.run("--minutes", "0.5", "--stop-at", "script").returncode == 0
    assert (mine.record() / "script.fountain").exists()
    assert mine.calls() == []
    assert mine.run("--minutes", "0.5", "--stop-at", "shots").returncode == 0
    assert (mine.record() / "shots.csv").exists()
    assert {kind for kind, _ in mine.begun()} == {"speak"}
    spoken = len(mine.begun())
    assert mine.run("--minutes", "0.5", "--passes", "1").returncode == 0
    assert mine.film().exists()
    assert Counter(kind for kind, _ in mine.begun())["speak"] == spoken


def test_ctrl_c_stops_in_good_order_and_says_how_to_go_on(tmp_path: Path) -> None:
    mine = Lot(tmp_path / "mine", {"TENFOUR_CHEAP": "1"}, "a goose at the bank")
    process = mine.start("--minutes", "0.5")
    deadline = time.monotonic() + 60
    while len(mine.begun()) < 5:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    assert "Run the same command again" in mine.log()
    assert "Traceback" not in mine.log()


def test_with_approve_and_nobody_there_it_waits_and_resume_says_yes(tmp_path: Path) -> None:
    mine = Lot(tmp_path / "mine", {"TENFOUR_CHEAP": "1"}, "a goose at the bank")
    options = ("--minutes", "0.5", "--approve", "--passes", "1")
    first = mine.run(*options)
    assert first.returncode == 0
    assert "Shoot this script?" in first.stderr
    assert mine.calls() == []
    second = mine.run(*options, "--resume")
    assert "Deliver this cut?" in second.stderr
    third = mine.run(*options, "--resume")
    assert third.returncode == 0
    assert mine.film().exists()


def test_the_outcome_as_json_says_what_came_out(lot: Lot) -> None:
    done = lot.run("--json")
    report = json.loads(done.stdout)
    assert report["already_made"] is True
    assert Path(report["files"][0]).exists()
    assert dict(report["made_by"])["voices"].startswith("espeak")
