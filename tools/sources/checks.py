"""Says quickly whether a source can be read at all, before anything is written. Imports next to nothing."""

import re
from pathlib import Path
from typing import NoReturn

from episodes.errors import InputRefused, MediaBroken
from tools.containers import container_of

TEXT_KINDS = frozenset({".txt", ".md", ".markdown"})
SUBTITLE_KINDS = frozenset({".srt", ".vtt"})
VIDEO_KINDS = frozenset({".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi"})
AUDIO_KINDS = frozenset({".mp3", ".wav", ".m4a", ".aac", ".flac", ".ogg", ".oga", ".opus"})
PAGE_KINDS = frozenset({".html", ".htm", ".xhtml"})
PAPER_KINDS = frozenset({".pdf"})
FEED_KINDS = frozenset({".rss", ".atom", ".xml"})

_KINDS = (
    ("text", TEXT_KINDS), ("subtitles", SUBTITLE_KINDS), ("video", VIDEO_KINDS), ("audio", AUDIO_KINDS),
    ("page", PAGE_KINDS), ("paper", PAPER_KINDS), ("feed", FEED_KINDS),
)  # fmt: skip

MAX_TEXT_BYTES = 1_000_000
"""A long novel; a report of an event is a few kB. At 17 kB a second this much is searched for names in a minute."""

MAX_PAGE_BYTES = 5_000_000
"""A page or a feed with its markup, of which a tenth is text; as much of text alone is taken apart in half a minute."""

MAX_PAPER_BYTES = 50_000_000

MAX_MEDIA_BYTES = 4 * 1024**3
"""4 GiB: the size at which cameras on FAT32 cards begin a new file."""

_SAMPLE_BYTES = 65_536
"""How much of a text is looked at for signs that it is none."""

_BINARY_SHARE = 0.02
"""Share of control characters above which a file is no text; real texts have none at all but line ends and tabs."""


def is_address(text: str) -> bool:
    """Say whether what the person typed is a link rather than a path: `https://…`, `file:…`, `www.…`."""
    return bool(re.match(r"[a-z][a-z0-9+.-]+:", text.strip(), re.IGNORECASE) or text.strip().lower().startswith("www."))


def is_link(text: str) -> bool:
    """Say whether an address is one of the web, which is fetched, and not `file:` or the like."""
    return bool(re.match(r"https?:|www\.", text.strip(), re.IGNORECASE))


def refuse_address(text: str) -> NoReturn:
    """Raise `InputRefused` for an address of another scheme than the web's, with what to do instead."""
    scheme = text.strip().partition(":")[0].lower()
    raise InputRefused(f"A source can't be a {scheme}: address; give a https:// link or the path of a file. ({text!r})")


def kind_of(name: str) -> str:
    """Return what a file is by its ending: `text`, `subtitles`, `video`, `audio`, `page`, `paper` or `feed`.

    Raises `InputRefused` for any other.
    """
    ending = Path(name).suffix.lower()
    for kind, endings in _KINDS:
        if ending in endings:
            return kind
    raise InputRefused(
        f"{Path(name).name!r} is of a kind that can't be read: give text or Markdown, subtitles (.srt, .vtt), "
        "a page (.html), a paper (.pdf), a feed (.xml), video (.mp4, .mov, .mkv, .webm, .avi) or sound (.mp3, .wav, "
        ".m4a, .flac, .ogg)."
    )


def _most_bytes(kind: str) -> int:
    small = {"text": MAX_TEXT_BYTES, "subtitles": MAX_TEXT_BYTES, "page": MAX_PAGE_BYTES, "feed": MAX_PAGE_BYTES}
    return small.get(kind, MAX_PAPER_BYTES if kind == "paper" else MAX_MEDIA_BYTES)


