"""What a recogniser writes though nobody said it: over silence, music and noise it invents, and it gets into loops.

The limits on probabilities are Whisper's own (`no_speech_threshold`, `compression_ratio_threshold`,
`logprob_threshold` of its `transcribe`), used one by one: a piece that fails one of them is dropped and not guessed at.
"""

import re
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tools.sources.speech import Piece

if TYPE_CHECKING:
    from tools.sound.wav import Samples

_NO_SPEECH = 0.6
_UNSURE, _GUESSED = -0.7, -1.1
_COMPRESSION = 2.4
_SILENT_DB = -55.0
"""Level under which a piece's sound holds no speech."""
_WORDS_A_SECOND = 9.0
"""Faster than any auctioneer: words that were not fitted to a sound."""
_REPEATS = 3

_BOILERPLATE = re.compile(
    r"(?:thank(?:s| you)(?: (?:so|very) much)? for (?:watching|listening|viewing|your attention)\b.*|"
    r".*\b(?:subtitle[sd]?|caption(?:s|ed|ing)?|transcri(?:bed|ption)|translat(?:ed|ion)) "
    r"(?:by|provided|made|created)\b.*|.*\bamara\.org\b.*|.*\bopensubtitles\b.*|.*\botter\.ai\b.*|.*\bzeoranger\b.*|"
    r"(?:please |don'?t forget to |and )*(?:like|subscribe|hit the bell)\b.*\b(?:subscribe|channel|bell|video)\b.*|"
    r"(?:please )?subscribe(?: to (?:my|our|the) channel)?|"
    r"(?:i'?ll |we'?ll )?see you (?:in the )?next (?:time|video)\b.*|"
    r"untertitel\b.*|sous-titr\w+\b.*|sottotitoli\b.*|subt[ií]tulos\b.*|legendas?\b.*|ondertitel\w*\b.*|"
    r"(?:you|bye|bye-bye|so|oh|hmm?|uh|um)(?: you)?|(?:\W|la|na|da|ah|oh|mm+)*|www\.\S+)",
    re.IGNORECASE,
)
"""What it learned to write over silence at the end of the films that it was taught with."""

_LABEL = re.compile(r"[\[(*♪]+\s*([^\])*♪]{3,40}?)\s*[\])*♪]+\.?")
_NO_SOUND = re.compile(
    r".*\b(?:music|applause|inaudible|silence|blank|unintelligible|no (?:audio|speech)|speaking|foreign|indistinct|"
    r"pause|end|subtitles?|video|audio|background noise|static)\b.*",
    re.IGNORECASE,
)


def without_phantoms(pieces: Sequence[Piece], samples: "Samples", rate: int) -> tuple[Piece, ...]:
    """Return the pieces that somebody has said, as far as can be told. `samples` is the sound, mono."""
    heard = [piece for piece in pieces if not (_unlikely(piece) or _empty(piece, samples, rate))]
    plain = [_plain(piece.text) for piece in heard]
    kept = []
    for index, piece in enumerate(heard):
        if any(
            len(set(plain[first : first + _REPEATS])) == 1
            for first in range(max(0, index - _REPEATS + 1), min(index, len(plain) - _REPEATS) + 1)
        ):
            continue
        kept.append(piece)
    return tuple(kept)


def sound_named(text: str) -> str:
    """Return `a dog barking is heard` for a label such as `[dog barking]`; empty for talk, and for mere music."""
    label = _LABEL.fullmatch(text.strip())
    if label is None or _NO_SOUND.fullmatch(label.group(1)):
        return ""
    named = re.sub(r"[^\w' -]", "", label.group(1)).strip().lower()
    if not named or len(named.split()) > 4:
        return ""
    return f"{named} can be heard".capitalize() + "."


def _unlikely(piece: Piece) -> bool:
    text = piece.text.strip()
    label = _LABEL.fullmatch(text)
    if label is not None:
        return not sound_named(text)
    squeezed = len(text.encode()) / max(len(zlib.compress(text.encode())), 1)
    words = len(text.split())
    return bool(
        _BOILERPLATE.fullmatch(text.strip(" .!?…-\"'"))
        or (piece.no_speech > _NO_SPEECH and piece.certainty < _UNSURE)
        or piece.no_speech > 0.9
        or piece.certainty < _GUESSED
        or max(piece.compression, squeezed if len(text) > 60 else 0.0) > _COMPRESSION
        or _loops(text)
        or words > _WORDS_A_SECOND * max(piece.until - piece.at, 0.2) + 2
    )


def _loops(text: str) -> bool:
    """Say whether one to six words come four times in a row."""
    return bool(re.search(r"\b(\w+(?:\W+\w+){0,5})(?:\W+\1\b){3,}", text, re.IGNORECASE))


def _empty(piece: Piece, samples: "Samples", rate: int) -> bool:
    """Say whether the sound of a piece is silent or not there."""
    import numpy as np

    part = samples[max(0, round(piece.at * rate)) : round(piece.until * rate)]
    if len(part) < rate // 50:
        return True
    # A word within a long pause must not be averaged away.
    blocks = part[: len(part) // (rate // 50) * (rate // 50)].reshape(-1, rate // 50)
    loudest = float(np.sqrt(np.mean(np.square(blocks), axis=1)).max())
    return loudest < 10 ** (_SILENT_DB / 20)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
