"""Sites of video and sound, by yt-dlp: which sites, with which options, and what is taken of a video there.

yt-dlp dials by itself, so it is sent through the guarding proxy; it starts no program but the JavaScript sandbox that
YouTube needs (Deno, where it is installed), writes only where it is told, and takes no plug-in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from episodes.errors import BackendUnavailable, InputRefused, ProductionError, TransientToolError
from tools.sources.addresses import Address
from tools.sources.fetching import FetchLimits
from tools.sources.proxy import GuardingProxy

if TYPE_CHECKING:
    from yt_dlp import YoutubeDL  # type: ignore[import-untyped]

LEAST_VERSION = (2026, 7, 4)
"""The first yt-dlp in which every hole that is known of (up to CVE-2026-55404) is closed."""

MOST_SUBTITLE_BYTES = 2_000_000
"""Ten hours of talk are 0.6 MB."""


@dataclass(frozen=True)
class Site:
    """A site and which of yt-dlp's extractors may read it."""

    hosts: tuple[str, ...]
    """Hosts, their subdomains included."""
    extractors: tuple[str, ...]
    """Regular expressions that the whole name of an extractor must fit. Never `generic`, which follows anything."""


SITES = (
    Site(("youtube.com", "youtu.be", "youtube-nocookie.com"), ("youtube", "youtube:clip", "YoutubeYtBe")),
    Site(("vimeo.com",), ("vimeo", "vimeo:review", "vimeo:event")),
    Site(("archive.org",), ("archive\\.org",)),
    Site(("tiktok.com",), ("TikTok", "vm\\.tiktok")),
    Site(("reddit.com", "redd.it"), ("Reddit",)),
    Site(("dailymotion.com", "dai.ly"), ("dailymotion",)),
    Site(("twitch.tv",), ("twitch:clips", "twitch:vod")),
    Site(("soundcloud.com",), ("soundcloud",)),
    Site(("bandcamp.com",), ("Bandcamp",)),
    Site(("ted.com",), ("TedTalk",)),
    Site(("twitter.com", "x.com"), ("twitter",)),
    Site(("instagram.com",), ("Instagram",)),
    Site(("facebook.com", "fb.watch"), ("facebook", "facebook:reel")),
    Site(("bsky.app",), ("Bluesky",)),
    Site(("streamable.com",), ("Streamable",)),
    Site(("rumble.com",), ("Rumble", "RumbleEmbed")),
    Site(("odysee.com",), ("lbry",)),
    Site(("c-span.org",), ("CSpan",)),
    Site(("loom.com",), ("loom",)),
    Site(("kick.com",), ("kick:clip", "kick:vod")),
)

_NATIVE = "[protocol~='^(https?|http_dash_segments|m3u8_native)$']"
"""Formats that yt-dlp loads by itself, without ffmpeg."""

LOOK = "/".join(
    f"{form}{_NATIVE}"
    for form in (
        "bv[height<=360][height>=100][filesize<150M]", "bv[height<=360][height>=100]", "b[height<=360][height>=100]",
        "bv[height<=480]", "wv", "w",
    )
)  # fmt: skip
"""One low-resolution picture, without sound where there is such a format: enough to see cuts, colours and things."""

LISTEN = "/".join(
    f"{form}{_NATIVE}" for form in ("ba[abr<=100][filesize<100M]", "ba[abr<=100]", "ba", "w[acodec!=none]")
)
"""One sound: speech needs no more than 100 kbit/s."""

ANY = f"{LOOK}/{LISTEN}"

FORBIDDEN = frozenset({
    "exec", "exec_cmd", "external_downloader", "external_downloader_args", "writelink", "writeurllink",
    "writewebloclink", "writedesktoplink", "usenetrc", "netrc_location", "netrc_cmd", "username", "password",
    "videopassword", "twofactor", "ap_username", "ap_password", "cookiesfrombrowser", "cookiefile", "postprocessors",
    "postprocessor_args", "enable_file_urls", "legacyserverconnect", "nocheckcertificate", "client_certificate",
    "client_certificate_key", "prefer_insecure", "load_info_filename", "download_archive", "writeinfojson",
    "writedescription", "writethumbnail", "write_all_thumbnails", "writeannotations", "getcomments",
    "geo_verification_proxy",
    "force_generic_extractor", "remote_components", "config_locations", "batchfile", "concat_playlist", "paths",
    "allow_unplayable_formats", "cn_verification_proxy", "writesubtitles", "writeautomaticsub", "embedsubtitles",
})  # fmt: skip
"""Options that `site_options` never sets: they start programs, open files, send secrets or weaken TLS."""


def site_of(address: Address, sites: tuple[Site, ...] = SITES) -> Site | None:
    """Return the site that an address belongs to by its host, or None. Imports nothing."""
    for site in sites:
        if any(address.host == host or address.host.endswith(f".{host}") for host in site.hosts):
            return site
    return None


def check_version(installed: str | None = None) -> None:
    """Raise `BackendUnavailable` for a yt-dlp that is older than `LEAST_VERSION`; by default, the installed one."""
    from importlib.metadata import version

    told = installed or version("yt-dlp")
    parts = tuple(int(part) for part in re.findall(r"\d+", told)[:3])
    if parts < LEAST_VERSION:
        least = "{}.{:02d}.{:02d}".format(*LEAST_VERSION)
        raise BackendUnavailable(
            f"yt-dlp {told} has known holes: update it to {least} or later (pip install -U yt-dlp)."
        )


