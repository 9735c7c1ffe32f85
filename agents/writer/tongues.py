"""Themes in other languages: turned, word by word, into the English words that the reader of themes knows.

Nouns come from the names that emoji have in some fourteen languages, verbs and places from `tongues.yaml` by their
dictionary form. What nobody knows stays as it is; the story then treats it as evidence.
"""

import re
from functools import lru_cache

from agents.writer.lexicon import Lexicon, Tongue, split_words

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+|[^\w\s]")
_ELIDED = re.compile(r"(?i)\b(l|d|un|dell|all|nell|qu)['’](?=\w)")
LEMMATISED = ("es", "fr", "de", "pt", "it")
"""Languages whose words are taken to their dictionary form; in the others a word is found wherever it stands."""


def into_english(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return the theme in English words and the code of its language; unchanged and `en` when it seems English."""
    script = next((code for code, letters in _SCRIPTS.items() if re.search(letters, text)), None)
    if script is not None:
        found = _found_anywhere(text, _tongue(script, lexicon))
        return (found, script) if found else (text, "en")
    words = [word.lower() for word in _WORD.findall(_ELIDED.sub(r"\1 ", text))]
    english = _english(words, lexicon)
    if english > ENOUGH * len(words):
        return text, "en"
    tongues = {code: _tongue(code, lexicon) for code in LEMMATISED}
    # By the words as they stand first: a language's dictionary takes half a second to load.
    likely = sorted(LEMMATISED, key=lambda code: _familiar(words, tongues[code], None), reverse=True)[:2]
    heard = {code: _familiar(words, tongues[code], code) for code in likely}
    code = max(heard, key=lambda code: heard[code])
    if heard[code] <= english:
        return text, "en"
    return _word_by_word(words, tongues[code], code), code


ENOUGH = 0.6
"""Part of the words that must be English for a theme to be taken as English without asking further."""


def _tongue(code: str, lexicon: Lexicon) -> Tongue:
    return lexicon.tongues[code].with_nouns(_emoji_nouns(code, lexicon))


_SCRIPTS = {
    "ja": r"[\u3040-\u30ff]",
    "ko": r"[\uac00-\ud7af]",
    "zh": r"[\u4e00-\u9fff]",
    "ru": r"[\u0400-\u04ff]",
    "ar": r"[\u0600-\u06ff]",
}
"""By the letters that only they have; Chinese characters with kana among them are Japanese, which comes first."""


def _english(words: list[str], lexicon: Lexicon) -> float:
    known = sum(
        bool(word in _SMALL_ENGLISH or lexicon.noun(word) or lexicon.deed(word) or lexicon.place(word))
        for word in words
    )
    # Between two languages that know as many of the words, it is English.
    return known + 0.5


_SMALL_ENGLISH = frozenset(
    split_words(
        "a an the of in on at to for with and or from by his her its their is are was were has have been be into over "
        "under who that which everyone someone somebody nobody every all some no not too very"
    )
)


def _familiar(words: list[str], tongue: Tongue, code: str | None) -> int:
    own = tongue.small.keys() | tongue.deeds.keys() | tongue.places.keys() | tongue.nouns.keys()
    return sum(word in own or (code is not None and _dictionary_form(word, code) in own) for word in words)


def _dictionary_form(word: str, code: str) -> str:
    import simplemma

    return simplemma.lemmatize(word, lang=code).lower()


def _word_by_word(words: list[str], tongue: Tongue, code: str) -> str:
    said = []
    for word in words:
        base = _dictionary_form(word, code)
        english = next((t for t in (_translated(form, tongue) for form in (word, base)) if t), None)
        if english is None:
            english = "" if word in tongue.small or base in tongue.small else word
        said.append(english)
    return re.sub(r"\b(a|an|the|some|its) (the|its) ", r"\2 ", " ".join(filter(None, said)))


def _translated(word: str, tongue: Tongue) -> str | None:
    tables = (tongue.small, tongue.deeds, tongue.places, tongue.nouns)
    return next((table[word] for table in tables if table.get(word)), None)


def _found_anywhere(text: str, tongue: Tongue) -> str:
    """Return who, deed, what and where, as they stand in a text without known word borders; empty without a noun."""
    spots = [
        (text.index(word), -len(word), english, kind)
        for kind, table in (("place", tongue.places), ("deed", tongue.deeds), ("noun", tongue.nouns))
        for word, english in table.items()
        if word in text
    ]
    figures, deeds, places, covered = list[str](), list[str](), list[str](), list[tuple[int, int]]()
    for start, length, english, kind in sorted(spots):
        if any(a < start - length and start < b for a, b in covered):
            continue
        covered.append((start, start - length))
        {"place": places, "deed": deeds, "noun": figures}[kind].append(english)
    if not figures:
        return ""
    doer, things = figures[0], figures[1:2]
    return " ".join(
        [f"a {doer}", *deeds[:1], *(f"a {thing}" for thing in things), *(f"at the {place}" for place in places[:1])]
    )


def _emoji_nouns(code: str, lexicon: Lexicon) -> dict[str, str]:
    """Return, by its name in a language, the lexicon's noun of an emoji; names of several words are left out."""
    by_emoji: dict[str, str] = {}
    for name, noun in lexicon.nouns.items():
        by_emoji.setdefault(noun.emoji.rstrip(_VARIANT), name)
    nouns: dict[str, str] = {}
    for name, sign, english in _emoji_names(code):
        known = english if lexicon.noun(english) else by_emoji.get(sign)
        if known:
            nouns.setdefault(name, known)
    return nouns


_VARIANT = "\ufe0f"


@lru_cache(maxsize=16)
def _emoji_names(code: str) -> tuple[tuple[str, str, str], ...]:
    """Return name in this language, emoji and English name of every emoji that has a name of one word."""
    import emoji

    emoji.config.load_language(code)
    named = (
        (_spaced(data.get(code, "")), sign.rstrip(_VARIANT), _spaced(data["en"]))
        for sign, data in emoji.EMOJI_DATA.items()
    )
    return tuple(row for row in named if row[0] and " " not in row[0])


def _spaced(name: str) -> str:
    return name.strip(":").replace("_", " ").lower()
