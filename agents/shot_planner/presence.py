"""Who and what is there: a scene folded beat by beat into presence and possession, for the planner's eyes."""

import re
from collections.abc import Iterable
from functools import cached_property

from episodes.cast import Character, Place, World
from episodes.effects import Alight, Arrive, Drop, Elapse, Give, Leave, Take
from episodes.episode import Episode
from episodes.mentions import mentions
from episodes.script import ALOUD, Beat, Line, Scene, Script
from episodes.story import story_of
from episodes.story_state import OFFICER_ROLES
from episodes.value import Value

_INSIDE = re.compile(
    r"\b(back|rear|front|passenger) seat|at the wheel|\baboard\b|\binside the (cruiser|car)\b|\b(climbs?|gets?) in\b",
    re.IGNORECASE,
)
"""Words by which somebody sits in the car with the officers."""


class BeatView(Value):
    """Who is there in one beat, and who holds what when it ends."""

    present: tuple[str, ...]
    """Character ids in the order of coming."""
    holds: tuple[tuple[str, str], ...] = ()
    """Character id and prop id."""
    wears: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Character id and garments when it begins."""
    elapsed: int = 0
    """Story seconds that jumped by within the scene before this beat."""
    aboard: tuple[str, ...] = ()
    """Who sits in a vehicle when it begins."""


class SceneView(Value):
    """One scene as the planner sees it."""

    world: World
    scene: Scene
    beats: tuple[BeatView, ...]
    new_place: bool
    """Whether no earlier scene plays here."""
    debuts: frozenset[str] = frozenset()
    """Things, and suspects, that no earlier scene has shown: they get an entrance."""

    @cached_property
    def place(self) -> Place:
        """Where it plays."""
        return self.world.place(self.scene.place)

    @cached_property
    def people(self) -> dict[str, Character]:
        """Characters by id."""
        return {character.id: character for character in self.world.characters}

    @cached_property
    def things(self) -> frozenset[str]:
        """Ids of props and of characters that are no humans."""
        others = {character.id for character in self.world.characters if character.kind != "human"}
        return frozenset(others | {prop.id for prop in self.world.props})

    def beat(self, beat_id: str) -> Beat:
        """Return the beat, or raise `KeyError`."""
        for beat in self.scene.beats:
            if beat.id == beat_id:
                return beat
        raise KeyError(beat_id)

    def line(self, line_id: str) -> Line:
        """Return a line of the scene, or raise `KeyError`."""
        for line in self.scene.lines:
            if line.id == line_id:
                return line
        raise KeyError(line_id)

    def at(self, beat_id: str) -> BeatView:
        """Return who is there in that beat, or raise `KeyError`."""
        for beat, view in zip(self.scene.beats, self.beats, strict=True):
            if beat.id == beat_id:
                return view
        raise KeyError(beat_id)

    def establishes(self, beat_id: str) -> bool:
        """Whether this beat opens the first scene in a place."""
        return self.new_place and self.scene.beats[0].id == beat_id

    def closes(self, beat_id: str) -> bool:
        """Whether this beat is the scene's last."""
        return self.scene.beats[-1].id == beat_id

    def garments(self, character: Character, beat_id: str) -> tuple[str, ...]:
        """Return what somebody wears when this beat begins."""
        return dict(self.at(beat_id).wears).get(character.id, character.wardrobe)

    def asked(self, beat_id: str) -> frozenset[str]:
        """Return who may sit in an interview: who speaks in the scene or acts in this beat."""
        return frozenset({line.speaker for line in self.scene.lines} | set(self.beat(beat_id).actors))

    def officers(self, beat_id: str) -> tuple[str, ...]:
        """Return the present characters that may wear a camera."""
        return tuple(person for person in self.at(beat_id).present if self._wears(person))

    def may_wear(self, character: str, beat_id: str) -> bool:
        """Whether this character is present and wears a camera."""
        return character in self.officers(beat_id)

    def outside(self, who: str, beat_id: str) -> bool:
        """Whether somebody or something is seen through a window of the car that the scene plays in."""
        if self.place.set != "car" or who not in self.people or self._wears(who) or who in self.at(beat_id).aboard:
            return False
        beat = self.beat(beat_id)
        naming = (text for text in (beat.action, beat.picture_gag) if _names(text, who, self.world))
        return not any(_INSIDE.search(text) for text in naming)

    def known(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that are characters or props, each once."""
        return tuple(dict.fromkeys(i for i in ids if i in self.people or i in self.things))

    def _wears(self, person: str) -> bool:
        character = self.people.get(person)
        return character is not None and character.kind == "human" and character.role in OFFICER_ROLES


def view_scene(episode: Episode, scene: Scene) -> SceneView:
    """Return the scene as the planner sees it. Raises `ValueError` for an episode without script or world."""
    script, world = episode.the_script, episode.the_world
    earlier = _earlier(script, scene)
    held: dict[str, str] = {}
    for beat in (beat for before in earlier for beat in before.beats):
        _hand_over(held, beat)
    present, views, elapsed = list(scene.present), [], 0
    known = {character.id for character in world.characters}
    story = story_of(episode)
    for beat in scene.beats:
        came = [effect.who for effect in beat.effects if isinstance(effect, Arrive | Alight)]
        spoke = [line.speaker for line in beat.lines if line.channel in ALOUD]
        present += [who for who in dict.fromkeys([*came, *beat.actors, *spoke]) if who in known and who not in present]
        _hand_over(held, beat)
        holds = tuple(sorted((who, prop) for prop, who in held.items()))
        before = story.during(beat.id)[0].people
        wears = tuple((person.id, person.wardrobe) for person in before)
        aboard = tuple(person.id for person in before if person.aboard)
        here = tuple(present)
        if world.place(scene.place).set == "car":
            # Who goes by a window is there for that moment, and past it in the next.
            crew = {one.id for one in world.characters if one.role in OFFICER_ROLES}
            here = tuple(who for who in present if who in {*crew, *aboard, *came, *beat.actors, *spoke})
        views.append(BeatView(present=here, holds=holds, wears=wears, elapsed=elapsed, aboard=aboard))
        gone = {effect.who for effect in beat.effects if isinstance(effect, Leave)}
        present = [who for who in present if who not in gone]
        elapsed += sum(effect.seconds for effect in beat.effects if isinstance(effect, Elapse))
    # A cold open begins in the middle of things: its place is established when the story comes back to it.
    told = [before for before in earlier if before.beats[0].purpose != "cold_open"]
    new_place = scene.beats[0].purpose != "cold_open" and all(before.place != scene.place for before in told)
    shown = {who for before in earlier for who in _seen_in(before)}
    stars = {one.id for one in world.characters if one.role == "suspect" or one.kind != "human"}
    debuts = frozenset((stars | {prop.id for prop in world.props}) - shown)
    return SceneView(world=world, scene=scene, beats=tuple(views), new_place=new_place, debuts=debuts)


def unseen_channel(view: SceneView, beat: Beat, line: Line) -> bool:
    """Whether the line comes from somewhere else, so that any picture may go with it."""
    if line.channel in ("voice_over", "dispatch", "radio", "phone"):
        return line.channel == "voice_over" or line.speaker not in view.at(beat.id).present
    return False


def _seen_in(scene: Scene) -> set[str]:
    return {*scene.present, *(actor for beat in scene.beats for actor in beat.actors)}


def _names(text: str, who: str, world: World) -> bool:
    return any(mention.id == who for mention in mentions(text, world))


def _earlier(script: Script, scene: Scene) -> tuple[Scene, ...]:
    ids = [each.id for each in script.scenes]
    return script.scenes[: ids.index(scene.id)] if scene.id in ids else ()


def _hand_over(held: dict[str, str], beat: Beat) -> None:
    for effect in beat.effects:
        if isinstance(effect, Take):
            held[effect.prop] = effect.who
        elif isinstance(effect, Give):
            held[effect.prop] = effect.to
        elif isinstance(effect, Drop):
            held.pop(effect.prop, None)
