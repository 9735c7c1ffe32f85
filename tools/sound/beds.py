"""Ambience: what a place sounds like when nobody speaks. Stereo, quiet, never looping, read block by block.

A bed is what is always there (air, machines, traffic, weather) and what happens now and then (`life.py`). It is as loud
as its steady part says, whatever happens in it.
"""

import functools
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy import signal

from episodes.cast import SetName
from episodes.effects import Light, Weather
from episodes.format import SAMPLE_RATE
from episodes.value import seed_from
from tools.sound import layers, life
from tools.sound.layers import Steady
from tools.sound.loudness import amplitude
from tools.sound.noise import Chance, Sound, burst, times
from tools.sound.streams import Filtered, Happenings, Hiss, Mixed, Pace, Shaped, Stream, Swelling

CROSSFADE_SECONDS = 0.3
_LEVEL_DB = -37.0
_WET_LEVEL_DB = -33.0
_GUST_DB = -24.0
"""Wind in the microphone of somebody who runs, at its strongest."""
_DROPS = 60
"""Different drops of rain; each falls at its own time, side and level."""
_LIFE_DB = 3.0
"""What happens in a place, all of it against the bed."""
_FOG_HERTZ, _SNOW_HERTZ = 2200.0, 1400.0
"""Above these, wet air and new snow swallow what is far away."""

Now = tuple[float, tuple[float, float], Callable[[Chance], Sound]]
"""Peak in decibels against the bed, shortest and longest seconds from one to the next, and what makes one."""


class Kind(NamedTuple):
    """What decides how a bed sounds."""

    set: SetName
    interior: bool
    weather: Weather
    light: Light
    heard_from: str = ""
    """`car` or `helicopter` where the microphone is in one, beside or above the set; else empty."""


def bed(kind: Kind, seed: int, pace: Pace) -> Stream:
    """Return the ambience of one place, without end: equal arguments give equal sound, so cuts back to it fit.

    Args:
        kind: place, weather, hour, and from where it is heard.
        seed: of the scene.
        pace: how fast the car drives, 0 to 1 at moments in seconds; of other beds it is not asked.
    """
    chance = np.random.default_rng(seed_from("bed", seed, *(str(part) for part in kind)))
    wet = kind.weather in ("rain", "wind") and not kind.interior
    level = amplitude(_WET_LEVEL_DB if wet else _LEVEL_DB)
    if kind.heard_from == "helicopter":
        return _scaled(layers.steady([(0, layers.rotor), (-4, layers.turbine), (-12, layers.city)], chance), level)
    place = _dulled(_place(kind, chance, pace), kind)
    if kind.heard_from == "car":
        outside = Filtered(place, signal.butter(2, 900, fs=SAMPLE_RATE, output="sos"))
        place = Mixed((0.5, outside), (0.85, layers.steady(layers.engine_and_road(pace), chance)))
    steady, living = _weather(kind)
    power = 1 + sum(amplitude(gain) ** 2 for gain, _ in steady)
    parts = [place, layers.steady(steady, chance, total=False), *(_now(one, 1.0, chance) for one in living)]
    return _scaled(Mixed(*((1.0, part) for part in parts)), level / float(np.sqrt(power)))


def gusts(steps: Sequence[float], seed: int) -> Stream:
    """Return the wind that buffets the microphone of somebody who runs: stronger with each footfall, gone after them.

    Args:
        steps: when a foot falls, in seconds.
        seed: of the scene.
    """
    chance = np.random.default_rng(seed_from("gusts", seed))
    rumble = Swelling(Hiss(18, 130, 2, chance, shared=0.8), 0.7, 0.8, chance, least=0.2)
    flutter = Swelling(Hiss(130, 900, 6, chance, shared=0.6), 0.25, 1.4, chance, least=0.0)
    return Shaped(Mixed((amplitude(_GUST_DB), rumble), (amplitude(_GUST_DB - 9), flutter)), _running(steps))


