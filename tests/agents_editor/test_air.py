"""On the air: never two at once, and the room between two transmissions is planned, not pushed."""

import random
from collections.abc import Iterator
from fractions import Fraction as F
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from agents.editor import RuleEditor
from agents.editor.tightening import tighten
from agents.shot_planner import RuleShotPlanner
from agents.writer import RuleWriter
from episodes.airtime import AIR_GAP, KEY_SECONDS, LONGEST_TAIL, SHORTEST_TAIL, SILENCE
from episodes.apply import apply, apply_all
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.changes import LayCut, PlanScene
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.placing import SOUND_LEAD, placed_lines, scene_span
from episodes.requests import SoundRequest
from episodes.script import ON_AIR, Beat, Line, Scene
from episodes.tasks import Limits
from tests.agents_shots.five_scenes import five_scenes
from tests.offers import OFFERS
from tools.protocols import Call, Input, ToolSettings
from tools.sound import wav
from tools.sound.stage import build

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
THEMES = (("raccoon heist at a doughnut shop", 1), ("forty ducks block the highway", 2), ("a ghost in the alley", 3))
RATE = 48_000


async def cut_of(episode: Episode) -> Episode:
    plans = [await RuleShotPlanner().plan(episode, scene.id, Limits()) for scene in episode.the_script.scenes]
    changes = tuple(PlanScene(scene=plan.scene, shots=plan.shots, cue=plan.cue) for plan in plans)
    episode = apply_all(changes, episode, by="editor")
    return apply(LayCut(cut=await RuleEditor().lay_cut(episode)), episode)


async def written(theme: str, seed: int) -> Episode:
    brief = Brief(theme=theme, seed=seed)
    play = await RuleWriter(PROMPTS).write(brief, FactSheet(), Bible(show=brief.show), OFFERS)
    return await cut_of(Episode(brief=brief, world=play.world, script=play.script))


def talked(seed: int) -> Episode:
    """Return an episode of two scenes in which everybody is on the air most of the time."""
    chance, base = random.Random(seed), five_scenes("proof" if seed % 2 else "wide")
    who = (("okafor", "radio"), ("mabel", "dispatch"), ("lindqvist", "radio"), ("okafor", "spoken"), ("gus", "spoken"))
    words = (
        "Copy.",
        "No.",
        "Four Adam Ten, en route.",
        "Say again the suspect?",
        "It has forms, and a pen of its own.",
    )
    scenes = []
    for number in (2, 3):
        lines = [
            Line.model_validate(
                {"id": f"S{number:02}-L{n:02}", "speaker": speaker, "channel": channel, "text": chance.choice(words),
                 "pause": chance.choice(("0", "1/10", "1/4", "3/10", "1/2"))}
            )
            for n, (speaker, channel) in enumerate(chance.choices(who, weights=(4, 4, 2, 2, 1), k=9))
        ]  # fmt: skip
        beats = tuple(
            Beat(id=f"S{number:02}-B{n:02}", purpose="witness", lines=tuple(lines[3 * n : 3 * n + 3])) for n in range(3)
        )
        scenes.append(Scene.model_validate(dict(base.the_script.scenes[number - 1]) | {"beats": beats}))
    return base.model_copy(update={"script": base.the_script.model_copy(update={"scenes": tuple(scenes)})})


def said(episode: Episode) -> list[tuple[F, F, Line]]:
    tracks = [episode.the_cut.track(name).placed() for name in ("A1", "A2")]
    found = [(at, at + clip.seconds, episode.line(clip.media)) for placed in tracks for at, clip in placed]
    return sorted(found, key=lambda one: one[0])


def check_air(episode: Episode) -> None:
    aired = [(start, end) for start, end, line in said(episode) if line.channel in ON_AIR]
    for (_, end), (start, _) in pairwise(aired):
        assert start - end >= AIR_GAP
    for (_, end, _), (start, _, _) in pairwise(said(episode)):
        assert start >= end


