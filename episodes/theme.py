"""The show's theme: a tune of four bars, its chords, its bass figure and who leads. Found once, then kept in the bible.

A tune is found as a song writer finds one: a motif, the motif again a step away, and an answer of two bars that begins
like the motif and turns home. Many are drawn, rules judge how well each can be sung, and the best one stays.
"""

import random
from itertools import pairwise
from typing import Literal, NamedTuple

from episodes.value import Value, seed_from

BAR = 4
"""Beats of a bar; all music of a show is in four."""
HOOK_BARS = 4
NINTH = 8
"""Steps of the scale from the lowest to the highest note that anybody can sing."""

Lead = Literal["guitar", "vibes", "clarinet", "trumpet", "whistle"]
"""Who plays the tune when the show shows itself: under the title and at the end."""


class ThemeNote(Value):
    """A note of the tune or of the bass figure."""

    at: float
    """Beats after the start."""
    beats: float
    degree: int
    """Step of the scale: 0 is the tonic, 7 the tonic an octave higher. In a bass figure 0 is the chord's own root."""


class ShowTheme(Value):
    """What all music of a show is made from."""

    key: str
    """The home key: `D minor`."""
    tempo: int
    """The home tempo, in beats a minute; every cue's tempo is a simple ratio of it."""
    swing: float
    """Share of a beat that the first of two eighths takes: 0.5 is straight, 0.62 swings."""
    lead: Lead
    notes: tuple[ThemeNote, ...]
    """The hook: four bars of four beats: motif, motif varied, answer of two bars."""
    roots: tuple[int, ...]
    """Scale step of the chord under each bar of the hook."""
    bass: tuple[ThemeNote, ...]
    """The bass figure: one bar, from the chord's root."""

    def bars(self, first: int, count: int) -> tuple[ThemeNote, ...]:
        """Return the notes that begin in some bars of the hook, counted from the first of these bars."""
        start, end = first * BAR, (first + count) * BAR
        inside = (note for note in self.notes if start <= note.at < end)
        return tuple(note.model_copy(update={"at": note.at - start}) for note in inside)


HOME_KEYS = ("D minor", "G minor", "A minor", "C minor", "E minor")
_SLOWEST, _FASTEST = 88, 104
_LEADS: tuple[Lead, ...] = ("guitar", "vibes", "clarinet", "trumpet", "whistle")
_ROOTS = ((0, 0, 3, 4), (0, 5, 3, 4), (0, 3, 6, 4), (0, 6, 5, 4), (0, 3, 0, 4), (0, 2, 3, 4))
"""Chords under the hook. The last bar begins on the dominant and its last note is home."""

_Rhythm = tuple[tuple[float, float], ...]
_MOTIFS: tuple[_Rhythm, ...] = (
    ((0, 0.5), (0.5, 0.5), (1.5, 0.5), (2, 1.5)),
    ((0, 1), (1, 0.5), (1.5, 1), (2.5, 1)),
    ((0, 0.5), (1, 0.5), (1.5, 0.5), (2, 0.5), (2.5, 1)),
    ((0.5, 0.5), (1, 0.5), (1.5, 0.5), (2, 1.5)),
    ((0, 1.5), (1.5, 0.5), (2, 0.5), (2.5, 1)),
    ((0, 0.5), (0.5, 0.5), (1, 0.5), (1.5, 1), (2.5, 1)),
    ((0, 1), (1.5, 0.5), (2, 1), (3, 0.5)),
    ((0, 0.75), (0.75, 0.75), (1.5, 0.5), (2, 1.5)),
    ((0, 0.5), (0.5, 1), (1.5, 0.5), (2.5, 1)),
    ((0, 1), (1, 0.5), (1.5, 0.5), (2, 0.5), (2.5, 1)),
)
"""Rhythms of a motif: onset and length in beats; each leaves air at the end of its bar."""
_CADENCES: tuple[_Rhythm, ...] = (
    ((0, 1), (1, 1), (2, 2)),
    ((0, 0.5), (0.5, 0.5), (1, 1), (2, 2)),
    ((0, 0.5), (0.5, 1), (1.5, 0.5), (2, 2)),
    ((0, 1), (1, 0.5), (1.5, 0.5), (2, 2)),
)
_FIGURES: tuple[tuple[tuple[float, float, int], ...], ...] = (
    ((0, 0.75, 0), (1.5, 0.5, 0), (2, 0.75, 4), (3, 0.5, 7), (3.5, 0.5, 4)),
    ((0, 1, 0), (1.5, 0.5, 7), (2.5, 0.5, 4), (3, 0.5, 2), (3.5, 0.5, 1)),
    ((0, 0.5, 0), (0.75, 0.5, 0), (1.5, 0.5, 2), (2, 1, 4), (3.5, 0.5, 4)),
    ((0, 0.75, 0), (1, 0.5, 4), (1.5, 0.5, 7), (2.5, 0.5, 4), (3.5, 0.5, -1)),
    ((0, 1, 0), (1, 0.5, 2), (1.5, 0.5, 4), (2.5, 0.5, 5), (3, 0.75, 4)),
    ((0, 0.5, 0), (0.5, 0.5, 7), (1.5, 0.5, 0), (2, 0.5, 4), (2.75, 0.5, 2), (3.5, 0.5, 4)),
)
_DRAWN = 400


