"""The episode: one frozen value that holds every decision, and no media."""

from collections import Counter
from fractions import Fraction
from typing import Literal

from pydantic import Field, field_serializer

from episodes.brief import Brief
from episodes.cast import VoiceCast, World
from episodes.cut import Cut
from episodes.facts import FactSheet
from episodes.own_media import ClipInShot, ReadingOfLine
from episodes.script import Line, Mood, Scene, Script
from episodes.shots import Shot
from episodes.value import Seconds, Value

SCHEMA = 1
"""Number of the record's form; raised when an old reader would misread a new record."""


class LineLength(Value):
    """How long a line was when it was really spoken."""

    line: str
    reading: int
    text: str
    """The words that were spoken, so that a reworded line is seen to have no length yet."""
    seconds: Seconds
    starts: tuple[float, ...] = ()
    """Second of the line at which each blank-separated word of the text begins; empty where the voice can't tell."""


class Cue(Value):
    """One piece of score under one scene."""

    scene: str
    mood: Mood
    gain_db: float = 0.0
    silent: bool = False
    """Whether the scene has no music at all."""
    before: tuple[str, ...] = ()
    """Ids of lines before which the music stops dead for a joke; it is back after them."""
    stops: tuple[Seconds, ...] = ()
    """Seconds into the scene at which it stops dead besides; it comes back after two beats."""
    take: int = 1


class Levels(Value):
    """Balance of the four sound tracks, in decibels, and the loudness of all: what of a mix is heard."""

    dialogue_db: float = 0.0
    radio_db: float = -1.0
    effects_db: float = -9.0
    music_db: float = -16.0
    loudness_lufs: float = -16.0
    """Integrated loudness of the finished film."""


class Mix(Levels):
    """How the film is to sound, and whether its captions are part of the picture."""

    burn_captions: bool = True

    @property
    def levels(self) -> Levels:
        """What of it is heard: no sound depends on captions."""
        return Levels(**self.model_dump(exclude={"burn_captions"}))


LOUDNESS: dict[str, float] = {"web": -16.0, "broadcast": -23.0, "streaming": -14.0}
"""Integrated loudness in LUFS by where a film will be heard: players and podcasts (AES TD1008), television (EBU R 128),
streaming services, which turn everything to this level."""


Balanced = Literal["dialogue", "radio", "effects", "music", "siren"]
"""What can be louder or quieter in one scene; a siren is one of the effects."""


class SceneBalance(Value):
    """How much louder one kind of sound is in one scene than in the whole film, in decibels."""

    scene: str
    sound: Balanced
    db: float


class Episode(Value):
    """Everything decided so far. Fields fill from top to bottom as the production goes on."""

    brief: Brief
    season: int = 1
    number: int = 1
    facts: FactSheet | None = None
    world: World | None = None
    script: Script | None = None
    lengths: tuple[LineLength, ...] = ()
    shots: tuple[Shot, ...] = ()
    """In the order of the story: scene by scene."""
    cues: tuple[Cue, ...] = ()
    mix: Mix = Mix()
    cut: Cut | None = None
    locks: frozenset[str] = frozenset()
    """Ids of scenes, lines and shots that no agent may change."""
    narrator: VoiceCast | None = Field(default=None, exclude_if=lambda voice: voice is None)
    """Voice of the radio play's narrator; nobody else in the episode has it. None until a play is made."""
    balances: tuple[SceneBalance, ...] = Field(default=(), exclude_if=lambda all_: not all_)
    """One at most for each scene and kind of sound."""
    clips: tuple[ClipInShot, ...] = Field(default=(), exclude_if=lambda all_: not all_)
    """One at most for each shot."""
    readings: tuple[ReadingOfLine, ...] = Field(default=(), exclude_if=lambda all_: not all_)
    """One at most for each line."""

    @field_serializer("locks")
    def _in_order(self, locks: frozenset[str]) -> list[str]:
        # A set has no order of its own, and the digest of an episode must not depend on luck.
        return sorted(locks)

    @property
    def the_world(self) -> World:
        """The world, once it is known; `ValueError` before."""
        if self.world is None:
            raise ValueError("this episode has no cast and places yet")
        return self.world

    @property
    def the_script(self) -> Script:
        """The script, once it is written; `ValueError` before."""
        if self.script is None:
            raise ValueError("this episode has no script yet")
        return self.script

    @property
    def the_cut(self) -> Cut:
        """The cut, once it is laid; `ValueError` before."""
        if self.cut is None:
            raise ValueError("this episode has no cut yet")
        return self.cut

    def shot(self, shot_id: str) -> Shot:
        """Return the shot, or raise `KeyError`."""
        for shot in self.shots:
            if shot.id == shot_id:
                return shot
        raise KeyError(shot_id)

    def shots_of(self, scene_id: str) -> tuple[Shot, ...]:
        """Return the shots of one scene in order."""
        return tuple(shot for shot in self.shots if shot.scene == scene_id)

    def line(self, line_id: str) -> Line:
        """Return the line, or raise `KeyError`."""
        for line in self.the_script.lines:
            if line.id == line_id:
                return line
        raise KeyError(line_id)

    def scene_of(self, item_id: str) -> Scene:
        """Return the scene that a shot, beat or line id (`S02-…`) belongs to, or raise `KeyError`."""
        return self.the_script.scene(item_id.split("-")[0])

    @property
    def voice_engines(self) -> tuple[str, ...]:
        """The engines that speak in it, the one with most lines first; none before there is a script."""
        if self.script is None or self.world is None:
            return ()
        engines = {person.id: person.voice.engine for person in self.world.characters if person.voice}
        spoken = Counter(engines[line.speaker] for line in self.script.lines if line.speaker in engines)
        return tuple(sorted(spoken, key=lambda engine: (-spoken[engine], engine)))

    def seconds_of(self, line: Line) -> Fraction:
        """Length of a line: measured where it was spoken in these words, else estimated from its text."""
        spoken = self.spoken(line)
        return estimate_seconds(line.text) if spoken is None else spoken.seconds

    def spoken(self, line: Line) -> LineLength | None:
        """Return what is known of a line as it was spoken in these very words; None before it is."""
        for length in self.lengths:
            if length.line == line.id and length.text == line.text and length.reading == line.reading:
                return length
        return None


def estimate_seconds(text: str) -> Fraction:
    """Estimate the spoken length of a text from its letters, digits and stops; at least half a second.

    Fitted to 78 lines of the embedded voices at 161 to 177 words a minute: off by a quarter of a second in the mean, by
    nothing over all.
    """
    digits = sum(character.isdigit() for character in text)
    letters = sum(character.isalnum() for character in text)
    stops = sum(character in ".,!?;:" for character in text)
    return max(Fraction(76 * letters + 60 * digits + 566 * stops - 216, 1000), Fraction(1, 2))
