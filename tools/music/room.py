"""The room that the band plays in: first reflections from its walls, and a tail that darkens while it dies."""

import functools

import numpy as np
from scipy import signal

from episodes.format import SAMPLE_RATE
from tools.music.waves import Stroke

SECONDS = 1.1
"""Length of the tail: a wooden rehearsal room, not a hall."""
_BANDS = ((160, 700, 0.75, 1.0), (700, 2600, 0.6, 0.8), (2600, 8500, 0.34, 0.5))
"""Low and high end in hertz, seconds in which it falls by 60 dB, and gain: wood drinks the highs first."""
_WALLS = ((0.0071, 0.62), (0.0113, -0.50), (0.0167, 0.44), (0.0223, -0.36), (0.0291, 0.30), (0.0367, -0.22))
"""Delay in seconds and gain of the first reflections on the left; on the right they come a little later."""
_GRAINS_A_SECOND = 2400
"""Velvet noise (Karjalainen and Järveläinen 2007): so many grains sound smooth."""
_TAIL_DB, _WALLS_DB = -13.0, -15.0


def heard(send: Stroke) -> Stroke:
    """Return what the room gives back of `[frames, 2]`, as many frames, without the direct sound."""
    if not len(send):
        return send
    response = _response()
    sides = np.empty_like(send)
    for side in (0, 1):
        crossed = np.float32(0.75) * send[:, side] + np.float32(0.35) * send[:, 1 - side]
        sides[:, side] = signal.oaconvolve(crossed, response[:, side])[: len(send)]
    return sides


@functools.lru_cache(maxsize=1)
def _response() -> Stroke:
    """Return the room's answer to a clap, `[frames, 2]`."""
    frames = round(SECONDS * SAMPLE_RATE)
    at = np.arange(frames) / SAMPLE_RATE
    chance = np.random.default_rng(11)
    tail = np.zeros((frames, 2))
    for side in (0, 1):
        velvet = np.zeros(frames)
        step = SAMPLE_RATE / _GRAINS_A_SECOND
        places = (np.arange(int(frames / step)) + chance.random(int(frames / step))) * step
        velvet[np.minimum(places.astype(int), frames - 1)] = chance.choice((-1.0, 1.0), len(places))
        for low, high, falls, gain in _BANDS:
            filters = signal.butter(1, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos")
            band = signal.sosfilt(filters, velvet)
            band /= np.sqrt(np.mean(band**2))
            tail[:, side] += gain * band * 10 ** (-3 * at / falls)
    # The tail grows out of the reflections.
    tail *= np.clip((at - 0.012) / 0.03, 0, 1)[:, None]
    tail *= 10 ** (_TAIL_DB / 20) / np.sqrt(np.sum(tail**2, axis=0))
    walls = np.zeros((frames, 2))
    for side in (0, 1):
        for delay, gain in _WALLS:
            walls[round(delay * (1 + 0.13 * side) * SAMPLE_RATE), side] += gain
    filters = signal.butter(1, (180, 6000), "bandpass", fs=SAMPLE_RATE, output="sos")
    walls = signal.sosfilt(filters, walls, axis=0)
    walls *= 10 ** (_WALLS_DB / 20) / np.sqrt(np.sum(walls**2, axis=0))
    fade = np.clip((SECONDS - at) / 0.1, 0, 1)[:, None]
    return np.asarray((tail + walls) * fade, np.float32)
