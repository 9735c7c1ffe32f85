"""Lays sounds, or parts of them, onto the four tracks of the film."""

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from episodes.film_requests import PlacedSound
from episodes.format import SAMPLE_RATE
from tools.assembly.pcm import Sound, StereoFile, blocks, disk_full_told, write_stereo
from tools.protocols import Input
from tools.sound.stems import Stem

STEMS = {"A1": "dialogue.wav", "A2": "radio.wav", "A3": "effects.wav", "A4": "music.wav"}
"""File of each sound track, beside the film."""


@dataclass(frozen=True)
class _Laid:
    """A sound that is open, with its place, its used part and its fades in samples."""

    file: StereoFile
    start: int
    """Where its first used sample stands."""
    first: int
    """First sample of the file that is used."""
    samples: int
    """How many are used."""
    fade_in: int
    fade_out: int
    gain: float = 1.0

    def part(self, at: int, count: int) -> Sound | None:
        """Return what is heard of it in `count` samples of the film from `at` on, or None where it is not heard."""
        if self.start >= at + count or self.start + self.samples <= at:
            return None
        own = at - self.start
        position = np.arange(own, own + count)
        used = (position >= 0) & (position < self.samples)
        return self.file.read(self.first + own, count) * (self._gain(position) * used)[:, None]

    def _gain(self, position: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the fades' gain: raised cosines, so that two beds that cross keep their level."""
        gain = np.full(len(position), self.gain, np.float32)
        left = self.samples - 1 - position
        for length, distance in ((self.fade_in, position), (self.fade_out, left)):
            if length:
                gain *= np.sin(np.clip(distance / length, 0, 1) * (np.pi / 2)).astype(np.float32) ** 2
        return gain


def write_stems(
    sounds: Sequence[PlacedSound],
    inputs: Mapping[str, Input],
    samples: int,
    into: Path,
    tracks: Collection[str] = tuple(STEMS),
) -> dict[str, Path]:
    """Write the stems of these tracks, each exactly `samples` long, and return their paths by track.

    A track without sounds is silence; one in which a sound is made louder is kept from clipping by a limiter.
    Raises `MediaBroken` for an unreadable sound and `OutOfSpace`.
    """
    paths = {track: into / name for track, name in STEMS.items() if track in tracks}
    for track, path in paths.items():
        with contextlib.ExitStack() as files:
            laid = [_open(sound, inputs, files) for sound in sounds if sound.track == track]
            if any(sound.gain > 1 for sound in laid):
                _write_limited(path, _lay(laid, samples))
            else:
                write_stereo(path, _lay(laid, samples))
    return paths


def _write_limited(path: Path, sounds: Iterator[Sound]) -> None:
    with disk_full_told(), Stem(path) as stem:
        for sound in sounds:
            stem.add(sound)


def write_unasked(
    stems: Mapping[str, Path], sounds: Sequence[PlacedSound], inputs: Mapping[str, Input], samples: int, into: Path
) -> dict[str, Path]:
    """Return the stems as they would be if no sound were asked to be louder or quieter; write those that differ."""
    touched = {sound.track for sound in sounds if sound.gain_db}
    plain = [sound.model_copy(update={"gain_db": 0.0}) for sound in sounds if sound.track in touched]
    into.mkdir()
    return {**stems, **write_stems(plain, inputs, samples, into, touched)}


def _open(sound: PlacedSound, inputs: Mapping[str, Input], files: contextlib.ExitStack) -> _Laid:
    file = files.enter_context(StereoFile(inputs[sound.input].file(sound.file)))
    first = round(sound.source_in * SAMPLE_RATE)
    rest = file.samples - first
    return _Laid(
        file=file,
        start=round(sound.at * SAMPLE_RATE),
        first=first,
        samples=rest if sound.seconds is None else min(round(sound.seconds * SAMPLE_RATE), rest),
        fade_in=round(sound.fade_in * SAMPLE_RATE),
        fade_out=round(sound.fade_out * SAMPLE_RATE),
        gain=10 ** (sound.gain_db / 20),
    )


def _lay(laid: Sequence[_Laid], samples: int) -> Iterator[Sound]:
    for at, count in blocks(samples):
        total = np.zeros((count, 2), np.float32)
        for sound in laid:
            part = sound.part(at, count)
            if part is not None:
                total += part
        yield total
