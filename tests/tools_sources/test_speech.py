"""What is said in a source is heard, and nothing that was not said."""

import io
import itertools
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import signal

from episodes.cast import VoiceCast
from episodes.errors import BackendUnavailable
from episodes.requests import ReadRequest
from episodes.results import Readings
from tests.servers.openai_media import KEY, Policy, always, in_turn, serving
from tools.protocols import Call, Input, ToolSettings
from tools.sound import wav
from tools.sources import openai_ear, patience, reader
from tools.sources.phantoms import sound_named, without_phantoms
from tools.sources.speech import RATE, Piece, Word, ear_of, sentences, timed
from tools.sources.turns import who_speaks
from tools.voice import espeak
from tools.voice.delivery import manner

SAID = (
    ("en-us", "The goose walked into the doughnut shop at three in the morning."),
    ("en-us+f3", "Officer Zofia Brankovic says it took twelve jelly doughnuts and a radio."),
    ("en-us", "Then the alarm went off and everybody ran outside."),
)


def spoken(voice: str, text: str) -> np.ndarray:
    said = espeak.synthesise(text, voice, manner(VoiceCast(engine="espeak-ng", variant=voice), "calm", 1))
    return np.asarray(signal.resample(said.samples, round(len(said.samples) * RATE / said.rate)), np.float32)


