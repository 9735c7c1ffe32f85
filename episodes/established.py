"""What one episode leaves behind for the next ones: read off its script and its world, and nothing else."""

from datetime import datetime

from episodes.brief import gag_topic
from episodes.cast import Character, Place, Unit, Vehicle
from episodes.episode import Episode
from episodes.past import DRESSINGS, Past
from episodes.recurrence import Seen, seen_in
from episodes.story import story_of
from episodes.value import Value


class Established(Value):
    """What one episode leaves behind for the next ones."""

    season: int
    number: int
    title: str
    logline: str
    characters: tuple[Character, ...]
    """The regulars, without what they wear for an injury. A rank that they were given in it is in `ranks`."""
    units: tuple[Unit, ...]
    vehicles: tuple[Vehicle, ...]
    places: tuple[Place, ...]
    injuries: tuple[tuple[str, str], ...] = ()
    """Character id and injury, got in this episode and still there at its end."""
    healed: tuple[tuple[str, str], ...] = ()
    """Character id and injury of an earlier episode that was got over in this one."""
    ranks: tuple[tuple[str, str], ...] = ()
    """Character id and title that they were given in this episode."""
    lost_vehicles: tuple[str, ...] = ()
    wrecked_vehicles: tuple[str, ...] = ()
    storylets: tuple[str, ...] = ()
    """Names of the storylets it used, so that the show does not repeat itself."""
    topics: tuple[str, ...] = ()
    """What was planted, for running gags."""
    paid: tuple[str, ...] = ()
    """What came back."""
    knows: tuple[tuple[str, str], ...] = ()
    """Regular's id and a topic that they came to know."""
    promises: tuple[tuple[str, str], ...] = ()
    """Regular's id and topic of what is promised and not kept yet."""
    kept: tuple[tuple[str, str], ...] = ()
    """Promises that were kept or broken in it."""
    gags: tuple[str, ...] = ()
    """The season's running gags that were due in it."""
    seen: tuple[Seen, ...] = ()
    """What may turn out to come back."""
    until: datetime | None = None
    """Story time of its last scene: what follows plays on a later day."""
    teaser: str = ""
    """What it said of the next episode."""


def establish(episode: Episode) -> Established:
    """Return what this episode leaves behind. Raises `ValueError` for one without a script.

    Only world and script count: whether its film is made makes no difference.
    """
    script, world = episode.the_script, episode.the_world
    past, state = world.past or Past(), story_of(episode).final
    regulars = tuple(c for c in world.characters if c.role in ("officer", "sergeant", "dispatcher"))
    known = {character.id for character in regulars}
    before = {(hurt.who, hurt.injury) for hurt in past.injuries}
    hurts = tuple((person.id, injury) for person in state.people for injury in person.injuries)
    cast = {character.id for character in world.characters}
    direction = episode.brief.direction
    gags = direction.gags if direction else ()
    return Established(
        season=episode.season,
        number=episode.number,
        title=script.title,
        logline=script.logline,
        characters=tuple(_undressed(character) for character in regulars),
        units=world.units,
        vehicles=world.vehicles,
        places=world.places,
        injuries=tuple(hurt for hurt in hurts if hurt[0] in known and hurt not in before),
        healed=tuple(sorted(hurt for hurt in before if hurt not in hurts and hurt[0] in cast)),
        ranks=tuple((p.id, p.rank) for p in state.people if p.rank and p.rank != past.rank(p.id)),
        lost_vehicles=tuple(v.id for v in state.vehicles if v.lost and v.id not in past.lost_vehicles),
        wrecked_vehicles=tuple(v.id for v in state.vehicles if v.broken and v.id not in past.wrecked_vehicles),
        storylets=tuple(beat.storylet for scene in script.scenes for beat in scene.beats if beat.storylet),
        topics=tuple(topic for topic in state.planted if topic not in past.topics),
        paid=state.paid,
        knows=tuple((p.id, t) for p in state.people if p.id in known for t in p.knows if (p.id, t) not in past.knows),
        promises=tuple(p for p in state.promises if p not in (*state.kept, *past.promises) and p[0] in known),
        kept=state.kept,
        gags=gags,
        seen=seen_in(episode, frozenset(gag_topic(gag) for gag in gags)),
        until=max((scene.clock for scene in script.scenes), default=None),
        teaser=script.next_week,
    )


def _undressed(character: Character) -> Character:
    """Return the character without bandages and plasters."""
    worn = [garment not in DRESSINGS for garment in character.wardrobe]
    if all(worn):
        return character
    colours = tuple(colour for colour, keep in zip(character.colours, worn, strict=False) if keep)
    wardrobe = tuple(garment for garment in character.wardrobe if garment not in DRESSINGS)
    return character.model_copy(update={"wardrobe": wardrobe, "colours": colours})
