"""What is always to be heard in a place: air, machines, traffic, water, as endless streams of RMS about 1."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy import signal

from episodes.format import SAMPLE_RATE
from tools.sound.loudness import amplitude
from tools.sound.noise import Chance
from tools.sound.streams import Filtered, Hiss, Mixed, Pace, Shaped, Stream, Swelling, Tone

Steady = tuple[float, Callable[[Chance], Stream]]
"""Decibels, and what makes a stream of RMS about 1."""
_IDLE_HERTZ, _FASTEST_HERTZ = 21.0, 63.0
"""Firing of a car's engine at idle and flat out: a V8 at 630 and 1,900 turns a minute, a quarter of it."""


def steady(layers: Sequence[Steady], chance: Chance, *, total: bool = True) -> Stream:
    """Return layers together, of RMS 1 where `total`; else as loud against the rest as they say."""
    power = sum(amplitude(gain) ** 2 for gain, _ in layers) if total else 1.0
    gains = [amplitude(gain) / float(np.sqrt(power)) for gain, _ in layers]
    return Mixed(*((gain, make(chance)) for gain, (_, make) in zip(gains, layers, strict=True)))


def hiss(low: float, high: float, slope: float, period: float = 0.0, depth: float = 0.0) -> Callable[[Chance], Stream]:
    """Return what makes shaped noise that swells over `period` seconds by `depth`; steady without."""

    def make(chance: Chance) -> Stream:
        noise = Hiss(low, high, slope, chance)
        return Swelling(noise, period, depth, chance, least=0.15) if depth else noise

    return make


city = hiss(45, 900, 5, 9, 0.5)
traffic = hiss(220, 3000, 3, 6, 0.7)
open_air = hiss(120, 5200, 2.4, 12, 0.4)
leaves = hiss(300, 6000, 3, 4, 0.8)
water = hiss(260, 6500, 2.2, 2.6, 0.9)
breeze = hiss(160, 2400, 2.6, 5, 1.1)
wind = hiss(70, 1100, 4.5, 4.2, 1.3)
room = hiss(60, 2500, 6)
air_duct = hiss(120, 1600, 3)
vent = hiss(260, 4200, 1.5, 11, 0.3)
corridor = hiss(90, 500, 2, 14, 0.3)
road = hiss(90, 1200, 4.5, 6, 0.4)
griddle = hiss(2200, 9000, 1, 3, 0.5)
rain = hiss(500, 11000, 1.5, 7, 0.25)
through_glass = hiss(60, 420, 5, 7, 0.6)


def between_walls(chance: Chance) -> Stream:
    """The town from an alley: a slot of it, with the two notes that stand between the walls."""
    notes = [
        Filtered(
            Hiss(60, 1200, 4, chance), signal.butter(1, (f * 0.9, f * 1.1), "bandpass", fs=SAMPLE_RATE, output="sos")
        )
        for f in (130.0, 262.0)
    ]
    return Mixed((0.7, Hiss(60, 700, 5, chance)), (1.1, notes[0]), (1.4, notes[1]))


def fridge(chance: Chance) -> Stream:
    """A cooler that hums, and the air it moves."""
    hum = Swelling(Tone(59.7, (1.0, 0.7, 0.2, 0.35, 0.1), chance), 3.1, 0.25, chance)
    return Mixed((0.9, hum), (0.4, Hiss(80, 700, 4, chance)))


def lamp(chance: Chance) -> Stream:
    """Fluorescent tubes: twice the mains frequency, a soft buzz of overtones, and the ballast's rustle on top."""
    buzz = [0.8 / (n + 1) ** 0.9 for n in range(24)]
    return Mixed((0.9, Tone(120.0, buzz, chance, wander=0.0005)), (0.4, Hiss(1500, 6000, 2, chance)))


def extractor(chance: Chance) -> Stream:
    """A kitchen's hood: moved air with the blades' own note in it, a little out of true."""
    blades = Swelling(Tone(92.3, (0.8, 0.5, 0.3, 0.15), chance, wander=0.01), 1.7, 0.3, chance)
    return Mixed((0.9, Hiss(140, 3200, 4, chance)), (0.35, blades))


def air_conditioner(chance: Chance) -> Stream:
    """A box that has run for years: its motor beats slowly against the mains."""
    motor = Mixed(
        (0.55, Tone(58.6, (1.0, 0.6, 0.5, 0.2), chance)), (0.4, Tone(59.4, (0.8, 0.4), chance, wander=0.0005))
    )
    return Mixed((1.0, motor), (0.6, Hiss(100, 1900, 4, chance)))


def computers(chance: Chance) -> Stream:
    """Two sorts of fans, and their wind."""
    fans = Mixed((0.5, Tone(187.0, (0.6, 0.3, 0.15), chance)), (0.4, Tone(143.0, (0.6, 0.3), chance, wander=0.006)))
    return Mixed((0.85, Hiss(180, 3000, 3, chance)), (0.6, fans))


def engine_and_road(pace: Pace) -> list[Steady]:
    """The inside of a car at a pace: its engine, and tyres and air that grow with it."""

    def engine(chance: Chance) -> Stream:
        pulses = (0.9, 0.8, 0.15, 0.45, 0.1, 0.3, 0.05, 0.12)
        firing = Tone(lambda at: _IDLE_HERTZ + (_FASTEST_HERTZ - _IDLE_HERTZ) * pace(at), pulses, chance, wander=0.025)
        return Mixed((0.75, Swelling(firing, 2.3, 0.2, chance)), (0.6, Hiss(28, 260, 6, chance)))

    def rolling(chance: Chance) -> Stream:
        return Shaped(Swelling(Hiss(60, 1400, 4.5, chance), 3, 0.4, chance), lambda at: 0.15 + 1.1 * pace(at))

    return [(0, engine), (-3, rolling), (-7, air_duct)]


def rotor(chance: Chance) -> Stream:
    """Blades from inside the cabin: eleven slaps a second, each a push of air."""
    slap = Tone(11.2, (0.5, 0.8, 1.0, 0.9, 0.7, 0.55, 0.4, 0.3, 0.2, 0.15), chance, wander=0.004)
    return Mixed((0.8, Filtered(slap, signal.butter(1, 160, fs=SAMPLE_RATE, output="sos"))), (0.7, _chopped(chance)))


def _chopped(chance: Chance) -> Stream:
    phase = chance.uniform(0, 6)
    return Shaped(
        Hiss(60, 1500, 4, chance), lambda at: 0.45 + 0.9 * np.maximum(np.sin(2 * np.pi * 11.2 * at + phase), 0)
    )


turbine = hiss(300, 5200, 3, 5, 0.15)


def whistle(chance: Chance) -> Stream:
    """A window that does not close: its note rises and falls with the wind and is mostly not there."""
    narrow = signal.butter(1, (520, 700), "bandpass", fs=SAMPLE_RATE, output="sos")
    return Swelling(Filtered(Hiss(200, 2000, 0, chance), narrow), 3.4, 1.9, chance, least=0.0)
