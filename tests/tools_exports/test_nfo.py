"""Listings for players hold what Kodi's documentation asks for, follow the show, and yield to a person."""

import re
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest

from episodes.brief import Brief
from episodes.episode import Episode
from tests.listed_season import HOSTILE, listed, season_of, whole_season
from tools.exports.listing import ListedSeason
from tools.exports.nfo import write_episode_nfo, write_season_nfo, write_show_nfo

WORDS, COUNT, DAY = r"(?s)\S.*", r"\d+", r"\d{4}-\d\d-\d\d"
ONE, SOME, ANY = "exactly once", "at least once", "any number"
BASICS = {
    "title": (WORDS, ONE), "showtitle": (WORDS, ONE), "outline": (WORDS, ONE), "plot": (WORDS, ONE),
    "genre": (WORDS, SOME), "tag": (WORDS, ANY), "studio": (WORDS, ANY), "premiered": (DAY, ONE),
    "uniqueid": (r"[0-9a-f]{32,64}", SOME), "actor": ("", ANY),
}  # fmt: skip
RULES = {
    "tvshow": BASICS | {"year": (r"\d{4}", ONE), "status": ("Continuing|Ended", ONE), "namedseason": (WORDS, ANY)},
    "season": BASICS | {"seasonnumber": (COUNT, ONE), "year": (r"\d{4}", ONE)},
    "episodedetails": BASICS | {
        "season": (COUNT, ONE), "episode": (COUNT, ONE), "runtime": (r"[1-9]\d*", ONE), "aired": (DAY, ONE),
        "fileinfo": ("", ONE),
    },
    "actor": {"name": (WORDS, ONE), "role": (WORDS, ONE), "order": (COUNT, ONE)},
    "fileinfo": {"streamdetails": ("", ONE)},
    "streamdetails": {"video": ("", ONE), "audio": ("", SOME)},
    "video": {
        "codec": ("h264", ONE), "aspect": (r"\d\.\d+", ONE), "width": (COUNT, ONE), "height": (COUNT, ONE),
        "durationinseconds": (COUNT, ONE),
    },
    "audio": {"codec": ("aac", ONE), "language": ("[a-z]{3}", ONE), "channels": ("2", ONE)},
}  # fmt: skip
"""What each element holds: its children, the form of their text, and how often they stand there (Kodi's wiki)."""


def faults(element: xml.Element) -> list[str]:
    """Return what is wrong with an element and those in it."""
    rules, counts = RULES[element.tag], Counter(child.tag for child in element)
    found = [f"{element.tag}: no <{tag}> is known" for tag in counts if tag not in rules]
    for tag, (_, often) in rules.items():
        if (often == ONE and counts[tag] != 1) or (often == SOME and not counts[tag]):
            found.append(f"{element.tag}: <{tag}> must be there {often}")
    for child in element:
        if child.tag in rules and not rules[child.tag][0]:
            found += faults(child)
        elif child.tag in rules and not re.fullmatch(rules[child.tag][0], child.text or ""):
            found.append(f"{element.tag}: <{child.tag}> can't be {child.text!r}")
    ids = [child for child in element if child.tag == "uniqueid"]
    if ids and [child.get("default") for child in ids].count("true") != 1:
        found.append(f"{element.tag}: one uniqueid must be the default")
    if not all(child.get("type") for child in ids):
        found.append(f"{element.tag}: a uniqueid must have a type")
    return found


def read(path: Path) -> xml.Element:
    root = xml.parse(path).getroot()
    assert not faults(root)
    return root


@pytest.mark.parametrize(("form", "language", "spoken"), [("wide", "en", "eng"), ("vertical", "de-AT", "deu"),
                                                          ("proof", "tlh", "und")])  # fmt: skip
def test_an_episodes_listing_is_complete(
    episode: Episode, tmp_path: Path, form: str, language: str, spoken: str
) -> None:
    brief = Brief.model_validate(episode.brief.model_dump() | {"format_name": form, "language": language})
    script = episode.the_script.model_copy(update={"title": HOSTILE})
    made = episode.model_copy(update={"brief": brief, "script": script})
    write_episode_nfo(made, Fraction(367, 4), tmp_path / "e.nfo", aired=date(2026, 3, 14))
    root = read(tmp_path / "e.nfo")
    assert root.tag == "episodedetails"
    assert (root.findtext("title"), root.findtext("season"), root.findtext("episode")) == (HOSTILE, "1", "1")
    assert (root.findtext("aired"), root.findtext("runtime")) == ("2026-03-14", "2")
    assert root.findtext("uniqueid") == brief.identity
    assert "AI-generated fiction" in str(root.findtext("plot"))
    video = root.find("fileinfo/streamdetails/video")
    assert video is not None
    assert video.findtext("width") == str(brief.format.width)
    assert root.findtext("fileinfo/streamdetails/audio/language") == spoken
    assert {actor.findtext("role") for actor in root.iter("actor")} >= {"officer", "dispatcher"}


def test_a_shows_and_a_seasons_listing_are_complete(tmp_path: Path) -> None:
    assert write_show_nfo(whole_season(), tmp_path / "tvshow.nfo")
    assert write_season_nfo(whole_season(), tmp_path / "season.nfo")
    show, season = read(tmp_path / "tvshow.nfo"), read(tmp_path / "season.nfo")
    assert (show.tag, season.tag) == ("tvshow", "season")
    assert (show.findtext("title"), show.findtext("year")) == ("Night Shift", "2026")
    assert season.findtext("seasonnumber") == "1"
    assert [actor.findtext("name") for actor in show.iter("actor")] == ["Officer Dale Okafor", "Ms <b>Quill</b> & Co"]
    assert "Larkspur Police" in str(show.findtext("plot"))


def test_the_check_would_see_a_listing_that_is_wrong(tmp_path: Path) -> None:
    write_show_nfo(whole_season(), tmp_path / "tvshow.nfo")
    for spoil in (
        "<title>Night Shift</title>",
        "<premiered>2026-01-01</premiered>",
        ' default="true"',
        "<role>officer</role>",
    ):
        text = (tmp_path / "tvshow.nfo").read_text()
        assert spoil in text
        assert faults(xml.fromstring(text.replace(spoil, "", 1).encode())), spoil


@pytest.mark.parametrize("write", [write_show_nfo, write_season_nfo])
def test_a_listing_follows_the_show_until_a_person_edits_it(write: object, tmp_path: Path) -> None:
    path = tmp_path / "x.nfo"

    def put(season: ListedSeason) -> bool:
        return bool(write(season, path))  # type: ignore[operator]

    one, two = season_of(listed(2, "A")), season_of(listed(1, "B"), listed(2, "A"))
    assert put(one)
    assert not put(one), "the same listing is not written again"
    assert put(two)
    assert "2026-03-01" in path.read_text()
    edited = path.read_text().replace("The law is serious", "The law is a goose")
    path.write_text(edited)
    assert not put(one)
    assert path.read_text() == edited
    path.write_text("<tvshow><title>Mine</title></tvshow>")
    assert not put(two)
    path.unlink()
    assert put(two)
