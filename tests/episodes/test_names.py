"""Names on disk: inside their folder, legal everywhere, and read alike by three kinds of player."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from episodes.names import episode_stem, safe_name, season_folder, show_folder, unique
from tests.hostile_names import WORDS

TABLE = {
    "Glazed and Confused": "Glazed and Confused",
    "../../etc/passwd": "etc-passwd",
    "..": "Untitled",
    "": "Untitled",
    "a\x00b\x1bc\x7fd": "abcd",
    "CON": "CON_",
    "nul.txt": "nul_.txt",
    "COM¹": "COM¹_",
    "Console": "Console",
    "trailing dots. . .": "trailing dots",
    ".hidden": "hidden",
    "--help": "help",
    "evil\u202egpj.exe": "evilgpj.exe",
    'What? <No> "way" | a*b': "What No 'way' - ab",
    "Heist: The Return": "Heist, The Return",
    "At 03:12": "At 03-12",
    "Cafe\u0301": "Café",
    "S02E05 Again": "S 02, E 05 Again",
    "Bus12 e3": "Bus 12, e 3",
    "Season 2 Episode 4": "Season 2, Episode 4",
    "4x4 Night": "4 x 4 Night",
    "E02 Returns": "E 02 Returns",
    "Trailer": "'Trailer'",
    "The Last Trailer.": "The Last 'Trailer'",
    "Trailer Park": "Trailer Park",
    "The Last-sample": "The Last-'sample'",
    "Free Samples, 'Sample' and Resample": "Free 'Samples', 'Sample' and 'Resample'",
    "Extra": "The Extra",
    "A Bonus Disc": "A 'Bonus' Disc",
    "Part1": "Part 1",
    "pt2": "pt 2",
    "X [tvdbid-1] {edition-y}": "X (tvdbid-1) (edition-y)",
    "🦝 👨‍👩‍👧": "🦝 👨‍👩‍👧",
    "\ud800 lone": "lone",
    "C:\\Windows": "C--Windows",
    "~": "~",
    "line\nbreak\ttab": "line break tab",
}

hostile = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map("".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join),
)


def plex(name: str) -> tuple[str, int, int, str] | None:
    """Read the documented pattern `Show - sXXeYY - Title`, with a second number meaning two episodes in one file."""
    match = re.fullmatch(r"(.+?)\s+-\s+[sS](\d+)[eE](\d+)(-[eE]\d+)?\s+-\s+(.+)", name)
    return (match[1], int(match[2]), int(match[3]), match[5]) if match and not match[4] else None


def jellyfin(name: str) -> tuple[str, int, int, str] | None:
    """Find season and episode as its rules do: one mark, or it is several episodes."""
    marks = list(re.finditer(r"[sS](\d{1,4})[\[\] ._-]*[xX]?[eE](\d+)|(?<!\d)(\d{1,4})[xX](\d{1,3})", name))
    if len(marks) != 1 or re.match(r"(-| - )?(\d{1,4})?[xXeE]\d", name[marks[0].end() :]):
        return None
    (mark,) = marks
    return name[: mark.start()].rstrip(" -"), int(mark[1]), int(mark[2]), name[mark.end() :].removeprefix(" - ")


def kodi(name: str) -> tuple[str, int, int, str] | None:
    """Search, then search again in what is left: more hits are more episodes in one file."""
    pattern = re.compile(r"s([0-9]+)[ ._x-]*e([0-9]+(?:(?:[a-i]|\.[1-9])(?![0-9]))?)(.*)$", re.IGNORECASE)
    cross = re.compile(r"[\\/._ \[(-]([0-9]+)x([0-9]+)", re.IGNORECASE)
    match = pattern.search(name)
    if (
        not match
        or pattern.search(match[3])
        or re.match(r"[-_ex]+[0-9]", match[3], re.IGNORECASE)
        or cross.search(name)
    ):
        return None
    return name[: match.start()].rstrip(" -"), int(match[1]), int(match[2]), match[3].removeprefix(" - ")


@pytest.mark.parametrize(("title", "name"), TABLE.items())
def test_hostile_titles_become_plain_names(title: str, name: str) -> None:
    assert safe_name(title) == name


@settings(max_examples=400, deadline=None)
@given(hostile, st.integers(8, 255))
def test_a_name_is_legal_everywhere_and_stable(text: str, limit: int) -> None:
    name = safe_name(text, limit)
    assert 0 < len(name.encode()) <= limit
    assert safe_name(name, limit) == name
    assert unicodedata.is_normalized("NFC", name)
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]', name)
    assert name[0] not in "-. "
    assert name[-1] not in ". "
    assert name.split(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
    assert Path("/shows", name).resolve().parent == Path("/shows")


@settings(max_examples=400, deadline=None)
@given(hostile, st.integers(0, 120), st.integers(0, 1200), hostile)
def test_three_players_read_the_same_show_season_episode_and_title(
    show: str, season: int, number: int, title: str
) -> None:
    stem = episode_stem(show, season, number, title)
    assert len((stem + "-thumb.png").encode()) <= 255
    read = {reader(stem) for reader in (plex, jellyfin, kodi)}
    assert len(read) == 1
    (found,) = read
    assert found is not None
    kept_show, kept_season, kept_number, kept_title = found
    assert (kept_season, kept_number) == (season, number)
    assert show_folder(show, 2026).removesuffix(" (2026)") == kept_show.removesuffix(" (2026)")
    assert stem == f"{kept_show} - S{season:02}E{number:02} - {kept_title}"


def test_a_show_on_disk_is_named_as_drawn() -> None:
    assert show_folder("Night Shift", 2026) == "Night Shift (2026)"
    assert show_folder("Night Shift (2026)", 2026) == "Night Shift (2026)"
    assert season_folder(1) == "Season 01"
    assert episode_stem("Night Shift", 1, 1, "Glazed and Confused") == "Night Shift - S01E01 - Glazed and Confused"


def test_long_titles_end_between_words_and_leave_room_for_suffixes() -> None:
    stem = episode_stem("ß" * 300, 1, 1, "raccoon heist " * 40)
    assert len(stem.encode()) <= 220
    assert stem.endswith(("raccoon", "heist"))
    assert safe_name("🦝" * 100, 30) == "🦝" * 7


def test_names_that_differ_only_in_case_or_spelling_collide_and_are_numbered() -> None:
    assert unique("Night", ["Day"]) == "Night"
    assert unique("STRASSE", ["straße", "STRASSE (2)"]) == "STRASSE (3)"
    assert unique("ﬁre", ["FIRE"]) == "ﬁre (2)"
    long = "a" * 220
    assert len(unique(long, [long])) <= 220


@pytest.mark.parametrize("call", [lambda: season_folder(-1), lambda: episode_stem("A", 1, -1, "B"),
                                  lambda: safe_name("a", 3)])  # fmt: skip
def test_impossible_numbers_are_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"numbered|number is|needs room"):
        call()  # type: ignore[operator]
