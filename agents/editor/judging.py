"""What the editor thinks of the cut itself: rhythm, holds, coverage and captions, by rule."""

import math
from fractions import Fraction
from itertools import pairwise

from agents.editor.hearing import locked
from agents.editor.laying import bounds, shot_starts, shown
from agents.editor.tightening import least_shown, tighten
from agents.shot_planner.answering import other_size
from agents.shot_planner.framing import alike, jumps
from episodes.captions import captions, violations
from episodes.changes import Change, Reshoot, Retime, Trim
from episodes.cut import CARDS, Cut
from episodes.episode import Episode
from episodes.notes import Note, Remedy, Severity
from episodes.script import Line
from episodes.shots import Enter, Exit, Fall, Grab, Shot, SirenPass, Step, ThingActs

SHORTEST_SHOT, LONGEST_TALK, SHORTEST_GAG = Fraction(1, 2), Fraction(6), Fraction(6, 5)
PUNCH_PAUSE, LEAST_HOLD, GOOD_HOLD = Fraction(2, 5), Fraction(7, 20), Fraction(1, 2)
DEAD_AIR = Fraction(5, 2)
"""Seconds without a voice or anything to look at."""

_ACTION = (ThingActs, Grab, Fall, Enter, Exit, SirenPass)


def cut_notes(episode: Episode, cut: Cut) -> list[Note]:
    """Return what is wrong with the cut as it is planned."""
    return [
        *_running_time(episode, cut),
        *_lengths(episode),
        *_neighbours(episode),
        *_coverage(episode),
        *_holds(episode, cut),
        *_dead_air(episode, cut),
        *_captions(episode, cut),
    ]


def _running_time(episode: Episode, cut: Cut) -> list[Note]:
    shortest, longest = bounds(episode)
    seconds = float(cut.seconds)
    if shortest <= seconds <= longest:
        return []
    wanted = f"{shortest:.0f} to {longest:.0f} s"
    finding = f"The film runs {seconds:.0f} s; it should run {wanted}."
    off = seconds - longest if seconds > longest else shortest - seconds
    fix = f"{'Lose' if seconds > longest else 'Add'} {off:.0f} s of lines."
    if seconds > longest and _can_lose(episode, cut.seconds - Fraction(longest)):
        # No word need go: the editor answers this one with trims.
        return [_note("episode", finding, "major", "recut", "editor.running_time", fix="Tighten the silent tails.")]
    return [_note("episode", finding, "major", "rewrite", "editor.running_time", fix=fix)]


def _can_lose(episode: Episode, over: Fraction) -> bool:
    free = [shot for shot in episode.shots if not locked(episode, shot.id, shot.scene)]
    return sum((trim.tail for trim in tighten(episode, free, over)), Fraction(0)) >= over


def _lengths(episode: Episode) -> list[Note]:
    notes = []
    for shot in episode.shots:
        length = shown(episode, shot)
        if length < SHORTEST_SHOT:
            finding = f"Shot {shot.id} is shown for only {float(length):.2f} s; it is too short to be read."
            wanted = episode.brief.format.snap(shot.trim_in + shot.trim_out + Fraction(4, 5))
            change = _unless_locked(episode, shot, Retime(shot=shot.id, seconds=wanted))
            notes.append(_note(shot.id, finding, "minor", "recut", "editor.shot_short", change))
        elif length > LONGEST_TALK and shot.cues:
            finding = f"Shot {shot.id} talks for {float(length):.1f} s; it is not covered by a second shot."
            notes.append(
                _note(shot.id, finding, "minor", "reshoot", "editor.shot_long", fix="Cover it with two shots.")
            )
        if shot.gag and length < SHORTEST_GAG:
            finding = f"The picture gag of shot {shot.id} stands for only {float(length):.2f} s."
            wanted = _ceil(episode, shot.trim_in + shot.trim_out + Fraction(7, 5))
            change = _unless_locked(episode, shot, Retime(shot=shot.id, seconds=wanted))
            notes.append(_note(shot.id, finding, "minor", "recut", "editor.gag_short", change, "Hold it."))
    return notes


