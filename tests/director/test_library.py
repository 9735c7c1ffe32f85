"""A season's folder shows its episodes as their records have them, whoever writes at the same time."""

import multiprocessing
import os
from pathlib import Path

import feedparser
import pytest
from lxml import html

from director import library, settings
from director.listings import read_season
from episodes.errors import InputRefused, OutOfSpace
from episodes.whole_file import replace_file
from tests.made_records import at_three, begin, finish
from tests.players import PLAYERS, files_of

BASE = "https://shows.example.org/ns/s1/"
THEMES = ("a raccoon in a doughnut shop", "a goose at the fair", "a parade of shopping trolleys")


@pytest.fixture
def season(tmp_path: Path) -> Path:
    """Two finished episodes and one in production."""
    folders = [
        finish(begin(tmp_path, theme), title) for theme, title in zip(THEMES, ("Glazed", "Form #27?"), strict=False)
    ]
    for day, folder in enumerate(folders, 1):
        os.utime(folder / ".episode", (at_three(day), at_three(day)))
    return begin(tmp_path, THEMES[2]).season_folder


def relative(paths: tuple[Path, ...], season: Path) -> set[str]:
    return {os.path.relpath(path, season) for path in paths}


def test_everything_is_written_once_and_then_only_what_changes(season: Path) -> None:
    assert relative(library.refresh(season), season) == {
        "index.html", "season.nfo", "../tvshow.nfo", "../poster.png", "../season01-poster.png"
    }  # fmt: skip
    assert library.refresh(season) == ()
    third = next(folder for folder in season.iterdir() if folder.name.endswith("S01E03"))
    (season / "stray.txt").write_text("mine")
    finish(begin(season.parents[1], THEMES[2]), "Trolleys")
    assert not third.exists()
    # The posters show the first two episodes and stay; nobody new plays in the third.
    assert relative(library.refresh(season), season) == {"index.html"}
    assert (season / "stray.txt").read_text() == "mine"


def test_the_page_holds_what_the_records_say(season: Path) -> None:
    library.refresh(season)
    page = html.document_fromstring((season / "index.html").read_text())
    headings = [heading.text for heading in page.findall(".//h2")]
    assert headings[:2] == ["Glazed", "Form #27?"]
    articles = page.findall(".//article")
    assert "1 March 2026" in articles[0].text_content()
    assert "In production." in articles[2].text_content()
    assert len(articles[1].findall(".//button")) == len(read_season(season).episodes[1].chapters)
    files = {link.text for link in articles[1].iter("a") if link.get("download") is not None}
    assert {"Film (MP4)", "Captions (SRT)", "Teaser (MP4)", "Edit (Final Cut Pro, Resolve)", "Edit (EDL)"} <= files
    assert "Ten-four." in str(page.find(".//track").get("data-words"))


def test_there_is_a_feed_where_an_address_is_known_and_it_keeps_it(season: Path) -> None:
    library.refresh(season)
    assert not (season / "feed.xml").exists()
    assert relative(library.refresh(season, BASE), season) == {"feed.xml", "feed-cover.png", "index.html"}
    assert library.refresh(season) == (), "without an address the feed keeps the one it has"
    finish(begin(season.parents[1], THEMES[2]), "Trolleys")
    assert "feed.xml" in relative(library.refresh(season), season)
    read = feedparser.parse((season / "feed.xml").read_bytes())
    assert [entry.title for entry in read.entries] == ["Trolleys", "Form #27?", "Glazed"]
    assert read.entries[0].enclosures[0].href == BASE + "Night%20Shift%20-%20S01E03%20-%20Trolleys.mp4"
    assert library.refresh(season, "https://elsewhere.example.org/") != ()
    assert "elsewhere" in (season / "feed.xml").read_text()


def test_an_address_that_is_none_is_refused_before_anything_is_written(season: Path) -> None:
    with pytest.raises(InputRefused, match="feed's address"):
        library.refresh(season, "shows/")
    assert not (season / "index.html").exists()
    with pytest.raises(InputRefused, match="feed's address"):
        settings.load({"site": "shows"}, {}, season)
    assert settings.load({}, {"TENFOUR_SITE": "https://a.example"}, season).site == "https://a.example/"
    assert (
        library.address_of("https://a.example", season) == "https://a.example/Night%20Shift%20%282026%29/Season%2001/"
    )
    assert library.address_of(None, season) is None


