"""Finding the JSON in what a language model wrote: fenced, wrapped in prose, sloppy or cut off in the middle.

Small models write almost-JSON. It is read leniently here; whether it fits the answer type is judged by pydantic.
"""

import re
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_FENCE = re.compile(r"```[a-zA-Z0-9_-]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
_THINKING = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"[^\s,:\[\]{}\"']+")
_NAMED: dict[str, bool | None] = {
    "true": True, "false": False, "null": None, "none": None, "nan": None, "undefined": None,
}  # fmt: skip
_CLOSERS = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_REFUSAL = re.compile(
    r"\b(?:i['’]?m sorry|i am sorry|i apologi[sz]e|i can['’]?t|i cannot|i['’]?m (?:not able|unable)|i won['’]?t"
    r"|as an ai)\b.{0,160}?\b(?:help|assist|comply|provide|create|write|continue|do that|request|answer|generate)",
    re.IGNORECASE | re.DOTALL,
)

_DEEPEST = 30
"""Levels of nesting that are followed; our answer types have five."""
_MOST_CANDIDATES = 64
"""Opening brackets tried in one reply, so that a hostile one can't keep us busy."""


class NoJson(ValueError):
    """The text holds nothing that looks like JSON."""


class _CutOff(Exception):
    """The text ended inside a value."""


def find_json(text: str) -> tuple[Json, bool]:
    """Return the object or list that `text` holds, and whether it is whole (False: the text ended inside it).

    Of several candidates the longest wins, so that a stray `{}` in the prose is passed over. Raises `NoJson`.
    """
    text = _THINKING.sub("", text)
    candidates = [match.group(1) for match in _FENCE.finditer(text)] or [text]
    for candidate in sorted(candidates, key=len, reverse=True):
        found = _longest_value(candidate)
        if found is not None:
            return found
    found = _longest_value(text)
    if found is None:
        raise NoJson("there was no JSON object in the reply")
    return found


def is_refusal(text: str) -> bool:
    """Return whether `text` declines to answer, in prose and without any JSON."""
    return "{" not in text and _REFUSAL.search(text[:600]) is not None


def _longest_value(text: str) -> tuple[Json, bool] | None:
    best: tuple[Json, bool] | None = None
    best_length, at = 0, 0
    for _ in range(_MOST_CANDIDATES):
        if (start := _next_opening(text, at)) < 0:
            break
        scanner = _Scanner(text, start)
        value = scanner.read_top()
        if value and scanner.at - start > best_length:
            best, best_length = (value, not scanner.cut_off), scanner.at - start
        at = max(scanner.at, start + 1) if value else start + 1
    return best


def _whole_letters(text: str) -> str:
    """Join the two halves of letters that were escaped in halves, as JSON does; a lone half becomes a sign for it."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _next_opening(text: str, at: int) -> int:
    places = [place for place in (text.find("{", at), text.find("[", at)) if place >= 0]
    return min(places, default=-1)


class _Scanner:
    """A JSON reader that forgives single and curly quotes, bare keys, trailing commas, comments and a missing end."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at
        self.cut_off = False
        self._depth = 0

    def read_top(self) -> Json:
        try:
            return self._value()
        except _CutOff:
            self.cut_off = True
            return None

    def _skip(self) -> None:
        while self.at < len(self.text):
            if self.text[self.at].isspace():
                self.at += 1
            elif self.text.startswith("//", self.at):
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return

    def _peek(self) -> str:
        self._skip()
        if self.at >= len(self.text):
            raise _CutOff
        return self.text[self.at]

    def _value(self) -> Json:
        sign = self._peek()
        if sign in "{[":
            if self._depth >= _DEEPEST:
                raise _CutOff
            self._depth += 1
            nested: Json = self._object() if sign == "{" else self._list()
            self._depth -= 1
            return nested
        return self._string(sign) if sign in _CLOSERS else self._bare()

    def _object(self) -> dict[str, Json]:
        self.at += 1
        found: dict[str, Json] = {}
        try:
            while (sign := self._peek()) != "}":
                if sign == ",":
                    self.at += 1
                    continue
                key = self._string(sign) if sign in _CLOSERS else str(self._bare())
                if self._peek() == ":":
                    self.at += 1
                value = self._value()
                if self.cut_off and not isinstance(value, (list, dict)):
                    break
                found[key] = value
                if self.cut_off:
                    break
        except _CutOff:
            self.cut_off = True
        self.at += 1
        return found

    def _list(self) -> list[Json]:
        self.at += 1
        found: list[Json] = []
        try:
            while (sign := self._peek()) != "]":
                if sign in ",}":
                    self.at += 1
                    continue
                value = self._value()
                if self.cut_off:
                    # The last item is half an item: half a line of dialogue is worse than none.
                    break
                found.append(value)
        except _CutOff:
            self.cut_off = True
        self.at += 1
        return found

    def _string(self, opener: str) -> str:
        closer = _CLOSERS[opener]
        self.at += 1
        out: list[str] = []
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "\\":
                out.append(self._escape())
                continue
            self.at += 1
            if sign == closer and self._ends_here(opener):
                return _whole_letters("".join(out))
            out.append(sign)
        raise _CutOff

    def _escape(self) -> str:
        following = self.text[self.at + 1 : self.at + 2]
        if not following:
            raise _CutOff
        if following == "u":
            digits = self.text[self.at + 2 : self.at + 6]
            self.at += 6
            return chr(int(digits, 16)) if re.fullmatch(r"[0-9a-fA-F]{4}", digits) else "?"
        self.at += 2
        return _ESCAPES.get(following, following)

    def _ends_here(self, opener: str) -> bool:
        """A quote inside a word is an apostrophe; only one before punctuation or the end closes a string."""
        rest = self.text[self.at :].lstrip()
        return not rest or rest[0] in ",:]}" or (opener != "'" and rest[0] in "\"'{[")

    def _bare(self) -> str | int | float | bool | None:
        match = _WORD.match(self.text, self.at)
        if match is None:
            self.at += 1
            return None
        self.at = match.end()
        word = match.group(0)
        if word.lower() in _NAMED:
            return _NAMED[word.lower()]
        for kind in (int, float):
            try:
                return kind(word)
            except ValueError:
                continue
        return word
