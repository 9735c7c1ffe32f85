from datetime import timedelta
from fractions import Fraction
from typing import get_args

import pytest

from episodes.apply import apply, apply_all, targets
from episodes.cast import VoiceCast
from episodes.change_rules import changed
from episodes.changes import (
    AddEffects,
    Balance,
    CastNarrator,
    Change,
    InsertBeat,
    LayCut,
    Lock,
    MixLevels,
    Move,
    PlanScene,
    Recast,
    RemoveBeat,
    RemoveShot,
    ReplaceBeat,
    Rescore,
    Reshoot,
    Retime,
    Retitle,
    Reverse,
    Revoice,
    Reword,
    SetFacts,
    SetScript,
    SetWorld,
    Swap,
    SwapTake,
    TimeLines,
    Trim,
    UseClip,
    UseRecording,
)
from episodes.cut import Cut, Track
from episodes.effects import Elapse, Plant
from episodes.episode import Cue, Episode, LineLength, estimate_seconds
from episodes.errors import ChangeRefused
from episodes.facts import FactSheet
from episodes.own_media import OwnClip, OwnReading
from episodes.value import digest
from tests.timed_episode import CUT, EPISODE, NEW_BEAT

MY_CLIP = OwnClip(name="goose", digest="c" * 64, form="mov", words="a goose", licence="mine", seconds=Fraction(60))
MY_READING = OwnReading(name="my-line", digest="d" * 64, form="wav", seconds=Fraction(2))

EVERY: tuple[Change, ...] = (
    SetFacts(facts=FactSheet(unheard=("clip.mp4",))),
    SetScript(world=EPISODE.the_world, script=EPISODE.the_script.model_copy(update={"title": "Again"})),
    TimeLines(lengths=(LineLength(line="S01-L01", reading=1, text="x", seconds=1),)),
    PlanScene(scene="S02", shots=EPISODE.shots_of("S02")[:1]),
    LayCut(cut=CUT.model_copy(update={"tracks": (*CUT.tracks, Track(name="A1"))})),
    Reword(line="S01-L01", text="You have the right to remain glazed, sir."),
    InsertBeat(scene="S02", after="S02-B01", beat=NEW_BEAT),
    ReplaceBeat(beat=NEW_BEAT),
    RemoveBeat(beat="S02-B01"),
    AddEffects(beat="S02-B01", effects=(Elapse(seconds=2),)),
    Move(shot="S03-01", after="S03-04"),
    Swap(first="S03-02", second="S03-05"),
    Trim(shot="S03-02", head=Fraction(1, 4), tail=Fraction(1, 2)),
    Retime(shot="S03-02", seconds=Fraction(7)),
    Reverse(shot="S03-02"),
    RemoveShot(shot="S03-02"),
    SwapTake(shot="S03-02", take=3),
    Reshoot(shot="S03-02"),
    Recast(character="okafor", voice=VoiceCast(engine="embedded", variant="en-us+m3")),
    Revoice(line="S01-L01", delivery="proud"),
    MixLevels(music_db=-20.0),
    CastNarrator(voice=VoiceCast(engine="embedded", variant="en-us+ed")),
    Rescore(cue=Cue(scene="S02", mood="tension")),
    Balance(scene="S02", sound="music", db=-6.0),
    UseClip(shot="S03-02", clip=MY_CLIP),
    UseRecording(line="S01-L01", recording=MY_READING),
    SetWorld(scene="S02", weather="fog"),
    Retitle(title="Jelly"),
    Lock(target="S02"),
)
"""One change of each type, all of which `FREE` takes; the clean episode refuses only `RemoveShot`."""

ONE_OF_EACH = pytest.mark.parametrize("change", EVERY, ids=lambda change: change.kind)


def test_what_the_person_put_in_goes_with_what_it_was_put_into() -> None:
    used = apply_all((UseClip(shot="S03-02", clip=MY_CLIP), UseRecording(line="S01-L01", recording=MY_READING)), FREE)
    assert apply(RemoveShot(shot="S03-02"), used).clips == ()
    assert apply(Reword(line="S01-L01", text="Quite other words."), used).readings == ()
    assert apply(UseClip(shot="S03-02", clip=None), used).clips == ()
    assert apply(UseRecording(line="S01-L01", recording=None), used).readings == ()


