"""Ambience: what a place sounds like when nobody speaks. Stereo, quiet, never looping within a scene."""

from collections.abc import Callable

import numpy as np

from episodes.effects import Light, Weather
from episodes.format import SAMPLE_RATE
from episodes.value import seed_from
from tools.sound.loudness import amplitude
from tools.sound.noise import Chance, Sound, band, burst, count, low_pass, shaped, times

CROSSFADE_SECONDS = 0.3
_LEVEL_DB = -37.0
_RAIN_LEVEL_DB = -33.0

Layer = Callable[[int, Chance], Sound]
"""Makes one layer of ambience, stereo `[frames, 2]`, of RMS about 1."""


def bed(place: str, interior: bool, weather: Weather, light: Light, frames: int, seed: int) -> Sound:
    """Return the ambience of one place for a whole scene: equal arguments give equal sound, so cuts back to it fit."""
    chance = np.random.default_rng(seed_from("bed", seed, place, str(interior), weather, light))
    layers = [*_places(place, light), *_weathers(weather, interior, place)]
    sound = np.zeros((frames, 2))
    for gain_db, layer in layers:
        sound += amplitude(gain_db) * layer(frames, chance)
    wet = weather in ("rain", "wind")
    level = amplitude(_RAIN_LEVEL_DB if wet and not interior else _LEVEL_DB)
    return np.asarray(sound * (level / max(float(np.sqrt(np.mean(sound**2))), 1e-9)))


def gate(frames: int, at: float, seconds: float) -> Sound:
    """Return a bed's gain over a scene: equal-power edges, half before and half after each cut.

    At the scene's own ends there is nothing to fade to, so it stays up there.
    """
    half = CROSSFADE_SECONDS / 2
    moment = times(frames)
    rise = np.clip((moment - at + half) / CROSSFADE_SECONDS, 0, 1) if at > half else np.ones(frames)
    ends = at + seconds
    fall = np.clip((ends + half - moment) / CROSSFADE_SECONDS, 0, 1) if ends < frames / SAMPLE_RATE - half else 1.0
    return np.asarray(np.sin(np.pi / 2 * np.minimum(rise, fall)))


def _places(place: str, light: Light) -> list[tuple[float, Layer]]:
    dark = light in ("night", "dusk")
    outside: list[tuple[float, Layer]] = [(0, _city), (-8, _cars)]
    nature: list[tuple[float, Layer]] = [(-3, _leaves), (-6, _city), (4, _crickets) if dark else (5, _birds)]
    known: dict[str, list[tuple[float, Layer]]] = {
        "street": outside,
        "parking_lot": [*outside, (-14, _lamp)],
        "porch": nature,
        "park": nature,
        "waterfront": [(0, _water), (-5, _city), (-9, _cars)],
        "shop": [(0, _room), (-2, _fridge), (-9, _lamp)],
        "interview": [(0, _room), (-4, _lamp), (-8, _air_duct)],
        "hallway": [(0, _room), (-5, _lamp), (-4, _air_duct)],
        "dispatch_room": [(0, _room), (-1, _computers), (-3, _far_phones)],
        "car": [(0, _engine), (-7, _air_duct)],
        "diner": [(0, _room), (-1, _fridge), (-6, _lamp), (-10, _air_duct)],
        "kitchen": [(0, _extractor), (-5, _fridge), (-9, _room)],
        "alley": [(0, _city), (-7, _gutter), (-10, _cars), (-12, _air_duct)],
        "highway": [(0, _passes), (-6, _city)],
        "rooftop": [(0, _wind), (-3, _air_conditioner), (-7, _city)],
    }
    return known[place]


def _weathers(weather: Weather, interior: bool, place: str) -> list[tuple[float, Layer]]:
    if weather == "rain":
        return [(-2, _rain_on_roof)] if interior else [(4, _rain), (8, _drips)]
    if weather == "wind":
        return [(-8 if interior else 3, _wind)]
    if weather == "fog" and place == "waterfront":
        return [(-3, _fog_horn)]
    if weather == "snow" and not interior:
        return [(-4, _wind)]
    return []


def _wide(make: Callable[[], Sound]) -> Sound:
    """Return two independent channels that share a little, so that the middle is not empty."""
    left, right = make(), make()
    return np.stack((left + 0.35 * right, right + 0.35 * left), axis=1) / 1.06


def _middle(sound: Sound) -> Sound:
    return np.stack((sound, sound), axis=1) / max(float(np.sqrt(np.mean(sound**2))), 1e-9)


