"""What is said in a source: heard by Whisper or by an endpoint, freed of inventions, cut into turns and sentences."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from episodes.errors import BackendUnavailable
from tools.protocols import Readiness, ToolSettings
from tools.sources.texts import Sentence, split_text

if TYPE_CHECKING:
    from tools.sound.wav import Samples

RATE = 16_000
"""Samples a second that recognisers take."""

MOST_MINUTES = 30.0
"""Of each source that are heard, unless `hear_minutes` says otherwise: a film of two minutes uses fifteen facts."""

WAYS = ("auto", "whisper", "openai", "none")


@dataclass(frozen=True)
class Word:
    """One word and when it is said, in seconds."""

    text: str
    at: float
    until: float


@dataclass(frozen=True)
class Piece:
    """A stretch of talk as a recogniser gives it, with what it thinks of it."""

    text: str
    at: float
    until: float
    words: tuple[Word, ...] = ()
    """Empty where the recogniser times none."""
    no_speech: float = 0.0
    """How likely nobody speaks in it, 0 to 1."""
    compression: float = 1.0
    """Length of the text against that of its zip: loops are above 2.4."""
    certainty: float = 0.0
    """Mean logarithm of the tokens' probability: 0 is sure, below -1 is guessed."""


class Ear(Protocol):
    """Something that writes down what it hears."""

    @property
    def name(self) -> str:
        """Who hears, with the model: `whisper base`."""

    @property
    def outside(self) -> bool:
        """Whether the sound leaves this machine."""

    def hear(self, samples: "Samples") -> tuple[Piece, ...]:
        """Return what is said in `samples` (mono, 16 kHz). Raises `ToolError`."""

    def readiness(self) -> Readiness:
        """Say whether it could hear now."""


def ear_of(settings: ToolSettings) -> Ear | None:
    """Return who hears: Whisper where it is installed, else the endpoint that the person named, else nobody.

    `transcribe` in the table `[sources]` asks for one of them, or for `none`. Raises `BackendUnavailable` for a way
    that there is not, and for Whisper where it is not installed.
    """
    way = settings.text("transcribe", "auto")
    if way not in WAYS:
        raise BackendUnavailable(f"[sources] transcribe is {way!r}: say one of {', '.join(WAYS)}.")
    if way == "none":
        return None
    from tools.sources.openai_ear import OpenAIEar
    from tools.sources.whisper_ear import WhisperEar

    # Another thing on the index is called `whisper` as well; only OpenAI's has a `load_model`.
    there = importlib.util.find_spec("whisper") is not None and importlib.util.find_spec("torch") is not None
    if way == "whisper" and not there:
        raise BackendUnavailable(
            'Whisper is not installed: pip install openai-whisper, or set transcribe = "none" under [sources].'
        )
    if way == "whisper" or (way == "auto" and there):
        return WhisperEar(settings.text("whisper_model", "base"), settings.text("whisper_device"))
    named = settings.options.get("transcribe_url") or settings.options.get("transcribe_model")
    return OpenAIEar(settings) if way == "openai" or named else None


def minutes_of(settings: ToolSettings) -> float:
    """Return how many minutes of each source are heard. Raises `BackendUnavailable` for no number of minutes."""
    value = settings.options.get("hear_minutes", MOST_MINUTES)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 600:
        raise BackendUnavailable(f"[sources] hear_minutes is {value!r}: give a number of minutes up to 600.")
    return float(value)


def listen(path: Path, ear: Ear, minutes: float) -> tuple[Sentence, ...]:
    """Return the sentences said in a file's first minutes, each with its second and its speaker, and sounds it names.

    Names are still in them. Raises what the ear raises.
    """
    from tools.sources import media
    from tools.sources.phantoms import sound_named, without_phantoms
    from tools.sources.turns import who_speaks

    samples = media.sound_of(path, RATE, minutes * 60)
    pieces = without_phantoms(ear.hear(samples), samples, RATE)
    sounds = [(piece, sound_named(piece.text)) for piece in pieces]
    words = [word for piece, sound in sounds if not sound for word in timed(piece)]
    said = sentences(words, who_speaks(words, samples, RATE))
    heard = [Sentence(sound, None, round(piece.at, 2), "heard", about="sound") for piece, sound in sounds if sound]
    return tuple(sorted((*said, *heard), key=lambda one: one.seconds or 0.0))


def timed(piece: Piece) -> tuple[Word, ...]:
    """Return the words of a piece; where the recogniser timed none, each lasts as long as it is written."""
    if piece.words:
        return piece.words
    texts = piece.text.split()
    letters = sum(len(text) + 1 for text in texts)
    words, passed = [], 0
    for text in texts:
        span = piece.until - piece.at
        start = piece.at + span * passed / letters
        passed += len(text) + 1
        words.append(Word(text, start, piece.at + span * passed / letters))
    return tuple(words)


def sentences(words: Sequence[Word], speakers: Sequence[str]) -> tuple[Sentence, ...]:
    """Return the sentences of the words; `speakers` names who says each (`A`), and no sentence has two."""
    found: list[Sentence] = []
    first = 0
    for last in range(1, len(words) + 1):
        if last < len(words) and speakers[last] == speakers[first]:
            continue
        turn = [word for word in words[first:last] if word.text.strip()]
        place = 0
        for sentence in split_text(" ".join(word.text.strip() for word in turn), markdown=False):
            at = turn[min(place, len(turn) - 1)].at
            found.append(Sentence(sentence.text, None, round(at, 2), "heard", speaker=speakers[first]))
            place += len(sentence.text.split())
        first = last
    return tuple(found)
