"""Prompts that another hand wrote, as the continuity checker reads them: what can be mended comes with its change."""

import asyncio

import pytest

from agents.continuity_checker import RuleChecker
from episodes.apply import apply
from episodes.changes import Lock, PlanScene
from episodes.episode import Episode
from episodes.notes import Note
from tests.planned_episode import planned_episode


@pytest.fixture(scope="module")
def episode() -> Episode:
    return planned_episode()


def notes_for(episode: Episode) -> list[Note]:
    found = asyncio.run(RuleChecker().check_shots(episode))
    return [note for note in found if note.rule.startswith("continuity.prompt.")]


def worded(episode: Episode, more: str) -> tuple[Episode, str]:
    """Return the episode with words added to the first prompt that there is, as a model adds a detail."""
    first = next(shot for shot in episode.shots if shot.prompt)
    new = first.model_copy(update={"prompt": f"{first.prompt} {more}"})
    shots = tuple(new if shot.id == first.id else shot for shot in episode.shots)
    return episode.model_copy(update={"shots": shots}), first.id


def test_the_planners_own_prompts_raise_no_note(episode: Episode) -> None:
    assert notes_for(episode) == []


@pytest.mark.parametrize(
    ("more", "rule"),
    [("Shot on a Canon EOS R5, 4K.", "leak"), ("Drone footage.", "footage"), ("With a watermark.", "screen"),
     ("No people.", "negation")],
)  # fmt: skip
def test_a_prompt_that_leaks_gets_a_note_with_its_change(episode: Episode, more: str, rule: str) -> None:
    spoiled, name = worded(episode, more)
    notes = notes_for(spoiled)
    assert {(note.target, note.rule, note.severity) for note in notes} == {(name, f"continuity.prompt.{rule}", "minor")}
    assert isinstance(notes[0].change, PlanScene)
    mended = apply(notes[0].change, spoiled)
    assert notes_for(mended) == []
    assert [s for s in mended.shots if s.id != name] == [s for s in episode.shots if s.id != name]


def test_what_only_somebody_can_choose_is_a_remark_without_a_change(episode: Episode) -> None:
    spoiled, name = worded(episode, "The lamp breaks. A bottle falls over. The radio falls to the ground.")
    (note,) = notes_for(spoiled)
    assert (note.target, note.rule, note.severity, note.change) == (name, "continuity.prompt.events", "remark", None)


def test_a_locked_shot_keeps_its_prompt(episode: Episode) -> None:
    spoiled, name = worded(episode, "Shot on IMAX.")
    notes = notes_for(apply(Lock(target=name), spoiled))
    assert notes
    assert all(note.change is None for note in notes)
