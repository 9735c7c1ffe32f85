"""The embedded sound stage: puts the lines, effects and beds of a scene where they belong, as three stems."""

import numpy as np
from scipy import signal

from episodes.errors import RequestRejected
from episodes.format import SAMPLE_RATE
from episodes.tasks import PlacedBed, PlacedLine, SceneSound, SoundRequest, ToolInfo
from episodes.value import seed_from
from tools.protocols import Call, ToolSettings
from tools.sound import beds, wav
from tools.sound.effects import effects
from tools.sound.loudness import limit
from tools.sound.noise import Sound
from tools.sound.radio import telephone, transmit
from tools.sound.rooms import answer

_CEILING_DB = -1.5
_WIDEST_PAN = 0.32
"""How far a speaker may stand from the middle, of 1: wide enough to tell two apart, near enough for one earphone."""
_WEARER_HZ = 4200.0
"""A microphone on the chest hears its wearer's voice from under the chin."""


class EmbeddedSoundStage:
    """`SoundStage` made of arithmetic: no sample library, no network."""

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed."""
        return ToolInfo(name="embedded-sound", version="2", wall_per_second=0.2)

    def sound(self, request: SoundRequest, call: Call) -> SceneSound:
        """Write the three stems. Raises `RequestRejected` when a line's sound is not among the inputs."""
        frames = round(request.seconds * SAMPLE_RATE)
        stems = {"dialogue": np.zeros((frames, 2)), "radio": np.zeros((frames, 2))}
        for line in request.lines:
            on_air = line.channel in ("radio", "dispatch")
            _place_line(stems["radio" if on_air else "dialogue"], line, _voice_of(line, call), request)
        stems["effects"] = _beds(request.beds, frames, request.seed) + effects(request, call.inputs)
        for name, stem in stems.items():
            wav.write(call.into / f"{name}.wav", limit(stem.astype(np.float32), _CEILING_DB), SAMPLE_RATE)
        return SceneSound(seconds=request.seconds)


def build(settings: ToolSettings) -> EmbeddedSoundStage:
    """Return the embedded stage; it has no settings."""
    return EmbeddedSoundStage()


# ---- lines -----------------------------------------------------------------------------------------------------------


def _voice_of(line: PlacedLine, call: Call) -> wav.Samples:
    given = call.inputs.get(f"line:{line.line}")
    if given is None:
        raise RequestRejected(f"The sound of line {line.line} was not given to the stage: speak it first.")
    return wav.read_mono(given.file("line.wav"), SAMPLE_RATE)


def _place_line(stem: Sound, line: PlacedLine, voice: wav.Samples, request: SoundRequest) -> None:
    """Add one line to its stem, by the way it reaches the ear."""
    start = round(line.at * SAMPLE_RATE)
    if line.channel in ("radio", "dispatch"):
        sent = transmit(voice, seed_from("radio", request.seed, line.line))
        _add(stem, start - sent.lead, _panned(sent.samples, 0.0))
    elif line.channel == "phone":
        _add(stem, start, _panned(telephone(voice), 0.1))
    elif line.channel == "voice_over":
        _add(stem, start, _panned(voice, 0.0))
    elif line.wearer:
        _add(stem, start, _panned(_worn(voice), 0.0))
    else:
        _add(stem, start, _panned(voice, _side(line.speaker, request.scene)))
        place = _place_at(request.beds, float(line.at))
        if place is not None:
            _add(stem, start, answer(voice.astype(np.float64), place))


def _worn(voice: wav.Samples) -> Sound:
    """Return a voice as the microphone on the speaker's own chest hears it: close, thick and dull."""
    dull = signal.sosfilt(signal.butter(1, _WEARER_HZ, fs=SAMPLE_RATE, output="sos"), voice.astype(np.float64))
    chest = signal.sosfilt(signal.butter(1, 250, fs=SAMPLE_RATE, output="sos"), dull)
    return np.asarray(dull + 0.4 * chest)


def _side(speaker: str, scene: str) -> float:
    """Return where a speaker stands in a scene, -1 to 1; the same for all of their lines."""
    return float(np.random.default_rng(seed_from("pan", scene, speaker)).uniform(-1, 1)) * _WIDEST_PAN


def _place_at(placed: tuple[PlacedBed, ...], at: float) -> str | None:
    """Return the set whose bed sounds at a moment; the nearest one before or after where there is none."""
    if not placed:
        return None
    return min(placed, key=lambda bed: max(float(bed.at) - at, at - float(bed.at + bed.seconds), 0.0)).set


def _panned(sound: Sound | wav.Samples, side: float) -> Sound:
    """Return mono sound as stereo with equal power; in the middle both channels carry it as it is."""
    angle = (side + 1) * np.pi / 4
    return np.asarray(sound.astype(np.float64)[:, None] * np.array((np.cos(angle), np.sin(angle))) * np.sqrt(2.0))


def _add(stem: Sound, start: int, sound: Sound) -> None:
    """Add stereo sound at a sample; what lies outside the stem is left out."""
    head = max(-start, 0)
    stop = min(len(sound), len(stem) - start)
    if stop > head:
        stem[start + head : start + stop] += sound[head:stop]


# ---- beds ------------------------------------------------------------------------------------------------------------


def _beds(placed: tuple[PlacedBed, ...], frames: int, seed: int) -> Sound:
    """Return all ambience. A place that is cut back to goes on as if it had never stopped."""
    total = np.zeros((frames, 2))
    kinds = dict.fromkeys((bed.set, bed.interior, bed.weather, bed.light) for bed in placed)
    for kind in kinds:
        gain = np.zeros(frames)
        for bed in placed:
            if (bed.set, bed.interior, bed.weather, bed.light) == kind:
                gain = np.hypot(gain, beds.gate(frames, float(bed.at), float(bed.seconds)))
        total += beds.bed(*kind, frames, seed) * np.minimum(gain, 1.0)[:, None]
    return total
