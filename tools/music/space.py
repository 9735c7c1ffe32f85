"""Gradio Spaces as bands: any Space that makes music, by its name, its address or a preset's name.

What comes back is made into the cue that was asked for: its length, the stops, the fade at its end and the loudness of
the embedded band. Where a Space takes a melody, it is given the show's own tune, played by the embedded band.
"""

import tempfile
from fractions import Fraction
from pathlib import Path

from episodes.format import SAMPLE_RATE
from episodes.requests import ComposeRequest, CueMood
from episodes.results import ComposedCue
from tools.music.embedded import EmbeddedMusic
from tools.music.foreign import as_cue
from tools.protocols import Call, ToolSettings
from tools.spaces.tool import SpaceTool
from tools.spaces.wishes import FileRole, Wish

_LONGEST = 30.0
"""Seconds that are asked for at most where nobody says more: MusicGen was trained on 30 s."""
_MELODY_SECONDS = Fraction(12)

_MANNERS: dict[CueMood, str] = {
    "quiet": "quiet, sparse and warm, late at night",
    "suspicion": "sneaking, curious, plucked, with dry pauses",
    "comedy": "light-footed, dead-pan and playful",
    "chase": "driving, urgent, with busy drums",
    "tension": "tense, held back, low and pulsing",
    "resolution": "relieved, warm, coming home",
    "sting": "a bold opening title that states its tune at once",
    "question": "an unanswered question, curious and open-ended",
    "close": "closing titles, the tune once more, ending on its last chord",
}


class SpaceMusic(SpaceTool):
    """`MusicBackend` by a Space that makes music of words."""

    purpose = "music"

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        """Write `music.wav` of exactly the asked length. Raises any `ToolError` that says what the Space did."""
        from tools.spaces.untrusted import checked_sound

        with tempfile.TemporaryDirectory(prefix="melody-") as folder:
            files: dict[FileRole, Path] = {"melody": melody(request, Path(folder))}
            with self._space.asked(self._wish(request, frozenset(files)), files, call) as answer:
                sound = checked_sound(answer, self._space.name, 2)
        return as_cue(sound, SAMPLE_RATE, request, call.into)

    def _wish(self, request: ComposeRequest, files: frozenset[FileRole]) -> Wish:
        options = self._space.options
        return Wish(
            prompt=words_for(request),
            negative_prompt="vocals, singing, speech, noise",
            seed=request.seed,
            seconds=min(float(request.seconds + request.tail), options.max_seconds or _LONGEST),
            steps=options.steps,
            guidance=options.guidance,
            files=files,
        )


def build(settings: ToolSettings) -> SpaceMusic:
    """Return the Space that `settings.name` names: `owner/space`, an address, or a preset."""
    return SpaceMusic(settings)


def words_for(request: ComposeRequest) -> str:
    """Return what a text-to-music model is told: manner, band, tempo and key, and that nobody sings."""
    return (
        f"Instrumental score for a deadpan police comedy: {_MANNERS[request.mood]}. Small band with upright bass, "
        f"brushed drums and {request.theme.lead}, {request.tempo} bpm, {request.key}, dry close recording, no vocals."
    )


def melody(request: ComposeRequest, folder: Path) -> Path:
    """Write the show's tune in the cue's key, played by the embedded band, and return the file."""
    tune = ComposeRequest(
        mood="close",
        seconds=_MELODY_SECONDS,
        tempo=request.theme.tempo,
        key=request.key,
        theme=request.theme,
        seed=request.seed,
    )
    EmbeddedMusic().compose(tune, Call(into=folder))
    return folder / "music.wav"
