"""Changes: small typed edits, the only way in which an episode becomes another.

What they do is in `apply.py`. Checker, editor, measurements, the person and hand-edited files all speak this language.
"""

from typing import Annotated, Literal

from pydantic import Field

from episodes.cast import Character, VoiceCast, World
from episodes.cut import Cut
from episodes.effects import Effect, Light, Weather
from episodes.episode import Balanced, Cue, LineLength
from episodes.facts import FactSheet
from episodes.own_media import OwnClip, OwnReading
from episodes.script import Beat, Delivery, Script
from episodes.shots import Shot
from episodes.value import Seconds, Value


class SetFacts(Value):
    """The researcher's fact sheet."""

    kind: Literal["set_facts"] = "set_facts"
    facts: FactSheet


class SetScript(Value):
    """A whole screenplay with its world; shots, cues and cut of the old one go."""

    kind: Literal["set_script"] = "set_script"
    world: World
    script: Script


class TimeLines(Value):
    """Lengths of lines as spoken."""

    kind: Literal["time_lines"] = "time_lines"
    lengths: tuple[LineLength, ...]


class PlanScene(Value):
    """The coverage of one scene; it replaces that scene's shots, but never a locked one."""

    kind: Literal["plan_scene"] = "plan_scene"
    scene: str
    shots: tuple[Shot, ...]
    cue: Cue | None = None


class LayCut(Value):
    """A whole timeline."""

    kind: Literal["lay_cut"] = "lay_cut"
    cut: Cut


class Reword(Value):
    """Other words for a line."""

    kind: Literal["reword"] = "reword"
    line: str
    text: str
    delivery: Delivery | None = None


class InsertBeat(Value):
    """A new beat after another; `after` may be a scene id for the first place."""

    kind: Literal["insert_beat"] = "insert_beat"
    scene: str
    after: str
    beat: Beat


class ReplaceBeat(Value):
    """Another beat in the place of one, under the same id."""

    kind: Literal["replace_beat"] = "replace_beat"
    beat: Beat


class RemoveBeat(Value):
    """A beat goes, with its lines."""

    kind: Literal["remove_beat"] = "remove_beat"
    beat: str


class AddEffects(Value):
    """Effects that a beat lacked, put before or after its own."""

    kind: Literal["add_effects"] = "add_effects"
    beat: str
    effects: tuple[Effect, ...]
    first: bool = True


class Move(Value):
    """A shot goes behind another of the same scene; `after` None puts it first."""

    kind: Literal["move"] = "move"
    shot: str
    after: str | None


class Swap(Value):
    """Two shots of one scene change places."""

    kind: Literal["swap"] = "swap"
    first: str
    second: str


class Trim(Value):
    """Cut a shot shorter (positive) or give some back (negative), in seconds, at head or tail."""

    kind: Literal["trim"] = "trim"
    shot: str
    head: Seconds = Field(default=0, validate_default=True)
    tail: Seconds = Field(default=0, validate_default=True)


class Retime(Value):
    """A shot gets another planned length; events and cues stay where they are."""

    kind: Literal["retime"] = "retime"
    shot: str
    seconds: Seconds


class Reverse(Value):
    """A shot is played backwards, or forwards again."""

    kind: Literal["reverse"] = "reverse"
    shot: str


class RemoveShot(Value):
    """A shot goes; its lines must be covered by another."""

    kind: Literal["remove_shot"] = "remove_shot"
    shot: str


class SwapTake(Value):
    """Another take of the same shot."""

    kind: Literal["swap_take"] = "swap_take"
    shot: str
    take: int


class Reshoot(Value):
    """A new take, perhaps of a changed plan; id and scene stay."""

    kind: Literal["reshoot"] = "reshoot"
    shot: str
    plan: Shot | None = None


class Recast(Value):
    """A character gets another voice, or is described anew."""

    kind: Literal["recast"] = "recast"
    character: str
    voice: VoiceCast | None = None
    description: Character | None = None


class Revoice(Value):
    """A new reading of a line, perhaps delivered in another way."""

    kind: Literal["revoice"] = "revoice"
    line: str
    delivery: Delivery | None = None


class MixLevels(Value):
    """Other levels for the sound tracks, in decibels; None leaves one alone."""

    kind: Literal["mix"] = "mix"
    dialogue_db: float | None = None
    radio_db: float | None = None
    effects_db: float | None = None
    music_db: float | None = None
    burn_captions: bool | None = None
    loudness_lufs: float | None = None
    """Integrated loudness of the finished film."""


class Balance(Value):
    """In one scene, one kind of sound gets louder (positive) or quieter, in decibels on top of what it had."""

    kind: Literal["balance"] = "balance"
    scene: str
    sound: Balanced
    db: float


class UseClip(Value):
    """A shot shows the person's own clip from now on; None takes it out again."""

    kind: Literal["use_clip"] = "use_clip"
    shot: str
    clip: OwnClip | None


class UseRecording(Value):
    """A line is heard from the person's own recording from now on; None has it spoken again."""

    kind: Literal["use_recording"] = "use_recording"
    line: str
    recording: OwnReading | None


class CastNarrator(Value):
    """The voice that tells a radio play."""

    kind: Literal["cast_narrator"] = "cast_narrator"
    voice: VoiceCast


class Rescore(Value):
    """Another cue for a scene."""

    kind: Literal["rescore"] = "rescore"
    cue: Cue


class SetWorld(Value):
    """Light, weather, clock or place of a scene, or the look of the show."""

    kind: Literal["set_world"] = "set_world"
    scene: str | None = None
    light: Light | None = None
    weather: Weather | None = None
    clock: str | None = None
    """Time of day as `HH:MM`."""
    place: str | None = None
    present: tuple[str, ...] | None = None
    look: str | None = None


class Retitle(Value):
    """Another title."""

    kind: Literal["retitle"] = "retitle"
    title: str


class Lock(Value):
    """No agent may change the target any more, or may again."""

    kind: Literal["lock"] = "lock"
    target: str
    locked: bool = True


Change = Annotated[
    SetFacts | SetScript | TimeLines | PlanScene | LayCut | Reword | InsertBeat | ReplaceBeat | RemoveBeat | AddEffects
    | Move | Swap | Trim | Retime | Reverse | RemoveShot | SwapTake | Reshoot | Recast | Revoice | MixLevels
    | Balance | UseClip | UseRecording | CastNarrator | Rescore | SetWorld | Retitle | Lock,
    Field(discriminator="kind"),
]  # fmt: skip
"""Any change, told apart by its `kind`."""
