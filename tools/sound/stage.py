"""The embedded sound stage: puts the lines, effects and beds of a scene where they belong, as three stems.

It works in blocks of two seconds: a line is made when its block comes, a bed is read as far as it is needed, and what
is done is on disk, so that a long scene takes no more memory than a short one.
"""

import contextlib

from episodes.format import SAMPLE_RATE
from episodes.requests import SoundRequest
from episodes.results import SceneSound
from episodes.tasks import ToolInfo
from tools.protocols import Call, ToolSettings
from tools.sound.ambience import Ambience
from tools.sound.effects import effects
from tools.sound.lines import Lines
from tools.sound.own import OwnSounds
from tools.sound.stems import Stem

_BLOCK = 2 * SAMPLE_RATE


class EmbeddedSoundStage:
    """`SoundStage` made of arithmetic: no sample library, no network."""

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed."""
        return ToolInfo(name="embedded-sound", version="5", wall_per_second=0.2)

    def sound(self, request: SoundRequest, call: Call) -> SceneSound:
        """Write the three stems. Raises `RequestRejected` when a line's sound is not among the inputs."""
        frames = round(request.seconds * SAMPLE_RATE)
        own = OwnSounds(request.own, call.inputs, request.seed)
        lines, ambience = Lines(request, call), Ambience(request.beds, frames, request.seed, own)
        happening = effects(request, own)
        with contextlib.ExitStack() as files:
            dialogue, radio, noises = (
                files.enter_context(Stem(call.into / f"{name}.wav")) for name in ("dialogue", "radio", "effects")
            )
            for start in range(0, frames, _BLOCK):
                length = min(_BLOCK, frames - start)
                dialogue.add(lines.dialogue.read(start, length))
                radio.add(lines.radio.read(start, length))
                noises.add(ambience.read(length) + happening.read(start, length))
        return SceneSound(seconds=request.seconds)


def build(settings: ToolSettings) -> EmbeddedSoundStage:
    """Return the embedded stage; it has no settings."""
    return EmbeddedSoundStage()