def test_a_clip_that_is_too_short_for_its_shot_is_refused_with_both_lengths() -> None:
    short = MY_CLIP.model_copy(update={"seconds": Fraction(1)})
    with pytest.raises(ChangeRefused, match=r"1\.0 s long.*needs \d+\.\d s"):
        apply(UseClip(shot="S03-02", clip=short), FREE)


def test_balances_add_up_and_end_where_they_began() -> None:
    louder = apply(Balance(scene="S02", sound="music", db=6.0), FREE)
    assert apply(Balance(scene="S02", sound="music", db=3.0), louder).balances[0].db == 9.0
    assert apply(Balance(scene="S02", sound="music", db=-6.0), louder).balances == ()


def _free() -> Episode:
    """The timed episode in which shot S03-02 carries no line, so that it may go."""
    shot = EPISODE.shot("S03-02")
    other = EPISODE.shot("S03-01")
    cued = other.model_copy(update={"cues": (*other.cues, *shot.cues)})
    return apply(LayCut(cut=CUT), apply(Reshoot(shot="S03-01", plan=cued), EPISODE))


FREE = _free()


def test_every_type_of_change_has_a_rule_and_a_sample() -> None:
    kinds = get_args(get_args(Change)[0])
    assert {type(change) for change in EVERY} == set(kinds)
    assert set(kinds) <= set(changed.registry)


@ONE_OF_EACH
def test_a_change_changes_something_and_leaves_the_old_episode_as_it_was(change: Change) -> None:
    before = digest(FREE)
    after = apply(change, FREE)
    assert digest(after) != before
    assert digest(FREE) == before


@ONE_OF_EACH
def test_a_change_says_what_it_touches(change: Change) -> None:
    assert targets(change, FREE)


@ONE_OF_EACH
def test_the_episode_after_a_change_can_be_written_and_read_again(change: Change) -> None:
    after = apply(change, FREE)
    assert Episode.model_validate_json(after.model_dump_json()) == after


@ONE_OF_EACH
def test_the_cut_goes_exactly_when_what_it_was_laid_from_has_changed(change: Change) -> None:
    harmless = ("mix", "lock", "retitle", "lay_cut", "set_facts", "rescore", "cast_narrator", "balance", "use_clip")
    assert (apply(change, FREE).cut is not None) == (change.kind in harmless)


def _locks_of(change: Change) -> list[str]:
    if change.kind == "plan_scene":
        return ["S02"]
    return sorted(targets(change, FREE) - {"okafor"})


@pytest.mark.parametrize(
    "change",
    [c for c in EVERY if c.kind not in ("set_facts", "time_lines", "lay_cut", "set_script", "cast_narrator")],
    ids=lambda change: change.kind,
)
def test_no_agent_changes_what_the_person_locked_and_the_person_does(change: Change) -> None:
    for target in _locks_of(change):
        locked = apply(Lock(target=target), FREE)
        with pytest.raises(ChangeRefused, match="is locked"):
            apply(change, locked, by="editor")
        assert apply(change, locked, by="person") != locked or change.kind == "lock"


@pytest.mark.parametrize("target", ["S03", "S03-B01", "S03-L02"])
def test_a_lock_on_whatever_holds_a_line_holds_the_line(target: str) -> None:
    locked = apply(Lock(target=target), EPISODE)
    with pytest.raises(ChangeRefused, match=f"{target} is locked"):
        apply(Reword(line="S03-L02", text="There were none."), locked, by="continuity_checker")
    free = apply(Lock(target=target, locked=False), locked)
    after = apply(Reword(line="S03-L02", text="There were none."), free, by="editor")
    assert after.line("S03-L02").text == "There were none."


def test_an_agent_can_not_unlock() -> None:
    locked = apply(Lock(target="S03-02"), EPISODE)
    with pytest.raises(ChangeRefused, match="locked"):
        apply(Lock(target="S03-02", locked=False), locked, by="tool")


