"""Makes a recording that somebody else made, a model or a Space, into a cue: its length, loudness, stops and end."""

from math import gcd
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from episodes.errors import MediaBroken
from episodes.format import SAMPLE_RATE
from episodes.requests import ComposeRequest, Silence
from episodes.results import ComposedCue
from tools.music.level import END_SECONDS, STOP_SECONDS, levelled, shut
from tools.sound import wav
from tools.sound.loudness import decibels

_LEAST_SECONDS = 1.0
_SILENT_DB = -60.0
_LOWEST_HZ = 25.0
_JOIN_SECONDS = 1.0
"""Over how long a recording that is played again grows out of its own end."""


def as_cue(samples: NDArray[np.float32], rate: int, request: ComposeRequest, into: Path) -> ComposedCue:
    """Write `music.wav` into the folder `into`: exactly the asked length with its tail, as loud as any other cue.

    What is too long is faded out; what is too short goes on from its start, cross-faded. Where the request stops the
    music, nothing is heard.

    Args:
        samples: `[frames, channels]`, 1.0 = full scale; one channel is heard on both sides, of more than two the mean.
        rate: their rate in hertz.
        request: what was asked for.
        into: an empty folder.

    Raises `MediaBroken` for a recording of less than a second, one that is silent, and one that is no sound.
    """
    whole = request.seconds + request.tail
    frames = round(whole * SAMPLE_RATE)
    sound = _lasting(_stereo(samples, rate), frames)
    for stop in request.stops:
        _mute(sound, stop)
    ending = float(request.tail) or END_SECONDS
    sound *= shut(frames, min(ending, float(whole) / 4))
    # Limiting takes loudness away from what is full of peaks, so it is aimed at twice.
    wav.write(into / "music.wav", levelled(levelled(sound)), SAMPLE_RATE)
    return ComposedCue(seconds=whole)


def _stereo(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Return it at 48 kHz, `[frames, 2]`. Raises `MediaBroken`."""
    from scipy import signal

    if rate <= 0 or len(samples) < _LEAST_SECONDS * rate:
        raise MediaBroken("The music that came back is shorter than a second.")
    shaped = np.asarray(samples, np.float32).reshape(len(samples), -1)
    if not np.isfinite(shaped).all():
        raise MediaBroken("The music that came back is no sound: it holds numbers that are none.")
    if decibels(float(np.abs(shaped).max())) < _SILENT_DB:
        raise MediaBroken("The music that came back is silent.")
    if shaped.shape[1] != 2:
        shaped = np.repeat(shaped.mean(axis=1, keepdims=True), 2, axis=1)
    divisor = gcd(SAMPLE_RATE, rate)
    full = signal.resample_poly(shaped.astype(np.float64), SAMPLE_RATE // divisor, rate // divisor, axis=0)
    # What is below hearing takes the room under the ceiling and gives nothing.
    low = signal.butter(2, _LOWEST_HZ, "highpass", fs=SAMPLE_RATE, output="sos")
    return np.asarray(signal.sosfiltfilt(low, full, axis=0), np.float32)


def _lasting(sound: NDArray[np.float32], frames: int) -> NDArray[np.float32]:
    """Return so many frames of it, played again and again when it is shorter."""
    join = min(round(_JOIN_SECONDS * SAMPLE_RATE), len(sound) // 4)
    # Two different stretches of one recording are strangers to each other: equal power, not equal amplitude.
    rising = np.sin(np.linspace(0, np.pi / 2, join, dtype=np.float32))[:, None]
    total = sound
    while len(total) < frames:
        joined = total[-join:] * rising[::-1] + sound[:join] * rising
        total = np.concatenate((total[:-join], joined, sound[join:]))
    return total[:frames].copy()


def _mute(sound: NDArray[np.float32], stop: Silence) -> None:
    """Take the sound away from where it stops dead to where it is back."""
    first, last = round(stop.at * SAMPLE_RATE), min(round(stop.until * SAMPLE_RATE), len(sound))
    falling = shut(round(STOP_SECONDS * SAMPLE_RATE), STOP_SECONDS)
    fallen = sound[first : first + len(falling)]
    fallen *= falling[: len(fallen)]
    sound[first + len(falling) : last] = 0
    back = sound[last : last + len(falling)]
    back *= falling[::-1][: len(back)]
