"""What each mood's players do in a bar, drawn as sixteen places: a part is read like a drummer's chart.

`X` is an accent, `x` a stroke, `o` a ghost, `h` a held chord, `a` one note of the chord, `.` nothing.
"""

from dataclasses import dataclass
from typing import Literal

from episodes.requests import CueMood
from tools.music.notes import Instrument

BassWay = Literal["figure", "two", "halves", "walk", "pedal"]
"""The show's own figure; root and fifth; long notes; a walk in quarters; one low note."""


@dataclass(frozen=True)
class Part:
    """One player's part."""

    instrument: Instrument
    bars: tuple[str, ...]
    """Variants of a bar; two neighbours are never the same where there are two."""
    level_db: float
    side: float = 0.0
    warm: float = 0.0
    """Heat from which it plays."""
    under_talk: bool = True
    """Whether it goes on while somebody speaks."""
    octave: int = 0
    turn: Literal["always", "even", "odd"] = "always"
    """In which phrases it plays."""


@dataclass(frozen=True)
class Groove:
    """Everything that a mood's band has."""

    bass: BassWay
    bass_db: float
    drums: tuple[Part, ...]
    chords: tuple[Part, ...]
    fill: Instrument
    """What plays the fill at the end of a phrase."""
    fill_db: float
    lead_octave: int
    lead_db: float
    lead: Instrument | None = None
    """Who plays the tune; None is the show's own lead."""