def check_unpushed(episode: Episode) -> None:
    """Every line starts where its shot has it, or earlier where a transmission leads the picture."""
    for shot in episode.shots:
        start = episode.the_cut.find(shot.id)[0]
        for cue in shot.cues:
            at = episode.the_cut.find(cue.line)[0]
            assert at == start + cue.at or (at < start and episode.line(cue.line).channel in ON_AIR), cue.line


@pytest.mark.parametrize("seed", range(16))
async def test_the_air_is_free_between_transmissions_and_no_line_is_pushed_out_of_its_shot(seed: int) -> None:
    episode = await cut_of(talked(seed))
    check_air(episode)
    check_unpushed(episode)
    # Also when the editor takes all silence out of it that may go.
    trimmed = apply_all(tighten(episode, episode.shots), episode, by="editor")
    trimmed = apply(LayCut(cut=await RuleEditor().lay_cut(trimmed)), trimmed)
    check_air(trimmed)
    starts = {shot.id: trimmed.the_cut.find(shot.id)[0] for shot in trimmed.shots}
    pushed = [
        trimmed.the_cut.find(cue.line)[0] - starts[shot.id] - cue.at for shot in trimmed.shots for cue in shot.cues
    ]
    assert max(pushed) <= F(1, 12)


def test_the_gap_holds_key_tail_and_silence() -> None:
    assert AIR_GAP == KEY_SECONDS + LONGEST_TAIL + SILENCE
    assert F(1, 5) <= SILENCE


@pytest.fixture(params=THEMES, ids=[theme for theme, _ in THEMES], scope="module")
def film(request: pytest.FixtureRequest) -> Episode:
    import asyncio

    return asyncio.run(written(*request.param))


def test_whole_scripts_keep_the_air_free(film: Episode) -> None:
    check_air(film)
    check_unpushed(film)
    assert film.the_cut.seconds <= 100


def runs(level: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield start and end of each stretch that is not silent for 50 ms or more."""
    loud = np.flatnonzero(level > 1e-4)
    for part in np.split(loud, np.flatnonzero(np.diff(loud) > RATE // 20) + 1):
        if len(part):
            yield int(part[0]), int(part[-1])


def test_in_the_sound_each_transmission_has_its_tail_and_a_fifth_of_a_second_of_silence_after_it(
    film: Episode, tmp_path: Path
) -> None:
    transmissions = 0
    for scene in film.the_script.scenes:
        start, length = scene_span(film, scene.id)
        lines = tuple(p for p in placed_lines(film, scene.id, start - SOUND_LEAD) if p.channel in ON_AIR)
        inputs = {}
        for placed in lines:
            folder = tmp_path / placed.line
            folder.mkdir()
            frames = round(film.seconds_of(film.line(placed.line)) * RATE)
            # A voice that fills its line from the first sample to the last, so that nothing hides in a pause.
            voice = 0.2 * np.random.default_rng(frames).standard_normal(frames).clip(-2, 2)
            wav.write(folder / "line.wav", voice.astype(np.float32), RATE)
            inputs[f"line:{placed.line}"] = Input(folder=folder)
        folder = tmp_path / scene.id
        folder.mkdir()
        request = SoundRequest(scene=scene.id, seconds=length + 2 * SOUND_LEAD, lines=lines, seed=5)
        build(ToolSettings()).sound(request, Call(into=folder, inputs=inputs))
        heard = list(runs(np.abs(wav.read(folder / "radio.wav")[0]).max(axis=1)))
        assert len(heard) == len(lines)
        for (begun, ended), placed in zip(heard, lines, strict=True):
            words = round((placed.at + film.seconds_of(film.line(placed.line))) * RATE)
            assert float(SHORTEST_TAIL) - 0.01 <= (ended - words) / RATE <= float(LONGEST_TAIL)
            assert begun >= round(placed.at * RATE) - float(KEY_SECONDS) * RATE
        for (_, ended), (begun, _) in pairwise(heard):
            assert (begun - ended) / RATE >= float(SILENCE)
        transmissions += len(heard)
    assert transmissions >= 5
