"""Words for a text-to-video model: each prompt stands alone, since the model has never seen the shot before."""

import re
from collections.abc import Iterable

from agents.shot_planner.coverage import Slot
from agents.shot_planner.framing import Setup
from agents.shot_planner.presence import SceneView
from episodes.cast import Build, Place, SetName
from episodes.effects import Light, Weather
from episodes.shots import ActionEvent, Angle, CameraOwner, Enter, Exit, Gesture, Shot, Size, Subject, ThingActs
from episodes.value import Value

NEGATIVE = (
    "on-screen text, captions, watermark, logo, brand name, licence plate text, duplicate person, twins, extra limbs,"
    " blood, injury, weapon drawn, distorted face, freeze frame, jump cut inside the shot"
)
_STEADY = ", camera shake"

_CAMERA: dict[CameraOwner, str] = {
    "bodycam": "chest-worn body camera, wide barrel-distorted lens, slightly shaky, harsh automatic exposure",
    "dashcam": "car-mounted dash camera, wide fixed lens, windscreen at the edges",
    "cctv": "ceiling security camera, fixed wide lens, low contrast, faint noise",
    "doorbell": "doorbell camera at chest height, strong fisheye",
    "helicopter": "police helicopter camera, long lens from far above, slow drift",
    "interview": "locked-off interview camera, plain lens, soft key light",
    "phone": "handheld phone video by a bystander, mild shake",
}
_SIZES: dict[Size, str] = {
    "extreme_long": "Extreme wide shot",
    "long": "Wide shot",
    "full": "Full shot, head to toe",
    "medium": "Medium shot, waist up",
    "medium_close": "Medium close-up, chest up",
    "close": "Close-up",
    "extreme_close": "Extreme close-up",
}
_ANGLES = {
    "eye": "at eye level",
    "low": "from below",
    "high": "from above",
    "overhead": "from straight overhead",
    "dutch": "with a tilted horizon",
}
_BUILDS: dict[Build, str] = {
    "small": "small",
    "slim": "slim",
    "average": "average-built",
    "broad": "broad-shouldered",
    "tall": "tall",
}
_LIGHTS: dict[Light, str] = {
    "day": "flat daylight",
    "dusk": "blue dusk with the first lamps on",
    "night": "night, sodium-orange lamps and deep blue shadow",
    "dawn": "pale dawn light",
}
_INSIDE = {
    "car": "night outside, green dashboard glow inside",
    "interview": "a plain ceiling lamp, no window",
    "dispatch_room": "dim, lit by green screens",
}
_WEATHER: dict[Weather, str] = {
    "clear": "dry and clear",
    "rain": "steady rain",
    "fog": "low fog",
    "snow": "light snow",
    "wind": "strong wind",
}
_SETS: dict[SetName, str] = {
    "street": "a small-town street",
    "shop": "inside a small shop",
    "car": "inside a moving patrol car",
    "interview": "a plain interview room",
    "porch": "the front porch of a house",
    "parking_lot": "a half-empty parking lot",
    "hallway": "a long narrow hallway",
    "park": "a town park",
    "dispatch_room": "a small emergency dispatch room with screens",
    "waterfront": "a small-town waterfront",
    "diner": "inside a roadside diner",
    "alley": "a narrow alley between brick backs",
    "highway": "the hard shoulder of a highway",
    "rooftop": "a flat rooftop above a small town",
    "kitchen": "inside a steel restaurant kitchen",
}
_POSES = {
    "stand": "standing", "walk": "walking", "run": "running", "sit": "sitting", "crouch": "crouching", "lie": "lying",
    "hands_up": "with hands raised", "point": "pointing", "carry": "carrying something", "talk": "talking",
    "lean": "leaning in",
}  # fmt: skip
_ACTIONS = {
    "bounce": "bounces", "spin": "spins", "roll": "rolls along", "fly": "takes to the air", "grow": "gets bigger",
    "multiply": "turns out to be several", "honk": "makes a loud noise", "shake": "shakes", "vanish": "is gone",
}  # fmt: skip
_GESTURES = {
    "point": "points", "look_left": "looks left", "look_right": "looks right", "hands_up": "raises both hands",
    "nod": "nods", "shrug": "shrugs", "jump": "jumps", "shake": "shakes the head", "crouch": "crouches",
    "turn": "turns to look",
}  # fmt: skip
_ROLES = {
    "officer": "police officer", "sergeant": "police sergeant", "dispatcher": "dispatcher", "suspect": "suspect",
    "witness": "witness", "reporter": "reporter", "bystander": "bystander", "official": "town official",
}  # fmt: skip
_PEOPLE = {"she": "woman", "he": "man"}


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
    event = _event(view, slot, subjects, events)
    where, framing = _where(view), f"{_SIZES[setup.size]} {_ANGLES[setup.angle]}, {_CAMERA[setup.owner]}"
    crowd = [f"{_describe(view, slot, subject)}, {_stance(view, subject)}" for subject in subjects]
    who = "; ".join(crowd) if crowd else "Nobody in the picture"
    prompt = f"{framing}. {where}. {_capital(who)}. {event} {_moves(setup)}"
    gone = {each.who for each in events if isinstance(each, Exit)}
    coming = {each.who for each in events if isinstance(each, Enter)}
    before = [_name(view, subject.id) for subject in subjects if subject.id not in coming]
    after = [_name(view, subject.id) for subject in subjects if subject.id not in gone]
    return ShotWords(
        first_frame=f"{_SIZES[setup.size]} of {_join(before) or 'the empty place'} {_ANGLES[setup.angle]}, before it"
        " happens.",
        last_frame=f"{_capital(_join(after) or 'the empty place')}, held: {event[:1].lower()}{event[1:]}",
        prompt=" ".join(prompt.split()),
        negative_prompt=NEGATIVE + (_STEADY if setup.movement.kind in ("static", "pan") else ""),
    )


