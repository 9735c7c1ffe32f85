"""Which of the person's own recordings stands for a sound: by the names of their files, the most specific first.

`docs/sounds.md` lists the names for people.
"""

import re
from collections.abc import Iterable
from typing import Literal, get_args

from episodes.cast import SetName
from episodes.nouns import nouns
from episodes.requests import OwnSound, PlacedBed, PlacedEvent, Sounding, Surface
from episodes.shots import Door, Enter, Exit, Fall, Gesture, Grab, LightBar, SirenPass, Step, ThingActs, Torch
from episodes.value import Value

Part = Literal["foot", "kit", "door", "bell", "fall", "grab", "cloth", "torch", "relay", "siren", "motion", "voice"]
"""One of the sounds that an event is made of; each may be synthesised or recorded."""

DOORS: dict[SetName, str] = {
    "shop": "shop",
    "diner": "shop",
    "kitchen": "metal",
    "alley": "metal",
    "rooftop": "metal",
    "car": "car",
    "street": "car",
    "parking_lot": "car",
    "highway": "car",
    "park": "car",
    "waterfront": "car",
    "dispatch_room": "glass",
    "porch": "screen",
}
"""What kind of door a set has; `room` where it is none of these. Outdoors it is the patrol car's."""

_ACTIONS = get_args(ThingActs.model_fields["action"].annotation)
_TAKE = re.compile(r"-\d{1,3}$")


class Sought(Value):
    """One sound of an event, and the names by which the person may have recorded it."""

    part: Part
    names: tuple[str, ...]
    """The most specific first."""


def door_kind(place: SetName | None) -> str:
    """Return what kind of door a set has: shop, metal, car, glass, screen or room."""
    return DOORS.get(place, "room") if place else "room"


def sought(placed: PlacedEvent) -> tuple[Sought, ...]:
    """Return the sounds that an event is made of, each with its names; nothing for an event that is silent here."""
    event, who = placed.event, placed.who
    match event:
        case Step():
            return _stepped(placed, event.gait)
        case Door():
            return _door(event.action, placed.set)
        case Fall():
            ends = (f"fall-{placed.surface}", "fall")
            return (Sought(part="fall", names=(*_of(who, "fall"), *ends)),)
        case Grab():
            return _with_kit(placed, Sought(part="grab", names=(*_of(placed.what, "grab"), "grab")))
        case Enter() | Exit() if who is not None and who.kind != "human":
            came = Sought(part="voice", names=(*_of(who, event.kind), *_plain(who)))
            return (Sought(part="motion", names=(*_of(who, "walk"), "cloth")), came)
        case Enter() | Exit() | Gesture():
            return _with_kit(placed, Sought(part="cloth", names=(f"cloth-{event.kind}", "cloth")))
        case Torch():
            return (Sought(part="torch", names=(f"torch-{event.action}", "torch")),)
        case LightBar():
            return (Sought(part="relay", names=("light-bar",)),)
        case SirenPass():
            return (Sought(part="siren", names=("siren",)),)
        case ThingActs():
            return _acted(event.action, who)
        case _:
            return ()


def _stepped(placed: PlacedEvent, gait: str) -> tuple[Sought, ...]:
    if placed.surface == "seat":
        return ()
    general = (f"step-{placed.surface}-{gait}", f"step-{placed.surface}", f"step-{gait}", "step")
    own = _of(placed.who, "step") if placed.who is not None and placed.who.kind != "human" else ()
    # An animal has no boots: only its own steps stand for it.
    names = own if placed.who is not None and placed.who.kind != "human" else general
    return _with_kit(placed, Sought(part="foot", names=names))


def _door(action: str, place: SetName | None) -> tuple[Sought, ...]:
    kind = door_kind(place)
    here = (f"door-{place.replace('_', '-')}-{action}",) if place else ()
    found = (Sought(part="door", names=(*here, f"door-{kind}-{action}", f"door-{action}")),)
    return (*found, Sought(part="bell", names=("door-bell",))) if kind == "shop" and action == "open" else found


def _acted(action: str, who: Sounding | None) -> tuple[Sought, ...]:
    own = _of(who, action)
    if action == "honk":
        return (Sought(part="voice", names=(*own, *_plain(who), "honk")),)
    moved = Sought(part="motion", names=(*own, action))
    return (moved, Sought(part="voice", names=_plain(who)))


