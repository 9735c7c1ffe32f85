"""Lines that are added, said twice, or changed in part: `after “…” add Gus: “…”`, `Gus says “…” twice`."""

import re

from agents.assistant.finding import Finder
from agents.assistant.naming import words_of
from agents.assistant.orders import Ask, Edit, Order, Unclear
from agents.assistant.people_orders import named
from agents.assistant.reading import Situation
from agents.assistant.tokens import tokens_of
from agents.writer.refusal import check_theme
from episodes.changes import ReplaceBeat, Reword
from episodes.errors import InputRefused
from episodes.script import Line

MOST_LETTERS = 200
_Q = r"(?:[\"“„«](?P<{0}>[^\"“”„«»]+)[\"”“»])"
_WHO = r"(?P<who>[\w' -]+?)"
_AFTER = (
    re.compile(rf"^(?:please )?(?:right )?(?:after|behind|following) (?:the line )?(?:{_Q.format('old')}|"
               rf"(?P<id>s?\d+-?l\d+)),? "
               rf"(?:please )?(?:add|insert|put|let|have) (?:a line (?:by|for|from|of) )?{_WHO}(?:\s*:|,? (?:say|"
               rf"says|saying|with))\s*{_Q.format('new')}\W*$", re.I),
    re.compile(rf"^(?:please )?(?:(?:add|insert|put|let|have) )?(?:a line (?:by|for|from|of) )?{_WHO}(?:\s*:|,? "
               rf"(?:should |must |could |shall )?(?:say|says|saying|with))\s*{_Q.format('new')},? "
               rf"(?:right )?(?:after|behind|following) (?:the line )?(?:{_Q.format('old')}|"
               rf"(?P<id>s?\d+-?l\d+))\W*$", re.I),
)  # fmt: skip
_TWICE = re.compile(
    rf"^(?:please )?(?:let |have |make )?{_WHO} (?:should |must |shall |could )?(?:says?|repeats?) "
    rf"{_Q.format('new')} (?P<times>twice|two times|again|three times)\W*$",
    re.I,
)
_ALSO = re.compile(
    rf"^(?:please )?(?:let |have |make )?{_WHO} (?:should |must )?also (?:says?|adds?) {_Q.format('new')}\W*$", re.I
)
_WHERE = re.compile(
    r"^(?:please )?(?:can (?:you|we) |could (?:you|we) )?(?:add|insert|put in|write)(?: me)? (?:a|another|one "
    r"more) line (?:where|in which|for|with) "
    r"(?P<who>[\w' -]+?) (?:says?|saying|adds?|goes) (?P<new>.+?)\W*$",
    re.I,
)


def line_order(text: str, at: Situation) -> Order | None:
    """Understand a line that is added, or said twice."""
    text = text.strip()
    for pattern in _AFTER:
        match = pattern.match(text)
        if match:
            return _added(match["old"] or "", match["id"] or "", match["who"], match["new"].strip(), at)
    twice, also = _TWICE.match(text), _ALSO.match(text)
    if twice and twice["times"].lower() != "again":
        return _twice(twice["who"], twice["new"].strip(), 3 if "three" in twice["times"].lower() else 2, at)
    if also:
        return _also(also["who"], also["new"].strip(), at)
    where = _WHERE.match(text)
    return _where(where["who"], where["new"].strip(' "“”'), at) if where else None


def person_called(words: str, finder: Finder) -> str:
    """Return the one person that words name and nothing else; an empty text for none or several."""
    tokens = tokens_of(words.strip())
    if not tokens:
        return ""
    refs, taken = finder.at(tokens, 0)
    person = next((ref for ref in refs if ref.kind == "person"), None)
    return person.ids[0] if person and taken == len(tokens) and len(person.ids) == 1 else ""


def _added(old: str, line_id: str, who: str, new: str, at: Situation) -> Order:
    found = at.finder.quoted(old.casefold()) if old else tuple(
        ref.ids[0] for ref in at.finder.at(tokens_of(line_id), 0)[0] if ref.kind == "line" and ref.ids
    )  # fmt: skip
    person = person_called(who, at.finder)
    if not person:
        return Unclear(sentence=f"Nobody here is called “{who.strip()}”.", can=("show me the cast",))
    if len(found) != 1:
        if not found:
            return Unclear(sentence=f"Nobody says “{old or line_id}”.", can=("show me the script",))
        return Ask(
            sentence=f"“{old}” is said more than once. After which line?",
            choices=tuple(_wish(one, who, new) for one in found[:8]),
        )
    return _line_after(found[0], person, new, at)


def _wish(line: str, who: str, new: str) -> str:
    return f"after {line} add {who.strip()}: “{new}”"


