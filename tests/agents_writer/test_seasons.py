"""Scripts of a season by rules: what happened to the regulars is still so in the next episodes, and is spoken of."""

import re
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.continuity_checker import RuleChecker
from agents.writer import RuleWriter
from agents.writer.lexicon import load_lexicon
from agents.writer.nights import opening_time
from agents.writer.rules import slots_of_episode
from agents.writer.storylets import load_repertoire
from episodes.bible import Bible, bible_of
from episodes.brief import Brief, Direction
from episodes.effects import Break, Effect, Injure, LoseVehicle, Rank
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.value import digest
from tests.offers import OFFERS
from tests.seasons import PROMPTS, SHOW, planned, written

FOLDER = Path(PROMPTS)


async def one(bible: Bible, theme: str = "cheese", direction: Direction | None = None, seed: int = 3) -> Episode:
    brief = Brief(theme=theme, show=SHOW, seed=seed, direction=direction)
    play = await RuleWriter(FOLDER).write(brief, FactSheet(), bible, OFFERS)
    number = len(bible.episodes) + 1
    return Episode(brief=brief, number=number, world=play.world, script=play.script)


def happening(episode: Episode, *effects: Effect) -> Episode:
    """Return the episode with something that happens in its last beat but one."""
    scene = episode.the_script.scenes[-1]
    last = scene.beats[-1].model_copy(update={"effects": (*scene.beats[-1].effects, *effects)})
    scenes = (*episode.the_script.scenes[:-1], scene.model_copy(update={"beats": (*scene.beats[:-1], last)}))
    return episode.model_copy(update={"script": episode.the_script.model_copy(update={"scenes": scenes})})


def said(episode: Episode) -> str:
    return " ".join(line.text for line in episode.the_script.lines)


@pytest.mark.parametrize("theme", ["raccoon heist at a doughnut shop", "haunted lighthouse"])
async def test_three_scripts_of_a_season_have_no_findings(theme: str) -> None:
    episodes = await written(*await planned(theme, 3))
    for episode in episodes:
        assert await RuleChecker().check_script(episode) == ()
    assert len({episode.the_script.title for episode in episodes}) == 3
    crews = {episode.the_world.units[0].members for episode in episodes}
    assert len(crews) == 1


async def test_the_seasons_cast_is_the_plans_cast_from_the_first_episode_on() -> None:
    wish, plan = await planned("geese unionise", 2)
    first = (await written(wish, plan.model_copy(update={"episodes": plan.episodes[:1]})))[0]
    names = {member.name for member in plan.cast}
    regulars = [c for c in first.the_world.characters if c.role in ("officer", "dispatcher", "sergeant")]
    assert {person.name for person in regulars} <= names


async def test_an_injury_shows_and_is_mentioned_and_then_is_over() -> None:
    first = await one(Bible(show=SHOW))
    senior = first.the_world.units[0].members[0]
    episodes = [happening(first, Injure(who=senior, injury="sprained thumb"))]
    for seed in (4, 5, 6):
        episodes.append(await one(bible_of(SHOW, episodes), seed=seed))
    worn = [episode.the_world.character(senior).wardrobe[-1] for episode in episodes]
    assert worn[1:3] == ["white wrist bandage", "small sticking plaster"]
    assert "bandage" not in " ".join(worn[3:])
    assert "plaster" not in " ".join(worn[3:])
    assert "sprained thumb" in said(episodes[1])
    assert "sprained thumb" not in said(episodes[3])
    for episode in episodes[1:]:
        assert await RuleChecker().check_script(episode) == ()


async def test_a_demoted_sergeant_is_nowhere_called_sergeant_again() -> None:
    # The arc of this plan demotes the sergeant in its first episode.
    wish, plan = await planned("haunted lighthouse", 4, seed=5)
    assert plan.episodes[0].beat == "stripes-1"
    episodes = await written(wish, plan)
    who, title = bible_of(SHOW, episodes).ranks[0]
    assert title == "Officer"
    surname = next(m.name.split()[-1] for m in plan.cast if m.role == "sergeant")
    appears = False
    for episode in episodes[1:]:
        texts = [said(episode), *(b.action for s in episode.the_script.scenes for b in s.beats)]
        assert not re.search(rf"sergeant (\w+ )?{surname}", " ".join(texts), re.IGNORECASE)
        for person in episode.the_world.characters:
            if person.id == who:
                appears = True
                assert (person.role, person.unit) == ("officer", "4A12")
                assert person.name.startswith("Officer ")
        assert f"Sergeant {surname}" not in " ".join(c.name for c in episode.the_world.characters)
    assert appears


