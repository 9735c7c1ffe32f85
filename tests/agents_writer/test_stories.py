"""What every story of the rule-based hand keeps to: the law of the comedy, as far as code can see it."""

import asyncio
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest

from agents.continuity_checker import RuleChecker
from agents.shot_planner import RuleShotPlanner
from agents.writer import RuleWriter
from agents.writer.lexicon import load_lexicon
from agents.writer.storylets import Storylet, load_repertoire
from episodes.bible import Bible, fold
from episodes.brief import Brief
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.script import Scene
from episodes.tasks import Limits
from tests.offers import OFFERS

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
THEMES = (
    "raccoon heist at a doughnut shop",
    "fog",
    "vending machine elected to town council",
    "forty ducks block the highway",
    "zorblax",
    "a man marries a traffic cone",
    "un mapache roba donas en la panadería",
    "the moon is parked illegally",
)
CASES = [(theme, seed) for theme in THEMES for seed in (1, 2)]


@lru_cache(maxsize=64)
def episode(theme: str, seed: int, tone: str = "comedy", drift: float = 0.4) -> Episode:
    brief = Brief.model_validate({"theme": theme, "seed": seed, "tone": tone, "drift": drift})
    play = asyncio.run(RuleWriter(PROMPTS).write(brief, FactSheet(), Bible(show=brief.show), OFFERS))
    return Episode(brief=brief, world=play.world, script=play.script)


def storylets_in(scenes: tuple[Scene, ...]) -> list[Storylet]:
    repertoire = load_repertoire(PROMPTS)
    found = [repertoire.storylet(beat.storylet) for scene in scenes for beat in scene.beats if beat.storylet]
    return [storylet for storylet in found if storylet is not None]


@pytest.mark.parametrize(("theme", "seed"), CASES)
def test_one_running_gag_comes_three_times_and_ends_where_it_began(theme: str, seed: int) -> None:
    storylets = storylets_in(episode(theme, seed).the_script.scenes)
    runners = [(s.purpose, s.runner) for s in storylets if s.runner]
    assert [purpose for purpose, _ in runners] == ["cold_open", "callback", "tag"]
    assert len({name for _, name in runners}) == 1


@pytest.mark.parametrize(("theme", "seed"), CASES)
def test_one_absurd_fact_is_heightened_three_times_in_order(theme: str, seed: int) -> None:
    steps = [(s.game, s.step) for s in storylets_in(episode(theme, seed).the_script.scenes) if s.game]
    assert [step for _, step in steps] == [1, 2, 3]
    assert len({game for game, _ in steps}) == 1


@pytest.mark.parametrize(("theme", "seed"), CASES)
def test_the_themes_thing_acts_in_every_scene(theme: str, seed: int) -> None:
    for scene in episode(theme, seed).the_script.scenes:
        assert any(storylet.acts for storylet in storylets_in((scene,)))


@pytest.mark.parametrize(("theme", "seed"), CASES)
def test_no_two_neighbours_do_the_same_to_people_and_heat_rises_to_the_turn(theme: str, seed: int) -> None:
    storylets = storylets_in(episode(theme, seed).the_script.scenes)
    assert all(a.function != b.function for a, b in pairwise(storylets))
    names = [s.purpose for s in storylets]
    climb = [s.warmth for s in storylets[1 : names.index("turn") + 1]]
    assert all(after >= max(climb[: at + 1]) - 1 for at, after in enumerate(climb[1:]))
    assert climb[-1] == max(climb)


@pytest.mark.parametrize(("theme", "seed"), CASES)
def test_nobody_says_what_they_never_say(theme: str, seed: int) -> None:
    made = episode(theme, seed)
    never = {person.id: person.never_says.lower() for person in made.the_world.characters if person.never_says}
    for line in made.the_script.lines:
        words = f" {line.text.lower()} ".replace(",", " ").replace(".", " ").replace("?", " ")
        assert f" {never.get(line.speaker, '-')} " not in words


