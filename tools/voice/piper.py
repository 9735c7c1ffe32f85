"""Piper's neural voices, where its program and at least one voice are: the most natural of all that needs no GPU.

Piper is GPL, so it runs in a process of its own: the program `piper`, or `python -m piper` where the package is
installed beside us. A voice is a file `NAME.onnx` with its `NAME.onnx.json`, in the folder that the setting
`piper_voices` names or in `~/.local/share/piper-voices`. Its command line gives no times. Piper takes its sounds from
espeak-ng, so our espeak-ng says the line as well: its words and sounds, in their order and proportions, are laid into
the stretches in which Piper is heard (`estimating.py`). They are estimates: within a sentence they may be off by the
length of a syllable.
"""

import functools
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable, MediaBroken, ToolError
from episodes.language_tags import primary_subtag
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.tasks import ToolInfo
from tools.protocols import Call, Readiness, ToolSettings
from tools.voice import espeak
from tools.voice.delivery import Manner
from tools.voice.speaking import Utterance, raised, ratio_of, speak

if TYPE_CHECKING:
    from tools.sound.wav import Samples

ENGINE = "piper"
OWN_FOLDER = Path("~/.local/share/piper-voices")
MOST_OFFERED = 12
"""Voices that are tried and offered; each takes a second or two to be heard once."""

_TRIAL = {"en": "Copy that. We are on the scene, and nobody has seen the goose."}
_USUAL_PACE = 165.0
"""Words a minute at length scale 1 where the trial could not tell."""
_LEAST_SCALE, _MOST_SCALE = 0.5, 2.5
_SECONDS = 120.0
_HIGH_HZ = 155.0
"""Median pitch between men's and women's voices: those of men lie about 85 to 155 Hz, of women 165 to 255."""


@dataclass(frozen=True)
class Trial:
    """What one spoken sentence tells of a voice."""

    pitch_hz: float
    words_a_minute: float
    brightness_db: float


