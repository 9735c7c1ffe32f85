"""`make bench-sound`: everything that numbers.md holds of the sound, measured, each figure against its bar.

Parts can be run alone: `python -m benchmarks.sound --only bands sync`. Exits with 1 when a bar is missed.
"""

import argparse
import importlib
import sys
import time
from collections.abc import Callable
from typing import cast

from benchmarks.verdicts import Verdict, report

Measure = Callable[[], list[Verdict]]

PARTS: dict[str, tuple[str, str]] = {
    "bands": ("benchmarks.sound_bands", "radio, phone and loudspeaker: band, squelch tail, loudness"),
    "levels": ("benchmarks.sound_levels", "loudness and true peak in three profiles, and the balance of a mix"),
    "voices": ("benchmarks.voices", "lines told apart by voice and channel"),
    "captions": ("benchmarks.sound_captions", "caption rules on a thousand lines"),
    "sync": ("benchmarks.sound_sync", "sound against picture after 200 joins"),
    "memory": ("benchmarks.sound_memory", "peak memory of ten minutes against one"),
    "score": ("benchmarks.score", "the score"),
}
"""Module and title of each part; a module has a function `verdicts()`."""


def measure_of(part: str) -> Measure:
    """Return the function that measures a part. Raises `ImportError`."""
    return cast(Measure, importlib.import_module(PARTS[part][0]).verdicts)


def main(arguments: list[str]) -> int:
    """Measure what is asked and print it."""
    parser = argparse.ArgumentParser(prog="make bench-sound", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="parts to measure")
    given = parser.parse_args(arguments)
    kept = True
    for part in given.only:
        print(f"{part}: {PARTS[part][1]}", flush=True)
        began = time.perf_counter()
        found = measure_of(part)()
        kept &= report(found)
        print(f"  ({time.perf_counter() - began:.0f} s)", flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
