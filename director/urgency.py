"""How urgent a task is: the seconds from its start to the end of the film, along the longest path that leads there.

How long a tool takes is what it says of itself until it has been seen at work.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from episodes.tasks import Task
from episodes.work import Plan

SAID_COUNTS = 5.0
"""Seconds of media for which a tool's own word counts against what was measured of it."""
MOVED = 0.2
"""Share by which what is known of a tool must change before paths are worked out anew."""
_PLANS = 16
"""Plans whose paths are remembered."""


@dataclass
class _Seen:
    media: float = 0.0
    took: float = 0.0
    used: float = 1.0
    """Rate with which paths were worked out last."""


@dataclass
class Urgency:
    """What this run knows of how long work takes; episodes that are made together share it."""

    _seen: dict[tuple[str, str], _Seen] = field(default_factory=dict)
    _paths: "OrderedDict[int, tuple[Plan, Mapping[str, float]]]" = field(default_factory=OrderedDict)

    def expected(self, task: Task) -> float:
        """Return the seconds that a task will take, as far as one can tell."""
        return self._rate(task) * float(task.media_seconds)

    def learn(self, task: Task, seconds: float) -> None:
        """Take note of how long a task has taken."""
        seen = self._seen.setdefault(_name(task), _Seen(used=task.tool.wall_per_second))
        seen.media += float(task.media_seconds)
        seen.took += seconds
        rate = self._rate(task)
        if abs(rate - seen.used) > MOVED * seen.used:
            seen.used = rate
            self._paths.clear()

    def path(self, plan: Plan, task: Task) -> float:
        """Return the seconds from the start of a task to the end of all that waits for it; of a stranger, its own."""
        if id(plan) not in self._paths:
            # The plan is kept with its paths, so that no other one can get its number.
            self._paths[id(plan)] = plan, self._worked_out(plan)
            while len(self._paths) > _PLANS:
                self._paths.popitem(last=False)
        paths = self._paths[id(plan)][1]
        return paths[task.key] if task.key in paths else self.expected(task)

    def _worked_out(self, plan: Plan) -> Mapping[str, float]:
        paths: dict[str, float] = {}
        after: dict[str, float] = {}
        # Backwards: whoever needs a task stands after it.
        for task in reversed(plan.tasks):
            paths[task.key] = self.expected(task) + after.get(task.key, 0.0)
            for need in task.needs:
                after[need.key] = max(after.get(need.key, 0.0), paths[task.key])
        return paths

    def _rate(self, task: Task) -> float:
        seen = self._seen.get(_name(task), _Seen())
        said = task.tool.wall_per_second * SAID_COUNTS
        return (said + seen.took) / (SAID_COUNTS + seen.media)


def _name(task: Task) -> tuple[str, str]:
    # One tool makes cards and segments, another films and looks at them: each has its own speed.
    return task.tool.name, task.kind
