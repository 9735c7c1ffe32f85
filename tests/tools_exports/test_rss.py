"""The feed is RSS 2.0 by its specification, and podcast players find the episodes in it."""

from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from lxml import etree

from episodes.errors import InputRefused
from tests.listed_season import HOSTILE, listed, season_of, whole_season
from tools.exports.rss import checked_base, known_base, write_feed

SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "rss.rng")))
BASE = "https://shows.example.org/Night%20Shift/Season%2001/"
SPACES = {"itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd", "podcast": "https://podcastindex.org/namespace/1.0"}


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    write_feed(whole_season(tmp_path), BASE, "feed-cover.png", tmp_path / "feed.xml")
    return tmp_path / "feed.xml"


def test_the_feed_is_what_the_specification_asks_for(feed: Path) -> None:
    document = etree.parse(str(feed))
    assert SCHEMA.validate(document), SCHEMA.error_log
    guids = [guid.text for guid in document.iter("guid")]
    assert len(set(guids)) == len(guids) == 4
    dates = [parsedate_to_datetime(str(date.text)) for date in document.iter("pubDate")]
    assert dates == sorted(dates, reverse=True)
    (link,) = document.getroot().iter("{http://www.w3.org/2005/Atom}link")
    assert dict(link.attrib) == {"href": BASE + "feed.xml", "rel": "self", "type": "application/rss+xml"}


def test_the_check_would_see_a_feed_that_is_wrong(feed: Path) -> None:
    for name, value in (("enclosure", None), ("pubDate", "2026-03-01"), ("guid", None), ("link", "index.html")):
        document = etree.parse(str(feed))
        (spoiled, *_) = document.getroot().iter(name)
        if value is None:
            spoiled.getparent().remove(spoiled)
        else:
            spoiled.text = value
        assert not SCHEMA.validate(document), name


def test_a_player_reads_titles_numbers_lengths_and_the_very_file(feed: Path) -> None:
    read = feedparser.parse(feed.read_bytes())
    assert not read.bozo
    assert read.feed.title == "Night Shift, season 1"
    assert "AI-generated fiction" in read.feed.subtitle
    assert [int(entry.itunes_episode) for entry in read.entries] == [4, 3, 2, 1]
    hostile = read.entries[2]
    assert hostile.title == HOSTILE
    assert hostile.guidislink is False
    assert hostile.id == f"urn:ten-four:{2:064x}"
    assert (hostile.itunes_season, hostile.itunes_duration, hostile.itunes_explicit) == ("1", "92", None)
    (enclosure,) = hostile.enclosures
    assert (enclosure.type, enclosure.length) == ("video/mp4", "10")
    parts = urlsplit(enclosure.href)
    assert (parts.query, parts.fragment) == ("", "")
    assert (feed.parent / unquote(parts.path).rsplit("/", 1)[1]).is_file()
    assert read.entries[0].enclosures[0].type == "audio/mp4"


def test_players_of_the_podcast_namespace_find_words_and_the_radio_play(feed: Path) -> None:
    document = etree.parse(str(feed))
    words = document.findall(".//item/podcast:transcript", SPACES)
    assert len(words) == 4
    assert all(one.get("type") == "text/vtt" and one.get("url", "").endswith(".en.vtt") for one in words)
    (source,) = document.findall(".//podcast:alternateEnclosure/podcast:source", SPACES)
    assert str(source.get("uri")).startswith(BASE)
    assert document.find(".//channel/itunes:image", SPACES).get("href") == BASE + "feed-cover.png"
    assert document.findtext(".//channel/itunes:explicit", namespaces=SPACES) == "false"


def test_an_episode_made_again_is_the_same_episode(tmp_path: Path) -> None:
    write_feed(season_of(listed(1, "Before")), BASE, "", tmp_path / "a.xml")
    write_feed(season_of(listed(1, "After")), BASE, "", tmp_path / "b.xml")
    before, after = (feedparser.parse((tmp_path / name).read_bytes()).entries[0] for name in ("a.xml", "b.xml"))
    assert (before.id, before.published) == (after.id, after.published)
    assert before.title != after.title


def test_a_feed_knows_its_address_is_written_once_and_leaves_others_alone(tmp_path: Path) -> None:
    path, season = tmp_path / "feed.xml", season_of(listed(1, "Glazed"))
    assert known_base(path) is None
    assert write_feed(season, BASE.rstrip("/"), "", path)
    assert known_base(path) == BASE
    assert not write_feed(season, BASE, "", path)
    for own in ("<rss version='2.0'><channel><title>Mine</title></channel></rss>", "not xml"):
        path.write_text(own)
        assert known_base(path) is None
        assert not write_feed(season, BASE, "", path)
        assert path.read_text() == own


@pytest.mark.parametrize("base", ["", "shows", "file:///shows/", "ftp://a/", "https://", "https://a/?b", "https://a/#c",
                                  "https://a b/", "https://ä.example/", "https://[a/"])  # fmt: skip
def test_an_address_that_no_player_can_ask_for_is_refused(base: str) -> None:
    with pytest.raises(InputRefused, match="feed's address"):
        checked_base(base)
