"""What can be said in words about the sound of a made episode, and the measured facts that its sheet shows.

The record tells what is meant (cards, lines, stops of the music), the stems and the decoded film what there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.sound_balance import Balance, balance_of
from benchmarks.sound_films import TRACKS, Stereo, decoded_sound
from episodes.airtime import SILENCE
from episodes.cut import CARDS
from episodes.episode import Episode
from episodes.format import SAMPLE_RATE
from episodes.placing import placed_events, scene_span
from episodes.scoring import score_plan
from episodes.store import EpisodeStore
from tools.sound import wav
from tools.sound.loudness import SILENCE_LUFS, loudness

SILENCE_DB, DEAD_AIR_SECONDS = -60.0, 1.5
STOP_SECONDS, STOP_SETTLES = 0.6, 0.03
"""How long the music must be gone after a stop, and the time that it has for going."""
RADIO_OVER_DB = 30.0
"""How far what a radio stem has above 5 kHz must lie under its band."""
AIR_SECONDS = float(SILENCE)
"""Least silence between two transmissions, squelch tail and key click counted in (craft.md)."""
_BLOW = 0.03
"""Seconds round a join in which a planned sound may begin, such as a relay that falls on the cut."""
CLICK_RATIO, CLICK_FLOOR = 3.0, 0.02
"""A join clicks when its second difference is so many times the largest one beside it, and over the floor."""
BANDS_HZ = ((20, 150), (150, 400), (400, 2500), (2500, 5000), (5000, 20_000))
_STEP = SAMPLE_RATE // 100


@dataclass(frozen=True)
class Made:
    """A made episode, opened."""

    name: str
    episode: Episode
    stems: Path
    """Folder of the four stems."""
    sounds: tuple[tuple[str, Stereo], ...]
    """The stems by name, and the film's decoded sound as `film`."""

    def sound(self, name: str) -> Stereo:
        """Return one of them by its name."""
        return dict(self.sounds)[name]


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be."""

    at: float
    """Seconds into the film."""
    what: str


@dataclass(frozen=True)
class TrackFacts:
    """Figures of one stem or of the film."""

    name: str
    peak_db: float
    clipped: int
    """Samples at full scale or past it."""
    lufs: float
    longest_silence: float
    """Seconds below -60 dBFS at a stretch."""


def opened(path: Path) -> Made:
    """Open a film or an episode's folder. Raises `EpisodeError` when there is no record and `MediaBroken`."""
    folder = path.with_suffix("") if path.suffix == ".mp4" else path
    store = EpisodeStore(folder)
    film = folder.with_name(folder.name + ".mp4")
    stems = [(name, wav.read(folder / "stems" / f"{name}.wav")[0]) for name in TRACKS]
    return Made(
        name=folder.name,
        episode=store.episode(store.head().revision),
        stems=folder / "stems",
        sounds=(*stems, ("film", decoded_sound(film))),
    )


def facts(made: Made) -> tuple[TrackFacts, ...]:
    """Return the figures of the stems and of the film."""
    return tuple(
        TrackFacts(
            name=name,
            peak_db=20 * float(np.log10(max(np.abs(sound).max(initial=0.0), 1e-6))),
            clipped=clipped_in(sound),
            # A whisper at -140 dB spares the filters the denormal numbers of silence, which take ten times as long.
            lufs=loudness(sound + np.float32(1e-7)) if sound.any() else SILENCE_LUFS,
            longest_silence=max((last - first for first, last in silences(sound)), default=0.0),
        )
        for name, sound in made.sounds
    )


def balance(made: Made) -> Balance:
    """Return how the episode's mix is balanced."""
    return balance_of(made.stems, made.episode.mix)


def findings(made: Made) -> tuple[Finding, ...]:
    """Return everything that is not as it should be, in order of time; none for a good episode."""
    found = [
        Finding(0.0, f"{count} samples of {name} are clipped.")
        for name, sound in made.sounds
        if (count := clipped_in(sound))
    ]
    found += dead_air(made)
    found += spilling(made.sound("radio"))
    found += going_on(made)
    found += crowded(made)
    found += clicking(made)
    return tuple(sorted(found, key=lambda finding: finding.at))


