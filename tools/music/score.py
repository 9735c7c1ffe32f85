"""Writes a cue down as notes: the tune where there is room, the band's parts, accents and ending. No sound is made."""

import random
from dataclasses import replace

from episodes.requests import ComposeRequest
from episodes.theme import BAR, ThemeNote
from episodes.value import seed_from
from tools.music.form import Statement, Stretch, form_of
from tools.music.grooves import GROOVES, Groove
from tools.music.harmony import Chord, pitch_of
from tools.music.notes import Instrument, Note
from tools.music.parts import bass_notes, chord_notes, doubled, drum_notes, middle

_LEAD_SIDE = 0.12
_OCTAVES: dict[Instrument, int] = {"whistle": 1, "vibes": 0, "guitar": 0, "clarinet": 0, "trumpet": 0}
"""Where each lead is at its best, in octaves from the tune's own."""
_UNDER_DB = -7.0
"""How much softer the tune is where it can't get out of the words' way."""


def written(request: ComposeRequest) -> tuple[Note, ...]:
    """Return all notes of a cue in order of time. Raises `RequestRejected` for an unknown key."""
    chance = random.Random(seed_from("score", request.seed, request.mood))
    groove = GROOVES[request.mood]
    notes: list[Note] = []
    for number, stretch in enumerate(form_of(request)):
        pick_up = request.mood == "sting" and number == 0 and len(stretch.bars) == 1 and stretch.bars[0].fill
        made = _pick_up(stretch) if pick_up else _played(request, groove, stretch, chance)
        inside = (note for note in made if stretch.start - 1e-9 <= note.at < stretch.end - 0.01)
        notes += [replace(note, stretch=number) for note in inside]
    return tuple(sorted(notes, key=lambda note: (note.at, note.instrument, note.pitch, note.side)))


def _played(request: ComposeRequest, groove: Groove, stretch: Stretch, chance: random.Random) -> list[Note]:
    notes = [
        *_tune(request, groove, stretch),
        *bass_notes(stretch, groove, request.theme, chance),
        *chord_notes(stretch, groove, chance),
        *drum_notes(stretch, groove, chance),
        *_accents(request, stretch),
        *_build(stretch),
    ]
    if stretch.ends == "home":
        notes += _home(request, groove, stretch)
    if stretch.ends == "onward" and request.onward:
        notes += _handed_over(stretch, request.onward.tempo)
    return notes


# ---- the tune --------------------------------------------------------------------------------------------------------


def lead_of(request: ComposeRequest) -> Instrument:
    """Return who plays the tune in a cue: the mood's own voice, or the show's."""
    return GROOVES[request.mood].lead or request.theme.lead


def _tune(request: ComposeRequest, groove: Groove, stretch: Stretch) -> list[Note]:
    lead = lead_of(request)
    octave = groove.lead_octave + (_OCTAVES.get(lead, 0) if groove.lead is None else 0)
    notes: list[Note] = []
    for statement in stretch.statements:
        notes += _statement(request, groove, stretch, statement, lead, octave)
    if request.mood in ("sting", "close") or (request.mood == "chase" and stretch.bars[-1].heat > 0.9):
        # The hook is everybody's: guitar or vibes below or above the lead.
        second: Instrument = "vibes" if lead != "vibes" else "guitar"
        notes += doubled(notes, second, groove.lead_db - 6, 0, -0.3)
    return notes


