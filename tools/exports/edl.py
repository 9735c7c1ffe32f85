"""The cut as an edit decision list in the CMX 3600 form.

The plug-in of OpenTimelineIO writes one track only, so this is written here; it reads ours back (in the tests).
An EDL knows one picture track and four of sound; overlays (V2) and notes are left to OTIO.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from episodes.cut import Clip, Cut, TrackName
from episodes.episode import Episode
from episodes.whole_file import replace_file

CHANNELS: tuple[tuple[TrackName, str], ...] = (("V1", "V"), ("A1", "A"), ("A2", "A2"), ("A3", "A3"), ("A4", "A4"))

START_SECONDS = 3600
"""Record time starts at one hour, as in the OTIO file."""

REEL_LETTERS = 8
"""Longest reel name that CMX 3600 allows."""


def write_edl(episode: Episode, cut: Cut, path: Path) -> None:
    """Write picture and sound of the cut. Raises `OutOfSpace`."""
    replace_file(path, edl_text(episode, cut).encode("ascii"))


def edl_text(episode: Episode, cut: Cut) -> str:
    """Return the list: one event a clip, by track, each with its name in a comment."""
    rate = timecode_rate(episode.brief.format.fps)
    events = (event for track, channel in CHANNELS for event in _events(cut, track, channel, rate))
    numbered = (f"{number:03}  {event}" for number, event in enumerate(events, 1))
    return "\n".join([f"TITLE: {_ascii(episode.the_script.title)}", "FCM: NON-DROP FRAME", "", *numbered]) + "\n"


def timecode_rate(fps: int) -> int:
    """Return the timecode's rate: no timecode counts fewer than 24 frames, so 12 are counted twice."""
    return fps if fps >= 24 else fps * -(-24 // fps)


def timecode(frames: int, rate: int) -> str:
    """Return `hh:mm:ss:ff`."""
    seconds, frame = divmod(frames, rate)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{frame:02}"


def _events(cut: Cut, track: TrackName, channel: str, rate: int) -> Iterator[str]:
    for at, clip in cut.track(track).placed():
        start, end = round(at * rate), round((at + clip.seconds) * rate)
        if end > start:
            yield _event(clip, channel, start, end - start, rate)


def _event(clip: Clip, channel: str, start: int, length: int, rate: int) -> str:
    source = round(clip.source_in * rate)
    record = START_SECONDS * rate + start
    times = " ".join(timecode(at, rate) for at in (source, source + length, record, record + length))
    return f"{_reel(clip.media):8} {channel:5} C        {times}\n* FROM CLIP NAME: {_ascii(clip.media)}\n"


def _reel(media: str) -> str:
    return (re.sub(r"[^A-Za-z0-9]", "", media).upper() or "AX")[-REEL_LETTERS:]


def _ascii(text: str) -> str:
    return " ".join(text.encode("ascii", "replace").decode().split())
