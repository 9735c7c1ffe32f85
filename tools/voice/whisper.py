"""Turns a voiced line into a whisper of the same mouth: its formants stay, its tone becomes breath."""

import numpy as np
from scipy import signal

from tools.sound.wav import Samples

_WINDOW_SECONDS = 0.023
_LIFTER_SECONDS = 0.002
"""Quefrencies below this are the mouth, above it the glottis (500 Hz is the highest pitch that is told apart)."""
_BREATH_HZ = 500.0
"""Below it a whisper has little: there is no tone to carry it."""


def whispered(samples: Samples, rate: int, seed: int = 1) -> Samples:
    """Return mono sound of the same length with the spectral envelope of `samples` and noise in place of its tone."""
    size = 1 << round(np.log2(_WINDOW_SECONDS * rate))
    _, _, spoken = signal.stft(samples.astype(np.float64), rate, nperseg=size, noverlap=size * 3 // 4)
    noise = np.random.default_rng(seed).standard_normal(len(samples))
    _, _, breath = signal.stft(noise, rate, nperseg=size, noverlap=size * 3 // 4)
    cepstrum = np.fft.irfft(np.log(np.abs(spoken) + 1e-7), axis=0)
    keep = round(_LIFTER_SECONDS * rate)
    cepstrum[keep:-keep] = 0.0
    envelope = np.exp(np.fft.rfft(cepstrum, axis=0).real)
    _, sound = signal.istft(breath * envelope, rate, nperseg=size, noverlap=size * 3 // 4)
    thinner = signal.butter(1, _BREATH_HZ, "highpass", fs=rate, output="sos")
    return np.asarray(signal.sosfilt(thinner, sound[: len(samples)]), dtype=np.float32)
