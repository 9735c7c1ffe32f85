"""Remarks round a wish: `I can hardly understand her`, `haha`. They are set aside, and said.

A remark is only what has the shape of one and holds nothing that could change what the wish means. All else is asked.
"""

import re
from typing import NamedTuple

from agents.assistant.reading import Item, Reading, Situation
from agents.assistant.tokens import tokens_of

MOST_WORDS = 14
_TURNING = (
    r"\b(?:not?|never|nothing|none|nobody|nowhere|without|unless|if|when|whenever|while|until|till|except|excepting|"
    r"but|only|just|instead|other(?:s|wise)?|although|though|however|twice|again|first|last|half|than|before|after|"
    r"same|both|either|neither|nor|or|rather|then|later|tomorrow|yet|soon|someday|eventually|today|maybe|perhaps|"
    r"must|shall|should|ought|need(?:s|ed)?|wants?|wanted|wish(?:es)?|would|could|may|might|let|please|"
    r"jok(?:e|es|ing)|kidding|jk|sarcas\w*|mistake|wrong|idea|forget|cancel|stop|wait|scratch|actually|mean|meant|"
    r"sa(?:id|ys?|ying)|tell|told|ask(?:s|ed)?|suggest\w*|wonder\w*|hypothe\w*|suppos\w*|imagine|pretend|"
    r"did|was|were|had|been done|undo|back|instead|besides|apart|save for|as long as|provided|in case|whether|"
    r"alone|stays?|keep|leave|same|opposite|reverse|sure|question|what|who|whose|why|how|where)\b|n't\b|\?"
)
_NAMES_THE_SAME = r"(?:i|we) (?:do not|don't|dont|never) (?:want|like) (?:anything|anyone|anybody|it|that|this)\b.*\b"
_LOCKED = re.compile(rf"^{_NAMES_THE_SAME}(?:touched|changed|altered|moved)(?: any ?more| again)?$", re.I)
_INTERJECTION = re.compile(
    r"^(?:(?:ha)+h?|(?:he)+h|lol|lmao|rofl|haha\w*|wow|omg|yay|ugh|phew|whoa|cool|nice|great|perfect|lovely|awesome|"
    r"brilliant|super|amazing|fantastic|excellent|thanks?|thank you(?: so much| very much)?|thx|cheers|ta|ok(?:ay)?|"
    r"hi|hey|hello|well|oh|ah|man|dear|sorry|good (?:work|job|morning|evening)|well done|love it|i love it|"
    r"good|very good|nice one|too funny|so funny|xd|hm+|um+|uh+)$",
    re.I,
)
_HARDLY = re.compile(
    r"^(?:i|we|you|one|people|nobody) (?:can|could)(?: (?:hardly|barely|scarcely|not|never)|not|'t|n't)? ?(?:even )?"
    r"(?:hear|understand|see|read|follow|make out|tell|recognise|recognize)\b.{0,60}$",
    re.I,
)
_SUBJECT = r"(?:it|this|that|he|she|they|(?:his|her|their|its|the|this|that|my|those|these) (?:[\w'-]+ ){1,3}?)"
_SAYS_HOW = re.compile(
    rf"^{_SUBJECT}\s*(?:'s|'re|is|are|looks?|feels?|seems?|sounds?|works?|deserves?|matters?|fits?|has|have)\b.+$",
    re.I,
)
_LOOKS_LIKE = re.compile(r"^(?:it|he|she|they|this|that) (?:looks?|seems?|sounds?) (?:like|as if|as though) .+$", re.I)
_PURPOSE = re.compile(
    r"^(?:so(?: that)?|because|cause|cos|since) (?:it|this|that|he|she|they|we|i|you|all|everything|the|his|her)\b.+$",
    re.I,
)
_LIKE = re.compile(
    r"^(?:just )?like (?:in |on |at |outside |inside |from )?(?:the|a|an|those|real|my|in|outside)\b.+$", re.I
)
_FEELING = re.compile(
    r"^(?:i|we) (?:really |just |so )?(?:love|like|adore|enjoy|hate|dislike) (?:it|this|that|him|her|them|the [\w ]+)$",
    re.I,
)
_WISHES = ("way", "length", "talk", "delivery", "light", "weather", "size", "owner", "angle", "look", "mood", "loud",
           "sound")  # fmt: skip
_TOO = re.compile(r"\b(?:too|enough time|more|less|better|worse)\b", re.I)


class Clause(NamedTuple):
    """One part of a message, where it stands, and whether it is a remark."""

    start: int
    end: int
    text: str
    is_remark: bool


_PARTED = re.compile(
    r"(?P<mark>[,;]|[.!?…]+(?=\s|$)|\s[-–—]\s|\s:\s)\s*|\s+(?=(?:so(?: that)?|because|cos) (?:it|he|she|they|we|i|"
    r"you|all|"
    r"everything|the)\b)|\s+(?=and (?:please )?(?:[a-z]+))|\s+(?=but\b)",
    re.I,
)


def clauses(text: str, at: Situation) -> tuple[Clause, ...]:
    """Return the parts of a message in order, without what parts them. Quotations are never parted."""
    quotes = [(token.start, token.end) for token in tokens_of(text) if token.kind == "quote"]
    cuts = [match for match in _PARTED.finditer(text) if not any(a <= match.start() < b for a, b in quotes)]
    found: list[Clause] = []
    start = 0
    for end, after in [*((match.start(), match.end()) for match in cuts), (len(text), len(text))]:
        asked = text[end : end + 1] == "?"
        part = text[start:end].strip()
        if re.search(r"\w", part):
            begin = start + text[start:end].index(part)
            found.append(Clause(begin, begin + len(part), part, not asked and is_remark(part, at)))
        start = after
    return tuple(found)


def is_remark(part: str, at: Situation) -> bool:
    """Whether a part of a message has the shape of a remark, and nothing in it could change what a wish means."""
    words = re.sub(r"^(?:and|oh|well|also|haha|lol|man)\s+", "", part.strip(" .!,;"), flags=re.I)
    if _INTERJECTION.match(words) or _LOCKED.match(words):
        return True
    if len(words.split()) > MOST_WORDS or any(token.kind in ("quote", "file", "id", "number", "clock")
                                              for token in tokens_of(words)):  # fmt: skip
        return False
    if _HARDLY.match(words):
        return not _names_a_deed(words, at)
    if re.search(_TURNING, words, re.I):
        return False
    if _LOOKS_LIKE.match(words):
        return True
    if not (_SAYS_HOW.match(words) or _PURPOSE.match(words) or _LIKE.match(words) or _FEELING.match(words)):
        return False
    return not _TOO.search(words) and not _names_a_deed(words, at)


def _names_a_deed(words: str, at: Situation) -> bool:
    """Whether any word could be a wish or tell of what is wished."""
    tokens = tokens_of(words)
    return any(_could_be_wish(item) for item in Reading(at, words, tokens).items) if tokens else False


def _could_be_wish(item: Item) -> bool:
    if item.amount is not None or item.clock is not None or item.number is not None:
        return True
    if item.means("verb") and not item.means("verb", "be", "make", "say", "show"):
        return True
    if any(ref.kind in ("shot", "scene", "line", "beat") for ref in item.refs):
        return True
    return any(item.means(tag) for tag in _WISHES) and not item.refs
