"""Reading a theme word by word: noun phrases, deeds and places, in their order."""

import re
import unicodedata

from agents.writer.lexicon import Deed, Lexicon, Noun, PlaceNoun, split_words
from episodes.value import Value

_WORD = re.compile(r"“[^”]{2,60}”|\"[^\"]{2,60}\"|[^\W_]+(?:[-'’][^\W_]+)*|[.,;:!?()—–]")
_ARTICLES = frozenset(split_words("a an the his her its their our my your this that these those every another"))
_SOME = frozenset(split_words("some several many multiple various lots dozens hundreds thousands countless"))
_PLACE_PREPOSITIONS = frozenset(
    split_words("at in inside on near behind outside from by through into onto under over around across")
)
_BREAKS = frozenset(
    split_words(
        "all both each midnight noon night dawn dusk morning evening today tonight and or but who whom which "
        "while when because if then of to with without for as than so after before "
        "during about is are was were be been being has have had do does did will would can could should may "
        "might must not no nobody somebody someone it they he she we you i them him there where how what very "
        "too only just also out off up down back away by whose refuses gets got get got going goes makes made "
        "make keeps kept keep turns becomes became tries"
    )
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        split_words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen twenty"
        )
    )
} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "hundred": 100,
    "thousand": 1000,
    "dozen": 12,
    "million": 1000,
}
_SUFFIX_OF_VERBS = re.compile(r"(ing|ed)$")
_SUFFIX_OF_PEOPLE = re.compile(r"(ist|ologist|ician|ster)$")


class Found(Value):
    """A noun phrase, deed or place with its position among the words."""

    at: int
    words: tuple[str, ...]
    modifiers: tuple[str, ...] = ()
    noun: Noun | None = None
    deed: Deed | None = None
    place: PlaceNoun | None = None
    count: int = 0
    before: str = ""
    """The preposition or conjunction before it."""
    article: bool = False
    glued: bool = False
    """Follows another noun at once."""


