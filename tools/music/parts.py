"""Writes out the parts of the band: drums and chords from their charts, and the bass in each of its ways."""

import random
from collections.abc import Callable, Sequence

from episodes.theme import BAR, ShowTheme
from tools.music.form import Bar, Stretch
from tools.music.grooves import BassWay, Groove, Part
from tools.music.harmony import Chord
from tools.music.notes import Instrument, Note

_TOUCH = {"X": 0.95, "x": 0.7, "o": 0.38, "h": 0.62, "a": 0.6}
_LOWEST_BASS, _HIGHEST_BASS = 28, 50


def drum_notes(stretch: Stretch, groove: Groove, chance: random.Random) -> list[Note]:
    """Return the drums, with a fill at the end of each phrase."""
    notes = []
    for part in groove.drums:
        for bar, chart in _charted(stretch, part, chance):
            for place, mark in enumerate(chart):
                beat = bar.at + place / 4
                if mark == "." or place / 4 >= bar.beats or not _plays(stretch, part, bar, beat):
                    continue
                if bar.fill and place >= 12 and bar.beats == BAR and part.instrument != "shaker" and bar.heat > 0.3:
                    continue
                touch = _TOUCH[mark] * (0.75 + 0.3 * bar.heat)
                seconds = stretch.beat_seconds(beat)
                notes.append(Note(stretch.second(beat), seconds, 60, part.instrument, part.level_db, touch, part.side))
    return [*notes, *_fills(stretch, groove, chance)]


def chord_notes(stretch: Stretch, groove: Groove, chance: random.Random) -> list[Note]:
    """Return chords: each part leads its own voices from chord to chord by the nearest way."""
    notes: list[Note] = []
    for part in groove.chords:
        voices: tuple[int, ...] = ()
        for bar, chart in _charted(stretch, part, chance):
            voices = _voiced(bar.chord, part, voices)
            marks = [place for place, mark in enumerate(chart) if mark != "." and place / 4 < bar.beats]
            for number, place in enumerate(marks):
                beat, mark = bar.at + place / 4, chart[place]
                if not _plays(stretch, part, bar, beat):
                    continue
                end = marks[number + 1] / 4 if number + 1 < len(marks) else bar.beats
                length = (end - place / 4 if mark == "h" else 0.4 if mark != "a" else 1.2) * stretch.beat_seconds(beat)
                notes += _struck(stretch.second(beat), length, mark, voices, part, bar, number + bar.place)
    return notes


def bass_notes(stretch: Stretch, groove: Groove, theme: ShowTheme, chance: random.Random) -> list[Note]:
    """Return the bass, in the way of this mood, leading by step into each new chord."""
    ways: dict[BassWay, Callable[[Stretch, Bar, Chord, random.Random], list[_Step]]] = {
        "figure": lambda s, b, n, c: _figure(theme, b, n, c),
        "two": lambda s, b, n, c: _two(b, n, c),
        "halves": lambda s, b, n, c: _halves(b, n, c),
        "walk": lambda s, b, n, c: _walk(b, n, c),
        "pedal": lambda s, b, n, c: _pedal(s, b, c),
    }
    notes: list[Note] = []
    last = 38
    for place, bar in enumerate(stretch.bars):
        after = stretch.bars[place + 1].chord if place + 1 < len(stretch.bars) else bar.chord
        for at, beats, pitch, touch in ways[groove.bass](stretch, bar, after, chance):
            if at >= bar.beats:
                continue
            low = _near(pitch, last)
            slide = chance.choice((-2, -2, 2, -5)) if at == 0 and place and chance.random() < 0.3 else 0
            beat = bar.at + at
            seconds = min(beats, bar.beats - at) * stretch.beat_seconds(beat) * 0.94
            touched = touch * (0.8 + 0.25 * bar.heat)
            notes.append(Note(stretch.second(beat), seconds, low, "bass", groove.bass_db, touched, slide=slide))
            last = low
    return notes


def middle(pitch: int, low: int = 53, high: int = 69) -> int:
    """Bring a pitch between two others that are an octave or more apart."""
    while pitch > high:
        pitch -= 12
    while pitch < low:
        pitch += 12
    return pitch


