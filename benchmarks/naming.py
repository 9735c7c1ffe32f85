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

import cv2

from benchmarks.gallery import finished
from episodes.episode import Episode
from episodes.requests import ConformRequest, RenderRequest
from episodes.shots import Shot
from episodes.store import EpisodeStore
from episodes.value import Value
from tools.video.stage import Stage

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
    shot: str
    at: float
    """Seconds into the shot."""
    set: str
    light: str
    owner: str
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


def record_of(into: Path, number: int) -> Episode:
    """Return the episode as it was delivered."""
    store = EpisodeStore(film_of(into, number).with_suffix(""))
    return store.episode(store.head().revision)


def _frame(film: int, episode: Episode, shot: Shot, share: float) -> Frame:
    return Frame(
        film=film, shot=shot.id, at=share * float(shot.seconds), set=episode.the_world.place(shot.place).set,
        light=shot.light, owner=shot.owner, subjects=" ".join(one.id for one in shot.subjects),
    )  # fmt: skip


def _pick(film: int, episode: Episode, chance: random.Random) -> Iterator[Frame]:
    """Yield four shots of a film by as many cameras and places as it has, each with somebody in it."""
    shots = [shot for shot in episode.shots if shot.subjects and shot.seconds > 1]
    chance.shuffle(shots)
    owners: set[str] = set()
    places: set[str] = set()
    for _ in range(min(_CHOSEN, len(shots))):
        best = min(shots, key=lambda shot: (shot.owner in owners) + (shot.place in places))
        shots.remove(best)
        owners.add(best.owner)
        places.add(best.place)
        yield _frame(film, episode, best, 0.6)


def _still(film: int, episode: Episode) -> Frame:
    """Return the shot that shows the theme's doer or thing best: near, by itself or with one other, not in the car."""
    doers = {one.id for one in episode.the_world.characters if one.role == "suspect"}
    outside = [shot for shot in episode.shots if shot.subjects and episode.the_world.place(shot.place).set != "car"]
    with_it = [shot for shot in outside if doers & {one.id for one in shot.subjects[:2]}] or outside
    order = ("full", "medium", "long", "medium_close", "close", "extreme_close", "extreme_long")
    grey = ("cctv", "helicopter", "doorbell")
    best = min(with_it, key=lambda shot: (shot.owner in grey, len(shot.subjects) > 2, order.index(shot.size)))
    return _frame(film, episode, best, 0.6)


def drawn(episode: Episode, frame: Frame, into: Path) -> None:
    """Draw a frame as the film has it, but without captions, which would name what is to be seen."""
    shot, world, form = episode.shot(frame.shot), episode.the_world, episode.brief.format
    stage = Stage(RenderRequest(shot=shot, world=world, format=form, seed=7, handle_frames=0), {})
    place, wearer = world.place(shot.place), world.character(shot.wearer) if shot.wearer else None
    request = ConformRequest(
        shot=shot.id, format=form, owner=shot.owner, agency=world.agency.name, show=episode.brief.show,
        unit=wearer.unit if wearer else None, inward=shot.owner == "dashcam" and place.set == "car", clock=shot.clock,
        light=shot.light, weather="clear" if place.interior else shot.weather, look=world.look, source_in_frames=0,
        frames=form.frames(shot.seconds), seed=3, movement=shot.movement.kind,
    )  # fmt: skip
    last = max(1, round(frame.at * form.fps))
    seen = finished(request, lambda index: stage.frame(index / form.fps), max(0, last - 3), last)
    cv2.imwrite(str(into), seen)


def frames(into: Path, seed: int) -> None:
    """Draw the frames and stills, and write the key beside them."""
    chance = random.Random(seed)
    key: list[list[str]] = []
    episodes = {number: record_of(into, number) for number in range(1, PAIRED + 1)}
    picked = [frame for film in range(1, NAMED + 1) for frame in _pick(film, episodes[film], chance)]
    chance.shuffle(picked)
    (into / "frames").mkdir(exist_ok=True)
    (into / "stills").mkdir(exist_ok=True)
    for number, frame in enumerate(picked, 1):
        drawn(episodes[frame.film], frame, into / "frames" / f"{number:02}.png")
        key.append([f"{number:02}", *(str(value) for value in frame.model_dump().values())])
    order = list(range(1, PAIRED + 1))
    chance.shuffle(order)
    for letter, film in zip("ABCDEFGHIJKLMNOPQRST", order, strict=True):
        drawn(episodes[film], _still(film, episodes[film]), into / "stills" / f"{letter}.png")
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