def test_what_a_person_made_or_edited_stays(season: Path) -> None:
    show = season.parent
    (show / "poster.png").write_bytes(b"my own photograph")
    (season / "index.html").write_text("<h1>my own page</h1>")
    library.refresh(season)
    (show / "tvshow.nfo").write_text((show / "tvshow.nfo").read_text().replace("Comedy", "Nature"))
    finish(begin(season.parents[1], THEMES[2]), "Trolleys")
    library.refresh(season)
    assert (show / "poster.png").read_bytes() == b"my own photograph"
    assert (season / "index.html").read_text() == "<h1>my own page</h1>"
    assert "Nature" in (show / "tvshow.nfo").read_text()


def test_an_episode_that_is_made_again_stays_on_the_page_meanwhile(season: Path) -> None:
    library.refresh(season)
    folder = season / "Night Shift - S01E01 - Glazed"
    head = (folder / "episode.json").read_text()
    (folder / "episode.json").write_text(head.replace('"status":"finished"', '"status":"made"'))
    assert library.refresh(season) == ()


def test_a_broken_record_is_told_and_the_others_are_whole(season: Path) -> None:
    (season / "Night Shift - S01E01 - Glazed" / "episode.json").write_text("{")
    library.refresh(season)
    listed = read_season(season)
    assert [episode.state for episode in listed.episodes] == ["broken", "finished", "in_production"]
    assert "can’t be read" in (season / "index.html").read_text()


def test_players_see_two_films_and_nothing_of_the_records(season: Path) -> None:
    for folder in (path for path in season.iterdir() if path.is_dir()):
        # Records from before there were marks get them.
        for mark in (".ignore", ".plexignore", ".nomedia"):
            (folder / mark).unlink(missing_ok=True)
    assert len(library.refresh(season, BASE)) > 9
    shows = season.parents[1]
    for player in PLAYERS:
        seen = [found for path in files_of(shows) if (found := player(shows, path))]
        assert [(found.show, found.season, found.episode) for found in seen] == [
            ("Night Shift", 1, 1),
            ("Night Shift", 1, 2),
        ]


def test_a_record_has_its_marks_before_there_is_anything_in_it(tmp_path: Path) -> None:
    berth = begin(tmp_path, "a goose")
    assert {".ignore", ".plexignore", ".nomedia"} <= {path.name for path in berth.folder.iterdir()}


def test_a_seasons_folder_that_is_not_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert library.refresh(tmp_path / "Night Shift (2026)" / "Season 01") == ()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_told_and_the_old_page_stands(season: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.refresh(season)
    old = (season / "index.html").read_bytes()
    finish(begin(season.parents[1], THEMES[2]), "Trolleys")

    def full(path: Path, content: bytes) -> None:
        raise OutOfSpace("The disk is full: free some room and run the same command again; finished work is kept.")

    monkeypatch.setattr("tools.exports.season_page.replace_file", full)
    with pytest.raises(OutOfSpace):
        library.refresh(season)
    assert (season / "index.html").read_bytes() == old
    monkeypatch.setattr("tools.exports.season_page.replace_file", replace_file)
    assert "index.html" in relative(library.refresh(season), season)


def _make(out: Path, number: int) -> None:
    season = finish(begin(out, f"theme {number}"), f"Title {number}").parent
    library.refresh(season, BASE)


def test_processes_that_finish_episodes_at_once_leave_one_whole_season(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_make, args=(tmp_path, number)) for number in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    (season,) = tmp_path.glob("*/Season 01")
    assert len(feedparser.parse((season / "feed.xml").read_bytes()).entries) == 4
    page = html.document_fromstring((season / "index.html").read_text())
    assert len(page.findall(".//video")) == 4
    assert not [path for path in season.parent.rglob("*.partial")]
    assert library.refresh(season) == ()


def test_a_second_season_has_its_own_page_and_the_show_one_listing(season: Path) -> None:
    library.refresh(season)
    second = finish(begin(season.parents[1], "a second wind", season=2), "Back").parent
    library.refresh(second)
    assert (season.parent / "season02-poster.png").exists()
    listing = (season.parent / "tvshow.nfo").read_text()
    assert 'number="1">Season 1<' in listing
    assert 'number="2">Season 2<' in listing
    assert library.refresh(season) == ()
    assert library.refresh(second) == ()
