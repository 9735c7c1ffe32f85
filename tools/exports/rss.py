"""The season's feed: RSS 2.0 as podcast players read it.

Forms: <https://www.rssboard.org/rss-specification>, <https://podcasters.apple.com/support/823-podcast-requirements>,
<https://podcastindex.org/namespace/1.0>.

An enclosure's address must be one that a player far away can ask for (RSS allows `http` only), so there is a feed only
for a season whose address is known. feedgen (1.0, the last release of 2023) does not write the podcast namespace.
"""

import uuid
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as xml

from episodes.errors import InputRefused
from episodes.whole_file import replace_file
from tools.exports.listing import AI_NOTICE, ListedEpisode, ListedFile, ListedSeason
from tools.exports.xml_text import document, put

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
GENERATOR = "Ten-Four"
_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The podcast namespace's own, from which every feed's guid is made."""

_PREFIXES = {"atom": ATOM, "itunes": ITUNES, "podcast": PODCAST}


def write_feed(season: ListedSeason, base: str, cover: str, path: Path) -> bool:
    """Write the feed of a season that is served at `base` unless the same one is there; say whether it was written.

    `cover` is the square picture's path relative to the season's folder, or empty. A feed that is not ours is left
    alone. Raises `InputRefused` for a base that is no address, and `OutOfSpace`.
    """
    feed = document(feed_of(season, base, cover, path.name))
    if path.exists():
        old = path.read_bytes()
        if old == feed or f"<generator>{GENERATOR}</generator>".encode() not in old:
            return False
    replace_file(path, feed)
    return True


def known_base(path: Path) -> str | None:
    """Return the address that a feed of ours was last written for; None when there is no such feed."""
    try:
        channel = xml.fromstring(path.read_bytes()).find("channel")
    except (OSError, xml.ParseError):
        return None
    if channel is None or channel.findtext("generator") != GENERATOR:
        return None
    link = channel.find(f"{{{ATOM}}}link")
    address = link.get("href", "") if link is not None else ""
    return address.rsplit("/", 1)[0] + "/" if address else None


def checked_base(base: str) -> str:
    """Return the address with a slash at its end. Raises `InputRefused` when it is none that a player can ask for."""
    try:
        parts = urlsplit(base)
        sound = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    except ValueError:
        sound = False
    if not sound or not base.isascii() or any(letter.isspace() for letter in base):
        raise InputRefused(
            f"{base!r} can't be a feed's address: give one like https://example.org/shows/ without ? or #."
        )
    return base if base.endswith("/") else base + "/"


def feed_of(season: ListedSeason, base: str, cover: str = "", name: str = "feed.xml") -> xml.Element:
    """Return the feed's root. Raises `InputRefused` for a base that is no address."""
    base = checked_base(base)
    for prefix, namespace in _PREFIXES.items():
        xml.register_namespace(prefix, namespace)
    root = xml.Element("rss", version="2.0")
    channel = put(root, "channel")
    put(channel, "title", f"{season.show}, season {season.season}")
    put(channel, "link", base + "index.html")
    put(channel, "description", f"{season.plot} {AI_NOTICE}")
    put(channel, "language", next((episode.language for episode in season.finished), "en"))
    put(channel, "generator", GENERATOR)
    put(channel, "docs", "https://www.rssboard.org/rss-specification")
    if season.finished:
        put(channel, "lastBuildDate", format_datetime(max(_dates(season).values()), usegmt=True))
    put(channel, f"{{{ATOM}}}link", href=base + name, rel="self", type="application/rss+xml")
    put(channel, f"{{{ITUNES}}}author", season.agency or season.show)
    put(channel, f"{{{ITUNES}}}type", "serial")
    put(channel, f"{{{ITUNES}}}explicit", "false")
    put(channel, f"{{{ITUNES}}}category", text="Comedy")
    put(channel, f"{{{PODCAST}}}guid", str(uuid.uuid5(_PODCASTS, (base + name).split("://", 1)[1].rstrip("/"))))
    put(channel, f"{{{PODCAST}}}medium", "video")
    if cover:
        _cover(channel, season, base, cover)
    dates = _dates(season)
    for episode in reversed(season.finished):
        _item(channel, episode, base, format_datetime(dates[episode.identity], usegmt=True))
    return root


def _dates(season: ListedSeason) -> dict[str, datetime]:
    """Return when each episode was published: in the order of their numbers, whatever was begun first."""
    dates: dict[str, datetime] = {}
    last = None
    for episode in season.finished:
        last = episode.begun if last is None else max(episode.begun, last + timedelta(seconds=1))
        dates[episode.identity] = last
    return dates


def _cover(channel: xml.Element, season: ListedSeason, base: str, cover: str) -> None:
    address = base + ListedFile(path=cover, bytes=0).url
    image = put(channel, "image")
    put(image, "url", address)
    put(image, "title", f"{season.show}, season {season.season}")
    put(image, "link", base + "index.html")
    put(channel, f"{{{ITUNES}}}image", href=address)


def _item(channel: xml.Element, episode: ListedEpisode, base: str, date: str) -> None:
    item = put(channel, "item")
    put(item, "title", episode.name)
    put(item, "link", f"{base}index.html#{episode.code}")
    put(item, "description", f"{episode.logline} {episode.notice}".strip())
    put(item, "guid", f"urn:ten-four:{episode.identity}", isPermaLink="false")
    put(item, "pubDate", date)
    main, other = (episode.film, episode.play) if episode.film else (episode.play, None)
    if main is not None:
        put(item, "enclosure", url=base + main.url, length=str(main.bytes), type=_kind(main))
    if other is not None:
        second = put(
            item, f"{{{PODCAST}}}alternateEnclosure", type=_kind(other), length=str(other.bytes), title="Radio play"
        )
        put(second, f"{{{PODCAST}}}source", uri=base + other.url)
    put(item, f"{{{ITUNES}}}title", episode.name)
    put(item, f"{{{ITUNES}}}season", str(max(1, episode.season)))
    put(item, f"{{{ITUNES}}}episode", str(episode.number))
    put(item, f"{{{ITUNES}}}episodeType", "full")
    put(item, f"{{{ITUNES}}}duration", str(max(1, round(episode.seconds))))
    put(item, f"{{{ITUNES}}}explicit", "false")
    if episode.thumb is not None:
        put(item, f"{{{ITUNES}}}image", href=base + episode.thumb.url)
    words = episode.vtt if episode.film else episode.play_vtt
    if words is not None:
        put(
            item, f"{{{PODCAST}}}transcript", url=base + words.url, type="text/vtt", language=episode.language,
            rel="captions",
        )  # fmt: skip


def _kind(file: ListedFile) -> str:
    return "video/mp4" if file.path.endswith(".mp4") else "audio/mp4"
