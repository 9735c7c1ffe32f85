"""What the assembler promises of a film: whole, in step, at its loudness, marked, and the same bytes each time."""

import errno
import wave
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from episodes.cut import Chapter
from episodes.episode import Mix
from episodes.errors import MediaBroken, OutOfSpace
from episodes.film_requests import AssembleRequest, PlacedSegment
from tests.tools_assembly.conftest import PROOF, Made
from tools import ffmpeg
from tools.assembly.assembler import build
from tools.assembly.boxes import read_tracks
from tools.assembly.loudness import Loudness, measure_loudness
from tools.assembly.marking import DIGITAL_SOURCE_TYPE
from tools.protocols import Call, Input, ToolSettings

RATE = 48_000
Film = Callable[..., tuple[Path, Made]]


def decoded(path: Path, *options: str) -> bytes:
    with ffmpeg.reading([*ffmpeg.safe_input(path), *options]) as pipe:
        return pipe.read()


def picture(path: Path) -> np.ndarray:
    """Return the mean brightness of each frame."""
    return np.frombuffer(decoded(path, "-map", "0:v:0", "-vf", "scale=1:1:flags=area", "-f", "rawvideo",
                                 "-pix_fmt", "gray"), np.uint8)  # fmt: skip


def sound(path: Path) -> np.ndarray:
    return np.frombuffer(decoded(path, "-map", "0:a:0", "-f", "f32le", "-ac", "2"), "<f4").reshape(-1, 2)


def clicks(count: int, every: Fraction) -> np.ndarray:
    """Return a click of 1 ms at each multiple of `every` seconds."""
    track = np.zeros((round(count * every * RATE), 2), np.float32)
    for index in range(count):
        at = round(index * every * RATE)
        track[at : at + 48] = 0.9
    return track


