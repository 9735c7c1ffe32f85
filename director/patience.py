"""How long a run bears with a back end: how often one call is tried, how long is waited, when it is left alone."""

import random
import time
from dataclasses import dataclass, field

from tenacity import RetryCallState

from episodes.errors import BackendDown, ToolError, TransientToolError
from episodes.tasks import ToolInfo

ATTEMPTS_HERE = 3
"""Tries of one call on this machine that fails for a passing reason."""
ATTEMPTS_OUTSIDE = 5
"""The same of somebody else's machine: where every second call fails, 31 of 32 still come through."""
ATTEMPTS_DOWN = 2
"""Tries of a call whose back end says that it is down: some wake up when they are asked."""
LOST_IN_A_ROW = 3
"""Calls given up one after another after which a back end is left alone."""
REST_SECONDS = 300.0
"""How long it is left alone; then one call finds out whether it is back."""
LONGEST_WAIT = 120.0
"""Seconds that a back end's own word (Retry-After) can make us wait before one more try."""
_FIRST_WAIT, _MOST_WAIT = 0.5, 10.0


@dataclass
class _Standing:
    lost: int = 0
    until: float = 0.0
    """Monotonic second up to which it is left alone."""
    reason: str = ""


@dataclass
class Patience:
    """What this run knows of its back ends. A key that is missing is none of its affairs: that is the person's."""

    pace: float = 1.0
    """Multiplies all waits but those that a back end asks for."""
    _standings: dict[str, _Standing] = field(default_factory=dict)

    def resting(self, tool: ToolInfo) -> str:
        """Return why a back end is left alone for now; empty when it may be asked."""
        standing = self._standings.get(tool.name)
        return standing.reason if standing and time.monotonic() < standing.until else ""

    def made(self, tool: ToolInfo) -> None:
        """Take note that a call came through."""
        self._standings.pop(tool.name, None)

    def lost(self, tool: ToolInfo, error: ToolError) -> None:
        """Take note that a call was given up. What was refused for its content says nothing of the back end."""
        if not tool.outside or not isinstance(error, BackendDown | TransientToolError):
            return
        standing = self._standings.setdefault(tool.name, _Standing())
        standing.lost += 1
        if standing.lost >= LOST_IN_A_ROW:
            standing.until, standing.reason = time.monotonic() + REST_SECONDS, str(error)

    def attempts(self, tool: ToolInfo, error: BaseException | None) -> int:
        """Return how often a call of this tool is tried, given how it failed last."""
        if isinstance(error, BackendDown):
            return ATTEMPTS_DOWN
        return ATTEMPTS_OUTSIDE if tool.outside else ATTEMPTS_HERE

    def wait(self, state: RetryCallState) -> float:
        """Return the seconds before the next try: what the other side asks for, else twice as long each time."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, TransientToolError) and error.retry_after is not None:
            return min(error.retry_after, LONGEST_WAIT)
        # Waits that are drawn keep many that failed together from asking together again.
        longest = min(_FIRST_WAIT * 2 ** (state.attempt_number - 1), _MOST_WAIT)
        return random.uniform(longest / 2, longest) * self.pace
