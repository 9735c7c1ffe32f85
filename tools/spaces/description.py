"""What a Gradio app says of itself: its endpoints, their parameters and what they return, as frozen values."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Literal, cast

from pydantic import JsonValue

from episodes.value import Value, digest

Kind = Literal[
    "text", "message", "number", "choice", "choices", "flag",
    "image", "video", "audio", "file", "gallery", "json", "state", "other",
]  # fmt: skip
"""What may be put into a component, or what comes out of it."""

_KINDS: dict[str, Kind] = {
    "textbox": "text", "textarea": "text", "markdown": "text", "html": "text", "code": "other", "label": "text",
    "multimodaltextbox": "message",
    "number": "number", "slider": "number", "checkbox": "flag", "radio": "choice", "dropdown": "choice",
    "checkboxgroup": "choices", "image": "image", "imageeditor": "image", "imageslider": "image", "video": "video",
    "playablevideo": "video", "audio": "audio", "file": "file", "uploadbutton": "file", "downloadbutton": "file",
    "gallery": "gallery", "json": "json", "state": "state",
}  # fmt: skip

Wrap = Literal["", "video", "composite", "list"]
"""How a file must be wrapped: as it is, as `{"video": …}` (older Gradio), as an editor's layers, or in a list."""


class Parameter(Value):
    """One input of an endpoint."""

    name: str
    """As the app's function calls it; for old apps made of its label."""
    label: str
    """What a person reads beside it."""
    info: str = ""
    """The small print below the label."""
    placeholder: str = ""
    """What stands grey in an empty text."""
    lines: int = 1
    """How many lines of a text are shown."""
    component: str
    """Gradio's component, lower case: `slider`."""
    kind: Kind
    whole: bool = False
    """Whether only whole numbers make sense."""
    default: JsonValue = None
    has_default: bool = False
    low: float | None = None
    high: float | None = None
    step: float | None = None
    choices: tuple[JsonValue, ...] = ()
    """What may be sent, in the app's order."""
    choice_labels: tuple[str, ...] = ()
    """What a person reads for each of them."""
    wrap: Wrap = ""

    @property
    def words(self) -> str:
        """All that tells what it is for, lower case, words apart by single spaces: name, label, small print."""
        return " ".join(spelled(part) for part in (self.name, self.label, self.info) if part)


class Output(Value):
    """One result of an endpoint."""

    label: str
    component: str
    kind: Kind


class Endpoint(Value):
    """One function of an app that can be called."""

    name: str
    """`/generate`; empty for one without a name."""
    index: int
    """Its number in the app, by which the queue knows it."""
    parameters: tuple[Parameter, ...]
    """All inputs in order, state included."""
    outputs: tuple[Output, ...]
    """All results in order, state included."""
    generates: bool = False
    """Whether it sends results while it works."""


class ApiDescription(Value):
    """All that an app lets others call."""

    endpoints: tuple[Endpoint, ...]
    said_rate: float | None = None
    """Frames a second that the app's page speaks of, where it names one rate and no other."""

    @property
    def digest(self) -> str:
        """Digest of names, types, ranges and choices: another one means that the mapping must be made anew."""
        return digest(self)