def _with_kit(placed: PlacedEvent, sound: Sought) -> tuple[Sought, ...]:
    kit = placed.who is not None and placed.who.kit
    return (sound, Sought(part="kit", names=("keys", "belt"))) if kit else (sound,)


def _of(who: Sounding | None, action: str) -> tuple[str, ...]:
    return tuple(f"{name}-{action}" for name in _plain(who))


def _plain(who: Sounding | None) -> tuple[str, ...]:
    return tuple(file_name(noun) for noun in nouns(who.name)) if who is not None else ()


def bed_names(bed: PlacedBed) -> tuple[str, ...]:
    """Return the names by which a place's ambience may have been recorded, the most specific first."""
    here = f"bed-{file_name(bed.set)}"
    around = "bed-inside" if bed.interior else "bed-outside"
    ends = (f"-{bed.light}-{bed.weather}", f"-{bed.weather}", f"-{bed.light}", "")
    # In rain, a dry street would be wrong: a recording without its weather stands for clear weather alone.
    fit = [end for end in ends if bed.weather == "clear" or bed.weather in end or bed.interior]
    return (*(here + end for end in fit), *(around + end for end in fit))


def file_name(text: str) -> str:
    """Return a name as files are matched by it: lower case, words joined with hyphens."""
    return "-".join(re.findall(r"\w+", text.lower().replace("'", "").replace("_", " ")))


def without_take(name: str) -> str:
    """Return a file's name without the number of its take: `goose-honk` for `goose-honk-2`."""
    return _TAKE.sub("", name)


def takes(names: Iterable[str], sounds: tuple[OwnSound, ...]) -> tuple[OwnSound, ...]:
    """Return all takes of the first of the names that the person has recorded; nothing when there is none."""
    for name in names:
        found = tuple(sound for sound in sounds if name in (sound.name, without_take(sound.name)))
        if found:
            return found
    return ()


def needed(
    events: tuple[PlacedEvent, ...], beds: tuple[PlacedBed, ...], sounds: tuple[OwnSound, ...]
) -> tuple[OwnSound, ...]:
    """Return the person's recordings that a scene asks for, in order of their names."""
    asked = [one.names for placed in events for one in sought(placed)] + [bed_names(bed) for bed in beds]
    found = {sound.name: sound for names in dict.fromkeys(asked) for sound in takes(names, sounds)}
    return tuple(found[name] for name in sorted(found))


def is_known(name: str, things: Iterable[str] = ()) -> bool:
    """Whether a file of this name can ever be asked for; `things` are nouns that have a sound of their own."""
    plain = without_take(name)
    if plain in _fixed():
        return True
    ends = ("", *(f"-{action}" for action in (*_ACTIONS, "fall", "grab", "step", "walk", "enter", "exit")))
    return any(plain == file_name(thing) + end for thing in things for end in ends)


def _fixed() -> frozenset[str]:
    """Return all names that are not made from a thing's."""
    gaits, lights = ("walk", "run"), ("day", "night", "dawn", "dusk")
    weathers = get_args(PlacedBed.model_fields["weather"].annotation)
    floors = [floor for floor in get_args(Surface) if floor != "seat"]
    steps = {"step", *(f"step-{x}" for x in (*gaits, *floors)), *(f"step-{x}-{g}" for x in floors for g in gaits)}
    kinds = {*DOORS.values(), "room", *(file_name(place) for place in get_args(SetName))}
    acts = ("open", "close", "slam", "knock")
    doors = {"door-bell", *(f"door-{a}" for a in acts), *(f"door-{k}-{a}" for k in kinds for a in acts)}
    places = ("inside", "outside", *(file_name(place) for place in get_args(SetName)))
    ends = (
        "",
        *(f"-{w}" for w in weathers),
        *(f"-{x}" for x in lights),
        *(f"-{x}-{w}" for x in lights for w in weathers),
    )
    beds = {f"bed-{place}{end}" for place in places for end in ends}
    falls = {"fall", *(f"fall-{floor}" for floor in get_args(Surface))}
    rest = ("grab", "cloth", "cloth-enter", "cloth-exit", "cloth-gesture", "torch", "torch-on", "torch-off",
            "torch-sweep", "light-bar", "siren", "keys", "belt", *_ACTIONS)  # fmt: skip
    return frozenset((*steps, *doors, *beds, *falls, *rest))
