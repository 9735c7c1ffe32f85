r"""Names of folders and files of a show on disk, as media players and every file system read them.

`Night Shift (2026)/Season 01/Night Shift - S01E01 - Glazed and Confused.mp4`. Titles come from models and strangers, so
they are made safe here and nowhere else: nothing leaves its folder, nothing is reserved on Windows, and nothing in a
title can be read as another season or episode. The players' rules: Plex and Jellyfin expect `SxxEyy` after the show;
Kodi searches `s(\d+)[ ._x-]*e(\d+)` and `(\d+)x(\d+)` anywhere, and goes on searching behind it.
"""

import re
import unicodedata
from collections.abc import Collection

FALLBACK = "Untitled"

LONGEST_BYTES = 255
"""Most bytes of a file name on Linux and macOS; Windows counts 255 UTF-16 units, which are never more."""

SUFFIX_BYTES = 35
"""Kept free behind a stem for `-thumb.png`, `.en.vtt`, a number against collisions, and names of unfinished files."""

_SHOW_BYTES = 90
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?=\.|$)", re.IGNORECASE)
_SEASON_EPISODE = re.compile(r"(s(?:eason)?)\s*(\d+)[\]\[\s._x-]*(e(?:p(?:isode)?)?)[\s._]*(?=\d)", re.IGNORECASE)
_CROSS = re.compile(r"(?<=\d)x(?=\d)", re.IGNORECASE)
_LEADING_EPISODE = re.compile(r"^((?:\d+)?[ex])p?(?=\d)", re.IGNORECASE)
_STACK = re.compile(r"\b(cd|dvd|p(?:ar)?t|dis[ck])(?=[0-9]+$)", re.IGNORECASE)
_EXTRA = re.compile(
    r"(?:(?<=\S)[-._]+|^)\s*(scene|clip|interview|behindthescenes|deleted|deletedscene|featurette|short|theme|extra"
    r"|other)$",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"(?<![^\W_])(?:sample[^\W_]*|[^\W_]*sample|bonus(?= disc)|trailer(?=[ ._-]*$))(?![^\W_])", re.IGNORECASE
)
"""Words for which players leave a file out: Plex every small film with a word that begins or ends in `sample`, Kodi with
that word itself, Jellyfin every one that ends in ` trailer`. In quotation marks they are nobody's."""


def show_folder(show: str, year: int) -> str:
    """Return the folder of a show: `Night Shift (2026)`."""
    name = _show(show)
    ending = f" ({year})"
    return name if name.endswith(ending) else name + ending


def season_folder(season: int) -> str:
    """Return the folder of a season: `Season 01`. Raises `ValueError` for a negative number."""
    if season < 0:
        raise ValueError("a season's number is 0 or more")
    return f"Season {season:02}"


def episode_stem(show: str, season: int, number: int, title: str) -> str:
    """Return the name that all files of an episode begin with: `Night Shift - S01E01 - Glazed and Confused`.

    With any suffix of up to 35 bytes it fits every file system. Raises `ValueError` for a negative number.
    """
    if season < 0 or number < 0:
        raise ValueError("season and episode are numbered from 0")
    start = f"{_show(show)} - S{season:02}E{number:02} - "
    return start + safe_name(title, LONGEST_BYTES - SUFFIX_BYTES - len(start.encode()))


def unique(name: str, taken: Collection[str], limit: int = LONGEST_BYTES - SUFFIX_BYTES) -> str:
    """Return `name`, or it with a number behind, so that it differs from all of `taken` where case does not count."""
    used = {_folded(other) for other in taken}
    number, candidate = 1, name
    while _folded(candidate) in used:
        number += 1
        ending = f" ({number})"
        candidate = _shortened(name, limit - len(ending)) + ending
    return candidate


def safe_name(text: str, limit: int = LONGEST_BYTES - SUFFIX_BYTES) -> str:
    """Return `text` as the name of a file or folder of at most `limit` bytes, never empty; safe names stay as they are.

    Raises `ValueError` when `limit` has no room for the fallback.
    """
    if limit < len(FALLBACK):
        raise ValueError(f"a name needs room for {len(FALLBACK)} bytes")
    # One rule's work may be another's cause (a cut uncovers a dot, a removed mark joins two letters), and each only
    # ever shortens or spaces out, so this ends: usually in the second round.
    for _ in range(50):
        text, before = _shortened(_edges(_numbers(_letters(text))), limit), text
        if text == before:
            break
    return text or FALLBACK


def _show(show: str) -> str:
    return safe_name(show, _SHOW_BYTES)


def _letters(text: str) -> str:
    """Return the text without what no file name may hold, in one line and one spelling."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r":\s+", ", ", text)
    text = text.translate(_SPELLED)
    kept = (" " if character.isspace() else character for character in text if _allowed(character))
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def _allowed(character: str) -> bool:
    """Say whether a character may stand in a name: no controls, directions, surrogates or private letters.

    The joiner that holds an emoji family together may.
    """
    return character == "\u200d" or character.isspace() or unicodedata.category(character) not in _BANNED


_BANNED = ("Cc", "Cf", "Cs", "Co", "Cn")
_SPELLED = str.maketrans(
    {"/": "-", "\\": "-", "|": "-", ":": "-", '"': "'", "<": "", ">": "", "?": "", "*": "",
     "[": "(", "]": ")", "{": "(", "}": ")", "／": "-", "＼": "-", "∕": "-", "⁄": "-"}
)  # fmt: skip
"""Brackets are spelled otherwise because players read provider ids and editions in them."""


def _numbers(text: str) -> str:
    """Space out what a player would read as a season, an episode, a part of a file or an extra."""
    text = _SEASON_EPISODE.sub(r"\1 \2, \3 ", text)
    text = _CROSS.sub(" x ", text)
    text = _LEADING_EPISODE.sub(r"\1 ", text)
    text = _STACK.sub(r"\1 ", text)
    text = _LEFT_OUT.sub(_quoted, text)
    return _EXTRA.sub(lambda match: f" {match[1]}" if match.start() else f"The {match[1]}", text)


def _quoted(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()], match.string[match.end() :]
    return match[0] if before.endswith("'") and after.startswith("'") else f"'{match[0]}'"


def _edges(text: str) -> str:
    """Take off what may not stand first or last, and step round Windows' device names."""
    return _RESERVED.sub(r"\1_", text.strip(" .-\u200d"))


def _shortened(text: str, limit: int) -> str:
    """Return the text cut to `limit` bytes of UTF-8, between letters with their marks."""
    if len(text.encode()) <= limit:
        return text
    text = text.encode()[:limit].decode(errors="ignore")
    cut = text.rsplit(" ", 1)[0]
    # A whole last word is dropped rather than half of it, unless it is most of the name.
    return (cut if len(cut) > len(text) * 2 // 3 else text).rstrip(" .-,\u200d\ufe0f")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold())
