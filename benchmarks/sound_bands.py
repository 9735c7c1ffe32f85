"""What a channel does to a voice: its band, its squelch tail and its loudness, measured on real lines.

A radio clips, evens out and hisses, so a tone that is sent through it says little by itself. The band is therefore
measured under a voice that works the compander and the clipper as always: a tone thirty decibels under that voice goes
through twice, once as it is and once turned round, with the same chance for static and clicks. Half of the difference
is what became of the tone; voice, static, click and squelch tail cancel.
"""

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.sound_lines import Spoken, spoken_lines
from benchmarks.verdicts import Verdict
from episodes.format import SAMPLE_RATE
from tools.sound import radio
from tools.sound.loudness import amplitude, loudness, rms_db
from tools.sound.wav import Samples

Channel = Callable[[Samples], Samples]
"""Sound in, sound out, equally placed: the first sample of the voice stands at the first sample."""

PASS_HZ = (400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500)
STOP_HZ = (100, 8000)
PASS_DB, STOP_DB = 3.0, 30.0
TONE_SECONDS, SWEEP_SECONDS = 1.0, 4.0
LOUDNESS_LU = 1.0
"""Bars of numbers.md."""

SHORTEST_TAIL, LONGEST_TAIL = 0.06, 0.35
"""Seconds: real squelch tails last 60 to 200 ms; a second click may follow."""
TAIL_OVER_STATIC_DB = 8.0
_PROBE_DB = -30.0


@dataclass(frozen=True)
class Band:
    """Gains of a channel in decibels against the middle of its band."""

    tones: tuple[tuple[int, float], ...]
    """Frequency in hertz and gain of each steady tone."""
    sweep: tuple[float, float, float, float]
    """Lowest and highest gain within 400 to 2500 Hz, gain round 100 Hz and round 8 kHz, of a sweep."""

    @property
    def ripple(self) -> float:
        """Largest distance of any tone or sweep in the band from 0 dB."""
        inside = [abs(gain) for hertz, gain in self.tones if hertz in PASS_HZ]
        return max(*inside, abs(self.sweep[0]), abs(self.sweep[1]))

    @property
    def stop(self) -> float:
        """Least attenuation at 100 Hz and 8 kHz."""
        return -max(*(gain for hertz, gain in self.tones if hertz in STOP_HZ), *self.sweep[2:])


