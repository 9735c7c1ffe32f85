"""Hearing by Whisper on this machine (extra `local`)."""

from typing import TYPE_CHECKING, Any

from episodes.errors import MediaBroken
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
        from tools.local import whisper_model
        from tools.local.held import ONE_AT_A_TIME

        model = whisper_model.load(self._model, self._device or _device())
        try:
            with ONE_AT_A_TIME:
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


def _device() -> str:
    """Return the GPU where there is one: a processor hears a minute in half a minute, which may be waited for."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"
