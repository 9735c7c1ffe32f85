"""Rules about people: coming and going, looks and health, custody, what they know and promise."""

from episodes import effects as fx
from episodes.story_moment import Moment, happen
from episodes.story_state import PersonState, StoryState


def _comes_with_officer(moment: Moment, who: str, kind: type[fx.Arrive] | type[fx.Leave]) -> bool:
    others = [effect.who for effect in moment.together if isinstance(effect, kind) and effect.who != who]
    known = {person.id for person in moment.state.people}
    return any(moment.state.is_officer(other) for other in others if other in known)


@happen.register
def _arrive(effect: fx.Arrive, moment: Moment) -> StoryState:
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
    there = {"present": True, "place": place, "carried": person.aboard}
    state = state.with_person(person.model_copy(update=there))
    if person.aboard is None:
        return state
    vehicle = state.vehicle(person.aboard)
    return state if vehicle.lost else state.with_vehicle(vehicle.model_copy(update={"place": place}))


@happen.register
def _leave(effect: fx.Leave, moment: Moment) -> StoryState:
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


def worn(person: PersonState, garment: str) -> str:
    """Return the garment of the wardrobe that these words mean, or an empty text; `jacket` means a `rain jacket`."""
    wanted = garment.casefold()
    for own in person.wardrobe:
        if own.casefold() == wanted or own.casefold().endswith(" " + wanted):
            return own
    return ""


@happen.register
def _put_on(effect: fx.PutOn, moment: Moment) -> StoryState:
    person = moment.here(effect.who)
    if effect.garment.casefold() in (own.casefold() for own in person.wardrobe):
        name = moment.name(person.id)
        moment.find("wardrobe.put_on", f"{name} puts on the {effect.garment} but wears it already", "Take it out.")
        return moment.state
    return moment.state.with_person(person.model_copy(update={"wardrobe": (*person.wardrobe, effect.garment)}))


@happen.register
def _take_off(effect: fx.TakeOff, moment: Moment) -> StoryState:
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


@happen.register
def _disguise(effect: fx.Disguise, moment: Moment) -> StoryState:
    person = moment.person(effect.who)
    return moment.state.with_person(person.model_copy(update={"disguised_as": effect.as_}))


@happen.register
def _injure(effect: fx.Injure, moment: Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if effect.injury in person.injuries:
        moment.find("injury.twice", f"{name} gets {effect.injury} but has it already", "Let something else happen.")
        return moment.state
    return moment.state.with_person(person.model_copy(update={"injuries": (*person.injuries, effect.injury)}))


@happen.register
def _heal(effect: fx.Heal, moment: Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if effect.injury not in person.injuries:
        moment.find("injury.heal", f"{name} gets over {effect.injury} without having it", "Take this effect out.")
    left = tuple(injury for injury in person.injuries if injury != effect.injury)
    return moment.state.with_person(person.model_copy(update={"injuries": left}))


@happen.register
def _rank(effect: fx.Rank, moment: Moment) -> StoryState:
    person = moment.person(effect.who)
    return moment.state.with_person(person.model_copy(update={"rank": effect.title}))


@happen.register
def _detain(effect: fx.Detain, moment: Moment) -> StoryState:
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


@happen.register
def _release(effect: fx.Release, moment: Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if person.custody_of is None:
        moment.find("custody.release", f"{name} is released without being in custody", "Take this effect out.")
    return moment.state.with_person(person.model_copy(update={"custody_of": None}))
