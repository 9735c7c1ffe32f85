"""A show keeps its look, and each episode ends with a word about the next one that the season has not heard."""

import asyncio
from pathlib import Path

import pytest

from agents.protocols import Screenplay
from agents.writer import RuleWriter
from agents.writer.lexicon import load_lexicon
from agents.writer.packaging import LONGEST_TEASER, load_teasers, next_week
from episodes.bible import Bible, fold
from episodes.brief import Brief, Tone
from episodes.episode import Episode
from episodes.facts import FactSheet
from tests.offers import OFFERS
from tools.finish.looks import LOOKS

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
THEMES = ("raccoon heist at a doughnut shop", "stolen cheese", "a goose impersonates a police officer", "fog")


def write(brief: Brief, bible: Bible | None = None) -> Screenplay:
    return asyncio.run(RuleWriter(PROMPTS).write(brief, FactSheet(), bible or Bible(show=brief.show), OFFERS))


def test_a_season_never_promises_the_same_twice_and_keeps_its_look() -> None:
    season: tuple[Episode, ...] = ()
    for number, theme in enumerate(THEMES, start=1):
        tone: Tone = "comedy" if number % 2 else "deadpan"
        brief = Brief(theme=theme, seed=number, tone=tone)
        play = write(brief, fold(brief.show, season))
        season = (*season, Episode(brief=brief, world=play.world, script=play.script, number=number))
    teasers = [episode.the_script.next_week for episode in season]
    assert all(teasers)
    assert len(set(teasers)) == len(THEMES)
    assert len({episode.the_world.look for episode in season}) == 1
    assert [past.teaser for past in fold("Night Shift", season).episodes] == teasers


def test_many_seeds_give_many_teasers_that_can_be_read_and_are_no_part_of_tonight() -> None:
    brief = Brief(theme="a goose and a bicycle at the bank", seed=1)
    play, lexicon = write(brief), load_lexicon(PROMPTS)
    told = [
        next_week(play, brief.model_copy(update={"seed": seed}), Bible(show="Night Shift"), lexicon, PROMPTS)
        for seed in range(60)
    ]
    assert len(set(told)) > 50
    for teaser in told:
        assert 0 < len(teaser) <= LONGEST_TEASER
        assert teaser[0].isupper()
        assert "{" not in teaser
        assert "goose" not in teaser.lower()


def test_there_are_enough_wordings() -> None:
    assert len(set(load_teasers(PROMPTS))) >= 24


@pytest.mark.parametrize("tone", ["comedy", "tense", "deadpan"])
def test_each_tone_has_looks_that_exist(tone: Tone) -> None:
    looks = {write(Brief(theme="fog", seed=seed, tone=tone, show=f"Show {seed}")).world.look for seed in range(6)}
    assert looks <= set(LOOKS)
    assert len(looks) > 1


def test_the_same_brief_gives_the_same_teaser() -> None:
    brief = Brief(theme="stolen cheese", seed=5)
    assert write(brief).script.next_week == write(brief).script.next_week
