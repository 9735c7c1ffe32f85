"""An edit that came back from an editing program as changes. See `taking_back.py`."""

from fractions import Fraction
from itertools import pairwise

from episodes.changes import Reverse
from episodes.cut import CARDS, Clip
from episodes.element_matching import in_longest_run
from episodes.episode import Episode
from episodes.format import HANDLE_FRAMES
from episodes.returned_sound import sound_edits
from episodes.returned_timeline import ReadClip, ReadTimeline
from episodes.shot_order import Attempt, put_in_order, remove_shots, set_trims
from episodes.shots import Shot
from episodes.understood import Understood, listed, quoted

_MANY = 1_000_000


def from_timeline(read: ReadTimeline, episode: Episode) -> Understood:
    """Return what an edit says that the episode's own does not; times are moved to the nearest frame."""
    attempt = Attempt(episode)
    shots = _shot_clips(read, attempt)
    if not shots:
        attempt.finding.left.append("No clip of this edit is a shot of this episode, so nothing of it is taken.")
        return attempt.finding.done()
    for name, clip in shots.items():
        _direction(episode.shot(name), clip, attempt)
        _length(episode.shot(name), clip, attempt)
    _order(list(shots), attempt)
    remove_shots([shot.id for shot in episode.shots if shot.id not in shots], attempt, "clip")
    _cards(read, attempt)
    _holes(read, shots, attempt)
    if read.sound:
        sound_edits(read, shots, attempt)
    for marker in read.markers:
        attempt.finding.left.append(f"Your mark {_place(marker.at, read)} is for the chat: {quoted(marker.text, 200)}.")
    return attempt.finding.done()


def _place(at: Fraction, read: ReadTimeline) -> str:
    """Say where a moment is: in which shot, and how far into the film."""
    under = next((clip for clip in read.picture if clip.media and clip.at <= at < clip.at + clip.seconds), None)
    where = f" in {under.media}" if under is not None else ""
    return f"at {float(at):.1f} s{where}"


# ---- which clip is which shot ----------------------------------------------------------------------------------------


def _shot_clips(read: ReadTimeline, attempt: Attempt) -> dict[str, ReadClip]:
    """Return one clip for each shot that is in the edit, in the order of the film."""
    known = {shot.id for shot in attempt.episode.shots}
    found: dict[str, ReadClip] = {}
    guessed = set()
    for clip in _joined(read.picture, attempt.episode.brief.format.frame):
        if clip.media in known:
            if clip.media in found:
                found[clip.media] = _longer(found[clip.media], clip, attempt)
            else:
                found[clip.media] = clip
            if clip.known_by in ("part", "file"):
                guessed.add(clip.media)
        elif not clip.media:
            name = clip.file or clip.name
            attempt.finding.left.append(
                f"The clip {quoted(name, 60)} at {float(clip.at):.1f} s is none of this episode's shots: to show it, "
                f"say 'use {name[:60]} for' and a shot in the chat."
            )
    if guessed and not _as_always(found, attempt.episode):
        few = f"{listed(sorted(guessed)[:6])}{' and others' if len(guessed) > 6 else ''}"
        attempt.finding.said.append(f"The program kept neither ids nor names of {few}; they were known by their files.")
    return dict(sorted(found.items(), key=lambda item: item[1].at))


def _as_always(found: dict[str, ReadClip], episode: Episode) -> bool:
    """Whether nothing is edited, so that nothing needs saying about how it was known."""
    if len(found) != len(episode.shots):
        return False
    return all(_same_range(episode.shot(name), clip, episode) for name, clip in found.items())


def _joined(clips: tuple[ReadClip, ...], frame: Fraction) -> list[ReadClip]:
    """Return the clips with those in one piece again that were cut apart and left where they were."""
    joined: list[ReadClip] = []
    for clip in clips:
        last = joined[-1] if joined else None
        if (
            last is not None and clip.media and (last.media, last.speed) == (clip.media, clip.speed)
            and abs(last.source_in + last.seconds - clip.source_in) < frame / 2
            and abs(last.at + last.seconds - clip.at) < frame / 2
        ):  # fmt: skip
            joined[-1] = last.model_copy(update={"seconds": last.seconds + clip.seconds})
        else:
            joined.append(clip)
    return joined


def _longer(first: ReadClip, second: ReadClip, attempt: Attempt) -> ReadClip:
    """Return the longer of two pieces of one shot, and say that the other is left."""
    kept, other = (first, second) if first.seconds >= second.seconds else (second, first)
    attempt.finding.left.append(
        f"Shot {kept.media} stands more than once in the edit; a shot is shown once, so its piece of "
        f"{float(other.seconds):.2f} s at {float(other.at):.1f} s is not taken. "
        "Ask for another shot of the same beat instead."
    )
    return kept


# ---- one shot --------------------------------------------------------------------------------------------------------


def _own(shot: Shot, episode: Episode) -> tuple[Fraction, Fraction]:
    """Return where in its take our own edit begins a shot, and for how long it shows it."""
    form = episode.brief.format
    placed = episode.cut.track("V1").placed() if episode.cut is not None else ()
    clip: Clip | None = next((clip for _, clip in placed if clip.media == shot.id), None)
    if clip is not None:
        return clip.source_in, clip.seconds
    shown = max(form.snap(shot.shown_seconds), form.frame)
    return Fraction(HANDLE_FRAMES, form.fps) + form.snap(shot.trim_in), shown


