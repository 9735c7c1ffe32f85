import numpy as np
import pytest
from scipy import signal

from episodes.results import SpokenLine, TimedPhoneme, TimedWord
from tools.sound.loudness import decibels, loudness, rms_db
from tools.sound.loudspeaker import announce, horned
from tools.sound.radio import late_key, narrowed, telephone, transmit

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


def static_at(distance: float) -> float:
    """Level of a pause between two phrases, in dBFS."""
    clean = np.concatenate([speech_like(1), np.zeros(RATE, np.float32), speech_like(1)])
    sent = transmit(clean, 3, distance)
    return rms_db(sent.samples[sent.lead + RATE + 12_000 : sent.lead + 2 * RATE - 12_000])


def test_static_lies_under_the_pauses_and_grows_with_distance() -> None:
    levels = [static_at(distance) for distance in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert levels == sorted(levels)
    assert -66 < levels[0] < -45
    assert levels[-1] > levels[0] + 9


def test_however_far_a_transmitter_is_it_is_as_loud_and_as_narrow() -> None:
    clean = speech_like(2.5)
    for distance in (0.3, 0.6, 1.0):
        sent = transmit(clean, 8, distance).samples
        assert loudness(sent) == pytest.approx(loudness(clean), abs=1.0)
        power, hertz = np.abs(np.fft.rfft(sent)) ** 2, np.fft.rfftfreq(len(sent), 1 / RATE)
        inside = power[(hertz > 300) & (hertz < 3000)].sum()
        assert 10 * np.log10(power[(hertz < 100) | (hertz > 8000)].sum() / inside) < -30


def test_a_far_signal_breaks_off_for_less_than_a_syllable_and_a_near_one_never_does() -> None:
    tone = (0.2 * np.sin(2 * np.pi * 1000 * np.arange(8 * RATE) / RATE)).astype(np.float32)

    def holes(distance: float) -> list[int]:
        sent = transmit(tone, 4, distance)
        heard = sent.samples[sent.lead : sent.lead + len(tone)]
        kept = np.abs(
            signal.hilbert(signal.sosfilt(signal.butter(2, (950, 1050), "bandpass", fs=RATE, output="sos"), heard))
        )
        low = np.flatnonzero(kept[RATE // 4 : -RATE // 4] < 0.35 * np.median(kept))
        return [len(part) for part in np.split(low, np.flatnonzero(np.diff(low) > 1) + 1) if len(part)]

    assert holes(0.3) == []
    assert 1 <= len(holes(1.0)) <= 24
    assert max(holes(1.0)) < 0.12 * RATE


def spoken_line(*words: str) -> SpokenLine:
    """Return a line of words of 0.3 s, each with a consonant of 0.1 s and a vowel of 0.1 s at its start."""
    timed = tuple(TimedWord(text=word, at=0.3 * n, seconds=0.3) for n, word in enumerate(words))
    sounds = [
        TimedPhoneme(symbol=symbol, at=0.3 * n + at, seconds=0.1)
        for n in range(len(words))
        for symbol, at in (("f", 0.0), ("oU", 0.1), ("r", 0.2))
    ]
    return SpokenLine(seconds="6/5", words=timed, phonemes=tuple(sounds))


def test_about_one_key_in_six_comes_late_and_never_takes_more_than_the_first_syllable() -> None:
    lost = [late_key(spoken_line("four", "adam", "ten", "clear"), seed) for seed in range(600)]
    late = [seconds for seconds in lost if seconds]
    assert 70 <= len(late) <= 130
    assert all(0.05 < seconds < 0.2 for seconds in late)
    assert not any(late_key(spoken_line("four", "adam", "ten"), seed) for seed in range(200))
    dumb = SpokenLine(seconds="1", words=spoken_line("a", "b", "c", "d").words)
    assert not any(late_key(dumb, seed) for seed in range(200))


def test_a_late_key_cuts_the_head_off_and_nothing_else_moves() -> None:
    clean = speech_like(1.5)
    on_time, late = transmit(clean, 6), transmit(clean, 6, late=0.15)
    assert late.lead == on_time.lead - round(0.15 * RATE)
    assert len(late.samples) == len(on_time.samples) - round(0.15 * RATE)
    one = on_time.samples[on_time.lead + RATE // 2 : on_time.lead + RATE]
    two = late.samples[late.lead + RATE // 2 : late.lead + RATE]
    assert np.corrcoef(one, two)[0, 1] > 0.97


def test_a_horn_is_a_narrow_hard_voice_as_loud_as_it_came() -> None:
    clean = speech_like(2)
    horn = horned(clean)
    power, hertz = np.abs(np.fft.rfft(horn)) ** 2, np.fft.rfftfreq(len(horn), 1 / RATE)
    assert 10 * np.log10(power[(hertz < 150) | (hertz > 9000)].sum() / power.sum()) < -30
    # Clipping leaves less between peak and mean than the voice had.
    assert np.abs(horn).max() / np.sqrt(np.mean(horn**2)) < 0.8 * np.abs(clean).max() / np.sqrt(np.mean(clean**2))
    for seed in range(4):
        said = announce(clean, seed)
        middle = said.samples[said.lead : said.lead + len(clean)]
        assert loudness(middle) - 3 == pytest.approx(loudness(clean), abs=1.0)
        assert np.abs(said.samples).max() <= 0.8


def test_a_loudspeaker_howls_now_and_then_before_it_speaks() -> None:
    def howls(seed: int) -> bool:
        said = announce(speech_like(1), seed)
        head = said.samples[: said.lead // 2].mean(axis=1)
        return bool(np.abs(head).max() > 0.02)

    assert 4 <= sum(howls(seed) for seed in range(40)) <= 16


def test_it_never_clips_and_has_no_direct_current() -> None:
    hot = np.clip(3 * speech_like(2), -1, 1)
    sent = transmit(hot, 1).samples
    assert np.abs(sent).max() <= 0.8
    assert abs(sent.mean()) < 1e-3


def test_one_seed_gives_one_transmission() -> None:
    clean = speech_like(1)
    assert np.array_equal(transmit(clean, 4).samples, transmit(clean, 4).samples)
    assert not np.array_equal(transmit(clean, 4).samples[:9000], transmit(clean, 5).samples[:9000])
