"""Contact sheets: one shot's frames over its length, or the shots of a scene."""

import asyncio
from fractions import Fraction
from pathlib import Path

from director.chat.comparing import GONE, Side, spoken_over
from director.chat.material import footage_of
from director.chat.showing import find_target, shot_marks, slugline
from episodes.cut import Clip
from tools.sheets.frames import pictures, spread
from tools.sheets.paper import FAINT, INK, OLD, Paper, columns

WIDTH = 1500
FRAMES = 6
"""Frames that are shown of a shot."""
_GAP = 14


async def frames_sheet(said: str, side: Side, into: Path) -> Path:
    """Draw a shot's frames with their times, or a scene's shots, into a PNG in the folder `into`; return its path.

    Raises `InputRefused` for a shot or scene that there is not, and `OutOfSpace`.
    """
    target = find_target(side.episode, said)
    draw = _shot if "-" in target else _scene
    return await asyncio.to_thread(draw, target, side, into)


def _shot(target: str, side: Side, into: Path) -> Path:
    shot, form, placed = side.episode.shot(target), side.episode.brief.format, side.shown().get(target)
    at, seconds = (placed[0], placed[1].seconds) if placed else (Fraction(0), shot.shown_seconds)
    paper = Paper(WIDTH)
    marks = " · ".join([f"take {shot.take}", *shot_marks(side.episode, shot)])
    paper.heading(target, f"{shot.owner}, {shot.size.replace('_', ' ')} · {float(seconds):.2f} s · {marks}")
    footage = footage_of(side.plan, side.shelf, target)
    offsets = spread(form.frames(seconds), FRAMES)
    wide_enough = (paper.inner - 2 * _GAP) / 3 - 1
    count, wide = columns(paper.inner, wide_enough if form.width >= form.height else wide_enough / 2 - _GAP, _GAP)
    high = wide * form.height / form.width
    shown = pictures(footage, offsets, round(wide), round(high)) if footage else {}
    missing = GONE if placed else "This shot is not in the cut."
    for number, offset in enumerate(offsets):
        x = paper.margin + number % count * (wide + _GAP)
        paper.tile(shown.get(offset), x, paper.y, wide, high, missing)
        film, own = at + offset * form.frame, offset * form.frame
        stamp = f"{clock(film, form.fps)}  +{float(own):.2f} s" if placed else f"+{float(own):.2f} s"
        paper.text(stamp, x, paper.y + high + 18, 15, FAINT, "mono")
        if number % count == count - 1 or number == len(offsets) - 1:
            paper.y += high + 34
    if footage and not footage.finished:
        paper.paragraph("A bare take: it is not finished yet.", paper.margin, paper.inner, 15, OLD)
    for line in spoken_over(side.episode, shot):
        paper.paragraph(line, paper.margin, paper.inner, 17, INK, "italic")
    return paper.keep(into / f"{target}.png")


def _scene(target: str, side: Side, into: Path) -> Path:
    form, shown = side.episode.brief.format, side.shown()
    scene = side.episode.the_script.scene(target)
    paper = Paper(WIDTH)
    shots = side.episode.shots_of(target)
    paper.heading(target, f"{slugline(side.episode, scene)} · {len(shots)} shots")
    count, wide = columns(paper.inner, 265 if form.width >= form.height else 180, _GAP)
    high = wide * form.height / form.width
    for number, shot in enumerate(shots):
        x = paper.margin + number % count * (wide + _GAP)
        footage = footage_of(side.plan, side.shelf, shot.id)
        middle = footage.frames // 2 if footage else 0
        drawn = pictures(footage, [middle], round(wide), round(high)) if footage else {}
        paper.tile(drawn.get(middle), x, paper.y, wide, high, GONE if shot.id in shown else "Not in the cut.")
        paper.text(shot.id, x, paper.y + high + 19, 16, INK, "bold")
        told = _when(shown.get(shot.id), form.fps)
        paper.clipped(f"{told}{shot.owner} T{shot.take}", x + 76, paper.y + high + 19, wide - 76, 14, FAINT, "mono")
        said = " / ".join(spoken_over(side.episode, shot))
        paper.clipped(said, x, paper.y + high + 40, wide, 14, FAINT, "italic")
        if number % count == count - 1 or number == len(shots) - 1:
            paper.y += high + 62
    return paper.keep(into / f"{target}.png")


def _when(placed: tuple[Fraction, Clip] | None, fps: int) -> str:
    return f"{clock(placed[0], fps)} {float(placed[1].seconds):.2f} s " if placed else ""


def clock(at: Fraction, fps: int) -> str:
    """Return a moment of the film as minutes, seconds and frames: `00:12:07`."""
    whole, frame = divmod(round(at * fps), fps)
    return f"{whole // 60:02d}:{whole % 60:02d}:{frame:02d}"
