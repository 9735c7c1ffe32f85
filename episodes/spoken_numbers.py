"""Numbers, call signs and codes as people say them in English: `twenty-four`, `Four Adam Ten`, `ten-four`."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Literal


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_UNITS = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * i for i, word in enumerate(_TENS, start=2)}

_APCO = _words(
    "Adam Boy Charles David Edward Frank George Henry Ida John King Lincoln Mary Nora Ocean Paul Queen Robert Sam Tom "
    "Union Victor William X-ray Young Zebra"
)
_NATO = _words(
    "Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo "
    "Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
)
_LETTERS = {word: word[0] for word in (*_APCO, *_NATO)} | {"Alfa": "A", "Juliet": "J"}

_NUMBER = (
    r"\d{1,2}|(?:"
    + "|".join(_TENS)
    + r")(?:[- ](?:"
    + "|".join(_UNITS[1:10])
    + r"))?|"
    + "|".join(sorted(_UNITS, key=len, reverse=True))
)
_DIGIT = "|".join(_UNITS[:10])
_SAID_SIGN = re.compile(
    rf"\b({_NUMBER})[- ]({'|'.join(_LETTERS)})[- ]((?:(?:{_DIGIT})[- ])+(?:{_DIGIT})|{_NUMBER})\b", re.IGNORECASE
)
"""The last number may be read digit by digit: `Four Adam One Zero`."""
_WRITTEN_SIGN = re.compile(r"\b(\d{1,2}[A-Z]\d{1,3})\b")
_WRITTEN_CODE = re.compile(
    r"(?<![\d:-])10-(\d{1,3})\b(?!-|\s+(?:seconds?|minutes?|hours?|days?|weeks?|years?|feet|miles?|people|per)\b)"
)
"""`10-23`; but ten to fifteen minutes is no code."""
_SAID_CODE = re.compile(rf"\bten-((?:{_NUMBER}))\b", re.IGNORECASE)
_WORD = re.compile(r"\d\w*(?:[:.,-]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]")
"""A number, time or code, a word with its hyphens and apostrophes, or a mark; letters of every script."""


def number_of(words: str) -> int:
    """Return the number that the words say: `24`, `twenty-four`, `two dozen`, `three hundred and twelve`.

    Raises `ValueError` when they say none.
    """
    total, current, heard = 0, 0, False
    for word in re.split(r"[\s-]+", words.casefold().replace(",", "")):
        if word == "and" and heard:
            continue
        if word.isdecimal():
            current, heard = current + int(word), True
        elif word in _SMALL:
            current, heard = current + _SMALL[word], True
        elif word == "hundred":
            current = max(1, current) * 100
        elif word == "dozen":
            current, heard = max(1, current) * 12, True
        elif word == "thousand":
            total, current = total + max(1, current) * 1000, 0
        else:
            raise ValueError(f"{words!r} says no number")
        heard = heard or word in ("hundred", "thousand")
    if not heard:
        raise ValueError(f"{words!r} says no number")
    return total + current


def said_call_signs(text: str) -> tuple[str, ...]:
    """Return the call signs in a text as unit ids: `4A10` for `Four Adam Ten` as for `4A10`.

    What follows the word `plate` is no call sign.
    """
    found = []
    for match in _WRITTEN_SIGN.finditer(text):
        if not _after_plate(text, match.start()):
            found.append(match.group(1))
    for match in _SAID_SIGN.finditer(text):
        letter = next((value for word, value in _LETTERS.items() if word == match.group(2)), None)
        # A letter's word is written with a capital; "two boy scouts" calls nobody.
        if letter is not None and not _after_plate(text, match.start()):
            found.append(f"{number_of(match.group(1))}{letter}{_said_digits(match.group(3))}")
    return tuple(dict.fromkeys(found))


def _said_digits(words: str) -> str:
    """Return `10` for `ten` as for `one zero`."""
    digits = [_SMALL.get(word, 10) for word in re.split(r"[- ]", words.casefold())]
    if len(digits) > 1 and max(digits) < 10:
        return "".join(str(digit) for digit in digits)
    return str(number_of(words))


def _after_plate(text: str, start: int) -> bool:
    return re.search(r"\bplates?\b[^.!?]{0,20}$", text[:start], re.IGNORECASE) is not None


def said_codes(text: str) -> tuple[str, ...]:
    """Return the ten-codes in a text: `10-4` for `ten-four` as for `10-4`."""
    written = [f"10-{int(match.group(1))}" for match in _WRITTEN_CODE.finditer(text)]
    said = [f"10-{number_of(match.group(1))}" for match in _SAID_CODE.finditer(text)]
    return tuple(dict.fromkeys(written + said))


def said_letters(text: str, alphabet: Literal["apco", "nato"]) -> tuple[str, ...]:
    """Return the words in a text's call signs that belong to this phonetic alphabet and not to the other."""
    own, other = (_APCO, _NATO) if alphabet == "apco" else (_NATO, _APCO)
    said = (match.group(2) for match in _SAID_SIGN.finditer(text))
    return tuple(word for word in said if word in own and word not in other)


