"""The noise a thing makes of its own accord: a telephone rings, a kettle steams. Mono, peak 1, there at once.

Each maker takes about how many seconds it may go on, how high it is against its usual pitch, and chance.
"""

import numpy as np

from episodes.format import SAMPLE_RATE
from tools.sound.instruments import INSTRUMENTS, Noise
from tools.sound.machines import MACHINES
from tools.sound.materials import bounces, ebbing, rolled, shaken, strike
from tools.sound.noise import (
    Chance,
    Sound,
    band,
    burst,
    cloth,
    count,
    faded,
    grains,
    laid,
    low_pass,
    peaked,
    rings,
    shaped,
    thump,
    times,
)
from tools.sound.throats import Syllable, call


def own_noise(name: str, seconds: float, pitch: float, chance: Chance) -> Sound:
    """Return a noise by its name in bodies.yaml. Raises `KeyError` for one that nothing makes."""
    return peaked(NOISES[name](min(max(seconds, 0.3), 2.5), min(max(pitch, 0.35), 2.2), chance))


# ---- air, water, fire ------------------------------------------------------------------------------------------------


def _wind(seconds: float, pitch: float, chance: Chance) -> Sound:
    frames = count(max(seconds, 0.6))
    swing = np.abs(low_pass(chance.standard_normal(frames + 9600), 5))[9600:]
    return ebbing(shaped(frames, 150 * pitch, 1800, 4, chance) * (0.4 + swing / max(float(swing.max()), 1e-9)))


def _hush(seconds: float, pitch: float, chance: Chance) -> Sound:
    """Nearly nothing: the breath before it."""
    return 0.25 * _wind(seconds, 0.6, chance)


def _steam(seconds: float, pitch: float, chance: Chance) -> Sound:
    hiss = Syllable(s=max(seconds, 0.8), src="noise", v=((2400, 4800, 7500),), q=2, att=0.03, rel=0.3)
    pipe = Syllable(s=max(seconds, 0.8), src="tone", hz=(1500, 2050, 2150), breath=0.3, att=0.25, rel=0.2)
    return laid((0, 0.7, call((hiss,), chance)), (0, 0.4, call((pipe,), chance, pitch)))


def _spray(seconds: float, pitch: float, chance: Chance) -> Sound:
    return ebbing(shaped(count(max(seconds, 0.5)), 900, 9000, 1, chance))


def _burner(seconds: float, pitch: float, chance: Chance) -> Sound:
    return laid(
        (0, 0.9, ebbing(shaped(count(max(seconds, 0.8)), 80, 1600, 4, chance))), (0, 0.3, _crackle(0.5, 1, chance))
    )


def _slosh(seconds: float, pitch: float, chance: Chance) -> Sound:
    waves = max(round(seconds / 0.45), 2)
    return laid(
        *((0.45 * n, float(chance.uniform(0.6, 0.9)), strike("liquid", 0.4 / pitch, chance)) for n in range(waves))
    )


def _glug(seconds: float, pitch: float, chance: Chance) -> Sound:
    def bubble(hertz: float) -> Sound:
        at = times(count(0.11))
        return faded(np.sin(2 * np.pi * np.cumsum(hertz * (1 + 1.5 * at / 0.11)) / SAMPLE_RATE) * np.exp(-at / 0.035))

    return laid(
        *(
            (0.14 * n, 0.8, bubble(pitch * float(chance.uniform(190, 290))))
            for n in range(max(round(seconds / 0.14), 4))
        )
    )


def _pop(seconds: float, pitch: float, chance: Chance) -> Sound:
    return laid((0, 0.9, burst(0.06, 600, 9000, 0.008, chance)), (0, 0.6, thump(0.1, 340 * pitch, 140 * pitch, 0.02)))


def _crackle(seconds: float, pitch: float, chance: Chance) -> Sound:
    frames = count(max(seconds, 0.6))
    snaps = grains(frames / SAMPLE_RATE, round(26 * max(seconds, 0.6)), 1800, 10_000, chance)[:frames]
    return ebbing(snaps + 0.06 * shaped(frames, 80, 900, 4, chance))


def _boom(seconds: float, pitch: float, chance: Chance) -> Sound:
    roll = low_pass(shaped(count(1.6), 30, 400, 6, chance), 260) * np.exp(-times(count(1.6)) / 0.5)
    return faded(
        laid(
            (0, 0.9, thump(0.6, 110 * pitch, 34, 0.16)),
            (0, 0.5, burst(0.3, 100, 2500, 0.06, chance)),
            (0.05, 0.4, roll),
        ),
        0.2,
    )


def _rumble(seconds: float, pitch: float, chance: Chance) -> Sound:
    return rolled("stone", 0.8 / pitch, max(seconds, 0.6), chance)


