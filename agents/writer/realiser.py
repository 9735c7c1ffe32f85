"""From templates to sentences: slots, agreement, articles, plurals, numbers in words, capitals.

A slot stands in braces. Of the doer: `{doer}` raccoon, `{doers}`, `{a_doer}` a raccoon, `{the_doer}`, `{full_doer}`
as the theme has it, `{it} {him} {its}`, and of its nature `{sound} {trace} {feature} {size} {ruins}`, `{escape}` after
"went", `{hides}` after "hiding", `{skill}` after "good at", `{excuse}` after "was only", `{moves}` and three doings
`{business} {business2} {business3}` in the third person. Of the thing: `{thing} {things} {a_thing} {the_things}`,
`{amount}` (fourteen doughnuts, three cups of coffee) and `{thing_feature} {thing_trace} {thing_sound} {thing_ruins}`.
Of the case: `{wish}` after "wanted", `{obstacle}` and `{oddity}` as noun phrase and fragment, `{spelled}` on the air.

`[is|are]` agrees with the doer, who is spoken of as one, `[t:is|are]` with the things; `<now|tonight>` is a free
choice. Initial capitals (`{Doer}`) are for titles and names.
"""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from agents.writer.lexicon import Lexicon, Noun, PlaceNoun, split_words
from agents.writer.premise import Figure, Premise
from episodes.value import Value, seed_from

if TYPE_CHECKING:
    import inflect

SLOTS = frozenset(
    split_words(
        "doer doers a_doer the_doer full_doer it him its sound trace escape feature skill size business business2 "
        "business3 moves hides ruins excuse thing_feature thing_trace thing_sound thing_ruins thing things "
        "a_thing the_things amount place venue street address landmark wrong clock unit agency county senior "
        "junior witness sir an_other nature charge code_nature code_ok doing did theme form n_word "
        "n_less_word n_more_word wish obstacle oddity n_hundred mins_word spelled direction weekday claim with_claim "
        "Doer Doers Thing Things Amount Place Street Senior Form"
    )
)
"""All slots that a template may use."""

_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[(t:)?([^|\]]*)\|([^\]]*)\]")
_FREE = re.compile(r"<([^<>]*)>")
_ALPHABET = {
    word[0]: word
    for word in split_words(
        "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec "
        "Romeo Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu"
    )
}
_SENTENCE = re.compile(r"(^|[.!?]['”\"]?\s+)([a-zà-ÿ])")
_UNITS = split_words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = split_words("- - twenty thirty forty fifty sixty seventy eighty ninety")


class Slots(Value):
    """What every slot means in one episode, and how many the agreement is with."""

    words: dict[str, str]
    things_many: bool = False

    def with_words(self, words: dict[str, str]) -> "Slots":
        """Return the slots with some meanings replaced, as in another place."""
        return Slots(words={**self.words, **words}, things_many=self.things_many)


def slots_in(template: str) -> set[str]:
    """Return the names of the slots in a template."""
    return set(_SLOT.findall(template))


def spelled(word: str) -> str:
    """Return the first letters of a word as they are read out on the air: `Kilo, India, Papa`."""
    letters = [letter for letter in word.upper() if letter in _ALPHABET]
    return ", ".join(_ALPHABET[letter] for letter in letters[:4]) + (" and so on" if len(letters) > 4 else "")


def varied(template: str, rng: random.Random) -> str:
    """Return the template with each free choice made."""
    while _FREE.search(template):
        template = _FREE.sub(lambda m: rng.choice(m[1].split("|")), template)
    return re.sub(r" +", " ", template)


def wordings_of(template: str) -> list[str]:
    """Return the template with its first free choice made in each way, the others in their first way."""
    first = _FREE.search(template)
    if first is None:
        return [template]
    made = [template[: first.start()] + choice + template[first.end() :] for choice in first[1].split("|")]
    return [re.sub(r" +", " ", _FREE.sub(lambda m: m[1].split("|")[0], text)) for text in made]


def realise(template: str, slots: Slots) -> str:
    """Return the sentence. Raises `KeyError` for a slot without a meaning."""
    text = template
    for _ in range(3):
        text = _CHOICE.sub(lambda m: m[3] if m[1] and slots.things_many else m[2], text)
        if "{" not in text:
            break
        text = _SLOT.sub(lambda m: slots.words[m[1]], text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"([.!?])\.(?!\.)", r"\1", text)
    return _SENTENCE.sub(lambda m: m[1] + m[2].upper(), text)


