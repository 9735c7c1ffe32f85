"""What every value in an episode has in common: it is frozen, it forbids surprises, it has a digest.

Nothing about films belongs here.
"""

import hashlib
import json
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer


class Value(BaseModel):
    """A frozen pydantic model that refuses unknown fields; the base of all that is stored or sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def _to_fraction(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, float):
        # A float is tolerated at the edge only: a model server sends 2.4, and means 12/5.
        return Fraction(value).limit_denominator(48_000)
    try:
        return Fraction(value)
    except TypeError as error:
        raise ValueError(f"{value!r} is no number of seconds") from error


Seconds = Annotated[
    Fraction,
    BeforeValidator(_to_fraction, json_schema_input_type=str | float | int),
    PlainSerializer(str, return_type=str),
]
"""A length or a position in seconds, as a ratio of whole numbers, so that no frame is ever lost to rounding."""


def canonical(value: BaseModel | Any) -> bytes:
    """Return the one JSON spelling of `value`: sorted keys, no spaces, UTF-8.

    Two equal values always have the same spelling; this is what is hashed and stored.
    """
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(*values: BaseModel | Any) -> str:
    """Return the SHA-256 of the canonical spellings, as 64 hexadecimal digits."""
    total = hashlib.sha256()
    for value in values:
        total.update(canonical(value))
        total.update(b"\n")
    return total.hexdigest()


def seed_from(*parts: str | int) -> int:
    """Return a stable 31-bit seed from names and numbers; never from Python's salted `hash`."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") & 0x7FFF_FFFF