# ---- things against things -------------------------------------------------------------------------------------------


def _of(material: str, metres: float) -> Noise:
    """Return the noise of something that is shaken or knocked together."""
    return lambda seconds, pitch, chance: shaken(material, metres / pitch, min(seconds, 1.2), chance)


def _clang(seconds: float, pitch: float, chance: Chance) -> Sound:
    return bounces("tin", 0.6 / pitch, chance)


def _clink(seconds: float, pitch: float, chance: Chance) -> Sound:

    def hit() -> Sound:
        return strike("glass", 0.3 / pitch, chance)[: count(0.5)]

    return laid((0, 0.8, hit()), (0.13, 0.6, hit()), (0.3, 0.7, hit()))


def _knock(seconds: float, pitch: float, chance: Chance) -> Sound:
    return laid(*((at, 0.8, strike("wood", 0.6 / pitch, chance)) for at in (0.0, 0.17, 0.34)))


def _thud(seconds: float, pitch: float, chance: Chance) -> Sound:
    return bounces("rubber", 0.3 / pitch, chance)


def _stamp(seconds: float, pitch: float, chance: Chance) -> Sound:
    return laid(
        (0, 0.4, burst(0.05, 400, 2000, 0.02, chance)),
        (0.14, 1.0, strike("wood", 0.5, chance)),
        (0.15, 0.4, thump(0.1, 120, 60, 0.03)),
    )


def _creak(seconds: float, pitch: float, chance: Chance) -> Sound:
    """Wood or leather that sticks and slips: pulses whose rate wanders, through the board they shake."""
    frames = count(min(max(seconds, 0.4), 1.1))
    knots = chance.uniform(38, 120, 6) * pitch
    rate = np.interp(np.linspace(0, 5, frames), np.arange(6), knots)
    slips = np.diff(np.floor(np.cumsum(rate) / SAMPLE_RATE), prepend=-1.0)
    return ebbing(band(slips, 500 * pitch, 2600) + 0.5 * band(slips, 180, 500))


def _ship(seconds: float, pitch: float, chance: Chance) -> Sound:
    return laid(
        (0, 0.6, _creak(1.0, 0.5, chance)),
        (0.1, 0.8, call((Syllable(s=1.1, hz=(104,), v=((300, 700, 1500),), q=2, att=0.08, rel=0.3),), chance, pitch)),
    )


def _squeak(seconds: float, pitch: float, chance: Chance) -> Sound:
    press = Syllable(s=0.13, hz=(900, 1500, 1250), v=((1500, 3000, 4600),), breath=0.2, gap=0.04)
    let_go = Syllable(s=0.16, hz=(1100, 780), v=((1300, 2700),), breath=0.35, g=0.7, gap=0.14)
    return call((press, let_go) * (2 if seconds > 0.7 else 1), chance, pitch)


def _squelch(seconds: float, pitch: float, chance: Chance) -> Sound:
    return call((Syllable(s=0.16, src="slap", hz=(700,), gap=0.12, times=2),), chance, pitch)


def _scrape(seconds: float, pitch: float, chance: Chance) -> Sound:
    frames = count(min(max(seconds, 0.4), 0.9))
    grit = shaped(frames, 900 * pitch, 7000, 2, chance) * (1 + 0.6 * np.sin(2 * np.pi * 31 * times(frames)))
    return laid((0, 0.7, ebbing(grit)), (0, 0.4, strike("steel", 0.9, chance)))


def _flap(seconds: float, pitch: float, chance: Chance) -> Sound:
    beats = max(round(seconds / 0.22), 2)
    return laid(
        *((0.22 * n, float(chance.uniform(0.6, 1.0)), strike("cloth", 0.5 / pitch, chance)) for n in range(beats))
    )


def _rustle(seconds: float, pitch: float, chance: Chance) -> Sound:
    return laid((0, 0.6, cloth(min(seconds, 0.9), chance)), (0, 0.7, grains(min(seconds, 0.9), 22, 1800, 9000, chance)))


def _crack(seconds: float, pitch: float, chance: Chance) -> Sound:
    return laid((0, 0.9, strike("crisp", 0.1, chance)), (0.2, 0.6, _squelch(0.2, 1.4, chance)))


# ---- people, crowds, and what is not there ---------------------------------------------------------------------------

_MOUTHS = ((650, 1080, 2450), (300, 870, 2240), (530, 1840, 2480), (270, 2290, 3010), (570, 840, 2410))
"""First three formants of five vowels in hertz (Peterson and Barney 1952, men)."""


