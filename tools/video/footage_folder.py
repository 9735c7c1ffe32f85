"""The person's folder of footage: which clips it holds, what they show, by what right, and that they play."""

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Literal, NamedTuple

from episodes.errors import InputRefused, MediaBroken
from episodes.own_media import OwnClip
from episodes.recordings import file_name
from episodes.value import Value
from tools import ffmpeg
from tools.containers import container_of
from tools.video.footage_notes import ClipNotes, Notes, cleaned, licence_in, notes_in

_FORMS: dict[str, Literal["mov", "matroska", "avi"]] = {
    ".mp4": "mov", ".mov": "mov", ".m4v": "mov", ".mkv": "matroska", ".webm": "matroska", ".avi": "avi",
}  # fmt: skip
MOST_FILES = 300
MOST_BYTES = 4_000_000_000
"""Of one file: ten minutes of a phone's 4K are 3.5 GB."""
MOST_SECONDS = 4 * 3600
_DEEPEST = 4
"""Folders within folders that are looked into."""
_WITHOUT_LICENCE = (
    "The folder of footage {folder!r} does not say by what right {what} may be used: put a file LICENCE.txt there with "
    "one line, such as 'licence: my own recordings, all people agreed'."
)


class FootageFile(Value):
    """One clip of the person's, and where its file is."""

    path: str
    clip: OwnClip


class _Found(NamedTuple):
    """A video file with all that is written about it."""

    path: Path
    real: Path
    name: str
    licence: str
    notes: tuple[ClipNotes, ...]


def read_folder(folder: Path) -> tuple[FootageFile, ...]:
    """Return the clips of a folder and of the folders in it, in order of their names; other files are left alone.

    A clip's licence is that of its own notes, else of its folder, else of the folder around that. Raises `InputRefused`
    with one sentence: no such folder, no clip or no licence, a link that leads out of it, a file that is not what its
    ending says, notes that can't be read, two clips of one name, or more than can be meant.
    """
    if not folder.is_dir():
        raise InputRefused(f"There is no folder of footage at {str(folder)!r}: give --footage one that exists.")
    found = list(_walk(folder, folder, folder.resolve(), "", 0))
    if not found:
        kinds = ", ".join(kind[1:] for kind in _FORMS)
        raise InputRefused(f"The folder of footage {str(folder)!r} holds no clip; files may be {kinds}.")
    if len(found) > MOST_FILES:
        raise InputRefused(f"The folder of footage holds {len(found)} clips; {MOST_FILES} are the most.")
    # Reading a file's header is a process of its own: several at once, and still in order.
    with ThreadPoolExecutor(4) as pool:
        files = [file for each in pool.map(_clips, found) for file in each]
    named: dict[str, FootageFile] = {}
    for file in files:
        if file.clip.name in named:
            other = Path(named[file.clip.name].path).name
            raise InputRefused(
                f"{other!r} and {Path(file.path).name!r} have the same name {file.clip.name!r}: rename one of them."
            )
        named[file.clip.name] = file
    return tuple(named[name] for name in sorted(named))


def read_file(path: Path, licence: str = "") -> FootageFile:
    """Return one clip that the person names, from any folder.

    Its right to be used is `licence`, else what the text beside it or its folder's own file says. Raises `InputRefused`
    with one sentence: no such file, no clip, no right, or no picture in it.
    """
    kinds = ", ".join(kind[1:] for kind in _FORMS)
    if not path.is_file():
        raise InputRefused(f"There is no file {str(path)!r}.")
    if path.suffix.lower() not in _FORMS:
        raise InputRefused(f"{path.name!r} is no clip: it may be {kinds}.")
    notes = Notes("", "", {}).of(path)
    said = cleaned(licence) or licence_in(sorted(path.parent.iterdir()))
    if not said and not all(note.licence for note in notes):
        raise InputRefused(
            f"Say by what right {path.name!r} may be used, as in: use {path.name} for 2-04 (my own recording)."
        )
    found = _Found(path, path.resolve(), file_name(path.stem), said, notes[:1])
    try:
        (file,) = _clips(found)
    except InputRefused as error:
        raise InputRefused(str(error).replace(" in the folder of footage", "")) from error
    return file


def check(files: Iterable[FootageFile]) -> None:
    """Decode a picture of each clip. Raises `InputRefused` for the first that can't be seen."""
    for file in files:
        clip, path = file.clip, Path(file.path)
        source = ["-ss", f"{float(clip.begin):.3f}", *_guarded(path, clip.form)]
        try:
            report = ffmpeg.run([*source, "-map", "0:v:0", "-frames:v", "1", "-f", "null", "-"], timeout=60)
        except MediaBroken as error:
            raise _broken(path) from error
        if not re.search(r"frame= *[1-9]", report):
            raise _broken(path)


def _broken(path: Path) -> InputRefused:
    return InputRefused(f"{path.name!r} in the folder of footage is broken: no picture could be decoded.")


