"""What is asked of tools: frozen requests that hold all that decides the outcome and nothing else.

No path, no time of day, no name of the machine.
"""

from datetime import datetime
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from episodes.cast import Build, SetName, VoiceCast, World
from episodes.effects import Light, Weather
from episodes.film_requests import AssembleRequest, MeasureRequest, MixRequest, TeaseRequest
from episodes.footage import FootageCut
from episodes.format import Format
from episodes.own_media import OwnReading
from episodes.script import Channel, Delivery, Mood
from episodes.shots import ActionEvent, CameraOwner, Shot
from episodes.theme import ShowTheme
from episodes.value import Seconds, Value


class ReadRequest(Value):
    """Read all sources at once, so that a person named in two of them gets one fictional name."""

    kind: Literal["read"] = "read"
    names: tuple[str, ...]
    """Names of the sources; their files, or what was fetched of them, are the inputs `source:0`, `source:1` …"""
    digests: tuple[str, ...]
    seed: int
    """Chooses the fictional names."""


class FetchRequest(Value):
    """Fetch what one link leads to."""

    kind: Literal["fetch"] = "fetch"
    address: str
    """The whole address, `http://…` or `https://…`."""
    language: str
    """Language tag of the brief: of several subtitles, those in it are taken."""
    wish: str
    """Digest of the brief that asks: another episode looks anew, and a run that goes on does not look twice."""


class SpeakRequest(Value):
    """Speak one line, dry: no radio, no room."""

    kind: Literal["speak"] = "speak"
    text: str
    voice: VoiceCast
    delivery: Delivery
    language: str
    reading: int
    """1, 2, 3 …: another number is another reading."""
    radio: bool = False
    """Whether it is said on the air: codes and call signs are then read the radio's way."""
    own: OwnReading | None = Field(default=None, exclude_if=lambda reading: reading is None)
    """The person's recording that the line is heard from, as the input `own:<name>`; nobody speaks it then."""


class RenderRequest(Value):
    """Make one take.

    Inputs: `line:<id>` (a spoken line) for each `Mouth` event; where the back end wants them, `animatic` (the cheap
    take of the same shot, whose first frame is the start image) and `control` (its control video). A later step of a
    chain gets `clip`, the take of the step before it, and makes it larger or smoother. Footage needs
    `own:<name>` alone.
    """

    kind: Literal["render"] = "render"
    shot: Shot
    world: World
    format: Format
    seed: int
    handle_frames: int
    """Frames to add before the in point and after the out point, in which the action goes on."""
    own: FootageCut | None = Field(default=None, exclude_if=lambda cut: cut is None)
    """What the take is cut from where the person's own footage is seen. Left out of the key where there is none."""


ControlPass = Literal["pose", "depth", "edge"]
"""What a control video shows: stick figures on black, nearness as grey (white is near), or outlines on black."""


class ControlRequest(Value):
    """Draw a shot's control video: the frames of the take that the same request would give. Inputs as for the take."""

    kind: Literal["control"] = "control"
    shows: ControlPass
    shot: Shot
    world: World
    format: Format
    seed: int
    handle_frames: int


class BurnedCaption(Value):
    """One caption as it stands in one segment."""

    at: Seconds
    """Seconds into the segment; 0 when it began in the segment before."""
    seconds: Seconds
    lines: tuple[str, ...]
    italic: bool = False


class ConformRequest(Value):
    """Cut a take to length and finish it as its camera owner's picture. Input: `take`."""

    kind: Literal["conform"] = "conform"
    shot: str
    format: Format
    owner: CameraOwner
    agency: str
    show: str
    unit: str | None
    """Call sign shown in the overlay."""
    inward: bool = False
    """Whether a dashcam looks at its own car's seats and not at the road."""
    name_strip: tuple[str, str] | None = None
    """Name and title, in an interview."""
    clock: datetime
    light: Light
    weather: Weather
    look: str
    source_in_frames: int
    """First frame of the take that is used, handles counted."""
    frames: int
    reversed: bool = False
    captions: tuple[BurnedCaption, ...] = ()
    ai_mark: bool = False
    """Whether the small on-screen AI mark is shown; in the first seconds of a film it is."""
    movement: str = "handheld"
    steps: tuple[Seconds, ...] = ()
    """Seconds of the segment at which whoever carries the camera sets a foot down."""
    seed: int


class CardRequest(Value):
    """A title sting, the card that says what comes next week, the end card, or the slate before a rejected take."""

    kind: Literal["card"] = "card"
    card: Literal["title", "next", "end", "slate"]
    format: Format
    look: str
    show: str
    title: str
    lines: tuple[str, ...] = ()
    """Credits and notices, one a line, the last the AI notice, on the end card; the teaser on that of next week; scene,
    shot, take and why it was not used on a slate."""
    frames: int
    seed: int


CueMood = Mood | Literal["sting", "question", "close"]
"""What a cue is for: a scene's mood, the title (`sting`), the card of next week (`question`) or the end (`close`)."""


class Silence(Value):
    """A stretch in which the music is gone for a joke."""

    at: Seconds
    """Where it stops dead."""
    until: Seconds
    """Where it is back, on a downbeat; the end of the cue when it stays away."""


class Talk(Value):
    """A stretch in which somebody speaks, so that the music makes room."""

    at: Seconds
    seconds: Seconds


