"""What is put into each parameter for one request: clamped to its range, on its grid, one of its choices."""

import math
import re
from collections.abc import Sequence

from pydantic import JsonValue

from episodes.value import Value
from tools.spaces import languages
from tools.spaces.description import Endpoint, Parameter
from tools.spaces.mapping import Mapping, Slot, harmless
from tools.spaces.matching import kept_choice
from tools.spaces.tongues import understood
from tools.spaces.units import best_shape, in_unit, length_of, per_second, shape_of, turn_of
from tools.spaces.wishes import FILES, FileRole, Wish
from tools.spaces.within import filled

_GRID = 16
"""Pixels: sides that a Space gives no step for are multiples of this, as nearly all video models need."""


class Argument(Value):
    """The value of one parameter."""

    parameter: str
    value: JsonValue = None
    file: FileRole | None = None
    """The file that is uploaded for it; `value` is then unused, except by a box that takes text and files."""


def arguments(mapping: Mapping, endpoint: Endpoint, wish: Wish) -> tuple[Argument, ...]:
    """Return what is sent, in the order of the endpoint's parameters, state included."""
    return tuple(
        _argument(slot, parameter, mapping, endpoint, wish)
        for slot, parameter in zip(mapping.slots, endpoint.parameters, strict=True)
    )


def _argument(slot: Slot, parameter: Parameter, mapping: Mapping, endpoint: Endpoint, wish: Wish) -> Argument:
    if slot.how == "within":
        return Argument(parameter=slot.parameter, value=filled(slot.value, dict(slot.keys), wish))
    if slot.how != "asked" or slot.ours is None:
        return Argument(parameter=slot.parameter, value=slot.value)
    role = next((role for role in FILES if role == slot.ours), None)
    if role is not None:
        if role in wish.files:
            return Argument(parameter=slot.parameter, file=role)
        return Argument(parameter=slot.parameter, value=parameter.default)
    value = _value(slot, parameter, mapping, endpoint, wish)
    if slot.ours == "prompt" and mapping.takes_picture_in_prompt and "start_image" in wish.files:
        return Argument(parameter=slot.parameter, value=value, file="start_image")
    return Argument(parameter=slot.parameter, value=_own(parameter) if value is None else value)


def _own(parameter: Parameter) -> JsonValue:
    return parameter.default if parameter.has_default else harmless(parameter)


def _value(slot: Slot, parameter: Parameter, mapping: Mapping, endpoint: Endpoint, wish: Wish) -> JsonValue:
    """Return the value for one of our names; None to leave the parameter as it is."""
    match slot.ours:
        case "prompt":
            return {"text": wish.prompt, "files": []} if parameter.kind == "message" else wish.prompt
        case "negative_prompt":
            return wish.negative_prompt or None
        case "reference_text":
            return wish.reference_text
        case "seed":
            return str(wish.seed) if parameter.kind == "text" else _seed(parameter, wish.seed)
        case "random_seed":
            return False
        case "keep_seed":
            place = kept_choice(parameter) if parameter.kind == "choice" else None
            return True if place is None else parameter.choices[place]
        case "steps" | "guidance" | "speed":
            return _of_manner(slot, parameter, wish)
        case "voice":
            return _choice_of(parameter, wish.voice)
        case "language":
            return languages.chosen(parameter, wish.language)
        case "mode":
            return _mode(parameter, wish)
        case "fps" | "length" | "width" | "height" | "size":
            return _of_time_and_shape(slot, parameter, mapping, endpoint, wish)
        case _:
            return None


def _of_manner(slot: Slot, parameter: Parameter, wish: Wish) -> JsonValue:
    if slot.ours == "speed":
        return None if wish.speed is None else _speed(parameter, wish.speed)
    wanted = wish.steps if slot.ours == "steps" else wish.guidance
    return None if wanted is None else _on_grid(parameter, wanted)


def _of_time_and_shape(slot: Slot, parameter: Parameter, mapping: Mapping, endpoint: Endpoint, wish: Wish) -> JsonValue:
    if slot.ours == "length":
        return (
            None
            if wish.seconds is None
            else _length(slot, parameter, rate(mapping, endpoint, wish), wish.seconds * mapping.stretch)
        )
    if slot.ours == "fps":
        return None if wish.fps is None else _fps(parameter, rate(mapping, endpoint, wish))
    if wish.width is None or wish.height is None:
        return None
    if slot.ours == "size":
        return _size(parameter, wish.width, wish.height)
    sides = _sides(mapping, endpoint, wish.width, wish.height)
    return _side(parameter, sides[0] if slot.ours == "width" else sides[1])


