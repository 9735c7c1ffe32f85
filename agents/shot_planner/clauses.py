"""Clauses of what happens in a shot: one event alone, and said of what is there, never of what is not.

A text-to-video model shows one event a shot, and what a prompt denies, it draws.
"""

import re

_VERBS = (
    "be have do admire answer appear arrive ask bark beep bite blink block blow bounce bow break bring brush"
    " buckle build bury call carry catch change check chase circle clap clean climb close come cover crawl creep"
    " cross dance dig divide dive drag draw drift drink drip drive drop dust eat empty enter examine exit fall"
    " feed fill find fit flash flee flip float fly fold follow freeze get give glance glow go grab grow guard hand"
    " hang hit hold honk hop hug hum interrupt join jump keep kick kneel knock land laugh lay lead lean leave let"
    " lick lie lift light listen lock look lower make march measure meet melt mount move murmur nod offer open"
    " pass peck peel pick pin place play point polish pop pour practise present pretend pull push put quack"
    " question raise reach read reappear recite refuse rest return ride ring rip rise roll rotate rub run rush"
    " salute say scratch scream seal see seize sell set shake shine shout show shrug shut sing sink sit slam slap"
    " sleep slide slip slow smell smile sneeze sniff snore speak spin splash split spread squeeze stack stand"
    " stare start stay steer step stick stir stop straighten stretch strike stroll swap sway sweep swim swing take"
    " talk tap tear throw tick tie tilt tip touch trip try tug turn unfold unroll vanish wag wait walk wander"
    " watch wave wear weigh wheel whistle wink wipe wobble work wrap write yawn yodel"
)
_IRREGULAR = {"be": "is are", "have": "has have", "do": "does"}
_NEW_SUBJECT = (
    "the|a|an|it|he|she|they|both|one|two|three|every|each|all|another|somebody|someone|everybody|his|her|its|their"
    "|there"
)
_JOIN = re.compile(
    rf"\s*;\s*|,?\s+(?:while|whereupon|until|and then|then)\s+|,?\s+and\s+(?=(?:{_NEW_SUBJECT})\b)"
    rf"|,\s+(?:but\s+)?(?=(?:the|it|he|she|they)\b)|,?\s+as\s+(?=(?:{_NEW_SUBJECT})\b)",
    re.IGNORECASE,
)
"""Where one clause may end and another begin with a subject of its own."""
_NEGATION = r"(?:no|not|never|nobody|nothing|none|neither|nor|without|cannot|\w+n['’]t)"
NEGATION = re.compile(rf"(?<![\w-]){_NEGATION}(?![\w-])", re.IGNORECASE)
_DENIED_TAIL = re.compile(
    rf",?\s+(?:(?:that|which|who)\s+(?:\w+\s+){{0,2}}?|(?:and|but|with|yet)\s+(?:\w+\s+){{0,2}}?)?{_NEGATION}(?![\w-])[^,;]*",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'])")


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, each with its full stop."""
    return tuple(part for part in _SENTENCES.split(" ".join(text.split())) if part)


def events(sentence: str) -> tuple[str, ...]:
    """Return the clauses of a sentence in which something happens, without their joints."""
    merged: list[str] = []
    for part in _JOIN.split(sentence):
        # "The officer holds up a palm and the torch" has one verb, and so is one clause.
        if merged and not (happens(part) and happens(merged[-1])):
            at = sentence.index(part, sentence.index(merged[-1]) + len(merged[-1]))
            merged[-1] = sentence[sentence.index(merged[-1]) : at + len(part)]
        else:
            merged.append(part)
    return tuple(part.strip(" ,;.") for part in merged if happens(part))


def happens(clause: str) -> bool:
    """Whether there is a verb that we know in a clause."""
    return _VERB.search(clause) is not None


def one_event(sentence: str, about: tuple[str, ...] = ()) -> str:
    """Return a sentence with one of its events: the first that names what the shot is about, else the first."""
    found = events(sentence)
    if len(found) < 2:
        return sentence
    naming = (part for part in found if any(re.search(rf"\b{re.escape(one)}\b", part, re.I) for one in about))
    kept = next(naming, found[0])
    return f"{kept[:1].upper()}{kept[1:]}."


def affirmed(text: str, names: tuple[str, ...] = ()) -> str:
    """Return a sentence without what it denies; empty where nothing is left that happens or is there.

    `names` are names that may hold such a word, as `No Parking` does.
    """
    if not denies(text, names):
        return text
    kept = [part for part in events(text) if not denies(part, names)]
    if kept:
        return f"{kept[0][:1].upper()}{kept[0][1:]}."
    cut = _DENIED_TAIL.sub("", text).strip(" ,;.")
    if len(cut.split()) < 3 or denies(cut, names) or cut.split()[-1] in ("has", "have", "is", "are", "does"):
        return ""
    return f"{cut}."


def without_denial(phrase: str) -> str:
    """Return a phrase without the part that denies something: `a bandstand` of `a bandstand with no steps`."""
    cut = _DENIED_TAIL.sub("", phrase).strip(" ,;")
    return "" if NEGATION.search(cut) else cut


def denies(text: str, names: tuple[str, ...] = ()) -> bool:
    """Whether a text says what is not; words within `names` do not count."""
    for name in names:
        if NEGATION.search(name):
            text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    return NEGATION.search(text) is not None


def _thirds(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb[-1] == "y" and verb[-2] not in "aeiou" else f"{verb}s"


_VERB = re.compile(
    r"(?<!['’\w-])(?:" + "|".join(sorted({form for verb in _VERBS.split() for form in _thirds(verb).split()})) + r")\b"
)
