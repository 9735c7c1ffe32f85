"""Models that this process holds, each loaded once. They work one at a time: two at once would want twice the memory.

Back ends with a model of their own run in threads of one process (`ToolInfo.outside`), so what is held here is held
once on this machine.
"""

import gc
import threading
from collections.abc import Callable
from typing import TypeVar, cast

ONE_AT_A_TIME = threading.RLock()
"""Taken for as long as a model is loaded or works. Libraries draw from one generator of chance for a whole process, so
a seed means something only while nobody else draws."""

_HELD: dict[str, object] = {}
_Model = TypeVar("_Model")


def held(key: str, load: Callable[[], _Model]) -> _Model:
    """Return the model that is known by `key`, loaded by `load` when it is first asked for. Raises what that raises."""
    with ONE_AT_A_TIME:
        if key not in _HELD:
            _HELD[key] = load()
        return cast(_Model, _HELD[key])


def is_held(key: str) -> bool:
    """Return whether a model of this key is loaded."""
    return key in _HELD


def let_go(*, besides: str = "") -> None:
    """Forget all models but one, and give their memory back."""
    with ONE_AT_A_TIME:
        for key in [key for key in _HELD if key != besides]:
            del _HELD[key]
        gc.collect()
        import torch

        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def seeded(seed: int) -> None:
    """Start the libraries' generator of chance anew. To be called while `ONE_AT_A_TIME` is held."""
    import torch

    torch.manual_seed(seed)
