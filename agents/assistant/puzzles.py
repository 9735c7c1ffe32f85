"""What is no order yet, but so nearly one that the right question can be asked, or the true reason be told."""

import re

from agents.assistant.line_orders import person_called
from agents.assistant.orders import Ask, Order, Show, Unclear
from agents.assistant.people_orders import ADVERBS
from agents.assistant.reading import Reading, Situation
from agents.assistant.tokens import tokens_of

_FASTER = re.compile(
    r"^(?:please |can (?:you|we) |could (?:you|we) )*(?:make|have|let|get)? ?(?:it|this|that|the (?:film|episode|"
    r"movie|whole thing)|everything|the pace)"
    r"(?: (?:should|could) (?:be|go))?(?: go| a bit| much| all| more)* (?P<way>faster|quicker|snappier|slower|fast|"
    r"tighter|punchier)\W*$",
    re.I,
)
_GAG = re.compile(
    r"^(?:please )?(?:cut|remove|drop|delete|take out|lose) (?:the|that|this) (?:picture |visual |sight )?(?:gag|"
    r"joke)s?(?: (?:in|from|of) (?P<scene>.+))?\W*$",
    re.I,
)
_PLACE = re.compile(
    r"^(?:please )?(?:move|set|put|place|shift|relocate) (?P<scene>.+?) (?:to|in|into|at) (?:a|an|the)? "
    r"?(?P<place>[\w' -]+?)\W*$",
    re.I,
)
_LOUDER = re.compile(r"\b(?:louder|quieter|softer|too loud|too quiet|more quiet|turn (?:up|down))\b", re.I)
_PACE = re.compile(r"\b(?:too fast|too slow|slower|faster)\b", re.I)
_BEYOND: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        r"\b(?:light|lighting|lamps?|sky)\b.*\b(?:red|green|blue|purple|orange|pink|yellow|cold|warm|cosy|cozy|"
        r"harsh|soft|neon|"
        r"fluorescent|bright|brighter|dim|dimmer)\b|\b(?:red|green|blue|purple|orange|pink|neon|fluorescent) "
        r"(?:light|sky)\b",
        "The light of a scene can be day, dusk, dawn or night, and the whole show has a look; colours of light "
        "can't be "
        "wished for one scene. Nothing was changed.",
        ("scene 2 at night", "noir look"),
    ),
    (
        r"\b(?:wobbly|wobbles|wobble|shaky|shakes|shaking|steady|steadier|less shaky|jerky)\b",
        "How a camera is held goes with whose it is: a worn one moves, the dashcam and the CCTV stand still. A "
        "shot can be "
        "seen by another camera. Nothing was changed.",
        ("2-04 from the dashcam", "2-04 from the cctv"),
    ),
    (
        r"\b(?:creep|creeps|fade|fades|sneak|sneaks|swell|swells) (?:in|up|out|away)\b",
        "Music begins and ends with its scene, and can be louder, quieter or of another mood; it can't be faded "
        "by hand. "
        "Nothing was changed.",
        ("more music in scene 3", "more suspicious music in scene 3"),
    ),
)
"""What is wished of a film and can't be had of this one, with what can."""
_ASKS = re.compile(
    r"^(?:(?:can|could) you (?:please )?tell me )?(?:who|how (?:long|old|tall|loud|big)|what(?! (?:if|about|"
    r"happens if|would|should))|where|when|which)\b",
    re.I,
)
_MANNERS: dict[str, tuple[str, ...]] = {
    r"tired|exhausted|sleepy|weary|worn out|drained": ("flat", "sad"),
    r"surprised|astonished|shocked|amazed|startled|stunned": ("confused", "urgent"),
    r"mumbl(?:e|es|ing|ed)|mutter(?:s|ing|ed)?": ("whispered", "flat"),
    r"sarcastic|ironic|dry|sly": ("flat", "proud"),
    r"scared|afraid|frightened|terrified|anxious|worried": ("urgent", "confused"),
    r"drunk|sleep-?walking|dreamy": ("confused", "flat"),
    r"loving|romantic|tender|flirty": ("warm", "whispered"),
    r"serious|stern|strict|cold|official": ("flat", "calm"),
}  # fmt: skip
"""Manners that no voice has, with the ways of speaking that are nearest."""


