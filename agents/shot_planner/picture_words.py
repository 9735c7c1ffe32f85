"""The words of a picture: how sizes, cameras, places, hours, weather, people and their clothes are said to a model."""

import re
from collections.abc import Iterable
from datetime import datetime

from agents.shot_planner.clauses import denies, without_denial
from episodes.cast import Build, Character, Place, SetName
from episodes.effects import Light, Weather
from episodes.shots import Angle, CameraOwner, Movement, Size

CAMERAS: dict[CameraOwner, str] = {
    "bodycam": "seen from chest height, wide barrel-distorted lens, slightly shaky, harsh automatic exposure",
    "dashcam": "seen from a dashboard, wide fixed lens, windscreen at the edges",
    "cctv": "seen from the ceiling, fixed wide lens, low contrast, faint noise",
    "doorbell": "seen from a front door, strong fisheye",
    "helicopter": "seen from far above, long lens, slow drift",
    "interview": "locked-off, plain lens, soft key light",
    "phone": "seen at arm's length, handheld, mild shake",
}
"""How each camera sees. None of them is named: a model would draw it."""
SIZES: dict[Size, str] = {
    "extreme_long": "Extreme wide shot",
    "long": "Wide shot",
    "full": "Full shot, head to toe",
    "medium": "Medium shot, waist up",
    "medium_close": "Medium close-up, chest up",
    "close": "Close-up",
    "extreme_close": "Extreme close-up",
}
ANGLES = {
    "eye": "at eye level",
    "low": "from below",
    "high": "from above",
    "overhead": "from straight overhead",
    "dutch": "with a tilted horizon",
}
BUILDS: dict[Build, str] = {
    "small": "small",
    "slim": "slim",
    "average": "average-built",
    "broad": "broad-shouldered",
    "tall": "tall",
}
LIGHTS: dict[Light, str] = {
    "day": "flat daylight",
    "dusk": "blue dusk with the first lamps on",
    "night": "night, sodium-orange lamps and deep blue shadow",
    "dawn": "pale dawn light",
}
INSIDE = {
    "car": "night outside, green dashboard glow inside",
    "interview": "a plain ceiling lamp, bare walls at night",
    "dispatch_room": "dim, lit by green screens",
}
WEATHERS: dict[Weather, str] = {
    "clear": "dry and clear",
    "rain": "steady rain",
    "fog": "low fog",
    "snow": "light snow",
    "wind": "strong wind",
}
SETS: dict[SetName, str] = {
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
POSES = {
    "stand": "standing", "walk": "walking", "run": "running", "sit": "sitting", "crouch": "crouching", "lie": "lying",
    "hands_up": "with hands raised", "point": "pointing", "carry": "carrying something", "talk": "talking",
    "lean": "leaning in",
}  # fmt: skip
ACTIONS = {
    "bounce": "bounces", "spin": "spins", "roll": "rolls along", "fly": "takes to the air", "grow": "gets bigger",
    "multiply": "turns out to be several", "honk": "makes a loud noise", "shake": "shakes", "vanish": "is gone",
}  # fmt: skip
GESTURES = {
    "point": "points", "look_left": "looks left", "look_right": "looks right", "hands_up": "raises both hands",
    "nod": "nods", "shrug": "shrugs", "jump": "jumps", "shake": "shakes the head", "crouch": "crouches",
    "turn": "turns to look",
}  # fmt: skip
ROLES = {
    "officer": "police officer", "sergeant": "police sergeant", "dispatcher": "dispatcher", "suspect": "suspect",
    "witness": "witness", "reporter": "reporter", "bystander": "bystander", "official": "town official",
}  # fmt: skip
PEOPLE = {"she": "woman", "he": "man"}


EMPTY = "The place stands empty"
"""Said where nobody and nothing is named: a model that reads "nobody" draws somebody."""
STILL = "Everything stays still."


def framing(size: Size, angle: Angle, owner: CameraOwner) -> str:
    """Return how a shot is framed, and by what kind of camera."""
    return f"{SIZES[size]} {ANGLES[angle]}, {CAMERAS[owner]}"


def setting(place: Place, clock: datetime, light: Light, weather: Weather) -> str:
    """Return place, landmark, hour, light and weather, as one clause with a capital letter."""
    shone = LIGHTS[light]
    if place.interior and light == "night":
        shone = INSIDE.get(place.set, "night outside, pale tube lamps inside, deep shadow")
    parts = [SETS[place.set], landmark(place), f"at {clock:%H:%M}, {shone}"]
    if not place.interior:
        parts.append(WEATHERS[weather])
    elif weather in ("rain", "snow", "fog") and place.set != "interview":
        parts.append(f"{WEATHERS[weather]} outside the window")
    if place.wrong and not denies(place.wrong):
        parts.append(f"one thing out of place: {place.wrong}")
    return capital(", ".join(part for part in parts if part))


def moves(movement: Movement) -> str:
    """Return the camera's one movement as a sentence."""
    if movement.kind == "static":
        return "The camera stands still."
    if movement.kind == "handheld":
        return "The camera sways a little."
    towards = "" if movement.direction == "none" else f" {movement.direction}"
    pace = "quickly" if movement.speed > 0.2 else "slowly"
    verbs = {"push": "moves", "pull": "moves", "follow": "follows", "zoom": "zooms", "orbit": "circles"}
    return f"The camera {verbs.get(movement.kind, movement.kind + 's')}{towards} {pace}."


def person(character: Character, garments: tuple[str, ...]) -> str:
    """Return what a stranger sees of somebody: `one tall dark-haired man, a witness, in green apron and grey hat`."""
    who = PEOPLE.get(character.pronoun, "person")
    return dressed(f"one {BUILDS[character.build]} {hair(character.hair)} {who}, a {ROLES[character.role]},", garments)


def strangers(characters: Iterable[Character]) -> dict[str, str]:
    """Return what a stranger would call each of them, by id: `the tall police officer`, `the goose`.

    No two people are called the same: a model takes two that are for one, or draws twins.
    """
    everybody = tuple(characters)
    people = [one for one in everybody if one.kind == "human"]
    names = {one.id: bare(one.name) for one in everybody if one.kind != "human"}
    for number, one in enumerate(people):
        same = [each for each in people if each.id != one.id]
        ways = (way for way in range(3) if all(_seen_as(each, way) != _seen_as(one, way) for each in same))
        way = next(ways, None)
        if way is not None:
            names[one.id] = _seen_as(one, way)
        else:
            earlier = sum(_seen_as(each, 2) == _seen_as(one, 2) for each in people[:number])
            names[one.id] = _seen_as(one, 2).replace("the ", f"the {_ORDINALS[min(earlier, 4)]} ", 1)
    return names


_ORDINALS = ("first", "second", "third", "fourth", "last")


def _seen_as(character: Character, way: int) -> str:
    """Return a person in words: by build, by hair as well, and by sex too."""
    build, role = BUILDS[character.build], ROLES[character.role]
    if way == 0:
        return f"the {build} {role}"
    sex = {"she": "female ", "he": "male "}.get(character.pronoun, "") if way == 2 else ""
    return " ".join(f"the {build} {hair(character.hair)} {sex}{role}".split())


def landmark(place: Place) -> str:
    """Return the one thing that a place is known by, or two that stand in it; empty where nobody wrote either."""
    known = without_denial(place.landmark)
    if known:
        return f"known by {known}"
    return f"with {join(place.dressing[:2])}" if place.dressing else ""


def dressed(looks: str, garments: tuple[str, ...]) -> str:
    """Return how somebody looks, in what they wear."""
    return f"{looks} in {join(garments)}" if garments else looks.rstrip(",")


def hair(colour: str) -> str:
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


def bare(name: str) -> str:
    """Return a thing's or an animal's name with an article."""
    return f"{name[:1].lower()}{name[1:]}" if re.match(r"(The|A|An|One|Several)\b", name) else f"the {name}"


def join(words: Iterable[str]) -> str:
    """Return words as an enumeration."""
    parts = list(words)
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)


def article(noun: str) -> str:
    """Return the indefinite article that goes before a noun."""
    return "an" if noun[:1].lower() in "aeiou" else "a"


def sentence(text: str) -> str:
    """Return a text with a capital letter and a full stop."""
    text = text.strip()
    return capital(text if text[-1:] in ".!?" else text + ".")


def capital(text: str) -> str:
    """Return a text whose first letter is a capital."""
    return text[:1].upper() + text[1:]