def _guarded(path: Path, form: str) -> list[str]:
    return ["-format_whitelist", form, "-f", form, *ffmpeg.safe_input(path.absolute())]


def _walk(folder: Path, top: Path, root: Path, around: str, depth: int) -> Iterator[_Found]:
    """Yield the video files of a folder and of those in it; `around` is the licence of the folder around it."""
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InputRefused(f"The folder of footage {str(folder)!r} can't be read: {error.strerror}.") from error
    notes = notes_in(folder, paths)
    licence = licence_in(paths) or notes.licence or around
    known = {path.name for path in paths}
    for missing in sorted(set(notes.by_file) - known):
        raise InputRefused(f"{notes.source!r} in the folder of footage names {missing!r}, which is not there.")
    for path in paths:
        if path.suffix.lower() in _FORMS and not path.is_dir():
            yield _found(path, top, root, licence, notes.of(path))
        elif path.is_dir() and not path.is_symlink() and depth < _DEEPEST:
            yield from _walk(path, top, root, licence, depth + 1)


def _found(path: Path, top: Path, root: Path, licence: str, notes: tuple[ClipNotes, ...]) -> _Found:
    try:
        real = path.resolve()
    except (OSError, RuntimeError) as error:
        raise InputRefused(f"{path.name!r} in the folder of footage is a link that leads nowhere.") from error
    if not real.is_relative_to(root):
        raise InputRefused(
            f"{path.name!r} in the folder of footage is a link that leads out of it: copy the file there."
        )
    if not real.is_file():
        raise InputRefused(f"{path.name!r} in the folder of footage is no file.")
    if not all(note.licence or licence for note in notes):
        raise InputRefused(_WITHOUT_LICENCE.format(folder=str(path.parent), what=path.name))
    within = path.relative_to(top).with_suffix("")
    return _Found(path, real, file_name(" ".join(within.parts)), licence, notes)


def _clips(found: _Found) -> tuple[FootageFile, ...]:
    """Return the clips of one file: one, or as many as its notes tell apart."""
    from tools.shelf import file_hash

    path, form = found.path, _FORMS[found.path.suffix.lower()]
    try:
        if found.real.stat().st_size > MOST_BYTES:
            raise InputRefused(f"{path.name!r} in the folder of footage has more than {MOST_BYTES // 10**9} GB.")
        with found.real.open("rb") as file:
            head = file.read(16)
        digest = file_hash(found.real)
    except OSError as error:
        raise InputRefused(f"{path.name!r} in the folder of footage can't be read: {error.strerror}.") from error
    if container_of(head) != form:
        raise InputRefused(f"{path.name!r} in the folder of footage is broken, or no {path.suffix[1:].lower()} file.")
    lasts = _seconds(found.real, form)
    name = found.name or f"clip-{digest[:8]}"
    made = []
    for number, notes in enumerate(found.notes, 1):
        begin, end = notes.begin, notes.end or lasts
        if not 0 <= begin < end <= lasts + 1:
            raise InputRefused(
                f"{path.name!r} in the folder of footage lasts {float(lasts):.1f} s: it can't be seen from "
                f"{float(begin):.1f} to {float(end):.1f} s."
            )
        clip = OwnClip(
            name=name if number == 1 else f"{name}-part-{number}",
            digest=digest,
            form=form,
            words=cleaned(notes.description or re.sub(r"[-_]+", " ", path.stem)),
            licence=notes.licence or found.licence,
            begin=begin,
            seconds=min(end, lasts) - begin,
            set=notes.set,
            light=notes.light,
            weather=notes.weather,
            owner=notes.camera,
            reversible=notes.reversed,
        )
        made.append(FootageFile(path=str(found.real), clip=clip))
    return tuple(made)


def _seconds(path: Path, form: str) -> Fraction:
    """Return how long a file's picture is. Raises `InputRefused` when it has none."""
    try:
        said = ffmpeg.probe(path, reader=form)
    except MediaBroken as error:
        raise _broken(path) from error
    if not said.width:
        raise InputRefused(f"{path.name!r} in the folder of footage holds no picture.")
    seconds = said.seconds or _counted(path, form)
    if not 0 < seconds <= MOST_SECONDS:
        raise InputRefused(f"{path.name!r} in the folder of footage lasts {seconds:.0f} s, which can't be used.")
    return Fraction(str(seconds))


def _counted(path: Path, form: str) -> float:
    """Return the length of a file whose header does not tell, as browsers and broken-off recordings leave them."""
    try:
        report = ffmpeg.run([*_guarded(path, form), "-map", "0:v:0", "-c", "copy", "-f", "null", "-"], timeout=60)
    except MediaBroken as error:
        raise _broken(path) from error
    times = re.findall(r"time=(\d+):(\d+):(\d+(?:\.\d+)?)", report)
    hours, minutes, seconds = times[-1] if times else ("0", "0", "0")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
