"""Where models of this machine work: the GPU, or the processor where the person says so."""

import re
from dataclasses import dataclass
from typing import Any

from episodes.errors import BackendUnavailable

GIB = 1 << 30


@dataclass(frozen=True)
class Device:
    """Something that models run on."""

    name: str
    """`cuda`, `cuda:1`, `mps` or `cpu`."""
    label: str
    """As a person knows it."""
    free: int
    """Bytes of its memory that nobody uses now; 0 where it has none of its own."""
    total: int

    @property
    def is_gpu(self) -> bool:
        """Whether it has memory of its own that can run out."""
        return self.name.startswith("cuda")


def chosen(wanted: str, purpose: str) -> Device:
    """Return the device that the setting `device` names; for an empty setting, the GPU.

    `purpose` begins the sentence of the error. Raises `BackendUnavailable` for a name that is none, for a device that
    is not here, and when nothing was named and there is no GPU: a processor takes minutes for seconds of media, so the
    person must want that.
    """
    import torch

    if wanted and not re.fullmatch(r"cpu|mps|cuda(:\d+)?", wanted):
        raise BackendUnavailable(f'{wanted!r} is no device: set device to "cuda", "cuda:1", "mps" or "cpu".')
    if wanted == "cpu":
        return Device("cpu", "the processor", 0, 0)
    if wanted.startswith("cuda") or (not wanted and torch.cuda.is_available()):
        return _cuda(wanted or "cuda")
    if torch.backends.mps.is_available():
        return Device("mps", "the GPU of this Mac", 0, 0)
    if wanted:
        raise BackendUnavailable(f'There is no {wanted!r} here: set device = "cpu", or leave it out.')
    raise BackendUnavailable(
        f"{purpose} needs a GPU and torch finds none: install torch for yours (docs/local.md), "
        'or set device = "cpu" and wait long.'
    )


def _cuda(name: str) -> Device:
    import torch

    number = int(name.partition(":")[2] or 0)
    if not torch.cuda.is_available() or number >= torch.cuda.device_count():
        raise BackendUnavailable(f'torch finds no GPU {name!r} here: set device = "cpu", or leave it out.')
    free, total = torch.cuda.mem_get_info(number)
    return Device(name, str(torch.cuda.get_device_name(number)), int(free), int(total))


def precision(device: Device, wanted: str = "") -> Any:
    """Return the torch type of numbers that weights are kept in.

    `wanted` is the setting `dtype`; empty: 32 bits on a processor, else 16 with the range that the GPU can do. Raises
    `BackendUnavailable` for a name that is none.
    """
    import torch

    known = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}
    if wanted:
        if wanted not in known:
            raise BackendUnavailable(f"{wanted!r} is no type of numbers: set dtype to one of {', '.join(known)}.")
        return known[wanted]
    if device.name == "cpu":
        return torch.float32
    return torch.bfloat16 if device.is_gpu and torch.cuda.is_bf16_supported() else torch.float16


def described(device: Device) -> str:
    """Return a few words about a device for a person."""
    if not device.is_gpu:
        return device.label
    return f"{device.label}, {device.free / GIB:.0f} of {device.total / GIB:.0f} GiB free"
