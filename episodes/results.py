"""What tools answer: which files each wrote, and what is known of them."""

from typing import Annotated, Literal

from pydantic import Field

from episodes.facts import FactKind, PictureFacts, Sense
from episodes.value import Seconds, Value


class Passage(Value):
    """A sentence or subtitle of a source, with private names already replaced."""

    text: str
    source: str
    line: int | None = None
    seconds: float | None = None
    sense: Sense = "read"
    speaker: str = ""
    """Of what is heard: `A`, `B` …, whoever that is; empty where nobody told voices apart."""
    about: FactKind | None = None
    """Which kind of fact it is, where who looked or listened knows; None leaves it to the researcher."""


class FetchedFile(Value):
    """One file that a link brought, under a name of ours."""

    file: str
    holds: Literal["text", "page", "paper", "feed", "subtitles", "video", "audio"]


class Fetched(Value):
    """Files: those that it lists. They are somebody else's: they stay in the cache and never come near the film."""

    kind: Literal["fetched"] = "fetched"
    files: tuple[FetchedFile, ...]
    address: str
    """Where it was found in the end, without keys or tickets."""
    content_type: str = ""
    """What the server called it."""
    title: str = ""
    """The site's own title. Untrusted text: it may hold names, and anything else."""


class Readings(Value):
    """What stands in the sources, made safe."""

    kind: Literal["readings"] = "readings"
    passages: tuple[Passage, ...] = ()
    pictures: tuple[PictureFacts, ...] = ()
    unheard: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """As in `FactSheet`."""
    shunned: tuple[str, ...] = ()
    """Digests of the names that were replaced, in order; see `FactSheet.shunned`."""


class TimedWord(Value):
    """A word with its time in the spoken line."""

    text: str
    at: float
    """Seconds."""
    seconds: float


class TimedPhoneme(Value):
    """A sound of speech with its time: what moves a mouth."""

    symbol: str
    """Kirshenbaum or IPA letter of the engine; `_` is silence."""
    at: float
    seconds: float


class SpokenLine(Value):
    """Files: `line.wav`, mono, 48 kHz, 16 bit, without silence at either end."""

    kind: Literal["spoken"] = "spoken"
    seconds: Seconds
    words: tuple[TimedWord, ...] = ()
    """As they were said: `10-4` is `ten` and `four`."""
    starts: tuple[float, ...] = ()
    """Second at which each blank-separated word of the request's text begins; empty where no word was timed."""
    phonemes: tuple[TimedPhoneme, ...] = ()
    heard: float | None = Field(default=None, exclude_if=lambda heard: heard is None)
    """Word error rate with which a recogniser understood it, 0 for every word; None where nobody listened."""


class RenderedTake(Value):
    """Files: `take.mp4` (or .mkv), frames of the request's format, handles included, no sound. Of control video too."""

    kind: Literal["take"] = "take"
    file: str
    frames: int
    width: int
    height: int
    fps: float
    raw: str = ""
    """File of the clip as a foreign camera gave it, for the next step of a chain; empty where that is `file`."""
    story_light: bool = True
    """Whether it was drawn in the light that the story has; the finish brings any other take to it."""


class FinishedSegment(Value):
    """Files: `segment.mp4`: H.264, yuv420p, closed GOP, the same parameters for all segments of a format, no sound."""

    kind: Literal["segment"] = "segment"
    frames: int


class ComposedCue(Value):
    """Files: `music.wav`, stereo, 48 kHz, 16 bit."""

    kind: Literal["cue"] = "cue"
    seconds: Seconds
    """Length of the file: the cue and its tail."""


class SceneSound(Value):
    """Files: `dialogue.wav`, `radio.wav`, `effects.wav`, stereo, 48 kHz, 16 bit, equally long."""

    kind: Literal["sound"] = "sound"
    seconds: Seconds


class MixedSound(Value):
    """Files: `sound.m4a`, the whole as AAC, and where they are kept the stems `dialogue.wav` to `music.wav`.

    The stems are stereo, 48 kHz, 16 bit, and as long as the whole.
    """

    kind: Literal["mix"] = "mix"
    seconds: Seconds
    loudness_lufs: float
    """Of the encoded sound, decoded."""
    true_peak_dbtp: float


class AssembledFilm(Value):
    """Files: `film.mp4`, or `play.m4a` without a picture. Its sound is the mix's, packet by packet."""

    kind: Literal["film"] = "film"
    file: str = "film.mp4"
    frames: int
    """0 without a picture."""
    seconds: Seconds


class Span(Value):
    """A stretch of the film."""

    at: float
    seconds: float


class HeardLine(Value):
    """What was found where a line should be."""

    line: str
    level_db: float
    """RMS of the stem over the line's time, in dBFS."""
    head_db: float
    """Level of the first 60 ms before its start: loud means that something was cut off."""
    tail_db: float


class Measurements(Value):
    """Facts about a finished film, for the editor."""

    kind: Literal["measurements"] = "measurements"
    video_seconds: float
    """0 without a picture."""
    audio_seconds: float
    loudness_lufs: float
    true_peak_dbtp: float
    black: tuple[Span, ...] = ()
    frozen: tuple[Span, ...] = ()
    flashes: tuple[Span, ...] = ()
    """Where the picture flashes more than WCAG 2.3.1 or IRIS allow, also across a cut."""
    silent: tuple[Span, ...] = ()
    lines: tuple[HeardLine, ...] = ()


Result = Annotated[
    Fetched
    | Readings
    | SpokenLine
    | RenderedTake
    | FinishedSegment
    | ComposedCue
    | SceneSound
    | MixedSound
    | AssembledFilm
    | Measurements,
    Field(discriminator="kind"),
]