# ---- charts ----------------------------------------------------------------------------------------------------------


def _charted(stretch: Stretch, part: Part, chance: random.Random) -> list[tuple[Bar, str]]:
    """Return a chart for each bar, never the same as the bar before where there is another."""
    found: list[tuple[Bar, str]] = []
    for bar in stretch.bars:
        others = [chart for chart in part.bars if not found or chart != found[-1][1]]
        found.append((bar, chance.choice(others or part.bars)))
    return found


def _plays(stretch: Stretch, part: Part, bar: Bar, beat: float) -> bool:
    if bar.heat < part.warm or (part.turn != "always" and (part.turn == "odd") != (bar.phrase % 2 == 1)):
        return False
    return part.under_talk or not stretch.talks(beat)


def _voiced(chord: Chord, part: Part, before: tuple[int, ...]) -> tuple[int, ...]:
    """Return the chord's upper notes, each as near as can be to where the hand was."""
    tones = chord.pitches()[1:] if len(chord.pitches()) > 3 else chord.pitches()
    centre = 61 + 12 * part.octave
    if part.instrument == "strings" and part.octave < 0:
        tones = chord.pitches()[0:3:2]
    if part.instrument in ("bass_clarinet", "trombone", "muted"):
        tones = tones[:1] if part.instrument == "bass_clarinet" else tones[:2]
    goal = sum(before) / len(before) if before else centre
    # A hand that wanders off comes back to the middle of its range.
    goal = min(max(goal, centre - 4), centre + 4)
    placed = sorted(tone + 12 * round((goal - tone) / 12) for tone in tones)
    return tuple(placed)


def _struck(
    at: float, length: float, mark: str, voices: tuple[int, ...], part: Part, bar: Bar, number: int
) -> list[Note]:
    touch = _TOUCH[mark] * (0.75 + 0.3 * bar.heat)
    if mark == "a" or part.instrument == "muted":
        line = (*voices, *voices[-2:0:-1]) if mark == "a" else voices
        return [Note(at, length, line[number % len(line)], part.instrument, part.level_db, touch, part.side)]
    # A hand is not a machine: a held chord is rolled a little from the bottom.
    roll = 0.012 if mark == "h" and part.instrument in ("keys", "guitar") else 0.0
    return [
        Note(
            at + roll * voice, length, pitch, part.instrument, part.level_db, touch,
            part.side + (0.12 * (voice - 1) if part.instrument == "strings" else 0.0),
        )
        for voice, pitch in enumerate(voices)
    ]  # fmt: skip


def _fills(stretch: Stretch, groove: Groove, chance: random.Random) -> list[Note]:
    """Return the strokes that lead from one phrase to the next, in the last beat or two of its last bar."""
    notes: list[Note] = []
    shapes = ((0, 0.5, 0.75), (0, 0.25, 0.5, 0.75), (0, 1 / 3, 2 / 3), (0.5, 0.75), (-0.5, 0, 0.5, 0.75))
    for bar in stretch.bars:
        if not bar.fill or bar.beats < 2 or (stretch.talks(bar.at + bar.beats - 1, 1) and bar.heat < 0.5):
            continue
        first = bar.at + bar.beats - 1
        shape = chance.choice(shapes)
        for number, offset in enumerate(shape):
            beat = first + offset
            touch = (0.5 + 0.4 * (number + 1) / len(shape)) * (0.8 + 0.25 * bar.heat)
            pitch = 60 + 5 * (number % 3) if groove.fill != "timpani" else middle(bar.chord.pitches()[0], 36, 48)
            side = 0.3 - 0.2 * number
            notes.append(Note(stretch.second(beat), 0.3, pitch, groove.fill, groove.fill_db, touch, side))
    return notes


# ---- the bass --------------------------------------------------------------------------------------------------------

_Step = tuple[float, float, int, float]
"""Beat in the bar, beats, pitch in any octave, touch."""


def _near(pitch: int, last: int) -> int:
    """Return the pitch in the bass's range that is nearest to the note before."""
    choices = [pitch % 12 + 12 * octave for octave in range(2, 5)]
    inside = [choice for choice in choices if _LOWEST_BASS <= choice <= _HIGHEST_BASS]
    return min(inside, key=lambda choice: (abs(choice - last), choice))


