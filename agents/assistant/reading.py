"""One part of a message, read: every word with what it may mean, and what the grammar has made use of so far.

The law of the grammar stands here: an order is given only when each word that means something has been made use of.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from agents.assistant.finding import Finder
from agents.assistant.naming import Kind, Ref
from agents.assistant.numbers import Amount, Clock, amount_at, clock_at, number_at
from agents.assistant.orders import Ask, Focus, Unclear
from agents.assistant.phrases import LONGEST, PHRASES, SECOND, Meaning
from agents.assistant.tokens import Token
from episodes.cast import VoiceOffer
from episodes.episode import Episode

MOST_CHOICES = 8
_QUIET_TAGS = frozenset(("filler", "pronoun", "degree"))
_QUIET = frozenset((Meaning("verb", "make"), Meaning("verb", "be"), Meaning("noun", "version")))
_LOUD_JOINTS = frozenset(("not", "first_place", "last_place", "off", "before", "after"))


class AskedBack(Exception):
    """The words can't be carried out as they are; an `Ask` or `Unclear` says why. Never leaves the assistant."""

    def __init__(self, order: Ask | Unclear) -> None:
        super().__init__(order.sentence)
        self.order = order


@dataclass(frozen=True)
class Item:
    """Some words that belong together, and all that they may mean."""

    tokens: tuple[Token, ...]
    meanings: tuple[Meaning, ...] = ()
    refs: tuple[Ref, ...] = ()
    amount: Amount | None = None
    clock: Clock | None = None
    number: int | None = None

    @property
    def text(self) -> str:
        """Return the words as they were typed, with single blanks."""
        return " ".join(token.text for token in self.tokens)

    def means(self, tag: str, *values: str) -> bool:
        """Whether it may mean this, with one of the values if any are given."""
        return any(each.tag == tag and (not values or each.value in values) for each in self.meanings)

    def value(self, tag: str) -> str:
        """Return its first value under a tag, or raise `KeyError`."""
        for each in self.meanings:
            if each.tag == tag:
                return each.value
        raise KeyError(tag)

    def ref(self, kind: Kind) -> Ref | None:
        """Return what of one kind it points at, if anything."""
        return next((ref for ref in self.refs if ref.kind == kind), None)


@dataclass
class Situation:
    """What an order is understood in."""

    episode: Episode
    focus: Focus
    voices: tuple[VoiceOffer, ...]
    finder: Finder
    just_now: str = ""
    """The scene that was changed by an earlier part of the same message."""


