"""Playing: the first player there is, from where to where, and never waiting for it."""

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from director.chat.playing import Part, part_of, play
from episodes.episode import Episode
from episodes.errors import InputRefused
from tests.director.chat.conftest import Lab, side
from tools.shelf import Shelf

SCREEN = {"DISPLAY": ":0"}


def played(part: Part, *there: str, system: str = "linux") -> tuple[str, list[str]]:
    """Return the sentence, and the command that was started."""
    started: list[list[str]] = []
    said = play(part, find=lambda name: f"/bin/{name}" if name in there else None, environ=SCREEN, system=system,
                start=started.append)  # fmt: skip
    return said, started[0] if started else []


PART = Part(Path("/films/a.mp4"), "shot S02-04", Fraction(3, 2), Fraction(4), Path("/takes/segment.mp4"))


@pytest.mark.parametrize(
    ("player", "wanted"),
    [
        ("mpv", ["--start=1.500", "--end=4.000"]), ("vlc", ["--start-time=1.500", "--stop-time=4.000"]),
        ("ffplay", ["-ss", "1.500", "-t", "2.500"]),
    ],
)  # fmt: skip
def test_each_player_is_told_where_to_begin_and_end_in_its_own_words(player: str, wanted: list[str]) -> None:
    said, command = played(PART, player, "xdg-open")
    assert command[0] == f"/bin/{player}"
    assert " ".join(wanted) in " ".join(command)
    assert command[-1] == "/films/a.mp4"
    assert said == f"{player} plays shot S02-04."


def test_one_that_knows_no_times_gets_the_shot_alone_and_a_scene_is_told_by_its_times() -> None:
    said, command = played(PART, "xdg-open")
    assert command == ["/bin/xdg-open", "/takes/segment.mp4"]
    assert "without its sound" in said
    scene = Part(Path("/films/a.mp4"), "scene S02", Fraction(1), Fraction(9))
    said, command = played(scene, "open", system="darwin")
    assert command == ["/bin/open", "/films/a.mp4"]
    assert said == "open plays scene S02, from 1.00 to 9.00 s."


def test_without_player_or_screen_the_sentence_says_where_the_film_lies() -> None:
    said, command = played(PART)
    assert command == []
    assert said == "No player was found (mpv, vlc or ffplay): shot S02-04 is in /films/a.mp4, from 1.50 to 4.00 s"
    blind = play(PART, find=lambda name: f"/bin/{name}", environ={}, system="linux", start=lambda command: None)
    assert blind.startswith("There is no screen here to play on: shot S02-04 is in /films/a.mp4")


def test_a_player_that_runs_on_is_not_waited_for_and_one_that_can_t_start_is_passed_over(tmp_path: Path) -> None:
    gate, mark = tmp_path / "gate", tmp_path / "mark"
    player = tmp_path / "vlc"
    # It ends only when this test lets it, so that a play() that waited would never come back.
    wait = f"import os, time\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.01)\n"
    player.write_text(f"#!{sys.executable}\n{wait}open({str(mark)!r}, 'w').close()\n")
    player.chmod(0o755)
    broken = tmp_path / "mpv"
    broken.write_text("no program")
    there = {"vlc": str(player), "mpv": str(broken)}
    assert play(PART, find=there.get, environ=SCREEN, system="linux") == "vlc plays shot S02-04."
    assert not mark.exists()
    gate.touch()
    while not mark.exists():
        pass


def test_shots_scenes_and_the_film_are_found_in_the_cut(
    episode: Episode, shelf: Shelf, lab: Lab, tmp_path: Path
) -> None:
    film, shot = tmp_path / "film.mp4", episode.shots_of("S02")[0].id
    one = side("a", episode, shelf)
    with pytest.raises(InputRefused, match="no film yet"):
        part_of(one, film)
    with pytest.raises(InputRefused, match="no film yet, and no picture"):
        part_of(one, film, shot)
    segment = lab.segment(episode, shot).file("segment.mp4")
    assert part_of(one, None, shot) == Part(segment, f"shot {shot}, without its sound")
    film.touch()
    assert part_of(one, film) == Part(film, "the film")
    at, clip = episode.the_cut.find(shot)
    assert part_of(one, film, "2-1") == Part(film, f"shot {shot}", at, at + clip.seconds, segment)
    scene = part_of(one, film, "2")
    clips = [(at, clip) for at, clip in episode.the_cut.track("V1").placed() if clip.media.startswith("S02-")]
    assert (scene.start, scene.end) == (clips[0][0], clips[-1][0] + clips[-1][1].seconds)
