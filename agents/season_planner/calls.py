"""Each episode's call: variations on a season's theme that are other crimes in other places with other creatures.

Every call is read back by the writer's own reader, and one that it would take for something else is not used.
"""

import random
from collections.abc import Iterator

from agents.writer.lexicon import Lexicon, Noun, split_words
from agents.writer.premise import Premise, read_theme
from agents.writer.realiser import plural_of, with_article
from agents.writer.refusal import check_theme
from agents.writer.season_lore import Lore
from episodes.errors import InputRefused
from episodes.value import Value

TRIES = 60
"""Wordings tried for one call before one is taken that is understood only in part."""
LONGEST_THEME = 16
"""Words of a theme that is the first call as it stands."""
_DOERS = {"animal": 6, "person": 3, "tool": 1, "vehicle": 1, "food": 1}
_THINGS = ("food", "clothing", "tool", "office")
_LEFT_OUT = frozenset(
    split_words(
        "gun knife pistol rifle axe sword bomb grenade chainsaw needle kid child baby toddler infant crook thief cracker "
        "criminal burglar"
    )
)
"""Nouns that no comedy needs, or that tell who did it."""


class Call(Value):
    """One call as a theme, and what the writer will understand of it."""

    text: str
    premise: Premise


class Caller:
    """Words the calls of one season."""

    def __init__(self, theme: str, lexicon: Lexicon, lore: Lore, seed: int) -> None:
        self.theme, self.lexicon, self.lore, self.seed = " ".join(theme.split()), lexicon, lore, seed
        self.rng = random.Random(seed)
        self.premise = read_theme(self.theme, lexicon, seed)
        self.doers = _nouns(lexicon, tuple(_DOERS), self.rng)
        self.things = _nouns(lexicon, _THINGS, self.rng, most=1.2)
        own = self.premise.deed.frame if self.premise.deed else ""
        self.frames = [frame for frame in lore.calls if frame != own]
        self.rng.shuffle(self.frames)
        self.places = [place for place in lore.places if place in lexicon.places]
        self.rng.shuffle(self.places)
        self.had: set[str] = {self.premise.doer.noun.name, self.premise.thing.noun.name}
        if self.premise.place is not None:
            self.had.add(self.premise.place.noun)

    def calls(self, number: int) -> tuple[Call, ...]:
        """Return so many calls: the theme itself, what it leads to, and at the end of a season its doer again."""
        calls = [self._opening()]
        for at in range(1, number):
            calls.append(self._finale() if number > 2 and at == number - 1 else self._call(at))
        return tuple(calls)

    def _opening(self) -> Call:
        if len(self.theme.split()) <= LONGEST_THEME and not self.premise.doer.whole:
            return Call(text=self.theme, premise=self.premise)
        text = " ".join(self.theme.split()[:LONGEST_THEME])
        return Call(text=text, premise=read_theme(text, self.lexicon, self.seed))

    def _call(self, at: int) -> Call:
        """Return the call of one episode in the middle: another kind of call, another place, other figures."""
        frame = self.frames[(at - 1) % len(self.frames)]
        wordings = list(self.lore.calls[frame])
        self.rng.shuffle(wordings)
        best: Call | None = None
        for attempt, (doer, thing, place) in zip(range(TRIES), self._figures(at), strict=False):
            text = _worded(wordings[attempt % len(wordings)], doer, thing, place)
            call = Call(text=text, premise=read_theme(text, self.lexicon, self.seed))
            if not _is_allowed(text):
                continue
            best = best or call
            if _understood(call.premise, frame, doer, thing, place, self.lexicon):
                best = call
                break
        assert best is not None
        names = (best.premise.doer.noun.name, best.premise.thing.noun.name)
        self.had |= {*names, best.premise.place.noun if best.premise.place else ""}
        return best

    def _finale(self) -> Call:
        """Return a call that brings the season's own doer and thing back."""
        doer, thing = self.premise.doer.noun, self.premise.thing.noun
        templates = list(self.lore.finales)
        self.rng.shuffle(templates)
        if "item" in (doer.kind, thing.kind) or self.premise.doer.whole or doer.mass or doer.always_plural:
            return self._call(len(self.frames))
        for _, _, place in zip(range(TRIES), self._figures(0), [*self._places()] * TRIES, strict=False):
            for template in templates:
                text = _worded(template, doer, thing, place)
                premise = read_theme(text, self.lexicon, self.seed)
                if _is_allowed(text) and premise.deed is not None and premise.doer.noun.name == doer.name:
                    return Call(text=text, premise=premise)
        return self._call(len(self.frames))

    def _figures(self, at: int) -> Iterator[tuple[Noun, Noun, str]]:
        """Yield doer, thing and place, related to the theme in a way that changes from episode to episode."""
        own_doer, own_thing = self.premise.doer.noun, self.premise.thing.noun
        doers = [noun for noun in self.doers if noun.name not in self.had]
        things = [noun for noun in self.things if noun.name not in self.had]
        alike = [noun for noun in things if noun.kind == own_thing.kind] or things
        related = [noun for noun in doers if own_thing.name in noun.wants] or doers
        wanted = [noun for noun in things if noun.name in own_doer.wants] or alike
        keeps_thing = at % 3 == 1 and own_thing.kind in _THINGS
        keeps_doer = at % 5 == 3 and own_doer.kind in _DOERS and not (own_doer.mass or own_doer.always_plural)
        places = self._places()
        while True:
            doer = own_doer if keeps_doer else self.rng.choice(related if keeps_thing else doers)
            fond = [noun for noun in things if noun.name in doer.wants]
            thing = own_thing if keeps_thing else self.rng.choice(wanted if keeps_doer else fond or alike)
            yield doer, thing, self.rng.choice(places)

    def _places(self) -> list[str]:
        fresh = [place for place in self.places if self.lexicon.places[place].noun not in self.had]
        return fresh or self.places


def _nouns(lexicon: Lexicon, kinds: tuple[str, ...], rng: random.Random, most: float = 4.0) -> list[Noun]:
    """Return nouns of some kinds, each of one or two plain words, as often as their kind is wanted."""
    known = {noun.name: noun for noun in lexicon.nouns.values() if noun.kind in kinds and noun.name not in _LEFT_OUT}
    found = [
        noun
        for _, noun in sorted(known.items())
        for _ in range(_DOERS.get(noun.kind, 1) if most > 2 else 1)
        if noun.name.replace(" ", "").isalpha()
        and len(noun.name.split()) < 3
        and not (noun.mass or noun.always_plural)
        and 0.03 < noun.metres <= most
    ]
    rng.shuffle(found)
    return found


def _worded(template: str, doer: Noun, thing: Noun, place: str) -> str:
    words = {
        "{a_doer}": with_article(doer.name),
        "{doers}": plural_of(doer),
        "{things}": plural_of(thing),
        "{a_place}": f"the {place}",
    }
    text = template
    for slot, word in words.items():
        text = text.replace(slot, word)
    return text


def _is_allowed(text: str) -> bool:
    try:
        check_theme(text)
    except InputRefused:
        return False
    return True


def _understood(premise: Premise, frame: str, doer: Noun, thing: Noun, place: str, lexicon: Lexicon) -> bool:
    """Whether the writer reads a call as it was meant."""
    return (
        premise.read
        and premise.deed is not None
        and premise.deed.frame == frame
        and premise.doer.noun.name == doer.name
        and premise.thing.noun.name == thing.name
        and premise.place is not None
        and premise.place.noun == lexicon.places[place].noun
    )
