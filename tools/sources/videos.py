"""What is taken of a video on a site: its own subtitles first, a small picture, and sound only without subtitles."""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from episodes.errors import InputRefused, ProductionError
from episodes.results import Fetched, FetchedFile
from tools.sources.addresses import Address
from tools.sources.fetching import FetchLimits
from tools.sources.guarding import Guard
from tools.sources.landing import holds_any, land_media, land_text
from tools.sources.pages import join_text
from tools.sources.proxy import GuardingProxy
from tools.sources.sites import (
    LISTEN,
    LOOK,
    MOST_SUBTITLE_BYTES,
    Site,
    Subtitles,
    choose_subtitles,
    open_downloader,
    site_failure,
    site_options,
)
from tools.sources.transcripts import unrolled

if TYPE_CHECKING:
    from yt_dlp import YoutubeDL  # type: ignore[import-untyped]

MOST_CHARACTERS = 3_000
"""Of a description: what comes later are links and thanks."""

Teach = Callable[["YoutubeDL"], None]
"""Gives a downloader an extractor that yt-dlp has not."""


@dataclass(frozen=True)
class VideoFetcher:
    """Fetches from one site."""

    site: Site
    guard: Guard
    limits: FetchLimits
    language: str
    trusted: bool = False
    """Whether the person's allowance opened the site, so that it may lead on to what that opens."""
    teach: Teach | None = None

    def fetch(self, address: Address, into: Path) -> Fetched:
        """Write what is needed of a video into the folder `into`.

        Raises `InputRefused` for what is no single, finished, public video, `TransientToolError` for what passes.
        """
        work = into / "site"
        work.mkdir()
        # Picture and sound are two bodies, and the pages around them are small.
        with GuardingProxy(self.guard, self.limits, 2 * self.limits.media, trusted=self.trusted) as proxy:
            try:
                return self._fetched(address, into, work, proxy)
            except ProductionError:
                raise
            except Exception as error:  # Extractors fail in every way there is.
                raise site_failure(error, address, proxy) from error
            finally:
                shutil.rmtree(work, ignore_errors=True)

    def _fetched(self, address: Address, into: Path, work: Path, proxy: GuardingProxy) -> Fetched:
        with open_downloader(site_options(self.site, proxy.address, work, self.limits)) as downloader:
            if self.teach is not None:
                self.teach(downloader)
            info = _one_video(downloader.extract_info(address.url, download=False), address)
            files = [*land_text(_about(info), into, "about.txt", "text")]
            files += self._subtitles(downloader, info, into)
            if _has_picture(info):
                files.append(self._media(downloader, info, LOOK, into, address))
            heard = holds_any(files, "subtitles") or _has_sound(into, files)
            if not heard and _has_speech(info):
                files.append(self._media(downloader, info, LISTEN, into, address))
        if not any(item.holds in ("video", "audio", "subtitles") for item in files):
            raise InputRefused(f"{address.host} gives no video for {address.shown!r} that can be fetched.")
        return Fetched(
            files=tuple(files),
            address=address.shown,
            content_type="video",
            title=" ".join(str(info.get("title") or "").split()),
        )

    def _subtitles(self, downloader: "YoutubeDL", info: Mapping[str, Any], into: Path) -> tuple[FetchedFile, ...]:
        """Write the best subtitles that can really be had; none is no failure."""
        for chosen in choose_subtitles(info, self.language)[:4]:
            for entry in chosen.entries[:2]:
                text = _subtitle_text(downloader, entry, chosen)
                if text:
                    return land_text(text, into, f"subtitles.{entry['ext']}", "subtitles")
        return ()

    def _media(
        self, downloader: "YoutubeDL", info: Mapping[str, Any], form: str, into: Path, address: Address
    ) -> FetchedFile:
        downloader.format_selector = downloader.build_format_selector(form)
        try:
            done = downloader.process_ie_result(dict(info), download=True)
        except Exception:
            # A download that was given up has no file, and yt-dlp then stumbles over that in this way or another.
            if not downloader.params["logger"].too_large:
                raise
            done = {}
        taken: Mapping[str, Any] = next(iter(done.get("requested_downloads") or ()), {})
        path = Path(str(taken.get("filepath", "none")))
        if not path.is_file():
            raise InputRefused(
                f"The video at {address.shown!r} is too large: {self.limits.media / 1e6:.0f} MB are the most."
            )
        return land_media(path, into, address.shown, "audio" if form == LISTEN else "video")


def _one_video(found: Any, address: Address) -> Mapping[str, Any]:
    """Return the only or the first video. Raises `InputRefused` for lists and for what is still going on."""
    info: Mapping[str, Any] = found or {}
    if info.get("_type") in ("playlist", "multi_video"):
        info = next((entry for entry in info.get("entries") or () if entry and entry.get("formats")), {})
        if not info:
            raise InputRefused(f"{address.shown!r} is a list and no single video: give the address of one video.")
    if info.get("is_live") or info.get("live_status") in ("is_live", "is_upcoming"):
        raise InputRefused(f"{address.shown!r} is live or has not begun: give it when it is over.")
    return info


def _about(info: Mapping[str, Any]) -> str:
    """Return title, day and description, without addresses and tags."""
    day = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", str(info.get("upload_date") or ""))
    said = str(info.get("description") or "")[:MOST_CHARACTERS]
    lines = [line.strip() for line in said.split("\n") if not re.search(r"https?:|www\.|#\w", line)]
    return join_text(str(info.get("title") or ""), "-".join(day.groups()) if day else "", lines)


def _subtitle_text(downloader: "YoutubeDL", entry: Mapping[str, Any], chosen: Subtitles) -> str:
    """Return the text of subtitles, or nothing where the site does not hand them out: then the sound is listened to."""
    from yt_dlp.networking.exceptions import RequestError  # type: ignore[import-untyped]

    raw = entry.get("data")
    try:
        if raw is None:
            with downloader.urlopen(str(entry["url"])) as answer:
                raw = answer.read(MOST_SUBTITLE_BYTES)
        text = raw if isinstance(raw, str) else bytes(raw).decode("utf-8", "replace")
        if "-->" not in text:
            return ""
        return unrolled(text) if chosen.automatic and entry["ext"] == "vtt" else text
    except (RequestError, InputRefused, OSError, KeyError):
        return ""


def _has_picture(info: Mapping[str, Any]) -> bool:
    return any(_codec(form, "vcodec") for form in info.get("formats") or ())


def _has_speech(info: Mapping[str, Any]) -> bool:
    return any(_codec(form, "acodec") for form in info.get("formats") or ())


def _codec(form: Mapping[str, Any], name: str) -> bool:
    """Say whether a format has a picture or a sound; one whose site does not say is taken to have both."""
    return form.get(name) != "none" and form.get("protocol") != "mhtml"


def _has_sound(into: Path, files: list[FetchedFile]) -> bool:
    from tools import ffmpeg

    return any(ffmpeg.probe(into / item.file).has_audio for item in files if item.holds == "video")
