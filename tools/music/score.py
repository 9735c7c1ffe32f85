"""Writes a cue down as notes: form, tune, bass, chords and drums by mood. No sound is made here."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from episodes.tasks import ComposeRequest
from episodes.value import seed_from
from tools.music.harmony import Chord, CueMood, Key, key_of, progression, theme
from tools.music.instruments import Instrument

BEATS_A_BAR = 4
_NEAREST_HITS = 0.45
"""Seconds: hits closer together than this are one accent."""


@dataclass(frozen=True)
class Note:
    """A note as it is to be played."""

    at: float
    """Seconds into the cue."""
    seconds: float
    pitch: int
    """MIDI number."""
    instrument: Instrument
    level_db: float
    side: float = 0.0
    """-1 (left) to 1 (right)."""
    tune: bool = False
    """Whether it belongs to the show's tune."""


@dataclass(frozen=True)
class Form:
    """The frame of a cue: how its bars fill its length."""

    key: Key
    beat: float
    """Seconds."""
    beats: int
    """Beats before the last chord."""
    seconds: float
    mood: CueMood
    chords: tuple[Chord, ...]

    def chord(self, beat: float) -> Chord:
        """Return the chord that sounds at a beat; the last bar before the end leads home."""
        bar = int(beat) // BEATS_A_BAR
        if self.beats - BEATS_A_BAR <= int(beat) and self.beats > BEATS_A_BAR:
            return Chord(4, sharp_third=self.key.minor)
        return self.chords[bar % len(self.chords)]

    @property
    def home(self) -> Chord:
        """The last chord; it turns bright where all is well."""
        return Chord(0, sharp_third=self.mood == "resolution", seventh=self.mood in ("comedy", "suspicion"))


@dataclass(frozen=True)
class _Lead:
    instrument: Instrument
    octave: int
    slower: float
    """1: the tune as it is; 2: in notes twice as long."""
    level_db: float
    every: int
    """Beats from one appearance to the next."""


_LEADS: dict[CueMood, _Lead] = {
    "quiet": _Lead("vibes", 0, 2, -12, 24),
    "suspicion": _Lead("pizzicato", 0, 1, -9, 16),
    "comedy": _Lead("reed", 0, 1, -15, 16),
    "chase": _Lead("reed", 1, 1, -15, 16),
    "tension": _Lead("vibes", -1, 2, -11, 24),
    "resolution": _Lead("guitar", 0, 1, -9, 16),
    "sting": _Lead("vibes", 1, 0.5, -8, 64),
}


def written(request: ComposeRequest) -> tuple[Note, ...]:
    """Return all notes of a cue in order of time. Raises `RequestRejected` for an unknown key."""
    form = _form(request)
    chance = random.Random(seed_from("score", request.seed, request.mood))
    notes = [
        *_tune(form, request.theme_seed),
        *_GROOVES[request.mood](form, chance),
        *_accents(form, [float(hit) for hit in request.hits]),
        *_ending(form),
    ]
    return tuple(sorted((n for n in notes if 0 <= n.at < form.seconds), key=lambda n: (n.at, n.instrument, n.pitch)))


def _form(request: ComposeRequest) -> Form:
    """Fit whole beats into the length: the tempo gives way a little, so that the last chord falls where it should."""
    seconds, beat = float(request.seconds), 60.0 / max(request.tempo, 30)
    ring = min(2.4, 0.28 * seconds)
    beats = max(round((seconds - ring) / beat), 1)
    return Form(
        key=key_of(request.key),
        beat=(seconds - ring) / beats,
        beats=beats,
        seconds=seconds,
        mood=request.mood,
        chords=progression(request.mood, request.seed),
    )


def _tune(form: Form, theme_seed: int) -> list[Note]:
    """Return the show's tune as this mood plays it; a cue too short for all of it plays its beginning."""
    lead, tune, notes = _LEADS[form.mood], theme(theme_seed), []
    first = 0 if form.beats <= 16 or form.mood == "sting" else BEATS_A_BAR
    for start in range(first, form.beats, lead.every):
        for note in tune:
            beat = start + note.beat * lead.slower
            if beat < form.beats:
                length = note.beats * lead.slower * form.beat * 0.92
                pitch = form.key.pitch(note.degree, lead.octave)
                notes.append(Note(beat * form.beat, length, pitch, lead.instrument, lead.level_db, 0.15, tune=True))
    return notes


# ---- grooves ---------------------------------------------------------------------------------------------------------


