"""Reads the boxes of an MP4 file: enough to know what a segment is without starting ffmpeg for each.

Layout and field offsets: ISO/IEC 14496-12 (boxes, `stsd`, `stsz`, `mdhd`, `elst`).
"""

import struct
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from episodes.errors import MediaBroken
from episodes.value import Value

_CONTAINERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts")


class TrackBoxes(Value):
    """What one track of a file declares."""

    kind: str
    """`vide`, `soun` or another handler."""
    samples: int
    """Coded frames (pictures, or packets of 1,024 samples of sound)."""
    media_seconds: Fraction
    """Length of the media, encoder delay and padding included."""
    shown_seconds: Fraction
    """Length after the edit list: what a player shows; the media's where there is none."""
    starts_at: Fraction
    """Media time of the first moment that is shown: the encoder's delay."""
    description: bytes
    """The sample description: equal for two tracks whose packets may stand in one stream."""


def read_tracks(path: Path) -> tuple[TrackBoxes, ...]:
    """Return the tracks of an MP4 file in order. Raises `MediaBroken` when it is missing, cut off or no MP4."""
    try:
        moov = _movie_box(path)
        timescale = _timescale(_first(moov, b"mvhd"))
        return tuple(_track(box, timescale) for kind, box in _boxes(moov) if kind == b"trak")
    except (OSError, struct.error, LookupError, ZeroDivisionError) as error:
        raise MediaBroken(f"{path.name!r} is missing or is no whole MP4 file.") from error


def picture_of(path: Path) -> TrackBoxes:
    """Return the picture track. Raises `MediaBroken` when there is none."""
    return _only(path, "vide", "picture")


def sound_of(path: Path) -> TrackBoxes:
    """Return the sound track. Raises `MediaBroken` when there is none."""
    return _only(path, "soun", "sound")


def _only(path: Path, kind: str, name: str) -> TrackBoxes:
    for track in read_tracks(path):
        if track.kind == kind:
            return track
    raise MediaBroken(f"{path.name!r} has no {name}.")


def _movie_box(path: Path) -> bytes:
    """Return the content of `moov`, skipping over the media by seeking."""
    with path.open("rb") as file:
        while header := file.read(8):
            size, kind = struct.unpack(">I4s", header)
            length = struct.unpack(">Q", file.read(8))[0] - 16 if size == 1 else size - 8
            if kind == b"moov":
                return file.read(length)
            if length < 0:
                break
            file.seek(length, 1)
    raise LookupError("moov")


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if size < 8:
            return
        yield kind, content[at + 8 : at + size]
        at += size


def _first(content: bytes, *path: bytes) -> bytes:
    for name in path:
        content = next((box for kind, box in _boxes(content) if kind == name), b"")
        if not content:
            raise LookupError(name)
    return content


def _timescale(header: bytes) -> int:
    """Return ticks a second from an `mvhd` or `mdhd` box; version 1 has 64-bit times before it."""
    return int(struct.unpack_from(">I", header, 20 if header[0] == 1 else 12)[0])


def _track(trak: bytes, movie_scale: int) -> TrackBoxes:
    header = _first(trak, b"mdia", b"mdhd")
    scale = _timescale(header)
    long = header[0] == 1
    length = struct.unpack_from(">Q" if long else ">I", header, 24 if long else 16)[0]
    table = _first(trak, b"mdia", b"minf", b"stbl")
    media = Fraction(length, scale)
    start, shown = _edit(trak, media, scale, movie_scale)
    return TrackBoxes(
        kind=_first(trak, b"mdia", b"hdlr")[8:12].decode("latin-1"),
        samples=struct.unpack_from(">I", _first(table, b"stsz"), 8)[0],
        media_seconds=media,
        shown_seconds=shown,
        starts_at=start,
        description=_description(_first(table, b"stsd")),
    )


def _description(stsd: bytes) -> bytes:
    """Return the sample description without its bit-rate box, which differs between equal streams."""
    at = stsd.find(b"btrt")
    return stsd if at < 0 else stsd[: at - 4] + stsd[at + 16 :]


def _edit(trak: bytes, media: Fraction, scale: int, movie_scale: int) -> tuple[Fraction, Fraction]:
    """Return where the shown part starts in the media, and its length."""
    try:
        table = _first(trak, b"edts", b"elst")
    except LookupError:
        return Fraction(0), media
    count = struct.unpack_from(">I", table, 4)[0]
    entry = ">Qqhh" if table[0] == 1 else ">Iihh"
    edits = [struct.unpack_from(entry, table, 8 + i * struct.calcsize(entry)) for i in range(count)]
    shown = [(length, at) for length, at, *_ in edits if at >= 0]
    if not shown:
        return Fraction(0), media
    return Fraction(shown[0][1], scale), Fraction(sum(length for length, _ in shown), movie_scale)
