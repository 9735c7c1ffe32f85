"""How our request is mapped to one endpoint of a Space: found once from its description, kept, and shown."""

import re
from collections.abc import Mapping as Map
from typing import Literal

from pydantic import JsonValue

from episodes.errors import BackendUnavailable
from episodes.value import Value
from tools.spaces.description import ApiDescription, Endpoint, Kind, Output, Parameter, spelled
from tools.spaces.matching import ASKED, match
from tools.spaces.units import Unit, guessed_rate, unit_of
from tools.spaces.wishes import FILES, Ours, Purpose

How = Literal["asked", "default", "fixed", "harmless"]
"""Where a parameter's value comes from: our request, the app, `director.toml`, or a value that should do no harm."""

LEAST_SCORE = 1.0


class Slot(Value):
    """One parameter of the endpoint and what we put into it."""

    parameter: str
    how: How
    ours: Ours | None = None
    unit: Unit | None = None
    """Of a length: what it is counted in."""
    value: JsonValue = None
    """What is sent, where it does not depend on the request."""
    why: str = ""


class Mapping(Value):
    """A whole endpoint, parameter by parameter in the app's order."""

    purpose: Purpose
    endpoint: str
    """`/generate`; empty for one without a name."""
    index: int
    slots: tuple[Slot, ...]
    result: int | str | None = None
    """Which output is the media, or its key in a dictionary; None to take the first that is of the right kind."""
    rate: float | None = None
    """Frames a second in which frames are counted where the endpoint takes no rate."""
    api: str
    """Digest of the description that it was made from."""
    settings: str = ""
    """Digest of the overrides that it was made with."""

    def slot(self, ours: Ours) -> Slot | None:
        """Return the slot that takes one of our names, if any does."""
        return next((slot for slot in self.slots if slot.ours == ours and slot.how == "asked"), None)

    def takes(self, *names: Ours) -> bool:
        """Return whether it takes any of these."""
        return any(self.slot(ours) for ours in names)


class Hints(Value):
    """What a person or a preset says of a Space; all else is read from its description."""

    api_name: str = ""
    """The endpoint, with or without its slash; empty to choose."""
    parameters: Map[str, str] = {}
    """Our name → their parameter's name or label. A length may be called `length`, `seconds` or `frames`."""
    fixed: Map[str, JsonValue] = {}
    """Their parameter → the value that it always gets."""
    result: int | str | None = None
    seconds_unit: Unit | None = None
    """What a length is counted in, for a Space that does not say it."""
    fps: float | None = None
    """Frames a second in which frames are counted."""


_MEDIA: Map[Purpose, Map[Kind, float]] = {
    "video": {"video": 10, "gallery": 5, "file": 4, "json": 3, "image": 1, "text": 1, "other": 1},
    "voice": {"audio": 10, "video": 3, "file": 4, "json": 3, "text": 1, "other": 1},
    "music": {"audio": 10, "video": 4, "file": 4, "json": 3, "text": 1, "other": 1},
}
"""How likely an output holds what we want."""

_MAKES = (
    r"\b(generat\w*|infer\w*|predict\w*|run|creat\w*|make|synth\w*|tts|t2v|i2v|text2video|video|speak|compose|go|"
    r"process)\b"
)
_HELPS = (
    r"\b(load|clear|update|change|toggle|examples?|random\w*|lambda|select|preview|cancel|stop|set|get|refresh|enhance|"
    r"caption|upload|switch|reset|download|delete|hide|show|like|share|calculate|check|login|logout|translate)\b"
)


def mapped(api: ApiDescription, purpose: Purpose, hints: Hints, *, with_clip: bool = False) -> Mapping:
    """Return the mapping of the endpoint that makes what `purpose` names.

    `with_clip`: whether a take of an earlier step will be handed in; an endpoint that works on a clip is then wanted.
    Raises `BackendUnavailable` when no endpoint gives such media, or one that the hints name is not there.
    """
    chosen = _named(api, hints.api_name) if hints.api_name else None
    if chosen is not None:
        return _mapping(chosen, api, purpose, hints)
    rated = [(_worth(each, _mapping(each, api, purpose, hints), with_clip), each) for each in api.endpoints]
    able = [(worth, each) for worth, each in rated if worth > 0]
    if not able:
        known = ", ".join(each.name or str(each.index) for each in api.endpoints) or "none"
        raise BackendUnavailable(
            f"No endpoint of this Space gives {_WANTED[purpose]} (it has: {known}): "
            f"name one as api_name in [{purpose}.space] of director.toml, or another Space."
        )
    best = max(able, key=lambda item: (item[0], -item[1].index))[1]
    return _mapping(best, api, purpose, hints)


_WANTED: Map[Purpose, str] = {"video": "a video", "voice": "speech", "music": "music"}


