"""Numbers, amounts and times of day as people say them: `twelve`, `half a second`, `3 dB`, `quarter to four`."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from agents.assistant.tokens import Token

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
ORDINALS = {
    word: n
    for n, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {"opening": 1}

Unit = Literal["seconds", "frames", "db", "percent", "times", "minutes", "hours", "lufs"]
UNITS: dict[str, Unit] = {
    "s": "seconds", "sec": "seconds", "secs": "seconds", "second": "seconds", "seconds": "seconds",
    "f": "frames", "frame": "frames", "frames": "frames", "db": "db", "dbs": "db", "decibel": "db", "decibels": "db",
    "%": "percent", "percent": "percent", "per-cent": "percent", "x": "times", "times": "times",
    "min": "minutes", "mins": "minutes", "minute": "minutes", "minutes": "minutes", "hour": "hours", "hours": "hours",
    "hr": "hours", "h": "hours", "lufs": "lufs",
}  # fmt: skip
_FRACTIONS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
DAY = 24 * 60


class Amount(NamedTuple):
    """So much of something."""

    value: Fraction
    unit: Unit


class Clock(NamedTuple):
    """A time of day, or a shift of one."""

    minutes: int
    """Since midnight; for a shift, how much later."""
    shift: bool = False
    half_day: bool = False
    """Whether noon and midnight are left open: `ten past three`."""


def number_at(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    """Return the number that begins at a token, and how many tokens it takes; None where there is none."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "number":
        return Fraction(token.low.replace(",", ".")), 1
    if token.low in SMALL:
        value = SMALL[token.low]
        following = tokens[at + 1].low if at + 1 < len(tokens) else ""
        if value >= 20 and following in _ONES[1:10]:
            return Fraction(value + SMALL[following]), 2
        return Fraction(value), 1
    tens, _, ones = token.low.partition("-")
    if tens in _TENS and ones in _ONES[1:10]:
        return Fraction(SMALL[tens] + SMALL[ones]), 1
    return None


def amount_at(tokens: Sequence[Token], at: int) -> tuple[Amount, int] | None:
    """Return the amount that begins at a token: `half a second`, `1.5 s`, `20 %`, `twice`, `a couple of seconds`."""
    lows = [token.low for token in tokens[at : at + 5]]
    if not lows:
        return None
    if lows[0] in ("twice", "double", "doubled"):
        return Amount(Fraction(2), "times"), 1
    for words, value in _SPELLED.items():
        rest = lows[len(words) :]
        if tuple(lows[: len(words)]) == words and rest and rest[0] in UNITS:
            return Amount(value, UNITS[rest[0]]), len(words) + 1
    if lows[:2] == ["half", "as"] or lows == ["half"]:
        return Amount(Fraction(1, 2), "times"), 1
    if lows[:2] == ["by", "half"] and (len(lows) < 3 or lows[2] not in ("a", "an", *UNITS)):
        return Amount(Fraction(1, 2), "times"), 2
    said = number_at(tokens, at)
    if said is None:
        return None
    value, taken = said
    more = lows[taken:]
    if more[:3] == ["and", "a", "half"] and more[3:4] and more[3] in UNITS:
        return Amount(value + Fraction(1, 2), UNITS[more[3]]), taken + 4
    if more and more[0] in UNITS and not (more[0] == "second" and more[1:2] == ["shot"]):
        return Amount(value, UNITS[more[0]]), taken + 1
    return None


_SPELLED: dict[tuple[str, ...], Fraction] = {
    ("half", "a"): Fraction(1, 2),
    ("half", "an"): Fraction(1, 2),
    ("a", "quarter"): Fraction(1, 4),
    ("quarter",): Fraction(1, 4),
    ("a", "half"): Fraction(1, 2),
    ("a", "half", "a"): Fraction(1, 2),
    ("a", "quarter", "of", "an"): Fraction(1, 4),
    ("half",): Fraction(1, 2),
    ("a", "quarter", "of", "a"): Fraction(1, 4),
    ("a", "third", "of", "a"): Fraction(1, 3),
    ("quarter", "of", "a"): Fraction(1, 4),
    ("a", "couple", "of"): Fraction(2),
    ("a", "couple"): Fraction(2),
    ("a", "few"): Fraction(3),
    ("a",): Fraction(1),
    ("an",): Fraction(1),
    ("one", "and", "a", "half"): Fraction(3, 2),
}


# ---- times of day ----------------------------------------------------------------------------------------------------


def clock_at(tokens: Sequence[Token], at: int) -> tuple[Clock, int] | None:
    """Return the time of day, or the shift of one, that begins at a token."""
    for read in (_shift, _named, _written, _past_or_to, _bare_hour):
        found = read(tokens, at)
        if found is not None:
            return found
    return None


def _shift(tokens: Sequence[Token], at: int) -> tuple[Clock, int] | None:
    amount = amount_at(tokens, at)
    if amount is None or amount[0].unit not in ("minutes", "hours"):
        return None
    (value, unit), taken = amount
    following = [token.low for token in tokens[at + taken : at + taken + 1]]
    if following not in (["later"], ["earlier"], ["after"], ["before"]) or following in (["after"], ["before"]):
        return None
    minutes = int(value * (60 if unit == "hours" else 1))
    return Clock(minutes if following == ["later"] else -minutes, shift=True), taken + 1


