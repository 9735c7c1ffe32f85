"""One episode's production on one thread of the graph: start, resume, revise, deliver."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.types import Command

from director import casting, crews, shows
from director.context import Studio
from director.events import Listener, Spent
from director.executor import Executor
from director.graph import RECURSION_LIMIT, build_graph
from director.settings import Settings
from director.shows import Berth
from director.state import EpisodeState
from episodes.brief import Brief
from episodes.changes import Change
from episodes.episode import Episode
from episodes.store import EpisodeStore, Head, Lease
from episodes.value import digest
from tools import crash
from tools.ledger import Ledger
from tools.shelf import Shelf

Approve = Callable[[str, Episode], bool | None]
"""Asks the person a question about an episode; None when nobody is there to answer."""


@dataclass(frozen=True)
class Outcome:
    """What came of a session."""

    berth: Berth
    head: Head
    waiting: str | None = None
    """The question that the production waits at, when nobody was there to answer it."""


def nobody_there(question: str, episode: Episode) -> None:
    """Answer no question."""


async def produce(
    brief: Brief,
    settings: Settings,
    listener: Listener,
    approve: Approve = nobody_there,
    *,
    resume: bool = False,
) -> Outcome:
    """Make the episode of a brief, from wherever an earlier run left it, and return where it lies.

    With `resume`, a production that waits for the person's word takes this as a yes.
    Raises `ProductionError`; what was finished until then is kept.
    """
    berth = await asyncio.to_thread(shows.find_or_make, settings.out, brief)
    lease = Lease(berth.folder)
    try:
        store = EpisodeStore(berth.folder, lease, crash.point)
        if not store.exists:
            store.create(Episode(brief=brief, season=berth.season, number=berth.number), berth.identity)
        return await _run(store, berth, settings, listener, approve, resume)
    finally:
        lease.release()


async def revise(
    berth: Berth, changes: tuple[Change, ...], settings: Settings, listener: Listener, *, author: str = "person"
) -> Outcome:
    """Apply a person's changes to a made episode and make again what they make stale, and nothing else.

    Raises `ChangeRefused` when a change can't be made; then nothing is different.
    """
    lease = Lease(berth.folder)
    try:
        store = EpisodeStore(berth.folder, lease, crash.point)
        revision = store.commit(store.head().revision, changes, author)
        store.update_head(revision=revision, base=revision, entry="scenes", status="made")
        return await _run(store, berth, settings, listener, nobody_there, resume=False)
    finally:
        lease.release()


async def _run(
    store: EpisodeStore, berth: Berth, settings: Settings, listener: Listener, approve: Approve, resume: bool
) -> Outcome:
    head = store.head()
    if head.settings != settings.digest and head.entry == "sources":
        # Other tools, models or passes: the same wish is played again from its start; whatever fits is found, not made.
        head = store.update_head(settings=settings.digest, status="made", answered=(), passes=())
    shelf = Shelf(settings.cache / "media", store.folder / "takes")
    shelf.sweep()
    ledger = Ledger(store.folder / "ledger.sqlite")
    async with Executor(settings, shelf, ledger, listener) as executor:
        executor.warm()
        for source in store.episode(head.revision).brief.sources:
            if source.path:
                executor.offer_file(source.digest, Path(source.path))
        studio = await asyncio.to_thread(_studio, store, berth, settings, listener, executor)
        waiting = await _play(studio, berth, settings, approve, resume)
        listener(Spent(ledger.spent()))
    return Outcome(berth=_moved(berth), head=read_again(berth), waiting=waiting)


def read_again(berth: Berth) -> Head:
    """Return the head of an episode, wherever its folder has been renamed to."""
    return EpisodeStore(_moved(berth).folder).head()


def _moved(berth: Berth) -> Berth:
    """Return the berth after the delivery gave the folder its title."""
    for folder, mark in shows.episodes_in(berth.season_folder):
        if mark.number == berth.number:
            return berth.model_copy(update={"folder": folder, "is_new": False})
    return berth


def _studio(store: EpisodeStore, berth: Berth, settings: Settings, listener: Listener, executor: Executor) -> Studio:
    brief = store.episode(store.head().revision).brief
    belt = crews.belt(settings)
    studio = Studio(
        settings=settings,
        store=store,
        executor=executor,
        belt=belt,
        crew=crews.rules_only(settings),
        bible=shows.bible_before(berth, brief.show),
        voices=casting.offers_of(store.folder / "passes" / "answers", settings, brief.language),
        listener=listener,
        passes=settings.passes if store.head().entry == "sources" else 0,
        answers=store.folder / "passes" / "answers",
    )
    studio.crew = crews.crew(settings, studio.report, store.folder / "passes" / "replies")
    return studio


def first_state(head: Head) -> EpisodeState:
    """Return the state that a run from the record begins with."""
    return EpisodeState(
        entry=head.entry,
        revision=head.base,
        stage="animatic",
        pass_number=1,
        rounds=0,
        pending=[],
        best_revision=head.base,
        best_score=-1.0,
        approved=False,
    )


async def _play(studio: Studio, berth: Berth, settings: Settings, approve: Approve, resume: bool) -> str | None:
    head = studio.store.head()
    checkpoints = settings.cache / "checkpoints"
    checkpoints.mkdir(parents=True, exist_ok=True)
    # A run from another base, or with other settings, is another thread: a checkpoint never outlives what it is about.
    thread = digest(berth.identity, head.base, settings.digest, str(berth.season_folder))[:32]
    if not studio.store.begun:
        # The record was deleted or is new: where an earlier run of the same wish stood means nothing to it.
        for left in checkpoints.glob(f"{thread}.sqlite*"):
            left.unlink(missing_ok=True)
    async with AsyncSqliteSaver.from_conn_string(str(checkpoints / f"{thread}.sqlite")) as saver:
        saver.serde = JsonPlusSerializer(allowed_msgpack_modules=[])
        graph = build_graph(saver)
        config: Any = {"configurable": {"thread_id": thread}, "recursion_limit": RECURSION_LIMIT}
        state = await graph.aget_state(config)
        given: Any = None if state.next else first_state(head)
        if state.next and state.interrupts:
            given = Command(resume=True) if resume else None
        while True:
            if not (state.next and state.interrupts and given is None):
                await graph.ainvoke(given, config, context=studio, durability="sync")
            state = await graph.aget_state(config)
            if not state.interrupts:
                return None
            question = cast(dict[str, str], state.interrupts[0].value)
            answer = approve(question["question"], studio.episode(question["revision"]))
            if answer is None:
                return question["question"]
            given = Command(resume=answer)
