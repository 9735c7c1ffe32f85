"""Seasons planned by rules: every call is another crime, and the regulars' story takes the whole season."""

from itertools import combinations

import pytest

from agents.season_planner.model import alike
from agents.season_planner.rules import RuleSeasonPlanner, stretched
from agents.writer.lexicon import load_lexicon
from agents.writer.premise import read_theme
from agents.writer.refusal import check_theme
from agents.writer.season_lore import load_lore
from episodes.bible import bible_of
from episodes.effects import Rank
from episodes.errors import InputRefused
from episodes.season import MOST_EPISODES, SeasonBrief, SeasonPlan
from tests.seasons import PROMPTS, SHOW, planned, told

THEMES = (
    "raccoon heist at a doughnut shop", "a vending machine has taken over the lobby", "geese unionise",
    "mime convention gone wrong", "haunted lighthouse", "cheese", "the retirement home runs a casino", "🦝🍩",
    "ein Waschbär stiehlt Donuts", "un mapache roba donas", "アライグマがドーナツを盗む",
    "a beekeeper is suing the moon",
    "ducks", "someone keeps returning the same library book", "snow", "a wedding where nobody is getting married",
    "qwzrtl", "two lawnmowers are in love", "illegal karaoke", "fog steals the mayor's umbrellas",
)  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
async def test_six_episodes_are_six_different_calls_that_the_writer_understands(theme: str) -> None:
    _, plan = await planned(theme, 6)
    calls = [outline.call for outline in plan.episodes]
    assert [outline.number for outline in plan.episodes] == [1, 2, 3, 4, 5, 6]
    assert not [pair for pair in combinations(calls, 2) if alike(*pair)]
    assert len({outline.turn for outline in plan.episodes}) == 6
    assert len({outline.arc for outline in plan.episodes}) == 6
    lexicon = load_lexicon(PROMPTS)
    read = [read_theme(call, lexicon, 1) for call in calls[1:]]
    for call in calls:
        check_theme(call)
    assert all(premise.deed is not None for premise in read)
    assert len({premise.deed.frame for premise in read if premise.deed}) >= 4
    assert len({premise.place.noun for premise in read if premise.place}) == 5
    assert len({premise.doer.head for premise in read}) >= 4


@pytest.mark.parametrize("episodes", [1, 2, 3, 5, 13, MOST_EPISODES])
async def test_a_season_of_any_length_has_a_beginning_and_an_end(episodes: int) -> None:
    _, plan = await planned("raccoon heist at a doughnut shop", episodes)
    assert len(plan.episodes) == episodes
    assert len({outline.call for outline in plan.episodes}) == episodes
    assert len({outline.arc for outline in plan.episodes}) == episodes
    assert not [pair for pair in combinations([o.call for o in plan.episodes], 2) if alike(*pair)]


@pytest.mark.parametrize("episodes", range(1, MOST_EPISODES + 1))
def test_every_arc_stretches_to_any_season_and_ends_in_its_last_episode(episodes: int) -> None:
    for arc in load_lore(PROMPTS).arcs:
        beats = [beat for beat, _, _ in stretched(arc, episodes)]
        assert len(beats) == episodes
        assert beats[-1] == f"{arc.name}-{len(arc.steps)}"
        assert episodes == 1 or beats[0] == f"{arc.name}-1"
        steps = [beat for beat in beats if "hold" not in beat]
        assert steps == sorted(set(steps))


def test_there_are_eight_arcs_and_their_words_fit() -> None:
    lore = load_lore(PROMPTS)
    assert len(lore.arcs) >= 8
    assert len(lore.gags) >= 8


async def test_gags_are_planted_and_paid_within_the_season() -> None:
    for episodes in (1, 2, 3, 6, 13):
        _, plan = await planned("geese unionise", episodes)
        assert 2 <= len(plan.gags) <= 3
        for gag in plan.gags:
            assert gag.origin == "planned"
            assert set(gag.episodes) <= set(range(1, episodes + 1))
            assert episodes == 1 or len(gag.episodes) >= 2


async def test_the_same_wish_gives_the_same_plan_and_another_seed_another() -> None:
    wish = SeasonBrief(theme="cheese", episodes=4)
    planner = RuleSeasonPlanner(PROMPTS)
    bible = bible_of(SHOW, ())
    assert await planner.plan(wish, bible) == await planner.plan(wish, bible)
    other = await planner.plan(wish.model_copy(update={"seed": 8}), bible)
    assert other != await planner.plan(wish, bible)


async def test_regulars_of_the_show_are_kept_with_their_ranks() -> None:
    bible = bible_of(SHOW, (told(1, Rank(who="grubb", title="Officer")),))
    plan = await RuleSeasonPlanner(PROMPTS).plan(SeasonBrief(theme="cheese"), bible)
    names = [member.name for member in plan.cast]
    assert {"Officer Dale Okafor", "Officer Britt Lindqvist", "Mabel Ortiz", "Officer Helen Grubb"} <= set(names)
    sergeants = [member.name for member in plan.cast if member.role == "sergeant"]
    assert len(sergeants) == 1
    assert "Grubb" not in sergeants[0]
    assert all(member.want for member in plan.cast)
    assert not any(outline.beat.startswith("stripes") for outline in plan.episodes)


async def test_a_theme_that_is_not_made_is_refused_before_anything_is_planned() -> None:
    with pytest.raises(InputRefused):
        await planned("gore and torture at the mall", 3)


async def test_a_season_can_be_stored_and_read_back() -> None:
    wish, plan = await planned("illegal karaoke", 3)
    again = SeasonPlan.model_validate_json(plan.model_dump_json())
    assert again == plan
    assert again.briefs(wish) == plan.briefs(wish)
    first = plan.briefs(wish)[0]
    assert first.theme == "illegal karaoke"
    assert first.direction is not None
    assert first.direction.wants == tuple((member.name, member.want) for member in plan.cast)
