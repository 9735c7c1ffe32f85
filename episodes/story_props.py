"""Rules about props: who holds them, where they lie, what is hidden or broken, how many are left."""

from episodes import effects as fx
from episodes.story_moment import Moment, happen
from episodes.story_state import PersonState, PropState, StoryState, VehicleState


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


def _find_elsewhere(moment: Moment, prop: PropState) -> None:
    if not prop_is_elsewhere(moment.state, prop):
        return
    thing = moment.name(prop.id)
    where = f"with {moment.name(prop.holder)}" if prop.holder else f"at {moment.name(prop.place or '')}"
    moment.find("prop.elsewhere", f"the {thing} is used but is {where}", f"Bring the {thing} here in an earlier beat.")


@happen.register
def _take(effect: fx.Take, moment: Moment) -> StoryState:
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


def _find_not_holding(moment: Moment, person: PersonState, prop: PropState, verb: str) -> None:
    if prop.holder == person.id:
        return
    name, thing = moment.name(person.id), moment.name(prop.id)
    # Taking it first is the plain repair only where nobody else has it.
    first = (fx.Take(who=person.id, prop=prop.id),) if prop.holder is None else ()
    moment.find(
        "prop.not_held", f"{name} {verb} the {thing} without holding it", f"Let {name} take the {thing} first.", *first
    )


@happen.register
def _give(effect: fx.Give, moment: Moment) -> StoryState:
    person, receiver, prop = moment.here(effect.who), moment.person(effect.to), moment.prop(effect.prop)
    _find_not_holding(moment, person, prop, "gives away")
    if not receiver.present:
        name, thing = moment.name(receiver.id), moment.name(prop.id)
        moment.find(
            "presence.receive", f"{name} is given the {thing} without being there", f"Let {name} arrive first.",
            fx.Arrive(who=receiver.id),
        )  # fmt: skip
    return _hand(moment.state, prop, receiver.id)


@happen.register
def _drop(effect: fx.Drop, moment: Moment) -> StoryState:
    person, prop = moment.here(effect.who), moment.prop(effect.prop)
    _find_not_holding(moment, person, prop, "drops")
    return _hand(moment.state, prop, None, moment.state.place)


@happen.register
def _hide(effect: fx.Hide, moment: Moment) -> StoryState:
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


@happen.register
def _reveal(effect: fx.Reveal, moment: Moment) -> StoryState:
    state = moment.state
    if any(person.id == effect.what for person in state.people):
        person = moment.here(effect.what)
        return moment.state.with_person(person.model_copy(update={"disguised_as": None}))
    if any(prop.id == effect.what for prop in state.props):
        prop = state.prop(effect.what)
        _find_elsewhere(moment, prop)
        return state.with_prop(prop.model_copy(update={"hidden": False}))
    for who in state.present:
        state = happen(fx.Learn(who=who, topic=effect.what), Moment(state, moment.beat, ()))
    return state


@happen.register
def _break(effect: fx.Break, moment: Moment) -> StoryState:
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


@happen.register
def _consume(effect: fx.Consume, moment: Moment) -> StoryState:
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


@happen.register
def _count_set(effect: fx.CountSet, moment: Moment) -> StoryState:
    prop = moment.prop(effect.prop)
    if effect.count < 0:
        moment.find("count.set", f"the {moment.name(prop.id)} is counted as {effect.count}", "Count nought or more.")
    return moment.state.with_prop(prop.model_copy(update={"count": max(0, effect.count)}))
