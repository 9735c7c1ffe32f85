"""What stands after a person's edit: coverage that need not be planned again, and what agents leave alone.

An edit costs what it changes. A scene whose script, lengths and world are what they were keeps its shots unasked; and
whatever a person has changed with their own hands, no agent mends.
"""

from collections.abc import Iterable

from episodes.apply import apply
from episodes.cast import World
from episodes.change_targets import all_ids, targets
from episodes.changes import Balance, Change, InsertBeat, MixLevels, PlanScene, Rescore, SetWorld
from episodes.episode import Cue, Episode
from episodes.errors import ChangeRefused
from episodes.script import Line, Scene


def stands(scene_id: str, before: Episode, now: Episode) -> bool:
    """Whether the shots that a scene has `now` may stay, planned as they were for `before`.

    A scene's clock moves its shots with it, so another hour alone asks for no other shot.
    """
    old, new = _scene(before, scene_id), _scene(now, scene_id)
    if old is None or new is None or not now.shots_of(scene_id) or not before.shots_of(scene_id):
        return False
    if old != new.model_copy(update={"clock": old.clock}) or before.brief.format != now.brief.format:
        return False
    if any(_another_length(line, before, now) for line in new.lines):
        return False
    return _seen(before, old) == _seen(now, new)


def score_of(scene: Scene, before: tuple[Cue, ...], planned: Cue) -> Cue:
    """Return the score of a scene that was planned anew.

    A cue stays as it is, whoever made it so, unless a line that it stops for is gone.
    """
    kept = next((cue for cue in before if cue.scene == scene.id), None)
    if kept is None:
        return planned
    holds = set(kept.before) <= {line.id for line in scene.lines}
    return kept if holds else planned.model_copy(update={"take": kept.take})


def _another_length(line: Line, before: Episode, now: Episode) -> bool:
    """Whether a line has another length than it had, or may have: nobody has spoken it yet."""
    old, new = before.spoken(line), now.spoken(line)
    return old is None or new is None or old.seconds != new.seconds


def kept_cue(scene_id: str, before: Episode, now: Episode) -> Cue | None:
    """Return the score of a scene whose shots stand; None for one that must be planned again."""
    cue = next((cue for cue in now.cues if cue.scene == scene_id), None)
    return cue if stands(scene_id, before, now) else None


def _scene(episode: Episode, scene_id: str) -> Scene | None:
    scenes = episode.script.scenes if episode.script is not None else ()
    return next((scene for scene in scenes if scene.id == scene_id), None)


def _seen(episode: Episode, scene: Scene) -> World:
    """Return what of the world the scene's coverage is made of; who speaks with which voice is not."""
    world = episode.the_world
    people = {*scene.present, *(line.speaker for line in scene.lines)}
    people |= {subject.id for shot in episode.shots_of(scene.id) for subject in shot.subjects}
    named = tuple(c.model_copy(update={"voice": None}) for c in world.characters if c.id in people)
    places = tuple(place for place in world.places if place.id == scene.place)
    return world.model_copy(update={"characters": named, "places": places, "look": "", "theme": None})


def kept_shots(before: Episode, now: Episode) -> frozenset[str]:
    """Return the ids of shots that are what they were."""
    old = {shot.id: shot for shot in before.shots}
    return frozenset(shot.id for shot in now.shots if old.get(shot.id) == shot)


def touched_by(changes: Iterable[Change], episode: Episode) -> frozenset[str]:
    """Return the ids of beats, lines and shots that a person's changes touched with their own hands.

    Args:
        changes: in order.
        episode: as it was before the first of them.
    """
    touched: set[str] = set()
    for change in changes:
        ids = set(all_ids(episode))
        if not isinstance(change, SetWorld | MixLevels | Balance | Rescore | PlanScene | InsertBeat):
            touched |= targets(change, episode) - {"episode"}
        try:
            episode = apply(change, episode)
        except ChangeRefused:
            continue
        if isinstance(change, InsertBeat):
            touched |= set(all_ids(episode)) - ids
    scenes = {scene.id for scene in episode.script.scenes} if episode.script is not None else set()
    return frozenset(touched - scenes)


def held_shots(touched: frozenset[str], before: Episode, now: Episode) -> frozenset[str]:
    """Return the shots that a person has touched and whose lines are as long as they were: they need no other plan."""

    def same(line_id: str) -> bool:
        try:
            old, new = before.line(line_id), now.line(line_id)
        except (KeyError, ValueError):
            return False
        return old.text == new.text and before.seconds_of(old) == now.seconds_of(new)

    return frozenset(shot.id for shot in now.shots if shot.id in touched and all(same(cue.line) for cue in shot.cues))


def held(touched: frozenset[str], before: Episode, now: Episode) -> frozenset[str]:
    """Return the ids that no agent may change after an edit: what is as it was, and what the person has made so."""
    scenes = now.script.scenes if now.script is not None else ()
    standing = frozenset(scene.id for scene in scenes if stands(scene.id, before, now))
    return touched | kept_shots(before, now) | standing
