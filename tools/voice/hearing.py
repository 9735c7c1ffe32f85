"""What is measured of a voice: its pitch, its brightness, its long-term spectrum and the time it speaks."""

import itertools

import numpy as np
from scipy import signal

from tools.sound.wav import Samples
from tools.voice.estimating import heard_spans

LOWEST_HZ, HIGHEST_HZ = 60.0, 400.0
"""Pitches that are looked for."""
BANDS = 20
_FRAME_SECONDS = 0.04
_LOUD = 0.25
"""Frames of at least this part of the line's RMS are listened to."""
_VOICED = 0.4
"""Least height of the autocorrelation at the pitch, against that at no lag."""


def pitches(samples: Samples, rate: int) -> np.ndarray:
    """Return the pitch in hertz of each loud, voiced frame of 40 ms, by autocorrelation of the sound below 1 kHz."""
    low = signal.sosfilt(signal.butter(4, 1000, fs=rate, output="sos"), samples.astype(np.float64))
    size, floor = round(_FRAME_SECONDS * rate), _LOUD * float(np.sqrt(np.mean(low**2)))
    shortest, longest = round(rate / HIGHEST_HZ), min(round(rate / LOWEST_HZ), size - 1)
    found = []
    for start in range(0, len(low) - size, size // 2):
        frame = low[start : start + size] - low[start : start + size].mean()
        if np.sqrt(np.mean(frame**2)) < floor:
            continue
        same = signal.correlate(frame, frame, "full", "fft")[size - 1 :]
        # Longer lags have fewer products; without this the shortest period would always win.
        same = same / np.arange(size, 0, -1) * size
        within = same[shortest : longest + 1]
        best = float(within.max())
        # Of peaks that are nearly as high, the shortest lag is the pitch, and the others its multiples.
        peaks = signal.argrelmax(within)[0]
        high = [int(lag) for lag in peaks if within[lag] > 0.85 * best]
        if high and best > _VOICED * same[0]:
            found.append(rate / (shortest + high[0]))
    return np.array(found)


def median_pitch(samples: Samples, rate: int) -> float:
    """Return the median pitch in hertz, 0 for sound without any."""
    found = pitches(samples, rate)
    return float(np.median(found)) if found.size else 0.0


def spectrum(samples: Samples, rate: int) -> np.ndarray:
    """Return the long-term spectrum in 20 bands from 150 to 7,000 Hz, in decibels against their mean."""
    hertz, power = signal.welch(samples.astype(np.float64), rate, nperseg=round(0.04 * rate))
    edges = np.geomspace(150, 7000, BANDS + 1)
    levels = [
        10 * np.log10(float(power[(hertz >= low) & (hertz <= max(high, low + 30))].mean()) + 1e-15)
        for low, high in itertools.pairwise(edges)
    ]
    return np.asarray(np.array(levels) - np.mean(levels))


def brightness_db(samples: Samples, rate: int) -> float:
    """Return the energy of 2 to 8 kHz against that of 150 Hz to 1 kHz, in decibels."""
    hertz, power = signal.welch(samples.astype(np.float64), rate, nperseg=round(0.04 * rate))
    high = float(power[(hertz >= 2000) & (hertz <= 8000)].sum())
    low = float(power[(hertz >= 150) & (hertz <= 1000)].sum())
    return float(10 * np.log10((high + 1e-15) / (low + 1e-15)))


def spoken_seconds(samples: Samples, rate: int) -> float:
    """Return the seconds from the first to the last moment that is heard, pauses between them counted."""
    spans = heard_spans(samples, rate)
    return spans[-1][1] - spans[0][0] if spans else 0.0
