"""The embedded voices: espeak-ng, asked in a process of its own, because it is GPL and not thread-safe."""

import atexit
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from fractions import Fraction
from pathlib import Path

from pydantic import Field, TypeAdapter

from episodes.errors import BackendUnavailable, MediaBroken
from episodes.format import SAMPLE_RATE
from episodes.tasks import SpeakRequest, SpokenLine, TimedPhoneme, TimedWord, ToolInfo
from episodes.value import Value
from tools.protocols import Call, ToolSettings
from tools.voice.delivery import Manner, manner
from tools.voice.spoken_text import spoken_text
from tools.voice.written_words import written_starts

ENGLISH_VARIANTS = (
    "en-us+m3", "en-us+f5", "en-us+Gene", "en-us+aunty", "en-us+klatt2", "en-us+linda", "en-us+ed",
    "en-gb-x-gbclan+ed", "en-us+miguel", "en-gb-x-gbclan+f5", "en-us+mike2", "en-us+Hugo", "en-gb-scotland+f5",
    "en-us+anika",
)  # fmt: skip
"""Voices of which a closed-set recogniser (pocketsphinx, twelve lines) took every line for itself, and which
differ from each other in accent, or by at least 2 dB of long-term spectrum or 2 semitones. The clearest come first."""

_OTHER_VARIANTS = ("m3", "f5", "Gene", "aunty", "announcer", "linda", "ed", "f1", "klatt2", "miguel", "mike2", "anika")
_ENGLISH = "en-us"
_ALIASES = {"zh": "cmn", "no": "nb", "nn": "nb", "pt": "pt-br", "iw": "he", "sh": "hr", "tl": "en-us"}

# Measured over twelve trimmed lines of 4 to 11 words: asked for 124, en-us+m1 spoke 156 words a minute.
_RATE_PER_WORD_A_MINUTE = 0.8
_OWN_TEMPO = {"anika": 0.83}
"""Variants whose files set a tempo of their own, and what undoes it."""
_SLOWEST, _FASTEST = 80, 450
_ANSWER_SECONDS = 60.0


class _Answer(Value):
    """What the process says."""

    ready: bool = False
    error: str = ""
    missing: bool = False
    rate: int = 0
    samples: int = 0
    words: tuple[tuple[str, int], ...] = ()
    phonemes: tuple[tuple[str, int], ...] = ()
    voices: tuple[str, ...] = ()
    variants: tuple[str, ...] = Field(default=())


_ANSWERS = TypeAdapter(_Answer)


