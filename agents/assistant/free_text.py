"""Orders that hold words of the person's own: a title, a line, a beat, a theme. What they say is never an order."""

import re
from typing import NamedTuple

from agents.assistant.line_orders import in_part
from agents.assistant.orders import Ask, Edit, NewEpisode, Order, Unclear
from agents.assistant.people_orders import named
from agents.assistant.reading import AskedBack, Reading, Situation
from agents.assistant.tokens import Token, tokens_of
from agents.writer.refusal import check_theme
from episodes.changes import Retitle, Reword
from episodes.errors import InputRefused
from episodes.script import Delivery

_POLITE = (
    r"^\W*(?:(?:please|hey|hi|ok|okay|and|then|so|well|now|can you|can we|could we|shall we|we should|we could|"
    r"could you|would you|let us|let's|i want to|i would like to|i'd like to|just|maybe|also|no|yes|actually)\W+)*"
)
_WORK = r"(?:(?:the|this|my|our) (?:episode|film|movie|show|thing|story|one|video)|it|this|that)"
_TITLE = re.compile(
    _POLITE + rf"(?:(?:call|name|title|entitle|retitle|rename)\s+{_WORK}(?:\s+(?:to|as|into))?\s*:?\s+"
    rf"|(?:re)?title\s*(?:(?:should be|shall be|must be|to be|to)\s+|[:=]\s*)"
    r"|(?:rename|retitle)(?:\s+(?:the )?(?:episode|film|title))?\s+(?:to|as|into)\s+"
    r"|(?:change|set|make|switch|update)\s+(?:the|its|my|our)\s+(?:episode\s+)?(?:title|"
    r"name)(?:\s+of \w+ \w+)?(?:\s*(?:to|into|as|:|be)\s*:?\s+|\s+(?=[\"“]))"
    r"|(?:give it|use)\s+the\s+(?:title|name)\s*:?\s+"
    r"|(?:the|its|my|our)\s+(?:new\s+)?(?:episode\s+)?(?:title|name)(?:\s+of \w+ \w+)?\s+(?:should be|shall be|"
    r"must be|is now|is(?=\s+[\"“])|will be)\s*:?\s+"
    r"|new title\s*:?\s+"
    rf"|{_WORK}\s+(?:should|shall|must|is to|could|is)\s+(?:be\s+)?(?:called|named|titled)\s*:?\s+"
    rf"|i want\s+{_WORK}\s+(?:to be\s+)?(?:called|named|titled)\s*:?\s+)"
    r"(?P<title>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_NO_TITLE = re.compile(
    r"^(?:to )?(?:something|anything|somewhat|whatever|another|a (?:better|different|new|funnier|shorter|longer)|"
    r"better|"
    r"different|funnier|shorter|longer|a day|it|that|this|please|off)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    _POLITE
    + r"(?:(?:i (?:want|need)|make|create|write|start|do|produce|give me|generate|shoot|build|begin|let us make|"
    r"film)\s+"
    r"(?:me\s+|us\s+)?)?"
    r"(?:(?:a|an|another|one(?: more)?|the next)\s+)?(?:(?:brand[- ]?)?new\s+|short\s+|next\s+)?"
    r"(?:(?P<minutes>\d+(?:[.,]\d+)?|half a|one|two|three|four|five|six|ten|a)[- ](?:minutes?|"
    r"min)[- ]?(?:long\s+)?)?\s*"
    r"(?:new\s+)?(?:episode|film|movie|story|show|one|video)\b"
    r"(?:\s+(?:called|titled|named)\s+[\"“](?P<title>[^\"”]+)[\"”])?"
    r"\s*(?P<joint>about|on|where|in which|with|of|:|that is about)\s*(?P<theme>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_BEAT = re.compile(
    r"\b(?:add|insert|include|put in|write|squeeze in|i want|i would like|i'd like|there should be|give me|"
    r"throw in|we need)\s+"
    r"(?:in\s+)?(?:a|an|another|one|one more|some|the)?\s*(?:new\s+|little\s+|short\s+|funny\s+)?"
    r"(?:beat|moment|bit|part|event|gag|joke)\b(?P<middle>.*?)"
    r"\s*(?:\bwhere|\bin which|\bwhen|\bthat|:|,)\s+(?P<action>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERS = {
    "half a": 0.5,
    "a": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "ten": 10.0,
}
_MOST = {"title": 80, "line": 200, "theme": 600, "action": 300}


