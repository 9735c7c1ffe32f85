"""A model that makes speech up may skip words, add some or sing: each try is listened to, and the best is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from episodes.errors import MediaBroken
from episodes.results import TimedWord
from tools.sound.wav import Samples
from tools.voice.estimating import heard_spans
from tools.voice.heard_words import error_rate, plain_words

GOOD_ENOUGH = 0.1
"""Word error rate at which no other try is made: Whisper itself mishears a word in twenty to fifty of clean speech."""
SLOWEST, FASTEST = 1.8, 4.0
"""Words a second between which people talk; a model outside of them drawls, rushes, or says something else."""
_FEW = 3
"""Words of a piece that is too short for a rate."""
_AFTER_SECONDS = 0.25
"""How long the last word may ring on."""
_TAIL_SECONDS = 0.45
"""What is heard for longer than this after the last word is made up."""


class Listener(Protocol):
    """Somebody who writes down what is said."""

    def listen(self, samples: Samples, rate: int, language: str) -> tuple[str, tuple[TimedWord, ...]]:
        """Return what is said in mono sound, and when each word is."""


@dataclass(frozen=True)
class Try:
    """One attempt at one piece of a line."""

    samples: Samples
    """Mono, what was made up after the last word cut off."""
    wer: float | None
    """Word error rate; None where nobody listened."""
    anchors: tuple[tuple[int, float], ...]
    """Numbers of words of the piece (as `plain_words` gives them) that were understood, each with its second."""
    fault: float
    """How bad it is: word error rate, and how far its pace is off. 0 is as good as can be."""


def best_of(
    say: Callable[[int], tuple[Samples, int]],
    seeds: tuple[int, ...],
    text: str,
    *,
    ear: Listener | None,
    language: str,
    radio: bool,
) -> tuple[Try, int]:
    """Return the best try at a text and its rate. The first one that is good enough is taken, else the least bad one.

    Args:
        say: says it with a seed.
        seeds: what may be tried, in order; at least one.
        text: ready to be spoken.
        ear: who listens; None for judging by pace alone.
        language: its tag.
        radio: whether it is said on the air.

    Raises what `say` and `ear` raise, and `MediaBroken` when every try was silent.
    """
    best: tuple[Try, int] | None = None
    for seed in seeds:
        samples, rate = say(seed)
        made = judged(samples, rate, text, ear=ear, language=language, radio=radio)
        if made is not None and (best is None or made.fault < best[0].fault):
            best = (made, rate)
        if best is not None and best[0].fault <= GOOD_ENOUGH:
            break
    if best is None:
        raise MediaBroken("The voice gave only silence.")
    return best


def judged(
    samples: Samples, rate: int, text: str, *, ear: Listener | None, language: str, radio: bool = False
) -> Try | None:
    """Return a try with its faults, or None for silence."""
    wanted = plain_words(text, radio=radio, language=language)
    if not heard_spans(samples, rate) or not np.isfinite(samples).all():
        return None
    if ear is None:
        return Try(samples, None, (), off_pace(len(wanted), samples, rate))
    _, words = ear.listen(samples, rate, language)
    timed = _tokens(words, radio=radio, language=language)
    pairs = matched(wanted, tuple(word for word, _, _ in timed))
    kept = samples[: _end(len(wanted), timed, pairs, len(samples) / rate, rate)]
    # What was cut off is not counted: nobody will hear it.
    stays = tuple(word for word, at, _ in timed if at * rate < len(kept))
    wer = error_rate(wanted, stays)
    anchors = tuple((number, timed[place][1]) for number, place in pairs)
    return Try(kept, wer, anchors, wer + off_pace(len(wanted), kept, rate))


def off_pace(words: int, samples: Samples, rate: int) -> float:
    """Return how far a piece's pace is from what people speak at: 0 within it, else the ratio that it is off by."""
    spans = heard_spans(samples, rate)
    seconds = spans[-1][1] - spans[0][0] if spans else 0.0
    # Of one or two words nobody can tell the pace; only a length that can't be theirs is a fault.
    slowest, fastest = (SLOWEST / 2, FASTEST * 2) if words <= _FEW else (SLOWEST, FASTEST)
    pace = words / max(seconds, 0.05)
    return max(slowest / max(pace, 0.01) - 1, pace / fastest - 1, 0.0)


def matched(wanted: tuple[str, ...], found: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return number in `wanted` and place in `found` of each word that was understood, in order."""
    if not wanted or not found:
        return ()
    import jiwer

    output = jiwer.process_words(" ".join(wanted), " ".join(found))
    return tuple(
        (chunk.ref_start_idx + step, chunk.hyp_start_idx + step)
        for chunk in output.alignments[0]
        if chunk.type == "equal"
        for step in range(chunk.ref_end_idx - chunk.ref_start_idx)
    )


def _tokens(words: tuple[TimedWord, ...], *, radio: bool, language: str) -> tuple[tuple[str, float, float], ...]:
    """Return what was heard as plain words with start and end: `10-4` is two, each half as long."""
    found: list[tuple[str, float, float]] = []
    for word in words:
        said = plain_words(word.text, radio=radio, language=language)
        for place, token in enumerate(said):
            share = word.seconds / len(said)
            found.append((token, word.at + place * share, word.at + (place + 1) * share))
    return tuple(found)


def _end(
    wanted: int,
    timed: tuple[tuple[str, float, float], ...],
    pairs: tuple[tuple[int, int], ...],
    seconds: float,
    rate: int,
) -> int:
    """Return the sample at which a piece ends: after its last word, when what follows was made up."""
    whole = round(seconds * rate)
    if not pairs:
        return whole
    # Words after the last understood one are the text's own, misheard, as long as the text has that many.
    last = pairs[-1][1] + wanted - 1 - pairs[-1][0]
    if last >= len(timed) or (last == len(timed) - 1 and seconds - timed[last][2] <= _TAIL_SECONDS):
        return whole
    until = timed[last][2] + _AFTER_SECONDS
    if last + 1 < len(timed):
        until = min(until, max(timed[last + 1][1], timed[last][2]))
    return min(round(until * rate), whole)