def _same_range(shot: Shot, clip: ReadClip, episode: Episode) -> bool:
    form = episode.brief.format
    begin, seconds = _own(shot, episode)
    return form.frames(clip.source_in) == form.frames(begin) and form.frames(clip.seconds) == form.frames(seconds)


def _direction(shot: Shot, clip: ReadClip, attempt: Attempt) -> None:
    if clip.speed not in (1.0, -1.0):
        how = "as a still" if clip.speed == 0 else f"at {abs(clip.speed) * 100:.3g} % of its speed"
        attempt.finding.left.append(f"Shot {shot.id} can't be shown {how}: shots are played forwards or backwards.")
    elif (clip.speed < 0) != shot.reversed:
        way = "backwards" if clip.speed < 0 else "forwards again"
        attempt.make(Reverse(shot=shot.id), f"Shot {shot.id} is now played {way}.")


def _length(shot: Shot, clip: ReadClip, attempt: Attempt) -> None:
    if clip.speed not in (1.0, -1.0) or _same_range(shot, clip, attempt.episode):
        return
    form = attempt.episode.brief.format
    begin, seconds = (form.snap(one) for one in _own(shot, attempt.episode))
    new_begin, new_seconds = form.snap(clip.source_in), max(form.snap(clip.seconds), form.frame)
    # A cut may hold a shot shorter than its plan; what counts is what the edit shows, from the plan's own in point.
    head = new_begin - Fraction(HANDLE_FRAMES, form.fps)
    seen = new_begin - begin, begin + seconds - new_begin - new_seconds
    set_trims(shot.id, head, shot.seconds - head - new_seconds, seen, attempt)


# ---- all shots -------------------------------------------------------------------------------------------------------


def _order(names: list[str], attempt: Attempt) -> None:
    """Take the order within scenes; what has gone into another scene stays in its own."""
    episode = attempt.episode
    scenes = [scene.id for scene in episode.the_script.scenes]
    # An editor's cut may have another order than the plan.
    cut = [clip.media for _, clip in episode.cut.track("V1").placed()] if episode.cut else [s.id for s in episode.shots]
    places = [scenes.index(episode.shot(name).scene) * _MANY + at for at, name in enumerate(names)]
    run = in_longest_run(places)
    at_home = [name for at, name in enumerate(names) if at in run]
    for scene in scenes:
        own = [name for name in names if episode.shot(name).scene == scene]
        away = [name for name in own if name not in at_home]
        if own == [name for name in cut if name in own] and not away:
            continue
        if away and away == own:
            attempt.finding.left.append(f"Scene {scene} keeps its place: whole scenes are moved in script.fountain.")
            put_in_order(scene, own, attempt)
            continue
        attempt.finding.left += [
            f"Shot {name} stays in scene {scene}: a shot can't go into another, whose people and place are others."
            for name in away
        ]
        put_in_order(scene, [name for name in own if name not in away], attempt)


def _cards(read: ReadTimeline, attempt: Attempt) -> None:
    """Say what can't be done with title and end card, and with the strips that name people."""
    episode = attempt.episode
    if episode.cut is None:
        return
    there = {clip.media: clip for clip in read.picture}
    for _, clip in episode.cut.track("V1").placed():
        if clip.media not in CARDS:
            continue
        card = {"title": "title", "next": "card of next week", "end": "end card"}[clip.media]
        found = there.get(clip.media)
        if found is None:
            attempt.finding.left.append(f"The {card} stays: a film tells what it is called and who made it.")
        elif episode.brief.format.frames(found.seconds) != episode.brief.format.frames(clip.seconds):
            attempt.finding.left.append(f"The {card} keeps its length of {float(clip.seconds):g} s.")
    strips = [clip.media for _, clip in episode.cut.track("V2").placed()]
    gone = [name.removeprefix("strip:") for name in strips if name not in there]
    if gone and read.overlays:
        attempt.finding.left.append(f"The name strip over {listed(gone)} stays: it says who speaks in an interview.")


def _holes(read: ReadTimeline, shots: dict[str, ReadClip], attempt: Attempt) -> None:
    """Name what one closed track of picture has no place for: gaps, layers, dissolves."""
    frame, picture = attempt.episode.brief.format.frame, read.picture
    for gap in read.gaps:
        covered = any(clip.at < gap.at + gap.seconds and gap.at < clip.at + clip.seconds for clip in picture)
        behind = next((clip.media for clip in picture if clip.at >= gap.at + gap.seconds - frame), "")
        if gap.seconds >= frame and not covered and behind:
            attempt.finding.left.append(
                f"The gap of {float(gap.seconds):.2f} s before {behind} is closed: a film has a picture at every "
                "moment. Make the shot before it longer instead."
            )
    in_row = sorted(shots.values(), key=lambda clip: clip.at)
    attempt.finding.left += [
        f"{second.media} lies over {first.media}; there is one track of picture, so it comes behind it."
        for first, second in pairwise(in_row)
        if first.at + first.seconds - second.at >= frame
    ]
    attempt.finding.left += [
        f"The dissolve or wipe at {float(at):.1f} s is not taken: bodycam footage is cut hard."
        for at in read.transitions
    ]