def _neighbours(episode: Episode) -> list[Note]:
    notes: list[Note] = []
    for first, second in pairwise(episode.shots):
        if first.scene != second.scene or not (alike(first, second) or jumps(first, second)):
            continue
        varied = other_size(episode, second)
        change = _unless_locked(episode, second, Reshoot(shot=second.id, plan=varied)) if varied else None
        if change is None:
            other = other_size(episode, first)
            change = _unless_locked(episode, first, Reshoot(shot=first.id, plan=other)) if other else None
        finding = f"The cut from {first.id} to {second.id} jumps: they look alike."
        notes.append(_note(second.id, finding, "minor", "reshoot", "editor.alike", change, "Use another size."))
    return notes


def _coverage(episode: Episode) -> list[Note]:
    notes, known = [], set()
    for scene in episode.the_script.scenes:
        shots = episode.shots_of(scene.id)
        if not shots:
            notes.append(_note(scene.id, f"Scene {scene.id} has no shot.", "fatal", "reshoot", "editor.no_shots"))
            continue
        cold = scene.beats[0].purpose == "cold_open"
        if not cold and scene.place not in known and not any(_establishes(shot) for shot in shots):
            finding = f"Scene {scene.id} is in a new place and no establishing shot shows it."
            notes.append(_note(scene.id, finding, "minor", "reshoot", "editor.establishing"))
        known |= set() if cold else {scene.place}
        covered = {shot.gag for shot in shots if shot.gag}
        for beat in scene.beats:
            if beat.picture_gag and beat.picture_gag not in covered:
                finding = f"The picture gag of beat {beat.id} has no shot."
                notes.append(_note(beat.id, finding, "major", "reshoot", "editor.gag_missing"))
    return notes


def _establishes(shot: Shot) -> bool:
    return shot.role == "establishing" or shot.size in ("extreme_long", "long")


def _holds(episode: Episode, cut: Cut) -> list[Note]:
    """Find punch lines that the next line treads on."""
    notes = []
    voices = _voices(episode, cut)
    cards = {media: at for media, at in shot_starts(cut).items() if media in CARDS}
    for (at, seconds, line), following in zip(voices, [*voices[1:], None], strict=True):
        if line.pause < PUNCH_PAUSE:
            continue
        end = at + seconds
        ends = [card for card in cards.values() if card >= at]
        room = min([*ends, *([following[0]] if following else [])], default=end + 1) - end
        if room < LEAST_HOLD:
            finding = f"The punch line {line.id} is held for only {max(float(room), 0):.2f} s before the next sound."
            change = _held(episode, cut, line, end, GOOD_HOLD - room)
            fix = "Hold two beats after it."
            notes.append(_note(line.id, finding, "minor", "recut", "editor.hold", change, fix))
    return notes


def _held(episode: Episode, cut: Cut, line: Line, end: Fraction, missing: Fraction) -> Change | None:
    """Return the change that holds the shot in which a line ends, and moves what begins after it in that shot."""
    starts = shot_starts(cut)
    for shot in episode.shots:
        start = starts.get(shot.id, Fraction(-1))
        # The last frame counts in: a line that ends with its shot ends in it.
        if start < 0 or not start < end <= start + shown(episode, shot):
            continue
        extra, inside = _ceil(episode, missing), end - start + shot.trim_in
        if not any(cue.at >= inside for cue in shot.cues):
            return _unless_locked(episode, shot, Retime(shot=shot.id, seconds=shot.seconds + extra))
        cues = tuple(c.model_copy(update={"at": c.at + extra}) if c.at >= inside else c for c in shot.cues)
        events = tuple(e.model_copy(update={"at": e.at + extra}) if e.at >= inside else e for e in shot.events)
        plan = shot.model_copy(update={"seconds": shot.seconds + extra, "cues": cues, "events": events})
        return _unless_locked(episode, shot, Reshoot(shot=shot.id, plan=plan))
    return None