def _named(api: ApiDescription, name: str) -> Endpoint:
    wanted = name.strip("/")
    for endpoint in api.endpoints:
        if wanted in (endpoint.name.strip("/"), str(endpoint.index)):
            return endpoint
    known = ", ".join(each.name for each in api.endpoints if each.name) or "none"
    raise BackendUnavailable(f"The Space has no endpoint {name!r}; it has: {known}. Correct api_name in director.toml.")


def _worth(endpoint: Endpoint, mapping: Mapping, with_clip: bool) -> float:
    """Return how likely an endpoint is the one that makes the media; 0 when it can't be."""
    gives = _MEDIA[mapping.purpose]
    media = max((gives.get(output.kind, 0.0) for output in endpoint.outputs), default=0.0)
    if not media or not mapping.takes("prompt", "clip", "start_image", "control"):
        return 0.0
    taken = [slot.ours for slot in mapping.slots if slot.how == "asked"]
    worth = 10 + 2 * media + 0.5 * len(taken) + 4 * ("prompt" in taken)
    name = spelled(endpoint.name.strip("/"))
    worth += 2 * bool(re.search(_MAKES, name)) - 6 * bool(re.search(_HELPS, name)) - 1 * (not endpoint.name)
    if mapping.purpose == "video":
        worth += (10 if with_clip else -4) * ("clip" in taken)
        # A start image is a shot's own animatic frame: what comes then looks like what was planned.
        worth += 3 * ("start_image" in taken)
    if mapping.purpose == "voice":
        worth += 2 * ("voice" in taken) - 2 * ("reference" in taken)
    return max(worth, 0.1)


def _mapping(endpoint: Endpoint, api: ApiDescription, purpose: Purpose, hints: Hints) -> Mapping:
    found = _assigned(endpoint, purpose, hints)
    slots = tuple(
        _slot(parameter, found.get(place), hints, sound=purpose != "video")
        for place, parameter in enumerate(endpoint.parameters)
    )
    unknown = sorted(set(hints.fixed) - {name for each in endpoint.parameters for name in (each.name, each.label)})
    if unknown and hints.api_name:
        raise BackendUnavailable(
            f"The endpoint {endpoint.name!r} has no parameter {unknown[0]!r}; it has: "
            f"{', '.join(each.name for each in endpoint.parameters)}. Correct [fixed] in director.toml."
        )
    length = next((slot for slot in slots if slot.ours == "length"), None)
    rate = hints.fps
    if rate is None and length is not None and length.unit == "frames":
        rate = guessed_rate(endpoint.parameters[slots.index(length)])
    return Mapping(
        purpose=purpose,
        endpoint=endpoint.name,
        index=endpoint.index,
        slots=slots,
        result=_result(endpoint, purpose) if hints.result is None else hints.result,
        rate=rate,
        api=api.digest,
    )


def _assigned(endpoint: Endpoint, purpose: Purpose, hints: Hints) -> dict[int, tuple[Ours, str]]:
    """Return, by place of the parameter, which of ours it takes and why: the best fits first, each used once."""
    found = _by_hand(endpoint, hints)
    taken = {ours for ours, _ in found.values()}
    fixed = {place for place, each in enumerate(endpoint.parameters) if {each.name, each.label} & set(hints.fixed)}
    fits = [
        (fit.score, -place, ours, fit.why)
        for place, parameter in enumerate(endpoint.parameters)
        if place not in found and place not in fixed
        for ours in ASKED[purpose]
        if (fit := match(parameter, ours, purpose)).score >= LEAST_SCORE
    ]
    for _, back, ours, why in sorted(fits, key=lambda fit: (-fit[0], -fit[1])):
        if -back not in found and ours not in taken:
            found[-back] = ours, why
            taken.add(ours)
    if "prompt" not in taken:
        place = _only_text(endpoint, set(found) | fixed)
        if place is not None:
            found[place] = "prompt", "no other parameter takes text"
    return found


def _by_hand(endpoint: Endpoint, hints: Hints) -> dict[int, tuple[Ours, str]]:
    """Return what director.toml or a preset says. Raises `BackendUnavailable` for a name of ours that is none."""
    found: dict[int, tuple[Ours, str]] = {}
    for name, theirs in hints.parameters.items():
        ours = _OTHER_NAMES.get(name, name)
        known = next((each for each in _ALL if each == ours), None)
        if known is None:
            raise BackendUnavailable(
                f"{name!r} is none of our names for a Space's parameter: "
                f"in director.toml, use one of {', '.join(_ALL)}."
            )
        for place, parameter in enumerate(endpoint.parameters):
            if theirs.strip().lower() in (parameter.name.lower(), parameter.label.lower()):
                found[place] = known, "director.toml or the preset says so"
    return found


_OTHER_NAMES = {"seconds": "length", "frames": "length", "duration": "length", "text": "prompt", "image": "start_image"}
_ALL: tuple[Ours, ...] = tuple(dict.fromkeys(ours for names in ASKED.values() for ours in names))