def spelled(name: str) -> str:
    """Return a name as words: `numFrames_2` and `num-frames 2` are `num frames 2`."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[^\w()%.:×]+|_", " ", parted).lower().split())


def described(config: Mapping[str, JsonValue], info: Mapping[str, JsonValue]) -> ApiDescription:
    """Return the description from an app's `/config` and `/info`, as `gradio_client` reads them.

    Endpoints that the app keeps private, and those without a function behind them, are left out.
    """
    components = {row["id"]: row for row in _rows(config.get("components"))}
    known = {name: row for name, row in _table(info.get("named_endpoints")).items()}
    unnamed = _table(info.get("unnamed_endpoints"))
    endpoints: list[Endpoint] = []
    for place, row in enumerate(_rows(config.get("dependencies"))):
        api_name, index = row.get("api_name"), _whole(row.get("id"), place)
        name = f"/{api_name}" if isinstance(api_name, str) and api_name else ""
        said = _table(known.get(name) or unnamed.get(str(index)))
        if not said or not row.get("backend_fn", True) or row.get("api_visibility") == "private":
            continue
        endpoints.append(_endpoint(name, index, row, said, components))
    return ApiDescription(endpoints=tuple(endpoints), said_rate=_said_rate(config))


def _said_rate(config: Mapping[str, JsonValue]) -> float | None:
    pages = [
        _table(row.get("props")).get("value")
        for row in _rows(config.get("components"))
        if row.get("type") in ("markdown", "html")
    ]
    text = " ".join(page for page in pages if isinstance(page, str)).lower()
    said = {float(rate) for rate in re.findall(r"\b(\d{1,2}) ?(?:fps|frames? (?:a|per) sec)", text)}
    return said.pop() if len(said) == 1 and min(said) > 0 else None


def _endpoint(
    name: str,
    index: int,
    row: Mapping[str, JsonValue],
    said: Mapping[str, JsonValue],
    components: Mapping[JsonValue, Mapping[str, JsonValue]],
) -> Endpoint:
    parameters = iter(_rows(said.get("parameters")))
    returns = iter(_rows(said.get("returns")))
    inputs = [components.get(each, {}) for each in _list(row.get("inputs"))]
    results = [components.get(each, {}) for each in _list(row.get("outputs"))]
    types = _table(row.get("types"))
    return Endpoint(
        name=name,
        index=index,
        parameters=tuple(
            _state(place) if _skipped(each) else _parameter(next(parameters, {}), each, place)
            for place, each in enumerate(inputs)
        ),
        outputs=tuple(
            Output(label="", component="state", kind="state") if _skipped(each) else _output(next(returns, {}), each)
            for each in results
        ),
        generates=bool(types.get("generator")),
    )


def _parameter(said: Mapping[str, JsonValue], component: Mapping[str, JsonValue], place: int) -> Parameter:
    props, schema = _table(component.get("props")), _table(said.get("type"))
    sort = str(said.get("component") or component.get("type") or "").lower()
    label = str(said.get("label") or props.get("label") or "")
    name = str(said.get("parameter_name") or label or f"parameter_{place}")
    labels, choices = _choices(props, schema)
    kind = _kind(sort, schema, choices, multiple=bool(props.get("multiselect")))
    default = said.get("parameter_default", props.get("value"))
    # Apps of before 2024 do not say which have a default: there, whatever shows a value has one.
    has_default = bool(said.get("parameter_has_default", default is not None))
    step = _number(props.get("step"))
    return Parameter(
        name=name,
        label=label,
        info=str(props.get("info") or ""),
        placeholder=str(props.get("placeholder") or ""),
        lines=_whole(props.get("lines"), 1),
        component=sort,
        kind=kind,
        whole=_is_whole(sort, schema, props, step, default),
        default=default,
        has_default=has_default,
        low=_number(props.get("minimum")),
        high=_number(props.get("maximum")),
        step=step if sort == "slider" else None,
        choices=choices,
        choice_labels=labels,
        wrap=_wrap(sort, schema),
    )


def _output(said: Mapping[str, JsonValue], component: Mapping[str, JsonValue]) -> Output:
    sort = str(said.get("component") or component.get("type") or "").lower()
    return Output(label=str(said.get("label") or ""), component=sort, kind=_KINDS.get(sort, "other"))


def _state(place: int) -> Parameter:
    return Parameter(name=f"state_{place}", label="", component="state", kind="state", has_default=True)


def _skipped(component: Mapping[str, JsonValue]) -> bool:
    return bool(component.get("skip_api", component.get("type") == "state"))


def _kind(sort: str, schema: Mapping[str, JsonValue], choices: Sequence[JsonValue], *, multiple: bool) -> Kind:
    kind = _KINDS.get(sort)
    if kind is None:
        # A component of the app's own: its type says what fits.
        plain: dict[str, Kind] = {"string": "text", "number": "number", "integer": "number", "boolean": "flag"}
        kind = plain.get(str(schema.get("type")), "other")
    if kind == "choice" and (multiple or schema.get("type") == "array"):
        return "choices"
    if kind == "text" and choices:
        return "choice"
    return kind


def _choices(
    props: Mapping[str, JsonValue], schema: Mapping[str, JsonValue]
) -> tuple[tuple[str, ...], tuple[JsonValue, ...]]:
    """Return what a person reads and what is sent for each choice."""
    rows = _list(props.get("choices"))
    if not rows:
        options = _list(schema.get("enum")) or _list(_table(schema.get("items")).get("enum"))
        return tuple(str(option) for option in options), tuple(options)
    pairs = [
        (str(row[0]), row[1]) if isinstance(row, list) and len(row) == 2 else (str(row), row) for row in rows
    ]  # fmt: skip
    return tuple(label for label, _ in pairs), tuple(value for _, value in pairs)


def _wrap(sort: str, schema: Mapping[str, JsonValue]) -> Wrap:
    properties = _table(schema.get("properties"))
    if "composite" in properties:
        return "composite"
    if "video" in properties:
        return "video"
    return "list" if schema.get("type") == "array" or sort == "gallery" else ""


def _is_whole(
    sort: str, schema: Mapping[str, JsonValue], props: Mapping[str, JsonValue], step: float | None, default: JsonValue
) -> bool:
    if schema.get("type") == "integer" or props.get("precision") == 0:
        return True
    if sort != "slider" or step is None:
        return isinstance(default, int) and not isinstance(default, bool) and abs(default) >= 8
    low = _number(props.get("minimum")) or 0.0
    return step == int(step) and low == int(low)


def _number(value: JsonValue) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _whole(value: JsonValue, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _rows(value: JsonValue) -> list[dict[str, JsonValue]]:
    return [row for row in _list(value) if isinstance(row, dict)]


def _table(value: JsonValue) -> Mapping[str, JsonValue]:
    return cast(Mapping[str, JsonValue], value) if isinstance(value, dict) else {}
