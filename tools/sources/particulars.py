"""Finds what names a person without being a name: addresses, plates, telephone numbers, accounts, dates of birth.

Each is taken out of the text and a single private-use letter left in its place, so that the search for names does not
trip over it; `restore` puts the invention there. Times, sums and call signs are kept, and shielded in the same way.
"""

import re
from collections.abc import Callable

from tools.sources.inventions import Inventor
from tools.sources.vocabulary import ALLOWED, STREETS, fold, is_common

_FIRST_MARK = 0xF0000
_MARKS = re.compile("[\U000f0000-\U000ffffd]")

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? ?(?:\d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, ?\d{{4}})?"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:19|20)\d\d)"
)
_STREET_TYPES = "|".join(
    sorted({form for kind in STREETS for form in (kind.title(), kind.upper())}, key=len, reverse=True)
)
_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
_SPELLING = (
    "adam|alpha|alfa|boy|bravo|charles|charlie|david|delta|edward|echo|frank|foxtrot|george|golf|henry|hotel|ida|india|"
    "john|juliet|king|kilo|lincoln|lima|mary|mike|nora|november|ocean|oscar|paul|papa|queen|quebec|robert|romeo|sam|"
    "sierra|tom|tango|union|uniform|victor|william|whiskey|x-?ray|young|yankee|zebra|zulu|"
    "zero|one|two|three|four|five|six|seven|eight|nine|niner"
)
_SPELLED = tuple(word for word in _SPELLING.split("|") if "?" not in word)

_ADDRESS = re.compile(r"(?:\bhttps?://|\bftp://|\bfile:|\bwww\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|info|io|co|uk|de|fr|es|it|tv|me|us|ca|au)\b(?:/\S*)?", re.I)  # fmt: skip # noqa: E501
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@])@\w[\w.]*\w|(?<!\w)#[^\W\d]\w+")
_NETWORK = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|-?\b\d{1,3}\.\d{4,}\b")
_BIRTH = re.compile(
    rf"(\b(?:DOB|D\.O\.B\.?|dob|date of birth|birth ?date|birthday|born)\b[^\d\n]{{0,16}}?)({_DATE})", re.IGNORECASE
)
_SPELLED_OUT = re.compile(rf"\b(?:(?:{_SPELLING})\b[ ,-]*){{5,}}", re.IGNORECASE)
_CALL_SIGN = re.compile(r"\b(?:\d{1,2}[ -]?(?:Adam|Boy|Charles|David|Lincoln|Mary|Sam|Tom|X-?ray|Zebra|King|Ida)[ -]?\d{1,3}|10-\d{1,2}|K-?9|Code \d)\b", re.I)  # fmt: skip # noqa: E501
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?(?:[.,]\d+)?(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?"
    r"|\b\d{4} ?(?:hrs|hours|h)\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)\b",
    re.IGNORECASE,
)  # fmt: skip
_SUM = re.compile(r"[$£€]\s?\d[\d,.]*\d?|\b\d{1,3}(?:,\d{3})+\b|\b\d+\.\d{1,2}\b|\b(?:19|20)\d\d[-–](?:19|20)?\d\d\b")
_PHONE = re.compile(
    r"(?<![\w-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{1,5}\)[ .-]?)?\d{2,6}(?:[ .–-]\d{2,6}){1,4}(?![\w-])|\+?\b\d{7,15}\b"
)
_REFERENCE = re.compile(
    r"(\b(?:case|incident|report|badge|reference|ref|event|docket|file|invoice|tag|id|serial|account|cad)"
    r"(?: log| report)?(?: (?:no\.?|number|id|#))?[ :#]{1,3})([A-Z]{0,4}-?\d[\dA-Z-]{2,})(?![ .-]?\d)",
    re.IGNORECASE,
)
_PLATE_CUE = re.compile(
    r"(\b(?:plates?|registration|reg|licen[cs]e|tag|VIN|index)\b(?: (?:plate|number|no\.?|tag))?"
    r"(?:,? (?:of|reading|read|was|is|bearing|number))?[ :,]{1,2}[\"“']?)"
    r"([A-Z0-9]{1,4}(?:[ ·-]?[A-Z0-9]{1,4}){0,3})(?![\w])"
)
_PLATE = re.compile(r"(?<![\w-])[A-Z0-9]{1,4}(?:[ ·-]?[A-Z0-9]{1,5}){0,2}(?![\w-])|\b[A-Z0-9]{9,17}\b")
_MEASURE = re.compile(r"\d+(?:ST|ND|RD|TH|S|AM|PM|MPH|KPH|KM|KG|CM|MM|FT|LB|LBS|HRS|MIN|X|HR|G|M|K|L|ML|OZ)?$")
_HOUSE = re.compile(
    rf"\b(\d{{1,5}}[A-Za-z]?)(?=,?\s+(?:[NSEW]\.?\s+)?(?:\d{{1,3}}(?:st|nd|rd|th)\s+|{_CAPITALISED}\s+){{0,4}}"
    rf"(?:{_STREET_TYPES})\b)|(?<=(?i:strasse) )\d{{1,4}}\b|(?<=(?i:straße) )\d{{1,4}}\b"
)
_NUMBERED_STREET = re.compile(r"\b\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)(?=\s+(?i:street|st|avenue|ave|road)\b)")
_DOOR = re.compile(r"((?i:\b(?:apt|apartment|flat|suite|room|lot)\b\.? ?#?))(\d{1,4}[A-Za-z]?)\b")
_ROUTE = re.compile(
    r"(\b(?i:route|highway|hwy|interstate|county road|state road|rte|cr|sr|exit) "
    r"|\bI-|\b[AMB](?=\d{1,4}\b(?! ?[ap]m)))(\d{1,4})\b"
)
_STATE = re.compile(r"(?<=[\w.]), ?[A-Z]{2}\b(?: \d{5}(?:-\d{4})?)?")
_BODY = re.compile(
    r"(?:\b[Tt]he |\bTHE )?"
    rf"(?:(?!(?:The|THE|And|Police|POLICE|Fire|FIRE)\b){_CAPITALISED}(?: (?:of|and|&) |[ -])){{1,5}}"
    r"(?:(?P<police>(?i:police department|police service|police dept\.?|police force|police|sheriff['’]?s? (?:office|"
    r"department|dept\.?)|constabulary|highway patrol|department of public safety)|PD)"
    r"|(?P<fire>(?i:fire department|fire dept\.?|fire and rescue|fire & rescue|fire service|fire brigade)|FD))\b"
)


