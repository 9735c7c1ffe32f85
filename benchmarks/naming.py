"""Material for a blind naming: films of twenty themes, forty frames without labels, twenty stills, and the key apart.

    python -m benchmarks.naming films OUT     makes the films (minutes each; goes on where it stopped)
    python -m benchmarks.naming frames OUT    draws frames/01.png …, stills/A.png …, themes.txt, and key.csv

Who names sees the pictures and the themes in another order, and never the key. `docs/naming.md` tells what came of it.
"""

import argparse
import csv
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from episodes.value import Value
from tools.ffmpeg import run

ROOT = Path(__file__).resolve().parents[1]
NAMED, PAIRED = 10, 20
"""Films whose frames are named, and films whose stills are paired with themes."""
THEMES = (
    "raccoon heist at a doughnut shop", "a llama yodels at the bank", "a bear in a hot tub",
    "penguin wedding on the golf course", "someone stole all the left shoes",
    "a peacock directs traffic on the highway", "grandmother smuggling tomatoes", "ghost refuses to leave the diner",
    "shopping carts race down Main Street at midnight", "an octopus opened every drawer in the restaurant kitchen",
    "runaway piano", "the statue in the park has been issued a parking ticket", "goose stuck on the bakery roof",
    "an alligator holds a garage sale", "robot vacuum escapes from the hotel", "bees protest outside town hall",
    "a beaver builds a dam across the drive-through", "a moose on the trampoline next door",
    "a tortoise leads police on a low-speed chase", "a giant pumpkin blocks the alley",
)  # fmt: skip
_CHOSEN = 4


class Frame(Value):
    """One frame for the namer, with what it shows."""

    film: int
    at: float
    """Seconds into the film."""
    shot: str
    owner: str
    place: str
    clock: str
    light: str
    subjects: str


def films(into: Path) -> None:
    """Make each theme's film in a show of its own; a finished one is found again at once."""
    for number, theme in enumerate(THEMES, 1):
        command = [sys.executable, "main.py", "--theme", theme, "--minutes", "1", "--seed", str(number)]
        command += ["--out", str(into / f"{number:02}")]
        # A cache of its own: takes of an earlier state of the renderer must not come in.
        own = {**os.environ, "XDG_CACHE_HOME": str(into / "cache")}
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, env=own)
        print(f"{number:02} {theme}: {'made' if done.returncode == 0 else done.stderr.strip()[-300:]}", flush=True)


def film_of(into: Path, number: int) -> Path:
    """Return the film of a theme. Raises `FileNotFoundError` when it was not made."""
    found = [path for path in (into / f"{number:02}").rglob("*.mp4") if "S01E01" in path.name]
    if not found:
        raise FileNotFoundError(f"Film {number:02} is missing: run `films` first.")
    return found[0]


def shots_of(film: Path) -> list[dict[str, str]]:
    """Return the rows of its shot list."""
    with (film.with_suffix("") / "shots.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _pick(film: int, rows: list[dict[str, str]], chance: random.Random) -> Iterator[Frame]:
    """Yield four shots of a film by as many cameras and places as it has, each with somebody in it."""
    rows = [row for row in rows if row["subjects"] and float(row["seconds"]) > 1.0]
    chance.shuffle(rows)
    seen: list[tuple[str, str]] = []
    for _ in range(min(_CHOSEN, len(rows))):
        owners, places = {owner for owner, _ in seen}, {place for _, place in seen}
        best = min(rows, key=lambda row: (row["owner"] in owners) + (row["place"] in places))
        rows.remove(best)
        seen.append((best["owner"], best["place"]))
        yield Frame(
            film=film, at=float(best["in"]) + 0.6 * float(best["seconds"]), shot=best["shot"], owner=best["owner"],
            place=best["place"], clock=best["clock"], light=best["light"], subjects=best["subjects"],
        )  # fmt: skip


def _drawn(film: Path, at: float, into: Path) -> None:
    run(["-ss", f"{at:.3f}", "-i", film, "-frames:v", "1", "-y", into])


def _still(rows: list[dict[str, str]]) -> float:
    """Return the middle of the shot that shows the theme's thing largest: an insert or close shot of one subject."""
    order = ("extreme_close", "close", "medium_close", "medium", "full", "long", "extreme_long")
    things = [row for row in rows if "suspect" in row["subjects"] and "thing_acts" in row["events"]] or [
        row for row in rows if row["subjects"]
    ]
    best = min(things, key=lambda row: (len(row["subjects"].split()) != 1, order.index(row["size"])))
    return float(best["in"]) + 0.5 * float(best["seconds"])


def frames(into: Path, seed: int) -> None:
    """Draw the frames and stills, and write the key beside them."""
    chance, key = random.Random(seed), []
    picked = [frame for film in range(1, NAMED + 1) for frame in _pick(film, shots_of(film_of(into, film)), chance)]
    chance.shuffle(picked)
    (into / "frames").mkdir(exist_ok=True)
    (into / "stills").mkdir(exist_ok=True)
    for number, frame in enumerate(picked, 1):
        _drawn(film_of(into, frame.film), frame.at, into / "frames" / f"{number:02}.png")
        key.append([f"{number:02}", *(str(value) for value in frame.model_dump().values())])
    order = list(range(1, PAIRED + 1))
    chance.shuffle(order)
    for letter, film in zip("ABCDEFGHIJKLMNOPQRST", order, strict=True):
        _drawn(film_of(into, film), _still(shots_of(film_of(into, film))), into / "stills" / f"{letter}.png")
        key.append([letter, str(film), THEMES[film - 1]])
    themes = list(THEMES)
    chance.shuffle(themes)
    (into / "themes.txt").write_text("\n".join(f"{n}. {theme}" for n, theme in enumerate(themes, 1)), encoding="utf-8")
    with (into / "key.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(key)


def main(arguments: list[str]) -> int:
    """Make films, or draw frames from them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.naming", description=__doc__)
    parser.add_argument("what", choices=("films", "frames"))
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    if given.what == "films":
        films(given.out)
    else:
        frames(given.out, given.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
