"""Turns a sentence of a source into short clauses that can be repeated: `Caller states …`."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from agents.researcher.wording import NOT_PAST, REPORTERS, VERBS

MAX_WORDS = 20
"""Longest fact: about what dispatch reads in one breath (8 s)."""

MIN_WORDS = 4

_TIME_STAMP = re.compile(
    r"^\s*(?:[-*•–—>]+\s*)?(?:\[?\(?(?:\d{4}-\d\d-\d\d[T ]?)?(\d{1,2}[:.]\d{2})(?::\d{2})?(?: ?([ap]\.?m\.?)\b)?\]?\)?"
    r"|\d{4} ?(?:hrs|hours|h)\b)\s*[-–—:|]*\s*",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^[A-Z][\w.' ,]{2,40}(?: \([^)]*\))? ?[—–] (?=[A-Z])")
_SECOND_DEED = re.compile(r",? (?:and|but|until|while|because|before|after|then|so that|which) (?=\w)")
_LABEL = re.compile(r"^(?:\[[^\]]*\]\s*)?(?:[A-Z][\w.'’-]*|[A-Z]{2,})(?: [\w.'’#-]+){0,3}(?:\s*\([^)]*\))?:\s+")
_REPORTED = re.compile(
    rf"^(?:(?:the |a |an )?(?:[\w.'’-]+ ){{0,4}}[\w.'’-]+ {REPORTERS}|according to [^,]{{3,60}},)"
    r"(?: (?:that|how))?,?\s+(?=(?:an?|the|two|three|four|five|six|some|his|her|their|[A-Z]|\d|no|there|every|it)\b)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf",\s+(?:according to [^,]+|(?:[\w.'’-]+ ){{0,4}}{REPORTERS}(?: (?:[A-Z]\S*|\w+ing\b.*))?|{REPORTERS} [^,\"“]+|"
    r"(?:he|she|they|police|officers) (?:said|say|says|added)[^,\"“]*)\s*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"”]+[\"”]")
_BREAKS = re.compile(
    r"\s*;\s+|\s+[–—]\s+|\s+--\s+|,\s+(?:and|but|so|while|then|and then|before|after which|although)\s+"
)
_LEAD = re.compile(
    r"^(?:and|but|so|then|also|however|meanwhile|still|yes|no|well|oh|later|now|instead)\b,?\s+", re.IGNORECASE
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|I['’]\w+|me|my|mine|myself|we|we['’]\w+|us|our|ours|you|you['’]\w+|your|yours)\b", re.IGNORECASE
)
_HE = re.compile(r"^(?:he|she)\s+", re.IGNORECASE)
_ORPHAN = re.compile(
    r"^(?:it|they|him|her|them|this|that|these|those|there|its|their|his|he|she|who|which|what|when|where|why|how|"
    r"if|because|whose|one|both|neither|either|another|others|the (?:former|latter)|so|to|as|not)\b(?!['’])",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:it|they|them|this|those|he|she|him)\b(?!['’])", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^)]*\)|,\s+(?:who|which|whose|where|aged?|a|an)\b[^,]*,|,\s+\d{1,3},")
_LEADING = re.compile(
    r"^(?:on|in|at|by|after|before|during|shortly|just|around|about|when|as|while)\b[^,]{3,80},\s+", re.IGNORECASE
)
_TAIL = re.compile(
    r",\s+(?:\w+ing|which|who|where|despite|according|because|though|although|including|leaving)\b.*$", re.IGNORECASE
)
_END = " \t,;:-–—.!?…"


@dataclass(frozen=True)
class Clause:
    """A statement ready to be repeated: no capital at its start but a name's, no full stop."""

    text: str
    spoken: str | None = None
    """The words in quotation marks, if it is a quotation."""
    softened: bool = False
    """Whether a `he` or `she` became `somebody`."""
    fragment: bool = False
    """A log's note without a verb."""


def split_clauses(sentence: str, seen: Collection[str] = ()) -> tuple[Clause, ...]:
    """Return the statements in a sentence that stand by themselves, each of at most 20 words; often none.

    `seen` are words found without a capital: a first word among them is no name.
    """
    text = _strip_record(re.sub(r"\s+", " ", sentence).strip())
    if "?" in _QUOTED.sub("", text) or not text:
        return ()
    quoted = _quote(text, seen)
    if quoted:
        return (quoted,)
    if _QUOTED.search(text) and len(_QUOTED.sub("", text).split()) < MIN_WORDS:
        return ()
    found = (_clause(part, seen) for part in _parts(_strip_report(text)))
    return tuple(clause for clause in found if clause)


def statement(sentence: str, seen: Collection[str] = ()) -> Clause:
    """Return a sentence that is one short statement already, as what was seen is told, ready to be repeated."""
    return Clause(_lower_start(sentence.strip(_END), seen))


def testimony(sentence: str) -> tuple[Clause, ...]:
    """Return `somebody said, "…"` for a short sentence that was heard and can't be repeated otherwise; often none."""
    said = sentence.strip().rstrip(".!…")
    if not MIN_WORDS <= len(said.split()) <= MAX_WORDS - 6 or re.search(r"[?\"“”]", said):
        return ()
    if not _FIRST_PERSON.search(said) or _ORPHAN.match(said) or not has_verb(said):
        return ()
    return (Clause(f'somebody said, "{said}"', said, softened=True),)


def _strip_record(text: str) -> str:
    """Return a log's or a transcript's line without its stamp and speaker."""
    stamped = _TIME_STAMP.sub("", text, count=1)
    return _LABEL.sub("", _DATELINE.sub("", stamped, count=1), count=1)


