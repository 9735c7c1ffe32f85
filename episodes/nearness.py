"""How near words come to a source: runs of the same words, known by digests, so that nothing of the source is kept."""

import hashlib
import re
from collections.abc import Iterable

RUN = 5
"""Words of one run."""
COPY = 9
"""Words in a row that are a near-copy of a source; a statement of eight words may be said as it stands."""
_DIGITS = 5
"""Hexadecimal digits of a digest: with 6,000 runs one in 170 foreign runs is taken for known, five in a row never."""
MOST = 6_000
"""Runs that are kept: 30 KB in the record."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def runs_of(texts: Iterable[str]) -> str:
    """Return the digests of all runs in these texts, one after another, sorted."""
    found: dict[str, None] = {}
    for text in texts:
        for run in _runs(text):
            found[run] = None
    return "".join(sorted(list(found)[:MOST]))


def copied_words(text: str, runs: str) -> int:
    """Return the length in words of the longest row of words that stands in the sources too; 0 below one run."""
    known = {runs[at : at + _DIGITS] for at in range(0, len(runs), _DIGITS)}
    longest = row = 0
    for run in _runs(text):
        row = row + 1 if run in known else 0
        longest = max(longest, row)
    return longest + RUN - 1 if longest else 0


def _runs(text: str) -> Iterable[str]:
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    for at in range(len(words) - RUN + 1):
        yield hashlib.sha256(" ".join(words[at : at + RUN]).encode()).hexdigest()[:_DIGITS]
