"""RSS and Atom feeds, and the podcasts among them. Only bytes that are here are parsed: nothing is fetched."""

import re
from dataclasses import dataclass
from typing import Any

from episodes.errors import InputRefused
from tools.sources.pages import strip_markup

MOST_ITEMS = 10
"""The newest items of a feed that are read; none of their links is followed."""

MOST_CHARACTERS = 4_000
"""Of one item's summary."""

_TRANSCRIPTS = ("text/vtt", "application/srt", "application/x-subrip", "application/json", "text/html", "text/plain")
"""Types of transcripts, the best first: those with times."""


@dataclass(frozen=True)
class PodcastEpisode:
    """The newest episode of a podcast: addresses as they stand in the feed, unchecked."""

    title: str
    media: str
    transcripts: tuple[tuple[str, str], ...]
    """Address and type, the best first."""


def read_feed(raw: bytes, name: str) -> str:
    """Return titles and summaries of the newest ten items, parted by empty lines.

    Raises `InputRefused` for what is no feed and for a feed without items.
    """
    parsed = _parse(raw, name)
    parts = [strip_markup(str(parsed.feed.get("title", "")))]
    for item in _newest(parsed.entries)[:MOST_ITEMS]:
        body = max((str(part.get("value", "")) for part in item.get("content", ())), key=len, default="")
        summary = strip_markup(body or str(item.get("summary", "")))[:MOST_CHARACTERS]
        parts += [strip_markup(str(item.get("title", ""))), summary]
    return "\n\n".join(f"{part}." if re.search(r"\w$", part) else part for part in parts if part)


def newest_episode(raw: bytes, name: str) -> PodcastEpisode | None:
    """Return the newest item that brings a sound or a video, or None for a feed that is no podcast."""
    for item in _newest(_parse(raw, name).entries)[:MOST_ITEMS]:
        for link in item.get("links", ()):
            kind = str(link.get("type", ""))
            if link.get("rel") == "enclosure" and link.get("href") and kind.startswith(("audio/", "video/")):
                guid = str(item.get("id", ""))
                return PodcastEpisode(str(item.get("title", "")), str(link["href"]), _transcripts(raw, guid))
    return None


def _parse(raw: bytes, name: str) -> Any:
    from io import BytesIO

    import feedparser  # type: ignore[import-untyped]

    # A stream: given a string, feedparser would take it for an address or a path and open it.
    parsed = feedparser.parse(BytesIO(raw))
    if not parsed.version or not parsed.entries:
        raise InputRefused(f"{name!r} is no feed with anything in it.")
    return parsed


def _newest(entries: Any) -> list[Any]:
    """Return the items by date, the newest first; without dates, in the feed's own order."""
    dated = [(item.get("published_parsed") or item.get("updated_parsed"), item) for item in entries]
    if any(when is None for when, _ in dated):
        return list(entries)
    return [item for _, item in sorted(dated, key=lambda pair: tuple(pair[0]), reverse=True)]


def _transcripts(raw: bytes, guid: str) -> tuple[tuple[str, str], ...]:
    """Return all transcripts of an item: feedparser keeps only the last of an item's."""
    from lxml import etree  # type: ignore[import-untyped]

    # Nothing outside is opened and no entity is put in: a document can't read files or grow.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        tree = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        return ()
    items = [item for item in (tree.iter("item") if tree is not None else ()) if not guid or _guid(item) == guid]
    found = [
        (str(mark.get("url")), str(mark.get("type", "")).partition(";")[0].strip().lower())
        for item in items[:1]
        for mark in item.iter("{*}transcript")
        if mark.get("url")
    ]
    known = [one for one in found if one[1] in _TRANSCRIPTS]
    return tuple(sorted(known, key=lambda one: _TRANSCRIPTS.index(one[1])))


def _guid(item: Any) -> str:
    return str(item.findtext("guid") or item.findtext("link") or "").strip()
