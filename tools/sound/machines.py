"""Machines that a thing may be: what rings, ticks, beeps, turns and drives. Made as in noises.py."""

import numpy as np

from episodes.format import SAMPLE_RATE
from tools.sound.instruments import Noise
from tools.sound.materials import ebbing, shaken, strike
from tools.sound.noise import Chance, Sound, band, burst, count, faded, laid, low_pass, rings, shaped, times
from tools.sound.throats import Syllable, call

# ---- ringing and ticking ---------------------------------------------------------------------------------------------


def _telephone(seconds: float, pitch: float, chance: Chance) -> Sound:
    """Two gongs and a clapper that beats them twenty times a second."""
    bursts = 2 if seconds > 1.2 else 1
    gongs = [rings(0.5, ((h * pitch, 0.6, 0.16), (h * 2.02 * pitch, 0.25, 0.08))) for h in (1260, 1510)]
    blows = [(b * 1.1 + n / 24, 0.7, gongs[n % 2]) for b in range(bursts) for n in range(17)]
    return laid(*blows)


def _alarm_bell(seconds: float, pitch: float, chance: Chance) -> Sound:
    gong = rings(0.3, ((1900 * pitch, 0.6, 0.09), (3310 * pitch, 0.4, 0.06)))
    return laid(*((n / 19, float(chance.uniform(0.6, 0.8)), gong) for n in range(round(min(seconds, 1.2) * 19))))


def _bicycle_bell(seconds: float, pitch: float, chance: Chance) -> Sound:
    cup = rings(0.7, ((2090 * pitch, 0.7, 0.25), (4480 * pitch, 0.4, 0.12)))
    return laid(*((at, 0.7, cup) for at in (0, 0.09, 0.34, 0.43)))


def _tick(seconds: float, pitch: float, chance: Chance) -> Sound:
    def beat(high: float) -> Sound:
        return laid(
            (0, 0.8, burst(0.02, 1800 * high, 6500, 0.003, chance)), (0, 0.4, rings(0.05, ((900 * high, 1, 0.01),)))
        )

    return laid(*((n * 0.42, 0.9, beat(pitch * (1.0 if n % 2 else 1.2))) for n in range(max(round(seconds / 0.42), 2))))


def _cuckoo(seconds: float, pitch: float, chance: Chance) -> Sound:
    pipe = {"src": "tone", "breath": 0.12, "att": 0.015, "rel": 0.08}
    two = (Syllable.model_validate({"s": 0.2, "hz": (665,), "gap": 0.1, **pipe}),
           Syllable.model_validate({"s": 0.34, "hz": (528,), "gap": 0.25, **pipe}))  # fmt: skip
    return call(two * (2 if seconds > 1.2 else 1), chance, pitch)


def _beep(seconds: float, pitch: float, chance: Chance) -> Sound:
    def tone(hertz: float, long: float) -> Sound:
        at = times(count(long))
        wave = np.sin(2 * np.pi * hertz * at) + 0.2 * np.sin(6 * np.pi * hertz * at)
        return faded(wave * np.minimum(1, at / 0.003), 0.006)

    base = 880 * pitch
    return laid((0, 0.6, tone(base, 0.08)), (0.12, 0.6, tone(base * 1.5, 0.08)), (0.24, 0.6, tone(base * 1.26, 0.18)))


def _alarm(seconds: float, pitch: float, chance: Chance) -> Sound:
    at = times(count(min(seconds, 1.5)))
    gate = np.where(np.sin(2 * np.pi * 4 * at + 0.01) > 0, 1.0, 0.0)
    return faded(low_pass(gate, 300, 1) * np.sin(2 * np.pi * 3100 * pitch**0.3 * at))


def _click(seconds: float, pitch: float, chance: Chance) -> Sound:
    snap = laid((0, 0.9, burst(0.015, 2000, 7500, 0.002, chance)), (0, 0.5, rings(0.03, ((3100 * pitch, 1.0, 0.004),))))
    return laid((0, 1.0, snap), (0.3, 0.8, snap))