@dataclass
class Reading:
    """The words of one part of a message."""

    at: Situation
    words: str
    """The whole message."""
    tokens: tuple[Token, ...]
    """Of this part."""
    items: tuple[Item, ...] = ()
    spent: set[int] = field(default_factory=set)
    together: bool = False
    """Whether all that is named must be in one scene, so that one name tells where the other is."""

    def __post_init__(self) -> None:
        if not self.items:
            self.items = tuple(_items(self.tokens, self.at.finder))

    @property
    def text(self) -> str:
        """Return this part of the message as it was typed."""
        return self.words[self.tokens[0].start : self.tokens[-1].end].strip(" ,;.") if self.tokens else ""

    # ---- looking and taking ------------------------------------------------------------------------------------------

    def all(self, tag: str, *values: str) -> list[Item]:
        """Return the items not made use of that may mean this."""
        return [item for n, item in enumerate(self.items) if n not in self.spent and item.means(tag, *values)]

    def has(self, tag: str, *values: str) -> bool:
        """Whether any word not made use of may mean this."""
        return bool(self.all(tag, *values))

    def take(self, tag: str, *values: str) -> Item | None:
        """Return the first such item, and count it and no other as made use of."""
        found = self.all(tag, *values)
        if not found:
            return None
        self.spend(found[0])
        return found[0]

    def use(self, tag: str, *values: str) -> bool:
        """Make use of all such items; say whether there were any."""
        found = self.all(tag, *values)
        self.spend(*found)
        return bool(found)

    def spend(self, *items: Item) -> None:
        """Count items as made use of."""
        self.spent |= {n for n, item in enumerate(self.items) if any(item is each for each in items)}

    def pointing(self, kind: Kind) -> list[tuple[Item, Ref]]:
        """Return the items not made use of that point at something of a kind."""
        left = [item for n, item in enumerate(self.items) if n not in self.spent]
        return [(item, ref) for item in left if (ref := item.ref(kind)) is not None]

    def amounts(self, *units: str) -> list[Item]:
        """Return the items that are amounts in one of the units."""
        left = [item for n, item in enumerate(self.items) if n not in self.spent]
        return [item for item in left if item.amount is not None and item.amount.unit in units]

    @property
    def degree(self) -> str:
        """How much, where it is only said in a word: `little`, `much` or nothing."""
        found = [item for item in self.items if item.means("degree")]
        return found[0].value("degree") if found else ""

    @property
    def verbs(self) -> set[str]:
        """Which things are to be done, by what each word means first."""
        firsts = {item.value("verb") for item in self.items if item.meanings and item.meanings[0].tag == "verb"}
        return firsts - {"make", "be", "say", "title", "play_order", "burn"}

    def rest(self) -> list[Item]:
        """Return the words that mean something and were not made use of."""
        return [item for n, item in enumerate(self.items) if n not in self.spent and not _is_quiet(item)]

    # ---- what is meant -----------------------------------------------------------------------------------------------

    def some(self, kind: Kind, *, several: bool = False) -> tuple[str, ...]:
        """Return the ids of the one thing, or the several things, of a kind that the words point at; none for none.

        Raises `AskedBack` where nothing fits, or more than one thing and not all are meant.
        """
        found: list[str] = []
        for item, ref in self.pointing(kind):
            self.spend(item)
            ids = self._narrowed(kind, ref)
            if not ids:
                raise AskedBack(Unclear(sentence=ref.missing or f"There is no such {kind}."))
            if len(ids) > 1 and not (several and (ref.many or self.has("joint", "all"))):
                raise AskedBack(self.which(kind, ids, item))
            found += [one for one in ids if one not in found]
        if several and found:
            self.use("joint", "all")
        return tuple(found)

    def _narrowed(self, kind: Kind, ref: Ref) -> tuple[str, ...]:
        """Return what fits in the scene that is named elsewhere in these words."""
        if kind not in ("shot", "line", "beat") or len(ref.ids) < 2:
            return ref.ids
        sure = {other.ids[0].split("-")[0] for _, other in self.pointing(kind) if len(other.ids) == 1}
        if self.together and len(sure) == 1:
            return tuple(one for one in ref.ids if one.split("-")[0] in sure)
        for item, scene in self.pointing("scene"):
            inside = tuple(one for one in ref.ids if one.split("-")[0] in scene.ids)
            if inside:
                self.spend(item)
                return inside
        return ref.ids

    def which(self, kind: str, ids: Sequence[str], item: Item | None) -> Ask:
        """Return the question which of these is meant, with this part of the message said again for each."""
        return Ask(
            sentence=f"Which {kind} do you mean: {_listed(ids)}?",
            choices=tuple(self.again(one, item) for one in ids[:MOST_CHOICES]),
        )

    def again(self, named: str, item: Item | None) -> str:
        """Return these words with an id in the place of an item, or behind them all."""
        if item is None:
            return f"{self.text}: {named}" if self.text else named
        start, end = self.tokens[0].start, self.tokens[-1].end
        return f"{self.words[start : item.tokens[0].start]}{named}{self.words[item.tokens[-1].end : end]}".strip(" ,;.")

    def meant(self, kind: Kind, *, several: bool = False) -> tuple[str, ...]:
        """Return what the words point at, or what was last spoken of; raises `AskedBack` where that is nothing."""
        found = self.some(kind, several=several)
        if found:
            return found
        focus: str = getattr(self.at.focus, kind, "") if kind in ("shot", "line", "scene", "beat") else ""
        if kind == "person":
            focus = self.at.focus.character
        if focus:
            return (focus,)
        order = [shot.id for shot in self.at.episode.shots] if kind == "shot" else []
        if kind == "shot":
            self._refuse_other_camera()
            item, seen = self._seen()
            if item is not None:
                raise AskedBack(self.which("shot", seen, item))
        if kind == "scene":
            order = [scene.id for scene in self.at.episode.the_script.scenes]
            if len(order) == 1:
                return tuple(order)
        pronoun = next((one for one in self.items if one.means("pronoun", "it") and one.text.casefold() != "one"), None)
        raise AskedBack(
            Ask(
                sentence=f"Which {kind} do you mean?",
                choices=tuple(self.again(one, pronoun) for one in order[:MOST_CHOICES]),
            )
        )

    def _refuse_other_camera(self) -> None:
        """Say so where a shot of a camera is meant that no shot has: `the helicopter shot`."""
        for item, behind in pairwise(self.items):
            owner = item.value("owner") if item.means("owner") and not item.refs else ""
            if (
                owner
                and behind.means("noun", "shot")
                and not any(shot.owner == owner for shot in self.at.episode.shots)
            ):
                raise AskedBack(
                    Unclear(sentence=f"No shot of this episode is from the {owner}.", can=("show me the shots",))
                )

    def _seen(self) -> tuple[Item | None, tuple[str, ...]]:
        """Return the words for somebody or something that is seen in shots, and those shots: `the raccoon`."""
        for kind in ("prop", "vehicle", "person"):
            for item, ref in self.pointing(kind):
                shots = [shot for shot in self.at.episode.shots if set(ref.ids) & {each.id for each in shot.subjects}]
                if shots:
                    # What shows it alone stands first.
                    shots.sort(key=lambda shot: len(shot.subjects))
                    return item, tuple(shot.id for shot in shots)
        return None, ()

    def scenes(self) -> tuple[str, ...]:
        """Return the scenes that the words name, all of them for `everywhere`; none where they name none."""
        if self.has("joint", "all") and not self.pointing("scene"):
            self.use("joint", "all")
            self.use("noun", "scene", "film")
            return tuple(scene.id for scene in self.at.episode.the_script.scenes)
        return self.some("scene", several=True)


