"""How speech stands over the rest in a mix, and how its faders move: from the stems, and the ride made of them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.verdicts import Verdict
from episodes.episode import Mix
from tools.assembly.pcm import StereoFile
from tools.assembly.riding import EFFECTS_CEILING_LU, Curve, ride
from tools.assembly.stems import STEMS
from tools.assembly.weighing import Power, integrated, momentary, weigh
from tools.sound.loudness import lufs

CLEAR_LU = 12.0
"""Least distance of each spoken phrase over music and effects together."""
EQUAL_LU = 1.0
"""Most that radio and dialogue may differ."""
SWING_DB, SWING_SECONDS = 3.0, 1.0
"""Most that a fader may go up and down again within so long: what listeners call pumping."""
_STEPS = 100
_SHORTEST_PHRASE = 0.3


@dataclass(frozen=True)
class Balance:
    """Measured facts of one mix; distances in LU, NaN where a film has nothing to measure."""

    anchor: float
    """Loudness of speech in LUFS, before the film's own level."""
    clear: tuple[tuple[float, float], ...]
    """Start of each phrase in seconds, and how far it stands over the rest."""
    radio_over_dialogue: float
    music_under: float
    """Middle of the music's momentary loudness under speech while somebody speaks."""
    effects_under: float
    loudest_effects: float
    """Loudest 400 ms of effects over speech where nobody speaks."""
    loudest_music: float
    swing_db: float
    fastest_fall: float
    """Steepest way down of a fader in decibels a second."""
    fastest_rise: float

    @property
    def clearest(self) -> float:
        """The worst phrase's distance over the rest."""
        return min((lu for _, lu in self.clear), default=float("nan"))


def balance_of(folder: Path, mix: Mix) -> Balance:
    """Measure the four stems in a folder as the mixer would ride them. Raises `MediaBroken`."""
    weighed = {}
    for track, name in STEMS.items():
        with StereoFile(folder / name) as stem:
            weighed[track] = weigh(stem, stem.samples)
    dialogue, radio, effects, music = (weighed[track] for track in ("A1", "A2", "A3", "A4"))
    faders = ride(dialogue, radio, effects, music, mix)
    spoken, aired = _through(dialogue, faders.dialogue), _through(radio, faders.radio)
    room, score = _through(effects, faders.effects), _through(music, faders.music)
    speech, rest, quiet = spoken + aired, room + score, ~_near(faders.speaking)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], faders.speaking, [False])).astype(np.int8)))
    phrases = [(a, b) for a, b in edges.reshape(-1, 2) if b - a >= _SHORTEST_PHRASE * _STEPS]
    clear = [(a / _STEPS, float(lufs(speech[a:b].mean()) - lufs(rest[a:b].mean()))) for a, b in phrases]
    return Balance(
        anchor=faders.anchor,
        clear=tuple(clear),
        radio_over_dialogue=integrated(aired) - integrated(spoken) if spoken.any() and aired.any() else float("nan"),
        music_under=_middle(faders.anchor - momentary(score)[faders.speaking & (music > 1e-9)]),
        effects_under=_middle(faders.anchor - momentary(room)[faders.speaking & (effects > 1e-9)]),
        loudest_effects=_most(momentary(room)[quiet] - faders.anchor),
        loudest_music=_most(momentary(score)[quiet] - faders.anchor),
        swing_db=max(swing(faders.music), swing(faders.effects)),
        fastest_fall=float(max(-np.diff(f).min(initial=0) * _STEPS for f in (faders.music, faders.effects))),
        fastest_rise=float(max(np.diff(f).max(initial=0) * _STEPS for f in (faders.music, faders.effects))),
    )


def verdicts(found: Balance, of: str) -> list[Verdict]:
    """Return the bars that a balance must keep; what a film does not have is left out."""
    made = []
    if found.clear:
        made.append(
            Verdict(f"{of}: least distance of a phrase over the rest, LU", found.clearest, CLEAR_LU, most=False)
        )
    if not np.isnan(found.radio_over_dialogue):
        made.append(Verdict(f"{of}: radio against dialogue, LU", abs(found.radio_over_dialogue), EQUAL_LU))
    if not np.isnan(found.loudest_effects):
        bar = EFFECTS_CEILING_LU + 0.5
        made.append(Verdict(f"{of}: loudest effects over speech, LU", found.loudest_effects, bar))
    return [*made, Verdict(f"{of}: most that a fader swings in a second, dB", found.swing_db, SWING_DB)]


def swing(fader: Curve, seconds: float = SWING_SECONDS) -> float:
    """Return the most that a fader goes up and down again within so many seconds, in decibels."""
    reach = round(seconds * _STEPS / 2)
    lowest = np.lib.stride_tricks.sliding_window_view(np.pad(fader, reach, mode="edge"), reach + 1).min(axis=1)
    before, after = lowest[: len(fader)], lowest[reach : reach + len(fader)]
    return float((fader - np.maximum(before, after)).max(initial=0.0))


def _through(power: Power, fader: Curve | float) -> Power:
    return np.asarray(power * 10 ** (np.asarray(fader, np.float64) / 10))


def _near(flags: np.ndarray) -> np.ndarray:
    """Return the flags with the 200 ms round each that are half in a momentary loudness."""
    return np.convolve(flags, np.ones(41), "same") > 0.5


def _middle(levels: np.ndarray) -> float:
    return float(np.median(levels)) if levels.size else float("nan")


def _most(levels: np.ndarray) -> float:
    return float(levels.max()) if levels.size else float("nan")
