"""Bark's adapter through transformers itself, with a model of random weights."""

from pathlib import Path

import numpy as np
import pytest

from episodes.cast import VoiceCast
from episodes.errors import BackendUnavailable, MediaBroken
from episodes.results import SpokenLine
from tests.local.conftest import Models, line, made_by
from tools.local.held import held
from tools.protocols import Option, ToolSettings
from tools.shelf import Artefact
from tools.sound import wav
from tools.voice.bark import build
from tools.voice.speaking import Utterance

GOOSE = "10-4, a goose is at the bank."


def options(models: Models, **more: Option) -> dict[str, Option]:
    return {"bark": {"model": str(models.bark), "device": "cpu", "ear": "none", **more}}


def spoken(made: Artefact) -> SpokenLine:
    assert isinstance(made.result, SpokenLine)
    return made.result


def test_a_line_is_spoken_timed_and_kept_as_every_engine_does(models: Models, tmp_path: Path) -> None:
    made = made_by("voice", "bark", options(models), line(GOOSE), tmp_path)
    samples, rate = wav.read(made.file("line.wav"))
    result = spoken(made)
    assert samples.shape[1] == 1
    assert (rate, len(samples)) == (48_000, result.seconds * 48_000)
    assert [word.text for word in result.words][:4] == ["ten", "four", "a", "goose"]
    assert len(result.starts) == len(GOOSE.split())
    assert {sound.symbol for sound in result.phonemes} > {"t", "f", "g"}
    assert result.heard is None


def test_a_seed_comes_from_the_request(models: Models, tmp_path: Path) -> None:
    def sound(name: str, **changes: object) -> bytes:
        request = line(GOOSE, **changes)  # type: ignore[arg-type]
        return made_by("voice", "bark", options(models), request, tmp_path / name).file("line.wav").read_bytes()

    first = sound("one")
    assert sound("again") == first
    assert sound("other reading", reading=2) != first
    assert sound("other voice", preset="v2/en_speaker_9") != first


def test_a_long_line_is_said_in_pieces(models: Models, tmp_path: Path) -> None:
    sentence = "The goose walked in, asked for a loan and sat down on the counter. "
    one = spoken(made_by("voice", "bark", options(models), line(sentence), tmp_path / "one"))
    # 52 words are more than one piece may have; the tiny model says the same length whatever it is given.
    four = spoken(made_by("voice", "bark", options(models), line(sentence * 4), tmp_path / "four"))
    assert four.seconds > 1.7 * one.seconds
    assert len(four.words) >= 4 * 12


def test_a_line_is_heard_and_says_how_well(models: Models, tmp_path: Path) -> None:
    made = made_by("voice", "bark", options(models, ear=str(models.whisper), tries=2), line("Goose."), tmp_path)
    # A Whisper of random weights writes gibberish: the word is not among it.
    assert (spoken(made).heard or 0) >= 1


def test_parts_of_the_configuration_that_came_as_objects_are_mended(models: Models, tmp_path: Path) -> None:
    from transformers.models.bark.generation_configuration_bark import BarkSemanticGenerationConfig

    from tools.local.device import chosen
    from tools.voice import bark_model

    loaded = bark_model.load(str(models.bark), chosen("cpu", "Bark"), "", "")
    config = loaded._model.generation_config
    config.semantic_config = BarkSemanticGenerationConfig(**config.semantic_config)
    with pytest.raises(MediaBroken, match="Bark failed"):
        loaded.say("Goose.", "v2/en_speaker_6", 1)
    bark_model._mended(loaded._model)
    samples, rate = loaded.say("Goose.", "v2/en_speaker_6", 1)
    assert rate == 24_000
    assert np.isfinite(samples).all()
    assert samples.std() > 0


def test_weights_are_loaded_once(models: Models, tmp_path: Path) -> None:
    from tools.local import held as holding

    made_by("voice", "bark", options(models), line("Goose."), tmp_path / "one")
    before = dict(holding._HELD)
    made_by("voice", "bark", options(models), line("Another goose."), tmp_path / "two")
    assert dict(holding._HELD) == before
    assert held(next(iter(before)), lambda: None) is not None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"device": ""}, "needs a GPU"),
        ({"device": "cuda:7"}, "no GPU 'cuda:7'"),
        ({"device": "toaster"}, "is no device"),
        ({"dtype": "float7"}, "is no type of numbers"),
        ({"model": "/nowhere/bark"}, "could not be loaded"),
        ({"ear": "/nowhere/ear.pt"}, "are not there"),
        ({"ear": "enormous"}, "Whisper has no model 'enormous'"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(
    models: Models, tmp_path: Path, changes: dict[str, Option], sentence: str
) -> None:
    with pytest.raises(BackendUnavailable, match=sentence) as caught:
        made_by("voice", "bark", options(models, **changes), line("Goose."), tmp_path)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_preset_that_is_not_there_is_named(models: Models, tmp_path: Path) -> None:
    with pytest.raises(BackendUnavailable, match="no preset 'v2/xx_speaker_1'"):
        made_by("voice", "bark", options(models), line("Goose.", preset="v2/xx_speaker_1"), tmp_path)


def test_a_voice_of_another_engine_is_not_taken_for_its_own(models: Models, tmp_path: Path) -> None:
    request = line("Goose.").model_copy(update={"voice": VoiceCast(engine="flite", variant="rms")})
    with pytest.raises(BackendUnavailable, match="only Bark is asked"):
        made_by("voice", "bark", options(models), request, tmp_path)


def test_readiness_says_where_the_weights_are(models: Models) -> None:
    def readiness(**more: Option) -> tuple[bool, str]:
        found = build(ToolSettings(name="bark", options=options(models, **more))).readiness()
        return found.ready, found.what

    assert readiness() == (True, f"Bark by transformers on the processor; the weights of {models.bark} are here.")
    assert readiness(model="/nowhere") == (
        False,
        "Bark by transformers on the processor; there are no weights in /nowhere.",
    )
    assert "Whisper's small.en listens and is fetched at the first line" in readiness(ear="")[1]
    assert f"Whisper's {models.whisper} listens and is here" in readiness(ear=str(models.whisper))[1]
    ready, what = readiness(model="suno/bark")
    assert ready
    assert "(about 4.5 GB) are fetched at the first call" in what
    assert readiness(device="")[0] is False


def test_a_caption_that_could_not_be_read_has_the_line_stretched_and_not_made_anew(models: Models) -> None:
    from tools.voice.bark_speech import Speech
    from tools.voice.delivery import manner

    said: list[int] = []

    def say(text: str, seed: int) -> tuple[np.ndarray, int]:
        said.append(seed)
        time = np.arange(24_000) / 24_000
        return np.asarray(0.3 * np.sin(2 * np.pi * 200 * time), np.float32), 24_000

    speech = Speech(line(GOOSE), say, None, 1)
    calm = manner(line(GOOSE).voice, "calm", 1)
    usual: Utterance = speech(GOOSE, calm)
    from dataclasses import replace

    slower = speech(GOOSE, replace(calm, words_per_minute=calm.words_per_minute * 0.7))
    assert len(said) == 1
    assert len(slower.samples) / len(usual.samples) == pytest.approx(1 / 0.7, rel=0.05)
    # It is as high as before: stretched, not played slower.
    assert _pitch(slower) == pytest.approx(_pitch(usual), rel=0.03)


def _pitch(given: Utterance) -> float:
    from tools.voice.hearing import median_pitch

    return median_pitch(given.samples, given.rate)
