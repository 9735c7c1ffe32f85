"""The people, units, things and places that an episode is played with."""

from typing import Literal, TypeVar

from pydantic import Field

from episodes.past import Past
from episodes.theme import ShowTheme
from episodes.value import Value

Role = Literal["officer", "sergeant", "dispatcher", "suspect", "witness", "reporter", "bystander", "official"]
Build = Literal["small", "slim", "average", "broad", "tall"]
SetName = Literal[
    "street", "shop", "car", "interview", "porch", "parking_lot", "hallway", "park", "dispatch_room", "waterfront",
    "diner", "alley", "highway", "rooftop", "kitchen",
]  # fmt: skip
"""What a place looks like: each has its drawing, its sound, and the cameras that hang in it."""


class VoiceOffer(Value):
    """A voice that an engine of this machine has: what casting must know of it."""

    engine: str
    """Name of the engine that speaks with it: `espeak-ng`."""
    variant: str
    """The engine's own name of the voice: `en-us+m3`."""
    suits: Literal["she", "he", "they"]
    """Which pronoun the voice is taken for; `they` for one that suits anybody."""
    pitch_hz: float
    """Median pitch in hertz of a calm line, measured; 0 where nobody has measured it."""
    brightness_db: float = 0.0
    """Measured: energy above 2 kHz against that from 150 Hz to 1 kHz, in decibels; higher is brighter."""
    heard: float = 1.0
    """Part of real lines, 0 to 1, that a recogniser told apart on the dry stem."""
    heard_on_air: float = 1.0
    """The same through the radio: how clear the voice is for a dispatcher."""
    likeness: str = ""
    """Whose recordings it was made of; two voices of one likeness sound like one person. Empty for nobody's."""


class VoiceCast(Value):
    """The voice that a character speaks with, chosen once and kept in the bible."""

    engine: str
    """Name of the engine that speaks: `espeak-ng`, `flite`, `festival`, `piper`, or another back end's own name."""
    variant: str
    """The engine's own name of the voice, such as `en-us+m3`."""
    pitch: int = 50
    """0 (low) to 99 (high); 50 is the voice as it is."""
    words_per_minute: int = 155
    """Pace of a calm line, pauses within it counted."""
    colour: float = 0.0
    """Decibels by which the voice is made brighter, or duller below 0: what lies far above 1 kHz is raised by half of
    it against 1 kHz, and what lies far below lowered by half of it."""
    liveliness: float = 1.0
    """How far the pitch moves in a line, against what the delivery asks: 0.5 is half as far, for a flat speaker."""


class Character(Value):
    """Somebody who may be seen or heard."""

    id: str
    """Lower-case letters, digits and hyphens: `okafor`."""
    name: str
    """As it is read on screen and in captions: `Officer Dale Okafor`."""
    short_name: str
    """As others call them: `Okafor`."""
    role: Role
    kind: Literal["human", "animal", "thing"] = "human"
    emoji: str | None = None
    """For an animal or a thing: the picture that stands for it."""
    unit: str | None = None
    """Unit id, `4A10`; dispatchers have none."""
    want: str = ""
    flaw: str = ""
    self_image: str = ""
    """What they take themselves for."""
    blind_spot: str = ""
    """What everybody sees but they."""
    habit: str = ""
    """A way of talking that tells who speaks when names are hidden."""
    never_says: str = ""
    pronoun: Literal["she", "he", "they", "it"] = "they"
    build: Build = "average"
    skin: str = "#b98a66"
    """`#rrggbb`."""
    hair: str = "#2b2320"
    wardrobe: tuple[str, ...] = ()
    """Garments as words, outermost last: `navy uniform shirt`, `yellow rain jacket`."""
    colours: tuple[str, ...] = ()
    """One `#rrggbb` for each garment."""
    voice: VoiceCast | None = None


class Unit(Value):
    """A radio call sign and who answers to it."""

    id: str
    """`4A10`: shift, beat letter, number."""
    members: tuple[str, ...]
    """Character ids."""
    vehicle: str | None = None
    """Vehicle id."""


class Vehicle(Value):
    """Something that can be boarded and driven."""

    id: str
    name: str
    plate: str = ""
    colour: str = "#2a3340"


class Prop(Value):
    """A thing that can be held, lost, counted and logged."""

    id: str
    name: str
    """Singular, without article: `jelly doughnut`."""
    emoji: str | None = None
    count: int = 1
    metres: float = 0.3
    """Longest side in metres, for staging in scale."""


class Place(Value):
    """Somewhere a scene can play."""

    id: str
    name: str
    """As people call it: `Dollar & Dime Doughnuts`."""
    set: SetName
    interior: bool
    address: str = ""
    """A fictional street address, for dispatch."""
    landmark: str = ""
    """The one thing it is known by, repeated in every prompt."""
    dressing: tuple[str, ...] = ()
    """Three things that belong."""
    wrong: str = ""
    """The one thing that does not."""


class RadioCode(Value):
    """One entry of an agency's code table."""

    code: str
    """`10-4`."""
    meaning: str


class Agency(Value):
    """Who they work for, and how they speak on the air. All fictional."""

    name: str
    county: str
    alphabet: Literal["apco", "nato"] = "apco"
    codes: tuple[RadioCode, ...] = ()
    """The only codes that may be spoken; an empty table means plain words."""


class World(Value):
    """Everything an episode may show or name, by id."""

    agency: Agency
    characters: tuple[Character, ...] = ()
    units: tuple[Unit, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    props: tuple[Prop, ...] = ()
    places: tuple[Place, ...] = ()
    look: str = "night_blue"
    """Name of the grade and typography of the show."""
    theme: ShowTheme | None = None
    """The show's music; None in records from before it was kept, and where no music is made from it."""
    past: Past | None = Field(default=None, exclude_if=lambda past: past is None)
    """What earlier episodes of the show have left behind; None where there is nothing of the kind."""

    def character(self, character_id: str) -> Character:
        """Return the character, or raise `KeyError`."""
        return _find(self.characters, character_id)

    def place(self, place_id: str) -> Place:
        """Return the place, or raise `KeyError`."""
        return _find(self.places, place_id)

    def prop(self, prop_id: str) -> Prop:
        """Return the prop, or raise `KeyError`."""
        return _find(self.props, prop_id)

    def unit(self, unit_id: str) -> Unit:
        """Return the unit, or raise `KeyError`."""
        return _find(self.units, unit_id)


_Thing = TypeVar("_Thing", Character, Unit, Vehicle, Prop, Place)


def _find(things: tuple[_Thing, ...], wanted: str) -> _Thing:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise KeyError(wanted)
