"""A scene heading that a person has changed: place, light, weather and time of day."""

import re
from difflib import get_close_matches

from episodes.cast import Place, World
from episodes.changes import SetWorld
from episodes.effects import Light, Weather
from episodes.screenplay import one_line
from episodes.script import Scene
from episodes.understood import Finding, listed, quoted
from episodes.value import Value

_INSIDE = re.compile(r"^(?P<inside>INT\.?\s*/\s*EXT|I/E|INT|EXT|EST)[. ]+\s*(?P<rest>.*)$", re.IGNORECASE)
_LIGHTS: dict[str, Light] = {
    "day": "day", "morning": "day", "noon": "day", "afternoon": "day", "midday": "day", "dusk": "dusk",
    "evening": "dusk", "sunset": "dusk", "night": "night", "midnight": "night", "dawn": "dawn", "sunrise": "dawn",
}  # fmt: skip
_WEATHERS: dict[str, Weather] = {
    "clear": "clear", "dry": "clear", "rain": "rain", "raining": "rain", "fog": "fog", "foggy": "fog", "snow": "snow",
    "snowing": "snow", "wind": "wind", "windy": "wind",
}  # fmt: skip
_GOES_ON = ("continuous", "later", "moments later", "same", "same time", "same day")
_CLOCK = re.compile(r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})\s*(?P<half>[ap]\.?m\.?)?", re.IGNORECASE)


class Heading(Value):
    """What a heading says; None where it says nothing of it."""

    inside: bool | None = None
    place: str = ""
    light: Light | None = None
    weather: Weather | None = None
    clock: str | None = None
    """`HH:MM`."""


def read_heading(text: str) -> Heading:
    """Return what a heading says: `INT. DINER - NIGHT - RAIN - 03:10`, in any order behind the place."""
    inside = _INSIDE.match(text.strip())
    rest = inside["rest"] if inside else text
    which = inside["inside"].upper().rstrip(".") if inside else ""
    found: dict[str, object] = {"inside": {"INT": True, "EXT": False}.get(which)}
    parts = [part.strip() for part in re.split(r"\s+[-–—]+\s+|\s*,\s*(?=[^,]*$)", rest)]
    while len(parts) > 1 and (said := _said(parts[-1])):
        found = said | found
        parts.pop()
    return Heading.model_validate(found | {"place": " - ".join(parts)})


def _said(part: str) -> dict[str, object]:
    """Return what one part behind the place says; nothing when it belongs to the place."""
    word = part.casefold().rstrip(".")
    if word in _GOES_ON:
        # What a writing program puts there says that nothing is different.
        return {"clock": None}
    if word in _LIGHTS:
        return {"light": _LIGHTS[word]}
    if word in _WEATHERS:
        return {"weather": _WEATHERS[word]}
    clock = read_clock(part)
    return {"clock": clock} if clock is not None else {}


def read_clock(text: str) -> str | None:
    """Return a time of day as `HH:MM`: of `3:10`, `03.10` or `3:10 PM`; None when it is none."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def heading_edit(new: str, printed: str, scene: Scene, world: World, finding: Finding) -> None:
    """Add what another heading changes in a scene."""
    if new.casefold().split() == printed.casefold().split():
        return
    said = read_heading(new)
    place = _place(said.place, scene, world, f"Scene {scene.id}", finding)
    here = place or world.place(scene.place)
    if said.inside is not None and said.inside != here.interior:
        where = "indoors" if here.interior else "outdoors"
        finding.left.append(
            f"Scene {scene.id} stays {where}: {here.name} is a place {where}; name another place to go elsewhere."
        )
    update: dict[str, str] = {}
    if place is not None and place.id != scene.place:
        update["place"] = place.id
        finding.said.append(f"Scene {scene.id} now plays at {place.name}.")
    if said.light is not None and said.light != scene.light:
        update["light"] = said.light
        finding.said.append(f"Scene {scene.id} now plays at {said.light}.")
    if said.weather is not None and said.weather != scene.weather:
        update["weather"] = said.weather
        finding.said.append(f"The weather of scene {scene.id} is now {said.weather}.")
    if said.clock is not None and said.clock != scene.clock.strftime("%H:%M"):
        update["clock"] = said.clock
        finding.said.append(f"Scene {scene.id} now begins at {said.clock}.")
    if update:
        finding.changes.append(SetWorld.model_validate({"scene": scene.id, **update}))


def place_called(name: str, world: World) -> Place | None:
    """Return the place of this printed name, whatever its case; None when there is none, or more than one."""
    wanted = _plain(name)
    found = [place for place in world.places if wanted in (_plain(place.name), _plain(place.id))]
    return found[0] if len({place.id for place in found}) == 1 else None


def _place(name: str, scene: Scene, world: World, what: str, finding: Finding) -> Place | None:
    current = world.place(scene.place)
    if _plain(name) in (_plain(one_line(current.name)), _plain(current.id), ""):
        return current
    found = place_called(name, world)
    if found is not None:
        return found
    near = get_close_matches(_plain(name)[:120], [_plain(place.name) for place in world.places], n=1, cutoff=0.85)
    if near:
        return next(place for place in world.places if _plain(place.name) == near[0])
    finding.left.append(no_place(what, name, world))
    return None


def no_place(what: str, name: str, world: World) -> str:
    """Return the sentence for a place that an episode does not have."""
    known = listed([place.name for place in world.places])
    return f"{what} does not go to {quoted(name, 50)}: this episode has no place of that name; it has {known}."


def _plain(name: str) -> str:
    return " ".join(one_line(name).casefold().split())
