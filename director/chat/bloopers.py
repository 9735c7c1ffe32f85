"""The bloopers: a reel of the takes that were made for an episode and not used."""

import asyncio
from pathlib import Path

from director.chat.reel import reel_plan
from director.chat.rejects import rejects
from director.delivery import put_copy
from director.executor import Executor
from episodes.store import EpisodeStore
from episodes.work import Belt, Stage

FILE = "bloopers.mp4"
NONE = "There are no bloopers: every take that was made for this episode is in the film."


async def reel(
    store: EpisodeStore,
    executor: Executor,
    belt: Belt,
    stage: Stage,
    credits: tuple[str, ...],
    revision: str | None = None,
) -> Path | None:
    """Make the reel of an episode and return where it lies, in the record's folder; None where no take was rejected.

    The film is that of `revision`, of the head where none is named. A reel of before is replaced, and removed when
    nothing is left to show. `credits` are the film's own, the last of them the AI notice. No camera, voice or composer
    is asked for anything. Raises `ValueError` for an episode without a cut, and what finishing and joining raise.
    """
    target = store.folder / FILE
    found = await asyncio.to_thread(rejects, store, executor.shelf, belt, stage, revision)
    if not found:
        target.unlink(missing_ok=True)
        return None
    episode = store.episode(revision or store.head().revision)
    shelf = executor.shelf
    plan = await asyncio.to_thread(
        reel_plan, episode, belt, stage, found, credits, lambda recipe: shelf.find(recipe) is not None
    )
    await asyncio.gather(
        *(executor.make(plan, one.key) for one in plan.tasks if one.kind in ("card", "conform", "sound"))
    )
    film = await executor.make(plan, plan.of("assemble")[0].key)
    await asyncio.to_thread(put_copy, film.file("film.mp4"), target, link=False)
    return target
