"""How the story opens, and what must hold when a scene begins."""

from datetime import timedelta

from episodes.cast import Character, World
from episodes.changes import Change, SetWorld
from episodes.past import Past
from episodes.script import Scene
from episodes.story_rules import light_at, light_fits
from episodes.story_state import Finding, PersonState, PropState, StoryState, UnitState, VehicleState


def opening(world: World, scene: Scene) -> StoryState:
    """Return the state at the first frame of this scene: what earlier episodes left behind, and nothing else."""
    past = world.past or Past()
    people = tuple(_person(person, past) for person in world.characters)
    state = StoryState(
        world=world,
        clock=scene.clock,
        scene=scene.id,
        place=scene.place,
        light=scene.light,
        weather=scene.weather,
        people=people,
        props=tuple(PropState(id=prop.id, count=prop.count) for prop in world.props),
        vehicles=tuple(_vehicle(vehicle.id, past) for vehicle in world.vehicles),
        units=tuple(UnitState(id=unit.id) for unit in world.units),
        planted=past.topics,
        promises=past.promises,
    )
    return _set_scene(state, scene, world)


def _person(person: Character, past: Past) -> PersonState:
    return PersonState(
        id=person.id,
        wardrobe=person.wardrobe,
        injuries=tuple(hurt.injury for hurt in past.injuries if hurt.who == person.id),
        knows=tuple(topic for who, topic in past.knows if who == person.id),
        rank=past.rank(person.id),
    )


def _vehicle(vehicle: str, past: Past) -> VehicleState:
    return VehicleState(id=vehicle, lost=vehicle in past.lost_vehicles, broken=vehicle in past.wrecked_vehicles)


def enter_scene(state: StoryState, scene: Scene, world: World) -> tuple[StoryState, tuple[Finding, ...]]:
    """Return the state at the scene's first frame, and what can't be about it.

    Between scenes people go wherever they like, and what they hold goes with them.
    """
    after = _set_scene(state, scene, world)
    found = (*_clock_findings(state, scene), *_place_findings(scene, world), *_people_findings(state, scene))
    return after, (*found, *_car_findings(state, scene, world))


def _set_scene(state: StoryState, scene: Scene, world: World) -> StoryState:
    people = []
    for person in state.people:
        there = person.id in scene.present
        place = scene.place if there else person.place
        carried = person.aboard if there else None
        people.append(person.model_copy(update={"present": there, "place": place, "carried": carried}))
    update = {
        "people": tuple(people),
        "vehicles": tuple(_parked(vehicle, scene) for vehicle in state.vehicles),
        "clock": max(state.clock, scene.clock),
        "scene": scene.id,
        "place": scene.place,
        "light": scene.light,
        "weather": scene.weather,
    }
    after = state.model_copy(update=update)
    return _seated(after, world) if _set_of(scene, world) == "car" else _out_of_cars(after)


def _out_of_cars(state: StoryState) -> StoryState:
    """Those who are there have got out on arrival, except out of a lost vehicle: that wants telling."""
    for vehicle in state.vehicles:
        out = {who for who in vehicle.occupants if who in state.present}
        if vehicle.lost or not out:
            continue
        left = tuple(who for who in vehicle.occupants if who not in out)
        state = state.with_vehicle(vehicle.model_copy(update={"occupants": left}))
        for who in out:
            state = state.with_person(state.person(who).model_copy(update={"aboard": None}))
    return state


def _parked(vehicle: VehicleState, scene: Scene) -> VehicleState:
    """Where the vehicle is when the scene opens: with its people if they are there, else anywhere."""
    if vehicle.lost or vehicle.broken:
        return vehicle
    here = any(who in scene.present for who in vehicle.occupants)
    return vehicle.model_copy(update={"place": scene.place if here else None})


def _seated(state: StoryState, world: World) -> StoryState:
    """In a scene that plays in a car, the crew sits in its own car already."""
    for unit in world.units:
        if unit.vehicle is None or unit.vehicle not in {vehicle.id for vehicle in state.vehicles}:
            continue
        vehicle = state.vehicle(unit.vehicle)
        crew = tuple(who for who in unit.members if who in state.present and state.person(who).aboard is None)
        if vehicle.lost or not crew:
            continue
        occupants = (*vehicle.occupants, *crew)
        state = state.with_vehicle(vehicle.model_copy(update={"occupants": occupants, "place": state.place}))
        for who in crew:
            seat = {"aboard": vehicle.id, "carried": vehicle.id}
            state = state.with_person(state.person(who).model_copy(update=seat))
    return state