# ---- counts ----------------------------------------------------------------------------------------------------------

_NUMBER_WORDS = frozenset((*_SMALL, "hundred", "thousand", "dozen"))
_PART = frozenset(
    _words(
        "another more other others first last next another code unit priority number channel aisle exhibit route "
        "item at ate eat eats eaten eating take takes took taken taking gave give gives given buy bought sell sold "
        "order ordered want wants wanted need needs owe owes like per every each these those half about almost "
        "nearly over under than least most page case bay lane gate platform size"
    )
)
"""Before a number they make it a part, a name or a guess, and no count of all there is."""
_LINK = frozenset(
    _words(
        "of or and the a an in on at to for from with by is are was were no not his her their my your our its that "
        "this as but so than per if when who which where"
    )
)
"""Between a number and a name they part the two."""


def counted(text: str, names: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """Return each prop id with the number that the text gives for all of it: `two dozen jelly doughnuts`.

    `names` gives the singular name of each prop id. A head noun alone (`doughnuts`) counts where only one prop has it.
    """
    words = _WORD.findall(text)
    found = []
    for start, end, number in _numbers_in(words):
        if start and words[start - 1] in "$€£#":
            continue
        if number == 1 and not _says_all(words, start):
            continue
        if set(word.casefold() for word in words[max(0, start - 2) : start]) & _PART:
            continue
        prop = _named_after(words[end:], names, plural=number != 1)
        if prop:
            found.append((prop, number))
    return tuple(found)


def _says_all(words: list[str], start: int) -> bool:
    """`One` counts all there is only after words like these; `one doughnut` alone may be any of them."""
    before = " ".join(words[max(0, start - 2) : start]).casefold()
    return before.endswith(("only", "exactly", "just", "there is", "there's", "there was"))


def _numbers_in(words: list[str]) -> list[tuple[int, int, int]]:
    """Return start, end and value of each longest run of number words."""
    found, at = [], 0
    while at < len(words):
        end = at
        while end < len(words) and _is_number_word(words, end, at):
            end += 1
        if end == at:
            at += 1
            continue
        # A run such as "and" alone says nothing.
        with suppress(ValueError):
            found.append((at, end, number_of(" ".join(words[at:end]))))
        at = end
    return found


def _is_number_word(words: list[str], index: int, start: int) -> bool:
    word = words[index].casefold()
    if word == "and":
        return index > start and index + 1 < len(words) and words[index - 1].casefold() in ("hundred", "thousand")
    if word == "a":
        return False
    return word.replace(",", "").isdecimal() or all(part in _NUMBER_WORDS for part in word.split("-"))


def _named_after(words: list[str], names: Mapping[str, str], *, plural: bool) -> str:
    """Return the id of the prop named within the next words, or an empty text."""
    heads = [name.casefold().split()[-1] for name in names.values() if name]
    for skipped in range(3):
        rest = [word.casefold() for word in words[skipped:]]
        for prop_id, name in names.items():
            parts = name.casefold().split()
            head = parts[-1:] if parts and heads.count(parts[-1]) == 1 else parts
            for wanted in (parts, head):
                if wanted and _matches(rest, wanted, plural=plural):
                    return prop_id
        if not rest or rest[0] in _LINK or not rest[0][0].isalpha() or rest[0].endswith("s"):
            return ""
    return ""


def _matches(words: list[str], wanted: list[str], *, plural: bool) -> bool:
    if words[: len(wanted) - 1] != wanted[:-1] or len(words) < len(wanted):
        return False
    return words[len(wanted) - 1] in (plurals(wanted[-1]) if plural else {wanted[-1]})


def plurals(noun: str) -> set[str]:
    """Return the spellings that the plural of a noun may have, its own spelling among them (`sheep`, `geese`)."""
    irregular = {"goose": "geese", "mouse": "mice", "foot": "feet", "tooth": "teeth", "man": "men", "child": "children"}
    forms = {noun, noun + "s", noun + "es", irregular.get(noun, noun)}
    if noun.endswith("y"):
        forms.add(noun[:-1] + "ies")
    if noun.endswith("f"):
        forms.add(noun[:-1] + "ves")
    return forms
