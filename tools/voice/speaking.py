"""How every engine's line comes to be: words made ready, manner, sound, times. One place for all of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from episodes.captions import CHARACTERS_A_SECOND
from episodes.format import SAMPLE_RATE
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine, TimedPhoneme, TimedWord
from episodes.wording import tidy
from tools.protocols import Call
from tools.sound.wav import Samples
from tools.voice.delivery import Manner, manner
from tools.voice.spoken_text import spoken_text
from tools.voice.written_words import written_starts

_SLOWEST, _TRIES = 0.5, 3
"""A line is never slowed to less than this part of its pace, however many letters its caption has."""
_HEARD = 0.02
"""Of a line's highest level in 5 ms: what is softer than this is a pause to the ear."""
_LATE = 0.01
"""Seconds by which a sound may be timed before it is heard."""
_STEP = 80
"""Rates that are a multiple of this are resampled quickly; the pitch is then right to a tenth of a semitone."""


@dataclass(frozen=True)
class Utterance:
    """What an engine gives for one line, before it is trimmed and levelled."""

    samples: Samples
    """`[frames]`, mono, 1.0 = full scale."""
    rate: int
    """Hertz."""
    words: tuple[tuple[str, float], ...] = ()
    """Each spoken word and the second at which it starts."""
    sounds: tuple[tuple[str, float], ...] = ()
    """Each sound of speech (Kirshenbaum, `_` for silence) and the second at which it starts."""
    heard: float | None = None
    """Word error rate with which a recogniser understood it, where one listened."""


Synthesise = Callable[[str, Manner], Utterance]
"""Says a text, ready to be spoken, in a manner. May raise any `ToolError`."""


def speak(request: SpeakRequest, call: Call, synthesise: Synthesise) -> SpokenLine:
    """Write `line.wav` of what `synthesise` says and return its length and times.

    A line whose caption could not be read while it is spoken (17 characters a second) is said again, slower. Raises
    `RequestRejected` when there is nothing to say, `MediaBroken` when only silence came, and what the engine raises.
    """
    said = manner(request.voice, request.delivery, request.reading)
    text = spoken_text(request.text, radio=request.radio, language=request.language)
    line, samples = _line(synthesise(text, said), said)
    needed = Fraction(len(tidy(request.text)), CHARACTERS_A_SECOND)
    pace = 1.0
    for _ in range(_TRIES):
        if line.seconds >= needed or pace <= _SLOWEST:
            break
        # Engines do not slow down quite as much as they are asked to, so it may take more than one step.
        pace = max(pace * float(line.seconds / needed) * 0.98, _SLOWEST)
        line, samples = _line(synthesise(text, replace(said, words_per_minute=said.words_per_minute * pace)), said)
    from tools.sound import wav

    wav.write(call.into / "line.wav", samples, SAMPLE_RATE)
    starts = written_starts(
        request.text, text, line.words, float(line.seconds), radio=request.radio, language=request.language
    )
    return line.model_copy(update={"starts": starts})


def _line(given: Utterance, said: Manner) -> tuple[SpokenLine, Samples]:
    from tools.voice.line_sound import line_sound
    from tools.voice.whisper import whispered

    raw = whispered(given.samples, given.rate) if said.whispered else given.samples
    kept = line_sound(raw, given.rate, said.gain_db, said.colour_db)
    length = Fraction(len(kept.samples), SAMPLE_RATE)
    sounds = set_in(_timed_sounds(given, kept.cut, float(length)), kept.samples)
    words = _timed_words(given, sounds, kept.cut, float(length))
    return SpokenLine(seconds=length, words=words, phonemes=sounds, heard=given.heard), kept.samples


def set_in(sounds: tuple[TimedPhoneme, ...], samples: Samples) -> tuple[TimedPhoneme, ...]:
    """Return the sounds with each that follows a pause beginning where it is heard.

    Engines of recorded voices count the closure of a k or a p to the sound; after a pause that is silence still, and
    lips that open in it are seen too early. `samples` is the line, mono, 48 kHz.
    """
    import numpy as np

    hop = SAMPLE_RATE // 200
    level = np.sqrt(np.mean(np.square(samples[: len(samples) // hop * hop].reshape(-1, hop)), axis=1))
    heard = level > _HEARD * level.max(initial=0.0)
    timed = list(sounds)
    for place in range(1, len(timed)):
        pause, sound = timed[place - 1], timed[place]
        loud = np.flatnonzero(heard[int(sound.at * 200) : int((sound.at + sound.seconds) * 200)])
        late = float(loud[0]) / 200 if loud.size else 0.0
        if pause.symbol == "_" and late > _LATE:
            timed[place - 1] = pause.model_copy(update={"seconds": round(pause.seconds + late, 4)})
            timed[place] = sound.model_copy(
                update={"at": round(sound.at + late, 4), "seconds": round(sound.seconds - late, 4)}
            )
    return tuple(timed)


def raised(given: Utterance, semitones: float) -> Utterance:
    """Return an utterance played faster or slower so that its pitch, and with it the speaker's size, changes.

    It gets shorter or longer by `ratio_of(semitones)`; whoever asks for it has the engine speak that much slower.
    """
    ratio = ratio_of(semitones)
    rate = max(round(given.rate * ratio / _STEP), 1) * _STEP
    exact = rate / given.rate
    return replace(
        given,
        rate=rate,
        words=tuple((text, at / exact) for text, at in given.words),
        sounds=tuple((symbol, at / exact) for symbol, at in given.sounds),
    )


def ratio_of(semitones: float) -> float:
    """Return the ratio of frequencies of an interval: 2 for 12 semitones."""
    return float(2.0 ** (semitones / 12))


def _timed_sounds(given: Utterance, cut: float, length: float) -> tuple[TimedPhoneme, ...]:
    """Return the sounds with neighbouring pauses joined, counted from the trimmed line's start."""
    starts = [
        (symbol, at - cut)
        for place, (symbol, at) in enumerate(given.sounds)
        if not place or symbol != "_" or given.sounds[place - 1][0] != "_"
    ]
    ends = [at for _, at in starts[1:]] + [length]
    spans = [(s, max(at, 0.0), min(end, length)) for (s, at), end in zip(starts, ends, strict=True)]
    return tuple(
        TimedPhoneme(symbol=symbol, at=round(at, 4), seconds=round(end - at, 4))
        for symbol, at, end in spans
        if end > at
    )


def _timed_words(
    given: Utterance, sounds: tuple[TimedPhoneme, ...], cut: float, length: float
) -> tuple[TimedWord, ...]:
    """Return the words; each lasts to the pause after it or to the next word."""
    starts = [(text, min(max(at - cut, 0.0), length)) for text, at in given.words if text.strip()]
    pauses = [sound.at for sound in sounds if sound.symbol == "_"]
    ends = [at for _, at in starts[1:]] + [length]
    return tuple(
        TimedWord(text=text, at=round(at, 4), seconds=round(min([end, *(p for p in pauses if p > at)]) - at, 4))
        for (text, at), end in zip(starts, ends, strict=True)
    )
