"""What is asked of the assembler: the whole sound, the film out of it and of its segments, the look at the film."""

from fractions import Fraction
from typing import Literal

from pydantic import Field

from episodes.cut import Chapter
from episodes.episode import Levels
from episodes.format import Format
from episodes.value import Seconds, Value


class PlacedSegment(Value):
    """A finished segment in the film."""

    input: str
    """Name of the input that holds it."""
    frames: int


class PlacedSound(Value):
    """A stem in the film."""

    input: str
    file: str
    """`dialogue.wav`, `radio.wav`, `effects.wav` or `music.wav` of that input; `line.wav` of a spoken line."""
    track: Literal["A1", "A2", "A3", "A4"]
    at: Seconds
    """Where its first sample stands in the film; negative when its head is cut off."""
    source_in: Seconds = Fraction(0)
    """Where in the file the part that is used begins."""
    seconds: Seconds | None = None
    """Length of the part that is used; None for all that follows."""
    fade_in: Seconds = Fraction(0)
    fade_out: Seconds = Fraction(0)
    gain_db: float = 0.0
    """What is asked of it beside its usual loudness: the faders are set as if it were 0, so that they don't take it
    back, and yield to it but for speech."""


class Headroom(Value):
    """A stretch whose effects may be so much louder, or quieter, than loud effects are held where nobody speaks."""

    at: Seconds
    seconds: Seconds
    db: float


class MixRequest(Value):
    """Lay all sound, mix it once from PCM, set its loudness and encode it. Nothing of the picture but its times.

    Inputs: those that the sounds name: `sound:<scene>`, `music:<cue>`, `line:<id>`, `lead:<scene>`; for a teaser
    `mix`, the film's own mixed sound, whose stems are cut.
    """

    kind: Literal["mix"] = "mix"
    sounds: tuple[PlacedSound, ...]
    mix: Levels
    seconds: Seconds
    """Length of the whole."""
    headroom: tuple[Headroom, ...] = Field(default=(), exclude_if=lambda all_: not all_)
    """Where a siren was asked to be louder or quieter; none where nobody asked."""
    keep_stems: bool = True
    """Whether the four stems are wanted beside the encoded sound."""


class _Joined(Value):
    """What is asked of whatever is put together out of finished parts."""

    format: Format
    segments: tuple[PlacedSegment, ...]
    """The picture in order; none for a radio play."""
    seconds: Seconds = Fraction(0)
    """Length of what has no picture; what has one is as long as its segments."""
    title: str
    show: str
    season: int
    number: int
    summary: str
    chapters: tuple[Chapter, ...]
    made_by: tuple[str, ...] = ()
    """Names of the back ends, for the metadata."""
    composite: bool = Field(default=False, exclude_if=lambda mixed: not mixed)
    """Whether footage that a camera took is in it, so that it is marked as made by a machine in part."""


class AssembleRequest(_Joined):
    """Join segments and the mixed sound by packet copy, and mark the file. Without segments: a radio play.

    Inputs: `mix`, and the segments.
    """

    kind: Literal["assemble"] = "assemble"


class TeaseRequest(_Joined):
    """The same out of parts of a finished film. Inputs: `mix`, the teaser's own, and the film's segments."""

    kind: Literal["tease"] = "tease"


class ExpectedLine(Value):
    """Where a line must be heard in the film."""

    line: str
    at: Seconds
    seconds: Seconds
    track: Literal["A1", "A2"]


class MeasureRequest(Value):
    """Look at and listen to a film. Inputs: `film`, and `mix`, whose stems tell the voices apart."""

    kind: Literal["measure"] = "measure"
    seconds: Seconds
    lines: tuple[ExpectedLine, ...]
    cards: tuple[tuple[Seconds, Seconds], ...] = ()
    """Start and end of each card, where black, stillness and silence are meant."""
    cuts: tuple[Seconds, ...] = ()
    """Starts of all segments."""
    picture: bool = True
    """Whether there is one; a radio play is only listened to."""
