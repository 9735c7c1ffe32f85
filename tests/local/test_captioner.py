"""Looking on this machine runs through the real BLIP of transformers: here a tiny one of random weights."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from episodes.errors import BackendUnavailable, MediaBroken  # noqa: E402
from episodes.requests import ReadRequest  # noqa: E402
from tools import ffmpeg  # noqa: E402
from tools.protocols import Call, Input, ToolSettings  # noqa: E402
from tools.sources import reader  # noqa: E402
from tools.sources.captioner import Captioner  # noqa: E402
from tools.sources.looking import Frame, eye_of  # noqa: E402

WORDS = [
    "a", "the", "dog", "cat", "man", "woman", "box", "car", "sits", "stands", "on", "in", "under", "street", "shop",
    "raccoon", "eats", "bread", "red", "blue",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BLIP with two layers and a vocabulary of two dozen words, saved as the library saves one."""
    from transformers import BertTokenizer, BlipConfig, BlipForConditionalGeneration, BlipImageProcessor, BlipProcessor

    home = tmp_path_factory.mktemp("blip")
    (home / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[DEC]", *WORDS]))
    tokenizer = BertTokenizer(str(home / "vocab.txt"), bos_token="[DEC]")
    torch.manual_seed(5)
    small = {"hidden_size": 32, "intermediate_size": 37, "num_hidden_layers": 2, "num_attention_heads": 2}
    text = {**small, "vocab_size": 30, "encoder_hidden_size": 32, "projection_dim": 32, "bos_token_id": 5,
            "eos_token_id": 3, "sep_token_id": 3, "pad_token_id": 0, "max_position_embeddings": 64}  # fmt: skip
    sight = {**small, "image_size": 32, "patch_size": 8, "projection_dim": 32}
    config = BlipConfig(text_config=text, vision_config=sight, projection_dim=32)
    BlipForConditionalGeneration(config).save_pretrained(home)
    BlipProcessor(BlipImageProcessor(size={"height": 32, "width": 32}), tokenizer).save_pretrained(home)
    return home


def frame(seed: int) -> Frame:
    picture = np.random.default_rng(seed).integers(0, 255, (90, 160, 3), np.uint8)
    return Frame(1.0, bytes(cv2.imencode(".jpg", picture)[1]))


@pytest.mark.filterwarnings("ignore")
def test_the_real_library_says_the_same_of_the_same_picture(folder: Path) -> None:
    captioner = Captioner(str(folder), "cpu")
    seen = captioner.look(frame(1))
    assert seen.caption
    assert set(seen.caption.replace("[UNK]", "").split()) <= {*WORDS, "[DEC]", "[unused0]"}
    assert seen == captioner.look(frame(1))
    with pytest.raises(MediaBroken):
        captioner.look(Frame(1.0, b"no picture"))


@pytest.mark.filterwarnings("ignore")
def test_a_clip_is_looked_at_here_and_nothing_leaves(folder: Path, tmp_path: Path) -> None:
    ffmpeg.run(["-f", "lavfi", "-i", "testsrc2=s=160x90:r=8:d=2", "-pix_fmt", "yuv420p", tmp_path / "a.mp4"])
    settings = ToolSettings(options={"look": "local", "look_model": str(folder), "look_device": "cpu"})
    tool = reader.build(settings)
    assert not tool.info.outside
    assert "captioner" in tool.info.version
    request = ReadRequest(names=("a.mp4",), digests=("0" * 64,), seed=5)
    readings = tool.read(request, Call(into=tmp_path, inputs={"source:0": Input(tmp_path / "a.mp4")}))
    assert all(passage.sense == "seen" and passage.about == "look" for passage in readings.passages)
    assert bool(readings.passages) != bool(readings.unseen)
    assert json.dumps(readings.model_dump(mode="json"))


def test_a_model_that_is_not_there_is_the_persons_to_see_to(tmp_path: Path) -> None:
    eye = eye_of(ToolSettings(options={"look": "local", "look_model": str(tmp_path), "look_device": "cpu"}))
    assert eye is not None
    with pytest.raises(BackendUnavailable, match="captioner"):
        eye.look(frame(1))