class BeatWish(NamedTuple):
    """A beat that the person wants."""

    scene: str
    after: str
    action: str


def title(text: str) -> Order | None:
    """Understand another title; what the title says is as it was typed."""
    match = _TITLE.match(text)
    if match is None or re.match(r"(?:version|copy)\b", match["title"], re.IGNORECASE):
        return None
    wanted = match["title"].strip()
    quoted = re.match(r"[\"“«'‘](?P<title>.+?)[\"”»'’]\W*(?:please\W*|instead\W*)?$", wanted)
    if quoted is None and (_NO_TITLE.match(wanted) or not re.search(r"\w", wanted)):
        return Ask(sentence="What shall the title be? Say: call it, and the title.")
    wanted = (
        quoted["title"] if quoted else re.sub(r"[\s,]+(?:please|thanks|instead)\W*$", "", wanted, flags=re.IGNORECASE)
    )
    wanted = wanted.strip(' "“”«»,;')
    wanted = wanted.rstrip(".") if not wanted.endswith("..") else wanted
    if refused := _refusal(wanted, "title"):
        return refused
    return Edit(changes=(Retitle(title=wanted),), said=f"The episode is called “{wanted}”.")


def new_episode(text: str, *, first: bool) -> Order | None:
    """Understand the wish for another episode; `first` where there is none yet."""
    match = _NEW.match(text)
    if match is None:
        return None
    theme = match["theme"].strip(' "“”.')
    minutes = match["minutes"]
    length = None if minutes is None else _NUMBERS.get(minutes.casefold()) or float(minutes.replace(",", "."))
    behind = re.search(
        r"[, ]+(?:for |of |in )?(\d+(?:[.,]\d+)?|one|two|three|four|five) minutes?(?: long)?$", theme, re.I
    )
    if behind and length is None:
        length = _NUMBERS.get(behind[1].casefold()) or float(behind[1].replace(",", "."))
        theme = theme[: behind.start()].strip(" ,")
    if (
        match["joint"].casefold() in ("with", "of")
        and not first
        and not match.group(0)
        .casefold()
        .lstrip()
        .startswith(("make", "create", "i want", "start", "write", "new", "another", "give"))
    ):
        return None
    if refused := _refusal(theme, "theme"):
        return refused
    said = f"A new episode about {theme} is made" + (f", {length:g} minutes long." if length else ".")
    return NewEpisode(theme=theme, minutes=length, title=match["title"], said=said)


def _refusal(text: str, kind: str) -> Unclear | None:
    if len(text) > _MOST[kind]:
        return Unclear(sentence=f"That is {len(text)} letters; a {kind} has at most {_MOST[kind]}.")
    try:
        check_theme(text)
    except InputRefused as refused:
        return Unclear(sentence=str(refused).replace("This theme", f"This {kind}"))
    return None


# ---- a line ----------------------------------------------------------------------------------------------------------

_SAY = frozenset(("say", "says", "saying", "said"))
_BEFORE_TEXT = _SAY | {"to", "with", "into", "be", "read", "by", ":", "reads", "is"}
_REWORD = frozenset(["change", "reword", "rewrite", "rephrase", "replace", "alter", "edit", "swap", "make"])


def quoted_line(words: str, tokens: tuple[Token, ...], at: Situation) -> Order | None:
    """Understand other words for a line where they stand in quotation marks."""
    quotes = [token for token in tokens if token.kind == "quote"]
    lows = [token.low for token in tokens]
    saying = _SAY & set(lows) or (_REWORD & set(lows)) or "line" in lows or "instead" in lows or len(quotes) == 2
    if not quotes or len(quotes) > 2 or not saying or "not" in lows or {"beat", "title", "call"} & set(lows):
        return None
    old, new = _old_and_new(tokens, quotes)
    if old is None and (_names_old(lows, tokens, quotes[0]) or _is_said_now(lows, tokens, new, at)):
        return None
    rest = tuple(token for token in tokens if token is not new and token is not old)
    reading = Reading(at, words, rest)
    return _reworded(reading, new.text, old.text if old else "", at)


