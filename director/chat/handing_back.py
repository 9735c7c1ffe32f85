"""Files that the person edited by hand, seen from a conversation."""

from pathlib import Path

from director.chat.desk import Desk
from director.hand_edits import edited_files, take_back
from episodes.understood import Understood


def edited(desk: Desk) -> tuple[Path, ...]:
    """Return the files of the episode that say something else than its record."""
    return edited_files(desk.berth.folder, desk.episode)


def understood(path: Path, desk: Desk) -> Understood:
    """Return what an edited file asks for. Raises `InputRefused` for one that can't be read."""
    return take_back(path.expanduser(), desk.episode)
