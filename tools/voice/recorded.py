"""Engines whose voices were made of people's recordings: a program each, run in a process of its own for each line.

What flite and festival have in common; how each is asked, and how its times are read, stands in its own module.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from episodes.cast import VoiceOffer
from episodes.errors import BackendUnavailable, MediaBroken
from episodes.language_tags import primary_subtag
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.tasks import ToolInfo
from tools.protocols import Call, Readiness
from tools.voice.delivery import Manner
from tools.voice.measured import offered, pace_of
from tools.voice.speaking import Utterance, raised, ratio_of, speak

USUAL_PACE = 170.0
"""Words a minute of a voice as it is, where nobody has measured it."""
_LEAST_STRETCH, _MOST_STRETCH = 0.5, 2.5
_SECONDS = 60.0

Started = tuple[tuple[str, float], ...]
"""Words or sounds, each with the second at which it starts."""
Say = Callable[[str, str, float, Path], tuple[Started, Started]]
"""Says a text with a voice, slower by a factor, into a file; returns its words and its sounds (Kirshenbaum)."""


def program(engine: str) -> str:
    """Return the path of an engine's program, or an empty string where there is none."""
    return shutil.which(engine) or ""


def ran(engine: str, *what: str) -> str:
    """Return what an engine prints. Raises `MediaBroken` when it fails and `BackendUnavailable` when it is gone."""
    try:
        done = subprocess.run(
            [program(engine) or engine, *what],
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise BackendUnavailable(f"{engine} is not on this machine any more: install it again.") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise MediaBroken(f"{engine} failed: {error}.") from error
    return done.stdout.decode("utf-8", errors="replace")


def sized(variant: str) -> tuple[str, float]:
    """Return voice and semitones of a variant such as `slt@+3`: the same person three semitones smaller.

    Raises `BackendUnavailable` when what follows the sign is no number.
    """
    voice, _, semitones = variant.partition("@")
    try:
        return voice, float(semitones or 0)
    except ValueError as error:
        raise BackendUnavailable(f"There is no voice {variant!r}: after @ stands a number of semitones.") from error


@dataclass(frozen=True)
class RecordedVoice:
    """`VoiceBackend` by one of these engines. English only: their other languages want letters of their own."""

    engine: str
    version: str
    packages: str
    """What `apt-get install` brings it."""
    wall_per_second: float
    listed: Callable[[str], frozenset[str]]
    """Returns the names of the voices that a program, given by its path, has; none when it can't be run."""
    say: Say

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed."""
        return ToolInfo(name=self.engine, version=self.version, wall_per_second=self.wall_per_second)

    def readiness(self) -> Readiness:
        """Say whether the program is here, and how to get it."""
        if not program(self.engine):
            return Readiness(False, f"Not on this machine: apt-get install {self.packages} (make engines).")
        return Readiness(True, f"{self.engine}, {len(self.offers('en'))} voices on this machine.")

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        """Return its measured voices, best first; none where the program is missing or the language is not English."""
        if not program(self.engine) or primary_subtag(language) != "en":
            return ()
        has = self.listed(program(self.engine))
        return tuple(row.offer for row in offered(self.engine) if sized(row.variant)[0] in has)

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav`.

        Raises `BackendUnavailable` when program or voice is missing, `RequestRejected` when there is nothing to say,
        and `MediaBroken` when the program failed.
        """
        voice, semitones = sized(request.voice.variant)
        if not program(self.engine):
            raise BackendUnavailable(
                f"The voice {request.voice.variant!r} is {self.engine}'s, which is not on this machine: "
                f"install it (apt-get install {self.packages}), or recast who speaks with it."
            )
        if voice not in self.listed(program(self.engine)):
            raise BackendUnavailable(
                f"{self.engine} has no voice {voice!r} here: install what brings it (apt-get install {self.packages} "
                "brings some), or recast who speaks with it."
            )
        pace = pace_of(self.engine, request.voice.variant, USUAL_PACE)
        return speak(request, call, lambda text, said: self._spoken(text, voice, said, pace, semitones))

    def _spoken(self, text: str, voice: str, said: Manner, pace: float, size: float) -> Utterance:
        from tools.sound import wav

        # The table's pace is that of the variant, its size included; only the manner's own shift is to be made up for.
        stretch = pace / said.words_per_minute * ratio_of(said.semitones)
        with tempfile.TemporaryDirectory(prefix="line-") as folder:
            file = Path(folder) / "line.wav"
            words, sounds = self.say(text, voice, min(max(stretch, _LEAST_STRETCH), _MOST_STRETCH), file)
            if not file.exists():
                raise MediaBroken(f"{self.engine} gave no sound.")
            samples, rate = wav.read(file)
        return raised(Utterance(samples=samples[:, 0], rate=rate, words=words, sounds=sounds), size + said.semitones)
