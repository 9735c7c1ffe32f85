"""Endless sound: the same however it is read, as loud as it says."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tools.sound import life, wav
from tools.sound.beds import Kind, bed, gusts
from tools.sound.loudness import limit, rms_db
from tools.sound.noise import Chance, Sound
from tools.sound.stems import Stem
from tools.sound.streams import Hiss, Stream, Swelling, Tone

RATE = 48_000


def steady(at: Sound) -> Sound:
    return np.full(len(at), 0.4)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Hiss(60, 3000, 4, np.random.default_rng(1)),
        lambda: Swelling(Hiss(60, 3000, 4, np.random.default_rng(1)), 3, 0.5, np.random.default_rng(2)),
        lambda: Tone(59.7, (1.0, 0.5), np.random.default_rng(3)),
        lambda: bed(Kind("alley", False, "rain", "night"), 3, steady),
        lambda: bed(Kind("car", True, "clear", "day"), 3, steady),
        lambda: gusts((0.5, 0.8, 1.1), 3),
    ],
)  # fmt: skip
def test_a_stream_gives_the_same_samples_in_any_blocks(make: Callable[[], Stream]) -> None:
    whole = make().read(120_000)
    parts = make()
    read = np.concatenate([parts.read(frames) for frames in (1, 47, 12_345, 40_000, 67_607)])
    assert whole.shape == (120_000, 2)
    assert np.allclose(whole, read, atol=1e-5)


def test_noise_has_its_loudness_from_the_first_sample_to_the_last() -> None:
    sound = Hiss(80, 4000, 3, np.random.default_rng(5)).read(20 * RATE)
    levels = [rms_db(sound[n : n + RATE]) for n in range(0, len(sound), RATE)]
    assert all(abs(level) < 1.5 for level in levels)


LIFE = [
    make for name, make in vars(life).items() if callable(make) and getattr(make, "__module__", "") == life.__name__
    and not name.startswith("_") and name != "far"
]  # fmt: skip


@pytest.mark.parametrize("make", LIFE, ids=lambda make: make.__name__)
def test_every_small_sound_is_short_starts_and_ends_softly_and_is_never_the_same(
    make: Callable[[Chance], Sound],
) -> None:
    made = [make(np.random.default_rng(seed)) for seed in range(6)]
    for sound in made:
        assert sound.ndim == 1
        assert len(sound) <= 16 * RATE
        peak = np.abs(sound).max()
        assert np.isfinite(peak)
        assert peak > 0
        assert np.abs(sound[-8:]).max() < 0.05 * peak
    assert len({sound.tobytes() for sound in made}) == 6


def test_a_stem_is_the_same_in_any_blocks_and_never_over_its_ceiling(tmp_path: Path) -> None:
    chance = np.random.default_rng(2)
    sound = (0.5 * chance.standard_normal((50_000, 2)) * np.linspace(0.1, 1, 50_000)[:, None]).astype(np.float32)
    for name, size in (("one", 50_000), ("many", 3_001)):
        with Stem(tmp_path / f"{name}.wav") as stem:
            for start in range(0, len(sound), size):
                stem.add(sound[start : start + size])
    one, many = (wav.read(tmp_path / f"{name}.wav")[0] for name in ("one", "many"))
    assert np.array_equal(one, many)
    assert np.abs(one - limit(sound, -1.5)).max() <= 1 / 32_768
    assert np.abs(one).max() <= 10 ** (-1.5 / 20) + 1e-4
