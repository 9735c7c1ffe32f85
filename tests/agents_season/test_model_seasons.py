"""Seasons planned by a model over a real socket: what it leaves out or gets wrong, the rules fill in."""

from itertools import combinations
from typing import Any

import pytest

from agents.handover import Answered, SeasonPlannerWithHandover
from agents.season_planner import ModelSeasonPlanner, RuleSeasonPlanner
from agents.season_planner.model import alike, filled
from agents.season_planner.model_answers import SeasonAnswer
from agents.writer.model import ModelWriter
from agents.writer.refusal import check_theme
from agents.writer.rules import RuleWriter
from episodes.bible import Bible, bible_of
from episodes.effects import Injure, LoseVehicle, Rank
from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.facts import FactSheet
from episodes.season import SeasonBrief, SeasonPlan
from tests.agents_models.chat import PROMPTS as FILES
from tests.agents_models.chat import chat_with
from tests.offers import OFFERS
from tests.seasons import PROMPTS, SHOW, planned, told
from tests.servers.brain import Answer, Brain
from tests.servers.openai_compatible import Mind, openai_compatible

WISH = SeasonBrief(theme="raccoon heist at a doughnut shop", episodes=4, show=SHOW, seed=5)
EPISODE = {"call": "an otter has swallowed every key at the museum", "turn": "It was asked to.", "arc": "A step."}


async def asked(
    mind: Mind | None = None, wish: SeasonBrief = WISH, bible: Bible | None = None
) -> tuple[SeasonPlan, str]:
    """Return the plan of a model, and the prompt that it was asked with."""
    prompts: list[str] = []
    brain = mind or Brain()

    def listening(title: str, prompt: str) -> Answer:
        prompts.append(prompt)
        return brain(title, prompt)

    with openai_compatible(brain=listening) as server:
        planner = ModelSeasonPlanner(chat_with(server), FILES, RuleSeasonPlanner(PROMPTS))
        plan = await planner.plan(wish, bible or Bible(show=SHOW))
    return plan, prompts[0]


def answer(*episodes: dict[str, str], **more: Any) -> SeasonAnswer:
    told_: dict[str, Any] = {"premise": "A premise.", "arc": "An arc.", "episodes": list(episodes), **more}
    return SeasonAnswer.model_validate(told_)


async def test_a_models_plan_is_taken_where_it_is_sound() -> None:
    plan, prompt = await asked()
    assert [outline.number for outline in plan.episodes] == [1, 2, 3, 4]
    assert plan.arc == "A kettle is passed from hand to hand until somebody plugs it in."
    assert [gag.what for gag in plan.gags] == ["the kettle that hums one note", "the lift that skips a floor"]
    assert all(outline.arc.startswith("The kettle") and outline.beat == "" for outline in plan.episodes)
    assert all(member.name in prompt for member in plan.cast)
    assert len(prompt) / 3.5 < 8000


async def test_the_longest_season_of_a_long_theme_stays_under_eight_thousand_tokens() -> None:
    _, prompt = await asked(wish=WISH.model_copy(update={"theme": "cheese and more cheese " * 400, "episodes": 26}))
    assert len(prompt) / 3.5 < 8000


async def test_a_plan_with_too_few_episodes_is_filled_by_the_rules() -> None:
    _, sound = await planned("cheese", 4)
    plan = filled(answer(EPISODE), sound)
    assert len(plan.episodes) == 4
    assert plan.episodes[0].call == EPISODE["call"]
    assert [o.call for o in plan.episodes[1:]] == [o.call for o in sound.episodes[1:]]
    # Half a story is none: the arc is the rules' from beginning to end.
    assert plan.arc == sound.arc
    assert [o.beat for o in plan.episodes] == [o.beat for o in sound.episodes]


async def test_a_plan_with_too_many_episodes_is_cut() -> None:
    _, sound = await planned("cheese", 2)
    calls = ("a heron sells umbrellas at the library", "two bakers haunt the laundromat", "the choir sues a lamp post")
    plan = filled(answer(*({**EPISODE, "call": call, "arc": call} for call in calls)), sound)
    assert [outline.call for outline in plan.episodes] == list(calls[:2])


