"""A shot list that came back from a spreadsheet as changes. See `taking_back.py`."""

from fractions import Fraction

from episodes.cell_values import moments, number, rising, same_number
from episodes.changes import Reshoot, SwapTake
from episodes.episode import Episode
from episodes.plan_edits import PlanEdit
from episodes.scene_wide_edits import set_clocks, set_worlds
from episodes.shot_order import Attempt, put_in_order, remove_shots, set_length
from episodes.shot_table import COLUMNS, ReadShot, plain_cell, shot_row, start_cell
from episodes.shots import Shot
from episodes.understood import Understood, listed, quoted

_FOLLOWS = {
    "scene": "a shot stays in its scene, for its people and its place are the scene's",
    "lines": "which lines are heard over a shot follows from the script",
    "in": "where a shot begins follows from the order and the lengths",
}
"""Columns that can't be taken, and why."""


def from_shots(read: tuple[ReadShot, ...], episode: Episode) -> Understood:
    """Return what a shot list says that the episode's own does not."""
    attempt = Attempt(episode)
    rows = _known_rows(read, attempt)
    differing = {name: _differing(row, episode.shot(name), episode) for name, row in rows.items()}
    _added_columns(read, attempt)
    set_worlds(differing, rows, attempt)
    set_clocks(differing, attempt)
    for name, cells in differing.items():
        _shot(name, cells, attempt)
    if rows:
        remove_shots([shot.id for shot in episode.shots if shot.id not in rows], attempt, "row")
        _order(list(rows), attempt)
    return attempt.finding.done()


def _known_rows(read: tuple[ReadShot, ...], attempt: Attempt) -> dict[str, ReadShot]:
    known, rows = {shot.id for shot in attempt.episode.shots}, dict[str, ReadShot]()
    for row in read:
        if row.shot in known and row.shot not in rows:
            rows[row.shot] = row
        elif row.shot in known:
            attempt.finding.left.append(
                f"Shot {row.shot} stands a second time in row {row.row}; the first row counts. A shot is shown once."
            )
        elif row.shot:
            attempt.finding.left.append(
                f"No shot is called {quoted(row.shot, 30)} (row {row.row}). New shots are planned from the script: "
                "write what happens as an action into script.fountain, or ask for it in the chat."
            )
        else:
            words = quoted(next((cell.text for cell in row.cells if cell.text.strip()), ""), 40)
            attempt.finding.left.append(f"Row {row.row} ({words}) names no shot, so it is not taken.")
    if not rows:
        attempt.finding.left.append("No row names a shot of this episode, so nothing is taken and nothing is removed.")
    return rows


def _differing(row: ReadShot, shot: Shot, episode: Episode) -> dict[str, str]:
    """Return the cells of our columns that do not say what the episode says."""
    ours = dict(zip(COLUMNS, shot_row(shot, start_cell(shot.id, episode.cut)), strict=True))
    return {
        cell.column: plain_cell(cell.text)
        for cell in row.cells
        if cell.column in ours and cell.column != "shot" and not _same(cell.column, cell.text, ours, shot, episode)
    }


def _same(column: str, text: str, ours: dict[str, str], shot: Shot, episode: Episode) -> bool:
    found, own = plain_cell(text), plain_cell(ours[column])
    if found.casefold() == own.casefold() if column not in ("first_frame", "last_frame", "prompt") else found == own:
        return True
    value = number(found)
    if column == "clock":
        return any(
            moment == (shot.clock if exact else shot.clock.replace(second=0))
            for moment, exact in moments(found, shot.clock)
        )
    if column == "in":
        # Without a cut there is nothing to compare with.
        own_start = number(own)
        return own_start is None or (value is not None and same_number(value, own_start, Fraction(6, 1000)))
    if value is None:
        return False
    if column == "seconds":
        form = episode.brief.format
        shown = number(own) or Fraction(0)
        return form.frames(value) == form.frames(shot.shown_seconds) or same_number(value, shown, Fraction(0))
    own_value = number(own)
    return own_value is not None and same_number(value, own_value, Fraction(1, 10_000))


