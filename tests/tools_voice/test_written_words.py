"""Captions are cut between written words; these tests say when each of them is heard."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.cast import VoiceCast
from episodes.errors import RequestRejected
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine, TimedPhoneme, TimedWord
from tools.protocols import Call, ToolSettings
from tools.sound import wav
from tools.voice.espeak import build
from tools.voice.speaking import set_in
from tools.voice.spoken_text import spoken_text
from tools.voice.written_words import written_starts


def starts_of(text: str, words: list[TimedWord], seconds: float, *, radio: bool, language: str) -> tuple[float, ...]:
    said = spoken_text(text, radio=radio, language=language)
    return written_starts(text, said, words, seconds, radio=radio, language=language)


def timed(*words: tuple[str, float]) -> list[TimedWord]:
    return [TimedWord(text=text, at=at, seconds=0.1) for text, at in words]


def test_a_written_word_begins_with_the_first_of_the_words_that_it_is_said_as() -> None:
    said = timed(("four", 0.0), ("Adam", 0.3), ("ten", 0.6), ("ten", 1.0), ("four", 1.2))
    assert starts_of("4A10, 10-4.", said, 1.6, radio=True, language="en") == (0.0, 1.0)


def test_a_word_that_the_engine_joined_to_its_neighbour_gets_its_share_of_the_time() -> None:
    said = timed(("two", 0.0), ("of", 0.4), ("geese", 0.8))
    assert starts_of("Two of the geese", said, 1.2, radio=False, language="en") == (0.0, 0.4, 0.571, 0.8)


def test_what_is_not_said_at_all_stands_between_its_neighbours() -> None:
    said = timed(("stop", 0.0), ("now", 1.0))
    starts = starts_of("Stop — now", said, 1.5, radio=False, language="en")
    assert starts[0] == 0.0
    assert 0.0 < starts[1] < starts[2] == 1.0


def test_without_a_timed_word_nothing_is_claimed() -> None:
    assert starts_of("Stop now", [], 1.5, radio=False, language="en") == ()


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=8), max_size=12))
def test_starts_are_in_order_whatever_was_written_and_timed(text: str, words: list[str]) -> None:
    if not any(character.isalnum() for character in text) or not text.isascii():
        return
    said = timed(*((word, number / 4) for number, word in enumerate(words)))
    try:
        starts = starts_of(text, said, 3.0, radio=False, language="en")
    except RequestRejected:
        return  # a text of marks alone
    assert len(starts) in (0, len(text.split()))
    assert all(0 <= a <= b <= 3.0 for a, b in itertools.pairwise(starts))


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[SpokenLine, wav.Samples]:
    folder = tmp_path_factory.mktemp("line")
    request = SpeakRequest(
        text="It is 3:12 a.m. Four of the geese, 4A10, are in the car.",
        voice=VoiceCast(engine="espeak-ng", variant="en-us+m3"),
        delivery="calm",
        language="en",
        reading=1,
    )
    line = build(ToolSettings()).speak(request, Call(into=folder))
    return line, wav.read_mono(folder / "line.wav", 48_000)


def test_the_engine_times_every_written_word(spoken: tuple[SpokenLine, wav.Samples]) -> None:
    line, _ = spoken
    assert len(line.starts) == 13
    assert all(a < b for a, b in itertools.pairwise(line.starts))


def test_a_sentence_starts_where_the_sound_comes_back(spoken: tuple[SpokenLine, wav.Samples]) -> None:
    """Before "Four" the voice dies away, and within three frames of the word's start it is there again."""
    line, samples = spoken
    four = round(line.starts[4] * 48_000)
    level = np.sqrt(np.convolve(samples**2, np.ones(480) / 480, "same"))
    assert level[four - 960 : four].min() < 0.02 * level.max()
    assert level[four : four + 6000].max() > 0.2 * level.max()


def test_a_sound_after_a_pause_begins_where_it_is_heard() -> None:
    """A "k" that is timed 80 ms before its burst waits for it; a sound in the middle of a word does not."""
    samples = np.zeros(48_000, np.float32)
    samples[0:9_600] = samples[27_840:43_200] = 0.3
    sounds = tuple(
        TimedPhoneme(symbol=symbol, at=at, seconds=seconds)
        for symbol, at, seconds in (("O", 0.0, 0.2), ("_", 0.2, 0.3), ("k", 0.5, 0.15), ("a", 0.65, 0.25))
    )
    first, pause, burst, vowel = set_in(sounds, samples)
    assert (first, vowel) == (sounds[0], sounds[3])
    assert (pause.at, pause.seconds) == (0.2, pytest.approx(0.38, abs=0.006))
    assert burst.at == pytest.approx(0.58, abs=0.006)
    assert burst.at + burst.seconds == pytest.approx(0.65)
