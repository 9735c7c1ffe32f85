from pathlib import Path

import numpy as np
import pytest

from episodes.errors import MediaBroken
from tools.sound import wav
from tools.sound.loudness import SILENCE_LUFS, decibels, limit, loudness


@pytest.mark.parametrize("channels", [1, 2])
def test_what_is_written_is_read_back_to_the_nearest_step(tmp_path: Path, channels: int) -> None:
    sound = np.random.default_rng(1).uniform(-1, 1, (1000, channels)).astype(np.float32)
    wav.write(tmp_path / "a.wav", sound, 44_100)
    back, rate = wav.read(tmp_path / "a.wav")
    assert rate == 44_100
    assert back.shape == sound.shape
    assert back.dtype == np.float32
    assert np.abs(back - sound).max() <= 0.501 / 32_768 + 1 / 32_768 * (np.abs(sound).max() > 32_767.5 / 32_768)


def test_writing_what_was_read_changes_no_byte(tmp_path: Path) -> None:
    wav.write(tmp_path / "a.wav", np.random.default_rng(2).uniform(-1.2, 1.2, (999, 2)).astype(np.float32), 48_000)
    wav.write(tmp_path / "b.wav", wav.read(tmp_path / "a.wav")[0], 48_000)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_blocks_make_up_the_whole_file(tmp_path: Path) -> None:
    sound = np.random.default_rng(3).uniform(-1, 1, (1000, 2)).astype(np.float32)
    wav.write(tmp_path / "a.wav", sound, 48_000)
    blocks = list(wav.blocks(tmp_path / "a.wav", 300))
    assert [len(block) for block in blocks] == [300, 300, 300, 100]
    assert np.array_equal(np.concatenate(blocks), wav.read(tmp_path / "a.wav")[0])


def test_a_file_that_is_no_wave_or_missing_or_of_another_rate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.wav").write_bytes(b"RIFFnothing")
    wav.write(tmp_path / "slow.wav", np.zeros((10, 1), np.float32), 22_050)
    with pytest.raises(MediaBroken, match="no wave file"):
        wav.read(tmp_path / "bad.wav")
    with pytest.raises(MediaBroken, match="could not be read"):
        wav.read(tmp_path / "missing.wav")
    with pytest.raises(MediaBroken, match="22050"):
        wav.read_mono(tmp_path / "slow.wav", 48_000)


@pytest.mark.parametrize(("hertz", "channels", "lufs"), [(997, 1, -23.0), (997, 2, -20.0)])
def test_a_tone_measures_as_bs_1770_says(hertz: float, channels: int, lufs: float) -> None:
    """A 997 Hz tone of 0 dBFS in one channel is -3.01 LUFS, so one of -20 dBFS peak is -23.01."""
    tone = 0.1 * np.sin(2 * np.pi * hertz * np.arange(5 * 48_000) / 48_000)
    sound = np.repeat(tone[:, None], channels, axis=1).astype(np.float32)
    assert loudness(sound) == pytest.approx(lufs, abs=0.1)


def test_silence_between_words_does_not_make_speech_softer() -> None:
    tone = (0.1 * np.sin(2 * np.pi * 997 * np.arange(2 * 48_000) / 48_000)).astype(np.float32)
    gapped = np.concatenate([tone, np.zeros(6 * 48_000, np.float32), tone])
    assert loudness(gapped) == pytest.approx(loudness(tone), abs=0.5)
    assert loudness(np.zeros(48_000, np.float32)) == SILENCE_LUFS


def test_a_limiter_keeps_every_peak_under_the_ceiling_and_leaves_the_rest_alone() -> None:
    chance = np.random.default_rng(4)
    sound = (0.1 * chance.normal(size=(48_000, 2))).astype(np.float32)
    sound[24_000:24_010] = 1.5
    held = limit(sound, -3.0)
    assert decibels(float(np.abs(held).max())) <= -2.999
    assert np.array_equal(held[:20_000], sound[:20_000])
    assert np.abs(np.diff(held[23_000:24_000, 0] / sound[23_000:24_000, 0])).max() < 0.02
