"""Mixes the four stems as the faders of `riding.py` stand, block by block."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from episodes.episode import Levels
from episodes.film_requests import Headroom
from episodes.format import SAMPLE_RATE
from tools.assembly.pcm import Sound, StereoFile, blocks, write_floats
from tools.assembly.riding import Asked, Curve, Ride, ride
from tools.assembly.weighing import HOP, stirred, weigh

_DIP_HERTZ, _DIP_QUALITY = 2000.0, 2 / 3
"""Middle and width of the dip in the music: two octaves, 1 to 4 kHz."""


def write_mix(
    stems: Mapping[str, Path],
    mix: Levels,
    samples: int,
    path: Path,
    unasked: Mapping[str, Path] | None = None,
    headroom: Sequence[Headroom] = (),
) -> Ride:
    """Mix the stems into a file of bare floats and return how it was ridden. Loudness is not yet set.

    Args:
        stems: by track, A1 to A4.
        mix: the balance.
        samples: length of the mix.
        path: where to write.
        unasked: the stems as they are if nobody asks for single sounds to be louder; None where nobody does.
        headroom: where effects may be louder or quieter than they are held.

    Raises:
        MediaBroken: a stem can't be read.
        OutOfSpace: the disk is full.
    """
    with ExitStack() as files:
        tracks = {track: files.enter_context(StereoFile(stem)) for track, stem in stems.items()}
        heard = {track: weigh(file, samples) for track, file in tracks.items()}
        plain = dict(heard)
        for track, stem in (unasked or {}).items():
            if stem != stems[track]:
                plain[track] = weigh(files.enter_context(StereoFile(stem)), samples)
        asked = Asked(heard["A1"], heard["A2"], heard["A3"], heard["A4"], _steps(headroom, len(heard["A1"])))
        faders = ride(plain["A1"], plain["A2"], plain["A3"], plain["A4"], mix, asked)
        write_floats(path, _mixed(tracks, faders, samples))
    return faders


def _steps(headroom: Sequence[Headroom], steps: int) -> Curve:
    """Return how much more there is of it at each step."""
    curve = np.zeros(steps, np.float32)
    for one in headroom:
        first, last = (max(round(at * SAMPLE_RATE / HOP), 0) for at in (one.at, one.at + one.seconds))
        curve[first:last] += one.db
    return curve


def _mixed(tracks: Mapping[str, StereoFile], faders: Ride, samples: int) -> Iterator[Sound]:
    effects, music = _ratio(faders.effects), _ratio(faders.music)
    # A dip is the music less a part of what a band-pass finds in it: with this filter that is a parametric equaliser.
    part = 1 - _ratio(-faders.dip)
    dip = _Band()
    for at, count in blocks(samples):
        total = tracks["A1"].read(at, count) * _ratio(faders.dialogue)
        total += tracks["A2"].read(at, count) * _ratio(faders.radio)
        total += tracks["A3"].read(at, count) * _over_samples(effects, at, count)[:, None]
        score = tracks["A4"].read(at, count)
        score -= dip.found(score) * _over_samples(part, at, count)[:, None]
        total += score * _over_samples(music, at, count)[:, None]
        yield total


class _Band:
    """A band-pass of two octaves that goes on from block to block."""

    def __init__(self) -> None:
        # Robert Bristow-Johnson's cookbook: band-pass with a gain of 1 in the middle.
        turn = 2 * np.pi * _DIP_HERTZ / SAMPLE_RATE
        width = np.sin(turn) / (2 * _DIP_QUALITY)
        whole = 1 + width
        self._filter = np.array([[width, 0, -width, whole, -2 * np.cos(turn), 1 - width]], np.float32)
        self._filter /= np.float32(whole)
        self._state = np.zeros((1, 2, 2), np.float32)

    def found(self, sound: Sound) -> Sound:
        """Return what of the next block lies in the band."""
        from scipy import signal

        out, self._state = signal.sosfilt(self._filter, stirred(sound), zi=self._state)
        return np.asarray(out.T, np.float32)


def _over_samples(steps: Curve, at: int, count: int) -> NDArray[np.float32]:
    """Return the values between the steps for each sample of a block."""
    position = (np.arange(at, at + count) - HOP / 2) / HOP
    first, last = max(at // HOP - 1, 0), (at + count) // HOP + 2
    near = steps[first:last]
    return np.interp(position, np.arange(first, first + len(near)), near).astype(np.float32)


def _ratio(db: float | Curve) -> NDArray[np.float32]:
    return np.asarray(10 ** (np.asarray(db) / 20), np.float32)
