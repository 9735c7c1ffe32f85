"""What the rules of all changes share: the function that they enter themselves into, and how they look things up."""

from functools import singledispatch

from episodes.cast import World
from episodes.changes import Change
from episodes.episode import Episode
from episodes.errors import ChangeRefused
from episodes.script import Scene, Script
from episodes.shots import Shot


@singledispatch
def changed(change: Change, episode: Episode, by: str) -> Episode:
    """Return the episode after the change; each type of change enters its own rule.

    Raises `ChangeRefused` for a missing target or a value that makes no sense.
    """
    raise TypeError(f"no rule for the change {type(change).__name__}")


def script_of(episode: Episode) -> Script:
    """Return the script, or raise `ChangeRefused`."""
    if episode.script is None:
        raise ChangeRefused("There is no script yet that could be changed.")
    return episode.script


def world_of(episode: Episode) -> World:
    """Return the world, or raise `ChangeRefused`."""
    if episode.world is None:
        raise ChangeRefused("There are no characters and places yet that could be changed.")
    return episode.world


def scene_called(episode: Episode, scene_id: str) -> Scene:
    """Return the scene, or raise `ChangeRefused`."""
    try:
        return script_of(episode).scene(scene_id)
    except KeyError:
        raise ChangeRefused(f"There is no scene {scene_id}.") from None


def shot_called(episode: Episode, shot_id: str) -> Shot:
    """Return the shot, or raise `ChangeRefused`."""
    try:
        return episode.shot(shot_id)
    except KeyError:
        raise ChangeRefused(f"There is no shot {shot_id}.") from None


def beat_scene(episode: Episode, beat_id: str) -> Scene:
    """Return the scene that holds the beat, or raise `ChangeRefused`."""
    for scene in script_of(episode).scenes:
        if any(beat.id == beat_id for beat in scene.beats):
            return scene
    raise ChangeRefused(f"There is no beat {beat_id}.")


def with_scene(episode: Episode, scene: Scene) -> Episode:
    """Return the episode with this scene in place of the one of the same id."""
    script = script_of(episode)
    scenes = tuple(scene if other.id == scene.id else other for other in script.scenes)
    return episode.model_copy(update={"script": script.model_copy(update={"scenes": scenes})})


def with_shot(episode: Episode, shot: Shot) -> Episode:
    """Return the episode with this shot in place of the one of the same id."""
    shots = tuple(shot if other.id == shot.id else other for other in episode.shots)
    return episode.model_copy(update={"shots": shots})


def with_shots_of(episode: Episode, scene_id: str, shots: tuple[Shot, ...]) -> Episode:
    """Return the episode with these as the scene's shots, all shots in the order of the story."""
    in_order: list[Shot] = []
    for scene in script_of(episode).scenes:
        in_order += shots if scene.id == scene_id else episode.shots_of(scene.id)
    return episode.model_copy(update={"shots": tuple(in_order)})
