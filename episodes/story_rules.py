"""What each effect needs and what it does: one function for each type of effect.

An effect whose needs are not met is a finding and happens all the same, so that one mistake is told once.
An effect on something that does not exist is a finding and does nothing.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import singledispatch

from episodes import effects as fx
from episodes.changes import AddEffects, Change
from episodes.effects import Effect, Light, UnitStatus
from episodes.notes import Severity
from episodes.story_state import Finding, PersonState, PropState, StoryState, VehicleState

LIGHT_HOURS: dict[Light, tuple[float, float]] = {"night": (21, 5), "dawn": (5, 7), "day": (7, 18), "dusk": (18, 21)}
"""From and to, in hours of the day; an hour to either side is tolerated, for seasons and latitudes."""

NEXT_STATUS: dict[UnitStatus, tuple[UnitStatus, ...]] = {
    "available": ("available", "en_route", "busy"),
    "en_route": ("en_route", "on_scene", "available"),
    "on_scene": ("clear", "busy"),
    "busy": ("available", "en_route", "on_scene", "clear"),
    "clear": ("available", "en_route", "busy"),
}
"""What a unit may report after each status: en route, on scene, clear, in this order."""


class _Impossible(Exception):
    """The effect can't happen at all; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text)
        self.finding = finding


class _Moment:
    """The moment at which one effect happens, and what was found wrong about it."""

    def __init__(self, state: StoryState, beat: str, together: Sequence[Effect]) -> None:
        self.state = state
        self.beat = beat
        self.together = together
        self.findings: list[Finding] = []

    def name(self, thing: str) -> str:
        return self.state.name(thing)

    def finding(
        self, rule: str, what: str, fix: str, change: Change | None = None, severity: Severity = "major"
    ) -> Finding:
        text = f"In {self.beat} at {self.name(self.state.place)}, {what}."
        return Finding(rule=rule, target=self.beat, text=text, fix=fix, change=change, severity=severity)

    def find(self, rule: str, what: str, fix: str, *first: Effect) -> None:
        """Note a finding; `first` are the effects that, put before, would mend it."""
        change = AddEffects(beat=self.beat, effects=first) if first else None
        self.findings.append(self.finding(rule, what, fix, change))

    def person(self, person_id: str) -> PersonState:
        try:
            return self.state.person(person_id)
        except KeyError:
            raise self._unknown("character", person_id) from None

    def prop(self, prop_id: str) -> PropState:
        try:
            return self.state.prop(prop_id)
        except KeyError:
            raise self._unknown("prop", prop_id) from None

    def vehicle(self, vehicle_id: str) -> VehicleState:
        try:
            return self.state.vehicle(vehicle_id)
        except KeyError:
            raise self._unknown("vehicle", vehicle_id) from None

    def _unknown(self, kind: str, thing_id: str) -> _Impossible:
        what, fix = f"an effect names the {kind} {thing_id!r}, which this world does not have", f"Name a {kind} it has."
        return _Impossible(self.finding(f"unknown.{kind}", what, fix, severity="fatal"))

    def here(self, person_id: str) -> PersonState:
        """Return the person, with a finding when they are not in the scene."""
        person = self.person(person_id)
        if not person.present:
            name = self.name(person_id)
            self.find(
                "presence.acts", f"{name} acts without being there", f"Let {name} arrive first.",
                fx.Arrive(who=person_id),
            )  # fmt: skip
        return person


def advance(
    state: StoryState, effect: Effect, beat_id: str, *, together: Sequence[Effect] = ()
) -> tuple[StoryState, tuple[Finding, ...]]:
    """Return the state after the effect, and what stood against it.

    `together` are all effects of the beat: a prisoner may leave when an officer leaves in the same beat.
    """
    moment = _Moment(state, beat_id, together)
    try:
        after = _happen(effect, moment)
    except _Impossible as impossible:
        return state, (impossible.finding,)
    return after, tuple(moment.findings)


