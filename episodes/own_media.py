"""What the person puts into an episode themselves: their clip in a shot they name, their recording for a line."""

from fractions import Fraction
from typing import Literal

from episodes.cast import SetName
from episodes.effects import Light, Weather
from episodes.shots import CameraOwner
from episodes.value import Seconds, Value


class OwnClip(Value):
    """A stretch of a video file that the person owns or has a licence for."""

    name: str
    """Name of its file without the ending, lower case, with hyphens: `goose-crossing-street-night`."""
    digest: str
    """SHA-256 of the file's bytes."""
    form: Literal["mov", "matroska", "avi"]
    """The only reader that may open it, by ffmpeg's name."""
    words: str
    """What it shows."""
    licence: str
    """By what right it may be used, as the person wrote it."""
    begin: Seconds = Fraction(0)
    """First second of the file that may be seen."""
    seconds: Seconds
    """How much of it may be seen from there."""
    set: SetName | None = None
    """Where it was taken, where the person says so; else its words may tell."""
    light: Light | None = None
    weather: Weather | None = None
    owner: CameraOwner | None = None
    """What kind of camera it looks like."""
    reversible: bool = False
    """Whether it may be played backwards."""


class OwnReading(Value):
    """A recording in which the person, or somebody for them, reads a line. Input: `own:<name>`."""

    name: str
    """Name of its file without the ending, lower case, with hyphens."""
    digest: str
    """SHA-256 of the file's bytes."""
    form: Literal["wav", "flac", "mp3", "ogg", "mov"]
    """The only reader that may open it, by ffmpeg's name; `mov` reads .m4a."""
    seconds: Seconds
    """How long it is."""


class ClipInShot(Value):
    """The person's own clip, in a shot that they named."""

    shot: str
    clip: OwnClip


class ReadingOfLine(Value):
    """The person's own recording, for a line that they named."""

    line: str
    recording: OwnReading
