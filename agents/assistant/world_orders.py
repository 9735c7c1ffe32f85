"""What can be asked of a scene: its light, weather, hour and place; and of the show: its look."""

from datetime import datetime, timedelta

from agents.assistant.naming import Ref
from agents.assistant.numbers import DAY, Clock
from agents.assistant.orders import Ask, Edit, Order, Unclear
from agents.assistant.reading import AskedBack, Item, Reading
from episodes.changes import Change, SetWorld
from episodes.episode import Episode
from episodes.script import Scene
from episodes.story import LIGHT_HOURS, light_fits

Orders = tuple[Order, ...]
_WEATHERS = {"clear": "clear weather", "rain": "rain", "fog": "fog", "snow": "snow", "wind": "wind"}


def look(reading: Reading) -> Orders | None:
    """Give the show another look."""
    found = reading.all("look")
    if len(found) != 1 or reading.pointing("scene") or reading.pointing("shot"):
        return None
    reading.spend(*found)
    reading.use("noun", "look", "film")
    reading.use("way", "previous")
    reading.use("verb", "use", "swap")
    reading.use("joint", "all")
    name, now = found[0].value("look"), reading.at.episode.the_world.look
    if name == now:
        raise AskedBack(Unclear(sentence=f"The show has the look {name} already."))
    return (Edit(changes=(SetWorld(look=name),), said=f"The whole show gets the look {name} instead of {now}."),)


def scene(reading: Reading) -> Orders | None:
    """Have a scene play by another light, in other weather, at another hour or at another place."""
    found = {tag: [one for one in reading.all(tag) if tag not in ("light", "weather") or not _is_other(reading, one)]
             for tag in ("light", "weather")}  # fmt: skip
    clocks = [item for item in reading.items if item.clock is not None]
    asked = {tag: items for tag, items in found.items() if items}
    if any(len(items) > 1 for items in asked.values()) or len(clocks) > 1:
        return None
    if reading.pointing("shot") or reading.has("sound") or reading.has("noun", "voice"):
        return None
    reading.spend(*(items[0] for items in asked.values()), *clocks)
    reading.use("noun", "clock", "weather", "light")
    scenes, place = _scenes_and_place(reading, named=bool(asked or clocks))
    if not (asked or clocks or place):
        return None
    reading.use("noun", "place")
    reading.use("verb", "swap", "move", "play_order")
    whole = reading.has("pronoun", "it") or reading.has("noun", "film")
    named = asked or place or reading.has("noun", "scene") or reading.at.focus.scene
    if not scenes and clocks and whole and not named:
        # Nothing was spoken of yet, so `it` is the film, which begins then.
        reading.use("noun", "film")
        reading.use("pronoun", "it")
        return (_begun_at(reading.at.episode, clocks[0].clock or Clock(0)),)
    if not scenes:
        reading.use("noun", "scene")
        scenes = reading.meant("scene")
    reading.use("noun", "scene")
    if len(scenes) > 1 and len(asked) + len(clocks) > 1 and _is_joined(reading):
        return None
    changes: list[Change] = []
    told: list[str] = []
    for one in scenes:
        change, said = _changed(
            reading.at.episode.the_script.scene(one), asked, clocks[0].clock if clocks else None, place
        )
        changes.append(change)
        told.append(said)
    if place:
        name = reading.at.episode.the_world.place(place).name
        told = [said.replace(f"at {place}", f"at {name}") for said in told]
    return (Edit(changes=tuple(changes), said=" ".join(told)),)


def _begun_at(episode: Episode, clock: Clock) -> Edit:
    """Return what has the film begin at an hour: all its scenes move by as much as the first."""
    first = episode.the_script.scenes[0]
    moved = _hour(first, clock) - first.clock
    if not moved:
        raise AskedBack(Unclear(sentence=f"The film begins at {first.clock:%H:%M} already."))
    changes: list[Change] = []
    doubts = []
    for scene in episode.the_script.scenes:
        hour = scene.clock + moved
        change = SetWorld(scene=scene.id, clock=f"{hour:%H:%M}")
        changes.append(change)
        if _doubt(scene, change, hour):
            doubts.append(scene.id)
    doubt = f" (the light of {', '.join(doubts)} does not go with that: the checker will say so)" if doubts else ""
    said = f"The film begins at {first.clock + moved:%H:%M}, and every scene moves with it{doubt}."
    return Edit(changes=tuple(changes), said=said)


def _is_other(reading: Reading, item: Item) -> bool:
    """Whether the word is the name of something here, and reads as that: a scene called `Night`."""
    return bool(item.refs) and len(reading.pointing("scene")) == 1 and item.ref("scene") is not None


