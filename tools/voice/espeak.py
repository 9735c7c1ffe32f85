"""The embedded voices: espeak-ng, asked in a process of its own, because it is GPL and not thread-safe."""

import functools
import re
import tempfile
from pathlib import Path

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.tasks import ToolInfo
from tools.protocols import Call, ToolSettings
from tools.voice.delivery import Manner
from tools.voice.espeak_engine import engine
from tools.voice.measured import offered, pace_of
from tools.voice.speaking import Utterance, speak

ENGINE = "espeak-ng"

_ENGLISH = "en-us"
_ALIASES = {"zh": "cmn", "no": "nb", "nn": "nb", "pt": "pt-br", "iw": "he", "sh": "hr", "tl": "en-us"}

_OWN_RATE = 124
"""What is asked of it (in words a minute, by its own count) for the pace of `measured.csv`."""
USUAL_PACE = 127.0
"""Words a minute of an unmeasured voice at that rate: the median of the measured ones."""
_SLOWEST, _FASTEST = 80, 450


@functools.cache
def _inventory() -> tuple[frozenset[str], frozenset[str]]:
    """Return the voices and the variants that the library has."""
    answer = engine().ask({"voices": 1})
    return frozenset(answer.voices), frozenset(answer.variants)


class EspeakVoice:
    """`VoiceBackend` without key, GPU or network. Robotic, but always there, and it times its words and sounds."""

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed: a line takes about a fiftieth of its own length."""
        return ToolInfo(name=ENGINE, version="4", wall_per_second=0.03)

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return the voices for a language, the most intelligible first; the English ones for an unknown language."""
        measured, base = tuple(row.offer for row in offered(ENGINE)), voice_of(language)
        if base == _ENGLISH:
            return measured
        # Nobody has measured another language's own voice: the variants keep their order and their pitch.
        offers = (
            offer.model_copy(
                update={"variant": f"{base}+{offer.variant.partition('+')[2]}", "heard": 0.0, "heard_on_air": 0.0}
            )
            for offer in measured
        )
        return tuple({offer.variant: offer for offer in offers}.values())

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav`.

        Raises `BackendUnavailable` for a voice that is not there, `RequestRejected` when there is nothing to say, and
        `MediaBroken` when the engine gave no sound.
        """
        cast = request.voice
        if cast.engine != ENGINE:
            raise BackendUnavailable(
                f"The voice {cast.variant!r} is {cast.engine}'s and only espeak-ng is asked: "
                'set voice = "auto" in director.toml, or recast who speaks with it.'
            )
        voice = _voice(cast.variant, request.language)
        pace = _pace(cast.variant)
        return speak(request, call, lambda text, said: synthesise(text, voice, said, pace))


def build(settings: ToolSettings) -> EspeakVoice:
    """Return the embedded voices; they have no settings."""
    return EspeakVoice()


def voice_of(language: str) -> str:
    """Return espeak's voice for a language tag: itself, its first part, or English when neither is known."""
    voices, _ = _inventory()
    tag = language.lower().replace("_", "-")
    first = tag.split("-")[0]
    if first == "en":
        return _ENGLISH
    return next((name for name in (tag, _ALIASES.get(first, first)) if name in voices), _ENGLISH)


def _voice(variant: str, language: str) -> str:
    """Return the voice that speaks `language` with the asked variant. Raises `BackendUnavailable`."""
    voices, variants = _inventory()
    base, plus, manner_of_voice = variant.partition("+")
    if base not in voices:
        raise BackendUnavailable(f"espeak-ng has no voice {base!r}: cast one of those that it lists, such as en-us+m3.")
    if plus and manner_of_voice not in variants:
        raise BackendUnavailable(f"espeak-ng has no variant {manner_of_voice!r}: cast one that it lists, such as m3.")
    wanted = voice_of(language)
    fits = base.split("-")[0] == wanted.split("-")[0]
    return f"{base if fits else wanted}{plus}{manner_of_voice}"


def _pace(variant: str) -> float:
    """Return the pace of a voice, or of the same variant in another language, or the usual one."""
    kind = variant.partition("+")[2]
    like = (row.words_a_minute for row in offered(ENGINE) if row.variant.partition("+")[2] == kind)
    return pace_of(ENGINE, variant, next(like, USUAL_PACE))


def synthesise(text: str, voice: str, said: Manner, pace: float = USUAL_PACE) -> Utterance:
    """Return what espeak-ng says. `pace` is the voice's own, in words a minute.

    Raises `BackendUnavailable` for a voice that is not there and `MediaBroken` when the engine fails.
    """
    rate = round(_OWN_RATE * said.words_per_minute / pace)
    with tempfile.TemporaryDirectory(prefix="line-") as folder:
        file = Path(folder) / "line.pcm"
        answer = engine().ask(
            {
                "text": text,
                "voice": voice,
                "rate": min(max(rate, _SLOWEST), _FASTEST),
                "pitch": said.pitch,
                "range": said.pitch_range,
                "out": str(file),
            }
        )
        pcm = file.read_bytes()
    import numpy as np

    return Utterance(
        samples=np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(32_768),
        rate=answer.rate,
        words=tuple((text, sample / answer.rate) for text, sample in answer.words),
        sounds=tuple((_symbol(symbol), sample / answer.rate) for symbol, sample in answer.phonemes),
    )


def _symbol(phoneme: str) -> str:
    """Return a sound without stress marks and allophone digits, any pause as `_`."""
    return "_" if phoneme.startswith("_") else re.sub(r"(?<=.)[#2;-]+$", "", phoneme.lstrip("',"))
