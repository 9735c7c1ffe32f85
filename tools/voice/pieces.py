"""Cuts a long line into pieces that a model can say in one breath, where a speaker would pause."""

import re

MOST_WORDS = 32
"""At two and a half words a second just under 13 s, after which Bark loses the thread."""
_LEAST_WORDS = 4
"""A shorter piece is said without its sentence's tune."""
_JOINING = frozenset(
    ("and", "but", "or", "because", "that", "which", "who", "when", "while", "where", "if", "though", "until", "before")
)
"""Words before which a clause begins."""
_SENTENCE_PAUSE, _CLAUSE_PAUSE, _NO_PAUSE = 0.35, 0.18, 0.05


def pieces(text: str, most: int = MOST_WORDS) -> tuple[str, ...]:
    """Return the text in pieces of at most `most` words: cut at sentences first, then at clauses, then anywhere."""
    words = text.split()
    if len(words) <= most:
        return (" ".join(words),) if words else ()
    margin = min(_LEAST_WORDS, len(words) // 2)
    places = range(margin, len(words) - margin + 1)
    # Of equally good places the one nearest to the middle: two halves are then less likely to be cut again.
    best = min(places, key=lambda place: (_strength(words, place), abs(place - len(words) / 2)))
    return (*pieces(" ".join(words[:best]), most), *pieces(" ".join(words[best:]), most))


def pause_after(piece: str) -> float:
    """Return the seconds of silence between a piece and the next one."""
    return (_SENTENCE_PAUSE, _CLAUSE_PAUSE, _NO_PAUSE, _NO_PAUSE)[_mark(piece)]


def _strength(words: list[str], place: int) -> int:
    """Return how bad a cut before the word `place` would be, from 0."""
    mark = _mark(words[place - 1])
    return 2 if mark == 3 and words[place].casefold() in _JOINING else mark


def _mark(text: str) -> int:
    if re.search(r"[.!?][\"')\]]*$", text):
        return 0
    return 1 if re.search(r"[,;:][\"')\]]*$", text) else 3
