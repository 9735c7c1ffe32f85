"""Flite's voices, where its program is installed: made of people's recordings, and clearer than espeak-ng's.

The program runs in a process of its own for each line (a tenth of a second). It prints when each sound ends; which
sound begins which word is found by `pronouncing.py`.
"""

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable, MediaBroken
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.tasks import ToolInfo
from tools.protocols import Call, ToolSettings
from tools.voice.delivery import Manner
from tools.voice.measured import offered, pace_of
from tools.voice.pronouncing import kirshenbaum, word_starts
from tools.voice.speaking import Utterance, raised, ratio_of, speak

if TYPE_CHECKING:
    from tools.sound.wav import Samples

ENGINE = "flite"
USUAL_PACE = 170.0
_LEAST_STRETCH, _MOST_STRETCH = 0.5, 2.5
_SECONDS = 60.0


def program() -> str:
    """Return the path of the program, or an empty string where there is none."""
    return shutil.which("flite") or ""


@functools.cache
def _listed(path: str) -> frozenset[str]:
    """Return the names of the voices that a program has; none when it can't be run."""
    try:
        done = subprocess.run(
            [path, "-lv"], capture_output=True, timeout=_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(done.stdout.decode(errors="replace").partition(":")[2].split())


class FliteVoice:
    """`VoiceBackend` by the program `flite`. English only."""

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed."""
        return ToolInfo(name=ENGINE, version="1", wall_per_second=0.06)

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return its measured voices, best first; none where the program is missing or the language is not English."""
        if not program() or language.lower().replace("_", "-").split("-")[0] != "en":
            return ()
        has = _listed(program())
        return tuple(row.offer for row in offered(ENGINE) if sized(row.variant)[0] in has)

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav`.

        Raises `BackendUnavailable` when program or voice is missing, `RequestRejected` when there is nothing to say,
        and `MediaBroken` when the program failed.
        """
        voice, semitones = sized(request.voice.variant)
        if not program():
            raise BackendUnavailable(
                f"The voice {request.voice.variant!r} is flite's, which is not on this machine: "
                "install it (apt-get install flite), or recast who speaks with it."
            )
        if voice not in _listed(program()):
            raise BackendUnavailable(f"flite has no voice {voice!r}: recast who speaks with it, to slt or rms, say.")
        pace = pace_of(ENGINE, request.voice.variant, USUAL_PACE)
        return speak(request, call, lambda text, said: _spoken(text, voice, said, pace, semitones))


def build(settings: ToolSettings) -> FliteVoice:
    """Return flite's voices; they have no settings."""
    return FliteVoice()


def sized(variant: str) -> tuple[str, float]:
    """Return voice and semitones of a variant such as `slt@+3`: the same person three semitones smaller.

    Raises `BackendUnavailable` when what follows the sign is no number.
    """
    voice, _, semitones = variant.partition("@")
    try:
        return voice, float(semitones or 0)
    except ValueError as error:
        raise BackendUnavailable(f"There is no voice {variant!r}: after @ stands a number of semitones.") from error


def _spoken(text: str, voice: str, said: Manner, pace: float, size: float) -> Utterance:
    # The table's pace is that of the variant, its size included; only the manner's own shift has to be made up for.
    stretch = pace / said.words_per_minute * ratio_of(said.semitones)
    stretch = min(max(stretch, _LEAST_STRETCH), _MOST_STRETCH)
    with tempfile.TemporaryDirectory(prefix="line-") as folder:
        file = Path(folder) / "line.wav"
        command = ["-voice", voice, "--setf", f"duration_stretch={stretch:.4f}", "-psdur", "-t", text, "-o", str(file)]
        sounds = _segments(_run(program(), *command))
        samples, rate = _read(file)
    starts = word_starts(text, [symbol for symbol, _ in sounds], _pronounced)
    words = tuple((word, sounds[place][1]) for word, place in starts)
    given = Utterance(
        samples=samples, rate=rate, words=words, sounds=tuple((kirshenbaum(symbol), at) for symbol, at in sounds)
    )
    return raised(given, size + said.semitones)


def _read(file: Path) -> "tuple[Samples, int]":
    from tools.sound import wav

    samples, rate = wav.read(file)
    return samples[:, 0], rate


def _segments(printed: str) -> list[tuple[str, float]]:
    """Return sounds and the seconds at which they start, from `pau:0.220 s:0.344 …`, which has their ends."""
    named = [item.rpartition(":") for item in printed.split()]
    ends = [float(end) for _, _, end in named]
    return [(name, start) for (name, _, _), start in zip(named, [0.0, *ends[:-1]], strict=True)]


def _pronounced(words: tuple[str, ...]) -> list[list[str]]:
    """Return the sounds of each word said by itself."""
    # A comma makes a pause; a full stop after one letter would make an initial of it.
    text = " ".join(f"{word}," for word in words)
    said: list[list[str]] = [[]]
    for symbol in _run(program(), "-voice", "kal", "-ps", "-t", text, "none").split():
        if symbol != "pau":
            said[-1].append(symbol)
        elif said[-1]:
            said.append([])
    return said[: len(words)]


def _run(path: str, *what: str) -> str:
    """Return what the program prints. Raises `MediaBroken` when it fails and `BackendUnavailable` when it is gone."""
    try:
        done = subprocess.run(
            [path, *what], capture_output=True, timeout=_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError as error:
        raise BackendUnavailable("flite is not on this machine any more: install it again.") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise MediaBroken(f"flite failed: {error}.") from error
    return done.stdout.decode(errors="replace")
