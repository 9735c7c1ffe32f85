"""What the names that others give to their voices say: who speaks so, and in which language."""

import re
from typing import Literal

from tools.spaces import languages

_HER = (
    r"\b(female|f|woman|women|girl|lady|she|her|mother|queen|feminine"
    r"|frau|weiblich\w*|femme|mujer|donna|mulher)\b|女|여성|여자|жен"
    r"|🚺|♀|👩|^[a-z]f_"
)
_HIM = (
    r"\b(male|m|man|men|boy|guy|he|his|father|king|masculine"
    r"|mann|mannlich\w*|männlich\w*|homme|hombre|uomo|homem)\b|男|남성|남자|муж"
    r"|🚹|♂|👨|^[a-z]m_"
)
_KOKORO = {"a": "en", "b": "en", "e": "es", "f": "fr", "h": "hi", "i": "it", "j": "ja", "p": "pt", "z": "zh"}
"""Kokoro's voices begin with a letter for their language, then f or m: `af_heart`."""


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
    return languages.spoken_by(voice) or languages.spoken_by(label)
