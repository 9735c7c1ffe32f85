"""All voices of this machine as one back end: casting chooses among them, and each line goes to its own engine.

Which engines are here decides what is offered and nothing else. The cast names the engine, and the back end's version
is made of all engines' versions, present or not; so an equal cast has an equal recipe on every machine.
"""

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.tasks import ToolInfo
from tools.protocols import Call, ToolSettings, VoiceBackend
from tools.voice import espeak, festival, flite, piper


class EnsembleVoice:
    """`VoiceBackend` that asks Piper, festival, flite and espeak-ng, whichever are here, in this order of quality."""

    def __init__(self, settings: ToolSettings) -> None:
        """Start no engine yet."""
        self._engines: dict[str, VoiceBackend] = {
            piper.ENGINE: piper.build(settings),
            festival.ENGINE: festival.build(settings),
            flite.ENGINE: flite.build(settings),
            espeak.ENGINE: espeak.build(settings),
        }

    @property
    def info(self) -> ToolInfo:
        """Name, versions of all engines, and speed; the same wherever it runs."""
        versions = "+".join(f"{name}.{engine.info.version}" for name, engine in sorted(self._engines.items()))
        return ToolInfo(name="auto", version=versions, wall_per_second=0.08)

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return the voices of all engines that are here, best first; espeak-ng's are always among them."""
        return tuple(offer for engine in self._engines.values() for offer in engine.offers(language))

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav` with the engine that the cast names.

        Raises `BackendUnavailable` for an engine that it does not know or that is not on this machine, and what that
        engine raises.
        """
        engine = self._engines.get(request.voice.engine)
        if engine is None:
            raise BackendUnavailable(
                f"The voice {request.voice.variant!r} is {request.voice.engine}'s, which is none of "
                f"{', '.join(self._engines)}: name that back end in director.toml, or recast who speaks with it."
            )
        return engine.speak(request, call)


def build(settings: ToolSettings) -> EnsembleVoice:
    """Return all voices of this machine. `piper_voices` names the folder of Piper's voices."""
    return EnsembleVoice(settings)
