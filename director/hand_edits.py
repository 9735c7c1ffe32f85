"""Files of an episode that a person edited by hand: which they are, what they say, and how none of them is lost."""

import re
import shutil
import tempfile
from pathlib import Path

from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.taking_back import Understood, from_script, from_shots, from_timeline
from tools.exports import edl, fountain, otio, shots_csv
from tools.exports.otio_reading import read_otio
from tools.exports.shots_csv_reading import decoded, read_shots_csv

EDITABLE = ("script.fountain", "shots.csv", "cut.otio", "cut.edl")
"""Files in an episode's folder that are taken back."""

_MOST_SCRIPT = 5_000_000
"""Bytes of the largest script that is read; a feature film's has a tenth of a megabyte."""

_MOST_ELEMENTS = 2_000

_SCRIPTS = (".fountain", ".spmd", ".txt")


def edited_files(folder: Path, episode: Episode) -> tuple[Path, ...]:
    """Return the files in an episode's folder that say something else than the episode.

    A file that a program saved again in its own manner, with nothing in it edited, is none of them; one that can't be
    read any more is.

    Args:
        folder: where `script.fountain` and the others lie.
        episode: as it was when they were written: the record's present revision, with its cut.
    """
    with tempfile.TemporaryDirectory(prefix="ten-four-") as place:
        fresh = Path(place)
        _export(episode, fresh)
        return tuple(folder / name for name in EDITABLE if _is_edited(folder / name, fresh / name, episode))


def _export(episode: Episode, folder: Path) -> None:
    """Write what a delivery would; media, notes and where effects begin in their files are nothing that is edited."""
    if episode.script is not None:
        fountain.write_fountain(episode, folder / "script.fountain")
    if episode.shots:
        shots_csv.write_shots_csv(episode, episode.cut, folder / "shots.csv")
    if episode.cut is not None:
        edl.write_edl(episode, episode.cut, folder / "cut.edl")
        otio.write_otio(episode, episode.cut, {}, folder / "cut.otio")


def _is_edited(path: Path, fresh: Path, episode: Episode) -> bool:
    if not path.is_file() or not fresh.is_file():
        return False
    try:
        if _plain(path) == _plain(fresh):
            return False
        return not take_back(path, episode).nothing
    except InputRefused:
        return True


def _plain(path: Path) -> list[str]:
    """Return a file's lines without marks, line ends, and white space at either end."""
    return [line.strip() for line in decoded(path, 64_000_000).strip().splitlines()]


def take_back(path: Path, episode: Episode) -> Understood:
    """Return what an edited file says that the episode does not, wherever the file lies.

    Args:
        path: a `.fountain`, a table of shots (`.csv`, `.tsv`), an `.otio` or an `.edl`.
        episode: as it is now; shots and cut may be missing where the file needs none.

    Raises:
        InputRefused: the file can't be read, is none of these, or the episode has nothing yet to compare it with.
    """
    ending = path.suffix.casefold()
    if path.is_dir():
        raise InputRefused(f"{path.name} is a folder; name one of the files in it: {', '.join(EDITABLE)}.")
    if ending in _SCRIPTS:
        return _script(path, episode)
    if ending in (".csv", ".tsv"):
        if not episode.shots:
            raise InputRefused(f"This episode has no shots yet, so {path.name} can't be compared with any.")
        return from_shots(read_shots_csv(path, episode), episode)
    if ending in (".otio", ".edl"):
        if not episode.shots:
            raise InputRefused(f"This episode has no shots yet, so {path.name} can't be compared with any.")
        return _with_limits(from_timeline(read_otio(path, episode), episode), ending)
    known = ".fountain, .csv, .otio or .edl"
    raise InputRefused(f"{path.name} can't be taken back: it must be {known}. {_advice(ending)}".rstrip())


def _advice(ending: str) -> str:
    return {
        ".fdx": "Final Draft and other programs for screenplays export Fountain.",
        ".xlsx": "Save the table as CSV (UTF-8).", ".xls": "Save the table as CSV (UTF-8).",
        ".ods": "Save the table as CSV (UTF-8).", ".numbers": "Export the table as CSV.",
        ".otioz": "Export the edit as plain .otio.", ".fcpxml": "Export the edit as .otio or .edl.",
        ".kdenlive": "Export the edit as .otio.", ".mlt": "Export the edit as an .edl.",
        ".xml": "Export the edit as .otio or .edl.", ".pdf": "Export the screenplay as Fountain.",
    }.get(ending, "")  # fmt: skip


def _script(path: Path, episode: Episode) -> Understood:
    if episode.script is None:
        raise InputRefused(f"This episode has no script yet, so {path.name} can't be compared with one.")
    text = decoded(path, _MOST_SCRIPT)
    control = re.search(r"[\x00-\x08\x0e-\x1f]", text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        raise InputRefused(f"{path.name} is no text: line {line} holds what no editor writes. Save it as plain text.")
    if not text.strip():
        raise InputRefused(f"{path.name} is empty; nothing is taken from it.")
    read = fountain.read_fountain(text)
    elements = sum(len(scene.elements) + 1 for scene in read.scenes)
    if elements > _MOST_ELEMENTS:
        raise InputRefused(f"{path.name} holds {elements} paragraphs, more than any episode; it is another script.")
    return from_script(read, episode)


def _with_limits(found: Understood, ending: str) -> Understood:
    if ending != ".edl" or found.nothing:
        return found
    limit = "Of an .edl only the picture is read; for sound and marks, export the edit as .otio."
    return found.model_copy(update={"left": (*found.left, limit)})


def keep_aside(path: Path) -> Path:
    """Copy an edited file beside itself, before a delivery writes over it, and return where the copy lies.

    `script.fountain` becomes `script.edited.fountain`, then `script.edited-2.fountain`: no copy is ever written over,
    and the same content is not kept twice.
    """
    content = path.read_bytes()
    number = 1
    while True:
        mark = "edited" if number == 1 else f"edited-{number}"
        copy = path.with_name(f"{path.stem}.{mark}{path.suffix}")
        try:
            with copy.open("xb") as file:
                file.write(content)
        except FileExistsError:
            if copy.is_file() and copy.read_bytes() == content:
                return copy
            number += 1
        else:
            shutil.copystat(path, copy)
            return copy