def _walk(form: Form, chance: random.Random, level_db: float, every: int = 1) -> list[Note]:
    """Return a walking bass: the root on the bar, chord tones between, a step into the next root."""
    notes = []
    for beat in range(0, form.beats, every):
        chord, following = form.chord(beat), form.chord(beat + every)
        tones = chord.pitches(form.key, -2)
        place = beat % BEATS_A_BAR
        if place == 0:
            pitch = tones[0]
        elif place + every >= BEATS_A_BAR and every == 1:
            pitch = following.pitches(form.key, -2)[0] + chance.choice((-1, 1, -2, 2))
        else:
            pitch = chance.choice(tones[1:3] if place == 1 else tones[2:] or tones)
        pitch -= 12 if pitch > 50 else 0
        swing = chance.uniform(-0.006, 0.006) if place else 0.0
        notes.append(Note(beat * form.beat + max(swing, 0.0), every * form.beat * 0.95, pitch, "bass", level_db))
    return notes


def _stabs(form: Form, beats: list[float], instrument: Instrument, level_db: float, length: float = 0.4) -> list[Note]:
    """Return chords without their root, spread over the stage."""
    notes = []
    for beat in beats:
        for voice, pitch in enumerate(form.chord(beat).pitches(form.key, 0)[1:]):
            seconds = length * form.beat
            notes.append(Note(beat * form.beat, seconds, _middle(pitch), instrument, level_db, 0.5 * (voice - 1)))
    return notes


def _middle(pitch: int) -> int:
    """Bring a pitch into the octave and a half round middle C, where chords don't get in the tune's way."""
    while pitch > 69:
        pitch -= 12
    while pitch < 52:
        pitch += 12
    return pitch


def _drum(form: Form, beats: list[float], drum: Instrument, level_db: float, side: float = 0.0) -> list[Note]:
    return [Note(beat * form.beat, form.beat, 60, drum, level_db, side) for beat in beats if beat < form.beats]


def _every(form: Form, step: float, offset: float = 0.0) -> list[float]:
    count = int((form.beats - offset) / step + 0.999)
    return [offset + n * step for n in range(max(count, 0)) if offset + n * step < form.beats]


def _held(form: Form, level_db: float, instrument: Instrument, octave: int) -> list[Note]:
    """Return held chords, one a bar."""
    notes = []
    for beat in range(0, form.beats, BEATS_A_BAR):
        length = min(BEATS_A_BAR, form.beats - beat) * form.beat
        for voice, pitch in enumerate(form.chord(beat).pitches(form.key, octave)):
            notes.append(Note(beat * form.beat, length, pitch, instrument, level_db, 0.35 * (voice - 1.5)))
    return notes


def _quiet(form: Form, chance: random.Random) -> list[Note]:
    rolled = [beat + offset for beat in range(0, form.beats, 4) for offset in (0.0, 1.5, 2.5) if chance.random() < 0.8]
    arpeggio = []
    for beat in rolled:
        pitch = _middle(chance.choice(form.chord(beat).pitches(form.key, 0)))
        arpeggio.append(Note(beat * form.beat, form.beat, pitch, "guitar", -17 - chance.uniform(0, 3), -0.3))
    return [
        *_walk(form, chance, -9, every=2),
        *arpeggio,
        *_held(form, -27, "strings", -1),
        *_drum(form, _every(form, 2, 1), "swish", -28, 0.3),
    ]


def _suspicion(form: Form, chance: random.Random) -> list[Note]:
    sneaks = [
        beat for beat in _every(form, 0.5) if beat % 4 in (1.5, 3.5) or (beat % 2 == 1 and chance.random() < 0.35)
    ]
    return [
        *_walk(form, chance, -7),
        *_stabs(form, sneaks, "pizzicato", -17),
        *_drum(form, [b for b in _every(form, 1) if b % 2 == 1], "brush", -20, 0.2),
        *_drum(form, [b + 2 / 3 for b in _every(form, 2, 1)], "ride", -29, 0.35),
        *_drum(form, _every(form, 8, 7.5), "block", -20, -0.4),
    ]


def _comedy(form: Form, chance: random.Random) -> list[Note]:
    offbeats = [beat for beat in _every(form, 1, 0.5) if chance.random() < 0.9]
    fills = [b for b in _every(form, 8, 7) for b in (b, b + 1 / 3, b + 2 / 3)]
    return [
        *_walk(form, chance, -7, every=2),
        *_stabs(form, offbeats, "pizzicato", -15),
        *_drum(form, _every(form, 2, 1), "brush", -18, 0.2),
        *_drum(form, _every(form, 2), "kick", -17),
        *_drum(form, fills, "block", -18, -0.35),
    ]


