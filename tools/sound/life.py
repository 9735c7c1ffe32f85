"""Small sounds of a place that lives: each call gives one, mono, a little different every time, dulled by its distance.

They happen at the edge of hearing, so each is made of few parts; what is near and meant stands in `foley.py`.
"""

import numpy as np

from episodes.format import SAMPLE_RATE
from tools.sound.noise import (
    Chance,
    Sound,
    band,
    burst,
    count,
    faded,
    grains,
    laid,
    low_pass,
    rings,
    shaped,
    thump,
    times,
)

# ---- animals ---------------------------------------------------------------------------------------------------------


def dog(chance: Chance) -> Sound:
    """Return two to five barks, some streets away."""
    at, parts, pitch = 0.0, [], chance.uniform(260, 420)
    for _ in range(chance.integers(2, 6)):
        parts.append((at, chance.uniform(0.6, 1.0), _bark(pitch * chance.uniform(0.93, 1.07), chance)))
        at += chance.uniform(0.22, 0.55)
    return far(laid(*parts), 1500)


def _bark(hertz: float, chance: Chance) -> Sound:
    at = times(count(0.15))
    phase = np.cumsum(hertz * (1 + 0.5 * np.exp(-at / 0.03) - 0.8 * at)) / SAMPLE_RATE
    throat = band(2 * (phase % 1) - 1 + 0.5 * chance.standard_normal(len(at)), 450, 1500)
    return faded(throat * np.minimum(at / 0.008, 1) * np.exp(-at / 0.06))


def owl(chance: Chance) -> Sound:
    """Return an owl's call: one long hoot and three short ones."""
    pitch, parts, at = chance.uniform(360, 440), [], 0.0
    for seconds in (0.5, 0.16, 0.16, 0.4):
        parts.append((at, 1.0, _whistle(seconds, pitch, pitch * 0.95)))
        at += seconds + chance.uniform(0.12, 0.25)
    return far(laid(*parts), 1200)


def bird(chance: Chance) -> Sound:
    """Return a bird's short song: three to seven notes."""
    at, parts, home = 0.0, [], chance.uniform(2500, 4000)
    for _ in range(chance.integers(3, 8)):
        start = home * chance.uniform(0.85, 1.2)
        length = chance.uniform(0.05, 0.14)
        parts.append((at, chance.uniform(0.5, 1), _whistle(length, start, start * chance.uniform(0.8, 1.25))))
        at += length + chance.uniform(0.02, 0.12)
    return laid(*parts)


def gull(chance: Chance) -> Sound:
    """Return two to four falling cries."""
    at, parts = 0.0, []
    for _ in range(chance.integers(2, 5)):
        tone = _whistle(0.32, chance.uniform(1500, 1900), chance.uniform(950, 1150))
        parts.append((at, chance.uniform(0.5, 1.0), np.tanh(3 * tone)))
        at += chance.uniform(0.36, 0.6)
    return far(laid(*parts), 3200)


def pigeon(chance: Chance) -> Sound:
    """Return a pigeon's coo in three parts."""
    pitch = chance.uniform(300, 360)
    coo = laid((0, 0.6, _whistle(0.2, pitch, pitch * 1.1)), (0.26, 1.0, _whistle(0.5, pitch * 1.15, pitch)))
    at = times(len(coo))
    return np.asarray(coo * (1 + 0.6 * np.sin(2 * np.pi * 21 * at)))


def cricket(chance: Chance) -> Sound:
    """Return one chirp of three or four pulses."""
    at = times(count(0.17))
    pulses = np.maximum(np.sin(2 * np.pi * chance.uniform(22, 27) * at), 0)
    return faded(np.sin(2 * np.pi * chance.uniform(3900, 4800) * at) * pulses * np.sin(np.pi * at / at[-1]))


def _whistle(seconds: float, start: float, end: float) -> Sound:
    at = np.linspace(0, 1, count(seconds))
    phase = 2 * np.pi * np.cumsum(start + (end - start) * at) / SAMPLE_RATE
    return faded((np.sin(phase) + 0.15 * np.sin(2 * phase)) * np.sin(np.pi * at) ** 0.6)


