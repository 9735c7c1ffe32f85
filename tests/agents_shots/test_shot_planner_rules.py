"""What the rule-based shot planner promises."""

from fractions import Fraction
from itertools import pairwise

import pytest

from agents.shot_planner import RuleShotPlanner
from agents.shot_planner.framing import alike, jumps
from episodes.airtime import AIR_GAP
from episodes.apply import apply, apply_all
from episodes.changes import Lock, PlanScene, Reshoot, Retime, Reword, SetWorld
from episodes.effects import TakeOff
from episodes.episode import Episode
from episodes.notes import Note
from episodes.script import Scene
from episodes.shots import Mouth, Shot
from episodes.tasks import Limits
from tests.agents_shots.five_scenes import five_scenes
from tests.clean_script import clean_episode

PLANNER = RuleShotPlanner()
NO_LIMITS = Limits()


async def plan_all(episode: Episode, limits: Limits = NO_LIMITS) -> Episode:
    """Return the episode with every scene planned, each from the episode as it came in."""
    plans = [await PLANNER.plan(episode, scene.id, limits) for scene in episode.the_script.scenes]
    changes = tuple(PlanScene(scene=plan.scene, shots=plan.shots, cue=plan.cue) for plan in plans)
    return apply_all(changes, episode, by="editor")


def heard_in(episode: Episode, line_id: str) -> set[str]:
    """Return the ids of the shots over which a line is heard, held or mouthed."""
    line = episode.line(line_id)
    shots = episode.shots_of(line_id.split("-")[0])
    at, found, start = Fraction(0), set(), None
    for shot in shots:
        cue = next((cue for cue in shot.cues if cue.line == line_id), None)
        start = at + cue.at if cue else start
        end = None if start is None else start + episode.seconds_of(line) + max(line.pause, Fraction(3, 5))
        if start is not None and end is not None and at < end and at + shot.seconds > start:
            found.add(shot.id)
        at += shot.seconds
    return found


@pytest.fixture(params=["five", "five-proof", "clean"])
async def planned(request: pytest.FixtureRequest) -> Episode:
    made = {
        "five": five_scenes(),
        "five-proof": five_scenes("proof"),
        "clean": clean_episode().model_copy(update={"shots": (), "cues": ()}),
    }
    return await plan_all(made[request.param])


def test_every_line_starts_in_exactly_one_shot_and_lines_never_overlap(planned: Episode) -> None:
    for scene in planned.the_script.scenes:
        at, starts = Fraction(0), []
        for shot in planned.shots_of(scene.id):
            assert all(0 <= cue.at < shot.seconds for cue in shot.cues)
            starts += [(at + cue.at, cue.line) for cue in shot.cues]
            at += shot.seconds
        assert [line for _, line in starts] == [line.id for line in scene.lines]
        for (one, first), (two, second) in pairwise(starts):
            free = two - one - planned.seconds_of(planned.line(first))
            on_air = all(planned.line(line).channel in ("radio", "dispatch") for line in (first, second))
            assert free >= (AIR_GAP if on_air else 0)
        assert at >= starts[-1][0] + planned.seconds_of(planned.line(starts[-1][1]))


def test_shots_are_whole_frames_within_the_craft_s_lengths(planned: Episode) -> None:
    for shot in planned.shots:
        assert planned.brief.format.snap(shot.seconds) == shot.seconds
        assert Fraction(4, 5) <= shot.seconds <= 5, shot.id
        assert all(planned.brief.format.snap(event.at) == event.at for event in shot.events)


def test_an_episode_gets_a_dozen_shots_from_several_cameras() -> None:
    episode = five_scenes()

    async def count() -> tuple[int, int, int]:
        shots = (await plan_all(episode)).shots
        return len(shots), len({shot.owner for shot in shots}), len({shot.size for shot in shots})

    import asyncio

    shots, owners, sizes = asyncio.run(count())
    assert 18 <= shots <= 40
    assert owners >= 5
    assert sizes >= 5


