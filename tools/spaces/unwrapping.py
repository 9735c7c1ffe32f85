"""Where the media is in what came back: a path, a dictionary, a list, a gallery, an address, or a page's source."""

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from pydantic import JsonValue

from episodes.errors import MediaBroken
from episodes.value import Value
from tools.spaces.connection import Connection
from tools.spaces.wishes import Purpose

_PICTURES = (".mp4", ".webm", ".mkv", ".mov", ".avi", ".gif", ".m4v")
_SOUNDS = (".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a", ".aac")
_OTHERS = (".png", ".jpg", ".jpeg", ".webp", ".json", ".txt", ".srt", ".vtt", ".csv", ".html", ".zip")
_LIKELY_KEYS = ("video", "audio", "result", "output", "file", "url", "path", "name")
_MOST_INLINE = 64 << 20


class Reference(Value):
    """Where one file is, as the app said it."""

    where: str
    """Path on the app's machine, address, or `data:` with the file itself."""
    key: str = ""
    """The key or tag that it stood under."""
    mime: str = ""


def references(data: list[JsonValue], result: int | str | None, purpose: Purpose) -> tuple[Reference, ...]:
    """Return all files in an answer that may be the wanted media, the likeliest first.

    `result`: the output that should hold it, or the key under which it should be; others are looked at if it is empty.
    """
    if isinstance(result, int) and -len(data) <= result < len(data):
        first = data[result]
        data = [first, *(item for place, item in enumerate(data) if place != result % len(data))]
    found = [reference for item in data for reference in _walk(item, "")]
    able = [reference for reference in found if _grade(reference, purpose) > 0]
    return tuple(sorted(able, key=lambda each: (each.key != result, -_grade(each, purpose))))


def _grade(reference: Reference, purpose: Purpose) -> int:
    """Return 2 for media of the wanted sort, 1 for what may be it, 0 for what is not."""
    suffix = PurePosixPath(
        urlsplit(reference.where).path if "://" in reference.where else reference.where
    ).suffix.lower()
    wanted, second = (_PICTURES, ()) if purpose == "video" else (_SOUNDS, _PICTURES)
    kind = "video/" if purpose == "video" else "audio/"
    if suffix in wanted or reference.mime.startswith(kind) or reference.where.startswith(f"data:{kind}"):
        return 2
    if suffix in _OTHERS or reference.mime.startswith(("image/", "text/")):
        return 0
    return 1 if suffix in second or not suffix or reference.mime.startswith("application/octet") else 0


def _walk(item: JsonValue, key: str) -> Iterator[Reference]:
    if isinstance(item, str):
        yield from _in_text(item, key)
    elif isinstance(item, list):
        for each in item:
            yield from _walk(each, key)
    elif isinstance(item, dict):
        address, path, mime = item.get("url"), item.get("path") or item.get("name"), item.get("mime_type")
        if isinstance(path, str) and (
            isinstance(address, str) or "meta" in item or "orig_name" in item or "size" in item
        ):
            yield Reference(where=path, key=key, mime=mime if isinstance(mime, str) else "")
            return
        for name in sorted(item, key=lambda each: _LIKELY_KEYS.index(each) if each in _LIKELY_KEYS else 99):
            yield from _walk(item[name], name)


def _in_text(text: str, key: str) -> Iterator[Reference]:
    stripped = text.strip()
    tags = re.findall(r"""<(?:video|audio|source|a)\b[^>]*?(?:src|href)\s*=\s*["']([^"']+)["']""", stripped, re.I)
    links = re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", stripped)
    starts = stripped.startswith(("http://", "https://", "data:", "/", "file=")) and "\n" not in stripped
    ends = PurePosixPath(stripped).suffix.lower() in (*_PICTURES, *_SOUNDS) and " " not in stripped
    if tags or links:
        for where in (*tags, *links):
            yield Reference(where=where, key=key)
    elif starts or ends:
        yield Reference(where=stripped, key=key)
    elif stripped[:1] in "{[" and len(stripped) < 100_000:
        yield from _in_json(stripped, key)


def _in_json(text: str, key: str) -> Iterator[Reference]:
    import json

    try:
        yield from _walk(json.loads(text), key)
    except (ValueError, RecursionError):
        return


def address_of(connection: Connection, reference: Reference) -> str:
    """Return the address on the app's own host at which a file is.

    Raises `MediaBroken` for one on another machine: an answer may not send us anywhere.
    """
    where = reference.where
    if where.startswith(("http://", "https://")):
        if connection.owns(where):
            return where
        # Behind a proxy an app may not know its own address; the file's path is still right.
        inside = re.search(r"/(?:gradio_api/)?file=(.+)$", where)
        if inside is None:
            host = urlsplit(where).hostname
            raise MediaBroken(
                f"{connection.space} answers with a file on another machine ({host}), which is not fetched."
            )
        where = unquote(inside.group(1))
    if where.startswith(("/gradio_api/file=", "/file=", "file=")):
        where = unquote(where.split("file=", 1)[1])
    return f"{connection.prefix}file={quote(where)}"


def addresses(connection: Connection, reference: Reference) -> tuple[str, ...]:
    """Return where a file may be on the app's own host, the likeliest first. Raises as `address_of` does.

    A page may mean by a path a file of the app's machine, or one below the address at which the app is served.
    """
    first, where = address_of(connection, reference), reference.where
    if "file=" in where or "://" in where:
        return (first,)
    second = urljoin(connection.address, where)
    return (first, second) if connection.owns(second) else (first,)


def inline(reference: Reference) -> bytes | None:
    """Return the bytes of a file that stands in the answer itself; None when it does not. Raises `MediaBroken`."""
    if not reference.where.startswith("data:"):
        return None
    head, _, body = reference.where.partition(",")
    if ";base64" not in head or len(body) > _MOST_INLINE:
        raise MediaBroken("An answer holds a file in a form that is not read.")
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise MediaBroken("An answer holds a file that is cut off.") from error
