"""A cut drawn to scale: scenes, shots and the four lanes of sound."""

import math
from collections.abc import Mapping
from fractions import Fraction

from episodes.cut import CARDS, Cut, TrackName
from tools.finish.text import width_of
from tools.sheets.paper import ALERT, FAINT, GROUND, INK, LINE, PANEL, QUIET, Paper

LANES: tuple[tuple[TrackName, str, str], ...] = (
    ("A1", "dialogue", "#d9c27a"), ("A2", "radio", "#c9776b"), ("A3", "effects", "#7f9fb8"), ("A4", "music", "#9a86b8"),
)  # fmt: skip
LABELS = 110
"""Pixels left of the strip for the names of lanes."""


def draw_strip(
    paper: Paper, cut: Cut, colours: Mapping[str, str], longest: Fraction, marked: Mapping[str, str] | None = None
) -> None:
    """Draw a cut from the present height on; `longest` seconds fill the width.

    Shots and lines of `marked` are framed in a colour of their own.
    """
    left, scale = paper.margin + LABELS, (paper.inner - LABELS) / max(float(longest), 0.1)
    top = paper.y
    _picture(paper, cut, colours, left, scale, marked or {})
    paper.y = top + 62
    for name, words, shade in LANES:
        _lane(paper, cut, name, words, shade, left, scale, marked or {})
    paper.y += 10


def draw_ruler(paper: Paper, longest: Fraction) -> None:
    """Draw the seconds below the strips, and go on below it."""
    left, scale = paper.margin + LABELS, (paper.inner - LABELS) / max(float(longest), 0.1)
    step = next(step for step in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 3600) if step * scale >= 60 or step == 3600)
    for second in range(0, math.floor(longest) + 1, step):
        x = left + second * scale
        paper.rule(x, paper.y, x, paper.y + 7, QUIET)
        paper.text(f"{second // 60}:{second % 60:02d}", x + 4, paper.y + 15, 13, FAINT, "mono")
    paper.y += 26


def _picture(
    paper: Paper, cut: Cut, colours: Mapping[str, str], left: float, scale: float, marked: Mapping[str, str]
) -> None:
    paper.text("scenes", paper.margin, paper.y + 15, 14, FAINT)
    paper.text("shots", paper.margin, paper.y + 44, 14, FAINT)
    begun: dict[str, float] = {}
    for number, (at, clip) in enumerate(cut.track("V1").placed()):
        x, wide = left + float(at) * scale, float(clip.seconds) * scale
        card = clip.media in CARDS
        scene = clip.media if card else clip.media.split("-")[0]
        shade = LINE if card else colours.get(scene, LINE)
        paper.box(x, paper.y, wide, 20, shade)
        if scene not in begun:
            begun[scene] = x
            paper.rule(x, paper.y, x, paper.y + 54, GROUND, 3)
            room = wide if card else paper.width - x
            if width_of(scene, 13, "bold") + 8 < room:
                paper.text(scene, x + 6, paper.y + 15, 13, INK, "bold")
        # Neighbours differ a little, so that cuts are seen where no line has room.
        paper.box(x, paper.y + 23, wide, 30, shade, alpha=0.85 if number % 2 else 0.6)
        paper.rule(x, paper.y + 23, x, paper.y + 53, GROUND, 1.5)
        name = "" if card else clip.media.split("-")[-1]
        if name and width_of(name, 12, "mono") + 6 < wide:
            paper.text(name, x + (wide - width_of(name, 12, "mono")) / 2, paper.y + 43, 12, INK, "mono")
        if clip.media in marked:
            paper.frame(x, paper.y + 23, wide, 30, marked[clip.media], 2.5, 2)


def _lane(
    paper: Paper,
    cut: Cut,
    name: TrackName,
    words: str,
    shade: str,
    left: float,
    scale: float,
    marked: Mapping[str, str],
) -> None:
    track = cut.track(name)
    paper.text(words, paper.margin, paper.y + 12, 13, FAINT)
    paper.box(left, paper.y + 2, float(cut.seconds) * scale, 11, PANEL)
    for at, clip in track.placed():
        x, wide = left + float(at) * scale, max(1.5, float(clip.seconds) * scale - 1)
        paper.box(x, paper.y + 2, wide, 11, shade, 2, 0.9)
        if clip.media in marked:
            paper.frame(x, paper.y, wide, 15, ALERT, 2, 2)
    paper.y += 18
