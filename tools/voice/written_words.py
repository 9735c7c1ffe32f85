"""When each written word of a line is said. Engines time what they were given to say: "10-4" is two words to them.

Captions are cut between written words, so this is what starts each of them.
"""

import itertools
import re
from collections.abc import Sequence

from episodes.errors import RequestRejected
from episodes.results import TimedWord
from tools.voice.spoken_text import spoken_text


def written_starts(
    text: str, said: str, words: Sequence[TimedWord], seconds: float, *, radio: bool, language: str
) -> tuple[float, ...]:
    """Return the second at which each blank-separated word of `text` begins; empty where no word was timed.

    Args:
        text: the line as it is written.
        said: the same made ready to be spoken.
        words: what the engine timed, in order; some words may be missing, as espeak joins "of the" into one.
        seconds: length of the line.
        radio: whether it was said the radio's way.
        language: language tag.
    """
    places = _places(text, said, radio=radio, language=language)
    known = _said_at(said, words)
    if not known:
        return ()
    moments = [next((at for said, at in known if said in span), None) for span in places]
    return _filled(text.split(), moments, seconds)


def _places(text: str, whole: str, *, radio: bool, language: str) -> list[range]:
    """Return the numbers of the spoken words that each written word is said as; none for one that is not said."""
    written, counts = text.split(), [0]
    for end in range(1, len(written)):
        try:
            said = len(spoken_text(" ".join(written[:end]), radio=radio, language=language).split())
        except RequestRejected:
            said = 0
        # What a later word turns an earlier one into ("3" before "a.m.") may take a word back: never go back with it.
        counts.append(max(counts[-1], said))
    counts += [max(counts[-1], len(whole.split()))] if written else []
    return [range(before, after) for before, after in itertools.pairwise(counts)]


def _said_at(said: str, words: Sequence[TimedWord]) -> list[tuple[int, float]]:
    """Return number and start of each spoken word that was timed, found by going along the text."""
    starts = [match.start() for match in re.finditer(r"\S+", said)]
    lower, at = said.lower(), 0
    found: list[tuple[int, float]] = []
    for word in words:
        spot = lower.find(word.text.strip().lower(), at)
        if word.text.strip() and spot >= 0:
            at = spot + len(word.text.strip())
            number = max(place for place, start in enumerate(starts) if start <= spot)
            if not found or found[-1][0] != number:
                found.append((number, word.at))
    return found


def _filled(written: list[str], moments: list[float | None], seconds: float) -> tuple[float, ...]:
    """Give words without a moment their share, by letters, of the time between their neighbours."""
    moments = [0.0 if moments[0] is None else moments[0], *moments[1:]]
    ends = [place for place, moment in enumerate(moments) if moment is not None]
    for first, last in zip(ends, [*ends[1:], len(written)], strict=True):
        begin = moments[first] or 0.0
        until = seconds if last == len(written) else moments[last] or 0.0
        letters = [len(word) + 1 for word in written[first:last]]
        for step in range(1, last - first):
            moments[first + step] = begin + (until - begin) * sum(letters[:step]) / sum(letters)
    return tuple(round(min(moment or 0.0, seconds), 3) for moment in moments)
