from fractions import Fraction

import pytest

from episodes.apply import apply, apply_all
from episodes.cast import VoiceCast
from episodes.changes import (
    Change,
    InsertBeat,
    Recast,
    Retitle,
    Reverse,
    Reword,
    SetWorld,
    Swap,
    TimeLines,
    Trim,
)
from episodes.episode import Episode, LineLength
from episodes.standing import held, held_shots, kept_cue, kept_shots, stands, touched_by
from tests.planned_episode import planned_episode
from tests.timed_episode import NEW_BEAT


def spoken(episode: Episode) -> Episode:
    lengths = tuple(
        LineLength(line=line.id, reading=line.reading, text=line.text, seconds=episode.seconds_of(line))
        for line in episode.the_script.lines
    )
    return apply(TimeLines(lengths=lengths), episode)


EPISODE = spoken(planned_episode("proof"))
PAIR = [shot.id for shot in EPISODE.shots_of("S02")][:2]
LINE = EPISODE.the_script.scene("S02").lines[0]


def standing(*changes: Change) -> set[str]:
    now = apply_all(changes, EPISODE)
    return {scene.id for scene in EPISODE.the_script.scenes if stands(scene.id, EPISODE, now)}


ALL = {scene.id for scene in EPISODE.the_script.scenes}


@pytest.mark.parametrize(
    "change",
    [
        Retitle(title="Jelly"),
        Swap(first=PAIR[0], second=PAIR[1]),
        Trim(shot=PAIR[0], tail=Fraction(1, 12)),
        Reverse(shot=PAIR[0]),
        SetWorld(scene="S02", clock="03:10"),
        SetWorld(look="noir"),
    ],
    ids=lambda change: change.kind,
)
def test_what_is_no_matter_of_coverage_leaves_every_scene_planned(change: Change) -> None:
    assert standing(change) == ALL


@pytest.mark.parametrize(
    "change",
    [
        Reword(line=LINE.id, text="Quite another sentence, and a much longer one."),
        SetWorld(scene="S02", weather="fog"),
        SetWorld(scene="S02", light="day"),
        InsertBeat(scene="S02", after="S02", beat=NEW_BEAT),
    ],
    ids=lambda change: change.kind,
)
def test_an_edit_of_one_scene_has_that_scene_alone_planned_anew(change: Change) -> None:
    assert standing(change) == ALL - {"S02"}


def test_a_new_look_of_a_person_has_the_scenes_planned_anew_that_show_them() -> None:
    person = EPISODE.the_world.character(LINE.speaker)
    altered = person.model_copy(update={"habit": "counts everything twice"})
    assert "S02" not in standing(Recast(character=person.id, description=altered))


def test_another_voice_has_its_scenes_planned_anew_once_its_lines_have_no_length() -> None:
    voice = VoiceCast(engine="voice", variant="another")
    assert "S02" not in standing(Recast(character=LINE.speaker, voice=voice))


def test_a_scene_that_stands_keeps_its_score_too() -> None:
    now = apply(Retitle(title="Jelly"), EPISODE)
    assert kept_cue("S02", EPISODE, now) == next(cue for cue in EPISODE.cues if cue.scene == "S02")
    assert kept_cue("S02", EPISODE, apply(SetWorld(scene="S02", weather="fog"), EPISODE)) is None


def test_what_the_person_touched_is_shots_lines_and_beats_never_whole_scenes() -> None:
    touched = touched_by(
        (
            Swap(first=PAIR[0], second=PAIR[1]),
            Reword(line=LINE.id, text="Nobody move."),
            SetWorld(scene="S03", weather="fog"),
            InsertBeat(scene="S02", after="S02", beat=NEW_BEAT),
        ),
        EPISODE,
    )
    assert {*PAIR, LINE.id} <= touched
    assert not touched & ALL
    new = touched - {*PAIR, LINE.id}
    assert new
    assert all(item.startswith("S02-") for item in new), "the new beat and its line are the person's own"


def test_a_touched_shot_is_held_only_while_its_lines_are_as_long() -> None:
    carrier = next(shot for shot in EPISODE.shots if any(cue.line == LINE.id for cue in shot.cues))
    touched = frozenset({carrier.id})
    assert held_shots(touched, EPISODE, apply(Retitle(title="Jelly"), EPISODE)) == touched
    longer = apply(Reword(line=LINE.id, text="Quite another sentence, and a much longer one."), EPISODE)
    assert held_shots(touched, EPISODE, longer) == frozenset()


def test_agents_may_change_nothing_that_an_edit_left_as_it_was() -> None:
    now = apply(Trim(shot=PAIR[0], tail=Fraction(1, 12)), EPISODE)
    fixed = held(frozenset({PAIR[0]}), EPISODE, now)
    assert kept_shots(EPISODE, now) == {shot.id for shot in EPISODE.shots} - {PAIR[0]}
    assert {shot.id for shot in EPISODE.shots} | ALL <= fixed
