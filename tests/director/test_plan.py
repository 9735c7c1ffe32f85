"""What an edit makes stale, found by comparing two plans; nothing is made."""

import asyncio
from collections import Counter
from fractions import Fraction

import pytest

from agents.editor import RuleEditor
from agents.shot_planner import RuleShotPlanner
from director import crews
from director.estimate import draft
from director.settings import load
from episodes.apply import apply
from episodes.brief import Brief
from episodes.cast import VoiceCast
from episodes.changes import (
    Balance,
    Change,
    LayCut,
    MixLevels,
    PlanScene,
    Recast,
    Reshoot,
    Reverse,
    Revoice,
    Reword,
    SetWorld,
    Trim,
)
from episodes.episode import Balanced, Episode
from episodes.film_requests import MixRequest
from episodes.placing import placed_events
from episodes.plan import plan
from episodes.requests import ConformRequest
from episodes.shots import SirenPass
from episodes.tasks import Limits, ToolInfo
from episodes.teaser import choose_teaser, with_teaser
from episodes.work import Belt, Plan, cost, difference
from tests.clean_script import clean_episode


def tool(name: str, price: float = 0.0) -> ToolInfo:
    return ToolInfo(name=name, version="1", price_per_call=price, limits=Limits(start_image=price > 0))


BELT = Belt(
    reader=tool("reader"),
    voice=tool("voice"),
    animatic=tool("animatic"),
    video=tool("space", price=0.25),
    finish=tool("finish"),
    music=tool("music"),
    sound=tool("sound"),
    assembly=tool("assembly"),
)


def laid(episode: Episode) -> Episode:
    cut = asyncio.run(RuleEditor().lay_cut(episode))
    return apply(LayCut(cut=cut), episode)


@pytest.fixture(scope="module")
def episode() -> Episode:
    made = clean_episode()
    for number, character in enumerate(made.the_world.characters):
        voice = VoiceCast(engine="voice", variant=f"v{number}", pitch=30 + number)
        made = apply(Recast(character=character.id, voice=voice), made)
    for scene in made.the_script.scenes:
        planned = asyncio.run(RuleShotPlanner().plan(made, scene.id, Limits()))
        made = apply(PlanScene(scene=scene.id, shots=planned.shots), made)
    return laid(made)


def stale(episode: Episode, change: Change) -> Counter[str]:
    before = plan(episode, BELT, "animatic")
    after = plan(laid(apply(change, episode)), BELT, "animatic")
    return Counter(task.kind for task in difference(before, after))


def some_shot(episode: Episode) -> str:
    return next(shot.id for shot in episode.shots if shot.cues and shot.scene == "S02")


def test_every_task_stands_after_what_it_needs(episode: Episode) -> None:
    for stage in ("animatic", "final"):
        seen: set[str] = set()
        for task in plan(episode, BELT, stage).tasks:  # type: ignore[arg-type]
            assert {need.key for need in task.needs} <= seen, task.label
            seen.add(task.key)


def test_the_same_episode_has_the_same_plan(episode: Episode) -> None:
    again = Episode.model_validate_json(episode.model_dump_json())
    assert plan(again, BELT) == plan(episode, BELT)


def test_the_story_clock_costs_no_take(episode: Episode) -> None:
    made = stale(episode, SetWorld(scene="S02", clock="04:44"))
    assert made["render"] == 0
    assert made["conform"] == len(episode.shots_of("S02"))


def test_the_light_costs_the_takes_of_its_scene_and_no_voice(episode: Episode) -> None:
    made = stale(episode, SetWorld(scene="S02", light="dusk"))
    assert made["render"] == len(episode.shots_of("S02"))
    assert made["speak"] == 0


def test_a_reshoot_costs_one_take(episode: Episode) -> None:
    made = stale(episode, Reshoot(shot=some_shot(episode)))
    assert (made["render"], made["conform"], made["speak"], made["sound"]) == (1, 1, 0, 0)


def test_a_trim_costs_no_take(episode: Episode) -> None:
    made = stale(episode, Trim(shot=some_shot(episode), tail=Fraction(1, 4)))
    assert made["render"] == 0
    assert made["conform"] >= 1


def test_playing_backwards_costs_no_take(episode: Episode) -> None:
    made = stale(episode, Reverse(shot=some_shot(episode)))
    assert (made["render"], made["conform"]) == (0, 1)


def test_a_picture_only_edit_leaves_the_mixed_sound_of_film_and_teaser(episode: Episode) -> None:
    shown = {clip.media for piece in choose_teaser(episode).pieces for clip in piece.clips}
    shot = next(shot.id for shot in episode.shots if shot.id in shown)
    before = with_teaser(plan(episode, BELT, "final"), episode, BELT)
    edited = laid(apply(Reshoot(shot=shot), episode))
    made = Counter(task.kind for task in difference(before, with_teaser(plan(edited, BELT), edited, BELT)))
    assert set(made) <= {"render", "conform", "assemble", "measure", "tease"}
    assert made["assemble"] == made["tease"] == 1


def test_the_balance_costs_one_mix_and_one_assembly(episode: Episode) -> None:
    assert stale(episode, MixLevels(music_db=-9.0)) == {"mix": 1, "assemble": 1, "measure": 1}


