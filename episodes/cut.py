"""The cut: the edited timeline of a pass, over rational time, in OpenTimelineIO's own shape.

Every track is a run of clips and gaps that starts at zero. Functions return new cuts.
"""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from episodes.value import Seconds, Value

CARDS = ("title", "next", "end")
"""Media of the picture track that show no shot: title sting, what comes next week, end card."""

TrackName = Literal["V1", "V2", "A1", "A2", "A3", "A4"]
"""V1 shots, V2 overlays, A1 dialogue, A2 radio, A3 effects, A4 music."""


class Clip(Value):
    """A stretch of one piece of media."""

    kind: Literal["clip"] = "clip"
    id: str
    """Unique in the cut: `V1:S02-04`, `A1:S02-L03`."""
    media: str
    """Id of what it shows: a shot, a line, a card of `CARDS`, a scene's sound (`S02:effects`) or cue (`S02:score`)."""
    source_in: Seconds
    """Where in the media it starts; takes begin with a handle, so a whole shot starts at the handle's length."""
    seconds: Seconds

    @property
    def source_out(self) -> Fraction:
        """First moment of the media that is not used."""
        return self.source_in + self.seconds


class Gap(Value):
    """A stretch of nothing."""

    kind: Literal["gap"] = "gap"
    seconds: Seconds


Item = Annotated[Clip | Gap, Field(discriminator="kind")]


class Track(Value):
    """Clips and gaps in order."""

    name: TrackName
    items: tuple[Item, ...] = ()

    @property
    def seconds(self) -> Fraction:
        """Length of all items together."""
        return sum((item.seconds for item in self.items), Fraction(0))

    def placed(self) -> tuple[tuple[Fraction, Clip], ...]:
        """Return each clip with its start in the cut, in order."""
        at, found = Fraction(0), []
        for item in self.items:
            if isinstance(item, Clip):
                found.append((at, item))
            at += item.seconds
        return tuple(found)


class Chapter(Value):
    """A named start of a scene, for players."""

    at: Seconds
    title: str
    scene: str


class Cut(Value):
    """One version of the edit."""

    tracks: tuple[Track, ...]
    chapters: tuple[Chapter, ...] = ()

    @property
    def seconds(self) -> Fraction:
        """Running time: the length of the picture track."""
        return self.track("V1").seconds

    def track(self, name: TrackName) -> Track:
        """Return the track; an empty one when the cut has none of this name."""
        for track in self.tracks:
            if track.name == name:
                return track
        return Track(name=name)

    def find(self, media: str) -> tuple[Fraction, Clip]:
        """Return the start and the clip of the first use of `media` on any track, or raise `KeyError`."""
        for track in self.tracks:
            for at, clip in track.placed():
                if clip.media == media:
                    return at, clip
        raise KeyError(media)


def track_of(name: TrackName, placed: list[tuple[Fraction, Clip]]) -> Track:
    """Return a track with each clip at its start and gaps between; clips must be in order and not overlap.

    Raises `ValueError` when two clips overlap.
    """
    at: Fraction = Fraction(0)
    items: list[Clip | Gap] = []
    for start, clip in placed:
        if start < at:
            raise ValueError(f"{clip.id!r} starts at {float(start):.3f} s, inside the clip before it on {name}")
        if start > at:
            items.append(Gap(seconds=start - at))
        items.append(clip)
        at = start + clip.seconds
    return Track(name=name, items=tuple(items))
