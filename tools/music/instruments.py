"""The players by name: each turns a note into sound with attack, body and decay. Mono, 48 kHz, peak 1."""

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from episodes.format import SAMPLE_RATE
from tools.music import blown, plucked, struck
from tools.music.notes import DRUMS, Instrument
from tools.music.waves import Sound, Stroke, hertz, levelled, released, slid

Player = Callable[[float, float, float, np.random.Generator], Sound]
"""Frequency in hertz, seconds, touch from 0 to 1, the stroke's own chance."""

_TOUCHES = 5
"""Colours from soft to hard; loudness has no steps."""
_LENGTHS = (0.25, 0.4, 0.6, 0.9, 1.3, 2.0, 3.0, 4.5, 7.0, 12.0, 30.0, 120.0)
"""Lengths in seconds that are played in full; a note is let go where its own ends."""


@dataclass(frozen=True)
class _Chair:
    player: Player
    release: float
    """Seconds in which a note dies when it is let go."""
    rings: float = 0.0
    """Seconds that it rings on before it is let go, whatever is written."""
    takes: int = 4
    """Strokes of each touch, taken in turn, so that no two neighbours are the same."""


_BAND: dict[Instrument, _Chair] = {
    "bass": _Chair(plucked.bass, 0.09, takes=2),
    "guitar": _Chair(plucked.guitar, 0.16, 0.05, takes=2),
    "muted": _Chair(plucked.muted, 0.03, takes=3),
    "pizzicato": _Chair(plucked.pizzicato, 0.2, 0.25, takes=3),
    "strings": _Chair(plucked.strings, 0.3, takes=1),
    "keys": _Chair(struck.keys, 0.18, takes=1),
    "vibes": _Chair(struck.vibes, 0.5, 0.25, takes=1),
    "timpani": _Chair(struck.timpani, 0.5, 0.4, takes=2),
    "clarinet": _Chair(blown.clarinet, 0.07, takes=2),
    "bass_clarinet": _Chair(blown.bass_clarinet, 0.08, takes=2),
    "trumpet": _Chair(blown.trumpet, 0.06, takes=2),
    "trombone": _Chair(blown.trombone, 0.08, takes=1),
    "whistle": _Chair(blown.whistle, 0.07, takes=2),
    "kick": _Chair(struck.kick, 0.1),
    "snare": _Chair(struck.snare, 0.1),
    "rim": _Chair(struck.rim, 0.05),
    "brush": _Chair(struck.brush, 0.1),
    "swish": _Chair(struck.swish, 0.1),
    "hat": _Chair(struck.hat, 0.05),
    "open_hat": _Chair(struck.open_hat, 0.02),
    "ride": _Chair(struck.ride, 0.3, takes=3),
    "crash": _Chair(struck.crash, 0.6, takes=1),
    "swell": _Chair(struck.swell, 0.04),
    "block": _Chair(struck.block, 0.05),
    "shaker": _Chair(struck.shaker, 0.04),
    "cajon": _Chair(struck.cajon, 0.1),
    "slap": _Chair(struck.slap, 0.06),
}


def play(
    instrument: Instrument, pitch: int, seconds: float, touch: float = 0.7, take: int = 0, slide: int = 0
) -> Stroke:
    """Return one note, `[frames]`.

    Args:
        instrument: who plays.
        pitch: MIDI number; drums but for the wood block take no notice of it.
        seconds: until it is let go; drums ring as they do.
        touch: 0 (hardly) to 1 (as hard as it goes): colour, not level.
        take: another number is another stroke.
        slide: semitones from which it slides into its pitch.
    """
    chair = _BAND[instrument]
    level = max(1, min(round(touch * _TOUCHES), _TOUCHES)) / _TOUCHES
    drum = instrument in DRUMS and instrument not in ("swell", "swish", "open_hat")
    long = 0.4 if drum else next(length for length in _LENGTHS if length >= seconds + chair.rings + chair.release)
    if instrument in ("swell", "swish", "open_hat"):
        long = round(seconds, 2)
    sound = _struck(instrument, pitch, long, level, take % chair.takes)
    if drum:
        return sound
    sound = slid(sound, slide) if slide else sound
    return released(sound, seconds + chair.rings, chair.release)


@functools.lru_cache(maxsize=768)
def _struck(instrument: Instrument, pitch: int, seconds: float, touch: float, take: int) -> Stroke:
    chance = np.random.default_rng((sum(map(ord, instrument)), pitch, round(touch * _TOUCHES), take))
    made = levelled(_BAND[instrument].player(hertz(pitch), seconds, touch, chance))
    sound = made.astype(np.float32)
    # Nothing begins with a step: half a millisecond is heard as sharp as none.
    sound[:24] *= np.linspace(0, 1, 24, dtype=np.float32)
    if instrument in DRUMS:
        return released(sound, len(sound) / SAMPLE_RATE - _BAND[instrument].release, _BAND[instrument].release)
    return sound