def rate(mapping: Mapping, endpoint: Endpoint, wish: Wish) -> float:
    """Return the frames a second that a Space is asked for, or counts in where it can't be asked.

    Where frames are counted, its own rate is kept when it has one, because its model moves rightly at that; and a
    wish for a rate at which the frames would not last is lowered.
    """
    length, asked = mapping.slot("length"), mapping.slot("fps")
    if asked is None:
        return mapping.rate or wish.fps or 24.0
    own = _parameter(mapping, endpoint, asked)
    wanted = wish.fps or 24.0
    if length is None or length.unit != "frames":
        return wanted
    if isinstance(own.default, int | float) and own.default > 0:
        return float(own.default)
    most = _parameter(mapping, endpoint, length).high
    if most is not None and wish.seconds:
        wanted = min(wanted, max(most / wish.seconds, 1.0))
    return wanted


def _parameter(mapping: Mapping, endpoint: Endpoint, slot: Slot) -> Parameter:
    return endpoint.parameters[mapping.slots.index(slot)]


def most_seconds(mapping: Mapping, endpoint: Endpoint) -> float | None:
    """Return the longest clip that a mapping can ask for; None where nothing limits it."""
    slot = mapping.slot("length")
    if slot is None:
        return None
    parameter, counted = _parameter(mapping, endpoint, slot), rate(mapping, endpoint, Wish(prompt=""))
    if parameter.kind == "choice":
        lengths = [length_of(choice, slot.unit, counted) for choice in parameter.choice_labels]
        longest = max((length for length in lengths if length is not None), default=None)
    else:
        longest = None if parameter.high is None else parameter.high / _counted(slot, parameter, counted)
    return None if longest is None else longest / mapping.stretch


def _counted(slot: Slot, parameter: Parameter, rate: float) -> float:
    """Return how many of what a parameter counts make a second."""
    return per_second(slot.unit or "seconds", rate) / (turn_of(parameter) or 1.0)


def asked_seconds(mapping: Mapping, endpoint: Endpoint, wish: Wish) -> float | None:
    """Return how long a clip our request really asks for, after ranges and choices; None where it can't be said."""
    slot = mapping.slot("length")
    if slot is None or wish.seconds is None:
        return None
    parameter, counted = _parameter(mapping, endpoint, slot), rate(mapping, endpoint, wish)
    sent = _length(slot, parameter, counted, wish.seconds * mapping.stretch)
    if parameter.kind == "choice":
        places = [place for place, value in enumerate(parameter.choices) if value == sent]
        return length_of(parameter.choice_labels[places[0]], slot.unit, counted) if places else None
    number = _number_in(str(sent))
    return None if math.isinf(number) else number / _counted(slot, parameter, counted)


def _length(slot: Slot, parameter: Parameter, counted: float, seconds: float) -> JsonValue:
    """Return the length in the parameter's unit, rather longer than shorter."""
    if parameter.kind == "choice":
        lengths = [length_of(choice, slot.unit, counted) for choice in parameter.choice_labels]
        known = [(length, place) for place, length in enumerate(lengths) if length is not None]
        enough = [pair for pair in known if pair[0] >= seconds - 0.05]
        return parameter.choices[min(enough)[1] if enough else max(known)[1]] if known else None
    wanted = in_unit(seconds, slot.unit or "seconds", counted) / (turn_of(parameter) or 1.0)
    if parameter.kind == "text":
        return re.sub(r"\d+(\.\d+)?", f"{math.ceil(wanted)}", str(parameter.default), count=1)
    whole = parameter.whole or slot.unit in ("frames", "tokens")
    return _on_grid(parameter, _on_said_grid(parameter, wanted), up=True, whole=whole)


def _on_said_grid(parameter: Parameter, wanted: float) -> float:
    """Return a number that is not below `wanted` and is such as the text of a parameter says: `4k+1`, `8n + 1`."""
    said = re.search(r"\b(\d+) ?[*×·]? ?[kn] ?\+ ?1\b", f"{parameter.label} {parameter.info}".lower())
    if not said or int(said.group(1)) < 2:
        return wanted
    turn = int(said.group(1))
    return float(math.ceil((wanted - 1) / turn - 1e-6) * turn + 1)


def _fps(parameter: Parameter, wanted: float) -> JsonValue:
    if parameter.kind == "choice":
        rates = [(abs(_number_in(label) - wanted), place) for place, label in enumerate(parameter.choice_labels)]
        return parameter.choices[min(rates)[1]] if rates else None
    return _on_grid(parameter, wanted, whole=wanted == int(wanted))


def _sides(mapping: Mapping, endpoint: Endpoint, width: int, height: int) -> tuple[float, float]:
    """Return the sides to ask for: our shape, with as many pixels as the Space makes when nothing is moved."""
    own = [_parameter(mapping, endpoint, slot) for name in ("width", "height") if (slot := mapping.slot(name))]
    usual = [_plain(each.default) for each in own]
    area = float(width * height)
    if len(usual) == 2 and all(usual):
        area = float(usual[0] or 0) * float(usual[1] or 0)
    scale = math.sqrt(area / (width * height))
    # Both sides shrink together when one would pass its limit.
    for side, parameter in zip((width, height), own if len(own) == 2 else (), strict=False):
        if parameter.high is not None:
            scale = min(scale, parameter.high / side)
    return width * scale, height * scale


