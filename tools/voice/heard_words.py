"""What an ear understood of a line, against what it should have: words, and the ones that matter on their own.

A call sign, an address, a plate or a time that is misheard costs more than a lost "well", so each is counted by itself.
"""

import re
from typing import Literal

from episodes.errors import RequestRejected
from episodes.results import TimedWord
from episodes.spoken_numbers import said_call_signs
from episodes.value import Value
from tools.voice.spoken_text import spoken_text

EntityKind = Literal["unit", "address", "plate", "time"]

_STREETS = (
    "Street|St|Avenue|Ave|Boulevard|Blvd|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Highway|Hwy|Way|Terrace|Alley|Row|Place|Pl"
)
_PATTERNS: tuple[tuple[EntityKind, re.Pattern[str]], ...] = (
    (
        "time",
        re.compile(r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?:\s*[ap]\.?\s?m\b\.?)?|\b(?:1[0-2]|[1-9])\s*[ap]\.?m\b\.?", re.I),
    ),
    ("plate", re.compile(r"\b(?:\d[A-Z]{3}\d{3}|[A-Z]{3}[- ]?\d{3,4}|\d{3}[- ]?[A-Z]{3})\b")),
    ("address", re.compile(rf"\b\d{{1,5}}(?: [A-Z][\w'’]*){{1,3}}? (?:{_STREETS})\b\.?")),
    ("unit", re.compile(r"\b\d{1,2}-?[A-Z]-?\d{1,3}\b")),
)
"""How they are written in scripts. A call sign may be written as it is said, too: `said_call_signs` finds those."""


class HeardEntity(Value):
    """Something in a line that must not be misheard."""

    kind: EntityKind
    text: str
    """As it is written."""
    heard: bool


class Hearing(Value):
    """What was understood of a spoken line."""

    text: str
    """As the recogniser wrote it."""
    wer: float
    """Word error rate: 0 when every word was understood; above 1 when more was heard than said."""
    entities: tuple[HeardEntity, ...] = ()
    words: tuple[TimedWord, ...] = ()
    """What was heard and when, as the recogniser wrote it."""


def plain_words(text: str, *, radio: bool = False, language: str = "en") -> tuple[str, ...]:
    """Return the words that a text is said as, small, without marks: `10-4, Jim!` is `ten`, `four`, `jim`."""
    try:
        said = spoken_text(text, radio=radio, language=language)
    except RequestRejected:
        return ()
    return tuple(re.findall(r"[^\W_]+(?:'[^\W_]+)*", said.casefold()))


def compared(
    text: str, heard: str, words: tuple[TimedWord, ...] = (), *, radio: bool = False, language: str = "en"
) -> Hearing:
    """Return what was understood of `text` by whoever heard `heard`."""
    wanted = plain_words(text, radio=radio, language=language)
    found = plain_words(heard, radio=radio, language=language)
    entities = tuple(
        HeardEntity(kind=kind, text=written, heard=_holds(found, _said(written, radio=radio, language=language)))
        for kind, written in entities_in(text)
    )
    return Hearing(text=heard.strip(), wer=error_rate(wanted, found), entities=entities, words=words)


def error_rate(wanted: tuple[str, ...], found: tuple[str, ...]) -> float:
    """Return the word error rate of what was found against what was wanted."""
    if not wanted:
        return 1.0 if found else 0.0
    import jiwer

    return float(jiwer.wer(" ".join(wanted), " ".join(found)))


def entities_in(text: str) -> tuple[tuple[EntityKind, str], ...]:
    """Return the units, addresses, plates and times of a line as they are written, each of them once."""
    found: list[tuple[int, EntityKind, str]] = []
    left = text
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(left):
            found.append((match.start(), kind, match[0].rstrip(".")))
        left = pattern.sub(lambda match: " " * len(match[0]), left)
    # Call signs that are written as they are said come last: nobody says where in the text they stand.
    found += [(len(text), "unit", sign) for sign in said_call_signs(left)]
    ordered = sorted(found, key=lambda each: each[0])
    return tuple(dict.fromkeys((kind, written) for _, kind, written in ordered))


def _said(written: str, *, radio: bool, language: str) -> tuple[str, ...]:
    return plain_words(written, radio=radio, language=language)


def _holds(found: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Return whether the wanted words were heard together; where one word ends may differ (`nine teen`)."""
    return f" {' '.join(wanted)} " in f" {' '.join(found)} " or "".join(wanted) in "".join(found)
