"""`make bench-scripts`: fifty themes with three seeds each, measured for sameness, English and continuity.

Prints one line for each figure with its bar, and the worst offenders; exits with 1 when a bar is missed.
"""

import argparse
import asyncio
import statistics
import sys
import time
from itertools import combinations
from pathlib import Path

from agents.continuity_checker import RuleChecker
from agents.writer import RuleWriter
from agents.writer.lexicon import Lexicon, load_lexicon
from benchmarks import script_measures as measures
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.value import Value

ROOT = Path(__file__).resolve().parents[1]
MOST_SCRIPTS, MOST_SHARED, MOST_OVERLAP, MOST_SECONDS = 4, 0.05, 0.5, 5.0


class Sample(Value):
    """One script, measured."""

    theme: str
    seed: int
    masked: tuple[str, ...]
    storylets: tuple[str, ...]
    faults: tuple[str, ...]
    findings: int
    planted: int
    paid: int
    seconds: float


class Figure(Value):
    """One figure and its bar."""

    name: str
    value: float
    bar: float
    least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the bar is kept."""
        return self.value >= self.bar if self.least else self.value <= self.bar


async def measured(theme: str, seed: int, lexicon: Lexicon) -> Sample:
    """Write one script and measure it."""
    brief = Brief(theme=theme, seed=seed)
    began = time.perf_counter()
    play = await RuleWriter(ROOT / "prompts").write(brief, FactSheet(), Bible(show=brief.show), ())
    seconds = time.perf_counter() - began
    episode = Episode(brief=brief, world=play.world, script=play.script)
    findings = await RuleChecker().check_script(episode)
    own = measures.own_words(theme, play.world, lexicon)
    lines = [line.text for line in play.script.lines]
    actions = [t for s in play.script.scenes for b in s.beats for t in (b.action, b.picture_gag) if t]
    faults = [f"{fault} in {text!r}" for text in lines for fault in measures.faults_of_english(text, lexicon)]
    faults += [
        f"{fault} in {text!r}"
        for text in actions
        for fault in measures.faults_of_english(text.rstrip(".") + ".", lexicon)
    ]
    planted, paid = measures.plants_paid(play.script)
    return Sample(
        theme=theme,
        seed=seed,
        masked=tuple(measures.masked(text, own) for text in lines),
        storylets=tuple(beat.storylet for scene in play.script.scenes for beat in scene.beats if beat.storylet),
        faults=tuple(faults),
        findings=len(findings),
        planted=planted,
        paid=paid,
        seconds=seconds,
    )


def figures(samples: list[Sample]) -> list[Figure]:
    """Return every figure that the issue of good scripts names, with its bar."""
    lines = [list(sample.masked) for sample in samples]
    pairs = list(combinations(range(len(samples)), 2))
    shared = [measures.shared_lines(lines[a], lines[b]) for a, b in pairs]
    overlaps = [measures.overlap(samples[a].storylets, samples[b].storylets) for a, b in pairs]
    worst = max(measures.spread(lines).values(), default=0)
    planted = sum(sample.planted for sample in samples)
    paid = sum(sample.paid for sample in samples) / max(1, planted)
    return [
        Figure(name="scripts with the same masked line of over four words", value=worst, bar=MOST_SCRIPTS),
        Figure(name="part of lines that the median pair shares", value=statistics.median(shared), bar=MOST_SHARED),
        Figure(name="overlap of storylets, worst pair", value=max(overlaps), bar=MOST_OVERLAP),
        Figure(name="part of plants paid", value=paid, bar=1.0, least=True),
        Figure(name="faults of slots, articles, agreement", value=sum(len(s.faults) for s in samples), bar=0),
        Figure(name="continuity findings", value=sum(s.findings for s in samples), bar=0),
        Figure(name="seconds for a script, slowest", value=max(s.seconds for s in samples), bar=MOST_SECONDS),
    ]


def main(arguments: list[str]) -> int:
    """Write, measure, print."""
    parser = argparse.ArgumentParser(prog="make bench-scripts", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--themes", type=int, default=50)
    parser.add_argument("--worst", type=int, default=12, help="how many offenders to list")
    given = parser.parse_args(arguments)
    themes = (ROOT / "benchmarks" / "themes.txt").read_text(encoding="utf-8").splitlines()[: given.themes]
    lexicon = load_lexicon(ROOT / "prompts")
    samples = [asyncio.run(measured(t, seed, lexicon)) for t in themes for seed in range(1, given.seeds + 1)]
    found = figures(samples)
    print(f"{len(samples)} scripts of {len(themes)} themes")
    for figure in found:
        sign = "holds" if figure.holds else "MISSED"
        print(f"  {figure.value:8.3f}  {'>=' if figure.least else '<='} {figure.bar:<6g} {sign:7} {figure.name}")
    pairs = [measures.overlap(a.storylets, b.storylets) for a, b in combinations(samples, 2)]
    print(f"  {sum(pair > MOST_OVERLAP for pair in pairs)} of {len(pairs)} pairs overlap by more than half")
    _print_offenders(samples, given.worst)
    return 0 if all(figure.holds for figure in found) else 1


def _print_offenders(samples: list[Sample], worst: int) -> None:
    spread = measures.spread([list(sample.masked) for sample in samples])
    often = [(line, count) for line, count in spread.most_common(worst) if count > MOST_SCRIPTS]
    for line, count in often:
        print(f"  in {count} scripts: {line}")
    faults = [(s.theme, s.seed, fault) for s in samples for fault in s.faults]
    for theme, seed, fault in faults[:worst]:
        print(f"  {theme!r}, seed {seed}: {fault}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
