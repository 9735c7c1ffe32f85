"""Puts a file in its place in one step: the one way in which record, shelf and exports write."""

import errno
import os
import uuid
from pathlib import Path

from episodes.errors import OutOfSpace


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader finds the old file or the whole new one, even after a power cut.

    Raises `OutOfSpace` when the disk is full; the old file is then untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two workers may write the same name at the same time, and each needs a file of its own beside it.
    partial = path.with_name(f".{path.name[-40:]}.{uuid.uuid4().hex[:8]}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutOfSpace(
                "The disk is full: free some room and run the same command again; finished work is kept."
            ) from error
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make the new name itself last; systems that can't open a folder do so by themselves."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
