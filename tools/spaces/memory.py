"""What was learned of a Space: its description and mapping, kept until either changes. Safe to delete."""

import os
import re
import tempfile
from pathlib import Path

from pydantic import ValidationError

from episodes.value import Value, digest
from tools.spaces.description import ApiDescription
from tools.spaces.mapping import Hints, Mapping
from tools.spaces.values import asked_seconds
from tools.spaces.wishes import Purpose, Wish


class Learned(Value):
    """One Space as it was when it was last mapped."""

    space: str
    api: ApiDescription
    hints: Hints
    mapping: Mapping
    remapped: str = ""
    """What changed since the mapping before this one; empty for the first."""
    settled: bool = False
    """Whether this way of asking has worked, or all others were tried: nothing else is tried then."""
    stretched: bool = False
    """Whether how lengths must be stretched was learned once."""


class SpaceMemory:
    """A folder with one file for each Space, purpose and step."""

    def __init__(self, home: Path | None) -> None:
        """Keep files under `home/spaces`; None keeps what it learns for as long as it lives."""
        self._folder = None if home is None else home / "spaces"
        self._held: dict[tuple[str, Purpose, bool], Learned] = {}

    @property
    def folder(self) -> Path | None:
        """Where it keeps things; None when it does not."""
        return self._folder

    def find(self, space: str, purpose: Purpose, *, with_clip: bool) -> Learned | None:
        """Return what was learned; None when nothing was, or it can't be read any more."""
        path = self._path(space, purpose, with_clip)
        if path is None:
            return self._held.get((space, purpose, with_clip))
        try:
            return Learned.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None

    def keep(self, learned: Learned, *, with_clip: bool) -> None:
        """Write it whole, or not at all."""
        path = self._path(learned.space, learned.mapping.purpose, with_clip)
        if path is None:
            self._held[learned.space, learned.mapping.purpose, with_clip] = learned
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(learned.model_dump_json(indent=1))
        os.replace(name, path)

    def _path(self, space: str, purpose: Purpose, with_clip: bool) -> Path | None:
        if self._folder is None:
            return None
        readable = re.sub(r"[^\w-]+", "-", space).strip("-")[:60]
        step = "-clip" if with_clip else ""
        return self._folder / f"{purpose}-{readable}-{digest(space)[:8]}{step}.json"


def difference(before: Learned, after: Learned) -> str:
    """Return in words what changed between two states of a Space; empty when nothing did."""
    if before.mapping == after.mapping and before.api.digest == after.api.digest:
        return ""
    if before.mapping.endpoint != after.mapping.endpoint:
        return f"the endpoint {before.mapping.endpoint or before.mapping.index} gave way to {after.mapping.endpoint}"
    old = {slot.parameter: slot for slot in before.mapping.slots}
    new = {slot.parameter: slot for slot in after.mapping.slots}
    gone, come = sorted(set(old) - set(new)), sorted(set(new) - set(old))
    parts = [f"gone: {', '.join(gone)}" if gone else "", f"new: {', '.join(come)}" if come else ""]
    return "; ".join(part for part in parts if part) or "ranges, defaults or settings"


_STEADY = 0.2
"""By how much of it a clip may be shorter or longer than was asked before that means anything."""
_MOST_STRETCH = 20.0


def stretched(learned: Learned, real: float, wish: Wish) -> float | None:
    """Return the stretch that a clip of `real` seconds speaks for; None where it says nothing new."""
    mapping = learned.mapping
    slot = mapping.slot("length")
    endpoint = next((each for each in learned.api.endpoints if each.index == mapping.index), None)
    if slot is None or endpoint is None or real <= 0:
        return None
    if slot.unit == "frames" and not mapping.takes("fps"):
        # How fast its frames run explains it.
        return None
    believed = asked_seconds(mapping, endpoint, wish)
    if not believed or not 1 / _MOST_STRETCH < believed / real < _MOST_STRETCH:
        return None
    new = believed / real
    if abs(new / mapping.stretch - 1) <= _STEADY:
        return None
    # Asked otherwise it gave something else again: its lengths do not follow ours at all.
    return (1.0 if mapping.stretch != 1 else None) if learned.stretched else new
