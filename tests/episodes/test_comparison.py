"""What two episodes differ in, and how it is told."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from episodes.apply import apply, apply_all
from episodes.changes import Change, Lock, MixLevels, Move, Reword, SetWorld, SwapTake, Trim, UseClip
from episodes.comparison import compare
from episodes.differences import marked, paired, word_runs
from episodes.errors import ChangeRefused
from tests.episodes.test_apply import EVERY, FREE, MY_CLIP
from tests.episodes.test_apply_properties import CHANGES
from tests.planned_episode import planned_episode

TEXTS = st.text(st.sampled_from("ab \n🦝犬"), max_size=40)


@pytest.mark.parametrize("change", EVERY, ids=lambda change: change.kind)
def test_whatever_a_change_alters_shows_up_and_equal_episodes_show_nothing(change: Change) -> None:
    after = apply(change, FREE)
    assert compare(FREE, after).differences
    assert compare(after, FREE).differences
    assert not compare(after, after)
    assert compare(after, after).lines() == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(CHANGES, max_size=4))
def test_two_episodes_are_equal_exactly_when_nothing_differs(changes: list[Change]) -> None:
    after = FREE
    for change in changes:
        try:
            after = apply(change, after)
        except ChangeRefused:
            continue
    assert bool(compare(FREE, after)) == (after != FREE)
    for line in compare(FREE, after).lines():
        assert "\n" not in line


@given(TEXTS, TEXTS)
def test_runs_of_words_hold_both_texts(before: str, after: str) -> None:
    runs = word_runs(before, after)
    assert " ".join(run.text for run in runs if run.sort != "new").split() == before.split()
    assert " ".join(run.text for run in runs if run.sort != "gone").split() == after.split()


@given(st.permutations(list("abcdefg")))
def test_as_few_as_can_be_have_moved(row: list[str]) -> None:
    pairs = paired("abcdefg", row, str)
    moved = {row[j] for _, j in pairs.moved}
    rest = [letter for letter in row if letter not in moved]
    assert rest == sorted(rest)
    assert len(pairs.both) == 7


def test_a_reworded_line_is_told_word_by_word() -> None:
    after = apply(Reword(line="S01-L01", text="You have the right to remain glazed, sir."), FREE)
    (reworded,) = [one for one in compare(FREE, after).of("script") if one.what == "reworded"]
    assert reworded.target == "S01-L01"
    assert "{+glazed, sir.+}" in reworded.line()
    assert marked(word_runs("stop right there", "stop left there")) == "stop [-right-] {+left+} there"


def test_a_scene_at_another_hour_is_told_with_both_hours_and_its_shots_with_it() -> None:
    after = apply(SetWorld(scene="S02", clock="03:10", light="night"), FREE)
    told = [one for one in compare(FREE, after).about("S02") if one.field == "story clock"]
    assert told[0].after.endswith("03:10:00")
    assert {one.target for one in compare(FREE, after).of("shots")} == {shot.id for shot in FREE.shots_of("S02")}


def test_a_moved_shot_is_one_move_and_says_between_what() -> None:
    after = apply(Move(shot="S03-01", after="S03-04"), FREE)
    (moved,) = [one for one in compare(FREE, after).of("shots") if one.what == "moved"]
    assert (moved.target, moved.before, moved.after) == ("S03-01", "first in S03", "after S03-04")


def test_trims_takes_locks_levels_and_own_clips_are_told_in_a_persons_words() -> None:
    changes = (
        Trim(shot="S03-02", tail=Fraction(1, 2)), SwapTake(shot="S03-03", take=4), Lock(target="S02"),
        MixLevels(music_db=-20.0), UseClip(shot="S03-05", clip=MY_CLIP),
    )  # fmt: skip
    lines = "\n".join(compare(FREE, apply_all(changes, FREE)).lines())
    assert "S03-02 trim at the tail: 0.00 s → 0.50 s" in lines
    assert "S03-03 take: 1 → 4" in lines
    assert "S02 lock added" in lines
    assert "film music level, dB: -16 → -20" in lines
    assert "S03-05 your own clip: none → goose" in lines


def test_clips_that_only_slide_are_told_once_and_a_shorter_film_is_shorter() -> None:
    before = planned_episode()
    cut = before.the_cut
    first = cut.track("V1").placed()[2][1]
    shorter = first.model_copy(update={"seconds": first.seconds - Fraction(1, 2)})
    track = cut.track("V1")
    items = tuple(shorter if item == first else item for item in track.items)
    tracks = tuple(t.model_copy(update={"items": items}) if t.name == "V1" else t for t in cut.tracks)
    after = before.model_copy(update={"cut": cut.model_copy(update={"tracks": tracks})})
    lines = compare(before, after).lines()
    assert any(line.endswith("begin 0.50 s earlier") and "clips, " in line for line in lines)
    assert any("film running time" in line for line in lines)
    assert any(f"{first.id} length" in line for line in lines)
    assert len([line for line in lines if " begins:" in line]) <= 1
    assert any("J- and L-cut" in line for line in lines)


def test_a_line_that_changes_its_beat_has_moved_and_a_new_one_is_added() -> None:
    scenes = list(FREE.the_script.scenes)
    scene = next(s for s in scenes if len(s.beats) > 1 and s.beats[0].lines)
    one, two, *rest = scene.beats
    line = one.lines[0]
    new = line.model_copy(update={"id": f"{scene.id}-L99", "text": "Quite new."})
    beats = (
        one.model_copy(update={"lines": one.lines[1:]}),
        two.model_copy(update={"lines": (*two.lines, line, new)}),
        *rest,
    )
    scenes[scenes.index(scene)] = scene.model_copy(update={"beats": beats})
    after = FREE.model_copy(update={"script": FREE.the_script.model_copy(update={"scenes": tuple(scenes)})})
    told = {(d.what, d.target) for d in compare(FREE, after).of("script")}
    assert told == {("moved", line.id), ("added", new.id)}


def test_a_later_hour_of_one_shot_alone_is_told_of_that_shot() -> None:
    shot = FREE.shot("S03-02")
    later = shot.model_copy(update={"clock": shot.clock + timedelta(minutes=1)})
    after = FREE.model_copy(update={"shots": tuple(later if s is shot else s for s in FREE.shots)})
    (told,) = compare(FREE, after).differences
    assert (told.area, told.target, told.field) == ("shots", "S03-02", "story clock")
