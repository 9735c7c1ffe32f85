"""Loudness and true peak of finished films for three profiles, measured on the decoded AAC of each file.

Five clips that are hard in their own ways: speech alone, music alone, mostly silence, three seconds, and a scene with
everything. A sixth, a room in which nothing happens, is told without a bar: its loudness is meant.
"""

import tempfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np

from benchmarks import sound_balance
from benchmarks.sound_films import Stereo, assembled, encode_segment, write_scene
from benchmarks.sound_lines import Spoken, spoken_lines
from benchmarks.verdicts import Verdict
from episodes.episode import Mix
from episodes.format import SAMPLE_RATE
from episodes.requests import ComposeRequest, PlacedBed, PlacedEvent, PlacedLine, SoundRequest
from episodes.shots import Door, SirenPass, Step
from episodes.theme import found_theme
from tools import ffmpeg
from tools.assembly.loudness import MAX_GAIN_DB, measure_loudness
from tools.music import embedded as music
from tools.protocols import Call, Input, ToolSettings
from tools.sound import stage, wav

PROFILES = (-23.0, -16.0, -14.0)
"""Broadcast (EBU R 128), our own and Apple's, and the loud streaming services'."""
SLACK_LU, PEAK_DBTP = 0.5, -1.0
"""Bars of numbers.md."""


def verdicts() -> list[Verdict]:
    """Make all clips in all profiles, print each, and return the worst against the bars."""
    away, peaks, made = [], [], []
    with tempfile.TemporaryDirectory() as bench:
        folder = Path(bench)
        for name, (scene, seconds) in clips(folder).items():
            frames = round(seconds * 12)
            picture = [(encode_segment(folder / f"{name} picture", frames, "color=gray:size=320x180:rate=12"), frames)]
            for target in PROFILES:
                mix = Mix(loudness_lufs=target)
                film, _ = assembled(picture, scene, folder / f"{name}{target}", mix)
                heard = measure_loudness(ffmpeg.safe_input(film))
                print(f"  {name:<14} at {target:.0f} LUFS: {heard.lufs:6.1f} LUFS, {heard.peak_dbtp:6.1f} dBTP")
                peaks.append(heard.peak_dbtp)
                if name != "empty room":
                    away.append(abs(heard.lufs - target))
            if name == "full mix":
                found = sound_balance.balance_of(scene, Mix())
                tell_balance(found)
                made = sound_balance.verdicts(found, "full mix")
    print(
        f"  an empty room stays quiet: a mix is raised by {MAX_GAIN_DB:.0f} dB at most, or its hiss would be the film"
    )
    return [
        Verdict("largest distance from the profile's loudness, LU", max(away), SLACK_LU),
        Verdict("highest true peak of a decoded film, dBTP", max(peaks), PEAK_DBTP),
        *made,
    ]


def tell_balance(found: sound_balance.Balance) -> None:
    """Print how a mix is balanced."""
    print(
        f"  while somebody speaks, music is {found.music_under:.1f} LU and effects are {found.effects_under:.1f} LU"
        f" under speech; elsewhere music reaches {found.loudest_music:+.1f} and effects {found.loudest_effects:+.1f}"
        f" LU; faders fall by {found.fastest_fall:.0f} and rise by {found.fastest_rise:.0f} dB a second at most"
    )


def clips(folder: Path) -> Mapping[str, tuple[Path, Fraction]]:
    """Write the stems of each clip and return their folders and lengths in seconds."""
    lines = spoken_lines(8)
    talk = np.concatenate([_stereo(line.samples, 0.4) for line in lines])
    tune = composed(folder / "tune", Fraction(30))
    quiet = np.zeros((45 * SAMPLE_RATE, 2), np.float32)
    for at, line in ((4, lines[1]), (30, lines[3])):
        sound = _stereo(line.samples)
        quiet[at * SAMPLE_RATE : at * SAMPLE_RATE + len(sound)] = sound
    short = lines[5].samples[: 3 * SAMPLE_RATE]
    thirty, whole = Fraction(30), Fraction(round(len(talk) / SAMPLE_RATE * 12), 12)
    effects = _staged(folder / "room", SoundRequest(scene="S01", seconds=thirty, beds=_beds(thirty), seed=3))
    room = wav.read(effects / "effects.wav")[0]
    return {
        "speech only": (write_scene(folder / "speech", whole, dialogue=talk), whole),
        "music only": (write_scene(folder / "music", thirty, music=tune), thirty),
        "silence-heavy": (write_scene(folder / "quiet", Fraction(45), dialogue=quiet), Fraction(45)),
        "three seconds": (
            write_scene(folder / "short", Fraction(3), dialogue=_stereo(short), music=tune, effects=room), Fraction(3)
        ),
        "full mix": (full_scene(folder / "full", lines, tune), Fraction(45)),
        "empty room": (write_scene(folder / "empty", thirty, effects=room), thirty),
    }  # fmt: skip


def composed(folder: Path, seconds: Fraction) -> Stereo:
    """Return a comedy cue of the embedded band, shape (samples, 2)."""
    folder.mkdir()
    request = ComposeRequest(
        mood="comedy", seconds=seconds, tempo=112, key="D minor", theme=found_theme("Night Shift"), seed=7
    )
    music.build(ToolSettings()).compose(request, Call(into=folder))
    return wav.read(folder / "music.wav")[0]


def full_scene(folder: Path, lines: tuple[Spoken, ...], tune: Stereo) -> Path:
    """Write a scene of the real sound stage: lines on three channels, rain, steps, a door, a siren; and its score."""
    seconds, at, placed, inputs = Fraction(45), Fraction(2), [], {}
    for number, (line, channel) in enumerate(
        zip(lines, ("dispatch", "radio", "spoken", "spoken", "phone"), strict=False)
    ):
        given = folder / f"line {number}"
        given.mkdir(parents=True)
        wav.write(given / "line.wav", line.samples, SAMPLE_RATE)
        inputs[f"line:L{number}"] = Input(given)
        placed.append(
            PlacedLine.model_validate({"line": f"L{number}", "at": at, "channel": channel, "speaker": line.variant})
        )
        at += Fraction(len(line.samples), SAMPLE_RATE) + Fraction(1, 2)
    events = [PlacedEvent(event=Step(at=Fraction(n, 2), who="okafor")) for n in range(4, 24)]
    events.append(PlacedEvent(event=Door(at=Fraction(9), action="slam")))
    events.append(PlacedEvent(event=SirenPass(at=Fraction(38), seconds=Fraction(6))))
    request = SoundRequest(
        scene="S01", seconds=seconds, lines=tuple(placed), events=tuple(events), beds=_beds(seconds), seed=3
    )
    _staged(folder, request, inputs)
    score = np.zeros((round(seconds * SAMPLE_RATE), 2), np.float32)
    score[: len(tune)] = tune
    wav.write(folder / "music.wav", score, SAMPLE_RATE)
    return folder


def _staged(folder: Path, request: SoundRequest, inputs: Mapping[str, Input] | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    stage.build(ToolSettings()).sound(request, Call(into=folder, inputs=inputs or {}))
    return folder


def _beds(seconds: Fraction) -> tuple[PlacedBed, ...]:
    return (PlacedBed(at=Fraction(0), seconds=seconds, set="street", interior=False, weather="rain", light="night"),)


def _stereo(samples: wav.Samples, pause: float = 0.0) -> Stereo:
    return np.repeat(np.pad(samples, (0, round(pause * SAMPLE_RATE)))[:, None], 2, axis=1)
