"""What to do when a model is larger than the room on the GPU: which saving to begin with, and which comes next."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from episodes.errors import BackendDown, BackendUnavailable, MediaBroken
from tools.local.device import GIB
from tools.local.held import let_go
from tools.local.libraries import INSTALL, first_line, out_of_memory

Saving = Literal["none", "tiling", "parts", "layers"]
"""`none`: all of it lies on the GPU. `tiling`: pictures are decoded in slices and tiles. `parts`: text encoder,
transformer and decoder take turns on the GPU, too. `layers`: even layers do; slow, but little has to fit."""

LADDER: tuple[Saving, ...] = ("none", "tiling", "parts", "layers")
_TILED = 0.55
"""Share of the working room that is left when pictures are decoded in tiles: decoding is the most of it."""
_LAYER = 0.1
"""Share of the largest part that its largest layer takes, with the one that is fetched meanwhile."""
_SPARE = 0.5 * GIB
"""What the driver and the library take for themselves."""


@dataclass(frozen=True)
class Appetite:
    """How much memory a model wants, in bytes."""

    whole: int
    """All weights."""
    largest: int
    """Weights of its largest part."""
    work: int
    """What it takes while it works, decoding all at once."""

    def with_saving(self, saving: Saving) -> int:
        """Return what has to be free for it to work with this saving."""
        weights = {"none": self.whole, "tiling": self.whole, "parts": self.largest}.get(saving, self.largest * _LAYER)
        return round(weights + self.work * (1.0 if saving == "none" else _TILED) + _SPARE)


def saving_for(appetite: Appetite, free: int, what: str) -> Saving:
    """Return the first saving of the ladder that fits into `free` bytes.

    Raises `BackendUnavailable`, naming what is needed, when not even the last one does.
    """
    for saving in LADDER:
        if appetite.with_saving(saving) <= free:
            return saving
    raise BackendUnavailable(
        f"{what} needs {appetite.with_saving('layers') / GIB:.1f} GiB of free memory on the GPU and there are "
        f"{free / GIB:.1f}: end what fills it, ask for a smaller size, or name a smaller model."
    )


def next_saving(saving: Saving) -> Saving | None:
    """Return the next step down the ladder, None at its end."""
    at = LADDER.index(saving) + 1
    return LADDER[at] if at < len(LADDER) else None


@contextlib.contextmanager
def working(what: str) -> Iterator[None]:
    """Turn whatever goes wrong while a model works into one sentence. `what` begins it.

    A full GPU raises `BackendDown`, and all models are let go so that another may fit; anything else `MediaBroken`.
    """
    try:
        yield
    except (RuntimeError, ValueError, IndexError, TypeError) as error:
        if out_of_memory(error):
            let_go()
            raise BackendDown(
                f"{what} found no memory left on the GPU: name a smaller model, or end what fills it."
            ) from error
        raise MediaBroken(f"{what} failed: {first_line(error)}.") from error
    except (ImportError, NameError) as error:
        # Pipelines call libraries that they only import where those are installed.
        raise BackendUnavailable(f"{what} lacks a library ({first_line(error)}): {INSTALL}.") from error