def _running(steps: Sequence[float]) -> Pace:
    """Return how much of the wind is felt: it comes with the first steps, beats with each, and dies down after."""
    feet = np.array(sorted(steps))

    def felt(at: Sound) -> Sound:
        since = at - feet[np.maximum(np.searchsorted(feet, at, "right") - 1, 0)]
        begun = np.clip((at - feet[0]) / 0.5, 0, 1)
        beat = 0.6 + 0.4 * np.exp(-np.maximum(since, 0) / 0.12)
        return np.where(since < 0, 0.0, begun * beat * np.exp(-np.maximum(since - 0.3, 0) / 0.15))

    return felt


def gate(start: int, frames: int, whole: int, at: float, seconds: float) -> Sound:
    """Return a bed's gain over a block: equal-power edges, half before and half after each cut.

    At the scene's own ends there is nothing to fade to, so it stays up there.

    Args:
        start: first sample of the block.
        frames: its length.
        whole: samples of the whole scene.
        at: where the bed begins, in seconds.
        seconds: how long it sounds.
    """
    half = CROSSFADE_SECONDS / 2
    moment = start / SAMPLE_RATE + times(frames)
    rise = np.clip((moment - at + half) / CROSSFADE_SECONDS, 0, 1) if at > half else np.ones(frames)
    ends = at + seconds
    fall = np.clip((ends + half - moment) / CROSSFADE_SECONDS, 0, 1) if ends < whole / SAMPLE_RATE - half else 1.0
    return np.asarray(np.sin(np.pi / 2 * np.minimum(rise, fall)))


# ---- places ----------------------------------------------------------------------------------------------------------


def _place(kind: Kind, chance: Chance, pace: Pace) -> Stream:
    dark = kind.light in ("night", "dusk")
    steady, living = _SETS[kind.set](dark, pace)
    # In bad weather people and animals stay in; indoors nobody minds it.
    rarer = 1.0 if kind.interior else {"rain": 2.0, "snow": 2.0, "wind": 1.4, "fog": 1.4}.get(kind.weather, 1.0)
    happenings = [_now(one, rarer, chance) for one in living]
    return Mixed(*((1.0, part) for part in (layers.steady(steady, chance), *happenings)))


def _now(one: Now, rarer: float, chance: Chance) -> Stream:
    peak, (shortest, longest), make = one
    return Happenings(make, (shortest * rarer, longest * rarer), amplitude(peak + _LIFE_DB), chance)


def _scaled(stream: Stream, gain: float) -> Stream:
    return Mixed((gain, stream))


def _dulled(place: Stream, kind: Kind) -> Stream:
    """Return an open place as wet air and snow let it be heard."""
    corner = {"fog": _FOG_HERTZ, "snow": _SNOW_HERTZ}.get(kind.weather)
    if corner is None or kind.interior:
        return place
    return Filtered(place, signal.butter(1, corner, fs=SAMPLE_RATE, output="sos"))


