"""Two versions of a film side by side on one picture: both timelines, and the frames of every shot that differs."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from director.chat.material import conform_of, footage_of
from episodes.comparison import AREAS, Comparison, compare, field_words
from episodes.cut import Clip
from episodes.differences import Difference, changed, differing_fields
from episodes.episode import Episode
from episodes.names import safe_name
from episodes.requests import ConformRequest
from episodes.shots import Shot
from episodes.work import Plan
from tools.sheets.frames import pictures
from tools.sheets.paper import FAINT, INK, LINE, NEW, OLD, PANEL, QUIET, Paper, Run, columns, scene_colours
from tools.sheets.strip import draw_ruler, draw_strip
from tools.shelf import Shelf

WIDTH = 1600
MOST_SHOTS = 40
"""Shots that are shown large; of more, the others are named."""
MOST_SMALL = 48
"""Shots alike in both that are shown small; of more, they are counted."""
MOST_LINES = 60
"""Differences that are told below the frames; of more, the others are counted."""

GONE = "Its media is gone from the cache."


@dataclass(frozen=True)
class Side:
    """One version of an episode, with where its media is."""

    label: str
    """What the person calls it: `the cut before`, `night`."""
    episode: Episode
    plan: Plan | None
    """None where there is no cut yet."""
    shelf: Shelf

    def shown(self) -> dict[str, tuple[Fraction, Clip]]:
        """Return start and clip of each shot in the cut, by shot id, in order."""
        if self.episode.cut is None:
            return {}
        shots = {shot.id for shot in self.episode.shots}
        placed = self.episode.cut.track("V1").placed()
        return {clip.media: (at, clip) for at, clip in placed if clip.media in shots}


async def side_by_side(a: Side, b: Side, into: Path) -> Path:
    """Draw both versions into a PNG in the folder `into` and return where it lies. Raises `OutOfSpace`.

    A side whose media is gone is shown without pictures, and says so.
    """
    return await asyncio.to_thread(_draw, a, b, into)


def sheet_name(a: Side, b: Side) -> str:
    """Return the file name of a sheet."""
    return f"{safe_name(f'{a.label} and {b.label}', 100)}.png"


def differing_shots(a: Side, b: Side, comparison: Comparison) -> dict[str, tuple[Difference, ...]]:
    """Return what differs of each shot that is seen otherwise in the two films, in the order of the films."""
    found = {}
    old, new = a.shown(), b.shown()
    for shot in _merged(list(old), list(new)):
        told = tuple(
            one
            for one in comparison.about(shot)
            if one.area == "shots" or (one.area == "timeline" and one.target == f"V1:{shot}" and one.field != "begins")
        )
        if not told and shot in old and shot in new:
            told = _seen_otherwise(a, b, shot)
        if told:
            found[shot] = told
    return found


def _merged(old: list[str], new: list[str]) -> list[str]:
    """Return the new order, with what is gone where it was: behind what stood before it."""
    order = list(new)
    for index, shot in enumerate(old):
        if shot not in order:
            order.insert(order.index(old[index - 1]) + 1 if index else 0, shot)
    return order


def _seen_otherwise(a: Side, b: Side, shot: str) -> tuple[Difference, ...]:
    """Return how the picture of a shot differs whose plan is the same: captions, look, a line that lips follow."""
    old, new = conform_of(a.plan, shot), conform_of(b.plan, shot)
    if old is None or new is None or old.key == new.key:
        return ()
    assert isinstance(old.request, ConformRequest)
    assert isinstance(new.request, ConformRequest)
    told = tuple(
        _captions(shot, old.request, new.request)
        if name == "captions"
        else changed("shots", shot, field_words(name), before, after)
        for name, before, after in differing_fields(old.request, new.request)
    )
    if not told:
        after = "made anew, for lines that are spoken otherwise, another look or another camera"
        return (Difference(area="shots", target=shot, what="changed", field="take", after=after),)
    return told


def _captions(shot: str, a: ConformRequest, b: ConformRequest) -> Difference:
    """Return how the captions of a shot differ, by their words; by their times where the words are the same."""
    before, after = (" ".join(word for one in request.captions for word in one.lines) for request in (a, b))
    if before == after:
        return Difference(area="shots", target=shot, what="changed", field="captions", after="at other times")
    return changed("shots", shot, "captions", before, after)


# ---- the sheet -------------------------------------------------------------------------------------------------------


def _draw(a: Side, b: Side, into: Path) -> Path:
    comparison = compare(a.episode, b.episode)
    differing = differing_shots(a, b, comparison)
    paper = Paper(WIDTH)
    _head(paper, a, b, comparison, differing)
    _strips(paper, a, b, differing)
    for number, (shot, told) in enumerate(differing.items()):
        if number >= MOST_SHOTS or paper.is_full:
            rest = list(differing)[number:]
            paper.paragraph(f"And {len(rest)} more: {', '.join(rest)}.", paper.margin, paper.inner, 17, FAINT)
            break
        _shot(paper, a, b, shot, told)
    _alike(paper, b, [shot for shot in b.shown() if shot not in differing])
    _rest(paper, comparison, set(differing))
    return paper.keep(into / sheet_name(a, b))


def _head(paper: Paper, a: Side, b: Side, comparison: Comparison, differing: dict[str, tuple[Difference, ...]]) -> None:
    title = b.episode.script.title if b.episode.script else b.episode.brief.theme
    paper.y += 26
    paper.clipped(title, paper.margin, paper.y, paper.inner, 36, INK, "bold")
    paper.y += 16
    for name, side, shade in (("A", a, OLD), ("B", b, NEW)):
        paper.y += 26
        paper.box(paper.margin, paper.y - 17, 24, 22, shade, 4)
        paper.text(name, paper.margin + 6.5, paper.y, 16, PANEL, "bold")
        length = f"{float(side.episode.cut.seconds):.2f} s" if side.episode.cut else "no cut yet"
        paper.clipped(f"{side.label}  ·  {length}", paper.margin + 36, paper.y, paper.inner - 36, 18, shade)
    counts = [f"{len(comparison.of(area))} in {words.lower()}" for area, words in AREAS.items() if comparison.of(area)]
    said = f"{len(differing)} of {len(b.shown())} shots are seen otherwise. Differences: {', '.join(counts)}."
    paper.y += 8
    paper.paragraph(said if comparison else "Nothing differs.", paper.margin, paper.inner, 17, FAINT)


def _strips(paper: Paper, a: Side, b: Side, differing: dict[str, tuple[Difference, ...]]) -> None:
    cuts = [side.episode.cut for side in (a, b) if side.episode.cut is not None]
    if not cuts:
        return
    paper.heading("Timelines", "to scale; framed is what differs")
    longest = max(cut.seconds for cut in cuts)
    scenes = [shot.scene for side in (a, b) for shot in side.episode.shots]
    colours = scene_colours(sorted(dict.fromkeys(scenes)))
    for side, name, shade in ((a, "A", OLD), (b, "B", NEW)):
        paper.box(paper.margin, paper.y, 5, 20, shade)
        paper.clipped(f"{name}: {side.label}", paper.margin + 14, paper.y + 16, paper.inner, 16, shade, "bold")
        paper.y += 30
        if side.episode.cut is None:
            paper.paragraph("There is no cut yet.", paper.margin, paper.inner, 15, QUIET)
        else:
            draw_strip(paper, side.episode.cut, colours, longest, dict.fromkeys(differing, INK))
    draw_ruler(paper, longest)


def _shot(paper: Paper, a: Side, b: Side, shot: str, told: tuple[Difference, ...]) -> None:
    """Draw one shot: both versions beside each other, and below them in words what became of it."""
    found = _plans(a, shot) or _plans(b, shot)
    seen = (
        f"{found.owner}, {found.size.replace('_', ' ')}, {_place(b if _plans(b, shot) else a, found)}" if found else ""
    )
    paper.heading(shot, seen)
    half = (paper.inner - 44) / 2
    top, lowest = paper.y, paper.y
    for side, x, shade in ((a, paper.margin, OLD), (b, paper.margin + half + 44, NEW)):
        paper.y = top
        _version(paper, side, shot, x, half, shade)
        lowest = max(lowest, paper.y)
    paper.arrow(paper.margin + half + 16, top + 100, 14)
    paper.y = lowest + 10
    for one in told:
        paper.runs(told_in_colours(one), paper.margin, paper.inner, 16)
        paper.y += 4


def _plans(side: Side, shot: str) -> Shot | None:
    return next((one for one in side.episode.shots if one.id == shot), None) if shot in side.shown() else None


def _place(side: Side, shot: Shot) -> str:
    return next((place.name for place in side.episode.the_world.places if place.id == shot.place), shot.place)


def _version(paper: Paper, side: Side, shot: str, x: float, room: float, shade: str) -> None:
    """Draw some frames of a shot in one version, when it is seen, and what is said over it."""
    form = side.episode.brief.format
    high = min(300.0, (room - 12) / 2 * form.height / form.width)
    wide = high * form.width / form.height
    if shot not in side.shown():
        paper.tile(None, x, paper.y, wide * 2 + 12, high, f"{shot} is not in this version.")
        paper.y += high + 8
        return
    at, clip = side.shown()[shot]
    footage = footage_of(side.plan, side.shelf, shot)
    frames = form.frames(clip.seconds)
    # As many as there is room for: first and middle of a wide picture, and the quarters between of a tall one.
    most = max(2, min(4, int((room + 12) // (wide + 12))))
    offsets = [frames * number // most for number in range(most)]
    shown = pictures(footage, offsets, round(wide) * 2, round(high) * 2) if footage else {}
    for number, offset in enumerate(offsets):
        left = x + number * (wide + 12)
        paper.tile(shown.get(offset), left, paper.y, wide, high, GONE)
        paper.frame(left, paper.y, wide, high, shade, 2, 4)
    paper.y += high + 6
    plan = side.episode.shot(shot)
    bare = "" if footage is None or footage.finished else ", bare take"
    when = (
        f"{float(at):.2f}–{float(at + clip.seconds):.2f} s  ·  {float(clip.seconds):.2f} s  ·  take {plan.take}{bare}"
    )
    paper.text(when, x, paper.y + 15, 15, FAINT, "mono")
    paper.y += 24
    for line in spoken_over(side.episode, plan):
        paper.paragraph(line, x, room, 15, FAINT, "italic")


def spoken_over(episode: Episode, shot: Shot) -> list[str]:
    """Return the lines that are heard over a shot, each with who speaks it."""
    names = {person.id: person.short_name for person in episode.the_world.characters}
    lines = {line.id: line for line in episode.the_script.lines}
    heard = [lines[cue.line] for cue in shot.cues if cue.line in lines]
    return [f"{names.get(line.speaker, line.speaker)}: {line.text}" for line in heard]


def told_in_colours(one: Difference, *, named: bool = False) -> list[Run]:
    """Return a difference as coloured text: the old version's colour for what was, the new one's for what is."""
    field = f"{one.target} {one.field}".strip() if named else one.field or one.what
    if one.words:
        shades = {"same": INK, "gone": OLD, "new": NEW}
        return [
            (f"{field}:" if one.field else f"{field} reworded:", FAINT),
            *((r.text, shades[r.sort]) for r in one.words),
        ]
    if one.what in ("added", "removed"):
        verb = "" if field == one.what else one.what
        return [(f"{field} {verb}".strip(), FAINT), (one.after, NEW), (one.before, OLD)]
    where = f"{field} moved:" if one.what == "moved" and field != "moved" else f"{field}:"
    return [(where, FAINT), *([(one.before, OLD), ("→", FAINT)] if one.before else []), (one.after, NEW)]


def _alike(paper: Paper, side: Side, shots: list[str]) -> None:
    if not shots:
        return
    paper.heading("Alike in both", f"{len(shots)} shots")
    if len(shots) > MOST_SMALL or paper.is_full:
        paper.paragraph(", ".join(shots), paper.margin, paper.inner, 15, FAINT, "mono")
        return
    form = side.episode.brief.format
    count, wide = columns(paper.inner, 150 if form.width >= form.height else 90, 10)
    high = wide * form.height / form.width
    for number, shot in enumerate(shots):
        x = paper.margin + number % count * (wide + 10)
        footage = footage_of(side.plan, side.shelf, shot)
        middle = footage.frames // 2 if footage else 0
        shown = pictures(footage, [middle], round(wide), round(high)) if footage else {}
        paper.tile(shown.get(middle), x, paper.y, wide, high, GONE)
        paper.text(shot, x, paper.y + high + 16, 13, FAINT, "mono")
        if number % count == count - 1 or number == len(shots) - 1:
            paper.y += high + 28


def _rest(paper: Paper, comparison: Comparison, shown: set[str]) -> None:
    """Tell all that no frame shows: script, sound, timeline, world."""
    told = [one for one in comparison.differences if not (one.area == "shots" and one.target in shown)]
    told = [one for one in told if not (one.target.removeprefix("V1:") in shown and one.target.startswith("V1:"))]
    if not told:
        return
    paper.heading("In words")
    for area, words in AREAS.items():
        _told(paper, words, [one for one in told if one.area == area])


def _told(paper: Paper, heading: str, told: Iterable[Difference]) -> None:
    mine = list(told)
    if not mine or paper.is_full:
        return
    paper.paragraph(heading, paper.margin, paper.inner, 17, INK, "bold")
    for one in mine[:MOST_LINES]:
        paper.runs(told_in_colours(one, named=True), paper.margin + 18, paper.inner - 18, 15)
    if len(mine) > MOST_LINES:
        paper.paragraph(f"and {len(mine) - MOST_LINES} more", paper.margin + 18, paper.inner, 15, QUIET)
    paper.y += 8
    paper.rule(paper.margin, paper.y, paper.margin + paper.inner, paper.y, LINE)
    paper.y += 10