def _is_joined(reading: Reading) -> bool:
    """Whether two things are asked one after the other, so that each may belong to another scene."""
    places = [n for n, item in enumerate(reading.items) if item.means("light") or item.means("weather") or item.clock]
    scenes = [n for n, item in enumerate(reading.items) if item.ref("scene")]
    return bool(places and scenes) and min(places) < max(scenes) and min(scenes) < max(places)


def _scenes_and_place(reading: Reading, *, named: bool) -> tuple[tuple[str, ...], str]:
    """Return the scenes and the place that are meant; a name of both is the place where a scene is named besides."""
    scenes, places = reading.pointing("scene"), reading.pointing("place")
    both = [item for item, _ in places if any(item is each for each, _ in scenes)]
    own_scene = [item for item, _ in scenes if not any(item is each for each in both)]
    place = ""
    if places and (own_scene or not both) and (len(places) == 1 or own_scene):
        item, ref = places[-1]
        if not own_scene and named and not both:
            return _scenes_at(reading, item, ref) or reading.scenes(), ""
        if len(ref.ids) > 1:
            raise AskedBack(reading.which("place", ref.ids, item))
        if not any(item is each for each in own_scene):
            reading.spend(item)
            place = ref.ids[0]
    return reading.scenes(), place


def _scenes_at(reading: Reading, item: Item, ref: Ref) -> tuple[str, ...]:
    """Return the scene that plays at a place: `rain in the shop`; asks where several do."""
    there = tuple(one.id for one in reading.at.episode.the_script.scenes if one.place in ref.ids)
    if len(there) > 1:
        raise AskedBack(reading.which("scene", there, item))
    if there:
        reading.spend(item)
    return there


def _changed(scene: Scene, asked: dict[str, list[Item]], clock: Clock | None, place: str) -> tuple[Change, str]:
    light = asked["light"][0].value("light") if "light" in asked else None
    weather = asked["weather"][0].value("weather") if "weather" in asked else None
    hour = _hour(scene, clock) if clock is not None else None
    told: list[str] = []
    if light:
        told.append(f"by {light}" if light == "day" else f"at {light}")
    if weather:
        told.append(f"in {_WEATHERS[weather]}")
    if hour:
        told.append(f"at {hour:%H:%M}")
    if place:
        told.append(f"at {place}")
    same = (light in (None, scene.light), weather in (None, scene.weather), hour in (None, scene.clock))
    if all(same) and place in ("", scene.place):
        raise AskedBack(Unclear(sentence=f"Scene {scene.id} plays {' '.join(told)} already."))
    change = SetWorld.model_validate(
        {
            "scene": scene.id,
            "light": light,
            "weather": weather,
            "clock": hour and f"{hour:%H:%M}",
            "place": place or None,
        }
    )
    return change, f"Scene {scene.id} plays {' '.join(told)}{_doubt(scene, change, hour)}."


def _doubt(scene: Scene, change: SetWorld, hour: datetime | None) -> str:
    """Return what does not go together after the change, so that nobody is surprised by the checker's finding."""
    at, light = hour or scene.clock, change.light or scene.light
    if (change.light or hour) and not light_fits(light, at.hour + at.minute / 60):
        first, last = LIGHT_HOURS[light]
        return (
            f" (at {at:%H:%M} it is no {light}, which is from {first:g} to {last:g} o'clock: the checker will say so)"
        )
    return ""


def _hour(scene: Scene, clock: Clock) -> datetime:
    if clock.shift:
        return scene.clock + timedelta(minutes=clock.minutes)
    options = [clock.minutes, (clock.minutes + DAY // 2) % DAY] if clock.half_day else [clock.minutes]
    now = scene.clock.hour * 60 + scene.clock.minute
    # Of ten past three in the morning and in the afternoon, a scene at night means the morning.
    fitting = [each for each in options if light_fits(scene.light, each / 60)] or options
    nearest = min(fitting, key=lambda each: min((each - now) % DAY, (now - each) % DAY))
    return scene.clock.replace(hour=nearest // 60, minute=nearest % 60, second=0)


def nothing_said(reading: Reading) -> Orders | None:
    """Ask for what is missing where only the kind of thing is named: `change the weather in scene 2`."""
    wants = {
        "weather": "rain, fog, snow, wind or clear weather", "light": "day, dusk, night or dawn", "clock": "03:10",
        "title": "its new title", "look": "noir, vhs, sodium, daylight, high noon, pulp, harbour or night blue",
    }  # fmt: skip
    for noun, words in wants.items():
        if reading.has("noun", noun) and reading.has("verb", "make", "swap", "rename"):
            raise AskedBack(Ask(sentence=f"What shall it be: {words}?"))
    return None
