"""An edit as it comes back from an editing program: what lies where on which track, in seconds."""

from fractions import Fraction

from episodes.value import Seconds, Value


class ReadClip(Value):
    """One clip."""

    track: str
    """Name of its track: `V1`, `Video 2`, `A4`."""
    picture: bool
    """Whether its track is one of picture."""
    media: str
    """What of the episode it shows, as in `episodes.cut.Clip.media`; empty for what is none of the episode's."""
    known_by: str
    """By what that was known: our own `id`, our own `name`, `part` of another name, or its `file`; empty for what is
    none of the episode's."""
    name: str
    """What the program calls it."""
    file: str
    """Name of the file behind it; empty when it has none."""
    at: Seconds
    """Where it begins in the edit."""
    source_in: Seconds
    """Where in its media it begins, from the first frame or sample of the file."""
    seconds: Seconds
    speed: float = 1.0
    """1 as it was taken, -1 backwards, 0 a still."""
    enabled: bool = True
    gain_db: float | None = None
    """What its sound was made louder by; None where the program says nothing."""


class ReadGap(Value):
    """A stretch of nothing between two clips of picture."""

    at: Seconds
    seconds: Seconds


class ReadMarker(Value):
    """A mark that somebody has set."""

    at: Seconds
    text: str


class ReadTimeline(Value):
    """A whole edit."""

    clips: tuple[ReadClip, ...]
    gaps: tuple[ReadGap, ...] = ()
    """Gaps of the first track of picture."""
    transitions: tuple[Seconds, ...] = ()
    """Where dissolves and wipes of the picture are."""
    markers: tuple[ReadMarker, ...] = ()
    """Those of the person's alone."""
    gains: tuple[tuple[str, float], ...] = ()
    """Whole tracks that were made louder: their names, and by how many decibels."""
    sound: bool = True
    """Whether it has any track of sound."""
    overlays: bool = True
    """Whether it has more than one track of picture."""

    @property
    def picture(self) -> tuple[ReadClip, ...]:
        """Clips of picture in the order of the film; what is switched off is left out."""
        seen = [clip for clip in self.clips if clip.picture and clip.enabled and clip.seconds > Fraction(0)]
        return tuple(sorted(seen, key=lambda clip: clip.at))
