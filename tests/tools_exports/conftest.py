"""A laid cut of the clean episode, and media for it."""

from fractions import Fraction

import pytest

from episodes.cut import Chapter, Clip, Cut, track_of
from episodes.episode import Episode
from tests.clean_script import clean_episode

HANDLE = Fraction(12, 24)


def laid(episode: Episode) -> Cut:
    """Return a cut with all shots, lines on two tracks at odd moments, a name strip, effects and score."""
    shots, speech, air, at = [], [], [], Fraction(2)
    title = Clip(id="V1:title", media="title", source_in=Fraction(0), seconds=Fraction(2))
    for shot in episode.shots:
        shots.append((at, Clip(id=f"V1:{shot.id}", media=shot.id, source_in=HANDLE, seconds=shot.seconds)))
        for cue in shot.cues:
            line = episode.line(cue.line)
            clip = Clip(id=f"A:{line.id}", media=line.id, source_in=Fraction(0), seconds=Fraction(2003, 1001))
            (speech if line.channel == "spoken" else air).append((at + cue.at + Fraction(1, 97), clip))
        at += shot.seconds
    score = Clip(id="A4:S01:score", media="S01:score", source_in=Fraction(0), seconds=Fraction(7, 3))
    strip = Clip(id="V2:strip", media="strip", source_in=Fraction(0), seconds=Fraction(3))
    return Cut(
        tracks=(
            track_of("V1", [(Fraction(0), title), *shots]), track_of("V2", [(Fraction(40), strip)]),
            track_of("A1", speech), track_of("A2", air), track_of("A4", [(Fraction(5, 7), score)]),
        ),
        chapters=(Chapter(at=Fraction(2), title="Cold open", scene="S01"),
                  Chapter(at=Fraction(6), title="The call", scene="S02")),
    )  # fmt: skip


@pytest.fixture
def episode() -> Episode:
    return clean_episode()


@pytest.fixture
def cut(episode: Episode) -> Cut:
    return laid(episode)
