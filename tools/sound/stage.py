"""The embedded sound stage: puts the lines, effects and beds of a scene where they belong, as three stems.

It works in blocks of two seconds: a line is made when its block comes, a bed is read as far as it is needed, and what
is done is on disk, so that a long scene takes no more memory than a short one.
"""

import contextlib

import numpy as np

from episodes.format import SAMPLE_RATE
from episodes.shots import LightBar, SirenPass
from episodes.tasks import PlacedEvent, SceneSound, SoundRequest, ToolInfo
from episodes.value import seed_from
from tools.protocols import Call, ToolSettings
from tools.sound import foley
from tools.sound.ambience import Ambience
from tools.sound.lines import Lines
from tools.sound.noise import Sound
from tools.sound.siren import siren
from tools.sound.stems import Stem
from tools.sound.wav import Samples

_BLOCK = 2 * SAMPLE_RATE
_LIGHT_BAR_LONGEST = 8.0
"""Seconds after which nobody listens to the ticking any more."""


class EmbeddedSoundStage:
    """`SoundStage` made of arithmetic: no sample library, no network."""

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed."""
        return ToolInfo(name="embedded-sound", version="2", wall_per_second=0.2)

    def sound(self, request: SoundRequest, call: Call) -> SceneSound:
        """Write the three stems. Raises `RequestRejected` when a line's sound is not among the inputs."""
        frames = round(request.seconds * SAMPLE_RATE)
        lines, ambience = Lines(request, call), Ambience(request.beds, frames, request.seed)
        effects = _effects(request.events, frames, request.seed)
        with contextlib.ExitStack() as files:
            dialogue, radio, noises = (
                files.enter_context(Stem(call.into / f"{name}.wav")) for name in ("dialogue", "radio", "effects")
            )
            for start in range(0, frames, _BLOCK):
                length = min(_BLOCK, frames - start)
                said, aired = (np.zeros((length, 2), np.float32) for _ in range(2))
                lines.add("dialogue", said, start)
                lines.add("radio", aired, start)
                dialogue.add(said)
                radio.add(aired)
                noises.add(ambience.read(length) + effects[start : start + length].astype(np.float32))
        return SceneSound(seconds=request.seconds)


def build(settings: ToolSettings) -> EmbeddedSoundStage:
    """Return the embedded stage; it has no settings."""
    return EmbeddedSoundStage()


# ---- effects ---------------------------------------------------------------------------------------------------------


def _panned(sound: Sound | Samples, side: float) -> Sound:
    """Return mono sound as stereo with equal power; in the middle both channels carry it as it is."""
    angle = (side + 1) * np.pi / 4
    return np.asarray(sound.astype(np.float64)[:, None] * np.array((np.cos(angle), np.sin(angle))) * np.sqrt(2.0))


def _add(stem: Sound, start: int, sound: Sound) -> None:
    """Add stereo sound at a sample; what lies outside the stem is left out."""
    head = max(-start, 0)
    stop = min(len(sound), len(stem) - start)
    if stop > head:
        stem[start + head : start + stop] += sound[head:stop]


def _effects(events: tuple[PlacedEvent, ...], frames: int, seed: int) -> Sound:
    total = np.zeros((frames, 2))
    for number, placed in enumerate(events):
        event = placed.event
        chance = np.random.default_rng(seed_from("effect", seed, number, event.kind))
        if isinstance(event, SirenPass):
            total += siren(frames, float(event.at), float(event.seconds), float(chance.random()))
            continue
        sound = foley.foley(event, placed.surface, chance)
        if sound is not None:
            _add(total, round(event.at * SAMPLE_RATE), _panned(sound, float(chance.uniform(-0.3, 0.3))))
        if isinstance(event, LightBar) and event.on:
            _tick(total, events, placed, chance)
    return total


def _tick(total: Sound, events: tuple[PlacedEvent, ...], switched: PlacedEvent, chance: np.random.Generator) -> None:
    """Add the relay's ticking from the moment the light bar is switched on until it is switched off."""
    start = float(switched.event.at)
    offs = [float(e.event.at) for e in events if isinstance(e.event, LightBar) and not e.event.on]
    stop = min([start + _LIGHT_BAR_LONGEST, *(off for off in offs if off > start)])
    moment = start + 1 / foley.TICK_HERTZ
    side = 0.25
    while moment < stop:
        _add(total, round(moment * SAMPLE_RATE), _panned(foley.tick(chance), side))
        moment, side = moment + 1 / foley.TICK_HERTZ, -side
