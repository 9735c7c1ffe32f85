"""The failing field alone: where an answer is right but for a few places, only these are asked for again.

A model that wrote six good beats and one line of 30 words gets asked for that line: less to write, less to wait for and
to pay, and what was good stays.
"""

import copy
import json
from dataclasses import dataclass
from typing import Generic, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from agents.answers import Unfit, at_place, fitting
from agents.reply_text import Json
from agents.schemas import complaint

T = TypeVar("T", bound=BaseModel)

Place = tuple[int | str, ...]

MOST_PIECES = 4
"""Places asked for by themselves; with more wrong than that the whole answer is asked for again."""


@dataclass(frozen=True)
class Pieces(Generic[T]):
    """An answer that is right but for some places, and the type that asks for these alone."""

    answers_with: type[T]
    found: Json
    places: tuple[Place, ...]
    asked: type[BaseModel]
    problem: str
    """What is wrong, one finding a line."""

    @property
    def around(self) -> str:
        """What stands in and around these places in the answer as it was given, one a line."""
        items = dict.fromkeys(_item(place) for place in self.places)
        shown = (json.dumps(at_place(self.found, item), ensure_ascii=False) for item in items)
        return "\n".join(f"{_words(item)}: {text}" for item, text in zip(items, shown, strict=True))

    def joined(self, given: BaseModel) -> T:
        """Return the whole answer with the new pieces in their places. Raises `ValidationError`."""
        whole = copy.deepcopy(self.found)
        values = given.model_dump(mode="json")
        for place in self.places:
            _put(whole, place, values[_name(place)])
        return fitting(whole, self.answers_with)


def pieces_of(unfit: Unfit, answers_with: type[T]) -> Pieces[T] | None:
    """Return the places of an unfit answer to ask for alone; None where the whole is better asked for again."""
    if not unfit.whole or not isinstance(unfit.found, dict):
        return None
    try:
        fitting(unfit.found, answers_with)
    except ValidationError as error:
        wrong = _places(error)
        places = _few(wrong, answers_with, unfit.found)
        if places is None:
            return None
        return Pieces(answers_with, unfit.found, places, _type_of(places, answers_with), complaint(error))
    return None


def _places(error: ValidationError) -> list[Place]:
    """Return where an answer is wrong; a list that is too short only because its items are wrong is not named."""
    found = [(problem["loc"], problem["type"]) for problem in error.errors(include_url=False, include_context=False)]

    def holds_another(place: Place) -> bool:
        return any(other != place and other[: len(place)] == place for other, _ in found)

    return [place for place, kind in found if kind != "too_short" or not holds_another(place)]


def _few(wrong: list[Place], answers_with: type[BaseModel], found: dict[str, Json]) -> tuple[Place, ...] | None:
    """Return the places to ask for: the fields themselves, or, where these are many, the items that hold them."""
    fields = _outermost([_reachable(place, answers_with, found) for place in wrong])
    items = _outermost([_item(place) for place in fields])
    for places in (fields, items):
        whole_fields = {place[0] for place in places if len(place) == 1}
        # Nothing is left of an answer of which every field is asked for.
        if () not in places and len(places) <= MOST_PIECES and whole_fields < set(answers_with.model_fields):
            return places
    return None


def _reachable(place: Place, answers_with: type[BaseModel], found: Json) -> Place:
    """Return the place, or the innermost one around it that the answer type and the answer both have."""
    for end in range(len(place), 0, -1):
        holder = at_place(found, place[: end - 1])
        last = place[end - 1]
        there = isinstance(holder, dict) if isinstance(last, str) else isinstance(holder, list) and last < len(holder)
        if there and _field_at(place[:end], answers_with) is not None:
            return place[:end]
    return ()


def _item(place: Place) -> Place:
    """Return the innermost item of a list that holds the place; the place itself where it is in none."""
    numbers = [index for index, part in enumerate(place) if isinstance(part, int)]
    return place[: numbers[-1] + 1] if numbers else place


def _outermost(places: list[Place]) -> tuple[Place, ...]:
    """Return the places without doubles and without those inside another."""
    kept = list(dict.fromkeys(places))
    return tuple(p for p in kept if not any(p != other and p[: len(other)] == other for other in kept))


def _field_at(place: Place, answers_with: type[BaseModel]) -> FieldInfo | None:
    """Return what the answer type asks for at a place; None where it has no such place."""
    holder: object = answers_with
    field: FieldInfo | None = None
    for part in place:
        if isinstance(part, str) and isinstance(holder, type) and issubclass(holder, BaseModel):
            field = holder.model_fields.get(part)
        elif isinstance(part, int) and get_origin(holder) is tuple:
            field = FieldInfo.from_annotation(get_args(holder)[0])
        else:
            return None
        if field is None:
            return None
        holder = field.annotation
    return field


def _type_of(places: tuple[Place, ...], answers_with: type[BaseModel]) -> type[BaseModel]:
    """Return the type that asks for these places alone."""
    fields: dict[str, tuple[object, FieldInfo]] = {}
    for place in places:
        field = copy.copy(cast(FieldInfo, _field_at(place, answers_with)))
        field.default, field.default_factory = PydanticUndefined, None
        fields[_name(place)] = (field.annotation, FieldInfo.merge_field_infos(field, Field(title=_words(place))))
    made = create_model(f"{answers_with.__name__}Part", __config__=ConfigDict(extra="forbid"), **fields)  # type: ignore[call-overload]
    return cast("type[BaseModel]", made)


def _name(place: Place) -> str:
    return "_".join(str(part) for part in place)


def _words(place: Place) -> str:
    return ".".join(str(part) for part in place)


def _put(found: Json, place: Place, value: Json) -> None:
    holder, last = at_place(found, place[:-1]), place[-1]
    if isinstance(holder, dict):
        holder[str(last)] = value
    elif isinstance(holder, list) and isinstance(last, int):
        holder[last] = value
