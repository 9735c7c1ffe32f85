"""What a beat does to the story: typed effects, each with what must hold before it.

The rules that advance a state by them are in `story.py`. All types exist from the first day, so that
a script written today can be checked by tomorrow's rules.
"""

from typing import Annotated, Literal

from pydantic import Field

from episodes.value import Value

Light = Literal["day", "dusk", "night", "dawn"]
Weather = Literal["clear", "rain", "fog", "snow", "wind"]
UnitStatus = Literal["available", "en_route", "on_scene", "busy", "clear"]


class Arrive(Value):
    """Somebody comes into the scene; they must not be in it already, nor in custody elsewhere."""

    kind: Literal["arrive"] = "arrive"
    who: str


class Leave(Value):
    """Somebody goes; they must be present, and not in custody unless an officer takes them."""

    kind: Literal["leave"] = "leave"
    who: str


class Take(Value):
    """Somebody takes a prop that is here and that nobody else holds."""

    kind: Literal["take"] = "take"
    who: str
    prop: str


class Give(Value):
    """A holder gives a prop to somebody present."""

    kind: Literal["give"] = "give"
    who: str
    prop: str
    to: str


class Drop(Value):
    """A holder lets go of a prop; it stays at the place."""

    kind: Literal["drop"] = "drop"
    who: str
    prop: str


class Hide(Value):
    """A prop goes out of sight; only a later `Reveal` brings it back."""

    kind: Literal["hide"] = "hide"
    who: str
    prop: str


class Reveal(Value):
    """Something hidden or unknown is seen by all who are present."""

    kind: Literal["reveal"] = "reveal"
    what: str


class Break(Value):
    """A prop or vehicle stops working; it can't be used afterwards."""

    kind: Literal["break"] = "break"
    what: str


class Consume(Value):
    """So many of a counted prop are eaten, spent or ruined; at least as many must be left."""

    kind: Literal["consume"] = "consume"
    prop: str
    count: int = 1


class CountSet(Value):
    """The number of a prop is established or corrected out loud."""

    kind: Literal["count_set"] = "count_set"
    prop: str
    count: int


class PutOn(Value):
    """A garment goes on."""

    kind: Literal["put_on"] = "put_on"
    who: str
    garment: str


class TakeOff(Value):
    """A garment comes off; it must be worn."""

    kind: Literal["take_off"] = "take_off"
    who: str
    garment: str


class Disguise(Value):
    """Somebody passes for somebody else until a `Reveal` of their id; a check must not mistake it for an error."""

    kind: Literal["disguise"] = "disguise"
    who: str
    as_: str


class Injure(Value):
    """A comic, bloodless injury that stays visible: `sprained pride`, `sugar in both eyes`."""

    kind: Literal["injure"] = "injure"
    who: str
    injury: str


class Heal(Value):
    """An injury is over; it must exist."""

    kind: Literal["heal"] = "heal"
    who: str
    injury: str


class Detain(Value):
    """An officer takes somebody present into custody."""

    kind: Literal["detain"] = "detain"
    who: str
    by: str


class Release(Value):
    """Somebody in custody goes free, or gets free."""

    kind: Literal["release"] = "release"
    who: str


class Board(Value):
    """Somebody gets into a vehicle that is here."""

    kind: Literal["board"] = "board"
    who: str
    vehicle: str


class Alight(Value):
    """Somebody gets out of the vehicle that they are in."""

    kind: Literal["alight"] = "alight"
    who: str


class Drive(Value):
    """A vehicle with somebody in it moves to a place."""

    kind: Literal["drive"] = "drive"
    vehicle: str
    to: str


class LoseVehicle(Value):
    """A vehicle is lost, stolen or sunk; it can't be boarded afterwards."""

    kind: Literal["lose_vehicle"] = "lose_vehicle"
    vehicle: str


class SetStatus(Value):
    """A unit changes its status on the air: en route, on scene, clear, in this order."""

    kind: Literal["set_status"] = "set_status"
    unit: str
    status: UnitStatus


class Learn(Value):
    """Somebody comes to know something; `topic` is a short stable id."""

    kind: Literal["learn"] = "learn"
    who: str
    topic: str


class Forget(Value):
    """Somebody no longer knows something, on purpose of the story."""

    kind: Literal["forget"] = "forget"
    who: str
    topic: str


class Plant(Value):
    """Something is set up that the audience will want back."""

    kind: Literal["plant"] = "plant"
    topic: str


class Pay(Value):
    """A plant comes back; it must have been planted."""

    kind: Literal["pay"] = "pay"
    topic: str


class Promise(Value):
    """Somebody undertakes something."""

    kind: Literal["promise"] = "promise"
    who: str
    topic: str


class Keep(Value):
    """A promise is kept or broken; it must have been made."""

    kind: Literal["keep"] = "keep"
    who: str
    topic: str
    kept: bool = True


class Elapse(Value):
    """Story time passes; never backwards."""

    kind: Literal["elapse"] = "elapse"
    seconds: int


class SetLight(Value):
    """The light changes; it must fit the clock."""

    kind: Literal["set_light"] = "set_light"
    light: Light


class SetWeather(Value):
    """The weather changes within a scene."""

    kind: Literal["set_weather"] = "set_weather"
    weather: Weather


class Rank(Value):
    """Somebody is promoted, demoted, elected, adopted or sworn in; it stays so in later episodes."""

    kind: Literal["rank"] = "rank"
    who: str
    title: str


Effect = Annotated[
    Arrive | Leave | Take | Give | Drop | Hide | Reveal | Break | Consume | CountSet | PutOn | TakeOff | Disguise
    | Injure | Heal | Detain | Release | Board | Alight | Drive | LoseVehicle | SetStatus | Learn | Forget | Plant
    | Pay | Promise | Keep | Elapse | SetLight | SetWeather | Rank,
    Field(discriminator="kind"),
]  # fmt: skip
"""Any effect, told apart by its `kind`."""
