"""Joins finished segments by copying their packets: no picture is decoded or changed."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from episodes.errors import MediaBroken
from episodes.film_requests import PlacedSegment
from episodes.format import Format
from tools.assembly.boxes import picture_of
from tools.assembly.pcm import disk_full_told
from tools.protocols import Input

_MICROSECONDS = 1_000_000


def list_segments(segments: Sequence[PlacedSegment], inputs: Mapping[str, Input], format_: Format, into: Path) -> Path:
    """Write a list for ffmpeg's concat demuxer into `into`, with links to the segments under plain names.

    Raises `MediaBroken` when a segment has another number of frames than asked, or can't stand in one stream with
    the first; both would show only later, as drift or as green frames.
    """
    if not segments:
        raise MediaBroken("A film needs at least one segment.")
    files = [inputs[segment.input].file("segment.mp4").resolve() for segment in segments]
    _check(segments, files)
    lines, frames, told = ["ffconcat version 1.0"], 0, 0
    for index, (segment, file) in enumerate(zip(segments, files, strict=True)):
        name = f"segment-{index:04}.mp4"
        _link(file, into / name)
        frames += segment.frames
        # Lengths are told from the running sum: rounded one by one, 200 of them would drift by a tick.
        end = round(frames * format_.frame * _MICROSECONDS)
        lines += [f"file {name}", f"duration {(end - told) // _MICROSECONDS}.{(end - told) % _MICROSECONDS:06}"]
        told = end
    path = into / "segments.ffconcat"
    with disk_full_told():
        path.write_text("\n".join(lines) + "\n", encoding="ascii")
    return path


def _check(segments: Sequence[PlacedSegment], files: Sequence[Path]) -> None:
    first = picture_of(files[0])
    for segment, file in zip(segments, files, strict=True):
        picture = picture_of(file)
        if picture.samples != segment.frames:
            raise MediaBroken(f"The segment {segment.input!r} has {picture.samples} frames, not {segment.frames}.")
        if picture.description != first.description:
            raise MediaBroken(f"The segment {segment.input!r} was encoded with other parameters than the first one.")


def _link(file: Path, name: Path) -> None:
    try:
        name.symlink_to(file)
    except OSError:  # a file system or a system without links
        with disk_full_told():
            shutil.copyfile(file, name)