def _set_of(scene: Scene, world: World) -> str:
    return next((place.set for place in world.places if place.id == scene.place), "")


def _finding(
    scene: Scene, rule: str, what: str, fix: str, change: Change | None = None, *, fatal: bool = False
) -> Finding:
    text = f"In {scene.id}, {what}."
    return Finding(
        rule=rule, target=scene.id, text=text, fix=fix, change=change, severity="fatal" if fatal else "major"
    )


def _clock_findings(state: StoryState, scene: Scene) -> tuple[Finding, ...]:
    found = []
    if scene.clock < state.clock:
        found.append(
            _finding(
                scene, "clock.backwards",
                f"the clock stands at {scene.clock:%H:%M:%S}, but it was {state.clock:%H:%M:%S} already",
                f"Begin the scene at {state.clock:%H:%M} or later.", _later(state, scene),
            )
        )  # fmt: skip
    hour = scene.clock.hour + scene.clock.minute / 60
    if not light_fits(scene.light, hour):
        usual = light_at(hour)
        found.append(
            _finding(
                scene, "light.clock", f"it is {scene.light} at {scene.clock:%H:%M}",
                f"Make it {usual}, or change the clock.", SetWorld(scene=scene.id, light=usual),
            )
        )  # fmt: skip
    return tuple(found)


def _later(state: StoryState, scene: Scene) -> Change | None:
    """The next full minute, where `SetWorld`, which takes the nearest such time, finds it on the same day."""
    minute = state.clock.hour * 60 + state.clock.minute + (1 if state.clock.second or state.clock.microsecond else 0)
    wait = state.clock - scene.clock
    if minute >= 24 * 60 or scene.clock.date() != state.clock.date() or wait > timedelta(hours=11):
        return None
    return SetWorld(scene=scene.id, clock=f"{minute // 60:02}:{minute % 60:02}")


def _place_findings(scene: Scene, world: World) -> tuple[Finding, ...]:
    if any(place.id == scene.place for place in world.places):
        return ()
    what = f"the place is {scene.place!r}, which this world does not have"
    return (_finding(scene, "unknown.place", what, "Name a place it has.", fatal=True),)


def _people_findings(state: StoryState, scene: Scene) -> tuple[Finding, ...]:
    found: list[Finding] = []
    known = {person.id for person in state.people}
    place = state.name(scene.place)
    for who in scene.present:
        if who not in known:
            what = f"{who!r} is there when it opens at {place}, but nobody in this world has this id"
            rest = SetWorld(scene=scene.id, present=tuple(other for other in scene.present if other in known))
            found.append(_finding(scene, "unknown.character", what, "Name somebody it has.", rest, fatal=True))
            continue
        person = state.person(who)
        if person.custody_of and not _guarded(state, scene, who):
            captor = person.custody_of
            what = f"{state.name(who)} is at {place} but is in custody of {state.name(captor)} elsewhere"
            fix = f"Let {state.name(captor)} be there too, or release {state.name(who)} first."
            change = SetWorld(scene=scene.id, present=(*scene.present, captor))
            found.append(_finding(scene, "custody.elsewhere", what, fix, change))
        if person.aboard and state.vehicle(person.aboard).lost:
            car = state.name(person.aboard)
            what = f"{state.name(who)} is at {place} but was last aboard {car}, which is lost"
            fix = f"Let {state.name(who)} get out of {car} in an earlier beat."
            found.append(_finding(scene, "vehicle.aboard_lost", what, fix))
    return tuple(found)


def _car_findings(state: StoryState, scene: Scene, world: World) -> tuple[Finding, ...]:
    """A scene in the car of a crew whose own car an earlier episode has taken away."""
    if _set_of(scene, world) != "car" or world.past is None:
        return ()
    gone = [
        unit.vehicle
        for unit in world.units
        if unit.vehicle in world.past.undrivable and any(who in scene.present for who in unit.members)
    ]
    found = []
    for vehicle in gone:
        how = "was lost" if vehicle in world.past.lost_vehicles else "was wrecked"
        what = f"the crew sits in {state.name(vehicle)}, which {how} in an earlier episode"
        found.append(_finding(scene, "vehicle.past", what, "Let them sign out another car."))
    return tuple(found)


def _guarded(state: StoryState, scene: Scene, prisoner: str) -> bool:
    """Whether an officer is with the prisoner; an interview room has one behind the camera."""
    known = {person.id for person in state.people}
    others = (who for who in scene.present if who != prisoner and who in known)
    return _set_of(scene, state.world) == "interview" or any(state.is_officer(who) for who in others)