def test_no_two_neighbours_look_alike(planned: Episode) -> None:
    for one, two in pairwise(planned.shots):
        if one.scene == two.scene:
            assert not alike(one, two), (one.id, two.id)
            assert not jumps(one, two), (one.id, two.id)


def test_every_new_place_is_established_by_its_first_shot_but_for_the_cold_open(planned: Episode) -> None:
    known: set[str] = set()
    for scene in planned.the_script.scenes:
        first = planned.shots_of(scene.id)[0]
        if scene.beats[0].purpose == "cold_open":
            assert first.role != "establishing"
            continue
        assert (first.role == "establishing") == (scene.place not in known)
        known.add(scene.place)


def test_every_picture_gag_has_a_shot_that_holds(planned: Episode) -> None:
    for scene in planned.the_script.scenes:
        for beat in scene.beats:
            if beat.picture_gag:
                shots = [shot for shot in planned.shots_of(scene.id) if shot.gag == beat.picture_gag]
                assert len(shots) == 1
                assert shots[0].seconds >= Fraction(6, 5)


def test_a_wearer_is_never_in_his_own_picture(planned: Episode) -> None:
    for shot in planned.shots:
        assert shot.wearer not in {subject.id for subject in shot.subjects}
        assert (shot.owner in ("bodycam", "phone")) == (shot.wearer is not None)


def test_a_present_speaker_is_seen_speaking_or_wears_the_camera(planned: Episode) -> None:
    for shot in planned.shots:
        for cue in shot.cues:
            line = planned.line(cue.line)
            mouths = {(event.who, event.line, event.at) for event in shot.events if isinstance(event, Mouth)}
            if line.channel == "spoken":
                assert shot.wearer == line.speaker or (line.speaker, line.id, cue.at) in mouths, shot.id


def test_whoever_is_seen_while_speaking_moves_the_mouth_even_in_a_second_shot(planned: Episode) -> None:
    for scene in planned.the_script.scenes:
        at, begun = Fraction(0), {}
        for shot in planned.shots_of(scene.id):
            begun |= {cue.line: at + cue.at for cue in shot.cues}
            for line_id, start in begun.items():
                line = planned.line(line_id)
                still = start + planned.seconds_of(line) > at + Fraction(1, 4)
                if still and line.channel == "spoken" and line.speaker in {subject.id for subject in shot.subjects}:
                    assert any(isinstance(event, Mouth) and event.line == line_id for event in shot.events), shot.id
            at += shot.seconds


def test_prompts_stand_alone(planned: Episode) -> None:
    world = planned.the_world
    for shot in planned.shots:
        place, people = (
            world.place(shot.place),
            [world.character(s.id) for s in shot.subjects if _is_person(planned, s.id)],
        )
        assert place.landmark in shot.prompt
        assert f"{planned.the_script.scene(shot.scene).clock:%H:%M}" in shot.prompt
        for person in people:
            assert person.kind != "human" or all(garment in shot.prompt for garment in person.wardrobe), shot.id
            assert person.kind != "human" or person.short_name not in shot.prompt
        assert place.name not in shot.prompt
        assert shot.first_frame
        assert shot.last_frame
        assert shot.negative_prompt


def _is_person(episode: Episode, subject: str) -> bool:
    return subject in {character.id for character in episode.the_world.characters}


def test_story_clocks_never_run_backwards_within_a_scene(planned: Episode) -> None:
    for scene in planned.the_script.scenes:
        clocks = [shot.clock for shot in planned.shots_of(scene.id)]
        assert clocks[0] == scene.clock
        assert clocks == sorted(clocks)
        assert all(clock.microsecond == 0 for clock in clocks)


async def test_typed_events_follow_the_story() -> None:
    episode = await plan_all(five_scenes())
    kinds = {
        scene.id: {e.kind for shot in episode.shots_of(scene.id) for e in shot.events} for scene in _scenes(episode)
    }
    assert {"door", "enter", "step", "grab", "thing_acts"} <= kinds["S03"]
    assert {"siren_pass", "light_bar", "fall", "torch"} <= kinds["S04"]
    # In a lit room nobody needs a torch.
    assert "torch" not in kinds["S03"] | kinds["S05"]


