"""How an event of a shot is heard: who makes the sound, on what, how near to the microphone, and on which side."""

from episodes.cast import Character, Place, SetName, World
from episodes.effects import Weather
from episodes.requests import PlacedEvent, Sounding, Surface
from episodes.shots import ActionEvent, Door, Enter, Exit, Fall, Grab, LightBar, Shot, SirenPass
from episodes.story_state import OFFICER_ROLES

_GROUNDS: dict[SetName, Surface] = {
    "park": "grass",
    "porch": "wood",
    "waterfront": "wood",
    "rooftop": "gravel",
    "interview": "carpet",
    "dispatch_room": "carpet",
    "car": "seat",
}
"""What one walks on in sets where it is neither a tiled floor indoors nor concrete outside."""

_ROOFED: frozenset[SetName] = frozenset(("porch", "car"))
"""Sets outdoors on whose ground no rain or snow falls."""

_AWAY = 0.8
"""How much of its nearness a sound loses from the lens to the back of the set."""
_UNSEEN = 0.5
"""Nearness of what has no place of its own in the picture."""
_ALOFT = 0.3
"""Share of its nearness that is left of a sound seen from a helicopter."""
_METRES = {"small": 1.55, "slim": 1.7, "average": 1.72, "broad": 1.78, "tall": 1.92}


def heard_event(world: World, shot: Shot, event: ActionEvent, *, spoken: bool) -> PlacedEvent:
    """Return an event as it is heard over its shot; `spoken` says whether somebody speaks at that moment."""
    place = world.place(shot.place)
    who = event.what if isinstance(event, Fall) else getattr(event, "who", "")
    what = event.what if isinstance(event, Grab) else ""
    return PlacedEvent(
        event=event,
        surface=ground(place, shot.weather),
        set=place.set,
        who=Sounding(name=world.agency.name) if isinstance(event, SirenPass) else sounding(world, who),
        what=sounding(world, what),
        near=_near(shot, event, who),
        side=_side(shot, event, who),
        spoken=spoken,
    )


def ground(place: Place, weather: Weather) -> Surface:
    """Return what one walks on in a place, in its weather."""
    under = _GROUNDS.get(place.set, "tile" if place.interior else "concrete")
    if place.interior or place.set in _ROOFED:
        return under
    if weather == "snow":
        return "snow"
    return "wet" if weather == "rain" and under in ("concrete", "grass") else under


def sounding(world: World, id_: str) -> Sounding | None:
    """Return a character or a prop as an ear knows it; None for somebody whom the world does not hold."""
    for character in world.characters:
        if character.id == id_:
            return _person(character)
    for prop in world.props:
        if prop.id == id_:
            return Sounding(name=prop.name, emoji=prop.emoji, metres=prop.metres)
    return None


def _person(character: Character) -> Sounding:
    human = character.kind == "human"
    return Sounding(
        name=character.short_name.lower() if not human else character.short_name,
        kind=character.kind,
        emoji=character.emoji,
        metres=_METRES[character.build] if human else 0.0,
        build=character.build,
        kit=human and character.role in OFFICER_ROLES,
    )


def _near(shot: Shot, event: ActionEvent, who: str) -> float:
    if isinstance(event, SirenPass):
        return 1.0  # It comes and goes by itself.
    seen = next((subject for subject in shot.subjects if subject.id == who), None)
    if seen is not None:
        near = 1 - _AWAY * seen.depth
    elif isinstance(event, Door | LightBar) or (who and who != shot.wearer):
        near = _UNSEEN
    else:
        near = 1.0
    return round(near * (_ALOFT if shot.owner == "helicopter" else 1), 3)


def _side(shot: Shot, event: ActionEvent, who: str) -> float:
    if isinstance(event, Enter | Exit):
        return {"left": -0.7, "right": 0.7}.get(event.side, 0.0)
    seen = next((subject for subject in shot.subjects if subject.id == who), None)
    return round(min(max(2 * seen.at - 1, -1.0), 1.0), 3) if seen is not None else 0.0