@pytest.fixture(scope="module")
def talk() -> tuple[np.ndarray, list[tuple[float, float]]]:
    """Three sentences by two voices with pauses, and where each lies in seconds."""
    gap = np.zeros(RATE // 2, np.float32)
    parts, spans, at = [gap], [], 0.5
    for voice, text in SAID:
        sound = spoken(voice, text)
        spans.append((at, at + len(sound) / RATE))
        parts += [sound, gap]
        at += (len(sound) + len(gap)) / RATE
    return np.concatenate(parts), spans


@pytest.fixture
def file(talk: tuple[np.ndarray, Any], tmp_path: Path) -> Path:
    wav.write(tmp_path / "talk.wav", talk[0], RATE)
    return tmp_path / "talk.wav"


def segment(text: str, at: float, until: float, **more: float) -> dict[str, Any]:
    return {"text": f" {text}", "start": at, "end": until, "no_speech_prob": 0.02, "compression_ratio": 1.2,
            "avg_logprob": -0.2, **more}  # fmt: skip


def verbose(spans: list[tuple[float, float]], *more: dict[str, Any]) -> dict[str, Any]:
    """The reply of a server that hears well: segments, and words without their punctuation, as OpenAI sends them."""
    segments = [segment(text, *span) for (_, text), span in zip(SAID, spans, strict=True)]
    words = []
    for (_, text), (at, until) in zip(SAID, spans, strict=True):
        bare = text.rstrip(".").split()
        step = (until - at) / len(bare)
        words += [{"word": w, "start": at + i * step, "end": at + (i + 1) * step} for i, w in enumerate(bare)]
    return {"text": " ".join(text for _, text in SAID), "segments": [*segments, *more], "words": words}


def read(file: Path, seed: int = 5, **settings: Any) -> Readings:
    request = ReadRequest(names=(file.name,), digests=("0" * 64,), seed=seed)
    tool = reader.build(ToolSettings(**settings))
    return tool.read(request, Call(into=Path("/nonexistent"), inputs={"source:0": Input(file)}))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_GROWING", lambda state: 0.01)


# ---- through the endpoint -------------------------------------------------------------------------------------------


def test_speech_becomes_passages_with_seconds_and_speakers_and_without_private_names(talk: Any, file: Path) -> None:
    with serving(transcript=lambda sound: verbose(talk[1])) as server:
        readings = read(file, options={"transcribe_url": server.base_url})
    assert [passage.sense for passage in readings.passages] == ["heard"] * 3
    assert [passage.speaker for passage in readings.passages] == ["A", "B", "A"]
    for passage, (at, _) in zip(readings.passages, talk[1], strict=True):
        assert passage.seconds == pytest.approx(at, abs=0.05)
    assert readings.passages[0].text == SAID[0][1]
    told = readings.passages[1].text
    assert told.endswith("says it took twelve jelly doughnuts and a radio.")
    assert "Zofia" not in told
    assert "Brankovic" not in told
    assert readings.unheard == ()
    (call,) = server.to("/audio/transcriptions")
    assert call.body["model"] == "whisper-1"
    assert call.body["timestamp_granularities[]"] == ["word", "segment"]
    with wave.open(io.BytesIO(call.files["file"])) as sent:
        assert (sent.getframerate(), sent.getnchannels()) == (RATE, 1)
        assert sent.getnframes() == pytest.approx(len(talk[0]), abs=RATE // 50)


def test_a_model_that_gives_text_alone_is_sent_short_parts(talk: Any, file: Path) -> None:
    with serving(transcript=lambda sound: {"text": SAID[0][1]}, only_text=True) as server:
        readings = read(file, options={"transcribe_url": server.base_url, "transcribe_model": "gpt-4o-transcribe"})
    assert [passage.text for passage in readings.passages] == [SAID[0][1]]
    assert [call.body["response_format"] for call in server.to("/audio/transcriptions")] == ["verbose_json", "json"]


def test_what_was_invented_over_silence_is_no_passage(talk: Any, file: Path) -> None:
    length = len(talk[0]) / RATE
    invented = (
        segment("Thank you for watching!", length - 0.6, length - 0.1),
        segment("A man robs a bank.", 0.0, 0.4),  # silent there
        segment("The bank burns down.", 1.0, 2.0, no_speech_prob=0.95),
        segment("It burns again.", 1.0, 2.0, avg_logprob=-1.6),
        segment("No no no no no no no no.", 1.0, 2.0),
    )
    with serving(transcript=lambda sound: verbose(talk[1], *invented)) as server:
        readings = read(file, options={"transcribe_url": server.base_url})
    assert len(readings.passages) == 3
    assert "bank" not in " ".join(passage.text for passage in readings.passages)


def test_a_passing_failure_is_tried_again_and_asks_for_nothing_else(talk: Any, file: Path) -> None:
    policy = in_turn("rate_limited", "server_error", "wrong_shape")
    with serving(transcript=lambda sound: verbose(talk[1]), policy=policy) as server:
        readings = read(file, options={"transcribe_url": server.base_url})
    assert len(readings.passages) == 3
    assert [call.reply for call in server.calls] == ["rate_limited", "server_error", "wrong_shape", "ok"]


@pytest.mark.parametrize(
    ("policy", "why"),
    [(always("quota"), "quota"), (always("server_error"), "503"), (always("refused"), "refused"),
     (always("html"), "no JSON")],
)  # fmt: skip
def test_a_server_that_fails_leaves_the_source_unheard_and_says_why(file: Path, policy: Policy, why: str) -> None:
    with serving(policy=policy) as server:
        readings = read(file, options={"transcribe_url": server.base_url})
    assert readings.passages == ()
    assert readings.unheard == ("talk.wav",)
    (remark,) = readings.remarks
    assert remark.startswith("'talk.wav' was not heard.")
    assert why in remark


def test_nobody_there_leaves_it_unheard(file: Path) -> None:
    readings = read(file, options={"transcribe_url": "http://127.0.0.1:9/v1"})
    assert readings.unheard == ("talk.wav",)
    assert "nobody answers" in readings.remarks[0]


def test_a_refused_key_stops_and_is_named_nowhere(file: Path) -> None:
    with serving(policy=always("unauthorized")) as server, pytest.raises(BackendUnavailable) as stopped:
        read(file, options={"transcribe": "openai"}, base_url=server.base_url, keys={"openai": KEY})
    assert KEY not in str(stopped.value)
    assert server.calls[0].authorization == f"Bearer {KEY}"


def test_the_persons_key_goes_to_its_own_server_only(talk: Any, file: Path) -> None:
    with serving(transcript=lambda sound: verbose(talk[1])) as own, serving() as other:
        read(file, options={"transcribe_url": other.base_url}, base_url=own.base_url, keys={"openai": KEY})
        asked = {"transcribe_url": other.base_url, "transcribe_send_key": True}
        read(file, options=asked, base_url=own.base_url, keys={"openai": KEY})
    assert own.calls == []
    assert [call.authorization for call in other.calls] == ["", f"Bearer {KEY}"]


def test_long_sounds_are_sent_in_parts_cut_where_it_is_quiet() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, RATE * 70).astype(np.float32)
    noise[RATE * 25 : RATE * 25 + RATE // 2] = 0
    noise[RATE * 50 : RATE * 50 + RATE // 2] = 0
    spans = list(openai_ear.parts(noise, 30))
    assert spans[0][0] == 0
    assert spans[-1][1] == len(noise)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(spans))
    assert all(b - a <= 30 * RATE for a, b in spans)
    for (_, stop), silence in zip(spans, (25, 50), strict=False):
        assert silence <= stop / RATE <= silence + 0.5


def test_only_the_first_minutes_are_heard_and_that_is_said(talk: Any, file: Path) -> None:
    heard: list[float] = []

    def transcript(sound: bytes) -> dict[str, Any]:
        with wave.open(io.BytesIO(sound)) as sent:
            heard.append(sent.getnframes() / RATE)
        return {"text": "", "segments": []}

    with serving(transcript=transcript) as server:
        readings = read(file, options={"transcribe_url": server.base_url, "hear_minutes": 0.05})
    assert heard == [pytest.approx(3.0, abs=0.05)]
    assert any("first 0.05 minutes" in remark for remark in readings.remarks)


# ---- who is asked ---------------------------------------------------------------------------------------------------


def test_without_whisper_and_endpoint_nobody_hears_and_nothing_is_made_up(file: Path) -> None:
    readings = read(file)
    assert readings.passages == ()
    assert readings.unheard == ("talk.wav",)
    assert ear_of(ToolSettings()) is None
    assert read(file, options={"transcribe": "none"}).unheard == ("talk.wav",)


def test_a_way_that_is_not_there_is_refused_in_a_sentence() -> None:
    for options in ({"transcribe": "parrot"}, {"transcribe": "openai", "transcribe_url": "ftp://x"}):
        with pytest.raises(BackendUnavailable):
            reader.build(ToolSettings(options=options))
    with pytest.raises(BackendUnavailable, match="hear_minutes"):
        reader.build(ToolSettings(options={"hear_minutes": "all"}))


def test_whoever_hears_is_part_of_the_readers_version_and_readiness() -> None:
    with serving() as server:
        tool = reader.build(ToolSettings(options={"transcribe_url": server.base_url}))
        assert tool.info.outside
        assert "whisper-1" in tool.info.version
        assert tool.readiness().ready
        none = reader.build(ToolSettings(options={"transcribe_url": server.base_url, "transcribe_model": "ear-9"}))
        assert not none.readiness().ready
    plain = reader.build(ToolSettings(options={"transcribe": "none"}))
    assert not plain.info.outside
    assert plain.info.version != tool.info.version
    assert not tool.readiness().ready  # the server is gone


# ---- inventions, sounds, turns --------------------------------------------------------------------------------------

LOUD = np.random.default_rng(3).normal(0, 0.1, RATE * 40).astype(np.float32)


def kept(*texts: str, **more: float) -> list[str]:
    pieces = [Piece(text, 3.0 * n, 3.0 * n + 2.5, **more) for n, text in enumerate(texts)]
    return [piece.text for piece in without_phantoms(pieces, LOUD, RATE)]


@pytest.mark.parametrize(
    "text",
    ["Thanks for watching!", "Thank you very much for watching, see you.", "Subtitles by the Amara.org community",
     "Please subscribe to my channel.", "you", "Untertitel im Auftrag des ZDF", "Sous-titrage ST' 501", "♪ ♪",
     "[Music]", "(applause)", "la la la la", "I think I think I think I think I think so.", "..."],
)  # fmt: skip
def test_known_inventions_are_dropped(text: str) -> None:
    assert kept(text) == []


@pytest.mark.parametrize(
    "text",
    ["Thank you for the doughnuts.", "You can subscribe to the newsletter of the police.", "Hands up.",
     "Oh, it bit me.", "No, no, put it down.", "He said thanks and left."],
)  # fmt: skip
def test_talk_that_sounds_a_little_like_them_is_kept(text: str) -> None:
    assert kept(text) == [text]


def test_a_sentence_that_comes_three_times_in_a_row_is_a_loop_and_twice_is_not() -> None:
    assert kept("Stop the car.", "Get out now.", "Get out now!", "get out now", "Where is it?") == [
        "Stop the car.", "Where is it?",
    ]  # fmt: skip
    assert len(kept("Get out now.", "Get out now.", "Where is it?")) == 3


def test_labels_of_sounds_are_sounds_and_no_talk() -> None:
    assert sound_named("[dog barking]") == "Dog barking can be heard."
    assert sound_named("(glass breaks)") == "Glass breaks can be heard."
    assert sound_named("[Music]") == ""
    assert sound_named("The dog barks.") == ""


@pytest.mark.parametrize(
    ("voices", "speakers"),
    [(("en-us",), "AAAA"), (("en-us+f3",), "AAAA"), (("en-us+m3",), "AAAA"), (("en-us", "en-us+f3"), "ABAB"),
     (("en-us+f2", "en-us+m1"), "ABAB")],
)  # fmt: skip
def test_voices_are_told_apart_by_pitch_and_spectrum(voices: tuple[str, ...], speakers: str) -> None:
    texts = [text for _, text in SAID] + ["My neighbour called the police right away."]
    words, parts, at = [], [], 0.0
    for number, text in enumerate(texts):
        sound = spoken(voices[number % len(voices)], text)
        words.append(Word(text, at, at + len(sound) / RATE))
        parts += [sound, np.zeros(RATE // 3, np.float32)]
        at += len(sound) / RATE + 1 / 3
    assert "".join(who_speaks(words, np.concatenate(parts), RATE)) == speakers


def test_no_sentence_has_two_speakers_and_words_without_times_are_spread() -> None:
    words = timed(Piece("I saw it. Did you? Yes.", 10.0, 16.0))
    assert [word.text for word in words] == ["I", "saw", "it.", "Did", "you?", "Yes."]
    assert words[0].at == 10
    assert words[-1].until == pytest.approx(16)
    found = sentences(words, "AAABBA")
    assert [(one.text, one.speaker) for one in found] == [("I saw it.", "A"), ("Did you?", "B"), ("Yes.", "A")]
    assert [one.seconds for one in found] == sorted(one.seconds for one in found if one.seconds is not None)