def _chase(form: Form, chance: random.Random) -> list[Note]:
    run = []
    for beat in _every(form, 0.5):
        tones = form.chord(beat).pitches(form.key, 0)
        pitch = _middle(tones[int(beat * 2) % len(tones)])
        run.append(Note(beat * form.beat, form.beat * 0.4, pitch, "pizzicato", -15 - 2 * (beat % 1 > 0), -0.3))
    ghosts = [beat for beat in _every(form, 0.5, 0.5) if chance.random() < 0.35]
    pushes = [beat + 1.5 for beat in range(0, form.beats, 4) if beat + 1.5 < form.beats]
    return [
        *_walk(form, chance, -5),
        *run,
        *_stabs(form, pushes, "guitar", -14, 0.3),
        *_drum(form, _every(form, 2, 1), "snare", -15, 0.15),
        *_drum(form, ghosts, "brush", -24, 0.15),
        *_drum(form, _every(form, 2), "kick", -11),
        *_drum(form, [b + o for b in _every(form, 2) for o in (0.0, 1.0, 1 + 2 / 3)], "ride", -25, 0.35),
    ]


def _tension(form: Form, chance: random.Random) -> list[Note]:
    low = form.key.pitch(0, -2)
    heart = [b + o for b in _every(form, 4) for o in (0.0, 0.5)]
    scrapes = [beat for beat in _every(form, 4, 2) if chance.random() < 0.7]
    return [
        Note(0.0, form.beats * form.beat, low, "strings", -14),
        Note(0.0, form.beats * form.beat, low + 7, "strings", -22, 0.3),
        *_held(form, -25, "strings", 0),
        *_drum(form, heart, "kick", -13),
        *_drum(form, _every(form, 1), "block", -31, 0.4),
        *(Note(b * form.beat, form.beat, low + 12 + chance.choice((0, 1, 6)), "bass", -12) for b in scrapes),
    ]


def _resolution(form: Form, chance: random.Random) -> list[Note]:
    return [
        *_walk(form, chance, -8, every=2),
        *_held(form, -21, "strings", -1),
        *_stabs(form, _every(form, 2, 1), "vibes", -22, 0.9),
        *_drum(form, _every(form, 2, 1), "brush", -23, 0.2),
        *_drum(form, _every(form, 4), "swish", -27, -0.2),
    ]


def _sting(form: Form, chance: random.Random) -> list[Note]:
    return [
        *_walk(form, chance, -5),
        *_stabs(form, [beat for beat in _every(form, 1, 0.5)], "pizzicato", -14),
        *_drum(form, _every(form, 0.5), "brush", -19, 0.2),
        *_drum(form, _every(form, 2), "kick", -10),
    ]


_GROOVES: dict[CueMood, Callable[[Form, random.Random], list[Note]]] = {
    "quiet": _quiet, "suspicion": _suspicion, "comedy": _comedy, "chase": _chase, "tension": _tension,
    "resolution": _resolution, "sting": _sting,
}  # fmt: skip


# ---- accents and ending ----------------------------------------------------------------------------------------------


def _accents(form: Form, hits: list[float]) -> list[Note]:
    """Return an accent at each cut, except where one has just been or the end is near."""
    notes: list[Note] = []
    last, end = -1.0, form.beats * form.beat
    soft = -7.0 if form.mood in ("quiet", "resolution") else 0.0
    for hit in sorted(hits):
        if hit - last < _NEAREST_HITS or not 0.1 < hit < end - 0.3:
            continue
        last = hit
        chord = form.chord(hit / form.beat)
        notes.append(Note(hit, form.beat, chord.pitches(form.key, -2)[0], "bass", -4 + soft))
        notes.append(Note(hit, form.beat, 60, "kick", -8 + soft))
        for voice, pitch in enumerate(chord.pitches(form.key, 0)[:3]):
            notes.append(Note(hit, 0.3, _middle(pitch), "pizzicato", -11 + soft, 0.4 * (voice - 1)))
    return notes


def _ending(form: Form) -> list[Note]:
    """Return the last chord, rolled a little from the bottom, and left to ring."""
    at, ring = form.beats * form.beat, form.seconds - form.beats * form.beat
    key, home = form.key, form.home
    notes = [Note(at, ring, home.pitches(key, -2)[0], "bass", -5)]
    body: Instrument = "strings" if form.mood == "tension" else "vibes"
    for voice, pitch in enumerate(home.pitches(key, 0)):
        notes.append(Note(at + 0.02 * voice, ring, _middle(pitch), body, -14, 0.3 * (voice - 1)))
    if form.mood in ("sting", "chase", "comedy"):
        notes += [Note(at, ring, 60, "kick", -8), Note(at, ring, 60, "crash", -18, 0.3)]
    return notes
