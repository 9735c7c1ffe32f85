"""Timing: drawings on twos, and how a movement starts, goes too far, settles and ends."""

import math

TWOS = 12
"""Drawings a second."""
WIND_UP = 2 / TWOS
"""Seconds for which a gesture goes a little the other way before it begins."""


def on_twos(time: float) -> float:
    """Return the time of the drawing that is shown at a time."""
    return math.floor(time * TWOS + 1e-6) / TWOS


def ease(share: float) -> float:
    """Return a smooth way from 0 to 1."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def overshoot(share: float) -> float:
    """Return a way from 0 to 1 that goes a little too far and settles."""
    share = min(max(share, 0.0), 1.0) - 1
    return share * share * (2.4 * share + 1.4) + 1


def held(time: float, at: float, seconds: float) -> float:
    """Return 0 to 1 for a gesture: in with overshoot over a quarter second, held, and out again."""
    if time < at or time > at + seconds + 0.3:
        return 0.0
    return overshoot((time - at) / 0.25) * (1 - ease((time - at - seconds) / 0.3))


def wound_up(time: float, at: float, seconds: float) -> float:
    """Return `held` with anticipation: for two drawings before `at` it goes a little the other way, below 0."""
    if at - WIND_UP <= time < at:
        return -0.16 * ease((time - at + WIND_UP + 1 / TWOS) / WIND_UP)
    return held(time + 1 / TWOS, at, seconds + 1 / TWOS)
