"""Rules about vehicles, and about the status that units report."""

from episodes import effects as fx
from episodes.effects import UnitStatus
from episodes.story_moment import Moment, happen
from episodes.story_state import PersonState, StoryState, VehicleState

NEXT_STATUS: dict[UnitStatus, tuple[UnitStatus, ...]] = {
    "available": ("available", "en_route", "busy"),
    "en_route": ("en_route", "on_scene", "available"),
    "on_scene": ("clear", "busy"),
    "busy": ("available", "en_route", "on_scene", "clear"),
    "clear": ("available", "en_route", "busy"),
}
"""What a unit may report after each status: en route, on scene, clear, in this order."""


def _get_out(state: StoryState, person: PersonState) -> StoryState:
    for vehicle in state.vehicles:
        if person.id in vehicle.occupants:
            left = tuple(who for who in vehicle.occupants if who != person.id)
            state = state.with_vehicle(vehicle.model_copy(update={"occupants": left}))
    return state.with_person(person.model_copy(update={"aboard": None, "carried": None}))


@happen.register
def _board(effect: fx.Board, moment: Moment) -> StoryState:
    person, vehicle = moment.here(effect.who), moment.vehicle(effect.vehicle)
    name, car = moment.name(person.id), moment.name(vehicle.id)
    if person.aboard is not None and person.carried is None:
        moment.find(
            "vehicle.board", f"{name} gets into {car} but is aboard {moment.name(person.aboard)} already",
            f"Let {name} get out first.", fx.Alight(who=person.id),
        )  # fmt: skip
    if vehicle.lost:
        moment.find("vehicle.lost", f"{name} gets into {car}, which is lost", "Use another vehicle.")
    elif vehicle.place not in (None, moment.state.place):
        where = moment.name(vehicle.place or "")
        moment.find("vehicle.elsewhere", f"{name} gets into {car}, which is at {where}", f"Let somebody bring {car}.")
    state = _get_out(moment.state, person)
    vehicle = state.vehicle(vehicle.id)
    occupants = (*vehicle.occupants, person.id)
    place = vehicle.place or state.place
    state = state.with_vehicle(vehicle.model_copy(update={"occupants": occupants, "place": place}))
    return state.with_person(state.person(person.id).model_copy(update={"aboard": vehicle.id}))


@happen.register
def _alight(effect: fx.Alight, moment: Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if person.aboard is None and person.carried is None:
        moment.find("vehicle.alight", f"{name} gets out without being aboard anything", "Take this effect out.")
    return _get_out(moment.state, person)


@happen.register
def _drive(effect: fx.Drive, moment: Moment) -> StoryState:
    state, vehicle = moment.state, moment.vehicle(effect.vehicle)
    if all(place.id != effect.to for place in state.world.places):
        raise moment.unknown("place", effect.to)
    state, vehicle = _still_in(state, vehicle)
    _find_undrivable(moment, vehicle)
    aboard = [person for person in state.people if person.id in vehicle.occupants]
    # When all who are in the scene drive off together, the scene goes with them; otherwise they leave it.
    together = bool(aboard) and set(state.present) <= set(vehicle.occupants)
    stays = together or effect.to == state.place
    for person in aboard:
        state = state.with_person(person.model_copy(update={"place": effect.to, "present": person.present and stays}))
    state = state.with_vehicle(vehicle.model_copy(update={"place": effect.to}))
    return state.model_copy(update={"place": effect.to}) if together else state


def _still_in(state: StoryState, vehicle: VehicleState) -> tuple[StoryState, VehicleState]:
    """When nobody was seen to get in, those who came in it have never got out."""
    if vehicle.occupants:
        return state, vehicle
    crew = tuple(person.id for person in state.people if person.present and person.carried == vehicle.id)
    for who in crew:
        state = state.with_person(state.person(who).model_copy(update={"aboard": vehicle.id}))
    vehicle = vehicle.model_copy(update={"occupants": crew})
    return state.with_vehicle(vehicle), vehicle


def _find_undrivable(moment: Moment, vehicle: VehicleState) -> None:
    state, car = moment.state, moment.name(vehicle.id)
    if vehicle.lost:
        moment.find("vehicle.lost", f"{car} drives off but is lost", "Use another vehicle.")
    if vehicle.broken:
        moment.find("broken.use", f"{car} drives off but is broken", f"Let {car} drive before it breaks.")
    drivers = [state.person(who) for who in vehicle.occupants]
    if not drivers:
        crew = [unit.members for unit in state.world.units if unit.vehicle == vehicle.id]
        ready = [who for members in crew for who in members if who in state.present][:1]
        moment.find(
            "vehicle.empty", f"{car} drives off with nobody in it", "Let somebody get in first.",
            *(fx.Board(who=who, vehicle=vehicle.id) for who in ready),
        )  # fmt: skip
    elif all(driver.custody_of is not None for driver in drivers):
        name = moment.name(drivers[0].id)
        moment.find(
            "custody.drive", f"{name} drives off in {car} while in custody", f"Let {name} get free first.",
            fx.Release(who=drivers[0].id),
        )  # fmt: skip


@happen.register
def _lose_vehicle(effect: fx.LoseVehicle, moment: Moment) -> StoryState:
    vehicle, car = moment.vehicle(effect.vehicle), moment.name(effect.vehicle)
    if vehicle.lost:
        moment.find("vehicle.lost", f"{car} is lost but was lost already", "Lose another vehicle.")
    return moment.state.with_vehicle(vehicle.model_copy(update={"lost": True}))


@happen.register
def _set_status(effect: fx.SetStatus, moment: Moment) -> StoryState:
    try:
        unit = moment.state.unit(effect.unit)
    except KeyError:
        raise moment.unknown("unit", effect.unit) from None
    if effect.status not in NEXT_STATUS[unit.status]:
        before, after = unit.status.replace("_", " "), effect.status.replace("_", " ")
        missing = _status_between(unit.status, effect.status)
        moment.find(
            "unit.status", f"{unit.id} reports {after} although its last status was {before}",
            "Report en route, on scene and clear in this order.",
            *(fx.SetStatus(unit=unit.id, status=status) for status in missing),
        )  # fmt: skip
    return moment.state.with_unit(unit.model_copy(update={"status": effect.status}))


def _status_between(before: UnitStatus, after: UnitStatus) -> tuple[UnitStatus, ...]:
    order: tuple[UnitStatus, ...] = ("available", "en_route", "on_scene", "clear")
    if before not in order or after not in order or before == after:
        return ()
    start, end = order.index(before), order.index(after)
    # Behind its place in the order, the unit has to be clear first.
    return order[start + 1 : end] if start < end else (*order[start + 1 :], *order[1:end])
