"""A pipeline of diffusers: loaded with what saving the GPU needs, asked for frames, and taken down a step when full."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from episodes.errors import BackendUnavailable, MediaBroken
from tools.local.device import Device, chosen, precision
from tools.local.held import ONE_AT_A_TIME, held, is_held, let_go
from tools.local.libraries import loading, out_of_memory
from tools.local.memory import LADDER, Appetite, Saving, next_saving, saving_for, working
from tools.video.families import Family, Way

_Made = TypeVar("_Made")
Frames = NDArray[np.uint8]
"""`[frames, height, width, 3]`, RGB."""


@dataclass(frozen=True)
class Weights:
    """What is loaded, and onto what."""

    family: Family
    way: Way
    model: str
    """A folder, or `owner/name`."""
    device: str
    """The setting; empty for the GPU."""
    dtype: str
    lora: tuple[tuple[str, float], ...]
    """Folder, file or `owner/name` of each, and its weight."""
    token: str

    def key(self, saving: str) -> str:
        """Return the name under which it is held."""
        return f"video {self.way} {self.model} {self.device} {self.dtype} {self.lora} {saving}"


@dataclass(frozen=True)
class Asked:
    """What a pipeline is asked for."""

    prompt: str
    negative: str
    width: int
    height: int
    frames: int
    fps: int
    steps: int
    guidance: float
    seed: int
    strength: float = 0.6
    """How much of a clip is made anew, 0 to 1."""
    image: Any = None
    """PIL image of the first frame."""
    video: tuple[Any, ...] = ()
    """PIL images of the clip that is made over."""


def frames_of(weights: Weights, asked: Asked) -> Frames:
    """Return the frames that a model makes. The same seed gives the same frames on the same machine.

    Raises `BackendUnavailable` when library, weights or GPU are missing or too small, `BackendDown` when the GPU is
    full even with all savings, and `MediaBroken` when the model failed or made no numbers.
    """
    with ONE_AT_A_TIME, working(weights.family.title):
        device = chosen(weights.device, weights.family.title)
        saving = _first_saving(weights, asked, device) if device.is_gpu else "none"
        made = with_savings(saving, lambda step: _made(_pipeline(weights, device, step), weights.family, asked))
    if not np.isfinite(made).all():
        raise MediaBroken(f"{weights.family.title} made no picture but numbers that are none: try dtype float32.")
    return np.rint(np.clip(made, 0, 1) * 255).astype(np.uint8)


def with_savings(saving: Saving, make: Callable[[Saving], _Made]) -> _Made:
    """Return what `make` makes with a saving or, when the GPU is full, with the next one; raises what the last did."""
    while True:
        try:
            return make(saving)
        except RuntimeError as error:
            further = next_saving(saving)
            if further is None or not out_of_memory(error):
                raise
        let_go()
        saving = further


def _first_saving(weights: Weights, asked: Asked, device: Device) -> Saving:
    """Return the saving that this GPU needs now; other models are let go before anything is made slower."""
    at_work = next((saving for saving in reversed(LADDER) if is_held(weights.key(saving))), None)
    if at_work:
        # It lies there already, so what is free now says nothing of it.
        return at_work
    pipe = held(weights.key("loaded"), lambda: _loaded(weights, device))
    sizes = [_bytes(part) for part in pipe.components.values() if hasattr(part, "parameters")]
    work = asked.width * asked.height * asked.frames * weights.family.work
    appetite = Appetite(whole=sum(sizes), largest=max(sizes, default=0), work=work)
    if appetite.with_saving("none") > device.free:
        let_go(besides=weights.key("loaded"))
        device = chosen(weights.device, weights.family.title)
    return saving_for(appetite, device.free, f"{weights.family.title} ({weights.model})")


def _bytes(part: Any) -> int:
    return sum(weight.numel() * weight.element_size() for weight in part.parameters())


def _pipeline(weights: Weights, device: Device, saving: Saving) -> Any:
    """Return the pipeline on its device."""
    key = weights.key("loaded")

    def placed() -> Any:
        pipe = held(key, lambda: _loaded(weights, device))
        _place(pipe, device, saving)
        return pipe

    return held(weights.key(saving), placed)


def _place(pipe: Any, device: Device, saving: Saving) -> None:
    if saving != "none":
        for way in ("enable_slicing", "enable_tiling"):
            if hasattr(pipe.vae, way):
                getattr(pipe.vae, way)()
    if saving == "parts":
        pipe.enable_model_cpu_offload(device=device.name)
    elif saving == "layers":
        pipe.enable_sequential_cpu_offload(device=device.name)
    else:
        pipe.to(device.name)


def _loaded(weights: Weights, device: Device) -> Any:
    """Return the pipeline in the machine's own memory. Raises `BackendUnavailable`."""
    import diffusers
    import torch

    name = weights.family.pipeline(weights.way)
    kind = getattr(diffusers, name, None)
    if kind is None:
        raise BackendUnavailable(
            f"The installed diffusers has no {name} any more: install an older one, or name another back end."
        )
    with loading(f"The model {weights.model!r}"):
        pipe = kind.from_pretrained(
            weights.model, torch_dtype=precision(device, weights.dtype), token=weights.token or None
        )
        pipe.set_progress_bar_config(disable=True)
        if weights.family.decodes_in_32_bits:
            pipe.vae.to(torch.float32)
        _adapt(pipe, weights)
    return pipe


def _adapt(pipe: Any, weights: Weights) -> None:
    """Load LoRA weights, each with its own weight."""
    names = []
    for number, (place, _) in enumerate(weights.lora):
        name = f"lora{number}"
        with loading(f"The LoRA {place!r}"):
            folder, _, file = place.rpartition("/")
            if file.endswith((".safetensors", ".bin")):
                pipe.load_lora_weights(folder or ".", weight_name=file, adapter_name=name, token=weights.token or None)
            else:
                pipe.load_lora_weights(place, adapter_name=name, token=weights.token or None)
        names.append(name)
    if names:
        pipe.set_adapters(names, [weight for _, weight in weights.lora])


def _made(pipe: Any, family: Family, asked: Asked) -> NDArray[np.float32]:
    import torch

    given: dict[str, Any] = {
        "prompt": asked.prompt,
        "negative_prompt": asked.negative,
        "num_inference_steps": asked.steps,
        "guidance_scale": asked.guidance,
        # On the processor, so that a seed means the same on every GPU.
        "generator": torch.Generator("cpu").manual_seed(asked.seed),
        "output_type": "np",
    }
    if asked.video:
        given |= {"video": list(asked.video), "strength": asked.strength}
    else:
        given |= {"num_frames": asked.frames}
    if asked.image is not None:
        given["image"] = asked.image
    if family.names_rate:
        given["frame_rate"] = asked.fps
    if not (asked.video and family.title == "Zeroscope"):
        given |= {"width": asked.width, "height": asked.height}
    with torch.inference_mode(), _silence():
        frames = pipe(**given).frames
    return np.asarray(frames[0], np.float32)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keep a library's advice to its own callers out of our display."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
