"""Radio play, film and options of one wish by the real command line, with tools that count."""

import json
import re
import subprocess
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from episodes.narration import NOTICES
from episodes.store import EpisodeStore, read_head
from tests.studio import Lot
from tools import ffmpeg
from tools.assembly.loudness import measure_loudness

pytestmark = [pytest.mark.xdist_group("production"), pytest.mark.timeout(600)]

WISH = ("--minutes", "0.5", "--passes", "1")


def counted(lot: Lot, *options: str) -> Counter[str]:
    """Run the command and return what it had to make, by kind."""
    before = len(lot.begun())
    done = lot.run(*WISH, *options)
    assert done.returncode == 0, done.stderr[-3000:]
    return Counter(kind for kind, _ in lot.begun()[before:])


def play_of(lot: Lot) -> Path:
    (found,) = lot.out.glob("*/Season 01/*.m4a")
    return found


@pytest.fixture(scope="module")
def lot(tmp_path_factory: pytest.TempPathFactory) -> Lot:
    """Give a radio play that was made before any film of it."""
    made = Lot(tmp_path_factory.mktemp("play"), {"TENFOUR_CHEAP": "1"}, "a goose at the bank")
    kinds = counted(made, "--audio-only")
    assert set(kinds) == {"speak", "sound", "compose", "mix", "assemble", "measure"}, "no task of a picture ran"
    return made


def test_the_play_lies_where_the_film_would_and_says_what_it_is(lot: Lot) -> None:
    told = subprocess.run([ffmpeg.executable(), "-i", str(play_of(lot))], capture_output=True, text=True).stderr
    assert re.fullmatch(r"Night Shift - S01E01 - .+\.m4a", play_of(lot).name)
    assert lot.record() == play_of(lot).with_suffix("")
    assert "trainedAlgorithmicMedia" in told
    head = read_head(lot.record())
    scenes = EpisodeStore(lot.record()).episode(head.revision).the_script.scenes
    assert told.count("Chapter #") == len(scenes) + 1
    heard = measure_loudness(ffmpeg.safe_input(play_of(lot)))
    assert heard.lufs == pytest.approx(-16, abs=0.5)
    assert heard.peak_dbtp <= -1.0


def test_its_captions_are_its_own_and_begin_with_the_notice(lot: Lot) -> None:
    captions = (lot.record() / "play.en.srt").read_text()
    assert NOTICES["en"].split(". ")[0] in " ".join(captions.split())[:300]
    assert (lot.record() / "play.en.vtt").read_text().startswith("WEBVTT")


def test_the_notice_is_spoken_first_and_heard_as_what_it_is(lot: Lot) -> None:
    from pocketsphinx import Decoder

    with ffmpeg.reading(["-i", str(play_of(lot)), "-ac", "1", "-ar", "16000", "-f", "s16le"]) as pipe:
        sound = np.frombuffer(pipe.read(), "<i2")
    spoken = (lot.record() / "takes").glob("S00-N01_R1.*/manifest.json")
    length = json.loads(next(spoken).read_text())["result"]["seconds"].split("/")
    end = 0.4 + int(length[0]) / int(length[-1] if len(length) > 1 else 1)
    quiet, notice = sound[: round(0.38 * 16_000)], sound[round(0.4 * 16_000) : round(end * 16_000)]
    assert np.abs(quiet).max() < 100
    assert np.sqrt(np.mean(notice.astype(float) ** 2)) > 1000
    said = (
        "this is a radio play made by software nobody and nothing in it is real",
        "four adam ten the goose is at the bank and it wants a form",
        "i have been asked to count the doughnuts and there are none",
        "put the pen down slowly and step away from the counter please",
    )
    decoder = Decoder(loglevel="FATAL")
    grammar = " | ".join(said)
    decoder.add_jsgf_string("closed", f"#JSGF V1.0; grammar closed; public <line> = [night shift] ({grammar});")
    decoder.activate_search("closed")
    # The show's name and the title come first; what is asked is whether the notice follows.
    decoder.start_utt()
    decoder.process_raw(notice[-round(5.9 * 16_000) :].tobytes(), no_search=False, full_utt=True)
    decoder.end_utt()
    assert decoder.hyp() is not None
    assert decoder.hyp().hypstr.endswith(said[0])