def _listed(ids: Sequence[str]) -> str:
    shown = list(ids[:MOST_CHOICES])
    more = f" or one of {len(ids) - len(shown)} others" if len(ids) > len(shown) else ""
    return (", ".join(shown[:-1]) + " or " + shown[-1] if len(shown) > 1 and not more else ", ".join(shown)) + more


def _is_quiet(item: Item) -> bool:
    for each in item.meanings:
        if each.tag in _QUIET_TAGS or each in _QUIET or (each.tag == "joint" and each.value not in _LOUD_JOINTS):
            return not item.means("joint", "not")
    return False


def _items(tokens: tuple[Token, ...], finder: Finder) -> list[Item]:
    """Return the tokens in the longest groups that mean something, each with everything that it may mean."""
    found: list[Item] = []
    at = 0
    while at < len(tokens):
        item = _item_at(tokens, at, finder)
        found.append(item)
        at += len(item.tokens)
    return found


def _item_at(tokens: tuple[Token, ...], at: int, finder: Finder) -> Item:
    if tokens[at].kind in ("quote", "file"):
        return Item(tokens[at : at + 1], (Meaning(tokens[at].kind, tokens[at].text),))
    refs, by_name = finder.at(tokens, at)
    clock, amount, phrase = clock_at(tokens, at), amount_at(tokens, at), _phrase_at(tokens, at)
    number = number_at(tokens, at)
    takens = [by_name, clock[1] if clock else 0, amount[1] if amount else 0, phrase, number[1] if number else 0, 1]
    taken = max(takens)
    part = tokens[at : at + taken]
    words = tuple(token.low for token in part)
    meanings = (PHRASES[words], *SECOND.get(words, ())) if phrase == taken else ()
    whole = number[0] if number and number[1] == taken and number[0].denominator == 1 else None
    return Item(
        part, meanings,
        refs=refs if by_name == taken else (),
        amount=amount[0] if amount and amount[1] == taken else None,
        clock=clock[0] if clock and clock[1] == taken else None,
        number=int(whole) if whole is not None else None,
    )  # fmt: skip


def _phrase_at(tokens: tuple[Token, ...], at: int) -> int:
    for taken in range(min(LONGEST, len(tokens) - at), 0, -1):
        part = tokens[at : at + taken]
        if tuple(token.low for token in part) in PHRASES and all(token.kind in ("word", "mark") for token in part):
            return taken
    return 0
