"""`make bench-edit`: what an edit of the picture costs, against assembling the whole film from its finished parts.

An episode of sixty shots and more is planned by rule, and its parts are made by the embedded tools. Then its sound is
mixed and its film joined, which is the cold assembly; then one shot is shot again, and the film is joined anew. Both
times are of one run on one machine: what is looked at is their ratio, how many takes were asked for, and whether the
mixed sound was found.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.verdicts import Verdict, report
from director import crews
from director.estimate import draft
from director.events import Event, Made
from director.executor import Executor
from director.settings import Settings, load
from episodes.apply import apply
from episodes.brief import Brief
from episodes.changes import LayCut, Reshoot
from episodes.cut import CARDS
from episodes.episode import Episode
from episodes.plan import plan
from episodes.tasks import Task
from episodes.work import Belt, Plan
from tools.ledger import Ledger
from tools.shelf import Shelf

SHARE = 0.10
"""Most that a rebuilt cut may take of a cold assembly (numbers.md)."""
SHOTS = 60
"""Fewest shots of the episode."""
_CREDITS = ("Written by rule", "Picture, voices and music: embedded", "All of it is invented.")
_THEME = "raccoon heist at a doughnut shop"


@dataclass
class Figures:
    """What one run came to."""

    shots: int = 0
    seconds: float = 0.0
    """Of the film."""
    cold: float = 0.0
    """Wall seconds of mix and join together, everything else being there."""
    rebuilt: float = 0.0
    """Wall seconds until the film is there again once the new segment is."""
    reshot: float = 0.0
    """Wall seconds of the new take and its segment."""
    made: Counter[str] = field(default_factory=Counter)
    """What the edit made, by kind."""
    found: Counter[str] = field(default_factory=Counter)
    """What it found."""


async def run(folder: Path, minutes: float) -> Figures:
    """Make the parts of an episode in `folder`, assemble it, shoot one shot again, and return what it took."""
    settings = load({"cache": folder, "out": folder / "shows"}, {}, folder)
    brief, belt = Brief(theme=_THEME, seed=1, minutes=minutes, format_name="proof"), crews.belt(settings)
    episode = await draft(brief, settings)
    told: list[Made] = []

    def listen(event: Event) -> None:
        if isinstance(event, Made):
            told.append(event)

    shelf, ledger = Shelf(folder / "media", folder / "takes"), Ledger(folder / "ledger.sqlite")
    async with Executor(settings, shelf, ledger, listen) as executor:
        before = plan(episode, belt, "animatic", _CREDITS)
        await _make_parts(executor, before)
        figures = Figures(shots=_shots(episode), seconds=float(episode.the_cut.seconds))
        figures.cold = await _film(executor, before)
        told.clear()
        after = plan(await _edited(episode, belt, settings), belt, "animatic", _CREDITS)
        began = time.monotonic()
        await _make_parts(executor, after)
        figures.reshot = time.monotonic() - began
        figures.rebuilt = await _film(executor, after)
    figures.made.update(event.kind for event in told if not event.reused)
    figures.found.update(event.kind for event in told if event.reused)
    return figures


async def _film(executor: Executor, work: Plan) -> float:
    """Make the film and return how long it took."""
    (film,) = work.of("assemble")
    began = time.monotonic()
    await executor.make(work, film.key)
    return time.monotonic() - began


async def _make_parts(executor: Executor, work: Plan) -> None:
    """Make all that is neither the whole sound nor the film."""
    await asyncio.gather(*(executor.make(work, task.key) for task in work.tasks if _is_part(task)))


def _is_part(task: Task) -> bool:
    return task.kind not in ("mix", "assemble", "measure")


def _shots(episode: Episode) -> int:
    return sum(clip.media not in CARDS for _, clip in episode.the_cut.track("V1").placed())


async def _edited(episode: Episode, belt: Belt, settings: Settings) -> Episode:
    """Return the episode with a shot in its middle shot again."""
    placed = [clip.media for _, clip in episode.the_cut.track("V1").placed() if clip.media not in CARDS]
    again = apply(Reshoot(shot=placed[len(placed) // 2]), episode)
    crew = crews.rules_only(settings)
    return apply(LayCut(cut=await crew.editor.lay_cut(again.model_copy(update={"cut": None}))), again)


def verdicts(figures: Figures) -> list[Verdict]:
    """Return what is asked of the figures."""
    return [
        Verdict("shots of the film", figures.shots, SHOTS, most=False),
        Verdict("rebuilt cut over cold assembly", figures.rebuilt / figures.cold, SHARE),
        Verdict("takes that the edit asked for, most", figures.made["render"], 1),
        Verdict("takes that the edit asked for, least", figures.made["render"], 1, most=False),
        Verdict("mixes that the edit made", figures.made["mix"], 0),
        Verdict("mixes that the edit found", figures.found["mix"], 1, most=False),
    ]


def main() -> int:
    """Run it and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=3.0, help="length of the brief (default %(default)s)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(run(Path(folder), given.minutes))
    print(f"  {figures.shots} shots, {figures.seconds:.0f} s of film")
    print(f"  cold assembly {figures.cold:.2f} s, rebuilt in {figures.rebuilt:.2f} s, reshot in {figures.reshot:.2f} s")
    print(f"  the edit made {dict(figures.made)}")
    return 0 if report(verdicts(figures)) else 1


if __name__ == "__main__":
    sys.exit(main())