def jingle(seconds: float, pitch: float, chance: Chance) -> Sound:
    """Return coins or keys that fall against each other."""
    hits = [(0.0, 0.9)] + [(float(chance.uniform(0.02, min(seconds, 1.0))), float(chance.uniform(0.3, 0.8)))
                           for _ in range(round(14 * min(seconds, 1.0)))]  # fmt: skip
    pieces = [faded(strike("coins", 0.4 / pitch, chance)[: count(0.25)], 0.05) for _ in range(5)]
    return laid(*((at, gain, pieces[n % 5]) for n, (at, gain) in enumerate(hits)))


def _register(seconds: float, pitch: float, chance: Chance) -> Sound:
    """Keys, the bell, and the drawer that springs out."""
    keys = [(0.09 * n, 0.4, strike("plastic", 0.1, chance)) for n in range(3)]
    bell = rings(0.9, ((2350 * pitch, 0.7, 0.3), (4810 * pitch, 0.35, 0.15)))
    drawer = laid((0, 0.5, burst(0.16, 300, 3000, 0.06, chance)), (0.13, 0.8, strike("machine", 0.5, chance)))
    return laid(*keys, (0.32, 0.8, bell), (0.36, 0.6, drawer), (0.52, 0.35, jingle(0.4, 1.0, chance)))


def _slot(seconds: float, pitch: float, chance: Chance) -> Sound:
    notes = [(0.08 * n, 0.4, rings(0.3, ((784 * 2 ** (s / 12) * pitch, 0.8, 0.08),)))
             for n, s in enumerate((0, 4, 7, 12, 7, 12))]  # fmt: skip
    return laid(*notes, (0.5, 0.6, jingle(1.0, 1.0, chance)))


# ---- machines --------------------------------------------------------------------------------------------------------


def _engine(seconds: float, pitch: float, chance: Chance) -> Sound:
    """A motor that is revved once: firing pulses whose rate rises and falls, over the rumble of the body."""
    at = times(count(max(seconds, 0.8)))
    along = at / at[-1]
    rate = pitch * (34 + 52 * np.sin(np.pi * np.minimum(along * 1.25, 1)) ** 1.5)
    phase = np.cumsum(rate) / SAMPLE_RATE
    fire = np.maximum(np.sin(2 * np.pi * phase), 0) ** 4 + 0.5 * np.maximum(np.sin(4 * np.pi * phase + 0.7), 0) ** 4
    pipe = low_pass(band(fire * (1 + 0.25 * chance.standard_normal(len(at))), 45, 900), 1400)
    return ebbing(pipe / max(float(np.abs(pipe).max()), 1e-9) + 0.05 * shaped(len(at), 200, 3000, 4, chance))


def _horn(seconds: float, pitch: float, chance: Chance) -> Sound:
    """Two discs a third apart, as every car has."""
    blast = Syllable(s=min(seconds, 0.7) / 2, v=((900, 1900, 3100),), q=2, att=0.01, gap=0.12, times=2)
    both = [call((blast.model_copy(update={"hz": (hertz,)}),), chance, pitch) for hertz in (415.0, 494.0)]
    return laid((0, 0.6, both[0]), (0, 0.6, both[1]))


def _siren(seconds: float, pitch: float, chance: Chance) -> Sound:
    at = times(count(max(seconds, 1.2)))
    hertz = pitch**0.3 * (700 + 650 * (0.5 - 0.5 * np.cos(2 * np.pi * at / 1.1)))
    return faded(np.tanh(1.6 * np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE)) * np.minimum(1, at / 0.01), 0.15)


def _whirr(seconds: float, pitch: float, chance: Chance) -> Sound:
    at = times(count(max(seconds, 0.6)))
    hertz = 190 * pitch * (1 - 0.75 * np.exp(-at / 0.12)) * (1 + 0.01 * np.sin(2 * np.pi * 5 * at))
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE
    motor = np.sin(phase) + 0.5 * np.sin(2 * phase) + 0.4 * np.sin(5 * phase) + 0.2 * np.sin(11 * phase)
    return ebbing(0.6 * motor + 0.35 * shaped(len(at), 300, 5000, 3, chance))