def _scenes(episode: Episode) -> tuple[object, ...]:
    return episode.the_script.scenes  # type: ignore[return-value]


@pytest.mark.parametrize(("shortest", "longest"), [(0, 60), (2, 4), (4, 6), (5, 5), (0, 3)])
async def test_the_back_end_s_limits_are_kept(shortest: int, longest: int) -> None:
    limits = Limits(min_seconds=Fraction(shortest), max_seconds=Fraction(longest))
    episode = await plan_all(five_scenes(), limits)
    lengths = [shot.seconds for shot in episode.shots]
    assert max(lengths) <= longest
    assert min(lengths) >= shortest
    cues = [cue.line for shot in episode.shots for cue in shot.cues]
    assert cues == [line.id for line in episode.the_script.lines]


async def test_planning_again_without_a_change_changes_nothing(planned: Episode) -> None:
    assert (await plan_all(planned)).shots == planned.shots


LONGER = "and I will say it again for the record, because the record was not listening the first time"


@pytest.mark.parametrize("text", [LONGER, "Noted."])
async def test_another_text_for_one_line_changes_only_shots_that_carry_it(planned: Episode, text: str) -> None:
    for line in planned.the_script.lines:
        words = f"{line.text} {text}" if text == LONGER else text
        reworded = apply(Reword(line=line.id, text=words), planned)
        again = await plan_all(reworded)
        carrying = heard_in(planned, line.id)
        now = {shot.id: shot for shot in again.shots}
        changed = {shot.id for shot in planned.shots if now.get(shot.id) != shot}
        assert changed <= carrying, line.id
        assert text != LONGER or changed or len(again.shots) > len(planned.shots)
        assert len(changed) <= 4
        cues = [cue.line for shot in again.shots for cue in shot.cues]
        assert cues == [each.id for each in again.the_script.lines]
        for one, two in pairwise(again.shots):
            assert one.scene != two.scene or not alike(one, two), (line.id, one.id, two.id)


async def test_a_locked_shot_stays_whatever_its_line_becomes(planned: Episode) -> None:
    shot = next(shot for shot in planned.shots if shot.cues)
    locked = apply(Lock(target=shot.id), planned)
    reworded = apply(Reword(line=shot.cues[0].line, text=f"Well now. {LONGER}."), locked)
    again = await plan_all(reworded)
    assert again.shot(shot.id) == shot
    cues = [cue.line for each in again.shots for cue in each.cues]
    assert cues == [line.id for line in again.the_script.lines]


async def test_other_weather_re_stages_a_scene_under_the_same_ids() -> None:
    episode = await plan_all(five_scenes())
    changed = apply(SetWorld(scene="S04", weather="snow"), episode)
    again = await plan_all(changed)
    assert [shot.id for shot in again.shots] == [shot.id for shot in episode.shots]
    assert all(shot.weather == "snow" and "snow" in shot.prompt for shot in again.shots_of("S04"))
    assert all(again.shot(shot.id) == shot for shot in episode.shots if shot.scene != "S04")


def _note(target: str, finding: str, rule: str = "") -> Note:
    return Note(target=target, finding=finding, severity="major", author="measurement", remedy="reshoot", rule=rule)


async def test_notes_are_answered_by_the_change_that_mends_them() -> None:
    episode = await plan_all(five_scenes())
    frozen, alike_shot, gag = "S02-04", "S03-03", next(shot for shot in episode.shots if shot.gag)
    changes = await PLANNER.answer(
        episode,
        (
            _note(frozen, "The picture is frozen."),
            _note(alike_shot, "The cut jumps: it looks alike its neighbour."),
            _note(gag.id, "The picture gag is too short."),
        ),
    )
    assert [change.kind for change in changes] == ["reshoot", "reshoot", "retime"]
    moved, varied, held = changes
    assert isinstance(moved, Reshoot)
    assert moved.plan is not None
    assert moved.plan.movement != episode.shot(frozen).movement
    assert isinstance(varied, Reshoot)
    assert varied.plan is not None
    assert varied.plan.size != episode.shot(alike_shot).size
    assert varied.plan.prompt != episode.shot(alike_shot).prompt
    assert isinstance(held, Retime)
    assert held.seconds > gag.seconds
    after = apply_all(changes, episode, by="editor")
    assert {shot.id for shot in after.shots if shot != episode.shot(shot.id)} == {frozen, alike_shot, gag.id}


