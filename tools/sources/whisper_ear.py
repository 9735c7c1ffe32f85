"""Hearing by Whisper on this machine (extra `local`)."""

import functools
from typing import TYPE_CHECKING, Any, cast

from episodes.errors import BackendUnavailable, MediaBroken
from tools.protocols import Readiness
from tools.sources.speech import Piece, Word

if TYPE_CHECKING:
    from tools.sound.wav import Samples


class WhisperEar:
    """An `Ear`. The same sound gives the same words: it decodes without chance."""

    outside = False

    def __init__(self, model: str, device: str = "") -> None:
        """Name a model of Whisper's (`tiny`, `base`, `small` …) or the path of one; `device` as torch names it."""
        self._model, self._device = model, device

    @property
    def name(self) -> str:
        """Name and model."""
        return f"whisper {self._model}"

    def readiness(self) -> Readiness:
        """Say what hears; the model itself is fetched when it is first asked."""
        return Readiness(True, f"Whisper hears the sources with its model {self._model!r}.")

    def hear(self, samples: "Samples") -> tuple[Piece, ...]:
        """Return what is said. Raises `BackendUnavailable` when the model can't be had, `MediaBroken` when it fails."""
        model = _load(self._model, self._device)
        try:
            heard = model.transcribe(
                samples,
                word_timestamps=True,
                # A loop must not go on in the next half minute, and nothing is to be drawn by lot.
                condition_on_previous_text=False,
                temperature=0.0,
                fp16=str(model.device).startswith("cuda"),
                verbose=None,
            )
        except (RuntimeError, ValueError) as error:
            raise MediaBroken(f"Whisper failed on a source's sound: {error}.") from error
        return tuple(_piece(segment) for segment in heard["segments"])


def _piece(segment: dict[str, Any]) -> Piece:
    words = tuple(
        Word(str(word["word"]).strip(), float(word["start"]), float(word["end"]))
        for word in segment.get("words", ())
        if str(word["word"]).strip()
    )
    return Piece(
        text=str(segment["text"]).strip(),
        at=float(segment["start"]),
        until=float(segment["end"]),
        words=words,
        no_speech=float(segment["no_speech_prob"]),
        compression=float(segment["compression_ratio"]),
        certainty=float(segment["avg_logprob"]),
    )


@functools.cache
def _load(name: str, device: str) -> Any:
    """Return the model, loaded once in a process."""
    try:
        import torch
        import whisper
    except ImportError as error:
        raise BackendUnavailable("Whisper is not installed: pip install openai-whisper.") from error
    if not hasattr(whisper, "load_model"):
        raise BackendUnavailable("Another package is called whisper here: pip uninstall whisper, then openai-whisper.")
    try:
        return cast(Any, whisper.load_model(name, device=device or ("cuda" if torch.cuda.is_available() else "cpu")))
    except (RuntimeError, OSError, ValueError) as error:
        raise BackendUnavailable(
            f"Whisper's model {name!r} can't be had: be on the network once, or name the path of one in whisper_model."
        ) from error
