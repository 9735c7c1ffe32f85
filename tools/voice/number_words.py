"""English numbers as they are said: counts, digits one by one, pairs, years, clock times and money."""

import re

_SMALL: tuple[str, ...] = tuple(
    re.findall(
        r"\w+",
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen",
    )
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred"))
_IRREGULAR_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_LARGEST = 10**12


def cardinal(number: int) -> str:
    """Return a count in words; from 10^12 on it is read digit by digit."""
    if number >= _LARGEST:
        return digits(str(number))
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens = _TENS[number // 10]
        return tens if number % 10 == 0 else f"{tens}-{_SMALL[number % 10]}"
    scale, name = next((scale, name) for scale, name in _SCALES if number >= scale)
    head = f"{cardinal(number // scale)} {name}"
    return head if number % scale == 0 else f"{head} {cardinal(number % scale)}"


def ordinal(number: int) -> str:
    """Return a place in a row in words: `twenty-second`."""
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _IRREGULAR_ORDINALS:
        return words[:cut] + _IRREGULAR_ORDINALS[last]
    return words[:cut] + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def digits(text: str, zero: str = "zero") -> str:
    """Return digits one by one; other characters are left out."""
    return " ".join(zero if digit == "0" else _SMALL[int(digit)] for digit in text if digit in "0123456789")


def number(text: str) -> str:
    """Return a number as it is written, `1,200` or `2.5`, in words; `007` digit by digit."""
    whole, point, part = text.replace(",", "").partition(".")
    coded = len(whole) > 1 and whole.startswith("0")
    words = digits(whole, zero="oh") if coded else cardinal(int(whole or "0"))
    return f"{words} point {digits(part)}" if point and part else words


def pairs(text: str) -> str:
    """Return a house number or year in pairs: `1420` fourteen twenty, `240` two forty, `1905` nineteen oh five."""
    if len(text) not in (3, 4) or text.startswith("0") or text.endswith("000"):
        return number(text)
    head, tail = int(text[:-2]), text[-2:]
    if tail == "00":
        return f"{cardinal(head)} hundred"
    return f"{cardinal(head)} {_two_digits(tail)}"


def clock(hours: str, minutes: str, *, twelve_hours: bool) -> str:
    """Return a time: `3`, `12` three twelve; `03`, `10` oh three ten; a full hour as the hour alone before a.m."""
    early = hours.startswith("0") and len(hours) == 2
    head = ("oh " if early and hours != "00" else "") + (cardinal(int(hours)) if hours != "00" else "zero zero")
    if minutes != "00":
        return f"{head} {_two_digits(minutes)}"
    if twelve_hours:
        return cardinal(int(hours))
    return f"{head} hundred" if early or int(hours) > 12 else f"{head} o'clock"


def money(whole: str, cents: str) -> str:
    """Return dollars and cents in words."""
    dollars = int(whole.replace(",", "") or "0")
    parts = []
    if dollars or not cents:
        parts.append(f"{cardinal(dollars)} dollar{'' if dollars == 1 else 's'}")
    if cents and int(cents):
        parts.append(f"{cardinal(int(cents))} cent{'' if int(cents) == 1 else 's'}")
    return " and ".join(parts) or "zero dollars"


def _two_digits(text: str) -> str:
    return f"oh {_SMALL[int(text)]}" if text.startswith("0") else cardinal(int(text))
