"""Voices of a speech endpoint: OpenAI's, or any server that speaks its protocol (Kokoro-FastAPI, openedai-speech …).

    [backends]
    voice = "openai"

    [voice.openai]
    base_url = "http://127.0.0.1:8880/v1"
    model = "kokoro"
    voices = ["af_bella", "am_adam", "narrator=he"]

It gives sound and no times: our espeak-ng says the line as well, and its words and sounds are laid into what is heard
(`estimating.py`). They are estimates: within a sentence they may be off by the length of a syllable.
"""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, JsonValue

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable, MediaBroken, OutOfSpace, RequestRejected, ToolError
from episodes.language_tags import primary_subtag
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.script import Delivery
from episodes.tasks import ToolInfo
from episodes.value import digest
from tools.containers import container_of
from tools.local import options
from tools.openai_endpoint import Answer, ServerOptions, endpoint
from tools.protocols import Call, Readiness, ToolSettings
from tools.voice import espeak
from tools.voice.delivery import Manner
from tools.voice.names import language_of, pronoun
from tools.voice.speaking import Utterance, raised, ratio_of, speak
from tools.voice.stretching import stretched

if TYPE_CHECKING:
    from tools.sound.wav import Samples

ENGINE = "openai"
VERSION = "1"
DEFAULT_MODEL = "gpt-4o-mini-tts"
RATE = 48_000

_WHOSE = "The speech endpoint"
_USUAL_PACE = 160.0
"""Words a minute of a calm line at speed 1, pauses within it counted: as most such voices are trained to speak."""
_SLOWEST, _FASTEST = 0.5, 2.0
"""Speeds that are asked for; OpenAI allows 0.25 to 4, and beyond these it is no person."""
_MOST_OFFERED = 40

Pronoun = Literal["she", "he", "they"]

_KNOWN: dict[str, Pronoun] = {
    "alloy": "they", "ash": "he", "ballad": "he", "cedar": "he", "coral": "she", "echo": "he", "fable": "they",
    "marin": "she", "nova": "she", "onyx": "he", "sage": "she", "shimmer": "she", "verse": "he",
}  # fmt: skip
"""OpenAI's voices, as most people take them."""

_INSTRUCTIONS: dict[Delivery, str] = {
    "flat": "Speak flatly, without any emotion, like somebody reading from a form.",
    "calm": "Speak calmly and matter-of-factly, as in an ordinary conversation.",
    "urgent": "Speak urgently and fast, under pressure, a little out of breath.",
    "shouted": "Shout, as if across a street.",
    "whispered": "Whisper.",
    "proud": "Speak proudly, quite pleased with yourself.",
    "sad": "Speak sadly and slowly.",
    "warm": "Speak warmly and kindly.",
    "confused": "Speak as if puzzled, unsure of what you see.",
}

_SOUNDS = ("wav", "mp3", "flac", "ogg", "aac")
"""Readers of what may come back."""


class SpeechOptions(ServerOptions):
    """The table `[voice.openai]`."""

    model: str = DEFAULT_MODEL
    voices: tuple[str, ...] = ()
    """Names, each with `=she`, `=he` or `=they` after it where the name does not tell; empty for the server's own."""
    instructions: bool | None = None
    """Whether the model takes words on how to speak; None: OpenAI's newer ones do."""
    price_per_call: float = Field(default=0.0, ge=0)
    """What one line may cost, in the person's currency."""


