"""Flite, festival and Piper, as far as they are here, and the back end that asks them all."""

import itertools
import json
import os
import stat
import sys
from pathlib import Path

import numpy as np
import pytest

from director import settings
from episodes.cast import VoiceCast
from episodes.errors import BackendUnavailable, MediaBroken
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.work import recipe_key
from tools import registry
from tools.protocols import Call, ToolSettings
from tools.sound import wav
from tools.voice import ensemble, festival, flite, piper, recorded
from tools.voice.hearing import median_pitch
from tools.voice.measured import offered
from tools.voice.pronouncing import word_starts

LINE = "Copy that, four Adam ten is at the doughnut shop. The goose has a lawyer."
WORDS = LINE.replace(",", "").replace(".", "").split()
SAID = [("flite", "rms"), ("flite", "slt"), ("festival", "cmu_us_slt_arctic_hts"), ("festival", "kal_diphone")]


def here(engine: str, variant: str) -> None:
    """Skip where an engine or its voice is not on this machine."""
    module = {"flite": flite, "festival": festival}[engine]
    if not recorded.program(engine):
        pytest.skip(f"{engine} is not installed (make engines)")
    if variant not in module.listed(recorded.program(engine)):
        pytest.skip(f"{engine} has no voice {variant} here (make engines)")


def say(folder: Path, engine: str, variant: str, text: str = LINE, **more: object) -> tuple[SpokenLine, wav.Samples]:
    folder.mkdir(parents=True, exist_ok=True)
    cast = VoiceCast(engine=engine, variant=variant)
    request = SpeakRequest(text=text, voice=cast, delivery="calm", language="en", reading=1)
    line = ensemble.build(ToolSettings()).speak(request.model_copy(update=more), Call(into=folder))
    return line, wav.read_mono(folder / "line.wav", 48_000)


def levels(samples: wav.Samples) -> np.ndarray:
    return np.sqrt(np.convolve(samples**2, np.ones(960) / 960, "same"))


@pytest.mark.parametrize(("engine", "variant"), SAID)
def test_words_and_sounds_lie_in_order_and_where_they_are_heard(tmp_path: Path, engine: str, variant: str) -> None:
    here(engine, variant)
    line, samples = say(tmp_path, engine, variant)
    assert [word.text for word in line.words] == WORDS
    for spans in (line.words, line.phonemes):
        assert all(span.at >= 0 and span.seconds >= 0 for span in spans)
        assert all(a.at + a.seconds <= b.at + 0.001 for a, b in itertools.pairwise(spans))
        assert spans[-1].at + spans[-1].seconds <= float(line.seconds) + 0.001
    # Between the two sentences nothing is heard, and "The" starts right after.
    shop, the = line.words[9], line.words[10]
    level = levels(samples)
    quiet = level[round((shop.at + shop.seconds + 0.04) * 48_000) : round((the.at - 0.02) * 48_000)]
    assert len(quiet) == 0 or quiet.max() < 0.1 * level.max()
    assert level[round(the.at * 48_000) : round((the.at + 0.25) * 48_000)].max() > 0.15 * level.max()
    assert {"m", "b", "p"} & {sound.symbol for sound in line.phonemes}


@pytest.mark.parametrize(("engine", "variant"), SAID)
def test_pitch_and_pace_are_those_of_the_cast_and_equal_requests_sound_equal(
    tmp_path: Path, engine: str, variant: str
) -> None:
    here(engine, variant)
    slow = VoiceCast(engine=engine, variant=variant, pitch=75, words_per_minute=120)
    calm, samples = say(tmp_path / "a", engine, variant)
    again, same = say(tmp_path / "b", engine, variant)
    slower, high = say(tmp_path / "c", engine, variant, voice=slow)
    assert calm == again
    assert np.array_equal(samples, same)
    assert float(slower.seconds / calm.seconds) == pytest.approx(155 / 120, rel=0.12)
    assert 12 * np.log2(median_pitch(high, 48_000) / median_pitch(samples, 48_000)) == pytest.approx(2.0, abs=0.9)


def test_words_begin_with_the_sounds_that_they_are_made_of() -> None:
    alone = {"the": ["dh", "ax"], "goose": ["g", "uw", "s"], "has": ["hh", "ae", "z"], "a": ["ey"]}
    sounds = ["pau", "dh", "iy", "g", "uw", "s", "hh", "ax", "z", "ax", "pau"]
    starts = word_starts("The goose has a.", sounds, lambda words: [alone[word.lower()] for word in words])
    assert starts == (("The", 1), ("goose", 3), ("has", 6), ("a", 9))


def test_an_equal_cast_has_an_equal_recipe_whatever_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = VoiceCast(engine="espeak-ng", variant="en-us+f5")
    request = SpeakRequest(text="Hello.", voice=cast, delivery="calm", language="en", reading=1)
    before = recipe_key(request, ensemble.build(ToolSettings()).info, {})
    monkeypatch.setenv("PATH", "")
    bare = ensemble.build(ToolSettings())
    assert recipe_key(request, bare.info, {}) == before
    assert {offer.engine for offer in bare.offers("en")} == {"espeak-ng"}


