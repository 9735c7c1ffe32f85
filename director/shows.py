"""Where shows lie on disk: finding an episode by its brief, and finding a place for a new one.

Nothing here needs LangGraph: the answer to a finished run and the refusal of a second process come from here.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from episodes import names
from episodes.bible import Bible, fold
from episodes.brief import Brief
from episodes.episode import Episode
from episodes.errors import EpisodeError, InputRefused
from episodes.store import EpisodeStore, Head, Lease, read_head
from episodes.value import Value
from tools.exports.ignore_files import write_ignore_files

SEASON = 1
"""Season that single episodes go to, unless it has a plan."""

SEASON_FILE = "season.json"
"""What a season with a plan has in its folder."""

LEAST_FREE_BYTES = 400_000_000
"""Free room asked for at the start: takes, segments and stems of a 100 s film in the wide format, twice."""


class Berth(Value):
    """The place of one episode on disk."""

    season_folder: Path
    folder: Path
    """Its own folder, with the record in it."""
    identity: str
    season: int
    number: int
    is_new: bool

    def delivered(self, head: Head) -> tuple[Path, ...]:
        """Return the files that the head says were delivered."""
        return tuple(self.season_folder / item.path for item in head.delivered)


@dataclass(frozen=True)
class Mark:
    """The small file that says which episode a folder holds."""

    identity: str
    season: int
    number: int

    @staticmethod
    def read(folder: Path) -> "Mark | None":
        """Return the mark of a folder, or None when it holds no episode."""
        try:
            identity, season, number = (folder / ".episode").read_text("utf-8").split()
            return Mark(identity, int(season), int(number))
        except (OSError, ValueError):
            return None

    def write(self, folder: Path) -> None:
        """Put the mark into a new folder."""
        (folder / ".episode").write_text(f"{self.identity} {self.season} {self.number}\n", "utf-8")


def check_room(out: Path) -> None:
    """Raise `InputRefused` when `out` can't be written or its disk is nearly full. Writes nothing."""
    standing = next(folder for folder in (out, *out.parents) if folder.exists())
    if not standing.is_dir():
        raise InputRefused(f"{str(standing)!r} is a file, not a folder: give another --out.")
    if not os.access(standing, os.W_OK | os.X_OK):
        raise InputRefused(f"There is no permission to write in {str(standing)!r}: give another --out.")
    if shutil.disk_usage(standing).free < LEAST_FREE_BYTES:
        need = LEAST_FREE_BYTES // 1_000_000
        raise InputRefused(
            f"The disk of {str(standing)!r} has less than {need} MB free: make room or give another --out."
        )


def show_folder(out: Path, show: str) -> Path:
    """Return the folder of a show: the one it has, or the one it would get this year."""
    stem = re.sub(r" \(\d{4}\)$", "", names.show_folder(show, 2000))
    if out.is_dir():
        for folder in sorted(out.iterdir()):
            if folder.is_dir() and re.fullmatch(rf"{re.escape(stem)} \(\d{{4}}\)", folder.name):
                return folder
    return out / names.show_folder(show, datetime.now(UTC).year)


def find(out: Path, brief: Brief, season: int | None = None) -> Berth | None:
    """Return the place of the episode with this brief, in one season or in any of its show, or None."""
    show = show_folder(out, brief.show)
    for number in (season,) if season is not None else seasons_in(show):
        for folder, mark in episodes_in(show / names.season_folder(number)):
            if mark.identity == brief.identity:
                return _berth(folder, mark.identity, mark)
    return None


def _berth(folder: Path, identity: str, mark: Mark, *, is_new: bool = False) -> Berth:
    return Berth(
        season_folder=folder.parent,
        folder=folder,
        identity=identity,
        season=mark.season,
        number=mark.number,
        is_new=is_new,
    )


def berth_of(folder: Path) -> Berth | None:
    """Return the place of the episode that a folder holds; None when it holds no record."""
    mark = Mark.read(folder) if folder.is_dir() else None
    if mark is None or not (folder / "episode.json").exists():
        return None
    return _berth(folder.resolve(), mark.identity, mark)


def berths_in(out: Path) -> Iterator[Berth]:
    """Yield the places of all episodes of all shows."""
    for show in sorted(out.iterdir()) if out.is_dir() else ():
        for season in seasons_in(show):
            for folder, _ in episodes_in(show / names.season_folder(season)):
                if (berth := berth_of(folder)) is not None:
                    yield berth