def _statement(
    request: ComposeRequest, groove: Groove, stretch: Stretch, statement: Statement, lead: Instrument, octave: int
) -> list[Note]:
    under, level = statement.under, groove.lead_db + (_UNDER_DB if statement.under else 0.0)
    tune = _hook(request, statement)
    notes = []
    for number, note in enumerate(tune):
        beat = statement.at + note.at
        last = number == len(tune) - 1
        if beat > stretch.beats or (beat == stretch.beats and stretch.ends != "home"):
            break
        length = note.beats * (1.0 if last else 0.92) * stretch.beat_seconds(min(beat, stretch.beats - 1))
        # A phrase grows to its middle and leaves off; long notes and downbeats are leant on.
        arch = 1 - abs(2 * (number + 0.5) / len(tune) - 1)
        touch = 0.58 + 0.18 * arch + 0.1 * (note.at % BAR == 0) + 0.06 * (note.beats >= 1.5)
        at = stretch.second(beat) if beat < stretch.beats else stretch.start + stretch.pulse.second(stretch.beats)
        low = octave - 1 if under and octave > -1 else octave
        pitch = pitch_of(stretch.key, note.degree, low)
        slide = -1 if lead in ("whistle", "clarinet", "trumpet") and note.beats >= 1 and number % 3 == 0 else 0
        notes.append(Note(at, length, pitch, lead, level, touch, _LEAD_SIDE, tune=True, slide=slide))
    return notes


def _hook(request: ComposeRequest, statement: Statement) -> tuple[ThemeNote, ...]:
    """Return the notes of a statement; the end card plays the last turn and comes home, next week's card asks."""
    theme = request.theme
    if request.mood == "close":
        start = 2 * BAR + 2
        return tuple(n.model_copy(update={"at": n.at - start}) for n in theme.notes if n.at >= start)
    notes = theme.bars(statement.first, statement.bars)
    if request.mood == "question" and notes:
        asked = notes[-1].model_copy(update={"degree": notes[-1].degree + 1 if notes[-1].degree % 7 else 4})
        leap = ThemeNote(at=float(BAR), beats=1.0, degree=asked.degree + 2 if (asked.degree + 2) % 7 else 8)
        return (*notes[:-1], asked, leap)
    return notes


# ---- hits, build, endings --------------------------------------------------------------------------------------------


def _accents(request: ComposeRequest, stretch: Stretch) -> list[Note]:
    """Return what meets the picture: the whole band on the beat of the cut, harder where it turns."""
    notes: list[Note] = []
    soft = request.mood in ("quiet", "resolution")
    beats = [*stretch.hits, *([0] if stretch.start > 0 and request.mood != "sting" else [])]
    for beat in sorted(set(beats)):
        chord, at = stretch.chord_at(beat), stretch.start + stretch.pulse.second(beat)
        great = beat == stretch.turn or request.mood == "sting"
        less = (-5.0 if soft else 0.0) + (0.0 if great else -3.0) + (-3.0 if stretch.talks(beat, 0.25) else 0.0)
        notes.append(_hit(at, "kick", 60, -5 + less, 0.95))
        notes.append(_hit(at, "bass", middle(chord.root, 28, 40), -3 + less, 0.95, seconds=0.6))
        notes.append(_hit(at, "rim" if soft else "snare", 60, -12 + less, 0.9))
        notes += _stab(chord, at, "pizzicato" if not great else "trombone", -11 + less)
        notes += _stab(chord, at, "keys" if soft else "guitar", -12 + less)
        if great:
            notes.append(_hit(at, "crash", 60, -17 + less, 0.9, seconds=2.0, side=0.3))
            notes.append(_hit(at, "timpani", middle(chord.root, 36, 48), -7 + less, 0.9, seconds=1.2))
    return notes


def _hit(
    at: float, instrument: Instrument, pitch: int, level: float, touch: float, seconds: float = 0.4, side: float = 0.0
) -> Note:
    return Note(at, seconds, pitch, instrument, level, touch, side, exact=True)


def _stab(chord: Chord, at: float, instrument: Instrument, level: float, seconds: float = 0.28) -> list[Note]:
    low = 46 if instrument == "trombone" else 53
    tones = chord.pitches()[:3]
    return [
        Note(at, seconds, middle(tone, low, low + 14), instrument, level, 0.9, 0.4 * (voice - 1), exact=True)
        for voice, tone in enumerate(tones)
    ]


