"""What a model gets wrong and code can see is put right before anybody else reads it."""

from itertools import pairwise
from pathlib import Path

import pytest

from agents.continuity_checker import RuleChecker
from agents.shot_planner import RuleShotPlanner
from agents.shot_planner.model import ModelShotPlanner
from agents.writer import RuleWriter
from agents.writer.model import ModelWriter
from agents.writer.model_answers import SceneAnswer
from agents.writer.model_length import line_count, scene_count, shares, shorten
from episodes.apply import apply_all
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.changes import PlanScene
from episodes.episode import Episode
from episodes.facts import Fact, FactPlace, FactSheet
from episodes.story import story_of
from episodes.tasks import Limits
from tests.agents_models.chat import PROMPTS, chat_with
from tests.offers import OFFERS
from tests.servers.brain import Answer, Brain
from tests.servers.openai_compatible import Mind, openai_compatible

FOLDER = Path(__file__).parents[2] / "prompts"
WISH = Brief(theme="raccoon heist at a doughnut shop", format_name="proof", seed=5)


def line(speaker: str, text: str, channel: str = "spoken", facts: tuple[str, ...] = ()) -> Answer:
    return {"speaker": speaker, "channel": channel, "text": text, "delivery": "flat", "facts": list(facts)}


def beat(lines: list[Answer], *deeds: tuple[str, str, str], actors: tuple[str, ...] = ()) -> Answer:
    return {
        "purpose": "heighten", "action": "Something happens.", "picture_gag": "", "actors": list(actors),
        "lines": lines, "deeds": [{"deed": deed, "who": who, "thing": thing} for deed, who, thing in deeds],
    }  # fmt: skip


def with_third_scene(*beats: Answer) -> Mind:
    """A mind that is sensible but in the third scene."""
    brain = Brain()

    def mind(title: str, prompt: str) -> Answer:
        if title == "SceneAnswer" and "Scene 3 of" in prompt:
            return {"beats": list(beats)}
        return brain(title, prompt)

    return mind


async def written(mind: Mind, facts: FactSheet | None = None, wish: Brief = WISH) -> Episode:
    with openai_compatible(brain=mind) as server:
        writer = ModelWriter(chat_with(server), PROMPTS, RuleWriter(FOLDER))
        play = await writer.write(wish, facts or FactSheet(), Bible(show="Night Shift"), OFFERS)
    return Episode(brief=wish, facts=facts, world=play.world, script=play.script)


MISTAKES = {
    "a stranger speaks": beat([line("the night baker", "Who ordered forty trays?")]),
    "a name is misspelt": beat([line("Officer Okafour", "Nobody leaves by the hatch.")]),
    "the dispatcher speaks face to face": beat([line("dot", "Four Adam Ten, go ahead.", "spoken")]),
    "a witness is on the air": beat([line("philippa", "Send somebody with a ladder.", "radio")]),
    "an officer is dispatch": beat([line("okafor", "Four Adam Ten, going in.", "dispatch")]),
    "a witness has the loudspeaker": beat([line("philippa", "Bring back my doughnuts!", "pa")]),
    "an officer has the loudspeaker": beat([line("okafor", "Come out with your hands up!", "pa")]),
    "a unit that nobody has": beat([line("okafor", "7B22, hold the alley.", "radio")]),
    "a code that nobody has": beat([line("okafor", "That is a 10-99 in progress.", "radio")]),
    "somebody arrives twice": beat(
        [line("philippa", "I never left, officer.")], ("arrives", "philippa", ""), ("arrives", "philippa", "")
    ),
    "somebody leaves and speaks": beat(
        [line("novak", "It went out the window?")], ("leaves", "novak", ""), ("leaves", "novak", "")
    ),
    "a thing is taken twice": beat(
        [line("okafor", "I have it.")], ("takes", "okafor", "pen"), ("takes", "novak", "pen")
    ),
    "a thing nobody has is dropped": beat([line("novak", "I dropped it.")], ("drops", "novak", "pen")),
    "a thing nobody knows": beat(
        [line("novak", "The tuba is gone.")], ("takes", "novak", "silver tuba"), actors=("tuba",)
    ),
    "freed without being caught": beat([line("okafor", "You are free to go.")], ("releases", "okafor", "raccoon")),
    "caught by a witness": beat([line("philippa", "I have arrested it.")], ("detains", "philippa", "raccoon")),
    "on the scene again": beat(
        [line("okafor", "We are here.")], ("on_scene", "okafor", ""), ("on_scene", "okafor", "")
    ),
    "a number that is wrong": beat([line("novak", "I count nine hundred doughnuts.")]),
    "a thing never planted": beat([line("novak", "The trombone again?")], ("pays", "", "the trombone")),
    "a garment not worn": beat([line("novak", "It is warm in here.")], ("takes_off", "novak", "fur coat")),
}


