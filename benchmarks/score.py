"""`python -m benchmarks.score OUT`: the music of three shows, planned, played and measured from what is heard.

Prints one line for each figure with its bar and draws a sheet of each film's music; exits with 1 when a bar is missed.
"""

import argparse
import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from benchmarks import score_measures as measures
from benchmarks.score_sheet import draw_sheet
from benchmarks.verdicts import Verdict, report
from director.estimate import draft
from director.settings import load
from episodes.brief import Brief
from episodes.format import SAMPLE_RATE
from episodes.keys import key_called
from episodes.pulse import Wish, chosen
from episodes.requests import ComposeRequest, Silence, Talk
from episodes.scoring import PACE, ScoredCue, score_plan, score_sheet, stretches
from episodes.script import Mood
from episodes.theme import found_theme
from tools.music.embedded import build
from tools.protocols import Call, ToolSettings
from tools.sound import wav
from tools.sound.loudness import decibels, loudness

SHOWS = (
    ("Night Shift", "raccoon heist at a doughnut shop"),
    ("Harbour Beat", "goose runs an illegal ferry"),
    ("Third Watch", "garden gnomes hold up traffic"),
)
THEMES = (*(show for show, _ in SHOWS), "Ten-Four", "Larkspur Nights", "Precinct Nine", "Lost & Found", "Code Blue",
          "The Quiet Beat", "Dog Watch", "County Line", "Badge of Honey")  # fmt: skip
_STUDY_SECONDS = Fraction(26)
_WITHIN = 0.04


class Heard(NamedTuple):
    """A cue with what was made of it."""

    cue: ScoredCue
    sound: NDArray[np.float32]
    processor: float
    """Seconds of processor that it took."""


def verdicts(out: Path | None = None) -> list[Verdict]:
    """Return all figures of the score; with `out`, write each film's music, its sheet and its score plan there."""
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder)
        films = [[_heard(cue, into) for cue in _planned(show, theme)] for show, theme in SHOWS]
        studies = [_heard(study, into) for study in _studies(SHOWS[0][0])]
        plain = [_heard(_plain(study), into) for show, _ in SHOWS for study in _studies(show)]
    joined = [_joined(film) for film in films]
    if out is not None:
        for (show, _), film, sound in zip(SHOWS, films, joined, strict=True):
            name = show.lower().replace(" ", "-")
            draw_sheet(sound, [each.cue for each in film], out / f"{name}.png")
            wav.write(out / f"{name}.wav", sound, SAMPLE_RATE)
            (out / f"{name}.txt").write_text(score_sheet([each.cue for each in film]), encoding="utf-8")
    cues = [each for film in films for each in film]
    return [
        *_of_form([*cues, *studies, *plain]),
        *_of_moments([*cues, *studies], films, joined),
        *_of_notes(plain),
        *_of_levels([*cues, *studies, *plain]),
        _of_themes(),
    ]


def _planned(show: str, theme: str) -> tuple[ScoredCue, ...]:
    return score_plan(asyncio.run(draft(Brief(theme=theme, show=show), load({}))))


