"""`make bench-render`: what a second of film costs, and where it goes: scene, light, lens, encoding.

Renders and finishes ten shots as the studio does (real takes, real segments, one thread), and adds up processor time
by part; then, with `--episode`, makes an episode of a minute by the command line and compares its running time with
the time it took. Speeds are ratios of one run on one machine.
"""

import argparse
import functools
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.gallery import WORLD, Cell, shot_of
from episodes.format import FORMATS
from episodes.requests import ConformRequest, RenderRequest
from episodes.results import RenderedTake
from episodes.shots import Gesture, LightBar, Movement, Shot, Subject
from tools.ffmpeg import probe
from tools.protocols import Call, Input, ToolSettings

ROOT = Path(__file__).resolve().parents[1]
HANDLE = 12
MOST_WALL = 1.0
"""Wall time of an episode as a share of its running time, on two cores (docs/picture.md)."""

_HAND, _PUSH = Movement(kind="handheld"), Movement(kind="push", direction="in", speed=0.08)
_FOLLOW = Movement(kind="follow", direction="right", speed=0.2)
CELLS = (
    Cell("street", "night", "bodycam", movement=_HAND),
    Cell("street", "night", "dashcam", size="long"),
    Cell("shop", "night", "cctv", size="long"),
    Cell("shop", "night", "bodycam", size="medium", movement=_HAND),
    Cell("shop", "night", "bodycam", size="close", movement=_PUSH),
    Cell("car", "night", "dashcam", size="medium"),
    Cell("porch", "dusk", "doorbell"),
    Cell("interview", "day", "interview", size="medium"),
    Cell("park", "night", "bodycam", weather="rain", movement=_FOLLOW),
    Cell("parking_lot", "night", "helicopter", size="long"),
)
"""Ten shots as an episode mixes them."""


class Watch:
    """Adds up processor seconds by part; a part inside another counts for itself alone."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        if self._open:
            self.spent[self._open[-1]] += now - self._since
        self._since = now

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what happens inside for `name`."""
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def wrap(self, owner: object, name: str, part: str) -> None:
        """Count each call of `owner.name` for `part`."""
        plain: Callable[..., Any] = getattr(owner, name)

        @functools.wraps(plain)
        def counted(*given: Any, **named: Any) -> Any:
            with self.part(part):
                return plain(*given, **named)

        setattr(owner, name, counted)


def watched() -> Watch:
    """Return a watch on the renderer's and the finisher's parts."""
    from tools.finish import conform
    from tools.finish.captions import Captions
    from tools.finish.flashes import FlashMeter
    from tools.finish.overlay import Overlay
    from tools.video import embedded, light, lighting, stage

    watch = Watch()
    watch.wrap(stage.Stage, "__init__", "scene: sets drawn once")
    watch.wrap(stage.Stage, "frame", "scene: each frame")
    watch.wrap(lighting.Lighting, "map", "light")
    watch.wrap(light, "wash_of", "light")
    watch.wrap(light, "light_up", "light")
    watch.wrap(conform.Finish, "__init__", "lens and grade: tables")
    watch.wrap(conform.Finish, "apply", "lens and grade: each frame")
    watch.wrap(Overlay, "draw", "text")
    watch.wrap(Captions, "burn", "text")
    watch.wrap(FlashMeter, "see", "flash guard")
    watch.wrap(embedded, "packed", "encode: conversion")
    watch.wrap(conform, "packed", "encode: conversion")
    return watch


def _shot(cell: Cell, seconds: int) -> Shot:
    shot = shot_of(cell)
    who = shot.subjects[0].id
    events: tuple[Gesture | LightBar, ...] = (Gesture(at=Fraction(1), who=who, gesture="point", seconds=Fraction(1)),)
    if cell.set == "street":
        events += (LightBar(at=Fraction(0)),)
    walking = cell.movement.kind == "follow"
    subjects = tuple(
        Subject.model_validate(one.model_dump() | {"pose": "walk", "facing": "right"}) if walking else one
        for one in shot.subjects
    )
    return shot.model_copy(update={"seconds": Fraction(seconds), "events": events, "subjects": subjects})


