"""The screenplay as a value: scenes of beats, beats of lines."""

from datetime import datetime
from fractions import Fraction
from typing import Literal

from pydantic import Field

from episodes.effects import Effect, Light, Weather
from episodes.value import Seconds, Value

Channel = Literal["spoken", "radio", "dispatch", "phone", "voice_over", "pa"]
"""How a line reaches the ear. `radio`: somebody in the field on the air; `dispatch`: the dispatcher on the air; `pa`:
somebody who is there, through the patrol car's loudspeaker or a loudhailer."""

ON_AIR: frozenset[Channel] = frozenset(("radio", "dispatch"))
"""The one channel that all of them share: never two at once on it."""
ALOUD: frozenset[Channel] = frozenset(("spoken", "pa"))
"""Said by somebody who is there, to those who are there."""

Mark = Literal["fact", "altered", "invented"]
"""Whether a line states a source's fact, bends it, or makes it up."""

Purpose = Literal[
    "cold_open", "call", "acknowledge", "arrive", "witness", "plant", "heighten", "reverse", "callback",
    "chase", "stand_off", "turn", "debrief", "tag", "connect",
]  # fmt: skip
Delivery = Literal["flat", "calm", "urgent", "shouted", "whispered", "proud", "sad", "warm", "confused"]
Mood = Literal["quiet", "suspicion", "comedy", "chase", "tension", "resolution"]


class Line(Value):
    """One utterance by one speaker."""

    id: str
    """`S02-L03`. Stable over revisions."""
    speaker: str
    """Character id."""
    channel: Channel
    text: str
    delivery: Delivery = "calm"
    mark: Mark = "invented"
    facts: tuple[str, ...] = ()
    """Ids of the facts that it uses; not empty when the mark is `fact` or `altered`."""
    pause: Seconds = Fraction(1, 4)
    """Silence held after it: 0.4 to 0.8 s after a punch line."""
    reading: int = 1
    """Number of the voice's reading; `Revoice` asks for the next."""


class Beat(Value):
    """One change in a scene."""

    id: str
    """`S02-B03`."""
    purpose: Purpose
    action: str = ""
    """What the camera sees, in the present tense, one event; empty when somebody only speaks."""
    picture_gag: str = ""
    """What the picture shows that contradicts what is said; a shot must cover it."""
    actors: tuple[str, ...] = ()
    """Ids of characters and props that the action needs in the picture."""
    lines: tuple[Line, ...] = ()
    effects: tuple[Effect, ...] = ()
    storylet: str = ""
    """Name of the storylet that it came from; empty when a model or a person wrote it."""


class Scene(Value):
    """One place and time."""

    id: str
    """`S02`."""
    title: str = ""
    place: str
    """Place id."""
    clock: datetime
    """Story time at its first frame, without time zone."""
    light: Light
    weather: Weather = "clear"
    mood: Mood = "quiet"
    present: tuple[str, ...] = ()
    """Character ids that are there when it opens."""
    beats: tuple[Beat, ...] = Field(min_length=1)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in the order of speaking."""
        return tuple(line for beat in self.beats for line in beat.lines)


class Script(Value):
    """A whole screenplay."""

    title: str
    logline: str
    """One sentence that a listing can print."""
    next_week: str = ""
    """What the card before the end says of the next episode, in one sentence; empty for no such card."""
    scenes: tuple[Scene, ...] = Field(min_length=1)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines of all scenes in order."""
        return tuple(line for scene in self.scenes for line in scene.lines)

    def scene(self, scene_id: str) -> Scene:
        """Return the scene, or raise `KeyError`."""
        for scene in self.scenes:
            if scene.id == scene_id:
                return scene
        raise KeyError(scene_id)
