"""What three players make of a path in a library of shows, by the rules that they publish.

Plex: the season and episode rules of its series scanner, and what its scanner leaves out. Kodi: `tvshowmatching`,
`tvmultipartmatching` and `excludetvshowsfromscan` as its documentation of `advancedsettings.xml` gives them. Jellyfin:
the order of its episode rules, the suffixes of extras, and its rules for several episodes in one file.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

VIDEO = {".mp4", ".mkv", ".mov", ".m4v", ".avi", ".webm", ".ts", ".mpg", ".rss", ".strm", ".m3u8", ".vob"}


class Found(NamedTuple):
    """An episode as a player files it."""

    show: str
    season: int
    episode: int
    title: str
    """What stands behind the number; only shown where there is no NFO."""
    last: int
    """Number of the last episode in the file: the same as `episode` unless it is taken for several."""


def _i(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


def _show(path: Path) -> str:
    """Return the show by its folder, without the year: what all three go by."""
    return re.sub(r" \(\d{4}\)$", "", path.parts[0])


def _title(rest: str) -> str:
    return rest.removeprefix(" - ")


def hidden(library: Path, path: Path, mark: str) -> bool:
    """Say whether a folder on the way to the file has the player's mark in it."""
    return any((library / folder / mark).is_file() for folder in path.parents if folder != Path("."))


# ---- Plex

_PLEX = (
    _i(r"(?P<show>.*?)s(?P<season>[0-9]+)[._ ]*e(?P<ep>[0-9]+)[._ ]*([- ]?s[0-9]+)?([- ]?[e+](?P<last>[0-9]+))?"),
    _i(r"(?P<show>.*?)s(?P<season>[0-9]{2})[._\- ]+(?P<ep>[0-9]+)(?P<last>)"),
    _i(r"(?P<show>.*?)(?:[^0-9]|^)(?P<season>19[3-9][0-9]|20[0-5][0-9]|[0-9]{1,2})x(?P<ep>[0-9]+)"
       r"((-[0-9]+)?x(?P<last>[0-9]+))?"),
    _i(r"(?P<show>.*?)(?:^|[._\- ])+(?P<season>sp)(?P<ep>[0-9]{2,3})(?P<last>)([._\- ]|$)+"),
)  # fmt: skip
_PLEX_LEFT_OUT = (
    _i(r"[-._ ]sample"), _i(r"sample[-._ ]"),
    _i(r"-(trailer|deleted|behindthescenes|interview|scene|featurette|short|other)\."),
)  # fmt: skip
_PLEX_FOLDERS = _i(r"(extras?|!?samples?|bonus|.*bonus disc.*)$")


def plex(library: Path, path: Path) -> Found | None:
    """Read a path of the library as Plex does."""
    if path.suffix.lower() not in VIDEO or path.name.startswith(".") or hidden(library, path, ".plexignore"):
        return None
    if any(rule.search(path.name) for rule in _PLEX_LEFT_OUT) or any(_PLEX_FOLDERS.match(f) for f in path.parts[:-1]):
        return None
    for rule in _PLEX:
        if match := rule.search(path.stem):
            season = 0 if match["season"].lower() == "sp" else int(match["season"])
            first = int(match["ep"])
            rest = path.stem[match.end("ep") :]
            return Found(_show(path), season, first, _title(rest), int(match["last"] or first))
    return None


# ---- Kodi

_NUMBER = r"([0-9]+(?:(?:[a-i]|\.[1-9])(?![0-9]))?)"
_KODI_SXXEYY = _i(rf"s([0-9]+)[ ._x-]*e{_NUMBER}([^\\/]*)$")
_KODI_LATER = (
    _i(rf"[\._ -]?()e(?:p[ ._-]?)?{_NUMBER}([^\\/]*)$"), _i(r"([0-9]{4})[.-]([0-9]{2})[.-]([0-9]{2})()"),
    _i(r"([0-9]{2})[.-]([0-9]{2})[.-]([0-9]{4})()"), _i(rf"[\\/._ \[(-]([0-9]+)x{_NUMBER}([^\\/]*)$"),
    _i(r"[\\/._ -]p(?:ar)?t[_. -]()([ivx]+|[0-9]+)([._ -][^\\/]*)$"),
    _i(r"[\\/._ -]([0-9]+)([0-9][0-9](?:(?:[a-i]|\.[1-9])(?![0-9]))?)([._ -][^\\/]*)$"),
)  # fmt: skip
_KODI_AGAIN = _i(rf"^[-_ex]+{_NUMBER}")
_KODI_LEFT_OUT = _i(r"[!-._ \\/]sample[-._ \\/]")


