"""A fault of a shot, and the scene that it is seen in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from episodes.cast import World
from episodes.episode import Episode
from episodes.notes import Severity
from episodes.script import Line, Scene
from episodes.shots import Shot
from episodes.story import Story, StoryState, story_of

Mend = Callable[[Shot], Shot]
"""A plain repair of one shot's plan."""


@dataclass(frozen=True)
class Fault:
    """What a rule found about the shots."""

    rule: str
    """`shots.light`."""
    target: str
    """Shot, line, beat or scene id."""
    text: str
    """One sentence with the place."""
    fix: str
    severity: Severity = "major"
    mend: Mend | None = None
    """The plain repair of the target, which is a shot then."""


@dataclass(frozen=True)
class SceneShots:
    """One scene with its shots in order, and all that is true in it."""

    world: World
    story: Story
    scene: Scene
    shots: tuple[Shot, ...]
    seen_before: frozenset[str]
    """Place ids of earlier scenes that had the time to show where they play."""

    def states(self, shot: Shot) -> tuple[StoryState, ...]:
        """Return the states that the shot's beats pass through; those of the whole scene when it names none of them."""
        beats = [beat.id for beat in self.scene.beats if beat.id in shot.beats] or [b.id for b in self.scene.beats]
        return tuple(state for beat in beats for state in self.story.during(beat))

    def set_of(self, place_id: str) -> str:
        """Return the kind of set of a place; an empty text for an unknown one."""
        return next((place.set for place in self.world.places if place.id == place_id), "")

    def flashes(self, shot: Shot) -> bool:
        """Whether the shot is cut in from elsewhere: a talking head, or the dispatcher at her desk."""
        if shot.place == self.scene.place:
            return False
        dispatchers = {person.id for person in self.world.characters if person.role == "dispatcher"}
        head = shot.owner == "interview" and self.set_of(shot.place) == "interview"
        desk = self.set_of(shot.place) == "dispatch_room" and {s.id for s in shot.subjects} <= dispatchers
        return head or desk

    def lines(self) -> dict[str, Line]:
        """Return the scene's lines by id."""
        return {line.id: line for line in self.scene.lines}


def scenes_of(episode: Episode) -> Iterator[SceneShots]:
    """Return each scene with its shots. Raises `ValueError` for an episode without a script or a world."""
    story, seen = story_of(episode), set[str]()
    for scene in episode.the_script.scenes:
        shots = episode.shots_of(scene.id)
        yield SceneShots(episode.the_world, story, scene, shots, frozenset(seen))
        # A cold open shows nothing whole, so that its place still wants to be established.
        if scene.beats[0].purpose != "cold_open":
            seen.add(scene.place)
