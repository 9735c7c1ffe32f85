"""What a speech engine is given instead of what stands in the script: "10-4" becomes "ten four"."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from re import Match

from episodes.errors import RequestRejected
from tools.voice import number_words as say
from tools.voice.other_languages import said_in

APCO = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (  # noqa: SIM905
            "Adam Boy Charles David Edward Frank George Henry Ida John King Lincoln Mary Nora Ocean Paul Queen Robert "
            "Sam Tom Union Victor William X-ray Young Zebra"
        ).split(),
        strict=True,
    )
)
"""The spelling alphabet of the Association of Public-Safety Communications Officials (APCO Project 14)."""

_NUMBER_WORDS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty"
)
_STREETS = {
    "St": "Street", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Ln": "Lane", "Dr": "Drive", "Ct": "Court",
    "Hwy": "Highway", "Pkwy": "Parkway", "Pl": "Place", "Sq": "Square",
}  # fmt: skip
_STREET_WORDS = "|".join((*_STREETS, *_STREETS.values(), "Way", "Terrace", "Alley", "Row"))
_TITLES = {
    "Dr": "Doctor", "St": "Saint", "Sgt": "Sergeant", "Lt": "Lieutenant", "Capt": "Captain", "Det": "Detective",
    "Ofc": "Officer", "Cpl": "Corporal", "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz", "Prof": "Professor",
    "Rev": "Reverend", "Gov": "Governor", "Sen": "Senator", "Hon": "Honorable", "Gen": "General", "Col": "Colonel",
}  # fmt: skip
_SHORT = {
    "Jr": "Junior", "Sr": "Senior", "vs": "versus", "etc": "et cetera", "approx": "approximately", "dept": "department",
    "apt": "apartment", "appt": "appointment", "est": "established", "misc": "miscellaneous", "min": "minutes",
    "sec": "seconds", "hrs": "hours", "ft": "feet", "lbs": "pounds", "lb": "pounds", "oz": "ounces", "in": "inches",
    "Inc": "Incorporated", "Ltd": "Limited", "Assn": "Association",
}  # fmt: skip
_NEEDS_NUMBER = ("min", "sec", "ft", "lb", "lbs", "oz", "in", "hrs")
_UNITS = {
    "mph": "miles an hour", "km/h": "kilometres an hour", "lbs": "pounds", "lb": "pounds", "ft": "feet", "oz": "ounces",
    "km": "kilometres", "kg": "kilograms", "cm": "centimetres", "min": "minutes", "sec": "seconds", "hrs": "hours",
    "hr": "hour", "yds": "yards",
}  # fmt: skip
_SPELLED = frozenset(
    re.findall(
        r"\w+",
        "APB AKA ATM ATV CCTV CPR DA DJ DMV DNA DOA DOT DUI EMS EMT ER ETA FBI GPS HOA HQ HR ID IRS LLC MC NDA PC "
        "PD PR PTA RSVP RV SUV TBD TV UFO UPS USA VHS VIN VIP",
    )
)
_SAID_AS_WORDS = {"OK": "okay", "BOLO": "bolo", "SWAT": "swat", "PIN": "pin", "ASAP": "A sap", "RPT": "repeat"}
_FRACTIONS = {"½": "a half", "¼": "a quarter", "¾": "three quarters", "⅓": "a third", "⅔": "two thirds"}
_WRITTEN_FRACTIONS = {
    "1/2": "one half",
    "1/4": "one quarter",
    "3/4": "three quarters",
    "1/3": "one third",
    "2/3": "two thirds",
}
_SYMBOLS = {
    "&": " and ",
    "@": " at ",
    "+": " plus ",
    "=": " equals ",
    "%": " percent ",
    "°": " degrees ",
    "×": " times ",
}

# Faces, hands, hearts and the like say how something is meant, not what it is; they are never read out.
_MOOD_EMOJI = (
    (0x1F600, 0x1F64F), (0x1F910, 0x1F92F), (0x1F970, 0x1F97A), (0x1F440, 0x1F450), (0x1F48B, 0x1F49F),
    (0x1F4A2, 0x1F4AF), (0x1FAE0, 0x1FAF8), (0x2600, 0x2604), (0x2660, 0x2666), (0x2700, 0x27BF), (0x1F90C, 0x1F90F),
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One thing that is written otherwise than it is said."""

    pattern: re.Pattern[str]
    spoken: str | Callable[[Match[str]], str]
    radio_only: bool = False


