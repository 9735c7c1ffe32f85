"""Where sounds stand: lines, events and beds of a scene, placed in its stems by the cut."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from episodes.cast import SetName
from episodes.cut import Clip, Cut
from episodes.effects import Weather
from episodes.episode import Balanced, Episode
from episodes.film_requests import ExpectedLine, Headroom, PlacedSound
from episodes.hearing import heard_event
from episodes.requests import PlacedBed, PlacedEvent, PlacedLine
from episodes.script import ALOUD, ON_AIR, Line, Scene
from episodes.shots import Mouth, Shot, SirenPass, Step, Torch
from episodes.tasks import Task

_OUT_OF_SIGHT = 0.75
"""Distance of somebody who speaks beside the picture: further than most who are seen, and still in the room."""
_SIGNALS: dict[SetName, float] = {
    "dispatch_room": 0.0, "rooftop": 0.15, "interview": 0.25, "car": 0.25, "parking_lot": 0.3, "street": 0.35,
    "porch": 0.35, "shop": 0.4, "diner": 0.4, "park": 0.45, "hallway": 0.5, "waterfront": 0.5, "alley": 0.55,
    "kitchen": 0.55, "highway": 0.65,
}  # fmt: skip
"""Distance on the air of a unit by its set: height and a car's own aerial help, steel, walls and the county's edge
don't."""
_WEATHERED: dict[Weather, float] = {"rain": 0.1, "snow": 0.1, "wind": 0.05}
_CHASING, _ELSEWHERE, _FARTHEST = 0.2, 0.5, 0.9
"""What a chase adds, the distance of a unit that is not in the scene, and the furthest that is still well understood:
a closed-set recogniser hears 9 of 10 lines at 0.75 and 8 of 10 at 0.9."""
_FAST_CAMERA, _CHASING_PACE = 0.35, 0.85
"""Speed of the camera's movement that stands for a car flat out, and the pace of one in a chase."""

_TRACKS: tuple[tuple[Literal["A1", "A2", "A3"], Balanced], ...] = (
    ("A1", "dialogue"), ("A2", "radio"), ("A3", "effects"),
)  # fmt: skip

SOUND_LEAD = Fraction(2)
"""Seconds that a scene's stems begin before its picture and end after it, for J- and L-cuts."""


def scene_span(episode: Episode, scene: str) -> tuple[Fraction, Fraction]:
    """Return start and length of a scene's picture in the cut. Raises `KeyError` when the cut has none of it."""
    clips = [(at, c) for at, c in episode.the_cut.track("V1").placed() if c.media.startswith(f"{scene}-")]
    if not clips:
        raise KeyError(scene)
    start = clips[0][0]
    return start, clips[-1][0] + clips[-1][1].seconds - start


def _shots_in_cut(episode: Episode, scene: str) -> list[tuple[Fraction, Clip, Shot]]:
    track = episode.the_cut.track("V1").placed()
    return [(at, clip, episode.shot(clip.media)) for at, clip in track if clip.media.startswith(f"{scene}-")]


def placed_lines(episode: Episode, scene: str, zero: Fraction) -> tuple[PlacedLine, ...]:
    """Return the scene's lines, counted from `zero`, a moment of the film."""
    shots = _shots_in_cut(episode, scene)
    placed = []
    for name in ("A1", "A2"):
        for at, clip in episode.the_cut.track(name).placed():
            if not clip.media.startswith(f"{scene}-L"):
                continue
            line = episode.line(clip.media)
            over = next((shot for start, c, shot in reversed(shots) if start <= at), shots[0][2])
            placed.append(
                PlacedLine(
                    line=line.id,
                    at=at - zero,
                    channel=line.channel,
                    speaker=line.speaker,
                    wearer=over.wearer == line.speaker,
                    ear=over.owner,
                    distance=_distance(episode, episode.the_script.scene(scene), line, over),
                )
            )
    return tuple(sorted(placed, key=lambda p: (p.at, p.line)))


