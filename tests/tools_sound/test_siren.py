"""A siren goes by as sirens do: the pitch glides down as it passes, and it does not loop."""

from fractions import Fraction as F

import numpy as np
import pytest
from scipy import signal

from episodes.requests import PlacedEvent, Sounding, SoundRequest
from episodes.shots import SirenPass
from tests.tools_sound.happened import effects
from tools.sound.loudness import rms_db
from tools.sound.siren import Pattern, siren

RATE = 48_000
PATTERNS: tuple[Pattern, ...] = ("wail", "yelp", "two_tone")


def tracked(sound: np.ndarray, low: float = 400, high: float = 1900) -> tuple[np.ndarray, np.ndarray]:
    """Return times and the strongest frequency in a band of a spectrogram."""
    hertz, at, power = signal.spectrogram(sound.mean(axis=1), RATE, nperseg=4096, noverlap=3072)
    kept = (hertz > low) & (hertz < high)
    return at, hertz[kept][power[kept].argmax(axis=0)]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_siren_comes_is_nearest_once_and_is_gone(pattern: Pattern) -> None:
    sound = siren(12 * RATE, 6.0, 3.0, 0.2, pattern)
    level = np.sqrt(np.convolve((sound**2).sum(axis=1), np.ones(4800) / 4800, "same"))
    assert abs(level.argmax() / RATE - 6) < 0.15
    assert np.abs(sound).max() < 0.6
    assert np.abs(sound[: round(1.4 * RATE)]).max() == 0
    assert np.abs(sound[round(10.6 * RATE) :]).max() == 0
    # Nowhere does it come back.
    seconds = [rms_db(sound[n : n + RATE]) for n in range(6 * RATE, 10 * RATE, RATE)]
    assert max(seconds[1:]) < seconds[0] - 5
    assert seconds[-1] < seconds[0] - 15


def test_the_pitch_of_two_tones_falls_by_the_doppler_ratio() -> None:
    sound = siren(14 * RATE, 7.0, 3.0, 0.0, "two_tone")
    at, hertz = tracked(sound)
    before, after = hertz[(at > 3.2) & (at < 5.6)], hertz[(at > 8.4) & (at < 10.8)]
    ratio = np.median(before[before > 860]) / np.median(after[after > 800])
    # 22 m/s towards and away at a distance: (1 + v/c) / (1 - v/c) is 1.137 at most.
    assert 1.08 < ratio < 1.15


def test_the_glide_is_in_the_pass_itself() -> None:
    sound = siren(14 * RATE, 7.0, 3.0, 0.3, "two_tone")
    at, hertz = tracked(sound)
    upper = np.where(hertz > 830, hertz / 960, hertz / 770)
    early, late = upper[(at > 4.5) & (at < 5.5)], upper[(at > 8.5) & (at < 9.5)]
    middle = upper[(at > 6.7) & (at < 7.3)]
    assert np.median(early) > np.median(middle) > np.median(late)


def test_a_yelping_siren_yelps_only_as_it_passes() -> None:
    sound = siren(12 * RATE, 6.0, 3.0, 0.2, "yelp")
    at, hertz = tracked(sound)
    jumps = np.abs(np.diff(hertz)) > 250
    near = jumps[(at[1:] > 5.2) & (at[1:] < 6.8)].sum()
    far = jumps[((at[1:] > 3) & (at[1:] < 5)) | ((at[1:] > 7) & (at[1:] < 9))].sum()
    assert near >= 2
    assert far == 0


def test_motor_and_tyres_are_heard_when_it_is_near() -> None:
    sound = siren(12 * RATE, 6.0, 3.0, 0.2, "wail").mean(axis=1)

    def rush(middle: float) -> float:
        piece = sound[round((middle - 0.25) * RATE) : round((middle + 0.25) * RATE)]
        power, hertz = np.abs(np.fft.rfft(piece)) ** 2, np.fft.rfftfreq(len(piece), 1 / RATE)
        return float(power[(hertz > 60) & (hertz < 500)].sum())

    assert rush(6.0) > 100 * rush(3.5)


def test_each_agency_has_its_own_siren() -> None:
    def passed(agency: str) -> np.ndarray:
        event = PlacedEvent(event=SirenPass(at=F(4), seconds=F(2)), who=Sounding(name=agency))
        return effects(SoundRequest(scene="S01", seconds=F(8), events=(event,), seed=5), {})

    names = ("Larkspur Police", "Dunmore Sheriff", "Pine Falls Police", "Tern Harbor Police", "Ashby Police")
    assert np.array_equal(passed(names[0]), passed(names[0]))
    assert len({passed(name).tobytes() for name in names}) > 1
