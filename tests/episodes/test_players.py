"""Plex, Jellyfin and Kodi read the same show, season, episode and title, and take nothing else for an episode."""

from pathlib import Path

import pytest

from episodes.names import episode_stem, season_folder, show_folder
from tests.hostile_names import SHOWS, hostile_titles
from tests.players import PLAYERS, Found, files_of, jellyfin, kodi, plex
from tools.exports.ignore_files import write_ignore_files

TITLES = hostile_titles(200)
BESIDE = (".mp4", ".en.srt", ".en.vtt", ".nfo", "-thumb.png", ".m4a")
"""Endings of what lies in a season's folder under an episode's name."""
IN_RECORD = (
    "teaser.mp4", "bloopers.mp4", "play.m4a", "play.en.srt", "stems/dialogue.wav", "takes/S02-04_T1.1f/take.mp4",
    "takes/S01-E02.9a/segment.mp4", "takes/film.00/film.mp4", "overlays/S01-02.png", "passes/final-1.edl",
    "episode.json",
)  # fmt: skip


@pytest.mark.parametrize(
    ("show", "titles"), [("Night Shift", TITLES), *((show, TITLES[at::10]) for at, show in enumerate(SHOWS[1:]))]
)
def test_three_players_read_two_hundred_hostile_titles_alike(show: str, titles: list[str], tmp_path: Path) -> None:
    for number, title in enumerate(titles):
        stem = episode_stem(show, 1, number, title)
        film = Path(show_folder(show, 2026), season_folder(1), f"{stem}.mp4")
        read = {player(tmp_path, film) for player in PLAYERS}
        assert len(read) == 1, (stem, read)
        (found,) = read
        assert found is not None, stem
        assert (found.season, found.episode, found.last) == (1, number, number)
        assert stem.replace(" (2026)", "") == f"{found.show} - S01E{number:02} - {found.title}"


@pytest.mark.parametrize("title", ["Glazed and Confused", "S02E05 sample trailer 4x4", '🦝 #1? 100% "Part 2"'])
def test_of_a_whole_show_on_disk_players_see_the_films_and_nothing_else(title: str, tmp_path: Path) -> None:
    season = tmp_path / show_folder("Night Shift", 2026) / season_folder(1)
    for number in (1, 2):
        stem = episode_stem("Night Shift", 1, number, title)
        for name in (*(f"{stem}{ending}" for ending in BESIDE), *(f"{stem}/{name}" for name in IN_RECORD)):
            (season / name).parent.mkdir(parents=True, exist_ok=True)
            (season / name).touch()
        write_ignore_files(season / stem)
    for name in ("index.html", "feed.xml", "season.nfo", "season.json", "../tvshow.nfo", "../poster.png",
                 "../season01-poster.png", ".index.html.1a2b3c4d.partial"):  # fmt: skip
        (season / name).touch()
    for player in PLAYERS:
        seen = {path: found for path in files_of(tmp_path) if (found := player(tmp_path, path))}
        assert {path.suffix for path in seen} == {".mp4"}
        assert sorted(found.episode for found in seen.values()) == [1, 2]


@pytest.mark.parametrize("player", PLAYERS)
def test_a_record_without_its_marks_would_be_taken_for_episodes(player: object, tmp_path: Path) -> None:
    """The players' rules bite: this is what the marks are for."""
    take = Path("Night Shift (2026)", "Season 01", "Night Shift - S01E01 - A", "takes", "S01-E02.9a", "S1 E2.mp4")
    assert player(tmp_path, take) is not None  # type: ignore[operator]
    (tmp_path / take.parent).mkdir(parents=True)
    write_ignore_files(tmp_path / take.parents[2])
    assert player(tmp_path, take) is None  # type: ignore[operator]


def test_the_readers_know_what_unsafe_names_would_do() -> None:
    def read(player: object, name: str) -> Found | None:
        return player(Path("/nowhere"), Path("Night Shift (2026)", "Season 01", name))  # type: ignore[operator]

    start = "Night Shift - S01E01"
    assert read(plex, f"{start} - Free Sample.mp4") is None
    assert read(kodi, f"{start} - Free Sample.mp4") is None
    assert read(jellyfin, f"{start} - The Trailer.mp4") is None
    assert read(jellyfin, "S03E01E02.mp4") == Found("Night Shift", 3, 1, "E02", 2)
    assert read(kodi, f"{start} - S02E05 Again.mp4") == Found("Night Shift", 1, 1, "S02E05 Again", 2)
    assert read(plex, f"{start}-E03.mp4") == Found("Night Shift", 1, 1, "-E03", 3)
    assert read(kodi, f"{start}.1.mp4") == Found("Night Shift", 1, 1, "", 2)
