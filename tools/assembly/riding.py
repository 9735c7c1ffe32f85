"""The faders: how loud each track is at each moment, with speech as the anchor.

Everything is set against the measured loudness of speech, not against full scale, so that a loud composer or a timid
sound stage gives the same film. Distances are in LU under the anchor, the gated loudness of the dialogue stem.

How far music and noise must lie under speech has been asked of listeners: Torcoli et al., "Preferred Levels for
Background Ducking to Produce Esthetically Pleasing TV Audio with Clear Speech" (J. Audio Eng. Soc. 67, 2019), found
that mixers want 10 LU at least and listeners 4 LU more; WCAG 2.1, 1.4.7, asks for 20 dB where every word counts.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from episodes.episode import Levels
from tools.assembly.weighing import Power, integrated, momentary, usual
from tools.sound.loudness import SILENCE_LUFS, lufs

MUSIC_UNDER_LU = 16.0
"""Gated loudness of the music under the anchor, when nobody speaks just now."""
MUSIC_DUCK_DB = 8.0
"""How far it goes down while somebody speaks: 24 LU under, near what WCAG asks."""
MUSIC_DIP_DB = 4.0
"""And how much more round 2 kHz, where consonants are: so the bass line may stay."""
MUSIC_LIFT_DB = 8.0
"""How far it comes up where nobody speaks for long: a sting or a chase leads then, 8 LU under."""

EFFECTS_UNDER_LU = 22.0
"""Usual loudness of the effects, which is the room's, under the anchor: heard in each pause, in nobody's way."""
EFFECTS_DUCK_DB = 3.0
"""How far they go down while somebody speaks."""

SPEECH_CLEARANCE_LU = 15.0
"""Least distance of the loudest 400 ms of effects under a phrase, and of music: together they stay 12 LU under it."""
MUSIC_CLEARANCE_LU = 17.0
EFFECTS_CEILING_LU = 2.0
"""Most that 400 ms of effects may be over the anchor where nobody speaks: a siren may be loud, a little."""
MUSIC_CEILING_LU = -3.0

MOST_RAISE_DB = 12.0
"""Most that a stem is raised by measuring: what is quieter than that was meant so. It is lowered without a limit."""
MOST_DUCK_DB = 24.0

PHRASE_GAP_SECONDS = 0.25
"""Shorter gaps are between words of one phrase."""
HOLD_SECONDS = 2.5
"""Shorter gaps are between answers: nothing comes up in them, or the music would pump."""
LIFT_SECONDS = 3.2
"""Music comes up in gaps that are at least so long."""
_AHEAD_SECONDS, _AFTER_SECONDS = 0.12, 0.25
_DOWN_DB_A_SECOND, _UP_DB_A_SECOND, _LEAP_DB_A_SECOND = 40.0, 6.0, 30.0
"""Down before a word; up after it, too slowly to be heard as breathing; up where nobody speaks for long, so that a
sting under a title has its attack."""
_ROUNDING_SECONDS = 0.11
_SPEECH_DB = -22.0
"""A step counts as speech from here on, against the anchor: room and static stay below."""

NOMINAL_LUFS = -18.5
"""Where the anchor is assumed when a film has no word in it: what a calm line is made for."""

_STEPS = 100
"""Steps a second."""

Curve = NDArray[np.float32]
"""A value for each step of 10 ms, shape (steps,)."""


@dataclass(frozen=True)
class Ride:
    """Where the faders stand, in decibels on the stems as they came."""

    anchor: float
    """Loudness of speech in LUFS."""
    dialogue: float
    radio: float
    effects: Curve
    music: Curve
    dip: Curve
    """What is taken out of the music round 2 kHz on top, in decibels, 0 or more."""
    speaking: NDArray[np.bool_]
    """Steps in which somebody speaks, small gaps between words counted in."""


@dataclass(frozen=True)
class Asked:
    """The stems' loudness with what is asked of single scenes in it.

    The faders are set as if nobody had asked, or they would take it back, there and in all other scenes; but speech is
    kept clear of what is really heard.
    """

    dialogue: Power
    radio: Power
    effects: Power
    music: Power
    headroom: Curve
    """How much louder effects may be at each step where nobody speaks, in decibels."""


def ride(dialogue: Power, radio: Power, effects: Power, music: Power, mix: Levels, asked: Asked | None = None) -> Ride:
    """Return where the faders stand for stems of this loudness, and for what is `asked` of them on top.

    `Levels` keep their meaning: the defaults are the balance as designed, each decibel beside them moves a track by
    one, also past the distances that are kept from speech: who turns a fader by hand means it.
    """
    spoken, aired = integrated(dialogue), integrated(radio)
    anchor = next((level for level in (spoken, aired) if level > SILENCE_LUFS), NOMINAL_LUFS)
    plain = Levels()
    voice = mix.dialogue_db - plain.dialogue_db
    air = _correction(aired, anchor) + mix.radio_db - plain.radio_db
    room = _correction(usual(effects), anchor - EFFECTS_UNDER_LU)
    score = _correction(integrated(music), anchor - MUSIC_UNDER_LU)
    turned_room, turned_score = room + mix.effects_db - plain.effects_db, score + mix.music_db - plain.music_db

    heard = asked or Asked(dialogue, radio, effects, music, np.zeros(len(effects), np.float32))
    power = heard.dialogue * 10 ** (voice / 10) + heard.radio * 10 ** (air / 10)
    speaking, levels = _phrases(power, anchor)
    busy = _closed(speaking, HOLD_SECONDS)
    lifted = ~_closed(speaking, LIFT_SECONDS)
    # In a film without a word nobody is waited for: its music stands where speech would.
    lift, ceiling = (MUSIC_LIFT_DB, MUSIC_CEILING_LU) if speaking.any() else (MUSIC_UNDER_LU, MUSIC_UNDER_LU)
    over_effects = room + np.where(
        speaking,
        momentary(heard.effects) - levels + SPEECH_CLEARANCE_LU,
        momentary(effects) - anchor - EFFECTS_CEILING_LU - heard.headroom,
    )
    over_music = score + np.where(
        speaking, momentary(heard.music) - levels + MUSIC_CLEARANCE_LU, momentary(music) - anchor - ceiling
    )
    wanted = np.where(busy, MUSIC_DUCK_DB, np.where(lifted, -lift, 0.0))
    return Ride(
        anchor=anchor,
        dialogue=voice,
        radio=air,
        effects=np.float32(turned_room) - _eased(np.maximum(busy * EFFECTS_DUCK_DB, over_effects), lifted),
        music=np.float32(turned_score) - _eased(np.maximum(wanted, over_music), lifted),
        dip=_eased(busy * MUSIC_DIP_DB, lifted),
        speaking=speaking,
    )


def _correction(measured: float, wanted: float) -> float:
    """Return what brings a stem to its distance; a silent one stays."""
    if measured <= SILENCE_LUFS:
        return 0.0
    return min(wanted - measured, MOST_RAISE_DB)


def _phrases(power: Power, anchor: float) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return where somebody speaks, and there the loudness of the phrase, at most the anchor's: whispers count too."""
    heard = lufs(power) > anchor + _SPEECH_DB
    speaking = _closed(heard, PHRASE_GAP_SECONDS)
    levels = np.full(len(power), anchor)
    for first, last in _runs(speaking):
        inside = power[first:last][heard[first:last]]
        levels[first:last] = min(float(lufs(inside.mean())), anchor)
    return speaking, levels


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the first step of each run that is set, and the one after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _closed(flags: NDArray[np.bool_], seconds: float) -> NDArray[np.bool_]:
    """Return the flags with every gap between two runs filled that is shorter than `seconds`."""
    closed = flags.copy()
    runs = _runs(flags)
    for (_, last), (first, _) in pairwise(runs):
        if first - last < seconds * _STEPS:
            closed[last:first] = True
    return closed


