"""Peak memory of a whole production, ten minutes against one: the director, its workers and every ffmpeg together.

Episodes are made by the command line with the embedded tools in the proof format, each into a folder of its own. The
resident memory of all processes of its session is added up ten times a second; what they share, such as libraries, is
counted for each of them, so the sums are upper bounds.
"""

import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.verdicts import Verdict

ROOT = Path(__file__).resolve().parents[1]
RATIO = 1.2
"""Most that ten minutes may take against one (numbers.md)."""
_EVERY = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")
_THEME = "raccoon heist at a doughnut shop"


@dataclass
class Peak:
    """The most that a production took at any moment, in MB."""

    whole: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)
    """What each kind of process took at that moment: `director`, `worker`, `ffmpeg`, or the program's name."""
    largest: dict[str, float] = field(default_factory=dict)
    """The most that one process of each kind took at any moment."""
    seconds: float = 0.0


def verdicts(out: Path, minutes: tuple[float, float] = (1.0, 10.0)) -> tuple[list[Verdict], dict[str, object]]:
    """Make both episodes below `out`, one after the other, and return the ratio and what was measured."""
    found: dict[str, object] = {}
    whole = []
    for length in minutes:
        peak = made(length, out / f"minutes-{length:g}")
        whole.append(peak.whole)
        parts = ", ".join(f"{name} {size:.0f}" for name, size in sorted(peak.parts.items()))
        largest = ", ".join(f"{name} {size:.0f}" for name, size in sorted(peak.largest.items()))
        print(f"  {length:g} min: peak {peak.whole:.0f} MB ({parts}); largest single: {largest}; {peak.seconds:.0f} s",
              flush=True)  # fmt: skip
        found[f"{length:g}"] = {
            "peak_mb": round(peak.whole), "parts_mb": {n: round(s) for n, s in peak.parts.items()},
            "largest_mb": {n: round(s) for n, s in peak.largest.items()}, "seconds": round(peak.seconds),
        }  # fmt: skip
    name = f"peak memory of {minutes[1]:g} minutes over {minutes[0]:g}"
    return [Verdict(name, whole[1] / whole[0], RATIO)], found


def made(minutes: float, folder: Path) -> Peak:
    """Make an episode of so many minutes and return its peak. Raises `RuntimeError` when it fails."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "TENFOUR_"))}
    command = [sys.executable, str(ROOT / "main.py"), "--theme", _THEME, "--minutes", str(minutes), "--format", "proof",
               "--passes", "0", "--seed", "1", "--out", str(folder / "shows")]  # fmt: skip
    began, peak = time.monotonic(), Peak()
    with (folder / "said.txt").open("w") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=kept | {"XDG_CACHE_HOME": str(folder / "cache")}, stdout=said, stderr=said,
            start_new_session=True,
        )  # fmt: skip
        while process.poll() is None:
            note(peak, process.pid)
            time.sleep(_EVERY)
    peak.seconds = time.monotonic() - began
    if process.returncode:
        raise RuntimeError(f"The production of {minutes:g} minutes failed: {(folder / 'said.txt').read_text()[-500:]}")
    return peak


def note(peak: Peak, session: int) -> None:
    """Add up what the processes of a session hold now, and keep it where it is the most so far."""
    now: dict[str, float] = defaultdict(float)
    for name, size in resident(session):
        now[name] += size
        peak.largest[name] = max(peak.largest.get(name, 0.0), size)
    if sum(now.values()) > peak.whole:
        peak.whole, peak.parts = sum(now.values()), dict(now)


def resident(session: int) -> Iterator[tuple[str, float]]:
    """Yield kind and MB of each process of a session."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name in the brackets may hold blanks; after it stand state, parent, group, session.
            stat = (folder / "stat").read_text()
            if int(stat.rsplit(")", 1)[1].split()[3]) != session:
                continue
            size = int((folder / "statm").read_text().split()[1]) * _PAGE / 1e6
            words = (folder / "cmdline").read_text()
        except (OSError, IndexError, ValueError):
            continue  # It has ended in the meantime.
        yield _kind(words, int(folder.name) == session), size


def _kind(words: str, first: bool) -> str:
    program = Path(words.split("\0")[0]).name
    if "spawn_main" in words:
        return "worker"
    if "resource_tracker" in words or first:
        return "director"
    return "ffmpeg" if program.startswith("ffmpeg") else program or "ended"
