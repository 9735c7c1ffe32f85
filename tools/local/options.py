"""The tables of `director.toml` for models on this machine, read strictly: an unknown word is a mistake."""

from typing import TypeVar

from pydantic import ValidationError

from episodes.errors import BackendUnavailable
from episodes.value import Value
from tools.protocols import ToolSettings

_Options = TypeVar("_Options", bound=Value)


def read(settings: ToolSettings, kind: str, table: str, options: type[_Options], own: str = "") -> _Options:
    """Return `[kind.table]` as a value; what `[kind.own]` says goes over it.

    Raises `BackendUnavailable`, naming the entry that can't be used.
    """
    try:
        return options.model_validate(settings.table(table) | (settings.table(own) if own else {}))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BackendUnavailable(
            f"In director.toml, {place!r} of [{kind}.{table}] can't be used: {first['msg']}."
        ) from error
