"""Voices of a speech endpoint: whatever it sends becomes a line with times, and each failure a class of ours."""

import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import signal

from episodes.cast import VoiceCast
from episodes.errors import (
    BackendDown,
    BackendUnavailable,
    MediaBroken,
    RequestRejected,
    ToolError,
    TransientToolError,
)
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from tests.servers.openai_media import KEY, Reply, Server, always, serving, wav_of
from tools import ffmpeg, registry
from tools.protocols import Call, ToolSettings
from tools.sound import wav
from tools.voice import espeak
from tools.voice.delivery import manner
from tools.voice.hearing import median_pitch
from tools.voice.openai_speech import ENGINE, OpenAISpeech, suits

LINE = "Copy that, four Adam ten is at the doughnut shop. The goose has a lawyer."
VOICES = {"af_bella": "en-us+f3", "am_adam": "en-us+m3", "nova": "en-us+f2"}


def say(body: dict[str, Any], rate: int = 24_000) -> np.ndarray:
    """Speak as asked: with the voice and at the speed."""
    said = manner(VoiceCast(engine="espeak-ng", variant="x", words_per_minute=160), "calm", 1)
    pace = float(body.get("speed", 1.0))
    made = espeak.synthesise(body["input"], VOICES.get(body["voice"], "en-us"), said, espeak.USUAL_PACE / pace)
    return np.asarray(signal.resample(made.samples, round(len(made.samples) * rate / made.rate)))


def as_wav(body: dict[str, Any]) -> tuple[bytes, str]:
    return wav_of(say(body), 24_000), "audio/wav"


def as_endless_wav(body: dict[str, Any]) -> tuple[bytes, str]:
    """A stream whose header was written before anybody knew its length, as Kokoro-FastAPI sends it."""
    made = bytearray(wav_of(say(body), 24_000))
    made[4:8] = made[40:44] = b"\xff\xff\xff\xff"
    return bytes(made), "audio/wav"


def as_pcm(body: dict[str, Any]) -> tuple[bytes, str]:
    return (np.clip(say(body), -1, 1) * 32_767).astype("<i2").tobytes(), "audio/pcm"


def encoded(body: dict[str, Any], form: str, kind: str) -> tuple[bytes, str]:
    command = [ffmpeg.executable(), "-v", "error", "-i", "pipe:0", "-f", form, "pipe:1"]
    made = subprocess.run(command, input=wav_of(say(body), 24_000), capture_output=True, check=True)
    return made.stdout, kind


FORMS = {
    "wav": as_wav,
    "endless wav": as_endless_wav,
    "pcm": as_pcm,
    "mp3": lambda body: encoded(body, "mp3", "audio/mpeg"),
    "mp3 that calls itself wav": lambda body: encoded(body, "mp3", "audio/wav"),
    "flac": lambda body: encoded(body, "flac", "audio/flac"),
    "opus": lambda body: encoded(body, "ogg", "application/octet-stream"),
}


def tool(base_url: str, settings: dict[str, Any] | None = None, **more: Any) -> OpenAISpeech:
    options = {"openai": {"base_url": base_url, "model": "kokoro", **more}}
    made = registry.factory("voice", "openai")(ToolSettings(options=options, **(settings or {})))
    assert isinstance(made, OpenAISpeech)
    return made


def request(text: str = LINE, **more: Any) -> SpeakRequest:
    voice = VoiceCast(engine=ENGINE, variant="af_bella")
    asked: dict[str, Any] = {"text": text, "voice": voice, "delivery": "calm", "language": "en", "reading": 1}
    return SpeakRequest.model_validate(asked | more)


def speak(server: Server, folder: Path, **more: Any) -> tuple[SpokenLine, wav.Samples]:
    folder.mkdir(parents=True, exist_ok=True)
    line = tool(server.base_url).speak(request(**more), Call(into=folder))
    return line, wav.read_mono(folder / "line.wav", 48_000)


