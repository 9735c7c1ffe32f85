"""How written notes are played: by hands that are never quite even, each at its place on the stage, in a room."""

from collections.abc import Sequence

import numpy as np
from scipy import signal

from episodes.format import SAMPLE_RATE
from tools.music.instruments import play
from tools.music.notes import Instrument, Note
from tools.music.room import heard
from tools.music.waves import Stroke

_LATE: dict[Instrument, float] = {"snare": 0.004, "slap": 0.004, "brush": 0.003, "bass": 0.002, "hat": -0.001}
"""Seconds by which a player lies behind the beat (or before it), always: what makes a groove sit back."""
_UNEVEN_SECONDS = 0.0035
_UNEVEN_TOUCH = 0.05
_SENDS: dict[Instrument, float] = {
    "bass": 0.12,
    "kick": 0.15,
    "cajon": 0.25,
    "timpani": 1.1,
    "strings": 1.0,
    "keys": 0.5,
}
"""How much of a player the room hears; 0.7 where nothing is said."""
_TRIMS_DB: dict[Instrument, float] = {
    "bass": -5, "guitar": 5, "muted": 9, "pizzicato": 4, "keys": 1, "clarinet": -3, "bass_clarinet": -3, "trumpet": 3,
    "trombone": 2, "strings": 5, "timpani": -4, "kick": -1, "snare": 5, "rim": 13, "brush": 11, "swish": 9, "hat": 12,
    "open_hat": 9, "ride": 12, "crash": 3, "swell": 3, "block": 9, "shaker": 20, "cajon": 5, "slap": 10,
}  # fmt: skip
"""Measured: what brings players whose strokes peak alike to about the same loudness in a bar."""
_RUMBLE = signal.butter(2, 26, "highpass", fs=SAMPLE_RATE, output="sos")
"""Nothing that the band plays lies below 26 Hz."""
_RUN = 1 << 16
"""Frames that are filtered at a time."""
_SIDES: dict[Instrument, float] = {"hat": 0.1, "ride": 0.1, "crash": -0.1}


def played(notes: Sequence[Note], start: float, frames: int, seed: int) -> Stroke:
    """Return notes as sound, `[frames, 2]`, beginning `start` seconds into the cue, room included.

    What rings past the end is left out.
    """
    chance = np.random.default_rng(seed)
    dry, send = np.zeros((frames, 2), np.float32), np.zeros((frames, 2), np.float32)
    for number, note in enumerate(notes):
        late, lean = chance.normal(0, _UNEVEN_SECONDS), chance.normal(0, _UNEVEN_TOUCH)
        at = note.at - start
        if not note.exact:
            # Nobody is earlier than the cue itself, nor further off than an ear forgives.
            at = max(at + _LATE.get(note.instrument, 0.0) + float(np.clip(late, -0.008, 0.008)), 0.0)
        touch = float(np.clip(note.touch + lean, 0.08, 1.0))
        sound = play(note.instrument, note.pitch, note.seconds, touch, number, note.slide)
        first = round(at * SAMPLE_RATE)
        room = min(len(sound), frames - first)
        if room <= 0:
            continue
        side = float(np.clip(note.side + _SIDES.get(note.instrument, 0.0), -1, 1))
        angle = (side + 1) * np.pi / 4
        level = note.level_db + _TRIMS_DB.get(note.instrument, 0.0)
        gain = 10 ** (level / 20) * (touch / 0.7) ** 1.4
        placed = sound[:room, None] * np.array((np.cos(angle) * gain, np.sin(angle) * gain), np.float32)
        dry[first : first + room] += placed
        send[first : first + room] += placed * np.float32(_SENDS.get(note.instrument, 0.7))
    dry += heard(send)
    return _without_rumble(dry)


def _without_rumble(sound: Stroke) -> Stroke:
    """Return sound, `[frames, 2]`, that stands on zero; what was given is written over.

    Struck metal and pressed reeds push to one side; a mix that stands off zero would click wherever it is cut.
    """
    state = np.zeros((len(_RUMBLE), 2, 2))
    # In runs: what a filter returns is twice as large as the sound.
    for first in range(0, len(sound), _RUN):
        clean, state = signal.sosfilt(_RUMBLE, sound[first : first + _RUN], axis=0, zi=state)
        sound[first : first + _RUN] = clean
    return sound
