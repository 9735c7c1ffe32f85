"""What the rule-based editor does about flashes that the film has across a cut."""

import pytest

from agents.editor import RuleEditor
from agents.shot_planner import RuleShotPlanner
from episodes.apply import apply
from episodes.changes import LayCut, Lock, PlanScene, Reshoot
from episodes.episode import Episode
from episodes.notes import Note
from episodes.results import HeardLine, Measurements, Span
from episodes.shots import LightBar
from episodes.tasks import Limits
from tests.agents_shots.five_scenes import five_scenes

EDITOR = RuleEditor()


@pytest.fixture
async def episode() -> Episode:
    made = five_scenes()
    for scene in made.the_script.scenes:
        plan = await RuleShotPlanner().plan(made, scene.id, Limits())
        made = apply(PlanScene(scene=scene.id, shots=plan.shots, cue=plan.cue), made)
    return apply(LayCut(cut=await EDITOR.lay_cut(made)), made)


async def noted(episode: Episode, first: str) -> Note:
    """Return the note on flashes over the last and the first half second of a shot and the one after it."""
    at, clip = episode.the_cut.find(first)
    span = Span(at=float(at + clip.seconds) - 0.5, seconds=1.0)
    seconds = float(episode.the_cut.seconds)
    lines = tuple(HeardLine(line=line.id, level_db=-22, head_db=-70, tail_db=-60) for line in episode.the_script.lines)
    measured = Measurements(
        video_seconds=seconds, audio_seconds=seconds, loudness_lufs=-16, true_peak_dbtp=-2, lines=lines, flashes=(span,)
    )
    (note,) = [n for n in (await EDITOR.review(episode, measured)).notes if n.rule == "measurement.flashes"]
    return note


def pair(episode: Episode) -> tuple[str, str]:
    first, second = episode.shots_of("S02")[:2]
    return first.id, second.id


def with_light_bar(episode: Episode, shot_id: str, take: int = 1) -> Episode:
    shots = tuple(
        shot.model_copy(update={"events": (*shot.events, LightBar(at=0)), "take": take}) if shot.id == shot_id else shot
        for shot in episode.shots
    )
    return episode.model_copy(update={"shots": shots})


async def test_flashes_across_a_cut_ask_for_another_take_of_one_side(episode: Episode) -> None:
    first, _ = pair(episode)
    note = await noted(episode, first)
    assert (note.target, note.severity, note.change) == (first, "major", Reshoot(shot=first))


async def test_the_side_with_a_light_bar_gives_it_up(episode: Episode) -> None:
    first, second = pair(episode)
    change = (await noted(with_light_bar(episode, second), first)).change
    assert isinstance(change, Reshoot)
    assert change.shot == second
    assert change.plan is not None
    assert not any(isinstance(event, LightBar) for event in change.plan.events)


async def test_where_nothing_may_be_changed_the_note_says_so(episode: Episode) -> None:
    first, _ = pair(episode)
    note = await noted(apply(Lock(target="episode"), episode), first)
    assert note.change is None
    assert "quiet shot between" in note.fix
