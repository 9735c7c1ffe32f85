import asyncio
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

import pytest

from agents.continuity_checker import RuleChecker
from agents.protocols import ContinuityChecker
from episodes import effects as fx
from episodes.apply import apply, apply_all
from episodes.changes import AddEffects, Lock, PlanScene, Reword, SetWorld
from episodes.episode import Episode
from episodes.notes import Note
from episodes.shots import Fall, Grab, LineCue, Mouth, Shot, Step, Subject
from tests.clean_script import clean_episode

CLEAN = clean_episode()


def script_notes(episode: Episode) -> tuple[Note, ...]:
    checker: ContinuityChecker = RuleChecker()
    return asyncio.run(checker.check_script(episode))


def shot_notes(episode: Episode) -> tuple[Note, ...]:
    found = asyncio.run(RuleChecker().check_shots(episode))
    # What is wrong with the words of a prompt as such is tried in tests of its own; these here are too short for it.
    return tuple(note for note in found if not note.rule.startswith("continuity.prompt."))


def shot(shot_id: str, **update: object) -> Callable[[Episode], Episode]:
    """Spoil one shot."""

    def spoil(episode: Episode) -> Episode:
        shots = tuple(s.model_copy(update=update) if s.id == shot_id else s for s in episode.shots)
        return episode.model_copy(update={"shots": shots})

    return spoil


def adding(shot_id: str, field: str, *items: object) -> Callable[[Episode], Episode]:
    return shot(shot_id, **{field: (*getattr(CLEAN.shot(shot_id), field), *items)})


def dropping(*shot_ids: str) -> Callable[[Episode], Episode]:
    def spoil(episode: Episode) -> Episode:
        return episode.model_copy(update={"shots": tuple(s for s in episode.shots if s.id not in shot_ids)})

    return spoil


def late_reveal(episode: Episode) -> Episode:
    """The doughnuts are hidden before the shot that shows them, and taken out after it."""
    hide = AddEffects(beat="S02-B01", effects=(fx.Hide(who="okafor", prop="doughnut"),))
    return apply(hide, episode)


def swapped_lines(episode: Episode) -> Episode:
    shots = {s.id: s for s in episode.shots}
    a, b = shots["S03-05"], shots["S03-06"]
    cues = {"S03-05": b.cues, "S03-06": a.cues}
    return episode.model_copy(
        update={
            "shots": tuple(
                s.model_copy(update={"cues": cues[s.id], "events": ()}) if s.id in cues else s for s in episode.shots
            )
        }
    )


BACK = CLEAN.shot("S03-03").clock - timedelta(minutes=2)

SPOILED: tuple[tuple[str, str, Callable[[Episode], Episode]], ...] = (
    ("shots.none", "S04", dropping("S04-01", "S04-02")),
    ("shots.line_missing", "S03-L05", shot("S03-05", cues=(), events=())),
    ("shots.line_twice", "S03-06", adding("S03-06", "cues", LineCue(line="S03-L04", at=2))),
    ("shots.line_unknown", "S03-06", adding("S03-06", "cues", LineCue(line="S02-L01", at=2))),
    ("shots.line_order", "S03-06", swapped_lines),
    ("shots.cue_outside", "S03-05", shot("S03-05", cues=(LineCue(line="S03-L05", at=Fraction(9)),), events=())),
    ("shots.beat_unknown", "S03-05", shot("S03-05", beats=("S03-B04", "S02-B01"))),
    ("shots.beat_missing", "S03-B06", shot("S03-07", beats=("S03-B05",))),
    ("shots.gag_missing", "S03-B01", shot("S03-02", gag="")),
    ("shots.jump_cut", "S04-02", shot("S04-02", size="medium")),
    ("shots.establish", "S03", shot("S03-01", role="a_roll", size="medium")),
    ("shots.light", "S03-04", shot("S03-04", light="day")),
    ("shots.weather", "S03-04", shot("S03-04", weather="snow")),
    ("shots.place", "S03-04", shot("S03-04", place="street")),
    ("shots.clock", "S03-03", shot("S03-03", clock=BACK)),
    ("shots.clock", "S02-01", shot("S02-01", clock=BACK - timedelta(hours=1))),
    ("shots.absent", "S03-02", adding("S03-02", "subjects", Subject(id="raccoon"))),
    ("shots.absent", "S04-01", adding("S04-01", "subjects", Subject(id="doughnut"))),
    ("shots.unknown", "S03-02", adding("S03-02", "subjects", Subject(id="dragon"))),
    ("shots.unknown", "S03-02", shot("S03-02", wearer="nobody")),
    ("shots.unknown", "S03-02", adding("S03-02", "events", Grab(at=1, who="gus", what="crown"))),
    ("shots.hidden", "S03-02", lambda e: late_reveal(adding("S03-02", "subjects", Subject(id="doughnut"))(e))),
    ("shots.holds", "S03-03", adding("S03-03", "subjects", Subject(id="okafor", holds="box"))),
    ("shots.interview", "S04-01", adding("S04-01", "subjects", Subject(id="gus"))),
    ("shots.wearer", "S03-05", shot("S03-05", wearer=None)),
    ("shots.wearer_seen", "S03-05", adding("S03-05", "subjects", Subject(id="okafor"))),
    ("shots.wearer_absent", "S03-02", shot("S03-02", wearer="raccoon")),
    ("shots.event_outside", "S03-05", adding("S03-05", "events", Step(at=Fraction(9), who="gus"))),
    ("shots.event_outside", "S03-05", adding("S03-05", "events", Fall(at=Fraction(-1), what="box"))),
    ("shots.mouth", "S03-05", adding("S03-05", "events", Mouth(at=1, who="gus", line="S03-L02"))),
    ("shots.mouth_speaker", "S03-04", adding("S03-04", "events", Mouth(at=1, who="lindqvist", line="S03-L04"))),
    ("shots.mouth_unseen", "S03-03", adding("S03-03", "events", Mouth(at=1, who="lindqvist", line="S03-L03"))),
    ("shots.wardrobe", "S03-04", shot("S03-04", prompt="Okafor in a red uniform shirt on a wet floor.")),
    ("shots.wardrobe", "S03-05", shot("S03-05", prompt="Gus pulls on a yellow rain jacket.")),
    ("shots.wardrobe", "S03-06", shot("S03-06", last_frame="The raccoon still wears a white apron.")),
)
"""Rule, target, and what plants the fault into the clean shots."""
IDS = [f"{rule}-{target}-{index}" for index, (rule, target, _) in enumerate(SPOILED)]


