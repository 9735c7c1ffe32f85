"""Scales, chords and progressions as plain numbers, and which chords lead from one key into another."""

import random
from dataclasses import dataclass

from episodes.errors import RequestRejected
from episodes.keys import Key, key_called
from episodes.requests import CueMood
from episodes.value import seed_from

_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MINOR = (0, 2, 3, 5, 7, 8, 10)
_MIDDLE_C = 60


def key_of(name: str) -> Key:
    """Read `D minor` or `B-flat major`. Raises `RequestRejected` for what is no key."""
    try:
        return key_called(name)
    except ValueError as error:
        raise RequestRejected(f"{error}: ask for one such as 'D minor' or 'B-flat major'.") from error


def pitch_of(key: Key, degree: int, octave: int = 0) -> int:
    """Return the MIDI number of a scale degree (0: tonic, 7: an octave higher); octave 0 starts at middle C."""
    scale = _MINOR if key.minor else _MAJOR
    return _MIDDLE_C + key.tonic + 12 * (octave + degree // 7) + scale[degree % 7]


@dataclass(frozen=True)
class Chord:
    """A chord on a scale degree of a key."""

    degree: int
    key: Key
    sharp_third: bool = False
    """In minor: the raised third of the dominant, or of a last chord that turns bright."""
    flat: bool = False
    """Lowered by a semitone as a whole: the dark neighbour of the tonic."""
    seventh: bool = True
    ninth: bool = False

    def pitches(self, octave: int = 0) -> tuple[int, ...]:
        """Return root, third, fifth and what lies above as MIDI numbers, from the bottom."""
        steps = [0, 2, 4] + [6] * self.seventh + [8] * self.ninth
        notes = [pitch_of(self.key, self.degree + step, octave) for step in steps]
        if self.sharp_third:
            notes[1] = notes[0] + 4
        return tuple(note - (1 if self.flat else 0) for note in notes)

    def step(self, degree: int, octave: int) -> int:
        """Return the pitch so many steps of the scale above the root; chord tones take the chord's own alteration."""
        raised = 1 if self.sharp_third and degree % 7 == 2 and self._third_is_minor() else 0
        return pitch_of(self.key, self.degree + degree, octave) + raised - (1 if self.flat else 0)

    def _third_is_minor(self) -> bool:
        return pitch_of(self.key, self.degree + 2) - pitch_of(self.key, self.degree) == 3

    @property
    def root(self) -> int:
        """Semitones of the root above C, 0 to 11."""
        return self.pitches()[0] % 12


# Each mood: two phrases of four bars or more; letters are scale degrees I to VII, `D` the dominant with its raised
# third, `N` the lowered second.
_PHRASES: dict[CueMood, tuple[str, ...]] = {
    "quiet": ("1643", "1634", "1465", "1364"),
    "suspicion": ("114D", "162D", "11N1", "416D"),
    "comedy": ("162D", "147D", "124D", "316D"),
    "chase": ("176D", "114D", "1N1D", "641D"),
    "tension": ("1N16", "161N", "11N4", "4N1D"),
    "resolution": ("6415", "4536", "1465", "6241"),
    "sting": ("1D41", "14D1"),
    "question": ("14D4", "162D"),
    "close": ("4D11", "4D11"),
}


def chord_called(letter: str, key: Key, mood: CueMood) -> Chord:
    """Return the chord of a letter: `1` to `7`, `D` for the dominant, `N` for the lowered second."""
    rich = mood in ("comedy", "resolution", "quiet", "sting", "chase")
    if letter == "D":
        return Chord(4, key, sharp_third=key.minor)
    if letter == "N":
        return Chord(1, key, flat=True, seventh=False) if key.minor else Chord(6, key, flat=True, seventh=False)
    return Chord(int(letter) - 1, key, ninth=rich and letter in "14")


def progression(mood: CueMood, key: Key, bars: int, seed: int) -> tuple[Chord, ...]:
    """Return one chord a bar: phrases of four bars, of which two neighbours are never the same one."""
    chance = random.Random(seed_from("progression", mood, seed))
    letters, last = "", ""
    while len(letters) < bars:
        last = chance.choice([phrase for phrase in _PHRASES[mood] if phrase != last])
        letters += last
    return tuple(chord_called(letter, key, mood) for letter in letters[:bars])


def dominant(key: Key) -> Chord:
    """Return the chord that wants to go to the tonic of a key."""
    return Chord(4, key, sharp_third=key.minor)
