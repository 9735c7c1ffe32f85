"""Roundabout, polite and corrected words turned into the plain ones that the grammar reads.

Each of these says the same in other words: what they mean, and whether it can be, is for the grammar to find.
"""

import re

from agents.assistant.reading import Situation
from agents.assistant.tokens import tokens_of

_PLAIN: tuple[tuple[str, str], ...] = (
    # Politeness and roundabout beginnings.
    (r"^(?:hey |hi |ok |so |and |also |then |well |um+ |uh+ )*(?:i(?: would|'d) (?:really )?(?:like|love|"
     r"prefer)(?: it)? if|it would be "
     r"(?:really )?(?:nice|great|good|cool|lovely|better) if|would it be possible (?:that|for|to have)|is it "
     r"possible (?:for|to have)|"
     r"i want that|i(?: would|'d) like that|i wish(?: that)?|i think that)\s+(?:you |we )?(?:could |can |would )?", ""),
    (r"^(?:would|is) it (?:be )?possible to\s+", ""),
    (r"^(?:please,? )?(?:go ahead and|be so kind (?:as )?to|i beg you to|try to|please to|kindly|feel free to)\s+", ""),
    (r"\b(?:pls|plz|thx)\b", "please"),
    (r"^(?:please,? |can (?:you|u|we) |could (?:you|u|we) |would (?:you|u) |will (?:you|u) |kindly |just "
     r")+(?=[a-z])", ""),
    (r"[ ,]+(?:please|thanks|thank you|now|right now|for me)\W*$", ""),
    (r"\bif (?:you|that is|it is|that's) (?:please|could|possible|ok|okay|alright|all right|not too much "
     r"trouble)\b,?", ""),
    # Verbs.
    (r"\b(?:get rid of|ditch|axe|scrap|bin|chuck out|chuck|kill off|do away with|lose)(?= (?:the|that|this|shot|"
     r"line|beat|s?\d|[A-Z]))", "remove"),
    (r"\bkill(?= (?:the )?(?:shot|line|music|beat|s?\d))", "remove"),
    (r"\b(?:punch|push|go|move|zoom|get|come) in (?:closer |tighter |tight |close )?(?:on|to)\s+(?:the shot of "
     r")?", "closer on "),
    (r"\b(?:punch|push|go|move|zoom|come) in(?: (?:closer|tighter))?(?=$|[ ,.!])", "closer"),
    (r"\b(?:go|get|move|come) (?:in )?(closer|wider|nearer)\b", r"\1"),
    (r"\b(?:pull|zoom|step|move|go) (?:back|out)(?: a bit)? (?:on|in|from)\b", "wider on"),
    (r"\b(?:from|at) (?:further|farther) (?:away|off|back)\b", "wider"),
    (r"\bgo (?=(?:extreme |medium )?(?:close|medium|wide|full|long)\b)", "make it "),
    (r"\b(?:from|through|by|with|on) (?:a|an|the) (cctv|bodycam|dashcam|doorbell|helicopter|phone) (?:angle|view|"
     r"perspective|shot|camera|cam)\b", r"from the \1"),
    (r"\b(?:a|an|the) (cctv|bodycam|dashcam|doorbell|helicopter) (?:angle|view|perspective)\b", r"the \1"),
    (r"\b(?:extreme )?close-?up (?:shot )?(?:on|of) (?=the |a )", "close-up shot of "),
    (r"\b(?:hold|linger)(?: a (?:bit|little|touch|moment|while))?(?: longer)? (?:on|with)(?! "
     r"to\b)(?=\s)", "hold longer on"),
    (r"\b(?:stay|rest|dwell) longer (?:on|with)\b", "hold longer on"),
    (r"\bhold longer on (?P<what>.+?) (?:a (?:bit|little|touch) |for )?longer\b", r"hold longer on \g<what>"),
    (r"\b(?:feels|seems|runs|goes on) (?:a bit |a little |way |far |much )?too (long|short)\b", r"is too \1"),
    (r"\b(?:feels|seems|is|runs) (?:a bit |a little |rather |very |really |pretty )long\b", "is too long"),
    (r"\b(?:feels|seems|is|runs) (?:a bit |a little |rather |very |really |pretty )short\b", "is too short"),
    (r"\bfeels long\b", "is too long"),
    (r"\bfeels short\b", "is too short"),
    (r"\b(?:drags(?: on)?|outstays its welcome|goes on (?:for ever|forever|and on)|overstays)(?: a bit| a "
     r"little)?(?=$|[ ,.!])", "is too long"),
    (r"\bstays? longer\b", "longer"),
    (r"\bspeaks? more (slowly|quickly)\b", r"speaks \1"),
    (r"\bshould (?:come|go|be) (?:right )?first in (?:its|the|that) scene\b", "move to the front"),
    (r"\bshould (?:come|go|be) (?:right )?last in (?:its|the|that) scene\b", "move to the end"),
    (r"\b(?:right )?at the (?:very )?(?:front|beginning|start|head) of (?=the |scene |s\d|its)", "at the front in "),
    (r"\bat the (?:very )?(?:end|back|close) of (?=the |scene |s\d|its)", "at the end in "),
    (r"\b(?:put|place|stick|shove) (?=\S+ (?:before|after|behind|in front of) )", "move "),
    (r"\b(?:crank|pump|bump|push|bring|turn)(?: up)? the (\w+) up\b", r"turn up the \1"),
    (r"\b(?:turn|bring|pull|take|dial)(?: down)? the (\w+) down\b", r"turn down the \1"),
    # Voices.
    (r"^(?:make|turn) (?P<who>[\w' ]+?)(?: into)?(?: a)? (?:man|guy|bloke|male|dude)$", r"\g<who> with a man's voice"),
    (r"^(?:make|turn) (?P<who>[\w' ]+?)(?: into)?(?: a)? (?:woman|lady|female|gal)$", r"\g<who> with a woman's voice"),
    (r"\b(?P<who>[\w' ]+?)'s voice (?:is|sounds) (?:a bit |much |way |far )?too high\b", r"a deeper voice for \g<who>"),
    (r"\b(?P<who>[\w' ]+?)'s voice (?:is|sounds) (?:a bit |much |way |far )?too (?:low|deep)\b", r"a higher voice "
                        r"for \g<who>"),
    # Deliveries: less of this, more of that.
    (r"\bless (?:\w+),? (?:and |but )?more (?:like )?(?=(?:calm|flat|urgent|proud|sad|warm|confused|angry|nervous|"
     r"friendly|cheerful)\b)", "more "),
    # Length.
    (r"\bmake (?P<what>.+?) half (?:as long|the length|its length)$", r"\g<what> half as long"),
    (r"\btwice its length\b", "twice as long"),
    (r"\bplay (?:it )?from the (\w+) place\b", r"play the \1 scene"),
    (r"\bplay (?:it )?(?:from|starting (?:at|with)) (?=the |scene |s\d)", "play "),
    (r"\boff (?:of )?(?:the )?tail\b", "off the end"),
    # Sound.
    (r"\bmute everything (?:but|except|besides|apart from) (?:the )?(?:talking|talk|voices|dialogue|speech|words|"
     r"lines)(?= in| for|$)",
     "no music and no siren and no effects and no radio"),
    (r"^(?P<what>(?:play|watch|show me|show) .+?) (?:again|once more|one more time)$", r"\g<what>"),
    (r"\b(?:to|at) the (?:very )?(front|start|beginning|end|back) (?:of|in) (?:its|the|that|this) "
     r"scene\b", r"to the \1"),
    (r"^(?:the )?(?P<sound>music|radio|siren|dialogue|effects)(?P<where> (?:in|during) [^,]+?)? (?:is|are) "
     r"(?:hard to hear|(?:much |way |a bit |far )?too (?:quiet|low|loud|soft|weak)|inaudible)(?P<late> (?:in|"
     r"during) [^,]+?)?, "
     r"(?:please )?(?:turn|bring) it (?P<way>up|down)$", r"turn \g<way> the \g<sound>\g<where>\g<late>"),
    (r"^(?P<what>s?\d{1,2}[-._]\d{1,2}|the [\w' ]+? shot) to the (?P<end>front|start|beginning|end|back)"
     r"$", r"move \g<what> to the \g<end>"),
    # Files.
    (r"^(?:here, )?(?:i|we) (?:have |'ve )?recorded (?:my )?[\w ]*?(?:saying|reading|speaking) (?P<line>.+?),? "
     r"(?:it'?s|it is|that is|as|in)(?: in| called)? (?P<file>\S+\.\w{2,4})\W*$",
     r"use \g<file> for \g<line>"),
    (r"\bthe (first|second|third|fourth|fifth) take of\b", "take \\1 of"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.I), plain) for pattern, plain in _PLAIN)