def test_the_clean_episode_has_no_note() -> None:
    assert script_notes(CLEAN) == ()
    assert shot_notes(CLEAN) == ()


@pytest.mark.parametrize(("rule", "target", "spoil"), SPOILED, ids=IDS)
def test_a_planted_fault_of_the_shots_is_noted_at_its_place(
    rule: str, target: str, spoil: Callable[[Episode], Episode]
) -> None:
    notes = shot_notes(spoil(CLEAN))
    assert (f"continuity.{rule}", target) in {(note.rule, note.target) for note in notes}
    assert len(notes) <= 3
    for note in notes:
        assert (note.author, note.remedy) == ("continuity_checker", "reshoot")
        assert note.fix


@pytest.mark.parametrize(("rule", "target", "spoil"), SPOILED, ids=IDS)
def test_the_repair_of_a_shot_mends_it_and_may_be_made_twice(
    rule: str, target: str, spoil: Callable[[Episode], Episode]
) -> None:
    spoiled = spoil(CLEAN)
    for note in shot_notes(spoiled):
        if note.change is None:
            continue
        mended = apply(note.change, spoiled, by="continuity_checker")
        assert note.id not in {left.id for left in shot_notes(mended)}
        assert apply(note.change, mended, by="continuity_checker").shots == mended.shots


def test_all_plain_repairs_of_a_scene_are_one_change() -> None:
    spoiled = shot("S03-04", light="day")(adding("S03-05", "subjects", Subject(id="okafor"))(CLEAN))
    changes = {note.change.model_dump_json() for note in shot_notes(spoiled) if note.change}
    assert len(changes) == 1
    repair = PlanScene.model_validate_json(changes.pop())
    assert shot_notes(apply(repair, spoiled)) == ()


def test_a_locked_shot_is_noted_but_no_repair_touches_it() -> None:
    spoiled = apply(Lock(target="S03-04"), shot("S03-04", light="day")(CLEAN))
    notes = shot_notes(spoiled)
    assert [note.rule for note in notes] == ["continuity.shots.light"]
    assert notes[0].change is None


def test_a_note_on_the_script_carries_rule_place_and_repair() -> None:
    spoiled = apply(SetWorld(scene="S03", light="day"), CLEAN)
    (note,) = script_notes(spoiled)
    assert (note.rule, note.target, note.remedy) == ("continuity.light.clock", "S03", "rewrite")
    assert note.change is not None
    assert script_notes(apply(note.change, spoiled, by="continuity_checker")) == ()


def test_a_script_note_names_the_rule_of_the_story() -> None:
    spoiled = apply(Reword(line="S02-L02", text="Four Adam Ten, 10-97."), CLEAN)
    assert [note.rule for note in script_notes(spoiled)] == ["continuity.radio.code"]


