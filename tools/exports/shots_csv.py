"""The shot list as a table for people."""

import csv
import io
from pathlib import Path

from episodes.cut import Cut
from episodes.episode import Episode
from episodes.shots import Shot
from episodes.whole_file import replace_file

COLUMNS = (
    "shot", "take", "scene", "in", "seconds", "role", "owner", "wearer", "size", "angle", "movement", "direction",
    "speed", "place", "clock", "light", "weather", "subjects", "lines", "events", "first_frame", "last_frame", "prompt",
)  # fmt: skip


def write_shots_csv(episode: Episode, cut: Cut | None, path: Path) -> None:
    """Write one row a shot in the order of the story; `in` is its place in the cut. Raises `OutOfSpace`."""
    starts = {clip.media: at for at, clip in cut.track("V1").placed()} if cut else {}
    table = io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(COLUMNS)
    for shot in episode.shots:
        start = f"{float(starts[shot.id]):.3f}" if shot.id in starts else ""
        rows.writerow([safe_cell(cell) for cell in _row(shot, start)])
    # The mark tells spreadsheets that this is UTF-8.
    replace_file(path, b"\xef\xbb\xbf" + table.getvalue().encode(errors="replace"))


def _row(shot: Shot, start: str) -> tuple[str, ...]:
    movement = shot.movement
    return (
        shot.id, str(shot.take), shot.scene, start, f"{float(shot.shown_seconds):.3f}", shot.role, shot.owner,
        shot.wearer or "", shot.size, shot.angle, movement.kind, movement.direction, f"{movement.speed:g}", shot.place,
        shot.clock.isoformat(sep=" "), shot.light, shot.weather, " ".join(subject.id for subject in shot.subjects),
        " ".join(cue.line for cue in shot.cues), " ".join(f"{e.kind}@{float(e.at):.2f}" for e in shot.events),
        shot.first_frame, shot.last_frame, shot.prompt,
    )  # fmt: skip


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"), without control characters."""
    plain = "".join(letter if letter.isprintable() else " " for letter in cell)
    return f"'{plain}" if plain.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else plain
