"""Forking: another episode that begins as this one is now, so that both can be seen and told apart."""

import shutil
from pathlib import Path

from director import own_files, shows
from director.chat.desk import Desk
from director.shows import Berth
from episodes.errors import InputRefused
from episodes.store import EpisodeStore, Lease
from episodes.trail import Trail
from tools import crash
from tools.shelf import link_or_copy


def fork(desk: Desk, name: str) -> Berth:
    """Put a copy of the episode, as it stands, into the next free place of its season, and return that place.

    The copy has a record, a trail and locks of its own; what was made is shared, not made again. Raises `InputRefused`
    for an empty name.
    """
    title = " ".join(name.split())
    if not title:
        raise InputRefused("Name the copy, as in: /fork Glazed at Night")
    episode, out = desk.episode, desk.settings.out
    # The seed stays, whatever else tells the two wishes apart: every take is found by it.
    brief = episode.brief.model_copy(update={"seed": episode.brief.effective_seed, "title": title})
    while shows.find(out, brief, desk.berth.season) is not None:
        brief = brief.model_copy(update={"edition": brief.edition + 1})
    berth = shows.find_or_make(out, brief, desk.berth.season)
    lease = Lease(berth.folder)
    try:
        store = EpisodeStore(berth.folder, lease, crash.point)
        copy = episode.model_copy(update={"brief": brief, "season": berth.season, "number": berth.number})
        first = store.create(copy, berth.identity).revision
        trail = Trail().begun(first, f"a copy of {desk.name}").finished(first)
        head = desk.head
        store.update_head(
            entry="scenes",
            settled=first,
            trail=trail.model_dump(),
            answered=[item.model_dump() for item in head.answered],
            stood_in=[item.model_dump() for item in head.stood_in],
            sounds=head.sounds,
            footage=head.footage,
        )
    finally:
        lease.release()
    for part in ("takes", own_files.FOLDER, "passes/answers"):
        _share(desk.berth.folder / part, berth.folder / part)
    return berth


def _share(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, copy_function=link_or_copy, dirs_exist_ok=True)