def _street(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    rare = 1.6 if dark else 1.0
    return [(-2, layers.city), (-2, layers.traffic)], [
        (8, (2.0 * rare, 7.0 * rare), life.car), (10, (7, 19), life.car_door), (9, (9, 26), life.dog),
        *([(7, (22, 60), life.train)] if dark else [(6, (6, 17), life.bird)]),
    ]  # fmt: skip


def _parking_lot(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    return [(0, layers.open_air), (-5, layers.traffic), *([(-11, layers.lamp)] if dark else [])], [
        (9, (4, 12), life.car_door), (8, (6, 16), life.trolley), (6, (3, 9), life.halyard), (7, (4, 11), life.car),
    ]  # fmt: skip


def _porch(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    near: list[Now] = [(9, (0.25, 0.6), life.cricket), (7, (0.3, 0.9), life.cricket)] if dark else [
        (8, (1.5, 5), life.bird), (6, (3, 8), life.bird),
    ]  # fmt: skip
    return [(-2, layers.leaves), (-5, layers.city), (-9, layers.air_conditioner)], [
        *near, (8, (5, 14), life.chimes), (9, (9, 24), life.dog), (8, (12, 30), life.door),
    ]  # fmt: skip


def _park(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    if dark:
        return [(0, layers.leaves), (-9, layers.city)], [
            (13, (0.2, 0.55), life.cricket), (12, (0.25, 0.7), life.cricket), (9, (0.3, 0.8), life.cricket),
            (9, (8, 20), life.owl), (7, (15, 40), life.dog),
        ]  # fmt: skip
    return [(0, layers.leaves), (-7, layers.city)], [
        (14, (0.5, 1.8), life.bird), (11, (1.5, 4.5), life.bird), (6, (5, 12), life.sprinkler), (8, (12, 30), life.dog),
    ]  # fmt: skip


def _waterfront(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    return [(0, layers.water), (-7, layers.city)], [
        (9, (0.9, 2.8), life.lap), (8, (3, 10), life.rope), (7, (6, 15), life.buoy),
        *([] if dark else [(9, (4, 12), life.gull)]),
    ]  # fmt: skip


def _shop(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    window: list[Steady] = [] if dark else [(-6, layers.through_glass)]
    return [(-1, layers.room), (-4, layers.fridge), (-8, layers.lamp), *window], [
        (10, (7, 20), life.compressor), (7, (4, 12), life.till), (8, (12, 30), life.door),
        *([] if dark else [(7, (4, 10), life.murmur)]),
    ]  # fmt: skip


def _interview(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    return [(0, layers.room), (-8, layers.lamp), (-3, layers.air_duct)], [
        (5, (0.99, 1.01), life.clock), (8, (8, 20), life.door), (7, (6, 15), life.murmur), (8, (9, 24), life.chair),
    ]  # fmt: skip


def _hallway(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    return [(-2, layers.corridor), (-6, layers.lamp), (-8, layers.air_duct)], [
        (11, (6, 17), life.door), (9, (6, 16), life.footsteps), (7, (14, 36), life.lift), (6, (5, 14), life.murmur),
    ]  # fmt: skip


def _dispatch_room(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    return [(-4, layers.room), (-1, layers.computers)], [
        (8, (1.2, 4), life.keyboard), (6, (2.5, 8), life.keyboard), (8, (5, 13), life.telephone),
        (7, (3, 8), life.murmur), (6, (4, 11), life.radio_chatter),
    ]  # fmt: skip


def _in_car(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    return layers.engine_and_road(pace), [
        (6, (8, 22), life.indicator), (5, (4, 12), life.rattle),
        (6, (7, 18), life.radio_chatter), (4, (5, 14), life.car),
    ]  # fmt: skip


def _diner(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    busy = 1.8 if dark else 1.0
    return [(-1, layers.room), (-5, layers.fridge), (-7, layers.griddle), (-9, layers.lamp)], [
        (9, (1.5 * busy, 5 * busy), life.crockery), (8, (2 * busy, 6 * busy), life.murmur), (6, (4, 9), life.tune),
        (8, (9, 22), life.steam),
    ]  # fmt: skip


def _kitchen(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    return [(0, layers.extractor), (-8, layers.fridge), (-6, layers.griddle)], [
        (9, (3, 9), life.pan), (8, (4, 10), life.sizzle), (7, (2.5, 7), life.crockery), (6, (2, 6), life.drip),
    ]  # fmt: skip


def _alley(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    return [(-1, layers.between_walls), (-6, layers.vent)], [
        (8, (0.4, 1.6), life.drip), (6, (0.9, 3), life.drip), (9, (9, 24), life.can), (7, (5, 12), life.car),
        *([(9, (6, 14), life.bass)] if dark else [(8, (7, 18), life.pigeon)]),
    ]  # fmt: skip


def _highway(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    return [(-2, layers.road), (-5, layers.traffic)], [
        (14, (4, 10), life.lorry), (12, (1.5, 4.5), life.car), *([(2, (0.3, 0.9), life.cricket)] if dark else []),
    ]  # fmt: skip


def _rooftop(dark: bool, pace: Pace) -> tuple[list[Steady], list[Now]]:
    return [(0, layers.breeze), (-4, layers.air_conditioner), (-9, layers.city)], [
        (6, (5, 14), life.halyard), (7, (18, 45), life.train),
        *([] if dark else [(8, (4, 12), life.pigeon)]),
    ]  # fmt: skip


_SETS: dict[SetName, Callable[[bool, Pace], tuple[list[Steady], list[Now]]]] = {
    "street": _street, "parking_lot": _parking_lot, "porch": _porch, "park": _park, "waterfront": _waterfront,
    "shop": _shop, "interview": _interview, "hallway": _hallway, "dispatch_room": _dispatch_room, "car": _in_car,
    "diner": _diner, "kitchen": _kitchen, "alley": _alley, "highway": _highway, "rooftop": _rooftop,
}  # fmt: skip


# ---- weather ---------------------------------------------------------------------------------------------------------


def _weather(kind: Kind) -> tuple[list[Steady], list[Now]]:
    """Return what the weather adds, against a place of RMS 1."""
    closed = kind.interior or kind.heard_from == "car"
    tin = kind.set == "car" or kind.heard_from == "car"
    thunder: Now = (12, (16, 48), life.thunder)
    if kind.weather == "rain" and not closed:
        return [(3, _surface(kind.set))], [(8, (0.015, 0.13), _drop), thunder]
    if kind.weather == "rain" and tin:
        return [(1, layers.hiss(180, 2600, 2.5, 5, 0.2))], [(10, (0.01, 0.07), _drop)]
    if kind.weather == "rain":
        return [(0, layers.hiss(150, 1100, 3))], [thunder]
    if kind.weather == "wind":
        return ([(-7, layers.hiss(60, 420, 4, 4.2, 1.2)), (-16, layers.whistle)] if closed else [(4, layers.wind)]), []
    if kind.weather == "fog" and kind.set == "waterfront":
        return [], [(10, (10.5, 12.5), _horn)]
    if kind.weather == "snow" and not closed:
        return [(-5, layers.hiss(200, 900, 4, 6, 1.1))], []
    return [], []


def _surface(place: SetName) -> Callable[[Chance], Stream]:
    """Return rain on what lies there: leaves, water, a roof of boards, tarmac."""
    low, high, slope = {
        "park": (700, 9000, 2.5), "porch": (260, 5200, 2.5), "waterfront": (900, 12000, 1.0),
        "rooftop": (350, 7000, 2.0),
        "alley": (400, 6500, 2.0), "highway": (600, 10000, 1.2),
    }.get(place, (500, 11000, 1.5))  # fmt: skip
    return layers.hiss(low, high, slope, 7, 0.25)


def _drop(chance: Chance) -> Sound:
    """Return a single drop that is near enough to be heard."""
    return _drops()[chance.integers(_DROPS)] * chance.uniform(0.3, 1)


@functools.cache
def _drops() -> tuple[Sound, ...]:
    chance = np.random.default_rng(11)
    return tuple(burst(0.03, chance.uniform(800, 2500), 6500, 0.005, chance) for _ in range(_DROPS))


def _horn(chance: Chance) -> Sound:
    at = times(2 * SAMPLE_RATE)
    tone = np.sin(2 * np.pi * 98 * at) + 0.6 * np.sin(2 * np.pi * 196 * at + 1) + 0.3 * np.sin(2 * np.pi * 294 * at + 2)
    return life.far(tone * np.minimum(1, np.minimum(at / 0.3, (2 - at) / 0.5)), 600)
