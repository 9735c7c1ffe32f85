"""Files that the person edited by hand, seen from a conversation."""

from pathlib import Path

from director.chat.desk import Desk
from director.hand_edits import EDITABLE, edited_files, take_back
from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.understood import Understood


def edited(desk: Desk) -> tuple[Path, ...]:
    """Return the files of the episode that say something else than what was written into them."""
    return edited_files(desk.berth.folder, _written_from(desk))


def understood(path: Path, desk: Desk) -> Understood:
    """Return what an edited file asks for. Raises `InputRefused` for one that can't be read."""
    own = path.parent == desk.berth.folder and path.name in EDITABLE
    return take_back(path, _written_from(desk) if own else desk.episode)


def place_of(said: str, desk: Desk) -> Path:
    """Return the file that a person names: where they are, or in the episode's folder. Raises `InputRefused`."""
    path = Path(said).expanduser()
    for found in (path, desk.berth.folder / path):
        if found.is_file():
            return found
    raise InputRefused(f"There is no file {said!r}, neither here nor in the episode's folder.")


def _written_from(desk: Desk) -> Episode:
    """Return the episode that the files were exported from: the finished film, not an edit that is under way."""
    head = desk.head
    done = next((done.revision for done in head.finished if done.form == "film"), head.revision)
    return desk.store.episode(done)
