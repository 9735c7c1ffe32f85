"""One episode's production on one thread of the graph: start, resume, deliver."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import aiosqlite
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.types import Command

from director import casting, crews, limits, own_files, shows
from director.context import Studio
from director.events import FootageTold, Listener, SoundsTold, Spent
from director.executor import Executor
from director.graph import RECURSION_LIMIT, build_graph
from director.pinned import read_pinned
from director.settings import Settings
from director.shows import Berth
from director.slots import Slots
from director.state import EpisodeState
from director.understudies import Company
from episodes.brief import Brief
from episodes.changes import MixLevels
from episodes.episode import LOUDNESS, Episode, Mix
from episodes.store import Asked, EpisodeStore, Head, Lease
from episodes.value import digest
from tools import crash
from tools.ledger import Ledger
from tools.purse import Purse
from tools.shelf import Shelf
from tools.sound import own_folder
from tools.video import footage_folder

_Level = TypeVar("_Level", bool, float)

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
    retry: bool = False,
    slots: Slots | None = None,
    berth: Berth | None = None,
    purse: Purse | None = None,
) -> Outcome:
    """Make the episode of a brief, from wherever an earlier run left it, and return where it lies.

    With `resume`, a production that waits for the person's word takes this as a yes; with `retry`, back ends are asked
    again for everything that others stood in for. `slots` are shared with other episodes, of which the earlier ones
    go first. A season gives the `berth`, and the `purse` that its episodes share.
    Raises `ProductionError`; what was finished until then is kept.
    """
    await asyncio.to_thread(own_folder.check, settings.recordings)
    await asyncio.to_thread(footage_folder.check, settings.clips)
    if berth is None:
        berth = await asyncio.to_thread(shows.find_or_make, settings.out, brief)
    lease = Lease(berth.folder)
    try:
        store = begin(berth, brief, lease)
        take_options(store, store.head(), settings)
        _keep_folders(store, settings)
        return await run(store, berth, settings, listener, approve, resume, retry, slots, purse)
    finally:
        lease.release()


def begin(berth: Berth, brief: Brief, lease: Lease) -> EpisodeStore:
    """Return the record of a brief at its place; one of another wish there gives way."""
    store = EpisodeStore(berth.folder, lease, crash.point)
    if not store.exists or store.head().identity != berth.identity:
        store.create(Episode(brief=brief, season=berth.season, number=berth.number), berth.identity)
        shows.settle(berth)
    return store


async def run(
    store: EpisodeStore,
    berth: Berth,
    settings: Settings,
    listener: Listener,
    approve: Approve,
    resume: bool,
    retry: bool = False,
    slots: Slots | None = None,
    purse: Purse | None = None,
) -> Outcome:
    """Play what the record stands before, with a lease in hand. Raises `ProductionError`."""
    head = store.head()
    if head.settings != settings.digest and head.entry == "sources":
        # Other tools, models or passes: the same wish is played again from its start; whatever fits is found, not made.
        head = store.update_head(settings=settings.digest, status="made", answered=(), passes=())
    shelf = Shelf(settings.cache / "media", store.folder / "takes")
    shelf.sweep()
    head = _stood_in_still(store, shelf, head, retry)
    ledger = Ledger(store.folder / "ledger.sqlite")
    ledger.purse = purse
    async with Executor(settings, shelf, ledger, listener, slots, berth.number) as executor:
        executor.warm()
        for source in store.episode(head.revision).brief.sources:
            if source.path and source.address is None:
                executor.offer_file(source.digest, Path(source.path))
        for recording in settings.recordings:
            executor.offer_file(recording.sound.digest, Path(recording.path))
        for file in settings.clips:
            executor.offer_file(file.clip.digest, Path(file.path))
        for digest_, path in own_files.kept(store.folder):
            executor.offer_file(digest_, path)
        studio = await asyncio.to_thread(_studio, store, berth, settings, listener, executor)
        waiting = await _play(studio, berth, settings, approve, resume)
        listener(Spent(ledger.spent()))
        if settings.recordings:
            listener(_told(settings, read_again(berth)))
        if settings.clips:
            listener(_told_of_footage(settings, read_again(berth)))
    return Outcome(berth=moved(berth), head=read_again(berth), waiting=waiting)


def _stood_in_still(store: EpisodeStore, shelf: Shelf, head: Head, retry: bool) -> Head:
    """Return the head with those stand-ins alone that the shelf answers with; with `retry`, let all be asked again."""
    still = tuple(one for one in head.stood_in if not retry and shelf.is_stand_in(one.recipe))
    if not still:
        shelf.forget_stand_ins()
    if still == head.stood_in:
        return head
    return store.update_head(stood_in=[one.model_dump() for one in still], **({"status": "made"} if retry else {}))


def _told(settings: Settings, head: Head) -> SoundsTold:
    """Return which of the person's recordings are heard in the film, and which of them never can be."""
    heard = {made.label.removeprefix("own:") for made in head.made if made.kind == "own"}
    never = own_folder.unknown(one for one in settings.recordings if one.sound.name not in heard)
    rest = (one.sound.name for one in settings.recordings if one.sound.name not in (*heard, *never))
    return SoundsTold(heard=len(heard), waiting=tuple(rest), unknown=never)


def _told_of_footage(settings: Settings, head: Head) -> FootageTold:
    """Return which of the person's clips are seen in which shots, and which are not."""
    seen = tuple((made.label.removeprefix("footage:"), made.clip, made.words) for made in head.made if made.clip)
    used = {clip for _, clip, _ in seen}
    return FootageTold(seen=seen, waiting=tuple(one.clip.name for one in settings.clips if one.clip.name not in used))


