"""The level that an editing program gave a clip or a track, wherever it keeps it."""

import math
import re
from collections.abc import Iterator
from typing import Any

_VOLUME = re.compile(r"volume|gain|audio ?level", re.IGNORECASE)
_DB = re.compile(r"volume|gain|db", re.IGNORECASE)
_LINEAR = re.compile(r"level|amplitude|linear", re.IGNORECASE)
_LEAST, _MOST = -100.0, 60.0


def gain_of(effects: Any) -> float | None:
    """Return by how many decibels effects make something louder; None when none of them is about that.

    Resolve keeps a list of parameters with ids; Final Cut's XML a filter with a factor called `level`; others an
    effect whose metadata holds a number under `gain`, `volume` or `db`.
    """
    found = [db for effect in effects for db in (_of_effect(effect),) if db is not None]
    return sum(found) if found else None


def _of_effect(effect: Any) -> float | None:
    if getattr(effect, "enabled", True) is False:
        return None
    title = f"{effect.name} {effect.effect_name}"
    pairs = list(_numbers(effect.metadata, title, _VOLUME.search(title) is not None))
    for name, value in pairs:
        if _LINEAR.search(name) and not re.search("db", name, re.IGNORECASE) and value >= 0:
            return 20 * math.log10(value) if value > 10 ** (_LEAST / 20) else _LEAST
    for name, value in pairs:
        if _DB.search(name) and _LEAST <= value <= _MOST:
            return value
    return None


def _numbers(value: Any, name: str, about: bool, depth: int = 0) -> Iterator[tuple[str, float]]:
    """Return numbers that are about loudness, each with its name: a key, or the id of a parameter.

    `about` says that the effect as a whole is about loudness.
    """
    if depth > 8:
        return
    if hasattr(value, "items"):
        plain = {str(key).casefold(): one for key, one in value.items()}
        if plain.get("enabled") is False:
            return
        id_ = plain.get("parameter id") or plain.get("parameterid") or plain.get("name")
        given = plain.get("parameter value", plain.get("value"))
        if isinstance(id_, str) and _is_number(given) and (about or _VOLUME.search(id_)):
            yield id_, float(str(given))
            return
        for key, one in value.items():
            yield from _numbers(one, str(key), about, depth + 1)
    elif isinstance(value, list | tuple) or (hasattr(value, "__iter__") and not isinstance(value, str)):
        for one in value:
            yield from _numbers(one, name, about, depth + 1)
    elif _is_number(value) and (_VOLUME.search(name) or (about and name.casefold() in ("db", "level"))):
        yield name, float(str(value))


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    try:
        return math.isfinite(float(value))
    except (TypeError, ValueError):
        return False
