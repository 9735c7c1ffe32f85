"""From the text of a reply to an answer of the asked type, by whatever small repair makes one of it."""

import contextlib
import copy
import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from agents.reply_text import Json, find_json

T = TypeVar("T", bound=BaseModel)


class Unfit(ValueError):
    """The reply holds JSON that does not fit the answer type."""

    def __init__(self, found: Json, whole: bool, error: ValidationError) -> None:
        """`found` is the JSON, `whole` whether the text did not end inside it, `error` what is wrong with it."""
        super().__init__(str(error))
        self.found = found
        self.whole = whole
        self.error = error


def read_answer(text: str, answers_with: type[T]) -> tuple[T, bool]:
    """Return the answer that `text` holds and whether it was whole.

    Raises `NoJson`, or `Unfit` with the JSON that is nearest to an answer.
    """
    found, whole = find_json(text)
    try:
        return fitting(found, answers_with), whole
    except ValidationError as error:
        for inner in _unwrapped(found, answers_with):
            with contextlib.suppress(ValidationError):
                return fitting(inner, answers_with), whole
        raise Unfit(without_extras(found, error), whole, error) from None


def fitting(found: Json, answers_with: type[T]) -> T:
    """Return the answer that `found` is, without what nobody asked for. Raises `ValidationError`."""
    try:
        return answers_with.model_validate(found)
    except ValidationError as error:
        trimmed = without_extras(found, error)
        if trimmed == found:
            raise
        return answers_with.model_validate(trimmed)


def without_extras(found: Json, error: ValidationError) -> Json:
    """Return `found` without the fields that the type does not have.

    Where an object has no other fields it stays as it is: it is something else than what was asked for.
    """
    extras = [problem["loc"] for problem in error.errors() if problem["type"] == "extra_forbidden"]
    trimmed = copy.deepcopy(found)
    for place in extras:
        holder = at_place(trimmed, place[:-1])
        others = {other[-1] for other in extras if other[:-1] == place[:-1]}
        if isinstance(holder, dict) and set(at_place_keys(found, place[:-1])) - others:
            holder.pop(str(place[-1]), None)
    return trimmed


def at_place(found: Json, place: tuple[int | str, ...]) -> Json:
    """Return what stands at a place inside JSON; None where there is nothing."""
    for part in place:
        if isinstance(found, dict) and isinstance(part, str):
            found = found.get(part)
        elif isinstance(found, list) and isinstance(part, int) and 0 <= part < len(found):
            found = found[part]
        else:
            return None
    return found


def at_place_keys(found: Json, place: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the names of the fields of the object at a place; none where there is no object."""
    holder = at_place(found, place)
    return tuple(holder) if isinstance(holder, dict) else ()


def _unwrapped(found: Json, answers_with: type[BaseModel]) -> list[Json]:
    """Return what else the answer may be: inside an envelope, as a tool call, or a bare list for the only list."""
    if isinstance(found, list):
        lists = [name for name, info in answers_with.model_fields.items() if "tuple" in str(info.annotation)]
        return [{lists[0]: found}] if len(answers_with.model_fields) == 1 and lists else list(found[:1])
    if not isinstance(found, dict):
        return []
    inner = [value for value in found.values() if isinstance(value, dict)]
    arguments = found.get("arguments")
    if isinstance(arguments, str):
        with contextlib.suppress(ValueError):
            inner.append(json.loads(arguments))
    return list(inner)