def find_or_make(out: Path, brief: Brief, season: int | None = None, number: int | None = None) -> Berth:
    """Return the place of the episode with this brief; a new one gets the next free number of the next open season.

    With `season` and `number`, which a season's plan gives, it is that place, whatever wish lay there before: the
    berth's identity is then another than its record's.
    """
    show = show_folder(out, brief.show)
    show.mkdir(parents=True, exist_ok=True)
    with alone(show):
        if (found := find(out, brief, season)) is not None and number in (None, found.number):
            return found
        season = open_season(show) if season is None else season
        season_folder = show / names.season_folder(season)
        season_folder.mkdir(exist_ok=True)
        marks = {mark.number: (folder, mark) for folder, mark in episodes_in(season_folder)}
        if number in marks:
            folder, mark = marks[number]
            return _berth(folder, brief.identity, mark)
        number = max(marks, default=0) + 1 if number is None else number
        folder = season_folder / f"{names.safe_name(brief.show, 120)} - S{season:02d}E{number:02d}"
        folder.mkdir(exist_ok=True)
        mark = Mark(brief.identity, season, number)
        mark.write(folder)
        # A record fills with takes at once, and a library may be scanned at any time.
        write_ignore_files(folder)
    return _berth(folder, brief.identity, mark, is_new=True)


def seasons_in(show: Path) -> tuple[int, ...]:
    """Return the numbers of the seasons that a show's folder holds, in order."""
    if not show.is_dir():
        return ()
    named = ((re.fullmatch(r"Season (\d{2,})", folder.name), folder) for folder in show.iterdir())
    return tuple(sorted(int(match[1]) for match, folder in named if match and folder.is_dir()))


def open_season(show: Path) -> int:
    """Return the season that an episode by itself goes to: the first without a plan, whose numbers nobody has given."""
    season = SEASON
    while (show / names.season_folder(season) / SEASON_FILE).exists():
        season += 1
    return season


def settle(berth: Berth) -> None:
    """Mark a berth's folder as its wish's own, once the record is."""
    mark = Mark(berth.identity, berth.season, berth.number)
    if Mark.read(berth.folder) != mark:
        mark.write(berth.folder)


def next_edition(out: Path, brief: Brief) -> Brief:
    """Return the brief with the first edition number that has no episode yet: what `--again` asks for."""
    while find(out, brief) is not None:
        brief = brief.model_copy(update={"edition": brief.edition + 1})
    return brief


def refuse_if_busy(berth: Berth) -> None:
    """Raise `RecordBusy` when another process is at work on this episode."""
    Lease(berth.folder, look=True).release()


def finished(berth: Berth, settings_digest: str) -> Head | None:
    """Return the head when this very episode is finished with these settings and all its files are there."""
    try:
        head = read_head(berth.folder)
    except EpisodeError:
        return None
    whole = head.delivered and all(_is_there(berth.season_folder / item.path, item.bytes) for item in head.delivered)
    # The film and the play of one wish are two finished things; each stands until what both are made from changes.
    made = any(done.settings == settings_digest and done.base == head.base for done in head.finished)
    made = made or head.settings == settings_digest
    return head if head.status == "finished" and made and whole else None


def _is_there(path: Path, size: int) -> bool:
    """Whether a delivered file is whole. Libraries, and people, write into an NFO: its length says nothing."""
    return path.is_file() and (path.suffix == ".nfo" or path.stat().st_size == size)


def bible_before(berth: Berth, show: str) -> Bible:
    """Return the show as the finished episodes before this one left it."""
    return fold(show, told_before(berth.season_folder.parent, berth.season, berth.number))


def told_before(show: Path, season: int, number: int, *, unfinished: bool = False) -> tuple[Episode, ...]:
    """Return the episodes before a number, in order of broadcast, earlier seasons first.

    With `unfinished`, those of this very season count as soon as they have a script.
    """
    told: list[Episode] = []
    for one in (one for one in seasons_in(show) if one <= season):
        marked = sorted(episodes_in(show / names.season_folder(one)), key=lambda pair: pair[1].number)
        for folder, mark in marked:
            if one == season and mark.number >= number:
                break
            if (episode := _told(folder, unfinished=unfinished and one == season)) is not None:
                told.append(episode)
    return tuple(told)


def _told(folder: Path, *, unfinished: bool) -> Episode | None:
    try:
        head = read_head(folder)
        # One that is being edited counts as it was finished last: what it tells is not gone meanwhile.
        done = next((each.revision for each in head.finished), None)
        episode = EpisodeStore(folder).episode(head.revision if unfinished or done is None else done)
    except EpisodeError:
        # A broken neighbour is its own trouble; this episode starts without what it would have told.
        return None
    is_told = unfinished or done is not None or head.status == "finished"
    return episode if episode.script is not None and is_told else None


def episodes_in(season_folder: Path) -> Iterator[tuple[Path, Mark]]:
    """Yield the folder and the mark of every episode of a season."""
    if not season_folder.is_dir():
        return
    for folder in sorted(season_folder.iterdir()):
        mark = Mark.read(folder) if folder.is_dir() else None
        if mark is not None:
            yield folder, mark


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder against other processes that write what all its episodes share at this moment."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
