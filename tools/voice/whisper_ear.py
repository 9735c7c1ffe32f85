"""Hears our own lines with Whisper: what is understood of a voice, dry or through the radio.

`heard` may be asked about any mono or stereo file: a dry `line.wav`, or the stretch of a stem or of the whole film in
which the line is said, so that channels can be told apart.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from episodes.language_tags import primary_subtag
from episodes.results import TimedWord
from tools.local.held import ONE_AT_A_TIME
from tools.local.whisper_model import DEFAULT, SAMPLE_RATE, load
from tools.sound.wav import Samples
from tools.voice.heard_words import Hearing, compared

_LONGEST_WORD = 2.0
"""Seconds; Whisper lets a word last into the silence after it."""


@dataclass(frozen=True)
class Ear:
    """Somebody who writes down what is said."""

    model: str = DEFAULT
    """As `whisper_model.load` takes it."""
    device: str = "cpu"

    def listen(self, samples: Samples, rate: int, language: str) -> tuple[str, tuple[TimedWord, ...]]:
        """Return what is said in mono sound and when, as the recogniser writes it.

        Raises `BackendUnavailable` when Whisper or its weights are missing.
        """
        with ONE_AT_A_TIME:
            whisper = load(self.model, self.device)
            answer = whisper.transcribe(
                _listened_to(samples, rate),
                language=_tongue(whisper, language),
                temperature=0.0,
                word_timestamps=True,
                condition_on_previous_text=False,
                fp16=self.device.startswith("cuda"),
                verbose=None,
            )
        return str(answer["text"]), tuple(_timed(answer))

    def hear(self, samples: Samples, rate: int, text: str, *, language: str, radio: bool = False) -> Hearing:
        """Return what is understood of `text` in mono sound. Raises `BackendUnavailable`."""
        said, words = self.listen(samples, rate, language)
        return compared(text, said, words, radio=radio, language=language)


def heard(
    file: Path, text: str, *, language: str = "en", radio: bool = False, model: str = DEFAULT, device: str = "cpu"
) -> Hearing:
    """Return what Whisper understands of a line in a wave file.

    Args:
        file: 16-bit PCM of any rate.
        text: the line as it stands in the script.
        language: its tag.
        radio: whether it was said on the air, where plates are spelled.
        model: a name that Whisper knows, or a `.pt` file.
        device: `cpu` or `cuda`.

    Raises `BackendUnavailable` when Whisper or its weights are missing and `MediaBroken` for what is no wave file.
    """
    from tools.sound import wav

    samples, rate = wav.read(file)
    return Ear(model, device).hear(samples.mean(axis=1), rate, text, language=language, radio=radio)


def _listened_to(samples: Samples, rate: int) -> Samples:
    from scipy import signal

    divisor = math.gcd(SAMPLE_RATE, rate)
    return np.asarray(signal.resample_poly(samples, SAMPLE_RATE // divisor, rate // divisor), np.float32)


def _tongue(whisper: Any, language: str) -> str:
    """Return the language as Whisper knows it; its English models know no other."""
    return primary_subtag(language) if whisper.is_multilingual else "en"


def _timed(answer: Any) -> list[TimedWord]:
    return [
        TimedWord(
            text=str(word["word"]).strip(),
            at=round(float(word["start"]), 3),
            seconds=round(min(float(word["end"]) - float(word["start"]), _LONGEST_WORD), 3),
        )
        for segment in answer["segments"]
        for word in segment.get("words", ())
        if str(word["word"]).strip()
    ]
