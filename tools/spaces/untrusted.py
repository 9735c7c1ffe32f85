"""Media from a stranger: its kind is read from its first bytes, and it is decoded whole before anybody believes it.

No reader is let guess: a play list that calls itself a film could name other files of this machine.
"""

import re
from pathlib import Path

import numpy as np

from episodes.errors import MediaBroken, RequestRejected
from episodes.format import SAMPLE_RATE
from tools.containers import container_of
from tools.ffmpeg import Probe, probe, reading, run
from tools.sound.wav import Samples
from tools.video.clips import Clip, open_clip

_MOST_SECONDS = 900.0
"""Nobody asks a Space for a quarter of an hour; what claims to be longer is no answer."""
_CUT_OFF = 0.9
"""Part of its declared length that a sound must decode to."""


def container(path: Path) -> str:
    """Return the name of ffmpeg's reader for a file, by its first bytes. Raises `MediaBroken` for no media."""
    with path.open("rb") as file:
        reader = container_of(file.read(16))
    if not reader:
        raise MediaBroken("What came back is no film and no sound: it has to be made again.")
    return reader


def opened(path: Path) -> list[str]:
    """Return the ffmpeg arguments that open a stranger's file with the reader that its first bytes ask for."""
    return ["-protocol_whitelist", "file,pipe,fd", "-f", container(path), "-i", str(path)]


def checked_film(path: Path, space: str) -> Clip:
    """Decode a film to its end, once, and return what it is.

    Raises `MediaBroken` for no film or a damaged one, and `RequestRejected` for one that is black throughout, which is
    what safety filters put in the place of a refused picture.
    """
    container(path)
    try:
        found = open_clip(path)
    except MediaBroken as error:
        raise MediaBroken(f"{space} answered with a broken film: {error}") from error
    if found.black:
        raise RequestRejected(f"{space} answered with a black picture, as its safety filter does for words it refuses.")
    return found


def _said(path: Path, space: str) -> Probe:
    container(path)
    try:
        return probe(path)
    except MediaBroken as error:
        raise MediaBroken(f"{space} answered with a file that can't be opened: it is cut off or broken.") from error


def _decode(path: Path, stream: str, space: str) -> None:
    try:
        run(["-v", "error", "-xerror", *opened(path), "-map", stream, "-f", "null", "-"], timeout=300)
    except MediaBroken as error:
        raise MediaBroken(f"{space} answered with a file that can't be decoded to its end.") from error


def checked_sound(path: Path, space: str, channels: int) -> Samples:
    """Return the sound of a file, decoded to its end: 48 kHz, `[frames]` for one channel, else `[frames, channels]`.

    Raises `MediaBroken` for no sound or a cut-off one.
    """
    said = probe_of(path, space)
    if said > _MOST_SECONDS:
        raise MediaBroken(f"{space} answered with a sound of {said / 60:.0f} minutes.")
    _decode(path, "0:a:0", space)
    form = ["-map", "0:a:0", "-vn", "-ac", str(channels), "-ar", str(SAMPLE_RATE), "-f", "f32le"]
    with reading([*opened(path), *form]) as pipe:
        raw = pipe.read()
    samples = np.frombuffer(raw[: len(raw) // (4 * channels) * 4 * channels], "<f4").astype(np.float32)
    samples = samples if channels == 1 else samples.reshape(-1, channels)
    if not len(samples) or len(samples) / SAMPLE_RATE < said * _CUT_OFF - 0.3:
        raise MediaBroken(f"{space} answered with half a sound: it says {said:.1f} s and ends before.")
    return np.clip(np.nan_to_num(samples), -1.0, 1.0)


def probe_of(path: Path, space: str) -> float:
    """Return the declared length of a sound in seconds. Raises `MediaBroken` when there is no sound in the file."""
    said = _said(path, space)
    if not said.has_audio:
        raise MediaBroken(f"{space} answered with a file without sound.")
    if container(path) == "wav":
        return _declared(path) or said.seconds
    return said.seconds


def _declared(path: Path) -> float:
    """Return the length that a wave file's header declares; ffmpeg goes by what is there."""
    with path.open("rb") as file:
        head = file.read(4096)
    form, data = head.find(b"fmt "), head.find(b"data")
    if form < 0 or data < 0:
        return 0.0
    a_second = int.from_bytes(head[form + 16 : form + 20], "little")
    size = int.from_bytes(head[data + 4 : data + 8], "little")
    # Streamed waves declare no size, or all that there could be.
    return size / a_second if a_second and size < 0x7FFF_0000 else 0.0


def frame_of(film: Path, into: Path, *, last: bool = False) -> Path:
    """Write the first or the last frame of one of our own takes as a PNG and return its path."""
    seek = ["-sseof", "-0.5"] if last else []
    keep = ["-update", "1"] if last else ["-frames:v", "1"]
    run([*seek, "-protocol_whitelist", "file,pipe,fd", "-i", film, "-map", "0:v:0", *keep, into])
    if not into.exists():
        raise MediaBroken(f"{re.sub(r'[^ -~]', '', film.name)!r} has no frame that could be handed in.")
    return into