def test_the_same_wish_again_is_answered_at_once(lot: Lot) -> None:
    assert not counted(lot, "--audio-only")
    assert "Already made" in (lot.folder / "out.txt").read_text()


def test_passes_tell_that_only_what_is_heard_was_judged(lot: Lot) -> None:
    records = [json.loads(path.read_text())["record"] for path in (lot.record() / "passes").glob("play-*.json")]
    assert records
    assert all(record["stage"] == "play" for record in records)


@pytest.fixture(scope="module")
def both(lot: Lot) -> tuple[Lot, bytes, Counter[str]]:
    """Give the same wish as a film after the play, the play's bytes before, and what had to be made."""
    before = play_of(lot).read_bytes()
    return lot, before, counted(lot)


def test_the_film_after_the_play_finds_all_lines_spoken_and_leaves_the_play(
    both: tuple[Lot, bytes, Counter[str]],
) -> None:
    lot, before, made = both
    assert made["speak"] == 0
    assert made["render"] > 0
    assert made["tease"] == 1
    assert lot.film().stem == play_of(lot).stem
    assert play_of(lot).read_bytes() == before
    assert not counted(lot)
    assert not counted(lot, "--audio-only")
    report = json.loads(lot.run(*WISH, "--audio-only", "--json").stdout)
    assert report["files"][0].endswith(".m4a")
    assert report["seconds"] > 30


def test_a_teaser_lies_in_the_episodes_own_folder(both: tuple[Lot, bytes, Counter[str]]) -> None:
    lot = both[0]
    teaser = ffmpeg.probe(lot.record() / "teaser.mp4")
    assert 5 <= teaser.seconds <= 15.0
    assert teaser.has_audio
    report = subprocess.run(
        [ffmpeg.executable(), "-v", "warning", "-i", str(lot.record() / "teaser.mp4"), "-f", "null", "-"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert report.stderr == ""
    assert json.loads(lot.run(*WISH, "--json").stdout)["teaser"].endswith("teaser.mp4")


def test_the_options_cost_segments_and_assembly_and_no_take_and_can_be_taken_back(
    both: tuple[Lot, bytes, Counter[str]],
) -> None:
    lot = both[0]
    made = counted(lot, "--loudness", "broadcast", "--no-burn")
    assert set(made) == {"conform", "mix", "assemble", "measure", "tease"}
    assert (made["mix"], made["assemble"], made["measure"], made["tease"]) == (2, 1, 1, 1), "the teaser has its own mix"
    assert measure_loudness(ffmpeg.safe_input(lot.film())).lufs == pytest.approx(-23, abs=0.5)
    head = read_head(lot.record())
    episode = EpisodeStore(lot.record()).episode(head.revision)
    assert not episode.mix.burn_captions
    assert 0 < made["conform"] <= len(episode.shots)
    assert (Path(f"{lot.film().with_suffix('')}.en.srt")).stat().st_size > 100
    assert not counted(lot), "as it was at first: all of it is found"


def test_the_estimate_of_a_play_makes_nothing_and_names_no_picture(tmp_path: Path) -> None:
    mine = Lot(tmp_path / "mine")
    done = mine.run("--estimate", "--audio-only", "--minutes", "0.5")
    assert done.returncode == 0, done.stderr[-2000:]
    assert "radio play" in done.stdout
    assert "30 s were asked for; this story can't be told in less." in done.stdout
    assert "lines spoken" in done.stdout
    assert "takes" not in done.stdout
    assert mine.calls() == []
    assert not mine.out.exists()
