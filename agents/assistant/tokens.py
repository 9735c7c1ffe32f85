"""The words of a message, one by one: words, quotations, file names, ids, clocks and numbers."""

import re
import unicodedata
from typing import Literal, NamedTuple

MOST_LETTERS = 2_000
"""A longer message is no order about one film; it is refused rather than read."""

TokenKind = Literal["word", "quote", "file", "id", "clock", "number", "mark"]
_ENDINGS = "mp4|mov|mkv|avi|webm|m4v|wav|mp3|flac|ogg|oga|opus|m4a|aac"
_QUOTES = r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|(?<!\w)'[^']+'(?!\w)|(?<!\w)‘[^’]+’(?!\w)"
_TOKEN = re.compile(
    rf"(?P<quote>{_QUOTES})"
    rf"|(?P<file>[^\s\"'“”]+\.(?:{_ENDINGS})\b)"
    r"|(?P<id>\bs\d{1,2}[-./ ]?[lb]\d{1,3}\b|\bs\d{1,2}(?:[-./_]|(?=s?\d))\d{1,3}(?:_t\d+)?\b|\b\d{1,2}-[lb]?\d{1,3}\b"
    r"|\bs\d{1,2}\b)"
    r"|(?P<clock>\b\d{1,2}(?::|\.(?=\d\d ?[ap]\.?m))\d{2}\b)"
    r"|(?P<number>[+-]?\d+(?:[.,]\d+)?)(?![a-z]+\d)"
    r"|(?P<word>\d+[a-z]+\d+|[^\W\d_]+(?:[-'][^\W\d_]+)*)"
    r"|(?P<mark>'s\b|[^\w\s])",
    re.IGNORECASE,
)
_SHORT = {
    "don't": "do not", "dont": "do not", "doesn't": "does not", "didn't": "did not", "can't": "can not",
    "cant": "can not", "cannot": "can not", "won't": "will not", "shouldn't": "should not", "isn't": "is not",
    "aren't": "are not", "wasn't": "was not", "couldn't": "could not", "i'd": "i would", "i'll": "i will",
    "i'm": "i am", "i've": "i have", "let's": "let us", "lets": "let us", "it's": "it is", "that's": "that is",
    "he's": "he is", "she's": "she is", "they're": "they are", "what's": "what is", "who's": "who is",
    "where's": "where is", "there's": "there is", "we're": "we are", "you're": "you are", "gimme": "give me",
    "wanna": "want to", "gonna": "going to", "pls": "please", "plz": "please", "u": "you", "thats": "that is",
    "thx": "thanks",
    "closeup": "close-up", "nope": "no", "how'd": "how did", "why'd": "why did", "whats": "what is", "lemme": "let me",
}  # fmt: skip


class Token(NamedTuple):
    """One word of a message, or what stands for one."""

    kind: TokenKind
    text: str
    """As it was typed; of a quotation, what stands in it."""
    low: str
    """Without capitals, hyphens for every kind of dash."""
    start: int
    """Where it begins in the message."""
    end: int


def plain(words: str) -> str:
    """Return the message with plain dashes, blanks and apostrophes, each letter at its place."""
    text = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp", "Zs") else letter for letter in words
    )
    return text.translate({0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2212: "-", 0x2019: "'", 0x00B4: "'"})


def tokens_of(words: str) -> tuple[Token, ...]:
    """Return the tokens of a plain message in order."""
    found: list[Token] = []
    for match in _TOKEN.finditer(words):
        kind = match.lastgroup or "mark"
        found += _tokens(kind, match.group(), match.start(), match.end())
    return tuple(found)


def _tokens(kind: str, text: str, start: int, end: int) -> list[Token]:
    low = text.casefold()
    if kind == "quote":
        inside = text[1:-1].strip()
        is_file = re.search(rf"\.(?:{_ENDINGS})$", inside, re.IGNORECASE)
        return [Token("file" if is_file else "quote", inside, inside.casefold(), start, end)]
    if kind == "word" and low in _SHORT:
        return [Token("word", word, word, start, end) for word in _SHORT[low].split()]
    if kind == "word" and low.endswith("'s"):
        return [Token("word", text[:-2], low[:-2], start, end - 2), Token("mark", "'s", "'s", end - 2, end)]
    return [Token(kind, text, low, start, end)]  # type: ignore[arg-type]


def id_of(low: str) -> str:
    """Return the id that a token spells: `S02-04` for `2-04`, `s2.4` and `s02-04_t3`; `S02-L03`, `S02`."""
    match = re.fullmatch(r"s?(\d{1,2})(?:[-./_ ]?([lb]?)(\d{1,3})(?:_t\d+)?)?", low)
    if match is None:
        raise ValueError(f"{low!r} spells no id")
    scene, letter, number = match.groups()
    if number is None:
        return f"S{int(scene):02}"
    return f"S{int(scene):02}-{(letter or '').upper()}{int(number):02}"