def check_source(path: Path) -> None:
    """Look at one file in less than half a second; return if it can be read.

    Raises `InputRefused` with one sentence for a file that is missing, empty, unreadable, too large, of an unknown
    kind, or not what its ending says. Opens no other file, whatever this one names.
    """
    size = _size(path)
    kind = kind_of(path.name)
    limit = _most_bytes(kind)
    if size > limit:
        raise InputRefused(f"{path.name!r} is too large ({size / 1e6:.0f} MB); the limit is {limit / 1e6:.0f} MB.")
    try:
        with path.open("rb") as file:
            head = file.read(_SAMPLE_BYTES)
    except OSError as error:
        raise InputRefused(f"{path.name!r} can't be opened: {error.strerror or error}.") from error
    if kind in ("video", "audio"):
        _check_media(path, kind, head, size)
    elif kind == "paper":
        _check_paper(path, head)
    else:
        _check_text(path, head)
        _check_markup(path, kind, head)


def _size(path: Path) -> int:
    try:
        if path.is_dir():
            raise InputRefused(f"{path.name!r} is a folder; give the files in it one by one.")
        if not path.exists():
            raise InputRefused(f"There is no file {path.name!r} here; check its name and folder.")
        if not path.is_file():
            raise InputRefused(f"{path.name!r} is no ordinary file.")
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise InputRefused(f"{path.name!r} can't be opened: {error}.") from error
    if not size:
        raise InputRefused(f"{path.name!r} is empty.")
    return size


def _check_text(path: Path, head: bytes) -> None:
    if not is_text(head):
        raise InputRefused(f"{path.name!r} is no text, whatever its name says.")


def is_text(head: bytes) -> bool:
    """Say whether a file that begins so is text in some encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or looks_like_utf16(head):
        return True
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return control <= _BINARY_SHARE * len(head) and b"\0\0" not in head


def _check_paper(path: Path, head: bytes) -> None:
    if b"%PDF-" not in head[:1024]:
        raise InputRefused(f"{path.name!r} is no PDF file, whatever its name says.")
    from tools.sources.papers import open_paper

    open_paper(path, path.name)


def _check_markup(path: Path, kind: str, head: bytes) -> None:
    plain = head.replace(b"\0", b"").lower()
    if kind == "page" and b"<" not in plain:
        raise InputRefused(f"{path.name!r} is no page: there is no markup in it.")
    if kind == "feed" and not is_feed(plain):
        raise InputRefused(f"{path.name!r} is no RSS or Atom feed, whatever its name says.")


def is_feed(head: bytes) -> bool:
    """Say whether a file that begins so, in lower case, is an RSS or Atom feed."""
    return bool(re.search(rb"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", head)) and b"<html" not in head


def looks_like_utf16(head: bytes) -> bool:
    """Say whether every other byte is zero: UTF-16 of a Latin script without its mark."""
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    half = min(len(head), 4096) // 2
    return half > 4 and (odd > 0.7 * half > 14 * even or even > 0.7 * half > 14 * odd)


def media_of(head: bytes) -> str:
    """Return the reader of a video or sound that a source may be, or an empty string."""
    reader = container_of(head)
    return "" if reader == "gif" else reader


def _check_media(path: Path, kind: str, head: bytes, size: int) -> None:
    # ffmpeg chooses its reader by content, and some readers (playlists, `ffconcat`) open other files. A file must
    # therefore begin like a container before ffmpeg sees it.
    family = media_of(head)
    if not family:
        raise InputRefused(f"{path.name!r} is no {kind} file, whatever its name says.")
    if family == "mov":
        _check_boxes(path, size)
    from tools import ffmpeg

    try:
        found = ffmpeg.probe(path.absolute())
    except MediaBroken as error:
        raise InputRefused(f"{path.name!r} is damaged: it can't be opened as {kind}.") from error
    if not (found.width or found.has_audio):
        raise InputRefused(f"{path.name!r} holds neither picture nor sound.")


def _check_boxes(path: Path, size: int) -> None:
    """Walk the outermost boxes of an MP4 or QuickTime file. Raises `InputRefused` when one is cut short."""
    position = 0
    with path.open("rb") as file:
        while position + 8 <= size:
            file.seek(position)
            header = file.read(16)
            length = int.from_bytes(header[:4], "big")
            if length == 1:
                length = int.from_bytes(header[8:16], "big")
            if length == 0:
                return
            if length < 8 or position + length > size:
                raise InputRefused(f"{path.name!r} is damaged: its end is missing; copy or download it again.")
            position += length
