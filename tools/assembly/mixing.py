"""Balances the four stems and lowers music and effects while somebody speaks."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from episodes.episode import Mix
from episodes.format import SAMPLE_RATE
from tools.assembly.pcm import Sound, StereoFile, blocks, write_floats

MUSIC_DUCK_DB = -8.0
EFFECTS_DUCK_DB = -3.0
"""How far each goes down under speech."""

ATTACK_SECONDS = 0.08
RELEASE_SECONDS = 0.4

_HOP = SAMPLE_RATE // 100
_QUIET_DB, _SPEECH_DB = -50.0, -38.0
"""Levels in 10 ms at which ducking begins and is complete: breaths and room stay below."""


def write_mix(stems: Mapping[str, Path], mix: Mix, samples: int, path: Path) -> None:
    """Mix the stems into a file of bare floats. Loudness is not yet set. Raises `OutOfSpace`."""
    with ExitStack() as files:
        tracks = {track: files.enter_context(StereoFile(stem)) for track, stem in stems.items()}
        ducking = follow_speech(tracks["A1"], tracks["A2"], mix, samples)
        write_floats(path, _mixed(tracks, mix, ducking, samples))


def _mixed(tracks: Mapping[str, StereoFile], mix: Mix, ducking: NDArray[np.float32], samples: int) -> Iterator[Sound]:
    for at, count in blocks(samples):
        amount = _over_samples(ducking, at, count)
        total = tracks["A1"].read(at, count) * _ratio(mix.dialogue_db)
        total += tracks["A2"].read(at, count) * _ratio(mix.radio_db)
        total += tracks["A3"].read(at, count) * _ratio(mix.effects_db + EFFECTS_DUCK_DB * amount)[:, None]
        total += tracks["A4"].read(at, count) * _ratio(mix.music_db + MUSIC_DUCK_DB * amount)[:, None]
        yield total


def follow_speech(dialogue: StereoFile, radio: StereoFile, mix: Mix, samples: int) -> NDArray[np.float32]:
    """Return how much speech there is in each 10 ms, 0 to 1, smoothed by attack and release.

    It runs ahead by the attack, so that the music has made room when the first syllable comes.
    """
    powers = []
    for at, count in blocks(samples):
        voice = dialogue.read(at, count) * _ratio(mix.dialogue_db)
        air = radio.read(at, count) * _ratio(mix.radio_db)
        power = np.append((voice**2 + air**2).mean(axis=1), np.zeros(-count % _HOP, np.float32))
        powers.append(power.reshape(-1, _HOP).mean(axis=1))
    level = 10 * np.log10(np.concatenate([*powers, np.zeros(1)]) + 1e-12)
    present = np.clip((level - _QUIET_DB) / (_SPEECH_DB - _QUIET_DB), 0, 1)
    ahead = round(ATTACK_SECONDS * SAMPLE_RATE / _HOP)
    return _smooth(np.append(present[ahead:], np.zeros(ahead)))


def _smooth(wanted: NDArray[np.float64]) -> NDArray[np.float32]:
    up, down = (1 - np.exp(-_HOP / SAMPLE_RATE / seconds) for seconds in (ATTACK_SECONDS / 2, RELEASE_SECONDS))
    out = np.empty(len(wanted), np.float32)
    now = 0.0
    for index, want in enumerate(wanted.tolist()):
        now += (want - now) * (up if want > now else down)
        out[index] = now
    return out


def _over_samples(hops: NDArray[np.float32], at: int, count: int) -> NDArray[np.float32]:
    """Return the values between the hops for each sample of a block."""
    position = (np.arange(at, at + count) - _HOP / 2) / _HOP
    first, last = max(at // _HOP - 1, 0), (at + count) // _HOP + 2
    near = hops[first:last]
    return np.interp(position, np.arange(first, first + len(near)), near).astype(np.float32)


def _ratio(db: float | NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(10 ** (np.asarray(db) / 20), np.float32)
