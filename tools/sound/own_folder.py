"""The person's folder of recordings: which files it holds, what they are called, and that they are what they say."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

from episodes.errors import InputRefused, MediaBroken
from episodes.format import SAMPLE_RATE
from episodes.own_media import OwnReading
from episodes.recordings import file_name, is_known
from episodes.requests import OwnSound
from episodes.value import Value
from tools.containers import container_of

_FORMS: dict[str, Literal["wav", "flac", "mp3", "ogg", "mov"]] = {
    ".wav": "wav", ".flac": "flac", ".mp3": "mp3", ".ogg": "ogg", ".oga": "ogg", ".m4a": "mov",
}  # fmt: skip
MOST_FILES = 500
LONGEST_READING = 60.0
"""Seconds of a recording for one line; the longest lines that are written take twenty."""
MOST_BYTES = 200_000_000
"""Of one file: ten minutes of stereo sound in 24 bits and 48 kHz are 173 MB."""


class Recording(Value):
    """One file of the person's."""

    path: str
    sound: OwnSound


def read_folder(folder: Path) -> tuple[Recording, ...]:
    """Return the recordings of a folder in order of their names; other files and folders in it are left alone.

    Raises `InputRefused` with one sentence: no such folder, a link that leads out of it, a file that is not what its
    ending says, two files of one name, or more than can be meant.
    """
    if not folder.is_dir():
        raise InputRefused(f"There is no folder of sounds at {str(folder)!r}: give --sounds one that exists.")
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InputRefused(f"The folder of sounds {str(folder)!r} can't be read: {error.strerror}.") from error
    paths = [path for path in paths if path.suffix.lower() in _FORMS and not path.is_dir()]
    if len(paths) > MOST_FILES:
        raise InputRefused(f"The folder of sounds holds {len(paths)} recordings; {MOST_FILES} are the most.")
    found: dict[str, Recording] = {}
    for path in paths:
        recording = _read(path, folder.resolve())
        if recording.sound.name in found:
            other = Path(found[recording.sound.name].path).name
            raise InputRefused(
                f"{other!r} and {path.name!r} have the same name: call them -1 and -2 if both are meant."
            )
        found[recording.sound.name] = recording
    return tuple(found[name] for name in sorted(found))


def read_recording(path: Path) -> tuple[OwnReading, Path]:
    """Return a recording of one line that the person names, from any folder, and where it really lies.

    Raises `InputRefused` with one sentence: no such file, no recording, or nothing to be heard in it.
    """
    from tools.protocols import Input
    from tools.sound.own import decoded

    kinds = ", ".join(kind[1:] for kind in _FORMS)
    if not path.is_file():
        raise InputRefused(f"There is no file {str(path)!r}.")
    if path.suffix.lower() not in _FORMS:
        raise InputRefused(f"{path.name!r} is no recording: it may be {kinds}.")
    try:
        found = _read(path, path.resolve().parent)
    except InputRefused as error:
        raise InputRefused(str(error).replace(" in the folder of sounds", "")) from error
    try:
        sound = decoded(Input(folder=Path(found.path)), found.sound, LONGEST_READING)
    except MediaBroken as error:
        raise InputRefused(f"{path.name!r} is broken: no sound could be read.") from error
    if not abs(sound).max() > 0:
        raise InputRefused(f"{path.name!r} is silent.")
    seconds = Fraction(len(sound), SAMPLE_RATE)
    own = found.sound
    return OwnReading(name=own.name, digest=own.digest, form=own.form, seconds=seconds), Path(found.path)


def check(recordings: Iterable[Recording]) -> None:
    """Decode the beginning of each recording. Raises `InputRefused` for the first that can't be heard."""
    from tools.protocols import Input
    from tools.sound.own import LONGEST_BED, LONGEST_EFFECT, decoded

    for recording in recordings:
        path = Path(recording.path)
        try:
            decoded(
                Input(folder=path),
                recording.sound,
                LONGEST_BED if recording.sound.name.startswith("bed-") else LONGEST_EFFECT,
            )
        except MediaBroken as error:
            raise InputRefused(f"{path.name!r} in the folder of sounds is broken: no sound could be read.") from error


def unknown(recordings: Iterable[Recording]) -> tuple[str, ...]:
    """Return the names that no event and no thing of the lexicon ever asks for: slips of the pen, most likely."""
    from tools.sound import bodies, creatures

    things = bodies.known() | creatures.known()
    return tuple(one.sound.name for one in recordings if not is_known(one.sound.name, things))


def _read(path: Path, root: Path) -> Recording:
    from tools.shelf import file_hash

    try:
        real = path.resolve()
    except (OSError, RuntimeError) as error:
        raise InputRefused(f"{path.name!r} in the folder of sounds is a link that leads nowhere.") from error
    if not real.is_relative_to(root):
        raise InputRefused(
            f"{path.name!r} in the folder of sounds is a link that leads out of it: copy the file there."
        )
    if not real.is_file():
        raise InputRefused(f"{path.name!r} in the folder of sounds is no file.")
    form, name = _FORMS[path.suffix.lower()], file_name(path.stem)
    if not name:
        raise InputRefused(f"{path.name!r} in the folder of sounds has no name; docs/sounds.md lists them.")
    try:
        if real.stat().st_size > MOST_BYTES:
            raise InputRefused(f"{path.name!r} in the folder of sounds has more than {MOST_BYTES // 1_000_000} MB.")
        with real.open("rb") as file:
            head = file.read(16)
        digest = file_hash(real)
    except OSError as error:
        raise InputRefused(f"{path.name!r} in the folder of sounds can't be read: {error.strerror}.") from error
    if form not in _kinds(head):
        raise InputRefused(f"{path.name!r} in the folder of sounds is broken, or no {path.suffix[1:].lower()} file.")
    return Recording(path=str(real), sound=OwnSound(name=name, digest=digest, form=form))


def _kinds(head: bytes) -> set[str]:
    """Return the readers that a file with this beginning may be opened by."""
    kinds = {container_of(head)}
    if head[:3] == b"ID3":
        kinds |= {"flac"}  # Some writers put a tag before either.
    return kinds & set(get_args(OwnSound.model_fields["form"].annotation))