# ---- streets and roads -----------------------------------------------------------------------------------------------


def car(chance: Chance) -> Sound:
    """Return a car that goes by two streets away."""
    seconds = chance.uniform(3.0, 5.5)
    at = np.linspace(-1, 1, count(seconds))
    return np.asarray(shaped(len(at), 180, chance.uniform(1400, 2600), 4, chance) * np.cos(np.pi * at / 2) ** 3)


def lorry(chance: Chance) -> Sound:
    """Return a lorry that goes right by: rumble first, then tyres, its engine falling in pitch as it passes."""
    seconds = chance.uniform(4.0, 6.5)
    at = np.linspace(-1, 1, count(seconds))
    swell = np.cos(np.pi * at / 2) ** 4
    pitch = 46 * (1 - 0.07 * np.tanh(6 * at))
    engine = np.tanh(2 * np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE))
    return np.asarray(swell * (shaped(len(at), 60, 2200, 5, chance) + 0.5 * engine))


def car_door(chance: Chance) -> Sound:
    """Return a car's door, shut in the next street."""
    return far(laid((0, 1.0, thump(0.3, 120, 52, 0.06)), (0, 0.5, burst(0.12, 250, 1600, 0.02, chance))), 1400)


def train(chance: Chance) -> Sound:
    """Return a train's horn, very far: long and short, in a chord that is a little out of tune."""
    base, parts, at = chance.uniform(290, 330), [], 0.0
    for seconds in (chance.uniform(1.4, 2.2), chance.uniform(0.7, 1.1)):
        length = times(count(seconds))
        chord = sum(np.sin(2 * np.pi * base * step * length) for step in (1.0, 1.19, 1.498, 1.78))
        shape = np.minimum(1, length / 0.25) * np.minimum(1, (seconds - length) / 0.35)
        parts.append((at, 1.0, chord * shape))
        at += seconds + chance.uniform(0.25, 0.5)
    return far(laid(*parts), 800)


def trolley(chance: Chance) -> Sound:
    """Return a shopping trolley that rolls a few steps and meets another."""
    seconds = chance.uniform(0.8, 1.6)
    return far(laid((0, 0.4, grains(seconds, 40, 900, 4500, chance)), (seconds, 1.0, can(chance))), 2600)


def halyard(chance: Chance) -> Sound:
    """Return a rope that taps a flagpole a few times."""
    at, parts = 0.0, []
    for _ in range(chance.integers(2, 6)):
        parts.append(
            (at, chance.uniform(0.4, 1), rings(0.4, ((1720, 1.0, 0.07), (2630, 0.5, 0.05), (4110, 0.3, 0.02))))
        )
        at += chance.uniform(0.3, 0.9)
    return laid(*parts)


def can(chance: Chance) -> Sound:
    """Return something of thin metal that falls over."""
    shift = chance.uniform(0.85, 1.2)
    partials = (
        (410 * shift, 1.0, 0.16),
        (733 * shift, 0.7, 0.12),
        (1190 * shift, 0.5, 0.08),
        (1900 * shift, 0.3, 0.05),
    )
    ring = rings(0.6, partials)
    return laid((0, 0.7, ring), (0, 0.5, burst(0.08, 500, 4000, 0.015, chance)), (chance.uniform(0.15, 0.3), 0.4, ring))


def bass(chance: Chance) -> Sound:
    """Return music through a wall: only its beat is left, and it goes away again."""
    beat, beats = 60 / chance.uniform(112, 126), int(chance.integers(12, 24))
    shape = np.sin(np.pi * np.linspace(0.08, 0.92, beats))
    hit = low_pass(thump(0.3, 85, 48, 0.09), 160)
    return laid(*((n * beat, float(level) * chance.uniform(0.8, 1), hit) for n, level in enumerate(shape)))