def _names_old(lows: list[str], tokens: tuple[Token, ...], quote: Token) -> bool:
    """Whether the only quotation says which line is meant: `say "…" louder`, `the line "…" calmer`, `why "…"`."""
    place = next(n for n, token in enumerate(tokens) if token is quote)
    before = lows[place - 1] if place else ""
    behind = lows[place + 1 :]
    return before in ("line", "lines", "sentence") or bool(set(behind) & {"to", "into", "with", "should"}) or (
        not _BEFORE_TEXT & set(lows[max(0, place - 2) : place])
    )  # fmt: skip


def _is_said_now(lows: list[str], tokens: tuple[Token, ...], quote: Token, at: Situation) -> bool:
    """Whether the quotation is what somebody says already, and how they say it is meant: `say "…" proudly`."""
    place = next(n for n, token in enumerate(tokens) if token is quote)
    ordered = {"let", "make", "have", "should", "must"} & set(lows)
    return lows[place - 1] in (*_SAY, "read") and not ordered and len(at.finder.quoted(quote.low)) == 1


def _old_and_new(tokens: tuple[Token, ...], quotes: list[Token]) -> tuple[Token | None, Token]:
    if len(quotes) == 1:
        return None, quotes[0]
    between = [token.low for token in tokens if quotes[0].end <= token.start < quotes[1].start]
    if {"instead", "not", "rather"} & set(between):
        return quotes[1], quotes[0]
    return quotes[0], quotes[1]


def _reworded(reading: Reading, new: str, old: str, at: Situation) -> Order:
    episode = at.episode
    lines = list(reading.some("line"))
    people = reading.some("person")
    if old and not lines:
        lines = list(at.finder.quoted(old))
        if not lines:
            return Unclear(sentence=f"Nobody says “{old}”.")
    scenes = reading.some("scene")
    if not lines and people:
        said = [line for line in episode.the_script.lines if line.speaker in people]
        lines = [line.id for line in said if not scenes or line.id.split("-")[0] in scenes]
        if at.focus.line in lines and reading.has("pronoun", "it"):
            lines = [at.focus.line]
    if not lines and not people and at.focus.line:
        lines = [at.focus.line]
    if len(lines) != 1:
        choices = tuple(f"change {line} to “{new}”" for line in lines[:8])
        return Ask(sentence="Which line shall be said so?" if lines else "Which line do you mean?", choices=choices)
    if old:
        whole = in_part(episode.line(lines[0]).text, old, new)
        if not whole:
            return Unclear(sentence=f"{lines[0]} does not say “{old}”.", can=(f"show {lines[0]}",))
        new = whole
    return _line_edit(reading, episode.line(lines[0]).id, new)


def _line_edit(reading: Reading, line: str, new: str) -> Order:
    if refused := _refusal(new, "line"):
        return refused
    if not re.search(r"\w", new):
        return Unclear(sentence="A line needs at least one word.")
    found = reading.take("delivery")
    delivery: Delivery | None = found.value("delivery") if found else None  # type: ignore[assignment]
    reading.use("verb", "say", "swap")
    reading.use("talk", "other")
    reading.use("noun", "line")
    known = _REWORD | _SAY | {"sentence", "with"}
    left = [item for item in reading.rest() if not set(item.text.casefold().split()) <= known]
    if left:
        return Unclear(sentence=f"I did not understand “{left[0].text}” in it.", can=(f"change {line} to “{new}”",))
    speaker = reading.at.episode.the_world.character(reading.at.episode.line(line).speaker)
    manner = f", {delivery}" if delivery else ""
    return Edit(
        changes=(Reword(line=line, text=new, delivery=delivery),),
        said=f"{named(speaker)} says in {line}: “{new}”{manner}.",
    )