@pytest.mark.parametrize("mistake", MISTAKES)
async def test_a_mistake_in_one_scene_is_mended(mistake: str) -> None:
    episode = await written(with_third_scene(MISTAKES[mistake], beat([line("okafor", "Write that down.")])))
    wrong = [finding for finding in story_of(episode).findings if finding.severity in ("major", "fatal")]
    assert [finding.text for finding in wrong] == []
    assert len(episode.the_script.scene("S03").lines) == 2


async def test_a_prisoner_in_a_later_scene_comes_with_an_officer_or_is_heard_from_afar() -> None:
    caught = beat([line("okafor", "You are under arrest.")], ("detains", "okafor", "raccoon"), actors=("raccoon",))
    episode = await written(with_third_scene(caught))
    assert "detain" in {effect.kind for beat in episode.the_script.scene("S03").beats for effect in beat.effects}
    assert [f.text for f in story_of(episode).findings if f.severity in ("major", "fatal")] == []


async def test_a_line_that_cites_a_fact_without_its_words_is_invented() -> None:
    place = FactPlace(source="notes.md", line=1)
    facts = FactSheet(
        facts=(
            Fact(
                id="F01", kind="number", text="48 jelly doughnuts", place=place, keywords=("48", "jelly", "doughnuts")
            ),
            Fact(id="F02", kind="thing", text="A ladder never came", place=place, keywords=("ladder",)),
        )
    )
    told = beat(
        [
            line("okafor", "That makes 48 jelly in the log.", facts=("F01",)),
            line("novak", "And one jelly in my shoe?", facts=("F01", "F09")),
            line("okafor", "Nothing was left.", facts=("F02",)),
        ]
    )
    episode = await written(with_third_scene(told), facts)
    lines = episode.the_script.scene("S03").lines
    assert [(one.mark, one.facts) for one in lines] == [("fact", ("F01",)), ("altered", ("F01",)), ("invented", ())]


async def test_regulars_of_the_show_keep_their_looks_and_voices() -> None:
    first = await written(Brain())
    bible = Bible(show="Night Shift").model_copy(
        update={"episodes": (established(first),), "agency": first.the_world.agency}
    )
    with openai_compatible() as server:
        writer = ModelWriter(chat_with(server), PROMPTS, RuleWriter(FOLDER))
        wish = Brief(theme="a llama in the library", seed=99)
        play = await writer.write(wish, FactSheet(), bible, OFFERS[4:])
    for regular in ("okafor", "novak", "dot"):
        assert play.world.character(regular) == first.the_world.character(regular)
    assert play.world.agency == first.the_world.agency


def established(episode: Episode) -> object:
    from episodes.bible import establish

    return establish(episode)


async def test_clocks_never_run_backwards_and_light_follows_them() -> None:
    episode = await written(Brain())
    clocks = [scene.clock for scene in episode.the_script.scenes]
    # The cold open is a flash-forward; all else follows the call.
    assert clocks[1] < clocks[0] < clocks[-1]
    assert all(after > before for before, after in pairwise(clocks[1:]))
    assert {scene.light for scene in episode.the_script.scenes} == {"night"}


