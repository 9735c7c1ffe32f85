"""The sound of an edit that came back: levels and silenced music are taken, everything else follows from the shots."""

from collections import defaultdict
from fractions import Fraction

from episodes.changes import Balance, MixLevels, Rescore
from episodes.cut import TrackName
from episodes.episode import Balanced, Episode
from episodes.returned_timeline import ReadClip, ReadTimeline
from episodes.shot_order import Attempt
from episodes.understood import listed

_TRACKS: tuple[tuple[TrackName, Balanced], ...] = (
    ("A1", "dialogue"), ("A2", "radio"), ("A3", "effects"), ("A4", "music"),
)  # fmt: skip
_LEAST_DB = 0.05
"""A level that differs by less is the same one, rounded."""


def sound_edits(read: ReadTimeline, shots: dict[str, ReadClip], attempt: Attempt) -> None:
    """Add what is other in the sound; `shots` are the clips of picture by their shots."""
    _track_levels(read, attempt)
    _clip_levels(read, attempt)
    if attempt.episode.cut is None:
        return
    heard = {clip.media: clip for clip in read.clips if not clip.picture and clip.enabled and clip.media}
    for track, sound in _TRACKS:
        moved = []
        for at, clip in attempt.episode.cut.track(track).placed():
            scene = clip.media.split("-")[0].split(":")[0]
            if clip.media not in heard:
                # What went with its picture went with its picture.
                if _seen(clip.media, scene, shots, attempt.episode):
                    _gone(clip.media, scene, sound, attempt)
            elif _is_moved(heard[clip.media], at, clip.seconds, shots, attempt.episode):
                moved.append(clip.media)
        if moved:
            few = listed(moved[:5]) + (f" and {len(moved) - 5} more" if len(moved) > 5 else "")
            attempt.finding.left.append(
                f"Where {few} now {'begins or ends' if len(moved) == 1 else 'begin or end'} is not taken: sound is "
                "laid anew from the script and the shots. Edit the shots, or move the lines in script.fountain."
            )
    _strange_sounds(read, attempt)


def _seen(media: str, scene: str, shots: dict[str, ReadClip], episode: Episode) -> bool:
    """Whether the picture that a sound belongs to is still in the edit."""
    carriers = [shot.id for shot in episode.shots if any(cue.line == media for cue in shot.cues)]
    if carriers:
        return any(name in shots for name in carriers)
    return any(episode.shot(name).scene == scene for name in shots) or scene in ("title", "next", "end")


def _gone(media: str, scene: str, sound: Balanced, attempt: Attempt) -> None:
    cue = next((cue for cue in attempt.now.cues if cue.scene == scene), None)
    if sound == "music" and cue is not None and media == f"{scene}:score":
        attempt.make(Rescore(cue=cue.model_copy(update={"silent": True})), f"Scene {scene} has no music any more.")
    elif sound == "music":
        attempt.finding.left.append(f"The music of {scene} stays: it belongs to its card.")
    elif sound == "effects":
        attempt.finding.left.append(
            f"The effects of scene {scene} stay, for they come from what happens in it; turn them down instead."
        )
    else:
        attempt.finding.left.append(
            f"Line {media} is gone from the sound, but it is said in the script: take it out of script.fountain."
        )


def _is_moved(found: ReadClip, at: Fraction, seconds: Fraction, shots: dict[str, ReadClip], episode: Episode) -> bool:
    """Whether a sound was cut, or moved by other than what some picture was moved by."""
    frame = episode.brief.format.frame
    if abs(found.seconds - seconds) > frame:
        return True
    shift = found.at - at
    placed = episode.the_cut.track("V1").placed()
    shifts = {Fraction(0)} | {shots[clip.media].at - start for start, clip in placed if clip.media in shots}
    # Who cuts off the head of a shot moves what is heard over it to an earlier moment too.
    shifts |= {
        shots[clip.media].at - start - (shots[clip.media].source_in - clip.source_in)
        for start, clip in placed
        if clip.media in shots
    }
    return all(abs(shift - one) > frame for one in shifts)


def _strange_sounds(read: ReadTimeline, attempt: Attempt) -> None:
    strange = [clip.file or clip.name for clip in read.clips if not clip.picture and not clip.media and clip.enabled]
    for name in dict.fromkeys(strange):
        attempt.finding.left.append(
            f"The sound {name[:60]!r} is none of this episode's: put it into a folder for --sounds, or say in the chat "
            "for which line it is."
        )


# ---- levels ----------------------------------------------------------------------------------------------------------


def _track_levels(read: ReadTimeline, attempt: Attempt) -> None:
    for track, db in read.gains:
        sound = dict(_TRACKS).get(track)  # type: ignore[call-overload]
        if abs(db) < _LEAST_DB:
            continue
        if sound is None:
            attempt.finding.left.append(f"The level of track {track} is not taken: it is none of ours.")
            continue
        now = getattr(attempt.now.mix, f"{sound}_db")
        level = MixLevels.model_validate({f"{sound}_db": round(now + db, 2)})
        attempt.make(level, f"The {sound} {_is(sound)} {abs(db):.3g} dB {_louder(db)} in the whole film.")


def _clip_levels(read: ReadTimeline, attempt: Attempt) -> None:
    """Take levels that all of one kind in a scene share; single lines have no level of their own."""
    for track, sound in _TRACKS:
        levels: dict[str, dict[str, float]] = defaultdict(dict)
        ours = attempt.episode.cut.track(track).placed() if attempt.episode.cut is not None else ()
        of_track = {clip.media for _, clip in ours}
        for clip in read.clips:
            if not clip.picture and clip.media in of_track:
                levels[clip.media.split("-")[0].split(":")[0]][clip.media] = clip.gain_db or 0.0
        for scene, each in levels.items():
            _scene_level(scene, each, sound, attempt)


def _scene_level(scene: str, each: dict[str, float], sound: Balanced, attempt: Attempt) -> None:
    changed = {name: db for name, db in each.items() if abs(db) >= _LEAST_DB}
    if not changed:
        return
    scenes = {one.id for one in attempt.episode.the_script.scenes}
    alike = len(changed) == len(each) and max(each.values()) - min(each.values()) < _LEAST_DB
    if not alike or scene not in scenes:
        attempt.finding.left.append(
            f"The level of {listed(list(changed))} alone is not taken: a "
            f"scene's {sound} {_is(sound)} louder or quieter as one."
        )
        return
    db = round(next(iter(each.values())), 2)
    attempt.make(
        Balance(scene=scene, sound=sound, db=db),
        f"The {sound} of scene {scene} {_is(sound)} {abs(db):.3g} dB {_louder(db)}.",
    )


def _is(sound: Balanced) -> str:
    return "are" if sound == "effects" else "is"


def _louder(db: float) -> str:
    return "louder" if db > 0 else "quieter"
