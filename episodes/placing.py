"""Where sounds stand: lines, events and beds of a scene, placed in its stems by the cut."""

from collections.abc import Mapping
from fractions import Fraction

from episodes.cut import Clip, Cut
from episodes.episode import Episode
from episodes.hearing import heard_event
from episodes.shots import Mouth, Shot
from episodes.tasks import ExpectedLine, PlacedBed, PlacedEvent, PlacedLine, PlacedSound, Task

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
                )
            )
    return tuple(sorted(placed, key=lambda p: (p.at, p.line)))


def placed_events(episode: Episode, scene: str, zero: Fraction) -> tuple[PlacedEvent, ...]:
    """Return what is to be heard of the scene's shots, counted from `zero`; mouths are heard as lines."""
    placed = []
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
                over = any(start <= at + into < end for start, end in spoken)
                moved = event.model_copy(update={"at": at + into - zero})
                placed.append(heard_event(episode.the_world, shot, moved, spoken=over))
    return tuple(placed)


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
        )
        if beds and beds[-1].model_copy(update={"at": bed.at, "seconds": bed.seconds}) == bed:
            # The same room goes on over the cut: one bed, or a seam would be heard.
            last = beds.pop()
            bed = last.model_copy(update={"seconds": bed.at + bed.seconds - last.at})
        beds.append(bed)
    return tuple(beds)


def sound_parts(episode: Episode, parts: Mapping[str, Task]) -> tuple[dict[str, str], list[PlacedSound]]:
    """Return needs and places of the scenes' sounds and of the cues, as the cut has them."""
    needs: dict[str, str] = {}
    sounds = []
    for scene in episode.the_script.scenes:
        name = f"sound:{scene.id}"
        if f"{scene.id}:sound" not in parts:
            continue
        needs[name] = parts[f"{scene.id}:sound"].key
        start = scene_span(episode, scene.id)[0] - SOUND_LEAD
        for track, file in (("A1", "dialogue.wav"), ("A2", "radio.wav"), ("A3", "effects.wav")):
            sounds.append(PlacedSound(input=name, file=file, track=track, at=start))
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