_NUMBER_TAKE = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}


def decorated(text: str) -> str:
    """Return a message without decoration: several marks at its end, blanks, capitals only."""
    bare = re.sub(r"\s*[!?]{2,}", lambda match: "?" if "?" in match.group() else "!", text)
    bare = re.sub(r"\s*!+\s*$", "", bare.strip())
    return bare.lower() if bare.isupper() and not re.search(r"[\"“«„]", bare) else bare


def plainer(text: str, at: Situation) -> str:
    """Return a message in plainer words; what stands in quotation marks stays."""
    parts = _unquoted(text)
    turned = []
    for is_quote, part in parts:
        if not is_quote:
            for pattern, plain in _COMPILED:
                part = pattern.sub(plain, part)
            part = re.sub(
                r"\btake (first|second|third|fourth|fifth) of\b",
                lambda m: f"take {_NUMBER_TAKE[m[1].lower()]} of",
                part,
            )
        turned.append(part)
    return "".join(turned).strip(" ,")


def _unquoted(text: str) -> list[tuple[bool, str]]:
    """Return the message in pieces, and whether each is a quotation."""
    found, start = list[tuple[bool, str]](), 0
    for token in tokens_of(text):
        if token.kind == "quote":
            found += [(False, text[start : token.start]), (True, text[token.start : token.end])]
            start = token.end
    return [*found, (False, text[start:])]


# ---- self-corrections ------------------------------------------------------------------------------------------------

_AMOUNT = (
    r"(?:(?:\d+(?:[.,]\d+)?|half an?|a quarter(?: of an?)?|an?|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|twelve) ?(?:s|secs?|seconds?|frames?|db|decibels?|percent|%|x))"
)
_ID = r"(?:s?\d{1,2}[-._]\d{1,2}|s\d{1,2})"
_NO = (
    r"[ ,.…-]*\b(?:no|sorry|wait|i mean|er|erm|rather|or rather|oops)\b(?:[ ,.…-]+(?:no|sorry|wait|i mean|make "
    r"(?:it|that)|better))*[ ,.…-]+"
)


def corrected(text: str, at: Situation) -> str:
    """Return a message with what was said better in the place of what was said first: `two frames… no, six frames`."""
    if any(token.kind == "quote" for token in tokens_of(text)):
        return text
    for kind in (_AMOUNT, _ID):
        text = re.sub(rf"\b{kind}{_NO}(?P<new>{kind})(?!\w)", lambda match: match["new"], text, flags=re.I)
    return text
