"""From a model's outline to a world: ids, units, voices, colours and clocks are set by code."""

import random
import re

from anyascii import anyascii

from agents.writer.casting import dressed, signed_out
from agents.writer.model_answers import CastMember, OutlineAnswer, PlaceAnswer
from agents.writer.voicing import VoiceShape, Voicing, part_of
from episodes.bible import Bible
from episodes.cast import Agency, Build, Character, Place, Prop, RadioCode, Unit, Vehicle, VoiceOffer, World
from episodes.value import seed_from

UNIT, SERGEANT_UNIT, CAR = "4A10", "4S1", "car-410"
OUTSIDE = ("street", "porch", "parking_lot", "park", "waterfront", "alley", "highway", "rooftop")

_TOWNS = (
    ("Marrow Creek", "Marrow County"), ("Dunmore Flats", "Dunmore County"), ("Little Pelham", "Pelham County"),
    ("Sorrel Bay", "Sorrel County"), ("Upper Quimby", "Quimby County"), ("Cinder Ferry", "Ferry County"),
)  # fmt: skip
_CODES = (
    RadioCode(code="10-4", meaning="understood"),
    RadioCode(code="10-9", meaning="say again"),
    RadioCode(code="10-23", meaning="on scene"),
)
_DISPATCHERS = ("Dot Marlow", "Ruth Pennick", "Lyle Ostrander")
_STREETS = ("Plum Street", "Gasworks Lane", "Second Avenue", "Button Lane", "Candlewick Road", "Turnip Hill")
_SKINS = ("#f0c8a4", "#d9a77f", "#b97f56", "#8d5a3a", "#6b4226")
_HAIRS = ("#2b2320", "#8a8178", "#a0522d", "#c9a15a", "#5b4a3f")
_BUILDS: tuple[Build, ...] = ("small", "slim", "average", "broad", "tall")
_COLOURS = {
    "navy": "#26324a", "blue": "#35618f", "yellow": "#d9b13b", "mustard": "#c79a2b", "green": "#3f7d4e",
    "red": "#a8433a", "orange": "#e0792b", "purple": "#6a4b8a", "teal": "#2f8f8a", "black": "#23262b",
    "white": "#e4e1d8", "grey": "#7d8288", "gray": "#7d8288", "brown": "#6d4c35", "pink": "#cf7f95",
    "tan": "#bd9a6a", "beige": "#cdb896", "khaki": "#9a8f62",
}  # fmt: skip
_UNIFORM = ("navy uniform shirt", "black duty vest")


def slug(name: str, taken: set[str], fallback: str) -> str:
    """Return a new id of lower-case letters, digits and hyphens for a name, and add it to `taken`."""
    base = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:24].strip("-") or fallback
    chosen, number = base, 2
    while chosen in taken:
        chosen, number = f"{base}-{number}", number + 1
    taken.add(chosen)
    return chosen


def agency_of(bible: Bible, chance: random.Random) -> Agency:
    """Return the show's agency, or a new one in a town that does not exist."""
    if bible.agency is not None:
        return bible.agency
    town, county = chance.choice(_TOWNS)
    return Agency(name=f"{town} Police Department", county=county, codes=_CODES)


def build_world(
    outline: OutlineAnswer,
    bible: Bible,
    voices: tuple[VoiceOffer, ...],
    shapes: dict[str, VoiceShape],
    chance: random.Random,
    cars: tuple[Vehicle, ...] = (),
) -> World:
    """Return the world of an outline: everybody has a voice, officers have a unit, and somebody sits at dispatch."""
    taken: set[str] = set()
    regulars = {regular.id: regular for regular in bible.characters}
    people = [_character(member, taken, regulars, chance) for member in outline.cast]
    if not any(person.role == "dispatcher" for person in people):
        people.append(_dispatcher(taken, bible, chance))
    kept = [person.voice for person in people if person.voice]
    # A chance of its own, so that a machine's voices change nothing else of the world.
    luck = random.Random(seed_from("voices", bible.show, outline.logline))
    shaped = _voiced(tuple(people), Voicing(voices, shapes, kept, luck))
    characters = tuple(dressed(shaped[person.id], bible.injuries) for person in people)
    agency = agency_of(bible, chance)
    car, _ = signed_out(own_car(chance), bible, cars)
    return World(
        agency=agency,
        characters=characters,
        units=_units(characters, car.id),
        vehicles=(car,),
        props=tuple(
            Prop(id=slug(prop.name, taken, "thing"), name=prop.name, emoji=prop.emoji or None, count=prop.count)
            for prop in outline.props
        ),
        places=tuple(_place(place, taken, chance) for place in outline.places),
        look=bible.look,
        past=bible.past,
    )