def stem(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32768


def test_after_forty_joins_sound_and_picture_are_in_step_and_equally_long(
    film: Film, flash: Path, make_sound: Callable[..., Path], place: Callable[..., object], tmp_path: Path
) -> None:
    scene = make_sound(tmp_path / "scene", dialogue=clicks(41, Fraction(7, 12)))
    folder, result = film([(flash, 7)] * 41, scene, (place("dialogue", "A1"),))
    bright = np.flatnonzero(picture(folder / "film.mp4") > 128)
    heard = np.abs(sound(folder / "film.mp4")).max(axis=1)
    assert bright.tolist() == [7 * index for index in range(41)]
    for frame in bright:
        start = int(frame / 12 * RATE)
        window = heard[max(start - 4800, 0) : start + 4800]
        at = int(np.argmax(window > window.max() / 2)) + max(start - 4800, 0)
        assert abs(at - frame / 12 * RATE) / RATE <= 0.022
    tracks = {track.kind: track for track in read_tracks(folder / "film.mp4")}
    assert tracks["vide"].samples == result.film.frames == 287
    assert abs(tracks["vide"].shown_seconds - tracks["soun"].shown_seconds) <= Fraction(1, 12)
    assert abs(len(heard) / RATE - float(result.film.seconds)) <= 1 / 12


@pytest.mark.parametrize("frames", [(7,) * 41, (30, 7, 7), (7,), (30, 30, 30, 30, 30, 7, 7, 7)])
def test_the_films_sound_is_the_mixed_sound_sample_for_sample_with_the_encoders_delay_taken_off(
    film: Film, pattern: Path, flash: Path, talk: Callable[..., np.ndarray], make_sound: Callable[..., Path],
    place: Callable[..., object], tmp_path: Path, frames: tuple[int, ...],
) -> None:  # fmt: skip
    seconds = sum(frames) / 12
    scene = make_sound(tmp_path / "scene", dialogue=talk(seconds, 1), music=talk(seconds, 2))
    segments = [(flash if count == 7 else pattern, count) for count in frames]
    folder, made = film(segments, scene, (place("dialogue", "A1"), place("music", "A4")))
    alone, joined = sound(made.sound / "sound.m4a"), sound(folder / "film.mp4")
    assert np.array_equal(alone, joined)
    assert 0 <= len(joined) - seconds * RATE < 64
    (before,) = read_tracks(made.sound / "sound.m4a")
    after = next(track for track in read_tracks(folder / "film.mp4") if track.kind == "soun")
    assert (after.samples, after.starts_at) == (before.samples, Fraction(1024, RATE))
    packets = [decoded(path, "-map", "0:a:0", "-c", "copy", "-f", "adts") for path in
               (made.sound / "sound.m4a", folder / "film.mp4")]  # fmt: skip
    assert packets[0] == packets[1]


def test_a_sound_of_another_length_than_the_picture_is_refused(film: Film, pattern: Path, tmp_path: Path) -> None:
    _, made = film([(pattern, 30)])
    request = AssembleRequest.model_validate(
        {"format": PROOF, "segments": [PlacedSegment(input="segment", frames=30)] * 2, "title": "", "show": "",
         "season": 1, "number": 1, "summary": "", "chapters": ()}
    )  # fmt: skip
    (tmp_path / "longer").mkdir()
    call = Call(into=tmp_path / "longer", inputs={"segment": Input(pattern), "mix": Input(made.sound, made.mix)})
    with pytest.raises(MediaBroken, match=r"sound is 2\.500 s long, not 5\.000 s"):
        build(ToolSettings()).assemble(request, call)


def test_the_picture_is_copied_frame_for_frame(film: Film, pattern: Path, flash: Path) -> None:
    folder, _ = film([(pattern, 30), (flash, 7), (pattern, 30)])
    frames = ("-map", "0:v:0", "-f", "rawvideo")
    parts = [decoded(path / "segment.mp4", *frames) for path in (pattern, flash, pattern)]
    assert decoded(folder / "film.mp4", *frames) == b"".join(parts)


def test_nothing_is_left_beside_the_film_nor_beside_the_sound_and_its_stems(film: Film, pattern: Path) -> None:
    folder, made = film([(pattern, 30)])
    assert [path.name for path in folder.iterdir()] == ["film.mp4"]
    names = {path.name for path in made.sound.iterdir()}
    assert names == {"sound.m4a", "dialogue.wav", "radio.wav", "effects.wav", "music.wav"}


@pytest.mark.parametrize("level", [0.3, 0.9])
def test_speech_reaches_its_loudness_below_its_peak_after_decoding(
    film: Film, pattern: Path, talk: Callable[..., np.ndarray], make_sound: Callable[..., Path],
    place: Callable[..., object], tmp_path: Path, level: float,
) -> None:  # fmt: skip
    scene = make_sound(
        tmp_path / "scene", dialogue=talk(9, 1, level), music=talk(10, 2, level), effects=talk(10, 3, level / 4)
    )
    folder, result = film(
        [(pattern, 30)] * 4, scene, (place("dialogue", "A1"), place("music", "A4"), place("effects", "A3"))
    )
    heard = measure_loudness(ffmpeg.safe_input(folder / "film.mp4"))
    assert abs(heard.lufs + 16) <= 0.5
    assert heard.peak_dbtp <= -1.0
    assert heard == Loudness(lufs=result.mix.loudness_lufs, peak_dbtp=result.mix.true_peak_dbtp)


@pytest.mark.parametrize(("target", "stem"), [(-23, "dialogue"), (-14, "dialogue"), (-14, "music"), (-23, "music")])
def test_three_seconds_of_speech_or_of_music_alone_reach_the_profile_that_is_asked_for(
    film: Film, pattern: Path, talk: Callable[..., np.ndarray], make_sound: Callable[..., Path],
    place: Callable[..., object], tmp_path: Path, target: float, stem: str,
) -> None:  # fmt: skip
    scene = make_sound(tmp_path / "scene", **{stem: talk(3, 1, 0.6)})
    track = "A1" if stem == "dialogue" else "A4"
    folder, _ = film([(pattern, 30)], scene, (place(stem, track),), mix=Mix(loudness_lufs=target))
    heard = measure_loudness(ffmpeg.safe_input(folder / "film.mp4"))
    assert abs(heard.lufs - target) <= 0.5
    assert heard.peak_dbtp <= -1.0


def test_a_single_loud_crack_is_held_below_the_ceiling(
    film: Film, pattern: Path, talk: Callable[..., np.ndarray], make_sound: Callable[..., Path],
    place: Callable[..., object], tmp_path: Path,
) -> None:  # fmt: skip
    crack = talk(5, 4, 0.1)
    crack[100_000:100_030] = 1.0
    scene = make_sound(tmp_path / "scene", dialogue=crack)
    _, result = film([(pattern, 30)] * 2, scene, (place("dialogue", "A1"),))
    assert result.mix.true_peak_dbtp <= -1.0


def test_silence_stays_silence_and_near_silence_is_raised_by_twelve_decibels_at_most(
    film: Film, pattern: Path, talk: Callable[..., np.ndarray], make_sound: Callable[..., Path],
    place: Callable[..., object], tmp_path: Path,
) -> None:  # fmt: skip
    _, silent = film([(pattern, 30)], folder="silent")
    assert silent.mix.loudness_lufs == -70
    scene = make_sound(tmp_path / "scene", dialogue=talk(5, 1, 0.004))
    _, result = film([(pattern, 30)] * 2, scene, (place("dialogue", "A1"),), folder="quiet")
    before = measure_loudness(["-i", result.sound / "dialogue.wav"]).lufs
    assert before < -40
    assert result.mix.loudness_lufs == pytest.approx(before + 12, abs=0.6)


def test_the_same_inputs_give_the_same_bytes(
    film: Film, pattern: Path, talk: Callable[..., np.ndarray], make_sound: Callable[..., Path],
    place: Callable[..., object], tmp_path: Path,
) -> None:  # fmt: skip
    scene = make_sound(tmp_path / "scene", dialogue=talk(5, 1))
    chapters = (Chapter(at=Fraction(0), title="Open", scene="S01"),)
    made = [
        film([(pattern, 30)] * 2, scene, (place("dialogue", "A1"),), folder=name, chapters=chapters)
        for name in ("first", "second, elsewhere 'quoted'")
    ]
    first, second = (
        {path.name: path.read_bytes() for path in (*folder.iterdir(), *one.sound.iterdir())} for folder, one in made
    )
    assert first == second


def test_the_film_says_what_it_is_and_that_a_machine_made_it(film: Film, pattern: Path) -> None:
    chapters = (
        Chapter(at=Fraction(0), title="Cold; open = #1\nx", scene="S01"),
        Chapter(at=Fraction(3, 2), title="The call", scene="S02"),
        Chapter(at=Fraction(9), title="after the end", scene="S03"),
    )
    folder, _ = film(
        [(pattern, 30)], title="A = B; # \\ \x07“é🦝”", chapters=chapters, made_by=("embedded", "espeak-ng")
    )
    report = ffmpeg.run([*ffmpeg.safe_input(folder / "film.mp4"), "-map", "0:v", "-c", "copy", "-f", "null", "-"])
    read = report[: report.index("Output #0")]
    for expected in ("title           : A = B; # \\ “é🦝”", "show            : Night Shift", "season_number   : 1",
                     "episode_sort    : 1", "AI-generated", DIGITAL_SOURCE_TYPE, "embedded, espeak-ng",
                     "title           : Cold; open = #1 x", "title           : The call"):  # fmt: skip
        assert expected in read
    assert "after the end" not in read
    assert "creation_time" not in read
    assert "encoder" not in read
    assert f"<Iptc4xmpExt:DigitalSourceType>{DIGITAL_SOURCE_TYPE}<".encode() in (folder / "film.mp4").read_bytes()


def test_the_index_stands_before_the_media_and_the_decoder_has_nothing_to_say(film: Film, pattern: Path) -> None:
    chapters = (Chapter(at=Fraction(1), title="One", scene="S01"),)
    folder, _ = film([(pattern, 30)] * 3, chapters=chapters)
    content = (folder / "film.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    assert ffmpeg.run(["-v", "warning", *ffmpeg.safe_input(folder / "film.mp4"), "-f", "null", "-"]) == ""


def test_stems_have_the_films_length_and_each_sound_its_place_and_fade(
    film: Film, pattern: Path, make_sound: Callable[..., Path], place: Callable[..., object], tmp_path: Path
) -> None:
    steady = np.full((2 * RATE, 2), 0.25, np.float32)
    scene = make_sound(tmp_path / "scene", effects=steady)
    placed = (place("effects", "A3", "-1/2"), place("effects", "A3", 1, "1/2"), place("effects", "A3", "19/8"))
    folder = film([(pattern, 30)], scene, placed)[1].sound
    effects = stem(folder / "effects.wav")[:, 0]
    assert all(len(stem(folder / f"{name}.wav")) == 120_000 for name in ("dialogue", "radio", "effects", "music"))
    assert effects[0] == pytest.approx(0.25, abs=1e-4)  # its head lies before the film
    assert effects[RATE + RATE // 4] == pytest.approx(0.25 + 0.125, abs=1e-3)  # half way through the fade
    assert effects[round(1.51 * RATE)] == pytest.approx(0.25, abs=1e-3)  # the first one has ended
    assert effects[-1] == pytest.approx(0.5, abs=1e-3)  # its tail lies after the film
    assert not stem(folder / "radio.wav").any()


def test_a_segment_of_another_length_or_encoder_is_refused_by_name(
    film: Film, pattern: Path, make_segment: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(MediaBroken, match="'segment:1' has 30 frames, not 29"):
        film([(pattern, 30), (pattern, 29)], folder="short")
    other = make_segment(tmp_path / "other", 12, "testsrc2=size=160x90:rate=12")
    with pytest.raises(MediaBroken, match="other parameters"):
        film([(pattern, 30), (other, 12)], folder="mixed")
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "segment.mp4").write_bytes((pattern / "segment.mp4").read_bytes()[:200])
    with pytest.raises(MediaBroken, match=r"segment\.mp4"):
        film([(pattern, 30), (tmp_path / "torn", 30)], folder="torn film")


def test_a_full_disk_is_told_as_such(film: Film, pattern: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: wave.Wave_write, frames: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(wave.Wave_write, "writeframes", full)
    with pytest.raises(OutOfSpace, match="disk is full"):
        film([(pattern, 30)])
