"""The assistant by rules: a grammar of small words, phrases and names, in any order, in which nothing is skipped.

A message is cut into parts at commas, full stops, `and` and `then`. The longest run of parts that is one whole order is
read first. An order counts only when every word in it that means something was made use of; where a word is left over,
nothing at all is done and the person is asked.
"""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches

from agents.assistant import asking_orders as asking
from agents.assistant import free_text, length_orders, shot_orders, sound_orders, world_orders
from agents.assistant import people_orders as people
from agents.assistant.abilities import ABILITIES, nearest
from agents.assistant.beats import BeatWriter, sentence_of, written
from agents.assistant.explaining import explained
from agents.assistant.finding import Finder
from agents.assistant.listening import listened
from agents.assistant.naming import Kind
from agents.assistant.orders import Ask, Edit, Explain, Focus, Order, Record, Say, Unclear
from agents.assistant.reading import AskedBack, Item, Reading, Situation
from agents.assistant.speaking_of import focus_after, still_there
from agents.assistant.tokens import MOST_LETTERS, Token, plain, tokens_of
from agents.writer.refusal import check_theme
from episodes.apply import apply_all, targets
from episodes.cast import VoiceOffer
from episodes.change_targets import holders
from episodes.changes import InsertBeat, Lock
from episodes.episode import Episode
from episodes.errors import ChangeRefused, InputRefused

Orders = tuple[Order, ...]
Rule = Callable[[Reading], Orders | None]
_RULES: tuple[Rule, ...] = (
    asking.command, asking.why, asking.put_file, asking.play_or_frames, sound_orders.captions, sound_orders.loudness,
    sound_orders.levels, sound_orders.mood, sound_orders.whole, shot_orders.swap, shot_orders.move,
    shot_orders.reverse, shot_orders.choose_take, people.voice, people.delivery, length_orders.retime,
    shot_orders.reshoot, shot_orders.remove, world_orders.look, world_orders.scene, shot_orders.lock,
    asking.show, world_orders.nothing_said,
)  # fmt: skip
"""In the order of trying: the first that makes use of every word wins."""
_PARTING = frozenset((",", ";", ".", "!", "?", "and", "then", "also", "but", "plus", "&", "+"))
MOST_PARTS = 24
_VALUES = ("light", "weather", "delivery", "length")
_ENDS = frozenset((";", ".", "!", "?"))
"""What is parted by these is never one order."""
_QUESTIONS = frozenset(
    ("is", "are", "was", "were", "does", "did", "has", "should", "am", "who", "when", "which", "what", "would")
)
"""What begins with one of these is asked, not wished."""