def puzzled(text: str, at: Situation) -> Order | None:
    """Return the question or the reason for a wish that is nearly an order; None where it is not even that."""
    low = text.strip()
    shown = _question(low, at)
    if shown is not None:
        return shown
    if _FASTER.match(low):
        return _faster(at, slower="slow" in low.casefold())
    gag = _GAG.match(low)
    if gag:
        return _gag(gag["scene"] or "", at)
    for pattern, sentence, can in _BEYOND:
        if re.search(pattern, low, re.I):
            return Unclear(sentence=sentence, can=can)
    return _pace(low, at) or _manner(low, at) or _level(low, at) or _placed(low, at) or _of_prop(low, at)


def _pace(text: str, at: Situation) -> Ask | None:
    """Ask whose voice shall be slower, where a line is too fast: a line has no pace of its own."""
    match = _PACE.search(text)
    if match is None:
        return None
    reading = Reading(at, text, tokens_of(text))
    lines = {one for _, ref in reading.pointing("line") for one in ref.ids}
    scenes = {one for _, ref in reading.pointing("scene") for one in ref.ids}
    if not lines and not (scenes and reading.has("noun", "line")):
        return None
    way = "slower" if match.group().casefold() in ("too fast", "slower") else "faster"
    speak = {
        line.speaker for line in at.episode.the_script.lines if line.id in lines or line.id.split("-")[0] in scenes
    }
    people = [one for one in at.episode.the_world.characters if one.id in speak]
    return Ask(
        sentence="One line has no pace of its own, but a voice has. Whose?",
        choices=tuple(f"{one.short_name} should speak {way}" for one in people),
    )


def _question(text: str, at: Situation) -> Show | None:
    """Answer a question about one thing by showing it: `how long is shot 2-03?`, `who plays Gus`."""
    if not _ASKS.match(text) or re.search(r"[,;]|\b(?:and|then)\b", text):
        return None
    reading, found = Reading(at, text, tokens_of(text)), set[str]()
    for kind in ("shot", "line", "beat", "scene", "person"):
        found |= {one for _, ref in reading.pointing(kind) for one in ref.ids}
    return Show(target=found.pop(), said="Here it is.") if len(found) == 1 else None


def _faster(at: Situation, *, slower: bool) -> Ask:
    way, length = ("slower", "longer") if slower else ("faster", "shorter")
    speak = {line.speaker for line in at.episode.the_script.lines}
    people = [one for one in at.episode.the_world.characters if one.id in speak][:4]
    choices = [f"all shots of {scene.id} {length}" for scene in at.episode.the_script.scenes][:4]
    return Ask(
        sentence=f"What shall be {way}: the shots of a scene {length}, or somebody's speech {way}?",
        choices=(*choices, *(f"{one.short_name} should speak {way}" for one in people)),
    )


def _gag(named: str, at: Situation) -> Ask | None:
    scenes: tuple[str, ...] = ()
    if named:
        scenes = next((ref.ids for ref in at.finder.at(tokens_of(named), 0)[0] if ref.kind == "scene"), ())
    shots = [shot for shot in at.episode.shots if shot.gag and (not scenes or shot.scene in scenes)]
    if not shots:
        return None
    gags = "; ".join(f"{shot.id}: {shot.gag.rstrip('.')}" for shot in shots[:8])
    return Ask(sentence=f"Which gag do you mean ({gags})?", choices=tuple(f"remove {shot.id}" for shot in shots[:8]))


