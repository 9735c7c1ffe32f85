"""What comes back: small things of one episode that, seen again in another, are a running gag without a plan."""

import re
from collections.abc import Sequence
from typing import Literal

from episodes.episode import Episode
from episodes.season import RunningGag
from episodes.value import Value

Sort = Literal["animal", "phrase", "payoff", "prop", "topic"]
_ORDER: tuple[Sort, ...] = ("animal", "phrase", "payoff", "prop", "topic")
_EVERYDAY = re.compile(
    r"\b(torch|flashlight|handset|radio|clipboard|notebook|handcuffs|tape|cone|coffee|form|pen|pencil|badge)\b", re.I
)
"""Props that any patrol has about it: that they are there again is no joke."""
SHORTEST_PHRASE, LONGEST_PHRASE = 4, 9
"""Words of a phrase that may become a catch-phrase."""


class Seen(Value):
    """One thing that was in an episode, in words that are the same wherever it is seen."""

    sort: Sort
    what: str
    """`the raccoon`, `“Nobody signs for a hat.”`, `the business with the hat`."""


def seen_in(episode: Episode, planned: frozenset[str] = frozenset()) -> tuple[Seen, ...]:
    """Return what an episode has that may come back; `planned` are topics that the season meant to."""
    world, script = episode.the_world, episode.the_script
    found = [Seen(sort="animal", what=f"the {c.short_name.lower()}") for c in world.characters if c.kind == "animal"]
    beats = [beat for scene in script.scenes for beat in scene.beats]
    for beat in beats:
        if beat.lines and beat.purpose in ("cold_open", "callback", "tag"):
            phrase = beat.lines[-1].text.strip()
            if SHORTEST_PHRASE <= len(phrase.split()) <= LONGEST_PHRASE:
                found.append(Seen(sort="phrase", what=f"“{phrase}”"))
    effects = [effect for beat in beats for effect in beat.effects]
    paid = [effect.topic for effect in effects if effect.kind == "pay" and effect.topic not in planned]
    found += [Seen(sort="payoff", what=_business(topic)) for topic in paid]
    planted = [effect.topic for effect in effects if effect.kind == "plant" and effect.topic not in planned]
    found += [Seen(sort="topic", what=_business(topic)) for topic in planted if topic not in paid]
    acted = {actor for beat in beats for actor in beat.actors}
    props = [prop for prop in world.props if prop.id in acted and not _EVERYDAY.search(prop.name)]
    found += [Seen(sort="prop", what=f"the {prop.name.lower()}") for prop in props]
    return tuple(dict.fromkeys(found))


def _business(topic: str) -> str:
    return f"the business with the {topic.replace('_', ' ').replace('-', ' ')}"


def promoted(told: Sequence[tuple[int, tuple[Seen, ...]]], planned: set[str]) -> tuple[RunningGag, ...]:
    """Return what was in two or more of these episodes, given by number, as running gags; the latest come first."""
    numbers: dict[str, list[int]] = {}
    sorts: dict[str, Sort] = {}
    for number, seen in told:
        for one in seen:
            sorts.setdefault(one.what, one.sort)
            if number not in numbers.setdefault(one.what, []):
                numbers[one.what].append(number)
    plain = {what for gag in planned for what in (gag, f"the {gag}")}
    again = [what for what, at in numbers.items() if len(at) > 1 and what not in plain]
    again.sort(key=lambda what: (-numbers[what][-1], -len(numbers[what]), _ORDER.index(sorts[what]), what))
    return tuple(RunningGag(what=what, episodes=tuple(numbers[what]), origin="promoted") for what in again)