def thunder(chance: Chance) -> Sound:
    """Return thunder a few miles off."""
    seconds = chance.uniform(3.5, 6)
    at = np.linspace(0, 1, count(seconds))
    roll = np.abs(low_pass(chance.standard_normal(len(at)), 3)) * 30
    return np.asarray(shaped(len(at), 28, 140, 6, chance) * (0.3 + np.minimum(roll, 2)) * at**0.3 * (1 - at) ** 1.5)


# ---- water, wind, gardens --------------------------------------------------------------------------------------------


def lap(chance: Chance) -> Sound:
    """Return one small wave against a wall."""
    seconds = chance.uniform(0.5, 1.3)
    at = np.linspace(0, 1, count(seconds))
    wash = shaped(len(at), 200, 3200, 3, chance) * at**0.6 * (1 - at) ** 2
    return laid((0, 1.0, wash), (0.2 * seconds, 0.35, grains(0.3, 8, 500, 2500, chance)))


def buoy(chance: Chance) -> Sound:
    """Return one stroke of a bell out on the water, and the half-hearted one after it."""
    bell = rings(2.2, ((612, 1.0, 0.6), (1233, 0.6, 0.4), (1490, 0.4, 0.3), (2210, 0.2, 0.15)))
    return far(laid((0, 1.0, bell), (chance.uniform(0.7, 1.4), chance.uniform(0.3, 0.6), bell)), 2400)


def rope(chance: Chance) -> Sound:
    """Return a mooring rope that takes the strain."""
    frames = count(chance.uniform(0.5, 1.1))
    rate = 45 + 35 * np.sin(np.linspace(0.3, 2.8, frames))
    slips = np.diff(np.floor(np.cumsum(rate) / SAMPLE_RATE), prepend=0.0)
    return faded(band(slips, 250, 1400) * np.sin(np.pi * np.linspace(0, 1, frames)))


def chimes(chance: Chance) -> Sound:
    """Return a wind chime that is touched: two to five of its pipes."""
    at, parts = 0.0, []
    for _ in range(chance.integers(2, 6)):
        pipe = chance.choice((1175.0, 1319.0, 1568.0, 1760.0, 2093.0))
        parts.append((at, chance.uniform(0.3, 1.0), rings(1.4, ((pipe, 1.0, 0.35), (pipe * 2.76, 0.3, 0.1)))))
        at += chance.uniform(0.08, 0.5)
    return laid(*parts)


def sprinkler(chance: Chance) -> Sound:
    """Return a lawn sprinkler's way across and back."""
    strokes, step = int(chance.integers(9, 16)), chance.uniform(0.19, 0.24)
    stroke = [(n * step, chance.uniform(0.8, 1.0), burst(0.09, 2500, 8000, 0.025, chance)) for n in range(strokes)]
    at = np.linspace(0, 1, count(0.9))
    back = shaped(len(at), 2500, 8000, 1, chance) * np.sin(np.pi * at) * 0.25
    return low_pass(laid(*stroke, (strokes * step, 1.0, back)), 6500)


def drip(chance: Chance) -> Sound:
    """Return one drop into a puddle, and its answer from the wall."""
    at = times(count(0.05))
    hertz = chance.uniform(600, 1100) * (1 + 14 * at)
    drop = faded(np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE) * np.exp(-at / 0.012))
    return laid((0, 1.0, drop), (chance.uniform(0.04, 0.06), 0.3, drop))


# ---- rooms -----------------------------------------------------------------------------------------------------------


def door(chance: Chance) -> Sound:
    """Return a door that falls shut somewhere else in the house."""
    shut = laid((0, 1.0, thump(0.3, 105, 50, 0.07)), (0.05, 0.3, burst(0.04, 400, 1800, 0.008, chance)))
    return far(shut, 700)


def footsteps(chance: Chance) -> Sound:
    """Return somebody's way across the floor above."""
    stride = chance.uniform(0.45, 0.6)
    tread = [thump(0.14, 95, 48, 0.03) for _ in range(int(chance.integers(5, 10)))]
    return low_pass(
        laid(*((n * stride + chance.uniform(0, 0.04), chance.uniform(0.6, 1), t) for n, t in enumerate(tread))), 220
    )