def _swell(frames: int, chance: Chance, period: float, depth: float) -> Sound:
    """Return a slow gain round 1 that never quite repeats."""
    at = times(frames)
    waves = sum(np.sin(2 * np.pi * at / (period * r) + chance.uniform(0, 6.28)) for r in (0.61, 1.0, 1.73))
    return np.asarray(1 + depth * waves / 3)


def _city(frames: int, chance: Chance) -> Sound:
    return _wide(lambda: shaped(frames, 45, 900, 5, chance)) * _swell(frames, chance, 9, 0.5)[:, None]


def _cars(frames: int, chance: Chance) -> Sound:
    """Tyres far away: some swell up and go by, each on its own way across."""
    sound, at = np.zeros((frames, 2)), times(frames)
    for _ in range(max(1, round(frames / SAMPLE_RATE / 5))):
        middle, reach, way = chance.uniform(0, frames / SAMPLE_RATE), chance.uniform(1.2, 2.6), chance.choice((-1, 1))
        swell = np.exp(-(((at - middle) / reach) ** 2))
        angle = (np.tanh(way * (at - middle) / reach) + 1) * np.pi / 4
        sound += swell[:, None] * np.stack((np.cos(angle), np.sin(angle)), axis=1)
    return np.asarray(shaped(frames, 250, 2600, 4, chance)[:, None] * sound * 1.5)


def _leaves(frames: int, chance: Chance) -> Sound:
    return _wide(lambda: shaped(frames, 300, 6000, 3, chance) * _swell(frames, chance, 4, 0.8))


def _crickets(frames: int, chance: Chance) -> Sound:
    at, sound = times(frames), np.zeros((frames, 2))
    for _ in range(4):
        hertz, rate, side = chance.uniform(3900, 4900), chance.uniform(1.6, 2.6), chance.uniform(0.15, 0.85)
        chirps = np.maximum(np.sin(2 * np.pi * rate * at + chance.uniform(0, 6)), 0) ** 2
        trill = chirps * (0.5 + 0.5 * np.sin(2 * np.pi * chance.uniform(28, 34) * at))
        voice = np.sin(2 * np.pi * hertz * at) * trill
        sound += voice[:, None] * np.array((np.sqrt(1 - side), np.sqrt(side)))
    return sound


def _birds(frames: int, chance: Chance) -> Sound:
    sound = np.zeros((frames, 2))
    for _ in range(max(1, round(frames / SAMPLE_RATE / 2.2))):
        at = times(count(chance.uniform(0.08, 0.2)))
        hertz = chance.uniform(2600, 4200) * (1 + 0.2 * np.sin(2 * np.pi * chance.uniform(6, 18) * at))
        call = np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE) * np.hanning(len(at)) * 2.5
        start = int(chance.integers(0, max(frames - len(at), 1)))
        side, room = chance.uniform(0.1, 0.9), min(len(at), frames - start)
        sound[start : start + room] += call[:room, None] * np.array((np.sqrt(1 - side), np.sqrt(side)))
    return sound


def _water(frames: int, chance: Chance) -> Sound:
    return _wide(lambda: shaped(frames, 150, 3500, 4, chance) * _swell(frames, chance, 2.6, 0.9))


def _room(frames: int, chance: Chance) -> Sound:
    return _wide(lambda: shaped(frames, 60, 2500, 6, chance))


def _air_duct(frames: int, chance: Chance) -> Sound:
    return _wide(lambda: shaped(frames, 120, 1600, 3, chance))


def _hum(frames: int, chance: Chance, hertz: float, shares: tuple[float, ...]) -> Sound:
    at = times(frames)
    tones = [a * np.sin(2 * np.pi * hertz * (n + 1) * at + chance.uniform(0, 6)) for n, a in enumerate(shares)]
    return np.asarray(np.sum(tones, axis=0))


def _fridge(frames: int, chance: Chance) -> Sound:
    hum = _hum(frames, chance, 59.7, (1.0, 0.7, 0.2, 0.35, 0.1)) * _swell(frames, chance, 3.1, 0.25)
    return _middle(hum + 0.25 * shaped(frames, 80, 700, 4, chance))


def _lamp(frames: int, chance: Chance) -> Sound:
    """Fluorescent tubes: twice the mains frequency and its harmonics, with a thin buzz on top."""
    buzz = band(np.sign(np.sin(2 * np.pi * 120 * times(frames))), 1800, 5200)
    return _middle(_hum(frames, chance, 120, (0.8, 0.6, 0.4, 0.3, 0.2, 0.2)) + 0.35 * buzz)


def _extractor(frames: int, chance: Chance) -> Sound:
    """A kitchen's hood: moved air with the blades' own note in it, a little out of true."""
    blades = _hum(frames, chance, 92.3, (0.8, 0.5, 0.3, 0.15)) * _swell(frames, chance, 1.7, 0.2)
    return _wide(lambda: shaped(frames, 140, 3200, 4, chance)) + 0.35 * _middle(blades)


