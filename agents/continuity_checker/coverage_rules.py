"""Rules about what the shots cover: every line once, every picture gag, every beat, every new place."""

from collections.abc import Iterator

from agents.continuity_checker.faults import Fault, SceneShots
from episodes.script import Line
from episodes.shots import Mouth, Shot, Size

WIDE: tuple[Size, ...] = ("extreme_long", "long")
NEVER_ESTABLISHED = ("car", "interview", "dispatch_room")
"""Sets that one frame explains, or that have no outside."""
SIZES: tuple[Size, ...] = ("extreme_long", "long", "full", "medium", "medium_close", "close", "extreme_close")


def coverage_faults(seen: SceneShots) -> Iterator[Fault]:
    """Return what the shots of a scene leave out or show twice."""
    if not seen.shots:
        yield Fault(
            "shots.none", seen.scene.id, f"Scene {seen.scene.id} has no shots.", "Plan its coverage.", severity="fatal"
        )
        return
    yield from _line_faults(seen)
    yield from _cue_faults(seen)
    yield from _beat_faults(seen)
    yield from _jump_cuts(seen)
    yield from _place_faults(seen)


def _line_faults(seen: SceneShots) -> Iterator[Fault]:
    cued = {cue.line for shot in seen.shots for cue in shot.cues}
    for line in seen.scene.lines:
        if line.id not in cued:
            text = f"Line {line.id} is heard over no shot of scene {seen.scene.id}."
            yield Fault("shots.line_missing", line.id, text, "Cue it in a shot of its beat.")


def _without_line(shot: Shot, line: str) -> Shot:
    cues = tuple(cue for cue in shot.cues if cue.line != line)
    events = tuple(event for event in shot.events if not isinstance(event, Mouth) or event.line != line)
    return shot.model_copy(update={"cues": cues, "events": events})


def _cue_faults(seen: SceneShots) -> Iterator[Fault]:
    order = {line.id: index for index, line in enumerate(seen.scene.lines)}
    heard: dict[str, str] = {}
    last: Line | None = None
    lines = seen.lines()
    for shot in seen.shots:
        for cue in sorted(shot.cues, key=lambda cue: cue.at):

            def mend(shot: Shot, line: str = cue.line) -> Shot:
                return _without_line(shot, line)

            if cue.line not in order:
                text = f"Shot {shot.id} cues line {cue.line}, which scene {seen.scene.id} does not have."
                yield Fault("shots.line_unknown", shot.id, text, "Take this cue out.", mend=mend)
                continue
            if cue.line in heard:
                # Below nought it goes on over the cut from the shot before; else it would be heard again.
                if cue.at >= 0:
                    text = f"Line {cue.line} is cued in {heard[cue.line]} and again in shot {shot.id}."
                    yield Fault("shots.line_twice", shot.id, text, "Cue it once.", mend=mend)
                continue
            heard[cue.line] = shot.id
            if cue.at >= shot.seconds:
                text = f"Line {cue.line} is cued {float(cue.at):g} s into shot {shot.id}, after its end."
                yield Fault("shots.cue_outside", shot.id, text, f"Cue it within {float(shot.seconds):g} s.")
            if last is not None and order[cue.line] < order[last.id]:
                text = f"In shot {shot.id}, line {cue.line} is heard after {last.id}, which answers it."
                yield Fault("shots.line_order", shot.id, text, "Cue the lines in the order of the script.")
            else:
                last = lines[cue.line]


def _beat_faults(seen: SceneShots) -> Iterator[Fault]:
    known = {beat.id for beat in seen.scene.beats}
    for shot in seen.shots:
        for beat_id in shot.beats:
            if beat_id not in known:
                text = f"Shot {shot.id} covers beat {beat_id}, which scene {seen.scene.id} does not have."
                yield Fault("shots.beat_unknown", shot.id, text, "Name a beat of its scene.")
    for beat in seen.scene.beats:
        covering = [shot for shot in seen.shots if beat.id in shot.beats]
        if beat.action and not covering:
            text = f"No shot of scene {seen.scene.id} shows what happens in beat {beat.id}."
            yield Fault("shots.beat_missing", beat.id, text, "Show it in a shot of its own.", severity="minor")
        gag = beat.picture_gag.casefold()
        if gag and all(shot.gag.casefold() != gag for shot in seen.shots):
            text = f"No shot of scene {seen.scene.id} shows the picture gag of {beat.id}: {beat.picture_gag}"
            yield Fault("shots.gag_missing", beat.id, text, "Give it a shot, or an insert.")


def _jump_cuts(seen: SceneShots) -> Iterator[Fault]:
    for first, second in zip(seen.shots, seen.shots[1:], strict=False):
        if _framing(first) != _framing(second) or not first.subjects:
            continue
        text = f"Shots {first.id} and {second.id} are framed alike, so that the cut between them jumps."
        fix = "Change size, angle or camera of one of them."
        yield Fault("shots.jump_cut", second.id, text, fix, severity="minor", mend=_one_size_closer)


def _framing(shot: Shot) -> tuple[object, ...]:
    people = frozenset(subject.id for subject in shot.subjects)
    return shot.owner, shot.wearer, shot.size, shot.angle, people, shot.place


def _one_size_closer(shot: Shot) -> Shot:
    index = SIZES.index(shot.size)
    return shot.model_copy(update={"size": SIZES[index + 1] if index + 1 < len(SIZES) else SIZES[index - 1]})


def _place_faults(seen: SceneShots) -> Iterator[Fault]:
    place = seen.scene.place
    cold = seen.scene.beats[0].purpose == "cold_open"
    if cold or place in seen.seen_before or seen.set_of(place) in NEVER_ESTABLISHED:
        return
    if any(shot.role == "establishing" or shot.size in WIDE or shot.owner == "helicopter" for shot in seen.shots[:2]):
        return
    text = f"Scene {seen.scene.id} is the first at {place}, and neither of its first two shots shows the whole place."
    yield Fault("shots.establish", seen.scene.id, text, "Open on an establishing or a long shot.", severity="minor")