def _side(parameter: Parameter, wanted: float) -> JsonValue:
    if parameter.kind == "choice":
        near = [(abs(_number_in(label) - wanted), place) for place, label in enumerate(parameter.choice_labels)]
        return parameter.choices[min(near)[1]] if near else None
    if parameter.step is None or parameter.step <= 1:
        wanted = max(round(wanted / _GRID), 1) * _GRID
    return _on_grid(parameter, wanted, whole=True)


def _size(parameter: Parameter, width: int, height: int) -> JsonValue:
    if parameter.kind == "choice":
        place = best_shape(parameter.choice_labels, width, height)
        return None if place is None else parameter.choices[place]
    usual = shape_of(str(parameter.default))
    if usual is None or not usual[0]:
        return None
    sign = re.search(r"\d\s*([x×*:])\s*\d", str(parameter.default))
    between = sign.group(1) if sign else "x"
    if between == ":":
        ratio = math.gcd(width, height)
        return f"{width // ratio}:{height // ratio}"
    scale = math.sqrt(usual[0] * usual[1] / (width * height))
    wide, tall = (max(round(side * scale / _GRID), 1) * _GRID for side in (width, height))
    return f"{wide}{between}{tall}"


def _seed(parameter: Parameter, seed: int) -> JsonValue:
    low = math.ceil(max(parameter.low or 0.0, 0.0))
    if low == 0 and re.search(
        r"\b0\b.*(random|surprise|auto|dice)|(random|surprise|auto|dice).*\b0\b", parameter.words
    ):
        low = 1
    if parameter.high is None:
        return max(seed, low)
    if parameter.high < low:
        return _on_grid(parameter, seed)
    # A range below nothing means “choose one yourself”, so it is never hit.
    return low + seed % (math.floor(parameter.high) - low + 1)


def _speed(parameter: Parameter, speed: float) -> JsonValue:
    """Return a pace; an app that counts it in per cent says so by a default of 0 or 100."""
    default = _plain(parameter.default)
    wanted = {0.0: (speed - 1) * 100, 100.0: speed * 100}.get(-1.0 if default is None else default, speed)
    return _on_grid(parameter, wanted)


def _on_grid(parameter: Parameter, wanted: float, *, up: bool = False, whole: bool | None = None) -> int | float:
    """Return the allowed number nearest to `wanted`, or with `up` the next one that is not below it."""
    low, high, step = parameter.low, parameter.high, parameter.step
    whole = parameter.whole if whole is None else whole
    if high is not None:
        wanted = min(wanted, high)
    if low is not None:
        wanted = max(wanted, low)
    if step:
        base = low or 0.0
        turns = (wanted - base) / step
        turns = math.ceil(turns - 1e-6) if up else round(turns)
        if high is not None:
            turns = min(turns, math.floor((high - base) / step + 1e-6))
        wanted = base + max(turns, 0) * step
    elif whole:
        wanted = math.ceil(wanted - 1e-6) if up else round(wanted)
        if high is not None:
            wanted = min(wanted, max(math.floor(high), math.ceil(low if low is not None else high)))
    wanted = round(wanted, 6)
    return int(wanted) if wanted == int(wanted) and (whole or wanted == 0 or _is_int(parameter.default)) else wanted


def _choice_of(parameter: Parameter, wanted: str) -> JsonValue:
    """Return the choice of a name: itself, or what is written so; None where there is none such."""
    if not wanted:
        return None
    if parameter.kind == "text":
        return wanted
    for shown in (tuple(str(choice) for choice in parameter.choices), parameter.choice_labels):
        for place, name in enumerate(shown):
            if name == wanted:
                return parameter.choices[place]
    return None


def _mode(parameter: Parameter, wish: Wish) -> JsonValue:
    """Return the choice that makes use of the files at hand."""
    wanted = (
        r"video (to|2) video|v2v" if "clip" in wish.files else r"image|i2v|picture|photo" if wish.files else r"text|t2v"
    )
    for place, label in enumerate(parameter.choice_labels):
        if re.search(wanted, f"{understood(label)} {understood(str(parameter.choices[place]))}"):
            return parameter.choices[place]
    return None


def _number_in(text: str) -> float:
    found = re.search(r"\d+(?:\.\d+)?", text)
    return float(found.group()) if found else math.inf


def _plain(value: JsonValue) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is_int(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def shown_choices(parameter: Parameter) -> Sequence[tuple[str, str]]:
    """Return what is sent and what is read for each choice."""
    return [(str(value), label) for value, label in zip(parameter.choices, parameter.choice_labels, strict=True)]