def _manner(text: str, at: Situation) -> Ask | None:
    for pattern, ways in _MANNERS.items():
        match = re.search(rf"\b(?:{pattern})\b", text, re.I)
        if match is None or re.search(r"\b(?:not|never|n't|no)\b", text, re.I):
            continue
        reading = Reading(at, text, tokens_of(text))
        lines = [one for _, ref in reading.pointing("line") for one in ref.ids]
        people = {one for _, ref in reading.pointing("person") for one in ref.ids}
        scenes = {one for _, ref in reading.pointing("scene") for one in ref.ids}
        he = (
            {one.id for one in at.episode.the_world.characters if one.pronoun == "he"}
            if reading.has("pronoun", "he")
            else set()
        )
        she = (
            {one.id for one in at.episode.the_world.characters if one.pronoun == "she"}
            if reading.has("pronoun", "she")
            else set()
        )
        people = people or {at.focus.character} - {""} or he or she
        if not lines:
            lines = [line.id for line in at.episode.the_script.lines
                     if line.speaker in people and (not scenes or line.id.split("-")[0] in scenes)]  # fmt: skip
        if not lines:
            continue
        nearest = " or ".join(ADVERBS[way] for way in ways)
        choices = [f"say {line} {ADVERBS[way]}" for line in lines for way in (ways if len(lines) < 4 else ways[:1])]
        return Ask(
            sentence=f"No voice here can be {match.group().casefold()}; the nearest is {nearest}. Which shall it be?",
            choices=tuple(choices[:8]),
        )
    return None


def _level(text: str, at: Situation) -> Unclear | None:
    """Say why one line can't be louder by itself, and what can."""
    if not _LOUDER.search(text) or re.search(r"\b(?:not|never|n't)\b", text, re.I):
        return None
    reading = Reading(at, text, tokens_of(text))
    if reading.has("sound") or reading.pointing("shot"):
        return None
    lines = [one for _, ref in reading.pointing("line") for one in ref.ids]
    people = [one for _, ref in reading.pointing("person") for one in ref.ids]
    lines = lines or [line.id for line in at.episode.the_script.lines if line.speaker in people]
    if not lines:
        return None
    way, manner = (
        ("less", "in a whisper") if re.search(r"quiet|soft|too loud|down", text, re.I) else ("more", "shouting")
    )
    scene = lines[0].split("-")[0]
    return Unclear(
        sentence="The level of one line, or of one voice, can't be changed by itself: the dialogue of a scene can, "
        "or how a line is said.",
        can=(f"{way} dialogue in {scene}", *(f"say {line} {manner}" for line in lines[:2])),
    )


def _placed(text: str, at: Situation) -> Order | None:
    """Ask which of the places there are, where one is wished that is none of the episode's."""
    match = _PLACE.match(text)
    if match is None or person_called(match["scene"], at.finder):
        return None
    refs, _ = at.finder.at(tokens_of(match["scene"]), 0)
    scene = next((ref.ids[0] for ref in refs if ref.kind == "scene" and len(ref.ids) == 1), "")
    tokens = tokens_of(match["place"])
    if (
        not scene
        or any(at.finder.at(tokens, n)[0] for n in range(len(tokens)))
        or Reading(at, match["place"], tokens).has("light")
    ):
        return None
    now = at.episode.the_script.scene(scene).place
    places = [place for place in at.episode.the_world.places if place.id != now]
    return Ask(
        sentence=f"There is no place “{match['place'].strip()}” in this episode, and {scene} can only play at one "
        f"that there is. Which?",
        choices=tuple(f"{scene} plays at {place.name}" for place in places[:8]),
    )


_OUT = re.compile(
    r"^(?:please )?(?:remove|delete|drop|lose|take out|get rid of|ditch|cut out) (?P<what>(?:the |that |this "
    r")?[\w' -]+?)\W*$",
    re.I,
)


def _of_prop(text: str, at: Situation) -> Order | None:
    """Ask whether the shots of a thing shall go, where the thing is wished away."""
    match = _OUT.match(text)
    tokens = tokens_of(match["what"]) if match else ()
    if not tokens:
        return None
    refs, taken = at.finder.at(tokens, 0)
    props = next((ref.ids for ref in refs if ref.kind in ("prop", "vehicle")), ())
    if taken != len(tokens) or len(props) != 1:
        return None
    seen = [shot for shot in at.episode.shots if props[0] in {subject.id for subject in shot.subjects}]
    alone = [shot for shot in seen if len(shot.subjects) == 1] or seen
    if not alone:
        return None
    where = " or ".join(shot.id for shot in alone[:8])
    return Ask(
        sentence=f"A thing can't be taken out of pictures, but its shot can go. Shall {where} go?",
        choices=tuple(f"remove {shot.id}" for shot in alone[:8]),
    )
