"""What Kodi, Jellyfin and Plex read about a show, a season and an episode. Form: <https://kodi.wiki/view/NFO_files>.

Pictures are not named in it: all three find `poster.png`, `season01-poster.png` and `-thumb.png` by their names.
A show's and a season's listing follow the show, but a person may edit them: each holds a digest of itself, and one
whose digest does not fit is somebody's own and stays.
"""

import hashlib
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as xml

from episodes.episode import Episode
from episodes.whole_file import replace_file
from tools.exports.listing import AI_NOTICE, AI_NOTICE_WITH_FOOTAGE, CastMember, ListedSeason
from tools.exports.xml_text import clean, document, put

__all__ = ["AI_NOTICE", "AI_NOTICE_WITH_FOOTAGE", "write_episode_nfo", "write_season_nfo", "write_show_nfo"]

LANGUAGES = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fi": "fin",
    "fr": "fra", "he": "heb", "hi": "hin", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor", "nl": "nld",
    "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sv": "swe", "tr": "tur", "uk": "ukr",
    "zh": "zho",
}  # fmt: skip
"""Players know the language of a sound track by three letters (ISO 639-2)."""

_SIGNED = re.compile(rb"<!-- Ten-Four ([0-9a-f]{64}): .*? -->\n")
_WORDS = b"edit this file freely, it will then be left alone"


def write_show_nfo(show: ListedSeason, path: Path) -> bool:
    """Write `tvshow.nfo` of a show with all its seasons' episodes, unless a person has edited it.

    Return whether it was written. Raises `OutOfSpace`.
    """
    root = xml.Element("tvshow")
    put(root, "title", show.show)
    put(root, "showtitle", show.show)
    put(root, "year", str(show.year))
    _describe(root, show.plot, AI_NOTICE)
    _date(root, show, "premiered")
    put(root, "status", "Continuing")
    for number in sorted({episode.season for episode in show.episodes}):
        put(root, "namedseason", f"Season {number}", number=str(number))
    put(root, "uniqueid", _identity(show.show), type="ten-four", default="true")
    _actors(root, show.cast)
    return _write_signed(root, path)


def write_season_nfo(season: ListedSeason, path: Path) -> bool:
    """Write `season.nfo` unless a person has edited it; return whether it was written. Raises `OutOfSpace`."""
    root = xml.Element("season")
    put(root, "title", f"Season {season.season}")
    put(root, "showtitle", season.show)
    put(root, "seasonnumber", str(season.season))
    put(root, "year", str(season.year))
    _describe(root, season.plot, AI_NOTICE)
    _date(root, season, "premiered")
    put(root, "uniqueid", _identity(f"{season.show}/{season.season}"), type="ten-four", default="true")
    _actors(root, season.cast)
    return _write_signed(root, path)


def write_episode_nfo(
    episode: Episode, seconds: Fraction, path: Path, *, composite: bool = False, aired: date | None = None
) -> None:
    """Write the `.nfo` beside an episode; a `composite` holds the person's own footage as well.

    Raises `ValueError` without a script, and `OutOfSpace`.
    """
    script, notice = episode.the_script, AI_NOTICE_WITH_FOOTAGE if composite else AI_NOTICE
    root = xml.Element("episodedetails")
    put(root, "title", script.title)
    put(root, "showtitle", episode.brief.show)
    put(root, "season", str(episode.season))
    put(root, "episode", str(episode.number))
    _describe(root, script.logline, notice)
    put(root, "runtime", str(max(1, round(seconds / 60))))
    if aired is not None:
        for name in ("aired", "premiered"):
            put(root, name, aired.isoformat())
    put(root, "uniqueid", episode.brief.identity, type="ten-four", default="true")
    _actors(root, tuple(CastMember(name=person.name, role=person.role) for person in episode.the_world.characters))
    _streams(root, episode, seconds)
    replace_file(path, document(root, standalone=True))


def is_ours(path: Path) -> bool:
    """Say whether a listing is as we wrote it, or not there at all."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return True
    signed = _SIGNED.search(content)
    return signed is not None and signed[1].decode() == _digest(_SIGNED.sub(b"", content))


def _describe(root: xml.Element, plot: str, notice: str) -> None:
    put(root, "outline", plot)
    put(root, "plot", f"{plot} {notice}".strip())
    put(root, "genre", "Comedy")
    put(root, "tag", "AI-generated")
    put(root, "studio", "Ten-Four")


def _date(root: xml.Element, season: ListedSeason, name: str) -> None:
    if season.episodes:
        put(root, name, min(episode.begun for episode in season.episodes).date().isoformat())


def _actors(root: xml.Element, cast: tuple[CastMember, ...]) -> None:
    for order, member in enumerate(cast):
        actor = put(root, "actor")
        put(actor, "name", member.name)
        put(actor, "role", member.role)
        put(actor, "order", str(order))


def _streams(root: xml.Element, episode: Episode, seconds: Fraction) -> None:
    details, form = put(put(root, "fileinfo"), "streamdetails"), episode.brief.format
    video = put(details, "video")
    for name, value in (
        ("codec", "h264"), ("aspect", f"{form.width / form.height:.6f}"), ("width", str(form.width)),
        ("height", str(form.height)), ("durationinseconds", str(round(seconds))),
    ):  # fmt: skip
        put(video, name, value)
    audio, language = put(details, "audio"), episode.brief.language
    put(audio, "codec", "aac")
    put(audio, "language", LANGUAGES.get(language.split("-")[0].lower(), "und"))
    put(audio, "channels", "2")


def _identity(name: str) -> str:
    return hashlib.sha256(clean(name).encode()).hexdigest()[:32]


def _write_signed(root: xml.Element, path: Path) -> bool:
    content = document(root, standalone=True)
    head, rest = content.split(b"\n", 1)
    signed = head + b"\n<!-- Ten-Four " + _digest(content).encode() + b": " + _WORDS + b" -->\n" + rest
    if not is_ours(path) or (path.exists() and path.read_bytes() == signed):
        return False
    replace_file(path, signed)
    return True


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
