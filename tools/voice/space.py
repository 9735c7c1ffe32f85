"""Gradio Spaces as voices: any Space that speaks, by its name, its address or a preset's name.

A Space gives no times, so our espeak-ng says the line as well, and its words and sounds are laid into what is heard
(`estimating.py`). Pace and pitch are set here, so that one call is enough for a line however slowly it must be read.
"""

import functools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable
from episodes.language_tags import primary_subtag
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.value import seed_from
from tools.protocols import Call, ToolSettings
from tools.spaces.space import Space
from tools.spaces.tool import SpaceTool
from tools.spaces.values import shown_choices
from tools.spaces.wishes import FileRole, Wish
from tools.voice.delivery import Manner
from tools.voice.names import language_of, pronoun
from tools.voice.speaking import Utterance, raised, ratio_of, speak

if TYPE_CHECKING:
    from tools.sound.wav import Samples

ENGINE = "space"
MOST_OFFERED = 24
"""Voices of one Space that are offered; a cast needs no more."""
_LIKE = "like "
"""Begins the name of a voice that a Space copies from a line of our espeak-ng."""
_REFERENCE = "Copy that. We are on the scene, and nobody has seen the goose. Stay where you are, and keep it calm."


class SpaceVoice(SpaceTool):
    """`VoiceBackend` by a Space that turns text into speech."""

    purpose = "voice"

    @functools.cache  # noqa: B019 - a tool lives as long as its process
    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return a Space's voices for a language: its choices, or voices that it copies, or the one that it has."""
        known = self._space.known(reach=True)
        if known is None:
            return (_offer("", "", "they"),)
        mapping, endpoint = known
        slot = mapping.slot("voice")
        if slot is not None:
            voices = shown_choices(endpoint.parameters[mapping.slots.index(slot)])
            fitting = [pair for pair in voices if language_of(*pair) == _first(language)]
            fitting += [pair for pair in voices if not language_of(*pair)]
            fitting = fitting or list(voices)
            if fitting:
                return tuple(_offer(value, label, pronoun(value, label)) for value, label in fitting[:MOST_OFFERED])
        if mapping.takes("reference"):
            return _copied(language)
        return (_offer("", "", "they"),)

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav`.

        Raises `BackendUnavailable` for a voice of another engine, `RequestRejected` when there is nothing to say, and
        what the Space's failure stands for.
        """
        cast = request.voice
        if cast.engine != ENGINE:
            raise BackendUnavailable(
                f"The voice {cast.variant!r} is {cast.engine}'s and only the Space is asked: "
                'set voice = "auto" in director.toml, or recast who speaks with it.'
            )
        line = _SpacesLine(self._space, request, call)
        return speak(request, call, line.said)


class _SpacesLine:
    """One line of one Space: asked for once, then played as slowly as it must be."""

    def __init__(self, space: Space, request: SpeakRequest, call: Call) -> None:
        self._space, self._request, self._call = space, request, call
        self._samples: Samples | None = None

    def said(self, text: str, manner: Manner) -> Utterance:
        """Return the line in a manner, its words and sounds laid into what is heard."""
        from episodes.format import SAMPLE_RATE
        from tools.voice import espeak
        from tools.voice.estimating import laid_into

        if self._samples is None:
            self._samples = self._asked(text)
        pace = manner.words_per_minute / max(self._request.voice.words_per_minute, 1)
        samples = paced(self._samples, pace / ratio_of(manner.semitones))
        model = espeak.synthesise(text, espeak.voice_of(self._request.language), manner)
        return raised(laid_into(model, samples, SAMPLE_RATE), manner.semitones)

    def _asked(self, text: str) -> "Samples":
        from tools.spaces.untrusted import checked_sound

        request = self._request
        with tempfile.TemporaryDirectory(prefix="reference-") as folder:
            files: dict[FileRole, Path] = {}
            variant = request.voice.variant
            if variant.startswith(_LIKE):
                files["reference"] = _reference(variant.removeprefix(_LIKE), Path(folder) / "reference.wav")
            wish = Wish(
                prompt=text,
                seed=seed_from("space voice", text, variant, request.reading),
                voice="" if variant.startswith(_LIKE) else variant,
                language=request.language,
                reference_text=_REFERENCE if files else "",
                files=frozenset(files),
            )
            with self._space.asked(wish, files, self._call) as answer:
                return checked_sound(answer, self._space.name, 1)


def build(settings: ToolSettings) -> SpaceVoice:
    """Return the Space that `settings.name` names: `owner/space`, an address, or a preset."""
    return SpaceVoice(settings)


def paced(samples: "Samples", pace: float) -> "Samples":
    """Return mono 48 kHz sound played at another pace and the same pitch; 2 is twice as fast."""
    import numpy as np

    from episodes.format import SAMPLE_RATE
    from tools.ffmpeg import executable

    if abs(pace - 1) < 0.01:
        return samples
    import subprocess

    form = ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "1"]
    done = subprocess.run(
        [executable(), "-v", "error", *form, "-i", "pipe:0", "-af", f"atempo={min(max(pace, 0.5), 2.0):.4f}",
         *form, "pipe:1"],
        input=np.ascontiguousarray(samples, "<f4").tobytes(), capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return np.frombuffer(done.stdout, "<f4").astype(np.float32)


def _offer(value: str, label: str, suits: Literal["she", "he", "they"]) -> VoiceOffer:
    # Nobody has measured how many of its lines are heard.
    return VoiceOffer(
        engine=ENGINE, variant=value, suits=suits, pitch_hz=0.0, heard=0.0, heard_on_air=0.0, likeness=label or value
    )


def _copied(language: str) -> tuple[VoiceOffer, ...]:
    """Return our own voices as voices to speak like, for a Space that copies whoever it hears."""
    from tools.voice import espeak

    return tuple(
        offer.model_copy(
            update={"engine": ENGINE, "variant": f"{_LIKE}{offer.variant}", "heard": 0.0, "heard_on_air": 0.0}
        )
        for offer in espeak.build(ToolSettings()).offers(language)[:MOST_OFFERED]
    )


def _reference(variant: str, into: Path) -> Path:
    """Write some seconds of one of espeak-ng's voices and return the file."""
    from tools.sound import wav
    from tools.voice import espeak

    manner = Manner(words_per_minute=150, pitch=50, pitch_range=45, gain_db=0.0)
    said = espeak.synthesise(_REFERENCE, variant, manner)
    wav.write(into, said.samples, said.rate)
    return into


def _first(language: str) -> str:
    return primary_subtag(language)
