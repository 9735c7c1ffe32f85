"""A siren that goes by: real Doppler shift, distance and side, closest at a given moment."""

import numpy as np

from episodes.format import SAMPLE_RATE
from tools.sound.noise import Sound, low_pass

_SPEED = 22.0
"""Metres a second: about 80 km/h."""
_NEAREST = 9.0
"""Metres between the road and the ear."""
_SOUND_SPEED = 343.0
_WAIL_HERTZ = (620.0, 1450.0)
_WAIL_SECONDS = 3.2
_PEAK = 0.4


def siren(frames: int, closest: float, seconds: float, phase: float) -> Sound:
    """Return a stereo stretch `[frames, 2]` in which a siren goes by, loudest at `closest` seconds.

    It is to be heard for about three times `seconds`; `phase`, 0 to 1, is where in its wail it starts.
    """
    at = np.arange(frames) / SAMPLE_RATE - closest
    along = _SPEED * at * (3.0 / max(seconds, 0.5))
    distance = np.hypot(_NEAREST, along)
    sent = at - (distance - _NEAREST) / _SOUND_SPEED
    tone = _wail(sent, phase)
    far = low_pass(tone, 900)
    near = np.clip(_NEAREST / distance, 0, 1)
    heard = (tone * near + far * (1 - near)) * near * _edges(at, 1.5 * seconds)
    side = along / distance
    angle = (side * 0.8 + 1) * np.pi / 4
    return np.asarray(_PEAK * heard[:, None] * np.stack((np.cos(angle), np.sin(angle)), axis=1))


def _wail(sent: Sound, phase: float) -> Sound:
    """Return the horn's tone at the moments at which it was sent: a rising and falling wail with a hard edge."""
    low, high = _WAIL_HERTZ
    turn = sent / _WAIL_SECONDS + phase
    # The integral of a pitch that swings between low and high as a cosine.
    cycles = sent * (low + high) / 2 - (high - low) / 2 * _WAIL_SECONDS / (2 * np.pi) * np.sin(2 * np.pi * turn)
    angle = 2 * np.pi * cycles
    return np.asarray(np.tanh(1.6 * np.sin(angle)) + 0.2 * np.sin(2 * angle))


def _edges(at: Sound, reach: float) -> Sound:
    """Fade in and out at both ends of what is heard, smoothly."""
    share = np.clip(1 - np.abs(at) / max(reach, 0.1), 0, 1)
    return np.asarray(np.sin(np.pi / 2 * np.minimum(share * 2.5, 1)) ** 2)