def _made(cell: Cell, seconds: int, folder: Path) -> int:
    """Render and finish one shot; return its frames, without handles."""
    from tools.finish import conform
    from tools.video import embedded

    form, shot = FORMATS["wide"], _shot(cell, seconds)
    take, out = folder / "take", folder / "out"
    take.mkdir()
    out.mkdir()
    request = RenderRequest(shot=shot, world=WORLD, format=form, seed=7, handle_frames=HANDLE)
    made: RenderedTake = embedded.build(ToolSettings()).render(request, Call(into=take))
    finish = ConformRequest(
        shot=shot.id, format=form, owner=cell.owner, agency="Maple Hollow Police", show="Night Shift", unit="4A10",
        clock=shot.clock, light=cell.light, weather=cell.weather, look="night_blue", source_in_frames=HANDLE,
        frames=seconds * form.fps, seed=7, movement=shot.movement.kind,
    )  # fmt: skip
    conform.build(ToolSettings()).conform(finish, Call(into=out, inputs={"take": Input(folder=take, result=made)}))
    return finish.frames


def shots(seconds: int) -> None:
    """Make all ten shots and print the table."""
    watch, fps = watched(), FORMATS["wide"].fps
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    wall, frames = time.perf_counter(), 0
    for cell in CELLS:
        with tempfile.TemporaryDirectory() as folder:
            frames += _made(cell, seconds, Path(folder))
    wall = time.perf_counter() - wall
    own = time.process_time() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    coders = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    parts = dict(watch.spent)
    parts["encode and decode: ffmpeg"] = coders
    parts["pipes and the rest"] = own - sum(watch.spent.values())
    total = own + coders
    print(f"{len(CELLS)} shots, {frames / fps:.0f} s of film at 1280x720 with handles of {HANDLE} frames, one thread")
    print(f"  {frames / fps / total:.2f} s of film a processor second; {1000 * total / frames:.1f} ms a frame of film")
    print(f"  {frames / fps / wall:.2f} s of film a second of waiting, one shot after another")
    for name, spent in sorted(parts.items(), key=lambda part: -part[1]):
        print(f"  {spent / total:6.1%}  {1000 * spent / frames:6.2f} ms a frame  {name}")


def episode(theme: str) -> bool:
    """Make an episode of a minute in a new folder with an empty cache; say whether it took less than it plays."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "main.py", "--theme", theme, "--minutes", "1", "--out", folder],
            cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=_environment(folder),
        )  # fmt: skip
        wall = time.perf_counter() - began
        film = next(Path(folder).rglob("*.mp4"), None)
        films = [path for path in Path(folder).rglob("*.mp4") if "takes" not in path.parts]
        seconds = probe(films[0] if films else film or Path(folder)).seconds
    share = wall / seconds
    sign = "holds" if share <= MOST_WALL else "MISSED"
    print(f"  {share:.2f} <= {MOST_WALL:g} {sign}: {wall:.0f} s for a film of {seconds:.0f} s, from theme to file")
    return share <= MOST_WALL


def _environment(folder: str) -> dict[str, str]:
    import os

    return {**os.environ, "XDG_CACHE_HOME": str(Path(folder) / "cache"), "OPENAI_API_KEY": ""}


def main(arguments: list[str]) -> int:
    """Measure what is asked and print it."""
    parser = argparse.ArgumentParser(prog="make bench-render", description=__doc__)
    parser.add_argument("--seconds", type=int, default=3, help="length of each shot")
    parser.add_argument("--no-episode", action="store_true", help="the ten shots alone")
    parser.add_argument("--theme", default="raccoon heist at a doughnut shop")
    given = parser.parse_args(arguments)
    # The episode first: what is measured inside this process would slow it.
    holds = given.no_episode or episode(given.theme)
    shots(given.seconds)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