def _named(tokens: Sequence[Token], at: int) -> tuple[Clock, int] | None:
    named = {"midnight": 0, "noon": 12 * 60, "midday": 12 * 60}
    return (Clock(named[tokens[at].low]), 1) if tokens[at].low in named else None


def _written(tokens: Sequence[Token], at: int) -> tuple[Clock, int] | None:
    token = tokens[at]
    if token.kind == "clock":
        hour, minute = (int(part) for part in token.low.replace(".", ":").split(":"))
    elif token.kind == "number" and len(token.low) == 4 and token.low.isdecimal():
        hour, minute = int(token.low[:2]), int(token.low[2:])
    else:
        return None
    if hour > 24 or minute > 59:
        return None
    half, taken = _half_of_day(tokens, at + 1)
    if half is not None:
        return Clock(_in_half(hour, minute, half)), 1 + taken
    following = [each.low for each in tokens[at + 1 : at + 2]]
    return Clock((hour % 24) * 60 + minute), 2 if following in (["hours"], ["h"], ["o'clock"]) else 1


def _past_or_to(tokens: Sequence[Token], at: int) -> tuple[Clock, int] | None:
    """Read `ten past three`, `quarter to four`, `half past two`, `five minutes before six`."""
    lows = [token.low for token in tokens[at : at + 4]]
    start = 1 if lows[:1] == ["a"] else 0
    if lows[start : start + 1] in (["half"], ["quarter"]):
        minutes, taken = (30, 1) if lows[start] == "half" else (15, 1)
    else:
        said = number_at(tokens, at + start)
        if said is None or said[0].denominator != 1 or not 0 < said[0] < 60:
            return None
        minutes, taken = int(said[0]), said[1]
    taken += start
    if [token.low for token in tokens[at + taken : at + taken + 1]] in (["minutes"], ["min"]):
        taken += 1
    joint = [token.low for token in tokens[at + taken : at + taken + 1]]
    if joint not in (["past"], ["after"], ["to"], ["before"]):
        return None
    hour = _hour(tokens, at + taken + 1)
    if hour is None:
        return None
    value, more = hour
    taken += 1 + more
    half, further = _half_of_day(tokens, at + taken)
    total = value * 60 + (minutes if joint[0] in ("past", "after") else -minutes)
    if half is not None:
        total = _in_half(value, 0, half) + (minutes if joint[0] in ("past", "after") else -minutes)
    return Clock(total % DAY, half_day=half is None and 0 < value <= 12), taken + further


def _hour(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    if at < len(tokens) and tokens[at].low in ("midnight", "noon"):
        return (0 if tokens[at].low == "midnight" else 12), 1
    said = number_at(tokens, at)
    if said is None or said[0].denominator != 1 or not 0 <= said[0] <= 24:
        return None
    return int(said[0]), said[1]


def _bare_hour(tokens: Sequence[Token], at: int) -> tuple[Clock, int] | None:
    """Read `3 am`, `three o'clock`, `three in the morning`, and `three fifteen am`."""
    said = _hour(tokens, at)
    if said is None or tokens[at].low in ("midnight", "noon"):
        return None
    hour, taken = said
    minute = number_at(tokens, at + taken)
    half, further = _half_of_day(tokens, at + taken)
    if half is not None:
        return Clock(_in_half(hour, 0, half)), taken + further
    if [token.low for token in tokens[at + taken : at + taken + 1]] == ["o'clock"]:
        half, further = _half_of_day(tokens, at + taken + 1)
        minutes = hour % 24 * 60 if half is None else _in_half(hour, 0, half)
        return Clock(minutes, half_day=half is None and 0 < hour <= 12), taken + 1 + further
    if minute is not None and minute[0].denominator == 1 and 0 < minute[0] < 60:
        half, further = _half_of_day(tokens, at + taken + minute[1])
        if half is not None:
            return Clock(_in_half(hour, int(minute[0]), half)), taken + minute[1] + further
    return None


def _half_of_day(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    lows = [token.low for token in tokens[at : at + 4]]
    spelled = {
        ("am",): "am", ("pm",): "pm", ("a", ".", "m", "."): "am", ("p", ".", "m", "."): "pm",
        ("in", "the", "morning"): "am", ("at", "night"): "night", ("in", "the", "afternoon"): "pm",
        ("in", "the", "evening"): "pm",
    }  # fmt: skip
    for words, half in spelled.items():
        if tuple(lows[: len(words)]) == words:
            return half, len(words)
    return None, 0


def _in_half(hour: int, minute: int, half: str) -> int:
    hour %= 24
    if half == "night":
        half = "am" if hour < 6 or hour == 12 else "pm"
    if half == "am" and hour == 12:
        hour = 0
    if half == "pm" and hour < 12:
        hour += 12
    return hour * 60 + minute
