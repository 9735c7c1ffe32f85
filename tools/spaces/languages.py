"""Languages as Spaces name them: in whichever tongue, as a code, by a flag."""

import re
from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from episodes.language_tags import primary_subtag
from tools.spaces.description import Parameter

NAMES: Mapping[str, tuple[str, ...]] = {
    "en": ("english", "englisch", "anglais", "inglés", "ingles", "inglese", "inglês", "engels", "angielski",
           "английский", "英语", "英語", "英文", "영어", "en us", "eng", "en", "a"),
    "de": ("german", "deutsch", "allemand", "alemán", "tedesco", "alemão", "немецкий", "德语", "ドイツ語", "deu", "de"),
    "fr": ("french", "français", "francais", "französisch", "francés", "francese", "法语", "フランス語", "fra", "fr"),
    "es": ("spanish", "español", "spanisch", "espagnol", "spagnolo", "espanhol", "西班牙语", "スペイン語", "spa", "es"),
    "it": ("italian", "italiano", "italienisch", "italien", "意大利语", "イタリア語", "ita", "it"),
    "pt": ("portuguese", "português", "portugiesisch", "portugais", "portugués", "葡萄牙语", "por", "pt"),
    "nl": ("dutch", "nederlands", "niederländisch", "néerlandais", "nl"), "pl": ("polish", "polski", "polnisch", "pl"),
    "ja": ("japanese", "japanisch", "japonais", "日本語", "日语", "日文", "jpn", "ja"),
    "zh": ("chinese", "mandarin", "chinesisch", "chinois", "中文", "汉语", "普通话", "中国語", "zho", "zh"),
    "ru": ("russian", "russisch", "russe", "русский", "俄语", "rus", "ru"),
    "tr": ("turkish", "türkçe", "türkisch", "tr"),
    "ar": ("arabic", "arabisch", "العربية", "ar"),
    "ko": ("korean", "koreanisch", "한국어", "韩语", "韓国語", "kor", "ko"),
    "hi": ("hindi", "hi"), "cs": ("czech", "čeština", "tschechisch", "cs"), "hu": ("hungarian", "magyar", "hu"),
}  # fmt: skip
"""How each language is called: in English first, then in its own and other tongues, and as a code."""

COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "en": ("us", "gb", "uk", "au", "ca", "ie", "nz", "in"), "de": ("de", "at", "ch"), "fr": ("fr", "be"),
    "es": ("es", "mx", "ar"), "it": ("it",), "pt": ("pt", "br"), "nl": ("nl",), "pl": ("pl",), "ru": ("ru",),
    "ja": ("jp",), "ko": ("kr",), "zh": ("cn", "tw", "hk"), "tr": ("tr",), "ar": ("sa", "eg", "ae"), "cs": ("cz",),
    "hu": ("hu",),
}  # fmt: skip
"""Countries whose flag stands for a language."""

_PEOPLES: Mapping[str, str] = {
    "en": "american|british|australian|irish|scottish",
    "es": "mexican",
    "pt": "brazilian",
    "zh": "cantonese",
}


def spoken_by(name: str) -> str:
    """Return the language that a voice's name or label tells by a tag, a flag or a word; empty where it does not."""
    tag = re.match(r"([a-z]{2})[-_][A-Z]{2}\b", name) or re.search(r"[\[(]([a-z]{2})[\])]", name.lower())
    if tag and tag.group(1) in NAMES:
        return tag.group(1)
    flag = re.search(r"[\U0001F1E6-\U0001F1FF]{2}", name)
    if flag:
        country = "".join(chr(ord(letter) - 0x1F1E6 + ord("a")) for letter in flag.group())
        return next((tongue for tongue, countries in COUNTRIES.items() if country in countries), country)
    return next((tongue for tongue, names in NAMES.items() if re.search(_words(tongue, names), name.lower())), "")


def _words(tongue: str, names: Sequence[str]) -> str:
    """Return the pattern of a language's names; its codes are too short to be told from other words."""
    long = [re.escape(name) for name in names if len(name) > 3 or not name.isascii()]
    peoples = [_PEOPLES[tongue]] if tongue in _PEOPLES else []
    return rf"\b({'|'.join([*long, *peoples])})\b"


def chosen(parameter: Parameter, tag: str) -> JsonValue:
    """Return the value that asks for a language; None to leave the parameter as it is."""
    first = primary_subtag(tag)
    if not first:
        return None
    names = NAMES.get(first, (first,))
    if parameter.kind == "text":
        default = str(parameter.default or "")
        return None if default.lower() in names else names[0].capitalize() if len(default) > 3 else first
    shown = [
        {str(value).lower(), *re.split(r"[^\w]+", label.lower()), label.lower()}
        for value, label in zip(parameter.choices, parameter.choice_labels, strict=True)
    ]
    for name in names:
        for place, words in enumerate(shown):
            if name in words or any(word.startswith(f"{name}-") for word in words):
                return parameter.choices[place]
    return None
