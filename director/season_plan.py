"""A season's plan as it is kept: asked for once, and later only made longer."""

from collections.abc import Callable

from agents.protocols import SeasonPlanner
from episodes.bible import Bible
from episodes.season import RunningGag, SeasonBrief, SeasonPlan


async def keep_plan(
    kept: SeasonPlan | None, wish: SeasonBrief, bible: Bible, planner: Callable[[], SeasonPlanner]
) -> SeasonPlan:
    """Return the plan of a season: the one that is kept where it is long enough, else as much of it as there is."""
    if kept is not None and len(kept.episodes) >= wish.episodes:
        return kept
    new = await planner().plan(wish, bible)
    return new if kept is None else extended(kept, new)


def extended(kept: SeasonPlan, new: SeasonPlan) -> SeasonPlan:
    """Return the kept plan with the later episodes of a longer one; what was planned before stays word for word."""
    first = len(kept.episodes)
    later = tuple(episode for episode in new.episodes if episode.number > first)
    # A gag that goes on is a second one of the same words: where the first one ended must not move.
    due = ((gag, tuple(number for number in gag.episodes if number > first)) for gag in new.gags)
    more = tuple(RunningGag(what=gag.what, episodes=numbers, origin=gag.origin) for gag, numbers in due if numbers)
    return kept.model_copy(update={"episodes": (*kept.episodes, *later), "gags": (*kept.gags, *more)})