def _only_text(endpoint: Endpoint, used: set[int]) -> int | None:
    """Return the place of the text parameter that is most likely the prompt though nothing says so."""
    texts = [
        place for place, each in enumerate(endpoint.parameters) if each.kind == "text" and place not in used
    ]  # fmt: skip
    without = [place for place in texts if not endpoint.parameters[place].default]
    return next(iter(without or texts), None)


SIGNED = "Ten-Four"
"""Whom an app is told that asks who is there."""
_WHO = r"\bname\b|\buser\w*\b|\bauthor\b|\bsignature\b|\bsigned\b|\btitle\b|\bproject\b|required|\*"
"""In the words of a text field that must not stay empty, whatever is put into it."""


def _slot(parameter: Parameter, found: tuple[Ours, str] | None, hints: Hints, *, sound: bool) -> Slot:
    for name in (parameter.name, parameter.label):
        if name in hints.fixed:
            return Slot(parameter=parameter.name, how="fixed", value=hints.fixed[name], why="director.toml says so")
    if found is not None:
        ours, why = found
        unit, reason = _unit(parameter, hints, sound=sound) if ours == "length" else (None, "")
        why = f"{why}; {reason}" if reason else why
        return Slot(parameter=parameter.name, how="asked", ours=ours, unit=unit, why=why)
    if parameter.has_default or parameter.kind == "state":
        return Slot(parameter=parameter.name, how="default", value=parameter.default, why="the app's own default")
    return Slot(parameter=parameter.name, how="harmless", value=harmless(parameter), why="required, and not understood")


def _unit(parameter: Parameter, hints: Hints, *, sound: bool) -> tuple[Unit, str]:
    """Return what a length is counted in, as it is said or as it is read, and why."""
    own = (parameter.name.lower(), parameter.label.lower())
    named = next((name for name, theirs in hints.parameters.items() if theirs.strip().lower() in own), "")
    if hints.seconds_unit is not None:
        return hints.seconds_unit, ""
    if named in ("seconds", "frames"):
        return ("seconds" if named == "seconds" else "frames"), ""
    return unit_of(parameter, sound=sound)


def harmless(parameter: Parameter) -> JsonValue:
    """Return a value of a parameter's type that should change nothing: what an untouched page would send."""
    if parameter.kind == "choice":
        return parameter.choices[0] if parameter.choices else None
    if parameter.kind == "text":
        return SIGNED if re.search(_WHO, f"{spelled(parameter.name)} {parameter.label.lower()}") else ""
    plain: dict[Kind, JsonValue] = {"flag": False, "choices": [], "gallery": None}
    if parameter.kind == "number":
        low = 1.0 if parameter.low is None else parameter.low
        return int(low) if low == int(low) else low
    return plain.get(parameter.kind)


def _result(endpoint: Endpoint, purpose: Purpose) -> int | None:
    """Return the place of the output that holds the media; None where several may."""
    gives = _MEDIA[purpose]

    def worth(output: Output) -> float:
        words = spelled(output.label)
        told = bool(re.search(r"\b(result|output|generated|final|video|audio|speech|music|clip)\b", words))
        other = bool(re.search(r"\b(input|preview|mask|control|first|frame|intermediate|original|waveform)\b", words))
        return gives.get(output.kind, 0.0) + 0.5 * told - 2 * other

    if not endpoint.outputs:
        return None
    best = max(range(len(endpoint.outputs)), key=lambda place: (worth(endpoint.outputs[place]), -place))
    return best if worth(endpoint.outputs[best]) > 1 else None


def described_mapping(space: str, mapping: Mapping) -> str:
    """Return a mapping as a table for a person: ours, theirs, what is sent, why."""
    rows = [("ours", "theirs", "value", "why")]
    for slot in mapping.slots:
        sent = "from the request" if slot.how == "asked" else repr(slot.value)
        if slot.unit:
            sent = f"in {slot.unit}" + (
                f" at {mapping.rate:g} a second" if slot.unit == "frames" and mapping.rate else ""
            )
        ours = slot.ours if slot.ours and slot.how == "asked" else f"({slot.how})"
        rows.append((ours, slot.parameter, sent if len(sent) <= 40 else sent[:39] + "…", slot.why))
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    table.insert(1, "  ".join("-" * width for width in widths))
    wanted = [ours for ours in ASKED[mapping.purpose] if not mapping.takes(ours)]
    named = f"result: output {mapping.result}" if mapping.result is not None else "result: whichever output holds media"
    return "\n".join(
        [
            f"{space}, endpoint {mapping.endpoint or mapping.index}, {named}",
            *table,
            f"not taken: {', '.join(wanted) or 'none'}",
        ]
    )


FILE_NAMES: frozenset[str] = frozenset(FILES)