@pytest.mark.parametrize(
    ("engine", "variant", "what"),
    [("flite", "rms", "apt-get install flite"), ("festival", "kal_diphone", "apt-get install festival"),
     ("piper", "en_US-amy", "pip install piper-tts"), ("studio9", "x", "none of piper, festival, flite, espeak-ng")],
)  # fmt: skip
def test_a_new_line_of_a_voice_that_is_gone_says_what_to_install_or_to_recast(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, variant: str, what: str
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(piper.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(BackendUnavailable, match=what) as raised:
        say(tmp_path, engine, variant)
    assert "recast who speaks with it" in str(raised.value)
    assert not list(tmp_path.iterdir())


def test_voices_are_asked_from_all_engines_unless_one_is_named() -> None:
    chosen = settings.load({}, {}, Path("/nonexistent"))
    assert chosen.backend("voice") == "auto"
    assert set(registry.names("voice")) >= {"auto", "espeak", "flite", "festival", "piper"}


PIPER = """#!{python}
import json, sys, wave
import numpy as np
options = dict(zip(sys.argv[1::2], sys.argv[2::2]))
voice = json.load(open(options["--model"] + ".json"))
sentences = [s for s in sys.stdin.read().split(".") if s.strip()]
scale, rate, parts = float(options["--length_scale"]), voice["audio"]["sample_rate"], []
assert options["--noise_scale"] == options["--noise_w"] == "0"
for sentence in sentences:
    time = np.arange(int(rate * scale * 0.3 * len(sentence.split()))) / rate
    parts += [sum(np.sin(2 * np.pi * voice["hertz"] * n * time) / n for n in range(1, 9)), np.zeros(rate // 3)]
with wave.open(options["--output_file"], "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(rate)
    file.writeframes((np.concatenate(parts) * 6000).astype("<i2").tobytes())
"""


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two voices, and a program `piper` that hums as long as it would speak."""
    program = tmp_path / "bin" / "piper"
    program.parent.mkdir()
    program.write_text(PIPER.format(python=sys.executable))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    folder = tmp_path / "voices"
    folder.mkdir()
    for name, hertz in (("en_US-low", 110), ("en_US-high", 210), ("de_DE-other", 120)):
        (folder / f"{name}.onnx").write_bytes(b"onnx")
        described = {"espeak": {"voice": name[:2]}, "audio": {"sample_rate": 22050}, "hertz": hertz}
        (folder / f"{name}.onnx.json").write_text(json.dumps(described))
    (folder / "nameless.onnx").write_bytes(b"onnx")
    return folder


def test_pipers_voices_are_offered_first_each_for_whom_it_sounds_like(voices: Path) -> None:
    offers = ensemble.build(ToolSettings(options={"piper_voices": str(voices)})).offers("en")
    assert [(o.engine, o.variant, o.suits) for o in offers[:2]] == [
        ("piper", "en_US-high", "she"), ("piper", "en_US-low", "he"),
    ]  # fmt: skip
    assert offers[1].pitch_hz == pytest.approx(110, rel=0.02)
    assert offers[2].engine != "piper"
    assert [o.variant for o in piper.PiperVoice(voices).offers("de")] == ["de_DE-other"]


def test_pipers_words_and_mouths_stay_within_the_sentence_that_they_belong_to(voices: Path, tmp_path: Path) -> None:
    voice = piper.PiperVoice(voices)
    cast = VoiceCast(engine="piper", variant="en_US-low")
    request = SpeakRequest(
        text="The goose has a lawyer. So do we.", voice=cast, delivery="calm", language="en", reading=1
    )
    line = voice.speak(request, Call(into=tmp_path))
    assert [word.text for word in line.words] == ["The", "goose", "has", "a", "lawyer", "So", "do", "we"]
    level = levels(wav.read_mono(tmp_path / "line.wav", 48_000))
    silent = np.flatnonzero(level < 0.01 * level.max()) / 48_000
    middle = silent[(silent > 0.3) & (silent < float(line.seconds) - 0.3)]
    first, second = line.words[4], line.words[5]
    assert first.at + first.seconds <= middle.min() + 0.06
    assert second.at >= middle.max() - 0.06


def test_without_a_voice_there_is_no_piper_and_a_broken_one_is_not_offered(
    voices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert piper.PiperVoice(tmp_path / "nowhere").offers("en") == ()
    (voices / "en_US-broken.onnx").write_bytes(b"onnx")
    (voices / "en_US-broken.onnx.json").write_text(json.dumps({"espeak": {"voice": "en-us"}}))
    assert "en_US-broken" not in [o.variant for o in piper.PiperVoice(voices).offers("en")]
    with pytest.raises(MediaBroken, match="Piper failed"):
        piper._asked("Hello.", voices / "en_US-broken.onnx", 1.0)


def test_the_folder_of_pipers_voices_comes_from_the_settings_or_the_environment(tmp_path: Path) -> None:
    (tmp_path / "director.toml").write_text('[voice]\npiper_voices = "mine"\n')
    assert settings.load({}, {}, tmp_path).options["voice"]["piper_voices"] == "mine"
    given = {"TENFOUR_PIPER_VOICES": "theirs"}
    assert settings.load({}, given, tmp_path).options["voice"]["piper_voices"] == "theirs"
    assert piper.build(ToolSettings())._folder == Path("~/.local/share/piper-voices").expanduser()


def test_only_voices_that_are_heard_are_in_the_offers() -> None:
    for engine in ("flite", "festival", "espeak-ng"):
        assert all(row.dry >= 0.95 for row in offered(engine))
    for offer in ensemble.build(ToolSettings()).offers("en"):
        assert offer.heard >= 0.95
