"""MusicGen's adapter through transformers itself, with models of random weights."""

from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest

from episodes.errors import BackendUnavailable
from episodes.requests import ComposeRequest, Silence
from episodes.results import ComposedCue
from episodes.theme import found_theme
from tests.local.conftest import Models, made_by
from tools.music.musicgen import build
from tools.protocols import Option, ToolSettings
from tools.sound import wav
from tools.sound.loudness import loudness

RATE = 48_000


def cue(**changes: object) -> ComposeRequest:
    values: dict[str, object] = {
        "mood": "comedy", "seconds": F(7), "tail": F(1, 2), "tempo": 100, "key": "D minor",
        "theme": found_theme("Night Shift"), "seed": 3,
    }  # fmt: skip
    return ComposeRequest.model_validate(values | changes)


def options(model: Path, **more: Option) -> dict[str, Option]:
    return {"musicgen": {"model": str(model), "device": "cpu", "window": 4, "overlap": 1, **more}}


def heard(
    models: Models, folder: Path, request: ComposeRequest, *, melody: bool = False, stereo: bool = False
) -> wav.Samples:
    made = made_by("music", "musicgen", options(models.musicgen(melody=melody, stereo=stereo)), request, folder)
    assert made.result == ComposedCue(seconds=request.seconds + request.tail)
    samples, rate = wav.read(made.file("music.wav"))
    assert rate == RATE
    return samples


@pytest.mark.parametrize("kind", [{}, {"melody": True}, {"stereo": True}])
def test_a_cue_longer_than_a_window_has_its_length_and_loudness(
    models: Models, tmp_path: Path, kind: dict[str, bool]
) -> None:
    sound = heard(models, tmp_path, cue(), **kind)
    assert sound.shape == (7.5 * RATE, 2)
    assert loudness(sound) == pytest.approx(-17, abs=0.7)
    # Every second of it is played, those of the second and third window too.
    for second in range(7):
        assert np.abs(sound[second * RATE : (second + 1) * RATE]).max() > 0.01


def test_nothing_is_heard_where_the_music_stops(models: Models, tmp_path: Path) -> None:
    sound = heard(models, tmp_path, cue(stops=(Silence(at=F(2), until=F(3)),)))
    assert np.abs(sound[round(2.03 * RATE) : round(2.97 * RATE)]).max() == 0
    assert np.abs(sound[round(3.1 * RATE) : round(3.4 * RATE)]).max() > 0.01


def test_the_seed_decides(models: Models, tmp_path: Path) -> None:
    first = heard(models, tmp_path / "one", cue(seconds=F(2)))
    assert np.array_equal(first, heard(models, tmp_path / "again", cue(seconds=F(2))))
    assert not np.array_equal(first, heard(models, tmp_path / "other", cue(seconds=F(2), seed=4)))


def test_the_next_window_goes_on_from_the_one_before(models: Models) -> None:
    from tools.local.device import chosen
    from tools.music.musicgen_model import load

    model = load(str(models.musicgen()), chosen("cpu", "MusicGen"), "", "")
    asked = {**model._tokenizer(["goose"], return_tensors="pt")}
    import torch

    with torch.inference_mode():
        torch.manual_seed(1)
        first = model._window(asked, np.zeros((0, 1), np.float32), 2.0, 3.0)
        after = model._window(asked, first[-model.rate :], 2.0, 3.0)
    assert len(after) == pytest.approx(2 * model.rate, rel=0.05)
    # What it begins with is what it was given, as far as the codec keeps it: the very tokens are its own.
    assert np.array_equal(model._codes(after)[:, :70], model._codes(after[: model.rate])[:, :70])


def test_the_melody_model_is_given_the_shows_tune(models: Models, tmp_path: Path) -> None:
    """The tune is all that differs between two cues of one prompt and seed: so it reaches the model."""
    theme = found_theme("Night Shift")
    turned = theme.model_copy(
        update={"notes": tuple(note.model_copy(update={"degree": note.degree + 3}) for note in theme.notes)}
    )
    sounds = [
        heard(models, tmp_path / str(number), cue(seconds=F(2), theme=each), melody=True)
        for number, each in enumerate((theme, turned))
    ]
    assert not np.array_equal(*sounds)


def test_mistakes_in_the_settings_are_said(models: Models, tmp_path: Path) -> None:
    with pytest.raises(BackendUnavailable, match="at most half of its window"):
        build(ToolSettings(name="musicgen", options=options(tmp_path, overlap=3)))
    with pytest.raises(BackendUnavailable, match=r"'modle' of \[music.musicgen\]"):
        build(ToolSettings(name="musicgen", options={"musicgen": {"modle": "x"}}))
    with pytest.raises(BackendUnavailable, match="could not be loaded"):
        made_by("music", "musicgen", options(tmp_path / "nowhere"), cue(), tmp_path)
    with pytest.raises(BackendUnavailable, match="needs a GPU"):
        made_by("music", "musicgen", options(models.musicgen(), device=""), cue(), tmp_path)
