"""Festival's voices, where its program is installed. It knows which sound belongs to which word, and when both begin.

A line takes a third of a second; the program is told what to do by `festival_line.scm`.
"""

import functools
import re
from pathlib import Path

from episodes.errors import BackendUnavailable, MediaBroken
from tools.protocols import ToolSettings
from tools.voice.pronouncing import kirshenbaum
from tools.voice.recorded import RecordedVoice, Started, ran

ENGINE = "festival"
SCRIPT = Path(__file__).with_name("festival_line.scm")


def build(settings: ToolSettings) -> RecordedVoice:
    """Return festival's voices; they have no settings."""
    return RecordedVoice(
        engine=ENGINE,
        version="2",
        packages="festival festvox-us-slt-hts",
        wall_per_second=0.1,
        listed=listed,
        say=_say,
    )


@functools.cache
def listed(path: str) -> frozenset[str]:
    """Return the names of the voices that are installed beside a program; none when it can't be run."""
    try:
        return frozenset(re.findall(r"[\w-]+", ran(ENGINE, "-b", "(print (voice.list))")))
    except (BackendUnavailable, MediaBroken):
        return frozenset()


def _say(text: str, voice: str, stretch: float, file: Path) -> tuple[Started, Started]:
    from anyascii import anyascii

    arguments = (_quoted(voice), _quoted(anyascii(text)), f"{stretch:.4f}", _quoted(str(file)))
    return _timed(ran(ENGINE, "-b", str(SCRIPT), f"(ten_four_say {' '.join(arguments)})"))


def _timed(printed: str) -> tuple[Started, Started]:
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
