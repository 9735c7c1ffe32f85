"""Weights by name: whether they lie on this machine, or would have to be fetched."""

from pathlib import Path


def is_folder(model: str) -> bool:
    """Return whether a model is named by a path and not by `owner/name`."""
    return model.startswith(("/", ".", "~")) or Path(model).is_dir()


def resolved(model: str) -> str:
    """Return what the libraries are given: a folder's whole path, or the name as it is."""
    return str(Path(model).expanduser().absolute()) if is_folder(model) else model


def found(model: str, *, index: str) -> bool:
    """Return whether the weights of a model are here already, by its file `index` (`config.json`)."""
    if is_folder(model):
        return (Path(model).expanduser() / index).is_file()
    from huggingface_hub import try_to_load_from_cache

    return isinstance(try_to_load_from_cache(model, index), str)


def whereabouts(model: str, *, index: str, gigabytes: float) -> str:
    """Return a few words about where a model's weights are; `gigabytes` is what would have to be fetched."""
    if found(model, index=index):
        return f"the weights of {model} are here"
    if is_folder(model):
        return f"there are no weights in {model}"
    size = f"about {gigabytes:g} GB" if gigabytes else "some gigabytes"
    return f"the weights of {model} ({size}) are fetched at the first call"
