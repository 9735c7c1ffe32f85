"""Keys, scales, chords and the show's tune, as plain numbers."""

import random
import re
from dataclasses import dataclass
from typing import Literal

from episodes.errors import RequestRejected
from episodes.script import Mood
from episodes.value import seed_from

CueMood = Mood | Literal["sting"]

_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MINOR = (0, 2, 3, 5, 7, 8, 10)
_MIDDLE_C = 60


@dataclass(frozen=True)
class Key:
    """A tonic and its scale."""

    tonic: int
    """Semitones above C, 0 to 11."""
    minor: bool

    def pitch(self, degree: int, octave: int = 0) -> int:
        """Return the MIDI number of a scale degree (0: tonic, 7: an octave higher); octave 0 starts at middle C."""
        scale = _MINOR if self.minor else _MAJOR
        return _MIDDLE_C + self.tonic + 12 * (octave + degree // 7) + scale[degree % 7]


@dataclass(frozen=True)
class Chord:
    """A chord on a scale degree."""

    degree: int
    sharp_third: bool = False
    """In minor: the raised third of the dominant, or of a last chord that turns bright."""
    flat: bool = False
    """Lowered by a semitone as a whole: the dark neighbour of the tonic."""
    seventh: bool = True

    def pitches(self, key: Key, octave: int = 0) -> tuple[int, ...]:
        """Return root, third, fifth and seventh as MIDI numbers, from the bottom."""
        steps = (0, 2, 4, 6) if self.seventh else (0, 2, 4)
        notes = [key.pitch(self.degree + step, octave) for step in steps]
        if self.sharp_third:
            notes[1] = notes[0] + 4
        return tuple(note - (1 if self.flat else 0) for note in notes)


@dataclass(frozen=True)
class TuneNote:
    """A note of the show's tune."""

    beat: float
    """Beats after the tune's start."""
    beats: float
    degree: int


_I, _II, _III, _IV, _V, _VI, _VII = (Chord(degree) for degree in range(7))
_DOMINANT = Chord(4, sharp_third=True)

_PROGRESSIONS: dict[CueMood, tuple[tuple[Chord, ...], ...]] = {
    "quiet": ((_I, _VI, _IV, _V), (_I, _III, _VI, _IV)),
    "suspicion": ((_I, _I, _IV, _DOMINANT), (_I, _VI, _II, _DOMINANT)),
    "comedy": ((_I, _VI, _II, _DOMINANT), (_I, _IV, _VII, _DOMINANT)),
    "chase": ((_I, _VII, _VI, _DOMINANT), (_I, _I, _IV, _DOMINANT)),
    "tension": ((_I, Chord(1, flat=True), _I, _VI), (_I, _VI, Chord(1, flat=True), _DOMINANT)),
    "resolution": ((_VI, _IV, _I, _V), (_IV, _V, _III, _VI)),
    "sting": ((_I, _DOMINANT),),
}


def key_of(name: str) -> Key:
    """Read `D minor` or `B-flat major`. Raises `RequestRejected` for what is no key."""
    found = re.fullmatch(r"\s*([A-Ga-g])\s*-?(#|♯|sharp|b|♭|flat)?\s+(major|minor)\s*", name)
    if found is None:
        raise RequestRejected(f"{name[:40]!r} is no key: ask for one such as 'D minor' or 'B-flat major'.")
    shift = {"#": 1, "♯": 1, "sharp": 1, "b": -1, "♭": -1, "flat": -1}.get(found[2] or "", 0)
    return Key(tonic=(_LETTERS[found[1].upper()] + shift) % 12, minor=found[3] == "minor")


def progression(mood: CueMood, seed: int) -> tuple[Chord, ...]:
    """Return the chords of a mood, one a bar, to be gone round."""
    return random.Random(seed_from("progression", seed)).choice(_PROGRESSIONS[mood])


def theme(theme_seed: int) -> tuple[TuneNote, ...]:
    """Return the show's tune: two bars of four beats that start on the chord, leap once, and come home by step."""
    chance = random.Random(seed_from("theme", theme_seed))
    rhythm = chance.choice(
        (
            (1, 0.5, 0.5, 2, 1, 1, 2),
            (1.5, 0.5, 1, 1, 1, 1, 2),
            (0.5, 0.5, 1, 2, 0.5, 0.5, 1, 2),
            (1, 1, 0.5, 0.5, 1, 1.5, 0.5, 2),
            (0.5, 1, 0.5, 2, 1.5, 0.5, 2),
        )
    )
    degrees, leap_at = [chance.choice((0, 2, 4))], chance.randint(0, 2)
    for place in range(len(rhythm) - 3):
        move = chance.choice((3, 4, -3)) if place == leap_at else chance.choice((-2, -1, -1, 1, 1, 2))
        if not -3 <= degrees[-1] + move <= 8:
            move = -move
        degrees.append(degrees[-1] + move)
    home = 7 if degrees[-1] > 4 else 0
    degrees += [home + chance.choice((1, -1)), home]
    starts = [sum(rhythm[:place]) for place in range(len(rhythm))]
    return tuple(TuneNote(b, n, d) for b, n, d in zip(starts, rhythm, degrees, strict=True))