@pytest.mark.parametrize("gone", [LoseVehicle(vehicle="cruiser"), Break(what="cruiser")])
async def test_another_car_is_signed_out_for_a_lost_one_and_somebody_says_so(gone: Effect) -> None:
    first = happening(await one(Bible(show=SHOW)), gone)
    second = await one(bible_of(SHOW, (first,)), seed=4)
    third = await one(bible_of(SHOW, (first, second)), seed=5)
    assert [v.name for v in second.the_world.vehicles] == ["the canine cruiser"]
    assert second.the_world.units[0].vehicle == "cruiser-canine"
    assert "the canine cruiser" in said(second)
    assert third.the_world.vehicles == second.the_world.vehicles
    for episode in (second, third):
        assert await RuleChecker().check_script(episode) == ()


async def test_a_promoted_officer_keeps_the_rank_and_the_part() -> None:
    first = await one(Bible(show=SHOW))
    senior, junior = first.the_world.units[0].members
    second = await one(bible_of(SHOW, (happening(first, Rank(who=junior, title="Corporal")),)), seed=4)
    assert second.the_world.units[0].members == (senior, junior)
    assert second.the_world.character(junior).name.startswith("Corporal ")


async def test_the_plans_turn_gag_and_arc_are_in_the_script() -> None:
    wish, plan = await planned("raccoon heist at a doughnut shop", 6)
    episode = (await written(wish, plan.model_copy(update={"episodes": plan.episodes[:1]})))[0]
    storylets = [beat.storylet for scene in episode.the_script.scenes for beat in scene.beats]
    assert f"arc_{plan.episodes[0].beat}" in storylets
    assert any(name.startswith("gag-") and name.endswith("_plant") for name in storylets)
    assert any(name.startswith("turn_") for name in storylets)


async def test_a_plan_in_anybodys_words_is_told_as_news() -> None:
    direction = Direction(
        premise="p", turn="The goose owns the building.", arc="Okafor buys a boat he cannot steer.",
        gags=("the {door} that hums <b>",),
    )  # fmt: skip
    episode = await one(Bible(show=SHOW), "geese unionise", direction)
    assert "Okafor buys a boat he cannot steer." in said(episode)
    assert "The goose owns the building." in said(episode)
    assert "the door that hums b" in said(episode)
    assert await RuleChecker().check_script(episode) == ()


async def test_what_came_back_unplanned_is_spoken_of_in_the_next_script() -> None:
    direction = Direction(premise="p")
    first = await one(Bible(show=SHOW), "raccoon heist at a doughnut shop", direction, seed=1)
    second = await one(bible_of(SHOW, (first,)), "a raccoon is suing the library over shoes", direction, seed=2)
    bible = bible_of(SHOW, (first, second))
    assert "the raccoon" in [gag.what for gag in bible.gags]
    third = await one(bible, "fog steals the mayor's umbrellas", direction, seed=3)
    assert "the raccoon" in said(third).lower()


async def test_a_film_of_a_show_without_a_past_is_what_it_was_before_there_were_seasons() -> None:
    play = await RuleWriter(FOLDER).write(Brief(theme="geese unionise"), FactSheet(), Bible(show="Night Shift"), OFFERS)
    assert digest(play) == GEESE


GEESE = "a0430f89e8451778265b1ce174d3ca48455bc5cd752817540c46bd9c3c8fa832"
"""Digest of the screenplay as it was before the bible had a past."""


async def test_each_episode_plays_on_a_later_day_than_the_one_before_and_the_first_one_where_its_seed_puts_it() -> None:
    bible = Bible(show=SHOW)
    made: list[Episode] = []
    for seed in range(5):
        made.append(await one(bible, seed=seed))
        bible = bible.after(made[-1])
    spans = [(min(clocks), max(clocks)) for clocks in ([s.clock for s in e.the_script.scenes] for e in made)]
    for (_, over), (call, _) in pairwise(spans):
        assert timedelta(0) < call.date() - over.date() <= timedelta(days=9)
    assert bible.until == spans[-1][1]
    lexicon, repertoire = load_lexicon(FOLDER), load_repertoire(FOLDER)
    for episode, (call, _) in zip(made, spans, strict=True):
        slots = slots_of_episode(episode, lexicon, repertoire)
        assert slots is not None
        assert slots.words["weekday"] == f"{call:%A}", "whoever mends a line later speaks of the same day"
    assert spans[0][0].date() == opening_time(0).date()


@given(seed=st.integers(0, 10**9), over=st.datetimes(datetime(2031, 1, 1), datetime(2040, 1, 1)))
def test_the_call_comes_at_the_same_hour_whatever_day_it_is(seed: int, over: datetime) -> None:
    first, next_ = opening_time(seed), opening_time(seed, over)
    assert first.time() == next_.time()
    assert first.year == 2031
    assert over.date() < next_.date() <= over.date() + timedelta(days=9)