def take_options(store: EpisodeStore, head: Head, settings: Settings) -> Head:
    """Put what the options ask of the mix into the record, as the person's change to what the run starts from.

    An option counts once, when it is given: whatever the person changes later stands against the same option given
    again. One that is no longer given is taken back, unless the person has changed its value since.
    """
    lufs = LOUDNESS[settings.loudness] if settings.loudness else None
    asked = Asked(burn_captions=settings.burn_captions, loudness_lufs=lufs)
    if asked == head.asked:
        return head
    mix, plain = store.episode(head.base).mix, Mix()
    burn = _wanted(asked.burn_captions, head.asked.burn_captions, mix.burn_captions, plain.burn_captions)
    loud = _wanted(asked.loudness_lufs, head.asked.loudness_lufs, mix.loudness_lufs, plain.loudness_lufs)
    change = MixLevels(
        burn_captions=None if burn == mix.burn_captions else burn,
        loudness_lufs=None if loud == mix.loudness_lufs else loud,
    )
    base = store.commit(head.base, () if change == MixLevels() else (change,), "person")
    return store.update_head(base=base, asked=asked.model_dump(), status="made")


def _keep_folders(store: EpisodeStore, settings: Settings) -> None:
    """Put into the record where the person's own files lie, so that a chat finds them again."""
    head = store.head()
    folders = {
        "sounds": str(settings.sounds.expanduser().absolute()) if settings.sounds else "",
        "footage": str(settings.footage.expanduser().absolute()) if settings.footage else "",
    }
    if folders != {"sounds": head.sounds, "footage": head.footage}:
        store.update_head(**folders)


def _wanted(said: _Level | None, before: _Level | None, now: _Level, usual: _Level) -> _Level:
    """Return what a level is to be: as said where that is new, as usual where what was said is taken back."""
    if said is not None:
        return now if said == before else said
    return usual if before is not None and now == before else now


def read_again(berth: Berth) -> Head:
    """Return the head of an episode, wherever its folder has been renamed to."""
    return EpisodeStore(moved(berth).folder).head()


def moved(berth: Berth) -> Berth:
    """Return the berth after the delivery gave the folder its title."""
    for folder, mark in shows.episodes_in(berth.season_folder):
        if mark.number == berth.number:
            return berth.model_copy(update={"folder": folder, "is_new": False})
    return berth


def _studio(store: EpisodeStore, berth: Berth, settings: Settings, listener: Listener, executor: Executor) -> Studio:
    brief = store.episode(store.head().revision).brief
    answers = store.folder / "passes" / "answers"
    belt = limits.as_begun(answers, settings, crews.belt(settings))
    pinned = read_pinned(store.folder, berth.identity)
    studio = Studio(
        settings=settings,
        store=store,
        executor=executor,
        belt=belt,
        crew=crews.rules_only(settings),
        bible=pinned.bible if pinned else shows.bible_before(berth, brief.show),
        voices=casting.offers_of(answers, settings, brief.language),
        listener=listener,
        passes=settings.passes if _unseen(store) else 0,
        answers=answers,
    )
    executor.understudies = Company(settings, belt, studio.voices)
    executor.replaced = studio.replaced
    replies = store.folder / "passes" / "replies"
    studio.crew = crews.crew(settings, studio.report, replies, executor.ledger, listener)
    return studio


def _unseen(store: EpisodeStore) -> bool:
    """Whether nobody has seen a film of this episode yet, so that the editor's passes are still to come."""
    head = store.head()
    return head.entry == "sources" or not head.settled or store.episode(head.settled).cut is None


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


@asynccontextmanager
async def saver_of(path: Path) -> AsyncIterator[AsyncSqliteSaver]:
    """Open a checkpoint file, and let go of it wholly in the end, whatever was cut short.

    A write that is cancelled leaves its transaction open. Closing the connection does not end that while a statement of
    it is still held, and the traceback of a run that failed holds one until the garbage is collected: the next run in
    this process would find the file locked.
    """
    async with aiosqlite.connect(path) as connection:
        saver = AsyncSqliteSaver(connection)
        saver.serde = JsonPlusSerializer(allowed_msgpack_modules=[])
        try:
            yield saver
        finally:
            # Under the saver's lock: writes that nobody waits for any more must not begin another transaction.
            async with saver.lock:
                await connection.rollback()
                await connection.close()


async def _play(studio: Studio, berth: Berth, settings: Settings, approve: Approve, resume: bool) -> str | None:
    head = studio.store.head()
    checkpoints = settings.cache / "checkpoints"
    checkpoints.mkdir(parents=True, exist_ok=True)
    # A run from another base, or with other settings, is another thread: a checkpoint never outlives what it is about.
    pinned = read_pinned(studio.store.folder, berth.identity)
    # So is one whose script is written from another bible.
    told = (pinned.bible,) if pinned else ()
    thread = digest(berth.identity, head.base, settings.digest, str(berth.season_folder), *told)[:32]
    if not studio.store.begun:
        # The record was deleted or is new: where an earlier run of the same wish stood means nothing to it.
        for left in checkpoints.glob(f"{thread}.sqlite*"):
            left.unlink(missing_ok=True)
    path = checkpoints / f"{thread}.sqlite"
    async with saver_of(path) as saver:
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
