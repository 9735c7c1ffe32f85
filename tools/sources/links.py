"""The embedded fetcher of links: looks where an address leads and brings what a reader needs of it."""

from pathlib import Path

from episodes.errors import BackendUnavailable, InputRefused, ProductionError
from episodes.requests import FetchRequest
from episodes.results import Fetched, FetchedFile
from episodes.tasks import ToolInfo
from tools.protocols import Call, ToolSettings
from tools.sources import sites
from tools.sources.addresses import Address, next_hop, parse_address
from tools.sources.feeds import PodcastEpisode, newest_episode
from tools.sources.fetching import Body, Fetcher, FetchLimits
from tools.sources.guarding import Guard, read_allowance
from tools.sources.landing import land_body, land_text
from tools.sources.transcripts import from_json

VERSION = "1"


class LinkFetcher:
    """Fetches articles, papers, feeds, podcasts, media files and what yt-dlp's sites hold."""

    def __init__(self, settings: ToolSettings, guard: Guard | None = None) -> None:
        """`guard`: the table and resolver; None for the person's allowance and the system's resolver."""
        self._limits = _limits(settings)
        self._guard = guard or Guard(read_allowance(settings.options.get("allow")))
        self._fetcher = Fetcher(self._guard, self._limits)

    @property
    def info(self) -> ToolInfo:
        """Free; it waits for others."""
        return ToolInfo(name="embedded-fetcher", version=VERSION, outside=True)

    def fetch(self, request: FetchRequest, call: Call) -> Fetched:
        """Write the files that `Fetched` lists.

        Raises `InputRefused` for what will never come, `TransientToolError` for what passes and `BackendDown` for a
        site that does not answer.
        """
        address = parse_address(request.address)
        self._guard.check_typed(address)
        site = sites.site_of(address)
        if site is not None and _is_video(site, address):
            from tools.sources.videos import VideoFetcher

            return VideoFetcher(site, self._guard, self._limits, request.language).fetch(address, call.into)
        return self._plain(address, call.into)

    def _plain(self, address: Address, into: Path) -> Fetched:
        path = into / "body"
        body = self._fetcher.get(address, path)
        first = land_body(path, into, body)
        files: tuple[FetchedFile, ...] = (first,)
        title = ""
        if first.holds == "feed":
            episode = newest_episode((into / first.file).read_bytes(), address.shown)
            if episode is not None:
                files, title = (first, *self._podcast(episode, body, into)), episode.title
        return Fetched(files=files, address=body.address.shown, content_type=body.content_type, title=title)

    def _podcast(self, episode: PodcastEpisode, feed: Body, into: Path) -> tuple[FetchedFile, ...]:
        """Bring the newest episode's transcript, or else its sound."""
        for link, kind in episode.transcripts[:3]:
            try:
                return self._transcript(next_hop(feed.address, link), kind, feed, into)
            except ProductionError:
                continue  # Another one, or the sound itself, says the same.
        path = into / "episode"
        body = self._fetcher.get(next_hop(feed.address, episode.media), path, trusted=feed.allowed)
        landed = land_body(path, into, body)
        if landed.holds not in ("video", "audio"):
            raise InputRefused(f"The newest episode of {feed.address.shown!r} is no sound that can be read.")
        return (landed,)

    def _transcript(self, address: Address, kind: str, feed: Body, into: Path) -> tuple[FetchedFile, ...]:
        path = into / "transcript"
        body = self._fetcher.get(address, path, trusted=feed.allowed, most=self._limits.page)
        if kind == "application/json":
            text = from_json(path.read_text("utf-8", "replace"))
            path.unlink()
            return land_text(text, into, "subtitles.vtt", "subtitles")
        landed = land_body(path, into, body)
        if landed.holds not in ("subtitles", "page", "text"):
            (into / landed.file).unlink()
            raise InputRefused(f"The transcript at {address.shown!r} is none.")
        return (landed,)


def build(settings: ToolSettings) -> LinkFetcher:
    """Return the embedded fetcher. Raises `BackendUnavailable` for options that can't be used."""
    return LinkFetcher(settings)


def _limits(settings: ToolSettings) -> FetchLimits:
    plain = FetchLimits()
    megabytes = _number(settings, "max_megabytes", plain.media / 1e6, 10_000)
    return FetchLimits(
        media=round(megabytes * 1e6), seconds=60 * _number(settings, "max_minutes", plain.seconds / 60, 240)
    )


def _number(settings: ToolSettings, name: str, default: float, most: float) -> float:
    value = settings.options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= most:
        raise BackendUnavailable(f"In director.toml, {name!r} in [sources] must be a number up to {most:.0f}.")
    return float(value)


def _is_video(site: sites.Site, address: Address) -> bool:
    """Say whether one of the site's extractors knows this address; an archive's text, say, is an ordinary page."""
    import re

    from yt_dlp.extractor import gen_extractor_classes  # type: ignore[import-untyped]

    names = [re.compile(name, re.IGNORECASE) for name in site.extractors]
    return any(
        kind.suitable(address.url)
        for kind in gen_extractor_classes()
        if any(name.fullmatch(kind.IE_NAME) for name in names)
    )
