"""Festival's voices, where its program is installed. It knows which sound belongs to which word, and when both begin.

The program runs in a process of its own for each line (a third of a second) and is told what to do by
`festival_line.scm`.
"""

import functools
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable, MediaBroken
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.tasks import ToolInfo
from tools.protocols import Call, ToolSettings
from tools.voice.delivery import Manner
from tools.voice.flite import sized
from tools.voice.measured import offered, pace_of
from tools.voice.pronouncing import kirshenbaum
from tools.voice.speaking import Utterance, raised, ratio_of, speak

ENGINE = "festival"
SCRIPT = Path(__file__).with_name("festival_line.scm")
USUAL_PACE = 170.0
_LEAST_STRETCH, _MOST_STRETCH = 0.5, 2.5
_SECONDS = 60.0


def program() -> str:
    """Return the path of the program, or an empty string where there is none."""
    return shutil.which("festival") or ""


@functools.cache
def _listed(path: str) -> frozenset[str]:
    """Return the names of the voices that are installed beside a program; none when it can't be run."""
    try:
        return frozenset(re.findall(r"[\w-]+", _run(path, "(print (voice.list))")))
    except (BackendUnavailable, MediaBroken):
        return frozenset()


class FestivalVoice:
    """`VoiceBackend` by the program `festival`. English only: its other languages want letters of their own."""

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed."""
        return ToolInfo(name=ENGINE, version="1", wall_per_second=0.1)

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
                f"The voice {request.voice.variant!r} is festival's, which is not on this machine: "
                "install it (apt-get install festival festvox-us-slt-hts), or recast who speaks with it."
            )
        if voice not in _listed(program()):
            raise BackendUnavailable(
                f"festival has no voice {voice!r} here: install the package that brings it, "
                "such as festvox-us-slt-hts, or recast who speaks with it."
            )
        pace = pace_of(ENGINE, request.voice.variant, USUAL_PACE)
        return speak(request, call, lambda text, said: _spoken(text, voice, said, pace, semitones))


def build(settings: ToolSettings) -> FestivalVoice:
    """Return festival's voices; they have no settings."""
    return FestivalVoice()


def _spoken(text: str, voice: str, said: Manner, pace: float, size: float) -> Utterance:
    from anyascii import anyascii

    from tools.sound import wav

    stretch = pace / said.words_per_minute * ratio_of(said.semitones)
    stretch = min(max(stretch, _LEAST_STRETCH), _MOST_STRETCH)
    with tempfile.TemporaryDirectory(prefix="line-") as folder:
        file = Path(folder) / "line.wav"
        arguments = (_quoted(voice), _quoted(anyascii(text)), f"{stretch:.4f}", _quoted(str(file)))
        printed = _run(program(), str(SCRIPT), f"(ten_four_say {' '.join(arguments)})")
        if not file.exists():
            raise MediaBroken("festival gave no sound.")
        samples, rate = wav.read(file)
    words, sounds = _timed(printed)
    return raised(Utterance(samples=samples[:, 0], rate=rate, words=words, sounds=sounds), size + said.semitones)


def _timed(printed: str) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]]:
    """Return words and sounds with the seconds at which they start, from what the script prints."""
    words: list[tuple[str, float]] = []
    sounds: list[tuple[str, float]] = []
    end = 0.0
    for line in printed.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "word":
            words.append((rest, end))
        elif kind == "sound":
            name, _, until = rest.rpartition(" ")
            sounds.append((kirshenbaum(name), end))
            end = float(until)
    return tuple(words), tuple(sounds)


def _quoted(text: str) -> str:
    """Return a string as Scheme reads it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _run(path: str, *what: str) -> str:
    """Return what the program prints. Raises `MediaBroken` when it fails and `BackendUnavailable` when it is gone."""
    try:
        done = subprocess.run(
            [path, "-b", *what], capture_output=True, timeout=_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError as error:
        raise BackendUnavailable("festival is not on this machine any more: install it again.") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise MediaBroken(f"festival failed: {error}.") from error
    return done.stdout.decode("utf-8", errors="replace")