def _distance(episode: Episode, scene: Scene, line: Line, over: Shot) -> float:
    """Return how far off a line is, as `PlacedLine.distance` counts it."""
    if line.channel in ON_AIR:
        return _signal(episode, scene, line)
    if line.channel not in ALOUD or over.wearer == line.speaker:
        return 0.0
    seen = {subject.id: subject.depth for subject in over.subjects}
    return min(max(seen.get(line.speaker, _OUT_OF_SIGHT), 0.0), 1.0)


def _signal(episode: Episode, scene: Scene, line: Line) -> float:
    """Return how far a transmitter is from the county's aerial: by set and weather, further when it is chasing."""
    if line.channel == "dispatch":
        return 0.0
    beat = next(beat for beat in scene.beats if line in beat.lines)
    if line.speaker not in {*scene.present, *beat.actors}:
        return _ELSEWHERE
    far = _SIGNALS[episode.the_world.place(scene.place).set] + _WEATHERED.get(scene.weather, 0.0)
    return min(far + (_CHASING if beat.purpose == "chase" else 0.0), _FARTHEST)


def placed_events(episode: Episode, scene: str, zero: Fraction) -> tuple[PlacedEvent, ...]:
    """Return what is to be heard of the scene's shots, counted from `zero`; mouths are heard as lines."""
    placed: list[PlacedEvent] = []
    siren = balance(episode, scene, "siren")
    lit: set[str] = set()
    spoken = [
        (at, at + c.seconds)
        for name in ("A1", "A2")
        for at, c in episode.the_cut.track(name).placed()
        if "-N" not in c.media
    ]
    for at, clip, shot in _shots_in_cut(episode, scene):
        for event in shot.events:
            shown = shot.trim_in <= event.at < shot.trim_in + clip.seconds
            if shown and not isinstance(event, Mouth):
                into = clip.seconds - (event.at - shot.trim_in) if shot.reversed else event.at - shot.trim_in
                if isinstance(event, Torch) and _is_burning(event, shot.wearer or "", lit):
                    continue  # It shines in every shot of the scene, but was switched on once.
                over = any(start <= at + into < end for start, end in spoken)
                moved = event.model_copy(update={"at": at + into - zero})
                one = heard_event(episode.the_world, shot, moved, spoken=over)
                placed.append(one.model_copy(update={"gain_db": siren}) if isinstance(event, SirenPass) else one)
    return tuple(placed)


def balance(episode: Episode, scene: str, sound: Balanced) -> float:
    """Return how much louder a kind of sound is to be in one scene, in decibels."""
    return next((one.db for one in episode.balances if (one.scene, one.sound) == (scene, sound)), 0.0)


def siren_headroom(episode: Episode) -> tuple[Headroom, ...]:
    """Return where in the film a siren goes by that was asked to be louder or quieter."""
    asked = {one.scene for one in episode.balances if one.sound == "siren"}
    found = []
    for scene in (scene.id for scene in episode.the_script.scenes if scene.id in asked):
        for placed in placed_events(episode, scene, Fraction(0)):
            if isinstance(placed.event, SirenPass):
                # It comes and goes for half as long again as it is near.
                reach = Fraction(3, 2) * placed.event.seconds
                found.append(Headroom(at=placed.event.at - reach, seconds=2 * reach, db=placed.gain_db))
    return tuple(found)


def _is_burning(event: Torch, wearer: str, lit: set[str]) -> bool:
    """Return whether a torch is switched on that is on already, and keep in `lit` whose are on."""
    burning = event.action == "on" and wearer in lit
    if event.action == "off":
        lit.discard(wearer)
    else:
        lit.add(wearer)
    return burning


def _pace(episode: Episode, shot: Shot) -> float:
    """Return how fast the car drives in a shot: as fast as its camera moves, and flat out in a chase."""
    scene = episode.the_script.scene(shot.scene)
    chase = any(beat.purpose == "chase" for beat in scene.beats if beat.id in shot.beats)
    moving = 0.0 if shot.movement.kind == "static" else shot.movement.speed / _FAST_CAMERA
    return min(max(moving, _CHASING_PACE if chase else 0.0), 1.0)


