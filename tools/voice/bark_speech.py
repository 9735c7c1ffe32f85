"""A line by a model that says pieces: said, heard, joined, timed, and brought to the pace and pitch that were asked."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from episodes.requests import SpeakRequest
from episodes.value import seed_from
from tools.sound.wav import Samples
from tools.voice import espeak
from tools.voice.delivery import Manner
from tools.voice.estimating import heard_spans, laid_into
from tools.voice.heard_words import plain_words
from tools.voice.pieces import pause_after, pieces
from tools.voice.speaking import Utterance, raised, ratio_of
from tools.voice.stretching import stretched
from tools.voice.tries import Listener, best_of

_SLOWER, _FASTER = 0.87, 1.18
"""How far the model's own pace is changed towards the one that was cast; its own timing is most of its charm."""
_LEAST_TEMPO = 0.5
_EDGE_SECONDS = 0.03
_FADE_SECONDS = 0.008


@dataclass
class Speech:
    """`Synthesise` for one request. What was said once is only stretched when it is asked for again, slower."""

    request: SpeakRequest
    say: Callable[[str, int], tuple[Samples, int]]
    """Says a piece with a seed; returns mono sound and its rate."""
    ear: Listener | None
    tries: int
    _said: dict[str, Utterance] = field(default_factory=dict)
    _pace: float = 0.0
    """Words a minute that were asked for first."""

    def __call__(self, text: str, said: Manner) -> Utterance:
        """Return the line. Raises what `say` and `ear` raise, and `MediaBroken` for silence."""
        if text not in self._said:
            self._said[text] = self._spoken(text, said)
            self._pace = said.words_per_minute
        own = self._said[text]
        tempo = _towards(own, said.words_per_minute) if said.words_per_minute == self._pace else 1.0
        if said.words_per_minute != self._pace:
            tempo = _towards(own, self._pace) * said.words_per_minute / self._pace
        # Being raised makes it shorter, so it is first made that much longer.
        return raised(stretched(own, max(tempo / ratio_of(said.semitones), _LEAST_TEMPO)), said.semitones)

    def _spoken(self, text: str, said: Manner) -> Utterance:
        """Return all pieces at the model's own pace, joined."""
        language, radio = self.request.language, self.request.radio
        sounds: list[Samples] = []
        anchors: list[tuple[int, float]] = []
        wrong, count, words, rate, at = 0.0, 0, 0, 1, 0
        for number, piece in enumerate(parts := pieces(text)):
            made, rate = best_of(
                lambda seed, piece=piece: self.say(piece, seed),  # type: ignore[misc]
                tuple(self._seed(piece, number, turn) for turn in range(self.tries)),
                piece,
                ear=self.ear,
                language=language,
                radio=radio,
            )
            head, sound = _trimmed(made.samples, rate)
            anchors += [(words + place, at / rate + second - head) for place, second in made.anchors]
            told = len(plain_words(piece, radio=radio, language=language))
            wrong, count = wrong + (made.wer or 0.0) * told, count + told
            words += told
            pause = round(pause_after(piece) * rate) if number + 1 < len(parts) else 0
            sounds += [sound, np.zeros(pause, np.float32)]
            at += len(sound) + pause
        samples = np.concatenate(sounds)
        timed = laid_into(espeak.synthesise(text, espeak.voice_of(language), said), samples, rate)
        heard = round(wrong / max(count, 1), 4) if self.ear is not None else None
        return replace(anchored(timed, text, anchors, radio=radio, language=language), heard=heard)

    def _seed(self, piece: str, number: int, turn: int) -> int:
        asked = self.request
        return seed_from("said", asked.voice.variant, asked.reading, asked.delivery, piece, number, turn)


def anchored(given: Utterance, text: str, anchors: list[tuple[int, float]], *, radio: bool, language: str) -> Utterance:
    """Return an utterance whose estimated times are moved so that words which were heard begin when they were heard.

    Args:
        given: sound with estimated times.
        text: ready to be spoken.
        anchors: number of a word of `text` (as `plain_words` counts) and the second at which it was heard.
        radio: whether it is said on the air.
        language: its tag.
    """
    estimated = _estimated(given, plain_words(text, radio=radio, language=language))
    pairs = [(estimated[number], heard) for number, heard in anchors if number in estimated]
    before, after = [0.0], [0.0]
    for guess, heard in pairs:
        # A recogniser's times may go back by a little; time never does.
        if guess > before[-1] and heard > after[-1]:
            before.append(guess)
            after.append(heard)
    length = len(given.samples) / given.rate
    if length <= before[-1] or length <= after[-1]:
        return given
    before.append(length)
    after.append(length)
    return replace(
        given,
        words=tuple((word, float(np.interp(at, before, after))) for word, at in given.words),
        sounds=tuple((symbol, float(np.interp(at, before, after))) for symbol, at in given.sounds),
    )


def _estimated(given: Utterance, wanted: tuple[str, ...]) -> dict[int, float]:
    """Return the estimated second of each word that the estimate has, by its number; it joins some, as `of the`."""
    found: dict[int, float] = {}
    at = 0
    for word, second in given.words:
        first = "".join(sign for sign in word.casefold().split(" ")[0] if sign.isalnum() or sign == "'").strip("'")
        place = next((number for number in range(at, min(at + 4, len(wanted))) if wanted[number] == first), None)
        if place is not None:
            found[place], at = second, place + 1
    return found


def _towards(own: Utterance, words_per_minute: float) -> float:
    """Return the tempo that brings an utterance nearer to a pace, as far as that goes unnoticed."""
    spans = heard_spans(own.samples, own.rate)
    seconds = spans[-1][1] - spans[0][0] if spans else 1.0
    pace = max(len(own.words), 1) / max(seconds, 0.1) * 60
    return float(np.clip(words_per_minute / pace, _SLOWER, _FASTER))


def _trimmed(samples: Samples, rate: int) -> tuple[float, Samples]:
    """Return the seconds cut off before a piece, and the piece without silence at its ends, faded in and out."""
    spans = heard_spans(samples, rate)
    start = max(round((spans[0][0] - _EDGE_SECONDS) * rate), 0)
    stop = min(round((spans[-1][1] + _EDGE_SECONDS) * rate), len(samples))
    kept = samples[start:stop].astype(np.float32)
    fade = np.linspace(0, 1, min(round(_FADE_SECONDS * rate), len(kept) // 2), dtype=np.float32)
    kept[: len(fade)] *= fade
    kept[len(kept) - len(fade) :] *= fade[::-1]
    return start / rate, kept
