"""The beds of a scene together, block by block: each goes on while another sounds, and comes back as if never left."""

import numpy as np

from episodes.format import SAMPLE_RATE
from episodes.recordings import bed_names
from episodes.requests import PlacedBed
from episodes.shots import CameraOwner
from tools.sound import beds
from tools.sound.loudness import amplitude
from tools.sound.noise import Sound
from tools.sound.own import OwnSounds
from tools.sound.perspective import band_of
from tools.sound.streams import Filtered, Pace, Stream
from tools.sound.wav import Samples

_MAKEUP_DB: dict[CameraOwner, float] = {"phone": 2.0, "cctv": 5.0, "doorbell": 8.0}
"""What the automatic gain of a small microphone gives back for the bass that it does not hear."""
_SECONDS_TO_PACE = 0.8
"""How long a car takes to drive as fast as the next shot has it."""


_LIKE = 8 * SAMPLE_RATE
"""Samples of the made bed by which a recorded one gets its loudness."""


class _Given:
    """A stream that is a block which was read already, so that several filters may hear one bed."""

    def __init__(self) -> None:
        self.block: Samples = np.zeros((0, 2), np.float32)

    def read(self, frames: int) -> Samples:
        """Return the block. `frames` must be its length."""
        return self.block[:frames]


class _Recorded:
    """The person's own recording of a place, as long as the scene."""

    def __init__(self, sound: Samples) -> None:
        self._sound, self._at = sound, 0

    def read(self, frames: int) -> Samples:
        """Return the next `frames` samples, stereo."""
        self._at += frames
        return self._sound[self._at - frames : self._at]


class Ambience:
    """All beds of a scene, to be read once from start to end."""

    def __init__(self, placed: tuple[PlacedBed, ...], frames: int, seed: int, own: OwnSounds) -> None:
        """Prepare the beds. Raises `MediaBroken` when one of the person's own recordings can't be decoded."""
        self._placed, self._frames, self._at = placed, frames, 0
        self._beds: dict[beds.Kind, Stream] = {}
        for bed in placed:
            if _kind(bed) not in self._beds:
                self._beds[_kind(bed)] = _own_or_made(bed, placed, frames, seed, own)
        self._given = {kind: _Given() for kind in self._beds}
        self._ears: dict[tuple[beds.Kind, CameraOwner], Stream] = {}
        for bed in placed:
            self._ears.setdefault((_kind(bed), bed.ear), _heard(self._given[_kind(bed)], bed))
        steps = tuple(float(foot) for bed in placed for foot in bed.running)
        self._wind: Stream | None = beds.gusts(steps, seed) if steps else None

    def read(self, frames: int) -> Samples:
        """Return the next `frames` samples, stereo."""
        total = np.zeros((frames, 2), np.float32)
        for kind, stream in self._beds.items():
            self._given[kind].block = stream.read(frames)
        for heard, stream in self._ears.items():
            sound = stream.read(frames)
            gain = self._gain(heard, frames)
            if gain.any():
                total += sound * gain[:, None].astype(np.float32)
        if self._wind is not None:
            total += self._wind.read(frames)
        self._at += frames
        return total

    def _gain(self, heard: tuple[beds.Kind, CameraOwner], frames: int) -> Sound:
        gain = np.zeros(frames)
        for bed in self._placed:
            if (_kind(bed), bed.ear) == heard:
                span = float(bed.at), float(bed.seconds)
                gain = np.hypot(gain, beds.gate(self._at, frames, self._frames, *span))
        return np.minimum(gain, 1.0)


def _own_or_made(bed: PlacedBed, placed: tuple[PlacedBed, ...], frames: int, seed: int, own: OwnSounds) -> Stream:
    kind, pace = _kind(bed), _pace(placed)
    if kind.heard_from or not own.has(bed_names(bed)):
        return beds.bed(kind, seed, pace)
    like = beds.bed(kind, seed, pace).read(_LIKE)
    return _Recorded(own.bed(bed, np.resize(like, (frames, 2)).astype(np.float64)).astype(np.float32))


def _kind(bed: PlacedBed) -> beds.Kind:
    inside = "helicopter" if bed.ear == "helicopter" else "car" if bed.ear == "dashcam" and bed.set != "car" else ""
    return beds.Kind(bed.set, bed.interior, bed.weather, bed.light, inside)


def _heard(stream: Stream, bed: PlacedBed) -> Stream:
    """Return a bed as the shot's own microphone hears it."""
    band = band_of(bed.ear) if bed.ear in _MAKEUP_DB else None
    if band is None:
        return stream
    band[0, :3] *= amplitude(_MAKEUP_DB[bed.ear])
    return Filtered(stream, band)


def _pace(placed: tuple[PlacedBed, ...]) -> Pace:
    """Return how fast the car drives at each moment: from shot to shot it changes as an engine can."""
    at, paces = [0.0], [placed[0].pace]
    for bed in placed[1:]:
        start = float(bed.at)
        at += [max(start - _SECONDS_TO_PACE / 2, at[-1]), start + _SECONDS_TO_PACE / 2]
        paces += [paces[-1], bed.pace]
    return lambda moments: np.interp(moments, at, paces)