class RuleAssistant:
    """An `Assistant`. Same words, episode and focus, same orders."""

    def __init__(self, voices: tuple[VoiceOffer, ...], write_beat: BeatWriter = written) -> None:
        """Begin.

        Args:
            voices: what this machine has to cast from, best first.
            write_beat: writes a beat of what the person wants to happen.
        """
        self._voices = voices
        self._write_beat = write_beat
        self._finder: tuple[Episode, Finder] | None = None

    async def understand(
        self, words: str, episode: Episode | None, focus: Focus, history: tuple[str, ...] = ()
    ) -> Orders:
        """Return the orders in the words; see `Assistant.understand`."""
        text = plain(words).strip()
        refused = _guarded(text)
        if refused is not None:
            return (refused,)
        if episode is None or episode.script is None or episode.world is None:
            return (_before_there_is_one(text),)
        focus = still_there(focus, episode)
        at = Situation(episode, focus, self._voices, self._finder_of(episode))
        return await listened(text, at, lambda words: self._orders(words, episode, focus))

    async def explain(self, episode: Episode, order: Explain, record: Record) -> str:
        """Return why it is so, by what the record and the rules know."""
        return explained(episode, order, record)

    async def _orders(self, text: str, episode: Episode, focus: Focus) -> Orders:
        text = re.sub(r"^/\s*", "", text)
        if any(token.kind == "file" for token in tokens_of(text)):
            # By what right a clip may be used stands in brackets, and is read by whoever imports it.
            text = re.sub(r"\s*\([^()]*\)[\s.!]*$", "", text)
        found: list[Order] = []
        rest = text
        while rest:
            scene = focus.scene if any(isinstance(order, Edit) for order in found) and focus.last == "scene" else ""
            at = Situation(episode, focus, self._voices, self._finder_of(episode), scene)
            orders, rest = await self._next(rest, at)
            stuck = [order for order in orders if isinstance(order, Unclear)]
            if stuck:
                return (_whole(stuck[0], found, text),)
            for order in orders:
                focus = focus_after(focus, order, episode)
                if isinstance(order, Edit):
                    episode = apply_all(order.changes, episode)
                focus = still_there(focus, episode)
            found += orders
        return tuple(found) or (Unclear(sentence="There was nothing to do in that.", can=ABILITIES[:6]),)

    def _finder_of(self, episode: Episode) -> Finder:
        """Return the finder of an episode; the last one is kept, because people say many things about one episode."""
        if self._finder is None or self._finder[0] is not episode:
            self._finder = (episode, Finder(episode))
        return self._finder[1]

    async def _next(self, text: str, at: Situation) -> tuple[Orders, str]:
        """Return the orders at the beginning of the text, and what is left of it."""
        free = await self._free(text, at)
        if free is not None:
            return free
        tokens = tokens_of(text)
        ends = _ends(tokens)
        asked: tuple[Orders, int] | None = None
        for end in reversed(ends):
            orders = _understood(text, tokens[:end], at, parts=ends.index(end) + 1)
            if orders and all(isinstance(order, Unclear | Ask) for order in orders):
                asked = asked if asked and _rank(asked[0]) >= _rank(orders) else (orders, end)
            elif orders:
                return _tried(orders, at), _after(text, tokens, end)
        bare = free_text.bare_line(text, tokens, at)
        if bare is not None:
            return _tried((bare,), at), ""
        if asked is not None and not _is_empty(asked[0], text, tokens, at):
            return asked[0], _after(text, tokens, asked[1])
        return (_not_understood(text, tokens, at),), ""

    async def _free(self, text: str, at: Situation) -> tuple[Orders, str] | None:
        """Return an order with words of the person's own at the beginning of the text, and what comes behind it."""
        try:
            wish = free_text.beat_wish(text, at)
            if wish is not None:
                return (await self._beat(wish, at),), ""
            other = free_text.new_episode(text, first=False)
            if other is not None:
                return (other,), ""
            return self._titled(text, at) or self._quoted(text, at)
        except AskedBack as back:
            return (back.order,), ""

    def _titled(self, text: str, at: Situation) -> tuple[Orders, str] | None:
        whole = free_text.title(text)
        if whole is None:
            return None
        # A title may hold `and`; only what is a whole order by itself is none of it.
        for match in re.finditer(r"\s*(?:[,;.]|\band\b|\bthen\b)+\s+", text):
            behind = text[match.end() :]
            tokens = tokens_of(behind)
            orders = _understood(behind, tokens, at, parts=1) if tokens and _is_imperative(tokens) else None
            title = free_text.title(text[: match.start()])
            if title is not None and orders and all(isinstance(order, Edit) for order in orders):
                return _tried((title,), at), behind
        return _tried((whole,), at), ""

    def _quoted(self, text: str, at: Situation) -> tuple[Orders, str] | None:
        tokens = tokens_of(text)
        for end in reversed(_ends(tokens)):
            order = free_text.quoted_line(text, tokens[:end], at)
            if order is not None and (end == len(tokens) or isinstance(order, Edit)):
                if isinstance(order, Unclear) and end > 1 and len(_ends(tokens)) > 1:
                    continue
                return _tried((order,), at), _after(text, tokens, end)
        return None

    async def _beat(self, wish: free_text.BeatWish, at: Situation) -> Order:
        beat = await self._write_beat(at.episode, wish.scene, wish.after, wish.action)
        change = InsertBeat(scene=wish.scene, after=wish.after, beat=beat)
        place = f"behind {wish.after}" if wish.after != wish.scene else "first"
        lines = " ".join(f"“{line.text}”" for line in beat.lines)
        said = f"Scene {wish.scene} gets a beat {place}: {sentence_of(beat.action)} {lines}".strip()
        return _tried((Edit(changes=(change,), said=said),), at)[0]


# ---- one part --------------------------------------------------------------------------------------------------------


