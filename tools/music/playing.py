"""How written notes are played: by hands that are never quite even, each player at his place on the stage, in a room."""

from collections.abc import Sequence

import numpy as np

from episodes.format import SAMPLE_RATE
from tools.music.instruments import play
from tools.music.notes import DRUMS, Instrument, Note
from tools.music.room import heard
from tools.music.waves import Sound

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
_SIDES: dict[Instrument, float] = {"hat": 0.1, "ride": 0.1, "crash": -0.1}


def played(notes: Sequence[Note], start: float, frames: int, seed: int) -> Sound:
    """Return notes as sound, `[frames, 2]`, beginning `start` seconds into the cue, room included.

    What rings past the end is left out.
    """
    chance = np.random.default_rng(seed)
    dry, send = np.zeros((frames, 2)), np.zeros((frames, 2))
    for number, note in enumerate(notes):
        late, lean = chance.normal(0, _UNEVEN_SECONDS), chance.normal(0, _UNEVEN_TOUCH)
        at = note.at - start
        if not note.exact:
            # Nobody is earlier than the cue itself, nor further off than an ear forgives.
            at = max(at + _LATE.get(note.instrument, 0.0) + float(np.clip(late, -0.008, 0.008)), 0.0)
        touch = float(np.clip(note.touch + lean, 0.08, 1.0))
        take = number % 4 if note.instrument in DRUMS or note.instrument in ("muted", "pizzicato") else number % 2
        sound = play(note.instrument, note.pitch, note.seconds, touch, take, note.slide)
        first = round(at * SAMPLE_RATE)
        room = min(len(sound), frames - first)
        if room <= 0:
            continue
        side = float(np.clip(note.side + _SIDES.get(note.instrument, 0.0), -1, 1))
        angle = (side + 1) * np.pi / 4
        gain = 10 ** (note.level_db / 20) * (touch / 0.7) ** 1.4
        placed = sound[:room, None] * (np.array((np.cos(angle), np.sin(angle))) * gain)
        dry[first : first + room] += placed
        send[first : first + room] += placed * _SENDS.get(note.instrument, 0.7)
    return dry + heard(send)
