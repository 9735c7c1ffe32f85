"""A note as it is written down, and the names of the players."""

from dataclasses import dataclass
from typing import Literal

Instrument = Literal[
    "bass", "pizzicato", "guitar", "muted", "keys", "vibes", "clarinet", "bass_clarinet", "trumpet", "whistle",
    "trombone", "strings", "timpani", "kick", "snare", "rim", "brush", "swish", "hat", "open_hat", "ride", "crash",
    "swell", "block", "shaker", "cajon", "slap",
]  # fmt: skip
DRUMS: frozenset[Instrument] = frozenset((
    "kick", "snare", "rim", "brush", "swish", "hat", "open_hat", "ride", "crash", "swell", "block", "shaker", "cajon",
    "slap",
))  # fmt: skip


@dataclass(frozen=True)
class Note:
    """A note as it is to be played, before anybody's hands make it human."""

    at: float
    """Seconds into the cue."""
    seconds: float
    pitch: int
    """MIDI number; drums take no notice of it."""
    instrument: Instrument
    level_db: float
    """Of the part in the mix."""
    touch: float = 0.7
    """0 (hardly) to 1 (as hard as it goes): decides colour as well as loudness."""
    side: float = 0.0
    """-1 (left) to 1 (right)."""
    tune: bool = False
    """Whether it belongs to the show's tune."""
    exact: bool = False
    """Whether it meets the picture, so that no hand may be early or late."""
    slide: int = 0
    """Semitones below (negative) or above from which it slides into its pitch."""
    stretch: int = 0
    """Number of the stretch of music that it belongs to; what is written before a stop is not heard after it."""
