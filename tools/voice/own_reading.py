"""Lines that the person recorded: heard as they are, and timed by what our own engine says of their words."""

from dataclasses import dataclass

import numpy as np

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable, MediaBroken
from episodes.format import SAMPLE_RATE
from episodes.language_tags import primary_subtag
from episodes.requests import OwnSound, SpeakRequest
from episodes.results import SpokenLine
from episodes.tasks import ToolInfo
from tools.protocols import Call, Readiness, ToolSettings
from tools.shelf import file_hash
from tools.voice import espeak
from tools.voice.delivery import Manner
from tools.voice.speaking import Utterance, speak


@dataclass(frozen=True)
class OwnReading:
    """`VoiceBackend` for the person's recordings. It is never cast, so it offers nobody."""

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed; the same as `Belt.own_voice` has without settings."""
        return ToolInfo(name="own-reading", version="1", wall_per_second=0.2)

    def readiness(self) -> Readiness:
        """Say that it needs nothing."""
        return Readiness(True, "your own recordings of lines, by `use FILE for this line` in a chat.")

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return no voice: a recording says one line, and whose voice it is nobody knows."""
        return ()

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav`: the recording in one channel, trimmed and as loud as any line, at its own pace.

        Raises `BackendUnavailable` when the recording is gone or was changed, and `MediaBroken` when it can't be
        decoded or holds only silence.
        """
        from tools.voice.estimating import laid_into

        samples = _heard(request, call)

        def synthesise(text: str, said: Manner) -> Utterance:
            language = primary_subtag(request.language)
            # Nobody said when each word comes: our own engine says the same words, and its times are laid into it.
            model = espeak.synthesise(text, espeak.voice_of(language), said)
            return laid_into(model, samples, SAMPLE_RATE)

        return speak(request, call, synthesise)


def build(settings: ToolSettings) -> OwnReading:
    """Return the back end; the registry's factory."""
    return OwnReading()


def _heard(request: SpeakRequest, call: Call) -> np.typing.NDArray[np.float32]:
    from tools.sound.own import decoded
    from tools.sound.own_folder import LONGEST_READING

    own = request.own
    if own is None:
        raise BackendUnavailable("own-reading plays recordings of lines only: name another voice back end.")
    given = call.inputs.get(f"own:{own.name}")
    if given is None or not given.folder.is_file() or file_hash(given.folder) != own.digest:
        raise BackendUnavailable(
            f"The recording {own.name!r} is gone or was changed: give it again, or have the line spoken."
        )
    sound = decoded(given, OwnSound(name=own.name, digest=own.digest, form=own.form), LONGEST_READING)
    mono = np.asarray(sound.mean(axis=1), np.float32)
    if not np.abs(mono).max(initial=0.0) > 0:
        raise MediaBroken(f"The recording {own.name!r} is silent.")
    return mono