def _into(chord: Chord, chance: random.Random) -> int:
    """Return a note a step away from the next chord's root."""
    return chord.root + 36 + chance.choice((-1, 1, -2, -1))


def _figure(theme: ShowTheme, bar: Bar, after: Chord, chance: random.Random) -> list[_Step]:
    """The show's figure: as it is, with a note left out or turned, and at a phrase's end a way into the next chord."""
    steps: list[_Step] = []
    skipped = chance.randrange(1, len(theme.bass)) if bar.place in (1, 3) or chance.random() < 0.3 else -1
    for number, note in enumerate(theme.bass):
        if number == skipped or (bar.fill and note.at >= 2.5):
            continue
        touch = 0.85 if number == 0 else 0.62 + 0.1 * (note.at % 1 == 0)
        steps.append((note.at, note.beats, bar.chord.step(note.degree, -2), touch))
    if bar.fill:
        steps += [(2.5, 0.5, bar.chord.step(4, -2), 0.65), (3, 0.5, bar.chord.step(2, -2), 0.7)]
        steps.append((3.5, 0.5, _into(after, chance), 0.75))
    elif bar.place == 2 and chance.random() < 0.6:
        steps.append((3.75, 0.25, _into(after, chance), 0.5))
    return sorted(steps)


def _two(bar: Bar, after: Chord, chance: random.Random) -> list[_Step]:
    root, fifth = bar.chord.pitches(-2)[0], bar.chord.step(4, -2)
    steps: list[_Step] = [(0, 1, root, 0.8), (2, 1, chance.choice((fifth, fifth, bar.chord.step(2, -2))), 0.68)]
    if bar.fill:
        return [steps[0], (1, 1, bar.chord.step(2, -2), 0.6), (2, 1, fifth, 0.7), (3, 1, _into(after, chance), 0.75)]
    if chance.random() < 0.45:
        steps.append((3.5, 0.5, _into(after, chance), 0.6))
    return steps


def _halves(bar: Bar, after: Chord, chance: random.Random) -> list[_Step]:
    root = bar.chord.pitches(-2)[0]
    second = chance.choice((bar.chord.step(4, -2), bar.chord.step(2, -2), root))
    steps: list[_Step] = [(0, 1.9, root, 0.62), (2 + chance.choice((0, 0.5)), 1.4, second, 0.5)]
    return [*steps, (3.5, 0.5, _into(after, chance), 0.45)] if bar.fill else steps


def _walk(bar: Bar, after: Chord, chance: random.Random) -> list[_Step]:
    if bar.heat < 0.42:
        return _halves(bar, after, chance)
    middle_ = [bar.chord.step(degree, -2) for degree in chance.choice(((2, 4), (4, 2), (1, 2), (4, 6), (-1, -3)))]
    pitches = [bar.chord.pitches(-2)[0], *middle_, _into(after, chance)]
    steps = [(float(n), 1.0, pitch, 0.75 if n == 0 else 0.6) for n, pitch in enumerate(pitches)]
    if chance.random() < 0.3:
        steps.append((chance.choice((1.5, 2.5)), 0.4, pitches[1], 0.35))
    return sorted(steps)


def _pedal(stretch: Stretch, bar: Bar, chance: random.Random) -> list[_Step]:
    low = stretch.key.tonic + 24
    steps: list[_Step] = [(0, 1.8, low, 0.7)]
    if bar.place % 2 or chance.random() < 0.4:
        steps.append((2 + chance.choice((0, 0.5)), 1.2, low + chance.choice((1, 6, 7, -1)), 0.5))
    if bar.fill:
        steps.append((3.5, 0.5, low - 1, 0.6))
    return steps


def doubled(notes: Sequence[Note], instrument: Instrument, level_db: float, octave: int, side: float) -> list[Note]:
    """Return the same notes for another player, an octave or more away."""
    return [
        Note(n.at, n.seconds, n.pitch + 12 * octave, instrument, level_db, n.touch, side, n.tune, n.exact)
        for n in notes
    ]
