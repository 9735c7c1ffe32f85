"""The sheet on which two versions lie side by side."""

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from director.chat.comparing import Side, differing_shots, side_by_side, told_in_colours
from director.chat.frames import clock, frames_sheet
from director.chat.material import footage_of
from episodes.apply import apply
from episodes.changes import Reword, SetWorld
from episodes.comparison import compare
from episodes.episode import Episode
from tests.director.chat.conftest import Lab, side, with_shot
from tools.shelf import Shelf

RED, BLUE = np.array([0, 0, 254]), np.array([254, 0, 0])


def share(sheet: Path, colour: np.ndarray) -> float:
    """Part of a picture that is nearly of a colour."""
    image = cv2.imread(str(sheet)).astype(int)
    return float((np.abs(image - colour).max(axis=2) < 12).mean())


async def test_frames_of_both_versions_lie_side_by_side(
    episode: Episode, shelf: Shelf, lab: Lab, tmp_path: Path
) -> None:
    shot = episode.shots[2].id
    again = with_shot(episode, shot, take=2)
    lab.segment(episode, shot, "red")
    lab.segment(again, shot, "blue")
    sheet = await side_by_side(side("before", episode, shelf), side("after", again, shelf), tmp_path)
    assert cv2.imread(str(sheet)).shape[1] == 1600
    assert share(sheet, RED) > 0.02
    assert abs(share(sheet, RED) - share(sheet, BLUE)) < 0.005


async def test_a_side_whose_media_is_gone_or_that_has_no_cut_is_still_drawn(
    episode: Episode, shelf: Shelf, tmp_path: Path
) -> None:
    shot = episode.shots[2].id
    again = with_shot(episode, shot, take=2)
    gone = await side_by_side(side("a/b: 🦝", episode, shelf), side("犬", again, shelf), tmp_path)
    assert gone.is_file()
    assert gone.parent == tmp_path
    uncut = Side("uncut", episode.model_copy(update={"cut": None, "shots": ()}), None, shelf)
    assert (await side_by_side(uncut, side("cut", episode, shelf), tmp_path)).is_file()
    assert (await side_by_side(uncut, uncut, tmp_path)).is_file()


def test_shots_that_differ_are_told_in_order_with_what_differs(episode: Episode, shelf: Shelf) -> None:
    first, second = episode.shots[4].id, episode.shots[1].id
    after = with_shot(with_shot(episode, first, take=3), second, reversed=True)
    found = differing_shots(side("a", episode, shelf), side("b", after, shelf), compare(episode, after))
    assert list(found) == [second, first]
    assert [one.line() for one in found[first]] == [f"{first} take: 1 → 3"]


def test_a_shot_that_is_only_finished_otherwise_differs_and_one_that_slides_does_not(
    episode: Episode, shelf: Shelf
) -> None:
    look = apply(SetWorld(look="daylight_tape"), episode).model_copy(update={"cut": episode.cut})
    found = differing_shots(side("a", episode, shelf), side("b", look, shelf), compare(episode, look))
    assert set(found) == set(side("a", episode, shelf).shown())
    assert "look" in " ".join(one.field for one in next(iter(found.values())))
    same = compare(episode, episode)
    assert differing_shots(side("a", episode, shelf), side("b", episode, shelf), same) == {}


def test_captions_that_differ_are_told_by_their_words_and_else_by_their_times(episode: Episode, shelf: Shelf) -> None:
    line = episode.the_script.lines[0]
    shot = next(shot.id for shot in episode.shots if any(cue.line == line.id for cue in shot.cues))
    after = apply(Reword(line=line.id, text=f"{line.text} Again."), episode)
    after = after.model_copy(update={"cut": episode.cut, "shots": episode.shots})
    (told,) = differing_shots(side("a", episode, shelf), side("b", after, shelf), compare(episode, after))[shot]
    assert told.field == "captions"
    assert told.words[-1].text.endswith("Again.")


def test_reworded_lines_are_told_in_the_colours_of_both_versions(episode: Episode) -> None:
    line = episode.the_script.lines[0]
    after = apply(Reword(line=line.id, text=f"{line.text} Again."), episode)
    reworded = next(one for one in compare(episode, after).differences if one.words)
    runs = told_in_colours(reworded, named=True)
    assert runs[0][0].startswith(line.id)
    assert len({shade for _, shade in runs}) == 3


def test_the_picture_of_a_shot_is_its_segment_then_its_take_then_nothing(
    episode: Episode, shelf: Shelf, lab: Lab
) -> None:
    shot = episode.shots[0].id
    one = side("a", episode, shelf)
    assert footage_of(one.plan, shelf, shot) is None
    lab.take(episode, shot)
    bare = footage_of(one.plan, shelf, shot)
    assert bare is not None
    assert not bare.finished
    assert bare.first == 12
    lab.segment(episode, shot)
    done = footage_of(one.plan, shelf, shot)
    assert done is not None
    assert done.finished
    assert footage_of(None, shelf, shot) is None


async def test_a_shot_and_a_scene_have_their_sheets(episode: Episode, shelf: Shelf, lab: Lab, tmp_path: Path) -> None:
    shot = episode.shots[0].id
    lab.segment(episode, shot, "blue")
    one = side("a", episode, shelf)
    sheet = await frames_sheet(shot.removeprefix("S0"), one, tmp_path)
    assert sheet.name == f"{shot}.png"
    assert share(sheet, BLUE) > 0.4
    scene = await frames_sheet(episode.shots[0].scene, one, tmp_path)
    assert 0.01 < share(scene, BLUE) < 0.4


def test_a_moment_is_told_in_minutes_seconds_and_frames() -> None:
    assert clock(Fraction(737, 12), 12) == "01:01:05"