def clipped_in(sound: Stereo) -> int:
    """Return how many samples stand at full scale: in 16 bit that is one step under 1."""
    return int((np.abs(sound) >= 32_767 / 32_768).sum())


def levels(sound: Stereo) -> NDArray[np.float64]:
    """Return the level of each 10 ms in dBFS, the louder channel's."""
    whole = sound[: len(sound) - len(sound) % _STEP].astype(np.float64)
    power = np.square(whole).reshape(-1, _STEP, whole.shape[1]).mean(axis=1).max(axis=1)
    return np.asarray(10 * np.log10(power + 1e-12))


def silences(sound: Stereo) -> list[tuple[float, float]]:
    """Return start and end in seconds of each stretch below -60 dBFS."""
    quiet = levels(sound) < SILENCE_DB
    edges = np.flatnonzero(np.diff(np.concatenate(([False], quiet, [False])).astype(np.int8)))
    return [(first / 100, last / 100) for first, last in edges.reshape(-1, 2)]


def cards_of(episode: Episode) -> list[tuple[float, float]]:
    """Return start and end of each card in seconds."""
    placed = episode.the_cut.track("V1").placed()
    return [(float(at), float(at + clip.seconds)) for at, clip in placed if clip.media in CARDS]


def stops_of(episode: Episode) -> list[float]:
    """Return where in the film the music stops dead, in seconds."""
    return [float(cue.at + stop.at) for cue in score_plan(episode) for stop in cue.request.stops]


def events_of(episode: Episode) -> list[tuple[float, str]]:
    """Return the moment and kind of every sound event of the film, in seconds."""
    found = []
    for scene in episode.the_script.scenes:
        if episode.shots_of(scene.id):
            start, _ = scene_span(episode, scene.id)
            found += [(float(p.event.at), p.event.kind) for p in placed_events(episode, scene.id, start - start)]
    return sorted(found)


def dead_air(made: Made) -> list[Finding]:
    """Find silences of the film outside its cards."""
    cards = cards_of(made.episode)
    found = []
    for first, last in silences(made.sound("film")):
        covered = sum(max(0.0, min(last, end) - max(first, start)) for start, end in cards)
        if last - first - covered > DEAD_AIR_SECONDS:
            found.append(Finding(first, f"There is no sound for {last - first:.1f} s."))
    return found


