"""Peak memory of an episode's sound, ten minutes against one: the sound stage, stems, mix, level, and the measuring.

The scripts are the rule-based writer's own, planned and cut by rule, so scenes are as long as they really become. Each
stage runs in a spawned process of its own; its peak and that of the ffmpeg that it started are told apart. Takes,
segments and spoken lines are made-up ones of the right length, since their making is not what is measured.
"""

import asyncio
import resource
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.verdicts import Verdict
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.episode import Episode, Mix
from episodes.facts import FactSheet
from episodes.film_requests import ExpectedLine, MeasureRequest, PlacedSound
from episodes.format import SAMPLE_RATE
from episodes.placing import SOUND_LEAD, placed_beds, placed_events, placed_lines, scene_span
from episodes.requests import SoundRequest

RATIO = 1.2
"""Most that ten minutes may take against one (numbers.md)."""

STAGES = ("sound stage", "stems and mix", "level", "measure")
_THEME = "raccoon heist at a doughnut shop"


@dataclass(frozen=True)
class Peak:
    """Peak resident memory of one stage, in MB."""

    own: float
    child: float
    """Of the largest ffmpeg that it started."""


@dataclass(frozen=True)
class Production:
    """What the stages of one episode need; it can be pickled."""

    folder: Path
    seconds: Fraction
    requests: tuple[SoundRequest, ...]
    lengths: tuple[tuple[str, Fraction], ...]
    """Lines and their seconds."""
    sounds: tuple[PlacedSound, ...]
    lines: tuple[ExpectedLine, ...]


def verdicts(longest_scenes: int = 1) -> list[Verdict]:
    """Run the stages for one and for ten minutes, print each peak and return the ratio.

    Of the sound stage only so many of the longest scenes are made: the peak is theirs.
    """
    peaks: dict[int, dict[str, Peak]] = {}
    for minutes in (1, 10):
        with tempfile.TemporaryDirectory() as folder:
            production = produced(minutes, Path(folder))
            longest = max(float(request.seconds) for request in production.requests)
            print(f"  {minutes} min: {len(production.requests)} scenes, the longest sound {longest:.0f} s,"
                  f" film {float(production.seconds):.0f} s")  # fmt: skip
            peaks[minutes] = _peaks(production, longest_scenes)
    for stage in STAGES:
        one, ten = peaks[1][stage], peaks[10][stage]
        print(
            f"  {stage:<14} {one.own:5.0f} MB for one minute, {ten.own:5.0f} MB for ten ({ten.own / one.own:.2f})"
            + (f"; its ffmpeg {one.child:.0f} and {ten.child:.0f} MB" if ten.child > 1 else "")
        )
    whole = {minutes: max(max(peak.own, peak.child) for peak in found.values()) for minutes, found in peaks.items()}
    worst = max(peaks[10][stage].own / peaks[1][stage].own for stage in STAGES)
    return [
        Verdict("peak memory of sound, ten minutes over one", whole[10] / whole[1], RATIO),
        Verdict("the same, worst single stage", worst, RATIO),
    ]


def produced(minutes: int, folder: Path) -> Production:
    """Write, plan and cut an episode by rule, and return what its sound needs."""
    # Here and not above: a stage's own process need not carry the agents.
    from agents.writer import RuleWriter
    from benchmarks.sound_captions import ROOT, cut
    from tools.protocols import ToolSettings
    from tools.voice import espeak

    brief = Brief(theme=_THEME, seed=1, minutes=float(minutes), format_name="proof")
    offers = espeak.build(ToolSettings()).offers("en")
    play = asyncio.run(RuleWriter(ROOT / "prompts").write(brief, FactSheet(), Bible(show=brief.show), offers))
    episode = asyncio.run(cut(Episode(brief=brief, world=play.world, script=play.script)))
    timeline = episode.the_cut
    requests, sounds = [], []
    for number, scene in enumerate(episode.the_script.scenes):
        start, length = scene_span(episode, scene.id)
        zero = start - SOUND_LEAD
        requests.append(
            SoundRequest(
                scene=scene.id, seconds=length + 2 * SOUND_LEAD, lines=placed_lines(episode, scene.id, zero),
                events=placed_events(episode, scene.id, zero), beds=placed_beds(episode, scene.id, zero), seed=number,
            )
        )  # fmt: skip
        for track, file in (("A1", "dialogue"), ("A2", "radio"), ("A3", "effects")):
            sounds.append(
                PlacedSound.model_validate({"input": scene.id, "file": f"{file}.wav", "track": track, "at": zero})
            )
        sounds.append(
            PlacedSound.model_validate({"input": scene.id, "file": "effects.wav", "track": "A4", "at": start})
        )
    expected = [
        ExpectedLine.model_validate({"line": clip.media, "at": at, "seconds": clip.seconds, "track": name})
        for name, track in (("A1", timeline.track("A1")), ("A2", timeline.track("A2")))
        for at, clip in track.placed()
    ]
    return Production(
        folder=folder,
        seconds=timeline.seconds,
        requests=tuple(requests),
        lengths=tuple((line.id, episode.seconds_of(line)) for line in episode.the_script.lines),
        sounds=tuple(sounds),
        lines=tuple(expected),
    )