def light_fits(light: Light, hour: float) -> bool:
    """Whether this light can be at this hour of the day (0 to 24), with an hour of tolerance to either side."""
    start, end = LIGHT_HOURS[light]
    return (hour - start + 1) % 24 <= (end - start) % 24 + 2


def light_at(hour: float) -> Light:
    """Return the light that is usual at this hour of the day."""
    for light, (start, end) in LIGHT_HOURS.items():
        if (hour - start) % 24 < (end - start) % 24:
            return light
    raise ValueError(f"{hour} is no hour of the day")


@singledispatch
def _happen(effect: Effect, moment: _Moment) -> StoryState:
    raise TypeError(f"no rule for the effect {type(effect).__name__}")


# ---- coming and going -----------------------------------------------------------------------------------------------


def _comes_with_officer(moment: _Moment, who: str, kind: type[fx.Arrive] | type[fx.Leave]) -> bool:
    others = [effect.who for effect in moment.together if isinstance(effect, kind) and effect.who != who]
    known = {person.id for person in moment.state.people}
    return any(moment.state.is_officer(other) for other in others if other in known)


@_happen.register
def _arrive(effect: fx.Arrive, moment: _Moment) -> StoryState:
    state, person, name = moment.state, moment.person(effect.who), moment.name(effect.who)
    if person.present:
        moment.find("presence.arrive", f"{name} arrives but is there already", "Take this arrival out.")
    elif person.custody_of and not _comes_with_officer(moment, effect.who, fx.Arrive) and not _station(state):
        captor = moment.name(person.custody_of)
        moment.find(
            "custody.arrive", f"{name} walks in but is in custody of {captor} elsewhere",
            f"Let {name} get free first, or let an officer bring them in.", fx.Release(who=effect.who),
        )  # fmt: skip
    if not person.present and person.aboard and state.vehicle(person.aboard).lost:
        car = moment.name(person.aboard)
        moment.find(
            "vehicle.aboard_lost", f"{name} arrives but was last aboard {car}, which is lost",
            f"Let {name} get out of {car} first.", fx.Alight(who=effect.who),
        )  # fmt: skip
    return _put(state, person, state.place)


def _station(state: StoryState) -> bool:
    return any(place.id == state.place and place.set == "interview" for place in state.world.places)


def _put(state: StoryState, person: PersonState, place: str) -> StoryState:
    carried = person.aboard is not None
    state = state.with_person(person.model_copy(update={"present": True, "place": place, "carried": carried}))
    if person.aboard is None:
        return state
    vehicle = state.vehicle(person.aboard)
    return state if vehicle.lost else state.with_vehicle(vehicle.model_copy(update={"place": place}))


