"""From a theme's text to a premise: who does what to what, and where.

English is read by word lists; emoji by their names; a word that nobody knows is kept as it is. What can't be read at
all (another language, another script) is taken whole, as `the item known as …`.
"""

import random
import re

from agents.writer.lexicon import Deed, Lexicon, Noun, PlaceNoun, singulars, split_words, word_classes
from agents.writer.reading import Found, Reader, is_foreign, merge_nouns, plain_text
from agents.writer.tongues import into_english
from episodes.value import Value, seed_from

_DAYS = ("monday", "tuesday")
_ANIMATE = ("animal", "person")
_DOERS_BY_ADJECTIVE = frozenset(
    split_words(
        "ghost_call escape noise welfare_check public_office wildlife traffic_stop trespass impersonation parade"
    )
)
LONGEST_HEAD = 40
"""Letters of an unknown phrase that are used whole; a longer one is cut at a word."""


class Figure(Value):
    """Somebody or something in the theme."""

    noun: Noun
    head: str
    """The words by which it goes from the second mention on: `raccoon`."""
    phrase: str
    """The words of the theme, without article: `three-legged raccoon`."""
    plural: str = ""
    count: int = 1
    named: bool = False
    """A proper name or a quotation: takes no article."""
    owned: bool = False
    """Has an owner in the theme: `mayor's trousers`."""
    whole: bool = False
    """The theme could not be read and stands for itself."""
    introduction: str
    """The first mention, with article or number."""


class Premise(Value):
    """What the story is about."""

    doer: Figure
    thing: Figure
    thing_given: bool
    """Whether the theme or a source names the thing; else one was found that suits the doer."""
    deed: Deed | None
    place: PlaceNoun | None
    quote: str
    """The theme in ten words or fewer, as a caller says it."""
    doing: str
    did: str
    wish: str
    """What the doer is after, after `wanted`: `to own the doughnuts`."""
    obstacle: str
    """What stands in its way: `closing time`."""
    oddity: str = ""
    """What the theme says beyond who, what and where: `too early`, `at midnight`; empty when it says no more."""
    report: str = ""
    """The theme as a dispatcher gives it, without the place; empty where it is one word or can't be read out."""
    tongue: str = "en"
    """Code of the language that the theme is in."""
    read: bool
    """Whether every word of the theme found its place."""


def read_theme(theme: str, lexicon: Lexicon, seed: int, hints: tuple[str, ...] = ()) -> Premise:
    """Return the premise of a theme.

    `hints` are statements of sources: where the theme names no thing or place, theirs are taken.
    """
    rng = random.Random(seed_from("premise", seed, theme))
    plain = plain_text(theme)
    text, tongue = into_english(plain[:600], lexicon)
    raw = Reader(text[:600], lexicon).read()
    found = merge_nouns(raw)
    figures = [item for item in found if item.noun is not None]
    deed = next((item for item in found if item.deed is not None), None)
    place = next((item.place for item in found if item.place is not None), None)
    known = [item for item in figures if item.noun is not None and item.noun.kind != "item"]
    # An unknown subject of an English sentence is taken by itself; a text that can't be read is taken whole.
    clear = bool(figures) and len(figures[0].words) <= 3 and _is_english(text)
    whole = not known and not clear and (is_foreign(text) or len(text.split()) > 4)
    doer, thing = (None, None) if whole else _roles(figures, deed, _verb_first(found))
    if re.match(r"(?i)(someone|somebody|nobody|everybody|everyone|who)\b", text) and thing is None:
        doer, thing = None, doer
    if (
        deed is not None
        and deed.deed is not None
        and deed.deed.frame in ("impersonation", "public_office")
        and _is_role(thing)
    ):
        thing = None
    doing_figure = _whole(text, lexicon) if whole else None if doer is None else _figure(doer, text)
    thing_figure = None if thing is None else _figure(thing, text)
    thing_figure, place = _hinted(thing_figure, place, doing_figure, lexicon, hints)
    premise = _completed(doing_figure, thing_figure, deed.deed if deed else None, place, text, not whole, lexicon, rng)
    quote = premise.quote if tongue == "en" else _quoted(plain)
    report = "" if whole else _report(text if tongue == "en" else "", raw, premise)
    return premise.model_copy(
        update={"quote": quote, "report": report, "tongue": tongue, "oddity": "" if whole else _oddity(text, raw)}
    )


