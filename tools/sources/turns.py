"""Who speaks: turns by pauses, voices by their pitch and their spectrum. Never who anybody is, only A and B."""

import itertools
import string
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tools.sources.speech import Word

if TYPE_CHECKING:
    from tools.sound.wav import Samples

_PAUSE = 0.25
"""Seconds without a word after which somebody else may speak."""
_LEAST = 0.5
"""Seconds of talk that tell a voice; a shorter stretch is given to the speaker before it."""
_MOST_SPEAKERS = 6
_OCTAVE, _COLOUR_DB = 0.28, 6.0
"""Distance in pitch and in spectrum that counts as one: half of what lies between two persons' medians."""
_APART = 1.0
"""Distance above which two groups of stretches are two voices."""

Floats = NDArray[np.float64]


def who_speaks(words: Sequence[Word], samples: "Samples", rate: int) -> tuple[str, ...]:
    """Return for each word who says it: `A` for the voice that speaks first, `B` for the next that does."""
    if not words:
        return ()
    spans = _spans(words)
    parts = [samples[round(words[a].at * rate) : round(words[b - 1].until * rate)] for a, b in spans]
    long = [index for index, part in enumerate(parts) if len(part) >= _LEAST * rate]
    groups = _grouped([parts[index] for index in long], rate)
    of_span = dict(zip(long, groups, strict=True))
    letters: dict[int, str] = {}
    said, current = [], groups[0] if groups else 0
    for index, (first, last) in enumerate(spans):
        current = of_span.get(index, current)
        letter = letters.setdefault(current, string.ascii_uppercase[len(letters)])
        said += [letter] * (last - first)
    return tuple(said)


def _spans(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return runs of words without a pause, as index of the first and of the one after the last."""
    starts = [0] + [
        index for index, (one, other) in enumerate(itertools.pairwise(words), 1) if other.at - one.until >= _PAUSE
    ]
    return list(zip(starts, [*starts[1:], len(words)], strict=True))


def _grouped(parts: Sequence["Samples"], rate: int) -> list[int]:
    """Return the number of the voice of each stretch, by average linkage of their distances."""
    if len(parts) < 2:
        return [0] * len(parts)
    from scipy.cluster.hierarchy import fcluster, linkage

    features = np.array([_voice(part, rate) for part in parts])
    tree = linkage(features, method="average")
    groups = fcluster(tree, _APART, criterion="distance")
    if len(set(groups)) > _MOST_SPEAKERS:
        groups = fcluster(tree, _MOST_SPEAKERS, criterion="maxclust")
    return [int(group) for group in groups]


def _voice(part: "Samples", rate: int) -> Floats:
    """Return pitch and spectrum of a stretch, scaled so that a distance of one is half of two persons'."""
    from tools.voice.hearing import median_pitch, spectrum

    pitch = median_pitch(part, rate)
    octaves = np.log2(pitch / 150) if pitch else 0.0
    colour = spectrum(part, rate)
    return np.concatenate(([octaves / _OCTAVE], colour / _COLOUR_DB / np.sqrt(len(colour))))
