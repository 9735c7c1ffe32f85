"""The clean episode with measured lines and a cut: what changes are tried on."""

from fractions import Fraction

from episodes.apply import apply_all
from episodes.changes import (
    LayCut,
    TimeLines,
)
from episodes.cut import Clip, Cut, Track
from episodes.episode import Episode, LineLength
from episodes.script import Beat, Line
from tests.clean_script import clean_episode

CUT = Cut(tracks=(Track(name="V1", items=(Clip(id="V1:S01-01", media="S01-01", source_in=0, seconds=4),)),))
FRAME = Fraction(1, 24)


def timed_episode() -> Episode:
    """The clean episode with measured lines and a cut."""
    episode = clean_episode()
    lengths = tuple(
        LineLength(line=line.id, reading=1, text=line.text, seconds=Fraction(5, 2)) for line in episode.the_script.lines
    )
    return apply_all((TimeLines(lengths=lengths), LayCut(cut=CUT)), episode)


EPISODE = timed_episode()
NEW_BEAT = Beat(
    id="S02-B01", purpose="heighten", lines=(Line(id="S02-L01", speaker="okafor", channel="spoken", text="No sugar."),)
)