# ---- traps: what looks wrong and is right ----------------------------------------------------------------------------


def _disguised(episode: Episode) -> Episode:
    """The raccoon passes for the dispatcher and is seen as her."""
    change = AddEffects(beat="S03-B03", effects=(fx.Disguise(who="raccoon", as_="mabel"),), first=False)
    return adding("S03-04", "subjects", Subject(id="mabel"))(apply(change, episode))


def _repainted(episode: Episode) -> Episode:
    """The disguised raccoon wears the hat that the prompt mentions, under another's id."""
    change = AddEffects(beat="S03-B03", effects=(fx.Disguise(who="raccoon", as_="mabel"),), first=False)
    spoiled = shot("S03-04", subjects=(Subject(id="mabel"),), prompt="Mabel in a paper hat.", events=())
    return spoiled(apply(change, episode))


def _moved_indoors(episode: Episode) -> Episode:
    """The light changes within a scene, and a shot after it has the new one."""
    changes = (
        SetWorld(scene="S03", clock="04:30"),
        SetWorld(scene="S04", clock="05:05"),
        AddEffects(beat="S03-B04", effects=(fx.SetLight(light="dawn"), fx.SetWeather(weather="fog"))),
    )
    return shot("S03-05", light="dawn", weather="fog")(apply_all(changes, episode))


TRAPS: tuple[tuple[str, Callable[[Episode], Episode]], ...] = (
    ("whom somebody passes for is seen", _disguised),
    ("the disguised wear their own clothes", _repainted),
    ("the light changes within a scene", _moved_indoors),
    ("b-roll may look back", shot("S03-03", clock=BACK, role="b_roll")),
    (
        "a talking head is cut in",
        lambda e: e.model_copy(
            update={
                "shots": tuple(
                    other
                    for s in e.shots
                    for other in (
                        (
                            s,
                            CLEAN.shot("S04-01").model_copy(
                                update={"id": "S03-08", "scene": "S03", "beats": ("S03-B04",), "cues": (), "events": ()}
                            ),
                        )
                        if s.id == "S03-05"
                        else (s,)
                    )
                )
            }
        ),
    ),
    (
        "a line runs on over the cut",
        lambda e: adding("S03-06", "cues", LineCue(line="S03-L05", at=Fraction(-1)))(e),
    ),
    ("the wearer's sleeve is seen", shot("S03-05", prompt="Okafor's navy uniform shirt sleeve reaches in.")),
    ("a colour without a garment", shot("S03-05", prompt="Red neon, white tiles, a yellow mop, Gus in a white apron.")),
)


@pytest.mark.parametrize(("name", "spoil"), TRAPS, ids=[name for name, _ in TRAPS])
def test_a_trap_in_the_shots_catches_nobody(name: str, spoil: Callable[[Episode], Episode]) -> None:
    episode = spoil(CLEAN)
    assert episode != CLEAN
    assert [note.finding for note in (*shot_notes(episode), *script_notes(episode))] == []


def test_an_unplanned_episode_lacks_a_coverage_of_every_scene() -> None:
    notes = shot_notes(CLEAN.model_copy(update={"shots": ()}))
    assert [(note.rule, note.target) for note in notes] == [
        ("continuity.shots.none", f"S0{number}") for number in (1, 2, 3, 4)
    ]


def test_two_cameras_of_two_wearers_make_no_jump_cut() -> None:
    first, second = CLEAN.shot("S03-05"), CLEAN.shot("S03-06")
    twin: Shot = first.model_copy(update={"id": second.id, "cues": second.cues, "beats": second.beats, "events": ()})
    other = twin.model_copy(update={"wearer": "lindqvist", "clock": second.clock})
    spoil = shot("S03-06", **{name: getattr(other, name) for name in type(other).model_fields})
    assert shot_notes(spoil(CLEAN)) == ()


def test_a_garment_that_is_a_thing_in_what_happens_is_nobodys_wardrobe() -> None:
    prompted = shot("S03-06", prompt="The white apron lies on the counter.")(CLEAN)
    assert {note.rule for note in shot_notes(prompted)} == {"continuity.shots.wardrobe"}
    beats = prompted.shot("S03-06").beats
    scene = prompted.the_script.scene("S03")
    told = tuple(
        beat.model_copy(update={"action": "Somebody folds a white apron on the counter."}) if beat.id in beats else beat
        for beat in scene.beats
    )
    script = prompted.the_script
    scenes = tuple(s.model_copy(update={"beats": told}) if s.id == "S03" else s for s in script.scenes)
    laid_down = prompted.model_copy(update={"script": script.model_copy(update={"scenes": scenes})})
    assert "continuity.shots.wardrobe" not in {note.rule for note in shot_notes(laid_down)}