def _studies(show: str) -> list[ScoredCue]:
    """Return one long cue in each mood: with a line over it, a stop, and what its pulse can hit of ten cuts."""
    theme, found = found_theme(show), list[ScoredCue]()
    stop = Silence(at=Fraction(77, 4), until=Fraction(177, 8))
    cuts = [Wish(1.9 * number + 0.17 * (number % 3), 2 + number % 3) for number in range(1, 10)]
    for mood in get_args(Mood):
        tempo = round(theme.tempo * PACE[mood])
        hits = tuple(Fraction(hit).limit_denominator(48) for hit in chosen(float(stop.at), tempo, cuts))
        request = ComposeRequest(
            mood=mood,
            seconds=_STUDY_SECONDS,
            tempo=tempo,
            key=theme.key,
            theme=theme,
            hits=hits,
            turn=hits[len(hits) // 2],
            stops=(stop,),
            talk=(Talk(at=Fraction(10), seconds=Fraction(4)),),
            seed=len(found),
        )
        found.append(ScoredCue(media=f"{mood}:study", at=Fraction(0), request=request))
    return found


def _plain(study: ScoredCue) -> ScoredCue:
    """Return the same music with nobody in its way, 20 s long: what its key and tempo are measured in."""
    alone = {"hits": (), "turn": None, "stops": (), "talk": (), "seconds": Fraction(20)}
    return study.model_copy(update={"request": study.request.model_copy(update=alone)})


def _heard(cue: ScoredCue, into: Path) -> Heard:
    began = time.process_time()
    build(ToolSettings()).compose(cue.request, Call(into=into))
    took = time.process_time() - began
    return Heard(cue, wav.read(into / "music.wav")[0], took)


def _joined(film: Sequence[Heard]) -> NDArray[np.float32]:
    """Return all cues of a film at their places, tails over what follows."""
    last = film[-1].cue
    total = np.zeros((round((last.at + last.request.seconds) * SAMPLE_RATE), 2), np.float32)
    for each in film:
        first = round(each.cue.at * SAMPLE_RATE)
        room = min(len(each.sound), len(total) - first)
        total[first : first + room] += each.sound[:room]
    return total


def _of_form(cues: Sequence[Heard]) -> list[Verdict]:
    bars = [measures.bars_of(each.cue.request) for each in cues]
    shares = [measures.repeated_share(each) for each in bars]
    return [
        Verdict("a bar repeated literally, times in a row, most", max(map(measures.longest_run, bars)), 2),
        Verdict("share of bars that were played before in their cue, mean", sum(shares) / len(shares), 0.10),
    ]


def _of_moments(
    cues: Sequence[Heard], films: Sequence[Sequence[Heard]], joined: Sequence[NDArray[np.float32]]
) -> list[Verdict]:
    hits = [(each, float(hit)) for each in cues for hit in each.cue.request.hits]
    backs = [
        (each, float(stop.until))
        for each in cues
        for stop in each.cue.request.stops
        if stop.until < each.cue.request.seconds
    ]
    late = [measures.off_by(each.sound, hit) for each, hit in (*hits, *backs)]
    gone = [
        measures.loudest_db(each.sound, float(stop.at) + 0.05, float(stop.until) - 0.001)
        for each in cues
        for stop in each.cue.request.stops
    ]
    stops = [(each, stop) for each in cues for stop in each.cue.request.stops]
    edges = [measures.step_at(each.sound, float(stop.at) + 0.015) for each, stop in stops]
    # A return is an accent; what would click is its very first half millisecond.
    edges += [measures.step_at(each.sound, back, 0.0005) for each, back in backs]
    joins = [
        measures.step_at(sound, float(each.cue.at))
        for film, sound in zip(films, joined, strict=True)
        for each in film[1:]
    ]
    ends = [float(np.abs(each.sound[-24:]).max()) for each in cues]
    return [
        Verdict("hits and returns measured", len(late), 40, most=False),
        Verdict(
            "share of them within 40 ms of the picture", sum(x <= _WITHIN for x in late) / len(late), 1, most=False
        ),
        Verdict("the furthest off, ms", 1000 * max(late), 1000 * _WITHIN),
        Verdict("loudest between a stop's 50th ms and its return, dBFS", max(gone), -60),
        Verdict("step at a stop or return, by the cue's largest", max(edges), 1),
        Verdict("step at a join of two cues, by the film's largest", max(joins), 1),
        Verdict("last half millisecond of a cue, of full scale", max(ends), 0.001),
    ]


def _of_notes(studies: Sequence[Heard]) -> list[Verdict]:
    keys = [measures.agrees(measures.key_of_sound(each.sound), key_called(each.cue.request.key)) for each in studies]
    errors = []
    for each in studies:
        start, end = max(stretches(each.cue.request), key=lambda span: span[1] - span[0])
        part = each.sound[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
        errors.append(abs(measures.tempo_of(part, each.cue.request.tempo) / each.cue.request.tempo - 1))
    return [
        Verdict("share of cues whose chroma is in the planned key", sum(keys) / len(keys), 0.9, most=False),
        Verdict(
            "share whose onsets beat in the planned tempo", sum(x < 0.05 for x in errors) / len(errors), 0.9, False
        ),
    ]


def _of_levels(cues: Sequence[Heard]) -> list[Verdict]:
    off = [abs(loudness(each.sound) + 17) for each in cues]
    peak = max(decibels(float(np.abs(each.sound).max())) for each in cues)
    minutes = sum(float(each.cue.request.seconds) for each in cues) / 60
    return [
        Verdict("loudness off -17 LUFS, most, LU", max(off), 1),
        Verdict("highest peak, dBFS", peak, -3.5),
        Verdict("processor for a minute of music, s", sum(each.processor for each in cues) / minutes, 4),
    ]


def _of_themes() -> Verdict:
    themes = [found_theme(show) for show in THEMES]
    nearest = min(measures.distance(one, other) for one, other in itertools.combinations(themes, 2))
    return Verdict(f"notes that differ between the two nearest of {len(themes)} themes", nearest, 6, most=False)


def main(arguments: list[str]) -> int:
    """Measure, and draw the sheets."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the sheets, the music and the score plans")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    return 0 if report(verdicts(given.out)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
