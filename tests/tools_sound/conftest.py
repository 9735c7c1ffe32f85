from pathlib import Path

import numpy as np
import pytest

from episodes.requests import SoundRequest
from tests.tools_sound.staged import RATE, STEMS, Perform
from tools.protocols import Call, Input, ToolSettings
from tools.sound import wav
from tools.sound.stage import build


@pytest.fixture
def perform(tmp_path: Path) -> Perform:
    """Return a function that makes the stems of a request; each line is a voice-like buzz of 1 s."""
    at = np.arange(RATE) / RATE
    buzz = np.sign(np.sin(2 * np.pi * 140 * at)) * np.maximum(np.sin(2 * np.pi * 3 * at + 0.6), 0.1)
    smooth = np.convolve(buzz, np.hanning(9) / 4, "same") * np.minimum(1, np.minimum(at, 1 - at) / 0.01)
    (tmp_path / "line").mkdir()
    wav.write(tmp_path / "line" / "line.wav", (0.2 * smooth).astype(np.float32), RATE)

    def made(request: SoundRequest) -> dict[str, wav.Samples]:
        folder = tmp_path / f"out{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        inputs = {f"line:{line.line}": Input(folder=tmp_path / "line") for line in request.lines}
        result = build(ToolSettings()).sound(request, Call(into=folder, inputs=inputs))
        assert result.seconds == request.seconds
        assert sorted(file.name for file in folder.iterdir()) == sorted(f"{stem}.wav" for stem in STEMS)
        return {stem: wav.read(folder / f"{stem}.wav")[0] for stem in STEMS}

    return made