class _Drawn(NamedTuple):
    notes: tuple[ThemeNote, ...]
    merit: float


def found_theme(show: str) -> ShowTheme:
    """Return the theme of a show that has none yet; its name decides, so that the same show finds the same one."""
    chance = random.Random(seed_from("theme", show))
    key, lead = chance.choice(HOME_KEYS), chance.choice(_LEADS)
    tempo = chance.randrange(_SLOWEST, _FASTEST + 1, 4)
    roots, motif, cadence = chance.choice(_ROOTS), chance.choice(_MOTIFS), chance.choice(_CADENCES)
    drawn = (_draw(chance, motif, cadence, roots) for _ in range(_DRAWN))
    best = max((_Drawn(notes, merit(notes, roots)) for notes in drawn), key=lambda each: each.merit)
    return ShowTheme(
        key=key,
        tempo=tempo,
        swing=chance.choice((0.5, 0.5, 0.62)),
        lead=lead,
        notes=best.notes,
        roots=roots,
        bass=tuple(ThemeNote(at=at, beats=beats, degree=degree) for at, beats, degree in chance.choice(_FIGURES)),
    )


def _draw(chance: random.Random, motif: _Rhythm, cadence: _Rhythm, roots: tuple[int, ...]) -> tuple[ThemeNote, ...]:
    """Return one tune: motif, motif moved and with another last note, its head turned over, and a way home."""
    degrees = [chance.choice((0, 2, 4, 7))]
    while len(degrees) < len(motif):
        degrees.append(degrees[-1] + chance.choice((-4, -3, -2, -1, -1, 0, 1, 1, 2, 3, 4)))
    move = chance.choice((0, 1, 2, -1, -2, roots[1] - roots[0]))
    varied = [degree + move for degree in degrees]
    varied[-1] += chance.choice((-2, -1, 1, 2))
    turn = chance.choice((1, -1))
    start = chance.choice((degrees[0], degrees[0] + 2, varied[0] + 1))
    answer = [start + turn * (degree - degrees[0]) for degree in degrees]
    home = chance.choice((0, 0, 7))
    way = [home + chance.choice((1, -1, 2, 4))]
    while len(way) < len(cadence) - 1:
        way.append(way[-1] + chance.choice((-2, -1, 1)))
    bars = ((motif, degrees), (motif, varied), (motif, answer), (cadence, [*way, home]))
    return tuple(
        ThemeNote(at=number * BAR + at, beats=beats, degree=degree)
        for number, (rhythm, line) in enumerate(bars)
        for (at, beats), degree in zip(rhythm, line, strict=True)
    )


def merit(notes: tuple[ThemeNote, ...], roots: tuple[int, ...]) -> float:
    """Return how well a tune can be sung and remembered; higher is better, and below 0 it can't.

    Counted are the reach (a ninth at most), leaps that are answered by a step back, chord notes on strong beats, one
    highest place, few equal neighbours, and an end by step on the tonic.
    """
    degrees = [note.degree for note in notes]
    steps = [after - before for before, after in pairwise(degrees)]
    reach = max(degrees) - min(degrees)
    total = 10.0 - 12.0 * max(0, reach - NINTH) - 1.5 * max(0, 4 - reach)
    total -= 4.0 * max(0, -3 - min(degrees)) + 4.0 * max(0, max(degrees) - 9)
    for step, after in pairwise([*steps, 0]):
        if abs(step) > 2:
            # A leap asks to be filled from the other side.
            total += 0.6 if step * after < 0 and abs(after) <= 2 else -1.6
        total -= 3.0 * (abs(step) > 5)
    leaps = sum(abs(step) > 2 for step in steps)
    total -= 1.0 * abs(leaps - 3) + 0.8 * sum(step == 0 for step in steps)
    for note in notes:
        if note.at % 2 == 0 or note.beats >= 1.5:
            root = roots[min(int(note.at // BAR), len(roots) - 1)]
            last = note is notes[-1]
            total += 0.8 if last or (note.degree - root) % 7 in (0, 2, 4) else -1.2
    peak = max(degrees)
    total += 1.5 if degrees.count(peak) == 1 else -0.7 * degrees.count(peak)
    total += 1.5 if BAR <= notes[degrees.index(peak)].at < 3 * BAR else 0.0
    first = [note.degree for note in notes if note.at < BAR]
    total -= 4.0 * (len(set(first)) < 3)
    total += 2.0 if abs(steps[-1]) == 1 else -1.0
    return total
