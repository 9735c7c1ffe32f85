"""Somebody else's recording as a cue, and the show's theme as models of music are told it."""

from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest

from episodes.errors import MediaBroken, RequestRejected
from episodes.keys import key_called
from episodes.requests import ComposeRequest, Silence
from episodes.results import ComposedCue
from episodes.theme import found_theme
from tools.music.foreign import as_cue
from tools.music.melody import FRAMES_A_SECOND, chroma
from tools.music.prompts import prompt
from tools.sound import wav
from tools.sound.loudness import decibels, loudness

RATE = 48_000


def ask(**changes: object) -> ComposeRequest:
    values: dict[str, object] = {
        "mood": "comedy", "seconds": F(6), "tempo": 120, "key": "D minor", "seed": 1,
        "theme": found_theme("Night Shift"),
    }  # fmt: skip
    return ComposeRequest.model_validate(values | changes)


def recording(seconds: float, rate: int, channels: int, level: float = 0.2) -> np.ndarray:
    """Pulses of noise over a chord: something with peaks, as music has."""
    time = np.arange(round(seconds * rate)) / rate
    chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (146.8, 174.6, 220.0)) / 3
    beats = np.random.default_rng(2).standard_normal(len(time)) * np.exp(-(time % 0.5) * 20)
    sides = [chord + 0.5 * beats * (1 + 0.2 * side) for side in range(channels)]
    return np.asarray(np.stack(sides, axis=1) * level, np.float32)


def made(folder: Path, samples: np.ndarray, rate: int, request: ComposeRequest) -> wav.Samples:
    assert as_cue(samples, rate, request, folder) == ComposedCue(seconds=request.seconds + request.tail)
    sound, found = wav.read(folder / "music.wav")
    assert found == RATE
    assert [path.name for path in folder.iterdir()] == ["music.wav"]
    return sound


@pytest.mark.parametrize(
    ("seconds", "rate", "channels", "level"),
    [(10, 32_000, 1, 0.2), (6, 44_100, 2, 0.01), (2.3, 24_000, 2, 0.9), (7, 48_000, 6, 0.2)],
)
def test_whatever_came_back_has_the_length_and_loudness_of_a_cue(
    tmp_path: Path, seconds: float, rate: int, channels: int, level: float
) -> None:
    request = ask(tail=F(1, 3))
    sound = made(tmp_path, recording(seconds, rate, channels, level), rate, request)
    assert sound.shape == (round((6 + F(1, 3)) * RATE), 2)
    assert loudness(sound) == pytest.approx(-17, abs=0.5)
    assert decibels(float(np.abs(sound).max())) <= -3.5
    assert np.abs(sound[-20:]).max() < 0.001


def test_what_is_too_short_goes_on_without_a_hole(tmp_path: Path) -> None:
    sound = made(tmp_path, recording(2.0, RATE, 2), RATE, ask(seconds=F(9)))
    level = np.sqrt(np.mean(sound[: 8 * RATE].reshape(32, -1) ** 2, axis=1))
    assert level.min() > 0.5 * level.max()


def test_a_stop_is_silent_and_the_music_comes_back(tmp_path: Path) -> None:
    stops = (Silence(at=F(2), until=F(3)), Silence(at=F(5), until=F(6)))
    sound = made(tmp_path, recording(8, RATE, 2), RATE, ask(stops=stops))
    level = np.abs(sound).max(axis=1)
    assert level[round(2.02 * RATE) : 3 * RATE].max() == 0
    assert level[round(5.02 * RATE) :].max() == 0
    assert level[round(3.05 * RATE) : round(3.5 * RATE)].max() > 0.05
    # It is gone at once, and without a click.
    assert level[round(1.5 * RATE) : 2 * RATE].max() > 0.05
    assert level[round(2.018 * RATE) : round(2.02 * RATE)].max() < 0.05


@pytest.mark.parametrize(
    ("samples", "sentence"),
    [
        (np.zeros((3 * RATE, 2), np.float32), "silent"),
        (np.full((3 * RATE, 1), np.nan, np.float32), "numbers that are none"),
        (recording(0.4, RATE, 1), "shorter than a second"),
        (np.zeros((0, 2), np.float32), "shorter than a second"),
    ],
)
def test_what_is_no_music_is_broken(tmp_path: Path, samples: np.ndarray, sentence: str) -> None:
    with pytest.raises(MediaBroken, match=sentence):
        as_cue(samples, RATE, ask(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_theme_is_written_down_note_for_note() -> None:
    request = ask()
    frames = chroma(request, 10)
    assert frames.shape == (round(10 * FRAMES_A_SECOND), 12)
    assert (frames.sum(axis=1) == 1).all()
    tonic = key_called("D minor").tonic
    scale = [(tonic + step) % 12 for step in (0, 2, 3, 5, 7, 8, 10)]
    assert set(frames.argmax(axis=1)) <= set(scale)
    for note in request.theme.notes:
        # At 120 beats a minute two beats are a second; the middle of a note is surely it.
        middle = round((note.at + note.beats / 2) / 2 * FRAMES_A_SECOND)
        assert frames[middle].argmax() == scale[note.degree % 7]
    with pytest.raises(RequestRejected):
        chroma(ask(key="H flat"), 2)


def test_a_prompt_says_mood_key_tempo_and_that_nobody_sings() -> None:
    words = prompt(ask())
    assert "comedic" in words
    assert "in D minor" in words
    assert "120 bpm" in words
    assert "no vocals" in words
    theme = found_theme("Night Shift").model_copy(update={"lead": "vibes"})
    assert "vibraphone" in prompt(ask(mood="sting", theme=theme))
