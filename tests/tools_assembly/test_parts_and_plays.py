"""What is made of parts: stems cut to a stretch, a radio play without a picture, a teaser out of a film."""

import subprocess
import wave
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from episodes.cut import Chapter
from episodes.episode import LOUDNESS, Mix
from episodes.film_requests import (
    ExpectedLine,
    MeasureRequest,
    MixRequest,
    PlacedSegment,
    PlacedSound,
    TeaseRequest,
)
from tests.tools_assembly.conftest import PROOF, RATE, Made
from tools import ffmpeg
from tools.assembly.assembler import build
from tools.assembly.loudness import measure_loudness
from tools.assembly.marking import DIGITAL_SOURCE_TYPE
from tools.assembly.stems import write_stems
from tools.protocols import Call, Input, ToolSettings

Film = Callable[..., tuple[Path, Made]]


def read(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32768


def ramp(seconds: float) -> np.ndarray:
    """Return a sound in which every sample tells where it stood."""
    return np.repeat(np.linspace(0.1, 0.9, round(seconds * RATE))[:, None], 2, axis=1).astype(np.float32)


def packets(path: Path) -> bytes:
    with ffmpeg.reading(["-i", str(path), "-map", "0:a", "-c", "copy", "-f", "adts"]) as pipe:
        return pipe.read()


def header(path: Path) -> str:
    return subprocess.run([ffmpeg.executable(), "-i", str(path)], capture_output=True, text=True).stderr


def test_only_the_asked_part_of_a_sound_is_heard_at_its_place(make_sound: Callable[..., Path], tmp_path: Path) -> None:
    scene = make_sound(tmp_path / "scene", dialogue=ramp(4))
    part = PlacedSound(
        input="scene", file="dialogue.wav", track="A1", at=Fraction(1, 2), source_in=Fraction(2), seconds=Fraction(1)
    )
    write_stems((part,), {"scene": Input(scene)}, 2 * RATE, tmp_path)
    heard, whole = read(tmp_path / "dialogue.wav"), read(scene / "dialogue.wav")
    assert np.array_equal(heard[RATE // 2 : RATE * 3 // 2], whole[2 * RATE : 3 * RATE])
    assert not heard[: RATE // 2].any()
    assert not heard[RATE * 3 // 2 :].any()


def test_a_parts_fades_begin_and_end_at_its_own_edges(make_sound: Callable[..., Path], tmp_path: Path) -> None:
    steady = np.full((4 * RATE, 2), 0.5, np.float32)
    scene = make_sound(tmp_path / "scene", music=steady)
    part = PlacedSound(
        input="scene", file="music.wav", track="A4", at=0, source_in=1, seconds=1,
        fade_in=Fraction(1, 50), fade_out=Fraction(1, 50),
    )  # fmt: skip
    write_stems((part,), {"scene": Input(scene)}, 2 * RATE, tmp_path)
    heard = read(tmp_path / "music.wav")[:, 0]
    assert abs(heard[0]) < 1e-3
    assert abs(heard[RATE - 1]) < 1e-3
    assert heard[RATE // 2] == pytest.approx(0.5, abs=1e-3)
    assert np.abs(np.diff(heard)).max() < 0.002, "no click"


@pytest.fixture
def play(film: Film, talk: Callable[..., np.ndarray], make_sound: Callable[..., Path], place: Callable[..., object],
         tmp_path: Path) -> Film:  # fmt: skip
    scene = make_sound(tmp_path / "scene", dialogue=talk(20, 1, 0.3), effects=talk(20, 3, 0.05))

    def made(folder: str = "play", **fields: object) -> tuple[Path, Made]:
        given = {
            "seconds": 20, "made_by": ("Voices: espeak-ng",),
            "chapters": (
                Chapter(at=0, title="Glazed and Confused", scene=""), Chapter(at=8, title="The call", scene="S02"),
            ),
        }  # fmt: skip
        return film([], scene, (place("dialogue", "A1"), place("effects", "A3")), folder, **given | fields)

    return made


def test_a_play_is_marked_and_has_chapters_in_its_final_bytes(play: Film) -> None:
    folder, result = play()
    told, raw = header(folder / result.film.file), (folder / result.film.file).read_bytes()
    assert result.film.file == "play.m4a"
    assert "Audio: aac" in told
    assert "48000 Hz, stereo" in told
    assert "Video:" not in told
    assert "Chapter #0:1: start 8.0" in told
    assert "Glazed and Confused" in told
    assert told.count("AI-generated fiction") >= 1
    assert f"DigitalSourceType>{DIGITAL_SOURCE_TYPE}".encode() in raw
    assert b"pictures" not in raw
    assert raw.index(b"moov") < raw.index(b"mdat"), "a player need not wait for its end"
    assert [path.name for path in folder.iterdir()] == ["play.m4a"]
    assert packets(folder / "play.m4a") == packets(result.sound / "sound.m4a"), "it was encoded once"


@pytest.mark.parametrize("profile", sorted(LOUDNESS))
def test_a_play_is_as_loud_as_its_profile_and_its_peaks_stay_below_the_limit(play: Film, profile: str) -> None:
    folder, result = play(mix=Mix(loudness_lufs=LOUDNESS[profile]))
    heard = measure_loudness(ffmpeg.safe_input(folder / result.film.file))
    assert heard.lufs == pytest.approx(LOUDNESS[profile], abs=0.5)
    assert heard.peak_dbtp <= -1.0
    assert result.film.frames == 0
    assert result.film.seconds == 20


def test_the_same_play_is_the_same_bytes(play: Film) -> None:
    first, second = play("one"), play("two")
    assert (first[0] / "play.m4a").read_bytes() == (second[0] / "play.m4a").read_bytes()


def test_a_play_is_listened_to_and_not_looked_at(play: Film) -> None:
    folder, made = play()
    request = MeasureRequest(
        seconds=Fraction(20), lines=(ExpectedLine(line="S01-L01", at=0, seconds=3, track="A1"),), picture=False
    )
    call = Call(into=folder, inputs={"film": Input(folder), "mix": Input(made.sound)})
    measured = build(ToolSettings()).measure(request, call)
    assert measured.audio_seconds == pytest.approx(20, abs=0.05)
    assert measured.video_seconds == 0
    assert measured.silent, "it pauses between its bursts"
    assert (measured.black, measured.frozen, measured.flashes) == ((), (), ())
    assert measured.lines[0].level_db > -50


def test_a_teaser_copies_whole_segments_and_keeps_no_stems(
    film: Film, pattern: Path, flash: Path, talk: Callable[..., np.ndarray], make_sound: Callable[..., Path],
    place: Callable[..., object], tmp_path: Path,
) -> None:  # fmt: skip
    scene = make_sound(tmp_path / "scene", dialogue=talk(9, 1, 0.3), music=talk(9, 2, 0.1))
    _, whole = film([(pattern, 30), (flash, 7), (pattern, 30)], scene, (place("dialogue", "A1"), place("music", "A4")))
    part = {
        "input": "mix",
        "track": "A1",
        "file": "dialogue.wav",
        "at": 0,
        "source_in": 0,
        "seconds": Fraction(37, 12),
    }
    request = TeaseRequest.model_validate(
        {"format": PROOF, "title": "Glazed (teaser)", "show": "Night Shift",
         "season": 1, "number": 1, "summary": "", "chapters": (),
         "segments": [PlacedSegment(input="segment:0", frames=30), PlacedSegment(input="segment:1", frames=7)]}
    )  # fmt: skip
    into, sound, tool = tmp_path / "teaser", tmp_path / "teaser sound", build(ToolSettings())
    into.mkdir()
    sound.mkdir()
    mixing = MixRequest.model_validate(
        {"sounds": [part], "mix": Mix().levels, "seconds": Fraction(37, 12), "keep_stems": False}
    )
    heard = tool.mix(mixing, Call(into=sound, inputs={"mix": Input(whole.sound)}))
    assert [path.name for path in sound.iterdir()] == ["sound.m4a"]
    inputs = {"mix": Input(sound, heard), "segment:0": Input(pattern), "segment:1": Input(flash)}
    made = tool.assemble(request, Call(into=into, inputs=inputs))
    assert [path.name for path in into.iterdir()] == ["film.mp4"]
    assert made.seconds == Fraction(37, 12)
    assert heard.true_peak_dbtp <= -1.0
    assert DIGITAL_SOURCE_TYPE in header(into / "film.mp4")

    def frames(path: Path) -> bytes:
        with ffmpeg.reading([*ffmpeg.safe_input(path), "-map", "0:v:0", "-f", "rawvideo"]) as pipe:
            return pipe.read()

    assert frames(into / "film.mp4") == frames(pattern / "segment.mp4") + frames(flash / "segment.mp4")


def test_a_placed_sound_is_as_loud_as_its_gain_says(tmp_path: Path) -> None:
    folder = tmp_path / "cue"
    folder.mkdir()
    level = np.full((RATE, 2), 0.5)
    with wave.open(str(folder / "music.wav"), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes((level * 32767).astype("<i2").tobytes())
    placed = PlacedSound(input="cue", file="music.wav", track="A4", at=Fraction(0), gain_db=-6.0)
    write_stems((placed,), {"cue": Input(folder)}, RATE, tmp_path)
    assert read(tmp_path / "music.wav")[100:-100].max() == pytest.approx(0.5 * 10 ** (-6 / 20), abs=0.001)