def resize(shot: Shot, size: Size, angle: Angle) -> str:
    """Return the shot's prompt with another size and angle; a prompt in other words gets them in front."""
    old = f"{_SIZES[shot.size]} {_ANGLES[shot.angle]}"
    new = f"{_SIZES[size]} {_ANGLES[angle]}"
    return new + shot.prompt.removeprefix(old) if shot.prompt.startswith(old) else f"{new}. {shot.prompt}"


def contradicts(prompt: str, light: Light, weather: Weather) -> bool:
    """Whether a prompt in our words speaks of another light or weather than the scene has now."""
    others = [words for name, words in _LIGHTS.items() if name != light]
    others += [words for name, words in _WEATHER.items() if name != weather]
    return any(words in prompt for words in others)


def _where(view: SceneView) -> str:
    place, scene = view.place, view.scene
    hour = scene.clock.strftime("%H:%M")
    light = _LIGHTS[scene.light]
    if place.interior and scene.light == "night":
        light = _INSIDE.get(place.set, "night outside, pale tube lamps inside, deep shadow")
    parts = [_SETS[place.set], _landmark(place), f"at {hour}, {light}"]
    if not place.interior:
        parts.append(_WEATHER[scene.weather])
    elif scene.weather in ("rain", "snow", "fog") and place.set != "interview":
        parts.append(f"{_WEATHER[scene.weather]} outside the window")
    if place.wrong:
        parts.append(f"one thing out of place: {place.wrong}")
    return _capital(", ".join(part for part in parts if part))


def _landmark(place: Place) -> str:
    if place.landmark:
        return f"known by {place.landmark}"
    return f"with {_join(place.dressing[:2])}" if place.dressing else ""


def _describe(view: SceneView, slot: Slot, subject: Subject) -> str:
    character = view.people.get(subject.id)
    if character is None:
        prop = view.world.prop(subject.id)
        return f"{_article(prop.name)} {prop.name}" if prop.count == 1 else f"several pieces of {prop.name}"
    garments = view.garments(character, slot.beat)
    if character.kind != "human":
        return _with_clothes(_bare(character.name), garments)
    person = _PEOPLE.get(character.pronoun, "person")
    looks = f"one {_BUILDS[character.build]} {_hair(character.hair)} {person}, a {_ROLES[character.role]},"
    return _with_clothes(looks, garments)


