"""Hearing by a transcription endpoint: OpenAI's, or any server that speaks its protocol."""

import functools
import io
import wave
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import JsonValue

from episodes.errors import MediaBroken, RequestRejected, TransientToolError
from tools.openai_endpoint import Answer, Endpoint, ServerOptions, Upload, endpoint
from tools.protocols import Readiness, ToolSettings
from tools.sources.patience import patiently
from tools.sources.speech import RATE, Piece, Word

if TYPE_CHECKING:
    from tools.sound.wav import Samples

PATH = "audio/transcriptions"

_SECONDS = 600
"""Longest part sent at once: as WAV 19 MB, and OpenAI takes 25."""

_COARSE_SECONDS = 30
"""The same where the server gives no times: a sentence is then placed within half a minute."""

_SEARCH_SECONDS = 10
"""How far before its end a part may be cut, where it is quietest."""


class OpenAIEar:
    """An `Ear`. Its sound leaves the machine, so the person must have named the server or asked for `openai`."""

    outside = True

    def __init__(self, settings: ToolSettings) -> None:
        """Read `transcribe_url` and `transcribe_model` of `[sources]`."""
        named = ServerOptions(
            base_url=settings.text("transcribe_url"), send_key=settings.options.get("transcribe_send_key") is True
        )
        self._endpoint: Endpoint = endpoint(settings, named, "The transcription endpoint")
        self._model = settings.text("transcribe_model", "whisper-1")

    @property
    def name(self) -> str:
        """Name, model and machine."""
        return f"{self._model} at {self._endpoint.host}"

    def readiness(self) -> Readiness:
        """Ask the server for its models."""
        return self._endpoint.readiness(self._model)

    def hear(self, samples: "Samples") -> tuple[Piece, ...]:
        """Return what is said. Raises `ToolError`; what passes is tried again before."""
        try:
            return self._heard(samples, _SECONDS, timed=True)
        except RequestRejected:
            # Some models know text alone: then short parts are sent, and their starts are the times.
            return self._heard(samples, _COARSE_SECONDS, timed=False)

    def _heard(self, samples: "Samples", longest: int, *, timed: bool) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for start, stop in parts(samples, longest):
            part, at = samples[start:stop], start / RATE
            fields = [("model", self._model), ("response_format", "verbose_json" if timed else "json")]
            if timed:
                fields += [("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment")]
            upload = Upload("file", "sound.wav", _wav(part), "audio/wav")
            ask = functools.partial(self._asked, fields, upload, at, len(part) / RATE)
            pieces += patiently(ask)
        return tuple(pieces)

    def _asked(self, fields: list[tuple[str, str]], upload: Upload, at: float, seconds: float) -> list[Piece]:
        answer = self._endpoint.post_form(PATH, fields, [upload])
        try:
            return _pieces(answer, at, seconds)
        except (TypeError, ValueError, AttributeError, KeyError) as error:
            raise TransientToolError("The transcription endpoint sent a reply of another shape.") from error
        except MediaBroken as error:
            raise TransientToolError(str(error)) from error


def _pieces(answer: Answer, at: float, seconds: float) -> list[Piece]:
    """Return the pieces of a reply, counted from the whole sound's start."""
    body = answer.json("The transcription endpoint")
    segments = body.get("segments")
    if not isinstance(segments, list):
        text = str(body["text"]).strip()
        return [Piece(text, at, at + seconds)] if text else []
    words = [_word(word, at) for word in _objects(body.get("words"))]
    pieces = []
    for segment in _objects(segments):
        start, end = at + _number(segment["start"]), at + _number(segment["end"])
        own = [_word(word, at) for word in _objects(segment.get("words"))] or [
            word for word in words if start - 0.01 <= (word.at + word.until) / 2 < end + 0.01
        ]
        pieces.append(
            Piece(
                text=str(segment["text"]).strip(),
                at=start,
                until=end,
                words=_punctuated(own, str(segment["text"])),
                no_speech=_number(segment.get("no_speech_prob", 0.0)),
                compression=_number(segment.get("compression_ratio", 1.0)),
                certainty=_number(segment.get("avg_logprob", 0.0)),
            )
        )
    return [piece for piece in pieces if piece.text]


def _punctuated(words: Sequence[Word], text: str) -> tuple[Word, ...]:
    """Return the words as they stand in the text: OpenAI sends them bare, and a sentence ends with a stop."""
    written = text.split()
    if len(written) != len(words):
        return ()
    return tuple(Word(as_written, word.at, word.until) for as_written, word in zip(written, words, strict=True))


def _objects(value: JsonValue) -> list[dict[str, JsonValue]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _word(word: dict[str, JsonValue], at: float) -> Word:
    return Word(str(word["word"]).strip(), at + _number(word["start"]), at + _number(word["end"]))


def _number(value: JsonValue) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(value)
    return float(value)


def parts(samples: "Samples", longest: int) -> Iterator[tuple[int, int]]:
    """Yield first and last sample of parts of at most `longest` seconds, cut where it is quietest."""
    import numpy as np

    start, hop = 0, RATE // 50
    while start < len(samples):
        stop = start + longest * RATE
        if stop < len(samples):
            search = samples[stop - _SEARCH_SECONDS * RATE : stop].reshape(-1, hop)
            level = np.convolve(np.mean(np.square(search), axis=1), np.ones(10), "same")
            stop -= (len(level) - int(level.argmin())) * hop
        yield start, min(stop, len(samples))
        start = stop


def _wav(samples: "Samples") -> bytes:
    import numpy as np

    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return kept.getvalue()
