"""What was learned of a Space: its description and mapping, kept until either changes. Safe to delete."""

import os
import re
import tempfile
from pathlib import Path

from pydantic import ValidationError

from episodes.value import Value, digest
from tools.spaces.description import ApiDescription
from tools.spaces.mapping import Hints, Mapping
from tools.spaces.wishes import Purpose


class Learned(Value):
    """One Space as it was when it was last mapped."""

    space: str
    api: ApiDescription
    hints: Hints
    mapping: Mapping
    remapped: str = ""
    """What changed since the mapping before this one; empty for the first."""


class SpaceMemory:
    """A folder with one file for each Space, purpose and step."""

    def __init__(self, home: Path | None) -> None:
        """Keep files under `home/spaces`; None keeps nothing."""
        self._folder = None if home is None else home / "spaces"

    @property
    def folder(self) -> Path | None:
        """Where it keeps things; None when it does not."""
        return self._folder

    def find(self, space: str, purpose: Purpose, *, with_clip: bool) -> Learned | None:
        """Return what was learned; None when nothing was, or it can't be read any more."""
        path = self._path(space, purpose, with_clip)
        if path is None:
            return None
        try:
            return Learned.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None

    def keep(self, learned: Learned, *, with_clip: bool) -> None:
        """Write it whole, or not at all."""
        path = self._path(learned.space, learned.mapping.purpose, with_clip)
        if path is None:
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