def _with_clothes(looks: str, garments: tuple[str, ...]) -> str:
    return f"{looks} in {_join(garments)}" if garments else looks.rstrip(",")


def _stance(view: SceneView, subject: Subject) -> str:
    side = "left of centre" if subject.at < 0.45 else "right of centre" if subject.at > 0.55 else "in the centre"
    if subject.outside:
        side = f"seen through the car window, {side}"
    if subject.id not in view.people:
        return side
    facing = "facing the camera" if subject.facing == "camera" else f"turned {subject.facing}"
    holding = f", holding the {view.world.prop(subject.holds).name}" if subject.holds else ""
    return f"{_POSES[subject.pose]} {side}, {facing}{holding}"


def _event(view: SceneView, slot: Slot, subjects: tuple[Subject, ...], events: Iterable[ActionEvent]) -> str:
    """Return the one thing that happens, as a sentence."""
    beat = view.beat(slot.beat)
    if slot.gag:
        return _sentence(_anonymous(view, slot.gag))
    seen = {subject.id for subject in subjects}
    enters_late = slot.kind == "establish" and beat.purpose in ("cold_open", "chase") and bool(beat.action)
    if (slot.kind == "action" and beat.action) or slot.acting or enters_late:
        return _sentence(_anonymous(view, beat.action))
    if slot.kind == "establish":
        return "The place before anything happens."
    speaking = [view.line(cue.line) for cue in (*slot.cues, *slot.tails) if view.line(cue.line).speaker in seen]
    if speaking:
        manner = "" if speaking[0].delivery in ("calm", "flat") else f", {speaking[0].delivery}"
        return f"{_capital(_name(view, speaking[0].speaker))} speaks{manner}."
    for event in events:
        if isinstance(event, Gesture):
            return f"{_capital(_name(view, event.who))} listens and {_GESTURES[event.gesture]}."
        if isinstance(event, ThingActs):
            return f"{_capital(_name(view, event.who))} {_ACTIONS[event.action]}."
    return f"{_capital(_name(view, subjects[0].id))} stays still and listens." if subjects else "Nothing moves."


def _anonymous(view: SceneView, text: str) -> str:
    """Return the text with what a stranger sees in the place of names, which a video model does not know."""
    for character in view.world.characters:
        if character.kind == "human":
            for name in (character.name, character.short_name):
                text = re.sub(rf"\b{re.escape(name)}\b", _name(view, character.id), text)
    return text


def _moves(setup: Setup) -> str:
    kind, direction = setup.movement.kind, setup.movement.direction
    if kind == "static":
        return "The camera does not move."
    if kind == "handheld":
        return "The camera sways a little."
    towards = "" if direction == "none" else f" {direction}"
    pace = "quickly" if setup.movement.speed > 0.2 else "slowly"
    verb = {"push": "moves", "pull": "moves", "follow": "follows", "zoom": "zooms", "orbit": "circles"}.get(
        kind, f"{kind}s"
    )
    return f"The camera {verb}{towards} {pace}."


def _name(view: SceneView, subject: str) -> str:
    """Return what a stranger would call somebody or something in the picture."""
    character = view.people.get(subject)
    if character is None:
        return f"the {view.world.prop(subject).name}"
    if character.kind != "human":
        return _bare(character.name)
    return f"the {_BUILDS[character.build]} {_ROLES[character.role]}"


def _bare(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}" if re.match(r"(The|A|An|One|Several)\b", name) else f"the {name}"


def _hair(colour: str) -> str:
    """Return a rough word for a hair colour given as `#rrggbb`."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return ""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    light = (red * 3 + green * 6 + blue) / 10
    if light < 70:
        return "dark-haired"
    if max(red, green, blue) - min(red, green, blue) < 30:
        return "grey-haired"
    if red > green * 1.5:
        return "red-haired"
    return "fair-haired" if light > 150 else "brown-haired"


def _join(words: Iterable[str]) -> str:
    parts = list(words)
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)


def _article(noun: str) -> str:
    return "an" if noun[:1].lower() in "aeiou" else "a"


def _sentence(text: str) -> str:
    text = text.strip()
    return _capital(text if text[-1:] in ".!?" else text + ".")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