def _peaks(production: Production, longest_scenes: int) -> dict[str, Peak]:
    alone: dict[str, Callable[[Production], Peak]] = {
        "stems and mix": run_mix, "level": run_level, "measure": run_measure,
    }  # fmt: skip
    kept = sorted(production.requests, key=lambda request: request.seconds)[-longest_scenes:]
    for request in production.requests:
        _write_noise(production.folder / request.scene, request)
    found = {"sound stage": _spawned(run_stage, Production(**(vars(production) | {"requests": tuple(kept)})))}
    return found | {name: _spawned(stage, production) for name, stage in alone.items()}


def _spawned(stage: Callable[[Production], Peak], production: Production) -> Peak:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(stage, production).result()


def run_stage(production: Production) -> Peak:
    """Make the scenes' sounds one after another, as a worker does."""
    from tools.protocols import Call, Input, ToolSettings
    from tools.sound import stage, wav

    lengths = dict(production.lengths)
    chance = np.random.default_rng(1)
    for request in production.requests:
        into = production.folder / f"{request.scene} stage"
        into.mkdir()
        inputs = {}
        for line in request.lines:
            given = into / line.line
            given.mkdir()
            voice = 0.1 * chance.standard_normal(round(lengths[line.line] * SAMPLE_RATE)).astype(np.float32)
            wav.write(given / "line.wav", voice, SAMPLE_RATE)
            inputs[f"line:{line.line}"] = Input(given)
        stage.build(ToolSettings()).sound(request, Call(into=into, inputs=inputs))
    return _peak()


def run_mix(production: Production) -> Peak:
    """Lay the stems and mix them."""
    from tools.assembly.mixing import write_mix
    from tools.assembly.stems import write_stems
    from tools.protocols import Input

    samples = round(production.seconds * SAMPLE_RATE)
    inputs = {request.scene: Input(production.folder / request.scene) for request in production.requests}
    stems = write_stems(production.sounds, inputs, samples, production.folder)
    write_mix(stems, Mix(), samples, production.folder / "mix.f32")
    return _peak()


def run_level(production: Production) -> Peak:
    """Bring the mix to its loudness."""
    from tools.assembly.loudness import CEILING_DBTP, level

    samples = round(production.seconds * SAMPLE_RATE)
    level(production.folder / "mix.f32", samples, -16.0, CEILING_DBTP, production.folder / "master.f32")
    return _peak()


def run_measure(production: Production) -> Peak:
    """Encode the sound with a test picture of the proof format, and look at and listen to the film."""
    from tools import ffmpeg
    from tools.assembly.loudness import float_input
    from tools.assembly.measuring import measure_film

    film, frames = production.folder / "film.mp4", round(production.seconds * 12)
    ffmpeg.run(
        ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=12", *float_input(production.folder / "master.f32"),
         "-frames:v", str(frames), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-threads", "1",
         "-c:a", "aac", "-b:a", "192k", film]
    )  # fmt: skip
    measure_film(MeasureRequest(seconds=production.seconds, lines=production.lines), film, production.folder, 1)
    return _peak()


def _write_noise(folder: Path, request: SoundRequest) -> None:
    """Write stems of the scene's length in blocks: bursts of noise, so that every later stage has work."""
    from tools.assembly.pcm import blocks, write_stereo

    folder.mkdir()
    chance = np.random.default_rng(2)
    for name, level in (("dialogue", 0.1), ("radio", 0.1), ("effects", 0.02)):
        samples = round(request.seconds * SAMPLE_RATE)
        write_stereo(
            folder / f"{name}.wav",
            (level * chance.standard_normal((count, 2)).astype(np.float32) for _, count in blocks(samples)),
        )


def _peak() -> Peak:
    # Linux counts kilobytes, macOS bytes.
    unit = 1_000_000 if sys.platform == "darwin" else 1000
    own, child = (resource.getrusage(who).ru_maxrss / unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    status = Path("/proc/self/status")
    if status.exists():
        # A process begins with the size of the one that started it in its ru_maxrss; this mark is its own.
        own = next(int(line.split()[1]) / 1000 for line in status.read_text().splitlines() if "VmHWM" in line)
    return Peak(own, child)
