"""Folders as sources: which of their files are read, and which are left out and why."""

from dataclasses import dataclass
from pathlib import Path

from episodes.errors import InputRefused
from tools.sources.checks import check_source

MOST_FILES = 20

_MOST_NAMED = 8
"""Files that a sentence names one by one."""


@dataclass(frozen=True)
class FolderSources:
    """What a folder gives."""

    files: tuple[Path, ...]
    """In order of their names."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Name and reason of everything else in it."""

    def told(self, name: str) -> str:
        """Return one sentence about what is left out; empty where nothing is."""
        if not self.left_out:
            return ""
        named = ", ".join(f"{file} ({why})" for file, why in self.left_out[:_MOST_NAMED])
        more = len(self.left_out) - _MOST_NAMED
        count = f"{len(self.files)} {'file is' if len(self.files) == 1 else 'files are'} read"
        return f"Of the folder {name!r}, {count}; left out: {named}{f' and {more} more' if more > 0 else ''}."


def list_folder(folder: Path) -> FolderSources:
    """Return the files of a folder that can be read, the first 20 by name; folders in it are not entered.

    Raises `InputRefused` when it can't be opened or holds none.
    """
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise InputRefused(f"The folder {folder.name!r} can't be opened: {error.strerror or error}.") from error
    files: list[Path] = []
    left_out: list[tuple[str, str]] = []
    for path in entries:
        why = _why_not(path) or ("more than 20" if len(files) == MOST_FILES else "")
        if why:
            left_out.append((_visible(path.name), why))
        else:
            files.append(path)
    if not files:
        raise InputRefused(f"The folder {folder.name!r} holds no file that can be read as a source.")
    return FolderSources(tuple(files), tuple(left_out))


def _why_not(path: Path) -> str:
    if path.name.startswith((".", "~$")):
        return "hidden"
    if path.is_dir():
        return "a folder"
    try:
        check_source(path)
    except InputRefused as error:
        sentence = str(error).partition(":")[0].removeprefix(repr(path.name)).strip(" .")
        return sentence or "can't be read"
    return ""


def _visible(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)
