"""What the past and the season's plan ask of an episode, as sentences for a model's prompt."""

from episodes.bible import Bible
from episodes.brief import Direction
from episodes.cast import Vehicle


def left_over(bible: Bible, car: Vehicle | None = None) -> tuple[str, ...]:
    """Return what earlier episodes left behind: ranks, injuries, lost cars, promises, and what keeps coming back.

    `car` is what the crew drives tonight, where that is another than before.
    """
    names = {character.id: character.name for character in bible.characters}
    cars = {vehicle.id: vehicle.name for vehicle in bible.vehicles}
    told = [f"{names.get(who, who)} is {title} now, and is called nothing else." for who, title in bible.ranks]
    for hurt in bible.injuries:
        shown = "it shows, and somebody mentions it" if hurt.age == 1 else "it is nearly well"
        told.append(f"{names.get(hurt.who, hurt.who)} still has {hurt.injury}: {shown}.")
    told += [f"{cars.get(gone, gone)} was lost or wrecked: nobody drives it." for gone in _gone(bible)]
    if car is not None and car.id not in cars and _gone(bible):
        told.append(f"They have signed out {car.name} instead, and somebody says so.")
    past = bible.past
    told += [f"{names.get(who, who)} has promised: {topic}." for who, topic in (past.promises if past else ())]
    told += [f"It keeps coming back: {gag.what}. Let it be seen or heard again." for gag in bible.gags[:2]]
    return tuple(told[:12])


def _gone(bible: Bible) -> tuple[str, ...]:
    return (*bible.lost_vehicles, *bible.wrecked_vehicles)


def asked(direction: Direction | None, bible: Bible) -> tuple[str, ...]:
    """Return what the season's plan wants of the episode; nothing for an episode by itself."""
    if direction is None:
        return ()
    told = [f"The season: {direction.premise}"[:500]]
    if direction.turn:
        told.append(f"The call turns out like this, and no sooner than the last third: {direction.turn}")
    if direction.arc:
        told.append(f"The season's own story, in the debrief or the tag: {direction.arc}")
    had = {gag for episode in bible.episodes for gag in episode.gags}
    for gag in direction.gags:
        if gag in direction.ending:
            how = "is heard for the last time: pay it off"
        else:
            how = "comes back, changed" if gag in had else "is heard for the first time, in passing"
        told.append(f"Running gag, {how}: {gag}")
    told += [f"{name} wants {want}, all season, and does not get it." for name, want in direction.wants[:5]]
    return tuple(told)