class Shield:
    """Takes particulars out of one text and puts inventions back."""

    def __init__(self, inventor: Inventor) -> None:
        self._inventor = inventor
        self._kept: list[str] = []

    def cover(self, text: str) -> str:
        """Return `text` with a private-use letter for each particular. `restore` undoes it."""
        text = _MARKS.sub("", text)
        for pattern, answer in self._steps():
            text = pattern.sub(answer, text)
        return text

    def cover_bodies(self, text: str) -> str:
        """Return `text` with the names of police and fire services covered."""
        return _BODY.sub(self._body, text)

    def restore(self, text: str) -> str:
        """Return `text` with every private-use letter replaced by what it stands for."""
        while _MARKS.search(text):
            text = _MARKS.sub(lambda mark: self._kept[ord(mark.group()) - _FIRST_MARK], text)
        return text

    def _keep(self, text: str) -> str:
        self._kept.append(text)
        return chr(_FIRST_MARK + len(self._kept) - 1)

    def _steps(self) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
        make = self._inventor
        return (
            (_EMAIL, lambda found: self._keep("an e-mail address")),
            (_ADDRESS, lambda found: self._keep("a web page")),
            (_HANDLE, lambda found: self._keep(found.group()[0] + make.handle(fold(found.group())))),
            (_BIRTH, lambda found: found.group(1) + self._keep(self._birth(found.group(2)))),
            (_CALL_SIGN, lambda found: self._keep(found.group())),
            (_SPELLED_OUT, self._spelled),
            (_NETWORK, lambda found: self._keep(make.same_shape(found.group()))),
            (_STATE, self._state),
            (_PLATE_CUE, self._cued_plate),
            (_REFERENCE, lambda found: found.group(1) + self._keep(make.same_shape(found.group(2)))),
            (_TIME, lambda found: self._keep(found.group())),
            (_SUM, lambda found: self._keep(found.group())),
            (_PHONE, self._phone),
            (_PLATE, self._plate),
            (_NUMBERED_STREET, lambda found: self._keep(make.ordinal(found.group()))),
            (_HOUSE, lambda found: self._keep(make.same_shape(found.group()))),
            (_DOOR, lambda found: found.group(1) + self._keep(make.same_shape(found.group(2)))),
            (_ROUTE, lambda found: found.group(1) + self._keep(make.same_shape(found.group(2)))),
        )

    def _birth(self, date: str) -> str:
        make = self._inventor
        date = re.sub(r"\d{4}", lambda year: make.year(year.group()), date)
        return re.sub(r"(?<!\d)\d{1,2}(?!\d)", lambda day: make.day(day.group()), date)

    def _state(self, found: re.Match[str]) -> str:
        return found.group() if fold(found.group()[1:3].strip()) in ALLOWED else ""

    def _spelled(self, found: re.Match[str]) -> str:
        words = re.findall(rf"(?:{_SPELLING})\b", found.group(), re.IGNORECASE)
        key = fold(" ".join(words))
        invented = self._inventor.spelling(key, _SPELLED)
        return self._keep(invented) + found.group()[len(found.group().rstrip(" ,-")) :]

    def _phone(self, found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found.group())
        if len(digits) < 7:
            return self._keep(found.group())
        return self._keep(self._inventor.phone(digits[-7:]))

    def _cued_plate(self, found: re.Match[str]) -> str:
        words = found.group(2).split(" ")
        if all(word.isalpha() and is_common(word) for word in words) and '"“' not in found.group(1):
            return found.group()
        return found.group(1) + self._keep(self._inventor.same_shape(found.group(2)))

    def _plate(self, found: re.Match[str]) -> str:
        text = found.group()
        parts = re.split(r"[ ·-]", text)
        solid = "".join(parts)
        mixed = any(letter.isdigit() for letter in solid) and any(letter.isalpha() for letter in solid)
        words = [part for part in parts if part.isalpha()]
        ordinary = any(is_common(part) or fold(part) in ALLOWED for part in words if len(part) > 1)
        measure = not parts[-1].isdigit() and _MEASURE.fullmatch(parts[-1])
        if not mixed or len(solid) < 5 or ordinary or measure:
            return text
        return self._keep(self._inventor.same_shape(text))

    def _body(self, found: re.Match[str]) -> str:
        kind = "the fire department" if found.group("fire") else "the department"
        if found.group().isupper():
            kind = kind.upper()
        at_start = found.start() == 0 or found.string[: found.start()].rstrip().endswith((".", "!", "?"))
        return self._keep(kind[0].upper() + kind[1:] if at_start else kind)