class Onward(Value):
    """What follows without a gap, so that the last bar leads there."""

    key: str
    tempo: int


class ComposeRequest(Value):
    """Score for one scene, or the music under a card."""

    kind: Literal["compose"] = "compose"
    mood: CueMood
    seconds: Seconds
    """Length of the cue, without its tail."""
    tail: Seconds = Fraction(0)
    """How long its last sounds may ring on after it, over what follows; the file is longer by so much."""
    tempo: int
    """Beats a minute; the band may bend it by an eighth so that the hits fall on beats."""
    key: str
    """`D minor`."""
    theme: ShowTheme
    """The show's own tune and bass, for whoever composes."""
    hits: tuple[Seconds, ...] = ()
    """Moments of the picture that the music meets with an accent, at least 2 s apart."""
    turn: Seconds | None = None
    """The hit that the music builds to; None for no build."""
    stops: tuple[Silence, ...] = ()
    """In order and apart from each other."""
    talk: tuple[Talk, ...] = ()
    onward: Onward | None = None
    """None: the cue ends closed, or it stops."""
    seed: int


class PlacedLine(Value):
    """A spoken line at its place in a scene's sound. Input: `line:<id>`."""

    line: str
    at: Seconds
    """Seconds after the sound's first sample."""
    channel: Channel
    speaker: str
    wearer: bool = False
    """Whether the speaker wears the camera's own microphone: close and dull, also while on the air."""
    ear: CameraOwner = "bodycam"
    """Whose camera hears it: one on a wall or in a car has a small microphone of its own."""
    distance: float = 0.0
    """How far off it is, 0 to 1. On the air, of the transmitter: 0 is the base station, 1 the edge of the county. Of a
    voice in the room, from the microphone: 0 at arm's length, 1 at the back of the set."""


Surface = Literal["concrete", "tile", "grass", "carpet", "wood", "gravel", "wet", "snow", "seat"]
"""What feet and falling things meet. `wet` is hard ground in the rain; `seat` is a car's inside: nobody walks there."""


class Sounding(Value):
    """Who or what makes a sound, as far as an ear can tell."""

    name: str
    """As it is called: `goose`, `jelly doughnut`, `Okafor`."""
    kind: Literal["human", "animal", "thing"] = "thing"
    emoji: str | None = None
    metres: float = 0.0
    """Longest side in metres; 0 for the size that is usual for its kind."""
    build: Build = "average"
    kit: bool = False
    """Whether they wear a duty belt, with its leather and keys."""


class PlacedEvent(Value):
    """An event of a shot, with `at` counted from the sound's first sample."""

    event: ActionEvent
    surface: Surface = "concrete"
    set: SetName | None = None
    """Where it happens: its walls answer, its doors are its own; None for nowhere in particular."""
    who: Sounding | None = None
    """Who or what does it, or falls; None for events that have nobody, and for somebody unknown."""
    what: Sounding | None = None
    """What is taken hold of."""
    near: float = 1.0
    """1 at the microphone, as all that its wearer does; 0 at the back of the set: quieter, duller, with more room."""
    side: float = 0.0
    """Where across the picture, -1 (left) to 1 (right)."""
    spoken: bool = False
    """Whether somebody is speaking then: small sounds that may wait keep quiet."""
    gain_db: float = Field(default=0.0, exclude_if=lambda gain: not gain)
    """How much louder it is than such a thing is. Left out of the key where it is as loud as ever."""


class OwnSound(Value):
    """A recording of the person's own. Input: `own:<name>`."""

    name: str
    """Name of its file without the ending, lower case, with hyphens: `goose-honk-2`."""
    digest: str
    """SHA-256 of its bytes."""
    form: Literal["wav", "flac", "mp3", "ogg", "mov"]
    """The only reader that may open it, by ffmpeg's name; `mov` reads .m4a."""


class PlacedBed(Value):
    """A stretch of ambience."""

    at: Seconds
    seconds: Seconds
    set: SetName
    interior: bool
    weather: Weather
    light: Light
    ear: CameraOwner = "bodycam"
    """Whose camera hears it: a helicopter hears its own rotor, a dashcam the car it is in."""
    pace: float = 0.0
    """How fast the car that the set is drives, 0 (standing, engine idle) to 1."""
    running: tuple[Seconds, ...] = ()
    """When a foot of whoever wears the microphone falls at a run, in seconds after the sound's first sample: then wind
    buffets it."""


class SoundRequest(Value):
    """Dialogue, radio and effects of one scene, as three stems of equal length."""

    kind: Literal["sound"] = "sound"
    scene: str
    seconds: Seconds
    """Length of each stem, with lead and tail."""
    lines: tuple[PlacedLine, ...] = ()
    events: tuple[PlacedEvent, ...] = ()
    beds: tuple[PlacedBed, ...] = ()
    own: tuple[OwnSound, ...] = ()
    """The person's recordings that this scene asks for, in order of their names; each is the input `own:<name>`."""
    seed: int


Request = Annotated[
    FetchRequest | ReadRequest | SpeakRequest | RenderRequest | ControlRequest | ConformRequest | CardRequest
    | ComposeRequest | SoundRequest | MixRequest | AssembleRequest | TeaseRequest | MeasureRequest,
    Field(discriminator="kind"),
]  # fmt: skip
