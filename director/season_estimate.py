"""What a season would take at most, found by planning its episodes in memory and making nothing."""

from director import estimate, shows
from director.estimate import Figures
from director.season import Planners, open_season, season_folder
from director.season_manifest import SeasonOrder
from director.season_scripts import look_at
from director.settings import Settings
from episodes.bible import fold
from tools.purse import Allowance, Purse


async def estimate_season(order: SeasonOrder, settings: Settings, planners: Planners) -> str:
    """Return what each episode and the whole would take at most; what is finished takes nothing more.

    A season that has no plan yet is estimated with the plan of the rules, so that nothing is asked and nothing written.
    """
    folder = season_folder(order, settings)
    record = await open_season(order, settings, planners, folder, Purse(Allowance()))
    bible = fold(order.show, shows.told_before(folder.parent, record.season, 0))
    lines, figures = list[str](), list[Figures]()
    numbers = range(1, order.count + 1) if order.wish else [one.number for one in order.fixed]
    for number, brief in zip(numbers, order.briefs(record.plan), strict=True):
        standing = look_at(brief, record.season, number, settings)
        if standing.is_finished and not standing.stale and standing.episode is not None:
            bible = bible.after(standing.episode)
            lines.append(f"E{number:02} {standing.episode.the_script.title}: finished, nothing more.")
            continue
        episode = await estimate.draft(brief, settings, bible, number)
        bible = bible.after(episode)
        one = estimate.figures_of(episode, settings)
        took = f"price {one.cost.price:.2f}, about {estimate.minutes_of(one.cost, settings)}"
        lines.append(f"E{number:02} {brief.title or brief.theme}: {one.what}; {took}.")
        figures.append(one)
    intro = f"{order.show}, season {record.season}: {len(figures)} of {len(lines)} episodes to make."
    whole = estimate.told("All together, for one pass of each, at most:", figures, settings)
    return "\n".join((intro, *lines, whole)) if figures else "\n".join((intro, *lines))
