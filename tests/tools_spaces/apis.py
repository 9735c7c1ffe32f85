"""Descriptions of apps as values, for tests of the mapper: short to write, and no app need run."""

from collections.abc import Sequence
from typing import Any

from tools.spaces.description import ApiDescription, Endpoint, Kind, Output, Parameter
from tools.spaces.mapping import Hints, Mapping, mapped
from tools.spaces.values import arguments
from tools.spaces.wishes import FileRole, Purpose, Wish


def text(name: str, label: str = "", default: str | None = None) -> Parameter:
    return _parameter("textbox", "text", name, label, default)


def slider(
    name: str, low: float, high: float, default: float | None, step: float = 1, label: str = "", info: str = ""
) -> Parameter:
    whole = step == int(step) and low == int(low)
    made = _parameter("slider", "number", name, label, default)
    return made.model_copy(update={"low": low, "high": high, "step": step, "whole": whole, "info": info})


def number(name: str, default: float | None = None, label: str = "") -> Parameter:
    return _parameter("number", "number", name, label, default)


def choice(name: str, choices: Sequence[Any], label: str = "", default: Any = None) -> Parameter:
    made = _parameter("dropdown", "choice", name, label, default)
    labels = tuple(str(one) for one in choices)
    return made.model_copy(update={"choices": tuple(choices), "choice_labels": labels})


def box(name: str, label: str = "", default: bool | None = False) -> Parameter:
    return _parameter("checkbox", "flag", name, label, default)


def file(kind: Kind, name: str, label: str = "") -> Parameter:
    return _parameter(kind, kind, name, label, None)


def state() -> Parameter:
    return Parameter(name="state", label="", component="state", kind="state", has_default=True)


def _parameter(component: str, kind: Kind, name: str, label: str, default: Any) -> Parameter:
    has = default is not None
    return Parameter(name=name, label=label, component=component, kind=kind, default=default, has_default=has)


def endpoint(name: str, parameters: Sequence[Parameter], *outputs: Kind, index: int = 0) -> Endpoint:
    made = tuple(Output(label="", component=kind, kind=kind) for kind in outputs or ("video",))
    return Endpoint(name=name, index=index, parameters=tuple(parameters), outputs=made)


def api(*endpoints: Endpoint) -> ApiDescription:
    return ApiDescription(endpoints=tuple(one.model_copy(update={"index": n}) for n, one in enumerate(endpoints)))


WISH = Wish(
    prompt="a goose",
    negative_prompt="blur",
    seed=1_234_567_890,
    seconds=3.0,
    fps=24.0,
    width=1280,
    height=720,
    language="en",
)


def sent(
    described: ApiDescription,
    purpose: Purpose = "video",
    *,
    files: Sequence[FileRole] = (),
    hints: Hints | None = None,
    with_clip: bool = False,
    **wish: Any,
) -> tuple[Mapping, dict[str, Any]]:
    """Return the mapping, and by parameter what would be sent; a file is its role in angle brackets."""
    mapping = mapped(described, purpose, hints or Hints(), with_clip=with_clip)
    chosen = next(each for each in described.endpoints if each.index == mapping.index)
    asked = WISH.model_copy(update={**wish, "files": frozenset(files)})
    given = arguments(mapping, chosen, asked)
    return mapping, {one.parameter: f"<{one.file}>" if one.file else one.value for one in given}
