"""The library: what a season's folder shows of its episodes, written anew whenever one of them changes.

Everything is read from the records, so that it can be made at any time and by any process: page, feed, posters and the
listings for players. A file that a person has put there or edited is left alone, and one that would come out the same
is not touched.
"""

from pathlib import Path
from urllib.parse import quote

from director.listings import read_season, read_show
from director.shows import alone, episodes_in
from episodes.names import season_folder as season_name
from tools.exports.ignore_files import write_ignore_files
from tools.exports.listing import AI_NOTICE, ListedEpisode, ListedFile, ListedSeason
from tools.exports.nfo import write_season_nfo, write_show_nfo
from tools.exports.poster import COVER, POSTER, Lettering, Still, write_poster
from tools.exports.rss import checked_base, known_base, write_feed
from tools.exports.season_page import Around, write_season_page

PAGE, FEED, FEED_COVER = "index.html", "feed.xml", "feed-cover.png"


MOST_MOMENTS = 6
"""Moments of a film that are looked at for a panel of its poster."""


def refresh(season_folder: Path, base: str | None = None) -> tuple[Path, ...]:
    """Write anew what has changed of a season's page, feed, posters and listings, and return what was written.

    `base` is the address at which the season's folder is served; without one the feed keeps the address that it has,
    or there is none. Safe while other processes make episodes. Raises `InputRefused` for a base that is no address, and
    `OutOfSpace`.
    """
    known = known_base(season_folder / FEED) if base is None else checked_base(base)
    if not season_folder.is_dir():
        return ()
    with alone(season_folder.parent):
        hidden = [path for folder, _ in episodes_in(season_folder) for path in write_ignore_files(folder)]
        season, show = read_season(season_folder), read_show(season_folder.parent)
        pictures = _posters(season, show, season_folder, cover=known is not None)
        listings = _listings(season, show, season_folder)
        return (*hidden, *pictures, *listings, *_pages(season, season_folder, known))


def address_of(site: str | None, season_folder: Path) -> str | None:
    """Return where a season's folder is served when the folder of all shows is served at `site`.

    Raises `InputRefused` for a site that is no address.
    """
    return None if site is None else checked_base(site) + quote(f"{season_folder.parent.name}/{season_folder.name}/")


def _posters(season: ListedSeason, show: ListedSeason, folder: Path, *, cover: bool) -> list[Path]:
    lettering = Lettering(show=season.show, look=season.look, over=season.agency, notice=AI_NOTICE)
    of_season = lettering.model_copy(update={"under": f"Season {season.season}"})
    stills, name = _stills(season, folder.parent), _season_poster(season)
    wanted = [
        (lettering, _stills(show, folder.parent), POSTER, folder.parent / "poster.png"),
        (of_season, stills, POSTER, folder.parent / name),
        *([(of_season, stills, COVER, folder / FEED_COVER)] if cover else []),
    ]
    # A poster without a film would only say the name; players draw that themselves.
    return [path for words, pictures, size, path in wanted if pictures and write_poster(words, pictures, size, path)]


def _season_poster(season: ListedSeason) -> str:
    """Return the name by which players find a season's poster in the folder of the show."""
    return f"season{season.season:02}-poster.png" if season.season else "season-specials-poster.png"


def _stills(season: ListedSeason, show_folder: Path) -> list[Still]:
    """Return the panels' pictures: a face from each of the first two films, of two people where that can be."""
    films = [(episode, episode.film) for episode in season.finished if episode.film][:2]
    panels = films if len(films) > 1 else films * 2
    seen: set[str] = set()
    wanted = []
    for episode, film in panels:
        who = next((face.who for face in episode.faces if face.who not in seen), "")
        seen.add(who)
        near = tuple(float(face.at) for face in episode.faces if face.who == who)[:MOST_MOMENTS]
        wanted.append(_still(show_folder, episode, film, near or _moments(episode)) if film else None)
    return [still for still in wanted if still is not None]


def _still(
    show_folder: Path, episode: ListedEpisode, file: ListedFile, moments: tuple[float, ...] = ()
) -> Still | None:
    path = show_folder / season_name(episode.season) / file.path
    try:
        about = path.stat()
    except OSError:
        # Another process is giving the episode a new title at this moment, and will come here itself.
        return None
    return Still(file=str(path), moments=moments, known_by=f"{about.st_size} {about.st_mtime_ns}")


def _moments(episode: ListedEpisode) -> tuple[float, ...]:
    """Return the middle of each scene but the last one's, which may be the end card."""
    ends = [*(chapter.at for chapter in episode.chapters[1:]), episode.seconds]
    middles = tuple(float(chapter.at + end) / 2 for chapter, end in zip(episode.chapters, ends, strict=False))[:-1]
    return middles or (float(episode.seconds) / 3,)


def _listings(season: ListedSeason, show: ListedSeason, folder: Path) -> list[Path]:
    wrote = {
        folder.parent / "tvshow.nfo": write_show_nfo(show, folder.parent / "tvshow.nfo"),
        folder / "season.nfo": write_season_nfo(season, folder / "season.nfo"),
    }
    return [path for path, done in wrote.items() if done]


def _pages(season: ListedSeason, folder: Path, base: str | None) -> list[Path]:
    written = []
    if base is not None:
        cover = FEED_COVER if (folder / FEED_COVER).exists() else ""
        if write_feed(season, base, cover, folder / FEED):
            written.append(folder / FEED)
    poster = _season_poster(season)
    around = Around(
        poster=f"../{quote(poster)}" if (folder.parent / poster).exists() else "",
        feed=FEED if base is not None else "",
    )
    if write_season_page(season, around, folder / PAGE):
        written.append(folder / PAGE)
    return written
