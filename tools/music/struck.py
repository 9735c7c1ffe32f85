"""Players with keys and mallets: electric piano, vibraphone, timpani; and the drums, each stroke with its own noise."""

import numpy as np

from tools.music.waves import Sound, banded, levelled, lowered, peaked, times


def keys(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """An electric piano: a tine over a tone bar; struck hard, it barks."""
    at = times(seconds)
    decay = np.exp(-at / (0.55 + 180 / f))
    index = (0.25 + 1.9 * touch**1.6) * np.exp(-at / (0.18 + 0.1 * touch))
    phase = 2 * np.pi * f * at
    tone = np.sin(phase + index * np.sin(phase + 0.3)) + 0.25 * np.sin(2 * phase) * np.exp(-at / 0.35)
    bell = np.sin(2 * np.pi * min(7.03 * f, 9000) * at) * np.exp(-at / 0.09) * (0.05 + 0.16 * touch)
    hammer = banded(chance.standard_normal(len(at)), 700, 3500) * np.exp(-at / 0.006) * 0.22 * touch
    fan = 1 - 0.12 * (1 - np.cos(2 * np.pi * 5.1 * at + chance.uniform(0, 0.8)))
    pressed = np.tanh(1.3 * (tone * decay + bell)) * fan
    return np.asarray((pressed + hammer) * np.minimum(1, at / 0.0018))


def vibes(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A struck bar: partials at 1, 4 and 10 times, the higher the shorter and the harder mallet's, and a slow fan."""
    at = times(seconds)
    bar = np.sin(2 * np.pi * f * at) * np.exp(-at / 1.1)
    bar += (0.08 + 0.3 * touch) * np.sin(2 * np.pi * 3.99 * f * at + chance.uniform(0, 0.4)) * np.exp(-at / 0.28)
    if 10 * f < 18_000:
        bar += 0.11 * touch**1.5 * np.sin(2 * np.pi * 9.9 * f * at) * np.exp(-at / 0.05)
    tube = 0.22 * np.sin(2 * np.pi * f * 1.0015 * at) * np.exp(-at / 0.8) * np.minimum(1, at / 0.03)
    mallet = lowered(chance.standard_normal(len(at)), 1200 + 3800 * touch) * np.exp(-at / 0.004) * 0.3 * touch
    fan = 1 - 0.2 * (1 - np.cos(2 * np.pi * 4.6 * at + chance.uniform(0, 1)))
    return ((bar + tube) * fan + mallet) * np.minimum(1, at / 0.0015)


def timpani(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A kettle: a principal that lasts, its fifth and octave, and a felt stick on skin."""
    at = times(seconds)
    fall = 1 + 0.012 * np.exp(-at / 0.05)
    sound = np.zeros(len(at))
    for ratio, gain, decay in (
        (1.0, 1.0, 0.9),
        (1.5, 0.55, 0.6),
        (1.98, 0.4, 0.45),
        (2.44, 0.22, 0.3),
        (0.63, 0.25, 0.12),
    ):
        sound += gain * np.sin(2 * np.pi * f * ratio * fall * at + chance.uniform(0, 0.5)) * np.exp(-at / decay)
    skin = banded(chance.standard_normal(len(at)), 150, 700 + 1500 * touch) * np.exp(-at / 0.03)
    return (sound + 0.5 * touch * skin) * np.minimum(1, at / 0.003)


# ---- drums -----------------------------------------------------------------------------------------------------------


def kick(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A small bass drum with a felt beater and a blanket in it."""
    at = times(0.38)
    pitch = (50 + chance.uniform(-1, 1)) + (55 + 45 * touch) * np.exp(-at / 0.018)
    skin = np.sin(2 * np.pi * np.cumsum(pitch) / 48_000) * np.exp(-at / 0.11)
    beater = banded(chance.standard_normal(len(at)), 900, 3800) * np.exp(-at / 0.005)
    air = lowered(chance.standard_normal(len(at)), 180) * np.exp(-at / 0.05)
    return np.tanh(1.5 * (skin + 0.25 * touch * beater + 0.3 * air)) * np.minimum(1, at / 0.0012)


def snare(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A wooden snare: two modes of the skin, and wires that rattle on after it."""
    at = times(0.34)
    skin = sum(
        gain
        * np.sin(2 * np.pi * mode * (1 + 0.12 * np.exp(-at / 0.008)) * at + chance.uniform(0, 1))
        * np.exp(-at / decay)
        for mode, gain, decay in ((188, 1.0, 0.07), (331, 0.6, 0.045), (476, 0.3, 0.03))
    )
    wires = banded(chance.standard_normal(len(at)), 1500, 9500) * np.exp(-at / (0.05 + 0.07 * touch))
    stick = banded(chance.standard_normal(len(at)), 2500, 12_000) * np.exp(-at / 0.003)
    return (0.6 * np.asarray(skin) + 0.75 * wires + 0.7 * touch * stick) * np.minimum(1, at / 0.0008)


def rim(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A stick laid across: wood on metal, short."""
    at = times(0.14)
    tone = np.sin(2 * np.pi * (1710 + chance.uniform(-25, 25)) * at) * np.exp(-at / 0.009)
    tone += 0.7 * np.sin(2 * np.pi * 482 * at) * np.exp(-at / 0.02)
    knock = banded(chance.standard_normal(len(at)), 500, 5000) * np.exp(-at / 0.006)
    return (tone + 0.8 * knock) * np.minimum(1, at / 0.0006)


def brush(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """Wires slapped on skin."""
    at = times(0.3)
    wires = banded(chance.standard_normal(len(at)), 1700, 8000 + 3000 * touch) * np.exp(-at / (0.04 + 0.03 * touch))
    skin = np.sin(2 * np.pi * (185 + chance.uniform(-5, 5)) * at) * np.exp(-at / 0.04)
    grain = 0.75 + 0.5 * lowered(np.abs(chance.standard_normal(len(at))), 90)
    return (wires * grain + 0.3 * touch * skin) * np.minimum(1, at / 0.003)


def swish(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """Wires drawn round the skin for as long as the note is."""
    at = times(max(min(seconds, 1.2), 0.25))
    stroke = np.sin(np.pi * np.linspace(0, 1, len(at)) ** 0.8) ** 1.4
    grain = 0.6 + lowered(np.abs(chance.standard_normal(len(at))), 40)
    return banded(chance.standard_normal(len(at)), 2200, 9000) * stroke * grain


def _metal(at: Sound, chance: np.random.Generator, low: float, high: float, count: int, decay: float) -> Sound:
    """Return bronze: many partials in no harmony, each with its own decay, the higher the shorter."""
    total = np.zeros(len(at))
    for partial in np.sort(np.exp(chance.uniform(np.log(low), np.log(high), count))):
        life = decay * (0.5 + chance.random()) * (low / partial) ** 0.4
        total += np.sin(2 * np.pi * partial * at + chance.uniform(0, 6)) * np.exp(-at / life)
    return np.asarray(total / np.sqrt(count))


def hat(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """Two small cymbals, shut."""
    at = times(0.11)
    noise = banded(chance.standard_normal(len(at)), 6000, 16_000) * np.exp(-at / (0.012 + 0.02 * touch))
    metal = _metal(at, chance, 4200, 12_000, 10, 0.03)
    return (noise + 0.5 * metal) * np.minimum(1, at / 0.0005)


def open_hat(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """The same, let ring and shut at the note's end."""
    long = min(max(seconds, 0.15), 0.5)
    at = times(long + 0.02)
    noise = banded(chance.standard_normal(len(at)), 5000, 15_000) * np.exp(-at / 0.22)
    metal = _metal(at, chance, 3600, 11_000, 14, 0.25)
    shut = np.clip((long + 0.02 - at) / 0.03, 0, 1)
    return (noise + 0.6 * metal) * np.minimum(1, at / 0.001) * shut


def ride(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A ride cymbal: the stick's ping, and the wash that it leaves."""
    at = times(1.1)
    same = np.random.default_rng(71)
    wash = _metal(at, same, 2600, 9500, 16, 0.42)
    stick = banded(chance.standard_normal(len(at)), 3000, 12_000) * np.exp(-at / 0.005)
    noise = banded(chance.standard_normal(len(at)), 5000, 14_000) * np.exp(-at / 0.25)
    return (0.6 * wash + 1.2 * touch * stick + 0.12 * noise) * np.minimum(1, at / 0.0006)


def crash(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A crash: a splash that opens in a few milliseconds and darkens while it dies."""
    at = times(2.4)
    noise = chance.standard_normal(len(at))
    high = banded(noise, 4500, 16_000) * np.exp(-at / 0.3)
    low = banded(noise, 900, 5000) * np.exp(-at / 0.65)
    metal = _metal(at, chance, 900, 8000, 18, 0.8)
    return np.asarray((high + 0.6 * low + 0.5 * metal) * (1 - np.exp(-at / 0.004)))


def swell(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A cymbal rolled with mallets that grows until the note's end."""
    long = max(seconds, 0.3)
    at = times(long)
    grown = (at / long) ** 2.2
    noise = banded(chance.standard_normal(len(at)), 1500, 12_000)
    roll = 0.8 + 0.2 * np.sin(2 * np.pi * 13 * at) ** 2
    metal = banded(chance.standard_normal(len(at)), 500, 2500) * 0.5
    return (noise * grown + metal * grown**0.7 * 0.4) * roll


def block(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A wood block: two modes of hollow wood; `f` chooses between a high and a low one."""
    at = times(0.16)
    tuned = (880 if f < 275 else 1050 if f < 350 else 1260) * (1 + chance.uniform(-0.004, 0.004))
    wood = np.sin(2 * np.pi * tuned * at) * np.exp(-at / 0.016)
    wood += 0.5 * np.sin(2 * np.pi * 1.62 * tuned * at) * np.exp(-at / 0.009)
    tick = banded(chance.standard_normal(len(at)), 1500, 7000) * np.exp(-at / 0.003)
    hollow = peaked(tick, tuned, 4)
    return (wood + 0.5 * touch * tick + hollow) * np.minimum(1, at / 0.0007)


def shaker(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """Grains in an egg: they gather, then they strike."""
    at = times(0.12)
    gather = 0.25 * np.exp(-(((at - 0.018) / 0.012) ** 2))
    strike = np.exp(-np.maximum(at - 0.032, 0) / 0.016) * (at > 0.028)
    grains = banded(chance.standard_normal(len(at)) * (chance.random(len(at)) < 0.25), 4500, 13_000)
    return grains * lowered(gather + strike, 600, 1)


def cajon(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """A box struck in its middle: deep, with a palm on it."""
    at = times(0.32)
    pitch = 74 + 30 * np.exp(-at / 0.012)
    box = np.sin(2 * np.pi * np.cumsum(pitch) / 48_000) * np.exp(-at / 0.085)
    palm = lowered(chance.standard_normal(len(at)), 900) * np.exp(-at / 0.012)
    board = peaked(palm, 180, 3)
    return np.tanh(1.3 * (box + 0.5 * touch * palm + 0.8 * board)) * np.minimum(1, at / 0.0012)


def slap(f: float, seconds: float, touch: float, chance: np.random.Generator) -> Sound:
    """The same box struck at its edge, where a wire lies behind the board."""
    at = times(0.2)
    board = sum(np.sin(2 * np.pi * mode * at + chance.uniform(0, 1)) * np.exp(-at / 0.022) for mode in (285, 540, 810))
    wires = banded(chance.standard_normal(len(at)), 1800, 8500) * np.exp(-at / (0.03 + 0.03 * touch))
    return (0.35 * np.asarray(board) + levelled(wires)) * np.minimum(1, at / 0.0008)
