"""The person's own recordings: decoded, cut to their first sound, levelled to what they stand for, beds looped."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from episodes.errors import MediaBroken
from episodes.format import SAMPLE_RATE
from episodes.recordings import bed_names, takes
from episodes.requests import OwnSound, PlacedBed
from episodes.value import seed_from
from tools import ffmpeg
from tools.protocols import Input
from tools.shelf import file_hash
from tools.sound.noise import Sound, count

LONGEST_EFFECT = 12.0
"""Seconds of a recording that are read for an effect."""
LONGEST_BED = 120.0
"""Seconds of a recording that are read for a bed; longer scenes hear it again."""
_SEAM_SECONDS = 2.0
"""Length of the cross-fade at which a looped bed meets its own beginning."""
_ONSET = 0.08
"""Share of the peak at which the first sound is taken to begin."""
_LEAD_SECONDS = 0.002
"""How much before that is kept, faded in: nothing clicks."""
_WINDOW_SECONDS = 0.05
_LOUDEST_PEAK = 0.8
_MAX_GAIN = 1000.0
"""60 dB: what is quieter than that is silence, and stays so."""


@dataclass
class OwnSounds:
    """The recordings that a scene asks for. Takes change from one use to the next; each file is decoded once."""

    sounds: tuple[OwnSound, ...]
    inputs: Mapping[str, Input]
    seed: int
    _decoded: dict[str, Sound] = field(default_factory=dict)
    _last: dict[str, str] = field(default_factory=dict)
    _uses: dict[str, int] = field(default_factory=dict)

    def has(self, names: tuple[str, ...]) -> bool:
        """Whether the person has recorded one of these names."""
        return bool(takes(names, self.sounds))

    def effect(self, names: tuple[str, ...], like: Sound, longest: float) -> Sound:
        """Return the next take of the first name that there is, stereo `[frames, 2]`, its first sound at the start.

        Args:
            names: the most specific first; one of them must have been recorded.
            like: the synthesised sound in whose place it comes; it gets that one's loudness.
            longest: seconds after which it is faded out.

        Raises `MediaBroken` when the file can't be decoded.
        """
        sound = trimmed(self._read(self._next(takes(names, self.sounds)), LONGEST_EFFECT), longest)
        return levelled(sound, like)

    def bed(self, bed: PlacedBed, synthesised: Sound) -> Sound:
        """Return a place's ambience as the person recorded it, as long and as loud as the synthesised one.

        Where nothing was recorded for the place, the synthesised one itself. Raises `MediaBroken`.
        """
        found = takes(bed_names(bed), self.sounds)
        if not found:
            return synthesised
        chosen = found[seed_from("bed take", self.seed, bed.set) % len(found)]
        whole = looped(self._read(chosen, LONGEST_BED), len(synthesised))
        gain = _rms(synthesised) / max(_rms(whole), 1e-9)
        return np.asarray(whole * min(gain, _MAX_GAIN))

    def _next(self, found: tuple[OwnSound, ...]) -> OwnSound:
        """Return a take, by the scene's seed, but never the one that was heard just now."""
        group = found[0].name
        use = self._uses[group] = self._uses.get(group, -1) + 1
        fresh = [one for one in found if len(found) == 1 or one.name != self._last.get(group)]
        chosen = fresh[seed_from("take", self.seed, group, use) % len(fresh)]
        self._last[group] = chosen.name
        return chosen

    def _read(self, sound: OwnSound, seconds: float) -> Sound:
        if sound.name not in self._decoded:
            given = self.inputs.get(f"own:{sound.name}")
            if given is None:
                raise MediaBroken(f"The recording {sound.name!r} was not given to the stage.")
            if file_hash(given.folder) != sound.digest:
                raise MediaBroken(f"The recording {sound.name!r} was changed meanwhile: run the same command again.")
            self._decoded[sound.name] = decoded(given, sound, seconds)
        return self._decoded[sound.name]


def decoded(given: Input, sound: OwnSound, seconds: float) -> Sound:
    """Return at most `seconds` of a recording as stereo `[frames, 2]` at 48 kHz.

    It is opened by the one reader that its ending names and by no other, so that a playlist that calls itself a wave
    file opens nothing. Raises `MediaBroken` with one sentence.
    """
    reader = ["-format_whitelist", sound.form, "-f", sound.form, "-t", f"{seconds:g}"]
    source = ffmpeg.safe_input(given.folder.absolute())
    output = ["-map", "0:a:0", "-vn", "-ac", "2", "-ar", str(SAMPLE_RATE), "-f", "f32le"]
    most = count(seconds) * 8
    with ffmpeg.reading([*reader, *source, *output]) as pipe:
        raw = pipe.read(most)
    samples = np.frombuffer(raw[: len(raw) - len(raw) % 8], dtype="<f4").reshape(-1, 2).astype(np.float64)
    if not len(samples) or not np.isfinite(samples).all():
        raise MediaBroken(f"The recording {sound.name!r} can't be read as {sound.form} sound.")
    return samples


def trimmed(sound: Sound, longest: float) -> Sound:
    """Return a recording from its first sound on, at most `longest` seconds of it, faded at both ends."""
    level = np.abs(sound).max(axis=1)
    loud = np.flatnonzero(level > _ONSET * max(float(level.max()), 1e-9))
    start = max(int(loud[0]) - count(_LEAD_SECONDS), 0) if len(loud) else 0
    cut = sound[start : start + count(longest)].copy()
    rise = min(count(_LEAD_SECONDS), len(cut))
    cut[:rise] *= np.linspace(0, 1, rise)[:, None]
    fall = min(count(0.25 if start + len(cut) < len(sound) else 0.01), len(cut))
    cut[-fall:] *= np.linspace(1, 0, fall)[:, None]
    return cut


def levelled(sound: Sound, like: Sound) -> Sound:
    """Return a stereo recording as loud, at its loudest 50 ms, as the sound in whose place it comes."""
    gain = min(_loudest(like) / max(_loudest(sound), 1e-9), _MAX_GAIN)
    peak = float(np.abs(sound).max()) * gain
    return np.asarray(sound * gain * min(1.0, _LOUDEST_PEAK / max(peak, 1e-9)))


def looped(sound: Sound, frames: int) -> Sound:
    """Return a stereo recording made as long as asked; where it begins again, its end is cross-faded into its start."""
    if len(sound) >= frames:
        return sound[:frames]
    seam = min(count(_SEAM_SECONDS), len(sound) // 3)
    if seam < 2:
        return np.resize(sound, (frames, sound.shape[1]))
    turn = np.linspace(0, np.pi / 2, seam)[:, None]
    step = len(sound) - seam
    total = np.zeros((frames + len(sound), sound.shape[1]))
    for number, start in enumerate(range(0, frames, step)):
        piece = sound.copy()
        if number:
            piece[:seam] *= np.sin(turn)
        piece[-seam:] *= np.cos(turn)
        total[start : start + len(sound)] += piece
    return total[:frames]


def _loudest(sound: Sound) -> float:
    power = (sound**2).sum(axis=1) / sound.shape[1] if sound.ndim == 2 else sound**2
    window = count(_WINDOW_SECONDS)
    if len(power) < window:
        power = np.pad(power, (0, window - len(power)))
    # A running mean by sums: as long as the sound, however long the window.
    sums = np.concatenate(([0.0], np.cumsum(power)))
    return float(np.sqrt(max(float((sums[window:] - sums[:-window]).max()), 0.0) / window))


def _rms(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound**2)))