def _eased(wanted: NDArray[np.floating[Any]], lifted: NDArray[np.bool_]) -> Curve:
    """Return a reduction that is never less than wanted, begins ahead of it and lets go slowly, without corners."""
    capped = np.minimum(wanted, MOST_DUCK_DB)
    ahead, after, width = (round(s * _STEPS) for s in (_AHEAD_SECONDS, _AFTER_SECONDS, _ROUNDING_SECONDS))
    half = width // 2
    padded = np.pad(capped, (after + half, ahead + half), mode="edge")
    widest = np.lib.stride_tricks.sliding_window_view(padded, after + ahead + 2 * half + 1).max(axis=1)
    # Straight ramps in decibels, down steeply before and up slowly after: no value falls below what is wanted.
    up = np.cumsum(np.where(lifted, _LEAP_DB_A_SECOND, _UP_DB_A_SECOND)) / _STEPS
    down = np.arange(len(widest)) * (_DOWN_DB_A_SECOND / _STEPS)
    let_go = np.maximum.accumulate(widest + up) - up
    sloped = np.maximum.accumulate((let_go - down)[::-1])[::-1] + down
    rounding = np.hanning(width + 2)[1:-1]
    return np.convolve(np.pad(sloped, half, mode="edge"), rounding / rounding.sum(), "valid").astype(np.float32)
