"""Flite's voices, where its program is installed: made of people's recordings, and clearer than espeak-ng's.

A line takes a tenth of a second. The program prints when each sound ends; which sound begins which word is found by
`pronouncing.py`.
"""

import functools
from pathlib import Path

from episodes.errors import BackendUnavailable, MediaBroken
from tools.protocols import ToolSettings
from tools.voice.pronouncing import kirshenbaum, word_starts
from tools.voice.recorded import RecordedVoice, Started, ran

ENGINE = "flite"


def build(settings: ToolSettings) -> RecordedVoice:
    """Return flite's voices; they have no settings."""
    return RecordedVoice(engine=ENGINE, version="2", packages="flite", wall_per_second=0.06, listed=listed, say=_say)


@functools.cache
def listed(path: str) -> frozenset[str]:
    """Return the names of the voices that a program has; none when it can't be run."""
    try:
        return frozenset(ran(ENGINE, "-lv").partition(":")[2].split())
    except (BackendUnavailable, MediaBroken):
        return frozenset()


def _say(text: str, voice: str, stretch: float, file: Path) -> tuple[Started, Started]:
    command = ("-voice", voice, "--setf", f"duration_stretch={stretch:.4f}", "-psdur", "-t", text, "-o", str(file))
    sounds = _segments(ran(ENGINE, *command))
    starts = word_starts(text, [symbol for symbol, _ in sounds], _pronounced)
    words = tuple((word, sounds[place][1]) for word, place in starts)
    return words, tuple((kirshenbaum(symbol), at) for symbol, at in sounds)


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
    for symbol in ran(ENGINE, "-voice", "kal", "-ps", "-t", text, "none").split():
        if symbol != "pau":
            said[-1].append(symbol)
        elif said[-1]:
            said.append([])
    return said[: len(words)]
