"""The nouns that a name may stand for, and their singulars."""

import re

_IRREGULAR = {
    "geese": "goose", "mice": "mouse", "wolves": "wolf", "oxen": "ox", "loaves": "loaf", "knives": "knife",
    "children": "child", "people": "person", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth",
    "leaves": "leaf", "shelves": "shelf",
}  # fmt: skip
_JOINTS = ("of", "in", "with", "on", "from", "at", "for")
"""What comes before one of these words is the thing itself."""


def nouns(name: str) -> tuple[str, ...]:
    """Return the nouns that a name may stand for, the longest first.

    `jelly doughnuts` gives itself, `jelly doughnut`, `doughnuts` and `doughnut`; `goose in a hat` gives `goose` first.
    """
    words = re.findall(r"[\w']+", name.lower().replace("-", " "))
    end = next((n for n, word in enumerate(words) if n and word in _JOINTS), len(words))
    found = []
    for part in (words[:end], words[end + 1 :], words):
        for start in range(len(part)):
            *before, last = part[start:]
            found += [" ".join((*before, form)) for form in _singulars(last)]
    return tuple(dict.fromkeys(found))


def singular(word: str) -> str:
    """Return the singular of an irregular plural, `goose` for `geese`; any other word as it is."""
    return _IRREGULAR.get(word, word)


def _singulars(word: str) -> list[str]:
    if word in _IRREGULAR:
        return [word, _IRREGULAR[word]]
    forms = [word]
    if word.endswith("ies"):
        forms.append(f"{word[:-3]}y")
    if word.endswith(("ses", "xes", "ches", "shes", "zes", "oes")):
        forms.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    return forms
