"""How our request is mapped to one endpoint of a Space: found once from its description, kept, and shown."""

import re
from collections.abc import Mapping as Map
from itertools import zip_longest
from typing import Literal

from pydantic import JsonValue

from episodes.errors import BackendUnavailable
from episodes.value import Value
from tools.spaces.choosing import result_of, worth
from tools.spaces.description import ApiDescription, Endpoint, Kind, Parameter
from tools.spaces.matching import ASKED, SIDELINE, match
from tools.spaces.tongues import understood
from tools.spaces.units import Unit, guessed_rate, unit_of
from tools.spaces.wishes import FILES, Ours, Purpose
from tools.spaces.within import keys_of

How = Literal["asked", "within", "default", "fixed", "harmless"]
"""Where a parameter's value comes from: our request, the app with some of ours in it, the app, `director.toml`, or a
value that should do no harm."""

LEAST_SCORE = 1.0


class Slot(Value):
    """One parameter of the endpoint and what we put into it."""

    parameter: str
    how: How
    ours: Ours | None = None
    with_picture: bool = False
    """Of a prompt: whether a picture fits into the same box."""
    unit: Unit | None = None
    """Of a length: what it is counted in."""
    keys: Map[str, Ours] = {}
    """Of settings in one piece of JSON: which key takes which of ours."""
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
    stretch: float = 1.0
    """How much more must be asked for than is wanted, learned from clips that came too short or too long."""
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
        return any(self.slot(ours) for ours in names) or ("start_image" in names and self.takes_picture_in_prompt)

    @property
    def takes_picture_in_prompt(self) -> bool:
        """Whether the first frame goes with the prompt, into the one box that takes both."""
        prompt = self.slot("prompt")
        return prompt is not None and prompt.with_picture and self.slot("start_image") is None


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


MOST_GUESSES = 3
"""How many ways of asking a Space are tried until one works for the first time."""


def mapped(api: ApiDescription, purpose: Purpose, hints: Hints, *, with_clip: bool = False) -> Mapping:
    """Return the mapping of the endpoint that makes what `purpose` names.

    `with_clip`: whether a take of an earlier step will be handed in; an endpoint that works on a clip is then wanted.
    Raises `BackendUnavailable` when no endpoint gives such media, or one that the hints name is not there.
    """
    return guesses(api, purpose, hints, with_clip=with_clip)[0]


def guesses(api: ApiDescription, purpose: Purpose, hints: Hints, *, with_clip: bool = False) -> tuple[Mapping, ...]:
    """Return at most `MOST_GUESSES` ways to ask for what `purpose` names, the likeliest first.

    After the first come other endpoints that could be meant, and the same endpoint with another text as the prompt;
    what the hints name stays as it is. Raises as `mapped` does.
    """
    chosen = _named(api, hints.api_name) if hints.api_name else None
    if chosen is not None:
        first = _mapping(chosen, api, purpose, hints)
        return first, *_other_prompts(first, chosen, hints)[: MOST_GUESSES - 1]
    rated = [
        (_worth(made := _mapping(each, api, purpose, hints), each, with_clip), each, made) for each in api.endpoints
    ]
    able = sorted((row for row in rated if row[0] > 0), key=lambda row: (-row[0], row[1].index))
    if not able:
        known = ", ".join(each.name or str(each.index) for each in api.endpoints) or "none"
        raise BackendUnavailable(
            f"No endpoint of this Space gives {_WANTED[purpose]} (it has: {known}): "
            f"name one as api_name in [{purpose}.space] of director.toml, or another Space."
        )
    best, endpoint, first = able[0]
    # One that can hardly be meant is not worth a call on somebody's GPU.
    others = [made for worth, _, made in able[1:] if worth >= _LIKELY * best]
    prompts = _other_prompts(first, endpoint, hints)
    return first, *[each for pair in zip_longest(others, prompts) for each in pair if each][: MOST_GUESSES - 1]


_LIKELY = 0.5


