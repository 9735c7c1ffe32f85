"""Settings that an app takes as one piece of JSON in an editor: the keys that we understand, filled in."""

import json

from pydantic import JsonValue

from tools.spaces.description import Kind, Parameter
from tools.spaces.matching import match
from tools.spaces.wishes import Ours, Purpose, Wish

_KNOWN: tuple[Ours, ...] = ("seed", "random_seed", "keep_seed", "negative_prompt", "steps", "guidance")


def keys_of(default: JsonValue, purpose: Purpose) -> dict[str, Ours]:
    """Return which keys of a JSON object, or of its text, take one of ours; none for anything else."""
    table = _table(default)
    found: dict[str, Ours] = {}
    for ours in _KNOWN:
        fits = [(match(_as_parameter(key, value, ours), ours, purpose).score, key) for key, value in table.items()]
        score, key = max(fits, default=(0.0, ""))
        if score >= 1 and key not in found:
            found[key] = ours
    return found


def filled(default: JsonValue, keys: dict[str, Ours], wish: Wish) -> JsonValue:
    """Return the default with our values under its own keys, as text where it is text."""
    wanted: dict[Ours, JsonValue] = {
        "seed": wish.seed, "random_seed": False, "keep_seed": True, "negative_prompt": wish.negative_prompt or None,
        "steps": wish.steps, "guidance": wish.guidance,
    }  # fmt: skip
    table = _table(default)
    ours = {key: wanted[name] for key, name in keys.items() if wanted[name] is not None}
    # An app that wrote its seed as text reads it as text.
    ours = {key: str(value) if isinstance(table[key], str) else value for key, value in ours.items()}
    both = {**table, **ours}
    return json.dumps(both, ensure_ascii=False) if isinstance(default, str) else both


def _table(default: JsonValue) -> dict[str, JsonValue]:
    try:
        read = json.loads(default) if isinstance(default, str) else default
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _as_parameter(key: str, value: JsonValue, ours: Ours) -> Parameter:
    usual: Kind = "text" if ours == "negative_prompt" else "flag" if ours in ("random_seed", "keep_seed") else "number"
    kinds: dict[type, Kind] = {bool: "flag", int: "number", float: "number", str: "text"}
    kind = kinds.get(type(value), usual)
    return Parameter(name=key, label="", component="key", kind=kind, default=value, has_default=True)
