"""Editing a made episode: a person's changes, steps back and forth, and what only the record must know."""

import asyncio
from collections.abc import Callable

from director.events import Listener
from director.session import Outcome, nobody_there, run
from director.settings import Settings
from director.shows import Berth
from director.slots import Slots
from episodes.changes import Change
from episodes.errors import ChangeRefused
from episodes.store import EpisodeStore, Head, Lease
from episodes.trail import Trail
from tools import crash
from tools.sound import own_folder
from tools.video import footage_folder


async def revise(
    berth: Berth,
    changes: tuple[Change, ...],
    settings: Settings,
    listener: Listener,
    *,
    said: str = "",
    author: str = "person",
    taken: tuple[str, ...] = (),
    slots: Slots | None = None,
) -> Outcome:
    """Apply a person's changes to an episode and make again what they make stale, and nothing else.

    `said` is what was asked for, for the trail; `taken` are the digests of edited files that the changes come from.
    Raises `ChangeRefused` when a change can't be made; then nothing is different.
    """

    def begin(store: EpisodeStore, head: Head) -> None:
        start = standing_revision(head, settings)
        revision = store.commit(start, changes, author)
        trail = begun_trail(head, start).begun(revision, said or ", ".join(change.kind for change in changes))
        _edited(store, revision, start, trail)
        if taken:
            store.update_head(taken=tuple({*head.taken, *taken}))

    return await _edit(berth, settings, listener, begin, slots)


def note(berth: Berth, changes: tuple[Change, ...], settings: Settings, *, said: str) -> None:
    """Put changes into the record that alter nothing that is seen or heard, such as a lock: there is nothing to make.

    Raises `ChangeRefused` when a change can't be made; then nothing is different.
    """
    lease = Lease(berth.folder)
    try:
        store = EpisodeStore(berth.folder, lease, crash.point)
        head = store.head()
        start = standing_revision(head, settings)
        revision = store.commit(start, changes, "person")
        trail = begun_trail(head, start).begun(revision, said).finished(revision)
        here = {"base": revision, "revision": revision}
        done = [each.model_copy(update=here if each.form == settings.form else {}) for each in head.finished]
        store.update_head(
            revision=revision,
            base=revision,
            settled=start,
            entry="scenes",
            trail=trail.model_dump(),
            finished=[each.model_dump() for each in done],
        )
    finally:
        lease.release()


async def go_on(berth: Berth, settings: Settings, listener: Listener) -> Outcome:
    """Finish the edit that an earlier run left half-made."""
    return await _edit(berth, settings, listener, lambda store, head: None)


async def walk(berth: Berth, trail: Trail, settings: Settings, listener: Listener) -> Outcome:
    """Bring an episode to the step that its trail is at: `trail` is the head's own after undo, redo or a jump.

    Whatever that step was made of is found, not made. Raises `ChangeRefused` for a step that was never finished.
    """

    def begin(store: EpisodeStore, head: Head) -> None:
        step = trail.now
        if not step.revision:
            raise ChangeRefused(f"Step {step.number} was never finished, so there is no film of it to go to.")
        _edited(store, step.revision, step.revision, trail)

    return await _edit(berth, settings, listener, begin)


async def _edit(
    berth: Berth,
    settings: Settings,
    listener: Listener,
    begin: Callable[[EpisodeStore, Head], None],
    slots: Slots | None = None,
) -> Outcome:
    await asyncio.to_thread(own_folder.check, settings.recordings)
    await asyncio.to_thread(footage_folder.check, settings.clips)
    lease = Lease(berth.folder)
    try:
        store = EpisodeStore(berth.folder, lease, crash.point)
        begin(store, store.head())
        # What this run's options say of the mix is not asked for here, so it must not be filed as having been.
        settings = settings.model_copy(update={"burn_captions": None, "loudness": None})
        return await run(store, berth, settings, listener, nobody_there, resume=False, slots=slots)
    finally:
        lease.release()


def _edited(store: EpisodeStore, base: str, settled: str, trail: Trail) -> None:
    store.update_head(
        revision=base, base=base, settled=settled, entry="scenes", status="made", trail=trail.model_dump()
    )


def standing_revision(head: Head, settings: Settings) -> str:
    """Return the revision that an edit starts from: the film's, or the play's, whichever is asked for.

    A play that was made after the film has no passes of its own, so each form goes on from what it was finished with;
    an edit that is under way is built on.
    """
    if head.trail.steps and not head.trail.now.revision:
        return head.trail.now.base
    return next((done.revision for done in head.finished if done.form == settings.form), head.revision)


def begun_trail(head: Head, start: str) -> Trail:
    """Return the trail of an episode; before the first edit, with the episode as it was made."""
    if head.trail.steps:
        return head.trail
    return Trail().begun(head.base, "as it was first made").finished(start)