def test_measured_lengths_pass_a_lock() -> None:
    locked = apply(Lock(target="S03"), EPISODE)
    line = locked.line("S03-L02")
    length = LineLength(line=line.id, reading=1, text=line.text, seconds=3)
    assert apply(TimeLines(lengths=(length,)), locked, by="editor").seconds_of(line) == 3


REFUSED: tuple[Change, ...] = (
    Reword(line="S09-L01", text="Hello."),
    Reword(line="S01-L01", text="  "),
    Revoice(line="S09-L01"),
    TimeLines(lengths=(LineLength(line="S09-L01", reading=1, text="x", seconds=1),)),
    TimeLines(lengths=(LineLength(line="S01-L01", reading=1, text="x", seconds=-1),)),
    InsertBeat(scene="S09", after="S09", beat=NEW_BEAT),
    InsertBeat(scene="S02", after="S03-B01", beat=NEW_BEAT),
    ReplaceBeat(beat=NEW_BEAT.model_copy(update={"id": "S02-B99"})),
    RemoveBeat(beat="S02-B99"),
    RemoveBeat(beat="S01-B01"),
    AddEffects(beat="S02-B99", effects=(Plant(topic="x"),)),
    AddEffects(beat="S02-B01", effects=()),
    Move(shot="S03-99", after=None),
    Move(shot="S03-01", after="S02-01"),
    Move(shot="S03-01", after="S03-01"),
    Swap(first="S03-01", second="S02-01"),
    Swap(first="S03-01", second="S03-01"),
    Trim(shot="S03-02", tail=Fraction(4)),
    Trim(shot="S03-02", head=Fraction(-2)),
    Retime(shot="S03-02", seconds=Fraction(-1)),
    Retime(shot="S03-02", seconds=Fraction(0)),
    Reverse(shot="S03-99"),
    RemoveShot(shot="S03-02"),
    SwapTake(shot="S03-02", take=0),
    Reshoot(shot="S03-99"),
    Balance(scene="S09", sound="music", db=3.0),
    Balance(scene="S02", sound="music", db=0.0),
    Balance(scene="S02", sound="music", db=40.0),
    UseClip(shot="S03-99", clip=MY_CLIP),
    UseClip(shot="S03-02", clip=None),
    UseRecording(line="S09-L01", recording=MY_READING),
    UseRecording(line="S01-L01", recording=None),
    Reshoot(shot="S03-02", plan=EPISODE.shot("S03-02").model_copy(update={"seconds": Fraction(0)})),
    Recast(character="nobody", voice=VoiceCast(engine="e", variant="v")),
    Recast(character="okafor"),
    Recast(character="okafor", description=EPISODE.the_world.character("gus")),
    MixLevels(),
    MixLevels(music_db=90.0),
    MixLevels(loudness_lufs=0.0),
    Rescore(cue=Cue(scene="S09", mood="quiet")),
    Rescore(cue=Cue(scene="S01", mood="quiet", stops=(Fraction(-1),))),
    SetWorld(),
    SetWorld(light="day"),
    SetWorld(scene="S09", light="day"),
    SetWorld(scene="S02", clock="25:10"),
    SetWorld(scene="S02", place="moon"),
    SetWorld(scene="S02", present=("nobody",)),
    SetWorld(look=" "),
    Retitle(title=" "),
    Lock(target="S09"),
    LayCut(cut=Cut(tracks=())),
    PlanScene(scene="S09", shots=()),
    PlanScene(scene="S02", shots=()),
    PlanScene(scene="S02", shots=EPISODE.shots_of("S03")),
    PlanScene(scene="S02", shots=EPISODE.shots_of("S02") * 2),
    PlanScene(scene="S02", shots=EPISODE.shots_of("S02"), cue=Cue(scene="S03", mood="quiet")),
)


@pytest.mark.parametrize("change", REFUSED, ids=lambda change: change.kind)
def test_a_change_without_target_or_sense_is_refused_in_one_sentence(change: Change) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        apply(change, EPISODE)
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert len(sentence.split()) > 3