def spoken_text(text: str, *, radio: bool, language: str) -> str:
    """Return `text` as it is to be said, without anything that can't be said.

    English has rules of its own, other languages the short ones of `other_languages.py`. `radio` spells English plates
    and call signs with the APCO alphabet. Raises `RequestRejected` when nothing is left to say.
    """
    english = language.lower().split("-")[0].split("_")[0] == "en"
    said = _plain(text, language)
    if english:
        said = _lowered(said)
        for rule in _ENGLISH:
            if radio or not rule.radio_only:
                said = rule.pattern.sub(rule.spoken, said)
    else:
        said = said_in(said, language.lower().split("-")[0].split("_")[0])
    said = _tidy(said)
    if not any(character.isalnum() for character in said):
        raise RequestRejected(f"There is nothing to say in the line {text[:60]!r}: give it words.")
    return said


# ---- for every language ----------------------------------------------------------------------------------------------


def _plain(text: str, language: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("’", "'").replace("‘", "'")
    for pattern, spoken in _MARKUP:
        text = pattern.sub(spoken, text)
    return _named_emoji(text, language)


_MARKUP = tuple(
    (re.compile(pattern, re.M), spoken)
    for pattern, spoken in (
        (r"!?\[([^\]]*)\]\([^)]*\)", r"\1"),  # a Markdown link or picture keeps its words
        (r"\[[^\]]*\]", " "),  # [static]
        (r"^\s*\([^)]*\)", " "),  # (sighs) before a line is a stage direction
        (r"<[^>]*>", " "),
        (r"^\s*(?:#{1,6}\s+|>+\s*|[-*+]\s+)", ""),
        (r"https?://(?:www\.)?", ""),
        (r"[*_`^|\\]{1,3}|~~", " "),
        (r"[“”„«»\"]", " "),
        (r"\s*(?:—|–|―|--+)\s*(?=\D|$)", ", "),
        (r"(?<=\d)[–—](?=\d)", "-"),
        (r"(?:\.{2,}|…)(?=\s*\w)", ", "),
        (r"\.{2,}|…", "."),
        (r"[{}<>\[\]]", " "),
    )
)


def _named_emoji(text: str, language: str) -> str:
    if text.isascii():
        return text
    import emoji

    tag = language.lower().split("-")[0]
    known = tag if tag in emoji.LANGUAGES else ""

    def name(found: str, _: dict[str, str]) -> str:
        if not known or any(low <= ord(found[0]) <= high for low, high in _MOOD_EMOJI):
            return " "
        words = emoji.demojize(found, delimiters=("", ""), language=known)
        return f" {words.replace('_', ' ').replace('-', ' ')} " if words != found else " "

    return "".join(
        character
        for character in emoji.replace_emoji(text, name)
        if unicodedata.category(character) not in ("So", "Sk", "Cf", "Cc", "Cs", "Co", "Cn") or character in "\n\t°"
    )


def _tidy(text: str) -> str:
    for pattern, spoken in _TIDY:
        text = pattern.sub(spoken, text)
    return text.strip()


_TIDY = tuple(
    (re.compile(pattern), spoken)
    for pattern, spoken in (
        (r"[()\[\]{}#/\\=+*_~^|<>@]", " "),
        (r"\s+", " "),
        (r"\s+([,.;:!?])", r"\1"),
        (r"(?<!\S)[^\w\s]+(?!\S)", ""),  # lone punctuation
        (r"[,;:]+(?=[,.;:!?])", ""),
        (r"([!?.])(?:[!?.,;]+)", r"\1"),
        (r"^[\s,.;:!?-]+", ""),
        (r"[\s,;:-]+$", ""),
        (r"\s+", " "),
    )
)


# ---- English ---------------------------------------------------------------------------------------------------------


def _lowered(text: str) -> str:
    """Bring shouted words down to small letters: engines would spell them."""
    text = re.sub(r"(?<=[A-Z] )A(?= [A-Z]{2})", "a", text)
    return re.sub(r"\b(?!I'|I\b)[A-Z]{2,}(?:'[A-Z]+)?\b|(?<=\bI)'[A-Z]+\b", _lowered_word, text)


def _lowered_word(match: Match[str]) -> str:
    word = match[0]
    if word.startswith("'"):
        return word.lower()
    if word in _SAID_AS_WORDS:
        return _SAID_AS_WORDS[word]
    if word in _SPELLED:
        return " ".join(word)
    vowels = sum(letter in "AEIOUY" for letter in word)
    if len(word) > 4 or (vowels and _followed_by_no_plate(match)):
        return word.lower()
    return word


def _followed_by_no_plate(match: Match[str]) -> bool:
    return not re.match(r"[- ]?\d{3}", match.string[match.end() :])


def _spelled(text: str, *, radio: bool) -> str:
    letters = (
        APCO[mark] if radio and mark.isalpha() else say.digits(mark) if mark.isdigit() else mark for mark in text
    )
    return " ".join(letters)


def _plate(match: Match[str]) -> str:
    return _spelled(re.sub(r"[^A-Z0-9]", "", match[0]), radio=False)


def _radio_plate(match: Match[str]) -> str:
    return _spelled(re.sub(r"[^A-Z0-9]", "", match[0]), radio=True)


def _call_sign(match: Match[str]) -> str:
    return f"{say.cardinal(int(match[1]))} {APCO[match[2]]} {say.cardinal(int(match[3]))}"


def _time(match: Match[str]) -> str:
    half = (match[3] or "").replace(".", "").replace(" ", "").upper()
    spoken = say.clock(match[1], match[2], twelve_hours=bool(half))
    return f"{spoken} {' '.join(half)}{_stop(match)}" if half else spoken


def _short_time(match: Match[str]) -> str:
    return f"{say.cardinal(int(match[1]))} {match[2].upper()} M{_stop(match)}"


def _in_full(short: str) -> str:
    """Return what an abbreviation stands for, with a capital where it had one."""
    whole = _SHORT.get(short) or _SHORT.get(short.lower()) or _SHORT[short.capitalize()]
    return whole[0].upper() + whole[1:] if short[0].isupper() else whole


def _stop(match: Match[str]) -> str:
    """Return the full stop of a sentence that ends with `a.m.`: what follows begins with a capital."""
    return "." if match[0].endswith(".") and re.match(r"\s+[A-Z]", match.string[match.end() :]) else ""


def _money(match: Match[str]) -> str:
    scale = match["scale"]
    if scale:
        return f"{say.number(match['whole'] + (match['cents'] or ''))} {scale} dollars"
    return say.money(match["whole"], (match["cents"] or "")[1:])


def _year_after(match: Match[str]) -> str:
    return f"{match[1]} {say.pairs(match[2])}"


def _rule(pattern: str, spoken: str | Callable[[Match[str]], str], *, flags: int = 0, radio_only: bool = False) -> Rule:
    return Rule(re.compile(pattern, flags), spoken, radio_only)


_PLATE = r"\b(?:\d[A-Z]{3}\d{3}|[A-Z]{3}[- ]?\d{3,4}|\d{3}[- ]?[A-Z]{3})\b"
_ALPHABET_WORDS = "|".join(APCO.values())

_ENGLISH: tuple[Rule, ...] = (
    # names, titles and streets
    _rule(rf"(?<=[a-z]) ({'|'.join(_STREETS)})\.?(?=[,;:!?]|\.?$|\s+[a-z0-9]|\.\s)", lambda m: f" {_STREETS[m[1]]}"),
    _rule(rf"\b({'|'.join(_TITLES)})\.(?=\s+[A-Z])", lambda m: _TITLES[m[1]]),
    _rule(r"\b(Mr|Mrs|Ms|Sgt|Lt|Capt)\.", lambda m: _TITLES[m[1]]),
    _rule(rf"\b({'|'.join(_STREETS)})\.", lambda m: _STREETS[m[1]]),
    _rule(
        rf"\b({'|'.join(word for word in _SHORT if word not in _NEEDS_NUMBER)})\.(?=\s*(\S?))",
        lambda m: _in_full(m[1]) + ("" if m[2] and m[2] in "abcdefghijklmnopqrstuvwxyz0123456789,;:!?" else "."),
        flags=re.I,
    ),
    _rule(r"\be\.g\.,?", "for example"),
    _rule(r"\bi\.e\.,?", "that is"),
    _rule(r"\ba\.k\.a\.", "also known as"),
    _rule(r"\bw/o\b", "without"),
    _rule(r"\bw/(?=\s|\w)", "with "),
    _rule(r"\band/or\b", "and or"),
    # codes, call signs and plates
    _rule(r"\b(10|11)-(\d{1,2})\b", lambda m: f"{say.cardinal(int(m[1]))} {say.number(m[2])}"),
    _rule(r"\b(\d{1,2})-?([A-Z])-?(\d{1,3})\b", _call_sign),
    _rule(
        rf"\b(\d{{1,2}})[- ]({_ALPHABET_WORDS})[- ](\d{{1,3}})\b",
        lambda m: f"{say.cardinal(int(m[1]))} {APCO[m[2][0].upper()]} {say.cardinal(int(m[3]))}",
        flags=re.I,
    ),
    _rule(
        rf"\b({_NUMBER_WORDS})[- ]({_ALPHABET_WORDS})[- ]({_NUMBER_WORDS})\b",
        lambda m: f"{m[1].lower()} {APCO[m[2][0].upper()]} {m[3].lower()}",
        flags=re.I,
    ),
    _rule(_PLATE, _radio_plate, radio_only=True),
    _rule(_PLATE, _plate),
    _rule(r"\bK-?9\b", "K nine"),
    _rule(r"\b9-?1-?1\b", "nine one one"),
    _rule(r"\b24/7\b", "twenty-four seven"),
    # times, money and measures
    _rule(r"\b([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?:\s*([ap]\.?\s?m\b\.?))?", _time, flags=re.I),
    _rule(r"\b(1[0-2]|[1-9])\s*([ap])\.?m\b\.?", _short_time, flags=re.I),
    _rule(r"\b([01]\d|2[0-3])([0-5]\d)(?= hours\b)", lambda m: say.clock(m[1], m[2], twelve_hours=False)),
    _rule(r"\$\s?(?P<whole>\d[\d,]*|(?=\.))(?P<cents>\.\d\d?)?(?:\s(?P<scale>thousand|million|billion)\b)?", _money),
    _rule(r"(\d+)'\s?(\d{1,2})(?:''|\")?", lambda m: f"{say.cardinal(int(m[1]))} foot {say.cardinal(int(m[2]))}"),
    _rule(rf"(\d[\d,.]*)\s?({'|'.join(_UNITS)})\b\.?", lambda m: f"{m[1]} {_UNITS[m[2]]}"),
    _rule(r"°\s?F\b", " degrees"),
    _rule(r"°\s?C\b", " degrees Celsius"),
    _rule(r"(?<![\d/])(1/2|1/4|3/4|1/3|2/3)(?![\d/])", lambda m: _WRITTEN_FRACTIONS[m[1]]),
    _rule(r"(\d)\s?([½¼¾⅓⅔])", lambda m: f"{m[1]} and {_FRACTIONS[m[2]]}"),
    _rule(r"[½¼¾⅓⅔]", lambda m: _FRACTIONS[m[0]]),
    _rule(r"#\s?(?=\d)", "number "),
    _rule(r"\bNo\. ?(?=\d)", "number "),
    _rule(r"~\s?(?=\d)", "about "),
    # numbers
    _rule(r"\b(\d{3})-(\d{3,4})(?:-(\d{4}))?\b", lambda m: ", ".join(say.digits(g, "oh") for g in m.groups() if g)),
    _rule(rf"\b(\d{{3,4}})(?=(?:\s[A-Z][\w']+){{1,3}}\s(?:{_STREET_WORDS})\b)", lambda m: say.pairs(m[1])),
    _rule(r"\b(in|since|from|until|by|before|after|of) (1[89]\d\d|20\d\d)\b(?![,:]\d)", _year_after, flags=re.I),
    _rule(r"\b(\d+)(?:st|nd|rd|th)\b", lambda m: say.ordinal(int(m[1]))),
    _rule(r"(?<![\w-])(\d[\d,]*)\s?-\s?(\d[\d,]*)(?![\w-])", lambda m: f"{say.number(m[1])} to {say.number(m[2])}"),
    _rule(r"(?<![\w.])-(?=\d)", "minus "),
    _rule(r"\d+(?:,\d{3})*(?:\.\d+)?", lambda m: f" {say.number(m[0])} "),
    # what is left
    _rule(r"(?<=[a-z])\.(?=(?:com|org|net|gov)\b)", " dot "),
    _rule(r"[&@+=%°×]", lambda m: _SYMBOLS[m[0]]),
    _rule(r"\b(\w+)/(\w+)\b", r"\1 or \2"),
)
