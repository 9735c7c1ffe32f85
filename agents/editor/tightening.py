"""Tightening: what can be cut off the tails of shots without losing a word or a hold."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from agents.editor.laying import lay, shot_starts, shown
from episodes.airtime import hold_after
from episodes.changes import Trim
from episodes.episode import Episode
from episodes.shots import Shot

_LEAST_SHOT, _LEAST_GAG, _HOLD = Fraction(4, 5), Fraction(6, 5), Fraction(1, 4)
_LARGEST_SHARE = 6
"""No shot loses more than a sixth of its length at once."""


def least_shown(shot: Shot) -> Fraction:
    """Return the seconds below which no trim goes: a picture gag must be read, anything else seen."""
    return _LEAST_GAG if shot.gag else _LEAST_SHOT


def tighten(episode: Episode, shots: Sequence[Shot], over: Fraction | None = None) -> tuple[Trim, ...]:
    """Return trims for shots with a silent tail.

    Args:
        episode: with its shots.
        shots: those that may be trimmed.
        over: seconds that the film is too long, after which trimming stops; None trims them all.
    """
    cut = lay(episode)
    starts = shot_starts(cut)
    lines = {line.id: line for line in episode.the_script.lines}
    voices = [
        (at, at + clip.seconds, lines[clip.media])
        for at, clip in (*cut.track("A1").placed(), *cut.track("A2").placed())
    ]
    voices.sort(key=lambda voice: voice[0])
    following = dict(pairwise([*(line.id for _, _, line in voices), ""]))
    trims: list[Trim] = []
    for shot in shots:
        if shot.id not in starts or (over is not None and over <= 0):
            continue
        start, length = starts[shot.id], shown(episode, shot)
        # A voice needs its breath or hold after it, or the next one would be pushed off its mouth.
        holds = [
            end + max(_HOLD, line.pause, hold_after(line, lines.get(following[line.id])))
            for at, end, line in voices
            if at < start + length and end > start - 1
        ]
        silent = start + length - max([start, *holds])
        spare = episode.brief.format.snap(min(length / _LARGEST_SHARE, length - least_shown(shot), silent))
        if spare >= 2 * episode.brief.format.frame:
            trims.append(Trim(shot=shot.id, tail=spare))
            over = over - spare if over is not None else None
    return tuple(trims)
