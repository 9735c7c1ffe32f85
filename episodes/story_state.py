"""What is true in the story at one moment, and what a rule says when something can't be."""

from datetime import datetime

from pydantic import Field

from episodes.cast import Place, Prop, Vehicle, World
from episodes.changes import Change
from episodes.effects import Light, UnitStatus, Weather
from episodes.notes import Severity
from episodes.value import Value

OFFICER_ROLES = ("officer", "sergeant")
"""Roles that may take somebody into custody."""


class PersonState(Value):
    """One character at one moment."""

    id: str
    present: bool = False
    """Whether they are in the scene that plays."""
    place: str | None = None
    """Place id where they are or were last seen; None before they are seen."""
    wardrobe: tuple[str, ...] = ()
    injuries: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    """Prop ids."""
    custody_of: str | None = None
    """Id of the officer who has them."""
    disguised_as: str | None = None
    """Character id, or words, that they pass for."""
    aboard: str | None = None
    """Vehicle id."""
    carried: str | None = None
    """Id of the vehicle that they came in, as nobody saw whether they got out of it."""
    knows: tuple[str, ...] = ()
    """Topics."""
    rank: str = ""
    """Title that the story gave them; empty when it gave none."""


class PropState(Value):
    """One prop at one moment."""

    id: str
    count: int = 1
    """How many are left."""
    spent: int = 0
    """How many were consumed so far."""
    holder: str | None = None
    place: str | None = None
    """Place id where it was put down; None while it is held or before anybody touched it."""
    hidden: bool = False
    broken: bool = False


class VehicleState(Value):
    """One vehicle at one moment."""

    id: str
    place: str | None = None
    """Place id; None while nothing says where it is, so that it may be anywhere."""
    broken: bool = False
    lost: bool = False
    occupants: tuple[str, ...] = ()


class UnitState(Value):
    """One unit at one moment."""

    id: str
    status: UnitStatus = "available"


class StoryState(Value):
    """Everything that is true at one moment of the story."""

    world: World = Field(repr=False, exclude=True)
    """Who and what there is; left out when the state is written down, for it never changes."""
    clock: datetime
    scene: str
    """Scene id."""
    place: str
    """Place id where the scene plays; it moves when all who are present drive off together."""
    light: Light
    weather: Weather
    people: tuple[PersonState, ...] = ()
    props: tuple[PropState, ...] = ()
    vehicles: tuple[VehicleState, ...] = ()
    units: tuple[UnitState, ...] = ()
    planted: tuple[str, ...] = ()
    """Topics set up so far, in order, whether paid or not."""
    paid: tuple[str, ...] = ()
    promises: tuple[tuple[str, str], ...] = ()
    """Character id and topic of all that was promised so far."""
    kept: tuple[tuple[str, str], ...] = ()
    """Promises that were kept, or broken in front of us: they are settled."""

    def person(self, person_id: str) -> PersonState:
        """Return the person, or raise `KeyError`."""
        for person in self.people:
            if person.id == person_id:
                return person
        raise KeyError(person_id)

    def prop(self, prop_id: str) -> PropState:
        """Return the prop, or raise `KeyError`."""
        for prop in self.props:
            if prop.id == prop_id:
                return prop
        raise KeyError(prop_id)

    def vehicle(self, vehicle_id: str) -> VehicleState:
        """Return the vehicle, or raise `KeyError`."""
        for vehicle in self.vehicles:
            if vehicle.id == vehicle_id:
                return vehicle
        raise KeyError(vehicle_id)

    def unit(self, unit_id: str) -> UnitState:
        """Return the unit, or raise `KeyError`."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise KeyError(unit_id)

    @property
    def present(self) -> tuple[str, ...]:
        """Ids of those who are in the scene."""
        return tuple(person.id for person in self.people if person.present)

    @property
    def seen_as(self) -> frozenset[str]:
        """Ids under which somebody is in the scene: their own, and whom they pass for."""
        disguises = {p.disguised_as for p in self.people if p.present and p.disguised_as}
        return frozenset(self.present) | disguises

    def is_officer(self, person_id: str) -> bool:
        """Whether they may take custody: by role, by a title the story gave them, or because they pass for an officer.

        Raises `KeyError` for nobody.
        """
        person = self.person(person_id)
        roles = {character.id: character.role for character in self.world.characters}
        acting = (roles[person_id], roles.get(person.disguised_as or "", "bystander"))
        return bool(person.rank) or any(role in OFFICER_ROLES for role in acting)

    def with_person(self, person: PersonState) -> "StoryState":
        """Return the state with this person in place of the one of the same id."""
        return self.model_copy(update={"people": tuple(person if p.id == person.id else p for p in self.people)})

    def with_prop(self, prop: PropState) -> "StoryState":
        """Return the state with this prop in place of the one of the same id."""
        return self.model_copy(update={"props": tuple(prop if p.id == prop.id else p for p in self.props)})

    def with_vehicle(self, vehicle: VehicleState) -> "StoryState":
        """Return the state with this vehicle in place of the one of the same id."""
        return self.model_copy(update={"vehicles": tuple(vehicle if v.id == vehicle.id else v for v in self.vehicles)})

    def with_unit(self, unit: UnitState) -> "StoryState":
        """Return the state with this unit in place of the one of the same id."""
        return self.model_copy(update={"units": tuple(unit if u.id == unit.id else u for u in self.units)})

    def name(self, thing_id: str) -> str:
        """Return the name people use for a character, prop, vehicle or place; the id itself when nothing has it."""
        world = self.world
        names = {character.id: character.short_name for character in world.characters}
        things: tuple[Prop | Vehicle | Place, ...] = (*world.props, *world.vehicles, *world.places)
        for thing in things:
            names.setdefault(thing.id, thing.name)
        return names.get(thing_id, thing_id)


class Finding(Value):
    """Something in the script that can't be."""

    rule: str
    """Stable name: `custody.leave`."""
    target: str
    """Beat or scene id."""
    text: str
    """One sentence that says what is wrong, and where."""
    fix: str
    """One sentence that says what would mend it."""
    change: Change | None = None
    """The plain repair, where there is one."""
    severity: Severity = "major"
