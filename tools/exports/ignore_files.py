"""The marks by which media players leave a folder out: a record is full of films that are no episodes.

Jellyfin leaves out a folder with an empty `.ignore` in it, Plex what the patterns of `.plexignore` name, and Kodi a
folder with `.nomedia`; each of them with all folders below.
"""

from pathlib import Path

from episodes.whole_file import replace_file

MARKS = {".ignore": b"", ".plexignore": b"*\n", ".nomedia": b""}


def write_ignore_files(folder: Path) -> tuple[Path, ...]:
    """Put the marks into a folder and return those that were not there. Raises `OutOfSpace`."""
    missing = tuple(folder / name for name in MARKS if not (folder / name).exists())
    for path in missing:
        replace_file(path, MARKS[path.name])
    return missing
