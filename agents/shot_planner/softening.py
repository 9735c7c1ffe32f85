"""Other words for a shot that a video back end refused: first a neutral wording, then an implied action.

Both are pure, and both say what was lost, in a sentence for the record.
"""

import re
from collections.abc import Callable

from agents.shot_planner.picture_words import (
    ACTIONS,
    EMPTY,
    GESTURES,
    POSES,
    STILL,
    article,
    bare,
    capital,
    dressed,
    framing,
    join,
    moves,
    sentence,
    setting,
)
from agents.shot_planner.plain_words import PLAIN
from episodes.cast import Character, World
from episodes.shots import Enter, Exit, Fall, Gesture, Mouth, Shot, Subject, ThingActs
from episodes.story_state import OFFICER_ROLES

_WORD = re.compile(
    r"(?:\b(?P<article>an?) )?(?<![\w-])(?P<word>"
    + "|".join(re.escape(word) for word in sorted(PLAIN, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)


def neutral(shot: Shot, world: World) -> tuple[str, str]:
    """Return a prompt in neutral wording that keeps the shot's intent, and what was lost by it.

    Words of crime, violence, weapons, bodies, police, alcohol and children give way to plain ones. Where none of them
    is there, nobody knows what was refused: then the prompt is built anew from what is planned, without any free text.
    It is never the prompt that was refused, unless that was neutral and built so already.
    """
    softened, changed = _in_plain_words(shot.prompt)
    if changed:
        return softened, f"Said in other words: {_told(changed)}."
    rebuilt, _ = _in_plain_words(_rebuilt(shot, world))
    return rebuilt, "Not said: what happens, in the script's own words; only who is there and how they move."


def implied(shot: Shot, world: World) -> tuple[str, str]:
    """Return a prompt that lets the action be imagined, and what is no longer seen.

    It is the face of an officer who takes it in, or of whoever else is in the picture; where nobody is, a dark frame
    with the light of a radio.
    """
    people = {one.id: one for one in world.characters if one.kind == "human"}
    seen = [subject for subject in shot.subjects if subject.id in people]
    officers = [subject for subject in seen if people[subject.id].role in OFFICER_ROLES]
    place = world.place(shot.place)
    where = setting(place, shot.clock, shot.light, shot.weather)
    if not seen:
        prompt = f"Close-up at eye level. {where}. A dark frame: the small green light of a radio blinks in the middle."
        return _in_plain_words(prompt)[
            0
        ], f"Not seen: {_unseen(shot, world, None)}; a radio's light in the dark instead."
    face = people[(officers or seen)[0].id]
    speaks = any(isinstance(event, Mouth) and event.who == face.id for event in shot.events)
    does = "talks quietly and looks to the left" if speaks else "listens and looks to the left"
    prompt = (
        f"{framing('close', 'eye', shot.owner)}. {where}. {capital(_somebody(face))}, in the centre, turned left."
        f" {capital(_called(face))} {does}. The camera stands still."
    )
    return _in_plain_words(prompt)[0], (
        f"Not seen: {_unseen(shot, world, face.id)}; the face of {face.short_name} instead."
    )


def _in_plain_words(text: str) -> tuple[str, dict[str, str]]:
    """Return a text in plain words, and which words stand for which."""
    changed: dict[str, str] = {}

    def plain(found: re.Match[str]) -> str:
        word, said = found["word"], PLAIN[found["word"].lower()]
        changed[word.lower()] = said
        said = capital(said) if word[:1].isupper() else said
        if not found["article"]:
            return said
        before = article(said) if said else ""
        return f"{capital(before) if found['article'][0] == 'A' else before} {said}"

    new = _WORD.sub(plain, text)
    new = re.sub(r"\b(man|woman|person), a person\b,?", r"\1", new)  # "one tall man, a suspect, in …"
    return re.sub(r"\s+([,.;])", r"\1", " ".join(new.split())), changed


def _told(changed: dict[str, str]) -> str:
    pairs = [f'"{new}" for "{old}"' if new else f'nothing for "{old}"' for old, new in changed.items()]
    return join(pairs)


def _rebuilt(shot: Shot, world: World) -> str:
    """Return the shot in words that come from its plan alone."""
    place = world.place(shot.place).model_copy(update={"landmark": "", "dressing": (), "wrong": ""})
    people = {character.id: character for character in world.characters}
    names = {prop.id: prop.name for prop in world.props}

    def called(who: str) -> str:
        return _called(people[who]) if who in people else f"the {names[who]}" if who in names else "something"

    crowd = [_stands(subject, people.get(subject.id), called(subject.id)) for subject in shot.subjects]
    where = setting(place, shot.clock, shot.light, shot.weather)
    who = capital("; ".join(crowd)) if crowd else EMPTY
    happens = _happens(shot, called)
    return f"{framing(shot.size, shot.angle, shot.owner)}. {where}. {who}. {happens} {moves(shot.movement)}"


def _stands(subject: Subject, character: Character | None, called: str) -> str:
    side = "left of centre" if subject.at < 0.45 else "right of centre" if subject.at > 0.55 else "in the centre"
    if character is None:
        return f"{called}, {side}"
    facing = "facing the camera" if subject.facing == "camera" else f"turned {subject.facing}"
    return f"{_somebody(character)}, {POSES[subject.pose]} {side}, {facing}"


def _happens(shot: Shot, called: Callable[[str], str]) -> str:
    """Return the first thing that happens by the plan, as a sentence."""
    for event in shot.events:
        match event:
            case Mouth():
                return sentence(f"{called(event.who)} speaks")
            case Gesture():
                return sentence(f"{called(event.who)} {GESTURES[event.gesture]}")
            case ThingActs():
                return sentence(f"{called(event.who)} {ACTIONS[event.action]}")
            case Enter():
                return sentence(f"{called(event.who)} comes in from the {event.side}")
            case Exit():
                return sentence(f"{called(event.who)} leaves to the {event.side}")
            case Fall():
                return sentence(f"{called(event.what)} drops to the ground")
    return STILL


def _somebody(character: Character) -> str:
    """Return a person without role or name: `one person in navy uniform shirt`; an animal or a thing by its name."""
    if character.kind != "human":
        return dressed(bare(character.name), character.wardrobe)
    return dressed("one person", character.wardrobe)


def _called(character: Character) -> str:
    if character.kind != "human":
        return bare(character.name)
    return "the person in uniform" if character.role in OFFICER_ROLES else "the person"


def _unseen(shot: Shot, world: World, face: str | None) -> str:
    names = {one.id: one.short_name for one in world.characters} | {prop.id: f"the {prop.name}" for prop in world.props}
    others = [names[subject.id] for subject in shot.subjects if subject.id in names and subject.id != face]
    gag = f"the gag ({shot.gag.rstrip('.')})" if shot.gag else "what happens"
    return join([gag, *others])
