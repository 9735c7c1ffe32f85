"""The purse: what several productions may take together, checked where each call leaves.

Money and calls to other machines are counted from the ledgers once and in memory from then on, so that calls that leave
at the same moment can't pass the limit together.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from episodes.errors import Stopped


@dataclass(frozen=True)
class Allowance:
    """The most that may be taken; None is no limit."""

    money: float | None = None
    """In the currency of the prices."""
    calls: int | None = None
    """Calls to other machines, of tools and of language models."""
    minutes: float | None = None
    """Wall time."""


class Purse:
    """Lets calls leave while there is something left."""

    def __init__(
        self,
        allowance: Allowance,
        *,
        price: float = 0.0,
        calls: int = 0,
        seconds: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with what earlier runs have taken."""
        self.allowance, self.price, self.calls = allowance, price, calls
        self.spent: str | None = None
        """Why nothing more leaves, and what to raise; None while something is left."""
        self._began, self._clock = clock() - seconds, clock
        self._lock = threading.Lock()

    @property
    def seconds(self) -> float:
        """Wall time of all runs together."""
        return self._clock() - self._began

    def check_time(self) -> None:
        """Raise `Stopped` when the time is over."""
        most = self.allowance.minutes
        if most is not None and self.seconds >= most * 60:
            self._stop(f"The time of {most:g} minutes is over: raise --max-minutes and run the same command to go on.")

    def leave(self, label: str, price: float, *, outside: bool) -> None:
        """Take note that a call leaves. Raises `Stopped`, and the call must not leave, where that would be too much."""
        self.check_time()
        with self._lock:
            most, calls = self.allowance.money, self.allowance.calls
            if most is not None and price > 0 and self.price + price > most + 1e-9:  # Cents do not add up exactly.
                self._stop(
                    f"The budget of {most:g} for the whole would be passed by {label} ({self.price:.2f} spent, "
                    f"{price:.2f} more): raise --budget and run the same command to go on."
                )
            if calls is not None and outside and self.calls + 1 > calls:
                self._stop(
                    f"The {calls} outside calls of the whole are made, and {label} would be one more: raise "
                    "--max-calls and run the same command to go on."
                )
            self.price += price
            self.calls += outside

    def settle(self, difference: float) -> None:
        """Take note that a call cost more or less than was thought."""
        with self._lock:
            self.price += difference

    def _stop(self, sentence: str) -> None:
        self.spent = self.spent or sentence
        raise Stopped(sentence)
