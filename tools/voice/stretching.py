"""Says an utterance faster or slower at the same pitch."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from tools import ffmpeg
from tools.voice.speaking import Utterance

_UNHEARD = 0.01
"""A change of pace that nobody hears."""


def stretched(given: Utterance, tempo: float) -> Utterance:
    """Return an utterance at another pace: 2 is twice as fast. Raises `MediaBroken`."""
    if abs(tempo - 1) < _UNHEARD:
        return given
    with tempfile.TemporaryDirectory(prefix="line-") as folder:
        out = Path(folder) / "line.f32"
        sound = ["-f", "f32le", "-ar", str(given.rate), "-ac", "1"]
        ffmpeg.run(
            [*sound, "-i", "pipe:0", "-af", f"atempo={tempo:.5f}", *sound, out],
            stdin=given.samples.astype("<f4").tobytes(),
        )
        samples = np.fromfile(out, dtype="<f4")
    return replace(
        given,
        samples=samples,
        words=tuple((text, at / tempo) for text, at in given.words),
        sounds=tuple((symbol, at / tempo) for symbol, at in given.sounds),
    )
