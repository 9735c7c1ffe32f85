"""How loud a stem is from moment to moment: ITU-R BS.1770-4 in blocks, so that memory does not grow with the film."""

import numpy as np
from numpy.typing import NDArray

from episodes.format import SAMPLE_RATE
from tools.assembly.pcm import Sound, StereoFile, blocks

HOP = SAMPLE_RATE // 100
"""Samples of one step of loudness: 10 ms."""

SILENCE_LUFS = -70.0
"""The absolute gate of BS.1770-4: nothing below it counts."""

Power = NDArray[np.float64]
"""K-weighted power of both channels together in each step, shape (steps,)."""

# The two K-weighting filters of BS.1770-4, tables 1 and 2, for 48 kHz.
_SHELF = (1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585)
_HIGH_PASS = (1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621)
_OFFSET = -0.691
_RELATIVE_GATE_LU = 10.0
_WINDOW = 40
"""Steps of a momentary loudness: 400 ms."""


def weigh(stem: StereoFile, samples: int) -> Power:
    """Return the K-weighted power of a stem in each step of 10 ms; a last step that is not whole counts its silence."""
    from scipy import signal

    # Single precision is exact to 0.0001 dB here and takes half the time.
    filters = np.array([_SHELF, _HIGH_PASS], np.float32)
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


def lufs(power: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return a power as loudness in LUFS; silence is about -120."""
    return np.asarray(_OFFSET + 10 * np.log10(np.maximum(power, 1e-12)))


def momentary(power: Power) -> NDArray[np.float64]:
    """Return the loudness of the 400 ms round each step, in LUFS."""
    total = np.concatenate(([0.0], np.cumsum(power)))
    place = np.arange(len(power))
    first, last = np.maximum(place - _WINDOW // 2, 0), np.minimum(place + _WINDOW // 2, len(power))
    return lufs((total[last] - total[first]) / _WINDOW)


def integrated(power: Power) -> float:
    """Return the gated loudness of the whole in LUFS; silence is -70. What is shorter than 400 ms is one block."""
    window = min(_WINDOW, max(len(power) - 1, 1))
    total = np.concatenate(([0.0], np.cumsum(power)))
    heads = np.arange(0, len(power) - window + 1, max(window // 4, 1))
    found = (total[heads + window] - total[heads]) / window
    loud = found[lufs(found) > SILENCE_LUFS]
    if not loud.size:
        return SILENCE_LUFS
    return float(lufs(loud[lufs(loud) > lufs(loud.mean()) - _RELATIVE_GATE_LU].mean()))


def usual(power: Power) -> float:
    """Return the middle of the momentary loudness wherever there is any sound, in LUFS; silence is -70.

    Of a stem of effects this is the room: a siren of five seconds does not move it, as it would the gated loudness.
    """
    heard = momentary(power)[:: _WINDOW // 4]
    heard = heard[heard > SILENCE_LUFS]
    return float(np.median(heard)) if heard.size else SILENCE_LUFS
