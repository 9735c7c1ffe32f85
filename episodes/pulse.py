"""Where beats fall: a tempo that bends a little, so that what matters in the picture falls on a beat.

Cues are fitted here for the plan, which chooses what may be hit, and for the band, which plays it; so both agree.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

APART = 2.0
"""Seconds: music that hits oftener than this stammers."""
_MOST_BEND = 0.12
"""Share by which the tempo of a stretch may differ from the one that was asked for."""
_LEANINGS = tuple(1 + step / 200 for step in range(-12, 13))
"""The whole may lean by 6 % to either side."""


class Wish(NamedTuple):
    """A moment that the music would hit."""

    at: float
    """Seconds after the start."""
    weight: float
    """How much it matters: 1 is little, 5 much."""


@dataclass(frozen=True)
class Pulse:
    """Beats over time: the tempo is steady between two marks and may differ from one stretch to the next."""

    marks: tuple[tuple[int, float], ...]
    """Beat and second, both counted from the start; the first is (0, 0.0), the last is the end."""

    @property
    def beats(self) -> int:
        """Whole beats from start to end."""
        return self.marks[-1][0]

    def second(self, beat: float) -> float:
        """Return when a beat falls, in seconds after the start."""
        for (b0, s0), (b1, s1) in zip(self.marks, self.marks[1:], strict=False):
            if beat < b1:
                return s0 + (beat - b0) * (s1 - s0) / (b1 - b0)
        (b0, s0), (b1, s1) = self.marks[-2:]
        return s1 + (beat - b1) * (s1 - s0) / (b1 - b0)

    def beat(self, second: float) -> float:
        """Return the beat, with its fraction, at a moment."""
        for (b0, s0), (b1, s1) in zip(self.marks, self.marks[1:], strict=False):
            if second < s1:
                return b0 + (second - s0) * (b1 - b0) / (s1 - s0)
        return float(self.beats)


def fitted(seconds: float, tempo: float, hits: Sequence[float]) -> Pulse:
    """Return the pulse of a stretch in which all these moments fall on beats, and its end too.

    Args:
        seconds: length of the stretch, above 0.
        tempo: in beats a minute.
        hits: seconds after its start, in order, each inside it and at least a fifth of a second from the next.
    """
    return _best(seconds, tempo, tuple(Wish(hit, math.inf) for hit in hits))[1]


def chosen(seconds: float, tempo: float, wishes: Sequence[Wish]) -> tuple[float, ...]:
    """Return the moments that a steady band can hit: the weightiest, apart from each other, each at a small bend."""
    beat = 60 / tempo
    inside = sorted(wish for wish in wishes if 0.75 * beat < wish.at < seconds - 0.75 * beat)
    if not inside:
        return ()
    kept = _best(seconds, tempo, tuple(inside))[1].marks[1:-1]
    return tuple(second for _, second in kept)


def _best(seconds: float, tempo: float, wishes: tuple[Wish, ...]) -> tuple[float, Pulse]:
    fits = (_fit(seconds, 60 / tempo / lean, 60 / tempo, wishes) for lean in _LEANINGS)
    return min(fits, key=lambda fit: fit[0])


def _fit(seconds: float, beat: float, asked: float, wishes: tuple[Wish, ...]) -> tuple[float, Pulse]:
    """Return cost and pulse for one length of beat: the cheapest way from the start through some wishes to the end."""
    ends = [*wishes, Wish(seconds, math.inf)]
    costs: list[tuple[float, tuple[tuple[int, float], ...]]] = [(0.0, ((0, 0.0),))]
    places = [0.0]
    for place, wish in enumerate(ends):
        last = place == len(ends) - 1
        best: tuple[float, tuple[tuple[int, float], ...]] = (math.inf, ())
        skipped = 0.0
        for before in range(place, -1, -1):
            known, marks = costs[before]
            length = wish.at - places[before]
            if marks and length > 0.05:
                count = max(round(length / beat), 1)
                cost = known + skipped + _strain(length / count, beat, asked, count)
                close = not last and before > 0 and length < APART and not math.isinf(wish.weight)
                if not close and cost < best[0]:
                    best = (cost, (*marks, (marks[-1][0] + count, wish.at)))
            if before == 0:
                break
            weight = ends[before - 1].weight
            if math.isinf(weight):
                break
            skipped += weight
        costs.append(best)
        places.append(wish.at)
    return costs[-1][0], Pulse(costs[-1][1])


def _strain(given: float, beat: float, asked: float, count: int) -> float:
    """Return what it costs to play so many beats at this length: nothing at the asked one, much beyond the bend."""
    bend, lean = abs(math.log(given / beat)), abs(math.log(given / asked))
    over = max(0.0, lean - _MOST_BEND)
    return (bend / 0.04) ** 2 * 0.25 + (lean / 0.06) ** 2 * 0.15 * min(count, 8) / 4 + over * 400
