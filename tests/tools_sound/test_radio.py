import numpy as np
import pytest
from scipy import signal

from tools.sound.loudness import decibels, loudness, rms_db
from tools.sound.radio import narrowed, telephone, transmit

RATE = 48_000


def speech_like(seconds: float, seed: int = 1) -> np.ndarray:
    """Return noise with a voice's spectrum, chopped into syllables."""
    chance = np.random.default_rng(seed)
    frames = round(seconds * RATE)
    noise = signal.sosfilt(signal.butter(2, (120, 3500), "bandpass", fs=RATE, output="sos"), chance.normal(size=frames))
    syllables = np.maximum(np.sin(2 * np.pi * 4 * np.arange(frames) / RATE), 0.02)
    return (0.3 * noise / np.abs(noise).max() * syllables).astype(np.float32)


def gain_at(hertz: float) -> float:
    """Gain of the whole chain in decibels for one tone among others, so that no level control can hide it."""
    time = np.arange(RATE) / RATE
    guide, tone = 0.2 * np.sin(2 * np.pi * 1000 * time), 0.02 * np.sin(2 * np.pi * hertz * time)
    out = narrowed((guide + tone).astype(np.float32))[RATE // 4 :]

    def share(f: float) -> float:
        wave = np.exp(-2j * np.pi * f * time[: len(out)])
        return abs(np.mean(out * np.hanning(len(out)) * wave)) * 4

    return float(20 * np.log10((share(hertz) / 0.02) / (share(1000) / 0.2)))


def test_the_sweep_is_flat_from_400_to_2500_hz_and_gone_at_100_and_8000() -> None:
    # The guide tone is squashed by the clipper a little more than a small tone beside it: level is taken at 1.3 kHz.
    middle = gain_at(1300)
    for hertz in (400, 450, 550, 700, 850, 1250, 1600, 2050, 2300, 2500):
        assert abs(gain_at(hertz) - middle) <= 3.0, hertz
    for hertz in (50, 100, 8000, 12000):
        assert gain_at(hertz) - middle <= -30.0, hertz


def test_a_loud_sweep_alone_keeps_the_band_too() -> None:
    def level(hertz: float) -> float:
        """Return the fundamental's level, when speech-like bursts at 1 kHz set the compander's reference."""
        time = np.arange(RATE) / RATE
        both = np.concatenate([0.3 * np.sin(2 * np.pi * 1000 * time), 0.3 * np.sin(2 * np.pi * hertz * time)])
        out = narrowed(both.astype(np.float32))[RATE + RATE // 4 :]
        return decibels(2 * abs(np.mean(out * np.exp(-2j * np.pi * hertz * time[: len(out)]))))

    middle = level(1000)
    assert all(abs(level(hertz) - middle) <= 3.0 for hertz in (400, 630, 1600, 2500))
    assert all(level(hertz) - middle <= -30.0 for hertz in (100, 8000))


def test_nothing_but_a_trace_is_left_outside_the_band_of_a_whole_transmission() -> None:
    sent = transmit(speech_like(2), 5).samples
    power = np.abs(np.fft.rfft(sent)) ** 2
    hertz = np.fft.rfftfreq(len(sent), 1 / RATE)
    inside = power[(hertz > 300) & (hertz < 3000)].sum()
    assert 10 * np.log10(power[hertz < 100].sum() / inside) < -30
    assert 10 * np.log10(power[hertz > 8000].sum() / inside) < -30


@pytest.mark.parametrize("seconds", [0.5, 1.0, 3.0])
def test_a_transmission_is_as_loud_as_the_voice_that_went_in(seconds: float) -> None:
    clean = speech_like(seconds)
    assert loudness(transmit(clean, 2).samples) == pytest.approx(loudness(clean), abs=1.0)
    assert loudness(telephone(clean)) == pytest.approx(loudness(clean), abs=1.0)


def test_a_click_comes_before_the_voice_and_a_squelch_tail_of_60_to_200_ms_after_it() -> None:
    clean = speech_like(1.5)
    for seed in range(12):
        sent = transmit(clean, seed)
        head = sent.samples[: sent.lead]
        tail = sent.samples[sent.lead + len(clean) :]
        assert 0.06 <= len(tail) / RATE <= 0.2
        assert np.abs(head).max() > 0.05
        # The squelch is clearly heard, and never as loud as the voice.
        voice = rms_db(sent.samples[sent.lead : sent.lead + len(clean)])
        assert voice - 12 < rms_db(tail[:-48]) < voice
        assert abs(sent.samples[-1]) < 1e-3


def test_static_lies_under_the_pauses() -> None:
    clean = np.concatenate([speech_like(1), np.zeros(RATE, np.float32), speech_like(1)])
    sent = transmit(clean, 3)
    pause = sent.samples[sent.lead + RATE + 12_000 : sent.lead + 2 * RATE - 12_000]
    assert -60 < rms_db(pause) < -35


def test_it_never_clips_and_has_no_direct_current() -> None:
    hot = np.clip(3 * speech_like(2), -1, 1)
    sent = transmit(hot, 1).samples
    assert np.abs(sent).max() <= 0.8
    assert abs(sent.mean()) < 1e-3


def test_one_seed_gives_one_transmission() -> None:
    clean = speech_like(1)
    assert np.array_equal(transmit(clean, 4).samples, transmit(clean, 4).samples)
    assert not np.array_equal(transmit(clean, 4).samples[:9000], transmit(clean, 5).samples[:9000])
