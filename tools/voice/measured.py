"""What was measured of each voice: pace, pitch, brightness, and how much of it is heard. The table is `measured.csv`.

`python -m benchmarks.voices --write` makes the table, on a machine that has all engines.
"""

import csv
import functools
from pathlib import Path
from typing import Literal

from episodes.cast import VoiceOffer
from episodes.value import Value

TABLE = Path(__file__).with_name("measured.csv")

LEAST_HEARD = 0.95
"""Part of lines that a voice must be told apart in, dry, to be offered."""


class Measured(Value):
    """One row of the table."""

    engine: str
    variant: str
    suits: Literal["she", "he", "they"]
    likeness: str
    """`VoiceOffer.likeness`."""
    words_a_minute: float
    """Pace of calm script lines at the engine's own setting, pauses within a line counted."""
    pitch_hz: float
    """Median pitch of calm lines."""
    brightness_db: float
    """Energy of 2 to 8 kHz against that of 150 Hz to 1 kHz, in decibels."""
    dry: float
    """Part of lines, 0 to 1, that a recogniser with only these lines to choose from took for themselves. Below 0.95 it
    is at least this part, because measuring stopped when it was sure; then no channel was listened to: all are 0."""
    worn: float
    """The same on the speaker's own microphone; the others likewise, each through its channel."""
    room: float
    phone: float
    radio: float
    dispatch: float

    @property
    def offer(self) -> VoiceOffer:
        """What casting is told."""
        return VoiceOffer(
            engine=self.engine,
            variant=self.variant,
            suits=self.suits,
            pitch_hz=self.pitch_hz,
            brightness_db=self.brightness_db,
            heard=self.dry,
            heard_on_air=self.dispatch,
            likeness=self.likeness,
        )


@functools.cache
def table() -> tuple[Measured, ...]:
    """Return all rows, best first within each engine. Raises `ValueError` for a broken table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(Measured.model_validate(row) for row in csv.DictReader(file))


def offered(engine: str) -> tuple[Measured, ...]:
    """Return the rows of an engine's voices that are heard well enough to be cast, best first."""
    return tuple(row for row in table() if row.engine == engine and row.dry >= LEAST_HEARD)


def pace_of(engine: str, variant: str, usual: float) -> float:
    """Return the words a minute that a voice speaks at its engine's own setting; `usual` for one not measured."""
    return next((row.words_a_minute for row in table() if (row.engine, row.variant) == (engine, variant)), usual)