@pytest.mark.parametrize(
    "second",
    [
        "an otter has swallowed every key at the museum",
        "a hamster has swallowed every key at the museum",
        "gore and torture at the museum",
        "donald trump robs the museum",
        "key",
        "word " * 40,
    ],
)
async def test_a_call_that_is_alike_or_not_made_is_replaced_by_the_rules(second: str) -> None:
    _, sound = await planned("cheese", 3)
    plan = filled(answer(EPISODE, {**EPISODE, "call": second, "arc": "Another step."}), sound)
    assert plan.episodes[1].call == sound.episodes[1].call
    assert plan.episodes[1].turn == sound.episodes[1].turn
    calls = [outline.call for outline in plan.episodes]
    assert not [pair for pair in combinations(calls, 2) if alike(*pair)]
    for call in calls:
        check_theme(call)


async def test_names_are_kept_and_strangers_are_not_let_in() -> None:
    _, sound = await planned("cheese", 1)
    known = sound.cast[0].name
    wants = [{"name": known, "want": "a boat"}, {"name": "Officer Nobody", "want": "in"}]
    plan = filled(answer({**EPISODE, "arc": "Sergeant Nemo retires."}, wants=wants), sound)
    assert [member.name for member in plan.cast] == [member.name for member in sound.cast]
    assert plan.cast[0].want == "a boat"
    assert "Nemo" not in plan.model_dump_json()
    kept = filled(answer({**EPISODE, "arc": f"{known} retires."}), sound)
    assert kept.episodes[0].arc == f"{known} retires."


async def test_gags_for_episodes_that_are_not_there_are_dropped() -> None:
    _, sound = await planned("cheese", 2)
    gags = [{"what": "the humming kettle", "episodes": [1, 9]}, {"what": "the lift", "episodes": [2, 1, 7]}]
    assert [(gag.what, gag.episodes) for gag in filled(answer(EPISODE, gags=gags), sound).gags] == [
        ("the lift", (1, 2))
    ]


async def test_a_model_that_fails_is_answered_for_by_the_rules_and_it_is_said() -> None:
    heard: list[Answered] = []

    def nonsense(title: str, prompt: str) -> Answer:
        return {"nothing": "of use"}

    with openai_compatible(brain=nonsense) as server:
        rules = RuleSeasonPlanner(PROMPTS)
        both = SeasonPlannerWithHandover(
            ModelSeasonPlanner(chat_with(server), FILES, rules), rules, "small", heard.append
        )
        plan = await both.plan(WISH, Bible(show=SHOW))
    assert plan == await rules.plan(WISH, Bible(show=SHOW))
    assert [(one.role, one.by) for one in heard] == [("season_planner", "rules")]


async def test_a_theme_that_is_not_made_reaches_no_model() -> None:
    def never(title: str, prompt: str) -> Answer:
        raise AssertionError("nobody was to be asked")

    with pytest.raises(InputRefused):
        await asked(never, WISH.model_copy(update={"theme": "gore at the mall"}))


async def test_a_model_is_told_what_earlier_seasons_left_behind() -> None:
    bible = bible_of(SHOW, (told(1, Rank(who="grubb", title="Officer"), LoseVehicle(vehicle="cruiser")),))
    _, prompt = await asked(bible=bible)
    assert "Officer Helen Grubb is Officer now" in prompt
    assert "the cruiser was lost" in prompt


async def test_a_models_script_is_asked_for_what_the_season_wants_and_starts_from_the_past() -> None:
    earlier = told(1, Injure(who="okafor", injury="sprained thumb"), LoseVehicle(vehicle="cruiser"))
    bible = bible_of(SHOW, (earlier,))
    plan, _ = await asked(bible=bible)
    brief = plan.briefs(WISH)[1]
    prompts: list[str] = []
    brain = Brain()

    def listening(title: str, prompt: str) -> Answer:
        prompts.append(prompt)
        return brain(title, prompt)

    with openai_compatible(brain=listening) as server:
        play = await ModelWriter(chat_with(server), FILES, RuleWriter(PROMPTS)).write(brief, FactSheet(), bible, OFFERS)
    assert plan.episodes[1].turn in prompts[0]
    assert plan.episodes[1].arc in prompts[0]
    assert "the lift that skips a floor" in prompts[0]
    assert "sprained thumb" in prompts[0]
    assert play.world.past == bible.past
    assert "cruiser" not in [vehicle.id for vehicle in play.world.vehicles]
    scene = next(prompt for prompt in prompts if "Write this scene" in prompt)
    assert plan.episodes[1].arc in scene
    episode = Episode(brief=brief, number=2, world=play.world, script=play.script)
    assert bible_of(SHOW, (earlier, episode)).injuries[0].age == 2