def _added_columns(read: tuple[ReadShot, ...], attempt: Attempt) -> None:
    added: dict[str, list[str]] = {}
    for row in read:
        for cell in row.cells:
            if cell.column not in COLUMNS and cell.text.strip():
                added.setdefault(cell.column, []).append(f"{row.shot or f'row {row.row}'}: {quoted(cell.text, 60)}")
    for column, cells in added.items():
        more = f" and {len(cells) - 4} more" if len(cells) > 4 else ""
        attempt.finding.left.append(
            f"The column {quoted(column, 40)} is none of ours; what it says is for the chat: "
            f"{'; '.join(cells[:4])}{more}."
        )


def _shot(name: str, cells: dict[str, str], attempt: Attempt) -> None:
    """Take what is other in one row: the picture first, which asks for a new take, then take and length."""
    for column, why in _FOLLOWS.items():
        if column in cells:
            attempt.finding.left.append(f"{column!r} of {name} is not taken ({quoted(cells[column], 40)}): {why}.")
    edit = PlanEdit(attempt.now.shot(name), attempt.now.the_world)
    for column in ("role", "owner", "wearer", "size", "angle", "movement", "direction", "speed", "place", "light",
                   "weather", "subjects", "events", "first_frame", "last_frame", "prompt"):  # fmt: skip
        if column in cells:
            edit.take(column, cells[column])
    edit.finish(cells)
    attempt.finding.left += edit.left
    if edit.plan != attempt.now.shot(name):
        stale = (
            edit.plan.prompt and "prompt" not in cells and set(cells) & {"owner", "size", "angle", "movement", "place"}
        )
        said = f"The prompt of {name} still says what it said; change it too where a model makes the picture."
        attempt.make(Reshoot(shot=name, plan=edit.plan), *edit.said, *([said] if stale else []))
    if "take" in cells:
        _take(name, cells["take"], attempt)
    if "seconds" in cells:
        seconds = number(cells["seconds"])
        if seconds is None or seconds <= 0:
            attempt.finding.left.append(f"Shot {name} keeps its length: {quoted(cells['seconds'], 30)} is no length.")
        else:
            set_length(name, seconds, attempt)


def _take(name: str, text: str, attempt: Attempt) -> None:
    take = number(text)
    if take is None or take.denominator != 1 or take < 1:
        attempt.finding.left.append(f"Shot {name} keeps its take: {quoted(text, 30)} is no number of a take.")
        return
    attempt.make(SwapTake(shot=name, take=int(take)), f"Shot {name} now shows take {int(take)}.")


def _order(rows: list[str], attempt: Attempt) -> None:
    """Take the order of the rows within each scene, unless somebody has sorted the table by something else."""
    scenes = [attempt.episode.shot(name).scene for name in rows]
    blocks = [scene for at, scene in enumerate(scenes) if at == 0 or scenes[at - 1] != scene]
    place = [scene.id for scene in attempt.episode.the_script.scenes]
    if len(set(blocks)) != len(blocks):
        attempt.finding.left.append(
            "The order of the rows is not taken: they no longer stand scene by scene, as if the table had been sorted; "
            "sort it by the column 'in' and move single rows."
        )
        return
    ours = [shot.id for shot in attempt.now.shots if shot.id in rows]
    if rows == sorted(rows) and sum(a != b for a, b in zip(ours, rows, strict=False)) > 2:
        attempt.finding.left.append(
            "The order of the rows is not taken: they are sorted by the column 'shot', and shots are not shown in the "
            "order of their numbers; sort by the column 'in' and move single rows."
        )
        return
    if not rising([place.index(scene) for scene in blocks]):
        attempt.finding.left.append(
            f"The scenes keep their order, though their rows now stand as {listed(blocks)}: scenes are moved in "
            "script.fountain."
        )
    for scene in blocks:
        put_in_order(scene, [name for name in rows if attempt.episode.shot(name).scene == scene], attempt)
