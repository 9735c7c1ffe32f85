"""The effects of a scene: what happens in its shots, each sound at its event's time and side, as one stem."""

import numpy as np

from episodes.format import SAMPLE_RATE
from episodes.shots import LightBar, SirenPass
from episodes.tasks import PlacedEvent
from episodes.value import seed_from
from tools.sound import foley
from tools.sound.noise import Sound
from tools.sound.siren import siren

_LIGHT_BAR_LONGEST = 8.0
"""Seconds after which nobody listens to the ticking any more."""


def effects(events: tuple[PlacedEvent, ...], frames: int, seed: int) -> Sound:
    """Return the stereo stem `[frames, 2]` of what happens; siren passes go by, all else starts at its event."""
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


def _panned(sound: Sound, side: float) -> Sound:
    """Return mono sound as stereo with equal power; `side` is -1 (left) to 1 (right)."""
    angle = (side + 1) * np.pi / 4
    return np.asarray(sound[:, None] * np.array((np.cos(angle), np.sin(angle))) * np.sqrt(2.0))


def _add(stem: Sound, start: int, sound: Sound) -> None:
    """Add stereo sound at a sample; what lies outside the stem is left out."""
    head = max(-start, 0)
    stop = min(len(sound), len(stem) - start)
    if stop > head:
        stem[start + head : start + stop] += sound[head:stop]