GROOVES: dict[CueMood, Groove] = {
    "quiet": Groove(
        bass="halves", bass_db=-8, fill="guitar", fill_db=-17, lead="vibes", lead_octave=1, lead_db=-12,
        drums=(
            Part("swish", ("....x.......x...", "....x.....o.x..."), -25, 0.3, under_talk=False),
            Part("shaker", ("..o...o...o...o.", "..o...x...o...oo"), -33, -0.4, warm=0.3, under_talk=False),
            Part("cajon", ("x.........o.....", "x..............o"), -22, warm=0.35),
        ),
        chords=(
            Part("keys", ("h.........h.....", "h...............", "h.....h.......h."), -17, -0.15),
            Part("guitar", ("..a...a...a.a...", "......a.a.a...a.", "..a.a.......a.a."), -19, 0.4, under_talk=False),
            Part("strings", ("h...............",), -30, 0.1, warm=0.3, octave=0),
        ),
    ),
    "suspicion": Groove(
        bass="figure", bass_db=-6, fill="block", fill_db=-20, lead="bass_clarinet", lead_octave=-1, lead_db=-10,
        drums=(
            Part("rim", ("....x.......x...", "....x.......x.o.", "....x..o....x..."), -19, 0.2),
            Part("shaker", ("x.o.x.o.x.o.x.o.", "x.o.x.oox.o.x.o."), -30, -0.45, warm=0.3, under_talk=False),
            Part("cajon", ("x.........x.....", "x......o..x....."), -16, warm=0.3),
            Part("ride", ("x...x..ox...x..o", "x...x...x..ox..."), -30, 0.4, warm=0.55, under_talk=False),
        ),
        chords=(
            Part("pizzicato", ("......x.......x.", "......x...x.....", "..x.......x....."), -17, -0.35, turn="even"),
            Part("keys", ("h...............", "....h.........x."), -22, 0.3),
            Part("guitar", ("..........a.a...", "......a.......a.", "................"), -19, -0.4, turn="odd"),
            Part("trumpet", ("..............x.", "................", "......x........."), -21, 0.35, 0.55, False),
        ),
    ),
    "comedy": Groove(
        bass="two", bass_db=-6, fill="block", fill_db=-19, lead_octave=0, lead_db=-10,
        drums=(
            Part("cajon", ("x.......x.......", "x.......x.....o.", "x.....o.x......."), -14),
            Part("slap", ("....x.......x...", "....x.......x.o.", "....x...o...x..."), -18, 0.2, warm=0.3),
            Part("brush", ("..o.x.o...o.x.o.", "..o.x.o.x.o.x.oo"), -24, 0.25, warm=0.35, under_talk=False),
            Part("shaker", ("x.o.x.o.x.o.x.o.",), -33, -0.45, warm=0.6, under_talk=False),
        ),
        chords=(
            Part("pizzicato", ("..x...x...x...x.", "..x...x...x.x...", "....x.x...x...x."), -15, -0.35, turn="even"),
            Part("keys", ("..x...x...x...x.", "..x...x.x.....x.", "..x.....x.x...x."), -17, 0.3, turn="odd"),
            Part("guitar", ("....x.......x...", "....x.......x.x.", "..........x.x..."), -18, 0.4, 0.4, turn="odd"),
            Part("pizzicato", ("............a.aa", "................", "....a.a........."), -17, -0.35, turn="odd"),
            Part("trombone", ("................", "x.......x.......", "..............x."), -21, -0.2, 0.6, False, -1),
        ),
    ),
    "chase": Groove(
        bass="figure", bass_db=-5, fill="snare", fill_db=-14, lead_octave=0, lead_db=-9, lead="trumpet",
        drums=(
            Part("kick", ("X..x..x...x..x..", "X..x....x.xx....", "X.....x.x..x...."), -10),
            Part("snare", ("....X..o.o..X..o", "....X.o..o..X.oo", "....X..o.o..X..."), -14, 0.1),
            Part("hat", ("x.o.x.o.x.o.x.o.", "xoo.xoo.xoo.xoox", "x.oox.o.x.oox.o."), -24, 0.35),
            Part("open_hat", ("..............x.", "......x.........", "................"), -25, 0.35, 0.6, False),
            Part("shaker", ("xoxoxoxoxoxoxoxo",), -31, -0.5, warm=0.75, under_talk=False),
        ),
        chords=(
            Part("muted", ("x.xxx.xxx.xxx.xx", "x.xx..xx.xx.x.x.", "xx.xx.x.xx.xx.x."), -18, -0.45),
            Part("keys", ("x.....x.....x...", "..x..x....x..x..", "x..x......x....."), -17, 0.3, 0.5),
            Part("trombone", ("...x..........X.", "................", "X..x............"), -17, 0.15, 0.75, False, -1),
        ),
    ),
    "tension": Groove(
        bass="pedal", bass_db=-8, fill="timpani", fill_db=-14, lead="vibes", lead_octave=0, lead_db=-12,
        drums=(
            Part("kick", ("x.o.............", "x.o.....x.o.....", "x.o...........o."), -13),
            Part("block", ("x...o...x...o...", "x...o...x..oo...", "x...o...o...o..."), -26, 0.45),
            Part("shaker", ("..............oo", "......oo........"), -32, -0.45, 0.5, False),
        ),
        chords=(
            Part("strings", ("h...............",), -17, -0.2, octave=-1),
            Part("strings", ("h.......h.......", "........h......."), -27, 0.3, warm=0.45, octave=1),
            Part("bass_clarinet", ("........h.......", "................", "....h..........."), -19, 0.3, octave=-2),
            Part("pizzicato", ("..........x.x...", "................", "......x.......x."), -19, -0.35, 0.5, False),
        ),
    ),
    "resolution": Groove(
        bass="walk", bass_db=-7, fill="brush", fill_db=-18, lead_octave=0, lead_db=-12,
        drums=(
            Part("brush", ("....x.......x...", "....x.....o.x...", "....x.......x.o."), -21, 0.2),
            Part("swish", ("x.......x.......", "x...........x..."), -27, -0.2, under_talk=False),
            Part("kick", ("x.........o.....", "x......o........"), -18, warm=0.35),
            Part("ride", ("x...x..ox...x..o", "x...x...x..ox..o"), -30, 0.35, 0.55, False),
        ),
        chords=(
            Part("keys", ("h.....h...h.....", "h.......h.......", "..h.......h..x.."), -16, -0.2),
            Part("guitar", ("a...a.a.a...a.a.", "..a.a...a.a...a.", "a.a...a...a.a..."), -19, 0.4, 0.3, False),
            Part("strings", ("h...............",), -25, 0.0, warm=0.35, octave=0),
        ),
    ),
    "sting": Groove(
        bass="figure", bass_db=-4, fill="snare", fill_db=-11, lead_octave=1, lead_db=-6,
        drums=(
            Part("kick", ("X..x..x...x.....",), -9),
            Part("snare", ("....X..o.o..X...",), -13, 0.1),
            Part("hat", ("x.o.x.o.x.o.x.o.",), -23, 0.35),
            Part("shaker", ("xoxoxoxoxoxoxoxo",), -31, -0.5),
        ),
        chords=(
            Part("muted", ("x.xxx.xxx.xxx.xx",), -17, -0.45),
            Part("keys", ("x.....x.....x...",), -15, 0.3),
            Part("trombone", ("X.....x.........",), -15, 0.15, octave=-1),
        ),
    ),
    "question": Groove(
        bass="two", bass_db=-7, fill="block", fill_db=-18, lead_octave=0, lead_db=-8,
        drums=(
            Part("cajon", ("x.......x.......", "x.......x.....o."), -15),
            Part("rim", ("....x.......x...", "....x.......x.o."), -19, 0.2),
        ),
        chords=(Part("pizzicato", ("..x...x...x...x.", "..x...x...x.x..."), -15, -0.35),),
    ),
    "close": Groove(
        bass="two", bass_db=-5, fill="snare", fill_db=-13, lead_octave=0, lead_db=-7,
        drums=(
            Part("kick", ("X.......x.......",), -10),
            Part("snare", ("....X.......X...",), -15, 0.1),
            Part("hat", ("x.o.x.o.x.o.x.o.",), -25, 0.35),
        ),
        chords=(
            Part("keys", ("h.......h.......",), -14, -0.2),
            Part("guitar", ("....x.......x...",), -16, 0.4),
            Part("strings", ("h...............",), -22, octave=0),
        ),
    ),
}  # fmt: skip
