"""Bark's voices (Suno, by transformers): the liveliest of all that run here, and the least obedient.

Bark says at most 13 s at once, so a long line is said in pieces and joined with a speaker's pauses. It may skip words,
add some, or hum on after the last one: where openai-whisper is installed, each piece is heard, up to three seeds are
tried, and the best one is kept, what was made up after its last word cut off. It has ten presets a language, one a
character, and no notion of pitch or pace: those are changed in what it said.
"""

from collections.abc import Callable
from typing import Any

from pydantic import Field

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable
from episodes.language_tags import primary_subtag
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.tasks import ToolInfo
from episodes.value import Value
from tools.local import libraries, options, readiness, weights
from tools.protocols import Call, Readiness, ToolSettings
from tools.voice.speaking import speak

ENGINE = "bark"
LANGUAGES = ("en", "de", "es", "fr", "hi", "it", "ja", "ko", "pl", "pt", "ru", "tr", "zh")
_PRESETS = 10
_WOMEN = {
    "en": (9,), "de": (3, 8), "es": (8, 9), "fr": (1, 2, 5), "hi": (0, 3, 4, 9), "it": (2, 7, 9),
    "ja": (0, 1, 3, 4, 5, 7, 8, 9), "ko": (0,), "pl": (4, 6, 9), "pt": (), "ru": (5, 6, 9), "tr": (4, 5),
    "zh": (4, 6, 7, 9),
}  # fmt: skip
"""Presets that are taken for women's voices; all others for men's. From lists of Bark's presets, not measured here."""
_LEAST_GIB = 3.0
"""Of a GPU's memory: the largest part of the large model in 16 bits, with room to work."""


class BarkOptions(Value):
    """The table `[voice.bark]`."""

    model: str = "suno/bark"
    """`suno/bark`, `suno/bark-small`, or a folder."""
    device: str = ""
    """`cuda`, `cuda:1`, `mps` or `cpu`; empty for the GPU."""
    dtype: str = ""
    """`float32`, `float16` or `bfloat16`; empty for what suits the device."""
    tries: int = Field(default=3, ge=1, le=8)
    """Seeds that are tried for each piece of a line, at most."""
    ear: str = ""
    """Whisper's model that listens; `none` for nobody; empty for `small.en`, or `small` in other languages."""


class BarkVoice:
    """`VoiceBackend` by transformers' BarkModel. An equal request gives an equal line on an equal machine."""

    def __init__(self, settings: ToolSettings) -> None:
        """Read the settings; nothing is loaded yet. Raises `BackendUnavailable` for an entry that can't be used."""
        self._options = options.read(settings, "voice", "bark", BarkOptions)
        self._token = settings.key("huggingface")

    @property
    def info(self) -> ToolInfo:
        """Name, version with the model's name, and speed. It works in a thread, so that weights are loaded once."""
        model = self._options.model.rstrip("/").rsplit("/", 1)[-1]
        ear = self._options.ear.rsplit("/", 1)[-1] or "small"
        version = f"1 {model} {self._options.tries} {ear}"
        return ToolInfo(name=ENGINE, version=version, outside=True, wall_per_second=4.0)

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return the ten presets of a language, those of English for one that Bark does not speak."""
        tag = _language(language)
        return tuple(
            VoiceOffer(
                engine=ENGINE,
                variant=f"v2/{tag}_speaker_{number}",
                suits="she" if number in _WOMEN[tag] else "he",
                # Nobody has measured pitch or clearness of a preset.
                pitch_hz=0.0,
                heard=0.0,
                heard_on_air=0.0,
                likeness=f"bark {tag} {number}",
            )
            for number in range(_PRESETS)
        )

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav`; where a recogniser listened, the result says how well it understood.

        Raises `BackendUnavailable` when libraries, weights, GPU or preset are missing, `BackendDown` when the GPU has
        no memory left, `RequestRejected` when there is nothing to say, and `MediaBroken` when only silence came.
        """
        libraries.needed("transformers", "Bark")
        if request.voice.engine != ENGINE:
            raise BackendUnavailable(
                f"The voice {request.voice.variant!r} is {request.voice.engine}'s and only Bark is asked: "
                "recast who speaks with it, or name that back end in director.toml."
            )
        from tools.voice.bark_speech import Speech

        say, ear = self._mouth(request.voice.variant), self._ear(_language(request.language))
        return speak(request, call, Speech(request, say, ear, self._options.tries))

    def readiness(self) -> Readiness:
        """Return whether it could speak now, and who would listen."""
        found = readiness.readiness(
            "Bark", "transformers", self._options.model, device=self._options.device, index="config.json",
            gigabytes={"suno/bark": 4.5, "suno/bark-small": 1.7}.get(self._options.model, 0.0),
            least_gib=_LEAST_GIB,
        )  # fmt: skip
        if not found.ready or self._options.ear == "none":
            return found
        if not libraries.here("whisper", "jiwer"):
            listens = "nobody listens to its lines, as openai-whisper and jiwer are not both installed"
        else:
            from tools.local import whisper_model

            name = self._options.ear or whisper_model.DEFAULT
            where = "is here" if whisper_model.found(name) else "is fetched at the first line"
            listens = f"Whisper's {name} listens and {where}"
        return Readiness(ready=True, what=f"{found.what.rstrip('.')}; {listens}.")

    def _mouth(self, preset: str) -> "Callable[[str, int], tuple[Any, int]]":
        from tools.local.device import chosen
        from tools.voice.bark_model import load

        device = chosen(self._options.device, "Bark")
        model = load(weights.resolved(self._options.model), device, self._options.dtype, self._token)
        model.check(preset)
        return lambda text, seed: model.say(text, preset, seed)

    def _ear(self, language: str) -> Any:
        if self._options.ear == "none" or not libraries.here("whisper", "jiwer"):
            return None
        from tools.local.device import chosen
        from tools.voice.whisper_ear import Ear

        name = self._options.ear or ("small.en" if language == "en" else "small")
        return Ear(name, chosen(self._options.device, "Hearing lines").name)


def build(settings: ToolSettings) -> BarkVoice:
    """Return Bark's voices; `[voice.bark]` names model and device."""
    return BarkVoice(settings)


def _language(language: str) -> str:
    tag = primary_subtag(language)
    return tag if tag in LANGUAGES else "en"
