"""Listings: a season as its records on disk have it, for page, feed, posters and players."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from director.shows import Mark, episodes_in
from episodes.cut import Chapter
from episodes.episode import Episode
from episodes.errors import EpisodeError
from episodes.faces import faces
from episodes.radio_play import radio_play
from episodes.store import EpisodeStore, Form, Head
from tools.exports.listing import CastMember, ListedEpisode, ListedFile, ListedSeason

_DOCUMENTS = {
    "script.fountain": "Screenplay (Fountain)", "shots.csv": "Shot list (CSV)", "sounds.csv": "Sound list (CSV)",
    "cut.otio": "Edit (OpenTimelineIO)", "cut.fcpxml": "Edit (Final Cut Pro, Resolve)", "cut.edl": "Edit (EDL)",
}  # fmt: skip


@dataclass(frozen=True)
class _Record:
    """One record as it was read; head and episode are None where they could not be."""

    folder: Path
    mark: Mark
    head: Head | None
    episode: Episode | None
    form: Form | None
    """The form it can be had as: the film before the play; None while there is neither."""


def begun(folder: Path) -> datetime:
    """Return when the episode in this folder was begun, however often it was made again since."""
    try:
        return datetime.fromtimestamp(int((folder / ".episode").stat().st_mtime), UTC)
    except OSError:
        return datetime.fromtimestamp(0, UTC)


def read_season(season_folder: Path) -> ListedSeason:
    """Return the season as its records have it at this moment."""
    number = re.search(r"\d+$", season_folder.name)
    records = [_record(folder, mark) for folder, mark in episodes_in(season_folder)]
    records.sort(key=lambda record: record.mark.number)
    listed = _listing(season_folder.parent, int(number[0]) if number else 1, records)
    planned = (one.episode.brief.direction for one in records if one.episode is not None)
    return listed.model_copy(update={"premise": next((each.premise for each in planned if each is not None), "")})


def read_show(show_folder: Path) -> ListedSeason:
    """Return all seasons of a show as if they were one."""
    seasons = [folder for folder in show_folder.iterdir() if folder.is_dir()] if show_folder.is_dir() else []
    records = [_record(folder, mark) for season in seasons for folder, mark in episodes_in(season)]
    records.sort(key=lambda record: (record.mark.season, record.mark.number))
    return _listing(show_folder, records[0].mark.season if records else 1, records)


def _listing(show_folder: Path, season: int, records: list[_Record]) -> ListedSeason:
    ending = re.search(r" \((\d{4})\)$", show_folder.name)
    listed = tuple(_listed(record) for record in records)
    known = [record.episode for record in records if record.episode is not None]
    world = next((episode.world for episode in known if episode.world is not None), None)
    return ListedSeason(
        show=known[0].brief.show if known else re.sub(r" \(\d{4}\)$", "", show_folder.name),
        year=int(ending[1]) if ending else min((one.begun for one in listed), default=datetime.now(UTC)).year,
        season=season,
        agency=world.agency.name if world else "",
        look=world.look if world else "night_blue",
        episodes=listed,
    )


def _record(folder: Path, mark: Mark) -> _Record:
    store = EpisodeStore(folder)
    try:
        if not store.exists:
            return _Record(folder, mark, None, None, None)
        head = store.head()
        form: Form | None = "film" if _has(head, folder.parent, "film") else None
        form = "play" if form is None and _has(head, folder.parent, "play") else form
        done = next((done.revision for done in head.finished if done.form == form), head.revision)
        return _Record(folder, mark, head, store.episode(done), form)
    except EpisodeError:
        return _Record(folder, mark, None, None, None)


def _has(head: Head, season: Path, form: Form) -> bool:
    """Whether an episode can be had in this form: it stays so while it is made again."""
    ending = ".mp4" if form == "film" else ".m4a"
    return any(_beside(item.path, ending) and (season / item.path).is_file() for item in head.delivered)


def _beside(path: str, ending: str) -> bool:
    return "/" not in path and path.endswith(ending)


def _listed(record: _Record) -> ListedEpisode:
    mark, episode, head = record.mark, record.episode, record.head
    plain = ListedEpisode(
        identity=mark.identity, season=mark.season, number=mark.number, begun=begun(record.folder),
        state="in_production" if episode or not (record.folder / "episode.json").exists() else "broken",
    )  # fmt: skip
    if episode is None or head is None or episode.script is None:
        return plain
    told = plain.model_copy(update={"title": episode.script.title, "logline": episode.script.logline})
    return _finished(told, record.folder.parent, head, episode, record.form) if record.form else told


def _finished(told: ListedEpisode, season: Path, head: Head, episode: Episode, form: Form) -> ListedEpisode:
    files = {item.path: item.bytes for item in head.delivered if (season / item.path).is_file()}

    def file(label: str, ending: str, *, inside: bool = False) -> ListedFile | None:
        path = next((p for p in files if (p.endswith(ending) if inside else _beside(p, ending))), None)
        return None if path is None else ListedFile(path=path, bytes=files[path], label=label)

    words = file("Captions (WebVTT)", ".vtt")
    documents = (file(label, f"/{name}", inside=True) for name, label in _DOCUMENTS.items())
    people = episode.world.characters if episode.world else ()
    shown = episode.brief.format
    return told.model_copy(
        update={
            "state": "finished", "seconds": _seconds(episode, form), "width": shown.width, "height": shown.height,
            "language": episode.brief.language, "composite": any(made.kind == "footage" for made in head.made),
            "cast": tuple(CastMember(name=person.name, role=person.role) for person in people),
            "chapters": _chapters(episode, form), "faces": faces(episode) if form == "film" else (),
            "film": file("Film (MP4)", ".mp4"),
            "play": file("Radio play (M4A)", ".m4a"), "teaser": file("Teaser (MP4)", "/teaser.mp4", inside=True),
            "thumb": file("Picture", "-thumb.png"), "srt": file("Captions (SRT)", ".srt"), "vtt": words,
            "play_vtt": file("Words of the play (WebVTT)", ".vtt", inside=True) if form == "play" else None,
            "captions": _text(season, words), "documents": tuple(one for one in documents if one is not None),
        }
    )  # fmt: skip


def _seconds(episode: Episode, form: Form) -> Fraction:
    if episode.cut is None:
        return Fraction(0)
    return episode.cut.seconds if form == "film" else radio_play(episode).the_cut.seconds


def _chapters(episode: Episode, form: Form) -> tuple[Chapter, ...]:
    return episode.cut.chapters if episode.cut is not None and form == "film" else ()


def _text(season: Path, words: ListedFile | None) -> str:
    try:
        return (season / words.path).read_text("utf-8") if words else ""
    except (OSError, UnicodeDecodeError):
        return ""
