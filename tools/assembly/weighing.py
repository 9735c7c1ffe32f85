"""How loud a stem is from moment to moment: ITU-R BS.1770-4 in blocks, so that memory does not grow with the film."""

import numpy as np
from numpy.typing import NDArray

from episodes.format import SAMPLE_RATE
from tools.assembly.pcm import Sound, StereoFile, blocks
from tools.sound.loudness import HIGH_PASS, SHELF, SILENCE_LUFS, gated, lufs

HOP = SAMPLE_RATE // 100
"""Samples of one step of loudness: 10 ms."""

Power = NDArray[np.float64]
"""K-weighted power of both channels together in each step, shape (steps,)."""

_WINDOW = 40
"""Steps of a momentary loudness: 400 ms."""


def weigh(stem: StereoFile, samples: int) -> Power:
    """Return the K-weighted power of a stem in each step of 10 ms; a last step that is not whole counts its silence."""
    from scipy import signal

    # Single precision is exact to 0.0001 dB here and takes half the time.
    filters = np.array([SHELF, HIGH_PASS], np.float32)
    state = np.zeros((len(filters), 2, 2), np.float32)
    found = []
    for at, count in blocks(samples):
        sound = stem.read(at, count + -count % HOP)
        if not sound.any():
            # Most of a radio stem is silence; what still rings in the filter is far below the gate.
            state[:] = 0.0
            found.append(np.zeros(len(sound) // HOP))
            continue
        weighted, state = signal.sosfilt(filters, stirred(sound), zi=state)
        steps = weighted.reshape(2, -1, HOP)
        found.append(np.einsum("cns,cns->n", steps, steps).astype(np.float64) / HOP)
    return np.concatenate([*found, np.zeros(1)])


def stirred(sound: Sound) -> NDArray[np.float32]:
    """Return a block as two rows for a filter, with a whisper at -180 dB in it.

    In silence a filter's memory fades until its numbers are denormal, and those take a processor ten times as long.
    """
    rows = np.ascontiguousarray(sound.T)
    rows[:, ::4] += np.float32(1e-9)
    return rows


def momentary(power: Power) -> NDArray[np.float64]:
    """Return the loudness of the 400 ms round each step, in LUFS."""
    total = np.concatenate(([0.0], np.cumsum(power)))
    place = np.arange(len(power))
    first, last = np.maximum(place - _WINDOW // 2, 0), np.minimum(place + _WINDOW // 2, len(power))
    return lufs((total[last] - total[first]) / _WINDOW)


def integrated(power: Power) -> float:
    """Return the gated loudness of the whole in LUFS; silence is -70. What is shorter than 400 ms is one block."""
    return gated(power, min(_WINDOW, max(len(power) - 1, 1)))


def usual(power: Power) -> float:
    """Return the middle of the momentary loudness wherever there is any sound, in LUFS; silence is -70.

    Of a stem of effects this is the room: a siren of five seconds does not move it, as it would the gated loudness.
    """
    heard = momentary(power)[:: _WINDOW // 4]
    heard = heard[heard > SILENCE_LUFS]
    return float(np.median(heard)) if heard.size else SILENCE_LUFS
