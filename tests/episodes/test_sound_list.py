"""The list of sounds tells in words what is heard besides speech, in time order."""

import asyncio
import csv
import io
from fractions import Fraction as F
from pathlib import Path

import pytest

from agents.editor import RuleEditor
from agents.shot_planner import RuleShotPlanner
from episodes.apply import apply
from episodes.cast import Character
from episodes.changes import LayCut, PlanScene
from episodes.episode import Cue, Episode
from episodes.shots import ActionEvent, Door, Enter, Fall, Grab, LightBar, SirenPass, Step, ThingActs
from episodes.sound_list import sound_list
from episodes.tasks import Limits
from tests.clean_script import clean_episode
from tools.exports.sounds_csv import COLUMNS, write_sounds_csv

GOOSE = Character(id="goose", name="Goose", short_name="Goose", role="suspect", kind="animal", emoji="🪿")


@pytest.fixture(scope="module")
def episode() -> Episode:
    made = clean_episode()
    for scene in made.the_script.scenes:
        planned = asyncio.run(RuleShotPlanner().plan(made, scene.id, Limits()))
        made = apply(PlanScene(scene=scene.id, shots=planned.shots), made)
    return apply(LayCut(cut=asyncio.run(RuleEditor().lay_cut(made))), made)


def told(episode: Episode, *events: ActionEvent) -> list[str]:
    """Return what is told of events that happen in the longest shot, and of nothing else."""
    longest = max(episode.shots, key=lambda shot: shot.seconds)
    shots = tuple(
        shot.model_copy(update={"events": events if shot.id == longest.id else (), "trim_in": F(0)})
        for shot in episode.shots
    )
    world = episode.the_world.model_copy(update={"characters": (*episode.the_world.characters, GOOSE)})
    found = sound_list(episode.model_copy(update={"shots": shots, "world": world}))
    return [one.words for one in found if "music" not in one.words and not one.words.startswith("ambience")]


def test_sounds_stand_in_time_order_within_the_film(episode: Episode) -> None:
    found = sound_list(episode)
    assert len(found) > 10
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert all(0 <= one.at <= episode.the_cut.seconds for one in found)
    assert all(one.words.strip() == one.words for one in found)


def test_every_scene_that_is_shown_has_its_place_told(episode: Episode) -> None:
    scenes = {one.scene for one in sound_list(episode) if one.words.startswith("ambience")}
    assert scenes == {clip.media.split("-")[0] for _, clip in episode.the_cut.track("V1").placed() if "-" in clip.media}


def test_what_happens_is_told_in_plain_words(episode: Episode) -> None:
    prop = episode.the_world.props[0]
    half = F(1, 2)
    assert told(episode, Door(at=half, action="slam"))[0].endswith("door slams")
    assert told(episode, ThingActs(at=half, who="goose", action="honk")) == ["goose honks"]
    assert told(episode, ThingActs(at=half, who="goose", action="vanish")) == ["goose is gone with a whoosh"]
    assert told(episode, Fall(at=half, what=prop.id))[0].startswith(f"{prop.name} drops on ")
    assert told(episode, Grab(at=half, who="okafor", what="okafor")) == ["handcuffs click"]
    assert told(episode, SirenPass(at=half, seconds=F(1))) == ["siren passes"]
    assert told(episode, LightBar(at=half)) == ["patrol car idles, its light bar ticking"]
    assert told(episode, LightBar(at=half, on=False)) == []
    assert told(episode, Enter(at=half, who="okafor")) == []


def test_steps_in_a_row_are_told_once_and_calls_are_counted(episode: Episode) -> None:
    steps = [Step(at=F(n, 4), who="okafor", gait="run") for n in range(1, 5)]
    words = told(episode, *steps)
    assert len(words) == 1
    assert words[0].startswith("footsteps run on ")
    honks = [ThingActs(at=F(n, 2), who="goose", action="honk", seconds=F(1, 4)) for n in (1, 2)]
    assert told(episode, *honks) == ["goose honks twice"]


def test_music_is_told_where_it_begins_stops_and_comes_back(episode: Episode) -> None:
    cued = [clip.media.split(":")[0] for _, clip in episode.the_cut.track("A4").placed() if clip.media.startswith("S")]
    scene = cued[0]
    at, clip = episode.the_cut.find(f"{scene}:score")
    stopped = episode.model_copy(update={"cues": (Cue(scene=scene, mood="chase", stops=(F(1),)),)})
    music = [(one.at - at, one.words) for one in sound_list(stopped) if one.scene == scene and "music" in one.words]
    assert (F(0), "fast chase music begins") in music
    assert (F(1), "music stops dead") in music
    assert (clip.seconds, "music ends") in music
    assert ((F(11, 5), "music comes back") in music) == (clip.seconds > F(11, 5))


def test_the_table_is_read_back_as_it_was_told(episode: Episode, tmp_path: Path) -> None:
    write_sounds_csv(episode, tmp_path / "sounds.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "sounds.csv").read_text("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row[3] for row in rows[1:]] == [one.words for one in sound_list(episode)]
    assert [float(row[0]) for row in rows[1:]] == sorted(float(row[0]) for row in rows[1:])


def test_a_name_cannot_become_a_formula(episode: Episode, tmp_path: Path) -> None:
    evil = episode.the_world.props[0].model_copy(update={"name": "=HYPERLINK(1)"})
    shots = tuple(shot.model_copy(update={"events": (Fall(at=F(0), what=evil.id),)}) for shot in episode.shots)
    world = episode.the_world.model_copy(update={"props": (evil, *episode.the_world.props[1:])})
    write_sounds_csv(episode.model_copy(update={"shots": shots, "world": world}), tmp_path / "sounds.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "sounds.csv").read_text("utf-8-sig"))))
    assert any("HYPERLINK" in row[3] for row in rows)
    assert not any(row[3].startswith("=") for row in rows)
