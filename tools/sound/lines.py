"""The lines of a scene, each made when its time comes, by the way it reaches the ear."""

import functools

import numpy as np

from episodes.errors import RequestRejected
from episodes.format import SAMPLE_RATE
from episodes.requests import PlacedBed, PlacedLine, SoundRequest
from episodes.results import SpokenLine
from episodes.script import ON_AIR
from episodes.value import seed_from
from tools.protocols import Call
from tools.sound import wav
from tools.sound.happening import Happening
from tools.sound.loudness import amplitude
from tools.sound.loudspeaker import announce
from tools.sound.noise import panned
from tools.sound.perspective import seen, worn
from tools.sound.radio import late_key, telephone, transmit
from tools.sound.wav import Samples

_AHEAD = SAMPLE_RATE
"""Samples before its words at which a line may begin to sound: keys, clicks, chirps."""
_WIDEST_PAN = 0.32
"""How far a speaker may stand from the middle, of 1: wide enough to tell two apart, near enough for one earphone."""
_OWN_VOICE_DB, _OWN_AIR_DB = -1.5, -6.0
"""Who wears the camera and speaks on the air is heard twice: near, and softer from the radio on the shoulder."""


class Lines:
    """The lines of a request as two stems of happenings; read `dialogue` and `radio` block by block, side by side."""

    def __init__(self, request: SoundRequest, call: Call) -> None:
        """Look for every line's sound. Raises `RequestRejected` when one was not given."""
        for line in request.lines:
            if f"line:{line.line}" not in call.inputs:
                raise RequestRejected(f"The sound of line {line.line} was not given to the stage: speak it first.")
        self._request, self._call = request, call
        frames = round(request.seconds * SAMPLE_RATE)
        self.dialogue, self.radio = Happening(frames), Happening(frames)
        for line in sorted(request.lines, key=lambda line: (line.at, line.line)):
            # Whichever stem is read first has the line made, for both.
            start, make = round(line.at * SAMPLE_RATE) - _AHEAD, functools.cache(functools.partial(self._make, line))
            self.dialogue.later(start, make)
            self.radio.later(start, make)

    def _make(self, line: PlacedLine) -> None:
        voice = wav.read_mono(self._call.inputs[f"line:{line.line}"].file("line.wav"), SAMPLE_RATE)
        start, seed = round(line.at * SAMPLE_RATE), self._request.seed
        bed = _bed_at(self._request.beds, float(line.at))
        place = bed.set if bed else None
        if line.channel in ON_AIR:
            self._on_air(line, voice, start, place)
        elif line.channel == "pa":
            said = announce(voice, seed_from("pa", seed, line.line), interior=bed is not None and bed.interior)
            self.dialogue.add(start - said.lead, said.samples)
        elif line.channel == "phone":
            self.dialogue.add(start, panned(telephone(voice), 0.1))
        elif line.channel == "voice_over":
            self.dialogue.add(start, panned(voice, 0.0))
        elif line.wearer:
            self.dialogue.add(start, worn(voice, place))
        else:
            side = _side(line.speaker, self._request.scene)
            self.dialogue.add(start, seen(voice, line.distance, line.ear, side, place))

    def _on_air(self, line: PlacedLine, voice: Samples, start: int, place: str | None) -> None:
        spoken = self._call.inputs[f"line:{line.line}"].result
        seed = seed_from("radio", self._request.seed, line.line)
        late = late_key(spoken, seed_from("key", seed)) if isinstance(spoken, SpokenLine) else 0.0
        sent = transmit(voice, seed, line.distance, late)
        air = panned(sent.samples, 0.0)
        if not line.wearer:
            self.radio.add(start - sent.lead, air)
            return
        self.radio.add(start - sent.lead, air * amplitude(_OWN_AIR_DB))
        self.dialogue.add(start, worn(voice, place) * amplitude(_OWN_VOICE_DB))


def _side(speaker: str, scene: str) -> float:
    """Return where a speaker stands in a scene, -1 to 1; the same for all of their lines."""
    return float(np.random.default_rng(seed_from("pan", scene, speaker)).uniform(-1, 1)) * _WIDEST_PAN


def _bed_at(placed: tuple[PlacedBed, ...], at: float) -> PlacedBed | None:
    """Return the bed that sounds at a moment; the nearest one before or after where there is none."""
    if not placed:
        return None
    return min(placed, key=lambda bed: max(float(bed.at) - at, at - float(bed.at + bed.seconds), 0.0))
