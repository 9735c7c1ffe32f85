"""`python -m benchmarks.season OUT`: a season of films, killed at random three times, held against one that is not.

Both are made by the real command line with the embedded tools, which write down every call. Killed or not, the bible
and every film must be the same, and nothing whose result was on a shelf may be made again.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from director.settings import HOME
from tests.season_lot import KINDS, SeasonLot

KILLS = 3


def film_lot(folder: Path) -> SeasonLot:
    """Return a place for seasons of films by the embedded tools, counted: they enter by the door of every other."""
    lot = SeasonLot(folder)
    named = [f'{kind} = "counted:{kind}"' for kind in KINDS] + ['animatic = "counted:video"']
    (folder / "director.toml").write_text("\n".join(["[backends]", *named, ""]))
    lot.extra["PYTHONPATH"] = os.pathsep.join([str(HOME / "tests" / "fakes"), str(HOME)])
    return lot


def bibles(lot: SeasonLot) -> dict[str, str]:
    """Return what each episode's script was written from, by the episode's number."""
    found = sorted(lot.out.glob("*/Season */*/passes/bible.json"))
    return {path.parent.parent.name.split(" - ")[1]: path.read_text("utf-8") for path in found}


def films(lot: SeasonLot) -> dict[str, str]:
    """Return the digest of each film, by its name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in lot.season().glob("*.mp4")}


def main() -> int:
    """Run it; 1 when anything was made twice, is missing, or differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.season", description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--theme", default="a town whose animals have had enough")
    parser.add_argument("--episodes", type=int, default=6)
    parser.add_argument("--seed", type=int, default=104)
    given = parser.parse_args()
    out: Path = given.out.absolute()
    words = ["--theme", given.theme, "--episodes", str(given.episodes), "--format", "proof", "--minutes", "0.5"]
    began, whole = time.monotonic(), film_lot(out / "whole")
    process = whole.start(*words)
    code, seconds = process.wait(), time.monotonic() - began
    print(
        f"undisturbed: exit {code}, {seconds:.0f} s, {len(films(whole))} films, {len(whole.begun())} calls", flush=True
    )
    chance, victim, twice, kills = random.Random(given.seed), film_lot(out / "killed"), 0, 0
    finished, already = victim.finished(), 0
    while True:
        process = victim.start(*words)
        limit = chance.uniform(0.15, 0.4) * seconds if kills < KILLS else None
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:  # It is still at work: that is the moment.
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        again = [call for call in victim.begun()[already:] if call in finished]
        twice += len(again)
        finished, already = victim.finished(), len(victim.begun())
        print(
            f"killed {kills} times: {already} calls so far, {len(finished)} results, {len(again)} made twice",
            flush=True,
        )
        if limit is None or process.returncode == 0:
            break
    same_bible, same_films = bibles(whole) == bibles(victim), films(whole) == films(victim)
    verdict = {
        "episodes": given.episodes,
        "kills": kills,
        "films": len(films(victim)),
        "calls_undisturbed": len(whole.begun()),
        "calls_killed": already,
        "made_twice": twice,
        "same_bible": same_bible,
        "same_films": same_films,
        "exit": code,
    }
    (out / "season.json").write_text(json.dumps(verdict, indent=2) + "\n", "utf-8")
    print(json.dumps(verdict))
    good = code == 0 and kills == KILLS and not twice and same_bible and same_films
    return 0 if good and len(films(victim)) == given.episodes else 1


if __name__ == "__main__":
    sys.exit(main())
