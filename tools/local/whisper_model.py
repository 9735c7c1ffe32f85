"""Whisper, loaded once in a process: for sources and for hearing our own lines."""

import functools
import threading
from pathlib import Path
from typing import Any

from episodes.errors import BackendUnavailable
from tools.local.libraries import loading, needed

DEFAULT = "small.en"
"""English, 0.5 GB of weights; hears radio speech about as well as larger ones."""
SAMPLE_RATE = 16_000
"""What it listens to, in hertz."""
LOADING = threading.Lock()


def load(name: str, device: str) -> Any:
    """Return an `openai-whisper` model, the same one for equal arguments.

    Args:
        name: the library's name of a model (`base`, `small.en`, `large-v3`), fetched once into its own cache folder;
            or the path of a `.pt` file.
        device: `cpu`, `cuda` or `cuda:1`; it has no place for Apple's `mps`, where `cpu` is taken.

    Raises `BackendUnavailable` when the library is missing or there is no such model.
    """
    needed("whisper", "Hearing speech")
    with LOADING:
        return _loaded(name, "cpu" if device == "mps" else device)


@functools.lru_cache(maxsize=1)
def _loaded(name: str, device: str) -> Any:
    import whisper

    path = Path(name).expanduser()
    if path.suffix == ".pt" and not path.is_file():
        raise BackendUnavailable(f"Whisper's weights {name!r} are not there: name a file, or a model such as small.en.")
    if path.suffix != ".pt" and name not in whisper.available_models():
        raise BackendUnavailable(
            f"Whisper has no model {name!r}: name one of {', '.join(whisper.available_models())}, or a .pt file."
        )
    with loading(f"Whisper's model {name!r}"):
        return whisper.load_model(str(path) if path.suffix == ".pt" else name, device=device)


def found(name: str) -> Path | None:
    """Return where a model's weights lie already; None when `load` would fetch them."""
    import whisper

    path = Path(name).expanduser()
    if path.suffix == ".pt":
        return path if path.is_file() else None
    address = whisper._MODELS.get(name)
    if address is None:
        return None
    kept = _cache() / str(address).rsplit("/", 1)[-1]
    return kept if kept.is_file() else None


def _cache() -> Path:
    """Return the folder in which the library keeps what it fetches."""
    import os

    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"