def _other_prompts(first: Mapping, endpoint: Endpoint, hints: Hints) -> list[Mapping]:
    """Return the same way of asking with each other text, that no word speaks against, in the place of the prompt."""
    if any(_OTHER_NAMES.get(name, name) == "prompt" for name in hints.parameters):
        return []
    now = first.slot("prompt")
    if now is None:
        return []
    place = first.slots.index(now)
    return [
        _swapped(first, endpoint, place, other)
        for other in _texts(endpoint, {place})
        if first.slots[other].how in ("default", "harmless") and _is_prose(endpoint.parameters[other])
    ]


def _swapped(first: Mapping, endpoint: Endpoint, place: int, other: int) -> Mapping:
    slots = list(first.slots)
    slots[other] = slots[place].model_copy(
        update={"parameter": slots[other].parameter, "why": "the likelier text was not taken"}
    )
    slots[place] = _slot(endpoint.parameters[place], None, Hints(), first.purpose)
    return first.model_copy(update={"slots": tuple(slots)})


_WANTED: Map[Purpose, str] = {"video": "a video", "voice": "speech", "music": "music"}


def _named(api: ApiDescription, name: str) -> Endpoint:
    wanted = name.strip("/")
    for endpoint in api.endpoints:
        if wanted in (endpoint.name.strip("/"), str(endpoint.index)):
            return endpoint
    known = ", ".join(each.name for each in api.endpoints if each.name) or "none"
    raise BackendUnavailable(f"The Space has no endpoint {name!r}; it has: {known}. Correct api_name in director.toml.")


def _worth(mapping: Mapping, endpoint: Endpoint, with_clip: bool) -> float:
    taken = [slot.ours if slot.how == "asked" else None for slot in mapping.slots]
    if mapping.takes_picture_in_prompt and "start_image" not in taken:
        taken[0] = taken[0] or "start_image"
    return worth(endpoint, taken, mapping.purpose, with_clip=with_clip)


def _mapping(endpoint: Endpoint, api: ApiDescription, purpose: Purpose, hints: Hints) -> Mapping:
    found = _assigned(endpoint, purpose, hints)
    slots = tuple(
        _slot(parameter, found.get(place), hints, purpose) for place, parameter in enumerate(endpoint.parameters)
    )
    unknown = sorted(set(hints.fixed) - {name for each in endpoint.parameters for name in (each.name, each.label)})
    if unknown and hints.api_name:
        raise BackendUnavailable(
            f"The endpoint {endpoint.name!r} has no parameter {unknown[0]!r}; it has: "
            f"{', '.join(each.name for each in endpoint.parameters)}. Correct [fixed] in director.toml."
        )
    slots = _with_keys(slots, endpoint, purpose)
    length = next((slot for slot in slots if slot.ours == "length"), None)
    rate = hints.fps
    if rate is None and length is not None and length.unit in ("frames", "latents"):
        rate = guessed_rate(endpoint.parameters[slots.index(length)], api.said_rate)
    return Mapping(
        purpose=purpose,
        endpoint=endpoint.name,
        index=endpoint.index,
        slots=slots,
        result=result_of(endpoint, purpose) if hints.result is None else hints.result,
        rate=rate,
        api=api.digest,
    )


def _with_keys(slots: tuple[Slot, ...], endpoint: Endpoint, purpose: Purpose) -> tuple[Slot, ...]:
    """Return slots with settings that stand in one piece of JSON filled in, where nothing else takes them."""
    taken = {slot.ours for slot in slots}

    def one(slot: Slot, parameter: Parameter) -> Slot:
        if slot.how != "default" or parameter.kind not in ("other", "json", "text"):
            return slot
        keys = {key: ours for key, ours in keys_of(slot.value, purpose).items() if ours not in taken}
        return slot.model_copy(update={"how": "within", "keys": keys, "why": "settings by name"}) if keys else slot

    return tuple(one(slot, parameter) for slot, parameter in zip(slots, endpoint.parameters, strict=True))


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
    return next(iter(_texts(endpoint, used)), None)


