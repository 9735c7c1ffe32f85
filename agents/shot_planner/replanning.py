"""Replanning: what of an earlier plan stays as it is, so that one changed line costs one changed shot."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from agents.shot_planner.clauses import events
from agents.shot_planner.coverage import Grouping, Slot
from agents.shot_planner.presence import SceneView
from agents.shot_planner.prompts_text import contradicts
from episodes.episode import Episode
from episodes.mentions import mentions
from episodes.script import Beat, Scene
from episodes.shots import Shot

_SLACK = Fraction(3, 5)
"""Seconds by which a shot may be longer than it would be planned today and still stay."""

_HOLD = Fraction(2, 5)


class Pairing(NamedTuple):
    """One shot of the new plan: an old shot that stays, or a slot with the old shot whose place it takes."""

    slot: Slot | None
    old: Shot | None
    stays: bool


def pair(
    episode: Episode, view: SceneView, slots: Sequence[Slot], old: Sequence[Shot], locked: frozenset[str]
) -> tuple[Pairing, ...]:
    """Return the shots of the new plan in order.

    Args:
        episode: for the lengths of lines.
        view: the scene as it is now.
        slots: what would be planned without any past.
        old: the scene's shots of the earlier plan.
        locked: ids of shots that stay whatever happens.
    """
    found: list[Pairing] = []
    for beats in _units(view.scene, old):
        ours = [slot for slot in slots if slot.beat in beats]
        theirs = [shot for shot in old if set(shot.beats) & beats]
        scripts = [beat for beat in view.scene.beats if beat.id in beats]
        if theirs and _still_fits(episode, view, scripts, ours, theirs):
            found += [Pairing(None, shot, stays=True) for shot in theirs]
        else:
            found += _match(view, scripts, ours, theirs, locked, episode.brief.format.fps)
    return tuple(found)


def grouping(old: Sequence[Shot]) -> Grouping:
    """Return how the old shots group their lines."""
    return Grouping(
        lines=frozenset(cue.line for shot in old for cue in shot.cues),
        together=frozenset((one.line, two.line) for shot in old for one, two in pairwise(shot.cues)),
    )


def _units(scene: Scene, old: Sequence[Shot]) -> list[set[str]]:
    """Return the beats in groups that no old shot crosses."""
    units: list[set[str]] = []
    for beat in scene.beats:
        linked = any(units and beat.id in shot.beats and set(shot.beats) & units[-1] for shot in old)
        if linked:
            units[-1].add(beat.id)
        else:
            units.append({beat.id})
    return units


def _still_fits(
    episode: Episode, view: SceneView, beats: Sequence[Beat], slots: Sequence[Slot], old: Sequence[Shot]
) -> bool:
    """Whether the old shots still show these beats: same lines in order, each with enough room and not too much."""
    lines = [line for beat in beats for line in beat.lines]
    gags = {beat.picture_gag for beat in beats if beat.picture_gag}
    mine, theirs = _starts_of_slots(slots, episode.brief.format.fps), _starts(old)
    if [line.id for line in lines] != [line for line, _ in theirs[0]] or gags != {shot.gag for shot in old if shot.gag}:
        return False
    if not all(_same_world(view, shot) for shot in old) or not all(_shows(beat, old) for beat in beats):
        return False
    frame = episode.brief.format.frame
    rooms, wished = _rooms(*theirs), _rooms(*mine)
    for line, room, wish in zip(lines, rooms, wished, strict=True):
        least = episode.seconds_of(line) + min(line.pause, _HOLD)
        if room < min(least, wish) - frame or room > wish + _SLACK:
            return False
    return bool(lines) or abs(theirs[1] - mine[1]) <= _SLACK


def _same_world(view: SceneView, shot: Shot) -> bool:
    scene = view.scene
    people = view.known(subject.id for subject in shot.subjects)
    there = {person for beat in view.beats for person in beat.present}
    ghosts = [person for person in people if person in view.people and person not in there | _named(view)]
    same = (shot.place, shot.light, shot.weather) == (scene.place, scene.light, scene.weather)
    same = same and not contradicts(shot.prompt, scene.light, scene.weather)
    return same and len(people) == len(shot.subjects) and not ghosts and (shot.wearer is None or shot.wearer in there)


def _named(view: SceneView) -> set[str]:
    beats = view.scene.beats
    in_gags = {mention.id for beat in beats for mention in mentions(beat.picture_gag, view.world)}
    return in_gags | {actor for beat in beats for actor in beat.actors}


def _shows(beat: Beat, old: Sequence[Shot]) -> bool:
    """Whether the beat's action is in some old prompt, at least in half of its words."""
    texts = " ".join(shot.prompt.lower() for shot in old if beat.id in shot.beats)
    # A prompt tells one event of those that a sentence of the script may hold.
    return any(_is_told(part, texts) for part in (beat.action, *events(beat.action))) or _only_talk(beat, old)


def _is_told(action: str, texts: str) -> bool:
    words = set(re.findall(r"[a-z]{4,}", action.lower()))
    return sum(word in texts for word in words) * 2 >= len(words)


def _only_talk(beat: Beat, old: Sequence[Shot]) -> bool:
    # A plan made by another hand may have given the action no words at all.
    return not any(shot.prompt for shot in old if beat.id in shot.beats)


def _starts(shots: Sequence[Shot]) -> tuple[list[tuple[str, Fraction]], Fraction]:
    at, found = Fraction(0), []
    for shot in shots:
        found += [(cue.line, at + cue.at - shot.trim_in) for cue in shot.cues]
        at += shot.shown_seconds
    return found, at


def _starts_of_slots(slots: Sequence[Slot], fps: int) -> tuple[list[tuple[str, Fraction]], Fraction]:
    at, found = Fraction(0), []
    for slot in slots:
        found += [(cue.line, at + cue.at) for cue in slot.cues]
        at += Fraction(slot.frames, fps)
    return found, at


def _rooms(starts: list[tuple[str, Fraction]], end: Fraction) -> list[Fraction]:
    times = [at for _, at in starts] + [end]
    return [after - before for before, after in pairwise(times)]


def _match(
    view: SceneView, beats: Sequence[Beat], slots: Sequence[Slot], old: Sequence[Shot], locked: frozenset[str], fps: int
) -> list[Pairing]:
    """Pair the slots of changed beats with their old shots: equal ones stay, the others take a place in order."""
    shown = all(_shows(beat, old) for beat in beats)
    # A stale shot gets a key of its own, so that it is equal to nothing.
    theirs = [(shot.seconds, shot.cues, shot.gag) if shown and _same_world(view, shot) else (shot.id,) for shot in old]
    mine = [(Fraction(slot.frames, fps), slot.cues, slot.gag) for slot in slots]
    found: list[Pairing] = []
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Pairing(None, shot, stays=True) for shot in old[from_old:to_old]]
        else:
            found += _in_order(slots[from_new:to_new], old[from_old:to_old], locked)
    return found


def _in_order(slots: Sequence[Slot], old: Sequence[Shot], locked: frozenset[str]) -> list[Pairing]:
    found = []
    for place, slot in enumerate(slots):
        shot = old[place] if place < len(old) else None
        stays = shot is not None and shot.id in locked
        found.append(Pairing(None if stays else slot, shot, stays=stays))
    # What is locked is never dropped, even where the script no longer asks for it.
    found += [Pairing(None, shot, stays=True) for shot in old[len(slots) :] if shot.id in locked]
    return found
