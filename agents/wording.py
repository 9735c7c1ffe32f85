"""Text as it comes in a model's answer: cleaned of stage directions and quotes, and held to a number of words."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

_STAGE = re.compile(r"^\s*(?:\*[^*]*\*|\([^)]*\)|\[[^\]]*\])\s*|\s*(?:\*[^*]*\*|\[[^\]]*\])\s*$")
_SPEAKER = re.compile(
    r"^\s*(?:(?:Officer|Deputy|Sergeant|Sgt\.?|Dispatcher|Dispatch|Witness|Suspect|Narrator|Rookie)\b[A-Za-z .'-]{0,24}"
    r"|[A-Z]{3,24}|[A-Z][a-z'-]+(?=:\s*[\"“])):\s+"
)
"""A speaker's name before a line: a title, a word in capitals, a name before a quotation. `Section Four:` is said."""
LINE_WORDS = 22
"""A spoken line is 4 to 14 words; beyond this many nobody laughs."""


def clean_line(text: object) -> object:
    """Return a spoken line without quotes, speaker's name and stage directions; other values as they are."""
    if not isinstance(text, str):
        return text
    line = _SPEAKER.sub("", _STAGE.sub("", " ".join(text.split())))
    pairs = (("“", "”"), ('"', '"'))
    for first, last in pairs:
        if len(line) > 2 and line.startswith(first) and line.endswith(last):
            line = line[1:-1]
    return line.strip()


def without_speaker(text: str, names: tuple[str, ...]) -> str:
    """Return a line without the name of its speaker before it."""
    said, colon, rest = text.partition(": ")
    return rest.strip() if colon and rest.strip() and said.strip().lower() in {n.lower() for n in names} else text


def clean(text: object) -> object:
    """Return a text on one line; other values as they are."""
    return " ".join(text.split()) if isinstance(text, str) else text


def _say_something(text: str) -> str:
    if not any(letter.isalnum() for letter in text):
        raise ValueError("the text is empty; say something")
    return text


def _few_words(text: str) -> str:
    words = len(text.split())
    if words > LINE_WORDS:
        raise ValueError(f"the line has {words} words; say it in at most 14, or split it in two lines")
    return text


def _short(text: str) -> str:
    if len(text) > 400:
        raise ValueError("the text is too long; say it in at most 40 words")
    return text


LineText = Annotated[str, BeforeValidator(clean_line), AfterValidator(_say_something), AfterValidator(_few_words)]
"""One utterance."""
Words = Annotated[str, BeforeValidator(clean), AfterValidator(_short)]
"""A short text on one line; may be empty."""
SomeWords = Annotated[str, BeforeValidator(clean), AfterValidator(_say_something), AfterValidator(_short)]
"""A short text on one line; not empty."""
