"""Reading a theme word by word: noun phrases, deeds and places, in their order."""

import re
import unicodedata

from agents.writer.lexicon import Deed, Lexicon, Noun, PlaceNoun, dictionary_form, split_words, word_classes
from episodes.value import Value

_WORD = re.compile(r"“[^”]{2,60}”|\"[^\"]{2,60}\"|[^\W_]+(?:[-'’][^\W_]+)*|[.,;:!?()—–]")
_ARTICLES = frozenset(split_words("a an the his her its their our my your this that these those another"))
_SOME = {
    **dict.fromkeys(split_words("some several multiple various"), 7),
    **dict.fromkeys(split_words("many lots countless every all"), 23),
    "dozens": 36,
    "hundreds": 300,
    "thousands": 2000,
}
"""How many an indefinite number is; exact numbers are funnier."""
_PLACE_PREPOSITIONS = frozenset(
    split_words(
        "at in inside on near behind outside from by through into onto under over around across against past beside "
        "towards toward along off about"
    )
)
_BREAKS = frozenset(
    split_words(
        "both each midnight noon night dawn dusk morning evening today tonight and or but who whom which "
        "while when because if then of to with without for as than so after before "
        "during is are was were be been being has have had do does did will would can could should may "
        "might must not no nobody somebody someone it they he she we you i them him there where how what very "
        "too only just also out up down back away whose refuses gets got get got going goes makes made "
        "make keeps kept keep turns becomes became tries downtown uptown indoors "
        "outdoors upstairs downstairs abroad everywhere nowhere overnight again twice "
        "police cops cop officers officer"
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
SOME = 7
"""How many an unknown noun in the plural is."""
_REFLEXIVES = frozenset(split_words("itself himself herself themselves themself yourself myself"))
_AUXILIARIES = frozenset(split_words("is are was were be been being has have had nobody somebody everybody keeps kept"))
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
    acting: bool = False
    """Of a noun: a verb that no table has follows it. Of a deed: what stands before it does it."""
    of: tuple[str, ...] = ()
    """What stands after `of`: a choir of `frogs`."""


class Reader:
    """Reads a theme from left to right."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.words = self.words_of(text)
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

    @staticmethod
    def words_of(text: str) -> list[str]:
        """Return the words of a theme by whose positions `Found.at` counts."""
        return _WORD.findall(text)

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
            self.article, self.count = word in _ARTICLES, _SOME.get(word, 0)
        elif word in _NUMBERS or word.isdecimal():
            number = _NUMBERS.get(word) or min(int(word), 9999)
            self.count = min(9999, self.count * number if self.count > 1 and number >= 12 else number)
        elif self.lexicon.deed(word) is not None and not self._names(at):
            # A second verb ends the phrase before it.
            self._unknown(at)
            self._reset()
        elif word in _REFLEXIVES or self._acts(at):
            self._unknown(at)
            if self.found and self.found[-1].noun is not None:
                self.found[-1] = self.found[-1].model_copy(update={"acting": True})
            self._reset()
        elif word not in ("s", "very"):
            self.modifiers.append(self.words[at])
        return 1

    def _names(self, at: int) -> bool:
        """Whether a verb of the lexicon is a noun here: an illegal `casino`."""
        return "NOUN" in word_classes(self.lower[at]) and (self.article or bool(self.modifiers)) and not self._acts(at)

    def _acts(self, at: int) -> bool:
        """Whether a word without an entry is the verb here, by its class and its neighbours."""
        word, classes = self.lower[at], word_classes(self.lower[at])
        before = self.lower[at - 1] if at else ""
        then = self.lower[at + 1] if at + 1 < len(self.lower) else ""
        last = self.found[-1] if self.found else None
        subject = bool(self.modifiers) or (
            last is not None and last.noun is not None and last.at + len(last.words) == at
        )
        ended = not then or then in _ARTICLES or then in _PLACE_PREPOSITIONS or then in _BREAKS or then in _SOME
        ended = ended or then in _NUMBERS or then in _REFLEXIVES or not then[0].isalnum()
        if self.article and not self.modifiers:
            return False
        if "VERB" not in classes:
            return not classes and word.endswith("s") and not word.endswith("ss") and subject and then in _ARTICLES
        if before in _AUXILIARIES:
            return True
        if _SUFFIX_OF_VERBS.search(word):
            return subject and ended and not classes & {"NOUN", "ADJ"}
        if not classes & {"NOUN", "ADJ", "ADV"}:
            return True
        alone = self.article and bool(self.modifiers)
        return subject and (ended or alone) and word.endswith("s") and "ADJ" not in classes

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
        elif noun and not (length == 1 and words.endswith("s") and self._acts(at)):
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
                acting=deed is not None and self._active(at),
            )
        )
        self._reset()
        # `the mayor's missing trousers`: what stands before a deed used as an adjective belongs to the noun after it.
        self.modifiers, self.carried = list(kept), len(kept)

    def _active(self, at: int) -> bool:
        """Whether a deed is done by what stands before it: `steals`, `has taken`; not `stolen`, `was taken`."""
        before = self.lower[at - 1] if at else ""
        word = self.lower[at]
        return before in ("has", "have", "had") or (word.endswith(("s", "ing")) and not word.endswith("ss"))

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

    def _singular(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
        """Return an unknown noun phrase in the singular, and whether it stood in the plural."""
        last = words[-1].lower()
        base = dictionary_form(last, "NOUN")
        many = base != last and last.endswith(("s", "men", "ice", "eese")) and not self.article
        return ((*words[:-1], base), True) if many else (words, False)

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
        if self.before in ("on", "under", "over", "across", "against") and self.article:
            return
        start = at - len(words)
        glued = previous is not None and previous.noun is not None and previous.at + len(previous.words) == start
        if glued and previous is not None and self._is_verb(words[0].lower(), previous, at):
            return
        if glued and (_SUFFIX_OF_VERBS.search(words[0].lower()) or words[0].lower().endswith("ly") or len(words) > 2):
            return
        words, many = self._singular(words)
        kind = self.lexicon.nouns["mayor"] if _SUFFIX_OF_PEOPLE.search(words[-1].lower()) else self.lexicon.nouns[""]
        self.found.append(
            Found(
                at=start,
                words=words,
                noun=kind,
                count=self.count or (SOME if many else 0),
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
    """Two nouns in a row are one: the first says which sort of the second; so are two with `of` between them."""
    merged: list[Found] = []
    for item in found:
        last = merged[-1] if merged else None
        if (
            item.before == "of"
            and item.noun is not None
            and not item.article
            and last is not None
            and last.noun is not None
        ):
            gap = item.at - len(item.modifiers) - (last.at + len(last.words))
            if gap == 1:
                noun = last.noun if last.noun.kind != "item" else item.noun
                merged[-1] = last.model_copy(update={"noun": noun, "of": (*item.modifiers, *item.words)})
                continue
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
