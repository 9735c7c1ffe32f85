"""Changes to shots, score, mix and cut."""

from fractions import Fraction

from episodes.change_rules import changed, scene_called, script_of, shot_called, with_shot, with_shots_of
from episodes.changes import (
    Balance,
    LayCut,
    MixLevels,
    Move,
    PlanScene,
    RemoveShot,
    Rescore,
    Reshoot,
    Retime,
    Reverse,
    Swap,
    SwapTake,
    Trim,
    UseClip,
)
from episodes.episode import Cue, Episode, SceneBalance
from episodes.errors import ChangeRefused
from episodes.format import HANDLE_FRAMES
from episodes.own_media import ClipInShot
from episodes.shots import Shot, SirenPass

MOST_BALANCE_DB = 24.0
"""How much louder or quieter than in the whole film a sound can be in one scene; beyond that it clips or is gone."""

LOUDEST_DB, QUIETEST_DB = 12.0, -60.0
"""Bounds of a track's level: above, the mix clips whatever the limiter does; below, nobody hears it."""

LOUDEST_LUFS, QUIETEST_LUFS = -10.0, -31.0
"""Bounds of a film's integrated loudness: above, the limiter is heard; below is quieter than any service asks for."""


def _sound(shot: Shot, episode: Episode) -> Shot:
    """Return the shot if its length makes sense, or raise `ChangeRefused`."""
    frame = episode.brief.format.frame
    if shot.seconds < frame:
        raise ChangeRefused(f"Shot {shot.id} can't be {float(shot.seconds):g} s long.")
    if shot.shown_seconds < frame:
        trims = float(shot.trim_in + shot.trim_out)
        raise ChangeRefused(f"Shot {shot.id} is {float(shot.seconds):g} s long and can't lose {trims:g} s.")
    if min(shot.trim_in, shot.trim_out) < -HANDLE_FRAMES * frame:
        raise ChangeRefused(f"The take of shot {shot.id} goes on for {HANDLE_FRAMES} frames at either end, not longer.")
    return shot


# ---- coverage --------------------------------------------------------------------------------------------------------


@changed.register
def _plan_scene(change: PlanScene, episode: Episode, by: str) -> Episode:
    scene = scene_called(episode, change.scene)
    for shot in change.shots:
        if shot.scene != scene.id:
            raise ChangeRefused(f"Shot {shot.id} belongs to scene {shot.scene}, not to {scene.id}.")
        _sound(shot, episode)
    locked = () if by == "person" else tuple(s for s in episode.shots_of(scene.id) if s.id in episode.locks)
    shots = _with_locked(change.shots, episode.shots_of(scene.id), {shot.id: shot for shot in locked})
    if not shots:
        raise ChangeRefused(f"Scene {scene.id} needs at least one shot.")
    episode = with_shots_of(episode, scene.id, shots)
    if change.cue is None:
        return episode
    if change.cue.scene != scene.id:
        raise ChangeRefused(f"The cue belongs to scene {change.cue.scene}, not to {scene.id}.")
    return _with_cue(episode, change.cue)


def _with_locked(new: tuple[Shot, ...], old: tuple[Shot, ...], locked: dict[str, Shot]) -> tuple[Shot, ...]:
    """Return the new shots with the locked ones where they have their id among them, or at their old place."""
    shots = [locked.get(shot.id, shot) for shot in new]
    known = {shot.id for shot in new}
    for index, shot in enumerate(old):
        if shot.id in locked and shot.id not in known:
            shots.insert(index, shot)
    return tuple(shots)


@changed.register
def _move(change: Move, episode: Episode, by: str) -> Episode:
    shot = shot_called(episode, change.shot)
    others = [other for other in episode.shots_of(shot.scene) if other.id != shot.id]
    at = 0
    if change.after is not None:
        after = shot_called(episode, change.after)
        if after not in others:
            raise ChangeRefused(f"Shot {shot.id} can't go behind {after.id}: it must be another shot of its scene.")
        at = others.index(after) + 1
    return with_shots_of(episode, shot.scene, (*others[:at], shot, *others[at:]))


@changed.register
def _swap(change: Swap, episode: Episode, by: str) -> Episode:
    first, second = shot_called(episode, change.first), shot_called(episode, change.second)
    if first.scene != second.scene or first.id == second.id:
        raise ChangeRefused(f"{first.id} and {second.id} can't change places: it takes two shots of one scene.")
    other = {first.id: second, second.id: first}
    return episode.model_copy(update={"shots": tuple(other.get(shot.id, shot) for shot in episode.shots)})


@changed.register
def _remove_shot(change: RemoveShot, episode: Episode, by: str) -> Episode:
    shot = shot_called(episode, change.shot)
    others = tuple(other for other in episode.shots_of(shot.scene) if other.id != shot.id)
    covered = {cue.line for other in others for cue in other.cues}
    bare = [cue.line for cue in shot.cues if cue.line not in covered]
    if bare:
        raise ChangeRefused(f"Shot {shot.id} can't go: no other shot of its scene carries line {bare[0]}.")
    if not others:
        raise ChangeRefused(f"Shot {shot.id} is the only one of scene {shot.scene}.")
    return with_shots_of(episode, shot.scene, others)


# ---- one shot --------------------------------------------------------------------------------------------------------


