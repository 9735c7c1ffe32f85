"""A program of its own that owns espeak-ng: one JSON request a line comes in, one JSON answer a line goes out.

espeak-ng is GPL; this script is the only place that loads it, and nothing of ours imports this script. It uses the
standard library and the wheel `espeakng-loader` alone. It ends when its standard input ends, so it never outlives
whoever started it; where there is no fork it ends after each answer, and the next line needs a new one.

Request: `{"text", "voice", "rate", "pitch", "range", "out"}`, rate in espeak's words a minute (80 to 450), pitch and
range 0 to 100. The answer `{"rate", "samples", "words", "phonemes"}` follows once 16-bit mono PCM lies in `out`; words
are `[text, sample]`, phonemes `[symbol, sample]`. Otherwise it is `{"error", "missing"}`: a sentence, and whether it is
the voice that is missing. `{"voices": true}` is answered by `{"voices": [...], "variants": [...]}`.
"""

import ctypes
import json
import os
import sys
from pathlib import Path
from typing import TextIO

_SYNCHRONOUS = 2
_PHONEME_EVENTS = 1
_DONT_EXIT = 0x8000
_UTF8 = 1
_RATE, _VOLUME, _PITCH, _RANGE, _WORD_GAP = 1, 2, 3, 4, 7
_WORD, _PHONEME = 1, 7


class _EventId(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h, API revision 12 (espeak-ng 1.52)."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


class _Voice(ctypes.Structure):
    """`espeak_VOICE` of speak_lib.h."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("unused", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class VoiceMissing(Exception):
    """The asked voice or variant is not among those that the library has."""


class Library:
    """espeak-ng, opened once; it keeps global state, so one thread and one process own it."""

    def __init__(self) -> None:
        import espeakng_loader

        self._data = Path(espeakng_loader.get_data_path())
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        self._library.espeak_ListVoices.argtypes = [ctypes.c_void_p]
        self._library.espeak_ng_SetRandSeed.argtypes = [ctypes.c_long]
        self.rate = self._library.espeak_Initialize(
            _SYNCHRONOUS, 0, str(self._data).encode(), _PHONEME_EVENTS | _DONT_EXIT
        )
        if self.rate <= 0:
            raise OSError(f"espeak_Initialize answered {self.rate}")
        self._pcm = bytearray()
        self._events: list[tuple[int, int, int, int, str]] = []
        self._callback = _Callback(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def voices(self) -> list[str]:
        """Return the names by which the library finds its voices: those of their files, in small letters."""
        listed, names, index = self._library.espeak_ListVoices(None), [], 0
        while listed[index]:
            # The language names that it lists as well are not all found: `en-gb` is listed, `en` is what opens it.
            names.append(listed[index].contents.identifier.decode().split("/")[-1].lower())
            index += 1
        return names

    def variants(self) -> list[str]:
        """Return the names of the variant files: what may follow the plus sign."""
        return sorted(entry.name for entry in (self._data / "voices" / "!v").iterdir() if entry.is_file())

    def speak(
        self, text: str, voice: str, rate: int, pitch: int, pitch_range: int
    ) -> tuple[bytes, list[list[object]], list[list[object]]]:
        """Return PCM, words and phonemes. Raises `VoiceMissing`: espeak itself would take another voice silently."""
        self._choose(voice)
        for parameter, value in ((_RATE, rate), (_VOLUME, 100), (_PITCH, pitch), (_RANGE, pitch_range), (_WORD_GAP, 0)):
            self._library.espeak_SetParameter(parameter, value, 0)
        # Breath and flutter draw random numbers, which the library seeds by the time of day.
        self._library.espeak_ng_SetRandSeed(1)
        self._pcm.clear()
        self._events.clear()
        encoded = text.encode()
        self._library.espeak_Synth(encoded, len(encoded) + 1, 0, 0, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        words = [[text[at - 1 : at - 1 + n], sample] for kind, sample, at, n, _ in self._events if kind == _WORD]
        phonemes = [[symbol, sample] for kind, sample, _, _, symbol in self._events if kind == _PHONEME]
        return bytes(self._pcm), words, phonemes

    def _choose(self, voice: str) -> None:
        name, plus, variant = voice.partition("+")
        if plus and not (self._data / "voices" / "!v" / variant).is_file():
            raise VoiceMissing(f"espeak-ng has no variant {variant!r}")
        if self._library.espeak_SetVoiceByName(name.encode()):
            raise VoiceMissing(f"espeak-ng has no voice {name!r}")
        if plus and self._library.espeak_SetVoiceByName(voice.encode()):
            raise VoiceMissing(f"espeak-ng has no voice {voice!r}")

    def _receive(self, samples: object, count: int, events: object) -> int:
        if samples and count > 0:
            self._pcm += ctypes.string_at(samples, count * 2)  # type: ignore[arg-type]
        index = 0
        while events[index].type:  # type: ignore[index]
            event = events[index]  # type: ignore[index]
            if event.type in (_WORD, _PHONEME):
                symbol = event.id.string.decode(errors="replace") if event.type == _PHONEME else ""
                self._events.append((event.type, event.sample, event.text_position, event.length, symbol))
            index += 1
        return 0


def answer(library: Library, request: dict[str, object]) -> dict[str, object]:
    """Do what one request asks and return the answer to be sent."""
    if request.get("voices"):
        return {"voices": library.voices(), "variants": library.variants()}
    try:
        pcm, words, phonemes = library.speak(
            str(request["text"]),
            str(request["voice"]),
            int(str(request["rate"])),
            int(str(request["pitch"])),
            int(str(request["range"])),
        )
        Path(str(request["out"])).write_bytes(pcm)
    except VoiceMissing as error:
        return {"error": str(error), "missing": True}
    except (OSError, KeyError, ValueError) as error:
        return {"error": f"{type(error).__name__}: {error}", "missing": False}
    return {"rate": library.rate, "samples": len(pcm) // 2, "words": words, "phonemes": phonemes}


def _answer_apart(library: Library, request: dict[str, object], replies: TextIO) -> None:
    """Answer from a forked copy: the synthesiser keeps its phases, so a line would depend on those before it."""
    child = os.fork() if hasattr(os, "fork") else 0
    if child:
        status = os.waitpid(child, 0)[1]
        if status:
            replies.write(json.dumps({"error": f"espeak-ng ended with status {status}", "missing": False}) + "\n")
            replies.flush()
        return
    replies.write(json.dumps(answer(library, request)) + "\n")
    replies.flush()
    if hasattr(os, "fork"):
        os._exit(0)


def main() -> None:
    """Serve until standard input ends."""
    # The library may print to standard output; the answers keep it for themselves.
    replies = sys.stdout
    sys.stdout = sys.stderr
    try:
        library = Library()
    except (ImportError, OSError, AttributeError) as error:
        replies.write(json.dumps({"error": f"{type(error).__name__}: {error}", "missing": True}) + "\n")
        replies.flush()
        return
    replies.write(json.dumps({"ready": True}) + "\n")
    replies.flush()
    for line in sys.stdin:
        _answer_apart(library, json.loads(line), replies)
        if not hasattr(os, "fork"):
            return


if __name__ == "__main__":
    main()
