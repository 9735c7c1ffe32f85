"""A cue is made as a whole, since its loudness is that of the whole; nothing beside it may be many times as large."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

from episodes.requests import ComposeRequest
from episodes.theme import found_theme
from tools.music.embedded import EmbeddedMusic
from tools.music.level import levelled
from tools.music.playing import _RUMBLE, _without_rumble
from tools.protocols import Call
from tools.sound import loudness

SECONDS = 6
SOUND = (0.1 * np.random.default_rng(1).standard_normal((SECONDS * 48_000, 2))).astype(np.float32)


def peak(of: Callable[[], object]) -> float:
    """Return the most that is held while something is done, in sizes of the sound."""
    tracemalloc.start()
    try:
        of()
        return tracemalloc.get_traced_memory()[1] / SOUND.nbytes
    finally:
        tracemalloc.stop()


def test_weighing_a_long_sound_takes_little_more_than_its_power() -> None:
    loudness.loudness(SOUND[:48_000])
    assert peak(lambda: loudness.loudness(SOUND)) < 2.6


def test_bringing_a_cue_to_its_loudness_takes_a_few_times_its_size() -> None:
    levelled(SOUND[:48_000])
    assert peak(lambda: levelled(3 * SOUND)) < 5


def test_a_cue_is_made_in_a_few_times_its_size(tmp_path: Path) -> None:
    def compose(seconds: int) -> None:
        theme = found_theme("Night Shift")
        request = ComposeRequest(mood="quiet", seconds=seconds, tempo=96, key="D minor", theme=theme, seed=3)
        EmbeddedMusic().compose(request, Call(into=tmp_path))

    compose(SECONDS)  # Strokes that have been played once are kept.
    assert peak(lambda: compose(SECONDS)) < 9


def test_filtering_in_runs_is_the_same_as_filtering_the_whole() -> None:
    whole = np.asarray(signal.sosfilt(_RUMBLE, SOUND, axis=0), np.float32)
    assert np.array_equal(_without_rumble(SOUND.copy()), whole)


@pytest.mark.parametrize("channels", [1, 2])
def test_weighing_in_runs_is_the_same_as_weighing_the_whole(channels: int) -> None:
    sound = SOUND[:, :channels]
    weighted = signal.sosfilt(np.array([loudness.SHELF, loudness.HIGH_PASS]), sound.astype(np.float64), axis=0)
    assert loudness.loudness(sound) == loudness.gated(np.square(weighted).sum(axis=1), 19_200)
