"""`make gallery`: every set at every hour by every camera, drawn, finished and laid out as contact sheets to look at.

Each cell is one frame as it would stand in the film, text and all. With `--grey` the sheet is shown without colour:
subject must part from ground there too (`docs/picture.md`).
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.cast import Agency, Character, Place, Prop, SetName, World
from episodes.effects import Light, Weather
from episodes.format import FORMATS, Format, FormatName
from episodes.requests import ConformRequest, RenderRequest
from episodes.shots import CameraOwner, Movement, Shot, Size, Subject
from tools.finish.conform import Finish
from tools.finish.overlay import Overlay
from tools.finish.text import font, ink
from tools.video.stage import Stage

Image = NDArray[np.uint8]
LIGHTS: tuple[Light, ...] = ("day", "dusk", "night")
STATIC = Movement(kind="static")
HOUR: dict[Light, int] = {"day": 14, "dusk": 19, "night": 3, "dawn": 6}


@dataclass(frozen=True)
class Cell:
    """One frame of a sheet."""

    set: SetName
    light: Light
    owner: CameraOwner
    weather: Weather = "clear"
    size: Size = "full"
    subjects: tuple[Subject, ...] = ()
    time: float = 1.0
    look: str = "night_blue"
    form: FormatName = "wide"
    movement: Movement = STATIC
    seed: int = 7
    raw: bool = False
    """Whether the take is shown as the renderer drew it, before the finish."""
    empty: bool = False
    """Whether nobody is in it."""

    @property
    def title(self) -> str:
        """What stands under it."""
        return " ".join((self.set, self.light, self.owner, self.size, self.weather if self.weather != "clear" else ""))


def world() -> World:
    """Return a cast of every role and build, with a few things, in one place of each set."""
    people = (
        ("okafor", "Officer Dale Okafor", "officer", "he", "broad", "#6b4630", "#1c1512", (), ()),
        ("vance", "Officer Priya Vance", "officer", "she", "slim", "#c79368", "#2b1a12", (), ()),
        ("teague", "Sergeant Lou Teague", "sergeant", "he", "tall", "#e0ac86", "#b9b3a8", (), ()),
        ("marsh", "Dispatcher Ina Marsh", "dispatcher", "she", "average", "#8a5a3c", "#3a2a24",
         ("green cardigan", "grey skirt"), ("#4f7a5f", "#5a5f68")),
        ("ruth", "Ruth Pell", "witness", "she", "small", "#e3b592", "#d8d2c8",
         ("mustard cardigan", "grey trousers"), ("#d49a2a", "#5b6068")),
        ("gil", "Gil Ortega", "suspect", "he", "average", "#b9805a", "#241a16",
         ("red checked shirt", "blue jeans", "white apron"), ("#b03a32", "#33507c", "#e8e0d0")),
        ("mayor", "Mayor Joan Fitch", "official", "she", "average", "#f0c9ac", "#a8552e",
         ("plum blazer", "black skirt"), ("#6b2f5a", "#22242c")),
    )  # fmt: skip
    return World(
        agency=Agency(name="Maple Hollow Police", county="Maple"),
        characters=(
            *(
                Character.model_validate(
                    {"id": id_, "name": name, "short_name": name.split()[-1], "role": role, "pronoun": pronoun,
                     "build": build, "skin": skin, "hair": hair, "wardrobe": wardrobe, "colours": colours}
                )
                for id_, name, role, pronoun, build, skin, hair, wardrobe, colours in people
            ),
            Character(id="raccoon", name="the raccoon", short_name="the raccoon", role="suspect", kind="animal",
                      emoji="🦝"),
            Character(id="goose", name="the goose", short_name="the goose", role="suspect", kind="animal", emoji="🪿"),
            Character(id="llama", name="the llama", short_name="the llama", role="suspect", kind="animal", emoji="🦙"),
        ),
        props=(
            Prop(id="dozen", name="box of jelly doughnuts", emoji="🍩", metres=0.4),
            Prop(id="tuba", name="tuba", emoji="🎺", metres=0.9),
            Prop(id="toupee", name="mayor's toupee"),
            Prop(id="trolley", name="shopping cart", emoji="🛒", metres=1.1),
        ),
        places=tuple(
            Place(id=name, name="Dollar & Dime Doughnuts", set=name, interior=name in INSIDE,
                  address="118 Larch Street", landmark="a six-foot fibreglass doughnut",
                  dressing=("a bell over the door", "a tip jar", "a fan"),
                  wrong="a sign that says the sign is wrong")
            for name in get_args(SetName)
        ),
    )  # fmt: skip


INSIDE = ("shop", "car", "interview", "hallway", "dispatch_room", "diner", "kitchen")
WORLD = world()


def shot_of(cell: Cell) -> Shot:
    """Return the shot of a cell: an officer, a witness and the raccoon unless it says otherwise."""
    pair = (Subject(id="okafor", at=0.34, facing="right"), Subject(id="ruth", at=0.62, pose="talk", facing="left"))
    wide = cell.size in ("full", "long", "extreme_long")
    subjects = cell.subjects or ((*pair, Subject(id="raccoon", at=0.84)) if wide else pair[1:])
    if cell.set in ("car", "interview") and not cell.subjects:
        subjects = (Subject(id="okafor", at=0.36, pose="sit"), Subject(id="vance", at=0.64, pose="sit"))
        subjects = subjects if cell.set == "car" else subjects[1:]
    subjects = () if cell.empty else subjects
    return Shot(
        id="S01-01", scene="S01", beats=("S01-B01",), owner=cell.owner, size=cell.size, place=cell.set,
        wearer="vance" if cell.owner == "bodycam" and cell.set != "car" else None, movement=cell.movement,
        clock=datetime(2031, 3, 4, HOUR[cell.light], 12), light=cell.light,
        weather=cell.weather, seconds=Fraction(3), subjects=subjects,
        angle="high" if cell.owner in ("cctv", "helicopter") else "eye",
    )  # fmt: skip


def drawn(cell: Cell) -> Image:
    """Return the finished BGR frame of a cell."""
    form, shot = FORMATS[cell.form], shot_of(cell)
    stage = Stage(RenderRequest(shot=shot, world=WORLD, format=form, seed=cell.seed, handle_frames=0), {})
    if cell.raw:
        return stage.frame(cell.time)
    person = WORLD.character("vance")
    request = ConformRequest(
        shot=shot.id, format=form, owner=cell.owner, agency=WORLD.agency.name, show="Night Shift", unit="4A10",
        name_strip=(person.name, "Night Shift, Four-Adam-Ten") if cell.owner == "interview" else None,
        clock=shot.clock, light=cell.light, weather=cell.weather, look=cell.look, source_in_frames=0, frames=form.fps,
        seed=cell.seed, movement=shot.movement.kind,
    )  # fmt: skip
    return finished(request, lambda index: stage.frame(cell.time), 3, 3)


def finished(request: ConformRequest, clip: Callable[[int], Image], first: int, last: int) -> Image:
    """Return frame `last` of a clip of BGR frames as it stands in the film, all but captions.

    The camera watches from frame `first` on, so that exposure and movement have settled.
    """
    finish = Finish(request)
    for index in range(first, last + 1):
        seen = finish.apply(np.asarray(cv2.cvtColor(clip(index), cv2.COLOR_BGR2BGRA), np.uint8), index)
    seen = seen.copy()
    Overlay(request).draw(seen, last)
    return seen


def sheet(cells: list[Cell], columns: int, width: int, grey: bool) -> Image:
    """Return all cells in rows, each `width` pixels wide, with its title below."""
    import skia

    made = []
    for cell in cells:
        form: Format = FORMATS[cell.form]
        high = width * form.height // form.width
        small = cv2.resize(drawn(cell), (width, high), interpolation=cv2.INTER_AREA)
        if grey:
            small = cv2.cvtColor(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        whole = np.full((high + 18, width, 4), 255, np.uint8)
        whole[:high, :, :3] = small
        surface = skia.Surface.MakeRasterDirect(
            skia.ImageInfo.Make(width, high + 18, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType), whole, width * 4
        )
        surface.getCanvas().drawString(cell.title, 4, high + 14, font(13), ink("#111111"))
        made.append(whole[..., :3])
    high = max(one.shape[0] for one in made)
    made = [
        cv2.copyMakeBorder(one, 0, high - one.shape[0], 0, 4, cv2.BORDER_CONSTANT, value=(255,) * 3) for one in made
    ]
    made += [np.full_like(made[0], 255)] * (-len(made) % columns)
    return np.vstack([np.hstack(made[row : row + columns]) for row in range(0, len(made), columns)])


def parting(cell: Cell) -> float:
    """Return the share of the subjects' contour at which they part from their ground in grey.

    At a point of the contour they part when lightness (CIE L*) a little inside and a little outside differ by 8 or
    more, or when the inked line between is darker than both by 12.
    """
    seen, bare = drawn(cell), drawn(replace(cell, empty=True))
    changed = cv2.absdiff(cv2.cvtColor(seen, cv2.COLOR_BGR2GRAY), cv2.cvtColor(bare, cv2.COLOR_BGR2GRAY))
    mask = cv2.morphologyEx(
        (cv2.GaussianBlur(changed, (0, 0), 1.0) > (6 if cell.raw else 9)).astype(np.uint8),
        cv2.MORPH_CLOSE,
        np.ones((9, 9), np.uint8),
    )
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    light = cv2.cvtColor(seen, cv2.COLOR_BGR2LAB)[..., 0].astype(np.float32) / 2.55
    light = cv2.GaussianBlur(light, (0, 0), 1.2)
    away = cv2.distanceTransform(1 - mask, cv2.DIST_L2, 3)
    into = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
    step = max(2.0, light.shape[0] / 180)
    inner, outer = (cv2.blur(light * part, (9, 9)) / np.maximum(cv2.blur(part, (9, 9)), 1e-3) for part in (
        ((into > step) & (into < 3 * step)).astype(np.float32), ((away > step) & (away < 3 * step)).astype(np.float32)
    ))  # fmt: skip
    edge = (mask > 0) & (into < 1.5)
    line = cv2.erode(light, np.ones((5, 5), np.uint8))
    parts = (np.abs(inner - outer) >= 8) | (line < np.minimum(inner, outer) - 12)
    return float(parts[edge].mean()) if edge.any() else 0.0


def _cells(options: argparse.Namespace) -> Iterator[Cell]:
    for name in options.sets:
        for light in options.lights:
            for owner in options.owners:
                for size in options.sizes:
                    yield Cell(name, light, owner, options.weather, size, look=options.look, form=options.format,
                               time=options.time, raw=options.raw)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Draw the asked sheets, one for each set, and say where they are."""
    words = lambda text: tuple(text.split(","))  # noqa: E731
    parser = argparse.ArgumentParser(prog="gallery", description=__doc__)
    parser.add_argument("--sets", type=words, default=get_args(SetName))
    parser.add_argument("--lights", type=words, default=LIGHTS)
    parser.add_argument("--owners", type=words, default=get_args(CameraOwner))
    parser.add_argument("--sizes", type=words, default=("full",))
    parser.add_argument("--weather", default="clear", choices=get_args(Weather))
    parser.add_argument("--look", default="night_blue")
    parser.add_argument("--format", default="wide", choices=get_args(FormatName))
    parser.add_argument("--time", type=float, default=1.0, help="seconds after the in point")
    parser.add_argument("--width", type=int, default=426, help="pixels of one frame")
    parser.add_argument("--columns", type=int, default=0)
    parser.add_argument("--grey", action="store_true")
    parser.add_argument("--measure", action="store_true", help="print how far subjects part from their ground in grey")
    parser.add_argument("--raw", action="store_true", help="before the finish")
    parser.add_argument("--out", type=Path, default=Path("out/gallery"))
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.sets:
        cells = [cell for cell in _cells(options) if cell.set == name]
        if options.measure:
            for cell in cells:
                print(f"{parting(cell):5.0%}  {cell.title}")
            continue
        columns = options.columns or len(options.owners) * len(options.sizes)
        path = options.out / f"{name}{'-grey' if options.grey else ''}.png"
        cv2.imwrite(str(path), sheet(cells, columns, options.width, options.grey))
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