def _line_after(line_id: str, person: str, new: str, at: Situation) -> Order:
    if refused := _refused(new):
        return refused
    episode = at.episode
    speaker, scene = episode.the_world.character(person), episode.scene_of(line_id)
    if speaker.voice is None:
        return Unclear(sentence=f"{named(speaker)} has no voice and can't speak; what it does can be a beat.",
                       can=(f"in {scene.id}, add a beat where the {speaker.short_name.casefold()} looks "
                        f"sorry",))  # fmt: skip
    far = speaker.role == "dispatcher"
    if not far and person not in scene.present:
        return Unclear(
            sentence=f"{named(speaker)} is not in scene {scene.id}, so nothing can be said there.",
            can=("show me the script",),
        )
    beat = next(beat for beat in scene.beats if any(line.id == line_id for line in beat.lines))
    number = max(int(line.id.split("-L")[1]) for line in scene.lines) + 1
    line = Line(
        id=f"{scene.id}-L{number:02}",
        speaker=person,
        channel="dispatch" if far else "spoken",
        text=new,
        delivery="calm",
    )
    place = next(n for n, each in enumerate(beat.lines) if each.id == line_id) + 1
    lines = (*beat.lines[:place], line, *beat.lines[place:])
    change = ReplaceBeat(beat=beat.model_copy(update={"lines": lines}))
    return Edit(changes=(change,), said=f"After {line_id}, {named(speaker)} says a new line: “{new}”.")


def _twice(who: str, new: str, times: int, at: Situation) -> Order | None:
    person = person_called(who, at.finder)
    if not person:
        return Unclear(sentence=f"Nobody here is called “{who.strip()}”.", can=("show me the cast",))
    lines = [line for line in at.episode.the_script.lines if line.speaker == person and span_of(new, line.text)]
    if len(lines) != 1:
        if not lines:
            return Unclear(
                sentence=f"{named(at.episode.the_world.character(person))} does not say “{new}”.",
                can=("show me the script",),
            )
        return Ask(
            sentence=f"“{new}” is in several lines. Which?", choices=tuple(f"show {line.id}" for line in lines[:8])
        )
    text = lines[0].text
    start, end = span_of(new, text) or (0, 0)
    stop = re.match(r"[.!?…]+", text[end:])
    end += len(stop.group()) if stop else 0
    if stop and start and not re.search(r"[.!?…]\s*$", text[:start]):
        start, end, stop = *(span_of(new, text) or (0, 0)), None  # In the middle of a sentence: `with a paw, paw.`
    part, between = text[start:end], " " if stop or text[end - 1 : end] in (".", "!", "?") else ", "
    return _reworded(lines[0], text[:end] + (between + part) * (times - 1) + text[end:], at)


def _also(who: str, new: str, at: Situation) -> Order | None:
    person = person_called(who, at.finder)
    if not person:
        return None
    lines = [line for line in at.episode.the_script.lines if line.speaker == person]
    if len(lines) != 1:
        sentence = "Behind which of their lines?" if lines else "They say nothing yet. After which line?"
        after = lines or list(at.episode.the_script.lines)
        return Ask(sentence=sentence, choices=tuple(_wish(line.id, who, new) for line in after[:8]))
    return _line_after(lines[0].id, person, new, at)


def _where(who: str, new: str, at: Situation) -> Order | None:
    person = person_called(who, at.finder)
    if not person:
        return None
    speaker = at.episode.the_world.character(person)
    if speaker.voice is None:
        return Unclear(sentence=f"{named(speaker)} has no voice and can't speak; what it does can be a beat.",
                       can=(f"add a beat where the {speaker.short_name.casefold()} says {new}",))  # fmt: skip
    there = [scene for scene in at.episode.the_script.scenes if person in scene.present or speaker.role == "dispatcher"]
    lasts = [scene.lines[-1].id for scene in there if scene.lines]
    said = new[:1].upper() + new[1:]
    said = said if said.endswith((".", "!", "?")) else f"{said}."
    return Ask(
        sentence="After which line shall it be said?",
        choices=tuple(_wish(line, speaker.short_name, said) for line in lasts[:8]),
    )


def _reworded(line: Line, text: str, at: Situation) -> Order:
    if refused := _refused(text):
        return refused
    speaker = at.episode.the_world.character(line.speaker)
    return Edit(changes=(Reword(line=line.id, text=text),), said=f"{named(speaker)} says in {line.id}: “{text}”.")


def _refused(text: str) -> Unclear | None:
    if len(text) > MOST_LETTERS:
        return Unclear(sentence=f"That is {len(text)} letters; a line has at most {MOST_LETTERS}.")
    try:
        check_theme(text)
    except InputRefused as refused:
        return Unclear(sentence=str(refused).replace("This theme", "This line"))
    return None


def span_of(part: str, text: str) -> tuple[int, int] | None:
    """Return where the words of a part stand in a text, whatever stands between them; None where they do not."""
    words = words_of(part)
    if not words:
        return None
    pattern = r"(?<!\w)" + r"[^\w]+".join(re.escape(word) for word in words) + r"(?!\w)"
    match = re.search(pattern, text.replace("’", "'"), re.IGNORECASE)
    if match is None:
        return None
    end = match.end()
    behind = part.rstrip()[len(part.rstrip().rstrip(".!?…")) :]
    return match.start(), end + len(behind) if behind and text[end : end + len(behind)] == behind else end


def in_part(text: str, old: str, new: str) -> str:
    """Return a line's text with new words in the place of old ones; just the new where the old were all of it."""
    if words_of(old) == words_of(text):
        return new
    span = span_of(old, text)
    if span is None:
        return ""
    start, end = span
    behind = text[end:]
    if new[-1:] in ".!?…" and re.match(r"[.!?…]", behind):
        behind = behind[1:]
    return f"{text[:start]}{new}{behind}"
