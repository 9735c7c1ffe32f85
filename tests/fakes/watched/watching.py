"""What a process does to the world, as Python's audit hooks tell it: files written, programs run, addresses dialled.

A folder on `PYTHONPATH` whose `sitecustomize` uses this sees every process of a production from its first line on.
"""

import os
from collections.abc import Callable

Deed = tuple[str, str]
"""`write`, `run` or `dial`, and the path, program or address."""

_PATHS = (
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.truncate", "os.chmod",
    "shutil.move", "shutil.copyfile", "shutil.rmtree", "sqlite3.connect",
)  # fmt: skip
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def deeds_of(event: str, arguments: tuple[object, ...]) -> list[Deed]:
    """Return what an audit event does to the world; nothing for one that only looks."""
    if event == "open":
        path, mode, flags = arguments
        writes = any(letter in str(mode or "") for letter in "wax+") or bool(int(str(flags or 0)) & _WRITING)
        return _written(path) if writes else []
    if event in _PATHS:
        # Of a renaming both names count.
        return [deed for path in arguments[:2] for deed in _written(path)]
    if event in _PROGRAMS:
        return [("run", os.path.basename(os.fsdecode(arguments[0])))]  # type: ignore[arg-type]
    if event in ("socket.connect", "socket.sendto"):
        return [("dial", repr(arguments[1]))]
    return []


def _written(path: object) -> list[Deed]:
    if not isinstance(path, str | bytes | os.PathLike):
        return []
    whole = os.path.abspath(os.fsdecode(path))
    harmless = "__pycache__" in whole or whole == os.devnull or not os.path.basename(whole)
    return [] if harmless else [("write", whole)]


def hook(note: Callable[[Deed], None]) -> Callable[[str, tuple[object, ...]], None]:
    """Return an audit hook that notes every deed once."""
    seen: set[Deed] = set()

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        for deed in deeds_of(event, arguments):
            if deed not in seen:
                seen.add(deed)
                note(deed)

    return watch