def bands_of(sound: Stereo) -> tuple[float, ...]:
    """Return the level of each of `BANDS_HZ` in decibels against the loudest of them; zeros for silence."""
    mono = sound.mean(axis=1, dtype=np.float64)
    hertz = np.fft.rfftfreq(SAMPLE_RATE, 1 / SAMPLE_RATE)
    power = np.zeros(len(hertz))
    shape = np.hanning(SAMPLE_RATE)
    for start in range(0, max(len(mono) - SAMPLE_RATE, 0) + 1, SAMPLE_RATE // 2):
        part = mono[start : start + SAMPLE_RATE]
        if part.any():
            power += np.abs(np.fft.rfft(np.pad(part, (0, SAMPLE_RATE - len(part))) * shape)) ** 2
    sums = np.array([power[(hertz >= low) & (hertz < high)].sum() for low, high in BANDS_HZ])
    if not sums.any():
        return tuple(0.0 for _ in BANDS_HZ)
    return tuple(float(value) for value in 10 * np.log10(sums / sums.max() + 1e-12))


def spilling(radio: Stereo) -> list[Finding]:
    """Find out whether the radio is band-limited."""
    if not radio.any():
        return []
    inside, above = bands_of(radio)[2], bands_of(radio)[-1]
    if inside - above >= RADIO_OVER_DB:
        return []
    return [Finding(0.0, f"The radio has sound above 5 kHz only {inside - above:.0f} dB under its band.")]


def going_on(made: Made) -> list[Finding]:
    """Find stops at which the music goes on."""
    music = levels(made.sound("music"))
    found = []
    for stop in stops_of(made.episode):
        after = music[round((stop + STOP_SETTLES) * 100) : round((stop + STOP_SETTLES + STOP_SECONDS) * 100)]
        if after.size and after.max() > SILENCE_DB:
            found.append(
                Finding(stop, f"The music stops, and is heard at {after.max():.0f} dBFS within {STOP_SECONDS} s.")
            )
    return found


def crowded(made: Made) -> list[Finding]:
    """Find transmissions with less than 0.2 s of air between them, squelch tail and key click counted in."""
    radio = made.sound("radio")
    placed = made.episode.the_cut.track("A2").placed()
    found = []
    for (at, clip), (after, _) in pairwise(placed):
        end, start = float(at + clip.seconds), float(after)
        if start - end > 2:
            continue
        quiet = silences(radio[round(end * SAMPLE_RATE) : round(start * SAMPLE_RATE)])
        air = max((last - first for first, last in quiet), default=0.0)
        if air < AIR_SECONDS:
            found.append(Finding(end, f"Two transmissions have only {air:.2f} s of air between them."))
    return found


def joins_of(episode: Episode) -> list[float]:
    """Return where scenes and cards meet, in seconds."""
    placed = episode.the_cut.track("V1").placed()
    names = [(float(at), clip.media.split("-")[0]) for at, clip in placed]
    return [at for (_, before), (at, after) in pairwise(names) if before != after]


def roughness(sound: Stereo, at: float) -> tuple[float, float]:
    """Return the largest second difference within 10 ms of a moment, and within half a second beside that."""
    middle, near, far = round(at * SAMPLE_RATE), SAMPLE_RATE // 100, SAMPLE_RATE // 2
    first = max(middle - far, 0)
    bent = np.abs(np.diff(sound[first : middle + far], n=2, axis=0)).max(axis=1, initial=0.0)
    place = np.arange(len(bent)) + first
    inside = np.abs(place - middle) <= near
    return float(bent[inside].max(initial=0.0)), float(bent[~inside].max(initial=0.0))


def clicking(made: Made) -> list[Finding]:
    """Find joins of scenes at which a stem of beds or music jumps."""
    found = []
    for name in ("effects", "music"):
        for join in joins_of(made.episode):
            if name == "effects" and any(abs(at - join) < _BLOW for at, _ in events_of(made.episode)):
                continue  # A blow of its own falls on the cut.
            inside, beside = roughness(made.sound(name), join)
            if inside > CLICK_FLOOR and inside > CLICK_RATIO * beside:
                found.append(Finding(join, f"{name.capitalize()} click at a join: second difference {inside:.3f}."))
    return found


def told(made: Made, found: Sequence[Finding]) -> Sequence[str]:
    """Return facts, balance and these findings as lines of text."""
    lines = [f"{'':10}{'peak dBFS':>10}{'clipped':>9}{'LUFS':>8}{'longest silence':>17}"]
    lines += [
        f"{fact.name:10}{fact.peak_db:10.1f}{fact.clipped:9d}{fact.lufs:8.1f}{fact.longest_silence:15.2f} s"
        for fact in facts(made)
    ]
    bands = zip(BANDS_HZ, bands_of(made.sound("radio")), strict=True)
    lines.append("radio bands, dB: " + ", ".join(f"{low}-{high} Hz {level:.0f}" for (low, high), level in bands))
    mixed = balance(made)
    lines.append(
        f"phrases over the rest: {mixed.clearest:.1f} LU at least; radio against dialogue"
        f" {mixed.radio_over_dialogue:+.2f} LU; faders swing {mixed.swing_db:.1f} dB in a second at most"
    )
    joins = [roughness(made.sound("film"), join)[0] for join in joins_of(made.episode)]
    if joins:
        lines.append(f"largest second difference at {len(joins)} joins of the film: {max(joins):.4f}")
    lines += [f"{finding.at:7.2f} s  {finding.what}" for finding in found] or ["Nothing is found wrong."]
    return lines
