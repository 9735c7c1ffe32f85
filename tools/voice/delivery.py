"""How a delivery and a reading change a voice: pace, pitch, range and loudness."""

import random
from dataclasses import dataclass

from episodes.cast import VoiceCast
from episodes.script import Delivery
from episodes.value import seed_from

SEMITONES_A_STEP = 0.08
"""A cast's pitch of 28 to 75 is then 1.8 semitones below to 2 above: another head, and not yet a cartoon's."""


@dataclass(frozen=True)
class Manner:
    """How one line is said, in numbers that any synthesiser can take."""

    words_per_minute: float
    pitch: int
    """0 (low) to 99 (high)."""
    pitch_range: int
    """0 (monotone) to 99 (sing-song)."""
    gain_db: float
    """Against a line that is said calmly."""
    colour_db: float = 0.0
    """`VoiceCast.colour`."""
    whispered: bool = False

    @property
    def semitones(self) -> float:
        """How far the pitch lies from the voice's own, for engines that can't set it: 50 is 0, 99 nearly 4."""
        return (self.pitch - 50) * SEMITONES_A_STEP


@dataclass(frozen=True)
class _Colour:
    pace: float = 1.0
    pitch: int = 0
    pitch_range: int = 45
    gain_db: float = 0.0


_COLOURS: dict[Delivery, _Colour] = {
    "flat": _Colour(pace=0.98, pitch=-3, pitch_range=12),
    "calm": _Colour(),
    "urgent": _Colour(pace=1.13, pitch=8, pitch_range=65, gain_db=1.0),
    "shouted": _Colour(pace=1.03, pitch=16, pitch_range=85, gain_db=2.5),
    "whispered": _Colour(pace=0.94, pitch=-6, pitch_range=30, gain_db=-5.0),
    "proud": _Colour(pace=0.95, pitch=4, pitch_range=70),
    "sad": _Colour(pace=0.87, pitch=-9, pitch_range=25, gain_db=-1.5),
    "warm": _Colour(pace=0.96, pitch=2, pitch_range=60),
    "confused": _Colour(pace=0.93, pitch=7, pitch_range=80),
}


def manner(voice: VoiceCast, delivery: Delivery, reading: int) -> Manner:
    """Return how `voice` says a line with this delivery; each reading after the first differs a little."""
    colour = _COLOURS[delivery]
    pace, pitch = colour.pace, voice.pitch + colour.pitch
    pitch_range = round(colour.pitch_range * voice.liveliness)
    if reading > 1:
        chance = random.Random(seed_from("reading", reading))
        pace *= 1 + chance.choice((-1, 1)) * chance.uniform(0.025, 0.06)
        pitch += chance.choice((-1, 1)) * chance.randint(2, 5)
        pitch_range += chance.choice((-1, 1)) * chance.randint(5, 12)
    return Manner(
        words_per_minute=voice.words_per_minute * pace,
        pitch=min(max(pitch, 0), 99),
        pitch_range=min(max(pitch_range, 0), 99),
        gain_db=colour.gain_db,
        colour_db=voice.colour,
        whispered=delivery == "whispered",
    )