# ---- lines ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_whatever_form_it_sends_is_a_line_with_words_and_sounds_in_their_places(tmp_path: Path, form: str) -> None:
    with serving(speak=FORMS[form]) as server:
        line, samples = speak(server, tmp_path)
    assert [word.text for word in line.words] == LINE.replace(",", "").replace(".", "").split()
    assert float(line.seconds) == pytest.approx(len(samples) / 48_000, abs=0.001)
    assert 3 < float(line.seconds) < 9
    # Between the sentences nothing is heard, and "The" begins after that.
    level = np.sqrt(np.convolve(samples**2, np.ones(960) / 960, "same"))
    shop, the = line.words[9], line.words[10]
    quiet = level[round((shop.at + shop.seconds + 0.1) * 48_000) : round((the.at - 0.1) * 48_000)]
    assert len(quiet) == 0 or quiet.max() < 0.2 * level.max()
    assert level[round(the.at * 48_000) : round((the.at + 0.3) * 48_000)].max() > 0.15 * level.max()
    assert {"m", "b", "p"} & {sound.symbol for sound in line.phonemes}
    assert len(line.starts) == len(LINE.split())
    (call,) = server.to("/audio/speech")
    assert call.body["response_format"] == "wav"
    assert call.body["voice"] == "af_bella"
    assert "instructions" not in call.body


def test_pace_pitch_and_delivery_are_asked_for(tmp_path: Path) -> None:
    slow = VoiceCast(engine=ENGINE, variant="am_adam", words_per_minute=110)
    fast = VoiceCast(engine=ENGINE, variant="am_adam", words_per_minute=190)
    low = VoiceCast(engine=ENGINE, variant="am_adam", pitch=20)
    with serving(speak=as_wav) as server:
        line, samples = speak(server, tmp_path / "a", voice=slow)
        quick, _ = speak(server, tmp_path / "b", voice=fast)
        _, deep = speak(server, tmp_path / "c", voice=low)
        told = tool(server.base_url, instructions=True)
        (tmp_path / "d").mkdir()
        told.speak(request(delivery="sad"), Call(into=tmp_path / "d"))
    speeds = [call.body["speed"] for call in server.to("/audio/speech")]
    assert speeds[0] < speeds[1]
    assert line.seconds > quick.seconds * 13 / 10
    assert median_pitch(deep, 48_000) < 0.93 * median_pitch(samples, 48_000)
    assert "sad" in server.to("/audio/speech")[-1].body["instructions"].lower()


def test_a_line_too_quick_to_read_is_played_slower_and_paid_once(tmp_path: Path) -> None:
    def hasty(body: dict[str, Any]) -> tuple[bytes, str]:
        return wav_of(say(body | {"speed": 1.6}), 24_000), "audio/wav"

    with serving(speak=hasty) as server:
        line, _ = speak(server, tmp_path)
    assert len(server.to("/audio/speech")) == 1
    assert float(line.seconds) >= len(LINE) / 17
    assert line.words[-1].at < float(line.seconds)


def test_fields_that_a_strict_server_does_not_know_are_left_out(tmp_path: Path) -> None:
    with serving(speak=as_wav, unknown_fields=("instructions", "speed")) as server:
        made = tool(server.base_url, instructions=True)
        made.speak(request(), Call(into=tmp_path))
    assert set(server.to("/audio/speech")[-1].body) == {"model", "input", "voice", "response_format"}


# ---- failures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "raised"),
    [
        ("unauthorized", BackendUnavailable), ("no_model", BackendUnavailable), ("redirect", BackendUnavailable),
        ("quota", BackendDown), ("rate_limited", TransientToolError), ("server_error", TransientToolError),
        ("hang", TransientToolError), ("refused", RequestRejected), ("empty", MediaBroken), ("truncated", MediaBroken),
        ("html", MediaBroken), ("wrong_shape", MediaBroken),
    ],
)  # fmt: skip
def test_each_failure_has_its_class_and_a_sentence_without_the_key(
    tmp_path: Path, reply: Reply, raised: type[ToolError]
) -> None:
    with serving(speak=as_wav, policy=always(reply)) as server:
        settings = {"base_url": server.base_url, "keys": {"openai": KEY}}
        made = tool(server.base_url, settings, seconds=0.5 if reply == "hang" else 20)
        with pytest.raises(ToolError) as failed:
            made.speak(request(), Call(into=tmp_path))
    assert type(failed.value) is raised
    said = str(failed.value)
    assert KEY not in said
    assert KEY[3:10] not in said
    assert "\n" not in said
    assert said.endswith((".", "?"))
    assert server.calls[0].authorization == f"Bearer {KEY}"
    assert KEY not in repr(made.__dict__)
    assert list(tmp_path.iterdir()) == []


