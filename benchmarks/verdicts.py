"""A figure against its bar, as every benchmark prints it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """One figure of a run."""

    name: str
    """What was measured, with its unit."""
    reached: float
    bar: float
    most: bool = True
    """Whether the bar is the most that the figure may be; else it is the least."""

    @property
    def holds(self) -> bool:
        """Whether the figure keeps its bar."""
        return self.reached <= self.bar if self.most else self.reached >= self.bar


def report(verdicts: Iterable[Verdict]) -> bool:
    """Print one line a figure and return whether all bars are kept."""
    kept = True
    for verdict in verdicts:
        kept &= verdict.holds
        sign, word = "<=" if verdict.most else ">=", "holds" if verdict.holds else "MISSED"
        print(f"  {verdict.name:<64} {verdict.reached:>9.4g} {sign} {verdict.bar:<8.4g} {word}")
    return kept
