"""Spaces that are known by a name, with what can't be read from their description; the table is `presets.yaml`."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from pydantic import JsonValue

from episodes.requests import ControlPass
from episodes.value import Value
from tools.spaces.wishes import Purpose

TABLE = Path(__file__).with_name("presets.yaml")


class Preset(Value):
    """One row of the table; its head says what each column means."""

    name: str
    space: str
    about: str
    verified: str
    max_seconds: float | None = None
    fps: float | None = None
    start_image: bool = False
    control: ControlPass | None = None
    clip: bool = False
    wall: float = 10.0
    token: bool = False
    api_name: str = ""
    parameters: Mapping[str, str] = {}
    fixed: Mapping[str, JsonValue] = {}
    result: int | str | None = None


@functools.cache
def presets(purpose: Purpose) -> Mapping[str, Preset]:
    """Return the presets of a purpose by name. Raises `ValueError` for a broken table."""
    import yaml

    table = yaml.safe_load(TABLE.read_text("utf-8"))
    if set(table) != set(get_args(Purpose)):
        raise ValueError(f"{TABLE.name} must have one table for each of {', '.join(get_args(Purpose))}.")
    return {name: Preset.model_validate({"name": name, **row}) for name, row in table[purpose].items()}