def _running(shot: Shot, at: Fraction, seconds: Fraction) -> tuple[Fraction, ...]:
    """Return when a foot of the camera's wearer falls at a run, counted from the sound's first sample."""
    if shot.reversed:
        return ()
    steps = (event for event in shot.events if isinstance(event, Step) and event.gait == "run")
    feet = (event.at - shot.trim_in for event in steps if event.who == shot.wearer)
    return tuple(at + foot for foot in feet if 0 <= foot < seconds)


def _own(bed: PlacedBed) -> dict[str, Fraction | tuple[Fraction, ...]]:
    """Return what two beds of one room may differ in."""
    return {"at": bed.at, "seconds": bed.seconds, "running": bed.running}


def placed_beds(episode: Episode, scene: str, zero: Fraction) -> tuple[PlacedBed, ...]:
    """Return the scene's ambience, counted from `zero`; one bed as long as the room stays the same."""
    beds: list[PlacedBed] = []
    for at, clip, shot in _shots_in_cut(episode, scene):
        place = episode.the_world.place(shot.place)
        bed = PlacedBed(
            at=at - zero,
            seconds=clip.seconds,
            set=place.set,
            interior=place.interior,
            weather=shot.weather,
            light=shot.light,
            ear=shot.owner,
            pace=_pace(episode, shot) if place.set == "car" or shot.owner == "dashcam" else 0.0,
            running=_running(shot, at - zero, clip.seconds),
        )
        if beds and beds[-1].model_copy(update=_own(bed)) == bed:
            # The same room goes on over the cut: one bed, or a seam would be heard.
            last = beds.pop()
            seconds = bed.at + bed.seconds - last.at
            bed = last.model_copy(update={"seconds": seconds, "running": (*last.running, *bed.running)})
        beds.append(bed)
    # A play opens gaps where its narrator speaks: the room goes on until the next one begins.
    ends = [max(after.at, bed.at + bed.seconds) for bed, after in pairwise(beds)]
    held = [bed.model_copy(update={"seconds": end - bed.at}) for bed, end in zip(beds, ends, strict=False)]
    return (*held, *beds[-1:])


def sound_parts(episode: Episode, parts: Mapping[str, Task]) -> tuple[dict[str, str], list[PlacedSound]]:
    """Return needs and places of the scenes' sounds and of the cues, as the cut has them."""
    needs: dict[str, str] = {}
    sounds = []
    gains = {cue.scene: cue.gain_db + balance(episode, cue.scene, "music") for cue in episode.cues}
    for scene in episode.the_script.scenes:
        name = f"sound:{scene.id}"
        if f"{scene.id}:sound" not in parts:
            continue
        needs[name] = parts[f"{scene.id}:sound"].key
        start = scene_span(episode, scene.id)[0] - SOUND_LEAD
        for track, kind in _TRACKS:
            gain = balance(episode, scene.id, kind)
            sounds.append(PlacedSound(input=name, file=f"{kind}.wav", track=track, at=start, gain_db=gain))
    for at, clip in episode.the_cut.track("A4").placed():
        needs[f"music:{clip.media}"] = parts[clip.media].key
        sounds.append(
            PlacedSound(
                input=f"music:{clip.media}",
                file="music.wav",
                track="A4",
                at=at,
                # A cue's first beat is not softened; its end is its tail, which rings over the next cue.
                fade_in=Fraction(1, 500),
                fade_out=Fraction(1, 10),
                gain_db=gains.get(clip.media.split(":")[0], 0.0),
            )
        )
    return needs, sounds


def measured_lines(cut: Cut) -> tuple[ExpectedLine, ...]:
    """Return where each voice of a cut must be heard."""
    return tuple(
        ExpectedLine(line=clip.media, at=at, seconds=clip.seconds, track=name)
        for name in ("A1", "A2")
        for at, clip in cut.track(name).placed()
    )
