"""Listening to more than orders: plainer words, slips, remarks and talk round a wish.

The grammar is asked first with the words as they are. Only where they are no whole order are they turned: slips are
set right, roundabout words made plain, remarks set aside. All of that is said with the order. Where a part is left
that could mean something, the understood part is only offered.
"""

import re
from collections.abc import Awaitable, Callable

from agents.assistant import small_talk
from agents.assistant.line_orders import line_order
from agents.assistant.orders import Ask, Edit, Explain, NewEpisode, Order, PutFile, Say, Show, TakeOutFile, Unclear
from agents.assistant.people_orders import voices_swapped
from agents.assistant.puzzles import puzzled
from agents.assistant.reading import AskedBack, Situation
from agents.assistant.remarks import Clause, clauses
from agents.assistant.rewording import reworded
from agents.assistant.spelling import mended
from agents.assistant.tokens import tokens_of

Orders = tuple[Order, ...]
Read = Callable[[str], Awaitable[Orders]]
"""The grammar: orders of a text."""
MOST_CLAUSES = 8
_TAKEN_BACK = re.compile(
    r"\b(?:no(?:pe)?,? wait|wait|scratch that|never ?mind|forget (?:it|that|about)|cancel|actually|on second "
    r"thought|i am (?:only |just )?"
    r"(?:joking|kidding)|just kidding|jk|or rather|not really|do nothing|do not|don't|dont)\b",
    re.I,
)


_SAVE = re.compile(
    r"\b(?:everything|all|every|everyone|everybody|anything|nothing|none|nobody|any|no)\b[^,.;!?]*\b(?:but|except|"
    r"excepting|besides|apart from|other than|"
    r"save for)\b",
    re.I,
)


_OPINION = re.compile(
    r"^(?:do|don't|dont|would) you (?:think|reckon|feel|believe|find|say) (?:that )?(?P<wish>.+)$", re.I
)
_IN_PLACE_OF = re.compile(r"\b(?:instead of|rather than|in place of)\b(?P<other>.+)$", re.I)


def _in_place_of_another(text: str, at: Situation) -> bool:
    """Whether a wish is for one thing and not for another, which must not get it too: `Gus instead of Haldane`."""
    match = _IN_PLACE_OF.search(text)
    if match is None or any(token.kind in ("quote", "file") for token in tokens_of(text)):
        return False
    tokens = tokens_of(match["other"])
    kinds = ("shot", "scene", "line", "beat", "person")
    return any(ref.kind in kinds for n in range(len(tokens)) for ref in at.finder.at(tokens, n)[0])


async def listened(text: str, at: Situation, read: Read) -> Orders:
    """Return the orders in a message, by every way of understanding it that changes nothing of what it means."""
    orders = await _heard(text, at, read)
    return tuple([await _honest(order, at, read) if isinstance(order, Ask) else order for order in orders])


async def _honest(ask: Ask, at: Situation, read: Read) -> Ask:
    """Return a question without the choices that would not be understood either."""
    choices = []
    for choice in ask.choices:
        orders = await _best(choice, at, _careful(read, at))
        if not any(isinstance(order, Unclear) for order in orders):
            choices.append(choice)
    return ask if len(choices) == len(ask.choices) else ask.model_copy(update={"choices": tuple(choices)})


async def _heard(text: str, at: Situation, read: Read) -> Orders:
    sure = small_talk.answered(text, at.episode)
    if sure is not None:
        return sure
    read = _careful(read, at)
    first = _line(text, at) or await read(text)
    opinion = _OPINION.match(text)
    if opinion and any(isinstance(order, Edit) for order in first):
        return (Ask(sentence="I have no taste of my own. Shall it be so?", choices=(opinion["wish"].strip(" ?"),)),)
    if is_done(first):
        return first
    chat = small_talk.chatted(text)
    if chat is not None:
        return chat
    answer, plain = first, text
    fixed = mended(text, at.finder.names, (shot.id for shot in at.episode.shots))
    for said, note in ((text, ""), (fixed.text, fixed.told)):
        if note == "" and said != text:
            continue
        found, last = await _turned(said, at, read, is_new=bool(note))
        if found is not None and is_done(found):
            return _with(found, note)
        if found is not None and _better(found, answer):
            answer = _with(found, note)
        plain = last if note or not fixed.told else plain
    note = fixed.told
    kept = await _without_remarks(fixed.text if note else text, at, read)
    if kept is not None and is_done(kept):
        return _with(kept, note)
    return _last_word(text, plain, kept, answer, at)


def _careful(read: Read, at: Situation) -> Read:
    """Return the grammar, with no edit for words that spare one thing or prefer another: which, it can't tell."""

    async def reading(words: str) -> Orders:
        orders = await read(words)
        edits = any(isinstance(order, Edit) for order in orders)
        if edits and (_SAVE.search(words) or _in_place_of_another(words, at)):
            sentence = (
                "Something is to be spared in that, and I can't tell what; so nothing is done. Name what you mean."
            )
            return (Unclear(sentence=sentence, can=("no music in scene 3", "lock scene 3")),)
        return orders

    return reading


