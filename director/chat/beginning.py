"""Beginning an episode in a conversation: what it would take is said first, as for any edit."""

from agents.assistant.orders import NewEpisode
from director import briefing, estimate, session, shows
from director.chat.desk import Desk
from director.chat.screen import Screen, tell, tell_path, working
from director.settings import Settings
from episodes.brief import Brief
from episodes.episode import Episode
from episodes.errors import InputRefused


async def begin(settings: Settings, screen: Screen, order: NewEpisode) -> Desk | None:
    """Make a new episode when the person agrees; None when they do not.

    Raises `InputRefused` for a theme that can't be, and what a production raises.
    """
    wanted = briefing.Wanted(theme=order.theme, minutes=order.minutes or 1.5, title=order.title)
    for _, sentence in briefing.faults(wanted):
        raise InputRefused(sentence)
    brief = briefing.to_brief(wanted, ())
    shows.check_room(settings.out)
    tell(screen, order.said)
    found = shows.find(settings.out, brief)
    if found is not None and shows.finished(found, settings.digest):
        tell(screen, "It is made already.")
        return Desk(found, settings)
    tell(screen, await estimate.estimate(brief, settings))
    if not await screen.confirm("Make it?"):
        tell(screen, "Nothing was made.")
        return None
    return await made(brief, settings, screen)


async def made(brief: Brief, settings: Settings, screen: Screen, *, resume: bool = False) -> Desk:
    """Make an episode, from wherever an earlier run left it, and return it on the desk."""
    with working(screen) as seen:
        outcome = await session.produce(brief, settings, seen.listen, _asking(screen), resume=resume)
    desk = Desk(outcome.berth, settings)
    tell(screen, f"{seen.told()} {desk.name}")
    tell_path(screen, desk.film or desk.berth.folder)
    if outcome.waiting:
        tell(screen, f"{outcome.waiting} /approve says yes.")
    return desk


def _asking(screen: Screen) -> session.Approve:
    def nobody(question: str, episode: Episode) -> bool | None:
        # A conversation goes on while a production waits: the person answers with /approve.
        return None

    return nobody