@pytest.mark.parametrize("sound", ["dialogue", "radio", "effects", "music"])
def test_the_balance_of_one_scene_costs_one_mix_and_no_scene_sounded_anew(episode: Episode, sound: Balanced) -> None:
    made = stale(episode, Balance(scene="S02", sound=sound, db=6.0))
    assert made == {"mix": 1, "assemble": 1, "measure": 1}


def test_a_louder_siren_costs_the_sound_of_its_scene_and_reaches_nothing_but_the_siren(episode: Episode) -> None:
    scene = episode.the_script.scenes[1].id
    shot = episode.shots_of(scene)[0]
    siren = SirenPass(at=shot.trim_in + shot.seconds / 2, seconds=Fraction(2))
    with_siren = shot.model_copy(update={"events": (*shot.events, siren)})
    shots = tuple(with_siren if one.id == shot.id else one for one in episode.shots)
    passing = episode.model_copy(update={"shots": shots})
    change = Balance(scene=scene, sound="siren", db=6.0)
    assert stale(passing, change) == {"sound": 1, "mix": 1, "assemble": 1, "measure": 1}
    events = placed_events(apply(change, passing), scene, Fraction(0))
    assert {event.event.kind for event in events if event.gain_db} == {"siren_pass"}
    mix = plan(apply(change, passing), BELT).labelled("film", "mix").request
    assert isinstance(mix, MixRequest)
    assert [one.db for one in mix.headroom] == [6.0]
    assert "gain_db" not in placed_events(passing, scene, Fraction(0))[0].model_dump()


@pytest.mark.parametrize("lufs", [-23.0, -14.0])
def test_another_loudness_costs_one_mix_and_one_assembly(episode: Episode, lufs: float) -> None:
    assert stale(episode, MixLevels(loudness_lufs=lufs)) == {"mix": 1, "assemble": 1, "measure": 1}


def test_captions_that_are_not_burned_in_cost_the_segments_that_had_some_and_no_take(episode: Episode) -> None:
    made = stale(episode, MixLevels(burn_captions=False))
    assert set(made) == {"conform", "assemble", "measure"}
    assert 0 < made["conform"] <= len(episode.shots)


def test_a_new_reading_costs_one_line_and_what_shows_its_mouth(episode: Episode) -> None:
    line = next(line for line in episode.the_script.scene("S02").lines if line.channel == "spoken")
    made = stale(episode, Revoice(line=line.id))
    assert made["speak"] == 1
    assert made["sound"] == 1
    assert made["render"] <= 3


def test_another_voice_costs_all_lines_of_its_speaker_and_no_other(episode: Episode) -> None:
    line = episode.the_script.lines[0]
    voice = episode.the_world.character(line.speaker).voice
    assert voice is not None
    other = voice.model_copy(update={"pitch": 99 - voice.pitch})
    made = stale(episode, Recast(character=line.speaker, voice=other))
    # The same words said twice in the same way are spoken once.
    said = {(one.text, one.delivery, one.channel) for one in episode.the_script.lines if one.speaker == line.speaker}
    assert made["speak"] == len(said)


def test_rewording_names_at_most_what_it_costs(episode: Episode) -> None:
    line = next(line for line in episode.the_script.scene("S02").lines if line.channel == "spoken")
    before = plan(episode, BELT, "final")
    after = plan(laid(apply(Reword(line=line.id, text="No."), episode)), BELT, "final")
    total = cost(difference(before, after))
    assert total.count("speak") == 1
    assert total.price == pytest.approx(0.25 * sum(1 for t in difference(before, after) if t.tool.name == "space"))


def test_the_final_takes_start_from_their_own_animatic_frame(episode: Episode) -> None:
    final = plan(episode, BELT, "final")
    takes = {task.label: task for task in final.of("render") if task.tool.name == "space"}
    keys = {task.key for task in final.of("render") if task.tool.name == "animatic"}
    assert len(takes) == len(episode.shots)
    assert all({need.name: need.key for need in take.needs}["animatic"] in keys for take in takes.values())


def test_a_tool_of_another_version_makes_everything_of_its_kind_stale(episode: Episode) -> None:
    newer = BELT.model_copy(update={"music": BELT.music.model_copy(update={"version": "2"})})
    changed = Counter(t.kind for t in difference(plan(episode, BELT), plan(episode, newer)))
    assert changed["compose"] == len(plan(episode, BELT).of("compose"))
    assert set(changed) == {"compose", "mix", "assemble", "measure"}


def test_an_empty_plan_costs_nothing() -> None:
    assert cost(Plan(tasks=()).tasks).price == 0


@pytest.mark.parametrize("minutes", [4.0, 8.0])
def test_a_long_film_can_be_planned_though_things_stand_beside_whoever_is_interviewed(minutes: float) -> None:
    """An interview shot may name a thing before the person: the strip is the person's all the same."""
    chosen = load({"model": "none", "backends": {"voice": "espeak"}}, {})
    episode = asyncio.run(draft(Brief(theme="raccoon heist at a doughnut shop", minutes=minutes), chosen))
    strips = [clip.media.removeprefix("strip:") for _, clip in episode.the_cut.track("V2").placed()]
    assert strips
    people = {character.name for character in episode.the_world.characters}
    requests = [task.request for task in plan(episode, crews.belt(chosen), "animatic").of("conform")]
    named = {r.shot: r.name_strip[0] for r in requests if isinstance(r, ConformRequest) and r.name_strip}
    assert set(named) == set(strips)
    assert set(named.values()) <= people