def test_five_seeds_of_one_theme_are_five_stories() -> None:
    made = [storylets_in(episode(THEMES[0], seed).the_script.scenes) for seed in range(1, 6)]
    names = [{storylet.name for storylet in storylets} for storylets in made]
    games = {next(s.game for s in storylets if s.game) for storylets in made}
    assert all(len(a & b) <= len(a) / 2 for at, a in enumerate(names) for b in names[at + 1 :])
    assert len(games) >= 3


def test_tone_and_drift_change_the_choice_and_not_only_the_words() -> None:
    def chosen(tone: str, drift: float) -> list[list[Storylet]]:
        return [storylets_in(episode(theme, 1, tone, drift).the_script.scenes) for theme in THEMES]

    def mean(stories: list[list[Storylet]]) -> float:
        dreams = [s.dream for story in stories for s in story]
        return sum(dreams) / len(dreams)

    assert mean(chosen("comedy", 0.0)) + 0.15 < mean(chosen("comedy", 1.0))
    names = [{s.name for story in chosen(tone, 0.4) for s in story} for tone in ("tense", "deadpan")]
    assert len(names[0] & names[1]) < 0.6 * len(names[0])

    def loud(tone: str) -> float:
        lines = [line for theme in THEMES for line in episode(theme, 1, tone).the_script.lines]
        return sum(line.delivery in ("shouted", "urgent", "whispered") for line in lines) / len(lines)

    assert loud("deadpan") < loud("tense")


def test_the_repertoire_is_what_the_house_promises() -> None:
    repertoire, lexicon = load_repertoire(PROMPTS), load_lexicon(PROMPTS)
    people = lexicon.people
    cast = (*people.seniors, *people.juniors, *people.dispatchers, *people.sergeants)
    assert len(repertoire.storylets) >= 300
    assert len(repertoire.games) >= 24
    assert len(repertoire.frames) >= 20
    assert len({s.runner for s in repertoire.storylets if s.runner}) >= 20
    assert len(lexicon.nouns) >= 400
    assert {noun.kind for noun in lexicon.nouns.values()} >= {"animal", "food", "building", "weather", "abstract"}
    assert len(cast) >= 12
    for person in cast:
        assert all((person.want, person.self_image, person.blind_spot, person.habit, person.never_says))
    assert {person.temperament for person in cast} <= set(people.voices)


@pytest.mark.parametrize(("theme", "seed"), CASES[:8])
def test_every_picture_gag_is_covered_by_a_shot(theme: str, seed: int) -> None:
    made = episode(theme, seed)
    gags = 0
    for scene in made.the_script.scenes:
        plan = asyncio.run(RuleShotPlanner().plan(made, scene.id, Limits()))
        for beat in scene.beats:
            if beat.picture_gag:
                gags += 1
                assert any(shot.gag == beat.picture_gag and beat.id in shot.beats for shot in plan.shots)
    assert gags >= 3


@pytest.mark.parametrize("theme", ["fog", "wig", "x", "quantum flibber of the north", "a raccoon and a goose, " * 80])
def test_one_word_nonsense_and_two_thousand_letters_make_a_story(theme: str) -> None:
    made = episode(theme[:2000], 1)
    assert len(made.the_script.lines) >= 14
    assert asyncio.run(RuleChecker().check_script(made)) == ()


def test_a_show_does_not_tell_a_story_again() -> None:
    bible = Bible(show="Night Shift")
    made: list[Episode] = []
    for number in range(4):
        brief = Brief(theme="raccoon heist at a doughnut shop", seed=number)
        play = asyncio.run(RuleWriter(PROMPTS).write(brief, FactSheet(), bible, OFFERS))
        made.append(Episode(brief=brief, world=play.world, script=play.script))
        bible = fold("Night Shift", tuple(made))
    used = [{s.name for s in storylets_in(e.the_script.scenes)} for e in made]
    assert all(len(a & b) <= 3 for at, a in enumerate(used) for b in used[at + 1 :])
    assert len({next(s.runner for s in storylets_in(e.the_script.scenes) if s.runner) for e in made}) == 4
