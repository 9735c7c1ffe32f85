"""Where sounds stand: lines, events and beds of a scene, placed in its stems by the cut."""

from fractions import Fraction

from episodes.cut import Clip
from episodes.episode import Episode
from episodes.hearing import heard_event
from episodes.shots import Mouth, Shot
from episodes.tasks import PlacedBed, PlacedEvent, PlacedLine

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
    spoken = [(at, at + c.seconds) for name in ("A1", "A2") for at, c in episode.the_cut.track(name).placed()]
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
