"""The show's tune as MusicGen's melody models hear one: which of the twelve notes is loudest, frame by frame.

They take it from a recording; the tune's notes are known, so it is written down exactly.
"""

import numpy as np
from numpy.typing import NDArray

from episodes.errors import RequestRejected
from episodes.keys import key_called
from episodes.requests import ComposeRequest
from episodes.theme import BAR, HOOK_BARS

FRAMES_A_SECOND = 32_000 / 4096
"""Of the models: one frame for each 4,096 samples at 32 kHz."""
CLASSES = 12
_MAJOR, _MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)


def chroma(request: ComposeRequest, seconds: float) -> NDArray[np.float32]:
    """Return `[frames, 12]`, one 1 in each frame: the hook in the cue's key and tempo, again and again.

    Between two notes the first one goes on. Raises `RequestRejected` for a key that is none.
    """
    try:
        key = key_called(request.key)
    except ValueError as error:
        raise RequestRejected(f"A cue's key must be like D minor: {error}.") from error
    scale = _MINOR if key.minor else _MAJOR
    starts = np.array([note.at for note in request.theme.notes])
    notes = [(key.tonic + scale[note.degree % 7]) % CLASSES for note in request.theme.notes]
    beats = np.arange(max(round(seconds * FRAMES_A_SECOND), 1)) / FRAMES_A_SECOND * request.tempo / 60
    sounding = np.searchsorted(starts, beats % (BAR * HOOK_BARS), side="right") - 1
    # Before its first note, the last one of the round before is still there.
    return np.asarray(np.eye(CLASSES, dtype=np.float32)[np.array(notes)[sounding]], np.float32)