def _report(text: str, found: list[Found], premise: Premise) -> str:
    """Return the theme without its place, or, of a theme in another language or in signs, what was understood."""
    words = Reader.words_of(text)
    place = next((item for item in found if item.place is not None and item.noun is None), None)
    if place is not None and len(words) > len(place.words) + 3:
        start = place.at - len(place.modifiers)
        while start and words[start - 1].lower() in _ARTICLES:
            start -= 1
        after = words[place.at + len(place.words) :][:1]
        ends = not after or not after[0][0].isalnum() or after[0].lower() in _PREPOSITIONS
        if start and ends and words[start - 1].lower() in _LEADS:
            words = words[: start - 1] + words[place.at + len(place.words) :]
    while words and (not words[-1][0].isalnum() or words[-1].lower() in _LEADS | _ARTICLES):
        words.pop()
    plain = re.sub(r" ([,;:.!?])", r"\1", " ".join(words))
    if 1 < len(words) <= LONGEST_REPORT and ";" not in plain:
        return plain
    return f"{premise.doer.introduction}, {premise.doing}" if premise.deed and not words else ""


LONGEST_REPORT = 11
"""Words of a theme that is read out whole."""
_ARTICLES = frozenset(("a", "an", "the"))
_LEADS = frozenset(("at", "in", "inside", "outside", "near", "down", "along"))


def _oddity(text: str, found: list[Found]) -> str:
    """Return the longest run of words at the end of the theme, or between its figures, that found no other use."""
    words = Reader.words_of(text)
    taken = {at for item in found for at in range(item.at - len(item.modifiers), item.at + len(item.words))}
    runs, run = list[list[str]](), list[str]()
    for at, word in enumerate(words):
        if at in taken or not word[0].isalnum():
            runs.append(run)
            run = []
        else:
            run.append(word)
    runs.append(run)
    telling = [run for run in runs if len(run) > 1 and not _IDLE.issuperset(word.lower() for word in run)]
    longest = max(telling, key=len, default=[])
    while longest and longest[-1].lower() in _IDLE:
        longest = longest[:-1]
    while longest and longest[0].lower() not in _PREPOSITIONS:
        longest = longest[1:]
    return " ".join(longest[:6]) if len(longest) > 1 else ""


_PREPOSITIONS = frozenset(
    split_words(
        "at in on with without during before after since until by for as like too across against past beside along "
        "behind under over near inside outside around"
    )
)
_IDLE = _PREPOSITIONS - {"too"} | frozenset(
    split_words(
        "a an the of and or but to from into onto over has have had is are was were be been being it its his her their "
        "someone somebody nobody everybody everyone who that which every all some this these those s itself himself "
        "herself themselves because while when then so than"
    )
)


def _is_english(text: str) -> bool:
    """Whether half of the words stand in the dictionary; small words say nothing."""
    words = [word.lower() for word in text.split() if len(word) > 3]
    return 2 * sum(bool(word_classes(word.strip(".,;:!?"))) for word in words) >= len(words)


def _is_role(item: Found | None) -> bool:
    """Whether what somebody poses as is a person or something unknown: then it is no thing to be staged."""
    return item is not None and item.noun is not None and item.noun.kind in ("person", "item")


def _verb_first(found: list[Found]) -> bool:
    first = next((item for item in found if item.deed is not None or item.noun is not None), None)
    return first is not None and first.deed is not None