def _dead_air(episode: Episode, cut: Cut) -> list[Note]:
    """Find stretches in which nobody speaks, nothing acts and no card stands."""
    busy = [(at, at + seconds) for at, seconds, _ in _voices(episode, cut)]
    starts, shots = shot_starts(cut), {shot.id: shot for shot in episode.shots}
    for media, at in starts.items():
        shot = shots.get(media)
        length = next(clip.seconds for _, clip in cut.track("V1").placed() if clip.media == media)
        if shot is None or _worth_seeing(shot):
            busy.append((at, at + length))
    notes, free = [], Fraction(0)
    for start, end in sorted(busy):
        if start - free > DEAD_AIR:
            notes += _dead(episode, starts, free, start)
        free = max(free, end)
    return notes


def _dead(episode: Episode, starts: dict[str, Fraction], start: Fraction, end: Fraction) -> list[Note]:
    finding = f"Nothing is said or done for {float(end - start):.1f} s at {float(start):.1f} s."
    for shot in episode.shots:
        head = starts.get(shot.id, Fraction(-1))
        tail = head + shown(episode, shot)
        # What can go at the tail: dead, and leaving the shot long enough to be read.
        spare = min(tail, end) - max(head + least_shown(shot), start + Fraction(1, 2))
        cut_off = min(end - start - 1, spare, shot.seconds)
        if head >= 0 and start < tail <= end and cut_off > Fraction(1, 5):
            trim = Trim(shot=shot.id, tail=episode.brief.format.snap(cut_off))
            change = _unless_locked(episode, shot, trim)
            return [_note(shot.id, finding, "minor", "recut", "editor.dead_air", change, "Tighten it.")]
    return [_note("episode", finding, "minor", "recut", "editor.dead_air")]


def _worth_seeing(shot: Shot) -> bool:
    runs = any(isinstance(event, Step) and event.gait == "run" for event in shot.events)
    return shot.role == "establishing" or bool(shot.gag) or runs or any(isinstance(e, _ACTION) for e in shot.events)


def _captions(episode: Episode, cut: Cut) -> list[Note]:
    lines = {line.id for line in episode.the_script.lines}
    notes: list[Note] = []
    for fault in violations(captions(episode.model_copy(update={"cut": cut})), episode.brief.format.fps):
        line = fault.split(" ", 1)[0]
        target = line if line in lines else "episode"
        fix = "Use fewer words, or leave more air after it."
        notes.append(_note(target, f"The caption of {fault}.", "minor", "rewrite", "editor.caption", fix=fix))
    return notes


def _voices(episode: Episode, cut: Cut) -> list[tuple[Fraction, Fraction, Line]]:
    lines = {line.id: line for line in episode.the_script.lines}
    placed = [item for name in ("A1", "A2") for item in cut.track(name).placed()]
    found = [(at, clip.seconds, lines[clip.media]) for at, clip in placed if clip.media in lines]
    return sorted(found, key=lambda voice: voice[0])


def _ceil(episode: Episode, seconds: Fraction) -> Fraction:
    fps = episode.brief.format.fps
    return Fraction(math.ceil(seconds * fps), fps)


def _unless_locked(episode: Episode, shot: Shot, change: Change) -> Change | None:
    return None if locked(episode, shot.id, shot.scene) else change


def _note(
    target: str,
    finding: str,
    severity: Severity,
    remedy: Remedy,
    rule: str,
    change: Change | None = None,
    fix: str = "",
) -> Note:
    return Note(
        target=target, finding=finding, fix=fix, severity=severity, author="editor", remedy=remedy, rule=rule,
        change=change,
    )  # fmt: skip