def murmur(chance: Chance) -> Sound:
    """Return somebody talking a room away: no word of it can be made out."""
    at, parts, pitch = 0.0, [], chance.uniform(95, 190)
    for _ in range(chance.integers(5, 14)):
        parts.append((at, chance.uniform(0.4, 1.0), _syllable(pitch * chance.uniform(0.85, 1.2), chance)))
        at += chance.uniform(0.13, 0.32)
    return far(laid(*parts), 850)


def _syllable(hertz: float, chance: Chance) -> Sound:
    at = np.linspace(0, 1, count(chance.uniform(0.1, 0.24)))
    phase = np.cumsum(hertz * (1 - 0.1 * at)) / SAMPLE_RATE
    formant = chance.uniform(350, 750)
    return np.asarray(band(2 * (phase % 1) - 1, formant * 0.7, formant * 1.5) * np.sin(np.pi * at) ** 0.7)


def radio_chatter(chance: Chance) -> Sound:
    """Return a transmission on some other channel, turned down."""
    said = band(murmur(chance), 420, 2200)
    hiss = faded(band(chance.standard_normal(count(0.12)), 500, 2600) * 0.25)
    return laid(
        (0, 0.4, burst(0.01, 600, 2600, 0.002, chance)), (0.06, 1.0, said), (0.06 + len(said) / SAMPLE_RATE, 0.3, hiss)
    )


def telephone(chance: Chance) -> Sound:
    """Return a desk telephone at the far end of the room: one to three rings."""
    ring = times(count(0.7))
    shift = chance.uniform(0.9, 1.1)
    bells = np.sin(2 * np.pi * 1040 * shift * ring) + np.sin(2 * np.pi * 1300 * shift * ring)
    tone = bells * (np.sin(2 * np.pi * 20 * ring) > 0)
    one = low_pass(tone, 1800) * np.hanning(len(ring)) ** 0.2
    return laid(*((n * 1.6, 1.0, one) for n in range(chance.integers(1, 4))))


def keyboard(chance: Chance) -> Sound:
    """Return a few words typed."""
    at, parts = 0.0, []
    for _ in range(chance.integers(6, 22)):
        key = burst(0.03, chance.uniform(900, 1600), 5200, 0.004, chance)
        parts.append((at, chance.uniform(0.4, 1.0), key))
        at += chance.uniform(0.06, 0.22) if chance.random() > 0.1 else 0.45
    return laid(*parts)


def clock(chance: Chance) -> Sound:
    """Return one tick of a clock on the wall."""
    return laid((0, 1.0, burst(0.02, 1800, 5000, 0.002, chance)), (0, 0.4, rings(0.05, ((1240, 1.0, 0.008),))))


def chair(chance: Chance) -> Sound:
    """Return a chair that is sat on next door, or moved."""
    scrape = shaped(count(0.35), 150, 1500, 4, chance) * np.hanning(count(0.35))
    return far(laid((0, 1.0, rope(chance)), (0.2, 0.15, scrape)), 1500)


def lift(chance: Chance) -> Sound:
    """Return a lift that arrives two floors up: its bell and its doors."""
    bell = rings(0.9, ((988, 1.0, 0.22), (1976, 0.3, 0.1)))
    doors = shaped(count(0.9), 80, 700, 5, chance) * np.hanning(count(0.9)) * 0.5
    return far(laid((0, 0.8, bell), (0.5, 1.0, doors)), 1300)


def compressor(chance: Chance) -> Sound:
    """Return a cooler's compressor: it starts with a clunk, runs a while and shudders out."""
    seconds = chance.uniform(5.0, 9.0)
    at = times(count(seconds))
    hum = sum(np.sin(2 * np.pi * 59.2 * n * at) / n for n in (1, 2, 3, 5)) + 0.4 * shaped(len(at), 90, 900, 4, chance)
    shape = np.minimum(1, at / 0.4) * np.minimum(1, (seconds - at) / 0.5)
    clunk = thump(0.2, 140, 60, 0.04)
    return laid((0, 0.35, hum * shape), (0, 1.0, clunk), (seconds - 0.45, 0.7, clunk))


