"""Sound without an end: what lies under a scene, read block by block, so that memory does not grow with its length.

Every stream gives stereo float32 `[frames, 2]` at 48 kHz, and the same samples however large the blocks are: each draws
from a generator of its own.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from episodes.format import SAMPLE_RATE
from tools.sound.noise import Chance, Sound
from tools.sound.wav import Samples

_SIZE = 32_768
"""Samples of one window of noise, 0.68 s; each is made anew, so nothing ever comes back."""
_STEP = 48
"""Samples between two moments at which a swell is worked out."""
_CYCLE = 8_192
"""Samples of one cycle in a table: finer than 16 bit can tell at the levels of a bed."""

Pace = Callable[[Sound], Sound]
"""Something between 0 and 1 at each of many moments, in seconds from the first sample read."""


class Stream(Protocol):
    """Endless sound, read once from its start on."""

    def read(self, frames: int) -> Samples:
        """Return the next `frames` samples, stereo."""


class Hiss:
    """Noise of RMS 1 between two frequencies, never the same twice: windows of fresh noise, laid half over each other.

    Both channels differ and share a little, so that the middle is not empty.
    """

    def __init__(self, low: float, high: float, slope_db: float, chance: Chance, shared: float = 0.35) -> None:
        hertz = np.maximum(np.arange(_SIZE // 2 + 1) * (SAMPLE_RATE / _SIZE), 1.0)
        gain = (hertz / 1000.0) ** (-slope_db / 6.02)
        gain *= 1 / np.sqrt(1 + (low / hertz) ** 6) / np.sqrt(1 + (hertz / high) ** 6)
        gain[0] = gain[-1] = 0.0
        # A spectrum of variance 2 in each bin becomes samples of variance 4 * sum / size squared.
        loudest = 2 * float(np.sqrt(np.sum(gain**2))) / _SIZE * float(np.hypot(1, shared))
        # What lies above the band by 90 dB is left out of the transform.
        self._bins = int(np.flatnonzero(gain > 3e-5 * gain.max())[-1]) + 1
        self._gain = (gain[: self._bins] / loudest).astype(np.float32)
        self._window = np.sin(np.pi * (np.arange(_SIZE) + 0.5) / _SIZE).astype(np.float32)
        self._chance, self._shared = chance.spawn(1)[0], np.float32(shared)
        # The first half of the first window would fade in: it is left out.
        self._tail = self._fresh()[_SIZE // 2 :]
        self._ready = np.zeros((0, 2), np.float32)

    def read(self, frames: int) -> Samples:
        """Return the next `frames` samples, stereo."""
        parts, have = [self._ready], len(self._ready)
        while have < frames:
            window = self._fresh()
            parts.append(window[: _SIZE // 2] + self._tail)
            self._tail = window[_SIZE // 2 :]
            have += _SIZE // 2
        whole = np.concatenate(parts) if len(parts) > 1 else self._ready
        self._ready = whole[frames:]
        return whole[:frames]

    def _fresh(self) -> Samples:
        from scipy.fft import irfft

        bins = self._chance.standard_normal((2, 2 * self._bins), dtype=np.float32).view(np.complex64)
        left, right = irfft(bins * self._gain, _SIZE, axis=1) * self._window
        return np.stack((left + self._shared * right, right + self._shared * left), axis=1)


class Swelling:
    """A stream whose level swells and ebbs round 1, in three waves that never quite meet again."""

    def __init__(self, stream: Stream, period: float, depth: float, chance: Chance, least: float = 0.0) -> None:
        self._stream, self._depth, self._least, self._at = stream, depth, least, 0
        self._waves = [(2 * np.pi / (period * ratio), chance.uniform(0, 6.28)) for ratio in (0.61, 1.0, 1.73)]

    def read(self, frames: int) -> Samples:
        """Return the next `frames` samples, stereo."""
        # It moves slowly: each millisecond is enough, at the same milliseconds however long the block is.
        first, last = self._at // _STEP, (self._at + frames) // _STEP + 2
        grid = np.arange(first, last) * _STEP
        swing = sum(np.sin(speed * grid / SAMPLE_RATE + phase) for speed, phase in self._waves)
        coarse = np.maximum(1 + self._depth * swing / 3, self._least)
        gain = np.interp(np.arange(self._at, self._at + frames), grid, coarse).astype(np.float32)
        self._at += frames
        return np.asarray(self._stream.read(frames) * gain[:, None])


class Tone:
    """A machine's note and its overtones in the middle, of RMS 1, wandering a little in pitch."""

    def __init__(self, hertz: float | Pace, shares: Sequence[float], chance: Chance, wander: float = 0.002) -> None:
        turn = 2 * np.pi * np.arange(_CYCLE) / _CYCLE
        cycle = sum(
            (share * np.sin((n + 1) * turn + chance.uniform(0, 6)) for n, share in enumerate(shares)),
            np.zeros(_CYCLE),
        )
        self._cycle = (cycle / np.sqrt(np.mean(cycle**2))).astype(np.float32)
        self._hertz, self._wander = hertz, wander
        self._speed, self._drift, self._phase, self._at = chance.uniform(0.1, 0.4), chance.uniform(0, 6), 0.0, 0

    def read(self, frames: int) -> Samples:
        """Return the next `frames` samples, stereo."""
        at = (self._at + np.arange(frames)) / SAMPLE_RATE
        self._at += frames
        steady = self._hertz(at) if callable(self._hertz) else self._hertz
        hertz = steady * (1 + self._wander * np.sin(2 * np.pi * self._speed * at + self._drift))
        turns = self._phase + np.cumsum(hertz) / SAMPLE_RATE
        self._phase = float(turns[-1]) % 1.0 if frames else self._phase
        mono = self._cycle[(turns * _CYCLE).astype(np.int64) % _CYCLE]
        return np.repeat(mono[:, None], 2, axis=1)