def _mutter(seconds: float, pitch: float, chance: Chance) -> Sound:
    """Somebody who says something, and no word of it."""
    said = []
    for _ in range(max(round(seconds / 0.2), 3)):
        vowels = tuple(_MOUTHS[int(n)] for n in chance.integers(0, len(_MOUTHS), 2))
        hertz = float(chance.uniform(105, 150))
        said.append(
            Syllable(s=float(chance.uniform(0.09, 0.18)), hz=(hertz, hertz * 0.93), v=vowels, q=5, att=0.015, gap=0.035)
        )
    return low_pass(call(tuple(said), chance, pitch), 2600)


def _spoken(*syllables: dict[str, object]) -> Noise:
    made = tuple(Syllable.model_validate(one) for one in syllables)
    return lambda seconds, pitch, chance: call(made, chance, pitch)


def _chorus(seconds: float, pitch: float, chance: Chance) -> Sound:
    long = min(max(seconds, 0.8), 1.6)
    ah = Syllable(s=long, v=((700, 1150, 2500), (570, 840, 2410)), q=5, att=0.08, rel=0.25)
    notes = [ah.model_copy(update={"hz": (hertz * float(chance.uniform(0.99, 1.01)),),
                                   "vib": (0.012, float(chance.uniform(4.8, 6)))})
             for hertz in (196.0, 247.0, 294.0, 392.0, 392.0)]  # fmt: skip
    voices = [call((note,), chance, pitch) for note in notes]
    return laid(*((0.0, 0.4, one) for one in voices))


def _applause(seconds: float, pitch: float, chance: Chance) -> Sound:
    claps = [(0.0 if n == 0 else float(chance.uniform(0, max(seconds, 0.8))), float(chance.uniform(0.2, 0.7)),
              burst(0.03, float(chance.uniform(700, 1200)), 3800, 0.006, chance)) for n in range(60)]  # fmt: skip
    return laid(*claps)


def _shimmer(seconds: float, pitch: float, chance: Chance) -> Sound:
    """What has no sound, when it must have one: a few high bells that no one struck."""
    notes = [(0.0 if n == 0 else float(chance.uniform(0, max(seconds, 0.6))), 0.4,
              rings(0.6, ((float(chance.choice((1568, 1760, 2093, 2349, 2637, 3136))) * pitch, 1.0, 0.16),)))
             for n in range(9)]  # fmt: skip
    return laid(*notes)


def _static(seconds: float, pitch: float, chance: Chance) -> Sound:
    voice = _mutter(seconds, pitch, chance)
    hiss = shaped(max(len(voice), count(0.6)), 500, 6000, 1, chance)
    return ebbing(0.35 * hiss[: len(voice)] + 0.8 * band(voice, 500, 2600))


NOISES: dict[str, Noise] = {
    **INSTRUMENTS,
    **MACHINES,
    "static": _static, "wind": _wind, "hush": _hush, "steam": _steam, "spray": _spray,
    "burner": _burner, "slosh": _slosh, "glug": _glug, "pop": _pop, "crackle": _crackle, "boom": _boom,
    "rumble": _rumble, "clang": _clang, "clink": _clink, "knock": _knock, "thud": _thud, "stamp": _stamp,
    "creak": _creak, "ship": _ship, "squeak": _squeak, "squelch": _squelch, "scrape": _scrape, "flap": _flap,
    "rustle": _rustle, "crack": _crack, "mutter": _mutter, "chorus": _chorus, "applause": _applause,
    "shimmer": _shimmer, "rattle": _of("plastic", 0.3), "clatter": _of("tin", 0.5), "crunch": _of("crisp", 0.3),
    "buzz": _spoken({"s": 1.0, "src": "buzz", "hz": (205, 232, 215, 240, 205), "v": ((420, 1300, 2900),), "q": 3}),
    "laugh": _spoken({"s": 0.11, "hz": (210, 180), "v": ((700, 1200, 2500),), "q": 5, "breath": 0.2, "gap": 0.07,
                      "times": 5}),
    "moan": _spoken({"s": 1.1, "hz": (150, 210, 190, 130), "v": ((300, 870, 2240), (570, 840, 2410)), "q": 5,
                     "vib": (0.03, 5), "breath": 0.25, "rel": 0.4}),
    "growl": _spoken({"s": 0.8, "hz": (70, 92, 66), "v": ((400, 900, 2200),), "rough": (0.7, 33), "breath": 0.4,
                      "rel": 0.2}),
    "cry": _spoken({"s": 0.5, "hz": (430, 540, 400), "v": ((900, 1600, 3200),), "rough": (0.2, 40), "gap": 0.16,
                    "times": 2}),
    "hiccup": _spoken({"s": 0.07, "hz": (260, 520), "v": ((600, 1400),), "att": 0.004, "rel": 0.015}),
}  # fmt: skip
"""By the names that stand in bodies.yaml."""
