"""The bible that an episode's script was written from, as the record keeps it.

An episode by itself takes the show as the finished ones before it left it. One of a season takes what the season's
scripts had established when its own was written, and keeps to that whatever is filmed first.
"""

from pathlib import Path

from pydantic import ValidationError

from episodes.bible import Bible
from episodes.store import write_value
from episodes.value import Value


class Pinned(Value):
    """A bible, and what was written from it."""

    identity: str
    """Of the brief."""
    bible: Bible
    script: str = ""
    """Digest of the settings with which the script was written; empty until it is."""


def read_pinned(folder: Path, identity: str) -> Pinned | None:
    """Return what is pinned for this brief in an episode's folder; None when nothing is."""
    try:
        found = Pinned.model_validate_json(_path(folder).read_bytes())
    except (OSError, ValidationError):
        # Not there, or spoiled: it is found again from the scripts before.
        return None
    return found if found.identity == identity else None


def pin(folder: Path, pinned: Pinned) -> None:
    """Keep it, in the place of what was kept before."""
    write_value(_path(folder), pinned)


def _path(folder: Path) -> Path:
    return folder / "passes" / "bible.json"