def _roles(figures: list[Found], deed: Found | None, verb_first: bool) -> tuple[Found | None, Found | None]:
    """Return who does it and what it is done to, as far as the theme tells."""
    if not figures:
        return None, None
    agent = next((f for f in figures if f.before == "by" and deed is not None and f.at > deed.at), None)
    if agent is not None:
        return agent, next((f for f in figures if f is not agent), None)
    if deed is None:
        animate = next((f for f in figures if f.noun and f.noun.kind in _ANIMATE), figures[0])
        doer = figures[0] if figures[0].acting else animate
        rest = [f for f in figures if f is not doer]
        if not rest and doer.noun and doer.noun.kind in ("food", "clothing") and not doer.acting:
            return None, doer
        return doer, rest[0] if rest else None
    before = [f for f in figures if f.at < deed.at]
    after = [f for f in figures if f.at > deed.at]
    if verb_first:
        first, frame = after[0], deed.deed.frame if deed.deed else ""
        active = first.noun is not None and first.noun.kind not in ("food", "clothing")
        if active and (frame in _DOERS_BY_ADJECTIVE or (frame == "dispute" and len(after) > 1)):
            return first, after[1] if len(after) > 1 else None
        return next((f for f in after[1:] if f.noun and f.noun.kind in _ANIMATE), None), first
    doer = before[0]
    if (
        not after
        and doer.noun
        and doer.noun.kind in ("food", "clothing", "tool")
        and deed.deed
        and deed.deed.frame in ("theft", "missing")
        and not (deed.acting and deed.deed.frame == "theft")
    ):
        return None, doer
    return doer, next(iter((*after, *before[1:])), None)


def _figure(item: Found, text: str) -> Figure:
    noun = item.noun
    assert noun is not None
    quoted = item.words[0][0] in '“"'
    base = " ".join(item.words).strip('“”"')
    known = noun.kind != "item" and (base.lower() == noun.plural or noun.name in _possible(base))
    single = noun.name if known and not noun.always_plural else base
    many = known and not noun.mass and not noun.always_plural and base.lower() != noun.name
    proper = base[:1].isupper() and not text.startswith(base) and not item.article
    single = single if proper or quoted or noun.kind == "item" else single.lower()
    modifiers = [word for word in item.modifiers if word[0] not in '“"']
    phrase = _shorter(" ".join((*modifiers, single, *(("of", *item.of) if item.of else ()))))
    owned = any(re.search(r"['’]s?$", word) for word in modifiers)
    count = item.count or (_crowd(noun) if many else 1)
    head = _shorter(single)
    plural = (noun.plural or "") if noun.kind != "item" and noun.name == head.lower() else ""
    figure = Figure(
        noun=noun,
        head=head,
        phrase=phrase,
        plural=plural,
        count=max(1, count),
        named=(proper or quoted) and not item.article,
        owned=owned,
        introduction=phrase,
    )
    if noun.kind == "abstract" and (noun.mass or noun.name in _DAYS):
        figure = figure.model_copy(update={"named": True, "head": capital_day(figure.head)})
    elif noun.name in ("moon", "sun"):
        figure = figure.model_copy(
            update={"named": True, "head": f"the {figure.head}", "phrase": f"the {figure.phrase}"}
        )
    return figure.model_copy(update={"introduction": _introduced(figure)})


def capital_day(word: str) -> str:
    """Return a word as it is, but a day of the week with its capital."""
    return word.capitalize() if word in _DAYS else word


def _possible(word: str) -> tuple[str, ...]:
    return (*singulars(word.lower()), word.lower())


def _crowd(noun: Noun) -> int:
    """How many a bare plural is; the number is derived from the noun, so that it is always the same."""
    return 2 + seed_from("crowd", noun.name) % 3 if noun.metres > 1.5 else 11 + seed_from("crowd", noun.name) % 27


def _introduced(figure: Figure) -> str:
    from agents.writer.realiser import number_in_words, pluralise, with_article

    if figure.named:
        return figure.phrase if figure.noun.name not in _DAYS else capital_day(figure.phrase)
    if figure.owned:
        stem = figure.phrase[: len(figure.phrase) - len(figure.head)]
        many = figure.count > 1 and not figure.noun.mass and figure.phrase.endswith(figure.head)
        return f"the {stem}{figure.plural or pluralise(figure.head)}" if many else f"the {figure.phrase}"
    if figure.count > 1 and not figure.noun.mass:
        stem = figure.phrase[: len(figure.phrase) - len(figure.head)]
        return f"{number_in_words(figure.count)} {stem}{figure.plural or figure.noun.plural or pluralise(figure.head)}"
    if figure.noun.mass:
        return figure.phrase
    return f"a pair of {figure.phrase}" if figure.noun.always_plural else with_article(figure.phrase)


