"""When an episode plays: at a date and hour that the seed gives, and in a show after the episodes before it."""

import random
from datetime import date, datetime, timedelta

from episodes.value import seed_from

YEAR = 2031
"""A show begins in it: near enough that everything looks as it does today, and nobody was there."""
_DAYS = 365
_MOST_APART = 9
"""Days between one episode's end and the next one's call, at most."""


def night(chance: random.Random, after: datetime | None) -> date:
    """Return the day of the call: any of a show's first year, or one soon after the end of the episode before."""
    days = chance.randrange(_DAYS)
    return date(YEAR, 1, 1) + timedelta(days) if after is None else after.date() + timedelta(1 + days % _MOST_APART)


def opening_time(seed: int, after: datetime | None = None) -> datetime:
    """Return when the call comes, mostly at night; later than `after`, when the episode before was over."""
    rng = random.Random(seed_from("clock", seed))
    hour = rng.choice((21, 22, 23, 0, 1, 2, 2, 3, 3, 19, 6, 14))
    day = night(rng, after)
    return datetime(day.year, day.month, day.day, hour, rng.randint(11, 48))
