"""The lines of a scene, each made when its time comes, by the way it reaches the ear."""

from typing import Literal, NamedTuple

import numpy as np

from episodes.errors import RequestRejected
from episodes.format import SAMPLE_RATE
from episodes.requests import PlacedBed, PlacedLine, SoundRequest
from episodes.results import SpokenLine
from episodes.script import ON_AIR
from episodes.value import seed_from
from tools.protocols import Call
from tools.sound import wav
from tools.sound.loudness import amplitude
from tools.sound.loudspeaker import announce
from tools.sound.noise import Sound
from tools.sound.perspective import seen, worn
from tools.sound.radio import late_key, telephone, transmit
from tools.sound.wav import Samples

StemName = Literal["dialogue", "radio"]

_AHEAD = SAMPLE_RATE
"""Samples before its words at which a line may begin to sound: keys, clicks, chirps."""
_WIDEST_PAN = 0.32
"""How far a speaker may stand from the middle, of 1: wide enough to tell two apart, near enough for one earphone."""
_OWN_VOICE_DB, _OWN_AIR_DB = -1.5, -6.0
"""Who wears the camera and speaks on the air is heard twice: near, and softer from the radio on the shoulder."""


class _Sounding(NamedTuple):
    stem: StemName
    start: int
    sound: Samples


class Lines:
    """All lines of a request, to be added to its stems block by block."""

    def __init__(self, request: SoundRequest, call: Call) -> None:
        """Look for every line's sound. Raises `RequestRejected` when one was not given."""
        for line in request.lines:
            if f"line:{line.line}" not in call.inputs:
                raise RequestRejected(f"The sound of line {line.line} was not given to the stage: speak it first.")
        self._request, self._call = request, call
        self._due = sorted(request.lines, key=lambda line: (line.at, line.line))
        self._sounding: list[_Sounding] = []

    def add(self, stem: StemName, block: Samples, start: int) -> None:
        """Add to a block of a stem, which begins at sample `start`, what sounds in it; what lies outside is left out.

        Both stems are asked for one block before the next.
        """
        end = start + len(block)
        while self._due and round(self._due[0].at * SAMPLE_RATE) - _AHEAD < end:
            self._sounding += self._made(self._due.pop(0))
        self._sounding = [one for one in self._sounding if one.start + len(one.sound) > start]
        for one in self._sounding:
            first, last = max(one.start, start), min(one.start + len(one.sound), end)
            if one.stem == stem and last > first:
                block[first - start : last - start] += one.sound[first - one.start : last - one.start]

    def _made(self, line: PlacedLine) -> list[_Sounding]:
        voice = wav.read_mono(self._call.inputs[f"line:{line.line}"].file("line.wav"), SAMPLE_RATE)
        start, seed = round(line.at * SAMPLE_RATE), self._request.seed
        bed = _bed_at(self._request.beds, float(line.at))
        place = bed.set if bed else None
        if line.channel in ON_AIR:
            return self._on_air(line, voice, start, place)
        if line.channel == "pa":
            said = announce(voice, seed_from("pa", seed, line.line), interior=bed is not None and bed.interior)
            return [_sounding("dialogue", start - said.lead, said.samples)]
        if line.channel == "phone":
            return [_sounding("dialogue", start, _panned(telephone(voice), 0.1))]
        if line.channel == "voice_over":
            return [_sounding("dialogue", start, _panned(voice, 0.0))]
        if line.wearer:
            return [_sounding("dialogue", start, worn(voice, place))]
        side = _side(line.speaker, self._request.scene)
        return [_sounding("dialogue", start, seen(voice, line.distance, line.ear, side, place))]

    def _on_air(self, line: PlacedLine, voice: Samples, start: int, place: str | None) -> list[_Sounding]:
        spoken = self._call.inputs[f"line:{line.line}"].result
        seed = seed_from("radio", self._request.seed, line.line)
        late = late_key(spoken, seed_from("key", seed)) if isinstance(spoken, SpokenLine) else 0.0
        sent = transmit(voice, seed, line.distance, late)
        air = _panned(sent.samples, 0.0)
        if not line.wearer:
            return [_sounding("radio", start - sent.lead, air)]
        own = worn(voice, place) * amplitude(_OWN_VOICE_DB)
        return [
            _sounding("radio", start - sent.lead, air * amplitude(_OWN_AIR_DB)),
            _sounding("dialogue", start, own),
        ]


def _sounding(stem: StemName, start: int, sound: Sound | Samples) -> _Sounding:
    return _Sounding(stem, start, sound.astype(np.float32))


def _side(speaker: str, scene: str) -> float:
    """Return where a speaker stands in a scene, -1 to 1; the same for all of their lines."""
    return float(np.random.default_rng(seed_from("pan", scene, speaker)).uniform(-1, 1)) * _WIDEST_PAN


def _bed_at(placed: tuple[PlacedBed, ...], at: float) -> PlacedBed | None:
    """Return the bed that sounds at a moment; the nearest one before or after where there is none."""
    if not placed:
        return None
    return min(placed, key=lambda bed: max(float(bed.at) - at, at - float(bed.at + bed.seconds), 0.0))


def _panned(sound: Samples, side: float) -> Sound:
    """Return mono sound as stereo with equal power; in the middle both channels carry it as it is."""
    angle = (side + 1) * np.pi / 4
    return np.asarray(sound.astype(np.float64)[:, None] * np.array((np.cos(angle), np.sin(angle))) * np.sqrt(2.0))
