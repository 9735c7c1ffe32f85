"""Which ids a change touches, and whether a lock forbids it."""

from episodes.changes import (
    AddEffects,
    Balance,
    CastNarrator,
    Change,
    InsertBeat,
    LayCut,
    Lock,
    MixLevels,
    Move,
    PlanScene,
    Recast,
    RemoveBeat,
    RemoveShot,
    ReplaceBeat,
    Rescore,
    Reshoot,
    Retime,
    Retitle,
    Reverse,
    Revoice,
    Reword,
    SetFacts,
    SetScript,
    SetWorld,
    Swap,
    SwapTake,
    TimeLines,
    Trim,
    UseClip,
    UseRecording,
)
from episodes.episode import Episode
from episodes.script import Beat, Scene


def targets(change: Change, episode: Episode) -> frozenset[str]:
    """Return the ids that the change touches: of scenes, beats, lines, shots, characters, or `episode`."""
    match change:
        case Reword() | Revoice() | UseRecording():
            return frozenset({change.line})
        case InsertBeat() | Rescore():
            return frozenset({change.scene if isinstance(change, InsertBeat) else change.cue.scene})
        case RemoveBeat() | ReplaceBeat() | AddEffects():
            return _beat_targets(change, episode)
        case Balance():
            return frozenset({change.scene})
        case Move() | Trim() | Retime() | Reverse() | RemoveShot() | SwapTake() | Reshoot() | UseClip():
            return frozenset({change.shot})
        case Swap():
            return frozenset({change.first, change.second})
        case TimeLines():
            return frozenset(length.line for length in change.lengths)
        case Lock():
            return frozenset({change.target})
        case Recast():
            return _recast_targets(change, episode)
        case PlanScene() | SetWorld():
            return _scene_targets(change.scene, episode)
        case SetFacts() | SetScript() | LayCut() | MixLevels() | CastNarrator() | Retitle():
            return frozenset({"episode"})


def _scene_targets(scene: str | None, episode: Episode) -> frozenset[str]:
    """A scene and its shots; the whole episode when no scene is named, as for another look of the show."""
    return frozenset({scene, *(shot.id for shot in episode.shots_of(scene))}) if scene else frozenset({"episode"})


def _beat_targets(change: RemoveBeat | ReplaceBeat | AddEffects, episode: Episode) -> frozenset[str]:
    beat_id = change.beat.id if isinstance(change, ReplaceBeat) else change.beat
    if isinstance(change, AddEffects):
        return frozenset({beat_id})
    kept = {line.id: line for line in change.beat.lines} if isinstance(change, ReplaceBeat) else {}
    old = [line for _, beat in _beats(episode) if beat.id == beat_id for line in beat.lines]
    altered = {line.id for line in old if kept.get(line.id) != line}
    gone = {line.id for line in old if line.id not in kept}
    shots = {shot.id for shot in episode.shots if gone & {cue.line for cue in shot.cues}}
    if isinstance(change, RemoveBeat):
        shots |= {shot.id for shot in episode.shots if beat_id in shot.beats}
    return frozenset({beat_id} | altered | shots)


def _recast_targets(change: Recast, episode: Episode) -> frozenset[str]:
    """The character; with another voice their lines, with another look the shots that show them."""
    touched = {change.character}
    if change.voice is not None and episode.script is not None:
        touched |= {line.id for line in episode.script.lines if line.speaker == change.character}
    if change.description is not None:
        seen = {shot.id: {subject.id for subject in shot.subjects} for shot in episode.shots}
        touched |= {shot_id for shot_id, people in seen.items() if change.character in people}
    return frozenset(touched)


def _beats(episode: Episode) -> tuple[tuple[Scene, Beat], ...]:
    scenes = episode.script.scenes if episode.script is not None else ()
    return tuple((scene, beat) for scene in scenes for beat in scene.beats)


def all_ids(episode: Episode) -> tuple[str, ...]:
    """Return every id that may be locked, each as often as it is used: it should be once."""
    found = [scene.id for scene in episode.script.scenes] if episode.script is not None else []
    for _, beat in _beats(episode):
        found += [beat.id, *(line.id for line in beat.lines)]
    found += [shot.id for shot in episode.shots]
    return tuple(found)


def holders(item: str, episode: Episode) -> frozenset[str]:
    """Return the item itself and all that holds it: a line's beat, a beat's or shot's scene, the episode."""
    found = {item, "episode"}
    for scene, beat in _beats(episode):
        if item == beat.id or any(line.id == item for line in beat.lines):
            found |= {beat.id, scene.id}
    found |= {shot.scene for shot in episode.shots if shot.id == item}
    return frozenset(found)


def lock_against(change: Change, episode: Episode) -> str:
    """Return the locked id that forbids this change to an agent, or an empty text when none does.

    Measured lengths, a relaid cut, facts and a narrator alter nothing that a lock protects. A new script and a new
    coverage keep what is locked by themselves; only a locked scene that has its shots is covered no more.
    """
    if not episode.locks or isinstance(change, SetFacts | TimeLines | LayCut | SetScript | CastNarrator):
        return ""
    touched = targets(change, episode)
    if isinstance(change, PlanScene):
        touched = frozenset({change.scene}) if episode.shots_of(change.scene) else frozenset()
    held = frozenset[str]().union(*(holders(item, episode) for item in touched))
    return min(held & episode.locks, default="")