@changed.register
def _trim(change: Trim, episode: Episode, by: str) -> Episode:
    shot, snap = shot_called(episode, change.shot), episode.brief.format.snap
    trims = {"trim_in": shot.trim_in + snap(change.head), "trim_out": shot.trim_out + snap(change.tail)}
    return with_shot(episode, _sound(shot.model_copy(update=trims), episode))


@changed.register
def _retime(change: Retime, episode: Episode, by: str) -> Episode:
    shot = shot_called(episode, change.shot)
    seconds = episode.brief.format.snap(change.seconds)
    return with_shot(episode, _sound(shot.model_copy(update={"seconds": seconds}), episode))


@changed.register
def _reverse(change: Reverse, episode: Episode, by: str) -> Episode:
    shot = shot_called(episode, change.shot)
    return with_shot(episode, shot.model_copy(update={"reversed": not shot.reversed}))


@changed.register
def _swap_take(change: SwapTake, episode: Episode, by: str) -> Episode:
    shot = shot_called(episode, change.shot)
    if change.take < 1:
        raise ChangeRefused(f"Takes of shot {shot.id} are counted from 1; there is no take {change.take}.")
    return with_shot(episode, shot.model_copy(update={"take": change.take}))


@changed.register
def _reshoot(change: Reshoot, episode: Episode, by: str) -> Episode:
    shot = shot_called(episode, change.shot)
    kept: dict[str, object] = {"id": shot.id, "scene": shot.scene, "take": shot.take + 1}
    return with_shot(episode, _sound((change.plan or shot).model_copy(update=kept), episode))


# ---- score, mix, cut -------------------------------------------------------------------------------------------------


def _with_cue(episode: Episode, cue: Cue) -> Episode:
    if any(stop < 0 for stop in cue.stops):
        raise ChangeRefused(f"The music of scene {cue.scene} can't stop before the scene begins.")
    cues = {old.scene: old for old in episode.cues} | {cue.scene: cue}
    order = [scene.id for scene in script_of(episode).scenes]
    return episode.model_copy(update={"cues": tuple(cues[scene] for scene in order if scene in cues)})


@changed.register
def _rescore(change: Rescore, episode: Episode, by: str) -> Episode:
    scene_called(episode, change.cue.scene)
    return _with_cue(episode, change.cue)


@changed.register
def _mix(change: MixLevels, episode: Episode, by: str) -> Episode:
    update = change.model_dump(exclude={"kind"}, exclude_none=True)
    if not update:
        raise ChangeRefused("No level is named that should be other than it is.")
    loudness = update.get("loudness_lufs", LOUDEST_LUFS)
    if not QUIETEST_LUFS <= loudness <= LOUDEST_LUFS:
        raise ChangeRefused(f"A film can be at {QUIETEST_LUFS:g} to {LOUDEST_LUFS:g} LUFS, not at {loudness:g}.")
    for name, level in update.items():
        if name.endswith("_db") and not QUIETEST_DB <= level <= LOUDEST_DB:
            track = name.removesuffix("_db")
            raise ChangeRefused(f"The {track} can be set to {QUIETEST_DB:g} to {LOUDEST_DB:g} dB, not to {level:g}.")
    return episode.model_copy(update={"mix": episode.mix.model_copy(update=update)})


@changed.register
def _balance(change: Balance, episode: Episode, by: str) -> Episode:
    scene = scene_called(episode, change.scene)
    old = next((b for b in episode.balances if (b.scene, b.sound) == (scene.id, change.sound)), None)
    db = round(change.db + (old.db if old else 0.0), 2)
    if change.db == 0:
        raise ChangeRefused(f"No level is named that should be other than it is in scene {scene.id}.")
    if abs(db) > MOST_BALANCE_DB:
        raise ChangeRefused(f"In one scene a sound can be {MOST_BALANCE_DB:g} dB louder or quieter, not {abs(db):g}.")
    if change.sound == "siren" and not any(_has_siren(shot) for shot in episode.shots_of(scene.id)):
        raise ChangeRefused(f"No siren is heard in scene {scene.id}.")
    others = tuple(balance for balance in episode.balances if balance != old)
    new = (SceneBalance(scene=scene.id, sound=change.sound, db=db),) if db else ()
    return episode.model_copy(update={"balances": (*others, *new)})


def _has_siren(shot: Shot) -> bool:
    return any(isinstance(event, SirenPass) for event in shot.events)


@changed.register
def _use_clip(change: UseClip, episode: Episode, by: str) -> Episode:
    shot, form = shot_called(episode, change.shot), episode.brief.format
    others = tuple(one for one in episode.clips if one.shot != shot.id)
    if change.clip is None:
        if len(others) == len(episode.clips):
            raise ChangeRefused(f"Shot {shot.id} shows no clip of yours that could be taken out.")
        return episode.model_copy(update={"clips": others})
    need = shot.seconds + 2 * HANDLE_FRAMES * form.frame
    if change.clip.seconds < need:
        raise ChangeRefused(
            f"{change.clip.name} is {float(change.clip.seconds):.1f} s long, and shot {shot.id} with its handles needs "
            f"{float(need):.1f} s."
        )
    return episode.model_copy(update={"clips": (*others, ClipInShot(shot=shot.id, clip=change.clip))})


@changed.register
def _lay_cut(change: LayCut, episode: Episode, by: str) -> Episode:
    if change.cut.seconds <= Fraction(0):
        raise ChangeRefused("This cut has no picture.")
    return episode.model_copy(update={"cut": change.cut})