class Happenings:
    """Short sounds at irregular times, each made when it is due: what shows that somebody or something lives here."""

    def __init__(
        self, make: Callable[[Chance], Sound], every: tuple[float, float], peak: float, chance: Chance
    ) -> None:
        """Keep what makes one, mono.

        Args:
            make: returns one sound, mono, of any length.
            every: shortest and longest seconds from one to the next; the first comes within the longest.
            peak: of the loudest one; others are up to 8 dB softer.
            chance: decides when, where and how.
        """
        self._make, self._every, self._peak, self._chance = make, every, peak, chance.spawn(1)[0]
        self._due = int(self._chance.uniform(0.05, every[1]) * SAMPLE_RATE)
        self._at = 0
        self._sounding: list[tuple[int, Samples]] = []

    def read(self, frames: int) -> Samples:
        """Return the next `frames` samples, stereo."""
        end, block = self._at + frames, np.zeros((frames, 2), np.float32)
        while self._due < end:
            self._sounding.append((self._due, self._next()))
            self._due += max(int(self._chance.uniform(*self._every) * SAMPLE_RATE), 1)
        for start, sound in self._sounding:
            first, last = max(start, self._at), min(start + len(sound), end)
            block[first - self._at : last - self._at] += sound[first - start : last - start]
        self._sounding = [(start, sound) for start, sound in self._sounding if start + len(sound) > end]
        self._at = end
        return block

    def _next(self) -> Samples:
        sound, side = self._make(self._chance), self._chance.uniform(0.1, 0.9)
        level = self._peak * 10 ** (-self._chance.uniform(0, 8) / 20) / max(float(np.abs(sound).max()), 1e-9)
        left, right = level * np.sqrt(2 * (1 - side)), level * np.sqrt(2 * side)
        return np.stack((sound * left, sound * right), axis=1).astype(np.float32)


class Mixed:
    """Several streams together, each with its gain."""

    def __init__(self, *parts: tuple[float, Stream]) -> None:
        self._parts = parts

    def read(self, frames: int) -> Samples:
        """Return the next `frames` samples, stereo."""
        total = np.zeros((frames, 2), np.float32)
        for gain, stream in self._parts:
            total += np.float32(gain) * stream.read(frames)
        return total


class Filtered:
    """A stream through a filter that remembers where it was."""

    def __init__(self, stream: Stream, sections: NDArray[np.float64]) -> None:
        self._stream, self._sections = stream, sections
        self._state = np.zeros((len(sections), 2, 2))

    def read(self, frames: int) -> Samples:
        """Return the next `frames` samples, stereo."""
        sound, self._state = signal.sosfilt(self._sections, self._stream.read(frames), axis=0, zi=self._state)
        return np.asarray(sound, dtype=np.float32)


class Shaped:
    """A stream whose level follows a pace."""

    def __init__(self, stream: Stream, pace: Pace) -> None:
        self._stream, self._pace, self._at = stream, pace, 0

    def read(self, frames: int) -> Samples:
        """Return the next `frames` samples, stereo."""
        at = (self._at + np.arange(frames)) / SAMPLE_RATE
        self._at += frames
        return np.asarray(self._stream.read(frames) * self._pace(at)[:, None].astype(np.float32))
