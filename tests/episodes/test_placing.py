"""Where sounds stand: who hears a line, from how far, and what the shots tell the beds."""

from fractions import Fraction as F
from itertools import pairwise

import pytest

from agents.editor import RuleEditor
from agents.shot_planner import RuleShotPlanner
from episodes.apply import apply
from episodes.changes import LayCut, PlanScene
from episodes.effects import Weather
from episodes.episode import Episode
from episodes.placing import placed_beds, placed_lines, scene_span
from episodes.script import ON_AIR
from episodes.shots import Shot, Step
from episodes.tasks import Limits
from tests.agents_shots.five_scenes import five_scenes


@pytest.fixture
async def episode() -> Episode:
    made = five_scenes()
    for scene in made.the_script.scenes:
        plan = await RuleShotPlanner().plan(made, scene.id, Limits())
        made = apply(PlanScene(scene=scene.id, shots=plan.shots, cue=plan.cue), made)
    return apply(LayCut(cut=await RuleEditor().lay_cut(made)), made)


def over(episode: Episode, at: F) -> Shot:
    """Return the shot that is seen at a moment of the film."""
    placed = [(start, clip) for start, clip in episode.the_cut.track("V1").placed() if clip.media.startswith("S")]
    return episode.shot(max((item for item in placed if item[0] <= at), key=lambda item: item[0])[1].media)


def test_a_voice_is_as_far_off_as_its_speaker_stands_and_further_when_nobody_sees_them(episode: Episode) -> None:
    seen = 0
    for scene in episode.the_script.scenes:
        for placed in placed_lines(episode, scene.id, F(0)):
            line, shot = episode.line(placed.line), over(episode, max(placed.at, scene_span(episode, scene.id)[0]))
            if line.channel != "spoken":
                continue
            assert placed.ear == shot.owner
            depths = {subject.id: subject.depth for subject in shot.subjects}
            if placed.wearer:
                assert placed.distance == 0
            elif line.speaker in depths:
                seen += 1
                assert placed.distance == depths[line.speaker]
            else:
                assert placed.distance >= 0.7
    assert seen >= 4


def test_the_base_station_is_clear_and_a_chase_in_the_rain_is_furthest(episode: Episode) -> None:
    def distances(made: Episode) -> dict[str, float]:
        placed = (p for scene in made.the_script.scenes for p in placed_lines(made, scene.id, F(0)))
        return {p.line: p.distance for p in placed if p.channel in ON_AIR}

    def under(weather: Weather) -> Episode:
        scenes = tuple(scene.model_copy(update={"weather": weather}) for scene in episode.the_script.scenes)
        return episode.model_copy(update={"script": episode.the_script.model_copy(update={"scenes": scenes})})

    clear, wet = distances(under("clear")), distances(under("rain"))
    for line, distance in clear.items():
        if episode.line(line).channel == "dispatch":
            assert distance == wet[line] == 0
        else:
            assert 0.1 <= distance < wet[line] <= 0.9
    assert clear["S04-L01"] > clear["S02-L02"]


def test_the_steps_of_a_running_wearer_come_with_the_bed_and_nobody_else_s(episode: Episode) -> None:
    start, _ = scene_span(episode, "S04")
    running = [foot for bed in placed_beds(episode, "S04", start) for foot in bed.running]
    expected = []
    for at, clip in episode.the_cut.track("V1").placed():
        shot = next((shot for shot in episode.shots_of("S04") if shot.id == clip.media), None)
        steps = [event for event in (shot.events if shot else ()) if isinstance(event, Step) and event.gait == "run"]
        expected += [at - start + event.at for event in steps if shot is not None and event.who == shot.wearer]
    assert running == expected


def test_one_room_is_one_bed_and_another_camera_on_the_wall_another(episode: Episode) -> None:
    start, length = scene_span(episode, "S03")
    beds = placed_beds(episode, "S03", start)
    assert sum((bed.seconds for bed in beds), F(0)) == length
    assert all(one.ear != two.ear or one.weather != two.weather for one, two in pairwise(beds))


def test_a_car_drives_as_fast_as_its_shots_move(episode: Episode) -> None:
    shots = tuple(
        shot.model_copy(update={"movement": shot.movement.model_copy(update={"kind": "static", "speed": 0.0})})
        for shot in episode.shots
    )
    standing = episode.model_copy(update={"shots": shots})
    start, _ = scene_span(episode, "S02")
    assert all(bed.pace == 0 for bed in placed_beds(standing, "S02", start))
    assert any(bed.pace > 0 for bed in placed_beds(episode, "S02", start))
