"""A patrol car that goes by with its siren on: horn, motor and tyres, with real Doppler shift, distance and side."""

from typing import Literal

import numpy as np

from episodes.format import SAMPLE_RATE
from tools.sound.noise import Sound, low_pass, shaped

Pattern = Literal["wail", "yelp", "two_tone"]

_SPEED = 22.0
"""Metres a second: about 80 km/h."""
_NEAREST = 9.0
"""Metres between the road and the ear."""
_SOUND_SPEED = 343.0
_HORN_HERTZ = (620.0, 1450.0)
_WAIL_SECONDS = 3.2
_YELP_SECONDS = 0.34
_TONES = (770.0, 960.0)
"""Hertz: a fourth apart or nearly so, as two-tone horns are."""
_TONE_SECONDS = 0.55
_PEAK = 0.4
_CAR = 0.13
"""Gain of motor and tyres against the horn; they are heard only when it is near."""
_YELPS_WITHIN = 0.7
"""Seconds before and after the pass in which a wailing car yelps: drivers change it at crossings and crowds."""


def siren(frames: int, closest: float, seconds: float, phase: float, pattern: Pattern = "wail") -> Sound:
    """Return a stereo stretch `[frames, 2]` in which a siren goes by, loudest at `closest` seconds.

    It is to be heard for about three times `seconds`; `phase`, 0 to 1, is where in its wail it starts. `yelp` wails and
    yelps as it passes, `two_tone` has two notes.
    """
    total = np.zeros((frames, 2))
    first = max(int((closest - 1.5 * seconds) * SAMPLE_RATE), 0)
    last = min(int((closest + 1.5 * seconds) * SAMPLE_RATE) + 1, frames)
    if last > first:
        total[first:last] = _pass(np.arange(first, last) / SAMPLE_RATE - closest, seconds, phase, pattern)
    return total


def _pass(at: Sound, seconds: float, phase: float, pattern: Pattern) -> Sound:
    """Return what is heard at moments `at`, seconds after the car was nearest."""
    speed = _SPEED * 3.0 / max(seconds, 0.5)
    sent = _sent(at, speed)
    along = speed * sent
    distance = np.hypot(_NEAREST, along)
    near = _NEAREST / distance
    tone = _horn(sent, phase, pattern)
    heard = (tone * near + low_pass(tone, 900) * (1 - near)) * near
    heard = heard + _CAR * _car(sent, distance)
    angle = (along / distance * 0.8 + 1) * np.pi / 4
    heard = _PEAK * heard * _edges(at, 1.5 * seconds)
    return np.asarray(heard[:, None] * np.stack((np.cos(angle), np.sin(angle)), axis=1))


def _sent(at: Sound, speed: float) -> Sound:
    """Return when that was sent which is heard at moments `at`: sound takes its time, more of it from further away.

    Times are counted so that what is sent at 0, when the car is nearest, is heard at 0.
    """
    moments = np.linspace(at[0] - 1, at[-1] + 1, 4 * len(at) // 100 + 16)
    arrives = moments + (np.hypot(_NEAREST, speed * moments) - _NEAREST) / _SOUND_SPEED
    return np.asarray(np.interp(at, arrives, moments))


def _horn(sent: Sound, phase: float, pattern: Pattern) -> Sound:
    """Return the horn's tone at the moments at which it was sent, with a hard edge."""
    cycles = _two_tone(sent, phase) if pattern == "two_tone" else _swept(sent, phase, yelps=pattern == "yelp")
    angle = 2 * np.pi * cycles
    return np.asarray(np.tanh(1.6 * np.sin(angle)) + 0.2 * np.sin(2 * angle))


def _swept(sent: Sound, phase: float, *, yelps: bool) -> Sound:
    """Return the cycles of a pitch that rises and falls between low and high: slowly, or fast as it passes."""
    low, high = _HORN_HERTZ
    turn = sent / _WAIL_SECONDS + phase
    if not yelps:
        # The integral of a cosine swing, exact however far apart the moments are.
        swing = _WAIL_SECONDS / (2 * np.pi) * np.sin(2 * np.pi * turn)
        return np.asarray(sent * (low + high) / 2 - (high - low) / 2 * swing)
    share = np.clip((_YELPS_WITHIN - np.abs(sent)) / 0.05, 0, 1)
    slow = 0.5 - 0.5 * np.cos(2 * np.pi * turn)
    fast = (sent / _YELP_SECONDS) % 1
    return _integral((low + (high - low) * (slow * (1 - share) + fast * share)), sent)


def _two_tone(sent: Sound, phase: float) -> Sound:
    low, high = _TONES
    upper = np.clip(8 * np.sin(np.pi * (sent / _TONE_SECONDS + phase)), -1, 1)
    return _integral((low + high) / 2 + (high - low) / 2 * upper, sent)


def _integral(hertz: Sound, sent: Sound) -> Sound:
    return np.asarray(np.concatenate(([0.0], np.cumsum(hertz[1:] * np.diff(sent)))))


def _car(sent: Sound, distance: Sound) -> Sound:
    """Return motor and tyres: firing pulses at a chase's pace over a rush that is near only when the car is."""
    chance = np.random.default_rng(len(sent))
    fire = 2 * np.pi * 78 * sent
    motor = np.sin(fire) + 0.7 * np.sin(2 * fire + 0.5) + 0.4 * np.sin(3 * fire)
    tyres = shaped(len(sent), 250, 3200, 3, chance)
    return np.asarray((0.7 * motor + 1.2 * tyres) * (_NEAREST / distance) ** 1.5)


def _edges(at: Sound, reach: float) -> Sound:
    """Fade in and out at both ends of what is heard, smoothly."""
    share = np.clip(1 - np.abs(at) / max(reach, 0.1), 0, 1)
    return np.asarray(np.sin(np.pi / 2 * np.minimum(share * 2.5, 1)) ** 2)