def _understood(text: str, tokens: tuple[Token, ...], at: Situation, *, parts: int) -> Orders | None:
    """Return the orders that make use of every word of the tokens; a question back where there are none."""
    orders = _by_rules(text, tokens, at, parts=parts)
    if orders and tokens[0].low in _QUESTIONS and any(isinstance(order, Edit) for order in orders):
        wishes = tuple(order.said for order in orders if isinstance(order, Edit))
        sentence = f"Is that a question or a wish? Say it as a wish to have it: {' '.join(wishes)}"
        return (Unclear(sentence=sentence, can=("make scene 2 at night", "show scene 2")),)
    if orders and isinstance(orders[0], Edit) and _only_says_so(text, tokens, at):
        wish = re.sub(
            r"\b(is|are)\b", "should be", text[tokens[0].start : tokens[-1].end], count=1, flags=re.IGNORECASE
        )
        return (Ask(sentence="Is it so, or shall it be so?", choices=(wish.strip(" ,;."),)),)
    return orders


def _only_says_so(text: str, tokens: tuple[Token, ...], at: Situation) -> bool:
    """Whether the words say how something is, and not how it shall be: `Gus is sad`; `too long` is a wish."""
    lows = {token.low for token in tokens}
    if not lows & {"is", "are"} or lows & {"too", "should"}:
        return False
    verbs = (item for item in Reading(at, text, tokens).items if item.means("verb"))
    return all(item.means("verb", "be") for item in verbs)


def _by_rules(text: str, tokens: tuple[Token, ...], at: Situation, *, parts: int) -> Orders | None:
    asked: list[Ask | Unclear] = []
    if not any(token.kind != "mark" for token in tokens):
        return None
    items = Reading(at, text, tokens).items
    for rule in _RULES:
        reading = Reading(at, text, tokens, items)
        if parts > 1 and (len(reading.verbs) > 1 or _is_torn(items) or _begins_anew(reading)):
            return None
        try:
            orders = rule(reading)
        except AskedBack as back:
            if parts == 1 or not reading.rest() or isinstance(back.order, Ask):
                asked.append(back.order)
            continue
        if orders and not reading.rest():
            return orders
    return (max(asked, key=lambda order: isinstance(order, Ask)),) if asked else None


def _is_torn(items: tuple[Item, ...]) -> bool:
    """Whether what shall be stands between two things of one kind: then it is for the first alone."""
    values = [n for n, item in enumerate(items) if any(item.means(tag) for tag in _VALUES) and not item.refs]
    kinds: tuple[Kind, ...] = ("scene", "shot", "person", "line")
    for kind in kinds:
        places = [n for n, item in enumerate(items) if item.ref(kind)]
        if len(places) > 1 and any(places[0] < value < places[-1] for value in values):
            return True
    return False


def _is_empty(orders: Orders, text: str, tokens: tuple[Token, ...], at: Situation) -> bool:
    """Whether it is only asked what is meant, without a choice, where an unknown word is why nobody knows."""
    asked = [order for order in orders if isinstance(order, Ask)]
    known = (item for item in Reading(at, text, tokens).items if re.search(r"\w", item.text))
    return (
        bool(asked)
        and not any(order.choices for order in asked)
        and not at.focus.last
        and any(
            not item.meanings and not item.refs and item.amount is None and item.clock is None and item.number is None
            for item in known
        )
    )


_MAKING = frozenset(("make", "let", "have", "give", "set", "put", "turn"))


def _begins_anew(reading: Reading) -> bool:
    """Whether `make` begins another wish behind one that has a verb of its own: `remove 2-02, and make 2-01 longer`."""
    parted = False
    for item in reading.items:
        if parted and reading.verbs and item.means("verb", "make") and item.text.casefold() in _MAKING:
            return True
        parted = item.text.casefold() in _PARTING or (parted and item.means("filler"))
    return False


def _rank(orders: Orders) -> int:
    return 1 if isinstance(orders[0], Ask) else 0


def _tried(orders: Orders, at: Situation) -> Orders:
    """Return the orders, with those that can't be carried out on the episode as sentences that say why."""
    done: list[Order] = []
    for order in orders:
        if not isinstance(order, Edit):
            done.append(order)
            continue
        try:
            apply_all(order.changes, at.episode)
        except ChangeRefused as refused:
            done.append(Unclear(sentence=str(refused)))
            continue
        done.append(_with_locks(order, at.episode))
    return tuple(done)


def _with_locks(order: Edit, episode: Episode) -> Edit:
    """Return the edit, saying which locks it goes past: that is the person's right, and theirs alone."""
    held: set[str] = set()
    for change in order.changes:
        if not isinstance(change, Lock):
            for one in targets(change, episode):
                held |= holders(one, episode) & episode.locks if one != "episode" else episode.locks & {"episode"}
    if not held:
        return order
    return order.model_copy(
        update={"said": f"{order.said} (Locked: {', '.join(sorted(held))}; you may change it all the same.)"}
    )


