"""The JSON schema of an answer type in the strict form that servers accept, and its errors in words."""

import json
from typing import TypeAlias

from pydantic import BaseModel, ValidationError

Schema: TypeAlias = "dict[str, Schema | list[Schema] | list[str] | str | int | float | bool | None]"

_UNSUPPORTED = ("default", "minLength", "maxLength", "format", "pattern", "examples", "uniqueItems")
"""Keywords that strict servers refuse; pydantic checks them on our side."""


def schema_of(answers: type[BaseModel]) -> Schema:
    """Return the schema with every property required and no others allowed, as strict structured output wants it."""
    schema: Schema = json.loads(json.dumps(answers.model_json_schema()))
    _make_strict(schema)
    return schema


def schema_text(answers: type[BaseModel]) -> str:
    """Return the schema on one line, for servers that must be told in the prompt."""
    return json.dumps(schema_of(answers), ensure_ascii=False, separators=(",", ":"))


def complaint(error: ValidationError) -> str:
    """Return what was wrong with an answer, in words, one finding a line, at most eight."""
    found = []
    for problem in error.errors(include_url=False, include_context=False)[:8]:
        place = ".".join(str(part) for part in problem["loc"]) or "the whole answer"
        given = json.dumps(problem["input"], ensure_ascii=False, default=str)
        given = given if len(given) <= 120 else given[:117] + "…"
        found.append(f"- {place}: {problem['msg']} (you gave {given})")
    return "\n".join(found)


def _make_strict(node: object) -> None:
    if isinstance(node, list):
        for item in node:
            _make_strict(item)
    if not isinstance(node, dict):
        return
    for word in _UNSUPPORTED:
        # A property may be called `format`; only the keyword goes.
        if not isinstance(node.get(word), dict):
            node.pop(word, None)
    properties = node.get("properties")
    if isinstance(properties, dict):
        node["additionalProperties"] = False
        node["required"] = list(properties)
    for child in node.values():
        _make_strict(child)
