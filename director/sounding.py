"""The sounding: the film's whole sound, mixed as soon as every scene can be heard, seen or not."""

import asyncio

from director.context import Studio
from episodes.tasks import Task
from episodes.work import Plan, Stage


async def mix_when_all_is_there(studio: Studio, revision: str, stage: Stage) -> None:
    """Have the whole sound mixed by whoever made the last scene's part of it: it need not wait for the pictures."""
    plan, shelf = studio.plan(revision, stage), studio.executor.shelf
    mix, known = whole_mix(plan), plan.by_key()
    scenes = {task.label.split(":")[0] for task in plan.of("sound")}
    # The music under cards is nobody's branch: it comes with the mix.
    wanted = [need.key for need in mix.needs if known[need.key].label.split(":")[0] in scenes]
    if await asyncio.to_thread(lambda: all(shelf.find(key) for key in wanted)):
        await studio.make(revision, stage, mix)


def whole_mix(plan: Plan) -> Task:
    """Return the mix of the film or play; the teaser's comes after it."""
    return plan.of("mix")[0]


async def make_beside(studio: Studio, revision: str, stage: Stage) -> None:
    """Make what is delivered beside a film or play that is there: whoever stopped before it wants no teaser."""
    plan = studio.plan(revision, stage)
    if any(studio.executor.shelf.find(film.key) for film in plan.of("assemble")):
        # A film that was found needed no mix; its stems are delivered with it.
        for beside in (whole_mix(plan), *plan.of("tease")):
            await studio.make(revision, stage, beside)
