"""Ways of saying a thing turned into the plain way that the grammar reads, and into the ids of what they describe.

Nothing is left out here, save what the film is already: `instead of the bodycam` of a shot that is the bodycam's.
"""

import re
from collections.abc import Iterator

from agents.assistant.naming import Ref
from agents.assistant.orders import Ask, Unclear
from agents.assistant.phrases import PHRASES
from agents.assistant.plain_words import corrected, decorated, plainer
from agents.assistant.reading import AskedBack, Situation
from agents.assistant.tokens import tokens_of
from episodes.shots import Shot, SirenPass


def reworded(text: str, at: Situation) -> Iterator[str]:
    """Yield plainer ways of saying a message, the least altered first. What stands in quotation marks stays."""
    seen = {text}
    one = decorated(text)
    if re.match(r"(?:can|could|would|will) (?:you|u|we)\b|would it|i(?: would|'d) like", one, re.I):
        one = one.rstrip("? ")  # A wish said as a question.
    for turn in (
        plainer,
        corrected,
        _by_property,
        _by_speech,
        _by_camera,
        _instead,
        _time_given,
        _films_last,
        _half_film,
        _voices,
        _heard_alone,
    ):
        one = turn(one, at)
        if one not in seen and one.strip():
            seen.add(one)
            yield one


# ---- what words describe, by id --------------------------------------------------------------------------------------

_SILENT = re.compile(
    r"\b(?:(?:all|both) )?(?:the )?(?:silent|wordless|mute|quiet|speechless) (?:shots|ones)(?: (?:in|of|from) "
    r"(?P<scene>(?:the )?[\w' &-]+?))?(?=$|[,.!])|"
    r"\b(?:all |the )*shots without (?:a |any )?(?:line|lines|words|talking|dialogue)(?: (?:in|of|from) "
    r"(?P<other>(?:the )?[\w' &-]+?))?(?=$|[,.!])",
    re.I,
)
_SHORTEST = re.compile(
    r"\bthe (?P<count>two|three) (?P<kind>short|shortest|long|longest) (?:shots|ones)(?: (?:in|of|from) "
    r"(?P<scene>(?:the )?[\w' &-]+?))?(?=$|[,.!])",
    re.I,
)


def _by_property(text: str, at: Situation) -> str:
    for pattern in (_SILENT, _SHORTEST):
        match = pattern.search(text)
        if match is None:
            continue
        named = match["scene"] or (match.groupdict().get("other") or "")
        scenes = _scenes(named, at) if named else ((at.focus.scene,) if at.focus.scene else ())
        if len(scenes) != 1:
            continue
        shots = list(at.episode.shots_of(scenes[0]))
        chosen = (
            _silent(shots) if pattern is _SILENT else _extreme(shots, match["count"].lower(), match["kind"].lower())
        )
        if chosen:
            return text[: match.start()] + " and ".join(shot.id for shot in chosen) + text[match.end() :]
    return text


def _silent(shots: list[Shot]) -> list[Shot]:
    return [shot for shot in shots if not shot.cues]


def _extreme(shots: list[Shot], count: str, kind: str) -> list[Shot]:
    """Return the two shortest shots, or the longest, where no other is as short; none where that is not clear."""
    wanted = {"two": 2, "three": 3}[count]
    order = sorted(shots, key=lambda shot: shot.shown_seconds, reverse=kind.startswith("long"))
    if len(order) <= wanted:
        return []
    if order[wanted - 1].shown_seconds == order[wanted].shown_seconds:
        same = [shot.id for shot in order if shot.shown_seconds == order[wanted].shown_seconds]
        sentence = f"{', '.join(same)} are equally long, so I can't tell which {count} are the {kind}. Name them."
        raise AskedBack(Unclear(sentence=sentence, can=(f"make {same[0]} shorter",)))
    chosen = {shot.id for shot in order[:wanted]}
    return [shot for shot in shots if shot.id in chosen]


def _scenes(named: str, at: Situation) -> tuple[str, ...]:
    """Return the scenes that a few words name, or those that play at the place that they name."""
    tokens = tokens_of(named)
    if not tokens:
        return ()
    refs, taken = at.finder.at(tokens, 0)
    if taken != len(tokens):
        return ()
    scene = next((ref.ids for ref in refs if ref.kind == "scene"), ())
    places = {one for ref in refs if ref.kind in ("place", "vehicle") for one in ref.ids}
    return scene or tuple(each.id for each in at.episode.the_script.scenes if each.place in places)


