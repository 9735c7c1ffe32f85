"""Words for a text-to-video model: each prompt stands alone, since the model has never seen the shot before."""

import re
from collections.abc import Iterable

from agents.shot_planner.clauses import affirmed, one_event
from agents.shot_planner.coverage import Slot
from agents.shot_planner.directions import directed
from agents.shot_planner.framing import Setup
from agents.shot_planner.namings import named_once
from agents.shot_planner.picture_words import (
    ACTIONS,
    ANGLES,
    EMPTY,
    GESTURES,
    LIGHTS,
    POSES,
    SIZES,
    STILL,
    WEATHERS,
    article,
    bare,
    capital,
    dressed,
    framing,
    join,
    moves,
    person,
    sentence,
    setting,
    strangers,
)
from agents.shot_planner.presence import SceneView
from episodes.effects import Light, Weather
from episodes.shots import ActionEvent, Angle, Enter, Exit, Gesture, Shot, Size, Subject, ThingActs
from episodes.value import Value

NEGATIVE = (
    "on-screen text, captions, watermark, logo, brand name, licence plate text, duplicate person, twins, extra limbs,"
    " blood, injury, weapon drawn, distorted face, freeze frame, jump cut inside the shot"
)
_STEADY = ", camera shake"


class ShotWords(Value):
    """What a shot is in words."""

    first_frame: str
    last_frame: str
    prompt: str
    negative_prompt: str


def describe(
    view: SceneView, slot: Slot, setup: Setup, subjects: tuple[Subject, ...], events: tuple[ActionEvent, ...]
) -> ShotWords:
    """Return the words of a shot: camera, place, hour, light, weather, who in what, one event, one movement."""
    event = directed(_event(view, slot, subjects, events), subjects, events)
    scene = view.scene
    where = setting(view.place, scene.clock, scene.light, scene.weather)
    crowd = [f"{_describe(view, slot, subject)}, {_stance(view, subject)}" for subject in subjects]
    who = "; ".join(crowd) if crowd else EMPTY
    camera = framing(setup.size, setup.angle, setup.owner)
    prompt = f"{camera}. {where}. {capital(who)}. {event} {moves(setup.movement)}"
    gone = {each.who for each in events if isinstance(each, Exit)}
    coming = {each.who for each in events if isinstance(each, Enter)}
    before = [_name(view, subject.id) for subject in subjects if subject.id not in coming]
    after = [_name(view, subject.id) for subject in subjects if subject.id not in gone]
    return ShotWords(
        first_frame=f"{SIZES[setup.size]} of {join(before) or 'the empty place'} {ANGLES[setup.angle]}, before it"
        " happens.",
        last_frame=f"{capital(join(after) or 'the empty place')}, held: {event[:1].lower()}{event[1:]}",
        prompt=named_once(" ".join(prompt.split()), subjects, view.world),
        negative_prompt=NEGATIVE + (_STEADY if setup.movement.kind in ("static", "pan") else ""),
    )


def resize(shot: Shot, size: Size, angle: Angle) -> str:
    """Return the shot's prompt with another size and angle; a prompt in other words gets them in front."""
    old = f"{SIZES[shot.size]} {ANGLES[shot.angle]}"
    new = f"{SIZES[size]} {ANGLES[angle]}"
    return new + shot.prompt.removeprefix(old) if shot.prompt.startswith(old) else f"{new}. {shot.prompt}"


def contradicts(prompt: str, light: Light, weather: Weather) -> bool:
    """Whether a prompt in our words speaks of another light or weather than the scene has now."""
    others = [words for name, words in LIGHTS.items() if name != light]
    others += [words for name, words in WEATHERS.items() if name != weather]
    return any(words in prompt for words in others)


def _describe(view: SceneView, slot: Slot, subject: Subject) -> str:
    character = view.people.get(subject.id)
    if character is None:
        prop = view.world.prop(subject.id)
        return f"{article(prop.name)} {prop.name}" if prop.count == 1 else f"several pieces of {prop.name}"
    garments = view.garments(character, slot.beat)
    if character.kind != "human":
        return dressed(bare(character.name), garments)
    return person(character, garments)


def _stance(view: SceneView, subject: Subject) -> str:
    side = "left of centre" if subject.at < 0.45 else "right of centre" if subject.at > 0.55 else "in the centre"
    if subject.outside:
        side = f"seen through the car window, {side}"
    if subject.id not in view.people:
        return side
    facing = "facing the camera" if subject.facing == "camera" else f"turned {subject.facing}"
    holding = f", holding the {view.world.prop(subject.holds).name}" if subject.holds else ""
    return f"{POSES[subject.pose]} {side}, {facing}{holding}"


def _event(view: SceneView, slot: Slot, subjects: tuple[Subject, ...], events: Iterable[ActionEvent]) -> str:
    """Return the one thing that happens, as a sentence."""
    told = _told(view, slot, subjects)
    if told:
        return told
    seen = {subject.id for subject in subjects}
    if slot.kind == "establish":
        return "The place before anything happens."
    speaking = [view.line(cue.line) for cue in (*slot.cues, *slot.tails) if view.line(cue.line).speaker in seen]
    if speaking:
        manner = "" if speaking[0].delivery in ("calm", "flat") else f", {speaking[0].delivery}"
        return f"{capital(_name(view, speaking[0].speaker))} speaks{manner}."
    for event in events:
        if isinstance(event, Gesture):
            return f"{capital(_name(view, event.who))} listens and {GESTURES[event.gesture]}."
        if isinstance(event, ThingActs):
            return f"{capital(_name(view, event.who))} {ACTIONS[event.action]}."
    return f"{capital(_name(view, subjects[0].id))} stays still and listens." if subjects else STILL


def _told(view: SceneView, slot: Slot, subjects: tuple[Subject, ...]) -> str:
    """Return the one thing of the script's own words that the shot shows; empty where it shows none."""
    beat = view.beat(slot.beat)
    enters_late = slot.kind == "establish" and beat.purpose in ("cold_open", "chase")
    shows = slot.kind == "action" or slot.acting or enters_late
    text = slot.gag or (beat.action if shows else "")
    if not text:
        return ""
    names = (*(prop.name for prop in view.world.props), *(place.name for place in view.world.places))
    about = tuple(_name(view, subject.id).removeprefix("the ") for subject in subjects[:1])
    return one_event(affirmed(sentence(_anonymous(view, text)), names), about)


def _anonymous(view: SceneView, text: str) -> str:
    """Return the text with what a stranger sees in the place of names, which a video model does not know."""
    for character in view.world.characters:
        if character.kind == "human":
            for name in (character.name, character.short_name):
                text = re.sub(rf"\b{re.escape(name)}\b", _name(view, character.id), text)
    return text


def _name(view: SceneView, subject: str) -> str:
    """Return what a stranger would call somebody or something in the picture."""
    character = view.people.get(subject)
    if character is None:
        return f"the {view.world.prop(subject).name}"
    return strangers(view.world.characters)[character.id]
