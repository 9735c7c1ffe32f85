"""The embedded composer and band: cues written by rule, played by synthesised instruments."""

import numpy as np

from episodes.format import SAMPLE_RATE
from episodes.requests import ComposeRequest
from episodes.results import ComposedCue
from episodes.tasks import ToolInfo
from episodes.value import seed_from
from tools.protocols import Call, ToolSettings

_PRESSED_RMS = 0.2
"""Of full scale, going into the tape."""


class EmbeddedMusic:
    """`MusicBackend` that composes by rule and needs nothing from outside."""

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed."""
        return ToolInfo(name="embedded-music", version="2", wall_per_second=0.1)

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        """Write `music.wav`. Raises `RequestRejected` for a key that is none."""
        from tools.music.form import form_of
        from tools.music.level import END_SECONDS, STOP_SECONDS, levelled, shut
        from tools.music.playing import played
        from tools.music.score import written
        from tools.sound import wav

        whole = request.seconds + request.tail
        frames = round(whole * SAMPLE_RATE)
        total = np.zeros((frames, 2), np.float32)
        notes = written(request)
        stretches = form_of(request)
        for number, stretch in enumerate(stretches):
            first = round(stretch.start * SAMPLE_RATE)
            follows = number + 1 < len(stretches) and stretches[number + 1].start == stretch.end
            # Where nothing stops, what was played rings on over the next stretch.
            last = frames if follows or stretch.ends != "stop" else round((stretch.end + STOP_SECONDS) * SAMPLE_RATE)
            last = min(last, frames)
            own = [note for note in notes if note.stretch == number]
            sound = played(own, stretch.start, last - first, seed_from("hands", request.seed, number))
            if stretch.ends == "stop" and not follows:
                sound *= shut(len(sound), STOP_SECONDS)
            total[first:last] += sound
            del sound  # As large as the cue; the next one has room in its place.
        tail = float(request.tail) or END_SECONDS
        total *= shut(frames, min(tail, float(whole) / 4))
        # The band's loudest strokes are pressed like tape does it; what is left is held under the ceiling.
        loud = float(np.sqrt(np.mean(total**2))) if frames else 0.0
        total *= np.float32(_PRESSED_RMS / max(loud, 1e-6))
        wav.write(call.into / "music.wav", levelled(np.tanh(total, out=total)), SAMPLE_RATE)
        return ComposedCue(seconds=whole)


def build(settings: ToolSettings) -> EmbeddedMusic:
    """Return the embedded band; it has no settings."""
    return EmbeddedMusic()