async def test_a_missing_cue_makes_the_scene_be_planned_anew() -> None:
    episode = await plan_all(five_scenes())
    shots = tuple(_deaf(shot) if shot.scene == "S02" else shot for shot in episode.shots)
    changes = await PLANNER.answer(
        episode.model_copy(update={"shots": shots}), (_note("S02-L03", "Line S02-L03 has a missing cue."),)
    )
    assert [change.kind for change in changes] == ["plan_scene"]
    mended = apply_all(changes, episode.model_copy(update={"shots": shots}), by="editor")
    assert any(cue.line == "S02-L03" for shot in mended.shots_of("S02") for cue in shot.cues)


def _deaf(shot: Shot) -> Shot:
    return shot.model_copy(update={"cues": (), "events": ()})


async def test_a_locked_shot_gets_no_answer() -> None:
    episode = await plan_all(five_scenes())
    for target in ("S02-04", "S02"):
        locked = apply(Lock(target=target), episode)
        assert await PLANNER.answer(locked, (_note("S02-04", "The picture is black."),)) == ()


async def test_music_stops_before_punch_lines_of_its_own_scene(planned: Episode) -> None:
    for cue in planned.cues:
        spoken = [line.id for line in planned.the_script.scene(cue.scene).lines]
        assert set(cue.before) <= set(spoken)
        assert len(cue.before) <= 2
    assert any(cue.before for cue in planned.cues)


async def test_a_word_to_the_camera_and_a_stand_off_have_no_music() -> None:
    episode = five_scenes()
    last = episode.the_script.scenes[-1].id
    waits = {
        scene.id
        for scene in episode.the_script.scenes[1:]
        if scene.id != last and {beat.purpose for beat in scene.beats} == {"debrief"}
    }
    planned = await plan_all(episode)
    assert {cue.scene for cue in planned.cues if cue.silent} == waits
    stand_off = episode.the_script.scenes[2]
    beats = tuple(beat.model_copy(update={"purpose": "stand_off"}) for beat in stand_off.beats)
    tense = _with_scene(episode, stand_off.model_copy(update={"mood": "tension", "beats": beats}))
    assert next(cue for cue in (await plan_all(tense)).cues if cue.scene == stand_off.id).silent


def _with_scene(episode: Episode, scene: Scene) -> Episode:
    script = episode.the_script
    scenes = tuple(scene if each.id == scene.id else each for each in script.scenes)
    return episode.model_copy(update={"script": script.model_copy(update={"scenes": scenes})})


async def test_an_interview_shows_only_who_speaks_in_it_or_acts() -> None:
    episode = five_scenes()
    debrief = episode.the_script.scene("S05")
    crowded = _with_scene(episode, debrief.model_copy(update={"present": (*debrief.present, "raccoon", "gus")}))
    planned = await plan_all(crowded)
    interviews = [shot for shot in planned.shots_of("S05") if shot.owner == "interview"]
    assert interviews
    assert {subject.id for shot in interviews for subject in shot.subjects} <= {"okafor", "lindqvist", "notebook"}


async def test_what_was_taken_off_is_in_no_later_prompt() -> None:
    episode = five_scenes()
    chase = episode.the_script.scene("S04")
    bare = TakeOff(who="okafor", garment="black duty vest")
    last = chase.beats[-1].model_copy(update={"effects": (*chase.beats[-1].effects, bare)})
    planned = await plan_all(_with_scene(episode, chase.model_copy(update={"beats": (*chase.beats[:-1], last)})))
    before, after = ([shot.prompt for shot in planned.shots_of(scene)] for scene in ("S04", "S05"))
    assert any("black duty vest" in prompt for prompt in before)
    assert not any("black duty vest" in prompt for prompt in after)
