"""The libraries of the extra `local`: whether they are here, and what their own exceptions mean to a person."""

import contextlib
import importlib.util
import sys
from collections.abc import Iterator
from pickle import UnpicklingError

from episodes.errors import BackendUnavailable, OutOfSpace

INSTALL = "run `make local` and start it with .venv-local/bin/python (see docs/local.md)"


def here(*modules: str) -> bool:
    """Return whether all of these can be imported, without doing it."""
    return all(importlib.util.find_spec(name) is not None for name in ("torch", *modules))


def needed(module: str, purpose: str) -> None:
    """Raise `BackendUnavailable` unless torch and `module` are here. `purpose` begins the sentence."""
    missing = [name for name in ("torch", module) if importlib.util.find_spec(name) is None]
    if missing:
        raise BackendUnavailable(f"{purpose} needs {' and '.join(missing)}, which this Python has not: {INSTALL}.")


@contextlib.contextmanager
def loading(what: str) -> Iterator[None]:
    """Turn whatever goes wrong while weights are read into one sentence. `what` begins it.

    Raises `BackendUnavailable`, or `OutOfSpace` when the disk was full.
    """
    quiet()
    try:
        yield
    except MemoryError as error:
        raise BackendUnavailable(f"{what} does not fit into this machine's memory: name a smaller one.") from error
    except (OSError, ValueError, RuntimeError, KeyError, EOFError, ImportError, UnpicklingError) as error:
        if isinstance(error, OSError) and error.errno == 28:
            raise OutOfSpace("The disk is full: free some room for weights and run the same command again.") from error
        if out_of_memory(error):
            raise BackendUnavailable(f"{what} does not fit into the GPU's memory: name a smaller one.") from error
        raise BackendUnavailable(f"{what} could not be loaded: {first_line(error)}.") from error


def quiet() -> None:
    """Keep the libraries from drawing bars and giving hints where our own display is."""
    if here("transformers"):
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
    if "diffusers" in sys.modules:
        from diffusers.utils import logging as of_diffusers

        of_diffusers.set_verbosity_error()
        of_diffusers.disable_progress_bar()


def out_of_memory(error: BaseException) -> bool:
    """Return whether a GPU had no memory left."""
    import torch

    return isinstance(error, torch.OutOfMemoryError) or "out of memory" in str(error).lower()


def first_line(error: BaseException) -> str:
    """Return the first sentence of an exception, without its full stop."""
    said = " ".join(str(error).split()) or type(error).__name__
    return said.split(". ")[0].rstrip(".")[:300]