def number_in_words(number: int) -> str:
    """Return a number of 0 to 9,999 in words: 214 is `two hundred and fourteen`."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens] + (f"-{_UNITS[rest]}" if rest else "")
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, size)
    link = " " if size == 1000 and rest >= 100 else " and "
    return f"{number_in_words(many)} {name}" + (f"{link}{number_in_words(rest)}" if rest else "")


@lru_cache(maxsize=2048)
def with_article(words: str) -> str:
    """Return the words after `a` or `an`, by sound where the ear decides (`an hour`, `a unicorn`)."""
    if re.match(r"(?i)(the|a|an|some|my|your|his|her|our|their)\s|\S+['’]s\s", words):
        return words
    if re.match(r"(8|11|18)(\D|$)", words):
        return f"an {words}"
    if _DOUBTFUL_START.match(words):
        return str(_english().a(words))
    return f"{'an' if words[0].lower() in 'aeiou' else 'a'} {words}"


@lru_cache(maxsize=2048)
def pluralise(word: str) -> str:
    """Return the plural of a noun phrase; irregular ones of the lexicon are in its data."""
    if _REGULAR.search(word):
        return word + "s"
    return str(_english().plural_noun(word) or word)


_DOUBTFUL_START = re.compile(r"(?i)eu|ew|on(c)?e|u|h|y|\d|\W|(?-i:[A-Z]([A-Z.-]|$))")
"""Starts by which the letter does not tell the sound."""
_REGULAR = re.compile(r"(?i)(?<!f)(?<!oos)(?<!ous)e$|(?<!is)(?<!us)[abcdgklmnprtvw](?<!ma[n])(?<!c[h])$|[aeo]y$")


@lru_cache(maxsize=1)
def _english() -> "inflect.engine":
    with _methods_as_written():
        import inflect

    return inflect.engine()


@contextmanager
def _methods_as_written() -> Iterator[None]:
    """Keep typeguard from rewriting the methods of what is imported meanwhile.

    That takes two seconds of every start with inflect, and what its methods are given here are strings.
    """
    try:
        import typeguard
    except ImportError:  # An inflect that needs it no longer.
        yield
        return
    check = typeguard.typechecked
    typeguard.typechecked = lambda method: method  # type: ignore[assignment]
    try:
        yield
    finally:
        typeguard.typechecked = check


def plural_of(noun: Noun) -> str:
    """Return the plural of a lexicon noun; a mass noun stays as it is."""
    return noun.name if noun.mass else noun.plural or pluralise(noun.name)


def capitals(words: str) -> str:
    """Return the words as in a title."""
    small = {"a", "an", "the", "of", "and", "in", "on", "at", "to", "with", "by"}
    parts = words.split(" ")
    return " ".join(p if i and p in small else p[:1].upper() + p[1:] for i, p in enumerate(parts))


def size_in_words(metres: float) -> str:
    """Return a length as a witness gives it, in inches or feet."""
    if metres < 0.03:
        return "half an inch"
    if metres < 0.45:
        return f"{number_in_words(max(2, round(metres * 39.4)))} inches"
    feet = max(2, round(metres * 3.28))
    return f"{number_in_words(min(feet, 9999))} feet"


FEW = 3
"""Up to so many are spoken of as one; of a crowd it is the one in front."""


def doer_words(doer: Figure, rng: random.Random) -> dict[str, str]:
    """Return the slots about who does it. A crowd is spoken of by its leader."""
    noun, head = doer.noun, doer.head
    pronoun = noun.pronoun or ("it" if noun.kind != "person" else rng.choice(("he", "she")))
    him, its = {"he": ("him", "his"), "she": ("her", "her"), "it": ("it", "its")}[pronoun]
    many = plural_of(noun) if noun.name in head or doer.whole else pluralise(head)
    head = f"pair of {head}" if noun.always_plural and not doer.named else head
    one = head if not doer.named else ""
    nature = {name: rng.choice(getattr(noun, name)) for name in ("sound", "trace", "escape", "feature", "skill")}
    nature |= {name: rng.choice(getattr(noun, name)) for name in ("moves", "hides", "ruins", "excuse")}
    # An action is told by nobody: what it does to `us` is for those who speak.
    seen = [doing for doing in noun.business if not re.search(r"\b(us|we|our)\b", doing)]
    doings = rng.sample(seen, len(seen)) * 3 if len(seen) > 2 else rng.sample(noun.business, len(noun.business)) * 3
    nature |= {"business": doings[0], "business2": doings[1], "business3": doings[2]}
    return {
        "doer": doer.head,
        "doers": many,
        "a_doer": doer.head if doer.named else (head if noun.mass else with_article(one)),
        "the_doer": doer.head if doer.named else ("the lead " + head if doer.count > FEW else "the " + head),
        "full_doer": doer.introduction,
        "it": pronoun,
        "him": him,
        "its": its,
        "size": size_in_words(noun.metres),
        "Doer": capitals(doer.head),
        "Doers": capitals(many),
        **nature,
    }


def thing_words(thing: Figure, rng: random.Random) -> tuple[dict[str, str], bool]:
    """Return the slots about the thing, and whether it is spoken of as many."""
    noun, head = thing.noun, thing.head
    stem = (
        thing.phrase[: len(thing.phrase) - len(head)] if thing.phrase.endswith(head) and len(thing.phrase) < 32 else ""
    )
    many = not noun.mass and (thing.count > 1 or noun.always_plural)
    plural = head if noun.mass or noun.always_plural else (thing.plural or pluralise(head))
    count = number_in_words(thing.count)
    called = f"{stem}{plural if many else head}"
    if thing.owned:
        amount = a_thing = the_things = called if thing.named else f"the {called}"
    else:
        measure = noun.counted_in if thing.count > 1 else noun.counted_in.rstrip("s")
        measured = noun.mass or noun.always_plural
        amount = f"{count} {measure} of {stem}{plural}" if measured else f"{count} {called}"
        some = "some" if noun.mass else "a pair of"
        a_thing = f"{some} {stem}{head}" if measured else with_article(stem + head)
        the_things = f"the {called}"
    words = {
        "thing": head,
        "things": plural,
        "a_thing": a_thing,
        "the_things": the_things,
        "amount": amount,
        **{f"thing_{name}": rng.choice(getattr(noun, name)) for name in ("feature", "trace", "sound", "ruins")},
        "Thing": capitals(head),
        "Things": capitals(plural),
        "Amount": capitals(amount),
    }
    return words, many


def number_words(rng: random.Random, hour: int, minute: int) -> dict[str, str]:
    """Return the slots of numbers and times: specific, and the same all through an episode."""
    n = rng.randint(4, 9)
    part = "in the morning" if hour < 12 else "in the afternoon" if hour < 18 else "at night"
    return {
        "n_word": number_in_words(n),
        "n_less_word": number_in_words(n - 1),
        "n_more_word": number_in_words(n + 1),
        "n_hundred": f"{number_in_words(n)} hundred and {number_in_words(rng.randint(2, 19))}",
        "mins_word": number_in_words(rng.randint(11, 19)),
        "form": f"{rng.randint(12, 88)}-{rng.choice('BCDFGHK')}",
        "clock": f"{(hour - 1) % 12 + 1}:{minute:02} {part}",
        "direction": rng.choice(("northbound", "eastbound", "southbound", "westbound")),
    }


def place_words(place: PlaceNoun, name: str, street: str, number: int) -> dict[str, str]:
    """Return the slots about the place."""
    return {
        "place": name,
        "Place": capitals(name),
        "venue": f"the {place.noun}",
        "street": street,
        "Street": street,
        "address": f"{number} {street}",
        "landmark": "the " + re.sub(r"^(a|an|the) ", "", place.landmark),
        "wrong": place.wrong,
    }


def premise_slots(premise: Premise, lexicon: Lexicon, seed: int, hour: int, minute: int) -> Slots:
    """Return the slots that follow from the premise and the seed alone; those of the cast are added by casting."""
    rng = random.Random(seed_from("slots", seed))
    things, many = thing_words(premise.thing, rng)
    others = sorted(name for name, noun in lexicon.nouns.items() if noun.kind == "animal" and name != premise.doer.head)
    words = {
        **doer_words(premise.doer, rng),
        **things,
        **number_words(rng, hour, minute),
        "an_other": with_article(rng.choice(others)),
        "theme": premise.quote,
        "spelled": spelled((premise.doer if premise.doer.noun.kind == "item" else premise.thing).head),
        "wish": premise.wish,
        "obstacle": premise.obstacle,
        "oddity": premise.oddity,
        "doing": premise.doing,
        "did": premise.did,
    }
    words["Form"] = words["form"]
    return Slots(words=words, things_many=many)