def _texts(endpoint: Endpoint, used: set[int]) -> list[int]:
    """Return the places of all texts, the one that is likeliest free to be written in first."""
    places = [place for place, each in enumerate(endpoint.parameters) if each.kind == "text" and place not in used]

    def unlikely(place: int) -> tuple[bool, bool, bool, int]:
        each = endpoint.parameters[place]
        return not _is_prose(each), bool(each.default), each.lines <= 1, place

    return sorted(places, key=unlikely)


def _is_prose(parameter: Parameter) -> bool:
    """Return whether no word of a text says that it is for something else than what is to be made."""
    words = understood(f"{parameter.name} {parameter.label}")
    return not re.search(rf"{SIDELINE}|{_WHO}|\blyrics?\b|\bstyles?\b|\bseeds?\b|\bnegative\b|\bavoid\b", words)


SIGNED = "Ten-Four"
"""Whom an app is told that asks who is there."""
MAIL = "nobody@example.com"
"""An address that nobody has (RFC 2606), for an app that will not work without one."""
_WHO = r"\b(user ?)?name\b|\buser\w*\b|\bauthor\b|\bsignature\b|\bsigned\b|\btitle\b|\bproject\b|\bnickname\b"
"""In the words of a text field that must not stay empty, whatever is put into it."""
_MUST = r"required|mandatory|obligat|pflicht|必填|必須|필수|обязательн|\*"


def _slot(parameter: Parameter, found: tuple[Ours, str] | None, hints: Hints, purpose: Purpose) -> Slot:
    for name in (parameter.name, parameter.label):
        if name in hints.fixed:
            return Slot(parameter=parameter.name, how="fixed", value=hints.fixed[name], why="director.toml says so")
    if found is not None:
        ours, why = found
        unit, reason = _unit(parameter, hints, sound=purpose != "video") if ours == "length" else (None, "")
        why = f"{why}; {reason}" if reason else why
        both = purpose == "video" and ours == "prompt" and parameter.kind == "message"
        return Slot(parameter=parameter.name, how="asked", ours=ours, unit=unit, why=why, with_picture=both)
    if parameter.has_default or parameter.kind == "state":
        return Slot(parameter=parameter.name, how="default", value=parameter.default, why="the app's own default")
    if purpose == "music" and parameter.kind == "text" and re.search(r"\blyrics?\b", understood(parameter.label)):
        return Slot(parameter=parameter.name, how="harmless", value=_unsung(parameter), why="nobody sings in our music")
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
        return _said(parameter)
    plain: dict[Kind, JsonValue] = {"flag": False, "choices": [], "gallery": None}
    if parameter.kind == "number":
        low = 1.0 if parameter.low is None else parameter.low
        return int(low) if low == int(low) else low
    return plain.get(parameter.kind)


def _said(parameter: Parameter) -> str:
    """Return what is put into a text that is none of ours: nothing, or a name or an address where one must be given."""
    words = f"{understood(parameter.name)} {understood(parameter.label)} {parameter.label.lower()}"
    must = bool(re.search(_MUST, f"{words} {parameter.info.lower()}"))
    if re.search(r"\be ?mail\b|\bmail\b", words):
        return MAIL if must else ""
    return SIGNED if must or re.search(_WHO, words) else ""


def _unsung(parameter: Parameter) -> str:
    """Return what stands for no words at all, as the app itself writes it where it says so."""
    told = re.search(r"\[inst\w*\]", f"{parameter.info} {parameter.label} {parameter.placeholder}", re.IGNORECASE)
    return told.group() if told else "[instrumental]"


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
    # Whether a seed is taken is said by the seed itself.
    wanted = [ours for ours in ASKED[mapping.purpose] if ours != "keep_seed" and not mapping.takes(ours)]
    named = f"result: output {mapping.result}" if mapping.result is not None else "result: whichever output holds media"
    return "\n".join(
        [
            f"{space}, endpoint {mapping.endpoint or mapping.index}, {named}",
            *table,
            f"not taken: {', '.join(wanted) or 'none'}",
        ]
    )


FILE_NAMES: frozenset[str] = frozenset(FILES)
