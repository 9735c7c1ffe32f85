"""The season's page plays from its folder, says what is in it, and takes no title for anything but text."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from tests.listed_season import HOSTILE, listed, season_of, whole_season
from tools.exports.season_page import GROUND, Around, contrast, readable, season_page, write_season_page
from tools.finish.looks import LOOKS

AROUND = Around(poster="../season01-poster.png", feed="feed.xml")
LINKS = ("src", "href", "poster")


def page_of(*arguments: object) -> html.HtmlElement:
    return html.document_fromstring(season_page(*arguments))  # type: ignore[arg-type]


def links(page: html.HtmlElement) -> list[str]:
    return [element.get(name) for element in page.iter() for name in LINKS if element.get(name)]


def test_every_address_on_the_page_is_a_file_in_the_folder_and_none_is_on_a_network(tmp_path: Path) -> None:
    folder = tmp_path / "Night Shift (2026)" / "Season 01"
    folder.mkdir(parents=True)
    (folder / "feed.xml").touch()
    (tmp_path / "Night Shift (2026)" / "season01-poster.png").touch()
    page = page_of(whole_season(folder), AROUND)
    found = links(page)
    assert len(found) > 30
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    for link in found:
        parts = urlsplit(link)
        assert (parts.scheme, parts.netloc, parts.query) == ("", "", ""), link
        if not parts.path:
            assert parts.fragment in ids
            continue
        assert parts.fragment == ""
        assert (folder / unquote(parts.path)).is_file(), link
    assert "http://" not in season_page(whole_season(), AROUND)
    assert "https://" not in season_page(whole_season(), AROUND)


def test_a_hostile_title_is_text_wherever_it_stands() -> None:
    season = season_of(listed(1, HOSTILE), listed(2, HOSTILE), show=HOSTILE)
    page = page_of(season, AROUND)
    assert len(page.findall(".//script")) == 1
    assert "alert" not in (page.find(".//script").text or "")
    assert page.find(".//h1").text == HOSTILE
    assert [heading.text for heading in page.findall(".//h2")] == [HOSTILE, HOSTILE]
    assert page.find(".//video").get("aria-label") == HOSTILE
    assert page.find(".//track").get("data-words") == 'WEBVTT\n\n</track>"'
    assert not page.findall(".//dt/b")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_no_title_adds_an_element_or_an_attribute(title: str) -> None:
    def shape(words: str) -> list[tuple[str, list[str]]]:
        page = page_of(season_of(listed(1, words)), AROUND)
        return [(str(element.tag), sorted(element.keys())) for element in page.iter()]

    assert shape(title) == shape("Plain")


def test_the_page_can_be_used_by_keyboard_and_by_ear() -> None:
    page = page_of(whole_season(), AROUND)
    assert page.get("lang") == "en"
    assert all(len(page.findall(f".//{mark}")) == 1 for mark in ("header", "nav", "main", "footer", "h1"))
    assert page.find(".//a").get("href") == "#episodes", "the first thing that Tab reaches skips the heading"
    assert all(picture.get("alt") is not None for picture in page.iter("img"))
    assert all(element.get("aria-label") for element in page.iter("video", "audio"))
    assert all(article.get("aria-labelledby") for article in page.iter("article"))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(button.get("type") == "button" and button.text_content().strip() for button in page.iter("button"))
    assert [int(tag.tag[1]) for tag in page.iter("h1", "h2", "h3")][:2] == [1, 2]


def test_films_have_captions_and_chapters_that_seek() -> None:
    page = page_of(whole_season(), AROUND)
    films = {film.get("id"): film for film in page.iter("video")}
    assert list(films) == ["S01E01-film", "S01E02-film", "S01E03-film"]
    track = films["S01E01-film"].find(".//track")
    assert (track.get("kind"), track.get("srclang")) == ("captions", "en")
    assert track.get("src").endswith(".en.vtt")
    buttons = [button for button in page.iter("button") if button.get("data-film") == "S01E02-film"]
    assert [(b.get("data-at"), b.text_content()) for b in buttons] == [
        ("0.000", "0:00Cold open"), ("12.250", '0:12The "call"'),
    ]  # fmt: skip


def test_what_is_not_finished_says_so_and_offers_nothing() -> None:
    page = page_of(whole_season(), AROUND)
    by_id = {article.get("id"): article for article in page.iter("article")}
    assert "In production." in by_id["S01E05"].text_content()
    assert "They chase." in by_id["S01E05"].text_content()
    assert "can’t be read" in by_id["S01E06"].text_content()
    assert not links(by_id["S01E05"])
    assert by_id["S01E04"].find(".//audio") is not None
    assert "4 of 6 episodes finished" in page.text_content()
    empty = page_of(season_of(), Around())
    assert "Nothing yet." in empty.text_content()
    assert not list(empty.iter("img", "nav"))


def test_each_episode_says_who_plays_how_long_it_is_and_that_ai_made_it() -> None:
    page = page_of(season_of(listed(1, "Glazed")), Around())
    words = " ".join(page.find(".//article").text_content().split())
    for said in ("1 min 32 s", "1 March 2026", "A raccoon, and Glazed.", "Officer Dale Okafor", "AI-generated fiction"):
        assert said in words
    assert "made by AI and is invented" in page.find(".//footer").text_content()


def test_a_planned_season_says_what_it_is_about() -> None:
    planned = whole_season().model_copy(update={"premise": "A town <b>whose</b> animals have had enough."})
    assert "A town <b>whose</b> animals have had enough." in page_of(planned, Around()).text_content()


def test_a_page_is_written_once_and_a_persons_own_is_left_alone(tmp_path: Path) -> None:
    path, season = tmp_path / "index.html", whole_season()
    assert write_season_page(season, AROUND, path)
    assert not write_season_page(season, AROUND, path)
    assert write_season_page(season, Around(), path)
    path.write_text("<h1>Mine</h1>")
    assert not write_season_page(season, AROUND, path)
    assert path.read_text() == "<h1>Mine</h1>"


@pytest.mark.parametrize("look", LOOKS)
def test_the_accent_of_every_look_can_be_read_on_the_page(look: str) -> None:
    for tint in (LOOKS[look].accent, LOOKS[look].second):
        assert contrast(readable(tint), GROUND) >= 6
    assert readable("#f2a541") == "#f2a541"
