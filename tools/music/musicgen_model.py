"""MusicGen, loaded: a request goes in, sound of at least its length comes out."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from episodes.requests import ComposeRequest
from episodes.value import seed_from
from tools.local.device import Device, precision
from tools.local.held import ONE_AT_A_TIME, held, seeded
from tools.local.libraries import loading
from tools.local.memory import working
from tools.music.melody import chroma
from tools.music.prompts import prompt

_MELODY = "musicgen_melody"
_SPARE_SECONDS = 0.1
"""The codebooks begin one after the other, so the last frames of a window are not whole."""


class Musicgen:
    """A loaded model with its tokenizer."""

    def __init__(self, model: Any, tokenizer: Any, device: Device) -> None:
        """Take what transformers loaded."""
        self._model, self._tokenizer, self._device = model, tokenizer, device
        self._melodic = model.config.model_type == _MELODY
        self._channels = int(model.decoder.config.audio_channels)
        self._frames_a_second = float(model.audio_encoder.config.frame_rate)
        self.rate = int(model.audio_encoder.config.sampling_rate)

    def play(self, request: ComposeRequest, window: float, overlap: float, guidance: float) -> NDArray[np.float32]:
        """Return `[frames, channels]` of at least the cue's length with its tail.

        Raises `BackendDown` when the GPU is full, `RequestRejected` for a key that is none, else `MediaBroken`.
        """
        import torch

        seconds = float(request.seconds + request.tail) + _SPARE_SECONDS
        given = self._tokenizer([prompt(request)], return_tensors="pt", padding=True)
        asked = {name: given[name].to(self._device.name) for name in ("input_ids", "attention_mask")}
        if self._melodic:
            tune = torch.from_numpy(chroma(request, window))[None]
            asked["input_features"] = tune.to(self._device.name, self._model.dtype)
        sound = np.zeros((0, self._channels), np.float32)
        with ONE_AT_A_TIME, torch.inference_mode(), working("MusicGen"):
            seeded(seed_from("musicgen", request.seed))
            while len(sound) < seconds * self.rate:
                kept = min(round(overlap * self.rate), len(sound))
                length = min(window, kept / self.rate + seconds - len(sound) / self.rate)
                made = self._window(asked, sound[len(sound) - kept :], length, guidance)
                sound = np.concatenate((sound[: len(sound) - kept], made)) if len(made) > kept else made
        return sound

    def _window(self, asked: dict[str, Any], before: NDArray[np.float32], seconds: float, guidance: float) -> Any:
        """Return a window that begins with `before`, both `[frames, channels]`."""
        import torch

        more = {}
        known = 0
        if len(before):
            codes = self._codes(before)
            known, more["decoder_input_ids"] = codes.shape[-1], codes
        # One step for each frame, and one for each codebook that begins later.
        steps = math.ceil(seconds * self._frames_a_second) - known + self._model.decoder.num_codebooks
        made = self._model.generate(
            **asked, **more, do_sample=True, guidance_scale=guidance, max_new_tokens=max(steps, 1)
        )
        return made[0].to("cpu", torch.float32).numpy().T

    def _codes(self, before: NDArray[np.float32]) -> Any:
        """Return a recording as the decoder's own tokens, `[codebooks, frames]`."""
        import torch

        sound = torch.from_numpy(np.ascontiguousarray(before.T)).to(self._device.name, self._model.dtype)
        sides = [
            self._model.audio_encoder.encode(side[None, None]).audio_codes[0, 0] for side in sound
        ]  # each [codebooks, frames]
        # The codebooks of two sides take turns: left, right, left, right.
        return torch.stack(sides, dim=1).reshape(-1, sides[0].shape[-1])


def load(name: str, device: Device, dtype: str, token: str) -> Musicgen:
    """Return MusicGen's model of this name or folder, loaded once in a process. Raises `BackendUnavailable`."""
    return held(f"musicgen {name} {device.name} {dtype}", lambda: _loaded(name, device, dtype, token))


def _loaded(name: str, device: Device, dtype: str, token: str) -> Musicgen:
    from transformers import (
        AutoConfig,
        AutoTokenizer,
        MusicgenForConditionalGeneration,
        MusicgenMelodyForConditionalGeneration,
    )

    with loading(f"MusicGen's model {name!r}"):
        secret = token or None
        # Not by its processor: that of the melody models wants torchaudio, to hear what is known here as notes.
        tokenizer = AutoTokenizer.from_pretrained(name, token=secret)
        melodic = AutoConfig.from_pretrained(name, token=secret).model_type == _MELODY
        kind = MusicgenMelodyForConditionalGeneration if melodic else MusicgenForConditionalGeneration
        model = kind.from_pretrained(name, dtype=precision(device, dtype), token=secret).to(device.name)
    return Musicgen(model.eval(), tokenizer, device)