def own_car(chance: random.Random) -> Vehicle:
    """Return the patrol car of a new show."""
    return Vehicle(id=CAR, name="patrol car", plate=f"{chance.randint(1, 9)}PD{chance.randint(100, 999)}")


def _character(member: CastMember, taken: set[str], regulars: dict[str, Character], chance: random.Random) -> Character:
    known = regulars.get(member.id.lower())
    if known is not None and known.id not in taken:
        taken.add(known.id)
        return known
    serves = member.role in ("officer", "sergeant")
    wardrobe = tuple(garment for garment in member.wardrobe if garment) or (_UNIFORM if serves else ("plain jacket",))
    wardrobe = () if member.kind != "human" and not member.wardrobe else wardrobe
    return Character(
        id=slug(member.id, taken, "somebody"),
        name=member.name,
        short_name="Dispatch" if member.role == "dispatcher" else member.name.split()[-1],
        role=member.role,
        kind=member.kind,
        emoji=None if member.kind == "human" else member.emoji or "❓",
        unit={"officer": UNIT, "sergeant": SERGEANT_UNIT}.get(member.role),
        want=member.want,
        flaw=member.flaw,
        habit=member.habit,
        never_says=member.never_says,
        pronoun=member.pronoun,
        build=chance.choice(_BUILDS),
        skin=chance.choice(_SKINS),
        hair=chance.choice(_HAIRS),
        wardrobe=wardrobe,
        colours=tuple(_colour(garment, chance) for garment in wardrobe),
    )


def _dispatcher(taken: set[str], bible: Bible, chance: random.Random) -> Character:
    for regular in bible.characters:
        if regular.role == "dispatcher" and regular.id not in taken:
            taken.add(regular.id)
            return regular
    name = chance.choice(_DISPATCHERS)
    return Character(
        id=slug(name.split()[0], taken, "dispatch"),
        name=f"Dispatcher {name}",
        short_name="Dispatch",
        role="dispatcher",
        want="a quiet log",
        habit="no adjectives",
        never_says="unbelievable",
        wardrobe=("grey cardigan",),
        colours=(_COLOURS["grey"],),
    )


def _voiced(people: tuple[Character, ...], voicing: Voicing) -> dict[str, Character]:
    """Return everybody by id, each with a voice; who is heard most is served first, so that it is a clear one."""
    weight = ("officer", "dispatcher", "sergeant")
    order = sorted(people, key=lambda one: weight.index(one.role) if one.role in weight else len(weight))
    shaped, officers = {}, 0
    for person in order:
        voice = person.voice or voicing.voice(part_of(person, officers), person.pronoun)
        officers += person.role == "officer"
        shaped[person.id] = person.model_copy(update={"voice": voice})
    return shaped


def _units(characters: tuple[Character, ...], car: str) -> tuple[Unit, ...]:
    units: list[Unit] = []
    for unit_id in dict.fromkeys(person.unit for person in characters if person.unit):
        members = tuple(person.id for person in characters if person.unit == unit_id)
        units.append(Unit(id=unit_id, members=members, vehicle=None if units else car))
    return tuple(units)


def _place(place: PlaceAnswer, taken: set[str], chance: random.Random) -> Place:
    return Place(
        id=slug(place.name, taken, "place"),
        name=place.name,
        set=place.set,
        interior=place.set not in OUTSIDE,
        address=place.address or f"{chance.randint(2, 98)} {chance.choice(_STREETS)}",
        landmark=place.landmark or place.name,
        dressing=tuple(item for item in place.dressing if item),
        wrong=place.wrong,
    )


def _colour(garment: str, chance: random.Random) -> str:
    words = garment.lower().split()
    return next((_COLOURS[word] for word in words if word in _COLOURS), chance.choice(tuple(_COLOURS.values())))