class OpenAISpeech:
    """`VoiceBackend` by POST /audio/speech. Each line costs one call, however often its pace has to be mended."""

    def __init__(self, settings: ToolSettings) -> None:
        """Read `[voice.openai]`. Raises `BackendUnavailable` for what can't be used; reaches nobody."""
        named = options.read(settings, "voice", "openai", SpeechOptions)
        self._endpoint = endpoint(settings, named, _WHOSE)
        self._model, self._price = named.model, named.price_per_call
        self._voices = _named(named.voices)
        self._instructs = "gpt-" in self._model if named.instructions is None else named.instructions

    @property
    def info(self) -> ToolInfo:
        """Name, model and price; another model or server is another version, because it sounds different."""
        where = digest({"at": self._endpoint.base_url})[:8]
        version = f"{VERSION} {self._model} {where}{' told' if self._instructs else ''}"
        return ToolInfo(name=ENGINE, version=version, outside=True, price_per_call=self._price, wall_per_second=0.4)

    def readiness(self) -> Readiness:
        """Ask the server for its models."""
        return self._endpoint.readiness(self._model)

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return the voices that the settings name; else those that the server lists; else OpenAI's."""
        wanted = primary_subtag(language)
        voices = self._voices or self._listed() or tuple(_KNOWN.items())
        return tuple(
            VoiceOffer(
                engine=ENGINE,
                variant=name,
                suits=suits,
                pitch_hz=0.0,
                # Nobody has measured how many of its lines are heard.
                heard=0.0,
                heard_on_air=0.0,
                likeness=name,
            )
            for name, suits in voices
            if language_of(name.lower(), "") in ("", wanted)
        )[:_MOST_OFFERED]

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav`.

        Raises `RequestRejected` when the server refuses the words or there is nothing to say, `BackendUnavailable`
        for a missing key or another engine's voice, `BackendDown` when the quota is spent or nobody answers,
        `TransientToolError` for what passes, and `MediaBroken` for what is no sound.
        """
        if request.voice.engine != ENGINE:
            raise BackendUnavailable(
                f"The voice {request.voice.variant!r} is {request.voice.engine}'s and only the speech endpoint is "
                'asked: set voice = "auto" in director.toml, or recast who speaks with it.'
            )
        first: list[tuple[float, Utterance]] = []

        def synthesise(text: str, said: Manner) -> Utterance:
            if not first:
                first.append((said.words_per_minute, self._spoken(text, request, said)))
            pace, given = first[0]
            # A call costs money and says it otherwise each time: what we have is played slower instead.
            return stretched(given, said.words_per_minute / pace)

        return speak(request, call, synthesise)

    def _spoken(self, text: str, request: SpeakRequest, said: Manner) -> Utterance:
        from tools.voice.estimating import laid_into

        speed = said.words_per_minute / _USUAL_PACE / ratio_of(said.semitones)
        samples = decoded(self._asked(text, request, min(max(speed, _SLOWEST), _FASTEST)))
        language = primary_subtag(request.language)
        model = espeak.synthesise(text, espeak.voice_of(language), said)
        return raised(laid_into(model, samples, RATE), said.semitones)

    def _asked(self, text: str, request: SpeakRequest, speed: float) -> Answer:
        body: dict[str, JsonValue] = {"model": self._model, "input": text, "voice": request.voice.variant}
        more: dict[str, JsonValue] = {"response_format": "wav", "speed": round(speed, 3)}
        if self._instructs:
            more["instructions"] = _INSTRUCTIONS[request.delivery]
        while True:
            try:
                return self._endpoint.post("audio/speech", body | more)
            except RequestRejected as error:
                # A strict server names the field that it does not know; whatever else it refuses is refused.
                unknown = [name for name in more if re.search(rf"\b{name}\b", str(error))]
                if not unknown:
                    raise
                for name in unknown:
                    del more[name]

    def _listed(self) -> tuple[tuple[str, Pronoun], ...]:
        """Return the voices that the server lists, as Kokoro-FastAPI does; none where it has no such list."""
        try:
            found = self._endpoint.get("audio/voices").json(_WHOSE).get("voices")
        except ToolError:
            return ()
        if not isinstance(found, list):
            return ()
        names = [str(one.get("id") or one.get("name") or "") if isinstance(one, dict) else str(one) for one in found]
        # Mixtures (`af_bella+af_sky`) are no voices of their own.
        return tuple((name, suits(name)) for name in names if name and "+" not in name)


def build(settings: ToolSettings) -> OpenAISpeech:
    """Return the back end for these settings."""
    return OpenAISpeech(settings)


def _named(names: Sequence[str]) -> tuple[tuple[str, Pronoun], ...]:
    """Return the voices that the settings name, `nova` or `nova=she`. Raises `BackendUnavailable`."""
    voices: list[tuple[str, Pronoun]] = []
    for one in names:
        name, _, said = (part.strip() for part in one.partition("="))
        known: dict[str, Pronoun] = {"she": "she", "he": "he", "they": "they", "": suits(name)}
        if not name or said not in known:
            raise BackendUnavailable(f'In [voice.openai], voices has {one!r}: write "nova" or "nova=she".')
        voices.append((name, known[said]))
    return tuple(voices)


def suits(name: str) -> Pronoun:
    """Return which pronoun a voice's name tells, `they` where it tells none."""
    return _KNOWN.get(name.lower()) or pronoun(name.lower(), "")


def decoded(answer: Answer) -> "Samples":
    """Return the sound of a reply, mono, 48 kHz, whatever form it is in. Raises `MediaBroken` for what is no sound."""
    import numpy as np

    from tools import ffmpeg

    raw = answer.content
    # Some servers send mp3 whatever is asked of them.
    form = container_of(raw[:16])
    form = form if form in _SOUNDS else ""
    if not form and answer.kind in ("audio/pcm", "audio/l16", "audio/x-pcm"):
        # OpenAI's `pcm`: 24 kHz, 16 bit, mono, no header.
        opened = ["-f", "s16le", "-ar", "24000", "-ac", "1"]
    elif form:
        # An endless stream's header says nothing of its length, and ffmpeg reads it to its end.
        opened = ["-format_whitelist", form, "-f", form]
    else:
        raise MediaBroken("The speech endpoint sent no sound.")
    with tempfile.TemporaryDirectory(prefix="line-") as folder:
        given, out = Path(folder) / "given", Path(folder) / "line.f32"
        given.write_bytes(raw)
        try:
            ffmpeg.run(
                [*opened, *ffmpeg.safe_input(given), "-map", "0:a:0", "-vn", "-ac", "1", "-ar", str(RATE),
                 "-f", "f32le", out], timeout=60,
            )  # fmt: skip
        except OutOfSpace:
            raise
        except MediaBroken as error:
            raise MediaBroken("The speech endpoint sent a sound that is cut off or broken.") from error
        samples = np.fromfile(out, dtype="<f4")
    if len(samples) < RATE // 20:
        raise MediaBroken("The speech endpoint sent a sound that is cut off or broken.")
    return np.asarray(samples, np.float32)