def kodi(library: Path, path: Path) -> Found | None:
    """Read a path of the library as Kodi does: the whole path, the first rule that fits, then once more behind it."""
    whole = f"/tv/{path.as_posix()}"
    if path.suffix.lower() not in VIDEO or path.name.startswith(".") or hidden(library, path, ".nomedia"):
        return None
    if _KODI_LEFT_OUT.search(whole):
        return None
    match = _KODI_SXXEYY.search(whole)
    if match is None:
        later = next((found for rule in _KODI_LATER if (found := rule.search(whole))), None)
        number = re.match("[0-9]+", later[2]) if later else None
        return Found(_show(path), 1, int(number[0]) if number else 0, "", 0) if later else None
    first = last = int(re.match("[0-9]+", match[2])[0])  # type: ignore[index]
    if _KODI_AGAIN.search(match[3]) or _KODI_SXXEYY.search(match[3]) or not match[2].isdigit():
        last = first + 1
    return Found(_show(path), int(match[1]), first, _title(match[3].removesuffix(path.suffix)), last)


# ---- Jellyfin

_JELLYFIN_SXXEYY = _i(
    r".*[\\/](?P<show>(?:(?!s[0-9]+[\]\[ ._-]*e[0-9]+)[^\\/])*)?s(?P<season>[0-9]+)[\]\[ ._-]*e(?P<ep>[0-9]+)([^\\/]*)$"
)
_JELLYFIN_LATER = (
    _i(r"[._ -]()ep_?(?P<ep>[0-9]+)([^\\/]*)$"), _i(r"[^\\/]*?()\.?e(?P<ep>[0-9]+)\.([^\\/]*)$"),
    _i(r"(?P<ep>[0-9]{4})[._ -]([0-9]{2})[._ -]([0-9]{2})"), _i(r"(?P<ep>[0-9]{2})[._ -]([0-9]{2})[._ -]([0-9]{4})"),
    _i(r".*[\\/](?!episode)([\w\s]+?)\s(?P<ep>[0-9]{1,4})(-[0-9]{2,4})*[^\\/x]*$"),
    _i(r"[\\/._ \[(-]([0-9]+)x(?P<ep>[0-9]+)([^\\/]*)$"), _i(r"episode (?P<ep>[0-9]+)(-[0-9]+)?[^\\/]*$"),
    _i(r".*[\\/](?P<ep>[0-9]+)(-[0-9]+)*\.\w+$"), _i(r"(?P<ep>[0-9]+)-([0-9]+)"),
    _i(r".*[\\/](?P<ep>[0-9]{1,3})(-[0-9]{2,3})*\s?-\s?[^\\/]*$"), _i(r".*[\\/](?P<ep>[0-9]{1,3})\.[^\\/]+$"),
    _i(r".*[\\/][^\\/]* - (?P<ep>[0-9]{1,3})[^\\/]*$"),
)  # fmt: skip
_CROSS = r".*[\\/](?:(?!s?[0-9]{1,4}x[0-9]{1,3})[^\\/])*s?[0-9]{1,4}x[0-9]{1,3}"
_SE = r".*[\\/][^\\/]*s[0-9]{1,4}[x.]?e[0-9]{1,3}"
_JELLYFIN_SEVERAL = tuple(
    _i(f"{start}(?:{more})+[^\\\\/]*$")
    for start in (_CROSS, _SE)
    for more in (
        r"(?:-| - )[0-9]{1,4}[xe](?P<last>[0-9]{1,3})", r"(?:-| - )?[xe](?P<last>[0-9]{1,3})",
        r"-x?e?(?P<last>[0-9]{1,3})",
    )
)  # fmt: skip
_JELLYFIN_EXTRA = _i(
    r"(?:[-._ ](trailer|sample)|-(scene|clip|interview|behindthescenes|deleted|deletedscene|featurette|short"
    r"|extra|other))$"
)


def jellyfin(library: Path, path: Path) -> Found | None:
    """Read a path of the library as Jellyfin does."""
    whole = f"/tv/{path.as_posix()}"
    if path.suffix.lower() not in VIDEO or path.name.startswith(".") or hidden(library, path, ".ignore"):
        return None
    if _JELLYFIN_EXTRA.search(path.stem) or re.search(r"(^|\.)sample\.\w{1,5}$", path.name, re.IGNORECASE):
        return None
    match = _JELLYFIN_SXXEYY.search(whole)
    if match is None:
        later = next((found for rule in _JELLYFIN_LATER if (found := rule.search(whole))), None)
        return Found(_show(path), 1, int(later["ep"]), "", 0) if later else None
    season, first = int(match["season"]), int(match["ep"])
    if 200 <= season < 1928 or season > 2500:
        return None
    several = (found for rule in _JELLYFIN_SEVERAL if (found := rule.search(whole)))
    last = next((int(found["last"]) for found in several if not _picture_size(found, whole)), first)
    return Found(_show(path), season, first, _title(match[4].removesuffix(path.suffix)), last)


def _picture_size(found: re.Match[str], whole: str) -> bool:
    """Say whether the number is a picture's height, as in 720p."""
    return whole[found.end("last") : found.end("last") + 1].lower() in ("p", "i")


PLAYERS = (plex, jellyfin, kodi)


def files_of(library: Path) -> Iterator[Path]:
    """Yield every file of the library, relative to it."""
    for path in sorted(library.rglob("*")):
        if path.is_file():
            yield path.relative_to(library)