def probed(channel: Channel, voice: Samples, probe: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what a channel makes of a small sound under a voice; both as long as the probe."""
    carrier = np.resize(voice, len(probe)).astype(np.float64)
    plus, minus = (channel((carrier + sign * probe).astype(np.float32)) for sign in (1, -1))
    return (plus[: len(probe)].astype(np.float64) - minus[: len(probe)]) / 2


def band_of(channel: Channel, voice: Samples) -> Band:
    """Return the band of a channel that a voice is speaking through."""
    level = amplitude(rms_db(voice) + _PROBE_DB) * np.sqrt(2)
    time = np.arange(round(TONE_SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    shape = np.hanning(len(time))
    tones = []
    for hertz in (*PASS_HZ, *STOP_HZ):
        tone = level * np.sin(2 * np.pi * hertz * time)
        wave = shape * np.exp(-2j * np.pi * hertz * time)
        tones.append((hertz, abs(np.sum(probed(channel, voice, tone) * wave)) / abs(np.sum(tone * wave))))
    middle = float(np.median([gain for hertz, gain in tones if hertz in PASS_HZ]))
    return Band(
        tones=tuple((hertz, 20 * float(np.log10(max(gain / middle, 1e-6)))) for hertz, gain in tones),
        sweep=_swept(channel, voice, level),
    )


def _swept(channel: Channel, voice: Samples, level: float) -> tuple[float, float, float, float]:
    """Return the gains of a logarithmic sine sweep, each the mean over a sixth of an octave of the cross-spectrum.

    Under a voice the compander would lift the sweep in each pause; it goes under a murmur of the same spectrum and
    loudness that never pauses.
    """
    murmur = _murmur(voice, round(SWEEP_SECONDS * SAMPLE_RATE))
    low, high = 60.0, 12_000.0
    time = np.arange(round(SWEEP_SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    ratio = np.log(high / low)
    sweep = level * np.sin(2 * np.pi * low * SWEEP_SECONDS / ratio * (np.exp(time / SWEEP_SECONDS * ratio) - 1))
    sweep *= np.minimum(1, np.minimum(time, SWEEP_SECONDS - time) / 0.05)
    sent, came = np.fft.rfft(sweep), np.fft.rfft(probed(channel, murmur, sweep))
    hertz = np.fft.rfftfreq(len(sweep), 1 / SAMPLE_RATE)

    def gain(middle: float) -> float:
        near = (hertz > middle * 2 ** (-1 / 12)) & (hertz < middle * 2 ** (1 / 12))
        # Delays turn the phase, so the parts of the cross-spectrum are added as powers.
        cross = np.abs(came[near] * np.conj(sent[near])) / np.sum(np.abs(sent[near]) ** 2)
        return float(np.sum(cross))

    inside = np.array([gain(f) for f in 400 * 2 ** (np.arange(33) / 12) if f <= 2500])
    middle = float(np.median(inside))
    low_db, high_db, under, above = (
        20 * float(np.log10(max(g / middle, 1e-6))) for g in (inside.min(), inside.max(), gain(100.0), gain(8000.0))
    )
    return low_db, high_db, under, above


def _murmur(voice: Samples, frames: int) -> Samples:
    spectrum = np.abs(np.fft.rfft(np.resize(voice, frames)))
    turned = spectrum * np.exp(2j * np.pi * np.random.default_rng(1).random(len(spectrum)))
    noise = np.fft.irfft(turned, frames).astype(np.float32)
    return np.asarray(noise * np.float32(amplitude(loudness(voice) - loudness(noise))), np.float32)


def radio_channel(seed: int) -> Channel:
    """Return the radio's whole chain with one seed, its head and tail cut off."""

    def sent(samples: Samples) -> Samples:
        transmission = radio.transmit(samples, seed)
        return transmission.samples[transmission.lead : transmission.lead + len(samples)]

    return sent


def others() -> dict[str, Channel]:
    """Return the other channels that there are, by name: the telephone, and the loudspeaker of a car."""
    found: dict[str, Channel] = {"phone": radio.telephone}
    if importlib.util.find_spec("tools.sound.loudspeaker") is not None:
        found["PA"] = _announced
    return found


def _announced(samples: Samples) -> Samples:
    """Return a voice as the car's loudspeaker gives it, both sides together, its key cut off."""
    said = importlib.import_module("tools.sound.loudspeaker").announce(samples, 1)
    heard: Samples = said.samples.reshape(len(said.samples), -1).mean(axis=1)
    return heard[said.lead : said.lead + len(samples)]


def tail_of(sent: radio.Transmission, voice: Samples) -> tuple[float, float]:
    """Return length of the squelch tail in seconds, and its level over the static under the line in decibels."""
    after = sent.samples[sent.lead + len(voice) :]
    steps = np.abs(after[: len(after) - len(after) % 48]).reshape(-1, 48).max(axis=1)
    loud = np.flatnonzero(steps > amplitude(-45))
    seconds = 0.0 if not loud.size else (loud[-1] + 1) * 48 / SAMPLE_RATE
    # The quietest 20 ms of the transmission are static alone.
    within = sent.samples[sent.lead : sent.lead + len(voice)]
    windows = within[: len(within) - len(within) % 960].reshape(-1, 960)
    static = min(rms_db(window) for window in windows) if len(windows) else -120.0
    return seconds, rms_db(after[: round(seconds * SAMPLE_RATE)]) - static


def spill(sent: Samples) -> float:
    """Return how far the third octaves round 100 Hz and 8 kHz lie under the loudest one, in decibels.

    Of all that is sent: voice, static and what the clipper adds.
    """
    power = np.abs(np.fft.rfft(sent.astype(np.float64))) ** 2
    hertz = np.fft.rfftfreq(len(sent), 1 / SAMPLE_RATE)

    def third(middle: float) -> float:
        near = (hertz >= middle * 2 ** (-1 / 6)) & (hertz < middle * 2 ** (1 / 6))
        return 10 * float(np.log10(power[near].sum() + 1e-12))

    return max(third(f) for f in (400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500)) - max(third(100), third(8000))


def verdicts(lines: int = 28, seeds: int = 2) -> list[Verdict]:
    """Measure the radio on so many lines with so many seeds each, and tell the same of phone and PA."""
    spoken = spoken_lines(lines)
    long = max(spoken, key=lambda line: len(line.samples)).samples
    bands = [band_of(radio_channel(seed), long) for seed in range(seeds)]
    sent = [(line, radio.transmit(line.samples, seed)) for line in spoken for seed in range(seeds)]
    tails = [tail_of(transmission, line.samples) for line, transmission in sent]
    kept = [SHORTEST_TAIL <= seconds <= LONGEST_TAIL and over >= TAIL_OVER_STATIC_DB for seconds, over in tails]
    for name, channel in others().items():
        _tell(name, band_of(channel, long), spoken, channel)
    _print_tones("radio", bands[0])
    lengths = [seconds for seconds, _ in tails]
    print(f"  squelch tails: {min(lengths):.2f} to {max(lengths):.2f} s in {len(sent)} transmissions")
    return [
        Verdict("radio: largest ripple from 400 to 2500 Hz, dB", max(band.ripple for band in bands), PASS_DB),
        Verdict("radio: least attenuation at 100 Hz and 8 kHz, dB", min(b.stop for b in bands), STOP_DB, most=False),
        Verdict(
            "radio: least distance of 100 Hz and 8 kHz in a sent line, dB",
            min(spill(transmission.samples) for _, transmission in sent), STOP_DB, most=False,
        ),
        Verdict("radio: transmissions without a squelch tail", kept.count(False), 0),
        Verdict(
            "radio: largest difference of loudness to the dry line, LU",
            max(abs(loudness(t.samples) - loudness(line.samples)) for line, t in sent), LOUDNESS_LU,
        ),
    ]  # fmt: skip


def _tell(name: str, band: Band, spoken: tuple[Spoken, ...], channel: Channel) -> None:
    """Print the same figures of a channel that has no bar."""
    away = max(abs(loudness(channel(line.samples)) - loudness(line.samples)) for line in spoken)
    print(
        f"  {name}: ripple {band.ripple:.1f} dB, {band.stop:.0f} dB down at 100 Hz or 8 kHz,"
        f" loudness within {away:.2f} LU"
    )
    _print_tones(name, band)


def _print_tones(name: str, band: Band) -> None:
    print(f"  {name} at Hz: " + ", ".join(f"{hertz} {gain:+.1f}" for hertz, gain in sorted(band.tones)))
