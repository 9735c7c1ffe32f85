"""Files that the person put into an episode: copied into its record, so that no later run misses them."""

from collections.abc import Iterator
from pathlib import Path

from director.delivery import put_copy
from episodes.errors import InputRefused
from episodes.own_media import OwnClip, OwnReading
from tools.assembly.pcm import disk_full_told
from tools.sound.own_folder import read_recording
from tools.video.footage_folder import check, read_file

FOLDER = "own"
"""Within the record's folder; each file is called by the SHA-256 of its bytes."""


def kept(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield digest and path of every file that the record in `folder` holds."""
    own = folder / FOLDER
    for path in sorted(own.iterdir()) if own.is_dir() else ():
        if not path.name.startswith("."):
            yield path.stem, path


def take_clip(path: Path, licence: str, folder: Path) -> OwnClip:
    """Copy a clip into the record in `folder` and return it.

    `licence` says by what right it may be used; what a file `LICENCE.txt` or notes beside it say stands where it is
    empty. Raises `InputRefused` with one sentence for what is no clip, can't be played, or comes without any right.
    """
    file = read_file(path, licence)
    check((file,))
    _keep(Path(file.path), file.clip.digest, folder)
    return file.clip


def says_its_right(path: Path) -> bool:
    """Whether a text beside a clip, or a file for its folder, says by what right it may be used."""
    try:
        return bool(read_file(path).clip.licence)
    except InputRefused:
        return False


def take_reading(path: Path, folder: Path) -> OwnReading:
    """Copy a recording of a line into the record in `folder` and return it. Raises `InputRefused`."""
    reading, real = read_recording(path)
    _keep(real, reading.digest, folder)
    return reading


def _keep(path: Path, digest: str, folder: Path) -> None:
    kept = folder / FOLDER / f"{digest}{path.suffix.lower()}"
    if not kept.exists():
        with disk_full_told():
            # Never a link: what the person does with their file later must not change the episode.
            put_copy(path, kept, link=False)
