"""Shots: planned camera set-ups, with everything that happens in them as typed, timed events."""

from datetime import datetime
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from episodes.effects import Light, Weather
from episodes.value import Seconds, Value

CameraOwner = Literal["bodycam", "dashcam", "cctv", "doorbell", "helicopter", "interview", "phone"]
"""Who owns the camera: it decides lens, shake, grade and overlay in the finish."""

ShotRole = Literal["a_roll", "b_roll", "insert", "establishing", "reaction"]
Size = Literal["extreme_long", "long", "full", "medium", "medium_close", "close", "extreme_close"]
Angle = Literal["eye", "low", "high", "overhead", "dutch"]
MovementKind = Literal["static", "handheld", "pan", "tilt", "push", "pull", "track", "follow", "zoom", "orbit"]
Direction = Literal["none", "left", "right", "up", "down", "in", "out"]


class Movement(Value):
    """How the camera moves."""

    kind: MovementKind = "handheld"
    direction: Direction = "none"
    speed: float = 0.1
    """Frame widths a second for pans and tracks; share of the frame a second for pushes and zooms."""
    easing: Literal["linear", "in_out", "out"] = "in_out"


class Subject(Value):
    """Somebody or something in the picture."""

    id: str
    """Character or prop id."""
    at: float = 0.5
    """Where it stands across the frame at the start, 0 (left) to 1 (right)."""
    depth: float = 0.5
    """How far away it stands: 0 close to the lens, 1 at the back of the set."""
    facing: Literal["left", "right", "camera", "away"] = "camera"
    pose: Literal["stand", "walk", "run", "sit", "crouch", "lie", "hands_up", "point", "carry", "talk", "lean"] = (
        "stand"
    )
    holds: str | None = None
    """Prop id."""
    words: str = ""
    """What is written on it, for signs, forms and labels; empty for everything else."""
    lift: float = 0.0
    """Metres above the ground at which its foot is: of a cup on a counter, a sign on a wall, a bird on a hat."""
    outside: bool = False
    """Whether it is beyond the windows of the car that the set is: it passes by, or looks in."""


class Step(Value):
    """A foot meets the ground."""

    kind: Literal["step"] = "step"
    at: Seconds
    who: str
    gait: Literal["walk", "run"] = "walk"


class Door(Value):
    """A door opens from `at` on, is closed or slammed at `at`, or is knocked at from `at` on."""

    kind: Literal["door"] = "door"
    at: Seconds
    action: Literal["open", "close", "knock", "slam"]


KNOCKS = (Fraction(0), Fraction(1, 6), Fraction(1, 3))
"""Seconds after `at` at which the three raps of a knock fall: on whole drawings, so that hand and sound agree."""


class Fall(Value):
    """A thing is dropped, or somebody falls over; it lands at `at`."""

    kind: Literal["fall"] = "fall"
    at: Seconds
    what: str


class Grab(Value):
    """Somebody takes hold of a thing."""

    kind: Literal["grab"] = "grab"
    at: Seconds
    who: str
    what: str


class Enter(Value):
    """A subject comes into frame and is in place after `seconds`."""

    kind: Literal["enter"] = "enter"
    at: Seconds
    who: str
    side: Literal["left", "right", "back", "front"] = "left"
    seconds: Seconds = Fraction(3, 4)


class Exit(Value):
    """A subject leaves the frame within `seconds`."""

    kind: Literal["exit"] = "exit"
    at: Seconds
    who: str
    side: Literal["left", "right", "back", "front"] = "right"
    seconds: Seconds = Fraction(3, 4)


class Gesture(Value):
    """A subject points, looks, raises its hands, nods, shrugs or reacts for `seconds`."""

    kind: Literal["gesture"] = "gesture"
    at: Seconds
    who: str
    gesture: Literal["point", "look_left", "look_right", "hands_up", "nod", "shrug", "jump", "shake", "crouch", "turn"]
    seconds: Seconds = Fraction(1, 2)


class Mouth(Value):
    """A line is spoken by somebody in the picture; phonemes come with the spoken line."""

    kind: Literal["mouth"] = "mouth"
    at: Seconds
    who: str
    line: str


class Torch(Value):
    """The torch goes on, goes off or sweeps to a place across the frame (0 to 1)."""

    kind: Literal["torch"] = "torch"
    at: Seconds
    action: Literal["on", "off", "sweep"]
    to: float = 0.5


class LightBar(Value):
    """The light bar of a patrol car goes on or off; at most 1.5 Hz."""

    kind: Literal["light_bar"] = "light_bar"
    at: Seconds
    on: bool = True


class SirenPass(Value):
    """A siren goes by; it is closest at `at`."""

    kind: Literal["siren_pass"] = "siren_pass"
    at: Seconds
    seconds: Seconds = Fraction(3)


class ThingActs(Value):
    """The theme's thing does something of its own: bounces, spins, rolls, flies, grows, multiplies, honks."""

    kind: Literal["thing_acts"] = "thing_acts"
    at: Seconds
    who: str
    action: Literal["bounce", "spin", "roll", "fly", "grow", "multiply", "honk", "shake", "vanish"]
    seconds: Seconds = Fraction(1)


ActionEvent = Annotated[
    Step | Door | Fall | Grab | Enter | Exit | Gesture | Mouth | Torch | LightBar | SirenPass | ThingActs,
    Field(discriminator="kind"),
]
"""Something that happens in a shot at `at` seconds after its in point; picture, effects and captions read the same."""


class LineCue(Value):
    """A line heard over a shot."""

    line: str
    at: Seconds
    """Seconds after the shot's in point; negative for a J-cut into the shot before."""


class Shot(Value):
    """One planned camera set-up."""

    id: str
    """`S02-04`. Stable over revisions, so that takes can be matched to it."""
    scene: str
    beats: tuple[str, ...]
    role: ShotRole = "a_roll"
    owner: CameraOwner
    wearer: str | None = None
    """Character id of who wears or drives the camera; None for fixed cameras."""
    size: Size
    angle: Angle = "eye"
    movement: Movement = Movement()
    place: str
    clock: datetime
    """Story time at its in point, whole seconds; what the overlay shows. It stays when other shots change length."""
    light: Light
    weather: Weather = "clear"
    seconds: Seconds
    """Length from in to out, whole frames, without handles."""
    subjects: tuple[Subject, ...] = ()
    cues: tuple[LineCue, ...] = ()
    events: tuple[ActionEvent, ...] = ()
    first_frame: str = ""
    """What the first frame shows, in words."""
    last_frame: str = ""
    prompt: str = ""
    """For a text-to-video model: one event; place, light, weather and wardrobe spelled out each time."""
    negative_prompt: str = ""
    gag: str = ""
    """The picture gag that it covers, as in `Beat.picture_gag`."""
    take: int = 1
    """Number of the chosen take; `Reshoot` asks for the next, `SwapTake` goes back."""
    reversed: bool = False
    """Whether the take is played backwards."""
    trim_in: Seconds = Fraction(0)
    """Cut off the head of the planned length by the editor; the take itself stays as it is."""
    trim_out: Seconds = Fraction(0)
    """Cut off its tail."""

    @property
    def label(self) -> str:
        """Name of its chosen take: `S02-04_T3`."""
        return f"{self.id}_T{self.take}"

    @property
    def shown_seconds(self) -> Fraction:
        """Length after the editor's trims."""
        return self.seconds - self.trim_in - self.trim_out