def till(chance: Chance) -> Sound:
    """Return a scanner's beep at the other end of the shop, once or twice."""
    beep = faded(np.sin(2 * np.pi * 1060 * times(count(0.11))), 0.01)
    return far(laid(*((n * chance.uniform(0.7, 1.3), 1.0, beep) for n in range(chance.integers(1, 3)))), 1600)


def crockery(chance: Chance) -> Sound:
    """Return cups and plates put down one on another."""
    at, parts = 0.0, []
    for _ in range(chance.integers(1, 5)):
        pitch = chance.uniform(1700, 2900)
        plate = rings(0.25, ((pitch, 1.0, 0.04), (pitch * 1.58, 0.6, 0.03), (pitch * 2.24, 0.4, 0.015)))
        parts.append((at, chance.uniform(0.4, 1.0), plate))
        at += chance.uniform(0.06, 0.35)
    return laid(*parts)


def steam(chance: Chance) -> Sound:
    """Return a coffee machine that froths a cup of milk."""
    at = np.linspace(0, 1, count(chance.uniform(1.2, 2.4)))
    return np.asarray(shaped(len(at), 1800, 7000, 2, chance) * np.minimum(1, at / 0.08) * (1 - at) ** 0.4)


def tune(chance: Chance) -> Sound:
    """Return a few bars from a small radio behind the counter."""
    beat, at, parts, step = chance.uniform(0.26, 0.36), 0.0, [], 3
    for _ in range(chance.integers(8, 15)):
        step = int(np.clip(step + chance.integers(-2, 3), 0, 7))
        pitch, long = 392 * 2 ** ((0, 2, 4, 7, 9, 12, 14, 16)[step] / 12), beat * chance.choice((1, 1, 2))
        pluck = times(count(long))
        parts.append((at, 1.0, faded(np.tanh(2 * np.sin(2 * np.pi * pitch * pluck)) * np.exp(-pluck / 0.3), 0.02)))
        at += long
    return band(laid(*parts), 380, 1900)


def pan(chance: Chance) -> Sound:
    """Return a pan set down on the stove, or hung up."""
    shift = chance.uniform(0.9, 1.25)
    ring = rings(0.8, ((530 * shift, 1.0, 0.18), (1260 * shift, 0.6, 0.12), (2340 * shift, 0.4, 0.08)))
    return laid((0, 0.8, ring), (0, 0.5, burst(0.05, 800, 5000, 0.008, chance)))


def sizzle(chance: Chance) -> Sound:
    """Return something wet that meets something hot."""
    at = np.linspace(0, 1, count(chance.uniform(1.5, 3.5)))
    spit = grains(len(at) / SAMPLE_RATE, 30, 2500, 9000, chance)[: len(at)]
    return np.asarray(shaped(len(at), 2500, 9500, 1, chance) * np.minimum(1, at / 0.03) * (1 - at) ** 1.2 + 1.5 * spit)


def indicator(chance: Chance) -> Sound:
    """Return the car's indicator: some falls of its relay, one high, one low."""
    falls = [
        (n * 0.36, 1.0 - 0.3 * (n % 2), burst(0.02, 1400 - 300 * (n % 2), 4200, 0.003, chance))
        for n in range(2 * int(chance.integers(3, 7)))
    ]
    return laid(*falls)


def rattle(chance: Chance) -> Sound:
    """Return something loose in the door of a car."""
    return low_pass(grains(chance.uniform(0.3, 0.8), 10, 500, 3000, chance), 2500)


def far(sound: Sound, dull: float) -> Sound:
    """Return a sound from some way off: dull, and once more off a wall."""
    heard = low_pass(np.pad(sound, (0, count(0.25))), dull)
    late = count(0.11)
    heard[late:] += 0.3 * low_pass(heard[:-late], dull * 0.7, order=1)
    return faded(heard, 0.02)