def _shorter(words: str) -> str:
    if len(words) <= LONGEST_HEAD:
        return words
    cut = words[:LONGEST_HEAD].rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:-")


def _whole(text: str, lexicon: Lexicon) -> Figure:
    name = _shorter(text.rstrip(".!?") or text)
    return Figure(
        noun=lexicon.nouns[""], head="item", phrase=name, whole=True, introduction=f"the item known as “{name}”"
    )


def _hinted(
    thing: Figure | None, place: PlaceNoun | None, doer: Figure | None, lexicon: Lexicon, hints: tuple[str, ...]
) -> tuple[Figure | None, PlaceNoun | None]:
    """Fill what the theme leaves open from what the sources say."""
    for hint in hints:
        if thing is not None and place is not None:
            break
        for item in merge_nouns(Reader(hint, lexicon).read()):
            place = place or item.place
            noun = item.noun
            usable = (
                noun is not None
                and noun.kind in ("food", "clothing", "tool", "vehicle", "office")
                and not item.modifiers
            )
            if thing is None and usable and (doer is None or doer.noun.name != noun.name if noun else False):
                thing = _figure(item, hint)
    return thing, place


def _completed(
    doer: Figure | None,
    thing: Figure | None,
    deed: Deed | None,
    place: PlaceNoun | None,
    text: str,
    read: bool,
    lexicon: Lexicon,
    rng: random.Random,
) -> Premise:
    if (
        thing is None
        and place is not None
        and place.brings
        and place.brings in lexicon.nouns
        and place.brings != (doer.head if doer else "")
    ):
        thing = _plain_figure(lexicon.nouns[place.brings], rng)
    given = thing is not None
    if doer is None:
        doer = _plain_figure(_doer_for(thing, lexicon, rng), rng, one=True)
    if thing is None:
        wanted = [name for name in doer.noun.wants if name in lexicon.nouns and name != doer.head]
        thing = _plain_figure(lexicon.nouns[rng.choice(wanted or ["doughnut"])], rng)
    return Premise(
        doer=doer,
        thing=thing,
        thing_given=given,
        deed=deed,
        place=place,
        quote=_quoted(text),
        doing=deed.doing if deed else "",
        did=deed.did if deed else "",
        wish=deed.wish if deed else rng.choice(_WISHES),
        obstacle=deed.obstacle if deed else rng.choice(_OBSTACLES),
        read=read and deed is not None,
    )


def _quoted(text: str) -> str:
    return " ".join(re.sub(r" ; |[“”\"{}\[\]|<>]", " ", text).rstrip(".!?").split()[:10])[:80]


_WISHES = ("to be near {the_things}", "a word about {the_things}", "somewhere to put {the_things}")
_OBSTACLES = ("a rope at knee height", "a sign", "an office that opens at nine")
"""For themes without a verb."""


def _doer_for(thing: Figure | None, lexicon: Lexicon, rng: random.Random) -> Noun:
    animals = [noun for noun in lexicon.nouns.values() if noun.kind == "animal"]
    fond = [noun for noun in animals if thing is not None and thing.noun.name in noun.wants]
    abroad = [noun for noun in animals if 0.2 < noun.metres < 2.5 and not {"swims"}.issuperset(noun.ways)]
    return rng.choice(fond or abroad)


def _plain_figure(noun: Noun, rng: random.Random, *, one: bool = False) -> Figure:
    count = 1 if one or noun.metres > 0.9 else rng.randint(11, 38)
    if noun.mass and not one:
        count = rng.randint(4, 9)
    figure = Figure(
        noun=noun, head=noun.name, phrase=noun.name, plural=noun.plural, count=count, introduction=noun.name
    )
    return figure.model_copy(update={"introduction": _introduced(figure)})
