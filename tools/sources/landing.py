"""Where fetched bytes land: what a file holds is told by its bytes, and its name is one of ours.

No name from the network ever becomes a path.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from episodes.errors import InputRefused, MediaBroken
from episodes.results import FetchedFile
from tools.sources.checks import check_source, is_feed, is_text, media_of
from tools.sources.fetching import Body

Holds = Literal["text", "page", "paper", "feed", "subtitles", "video", "audio"]

_HEAD = 65_536

_ENDINGS = {
    "mov": ".mp4",
    "matroska": ".mkv",
    "avi": ".avi",
    "wav": ".wav",
    "mp3": ".mp3",
    "flac": ".flac",
    "ogg": ".ogg",
    "aac": ".aac",
}
"""Ending of each family of containers."""

_SOUND_ONLY = ("wav", "mp3", "flac", "ogg", "aac")

_PACKET = 188
"""Bytes of a packet of an MPEG transport stream, each of which begins with 0x47."""

_LIST = re.compile(rb"\s*(#EXTM3U|ffconcat\b|\[playlist\])|<(MPD|SmoothStreamingMedia|asx)[\s>]", re.IGNORECASE)


def land_body(path: Path, into: Path, body: Body) -> FetchedFile:
    """Give what was got the name of its kind in the folder `into` and check that it can be read.

    Raises `InputRefused` with one sentence for what is of no kind that can be.
    """
    shown = body.address.shown
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return _land(path, into / "paper.pdf", "paper", shown)
    if _is_media(head):
        sound = body.content_type.startswith("audio/")
        return land_media(path, into, shown, "audio" if sound else "video")
    holds, ending = _text_kind(head, body)
    if holds is None:
        what = body.content_type.split(";")[0][:60] or "unknown"
        raise InputRefused(
            f"What is at {shown!r} is of a kind that can't be read ({what!r}): give a page, a PDF, a feed, subtitles, "
            "a text, a video or a sound."
        )
    _to_utf8(path, body.charset)
    return _land(path, into / f"{holds}{ending}", holds, shown)


def _is_media(head: bytes) -> bool:
    # FF FE also begins UTF-16.
    return _is_transport_stream(head) or (bool(media_of(head)) and not is_text(head))


def _is_transport_stream(head: bytes) -> bool:
    return len(head) > 2 * _PACKET and all(head[at] == 0x47 for at in (0, _PACKET, 2 * _PACKET))


def _text_kind(head: bytes, body: Body) -> tuple[Holds | None, str]:
    """Return what a text is, and its file's ending."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    low = plain[:4096].lower()
    path = body.address.target.partition("?")[0].lower()
    html = body.content_type in ("text/html", "application/xhtml+xml")
    if (
        not is_text(head)
        or _LIST.match(plain)
        or re.match(rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(svg|mpd)\b", low, re.S)
    ):
        return None, ""
    if plain.startswith(b"WEBVTT"):
        return "subtitles", ".vtt"
    if re.match(rb"\d+\s+\d\d:\d\d:\d\d[,.]\d", plain):
        return "subtitles", ".srt"
    if is_feed(low):
        return "feed", ".xml"
    if html or re.search(rb"<(!doctype html|html|head|body)\b", low):
        return "page", ".html"
    if body.content_type in ("text/markdown", "text/x-markdown") or path.endswith((".md", ".markdown")):
        return "text", ".md"
    return ("text", ".txt") if body.content_type in ("text/plain", "") else (None, "")


def land_media(path: Path, into: Path, shown: str, wanted: Literal["video", "audio"]) -> FetchedFile:
    """Give a fetched video or sound its name. Raises `InputRefused` when it is neither, or damaged."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if _is_transport_stream(head):
        path = _rewrapped(path, into, shown)
        family = "matroska"
    else:
        family = media_of(head)
    if family not in _ENDINGS:
        raise InputRefused(f"What is at {shown!r} is no {wanted} that can be read.")
    holds: Holds = "audio" if family in _SOUND_ONLY else wanted
    ending = ".m4a" if (family, holds) == ("mov", "audio") else _ENDINGS[family]
    return _land(path, into / f"{'sound' if holds == 'audio' else 'video'}{ending}", holds, shown)


def _rewrapped(path: Path, into: Path, shown: str) -> Path:
    """Return a transport stream's packets in Matroska: our readers are none for streams."""
    from tools import ffmpeg

    made = into / "rewrapped.mkv"
    try:
        ffmpeg.run(["-f", "mpegts", *ffmpeg.safe_input(path), "-map", "0", "-dn", "-c", "copy", made], timeout=120)
    except MediaBroken as error:
        raise InputRefused(f"What is at {shown!r} is damaged: it can't be opened.") from error
    path.unlink()
    return made


def _land(path: Path, target: Path, holds: Holds, shown: str) -> FetchedFile:
    path.rename(target)
    try:
        check_source(target)
    except InputRefused as error:
        raise InputRefused(
            f"What is at {shown!r} can't be used: {str(error).replace(repr(target.name), 'it')}"
        ) from error
    return FetchedFile(file=target.name, holds=holds)


def land_text(text: str, into: Path, name: str, holds: Holds) -> tuple[FetchedFile, ...]:
    """Write a text under a name of ours; nothing where it has no word."""
    if not re.search(r"\w", text):
        return ()
    (into / name).write_text(text, "utf-8")
    return (FetchedFile(file=name, holds=holds),)


def holds_any(files: Sequence[FetchedFile], kind: Holds) -> bool:
    """Say whether any of the files is of a kind."""
    return any(item.holds == kind for item in files)


def _to_utf8(path: Path, charset: str) -> None:
    """Write a text anew whose encoding only the server's header told."""
    if not charset or charset.lower() in ("utf-8", "utf8", "us-ascii"):
        return
    raw = path.read_bytes()
    try:
        text = raw.decode(charset)
    except (LookupError, UnicodeDecodeError, ValueError):
        return  # The header is wrong: what the bytes themselves say is found out when they are read.
    path.write_text(text, "utf-8", newline="")