@_happen.register
def _leave(effect: fx.Leave, moment: _Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if not person.present:
        moment.find("presence.leave", f"{name} leaves without being there", "Take this exit out.")
    if person.custody_of and not _comes_with_officer(moment, effect.who, fx.Leave):
        captor = moment.name(person.custody_of)
        moment.find(
            "custody.leave", f"{name} leaves although {captor} has them in custody",
            f"Release {name} first, or let an officer leave with them.", fx.Release(who=effect.who),
        )  # fmt: skip
    return moment.state.with_person(person.model_copy(update={"present": False}))


# ---- props ----------------------------------------------------------------------------------------------------------


def _hand(state: StoryState, prop: PropState, holder: str | None, place: str | None = None) -> StoryState:
    """Return the state with the prop in these hands and no others, or lying at a place."""
    state = state.with_prop(prop.model_copy(update={"holder": holder, "place": place}))
    for person in state.people:
        held = tuple(held for held in person.held if held != prop.id)
        if person.id == holder:
            held = (*held, prop.id)
        if held != person.held:
            state = state.with_person(person.model_copy(update={"held": held}))
    return state


def prop_is_elsewhere(state: StoryState, prop: PropState) -> bool:
    """Whether it lies at another place, or is in the hands of somebody who is not in the scene."""
    if prop.holder is not None:
        return not state.person(prop.holder).present
    return prop.place is not None and prop.place != state.place


def _find_elsewhere(moment: _Moment, prop: PropState) -> None:
    if not prop_is_elsewhere(moment.state, prop):
        return
    thing = moment.name(prop.id)
    where = f"with {moment.name(prop.holder)}" if prop.holder else f"at {moment.name(prop.place or '')}"
    moment.find("prop.elsewhere", f"the {thing} is used but is {where}", f"Bring the {thing} here in an earlier beat.")


@_happen.register
def _take(effect: fx.Take, moment: _Moment) -> StoryState:
    person, prop = moment.here(effect.who), moment.prop(effect.prop)
    name, thing = moment.name(person.id), moment.name(prop.id)
    if prop.holder == person.id:
        moment.find("prop.held", f"{name} takes the {thing} but holds it already", "Take this effect out.")
    elif prop.holder is not None and moment.state.person(prop.holder).present:
        holder = moment.name(prop.holder)
        moment.find(
            "prop.held", f"{name} takes the {thing} while {holder} holds it", f"Let {holder} drop or give it first.",
            fx.Drop(who=prop.holder, prop=prop.id),
        )  # fmt: skip
    else:
        _find_elsewhere(moment, prop)
    if prop.hidden:
        moment.find(
            "prop.hidden", f"{name} takes the {thing}, which is hidden", f"Reveal the {thing} first.",
            fx.Reveal(what=prop.id),
        )  # fmt: skip
    if prop.count < 1:
        moment.find("prop.gone", f"{name} takes the {thing}, of which none is left", "Let more be found first.")
    return _hand(moment.state, prop.model_copy(update={"hidden": False}), person.id)


def _find_not_holding(moment: _Moment, person: PersonState, prop: PropState, verb: str) -> None:
    if prop.holder == person.id:
        return
    name, thing = moment.name(person.id), moment.name(prop.id)
    # Taking it first is the plain repair only where nobody else has it.
    first = (fx.Take(who=person.id, prop=prop.id),) if prop.holder is None else ()
    moment.find(
        "prop.not_held", f"{name} {verb} the {thing} without holding it", f"Let {name} take the {thing} first.", *first
    )


@_happen.register
def _give(effect: fx.Give, moment: _Moment) -> StoryState:
    person, receiver, prop = moment.here(effect.who), moment.person(effect.to), moment.prop(effect.prop)
    _find_not_holding(moment, person, prop, "gives away")
    if not receiver.present:
        name, thing = moment.name(receiver.id), moment.name(prop.id)
        moment.find(
            "presence.receive", f"{name} is given the {thing} without being there", f"Let {name} arrive first.",
            fx.Arrive(who=receiver.id),
        )  # fmt: skip
    return _hand(moment.state, prop, receiver.id)


@_happen.register
def _drop(effect: fx.Drop, moment: _Moment) -> StoryState:
    person, prop = moment.here(effect.who), moment.prop(effect.prop)
    _find_not_holding(moment, person, prop, "drops")
    return _hand(moment.state, prop, None, moment.state.place)


@_happen.register
def _hide(effect: fx.Hide, moment: _Moment) -> StoryState:
    person, prop = moment.here(effect.who), moment.prop(effect.prop)
    name, thing = moment.name(person.id), moment.name(prop.id)
    if prop.hidden:
        moment.find("prop.hidden", f"{name} hides the {thing}, which is hidden already", "Take this effect out.")
    if prop.holder not in (None, person.id):
        moment.find(
            "prop.held", f"{name} hides the {thing} while {moment.name(prop.holder or '')} has it",
            f"Let {name} get hold of it first.",
        )  # fmt: skip
    else:
        _find_elsewhere(moment, prop)
    return moment.state.with_prop(prop.model_copy(update={"hidden": True}))


@_happen.register
def _reveal(effect: fx.Reveal, moment: _Moment) -> StoryState:
    state = moment.state
    if any(person.id == effect.what for person in state.people):
        person = moment.here(effect.what)
        return moment.state.with_person(person.model_copy(update={"disguised_as": None}))
    if any(prop.id == effect.what for prop in state.props):
        prop = state.prop(effect.what)
        _find_elsewhere(moment, prop)
        return state.with_prop(prop.model_copy(update={"hidden": False}))
    for who in state.present:
        state = _learn(fx.Learn(who=who, topic=effect.what), _Moment(state, moment.beat, ()))
    return state


@_happen.register
def _break(effect: fx.Break, moment: _Moment) -> StoryState:
    state = moment.state
    thing: PropState | VehicleState
    if any(vehicle.id == effect.what for vehicle in state.vehicles):
        thing = state.vehicle(effect.what)
    else:
        thing = moment.prop(effect.what)
    if thing.broken:
        moment.find("broken.again", f"the {moment.name(thing.id)} breaks but is broken already", "Break another thing.")
    if isinstance(thing, VehicleState):
        return state.with_vehicle(thing.model_copy(update={"broken": True}))
    return state.with_prop(thing.model_copy(update={"broken": True}))


@_happen.register
def _consume(effect: fx.Consume, moment: _Moment) -> StoryState:
    prop = moment.prop(effect.prop)
    thing = moment.name(prop.id)
    if effect.count < 1:
        moment.find("count.consume", f"{effect.count} of the {thing} are used up, which is no amount", "Use up one.")
    elif prop.count < effect.count:
        moment.find(
            "count.consume", f"{effect.count} of the {thing} are used up but only {prop.count} are left",
            f"Use up {prop.count} at most.",
        )  # fmt: skip
    if prop.broken:
        moment.find("broken.use", f"the {thing} is used although it is broken", f"Use the {thing} before it breaks.")
    _find_elsewhere(moment, prop)
    used = max(0, min(effect.count, prop.count))
    return moment.state.with_prop(prop.model_copy(update={"count": prop.count - used, "spent": prop.spent + used}))


@_happen.register
def _count_set(effect: fx.CountSet, moment: _Moment) -> StoryState:
    prop = moment.prop(effect.prop)
    if effect.count < 0:
        moment.find("count.set", f"the {moment.name(prop.id)} is counted as {effect.count}", "Count nought or more.")
    return moment.state.with_prop(prop.model_copy(update={"count": max(0, effect.count)}))


# ---- looks, health, rank ---------------------------------------------------------------------------------------------


def worn(person: PersonState, garment: str) -> str:
    """Return the garment of the wardrobe that these words mean, or an empty text; `jacket` means a `rain jacket`."""
    wanted = garment.casefold()
    for own in person.wardrobe:
        if own.casefold() == wanted or own.casefold().endswith(" " + wanted):
            return own
    return ""


@_happen.register
def _put_on(effect: fx.PutOn, moment: _Moment) -> StoryState:
    person = moment.here(effect.who)
    if effect.garment.casefold() in (own.casefold() for own in person.wardrobe):
        name = moment.name(person.id)
        moment.find("wardrobe.put_on", f"{name} puts on the {effect.garment} but wears it already", "Take it out.")
        return moment.state
    return moment.state.with_person(person.model_copy(update={"wardrobe": (*person.wardrobe, effect.garment)}))


@_happen.register
def _take_off(effect: fx.TakeOff, moment: _Moment) -> StoryState:
    person = moment.here(effect.who)
    own = worn(person, effect.garment)
    if not own:
        name = moment.name(person.id)
        moment.find(
            "wardrobe.take_off", f"{name} takes off the {effect.garment} without wearing it",
            f"Let {name} put it on first.", fx.PutOn(who=person.id, garment=effect.garment),
        )  # fmt: skip
    wardrobe = tuple(garment for garment in person.wardrobe if garment != own)
    return moment.state.with_person(person.model_copy(update={"wardrobe": wardrobe}))


@_happen.register
def _disguise(effect: fx.Disguise, moment: _Moment) -> StoryState:
    person = moment.person(effect.who)
    return moment.state.with_person(person.model_copy(update={"disguised_as": effect.as_}))


@_happen.register
def _injure(effect: fx.Injure, moment: _Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if effect.injury in person.injuries:
        moment.find("injury.twice", f"{name} gets {effect.injury} but has it already", "Let something else happen.")
        return moment.state
    return moment.state.with_person(person.model_copy(update={"injuries": (*person.injuries, effect.injury)}))


@_happen.register
def _heal(effect: fx.Heal, moment: _Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if effect.injury not in person.injuries:
        moment.find("injury.heal", f"{name} gets over {effect.injury} without having it", "Take this effect out.")
    left = tuple(injury for injury in person.injuries if injury != effect.injury)
    return moment.state.with_person(person.model_copy(update={"injuries": left}))


@_happen.register
def _rank(effect: fx.Rank, moment: _Moment) -> StoryState:
    person = moment.person(effect.who)
    return moment.state.with_person(person.model_copy(update={"rank": effect.title}))


# ---- custody ---------------------------------------------------------------------------------------------------------


@_happen.register
def _detain(effect: fx.Detain, moment: _Moment) -> StoryState:
    prisoner, captor = moment.here(effect.who), moment.here(effect.by)
    name, officer = moment.name(prisoner.id), moment.name(captor.id)
    if not moment.state.is_officer(captor.id):
        moment.find("custody.officer", f"{officer} detains {name} without being an officer", "Let an officer do it.")
    if prisoner.custody_of is not None:
        holder = moment.name(prisoner.custody_of)
        moment.find("custody.twice", f"{officer} detains {name}, whom {holder} has already", "Take this effect out.")
    if captor.custody_of is not None:
        moment.find(
            "custody.captor", f"{officer} detains {name} while in custody of {moment.name(captor.custody_of)}",
            f"Let {officer} get free first.", fx.Release(who=captor.id),
        )  # fmt: skip
    return moment.state.with_person(moment.person(prisoner.id).model_copy(update={"custody_of": captor.id}))


@_happen.register
def _release(effect: fx.Release, moment: _Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if person.custody_of is None:
        moment.find("custody.release", f"{name} is released without being in custody", "Take this effect out.")
    return moment.state.with_person(person.model_copy(update={"custody_of": None}))


# ---- vehicles --------------------------------------------------------------------------------------------------------


def _get_out(state: StoryState, person: PersonState) -> StoryState:
    for vehicle in state.vehicles:
        if person.id in vehicle.occupants:
            left = tuple(who for who in vehicle.occupants if who != person.id)
            state = state.with_vehicle(vehicle.model_copy(update={"occupants": left}))
    return state.with_person(person.model_copy(update={"aboard": None, "carried": False}))


@_happen.register
def _board(effect: fx.Board, moment: _Moment) -> StoryState:
    person, vehicle = moment.here(effect.who), moment.vehicle(effect.vehicle)
    name, car = moment.name(person.id), moment.name(vehicle.id)
    if person.aboard is not None and not person.carried:
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


@_happen.register
def _alight(effect: fx.Alight, moment: _Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if person.aboard is None:
        moment.find("vehicle.alight", f"{name} gets out without being aboard anything", "Take this effect out.")
    return _get_out(moment.state, person)


@_happen.register
def _drive(effect: fx.Drive, moment: _Moment) -> StoryState:
    state, vehicle = moment.state, moment.vehicle(effect.vehicle)
    if all(place.id != effect.to for place in state.world.places):
        raise moment._unknown("place", effect.to)
    _find_undrivable(moment, vehicle)
    aboard = [person for person in state.people if person.id in vehicle.occupants]
    # When all who are in the scene drive off together, the scene goes with them; otherwise they leave it.
    together = bool(aboard) and set(state.present) <= set(vehicle.occupants)
    stays = together or effect.to == state.place
    for person in aboard:
        state = state.with_person(person.model_copy(update={"place": effect.to, "present": person.present and stays}))
    state = state.with_vehicle(vehicle.model_copy(update={"place": effect.to}))
    return state.model_copy(update={"place": effect.to}) if together else state


def _find_undrivable(moment: _Moment, vehicle: VehicleState) -> None:
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


@_happen.register
def _lose_vehicle(effect: fx.LoseVehicle, moment: _Moment) -> StoryState:
    vehicle, car = moment.vehicle(effect.vehicle), moment.name(effect.vehicle)
    if vehicle.lost:
        moment.find("vehicle.lost", f"{car} is lost but was lost already", "Lose another vehicle.")
    return moment.state.with_vehicle(vehicle.model_copy(update={"lost": True}))


# ---- radio, knowledge, promises --------------------------------------------------------------------------------------


@_happen.register
def _set_status(effect: fx.SetStatus, moment: _Moment) -> StoryState:
    try:
        unit = moment.state.unit(effect.unit)
    except KeyError:
        raise moment._unknown("unit", effect.unit) from None
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


@_happen.register
def _learn(effect: fx.Learn, moment: _Moment) -> StoryState:
    person = moment.person(effect.who)
    if effect.topic in person.knows:
        return moment.state
    return moment.state.with_person(person.model_copy(update={"knows": (*person.knows, effect.topic)}))


@_happen.register
def _forget(effect: fx.Forget, moment: _Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if effect.topic not in person.knows:
        moment.find("knows.forget", f"{name} forgets {effect.topic!r} without having known it", "Take this effect out.")
    left = tuple(topic for topic in person.knows if topic != effect.topic)
    return moment.state.with_person(person.model_copy(update={"knows": left}))


def _once(items: tuple[str, ...], item: str) -> tuple[str, ...]:
    return items if item in items else (*items, item)


@_happen.register
def _plant(effect: fx.Plant, moment: _Moment) -> StoryState:
    return moment.state.model_copy(update={"planted": _once(moment.state.planted, effect.topic)})


@_happen.register
def _pay(effect: fx.Pay, moment: _Moment) -> StoryState:
    if effect.topic not in moment.state.planted:
        moment.find(
            "plant.pay", f"{effect.topic!r} comes back without having been planted", "Plant it in an early beat."
        )
    return moment.state.model_copy(update={"paid": _once(moment.state.paid, effect.topic)})


@_happen.register
def _promise(effect: fx.Promise, moment: _Moment) -> StoryState:
    person = moment.person(effect.who)
    return moment.state.model_copy(update={"promises": (*moment.state.promises, (person.id, effect.topic))})


@_happen.register
def _keep(effect: fx.Keep, moment: _Moment) -> StoryState:
    made, name = (moment.person(effect.who).id, effect.topic), moment.name(effect.who)
    if made not in moment.state.promises:
        verb = "keeps" if effect.kept else "breaks"
        moment.find(
            "promise.keep", f"{name} {verb} a promise of {effect.topic!r} that nobody heard",
            f"Let {name} promise it in an earlier beat.",
        )  # fmt: skip
    return moment.state.model_copy(update={"kept": (*moment.state.kept, made)})


# ---- clock and light -------------------------------------------------------------------------------------------------


@_happen.register
def _elapse(effect: fx.Elapse, moment: _Moment) -> StoryState:
    if effect.seconds < 0:
        moment.find("clock.elapse", f"{-effect.seconds} seconds pass backwards", "Let time pass forwards.")
        return moment.state
    return moment.state.model_copy(update={"clock": moment.state.clock + timedelta(seconds=effect.seconds)})


@_happen.register
def _set_light(effect: fx.SetLight, moment: _Moment) -> StoryState:
    clock = moment.state.clock
    if not light_fits(effect.light, clock.hour + clock.minute / 60):
        moment.find("light.clock", f"it becomes {effect.light} at {clock:%H:%M}", "Change the light or the clock.")
    return moment.state.model_copy(update={"light": effect.light})


@_happen.register
def _set_weather(effect: fx.SetWeather, moment: _Moment) -> StoryState:
    return moment.state.model_copy(update={"weather": effect.weather})
