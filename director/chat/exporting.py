"""Exporting: everything that was made of an episode, copied into one folder or one archive, for somebody else."""

import re
import shutil
import tempfile
from pathlib import Path

from director.chat.desk import Desk
from director.delivery import put_copy
from episodes.errors import InputRefused
from tools.assembly.pcm import disk_full_told


def export(desk: Desk, said: str) -> Path:
    """Copy what was delivered into a folder, or into an archive where the name ends in `.zip`; return where it lies.

    Without a name it is a folder of its own among the shows, in `Exports`. Raises `InputRefused` when nothing is made
    yet or there is something of that name already, and `OutOfSpace`.
    """
    files = [path for path in desk.berth.delivered(desk.head) if path.is_file()]
    if not files:
        raise InputRefused("Nothing was delivered yet: make the episode first.")
    stem = desk.berth.folder.name
    target = Path(said.strip()).expanduser().absolute() if said.strip() else desk.settings.out / "Exports" / stem
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputRefused(f"{target.name!r} is there already: name another place, as in /export PLACE.")
    with disk_full_told():
        if target.suffix.lower() != ".zip":
            _into(files, desk, target)
            return target
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as room:
            _into(files, desk, Path(room) / stem)
            made = shutil.make_archive(str(Path(room) / "all"), "zip", room, stem)
            Path(made).replace(target)
    return target


def _into(files: list[Path], desk: Desk, folder: Path) -> None:
    for path in files:
        place = path.relative_to(desk.berth.folder) if path.is_relative_to(desk.berth.folder) else Path(path.name)
        put_copy(path, folder / place, link=False)
    edit = desk.berth.folder / "cut.otio"
    # The edit points at its takes; without them an editing program would ask for each. Those of no cut stay at home.
    named = re.findall(r'"target_url": *"takes/([^/"]+)/', edit.read_text("utf-8")) if edit.is_file() else []
    for take in sorted({*named}):
        if (desk.berth.folder / "takes" / take).is_dir():
            shutil.copytree(desk.berth.folder / "takes" / take, folder / "takes" / take, dirs_exist_ok=True)