@ONE_OF_EACH
def test_an_episode_without_a_script_refuses_what_needs_one(change: Change) -> None:
    bare = Episode(brief=EPISODE.brief)
    if change.kind in ("set_facts", "set_script", "lay_cut", "mix"):
        assert apply(change, bare) != bare
    else:
        with pytest.raises(ChangeRefused):
            apply(change, bare)


# ---- what each change does -------------------------------------------------------------------------------------------


def test_reworded_lines_have_no_measured_length_until_they_are_spoken_again() -> None:
    after = apply(Reword(line="S01-L01", text="One two three four five.", delivery="flat"), EPISODE)
    line = after.line("S01-L01")
    assert (line.text, line.delivery, line.reading) == ("One two three four five.", "flat", 1)
    assert after.seconds_of(line) == estimate_seconds("One two three four five.")


def test_a_revoiced_line_is_read_again() -> None:
    line = apply(Revoice(line="S01-L01", delivery="sad"), EPISODE).line("S01-L01")
    assert (line.reading, line.delivery) == (2, "sad")


def test_an_inserted_beat_gets_ids_that_nobody_has() -> None:
    after = apply(InsertBeat(scene="S02", after="S02-B01", beat=NEW_BEAT), EPISODE)
    scene = after.the_script.scene("S02")
    assert [beat.id for beat in scene.beats] == ["S02-B01", "S02-B03", "S02-B02"]
    assert scene.beats[1].lines[0].id == "S02-L04"
    assert scene.beats[1].lines[0].text == "No sugar."


def test_an_inserted_beat_keeps_ids_that_are_free_and_can_stand_first() -> None:
    line = NEW_BEAT.lines[0].model_copy(update={"id": "S02-L17"})
    beat = NEW_BEAT.model_copy(update={"id": "S02-B17", "lines": (line,)})
    scene = apply(InsertBeat(scene="S02", after="S02", beat=beat), EPISODE).the_script.scene("S02")
    assert scene.beats[0] == beat


def test_an_inserted_beat_of_another_scene_is_renamed() -> None:
    scene = apply(InsertBeat(scene="S03", after="S03", beat=NEW_BEAT), EPISODE).the_script.scene("S03")
    assert (scene.beats[0].id, scene.beats[0].lines[0].id) == ("S03-B07", "S03-L08")


def test_what_a_removed_beat_said_is_cued_and_timed_no_more() -> None:
    after = apply(RemoveBeat(beat="S02-B02"), EPISODE)
    assert {cue.line for shot in after.shots for cue in shot.cues}.isdisjoint({"S02-L02", "S02-L03"})
    assert {length.line for length in after.lengths}.isdisjoint({"S02-L02", "S02-L03"})
    assert [shot.id for shot in after.shots_of("S02")] == ["S02-01"]


def test_a_replaced_beat_keeps_its_id_and_drops_the_cues_of_lines_that_went() -> None:
    beat = EPISODE.the_script.scene("S02").beats[1]
    after = apply(ReplaceBeat(beat=beat.model_copy(update={"lines": beat.lines[:1]})), EPISODE)
    shot = after.shot("S02-02")
    assert [cue.line for cue in shot.cues] == ["S02-L02"]
    assert [event.kind for event in shot.events] == []


def test_effects_go_first_or_last() -> None:
    for first in (True, False):
        after = apply(AddEffects(beat="S02-B01", effects=(Elapse(seconds=2),), first=first), EPISODE)
        effects = after.the_script.scene("S02").beats[0].effects
        assert effects[0 if first else -1] == Elapse(seconds=2)


def test_a_changed_world_reaches_the_shots_of_its_scene_and_no_others() -> None:
    change = SetWorld(scene="S03", light="dawn", weather="fog", clock="04:46", place="street", present=("gus",))
    after = apply(change, EPISODE)
    scene = after.the_script.scene("S03")
    assert (scene.light, scene.weather, scene.place, scene.present) == ("dawn", "fog", "street", ("gus",))
    for old, new in zip(EPISODE.shots, after.shots, strict=True):
        if old.scene != "S03":
            assert new == old
            continue
        assert (new.light, new.weather, new.place) == ("dawn", "fog", "street")
        assert new.clock - old.clock == timedelta(minutes=90)


