"""Answers that were given to each prompt by itself, with nothing known but the prompt: they parse and can be shot."""

import asyncio
import json

import pytest

from agents.continuity_checker import RuleChecker
from episodes.episode import Episode
from episodes.story import story_of
from tests.agents_models.recorded import RECORDINGS, RecordedModel, produce

LONGEST = 28_000
"""Characters of a prompt: 8,000 tokens of three and a half."""


@pytest.fixture(scope="module")
def made() -> tuple[RecordedModel, Episode]:
    model = RecordedModel(RECORDINGS / "raccoon")
    return model, asyncio.run(produce(model))


def test_every_answer_fits_and_the_episode_is_whole(made: tuple[RecordedModel, Episode]) -> None:
    _, episode = made
    assert 14 <= len(episode.the_script.lines) <= 26
    assert len(episode.the_script.scenes) == 6
    assert [f for f in story_of(episode).findings if f.severity in ("major", "fatal")] == []
    # Ninety seconds were asked for; cards and the tease of next week come on top.
    assert 60 <= float(episode.the_cut.seconds) <= 113


def test_every_picture_gag_of_a_model_is_covered(made: tuple[RecordedModel, Episode]) -> None:
    _, episode = made
    gags = [beat for scene in episode.the_script.scenes for beat in scene.beats if beat.picture_gag]
    assert gags
    for beat in gags:
        assert any(shot.gag == beat.picture_gag for shot in episode.shots)
    assert [n for n in asyncio.run(RuleChecker().check_shots(episode)) if n.severity == "fatal"] == []


def test_a_prompt_is_short_enough_for_a_small_model(made: tuple[RecordedModel, Episode]) -> None:
    model, _ = made
    assert max(model.asked.values()) < LONGEST


def test_three_drafts_of_each_scene_are_three_jokes() -> None:
    for number in range(1, 7):
        drafts = [json.loads((RECORDINGS / "raccoon" / f"scene-s0{number}-{n}.json").read_text()) for n in (1, 2, 3)]
        lines = [{line["text"] for beat in d["answer"]["beats"] for line in beat["lines"]} for d in drafts]
        # A fact or the running gag may be said in the same words.
        assert all(len(a & b) <= 2 for at, a in enumerate(lines) for b in lines[at + 1 :])