async def _turned(text: str, at: Situation, read: Read, *, is_new: bool) -> tuple[Orders | None, str]:
    """Return what the grammar makes of plainer ways of saying a message, and the plainest of them."""
    best: Orders | None = None
    last = text
    try:
        ways = [*([text] if is_new else []), *reworded(text, at)]
    except AskedBack as back:
        return (back.order,), text
    for way in reversed(ways):
        orders = small_talk.answered(way, at.episode) or _line(way, at) or await read(way)
        if is_done(orders):
            return orders, way
        if best is None or (_better(orders, best) and not _better(best, orders)):
            best = orders
    return best, ways[-1] if ways else last


def _line(text: str, at: Situation) -> Orders | None:
    order = line_order(text, at) or voices_swapped(text, at.finder, at.episode)
    return (order,) if order is not None else None


def is_done(orders: Orders) -> bool:
    """Whether all of it can be carried out without another word."""
    return all(isinstance(order, Edit | PutFile | TakeOutFile | Show | Explain | NewEpisode | Say) for order in orders)


def _better(new: Orders, old: Orders) -> bool:
    def rank(orders: Orders) -> int:
        if is_done(orders):
            return 4
        asks = [order for order in orders if isinstance(order, Ask)]
        return 2 if any(order.choices for order in asks) else 1 if asks else 0

    return rank(new) >= rank(old)


def _with(orders: Orders, note: str) -> Orders:
    """Return the orders, with a note behind what is said of the first."""
    if not note or not orders:
        return orders
    first, *rest = orders
    if isinstance(first, Edit | PutFile | TakeOutFile | Show | NewEpisode):
        return (first.model_copy(update={"said": f"{first.said} {note}"}), *rest)
    if isinstance(first, Ask | Unclear) and note not in first.sentence:
        return (first.model_copy(update={"sentence": f"{first.sentence} ({note})"}), *rest)
    return orders


# ---- remarks ---------------------------------------------------------------------------------------------------------


async def _without_remarks(text: str, at: Situation, read: Read) -> Orders | None:
    """Return the orders of what is left when remarks are set aside; an `Ask` for it where more is left over."""
    parts = clauses(text, at)
    remarks = [part for part in parts if part.is_remark]
    if len(parts) < 2 or len(parts) > MOST_CLAUSES or _TAKEN_BACK.search(_blanked(parts)):
        return None
    if remarks and len(remarks) < len(parts):
        orders = await _best(_blanked(parts), at, read)
        if is_done(orders) and any(isinstance(order, Edit | PutFile | TakeOutFile) for order in orders):
            left = ", ".join(f"“{part.text.strip(' .,;!')}”" for part in remarks)
            return _with(orders, f"I left out: {left}.")
        if any(isinstance(order, Ask) and order.choices for order in orders):
            return orders
    return await _offered(text, parts, at, read)


async def _best(text: str, at: Situation, read: Read) -> Orders:
    direct = small_talk.answered(text, at.episode) or _line(text, at) or await read(text)
    if is_done(direct):
        return direct
    turned, _ = await _turned(text, at, read, is_new=False)
    return turned if turned is not None and _better(turned, direct) else direct


def _blanked(parts: tuple[Clause, ...]) -> str:
    """Return the message without its remarks, and without what parted them from the rest."""
    kept = [part.text for part in parts if not part.is_remark]
    bare = [re.sub(r"^(?:and|but|so|then)\s+", "", part, flags=re.I) if not n else part for n, part in enumerate(kept)]
    return ", ".join(bare)


async def _offered(text: str, parts: tuple[Clause, ...], at: Situation, read: Read) -> Orders | None:
    """Return the question whether only the understood part of a message shall be done."""
    done: list[str] = []
    said: list[str] = []
    left: list[str] = []
    for part in parts:
        words = re.sub(r"^(?:and|but|so|then|also)\s+", "", part.text, flags=re.I)
        orders = () if part.is_remark else await _best(words, at, read)
        if orders and is_done(orders) and all(isinstance(order, Edit) for order in orders):
            done.append(words)
            said += [order.said for order in orders if isinstance(order, Edit)]
        else:
            left.append(part.text)
    if not done or not left:
        return None
    whole = ", then ".join(done)
    tried = await read(whole)
    if not is_done(tried):
        return None
    missed = ", ".join(f"“{part}”" for part in left)
    sentence = f"I did not understand {missed}, so nothing is done. Shall only this be done: {' '.join(said)}"
    return (Ask(sentence=sentence, choices=(whole,)),)


# ---- the last word ---------------------------------------------------------------------------------------------------


def _last_word(text: str, plain: str, kept: Orders | None, answer: Orders, at: Situation) -> Orders:
    """Return the most helpful answer to what is no order: a question, a friendly word, or what was not understood."""
    try:
        asked = puzzled(plain, at) or puzzled(text, at)
    except AskedBack as back:
        asked = back.order
    if kept is not None:
        return kept
    if asked is not None:
        return (asked,)
    friendly = small_talk.laughed(text) or small_talk.story_question(text)
    return (friendly,) if friendly is not None and not any(isinstance(o, Ask) and o.choices for o in answer) else answer