class _Quiet:
    """Takes yt-dlp's words and drops them: they may repeat anything that a site said."""

    too_large = False
    """Whether a download was given up because of `max_filesize`; yt-dlp says so in words alone."""

    def debug(self, message: str) -> None:
        """Drop it."""
        self.too_large = self.too_large or "larger than max-filesize" in message

    info = warning = error = debug


def site_options(site: Site, proxy: str, folder: Path, limits: FetchLimits, form: str = ANY) -> dict[str, Any]:
    """Return all that yt-dlp is told: the only place where its options are written.

    `proxy`: address of the guarding proxy. `folder`: where its files go, under names of ours. `form`: which
    format is taken.
    """
    return {
        "allowed_extractors": list(site.extractors),
        "proxy": proxy,
        "format": form,
        "outtmpl": {"default": str(folder / "media.%(ext)s")},
        "max_filesize": limits.media,
        "socket_timeout": limits.idle,
        "retries": 2,
        "fragment_retries": 2,
        "extractor_retries": 1,
        "file_access_retries": 1,
        "hls_prefer_native": True,
        "skip_unavailable_fragments": False,
        "keep_fragments": False,
        "fixup": "never",
        "ffmpeg_location": str(folder / "none"),  # There is none: so no ffmpeg is ever started.
        "noplaylist": True,
        "extract_flat": "in_playlist",
        "playlist_items": "1",
        "cachedir": False,
        "js_runtimes": {"deno": {}},
        "noprogress": True,
        "quiet": True,
        "no_warnings": True,
        "logger": _Quiet(),
        "color": "never",
        "check_formats": None,
        "updatetime": False,
        "overwrites": True,
        "nopart": True,
    }


def open_downloader(options: Mapping[str, Any]) -> "YoutubeDL":
    """Return a yt-dlp with these options and no plug-ins. Raises `BackendUnavailable` for an old one."""
    check_version()
    import yt_dlp
    from yt_dlp.globals import all_plugins_loaded, plugin_dirs  # type: ignore[import-untyped]

    plugin_dirs.value = []
    all_plugins_loaded.value = True
    return yt_dlp.YoutubeDL(dict(options))


@dataclass(frozen=True)
class Subtitles:
    """The subtitles that were chosen, in WebVTT or SRT."""

    language: str
    automatic: bool
    entries: tuple[Mapping[str, Any], ...]


def choose_subtitles(info: Mapping[str, Any], language: str) -> tuple[Subtitles, ...]:
    """Return a video's subtitles that can be read, the best first.

    Made by people, then by machines, in the brief's language; then both in English. None for neither.
    """
    found = []
    for wanted in dict.fromkeys((language.partition("-")[0].lower(), "en")):
        for kind in ("subtitles", "automatic_captions"):
            tracks = info.get(kind) or {}
            names = [name for name in tracks if re.fullmatch(rf"{wanted}(-[A-Za-z0-9-]{{1,20}})?", str(name), re.I)]
            # `en-orig` is what was said; a bare `en` beside it was translated by a machine.
            for name in sorted(names, key=lambda name: (not name.endswith("-orig"), len(name), name)):
                entries = tuple(entry for entry in tracks[name] or () if _is_readable(entry))
                if entries:
                    ordered = tuple(sorted(entries, key=lambda entry: entry.get("ext") != "vtt"))
                    found.append(Subtitles(str(name), kind == "automatic_captions", ordered))
    return tuple(found)


def _is_readable(entry: Mapping[str, Any]) -> bool:
    return entry.get("ext") in ("vtt", "srt") and not str(entry.get("protocol") or "http").startswith("m3u8")


def site_failure(error: Exception, address: Address, proxy: GuardingProxy) -> ProductionError:
    """Return the exception that says what went wrong, in one sentence for the person."""
    if proxy.refusals:
        return proxy.refusals[0]
    inner: Any = error
    while (
        getattr(inner, "exc_info", None) and isinstance(inner.exc_info[1], Exception) and inner.exc_info[1] is not inner
    ):
        inner = inner.exc_info[1]
    cause = getattr(inner, "cause", None) or inner.__cause__ or inner
    status = getattr(cause, "status", None)
    name = type(cause).__name__
    if status == 429 or (isinstance(status, int) and status >= 500):
        return TransientToolError(f"The site {address.host!r} can't serve {address.shown!r} now ({status}); try later.")
    if name in ("TransportError", "IncompleteRead", "ProxyError", "TimeoutError"):
        return TransientToolError(f"The connection to {address.host!r} broke; run the same command again later.")
    if getattr(inner, "expected", True):
        return InputRefused(f"{address.host} gives no video for {address.shown!r}: {_said(inner)}.")
    return InputRefused(
        f"{address.shown!r} can't be read by this yt-dlp: update it (pip install -U yt-dlp), or save the video and "
        "give the file."
    )


def _said(error: Any) -> str:
    """Return a site's own words, short and in one line: they may hold anything."""
    words = str(getattr(error, "orig_msg", None) or getattr(error, "msg", None) or error)
    words = re.sub(r"\x1b\[[0-9;]*m|ERROR:|\[[^\]]*\]", "", words)
    visible = "".join(character if character.isprintable() else " " for character in words)
    return " ".join(visible.split())[:160].rstrip(" .;:") or "it said nothing"
