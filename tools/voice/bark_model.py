"""Bark, loaded: a text and a preset go in, sound comes out."""

from typing import Any

import numpy as np

from episodes.errors import BackendUnavailable
from tools.local.device import GIB, Device, precision
from tools.local.held import ONE_AT_A_TIME, held, seeded
from tools.local.libraries import loading
from tools.local.memory import working
from tools.sound.wav import Samples

_ROOMY_GIB = 8.0
"""With less memory on the GPU, its four parts take turns there; they then need a quarter of the room."""
_PARTS = ("semantic_config", "coarse_acoustics_config", "fine_acoustics_config")
_SAMPLE_RATE = 24_000
_CODES = 1024


class Bark:
    """A loaded model with its presets."""

    def __init__(self, model: Any, processor: Any, device: Device) -> None:
        """Take what transformers loaded."""
        self._model, self._processor, self._device = model, processor, device
        self.rate = int(getattr(model.generation_config, "sample_rate", None) or _SAMPLE_RATE)

    def check(self, preset: str) -> None:
        """Raise `BackendUnavailable` for a preset that did not come with the weights."""
        known = self._processor.available_voice_presets
        if preset not in known:
            raise BackendUnavailable(
                f"Bark has no preset {preset!r} among its {len(known)}: cast one such as v2/en_speaker_6."
            )

    def say(self, text: str, preset: str, seed: int) -> tuple[Samples, int]:
        """Return what it says, mono, and its rate. Raises `BackendDown` when the GPU is full, else `MediaBroken`."""
        import torch

        with ONE_AT_A_TIME, torch.inference_mode(), working("Bark"):
            given = self._processor(text, voice_preset=preset)
            voice = {name: part.to(self._device.name) for name, part in given.pop("history_prompt").items()}
            given = {name: part.to(self._device.name) for name, part in given.items()}
            seeded(seed)
            # Drawn by chance even where a configuration says otherwise: another seed must be another try.
            sound = self._model.generate(**given, history_prompt=voice, semantic_do_sample=True, coarse_do_sample=True)
        samples = sound.to("cpu", torch.float32).numpy().reshape(-1)
        return np.ascontiguousarray(samples), self.rate


def load(name: str, device: Device, dtype: str, token: str) -> Bark:
    """Return Bark's model of this name or folder, loaded once in a process. Raises `BackendUnavailable`."""
    return held(f"bark {name} {device.name} {dtype}", lambda: _loaded(name, device, dtype, token))


def _loaded(name: str, device: Device, dtype: str, token: str) -> Bark:
    from transformers import AutoProcessor, BarkModel

    with loading(f"Bark's model {name!r}"):
        processor = AutoProcessor.from_pretrained(name, token=token or None)
        model = BarkModel.from_pretrained(name, dtype=precision(device, dtype), token=token or None)
        _mended(model)
        if device.is_gpu and device.total < _ROOMY_GIB * GIB:
            model.enable_cpu_offload(accelerator_id=int(device.name.partition(":")[2] or 0))
        else:
            model.to(device.name)
    return Bark(model.eval(), processor, device)


def _mended(model: Any) -> None:
    """Give the model the kind of configuration that its own `generate` takes.

    It unpacks the three parts' configurations as dictionaries, and some ways of loading make objects of them.
    """
    config = model.generation_config
    for part in _PARTS:
        found = getattr(config, part, None) or {}
        setattr(config, part, found if isinstance(found, dict) else found.to_dict())
    if getattr(config, "codebook_size", None) is None:
        config.codebook_size = _CODES