def _build(stretch: Stretch) -> list[Note]:
    """Return the swell and the roll before the turn."""
    if stretch.turn is None or stretch.turn < 3:
        return []
    at = stretch.start + stretch.pulse.second(stretch.turn)
    first = stretch.start + stretch.pulse.second(max(stretch.turn - BAR, 0))
    notes = [Note(first, at - first, 60, "swell", -19, 0.8, -0.25, exact=True)]
    pitch = middle(stretch.chord_at(stretch.turn).root + 7, 36, 48)
    beat = float(stretch.turn - 2)
    while beat < stretch.turn - 0.05:
        grown = (beat - stretch.turn + 2) / 2
        notes.append(Note(stretch.second(beat), 0.3, pitch, "timpani", -18 + 7 * grown, 0.35 + 0.45 * grown))
        beat += 0.25
    return notes


def _home(request: ComposeRequest, groove: Groove, stretch: Stretch) -> list[Note]:
    """Return the last chord: rolled and left to ring, or a button that everybody plays at once."""
    at = stretch.start + stretch.pulse.second(stretch.beats)
    ring = max(stretch.end - at, 0.3)
    mood = request.mood
    bright = mood == "resolution" or mood == "close"
    home = Chord(0, stretch.key, sharp_third=bright and stretch.key.minor, seventh=mood in ("comedy", "suspicion"),
                 ninth=mood in ("sting", "close"))  # fmt: skip
    button = mood in ("sting", "chase", "comedy", "close")
    notes = [Note(at, ring, middle(home.root, 28, 40), "bass", groove.bass_db, 0.9, exact=button)]
    body: Instrument = "strings" if mood == "tension" else "keys"
    for voice, pitch in enumerate(home.pitches()):
        late = 0.0 if button else 0.022 * voice
        notes.append(Note(at + late, ring, middle(pitch), body, -13, 0.8, 0.3 * (voice - 1), exact=button))
        if mood in ("resolution", "close", "quiet"):
            notes.append(Note(at + late, ring, middle(pitch, 60, 76), "vibes", -20, 0.5, 0.4 * (1 - voice)))
    if button:
        notes += [
            _hit(at, "kick", 60, -6, 0.95),
            _hit(at, "snare", 60, -13, 0.8),
            _hit(at, "crash", 60, -19, 0.8, seconds=2.0, side=0.3),
            *_stab(home, at, "trombone", -12, 0.5 if mood == "close" else 0.22),
        ]
    if request.stops or mood in ("comedy", "suspicion"):
        notes.append(Note(at + 0.5 * 60 / request.tempo, 0.2, 67, "block", -20, 0.7, -0.3))
    return notes


def _handed_over(stretch: Stretch, tempo: int) -> list[Note]:
    """Return the next cue's pulse, knocked over the last bar of this one, so that the ear has it before it comes."""
    beat, end = 60 / tempo, stretch.end
    from_ = stretch.start + stretch.pulse.second(stretch.bars[-1].at)
    notes = []
    for back in range(1, BAR + 1):
        if end - back * beat > from_ - 0.02:
            notes.append(Note(end - back * beat, 0.2, 60, "rim", -19, 0.9 - 0.1 * back, 0.25, exact=True))
    root = _leading_note(stretch)
    return [*notes, Note(end - beat / 2, beat / 2, root, "bass", -8, 0.7)]


def _leading_note(stretch: Stretch) -> int:
    """Return a bass note a semitone below where the last bar's dominant wants to go."""
    return middle(stretch.bars[-1].chord.root + 5 - 1, 28, 40)


def _pick_up(stretch: Stretch) -> list[Note]:
    """Return what happens before the show's name lands: a crash on the cut, a run of the snare, a slide of the bass."""
    beat = stretch.end - stretch.start
    chord = stretch.bars[0].chord
    notes: list[Note] = [
        _hit(0.0, "kick", 60, -6, 0.9),
        _hit(0.0, "crash", 60, -22, 0.6, seconds=1.5, side=-0.3),
        Note(0.0, beat, 60, "swell", -20, 0.8, exact=True),
        Note(0.0, beat * 0.9, middle(chord.root, 28, 40), "bass", -6, 0.85, slide=-5, exact=True),
    ]
    for number in range(4, 8):
        notes.append(Note(beat * number / 8, 0.15, 60, "snare", -13, 0.3 + 0.08 * number, 0.1, exact=True))
    return notes