def _strip_report(text: str) -> str:
    text = text.strip(_END)
    text = _TRAILING.sub("", text)
    return _REPORTED.sub("", text, count=1)


def _quote(text: str, seen: Collection[str]) -> Clause | None:
    """Return `Brumbleby said, "…"` for a sentence that quotes somebody, when it is short enough."""
    quote = _QUOTED.search(text)
    if quote is None or len(quote.group().split()) < 3:
        return None
    rest = (text[: quote.start()] + " " + text[quote.end() :]).strip(_END + '"“”')
    who = re.search(
        rf"\b((?:(?:the|a|an|[A-Z][\w.'’-]+|Mr|Mrs|Sgt)\s?\.?\s?){{0,3}}[\w.'’-]+) {REPORTERS}\b", rest, re.IGNORECASE
    )
    after = re.search(rf"\b{REPORTERS} ((?:the \w+(?: \w+)?|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)*))", rest)
    speaker = after.group(1) if after else who.group(1) if who else ""
    if not speaker or not rest:
        return None
    softened = bool(re.fullmatch(r"(?:he|she|they|i|it|who)", speaker, re.IGNORECASE))
    speaker = "somebody" if softened else _lower_start(speaker, seen)
    said = quote.group().strip('"“”').strip(" ,.")
    clause = f'{speaker} said, "{said}"'
    return Clause(clause, said, softened) if len(clause.split()) <= MAX_WORDS else None


def _parts(text: str) -> tuple[str, ...]:
    """Return the sentence whole if it is short, else its statements."""
    if len(text.split()) <= MAX_WORDS and not re.search(r";|\s[–—]\s", text):
        return (text,)
    shorter = _compress(text)
    if len(shorter.split()) <= MAX_WORDS:
        return (shorter,)
    return tuple(_compress(part) for part in _BREAKS.split(text) if part)


def _compress(text: str) -> str:
    """Take asides, openings and tails out of a statement until it is short enough."""
    for pattern, keep in ((_ASIDE, ""), (_TAIL, ""), (_LEADING, "")):
        if len(text.split()) > MAX_WORDS:
            text = pattern.sub(keep, text)
    if len(text.split()) > MAX_WORDS:
        heads = [text[: found.start()] for found in _SECOND_DEED.finditer(text)]
        fitting = [head for head in heads if len(head.split()) <= MAX_WORDS and has_verb(head)]
        text = fitting[-1] if fitting else text
    return re.sub(r"\s+", " ", text)


def _clause(part: str, seen: Collection[str]) -> Clause | None:
    text = _LEAD.sub("", part.strip(_END), count=1).strip(_END)
    text = re.sub(r"[\"“”]", "", text)
    softened = bool(_HE.match(text))
    if softened:
        text = _soften(text)
    if not MIN_WORDS <= len(text.split()) <= MAX_WORDS or not _stands_alone(text):
        return None
    return Clause(_lower_start(text, seen), softened=softened, fragment=not has_verb(text))


def _soften(text: str) -> str:
    """Say `somebody` for a person whose name is in another sentence."""
    text = _HE.sub("Somebody ", text, count=1)
    text = re.sub(r"\b(?:his|her)\b(?= \w)", "their", text)
    return re.sub(r"\b(?:him|her)\b", "them", text)


def _stands_alone(text: str) -> bool:
    if _FIRST_PERSON.search(text) or _ORPHAN.match(text):
        return False
    if re.match(r"(?:somebody)\b", text, re.IGNORECASE):
        return not re.search(r"\b(?:himself|herself|it|they|this)\b", text)
    opening = " ".join(text.split()[:4])
    if _LATER.search(opening):
        return False
    later = _LATER.search(text)
    # A pronoun is understood only if what it stands for is in a part of the statement before it.
    return later is None or bool(re.search(r",| and | but | that | while ", text[: later.start()]))


def has_verb(text: str) -> bool:
    """Say whether a finite verb stands in the text."""
    words = re.findall(r"[a-z']+", text.lower())[1:]
    return any(word in VERBS or (word.endswith("ed") and len(word) > 4 and word not in NOT_PAST) for word in words)


def _lower_start(text: str, seen: Collection[str]) -> str:
    """Return the text with a small first letter, unless its first word is a name or stands for one."""
    first = re.match(r"[\w.'’-]+", text)
    if first is None or not (is_plain(first.group()) or (first.group().istitle() and first.group().lower() in seen)):
        return text
    return text[0].lower() + text[1:]


def is_plain(word: str) -> bool:
    """Say whether a capitalised first word is ordinary: determiners, prepositions, common subjects."""
    return (
        bool(
            re.fullmatch(
                r"(?:an?|the|some|somebody|someone|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|"
                r"most|all|every|each|no|nobody|nothing|in|on|at|by|after|before|behind|under|over|inside|outside|near|"
                r"during|when|while|as|around|about|from|with|without|between|shortly|just|police|officers?|deputies|"
                r"staff|neighbou?rs|residents|witness(?:es)?|suspects?|victims?|callers?|customers?|crews?|firefighters|"
                r"dispatch|units?|males?|females?|subjects?|drivers?|vehicles?|investigators|detectives|surveillance|security|"
                r"traffic|\w+s|\w+ing|\w+ed|half|more|another|one|their|his|her|its|damage|nearly|almost|only|according|"
                r"possible|large|small|loud|white|black|red|blue|green|silver|yellow|animal|complainant|owner|manager|employee)",
                word,
                re.IGNORECASE,
            )
        )
        and not word.isupper()
    )