class PiperVoice:
    """`VoiceBackend` by the program `piper`. The same request gives the same sound: it is asked without its noise."""

    def __init__(self, folder: Path) -> None:
        """Look into `folder` for voices when asked."""
        self._folder = folder

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed."""
        return ToolInfo(name=ENGINE, version="2", wall_per_second=0.5)

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return the voices of a language that speak when tried, by name; none where program or voices are missing."""
        if not command():
            return ()
        wanted = primary_subtag(language)
        offers: list[VoiceOffer] = []
        for file in voices_in(self._folder):
            if _language(file) != wanted or len(offers) == MOST_OFFERED:
                continue
            try:
                trial = tried(file, wanted)
            except ToolError:
                continue
            offers.append(
                VoiceOffer(
                    engine=ENGINE,
                    variant=file.stem,
                    suits="they" if not trial.pitch_hz else "she" if trial.pitch_hz > _HIGH_HZ else "he",
                    pitch_hz=round(trial.pitch_hz, 1),
                    brightness_db=round(trial.brightness_db, 1),
                    # Nobody has measured how many of its lines are heard.
                    heard=0.0,
                    heard_on_air=0.0,
                    likeness=file.stem,
                )
            )
        return tuple(offers)

    def readiness(self) -> Readiness:
        """Say whether program and voices are here, and how to get them."""
        if not command():
            return Readiness(False, "Not on this machine: pip install piper-tts.")
        count = len(voices_in(self._folder))
        return Readiness(count > 0, f"Piper, {count} voices in {self._folder}; .onnx and .onnx.json files go there.")

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav`.

        Raises `BackendUnavailable` when program or voice is missing, `RequestRejected` when there is nothing to say,
        and `MediaBroken` when the program failed.
        """
        variant = request.voice.variant
        if not command():
            raise BackendUnavailable(
                f"The voice {variant!r} is Piper's, which is not on this machine: "
                "install it (pip install piper-tts), or recast who speaks with it."
            )
        file = next((file for file in voices_in(self._folder) if file.stem == variant), None)
        if file is None:
            raise BackendUnavailable(
                f"Piper's voice {variant!r} is not in {self._folder}: "
                f"put {variant}.onnx and {variant}.onnx.json there, or recast who speaks with it."
            )
        language = primary_subtag(request.language)
        pace = tried(file, language).words_a_minute
        return speak(request, call, lambda text, said: _spoken(text, file, language, said, pace))


def build(settings: ToolSettings) -> PiperVoice:
    """Return Piper's voices; the option `piper_voices` names their folder."""
    return PiperVoice(Path(settings.text("piper_voices") or OWN_FOLDER).expanduser())


def command() -> tuple[str, ...]:
    """Return how Piper is started, or nothing where it can't be."""
    program = shutil.which("piper")
    if program:
        return (program,)
    return (sys.executable, "-P", "-m", "piper") if importlib.util.find_spec("piper") else ()


def voices_in(folder: Path) -> tuple[Path, ...]:
    """Return the voices of a folder by name: those whose description lies beside them."""
    files = sorted(folder.glob("*.onnx")) if folder.is_dir() else []
    return tuple(file for file in files if file.with_name(file.name + ".json").is_file())


def _language(file: Path) -> str:
    """Return the language of a voice, `en`, or an empty string where its description can't be read."""
    try:
        described = json.loads(file.with_name(file.name + ".json").read_text("utf-8"))
        return primary_subtag(str(described["espeak"]["voice"]))
    except (OSError, ValueError, KeyError, TypeError):
        return ""


@functools.cache
def tried(file: Path, language: str) -> Trial:
    """Return what a spoken sentence tells of a voice, measured once in a process. Raises a `ToolError`."""
    from tools.voice.hearing import brightness_db, median_pitch, spoken_seconds

    text = _TRIAL.get(language, _TRIAL["en"])
    samples, rate = _asked(text, file, 1.0)
    seconds = spoken_seconds(samples, rate)
    if seconds < 0.5:
        raise MediaBroken(f"Piper's voice {file.stem!r} says nothing.")
    pace = len(text.split()) / seconds * 60
    return Trial(
        pitch_hz=median_pitch(samples, rate),
        # A voice that speaks another language's trial tells nothing of its pace.
        words_a_minute=pace if language in _TRIAL else _USUAL_PACE,
        brightness_db=brightness_db(samples, rate),
    )


def _spoken(text: str, file: Path, language: str, said: Manner, pace: float) -> Utterance:
    from tools.voice.estimating import laid_into

    scale = pace / said.words_per_minute * ratio_of(said.semitones)
    samples, rate = _asked(text, file, min(max(scale, _LEAST_SCALE), _MOST_SCALE))
    model = espeak.synthesise(text, espeak.voice_of(language), said)
    return raised(laid_into(model, samples, rate), said.semitones)


def _asked(text: str, file: Path, scale: float) -> "tuple[Samples, int]":
    """Return what Piper says. Raises `MediaBroken` when it fails and `BackendUnavailable` when it is gone."""
    from tools.sound import wav

    with tempfile.TemporaryDirectory(prefix="line-") as folder:
        out = Path(folder) / "line.wav"
        # Without its noises, Piper says an equal text equally.
        options = ["--length_scale", f"{scale:.4f}", "--noise_scale", "0", "--noise_w", "0"]
        try:
            subprocess.run(
                [*command(), "--model", str(file), "--output_file", str(out), *options],
                input=" ".join(text.split()).encode(),
                capture_output=True,
                timeout=_SECONDS,
                check=True,
                cwd=folder,
            )
        except (FileNotFoundError, IndexError) as error:
            raise BackendUnavailable("Piper is not on this machine any more: install it again.") from error
        except (OSError, subprocess.SubprocessError) as error:
            raise MediaBroken(f"Piper failed: {error}.") from error
        if not out.exists():
            raise MediaBroken("Piper gave no sound.")
        samples, rate = wav.read(out)
    return samples.mean(axis=1), rate