def _ends(tokens: Sequence[Token]) -> list[int]:
    """Return where parts end: behind how many tokens."""
    found = [n for n, token in enumerate(tokens) if token.low in _PARTING and token.kind in ("mark", "word") and n]
    first = next((n for n in found if tokens[n].low in _ENDS), None)
    return [n for n in found if n <= first] if first is not None else [*found[:MOST_PARTS], len(tokens)]


def _after(text: str, tokens: Sequence[Token], end: int) -> str:
    while end < len(tokens) and (tokens[end].low in _PARTING or tokens[end].kind == "mark") and tokens[end].low != "/":
        end += 1
    return text[tokens[end].start :] if end < len(tokens) else ""


def _is_imperative(tokens: Sequence[Token]) -> bool:
    return tokens[0].low in (
        "make", "cut", "swap", "lock", "keep", "move", "remove", "delete", "add", "turn", "trim", "let", "set", "give",
        "use", "reverse", "shorten", "burn", "no", "more", "less", "put", "change",
    )  # fmt: skip


# ---- what is not understood ------------------------------------------------------------------------------------------


def _guarded(text: str) -> Unclear | None:
    if not text:
        return Unclear(sentence="You said nothing.", can=ABILITIES[:6])
    if len(text) > MOST_LETTERS:
        sentence = f"That is {len(text):,} letters, and I read at most {MOST_LETTERS:,}: say one thing at a time."
        return Unclear(sentence=sentence, can=ABILITIES[:6])
    try:
        check_theme(re.sub(r"\b(called|named|call|name)\b", "is", text, flags=re.IGNORECASE))
    except InputRefused as refused:
        return Unclear(sentence=str(refused).replace("This theme", "That"))
    return None


def _before_there_is_one(text: str) -> Order:
    other = free_text.new_episode(text, first=True)
    if other is not None:
        return other
    low = asking.simple(text.removeprefix("/"))
    if low in ("help", "quit", "exit", "bye", "what can you do"):
        return Say(command="quit" if low in ("quit", "exit", "bye") else "help")
    choice = f"make an episode about {text.strip(' .')}"
    if len(text.split()) > 1 and len(text) < 300:
        return Ask(sentence="There is no episode yet. Shall I make one about that?", choices=(choice,))
    return Unclear(sentence="There is no episode yet.", can=("make an episode about a goose that robs a bank",))


def _not_understood(text: str, tokens: Sequence[Token], at: Situation) -> Unclear:
    reading = Reading(at, text, tuple(tokens))
    lows = {token.low for token in tokens}
    if ("not" in lows and {"change", "touch", "do", "cut", "make", "remove"} & lows) or {"nevermind", "mind"} & lows:
        return Unclear(
            sentence="Nothing is changed. To keep something from the agents too, lock it.", can=("keep 2-04",)
        )
    unknown = [item.text for item in reading.items if not item.meanings and not item.refs and item.amount is None
               and item.clock is None and item.number is None and re.search(r"\w", item.text)]  # fmt: skip
    known = [item for item in reading.items if item.refs]
    near = nearest(text)
    if unknown and known:
        spelling = _spelling(unknown[0], at)
        sentence = f"I did not understand “{unknown[0]}”, so nothing is done.{spelling}"
    elif unknown:
        sentence = f"I did not understand that (“{_short(text)}”). Nothing is done."
    else:
        sentence = f"I know the words of “{_short(text)}”, but not what shall be done. Nothing is done."
    return Unclear(sentence=sentence, can=near)


def _spelling(word: str, at: Situation) -> str:
    names = {part for words in at.finder.names for part in words if len(part) > 3}
    near = get_close_matches(word.casefold(), sorted(names), n=1, cutoff=0.8)
    return f" Did you mean “{near[0]}”?" if near else ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"


def _whole(stuck: Unclear, found: list[Order], text: str) -> Unclear:
    """Return why nothing of the message is done, where only part of it was understood."""
    understood = [order.said for order in found if isinstance(order, Edit)]
    if not understood:
        return stuck
    return stuck.model_copy(
        update={
            "sentence": f"{stuck.sentence} Of the rest I understood: {' '.join(understood)} Say that alone to have it."
        }
    )
