"""Near and far: how a voice in the room reaches the microphone of the camera that sees it."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from episodes.format import SAMPLE_RATE
from episodes.shots import CameraOwner
from tools.sound.loudness import amplitude, loudness
from tools.sound.noise import Sound, low_pass
from tools.sound.rooms import answer
from tools.sound.wav import Samples

_WEARER_HZ = 4200.0
"""A microphone on the chest hears its wearer's voice from under the chin."""
_NEAR_DB, _FAR_DB = 0.5, -2.5
"""Loudness at arm's length and at the back of the set against the dry line, in LU: dialogue is the anchor of the mix,
so it stays within 3 LU however far somebody stands."""
_NEAR_HZ, _FAR_HZ = 16_000.0, 5_500.0
"""Air, turned heads and corners take the treble off a voice that is far."""
_NEAR_ROOM_DB, _FAR_ROOM_DB = -5.0, 8.0
"""The room against its own level in `rooms.py`: the further the voice, the more of the room."""
_WORN_ROOM_DB = -9.0
_MIDDLE = np.array((1.0, 1.0))


@dataclass(frozen=True)
class _Ear:
    low: float
    high: float
    """Corners of its band in hertz, second order on either side."""
    squash: float
    """How hard its automatic gain and its converter press; 0 leaves the voice alone."""
    nearer: float = 1.0
    """What a distance counts for: a boom goes to who speaks."""


_EARS: dict[CameraOwner, _Ear] = {
    "phone": _Ear(130, 9000, 1.2), "cctv": _Ear(240, 5200, 2.0), "doorbell": _Ear(380, 4000, 2.6),
    "dashcam": _Ear(140, 6500, 1.4), "helicopter": _Ear(300, 4200, 2.0), "interview": _Ear(70, 15_000, 0.0, 0.3),
}  # fmt: skip


def worn(voice: Samples, place: str | None) -> Sound:
    """Return a mono voice as the microphone on the speaker's own chest hears it, stereo: close, thick and dull.

    Args:
        voice: dry, 48 kHz.
        place: the set, of which even it hears a little; None for none.
    """
    dull = signal.sosfilt(signal.butter(1, _WEARER_HZ, fs=SAMPLE_RATE, output="sos"), voice.astype(np.float64))
    chest = signal.sosfilt(signal.butter(1, 250, fs=SAMPLE_RATE, output="sos"), dull)
    return _levelled(_in_room(dull + 0.4 * chest, _MIDDLE, place, _WORN_ROOM_DB), voice, _NEAR_DB)


def seen(voice: Samples, distance: float, ear: CameraOwner, side: float, place: str | None) -> Sound:
    """Return a mono voice as a camera's microphone hears somebody in its picture, stereo, a little longer.

    Args:
        voice: dry, 48 kHz.
        distance: 0 at arm's length to 1 at the back of the set.
        ear: whose camera it is.
        side: where the speaker stands, -1 to 1.
        place: the set, whose walls answer; None for none.
    """
    device = _EARS.get(ear)
    far = distance * (device.nearer if device else 1.0)
    direct = low_pass(voice.astype(np.float64), _NEAR_HZ * (_FAR_HZ / _NEAR_HZ) ** far, order=1)
    angle = (side + 1) * np.pi / 4
    across = np.array((np.cos(angle), np.sin(angle))) * np.sqrt(2.0)
    heard = _in_room(direct, across, place, _NEAR_ROOM_DB + far * (_FAR_ROOM_DB - _NEAR_ROOM_DB))
    if device:
        heard = _through(heard, device)
    return _levelled(heard, voice, _NEAR_DB + far * (_FAR_DB - _NEAR_DB))


def band_of(ear: CameraOwner) -> np.ndarray | None:
    """Return the filter of a camera's small microphone as second-order sections; None where it hears everything."""
    device = _EARS.get(ear)
    if device is None or ear == "interview":
        return None
    high_pass = signal.butter(2, device.low, "highpass", fs=SAMPLE_RATE, output="sos")
    return np.vstack((high_pass, signal.butter(2, device.high, "lowpass", fs=SAMPLE_RATE, output="sos")))


def _in_room(direct: Sound, across: Sound, place: str | None, room_db: float) -> Sound:
    if place is None:
        return direct[:, None] * across
    heard = answer(direct, place) * amplitude(room_db)
    heard[: len(direct)] += direct[:, None] * across
    return heard


def _through(heard: Sound, device: _Ear) -> Sound:
    high_pass = signal.butter(2, device.low, "highpass", fs=SAMPLE_RATE, output="sos")
    low = signal.butter(2, device.high, "lowpass", fs=SAMPLE_RATE, output="sos")
    small = signal.sosfilt(np.vstack((high_pass, low)), heard, axis=0)
    if device.squash:
        peak = max(float(np.abs(small).max()), 1e-6)
        small = signal.sosfilt(low, np.tanh(device.squash * small / peak), axis=0)
    return np.asarray(small)


def _levelled(heard: Sound, voice: Samples, wanted_db: float) -> Sound:
    """Return it as loud as the dry voice in the middle, and `wanted_db` more."""
    middle = loudness(voice) + 10 * float(np.log10(2))
    return np.asarray(heard * amplitude(middle + wanted_db - loudness(heard[: len(voice)].astype(np.float32))))
