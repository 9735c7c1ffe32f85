"""The bible: a show's premise and the fold of what its episodes have established, in order. Never edited in place."""

from episodes.cast import Agency, Character, Place, Unit, Vehicle
from episodes.episode import Episode
from episodes.story import story_of
from episodes.theme import ShowTheme
from episodes.value import Value


class Established(Value):
    """What one episode leaves behind for the next ones."""

    season: int
    number: int
    title: str
    logline: str
    characters: tuple[Character, ...]
    """As they are at the end: rank and wardrobe may have changed."""
    units: tuple[Unit, ...]
    vehicles: tuple[Vehicle, ...]
    places: tuple[Place, ...]
    injuries: tuple[tuple[str, str], ...] = ()
    """Character id and injury, still there at the end."""
    ranks: tuple[tuple[str, str], ...] = ()
    """Character id and title."""
    lost_vehicles: tuple[str, ...] = ()
    storylets: tuple[str, ...] = ()
    """Names of the storylets it used, so that the show does not repeat itself."""
    topics: tuple[str, ...] = ()
    """What was planted, for running gags."""
    teaser: str = ""
    """What it said of the next episode."""


class Bible(Value):
    """A show as its next episode must take it."""

    show: str
    agency: Agency | None = None
    look: str = "night_blue"
    theme: ShowTheme | None = None
    """The show's music; None until its first episode has one."""
    episodes: tuple[Established, ...] = ()

    @property
    def characters(self) -> tuple[Character, ...]:
        """The regulars as they were seen last."""
        last: dict[str, Character] = {}
        for episode in self.episodes:
            last.update({character.id: character for character in episode.characters})
        return tuple(last.values())

    @property
    def used_storylets(self) -> tuple[str, ...]:
        """All storylets used so far, the latest last."""
        return tuple(name for episode in self.episodes for name in episode.storylets)


def establish(episode: Episode) -> Established:
    """Return what this episode leaves behind. Raises `ValueError` for one without a script."""
    script, world = episode.the_script, episode.the_world
    state = story_of(episode).final
    regulars = tuple(c for c in world.characters if c.role in ("officer", "sergeant", "dispatcher"))
    return Established(
        season=episode.season,
        number=episode.number,
        title=script.title,
        logline=script.logline,
        characters=regulars,
        units=world.units,
        vehicles=world.vehicles,
        places=world.places,
        injuries=tuple((person.id, injury) for person in state.people for injury in person.injuries),
        ranks=tuple((person.id, person.rank) for person in state.people if person.rank),
        lost_vehicles=tuple(vehicle.id for vehicle in state.vehicles if vehicle.lost),
        storylets=tuple(beat.storylet for scene in script.scenes for beat in scene.beats if beat.storylet),
        topics=state.planted,
        teaser=script.next_week,
    )


def fold(show: str, episodes: tuple[Episode, ...]) -> Bible:
    """Return the bible after these episodes, in order of broadcast."""
    agency = next((e.world.agency for e in episodes if e.world), None)
    look = next((e.world.look for e in episodes if e.world), "night_blue")
    theme = next((e.world.theme for e in episodes if e.world and e.world.theme), None)
    return Bible(
        show=show, agency=agency, look=look, theme=theme, episodes=tuple(establish(e) for e in episodes if e.script)
    )
