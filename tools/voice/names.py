"""What the names that others give to their voices say: who speaks so, and in which language."""

import re
from collections.abc import Mapping
from typing import Literal

_HER = (
    r"\b(female|woman|women|girl|lady|she|her|mother|queen|feminine"
    r"|frau|weiblich\w*|femme|mujer|donna|mulher)\b|女|여성|여자|жен"
    r"|🚺|♀|👩|^[a-z]f_"
)
_HIM = (
    r"\b(male|man|men|boy|guy|he|his|father|king|masculine"
    r"|mann|mannlich\w*|männlich\w*|homme|hombre|uomo|homem)\b|男|남성|남자|муж"
    r"|🚹|♂|👨|^[a-z]m_"
)
_KOKORO = {"a": "en", "b": "en", "e": "es", "f": "fr", "h": "hi", "i": "it", "j": "ja", "p": "pt", "z": "zh"}
"""Kokoro's voices begin with a letter for their language, then f or m: `af_heart`."""
_SPOKEN: Mapping[str, tuple[tuple[str, ...], str]] = {
    "en": (("us", "gb", "uk", "au", "ca", "ie", "nz", "in"), "english|american|british|australian|irish|scottish"),
    "de": (("de", "at", "ch"), "german|deutsch"), "fr": (("fr", "be"), "french|francais|français"),
    "es": (("es", "mx", "ar"), "spanish|espanol|español|mexican"), "it": (("it",), "italian|italiano"),
    "pt": (("pt", "br"), "portuguese|brazilian|portugues|português"), "nl": (("nl",), "dutch|nederlands"),
    "pl": (("pl",), "polish|polski"), "ru": (("ru",), "russian"), "ja": (("jp",), "japanese"),
    "ko": (("kr",), "korean"), "zh": (("cn", "tw", "hk"), "chinese|mandarin|cantonese"), "tr": (("tr",), "turkish"),
    "ar": (("sa", "eg", "ae"), "arabic"), "hi": ((), "hindi"), "cs": (("cz",), "czech"), "hu": (("hu",), "hungarian"),
}  # fmt: skip
"""Of each language: countries whose flag a voice may carry, and how it is called."""


def pronoun(value: str, label: str) -> Literal["she", "he", "they"]:
    """Return for whom a voice is taken by its name: `af_heart`, `Female 2`; `they` where the name does not say."""
    text = f"{value} {label}".lower()
    words = re.sub(r"[-_]+", " ", text)
    her = bool(re.search(_HER, words) or re.search(_HER, value.lower()))
    him = bool(re.search(_HIM, words) or re.search(_HIM, value.lower()))
    return "they" if her == him else "she" if her else "he"


def language_of(voice: str, label: str) -> str:
    """Return the language that a voice's name or label tells, by a prefix, a tag, a word or a flag; else empty."""
    kokoro = re.match(r"([abefhijpz])[fm]_", voice)
    if kokoro:
        return _KOKORO[kokoro.group(1)]
    bark = re.match(r"(?:v2/)?([a-z]{2})_speaker", voice)
    if bark:
        return bark.group(1)
    tag = re.match(r"([a-z]{2})[-_][A-Z]{2}\b", voice) or re.search(r"[\[(]([a-z]{2})[\])]", f"{voice} {label}".lower())
    if tag and tag.group(1) in _SPOKEN:
        return tag.group(1)
    said = f"{voice} {label}".lower()
    flag = re.search(r"[\U0001F1E6-\U0001F1FF]{2}", said)
    if flag:
        country = "".join(chr(ord(letter) - 0x1F1E6 + ord("a")) for letter in flag.group())
        return next((tongue for tongue, (countries, _) in _SPOKEN.items() if country in countries), country)
    return next((tongue for tongue, (_, words) in _SPOKEN.items() if re.search(rf"\b({words})\b", said)), "")
