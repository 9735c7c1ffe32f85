"""Lines and cues from real Gradio apps: voices, times for mouths, exact lengths, silences, the show's own tune."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from episodes.errors import BackendUnavailable, MediaBroken
from episodes.requests import Silence
from tests.servers.space_moods import always
from tests.servers.spaces import App, space
from tests.tools_spaces.asking import call, cue, line, settings
from tools.ffmpeg import probe
from tools.music.space import build as build_music
from tools.music.space import words_for
from tools.sound import wav
from tools.sound.loudness import decibels, loudness
from tools.voice.names import language_of, pronoun
from tools.voice.space import build as build_voice

RATE = 48_000


@pytest.fixture(scope="module")
def tts() -> Iterator[App]:
    with space("tts") as app:
        yield app


@pytest.fixture(scope="module")
def band() -> Iterator[App]:
    with space("musicgen") as app:
        yield app


def test_the_choices_of_a_space_are_voices_to_cast(tts: App, tmp_path: Path) -> None:
    offers = build_voice(settings(tts.url, tmp_path)).offers("en")
    assert [(offer.engine, offer.variant, offer.suits) for offer in offers] == [
        ("space", "af_heart", "she"), ("space", "af_bella", "she"), ("space", "am_adam", "he"),
        ("space", "am_michael", "he"),
    ]  # fmt: skip
    assert len({offer.likeness for offer in offers}) == 4


def test_a_space_that_is_away_offers_one_voice(tmp_path: Path) -> None:
    assert len(build_voice(settings("http://127.0.0.1:9/", tmp_path)).offers("en")) == 1


def test_a_line_comes_trimmed_levelled_and_timed_by_one_call(tts: App, tmp_path: Path) -> None:
    tts.reset()
    spoken = build_voice(settings(tts.url, tmp_path / "home")).speak(line("am_adam"), call(tmp_path / "line"))
    samples = wav.read_mono(tmp_path / "line" / "line.wav", RATE)
    assert len(samples) / RATE == pytest.approx(float(spoken.seconds))
    assert 1 < float(spoken.seconds) < 4
    # espeak-ng, whose times are laid in, says `on the` as one word.
    assert [word.text for word in spoken.words][-3:] == ["are", "on", "scene"]
    assert list(spoken.starts) == sorted(spoken.starts)
    assert len(spoken.starts) == 7
    assert len(spoken.phonemes) > 15
    # What was heard is loud where the times say that somebody speaks.
    middle = spoken.phonemes[len(spoken.phonemes) // 2]
    window = samples[int(middle.at * RATE) : int((middle.at + 0.15) * RATE)]
    assert decibels(float(np.abs(window).max())) > -30
    assert tts.calls == 1
    assert (tts.worked[0]["voice"], tts.worked[0]["speed"]) == ("am_adam", 1)


def test_deliveries_change_the_pace_and_a_long_caption_slows_the_line_without_another_call(
    tts: App, tmp_path: Path
) -> None:
    tts.reset()
    tool = build_voice(settings(tts.url, tmp_path / "home"))
    calm = tool.speak(line(), call(tmp_path / "calm"))
    urgent = tool.speak(line().model_copy(update={"delivery": "urgent"}), call(tmp_path / "urgent"))
    assert 0.8 < float(urgent.seconds / calm.seconds) < 0.97
    assert tts.calls == 2
    crowded = "Strengths, breadths, lengths, depths: straightforwardness thoroughly strengthened."
    spoken = tool.speak(line(text=crowded), call(tmp_path / "crowded"))
    assert float(spoken.seconds) >= len(crowded) / 17 - 0.01
    assert tts.calls == 3


def test_a_space_says_nothing_for_another_engines_voice(tts: App, tmp_path: Path) -> None:
    request = line().model_copy(update={"voice": line().voice.model_copy(update={"engine": "piper"})})
    with pytest.raises(BackendUnavailable, match="is piper's and only the Space is asked"):
        build_voice(settings(tts.url, tmp_path)).speak(request, call(tmp_path / "line"))


@pytest.mark.parametrize("deed", ["half_file", "not_media", "no_media", "black"])
def test_a_broken_line_is_made_again(tts: App, tmp_path: Path, deed: str) -> None:
    tts.reset(always(deed))  # type: ignore[arg-type]
    with pytest.raises(MediaBroken):
        build_voice(settings(tts.url, tmp_path / "home")).speak(line(), call(tmp_path / "line"))


@pytest.mark.parametrize(
    ("value", "label", "suits"),
    [
        ("af_heart", "🇺🇸 🚺 Heart", "she"), ("bm_george", "George", "he"), ("Female 2", "", "she"),
        ("male-en-2", "", "he"),
        ("v2/en_speaker_6", "Speaker 6 (en)", "they"), ("woman_calm", "", "she"), ("nova", "Nova", "they"),
        ("a man and a woman", "", "they"), ("🇩🇪 Greta – Frau", "", "she"), ("Luc – homme", "", "he"),
    ],
)  # fmt: skip
def test_a_pronoun_is_taken_from_a_voices_name(value: str, label: str, suits: str) -> None:
    assert pronoun(value, label) == suits


@pytest.mark.parametrize(
    ("value", "label", "language"),
    [("af_heart", "", "en"), ("🇩🇪 Greta – Frau", "", "de"), ("🇺🇸 Amelia – woman", "", "en"), ("3", "🇬🇧 Oliver", "en"),
     ("v2/fr_speaker_1", "", "fr"), ("en-US-Guy", "", "en"), ("Anna", "Anna (Deutsch)", "de"), ("nova", "Nova", ""),
     ("xx-XX-1", "", ""), ("speaker [es]", "", "es")],
)  # fmt: skip
def test_a_language_is_taken_from_a_voices_name(value: str, label: str, language: str) -> None:
    assert language_of(value, label) == language


def test_a_cue_has_its_length_its_loudness_and_its_silences(band: App, tmp_path: Path) -> None:
    band.reset()
    request = cue(stops=(Silence(at=Fraction(3), until=Fraction(5)),), tail=Fraction(1))
    made = build_music(settings(band.url, tmp_path / "home")).compose(request, call(tmp_path / "cue"))
    sound, rate = wav.read(tmp_path / "cue" / "music.wav")
    assert made.seconds == 9
    assert (sound.shape, rate) == ((9 * RATE, 2), RATE)
    assert loudness(sound) == pytest.approx(-17, abs=1)
    assert np.abs(sound[int(3.05 * RATE) : int(4.95 * RATE)]).max() < 1e-3
    assert np.abs(sound[5 * RATE : 6 * RATE]).max() > 0.05
    assert np.abs(sound[-100:]).max() < 0.01
    given = band.worked[0]
    assert (given["duration"], given["model"], given["topk"]) == (9, "musicgen-melody", 250)
    assert given["text"] == words_for(request)
    assert "sneaking" in given["text"]
    assert "96 bpm" in given["text"]
    # The show's own tune, played by the embedded band.
    assert given["melody"].endswith(".wav")
    assert probe(Path(given["melody"])).seconds == pytest.approx(12, abs=0.1)


def test_what_came_too_short_begins_again_without_a_hole(band: App, tmp_path: Path) -> None:
    band.reset(always("wrong_length"))
    build_music(settings(band.url, tmp_path / "home")).compose(cue(), call(tmp_path / "cue"))
    sound, _ = wav.read(tmp_path / "cue" / "music.wav")
    assert len(sound) == 8 * RATE
    levels = np.abs(sound[: int(7.5 * RATE)]).max(axis=1).reshape(-1, RATE // 4).max(axis=1)
    assert levels.min() > 0.02