_SPEECH = re.compile(
    r"\s*,? (?:when|where|while|as) (?:he|she|they|it|the \w+|[A-Z]\w+) (?:says|said|say|goes) "
    r"(?P<what>[^,]+?)\s*[.!]*$"
)


def _by_speech(text: str, at: Situation) -> str:
    """Return `… when he says TEXT` as the shot over which that is heard."""
    match = _SPEECH.search(text)
    if match is None:
        return text
    wanted, wish = re.sub(r"[\"“”]", "", match["what"]).strip(" .!?"), text[: match.start()]
    fitting = at.finder.quoted(wanted.casefold()) or _nearly(wanted, at)
    shots = [shot.id for shot in at.episode.shots if any(cue.line in fitting for cue in shot.cues)]
    if len(fitting) == 1 and len(shots) == 1:
        return f"{wish}: {shots[0]}"
    people = {
        one for refs in _refs(wish, at) for ref in refs if ref.kind == "person" and len(ref.ids) == 1 for one in ref.ids
    }
    lines = [line.id for line in at.episode.the_script.lines if line.speaker in people]
    if lines and _refs_of(wish, at, "line", "shot"):
        return text
    if lines:
        choices = tuple(f"{wish.strip(' ,?')}: {line}" for line in lines[:8])
        raise AskedBack(Ask(sentence=f"Which line is it that says “{wanted}”?", choices=choices))
    return text


def _nearly(wanted: str, at: Situation) -> tuple[str, ...]:
    """Return the lines that have all words of a text but for who says `I` and who `he`."""
    person = re.compile(r"\b(?:i|i'd|i'll|i'm|he|she|he'd|she'd|my|his|her|me|him|would|will)\b")
    words = set(re.findall(r"[a-z]{3,}", person.sub(" ", wanted.casefold())))
    found = (line.id for line in at.episode.the_script.lines
             if len(words) > 2 and words <= set(re.findall(r"[a-z]{3,}", line.text.casefold())))  # fmt: skip
    return tuple(found)


_CAMERA = re.compile(
    r"^the (?P<owner>cctv|bodycam|dashcam|doorbell|helicopter|phone|security camera|dash cam|body cam) "
    r"(?P<behind>(?:should|could|must|can) see (?:it|this|that|everything|them) "
    r"|(?:should be|should|one|shot|camera) )(?P<rest>.+)$",
    re.I,
)


def _by_camera(text: str, at: Situation) -> str:
    """Return `the CCTV should see it from …` with the one shot that there is of that camera."""
    match = _CAMERA.match(text)
    if match is None:
        return text
    owner = PHRASES[tuple(match["owner"].lower().split())].value
    shots = [shot.id for shot in at.episode.shots if shot.owner == owner]
    return f"{shots[0]} {match['rest']}" if len(shots) == 1 else text


_INSTEAD = re.compile(
    r",? (?:instead of|rather than|and not|not) (?:from |by |through )?(?:a |an |the )?(?P<old>[\w -]+?)(?: shot| "
    r"angle| camera)?\s*[.!]*$",
    re.I,
)


def _instead(text: str, at: Situation) -> str:
    """Return a wish without `instead of the bodycam` where that is what the shot has now."""
    match = _INSTEAD.search(text)
    if match is None:
        return text
    old, before = match["old"].lower().strip(), text[: match.start()]
    meaning = PHRASES.get(tuple(old.split()))
    shots = [ref.ids[0] for refs in _refs(before, at) for ref in refs if ref.kind == "shot" and len(ref.ids) == 1]
    scenes = [ref.ids[0] for refs in _refs(before, at) for ref in refs if ref.kind == "scene" and len(ref.ids) == 1]
    if meaning is None or len(shots) + len(scenes) != 1 or len(match["old"].split()) > 3:
        return text
    if shots and meaning.tag in ("owner", "size", "angle"):
        return before if getattr(at.episode.shot(shots[0]), meaning.tag) == meaning.value else text
    if scenes and meaning.tag in ("light", "weather"):
        return before if getattr(at.episode.the_script.scene(scenes[0]), meaning.tag) == meaning.value else text
    return text


def _refs(text: str, at: Situation) -> list[tuple[Ref, ...]]:
    tokens, found, place = tokens_of(text), list[tuple[Ref, ...]](), 0
    while place < len(tokens):
        refs, taken = at.finder.at(tokens, place)
        if refs:
            found.append(refs)
        place += max(taken, 1)
    return found