def test_a_wait_that_was_asked_for_is_passed_on(tmp_path: Path) -> None:
    with serving(policy=always("rate_limited")) as server, pytest.raises(TransientToolError) as failed:
        tool(server.base_url).speak(request(), Call(into=tmp_path))
    assert failed.value.retry_after == 0


def test_nobody_there_is_down_and_silence_is_no_line(tmp_path: Path) -> None:
    with pytest.raises(BackendDown, match="nobody answers"):
        tool("http://127.0.0.1:9/v1").speak(request(), Call(into=tmp_path))
    silent = lambda body: (wav_of(np.zeros(24_000), 24_000), "audio/wav")  # noqa: E731
    with serving(speak=silent) as server, pytest.raises(MediaBroken):
        speak(server, tmp_path)


def test_a_playlist_is_no_sound_and_opens_nothing(tmp_path: Path) -> None:
    trap = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/hostname\n"
    for content in (trap, b"RIFF" + trap):
        with serving(speak=lambda body, c=content: (c, "audio/wav")) as server, pytest.raises(MediaBroken):
            speak(server, tmp_path)


def test_another_engines_voice_is_the_persons_to_recast(tmp_path: Path) -> None:
    other = request(voice=VoiceCast(engine="bark", variant="v2/en_speaker_1"))
    with pytest.raises(BackendUnavailable, match="recast"):
        tool("http://127.0.0.1:9/v1").speak(other, Call(into=tmp_path))


# ---- voices ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "pronoun"),
    [("af_bella", "she"), ("bm_george", "he"), ("nova", "she"), ("onyx", "he"), ("alloy", "they"),
     ("en-female-2", "she"), ("Speaker_M", "he"), ("narrator", "they")],
)  # fmt: skip
def test_a_name_tells_the_pronoun_where_it_can(name: str, pronoun: str) -> None:
    assert suits(name) == pronoun


def test_voices_are_those_named_else_those_listed_else_openais() -> None:
    named = tool("http://127.0.0.1:9/v1", voices=["nova", "gravel=he", "bf_emma", "jf_alpha"])
    assert [(o.variant, o.suits) for o in named.offers("en-GB")] == [
        ("nova", "she"),
        ("gravel", "he"),
        ("bf_emma", "she"),
    ]
    assert "jf_alpha" in [offer.variant for offer in named.offers("ja")]
    with serving(voices=("af_bella", "am_adam", "zf_xiaobei", "af_bella+af_sky")) as server:
        assert [offer.variant for offer in tool(server.base_url).offers("en")] == ["af_bella", "am_adam"]
    with serving() as server:
        assert "onyx" in [offer.variant for offer in tool(server.base_url).offers("en")]
    for wrong in (["nova=it"], "nova", [7]):
        with pytest.raises(BackendUnavailable):
            tool("http://127.0.0.1:9/v1", voices=wrong)


def test_readiness_says_what_is_missing_without_making_anything() -> None:
    with serving(models=("kokoro",)) as server:
        assert tool(server.base_url).readiness().ready
        missing = tool(server.base_url, model="bark-9").readiness()
        assert not missing.ready
        assert "bark-9" in missing.what
    with serving(models=()) as server:
        assert tool(server.base_url).readiness().ready  # it has no list
    assert [call.path for call in server.calls] == ["/v1/models"]
    assert not tool("http://127.0.0.1:9/v1").readiness().ready
    keyless = registry.factory("voice", "openai")(ToolSettings())
    assert isinstance(keyless, OpenAISpeech)
    assert "OPENAI_API_KEY" in keyless.readiness().what


def test_another_model_or_server_is_another_version() -> None:
    versions = {
        tool("http://127.0.0.1:9/v1").info.version, tool("http://127.0.0.1:8/v1").info.version,
        tool("http://127.0.0.1:9/v1", model="other").info.version,
    }  # fmt: skip
    assert len(versions) == 3
    assert tool("http://127.0.0.1:9/v1").info == tool("http://127.0.0.1:9/v1").info
    assert tool("http://127.0.0.1:9/v1", price_per_call=0.01).info.price_per_call == 0.01
