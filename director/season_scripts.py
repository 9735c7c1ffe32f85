"""How far a season's episode is, and which facts that its script was written from no longer hold.

Scripts are written one after the other, each from the bible of those before it, finished or not. That bible is pinned
to the episode; where today's differs in a fact that the episode uses, its script is stale.
"""

from dataclasses import dataclass
from pathlib import Path

from director import shows
from director.pinned import Pinned, pin, read_pinned
from director.settings import Settings
from director.shows import Berth
from episodes.bible import Bible, contradicted, fold
from episodes.brief import Brief
from episodes.episode import Episode
from episodes.errors import EpisodeError
from episodes.store import EpisodeStore, Head, Lease, read_head


@dataclass(frozen=True)
class Standing:
    """Where one episode stands."""

    berth: Berth | None = None
    """None where nothing of it is on disk yet."""
    head: Head | None = None
    episode: Episode | None = None
    is_scripted: bool = False
    """Whether its script is written with these settings, or is the person's own."""
    is_finished: bool = False
    """Whether it is finished with these settings and all its files are there."""
    is_edited: bool = False
    """Whether the person has changed or locked something of it."""
    stale: tuple[str, ...] = ()
    """Facts that it was written from and that no longer hold."""


def script_settings(settings: Settings) -> Settings:
    """Return the settings with which a script alone is written."""
    return settings.model_copy(update={"stop_at": "script"})


def look_at(brief: Brief, season: int, number: int, settings: Settings) -> Standing:
    """Return where the episode with this brief and number stands."""
    berth = shows.find(settings.out, brief, season)
    if berth is None or berth.number != number:
        return Standing()
    try:
        head = read_head(berth.folder)
        episode = EpisodeStore(berth.folder).episode(head.revision)
    except EpisodeError:
        return Standing(berth=berth)
    if head.identity != berth.identity:
        # Its folder has just been given to this wish, and its record not yet.
        return Standing(berth=berth)
    pinned = read_pinned(berth.folder, berth.identity)
    written = pinned is not None and pinned.script == script_settings(settings).digest
    facts = contradicted(pinned.bible, bible_now(berth, brief.show), episode) if pinned else ()
    return Standing(
        berth=berth,
        head=head,
        episode=episode,
        is_scripted=episode.script is not None and (written or head.entry == "scenes"),
        is_finished=shows.finished(berth, settings.digest) is not None,
        is_edited=head.entry == "scenes" or bool(episode.locks),
        stale=facts,
    )


def bible_now(berth: Berth, show: str) -> Bible:
    """Return the bible before an episode as the scripts before it tell it today.

    What came before the season is what the season began with: nobody who edits another season's episode meanwhile
    makes this one's scripts stale.
    """
    folder = berth.season_folder
    told = shows.told_before(folder.parent, berth.season, berth.number, unfinished=True)
    own = tuple(episode for episode in told if episode.season == berth.season)
    bible = _begun_with(folder) or fold(show, tuple(episode for episode in told if episode.season != berth.season))
    for episode in own:
        bible = bible.after(episode)
    return bible


def _begun_with(season_folder: Path) -> Bible | None:
    """Return the bible that the season's first script was written from; None before there is one."""
    marked = sorted(shows.episodes_in(season_folder), key=lambda pair: pair[1].number)
    pinned = read_pinned(marked[0][0], marked[0][1].identity) if marked else None
    return pinned.bible if pinned is not None and pinned.script else None


def prepare(berth: Berth, brief: Brief, settings: Settings, *, again: bool) -> None:
    """Pin the bible that the script is to be written from; with `again`, instead of the one that it was written from.

    A script that is only to be written with other settings keeps the bible that it has.
    """
    pinned = read_pinned(berth.folder, berth.identity)
    if pinned is not None and not again:
        return
    if again:
        _reopen(berth)  # First: a finished record must never stand beside a bible that it was not written from.
    pin(berth.folder, Pinned(identity=berth.identity, bible=bible_now(berth, brief.show)))


def _reopen(berth: Berth) -> None:
    lease = Lease(berth.folder)
    try:
        EpisodeStore(berth.folder, lease).update_head(status="made")
    finally:
        lease.release()


def note_written(berth: Berth, settings: Settings) -> None:
    """Note that the script stands as these settings and the pinned bible have it."""
    pinned = read_pinned(berth.folder, berth.identity)
    if pinned is not None:
        pin(berth.folder, pinned.model_copy(update={"script": script_settings(settings).digest}))
