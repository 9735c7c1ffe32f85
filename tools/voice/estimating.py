"""When words and sounds are said by an engine that does not tell: another engine's times, laid into what is heard."""

import numpy as np

from tools.sound.loudness import amplitude
from tools.sound.wav import Samples
from tools.voice.speaking import Utterance

_HOP_SECONDS = 0.01
_SILENT_BELOW_PEAK_DB = -38.0
_LEAST_PAUSE = 0.09
"""Seconds of silence that are a pause; those within a word, before a plosive, are shorter."""


def laid_into(model: Utterance, samples: Samples, rate: int) -> Utterance:
    """Return `samples` with the words and sounds of `model`, which says the same text.

    Where both pause equally often, every stretch between pauses is stretched by itself; else the whole line as one.
    """
    ours, theirs = heard_spans(model.samples, model.rate), heard_spans(samples, rate)
    if not ours or not theirs:
        return Utterance(samples=samples, rate=rate)
    if len(ours) != len(theirs):
        ours, theirs = [(ours[0][0], ours[-1][1])], [(theirs[0][0], theirs[-1][1])]
    before = np.array([at for span in ours for at in span])
    after = np.array([at for span in theirs for at in span])

    def moved(at: float) -> float:
        return float(np.interp(at, before, after))

    sounds = tuple((symbol, moved(at)) for symbol, at in model.sounds)
    # What our engine says after its last heard moment is the silence at its end.
    return Utterance(
        samples=samples, rate=rate, words=tuple((text, moved(at)) for text, at in model.words), sounds=sounds
    )


def heard_spans(samples: Samples, rate: int) -> list[tuple[float, float]]:
    """Return start and end, in seconds, of each stretch in which something is heard; a pause parts two."""
    hop = max(round(_HOP_SECONDS * rate), 1)
    padded = np.pad(samples, (0, -len(samples) % hop)).reshape(-1, hop)
    levels = np.sqrt(np.mean(np.square(padded), axis=1)) if len(samples) else np.zeros(1)
    heard = np.flatnonzero((levels > levels.max() * amplitude(_SILENT_BELOW_PEAK_DB)) & (levels > 0))
    spans: list[tuple[int, int]] = []
    for place in heard:
        if spans and place - spans[-1][1] < _LEAST_PAUSE / _HOP_SECONDS:
            spans[-1] = (spans[-1][0], int(place) + 1)
        else:
            spans.append((int(place), int(place) + 1))
    return [(start * hop / rate, stop * hop / rate) for start, stop in spans]