def test_a_clock_moves_to_the_nearest_such_time() -> None:
    late = apply(SetWorld(scene="S03", clock="23:50"), EPISODE)
    assert late.the_script.scene("S03").clock.day == 13
    assert apply(SetWorld(scene="S03", clock="00:10"), late).the_script.scene("S03").clock.day == 14


def test_another_voice_makes_the_measured_lengths_of_its_lines_worthless() -> None:
    after = apply(Recast(character="gus", voice=VoiceCast(engine="e", variant="v")), EPISODE)
    left = {length.line for length in after.lengths}
    assert left == {line.id for line in after.the_script.lines if line.speaker != "gus"}


def test_a_plan_keeps_the_locked_shots_of_its_scene_at_their_place() -> None:
    locked = apply(Lock(target="S03-03"), EPISODE)
    new = tuple(shot.model_copy(update={"size": "close"}) for shot in EPISODE.shots_of("S03")[:2])
    after = apply(PlanScene(scene="S03", shots=new), locked, by="editor")
    assert [shot.id for shot in after.shots_of("S03")] == ["S03-01", "S03-02", "S03-03"]
    assert after.shot("S03-03") == EPISODE.shot("S03-03")
    assert [shot.scene for shot in after.shots] == sorted(shot.scene for shot in after.shots)


def test_scenes_can_be_planned_in_any_order() -> None:
    shots = {scene.id: EPISODE.shots_of(scene.id) for scene in EPISODE.the_script.scenes}
    after = EPISODE.model_copy(update={"shots": ()})
    for scene in ("S03", "S01", "S04", "S02"):
        after = apply(PlanScene(scene=scene, shots=shots[scene]), after, by="editor")
    assert after.shots == EPISODE.shots


def test_a_new_script_takes_shots_cues_and_cut_with_it_but_not_what_is_locked() -> None:
    script = EPISODE.the_script
    first = script.scenes[0].model_copy(update={"title": "Other"})
    new = SetScript(world=EPISODE.the_world, script=script.model_copy(update={"scenes": (first, script.scenes[3])}))
    after = apply(new, EPISODE, by="editor")
    assert (after.shots, after.cues, after.cut) == ((), (), None)
    assert {length.line for length in after.lengths} == {"S01-L01", "S04-L01", "S04-L02"}
    kept = apply(new, apply_all((Lock(target="S01"), Lock(target="S02-L02")), EPISODE), by="editor")
    assert [scene.id for scene in kept.the_script.scenes] == ["S01", "S02", "S04"]
    assert kept.the_script.scenes[:2] == script.scenes[:2]
    assert {shot.scene for shot in kept.shots} == {"S01", "S02"}


def test_a_shot_moves_within_its_scene() -> None:
    moved = apply(Move(shot="S03-05", after=None), EPISODE)
    assert [shot.id for shot in moved.shots_of("S03")][:2] == ["S03-05", "S03-01"]
    moved = apply(Move(shot="S03-05", after="S03-06"), EPISODE)
    assert [shot.id for shot in moved.shots_of("S03")][-3:] == ["S03-06", "S03-05", "S03-07"]


def test_a_reshot_shot_keeps_id_and_scene_and_counts_its_takes() -> None:
    plan = EPISODE.shot("S01-01").model_copy(update={"size": "close"})
    after = apply(Reshoot(shot="S03-02", plan=plan), apply(Reshoot(shot="S03-02"), EPISODE)).shot("S03-02")
    assert (after.id, after.scene, after.size, after.take) == ("S03-02", "S03", "close", 3)


def test_locks_of_what_is_gone_go_too() -> None:
    locked = apply_all((Lock(target="S02-L03"), Lock(target="S02-B02")), EPISODE)
    assert apply(RemoveBeat(beat="S02-B02"), locked).locks == frozenset()