def _air_conditioner(frames: int, chance: Chance) -> Sound:
    """A box on a roof that has run for years: its motor beats slowly against the mains."""
    motor = _hum(frames, chance, 58.6, (1.0, 0.6, 0.5, 0.2)) + _hum(frames, chance, 59.4, (0.8, 0.4))
    return 0.8 * _middle(motor) + 0.5 * _wide(lambda: shaped(frames, 100, 1900, 4, chance))


def _gutter(frames: int, chance: Chance) -> Sound:
    """Drops from a pipe into a puddle, a few each second, each off the walls once more."""
    sound = _drips(frames, chance)
    late = round(0.045 * SAMPLE_RATE)
    echo = np.vstack((np.zeros((late, 2)), sound))[:frames, ::-1]
    # The pipe itself is never quite silent, or the drops would stand in a hole.
    return sound + 0.45 * echo + 0.15 * _wide(lambda: shaped(frames, 300, 2400, 3, chance))


def _passes(frames: int, chance: Chance) -> Sound:
    """A road without end: the far hush of it, and now and then a car that goes right by."""
    hush = _wide(lambda: shaped(frames, 120, 1500, 4, chance)) * _swell(frames, chance, 6, 0.4)[:, None]
    return np.asarray(hush + 0.55 * _cars(frames, chance))


def _engine(frames: int, chance: Chance) -> Sound:
    """A car at idle from inside: firing pulses that drift, under a low rumble."""
    at = times(frames)
    phase = 2 * np.pi * np.cumsum(21 + 0.5 * np.sin(2 * np.pi * 0.23 * at)) / SAMPLE_RATE
    pulses = np.sin(phase) + 0.8 * np.sin(2 * phase + 0.4) + 0.4 * np.sin(4 * phase) + 0.25 * np.sin(6 * phase)
    return _wide(lambda: 0.8 * shaped(frames, 28, 260, 6, chance)) + 0.6 * _middle(pulses)


def _computers(frames: int, chance: Chance) -> Sound:
    fans = _hum(frames, chance, 187, (0.2, 0.1, 0.05))
    return _wide(lambda: shaped(frames, 180, 3000, 3, chance)) + 0.6 * _middle(fans)


def _far_phones(frames: int, chance: Chance) -> Sound:
    """Now and then a telephone at the far end of the room."""
    sound, ring = np.zeros(frames), times(count(0.6))
    tone = (np.sin(2 * np.pi * 1040 * ring) + np.sin(2 * np.pi * 1300 * ring)) * (np.sin(2 * np.pi * 20 * ring) > 0)
    start = int(chance.uniform(1, 4) * SAMPLE_RATE)
    while start + len(ring) < frames:
        sound[start : start + len(ring)] += low_pass(tone, 1800) * np.hanning(len(ring)) ** 0.2
        start += int(chance.uniform(6, 11) * SAMPLE_RATE)
    return np.stack((sound * 0.9, sound * 0.4), axis=1)


def _rain(frames: int, chance: Chance) -> Sound:
    return _wide(lambda: shaped(frames, 500, 11000, 1.5, chance)) * _swell(frames, chance, 7, 0.25)[:, None]


def _rain_on_roof(frames: int, chance: Chance) -> Sound:
    return _wide(lambda: shaped(frames, 150, 1100, 3, chance))


def _drips(frames: int, chance: Chance) -> Sound:
    sound = np.zeros((frames, 2))
    for _ in range(round(frames / SAMPLE_RATE * 9)):
        drop = burst(0.03, chance.uniform(800, 2500), 6500, 0.005, chance) * chance.uniform(0.5, 3)
        start, side = int(chance.integers(0, max(frames - len(drop), 1))), chance.uniform(0.05, 0.95)
        room = min(len(drop), frames - start)
        sound[start : start + room] += drop[:room, None] * np.array((np.sqrt(1 - side), np.sqrt(side)))
    return sound


def _wind(frames: int, chance: Chance) -> Sound:
    return _wide(lambda: shaped(frames, 90, 1300, 4, chance) * np.maximum(_swell(frames, chance, 5, 1.2), 0.15))


def _fog_horn(frames: int, chance: Chance) -> Sound:
    at = times(frames)
    blasts = np.clip(np.sin(2 * np.pi * at / 11 + chance.uniform(0, 6)) - 0.75, 0, 1) * 4
    return _middle(low_pass(_hum(frames, chance, 98, (1.0, 0.6, 0.4)) * blasts, 500) + 1e-3)