class Reader:
    """Reads a theme from left to right."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.words = _WORD.findall(text)
        self.lower = [word.lower().replace("’", "'") for word in self.words]
        self.lexicon = lexicon
        self.found: list[Found] = []
        self._reset()

    def _reset(self, before: str = "") -> None:
        self.modifiers: list[str] = []
        self.carried = 0
        self.count = 0
        self.article = False
        self.before = before

    def read(self) -> list[Found]:
        """Return everything that was found, in its order."""
        at = 0
        while at < len(self.words):
            at += self._step(at)
        self._unknown(len(self.words))
        return self.found

    def _step(self, at: int) -> int:
        word = self.lower[at]
        for length in (3, 2, 1):
            if at + length <= len(self.words) and self._known(at, length):
                return length
        if word in _PLACE_PREPOSITIONS or word in _BREAKS or (not word[0].isalnum() and word[0] not in '“"'):
            self._unknown(at)
            self._reset(word)
        elif word in _ARTICLES or word in _SOME:
            self._unknown(at)
            self._reset(self.before)
            self.article, self.count = word in _ARTICLES, 7 if word in _SOME else 0
        elif word in _NUMBERS or word.isdecimal():
            number = _NUMBERS.get(word) or min(int(word), 9999)
            self.count = min(9999, self.count * number if self.count > 1 and number >= 12 else number)
        elif self.lexicon.deed(word) is not None:
            # A second verb ends the phrase before it.
            self._unknown(at)
            self._reset()
        elif word not in ("s", "very"):
            self.modifiers.append(self.words[at])
        return 1

    def _known(self, at: int, length: int) -> bool:
        words = " ".join(self.lower[at : at + length])
        previous = self.found[-1] if self.found else None
        follows = previous is not None and previous.at + len(previous.words) == at
        place = self.lexicon.place(words)
        noun = None if words.endswith(("'s", "’s")) else self.lexicon.noun(words)
        deed = self.lexicon.deed(words)
        no_deed_yet = all(found.deed is None for found in self.found)
        if deed and no_deed_yet and (noun is None or (follows and not self.article)):
            noun = place = None
        elif (
            place
            and (noun is None or self.before in _PLACE_PREPOSITIONS)
            and (length > 1 or self.before or deed is None)
        ):
            noun = deed = None
        elif noun:
            place = deed = None
        else:
            return False
        if words in _BREAKS and deed is None:
            return False
        if noun is not None and noun.kind == "person" and self.before in ("for", "as") and not self.article:
            self._reset()
            return True
        self._add(at, length, noun, deed, place, glued=follows and previous is not None and previous.noun is not None)
        return True

    def _add(
        self, at: int, length: int, noun: Noun | None, deed: Deed | None, place: PlaceNoun | None, *, glued: bool
    ) -> None:
        kept = tuple(self.modifiers) if deed is not None and (self.article or self._owner()) else ()
        if deed is not None and self.modifiers and not kept:
            self._unknown(at)
        self.found.append(
            Found(
                at=at,
                words=tuple(self.words[at : at + length]),
                modifiers=tuple(self.modifiers),
                noun=noun,
                deed=deed,
                place=place,
                count=self.count,
                before=self.before,
                article=self.article,
                glued=glued and not self.article,
            )
        )
        self._reset()
        # `the mayor's missing trousers`: what stands before a deed used as an adjective belongs to the noun after it.
        self.modifiers, self.carried = list(kept), len(kept)

    def _unknown_place(self, words: tuple[str, ...], at: int) -> None:
        """Keep `at the aquarium` as a place of that name, furnished as a hallway."""
        name = " ".join(words)
        place = self.lexicon.sets["hallway"].model_copy(update={"noun": name, "names": (f"the {name}",)})
        self.found.append(Found(at=at - len(words), words=words, place=place, before=self.before, article=True))

    def _is_verb(self, word: str, noun: Found, after: int) -> bool:
        """Whether an unknown word behind a noun is its verb: `goose raids a bakery`, `ducks raid the bakery`."""
        many = noun.words[-1].lower().endswith("s")
        then = self.lower[after] if after < len(self.lower) else ""
        if word.endswith("s") and not word.endswith("ss"):
            return not many
        return many and (then in _ARTICLES or then in _PLACE_PREPOSITIONS)

    def _owner(self) -> bool:
        return any(re.search(r"['’]s?$", word) for word in self.modifiers)

    def _unknown(self, at: int) -> None:
        """Keep words that nobody knows as a figure of their own, unless they look like a verb after a noun."""
        if len(self.modifiers) <= self.carried:
            return
        words, previous = tuple(self.modifiers), self.found[-1] if self.found else None
        then = self.lower[at] if at < len(self.lower) else ""
        if words[-1].lower().endswith("ly") or (self.before == "to" and not self.article):
            return
        if len(words) == 1 and _SUFFIX_OF_VERBS.search(words[0].lower()) and then in _ARTICLES:
            return
        if self.before in ("at", "in", "inside", "outside") and self.article:
            self._unknown_place(words, at)
            return
        start = at - len(words)
        glued = previous is not None and previous.noun is not None and previous.at + len(previous.words) == start
        if glued and previous is not None and self._is_verb(words[0].lower(), previous, at):
            return
        if glued and (_SUFFIX_OF_VERBS.search(words[0].lower()) or words[0].lower().endswith("ly") or len(words) > 2):
            return
        kind = self.lexicon.nouns["mayor"] if _SUFFIX_OF_PEOPLE.search(words[-1].lower()) else self.lexicon.nouns[""]
        self.found.append(
            Found(
                at=start,
                words=words,
                noun=kind,
                count=self.count,
                before=self.before,
                article=self.article,
                glued=glued,
            )
        )


def plain_text(theme: str) -> str:
    """Return a theme with emoji as their names, in one line, without what can not be shown."""
    import emoji

    # Separated, so that two emoji are two figures and not one compound.
    named = emoji.demojize(theme, delimiters=(" ; ", " ; ")) if emoji.emoji_count(theme) else theme
    named = re.sub(r"(?<=\w)_(?=\w)", " ", named)
    kept = "".join(c for c in unicodedata.normalize("NFC", named) if c.isprintable() or c.isspace())
    return re.sub(r"^[;\s]+|[;\s]+$", "", re.sub(r"(\s*;\s*)+", " ; ", re.sub(r"\s+", " ", kept))).strip() or "nothing"


def is_foreign(text: str) -> bool:
    """Whether most letters are of another script than ours."""
    letters = [c for c in text if c.isalpha()]
    return not letters or sum(c.isascii() for c in letters) / len(letters) < 0.7


def merge_nouns(found: list[Found]) -> list[Found]:
    """Two nouns in a row are one: the first says which sort of the second."""
    merged: list[Found] = []
    for item in found:
        last = merged[-1] if merged else None
        if item.glued and item.noun is not None and last is not None and last.noun is not None:
            noun = item.noun if item.noun.kind != "item" else last.noun
            merged[-1] = item.model_copy(
                update={
                    "modifiers": (*last.modifiers, *last.words),
                    "count": last.count,
                    "before": last.before,
                    "article": last.article,
                    "noun": noun,
                    "at": last.at,
                }
            )
        else:
            merged.append(item)
    return merged