def _blender(seconds: float, pitch: float, chance: Chance) -> Sound:
    return laid((0, 0.8, _whirr(seconds, pitch * 1.8, chance)), (0.05, 0.4, shaken("liquid", 0.3, seconds, chance)))


def _saw(seconds: float, pitch: float, chance: Chance) -> Sound:
    teeth = Syllable(s=max(seconds, 0.7), hz=(70, 128, 135, 120, 96), v=((500, 1400, 3200),), q=2, breath=0.3,
                     rough=(0.4, 31), att=0.02, rel=0.15)  # fmt: skip
    return call((teeth,), chance, pitch)


def _rotor(seconds: float, pitch: float, chance: Chance) -> Sound:
    at = times(count(max(seconds, 0.8)))
    blades = np.maximum(np.cos(2 * np.pi * 13 * pitch**0.5 * at), 0) ** 6
    return ebbing(shaped(len(at), 50, 700, 4, chance) * (0.15 + blades) + 0.15 * shaped(len(at), 400, 3500, 3, chance))


def _printer(seconds: float, pitch: float, chance: Chance) -> Sound:
    passes = [
        (0.34 * n, 0.7, band(_whirr(0.26, pitch * 2.2, chance), 300, 6000))
        for n in range(max(round(seconds / 0.34), 2))
    ]
    return laid((0, 0.6, strike("plastic", 0.2, chance)), *passes)


def _vend(seconds: float, pitch: float, chance: Chance) -> Sound:
    coin = strike("coins", 0.2, chance)
    return laid((0, 0.5, coin), (0.16, 0.4, _whirr(0.6, pitch, chance)), (0.8, 0.9, strike("machine", 0.6, chance)))


def _toaster(seconds: float, pitch: float, chance: Chance) -> Sound:
    return laid(
        (0, 0.9, strike("tin", 0.3, chance)), (0, 0.5, rings(0.4, ((210 * pitch, 0.8, 0.1), (640 * pitch, 0.4, 0.07))))
    )


def _zap(seconds: float, pitch: float, chance: Chance) -> Sound:
    at = times(count(min(max(seconds, 0.5), 1.2)))
    hertz = pitch * (420 + 260 * np.sin(2 * np.pi * 6.5 * at)) * (1 + at)
    return ebbing(
        np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE) + 0.3 * np.sin(4 * np.pi * np.cumsum(hertz) / SAMPLE_RATE)
    )


def _shutter(seconds: float, pitch: float, chance: Chance) -> Sound:
    snap = burst(0.03, 1500, 7000, 0.004, chance)
    return laid((0, 0.9, snap), (0.07, 0.6, snap), (0.12, 0.3, _whirr(0.35, 2.2, chance)))


def _stapler(seconds: float, pitch: float, chance: Chance) -> Sound:
    bite = laid((0, 0.6, strike("steel", 0.15, chance)[: count(0.1)]), (0.03, 0.9, strike("plastic", 0.2, chance)))
    return laid((0, 1.0, bite), (0.32, 0.9, bite))


MACHINES: dict[str, Noise] = {
    "telephone": _telephone, "alarm_bell": _alarm_bell, "bicycle_bell": _bicycle_bell, "tick": _tick,
    "cuckoo": _cuckoo, "beep": _beep, "alarm": _alarm, "click": _click, "jingle": jingle, "register": _register,
    "slot": _slot, "engine": _engine, "horn": _horn, "siren": _siren, "whirr": _whirr, "blender": _blender,
    "saw": _saw, "rotor": _rotor, "printer": _printer, "vend": _vend, "toaster": _toaster, "zap": _zap,
    "shutter": _shutter, "stapler": _stapler,
}  # fmt: skip
"""By the names that stand in bodies.yaml."""
