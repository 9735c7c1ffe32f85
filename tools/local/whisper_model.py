"""Whisper, loaded once in a process: for sources and for hearing our own lines."""

import os
from pathlib import Path
from typing import Any

from episodes.errors import BackendUnavailable
from tools.local.held import held
from tools.local.libraries import INSTALL, loading, needed

DEFAULT = "small.en"
"""English, 0.5 GB of weights."""
SAMPLE_RATE = 16_000
"""What it listens to, in hertz."""


def load(name: str, device: str) -> Any:
    """Return an `openai-whisper` model, the same one for equal arguments.

    Args:
        name: the library's name of a model (`base`, `small.en`, `large-v3`), fetched once into its own cache folder;
            or the path of a `.pt` file.
        device: `cpu`, `cuda` or `cuda:1`; Whisper does not run on Apple's `mps`, where `cpu` is taken.

    Raises `BackendUnavailable` when the library is missing or there is no such model.
    """
    needed("whisper", "Hearing speech")
    place = "cpu" if device == "mps" else device
    return held(f"whisper {name} {place}", lambda: _loaded(name, place))


def _loaded(name: str, device: str) -> Any:
    import whisper

    if not hasattr(whisper, "load_model"):
        # The distribution `whisper` is a database for graphs, and has the same name when imported.
        raise BackendUnavailable(f"The installed `whisper` is not OpenAI's: remove it, then {INSTALL}.")
    path, is_file = Path(name).expanduser(), name.endswith(".pt")
    if is_file and not path.is_file():
        raise BackendUnavailable(f"Whisper's weights {name!r} are not there: name a file, or a model such as small.en.")
    if not is_file and name not in whisper.available_models():
        raise BackendUnavailable(
            f"Whisper has no model {name!r}: name one of {', '.join(whisper.available_models())}, or a .pt file."
        )
    with loading(f"Whisper's model {name!r}"):
        return whisper.load_model(str(path) if is_file else name, device=device)


def found(name: str) -> Path | None:
    """Return where a model's weights lie already; None when `load` would fetch them, or could not."""
    path = Path(name).expanduser()
    if not name.endswith(".pt"):
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"
        # The library's own names of files: `large` stands for the newest of its large ones.
        path = cache / f"{ {'large': 'large-v3', 'turbo': 'large-v3-turbo'}.get(name, name) }.pt"
    return path if path.is_file() else None
