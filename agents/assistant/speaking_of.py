"""What is being spoken of: kept from one message to the next, so that `it` and `this shot` mean something."""

from collections.abc import Iterable

from agents.assistant.orders import Edit, Explain, Focus, Order, PutFile, Say, Show, TakeOutFile
from episodes.apply import targets
from episodes.changes import InsertBeat, MixLevels, Recast, Rescore, SetWorld
from episodes.episode import Episode


def focus_after(focus: Focus, order: Order, episode: Episode) -> Focus:
    """Return what is spoken of after an order; `episode` is as it was before."""
    for target in _named(order, episode):
        focus = _on(focus, target, episode)
    return focus


def still_there(focus: Focus, episode: Episode) -> Focus:
    """Return the focus without what is no longer in the episode: what was removed is not spoken of any more."""
    script = episode.script
    known = {shot.id for shot in episode.shots}
    if script is not None:
        known |= {scene.id for scene in script.scenes} | {line.id for line in script.lines}
        known |= {beat.id for scene in script.scenes for beat in scene.beats}
    gone = {name: "" for name in ("shot", "line", "scene", "beat") if getattr(focus, name) not in ("", *known)}
    if not gone:
        return focus
    return focus.model_copy(update=gone | ({"last": ""} if focus.last in gone else {}))


def _named(order: Order, episode: Episode) -> Iterable[str]:
    match order:
        case Edit():
            last = order.changes[-1]
            if isinstance(last, Recast):
                return (last.character,)
            if isinstance(last, SetWorld | InsertBeat):
                return (last.scene or "",)
            if isinstance(last, Rescore):
                return (last.cue.scene,)
            if isinstance(last, MixLevels):
                return ()
            found = sorted(targets(last, episode))
            return _speaker(order, episode) + found[-1:]
        case PutFile() | TakeOutFile():
            return (order.shot or order.line or "",)
        case Show():
            return (order.target,)
        case Explain():
            return (order.about,)
        case Say() if order.command in ("frames", "play"):
            return (order.words,)
    return ()


def _speaker(order: Edit, episode: Episode) -> list[str]:
    """Return whose lines were changed, where they are all one person's."""
    lines = {line.id: line.speaker for line in episode.the_script.lines}
    speakers = {lines[one] for change in order.changes for one in targets(change, episode) if one in lines}
    return list(speakers) if len(speakers) == 1 and len(order.changes) > 1 else []


def _on(focus: Focus, target: str, episode: Episode) -> Focus:
    """Return the focus with one thing more in it, and the scene that it is in."""
    script = episode.script
    if script is None:
        return focus
    scene = target.split("-")[0]
    scenes = {each.id for each in script.scenes}
    if target in scenes:
        return focus.model_copy(update={"scene": target, "last": "scene"})
    if any(shot.id == target for shot in episode.shots):
        return focus.model_copy(update={"shot": target, "scene": scene, "last": "shot"})
    line = next((each for each in script.lines if each.id == target), None)
    if line is not None:
        return focus.model_copy(update={"line": target, "character": line.speaker, "scene": scene, "last": "line"})
    if any(beat.id == target for each in script.scenes for beat in each.beats):
        return focus.model_copy(update={"beat": target, "scene": scene, "last": "beat"})
    if episode.world and any(person.id == target for person in episode.world.characters):
        return focus.model_copy(update={"character": target, "last": "character"})
    return focus
