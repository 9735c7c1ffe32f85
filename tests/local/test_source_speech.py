"""Hearing sources runs through the real Whisper library: here with a tiny model of random weights, made on the spot."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
whisper = pytest.importorskip("whisper")

from episodes.errors import BackendUnavailable  # noqa: E402
from episodes.requests import ReadRequest  # noqa: E402
from tools.protocols import Call, Input, ToolSettings  # noqa: E402
from tools.sound import wav  # noqa: E402
from tools.sources import reader  # noqa: E402
from tools.sources.phantoms import without_phantoms  # noqa: E402
from tools.sources.speech import RATE, ear_of  # noqa: E402
from tools.sources.whisper_ear import WhisperEar  # noqa: E402


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Whisper of 1.7 million random numbers, in a file of its own kind."""
    torch.manual_seed(7)
    sizes = whisper.model.ModelDimensions(80, 1500, 32, 2, 1, 51865, 448, 32, 2, 1)
    model = whisper.model.Whisper(sizes)
    # The library leaves these to whatever lay in memory, now and then no number at all.
    torch.nn.init.normal_(model.decoder.positional_embedding, std=0.02)
    path = tmp_path_factory.mktemp("whisper") / "tiny.pt"
    torch.save({"dims": sizes.__dict__, "model_state_dict": model.state_dict()}, path)
    return path


@pytest.fixture(scope="module")
def sound() -> np.ndarray:
    """Three seconds of noise that comes and goes like syllables."""
    chance, times = np.random.default_rng(4), np.arange(3 * RATE) / RATE
    return np.asarray(chance.normal(0, 0.1, 3 * RATE) * (np.sin(9 * times) > 0), np.float32)


@pytest.mark.filterwarnings("ignore")
def test_the_real_library_hears_the_same_each_time_with_times_and_its_doubts(weights: Path, sound: np.ndarray) -> None:
    ear = WhisperEar(str(weights), "cpu")
    pieces = ear.hear(sound)
    assert pieces
    # Its sums differ in the last places from run to run, and random numbers have many near ties: words, not digits.
    assert [piece.text[:8] for piece in pieces] == [piece.text[:8] for piece in ear.hear(sound)]
    for piece in pieces:
        assert 0 <= piece.at <= piece.until <= 31
        assert 0 <= piece.no_speech <= 1
        assert piece.certainty < 0
        assert piece.compression > 0
        assert all(word.text and word.until >= word.at for word in piece.words)
    assert any(piece.words for piece in pieces)


@pytest.mark.filterwarnings("ignore")
def test_what_random_weights_say_is_no_fact(weights: Path, sound: np.ndarray, tmp_path: Path) -> None:
    pieces = WhisperEar(str(weights), "cpu").hear(sound)
    assert without_phantoms(pieces, sound, RATE) == ()
    wav.write(tmp_path / "a.wav", sound, RATE)
    settings = ToolSettings(options={"whisper_model": str(weights), "whisper_device": "cpu"})
    request = ReadRequest(names=("a.wav",), digests=("0" * 64,), seed=5)
    readings = reader.build(settings).read(request, Call(into=tmp_path, inputs={"source:0": Input(tmp_path / "a.wav")}))
    assert readings.passages == ()
    assert readings.unheard == ()
    assert "heard nobody speak" in readings.remarks[0]


def test_whisper_hears_where_it_is_installed_unless_the_person_says_otherwise() -> None:
    ear = ear_of(ToolSettings())
    assert isinstance(ear, WhisperEar)
    assert ear.name == "whisper base"
    assert ear_of(ToolSettings(options={"transcribe": "none"})) is None
    named = ear_of(ToolSettings(options={"transcribe": "openai", "transcribe_url": "http://127.0.0.1:9/v1"}))
    assert named is not None
    assert named.outside


def test_a_model_that_is_not_there_is_the_persons_to_see_to(tmp_path: Path, sound: np.ndarray) -> None:
    for name in ("enormous", str(tmp_path / "none.pt")):
        with pytest.raises(BackendUnavailable):
            WhisperEar(name, "cpu").hear(sound)