async def test_the_same_brief_and_answers_give_the_same_screenplay() -> None:
    assert await written(Brain()) == await written(Brain())


async def test_direction_raises_no_fault_that_the_rules_plan_did_not_have() -> None:
    episode = await written(Brain())
    plain = directed = episode
    with openai_compatible() as server:
        hand = ModelShotPlanner(chat_with(server), PROMPTS, RuleShotPlanner())
        for scene in episode.the_script.scenes:
            by_rules = await RuleShotPlanner().plan(plain, scene.id, Limits())
            by_model = await hand.plan(directed, scene.id, Limits())
            plain = apply_all((PlanScene(scene=scene.id, shots=by_rules.shots, cue=by_rules.cue),), plain, by="person")
            directed = apply_all(
                (PlanScene(scene=scene.id, shots=by_model.shots, cue=by_model.cue),), directed, by="person"
            )
    before = {(note.rule, note.target) for note in await RuleChecker().check_shots(plain)}
    after = {(note.rule, note.target) for note in await RuleChecker().check_shots(directed)}
    assert after <= before


def test_a_scene_that_is_far_too_long_loses_its_middle_and_keeps_its_ends() -> None:
    lines = [line("okafor", f"Line number {number} of the report.") for number in range(6)]
    answer = SceneAnswer.model_validate({"beats": [beat(lines), beat([line("novak", "The last word?")])]})
    short = shorten(answer, 3)
    kept = [one.text for each in short.beats for one in each.lines]
    assert len(kept) == 4
    assert kept[0] == "Line number 0 of the report."
    assert kept[-2:] == ["Line number 5 of the report.", "The last word?"]


@pytest.mark.parametrize(("minutes", "scenes"), [(0.5, 3), (1.5, 6), (2.0, 7), (10.0, 9)])
def test_a_longer_film_has_more_scenes(minutes: float, scenes: int) -> None:
    assert scene_count(minutes) == scenes


@pytest.mark.parametrize("minutes", [0.5, 1.0, 1.5, 3.0])
def test_all_lines_are_shared_out_and_the_ends_are_short(minutes: float) -> None:
    scenes = scene_count(minutes)
    lines = line_count(minutes, scenes)
    parts = shares(lines, scenes)
    assert len(parts) == scenes
    assert abs(sum(parts) - lines) <= 2
    assert parts[0] <= max(parts)
    assert min(parts) >= 2


async def test_a_talkative_models_film_keeps_its_length_and_its_facts() -> None:
    place = FactPlace(source="notes.md", line=1)
    fact = Fact(id="F01", kind="thing", text="A ladder never came", place=place, keywords=("ladder",))
    brain = Brain()

    def talker(title: str, prompt: str) -> Answer:
        if title != "SceneAnswer":
            return brain(title, prompt)
        long = "and I will say it once more for the long form, officer, in triplicate"
        lines = [line("novak", f"Item {number}, {long}.") for number in range(4)]
        told = [line("okafor", "The ladder that never came.", facts=("F01",))] if "F01" in prompt else []
        return {"beats": [beat([line("okafor", "Go on."), *told, *lines, line("okafor", "Noted.")])]}

    episode = await written(talker, FactSheet(facts=(fact,)))
    speech = sum(float(episode.seconds_of(one)) for one in episode.the_script.lines)
    assert 30 <= speech <= 64
    assert [one.facts for one in episode.the_script.lines if one.facts] == [("F01",)]
    assert all(scene.lines[-1].text == "Noted." for scene in episode.the_script.scenes)


def test_stage_directions_and_names_are_taken_out_of_a_line() -> None:
    raw = line("okafor", '*sighs* Okafor: "Book the goose." [exits]')
    answer = SceneAnswer.model_validate({"beats": [beat([raw])]})
    assert answer.beats[0].lines[0].text == "Book the goose."