_TIME_TO = re.compile(
    r"^(?P<do>(?:drop|remove|cut|delete|lose|take out|ditch) (?P<shot>S?\d+[-._]\d+)),? (?:and |then )?(?:give|add|"
    r"hand) (?:the|its|that) (?:time|length|seconds|duration) "
    r"(?:to|back to) (?P<other>S?\d+[-._]\d+)\s*[.!]*$",
    re.I,
)


def _time_given(text: str, at: Situation) -> str:
    """Return `drop A and give the time to B` with the length of A."""
    match = _TIME_TO.match(text.strip())
    refs = _refs(match["shot"], at) if match else []
    if match is None or not refs or not refs[0][0].ids:
        return text
    seconds = at.episode.shot(refs[0][0].ids[0]).shown_seconds
    form = at.episode.brief.format
    frames = round(seconds / form.frame)
    return f"remove {match['shot']}, and make {match['other']} {frames} frames longer"


_FILMS_LAST = re.compile(
    r"\bthe (?:very last|very final|final|last) (?P<kind>line|shot)(?: of (?:the|this) (?:film|episode|movie|"
    r"show))?\b(?! (?:of|in|from|about|where|with)\b)",
    re.I,
)


def _films_last(text: str, at: Situation) -> str:
    """Return `the last line` by its id: the film's, where no scene and nobody is named."""
    match = _FILMS_LAST.search(text)
    plain = match is not None and not re.search(r"very|final|(?:film|episode|movie|show)$", match.group(), re.I)
    if (
        match is None
        or (plain and at.focus.scene)
        or re.search(r"\bscenes?\b", text, re.I)
        or any(ref.kind in ("scene", "person") for refs in _refs(text[: match.start()], at) for ref in refs)
    ):
        return text
    found = list(at.episode.the_script.lines) if match["kind"].lower() == "line" else list(at.episode.shots)
    return text[: match.start()] + found[-1].id + text[match.end() :] if found else text


_HALF = re.compile(
    r",?(?: but)?(?: only)? in the (?P<half>first|second|last) half(?: of (?:the|this) (?:film|episode|movie|"
    r"thing))?\b",
    re.I,
)


def _half_film(text: str, at: Situation) -> str:
    """Return `in the first half` with the scenes whose middle lies there; said of all before it."""
    match = _HALF.search(text)
    if match is None or _refs_of_scene(text, at):
        return text
    middles, begun = dict[str, object](), 0 * at.episode.brief.format.frame
    for scene in at.episode.the_script.scenes:
        length = sum((shot.shown_seconds for shot in at.episode.shots_of(scene.id)), start=0 * begun)
        middles[scene.id] = begun + length / 2
        begun += length
    first = match["half"].lower() == "first"
    inside = [one for one, middle in middles.items() if (middle < begun / 2) is first]  # type: ignore[operator]
    if not inside:
        return text
    where = " and ".join(inside)
    before = re.sub(r"\bthe voices\b", "the dialogue", text[: match.start()], flags=re.I)
    wishes = re.split(r"(?:\s*,)?\s+and\s+(?=the |more |less |no |turn |make )", before)
    # Said of all that was wished, so it stands with each of them.
    return ", ".join(f"{wish} in {where}" for wish in wishes) + text[match.end() :]


def _refs_of_scene(text: str, at: Situation) -> bool:
    return _refs_of(text, at, "scene")


def _refs_of(text: str, at: Situation, *kinds: str) -> bool:
    return any(ref.kind in kinds for refs in _refs(text, at) for ref in refs)


def _voices(text: str, at: Situation) -> str:
    """Return `the voices a bit louder` as what is said of the dialogue, where the message is of levels alone."""
    if re.search(r"\bthe voices\b", text, re.I) and re.search(
        r"\b(?:louder|softer|quieter|turn (?:up|down))\b", text, re.I
    ):
        return re.sub(r"\bthe voices\b", "the dialogue", text, flags=re.I)
    return text


def _heard_alone(text: str, at: Situation) -> str:
    """Return `no music and no siren and …` without the siren where none is heard."""
    if "and no siren and" not in text:
        return text
    scenes = {one for refs in _refs(text, at) for ref in refs if ref.kind == "scene" for one in ref.ids}
    heard = any(
        isinstance(event, SirenPass)
        for shot in at.episode.shots
        if shot.scene in scenes or not scenes
        for event in shot.events
    )
    return text if heard else text.replace("and no siren and", "and")