def bare_line(words: str, tokens: tuple[Token, ...], at: Situation) -> Order | None:
    """Understand other words for a line without quotation marks: `change S02-L03 to …`, `let Gus say …`."""
    lows = [token.low for token in tokens]
    if "not" in lows[:3] or any(token.kind == "quote" for token in tokens):
        return None
    for place, low in enumerate(lows[:-1]):
        head = tokens[:place]
        tail = words[tokens[place + 1].start : tokens[-1].end].strip(" ,;:")
        if low in ("to", "into", "with", "say", "says", ":") and _is_line_head(head, low, at) and len(tail.split()) > 1:
            text = tail[:1].upper() + tail[1:]
            text = text if text.endswith((".", "!", "?")) else f"{text}."
            return _reworded(Reading(at, words, head), text, "", at)
    return None


def _is_line_head(head: tuple[Token, ...], joint: str, at: Situation) -> bool:
    if not head:
        return False
    reading, lows = Reading(at, "", head), {token.low for token in head}
    if joint in ("say", "says", ":"):
        asked = {"let", "make", "have", "should", "must", "shall", "needs", "wants"} & lows
        return bool((reading.pointing("person") and asked) or (reading.pointing("line") and joint != "says" and asked))
    return bool({"change", "reword", "rewrite", "rephrase", "replace"} & lows and reading.pointing("line"))


# ---- a beat ----------------------------------------------------------------------------------------------------------


def beat_wish(words: str, at: Situation) -> BeatWish | None:
    """Understand the wish for a beat. Raises `AskedBack` where nobody said in which scene."""
    match = _BEAT.search(words)
    if match is None or re.search(r"\b(?:not|don't|dont|no)\b", words[: match.start()], re.IGNORECASE):
        return None
    action = match["action"].strip(' ."“”')
    if refused := _refusal(action, "action"):
        raise AskedBack(refused)
    head = tokens_of(words[: match.start()] + " " + match["middle"])
    reading = Reading(at, words, head)
    beats, scenes = reading.some("beat"), reading.some("scene")
    if not beats and not scenes:
        action, scenes = _scene_at_the_end(action, at)
    if beats:
        return BeatWish(beats[0].split("-")[0], _place(reading, beats[0], at), action)
    scene = scenes[0] if scenes else _scene_for(words, action, at)
    beats_there = at.episode.the_script.scene(scene).beats
    first = bool(re.search(r"\bat the (?:start|beginning|front)\b", match["middle"], re.IGNORECASE))
    return BeatWish(scene, scene if first else beats_there[-1].id, action)


def _place(reading: Reading, beat: str, at: Situation) -> str:
    if not reading.has("joint", "before"):
        return beat
    scene = at.episode.scene_of(beat)
    order = [scene.id, *(each.id for each in scene.beats)]
    return order[order.index(beat) - 1]


def _scene_at_the_end(action: str, at: Situation) -> tuple[str, tuple[str, ...]]:
    """Return the action without `in scene 3` at its end, and that scene."""
    tokens = tokens_of(action)
    for place in range(max(len(tokens) - 6, 1), len(tokens) - 1):
        if tokens[place].low in ("in", "to", "at", "during", "into"):
            refs, taken = at.finder.at(tokens, place + 1)
            scene = next((ref for ref in refs if ref.kind == "scene" and len(ref.ids) == 1), None)
            if scene is not None and place + 1 + taken == len(tokens):
                explicit = any(token.low == "scene" or token.kind == "id" for token in tokens[place:])
                return (action[: tokens[place].start].strip(" ,") if explicit else action), scene.ids
    return action, ()


def _scene_for(words: str, action: str, at: Situation) -> str:
    """Return the scene spoken of last; else ask, with those in which everybody is who is in the action."""
    tokens, people = tokens_of(action), set[str]()
    for place in range(len(tokens)):
        refs, _ = at.finder.at(tokens, place)
        people |= {ref.ids[0] for ref in refs if ref.kind == "person" and len(ref.ids) == 1}
    scenes = at.episode.the_script.scenes
    fitting = [scene.id for scene in scenes if people <= set(scene.present)]
    if at.focus.scene:
        return at.focus.scene
    if len(fitting) == 1 and people:
        return fitting[0]
    options = fitting or [scene.id for scene in scenes]
    raise AskedBack(
        Ask(
            sentence="In which scene shall it happen?",
            choices=tuple(f"In {one}, {words.strip(' .')}" for one in options[:8]),
        )
    )