class _Engine:
    """The process, kept while this worker lives; started again when it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, request: dict[str, str | int]) -> _Answer:
        """Send one request. Raises `BackendUnavailable` when the engine can't be had, `MediaBroken` when it fails."""
        with self._lock:
            answer = self._exchange(request) or self._exchange(request)
        if answer is None:
            raise MediaBroken("espeak-ng ended twice without an answer.")
        if answer.missing:
            raise BackendUnavailable(f"{answer.error}; choose one of the voices that it lists.")
        if answer.error:
            raise MediaBroken(f"espeak-ng failed: {answer.error}.")
        return answer

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _exchange(self, request: dict[str, str | int]) -> _Answer | None:
        """Return the answer, or None when the process ended before it came."""
        try:
            if self._process is None or self._process.poll() is not None:
                self.close()
                self._process = self._start()
            return self._send(self._process, request)
        except OSError:
            self.close()
            return None

    def _start(self) -> subprocess.Popen[bytes]:
        script = Path(__file__).with_name("espeak_process.py")
        # -P keeps this folder off the process's path: it must see the wheel and the standard library, not our modules.
        process = subprocess.Popen(
            [sys.executable, "-P", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        greeting = _heard(process)
        if greeting is None or not greeting.ready:
            process.kill()
            process.communicate()
            reason = greeting.error if greeting else "it ended at once"
            raise BackendUnavailable(
                f"The embedded voices did not start ({reason}): reinstall espeakng-loader, which brings them."
            )
        return process

    def _send(self, process: subprocess.Popen[bytes], request: dict[str, str | int]) -> _Answer | None:
        assert process.stdin is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        answer = _heard(process)
        if answer is None:
            self.close()
        return answer


def _heard(process: subprocess.Popen[bytes]) -> _Answer | None:
    """Return the next answer, or None when the process ended or said nothing for a minute (it is ended then)."""
    assert process.stdout is not None
    watchdog = threading.Timer(_ANSWER_SECONDS, process.kill)
    watchdog.daemon = True
    watchdog.start()
    try:
        line = process.stdout.readline()
    finally:
        watchdog.cancel()
    return _ANSWERS.validate_json(line) if line.endswith(b"\n") else None


@functools.cache
def _engine_of(process_id: int) -> _Engine:
    # Keyed by the process, so that a forked worker never talks through its parent's pipe.
    engine = _Engine()
    atexit.register(engine.close)
    return engine


def _engine() -> _Engine:
    return _engine_of(os.getpid())


@functools.cache
def _inventory() -> tuple[frozenset[str], frozenset[str]]:
    """Return the voices and the variants that the library has."""
    answer = _engine().ask({"voices": 1})
    return frozenset(answer.voices), frozenset(answer.variants)


class EspeakVoice:
    """`VoiceBackend` without key, GPU or network. Robotic, but always there, and it times its words and sounds."""

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed: a line takes about a fiftieth of its own length."""
        return ToolInfo(name="espeak-ng", version="2", wall_per_second=0.03)

    def variants(self, language: str) -> tuple[str, ...]:
        """Return the voices for a language, the most intelligible first; the English ones for an unknown language."""
        base = _base(language)
        if base == _ENGLISH:
            return ENGLISH_VARIANTS
        return tuple(f"{base}+{variant}" for variant in _OTHER_VARIANTS)

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        """Write `line.wav`.

        Raises `BackendUnavailable` for a voice that is not there, `RequestRejected` when there is nothing to say, and
        `MediaBroken` when the engine gave no sound.
        """
        import numpy as np

        from tools.sound import wav
        from tools.voice.line_sound import line_sound
        from tools.voice.whisper import whispered

        said = manner(request.voice, request.delivery, request.reading)
        text = spoken_text(request.text, radio=request.radio, language=request.language)
        answer, pcm = _spoken(text, _voice(request.voice.variant, request.language), said)
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(32_768)
        if said.whispered:
            samples = whispered(samples, answer.rate)
        line = line_sound(samples, answer.rate, said.gain_db)
        wav.write(call.into / "line.wav", line.samples, SAMPLE_RATE)
        length = Fraction(len(line.samples), SAMPLE_RATE)
        phonemes = _phonemes(answer, line.cut, float(length))
        words = _words(answer, phonemes, line.cut, float(length))
        starts = written_starts(request.text, words, float(length), radio=request.radio, language=request.language)
        return SpokenLine(seconds=length, words=words, starts=starts, phonemes=phonemes)


def build(settings: ToolSettings) -> EspeakVoice:
    """Return the embedded voices; they have no settings."""
    return EspeakVoice()


def _base(language: str) -> str:
    """Return espeak's voice for a language tag: itself, its first part, or English when neither is known."""
    voices, _ = _inventory()
    tag = language.lower().replace("_", "-")
    first = tag.split("-")[0]
    if first == "en":
        return _ENGLISH
    return next((name for name in (tag, _ALIASES.get(first, first)) if name in voices), _ENGLISH)


def _voice(variant: str, language: str) -> str:
    """Return the voice that speaks `language` with the asked variant. Raises `BackendUnavailable`."""
    voices, variants = _inventory()
    base, plus, manner_of_voice = variant.partition("+")
    if base not in voices:
        raise BackendUnavailable(f"espeak-ng has no voice {base!r}: cast one of those that it lists, such as en-us+m3.")
    if plus and manner_of_voice not in variants:
        raise BackendUnavailable(f"espeak-ng has no variant {manner_of_voice!r}: cast one that it lists, such as m3.")
    wanted = _base(language)
    fits = base.split("-")[0] == wanted.split("-")[0]
    return f"{base if fits else wanted}{plus}{manner_of_voice}"


def _spoken(text: str, voice: str, said: Manner) -> tuple[_Answer, bytes]:
    tempo = _OWN_TEMPO.get(voice.partition("+")[2], 1.0)
    rate = round(said.words_per_minute * _RATE_PER_WORD_A_MINUTE * tempo)
    with tempfile.TemporaryDirectory(prefix="line-") as folder:
        file = Path(folder) / "line.pcm"
        answer = _engine().ask(
            {
                "text": text,
                "voice": voice,
                "rate": min(max(rate, _SLOWEST), _FASTEST),
                "pitch": said.pitch,
                "range": said.pitch_range,
                "out": str(file),
            }
        )
        return answer, file.read_bytes()


def _phonemes(answer: _Answer, cut: float, length: float) -> tuple[TimedPhoneme, ...]:
    """Return the sounds with stress marks and allophone digits taken off, pauses as `_`, neighbours alike joined."""
    starts = [(_symbol(symbol), sample / answer.rate - cut) for symbol, sample in answer.phonemes]
    starts = [
        entry for place, entry in enumerate(starts) if not place or entry[0] != "_" or starts[place - 1][0] != "_"
    ]
    ends = [at for _, at in starts[1:]] + [length]
    spans = [(s, max(at, 0.0), min(end, length)) for (s, at), end in zip(starts, ends, strict=True)]
    return tuple(
        TimedPhoneme(symbol=symbol, at=round(at, 4), seconds=round(end - at, 4))
        for symbol, at, end in spans
        if end > at
    )


def _symbol(phoneme: str) -> str:
    return "_" if phoneme.startswith("_") else re.sub(r"(?<=.)[#2;-]+$", "", phoneme.lstrip("',"))


def _words(answer: _Answer, phonemes: tuple[TimedPhoneme, ...], cut: float, length: float) -> tuple[TimedWord, ...]:
    """Return the words; each lasts to the pause after it or to the next word."""
    starts = [
        (text, min(max(sample / answer.rate - cut, 0.0), length)) for text, sample in answer.words if text.strip()
    ]
    pauses = [phoneme.at for phoneme in phonemes if phoneme.symbol == "_"]
    ends = [at for _, at in starts[1:]] + [length]
    return tuple(
        TimedWord(text=text, at=round(at, 4), seconds=round(min([end, *(p for p in pauses if p > at)]) - at, 4))
        for (text, at), end in zip(starts, ends, strict=True)
    )
